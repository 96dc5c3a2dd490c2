//! Signing in to each brand, and out again.

use crate::Demo;
use crate::browser::Browser;

/// Ends in every way that something on the path could decode, order or cut.
const DEEP: &str =
    "/hc/requests/42?page=2&sort=asc&note=a%20b+c%2Fd&u=https://elsewhere/&q=%E2%82%AC";

/// A brand as a person meets it.
struct Visit {
    host: &'static str,
    form: &'static str,
    email: &'static str,
    password: &'static str,
    name: &'static str,
    external_id: &'static str,
    /// Where the brand's own system asks whether it shall sign them out too.
    asks: Option<&'static str>,
}

const VISITS: [Visit; 5] = [
    Visit {
        host: "shoes",
        form: "http://shoes-site.localhost:",
        email: "alice@shoes.example",
        password: "sneaker",
        name: "Alice Ash",
        external_id: "shoes_101",
        asks: None,
    },
    Visit {
        host: "coffee",
        form: "http://coffee-site.localhost:",
        email: "carol@coffee.example",
        password: "latte",
        name: "Carol Crema",
        external_id: "coffee_8",
        asks: None,
    },
    Visit {
        host: "acme-games.zendesk",
        form: "http://acme-games.zendesk.localhost:",
        email: "gina@games.example",
        password: "joystick",
        name: "Gina Gamer",
        external_id: "none",
        asks: None,
    },
    Visit {
        host: "bikes",
        form: "http://bikes-id.localhost:",
        email: "bella@bikes.example",
        password: "pedal",
        name: "Bella Bell",
        external_id: "bikes_31",
        asks: Some("Sign out of Acme ID too?"),
    },
    Visit {
        host: "music",
        form: "http://music-site.localhost:",
        email: "melody@music.example",
        password: "tempo",
        name: "Melody Major",
        external_id: "music_21",
        asks: None,
    },
];

#[tokio::test]
async fn at_each_brand_a_person_signs_in_lands_on_the_very_page_asked_for_and_signs_out() {
    let demo = Demo::start();
    for visit in VISITS {
        let browser = Browser::open().await;
        let wanted = demo.at(visit.host, DEEP);
        browser.visit(&wanted).await;
        assert!(browser.address().await.starts_with(visit.form), "{}", visit.host);
        browser.sign_in(visit.email, "wrong").await;
        assert!(browser.text("failed").await.contains("do not belong together"), "{}", visit.host);
        browser.sign_in(visit.email, visit.password).await;

        browser.sees(&format!("Hello, {}", visit.name)).await;
        assert_eq!(browser.address().await, wanted);
        assert_eq!(browser.text("target").await, DEEP, "as Zendesk received it");
        assert_eq!(browser.text("email").await, visit.email);
        assert_eq!(browser.text("external-id").await, visit.external_id);
        assert_eq!(browser.text("role").await, "end_user");

        browser.press("Sign out").await;
        if let Some(question) = visit.asks {
            browser.sees(question).await;
            browser.press("Sign out").await;
        }
        browser.sees("You are signed out").await;
        browser.visit(&wanted).await;
        let again = browser.address().await;
        assert!(again.starts_with(visit.form), "{}: still signed in at {again}", visit.host);
        assert_eq!(browser.console().await, [""; 0], "{}", visit.host);
    }
}

#[tokio::test]
async fn two_tabs_sign_in_to_two_brands_at_once_and_each_gets_its_own_page() {
    let (demo, browser) = (Demo::start(), Browser::open().await);
    let [shoes, coffee] = ["shoes", "coffee"].map(|host| demo.at(host, DEEP));
    browser.visit(&shoes).await;
    let tabs = browser.open_tab().await;
    browser.visit(&coffee).await;

    browser.turn_to(&tabs.first).await;
    browser.sign_in("bob@shoes.example", "sandal").await;
    browser.sees("Hello, Bob Birch").await;
    assert_eq!(browser.address().await, shoes);

    browser.turn_to(&tabs.second).await;
    browser.sign_in("alice@coffee.example", "espresso").await;
    browser.sees("Hello, Alice Arabica").await;
    assert_eq!(browser.address().await, coffee);
}

