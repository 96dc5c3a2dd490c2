//! One file with everything: each way to sign in, at peers that nobody here wrote, in one process.
//!
//! `whole_file.yaml` is the example of the design, line for line, but for
//! - addresses: the listeners, `jwks_url` and the `issuer` of `staff` are on loopback, the pool has an
//!   `endpoint` there, and Zendesk's secret lies beside the file;
//! - ids that are cut short in the example, and the brands beyond `shoes`, one for each backend;
//! - routes by `client_ip` and `tls`, which do not exist.

pub(crate) mod acme;

use brandgate::clock::Clock;
use serde_json::{Value, json};

use self::acme::{Acme, CHAT, MESSAGING, Peers, SHOES_SITE, SSO, TEAM, joe, login, told, zendesk};
use crate::cognito::moto::{Moto, PASSWORD, totp};
use crate::oidc::provider::Provider;
use crate::support::answer::Answer;
use crate::support::browser::Browser;
use crate::support::{assertion, provider as xsolla};
use crate::walk::parameter;

const SHOES: u64 = 360_000_000_001;
const COFFEE: u64 = 360_000_000_002;
const GAMES: u64 = 360_000_000_003;
const DESK: u64 = 360_000_000_004;
const BOOKS: u64 = 360_000_000_005;

const AGENTS: &str = "https://acme-shoes.zendesk.com/agent/tickets/1";
const GAMES_AT: &str = "https://sso.acme-games.example";
const PROJECT: &str = "40db2ea4-0000-4000-8000-000000000000";

/// Signs in to the shoes at `return_to`, up to the answer to what their site says.
fn to_shoes(browser: &mut Browser, return_to: &str, said: &Value) -> Answer {
    let sent = browser.get(&login(SHOES, return_to));
    assert!(sent.to().starts_with(&format!("{SHOES_SITE}/zdlogin.php?brand_id={SHOES}&")));
    let fields = [("jwt", &*joe(said)), ("return_to", return_to)];
    browser.post(&format!("{SSO}/access/jwt"), SHOES_SITE, &fields)
}

/// Signs in at the provider of the staff, up to the answer of brandgate.
fn by_staff(browser: &mut Browser, brand_id: u64, return_to: &str, who: &str) -> Answer {
    let sent = browser.get(&login(brand_id, return_to));
    let back = browser.until(sent, &format!("{SSO}/callback/staff?"), who);
    browser.get(back.as_str())
}

/// What Xsolla says about Gina, with `changes`.
fn gina(changes: &Value) -> String {
    let now = Clock::default().now();
    let mut claims = json!({
        "iss": "https://login.xsolla.com", "iat": now, "exp": now + 86_400, "sub": "d342dad2",
        "email": "gina@games.example", "email_verified": true, "username": "gina",
        "name": "Gina Gamer", "picture": "https://cdn.xsolla.net/gina.png",
        "type": "xsolla_login", "groups": [{ "id": 1, "name": "default", "is_default": true }],
        "xsolla_login_project_id": PROJECT,
    });
    for (name, value) in changes.as_object().unwrap() {
        claims[name] = value.clone();
    }
    xsolla::signed("a", &claims)
}

#[test]
fn the_file_is_good_and_warned_about_where_it_should_be() {
    let check = Peers::default().check(&[]);
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stdout));
    let report: Value = serde_json::from_slice(&check.stdout).unwrap();
    let said = report["problems"].as_array().unwrap().iter();
    let said: Vec<_> = said.map(|it| (&it["severity"], &it["path"], &it["message"])).collect();
    let proxy = "`coffee-pool` counts attempts for each address, and behind a proxy everybody has \
                 the proxy's";
    let addresses = "`coffee-pool` and `games-login` and `shoes-site` and `staff` may say the same \
                     addresses: any that is not reserved";
    let stand_in = "nobody is asked there: `endpoint` takes its place";
    let no_home = "no brand has the account's own host `acme.zendesk.com`, where agents work";
    let warnings = [
        ("server.client_address", proxy),
        ("zendesk.account", no_home),
        ("backends", addresses),
        ("backends.coffee-pool.region", stand_in),
    ];
    let warnings = warnings.map(|(path, text)| (json!("warning"), json!(path), json!(text)));
    assert_eq!(said, warnings.each_ref().map(|(severity, path, text)| (severity, path, text)));
}

