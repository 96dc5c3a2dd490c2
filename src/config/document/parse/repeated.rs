//! Tells a key that is given twice from an entry whose name is missing.

use super::{Builder, TrailStep};
use crate::config::document::tree::Key;
use crate::config::report::code::Code;
use crate::config::report::lines::Span;
use crate::config::report::problem::{At, Show};
use crate::config::report::sensitive;

/// Keys in a row that their mapping has already.
pub(super) struct Repeated<'s> {
    /// The number of the entry right before them.
    pub(super) after: Option<usize>,
    /// Each with its first place, and whether it has no value.
    pub(super) keys: Vec<(Key<'s>, Span, bool)>,
}

impl<'s> Builder<'s, '_> {
    /// Reports the keys that are given twice. Several in a row are another entry, whose name is
    /// missing, or stands in their column.
    pub(super) fn report_repeated(&mut self, repeated: &[Repeated<'s>], begin: usize) {
        for Repeated { after, keys } in repeated.iter().rev() {
            let [(key, first, _), rest @ ..] = keys.as_slice() else { continue };
            // Right behind the first it is only written twice.
            let is_next = |after: &usize| {
                self.open_entries.get(begin + after).is_some_and(|it| it.key.text == key.text)
            };
            let is_backend =
                self.trail.len() == 2 && key.text == "type" && !after.as_ref().is_some_and(is_next);
            let is_entry = is_backend || rest.iter().any(|(other, ..)| other.text != key.text);
            if !is_entry {
                for (key, first, is_null) in keys {
                    self.report_duplicate(key, *first, *is_null);
                }
                continue;
            }
            let name = after
                .map(|after| begin + after)
                .filter(|at| self.open_entries.get(*at).is_some_and(|entry| entry.value.is_null()));
            let name = name.map(|at| self.open_entries.remove(at));
            let (count, line) = (keys.len(), self.lines.place(first.start).line);
            let (span, message, hint) = match &name {
                Some(name) => (
                    name.key.span,
                    "what follows is given twice in this mapping".to_owned(),
                    "if a new entry begins here, indent this line less",
                ),
                None if count == 1 => (
                    key.span,
                    format!("`type` is given twice, first on line {line}"),
                    "if a new backend begins here, a line with its name is missing: `NAME:`",
                ),
                None => (
                    key.span,
                    format!("{count} keys in a row are given twice, first on line {line}"),
                    "if a new entry begins here, a line with its name is missing: `NAME:`",
                ),
            };
            if self.trail.len() < 3
                && matches!(self.trail.first(), Some(TrailStep::Key(key)) if key == "backends")
            {
                self.tree.lacks_a_backend_name = true;
            }
            if is_backend {
                // The rest is the new one's.
                let kept = after.map_or(0, |after| after + usize::from(name.is_none()));
                self.open_entries.truncate(begin + kept);
            }
            self.refuse(Code::KeyTwice, span, message).with_hint(hint);
        }
    }

    fn report_duplicate(&self, key: &Key<'_>, first: Span, is_null: bool) {
        let parent = self.path();
        let line = self.lines.place(first.start).line;
        // A key without a value may be a secret behind a comma that should have been a colon.
        let is_shown = sensitive::is_nameable(&key.text) && !is_null && !parent.is_sensitive();
        let (path, name, show) = if is_shown {
            (parent.key(&key.text), format!("`{}`", key.text), Show::Text)
        } else {
            (parent.hidden_key(&key.text), "this key".to_owned(), Show::Nothing)
        };
        self.problems
            .error(Code::KeyTwice, &path, format!("{name} is given twice, first on line {line}"))
            .at(At::Source(key.span, show))
            .with_hint("remove one of the two");
    }
}
