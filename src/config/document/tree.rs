//! The file as a tree in which every key and value knows its place.

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};

use super::parse::{self, Part};
use crate::config::report::{
    lines::{Lines, Span},
    path::{Path, PathStep},
    problem::Problems,
    sensitive,
};

/// A YAML file that could be read, in the narrow form that a configuration needs.
///
/// All nodes lie in two lists, the children of one beside each other, and not each in an allocation
/// of its own: a large file is read without a million of them, and when it has been read, all of it
/// goes back to the system at once.
pub(crate) struct Document<'s> {
    root: Node<'s>,
    tree: Tree<'s>,
}

/// More bytes than the C library ever takes out of its heap: a list with so much room is mapped, and
/// given back to the system whole, where the heap would keep the hole between what is kept. Room that
/// nothing is written to takes no memory.
const MAPPED: usize = 33 * 1024 * 1024;

/// A text of fewer bytes is read without such lists: of a thousand small files, each has four.
const LARGE: usize = 1024 * 1024;

/// An empty list for what is read of `source`, in a mapping of its own where that is large and the
/// system grants one.
pub(super) fn mapped<T>(source: &str) -> Vec<T> {
    let mut list = Vec::new();
    if source.len() < LARGE {
        return list;
    }
    // Otherwise it grows as any other does.
    let _ = list.try_reserve_exact(MAPPED / size_of::<T>().max(1));
    list
}

/// The children of every list and mapping.
pub(in crate::config) struct Tree<'s> {
    nodes: Vec<Node<'s>>,
    entries: Vec<Entry<'s>>,
    /// Whether the line with the name of a backend is missing, so that nobody knows which there are.
    pub(super) lacks_a_backend_name: bool,
}

/// Where the children of one node lie.
#[derive(Clone, Copy)]
pub(in crate::config) struct Children {
    begin: u32,
    end: u32,
}

impl Children {
    fn of<T>(self, all: &[T]) -> &[T] {
        all.get(self.begin as usize..self.end as usize).unwrap_or_default()
    }

    /// Moves what `open` holds from `begin` on behind everything in `all`.
    fn moved<T>(open: &mut Vec<T>, begin: usize, all: &mut Vec<T>) -> Self {
        let place = |all: &Vec<T>| u32::try_from(all.len()).unwrap_or(u32::MAX);
        let first = place(all);
        all.extend(open.drain(begin.min(open.len())..));
        Self { begin: first, end: place(all) }
    }
}

impl<'s> Tree<'s> {
    pub(super) fn new(source: &str) -> Self {
        Self { nodes: mapped(source), entries: mapped(source), lacks_a_backend_name: false }
    }

    /// The list of what `open` holds from `begin` on.
    pub(in crate::config) fn sequence(
        &mut self,
        open: &mut Vec<Node<'s>>,
        begin: usize,
    ) -> NodeKind<'s> {
        NodeKind::Sequence(Children::moved(open, begin, &mut self.nodes))
    }

    /// The mapping of what `open` holds from `begin` on.
    pub(in crate::config) fn mapping(
        &mut self,
        open: &mut Vec<Entry<'s>>,
        begin: usize,
    ) -> NodeKind<'s> {
        NodeKind::Mapping(Children::moved(open, begin, &mut self.entries))
    }
}

pub(in crate::config) struct Node<'s> {
    /// A scalar as written; of a list or mapping only the opening bracket, if there is one.
    pub(in crate::config) span: Span,
    pub(in crate::config) kind: NodeKind<'s>,
}

/// What a value is.
pub(in crate::config) enum NodeKind<'s> {
    Scalar {
        text: Cow<'s, str>,
        /// Without quotes, so that `true` and `7` may mean more than their letters.
        plain: bool,
        /// Whether ` #` ends it in the middle of a line, with no blank behind: `Acme #1 Shoes`.
        cut: bool,
    },
    Sequence(Children),
    Mapping(Children),
    /// Something refused and reported already, of which nothing more is to be said.
    Refused,
}

/// A key of a mapping and its value. Keys are unique.
pub(in crate::config) struct Entry<'s> {
    pub(in crate::config) key: Key<'s>,
    pub(in crate::config) value: Node<'s>,
}

