//! Where a Redis is, of what kind, and as whom it is spoken to.

use std::fmt;

use aws_lc_rs::digest::{Context, Digest, SHA256};
use redis::cluster::{ClusterClient, ClusterClientBuilder};
use redis::{
    Client, ConnectionAddr, ConnectionInfo, IntoConnectionInfo as _, Pipeline, RedisConnectionInfo,
};
use secrecy::{ExposeSecret as _, SecretString};
use url::{Host, Url};

use super::{CONNECT_WAIT, WAIT};
use crate::domain::is_loopback;

/// What stands at the address.
#[derive(Clone, Copy, Debug)]
pub enum RedisKind<'a> {
    /// One server, or what stands in for one.
    Server,
    /// Nodes of a Cluster, of which any tells where the others are.
    Cluster,
    /// Sentinels, which know where the server of this name is.
    Sentinels {
        /// The name that the Sentinels know it by.
        master: &'a str,
        /// Their own password, if they have one.
        password: Option<&'a SecretString>,
    },
}

/// The address of a Redis. It may hold a password, and is never printed.
#[derive(Clone)]
pub struct RedisAddress {
    pub(super) clients: Clients,
    /// What each new connection to a server says first; of a Cluster the library does.
    pub(super) greeting: Pipeline,
    secrets: Vec<SecretString>,
    is_exposed: bool,
    /// SHA-256 of all that was written.
    written: Digest,
    /// The same of all but who we are there.
    place: Digest,
}

/// Those whom to ask for a connection.
#[derive(Clone)]
pub(super) enum Clients {
    Server(Client),
    Cluster(Box<ClusterClient>),
    Sentinels(Sentinels),
}

#[derive(Clone)]
pub(super) struct Sentinels {
    pub(super) each: Vec<Client>,
    pub(super) greeting: Pipeline,
    pub(super) master: String,
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
    /// It names several machines, and they are no Cluster's and no Sentinels.
    #[error(
        "several hosts are those of a Cluster or of Sentinels: `cluster` or `sentinel` says so"
    )]
    Several,
    /// Behind the slash stands something else than a number.
    #[error("behind the host stands the number of a database, or nothing")]
    Database,
    /// A Cluster has one database.
    #[error("a Cluster has no other database than 0")]
    ClusterDatabase,
    /// A `#insecure` would switch off what TLS is for, and a password may stand here by mistake.
    #[error("the address of a store has nothing behind `?` or `#`")]
    Extra,
}

impl RedisAddress {
    /// Reads `redis://user:password@host:port,host:port/database`, or `rediss://` for TLS.
    pub fn parse(text: &SecretString, kind: RedisKind<'_>) -> Result<Self, InvalidRedisAddress> {
        let nodes: Vec<Node> = each(text.expose_secret())
            .iter()
            .map(|text| Node::parse(text.expose_secret()))
            .collect::<Result<_, _>>()?;
        let is_exposed = nodes.iter().any(|node| node.is_exposed);
        let settings = nodes.first().ok_or(InvalidRedisAddress::Host)?.info.redis_settings();
        let settings = settings.clone();
        let (user, password) = (settings.username(), settings.password());
        let mut secrets: Vec<_> = password.map(SecretString::from).into_iter().collect();
        let clients = match kind {
            RedisKind::Server if nodes.len() > 1 => return Err(InvalidRedisAddress::Several),
            RedisKind::Server => {
                Clients::Server(nodes.first().map(Node::client).ok_or(InvalidRedisAddress::Host)??)
            }
            RedisKind::Cluster if settings.db() != 0 => {
                return Err(InvalidRedisAddress::ClusterDatabase);
            }
            RedisKind::Cluster => Clients::Cluster(Box::new(cluster(&nodes)?)),
            RedisKind::Sentinels { master, password } => {
                secrets.extend(password.cloned());
                let password = password.map(SecretString::expose_secret);
                let each = nodes.iter().map(Node::client).collect::<Result<_, _>>()?;
                let (greeting, master) = (greeting(None, password, 0), master.to_owned());
                Clients::Sentinels(Sentinels { each, greeting, master })
            }
        };
        let greeting = greeting(user, password, settings.db());
        let place = written(
            &without_user(text.expose_secret()).into(),
            match kind {
                RedisKind::Sentinels { master, .. } => {
                    RedisKind::Sentinels { master, password: None }
                }
                kind => kind,
            },
        );
        Ok(Self { clients, greeting, secrets, is_exposed, written: written(text, kind), place })
    }

    /// Whether `other` was written alike.
    pub fn is_same(&self, other: &Self) -> bool {
        self.written.as_ref() == other.written.as_ref()
    }

    /// Whether `other` is the same Redis, whatever user and password it is spoken to with.
    pub fn is_same_place(&self, other: &Self) -> bool {
        self.place.as_ref() == other.place.as_ref()
    }

