//! Brands and the lookup by host and by id.

use std::collections::HashMap;
use std::str::FromStr;

use foldhash::fast::RandomState;
use regex::Regex;
use url::Url;

use super::host::{Account, Host};
use super::identity::IdentityRules;
use super::key::{BackendKey, BrandId, BrandKey, Name};

/// One Zendesk brand.
#[derive(Clone, Debug)]
pub struct Brand {
    /// Its key in `brands.yaml`.
    pub name: Name,
    /// Its name as people know it.
    pub display_name: String,
    /// Zendesk's id of it.
    pub id: Option<BrandId>,
    /// Its home: the first of its hosts.
    pub home: Host,
    /// Its other hosts.
    pub more_hosts: Vec<Host>,
    /// Who signs its people in.
    pub backend: BackendKey,
    /// What that backend may say about people here.
    pub identity: IdentityRules,
    /// Exceptions by path; the first that matches wins.
    pub routes: Vec<Route>,
    /// Whether the page that lists the brands shows it.
    pub listed: bool,
    /// How its pages look.
    pub theme: Theme,
}

impl Brand {
    /// The host of its home page.
    pub fn home(&self) -> &Host {
        &self.home
    }

    /// Every host of it, the home first.
    pub fn hosts(&self) -> impl Iterator<Item = &Host> {
        std::iter::once(&self.home).chain(&self.more_hosts)
    }

    /// The route at `index`, or the brand's own backend and rules.
    pub fn backend(&self, route: Option<usize>) -> Option<(BackendKey, &IdentityRules)> {
        match route {
            None => Some((self.backend, &self.identity)),
            Some(index) => self.routes.get(index).map(|route| (route.backend, &route.identity)),
        }
    }

    /// Whether `backend` signs people in anywhere on the brand's pages.
    pub fn uses(&self, backend: BackendKey) -> bool {
        self.backend == backend || self.routes.iter().any(|route| route.backend == backend)
    }
}

/// Another backend for a part of a brand's pages.
#[derive(Clone, Debug)]
pub struct Route {
    /// Matched against the path of the destination, as WHATWG parsing gives it.
    pub path: Regex,
    /// Who signs people in there.
    pub backend: BackendKey,
    /// What that backend may say about people here.
    pub identity: IdentityRules,
}

/// How a brand's pages look.
#[derive(Clone, Debug, Default)]
pub struct Theme {
    /// An `https` picture.
    pub logo: Option<Url>,
    /// The colour of buttons and links.
    pub color: Option<Rgb>,
    /// Where people find help: `https` or `mailto`.
    pub support: Option<Url>,
}

/// A colour: red, green and blue.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// The text is neither `#rgb` nor `#rrggbb`.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("a colour is written `#rgb` or `#rrggbb`")]
pub struct InvalidColor;

impl FromStr for Rgb {
    type Err = InvalidColor;

    fn from_str(text: &str) -> Result<Self, InvalidColor> {
        let digits: Option<Vec<u8>> = text
            .strip_prefix('#')
            .ok_or(InvalidColor)?
            .chars()
            .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
            .collect();
        match digits.ok_or(InvalidColor)?.as_slice() {
            [red, green, blue] => Ok(Self(red * 17, green * 17, blue * 17)),
            &[red, red_low, green, green_low, blue, blue_low] => {
                Ok(Self(red * 16 + red_low, green * 16 + green_low, blue * 16 + blue_low))
            }
            _ => Err(InvalidColor),
        }
    }
}

/// What to do when no brand is recognised.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Unknown {
    /// Ask, on a page that lists the brands.
    Ask,
    /// Refuse.
    Refuse,
    /// Take this brand.
    Brand(BrandKey),
}

/// Whom a host of the table belongs to.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Owner {
    pub(super) brand: Option<BrandKey>,
    pub(super) is_account: bool,
    pub(super) is_loopback: bool,
}

/// The whole table: every brand, found by exact host or by id.
#[derive(Clone, Debug)]
pub struct Brands {
    account: Account,
    unknown: Unknown,
    in_order: Vec<Brand>,
    by_host: HashMap<Box<str>, Owner, RandomState>,
    by_id: HashMap<BrandId, BrandKey, RandomState>,
    by_name: HashMap<Name, BrandKey, RandomState>,
}

impl Brands {
    /// Builds the table. Of two brands with one host or id the first keeps it: the configuration
    /// refuses such a file before it comes here.
    pub fn new(account: Account, unknown: Unknown, brands: Vec<Brand>) -> Self {
        let mut by_host: HashMap<Box<str>, Owner, RandomState> = HashMap::default();
        let mut by_id = HashMap::default();
        let mut by_name = HashMap::default();
        for (brand, key) in brands.iter().zip((0..).map(BrandKey)) {
            for host in brand.hosts() {
                let owner =
                    Owner { brand: Some(key), is_account: false, is_loopback: host.is_loopback() };
                by_host.entry(host.as_str().into()).or_insert(owner);
            }
            by_name.entry(brand.name.clone()).or_insert(key);
            if let Some(id) = brand.id {
                by_id.entry(id).or_insert(key);
            }
        }
        let host = account.host();
        let own = by_host.entry(host.as_str().into()).or_default();
        own.is_account = true;
        own.is_loopback = host.is_loopback();
        by_host.shrink_to_fit();
        Self { account, unknown, in_order: brands, by_host, by_id, by_name }
    }

    /// The account that every Zendesk JWT goes to.
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// What to do when no brand is recognised.
    pub fn unknown(&self) -> Unknown {
        self.unknown
    }

    /// Every brand, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = (BrandKey, &Brand)> {
        (0..).map(BrandKey).zip(&self.in_order)
    }

    /// The brand of `key`.
    pub fn brand(&self, key: BrandKey) -> Option<&Brand> {
        self.in_order.get(usize::try_from(key.0).ok()?)
    }

    /// The brand that `brands.yaml` calls `name`.
    pub fn named(&self, name: &str) -> Option<(BrandKey, &Brand)> {
        let key = self.by_name.get(name).copied()?;
        self.brand(key).map(|brand| (key, brand))
    }

    /// The brand with Zendesk's id `id`.
    pub fn by_id(&self, id: BrandId) -> Option<BrandKey> {
        self.by_id.get(&id).copied()
    }

    /// Whose host this authority is: lower case, with a port only if it is not the default.
    pub(super) fn owner(&self, authority: &str) -> Option<Owner> {
        self.by_host.get(authority).copied()
    }

    /// The host of `brand` that Zendesk itself serves; the account's, if it lists none.
    pub fn zendesk_host<'a>(&'a self, brand: &'a Brand) -> &'a Host {
        brand.hosts().find(|host| host.is_zendesk()).unwrap_or(self.account.host())
    }
}

#[cfg(test)]
mod tests {
    use super::{InvalidColor, Rgb};

    #[test]
    fn a_color_has_three_or_six_digits() {
        assert_eq!("#0b5fff".parse(), Ok(Rgb(11, 95, 255)));
        assert_eq!("#Fa0".parse(), Ok(Rgb(255, 170, 0)));
        let bad = [
            "",
            "#",
            "0b5fff",
            "#12",
            "#1234",
            "#+b5fff",
            "#0b5ffg",
            "#1234567",
            "#٠٠٠",
            "red",
            "#fff;}body{display:none",
        ];
        for text in bad {
            assert_eq!(text.parse::<Rgb>(), Err(InvalidColor), "{text:?}");
        }
    }
}
