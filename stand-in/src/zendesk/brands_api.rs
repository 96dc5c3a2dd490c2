//! The Brands API: pages of brands, for whoever has the token that the demo tells everybody.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::brands::{ACCOUNT_HOST, BRANDS, Brand};
use crate::stand_in::World;
use crate::wire::{self, Incoming};

/// An administrator's API token and OAuth access token.
const TOKEN: &str = "demo";

/// Brands of a page, whatever is asked for: there are two pages.
const PAGE: usize = 4;

/// Answers the brands behind `page[after]`.
pub(super) fn answer(world: &World, incoming: &Incoming<'_>) -> HttpResponse {
    if incoming.host != ACCOUNT_HOST {
        return wire::json(StatusCode::NOT_FOUND, &json!({ "error": "RecordNotFound" }));
    }
    if !is_allowed(incoming.header("authorization").unwrap_or_default()) {
        let error = json!({ "error": "Couldn't authenticate you" });
        return wire::json(StatusCode::UNAUTHORIZED, &error);
    }
    let after = incoming.query("page[after]").and_then(|it| it.parse().ok()).unwrap_or(0);
    let page = BRANDS.iter().skip(after).take(PAGE);
    let brands: Vec<Value> = page.map(|brand| as_zendesk_says_it(world, brand)).collect();
    let next = after + brands.len();
    let has_more = next < BRANDS.len();
    let origin = world.at(ACCOUNT_HOST);
    let next = has_more
        .then(|| format!("{origin}/api/v2/brands.json?page[size]={PAGE}&page[after]={next}"));
    let body = json!({
        "brands": brands,
        "meta": { "has_more": has_more },
        "links": { "next": next },
    });
    wire::json(StatusCode::OK, &body)
}

/// `Bearer demo`, or `Basic` of anybody's address with `/token` behind it.
fn is_allowed(authorization: &str) -> bool {
    match authorization.split_once(' ') {
        Some(("Bearer", token)) => token == TOKEN,
        Some(("Basic", pair)) => {
            let pair = STANDARD.decode(pair).ok().and_then(|it| String::from_utf8(it).ok());
            pair.is_some_and(|it| it.ends_with(&format!("/token:{TOKEN}")))
        }
        _ => false,
    }
}

fn as_zendesk_says_it(world: &World, brand: &Brand) -> Value {
    let hosts = [Some(brand.home), brand.other_host];
    let zendesks = |host: &str| host.strip_suffix(".zendesk.localhost").map(str::to_owned);
    let subdomain = hosts.iter().flatten().find_map(|host| zendesks(host));
    let mapped = hosts.iter().flatten().find(|host| zendesks(host).is_none());
    let authority = |host: &str| {
        let origin = world.at(host);
        origin.split_once("://").map_or(origin.clone(), |(_, authority)| authority.to_owned())
    };
    json!({
        "id": brand.id,
        "name": brand.name,
        "subdomain": subdomain.unwrap_or_else(|| format!("acme-{}", brand.key)),
        "host_mapping": mapped.map(|host| authority(host)),
        "brand_url": world.at(brand.home),
        "default": false,
        "active": true,
        "is_deleted": false,
    })
}
