//! Warns where several backends may say the same addresses, unless the file says that it is meant.

use std::collections::{BTreeMap, BTreeSet};

use super::Use;
use crate::config::document::Reporter;
use crate::config::report::{Code, Path};
use crate::config::sections::AcceptedOverlap;
use crate::domain::{BackendKey, Reserved};

/// Most backends that one warning names; of the others, how many there are.
const MOST_NAMES: usize = 10;

/// Zendesk has one user per address, whatever the brand.
///
/// What is accepted and no longer so is known only where these are all the `uses` that there are.
pub(super) fn warn(
    uses: &[&Use<'_>],
    are_all: bool,
    reserved: &[Reserved],
    accepted: &[AcceptedOverlap],
    problems: &Reporter<'_>,
) {
    let overlaps = Overlaps::of(uses, reserved);
    let groups = Groups::of(accepted);
    for (who, what) in overlaps.iter() {
        if accepted.is_empty() {
            report(who.names(), who.len(), what, problems);
            continue;
        }
        let mut who: Vec<_> = who.all().collect();
        who.sort_unstable();
        let open: Vec<&str> = groups.open(&who);
        report(open.iter().copied(), open.len(), what, problems);
    }
    let name = |key: BackendKey| {
        let named = uses.iter().find(|one| one.key == key);
        named.map_or_else(|| "it".to_owned(), |one| format!("`{}`", one.name()))
    };
    for (index, entry) in accepted.iter().enumerate().filter(|_| are_all) {
        over(&entry.backends, &overlaps, &path().index(index), &name, problems);
    }
}

/// Warns that `count` backends may say the same addresses.
fn report<'n>(
    names: impl Iterator<Item = &'n str>,
    count: usize,
    what: &str,
    problems: &Reporter<'_>,
) {
    if count == 0 {
        return;
    }
    let names: Vec<String> = names.take(MOST_NAMES).map(|name| format!("`{name}`")).collect();
    let others = count.saturating_sub(names.len());
    let who = match names.join(" and ") {
        who if others > 0 => format!("{who} and {others} others"),
        who => who,
    };
    problems
        .warning(
            Code::AddressesShared,
            &Path::root().key("backends"),
            format!("{who} may say the same addresses: {what}"),
        )
        .at_key()
        .with_hint(
            "each can sign in the people of the other; `email_domains` and `reserved` keep them \
             apart, `shared_addresses` says that it is meant",
        );
}

/// In which of the accepted entries each backend is.
struct Groups(BTreeMap<BackendKey, Vec<usize>>);

impl Groups {
    fn of(accepted: &[AcceptedOverlap]) -> Self {
        let mut groups: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (index, entry) in accepted.iter().enumerate() {
            for key in &entry.backends {
                groups.entry(*key).or_default().push(index);
            }
        }
        Self(groups)
    }

    fn of_one(&self, key: BackendKey) -> &[usize] {
        self.0.get(&key).map_or(&[], Vec::as_slice)
    }

    /// Those of `who` of whom it is not accepted that they share addresses with all the others.
    fn open<'u>(&self, who: &[(&'u str, BackendKey)]) -> Vec<&'u str> {
        let mut members: BTreeMap<usize, usize> = BTreeMap::new();
        for group in who.iter().flat_map(|(_, key)| self.of_one(*key)) {
            *members.entry(*group).or_default() += 1;
        }
        let holds_all = |group: &usize| members.get(group) == Some(&who.len());
        let is_open = |(_, key): &&(&str, BackendKey)| match self.of_one(*key) {
            [] => true,
            [only] => !holds_all(only),
            several => who.iter().any(|(_, other)| {
                other != key && !self.of_one(*other).iter().any(|it| several.contains(it))
            }),
        };
        who.iter().filter(is_open).map(|(name, _)| *name).collect()
    }
}

/// Warns of what is accepted and is not so, or no longer.
fn over(
    accepted: &[BackendKey],
    overlaps: &Overlaps<'_>,
    path: &Path,
    name: &impl Fn(BackendKey) -> String,
    problems: &Reporter<'_>,
) {
    let accepted_set: BTreeSet<BackendKey> = accepted.iter().copied().collect();
    let mut sharing: BTreeSet<BackendKey> = BTreeSet::new();
    for (who, _) in overlaps.iter() {
        let among: Vec<_> =
            who.all().map(|(_, key)| key).filter(|key| accepted_set.contains(key)).collect();
        if among.len() > 1 {
            sharing.extend(among);
        }
    }
    let idle: Vec<(usize, BackendKey)> =
        accepted.iter().copied().enumerate().filter(|(_, key)| !sharing.contains(key)).collect();
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

/// Backends by their names.
type Backends<'u> = BTreeMap<&'u str, BackendKey>;

/// Who may say the same addresses, and which.
struct Overlaps<'u> {
    /// Who may say any address that is not reserved.
    anywhere: Backends<'u>,
    /// Who may say those of one domain by its name.
    by_domain: BTreeMap<&'u str, Backends<'u>>,
    /// Who is kept out of a domain: everybody whom one of these does not name.
    reserved: BTreeMap<&'u str, Vec<&'u Reserved>>,
    /// Of those who may say any address, who may say those of a reserved domain, too.
    admitted: BTreeMap<&'u str, Backends<'u>>,
}

