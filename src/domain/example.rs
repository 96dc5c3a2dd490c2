//! The table that the tests of this module share.

use std::sync::Arc;

use regex::Regex;

use super::{
    Account, BackendKey, Brand, BrandId, BrandKey, Brands, Host, IdentityRules, Name, Role, Route,
    Unknown,
};

/// Its home is on Zendesk, its own host comes second; agents have a route.
pub(super) const SHOES: BrandKey = BrandKey(0);
/// Its home is its own host, Zendesk's comes second.
pub(super) const COFFEE: BrandKey = BrandKey(1);
/// Lists no Zendesk host and has no id.
pub(super) const GAMES: BrandKey = BrandKey(2);
/// On loopback.
pub(super) const PLAY: BrandKey = BrandKey(3);

/// Signs agents of the shoes brand in.
pub(super) const STAFF: BackendKey = BackendKey(10);
/// Signs the best customers of the shoes brand in.
pub(super) const VIP: BackendKey = BackendKey(11);

/// The id of the shoes brand.
pub(super) const SHOES_ID: BrandId = BrandId(1001);
/// The id of the coffee brand.
pub(super) const COFFEE_ID: BrandId = BrandId(1002);

/// Four brands of the account `acme`.
pub(super) fn brands(unknown: Unknown) -> Brands {
    let mut shoes =
        brand("shoes", Some(SHOES_ID), &["acme-shoes.zendesk.com", "help.acme-shoes.example"]);
    shoes.routes = Box::new([
        route("^/agent(/|$)", STAFF, &[Role::Agent, Role::Admin]),
        route("^/hc/vip(/|$)", VIP, &[Role::EndUser]),
        route("^/agent/admin$", VIP, &[Role::EndUser]),
    ]);
    let coffee =
        brand("coffee", Some(COFFEE_ID), &["help.acme-coffee.example", "acme-coffee.zendesk.com"]);
    let games = brand("games", None, &["help.acme-games.example"]);
    let play = brand("play", Some(BrandId(1004)), &["play.localhost:8401", "[::1]", "127.0.0.1"]);
    Brands::new(Account::parse("acme").unwrap(), unknown, vec![shoes, coffee, games, play])
}

/// A brand with a backend of its own, number 1.
pub(super) fn brand(name: &str, id: Option<BrandId>, hosts: &[&str]) -> Brand {
    let mut hosts = hosts.iter().map(|host| Host::parse(host).unwrap());
    Brand {
        name: Name::parse(name).unwrap(),
        display_name: name.into(),
        id,
        home: hosts.next().unwrap(),
        more_hosts: hosts.collect(),
        backend: BackendKey(1),
        identity: Arc::default(),
        routes: Box::default(),
        closed: None,
        listed: true,
        theme: None,
    }
}

fn route(path: &str, backend: BackendKey, roles: &[Role]) -> Route {
    let identity = IdentityRules { roles: roles.to_vec(), ..IdentityRules::default() };
    Route {
        path: Some(Regex::new(path).unwrap()),
        client_ip: Box::default(),
        backend,
        identity: Arc::new(identity),
    }
}
