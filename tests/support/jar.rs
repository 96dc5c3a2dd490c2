//! A browser's cookies.

use brandgate::clock::Clock;

/// The cookies of one browser, kept by the rules of RFC 6265bis that matter here.
#[derive(Clone, Default)]
pub(crate) struct Jar {
    cookies: Vec<Cookie>,
}

#[derive(Clone)]
struct Cookie {
    host: String,
    /// Whether it goes to the hosts beneath, too.
    is_shared: bool,
    path: String,
    name: String,
    value: String,
    is_lax: bool,
    expires: u64,
}

/// How a request comes about: whether `Lax` cookies go along.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(crate) enum Context {
    SameSite,
    CrossSiteGet,
    CrossSitePost,
}

impl Jar {
    /// Keeps what `host` sets, or takes it away.
    pub(crate) fn take(&mut self, host: &str, cookie: &str, clock: &Clock) {
        let (pair, attributes) = cookie.split_once("; ").unwrap_or((cookie, ""));
        let (name, value) = pair.split_once('=').unwrap();
        let attributes: Vec<_> =
            attributes.split("; ").map(|it| it.split_once('=').unwrap_or((it, ""))).collect();
        let said = |name: &str| {
            attributes.iter().find(|it| it.0.eq_ignore_ascii_case(name)).map(|it| it.1)
        };
        if pair.len() > 4096 {
            return;
        }
        let path = said("Path").unwrap_or("/");
        if name.starts_with("__Host-") && !(said("Secure").is_some() && path == "/") {
            return;
        }
        let domain = said("Domain");
        // A host may share with those beside it, and set nothing for others.
        let shares = |domain: &str| host == domain || host.ends_with(&format!(".{domain}"));
        if domain.is_some_and(|domain| !shares(domain) || name.starts_with("__Host-")) {
            return;
        }
        let (host, is_shared) = (domain.unwrap_or(host), domain.is_some());
        // Of dates, those that peers write count alone: long ago.
        let is_past = said("Expires").is_some_and(|date| date.contains(" 1970 "));
        let age = said("Max-Age").map_or(u64::MAX, |age| age.parse().unwrap());
        let age = if is_past { 0 } else { age };
        let is_it = |it: &Cookie| it.name == name && it.host == host && it.path == path;
        let place = self.cookies.iter().position(is_it);
        let cookie = Cookie {
            host: host.to_owned(),
            is_shared,
            path: path.to_owned(),
            name: name.to_owned(),
            value: value.to_owned(),
            is_lax: said("SameSite") != Some("None"),
            expires: clock.now().saturating_add(age),
        };
        match place {
            Some(place) if age == 0 => drop(self.cookies.remove(place)),
            // One that is set again keeps its place: the oldest come first.
            Some(place) => self.cookies[place] = cookie,
            None if age == 0 => {}
            None => self.cookies.push(cookie),
        }
    }

    /// The `Cookie` header of a request to `path` at `host`.
    pub(crate) fn header(
        &self,
        (host, path): (&str, &str),
        context: Context,
        clock: &Clock,
    ) -> Option<String> {
        let now = clock.now();
        let goes = |it: &&Cookie| {
            let fits = !it.is_lax || context != Context::CrossSitePost;
            let is_here =
                it.host == host || (it.is_shared && host.ends_with(&format!(".{}", it.host)));
            is_here && path.starts_with(&it.path) && it.expires > now && fits
        };
        let cookies = self.cookies.iter().filter(goes);
        let pairs: Vec<_> = cookies.map(|it| format!("{}={}", it.name, it.value)).collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }

    /// Names and values of our flows, the oldest first.
    pub(crate) fn flows(&self) -> Vec<(String, String)> {
        let is_flow = |it: &&Cookie| it.name.len() == "__Host-bg-".len() + 22;
        let flows = self.cookies.iter().filter(is_flow);
        flows.map(|it| (it.name.clone(), it.value.clone())).collect()
    }

    /// Puts another value where one is kept, as no honest browser does.
    pub(crate) fn alter(&mut self, name: &str, alter: impl Fn(&str) -> String) {
        let cookie = self.cookies.iter_mut().find(|it| it.name == name).unwrap();
        cookie.value = alter(&cookie.value);
    }

    /// Forgets one.
    pub(crate) fn forget(&mut self, name: &str) {
        self.cookies.retain(|it| it.name != name);
    }
}
