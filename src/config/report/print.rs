//! Prints the problems of one file, for people and for machines.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, normalize_untrusted_str};
use serde_json::{Value, json};

use super::{
    code::Code,
    excerpt::{self, Excerpt},
    hints,
    lines::{Lines, Place, Span},
    path::Step,
    problem::{Problem, Problems, Severity},
};
use crate::config::document::tree::{Document, Kind};

/// Whether to print for a terminal that understands colours.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Style {
    Plain,
    Coloured,
}

/// The problems of one file in the order of their places, each once.
#[derive(Debug)]
pub struct Report {
    file: String,
    entries: Vec<Entry>,
    /// Errors and warnings beyond those in `entries`.
    dropped: (usize, usize),
}

/// A problem as it is printed. Everything here may be seen by anyone.
#[derive(Debug, Eq, PartialEq)]
struct Entry {
    code: Code,
    place: Place,
    severity: Severity,
    path: String,
    message: String,
    hint: Option<String>,
    excerpt: Option<Excerpt>,
}

impl Problems {
    /// Finds the places of all problems; `document` is missing where the source has none.
    pub(crate) fn report(
        &self,
        file: &str,
        source: &str,
        document: Option<&Document<'_>>,
    ) -> Report {
        let lines = Lines::new(source);
        let mut entries: Vec<_> =
            self.kept().map(|problem| entry(problem, source, &lines, document)).collect();
        entries.sort_by(|a, b| {
            (a.place, a.severity, &a.message).cmp(&(b.place, b.severity, &b.message))
        });
        entries.dedup();
        Report { file: file.to_owned(), entries, dropped: self.dropped() }
    }
}

impl Report {
    /// The problems with excerpts, and how many there are in the last line.
    pub fn text(&self, for_terminal: bool) -> String {
        let style = if for_terminal { Style::Coloured } else { Style::Plain };
        let mut text = String::new();
        for entry in &self.entries {
            text.push_str(&entry.render(&self.file, style));
            text.push('\n');
        }
        text.push_str(&self.summary());
        text.push('\n');
        text
    }

    /// The problems as a list of objects.
    pub fn json(&self) -> Value {
        let object = |entry: &Entry| {
            json!({
                "code": entry.code.as_str(),
                "file": self.file,
                "line": entry.place.line,
                "column": entry.place.column,
                "path": entry.path,
                "severity": entry.severity.to_string(),
                "message": entry.message,
                "hint": entry.hint,
            })
        };
        self.entries.iter().map(object).collect()
    }

    /// What works and somebody should look at, one line each.
    pub fn warnings(&self) -> impl Iterator<Item = String> {
        let warnings = self.entries.iter().filter(|entry| entry.severity == Severity::Warning);
        warnings.map(|entry| {
            let hint = entry.hint.as_ref().map(|hint| format!(" ({hint})")).unwrap_or_default();
            format!("{}:{}: {}{hint}", self.file, entry.place, entry.message)
        })
    }

    /// How many errors and warnings there are, with those that are not among the problems.
    pub fn counts(&self) -> (usize, usize) {
        let count = |severity, dropped: usize| {
            self.entries.iter().filter(|entry| entry.severity == severity).count() + dropped
        };
        (count(Severity::Error, self.dropped.0), count(Severity::Warning, self.dropped.1))
    }

    fn summary(&self) -> String {
        let (errors, warnings) = self.counts();
        let counted = match (errors, warnings) {
            (0, 0) => "no problems".to_owned(),
            (_, 0) => plural(errors, "error"),
            (0, _) => plural(warnings, "warning"),
            _ => format!("{}, {}", plural(errors, "error"), plural(warnings, "warning")),
        };
        match self.dropped.0 + self.dropped.1 {
            0 => counted,
            dropped => format!("{counted} ({dropped} not shown)"),
        }
    }
}

