//! Explains keys that exist and stand in a wrong place: one sentence for all that went astray together.

use std::collections::HashSet;

use super::fields::Fields;
use super::keys;
use super::tree::{Document, Entry, NodeKind};
use super::value::{Step, Trail, Value};
use crate::config::report::problem::At;
use crate::config::report::{Code, sensitive};

/// Where keys belong that stand somewhere else.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Home<'v> {
    /// Beneath this key of the same mapping.
    Beneath(&'static str),
    /// Beside what stands around the mapping, of which this is the key.
    Beside(&'v str),
    /// Beside an entry of a list that stands around the mapping.
    BesideEntry,
    /// Beneath this key, which stands further up.
    Section(&'static str),
    /// In an entry beneath this key.
    EntryOf(&'static str),
    /// In the entry before.
    Entry(&'v str),
}

/// Where `entry` belongs, which nobody asked for in a mapping that takes `known`.
pub(super) fn home<'v>(
    fields: &Fields<'v>,
    entry: &Entry<'_>,
    known: &[&'static str],
) -> Option<Home<'v>> {
    let (key, trail) = (entry.key.text.as_ref(), fields.value().trail());
    let document = fields.value().document();
    if let Some(section) = keys::home_of_entry(document, &entry.value) {
        let around = trail.child_of(section).map(Home::Beside);
        return Some(around.unwrap_or(Home::Section(section)));
    }
    let mut beneath = known.iter().filter(|home| keys::beneath(home).contains(&key));
    let first = beneath.clone().next();
    let is_empty = |home: &&&str| fields.is_empty_at(home);
    if let Some(home) = beneath.clone().find(is_empty).or(beneath.find(|it| fields.has(it))) {
        return Some(Home::Beneath(home));
    }
    if let Some(home) = first {
        return Some(Home::Beneath(home));
    }
    if trail.own_keys().contains(&key) {
        return None;
    }
    trail.around(|own, child| match child {
        _ if own.contains(&key) => Some(match child {
            Step::Index(_) => Home::BesideEntry,
            child => Home::Beside(child.name()),
        }),
        _ if matches!(key, "env" | "file" | "value" | "name" | "type") => None,
        _ => own.iter().copied().find_map(|home| match home {
            home if keys::beneath(home).contains(&key) => {
                // Where it stands too, this one is something else.
                (!trail.has_around(document, home, key)).then_some(Home::Section(home))
            }
            home if keys::of_entries(home).contains(&key) => Some(Home::EntryOf(home)),
            _ => None,
        }),
    })
}

/// Reports `entries`, the first of which stands in `value`, with the place where they belong.
pub(super) fn report(value: &Value<'_>, entries: &[&Entry<'_>], home: &Home<'_>, is_empty: bool) {
    let Some(first) = entries.first() else { return };
    let names: Vec<String> = entries.iter().map(|entry| shown(&entry.key.text)).collect();
    let (which, is_one) = match names.as_slice() {
        [one] => (one.clone(), true),
        [one, other] => (format!("{one} and {other}"), false),
        [one, rest @ ..] => (format!("{one} and {} more keys", rest.len()), false),
        [] => return,
    };
    let (belong, them) = if is_one { ("belongs", "it") } else { ("belong", "them") };
    let listed = |home: &str| {
        let example = || format!(", in an entry that begins with `- `: `- {}: …`", first.key.text);
        if keys::is_list(home) { example() } else { String::new() }
    };
    let (place, hint) = match home {
        Home::Beneath(home) if is_empty => (
            format!("to `{home}`"),
            format!("indent {them} further than `{home}:`{}", listed(home)),
        ),
        Home::Beneath(home) if value.has(home) => {
            (format!("to `{home}`"), format!("move {them} beneath `{home}:`{}", listed(home)))
        }
        Home::Beneath(home) => (
            format!("to `{home}`"),
            format!(
                "write `{home}:` on the line before, and indent {them} further{}",
                listed(home)
            ),
        ),
        Home::Beside(beside) => {
            let beside = shown(beside);
            (format!("beside {beside}"), format!("indent {them} less, as {beside}"))
        }
        Home::BesideEntry => (
            "beside this mapping".to_owned(),
            format!("indent {them} less, as the entry's own keys"),
        ),
        Home::Section(section) => (
            format!("to `{section}`"),
            format!(
                "beneath a line `{section}:`, indented further{}: it may be missing before {them}",
                listed(section)
            ),
        ),
        Home::EntryOf(section) => {
            (format!("to an entry of `{section}`"), format!("write {them} there, or remove {them}"))
        }
        Home::Entry(name) => {
            let name = shown(name);
            (format!("to {name}"), format!("indent {them} further than {name}"))
        }
    };
    let key = first.key.text.as_ref();
    let path = if is_shown(key) { value.path().key(key) } else { value.path().hidden_key(key) };
    value
        .problems()
        .error(Code::KeyMisplaced, &path, format!("{which} {belong} {place}"))
        .at(At::Key)
        .with_hint(hint);
}

/// Reports the entries of `value` that are none of its own, whose keys are names of our users' own,
/// and says of which numbers nothing more is to be said.
pub(super) fn among_entries(value: &Value<'_>, entries: &[Entry<'_>]) -> HashSet<usize> {
    let Step::Field(section) = value.trail().step else { return HashSet::new() };
    let (document, own) = (value.document(), keys::of_entries(section));
    if own.is_empty()
        || entries.iter().all(|it| keys::home_of_entry(document, &it.value) == Some(section))
    {
        return HashSet::new();
    }
    let mut flat = None;
    let (mut skipped, mut strangers, mut last) = (HashSet::new(), Vec::new(), None);
    let mut parts: Vec<(usize, Vec<&Entry<'_>>)> = Vec::new();
    for (number, entry) in entries.iter().enumerate() {
        let key = entry.key.text.as_ref();
        let home = keys::home_of_entry(document, &entry.value);
        // `theme` with `color` in it is no brand of that name.
        let is_of_entry = document.mapping(&entry.value).is_some_and(|inner| {
            inner.iter().all(|it| keys::beneath(key).contains(&it.key.text.as_ref()))
        });
        let is_mapping = matches!(entry.value.kind, NodeKind::Mapping(_)) && !is_of_entry;
        let is_flat =
            last.is_some_and(|last: usize| entries.get(last).is_some_and(|it| it.value.is_null()));
        let next =
            entries.get(number + 1).and_then(|next| keys::home_of_entry(document, &next.value));
        let is_flat_section = entry.value.is_null() && next == Some(key) && key != section;
        if is_flat_section {
            flat = Some(entry);
            skipped.insert(number);
        } else if home.is_some_and(|home| home != section) || is_section(document, entry) {
            strangers.push(entry);
            skipped.insert(number);
        } else if let Some(last) = last
            && own.contains(&key)
            && (!is_mapping || is_flat)
        {
            match parts.last_mut() {
                Some((of, part)) if *of == last => part.push(entry),
                _ => parts.push((last, vec![entry])),
            }
            skipped.extend([last, number]);
        } else {
            last = Some(number);
        }
    }
    for (of, part) in &parts {
        let name = entries.get(*of).map_or("", |it| it.key.text.as_ref());
        report(value, part, &Home::Entry(name), false);
    }
    let (sections, strangers): (Vec<_>, Vec<_>) =
        strangers.into_iter().partition(|it| is_section(document, it));
    for section in sections {
        report(value, &[section], &Home::Beside(value.trail().step.name()), false);
    }
    let other = if section == "brands" { "backends" } else { "brands" };
    match flat {
        Some(flat) => report(value, &[flat], &Home::Beside(value.trail().step.name()), false),
        None => report(value, &strangers, &Home::Section(other), false),
    }
    skipped
}

/// Whether it is a section of the file's, and no brand and no backend of that name.
fn is_section(document: &Document<'_>, entry: &Entry<'_>) -> bool {
    let inner = document.mapping(&entry.value).unwrap_or_default();
    let key = entry.key.text.as_ref();
    inner.first().is_some_and(|first| {
        keys::home_of_entry(document, &first.value) == Some(key)
            || (keys::TOP.contains(&key) && keys::beneath(key).contains(&first.key.text.as_ref()))
    })
}

/// The names of all that looks like a backend in `entries`, the file's, and stands somewhere else.
pub(super) fn stray_backends(file: &Value<'_>, entries: &[Entry<'_>]) -> Vec<String> {
    fn collect(
        document: &Document<'_>,
        entries: &[Entry<'_>],
        depth: usize,
        names: &mut Vec<String>,
    ) {
        for entry in entries.iter().filter(|it| depth > 0 || it.key.text != "brands") {
            if keys::home_of_entry(document, &entry.value) == Some("backends") {
                names.push(entry.key.text.clone().into_owned());
            }
            if let Some(inner) = document.mapping(&entry.value)
                && depth < 2
            {
                collect(document, inner, depth + 1, names);
            }
        }
    }
    let mut names = Vec::new();
    collect(file.document(), entries, 0, &mut names);
    names
}

/// Whether something that belongs beneath `key` stands elsewhere in `entries`, a mapping that lacks
/// it, or `key` itself one level too deep: then it is not missing.
pub(super) fn is_elsewhere(
    key: &str,
    value: &Value<'_>,
    entries: &[Entry<'_>],
    known: &[&'static str],
) -> bool {
    let document = value.document();
    let belongs = |entry: &Entry<'_>| {
        let text = entry.key.text.as_ref();
        keys::beneath(key).contains(&text)
            || keys::home_of_entry(document, &entry.value) == Some(key)
    };
    entries.iter().any(|entry| {
        let text = entry.key.text.as_ref();
        let is_here = !known.contains(&text) && belongs(entry);
        let Some(inner) = document.mapping(&entry.value) else { return is_here };
        let own = keys::beneath(text);
        let is_named = own.is_empty() && !keys::of_entries(text).is_empty();
        let is_inside = inner.iter().any(|it| {
            let inside = it.key.text.as_ref();
            let is_own = own.contains(&inside) || (own.is_empty() && !is_named);
            !is_own && (inside == key || (belongs(it) && (!is_named || text != key)))
        });
        is_here || is_inside
    })
}

/// Whether `key`, which the mapping `value` lacks, stands in the mapping around it, or in another
/// one there, where it is reported.
pub(super) fn is_beside(key: &str, value: &Value<'_>) -> bool {
    let (document, trail) = (value.document(), value.trail());
    let Some(around) = trail.parent else { return false };
    let (Some(entries), own) = (document.mapping(around.node), around.own_keys()) else {
        return false;
    };
    let is_stray = |entry: &Entry<'_>| {
        let text = entry.key.text.as_ref();
        let beneath = keys::beneath(text);
        let Some(inner) = document.mapping(&entry.value) else { return text == key };
        let is_inside = !beneath.is_empty()
            && !beneath.contains(&key)
            && text != trail.step.name()
            && inner.iter().any(|it| it.key.text == key);
        text == key || is_inside
    };
    !own.is_empty() && !own.contains(&key) && entries.iter().any(is_stray)
}

fn is_shown(key: &str) -> bool {
    sensitive::is_nameable(key) && !sensitive::looks_random(key)
}

fn shown(key: &str) -> String {
    if is_shown(key) { format!("`{key}`") } else { "this key".to_owned() }
}

impl<'v> Trail<'v> {
    /// The keys of ours that may stand in the mapping here.
    pub(super) fn own_keys(&self) -> &'static [&'static str] {
        match (self.step, self.parent) {
            (Step::Root, _) => keys::TOP,
            (Step::Field(key), _) => keys::beneath(key),
            (Step::Key(_), Some(Trail { step: Step::Field(key), .. })) => keys::of_entries(key),
            (Step::Index(_), Some(Trail { step: Step::Field(key), .. })) => keys::beneath(key),
            _ => &[],
        }
    }

    /// The entry beneath `section` in which this is, or which this is.
    fn child_of(&self, section: &str) -> Option<&'v str> {
        self.around(|_, child| match child {
            Step::Field(key) if key == section => Some(key),
            _ => None,
        })?;
        let mut trail = self;
        while let Some(parent) = trail.parent {
            if matches!(parent.step, Step::Field(key) if key == section) {
                return Some(trail.step.name());
            }
            trail = parent;
        }
        None
    }

    /// Whether `key` is written beneath `section`, which stands in one of the mappings around.
    fn has_around(&self, document: &Document<'_>, section: &str, key: &str) -> bool {
        let mut trail = self.parent;
        while let Some(around) = trail {
            if let Some(entries) = document.mapping(around.node)
                && let Some(found) = entries.iter().find(|it| it.key.text == section)
            {
                return document.entries(&found.value).any(|(inner, _)| inner == key);
            }
            trail = around.parent;
        }
        false
    }

    /// What `find` finds in one of the mappings around, the nearest first: it is shown the keys of
    /// ours there, and the step that leads from there to here.
    fn around<T>(
        &self,
        mut find: impl FnMut(&'static [&'static str], Step<'v>) -> Option<T>,
    ) -> Option<T> {
        let mut trail = self;
        while let Some(parent) = trail.parent {
            if let Some(found) = find(parent.own_keys(), trail.step) {
                return Some(found);
            }
            trail = parent;
        }
        None
    }
}

impl<'v> Step<'v> {
    fn name(self) -> &'v str {
        match self {
            Self::Field(key) | Self::Key(key) | Self::HiddenKey(key) => key,
            Self::Root | Self::Index(_) => "",
        }
    }
}