#[test]
fn an_old_script_signs_in_with_a_secret_of_its_own() {
    let mut acme = Acme::start(&Peers::default());
    let there = "https://acme-shoes.zendesk.com/hc/requests/7?a=b&c=%20d";
    let mut browser = acme.browser();
    let sent = browser.get(&login(SHOES, there));
    let query = login(SHOES, there);
    let query = query.split_once('?').unwrap().1;
    assert_eq!(sent.to(), format!("{SHOES_SITE}/zdlogin.php?{query}"), "byte for byte");

    let jwt = joe(&json!({ "phone": "+4930123456", "organization": null }));
    let fields = [("jwt", &*jwt), ("return_to", there)];
    let answer = browser.post(&format!("{SSO}/access/jwt"), SHOES_SITE, &fields);
    let (claims, return_to) = zendesk(&answer);
    let expected = json!({
        "email": "joe@example.com", "name": "Joe", "external_id": "shoes_7",
        "phone": "+4930123456", "organization": "Acme Shoes", "tags": ["shoes"],
    });
    assert_eq!((claims, return_to.as_str()), (expected, there));
    let used = acme.redis.keys().iter().filter(|it| it.contains(":used:")).count();
    assert_eq!(used, 1, "the assertion, in Redis");
    let mut other = acme.browser();
    other.get(&login(SHOES, there));
    let again = other.post(&format!("{SSO}/access/jwt"), SHOES_SITE, &fields);
    assert_eq!(acme.refused(&again), (409, "assertion-used".to_owned()));
}

#[tokio::test]
async fn a_user_pool_signs_in_with_a_password_and_a_code() {
    let moto = Moto::start();
    let pool = moto.pool().await;
    let sub = pool.add("carol@coffee.example", true).await;
    pool.give_authenticator("carol@coffee.example", PASSWORD).await;
    let peers = Peers {
        cognito: &moto.address,
        coffee_client: &pool.client_id,
        coffee_secret: &pool.client_secret,
        ..Peers::default()
    };
    let acme = Acme::start(&peers);
    let mut carol = acme.browser();
    let there = "https://help.acme-coffee.example/hc/requests";
    let sent = carol.get(&login(COFFEE, there));
    assert!(sent.to().starts_with(&format!("{SSO}/sign-in/")), "{sent:?}");
    let form = carol.get(&sent.to());
    assert!(form.body.contains("Sign in to Acme Coffee"), "{}", form.body);
    let typed = [("email", "carol@coffee.example"), ("password", PASSWORD)];
    let asked = carol.fill(&form, &typed);
    let (step, code) = totp();
    let mut answer = carol.fill(&asked, &[("code", &code)]);
    // The half minute may have ended while the code was on its way.
    if answer.status != 200 && totp().0 != step {
        answer = carol.fill(&asked, &[("code", &totp().1)]);
    }
    let expected = json!({
        "email": "carol@coffee.example", "name": "Caro", "external_id": format!("coffee_{sub}"),
    });
    assert_eq!(zendesk(&answer), (expected, there.to_owned()));
}

