//! Amazon Cognito: brandgate takes the password itself and asks the user pool about it.

mod api;
mod question;
mod secret_hash;

pub use self::question::{CodeBy, Question, StandardAttribute};

use std::collections::BTreeMap;

use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Map, Value};
use url::Url;

use self::api::{Api, CallError, CognitoException, Progressed};
use self::question::Challenge;
use super::{BackendError, Bounds, ClaimMap, Http, Target};
use crate::domain::{ClaimedProfile, EmailProof};
use crate::token::{Fingerprint, TokenError};

/// Longest user name that Cognito takes, in characters.
const MAX_USERNAME: usize = 128;

/// Longest password that Cognito takes, in characters.
const MAX_PASSWORD: usize = 256;

/// A user pool, as one app client of it sees it.
#[derive(Debug)]
pub struct Cognito {
    /// The address of its API.
    pub endpoint: Url,
    /// Within what.
    pub bounds: Bounds,
    /// Of the pool's app client: up to 128 letters and digits.
    pub client_id: String,
    /// The app client's secret, if it has one.
    pub client_secret: Option<SecretString>,
    /// What our own form begins with; the flow's id follows.
    pub form_address: String,
    /// Where people register.
    pub register_url: Option<String>,
    /// Where people reset their password.
    pub forgot_url: Option<String>,
    /// The company's own form page, in the place of ours.
    pub form_page: Option<FormPage>,
    /// Which attributes say what Zendesk is told.
    pub claims: ClaimMap,
    /// What must be said about the e-mail address.
    pub proof: EmailProof,
}

/// A company's own form page.
#[derive(Debug)]
pub struct FormPage {
    /// Where people type their address and password.
    pub page: Target,
    /// Whose pages may post a password to us.
    pub origins: Vec<String>,
}

/// How far a sign-in has come.
pub enum Progress {
    /// The person has shown who they are.
    Authenticated(Box<ClaimedProfile>),
    /// Cognito asks for something more.
    Asks(Question),
}

/// What a person answers to a [`Question`].
pub enum ChallengeAnswer {
    /// A new password, and the attributes that were asked for.
    NewPassword(SecretString, BTreeMap<StandardAttribute, String>),
    /// The code they got.
    Code(String),
    /// How they want to get a code.
    Method(CodeBy),
}

