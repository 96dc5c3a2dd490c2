//! Networks of addresses, in CIDR notation.

use std::net::IpAddr;

use ipnet::{IpNet, Ipv4Net};

use crate::config::document::{Read, Reported, Value};
use crate::config::report::{Code, hints};

/// Reads a network, or one address. An IPv4 network in IPv6 clothes is the IPv4 network.
pub(super) fn read(value: Value<'_>) -> Read<IpNet> {
    let text = value.written()?;
    let Some(net) = parse(text).map(canonical) else {
        let such_as = || "such as `203.0.113.0/24` or `2001:db8::/32`".to_owned();
        value
            .error(Code::NetworkInvalid, "not a network in CIDR notation")
            .with_hint(hints::network(text).unwrap_or_else(such_as));
        return Err(Reported);
    };
    if net != net.trunc() {
        value
            .error(Code::NetworkInvalid, "this is an address within a network, and no network")
            .with_hint(format!("`{}`, or `{}` for the one address", net.trunc(), net.addr()));
        return Err(Reported);
    }
    Ok(net)
}

/// Without zeros in front: `010.0.0.0` is 10.0.0.0 to some readers, and 8.0.0.0 to others.
fn parse(text: &str) -> Option<IpNet> {
    let Some((address, length)) = text.split_once('/') else {
        return text.parse::<IpAddr>().ok().map(IpNet::from);
    };
    let is_plain = length == "0" || !length.starts_with(['0', '+']);
    let length = length.parse().ok().filter(|_| is_plain)?;
    IpNet::new(address.parse().ok()?, length).ok()
}

fn canonical(net: IpNet) -> IpNet {
    let IpNet::V6(v6) = net else { return net };
    let length = v6.prefix_len().checked_sub(96);
    let v4 = v6.addr().to_ipv4_mapped().zip(length);
    let v4 = v4.and_then(|(address, length)| Ipv4Net::new(address, length).ok());
    v4.map_or(net, IpNet::V4)
}

#[cfg(test)]
mod tests {
    use crate::config::tests::told::{FULL, told};

    /// What is wrong with these networks, and what to do.
    fn said(networks: &str) -> Option<String> {
        let source = FULL.replacen("[203.0.113.0/24]", networks, 1);
        let problem = told(&source).into_iter().find(|it| it.path.contains("client_ip"))?;
        Some(format!("{}: {}", problem.message, problem.hint.unwrap_or_default()))
    }

    #[test]
    fn a_network_is_whole_and_one_address_is_one_too() {
        for good in [
            "203.0.113.7",
            "'2001:db8::1'",
            "'2001:db8::/32'",
            "0.0.0.0/1",
            "'::ffff:203.0.113.0/120'",
        ] {
            assert_eq!(said(&format!("[{good}]")), None, "{good}");
        }
        let inside = "this is an address within a network, and no network";
        let bits = |text: &str, net: &str, one: &str| {
            assert_eq!(
                said(&format!("[{text}]")).unwrap(),
                format!("{inside}: `{net}`, or `{one}` for the one address")
            );
        };
        bits("203.0.113.7/24", "203.0.113.0/24", "203.0.113.7");
        bits("'2001:db8::1/32'", "2001:db8::/32", "2001:db8::1");
        bits("'::ffff:203.0.113.7/120'", "203.0.113.0/24", "203.0.113.7");
        for bad in [
            "203.0.113.0/33",
            "203.0.113",
            "203.0.113.0/024",
            "203.0.113.0/+24",
            "010.0.0.0/8",
            "203.0.113.010",
            "203.0.113.*",
            "203.0.113.0-203.0.113.9",
            "office",
            "'fe80::1%eth0'",
        ] {
            assert!(said(&format!("[{bad}]")).unwrap().starts_with("not a network"), "{bad}");
        }
        assert!(said("203.0.113.0/24").unwrap().contains("list"), "one by itself");
        let proxies = "whoever has an address of `server.trusted_proxies`";
        for shared in ["10.0.0.0/8", "10.1.2.3"] {
            assert!(said(&format!("[{shared}]")).unwrap().starts_with(proxies), "{shared}");
        }
    }
}
