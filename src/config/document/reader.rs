//! Reads plain serde types from a document and reports every problem on the way.
//!
//! Serde stops at the first error. So what cannot be read is reported, replaced by a
//! placeholder, and reading goes on; where that is not possible, the whole document is read
//! again with the part left out. Whoever reads on checks `Problems::has_errors` at the end.

use serde::de::DeserializeOwned;

use super::{ledger::Ledger, tree::Document};
use crate::config::report::{code::Code, path::Path, problem::Problems};

impl Document<'_> {
    /// Reads the document as a `T`, with placeholders for what could not be read.
    ///
    /// Nothing only if no placeholder could help. Of what is reported later, all that is about a
    /// placeholder is left unsaid.
    pub(crate) fn read<T: DeserializeOwned>(&self, problems: &mut Problems) -> Option<T> {
        let value = Ledger::read(self.root(), problems);
        if value.is_none() && !problems.has_errors() {
            problems.error(
                Code::FileTooLarge,
                &Path::root(),
                "the file is too large to be checked",
            );
        }
        value
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, fmt::Write};

    use serde::{
        Deserialize, Deserializer,
        de::{
            MapAccess, SeqAccess, Visitor,
            value::{MapAccessDeserializer, SeqAccessDeserializer},
        },
    };

    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct File {
        version: u8,
        #[serde(default)]
        listed: bool,
        #[serde(default)]
        unknown: Option<Unknown>,
        #[serde(default)]
        brands: BTreeMap<String, Brand>,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Brand {
        name: String,
        hosts: Vec<Host>,
        #[serde(rename = "brand_id")]
        id: Option<u64>,
        theme: Option<Theme>,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Theme {
        logo: String,
        size: (u16, u16),
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "snake_case")]
    enum Unknown {
        Ask,
        Refuse,
        Brand(String),
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(try_from = "String")]
    struct Host(String);

    impl TryFrom<String> for Host {
        type Error = String;

        fn try_from(text: String) -> Result<Self, String> {
            if text.contains('.') { Ok(Self(text)) } else { Err("a host has a dot".to_owned()) }
        }
    }

    /// The value, if no placeholder is in it, and what was said.
    fn read<T: DeserializeOwned>(source: &str) -> (Option<T>, Vec<String>) {
        let mut problems = Problems::default();
        let document = Document::parse(source, &mut problems);
        let value = document.as_ref().and_then(|document| document.read(&mut problems));
        let said = problems.report("f", source, document.as_ref()).json();
        let said = said.as_array().unwrap().iter().map(|problem| {
            let text = |name: &str| problem[name].as_str().unwrap_or_default().to_owned();
            let place = format!("{}:{} {}", problem["line"], problem["column"], text("path"));
            format!("{place}: {} ({})", text("message"), text("hint"))
        });
        let said: Vec<String> = said.collect();
        let leaves_a_gap =
            |said: &String| !said.contains(" key `") && !said.contains("given twice");
        (value.filter(|_| !said.iter().any(leaves_a_gap)), said)
    }

    #[test]
    fn what_could_not_be_read_does_not_hide_the_rest() {
        let source = "version: 1\nbrands:\n  shoes: { hosts: [a, b.c] }\n  tea: 7\n";
        let mut problems = Problems::default();
        let document = Document::parse(source, &mut problems).unwrap();
        let file: File = document.read(&mut problems).unwrap();
        assert!(file.brands["shoes"].hosts.contains(&Host("b.c".to_owned())));
        let shoes = Path::root().key("brands").key("shoes");
        problems.error(Code::InvalidValue, &shoes.key("name"), "about a placeholder");
        problems.error(
            Code::InvalidValue,
            &shoes.key("hosts").index(0).key("x"),
            "beneath a placeholder",
        );
        problems.error(Code::InvalidValue, &shoes.key("hosts").index(1), "about the rest");
        let text = problems.report("f", source, Some(&document)).text(false);
        assert!(text.contains("about the rest") && !text.contains("placeholder"), "{text}");
    }

    #[test]
    fn a_faultless_file_is_read_as_it_is_written() {
        let source = "version: 1\nlisted: true\nunknown: { brand: 007 }\nbrands:\n  'no':\n    \
                      name: yes\n    hosts: [a.b, \"c.d\"]\n    \
                      theme:\n      logo: \"\"\n      size: [1, 65535]\n";
        let (file, said) = read::<File>(source);
        assert_eq!(said, [""; 0]);
        let brand = Brand {
            name: "yes".to_owned(),
            hosts: vec![Host("a.b".to_owned()), Host("c.d".to_owned())],
            id: None,
            theme: Some(Theme { logo: String::new(), size: (1, 65535) }),
        };
        let expected = File {
            version: 1,
            listed: true,
            unknown: Some(Unknown::Brand("007".to_owned())),
            brands: BTreeMap::from([("no".to_owned(), brand)]),
        };
        assert_eq!(file, Some(expected));
    }

    #[test]
    fn every_problem_is_reported_at_once_and_only_once() {
        let source = "\
verison: 1
listed: yes
unknown: aks
brands:
  shoes:
    hosts: [a, b.c, d]
    brand_id: '7'
    colour: red
    theme: { logo: [], size: [1, 2, 3], extra: 1 }
  coffee:
    name: { first: x }
    hosts: a.b
    theme: { size: [99999, -1] }
  tea: hello
  games:
";
        let (file, said) = read::<File>(source);
        assert_eq!(file, None);
        let expected = [
            "1:1 : missing `version` ()",
            "1:1 verison: unknown key `verison` (did you mean `version`?)",
            "2:9 listed: expected `true` or `false`, found text (write `true`)",
            "3:10 unknown: expected one of `ask`, `refuse`, `brand` (did you mean `ask`?)",
            "5:3 brands.shoes: missing `name` ()",
            "6:13 brands.shoes.hosts[0]: a host has a dot ()",
            "6:21 brands.shoes.hosts[2]: a host has a dot ()",
            "7:15 brands.shoes.brand_id: expected a whole number, found text (remove the quotes)",
            "8:5 brands.shoes.colour: unknown key `colour` (known here: `name`, `hosts`, \
             `brand_id`, `theme`)",
            "9:20 brands.shoes.theme.logo: expected text, found a list ()",
            "9:30 brands.shoes.theme.size: expected a list of 2, found one of 3 ()",
            "9:41 brands.shoes.theme.extra: unknown key `extra` (known here: `logo`, `size`)",
            "11:11 brands.coffee.name: expected text, found a mapping ()",
            "12:12 brands.coffee.hosts: expected a list, found text (put it in brackets: `[…]`)",
            "13:5 brands.coffee.theme: missing `logo` ()",
            "13:21 brands.coffee.theme.size[0]: expected a whole number up to 65535, found a \
             larger one ()",
            "13:28 brands.coffee.theme.size[1]: expected a whole number, found a number (write \
             digits only)",
            "14:8 brands.tea: expected a mapping, found text ()",
            "15:3 brands.games: expected a mapping, found nothing (write its value, or \
             leave the key out)",
        ];
        assert_eq!(said, expected);
    }

    #[test]
    fn unknown_keys_leave_no_gap_but_everything_else_does() {
        // (what, source, whether the rest can be checked further)
        let cases = [
            ("an unknown key", "version: 1\nnope: 1\n", true),
            ("a duplicate key", "version: 1\nversion: 1\n", true),
            ("a wrong type", "version: 1\nlisted: 3\n", false),
            ("a refused value", "version: 1\nlisted: *x\n", false),
            ("a missing field", "listed: true\n", false),
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
    fn a_key_without_a_value_is_never_as_good_as_none() {
        let brand = "version: 1\nbrands:\n  a:\n    name: A\n    hosts: [a.b]\n    ";
        for (key, place) in [("brand_id", "6:5"), ("theme", "6:5")] {
            for value in ["", " ~", " null", " # 7"] {
                let (file, said) = read::<File>(&format!("{brand}{key}:{value}\n"));
                assert!(file.is_none() && said.len() == 1, "{key}:{value}: {said:?}");
                let place = if value.contains(['~', 'u']) { "6:" } else { place };
                assert!(said[0].starts_with(place), "{said:?}");
                assert!(said[0].contains("there is a key, and no value"), "{said:?}");
            }
        }
        for source in ["version:\n", "version: 1\nlisted:\n", "version: 1\nunknown:\n"] {
            let (file, said) = read::<File>(source);
            assert!(file.is_none() && said.len() == 1, "{source}: {said:?}");
        }
        let (_, said) = read::<File>("version: 1\nlisted: #0b5fff\n");
        assert!(said[0].contains("needs quotes"), "{said:?}");
        assert!(read::<Vec<Option<String>>>("['', a]").0.is_some(), "an empty text is a text");
    }

    #[test]
    fn a_type_that_no_placeholder_fits_is_left_out_with_what_is_around_it() {
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Outer {
            inner: Inner,
            #[serde(rename = "count")]
            _count: u8,
        }
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Inner {
            #[serde(rename = "host")]
            _host: Host,
        }
        let (value, said) = read::<Outer>("inner: { host: x, b: 1 }\ncount: y\n");
        assert!(value.is_none_or(|outer| format!("{:?}", outer.inner).is_empty()));
        let expected = [
            "1:16 inner.host: a host has a dot ()",
            "1:19 inner.b: unknown key `b` (known here: `host`)",
            "2:8 count: expected a whole number, found text ()",
        ];
        assert_eq!(said, expected);
    }

    #[test]
    fn structs_behind_a_choice_of_types_are_read_as_carefully() {
        #[derive(Debug, PartialEq)]
        struct OneOrMany(Vec<Theme>);
        struct Either;
        impl<'de> Deserialize<'de> for OneOrMany {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(Either)
            }
        }
        impl<'de> Visitor<'de> for Either {
            type Value = OneOrMany;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a mapping or a list")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<OneOrMany, A::Error> {
                Theme::deserialize(MapAccessDeserializer::new(map)).map(|one| OneOrMany(vec![one]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<OneOrMany, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(seq)).map(OneOrMany)
            }
        }
        let theme = || Theme { logo: "a".to_owned(), size: (1, 2) };
        let source = "x: { logo: a, size: [1, 2] }\ny: [{ logo: a, size: [1, 2] }]\n";
        let (value, said) = read::<BTreeMap<String, OneOrMany>>(source);
        assert_eq!(said, [""; 0]);
        let expected = ["x", "y"].map(|key| (key.to_owned(), OneOrMany(vec![theme()])));
        assert_eq!(value, Some(BTreeMap::from(expected)));

        let source = "x: { lgoo: a, size: [1, 2], hue: 1 }\ny: [{ logo: [], siez: 1 }]\nz: 7\n\
                      last: { logo: a, size: [1, 2], z: 1 }\n";
        let (value, said) = read::<BTreeMap<String, OneOrMany>>(source);
        assert_eq!(value, None);
        let expected = [
            "1:1 x: missing `logo` ()",
            "1:6 x.lgoo: unknown key `lgoo` (did you mean `logo`?)",
            "1:29 x.hue: unknown key `hue` (known here: `logo`, `size`)",
            "2:5 y[0]: missing `size` ()",
            "2:13 y[0].logo: expected text, found a list ()",
            "2:17 y[0].siez: unknown key `siez` (did you mean `size`?)",
            "3:4 z: expected a mapping or a list, found a number ()",
            "4:32 last.z: unknown key `z` (known here: `logo`, `size`)",
        ];
        assert_eq!(said, expected);
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
}
