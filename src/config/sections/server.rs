//! How the service runs, and where a client's address is read.

use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};
use std::time::Duration;

use ipnet::IpNet;
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::address::read_origin;
use super::audit;
use super::secret::{SecretOwner, SecretReader};
use super::{network, store, tls, traces};
use crate::audit::AuditSettings;
use crate::config::document::{Fields, FromNode, Read, Reported, Value};
use crate::config::report::{Code, hints};
use crate::store::RedisAddress;
use crate::table::ClientAddress;
use crate::tls::Certificate;
use crate::token::{Fingerprint, StateKeys};
use crate::traces::TracesSettings;

/// As long as a load balancer takes to see that nobody should come any more.
const SHUTDOWN_DELAY: Duration = Duration::from_secs(5);

/// Longer than any load balancer takes.
const MOST_SHUTDOWN_DELAY: Duration = Duration::from_mins(5);

/// Least bytes of what nobody may guess, however often they try.
const MIN_KEY: usize = 16;

/// How the service itself runs.
#[derive(Clone, Debug)]
pub struct Server {
    /// The public listener.
    pub listen: SocketAddr,
    /// The private listener: health.
    pub ops_listen: SocketAddr,
    /// For how long new connections are served after somebody has asked to stop.
    pub shutdown_delay: Duration,
    /// The Redis that all instances share; without one, each remembers by itself.
    pub store: Option<RedisAddress>,
    /// Where it is told who was signed in, if anywhere.
    pub audit: Option<AuditSettings>,
    /// What browsers are shown by the public listener, if it speaks TLS.
    pub tls: Option<Certificate>,
    /// Where sign-ins are traced, if anywhere.
    pub traces: Option<TracesSettings>,
}

impl Server {
    /// The keys by which `other` differs in what only a new start changes.
    pub fn keys_changed(&self, other: &Self) -> Vec<&'static str> {
        let is_same_store = match (&self.store, &other.store) {
            (None, None) => true,
            // Another password is spoken with from the next connection on.
            (Some(store), Some(other)) => store.is_same_place(other),
            _ => false,
        };
        // Another key hides people from the next line on.
        let file = |server: &Self| server.audit.as_ref().map(|audit| audit.file.clone());
        let differ = [
            ("server.listen", self.listen != other.listen),
            ("server.ops.listen", self.ops_listen != other.ops_listen),
            ("server.shutdown_delay", self.shutdown_delay != other.shutdown_delay),
            ("server.store", !is_same_store),
            ("server.audit", file(self) != file(other)),
            // Another certificate takes the place of the one in force.
            ("server.tls", self.tls.is_some() != other.tls.is_some()),
            // Others are sent there, with other headers, from the next on.
            ("server.traces", self.traces.is_some() != other.traces.is_some()),
        ];
        differ.into_iter().filter(|(_, differs)| *differs).map(|(key, _)| key).collect()
    }
}

/// Where the private listener is, unless the file says otherwise.
const OPS_LISTEN: SocketAddr = SocketAddr::V4(SocketAddrV4::new(Ipv4Addr::LOCALHOST, 9090));

/// What `server` says: each part is good for something even if another is not.
pub(in crate::config) struct ServerSection {
    pub(in crate::config) public_url: Read<Url>,
    pub(in crate::config) client_address: Read<ClientAddress>,
    pub(in crate::config) state_keys: Read<Option<StateKeys>>,
    pub(in crate::config) admin: Read<Vec<Fingerprint>>,
    pub(in crate::config) server: Read<Server>,
}

impl ServerSection {
    /// What browsers are shown, if we speak TLS.
    pub(in crate::config) fn certificate(&self) -> Option<&Certificate> {
        self.server.as_ref().ok()?.tls.as_ref()
    }
}

