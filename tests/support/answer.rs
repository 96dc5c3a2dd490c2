//! One answer, and what every answer of ours must be like.

use std::sync::LazyLock;

use regex::Regex;
use url::Url;

/// An answer as it came over the wire.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// What was asked for, where a browser did.
    pub(crate) url: String,
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
}

/// Begins the link of a page that leads on by itself.
const ONWARD: &str = "<a id=\"on\" href=\"";

/// The form of a hand-off page.
pub(crate) struct HandOff {
    pub(crate) action: String,
    pub(crate) jwt: String,
    pub(crate) return_to: String,
}

impl Answer {
    pub(crate) fn parse(bytes: &[u8]) -> Self {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{text:?}"));
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers = lines.map(|line| {
            let (name, value) = line.split_once(':').unwrap();
            (name.to_ascii_lowercase(), value.trim().to_owned())
        });
        let headers: Vec<_> = headers.collect();
        let is_plain = headers.iter().all(|(name, _)| name != "transfer-encoding");
        assert!(is_plain, "teach the tests to read {head}");
        Self { url: String::new(), status, headers, body: body.to_owned() }
    }

    pub(crate) fn headers(&self, name: &str) -> Vec<&str> {
        self.headers.iter().filter(|it| it.0 == name).map(|it| it.1.as_str()).collect()
    }

