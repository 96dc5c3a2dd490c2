//! One value of the file: where it stands, what lies in it, and where its problems go.

mod scalar;

use std::cell::RefMut;

use super::misplaced;
use super::source::{Reach, Site, Source};
use super::tree::{Document, Entry, Node, NodeKind, NodePlace};
use crate::config::report::path::Path;
use crate::config::report::problem::{At, Problem, Problems, Severity};
use crate::config::report::{Code, hints, sensitive};

/// Something is there and cannot be used; why is among the problems.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::config) struct Reported;

/// What was read, or that it has been said why not.
pub(in crate::config) type Read<T> = Result<T, Reported>;

/// What a value of the file can be read as, whatever else stands in the file.
pub(in crate::config) trait FromNode: Sized {
    /// Reads `value`; what is wrong with it is reported in its place.
    fn read(value: Value<'_>) -> Read<Self>;
}

/// A value of the file, with the keys that lead to it.
#[derive(Clone, Copy)]
pub(in crate::config) struct Value<'v> {
    document: &'v Document<'v>,
    pub(super) node: &'v Node<'v>,
    trail: Trail<'v>,
    problems: &'v Problems,
    /// The files that this one is read together with, if any.
    site: Option<&'v Site<'v>>,
}

/// What leads to a value, on the stack: a path is only made of it when something is wrong.
#[derive(Clone, Copy)]
pub(super) struct Trail<'v> {
    pub(super) parent: Option<&'v Trail<'v>>,
    pub(super) step: Step<'v>,
    pub(super) node: &'v Node<'v>,
}

