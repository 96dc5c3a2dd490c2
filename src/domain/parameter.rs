//! The names of what Zendesk and backends send along.

use super::generous::GenerousName;

/// A parameter that brandgate, Zendesk or an old script reads.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Parameter {
    /// The brand the person was on.
    BrandId,
    /// Where they go afterwards.
    ReturnTo,
    /// Zendesk's number of their language.
    LocaleId,
    /// When Zendesk sent them.
    Timestamp,
    /// What a call of the remote logout URL is about.
    Kind,
    /// What Zendesk says went wrong.
    Message,
    /// Who signed out.
    Email,
    /// Who signed out, by the backend's id.
    ExternalId,
    /// An assertion.
    Jwt,
    /// The answer to "Continue as …?".
    Confirmation,
    /// Where a site's own link leads.
    To,
    /// A login token of the brand's own site.
    Token,
    /// Which sign-in an answer of a provider belongs to.
    State,
    /// What a provider sends people back with, to be redeemed.
    Code,
    /// What a provider says went wrong.
    Error,
    /// Which provider answers.
    Iss,
}

impl Parameter {
    /// Every parameter, in the order of its number.
    pub const ALL: [Self; 16] = [
        Self::BrandId,
        Self::ReturnTo,
        Self::LocaleId,
        Self::Timestamp,
        Self::Kind,
        Self::Message,
        Self::Email,
        Self::ExternalId,
        Self::Jwt,
        Self::Confirmation,
        Self::To,
        Self::Token,
        Self::State,
        Self::Code,
        Self::Error,
        Self::Iss,
    ];

    /// How it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BrandId => "brand_id",
            Self::ReturnTo => "return_to",
            Self::LocaleId => "locale_id",
            Self::Timestamp => "timestamp",
            Self::Kind => "kind",
            Self::Message => "message",
            Self::Email => "email",
            Self::ExternalId => "external_id",
            Self::Jwt => "jwt",
            Self::Confirmation => "confirmation",
            Self::To => "to",
            Self::Token => "token",
            Self::State => "state",
            Self::Code => "code",
            Self::Error => "error",
            Self::Iss => "iss",
        }
    }

    /// The parameter that somebody may take `name` for, as it is written.
    ///
    /// Names of letters, digits, `_` and `-` are the same to all readers, but for their case.
    pub fn taken_for(name: &str) -> Option<Self> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        if name.bytes().all(plain) {
            return Self::ALL.into_iter().find(|it| it.as_str().eq_ignore_ascii_case(name));
        }
        let name = GenerousName::read(name);
        Self::ALL.into_iter().find(|it| name.is(it.as_str()))
    }
}

/// Whether somebody may take the name that is `written` for `ours`, which is in small letters.
pub fn is_taken_for(written: &str, ours: &str) -> bool {
    written.eq_ignore_ascii_case(ours) || GenerousName::read(written).is(ours)
}
