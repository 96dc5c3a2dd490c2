//! What holds for every key of the file, whatever it means.

use std::collections::BTreeSet;

use super::told::{self, FULL};

/// The errors of `source`, as places, codes and paths.
fn errors(source: &str) -> Vec<(String, String, String)> {
    told::errors(source).into_iter().map(|it| (it.place(), it.code, it.path)).collect()
}

/// The lines with a key: their number from 1, the column of the key, and the line.
fn keys() -> impl Iterator<Item = (usize, usize, &'static str)> {
    let lines = FULL.lines().enumerate().filter(|(_, line)| !line.starts_with('#'));
    lines.map(|(index, line)| {
        let column = line.len() - line.trim_start_matches([' ', '-']).len() + 1;
        (index + 1, column, line)
    })
}

/// The file with another line number `number`, and without what is indented beneath it.
fn with_line(number: usize, line: &str) -> String {
    let old = FULL.lines().nth(number - 1).unwrap();
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '-']).len();
    let is_beneath = |line: &&str| indent(line) > indent(old);
    let beneath = FULL.lines().skip(number).take_while(is_beneath).count();
    let before = FULL.lines().take(number - 1);
    let lines = before.chain([line]).chain(FULL.lines().skip(number + beneath));
    lines.flat_map(|line| [line, "\n"]).collect()
}

#[test]
fn the_full_file_is_good() {
    assert_eq!(errors(FULL), []);
    assert!(keys().count() > 100);
}

#[test]
fn a_key_without_a_value_is_an_error_at_that_key() {
    for (number, column, line) in keys() {
        let (key, _) = line.split_once(':').unwrap();
        for value in ["", " # later", " ~", " null"] {
            // Of a field of Zendesk's, `null` is a value.
            if line.trim_start().starts_with("plan:") && value.len() > 1 && !value.contains('#') {
                continue;
            }
            let found = errors(&with_line(number, &format!("{key}:{value}")));
            let is_empty = |(place, code, _): &&(String, String, String)| {
                place.starts_with(&format!("{number}:")) && code == "empty-value"
            };
            assert_eq!(found.iter().filter(is_empty).count(), 1, "{key}:{value} {found:?}");
            // Whatever else is said is not about this key: a state key that a store needs, say.
            let others = found.len() - 1;
            let needed = ["state-key-missing", "proxy-missing", "backend-unknown"];
            assert!(
                found.iter().filter(|it| needed.contains(&it.1.as_str())).count() == others,
                "{key}:{value} {found:?}"
            );
            if value.is_empty() {
                let place = format!("{number}:{column}");
                assert!(found.iter().any(|it| it.0 == place), "{key}: {found:?}");
            }
        }
    }
}

#[test]
fn an_unknown_key_is_one_error_in_whatever_mapping_it_stands() {
    // Names of our users' own may be anything.
    let names = ["backends", "brands", "claims", "require", "user_fields"];
    let mut seen = BTreeSet::new();
    for (number, column, line) in keys() {
        let blanks = " ".repeat(column - 1);
        let source = with_line(number, line);
        let beneath: Vec<&str> = FULL.lines().skip(number).collect();
        let rest = FULL.lines().count() - source.lines().count();
        let (own, rest) = beneath.split_at(rest);
        let before = FULL.lines().take(number);
        let zzz = format!("{blanks}zzz: 1");
        let lines = before.chain(own.iter().copied()).chain([zzz.as_str()]);
        let source: String = lines.chain(rest.iter().copied()).flat_map(|it| [it, "\n"]).collect();
        let found = errors(&source);
        let parent = found.first().map(|it| it.2.rsplit_once('.').map_or("", |it| it.0));
        let is_name = names.iter().any(|name| {
            let last = FULL
                .lines()
                .take(number - 1)
                .filter(|it| it.starts_with(' ') || !it.starts_with('#'));
            let indent = |it: &str| it.len() - it.trim_start_matches([' ', '-']).len();
            let above = last.filter(|it| indent(it) < column - 1).last();
            above.is_some_and(|it| it.trim() == format!("{name}:"))
        });
        if is_name {
            continue;
        }
        let codes: Vec<&str> = found.iter().map(|it| it.1.as_str()).collect();
        assert!(matches!(codes.as_slice(), ["unknown-key" | "backend-key"]), "{line}: {found:?}");
        seen.insert(parent.unwrap_or_default().to_owned());
    }
    assert!(seen.len() > 20, "{seen:?}");
}