#[derive(Clone, Copy)]
pub(super) enum Step<'v> {
    Root,
    Index(usize),
    /// A key of ours: its name may always be seen.
    Field(&'v str),
    /// A key chosen by whoever wrote the file.
    Key(&'v str),
    /// A key that must not be seen.
    HiddenKey(&'v str),
}

impl Trail<'_> {
    fn depth(&self) -> u16 {
        self.parent.map_or(0, |parent| parent.depth().saturating_add(1))
    }

    fn path(&self) -> Path {
        let parent = self.parent.map_or_else(Path::root, Trail::path);
        match self.step {
            Step::Root => parent,
            Step::Index(index) => parent.index(index),
            Step::Field(key) => parent.key(key),
            Step::Key(key) if sensitive::is_nameable(key) && !parent.is_sensitive() => {
                parent.key(key)
            }
            Step::Key(key) | Step::HiddenKey(key) => parent.hidden_key(key),
        }
    }
}

impl<'v> Value<'v> {
    /// The whole of `document`.
    pub(in crate::config) fn of(document: &'v Document<'v>, problems: &'v Problems) -> Self {
        let node = document.root();
        let trail = Trail { parent: None, step: Step::Root, node };
        Self { document, node, trail, problems, site: None }
    }

    /// The whole of the file at `site`, unless it could not be read.
    pub(in crate::config) fn at(site: &'v Site<'v>) -> Option<Self> {
        let source = site.source()?;
        let document = source.document.as_ref()?;
        Some(Self { site: Some(site), ..Self::of(document, &source.problems) })
    }

    /// What an included file may read beside itself; nothing of the main one, which may read anything.
    pub(in crate::config) fn reach(&self) -> Option<&'v Reach> {
        let site = self.site.filter(|site| site.number > 0)?;
        Some(site.source().map_or(Reach::NONE, Source::reach))
    }

    /// A value within this one.
    pub(super) fn within<'w>(&'w self, node: &'w Node<'w>, step: Step<'w>) -> Value<'w> {
        let trail = Trail { parent: Some(&self.trail), step, node };
        Value { document: self.document, node, trail, problems: self.problems, site: self.site }
    }

    /// The file that it stands in.
    pub(super) fn document(&self) -> &'v Document<'v> {
        self.document
    }

    pub(super) fn trail(&self) -> &Trail<'v> {
        &self.trail
    }

    /// Whether `key` is written in the mapping here.
    pub(super) fn has(&self, key: &str) -> bool {
        self.mapping().is_some_and(|entries| entries.iter().any(|entry| entry.key.text == key))
    }

    /// The keys that lead here.
    pub(in crate::config) fn path(&self) -> Path {
        self.trail.path()
    }

    /// The same for a problem, unless so many are known that nobody will see it.
    fn shown_path(&self, severity: Severity) -> Path {
        if self.problems.is_full(severity) { Path::root() } else { self.path() }
    }

    /// Whether nobody will see another problem of this severity.
    pub(in crate::config) fn is_full(&self, severity: Severity) -> bool {
        self.problems.is_full(severity)
    }

    /// Where it stands, in little: for whoever has to say so later, if at all.
    pub(in crate::config) fn place(&self) -> NodePlace {
        let file = self.file();
        NodePlace { offset: self.node.span.start, depth: self.trail.depth(), file }
    }

    /// The keys that lead to `place`, in quotes, and its file, where that is another.
    pub(in crate::config) fn told(&self, place: NodePlace) -> String {
        let other = self.site.filter(|site| site.number != place.file);
        let Some(source) = other.and_then(|site| site.sources.get(usize::from(place.file))) else {
            return format!("`{}`", self.document.path_to(place));
        };
        let path = source.document.as_ref().map(|document| document.path_to(place));
        format!("`{}` in {}", path.unwrap_or_default(), source.name)
    }

    /// Reports that what is called `name` is in the file with the number `first`, too.
    pub(in crate::config) fn name_twice(&self, name: &str, first: u16) -> Reported {
        let source = self.site.and_then(|site| site.sources.get(usize::from(first)));
        let file = source.map_or("another file", |source| source.name.as_str());
        self.error(Code::NameTwice, format!("`{name}` is already in {file}"))
            .at_key()
            .with_hint("a name of its own: it stands in addresses and in the log");
        Reported
    }

    /// Whether no other file is read together with its own.
    pub(in crate::config) fn is_alone(&self) -> bool {
        self.site.is_none_or(|site| site.sources.len() < 2)
    }

    /// Which of the files that are read together it stands in.
    pub(in crate::config) fn file(&self) -> u16 {
        self.site.map_or(0, |site| site.number)
    }

    /// Reports what makes it unusable.
    pub(in crate::config) fn error(
        &self,
        code: Code,
        message: impl Into<String>,
    ) -> RefMut<'v, Problem> {
        self.problems.error(code, &self.shown_path(Severity::Error), message)
    }

    /// Reports what somebody should look at.
    pub(in crate::config) fn warning(
        &self,
        code: Code,
        message: impl Into<String>,
    ) -> RefMut<'v, Problem> {
        self.problems.warning(code, &self.shown_path(Severity::Warning), message)
    }

    /// Reports that something else belongs here.
    fn unfit(&self, expected: &str, hint: Option<&str>) -> Reported {
        self.wrong_type(expected, hint, At::Value)
    }

    fn wrong_type(&self, expected: &str, hint: Option<&str>, at: At) -> Reported {
        if matches!(self.node.kind, NodeKind::Refused) {
            return Reported;
        }
        let code = if self.node.is_null() { Code::EmptyValue } else { Code::WrongType };
        let message = format!("expected {expected}, found {}", self.node.describe());
        let mut problem = self.error(code, message);
        problem.at(at);
        if let Some(hint) = hint {
            problem.with_hint(hint);
        }
        Reported
    }

    /// Reports that a mapping belongs here, which `form` describes. A text in its place may be a
    /// secret whose `{ value: … }` was forgotten, so it is not shown.
    pub(super) fn not_a_mapping(&self, form: &str) -> Reported {
        let is_secret = form.contains("{ env: NAME }");
        let has_names = matches!(self.trail.step, Step::Field("backends" | "brands"));
        let hint = match &self.node.kind {
            NodeKind::Sequence(_) if has_names => Some(hints::NAMED_ENTRIES),
            NodeKind::Scalar { .. } if matches!(self.trail.step, Step::Root) => {
                Some("entries such as `version: 1`, each on a line of its own")
            }
            NodeKind::Sequence(_) => Some("`key: value`, without brackets or dashes around it"),
            _ if is_secret => self.scalar().map(hints::secret),
            _ => None,
        };
        self.wrong_type(form, hint, At::UnseenValue)
    }

    /// Reads every entry of a list, so that every problem is reported.
    pub(in crate::config) fn each<T>(
        &self,
        mut read: impl FnMut(Value<'_>) -> Read<T>,
    ) -> Read<Vec<T>> {
        let Some(nodes) = self.document.sequence(self.node) else {
            let is_set = || self.mapping().is_some_and(|it| it.iter().all(|it| it.value.is_null()));
            let hint = match &self.node.kind {
                NodeKind::Mapping(_) if is_set() => {
                    Some("a list has square brackets, `[…]`, or lines that begin with `- `")
                }
                NodeKind::Mapping(_) => Some("begin each entry with `- `"),
                _ => self
                    .scalar()
                    .map(|text| hints::entry(text).unwrap_or("put it in brackets: `[…]`")),
            };
            return Err(self.unfit("a list", hint));
        };
        let mut values = Vec::with_capacity(nodes.len());
        for (index, node) in nodes.iter().enumerate() {
            values.push(read(self.within(node, Step::Index(index))));
        }
        values.into_iter().collect()
    }

    /// Reads every entry of a list, or the one value that stands in the place of one.
    pub(in crate::config) fn one_or_each<T>(
        &self,
        mut read: impl FnMut(Value<'_>) -> Read<T>,
    ) -> Read<Vec<T>> {
        match &self.node.kind {
            NodeKind::Sequence(_) => self.each(read),
            _ => read(*self).map(|value| vec![value]),
        }
    }

    /// Reads every value of a mapping whose keys are names of our users' own, in the order of the
    /// file, each with its number and name. What could not be read keeps its place.
    pub(in crate::config) fn entries<T>(
        &self,
        mut read: impl FnMut(u32, &str, Value<'_>) -> Read<T>,
    ) -> Read<Vec<Read<T>>> {
        let Some(entries) = self.mapping() else {
            return Err(self.not_a_mapping("a mapping"));
        };
        let skipped = misplaced::among_entries(self, entries);
        let mut values = Vec::with_capacity(entries.len());
        for (number, Entry { key, value }) in (0..).zip(entries) {
            if skipped.contains(&values.len()) {
                values.push(Err(Reported));
                continue;
            }
            let value = self.within(value, Step::Key(&key.text));
            values.push(value.or_empty().and_then(|value| read(number, &key.text, value)));
        }
        Ok(values)
    }

    /// The keys and values, if it is a mapping.
    pub(super) fn mapping(&self) -> Option<&'v [Entry<'v>]> {
        self.document.mapping(self.node)
    }

    /// The names in a mapping whose keys are names of our users' own; nothing where it is none.
    pub(in crate::config) fn names(
        &self,
    ) -> Option<impl Iterator<Item = &'v str> + Clone + use<'v>> {
        self.mapping().map(|entries| entries.iter().map(|entry| entry.key.text.as_ref()))
    }

    /// Itself, unless it is nothing: whoever writes a key means something by it, and what is empty
    /// by mistake must lift no rule.
    pub(super) fn or_empty(self) -> Read<Self> {
        if self.node.is_null() {
            self.error(Code::EmptyValue, "there is a key, and no value");
            return Err(Reported);
        }
        Ok(self)
    }

    pub(super) fn problems(&self) -> &'v Problems {
        self.problems
    }
}

impl<T: FromNode> FromNode for Vec<T> {
    fn read(value: Value<'_>) -> Read<Self> {
        value.each(T::read)
    }
}