    /// Whether what is said to it, the password too, crosses a network as it is.
    pub fn is_exposed(&self) -> bool {
        self.is_exposed
    }

    /// Takes out of `text` whatever is a secret of ours: a server may repeat what it was told.
    pub(super) fn blank(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for secret in &self.secrets {
            let secret = secret.expose_secret();
            if !secret.is_empty() {
                text = text.replace(secret, "…");
            }
        }
        text
    }
}

impl Sentinels {
    /// The server that is at `host` and `port`, spoken to as `sentinel` is.
    pub(super) fn server(
        sentinel: &Client,
        host: &str,
        port: u16,
    ) -> Result<Client, redis::RedisError> {
        let info = sentinel.get_connection_info();
        let addr = match info.addr() {
            ConnectionAddr::TcpTls { insecure, tls_params, .. } => ConnectionAddr::TcpTls {
                host: host.to_owned(),
                port,
                insecure: *insecure,
                tls_params: tls_params.clone(),
            },
            _ => ConnectionAddr::Tcp(host.to_owned(), port),
        };
        Client::open(info.clone().set_addr(addr))
    }
}

/// One host of an address.
struct Node {
    info: ConnectionInfo,
    is_exposed: bool,
}

impl Node {
    fn parse(text: &str) -> Result<Self, InvalidRedisAddress> {
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
        let info = text.into_connection_info().map_err(|_| InvalidRedisAddress::Unreadable)?;
        Ok(Self { info, is_exposed: is_plain && !is_here })
    }

    /// Connects and says nothing: what the server answers to our greeting is for us to read.
    fn client(&self) -> Result<Client, InvalidRedisAddress> {
        let silent = RedisConnectionInfo::default().set_skip_set_lib_name();
        let info = self.info.clone().set_redis_settings(silent);
        Client::open(info).map_err(|_| InvalidRedisAddress::Unreadable)
    }
}

fn written(text: &SecretString, kind: RedisKind<'_>) -> Digest {
    let mut context = Context::new(&SHA256);
    let (kind, master, password) = match kind {
        RedisKind::Server => ("server", "", None),
        RedisKind::Cluster => ("cluster", "", None),
        RedisKind::Sentinels { master, password } => ("sentinels", master, password),
    };
    let password = password.map_or("", SecretString::expose_secret);
    for part in [text.expose_secret(), kind, master, password] {
        context.update(&part.len().to_be_bytes());
        context.update(part.as_bytes());
    }
    context.finish()
}

/// `text` without user and password.
fn without_user(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else { return text.to_owned() };
    let (_, hosts, path) = parts(rest);
    format!("{scheme}://{hosts}{path}")
}

/// What stands before the hosts, with its `@`, the hosts, and what stands behind them.
fn parts(rest: &str) -> (&str, &str, &str) {
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let (user, hosts) = authority.split_at(authority.rfind('@').map_or(0, |at| at + 1));
    (user, hosts, path)
}

/// The address of each host: all share what stands before and behind them.
fn each(text: &str) -> Vec<SecretString> {
    let Some((scheme, rest)) = text.split_once("://") else { return vec![text.into()] };
    let (user, hosts, path) = parts(rest);
    hosts.split(',').map(|host| format!("{scheme}://{user}{host}{path}").into()).collect()
}

fn cluster(nodes: &[Node]) -> Result<ClusterClient, InvalidRedisAddress> {
    let each = nodes.iter().map(|node| {
        // Says nothing about us to the server: some accounts may not even do that.
        let settings = node.info.redis_settings().clone().set_skip_set_lib_name();
        node.info.clone().set_redis_settings(settings)
    });
    ClusterClientBuilder::new(each)
        .connection_timeout(CONNECT_WAIT)
        .response_timeout(WAIT)
        .overall_response_timeout(Some(WAIT))
        .build()
        .map_err(|_| InvalidRedisAddress::Unreadable)
}

fn greeting(user: Option<&str>, password: Option<&str>, database: i64) -> Pipeline {
    let mut greeting = redis::pipe();
    if let Some(password) = password {
        // Before Redis 6 there were no users.
        let user = user.filter(|user| !user.is_empty());
        greeting.cmd("AUTH").arg(user).arg(password);
    }
    if database != 0 {
        greeting.cmd("SELECT").arg(database);
    }
    greeting
}

