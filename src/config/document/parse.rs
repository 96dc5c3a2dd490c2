//! Builds the tree from the parser's events, and refuses what a configuration has no use for.

mod repeated;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::cell::RefMut;
use std::hash::BuildHasher as _;

use foldhash::fast::RandomState;
use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, StrInput, Tag};
use hashbrown::HashTable;

use self::repeated::Repeated;
use super::{
    began::{self, Began},
    odd_line,
    scan::Scan,
    syntax,
    tree::{Entry, Key, Node, NodeKind, Tree, mapped},
};
use crate::config::report::{
    code::Code,
    hints,
    lines::{Lines, Span},
    path::Path,
    problem::{At, Problem, Problems, Show},
    sensitive,
};

const DEEPEST: usize = 64;

/// The most values that a file may hold: twice what 100,000 hosts need, each with a backend of its
/// own. A file of nothing but `[1,1,…` would take a gigabyte otherwise.
pub(super) const MOST: usize = 4_000_000;

/// Which of the files that are read together.
#[derive(Clone, Copy)]
pub(in crate::config) enum Part {
    Main,
    /// Those before it have so many keys and values.
    Included {
        before: usize,
    },
}

/// Up to this many keys, looking through them is quicker than hashing.
const FEW_KEYS: usize = 16;

/// Reads `source`, or reports why there is nothing to be read.
pub(super) fn parse<'s>(
    part: Part,
    source: &'s str,
    lines: &Lines<'s>,
    problems: &Problems,
) -> Option<(Node<'s>, Tree<'s>)> {
    if let Some((offset, c)) = source.char_indices().find(|&(at, c)| is_forbidden(c, at > 0)) {
        let message =
            format!("the control character U+{:04X} does not belong in this file", u32::from(c));
        let at = At::Source(Span::new(offset, offset), Show::Nothing);
        let mut problem = problems.error(Code::ControlCharacter, &Path::root(), message);
        problem.at(at);
        match c {
            '\0' => problem.with_hint("if the editor says UTF-16 of this file, save it as UTF-8"),
            '\u{feff}' => {
                problem.with_hint("the mark before a file that was joined to another: remove it")
            }
            _ => problem.with_hint("remove it: nobody sees it in an editor"),
        };
        return None;
    }
    if let Some(offset) = odd_line::line_numbers(source, lines) {
        problems
            .error(Code::CopyMark, &Path::root(), "the lines have numbers")
            .at(At::Source(Span::new(offset, offset), Show::Nothing))
            .with_hint("remove them: a page or an editor has put them there");
        return None;
    }
    let odd_blanks =
        if source.is_ascii() { Vec::new() } else { Scan::up_to(source, source.len()).odd_blanks };
    for (offset, c) in &odd_blanks {
        let name = hints::odd_blank(*c).unwrap_or_default();
        let message = format!("{name} (U+{:04X}) stands where a blank belongs", u32::from(*c));
        problems
            .error(Code::OddBlank, &Path::root(), message)
            .at(At::Source(Span::new(*offset, *offset), Show::Nothing))
            .with_hint("type it anew; where it is meant, it needs quotes");
    }
    if !odd_blanks.is_empty() {
        return None;
    }
    let options = granit_parser::options! {
        emit_comments: false,
        emit_anchor_events: true,
        emit_unresolved_aliases: true,
        flow_nesting_limit: DEEPEST,
        block_nesting_limit: DEEPEST,
    };
    let parser = Parser::new_from_str_with_options(source, options);
    let most = match part {
        Part::Main => MOST,
        Part::Included { before } => MOST.saturating_sub(before),
    };
    let mut builder = Builder {
        parser,
        part,
        source,
        lines,
        problems,
        tree: Tree::new(source),
        open_nodes: mapped(source),
        open_entries: mapped(source),
        trail: Vec::new(),
        last: 0,
        last_key: Cow::Borrowed(""),
        left: most,
        most,
    };
    let root = builder.document().ok().flatten()?;
    Some((root, builder.tree))
}

fn is_forbidden(c: char, is_inside: bool) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r')) || (is_inside && c == '\u{feff}')
}

/// The rest of the file cannot be read, and it has been said why.
struct Stopped;

