//! What may be said of where a secret is: its place, and never the secret that was written there.

use std::path::{Component, Path as FilePath};

use crate::config::report::looks_random;

/// The name of a variable, unless it may be a secret in the place of one.
pub(in crate::config) fn variable(name: &str) -> String {
    let is_name = name.starts_with(|c: char| c.is_ascii_uppercase() || c == '_')
        && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
        && (name.contains('_') || name.len() <= 12)
        && !looks_random(name);
    if is_name { format!("`{name}`") } else { "named here".to_owned() }
}

/// A file as it is `written`, and where it was looked for: `found`, from the root on.
///
/// What looks like a secret is left out. Folders that exist are none.
pub(in crate::config) fn file(written: &str, found: &FilePath) -> (String, String) {
    let exists = |folder: &&FilePath| folder.is_dir();
    let folder = found.ancestors().skip(1).find(exists).unwrap_or(FilePath::new("/"));
    let missing = found.strip_prefix(folder).unwrap_or(found);
    let is_shown = missing.components().all(|part| match part {
        Component::Normal(part) => part.to_str().is_some_and(is_name_of_file),
        _ => true,
    });
    // A name alone may be a password; of words it may be too, but hardly of 32 bytes.
    let is_name_alone = !written.contains(['/', '.']);
    if !is_shown || (is_name_alone && written.contains(|c: char| c.is_numeric())) {
        let place = format!("it was looked for in `{}`", folder.display());
        return ("named here".to_owned(), place);
    }
    let mut place = format!("it was looked for at `{}`", found.display());
    if missing.components().nth(1).is_some() {
        place = format!("{place}; of its folders there is only `{}`", folder.display());
    }
    (format!("`{written}`"), place)
}

/// Whether a part of a path looks thought of, and not drawn: secrets are.
fn is_name_of_file(part: &str) -> bool {
    let is_plain = |c: char| c.is_alphanumeric() || "._-~ ".contains(c);
    let is_drawn = |run: &str| {
        let length = run.chars().count();
        let has = |is: fn(char) -> bool| run.contains(is);
        let inner = run.trim_end_matches(|c: char| c.is_ascii_digit());
        let is_mixed = inner.contains(|c: char| c.is_ascii_digit());
        let turns = run.chars().zip(run.chars().skip(1));
        let turns = turns.filter(|(a, b)| a.is_uppercase() != b.is_uppercase()).count();
        let has_no_letter = !has(char::is_alphabetic);
        (length >= 12 && (is_mixed || has_no_letter))
            || (length > 20 && turns * 3 > length)
            || length > 40
    };
    part.chars().all(is_plain) && !part.split(|c: char| !c.is_alphanumeric()).any(is_drawn)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::file;

    #[test]
    fn a_file_is_named_with_the_place_where_it_was_looked_for() {
        let directory = tempfile::tempdir().unwrap();
        let here = directory.path();
        std::fs::create_dir(here.join("secrets")).unwrap();
        let said = |written: &str| {
            let (name, place) = file(written, &here.join(written));
            (name, place.replace(here.to_str().unwrap(), "/here"))
        };
        let at = |place: &str| format!("it was looked for at `{place}`");
        let whole = [
            ("zendesk", at("/here/zendesk")),
            ("zendesk-shared_secret", at("/here/zendesk-shared_secret")),
            ("secrets/shop2", at("/here/secrets/shop2")),
            ("zendesk.secret", at("/here/zendesk.secret")),
            ("./zendesk.secret", at("/here/./zendesk.secret")),
            ("secrets/zendesk", at("/here/secrets/zendesk")),
            ("secrets/shoes-2026-11-29.key", at("/here/secrets/shoes-2026-11-29.key")),
            (
                "secrets/zendeskSharedSecretOfTheAccount",
                at("/here/secrets/zendeskSharedSecretOfTheAccount"),
            ),
            (
                "/no-such-folder/zendesk",
                at("/no-such-folder/zendesk") + "; of its folders there is only `/`",
            ),
            ("old/a/b", at("/here/old/a/b") + "; of its folders there is only `/here`"),
        ];
        for (written, place) in whole {
            assert_eq!(said(written), (format!("`{written}`"), place), "{written}");
        }
    }

    #[test]
    fn a_secret_in_the_place_of_a_file_is_not_named() {
        let here = Path::new("/");
        let drawn = [
            "hunter2",
            "hunter2-correct-horse",
            "9f86d081884c7d659a2feaa0c55ad015",
            "secrets/9f86d081884c7d65",
            "/AKIAIOSFODNN7EXAMPLE",
            "JBSWY3DPEHPK3PXP",
            "/UWxhZGRpbjpvcGVuIHNlc2FtZQ",
            "b3Blb/iBzZXNhbWUgb3BlbiBzZXNhbWU=",
            "kZxQwErTyUiOpAsDfGhJkL",
            "p@ssword",
            "pa$$word.x",
            "1234567890123456",
        ];
        for written in drawn {
            let (name, place) = file(written, &here.join(written));
            assert_eq!(name, "named here", "{written}");
            assert_eq!(place, "it was looked for in `/`", "{written}");
        }
    }
}
