//! `brands.yaml` as written: names and shapes, no meaning.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer, StrDeserializer};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// The whole file.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawConfig {
    pub(super) version: u64,
    pub(super) server: RawServer,
    pub(super) zendesk: RawZendesk,
    #[serde(default)]
    pub(super) unknown: RawUnknown,
    #[serde(default)]
    pub(super) reserved: Vec<RawReserved>,
    #[serde(default)]
    pub(super) shared_addresses: Vec<RawSharedAddresses>,
    pub(super) backends: Entries<RawBackend>,
    pub(super) brands: Entries<RawBrand>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawServer {
    pub(super) public_url: String,
    pub(super) listen: Option<String>,
    pub(super) ops: Option<RawOps>,
    pub(super) client_address: Option<RawClientAddress>,
    #[serde(default)]
    pub(super) trusted_proxies: Vec<String>,
    pub(super) state_key: Option<RawSecret>,
    pub(super) store: Option<RawStore>,
}

/// `{ url: SECRET }`: the address may hold a password.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields, expecting = "`{ url: { env: NAME } }`")]
pub(super) struct RawStore {
    pub(super) url: RawSecret,
    pub(super) cluster: Option<bool>,
    pub(super) sentinel: Option<String>,
    pub(super) sentinel_password: Option<RawSecret>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOps {
    pub(super) listen: Option<String>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RawClientAddress {
    Peer,
    XForwardedFor,
    Forwarded,
    ProxyProtocol,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawZendesk {
    pub(super) account: String,
    pub(super) shared_secret: RawSecret,
    pub(super) team_members: Option<RawTeamMembers>,
    pub(super) chat_api: Option<RawChatApi>,
}

/// Zendesk's second JWT configuration.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTeamMembers {
    pub(super) shared_secret: RawSecret,
}

/// Where Chat's visitors are read.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawChatApi {
    pub(super) token: RawSecret,
    pub(super) through: Option<RawChatThrough>,
    pub(super) endpoint: Option<String>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RawChatThrough {
    Zendesk,
    Zopim,
}

/// `ask`, `refuse` or `{ brand: NAME }`.
#[derive(Debug, Default)]
pub(super) enum RawUnknown {
    #[default]
    Ask,
    Refuse,
    Brand(String),
    Other,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawReserved {
    #[serde(default)]
    pub(super) email_domains: Vec<String>,
    #[serde(default)]
    pub(super) emails: Vec<String>,
    pub(super) backends: Vec<String>,
}

/// Backends that may say the same addresses, and why that is meant.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSharedAddresses {
    pub(super) backends: Vec<String>,
    pub(super) reason: String,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RawBackendType {
    Redirect,
    Cognito,
    SessionToken,
    Oidc,
    Zendesk,
}

impl RawBackendType {
    /// As the file has it.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Redirect => "redirect",
            Self::Cognito => "cognito",
            Self::SessionToken => "session_token",
            Self::Oidc => "oidc",
            Self::Zendesk => "zendesk",
        }
    }
}

/// The keys of every type; which of them a type has is a matter of meaning.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawBackend {
    pub(super) r#type: RawBackendType,
    pub(super) login_url: Option<String>,
    pub(super) logout_url: Option<String>,
    pub(super) logout_personal_data: Option<bool>,
    pub(super) assertion: Option<RawAssertion>,
    pub(super) region: Option<String>,
    pub(super) endpoint: Option<String>,
    pub(super) client_id: Option<String>,
    pub(super) client_secret: Option<RawSecret>,
    pub(super) register_url: Option<String>,
    pub(super) forgot_url: Option<String>,
    pub(super) form_url: Option<String>,
    pub(super) origins: Option<Vec<String>>,
    pub(super) cookie: Option<String>,
    pub(super) cookie_domain: Option<String>,
    pub(super) at: Option<String>,
    pub(super) keys: Option<RawKeys>,
    pub(super) algorithm: Option<RawTokenAlgorithm>,
    pub(super) issuer: Option<String>,
    pub(super) audience: Option<String>,
    pub(super) require: Option<Entries<String>>,
    pub(super) scopes: Option<Vec<String>>,
    pub(super) claims: Option<Entries<OneOrMany<String>>>,
    pub(super) email_verified: Option<RawEmailVerified>,
}

impl RawBackend {
    /// Every key that is given, but for `type`.
    pub(super) fn given(&self) -> Vec<&'static str> {
        let keys = [
            ("login_url", self.login_url.is_some()),
            ("logout_url", self.logout_url.is_some()),
            ("logout_personal_data", self.logout_personal_data.is_some()),
            ("assertion", self.assertion.is_some()),
            ("region", self.region.is_some()),
            ("endpoint", self.endpoint.is_some()),
            ("client_id", self.client_id.is_some()),
            ("client_secret", self.client_secret.is_some()),
            ("register_url", self.register_url.is_some()),
            ("forgot_url", self.forgot_url.is_some()),
            ("form_url", self.form_url.is_some()),
            ("origins", self.origins.is_some()),
            ("cookie", self.cookie.is_some()),
            ("cookie_domain", self.cookie_domain.is_some()),
            ("at", self.at.is_some()),
            ("keys", self.keys.is_some()),
            ("algorithm", self.algorithm.is_some()),
            ("issuer", self.issuer.is_some()),
            ("audience", self.audience.is_some()),
            ("require", self.require.is_some()),
            ("scopes", self.scopes.is_some()),
            ("claims", self.claims.is_some()),
            ("email_verified", self.email_verified.is_some()),
        ];
        keys.into_iter().filter(|(_, given)| *given).map(|(key, _)| key).collect()
    }
}

