//! PHP as its own reader takes it apart, as far as tables of texts need it.
//!
//! Nothing is run and nothing looked up: what only a running script knows is a [`Token::Computed`].

use super::ScriptProblem;

/// A piece of a script.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Token {
    /// A text that is the same whenever the script runs.
    Text(String),
    /// A text that is not: what it is called.
    Computed(&'static str),
    /// A variable, without its `$`.
    Variable(String),
    /// A keyword, a function, a constant or a class.
    Name(String),
    /// A number, as written.
    Number(String),
    /// Anything else, such as `=>` or `(`.
    Mark(&'static str),
}

/// A token and the line where it begins, from 1.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Spanned {
    pub(super) token: Token,
    pub(super) line: usize,
}

/// A script in pieces.
#[derive(Debug)]
pub(super) struct Tokens {
    pub(super) tokens: Vec<Spanned>,
    /// The line of the first `<?` that is neither `<?php` nor `<?=`.
    pub(super) short_tag: Option<usize>,
}

/// Every mark, the longer ones first.
const MARKS: [&str; 62] = [
    "<=>", "**=", "...", "<<=", ">>=", "??=", "?->", "===", "!==", "=>", "->", "::", "==", "!=",
    "<>", "<=", ">=", "&&", "||", "??", "++", "--", "+=", "-=", "*=", "/=", ".=", "%=", "&=", "|=",
    "^=", "<<", ">>", "**", "(", ")", "[", "]", "{", "}", ",", ";", "=", ".", "<", ">", "+", "-",
    "*", "/", "%", "&", "|", "^", "~", "!", "?", ":", "@", "$", "#", "\\",
];

/// What stands between `<?php` and `?>`.
pub(super) fn read(source: &str) -> Result<Tokens, ScriptProblem> {
    let mut reader = Reader { rest: source.trim_start_matches('\u{feff}'), line: 1 };
    let mut tokens = Tokens { tokens: Vec::new(), short_tag: None };
    let mut is_script = false;
    while reader.open(&mut tokens.short_tag) {
        is_script = true;
        let read = reader.script(&mut tokens.tokens);
        // Where a quote is missing, all behind it is read as what it is not.
        if let Some(slip) = slip(&tokens.tokens) {
            return Err(slip);
        }
        read?;
    }
    if is_script {
        return Ok(tokens);
    }
    Err(ScriptProblem::of_file("there is no `<?php` in it: this is no script in PHP"))
}

/// What is wrong with the quotes of a script, where something is: the first of it.
fn slip(tokens: &[Spanned]) -> Option<ScriptProblem> {
    let is_curly = |c: char| matches!(c, '\u{2018}'..='\u{201f}');
    (0..tokens.len()).find_map(|at| {
        let mut window = tokens.get(at..)?.iter();
        let (first, next) = (window.next()?, window.next());
        let second = next.map(|it| &it.token);
        let says = |message: &str| Some(ScriptProblem::at(first.line, message));
        match (&first.token, second, window.next().map(|it| &it.token)) {
            (Token::Name(name), ..) if name.contains(is_curly) => says(
                "these are the curly quotes of a word processor, which PHP does not know: type plain ones, `'…'`",
            ),
            (Token::Text(_), Some(Token::Name(next)), _)
                if !OPERATORS.iter().any(|it| next.eq_ignore_ascii_case(it)) =>
            {
                says(MISSING_QUOTE)
            }
            (Token::Text(text), Some(Token::Text(_)), _)
                if !text.contains('\n') && next.is_some_and(|it| it.line > first.line) =>
            {
                says("a comma is missing at the end of this line")
            }
            (Token::Text(_), Some(Token::Text(_) | Token::Number(_) | Token::Variable(_)), _) => {
                says(MISSING_QUOTE)
            }
            (Token::Mark("=>" | "=" | "," | "("), Some(Token::Name(scheme)), Some(Token::Mark(":")))
                if ["http", "https"].iter().any(|it| scheme.eq_ignore_ascii_case(it)) =>
            {
                says(MISSING_QUOTE)
            }
            _ => None,
        }
    })
}

/// Operators that are words: of all words, these alone stand behind a text.
const OPERATORS: [&str; 6] = ["and", "or", "xor", "instanceof", "as", "insteadof"];

const MISSING_QUOTE: &str = "a quote is missing on this line, or one is too many: what is text and what is not \
                             change places here";

struct Reader<'a> {
    rest: &'a str,
    line: usize,
}

