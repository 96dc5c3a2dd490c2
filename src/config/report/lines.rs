//! Finds line and column of a byte in the file.

use std::fmt;

/// A stretch of the source in bytes. Files are refused long before these overflow.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Span {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Span {
    /// The bytes from `start` up to `end`, as the parser counts them.
    pub(in crate::config) fn new(start: usize, end: usize) -> Self {
        let narrow = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: narrow(start), end: narrow(end).max(narrow(start)) }
    }

    /// What the source says here; nothing where the span does not fit it.
    pub(in crate::config) fn text(self, source: &str) -> &str {
        source.get(self.start as usize..self.end as usize).unwrap_or_default()
    }

    pub(in crate::config) fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// A line and a column, both from 1; the column counts characters, and a tab is one.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct LineColumn {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl fmt::Display for LineColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// Where each line of a source begins.
pub(in crate::config) struct Lines<'s> {
    source: &'s str,
    starts: Vec<u32>,
}

impl<'s> Lines<'s> {
    pub(in crate::config) fn new(source: &'s str) -> Self {
        let bytes = source.as_bytes();
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            // A carriage return ends a line by itself, as YAML has it, except before a line feed.
            if bytes.get(at) == Some(&b'\n') || bytes.get(at + 1) != Some(&b'\n') {
                starts.push(u32::try_from(at + 1).unwrap_or(u32::MAX));
            }
        }
        Self { source, starts }
    }

    /// Where the byte at `offset` stands.
    pub(in crate::config) fn place(&self, offset: u32) -> LineColumn {
        let line = self.starts.partition_point(|&start| start <= offset).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or_default();
        let before = Span { start, end: offset }.text(self.source);
        LineColumn { line, column: before.trim_start_matches('\u{feff}').chars().count() + 1 }
    }

    pub(in crate::config) fn count(&self) -> usize {
        self.starts.len()
    }

    /// The line with this number, from 1, without its line break.
    pub(in crate::config) fn line(&self, number: usize) -> Span {
        let start = number.checked_sub(1).and_then(|index| self.starts.get(index));
        let Some(&start) = start else { return Span::default() };
        let end = self.starts.get(number).map_or(self.source.len(), |&end| end as usize);
        let span = Span::new(start as usize, end);
        let text = span.text(self.source);
        let bom = text.len() - text.trim_start_matches('\u{feff}').len();
        let breaks = text.len() - text.trim_end_matches(['\n', '\r']).len();
        Span::new(start as usize + bom, end - breaks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_from_one() {
        let source = "\u{feff}a: é x\n\tb: 1\r\nc: 2\rd: 3";
        let lines = Lines::new(source);
        let cases = [
            ("a: ", 1, 1, "a: é x"),
            ("x", 1, 6, "a: é x"),
            ("b: ", 2, 2, "\tb: 1"),
            ("c: ", 3, 1, "c: 2"),
            ("d: ", 4, 1, "d: 3"),
        ];
        for (needle, line, column, text) in cases {
            let offset = u32::try_from(source.find(needle).unwrap()).unwrap();
            assert_eq!(lines.place(offset), LineColumn { line, column }, "{needle}");
            assert_eq!(lines.line(line).text(source), text, "{needle}");
        }
        assert_eq!(lines.place(u32::MAX).line, 4, "past the end");
        assert_eq!(lines.line(9), Span::default());
        assert_eq!(lines.line(0), Span::default());
    }
}
