//! What Cognito asks for after the password: its challenges.

use std::collections::BTreeMap;
use std::fmt;

use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::{BackendError, ChallengeAnswer, CognitoError};

/// One challenge, with what Cognito must get back beside the answer.
#[derive(Deserialize, Serialize)]
pub struct Question {
    pub(super) username: String,
    pub(super) session: String,
    pub(super) asked: Challenge,
}

/// Hides user and session.
impl fmt::Debug for Question {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Question({:?})", self.asked)
    }
}

/// What is asked for.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(super) enum Challenge {
    NewPassword(Vec<StandardAttribute>),
    Code(CodeBy),
    Method(Choice, Vec<CodeBy>),
}

/// Which of Cognito's two challenges offers a choice.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(super) enum Choice {
    MfaType,
    Challenge,
}

/// How a person gets a code.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub enum CodeBy {
    /// By a text message, as a second factor.
    Sms,
    /// By a text message, as a first factor.
    SmsOtp,
    /// By e-mail.
    Email,
    /// From an authenticator app.
    Authenticator,
}

impl CodeBy {
    /// Every way, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Authenticator, Self::Email, Self::Sms, Self::SmsOtp];

    /// Cognito's name of it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sms => "SMS_MFA",
            Self::SmsOtp => "SMS_OTP",
            Self::Email => "EMAIL_OTP",
            Self::Authenticator => "SOFTWARE_TOKEN_MFA",
        }
    }

    /// Reads Cognito's name of it.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == text)
    }
}

/// A standard attribute of a user, which a pool may require.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "named as OpenID Connect's standard claims")]
pub enum StandardAttribute {
    Name,
    GivenName,
    MiddleName,
    FamilyName,
    Nickname,
    PreferredUsername,
    Email,
    PhoneNumber,
    Address,
    Birthdate,
    Gender,
    Locale,
    Zoneinfo,
    Picture,
    Profile,
    Website,
}

impl StandardAttribute {
    /// Every attribute that a person can be asked for, in the order of a form.
    pub const ALL: [Self; 16] = [
        Self::Name,
        Self::GivenName,
        Self::MiddleName,
        Self::FamilyName,
        Self::Nickname,
        Self::PreferredUsername,
        Self::Email,
        Self::PhoneNumber,
        Self::Address,
        Self::Birthdate,
        Self::Gender,
        Self::Locale,
        Self::Zoneinfo,
        Self::Picture,
        Self::Profile,
        Self::Website,
    ];

    /// The name of the claim, and of the attribute in a pool.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::GivenName => "given_name",
            Self::MiddleName => "middle_name",
            Self::FamilyName => "family_name",
            Self::Nickname => "nickname",
            Self::PreferredUsername => "preferred_username",
            Self::Email => "email",
            Self::PhoneNumber => "phone_number",
            Self::Address => "address",
            Self::Birthdate => "birthdate",
            Self::Gender => "gender",
            Self::Locale => "locale",
            Self::Zoneinfo => "zoneinfo",
            Self::Picture => "picture",
            Self::Profile => "profile",
            Self::Website => "website",
        }
    }
}

impl Question {
    /// The attributes that a new password needs beside it, if one is asked for.
    pub fn new_password(&self) -> Option<&[StandardAttribute]> {
        match &self.asked {
            Challenge::NewPassword(attributes) => Some(attributes),
            Challenge::Code(_) | Challenge::Method(..) => None,
        }
    }

    /// How the code comes that is asked for, if one is.
    pub fn code(&self) -> Option<CodeBy> {
        match &self.asked {
            Challenge::Code(by) => Some(*by),
            Challenge::NewPassword(_) | Challenge::Method(..) => None,
        }
    }

    /// What there is to choose from, if there is a choice.
    pub fn methods(&self) -> Option<&[CodeBy]> {
        match &self.asked {
            Challenge::Method(_, methods) => Some(methods),
            Challenge::NewPassword(_) | Challenge::Code(_) => None,
        }
    }

    /// Whose account it is about, as Cognito calls them.
    pub fn username(&self) -> &str {
        &self.username
    }

