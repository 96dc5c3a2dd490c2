//! Collects what is wrong with the file, so that the operator mends everything in one go.

use std::fmt;

use strsim::osa_distance;

use super::{code::Code, hints::plain_key, lines::Span, path::Path};

/// How many problems of one severity are kept; the others are only counted.
const KEPT: usize = 100;

/// How much a problem matters.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Severity {
    /// The file cannot be used.
    Error,
    /// The file can be used, but somebody should look.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// Which part of the file a problem points at.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::config) enum At {
    /// The value at the path.
    Value,
    /// The value at the path, which stands where something else belongs and so may be anything.
    UnseenValue,
    /// The key that ends the path.
    Key,
    /// Something that is no value of its own.
    Source(Span, Show),
}

/// How much of a stretch of source may be seen.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::config) enum Show {
    /// Only where it is.
    Nothing,
    /// Its own text.
    Text,
    /// The line that it begins on.
    Line,
}

/// One thing that is wrong, or looks wrong.
///
/// Whoever reports it keeps secrets out of `message` and `hint`: both are printed as they are,
/// except that the text of a sensitive value is blanked.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Problem {
    pub(in crate::config) code: Code,
    pub(in crate::config) severity: Severity,
    pub(in crate::config) path: Path,
    pub(in crate::config) message: String,
    pub(in crate::config) hint: Option<String>,
    pub(in crate::config) at: At,
}

impl Problem {
    fn new(severity: Severity, code: Code, path: &Path, message: String) -> Self {
        Self { code, severity, path: path.clone(), message, hint: None, at: At::Value }
    }

    /// Adds what to do about it.
    pub(crate) fn with_hint(&mut self, hint: impl Into<String>) -> &mut Self {
        self.hint = Some(hint.into());
        self
    }

    /// Points at the key instead of the value.
    pub(crate) fn at_key(&mut self) -> &mut Self {
        self.at(At::Key)
    }

    pub(in crate::config) fn at(&mut self, at: At) -> &mut Self {
        self.at = at;
        self
    }
}

/// Everything found wrong so far.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    errors: Kept,
    warnings: Kept,
    /// Where something could not be read: whatever is found there later is about a placeholder.
    gaps: Vec<Path>,
    absent: Vec<Path>,
    unsaid: Option<Problem>,
}

/// The first problems of one severity, then only their number.
#[derive(Debug, Default)]
struct Kept {
    /// One more than is kept, because whoever reports a problem may still add to the last one.
    list: Vec<Problem>,
    dropped: usize,
}

impl Problems {
    /// Reports something that makes the file unusable.
    pub(crate) fn error(
        &mut self,
        code: Code,
        path: &Path,
        message: impl Into<String>,
    ) -> &mut Problem {
        if self.is_gap(path) {
            return self.unsaid.insert(Problem::new(Severity::Error, code, path, message.into()));
        }
        self.errors.push(Problem::new(Severity::Error, code, path, message.into()))
    }

    /// Reports something that somebody should look at.
    pub(crate) fn warning(
        &mut self,
        code: Code,
        path: &Path,
        message: impl Into<String>,
    ) -> &mut Problem {
        if self.is_gap(path) {
            return self.unsaid.insert(Problem::new(Severity::Warning, code, path, message.into()));
        }
        self.warnings.push(Problem::new(Severity::Warning, code, path, message.into()))
    }

    /// Reports that the mapping at `path` lacks `field`.
    pub(in crate::config) fn missing(&mut self, path: &Path, field: &'static str) {
        self.error(Code::MissingKey, path, format!("missing `{field}`")).at_key();
        self.absent.push(path.key(field));
    }

    /// From now on, what is found at or beneath the errors so far is not said.
    pub(in crate::config) fn leave_gaps(&mut self) {
        let absent = |path: &Path| self.absent.iter().any(|it| it.parent() == *path);
        let wrong = self.errors.list.iter().map(|problem| &problem.path);
        self.gaps = wrong.filter(|path| !absent(path)).chain(&self.absent).cloned().collect();
    }

    /// Says of the unknown keys directly beneath `path` that only `keys` are known there: their
    /// reader knew more.
    pub(crate) fn only_known(&mut self, path: &Path, keys: &[&str]) {
        for problem in &mut self.errors.list {
            let hint = problem.hint.as_deref().unwrap_or_default();
            if hint.starts_with(KNOWN_HERE) && problem.path.parent() == *path {
                problem.hint = Some(known_here(keys));
            }
        }
    }

