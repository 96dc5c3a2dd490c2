//! A connection that never carries a blank page.
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
use actix_web::web::Data;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

use super::error::unreadable;
use super::state::State;

/// Ends the head of an answer.
const HEAD_END: &[u8] = b"\r\n\r\n";

/// What a blank answer has, and no refusal of ours.
const NO_BODY: &[u8] = b"\r\ncontent-length: 0\r\n";

/// How long a client may go on sending what nobody reads.
const LINGER: Duration = Duration::from_secs(1);

/// How long a request may take to arrive and to be answered.
const ARRIVAL: Duration = Duration::from_mins(1);

/// One client's connection.
pub struct Connection {
    stream: TcpStream,
    state: Data<State>,
    last: Option<Box<Last>>,
    /// When what is arriving must have been answered. actix-http watches over the first head alone.
    overdue: Option<Pin<Box<Sleep>>>,
}

/// The page that is a connection's last answer.
struct Last {
    answer: Vec<u8>,
    written: usize,
    deadline: Pin<Box<Sleep>>,
}

impl Connection {
    /// Watches over `stream`.
    pub fn new(stream: TcpStream, state: Data<State>) -> Self {
        Self { stream, state, last: None, overdue: None }
    }
}

impl Last {
    /// Sends the page, then waits until the client has stopped sending: a connection that is closed
    /// while something is unread is reset, and the page would be lost with it.
    fn poll(&mut self, stream: &mut TcpStream, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        while let Some(rest @ [_, ..]) = self.answer.get(self.written..) {
            self.written += match ready!(Pin::new(&mut *stream).poll_write(context, rest))? {
                0 => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                written => written,
            };
        }
        ready!(Pin::new(&mut *stream).poll_shutdown(context))?;
        let mut unread = [0; 4096];
        while self.deadline.as_mut().poll(context).is_pending() {
            let mut buffer = ReadBuf::new(&mut unread);
            ready!(Pin::new(&mut *stream).poll_read(context, &mut buffer))?;
            if buffer.filled().is_empty() {
                break;
            }
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let Self { stream, overdue, .. } = self.get_mut();
        let before = buffer.filled().len();
        let read = Pin::new(stream).poll_read(context, buffer);
        if overdue.is_none() && buffer.filled().len() > before {
            *overdue = Some(Box::pin(sleep(ARRIVAL)));
        }
        match overdue {
            Some(overdue) if read.is_pending() => {
                ready!(overdue.as_mut().poll(context));
                Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
            }
            _ => read,
        }
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let Self { stream, state, last, overdue } = self.get_mut();
        *overdue = None;
        if last.is_none() {
            let Some(blank) = Blank::read(bytes) else {
                return Pin::new(stream).poll_write(context, bytes);
            };
            let answer = blank.explained(state);
            let deadline = Box::pin(sleep(LINGER));
            *last = Some(Box::new(Last { answer, written: 0, deadline }));
        }
        // The blank answer counts as written when the page is.
        let sent = last.as_mut().map_or(Poll::Ready(Ok(())), |last| last.poll(stream, context));
        sent.map_ok(|()| bytes.len())
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
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
        // The last of several answers that are written at once.
        let last =
            answer.strip_suffix(HEAD_END).and_then(|it| memchr::memmem::rfind(it, b"HTTP/1."))?;
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
        let page = unreadable(self.status, state);
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