#[tokio::test]
async fn two_tabs_at_one_brand_each_get_the_page_that_they_asked_for() {
    for (host, email, password, name) in [
        ("shoes", "bob@shoes.example", "sandal", "Bob Birch"),
        ("bikes", "ben@bikes.example", "saddle", "Ben Brake"),
        ("music", "max@music.example", "treble", "Max Minor"),
    ] {
        let (demo, browser) = (Demo::start(), Browser::open().await);
        let [one, other] = ["/hc/requests/1?a=b", "/hc/requests/2"].map(|it| demo.at(host, it));
        browser.visit(&one).await;
        let tabs = browser.open_tab().await;
        // Now the other is the newer one, which counts where nothing else does.
        demo.0.clock().advance(5);
        browser.visit(&other).await;
        for (tab, wanted) in [(&tabs.first, &one), (&tabs.second, &other)] {
            browser.turn_to(tab).await;
            browser.sign_in(email, password).await;
            browser.sees(&format!("Hello, {name}")).await;
            assert_eq!(browser.address().await, *wanted);
        }
    }
}

#[tokio::test]
async fn who_stays_signed_in_at_the_provider_needs_no_second_password() {
    let (demo, browser) = (Demo::start(), Browser::open().await);
    let wanted = demo.at("bikes", DEEP);
    browser.visit(&wanted).await;
    browser.sign_in("ben@bikes.example", "saddle").await;
    browser.sees("Hello, Ben Brake").await;
    browser.press("Sign out").await;
    browser.press("Stay signed in").await;
    browser.sees("How can we help you?").await;
    browser.visit(&wanted).await;
    browser.sees("Hello, Ben Brake").await;
    assert_eq!(browser.address().await, wanted);
}

#[tokio::test]
async fn who_is_signed_in_at_the_brands_own_site_needs_no_second_password() {
    let demo = Demo::start();
    for (host, site, email, password, name) in [
        ("shoes", "shoes-site", "bob@shoes.example", "sandal", "Bob Birch"),
        ("coffee", "coffee-site", "dana@example.com", "both", "Dana Both"),
        ("bikes", "bikes-id", "ben@bikes.example", "saddle", "Ben Brake"),
        ("music", "music-site", "max@music.example", "treble", "Max Minor"),
    ] {
        let browser = Browser::open().await;
        browser.visit(&demo.at(site, "/")).await;
        browser.press("Sign in").await;
        browser.sign_in(email, password).await;
        browser.sees(&format!("Welcome back, {name}")).await;
        browser.press("My requests at the Help Center").await;
        browser.sees(&format!("Hello, {name}")).await;
        assert_eq!(browser.address().await, demo.at(host, "/hc/requests"));

        browser.visit(&demo.at(site, "/")).await;
        browser.press("Sign out here").await;
        if host == "bikes" {
            browser.press("Sign out").await;
        }
        browser.sees("You are signed out").await;
        let page = browser.page().await;
        let alone = if host == "bikes" { "Of Acme ID alone" } else { "Of this site alone" };
        assert!(page.contains(alone), "{page}");
        browser.press("To the Help Center").await;
        browser.sees(&format!("Hello, {name}")).await;
    }
}

#[tokio::test]
async fn the_brand_list_leads_to_each_brand_that_it_names() {
    let (demo, browser) = (Demo::start(), Browser::open().await);
    let ways = [
        ("Acme Shoes", "Sign in to Acme Shoes", "alice@shoes.example", "sneaker"),
        ("Acme Coffee", "Sign in to Acme Coffee", "carol@coffee.example", "latte"),
        ("Acme Games", "Sign in to Acme Games", "gina@games.example", "joystick"),
        ("Acme Bikes", "Sign in to Acme ID", "ben@bikes.example", "saddle"),
        ("Acme Music", "Sign in to Acme Music", "max@music.example", "treble"),
    ];
    for (brand, form, email, password) in ways {
        browser.forget_cookies().await;
        browser.visit(&demo.sso("/login?return_to=/hc/requests/7?a=b")).await;
        browser.sees("Where would you like to sign in?").await;
        assert!(!browser.page().await.contains("Acme Loop"), "one that is not listed");
        browser.press(brand).await;
        browser.sees(form).await;
        browser.sign_in(email, password).await;
        assert_eq!(browser.text("target").await, "/hc/requests/7?a=b", "{brand}");
    }
}
