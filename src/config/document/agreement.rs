//! Whether our reader and `serde_yaml` make the same of a document.

use serde_yaml::Value;

use super::{Document, Value as Node};
use crate::config::report::Problems;

/// What our reader makes of `source`, if nothing is wrong with it.
fn ours(source: &str) -> Option<Value> {
    let problems = Problems::default();
    let document = Document::parse(source, &problems)?;
    let json = Node::of(&document, &problems).json().ok()?;
    (!problems.has_errors()).then(|| serde_yaml::to_value(json).unwrap())
}

#[test]
fn both_readers_make_the_same_of_a_document() {
    let cases = [
        ("the example", include_str!("../../../brands.yaml")),
        ("a secret as JSON writes it", r#"s: { value: "z: \"quoted\" # \u00fc\\" }   # its own"#),
        ("empty values", "b: ~\nc: null\nd: ''\ne: \"\"\nf: []\ng: {}\n"),
        ("switches and words like them", "[true, false, 'true', \"false\", truely, nulls]"),
        ("numbers and texts of digits", "[0, 7, 360000000001, 18446744073709551615, '7', 7a]"),
        ("literal block, each ending", "a: |\n  x\n   y\n\n  z\n\nb: |-\n  x\n\nc: |+\n  x\n\n"),
        (
            "folded block, each ending",
            "a: >\n  x\n  y\n\n  z\n   w\n\nb: >-\n  x\n  y\nc: >+\n  x\n\n",
        ),
        ("block with its indent named", "a: |2\n    x\n  y\n"),
        ("plain text over lines", "a: one\n  two\n\n  three\nb: x\n"),
        ("single quotes", "a: 'it''s # no comment: [x]'\nb: 'one\n  two\n\n  three'\n"),
        (
            "double quotes",
            r#"{ a: "tab\t, \"x\", \\, \u00fc, \x41, \/", b: "one \
           two" }"#,
        ),
        ("flow style over lines", "a: { b: [1, { c: d }, [e]], 'f g': h,\n  i: j }\n"),
        ("lists of mappings", "a:\n- b: 1\n  c: 2\n-\n  - d\n  - - e\n- f: { g: h }\n"),
        ("a list as deep as its key", "a:\n- 1\n- 2\nb: 3\n"),
        ("comments", "# x\na: b # c\n# d\n\n  # e\nf: 'g' # h\ni: j#k\n"),
        ("marks around it", "%YAML 1.2\n---\na: b\n...\n"),
        ("Windows lines", "a: b\r\nc:\r\n  - d\r\n  - |\r\n    e\r\n    f\r\n"),
        ("a mark at the start", "\u{feff}a: ü\n"),
        ("colons and hashes in words", "a: b:c\nd: http://x.example/#y\ne: '#0b5fff'\nf: -x\n"),
        ("keys in quotes", "'a b': 1\n\"c\\td\": 2\n"),
        ("a list at the top", "- a\n- b: c\n"),
    ];
    for (what, source) in cases {
        let theirs: Value = serde_yaml::from_str(source).unwrap_or_else(|error| {
            panic!("{what}: serde_yaml cannot read it: {error}");
        });
        assert_eq!(ours(source), Some(theirs), "{what}");
    }
}

/// Where the two differ, ours says no, or takes for text what no key of ours takes at all.
#[test]
fn where_they_differ_ours_is_the_narrower() {
    let refused = [
        ("an anchor", "a: &x 1\n"),
        ("an alias", "a: &x 1\nb: *x\n"),
        ("a tag", "a: !!str 1\n"),
        ("a key that is a list", "[a]: b\n"),
        ("a second document", "a: 1\n---\nb: 2\n"),
        ("a key given twice", "a: 1\na: 2\n"),
        ("a key and no value", "a:\n"),
    ];
    for (what, source) in refused {
        assert_eq!(ours(source), None, "{what}");
    }
    for written in ["-1", "1.5", "1e3", "0x10", "007", ".inf", "True"] {
        assert_eq!(ours(written), Some(Value::String(written.to_owned())), "{written}");
    }
}
