//! The store that instances share.

use super::secret::{SecretOwner, SecretReader};
use crate::config::document::{Fields, Read, Reported, Value};
use crate::config::report::Code;
use crate::store::{RedisAddress, RedisKind};

/// Reads where it is. What is wrong with the address is told without repeating it.
pub(in crate::config) fn read(
    value: Value<'_>,
    has_state_key: bool,
    secrets: &mut SecretReader,
) -> Read<RedisAddress> {
    let fields = Fields::of_form(value, "`{ url: { env: NAME } }`")?;
    if !has_state_key {
        value
            .error(
                Code::StateKeyMissing,
                "instances that share a store must share a `state_key` too",
            )
            .at_key()
            .with_hint("`state_key: { env: BRANDGATE_STATE_KEY }`, the same value everywhere");
    }
    let cluster = fields.optional::<bool>("cluster");
    let sentinel = fields.optional_with("sentinel", master);
    let password =
        fields.optional_with("sentinel_password", |value| secrets.read(value, SecretOwner::Store));
    if fields.has("sentinel_password") && fields.lacks("sentinel") {
        fields
            .error_at("sentinel_password", Code::StoreInvalid, "there is no Sentinel to tell it to")
            .with_hint("`sentinel: mymaster` names the master whom Sentinels watch");
    }
    if cluster == Ok(Some(true)) && fields.has("sentinel") {
        fields.error_at("sentinel", Code::StoreInvalid, "a Cluster has no Sentinels");
    }
    let address = fields.required_with("url", |value| {
        let url = secrets.read(value, SecretOwner::Store)?;
        let (sentinel, password) = (sentinel?, password?);
        let kind = match (cluster?.unwrap_or_default(), &sentinel) {
            (_, Some(master)) => RedisKind::Sentinels { master, password: password.as_ref() },
            (true, None) => RedisKind::Cluster,
            (false, None) => RedisKind::Server,
        };
        let address = RedisAddress::parse(&url, kind).map_err(|invalid| {
            value
                .error(Code::StoreInvalid, invalid.to_string())
                .with_hint("such as `rediss://user:password@cache.example:6379/0`");
            Reported
        })?;
        if address.is_exposed() {
            value
                .warning(Code::StorePlain, "what is said to the store crosses the network as it is")
                .with_hint("`rediss://` is Redis over TLS");
        }
        Ok(address)
    });
    fields.finish();
    address
}

/// The name of the master whom Sentinels watch.
fn master(value: Value<'_>) -> Read<String> {
    let name = value.text()?;
    if name.is_empty() {
        value.error(Code::StoreInvalid, "the name of the master is missing");
        return Err(Reported);
    }
    Ok(name.to_owned())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::config::{self, Loaded};

    fn read(server: &str) -> Loaded {
        let source = format!(
            "version: 1
server:
  public_url: https://sso.acme.example
{server}
zendesk: {{ account: acme, shared_secret: {{ value: 0123456789abcdef0123456789abcdef }} }}
backends: {{ native: {{ type: zendesk }} }}
brands: {{ shoes: {{ hosts: [acme-shoes.zendesk.com], backend: native }} }}
"
        );
        config::read(&source, "brands.yaml", Path::new("."))
    }

    const KEY: &str = "  state_key: { value: fedcba9876543210fedcba9876543210 }\n";

    #[test]
    fn a_store_is_a_redis_that_shares_a_state_key() {
        let url = |url: &str| format!("  store: {{ url: {{ value: '{url}' }} }}");
        let good = "redis://:hunter2@localhost:6379/1";
        let more = |url: &str, more: &str| {
            format!("{KEY}  store: {{ url: {{ value: '{url}' }}, {more} }}")
        };
        // (what, server, what the report says)
        let cases = [
            ("none", String::new(), None),
            ("a good one", KEY.to_owned() + &url(good), None),
            ("without a state key", url(good), Some("must share a `state_key`")),
            (
                "of another kind",
                KEY.to_owned() + &url("https://:hunter2@cache"),
                Some("begins with"),
            ),
            (
                "not verified",
                KEY.to_owned() + &url("rediss://:hunter2@cache#insecure"),
                Some("`#`"),
            ),
            ("no number", KEY.to_owned() + &url("redis://cache/hunter2"), Some("number of a")),
            ("a password alone", KEY.to_owned() + &url("hunter2"), Some("not an address")),
            ("several hosts", more("redis://:hunter2@one,two", ""), Some("several hosts")),
            ("a Cluster", more("redis://:hunter2@localhost,127.0.0.1", "cluster: true"), None),
            ("no Cluster", more(good, "cluster: false"), None),
            ("a Cluster's database", more(good, "cluster: true"), Some("no other database")),
            ("a word", more(good, "cluster: hunter2"), Some("cluster")),
            ("Sentinels", more(good, "sentinel: main"), None),
            (
                "their password",
                more(good, "sentinel: main, sentinel_password: { value: hunter2hunter2 }"),
                None,
            ),
            ("no name", more(good, "sentinel: ''"), Some("name of the master is missing")),
            ("both", more(good, "sentinel: main, cluster: true"), Some("has no Sentinels")),
            (
                "a password for nobody",
                more(good, "sentinel_password: { value: hunter2hunter2 }"),
                Some("no Sentinel to tell it to"),
            ),
        ];
        for (what, server, problem) in cases {
            let Loaded { config, report } = read(&server);
            let text = report.text(false);
            assert_eq!(config.is_some(), problem.is_none(), "{what}: {text}");
            assert!(problem.is_none_or(|problem| text.contains(problem)), "{what}: {text}");
            assert!(!text.contains("hunter2"), "{what}: {text}");
            let store = config.map(|config| config.server.store.is_some());
            assert_eq!(store, problem.is_none().then_some(!server.is_empty()), "{what}");
        }
    }

    #[test]
    fn what_stands_in_the_place_of_an_address_is_not_shown() {
        let places = [
            "{ file: hunter2-correct-horse }",
            "{ file: 'redis://:hunter2' }",
            "{ file: 'rediss://hunter2@cache', db: 1 }",
            "{ env: hunter2 }",
            "{ env: HUNTER2_OF_REDIS, file: hunter2 }",
            "hunter2",
            "[hunter2]",
            "{ value: [hunter2] }",
            "{ value: { hunter2: 1 } }",
        ];
        for place in places {
            for server in [format!("  store: {{ url: {place} }}"), format!("  store: {place}")] {
                let Loaded { config, report } = read(&(KEY.to_owned() + &server));
                let shown = report.text(false) + &report.json().to_string();
                assert!(config.is_none() && !shown.contains("hunter2"), "{server}: {shown}");
            }
        }
    }

    #[test]
    fn an_address_that_crosses_the_network_as_it_is_is_warned_about() {
        let cases = [("redis://cache", true), ("rediss://cache", false), ("redis://[::1]", false)];
        for (url, warned) in cases {
            let Loaded { config, report } =
                read(&format!("{KEY}  store: {{ url: {{ value: '{url}' }} }}"));
            assert!(config.is_some(), "{url}");
            assert_eq!(report.text(false).contains("crosses the network"), warned, "{url}");
        }
    }
}
