//! What is said of a file, for tests to compare what each is about.

use std::fmt;

use serde::Deserialize;

use crate::config::{References, Report, look};

/// A file with every key, each on a line of its own.
pub(in crate::config) const FULL: &str = include_str!("full.yaml");

/// One thing that is said, as programs are told it.
#[derive(Debug, Deserialize)]
pub(in crate::config) struct ReportedProblem {
    pub(in crate::config) file: String,
    pub(in crate::config) line: usize,
    pub(in crate::config) column: usize,
    pub(in crate::config) severity: String,
    pub(in crate::config) code: String,
    pub(in crate::config) path: String,
    pub(in crate::config) message: String,
    pub(in crate::config) hint: Option<String>,
}

impl ReportedProblem {
    pub(in crate::config) fn is_error(&self) -> bool {
        self.severity == "error"
    }

    pub(in crate::config) fn place(&self) -> String {
        format!("{}:{}", self.line, self.column)
    }
}

/// `line:column severity: message (hint)`
impl fmt::Display for ReportedProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.place(), self.severity, self.message)?;
        self.hint.iter().try_for_each(|hint| write!(f, " ({hint})"))
    }
}

/// Everything that is said of `source`, whose secrets are not opened.
pub(in crate::config) fn told(source: &str) -> Vec<ReportedProblem> {
    of(&look(source, "brands.yaml", ".".as_ref(), References::Unopened).report)
}

/// The errors of it alone.
pub(in crate::config) fn errors(source: &str) -> Vec<ReportedProblem> {
    told(source).into_iter().filter(ReportedProblem::is_error).collect()
}

/// Everything that `report` says.
pub(in crate::config) fn of(report: &Report) -> Vec<ReportedProblem> {
    serde_json::from_value(report.json()).unwrap()
}
