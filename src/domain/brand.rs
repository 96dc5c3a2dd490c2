//! Brands and the lookup by host and by id.

use std::net::IpAddr;
use std::str::FromStr;
use std::sync::Arc;

use ipnet::IpNet;
use regex::Regex;
use url::Url;

use super::directory::Directory;
use super::host::{Account, Host};
use super::identity::IdentityRules;
use super::index::Index;
use super::key::{BackendKey, BrandId, BrandKey, Name};
use super::localized_text::LocalizedText;
use super::text_map::TextMap;

/// One Zendesk brand.
///
/// In two lines of a processor's cache (64 bytes each), the first of which has all that a redirect
/// asks: of 50,000 brands hardly one is there yet.
#[derive(Clone, Debug)]
#[repr(C, align(64))]
pub struct Brand {
    /// Zendesk's id of it.
    pub id: Option<BrandId>,
    /// Exceptions by path; the first that matches wins.
    pub routes: Box<[Route]>,
    /// What people are told while nobody may sign in to it.
    pub closed: Option<Box<LocalizedText>>,
    /// Who signs its people in.
    pub backend: BackendKey,
    /// Whether the page that lists the brands shows it.
    pub listed: bool,
    /// What that backend may say about people here; brands without rules of their own share them.
    pub identity: Arc<IdentityRules>,
    /// How its pages look, where the file says it.
    pub theme: Option<Box<Theme>>,
    /// Its key in `brands.yaml`.
    pub name: Name,
    /// Its name as people know it.
    pub display_name: Box<str>,
    /// Its home: the first of its hosts.
    pub home: Host,
    /// Every host but the first.
    pub more_hosts: Box<[Host]>,
}

#[cfg(target_pointer_width = "64")]
const _: () = assert!(size_of::<Brand>() == 128);

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
            None => Some((self.backend, &*self.identity)),
            Some(index) => self.routes.get(index).map(|route| (route.backend, &*route.identity)),
        }
    }

    /// The rules of the brand and of its routes, each with the backend that they are for.
    pub fn rules(&self) -> impl Iterator<Item = (BackendKey, &IdentityRules)> {
        let routes = self.routes.iter().map(|route| (route.backend, &*route.identity));
        std::iter::once((self.backend, &*self.identity)).chain(routes)
    }

    /// Whether `backend` signs people in anywhere on the brand's pages.
    pub fn uses(&self, backend: BackendKey) -> bool {
        self.backend == backend || self.routes.iter().any(|route| route.backend == backend)
    }
}

/// Another backend for a part of a brand's pages.
#[derive(Clone, Debug)]
pub struct Route {
    /// Matched against the path of the destination, as WHATWG parsing gives it; where there is none,
    /// any will do.
    pub path: Option<Regex>,
    /// The person's address must lie in one of these; where there are none, any will do.
    pub client_ip: Box<[IpNet]>,
    /// Who signs people in there.
    pub backend: BackendKey,
    /// What that backend may say about people here.
    pub identity: Arc<IdentityRules>,
}

impl Route {
    /// Whether it is for this path and for whoever has this address. Nobody's address is in no network.
    pub fn is_for(&self, path: &str, client: Option<IpAddr>) -> bool {
        let is_there = |address: IpAddr| self.client_ip.iter().any(|net| net.contains(&address));
        (self.client_ip.is_empty() || client.is_some_and(is_there))
            && self.path.as_ref().is_none_or(|pattern| pattern.is_match(path))
    }
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
    /// What the brand itself has to say.
    pub note: Option<LocalizedText>,
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
    /// Say that there is none.
    Refuse,
    /// Take this brand.
    Brand(BrandKey),
}

/// Whom a host of the table belongs to.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct HostOwner {
    pub(super) brand: Option<BrandKey>,
    pub(super) is_account: bool,
    pub(super) is_loopback: bool,
}

impl HostOwner {
    fn of(host: &Host) -> Self {
        Self { is_loopback: host.is_loopback(), ..Self::default() }
    }
}

/// The whole table: every brand, found by exact host or by id.
#[derive(Clone, Debug)]
pub struct Brands {
    account: Account,
    unknown: Unknown,
    in_order: Vec<Brand>,
    hosts: TextMap<HostOwner>,
    by_id: Index,
    by_name: Index,
    /// Whose people each backend signs in, at the place that its key names.
    users: Vec<User>,
    directory: Directory,
    asks_for_addresses: bool,
}

/// Whose people a backend signs in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum User {
    Nobodys,
    One(BrandKey),
    Several,
}

