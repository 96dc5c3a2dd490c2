//! Values that something else would have to put in: `$NAME`, `{{ … }}`, `%NAME%`.

use super::letters::tidy;

/// About a reference that something else would have to replace.
pub(in crate::config) const NOTHING_PUT_IN: &str = "nothing is put in the place of this";

/// And what to write in its stead.
pub(in crate::config) const NAME_ALONE: &str =
    "of a secret the name alone: `{ env: NAME }`, without `$` and without braces around it";

/// The same where no secret belongs.
pub(in crate::config) const VALUE_ITSELF: &str =
    "write the value itself: neither variables nor templates are filled in";

/// Whether something else would have to put a value in the place of this: `$NAME`, `${NAME}`,
/// `$(…)`, `{{ … }}`, `{% … %}`, `%NAME%`.
pub(in crate::config) fn is_placeholder(text: &str) -> bool {
    let text = tidy(text);
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    let within = |start: &str, end: &str| {
        let inner = text.strip_prefix(start).and_then(|rest| rest.strip_suffix(end));
        inner.is_some_and(|inner| !inner.is_empty())
    };
    text.strip_prefix('$').is_some_and(is_name)
        || within("${", "}")
        || within("$(", ")")
        || within("$((", "))")
        || within("{{", "}}")
        || within("{%", "%}")
        || within("<%", "%>")
        || text.strip_prefix('%').and_then(|rest| rest.strip_suffix('%')).is_some_and(is_name)
}

/// Whether a text for people waits to be filled in, or a part of it does.
pub(in crate::config) fn is_placeholder_in_prose(text: &str) -> bool {
    is_placeholder(text) || ["${", "{{"].iter().any(|it| text.contains(it))
}

/// Whether something else would have to put a value in the place of a part of this: `${NAME}`,
/// `{{ … }}`, `{% … %}`, `%NAME%`, `<NAME>`, or `$NAME` in capitals.
pub(in crate::config) fn holds_placeholder(text: &str) -> bool {
    let is_name = |name: &str| {
        name.len() > 1
            && name.starts_with(|c: char| c.is_ascii_uppercase() || c == '_')
            && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
    };
    let is_escape = |rest: &str| {
        rest.as_bytes().get(..2).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit))
    };
    let between = |start: &str, end: &str| {
        let mut rest = text.split(start).skip(1);
        rest.any(|rest| rest.split_once(end).is_some_and(|(inner, _)| !inner.trim().is_empty()))
    };
    let in_percents = || {
        !text.split('%').skip(1).all(is_escape)
            && text.split('%').skip(1).step_by(2).any(|name| name.len() > 2 && is_name(name))
    };
    let in_angles = || {
        text.split('<').skip(1).any(|rest| {
            rest.split_once('>').is_some_and(|(name, _)| {
                name.starts_with(|c: char| c.is_ascii_alphabetic())
                    && name.chars().all(|c| c.is_ascii_alphanumeric() || "_- ".contains(c))
            })
        })
    };
    let after_dollar = || {
        text.split('$').skip(1).any(|rest| {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            is_name(rest.get(..end.unwrap_or(rest.len())).unwrap_or_default())
        })
    };
    text.contains(['$', '{', '%', '<'])
        && (is_placeholder(text)
            || between("${", "}")
            || between("{{", "}}")
            || between("{%", "%}")
            || (text.matches('%').count() > 1 && in_percents())
            || in_angles()
            || after_dollar())
}
