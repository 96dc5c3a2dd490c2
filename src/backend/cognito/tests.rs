//! What Cognito's answers mean. How it is really asked is shown with a peer.

use serde_json::{Value, json};

use super::api::CognitoException;
use super::question::{Challenge, Choice};
use super::{
    ChallengeAnswer, CodeBy, Cognito, CognitoError, Question, StandardAttribute, answered, begun,
    common,
};
use crate::backend::{Bounds, ClaimMap, Http};
use crate::domain::EmailProof;

fn refused(kind: &str, message: &str) -> CognitoException {
    let body = json!({"__type": kind, "message": message}).to_string();
    CognitoException::read(body.as_bytes()).unwrap()
}

fn kind_of(error: &CognitoError) -> String {
    format!("{error:?}").split(['(', ' ']).next().unwrap().to_owned()
}

#[tokio::test]
async fn a_pool_is_asked_within_bounds_alone() {
    let pool = Cognito {
        // Nobody listens: asked, it would be away.
        endpoint: "http://127.0.0.1:1/".parse().unwrap(),
        bounds: Bounds::with(&[]),
        client_id: "x".to_owned(),
        client_secret: None,
        form_address: String::new(),
        register_url: None,
        forgot_url: None,
        form_page: None,
        claims: ClaimMap::new(&Cognito::CLAIMS, Vec::new()),
        proof: EmailProof::Demanded,
    };
    let (http, password) = (Http::default(), "hunter2".to_owned().into());
    let asked = pool.sign_in(&http, "joe@example.com", &password);
    let why = asked.await.err().unwrap().to_string();
    assert!(why.contains("an address that is no part of the internet"), "{why}");
}

#[test]
fn each_refusal_of_a_password_has_its_meaning() {
    let cases = [
        ("NotAuthorizedException", "Incorrect username or password.", "Password"),
        ("NotAuthorizedException", "User is disabled.", "Password"),
        ("NotAuthorizedException", "Password attempts exceeded", "Throttled"),
        ("NotAuthorizedException", "Unable to verify secret hash for client 1x", "SetUp"),
        (
            "NotAuthorizedException",
            "Client 1x is configured with secret but SECRET_HASH was not received",
            "SetUp",
        ),
        ("com.amazonaws.cognito#UserNotFoundException", "User does not exist.", "Password"),
        ("UserLambdaValidationException", "PreAuthentication failed: not today", "Password"),
        ("UserNotConfirmedException", "User is not confirmed.", "Unconfirmed"),
        ("PasswordResetRequiredException", "Password reset required for the user", "ResetRequired"),
        ("TooManyRequestsException", "Rate exceeded", "Throttled"),
        ("LimitExceededException", "Attempt limit exceeded", "Throttled"),
        (
            "InvalidParameterException",
            "USER_PASSWORD_AUTH flow not enabled for this client",
            "SetUp",
        ),
        ("InvalidParameterException", "Missing required parameter USERNAME", "Backend"),
        ("ResourceNotFoundException", "User pool client 1x does not exist.", "SetUp"),
        ("InternalErrorException", "…", "Backend"),
        ("NeverHeardOfException", "…", "Backend"),
    ];
    for (kind, message, expected) in cases {
        let refused = refused(kind, message);
        let error = common(&refused).unwrap_or_else(|| begun(&refused));
        assert_eq!(kind_of(&error), expected, "{kind}: {message}");
    }
}

#[test]
fn each_refusal_of_an_answer_has_its_meaning() {
    let cases = [
        ("CodeMismatchException", "Invalid code received for user", "Code"),
        ("ExpiredCodeException", "Your software token has already been used once.", "Code"),
        ("ExpiredCodeException", "Invalid code provided, please request a code again.", "Code"),
        ("NotAuthorizedException", "Invalid session for the user, session is expired.", "Over"),
        ("InvalidPasswordException", "Password did not conform with policy", "NewPassword"),
        ("PasswordHistoryPolicyViolationException", "…", "NewPassword"),
        ("InvalidParameterException", "Attributes did not conform to the schema", "Attribute"),
        ("AliasExistsException", "…", "Attribute"),
        ("TooManyRequestsException", "…", "Throttled"),
        ("CodeDeliveryFailureException", "…", "SetUp"),
    ];
    for (kind, message, expected) in cases {
        let refused = refused(kind, message);
        let by = Some(CodeBy::Authenticator);
        let error = common(&refused).unwrap_or_else(|| answered(&refused, by));
        assert_eq!(kind_of(&error), expected, "{kind}: {message}");
    }
}

