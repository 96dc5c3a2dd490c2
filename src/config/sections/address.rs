//! Addresses in the file: `https`, or plain HTTP on loopback.

use std::net::{IpAddr, Ipv4Addr};

use url::{Host, Url};

use crate::config::document::{Fields, Read, Reported, Value};
use crate::config::report::{Code, hints};
use crate::domain::{Parameter, is_loopback, off_the_internet};

/// Reads an address of a backend.
pub(in crate::config) fn read(value: Value<'_>) -> Read<Url> {
    checked(value, hints::address)
}

/// The address to which whoever asks `host` may come, where it is no part of the internet. What other names lead to
/// is looked at when they are asked.
fn off_the_internet_of(host: &Host<&str>) -> Option<IpAddr> {
    match host {
        Host::Domain(name) => is_loopback(&Host::Domain(name.trim_end_matches('.')))
            .then_some(Ipv4Addr::LOCALHOST.into()),
        Host::Ipv4(address) => off_the_internet((*address).into()),
        Host::Ipv6(address) => off_the_internet((*address).into()),
    }
}

/// Reads an address of the company's own network, where plain HTTP may do.
pub(in crate::config) fn read_plain(value: Value<'_>) -> Read<Url> {
    readable(value, |_| None, true)
}

/// Reads an address; `would_do` names one that is meant by a text that is none.
fn checked(value: Value<'_>, would_do: impl Fn(&str) -> Option<String>) -> Read<Url> {
    readable(value, would_do, false)
}

fn readable(
    value: Value<'_>,
    would_do: impl Fn(&str) -> Option<String>,
    may_be_plain: bool,
) -> Read<Url> {
    let text = value.written()?;
    let url = match Url::parse(text) {
        // A parser that drops what it does not like has read something else than what is written.
        Ok(url) if is_whole(text) => url,
        _ => {
            let hint = would_do(text).map(|it| format!("`{it}`"));
            let hint = hint.or_else(|| hints::wide(text).map(str::to_owned));
            value
                .error(Code::AddressInvalid, "not an address")
                .with_hint(hint.unwrap_or_else(|| "such as `https://www.acme.example/in`".into()));
            return Err(Reported);
        }
    };
    let loopback = url.host().is_some_and(|host| is_loopback(&host));
    let found = value.reach().zip(url.host().and_then(|host| off_the_internet_of(&host)));
    if found.is_some_and(|(reach, address)| !reach.holds_address(address)) {
        value
            .error(
                Code::LimitExceeded,
                "the file may not name this machine, or an address of a private network",
            )
            .with_hint("what listens there is not for everybody to ask; `networks` in its `limits` says which");
        return Err(Reported);
    }
    allowed_scheme(value, (text, &url), &would_do, loopback || may_be_plain)?;
    well_written(value, (text, &url), &would_do)?;
    Ok(url)
}

/// Takes `https`, and plain HTTP where it may be.
fn allowed_scheme(
    value: Value<'_>,
    (text, url): (&str, &Url),
    would_do: impl Fn(&str) -> Option<String>,
    may_be_plain: bool,
) -> Read<()> {
    match url.scheme() {
        "https" => Ok(()),
        "http" if may_be_plain => Ok(()),
        "http" => {
            value
                .error(Code::AddressPlainHttp, "plain HTTP is possible on loopback only")
                .with_hint("use `https://`: what goes over the wire signs people in");
            Err(Reported)
        }
        _ => {
            let mut problem =
                value.error(Code::AddressInvalid, "an address begins with `https://`");
            if let Some(address) = would_do(text) {
                problem.with_hint(format!("`{address}`"));
            }
            Err(Reported)
        }
    }
}

/// Refuses what a parser takes and nobody means: marks of another language, a host that no name service
/// could know, a user.
fn well_written(
    value: Value<'_>,
    (text, url): (&str, &Url),
    would_do: impl Fn(&str) -> Option<String>,
) -> Read<()> {
    if let Some(c) = text.chars().find(|c| "{}<>".contains(*c)) {
        value
            .error(Code::AddressInvalid, format!("no address holds `{c}`"))
            .with_hint("brandgate adds parameters by itself; write the address alone");
        return Err(Reported);
    }
    if let Some(entity) = hints::entity(text) {
        value
            .error(Code::AddressInvalid, format!("`{entity}` is HTML, and means nothing here"))
            .with_hint("a `&` is written as it is: an address out of a page's source has `&amp;`");
        return Err(Reported);
    }
    if text.ends_with([',', ';']) {
        value
            .error(Code::AddressInvalid, "a `,` or `;` ends this address")
            .with_hint("remove it: nothing separates lines here");
        return Err(Reported);
    }
    if !has_good_host(url) {
        let twice = text.rsplit_once("://").map(|(_, rest)| rest).filter(|_| is_scheme(url));
        let hint = twice.and_then(would_do).map(|it| format!("one `https://`: `{it}`"));
        value
            .error(Code::AddressInvalid, "no host is written like the one in this address")
            .with_hint(hint.unwrap_or_else(|| "such as `https://www.acme.example/in`".into()));
        return Err(Reported);
    }
    if !url.username().is_empty() || url.password().is_some() {
        value.error(Code::AddressUser, "an address holds no user and no password");
        return Err(Reported);
    }
    Ok(())
}

