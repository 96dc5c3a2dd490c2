//! What people get wrong, and what each mistake is told: the place, the message and the hint.

use super::told::{self, told};
use crate::config::{References, look};

/// A file as somebody writes it who runs a few brands.
const GOOD: &str = "\
version: 1
server:
  public_url: https://sso.acme.example
zendesk:
  account: acme
  shared_secret: { env: ZENDESK_SECRET }
unknown: ask
backends:
  shop:
    type: redirect
    login_url: https://www.shop.example/in
    assertion:
      algorithm: HS256
      secrets: [{ env: SHOP_SECRET }]
  staff:
    type: oidc
    issuer: https://id.acme.example
    client_id: brandgate
    client_secret: { file: staff.secret }
brands:
  shoes:
    name: Acme Shoes
    brand_id: 360000000001
    hosts: [help.shoes.example, acme-shoes.zendesk.com]
    backend: shop
    identity:
      email_domains: [shoes.example]
      roles: [end_user]
    routes:
      - path: '^/agent'
        backend: staff
        identity: { email_domains: [acme.example] }
    theme:
      color: '#0b5fff'
      support: mailto:help@shoes.example
  acme:
    brand_id: 360000000002
    hosts: [acme.zendesk.com]
    backend: staff
    identity: { email_domains: [acme.example] }
    listed: false
";

/// The mistakes, one file for each kind: in each, `-` lines of the good file, the `+` lines in their
/// place, and what is said then.
const MISTAKES: &[(&str, &str)] = &[
    ("indentation", include_str!("mistakes/indentation.txt")),
    ("syntax", include_str!("mistakes/syntax.txt")),
    ("values", include_str!("mistakes/values.txt")),
    ("addresses", include_str!("mistakes/addresses.txt")),
    ("secrets", include_str!("mistakes/secrets.txt")),
    ("copied", include_str!("mistakes/copied.txt")),
];

/// What looks like one and is none.
const NO_MISTAKES: &str = include_str!("mistakes/no_mistakes.txt");

/// Each of `mistakes`: its name, the file that has it, and what is to be said.
fn each(mistakes: &'static str) -> impl Iterator<Item = (&'static str, String, Vec<&'static str>)> {
    mistakes.split("\n== ").skip(1).map(|mistake| {
        let (what, rest) = mistake.split_once('\n').unwrap();
        let block = |mark: char| {
            let lines = rest.lines().filter_map(|line| line.strip_prefix(mark));
            lines.map(|line| line.replace('␉', "\t").replace('⍽', "\u{a0}") + "\n").collect()
        };
        let (from, to): (String, String) = (block('-'), block('+'));
        let at = format!("\n{GOOD}").find(&format!("\n{from}"));
        let at = at.unwrap_or_else(|| panic!("{what}: the good file has no {from:?}"));
        let source = format!("{}{to}{}", &GOOD[..at], &GOOD[at + from.len()..]);
        let said = rest.lines().filter(|line| !line.is_empty() && !line.starts_with(['-', '+']));
        (what, source, said.collect())
    })
}

/// Everything that is said of `source`.
fn said(source: &str) -> Vec<String> {
    told(source).iter().map(ToString::to_string).collect()
}

#[test]
fn the_good_file_is_good() {
    assert_eq!(said(GOOD), [] as [&str; 0]);
}

#[test]
fn each_mistake_is_told_once_where_it_is_and_what_to_do() {
    let mut told = 0;
    for (kind, mistakes) in MISTAKES {
        for (what, source, expected) in each(mistakes) {
            assert_eq!(said(&source), expected, "{kind}: {what}");
            assert!(!expected.is_empty(), "{kind}: {what} passes in silence");
            told += 1;
        }
    }
    assert!(told > 360, "{told}");
}

#[test]
fn what_looks_like_a_mistake_and_is_none_is_told_nothing() {
    for (what, source, expected) in each(NO_MISTAKES) {
        assert_eq!((said(&source), expected), (vec![], vec![]), "{what}");
    }
}

#[test]
fn the_examples_of_the_documents_are_told_nothing() {
    let example = include_str!("../../../brands.yaml");
    let errors: Vec<String> =
        said(example).into_iter().filter(|line| line.contains(" error: ")).collect();
    assert_eq!(errors, [] as [&str; 0]);
}