enum TrailStep<'s> {
    Key(Cow<'s, str>),
    Index(usize),
}

struct Builder<'s, 'b> {
    parser: Parser<'s, StrInput<'s>>,
    part: Part,
    source: &'s str,
    lines: &'b Lines<'s>,
    problems: &'b Problems,
    tree: Tree<'s>,
    /// The children of the lists that are being read, the outermost first.
    open_nodes: Vec<Node<'s>>,
    /// Those of the mappings.
    open_entries: Vec<Entry<'s>>,
    /// What leads to the value being built; a `Path` only when something is wrong with it.
    trail: Vec<TrailStep<'s>>,
    /// Where the last thing that could be read begins.
    last: usize,
    last_key: Cow<'s, str>,
    /// How many more keys and values there may be, and how many in all.
    left: usize,
    most: usize,
}

/// Which keys one mapping has so far: the places of its entries, where they are many.
#[derive(Default)]
struct Keys {
    hasher: RandomState,
    places: HashTable<usize>,
}

impl Keys {
    /// Where `key` stands among `entries`, which only ever become more.
    fn first(&mut self, entries: &[Entry<'_>], key: &str) -> Option<Span> {
        if entries.len() < FEW_KEYS {
            return entries.iter().find(|entry| entry.key.text == key).map(|entry| entry.key.span);
        }
        let Self { hasher, places } = self;
        let text = |place: usize| entries.get(place).map_or("", |entry| entry.key.text.as_ref());
        let hash = |place: &usize| hasher.hash_one(text(*place));
        for place in places.len()..entries.len() {
            places.insert_unique(hash(&place), place, hash);
        }
        let is_it = |place: &usize| text(*place) == key;
        let found = places.find(hasher.hash_one(key), is_it)?;
        entries.get(*found).map(|entry| entry.key.span)
    }
}

impl<'s> Builder<'s, '_> {
    fn document(&mut self) -> Result<Option<Node<'s>>, Stopped> {
        let root = loop {
            match self.pull()? {
                (Event::StreamStart | Event::DocumentStart(..), _) => {}
                (Event::StreamEnd, _) => break None,
                (event, span) => break Some(self.node(event, span, 0)?),
            }
        };
        let Some(root) = root.filter(|root| !root.is_null()) else {
            let at = At::Source(Span::default(), Show::Nothing);
            self.problems
                .error(Code::FileEmpty, &Path::root(), "the file holds no settings")
                .at(at)
                .with_hint(match self.part {
                    Part::Main => "start with `version: 1`",
                    Part::Included { .. } => {
                        "start with `brands:` or `backends:`, or remove the file"
                    }
                });
            return Ok(None);
        };
        loop {
            match self.pull()? {
                (Event::DocumentStart(..), span) => {
                    self.refuse(Code::SecondDocument, span, "a second document is not allowed")
                        .with_hint("remove this line, and keep what follows");
                    // What seems to be missing may stand there.
                    return Ok(None);
                }
                (Event::StreamEnd, _) => break,
                _ => {}
            }
        }
        Ok(Some(root))
    }

    /// The next event that belongs to the tree.
    fn pull(&mut self) -> Result<(Event<'s>, Span), Stopped> {
        loop {
            match self.parser.next_event() {
                None => return Err(Stopped),
                Some(Err(error)) => {
                    self.report_syntax(&error);
                    return Err(Stopped);
                }
                Some(Ok((event, span))) => {
                    let tag = span.tag_span().and_then(|tag| tag.byte_range());
                    let range = span.byte_range().unwrap_or_default();
                    let span = Span::new(range.start, range.end);
                    match &event {
                        Event::Anchor(..) => {
                            self.refuse(Code::Anchor, span, "anchors (`&`) are not allowed").with_hint(
                                "write the value in each place; a text that begins with `&` needs quotes",
                            );
                            continue;
                        }
                        Event::Scalar(.., Some(_))
                        | Event::SequenceStart(.., Some(_))
                        | Event::MappingStart(.., Some(_)) => {
                            let tag = tag.map_or(span, |tag| Span::new(tag.start, tag.end));
                            let is_include = tag.text(self.source).starts_with("!include");
                            self.refuse(Code::Tag, tag, "tags (`!`) are not allowed").with_hint(
                                if is_include { hints::INCLUDE } else { hints::QUOTES_FOR_TAG },
                            );
                        }
                        _ => {}
                    }
                    self.last = range.start;
                    return Ok((event, span));
                }
            }
        }
    }

    fn node(&mut self, event: Event<'s>, span: Span, depth: usize) -> Result<Node<'s>, Stopped> {
        let Some(left) = self.left.checked_sub(1) else {
            let message = format!("the file has more than {} keys and values", self.most);
            self.refuse(Code::TooMany, span, message).with_hint("nothing is read from here on");
            return Err(Stopped);
        };
        self.left = left;
        let kind = match event {
            Event::Scalar(text, style, _, tag) => self.scalar(text, style, tag.as_deref(), span),
            Event::SequenceStart(..) | Event::MappingStart(..) if depth >= DEEPEST => {
                self.refuse(Code::TooDeep, span, too_deep());
                return Err(Stopped);
            }
            Event::SequenceStart(..) => self.sequence(depth)?,
            Event::MappingStart(..) => self.mapping(depth)?,
            // An alias; whatever else a later version of the parser may say is no value either.
            _ => {
                self.refuse(Code::Alias, span, "aliases (`*`) are not allowed")
                    .with_hint("write the value again; a text that begins with `*` needs quotes");
                NodeKind::Refused
            }
        };
        Ok(Node { span, kind })
    }

    fn scalar(
        &self,
        text: Cow<'s, str>,
        style: ScalarStyle,
        tag: Option<&Tag>,
        span: Span,
    ) -> NodeKind<'s> {
        if text.chars().any(|c| is_forbidden(c, true)) {
            self.refuse(
                Code::ControlCharacter,
                span,
                "an escape in this text stands for a control character",
            );
            return NodeKind::Refused;
        }
        if tag.is_some() {
            return NodeKind::Refused;
        }
        let plain = style == ScalarStyle::Plain;
        // The parser writes a missing value as `~`.
        let text = if plain && span.is_empty() { Cow::Borrowed("") } else { text };
        let behind = self.source.get(span.end as usize..).unwrap_or_default().as_bytes();
        let cut = plain
            && matches!(behind, [b' ', b'#', next, ..] if !matches!(next, b' ' | b'\t' | b'\n' | b'\r' | b'#'));
        NodeKind::Scalar { text, plain, cut }
    }

    fn sequence(&mut self, depth: usize) -> Result<NodeKind<'s>, Stopped> {
        let begin = self.open_nodes.len();
        loop {
            let (event, span) = self.pull()?;
            if matches!(event, Event::SequenceEnd) {
                return Ok(self.tree.sequence(&mut self.open_nodes, begin));
            }
            self.trail.push(TrailStep::Index(self.open_nodes.len() - begin));
            let node = self.node(event, span, depth + 1)?;
            self.open_nodes.push(node);
            self.trail.pop();
        }
    }

    fn mapping(&mut self, depth: usize) -> Result<NodeKind<'s>, Stopped> {
        let begin = self.open_entries.len();
        let mut index = Keys::default();
        let mut is_refused = false;
        let mut repeated: Vec<Repeated<'s>> = Vec::new();
        let mut last = None;
        loop {
            let (event, span) = self.pull()?;
            if matches!(event, Event::MappingEnd) {
                self.report_repeated(&repeated, begin);
                // Of what is left of it when all was refused, nothing more is to be said.
                if is_refused && self.open_entries.len() == begin {
                    return Ok(NodeKind::Refused);
                }
                return Ok(self.tree.mapping(&mut self.open_entries, begin));
            }
            let key = self.node(event, span, depth + 1)?;
            let key = self.key(key);
            self.last_key = key.as_ref().map_or(Cow::Borrowed(""), |key| key.text.clone());
            self.trail.push(TrailStep::Key(self.last_key.clone()));
            let (event, span) = self.pull()?;
            let value = match event {
                // Said with its key.
                Event::Alias(..) if key.is_none() || self.last_key == "<<" => {
                    Node { span, kind: NodeKind::Refused }
                }
                event => self.node(event, span, depth + 1)?,
            };
            self.trail.pop();

            let Some(key) = key else {
                is_refused = true;
                continue;
            };
            let entries = self.open_entries.get(begin..).unwrap_or_default();
            let Some(first) = index.first(entries, &key.text) else {
                last = Some(entries.len());
                self.open_entries.push(Entry { key, value });
                continue;
            };
            let repeat = (key, first, value.is_null());
            match repeated.last_mut() {
                Some(run) if last.is_none() => run.keys.push(repeat),
                _ => repeated.push(Repeated { after: last, keys: vec![repeat] }),
            }
            last = None;
        }
    }

    fn key(&self, node: Node<'s>) -> Option<Key<'s>> {
        let is_null = node.is_null();
        match node.kind {
            NodeKind::Refused => None,
            NodeKind::Scalar { text, plain: true, .. } if text == "<<" => {
                self.refuse(Code::MergeKey, node.span, "merge keys (`<<`) are not allowed")
                    .with_hint("write the keys again that are meant");
                None
            }
            NodeKind::Scalar { text, .. } if !is_null => Some(Key { text, span: node.span }),
            NodeKind::Scalar { .. } => {
                self.refuse(Code::KeyNotText, node.span, "a key is missing before this `:`");
                None
            }
            NodeKind::Mapping(_) if self.is_template(node.span) => {
                let is_secret = self.path().is_sensitive();
                self.refuse(Code::Placeholder, node.span, hints::NOTHING_PUT_IN)
                    .with_hint(if is_secret { hints::NAME_ALONE } else { hints::VALUE_ITSELF });
                None
            }
            NodeKind::Sequence(_) | NodeKind::Mapping(_) => {
                self.refuse(
                    Code::KeyNotText,
                    node.span,
                    "a key must be text, not a list or a mapping",
                )
                .with_hint("a text that begins with `{` or `[` needs quotes");
                None
            }
        }
    }

    /// Whether `span` begins with the second brace of `{{ … }}`.
    fn is_template(&self, span: Span) -> bool {
        self.source.get(..span.start as usize).is_some_and(|before| before.ends_with('{'))
    }

    fn refuse(&self, code: Code, span: Span, message: impl Into<String>) -> RefMut<'_, Problem> {
        let path = self.path();
        let mut problem = self.problems.error(code, &path, message);
        problem.at(At::Source(span, Show::Nothing));
        problem
    }

    fn path(&self) -> Path {
        self.trail.iter().fold(Path::root(), |path, step| match step {
            TrailStep::Index(index) => path.index(*index),
            TrailStep::Key(key) if path.is_sensitive() => path.hidden_key(key),
            TrailStep::Key(key) => path.key(key),
        })
    }

    fn report_syntax(&self, error: &ScanError) {
        let noticed = error.marker().byte_offset().unwrap_or_default();
        let began = began::find(error.kind(), self.source, self.lines, noticed);
        let offset = began.as_ref().map_or(noticed, |began| began.offset);
        let is_harmless = !self.path().is_sensitive()
            && !sensitive::mentions_secret(&self.last_key)
            && syntax::is_harmless(self.source, self.lines, self.last, offset);
        let show = if is_harmless { Show::Line } else { Show::Nothing };
        let (code, message, hint) = match error.kind() {
            ErrorKind::RecursionLimitExceeded => (Code::TooDeep, too_deep(), None),
            kind => match began {
                Some(Began { code: code @ Code::Placeholder, message, .. })
                    if !self.path().is_sensitive() =>
                {
                    (code, message, Some(hints::VALUE_ITSELF.to_owned()))
                }
                Some(Began { code, message, hint, .. }) => (code, message, Some(hint)),
                None => {
                    let (code, message, hint) = syntax::explain(kind);
                    (code, message, Some(hint.to_owned()))
                }
            },
        };
        let at = At::Source(Span::new(offset, offset), show);
        // Nothing is said about the path: who knows what has become a key in it.
        let mut problem = self.problems.error(code, &Path::root(), message);
        problem.at(at);
        if let Some(hint) = hint {
            problem.with_hint(hint);
        }
    }
}

fn too_deep() -> String {
    format!("values are nested more than {DEEPEST} deep")
}