pub(in crate::config) fn read(value: Value<'_>, secrets: &mut SecretReader) -> Read<ServerSection> {
    let fields = Fields::of(value)?;
    let public_url = fields.required_with("public_url", read_origin);
    let listen = fields.optional_with("listen", listener);
    let ops = fields.optional_with("ops", |value| {
        let fields = Fields::of(value)?;
        let listen = fields.optional_with("listen", |value| {
            let ops = listener(value)?;
            if listen == Ok(Some(ops)) && ops.port() != 0 {
                value.error(Code::ListenerTwice, "the public listener has the same address");
            }
            Ok(ops)
        });
        let admin = fields.optional_with("admin", |value| admin(value, secrets));
        fields.finish();
        Ok((listen, admin))
    });
    let (ops_listen, admin) = match ops {
        Ok(ops) => ops.unwrap_or((Ok(None), Ok(None))),
        Err(reported) => (Err(reported), Err(reported)),
    };
    let shutdown_delay = fields.optional_with("shutdown_delay", shutdown_delay);
    let client_address = client_address(&fields, public_url.as_ref().ok());
    let state_keys = fields.optional_with("state_key", |value| state_keys(value, secrets));
    let has_state_key = !fields.lacks("state_key");
    let store = fields.optional_with("store", |value| store::read(value, has_state_key, secrets));
    let audit = fields.optional_with("audit", |value| audit::read(value, secrets));
    let tls =
        fields.optional_with("tls", |value| tls::read(value, public_url.as_ref().ok(), secrets));
    let traces = fields.optional_with("traces", |value| traces::read(value, secrets));
    fields.finish();
    let server = || {
        Ok(Server {
            listen: listen?.unwrap_or(SocketAddr::from(([0, 0, 0, 0], 8080))),
            ops_listen: ops_listen?.unwrap_or(OPS_LISTEN),
            shutdown_delay: shutdown_delay?.unwrap_or(SHUTDOWN_DELAY),
            store: store?,
            audit: audit?,
            tls: tls?.flatten(),
            traces: traces?,
        })
    };
    let admin = admin.map(Option::unwrap_or_default);
    Ok(ServerSection { public_url, client_address, state_keys, admin, server: server() })
}

/// Where the private listener is, whatever else the file says and however wrong that is.
pub(in crate::config) fn ops_listen(file: Value<'_>) -> Read<SocketAddr> {
    fn server(value: Value<'_>) -> Read<Option<SocketAddr>> {
        Ok(Fields::of(value)?.optional_with("ops", ops)?.flatten())
    }
    fn ops(value: Value<'_>) -> Read<Option<SocketAddr>> {
        Fields::of(value)?.optional_with("listen", listener)
    }
    let listen = Fields::of(file)?.optional_with("server", server)?;
    Ok(listen.flatten().unwrap_or(OPS_LISTEN))
}

fn shutdown_delay(value: Value<'_>) -> Read<Duration> {
    let delay = Duration::from_secs(value.number_of("seconds")?);
    if delay > MOST_SHUTDOWN_DELAY {
        value.error(Code::WrongType, "expected at most 300 seconds, found more");
        return Err(Reported);
    }
    Ok(delay)
}

/// Reads what seals: one, or a list of which the first does. All that brandgate seals can be forged by
/// whoever guesses one.
fn state_keys(value: Value<'_>, secrets: &mut SecretReader) -> Read<StateKeys> {
    let too_short = (Code::StateKeyShort, "a state key has 16 bytes at the very least");
    let all = long_secrets(value, SecretOwner::StateKey, too_short, secrets)?;
    StateKeys::from_secrets(&all).map_err(|_| Reported)
}

/// Reads what opens the admin page: one, or a list.
fn admin(value: Value<'_>, secrets: &mut SecretReader) -> Read<Vec<Fingerprint>> {
    let too_short = (Code::AdminShort, "what opens the admin page has 16 bytes at the very least");
    let all = long_secrets(value, SecretOwner::Admin, too_short, secrets)?;
    let fingerprint =
        |secret: &SecretString| Fingerprint::of_secret(secret.expose_secret().as_bytes());
    Ok(all.iter().map(fingerprint).collect())
}

