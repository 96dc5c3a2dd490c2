//! Reads a small file of its own kind, so that every rule of reading is seen by itself.

use std::fmt::Write as _;

use super::{Document, Fields, FromNode, Read, Reported, Value};
use crate::config::report::{Code, Problems};

#[derive(Debug, PartialEq)]
struct File {
    listed: bool,
    unknown: Option<bool>,
    brands: Vec<Brand>,
}

#[derive(Debug, PartialEq)]
struct Brand {
    name: String,
    hosts: Vec<Host>,
    id: Option<u64>,
    logo: Option<String>,
}

#[derive(Debug, PartialEq)]
struct Host(String);

impl FromNode for Host {
    fn read(value: Value<'_>) -> Read<Self> {
        let text = value.text()?;
        if !text.contains('.') {
            value.error(Code::HostInvalid, "a host has a dot");
            return Err(Reported);
        }
        Ok(Self(text.to_owned()))
    }
}

impl FromNode for File {
    fn read(value: Value<'_>) -> Read<Self> {
        let fields = Fields::of(value)?;
        let version = fields.required::<u64>("version");
        let listed = fields.optional::<bool>("listed");
        let word = |value: Value<'_>| value.word(&[("ask", true), ("refuse", false)]);
        let unknown = fields.optional_with("unknown", word);
        let brands = fields.optional_with("brands", |value| {
            value.entries(|_, _, value| Brand::read(value))?.into_iter().collect()
        });
        fields.finish();
        version?;
        Ok(Self {
            listed: listed?.unwrap_or_default(),
            unknown: unknown?,
            brands: brands?.unwrap_or_default(),
        })
    }
}

impl FromNode for Brand {
    fn read(value: Value<'_>) -> Read<Self> {
        let fields = Fields::of(value)?;
        let name = fields.required::<String>("name");
        let hosts = fields.required::<Vec<Host>>("hosts");
        let id = fields.optional::<u64>("brand_id");
        let logo = fields.optional_with("theme", |value| {
            let fields = Fields::of(value)?;
            let logo = fields.required::<String>("logo");
            fields.finish();
            logo
        });
        fields.finish();
        Ok(Self { name: name?, hosts: hosts?, id: id?, logo: logo? })
    }
}

/// The value, if it could be read, and what was said.
fn read<T: FromNode>(source: &str) -> (Option<T>, Vec<String>) {
    let problems = Problems::default();
    let document = Document::parse(source, &problems);
    let value = document.as_ref().and_then(|it| T::read(Value::of(it, &problems)).ok());
    let said = problems.report("f", source, document.as_ref()).json();
    let said = said.as_array().unwrap().iter().map(|problem| {
        let text = |name: &str| problem[name].as_str().unwrap_or_default().to_owned();
        let place = format!("{}:{} {}", problem["line"], problem["column"], text("path"));
        format!("{place}: {} ({})", text("message"), text("hint"))
    });
    (value, said.collect())
}

#[test]
fn a_faultless_file_is_read_as_it_is_written() {
    let source = "version: 1\nlisted: true\nunknown: refuse\nbrands:\n  'no':\n    name: yes\n    \
                  hosts: [a.b, \"c.d\"]\n    theme:\n      logo: \"\"\n";
    let (file, said) = read::<File>(source);
    assert_eq!(said, [""; 0]);
    let brand = Brand {
        name: "yes".to_owned(),
        hosts: vec![Host("a.b".to_owned()), Host("c.d".to_owned())],
        id: None,
        logo: Some(String::new()),
    };
    assert_eq!(file, Some(File { listed: true, unknown: Some(false), brands: vec![brand] }));
}

