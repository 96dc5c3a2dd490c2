//! The arrays that stand in a script as such, and what else a table may be made by.

use std::collections::HashMap;

use super::ScriptProblem;
use super::tokens::{Spanned, Token};

/// How deep arrays may lie within each other.
const DEEPEST: usize = 16;

/// What an array holds, or has for a key.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Value {
    Text(String),
    Array(Vec<Entry>),
    /// Only a running script knows it: why.
    Computed(String),
    /// A number, `true`, `null`: nothing that an address could be.
    Other,
}

/// One entry of an array.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Entry {
    pub(super) key: Option<Value>,
    pub(super) value: Value,
    pub(super) line: usize,
}

/// An array, with the name of what holds it, where it has one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Array {
    pub(super) name: Option<String>,
    pub(super) entries: Vec<Entry>,
    pub(super) line: usize,
}

/// Every array of a script that is within no other, in order. What is assigned entry by entry
/// (`$brands['…'] = '…'`) is one, too.
pub(super) fn read(tokens: &[Spanned]) -> Result<Vec<Array>, ScriptProblem> {
    let mut arrays: Vec<Array> = Vec::new();
    let mut assigned_to: HashMap<&str, usize> = HashMap::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if let Some(open) = opens(tokens, at) {
            let (entries, end) = entries(tokens, open, 1)?;
            arrays.push(Array { name: name_before(tokens, at), entries, line: token.line });
            at = end;
        } else if let Some((name, entry, end)) = assigned(tokens, at)? {
            let index = *assigned_to.entry(name).or_insert(arrays.len());
            match arrays.get_mut(index) {
                Some(array) => array.entries.push(entry),
                None => arrays.push(Array {
                    name: Some(name.to_owned()),
                    line: entry.line,
                    entries: vec![entry],
                }),
            }
            at = end;
        } else {
            at += 1;
        }
    }
    Ok(arrays)
}

fn token(tokens: &[Spanned], at: usize) -> Option<&Token> {
    tokens.get(at).map(|it| &it.token)
}

fn is_mark(tokens: &[Spanned], at: usize, mark: &str) -> bool {
    matches!(token(tokens, at), Some(Token::Mark(it)) if *it == mark)
}

fn is_named(token: Option<&Token>, name: &str) -> bool {
    matches!(token, Some(Token::Name(it)) if it.eq_ignore_ascii_case(name))
}

/// Where the first entry of the array is that begins `at`, if one does.
fn opens(tokens: &[Spanned], at: usize) -> Option<usize> {
    if is_named(token(tokens, at), "array") && is_mark(tokens, at + 1, "(") {
        return Some(at + 2);
    }
    if !is_mark(tokens, at, "[") {
        return None;
    }
    // Behind a value, a bracket asks for one of its entries; behind `#` it is an attribute.
    let is_value = match at.checked_sub(1).and_then(|before| token(tokens, before)) {
        Some(Token::Variable(_) | Token::Text(_) | Token::Computed(_)) => true,
        Some(Token::Name(name)) => !["return", "echo", "print", "yield", "in", "as"]
            .iter()
            .any(|it| name.eq_ignore_ascii_case(it)),
        Some(Token::Mark(mark)) => matches!(*mark, ")" | "]" | "}" | "#"),
        Some(Token::Number(_)) | None => false,
    };
    (!is_value).then_some(at + 1)
}

/// What the array that begins at `at` is assigned to, or is a part of.
fn name_before(tokens: &[Spanned], at: usize) -> Option<String> {
    let before = |steps: usize| at.checked_sub(steps).and_then(|it| token(tokens, it));
    match before(1)? {
        // `$name = `, `const NAME = `
        Token::Mark("=") => match before(2)? {
            Token::Variable(name) | Token::Name(name) => Some(name.clone()),
            // `$config['name'] = `
            Token::Mark("]") => match before(3)? {
                Token::Text(name) => Some(name.clone()),
                _ => None,
            },
            _ => None,
        },
        // `define('NAME', `
        Token::Mark(",") => match (before(2)?, before(4)?) {
            (Token::Text(name), Token::Name(define)) if define.eq_ignore_ascii_case("define") => {
                Some(name.clone())
            }
            _ => None,
        },
        _ => None,
    }
}

