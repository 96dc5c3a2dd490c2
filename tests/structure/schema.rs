//! `brands.schema.json`, made of what the reader itself says of a file with every key, and of
//! `docs/configuration.md`.

#![expect(clippy::indexing_slicing, reason = "what the full file lacks ends the test")]

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::docs::{quoted, read, root, rows, section};

/// A file with every key that there is; the reader's own tests see to that.
const FULL: &str = include_str!("../../src/config/tests/full.yaml");

/// What the reader says of `file`: the path, the code and the message of each problem.
fn problems(file: &Value) -> Vec<(String, String, String)> {
    let source = serde_json::to_string_pretty(file).unwrap();
    let report = brandgate::config::read(&source, "brands.yaml", root()).report.json();
    let text = |it: &Value, name: &str| it[name].as_str().unwrap_or_default().to_owned();
    let all = report.as_array().unwrap().iter();
    all.map(|it| (text(it, "path"), text(it, "code"), text(it, "message"))).collect()
}

/// The file with every key, and where one is in it.
struct Full(Value);

impl Full {
    fn read() -> Self {
        let full = Self(serde_yaml::from_str(FULL).unwrap());
        // Variables that are not set, and files that are not there, are no matter of form.
        let unread =
            ["secret-not-set", "secret-unreadable", "certificate-invalid", "certificate-key"];
        let odd: Vec<_> = problems(&full.0)
            .into_iter()
            .filter(|(_, code, _)| !unread.contains(&code.as_str()))
            .filter(|(_, code, _)| code.ends_with("invalid") || code.contains("key"))
            .collect();
        assert!(odd.is_empty(), "{odd:?}");
        full
    }

    fn with(&self, place: &str, change: impl FnOnce(&mut Value)) -> Value {
        let mut file = self.0.clone();
        change(file.pointer_mut(place).unwrap_or_else(|| panic!("nothing is at {place}")));
        file
    }

    /// The words that the reader takes at `place`, if it takes only words there.
    fn words(&self, place: &str) -> Vec<String> {
        let file = self.with(place, |value| *value = "zzz".into());
        let path = path_of(place);
        let said =
            problems(&file).into_iter().find(|(at, code, _)| *at == path && code == "unknown-word");
        let Some((_, _, message)) = said else { return Vec::new() };
        quoted(&message).into_iter().filter(|it| !it.starts_with('{')).collect()
    }

    /// Whether the mapping at `place` has to have `key`.
    fn is_required(&self, place: &str, key: &str) -> bool {
        let file = self.with(place, |value| drop(value.as_object_mut().unwrap().remove(key)));
        let missing = |file: &Value| {
            problems(file).iter().filter(|(_, code, _)| code == "missing-key").count()
        };
        missing(&file) > missing(&self.0)
    }
}

/// A pointer as the reader writes it: `/a/b/0` is `a.b[0]`.
fn path_of(place: &str) -> String {
    let steps = place.split('/').skip(1);
    steps.fold(String::new(), |path, step| match step.parse::<usize>() {
        Ok(index) => format!("{path}[{index}]"),
        Err(_) if path.is_empty() => step.to_owned(),
        Err(_) => format!("{path}.{step}"),
    })
}

/// What `docs/configuration.md` says of the key at `place`, in plain words.
fn description(docs: &str, place: &str) -> Option<String> {
    told(&cells(docs, &row_of(place)?)?)
}

/// What a row of the documents tells of its key, in plain words.
fn told(cells: &[&str]) -> Option<String> {
    let mut text = plain(cells.first()?);
    if let Some(default) = default(cells) {
        text = format!("{text}\n\nDefault: {}", plain(default));
    }
    Some(text)
}

/// What the documents say is read where there is no such key: the column between the other two.
fn default<'t>(cells: &[&'t str]) -> Option<&'t str> {
    cells.get(1).filter(|_| cells.len() > 2).copied()
}

/// Where the documents have the row of a key.
struct Row<'p> {
    heading: &'p str,
    /// The key that holds it, where that has a table of its own beneath the heading.
    beneath: Option<&'p str>,
    key: &'p str,
}

