//! Where Chat's visitors are read.

use secrecy::SecretString;
use url::Url;

use super::address::read_origin;
use super::secret::{SecretOwner, SecretReader};
use crate::config::document::{Fields, FromNode, Read, Reported, Value};
use crate::domain::Account;

/// Where Chat's visitors are read, and the token that lets us.
#[derive(Clone, Debug)]
pub struct ChatApi {
    /// The list of them: one is one segment further.
    pub visitors: Url,
    /// The Bearer token.
    pub token: SecretString,
}

/// Which of its two APIs is asked.
#[derive(Clone, Copy)]
enum Through {
    Zendesk,
    Zopim,
}

impl FromNode for Through {
    fn read(value: Value<'_>) -> Read<Self> {
        value.word(&[("zendesk", Self::Zendesk), ("zopim", Self::Zopim)])
    }
}

/// Reads `zendesk.chat_api`.
pub(in crate::config) fn read(
    value: Value<'_>,
    account: Read<&Account>,
    secrets: &mut SecretReader,
) -> Read<ChatApi> {
    let fields = Fields::of(value)?;
    let token = fields.required_with("token", |value| secrets.read(value, SecretOwner::ChatApi));
    let through = fields.optional::<Through>("through");
    let endpoint = fields.optional_with("endpoint", read_origin);
    fields.finish();
    let (origin, list) = match through?.unwrap_or(Through::Zendesk) {
        Through::Zendesk => (account?.host().origin().to_owned(), "api/v2/chat/visitors"),
        Through::Zopim => ("https://www.zopim.com".to_owned(), "api/v2/visitors"),
    };
    let origin = match endpoint? {
        Some(endpoint) => endpoint,
        None => Url::parse(&origin).map_err(|_| Reported)?,
    };
    let visitors = origin.join(list).map_err(|_| Reported)?;
    Ok(ChatApi { visitors, token: token? })
}

#[cfg(test)]
mod tests {
    use crate::config;

    const TABLE: &str = "
version: 1
server: { public_url: https://sso.acme.example }
zendesk:
  account: acme
  shared_secret: { value: zendesk-secret-0123456789abcdef0123 }
  chat_api: { token: { value: chat-api-token-0123456789abcdef0123 }MORE }
backends: { native: { type: zendesk } }
brands: { shoes: { brand_id: 1, hosts: [acme.zendesk.com], backend: native } }
";

    #[test]
    fn visitors_are_read_through_either_api() {
        let cases = [
            ("", Some("https://acme.zendesk.com/api/v2/chat/visitors")),
            (", through: zendesk", Some("https://acme.zendesk.com/api/v2/chat/visitors")),
            (", through: zopim", Some("https://www.zopim.com/api/v2/visitors")),
            (
                ", through: zopim, endpoint: 'http://127.0.0.1:9'",
                Some("http://127.0.0.1:9/api/v2/visitors"),
            ),
            (
                ", endpoint: 'https://chat.acme.example'",
                Some("https://chat.acme.example/api/v2/chat/visitors"),
            ),
            (", endpoint: 'http://chat.acme.example'", None),
            (", endpoint: 'https://chat.acme.example/api'", None),
            (", through: live", None),
        ];
        for (more, expected) in cases {
            let yaml = TABLE.replace("MORE", more);
            let config = config::read(&yaml, "brands.yaml", ".".as_ref()).config;
            let visitors = config.map(|it| it.chat_api.unwrap().visitors.to_string());
            assert_eq!(visitors.as_deref(), expected, "{more}");
        }
    }

    #[test]
    fn its_token_is_nothing_elses_and_never_printed() {
        let yaml = TABLE.replace("chat-api-token-0123456789abcdef0123 }MORE", "X }");
        let yaml = yaml.replace("value: X", "value: zendesk-secret-0123456789abcdef0123");
        let loaded = config::read(&yaml, "brands.yaml", ".".as_ref());
        assert!(loaded.config.is_none() && loaded.report.text(false).contains("the same value as"));
        let config = config::read(&TABLE.replace("MORE", ""), "brands.yaml", ".".as_ref()).config;
        assert!(!format!("{:?}", config.unwrap()).contains("chat-api-token"));
    }
}
