//! A mapping whose keys are ours: each is asked for once, and what nobody asked for is unknown.

use std::cell::{RefCell, RefMut};

use super::keys;
use super::misplaced::{self, Home};
use super::tree::Entry;
use super::value::{FromNode, Read, Reported, Step, Value};
use crate::config::report::problem::{Problem, Severity, did_you_mean, known_here, you_may_mean};
use crate::config::report::{Code, sensitive};

/// The keys of one mapping.
///
/// Whoever reads one asks for every key before anything is given up, so that every problem is
/// reported, and ends with [`Fields::finish`].
pub(in crate::config) struct Fields<'v> {
    value: Value<'v>,
    entries: &'v [Entry<'v>],
    /// The keys that were asked for, which are all that there are.
    known: RefCell<Vec<&'static str>>,
    /// Those that have no value, unless what belongs to them stands beside them.
    empty: RefCell<Vec<&'static str>>,
}

/// Backends that stand in the file and are not found: that nobody has their names follows from it.
pub(in crate::config) struct StrayBackends {
    /// Those that stand where none belongs.
    names: Vec<String>,
    /// Whether the line with the name of another is missing.
    has_nameless: bool,
}

impl StrayBackends {
    /// Those of a file that cannot be read.
    pub(in crate::config) fn unknown() -> Self {
        Self { names: Vec::new(), has_nameless: true }
    }

    /// Whether one of them may be meant by `name`.
    pub(in crate::config) fn may_have(&self, name: &str) -> bool {
        self.has_nameless || self.names.iter().any(|stray| stray == name)
    }
}

impl<'v> Fields<'v> {
    /// The keys of `value`, which must be a mapping.
    pub(in crate::config) fn of(value: Value<'v>) -> Read<Self> {
        Self::of_form(value, "a mapping")
    }

    /// The same, where `form` describes the mapping.
    pub(in crate::config) fn of_form(value: Value<'v>, form: &str) -> Read<Self> {
        let Some(entries) = value.mapping() else {
            return Err(value.not_a_mapping(form));
        };
        let known = RefCell::new(Vec::with_capacity(16));
        Ok(Self { value, entries, known, empty: RefCell::default() })
    }