impl<'a> Reader<'a> {
    /// Goes behind the next opening tag.
    fn open(&mut self, short_tag: &mut Option<usize>) -> bool {
        while let Some((before, _)) = self.rest.split_once("<?") {
            self.skip(before.len() + 2);
            let named =
                |name: &str| self.rest.get(..3).is_some_and(|it| it.eq_ignore_ascii_case(name));
            if named("xml") {
                continue;
            }
            if named("php") {
                self.skip(3);
            } else if self.rest.starts_with('=') {
                self.skip(1);
            } else {
                short_tag.get_or_insert(self.line);
            }
            return true;
        }
        false
    }

    /// Goes `bytes` on, and counts the lines.
    fn skip(&mut self, bytes: usize) -> &'a str {
        let (passed, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.line += memchr::memchr_iter(b'\n', passed.as_bytes()).count();
        self.rest = rest;
        passed
    }

    /// Reads up to the closing tag, or the end.
    fn script(&mut self, tokens: &mut Vec<Spanned>) -> Result<(), ScriptProblem> {
        loop {
            let blank = self.rest.len() - self.rest.trim_start().len();
            self.skip(blank);
            let line = self.line;
            let Some(first) = self.rest.chars().next() else { return Ok(()) };
            if self.rest.starts_with("?>") {
                self.skip(2);
                tokens.push(Spanned { token: Token::Mark(";"), line });
                return Ok(());
            }
            let token = match first {
                '#' if self.rest.starts_with("#[") => self.mark()?,
                '#' => {
                    self.comment();
                    continue;
                }
                '/' if self.rest.starts_with("//") => {
                    self.comment();
                    continue;
                }
                '/' if self.rest.starts_with("/*") => {
                    let end = self.rest.get(2..).and_then(|it| it.find("*/"));
                    let end = end.ok_or_else(|| unclosed("comment", line))?;
                    self.skip(end + 4);
                    continue;
                }
                '\'' => self.single_quoted()?,
                '"' => self.quoted('"')?,
                '`' => {
                    self.quoted('`')?;
                    Token::Computed("a shell command")
                }
                '<' if self.rest.starts_with("<<<") => match self.heredoc()? {
                    Some(token) => token,
                    None => self.mark()?,
                },
                '$' if self.rest.get(1..).is_some_and(begins_name) => {
                    self.skip(1);
                    Token::Variable(self.name().to_owned())
                }
                '\\' if self.rest.get(1..).is_some_and(begins_name) => {
                    self.skip(1);
                    Token::Name(self.name().to_owned())
                }
                digit if digit.is_ascii_digit() => {
                    let end = self
                        .rest
                        .find(|c: char| !c.is_ascii_alphanumeric() && c != '.' && c != '_');
                    Token::Number(self.skip(end.unwrap_or(self.rest.len())).to_owned())
                }
                _ if begins_name(self.rest) => Token::Name(self.name().to_owned()),
                _ => self.mark()?,
            };
            let ends =
                matches!(&token, Token::Name(name) if name.eq_ignore_ascii_case("__halt_compiler"));
            if ends {
                self.rest = "";
                return Ok(());
            }
            tokens.push(Spanned { token, line });
        }
    }

    /// Goes behind a comment of one line, which a closing tag ends as well.
    fn comment(&mut self) {
        let line = self.rest.find(['\n', '\r']).unwrap_or(self.rest.len());
        let end = self.rest.get(..line).and_then(|it| it.find("?>"));
        self.skip(end.unwrap_or(line));
    }

