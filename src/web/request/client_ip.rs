//! The client's address, from whom it can be believed.

use std::net::IpAddr;

use actix_web::dev::RequestHead;
use ipnet::IpNet;

use crate::table::ClientAddress;

impl ClientAddress {
    /// The address of whoever sent `request`.
    ///
    /// Each proxy appends the address it saw, so the list is believed from the right, and only as
    /// long as the one who wrote it is trusted.
    pub fn of(&self, request: &RequestHead) -> Option<IpAddr> {
        let peer = canonical(request.peer_addr?.ip());
        let (header, trusted) = match self {
            Self::Peer | Self::UnnamedProxy | Self::ProxyProtocol(_) => return Some(peer),
            Self::XForwardedFor(trusted) => ("x-forwarded-for", trusted),
            Self::Forwarded(trusted) => ("forwarded", trusted),
        };
        // A hop that cannot be read ends the walk: it must not uncover the one before it.
        let values = request.headers().get_all(header);
        let hops: Vec<&str> = values
            .flat_map(|value| value.as_bytes().split(|byte| *byte == b','))
            .map(|hop| str::from_utf8(hop).unwrap_or_default())
            .collect();
        let read = |hop: &str| match self {
            Self::Forwarded(_) => forwarded_for(hop),
            _ => address(hop.trim()),
        };
        Some(last_untrusted(peer, trusted, hops.into_iter().rev().map(read)))
    }
}

impl ClientAddress {
    /// Whether `address`, of whoever sent a request, is a person's, and not a proxy's.
    pub(in crate::web) fn is_persons(&self, address: IpAddr) -> bool {
        match self {
            Self::Peer => true,
            Self::UnnamedProxy => false,
            Self::XForwardedFor(proxies)
            | Self::Forwarded(proxies)
            | Self::ProxyProtocol(proxies) => !proxies.iter().any(|net| net.contains(&address)),
        }
    }

    /// The network of `address`, for what one network may do; `None` where all people seem to have the
    /// same.
    pub(in crate::web) fn network(&self, address: IpAddr) -> Option<IpNet> {
        match self {
            Self::UnnamedProxy => None,
            // Whoever has one IPv6 address can get more in its /48.
            _ => place(address, 48),
        }
    }
}

impl ClientAddress {
    /// The header with which `request` says whose it is, where nobody believes whoever sent it, and that
    /// one's network.
    pub(in crate::web) fn disbelieved(
        &self,
        request: &RequestHead,
    ) -> Option<(&'static str, IpNet)> {
        let peer = canonical(request.peer_addr?.ip());
        let believed: &[IpNet] = match self {
            Self::Peer | Self::UnnamedProxy => &[],
            Self::XForwardedFor(trusted) | Self::Forwarded(trusted) => trusted,
            Self::ProxyProtocol(_) => return None,
        };
        if believed.iter().any(|net| net.contains(&peer)) {
            return None;
        }
        let mut headers = ["x-forwarded-for", "forwarded"].into_iter();
        let header = headers.find(|header| request.headers().contains_key(*header))?;
        network(peer).map(|network| (header, network))
    }
}

/// What is counted as one place: an IPv4 address, or so many bits of an IPv6 one.
pub(in crate::web) fn place(address: IpAddr, bits: u8) -> Option<IpNet> {
    let length = if address.is_ipv4() { 32 } else { bits };
    IpNet::new(address, length).ok().map(|net| net.trunc())
}

/// Walks back from the peer to the first address that no trusted proxy has.
fn last_untrusted(
    peer: IpAddr,
    trusted: &[IpNet],
    hops: impl Iterator<Item = Option<IpAddr>>,
) -> IpAddr {
    let mut client = peer;
    for hop in hops {
        if !trusted.iter().any(|net| net.contains(&client)) {
            break;
        }
        // What a trusted proxy could not name, nobody can: the proxy is the last one known.
        let Some(hop) = hop else { break };
        client = canonical(hop);
    }
    client
}

/// The address of `for=` in one element of `Forwarded`.
fn forwarded_for(element: &str) -> Option<IpAddr> {
    let is_for = |pair: &&str| pair.trim().get(..4).is_some_and(|s| s.eq_ignore_ascii_case("for="));
    address(element.split(';').find(is_for)?.trim().get(4..)?.trim_matches('"'))
}

/// An address as proxies write it: some put a port behind, and brackets around IPv6.
fn address(node: &str) -> Option<IpAddr> {
    let node = match node.strip_prefix('[') {
        Some(v6) => v6.split(']').next()?,
        None if node.matches(':').count() == 1 => node.split(':').next()?,
        None => node,
    };
    node.parse().ok()
}

/// An IPv4 address in IPv6 clothes is the IPv4 address.
fn canonical(address: IpAddr) -> IpAddr {
    address.to_canonical()
}

