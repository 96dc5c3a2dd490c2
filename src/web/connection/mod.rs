//! A client's connection: how long it may take over what, and how much it may ask at once.
//!
//! actix-http reads on while answers pile up, and watches over the first head alone. So nothing
//! more is read here from a client that has not taken what it was sent, or whose request is being
//! answered, and requests that come all at once are handed on one after the other.

mod activity;
mod full_warning;
mod last_page;
pub mod proxy_protocol;
mod room;
pub mod serving;
mod tls;

use std::io;
use std::iter;
use std::ops::Range;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};

use actix_web::web::Data;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

pub use self::activity::Activity;
pub use self::full_warning::FullWarning;
pub use self::room::Room;
pub use self::tls::TlsStream;

use self::activity::Phase;
use self::last_page::LastPage;
use self::room::Slot;
use super::state::State;

/// Most bytes that are read from the system at once.
const MOST_READ: usize = 8 * 1024;

/// A stream of one client's, with its deadlines, and one request at a time.
pub struct Connection<S> {
    stream: S,
    state: Data<State>,
    place: Slot,
    /// What was read and is not handed on yet, and how much of it is.
    held: Vec<u8>,
    given: usize,
    /// Whether a request was handed on since the last answers went out.
    handed_on: bool,
    /// Whether somebody wanted to read and was told to wait for an answer to go out.
    put_off: bool,
    last: Option<Box<LastPage>>,
}

impl<S> Drop for Connection<S> {
    fn drop(&mut self) {
        self.state.metrics.connections.leave();
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Connection<S> {
    /// Watches over `stream`, which has a place.
    pub fn new(stream: S, state: Data<State>, place: Slot) -> Self {
        state.metrics.connections.enter();
        Self {
            stream,
            state,
            place,
            held: Vec::new(),
            given: 0,
            handed_on: false,
            put_off: false,
            last: None,
        }
    }

    /// What goes on on it.
    pub fn activity(&self) -> Rc<Activity> {
        self.place.activity.clone()
    }

    /// Hands on what may be handed on.
    fn read(
        &mut self,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if !self.place.activity.may_read() {
            self.put_off = true;
            return Poll::Pending;
        }
        let before = buffer.filled().len();
        if self.held.is_empty() {
            ready!(self.receive(context, buffer))?;
        } else if !self.handed_on {
            let held = self.held.get(self.given..).unwrap_or_default();
            let held = held.get(..buffer.remaining()).unwrap_or(held);
            let one = OneRequest::of(held);
            buffer.put_slice(held.get(..one.length).unwrap_or_default());
            self.given += one.length;
            self.handed_on = one.has_head;
            if self.given >= self.held.len() {
                (self.held, self.given) = (Vec::new(), 0);
            }
        }
        let read = buffer.filled().len() - before;
        if read > 0 {
            self.place.activity.has_read(read);
        } else if !self.held.is_empty() {
            // What was handed on is answered first, which is about to happen.
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Ok(()))
    }

    /// Reads from the system, and holds what may not be handed on yet.
    fn receive(
        &mut self,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if !self.place.may_take() {
            self.state.metrics.large_requests_cut_off.add();
            return Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into()));
        }
        let before = buffer.filled().len();
        let stream = Pin::new(&mut self.stream);
        if buffer.remaining() <= MOST_READ {
            ready!(stream.poll_read(context, buffer))?;
        } else {
            let mut part = ReadBuf::new(buffer.initialize_unfilled_to(MOST_READ));
            ready!(stream.poll_read(context, &mut part))?;
            let read = part.filled().len();
            buffer.advance(read);
        }
        let read = buffer.filled().get(before..).unwrap_or_default();
        self.place.take(read.len());
        let mut length = 0;
        if !self.handed_on {
            let one = OneRequest::of(read);
            length = one.length;
            self.handed_on = one.has_head;
        }
        if let Some(rest @ [_, ..]) = read.get(length..) {
            self.held = rest.to_vec();
            buffer.set_filled(before + length);
        }
        Poll::Ready(Ok(()))
    }