#[test]
fn a_login_cookie_signs_in_at_the_second_address() {
    let xsolla = xsolla::Provider::start();
    let xsolla = format!("http://{}", xsolla.address);
    let mut acme = Acme::start(&Peers { xsolla: &xsolla, ..Peers::default() });
    let there = "https://acme-games.zendesk.com/hc/requests";
    let query = login(GAMES, there);
    let query = query.split_once('?').unwrap().1;
    let at = format!("{GAMES_AT}/backends/games-login/login?{query}");
    let expected = json!({
        "email": "gina@games.example", "name": "Gina Gamer", "external_id": "games_d342dad2",
    });

    let mut browser = acme.browser();
    assert_eq!(browser.get(&login(GAMES, there)).to(), at);
    let sent = browser.get(&at);
    assert_eq!(sent.to(), format!("https://login.acme-games.example/?{query}"));
    browser.hold("acme-games.example", "token", &gina(&json!({})));
    let back = browser.get(&format!("{GAMES_AT}/callback/games-login"));
    assert_eq!(zendesk(&back), (expected.clone(), there.to_owned()));
    let straight = browser.get(&at);
    assert_eq!(zendesk(&straight), (expected, there.to_owned()), "the cookie is there now");

    let cases = [
        ("another project's", json!({ "xsolla_login_project_id": "x" }), "session-other-project"),
        ("another issuer's", json!({ "iss": "https://evil.example" }), "session-issuer"),
        ("an agent's address", json!({ "email": "ann@acme.example" }), "address-reserved"),
        // As Xsolla itself has it, until somebody decides about it.
        ("one that vouches for nothing", json!({ "email_verified": null }), "email-proof-missing"),
    ];
    for (what, changes, kind) in cases {
        let mut browser = acme.browser();
        browser.get(&at).to();
        browser.hold("acme-games.example", "token", &gina(&changes));
        let answer = browser.get(&format!("{GAMES_AT}/callback/games-login"));
        assert_eq!(acme.refused(&answer).1, kind, "{what}");
    }
}

#[test]
fn the_path_of_a_page_decides_who_signs_in_and_who_may_be_an_agent() {
    let provider = Provider::start(SSO);
    let mut acme = Acme::start(&Peers { staff: &provider.issuer, ..Peers::default() });
    // No role is said, and the rules have two: Zendesk leaves Ann what she is.
    let ann = json!({ "email": "ann@acme.example", "name": "Ann Answers", "external_id": "ann" });
    let answer = by_staff(&mut acme.browser(), SHOES, AGENTS, "ann");
    assert_eq!(zendesk(&answer), (ann, AGENTS.to_owned()), "nothing of the brand's own rules");
    let role_not_allowed = (403, "role-not-allowed".to_owned());

    // The brand's own site is for its own pages, and for end users who are not the company's.
    let hc = "https://acme-shoes.zendesk.com/hc";
    let cases = [
        ("an agent", json!({ "role": "agent" }), role_not_allowed.clone()),
        ("an admin", json!({ "role": "admin" }), role_not_allowed.clone()),
        (
            "a colleague",
            json!({ "email": "ann@ACME.example" }),
            (403, "address-reserved".to_owned()),
        ),
        (
            "tags",
            json!({ "user_fields": { "vip": true } }),
            (403, "attribute-not-allowed".to_owned()),
        ),
    ];
    for (what, said, expected) in cases {
        let answer = to_shoes(&mut acme.browser(), hc, &said);
        assert_eq!(acme.refused(&answer), expected, "{what}");
        let logo = r#"src="https://cdn.acme-shoes.example/logo.svg" alt="Acme Shoes""#;
        for look in [logo, "/assets/brands/shoes.css", "mailto:help@acme-shoes.example"] {
            assert!(answer.body.contains(look), "{what}: {look} in {}", answer.body);
        }
    }
    let style = acme.browser().get(&format!("{SSO}/assets/brands/shoes.css"));
    assert!(style.body.contains("--brand: #0b5fff"), "{}", style.body);
    let mut browser = acme.browser();
    browser.get(&login(SHOES, AGENTS)).to();
    let fields = [("jwt", &*joe(&json!({})))];
    let answer = browser.post(&format!("{SSO}/access/jwt"), SHOES_SITE, &fields);
    assert_eq!(acme.refused(&answer).0, 400, "a flow of the staff's is not for the site");

    // A brand of the staff's own, where they are end users.
    let there = "https://acme-desk.zendesk.com/hc";
    let answer = by_staff(&mut acme.browser(), DESK, there, "joe");
    let joe = json!({ "email": "joe@example.com", "name": "Joe Bloggs", "external_id": "joe" });
    assert_eq!(zendesk(&answer), (joe, there.to_owned()));

    // Once the file says which claim is the role, it is one.
    let peers = Peers { staff: &provider.issuer, ..Peers::default() };
    let named = ("client_id: brandgate\n", "client_id: brandgate\n    claims: { role: role }\n");
    let mut acme = Acme::changed(&peers, &[named]);
    let answer = by_staff(&mut acme.browser(), SHOES, AGENTS, "ann");
    assert_eq!(zendesk(&answer).0["role"], "agent");
    let answer = by_staff(&mut acme.browser(), DESK, there, "ann");
    assert_eq!(acme.refused(&answer), role_not_allowed, "an agent at the desk");
}

