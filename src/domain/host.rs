//! Exact, canonical hosts: the only places where a sign-in may end.

use std::fmt;

const HTTP: &str = "http://";
const HTTPS: &str = "https://";

/// An exact host as browsers reach it.
///
/// Invariant: lower case and punycode; a port, and plain HTTP, only on loopback.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Host {
    /// `https://` and the host, or `http://`, the host and its port on loopback.
    origin: Box<str>,
}

/// Why a text is no host.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum InvalidHost {
    /// A scheme, path, user or query stands in it.
    #[error("only the host name, without `https://`, path or user")]
    NotAHost,
    /// Somebody hoped for a pattern.
    #[error("hosts are exact: a wildcard is not possible, list every host")]
    Wildcard,
    /// An address where a name is needed.
    #[error("an IP address cannot be a Help Center's host")]
    Address,
    /// Only loopback may have a port.
    #[error("a port is possible on loopback only (localhost, *.localhost, 127.0.0.0/8, ::1)")]
    Port,
    /// It ends with a dot.
    #[error("a host is written without the dot at its end")]
    TrailingDot,
    /// One label, such as `help`.
    #[error("a host needs a domain, such as `help.acme.example`")]
    SingleLabel,
}

impl Host {
    /// Parses a host as somebody writes it: any case, Unicode allowed.
    pub fn parse(text: &str) -> Result<Self, InvalidHost> {
        if text.contains('*') {
            return Err(InvalidHost::Wildcard);
        }
        let (name, port) = split_port(text).ok_or(InvalidHost::NotAHost)?;
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '[' | ']' | ':');
        if name.is_empty() || !name.chars().all(plain) {
            return Err(InvalidHost::NotAHost);
        }
        if name.ends_with('.') {
            return Err(InvalidHost::TrailingDot);
        }
        let host = url::Host::parse(name).map_err(|_| InvalidHost::NotAHost)?;
        let loopback = is_loopback(&host);
        let name = match &host {
            url::Host::Domain(domain) => domain.clone(),
            address if loopback => address.to_string(),
            _ => return Err(InvalidHost::Address),
        };
        if !loopback {
            if port.is_some_and(|port| port != 443) {
                return Err(InvalidHost::Port);
            }
            if !name.contains('.') {
                return Err(InvalidHost::SingleLabel);
            }
            if name.len() > 253 || !name.split('.').all(is_label) {
                return Err(InvalidHost::NotAHost);
            }
        }
        let authority = match port {
            Some(port) if loopback && port != 80 => format!("{name}:{port}"),
            _ => name,
        };
        let scheme = if loopback { HTTP } else { HTTPS };
        Ok(Self { origin: [scheme, &authority].concat().into() })
    }

    /// The host as it stands in an address: with its port, if it has one.
    pub fn as_str(&self) -> &str {
        let scheme = if self.is_loopback() { HTTP } else { HTTPS };
        self.origin.get(scheme.len()..).unwrap_or_default()
    }

    /// Whether this host is on the machine itself, where plain HTTP is allowed.
    pub fn is_loopback(&self) -> bool {
        self.origin.starts_with(HTTP)
    }

    /// `https://host`, or `http://host:port` on loopback.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The address of `path` on it.
    pub fn at(&self, path: &str) -> String {
        [&self.origin, path].concat()
    }

    /// Whether Zendesk itself serves it under its own name (a stand-in: `*.zendesk.localhost`).
    pub fn is_zendesk(&self) -> bool {
        let name = self.as_str().split(':').next().unwrap_or_default();
        let is_loopback = self.is_loopback();
        name.ends_with(".zendesk.com") || (is_loopback && name.ends_with(".zendesk.localhost"))
    }
}

impl fmt::Display for Host {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// The Zendesk account: where every Zendesk JWT goes.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Account(Host);

impl Account {
    /// Parses the account subdomain (`acme`), or the loopback host of a stand-in.
    pub fn parse(text: &str) -> Result<Self, InvalidHost> {
        if is_label(text) {
            return Host::parse(&format!("{text}.zendesk.com")).map(Self);
        }
        let host = Host::parse(text)?;
        if host.is_loopback() { Ok(Self(host)) } else { Err(InvalidHost::NotAHost) }
    }