impl fmt::Debug for RedisAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("RedisAddress(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::{InvalidRedisAddress, RedisAddress, RedisKind, each};
    use secrecy::ExposeSecret as _;

    const SENTINELS: RedisKind<'static> = RedisKind::Sentinels { master: "main", password: None };

    fn parse(text: &str) -> Result<RedisAddress, InvalidRedisAddress> {
        RedisAddress::parse(&text.to_owned().into(), RedisKind::Server)
    }

    #[test]
    fn an_address_is_of_a_redis() {
        use InvalidRedisAddress::{Database, Extra, Host, Scheme, Several, Unreadable};
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
            ("redis://cache-1,cache-2", Some(Several)),
            ("", Some(Unreadable)),
        ];
        for (text, problem) in cases {
            assert_eq!(parse(text).err(), problem, "{text:?}");
        }
    }

    #[test]
    fn a_cluster_and_sentinels_have_several_hosts() {
        use InvalidRedisAddress::{ClusterDatabase, Host, Unreadable};
        let several = "rediss://joe:a,b@one:1,two:2,[::1]:3/4";
        let all: Vec<_> = each(several).iter().map(|it| it.expose_secret().to_owned()).collect();
        let expected = ["one:1", "two:2", "[::1]:3"].map(|it| format!("rediss://joe:a,b@{it}/4"));
        assert_eq!(all, expected);

        let cases = [
            (several, RedisKind::Cluster, Some(ClusterDatabase)),
            ("rediss://joe:pw@one:1,two:2", RedisKind::Cluster, None),
            ("redis://one", RedisKind::Cluster, None),
            (several, SENTINELS, None),
            ("redis://one", SENTINELS, None),
            ("redis://one,", SENTINELS, Some(Host)),
            ("redis://one,two:x", RedisKind::Cluster, Some(Unreadable)),
        ];
        for (text, kind, problem) in cases {
            let parsed = RedisAddress::parse(&text.to_owned().into(), kind);
            assert_eq!(parsed.err(), problem, "{text:?}");
        }
    }

    #[test]
    fn what_crosses_a_network_as_it_is_is_known() {
        let cases = [
            ("redis://cache", true),
            ("redis://10.0.0.1", true),
            ("redis://localhost.evil.example", true),
            ("redis://127.0.0.1,cache", true),
            ("rediss://cache", false),
            ("redis://localhost", false),
            ("redis://127.0.0.1:6379", false),
            ("redis://[::1]", false),
        ];
        for (text, exposed) in cases {
            let address = RedisAddress::parse(&text.to_owned().into(), SENTINELS).unwrap();
            assert_eq!(address.is_exposed(), exposed, "{text}");
        }
    }

    #[test]
    fn two_addresses_are_the_same_if_they_are_written_alike() {
        let read = |text: &str, kind| RedisAddress::parse(&text.to_owned().into(), kind).unwrap();
        let password = "hunter2".to_owned().into();
        let with_password = RedisKind::Sentinels { master: "main", password: Some(&password) };
        let each = [
            read("redis://cache", RedisKind::Server),
            read("redis://:hunter2@cache", RedisKind::Server),
            read("redis://cache", RedisKind::Cluster),
            read("redis://cache", SENTINELS),
            read("redis://cache", with_password),
            read("redis://cache", RedisKind::Sentinels { master: "other", password: None }),
        ];
        for (one, first) in each.iter().enumerate() {
            for (other, second) in each.iter().enumerate() {
                assert_eq!(first.is_same(second), one == other, "{one} {other}");
            }
        }
        assert!(each[0].is_same(&read("redis://cache", RedisKind::Server)));
    }

    #[test]
    fn another_user_and_password_are_of_the_same_place() {
        let read = |text: &str, kind| RedisAddress::parse(&text.to_owned().into(), kind).unwrap();
        let cases = [
            ("redis://:old@cache/3", "redis://:new@cache/3", true),
            ("redis://cache", "redis://joe:hunter2@cache", true),
            ("redis://:a@b@cache", "redis://:new@cache", true),
            ("redis://:old@cache/3", "redis://:old@cache/4", false),
            ("redis://:old@cache", "redis://:old@other", false),
            ("redis://:old@cache", "rediss://:old@cache", false),
            ("redis://:old@cache", "redis://:old@cache:6380", false),
        ];
        for (old, new, is_same) in cases {
            let [old, new] = [old, new].map(|text| read(text, SENTINELS));
            assert_eq!(old.is_same_place(&new), is_same);
        }
        let password = "hunter2".to_owned().into();
        let of = |master, password| RedisKind::Sentinels { master, password };
        let one = read("redis://cache", of("main", None));
        assert!(one.is_same_place(&read("redis://cache", of("main", Some(&password)))));
        assert!(!one.is_same_place(&read("redis://cache", of("other", None))));
        assert!(!one.is_same_place(&read("redis://cache", RedisKind::Server)));
    }

    #[test]
    fn an_address_is_never_printed() {
        let address = parse("redis://joe:hunter2@cache").unwrap();
        assert_eq!(format!("{address:?}"), "RedisAddress(…)");
        let error = parse("redis://joe:hunter2@cache/hunter2").unwrap_err();
        assert!(!format!("{error:?} {error}").contains("hunter2"));
    }
}
