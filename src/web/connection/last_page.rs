//! A page in the place of a blank answer.
//!
//! What cannot be read as a request never reaches a handler: actix-http answers it by itself, with
//! a status and nothing else, and closes. That answer is recognised here on its way out, and a page
//! goes in its place.

use std::future::Future as _;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use actix_web::body::MessageBody as _;
use actix_web::http::StatusCode;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};

use super::serving;
use crate::web::error::unreadable;
use crate::web::state::State;

/// Ends the head of an answer.
const HEAD_END: &[u8] = b"\r\n\r\n";

/// What a blank answer has, and no refusal of ours.
const NO_BODY: &[u8] = b"\r\ncontent-length: 0\r\n";

/// Longest blank answer, in bytes: its status, two headers and the date are about 120.
const MOST_BLANK: usize = 192;

/// How long a client may go on sending what nobody reads.
const LINGER: Duration = Duration::from_secs(1);

/// The page that is a connection's last answer.
pub(super) struct LastPage {
    answer: Vec<u8>,
    written: usize,
    linger: Option<Pin<Box<Sleep>>>,
}

impl LastPage {
    /// The page for what `answer` leaves blank, behind the answers that come before it.
    pub(super) fn instead_of(answer: &[u8], state: &State) -> Option<Self> {
        Some(Self::of(Blank::read(answer)?.explained(state)))
    }

    /// This answer, and nothing behind it.
    pub(super) fn of(answer: Vec<u8>) -> Self {
        Self { answer, written: 0, linger: None }
    }

    /// Sends the page, then waits until the client has stopped sending: a connection that is closed
    /// while something is unread is reset, and the page would be lost with it.
    pub(super) fn poll(
        &mut self,
        stream: &mut (impl AsyncRead + AsyncWrite + Unpin),
        context: &mut Context<'_>,
    ) -> Poll<io::Result<()>> {
        while let Some(rest @ [_, ..]) = self.answer.get(self.written..) {
            self.written += match ready!(Pin::new(&mut *stream).poll_write(context, rest))? {
                0 => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                written => written,
            };
        }
        ready!(Pin::new(&mut *stream).poll_shutdown(context))?;
        let linger = self.linger.get_or_insert_with(|| Box::pin(sleep(LINGER)));
        let mut unread = [0; 4096];
        while linger.as_mut().poll(context).is_pending() {
            let mut buffer = ReadBuf::new(&mut unread);
            ready!(Pin::new(&mut *stream).poll_read(context, &mut buffer))?;
            if buffer.filled().is_empty() {
                break;
            }
        }
        Poll::Ready(Ok(()))
    }
}

/// A refusal without a body, cut where a page's own headers go in.
#[derive(Debug, Eq, PartialEq)]
struct Blank<'a> {
    status: StatusCode,
    before: &'a [u8],
    after: &'a [u8],
}

impl<'a> Blank<'a> {
    /// Reads an answer; `None` if it is one that people can read, or none that they see.
    fn read(answer: &'a [u8]) -> Option<Self> {
        answer.strip_suffix(HEAD_END)?;
        // The last of several answers that are written at once, and a short one: that it begins so near
        // its end tells it from nearly all of ours.
        let from = answer.len().saturating_sub(MOST_BLANK);
        let tail = answer.get(from..)?;
        let starts = |at: &usize| tail.get(*at..).is_some_and(|it| it.starts_with(b"HTTP/1."));
        let last = from + memchr::memrchr_iter(b'H', tail).find(starts)?;
        let [b'H', b'T', b'T', b'P', b'/', b'1', b'.', _, b' ', status @ ..] =
            answer.get(last..)?
        else {
            return None;
        };
        if !matches!(status, [b'4' | b'5', ..])
            || memchr::memmem::find(status, HEAD_END)? + 4 < status.len()
        {
            return None;
        }
        let status = StatusCode::from_bytes(status.get(..3)?).ok()?;
        let cut = last + memchr::memmem::find(answer.get(last..)?, NO_BODY)?;
        let (before, rest) = answer.split_at_checked(cut)?;
        let after = rest.strip_prefix(NO_BODY)?.strip_suffix(b"\r\n")?;
        Some(Self { status, before, after })
    }

    /// The same answer with a page.
    fn explained(&self, state: &State) -> Vec<u8> {
        let mut page = unreadable(self.status, state);
        if state.speaks_tls {
            serving::add_hsts(page.headers_mut());
        }
        let mut answer = self.before.to_vec();
        for (name, value) in page.headers() {
            let line: [&[u8]; 4] = [b"\r\n", name.as_str().as_bytes(), b": ", value.as_bytes()];
            answer.extend(line.concat());
        }
        let body = page.into_body().try_into_bytes().unwrap_or_default();
        answer.extend(format!("\r\ncontent-length: {}\r\n", body.len()).into_bytes());
        answer.extend_from_slice(self.after);
        answer.extend_from_slice(b"\r\n");
        answer.extend_from_slice(&body);
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::Blank;

    #[test]
    fn only_a_refusal_without_a_body_is_blank() {
        // (what, answer, status)
        let cases = [
            (
                "no request",
                "HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
                Some(400),
            ),
            (
                "a head that is too large",
                "HTTP/1.0 431 Request Header Fields Too Large\r\ncontent-length: 0\r\n\r\n",
                Some(431),
            ),
            ("ours alone", "HTTP/1.1 500 Oh\r\ncontent-length: 0\r\nx: y\r\n\r\n", Some(500)),
            ("a redirect", "HTTP/1.1 302 Found\r\ncontent-length: 0\r\n\r\n", None),
            ("no content", "HTTP/1.1 204 No Content\r\n\r\n", None),
            ("a page", "HTTP/1.1 400 Bad Request\r\ncontent-length: 2\r\n\r\nhi", None),
            ("the head of a page", "HTTP/1.1 404 Not Found\r\ncontent-length: 20\r\n\r\n", None),
            ("a part of a head", "HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n", None),
            ("part of a page", "HTTP/1.1 400 and content-length: 0", None),
            ("nothing", "", None),
            (
                "behind another answer",
                "HTTP/1.1 302 Found\r\ncontent-length: 0\r\n\r\n\
                 HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n",
                Some(400),
            ),
        ];
        for (what, answer, status) in cases {
            let read = Blank::read(answer.as_bytes()).map(|blank| blank.status.as_u16());
            assert_eq!(read, status, "{what}");
        }
    }
}
