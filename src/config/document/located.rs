//! Finds what each problem is about in the file, and what of it may be printed.

use std::sync::Arc;

use super::excerpt;
use super::tree::{Document, NodeKind};
use crate::config::report::Code;
use crate::config::report::hints;
use crate::config::report::lines::{Lines, Span};
use crate::config::report::path::PathStep;
use crate::config::report::print::{PrintedProblem, Report};
use crate::config::report::problem::{Problem, Problems};

impl Problems {
    /// Finds the places of all problems; `document` is missing where the source has none.
    pub(crate) fn report(
        &self,
        file: &str,
        source: &str,
        document: Option<&Document<'_>>,
    ) -> Report {
        let lines = Lines::new(source);
        let file = Arc::from(file);
        let (kept, dropped) = self.kept();
        let entry = |problem: &Problem| entry(problem, &file, source, &lines, document);
        Report::new(kept.iter().map(entry).collect(), dropped)
    }
}

fn entry(
    problem: &Problem,
    file: &Arc<str>,
    source: &str,
    lines: &Lines<'_>,
    document: Option<&Document<'_>>,
) -> PrintedProblem {
    let target = excerpt::target(problem, source, document);
    let place = lines.place(target.span.start);
    let secret = document.and_then(|document| secret_text(problem, document));
    let of_empty = || {
        let after = Span::new(target.span.end as usize, lines.line(place.line).end as usize);
        hints::empty(after.text(source)).to_owned()
    };
    let hint = match (&problem.hint, problem.code) {
        (None, Code::EmptyValue) => Some(of_empty()),
        (hint, _) => hint.clone(),
    };
    let blank = |text: &str| secret.map_or_else(|| text.to_owned(), |it| text.replace(it, "…"));
    PrintedProblem {
        file: Arc::clone(file),
        code: problem.code,
        place,
        severity: problem.severity,
        path: problem.path.to_string(),
        message: blank(&problem.message),
        hint: hint.as_deref().map(blank),
        excerpt: excerpt::excerpt(&target, source, lines),
    }
}

