//! What an account's brands and a `brands.yaml` do not say alike.

use std::collections::{HashMap, HashSet};
use std::fmt;

use super::brands::ZendeskBrand;
use crate::domain::{Brand, Brands};

/// A difference between the file and Zendesk.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Drift {
    /// What kind of difference it is.
    pub kind: DriftKind,
    /// The brand, as the file or Zendesk calls it.
    pub brand: String,
    /// What to do about it.
    pub message: String,
}

/// How a brand of Zendesk's and one of the file differ.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum DriftKind {
    /// Zendesk has a brand that the file has not.
    BrandMissing,
    /// The file has one that Zendesk has not.
    BrandGone,
    /// The file has one that is not in use.
    BrandInactive,
    /// Its number differs, or is not in the file.
    IdDiffers,
    /// Zendesk has a host that the file has not.
    HostMissing,
    /// The file has a host that Zendesk has not.
    HostNotMapped,
}

impl DriftKind {
    /// The word for it in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BrandMissing => "brand-missing",
            Self::BrandGone => "brand-gone",
            Self::BrandInactive => "brand-inactive",
            Self::IdDiffers => "brand-id-differs",
            Self::HostMissing => "host-missing",
            Self::HostNotMapped => "host-not-mapped",
        }
    }
}

impl fmt::Display for Drift {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.brand, self.message)
    }
}

/// Everything in which the file's `brands` differ from those that Zendesk has.
pub fn drift(brands: &Brands, zendesk: &[ZendeskBrand]) -> Vec<Drift> {
    let account = brands.account();
    let by_id: HashMap<u64, &ZendeskBrand> = zendesk.iter().map(|it| (it.id, it)).collect();
    let mut by_host: HashMap<String, &ZendeskBrand> = HashMap::new();
    for brand in zendesk.iter().filter(|it| !it.is_deleted) {
        by_host.extend(brand.hosts(account).into_iter().map(|host| (host, brand)));
    }
    let (mut found, mut seen) = (Vec::new(), HashSet::new());
    for (_, brand) in brands.iter() {
        // Its hosts say which it is; its number, where it has none of Zendesk's any more.
        let by_hosts = brand.hosts().find_map(|host| by_host.get(host.as_str()).copied());
        let theirs = by_hosts.or_else(|| by_id.get(&brand.id?.0).copied());
        match theirs {
            Some(theirs) => {
                seen.insert(theirs.id);
                compare(brand, theirs, &theirs.hosts(account), &mut found);
            }
            None => found.push(Drift {
                kind: DriftKind::BrandGone,
                brand: brand.name.to_string(),
                message: "Zendesk has no brand with any of its hosts, nor of its number".to_owned(),
            }),
        }
    }
    for brand in zendesk.iter().filter(|it| it.is_in_use() && !seen.contains(&it.id)) {
        found.push(Drift {
            kind: DriftKind::BrandMissing,
            brand: brand.name.clone(),
            message: format!(
                "is not in the file: brand_id: {}, hosts: [{}]",
                brand.id,
                brand.hosts(account).join(", ")
            ),
        });
    }
    found
}

fn compare(brand: &Brand, theirs: &ZendeskBrand, hosts: &[String], found: &mut Vec<Drift>) {
    let mut add = |kind: DriftKind, message: String| {
        found.push(Drift { kind, brand: brand.name.to_string(), message });
    };
    if !theirs.is_in_use() {
        let what = if theirs.is_deleted { "deleted" } else { "not active" };
        add(DriftKind::BrandInactive, format!("is {what} at Zendesk: nobody comes from there"));
    }
    match brand.id {
        None => add(DriftKind::IdDiffers, format!("has no brand_id; it is {}", theirs.id)),
        Some(id) if id.0 != theirs.id => {
            add(DriftKind::IdDiffers, format!("has brand_id {id}; Zendesk says {}", theirs.id));
        }
        Some(_) => {}
    }
    for host in hosts.iter().filter(|host| !brand.hosts().any(|it| it.as_str() == **host)) {
        add(DriftKind::HostMissing, format!("lacks the host {host}, which Zendesk has"));
    }
    for host in brand.hosts().filter(|it| !hosts.iter().any(|host| host == it.as_str())) {
        add(
            DriftKind::HostNotMapped,
            format!("has the host {host}, which is not mapped at Zendesk"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::{ZendeskBrand, drift};
    use crate::config;

    fn theirs(id: u64, subdomain: &str, mapped: Option<&str>) -> ZendeskBrand {
        ZendeskBrand {
            id,
            name: format!("Acme {subdomain}"),
            subdomain: subdomain.to_owned(),
            host_mapping: mapped.map(str::to_owned),
            active: true,
            is_deleted: false,
        }
    }

    /// What has drifted from a file with these brands.
    fn said(brands: &str, zendesk: &[ZendeskBrand]) -> String {
        let yaml = format!(
            "version: 1\nserver: {{ public_url: https://sso.acme.example }}\nzendesk: {{ account: acme, \
             shared_secret: {{ value: zendesk-secret-0123456789abcdef0123 }} }}\nbackends: {{ n: {{ type: \
             zendesk }} }}\nbrands:\n{brands}"
        );
        let config = config::read(&yaml, "brands.yaml", ".".as_ref()).config.unwrap();
        let found = drift(&config.table.brands, zendesk);
        found.iter().map(|it| format!("{} {it}", it.kind.as_str())).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn what_differs_is_named_with_what_to_write() {
        let shoes = "  shoes: { brand_id: 1, hosts: [help.shoes.example, shoes.zendesk.com], backend: n }\n";
        let zendesk = [theirs(1, "shoes", Some("Help.Shoes.example"))];
        assert_eq!(said(shoes, &zendesk), "");
        assert_eq!(
            said(shoes, &[]),
            "brand-gone shoes: Zendesk has no brand with any of its hosts, nor of its number"
        );
        let cases = [
            (
                theirs(2, "shoes", Some("help.shoes.example")),
                "brand-id-differs shoes: has brand_id 1; Zendesk says 2",
            ),
            (
                theirs(1, "shoes", None),
                "host-not-mapped shoes: has the host help.shoes.example, which is not mapped at Zendesk",
            ),
            (
                theirs(1, "boots", Some("help.shoes.example")),
                "host-missing shoes: lacks the host boots.zendesk.com, which Zendesk has\nhost-not-mapped shoes: has the host shoes.zendesk.com, which is not mapped at Zendesk",
            ),
            (
                ZendeskBrand { active: false, ..zendesk[0].clone() },
                "brand-inactive shoes: is not active at Zendesk: nobody comes from there",
            ),
            (
                ZendeskBrand { is_deleted: true, ..zendesk[0].clone() },
                "brand-inactive shoes: is deleted at Zendesk: nobody comes from there",
            ),
        ];
        for (theirs, expected) in cases {
            assert_eq!(said(shoes, &[theirs]), expected);
        }
        let all = [
            zendesk[0].clone(),
            theirs(3, "tea", None),
            ZendeskBrand { active: false, ..theirs(4, "old", None) },
        ];
        assert_eq!(
            said(shoes, &all),
            "brand-missing Acme tea: is not in the file: brand_id: 3, hosts: [tea.zendesk.com]"
        );
        let without = shoes.replace("brand_id: 1, ", "");
        assert_eq!(said(&without, &zendesk), "brand-id-differs shoes: has no brand_id; it is 1");
    }
}
