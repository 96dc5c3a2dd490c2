//! What signs the tokens of each brand's widgets.

use super::secret::{SecretOwner, SecretReader};
use crate::config::document::{Fields, Read, Reported, Value};
use crate::config::report::Code;
use crate::token::{self, MessagingKey, Widgets};

/// Longest key id, in characters.
const MAX_KEY_ID: usize = 255;

/// Reads `chat` and `messaging` among the keys of a brand.
pub(in crate::config) fn read(fields: &Fields<'_>, secrets: &mut SecretReader) -> Read<Widgets> {
    let chat = fields.optional_with("chat", |value| {
        let fields = Fields::of(value)?;
        let secret = secret(&fields, SecretOwner::Chat, secrets);
        fields.finish();
        secret
    });
    let messaging = fields.optional_with("messaging", |value| {
        let fields = Fields::of(value)?;
        let id = fields.required_with("key_id", key_id);
        let secret = secret(&fields, SecretOwner::Messaging, secrets);
        fields.finish();
        Ok(MessagingKey { id: id?, secret: secret? })
    });
    Ok(Widgets { chat: chat?, messaging: messaging? })
}

fn secret(
    fields: &Fields<'_>,
    owner: SecretOwner,
    secrets: &mut SecretReader,
) -> Read<token::Secrets> {
    let secret = fields.required_with("secret", |value| secrets.read(value, owner))?;
    token::Secrets::new(&[secret]).map_err(|_| Reported)
}

fn key_id(value: Value<'_>) -> Read<String> {
    let id = value.text()?;
    let is_plain = id.bytes().all(|byte| byte.is_ascii_graphic());
    if !(1..=MAX_KEY_ID).contains(&id.len()) || !is_plain {
        value
            .error(Code::KeyIdInvalid, "not the id of a key")
            .with_hint("Zendesk shows it beside the secret: `app_…`");
        return Err(Reported);
    }
    Ok(id.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::config;
    use crate::config::tests::told::{self, ReportedProblem};

    const TABLE: &str = "
version: 1
server: { public_url: https://sso.acme.example }
zendesk:
  account: acme
  shared_secret: { value: zendesk-secret-0123456789abcdef0123 }
  team_members: { shared_secret: { value: TEAM } }
backends:
  site:
    type: redirect
    login_url: https://www.acme.example/in
    assertion: { algorithm: HS256, secrets: { value: site-secret-0123456789abcdef0123456 } }
  native: { type: zendesk }
brands:
  shoes:
    brand_id: 1
    hosts: [acme.zendesk.com]
    backend: site
    chat: { secret: { value: CHAT } }
    messaging: { key_id: app_5f, secret: { value: MESSAGING } }
  boots:
    brand_id: 2
    hosts: [boots.zendesk.com]
    backend: BACKEND
    chat: { secret: { value: BOOTS } }
  tea: { brand_id: 3, hosts: [tea.zendesk.com], backend: native }
";

    /// Place and text of each problem, but for the secrets that stand in the file.
    fn problems(changes: &[(&str, &str)]) -> Vec<String> {
        let mut yaml = TABLE.to_owned();
        let honest = [
            ("TEAM", "team-secret-0123456789abcdef0123456"),
            ("CHAT", "chat-secret-0123456789abcdef0123456"),
            ("MESSAGING", "messaging-secret-0123456789abcdef01"),
            ("BOOTS", "chat-secret-0123456789abcdef0123456"),
            ("BACKEND", "site"),
        ];
        for (from, to) in changes.iter().chain(&honest) {
            yaml = yaml.replace(from, to);
        }
        let all = told::of(&config::read(&yaml, "brands.yaml", ".".as_ref()).report);
        let line = |it: &ReportedProblem| format!("{} {}: {}", it.severity, it.path, it.message);
        all.iter().map(line).filter(|it| !it.contains("the secret stands in the file")).collect()
    }

    #[test]
    fn brands_may_share_one_chat_secret() {
        assert_eq!(problems(&[]), [] as [&str; 0]);
    }

    #[test]
    fn a_secret_is_for_one_thing() {
        let zendesk = "zendesk-secret-0123456789abcdef0123";
        let site = "site-secret-0123456789abcdef0123456";
        let chat = "chat-secret-0123456789abcdef0123456";
        let team = "team-secret-0123456789abcdef0123456";
        // (whose, its value, the place of the error)
        let cases = [
            ("TEAM", zendesk, "zendesk.team_members.shared_secret"),
            ("CHAT", zendesk, "brands.shoes.chat.secret"),
            ("CHAT", team, "brands.shoes.chat.secret"),
            ("MESSAGING", chat, "brands.shoes.messaging.secret"),
            ("BOOTS", "messaging-secret-0123456789abcdef01", "brands.boots.chat.secret"),
        ];
        for (whose, value, place) in cases {
            let found = problems(&[(whose, value)]);
            let expected = format!("error {place}: the same value as");
            assert!(found.iter().any(|it| it.starts_with(&expected)), "{whose}: {found:?}");
        }
        for (whose, value) in [("TEAM", site), ("CHAT", site)] {
            let found = problems(&[(whose, value)]);
            assert!(found.iter().any(|it| it.contains("the same value as")), "{whose}: {found:?}");
        }
    }

    #[test]
    fn a_backend_with_the_team_members_secret_is_warned_about() {
        let found = problems(&[("TEAM", "site-secret-0123456789abcdef0123456")]);
        let warning = "warning backends.site.assertion.secrets: the same value as";
        assert!(found.len() == 1 && found[0].starts_with(warning), "{found:?}");
        assert!(found[0].contains("this site can still sign in anyone by itself"), "{found:?}");
    }

    #[test]
    fn a_key_has_an_id() {
        for id in ["''", "'app 5f'", "äpp_5f"] {
            let found = problems(&[("app_5f", id)]);
            let error = "error brands.shoes.messaging.key_id: not the id of a key";
            assert!(found.contains(&error.to_owned()), "{id}: {found:?}");
        }
    }

    #[test]
    fn a_widget_for_which_nobody_can_ask_is_warned_about() {
        let found = problems(&[("BACKEND", "native")]);
        let warning = "warning brands.boots.chat: nobody can ask for its tokens";
        assert!(found.len() == 1 && found[0].starts_with(warning), "{found:?}");
    }
}