    /// Adds what to do about it to what was said about this very place, if it has no hint yet.
    pub(crate) fn hint_at(&mut self, path: &Path, hint: &str) {
        let here = self.errors.list.iter_mut().filter(|problem| problem.path == *path);
        for problem in here {
            problem.hint.get_or_insert_with(|| hint.to_owned());
        }
    }

    /// Whether what stands here, or something around it, could not be read: what was made of it is
    /// a placeholder.
    pub(crate) fn is_gap(&self, path: &Path) -> bool {
        self.gaps.iter().any(|gap| path.is_within(gap))
    }

    /// Whether the file cannot be used.
    pub(crate) fn has_errors(&self) -> bool {
        !self.errors.list.is_empty()
    }

    /// The problems to show, in the order in which they were found.
    pub(in crate::config) fn kept(&self) -> impl Iterator<Item = &Problem> {
        self.errors.list.iter().take(KEPT).chain(self.warnings.list.iter().take(KEPT))
    }

    /// How many more errors and warnings there are than are kept.
    pub(in crate::config) fn dropped(&self) -> (usize, usize) {
        let dropped = |kept: &Kept| kept.dropped + kept.list.len().saturating_sub(KEPT);
        (dropped(&self.errors), dropped(&self.warnings))
    }
}

impl Kept {
    fn push(&mut self, problem: Problem) -> &mut Problem {
        if self.list.len() > KEPT {
            self.list.truncate(KEPT);
            self.dropped += 1;
        }
        self.list.push_mut(problem)
    }
}

/// A hint at the one of `known` that somebody who wrote `written` most likely meant.
pub(crate) fn did_you_mean<'k>(
    written: &str,
    known: impl IntoIterator<Item = &'k str>,
) -> Option<String> {
    // Two errors at most in the longest names; a name of two letters resembles every other.
    let allowed = (written.chars().count() / 3).min(2);
    let plain_written = plain_key(written);
    known
        .into_iter()
        .map(|name| (osa_distance(&plain_written, &plain_key(name)), name))
        .filter(|&(distance, _)| distance <= allowed)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, name)| format!("did you mean `{name}`?"))
}

/// Begins the hint about an unknown key.
const KNOWN_HERE: &str = "known here: ";

/// The hint about a key that is none of `keys`.
pub(in crate::config) fn known_here(keys: &[&str]) -> String {
    KNOWN_HERE.to_owned() + &listed(keys)
}

/// Names of ours in a sentence.
pub(in crate::config) fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_hundred_of_each_severity_are_kept() {
        let mut problems = Problems::default();
        for number in 0..250 {
            problems.warning(Code::InvalidValue, &Path::root().index(number), "odd");
        }
        assert!(!problems.has_errors());
        for number in 0..101 {
            problems
                .error(Code::InvalidValue, &Path::root().index(number), "wrong")
                .with_hint("mend it");
        }
        assert!(problems.has_errors());
        assert_eq!(problems.kept().count(), 200);
        assert_eq!(problems.dropped(), (1, 150));
        assert!(problems.kept().filter(|problem| problem.hint.is_some()).count() == 100);
    }

    #[test]
    fn only_near_names_are_suggested() {
        let known = ["account", "shared_secret", "team_members", "env"];
        let cases = [
            ("shared_secert", Some("shared_secret")),
            ("shared-secret", Some("shared_secret")),
            ("Account", Some("account")),
            ("Shared Secret", Some("shared_secret")),
            ("sharedSecret", Some("shared_secret")),
            ("shared.secret", Some("shared_secret")),
            ("account ", Some("account")),
            ("account\u{a0}", Some("account")),
            ("\u{201c}account\u{201d}", Some("account")),
            ("ENV", Some("env")),
            ("env:", Some("env")),
            ("acount", Some("account")),
            ("enf", Some("env")),
            ("ab", None),
            ("hunter2", None),
        ];
        for (written, expected) in cases {
            let expected = expected.map(|name| format!("did you mean `{name}`?"));
            assert_eq!(did_you_mean(written, known), expected, "{written}");
        }
    }
}