    /// `answer` in Cognito's words; one to another question is refused.
    pub(super) fn responses(
        &self,
        answer: &ChallengeAnswer,
    ) -> Result<BTreeMap<String, Zeroizing<String>>, CognitoError> {
        let mut responses = BTreeMap::new();
        match (&self.asked, answer) {
            (Challenge::NewPassword(wanted), ChallengeAnswer::NewPassword(password, given)) => {
                let length = password.expose_secret().chars().count();
                if !(1..=super::MAX_PASSWORD).contains(&length) {
                    return Err(CognitoError::NewPassword);
                }
                let password = password.expose_secret().to_owned();
                responses.insert("NEW_PASSWORD".to_owned(), password.into());
                for attribute in wanted {
                    let value = given.get(attribute).filter(|value| !value.trim().is_empty());
                    let value = value.ok_or(CognitoError::Attribute)?.trim().to_owned();
                    responses
                        .insert(format!("userAttributes.{}", attribute.as_str()), value.into());
                }
            }
            (Challenge::Code(by), ChallengeAnswer::Code(code)) => {
                // Apps show a code in groups, and people type it so.
                let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
                let is_one = (4..=16).contains(&code.len());
                if !is_one || !code.bytes().all(|byte| byte.is_ascii_digit()) {
                    return Err(CognitoError::Code);
                }
                responses.insert(format!("{}_CODE", by.as_str()), code.into());
            }
            (Challenge::Method(_, methods), ChallengeAnswer::Method(method))
                if methods.contains(method) =>
            {
                responses.insert("ANSWER".to_owned(), method.as_str().to_owned().into());
            }
            _ => return Err(CognitoError::Over),
        }
        Ok(responses)
    }
}

impl Challenge {
    /// The challenge's name.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::NewPassword(_) => "NEW_PASSWORD_REQUIRED",
            Self::Code(by) => by.as_str(),
            Self::Method(Choice::MfaType, _) => "SELECT_MFA_TYPE",
            Self::Method(Choice::Challenge, _) => "SELECT_CHALLENGE",
        }
    }

    /// Reads a challenge. One that no form of ours can answer is the operator's to avoid.
    pub(super) fn read(
        name: &str,
        parameters: &Map<String, Value>,
        available: &[String],
    ) -> Result<Self, CognitoError> {
        match name {
            "NEW_PASSWORD_REQUIRED" => {
                let wanted = texts(parameters.get("requiredAttributes"))?;
                Ok(Self::NewPassword(attributes(&wanted)?))
            }
            "SELECT_MFA_TYPE" => {
                let offered = texts(parameters.get("MFAS_CAN_CHOOSE"))?;
                Ok(Self::Method(Choice::MfaType, methods(&offered)?))
            }
            "SELECT_CHALLENGE" => Ok(Self::Method(Choice::Challenge, methods(available)?)),
            "MFA_SETUP" => Err(CognitoError::NoSecondStep),
            name => CodeBy::parse(name).map(Self::Code).ok_or(CognitoError::SetUp(
                "it asks for something that is no password, code or choice of a code",
            )),
        }
    }
}

/// A list of texts, which Cognito writes as JSON within a text.
fn texts(value: Option<&Value>) -> Result<Vec<String>, CognitoError> {
    let unusable =
        || BackendError::Unavailable("a challenge is not written as Cognito's would be".to_owned());
    let list = match value {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::String(text)) if text.is_empty() => return Ok(Vec::new()),
        Some(Value::String(text)) => serde_json::from_str(text),
        Some(list) => serde_json::from_value(list.clone()),
    };
    Ok(list.map_err(|_| unusable())?)
}

fn attributes(wanted: &[String]) -> Result<Vec<StandardAttribute>, CognitoError> {
    let mut attributes = Vec::new();
    for name in wanted {
        let name = name.strip_prefix("userAttributes.").unwrap_or(name);
        let known = StandardAttribute::ALL.into_iter().find(|it| it.as_str() == name);
        attributes.push(known.ok_or(CognitoError::SetUp(
            "it demands an attribute, with a new password, that is not a standard one",
        ))?);
    }
    attributes.sort_unstable();
    attributes.dedup();
    Ok(attributes)
}

fn methods(offered: &[String]) -> Result<Vec<CodeBy>, CognitoError> {
    let known = |method: &CodeBy| offered.iter().any(|name| name == method.as_str());
    let methods: Vec<CodeBy> = CodeBy::ALL.into_iter().filter(known).collect();
    if methods.is_empty() {
        return Err(CognitoError::SetUp("none of the methods that it offers gives a code"));
    }
    Ok(methods)
}
