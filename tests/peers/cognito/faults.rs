//! What Cognito says and does when something is wrong, and what moto never asks for.

use serde_json::{Value, json};

use super::house::{House, last_line};
use super::scripted::{Says, Scripted, challenge, done, profile, refusal};
use super::visitor::Visitor;
use crate::support::answer::Answer;
use crate::support::log;

const CAROL: &str = "carol@coffee.example";
const PASSWORD: &str = "Mocha-and-Milk-7";

fn sign_in(settings: &str) -> (House, Visitor, Answer) {
    let house = House::start(settings);
    let mut browser = Visitor::of(&house);
    let form = browser.begin();
    let page = browser.submit(&form, &[("email", CAROL), ("password", PASSWORD)]);
    (house, browser, page)
}

/// One way to be broken, with the words of its log line.
struct Fault {
    what: &'static str,
    script: fn(&str, &Value) -> Says,
    log: &'static str,
}

const LEAK: &str = "l3ak of carol";

#[rustfmt::skip]
const FAULTS: [Fault; 12] = [
    Fault { what: "HTML", script: |_, _| Says::Text(200, "", format!("<h1>{LEAK}</h1>")), log: "InitiateAuth: the answer is not what Cognito's would be" },
    Fault { what: "HTML of a proxy", script: |_, _| Says::Text(502, "", format!("<h1>{LEAK}</h1>")), log: "it answers with status 502" },
    Fault { what: "status 500", script: |_, _| Says::Json(500, json!({"__type": "InternalErrorException", "message": LEAK})), log: "it answers with status 500" },
    Fault { what: "wrong JSON", script: |_, _| Says::Json(200, json!({"AuthenticationResult": {"Token": LEAK}})), log: "is not what Cognito's would be" },
    Fault { what: "no token, no challenge", script: |_, _| Says::Json(200, json!({"a": LEAK})), log: "neither a token nor a challenge" },
    Fault { what: "an unknown refusal", script: |_, _| refusal("BrandNewException", LEAK), log: "a reason that is not foreseen" },
    Fault { what: "a redirect", script: |_, _| Says::Text(307, "Location: http://127.0.0.1:1/\r\n", String::new()), log: "it answers with status 307" },
    Fault { what: "too much", script: |_, _| Says::Text(200, "", "x".repeat(300 * 1024)), log: "longer than 262144 bytes" },
    Fault { what: "flow switched off", script: |_, _| refusal("InvalidParameterException", "USER_PASSWORD_AUTH flow not enabled for this client"), log: "switch on ALLOW_USER_PASSWORD_AUTH" },
    Fault { what: "no such client", script: |_, _| refusal("ResourceNotFoundException", LEAK), log: "no app client with our client_id" },
    Fault { what: "a challenge without a form", script: |_, _| challenge("DEVICE_SRP_AUTH", &json!({"x": LEAK})), log: "asks for something that is no password" },
    Fault { what: "no profile", script: |operation, _| if operation == "GetUser" { refusal("NotAuthorizedException", LEAK) } else { done() }, log: "a reason that is not foreseen" },
];

#[test]
fn each_fault_is_a_page_a_log_line_and_one_call() {
    for Fault { what, script, log } in FAULTS {
        let peer = Scripted::start(script);
        let (_house, _, page) = sign_in(&peer.settings());
        let title = "Sign-in is not available right now";
        assert_eq!((page.status, page.headline()), (503, title), "{what}");
        let line = page.line();
        assert!(line["message"].as_str().unwrap().contains(log), "{what}: {line}");
        assert!(!page.body.contains("l3ak"), "{what}: shown");
        let operations: Vec<String> = peer.asked().into_iter().map(|(name, _)| name).collect();
        let once = ["InitiateAuth", "GetUser"];
        assert!(
            once.starts_with(&operations.iter().map(String::as_str).collect::<Vec<_>>()),
            "{what}"
        );
    }
    for secret in ["l3ak", PASSWORD, CAROL] {
        assert!(log::lines(secret).is_empty(), "the log has {secret}");
    }
}

#[test]
fn a_set_up_mistake_is_logged_as_an_error_and_a_wrong_password_is_not() {
    let disabled = "USER_PASSWORD_AUTH flow not enabled for this client";
    let peer = Scripted::start(|_, _| refusal("InvalidParameterException", disabled));
    let (_house, _, page) = sign_in(&peer.settings());
    assert_eq!(page.line()["level"], "ERROR", "somebody should look");
    let peer = Scripted::start(|_, _| refusal("NotAuthorizedException", "Incorrect …"));
    let _signed_in = sign_in(&peer.settings());
    assert_eq!(last_line()["level"], "INFO");
}

