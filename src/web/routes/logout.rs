//! `GET /logout`, the remote logout URL: a sign-out, or an error that Zendesk reports.

use std::borrow::Cow;
use std::pin::pin;
use std::sync::atomic::Ordering::Relaxed;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::backend::Backend;
use crate::domain::{
    Brand, BrandKey, Destination, Dispatch, Parameter, RemoteRequest, decide_logout,
};
use crate::table::Table;
use crate::token::trace_code;
use crate::web::error::{Failure, WebError, caller};
use crate::web::page::links::{start_again, way_on};
use crate::web::page::pages::{Action, ErrorPage, SignedOutPage};
use crate::web::page::theme::BrandLook;
use crate::web::page::tidy::tidied;
use crate::web::request::cookies::Cookies;
use crate::web::request::error::Malformed;
use crate::web::request::query::Query;
use crate::web::request::sender::RequestOrigin;
use crate::web::response;
use crate::web::sign_in::flows::Flows;
use crate::web::sign_in::loop_guard;
use crate::web::sign_in::throttle::with_permit;
use crate::web::visit::Visit;

/// What Zendesk reports and nobody knows.
const UNKNOWN: &str = "zendesk-unknown";

/// Errors after which another try would only bring the same one.
const LASTING: [&str; 2] = ["zendesk-signature", "zendesk-external-id"];

/// Signs a person out of their brand's backend, or explains what Zendesk says went wrong.
pub(in crate::web) async fn get(visit: Visit<'_>) -> Result<HttpResponse, Failure> {
    let Visit { request, table, .. } = visit;
    let query = Query::of(request)?;
    let sign_out =
        decide_logout(&table.brands, &RemoteRequest { client: visit.client(), ..read(&query)? });
    let cookies = Cookies::of(request);
    if reports_an_error(&query) {
        let kind = query.value(Parameter::Kind)?.unwrap_or_default();
        let refused = Flows::of(visit, &cookies, None).handed_off();
        return Ok(explain(visit, (&query, &kind), about(table, sign_out.as_ref(), refused))?);
    }
    let now = visit.now();
    let counter = loop_guard::signs_out(request, &cookies, now).map_err(|error| {
        let failure = Failure::from(error);
        match &sign_out {
            Some(it) => failure.brand(it.key).destination(it.destination.absolute()),
            None => failure,
        }
    })?;
    let location = match &sign_out {
        Some(it) => next(visit, &query, it).await,
        None => None,
    };
    let mut response = match location {
        Some(location) => {
            let response = response::redirect(location).ok_or(WebError::Table)?;
            let sender = RequestOrigin::of(visit.request.headers());
            // Where our pages led is noted for sign-ins alone.
            if sender.is_page_of_ours(visit.table) { response::unnamed(response) } else { response }
        }
        None => signed_out(visit, sign_out.as_ref().map(|it| it.brand))?,
    };
    if let Some(counter) = counter {
        counter.set(&mut response, now);
    }
    Ok(response)
}

/// What Zendesk says in the query.
pub(in crate::web) fn read<'a>(query: &Query<'a>) -> Result<RemoteRequest<'a>, Malformed> {
    query.for_all_readers()?;
    let brand_id = query.brand_id()?;
    // One that cannot be read is left behind, as any other that is not the brand's.
    let return_to = query.value(Parameter::ReturnTo).unwrap_or(Some("%".into()));
    Ok(RemoteRequest { return_to, brand_id, client: None })
}

