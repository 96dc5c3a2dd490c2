//! `GET /logout`, the remote logout URL: a sign-out, or an error that Zendesk reports.

use std::borrow::Cow;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::cookies::Cookies;
use super::error::{Failure, WebError, caller};
use super::loop_guard;
use super::pages::{Action, ErrorPage, SignedOutPage};
use super::query::{Malformed, Query};
use super::state::{State, Table};
use super::texts::Texts;
use super::{answer, headers, not_ahead, only_get, query, start_again, way_on};
use crate::backend::Backend;
use crate::domain::{Brand, BrandKey, Parameter, SignIn, SignInRequest, decide_logout};
use crate::token::trace_code;

/// Errors after which another try would only bring the same one.
const LASTING: [&str; 2] = ["zendesk-signature", "zendesk-external-id"];

/// Signs a person out of their brand's backend, or explains what Zendesk says went wrong.
pub(super) async fn get(request: HttpRequest, state: Data<State>) -> HttpResponse {
    let table = state.table();
    let outcome = sign_out(&request, &state, &table).await;
    answer(&request, &state, &table, outcome)
}

async fn sign_out(
    request: &HttpRequest,
    state: &State,
    table: &Table,
) -> Result<HttpResponse, Failure> {
    only_get(request)?;
    not_ahead(request)?;
    let query = query(request)?;
    let sign_out = decide_logout(&table.brands, &read(&query)?);
    let texts = state.texts(request);
    if reports_an_error(&query) {
        let kind = query.value(Parameter::Kind)?.unwrap_or_default();
        return Ok(explain(request, texts, table, (&query, &kind), sign_out.as_ref())?);
    }
    let cookies = Cookies::of(request);
    let now = state.clock.now();
    let counter = loop_guard::signs_out(request, &cookies, now).map_err(|error| {
        let failure = Failure::from(error);
        match &sign_out {
            Some(it) => failure.of(it.key).towards(it.destination.absolute()),
            None => failure,
        }
    })?;
    let location = match &sign_out {
        Some(it) => next(state, table, &query, it).await,
        None => None,
    };
    let mut response = match location {
        Some(location) => headers::redirect(location).ok_or(WebError::Table)?,
        None => signed_out(texts, table, sign_out.as_ref().map(|it| (it.key, it.brand)))?,
    };
    if let Some(counter) = counter {
        counter.set(&mut response, now);
    }
    Ok(response)
}

/// What Zendesk says in the query.
pub(super) fn read<'a>(query: &Query<'a>) -> Result<SignInRequest<'a>, Malformed> {
    let brand_id = query.brand_id()?;
    // One that cannot be read is left behind, as any other that is not the brand's.
    let return_to = query.value(Parameter::ReturnTo).unwrap_or(Some("".into()));
    Ok(SignInRequest { return_to, brand_id })
}

