//! Writes the demo's own `brands.yaml`, with the comments that a newcomer needs.

use secrecy::ExposeSecret;
use secrecy::SecretString;
use serde_json::Value;

use super::brands::{
    ACCOUNT_HOST, BIKES, BRANDS, Brand, COFFEE_SITE, MUSIC, MUSIC_SITE_HOST, MUSIC_SSO_HOST,
    OwnSite, PROVIDER_HOST, SHOES_SITE, SSO_HOST,
};
use super::stand_in::Secrets;
use super::{music, provider};

/// The configuration under which brandgate serves the demo.
///
/// Text rather than a serialised structure: people read it on the start page.
pub fn brands_yaml(sso_port: u16, stand_in_port: u16, secrets: &Secrets) -> String {
    let shared_secret = quoted(&secrets.zendesk);
    let shoes = backend(&SHOES_SITE, &secrets.shoes, stand_in_port);
    let coffee = backend(&COFFEE_SITE, &secrets.coffee, stand_in_port);
    let bikes = bikes_backend(&secrets.bikes, stand_in_port);
    let music = music_backend(sso_port, stand_in_port);
    let brands: String =
        BRANDS.into_iter().map(|it| brand(it, stand_in_port, &secrets.chat)).collect();
    format!(
        "\
version: 1

server:
  public_url: http://{SSO_HOST}:{sso_port}   # in Zendesk: …/login and …/logout
  listen: 127.0.0.1:{sso_port}
  ops: {{ listen: 127.0.0.1:0 }}

zendesk:
  account: {ACCOUNT_HOST}:{stand_in_port}   # the stand-in; a real account is just its subdomain
  shared_secret: {{ value: {shared_secret} }}   # outside a demo: env or file

unknown: ask   # a page that lists the brands

reserved:   # no brand's own site may say these addresses
  - {{ email_domains: [acme.example], backends: [native] }}

backends:
{shoes}{coffee}  native:
    type: zendesk   # Zendesk's own sign-in page
{bikes}{music}
brands:
{brands}"
    )
}

fn backend(site: &OwnSite, secret: &SecretString, port: u16) -> String {
    let (host, name, secret) = (site.host, site.brand.backend, quoted(secret));
    format!(
        "  {name}:
    type: redirect
    login_url: http://{host}:{port}/zdlogin
    logout_url: http://{host}:{port}/zdlogout
    assertion:
      algorithm: HS256
      secrets: [{{ value: {secret} }}]   # its own, not Zendesk's
"
    )
}

fn bikes_backend(secret: &SecretString, port: u16) -> String {
    let (name, client, secret) = (BIKES.backend, provider::CLIENT_ID, quoted(secret));
    format!(
        "  {name}:
    type: oidc
    issuer: http://{PROVIDER_HOST}:{port}
    client_id: {client}
    client_secret: {{ value: {secret} }}
"
    )
}

fn music_backend(sso_port: u16, port: u16) -> String {
    let (name, cookie) = (MUSIC.backend, music::COOKIE);
    format!(
        "  {name}:
    type: session_token
    cookie: {cookie}
    cookie_domain: {MUSIC_SITE_HOST}
    at: http://{MUSIC_SSO_HOST}:{sso_port}   # brandgate too: where browsers bring that cookie along
    login_url: http://{MUSIC_SITE_HOST}:{port}/login
    logout_url: http://{MUSIC_SITE_HOST}:{port}/logout
    keys: {{ jwks_url: 'http://{MUSIC_SITE_HOST}:{port}/keys' }}
    algorithm: ES256
    issuer: http://{MUSIC_SITE_HOST}:{port}
"
    )
}

fn brand(brand: &Brand, port: u16, chat: &SecretString) -> String {
    let Brand { key, name, id, backend, color, .. } = brand;
    let hosts = [Some(brand.home), brand.other_host].into_iter().flatten();
    let hosts: Vec<String> = hosts.map(|host| format!("'{host}:{port}'")).collect();
    let hosts = hosts.join(", ");
    let identity = identity(brand.backend);
    let listed = brand.keeps_sessions;
    let chat = match brand.key {
        "music" => format!("    chat: {{ secret: {{ value: {} }} }}\n", quoted(chat)),
        _ => String::new(),
    };
    format!(
        "  {key}:
    name: {name}
    brand_id: {id}
    hosts: [{hosts}]
    backend: {backend}
{identity}    listed: {listed}
{chat}    theme: {{ color: '{color}', support: 'mailto:help@{key}.example' }}
"
    )
}

/// What goes with the backend's own user table; Zendesk's own sign-in says nothing to us.
fn identity(backend: &str) -> &'static str {
    match backend {
        "shoes-site" => {
            "    identity:
      external_id_prefix: shoes_
      organization: Acme Shoes
      tags: [shoes]
"
        }
        "coffee-site" => {
            "    identity:
      external_id_prefix: coffee_
      tags: [coffee]
"
        }
        "bikes-id" => {
            "    identity:
      external_id_prefix: bikes_
      tags: [bikes]
"
        }
        "music-login" => {
            "    identity:
      external_id_prefix: music_
      tags: [music]
"
        }
        _ => "",
    }
}

/// A JSON string is a YAML string too, whatever is in it.
fn quoted(secret: &SecretString) -> Value {
    Value::from(secret.expose_secret())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_yaml_that_says_what_was_asked_for() {
        let secrets = Secrets {
            zendesk: SecretString::from("z: \"quoted\" # not a comment"),
            shoes: SecretString::from("s"),
            coffee: SecretString::from("0123"),
            bikes: SecretString::from("true"),
            chat: SecretString::from("c"),
        };
        let text = brands_yaml(8400, 8401, &secrets);
        let yaml: Value = serde_yaml::from_str(&text).unwrap();
        let table = [
            ("/server/public_url", "http://sso.localhost:8400"),
            ("/server/ops/listen", "127.0.0.1:0"),
            ("/zendesk/account", "acme.zendesk.localhost:8401"),
            ("/zendesk/shared_secret/value", "z: \"quoted\" # not a comment"),
            ("/reserved/0/backends/0", "native"),
            ("/backends/shoes-site/login_url", "http://shoes-site.localhost:8401/zdlogin"),
            ("/backends/coffee-site/assertion/secrets/0/value", "0123"),
            ("/backends/native/type", "zendesk"),
            ("/backends/bikes-id/issuer", "http://bikes-id.localhost:8401"),
            ("/backends/bikes-id/client_secret/value", "true"),
            ("/backends/music-login/at", "http://sso.music-site.localhost:8400"),
            ("/backends/music-login/keys/jwks_url", "http://music-site.localhost:8401/keys"),
            ("/brands/bikes/identity/external_id_prefix", "bikes_"),
            ("/brands/music/chat/secret/value", "c"),
            ("/brands/shoes/hosts/0", "shoes.localhost:8401"),
            ("/brands/shoes/hosts/1", "acme-shoes.zendesk.localhost:8401"),
            ("/brands/shoes/identity/tags/0", "shoes"),
            ("/brands/coffee/theme/color", "#8a4b16"),
            ("/brands/games/name", "Acme Games"),
            ("/brands/loop/identity/external_id_prefix", "shoes_"),
        ];
        for (place, wanted) in table {
            assert_eq!(yaml.pointer(place).and_then(Value::as_str), Some(wanted), "{place}");
        }
        assert_eq!(yaml.pointer("/brands/games/brand_id"), Some(&Value::from(360_000_000_003_u64)));
        assert_eq!(yaml.pointer("/brands/loop/listed"), Some(&Value::from(false)));
    }
}
