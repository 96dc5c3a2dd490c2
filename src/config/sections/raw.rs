//! `brands.yaml` as written: names and shapes, no meaning.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer, StrDeserializer};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// The whole file.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::config) struct RawConfig {
    pub(in crate::config) version: u64,
    pub(in crate::config) server: RawServer,
    pub(in crate::config) zendesk: RawZendesk,
    #[serde(default)]
    pub(in crate::config) unknown: RawUnknown,
    #[serde(default)]
    pub(in crate::config) reserved: Vec<RawReserved>,
    #[serde(default)]
    pub(in crate::config) shared_addresses: Vec<RawSharedAddresses>,
    pub(in crate::config) backends: Entries<RawBackend>,
    pub(in crate::config) brands: Entries<RawBrand>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::config) struct RawServer {
    pub(in crate::config) public_url: String,
    pub(in crate::config) listen: Option<String>,
    pub(in crate::config) ops: Option<RawOps>,
    pub(in crate::config) client_address: Option<RawClientAddress>,
    #[serde(default)]
    pub(in crate::config) trusted_proxies: Vec<String>,
    pub(in crate::config) state_key: Option<RawSecret>,
    pub(in crate::config) store: Option<RawStore>,
}

/// `{ url: SECRET }`: the address may hold a password.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields, expecting = "`{ url: { env: NAME } }`")]
pub(in crate::config) struct RawStore {
    pub(in crate::config) url: RawSecret,
    pub(in crate::config) cluster: Option<bool>,
    pub(in crate::config) sentinel: Option<String>,
    pub(in crate::config) sentinel_password: Option<RawSecret>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::config) struct RawOps {
    pub(in crate::config) listen: Option<String>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::config) enum RawClientAddress {
    Peer,
    XForwardedFor,
    Forwarded,
    ProxyProtocol,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::config) struct RawZendesk {
    pub(in crate::config) account: String,
    pub(in crate::config) shared_secret: RawSecret,
    pub(in crate::config) team_members: Option<RawTeamMembers>,
    pub(in crate::config) chat_api: Option<RawChatApi>,
}

/// Zendesk's second JWT configuration.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::config) struct RawTeamMembers {
    pub(in crate::config) shared_secret: RawSecret,
}

/// Where Chat's visitors are read.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::config) struct RawChatApi {
    pub(in crate::config) token: RawSecret,
    pub(in crate::config) through: Option<RawChatThrough>,
    pub(in crate::config) endpoint: Option<String>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::config) enum RawChatThrough {
    Zendesk,
    Zopim,
}

/// `ask`, `refuse` or `{ brand: NAME }`.
#[derive(Debug, Default)]
pub(in crate::config) enum RawUnknown {
    #[default]
    Ask,
    Refuse,
    Brand(String),
    Other,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::config) struct RawReserved {
    #[serde(default)]
    pub(in crate::config) email_domains: Vec<String>,
    #[serde(default)]
    pub(in crate::config) emails: Vec<String>,
    pub(in crate::config) backends: Vec<String>,
}

/// Backends that may say the same addresses, and why that is meant.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::config) struct RawSharedAddresses {
    pub(in crate::config) backends: Vec<String>,
    pub(in crate::config) reason: String,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::config) enum RawBackendType {
    Redirect,
    Cognito,
    SessionToken,
    Oidc,
    Zendesk,
}