/// Where the key at `place` has its row.
fn row_of(place: &str) -> Option<Row<'_>> {
    let steps: Vec<&str> =
        place.split('/').skip(1).filter(|it| it.parse::<usize>().is_err()).collect();
    let key = *steps.last()?;
    let row = |heading| Some(Row { heading, beneath: None, key });
    match *steps {
        [_] => row("## The whole file"),
        [.., "identity", _] if key != "identity" => row("## identity"),
        // Audit's is another.
        [.., "env" | "file" | "value"] if steps.get(1) != Some(&"audit") => row("## Secrets"),
        ["backends", _, "type" | "closed"] => row("## backends"),
        ["backends", _, "assertion", _] => row("#### Beneath assertion"),
        ["backends", _, "keys", _] => row("#### Beneath keys"),
        // The names of the backends in the full file, each of another type.
        ["backends", "site", _] => row("### redirect"),
        ["backends", "pool", _] => row("### cognito"),
        ["backends", "games" | "arcade", _] => row("### session_token"),
        ["backends", "provider", _] => row("### oidc"),
        // A route's are as a brand's.
        ["brands", _, _] | ["brands", _, "routes", "backend" | "identity"] => row("## brands"),
        ["brands", _, holder, _] => Some(Row { heading: "## brands", beneath: Some(holder), key }),
        ["server", _] => row("## server"),
        ["server", holder, _] => Some(Row { heading: "## server", beneath: Some(holder), key }),
        ["zendesk", _] => row("## zendesk"),
        ["zendesk", holder, _] => Some(Row { heading: "## zendesk", beneath: Some(holder), key }),
        ["reserved", _] => row("## reserved"),
        ["shared_addresses", _] => row("## shared_addresses"),
        ["deny", _] => row("## deny"),
        ["limits", _] => row("## limits"),
        _ => None,
    }
}

/// What stands behind the key in its table.
fn cells<'t>(docs: &'t str, row: &Row<'_>) -> Option<Vec<&'t str>> {
    let mut tables = section(docs, row.heading).split("\nBeneath `");
    let table = match row.beneath {
        None => tables.next(),
        Some(holder) => tables.find(|table| table.starts_with(&format!("{holder}`"))),
    };
    let mut rows = rows(table?).into_iter();
    rows.find(|(documented, _)| *documented == row.key).map(|(_, cells)| cells)
}