    fn name(&mut self) -> &'a str {
        let end = self.rest.find(|c: char| !is_of_name(c) && c != '\\');
        self.skip(end.unwrap_or(self.rest.len()))
    }

    fn mark(&mut self) -> Result<Token, ScriptProblem> {
        let mark = MARKS.iter().find(|mark| self.rest.starts_with(**mark)).ok_or_else(|| {
            let odd = self.rest.chars().next().unwrap_or_default();
            ScriptProblem::at(
                self.line,
                format!("`{}` stands for nothing in PHP", odd.escape_unicode()),
            )
        })?;
        self.skip(mark.len());
        Ok(Token::Mark(mark))
    }

    /// A text in which only `\\` and `\'` stand for something else.
    fn single_quoted(&mut self) -> Result<Token, ScriptProblem> {
        let line = self.line;
        let mut text = String::new();
        let mut chars = self.rest.char_indices().skip(1);
        while let Some((at, c)) = chars.next() {
            match c {
                '\'' => {
                    self.skip(at + 1);
                    return Ok(Token::Text(text));
                }
                '\\' => match chars.next() {
                    Some((_, escaped @ ('\\' | '\''))) => text.push(escaped),
                    Some((_, other)) => text.extend(['\\', other]),
                    None => break,
                },
                c => text.push(c),
            }
        }
        Err(unclosed("text in quotes", line))
    }

    /// A text in which `\` stands for much and variables for what they hold.
    fn quoted(&mut self, quote: char) -> Result<Token, ScriptProblem> {
        let line = self.line;
        let mut text = String::new();
        let mut is_computed = false;
        let mut rest = self.rest.get(1..).unwrap_or_default();
        loop {
            let Some(c) = rest.chars().next() else { return Err(unclosed("text in quotes", line)) };
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
            match c {
                c if c == quote => break,
                '\\' => {
                    let (meant, width) = escape(rest);
                    text.push_str(&meant);
                    rest = rest.get(width..).unwrap_or_default();
                }
                '$' if begins_name(rest) || rest.starts_with('{') => is_computed = true,
                '{' if rest.starts_with('$') => is_computed = true,
                c => text.push(c),
            }
        }
        self.skip(self.rest.len() - rest.len());
        Ok(if is_computed {
            Token::Computed("a text with a variable in it")
        } else {
            Token::Text(text)
        })
    }

    /// `<<<NAME` and all up to the line that begins with that name. `None`: it only looks like one.
    fn heredoc(&mut self) -> Result<Option<Token>, ScriptProblem> {
        let head = self.rest.get(3..).unwrap_or_default().trim_start_matches([' ', '\t']);
        let quote = head.chars().next().filter(|c| matches!(c, '\'' | '"'));
        let named = quote.map_or(head, |_| head.get(1..).unwrap_or_default());
        let end = named.find(|c: char| !is_of_name(c)).unwrap_or(named.len());
        let (name, after) = named.split_at_checked(end).unwrap_or((named, ""));
        if !begins_name(name) || !quote.is_none_or(|quote| after.starts_with(quote)) {
            return Ok(None);
        }
        let mut passed = self.rest.find('\n').map_or(self.rest.len(), |it| it + 1);
        let body = self.rest.get(passed..).unwrap_or_default();
        for line in body.split_inclusive('\n') {
            let bare = line.trim_start_matches([' ', '\t']);
            let closes = bare.strip_prefix(name).filter(|it| !it.starts_with(is_of_name));
            if closes.is_some() {
                self.skip(passed + (line.len() - bare.len()) + name.len());
                return Ok(Some(Token::Computed("a heredoc")));
            }
            passed += line.len();
        }
        Err(unclosed("heredoc", self.line))
    }
}

/// What stands behind a `\` means, and how many bytes it is long.
fn escape(rest: &str) -> (String, usize) {
    let first = rest.chars().next();
    let plain = match first {
        Some('n') => '\n',
        Some('t') => '\t',
        Some('r') => '\r',
        Some('v') => '\u{b}',
        Some('e') => '\u{1b}',
        Some('f') => '\u{c}',
        Some(c @ ('\\' | '$' | '"' | '`')) => c,
        Some('u') => {
            let code = rest.get(1..).and_then(|it| it.strip_prefix('{')?.split_once('}'));
            let c = code.and_then(|(hex, _)| char::from_u32(u32::from_str_radix(hex, 16).ok()?));
            return match (c, code) {
                (Some(c), Some((hex, _))) => (c.into(), hex.len() + 3),
                _ => ("\\u".into(), 1),
            };
        }
        Some('x') => return by_number(rest.get(1..).unwrap_or_default(), 16, 2, 1),
        Some('0'..='7') => return by_number(rest, 8, 3, 0),
        Some(c) => return (format!("\\{c}"), c.len_utf8()),
        None => return ("\\".into(), 0),
    };
    (plain.into(), first.map_or(0, char::len_utf8))
}

/// A byte by its number. Of those beyond ASCII no address and no host is made.
fn by_number(digits: &str, radix: u32, most: usize, before: usize) -> (String, usize) {
    let end = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len()).min(most);
    let number = digits.get(..end).and_then(|it| u32::from_str_radix(it, radix).ok());
    match number.and_then(|it| char::from_u32(it & 0xff)) {
        Some(c) => (c.into(), before + end),
        None => ("\\x".into(), before),
    }
}

fn begins_name(text: &str) -> bool {
    text.chars().next().is_some_and(|c| is_of_name(c) && !c.is_ascii_digit())
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || !c.is_ascii()
}

fn unclosed(what: &str, line: usize) -> ScriptProblem {
    ScriptProblem::at(line, format!("the {what} that begins here has no end"))
}

#[cfg(test)]
mod tests {
    use super::{Token, read};

    /// The tokens in short: `'text'`, `$variable`, `name`, `1`, `«computed»`, marks.
    fn said(source: &str) -> String {
        let tokens = match read(source) {
            Ok(tokens) => tokens.tokens,
            Err(problem) => return format!("line {:?}: {}", problem.line, problem.message),
        };
        let word = |token: &Token| match token {
            Token::Text(text) => format!("{text:?}"),
            Token::Computed(what) => format!("«{what}»"),
            Token::Variable(name) => format!("${name}"),
            Token::Name(name) | Token::Number(name) => name.clone(),
            Token::Mark(mark) => (*mark).to_owned(),
        };
        tokens.iter().map(|it| word(&it.token)).collect::<Vec<_>>().join(" ")
    }

