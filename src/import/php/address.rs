//! Addresses and hosts as scripts write them, and what `brands.yaml` takes.

use url::Url;

use crate::domain::{Host, Parameter, is_loopback};

/// An address that a backend may have.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(super) struct Address {
    pub(super) url: String,
    /// Whether it began with `http://`.
    pub(super) was_plain: bool,
    /// The names of ours that were in its query.
    pub(super) dropped: Vec<String>,
}

/// Whether `text` is an address of the web, whatever is wrong with it.
pub(super) fn is_address(text: &str) -> bool {
    let text = text.trim_start();
    ["http://", "https://", "//"]
        .iter()
        .any(|start| text.get(..start.len()).is_some_and(|it| it.eq_ignore_ascii_case(start)))
}

impl Address {
    /// Reads what [`is_address`], or says why no backend can have it.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let (mut was_plain, mut dropped) = (false, Vec::new());
        let whole = if text.starts_with("//") { format!("https:{text}") } else { text.to_owned() };
        // The address itself is not said: people write passwords into some.
        let not_one = || "this is no address that people could be sent to".to_owned();
        let mut url = Url::parse(&whole).map_err(|_| not_one())?;
        let host = url.host().ok_or_else(not_one)?;
        if !is_plain(&whole) {
            return Err(not_one());
        }
        let is_local = is_loopback(&host);
        if !url.username().is_empty() || url.password().is_some() {
            return Err(
                "an address holds no user and no password: take them out of the script".into()
            );
        }
        if url.scheme() == "http" && !is_local {
            url.set_scheme("https").map_err(|()| not_one())?;
            was_plain = true;
        }
        let query = url.query().map(str::to_owned);
        if let Some(query) = query {
            let is_ours = |pair: &&str| {
                let name = pair.split('=').next().unwrap_or_default();
                Parameter::taken_for(name).is_some()
            };
            let (ours, kept): (Vec<&str>, Vec<&str>) =
                query.split(['&', ';']).filter(|it| !it.is_empty()).partition(is_ours);
            let names = ours.iter().filter_map(|pair| pair.split('=').next());
            dropped.extend(names.map(str::to_owned));
            url.set_query(Some(&kept.join("&")).filter(|it| !it.is_empty()).map(String::as_str));
        }
        Ok(Self { url: url.into(), was_plain, dropped })
    }

    /// Whether it is Zendesk's own sign-in page.
    pub(super) fn is_zendesks(&self) -> bool {
        let url = Url::parse(&self.url).ok();
        let host = url.as_ref().and_then(|url| Host::parse(url.host_str()?).ok());
        host.is_some_and(|host| host.is_zendesk())
            && url.is_some_and(|url| url.path().starts_with("/access/"))
    }
}

/// Whether nothing in an address waits to be replaced or escaped.
fn is_plain(text: &str) -> bool {
    let odd = |c: char| c.is_whitespace() || c.is_control() || "\\{}<>$'\"".contains(c);
    let hex = |it: &str| it.get(..2).is_some_and(|it| it.bytes().all(|it| it.is_ascii_hexdigit()));
    !text.contains(odd) && !text.ends_with([',', ';']) && text.split('%').skip(1).all(hex)
}

/// What a script has for a brand's host.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum BrandHost {
    /// A host, perhaps within an address.
    Whole(Host),
    /// A Zendesk subdomain alone, and the host that it means.
    Subdomain(Host),
    /// A host with a path behind it.
    WithPath,
}

impl BrandHost {
    /// Reads a host out of `text`. `None`: there is none in it.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let bare = text.split_once("://").map_or(text, |(_, rest)| rest).trim_start_matches('/');
        let (host, path) = bare.split_once('/').unwrap_or((bare, ""));
        let host = host.trim_start_matches('.').trim_end_matches('.');
        if host.contains(['.', ':']) || host.eq_ignore_ascii_case("localhost") {
            let host = Host::parse(host).ok()?;
            return Some(if path.is_empty() { Self::Whole(host) } else { Self::WithPath });
        }
        if host != text || !path.is_empty() || host.bytes().all(|it| it.is_ascii_digit()) {
            return None;
        }
        Host::parse(&format!("{}.zendesk.com", host.to_ascii_lowercase())).ok().map(Self::Subdomain)
    }
}

#[cfg(test)]
mod tests {
    use super::{Address, BrandHost, is_address};

    #[test]
    fn an_address_is_one_that_the_file_takes() {
        let cases = [
            ("https://www.a.example/in.php", "https://www.a.example/in.php"),
            (" HTTPS://www.A.example ", "https://www.a.example/"),
            ("http://www.a.example:80/in", "https://www.a.example/in (http)"),
            ("//www.a.example/in", "https://www.a.example/in"),
            ("http://localhost:8080/in", "http://localhost:8080/in"),
            ("https://a.example/in?x=1&return_to=", "https://a.example/in?x=1 return_to"),
            (
                "https://a.example/in?return.to=&brand_id=",
                "https://a.example/in return.to brand_id",
            ),
            ("https://a.example/in?to%20x=%2F", "https://a.example/in?to%20x=%2F"),
            (
                "https://joe:pw@a.example/in",
                "! an address holds no user and no password: take them out of the script",
            ),
            ("https://", "! this is no address that people could be sent to"),
            ("https://a.example/%s", "! this is no address that people could be sent to"),
            ("https://{host}/in", "! this is no address that people could be sent to"),
            ("https://a.example/a b", "! this is no address that people could be sent to"),
        ];
        for (text, expected) in cases {
            assert!(is_address(text), "{text}");
            let said = match Address::read(text) {
                Ok(address) => {
                    let plain = if address.was_plain { " (http)" } else { "" };
                    format!("{}{plain} {}", address.url, address.dropped.join(" "))
                        .trim()
                        .to_owned()
                }
                Err(error) => format!("! {error}"),
            };
            assert_eq!(said, expected, "{text}");
        }
        for text in ["/in.php", "in.php", "www.a.example/in", "ftp://a.example", "httpx://a", ""] {
            assert!(!is_address(text), "{text}");
        }
    }

    #[test]
    fn a_host_is_found_however_the_script_writes_it() {
        let cases = [
            ("brand1.zendesk.com", "brand1.zendesk.com"),
            ("Brand1.Zendesk.com", "brand1.zendesk.com"),
            ("https://help.a.example/", "help.a.example"),
            ("//help.a.example", "help.a.example"),
            (".help.a.example", "help.a.example"),
            ("brand1", "subdomain brand1.zendesk.com"),
            ("Brand1", "subdomain brand1.zendesk.com"),
            ("brand1.zendesk.com/hc/de", "with a path"),
            ("shop.localhost:3000", "shop.localhost:3000"),
            ("123", "none"),
            ("", "none"),
            ("login_url", "none"),
            ("10.0.0.1", "none"),
            ("*.zendesk.com", "none"),
        ];
        for (text, expected) in cases {
            let said = match BrandHost::read(text) {
                Some(BrandHost::Whole(host)) => host.to_string(),
                Some(BrandHost::Subdomain(host)) => format!("subdomain {host}"),
                Some(BrandHost::WithPath) => "with a path".into(),
                None => "none".into(),
            };
            assert_eq!(said, expected, "{text}");
        }
    }
}
