//! The PROXY protocol (HAProxy's, versions 1 and 2): a proxy says first for whom it connects.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::time::timeout;

/// Begins a header of version 2.
const SIGNATURE: [u8; 12] = *b"\r\n\r\n\0\r\nQUIT\n";

/// Longest line of version 1, with its line break.
const MAX_LINE: usize = 107;

/// Longest header of version 2 behind its first 16 bytes: addresses, and what proxies add to them.
const MAX_REST: u16 = 4096;

/// How long a proxy may take to say it.
const PATIENCE: Duration = Duration::from_secs(5);

/// Reads the header that begins a connection; `None` if the proxy speaks for itself.
///
/// Exactly the header is taken from `stream`. Whatever else comes first is an error.
pub async fn client(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<Option<SocketAddr>> {
    timeout(PATIENCE, read(stream)).await.map_err(|_| io::ErrorKind::TimedOut)?
}

async fn read(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<Option<SocketAddr>> {
    let mut start = [0; SIGNATURE.len()];
    stream.read_exact(&mut start).await?;
    if start == SIGNATURE {
        return version_2(stream).await;
    }
    let mut line = start.to_vec();
    while !line.ends_with(b"\r\n") {
        if line.len() == MAX_LINE {
            return Err(invalid());
        }
        line.push(stream.read_u8().await?);
    }
    version_1(&line)
}

/// `PROXY TCP4 192.0.2.1 198.51.100.1 56324 443`, or `PROXY UNKNOWN` and anything.
fn version_1(line: &[u8]) -> io::Result<Option<SocketAddr>> {
    let line = str::from_utf8(line).map_err(|_| invalid())?.trim_end_matches("\r\n");
    let words: Vec<&str> = line.split(' ').collect();
    match words.as_slice() {
        ["PROXY", "UNKNOWN", ..] => Ok(None),
        words => source(words).map(Some).ok_or_else(invalid),
    }
}

fn source(words: &[&str]) -> Option<SocketAddr> {
    match words {
        ["PROXY", family, source, destination, port, other_port] => {
            let (source, _): (IpAddr, IpAddr) = (source.parse().ok()?, destination.parse().ok()?);
            let _: u16 = other_port.parse().ok()?;
            let fits = source.is_ipv4() == (*family == "TCP4");
            let known = matches!(*family, "TCP4" | "TCP6");
            (fits && known).then_some(SocketAddr::new(source, port.parse().ok()?))
        }
        _ => None,
    }
}

async fn version_2(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<Option<SocketAddr>> {
    let (command, family) = (stream.read_u8().await?, stream.read_u8().await?);
    let length = stream.read_u16().await?;
    if length > MAX_REST {
        return Err(invalid());
    }
    let mut rest = vec![0; usize::from(length)];
    stream.read_exact(&mut rest).await?;
    match (command, family) {
        (0x21, 0x11) => ipv4(&rest).map(Some).ok_or_else(invalid),
        (0x21, 0x21) => ipv6(&rest).map(Some).ok_or_else(invalid),
        // A health check of the proxy's own, or a family without an address of ours: the protocol
        // says to accept both.
        (0x20 | 0x21, _) => Ok(None),
        _ => Err(invalid()),
    }
}

fn ipv4(rest: &[u8]) -> Option<SocketAddr> {
    let source = Ipv4Addr::from(*rest.first_chunk::<4>()?);
    let port = u16::from_be_bytes(rest.get(8..10)?.try_into().ok()?);
    rest.get(..12)?;
    Some(SocketAddr::new(source.into(), port))
}

fn ipv6(rest: &[u8]) -> Option<SocketAddr> {
    let source = Ipv6Addr::from(*rest.first_chunk::<16>()?);
    let port = u16::from_be_bytes(rest.get(32..34)?.try_into().ok()?);
    rest.get(..36)?;
    Some(SocketAddr::new(source.into(), port))
}

fn invalid() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "no PROXY protocol header")
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncReadExt as _;

    use super::{SIGNATURE, client};

    fn version_2(command: u8, family: u8, rest: &[u8]) -> Vec<u8> {
        let length = u16::try_from(rest.len()).unwrap().to_be_bytes();
        [&SIGNATURE[..], &[command, family], &length, rest].concat()
    }

    #[actix_web::test]
    async fn the_header_names_the_client_and_nothing_more_is_taken() {
        let v4 = [192, 0, 2, 1, 198, 51, 100, 1, 0xdc, 4, 1, 187];
        let more = [&v4[..], &[3, 0, 4, 1, 2, 3, 4]].concat();
        let mut v6 = [0; 36];
        v6[15] = 1;
        v6[32..34].copy_from_slice(&443_u16.to_be_bytes());
        // (what, header, client; `None`: refused)
        let cases = [
            (
                "1",
                b"PROXY TCP4 192.0.2.1 198.51.100.1 56324 443\r\n".to_vec(),
                Some("192.0.2.1:56324"),
            ),
            (
                "1, IPv6",
                b"PROXY TCP6 2001:db8::1 2001:db8::2 1 443\r\n".to_vec(),
                Some("[2001:db8::1]:1"),
            ),
            ("1, unknown", b"PROXY UNKNOWN\r\n".to_vec(), Some("")),
            ("1, unknown and more", b"PROXY UNKNOWN ff:: ff:: 1 2\r\n".to_vec(), Some("")),
            ("2", version_2(0x21, 0x11, &v4), Some("192.0.2.1:56324")),
            ("2, with more", version_2(0x21, 0x11, &more), Some("192.0.2.1:56324")),
            ("2, IPv6", version_2(0x21, 0x21, &v6), Some("[::1]:443")),
            ("2, local", version_2(0x20, 0, &[]), Some("")),
            ("2, a socket", version_2(0x21, 0x31, &[0; 216]), Some("")),
            ("no header", b"GET / HTTP/1.1\r\nhost: a\r\n\r\n".to_vec(), None),
            ("1, the wrong family", b"PROXY TCP6 192.0.2.1 198.51.100.1 1 2\r\n".to_vec(), None),
            ("1, UDP", b"PROXY UDP4 192.0.2.1 198.51.100.1 1 2\r\n".to_vec(), None),
            ("1, no address", b"PROXY TCP4 localhost 198.51.100.1 1 2\r\n".to_vec(), None),
            (
                "1, a port too large",
                b"PROXY TCP4 192.0.2.1 198.51.100.1 65536 2\r\n".to_vec(),
                None,
            ),
            ("1, two blanks", b"PROXY TCP4  192.0.2.1 198.51.100.1 1 2\r\n".to_vec(), None),
            ("1, endless", [b"PROXY UNKNOWN ".to_vec(), vec![b'x'; 200]].concat(), None),
            ("1, cut", b"PROXY TCP4 192.0.2.1".to_vec(), None),
            ("2, cut", version_2(0x21, 0x11, &v4)[..20].to_vec(), None),
            ("2, too short for its family", version_2(0x21, 0x11, &v4[..8]), None),
            ("2, another version", version_2(0x31, 0x11, &v4), None),
            ("2, too long", version_2(0x20, 0, &[0; 5000]), None),
        ];
        for (what, header, expected) in cases {
            let bytes = [header.as_slice(), if expected.is_some() { b"GET" } else { b"" }].concat();
            let mut stream = bytes.as_slice();
            let found = client(&mut stream).await.ok();
            let found = found.map(|it| it.map(|it| it.to_string()).unwrap_or_default());
            assert_eq!(found.as_deref(), expected, "{what}");
            if expected.is_some() {
                let mut rest = Vec::new();
                stream.read_to_end(&mut rest).await.unwrap();
                assert_eq!(rest, b"GET", "{what}: the request is left as it is");
            }
        }
    }
}