    const MISSING: &str = "line Some(2): a quote is missing on this line, or one is too many: what is text and \
                           what is not change places here";
    const CURLY: &str = "line Some(2): these are the curly quotes of a word processor, which PHP does not know: \
                         type plain ones, `'…'`";

    #[test]
    fn a_script_is_taken_apart_as_php_does() {
        let cases = [
            ("<?php $a = 'b';", "$a = \"b\" ;"),
            ("<? $a='b'?>x<?PHP $c", "$a = \"b\" ; $c"),
            ("<?xml version='1.0'?><?php f();", "f ( ) ;"),
            ("<p><?= $a ?></p>", "$a ;"),
            ("\u{feff}<?php 1", "1"),
            ("<?php // it's ?>x<?php 2", "; 2"),
            ("<?php # \"\n/* ' */ 2", "2"),
            ("<?php #[A('x')]\n2", "# [ A ( \"x\" ) ] 2"),
            (r"<?php 'it\'s \\ \n'", r#""it's \\ \\n""#),
            (r#"<?php "a\x41\101\u{e9}\$b\q""#, r#""aAAé$b\\q""#),
            (
                r#"<?php "a $b" "{$b}" "${b}" . "$5" . "{b}""#,
                "«a text with a variable in it» «a text with a variable in it» «a text with a variable in it» . \"$5\" . \"{b}\"",
            ),
            ("<?php `ls`", "«a shell command»"),
            ("<?php <<<EOT\n'\n  EOT . <<<'X'\n\"\nXY\nX;", "«a heredoc» . «a heredoc» ;"),
            ("<?php 1 <<< 2", "1 << < 2"),
            ("<?php \\Foo\\bar($ä->b ?? 0x1F, 1.5e3)", "Foo\\bar ( $ä -> b ?? 0x1F , 1.5e3 )"),
            ("<?php 'a' => array ( [ ] )", "\"a\" => array ( [ ] )"),
            ("<?php 1; __halt_compiler(); \u{1}'", "1 ;"),
            // What is no script, or ends too early.
            ("var a = 'b';", "line None: there is no `<?php` in it: this is no script in PHP"),
            ("", "line None: there is no `<?php` in it: this is no script in PHP"),
            ("<?php\n 'a", "line Some(2): the text in quotes that begins here has no end"),
            ("<?php 'a\\", "line Some(1): the text in quotes that begins here has no end"),
            ("<?php \"a\\\"", "line Some(1): the text in quotes that begins here has no end"),
            ("<?php\n\n/* a *", "line Some(3): the comment that begins here has no end"),
            ("<?php <<<EOT\nEOTX", "line Some(1): the heredoc that begins here has no end"),
            (
                "<?php 'a' and 'b' ?>c<?= 'd' ?>e<?php f('g') as $h",
                "\"a\" and \"b\" ; \"d\" ; f ( \"g\" ) as $h",
            ),
            ("<?php\n['a => 'b', 'c' => 'd'];", MISSING),
            ("<?php\n['a' => 'b, 'c' => 'd'];", MISSING),
            ("<?php\n[a' => 'b', 'c' => 'd'];", MISSING),
            ("<?php\n['a' => b', 'c' => 'd']; // it's", MISSING),
            ("<?php\n['a' => https://b', 'c' => 'd'];", MISSING),
            (
                "<?php\n['a' => 'b''];",
                "line Some(2): the text in quotes that begins here has no end",
            ),
            ("<?php\n[\"a\" => \"b, \"c\" => \"d\"];", MISSING),
            ("<?php\n['a' => ‘b’];", CURLY),
            ("<?php\n[“a” => 'b'];", CURLY),
            ("<?php 'a ‘b’'; // “c”", "\"a ‘b’\" ;"),
            ("<?php \u{0}", "line Some(1): `\\u{0}` stands for nothing in PHP"),
        ];
        for (source, expected) in cases {
            assert_eq!(said(source), expected, "{source:?}");
        }
    }

    #[test]
    fn every_mark_is_read_whole() {
        for mark in super::MARKS.into_iter().filter(|it| *it != "#") {
            assert_eq!(said(&format!("<?php {mark} ")), mark);
        }
    }

    #[test]
    fn no_beginning_of_a_script_is_too_much() {
        let script =
            "<?php $ä = [\"a\\u{e9}\\x41$b\" => <<<X\n é\n X, `x`, 'é\\'' /* é */ ]; # é ?>é<? é";
        for end in (0..=script.len()).filter(|it| script.is_char_boundary(*it)) {
            drop(read(&script[..end]));
        }
    }
}
