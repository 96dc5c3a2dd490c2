//! Mints what Zendesk's `/access/jwt` accepts.

use std::fmt;

use jsonwebtoken::{Algorithm, Header};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;

use super::signed::{MintError, signed};
use crate::domain::{Identity, Profile};
use crate::token::keys::Secrets;

/// A live Zendesk JWT: whoever posts it is signed in, so it is never printed.
#[derive(Clone)]
pub struct ZendeskJwt(SecretString);

impl ZendeskJwt {
    /// The token itself, for the hand-off page.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl fmt::Debug for ZendeskJwt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ZendeskJwt(…)")
    }
}

/// Mints the token that signs `identity` in once, under `jti`.
///
/// `secret` is Zendesk's, of which there is never more than one.
pub fn mint(
    identity: &Identity,
    jti: &str,
    secret: &Secrets,
    now: u64,
) -> Result<ZendeskJwt, MintError> {
    let header = Header::new(Algorithm::HS256);
    let payload = Payload {
        iat: now,
        jti,
        email: identity.email.as_str(),
        name: &identity.name,
        external_id: identity.external_id.as_deref(),
        profile: &identity.profile,
    };
    Ok(ZendeskJwt(signed(&header, &payload, secret)?))
}

#[derive(Serialize)]
struct Payload<'a> {
    iat: u64,
    jti: &'a str,
    email: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_id: Option<&'a str>,
    #[serde(flatten)]
    profile: &'a Profile,
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::hmac;
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    use super::mint;
    use crate::domain::Identity;
    use crate::token::keys::tests::secrets;
    use crate::token::mint::example::{full, sparse};

    /// Header and payload of a token whose signature is checked here by other means.
    fn minted(identity: &Identity) -> (String, String) {
        let jwt = mint(identity, "an-id", &secrets(&["hunter2"]), 1_800_000_000).unwrap();
        let (message, signature) = jwt.expose().rsplit_once('.').unwrap();
        let key = hmac::Key::new(hmac::HMAC_SHA256, b"hunter2");
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
        hmac::verify(&key, message.as_bytes(), &signature).unwrap();
        let text = |part| String::from_utf8(URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap();
        let (header, payload) = message.split_once('.').unwrap();
        (text(header), text(payload))
    }

    #[test]
    fn the_header_is_what_zendesk_demands() {
        assert_eq!(minted(&sparse()).0, r#"{"typ":"JWT","alg":"HS256"}"#);
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        let payload = r#"{"iat":1800000000,"jti":"an-id","email":"joe@xn--bcher-kva.example","name":"Joe \"J\" Bücher"}"#;
        assert_eq!(minted(&sparse()).1, payload);
    }

    #[test]
    fn every_attribute_has_its_type() {
        let payload = concat!(
            r#"{"iat":1800000000,"jti":"an-id","email":"joe@xn--bcher-kva.example","#,
            r#""name":"Joe \"J\" Bücher","external_id":"shoes_7","role":"agent","#,
            r#""custom_role_id":18446744073709551615,"phone":"+15551234567","locale":1,"#,
            r#""locale_id":2,"organization":"Acme","organizations":"Acme,Shoes","#,
            r#""organization_id":3,"organization_ids":"3,4","tags":["shoes","vip"],"#,
            r#""remote_photo_url":"https://acme.example/joe.png","#,
            r#""user_fields":{"gone":null,"since":"2020-01-31"}}"#,
        );
        assert_eq!(minted(&full()).1, payload);
    }

    #[test]
    fn a_live_token_is_never_printed() {
        let jwt = mint(&full(), "an-id", &secrets(&["hunter2"]), 1_800_000_000).unwrap();
        assert_eq!(format!("{jwt:?}"), "ZendeskJwt(…)");
    }
}