/// The kind of the error that Zendesk reports, if that is what the call is.
pub(in crate::web) fn reported(query: &Query<'_>) -> Result<Option<&'static str>, Malformed> {
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
pub fn location(table: &Table, query: &Query<'_>, sign_out: &Dispatch<'_>) -> Option<String> {
    let backend = table.backend(sign_out.backend)?;
    backend.logout(&forwarded(backend, query, sign_out))
}

/// What the backend gets to see of the request's own query.
fn forwarded<'q>(backend: &Backend, query: &Query<'q>, sign_out: &Dispatch<'_>) -> Cow<'q, str> {
    let personal = [Parameter::Email, Parameter::ExternalId];
    let without = if backend.wants_personal_data() { &[][..] } else { &personal };
    query.forwarded(sign_out.forward, &sign_out.destination.absolute(), without)
}

/// Where the sign-in's backend signs people out, if it does.
///
/// Zendesk has signed the person out already: a provider that is away must not hide that.
pub(in crate::web) async fn next(
    visit: Visit<'_>,
    query: &Query<'_>,
    sign_out: &Dispatch<'_>,
) -> Option<String> {
    let backend = visit.table.backend(sign_out.backend)?;
    let query = forwarded(backend, query, sign_out);
    let asking = visit.asking();
    let next = pin!(backend.sign_out(&query, &sign_out.brand.name, &asking));
    let next = with_permit(visit, backend.name.as_str(), next).await;
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
pub(in crate::web) fn signed_out(
    visit: Visit<'_>,
    brand: Option<&Brand>,
) -> Result<HttpResponse, WebError> {
    let look = brand.map(BrandLook::of);
    let action = way_on(visit.table, brand);
    let page = SignedOutPage { texts: visit.texts(), look: look.as_ref(), action }.page()?;
    Ok(response::page(StatusCode::OK, tidied(visit.request, page)))
}

/// The brand at which Zendesk has let nobody in, and where they were going: as it says itself, else as this
/// browser's hand-offs have it, where all are of one brand: it refuses at once or never.
fn about<'t>(
    table: &'t Table,
    sign_out: Option<&Dispatch<'t>>,
    refused: Option<(BrandKey, String)>,
) -> Option<(&'t Brand, String)> {
    match (sign_out, refused) {
        (Some(said), Some((key, destination)))
            if said.key == key && matches!(said.destination, Destination::Home(_)) =>
        {
            Some((said.brand, destination))
        }
        (Some(said), _) => Some((said.brand, said.destination.absolute().into_owned())),
        (None, Some((key, destination))) => Some((table.brands.brand(key)?, destination)),
        (None, None) => None,
    }
}

/// Explains an error that Zendesk reports, in our own words: anybody can write one into a link.
fn explain(
    visit: Visit<'_>,
    (query, kind): (&Query<'_>, &str),
    about: Option<(&Brand, String)>,
) -> Result<HttpResponse, WebError> {
    let Visit { request, state, table, .. } = visit;
    // Explained and logged, never sent on: here a `+` is a blank, however Zendesk writes it.
    let message = query.value(Parameter::Message)?.unwrap_or_default().replace('+', " ");
    let (known, trace) = (known(&message), trace_code()?);
    let (client, browser) = caller(visit);
    let brand = about.as_ref().map(|(brand, _)| *brand);
    let unknown = (known == UNKNOWN).then(|| state.unknown_messages.fetch_add(1, Relaxed) + 1);
    state.metrics.zendesk_errors.add(known);
    tracing::warn!(
        trace,
        client,
        browser,
        kind = known,
        zendesk.kind = blanked(kind),
        zendesk.message = blanked(&message),
        zendesk.unknown = unknown,
        fault = "zendesk",
        brand.name = brand.map(|it| it.name.as_str()),
        outcome = "refused",
        "zendesk reports an error"
    );
    let look = brand.map(BrandLook::of);
    let action = |(brand, destination): (&Brand, String)| {
        if LASTING.contains(&known) {
            return Action::home(brand.home().at("/"));
        }
        Action::try_again(start_again(Some(brand), &destination))
    };
    let action = about.map(action).or_else(|| way_on(table, None));
    let actions = action.into_iter().collect();
    let page = ErrorPage {
        texts: visit.texts(),
        look: look.as_ref(),
        kind: known,
        parameter: None,
        said: None,
        trace: &trace,
        actions,
    };
    Ok(response::page(StatusCode::OK, tidied(request, page.page()?)))
}

/// Which of the errors that Zendesk is known to report this one is: by whole phrases, so that no word
/// in another sentence is taken for one.
fn known(message: &str) -> &'static str {
    const KNOWN: [(&str, &str); 24] = [
        ("invalid jwt request", "zendesk-invalid-request"),
        ("not enough or too many segments", "zendesk-unreadable"),
        ("invalid segment encoding", "zendesk-unreadable"),
        ("nil json web token", "zendesk-unreadable"),
        ("jwt signature invalid", "zendesk-signature"),
        ("signature cannot be verified", "zendesk-signature"),
        ("signature verification failed", "zendesk-signature"),
        ("signature verification raised", "zendesk-signature"),
        ("not allowed to sign up", "zendesk-not-allowed"),
        ("external has already been taken", "zendesk-external-id"),
        ("user identifier has been reused", "zendesk-token-used"),
        ("unique identifier has been reused", "zendesk-token-used"),
        ("unique identifier has already been used", "zendesk-token-used"),
        ("jti has been reused", "zendesk-token-used"),
        ("jti has already been used", "zendesk-token-used"),
        ("signature has expired", "zendesk-clock"),
        ("token has expired", "zendesk-clock"),
        ("jwt has expired", "zendesk-clock"),
        ("clock drift", "zendesk-clock"),
        ("clock skew", "zendesk-clock"),
        ("iat is too old", "zendesk-clock"),
        ("invalid iat", "zendesk-clock"),
        ("rate limit", "zendesk-rate-limit"),
        ("too many requests", "zendesk-rate-limit"),
    ];
    let words = message.split(|c: char| !c.is_ascii_alphanumeric()).filter(|it| !it.is_empty());
    let words: Vec<String> = words.map(str::to_ascii_lowercase).collect();
    let message = format!(" {} ", words.join(" "));
    let says = |phrase: &str| message.contains(&format!(" {phrase} "));
    KNOWN.into_iter().find(|(phrase, _)| says(phrase)).map_or(UNKNOWN, |(_, kind)| kind)
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
            ("The unique user identifier has been reused", "zendesk-token-used"),
            ("The unique user identifier has been reused.", "zendesk-token-used"),
            ("Not enough or too many segments", "zendesk-unreadable"),
            ("JWT: not  enough or too many segments!", "zendesk-unreadable"),
            ("Signature has expired", "zendesk-clock"),
            ("Invalid iat", "zendesk-clock"),
            ("Rate limit exceeded", "zendesk-rate-limit"),
            ("429 Too Many Requests", "zendesk-rate-limit"),
            ("", "zendesk-unknown"),
            ("Your trial has expired", "zendesk-unknown"),
            ("Too many agents in this account", "zendesk-unknown"),
            ("The office opens at nine o'clock", "zendesk-unknown"),
            ("An unlimited rate limitation", "zendesk-unknown"),
            ("The unique identifier of this organization", "zendesk-unknown"),
            ("uninvalid jwt requests", "zendesk-unknown"),
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