/// The entries from `at` to the bracket that closes them, and what is behind it.
fn entries(
    tokens: &[Spanned],
    mut at: usize,
    depth: usize,
) -> Result<(Vec<Entry>, usize), ScriptProblem> {
    let line = tokens.get(at.saturating_sub(1)).map_or(1, |it| it.line);
    if depth > DEEPEST {
        return Err(ScriptProblem::at(line, "arrays lie too deep within each other here"));
    }
    let mut entries = Vec::new();
    loop {
        let Some(first) = tokens.get(at) else {
            return Err(ScriptProblem::at(line, "the array that begins here has no end"));
        };
        if matches!(first.token, Token::Mark(")" | "]")) {
            return Ok((entries, at + 1));
        }
        let line = first.line;
        let (mut value, mut end) = value(tokens, at, depth)?;
        let mut key = None;
        if is_mark(tokens, end, "=>") {
            key = Some(value);
            (value, end) = self::value(tokens, end + 1, depth)?;
        }
        let next = if is_mark(tokens, end, ",") { end + 1 } else { end };
        if next == at {
            return Err(ScriptProblem::at(line, "an array ends here without its bracket"));
        }
        at = next;
        entries.push(Entry { key, value, line });
    }
}

/// The value that begins `at`, and the `,`, `=>`, `;` or bracket behind it.
fn value(tokens: &[Spanned], at: usize, depth: usize) -> Result<(Value, usize), ScriptProblem> {
    let ends = |at: usize| {
        matches!(token(tokens, at), None | Some(Token::Mark("," | "=>" | ";" | ")" | "]" | "}")))
    };
    if let Some(open) = opens(tokens, at) {
        let (entries, end) = entries(tokens, open, depth + 1)?;
        if ends(end) {
            return Ok((Value::Array(entries), end));
        }
    }
    let mut end = at;
    let mut open = 0_usize;
    while let Some(token) = token(tokens, end) {
        match token {
            Token::Mark("(" | "[" | "{") => open += 1,
            Token::Mark(")" | "]" | "}") if open > 0 => open -= 1,
            _ if open == 0 && ends(end) => break,
            _ => {}
        }
        end += 1;
    }
    Ok((meaning(tokens.get(at..end).unwrap_or_default()), end))
}

/// What a few tokens stand for.
fn meaning(tokens: &[Spanned]) -> Value {
    let is_joined = tokens.iter().any(|it| it.token == Token::Mark("."));
    let what = match tokens {
        [Spanned { token: Token::Text(text), .. }] => return Value::Text(text.clone()),
        [
            Spanned { token: Token::Mark("-" | "+"), .. },
            Spanned { token: Token::Number(_), .. },
        ]
        | [Spanned { token: Token::Number(_), .. }]
        | [] => return Value::Other,
        [Spanned { token: Token::Computed(what), .. }] => (*what).to_owned(),
        [Spanned { token: Token::Variable(name), .. }] => format!("the variable `${name}`"),
        [Spanned { token: Token::Name(name), .. }] => {
            if ["true", "false", "null"].iter().any(|it| name.eq_ignore_ascii_case(it)) {
                return Value::Other;
            }
            format!("the constant `{name}`")
        }
        _ if is_joined => "put together with `.`".to_owned(),
        [Spanned { token: Token::Name(name), .. }, Spanned { token: Token::Mark("("), .. }, ..] => {
            format!("what `{name}(…)` gives")
        }
        [Spanned { token: Token::Mark("..."), .. }, ..] => "another array, by `...`".to_owned(),
        _ => "computed".to_owned(),
    };
    Value::Computed(what)
}

/// `$name['key'] = value;`, also with a second key: the name, the entry and what is behind it.
fn assigned(tokens: &[Spanned], at: usize) -> Result<Option<(&str, Entry, usize)>, ScriptProblem> {
    let (Some(Token::Variable(name)), Some(Spanned { line, .. })) =
        (token(tokens, at), tokens.get(at))
    else {
        return Ok(None);
    };
    let Some(first) = key_in_brackets(tokens, at + 1) else { return Ok(None) };
    let second = key_in_brackets(tokens, at + 4);
    let equals = if second.is_some() { at + 7 } else { at + 4 };
    if !is_mark(tokens, equals, "=") {
        return Ok(None);
    }
    let line = *line;
    let (value, end) = value(tokens, equals + 1, 1)?;
    let value = match second {
        Some(second) => {
            Value::Array(vec![Entry { key: Some(Value::Text(second.to_owned())), value, line }])
        }
        None => value,
    };
    Ok(Some((name, Entry { key: Some(Value::Text(first.to_owned())), value, line }, end)))
}

fn key_in_brackets(tokens: &[Spanned], at: usize) -> Option<&str> {
    match (token(tokens, at), token(tokens, at + 1), token(tokens, at + 2)) {
        (Some(Token::Mark("[")), Some(Token::Text(key)), Some(Token::Mark("]"))) => Some(key),
        _ => None,
    }
}