/// Reads one secret that nobody may guess, or a list of some; `too_short` is said of one that could be.
fn long_secrets(
    value: Value<'_>,
    owner: SecretOwner,
    too_short: (Code, &str),
    secrets: &mut SecretReader,
) -> Read<Vec<SecretString>> {
    let all = value.one_or_each(|value| {
        let secret = secrets.read(value, owner)?;
        if secret.expose_secret().len() < MIN_KEY {
            let (code, message) = too_short;
            value.error(code, message).with_hint("`openssl rand -hex 32` makes one");
            return Err(Reported);
        }
        Ok(secret)
    })?;
    if all.is_empty() {
        value.error(Code::SecretNone, "there is no secret");
        return Err(Reported);
    }
    Ok(all)
}

fn listener(value: Value<'_>) -> Read<SocketAddr> {
    let text = value.written()?;
    text.parse().map_err(|_| {
        let such_as = "such as `0.0.0.0:8080`, `127.0.0.1:8080` or `'[::]:8080'`";
        value
            .error(Code::ListenerInvalid, "not an address and a port to listen on")
            .with_hint(hints::listener(text).unwrap_or_else(|| such_as.to_owned()));
        Reported
    })
}

fn proxy(value: Value<'_>) -> Read<IpNet> {
    let net = network::read(value)?;
    if net.prefix_len() == 0 {
        value
            .warning(Code::ProxyAnybody, "anybody is a proxy then, and says where they come from")
            .with_hint("the networks of your proxies alone");
    }
    Ok(net)
}

/// Where the file says that a client's address is.
#[derive(Clone, Copy)]
enum AddressSource {
    Peer,
    XForwardedFor,
    Forwarded,
    ProxyProtocol,
}

impl FromNode for AddressSource {
    fn read(value: Value<'_>) -> Read<Self> {
        value.word(&[
            ("peer", Self::Peer),
            ("x_forwarded_for", Self::XForwardedFor),
            ("forwarded", Self::Forwarded),
            ("proxy_protocol", Self::ProxyProtocol),
        ])
    }
}

/// Reads where a client's address is, and whose word is believed.
fn client_address(fields: &Fields<'_>, public_url: Option<&Url>) -> Read<ClientAddress> {
    let trusted = fields.list_with("trusted_proxies", proxy);
    let place = fields.optional_with("client_address", |value| {
        let place = AddressSource::read(value)?;
        let is_anybody = trusted.as_ref().is_ok_and(Vec::is_empty);
        if is_anybody && !matches!(place, AddressSource::Peer) {
            value
                .error(Code::ProxyMissing, "anybody can send this header: name `trusted_proxies`")
                .with_hint("the networks of your proxies, such as `[10.0.0.0/8]`");
        }
        Ok(place)
    });
    let (place, trusted) = (place?.unwrap_or(AddressSource::Peer), trusted?);
    // Whoever is reached by TLS, and speaks none, is behind a proxy.
    let is_proxied = public_url.is_some_and(|url| url.scheme() == "https") && !fields.has("tls");
    Ok(match place {
        AddressSource::Peer => {
            if let (false, Some(value)) = (trusted.is_empty(), fields.peek("trusted_proxies")) {
                value.warning(Code::ProxyUnread, "nothing of theirs is read").with_hint(
                    "`client_address: x_forwarded_for`, `forwarded` or `proxy_protocol` \
                         reads it",
                );
            }
            if is_proxied { ClientAddress::UnnamedProxy } else { ClientAddress::Peer }
        }
        AddressSource::XForwardedFor => ClientAddress::XForwardedFor(trusted),
        AddressSource::Forwarded => ClientAddress::Forwarded(trusted),
        AddressSource::ProxyProtocol => ClientAddress::ProxyProtocol(trusted),
    })
}
