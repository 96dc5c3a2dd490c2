//! The token that a page passes: in the body, or as `Authorization: Bearer`.

use actix_web::dev::RequestHead;
use actix_web::http::header::{AUTHORIZATION, HeaderMap};
use actix_web::web::Payload;

use crate::backend::Object;
use crate::domain::Parameter;
use crate::web::request::body::{FORM, JSON, is_of_type, whole_body};
use crate::web::request::error::{Malformed, RequestError};
use crate::web::request::limits::MAX_TOKEN;
use crate::web::request::query::Query;

/// The one token of a request, if it passes any. What stands in the address is not looked at: it
/// ends up in logs and histories.
pub(in crate::web) async fn passed(
    request: &RequestHead,
    payload: Payload,
) -> Result<Option<String>, RequestError> {
    let in_header = bearer(request.headers())?;
    let in_body = if request.method == "POST" { in_body(request, payload).await? } else { None };
    let token = match (in_header, in_body) {
        // Of two tokens, two readers would believe different ones.
        (Some(_), Some(_)) => return Err(Malformed::Other.into()),
        (Some(token), None) | (None, Some(token)) => token,
        (None, None) => return Ok(None),
    };
    if token.len() > MAX_TOKEN {
        return Err(RequestError::TokenTooLarge);
    }
    Ok(Some(token))
}

/// RFC 6750 §2.1. Other schemes are for others: a proxy in front may have its own.
fn bearer(headers: &HeaderMap) -> Result<Option<String>, Malformed> {
    let mut values = headers.get_all(AUTHORIZATION);
    let (Some(value), None) = (values.next(), values.next()) else {
        return if headers.contains_key(AUTHORIZATION) { Err(Malformed::Other) } else { Ok(None) };
    };
    let text = value.to_str().map_err(|_| Malformed::Other)?;
    let (scheme, token) = text.split_once(' ').unwrap_or((text, ""));
    let token = token.trim_matches(' ');
    let is_bearer = scheme.eq_ignore_ascii_case("bearer") && !token.is_empty();
    Ok(is_bearer.then(|| token.to_owned()))
}

async fn in_body(request: &RequestHead, payload: Payload) -> Result<Option<String>, RequestError> {
    #[derive(serde::Deserialize)]
    struct Body {
        jwt: Option<String>,
    }
    let body = whole_body(payload).await?;
    let token = if body.is_empty() {
        None
    } else if is_of_type(request, JSON) {
        let Object(body): Object<Body> =
            serde_json::from_slice(&body).map_err(|_| Malformed::Other)?;
        body.jwt
    } else if is_of_type(request, FORM) {
        let body = String::from_utf8(body).map_err(|_| Malformed::Other)?;
        let form = Query::default().with_form(&body)?;
        form.value(Parameter::Jwt)?.map(Into::into)
    } else {
        return Err(RequestError::ContentType);
    };
    Ok(token.filter(|token| !token.is_empty()))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::{Malformed, bearer};

    #[test]
    fn a_bearer_token_is_passed_once() {
        let cases = [
            (&["Bearer a.b.c"][..], Ok(Some("a.b.c".to_owned()))),
            (&["bearer   a.b.c "], Ok(Some("a.b.c".to_owned()))),
            (&["Bearer"], Ok(None)),
            (&["Bearer "], Ok(None)),
            (&["Basic am9lOnB3"], Ok(None)),
            (&["a.b.c"], Ok(None)),
            (&[], Ok(None)),
            (&["Bearer a", "Bearer b"], Err(Malformed::Other)),
            (&["Basic a", "Bearer b"], Err(Malformed::Other)),
        ];
        for (values, expected) in cases {
            let request = values.iter().fold(TestRequest::default(), |request, value| {
                request.append_header(("authorization", *value))
            });
            let request = request.to_http_request();
            assert_eq!(bearer(request.headers()), expected, "{values:?}");
        }
    }
}