impl Brands {
    /// Builds the table. Of two brands with one host or id the first keeps it: the configuration
    /// refuses such a file before it comes here.
    pub fn new(account: Account, unknown: Unknown, brands: Vec<Brand>) -> Self {
        let count: usize = brands.iter().map(|brand| brand.hosts().count()).sum();
        let mut hosts = TextMap::with_capacity(count + 1);
        let mut users = Vec::new();
        for (brand, key) in brands.iter().zip((0..).map(BrandKey)) {
            for host in brand.hosts() {
                let owner = hosts.get_or_insert(host.as_str(), HostOwner::of(host));
                owner.brand.get_or_insert(key);
            }
            for (backend, _) in brand.rules() {
                note(&mut users, backend, key);
            }
        }
        let own = account.host();
        hosts.get_or_insert(own.as_str(), HostOwner::of(own)).is_account = true;
        Self {
            by_id: Index::of(&brands, |brand| brand.id.as_ref()),
            by_name: Index::of(&brands, |brand| Some(brand.name.as_str())),
            directory: directory(unknown, &brands),
            asks_for_addresses: brands
                .iter()
                .any(|brand| brand.routes.iter().any(|route| !route.client_ip.is_empty())),
            account,
            unknown,
            in_order: brands,
            hosts,
            users,
        }
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

    /// Every prefix of external ids in the rules, with the backend that they are for.
    pub fn prefixes(&self) -> impl Iterator<Item = (BackendKey, &str)> {
        let rules = self.in_order.iter().flat_map(Brand::rules);
        rules.filter_map(|(key, rules)| Some((key, rules.external_id_prefix.as_deref()?)))
    }

    /// The brand of `key`.
    pub fn brand(&self, key: BrandKey) -> Option<&Brand> {
        self.in_order.get(usize::try_from(key.0).ok()?)
    }

    /// The brand that `brands.yaml` calls `name`.
    pub fn named(&self, name: &str) -> Option<(BrandKey, &Brand)> {
        let (key, brand) = self.by_name.find(&self.in_order, name, |it| Some(it.name.as_str()))?;
        Some((BrandKey(key), brand))
    }

    /// The brand whose people `backend` signs in, if there is only one.
    pub fn only_user_of(&self, backend: BackendKey) -> Option<(BrandKey, &Brand)> {
        match self.users.get(usize::try_from(backend.0).ok()?) {
            Some(User::One(key)) => self.brand(*key).map(|brand| (*key, brand)),
            Some(User::Nobodys | User::Several) | None => None,
        }
    }

    /// Whether where a sign-in goes may depend on the person's address.
    pub fn ask_for_addresses(&self) -> bool {
        self.asks_for_addresses
    }

    /// The brands that people choose from, if they may.
    pub fn directory(&self) -> &Directory {
        &self.directory
    }

    /// The brand with Zendesk's id `id`.
    pub fn by_id(&self, id: BrandId) -> Option<BrandKey> {
        let (key, _) = self.by_id.find(&self.in_order, &id, |it| it.id.as_ref())?;
        Some(BrandKey(key))
    }

    /// Whose host this authority is: lower case, with a port only if it is not the default.
    pub(super) fn owner(&self, authority: &str) -> Option<HostOwner> {
        self.hosts.get(authority).copied()
    }

    /// The host of `brand` that Zendesk itself serves; the account's, if it lists none.
    pub fn zendesk_host<'a>(&'a self, brand: &'a Brand) -> &'a Host {
        brand.hosts().find(|host| host.is_zendesk()).unwrap_or(self.account.host())
    }
}

/// Those of `brands` that are listed, where somebody may have to choose.
fn directory(unknown: Unknown, brands: &[Brand]) -> Directory {
    let may_choose = unknown == Unknown::Ask;
    let listed = (0..).map(BrandKey).zip(brands).filter(|(_, brand)| may_choose && brand.listed);
    Directory::of(listed.map(|(key, brand)| (key, &*brand.display_name)))
}

/// Notes that `backend` signs people of `brand` in.
fn note(users: &mut Vec<User>, backend: BackendKey, brand: BrandKey) {
    let Ok(place) = usize::try_from(backend.0) else { return };
    if users.len() <= place {
        users.resize(place + 1, User::Nobodys);
    }
    if let Some(user) = users.get_mut(place) {
        *user = match *user {
            User::Nobodys => User::One(brand),
            User::One(other) if other == brand => User::One(brand),
            User::One(_) | User::Several => User::Several,
        };
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