/// Whole files, of which the good one is no part.
#[test]
fn what_is_no_such_file_is_told_once() {
    let cases = [
        ("nothing", "", "1:1 error: the file holds no settings (start with `version: 1`)"),
        (
            "comments",
            "# a\n# b\n",
            "1:1 error: the file holds no settings (start with `version: 1`)",
        ),
        ("a mark", "---\n", "1:1 error: the file holds no settings (start with `version: 1`)"),
        (
            "two marks",
            "---\n---\nversion: 1\n",
            "1:1 error: the file holds no settings (start with `version: 1`)",
        ),
        (
            "a text",
            "hello\n",
            "1:1 error: expected a mapping, found text (entries such as `version: 1`, each on a line of its own)",
        ),
        (
            "a list",
            "- version: 1\n",
            "1:1 error: expected a mapping, found a list (`key: value`, without brackets or dashes around it)",
        ),
        (
            "a page",
            "<!DOCTYPE html>\n<html><body>Not found</body></html>\n",
            "1:1 error: expected a mapping, found text (entries such as `version: 1`, each on a line of its own)",
        ),
        (
            "sections in brackets",
            "[server]\npublic_url = x\n",
            "2:1 error: this is not valid YAML: did not find expected <document start> (look for what differs here from the lines around)",
        ),
        (
            "UTF-16 without a mark",
            "v\0e\0r\0",
            "1:2 error: the control character U+0000 does not belong in this file (if the editor says UTF-16 of this file, save it as UTF-8)",
        ),
        (
            "two files joined",
            "version: 1\n\u{feff}server:\n",
            "2:1 error: the control character U+FEFF does not belong in this file (the mark before a file that was joined to another: remove it)",
        ),
    ];
    for (what, source, expected) in cases {
        assert_eq!(said(source), [expected], "{what}");
    }
    for (what, source) in [
        ("a mark of byte order", format!("\u{feff}{GOOD}")),
        ("Windows lines", GOOD.replace('\n', "\r\n")),
        ("old lines", GOOD.replace('\n', "\r")),
        ("a file indented as a whole", format!("  {}", GOOD.trim_end().replace('\n', "\n  "))),
    ] {
        assert_eq!(said(&source), [] as [&str; 0], "{what}");
    }
}

/// Every single slip of a hand on the good file.
#[test]
fn a_slip_is_told_in_few_words_within_the_file() {
    let lines: Vec<&str> = GOOD.lines().collect();
    let mut slips = 0;
    for (number, line) in lines.iter().enumerate() {
        let mut variants = vec![
            ("a line less", vec![]),
            ("a line twice", vec![(*line).to_owned(), (*line).to_owned()]),
            ("one blank more", vec![format!(" {line}")]),
            ("two blanks more", vec![format!("  {line}")]),
            ("a comma behind", vec![format!("{line},")]),
            ("a quote behind", vec![format!("{line}'")]),
            ("a bracket behind", vec![format!("{line}]")]),
            ("a merge before", vec!["<<<<<<< ours".to_owned(), (*line).to_owned()]),
        ];
        for blanks in [" ", "  ", "    "] {
            variants
                .extend(line.strip_prefix(blanks).map(|it| ("blanks less", vec![it.to_owned()])));
        }
        for mark in [":", ": ", "'", "[", "]", "{", "}", "- ", ","] {
            for (at, _) in line.match_indices(mark) {
                let slip = format!("{}{}", &line[..at], &line[at + mark.len()..]);
                variants.push(("a mark less", vec![slip]));
            }
        }
        for (what, slip) in variants {
            let before = lines[..number].iter().map(|it| (*it).to_owned());
            let after = lines[number + 1..].iter().map(|it| (*it).to_owned());
            let all: Vec<String> = before.chain(slip).chain(after).collect();
            let source = all.join("\n") + "\n";
            let loaded = look(&source, "brands.yaml", ".".as_ref(), References::Unopened);
            let (errors, _) = loaded.report.counts();
            let told = told::of(&loaded.report);
            let said: Vec<String> = told.iter().map(ToString::to_string).collect();
            assert_eq!(loaded.config.is_none(), errors > 0, "{what}, line {}", number + 1);
            assert!(errors <= 2, "{what}, line {}: {said:#?}", number + 1);
            let are_in_file = told.iter().all(|it| (1..=all.len()).contains(&it.line));
            assert!(are_in_file, "{what}, line {}: {said:#?}", number + 1);
            assert!(!said.concat().contains("something in this file"), "{what}, {}", number + 1);
            slips += 1;
        }
    }
    assert!(slips > 500, "{slips}");
}

/// The two that were told what is not so: a second mistake elsewhere made `check` say that the first
/// brand has no `brand_id` and names no role.
#[test]
fn nothing_is_said_that_only_follows_from_something_else() {
    let brand = GOOD
        .replace("brand_id: 360000000001", "brand_id: two")
        .replace("roles: [end_user]", "roles: [boss]")
        .replace("    backend: staff\n    identity", "    identity");
    let roles = "expected one of `end_user`, `agent`, `admin`";
    assert_eq!(
        said(&brand),
        [
            "23:15 error: expected a whole number, found text (in digits, such as `1`)".to_owned(),
            format!("28:15 error: {roles}"),
            "36:3 error: missing `backend`".to_owned(),
        ]
    );
    // (what, replace, by, how many things are said)
    let cases = [
        ("an unreadable brand uses its backend", "    backend: shop\n", "    backend: [shop]\n", 1),
        ("no brands, and so no use", "brands:\n", "brnads:\n", 1),
        ("no backends, and so no name", "backends:\n", "bakends:\n", 1),
        ("a backend that cannot be read", "type: redirect", "type: redirct", 1),
        ("no public address for four to be compared with", "https://sso", "sso", 1),
        ("no account for its host to be looked for", "account: acme", "account: a.b", 1),
    ];
    for (what, from, to, count) in cases {
        let said = said(&GOOD.replacen(from, to, 1));
        assert_eq!(said.len(), count, "{what}: {said:#?}");
    }
}
