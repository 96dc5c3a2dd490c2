//! Collects what is wrong with the file, so that the operator mends everything in one go.

use std::cell::{RefCell, RefMut};
use std::fmt;

use strsim::osa_distance;

use super::{code::Code, hints::plain_key, lines::Span, path::Path};

/// How many problems of one severity are kept; the others are only counted.
pub(super) const KEPT: usize = 100;

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

/// Everything found wrong so far. Whoever reads the file shares it.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    errors: RefCell<Kept>,
    warnings: RefCell<Kept>,
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
    ///
    /// What is returned is for the rest of the sentence, such as a hint: one at a time.
    pub(crate) fn error(
        &self,
        code: Code,
        path: &Path,
        message: impl Into<String>,
    ) -> RefMut<'_, Problem> {
        let problem = Problem::new(Severity::Error, code, path, message.into());
        RefMut::map(self.errors.borrow_mut(), |kept| kept.push(problem))
    }

    /// Reports something that somebody should look at.
    pub(crate) fn warning(
        &self,
        code: Code,
        path: &Path,
        message: impl Into<String>,
    ) -> RefMut<'_, Problem> {
        let problem = Problem::new(Severity::Warning, code, path, message.into());
        RefMut::map(self.warnings.borrow_mut(), |kept| kept.push(problem))
    }

    /// Whether one more of this severity would only be counted: nobody need find out its place.
    pub(in crate::config) fn is_full(&self, severity: Severity) -> bool {
        let kept = match severity {
            Severity::Error => &self.errors,
            Severity::Warning => &self.warnings,
        };
        kept.borrow().list.len() >= KEPT
    }

    /// Whether the file cannot be used.
    pub(crate) fn has_errors(&self) -> bool {
        !self.errors.borrow().list.is_empty()
    }

    /// The problems to show, in the order in which they were found, and how many more errors and
    /// warnings there are.
    pub(in crate::config) fn kept(&self) -> (Vec<Problem>, (usize, usize)) {
        let (errors, warnings) = (self.errors.borrow(), self.warnings.borrow());
        let dropped = |kept: &Kept| kept.dropped + kept.list.len().saturating_sub(KEPT);
        let first = errors.list.iter().take(KEPT).chain(warnings.list.iter().take(KEPT));
        (first.cloned().collect(), (dropped(&errors), dropped(&warnings)))
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

/// What Zendesk's pages and other products call what has another name here, as [`plain_key`] has it.
const ELSEWHERE: &[(&str, &str)] = &[
    ("subdomain", "account"),
    ("hostmapping", "hosts"),
    ("domain", "hosts"),
    ("domains", "email_domains"),
    ("brandname", "name"),
    ("enduser", "end_user"),
    ("signinurl", "login_url"),
    ("signouturl", "logout_url"),
    ("ssourl", "login_url"),
    ("colour", "color"),
    ("discoveryurl", "issuer"),
    ("scope", "scopes"),
];

/// The same where `written` may also be a longer name for the one, or another product's.
pub(crate) fn you_may_mean<'k>(
    written: &str,
    known: impl IntoIterator<Item = &'k str> + Clone,
) -> Option<String> {
    did_you_mean(written, known.clone()).or_else(|| {
        let written = plain_key(written);
        let theirs = ELSEWHERE.iter().filter(|(theirs, _)| *theirs == written);
        let theirs: Vec<&str> = theirs.map(|(_, ours)| *ours).collect();
        let mut meant = known.into_iter().filter(|name| {
            let plain = plain_key(name);
            let is_longer =
                plain.len() > 4 && (written.ends_with(&plain) || written.starts_with(&plain));
            is_longer || theirs.contains(name)
        });
        let name = meant.next().filter(|_| meant.next().is_none())?;
        Some(format!("did you mean `{name}`?"))
    })
}

/// The hint about a key that is none of `keys`.
pub(in crate::config) fn known_here(keys: &[&str]) -> String {
    format!("known here: {}", listed(keys))
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
        let problems = Problems::default();
        for number in 0..250 {
            problems.warning(Code::WrongType, &Path::root().index(number), "odd");
        }
        assert!(!problems.has_errors());
        for number in 0..101 {
            problems
                .error(Code::WrongType, &Path::root().index(number), "wrong")
                .with_hint("mend it");
        }
        assert!(problems.has_errors());
        let (kept, dropped) = problems.kept();
        assert_eq!(kept.len(), 200);
        assert_eq!(dropped, (1, 150));
        assert!(kept.iter().filter(|problem| problem.hint.is_some()).count() == 100);
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
