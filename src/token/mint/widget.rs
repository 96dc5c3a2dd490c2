//! Mints what the widgets take: Chat and the Web Widget (Classic), and messaging.
//!
//! Neither is a Zendesk JWT, and none of the three stands in for another: each has a secret of its
//! own, and claims of its own.

use std::fmt;

use jsonwebtoken::{Algorithm, Header};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;

use super::signed::{MintError, signed};
use crate::domain::{EmailAddress, Identity};
use crate::token::keys::Secrets;

/// Seconds for which a chat token is good. Chat takes up to seven minutes, and asks for a new one
/// whenever it connects.
const CHAT_LIFETIME: u64 = 300;

/// Seconds for which a messaging token is good. Messaging asks for a new one when it ends.
const MESSAGING_LIFETIME: u64 = 900;

/// What signs the tokens of one brand's widgets.
#[derive(Clone, Debug, Default)]
pub struct Widgets {
    /// Chat's secret.
    pub chat: Option<Secrets>,
    /// A key of messaging's.
    pub messaging: Option<MessagingKey>,
}

/// One of the keys that messaging knows.
#[derive(Clone, Debug)]
pub struct MessagingKey {
    /// How messaging calls it: `app_…`.
    pub id: String,
    /// The key itself.
    pub secret: Secrets,
}

/// A live widget token: whoever has it is that person in the widget, so it is never printed.
#[derive(Clone)]
pub struct WidgetToken(SecretString);

impl WidgetToken {
    /// The token itself, for the page that asked.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl fmt::Debug for WidgetToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("WidgetToken(…)")
    }
}

/// Somebody whom a widget can tell apart from everybody else.
pub struct WidgetUser<'a, E> {
    identity: &'a Identity<E>,
    external_id: &'a str,
}

impl<'a, E> WidgetUser<'a, E> {
    /// Widgets know people by their external id; without one there is nobody to mint for.
    pub fn new(identity: &'a Identity<E>) -> Option<Self> {
        let external_id = identity.external_id.as_deref()?;
        Some(Self { identity, external_id })
    }
}

impl WidgetUser<'_, EmailAddress> {
    /// Mints what Chat takes, which demands an address.
    pub fn chat(self, secret: &Secrets, now: u64) -> Result<WidgetToken, MintError> {
        #[derive(Serialize)]
        struct Payload<'a> {
            name: &'a str,
            email: &'a str,
            external_id: &'a str,
            iat: u64,
            exp: u64,
        }
        let payload = Payload {
            name: &self.identity.name,
            email: self.identity.email.as_str(),
            external_id: self.external_id,
            iat: now,
            exp: now.saturating_add(CHAT_LIFETIME),
        };
        Ok(WidgetToken(signed(&Header::new(Algorithm::HS256), &payload, secret)?))
    }
}

