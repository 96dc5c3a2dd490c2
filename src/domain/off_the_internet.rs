//! Addresses that are no part of the internet.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The address to which whoever asks `address` comes, where that is no part of the internet: this machine's, a
/// private network's, that of a cloud's own services (169.254.169.254).
pub fn off_the_internet(address: IpAddr) -> Option<IpAddr> {
    match address.to_canonical() {
        IpAddr::V4(address) => is_off(address).then_some(address.into()),
        IpAddr::V6(address) => {
            if let Some(address) = translated(address) {
                return off_the_internet(address.into());
            }
            // Of the internet, one eighth is given out: the rest is local, or leads to an address of the old
            // form, as 6to4 does in it.
            let first = address.segments().first().copied().unwrap_or_default();
            let is_given_out = first & 0xe000 == 0x2000 && first != 0x2002;
            (!is_given_out).then_some(address.into())
        }
    }
}

/// The address of the old form that a network of the new one leads to (RFC 6052 §2.1): in such a network, a name
/// service makes one of every address.
fn translated(address: Ipv6Addr) -> Option<Ipv4Addr> {
    match address.octets() {
        [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, a, b, c, d] => Some([a, b, c, d].into()),
        _ => None,
    }
}

fn is_off(address: Ipv4Addr) -> bool {
    match address.octets() {
        // This network, those of providers, of tests, of protocols; many at once; not given out.
        [0 | 224.., ..] | [100, 64..=127, ..] | [198, 18 | 19, ..] | [192, 0, 0, _] => true,
        _ => address.is_loopback() || address.is_private() || address.is_link_local(),
    }
}

#[cfg(test)]
mod tests {
    use super::{IpAddr, off_the_internet};

    #[test]
    fn what_is_no_part_of_the_internet_is_told_however_it_is_written() {
        // (address, where that leads to, if it is none of the internet's)
        let cases = [
            ("203.0.113.7", None),
            ("2001:db8::1", None),
            ("64:ff9b::cb00:7107", None),
            ("::ffff:203.0.113.7", None),
            ("127.0.0.1", Some("127.0.0.1")),
            ("10.1.2.3", Some("10.1.2.3")),
            ("172.16.0.1", Some("172.16.0.1")),
            ("192.168.0.1", Some("192.168.0.1")),
            ("169.254.169.254", Some("169.254.169.254")),
            ("100.100.100.200", Some("100.100.100.200")),
            ("0.0.0.0", Some("0.0.0.0")),
            ("255.255.255.255", Some("255.255.255.255")),
            ("::ffff:10.0.0.1", Some("10.0.0.1")),
            ("64:ff9b::a9fe:a9fe", Some("169.254.169.254")),
            ("64:ff9b:1::a00:1", Some("64:ff9b:1::a00:1")),
            ("::1", Some("::1")),
            ("fd00:ec2::254", Some("fd00:ec2::254")),
            ("fe80::1", Some("fe80::1")),
            ("2002:a00:1::", Some("2002:a00:1::")),
            ("::10.0.0.1", Some("::10.0.0.1")),
        ];
        for (address, expected) in cases {
            let found = off_the_internet(address.parse().unwrap());
            assert_eq!(found, expected.map(|it| it.parse::<IpAddr>().unwrap()), "{address}");
        }
    }
}