/// Markdown without its links.
fn plain(text: &str) -> String {
    let link = regex::Regex::new(r"\[([^\]]+)\]\([^)]+\)").unwrap();
    let text = link.replace_all(text, "$1");
    let text = text.trim().trim_end_matches('|').trim();
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

struct Maker {
    full: Full,
    docs: String,
}

impl Maker {
    /// The schema of the value at `place`.
    fn of(&self, place: &str, value: &Value) -> Value {
        let mut schema = self.form(place, value);
        let Some(text) = description(&self.docs, place) else { return schema };
        if text.contains("or `any`") && value.is_array() {
            schema = json!({ "anyOf": [{ "const": "any" }, schema] });
        }
        schema["description"] = text.into();
        schema
    }

    fn form(&self, place: &str, value: &Value) -> Value {
        let key = place.rsplit('/').find(|it| it.parse::<usize>().is_err()).unwrap_or_default();
        let secret = json!({ "$ref": "#/$defs/secret" });
        let one_or_list = |one: &Value| json!({ "anyOf": [one, { "type": "array", "items": one, "minItems": 1 }] });
        let text = json!({ "type": "string" });
        match (key, value) {
            ("secrets" | "state_key" | "admin", _) => one_or_list(&secret),
            // What may be said by a route is what may be said by a brand.
            ("identity", _) if place != "/brands/shoes/identity" => {
                self.form("/brands/shoes/identity", &self.full.0["brands"]["shoes"]["identity"])
            }
            ("claims", _) => {
                json!({ "type": "object", "additionalProperties": one_or_list(&text) })
            }
            ("require", _) => json!({ "type": "object", "additionalProperties": text }),
            ("user_fields", _) => json!({ "type": "object" }),
            ("closed" | "note", _) => {
                let note = "/brands/shoes/theme/note";
                let by_language = &self.full.0["brands"]["shoes"]["theme"]["note"];
                let by_language = self.object(note, by_language);
                json!({ "anyOf": [text, by_language] })
            }
            ("unknown" | "email_verified", _) => {
                let words = self.full.words(place);
                assert!(words.len() > 1, "{place}");
                let object = match value {
                    Value::Object(_) => self.object(place, value),
                    // Another backend's shows the other form.
                    _ => self.object(
                        "/backends/games/email_verified",
                        &self.full.0["backends"]["games"]["email_verified"],
                    ),
                };
                json!({ "anyOf": [{ "enum": words }, object] })
            }
            ("brands", Value::Object(brands)) if place == "/brands" => {
                let brand = self.of("/brands/shoes", &brands["shoes"]);
                json!({ "type": "object", "minProperties": 1, "propertyNames": { "$ref": "#/$defs/name" }, "additionalProperties": brand })
            }
            ("backends", Value::Object(_)) if place == "/backends" => {
                json!({ "type": "object", "minProperties": 1, "propertyNames": { "$ref": "#/$defs/name" }, "additionalProperties": self.backend() })
            }
            (_, Value::Object(fields))
                if fields.keys().all(|it| ["env", "file", "value"].contains(&it.as_str())) =>
            {
                secret
            }
            (_, Value::Object(_)) => self.object(place, value),
            (_, Value::Array(items)) => {
                let item = format!("{place}/0");
                json!({ "type": "array", "items": self.form(&item, items.first().unwrap()) })
            }
            (_, Value::Bool(_)) => json!({ "type": "boolean" }),
            (_, Value::Number(_)) => json!({ "type": "integer", "minimum": 0 }),
            (_, Value::String(_)) => match self.full.words(place) {
                words if words.is_empty() => text,
                words => json!({ "enum": words }),
            },
            (_, Value::Null) => panic!("{place} has no value"),
        }
    }

    /// Whether the reader misses `key`, and the documents do not say where alone.
    fn is_needed(&self, place: &str, key: &str) -> bool {
        let said = description(&self.docs, &format!("{place}/{key}")).unwrap_or_default();
        let is_sometimes = said.contains("Default: Needed ");
        self.full.is_required(place, key) && !is_sometimes
    }

    fn object(&self, place: &str, value: &Value) -> Value {
        let fields = value.as_object().unwrap();
        let properties: Map<String, Value> = fields
            .iter()
            .map(|(key, value)| (key.clone(), self.of(&format!("{place}/{key}"), value)))
            .collect();
        let required: Vec<&String> =
            fields.keys().filter(|key| self.is_needed(place, key)).collect();
        json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
    }

    /// A backend: which keys there are depends on its type.
    fn backend(&self) -> Value {
        let backends = self.full.0["backends"].as_object().unwrap();
        let types = self.full.words("/backends/site/type");
        let mut branches = Vec::new();
        for kind in &types {
            let of_type = backends.iter().filter(|(_, it)| it["type"] == kind.as_str());
            let objects = of_type.map(|(name, it)| self.object(&format!("/backends/{name}"), it));
            let mut object = objects.reduce(|one, other| merged(one, &other)).unwrap();
            // Whatever its type, it can be closed.
            let closed = self.of("/backends/native/closed", &backends["native"]["closed"]);
            object["properties"]["closed"] = closed;
            object["properties"]["type"] = json!({ "const": kind });
            // What excludes another key is not in the full file.
            if kind != "zendesk" {
                for (key, _) in rows(section(&self.docs, &format!("### {kind}"))) {
                    let properties = object["properties"].as_object_mut().unwrap();
                    properties.entry(key).or_insert_with(|| {
                        let heading = format!("### {kind}");
                        let row = Row { heading: &heading, beneath: None, key };
                        let row = cells(&self.docs, &row);
                        let description = row.and_then(|row| told(&row));
                        json!({ "type": "string", "description": description })
                    });
                }
            }
            let if_type =
                json!({ "properties": { "type": { "const": kind } }, "required": ["type"] });
            branches.push(json!({ "if": if_type, "then": object }));
        }
        let mut kind = json!({ "enum": types });
        kind["description"] = description(&self.docs, "/backends/native/type").unwrap().into();
        let properties = json!({ "type": kind });
        json!({ "type": "object", "required": ["type"], "properties": properties, "allOf": branches })
    }
}

/// A mapping that is either of two: all their keys, of which those are needed that both need.
fn merged(one: Value, other: &Value) -> Value {
    let mut both = one;
    for (key, value) in other["properties"].as_object().unwrap() {
        let is_mapping = value["properties"].is_object();
        let known = both["properties"].as_object_mut().unwrap();
        let merged = match known.remove(key) {
            Some(known) if is_mapping => merged(known, value),
            Some(known) => known,
            None => value.clone(),
        };
        known.insert(key.clone(), merged);
    }
    let needed = other["required"].as_array().unwrap();
    both["required"].as_array_mut().unwrap().retain(|it| needed.contains(it));
    both
}

fn made() -> Value {
    let maker = Maker { full: Full::read(), docs: read("docs/configuration.md") };
    let mut schema = maker.object("", &maker.full.0);
    let secret = |key: &str| {
        let description =
            description(&maker.docs, &format!("/zendesk/shared_secret/{key}")).unwrap();
        json!({ "type": "object", "properties": { key: { "type": "string", "description": description } }, "required": [key], "additionalProperties": false })
    };
    let fields = schema.as_object_mut().unwrap();
    fields.insert("$schema".to_owned(), "http://json-schema.org/draft-07/schema#".into());
    fields.insert("title".to_owned(), "brands.yaml of brandgate, version 1".into());
    fields["properties"]["version"] =
        json!({ "const": 1, "description": description(&maker.docs, "/version") });
    fields.insert(
        "$defs".to_owned(),
        json!({
            "name": { "type": "string", "pattern": "^[a-z0-9][a-z0-9_-]{0,62}$" },
            "secret": { "anyOf": [secret("env"), secret("file"), secret("value")] },
        }),
    );
    schema
}

#[test]
fn the_schema_is_what_the_reader_reads_and_the_documents_say() {
    let made = format!("{:#}\n", made());
    if made != read("brands.schema.json") {
        let at = root().join("target/brands.schema.json");
        std::fs::write(&at, made).unwrap();
        panic!("brands.schema.json is not what it should be: cp target/brands.schema.json .");
    }
}

/// The places of all keys in `value`, but for names that people choose.
fn places(value: &Value, place: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                found.push((place.to_owned(), key.clone()));
                places(value, &format!("{place}/{key}"), found);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                places(value, &format!("{place}/{index}"), found);
            }
        }
        _ => (),
    }
}

