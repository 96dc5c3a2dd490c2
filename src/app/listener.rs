//! The sockets that people and health come to.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use socket2::{Domain, Protocol, Socket, Type};

use super::StartError;

/// Connections that the system holds for us until we take them.
const BACKLOG: i32 = 1024;

/// Most bytes that the system keeps for a client that does not read, which it doubles. It would
/// grow to megabytes by itself; a page has ten thousand.
const SEND_BUFFER: usize = 64 * 1024;

/// How long the system waits for a client to acknowledge what it was sent.
const ACKNOWLEDGED: Duration = Duration::from_mins(1);

/// Listens on `address`, which tells at once whether the port is free.
pub fn listen(address: SocketAddr) -> Result<TcpListener, StartError> {
    let bind = || {
        let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
        socket.set_reuse_address(true)?;
        inherited(&socket)?;
        socket.bind(&address.into())?;
        socket.listen(BACKLOG)?;
        Ok(TcpListener::from(socket))
    };
    bind().map_err(|source| StartError::Listen { address, source })
}

/// Takes over a socket that somebody else has opened.
pub fn take_over(listener: TcpListener) -> io::Result<TcpListener> {
    let socket = Socket::from(listener);
    if !socket.is_listener()? {
        return Err(io::Error::other("nobody can connect to it: is it a connection (Accept=yes)?"));
    }
    inherited(&socket)?;
    Ok(socket.into())
}

/// What connections have of their listener.
fn inherited(socket: &Socket) -> io::Result<()> {
    socket.set_send_buffer_size(SEND_BUFFER)?;
    socket.set_tcp_user_timeout(Some(ACKNOWLEDGED))
}