#[test]
fn zendesks_own_page_a_start_link_and_pages_that_belong_to_nobody() {
    let acme = Acme::start(&Peers::default());
    let mut browser = acme.browser();
    let sent = browser.get(&login(BOOKS, "https://acme-books.zendesk.com/hc/requests"));
    assert_eq!(
        sent.to(),
        "https://acme-books.zendesk.com/access/normal\
         ?return_to=https%3A%2F%2Facme-books.zendesk.com%2Fhc%2Frequests"
    );
    let sent = browser.get(&format!("{SSO}/start/shoes?to=/hc/requests"));
    let sent: reqwest::Url = sent.to().parse().unwrap();
    assert!(sent.as_str().starts_with(&format!("{SHOES_SITE}/zdlogin.php?brand_id={SHOES}&")));
    let home = "https://acme-shoes.zendesk.com/hc/requests";
    assert_eq!(parameter(&sent, "return_to").as_deref(), Some(home), "on the brand's home");

    for query in ["return_to=https%3A%2F%2Fevil.example%2F", "brand_id=17", ""] {
        let asks = acme.browser().get(&format!("{SSO}/login?{query}"));
        assert_eq!(asks.status, 200, "{query}");
        assert!(asks.body.contains("Where would you like to sign in?"), "{}", asks.body);
        for brand in ["Acme Shoes", "Acme Coffee", "Acme Games", "Acme Desk", "Acme Books"] {
            assert!(asks.body.contains(brand), "{query}: {brand}");
        }
        assert!(!asks.body.contains("evil"), "{}", asks.body);
    }
    for (path, status) in [("/livez", 200), ("/readyz", 200), ("/login", 404)] {
        let address = format!("http://{}{path}", acme.ops);
        assert_eq!(browser.get(&address).status, status, "{path} for operators");
        let address = format!("{SSO}{path}?brand_id={SHOES}");
        let expected = if path == "/login" { 302 } else { 404 };
        assert_eq!(browser.get(&address).status, expected, "{path} for people");
    }
}