/// A good file in which each key whose default is a value has another one.
const OTHER_VALUES: &str = "
version: 1
unknown: refuse
server:
  public_url: https://sso.acme.example
  listen: 127.0.0.1:1
  client_address: forwarded
  trusted_proxies: [10.0.0.0/8]
  shutdown_delay: 10
  state_key: { value: state-0123456789abcdef0123456789abcdef }
zendesk:
  account: acme
  shared_secret: { value: zendesk-0123456789abcdef0123456789abcd }
  chat_api: { token: { value: chat-0123456789abcdef0123456789abcdef }, through: zopim }
backends:
  site:
    type: redirect
    login_url: https://www.shop.example/in
    logout_url: https://www.shop.example/out
    logout_personal_data: true
    assertion:
      algorithm: HS256
      secrets: [{ value: site-0123456789abcdef0123456789abcdef }]
      unsolicited: true
  pool: { type: cognito, region: eu-central-1, client_id: 4b1x, email_verified: optional }
  games:
    type: session_token
    login_url: https://www.games.example/in
    logout_url: https://www.games.example/out
    logout_personal_data: true
    keys: { secrets: [{ value: games-0123456789abcdef0123456789abcdef }] }
    algorithm: HS256
    email_verified: optional
  provider:
    type: oidc
    issuer: https://id.example
    client_id: brandgate
    scopes: [openid, email]
    email_verified: optional
brands:
  shoes:
    hosts: [acme.zendesk.com]
    backend: site
    listed: false
    identity: { roles: [agent] }
    routes:
      - { path: ^/pool, backend: pool }
      - { path: ^/games, backend: games }
      - { path: ^/provider, backend: provider }
";

