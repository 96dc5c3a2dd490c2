//! Whole journeys: a Help Center, brandgate, the brand's own site, and back.

use stand_in::Role;

use crate::support::answer::Answer;
use crate::support::app::encoded;
use crate::support::browser::{Browser, Request};
use crate::support::demo::Demo;

/// Somebody who walks through it, one page at a time.
struct Walker<'a> {
    demo: &'a Demo,
    browser: Browser,
    /// The page that is open.
    url: String,
    /// Every address on the way to it, since the last thing that the person did.
    way: Vec<String>,
    page: Answer,
}

impl Demo {
    fn sso(&self) -> String {
        format!("http://sso.localhost:{}", self.app.address().port())
    }

    /// A person who opens this page.
    fn visit(&self, url: &str) -> Walker<'_> {
        let browser = Browser::new(self.app.clock.clone(), None);
        let page = Answer::parse(b"HTTP/1.1 200 OK\r\n\r\n");
        let mut walker = Walker { demo: self, browser, url: url.to_owned(), way: vec![], page };
        walker.go(&Request::get(url), url);
        walker
    }
}

impl Walker<'_> {
    /// Sends, and follows redirects as far as a page.
    #[track_caller]
    fn go(&mut self, request: &Request, url: &str) {
        self.way.clear();
        self.page = self.send(request, url);
        let mut sent = request.clone();
        for _ in 0..10 {
            let next = match self.page.onward() {
                Some(next) => next,
                None if self.page.status != 302 => return,
                None => self.page.location().to_owned(),
            };
            sent = match self.page.onward() {
                Some(_) => Request::get(&next).from(origin(&self.url)),
                None => sent.redirected(&next),
            };
            self.page = self.send(&sent, &next);
        }
        panic!("no end of redirects at {}", self.url);
    }

    #[track_caller]
    fn send(&mut self, request: &Request, url: &str) -> Answer {
        let answer = self.browser.send(request);
        if url.starts_with(&self.demo.sso()) {
            answer.assert_lawful(|url| url.host_str().unwrap().ends_with(".localhost"));
        }
        url.clone_into(&mut self.url);
        self.way.push(url.to_owned());
        answer
    }

    /// Fills in the form that is open, and posts it.
    #[track_caller]
    fn sign_in(&mut self, email: &str, password: &str) {
        let fields = format!("email={}&password={}", encoded(email), encoded(password));
        self.post(&fields);
    }

    /// Posts the form that is open with its hidden fields, as its script does.
    #[track_caller]
    fn press_on(&mut self) {
        let names = ["jwt", "return_to", "confirmation", "brand_id"];
        let there =
            names.iter().filter(|name| self.page.body.contains(&format!("name=\"{name}\" value")));
        let fields = there.map(|name| format!("{name}={}", encoded(&self.page.field(name))));
        let fields = fields.collect::<Vec<_>>().join("&");
        self.post(&fields);
    }

    #[track_caller]
    fn post(&mut self, fields: &str) {
        let action = attribute(&self.page.body, "method=\"post\" action=\"");
        let url =
            if action.starts_with('/') { origin(&self.url).to_owned() + &action } else { action };
        let page = origin(&self.url).to_owned();
        self.go(&Request::post(&url, fields).from(&page), &url);
    }

    /// Follows the link with this id.
    #[track_caller]
    fn follow(&mut self, id: &str) {
        let href = attribute(&self.page.body, &format!("id=\"{id}\" href=\""));
        let url = if href.starts_with('/') { origin(&self.url).to_owned() + &href } else { href };
        let page = origin(&self.url).to_owned();
        self.go(&Request::get(&url).from(&page), &url);
    }

    /// Signs in at the shoes' own page and lets both forms post themselves.
    #[track_caller]
    fn sign_in_to_shoes(&mut self) {
        self.sign_in("alice@shoes.example", "sneaker");
        self.press_on();
        assert!(self.page.is_hand_off(), "{}", self.page.body);
        self.press_on();
    }
}

fn origin(url: &str) -> &str {
    let end = url.match_indices('/').nth(2).map_or(url.len(), |it| it.0);
    &url[..end]
}

#[track_caller]
fn attribute(page: &str, before: &str) -> String {
    let rest = page.split_once(before).unwrap_or_else(|| panic!("no {before} in {page}")).1;
    rest.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&")
}

