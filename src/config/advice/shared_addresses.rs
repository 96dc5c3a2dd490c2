//! Warns where several backends may say the same addresses, unless the file says that it is meant.

use std::collections::BTreeMap;

use super::Use;
use crate::config::report::{Code, Path, Problems};
use crate::config::sections::Accepted;
use crate::domain::{BackendKey, Reserved};

/// Zendesk has one user per address, whatever the brand.
///
/// What is accepted and no longer so is known only where these are all the `uses` that there are.
pub(super) fn warn(
    uses: &[&Use<'_>],
    are_all: bool,
    reserved: &[Reserved],
    accepted: &[Accepted],
    problems: &Problems,
) {
    let overlaps = overlaps(uses, reserved);
    let is_accepted = |a: BackendKey, b: BackendKey| {
        accepted.iter().any(|it| it.backends.contains(&a) && it.backends.contains(&b))
    };
    for (who, what) in &overlaps {
        let is_open =
            |(_, a): &(&&str, &BackendKey)| who.values().any(|b| *a != b && !is_accepted(**a, *b));
        let open: Vec<String> =
            who.iter().filter(is_open).map(|(name, _)| format!("`{name}`")).collect();
        if open.is_empty() {
            continue;
        }
        let who = open.join(" and ");
        problems
            .warning(
                Code::AddressesShared,
                &Path::root().key("backends"),
                format!("{who} may say the same addresses: {what}"),
            )
            .at_key()
            .with_hint(
                "each can sign in the people of the other; `email_domains` and `reserved` keep \
                 them apart, `shared_addresses` says that it is meant",
            );
    }
    let name = |key: BackendKey| {
        let named = uses.iter().find(|one| one.key == key);
        named.map_or_else(|| "it".to_owned(), |one| format!("`{}`", one.name()))
    };
    for (index, entry) in accepted.iter().enumerate().filter(|_| are_all) {
        over(&entry.backends, &overlaps, &path().index(index), &name, problems);
    }
}

/// Warns of what is accepted and is not so, or no longer.
fn over(
    accepted: &[BackendKey],
    overlaps: &[(BTreeMap<&str, BackendKey>, &str)],
    path: &Path,
    name: &impl Fn(BackendKey) -> String,
    problems: &Problems,
) {
    let shares = |key: BackendKey| {
        let with = |who: &BTreeMap<&str, BackendKey>| {
            let has = |it: BackendKey| who.values().any(|other| *other == it);
            has(key) && accepted.iter().any(|other| *other != key && has(*other))
        };
        overlaps.iter().any(|(who, _)| with(who))
    };
    let idle: Vec<(usize, BackendKey)> =
        accepted.iter().copied().enumerate().filter(|(_, key)| !shares(*key)).collect();
    if idle.len() == accepted.len() {
        problems
            .warning(Code::SharingOver, path, "these share no addresses")
            .with_hint("leave the entry out: who reads it looks for what is not there");
        return;
    }
    for (index, key) in idle {
        problems
            .warning(
                Code::SharingOver,
                &path.key("backends").index(index),
                format!("{} shares no addresses with the others", name(key)),
            )
            .with_hint("leave it out here");
    }
}

/// Who may say the same addresses, and which.
fn overlaps<'u>(
    uses: &[&'u Use<'_>],
    reserved: &[Reserved],
) -> Vec<(BTreeMap<&'u str, BackendKey>, &'u str)> {
    let keeps_out = |key: BackendKey, domain: &str| {
        let holds = |rule: &&Reserved| rule.email_domains.iter().any(|it| it == domain);
        reserved.iter().filter(holds).any(|rule| !rule.backends.contains(&key))
    };
    let mut anywhere: BTreeMap<&str, BackendKey> = BTreeMap::new();
    let mut by_domain: BTreeMap<&str, BTreeMap<&str, BackendKey>> = BTreeMap::new();
    for one in uses {
        if one.rules.email_domains.is_empty() {
            anywhere.insert(one.name(), one.key);
        }
        for domain in &one.rules.email_domains {
            if !keeps_out(one.key, domain) {
                by_domain.entry(domain).or_default().insert(one.name(), one.key);
            }
        }
    }
    let mut overlaps = Vec::new();
    for (domain, mut who) in by_domain {
        let is_news = who.len() > 1 || who.keys().any(|name| !anywhere.contains_key(name));
        who.extend(anywhere.iter().filter(|(_, key)| !keeps_out(**key, domain)));
        if who.len() > 1 && is_news {
            overlaps.push((who, domain));
        }
    }
    if anywhere.len() > 1 {
        overlaps.push((anywhere, "any that is not reserved"));
    }
    overlaps
}