impl WidgetUser<'_, Option<EmailAddress>> {
    /// Mints what messaging takes, with the address and the name if there are any.
    ///
    /// It says that the address is verified: the identity rules have admitted it, and Zendesk itself
    /// takes it for verified when the same person signs in.
    pub fn messaging(self, key: &MessagingKey, now: u64) -> Result<WidgetToken, MintError> {
        #[derive(Serialize)]
        struct Payload<'a> {
            scope: &'static str,
            external_id: &'a str,
            #[serde(skip_serializing_if = "str::is_empty")]
            name: &'a str,
            #[serde(skip_serializing_if = "Option::is_none")]
            email: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            email_verified: Option<bool>,
            exp: u64,
        }
        let header = Header { kid: Some(key.id.clone()), ..Header::new(Algorithm::HS256) };
        let email = self.identity.email.as_ref().map(EmailAddress::as_str);
        let payload = Payload {
            scope: "user",
            external_id: self.external_id,
            name: &self.identity.name,
            email,
            email_verified: email.map(|_| true),
            exp: now.saturating_add(MESSAGING_LIFETIME),
        };
        Ok(WidgetToken(signed(&header, &payload, &key.secret)?))
    }
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::hmac;
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    use super::{MessagingKey, WidgetToken, WidgetUser};
    use crate::domain::{EmailAddress, Identity};
    use crate::token::keys::tests::secrets;
    use crate::token::mint::example::{full, sparse};

    const NOW: u64 = 1_800_000_000;

    /// Header and payload of a token whose signature is checked here by other means.
    fn read(token: &WidgetToken) -> (String, String) {
        let (message, signature) = token.expose().rsplit_once('.').unwrap();
        let key = hmac::Key::new(hmac::HMAC_SHA256, b"hunter2");
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
        hmac::verify(&key, message.as_bytes(), &signature).unwrap();
        let text = |part| String::from_utf8(URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap();
        let (header, payload) = message.split_once('.').unwrap();
        (text(header), text(payload))
    }

    fn key() -> MessagingKey {
        MessagingKey { id: "app_5f".into(), secret: secrets(&["hunter2"]) }
    }

    #[test]
    fn chat_gets_its_five_claims() {
        let identity = full();
        let token = WidgetUser::new(&identity).unwrap().chat(&secrets(&["hunter2"]), NOW);
        let (header, payload) = read(&token.unwrap());
        assert_eq!(header, r#"{"typ":"JWT","alg":"HS256"}"#);
        let claims = concat!(
            r#"{"name":"Joe \"J\" Bücher","email":"joe@xn--bcher-kva.example","#,
            r#""external_id":"shoes_7","iat":1800000000,"exp":1800000300}"#,
        );
        assert_eq!(payload, claims);
    }

    /// Somebody as messaging knows them.
    fn known(
        email: Option<EmailAddress>,
        name: &str,
        of: Identity,
    ) -> Identity<Option<EmailAddress>> {
        let Identity { external_id, profile, left_out, .. } = of;
        Identity { email, name: name.to_owned(), external_id, profile, left_out }
    }

    #[test]
    fn messaging_gets_its_key_and_scope() {
        let joe = full();
        let identity = known(Some(joe.email.clone()), &joe.name.clone(), joe);
        let token = WidgetUser::new(&identity).unwrap().messaging(&key(), NOW).unwrap();
        let (header, payload) = read(&token);
        assert_eq!(header, r#"{"typ":"JWT","alg":"HS256","kid":"app_5f"}"#);
        let claims = concat!(
            r#"{"scope":"user","external_id":"shoes_7","name":"Joe \"J\" Bücher","#,
            r#""email":"joe@xn--bcher-kva.example","email_verified":true,"exp":1800000900}"#,
        );
        assert_eq!(payload, claims);
    }

    #[test]
    fn messaging_needs_neither_address_nor_name() {
        let cases = [
            ("", r#"{"scope":"user","external_id":"shoes_7","exp":1800000900}"#),
            ("Joe", r#"{"scope":"user","external_id":"shoes_7","name":"Joe","exp":1800000900}"#),
        ];
        for (name, claims) in cases {
            let identity = known(None, name, full());
            let token = WidgetUser::new(&identity).unwrap().messaging(&key(), NOW).unwrap();
            assert_eq!(read(&token).1, claims);
        }
    }

    #[test]
    fn the_first_secret_signs() {
        let identity = full();
        let secrets = secrets(&["hunter2", "the-one-before"]);
        read(&WidgetUser::new(&identity).unwrap().chat(&secrets, NOW).unwrap());
    }

    #[test]
    fn there_is_no_token_without_an_id() {
        assert!(WidgetUser::new(&sparse()).is_none());
    }

    #[test]
    fn a_live_token_and_a_key_are_never_printed() {
        let identity = full();
        let token = WidgetUser::new(&identity).unwrap().chat(&secrets(&["hunter2"]), NOW).unwrap();
        assert_eq!(format!("{token:?}"), "WidgetToken(…)");
        assert!(!format!("{:?}", key()).contains("hunter2"));
    }
}