impl Entry {
    fn render(&self, file: &str, style: Style) -> String {
        let (level, colour) = match self.severity {
            Severity::Error => (Level::ERROR, "\u{1b}[1;31m"),
            Severity::Warning => (Level::WARNING, "\u{1b}[1;33m"),
        };
        let (before, after, renderer) = match style {
            Style::Plain => ("", "", Renderer::plain()),
            Style::Coloured => (colour, "\u{1b}[0m", Renderer::styled()),
        };
        // Texts of the file may hold what a terminal obeys.
        let file = normalize_untrusted_str(file);
        let message = normalize_untrusted_str(&self.message);
        let Self { place, severity, .. } = self;
        let mut text = format!("{file}:{place}: {before}{severity}{after}: {message}\n");
        let mut group = Group::with_level(level);
        if let Some(Excerpt { text, underlined }) = &self.excerpt {
            let annotation = AnnotationKind::Primary.span(underlined.clone());
            let snippet = Snippet::source(text.as_str()).line_start(place.line);
            group = group.element(snippet.annotation(annotation));
        }
        if let Some(hint) = &self.hint {
            group = group.element(Level::HELP.message(normalize_untrusted_str(hint)));
        }
        if !group.is_empty() {
            text.push_str(&renderer.render(&[group]));
            text.push('\n');
        }
        text
    }
}

fn entry(
    problem: &Problem,
    source: &str,
    lines: &Lines<'_>,
    document: Option<&Document<'_>>,
) -> Entry {
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
    Entry {
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
    let is_reference =
        matches!(steps.last(), Some(Step::Key(key)) if matches!(key.as_ref(), "env" | "file"));
    let found = document.find(&problem.path);
    match &found.node.kind {
        Kind::Scalar { text, .. }
            if found.is_exact && problem.path.is_sensitive() && !is_reference =>
        {
            // Shorter ones occur in any sentence.
            Some(text.trim()).filter(|text| text.len() > 2)
        }
        _ => None,
    }
}

fn plural(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::report::Path;

    fn report(source: &str, find: impl FnOnce(&mut Problems)) -> Report {
        let mut problems = Problems::default();
        let document = Document::parse(source, &mut problems);
        find(&mut problems);
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
                .error(Code::InvalidValue, &hosts.index(1), "`b example` is not a host")
                .with_hint("no spaces");
            problems
                .error(Code::InvalidValue, &hosts.index(1), "`b example` is not a host")
                .with_hint("no spaces");
            problems.error(
                Code::InvalidValue,
                &Path::root().key("zendesk").key("account"),
                "no account",
            );
            problems.warning(Code::InvalidValue, &hosts, "many hosts");
            problems.warning(Code::InvalidValue, &brand, "odd").at_key();
            problems.error(
                Code::InvalidValue,
                &brand.key("routes").index(1).key("path"),
                "bad regex\u{1b}[31m",
            );
            problems.error(Code::InvalidValue, &brand.key("shared_secret"), "too short");
            problems.error(Code::InvalidValue, &brand.key("backend"), "missing `backend`");
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
         = help: a text that begins with `&` needs quotes

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
         = help: entries of one list or mapping begin in the same column

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
                problems.error(Code::InvalidValue, &Path::root().key("a"), "wrong");
            });
            let text = report.text(false);
            assert!(text.contains(excerpt) && !text.contains('\r'), "{what}: {text}");
        }
    }

    #[test]
    fn machines_get_the_same_as_people() {
        let report = report("a: 1\nb: 2\n", |problems| {
            problems
                .warning(Code::InvalidValue, &Path::root().key("b"), "odd")
                .with_hint("leave it out");
        });
        let expected = json!([{
            "code": "invalid-value", "file": "brands.yaml", "line": 2, "column": 4, "path": "b",
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
                    problems.error(Code::InvalidValue, &Path::root(), format!("wrong {number}"));
                }
                for number in 0..warnings {
                    problems.warning(Code::InvalidValue, &Path::root(), format!("odd {number}"));
                }
            });
            assert!(report.text(false).ends_with(expected), "{expected}");
        }
    }

    #[test]
    fn colours_are_for_terminals_only() {
        let report = report("a: 1", |problems| {
            problems.error(Code::InvalidValue, &Path::root().key("a"), "wrong");
        });
        assert!(!report.text(false).contains('\u{1b}'));
        assert!(report.text(true).contains("\u{1b}[1;31merror\u{1b}[0m: wrong"));
    }
}
