//! What a token is, by what it says.

use serde_json::{Map, Value};

/// What a token is for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum TokenKind {
    /// An assertion, or a Zendesk JWT: they say the same, and differ in whose secret has signed them.
    SignIn,
    /// For Chat and the Web Widget (Classic).
    Chat,
    /// For messaging.
    Messaging,
    /// A login of a site's own, as Xsolla Login makes.
    Session,
    /// Of an OpenID Connect provider.
    IdToken,
    /// Amazon Cognito's, about who somebody is.
    CognitoId,
    /// Amazon Cognito's, for its own API.
    CognitoAccess,
    /// None of these.
    Unknown,
}

impl TokenKind {
    /// The word for it in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::Chat => "chat",
            Self::Messaging => "messaging",
            Self::Session => "session",
            Self::IdToken => "id-token",
            Self::CognitoId => "cognito-id",
            Self::CognitoAccess => "cognito-access",
            Self::Unknown => "unknown",
        }
    }

    /// What it is, in a sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::SignIn => {
                "an assertion or a Zendesk JWT: both say the same. Signed with a backend's own secret it \
                 belongs to brandgate's /access/jwt, signed with Zendesk's to the account's"
            }
            Self::Chat => {
                "a token for Chat and the Web Widget (Classic), signed with the Chat secret"
            }
            Self::Messaging => "a token for messaging, signed with the key that its `kid` names",
            Self::Session => {
                "a login of a site's own (Xsolla Login and the like), for a backend of type `session_token`"
            }
            Self::IdToken => {
                "an ID token of an OpenID Connect provider, for a backend of type `oidc`"
            }
            Self::CognitoId => {
                "an ID token of Amazon Cognito; a backend of type `cognito` asks Cognito itself and takes none"
            }
            Self::CognitoAccess => {
                "an access token of Amazon Cognito, for its own API; it signs nobody in at Zendesk"
            }
            Self::Unknown => "a token of a kind that neither Zendesk nor brandgate takes",
        }
    }

    pub(super) fn of(header: &Map<String, Value>, claims: &Map<String, Value>) -> Self {
        let text = |name: &str| claims.get(name).and_then(Value::as_str);
        let has = |name: &str| claims.contains_key(name);
        let is_hs256 = header.get("alg").and_then(Value::as_str) == Some("HS256");
        let issuer = text("iss").unwrap_or_default();
        if issuer.starts_with("https://cognito-idp.") || has("token_use") {
            return match text("token_use") {
                Some("access") => Self::CognitoAccess,
                _ => Self::CognitoId,
            };
        }
        let kid = header.get("kid").and_then(Value::as_str).unwrap_or_default();
        if has("scope") && has("external_id") || kid.starts_with("app_") {
            return Self::Messaging;
        }
        if has("xsolla_login_project_id") || issuer == "https://login.xsolla.com" {
            return Self::Session;
        }
        let is_of_provider =
            ["nonce", "azp", "at_hash", "c_hash", "auth_time"].iter().any(|it| has(it));
        if has("sub") && has("iss") && has("aud") && (is_of_provider || !is_hs256) {
            return Self::IdToken;
        }
        let is_chat = is_hs256 && !has("jti") && has("exp") && has("external_id");
        if is_chat && !has("role") && !has("sub") {
            return Self::Chat;
        }
        if has("sub") && has("exp") && !has("external_id") && !has("jti") {
            return Self::Session;
        }
        // Misspelt ones are still meant: these names are in no other kind.
        let meant = ["email", "external_id", "jti", "eamil", "e-mail", "mail", "user_fields"];
        if meant.iter().any(|it| has(it)) {
            return Self::SignIn;
        }
        if has("sub") && has("exp") { Self::Session } else { Self::Unknown }
    }
}