#[test]
fn a_provider_that_is_down_or_silent_is_unavailable_soon() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let settings = format!("endpoint: http://{nobody}/\nclient_id: client123\n");
    let (_house, _, page) = sign_in(&settings);
    assert_eq!(page.status, 503);
    assert!(page.line().to_string().contains("InitiateAuth: no answer: no connection"));

    let peer = Scripted::start(|_, _| Says::Nothing);
    let started = std::time::Instant::now();
    let (_house, _, page) = sign_in(&peer.settings());
    assert_eq!(page.status, 503);
    assert!(started.elapsed().as_secs() < 20);
    assert!(page.line().to_string().contains("InitiateAuth: no answer: it took too long"));
}

#[test]
fn what_only_cognito_can_say_has_pages_of_its_own() {
    let forgot = "forgot_url: https://www.acme.example/forgot\n";
    let cases = [
        ("PasswordResetRequiredException", "", 403, "Your password has to be replaced"),
        ("TooManyRequestsException", "", 429, "Too many attempts"),
        ("NotAuthorizedException", "Password attempts exceeded", 429, "Too many attempts"),
        ("UserNotConfirmedException", "", 403, "Please confirm your account first"),
    ];
    for (kind, message, status, title) in cases {
        let peer = Scripted::start(move |_, _| refusal(kind, message));
        let (_house, _, page) = sign_in(&(peer.settings() + forgot));
        assert_eq!((page.status, page.headline()), (status, title), "{kind}");
        let offered =
            page.body.contains("class=\"button\" href=\"https://www.acme.example/forgot\"");
        assert_eq!(offered, kind == "PasswordResetRequiredException", "{kind}");
        assert_eq!(!page.said("retry-after").is_empty(), status == 429, "{kind}");
    }
}

