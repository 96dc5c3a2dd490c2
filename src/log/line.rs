//! One line of the log, as text or JSON, written into a buffer that is used again.

use std::fmt::{self, Write as _};
use std::ops::Range;
use std::time::Duration;

use tracing::field::{Field, Visit};
use tracing::{Event, Level};

/// How a line looks.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Style {
    /// Text.
    Plain,
    /// Text on a terminal.
    Coloured,
    /// One object.
    Json,
}

/// Where in a line stands what decides whether it is kept.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    pub(super) kind: Range<usize>,
    pub(super) outcome: Range<usize>,
    pub(super) client: Option<Range<usize>>,
    pub(super) backend: Range<usize>,
    pub(super) message: Range<usize>,
    /// What the line says of whoever caused it.
    pub(super) is_of_a_browser: bool,
}

/// Writes what `event` says into `text`, which is empty. `now` is the time since 1970.
pub(super) fn write(text: &mut String, style: Style, event: &Event<'_>, now: Duration) -> Places {
    begin(text, style, *event.metadata().level(), now);
    let is_first = style != Style::Json;
    let mut writer = Writer { text, style, is_first, places: Places::default() };
    event.record(&mut writer);
    let places = writer.places;
    text.push_str(if style == Style::Json { "}\n" } else { "\n" });
    places
}

/// Writes one field after the other.
struct Writer<'b> {
    text: &'b mut String,
    style: Style,
    /// Whether nothing stands before the next field that it is to be kept apart from.
    is_first: bool,
    places: Places,
}

impl Writer<'_> {
    /// Writes a field's name, and all that stands between it and what is before.
    fn name(&mut self, field: &Field) {
        let name = field.name();
        let separator = if self.style == Style::Json { "," } else { " " };
        if !std::mem::take(&mut self.is_first) {
            self.text.push_str(separator);
        }
        let (before, after) = match self.style {
            Style::Json => ("\"", "\":"),
            Style::Plain | Style::Coloured if name == MESSAGE => return,
            Style::Plain => ("", "="),
            Style::Coloured => ("\x1b[3m", "\x1b[0m\x1b[2m=\x1b[0m"),
        };
        self.text.push_str(before);
        self.text.push_str(name);
        self.text.push_str(after);
    }

    /// Writes a value that is neither quoted nor escaped.
    fn bare(&mut self, field: &Field, value: fmt::Arguments<'_>) {
        self.name(field);
        // A string takes whatever is written.
        let _ = self.text.write_fmt(value);
    }

    /// Writes a value in quotes where the style has some; says where it stands, without them.
    fn quoted(&mut self, is_quoted: bool, value: fmt::Arguments<'_>) -> Range<usize> {
        if is_quoted {
            self.text.push('"');
        }
        let begin = self.text.len();
        let mut escaped = Escaped { text: self.text, is_json: self.style == Style::Json };
        let _ = match value.as_str() {
            Some(value) => escaped.write_str(value),
            None => escaped.write_fmt(value),
        };
        let end = self.text.len();
        if is_quoted {
            self.text.push('"');
        }
        begin..end
    }
}

const MESSAGE: &str = "message";

impl Visit for Writer<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.name(field);
        let range = match self.style {
            _ if value.bytes().all(is_plain) => {
                let is_quoted = self.style == Style::Json || field.name() != MESSAGE;
                self.text.push_str(if is_quoted { "\"" } else { "" });
                let begin = self.text.len();
                self.text.push_str(value);
                self.text.push_str(if is_quoted { "\"" } else { "" });
                begin..begin + value.len()
            }
            Style::Json => self.quoted(true, format_args!("{value}")),
            _ if field.name() == MESSAGE => self.quoted(false, format_args!("{value}")),
            Style::Plain | Style::Coloured => self.quoted(false, format_args!("{value:?}")),
        };
        match field.name() {
            "kind" => self.places.kind = range,
            "outcome" => self.places.outcome = range,
            "client" => self.places.client = Some(range),
            "backend.name" => self.places.backend = range,
            MESSAGE => self.places.message = range,
            _ => {}
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.name(field);
        let range = self.quoted(self.style == Style::Json, format_args!("{value:?}"));
        if field.name() == MESSAGE {
            self.places.message = range;
        }
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.bare(field, format_args!("{value}"));
        if field.name() == "browser" {
            self.places.is_of_a_browser = value;
        }
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.bare(field, format_args!("{value}"));
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.bare(field, format_args!("{value}"));
    }
}

