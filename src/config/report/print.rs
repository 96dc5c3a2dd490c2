//! Prints the problems of one file, for people and for machines.

use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, normalize_untrusted_str};
use serde_json::{Value, json};

use super::code::Code;
use super::lines::LineColumn;
use super::problem::{KEPT, Severity};

/// Whether to print for a terminal that understands colours.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Style {
    Plain,
    Coloured,
}

/// The problems of one file in the order of their places, each once.
#[derive(Debug)]
pub struct Report {
    entries: Vec<PrintedProblem>,
    /// Errors and warnings beyond those in `entries`.
    dropped: (usize, usize),
}

/// A problem as it is printed. Everything here may be seen by anyone.
#[derive(Debug, Eq, PartialEq)]
pub(in crate::config) struct PrintedProblem {
    /// The file's path as it is printed.
    pub(in crate::config) file: Arc<str>,
    pub(in crate::config) code: Code,
    pub(in crate::config) place: LineColumn,
    pub(in crate::config) severity: Severity,
    pub(in crate::config) path: String,
    pub(in crate::config) message: String,
    pub(in crate::config) hint: Option<String>,
    pub(in crate::config) excerpt: Option<Excerpt>,
}

/// One line of the file, and the part of it that is meant.
#[derive(Debug, Eq, PartialEq)]
pub(in crate::config) struct Excerpt {
    pub(in crate::config) text: String,
    pub(in crate::config) underlined: Range<usize>,
}

impl Report {
    /// Puts the problems in the order of their places. `dropped` more errors and warnings there are.
    pub(in crate::config) fn new(
        mut entries: Vec<PrintedProblem>,
        dropped: (usize, usize),
    ) -> Self {
        entries.sort_by(|a, b| {
            (a.place, a.severity, &a.message).cmp(&(b.place, b.severity, &b.message))
        });
        entries.dedup();
        Self { entries, dropped }
    }
}

impl Report {
    /// The problems of several files, one file after the other: a hundred of each severity at most.
    pub(in crate::config) fn joined(reports: impl Iterator<Item = Self>) -> Self {
        let mut all = Self { entries: Vec::new(), dropped: (0, 0) };
        let mut kept = (0, 0);
        for report in reports {
            all.dropped.0 += report.dropped.0;
            all.dropped.1 += report.dropped.1;
            for entry in report.entries {
                let (kept, dropped) = match entry.severity {
                    Severity::Error => (&mut kept.0, &mut all.dropped.0),
                    Severity::Warning => (&mut kept.1, &mut all.dropped.1),
                };
                if *kept == KEPT {
                    *dropped += 1;
                    continue;
                }
                *kept += 1;
                all.entries.push(entry);
            }
        }
        all
    }

    /// The problems with excerpts, and how many there are in the last line.
    pub fn text(&self, for_terminal: bool) -> String {
        let style = if for_terminal { Style::Coloured } else { Style::Plain };
        let mut text = String::new();
        for entry in &self.entries {
            text.push_str(&entry.render(style));
            text.push('\n');
        }
        text.push_str(&self.summary());
        text.push('\n');
        text
    }

    /// The problems as a list of objects.
    pub fn json(&self) -> Value {
        let object = |entry: &PrintedProblem| {
            json!({
                "code": entry.code.as_str(),
                "file": entry.file.as_ref(),
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
        self.lines(Severity::Warning)
    }

    /// What is wrong, one line each.
    pub fn errors(&self) -> impl Iterator<Item = String> {
        self.lines(Severity::Error)
    }

    fn lines(&self, severity: Severity) -> impl Iterator<Item = String> {
        let entries = self.entries.iter().filter(move |entry| entry.severity == severity);
        entries.map(|entry| {
            let hint = entry.hint.as_ref().map(|hint| format!(" ({hint})")).unwrap_or_default();
            format!("{}:{}: {}{hint}", entry.file, entry.place, entry.message)
        })
    }

    /// How many errors and warnings there are, with those that are not among the problems.
    pub fn counts(&self) -> (usize, usize) {
        let count = |severity, dropped: usize| {
            self.entries.iter().filter(|entry| entry.severity == severity).count() + dropped
        };
        (count(Severity::Error, self.dropped.0), count(Severity::Warning, self.dropped.1))
    }

    /// How many problems there are, in words.
    pub fn summary(&self) -> String {
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

impl PrintedProblem {
    fn render(&self, style: Style) -> String {
        let (level, colour) = match self.severity {
            Severity::Error => (Level::ERROR, "\u{1b}[1;31m"),
            Severity::Warning => (Level::WARNING, "\u{1b}[1;33m"),
        };
        let (before, after, renderer) = match style {
            Style::Plain => ("", "", Renderer::plain()),
            Style::Coloured => (colour, "\u{1b}[0m", Renderer::styled()),
        };
        // Texts of the file may hold what a terminal obeys.
        let file = normalize_untrusted_str(&self.file);
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

fn plural(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
