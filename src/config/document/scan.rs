//! A rough look at YAML, for sentences about what the parser could not read: where quotes and
//! brackets begin, and where a blank is none.

use crate::config::report::hints;

/// What was seen on the way to some place.
#[derive(Debug, Default)]
pub(in crate::config) struct Scan {
    /// The brackets that are open there, the innermost last: where each stands.
    pub(in crate::config) open: Vec<usize>,
    /// Every text in quotes: where it begins, and where it ends, if it does.
    pub(in crate::config) quoted: Vec<(usize, Option<usize>)>,
    /// Every comment that begins where a value belongs and looks like one: `color: #0b5fff`.
    pub(in crate::config) commented: Vec<usize>,
    /// Every character that stands in the place of a blank and is none.
    pub(in crate::config) odd_blanks: Vec<(usize, char)>,
}

impl Scan {
    /// Looks at `source` up to the byte `end`. A text in quotes is followed to its own end.
    pub(in crate::config) fn up_to(source: &str, end: usize) -> Self {
        let mut scan = Self::default();
        let mut at = 0;
        // Whether a value may begin here, and not in the middle of one.
        let mut is_start = true;
        let mut is_after_blank = true;
        while let Some(c) = source.get(at..).and_then(|rest| rest.chars().next()) {
            if at >= end {
                break;
            }
            let rest = source.get(at + c.len_utf8()..).unwrap_or_default();
            let is_alone = rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r']);
            let in_flow = !scan.open.is_empty();
            let mut next = at + c.len_utf8();
            match c {
                '\n' | '\r' => is_start = true,
                ' ' | '\t' => {}
                '#' if is_after_blank => {
                    let is_value = source
                        .get(..at)
                        .is_some_and(|it| it.trim_end_matches([' ', '\t']).ends_with(':'));
                    if in_flow && is_value && rest.starts_with(char::is_alphanumeric) {
                        scan.commented.push(at);
                    }
                    next = at + line_end(source.get(at..));
                }
                '-' | '?' if is_start && is_alone => {}
                ':' if is_alone || (in_flow && rest.starts_with([',', '[', ']', '{', '}'])) => {
                    is_start = true;
                }
                ':' | '-' if begins_odd(rest) && ends_key(source, at) => is_start = true,
                ',' if in_flow => is_start = true,
                '[' | '{' if is_start => scan.open.push(at),
                ']' | '}' if in_flow => {
                    scan.open.pop();
                    is_start = false;
                }
                '"' | '\'' if is_start => {
                    let close = close(rest, c).map(|close| next + close);
                    scan.quoted.push((at, close));
                    next = close.map_or(source.len(), |close| close + 1);
                    is_start = false;
                }
                '|' | '>' if is_start && !in_flow => {
                    next = after_block(source, at);
                }
                _ if hints::odd_blank(c).is_some() => {
                    let behind = rest.trim_start_matches(|c: char| {
                        matches!(c, ' ' | '\t') || hints::odd_blank(c).is_some()
                    });
                    let ends = ['\n', '\r', '#', ':'];
                    let is_end = behind.is_empty() || behind.starts_with(ends);
                    let is_end = is_end || (in_flow && behind.starts_with([',', ']', '}']));
                    if is_start || is_end {
                        scan.odd_blanks.push((at, c));
                    }
                    // One of many is enough to be told of.
                    next += rest.len() - behind.len();
                }
                _ => is_start = false,
            }
            is_after_blank = matches!(c, ' ' | '\t' | '\n' | '\r');
            at = next;
        }
        scan
    }
}

fn begins_odd(rest: &str) -> bool {
    rest.chars().next().is_some_and(|c| hints::odd_blank(c).is_some())
}

/// Whether nothing but one plain name stands on the line before `at`, or nothing but dashes.
fn ends_key(source: &str, at: usize) -> bool {
    let before = source.get(..at).unwrap_or_default();
    let line =
        before.rfind(['\n', '\r']).map_or(before, |end| before.get(end + 1..).unwrap_or_default());
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    line.trim_start_matches([' ', '-']).chars().all(plain)
}

/// Where the text in quotes ends of which this is the rest.
fn close(rest: &str, quote: char) -> Option<usize> {
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\\' && quote == '"' {
            chars.next();
        } else if c == quote {
            // In single quotes, two stand for one.
            let is_doubled = quote == '\'' && chars.next_if(|(_, next)| *next == quote).is_some();
            if !is_doubled {
                return Some(at);
            }
        }
    }
    None
}

fn line_end(text: Option<&str>) -> usize {
    text.map_or(0, |text| text.find(['\n', '\r']).unwrap_or(text.len()))
}

/// Where the text ends that begins behind `|` or `>` at `at`: with the first line that is indented
/// no further than the one of the mark.
fn after_block(source: &str, at: usize) -> usize {
    let before = source.get(..at).unwrap_or_default();
    let line = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let own = source.get(line..).map_or(0, indent);
    let mut end = at + line_end(source.get(at..));
    for line in source.get(end..).unwrap_or_default().split_inclusive(['\n', '\r']).skip(1) {
        if !line.trim().is_empty() && indent(line) <= own {
            break;
        }
        end += line.len();
    }
    end
}

#[cfg(test)]
mod tests {
    use super::Scan;

    #[test]
    fn quotes_and_brackets_are_found_where_they_begin() {
        // (source, where brackets are open at its end, where texts in quotes begin)
        let cases: [(&str, &[usize], &[usize]); 13] = [
            ("a: [b, {c: d", &[3, 7], &[]),
            ("a: [b]\nc: {d", &[10], &[]),
            ("a: b[c\nd: e{f", &[], &[]),
            ("a: 'b [ it''s {' # [\nc: d", &[], &[3]),
            ("a: ['it''s, [b', [", &[3, 17], &[4]),
            ("a: \"b \\\" [\"\nc: [", &[15], &[3]),
            ("a: it's\nb: 5\"", &[], &[]),
            ("a: |\n  [ 'x\n\n  {\nb: [", &[20], &[]),
            ("- >-\n  '\n- [", &[11], &[]),
            ("a: [\n  'x]\n", &[3], &[7]),
            ("a: # [ '\n  [", &[11], &[]),
            ("[a]: 'x'", &[], &[5]),
            ("a: {b: [c], d: 'e", &[3], &[15]),
        ];
        for (source, open, quoted) in cases {
            let scan = Scan::up_to(source, source.len());
            assert_eq!(scan.open, open, "{source:?}");
            let begins: Vec<usize> = scan.quoted.iter().map(|it| it.0).collect();
            assert_eq!(begins, quoted, "{source:?}");
        }
    }

    #[test]
    fn a_blank_that_is_none_is_found_where_it_stands_for_one() {
        let cases = [
            ("\u{a0}a: b", 1),
            ("a:\u{a0}b\nc: d", 1),
            ("-\u{a0}b\n- d", 1),
            ("a: it is:\u{a0}b\nc: d", 0),
            ("a: \u{a0}b", 1),
            ("a\u{a0}: b", 1),
            ("a: b\u{200b}\nc: d", 1),
            ("a: [b,\u{3000}c\u{a0}]", 2),
            ("a: b\u{a0}# c", 1),
            ("a: b\u{a0}c", 0),
            ("a: '\u{a0}b' # \u{a0}", 0),
            ("a: |\n  b\u{a0}\n  c\n", 0),
        ];
        for (source, expected) in cases {
            let scan = Scan::up_to(source, source.len());
            assert_eq!(scan.odd_blanks.len(), expected, "{source:?}");
        }
    }
}
