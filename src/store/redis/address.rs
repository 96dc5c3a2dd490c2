//! Where a Redis is, and as whom it is spoken to.

use std::fmt;

use redis::{Client, ConnectionInfo, IntoConnectionInfo as _};
use secrecy::{ExposeSecret as _, SecretString};
use url::{Host, Url};

use crate::domain::is_loopback;

/// The address of a Redis. It may hold a password, and is never printed.
pub struct RedisAddress {
    client: Client,
    is_exposed: bool,
}

/// Why a text is no address of a Redis. None of them repeats the text.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum InvalidRedisAddress {
    /// It is no address at all.
    #[error("not an address")]
    Unreadable,
    /// It is one of something else.
    #[error("the address of a store begins with `redis://` or `rediss://`")]
    Scheme,
    /// It names no machine.
    #[error("the address names no host")]
    Host,
    /// Behind the slash stands something else than a number.
    #[error("behind the host stands the number of a database, or nothing")]
    Database,
    /// A `#insecure` would switch off what TLS is for, and a password may stand here by mistake.
    #[error("the address of a store has nothing behind `?` or `#`")]
    Extra,
}

impl RedisAddress {
    /// Reads `redis://user:password@host:port/database`, or `rediss://` for TLS.
    pub fn parse(text: &SecretString) -> Result<Self, InvalidRedisAddress> {
        let text = text.expose_secret();
        let url = Url::parse(text).map_err(|_| InvalidRedisAddress::Unreadable)?;
        let is_plain = match url.scheme() {
            "redis" => true,
            "rediss" => false,
            _ => return Err(InvalidRedisAddress::Scheme),
        };
        let host = url.host_str().filter(|host| !host.is_empty());
        let host = host.ok_or(InvalidRedisAddress::Host)?;
        let database = url.path().strip_prefix('/').unwrap_or_default();
        let is_number = database.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number || database.len() > 5 {
            return Err(InvalidRedisAddress::Database);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(InvalidRedisAddress::Extra);
        }
        // The library of addresses knows IPv4 in `http` and the like only.
        let is_here = Host::parse(host).is_ok_and(|host| is_loopback(&host));
        let client = client(text).map_err(|_| InvalidRedisAddress::Unreadable)?;
        Ok(Self { client, is_exposed: is_plain && !is_here })
    }

    /// Whether what is said to it, the password too, crosses a network as it is.
    pub fn is_exposed(&self) -> bool {
        self.is_exposed
    }

    pub(super) fn client(&self) -> &Client {
        &self.client
    }
}

/// Says nothing about us to the server: some accounts may not even do that.
fn client(text: &str) -> redis::RedisResult<Client> {
    let info: ConnectionInfo = text.into_connection_info()?;
    let settings = info.redis_settings().clone().set_skip_set_lib_name();
    Client::open(info.set_redis_settings(settings))
}

impl fmt::Debug for RedisAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("RedisAddress(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::{InvalidRedisAddress, RedisAddress};

    fn parse(text: &str) -> Result<RedisAddress, InvalidRedisAddress> {
        RedisAddress::parse(&text.to_owned().into())
    }

    #[test]
    fn an_address_is_of_a_redis() {
        use InvalidRedisAddress::{Database, Extra, Host, Scheme, Unreadable};
        let cases = [
            ("redis://cache", None),
            ("redis://cache/", None),
            ("redis://cache.acme.example:6380/3", None),
            ("rediss://joe:hunter2@cache.acme.example", None),
            ("rediss://:hunter%2F2@cache.acme.example:6379/0", None),
            ("redis://127.0.0.1:6379", None),
            ("redis://[::1]:6379", None),
            ("https://cache", Some(Scheme)),
            ("cache:6379", Some(Scheme)),
            ("unix:///run/redis.sock", Some(Scheme)),
            ("redis+unix:///run/redis.sock", Some(Scheme)),
            ("valkey://cache", Some(Scheme)),
            ("redis:cache", Some(Host)),
            ("redis:///3", Some(Host)),
            ("redis://cache/three", Some(Database)),
            ("redis://cache/-1", Some(Database)),
            ("redis://cache/1/2", Some(Database)),
            ("redis://cache/123456", Some(Database)),
            ("redis://cache?protocol=3", Some(Extra)),
            ("rediss://cache#insecure", Some(Extra)),
            ("redis://0.0.0.0", Some(Unreadable)),
            ("redis://cache:port", Some(Unreadable)),
            ("redis://:%ff@cache", Some(Unreadable)),
            ("", Some(Unreadable)),
        ];
        for (text, problem) in cases {
            assert_eq!(parse(text).err(), problem, "{text:?}");
        }
    }

    #[test]
    fn what_crosses_a_network_as_it_is_is_known() {
        let cases = [
            ("redis://cache", true),
            ("redis://10.0.0.1", true),
            ("redis://localhost.evil.example", true),
            ("rediss://cache", false),
            ("redis://localhost", false),
            ("redis://127.0.0.1:6379", false),
            ("redis://[::1]", false),
        ];
        for (text, exposed) in cases {
            assert_eq!(parse(text).unwrap().is_exposed(), exposed, "{text}");
        }
    }

    #[test]
    fn an_address_is_never_printed() {
        let address = parse("redis://joe:hunter2@cache").unwrap();
        assert_eq!(format!("{address:?}"), "RedisAddress(…)");
        let error = parse("redis://joe:hunter2@cache/hunter2").unwrap_err();
        assert!(!format!("{error:?} {error}").contains("hunter2"));
    }
}