/// What is made of the file, line by line; hash tables have no order, and seeds of their own.
fn meant(file: &Value) -> Vec<String> {
    let source = serde_json::to_string_pretty(file).unwrap();
    let loaded = brandgate::config::read(&source, "brands.yaml", root());
    let config = loaded.config.unwrap_or_else(|| panic!("{}", loaded.report.text(false)));
    let text = format!("{:#?}{:#?}{:#?}", config.server, config.table, config.chat_api);
    let lines = text.lines().filter(|line| !line.contains("_seed: "));
    let mut lines: Vec<_> = lines.map(str::to_owned).collect();
    lines.sort_unstable();
    lines
}

/// The rows of `file`'s keys whose default is a value, with where the key is.
fn defaults(docs: &str, file: &Value) -> Vec<(String, String, Value)> {
    let literal = regex::Regex::new("^`([^`]+)`$").unwrap();
    // Another key's value, and what stands one level below.
    let others = ["at", "ops"];
    let mut found = Vec::new();
    places(file, "", &mut found);
    let all = found.into_iter().filter_map(|(place, key)| {
        let here = format!("{place}/{key}");
        let said = literal.captures(default(&cells(docs, &row_of(&here)?)?)?)?[1].to_owned();
        // What an included file may do is no part of what is served.
        let is_compared = !others.contains(&key.as_str()) && !here.starts_with("/limits");
        is_compared.then(|| (place, key, serde_yaml::from_str(&said).unwrap()))
    });
    all.collect()
}

#[test]
fn the_documents_say_which_keys_are_needed() {
    let full = Full::read();
    let docs = read("docs/configuration.md");
    let (mut found, mut needed) = (Vec::new(), 0);
    places(&full.0, "", &mut found);
    for (place, key) in found {
        let here = format!("{place}/{key}");
        let cells = row_of(&here).and_then(|row| cells(&docs, &row));
        let Some(default) = cells.as_deref().and_then(default) else { continue };
        if !default.starts_with("needed ") {
            assert_eq!(full.is_required(&place, &key), default == "needed", "{here}: {default}");
            needed += u32::from(default == "needed");
        }
    }
    assert!(needed > 20, "{needed}");
}

#[test]
fn the_documents_say_what_is_read_where_a_key_is_not_there() {
    let docs = read("docs/configuration.md");
    let file: Value = serde_yaml::from_str(OTHER_VALUES).unwrap();
    let compared = defaults(&docs, &file);
    for (place, key, value) in &compared {
        let with = |value: Option<&Value>| {
            let mut file = file.clone();
            let fields = file.pointer_mut(place).unwrap().as_object_mut().unwrap();
            match value {
                Some(value) => fields.insert(key.clone(), value.clone()),
                None => fields.remove(key),
            };
            meant(&file)
        };
        let without = with(None);
        assert!(without == with(Some(value)), "{place}/{key} is not {value}");
        assert!(without != meant(&file), "{place}/{key} has the same value in the file");
    }
    let names = |defaults: Vec<(String, String, Value)>| -> BTreeSet<String> {
        defaults.into_iter().map(|(_, key, _)| key).collect()
    };
    let documented = names(defaults(&docs, &Full::read().0));
    assert_eq!(names(compared), documented, "each default that is a value is compared");
}

/// The keys of every mapping in `schema`, by the path that leads there.
fn keys(schema: &Value, path: &str, found: &mut BTreeSet<String>) {
    if let Some(properties) = schema["properties"].as_object() {
        for (key, value) in properties {
            found.insert(key.clone());
            keys(value, &format!("{path}.{key}"), found);
        }
    }
    for part in ["additionalProperties", "items", "then"] {
        keys_of(&schema[part], path, found);
    }
    for part in ["anyOf", "allOf"] {
        for part in schema[part].as_array().into_iter().flatten() {
            keys_of(part, path, found);
        }
    }
}

fn keys_of(schema: &Value, path: &str, found: &mut BTreeSet<String>) {
    if schema.is_object() {
        keys(schema, path, found);
    }
}

#[test]
fn every_documented_key_is_in_the_schema() {
    let schema: Value = serde_json::from_str(&read("brands.schema.json")).unwrap();
    let mut found = BTreeSet::new();
    keys(&schema, "", &mut found);
    keys(&schema["$defs"]["secret"], "", &mut found);
    let docs = read("docs/configuration.md");
    let documented: BTreeSet<String> =
        rows(&docs).into_iter().map(|(key, _)| key.to_owned()).collect();
    let missing: Vec<_> = documented.difference(&found).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