/// Whether `text` has the form of an address, of which a parser would forgive more.
fn is_whole(text: &str) -> bool {
    let has_slashes = match text.split_once(':') {
        Some((scheme, rest))
            if ["http", "https"].iter().any(|it| scheme.eq_ignore_ascii_case(it)) =>
        {
            rest.starts_with("//") && !rest.starts_with("///")
        }
        _ => true,
    };
    has_slashes && !text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\')
}

/// Whether the host is one that a name service could know: the parser takes nearly everything.
fn has_good_host(url: &Url) -> bool {
    let Some(Host::Domain(name)) = url.host() else { return true };
    let name = name.strip_suffix('.').unwrap_or(name);
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    !is_scheme(url) && name.split('.').all(|label| !label.is_empty() && label.bytes().all(is_plain))
}

/// Whether the host is a scheme: `https://https://…`.
fn is_scheme(url: &Url) -> bool {
    matches!(url.host_str(), Some("http" | "https"))
}

/// Reads an address that takes a request's parameters: its own must not be named like one of them.
pub(in crate::config) fn read_target(value: Value<'_>) -> Read<Url> {
    let url = read(value)?;
    if let Some(parameter) = own_parameters(&url).into_iter().next() {
        let name = parameter.as_str();
        value
            .error(
                Code::AddressParameter,
                format!("its query holds `{name}`, which brandgate adds"),
            )
            .with_hint("take it out: two of one name are read differently by different readers");
        return Err(Reported);
    }
    Ok(url)
}

/// Reads the address of a page of the brand's own, which is at none of `ours`.
pub(in crate::config) fn read_page(value: Value<'_>, ours: &[Option<&Url>]) -> Read<Url> {
    let url = read_target(value)?;
    if ours.iter().flatten().any(|ours| ours.origin() == url.origin()) {
        value
            .error(
                Code::AddressOurs,
                "this is brandgate's own address: people would go in a circle",
            )
            .with_hint("the login page of the brand's own site belongs here");
        return Err(Reported);
    }
    Ok(url)
}

/// Reads an origin: no path, query or fragment.
pub(in crate::config) fn read_origin(value: Value<'_>) -> Read<Url> {
    let url = checked(value, hints::origin)?;
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        value
            .error(Code::OriginInvalid, "an origin is a scheme and a host, without a path")
            .with_hint(format!("`{}`", url.origin().ascii_serialization()));
        return Err(Reported);
    }
    Ok(url)
}

/// Reads `origins`: by default that of `page` alone, where that one could be read.
pub(in crate::config) fn origins_or_of(fields: &Fields<'_>, page: &Read<Url>) -> Read<Vec<String>> {
    let origin = |url: &Url| url.origin().ascii_serialization();
    let read = |value: Value<'_>| read_origin(value).as_ref().map(origin).map_err(|_| Reported);
    match fields.optional_with("origins", |value| value.each(read))? {
        Some(origins) => Ok(origins),
        None => page.as_ref().map(|page| vec![origin(page)]).map_err(|_| Reported),
    }
}

/// The parameters of ours that a generous reader (PHP) finds in the address's own query.
fn own_parameters(url: &Url) -> Vec<Parameter> {
    let names = url.query().unwrap_or_default().split(['&', ';']);
    names.filter_map(|pair| Parameter::taken_for(pair.split('=').next()?)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Read, Url, Value, read, read_target};
    use crate::config::document::Document;
    use crate::config::report::Problems;

    /// What `read` makes of `text`.
    fn made(text: &str, read: impl Fn(Value<'_>) -> Read<Url>) -> Option<Url> {
        let (source, problems) = (serde_json::to_string(text).unwrap(), Problems::default());
        let document = Document::parse(&source, &problems).unwrap();
        read(Value::of(&document, &problems)).ok()
    }

    #[test]
    fn an_address_is_https_or_on_loopback() {
        let cases = [
            ("https://www.acme.example/in.php", true),
            ("https://www.acme.example:8443/in?a=b#c", true),
            ("http://localhost:8080/in", true),
            ("http://shoes.localhost/in", true),
            ("http://127.0.0.1/in", true),
            ("http://[::1]/in", true),
            ("http://www.acme.example/in", false),
            ("http://localhost.evil.example/in", false),
            ("http://10.0.0.1/in", false),
            ("ftp://www.acme.example/", false),
            ("https://joe@www.acme.example/", false),
            ("https://joe:pw@www.acme.example/", false),
            ("www.acme.example/in", false),
            ("/in", false),
            ("", false),
            ("https://www.acme.example/ in", false),
            ("https:\\\\www.acme.example", false),
        ];
        for (text, good) in cases {
            let url = made(text, read);
            assert_eq!(url.is_some(), good, "{text:?}");
        }
    }

    #[test]
    fn its_own_query_holds_no_name_of_ours() {
        let cases = [
            ("a=b", true),
            ("email_template=x", true),
            ("return_to=x", false),
            ("Return_To", false),
            ("return.to=x", false),
            ("return%5Fto=x", false),
            ("return_to[]=x", false),
            ("a=b&brand_id=1", false),
            ("+kind=x", false),
        ];
        for (query, good) in cases {
            let text = format!("https://www.acme.example/in?{query}");
            let url = made(&text, read_target);
            assert_eq!(url.is_some(), good, "{query:?}");
        }
    }
}
