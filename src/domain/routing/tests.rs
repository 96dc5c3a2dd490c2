use super::{
    Decision, Dispatch, Forward, Match, Refusal, RemoteRequest, decide, decide_logout, explain,
};
use crate::domain::example::{
    COFFEE, COFFEE_ID, GAMES, SHOES, SHOES_ID, STAFF, VIP, brand, brands,
};
use crate::domain::{
    Account, BackendKey, BrandId, BrandKey, Brands, InvalidReturnTo, Role, Unknown,
};

const STRANGER: BrandId = BrandId(9);

fn request(return_to: &str, brand_id: Option<BrandId>) -> RemoteRequest<'_> {
    // A missing one is written as `-`, an empty one is something else.
    let return_to = Some(return_to).filter(|text| *text != "-").map(Into::into);
    RemoteRequest { return_to, brand_id, client: None }
}

/// What a case says about a sign-in.
#[derive(Debug, PartialEq)]
struct Seen {
    key: BrandKey,
    matched: Match,
    forward: Forward,
    destination: String,
}

fn seen(sign_in: &Dispatch<'_>) -> Seen {
    let Dispatch { key, matched, forward, .. } = *sign_in;
    Seen { key, matched, forward, destination: sign_in.destination.absolute().into_owned() }
}

fn decided(unknown: Unknown, request: &RemoteRequest<'_>) -> Result<Seen, Option<Refusal>> {
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
    use Forward::{Home, Verbatim};
    let shoes = "https://help.acme-shoes.example/hc";
    let account = "https://acme.zendesk.com/hc";
    let games = "https://help.acme-games.example/";
    let cases = [
        (shoes, None, sign_in(SHOES, Match::Host, Verbatim, shoes)),
        (shoes, Some(SHOES_ID), sign_in(SHOES, Match::Host, Verbatim, shoes)),
        (shoes, Some(COFFEE_ID), sign_in(SHOES, Match::Host, Verbatim, shoes)),
        (shoes, Some(STRANGER), sign_in(SHOES, Match::Host, Verbatim, shoes)),
        (games, Some(SHOES_ID), sign_in(GAMES, Match::Host, Verbatim, games)),
        (account, Some(COFFEE_ID), sign_in(COFFEE, Match::BrandId, Verbatim, account)),
        (
            "-",
            Some(COFFEE_ID),
            sign_in(COFFEE, Match::BrandId, Verbatim, "https://help.acme-coffee.example/"),
        ),
        (
            "/hc",
            Some(COFFEE_ID),
            sign_in(COFFEE, Match::BrandId, Verbatim, "https://help.acme-coffee.example/hc"),
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
    let miswritten = Some(Refusal::ReturnTo(InvalidReturnTo::Miswritten));
    let foreign = Some(Refusal::ReturnTo(InvalidReturnTo::Foreign));
    let cases = [
        ("https://evil.test/", Some(SHOES_ID), foreign),
        ("https://acme-shoes.zendesk.com.evil.test/", Some(SHOES_ID), foreign),
        ("//evil.test", Some(SHOES_ID), malformed),
        ("hc", Some(SHOES_ID), miswritten),
        ("https://joe@help.acme-shoes.example/", Some(SHOES_ID), miswritten),
        ("http://help.acme-shoes.example/", None, miswritten),
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
        ("-", Forward::Verbatim, home),
        ("/hc", Forward::Verbatim, "https://acme-shoes.zendesk.com/hc"),
        ("/access", Forward::Home, home),
        ("https://acme.zendesk.com/hc", Forward::Verbatim, "https://acme.zendesk.com/hc"),
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
        let Decision::SignIn(sign_in) = decide(&brands, &request) else { panic!("{request:?}") };
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
        let Decision::SignIn(sign_in) = decide(&brands, &request) else { panic!("{return_to:?}") };
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
    use Forward::{Home, Nothing, Verbatim};
    let shoes = "https://help.acme-shoes.example/hc";
    let shoes_home = "https://acme-shoes.zendesk.com/";
    let coffee_home = "https://help.acme-coffee.example/";
    let cases = [
        ("-", Some(COFFEE_ID), sign_in(COFFEE, Match::BrandId, Verbatim, coffee_home)),
        (shoes, Some(COFFEE_ID), sign_in(COFFEE, Match::BrandId, Nothing, coffee_home)),
        (shoes, Some(SHOES_ID), sign_in(SHOES, Match::BrandId, Verbatim, shoes)),
        (shoes, Some(STRANGER), sign_in(SHOES, Match::Host, Verbatim, shoes)),
        (shoes, None, sign_in(SHOES, Match::Host, Verbatim, shoes)),
        ("/access", Some(SHOES_ID), sign_in(SHOES, Match::BrandId, Home, shoes_home)),
        ("", Some(SHOES_ID), sign_in(SHOES, Match::BrandId, Nothing, shoes_home)),
        ("//evil.test", Some(SHOES_ID), sign_in(SHOES, Match::BrandId, Nothing, shoes_home)),
        ("https://evil.test/", Some(SHOES_ID), sign_in(SHOES, Match::BrandId, Nothing, shoes_home)),
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
        Dispatch::resume(&brands, coffee, None, text.map(Into::into))
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
    let brands = vec![brand("acme", None, &hosts), brand("shoes", Some(SHOES_ID), &["a.example"])];
    let brands = Brands::new(Account::parse("acme").unwrap(), Unknown::Refuse, brands);
    let request = request("https://acme.zendesk.com/hc", Some(SHOES_ID));
    let Decision::SignIn(sign_in) = decide(&brands, &request) else { panic!("refused") };
    assert_eq!((sign_in.key, sign_in.matched), (BrandKey(0), Match::Host));
    let sign_out = decide_logout(&brands, &request).unwrap();
    assert_eq!((sign_out.key, sign_out.forward), (BrandKey(1), Forward::Verbatim));
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
            let request =
                RemoteRequest { return_to: Some(return_to.into()), brand_id: None, client: None };
            let Decision::SignIn(sign_in) = decide(&brands, &request) else { panic!("{n}") };
            assert_eq!(sign_in.key, BrandKey(n), "{request:?}");
        }
    }
}
