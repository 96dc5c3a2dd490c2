//! Lists of addresses that are kept elsewhere, held against the route table.

use std::collections::BTreeSet;

use super::error::KNOWN;
use super::page::pages::ShownAddress;
use super::page::tidy::better;

/// Every address of the route table that is no file, with what it takes.
fn addresses() -> Vec<(&'static str, &'static str)> {
    let parts: Vec<&str> = include_str!("mod.rs").split('"').collect();
    let address = |around: &[&'static str]| {
        let [before, address, behind] = *around else { return None };
        let is_file = before.rsplit(';').next()?.contains("file(");
        let takes =
            behind.split("Takes::").nth(1)?.split(|c: char| !c.is_ascii_uppercase()).next()?;
        (address.starts_with('/') && !is_file).then_some((address, takes))
    };
    let all: Vec<_> = parts.windows(3).filter_map(address).collect();
    assert!(all.contains(&("/brands/{brand}/chat-token", "ANYTHING")), "{all:?}");
    all
}

#[test]
fn the_log_knows_the_beginnings_of_every_address_the_longer_ones_first() {
    let mut expected = BTreeSet::new();
    for (address, _) in addresses() {
        let ends = address.match_indices('/').map(|(at, _)| at).skip(1).chain([address.len()]);
        expected.extend(ends.map(|end| &address[..end]));
    }
    assert_eq!(KNOWN.iter().copied().collect::<BTreeSet<_>>(), expected);
    for (number, known) in KNOWN.iter().enumerate() {
        let is_hidden = KNOWN[..number].iter().any(|longer| known.starts_with(longer));
        assert!(!is_hidden, "{known} comes behind its own beginning");
    }
}

#[test]
fn a_query_that_may_hold_a_token_is_taken_out_of_the_address_of_whatever_takes_one() {
    for (address, takes) in addresses() {
        let path = address.replace(['{', '}'], "");
        let tidied = better(&path, "brand_id=1");
        match takes {
            "STEP" => assert_eq!(tidied, None, "{address}: what Zendesk or a link writes"),
            "ASSERTION" | "FORM" | "VISIT" | "ANSWER" => {
                assert_eq!(tidied, Some(ShownAddress::Path), "{address}");
            }
            // A script's own, or a page that says nothing with a query.
            "ANYTHING" | "PAGE" => {}
            other => panic!("{address} takes {other}"),
        }
    }
}
