//! Names of parameters as the most generous of readers take them.

use percent_encoding::percent_decode_str;

/// A name as it is written, made into what PHP, ASP, Java and their like may make of it.
///
/// They decode it, cut blanks around it and whatever follows a NUL, ignore case, and read a blank,
/// `.` and `[` as `_`; a `[` or `.` may also begin the key of an array or map, whose name ends there.
/// Rack (to 2.x) and Node's qs drop brackets in front of a name, and end it at the next; so qs does with
/// dots, where it is told to. What one of them does, is done here to all names: too much only refuses
/// what nobody sends.
pub(super) struct GenerousName {
    /// The whole text, decoded.
    text: String,
    /// What is left without brackets in front, up to the next: the name of an array or map.
    bare: String,
    /// The same, where a dot is as good as a bracket.
    dotted: String,
}

impl GenerousName {
    /// Reads a name that is not plain.
    pub(super) fn read(written: &str) -> Self {
        // ASP has an escape of its own for UTF-16.
        let decoded = decode_percent_u(&written.replace('+', " "));
        let decoded = percent_decode_str(&decoded).decode_utf8_lossy();
        let odd = |c: char| c.is_whitespace() || c.is_control();
        // A second `?` is the beginning of the query to readers who look for the last, and `!` begins
        // what Spring takes for a value that is not given.
        let name = decoded.trim_start_matches(|c: char| odd(c) || matches!(c, '?' | '!'));
        let name = name.split('\0').next().unwrap_or_default().trim_end_matches(odd);
        let up_to =
            |ends: &[char]| name.trim_start_matches(ends).split(ends).next().unwrap_or_default();
        let folded = |text: &str| text.chars().map(folded).collect();
        let (bare, dotted) = (folded(up_to(&['[', ']'])), folded(up_to(&['[', ']', '.'])));
        Self { text: folded(name), bare, dotted }
    }

    /// Whether somebody takes it for `ours`, which is in small letters.
    pub(super) fn is(&self, ours: &str) -> bool {
        self.readings().any(|it| it == ours)
    }

    fn readings(&self) -> impl Iterator<Item = &str> {
        [&self.text, &self.bare, &self.dotted].into_iter().map(String::as_str)
    }

    /// Whether somebody takes it for what `ours` is where a form has left it out.
    pub(super) fn is_default_of(&self, ours: &str) -> bool {
        self.readings().any(|it| as_default(it) == Some(ours))
    }
}

/// The name of the field for whose absence `name` stands, as Spring and Grails (`_`) and Struts write
/// it.
pub(super) fn as_default(name: &str) -> Option<&str> {
    let markers = ["__checkbox_", "__multiselect_", "_"];
    markers.into_iter().find_map(|marker| name.strip_prefix(marker))
}

/// In small letters, whatever a reader takes for `_` as such.
fn folded(c: char) -> char {
    match c {
        // Bytes that are no text end up as the last two.
        ' ' | '.' | '[' | '\u{80}'..='\u{9f}' | '\u{fffd}' => '_',
        // Java compares the capitals too, so that `ı` is an i and `ſ` an s.
        _ => {
            let upper = c.to_uppercase().next().unwrap_or(c);
            upper.to_lowercase().next().unwrap_or(upper)
        }
    }
}

/// `%u005f` as the character that it stands for.
fn decode_percent_u(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("%u") {
        decoded.push_str(before);
        let unit = after.get(..4).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        if let (Some(c), Some(behind)) = (unit.and_then(char::from_u32), after.get(4..)) {
            decoded.push(c);
            rest = behind;
        } else {
            decoded.push_str("%u");
            rest = after;
        }
    }
    decoded.push_str(rest);
    decoded
}

#[cfg(test)]
mod tests {
    use super::GenerousName;

    #[test]
    fn whatever_a_reader_makes_of_it_is_seen() {
        let ours = [
            "return_to",
            "RETURN_TO",
            "Return.To",
            "return+to",
            "return%20to",
            "return%5Fto",
            "%72eturn_to",
            "return[to",
            "return%5bto",
            "return_to[]",
            "return_to%5B%5D",
            "return.to[x]",
            "return_to[x][y]",
            "+return_to",
            "%20%20return_to",
            "%09return_to",
            "return_to%20",
            "return_to%00",
            "return_to%00x",
            "%00return_to",
            "return_to%00[x]",
            "return%u005fto",
            "%u0072eturn_to",
            "?return_to",
            "%3Freturn_to",
            "return%80to",
            "return%ffto",
            "return%c2%80to",
            "[return_to]",
            "[return_to",
            "return_to]",
            "]return_to",
            "][[return_to]]",
            "%5Breturn_to%5D",
            "%5breturn_to",
            "return_to%5D",
            "[return_to][x]",
            "[return_to]x",
            "return_to]x",
            "+[return_to]",
            "[return_to]%00",
            "return_to.x",
            "return_to.0.x",
            "return_to%2Ex",
            "return_to.",
            ".return_to",
            "%2Ereturn_to",
            "..return_to.x",
            "[.return_to]",
            "!return_to",
            "%21return_to",
            "!Return.To",
            "!return_to[]",
            "!return_to.x",
            ".return_to[x]",
            ".[return_to",
            "return%C5%BFto".replace("%C5%BF", "_").leak(),
        ];
        for written in ours {
            assert!(GenerousName::read(written).is("return_to"), "{written}");
        }
        for (written, name) in
            [("brand_%C4%B1d", "brand_id"), ("%E2%84%AAind", "kind"), ("me%C5%BFsage", "message")]
        {
            assert!(GenerousName::read(written).is(name), "{written}");
        }
    }

    #[test]
    fn what_stands_for_a_field_that_is_not_given_is_seen() {
        let defaults =
            ["_return.to", "!_return.to", "_return_to[]", "+_return_to", "__checkbox_return.to"];
        for written in defaults {
            assert!(GenerousName::read(written).is_default_of("return_to"), "{written}");
        }
        for written in ["return_to", "x_return_to", "_", "!", "____return.to"] {
            assert!(!GenerousName::read(written).is_default_of("return_to"), "{written}");
        }
    }

    #[test]
    fn what_nobody_takes_for_it_is_something_else() {
        let others = [
            "device[name]",
            "device[return_to]",
            "return[to]",
            "WT.mc_id",
            "$web_only",
            "amp;return_to",
            "ctl00$Main$return_to",
            "form[_token]",
            "submit.x",
            "x.return_to",
            "return-to",
            "returnto",
            "return__to",
            "return%255Fto",
            "return_to%2500",
            "x%00return_to",
            "return_to%3D",
            "x[return_to]",
            "[x][return_to]",
            "[x]return_to",
            "x]return_to",
            "return]to",
            "[return-to]",
            "[]",
            "",
            "%20",
            "%00",
            "%",
            "%u",
            "%u12",
            "%zz",
            "%ud83d",
        ];
        for written in others {
            assert!(!GenerousName::read(written).is("return_to"), "{written}");
            assert!(!GenerousName::read(written).is("to"), "{written}");
        }
    }
}