#[test]
fn a_person_signs_in_lands_where_they_wanted_and_signs_out() {
    let demo = Demo::start();
    let deep = demo.at("shoes.localhost", "/hc/requests/42?page=2&sort=asc&note=a%20b");
    let mut alice = demo.visit(&deep);
    assert!(alice.url.starts_with(&demo.at("shoes-site.localhost", "/zdlogin?")), "{}", alice.url);
    alice.sign_in_to_shoes();
    assert_eq!(alice.url, deep, "to the last byte");
    for part in ["Alice Ash", "Acme Shoes", "shoes_101"] {
        assert!(alice.page.body.contains(part), "{part}");
    }
    let user =
        demo.stand_in.users().into_iter().find(|it| it.email == "alice@shoes.example").unwrap();
    assert_eq!((user.role, user.external_id.as_deref()), (Role::EndUser, Some("shoes_101")));

    alice.follow("sign-out");
    assert!(
        alice.url.starts_with(&demo.at("shoes-site.localhost", "/zdlogout?brand_id=")),
        "{}",
        alice.url
    );
    assert!(!alice.url.contains("email="), "personal data stays here: {}", alice.url);
    assert!(alice.page.body.contains("You are signed out"));
    alice.go(&Request::get(&deep), &deep);
    assert!(alice.url.contains("/zdlogin?"), "and has to sign in again");
}

#[test]
fn a_script_that_is_ten_years_old_forgets_where_they_wanted_and_they_get_there() {
    let demo = Demo::start();
    let deep = demo.at("coffee.localhost", "/hc/requests/7?from=mail");
    let mut carol = demo.visit(&deep);
    carol.sign_in("carol@coffee.example", "latte");
    assert!(carol.page.is_hand_off(), "the old GET: {}", carol.page.body);
    carol.press_on();
    assert_eq!(carol.url, deep);
    assert!(carol.page.body.contains("Carol Crema") && carol.page.body.contains("coffee_8"));
}

#[test]
fn a_brand_on_zendesks_own_sign_in_never_comes_back_to_us() {
    let demo = Demo::start();
    let deep = demo.at("acme-games.zendesk.localhost", "/hc/requests/1");
    let mut gina = demo.visit(&deep);
    assert!(
        gina.url.starts_with(&demo.at("acme-games.zendesk.localhost", "/access/normal?")),
        "{}",
        gina.url
    );
    gina.sign_in("gina@games.example", "joystick");
    assert_eq!(gina.url, deep);
    gina.follow("sign-out");
    assert_eq!(gina.page.title(), "You are signed out", "at {}", gina.url);
}

#[test]
fn a_code_of_the_provider_brings_a_person_to_the_very_page_and_out_again() {
    let demo = Demo::start();
    let deep = demo.at("bikes.localhost", "/hc/requests/42?page=2&note=a%20b");
    let mut bella = demo.visit(&deep);
    let provider = demo.at("bikes-id.localhost", "");
    assert!(bella.url.starts_with(&format!("{provider}/authorize?")), "{}", bella.url);
    bella.sign_in("bella@bikes.example", "pedal");
    assert!(bella.page.is_hand_off(), "at {}: {}", bella.url, bella.page.body);
    assert!(bella.url.starts_with(&format!("{}/callback/bikes-id?code=", demo.sso())));
    bella.press_on();
    assert_eq!(bella.url, deep);
    for part in ["Bella Bell", "bikes_31"] {
        assert!(bella.page.body.contains(part), "{part}");
    }

    bella.follow("sign-out");
    assert!(bella.url.starts_with(&format!("{provider}/end-session?")), "{}", bella.url);
    bella.post("");
    let done = format!("{}/logout/done/bikes-id?state=bikes", demo.sso());
    assert_eq!((bella.url.as_str(), bella.page.title().as_str()), (&*done, "You are signed out"));
    assert!(bella.page.body.contains("Acme Bikes"));
    bella.go(&Request::get(&deep), &deep);
    assert!(bella.page.body.contains("name=\"password\""), "and needs the password again");
}

#[test]
fn a_login_cookie_is_read_at_an_address_beneath_its_site_and_nobody_gets_in_without() {
    let demo = Demo::start();
    let deep = demo.at("music.localhost", "/hc/requests/42?page=2&note=a%20b");
    let at = demo.sso().replace("//sso.", "//sso.music-site.");
    let beneath = format!("{at}/backends/music-login/login?");
    let through = |way: &[String]| way.iter().any(|it| it.starts_with(&beneath));

    let mut max = demo.visit(&deep);
    let login = demo.at("music-site.localhost", "/login?");
    assert!(through(&max.way) && max.url.starts_with(&login), "{:?}", max.way);
    let callback = format!("{at}/callback/music-login");
    max.go(&Request::get(&callback), &callback);
    let seen = (max.page.status, max.page.title());
    assert_eq!(seen, (400, "The sign-in did not arrive".to_owned()), "back without a cookie");
    max.go(&Request::get(&deep), &deep);
    max.sign_in("max@music.example", "treble");
    assert!(max.page.is_hand_off() && max.url.starts_with(&callback), "{:?}", max.way);
    max.press_on();
    assert_eq!(max.url, deep);

    // With the cookie, nobody asks; not even the login page is on the way.
    let other = demo.at("music.localhost", "/hc/requests/7");
    max.browser.jar.forget("stand_in_session");
    max.go(&Request::get(&other), &other);
    assert!(max.page.is_hand_off() && through(&max.way), "{:?}", max.way);
    assert!(!max.way.iter().any(|it| it.starts_with(&login)), "{:?}", max.way);
    max.press_on();
    assert_eq!(max.url, other);
    assert!(max.page.body.contains("Max Minor") && max.page.body.contains("music_22"));

    max.follow("sign-out");
    let logout = demo.at("music-site.localhost", "/logout?brand_id=360000000006");
    assert!(max.url.starts_with(&logout), "{}", max.url);
    max.go(&Request::get(&deep), &deep);
    assert!(max.url.starts_with(&login), "and needs the password again: {}", max.url);
}

