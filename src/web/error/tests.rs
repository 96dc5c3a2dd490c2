//! Every failure, told in each of the three ways.

use std::collections::{BTreeSet, HashMap};

use actix_web::HttpResponse;
use actix_web::body::MessageBody as _;
use actix_web::http::header::{ALLOW, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::test::TestRequest;
use serde_json::Value;

use super::outcome::{Fault, Next, Outcome};
use super::{Failure, FlowProblem, RefusedIdentity, WebError};
use crate::backend::{BackendError, CognitoError, Http};
use crate::clock::Clock;
use crate::domain::{
    Account, Attribute, Brands, IdentityRefusal, InvalidReturnTo, LocalizedText, Parameter,
    Refusal, Reservations, Unknown,
};
use crate::metrics::SignIns;
use crate::store::{Store, StoreError};
use crate::table::{Backends, ClientAddress, Table};
use crate::token::{Denied, NoRandomness, OpenError, Secrets, StateKeys, TokenError, Unreadable};
use crate::web::page::pages::error_kinds;
use crate::web::request::error::{Malformed, PostError, RequestError};
use crate::web::state::State;
use crate::web::visit::{Notes, Visit};

/// The place of a failure in [`every_failure`]: a variant that is not there does not build.
fn place(error: &WebError) -> usize {
    match error {
        WebError::Request(_) => 0,
        WebError::NotFound => 1,
        WebError::Refused(_) => 2,
        WebError::NoToken => 3,
        WebError::Flow(_) => 4,
        WebError::Assertion(_) => 5,
        WebError::Session(_) => 6,
        WebError::TwoCookies => 7,
        WebError::OtherBackend => 8,
        WebError::AlreadyUsed => 9,
        WebError::Identity(_) => 10,
        WebError::Confirmation => 11,
        WebError::Loop => 12,
        WebError::Backend(_) => 13,
        WebError::Cognito(_) => 14,
        WebError::TooManyAttempts => 15,
        WebError::PasswordsDiffer => 16,
        WebError::FormRefused => 17,
        WebError::OriginRefused => 18,
        WebError::Ticket(_) => 19,
        WebError::Store(_) => 20,
        // They mean one thing, and are one row.
        WebError::Mint(_)
        | WebError::Page(_)
        | WebError::Seal(_)
        | WebError::Random(_)
        | WebError::Table => 21,
        WebError::OtherAddress => 22,
        WebError::Closed { .. } => 23,
        WebError::TooManyRequests => 24,
    }
}

fn tokens() -> Vec<TokenError> {
    vec![
        TokenError::Unreadable(Unreadable::Parts),
        TokenError::Algorithm,
        TokenError::Signature,
        TokenError::TooOld { claim: "iat", seconds: 1 },
        TokenError::FromTheFuture { claim: "iat", seconds: 1 },
        TokenError::Claim("email"),
        TokenError::Audience,
        TokenError::UnknownKey,
        TokenError::Issuer(None),
        TokenError::Required("x".into()),
    ]
}

fn backends() -> Vec<BackendError> {
    let claims = tokens().into_iter().map(BackendError::Claims);
    let others = [
        BackendError::Denied("no"),
        BackendError::Unproven("no".into()),
        BackendError::Again("again"),
        BackendError::Over("over"),
        BackendError::SetUp("wrongly"),
        BackendError::Unavailable("away".into()),
    ];
    claims.chain(others).collect()
}

fn cognito() -> Vec<CognitoError> {
    let own = [
        CognitoError::WRONG_PASSWORD,
        CognitoError::Unconfirmed,
        CognitoError::ResetRequired,
        CognitoError::Throttled,
        CognitoError::Code,
        CognitoError::CodeExpired,
        CognitoError::NoSecondStep,
        CognitoError::NewPassword,
        CognitoError::Attribute,
        CognitoError::Over,
        CognitoError::SetUp("wrongly"),
    ];
    let claims = tokens().into_iter().map(CognitoError::Claims);
    own.into_iter().chain(claims).chain(backends().into_iter().map(CognitoError::Backend)).collect()
}

/// Each variant of [`WebError`], and of what it wraps.
fn every_failure() -> Vec<WebError> {
    let mut all: Vec<WebError> = [
        RequestError::Malformed(Malformed::Twice(Parameter::BrandId)),
        RequestError::TooManyFields,
        RequestError::AddressTooLong,
        RequestError::BodyTooLarge,
        RequestError::BodyIncomplete,
        RequestError::TooSlow,
        RequestError::ContentType,
        RequestError::Post(PostError::Missing("email")),
        RequestError::Post(PostError::Invalid("email")),
        RequestError::Post(PostError::Unreadable),
        RequestError::TokenTooLarge,
        RequestError::Method("GET"),
        RequestError::Prefetch,
    ]
    .map(WebError::Request)
    .into();
    all.extend([WebError::NotFound, WebError::OtherAddress]);
    let return_to =
        [InvalidReturnTo::Malformed, InvalidReturnTo::Miswritten, InvalidReturnTo::Foreign];
    all.extend(return_to.map(|it| WebError::Refused(Refusal::ReturnTo(it))));
    all.extend([WebError::Refused(Refusal::UnknownBrand), WebError::NoToken]);
    all.extend(
        [
            FlowProblem::Missing,
            FlowProblem::Foreign,
            FlowProblem::Altered,
            FlowProblem::Outdated,
            FlowProblem::Expired,
            FlowProblem::Used,
        ]
        .map(WebError::Flow),
    );
    all.extend(tokens().into_iter().map(WebError::Assertion));
    all.extend(tokens().into_iter().map(WebError::Session));
    all.extend([WebError::TwoCookies, WebError::OtherBackend, WebError::AlreadyUsed]);
    all.extend(
        [
            IdentityRefusal::EmailMissing,
            IdentityRefusal::EmailInvalid,
            IdentityRefusal::EmailUnverified,
            IdentityRefusal::EmailProofMissing,
            IdentityRefusal::AddressReserved,
            IdentityRefusal::PersonDenied,
            IdentityRefusal::AddressNotAllowed,
            IdentityRefusal::ExternalIdMissing,
            IdentityRefusal::ExternalIdNotAllowed,
            IdentityRefusal::RoleNotAllowed,
            IdentityRefusal::AttributeNotAllowed(Attribute::Tags),
            IdentityRefusal::AttributeInvalid(Attribute::Tags),
        ]
        .map(|refusal| WebError::Identity(refused(refusal))),
    );
    let closed = WebError::Closed {
        what: "brand",
        said: Box::new(LocalizedText::Everybody("Back on Monday".into())),
    };
    all.extend([WebError::Confirmation, closed, WebError::Loop]);
    all.extend(backends().into_iter().map(WebError::Backend));
    all.extend(cognito().into_iter().map(WebError::Cognito));
    all.extend([
        WebError::TooManyRequests,
        WebError::TooManyAttempts,
        WebError::PasswordsDiffer,
        WebError::FormRefused,
        WebError::OriginRefused,
        WebError::Ticket(OpenError::Altered),
        WebError::Ticket(OpenError::Expired),
    ]);
    let store = [
        StoreError::Unavailable,
        StoreError::Full,
        StoreError::BackendShare,
        StoreError::NetworkShare,
    ];
    all.extend(store.map(WebError::Store));
    all.extend([WebError::Random(NoRandomness), WebError::Table]);
    all
}

fn state() -> State {
    let account = Account::parse("acme").unwrap();
    let table = Table {
        state_keys: None,
        admin: Vec::new(),
        brands: Brands::new(account, Unknown::Refuse, Vec::new()),
        backends: Backends::default(),
        reserved: Reservations::default(),
        denied: Denied::default(),
        shared_secret: Secrets::new(&["z".repeat(32).into()]).unwrap(),
        team_members: None,
        widgets: HashMap::new(),
        public_url: "https://sso.acme.example".to_owned(),
        at: Vec::new(),
        client_address: ClientAddress::Peer,
        sign_ins: SignIns::default(),
    };
    let key = StateKeys::random().unwrap();
    State::new(table, Store::new(None), key, Http::default(), Clock::that_skips(), 10).unwrap()
}

fn json(response: HttpResponse) -> Value {
    let body = response.into_body().try_into_bytes().ok().unwrap();
    serde_json::from_slice(&body).unwrap()
}

fn refused(refusal: IdentityRefusal) -> RefusedIdentity {
    RefusedIdentity { refusal, person: None, claims: Vec::new() }
}

#[test]
fn page_and_both_kinds_of_json_agree_about_every_failure() {
    let state = state();
    let table = state.table();
    let request = TestRequest::default().to_http_request();
    let notes = Notes::default();
    let visit = Visit::of(&request, &state, &table, &notes);
    let header = |response: &HttpResponse, name| {
        response.headers().get(name).map(|it| it.to_str().unwrap().to_owned())
    };
    let failures =
        every_failure().into_iter().zip(every_failure()).zip(every_failure()).enumerate();
    let (mut kinds, mut places) = (BTreeSet::new(), BTreeSet::new());
    for (number, ((error, same), once_more)) in failures {
        let what = format!("{number}: {error:?}");
        let outcome = Outcome::of(&error);
        places.insert(place(&error));
        kinds.insert(outcome.kind);
        let allowed = match error {
            WebError::Request(RequestError::Method(allowed)) => Some(allowed.to_owned()),
            _ => None,
        };
        let page = Failure::from(error).destination("https://acme.zendesk.com/hc").respond(visit);
        let script = Failure::from(same).tell_script(visit);
        let widget = Failure::from(once_more).tell_widget(visit);

        assert_eq!(page.status(), outcome.status, "{what}");
        let later = outcome.retry_after.map(|seconds| seconds.to_string());
        for response in [&page, &script, &widget] {
            assert_eq!(header(response, RETRY_AFTER), later, "{what}");
            assert_eq!(header(response, ALLOW), allowed, "{what}");
        }
        for response in [&script, &widget] {
            assert_eq!(response.status(), outcome.json_status, "{what}");
        }
        let challenge = header(&widget, WWW_AUTHENTICATE).is_some();
        assert_eq!(challenge, widget.status() == 401, "{what}");

        // What differs between page and JSON is said in one place, and is never whose fault it is.
        let is_same = outcome.json_status == outcome.status;
        assert!(is_same || matches!(outcome.json_status.as_u16(), 401 | 403), "{what}");
        assert_eq!(outcome.status.is_server_error(), outcome.json_status.is_server_error());
        assert_eq!(outcome.status == 500, outcome.kind == "internal", "{what}");
        assert!(outcome.fault != Fault::Client || outcome.status != 500, "{what}");
        let comes_back = matches!(outcome.status.as_u16(), 429 | 503) && outcome.kind != "prefetch";
        assert_eq!(outcome.retry_after.is_some(), comes_back, "{what}");

        let (script, widget) = (json(script), json(widget));
        assert_eq!(script["code"], outcome.kind, "{what}");
        assert!(script["description"].as_str().unwrap().contains(' '), "{what}: {script}");
        assert!(widget["code"].as_str().unwrap().contains('-'), "{what}: {widget}");
    }
    assert_eq!(places, (0..=24).collect(), "a variant is missing");
    // No page comes of the one, and the others are no failures of ours.
    kinds.insert("headers-too-large");
    kinds.extend(error_kinds().into_iter().filter(|kind| kind.starts_with("zendesk-")));
    assert_eq!(kinds, error_kinds());
}

#[test]
fn no_page_proposes_what_would_only_end_here_again() {
    let next = |error: WebError| Outcome::of(&error).next;
    let claim = || TokenError::Claim("email");
    let cases = [
        (WebError::Flow(FlowProblem::Missing), Next::StartAgain),
        (WebError::Flow(FlowProblem::Used), Next::GoOnOrStartAgain),
        (WebError::AlreadyUsed, Next::GoOnOrStartAgain),
        (WebError::Loop, Next::GoOn),
        (WebError::OtherBackend, Next::StartAtPublicUrl),
        (RequestError::TokenTooLarge.into(), Next::GoHome),
        (RequestError::ContentType.into(), Next::GoHome),
        (TokenError::Signature.into(), Next::StartAgain),
        (claim().into(), Next::GoHome),
        (BackendError::Claims(claim()).into(), Next::GoHome),
        (BackendError::Claims(TokenError::Audience).into(), Next::Reauthenticate),
        (BackendError::Denied("no").into(), Next::Reauthenticate),
        (WebError::Session(TokenError::Claim("email")), Next::Reauthenticate),
        (refused(IdentityRefusal::EmailUnverified).into(), Next::Reauthenticate),
        (refused(IdentityRefusal::AddressReserved).into(), Next::GoHome),
        (refused(IdentityRefusal::RoleNotAllowed).into(), Next::GoHome),
        (WebError::TooManyAttempts, Next::StartAgain),
    ];
    for (error, expected) in cases {
        let what = format!("{error:?}");
        assert_eq!(next(error), expected, "{what}");
    }
}
