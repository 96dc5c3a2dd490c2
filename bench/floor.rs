//! The bare loop that servers are compared with: receives, and sends constant bytes.
//!
//! `floor PORT FILE` answers whatever arrives on 127.0.0.1 with the file's content, without looking
//! at it. What it costs is the kernel's share, which no server can save.

use std::io::{self, ErrorKind, Read as _, Write as _};
use std::{env, fs};

use mio::net::{TcpListener, TcpStream};
use mio::{Events, Interest, Poll, Token};

const LISTENER: Token = Token(0);
/// More than any request has: a read that does not fill it has left nothing to read.
const BUFFER: usize = 16 * 1024;

fn main() -> io::Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [port, file] = arguments.as_slice() else {
        return Err(io::Error::new(ErrorKind::InvalidInput, "usage: floor PORT FILE"));
    };
    let port: u16 = port.parse().map_err(|error| io::Error::new(ErrorKind::InvalidInput, error))?;
    serve(port, &fs::read(file)?)
}

fn serve(port: u16, answer: &[u8]) -> io::Result<()> {
    let mut poll = Poll::new()?;
    let mut listener = TcpListener::bind(([127, 0, 0, 1], port).into())?;
    poll.registry().register(&mut listener, LISTENER, Interest::READABLE)?;
    // The token is the place; places of those who left stay empty.
    let mut connections: Vec<Option<TcpStream>> = vec![None];
    let mut events = Events::with_capacity(1024);
    let mut buffer = [0; BUFFER];
    loop {
        poll.poll(&mut events, None)?;
        for event in &events {
            if event.token() == LISTENER {
                while let Ok((mut connection, _)) = listener.accept() {
                    connection.set_nodelay(true)?;
                    let place = Token(connections.len());
                    poll.registry().register(&mut connection, place, Interest::READABLE)?;
                    connections.push(Some(connection));
                }
            } else if let Some(place) = connections.get_mut(event.token().0)
                && let Some(connection) = place
                && !answered(connection, &mut buffer, answer)
            {
                *place = None;
            }
        }
    }
}

/// Whether the connection goes on.
fn answered(connection: &mut TcpStream, buffer: &mut [u8], answer: &[u8]) -> bool {
    match connection.read(buffer) {
        Ok(0) => false,
        Ok(_) => connection.write_all(answer).is_ok(),
        Err(error) => matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted),
    }
}
