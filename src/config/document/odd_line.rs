//! Recognises what other languages have and YAML has not: their comments, dashes, commas and marks.

use granit_parser::ErrorKind;

use super::began::Began;
use crate::config::report::hints;
use crate::config::report::lines::Lines;
use crate::config::report::{Code, lines::Span};

/// The first mark that a merge of two versions has left, wherever the parser stopped.
pub(super) fn merge_mark(source: &str, lines: &Lines<'_>) -> Option<Began> {
    let number = (1..=lines.count())
        .find(|number| hints::is_merge_mark(lines.line(*number).text(source)))?;
    Some(Began {
        offset: lines.line(number).start as usize,
        code: Code::MergeMark,
        message: hints::MERGE_MARK.to_owned(),
        hint: hints::KEEP_ONE.to_owned(),
    })
}

/// Where the numbers begin that an editor or a page shows before each line, if they were copied too.
pub(super) fn line_numbers(source: &str, lines: &Lines<'_>) -> Option<usize> {
    let number = |line: usize| {
        let text = lines.line(line).text(source).trim_start();
        let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = text.strip_suffix(rest)?;
        (rest.is_empty() || rest.starts_with([' ', '\t', '.', ':', '|', ')']))
            .then(|| digits.parse::<usize>().ok())
            .flatten()
    };
    let first = number(1)?;
    let are_numbered =
        lines.count() > 2 && (2..=3).all(|line| number(line) == first.checked_add(line - 1));
    are_numbered.then(|| lines.line(1).start as usize)
}

/// What is odd about the whole line with this number.
pub(super) fn whole(source: &str, lines: &Lines<'_>, number: usize) -> Option<Began> {
    let span = lines.line(number);
    let line = span.text(source);
    let text = line.trim_start_matches([' ', '\t']);
    let offset = span.start as usize + line.len() - text.len();
    let began = |code, message: String, hint: String| Some(Began { offset, code, message, hint });
    let comments = ["//", "/*", "<!--", ";", "-- "];
    let is_ruler = text.len() > 3
        && ["-", "=", "_", "~", "*"]
            .iter()
            .any(|mark| text.trim_end().replace(mark, "").is_empty());
    if comments.iter().any(|mark| text.starts_with(mark)) || is_ruler {
        let message = "a comment begins with `#`".to_owned();
        return began(Code::CommentMark, message, "put `# ` in front of it".to_owned());
    }
    if ["```", "~~~", "> "].iter().any(|mark| text.starts_with(mark)) {
        let message =
            "a mark around a quotation or a piece of code does not belong here".to_owned();
        return began(
            Code::CopyMark,
            message,
            "remove it: a chat or a page has put it there".to_owned(),
        );
    }
    if matches!(text.trim_end(), "\u{2026}" | "..." | "[\u{2026}]" | "[...]") {
        let message = "lines were left out here".to_owned();
        return began(Code::CopyMark, message, "put them back, or remove this mark".to_owned());
    }
    let wide = |c: &char| hints::narrow(*c).is_some_and(|narrow| narrow.is_ascii_punctuation());
    let is_wide_comment = text.starts_with('\u{ff03}');
    let has_colon =
        text.split_once(':').is_some_and(|(_, rest)| rest.is_empty() || rest.starts_with(' '));
    if let Some((at, c)) = text.char_indices().find(|(_, c)| wide(c))
        && (is_wide_comment || !has_colon)
    {
        let narrow = hints::narrow(c).unwrap_or(c);
        return Some(Began {
            offset: offset + at,
            code: if is_wide_comment { Code::CommentMark } else { Code::Colon },
            message: format!("`{c}` stands where a `{narrow}` belongs"),
            hint: "type it anew: the narrow one".to_owned(),
        });
    }
    let mut chars = text.chars();
    let first = chars.next()?;
    let rest = chars.as_str();
    if first == '+' && rest.starts_with(' ') {
        let message = "a patch has left its mark here".to_owned();
        return began(Code::MergeMark, message, "remove the `+`".to_owned());
    }
    if hints::is_odd_dash(first) || (first == '*' && rest.starts_with(' ')) {
        let message = format!("`{first}` stands where a `-` belongs");
        let hint = "each entry of a list begins with `- `: type it anew";
        return began(Code::ListMark, message, hint.to_owned());
    }
    let is_entry = rest.contains(": ") || rest.trim_end().ends_with(':');
    if first == '-' && rest.starts_with(|c: char| c.is_alphabetic() || c == '\'') && is_entry {
        let message = "a blank is missing behind this `-`".to_owned();
        return began(Code::ListMark, message, "each entry of a list begins with `- `".to_owned());
    }
    None
}