fn path() -> Path {
    Path::root().key("shared_addresses")
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use crate::config;

    /// The problems of a file with three sites, whose rules and accepted overlaps are these.
    fn problems(domains: [&str; 3], accepted: &str) -> Vec<String> {
        let mut yaml = format!(
            "version: 1
server: {{ public_url: https://sso.acme.example }}
zendesk: {{ account: acme, shared_secret: {{ env: ZENDESK }} }}
shared_addresses: {accepted}
backends:
"
        );
        for name in ["a", "b", "c"] {
            yaml += "  NAME: { type: redirect, login_url: https://NAME.example/, \
                     assertion: { algorithm: HS256, secrets: { env: S_NAME } } }\n"
                .replace("NAME", name)
                .as_str();
        }
        yaml += "brands:\n";
        for ((name, id), domains) in ["a", "b", "c"].iter().zip(1..).zip(domains) {
            let host = if id == 1 { "acme".to_owned() } else { format!("acme-{name}") };
            let rules = format!("{{ email_domains: {domains} }}");
            writeln!(
                yaml,
                "  {name}: {{ brand_id: {id}, hosts: [{host}.zendesk.com], backend: {name}, \
                 identity: {rules} }}"
            )
            .unwrap();
        }
        let unopened = config::References::Unopened;
        let loaded = config::look(&yaml, "brands.yaml", ".".as_ref(), unopened);
        let report = loaded.report.json();
        let line = |it: &serde_json::Value| {
            format!("{} {}: {}", it["code"], it["path"], it["message"]).replace('"', "")
        };
        report.as_array().unwrap().iter().map(line).collect()
    }

    #[test]
    fn what_is_accepted_is_silent_and_what_is_not_is_not() {
        let any = ["[]"; 3];
        let apart = ["[a.example]", "[b.example]", "[c.example]"];
        let two = ["[a.example]", "[a.example]", "[c.example]"];
        let all = "[{ backends: [a, b, c], reason: one company }]";
        let pair = "[{ backends: [a, b], reason: one company }]";
        let pairs = "[{ backends: [a, b], reason: x }, { backends: [b, c], reason: y }]";
        let shared = |who: &str, what: &str| {
            vec![format!("addresses-shared backends: {who} may say the same addresses: {what}")]
        };
        let unreserved = "any that is not reserved";
        let cases = [
            ("nobody shares", apart, "[]", vec![]),
            ("all do", any, "[]", shared("`a` and `b` and `c`", unreserved)),
            ("all do, and may", any, all, vec![]),
            ("two of three may", any, pair, shared("`a` and `b` and `c`", unreserved)),
            ("pair by pair, but one", any, pairs, shared("`a` and `c`", unreserved)),
            ("one domain", two, "[]", shared("`a` and `b`", "a.example")),
            ("one domain, accepted", two, pair, vec![]),
            (
                "no longer",
                apart,
                pair,
                vec!["sharing-over shared_addresses[0]: these share no addresses".to_owned()],
            ),
            (
                "one of three no longer",
                two,
                all,
                vec![
                    "sharing-over shared_addresses[0].backends[2]: `c` shares no addresses with \
                     the others"
                        .to_owned(),
                ],
            ),
        ];
        for (what, domains, accepted, expected) in cases {
            assert_eq!(problems(domains, accepted), expected, "{what}");
        }
    }

    #[test]
    fn an_entry_names_two_that_exist_and_says_why() {
        // (accepted, the codes and places of its errors)
        let cases: [(&str, &[&str]); 6] = [
            ("[{ backends: [a], reason: x }]", &["shares-nothing shared_addresses[0].backends"]),
            ("[{ backends: [a, a], reason: x }]", &["shares-nothing shared_addresses[0].backends"]),
            (
                "[{ backends: [a, z], reason: x }]",
                &["backend-unknown shared_addresses[0].backends[1]"],
            ),
            ("[{ backends: [a, b], reason: ' ' }]", &["empty-value shared_addresses[0].reason"]),
            ("[{ backends: [a, b], reason: }]", &["empty-value shared_addresses[0].reason"]),
            ("[{ backends: [a, b] }]", &["missing-key shared_addresses[0]"]),
        ];
        for (accepted, expected) in cases {
            let found = problems(["[]"; 3], accepted);
            let errors = found.iter().filter(|it| !it.contains("shared backends:"));
            let errors: Vec<&str> = errors.filter_map(|it| it.split(": ").next()).collect();
            assert_eq!(errors, expected, "{accepted}: {found:?}");
        }
    }
}
