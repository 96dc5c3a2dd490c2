//! Finds where a mistake began that the parser notices only later: a line is not to be blamed for
//! the one before it.

use granit_parser::ErrorKind;

use super::scan::Scan;
use super::{keys, odd_line};
use crate::config::report::lines::{Lines, Span};
use crate::config::report::{Code, hints};

/// Where it began, and what is wrong there.
#[derive(Debug, Eq, PartialEq)]
pub(in crate::config) struct Began {
    pub(in crate::config) offset: usize,
    pub(in crate::config) code: Code,
    pub(in crate::config) message: String,
    pub(in crate::config) hint: String,
}

impl Began {
    fn new(offset: usize, code: Code, message: &str, hint: &str) -> Self {
        Self { offset, code, message: message.to_owned(), hint: hint.to_owned() }
    }
}

/// A line that is not blank and no comment alone.
struct Line<'s> {
    number: usize,
    start: usize,
    indent: usize,
    /// Whether it begins with the dash of a list.
    is_entry: bool,
    /// Without its indentation, the dashes of a list and a comment behind it.
    text: &'s str,
}

/// Where the mistake began that was noticed at `offset`, if that is somewhere else.
pub(in crate::config) fn find(
    kind: &ErrorKind,
    source: &str,
    lines: &Lines<'_>,
    offset: usize,
) -> Option<Began> {
    use ErrorKind as K;
    let began = odd_line::merge_mark(source, lines)
        .or_else(|| placeholder(source, offset))
        .or_else(|| comment(kind, source, offset));
    if began.is_some() {
        return began;
    }
    match kind {
        K::UnclosedQuotedScalar
        | K::InvalidQuotedScalarIndent
        | K::DocumentIndicatorInQuotedScalar => open_quote(source, offset),
        K::InvalidTrailingSingleQuotedScalar | K::InvalidTrailingDoubleQuotedScalar => {
            quote_over_lines(source, lines, offset)
                .or_else(|| odd_line::value(kind, source, lines, offset))
        }
        K::TabNotAllowed
        | K::TabInBlockIndentation
        | K::TabInIndentation
        | K::TabAtBlockScalarStart
        | K::TabInPlainScalar
        | K::UnknownQuotedScalarEscape
        | K::InvalidQuotedScalarHexEscape
        | K::UnclosedFlowCollection { .. }
        | K::MismatchedFlowCollectionEnd { .. } => None,
        K::SimpleKeyExpected | K::InvalidSimpleKey | K::ExpectedBlockMappingKey => {
            in_brackets(source, lines, offset)
                .or_else(|| odd(kind, source, lines, offset))
                .or_else(|| in_block(source, lines, offset))
                .or_else(|| no_entry(source, lines, offset))
        }
        _ => in_brackets(source, lines, offset)
            .or_else(|| odd(kind, source, lines, offset))
            .or_else(|| in_block(source, lines, offset)),
    }
}

/// What is odd about the line at `offset`, or the one before it, which then was taken for its part.
fn odd(kind: &ErrorKind, source: &str, lines: &Lines<'_>, offset: usize) -> Option<Began> {
    let number = line_of(lines, offset);
    let before = || before(source, lines, number);
    odd_line::whole(source, lines, number)
        .or_else(|| odd_line::whole(source, lines, before()?.number))
        .or_else(|| odd_line::value(kind, source, lines, offset))
}

/// `${NAME}` within brackets, where `{` begins a mapping and ends the text before it.
fn placeholder(source: &str, offset: usize) -> Option<Began> {
    let is_mapping = source.get(offset..).is_some_and(|rest| rest.starts_with('{'));
    let before = source.get(..offset)?.strip_suffix('$')?;
    let began = || {
        let (message, hint) = (hints::NOTHING_PUT_IN, hints::NAME_ALONE);
        Began::new(before.len(), Code::Placeholder, message, hint)
    };
    is_mapping.then(began)
}