#[test]
fn every_problem_is_reported_at_once_and_only_once() {
    let source = "\
listed: yes
unknown: aks
brands:
  shoes:
    hosts: [a, b.c, d]
    brand_id: '7'
    colour: red
    theme: { logo: [], extra: 1 }
  coffee:
    name: { first: x }
    hosts: a.b
    theme: { size: 1 }
  tea: hello
  games:
";
    let (file, said) = read::<File>(source);
    assert_eq!(file, None);
    let expected = [
        "1:1 : missing `version` ()",
        "1:9 listed: expected `true` or `false`, found text (write `true`)",
        "2:10 unknown: expected one of `ask`, `refuse` (did you mean `ask`?)",
        "4:3 brands.shoes: missing `name` ()",
        "5:13 brands.shoes.hosts[0]: a host has a dot ()",
        "5:21 brands.shoes.hosts[2]: a host has a dot ()",
        "6:15 brands.shoes.brand_id: expected a whole number, found text (remove the quotes)",
        "7:5 brands.shoes.colour: unknown key `colour` (known here: `name`, `hosts`, `brand_id`, \
         `theme`)",
        "8:20 brands.shoes.theme.logo: expected text, found a list (one value, without brackets \
         or dashes)",
        "8:24 brands.shoes.theme.extra: unknown key `extra` (known here: `logo`)",
        "10:11 brands.coffee.name: expected text, found a mapping (one value, without keys or braces)",
        "11:12 brands.coffee.hosts: expected a list, found text (put it in brackets: `[…]`)",
        "12:5 brands.coffee.theme: missing `logo` ()",
        "12:14 brands.coffee.theme.size: unknown key `size` (known here: `logo`)",
        "13:8 brands.tea: expected a mapping, found text ()",
        "14:3 brands.games: there is a key, and no value (write its value; what belongs to it may stand on the next lines, indented further)",
    ];
    assert_eq!(said, expected);
}

#[test]
fn a_value_that_was_refused_already_is_spoken_of_once() {
    // (what, source, whether all of the rest was read)
    let cases = [
        ("an unknown key", "version: 1\nnope: 1\n", true),
        ("a duplicate key", "version: 1\nversion: 1\n", true),
        ("a wrong type", "version: 1\nlisted: 3\n", false),
        ("a refused value", "version: 1\nlisted: *x\n", false),
        ("a missing field", "listed: true\n", false),
        ("a misspelt field", "verison: 1\n", false),
        ("a bad entry of a mapping", "version: 1\nbrands: { a: 1 }\n", false),
        ("a list at the top", "- version: 1\n", false),
    ];
    for (what, source, is_whole) in cases {
        let (file, said) = read::<File>(source);
        assert_eq!(said.len(), 1, "{what}: {said:?}");
        assert_eq!(file.is_some(), is_whole, "{what}");
    }
}

#[test]
fn numbers_and_switches_are_taken_only_in_their_plain_form() {
    for (written, expected) in [("0", Some(0)), ("18446744073709551615", Some(u64::MAX))] {
        assert_eq!(read::<Vec<u64>>(&format!("- {written}")).0, expected.map(|n| vec![n]));
    }
    for written in
        ["007", "+1", "-1", "1_000", "0x10", "1e3", "1.0", "'1'", "18446744073709551616", "~"]
    {
        let (value, said) = read::<Vec<u64>>(&format!("- {written}"));
        assert_eq!((value, said.len()), (None, 1), "{written}");
    }
    for written in ["True", "TRUE", "yes", "on", "1", "\"true\"", "null", "[]"] {
        let (value, said) = read::<Vec<bool>>(&format!("- {written}"));
        assert_eq!((value, said.len()), (None, 1), "{written}");
    }
    for (written, text) in [("007", "007"), ("no", "no"), ("'~'", "~"), ("\"null\"", "null")] {
        assert_eq!(read::<Vec<String>>(&format!("- {written}")).0, Some(vec![text.to_owned()]));
    }
}

#[test]
fn many_problems_in_a_large_file_end_soon() {
    let mut source = "version: 1\nbrands:\n".to_owned();
    for number in 0..20_000 {
        writeln!(source, "  b{number}:\n    hosts: [x, a{number}.example]").unwrap();
    }
    let (file, said) = read::<File>(&source);
    assert_eq!(file, None);
    assert!((90..=100).contains(&said.len()), "{}", said.len());
}
