//! Where sign-ins are traced.

use percent_encoding::percent_decode_str;
use reqwest::header::{
    CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, HOST, HeaderMap, HeaderName, HeaderValue,
    TRANSFER_ENCODING,
};
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::address;
use super::secret::{SecretOwner, SecretReader};
use crate::config::document::{Fields, Read, Reported, Value};
use crate::config::report::Code;
use crate::domain::is_loopback;
use crate::traces::TracesSettings;

/// Where collectors take traces by gRPC, which is another protocol.
const GRPC: u16 = 4317;

/// What a request says of itself: another length would be sent without what is traced, and count as sent.
const OF_THE_REQUEST: [HeaderName; 5] =
    [CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, HOST, TRANSFER_ENCODING];

/// Reads `server.traces`.
pub(in crate::config) fn read(
    value: Value<'_>,
    secrets: &mut SecretReader,
) -> Read<TracesSettings> {
    let fields = Fields::of(value)?;
    let endpoint = fields.required_with("endpoint", endpoint);
    let headers = fields.optional_with("headers", |value| {
        let secret = secrets.read(value, SecretOwner::Traces)?;
        headers(&secret).ok_or_else(|| {
            value.error(Code::TracesInvalid, "these are no headers").with_hint(
                "`name=value`, with commas between, as OpenTelemetry has them; no `Host`, and \
                     none of the body's",
            );
            Reported
        })
    });
    if let (Ok(url), Some(place)) = (&endpoint, fields.peek("endpoint"))
        && fields.has("headers")
        && url.scheme() == "http"
        && !url.host().is_some_and(|host| is_loopback(&host))
    {
        place
            .error(Code::AddressPlainHttp, "what `headers` holds would cross the network as it is")
            .with_hint("use `https://`, or a collector on this machine");
    }
    fields.finish();
    Ok(TracesSettings { endpoint: endpoint?, headers: headers?.unwrap_or_default() })
}

fn endpoint(value: Value<'_>) -> Read<Url> {
    let url = address::read_plain(value)?;
    if url.query().is_some() || url.fragment().is_some() {
        value.error(Code::AddressQuery, "this address takes no query and no fragment");
        return Err(Reported);
    }
    if url.path() == "/" {
        value
            .error(Code::TracesInvalid, "a collector takes traces at an address of their own")
            .with_hint("mostly `/v1/traces` behind its host and port");
        return Err(Reported);
    }
    if url.port() == Some(GRPC) {
        value
            .error(Code::TracesInvalid, "port 4317 is for gRPC, and traces are sent by HTTP")
            .with_hint("mostly port 4318");
        return Err(Reported);
    }
    Ok(url)
}

/// Reads headers in the form of `OTEL_EXPORTER_OTLP_HEADERS` (the one of W3C Baggage, without properties).
fn headers(secret: &SecretString) -> Option<HeaderMap> {
    let mut headers = HeaderMap::new();
    for pair in secret.expose_secret().split(',') {
        let (name, value) = pair.split_once('=')?;
        let value: Vec<u8> = percent_decode_str(value.trim()).collect();
        let mut value = HeaderValue::from_bytes(&value).ok()?;
        value.set_sensitive(true);
        let name = HeaderName::try_from(name.trim()).ok()?;
        if OF_THE_REQUEST.contains(&name) {
            return None;
        }
        headers.append(name, value);
    }
    Some(headers)
}

#[cfg(test)]
mod tests {
    use crate::config::{References, look};

    const FULL: &str = include_str!("../tests/full.yaml");

    const ENDPOINT: &str = "https://collector.acme.example/v1/traces";

    /// The codes of what is wrong in the full file with this change.
    fn wrong(from: &str, to: &str, mode: References) -> Vec<String> {
        assert!(FULL.contains(from), "{from}");
        let source = FULL.replacen(from, to, 1);
        let report = look(&source, "f", ".".as_ref(), mode).report.json();
        let all = report.as_array().unwrap().iter();
        let ours = all.filter(|it| it["path"].as_str().unwrap().starts_with("server.traces"));
        ours.map(|it| format!("{} {}", it["path"], it["code"]).replace('"', "")).collect()
    }

    #[test]
    fn a_collector_is_told_nothing_secret_in_plain_text() {
        let cases = [
            ("https://collector.acme.example:4318/v1/traces", None),
            ("http://127.0.0.1:4318/v1/traces", None),
            ("http://localhost:4318/v1/traces", None),
            ("http://collector.acme.example:4318/v1/traces", Some("address-plain-http")),
            ("http://10.0.0.7:4318/v1/traces", Some("address-plain-http")),
            ("https://collector.acme.example/v1/traces?key=a", Some("address-query")),
            ("https://collector.acme.example/v1/traces#a", Some("address-query")),
            ("https://u:p@collector.acme.example/v1/traces", Some("address-user")),
            ("https://collector.acme.example:4317/v1/traces", Some("traces-invalid")),
            ("https://collector.acme.example", Some("traces-invalid")),
            ("collector.acme.example:4318", Some("address-invalid")),
            ("grpc://collector.acme.example/v1/traces", Some("address-invalid")),
            ("unix:/run/collector", Some("address-invalid")),
        ];
        for (endpoint, code) in cases {
            let found = wrong(ENDPOINT, endpoint, References::Unopened);
            let code = code.map(|code| format!("server.traces.endpoint {code}"));
            assert_eq!(found, Vec::from_iter(code), "{endpoint}");
        }
        let plain = format!("{ENDPOINT}\n    headers:\n      env: OTEL_EXPORTER_OTLP_HEADERS\n");
        let (here, none) = ("http://collector.acme.example:4318/v1/traces\n", Vec::<String>::new());
        assert_eq!(wrong(&plain, here, References::Unopened), none, "there is nothing secret");
        let unreadable =
            wrong("env: OTEL_EXPORTER_OTLP_HEADERS", "value: no-headers", References::Opened);
        assert!(
            unreadable.contains(&"server.traces.headers traces-invalid".to_owned()),
            "{unreadable:?}"
        );
    }

    #[test]
    fn headers_are_read_as_opentelemetry_has_them() {
        let read = |text: &str| {
            let headers = super::headers(&text.into())?;
            let pair =
                |(name, value): (&reqwest::header::HeaderName, &reqwest::header::HeaderValue)| {
                    assert!(value.is_sensitive(), "{text}");
                    format!("{name}: {}", value.to_str().unwrap())
                };
            Some(headers.iter().map(pair).collect::<Vec<_>>().join("; "))
        };
        let cases = [
            ("api-key=abc", Some("api-key: abc")),
            ("Authorization=Bearer%20a=b, x = 1 ", Some("authorization: Bearer a=b; x: 1")),
            ("a=", Some("a: ")),
            ("a", None),
            ("=b", None),
            ("a b=c", None),
            ("a=b%0d%0aHost: c", None),
            ("a=b,", None),
            ("a=b,Content-Length=0", None),
            ("host=c", None),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text).as_deref(), expected, "{text}");
        }
    }
}
