//! TLS between the socket and a connection, which reads and writes what is said within.
//!
//! The handshake is a part of the first read, so that whoever makes it last has no more time, and no
//! better place, than whoever is slow with a request.

use std::io;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use actix_web::web::Data;
use rustls::Error;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::server::TlsStream as Encrypted;
use tokio_rustls::{Accept, TlsAcceptor};

use super::last_page::LastPage;
use crate::tls::Tls;
use crate::web::state::State;

/// Most bytes that are read of a client while nothing comes of them that it says: 16 KB of its handshake, and the
/// first record behind it, which is read with its end where both come at once. Later, a record has 18 KB, and nothing is
/// read while what it says waits. Of one message of a handshake, then as well, rustls would keep 64 KB.
const MOST_UNHEARD: usize = (16 + 17) * 1024;

/// A socket by which a client speaks TLS, or should.
pub struct TlsStream {
    phase: TlsPhase,
    state: Data<State>,
}

enum TlsPhase {
    /// Nothing was read yet.
    New(TcpStream, TlsAcceptor),
    Handshake(Box<Accept<Metered>>),
    Open {
        stream: Box<Encrypted<Metered>>,
        /// Bytes that were encrypted, and not told to be written: the client has not taken them yet.
        unsent: usize,
    },
    /// It speaks HTTP as it is, and is told.
    Plain(TcpStream, LastPage),
    Over,
}

impl TlsStream {
    /// `stream`, by what `tls` says now.
    pub fn new(stream: TcpStream, tls: &Tls, state: Data<State>) -> Self {
        let acceptor = TlsAcceptor::from(tls.config());
        Self { phase: TlsPhase::New(stream, acceptor), state }
    }

    /// Goes on with the handshake; ready when something can be read, or never will be.
    fn poll_open(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        loop {
            self.phase = match &mut self.phase {
                TlsPhase::New(stream, _) => {
                    let mut first = [0];
                    let read = ready!(stream.poll_peek(context, &mut ReadBuf::new(&mut first)))?;
                    let TlsPhase::New(stream, acceptor) =
                        mem::replace(&mut self.phase, TlsPhase::Over)
                    else {
                        return Poll::Ready(Ok(()));
                    };
                    match first {
                        _ if read == 0 => {
                            self.failed("closed", None);
                            TlsPhase::Over
                        }
                        // So methods begin; a handshake does with 22.
                        [b'A'..=b'Z'] => {
                            self.failed("plain_http", None);
                            TlsPhase::Plain(stream, LastPage::of(self.told_to_encrypt()))
                        }
                        _ => {
                            let stream = Metered { stream, left: MOST_UNHEARD };
                            TlsPhase::Handshake(Box::new(acceptor.accept(stream)))
                        }
                    }
                }
                TlsPhase::Handshake(accept) => {
                    match ready!(Pin::new(accept.as_mut()).poll(context)) {
                        Ok(stream) => TlsPhase::Open { stream: Box::new(stream), unsent: 0 },
                        Err(error) => {
                            self.failed(kind(&error), Some(&error));
                            TlsPhase::Over
                        }
                    }
                }
                TlsPhase::Plain(stream, page) => {
                    // Whether it has come makes no difference.
                    let _ = ready!(page.poll(stream, context));
                    TlsPhase::Over
                }
                TlsPhase::Open { .. } | TlsPhase::Over => return Poll::Ready(Ok(())),
            };
        }
    }

    fn failed(&self, kind: &'static str, error: Option<&io::Error>) {
        self.state.metrics.handshake_failures.add(kind);
        let error = error.map(tracing::field::display);
        tracing::debug!(kind, error, "a TLS handshake has failed");
    }

    /// For whoever asks without TLS.
    fn told_to_encrypt(&self) -> Vec<u8> {
        let text = format!("This address speaks HTTPS: {}/\n", self.state.table().public_url);
        format!(
            "HTTP/1.1 400 Bad Request\r\n\
             content-type: text/plain; charset=utf-8\r\n\
             content-length: {}\r\n\
             cache-control: no-store\r\n\
             connection: close\r\n\r\n\
             {text}",
            text.len()
        )
        .into_bytes()
    }
}

/// A socket of which no more than so many bytes are read, until it is told that something has come of them.
struct Metered {
    stream: TcpStream,
    left: usize,
}

impl AsyncRead for Metered {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let Self { stream, left } = self.get_mut();
        if *left == 0 {
            let error = Error::General("a message is too long".to_owned());
            return Poll::Ready(Err(io::Error::new(io::ErrorKind::InvalidData, error)));
        }
        let most = buffer.remaining().min(*left);
        let mut part = ReadBuf::new(buffer.initialize_unfilled_to(most));
        ready!(Pin::new(stream).poll_read(context, &mut part))?;
        let read = part.filled().len();
        buffer.advance(read);
        *left = left.saturating_sub(read);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Metered {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().stream).poll_write_vectored(context, parts)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }
}

/// What was wrong, in a word for `/metrics`.
fn kind(error: &io::Error) -> &'static str {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<Error>());
    match inner {
        // Mostly that it does not trust our certificate.
        Some(Error::AlertReceived(_)) => "refused",
        Some(_) => "not_agreed",
        None => "closed",
    }
}

impl AsyncRead for TlsStream {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        ready!(this.poll_open(context))?;
        match &mut this.phase {
            TlsPhase::Open { stream, .. } => {
                let before = buffer.filled().len();
                let read = ready!(Pin::new(&mut *stream).poll_read(context, buffer));
                if buffer.filled().len() > before {
                    stream.get_mut().0.left = MOST_UNHEARD;
                }
                match read {
                    // Who leaves without a word of TLS leaves. A request says itself where it ends.
                    Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                        Poll::Ready(Ok(()))
                    }
                    read => Poll::Ready(read),
                }
            }
            // For the client, nothing has begun.
            _ => Poll::Ready(Ok(())),
        }
    }
}

impl AsyncWrite for TlsStream {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let TlsPhase::Open { stream, unsent } = &mut this.phase else {
            // Who has not finished its handshake can be told nothing: that it took too long.
            if !matches!(this.phase, TlsPhase::Over) {
                this.failed("timed_out", None);
                this.phase = TlsPhase::Over;
            }
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        };
        // What is encrypted lies in a buffer that nobody sees: it counts as written when the system has
        // taken it, as it does without TLS.
        if *unsent == 0 {
            *unsent = ready!(Pin::new(&mut *stream).poll_write(context, bytes))?;
        }
        ready!(Pin::new(stream).poll_flush(context))?;
        Poll::Ready(Ok(mem::take(unsent)))
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.get_mut().phase {
            TlsPhase::Open { stream, .. } => Pin::new(stream).poll_flush(context),
            _ => Poll::Ready(Ok(())),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.get_mut().phase {
            TlsPhase::Open { stream, .. } => Pin::new(stream).poll_shutdown(context),
            TlsPhase::New(stream, _) | TlsPhase::Plain(stream, _) => {
                Pin::new(stream).poll_shutdown(context)
            }
            TlsPhase::Handshake(_) | TlsPhase::Over => Poll::Ready(Ok(())),
        }
    }
}
