//! No token stays in the address bar of a page of ours, nor in a history.

use actix_web::dev::RequestHead;

use crate::web::page::csp::Nonce;
use crate::web::page::pages::{Page, ShownAddress};

/// Where addresses begin whose query Zendesk and the brands' own links write; there, Reload is to work.
const WITHOUT_TOKENS: [&str; 4] = ["/login", "/logout", "/start/", "/backends/"];

/// Longest part of a path that is shown: a token is longer than any name.
const LONGEST_NAME: usize = 64;

/// The page without the token in its address that an old script's GET, a provider or a mistake has
/// left there: neither the history nor whoever looks over a shoulder is to have it.
pub(in crate::web) fn tidied(request: &RequestHead, page: Page) -> Page {
    let Some(address) = better(request.uri.path(), request.uri.query().unwrap_or_default()) else {
        return page;
    };
    // Without random numbers there are no sign-ins either, and the page matters more.
    match Nonce::random() {
        Ok(nonce) => page.at(address, &nonce),
        Err(_) => page,
    }
}

pub(in crate::web) fn better(path: &str, query: &str) -> Option<ShownAddress> {
    let looks_like_one = |part: &str| part.len() > LONGEST_NAME || part.contains("eyJ");
    if path.split('/').any(looks_like_one) {
        return Some(ShownAddress::Front);
    }
    let is_for_tokens = |path: &str| {
        !WITHOUT_TOKENS.iter().any(|begin| path.starts_with(begin)) || path.contains("/access/")
    };
    let says = |word: &str| query.to_ascii_lowercase().contains(word);
    let has_one = !query.is_empty()
        && (is_for_tokens(path) || query.contains("eyJ") || says("jwt") || says("token"));
    has_one.then_some(ShownAddress::Path)
}

#[cfg(test)]
mod tests {
    use super::{ShownAddress, better};

    #[test]
    fn whatever_may_hold_a_token_is_taken_away() {
        let (path, front) = (Some(ShownAddress::Path), Some(ShownAddress::Front));
        let long = format!("/nothing/{}", "x".repeat(65));
        let cases = [
            ("/access/jwt", "jwt=a.b.c", path),
            ("/access/jwt/", "return_to=x", path),
            ("/access/jwt", "", None),
            ("/access", "jwt=a.b.c", path),
            ("/access/other", "x", path),
            ("/backends/shop/access/jwt", "x=y", path),
            ("/backends/nobody/access/jwt/", "x=y", path),
            ("/callback/staff", "code=x&state=y", path),
            ("/callback/games", "", None),
            ("/nothing", "a=b", path),
            ("/", "JWT=x", path),
            ("/login", "brand_id=1&return_to=%2F", None),
            ("/login", "brand_id=1&jwt=x", path),
            ("/login/", "x=eyJh", path),
            ("/logout", "email=joe", None),
            ("/logout", "id_token_hint=x", path),
            ("/start/shoes", "to=%2F", None),
            ("/backends/shop/login", "brand_id=1", None),
            ("/access/jwt/eyJhbGciOiJIUzI1NiJ9.e30.x", "", front),
            (&long, "", front),
            ("/nothing", "", None),
        ];
        for (address, query, expected) in cases {
            assert_eq!(better(address, query), expected, "{address}?{query}");
        }
    }
}