/// A `#` in the place of a value within brackets, which takes the rest of the line with it.
fn comment(kind: &ErrorKind, source: &str, offset: usize) -> Option<Began> {
    let is_unclosed = matches!(kind, ErrorKind::UnclosedFlowCollection { .. });
    let (begin, end) = if is_unclosed {
        (offset, source.len())
    } else {
        (*Scan::up_to(source, offset).open.last()?, offset)
    };
    let scan = Scan::up_to(source, end);
    let offset = scan.commented.into_iter().find(|at| *at > begin)?;
    let message = "a comment begins where a value belongs";
    Some(Began::new(offset, Code::CommentMark, message, hints::COMMENT))
}

fn open_quote(source: &str, offset: usize) -> Option<Began> {
    let scan = Scan::up_to(source, source.len());
    let holds = |(begin, close): &&(usize, Option<usize>)| {
        *begin < offset && close.is_none_or(|close| close >= offset)
    };
    let (offset, _) = scan.quoted.iter().find(holds)?;
    let message = "this quote is not closed";
    let hint = "add the closing one; in single quotes, `'` is written twice";
    Some(Began::new(*offset, Code::Quote, message, hint))
}

/// A text that was meant to end on its line, and ends where another should have begun.
fn quote_over_lines(source: &str, lines: &Lines<'_>, offset: usize) -> Option<Began> {
    let scan = Scan::up_to(source, offset);
    let (begin, _) = scan.quoted.iter().rfind(|(_, close)| close.is_some_and(|it| it < offset))?;
    let message = "this quote is not closed on its line";
    let hint = "add the closing one; in single quotes, `'` is written twice";
    let is_earlier = line_of(lines, *begin) < line_of(lines, offset);
    is_earlier.then(|| Began::new(*begin, Code::Quote, message, hint))
}

/// A bracket that is not closed, or a comma that is missing between two lines.
fn in_brackets(source: &str, lines: &Lines<'_>, offset: usize) -> Option<Began> {
    let scan = Scan::up_to(source, offset);
    let begin = *scan.open.last()?;
    let number = line_of(lines, offset);
    let opened = line_of(lines, begin);
    if opened >= number {
        return None;
    }
    let is_at_end = source.get(offset..).is_none_or(|rest| rest.trim().is_empty());
    let here = line(source, lines, number);
    let outer = line(source, lines, opened);
    let closes = here.as_ref().is_some_and(|it| it.text.starts_with([']', '}']));
    let is_further = match (&here, &outer) {
        (Some(here), Some(outer)) => here.indent > outer.indent,
        _ => false,
    };
    if is_at_end || closes || !is_further {
        let message = "this bracket is not closed";
        let hint = "add the closing one, or put the text in quotes";
        return Some(Began::new(begin, Code::Bracket, message, hint));
    }
    let before = before(source, lines, number)?;
    let needs_comma = !before.text.ends_with([',', '[', '{', ':']);
    let message = "a `,` is missing behind this line";
    let hint = "within `[…]` and `{…}` entries have commas between them";
    needs_comma.then(|| Began::new(before.start, Code::Comma, message, hint))
}

/// A `:` that is missing, or a line that is indented further than it may.
fn in_block(source: &str, lines: &Lines<'_>, offset: usize) -> Option<Began> {
    let number = line_of(lines, offset);
    let here = line(source, lines, number)?;
    let before = before(source, lines, number)?;
    let key_end = before.text.find(": ").or_else(|| before.text.strip_suffix(':').map(str::len));
    let is_quoted = before.text.starts_with(['"', '\'', '[', '{']);
    if is_quoted {
        return None;
    }
    let Some(key_end) = key_end else {
        return missing_colon(&before);
    };
    let is_entry = here.text.contains(": ") || here.text.ends_with(':');
    if is_entry && here.indent < before.indent {
        return Some(too_little(source, lines, &here, &before));
    }
    let has_value = !before.text.get(key_end + 1..).unwrap_or_default().trim().is_empty();
    let is_further = here.indent > before.indent;
    (has_value && is_further).then(|| too_far(source, lines, &here, &before))
}