/// The text at a sensitive path, which then may not occur in a message either.
///
/// The name of a variable or file is not the secret, and nobody could mend it unnamed.
fn secret_text<'d>(problem: &Problem, document: &'d Document<'_>) -> Option<&'d str> {
    let steps = problem.path.steps();
    let is_key = |step: Option<&&PathStep>, keys: &[&str]| matches!(step, Some(PathStep::Key(key)) if keys.contains(&key.as_ref()));
    let is_of_tls = steps.len() == 3 && is_key(steps.get(1), &["tls"]);
    let is_reference = is_key(steps.last(), &["env", "file"]) || is_of_tls;
    let found = document.find(&problem.path);
    match &found.node.kind {
        NodeKind::Scalar { text, .. }
            if found.is_exact && problem.path.is_sensitive() && !is_reference =>
        {
            // Shorter ones occur in any sentence.
            Some(text.trim()).filter(|text| text.len() > 2)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::config::report::Path;

    fn report(source: &str, find: impl FnOnce(&Problems)) -> Report {
        let problems = Problems::default();
        let document = Document::parse(source, &problems);
        find(&problems);
        problems.report("brands.yaml", source, document.as_ref())
    }

    #[test]
    fn problems_are_shown_in_their_places() {
        let source = "\
version: 1
zendesk: { account: Acme Inc, shared_secret: { value: 1 } }
brands:
  shoes:
    name: &n Acme  # a comment
    hosts: [a.example, 'b example', c.example]
    routes:
      - path: '^/a'
      - path: \"(\"
    shared_secret: abc
";
        let brand = Path::root().key("brands").key("shoes");
        let report = report(source, |problems| {
            let hosts = brand.key("hosts");
            problems
                .error(Code::WrongType, &hosts.index(1), "`b example` is not a host")
                .with_hint("no spaces");
            problems
                .error(Code::WrongType, &hosts.index(1), "`b example` is not a host")
                .with_hint("no spaces");
            problems.error(
                Code::WrongType,
                &Path::root().key("zendesk").key("account"),
                "no account",
            );
            problems.warning(Code::WrongType, &hosts, "many hosts");
            problems.warning(Code::WrongType, &brand, "odd").at_key();
            problems.error(
                Code::WrongType,
                &brand.key("routes").index(1).key("path"),
                "bad regex\u{1b}[31m",
            );
            problems.error(Code::WrongType, &brand.key("shared_secret"), "too short");
            problems.error(Code::WrongType, &brand.key("backend"), "missing `backend`");
        });
        insta::assert_snapshot!(report.text(false), @r##"
        brands.yaml:2:21: error: no account
          |
        2 | … account: Acme Inc …
          |            ^^^^^^^^

        brands.yaml:4:3: error: missing `backend`
          |
        4 |   shoes:
          |   ^^^^^

        brands.yaml:4:3: warning: odd
          |
        4 |   shoes:
          |   ^^^^^

        brands.yaml:5:11: error: anchors (`&`) are not allowed
         = help: write the value in each place; a text that begins with `&` needs quotes

        brands.yaml:6:12: warning: many hosts
          |
        6 |     hosts: […]
          |            ^^^

        brands.yaml:6:24: error: `b example` is not a host
          |
        6 |     … 'b example' …
          |       ^^^^^^^^^^^
          |
          = help: no spaces

        brands.yaml:9:15: error: bad regex␛[31m
          |
        9 |       - path: "("
          |               ^^^

        brands.yaml:10:20: error: too short
           |
        10 |     shared_secret: …
           |                    ^

        6 errors, 2 warnings
        "##);
    }

    #[test]
    fn syntax_errors_show_their_line_only_where_no_secret_is_near() {
        let shown = "brands:\n  shoes:\n    hosts: [a.example\n    name: Acme\n";
        insta::assert_snapshot!(report(shown, |_| {}).text(false), @r##"
        brands.yaml:3:12: error: this bracket is not closed
          |
        3 |     hosts: [a.example
          |            ^
          |
          = help: add the closing one, or put the text in quotes

        1 error
        "##);
        let hidden = "zendesk:\n  shared_secret: x\n   account: y\n";
        insta::assert_snapshot!(report(hidden, |_| {}).text(false), @r##"
        brands.yaml:3:4: error: this line is indented further than the one before, which has a value already
         = help: entries of one list or mapping begin in the same column: line 2 begins in column 3, and this one in column 4

        1 error
        "##);
    }

    #[test]
    fn unknown_and_duplicate_keys_are_shown_without_their_values() {
        let source = "a: { b: 1, b: 2, c: 3 }\nb: 1\nb: 2\n";
        insta::assert_snapshot!(report(source, |_| {}).text(false), @r##"
        brands.yaml:1:12: error: `b` is given twice, first on line 1
          |
        1 | … b: …
          |   ^
          |
          = help: remove one of the two

        brands.yaml:3:1: error: `b` is given twice, first on line 2
          |
        3 | b: …
          | ^
          |
          = help: remove one of the two

        2 errors
        "##);
    }

    #[test]
    fn odd_sources_are_shown_without_their_oddities() {
        // (what, source, excerpt)
        let cases = [
            ("a byte order mark before an error", "\u{feff}: : x\n", ""),
            ("a text over lines", "a: b\n  c\n", "1 | a: b …"),
            ("a text over old lines", "a: 'b\r  c'\r", "1 | a: 'b …"),
            ("a long text", &format!("a: {}\n", "é".repeat(101)), &"é".repeat(100)),
            ("a tab before a comment", "a: b\t# x\n", "1 | a: b …"),
        ];
        for (what, source, excerpt) in cases {
            let report = report(source, |problems| {
                problems.error(Code::WrongType, &Path::root().key("a"), "wrong");
            });
            let text = report.text(false);
            assert!(text.contains(excerpt) && !text.contains('\r'), "{what}: {text}");
        }
    }

    #[test]
    fn machines_get_the_same_as_people() {
        let report = report("a: 1\nb: 2\n", |problems| {
            problems
                .warning(Code::WrongType, &Path::root().key("b"), "odd")
                .with_hint("leave it out");
        });
        let expected = json!([{
            "code": "wrong-type", "file": "brands.yaml", "line": 2, "column": 4, "path": "b",
            "severity": "warning", "message": "odd", "hint": "leave it out",
        }]);
        assert_eq!(report.json(), expected);
    }

    #[test]
    fn the_last_line_counts_what_is_not_shown_too() {
        let cases = [
            (0, 0, "no problems\n"),
            (1, 0, "1 error\n"),
            (0, 2, "2 warnings\n"),
            (3, 1, "3 errors, 1 warning\n"),
            (150, 1, "150 errors, 1 warning (50 not shown)\n"),
        ];
        for (errors, warnings, expected) in cases {
            let report = report("a: 1", |problems| {
                for number in 0..errors {
                    problems.error(Code::WrongType, &Path::root(), format!("wrong {number}"));
                }
                for number in 0..warnings {
                    problems.warning(Code::WrongType, &Path::root(), format!("odd {number}"));
                }
            });
            assert!(report.text(false).ends_with(expected), "{expected}");
        }
    }

    #[test]
    fn colours_are_for_terminals_only() {
        let report = report("a: 1", |problems| {
            problems.error(Code::WrongType, &Path::root().key("a"), "wrong");
        });
        assert!(!report.text(false).contains('\u{1b}'));
        assert!(report.text(true).contains("\u{1b}[1;31merror\u{1b}[0m: wrong"));
    }
}