/// The kind of the error that Zendesk reports, if that is what the call is.
pub(super) fn reported(query: &Query<'_>) -> Result<Option<&'static str>, Malformed> {
    if !reports_an_error(query) {
        return Ok(None);
    }
    query.value(Parameter::Kind)?;
    let message = query.value(Parameter::Message)?.unwrap_or_default().replace('+', " ");
    Ok(Some(known(&message)))
}

/// Whether a call of the remote logout URL is Zendesk's report of an error, and no sign-out.
fn reports_an_error(query: &Query<'_>) -> bool {
    !matches!(query.value(Parameter::Kind).as_ref().map(Option::as_deref), Ok(None | Some("info")))
}

/// Where the brand's backend signs people out, unless that depends on a provider's answer.
pub fn location(table: &Table, query: &Query<'_>, sign_out: &SignIn<'_>) -> Option<String> {
    let backend = table.backend(sign_out.backend)?;
    backend.logout(&forwarded(backend, query, sign_out))
}

/// What the backend gets to see of the request's own query.
fn forwarded<'q>(backend: &Backend, query: &Query<'q>, sign_out: &SignIn<'_>) -> Cow<'q, str> {
    let personal = [Parameter::Email, Parameter::ExternalId];
    let without = if backend.wants_personal_data() { &[][..] } else { &personal };
    query.forwarded(sign_out.forward, &sign_out.destination.absolute(), without)
}

/// Where the sign-in's backend signs people out, if it does.
///
/// Zendesk has signed the person out already: a provider that is away must not hide that.
pub(super) async fn next(
    state: &State,
    table: &Table,
    query: &Query<'_>,
    sign_out: &SignIn<'_>,
) -> Option<String> {
    let backend = table.backend(sign_out.backend)?;
    let query = forwarded(backend, query, sign_out);
    let next = backend.sign_out(&query, &sign_out.brand.name, &state.asking()).await;
    next.unwrap_or_else(|error| {
        tracing::warn!(
            brand.name = sign_out.brand.name.as_str(),
            backend.name = backend.name.as_str(),
            fault = "backend",
            outcome = "signed out of zendesk alone",
            "{error}"
        );
        None
    })
}

/// Says that the person is signed out; nothing on this page signs in by itself.
pub(super) fn signed_out(
    texts: &Texts,
    table: &Table,
    brand: Option<(BrandKey, &Brand)>,
) -> Result<HttpResponse, WebError> {
    let look = brand.and_then(|(key, _)| table.look(key));
    let action = way_on(table, brand.map(|(_, brand)| brand));
    let page = SignedOutPage { texts, look: look.as_ref(), action }.page()?;
    Ok(headers::page(StatusCode::OK, page))
}

/// Explains an error that Zendesk reports, in our own words: anybody can write one into a link.
fn explain(
    request: &HttpRequest,
    texts: &Texts,
    table: &Table,
    (query, kind): (&Query<'_>, &str),
    sign_out: Option<&SignIn<'_>>,
) -> Result<HttpResponse, WebError> {
    // Explained and logged, never sent on: here a `+` is a blank, however Zendesk writes it.
    let message = query.value(Parameter::Message)?.unwrap_or_default().replace('+', " ");
    let (known, trace) = (known(&message), trace_code()?);
    let (client, browser) = caller(request, table);
    tracing::warn!(
        trace,
        client,
        browser,
        kind = known,
        zendesk.kind = blanked(kind),
        zendesk.message = blanked(&message),
        fault = "zendesk",
        brand.name = sign_out.map(|it| it.brand.name.as_str()),
        outcome = "refused",
        "zendesk reports an error"
    );
    let look = sign_out.and_then(|it| table.look(it.key));
    let action = |it: &SignIn<'_>| {
        if LASTING.contains(&known) {
            return Action::home(it.brand.home().origin() + "/");
        }
        Action::try_again(start_again(Some(it.brand), &it.destination.absolute()))
    };
    let actions = sign_out.map(action).into_iter().collect();
    let page =
        ErrorPage { texts, look: look.as_ref(), kind: known, trace: &trace, actions }.page()?;
    Ok(headers::page(StatusCode::OK, page))
}

/// Which of the errors that Zendesk is known to report this one is.
fn known(message: &str) -> &'static str {
    let message = message.to_ascii_lowercase();
    let known = [
        ("invalid jwt request", "zendesk-invalid-request"),
        ("jwt signature", "zendesk-signature"),
        ("signature invalid", "zendesk-signature"),
        ("not allowed to sign up", "zendesk-not-allowed"),
        ("external has already been taken", "zendesk-external-id"),
        ("unique identifier", "zendesk-token-used"),
        ("clock", "zendesk-clock"),
        ("expired", "zendesk-clock"),
        ("rate limit", "zendesk-rate-limit"),
        ("too many", "zendesk-rate-limit"),
    ];
    let words = [("jti", "zendesk-token-used"), ("iat", "zendesk-clock")];
    let phrase = known.into_iter().find(|(part, _)| message.contains(part));
    let says =
        |word: &str| message.split(|c: char| !c.is_ascii_alphanumeric()).any(|it| it == word);
    let word = || words.into_iter().find(|(word, _)| says(word));
    phrase.or_else(word).map_or("zendesk-unknown", |(_, kind)| kind)
}

/// The text for a log: at most 200 characters, without addresses, digits and line breaks.
fn blanked(text: &str) -> String {
    let word = |word: &str| {
        // Whatever is long or looks like a token may be one.
        let is_token = word.chars().count() > 24 || word.contains("eyJ");
        if is_token || word.contains('@') || word.contains("://") {
            "…".to_owned()
        } else {
            word.chars().map(|c| if c.is_numeric() { '#' } else { c }).collect()
        }
    };
    let visible = |c: char| if c.is_control() { ' ' } else { c };
    let text: String = text.chars().take(200).map(visible).collect();
    text.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{blanked, known};

    #[test]
    fn known_errors_are_recognised() {
        let cases = [
            ("Invalid JWT Request", "zendesk-invalid-request"),
            (
                "JWT signature invalid. The signature cannot be verified, check that your tokens match.",
                "zendesk-signature",
            ),
            (
                "Users with the email address joe@example.com are not allowed to sign up for this help desk",
                "zendesk-not-allowed",
            ),
            ("User is invalid: External has already been taken", "zendesk-external-id"),
            ("", "zendesk-unknown"),
            ("Invalid iat", "zendesk-clock"),
            ("This email is already associated with another user", "zendesk-unknown"),
            ("<script>alert(1)</script>", "zendesk-unknown"),
        ];
        for (message, expected) in cases {
            assert_eq!(known(message), expected, "{message:?}");
        }
    }

    #[test]
    fn a_message_is_logged_without_addresses_and_digits() {
        let long = "x ".repeat(250);
        let cases = [
            (
                "Users with the email address joe@example.com are",
                "Users with the email address … are",
            ),
            ("<joe@x>, call 0123-45 ٣", "… call ####-## #"),
            ("see https://evil.example/?a=1 now", "see … now"),
            ("bad eyJhbGciOiJIUzI1NiJ9.abc", "bad …"),
            ("bad 0123456789abcdefghijklmnop", "bad …"),
            ("two\r\nlines\u{1b}[31m", "two lines [##m"),
        ];
        for (message, expected) in cases {
            assert_eq!(blanked(message), expected);
        }
        assert_eq!(blanked(&long).len(), 199, "cut, and its last space with it");
    }
}
