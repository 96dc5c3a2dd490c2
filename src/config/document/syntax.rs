//! Explains what the parser could not read, without showing what may be a secret.

use granit_parser::ErrorKind;

use crate::config::report::{
    Code,
    lines::{Lines, Span},
    sensitive,
};

/// What a syntax error means, in words that repeat nothing of the file.
pub(in crate::config) fn explain(kind: &ErrorKind) -> (Code, String, &'static str) {
    use ErrorKind as K;
    let (code, message, hint) = match kind {
        K::MappingValueNotAllowed | K::InvalidColonPlacement | K::MappingKeyNotAllowed => (
            Code::Colon,
            "a `:` is not allowed here",
            "check the indentation and the brackets before it; a text that holds `: ` needs quotes",
        ),
        K::SimpleKeyExpected | K::InvalidSimpleKey | K::ExpectedBlockMappingKey => {
            (Code::Colon, "expected a key followed by `:`", "check the indentation of this line")
        }
        K::UnclosedQuotedScalar
        | K::InvalidQuotedScalarIndent
        | K::DocumentIndicatorInQuotedScalar => (
            Code::Quote,
            "a quote is not closed",
            "it was opened on an earlier line, or on this one",
        ),
        K::InvalidTrailingSingleQuotedScalar => (
            Code::Quote,
            "there is text after the closing quote",
            "put quotes around the whole value; in single quotes, `'` is written twice",
        ),
        K::InvalidTrailingDoubleQuotedScalar => (
            Code::Quote,
            "there is text after the closing quote",
            "put quotes around the whole value",
        ),
        K::UnexpectedEofFlowSequence | K::ExpectedFlowSequenceSeparator => {
            (Code::Bracket, "expected `,` or `]`", "a `[` before this is not closed")
        }
        K::UnexpectedEofFlowMapping
        | K::UnexpectedEofImplicitFlowMapping
        | K::ExpectedFlowMappingSeparator => {
            (Code::Bracket, "expected `,` or `}`", "a `{` before this is not closed")
        }
        K::UnclosedFlowCollection { .. } => (
            Code::Bracket,
            "this bracket is not closed",
            "add the closing one, or put the text in quotes",
        ),
        K::MisplacedFlowCollectionEnd | K::MismatchedFlowCollectionEnd { .. } => (
            Code::Bracket,
            "this bracket does not match",
            "look for the one that opens here or before",
        ),
        K::TabNotAllowed
        | K::TabInBlockIndentation
        | K::TabInIndentation
        | K::TabAtBlockScalarStart
        | K::TabInPlainScalar => (Code::Tab, "a tab cannot be used for indentation", "use spaces"),
        K::InvalidIndentation
        | K::InvalidFlowScalarIndent
        | K::InvalidBlockScalarIndent
        | K::ExpectedBlockSequenceEntry
        | K::BlockSequenceEntryNotAllowed
        | K::BlockEntryInFlowCollection => (
            Code::Indentation,
            "the indentation does not fit the lines before",
            "entries of one list or mapping begin in the same column",
        ),
        K::InvalidBlockScalarHeader | K::CommentInterceptedScalar | K::ZeroBlockScalarIndent => (
            Code::ValueStart,
            "a text cannot begin behind `|` or `>` on the same line",
            "put the value in quotes",
        ),
        K::UnexpectedCharacter { .. }
        | K::ExpectedNodeContent
        | K::MissingAnchorOrAliasName
        | K::UnexpectedEofBlockMapping
        | K::PlainScalarStartsWithDashFlowIndicator => {
            (Code::ValueStart, "a value cannot begin like this", "put it in quotes")
        }
        K::UnknownQuotedScalarEscape | K::InvalidQuotedScalarHexEscape => (
            Code::Escape,
            "unknown escape in a text in double quotes",
            "use single quotes, or double the `\\`",
        ),
        // The parser's own words: they name what it looked for, not what it found.
        other => {
            let message = format!("this is not valid YAML: {other}");
            return (Code::Syntax, message, "look for what differs here from the lines around");
        }
    };
    (code, message.to_owned(), hint)
}

/// Whether the line at `offset` may be shown although nobody can tell what is on it.
///
/// It must look like an entry, and there must be no word for a secret on it, on the lines around
/// which it is indented, on the one before it, and in whatever was read from `last` on, where the
/// last whole value begins (an open quote, say).
pub(in crate::config) fn is_harmless(
    source: &str,
    lines: &Lines<'_>,
    last: usize,
    offset: usize,
) -> bool {
    let number = lines.place(Span::new(offset, offset).start).line;
    let line = lines.line(number);
    let unread = Span::new(last.min(line.start as usize), line.end as usize);
    looks_like_entry(line.text(source))
        && !sensitive::mentions_secret(unread.text(source))
        && !is_within_secret(source, lines, number)
}

fn looks_like_entry(line: &str) -> bool {
    let text = line.trim_start_matches([' ', '\t', '-']);
    text.split_once(':').is_some_and(|(key, rest)| {
        sensitive::is_nameable(key) && (rest.is_empty() || rest.starts_with([' ', '\t']))
    })
}

fn is_within_secret(source: &str, lines: &Lines<'_>, number: usize) -> bool {
    let mut indent = indentation(lines.line(number).text(source));
    let above = (1..number).rev().map(|number| lines.line(number).text(source));
    let mut above = above.filter(|text| !text.trim().is_empty()).peekable();
    if above.peek().is_some_and(|previous| sensitive::mentions_secret(previous)) {
        return true;
    }
    // The nearest line of the same depth counts too: this one may be a badly indented rest of it.
    let mut sibling_counts = true;
    for text in above {
        let own = indentation(text);
        if own < indent || (sibling_counts && own == indent) {
            if sensitive::mentions_secret(text) {
                return true;
            }
            sibling_counts = false;
            indent = own;
            if indent == 0 {
                break;
            }
        }
    }
    false
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}
