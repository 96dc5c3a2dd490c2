//! Tells which keys and texts may hold a secret, so that no report ever shows one.
//!
//! Wrong answers are allowed in one direction only: what is not a secret may be hidden.

use strsim::osa_distance;

/// A word that holds one of these, or nearly is one, speaks of a secret.
const LONG: &[&str] = &["secret", "password", "passwd", "credential", "private", "token"];

/// Words so short that other words hold them by chance.
const SHORT: &[&str] = &["key", "keys", "value", "pwd"];

/// Texts longer than this count as sensitive unread, which keeps reports on huge files quick.
const READABLE: usize = 64 * 1024;

/// Longer than any key of ours, shorter than most secrets.
const LONGEST_NAME: usize = 40;

/// Whether `text` holds a word for a secret, even misspelt, or an address with a password in it.
pub(in crate::config) fn mentions_secret(text: &str) -> bool {
    text.len() > READABLE
        || (text.contains("://") && text.contains('@'))
        || words(text).any(|word| is_sensitive_word(&word))
}

/// Whether what stands under this key may be a secret, or hold one: the store's address has a
/// password in it, and is no text that says so once it went astray.
pub(in crate::config) fn holds_secret(key: &str) -> bool {
    key == "store" || mentions_secret(key)
}

/// Whether `key` is a plain name, and so hardly something that slipped into the place of one.
pub(in crate::config) fn is_nameable(key: &str) -> bool {
    !key.is_empty()
        && key.len() <= LONGEST_NAME
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

/// Whether `text` looks drawn rather than thought of: many digits, or more letters in a row than
/// words have.
pub(crate) fn looks_random(text: &str) -> bool {
    let mut runs = text.split(|c: char| !c.is_alphanumeric());
    text.bytes().filter(u8::is_ascii_digit).count() > 4 || runs.any(|run| run.len() > 20)
}

/// Whether everybody may see what stands under this key of ours, whatever words are in it.
pub(in crate::config) fn is_public(key: &str, text: &str) -> bool {
    if key == "cookie" {
        // What no cookie can be called (RFC 6265 §4.1.1) is something else that went astray.
        let is_name = |byte| u8::is_ascii_alphanumeric(&byte) || b"-_.".contains(&byte);
        return text.len() <= LONGEST_NAME && text.bytes().all(is_name) && !looks_random(text);
    }
    let is_address = text.starts_with("https://") || text.starts_with("http://");
    key.ends_with("_url") && is_address && !text.contains(['@', '?'])
}

fn is_sensitive_word(word: &str) -> bool {
    LONG.iter().any(|known| word.contains(known) || is_near(word, known))
        || SHORT.iter().any(|known| is_near(word, known))
        || word.starts_with("pass")
        || word.ends_with("key")
}

fn is_near(word: &str, known: &str) -> bool {
    let allowed = match known.len() {
        0..=3 => usize::from(word.len() >= known.len()),
        4 | 5 => 1,
        _ => 2,
    };
    word.len().abs_diff(known.len()) <= allowed && osa_distance(word, known) <= allowed
}

/// The words in `text` in lower case, those of `camelCase` one by one and as a whole.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty()).flat_map(|run| {
        let mut parts = vec![run.to_lowercase()];
        let mut part = String::new();
        let mut was_lower = false;
        for c in run.chars() {
            if c.is_uppercase() && was_lower {
                parts.push(std::mem::take(&mut part));
            }
            was_lower = c.is_lowercase();
            part.extend(c.to_lowercase());
        }
        if parts.len() > 1 {
            parts.push(part);
        }
        parts
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets_are_recognised_even_misspelt() {
        for text in [
            "secret",
            "secrets",
            "shared_secret",
            "shared-secret",
            "sharedSecret",
            "SHARED_SECRET",
            "sharedsecret",
            "client_secert",
            "sceret",
            "serect",
            "s3cret",
            "state_key",
            "kye",
            "apikey",
            "stateKey",
            "key",
            "passwort",
            "pasword",
            "passphrase",
            "token",
            "tokne",
            "value",
            "vlaue",
            "{ value: x }",
            "- secrets: [",
            "redis://:hunter2@cache.example",
        ] {
            assert!(mentions_secret(text), "{text}");
        }
        assert!(mentions_secret(&"a ".repeat(READABLE)), "too long to look at");
    }

    #[test]
    fn ordinary_names_are_not_taken_for_secrets() {
        for text in [
            "version",
            "server",
            "public_url",
            "listen",
            "account",
            "brands",
            "hosts",
            "name",
            "backend",
            "identity",
            "roles",
            "email_domains",
            "theme",
            "logo",
            "login_url",
            "type",
            "algorithm",
            "issuer",
            "client_id",
            "routes",
            "path",
            "listed",
            "locale",
            "reserved",
            "keyboards",
            "unknown",
            "store",
            "cookie",
            "external_id_prefix",
            "organization",
            "https://www.acme-shoes.example/zdlogin.php",
            "help@acme.example",
        ] {
            assert!(!mentions_secret(text), "{text}");
        }
    }

    #[test]
    fn what_looks_random_is_told_from_names() {
        for name in ["SHOES_2_SECRET", "user_pool_id", "/run/secrets/acme-shoes.txt", "redirectUri"]
        {
            assert!(!looks_random(name), "{name}");
        }
        for drawn in
            ["9f86d081884c7d659a2feaa0c55ad015", "/QWxhZGRpbjpvcGVuIHNlc2FtZQ", "AKIA12345X"]
        {
            assert!(looks_random(drawn), "{drawn}");
        }
    }

    #[test]
    fn what_is_public_is_known_by_its_key() {
        let keys = "https://login.example/keys";
        assert!(is_public("jwks_url", keys) && is_public("cookie", "session_token"));
        for (key, text) in [
            ("url", keys),
            ("jwks_url", "the secret"),
            ("jwks_url", "https://a:secret@login.example/keys"),
            ("jwks_url", "https://login.example/keys?token=x"),
            ("cookie", "eyJhbGciOiJIUzI1NiJ9.eyJlbWFpbCI6ImpvZUBleGFtcGxlLmNvbSJ9.c2lnbmF0dXJl"),
        ] {
            assert!(!is_public(key, text), "{key}: {text}");
        }
    }

    #[test]
    fn only_plain_names_are_nameable() {
        for name in ["hosts", "help.acme.example", "shoes-2", "café"] {
            assert!(is_nameable(name), "{name}");
        }
        for other in ["", "shared_secret:hunter2", "a b", "a\nb", "x=y", &"a".repeat(41)] {
            assert!(!is_nameable(other), "{other}");
        }
    }
}