/// Writes time and level.
fn begin(text: &mut String, style: Style, level: Level, now: Duration) {
    let (padded, color) = match level {
        Level::ERROR => ("ERROR", "\x1b[31m"),
        Level::WARN => (" WARN", "\x1b[33m"),
        Level::INFO => (" INFO", "\x1b[32m"),
        Level::DEBUG => ("DEBUG", "\x1b[34m"),
        Level::TRACE => ("TRACE", "\x1b[35m"),
    };
    text.push_str(match style {
        Style::Json => "{\"timestamp\":\"",
        Style::Plain => "",
        Style::Coloured => "\x1b[2m",
    });
    timestamp(text, now);
    let (before, level, after) = match style {
        Style::Json => ("\",\"level\":\"", padded.trim_ascii_start(), "\""),
        Style::Plain => (" ", padded, " "),
        Style::Coloured => ("\x1b[0m ", padded, "\x1b[0m "),
    };
    text.push_str(before);
    text.push_str(if style == Style::Coloured { color } else { "" });
    text.push_str(level);
    text.push_str(after);
}

/// Writes a moment by RFC 3339, in UTC, with microseconds.
pub fn timestamp(text: &mut String, since_1970: Duration) {
    let seconds = since_1970.as_secs();
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    // Years that begin with March have their leap day last; 400 of them are 146,097 days.
    let since_0000_03_01 = days + 719_468;
    let (era, day) = (since_0000_03_01 / 146_097, since_0000_03_01 % 146_097);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (month, is_next_year) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    digits::<4>(text, era * 400 + year + is_next_year);
    text.push('-');
    digits::<2>(text, month);
    text.push('-');
    digits::<2>(text, day);
    text.push('T');
    digits::<2>(text, second / 3600);
    text.push(':');
    digits::<2>(text, second / 60 % 60);
    text.push(':');
    digits::<2>(text, second % 60);
    text.push('.');
    digits::<6>(text, since_1970.subsec_micros().into());
    text.push('Z');
}

/// Writes the last `N` digits of a number.
fn digits<const N: usize>(text: &mut String, mut number: u64) {
    let mut digits = [b'0'; N];
    for digit in digits.iter_mut().rev() {
        *digit += u8::try_from(number % 10).unwrap_or_default();
        number /= 10;
    }
    text.extend(digits.map(char::from));
}

/// Whether it stands for itself in any style, quoted or not.
fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\'
}

/// Writes what others said so that it stays one JSON string, or moves no cursor.
struct Escaped<'b> {
    text: &'b mut String,
    is_json: bool,
}

impl fmt::Write for Escaped<'_> {
    fn write_str(&mut self, mut rest: &str) -> fmt::Result {
        // As nearly all is, and all of our own.
        if rest.bytes().all(is_plain) {
            self.text.push_str(rest);
            return Ok(());
        }
        let is_special: fn(char) -> bool = if self.is_json {
            |c| matches!(c, '"' | '\\' | '\0'..='\x1f')
        } else {
            |c| matches!(c, '\x1b' | '\x07' | '\x08' | '\x0c' | '\x7f'..='\u{9f}')
        };
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| is_special(*c)) {
            self.text.push_str(rest.get(..at).unwrap_or_default());
            let code = u32::from(c);
            match c {
                _ if !self.is_json && code >= 0x80 => write!(self.text, "\\u{{{code:x}}}")?,
                _ if !self.is_json => write!(self.text, "\\x{code:02x}")?,
                '"' => self.text.push_str("\\\""),
                '\\' => self.text.push_str("\\\\"),
                '\n' => self.text.push_str("\\n"),
                '\r' => self.text.push_str("\\r"),
                '\t' => self.text.push_str("\\t"),
                '\x08' => self.text.push_str("\\b"),
                '\x0c' => self.text.push_str("\\f"),
                _ => write!(self.text, "\\u{code:04x}")?,
            }
            rest = rest.get(at + c.len_utf8()..).unwrap_or_default();
        }
        self.text.push_str(rest);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::timestamp;

    #[test]
    fn a_moment_is_written_by_rfc_3339() {
        let cases = [
            (0, 0, "1970-01-01T00:00:00.000000Z"),
            (951_782_399, 999_999, "2000-02-28T23:59:59.999999Z"),
            (951_782_400, 0, "2000-02-29T00:00:00.000000Z"),
            (951_868_800, 1, "2000-03-01T00:00:00.000001Z"),
            (1_709_164_800, 0, "2024-02-29T00:00:00.000000Z"),
            (1_800_000_000, 75, "2027-01-15T08:00:00.000075Z"),
            (1_830_297_599, 0, "2027-12-31T23:59:59.000000Z"),
            (4_107_542_400, 0, "2100-03-01T00:00:00.000000Z"),
            (253_402_300_799, 0, "9999-12-31T23:59:59.000000Z"),
        ];
        for (seconds, micros, expected) in cases {
            let mut text = String::new();
            timestamp(&mut text, Duration::new(seconds, micros * 1000));
            assert_eq!(text, expected);
        }
    }
}
