//! Finds the token in what people paste: a whole address, a header, lines of a mail, quotes.

use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::{Map, Value};

use super::NoToken;
use crate::token::parse_object;

/// Base64url, with or without padding, and with bits to spare.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Most that is tried of one text: what has more beginnings of a token is none.
const MOST_TRIED: usize = 64;

/// A token in its parts.
pub(super) struct Parts {
    pub(super) token: String,
    pub(super) header: Map<String, Value>,
    pub(super) claims: Map<String, Value>,
    /// Whether it has padding or the other alphabet of base64.
    pub(super) odd_spelling: bool,
}

/// The token in `text`.
pub(super) fn find(text: &str) -> Result<Parts, NoToken> {
    let decoded = percent_encoding::percent_decode_str(text).decode_utf8_lossy();
    let mut first = None;
    for text in [text, &decoded] {
        // As it stands, and without the line breaks and blanks that a mail or a terminal has put in.
        let whole: String = without_words(text).split_whitespace().collect();
        for candidate in candidates(text).chain(candidates(&whole)) {
            match read(candidate) {
                Ok(parts) => return Ok(parts),
                // What says most about what it is, is what could be read furthest.
                Err(error) if first.as_ref().is_none_or(|it| depth(&error) > depth(it)) => {
                    first = Some(error);
                }
                Err(_) => {}
            }
        }
    }
    Err(first.unwrap_or(NoToken::None))
}

fn depth(error: &NoToken) -> u8 {
    match error {
        NoToken::None => 0,
        NoToken::Cut(_) => 1,
        NoToken::Part("header", _) => 2,
        NoToken::Part(..) => 3,
        NoToken::Encrypted => 4,
    }
}

/// `text` without the words that stand before a token in a header.
fn without_words(text: &str) -> String {
    let words = ["authorization:", "bearer", "cookie:", "set-cookie:"];
    let is_word = |it: &&str| words.iter().any(|word| it.eq_ignore_ascii_case(word));
    text.split_whitespace().filter(|it| !is_word(it)).collect::<Vec<_>>().join(" ")
}

/// What in `text` could be a token: runs of its letters that begin with a JSON object in base64, also
/// behind a `name=`.
fn candidates(text: &str) -> impl Iterator<Item = &str> {
    let is_of_token = |c: char| c.is_ascii_alphanumeric() || "-_+/=.".contains(c);
    let runs = text.split(move |c: char| !is_of_token(c));
    let behind = |run: &'_ str| {
        let run: &str = run;
        run.match_indices(['=', '/']).map(|(at, _)| at + 1).collect::<Vec<_>>()
    };
    runs.flat_map(move |run| {
        let starts = std::iter::once(0).chain(behind(run));
        starts.filter_map(move |start| run.get(start..))
    })
    // `{` and whatever stands behind it.
    .filter(|it| it.starts_with("ey") || it.starts_with("ew"))
    .take(MOST_TRIED)
}

fn read(candidate: &str) -> Result<Parts, NoToken> {
    let candidate = candidate.trim_end_matches('.');
    let parts: Vec<&str> = candidate.split('.').collect();
    let (header, payload, signature) = match parts.as_slice() {
        [header, payload] if has_no_algorithm(header) => (*header, *payload, ""),
        [header, payload, signature] => (*header, *payload, *signature),
        [_, _, _, _, _] => return Err(NoToken::Encrypted),
        few @ ([_] | [_, _]) => {
            object(few.first().unwrap_or(&""), "header")?;
            return Err(NoToken::Cut(few.len()));
        }
        _ => return Err(NoToken::None),
    };
    Ok(Parts {
        header: object(header, "header")?,
        claims: object(payload, "payload")?,
        odd_spelling: candidate.contains(['+', '/', '=']),
        token: format!("{header}.{payload}.{signature}"),
    })
}

/// Whether nobody has signed it: then it ends with its second dot, which is easily lost.
fn has_no_algorithm(header: &str) -> bool {
    let algorithm = object(header, "header").ok().and_then(|it| it.get("alg").cloned());
    algorithm.is_some_and(|it| it.as_str().is_some_and(|it| it.eq_ignore_ascii_case("none")))
}

fn object(part: &str, name: &'static str) -> Result<Map<String, Value>, NoToken> {
    let plain = part.replace('+', "-").replace('/', "_");
    let text = LENIENT
        .decode(plain)
        .map_err(|_| NoToken::Part(name, "it is not base64; was the token cut, or changed?"))?;
    parse_object(&text).map_err(|why| NoToken::of(name, why))
}
