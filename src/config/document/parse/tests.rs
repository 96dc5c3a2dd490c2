//! What the parser refuses, where, and how much it takes.

use std::fmt::Write;

use super::*;
use crate::config::document::Document;

fn said(source: &str) -> (bool, Vec<String>) {
    let problems = Problems::default();
    let document = Document::parse(source, &problems);
    let report = problems.report("f", source, document.as_ref()).json();
    let line = |problem: &serde_json::Value| {
        let message = problem["message"].as_str().unwrap();
        format!("{}:{} {message}", problem["line"], problem["column"])
    };
    (document.is_some(), report.as_array().unwrap().iter().map(line).collect())
}

#[test]
fn what_a_configuration_has_no_use_for_is_refused_in_its_place() {
    // (source, whether there is a document all the same, problems)
    let cases: &[(&str, bool, &[&str])] = &[
        ("\u{feff}a: 1\r\nb: 2\r\n", true, &[]),
        ("", false, &["1:1 the file holds no settings"]),
        ("# nothing\n", false, &["1:1 the file holds no settings"]),
        ("---\n", false, &["1:1 the file holds no settings"]),
        (
            "a: 1\nb: 2\na: 3\na: 4\n",
            true,
            &["3:1 `a` is given twice, first on line 1", "4:1 `a` is given twice, first on line 1"],
        ),
        (
            "a: { b: 1, c: 1, 'b': 1 }\na: { d: 1, d: 1 }",
            true,
            &[
                "1:18 `b` is given twice, first on line 1",
                "2:1 `a` is given twice, first on line 1",
                "2:12 `d` is given twice, first on line 2",
            ],
        ),
        (
            "a: &x 1\nb: *x\nc: *y\nd: &z [1]\n",
            true,
            &[
                "1:4 anchors (`&`) are not allowed",
                "2:4 aliases (`*`) are not allowed",
                "3:4 aliases (`*`) are not allowed",
                "4:4 anchors (`&`) are not allowed",
            ],
        ),
        (
            "a: !!str 1\nb: ! {}\nc: !x\n",
            true,
            &[
                "1:4 tags (`!`) are not allowed",
                "2:4 tags (`!`) are not allowed",
                "3:4 tags (`!`) are not allowed",
            ],
        ),
        ("a: 1\n<<: { b: 1 }\n", true, &["2:1 merge keys (`<<`) are not allowed"]),
        ("a: 1\n---\nb: 2\n", false, &["2:1 a second document is not allowed"]),
        (
            "[a]: 1\n{ b: c }: 2\n: 3\n~: 4\n",
            true,
            &[
                "1:1 a key must be text, not a list or a mapping",
                "2:1 a key must be text, not a list or a mapping",
                "3:1 a key is missing before this `:`",
                "4:1 a key is missing before this `:`",
            ],
        ),
        (
            "a: 1\nb: \0\n",
            false,
            &["2:4 the control character U+0000 does not belong in this file"],
        ),
        ("a: \u{85}", false, &["1:4 the control character U+0085 does not belong in this file"]),
        ("a: b\u{feff}", false, &["1:5 the control character U+FEFF does not belong in this file"]),
        ("a: \"\\0\"\n", true, &["1:4 an escape in this text stands for a control character"]),
        ("a: \"\\e[31m\"\n", true, &["1:4 an escape in this text stands for a control character"]),
        ("a: b: c\n", false, &["1:5 a `:` is not allowed here"]),
        ("a: 'b\n", false, &["1:4 this quote is not closed"]),
        ("a: [b\n", false, &["1:4 this bracket is not closed"]),
        ("a: {b: c\n", false, &["1:4 this bracket is not closed"]),
        ("a: [b}\n", false, &["1:4 this bracket does not match"]),
        ("a:\n\tb: c\n", false, &["2:2 a tab cannot be used for indentation"]),
        ("a: 'b' c\n", false, &["1:8 there is text after the closing quote"]),
        ("a: 1\nb\nc: 2\n", false, &["2:1 a `:` is missing on this line"]),
        ("a: @b\n", false, &["1:4 a value cannot begin like this"]),
    ];
    for (source, is_document, expected) in cases {
        assert_eq!(
            said(source),
            (*is_document, expected.iter().map(|&s| s.to_owned()).collect()),
            "{source:?}"
        );
    }
}

#[test]
fn depth_has_a_limit() {
    let deep = |depth: usize| format!("a: {}{}", "[".repeat(depth), "]".repeat(depth));
    assert_eq!(said(&deep(60)), (true, vec![]));
    for source in [deep(65), deep(100_000), "- ".repeat(100), "{ a: ".repeat(1000)] {
        let (is_document, said) = said(&source);
        assert!(!is_document);
        assert!(said.concat().ends_with("values are nested more than 64 deep"), "{said:?}");
    }
    let mut mixed = String::new();
    for depth in 0..40 {
        writeln!(mixed, "{}a:", " ".repeat(depth)).unwrap();
    }
    writeln!(mixed, "{}{}", " ".repeat(41), deep(40)).unwrap();
    assert!(said(&mixed).1.concat().ends_with("64 deep"));
}

#[test]
fn keys_and_values_have_a_limit() {
    let said = |source: &str| {
        let (lines, problems) = (Lines::new(source), Problems::default());
        let part = Part::Included { before: MOST - 6 };
        let is_read = parse(part, source, &lines, &problems).is_some();
        let report = problems.report("f", source, None).json();
        (is_read, report.to_string())
    };
    assert_eq!(said("a: [1, 2, 3]"), (true, "[]".to_owned()));
    for source in ["a: [1, 2, 3, 4]", "a: 1\nb: 2\nc: 3\n", "[[[[[[[]]]]]]]"] {
        let (is_read, report) = said(source);
        assert!(!is_read && report.contains("more than 6 keys and values"), "{report}");
    }
}

#[test]
fn a_hundred_thousand_hosts_are_read_in_linear_time() {
    let mut source = "brands:\n".to_owned();
    for number in 0..100_000 {
        writeln!(source, "  b{number}: {{ hosts: [h{number}.example] }}").unwrap();
    }
    source.push_str("  b99999: x\n");
    let (is_document, said) = said(&source);
    assert!(is_document);
    assert_eq!(said, ["100002:3 `b99999` is given twice, first on line 100001"]);
}
