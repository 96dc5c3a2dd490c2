//! Writes YAML with comments: the library writes every value, and comments stand between what it wrote.

use serde_yaml::{Mapping, Value};

use crate::plain::plain;

/// Longest line of a comment, in characters.
const WIDTH: usize = 100;

/// A key with what is said above it.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) comment: Vec<String>,
    pub(super) key: String,
    pub(super) value: Node,
}

/// What a key has.
#[derive(Debug)]
pub(super) enum Node {
    /// Something that the library writes whole.
    Value(Value),
    /// Something between whose keys there are comments.
    Entries(Vec<Entry>),
    /// Something that is not there yet: written as comments.
    Proposal(Value),
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum YamlError {
    /// The library says no.
    #[error(transparent)]
    Library(#[from] serde_yaml::Error),
    /// What was written would be read as something else.
    #[error("what was written is not what was meant")]
    Different,
}

/// The text of `entries`, which a reader reads as nothing else.
pub(super) fn write(head: &[String], entries: &[Entry]) -> Result<String, YamlError> {
    let mut text = String::new();
    for line in head {
        comment(line, "", &mut text);
    }
    write_entries(entries, 0, &mut text)?;
    let read: Value = serde_yaml::from_str(&text)?;
    if read == Value::Mapping(meant(entries)) { Ok(text) } else { Err(YamlError::Different) }
}

fn write_entries(entries: &[Entry], depth: usize, text: &mut String) -> Result<(), YamlError> {
    let indent = "  ".repeat(depth);
    for (at, entry) in entries.iter().enumerate() {
        let is_apart = !entry.comment.is_empty() || matches!(entry.value, Node::Entries(_));
        if depth == 0 && !text.is_empty() || depth == 1 && at > 0 && is_apart {
            text.push('\n');
        }
        for line in &entry.comment {
            comment(line, &indent, text);
        }
        match &entry.value {
            Node::Value(value) => lines(&single(&entry.key, value)?, &indent, text),
            Node::Proposal(value) => {
                lines(&single(&entry.key, value)?, &format!("{indent}# "), text);
            }
            Node::Entries(entries) => {
                // The library alone knows how a key is written: of several lines, it begins with `?`.
                let head = single(&entry.key, &Value::Null)?;
                let head = head.strip_suffix(" null\n").ok_or(YamlError::Different)?;
                lines(head, &indent, text);
                write_entries(entries, depth + 1, text)?;
            }
        }
    }
    Ok(())
}

/// `key: value` as the library writes it.
fn single(key: &str, value: &Value) -> Result<String, serde_yaml::Error> {
    let mut mapping = Mapping::new();
    mapping.insert(key.into(), value.clone());
    serde_yaml::to_string(&mapping)
}

fn lines(written: &str, before: &str, text: &mut String) {
    for line in written.lines() {
        text.extend([before, line, "\n"]);
    }
}

/// What is to be read, without comments and proposals.
fn meant(entries: &[Entry]) -> Mapping {
    let value = |node: &Node| match node {
        Node::Value(value) => Some(value.clone()),
        Node::Entries(entries) => Some(Value::Mapping(meant(entries))),
        Node::Proposal(_) => None,
    };
    entries.iter().filter_map(|it| Some((it.key.as_str().into(), value(&it.value)?))).collect()
}

/// A comment, broken into lines. Nothing in it ends it early.
fn comment(line: &str, indent: &str, text: &mut String) {
    if line.is_empty() {
        text.extend([indent, "#\n"]);
        return;
    }
    let blank = line.len() - line.trim_start().len();
    let hang = if line.trim_start().starts_with("- ") { blank + 2 } else { blank };
    let start = format!("{indent}# ");
    let mut current = format!("{start}{}", " ".repeat(blank));
    let mut is_empty = true;
    let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}');
    for word in line.split(odd).filter(|it| !it.is_empty()) {
        let word = plain(word);
        if !is_empty && current.chars().count() + 1 + word.chars().count() > WIDTH {
            text.extend([current.as_str(), "\n"]);
            current = format!("{start}{}", " ".repeat(hang));
            is_empty = true;
        }
        if !is_empty {
            current.push(' ');
        }
        current.push_str(&word);
        is_empty = false;
    }
    text.extend([current.trim_end(), "\n"]);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_yaml::Value;

    use super::{Entry, Node, write};

    fn entry(comment: &str, key: &str, value: Node) -> Entry {
        Entry { comment: vec![comment.to_owned()], key: key.to_owned(), value }
    }

    #[test]
    fn comments_stand_between_what_the_library_wrote() {
        let hosts = Value::Sequence(vec!["a.example".into(), "*x".into(), "7".into()]);
        let brand = vec![
            entry("The number.\nhosts: [evil]", "brand_id", Node::Proposal(7.into())),
            entry("", "hosts", Node::Value(hosts)),
        ];
        let brands = vec![entry("a brand", "7", Node::Entries(brand))];
        let all = [entry("- the brands", "brands", Node::Entries(brands))];
        let text = write(&["made".to_owned(), String::new()], &all).unwrap();
        assert_eq!(
            text,
            "# made\n#\n\n# - the brands\nbrands:\n  # a brand\n  '7':\n    # The number. hosts: [evil]\n    \
             # brand_id: 7\n    #\n    hosts:\n    - a.example\n    - '*x'\n    - '7'\n"
        );
    }

    #[test]
    fn what_turns_a_line_around_is_shown_as_what_it_is() {
        let comment = "before \u{202e}evil\u{2066} \u{200b}x";
        let all = [entry(comment, "a", Node::Value("b".into()))];
        let text = write(&[comment.to_owned()], &all).unwrap();
        assert_eq!(text.matches("before \\u{202e}evil\\u{2066} \\u{200b}x\n").count(), 2, "{text}");
    }

    #[test]
    fn a_key_of_unusual_blanks_stays() {
        for key in
            ["\u{2000}", "a\u{3000}", " ", "\u{a0}b ", "\u{2028}", "two\nlines", "null", "", "\r"]
        {
            let brand = vec![entry("", "x", Node::Value("y".into()))];
            let all = [entry("", key, Node::Entries(brand))];
            assert!(write(&[], &all).is_ok(), "{key:?}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_read_as_it_was_meant(
            comments in proptest::collection::vec(any::<String>(), 3),
            keys in proptest::collection::vec(any::<String>(), 2),
            value in any::<String>(),
        ) {
            let brand = vec![entry(&comments[0], &keys[0], Node::Value(value.as_str().into()))];
            let all = [entry(&comments[1], &keys[1], Node::Entries(brand))];
            let text = write(&comments[2..], &all);
            prop_assert!(text.is_ok(), "{text:?}");
        }
    }
}
