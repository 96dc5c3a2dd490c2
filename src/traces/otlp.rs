//! OTLP over HTTP, in its JSON form (OpenTelemetry protocol 1.x, "JSON Protobuf Encoding"): names in hexadecimal,
//! 64-bit numbers as texts.

use std::fmt::Write as _;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use super::span::{Ended, EndedCall};
use crate::calls::Asked;

/// Of a request that we answer, and of one that we send.
const SERVER: u8 = 2;
const CLIENT: u8 = 3;

/// `Status.code` of what has failed.
const ERROR: u8 = 2;

/// What the collector is sent: `steps` of the process that is named `instance`.
pub(super) fn request(steps: &[Ended], instance: &[u8; 16]) -> Value {
    let spans: Vec<Value> = steps.iter().flat_map(spans).collect();
    let version = env!("CARGO_PKG_VERSION");
    let resource = [
        text("service.name", "brandgate"),
        text("service.version", version),
        text("service.instance.id", &hex(instance)),
    ];
    json!({
        "resourceSpans": [{
            "resource": { "attributes": resource },
            "scopeSpans": [{
                "scope": { "name": "brandgate", "version": version },
                "spans": spans,
            }],
        }],
    })
}

/// The step, then what it asked.
fn spans(step: &Ended) -> impl Iterator<Item = Value> {
    std::iter::once(of_step(step)).chain(step.calls.iter().map(|call| of_call(step, call)))
}

fn of_step(step: &Ended) -> Value {
    let noted = &step.noted;
    let mut attributes = vec![
        text("http.request.method", noted.method),
        text("http.route", &noted.route),
        text("brandgate.step", noted.step.as_str()),
    ];
    let known = [
        ("brandgate.brand", noted.brand.as_deref()),
        ("brandgate.backend", noted.backend.as_deref()),
        ("brandgate.outcome", noted.outcome),
        ("brandgate.trace_code", noted.code.as_deref()),
        ("error.type", noted.kind),
    ];
    attributes.extend(known.into_iter().filter_map(|(key, value)| Some(text(key, value?))));
    attributes.extend(noted.status.map(status_code));
    let mut span = json!({
        "traceId": hex(&step.trace),
        "spanId": hex(&step.span),
        "name": format!("{} {}", noted.method, noted.route),
        "kind": SERVER,
        "startTimeUnixNano": nanoseconds(noted.began),
        "endTimeUnixNano": nanoseconds(noted.began + step.took),
        "attributes": attributes,
    });
    if let Some(parent) = &step.parent {
        set(&mut span, "parentSpanId", hex(parent).into());
    }
    // What a person does wrong is no error of the service.
    if noted.status.is_some_and(|status| status >= 500) {
        set(&mut span, "status", json!({ "code": ERROR }));
    }
    span
}

fn of_call(step: &Ended, EndedCall { call, span, after }: &EndedCall) -> Value {
    let began = step.noted.began + *after;
    let (took, outcome) = match &call.ended {
        Some((took, outcome)) => (*took, *outcome),
        // Nobody is left who waits for it.
        None => (step.took.saturating_sub(*after), Err("left")),
    };
    let (name, mut attributes) = of_question(&call.asked);
    let is_bad = match outcome {
        Ok(status) => {
            attributes.extend(status.map(status_code));
            status.is_some_and(|status| status >= 400)
        }
        Err(kind) => {
            attributes.push(text("error.type", kind));
            true
        }
    };
    let mut call = json!({
        "traceId": hex(&step.trace),
        "spanId": hex(span),
        "parentSpanId": hex(&step.span),
        "name": name,
        "kind": CLIENT,
        "startTimeUnixNano": nanoseconds(began),
        "endTimeUnixNano": nanoseconds(began + took),
        "attributes": attributes,
    });
    if is_bad {
        set(&mut call, "status", json!({ "code": ERROR }));
    }
    call
}

/// The span's name, and what it has of the question, as OpenTelemetry's conventions for HTTP and Redis have it.
fn of_question(asked: &Asked) -> (String, Vec<Value>) {
    match asked {
        Asked::Provider(method, url) => {
            let mut attributes = vec![
                text("http.request.method", method),
                text("server.address", url.host_str().unwrap_or_default()),
                text("url.full", url.as_str()),
            ];
            attributes
                .extend(url.port_or_known_default().map(|port| number("server.port", port.into())));
            (method.clone(), attributes)
        }
        Asked::Store(commands) => {
            let summary = commands.join(" ");
            let mut attributes = vec![text("db.system.name", "redis")];
            match commands.len() {
                1 => attributes.push(text("db.operation.name", &summary)),
                many => attributes.extend([
                    text("db.operation.name", "PIPELINE"),
                    number("db.operation.batch.size", many),
                    text("db.query.summary", &summary),
                ]),
            }
            (summary, attributes)
        }
    }
}

fn set(span: &mut Value, key: &str, value: Value) {
    if let Some(fields) = span.as_object_mut() {
        fields.insert(key.to_owned(), value);
    }
}

fn text(key: &str, value: &str) -> Value {
    json!({ "key": key, "value": { "stringValue": value } })
}

fn number(key: &str, value: usize) -> Value {
    json!({ "key": key, "value": { "intValue": value.to_string() } })
}

fn status_code(status: u16) -> Value {
    number("http.response.status_code", status.into())
}

fn nanoseconds(since_1970: Duration) -> String {
    since_1970.as_nanos().to_string()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // A string takes whatever is written.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// What a collector answers that has taken the request.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Response {
    partial_success: Option<PartialSuccess>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct PartialSuccess {
    /// A number, or a text with one.
    #[serde(default)]
    rejected_spans: Value,
}

/// How many spans the collector does not want. An answer in another form says nothing of any.
pub(super) fn rejected(answer: &[u8]) -> u64 {
    let response: Response = serde_json::from_slice(answer).unwrap_or_default();
    let rejected = response.partial_success.unwrap_or_default().rejected_spans;
    let number = rejected.as_u64().or_else(|| rejected.as_str()?.parse().ok());
    number.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::rejected;

    #[test]
    fn a_collector_may_say_how_many_it_does_not_want() {
        let cases = [
            (r#"{"partialSuccess":{"rejectedSpans":"3","errorMessage":"too old"}}"#, 3),
            (r#"{"partialSuccess":{"rejectedSpans":4}}"#, 4),
            (r#"{"partialSuccess":{}}"#, 0),
            (r#"{"partialSuccess":{"rejectedSpans":"-1"}}"#, 0),
            (r#"{"partialSuccess":{"rejectedSpans":[1]}}"#, 0),
            ("{}", 0),
            ("", 0),
            ("<html>", 0),
            ("[[[", 0),
        ];
        for (answer, expected) in cases {
            assert_eq!(rejected(answer.as_bytes()), expected, "{answer}");
        }
    }
}
