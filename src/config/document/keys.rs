//! Which keys belong beneath which, so that one in a wrong place is told where it belongs.
//!
//! Nothing is read by this list: it only explains what the readers did not ask for.

use super::tree::{Document, Node};

const SECRET: &[&str] = &["env", "file", "value"];

/// What each backend may hold, of whatever type.
const BACKEND: &[&str] = &[
    "type",
    "closed",
    "login_url",
    "logout_url",
    "logout_personal_data",
    "assertion",
    "region",
    "endpoint",
    "client_id",
    "client_secret",
    "register_url",
    "forgot_url",
    "form_url",
    "origins",
    "claims",
    "email_verified",
    "cookie",
    "cookie_domain",
    "at",
    "keys",
    "algorithm",
    "issuer",
    "audience",
    "require",
    "scopes",
];

const BRAND: &[&str] = &[
    "name",
    "brand_id",
    "hosts",
    "backend",
    "identity",
    "routes",
    "closed",
    "listed",
    "theme",
    "chat",
    "messaging",
];

const IDENTITY: &[&str] = &[
    "external_id_prefix",
    "roles",
    "email_domains",
    "may_say",
    "role",
    "custom_role_id",
    "phone",
    "locale",
    "locale_id",
    "organization",
    "organizations",
    "organization_id",
    "organization_ids",
    "tags",
    "remote_photo_url",
    "user_fields",
];

/// The keys at the top of the file.
pub(super) const TOP: &[&str] = &[
    "version",
    "server",
    "zendesk",
    "unknown",
    "reserved",
    "deny",
    "shared_addresses",
    "backends",
    "brands",
    "include",
    "limits",
];

/// The keys beneath `key`, in the mapping there or in each entry of the list; none where there are
/// names of our users' own.
pub(super) fn beneath(key: &str) -> &'static [&'static str] {
    match key {
        "server" => &[
            "public_url",
            "listen",
            "ops",
            "client_address",
            "trusted_proxies",
            "state_key",
            "store",
            "shutdown_delay",
            "audit",
            "tls",
            "traces",
        ],
        "tls" => &["certificate", "key"],
        "audit" => &["file", "key"],
        "traces" => &["endpoint", "headers"],
        "ops" => &["listen", "admin"],
        "store" => &["url", "cluster", "sentinel", "sentinel_password"],
        "zendesk" => &["account", "shared_secret", "team_members", "chat_api"],
        "team_members" => &["shared_secret"],
        "chat_api" => &["token", "through", "endpoint"],
        "unknown" => &["brand"],
        "reserved" => &["email_domains", "emails", "backends"],
        "deny" => &["emails", "external_ids", "hashes", "key"],
        "shared_addresses" => &["backends", "reason"],
        "limits" => &[
            "files",
            "hosts",
            "brand_ids",
            "email_domains",
            "external_id_prefix",
            "roles",
            "may_say",
            "organizations",
            "tags",
            "backends",
            "networks",
            "env_prefix",
            "secret_files",
        ],
        "assertion" => &["algorithm", "secrets", "origins", "unsolicited", "audience"],
        "keys" => &["jwks_url", "secrets"],
        "email_verified" => &["optional_for"],
        "identity" => IDENTITY,
        "routes" => &["path", "client_ip", "backend", "identity"],
        "theme" => &["logo", "color", "support", "note"],
        "closed" | "note" => {
            &["en", "ar", "de", "es", "fr", "it", "ja", "ko", "nl", "pt-BR", "zh-CN", "zh-TW"]
        }
        "chat" => &["secret"],
        "messaging" => &["key_id", "secret"],
        "key" | "admin" | "headers" | "state_key" | "url" | "sentinel_password"
        | "shared_secret" | "token" | "secret" | "secrets" | "client_secret" => SECRET,
        _ => &[],
    }
}

/// The keys of each entry beneath `key`, whose entries have names of our users' own.
pub(super) fn of_entries(key: &str) -> &'static [&'static str] {
    match key {
        "backends" => BACKEND,
        "brands" => BRAND,
        _ => &[],
    }
}

/// Whether a list stands beneath `key`.
pub(super) fn is_list(key: &str) -> bool {
    matches!(key, "reserved" | "shared_addresses" | "routes" | "limits")
}

/// Beneath which key an entry with this value belongs, if it looks like a brand or a backend.
pub(super) fn home_of_entry(document: &Document<'_>, value: &Node<'_>) -> Option<&'static str> {
    let entries = document.mapping(value)?;
    let has = |key: &str| entries.iter().any(|entry| entry.key.text == key);
    match (has("type"), has("hosts") || has("brand_id")) {
        (true, false) => Some("backends"),
        (false, true) => Some("brands"),
        _ => None,
    }
}

/// The key that stands alone above the line of `key`, which belongs beneath it alone.
pub(super) fn only_home(key: &str) -> Option<&'static str> {
    const HOMES: &[&str] =
        &["server", "zendesk", "assertion", "identity", "routes", "theme", "store", "messaging"];
    let mut homes = HOMES.iter().filter(|home| beneath(home).contains(&key));
    let home = homes.next().copied()?;
    let is_elsewhere = [TOP, BACKEND, BRAND].iter().any(|keys| keys.contains(&key));
    (homes.next().is_none() && !is_elsewhere).then_some(home)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use serde_yaml::Value;

    use super::*;

    /// Every key of the file that has them all, by the key that it stands beneath.
    fn collect<'v>(
        value: &'v Value,
        above: &'v str,
        is_name: bool,
        found: &mut BTreeMap<(&'v str, bool), BTreeSet<&'v str>>,
    ) {
        match value {
            Value::Sequence(values) => {
                for value in values {
                    collect(value, above, is_name, found);
                }
            }
            Value::Mapping(entries) => {
                for (key, value) in entries {
                    let key = key.as_str().unwrap();
                    if matches!(above, "backends" | "brands") && !is_name {
                        collect(value, above, true, found);
                    } else if !matches!(above, "claims" | "require" | "user_fields") {
                        found.entry((above, is_name)).or_default().insert(key);
                        collect(value, key, false, found);
                    }
                }
            }
            _ => {}
        }
    }

    #[test]
    fn the_list_has_every_key_in_its_place() {
        let full: Value = serde_yaml::from_str(include_str!("../tests/full.yaml")).unwrap();
        let mut found = BTreeMap::new();
        collect(&full, "", false, &mut found);
        assert!(found.len() > 20, "{found:?}");
        // Beside `region` it would be a warning.
        found.entry(("backends", true)).or_default().insert("endpoint");
        for ((above, is_name), keys) in found {
            let listed = match (above, is_name) {
                ("", _) => TOP,
                (above, true) => of_entries(above),
                (above, false) => beneath(above),
            };
            let listed: BTreeSet<&str> = listed.iter().copied().collect();
            // Of a secret one form is written at a time.
            if listed.contains("env") {
                assert!(keys.is_subset(&listed), "{above}: {keys:?}");
            } else {
                assert_eq!(keys, listed, "{above}");
            }
        }
    }
}