/// A key as it stands in the file.
pub(in crate::config) struct Key<'s> {
    pub(in crate::config) text: Cow<'s, str>,
    pub(in crate::config) span: Span,
}

/// The value nearest to what was looked for.
pub(in crate::config) struct Nearest<'d, 's> {
    pub(in crate::config) node: &'d Node<'s>,
    pub(in crate::config) key: Option<&'d Key<'s>>,
    /// Whether it is the very one, and not a mapping in which the rest of the path is missing.
    pub(in crate::config) is_exact: bool,
}

/// Where a value stands: in which file, the byte at which it begins, and how many keys lead there.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::config) struct NodePlace {
    pub(in crate::config) offset: u32,
    pub(super) depth: u16,
    /// Which of the files that are read together it stands in.
    pub(in crate::config) file: u16,
}

impl<'s> Document<'s> {
    /// Reads the source and reports everything in it that no configuration may hold.
    ///
    /// There may be a document even if errors were reported, so that more of them can be found.
    pub(crate) fn parse(source: &'s str, problems: &Problems) -> Option<Self> {
        Self::parse_part(Part::Main, source, problems)
    }

    /// The same of one of several files.
    pub(super) fn parse_part(part: Part, source: &'s str, problems: &Problems) -> Option<Self> {
        let lines = Lines::new(source);
        let (root, tree) = parse::parse(part, source, &lines, problems)?;
        Some(Self { root, tree })
    }

    /// How many keys and values it has.
    pub(super) fn count(&self) -> usize {
        1 + self.tree.nodes.len() + 2 * self.tree.entries.len()
    }

    pub(super) fn lacks_a_backend_name(&self) -> bool {
        self.tree.lacks_a_backend_name
    }

    pub(in crate::config) fn root(&self) -> &Node<'s> {
        &self.root
    }

    /// The entries of `node`, if it is a list.
    pub(in crate::config) fn sequence(&self, node: &Node<'_>) -> Option<&[Node<'s>]> {
        match node.kind {
            NodeKind::Sequence(children) => Some(children.of(&self.tree.nodes)),
            _ => None,
        }
    }

    /// The keys and values of `node`, if it is a mapping.
    pub(in crate::config) fn mapping(&self, node: &Node<'_>) -> Option<&[Entry<'s>]> {
        match node.kind {
            NodeKind::Mapping(children) => Some(children.of(&self.tree.entries)),
            _ => None,
        }
    }

    /// The keys that lead to `place`.
    pub(super) fn path_to(&self, place: NodePlace) -> Path {
        let mut path = Path::root();
        let mut node = &self.root;
        for _ in 0..place.depth {
            // Children stand in the order of the file, so that the last which begins no later than
            // the place holds it.
            let next = if let Some(entries) = self.mapping(node) {
                let up_to = entries.partition_point(|it| it.key.span.start <= place.offset);
                up_to.checked_sub(1).and_then(|last| entries.get(last)).map(|entry| {
                    let Entry { key, value } = entry;
                    let is_shown = sensitive::is_nameable(&key.text);
                    let step = if is_shown { Path::key } else { Path::hidden_key };
                    (step(&path, &key.text), value)
                })
            } else {
                let nodes = self.sequence(node).unwrap_or_default();
                let up_to = nodes.partition_point(|it| it.span.start <= place.offset);
                let last = up_to.checked_sub(1);
                last.and_then(|last| Some((path.index(last), nodes.get(last)?)))
            };
            let Some(next) = next else { break };
            (path, node) = next;
        }
        path
    }

    /// The entries of a mapping, each by its key; of anything else, none.
    pub(in crate::config) fn entries(
        &self,
        node: &Node<'_>,
    ) -> impl Iterator<Item = (&str, &Node<'s>)> {
        let entries = self.mapping(node).unwrap_or_default();
        entries.iter().map(|entry| (entry.key.text.as_ref(), &entry.value))
    }

    /// Hashes what `node` says alone, wherever it stands.
    pub(in crate::config) fn hash(&self, node: &Node<'_>, state: &mut impl Hasher) {
        match &node.kind {
            NodeKind::Scalar { text, plain, .. } => (0, text, plain).hash(state),
            NodeKind::Sequence(_) => {
                let nodes = self.sequence(node).unwrap_or_default();
                (1, nodes.len()).hash(state);
                for node in nodes {
                    self.hash(node, state);
                }
            }
            NodeKind::Mapping(_) => {
                let entries = self.mapping(node).unwrap_or_default();
                (2, entries.len()).hash(state);
                for Entry { key, value } in entries {
                    key.text.hash(state);
                    self.hash(value, state);
                }
            }
            NodeKind::Refused => 3.hash(state),
        }
    }

    pub(in crate::config) fn find(&self, path: &Path) -> Nearest<'_, 's> {
        let mut found = Nearest { node: &self.root, key: None, is_exact: true };
        for step in path.steps() {
            let next = match step {
                PathStep::Key(key) | PathStep::HiddenKey(key) => self
                    .mapping(found.node)
                    .and_then(|entries| entries.iter().find(|entry| entry.key.text == **key))
                    .map(|entry| (Some(&entry.key), &entry.value)),
                PathStep::Index(index) => self
                    .sequence(found.node)
                    .and_then(|nodes| nodes.get(*index))
                    .map(|node| (None, node)),
            };
            let Some((key, node)) = next else {
                return Nearest { is_exact: false, ..found };
            };
            found = Nearest { node, key, is_exact: true };
        }
        found
    }
}