    /// The mapping itself.
    pub(in crate::config) fn value(&self) -> &Value<'v> {
        &self.value
    }

    /// Whether `key` is written.
    pub(in crate::config) fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| entry.key.text == key)
    }

    /// Whether `key` is written without a value.
    pub(super) fn is_empty_at(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| entry.key.text == key && entry.value.is_null())
    }

    /// Whether `key` is written neither well nor misspelt nor in another place: that it is missing
    /// follows from the latter.
    pub(in crate::config) fn lacks(&self, key: &str) -> bool {
        if self.has(key) {
            return false;
        }
        let known = self.known.borrow();
        let is_misspelt = |entry: &Entry<'_>| {
            let text = entry.key.text.as_ref();
            !known.contains(&text) && you_may_mean(text, [key]).is_some()
        };
        // Hundreds of keys in one mapping are another mistake, and long to compare.
        !self.entries.iter().take(100).any(is_misspelt)
            && !misplaced::is_elsewhere(key, &self.value, self.entries, &known)
            && !misplaced::is_beside(key, &self.value)
    }

    /// The backends that the file has, and not beneath their names in their place.
    pub(in crate::config) fn stray_backends(&self) -> StrayBackends {
        StrayBackends {
            names: misplaced::stray_backends(&self.value, self.entries),
            has_nameless: self.value.document().lacks_a_backend_name(),
        }
    }

    /// Reports that `key` is missing, unless it is only misspelt.
    fn report_missing(&self, key: &str, message: String, hint: Option<&str>) -> Reported {
        if self.lacks(key) {
            let mut problem = self.value.error(Code::MissingKey, message);
            problem.at_key();
            if let Some(hint) = hint {
                problem.with_hint(hint);
            }
        }
        Reported
    }

    /// What stands under `key`, if it is something; nothing is said about it.
    pub(in crate::config) fn peek(&self, key: &'static str) -> Option<Value<'_>> {
        let entry = self.entries.iter().find(|entry| entry.key.text == key)?;
        Some(self.value.within(&entry.value, Step::Field(key))).filter(|it| !it.node.is_null())
    }

    /// What stands under `key`, which is something if anything is written there.
    fn get(&self, key: &'static str) -> Read<Option<Value<'_>>> {
        self.known.borrow_mut().push(key);
        let Some(entry) = self.entries.iter().find(|entry| entry.key.text == key) else {
            return Ok(None);
        };
        let holds_keys = !keys::beneath(key).is_empty() || !keys::of_entries(key).is_empty();
        if holds_keys && entry.value.is_null() {
            self.empty.borrow_mut().push(key);
            return Err(Reported);
        }
        self.value.within(&entry.value, Step::Field(key)).or_empty().map(Some)
    }

    /// What may be left out, and must be good where it is there.
    pub(in crate::config) fn optional<T: FromNode>(&self, key: &'static str) -> Read<Option<T>> {
        self.optional_with(key, T::read)
    }

    /// The same, read by `read`.
    pub(in crate::config) fn optional_with<T>(
        &self,
        key: &'static str,
        read: impl FnOnce(Value<'_>) -> Read<T>,
    ) -> Read<Option<T>> {
        self.get(key)?.map(read).transpose()
    }

    /// The value of a key that must be written.
    pub(in crate::config) fn required<T: FromNode>(&self, key: &'static str) -> Read<T> {
        self.required_with(key, T::read)
    }

    /// The same, read by `read`.
    pub(in crate::config) fn required_with<T>(
        &self,
        key: &'static str,
        read: impl FnOnce(Value<'_>) -> Read<T>,
    ) -> Read<T> {
        self.optional_with(key, read)?
            .ok_or_else(|| self.report_missing(key, format!("missing `{key}`"), None))
    }

    /// The same, where `message` says who needs it, and `hint` what it is.
    pub(in crate::config) fn needed_with<T>(
        &self,
        key: &'static str,
        message: &str,
        hint: &str,
        read: impl FnOnce(Value<'_>) -> Read<T>,
    ) -> Read<T> {
        self.optional_with(key, read)?
            .ok_or_else(|| self.report_missing(key, message.to_owned(), Some(hint)))
    }

    /// A list, each entry read by `read`; left out, it is empty.
    pub(in crate::config) fn list_with<T>(
        &self,
        key: &'static str,
        read: impl FnMut(Value<'_>) -> Read<T>,
    ) -> Read<Vec<T>> {
        self.optional_with(key, |value| value.each(read)).map(Option::unwrap_or_default)
    }

    /// Reports that `key`, which is written, is wrong here, whatever stands under it.
    pub(in crate::config) fn error_at(
        &self,
        key: &str,
        code: Code,
        message: impl Into<String>,
    ) -> RefMut<'v, Problem> {
        let mut problem = self.value.problems().error(code, &self.value.path().key(key), message);
        problem.at_key();
        problem
    }

    /// Reports the sections of the main file that are written here, but for `own`.
    pub(in crate::config) fn refuse_sections(&self, own: &[&str]) {
        for key in keys::TOP.iter().filter(|key| !own.contains(key) && self.has(key)) {
            self.known.borrow_mut().push(key);
            self.error_at(key, Code::IncludedKey, format!("an included file has no `{key}`"))
                .with_hint("it holds `brands` and `backends`; the main file has the rest");
        }
    }

    /// Whether a key is written that nobody has asked for so far.
    pub(in crate::config) fn has_unknown(&self) -> bool {
        let known = self.known.borrow();
        self.entries.iter().any(|entry| !known.iter().any(|key| entry.key.text == *key))
    }

    /// Reports every key that nobody has asked for, or that has no value.
    pub(in crate::config) fn finish(&self) {
        self.finish_with(|entry, known| self.report_unknown(entry, known));
    }

    /// The same in a backend of type `kind`, whose keys may be those of another type.
    pub(in crate::config) fn finish_as(&self, kind: &str) {
        self.finish_with(|entry, known| {
            let key = entry.key.text.as_ref();
            let (is_shown, suggestion) = self.judge(entry, known);
            if !is_shown || suggestion.is_some() {
                return self.report_unknown(entry, known);
            }
            let message = format!("a backend of type `{kind}` has no `{key}`");
            let mut problem = self.error_at(key, Code::BackendKey, message);
            match known {
                ["type", "closed"] => {
                    problem.with_hint("Zendesk's own sign-in page needs no settings")
                }
                _ => problem.with_hint(known_here(known)),
            };
        });
    }

    fn finish_with(&self, report_unknown: impl Fn(&Entry<'v>, &[&'static str])) {
        let (known, empty) = (self.known.borrow(), self.empty.borrow());
        let mut astray: Vec<(Home<'_>, Vec<&Entry<'_>>)> = Vec::new();
        let is_unknown = |entry: &&Entry<'_>| !known.iter().any(|key| entry.key.text == *key);
        for entry in self.entries.iter().filter(is_unknown) {
            // To find out what each of a million keys may mean takes long.
            if self.value.is_full(Severity::Error) {
                self.value.error(Code::UnknownKey, String::new());
                continue;
            }
            let is_misspelt = did_you_mean(&entry.key.text, known.iter().copied()).is_some();
            let home = if is_misspelt { None } else { misplaced::home(self, entry, &known) };
            let Some(home) = home else {
                report_unknown(entry, &known);
                continue;
            };
            match astray.iter_mut().find(|(of, _)| *of == home) {
                Some((_, entries)) => entries.push(entry),
                None => astray.push((home, vec![entry])),
            }
        }
        for (home, entries) in &astray {
            let is_empty = matches!(home, Home::Beneath(key) if empty.contains(key));
            misplaced::report(&self.value, entries, home, is_empty);
        }
        let is_explained = |of: &str| {
            astray.iter().any(|(home, _)| matches!(home, Home::Beneath(key) if *key == of))
        };
        for key in empty.iter().filter(|key| !is_explained(key)) {
            if let Some(entry) = self.entries.iter().find(|entry| entry.key.text == *key) {
                let _ = self.value.within(&entry.value, Step::Field(key)).or_empty();
            }
        }
    }

    /// Whether an unknown key may be seen, and which it resembles.
    ///
    /// A misplaced secret can become a key, by a comma instead of a colon, say. Such a key resembles
    /// none of ours and has no value, or is found where secrets belong.
    fn judge(&self, entry: &Entry<'_>, known: &[&'static str]) -> (bool, Option<String>) {
        let key = entry.key.text.as_ref();
        let suggestion = did_you_mean(key, known.iter().copied());
        let is_shown = sensitive::is_nameable(key)
            && !sensitive::looks_random(key)
            && (suggestion.is_some()
                || (!entry.value.is_null() && !self.value.path().is_sensitive()));
        let suggestion = suggestion
            .or_else(|| is_shown.then(|| you_may_mean(key, known.iter().copied())).flatten());
        (is_shown, suggestion)
    }

    fn report_unknown(&self, entry: &Entry<'_>, known: &[&'static str]) {
        let key = entry.key.text.as_ref();
        let (is_shown, suggestion) = self.judge(entry, known);
        let (step, message) = if is_shown {
            (Step::Field(key), format!("unknown key `{key}`"))
        } else {
            (Step::HiddenKey(key), "unknown key".to_owned())
        };
        let glued = known.iter().find_map(|name| {
            let rest = key.strip_prefix(*name)?;
            rest.starts_with([':', ' ', '=']).then_some((name, rest.starts_with(':')))
        });
        let glued = glued.filter(|_| entry.value.is_null());
        let hint = match glued {
            Some((name, true)) => format!("a blank is missing behind the `:` of `{name}: …`"),
            Some((name, false)) => format!("a `:` and a blank belong behind the key: `{name}: …`"),
            None => suggestion.unwrap_or_else(|| known_here(known)),
        };
        let value = self.value.within(&entry.value, step);
        value.error(Code::UnknownKey, message).at_key().with_hint(hint);
    }
}