    /// A header that must not occur twice.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let values = self.headers(name);
        assert!(values.len() < 2, "{name} occurs {} times", values.len());
        values.first().copied()
    }

    #[track_caller]
    pub(crate) fn location(&self) -> &str {
        assert_eq!(self.status, 302, "{}: {}", self.url, self.body);
        self.header("location").unwrap()
    }

    /// The cookies that it sets, without those that it takes away.
    pub(crate) fn sets(&self) -> Vec<&str> {
        let set = self.headers("set-cookie").into_iter();
        set.filter(|cookie| !cookie.contains("; Max-Age=0;")).collect()
    }

    /// Names of the cookies that it takes away, in their order.
    pub(crate) fn takes_away(&self) -> Vec<&str> {
        let set = self.headers("set-cookie").into_iter();
        let gone = set.filter(|cookie| cookie.contains("; Max-Age=0;"));
        gone.map(|cookie| cookie.split('=').next().unwrap()).collect()
    }

    /// Whether it begins a sign-in that is to come back.
    pub(crate) fn opens_a_flow(&self) -> bool {
        !self.flows().is_empty()
    }

    /// The cookies of flows that it sets.
    pub(crate) fn flows(&self) -> Vec<&str> {
        let others = ["__Host-bg-seen=", "__Host-bg-ask=", "__Host-bg-led-"];
        let is_flow = |cookie: &&str| !others.iter().any(|other| cookie.starts_with(other));
        self.sets().into_iter().filter(is_flow).collect()
    }

    /// Where a page of ours leads that takes the place of a redirect.
    pub(crate) fn onward(&self) -> Option<String> {
        let is_one = self.status == 200 && self.body.contains(ONWARD);
        is_one.then(|| self.between(ONWARD, "\""))
    }

    /// Where it leads, by a redirect or by a page in its place.
    #[track_caller]
    pub(crate) fn leads_to(&self) -> String {
        self.onward().unwrap_or_else(|| self.location().to_owned())
    }

    #[track_caller]
    pub(crate) fn title(&self) -> String {
        self.between("<title>", "</title>")
    }

    #[track_caller]
    pub(crate) fn text(&self) -> String {
        let main = self.between("<main>", "</main>");
        let main = Regex::new("<[^>]*>").unwrap().replace_all(&main, " ").into_owned();
        main.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The trace code that the page shows.
    #[track_caller]
    pub(crate) fn trace(&self) -> String {
        static CODE: LazyLock<Regex> =
            LazyLock::new(|| Regex::new("<code>([0-9A-HJKMNP-TV-Z]{8})</code>").unwrap());
        let mut codes = CODE.captures_iter(&self.body);
        let code = codes.next().unwrap_or_else(|| panic!("no trace code: {self:?}"));
        assert!(codes.next().is_none(), "one code");
        code[1].to_owned()
    }

    /// Where the links of the page lead.
    pub(crate) fn links(&self) -> Vec<String> {
        let link = Regex::new(r#"<a [^>]*href="([^"]*)""#).unwrap();
        link.captures_iter(&self.body).map(|found| unescaped(&found[1])).collect()
    }

    /// The value of the form's hidden field.
    #[track_caller]
    pub(crate) fn field(&self, name: &str) -> String {
        self.between(&format!("name=\"{name}\" value=\""), "\"")
    }

    pub(crate) fn is_hand_off(&self) -> bool {
        self.status == 200 && self.body.contains(r#"<form id="hand-off""#)
    }

    #[track_caller]
    pub(crate) fn hand_off(&self) -> HandOff {
        assert!(self.is_hand_off(), "{} {}", self.status, self.body);
        HandOff {
            action: self.between(r#"method="post" action=""#, "\""),
            jwt: self.field("jwt"),
            return_to: self.field("return_to"),
        }
    }

    #[track_caller]
    fn between(&self, before: &str, after: &str) -> String {
        let rest = self.body.split_once(before);
        let rest = rest.unwrap_or_else(|| panic!("no {before} in {} {}", self.status, self.body)).1;
        unescaped(rest.split(after).next().unwrap())
    }

    /// What holds of every answer, whatever was asked.
    #[track_caller]
    pub(crate) fn assert_lawful(&self, is_of_the_table: impl Fn(&Url) -> bool) {
        assert_eq!(self.header("cache-control"), Some("no-store"), "{self:?}");
        let referrer = self.header("referrer-policy");
        let is_unnamed = referrer == Some("no-referrer") && self.status == 302;
        assert!(is_unnamed || referrer == Some("strict-origin"), "{self:?}");
        assert!(matches!(self.status, 200 | 204 | 302 | 400..=499 | 503), "{self:?}");
        assert_eq!(self.header("server"), None);
        assert_eq!(self.header("location").is_some(), self.status == 302);
        for cookie in self.headers("set-cookie") {
            assert!(is_cookie_of_ours(cookie), "{cookie}");
        }
        if let Some(location) = self.header("location") {
            assert!(is_of_the_table(&Url::parse(location).unwrap()), "{location}");
            assert_eq!(self.body, "");
            return;
        }
        if self.status == 204 {
            return;
        }
        assert_eq!(self.header("x-content-type-options"), Some("nosniff"));
        if self.header("content-type") == Some("text/html; charset=utf-8") {
            assert_eq!(self.header("cross-origin-opener-policy"), Some("same-origin"));
            let policy = self.header("content-security-policy").unwrap();
            assert!(policy.starts_with("default-src 'none'; "), "{policy}");
            assert!(policy.ends_with("; base-uri 'none'; frame-ancestors 'none'"), "{policy}");
            assert!(!policy.contains("unsafe"), "{policy}");
        } else {
            assert!(self.status == 200, "an explanation is a page: {self:?}");
        }
    }
}

/// Flags to the letter. Which flow has which `SameSite` shows in whether people get back with it.
fn is_cookie_of_ours(cookie: &str) -> bool {
    static OURS: LazyLock<Regex> = LazyLock::new(|| {
        let flow = r"[\w-]{22}=([0-9]+\.[fu]\.[\w-]+)?; Path=/; Max-Age=[0-9]+";
        let seen = r"seen=[0-5]\.[0-9]+\.([\w-]{6}[A-Ea-e])*; Path=/; Max-Age=[0-9]+";
        let ask = r"ask=1?; Path=/; Max-Age=[0-9]+";
        let led = r"led-[a-z0-9][a-z0-9_-]*=1; Path=/; Max-Age=(3600|0)";
        let flags = "; Secure; HttpOnly; SameSite=";
        let names = format!("{flow}{flags}(None|Lax)|({seen}|{ask}|{led}){flags}None");
        Regex::new(&format!("^__Host-bg-({names})$")).unwrap()
    });
    OURS.is_match(cookie)
}

/// The text that a page's markup stands for.
fn unescaped(text: &str) -> String {
    let entities = [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'")];
    let text = entities.iter().fold(text.to_owned(), |text, it| text.replace(it.0, it.1));
    text.replace("&#38;", "&")
}
