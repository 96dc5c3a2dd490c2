//! Decides where one sign-in or sign-out goes.

use std::borrow::Cow;

use super::brand::{BackendKey, Brand, BrandId, BrandKey, Brands, Unknown};
use super::identity::IdentityRules;
use super::return_to::{Candidate, Destination, InvalidReturnTo};

/// What Zendesk says about one sign-in or sign-out.
#[derive(Clone, Debug, Default)]
pub struct SignInRequest<'a> {
    /// Where the person was going, decoded exactly once.
    pub return_to: Option<Cow<'a, str>>,
    /// The brand they were on.
    pub brand_id: Option<BrandId>,
}

/// How a brand was recognised. Greater wins.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Match {
    /// By `unknown`, because nothing else named one.
    Unknown,
    /// By `brand_id`.
    BrandId,
    /// By the host of `return_to`.
    Host,
}

/// What becomes of the request's own `return_to` on its way to the backend.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Forward {
    /// It goes on as it came, byte for byte.
    AsItCame,
    /// The brand's home takes its place.
    Home,
    /// It stays here.
    Nothing,
}

/// Where one sign-in goes.
#[derive(Clone, Debug)]
pub struct SignIn<'a> {
    /// Which brand.
    pub key: BrandKey,
    /// The brand itself.
    pub brand: &'a Brand,
    /// How it was recognised.
    pub matched: Match,
    /// Whether the host of `return_to` and `brand_id` name different brands.
    pub disagrees: bool,
    /// Which of the brand's routes; none: its own backend.
    pub route: Option<usize>,
    /// Who signs the person in.
    pub backend: BackendKey,
    /// Where it ends.
    pub destination: Destination<'a>,
    /// What the backend gets to see of `return_to`.
    pub forward: Forward,
}

impl<'a> SignIn<'a> {
    /// What the backend may say about people here.
    pub fn rules(&self) -> &'a IdentityRules {
        let brand = self.brand;
        brand.backend(self.route).map_or(&brand.identity, |(_, rules)| rules)
    }
}

/// What to do with one sign-in.
#[derive(Clone, Debug)]
pub enum Decision<'a> {
    /// Send the person to a backend.
    SignIn(SignIn<'a>),
    /// Ask them for their brand; only a relative destination goes with the answer.
    Ask(Option<Cow<'a, str>>),
    /// Say why not.
    Refuse(Refusal),
}

/// Why a sign-in is refused before it begins.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// The destination is not one of the brand's.
    #[error(transparent)]
    ReturnTo(#[from] InvalidReturnTo),
    /// No brand is named, and the table says to refuse then.
    #[error("no brand is recognised")]
    UnknownBrand,
}

/// Decides where a sign-in goes: the host of `return_to`, else `brand_id`, else `unknown`.
///
/// Whatever decided, `return_to` must be one of that brand's own.
pub fn decide<'a>(brands: &'a Brands, request: &SignInRequest<'a>) -> Decision<'a> {
    let candidate = match read(brands, request) {
        Ok(candidate) => candidate,
        Err(invalid) => return Decision::Refuse(invalid.into()),
    };
    let by_host = candidate.as_ref().and_then(Candidate::brand);
    let recognised = by_host
        .map(|key| (Match::Host, key))
        .or_else(|| by_id(brands, request).map(|key| (Match::BrandId, key)));
    let Some((matched, key)) = recognised else { return unknown(brands, candidate) };
    let Some(brand) = brands.brand(key) else { return Decision::Refuse(Refusal::UnknownBrand) };
    let disagrees = disagree(brands, by_host, request.brand_id);
    match SignIn::new(brands, (key, brand), matched, candidate) {
        Ok(sign_in) => Decision::SignIn(SignIn { disagrees, ..sign_in }),
        Err(invalid) => Decision::Refuse(invalid.into()),
    }
}

/// Decides whose logout a sign-out reaches: `brand_id`, else the host of `return_to`.
///
/// Never refuses: a `return_to` that is not the brand's is left behind.
pub fn decide_logout<'a>(brands: &'a Brands, request: &SignInRequest<'a>) -> Option<SignIn<'a>> {
    let candidate = read(brands, request);
    let by_host = candidate.as_ref().ok().and_then(Option::as_ref).and_then(Candidate::brand);
    let (matched, key) = by_id(brands, request)
        .map(|key| (Match::BrandId, key))
        .or_else(|| by_host.map(|key| (Match::Host, key)))?;
    let brand = brands.brand(key)?;
    let disagrees = disagree(brands, by_host, request.brand_id);
    let sign_out = candidate
        .and_then(|candidate| SignIn::new(brands, (key, brand), matched, candidate))
        .unwrap_or_else(|_| SignIn::left_behind((key, brand), matched));
    Some(SignIn { disagrees, ..sign_out })
}

/// Which of the criteria named which brand, for `route`.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The brand on whose host `return_to` is, or why none is.
    pub host: Result<BrandKey, &'static str>,
    /// The brand that `brand_id` names, or why none is.
    pub brand_id: Result<BrandKey, &'static str>,
    /// For each route of the chosen brand, whether its `path` matches.
    pub routes: Vec<bool>,
}

