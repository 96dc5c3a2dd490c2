//! The names of what Zendesk and backends send along.

use super::generous::{GenerousName, as_default};

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

    /// Whether a backend reads it of what Zendesk says at `/login` and `/logout`.
    fn is_zendesks(self) -> bool {
        use Parameter::{BrandId, Email, ExternalId, Kind, LocaleId, Message, ReturnTo, Timestamp};
        matches!(
            self,
            BrandId | ReturnTo | LocaleId | Timestamp | Kind | Message | Email | ExternalId
        )
    }

    /// The parameter that is written so.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == name)
    }

    /// The parameter that somebody may take `name` for, as it is written.
    ///
    /// Names of letters, digits, `_` and `-` are the same to all readers, but for their case, and for
    /// what stands for a field that a form has left out. That is looked for in what Zendesk says alone:
    /// `_token` is in every form of Laravel's.
    pub fn taken_for(name: &str) -> Option<Self> {
        if let Some(exact) = Self::named(name) {
            return Some(exact);
        }
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        if name.bytes().all(plain) {
            let default = as_default(name);
            return Self::ALL.into_iter().find(|it| {
                let is = |name: &str| it.as_str().eq_ignore_ascii_case(name);
                is(name) || it.is_zendesks() && default.is_some_and(is)
            });
        }
        let name = GenerousName::read(name);
        Self::ALL
            .into_iter()
            .find(|it| name.is(it.as_str()) || it.is_zendesks() && name.is_default_of(it.as_str()))
    }
}

/// Whether somebody may take the name that is `written` for `ours`, which is in small letters.
pub fn is_taken_for(written: &str, ours: &str) -> bool {
    written.eq_ignore_ascii_case(ours) || GenerousName::read(written).is(ours)
}

#[cfg(test)]
mod tests {
    use super::Parameter;

    #[test]
    fn a_name_is_taken_for_ours_where_a_reader_may_and_for_nothing_else() {
        let cases = [
            ("return_to", Some(Parameter::ReturnTo)),
            ("RETURN_TO", Some(Parameter::ReturnTo)),
            ("_return_to", Some(Parameter::ReturnTo)),
            ("_Return_To", Some(Parameter::ReturnTo)),
            ("!return_to", Some(Parameter::ReturnTo)),
            ("__checkbox_return_to", Some(Parameter::ReturnTo)),
            ("__multiselect_brand_id", Some(Parameter::BrandId)),
            ("_email", Some(Parameter::Email)),
            (".return_to", Some(Parameter::ReturnTo)),
            ("return_to.x", Some(Parameter::ReturnTo)),
            // What real links and forms carry.
            ("_token", None),
            ("!token", Some(Parameter::Token)),
            ("form[_token]", None),
            ("_", None),
            ("__", None),
            ("_ga", None),
            ("_gl", None),
            ("_hsenc", None),
            ("_branch_match_id", None),
            ("_method", None),
            ("__cf_chl_tk", None),
            ("__RequestVerificationToken", None),
            ("utm_source", None),
            ("WT.mc_id", None),
            ("submit.x", None),
            ("device[name]", None),
            ("$web_only", None),
            ("javax.faces.ViewState", None),
            ("page.size", None),
        ];
        for (name, expected) in cases {
            assert_eq!(Parameter::taken_for(name), expected, "{name}");
        }
    }
}
