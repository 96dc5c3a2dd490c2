//! Networks and listeners: the one that is meant by a text that is none.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use ipnet::{IpNet, Ipv4Net};

use super::letters::tidy;

/// The network that is meant by a text that is none, as it is written.
pub(in crate::config) fn network(text: &str) -> Option<String> {
    let text: String = tidy(text).chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.replace(['\\', '／'], "/");
    let text = text.split_once('%').map_or(text.as_str(), |(text, _)| text);
    let (address, length) = text.split_once('/').map_or((text, None), |(a, l)| (a, Some(l)));
    let alone = socket(address).or(address.trim_matches(['[', ']']).parse().ok());
    let net = match (alone, length) {
        (Some(address), None) => Some(IpNet::from(address)),
        (Some(address), Some(length)) => match length.parse::<Ipv4Addr>() {
            Ok(mask) => IpNet::with_netmask(address, mask.into()).ok(),
            Err(_) => IpNet::new(address, length.trim_end_matches(']').parse().ok()?).ok(),
        },
        (None, _) => of_octets(address, length).map(IpNet::V4),
    };
    let net = net?.trunc();
    Some(if net.prefix_len() == net.max_prefix_len() {
        format!("`{}`", net.addr())
    } else {
        format!("`{net}`")
    })
}

/// Reads `10.*`, `10.1.2.*`, and `10/8`, `10.1.2/24`.
fn of_octets(text: &str, length: Option<&str>) -> Option<Ipv4Net> {
    let octets: Vec<&str> = text.split('.').collect();
    let given = octets.iter().take_while(|octet| octet.parse::<u8>().is_ok()).count();
    let (numbers, open) = octets.split_at_checked(given)?;
    if !(1..4).contains(&given) || !open.iter().all(|octet| *octet == "*") {
        return None;
    }
    let length = match length {
        Some(length) => length.parse().ok()?,
        None if open.is_empty() => return None,
        None => u8::try_from(given * 8).ok()?,
    };
    let address = [numbers.join("."), ".0".repeat(4 - given)].concat();
    Ipv4Net::new(address.parse().ok()?, length).ok()
}

/// The address of `text`, which has a port behind it that means nothing here.
fn socket(text: &str) -> Option<IpAddr> {
    text.parse::<SocketAddr>().ok().map(|it| it.ip())
}

/// The address and port that are meant by a text that is none.
pub(in crate::config) fn listener(text: &str) -> Option<String> {
    let text = tidy(text);
    let text = text.split_once("://").map_or(text, |(_, rest)| rest);
    let text = text.split_once('/').map_or(text, |(text, _)| text);
    let (host, port) = text.rsplit_once(':').unwrap_or(("", text));
    let port: u16 = port.parse().ok()?;
    let host = match host.trim_matches(['[', ']']) {
        "" | "*" => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        "localhost" => IpAddr::V4(Ipv4Addr::LOCALHOST),
        host => host.parse().ok()?,
    };
    let listener = SocketAddr::new(host, port);
    // Without quotes, a bracket begins a list.
    Some(if host.is_ipv6() { format!("`'{listener}'`") } else { format!("`{listener}`") })
}

#[cfg(test)]
mod tests {
    use super::{listener, network};

    #[test]
    fn the_network_that_is_meant_is_named_and_no_other() {
        let cases = [
            ("10.0.0.0 / 8", Some("`10.0.0.0/8`")),
            (r"10.0.0.0\8", Some("`10.0.0.0/8`")),
            ("10.0.0.0/255.0.0.0", Some("`10.0.0.0/8`")),
            ("10.*.*.*", Some("`10.0.0.0/8`")),
            ("10.1.2.*", Some("`10.1.2.0/24`")),
            ("10.*", Some("`10.0.0.0/8`")),
            ("10/8", Some("`10.0.0.0/8`")),
            ("192.168.1/24", Some("`192.168.1.0/24`")),
            ("10.1.0.1:443", Some("`10.1.0.1`")),
            ("[fd00::]/8", Some("`fd00::/8`")),
            ("[2001:db8::1]:443", Some("`2001:db8::1`")),
            ("[2001:db8::1]", Some("`2001:db8::1`")),
            ("fe80::1%eth0", Some("`fe80::1`")),
            ("“10.0.0.0/8”", Some("`10.0.0.0/8`")),
            ("10.1.0.5/255.255.0.0", Some("`10.1.0.0/16`")),
            ("10.0.0.0/33", None),
            ("10.0.0.0/-8", None),
            ("10.0.0.0/255.0.255.0", None),
            ("10.0.0.1-20", None),
            ("10.0.0.0-10.255.255.255", None),
            ("10.0.0", None),
            ("10", None),
            ("*", None),
            ("*.*.*.*", None),
            ("!10.1.0.0/16", None),
            ("300.0.0.0/8", None),
            ("private", None),
            ("proxy.internal", None),
            ("", None),
            ("/", None),
        ];
        for (text, expected) in cases {
            assert_eq!(network(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn the_listener_that_is_meant_is_named_and_no_other() {
        let cases = [
            ("8080", Some("`0.0.0.0:8080`")),
            (":8080", Some("`0.0.0.0:8080`")),
            ("*:8080", Some("`0.0.0.0:8080`")),
            ("localhost:8080", Some("`127.0.0.1:8080`")),
            ("http://127.0.0.1:8080/", Some("`127.0.0.1:8080`")),
            ("tcp://0.0.0.0:8080", Some("`0.0.0.0:8080`")),
            (":::8080", Some("`'[::]:8080'`")),
            ("::1:8080", Some("`'[::1]:8080'`")),
            ("127.0.0.1:70000", None),
            ("127.0.0.1", None),
            ("sso.acme.example:8080", None),
            ("unix:/run/brandgate.sock", None),
            ("https://sso.acme.example", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(listener(text).as_deref(), expected, "{text}");
        }
    }
}