#[test]
fn a_choice_a_code_by_email_and_attributes_follow_each_other() {
    let peer = Scripted::start(|operation, body| {
        match (operation, body["ChallengeName"].as_str().unwrap_or_default()) {
            ("InitiateAuth", _) => challenge(
                "SELECT_MFA_TYPE",
                &json!({
                    "MFAS_CAN_CHOOSE": r#"["SMS_MFA","EMAIL_OTP","SOFTWARE_TOKEN_MFA"]"#,
                    "USER_ID_FOR_SRP": "u-1",
                }),
            ),
            (_, "SELECT_MFA_TYPE") => challenge("EMAIL_OTP", &json!({"USERNAME": "u-1"})),
            (_, "EMAIL_OTP") if body["ChallengeResponses"]["EMAIL_OTP_CODE"] == "11111111" => {
                refusal("CodeMismatchException", "Invalid code")
            }
            (_, "EMAIL_OTP") => challenge(
                "NEW_PASSWORD_REQUIRED",
                &json!({"requiredAttributes": r#"["userAttributes.given_name"]"#}),
            ),
            ("GetUser", _) => profile(CAROL),
            _ => done(),
        }
    });
    let (_house, mut browser, page) =
        sign_in(&(peer.settings() + "client_secret: { value: secret }\n"));
    assert_eq!(page.headline(), "How would you like to get your code?");
    let unknown = browser.submit(&page, &[("method", "CARRIER_PIGEON")]);
    assert_eq!(unknown.headline(), "Sign in to Acme Coffee");
    let page = browser.submit(&page, &[("method", "EMAIL_OTP")]);
    assert!(page.body.contains("We have sent you an email with a code."));
    let wrong = browser.submit(&page, &[("code", "11111111")]);
    assert!(wrong.problem().starts_with("The code is not right"));
    let page = browser.submit(&wrong, &[("code", "22222222")]);
    assert!(page.body.contains("autocomplete=\"given-name\""));
    let fields = [("new-password", "N3w-one!"), ("repeated", "N3w-one!")];
    let missing = browser.submit(&page, &fields);
    assert!(missing.problem().starts_with("Something is missing"));
    let more = [fields[0], fields[1], ("attribute-given_name", "Carol")];
    let handed = browser.submit(&missing, &more);
    assert_eq!(handed.handed_off().0["external_id"], "s-1");

    for page in [&page, &wrong, &missing] {
        for hidden in ["sess10n", "u-1", "t0ken"] {
            assert!(!page.body.contains(hidden), "{hidden} is sealed");
        }
    }
    let asked = peer.asked();
    let (_, first) = &asked[0];
    assert_eq!(first["AuthParameters"]["USERNAME"], CAROL);
    let (_, chosen) = &asked[1];
    assert_eq!(chosen["ChallengeResponses"]["ANSWER"], "EMAIL_OTP");
    assert_eq!(chosen["ChallengeResponses"]["USERNAME"], "u-1", "the alias is resolved");
    assert_eq!(chosen["Session"], "sess10n");
    let hashes: Vec<&Value> =
        asked[1..3].iter().map(|(_, body)| &body["ChallengeResponses"]["SECRET_HASH"]).collect();
    assert!(hashes[0].is_string() && hashes[0] == hashes[1]);
    assert_ne!(first["AuthParameters"]["SECRET_HASH"], *hashes[0], "of another user name");
    let (_, last) = &asked[asked.len() - 2];
    assert_eq!(last["ChallengeResponses"]["userAttributes.given_name"], "Carol");
}

#[test]
fn a_profile_that_does_not_say_whether_the_address_is_confirmed_is_not_enough() {
    let peer = Scripted::start(|operation, _| match operation {
        "GetUser" => Says::Json(
            200,
            json!({"Username": "u-1", "UserAttributes": [
                {"Name": "sub", "Value": "s-1"}, {"Name": "email", "Value": CAROL},
            ]}),
        ),
        _ => done(),
    });
    let (_house, _, page) = sign_in(&peer.settings());
    assert_eq!(page.headline(), "We cannot tell whether your email address is yours");
    let line = page.line();
    assert_eq!(line["kind"], "email-proof-missing");
    assert!(line.to_string().contains("email_verified: optional"), "{line}");
}

#[test]
fn somebody_without_a_second_step_learns_where_to_get_one() {
    let peer = Scripted::start(|_, _| challenge("MFA_SETUP", &json!({})));
    let join = "https://www.acme.example/join";
    let (_house, _, page) = sign_in(&format!("{}register_url: {join}\n", peer.settings()));
    let title = "Your account needs a second step";
    assert_eq!((page.status, page.headline()), (403, title));
    assert!(page.body.contains(&format!("class=\"button\" href=\"{join}\"")), "{}", page.body);
    let line = page.line();
    assert_eq!((&line["level"], &line["kind"]), (&json!("INFO"), &json!("second-step-missing")));
}

#[test]
fn a_code_that_was_sent_can_be_had_anew() {
    let wrong = "The code is not right, or has been used. Please ";
    let cases = [
        ("EMAIL_OTP", "CodeMismatchException", "wrong-code", "check it and try again, or choose"),
        ("SMS_MFA", "CodeMismatchException", "wrong-code", "check it and try again, or choose"),
        ("SOFTWARE_TOKEN_MFA", "CodeMismatchException", "wrong-code", "wait for the next one"),
        ("SOFTWARE_TOKEN_MFA", "ExpiredCodeException", "wrong-code", "wait for the next one"),
        ("SMS_MFA", "ExpiredCodeException", "code-expired", ""),
    ];
    for (name, kind, expected, advice) in cases {
        let peer = Scripted::start(move |operation, _| match operation {
            "InitiateAuth" => challenge(name, &json!({})),
            _ => refusal(kind, LEAK),
        });
        let (_house, mut browser, page) = sign_in(&peer.settings());
        let page = browser.submit(&page, &[("code", "123456")]);
        assert_eq!((page.status, page.headline()), (403, "Enter your code"), "{name}");
        let problem = page.problem();
        let text = match expected {
            "wrong-code" => format!("{wrong}{advice}"),
            _ => "A code works for a few minutes only. Please choose “Start over”".to_owned(),
        };
        assert!(problem.starts_with(&text), "{name} {kind}: {problem}");
        assert_eq!(last_line()["kind"], expected, "{name} {kind}");
    }
}

#[test]
fn a_session_that_cognito_has_forgotten_leads_back_to_the_password() {
    let peer = Scripted::start(|operation, _| match operation {
        "InitiateAuth" => challenge("SMS_MFA", &json!({})),
        _ => refusal("NotAuthorizedException", "Invalid session for the user, session is expired."),
    });
    let (_house, mut browser, page) = sign_in(&peer.settings());
    let back = browser.submit(&page, &[("code", "123456")]);
    assert_eq!((back.status, back.headline()), (403, "Sign in to Acme Coffee"));
    assert!(back.problem().starts_with("For your safety there is only little time"));
}

#[test]
fn a_profile_without_a_usable_address_signs_nobody_in() {
    let cases = [
        ("", 422, "Your account has no email address"),
        ("a@b@evil.example", 422, "Your email address is not valid"),
        ("boss@acme.example", 403, "Your address signs in elsewhere"),
    ];
    for (email, status, title) in cases {
        let peer = Scripted::start(move |operation, _| match operation {
            "GetUser" => profile(email),
            _ => done(),
        });
        let (_house, _, page) = sign_in(&peer.settings());
        assert_eq!((page.status, page.headline()), (status, title), "{email}");
    }
}