#[test]
fn everybody_signs_out_where_they_signed_in() {
    let provider = Provider::start(SSO);
    let acme = Acme::start(&Peers { staff: &provider.issuer, ..Peers::default() });
    let out = |id: u64| format!("{SSO}/logout?brand_id={id}&email=joe%40example.com&external_id=7");
    let sent = acme.browser().get(&out(SHOES));
    assert_eq!(sent.to(), format!("{SHOES_SITE}/zdlogout.php?brand_id={SHOES}"));

    let mut ann = acme.browser();
    zendesk(&by_staff(&mut ann, SHOES, AGENTS, "ann"));
    let sent = ann.get(&out(DESK));
    assert!(sent.to().starts_with(&format!("{}/session/end?", provider.issuer)), "{sent:?}");
    let done = ann.until(sent, &format!("{SSO}/logout/done/staff"), "ann");
    let done = ann.get(done.as_str());
    assert!(done.body.contains("You are signed out") && done.body.contains("Acme Desk"));
    let begun = ann.get(&login(SHOES, AGENTS));
    let asked = ann.get(&begun.to());
    let asked = ann.get(&asked.to());
    assert!(asked.body.contains("name=\"login\""), "the provider asks again: {}", asked.body);

    for (id, brand) in
        [(COFFEE, "Acme Coffee"), (GAMES, "Acme Games"), (BOOKS, "Acme Books"), (17, "")]
    {
        let page = acme.browser().get(&out(id));
        assert_eq!(page.status, 200, "{id}");
        assert!(page.body.contains("You are signed out") && page.body.contains(brand), "{id}");
    }
    let error = format!("{SSO}/logout?brand_id={SHOES}&kind=error&message=x");
    let page = acme.browser().get(&error);
    assert_eq!(page.header("location"), None, "an error signs nobody out");
}

#[test]
fn widgets_of_the_brand_get_tokens_by_secrets_of_their_own() {
    let acme = Acme::start(&Peers::default());
    let mut browser = acme.browser();
    for (widget, secret, kid) in [("chat", CHAT, None), ("messaging", MESSAGING, Some("app_5f00"))]
    {
        let address = format!("{SSO}/brands/shoes/{widget}-token");
        let fields = [("jwt", &*joe(&json!({ "aud": address })))];
        let answer = browser.post(&address, SHOES_SITE, &fields);
        let answer: Value = serde_json::from_str(&answer.body).unwrap();
        let (header, claims) = assertion::read(answer["token"].as_str().unwrap(), secret);
        assert_eq!(header["kid"].as_str(), kid, "{widget}");
        assert_eq!(claims["email"], "joe@example.com", "{widget}");
        assert_eq!(claims["external_id"], "shoes_7", "{widget}");
        assert_eq!(claims["scope"].as_str(), kid.and(Some("user")), "{widget}");

        let stranger = browser.post(&address, "https://stranger.example", &fields);
        assert_eq!(stranger.status, 403, "{widget}");
        let other = address.replace("/shoes/", "/coffee/");
        assert_eq!(browser.post(&other, SHOES_SITE, &fields).status, 404, "{widget}");
    }
}

#[test]
fn what_stands_there_as_a_comment_works_too() {
    let provider = Provider::start(SSO);
    let peers = Peers { staff: &provider.issuer, ..Peers::default() };
    let comments = ["# team_members", "# origins", "# unsolicited", "# audience"];
    let changes = comments.map(|it| (it, &it[2..]));
    assert!(peers.check(&changes).status.success());
    let mut acme = Acme::changed(&peers, &changes);
    let answer = by_staff(&mut acme.browser(), SHOES, AGENTS, "ann");
    let said = told(&answer, TEAM).0;
    assert_eq!(said["email"], "ann@acme.example", "by the team members' own secret");

    let hc = "https://acme-shoes.zendesk.com/hc";
    let answer = to_shoes(&mut acme.browser(), hc, &json!({}));
    assert_eq!(acme.refused(&answer), (403, "assertion-audience".to_owned()), "no audience");
    let fields = [("jwt", &*joe(&json!({ "aud": SSO }))), ("return_to", hc)];
    let address = format!("{SSO}/access/jwt");
    let login_page = "https://login.acme-shoes.example";
    let answer = acme.browser().post(&address, login_page, &fields);
    assert_eq!(zendesk(&answer).1, hc, "started by the site itself");
    let fields = [("jwt", &*joe(&json!({ "aud": SSO }))), ("return_to", hc)];
    let asks = acme.browser().post(&address, SHOES_SITE, &fields);
    assert!(asks.body.contains("Continue to Acme Shoes as j•••@example.com?"), "{}", asks.body);
}