#[test]
fn a_code_that_was_sent_expires_and_one_of_an_app_is_used() {
    let refused =
        refused("ExpiredCodeException", "Your software token has already been used once.");
    for by in CodeBy::ALL {
        let expected = if by == CodeBy::Authenticator { "Code" } else { "CodeExpired" };
        assert_eq!(kind_of(&answered(&refused, Some(by))), expected, "{by:?}");
    }
}

#[test]
fn the_log_says_why_a_password_is_refused_where_cognito_does() {
    let wrong = "wrong password, or no such account";
    let cases = [
        ("NotAuthorizedException", "Incorrect username or password.", wrong),
        ("UserNotFoundException", "User does not exist.", wrong),
        ("NotAuthorizedException", "User is disabled.", "the account is disabled"),
        (
            "UserLambdaValidationException",
            "PreAuthentication failed: not today",
            "a Lambda trigger of the user pool says no",
        ),
    ];
    for (kind, message, expected) in cases {
        assert_eq!(begun(&refused(kind, message)).to_string(), expected, "{kind}: {message}");
    }
}

#[test]
fn what_cognito_says_never_gets_into_an_error() {
    for kind in ["NotAuthorizedException", "InvalidParameterException", "NeverHeardOfException"] {
        let refused = refused(kind, "joe@example.com is unknown");
        for error in [begun(&refused), answered(&refused, None)] {
            assert!(!format!("{error} {error:?}").contains("joe"), "{kind}");
        }
    }
}