/// Says which criteria hit and which missed.
pub fn explain(
    brands: &Brands,
    request: &SignInRequest<'_>,
    chosen: Option<&SignIn<'_>>,
) -> Explanation {
    let host = match read(brands, request) {
        Err(_) => Err("it is not an address that browsers and brandgate read alike"),
        Ok(None) => Err("there is no return_to"),
        Ok(Some(Candidate::Relative(_))) => Err("it is relative, so it names no brand"),
        Ok(Some(Candidate::Foreign)) => Err("its host is no brand's"),
        Ok(Some(known @ Candidate::Known(..))) => {
            known.brand().ok_or("its host is the account's, so it names no brand")
        }
    };
    let brand_id = match request.brand_id {
        None => Err("there is no brand_id"),
        Some(id) => brands.by_id(id).ok_or("no brand has this id"),
    };
    let path = chosen.map(|sign_in| sign_in.destination.path());
    let routes = chosen.map_or_else(Vec::new, |sign_in| {
        let is_match = |pattern: &regex::Regex| path.as_ref().is_some_and(|p| pattern.is_match(p));
        sign_in.brand.routes.iter().map(|route| is_match(&route.path)).collect()
    });
    Explanation { host, brand_id, routes }
}

impl<'a> SignIn<'a> {
    /// A sign-in to a brand that is already known, such as one that a flow remembers.
    ///
    /// Refused when `return_to` is not, or is no longer, one of the brand's.
    pub fn resume(
        brands: &'a Brands,
        (key, brand): (BrandKey, &'a Brand),
        return_to: Option<Cow<'a, str>>,
    ) -> Result<Self, InvalidReturnTo> {
        let candidate = return_to.map(|text| Candidate::read(text, brands)).transpose()?;
        Self::new(brands, (key, brand), Match::Host, candidate)
    }

    fn new(
        brands: &'a Brands,
        (key, brand): (BrandKey, &'a Brand),
        matched: Match,
        candidate: Option<Candidate<'a>>,
    ) -> Result<Self, InvalidReturnTo> {
        let (destination, forward) = match candidate {
            None => (Destination::Home(brand.home()), Forward::AsItCame),
            Some(candidate) => match candidate.for_brand(key, brand, brands)? {
                home @ Destination::Home(_) => (home, Forward::Home),
                kept @ Destination::ReturnTo(_) => (kept, Forward::AsItCame),
            },
        };
        Ok(Self::ending_at((key, brand), matched, destination, forward))
    }

    /// The same with a `return_to` that is not the brand's: it goes no further.
    fn left_behind((key, brand): (BrandKey, &'a Brand), matched: Match) -> Self {
        let home = Destination::Home(brand.home());
        Self::ending_at((key, brand), matched, home, Forward::Nothing)
    }

    fn ending_at(
        (key, brand): (BrandKey, &'a Brand),
        matched: Match,
        destination: Destination<'a>,
        forward: Forward,
    ) -> Self {
        let route = if brand.routes.is_empty() {
            None
        } else {
            let path = destination.path();
            brand.routes.iter().position(|route| route.path.is_match(&path))
        };
        let backend = brand.backend(route).map_or(brand.backend, |(backend, _)| backend);
        Self { key, brand, matched, disagrees: false, route, backend, destination, forward }
    }
}

fn read<'a>(
    brands: &Brands,
    request: &SignInRequest<'a>,
) -> Result<Option<Candidate<'a>>, InvalidReturnTo> {
    let text = request.return_to.clone();
    text.map(|text| Candidate::read(text, brands)).transpose()
}

fn by_id(brands: &Brands, request: &SignInRequest<'_>) -> Option<BrandKey> {
    request.brand_id.and_then(|id| brands.by_id(id))
}

fn unknown<'a>(brands: &'a Brands, candidate: Option<Candidate<'a>>) -> Decision<'a> {
    match brands.unknown() {
        Unknown::Refuse => Decision::Refuse(Refusal::UnknownBrand),
        Unknown::Ask => Decision::Ask(match candidate {
            Some(Candidate::Relative(text)) => Some(text),
            _ => None,
        }),
        Unknown::Brand(key) => {
            let Some(brand) = brands.brand(key) else {
                return Decision::Refuse(Refusal::UnknownBrand);
            };
            let sign_in = SignIn::new(brands, (key, brand), Match::Unknown, candidate)
                .unwrap_or_else(|_| SignIn::left_behind((key, brand), Match::Unknown));
            Decision::SignIn(sign_in)
        }
    }
}

/// Whether `brand_id` names another brand than the host of `return_to`.
fn disagree(brands: &Brands, by_host: Option<BrandKey>, id: Option<BrandId>) -> bool {
    let (Some(key), Some(id)) = (by_host, id) else { return false };
    match brands.by_id(id) {
        Some(other) => other != key,
        // No brand has this id, so this one's, if the table knows it, is another.
        None => brands.brand(key).is_some_and(|brand| brand.id.is_some()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::example::{
        COFFEE, COFFEE_ID, GAMES, SHOES, SHOES_ID, STAFF, VIP, brand, brands,
    };
    use super::super::{
        Account, BackendKey, BrandId, BrandKey, Brands, InvalidReturnTo, Role, Unknown,
    };
    use super::{
        Decision, Forward, Match, Refusal, SignIn, SignInRequest, decide, decide_logout, explain,
    };

    const STRANGER: BrandId = BrandId(9);

    fn request(return_to: &str, brand_id: Option<BrandId>) -> SignInRequest<'_> {
        // A missing one is written as `-`, an empty one is something else.
        let return_to = Some(return_to).filter(|text| *text != "-").map(Into::into);
        SignInRequest { return_to, brand_id }
    }

    /// What a case says about a sign-in.
    #[derive(Debug, PartialEq)]
    struct Seen {
        key: BrandKey,
        matched: Match,
        forward: Forward,
        destination: String,
    }

    fn seen(sign_in: &SignIn<'_>) -> Seen {
        let SignIn { key, matched, forward, .. } = *sign_in;
        Seen { key, matched, forward, destination: sign_in.destination.absolute().into_owned() }
    }

    fn decided(unknown: Unknown, request: &SignInRequest<'_>) -> Result<Seen, Option<Refusal>> {
        match decide(&brands(unknown), request) {
            Decision::SignIn(sign_in) => Ok(seen(&sign_in)),
            Decision::Refuse(refusal) => Err(Some(refusal)),
            Decision::Ask(_) => Err(None),
        }
    }

    fn sign_in(key: BrandKey, matched: Match, forward: Forward, destination: &str) -> Seen {
        Seen { key, matched, forward, destination: destination.to_owned() }
    }

    #[test]
    fn the_host_wins_over_brand_id_and_brand_id_over_unknown() {
        use Forward::{AsItCame, Home};
        let shoes = "https://help.acme-shoes.example/hc";
        let account = "https://acme.zendesk.com/hc";
        let games = "https://help.acme-games.example/";
        let cases = [
            (shoes, None, sign_in(SHOES, Match::Host, AsItCame, shoes)),
            (shoes, Some(SHOES_ID), sign_in(SHOES, Match::Host, AsItCame, shoes)),
            (shoes, Some(COFFEE_ID), sign_in(SHOES, Match::Host, AsItCame, shoes)),
            (shoes, Some(STRANGER), sign_in(SHOES, Match::Host, AsItCame, shoes)),
            (games, Some(SHOES_ID), sign_in(GAMES, Match::Host, AsItCame, games)),
            (account, Some(COFFEE_ID), sign_in(COFFEE, Match::BrandId, AsItCame, account)),
            (
                "-",
                Some(COFFEE_ID),
                sign_in(COFFEE, Match::BrandId, AsItCame, "https://help.acme-coffee.example/"),
            ),
            (
                "/hc",
                Some(COFFEE_ID),
                sign_in(COFFEE, Match::BrandId, AsItCame, "https://help.acme-coffee.example/hc"),
            ),
            (
                "https://acme.zendesk.com/access/logout",
                Some(COFFEE_ID),
                sign_in(COFFEE, Match::BrandId, Home, "https://help.acme-coffee.example/"),
            ),
            (
                "https://help.acme-shoes.example/access",
                None,
                sign_in(SHOES, Match::Host, Home, "https://acme-shoes.zendesk.com/"),
            ),
        ];
        for unknown in [Unknown::Ask, Unknown::Refuse, Unknown::Brand(GAMES)] {
            for (return_to, id, expected) in &cases {
                let decided = decided(unknown, &request(return_to, *id));
                assert_eq!(decided.as_ref(), Ok(expected), "{return_to:?} {id:?} {unknown:?}");
            }
        }
    }

    #[test]
    fn a_destination_that_is_not_the_brands_is_refused() {
        let malformed = Some(Refusal::ReturnTo(InvalidReturnTo::Malformed));
        let foreign = Some(Refusal::ReturnTo(InvalidReturnTo::Foreign));
        let cases = [
            ("https://evil.test/", Some(SHOES_ID), foreign),
            ("https://acme-shoes.zendesk.com.evil.test/", Some(SHOES_ID), foreign),
            ("//evil.test", Some(SHOES_ID), malformed),
            ("", Some(SHOES_ID), malformed),
            ("https://joe@help.acme-shoes.example/", Some(SHOES_ID), malformed),
            ("http://help.acme-shoes.example/", None, malformed),
            ("//evil.test", None, malformed),
        ];
        for unknown in [Unknown::Ask, Unknown::Refuse, Unknown::Brand(SHOES)] {
            for (return_to, id, expected) in cases {
                let decided = decided(unknown, &request(return_to, id));
                assert_eq!(decided, Err(expected), "{return_to:?} {id:?} {unknown:?}");
            }
        }
    }

    #[test]
    fn where_nothing_names_a_brand_the_table_says_what_to_do() {
        for (return_to, id, carried) in [
            ("-", None, None),
            ("-", Some(STRANGER), None),
            ("/hc/requests", None, Some("/hc/requests")),
            ("https://evil.test/", None, None),
            ("https://acme.zendesk.com/agent", Some(STRANGER), None),
        ] {
            let request = request(return_to, id);
            let refused = decided(Unknown::Refuse, &request);
            assert_eq!(refused, Err(Some(Refusal::UnknownBrand)), "{return_to:?}");
            let brands = brands(Unknown::Ask);
            let Decision::Ask(asked) = decide(&brands, &request) else { panic!("{return_to:?}") };
            assert_eq!(asked.as_deref(), carried, "{return_to:?}");
        }
    }

    #[test]
    fn the_brand_for_unknown_gets_only_what_it_may_send_people_to() {
        let home = "https://acme-shoes.zendesk.com/";
        let cases = [
            ("-", Forward::AsItCame, home),
            ("/hc", Forward::AsItCame, "https://acme-shoes.zendesk.com/hc"),
            ("/access", Forward::Home, home),
            ("https://acme.zendesk.com/hc", Forward::AsItCame, "https://acme.zendesk.com/hc"),
            ("https://evil.test/", Forward::Nothing, home),
        ];
        for (return_to, forward, destination) in cases {
            let decided = decided(Unknown::Brand(SHOES), &request(return_to, Some(STRANGER)));
            let expected = sign_in(SHOES, Match::Unknown, forward, destination);
            assert_eq!(decided, Ok(expected), "{return_to:?}");
        }
    }

    #[test]
    fn a_disagreement_between_host_and_brand_id_is_seen() {
        let cases = [
            ("https://help.acme-shoes.example/", Some(SHOES_ID), false),
            ("https://help.acme-shoes.example/", Some(COFFEE_ID), true),
            ("https://help.acme-shoes.example/", Some(STRANGER), true),
            ("https://help.acme-shoes.example/", None, false),
            ("https://acme.zendesk.com/", Some(SHOES_ID), false),
            ("/hc", Some(SHOES_ID), false),
            // The table does not know the id of this one, so a stranger may be it.
            ("https://help.acme-games.example/", Some(STRANGER), false),
            ("https://help.acme-games.example/", Some(SHOES_ID), true),
        ];
        let brands = brands(Unknown::Refuse);
        for (return_to, id, expected) in cases {
            let request = request(return_to, id);
            let Decision::SignIn(sign_in) = decide(&brands, &request) else {
                panic!("{request:?}")
            };
            assert_eq!(sign_in.disagrees, expected, "{request:?}");
            let sign_out = decide_logout(&brands, &request).unwrap();
            assert_eq!(sign_out.disagrees, expected, "sign-out, {request:?}");
        }
    }

    #[test]
    fn the_first_route_that_matches_the_path_of_browsers_wins() {
        let cases = [
            ("-", None, BackendKey(1)),
            ("/hc", None, BackendKey(1)),
            ("/agent", Some(0), STAFF),
            ("/agent/admin", Some(0), STAFF),
            ("https://acme.zendesk.com/agent?x#y", Some(0), STAFF),
            ("/x/../agent", Some(0), STAFF),
            ("/%2e/agent", Some(0), STAFF),
            ("/hc/vip", Some(1), VIP),
            ("/agents", None, BackendKey(1)),
            ("/%61gent", None, BackendKey(1)),
            ("/agent%2f..", None, BackendKey(1)),
            ("/agent/../hc", None, BackendKey(1)),
            ("/?/agent", None, BackendKey(1)),
            ("/hc#/agent", None, BackendKey(1)),
            ("/agent/..%2faccess", None, BackendKey(1)),
        ];
        let brands = brands(Unknown::Refuse);
        for (return_to, route, backend) in cases {
            let request = request(return_to, Some(SHOES_ID));
            let Decision::SignIn(sign_in) = decide(&brands, &request) else {
                panic!("{return_to:?}")
            };
            assert_eq!((sign_in.route, sign_in.backend), (route, backend), "{return_to:?}");
            let is_staff = sign_in.rules().roles.contains(&Role::Agent);
            assert_eq!(is_staff, backend == STAFF, "rules of {return_to:?}");
            let explanation = explain(&brands, &request, Some(&sign_in));
            let first = explanation.routes.iter().position(|is_match| *is_match);
            assert_eq!((first, explanation.routes.len()), (route, 3), "{return_to:?}");
        }
    }

    #[test]
    fn a_sign_out_goes_by_brand_id_first_and_leaves_a_bad_return_to_behind() {
        use Forward::{AsItCame, Home, Nothing};
        let shoes = "https://help.acme-shoes.example/hc";
        let shoes_home = "https://acme-shoes.zendesk.com/";
        let coffee_home = "https://help.acme-coffee.example/";
        let cases = [
            ("-", Some(COFFEE_ID), sign_in(COFFEE, Match::BrandId, AsItCame, coffee_home)),
            (shoes, Some(COFFEE_ID), sign_in(COFFEE, Match::BrandId, Nothing, coffee_home)),
            (shoes, Some(SHOES_ID), sign_in(SHOES, Match::BrandId, AsItCame, shoes)),
            (shoes, Some(STRANGER), sign_in(SHOES, Match::Host, AsItCame, shoes)),
            (shoes, None, sign_in(SHOES, Match::Host, AsItCame, shoes)),
            ("/access", Some(SHOES_ID), sign_in(SHOES, Match::BrandId, Home, shoes_home)),
            ("", Some(SHOES_ID), sign_in(SHOES, Match::BrandId, Nothing, shoes_home)),
            ("//evil.test", Some(SHOES_ID), sign_in(SHOES, Match::BrandId, Nothing, shoes_home)),
            (
                "https://evil.test/",
                Some(SHOES_ID),
                sign_in(SHOES, Match::BrandId, Nothing, shoes_home),
            ),
        ];
        let brands = brands(Unknown::Brand(SHOES));
        for (return_to, id, expected) in cases {
            let sign_out = decide_logout(&brands, &request(return_to, id)).unwrap();
            assert_eq!(seen(&sign_out), expected, "{return_to:?} {id:?}");
        }
        for return_to in ["-", "/hc", "//evil.test", "https://acme.zendesk.com/"] {
            let nobody = decide_logout(&brands, &request(return_to, Some(STRANGER)));
            assert!(nobody.is_none(), "{return_to:?}");
        }
    }

    #[test]
    fn what_a_flow_remembers_must_still_be_the_brands() {
        let brands = brands(Unknown::Refuse);
        let coffee = (COFFEE, brands.brand(COFFEE).unwrap());
        let resume = |text: Option<&'static str>| {
            SignIn::resume(&brands, coffee, text.map(Into::into))
                .map(|sign_in| sign_in.destination.absolute().into_owned())
        };
        let home = || Ok("https://help.acme-coffee.example/".to_owned());
        assert_eq!(resume(None), home());
        assert_eq!(resume(Some("/access/jwt")), home());
        assert_eq!(resume(Some("/")), home());
        assert_eq!(resume(Some("//evil.test")), Err(InvalidReturnTo::Malformed));
        let shoes = "https://help.acme-shoes.example/";
        assert_eq!(resume(Some(shoes)), Err(InvalidReturnTo::Foreign));
    }

    #[test]
    fn an_explanation_says_which_criteria_missed_and_why() {
        let brands = brands(Unknown::Refuse);
        let cases = [
            ("-", None, Err("there is no return_to"), Err("there is no brand_id")),
            ("/hc", Some(SHOES_ID), Err("it is relative, so it names no brand"), Ok(SHOES)),
            (
                "https://evil.test",
                Some(STRANGER),
                Err("its host is no brand's"),
                Err("no brand has this id"),
            ),
            (
                "https://acme.zendesk.com",
                Some(SHOES_ID),
                Err("its host is the account's, so it names no brand"),
                Ok(SHOES),
            ),
            (
                "//evil.test",
                Some(SHOES_ID),
                Err("it is not an address that browsers and brandgate read alike"),
                Ok(SHOES),
            ),
            ("https://help.acme-coffee.example", Some(SHOES_ID), Ok(COFFEE), Ok(SHOES)),
        ];
        for (return_to, id, host, brand_id) in cases {
            let explanation = explain(&brands, &request(return_to, id), None);
            assert_eq!((explanation.host, explanation.brand_id), (host, brand_id), "{return_to:?}");
            assert!(explanation.routes.is_empty(), "{return_to:?}");
        }
    }

    #[test]
    fn the_account_may_be_a_brand_too() {
        let hosts = ["help.acme.example", "acme.zendesk.com"];
        let brands =
            vec![brand("acme", None, &hosts), brand("shoes", Some(SHOES_ID), &["a.example"])];
        let brands = Brands::new(Account::parse("acme").unwrap(), Unknown::Refuse, brands);
        let request = request("https://acme.zendesk.com/hc", Some(SHOES_ID));
        let Decision::SignIn(sign_in) = decide(&brands, &request) else { panic!("refused") };
        assert_eq!((sign_in.key, sign_in.matched), (BrandKey(0), Match::Host));
        let sign_out = decide_logout(&brands, &request).unwrap();
        assert_eq!((sign_out.key, sign_out.forward), (BrandKey(1), Forward::AsItCame));
    }

    #[test]
    fn a_hundred_thousand_hosts_are_told_apart() {
        let ids = 0..50_000_u32;
        let brands = ids.clone().map(|n| {
            let hosts = [&*format!("b{n}.zendesk.com"), &*format!("help.b{n}.example")];
            brand(&format!("b{n}"), Some(BrandId(n.into())), &hosts)
        });
        let account = Account::parse("acme").unwrap();
        let brands = Brands::new(account, Unknown::Refuse, brands.collect());
        for n in ids.step_by(997) {
            for return_to in
                [format!("https://B{n}.zendesk.com/"), format!("https://help.b{n}.example")]
            {
                let request = SignInRequest { return_to: Some(return_to.into()), brand_id: None };
                let Decision::SignIn(sign_in) = decide(&brands, &request) else { panic!("{n}") };
                assert_eq!(sign_in.key, BrandKey(n), "{request:?}");
            }
        }
    }
}