    /// The account's own host, `acme.zendesk.com`.
    pub fn host(&self) -> &Host {
        &self.0
    }
}

fn split_port(text: &str) -> Option<(&str, Option<u16>)> {
    let colon = match text.strip_prefix('[') {
        Some(rest) => rest.find("]:").map(|end| end + 2),
        None => text.find(':'),
    };
    let Some(colon) = colon else { return Some((text, None)) };
    let (name, port) = text.split_at_checked(colon)?;
    let port = port.strip_prefix(':')?;
    let digits = port.bytes().all(|byte| byte.is_ascii_digit());
    if digits { Some((name, Some(port.parse().ok().filter(|port| *port > 0)?))) } else { None }
}

fn is_label(label: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=63).contains(&label.len())
        && label.bytes().all(inner)
        && !label.starts_with('-')
        && !label.ends_with('-')
}

/// Whether `host` can only be this machine (RFC 6761 §6.3 for `localhost` and names beneath it).
pub fn is_loopback<S: AsRef<str>>(host: &url::Host<S>) -> bool {
    match host {
        url::Host::Domain(name) => {
            let name = name.as_ref();
            name == "localhost" || name.strip_suffix(".localhost").is_some_and(|s| !s.is_empty())
        }
        url::Host::Ipv4(address) => address.is_loopback(),
        url::Host::Ipv6(address) => address.is_loopback(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Account, Host, InvalidHost};

    #[test]
    fn a_host_has_one_canonical_form() {
        let cases = [
            ("as Zendesk has it", "acme-shoes.zendesk.com", "https://acme-shoes.zendesk.com"),
            ("capitals", "Help.ACME.example", "https://help.acme.example"),
            ("Unicode", "hilfe.bücher.example", "https://hilfe.xn--bcher-kva.example"),
            ("the default port", "help.acme.example:443", "https://help.acme.example"),
            ("loopback with a port", "shoes.localhost:8401", "http://shoes.localhost:8401"),
            ("a loopback address", "127.0.0.1:80", "http://127.0.0.1"),
            ("IPv6 loopback", "[::1]:8080", "http://[::1]:8080"),
        ];
        for (what, text, expected) in cases {
            let host = Host::parse(text).unwrap();
            let expected = (expected, expected.split_once("://").unwrap().1);
            assert_eq!((host.origin(), host.as_str()), expected, "{what}");
        }
    }

    #[test]
    fn anything_but_a_host_is_refused() {
        let cases = [
            ("", InvalidHost::NotAHost),
            ("https://help.acme.example", InvalidHost::NotAHost),
            ("help.acme.example/hc", InvalidHost::NotAHost),
            ("joe@help.acme.example", InvalidHost::NotAHost),
            ("help_desk.acme.example", InvalidHost::NotAHost),
            ("-help.acme.example", InvalidHost::NotAHost),
            ("help..acme.example", InvalidHost::NotAHost),
            ("help.acme.example:", InvalidHost::NotAHost),
            ("help.acme.example:+443", InvalidHost::NotAHost),
            ("help.acme.example:8443", InvalidHost::Port),
            ("*.acme.example", InvalidHost::Wildcard),
            ("help.acme.example.", InvalidHost::TrailingDot),
            ("203.0.113.7", InvalidHost::Address),
            ("0x7f.1.2.3.4", InvalidHost::NotAHost),
            ("help", InvalidHost::SingleLabel),
        ];
        for (text, expected) in cases {
            assert_eq!(Host::parse(text), Err(expected), "{text:?}");
        }
    }

    #[test]
    fn an_account_is_a_subdomain_or_a_stand_in_on_loopback() {
        let origin = |text| Account::parse(text).map(|account| account.host().at("/"));
        assert_eq!(origin("acme"), Ok("https://acme.zendesk.com/".into()));
        assert_eq!(
            origin("acme.zendesk.localhost:8401"),
            Ok("http://acme.zendesk.localhost:8401/".into())
        );
        for text in
            ["acme.zendesk.com", "Acme!", "", "evil.example", "acme.zendesk.com.evil.example"]
        {
            assert!(origin(text).is_err(), "{text:?}");
        }
    }
}