/// Where a provider's keys are: `{ jwks_url: … }` or `{ secrets: […] }`.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields, expecting = "`{ jwks_url: … }` or `{ secrets: […] }`")]
pub(super) struct RawKeys {
    pub(super) jwks_url: Option<String>,
    pub(super) secrets: Option<OneOrMany<RawSecret>>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, serde::Deserialize)]
pub(super) enum RawTokenAlgorithm {
    HS256,
    RS256,
    ES256,
}

/// `required`, `optional`, or `{ optional_for: [DOMAIN] }`.
#[derive(Debug, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RawEmailVerified {
    Required,
    Optional,
    OptionalFor(Vec<String>),
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAssertion {
    #[expect(dead_code, reason = "there is one algorithm to choose from, and reading checks it")]
    pub(super) algorithm: RawAlgorithm,
    pub(super) secrets: OneOrMany<RawSecret>,
    pub(super) origins: Option<Vec<String>>,
    #[serde(default)]
    pub(super) unsolicited: bool,
    pub(super) audience: Option<RawAudience>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, serde::Deserialize)]
pub(super) enum RawAlgorithm {
    HS256,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RawAudience {
    Required,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawBrand {
    pub(super) name: Option<String>,
    pub(super) brand_id: Option<u64>,
    pub(super) hosts: Vec<String>,
    pub(super) backend: String,
    #[serde(default)]
    pub(super) identity: RawIdentity,
    #[serde(default)]
    pub(super) routes: Vec<RawRoute>,
    pub(super) listed: Option<bool>,
    #[serde(default)]
    pub(super) theme: RawTheme,
    pub(super) chat: Option<RawChat>,
    pub(super) messaging: Option<RawMessaging>,
}

/// The Web Widget (Classic) and Chat.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawChat {
    pub(super) secret: RawSecret,
}

/// The messaging widget.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawMessaging {
    pub(super) key_id: String,
    pub(super) secret: RawSecret,
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawIdentity {
    pub(super) external_id_prefix: Option<String>,
    pub(super) roles: Option<Vec<RawRole>>,
    #[serde(default)]
    pub(super) email_domains: Vec<String>,
    pub(super) may_say: Option<Vec<RawAttribute>>,
    pub(super) role: Option<RawRole>,
    pub(super) custom_role_id: Option<u64>,
    pub(super) phone: Option<String>,
    pub(super) locale: Option<u64>,
    pub(super) locale_id: Option<u64>,
    pub(super) organization: Option<String>,
    pub(super) organizations: Option<Vec<String>>,
    pub(super) organization_id: Option<u64>,
    pub(super) organization_ids: Option<Vec<u64>>,
    pub(super) tags: Option<Vec<String>>,
    pub(super) remote_photo_url: Option<String>,
    pub(super) user_fields: Option<Entries<serde_json::Value>>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RawRole {
    EndUser,
    Agent,
    Admin,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RawAttribute {
    Name,
    Phone,
    Locale,
    RemotePhotoUrl,
    Organization,
    Tags,
    UserFields,
    CustomRoleId,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRoute {
    pub(super) path: String,
    pub(super) backend: String,
    pub(super) identity: Option<RawIdentity>,
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTheme {
    pub(super) logo: Option<String>,
    pub(super) color: Option<String>,
    pub(super) support: Option<String>,
}

/// Where a secret is; `value` only for trying things out.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields, expecting = "`{ env: NAME }` or `{ file: PATH }`")]
pub(super) struct RawSecret {
    pub(super) env: Option<String>,
    pub(super) file: Option<String>,
    pub(super) value: Option<secrecy::SecretString>,
}

/// A mapping whose keys are names of our users' own, in the order of the file.
#[derive(Debug)]
pub(super) struct Entries<T>(pub(super) Vec<(String, T)>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for InOrder<T> {
            type Value = Entries<T>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a mapping")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(InOrder(PhantomData))
    }
}

/// One value, or a list of them.
#[derive(Debug)]
pub(super) struct OneOrMany<T> {
    pub(super) values: Vec<T>,
    pub(super) is_list: bool,
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Either<T> {
            type Value = OneOrMany<T>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("one value or a list")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
                let value = T::deserialize(StrDeserializer::new(text))?;
                Ok(OneOrMany { values: vec![value], is_list: false })
            }

            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(OneOrMany { values: Vec::new(), is_list: true })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                let value = T::deserialize(MapAccessDeserializer::new(map))?;
                Ok(OneOrMany { values: vec![value], is_list: false })
            }

            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
                let values = Vec::deserialize(SeqAccessDeserializer::new(seq))?;
                Ok(OneOrMany { values, is_list: true })
            }
        }
        deserializer.deserialize_any(Either(PhantomData))
    }
}

impl<'de> Deserialize<'de> for RawUnknown {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Named {
            brand: String,
        }
        struct WordOrBrand;
        impl<'de> Visitor<'de> for WordOrBrand {
            type Value = RawUnknown;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("`ask`, `refuse` or `{ brand: … }`")
            }

            fn visit_str<E>(self, word: &str) -> Result<Self::Value, E> {
                Ok(match word {
                    "ask" => RawUnknown::Ask,
                    "refuse" => RawUnknown::Refuse,
                    _ => RawUnknown::Other,
                })
            }

            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(RawUnknown::Other)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                let Named { brand } = Named::deserialize(MapAccessDeserializer::new(map))?;
                Ok(RawUnknown::Brand(brand))
            }
        }
        deserializer.deserialize_any(WordOrBrand)
    }
}