/// Those who may say the addresses of one domain, or of any.
struct Who<'o, 'u> {
    overlaps: &'o Overlaps<'u>,
    own: Option<(&'u str, &'o Backends<'u>)>,
}

impl<'u> Overlaps<'u> {
    fn of(uses: &[&'u Use<'_>], reserved: &'u [Reserved]) -> Self {
        let mut rules: BTreeMap<&str, Vec<&Reserved>> = BTreeMap::new();
        for rule in reserved {
            for domain in &rule.email_domains {
                rules.entry(domain).or_default().push(rule);
            }
        }
        let (anywhere, by_domain) = (BTreeMap::new(), BTreeMap::new());
        let mut all = Self { anywhere, by_domain, reserved: rules, admitted: BTreeMap::new() };
        for one in uses {
            if one.rules.email_domains.is_empty() {
                all.anywhere.insert(one.name(), one.key);
            }
            for domain in &one.rules.email_domains {
                if !all.keep_out(one.key, domain) {
                    all.by_domain.entry(domain).or_default().insert(one.name(), one.key);
                }
            }
        }
        all.admit();
        all
    }

    /// Finds them among those whom a rule names: to ask everybody about every domain grows with the
    /// square of a table in which each brand has a domain reserved.
    fn admit(&mut self) {
        let names: BTreeMap<_, _> = self.anywhere.iter().map(|(name, key)| (*key, *name)).collect();
        for (domain, rules) in &self.reserved {
            let holders = rules.first().map_or(&[][..], |rule| &rule.backends);
            let is_free = |key: &&BackendKey| !self.keep_out(**key, domain);
            let free = holders.iter().filter(is_free);
            let free = free.filter_map(|key| Some((*names.get(key)?, *key)));
            self.admitted.insert(domain, free.collect());
        }
    }

    fn keep_out(&self, key: BackendKey, domain: &str) -> bool {
        let rules = self.reserved.get(domain);
        rules.is_some_and(|rules| rules.iter().any(|rule| !rule.backends.contains(&key)))
    }

    /// Every set of addresses that several may say, unless another says the same of more.
    fn iter(&self) -> impl Iterator<Item = (Who<'_, 'u>, &'u str)> {
        let domains = self.by_domain.iter().filter_map(|(domain, own)| {
            let is_news = own.len() > 1 || own.keys().any(|name| !self.anywhere.contains_key(name));
            let who = Who { overlaps: self, own: Some((*domain, own)) };
            (is_news && who.all().nth(1).is_some()).then_some((who, *domain))
        });
        let any = Who { overlaps: self, own: None };
        let any = (self.anywhere.len() > 1).then_some((any, "any that is not reserved"));
        domains.chain(any)
    }
}

impl<'u> Who<'_, 'u> {
    fn all(&self) -> impl Iterator<Item = (&'u str, BackendKey)> {
        let own = self.own.map(|(_, own)| own);
        let admitted = self.own.and_then(|(domain, _)| self.overlaps.admitted.get(domain));
        let is_other = move |name: &str| own.is_none_or(|own| !own.contains_key(name));
        let anywhere = admitted.unwrap_or(&self.overlaps.anywhere).iter();
        let anywhere = anywhere.filter(move |(name, _)| is_other(name));
        let own = own.into_iter().flatten();
        own.chain(anywhere).map(|(name, key)| (*name, *key))
    }

    /// Their names, in order, as far as anybody reads them.
    fn names(&self) -> impl Iterator<Item = &'u str> {
        // Both parts are in order, so that the first of all are among the first of each.
        let own = self.own.map(|(_, own)| own.len()).unwrap_or_default();
        let mut first: Vec<&str> =
            self.all().map(|(name, _)| name).take(own + MOST_NAMES).collect();
        first.sort_unstable();
        first.into_iter()
    }

    fn len(&self) -> usize {
        let anywhere = &self.overlaps.anywhere;
        match self.own {
            Some((domain, _)) if self.overlaps.admitted.contains_key(domain) => self.all().count(),
            Some((_, own)) => {
                let others = own.keys().filter(|name| !anywhere.contains_key(*name));
                anywhere.len() + others.count()
            }
            None => anywhere.len(),
        }
    }
}

fn path() -> Path {
    Path::root().key("shared_addresses")
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use crate::config::tests::told::{ReportedProblem, told};

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
        let line = |it: &ReportedProblem| format!("{} {}: {}", it.code, it.path, it.message);
        told(&yaml).iter().map(line).collect()
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
    fn a_reserved_domain_is_shared_by_those_whom_its_rules_name() {
        let shared = |who: &str, what: &str| {
            format!("addresses-shared backends: {who} may say the same addresses: {what}")
        };
        let elsewhere = shared("`b` and `c`", "any that is not reserved");
        // Who may say the addresses of `a.example`, by each rule, and who shares them.
        let cases = [
            ("[a]", "[a]", None),
            ("[a, b]", "[a, b]", Some("`a` and `b`")),
            ("[c, a]", "[a, c]", Some("`a` and `c`")),
            ("[b, c]", "[b, c]", None),
            ("[a, b]", "[a, c]", None),
            ("[a, b, c]", "[a, c]", Some("`a` and `c`")),
            ("[c, b, a]", "[a, b, c]", Some("`a` and `b` and `c`")),
        ];
        for (one, other, who) in cases {
            let rules = [one, other]
                .map(|it| format!("{{ email_domains: [a.example], backends: {it} }}"))
                .join(", ");
            let found = problems(["[a.example]", "[]", "[]"], &format!("[]\nreserved: [{rules}]"));
            let expected: Vec<_> = who
                .map(|who| shared(who, "a.example"))
                .into_iter()
                .chain([elsewhere.clone()])
                .collect();
            assert_eq!(found, expected, "{one} and {other}");
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