impl RawBackendType {
    /// As the file has it.
    pub(in crate::config) fn as_str(self) -> &'static str {
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
pub(in crate::config) struct RawBackend {
    pub(in crate::config) r#type: RawBackendType,
    pub(in crate::config) login_url: Option<String>,
    pub(in crate::config) logout_url: Option<String>,
    pub(in crate::config) logout_personal_data: Option<bool>,
    pub(in crate::config) assertion: Option<RawAssertion>,
    pub(in crate::config) region: Option<String>,
    pub(in crate::config) endpoint: Option<String>,
    pub(in crate::config) client_id: Option<String>,
    pub(in crate::config) client_secret: Option<RawSecret>,
    pub(in crate::config) register_url: Option<String>,
    pub(in crate::config) forgot_url: Option<String>,
    pub(in crate::config) form_url: Option<String>,
    pub(in crate::config) origins: Option<Vec<String>>,
    pub(in crate::config) cookie: Option<String>,
    pub(in crate::config) cookie_domain: Option<String>,
    pub(in crate::config) at: Option<String>,
    pub(in crate::config) keys: Option<RawKeys>,
    pub(in crate::config) algorithm: Option<RawTokenAlgorithm>,
    pub(in crate::config) issuer: Option<String>,
    pub(in crate::config) audience: Option<String>,
    pub(in crate::config) require: Option<Entries<String>>,
    pub(in crate::config) scopes: Option<Vec<String>>,
    pub(in crate::config) claims: Option<Entries<OneOrMany<String>>>,
    pub(in crate::config) email_verified: Option<RawEmailVerified>,
}

impl RawBackend {
    /// Every key that is given, but for `type`.
    pub(in crate::config) fn given(&self) -> Vec<&'static str> {
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
pub(in crate::config) struct RawKeys {
    pub(in crate::config) jwks_url: Option<String>,
    pub(in crate::config) secrets: Option<OneOrMany<RawSecret>>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, serde::Deserialize)]
pub(in crate::config) enum RawTokenAlgorithm {
    HS256,
    RS256,
    ES256,
}

/// `required`, `optional`, or `{ optional_for: [DOMAIN] }`.
#[derive(Debug, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::config) enum RawEmailVerified {
    Required,
    Optional,
    OptionalFor(Vec<String>),
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::config) struct RawAssertion {
    #[expect(dead_code, reason = "there is one algorithm to choose from, and reading checks it")]
    pub(in crate::config) algorithm: RawAlgorithm,
    pub(in crate::config) secrets: OneOrMany<RawSecret>,
    pub(in crate::config) origins: Option<Vec<String>>,
    #[serde(default)]
    pub(in crate::config) unsolicited: bool,
    pub(in crate::config) audience: Option<RawAudience>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, serde::Deserialize)]
pub(in crate::config) enum RawAlgorithm {
    HS256,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::config) enum RawAudience {
    Required,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::config) struct RawBrand {
    pub(in crate::config) name: Option<String>,
    pub(in crate::config) brand_id: Option<u64>,
    pub(in crate::config) hosts: Vec<String>,
    pub(in crate::config) backend: String,
    #[serde(default)]
    pub(in crate::config) identity: RawIdentity,
    #[serde(default)]
    pub(in crate::config) routes: Vec<RawRoute>,
    pub(in crate::config) listed: Option<bool>,
    #[serde(default)]
    pub(in crate::config) theme: RawTheme,
    pub(in crate::config) chat: Option<RawChat>,
    pub(in crate::config) messaging: Option<RawMessaging>,
}

/// The Web Widget (Classic) and Chat.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::config) struct RawChat {
    pub(in crate::config) secret: RawSecret,
}

/// The messaging widget.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::config) struct RawMessaging {
    pub(in crate::config) key_id: String,
    pub(in crate::config) secret: RawSecret,
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::config) struct RawIdentity {
    pub(in crate::config) external_id_prefix: Option<String>,
    pub(in crate::config) roles: Option<Vec<RawRole>>,
    #[serde(default)]
    pub(in crate::config) email_domains: Vec<String>,
    pub(in crate::config) may_say: Option<Vec<RawAttribute>>,
    pub(in crate::config) role: Option<RawRole>,
    pub(in crate::config) custom_role_id: Option<u64>,
    pub(in crate::config) phone: Option<String>,
    pub(in crate::config) locale: Option<u64>,
    pub(in crate::config) locale_id: Option<u64>,
    pub(in crate::config) organization: Option<String>,
    pub(in crate::config) organizations: Option<Vec<String>>,
    pub(in crate::config) organization_id: Option<u64>,
    pub(in crate::config) organization_ids: Option<Vec<u64>>,
    pub(in crate::config) tags: Option<Vec<String>>,
    pub(in crate::config) remote_photo_url: Option<String>,
    pub(in crate::config) user_fields: Option<Entries<serde_json::Value>>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::config) enum RawRole {
    EndUser,
    Agent,
    Admin,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::config) enum RawAttribute {
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
pub(in crate::config) struct RawRoute {
    pub(in crate::config) path: String,
    pub(in crate::config) backend: String,
    pub(in crate::config) identity: Option<RawIdentity>,
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::config) struct RawTheme {
    pub(in crate::config) logo: Option<String>,
    pub(in crate::config) color: Option<String>,
    pub(in crate::config) support: Option<String>,
}

/// Where a secret is; `value` only for trying things out.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields, expecting = "`{ env: NAME }` or `{ file: PATH }`")]
pub(in crate::config) struct RawSecret {
    pub(in crate::config) env: Option<String>,
    pub(in crate::config) file: Option<String>,
    pub(in crate::config) value: Option<secrecy::SecretString>,
}

/// A mapping whose keys are names of our users' own, in the order of the file.
#[derive(Debug)]
pub(in crate::config) struct Entries<T>(pub(in crate::config) Vec<(String, T)>);

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
pub(in crate::config) struct OneOrMany<T> {
    pub(in crate::config) values: Vec<T>,
    pub(in crate::config) is_list: bool,
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
