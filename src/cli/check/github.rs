//! Problems as GitHub's workflow commands, which it shows at their lines.

use std::path::Path;

use serde_json::Value;

use super::live::Answered;
use crate::plain::plain;
use crate::zendesk_api::Drift;

/// Every problem of a report, every difference from Zendesk, and all that does not answer.
pub(super) fn lines(
    problems: &Value,
    drift: Option<&[Drift]>,
    live: Option<&[Answered]>,
    file: &Path,
) -> String {
    let text = |it: &Value, name: &str| {
        it.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let mut all = String::new();
    for problem in problems.as_array().into_iter().flatten() {
        let (severity, code) = (text(problem, "severity"), text(problem, "code"));
        let mut message = text(problem, "message");
        let hint = text(problem, "hint");
        if !hint.is_empty() {
            message = format!("{message}\n{hint}");
        }
        let number = |name: &str| problem.get(name).and_then(Value::as_u64);
        let place = number("line").zip(number("column")).map(|(line, column)| {
            format!("file={},line={line},col={column}", property(&text(problem, "file")))
        });
        all += &line(&severity, &code, &message, place);
    }
    let place = format!("file={}", property(&file.display().to_string()));
    for drift in drift.unwrap_or_default() {
        all += &line("error", drift.kind.as_str(), &drift.to_string(), Some(place.clone()));
    }
    for Answered { of, reached } in live.unwrap_or_default() {
        if let Err(said) = &reached.outcome {
            let message = format!("{of}: {} {}: {}", reached.what, reached.at, plain(said));
            all += &line("error", "does-not-answer", &message, Some(place.clone()));
        }
    }
    all
}

/// One command. `place` is a list of properties.
pub(super) fn line(severity: &str, code: &str, message: &str, place: Option<String>) -> String {
    let command = if severity == "warning" { "warning" } else { "error" };
    let place = place.map_or_else(String::new, |it| format!("{it},"));
    format!("::{command} {place}title={}::{}\n", property(code), escaped(message))
}

/// A message in which nothing ends the command.
fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The same for a property, which a `,` or `:` would end.
fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use serde_json::json;

    use super::lines;
    use crate::zendesk_api::{Drift, DriftKind};

    #[test]
    fn each_problem_is_one_command_whatever_is_in_it() {
        let problems = json!([
            { "severity": "error", "code": "host-invalid", "message": "100 %\n::error::x", "file": "a,b:c.yaml", "line": 3, "column": 9, "hint": null },
            { "severity": "warning", "code": "secret-short", "message": "short", "hint": "longer" },
        ]);
        let drift = [Drift {
            kind: DriftKind::BrandGone,
            brand: "shoes".into(),
            message: "is gone".into(),
        }];
        assert_eq!(
            lines(&problems, Some(&drift), None, Path::new("brands.yaml")),
            "::error file=a%2Cb%3Ac.yaml,line=3,col=9,title=host-invalid::100 %25%0A::error::x\n\
             ::warning title=secret-short::short%0Alonger\n\
             ::error file=brands.yaml,title=brand-gone::shoes: is gone\n"
        );
    }
}
