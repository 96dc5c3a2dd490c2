//! Reads the corpus: one value per line, as its head explains.

/// What a section of the attacks says of its lines.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Expected {
    Refused,
    Stays,
    Home,
}

/// One value and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) number: usize,
    pub(crate) value: String,
}

/// Every attack with what its section expects.
pub(crate) fn attacks() -> Vec<(Expected, Line)> {
    let mut expected = None;
    let mut attacks = Vec::new();
    for (number, text) in lines(include_str!("../../corpus/open_redirects.txt")) {
        match text {
            "[refused]" => expected = Some(Expected::Refused),
            "[stays]" => expected = Some(Expected::Stays),
            "[home]" => expected = Some(Expected::Home),
            text => attacks.push((expected.unwrap(), Line { number, value: decode(text, number) })),
        }
    }
    attacks
}

/// Every good value with the brand that must accept it.
pub(crate) fn good() -> Vec<(String, Line)> {
    lines(include_str!("../../corpus/good.txt"))
        .map(|(number, text)| {
            let (brand, value) = text.split_once(' ').unwrap();
            (brand.to_owned(), Line { number, value: decode(value, number) })
        })
        .collect()
}

fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..).zip(text.lines()).filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

fn decode(text: &str, number: usize) -> String {
    let mut decoded = String::new();
    let mut rest = text;
    while let Some((before, escape)) = rest.split_once('\\') {
        decoded.push_str(before);
        let (value, after) =
            unescape(escape).unwrap_or_else(|| panic!("line {number}: `\\{escape}` is no escape"));
        decoded.push_str(&value);
        rest = after;
    }
    decoded + rest
}

/// The value of what stands behind a backslash, and what follows it.
fn unescape(escape: &str) -> Option<(String, &str)> {
    let character = |hex: &str| char::from_u32(u32::from_str_radix(hex, 16).ok()?);
    let (kind, rest) = escape.split_at_checked(1)?;
    let braced = || rest.strip_prefix('{')?.split_once('}');
    Some(match kind {
        "\\" => ("\\".into(), rest),
        "t" => ("\t".into(), rest),
        "n" => ("\n".into(), rest),
        "r" => ("\r".into(), rest),
        "x" => {
            let (hex, rest) = rest.split_at_checked(2)?;
            (character(hex)?.into(), rest)
        }
        "u" => {
            let (hex, rest) = braced()?;
            (character(hex)?.into(), rest)
        }
        "a" => {
            let (times, rest) = braced()?;
            ("a".repeat(times.parse().ok()?), rest)
        }
        _ => return None,
    })
}