/// Why a sign-in does not go on.
#[derive(Debug, thiserror::Error)]
pub enum CognitoError {
    /// The password is wrong, or nobody has this address: Cognito does not say which. What it does
    /// say is for the log alone, as it proves nothing about the password.
    #[error("{0}")]
    Password(&'static str),
    /// The account was never confirmed.
    #[error("the account is not confirmed")]
    Unconfirmed,
    /// The password must be reset first.
    #[error("the password must be reset")]
    ResetRequired,
    /// Cognito takes no more attempts for now.
    #[error("cognito takes no more attempts for now")]
    Throttled,
    /// The code is wrong or used.
    #[error("the code is wrong, or used before")]
    Code,
    /// The code was sent too long ago.
    #[error("the code has expired")]
    CodeExpired,
    /// The pool wants a second step of somebody who has none.
    #[error("the user pool demands MFA of somebody who has none")]
    NoSecondStep,
    /// The new password does not follow the pool's rules.
    #[error("the new password does not follow the pool's rules")]
    NewPassword,
    /// An attribute is missing or not of the form that the pool wants.
    #[error("an attribute is missing, taken or of the wrong form")]
    Attribute,
    /// The question was asked too long ago, or was answered before.
    #[error("the session with cognito is over")]
    Over,
    /// What the profile says cannot be used.
    #[error(transparent)]
    Claims(#[from] TokenError),
    /// The app client is not set up as it must be; somebody should look.
    #[error("the app client is not set up for this: {0}")]
    SetUp(&'static str),
    /// Cognito does not answer usefully.
    #[error(transparent)]
    Backend(#[from] BackendError),
}

impl CognitoError {
    /// What most refusals of a password mean.
    pub const WRONG_PASSWORD: Self = Self::Password("wrong password, or no such account");
}

impl Cognito {
    /// What tells it from another pool or client, and from itself with other claims.
    pub(super) fn fingerprint(&self) -> Fingerprint {
        let claims = format!("{:?}", self.claims);
        Fingerprint::of(&["cognito", self.endpoint.as_str(), &self.client_id, &claims])
    }

    /// The attributes that say what Zendesk is told, where the file does not.
    pub const CLAIMS: [(&str, &[&str]); 4] = [
        ("email", &["email"]),
        ("email_verified", &["email_verified"]),
        ("name", &["nickname", "name"]),
        ("external_id", &["sub"]),
    ];

    /// Begins with an address and a password.
    pub async fn sign_in(
        &self,
        http: &Http,
        email: &str,
        password: &SecretString,
    ) -> Result<Progress, CognitoError> {
        let answer = self.api(http).initiate_auth(email, password).await;
        let answer = answer.map_err(|error| settled(error, begun))?;
        self.proceed(http, email, answer).await
    }

    /// Whether these can be an address (or a name) and a password: of others Cognito would complain
    /// in words that are not about the person.
    pub fn can_be(email: &str, password: &SecretString) -> bool {
        let is_one = !email.is_empty() && email.chars().count() <= MAX_USERNAME;
        let length = password.expose_secret().chars().count();
        is_one
            && !email.contains(|c: char| c.is_whitespace() || c.is_control())
            && (1..=MAX_PASSWORD).contains(&length)
    }

    /// Goes on with the answer to `question`.
    pub async fn answer(
        &self,
        http: &Http,
        question: &Question,
        answer: &ChallengeAnswer,
    ) -> Result<Progress, CognitoError> {
        let responses = question.responses(answer)?;
        let next = self.api(http).respond(question, responses).await;
        let by = question.code();
        let next = next.map_err(|error| settled(error, |refused| answered(refused, by)))?;
        self.proceed(http, &question.username, next).await
    }

    fn api<'a>(&'a self, http: &'a Http) -> Api<'a> {
        Api { http, cognito: self }
    }

    async fn proceed(
        &self,
        http: &Http,
        username: &str,
        progressed: Progressed,
    ) -> Result<Progress, CognitoError> {
        match progressed {
            Progressed::Done(access_token) => {
                let profile = self.api(http).get_user(&access_token).await;
                // Whatever is wrong with a token that Cognito has just made is not the person's.
                let profile = profile.map_err(|error| settled(error, |_| surprise()))?;
                Ok(Progress::Authenticated(Box::new(self.claims.read(&claims(profile))?)))
            }
            Progressed::Asks { name, session, parameters, available } => {
                let asked = Challenge::read(&name, &parameters, &available)?;
                // An alias, such as the address, stands for a user name that later steps want.
                let named =
                    ["USER_ID_FOR_SRP", "USERNAME"].iter().find_map(|it| parameters.get(*it));
                let username = named.and_then(Value::as_str).unwrap_or(username).to_owned();
                Ok(Progress::Asks(Question { username, session, asked }))
            }
        }
    }
}

/// Attributes as claims. Cognito's values are texts, whatever they mean.
fn claims(attributes: Vec<(String, String)>) -> Map<String, Value> {
    attributes.into_iter().map(|(name, value)| (name, Value::String(value))).collect()
}

fn settled(error: CallError, meaning: impl Fn(&CognitoException) -> CognitoError) -> CognitoError {
    match error {
        CallError::Backend(error) => error.into(),
        CallError::Refused(refused) => common(&refused).unwrap_or_else(|| meaning(&refused)),
    }
}

/// What a refusal means at every step.
fn common(refused: &CognitoException) -> Option<CognitoError> {
    Some(match refused.kind.as_str() {
        "TooManyRequestsException"
        | "LimitExceededException"
        | "TooManyFailedAttemptsException" => CognitoError::Throttled,
        "NotAuthorizedException" if refused.mentions("attempts exceeded") => {
            CognitoError::Throttled
        }
        "NotAuthorizedException" if refused.mentions("secret") => {
            CognitoError::SetUp("its secret is not our client_secret")
        }
        "ResourceNotFoundException" => {
            CognitoError::SetUp("there is no app client with our client_id, or not in this region")
        }
        "UserNotConfirmedException" => CognitoError::Unconfirmed,
        "PasswordResetRequiredException" => CognitoError::ResetRequired,
        "InternalErrorException" => unavailable("an internal error of Cognito's"),
        "UnexpectedLambdaException" | "InvalidLambdaResponseException" => {
            unavailable("a Lambda trigger of the user pool failed")
        }
        "ForbiddenException" => unavailable("the web ACL of the user pool refused the request"),
        "CodeDeliveryFailureException"
        | "InvalidSmsRoleAccessPolicyException"
        | "InvalidSmsRoleTrustRelationshipException"
        | "InvalidEmailRoleAccessPolicyException" => {
            CognitoError::SetUp("the user pool cannot send its codes")
        }
        _ => return None,
    })
}

/// What a refusal of a password means.
fn begun(refused: &CognitoException) -> CognitoError {
    match refused.kind.as_str() {
        "NotAuthorizedException" if refused.mentions("disabled") => {
            CognitoError::Password("the account is disabled")
        }
        "NotAuthorizedException" | "UserNotFoundException" => CognitoError::WRONG_PASSWORD,
        // A pre-authentication trigger comes before the password: it proves nothing.
        "UserLambdaValidationException" => {
            CognitoError::Password("a Lambda trigger of the user pool says no")
        }
        "InvalidParameterException" if refused.mentions("not enabled for this client") => {
            CognitoError::SetUp(
                "switch on ALLOW_USER_PASSWORD_AUTH, or USER_PASSWORD_AUTH is refused",
            )
        }
        _ => surprise(),
    }
}

/// What a refusal of an answer means.
fn answered(refused: &CognitoException, by: Option<CodeBy>) -> CognitoError {
    match refused.kind.as_str() {
        // Of an authenticator's code it says that it is used.
        "ExpiredCodeException" if by != Some(CodeBy::Authenticator) => CognitoError::CodeExpired,
        "CodeMismatchException" | "ExpiredCodeException" | "EnableSoftwareTokenMFAException" => {
            CognitoError::Code
        }
        "InvalidPasswordException" | "PasswordHistoryPolicyViolationException" => {
            CognitoError::NewPassword
        }
        "InvalidParameterException" | "AliasExistsException" | "UserLambdaValidationException" => {
            CognitoError::Attribute
        }
        "NotAuthorizedException" | "UserNotFoundException" => CognitoError::Over,
        _ => surprise(),
    }
}

fn surprise() -> CognitoError {
    unavailable("it refuses for a reason that is not foreseen here")
}

fn unavailable(why: &str) -> CognitoError {
    BackendError::Unavailable(why.to_owned()).into()
}

#[cfg(test)]
mod tests;