impl Node<'_> {
    /// Whether there is a word or a bracket to point at, other than the children's.
    pub(in crate::config) fn has_text(&self) -> bool {
        !self.span.is_empty()
    }

    /// Whether it says in so many words, or by saying nothing, that there is no value.
    pub(in crate::config) fn is_null(&self) -> bool {
        matches!(&self.kind, NodeKind::Scalar { text, plain: true, .. }
            if matches!(text.as_ref(), "" | "~" | "null" | "Null" | "NULL"))
    }

    /// What it is, in words that never repeat its text.
    pub(in crate::config) fn describe(&self) -> &'static str {
        match &self.kind {
            NodeKind::Sequence(_) => "a list",
            NodeKind::Mapping(_) => "a mapping",
            NodeKind::Scalar { .. } if self.is_null() => "nothing",
            NodeKind::Scalar { text, plain: true, .. } => match text.as_ref() {
                "true" | "false" => "true or false",
                text if text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c))
                    && text.parse::<f64>().is_ok() =>
                {
                    "a number"
                }
                _ => "text",
            },
            NodeKind::Scalar { .. } | NodeKind::Refused => "text",
        }
    }
}

/// Says only how large it is: the values may be secrets.
impl fmt::Debug for Document<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document").field("root", &self.root.describe()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::report::Code;

    #[test]
    fn a_place_is_that_of_the_value_or_of_the_nearest_key_around_it() {
        let source = "\u{feff}a: 1\nb:\n  - x\n  - c: 'é'\n    d: { e: f }\nempty:\n";
        let problems = Problems::default();
        let document = Document::parse(source, &problems).unwrap();
        assert!(!problems.has_errors());
        let root = Path::root();
        let item = root.key("b").index(1);
        let cases = [
            (root.clone(), "1:1"),
            (root.key("a"), "1:4"),
            (root.key("b"), "2:1"),
            (root.key("b").index(0), "3:5"),
            (item.clone(), "4:5"),
            (item.key("c"), "4:8"),
            (item.key("d"), "5:8"),
            (item.key("d").key("e"), "5:13"),
            (item.key("d").key("missing"), "5:5"),
            (root.key("b").index(7), "2:1"),
            (root.key("empty"), "6:1"),
            (root.key("missing").key("x"), "1:1"),
        ];
        for (path, expected) in cases {
            let problems = Problems::default();
            problems.warning(Code::WrongType, &path, "here");
            let said = problems.report("f", source, Some(&document)).json();
            assert_eq!(format!("{}:{}", said[0]["line"], said[0]["column"]), expected, "{path}");
        }
    }

    #[test]
    fn a_document_does_not_print_its_values() {
        let document = Document::parse("a: hunter2", &Problems::default()).unwrap();
        assert_eq!(format!("{document:?}"), "Document { root: \"a mapping\", .. }");
    }
}