#[test]
fn a_forged_login_cookie_leads_to_the_login_page() {
    let demo = Demo::start();
    let mut visitor = demo.visit(&demo.at("music-site.localhost", "/forged"));
    let beneath = |it: &String| it.contains("//sso.music-site.localhost");
    assert!(visitor.way.iter().any(beneath), "{:?}", visitor.way);
    assert!(visitor.url.starts_with(&demo.at("music-site.localhost", "/login?")));
    assert!(demo.stand_in.users().iter().all(|it| it.email != "melody@music.example"));
    visitor.sign_in("max@music.example", "treble");
    visitor.press_on();
    assert!(visitor.page.body.contains("Max Minor"), "{}", visitor.page.body);
}

#[test]
fn what_goes_wrong_at_the_provider_signs_nobody_in() {
    for (trouble, status, title) in [
        ("away", 503, "Sign-in is not available right now"),
        ("nonce", 403, "We cannot confirm your sign-in"),
        ("key", 403, "We cannot confirm your sign-in"),
        ("unconfirmed", 403, "Please confirm your email address first"),
    ] {
        let demo = Demo::start();
        let mut bella = demo.visit(&demo.at("demo.localhost", "/break"));
        let switch = demo.at("demo.localhost", "/break/trouble");
        bella.go(&Request::post(&switch, &format!("message={trouble}")), &switch);
        let seen = (bella.page.status, bella.page.title());
        assert_eq!(seen, (status, title.to_owned()), "{trouble}: {}", bella.url);
        assert!(demo.stand_in.users().iter().all(|it| it.email != "bella@bikes.example"));
    }
}

#[test]
fn what_zendesk_refuses_is_explained_and_can_be_tried_again() {
    let demo = Demo::start();
    let deep = demo.at("shoes.localhost", "/hc/requests");
    let mut alice = demo.visit(&deep);
    demo.stand_in.refuse_next("Computer says no");
    alice.sign_in_to_shoes();
    assert_eq!(alice.page.title(), "The help center did not sign you in", "{}", alice.url);
    let again = format!("{}{}", demo.sso(), alice.page.links()[0]);
    alice.go(&Request::get(&again), &again);
    alice.press_on();
    alice.press_on();
    assert_eq!(alice.url, deep, "signed in at the site: no password asked");
}

#[test]
fn a_strangers_page_cannot_sign_anybody_in_as_herself() {
    let demo = Demo::start();
    let mut victim = demo.visit(&demo.at("shoes.localhost", "/hc/requests"));
    let claim = demo.at("stranger.localhost", "/claim");
    victim.go(&Request::get(&claim), &claim);
    victim.press_on();
    assert_eq!(victim.page.title(), "Continue to Acme Shoes as m•••@shoes.example?");
    assert!(!victim.page.is_hand_off());
    assert!(demo.stand_in.users().iter().all(|it| it.email != "mallory@shoes.example"));
    let not_me = format!("{}{}", demo.sso(), victim.page.links()[0]);
    victim.go(&Request::get(&not_me), &not_me);
    assert!(
        victim.url.starts_with(&demo.at("shoes-site.localhost", "/zdlogout")),
        "signed out there"
    );
    let page = demo.at("shoes.localhost", "/hc/requests");
    victim.go(&Request::get(&page), &page);
    victim.sign_in("alice@shoes.example", "sneaker");
    victim.press_on();
    assert_eq!(victim.page.title(), "Continue to Acme Shoes as a•••@shoes.example?", "once more");
    victim.press_on();
    victim.press_on();
    assert!(victim.page.body.contains("Alice Ash"), "this is me: {}", victim.url);
}

#[test]
fn a_help_center_that_never_believes_ends_on_the_page_about_loops() {
    let demo = Demo::start();
    let mut alice = demo.visit(&demo.at("loop.localhost", "/hc/requests/1"));
    alice.sign_in("alice@shoes.example", "sneaker");
    for _ in 0..10 {
        if alice.page.status == 429 {
            break;
        }
        alice.press_on();
    }
    assert_eq!(
        (alice.page.status, alice.page.title().as_str()),
        (429, "You are going round in circles")
    );
    assert!(alice.url.starts_with(&demo.sso()));
}