    /// How reading ends if the client has had its time, or if there is no room for it any more.
    fn end(&self, context: &Context<'_>) -> Option<io::Result<()>> {
        let activity = &self.place.activity;
        activity.remember(context);
        let too_long = activity.is_over();
        let crams = self.place.crams();
        let in_the_way = activity.must_leave() || self.place.gives_way();
        if crams && in_the_way {
            self.state.metrics.large_requests_cut_off.add();
        }
        match activity.phase() {
            _ if !too_long && !in_the_way => None,
            // For the client, nothing has begun.
            Phase::Idle => Some(Ok(())),
            Phase::New if in_the_way => Some(Ok(())),
            _ if too_long => Some(Err(io::ErrorKind::TimedOut.into())),
            _ => Some(Err(io::ErrorKind::ConnectionAborted.into())),
        }
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for Connection<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        match this.read(context, buffer) {
            Poll::Pending => this.end(context).map_or(Poll::Pending, Poll::Ready),
            read @ Poll::Ready(_) => read,
        }
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Connection<S> {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        if this.last.is_none() {
            this.last = LastPage::instead_of(bytes, &this.state).map(Box::new);
        }
        let written = match &mut this.last {
            None => Pin::new(&mut this.stream).poll_write(context, bytes),
            // The blank answer counts as written when the page is.
            Some(last) => last.poll(&mut this.stream, context).map_ok(|()| bytes.len()),
        };
        match &written {
            Poll::Ready(Ok(all)) if *all == bytes.len() => {
                this.place.activity.has_sent();
                this.place.done_with(this.held.len().saturating_sub(this.given));
                // Where there is no room, whoever has an answer gives way.
                if this.put_off || this.place.is_in_the_way() {
                    this.put_off = false;
                    context.waker().wake_by_ref();
                }
            }
            Poll::Ready(Ok(_)) => this.place.activity.is_blocked(),
            Poll::Ready(Err(_)) => {}
            Poll::Pending => {
                // Whoever is refused for good keeps us waiting for as long as before.
                if this.last.is_none() {
                    this.place.activity.is_blocked();
                }
                if let Some(end) = this.end(context) {
                    return Poll::Ready(end.and(Err(io::ErrorKind::TimedOut.into())));
                }
            }
        }
        written
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        // What was handed on is answered, or being answered.
        this.handed_on = false;
        Pin::new(&mut this.stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }
}

/// The shortest line that begins a request, with its end.
const SHORTEST_REQUEST: usize = "G / HTTP/1.0\n".len();

/// The beginning of what has come, in which there is one request at most.
#[derive(Debug, Eq, PartialEq)]
struct OneRequest {
    length: usize,
    /// Whether there may be the end of a head in it.
    has_head: bool,
}

impl OneRequest {
    /// All of `bytes`, unless there may be the ends of two heads in them: then up to the first. A
    /// body in which it looks like that comes in parts, and is the same. What is too short for a
    /// head is part of none: empty lines alone, however many, are handed on at once.
    fn of(bytes: &[u8]) -> Self {
        // As nearly all come: one head, and nothing behind it.
        let before = bytes.strip_suffix(b"\n\r\n").unwrap_or(bytes);
        if before.len() < bytes.len() && !has_gap(before) {
            return Self { length: bytes.len(), has_head: true };
        }
        Self::searched_for(bytes)
    }

    /// The same, line by line.
    fn searched_for(bytes: &[u8]) -> Self {
        let mut length = None;
        for gap in gaps(bytes) {
            match length {
                Some(end) if gap.start - end >= SHORTEST_REQUEST => {
                    return Self { length: end, has_head: true };
                }
                _ => length = Some(gap.end),
            }
        }
        Self { length: bytes.len(), has_head: length.is_some() }
    }
}

/// Whether there is an empty line in `bytes`. One that only begins there goes on behind them.
fn has_gap(bytes: &[u8]) -> bool {
    memchr::memchr_iter(b'\n', bytes).any(|end| {
        let next = bytes.get(end + 1..).unwrap_or_default();
        matches!(next, [b'\n', ..] | [b'\r', b'\n', ..])
    })
}

/// Where there are empty lines: a head ends with the first of them, and the others belong to
/// nothing. A line may end as httparse lets it.
fn gaps(bytes: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    iter::from_fn(move || {
        loop {
            let start = from + memchr::memchr(b'\n', bytes.get(from..)?)? + 1;
            from = start;
            loop {
                from += match bytes.get(from..) {
                    Some([b'\n', ..]) => 1,
                    Some([b'\r', b'\n', ..]) => 2,
                    _ => break,
                };
            }
            if from > start {
                return Some(start..from);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::OneRequest;

    #[test]
    fn what_is_seen_at_once_is_what_a_search_line_by_line_finds() {
        let mut texts = vec![Vec::new()];
        for _ in 0..9 {
            let longer = |text: &Vec<u8>| b"a\r\n".map(|byte| [&text[..], &[byte]].concat());
            let longest: Vec<_> = texts.iter().flat_map(longer).collect();
            for end in [&b""[..], b"\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n"] {
                for text in &longest {
                    let text = [&text[..], end].concat();
                    assert_eq!(OneRequest::of(&text), OneRequest::searched_for(&text), "{text:?}");
                }
            }
            texts = longest;
        }
    }

    #[test]
    fn of_what_comes_at_once_one_request_is_handed_on() {
        let body = "GET / HTTP/1.1\r\n\r\n";
        // (what comes, how much of it is handed on, whether a head ends there)
        let cases = [
            ("", "", false),
            ("GET / HTTP/1.1\r\nhost: a\r\n", "GET / HTTP/1.1\r\nhost: a\r\n", false),
            ("GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", true),
            ("POST / HTTP/1.1\n\na=b&c=d", "POST / HTTP/1.1\n\na=b&c=d", true),
            ("GET / HTTP/1.1\r\n\r\nGET /", "GET / HTTP/1.1\r\n\r\nGET /", true),
            (&format!("POST / HTTP/1.1\r\n\r\n{body}"), "POST / HTTP/1.1\r\n\r\n", true),
            ("GET / HTTP/1.1\n\nGET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\n\n", true),
            ("GET / HTTP/1.1\r\n\nGET / HTTP/1.1\n\r\n", "GET / HTTP/1.1\r\n\n", true),
            ("\r\n\r\nGET / HTTP/1.1\r\n\r\n", "\r\n\r\n", true),
            ("\n\nG / HTTP/1.0\n\n", "\n\n", true),
            (&"\n".repeat(8192), &"\n".repeat(8192), true),
            (&"\r\n".repeat(4096), &"\r\n".repeat(4096), true),
            ("GET / HTTP/1.1\n\n\r\n\nGET / HTTP/1.1\n\n", "GET / HTTP/1.1\n\n\r\n\n", true),
            (&"a\n\n".repeat(2048), &"a\n\n".repeat(2048), true),
            (&"\r\n\r\n4\r\n".repeat(999), &"\r\n\r\n4\r\n".repeat(999), true),
            ("POST / HTTP/1.1\n\na\n\nG / HTTP/1.0\n\n", "POST / HTTP/1.1\n\na\n\n", true),
        ];
        for (bytes, handed_on, has_head) in cases {
            let expected = OneRequest { length: handed_on.len(), has_head };
            assert_eq!(OneRequest::of(bytes.as_bytes()), expected, "{bytes:?}");
        }
    }
}