/// The network of a client, for logs: /24 of IPv4, /48 of IPv6.
pub(in crate::web) fn network(address: IpAddr) -> Option<IpNet> {
    let length = if address.is_ipv4() { 24 } else { 48 };
    IpNet::new(address, length).ok().map(|net| net.trunc())
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::{ClientAddress, network};

    #[test]
    fn an_address_is_believed_from_the_right_and_from_trusted_proxies_alone() {
        let trusted = || vec!["10.0.0.0/8".parse().unwrap()];
        let x = || ClientAddress::XForwardedFor(trusted());
        let rfc = || ClientAddress::Forwarded(trusted());
        // (what, where it is read, peer, header, expected)
        let cases = [
            ("the peer", ClientAddress::Peer, "10.0.0.1", "9.9.9.9", "10.0.0.1"),
            ("a stranger's header", x(), "192.0.2.1", "9.9.9.9", "192.0.2.1"),
            ("the proxy's header", x(), "10.0.0.1", "198.51.100.7", "198.51.100.7"),
            ("forged on the left", x(), "10.0.0.1", "9.9.9.9, 198.51.100.7", "198.51.100.7"),
            ("two proxies", x(), "10.0.0.1", "198.51.100.7, 10.0.0.2", "198.51.100.7"),
            ("not an address", x(), "10.0.0.1", "198.51.100.7, unknown", "10.0.0.1"),
            ("with its port", x(), "10.0.0.1", "198.51.100.7:4711", "198.51.100.7"),
            ("IPv6, with its port", x(), "10.0.0.1", "[2001:db8::1]:47", "2001:db8::1"),
            ("IPv6", x(), "10.0.0.1", "2001:db8::1", "2001:db8::1"),
            ("no header", x(), "10.0.0.1", "", "10.0.0.1"),
            ("RFC 7239", rfc(), "10.0.0.1", "for=198.51.100.7;proto=https", "198.51.100.7"),
            ("with a port", rfc(), "10.0.0.1", "For=\"198.51.100.7:4711\"", "198.51.100.7"),
            ("IPv6 by RFC 7239", rfc(), "10.0.0.1", "for=\"[2001:db8::1]:47\"", "2001:db8::1"),
            ("hidden", rfc(), "10.0.0.1", "for=_secret", "10.0.0.1"),
            ("mapped", x(), "::ffff:10.0.0.1", "198.51.100.7", "198.51.100.7"),
        ];
        for (what, source, peer, header, expected) in cases {
            let request = TestRequest::default()
                .peer_addr(std::net::SocketAddr::new(peer.parse().unwrap(), 1))
                .insert_header(("x-forwarded-for", header))
                .insert_header(("forwarded", header))
                .to_http_request();
            assert_eq!(source.of(request.head()).unwrap().to_string(), expected, "{what}");
        }
    }

    #[test]
    fn a_proxy_that_nobody_has_named_is_no_network_of_peoples() {
        let peer = std::net::SocketAddr::new("2001:db8:1:2::3".parse().unwrap(), 1);
        let request = TestRequest::default().peer_addr(peer).to_http_request();
        let network = |source: ClientAddress| source.network(peer.ip()).map(|it| it.to_string());
        assert_eq!(network(ClientAddress::Peer).as_deref(), Some("2001:db8:1::/48"));
        assert_eq!(network(ClientAddress::UnnamedProxy), None);
        assert_eq!(ClientAddress::UnnamedProxy.of(request.head()), Some(peer.ip()), "for the log");
    }

    #[test]
    fn a_header_is_disbelieved_of_whoever_is_no_named_proxy() {
        let trusted = || vec!["10.0.0.0/8".parse().unwrap()];
        let (near, far) = ("::ffff:10.0.0.1", "192.0.2.77");
        let x = "x-forwarded-for";
        let cases = [
            (ClientAddress::Peer, near, Some(x), Some((x, "10.0.0.0/24"))),
            (
                ClientAddress::UnnamedProxy,
                far,
                Some("forwarded"),
                Some(("forwarded", "192.0.2.0/24")),
            ),
            (ClientAddress::UnnamedProxy, far, None, None),
            (ClientAddress::XForwardedFor(trusted()), near, Some(x), None),
            (ClientAddress::XForwardedFor(trusted()), near, None, None),
            (ClientAddress::XForwardedFor(trusted()), far, Some(x), Some((x, "192.0.2.0/24"))),
            (
                ClientAddress::Forwarded(trusted()),
                far,
                Some("forwarded"),
                Some(("forwarded", "192.0.2.0/24")),
            ),
            (ClientAddress::ProxyProtocol(trusted()), near, Some(x), None),
        ];
        for (source, peer, header, expected) in cases {
            let peer = std::net::SocketAddr::new(peer.parse().unwrap(), 1);
            let mut request = TestRequest::default().peer_addr(peer);
            if let Some(header) = header {
                request = request.insert_header((header, "for=203.0.113.9"));
            }
            let found = source.disbelieved(request.to_http_request().head());
            let found = found.map(|(header, net)| (header, net.to_string()));
            let expected = expected.map(|(header, net)| (header, net.to_owned()));
            assert_eq!(found, expected, "{source:?} {peer} {header:?}");
        }
    }

    #[test]
    fn a_log_names_the_network_alone() {
        let cases = [("203.0.113.77", "203.0.113.0/24"), ("2001:db8:1:2::3", "2001:db8:1::/48")];
        for (address, expected) in cases {
            assert_eq!(network(address.parse().unwrap()).unwrap().to_string(), expected);
        }
    }
}