/// What is odd about the value on the line where the parser stopped.
pub(super) fn value(
    kind: &ErrorKind,
    source: &str,
    lines: &Lines<'_>,
    offset: usize,
) -> Option<Began> {
    use ErrorKind as K;
    let span = lines.line(lines.place(Span::new(offset, offset).start).line);
    let line = span.text(source);
    let (key, value) = line.split_once(": ")?;
    let (key, value) = (key.trim_start_matches([' ', '\t', '-']), value.trim_start());
    let start = span.end as usize - value.len();
    let began = |offset, code, message: &str, hint: &str| {
        Some(Began { offset, code, message: message.to_owned(), hint: hint.to_owned() })
    };
    if let Some(at) = ["https: //", "http: //"].iter().find_map(|scheme| value.find(scheme)) {
        let message = "a blank stands in this address";
        return began(start + at, Code::AddressInvalid, message, "`https://…`, without the blank");
    }
    if hints::holds_placeholder(value) && value.starts_with(['%', '{']) {
        return began(start, Code::Placeholder, hints::NOTHING_PUT_IN, hints::NAME_ALONE);
    }
    if let Some(c) = value.chars().next()
        && let Some(narrow @ ('{' | '[' | '"' | '\'')) = hints::narrow(c)
    {
        let message = format!("`{c}` stands where a `{narrow}` belongs");
        return began(start, Code::Bracket, &message, "type it anew: the narrow one");
    }
    let behind = source.get(offset..span.end as usize).unwrap_or_default();
    let rest = behind.trim();
    let before = source.get(start..offset).unwrap_or_default().trim_end();
    let is_closed = before.ends_with([']', '}', '"', '\'']);
    let is_bracket = value.starts_with(['[', '{']);
    if is_closed && rest.starts_with([',', ';']) {
        let at = offset + behind.len() - behind.trim_start().len();
        if rest.len() > 1 && !is_bracket {
            return began(start, Code::Comma, "several values stand here", hints::SEVERAL);
        }
        let message = "a `,` or `;` does not end a line";
        return began(at, Code::Comma, message, hints::COMMA_AT_END);
    }
    match kind {
        K::BlockSequenceEntryNotAllowed if value.starts_with("- ") => began(
            start,
            Code::ListMark,
            "a list does not begin on the line of its key",
            "each entry on a line of its own, behind `- `, or all in brackets: `[…]`",
        ),
        K::MissingAnchorOrAliasName if key == "path" => {
            began(start, Code::RouteInvalid, hints::NO_PATTERN, hints::ANY_PATH)
        }
        K::SimpleKeyExpected | K::InvalidSimpleKey | K::ExpectedBlockMappingKey
            if is_bracket && before.ends_with([']', '}']) && !rest.is_empty() =>
        {
            let at = offset + behind.len() - behind.trim_start().len();
            let message = "there is text behind the closing bracket";
            began(at, Code::Bracket, message, "put the whole value in quotes")
        }
        K::ExpectedFlowSequenceSeparator
        | K::ExpectedFlowMappingSeparator
        | K::ExpectedNodeContent
        | K::UnexpectedEofFlowMapping
        | K::UnexpectedEofImplicitFlowMapping
        | K::UnexpectedEofFlowSequence
            if rest.starts_with(',') && is_bracket =>
        {
            began(
                offset,
                Code::Comma,
                "an entry is missing before this `,`",
                "remove one of the two",
            )
        }
        K::MappingValueNotAllowed | K::InvalidColonPlacement | K::MappingKeyNotAllowed
            if ["env:", "file:", "value:"].iter().any(|key| value.starts_with(key)) =>
        {
            let hint = "in braces, `{ env: NAME }`, or on the next line, indented further";
            began(start, Code::Colon, "two keys stand on one line", hint)
        }
        _ => None,
    }
}