/// About a line that is indented further than `before`, which has a value already.
fn too_far(source: &str, lines: &Lines<'_>, here: &Line<'_>, before: &Line<'_>) -> Began {
    let home = keys::only_home(here.key());
    if let Some(home) = home
        && home == keys::only_home(before.key()).unwrap_or_default()
        && let Some(above) = self::before(source, lines, before.number)
        && above.indent == before.indent
        && above.text == format!("{home}:")
    {
        let message = format!("`{}` belongs to `{home}`", before.key());
        let hint = format!("indent it further than `{home}:`");
        return Began { offset: before.start, code: Code::Indentation, message, hint };
    }
    let message = "this line is indented further than the one before, which has a value already";
    let missing = home.filter(|home| keys::only_home(before.key()) != Some(home));
    let hint = match missing.or_else(|| missing_section(source, lines, here)) {
        Some(home) => format!("the line `{home}:` is missing before it"),
        None if has_twin(source, lines, before, here) => {
            format!("begin it in column {}, as line {} does", before.indent + 1, before.number)
        }
        None => same_column(here, before),
    };
    Began { offset: here.start, code: Code::Indentation, message: message.to_owned(), hint }
}

/// About a line that is indented less than `before`, and like none above it.
fn too_little(source: &str, lines: &Lines<'_>, here: &Line<'_>, before: &Line<'_>) -> Began {
    let mut above = (1..here.number).rev().filter_map(|number| line(source, lines, number));
    let mut first = None;
    let parent = above.find(|line| {
        let is_parent = line.indent < here.indent;
        if !is_parent {
            first = Some((line.start, line.is_entry, line.key()));
        }
        is_parent
    });
    if let (Some(parent), Some((offset, true, _))) = (&parent, first)
        && !keys::of_entries(parent.key()).is_empty()
    {
        let message = format!("`{}` holds entries with names, and no list", parent.key());
        let hint = hints::NAMED_ENTRIES.to_owned();
        return Began { offset, code: Code::Indentation, message, hint };
    }
    if let (Some(parent), Some((start, _, key))) = (parent, first)
        && keys::of_entries(parent.key()).contains(&key)
    {
        let message = format!("`{key}` belongs to an entry of `{}`", parent.key());
        let hint = "a line with the entry's name, such as `NAME:`, is missing before it".to_owned();
        return Began { offset: start, code: Code::Indentation, message, hint };
    }
    let message = "the indentation does not fit the lines before";
    let hint = match keys::only_home(here.key()) {
        Some(home) if keys::only_home(before.key()) != Some(home) => {
            format!("the line `{home}:` is missing before it")
        }
        _ => same_column(here, before),
    };
    Began { offset: here.start, code: Code::Indentation, message: message.to_owned(), hint }
}

fn same_column(here: &Line<'_>, before: &Line<'_>) -> String {
    format!(
        "entries of one list or mapping begin in the same column: line {} begins in column {}, \
         and this one in column {}",
        before.number,
        before.indent + 1,
        here.indent + 1
    )
}

/// Whether the entry right above `before`, or right below `here`, begins in the column of `before`.
fn has_twin(source: &str, lines: &Lines<'_>, before: &Line<'_>, here: &Line<'_>) -> bool {
    let mut above = (1..before.number).rev().filter_map(|number| line(source, lines, number));
    let above = above.find(|it| it.indent <= before.indent);
    let below = (here.number + 1..=lines.count()).find_map(|number| line(source, lines, number));
    [above, below].into_iter().flatten().any(|it| it.indent == before.indent)
}

/// The section to which the entry belongs that begins on `here`, by the key on the next line.
fn missing_section(source: &str, lines: &Lines<'_>, here: &Line<'_>) -> Option<&'static str> {
    let next = (here.number + 1..=lines.count()).find_map(|it| line(source, lines, it))?;
    let is_entry = here.text.ends_with(':') && next.indent > here.indent;
    let mut sections = ["backends", "brands"].into_iter();
    sections.find(|section| is_entry && keys::of_entries(section).contains(&next.key()))
}

