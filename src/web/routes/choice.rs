//! The page on which people choose where to sign in, where nothing says which brand they mean.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use url::form_urlencoded;

use crate::backend::query_value;
use crate::domain::BrandKey;
use crate::web::error::WebError;
use crate::web::page::links::start_again;
use crate::web::page::pages::{BrandLink, BrandSearch, BrandsPage};
use crate::web::page::tidy::tidied;
use crate::web::response;
use crate::web::visit::Visit;

/// Longest text that is looked for, in characters.
const LONGEST: usize = 100;

/// Most bytes that a destination takes in all links of a page together: with a longer one, whoever has
/// chosen goes to the brand's home, so that nobody makes a page large by an address.
const MOST_REPEATED: usize = 48_000;

/// Lists the brands, or what the `query` looks for among them. Nothing else of the request is on the
/// page but a relative destination.
pub(in crate::web) fn page(
    visit: Visit<'_>,
    return_to: Option<&str>,
    query: &str,
) -> Result<HttpResponse, WebError> {
    let Visit { request, table, .. } = visit;
    let directory = table.brands.directory();
    let (wanted, number) = (wanted(query), number(query));
    // All of them are on one page, which browsers search.
    let is_whole = directory.is_whole();
    let of_page = |number| match wanted.as_str() {
        text if !is_whole && !text.is_empty() => directory.search(text, number),
        _ => {
            let (found, is_more) = directory.page(number);
            (found.to_vec(), is_more)
        }
    };
    let (mut found, mut is_more) = of_page(number);
    let mut number = number;
    if found.is_empty() && number > 0 {
        // There were more when the link was made, or somebody made it up.
        number = 0;
        (found, is_more) = of_page(number);
    }
    let return_to = return_to.filter(|it| query_value(it).len() * found.len() <= MOST_REPEATED);
    let link = |key: BrandKey| {
        let brand = table.brands.brand(key)?;
        let destination = brand.home().at(return_to.unwrap_or("/"));
        let logo = brand.theme.as_ref().and_then(|theme| theme.logo.as_ref());
        let logo = logo.map(ToString::to_string);
        Some((&*brand.display_name, start_again(Some(brand), &destination), logo))
    };
    let links: Vec<_> = found.into_iter().filter_map(link).collect();
    let brands = links
        .iter()
        .map(|(name, href, logo)| BrandLink { name, href, logo: logo.as_deref() })
        .collect();
    let page_at = |number: usize| address(&wanted, return_to, number);
    let search = (!is_whole).then(|| BrandSearch {
        text: &wanted,
        return_to,
        before: number.checked_sub(1).map(page_at),
        after: is_more.then(|| page_at(number.saturating_add(1))),
    });
    let page = BrandsPage { texts: visit.texts(), brands, search }.page()?;
    Ok(response::page(StatusCode::OK, tidied(request, page)))
}

/// The address of a page of this choice; people count them from 1.
fn address(wanted: &str, return_to: Option<&str>, number: usize) -> String {
    let page = number.saturating_add(1).to_string();
    let parts = [("search", Some(wanted)), ("page", Some(&*page)), ("return_to", return_to)];
    let path = String::from("/login?");
    let begin = path.len();
    let mut query = form_urlencoded::Serializer::for_suffix(path, begin);
    for (name, value) in parts {
        query.extend_pairs(value.filter(|it| !it.is_empty()).map(|value| (name, value)));
    }
    query.finish()
}

/// Which page is asked for; the first is 0.
fn number(query: &str) -> usize {
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    let page = pairs.find(|(name, _)| name == "page").and_then(|(_, page)| page.parse().ok());
    page.map_or(0, |page: usize| page.saturating_sub(1))
}

/// What is looked for, as a browser writes it into the address of its form.
fn wanted(query: &str) -> String {
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    let text = pairs.find(|(name, _)| name == "search").map(|(_, text)| text).unwrap_or_default();
    text.trim().chars().filter(|letter| !letter.is_control()).take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, address, number, wanted};

    #[test]
    fn the_address_of_a_page_is_read_as_it_was_written() {
        let cases = [
            ("", None, 0, "/login?page=1"),
            ("", Some("/hc"), 1, "/login?page=2&return_to=%2Fhc"),
            ("a&page=9", None, 2, "/login?search=a%26page%3D9&page=3"),
        ];
        for (text, return_to, page, expected) in cases {
            let address = address(text, return_to, page);
            assert_eq!(address, expected);
            let query = address.strip_prefix("/login?").unwrap();
            assert_eq!((wanted(query).as_str(), number(query)), (text, page), "{address}");
        }
        for none in
            ["", "page=", "page=0", "page=-1", "page=1e9", "page=x", "page=18446744073709551616"]
        {
            assert_eq!(number(none), 0, "{none}");
        }
    }

    #[test]
    fn what_is_looked_for_is_read_as_a_form_writes_it() {
        let long = format!("search={}", "x".repeat(1000));
        let cases = [
            ("", ""),
            ("search=", ""),
            ("search=+%20", ""),
            ("return_to=%2Fhc&search=acme+coffee", "acme coffee"),
            ("search=caf%C3%A9&search=x", "caf\u{e9}"),
            ("Search=x", ""),
            ("search=a%0Ab", "ab"),
            ("search=%FF", "\u{fffd}"),
            (long.as_str(), &"x".repeat(LONGEST)),
        ];
        for (query, expected) in cases {
            assert_eq!(wanted(query), expected, "{query}");
        }
    }
}