#[test]
fn what_is_no_refusal_of_cognitos_is_not_read_as_one() {
    for body in [
        "",
        "<html>",
        "{}",
        "[]",
        r#"["XException"]"#,
        r#"["XException", "x"]"#,
        r#"{"__type": 1}"#,
        r#"{"message": "x"}"#,
    ] {
        assert!(CognitoException::read(body.as_bytes()).is_none(), "{body}");
    }
    let read = CognitoException::read(br#"{"__type": "a.b#XException", "Message": "No"}"#).unwrap();
    assert!(read.kind == "XException" && read.mentions("no"), "positive control");
}

#[test]
fn a_challenge_is_read_as_what_it_asks_for() {
    let read = |name: &str, parameters: Value, available: &[&str]| {
        let available: Vec<String> = available.iter().map(|it| (*it).to_owned()).collect();
        Challenge::read(name, parameters.as_object().unwrap(), &available).ok()
    };
    let cases = [
        (
            "SMS_MFA",
            json!({"CODE_DELIVERY_DESTINATION": "+***1"}),
            Some(Challenge::Code(CodeBy::Sms)),
        ),
        ("EMAIL_OTP", json!({}), Some(Challenge::Code(CodeBy::Email))),
        ("SOFTWARE_TOKEN_MFA", json!({}), Some(Challenge::Code(CodeBy::Authenticator))),
        ("NEW_PASSWORD_REQUIRED", json!({}), Some(Challenge::NewPassword(Vec::new()))),
        (
            "NEW_PASSWORD_REQUIRED",
            json!({"requiredAttributes": r#"["userAttributes.phone_number","userAttributes.name"]"#}),
            Some(Challenge::NewPassword(vec![
                StandardAttribute::Name,
                StandardAttribute::PhoneNumber,
            ])),
        ),
        ("NEW_PASSWORD_REQUIRED", json!({"requiredAttributes": r#"["custom:shoe"]"#}), None),
        ("NEW_PASSWORD_REQUIRED", json!({"requiredAttributes": "name"}), None),
        (
            "SELECT_MFA_TYPE",
            json!({"MFAS_CAN_CHOOSE": r#"["SMS_MFA","SOFTWARE_TOKEN_MFA"]"#}),
            Some(Challenge::Method(Choice::MfaType, vec![CodeBy::Authenticator, CodeBy::Sms])),
        ),
        ("SELECT_MFA_TYPE", json!({"MFAS_CAN_CHOOSE": "[]"}), None),
        (
            "SELECT_CHALLENGE",
            json!({}),
            Some(Challenge::Method(Choice::Challenge, vec![CodeBy::Email])),
        ),
        ("MFA_SETUP", json!({}), None),
        ("DEVICE_SRP_AUTH", json!({}), None),
    ];
    for (name, parameters, expected) in cases {
        let what = format!("{name} {parameters}");
        assert_eq!(read(name, parameters, &["PASSWORD", "EMAIL_OTP"]), expected, "{what}");
    }
}

#[test]
fn an_answer_is_put_in_cognitos_words_if_it_is_one_to_this_question() {
    let question = |asked| Question { username: "u".into(), session: "s".into(), asked };
    let code = |text: &str| ChallengeAnswer::Code(text.to_owned());
    let password = |text: &str, attributes: &[(StandardAttribute, &str)]| {
        let given = attributes.iter().map(|(name, value)| (*name, (*value).to_owned()));
        ChallengeAnswer::NewPassword(text.to_owned().into(), given.collect())
    };
    let by_app = Challenge::Code(CodeBy::Authenticator);
    let named = Challenge::NewPassword(vec![StandardAttribute::Name]);
    let choice = Challenge::Method(Choice::MfaType, vec![CodeBy::Sms]);
    let cases = [
        (by_app.clone(), code("123 456"), Ok(vec![("SOFTWARE_TOKEN_MFA_CODE", "123456")])),
        (by_app.clone(), code("12345x"), Err("Code")),
        (by_app.clone(), code(""), Err("Code")),
        (by_app, password("x", &[]), Err("Over")),
        (
            named.clone(),
            password(
                "x",
                &[(StandardAttribute::Name, " Joe "), (StandardAttribute::Email, "evil@x.example")],
            ),
            Ok(vec![("NEW_PASSWORD", "x"), ("userAttributes.name", "Joe")]),
        ),
        (named.clone(), password("x", &[(StandardAttribute::Name, " ")]), Err("Attribute")),
        (named.clone(), password("", &[(StandardAttribute::Name, "Joe")]), Err("NewPassword")),
        (named, code("123456"), Err("Over")),
        (choice.clone(), ChallengeAnswer::Method(CodeBy::Sms), Ok(vec![("ANSWER", "SMS_MFA")])),
        (choice, ChallengeAnswer::Method(CodeBy::Email), Err("Over")),
    ];
    for (number, (asked, answer, expected)) in cases.into_iter().enumerate() {
        let got = question(asked).responses(&answer).map_err(|error| kind_of(&error));
        let got: Result<Vec<_>, _> =
            got.map(|it| it.into_iter().map(|(name, value)| (name, value.to_string())).collect());
        let expected = expected
            .map(|it| it.into_iter().map(|(a, b)| (a.to_owned(), b.to_owned())).collect::<Vec<_>>())
            .map_err(str::to_owned);
        assert_eq!(got, expected, "case {number}");
    }
}

#[test]
fn a_question_is_printed_without_whose_it_is() {
    let question = Question {
        username: "joe@example.com".into(),
        session: "secret".into(),
        asked: Challenge::Code(CodeBy::Sms),
    };
    assert_eq!(format!("{question:?}"), "Question(Code(Sms))");
}

#[test]
fn every_attribute_has_one_name() {
    for attribute in StandardAttribute::ALL {
        let json = serde_json::to_value(attribute).unwrap();
        assert_eq!(json, attribute.as_str());
    }
}
