//! A draft of an account's brands: their numbers and hosts, which are laborious to copy.

use super::draft::{Draft, DraftBackend, DraftBrand};
use super::names::Names;
use crate::domain::Host;
use crate::plain::{counted, steers};

/// A brand of the account.
#[derive(Clone, Debug)]
pub struct AccountBrand {
    /// Its number.
    pub id: u64,
    /// The name that people read.
    pub name: String,
    /// What stands before `.zendesk.com`.
    pub subdomain: String,
    /// Its hosts, the home first.
    pub hosts: Vec<String>,
    /// Whether anybody can come from it.
    pub is_in_use: bool,
}

/// The backend that every brand has until it has its own.
const NATIVE: &str = "native";

/// Makes a draft of the brands of `account`.
pub fn draft(account: &str, brands: Vec<AccountBrand>) -> Draft {
    let mut names = Names::default();
    let mut notes = Vec::new();
    let mut drafted = Vec::new();
    for brand in brands {
        if !brand.is_in_use {
            notes.push(format!("`{}` is not in use at Zendesk: it was left out", brand.name));
            continue;
        }
        let (hosts, odd): (Vec<String>, Vec<String>) =
            brand.hosts.into_iter().partition(|host| Host::parse(host).is_ok());
        notes.extend(
            odd.iter()
                .map(|host| format!("`{host}`, of `{}`, is no host: it was left out", brand.name)),
        );
        let name = names.give(&brand.subdomain);
        let display_name = brand.name.replace(steers, "");
        if display_name != brand.name {
            notes.push(format!(
                "the name of `{name}`, `{}`, has marks in it that nobody sees: they were left out",
                brand.name
            ));
        }
        drafted.push(DraftBrand {
            name,
            comment: Vec::new(),
            display_name,
            brand_id: Some(brand.id),
            hosts,
            backend: NATIVE.to_owned(),
            listed: None,
        });
    }
    let hosts: usize = drafted.iter().map(|it| it.hosts.len()).sum();
    let (brands, hosts) = (counted(drafted.len(), "brand"), counted(hosts, "host"));
    Draft {
        origin: format!("the account {account}: {brands}, {hosts}"),
        flaws: Vec::new(),
        notes,
        public_url: None,
        account: Some(account.to_owned()),
        unknown: None,
        backends: vec![DraftBackend {
            name: NATIVE.to_owned(),
            comment: "Zendesk's own sign-in page, for every brand until it has its own: a backend of \
                      `type: redirect` (an existing login script), `cognito`, `oidc` or `session_token`."
                .to_owned(),
            login_url: None,
            logout_url: None,
        }],
        brands: drafted,
    }
}

#[cfg(test)]
mod tests {
    use super::{AccountBrand, draft};

    #[test]
    fn marks_that_nobody_sees_are_left_out_of_names_and_told() {
        let brand = AccountBrand {
            id: 1,
            name: "Acme\u{202e} seohS\u{200b}".to_owned(),
            subdomain: "acme-shoes".to_owned(),
            hosts: vec!["acme-shoes.zendesk.com".to_owned()],
            is_in_use: true,
        };
        let draft = draft("acme", vec![brand]);
        assert_eq!(draft.brands[0].display_name, "Acme seohS");
        assert!(draft.notes[0].starts_with("the name of `acme-shoes`"), "{:?}", draft.notes);
        let yaml = draft.to_yaml().unwrap();
        assert!(!yaml.contains(['\u{202e}', '\u{200b}']), "{yaml}");
    }
}
