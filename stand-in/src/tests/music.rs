//! The music site, its login cookie and its chat.

use super::*;

const HOST: &str = "music-site.localhost";
const MELODY: &str = "email=melody%40music.example&password=tempo";
const CALLBACK: &str = "http://sso.music-site.localhost:8400/callback/music-login";

impl StandIn {
    fn melody(&self, target: &str) -> Answer {
        self.send("POST", &format!("http://{}{target}", self.host(HOST)), "", MELODY)
    }
}

#[test]
fn a_login_is_a_cookie_for_the_hosts_beneath_and_leads_back_to_brandgate() {
    let stand_in = start();
    let page = "http://music.localhost/hc?a=1&b=2";
    let target = format!("/login?brand_id=360000000006&return_to={}", encode(page));
    let form = stand_in.get(HOST, &target, "").body;
    assert_eq!(attribute(&form, "method=\"post\" action=\""), target);
    let url = format!("http://{}{target}", stand_in.host(HOST));
    let wrong = stand_in.send("POST", &url, "", "email=melody%40music.example&password=x");
    assert!(wrong.body.contains("role=\"alert\"") && wrong.cookie.is_empty());

    let back = stand_in.melody(&target);
    assert_eq!(back.location, format!("{CALLBACK}?return_to={}", encode(page)));
    for part in ["; Domain=music-site.localhost;", " Secure;", " HttpOnly;", " SameSite=Lax"] {
        assert!(back.head.contains(part), "{part}: {}", back.head);
    }
    let known = stand_in.get(HOST, &target, &back.cookie);
    assert_eq!(known.location, back.location, "a cookie needs no second password");
    let without = stand_in.get(HOST, "/login?brand_id=360000000006", &back.cookie);
    assert_eq!(without.location, CALLBACK);
    let home = format!("http://{}/", stand_in.host(HOST));
    assert_eq!(stand_in.melody("/login").location, home, "a visit of its own");
    assert!(stand_in.get(HOST, "/", &back.cookie).body.contains("Melody Major"));

    let out = stand_in.get(HOST, "/logout", &back.cookie);
    assert!(
        out.body.contains("Of this site alone") && out.cookie == "music_login=",
        "{}",
        out.head
    );
    assert!(out.head.contains("Max-Age=0"));
    assert!(stand_in.get(HOST, "/logout?brand_id=1", "").body.contains("Both here"));
}

#[test]
fn only_a_cookie_of_its_own_key_and_of_this_hour_counts() {
    let now = Arc::new(AtomicU64::new(NOW));
    let stand_in = start_at(Arc::clone(&now));
    let own = stand_in.melody("/login").cookie;
    let forged = stand_in.get(HOST, "/forged", "");
    assert!(forged.location.ends_with("/hc/requests"), "{}", forged.location);
    assert!(forged.cookie.starts_with("music_login=eyJ"), "{}", forged.cookie);
    let is_known = |cookie: &str| stand_in.get(HOST, "/", cookie).body.contains("Welcome back");
    assert!(is_known(&own));
    assert!(!is_known(&forged.cookie));
    assert!(!is_known("music_login=eyJ"));
    now.fetch_add(3600, Ordering::SeqCst);
    assert!(!is_known(&own), "an hour later");
}

#[test]
fn the_help_page_gives_either_widget_its_jwt_fn() {
    let stand_in = start();
    let token = "http://sso.music-site.localhost:8400/brands/music/chat-token";
    let pages = [
        ("/help", "/ekr/snippet.js", "window.zESettings = {"),
        ("/help/older", "/chat.js", "$zopim.livechat.authenticate("),
    ];
    for (page, script, call) in pages {
        let page = stand_in.get(HOST, page, "").body;
        assert!(page.contains(&format!("fetch(\"{token}\", {{ credentials: \"include\" }})")));
        assert!(page.contains(call) && page.contains("jwtFn: jwtFn"), "{page}");
        assert!(page.contains("You are not signed in to this site"));
        let address = format!("http://{}{script}", stand_in.host("static.zdassets.localhost"));
        assert!(page.contains(&format!("src=\"{address}?")), "{address}");
        let script = stand_in.send("GET", &address, "", "");
        assert!(script.head.contains("text/javascript"), "{}", script.head);
        assert!(script.body.contains("jwtFn(async (jwt)"), "{}", script.body);
    }
    let cookie = stand_in.melody("/login").cookie;
    assert!(stand_in.get(HOST, "/help", &cookie).body.contains("Melody Major"));
    let foreign = stand_in.get("stranger.localhost", "/chat", "").body;
    assert!(foreign.contains(&format!("fetch(\"{token}\"")), "{foreign}");
}

#[test]
fn chat_says_who_chats_to_any_page_that_brings_a_token() {
    let stand_in = start();
    let url = format!("http://{}/chat/authenticate", stand_in.host("static.zdassets.localhost"));
    let claims = json!({"name": "M", "email": "m@music.example", "external_id": "music_21",
        "iat": NOW, "exp": NOW + 60});
    let header = json!({"typ": "JWT", "alg": "HS256"});
    for (secret, status, text) in [
        (&secrets().chat, 200, "\"external_id\":\"music_21\""),
        (&secrets().zendesk, 401, "not signed with Chat's secret"),
    ] {
        let jwt = jws::sign(&header, &claims, secret);
        let answer = stand_in.send("POST", &url, "", &format!("jwt={jwt}"));
        assert_eq!(answer.status, status);
        assert!(answer.body.contains(text), "{}", answer.body);
        assert!(answer.head.contains("access-control-allow-origin: *"), "{}", answer.head);
    }
    assert_eq!(stand_in.send("GET", &url, "", "").status, 404, "no token in an address");
}