/// A line that is no entry where one belongs.
fn no_entry(source: &str, lines: &Lines<'_>, offset: usize) -> Option<Began> {
    let here = line(source, lines, line_of(lines, offset))?;
    let is_entry = here.text.contains(": ") || here.text.ends_with(':');
    let is_quoted = here.text.starts_with(['"', '\'', '[', '{']);
    if is_entry || is_quoted { None } else { missing_colon(&here) }
}

fn missing_colon(line: &Line<'_>) -> Option<Began> {
    let began =
        |at: usize, message, hint| Some(Began::new(line.start + at, Code::Colon, message, hint));
    let is_name = |text: &str| {
        !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b))
    };
    if let Some((key, rest)) = line.text.split_once(':')
        && is_name(key)
        && !rest.starts_with("//")
    {
        return began(key.len(), "a blank is missing behind this `:`", "such as `key: value`");
    }
    if let Some((key, _)) = line.text.split_once('=')
        && is_name(key.trim())
    {
        let at = key.len();
        return began(at, "a key ends with `:`, not with `=`", "such as `key: value`");
    }
    began(0, "a `:` is missing on this line", "such as `key: value`, with a blank behind the `:`")
}

fn line_of(lines: &Lines<'_>, offset: usize) -> usize {
    lines.place(Span::new(offset, offset).start).line
}

/// The nearest line above that says something.
fn before<'s>(source: &'s str, lines: &Lines<'_>, number: usize) -> Option<Line<'s>> {
    (1..number).rev().find_map(|number| line(source, lines, number))
}

fn line<'s>(source: &'s str, lines: &Lines<'_>, number: usize) -> Option<Line<'s>> {
    let span = lines.line(number);
    let whole = span.text(source);
    let text = whole.trim_start_matches([' ', '\t', '-']);
    let comment = text.find(" #").unwrap_or(text.len());
    let said = text.get(..comment).unwrap_or_default().trim_end();
    let start = span.start as usize + whole.len() - text.len();
    let indent = whole.len() - text.len();
    let says = !said.is_empty() && !said.starts_with('#');
    let is_entry = whole.trim_start_matches([' ', '\t']).starts_with("- ");
    says.then_some(Line { number, start, indent, is_entry, text: said })
}

impl<'s> Line<'s> {
    /// What stands before its first `:`.
    fn key(&self) -> &'s str {
        self.text.split(':').next().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use crate::config::document::Document;
    use crate::config::report::Problems;

    /// The first error in `source`.
    fn said(source: &str) -> String {
        let problems = Problems::default();
        let document = Document::parse(source, &problems);
        let report = problems.report("f", source, document.as_ref()).json();
        let first = &report[0];
        format!("{}:{} {}", first["line"], first["column"], first["message"]).replace('"', "")
    }

