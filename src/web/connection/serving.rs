//! One request on its way to the handlers: its connection knows that it is being answered, and
//! nothing comes of `Upgrade:`.
//!
//! actix-http takes everything behind a head with `Upgrade: websocket` for its body, whatever
//! `Content-Length` says, and answers `Connection: upgrade` in kind. To us the length counts. What
//! follows on the connection could be read in two ways then, so it ends with the answer.

use std::future::{Future, poll_fn, ready};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{self, Context, Poll};

use actix_http::{BoxedPayloadStream, ConnectionType, Request, Response};
use actix_web::HttpResponse;
use actix_web::body::BoxBody;
use actix_web::dev::{Payload, RequestHead, Service, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::http::header::{
    CONTENT_LENGTH, HeaderMap, HeaderValue, STRICT_TRANSPORT_SECURITY, TRANSFER_ENCODING, UPGRADE,
};
use actix_web::web::Bytes;
use futures_util::Stream;
use futures_util::future::Either;

use super::activity::Activity;

/// For a year nobody asks this host by plain HTTP.
const HSTS: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// Says so to whoever has come by TLS, and was believed.
pub(super) fn add_hsts(headers: &mut HeaderMap) {
    headers.insert(STRICT_TRANSPORT_SECURITY, HSTS);
}

/// Has `request` answered at once, if it is one of those, else by `app`. The connection of one that
/// `is_last` ends with the answer, and the client knows. One that came by TLS learns to do so again.
pub fn answer<S>(
    mut request: Request,
    app: &S,
    is_last: bool,
    by_tls: bool,
    at_once: &dyn Fn(&RequestHead) -> Option<HttpResponse>,
) -> impl Future<Output = Result<Response<BoxBody>, S::Error>> + use<S>
where
    S: Service<Request, Response = ServiceResponse>,
{
    let activity = request.conn_data::<Rc<Activity>>().cloned();
    // What a large request was kept in would be kept as long as its connection.
    let is_large = |it: &Option<Rc<Activity>>| it.as_ref().is_some_and(|it| it.is_large());
    let is_last = is_last || is_large(&activity);
    let has_body = !matches!(request.payload(), Payload::None);
    let upgrade = request.head().connection_type() == ConnectionType::Upgrade
        || has_body && request.head().headers().contains_key(UPGRADE);
    if !has_body
        && !upgrade
        && let Some(response) = at_once(request.head())
    {
        let mut response = Response::from(response);
        if by_tls {
            add_hsts(response.headers_mut());
        }
        if is_last {
            response.head_mut().set_connection_type(ConnectionType::Close);
        }
        return Either::Left(ready(Ok(response)));
    }
    if has_body {
        let length = upgrade.then(|| length(&request));
        let inner = request.take_payload();
        if length != Some(Some(0))
            && let Some(activity) = &activity
        {
            activity.set_has_body(true);
            let body = Body { inner, left: length.flatten(), activity: activity.clone() };
            *request.payload() = Payload::Stream { payload: Box::pin(body) as BoxedPayloadStream };
        }
    }
    let call = app.call(request);
    Either::Right(async move {
        let mut call = pin!(call);
        let answered = poll_fn(|context| {
            let polled = call.as_mut().poll(context);
            if let Some(activity) = &activity {
                activity.set_answering(polled.is_pending());
            }
            polled
        });
        let mut answered = answered.await?;
        if by_tls {
            add_hsts(answered.headers_mut());
        }
        if upgrade || is_last || is_large(&activity) {
            answered.response_mut().head_mut().set_connection_type(ConnectionType::Close);
        }
        Ok(answered.into())
    })
}

/// How long the body of a request with `Upgrade:` is. `None`: it says itself where it ends.
fn length(request: &Request) -> Option<u64> {
    let headers = request.head().headers();
    if headers.contains_key(TRANSFER_ENCODING) {
        return None;
    }
    // actix-http has refused whatever is no number, or two of them.
    let written = headers.get(CONTENT_LENGTH).and_then(|it| it.to_str().ok());
    Some(written.and_then(|it| it.trim().parse().ok()).unwrap_or(0))
}

/// The body of a request.
struct Body {
    inner: Payload,
    /// How much of it is still to come, where `Upgrade:` has hidden its end.
    left: Option<u64>,
    activity: Rc<Activity>,
}

impl Stream for Body {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let chunk = if this.left == Some(0) {
            None
        } else {
            let polled = Pin::new(&mut this.inner).poll_next(context);
            this.activity.set_waits_for_body(polled.is_pending());
            task::ready!(polled)
        };
        Poll::Ready(match (chunk, this.left.as_mut()) {
            (Some(Ok(mut chunk)), Some(left)) => {
                let length = usize::try_from(*left).unwrap_or(usize::MAX).min(chunk.len());
                chunk.truncate(length);
                *left -= length as u64;
                Some(Ok(chunk))
            }
            (None, left) => {
                this.activity.set_has_body(false);
                match left {
                    Some(1..) => Some(Err(PayloadError::Incomplete(None))),
                    _ => None,
                }
            }
            (chunk, None) | (chunk @ Some(Err(_)), _) => chunk,
        })
    }
}

impl Drop for Body {
    fn drop(&mut self) {
        self.activity.set_has_body(false);
    }
}