    #[test]
    fn a_mistake_is_named_where_it_began() {
        let bracket = "this bracket is not closed";
        let unmatched = "this bracket does not match";
        let quote = "this quote is not closed";
        let colon = "a `:` is missing on this line";
        let blank = "a blank is missing behind this `:`";
        let comma = "a `,` is missing behind this line";
        let further = "this line is indented further than the one before, which has a value";
        let comment = "a comment begins where a value belongs";
        let placeholder = "nothing is put in the place of this";
        let cases = [
            ("an open [", "a:\n  b: [c\n  d: e\n", "2:6", bracket),
            ("an open [ and more", "a:\n  b: [c, d\n  e: [f]\ng: h\n", "2:6", bracket),
            ("an open {", "a: { b: c\nd: e\n", "1:4", bracket),
            ("an open [ in a {", "a: {\n  b: [c,\n  d: e\n}\n", "2:6", unmatched),
            ("an open [ before a }", "a: {\n  b: [c, d\n}\ne: f\n", "2:6", unmatched),
            ("an open [ at the end", "a: 1\nb: [c,\n  d\n", "2:4", bracket),
            ("an open { far away", "a: { b: c,\n\n# d\n\nd: e\nf: g\n", "1:4", bracket),
            ("no comma", "a: {\n  b: 1\n  c: 2\n}\n", "2:3", comma),
            ("no comma on the first line", "a: { b: 1\n     c: 2 }\n", "1:1", comma),
            ("an open quote", "a: 'b\nc: d\n", "1:4", quote),
            ("an open double quote", "a: 1\nb: \"c\nd: e\nf: g\n", "2:4", quote),
            ("one that ends in another", "a: \"b\nc: \"d\"\n", "1:4", quote),
            ("one that ends in an apostrophe", "a: 'b\nc: it's\n", "1:4", quote),
            ("no colon", "a:\n  b c\n  d: e\n", "2:3", colon),
            ("no colon at the top", "server\n  b: c\n", "1:1", colon),
            ("no colon, then a comment", "a:\n  b c # d\n\n  # e\n  f: g\n", "2:3", colon),
            ("no colon in a list", "a:\n  - b c\n    d: e\n", "2:5", colon),
            ("an address without a key", "a:\n  https://b.example\n  c: d\n", "2:3", colon),
            ("no blank", "a:\n  b:c\n  d: e\n", "2:4", blank),
            ("no blank before an address", "a:\n  b:https://c\n  d: e\n", "2:4", blank),
            ("an equals sign", "a:\n  b = c\n  d: e\n", "2:5", "a key ends with `:`"),
            ("too far", "a:\n  b: c\n    d: e\n", "3:5", further),
            ("too far behind a comment", "a:\n  b: c\n  # x\n   d: e\n", "4:4", further),
            ("too far in a list", "a:\n  - b: c\n      d: e\n", "3:7", further),
            ("not far enough", "a:\n    b: c\n  d: e\n", "3:3", "the indentation does not fit"),
            ("two on one line", "a: b: c\n", "1:5", "a `:` is not allowed here"),
            ("a comment", "a: { b: #0b5fff, c: d }\ne: f\n", "1:9", comment),
            ("a comment on its line", "a: {\n  b: #0b5fff,\n  c: d\n}\n", "2:6", comment),
            ("a comment deeper", "a: { b: [c], d: { e: #fff } }\n", "1:22", comment),
            ("a comment that is one", "a: { b: c, #d: e\nf: g\n", "1:4", bracket),
            ("a placeholder", "a: { b: ${C} }\n", "1:9", placeholder),
            ("a placeholder within", "a: {\n  b: 1,\n  c: /d/${E}/f\n}\n", "3:9", placeholder),
            ("a placeholder in a list", "a: [${B}]\n", "1:5", placeholder),
            ("a template", "a: { b: {{ C }} }\n", "1:10", placeholder),
            ("a tab", "a:\n\tb: c\n", "2:2", "a tab cannot be used"),
        ];
        for (what, source, place, message) in cases {
            for source in [source.to_owned(), source.replace('\n', "\r\n")] {
                let said = said(&source);
                assert!(said.starts_with(&format!("{place} {message}")), "{what}: {said}");
            }
        }
    }

    #[test]
    fn a_blank_that_is_none_is_named() {
        let cases = [
            ("\u{a0}a: b\n", "1:1", "a no-break space (U+00A0)"),
            ("a:\n  b: c\n\u{a0}\u{a0}d: e\n", "3:1", "a no-break space (U+00A0)"),
            ("a:\n  b: \u{a0}c\n", "2:6", "a no-break space (U+00A0)"),
            ("a: b\u{200b}\n", "1:5", "a zero-width space (U+200B)"),
            ("a:\u{3000}b\nc: d\n", "1:3", "an ideographic space (U+3000)"),
            ("a:\u{a0}b\nc: d\n", "1:3", "a no-break space (U+00A0)"),
            ("a:\n  -\u{a0}b\n  - c\n", "2:4", "a no-break space (U+00A0)"),
            ("a: [b,\u{2009}c]\n", "1:7", "a blank of another width (U+2009)"),
        ];
        for (source, place, name) in cases {
            let said = said(source);
            assert!(said.starts_with(&format!("{place} {name}")), "{source:?}: {said}");
        }
        for good in ["a: b\u{a0}c\n", "a: 'b\u{a0}'\n", "# \u{a0}\na: b\n", "a: |\n  \u{a0}b\n"] {
            assert_eq!(said(good), "null:null null", "{good:?}");
        }
    }
}
