//! A client that speaks TLS, as much of it as it is told to.

use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use rustls::crypto::cipher::{OutboundChunks, OutboundPlainMessage};
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{
    ClientConfig, ClientConnection, ConnectionTrafficSecrets, ContentType, ProtocolVersion,
    StreamOwned, SupportedCipherSuite,
};

use super::certificates::HOST;

/// What clients have in common.
#[derive(Clone)]
pub(crate) struct Client(Arc<ClientConfig>);

/// One connection, after its handshake.
pub(crate) struct Connection(StreamOwned<ClientConnection, TcpStream>);

/// A request without a body.
pub(crate) fn get(target: &str) -> String {
    format!("GET {target} HTTP/1.1\r\nhost: {HOST}\r\n\r\n")
}

impl Client {
    /// A client that offers what browsers do.
    pub(crate) fn new(mut config: ClientConfig) -> Self {
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        config.enable_secret_extraction = true;
        Self(Arc::new(config))
    }

    /// What a client says first.
    pub(crate) fn hello(&self) -> Vec<u8> {
        let mut hello = Vec::new();
        self.session().write_tls(&mut hello).unwrap();
        hello
    }

    fn session(&self) -> ClientConnection {
        let name = ServerName::try_from(HOST).unwrap();
        ClientConnection::new(self.0.clone(), name).unwrap()
    }

    pub(crate) fn connect(&self, address: SocketAddr) -> io::Result<Connection> {
        let mut socket = TcpStream::connect(address)?;
        socket.set_read_timeout(Some(Duration::from_mins(1)))?;
        let mut session = self.session();
        while session.is_handshaking() {
            session.complete_io(&mut socket)?;
        }
        Ok(Connection(StreamOwned::new(session, socket)))
    }

    /// Sends `request` together with the end of the handshake; as much of the answer as comes.
    pub(crate) fn at_once(&self, address: SocketAddr, request: &str) -> String {
        let mut socket = TcpStream::connect(address).unwrap();
        socket.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
        let mut session = self.session();
        session.writer().write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        while !is_whole(&answer) {
            let mut sent = Vec::new();
            while session.wants_write() {
                session.write_tls(&mut sent).unwrap();
            }
            socket.write_all(&sent).unwrap();
            if !matches!(session.read_tls(&mut socket), Ok(1..)) {
                break;
            }
            session.process_new_packets().unwrap();
            let mut part = Vec::new();
            // It ends with a word that there will be more.
            let _ = session.reader().read_to_end(&mut part);
            answer += str::from_utf8(&part).unwrap();
        }
        answer
    }
}

impl Connection {
    /// Sends `request`; its whole answer.
    pub(crate) fn ask(&mut self, request: &str) -> String {
        self.try_ask(request).unwrap()
    }

    pub(crate) fn try_ask(&mut self, request: &str) -> io::Result<String> {
        self.0.write_all(request.as_bytes())?;
        let (mut answer, mut part) = (String::new(), [0; 4096]);
        while !is_whole(&answer) {
            let length = self.0.read(&mut part)?;
            if length == 0 {
                return Err(io::Error::other(format!("closed after {answer:?}")));
            }
            answer += str::from_utf8(&part[..length]).map_err(io::Error::other)?;
        }
        Ok(answer)
    }

    /// Sends `request`, and reads nothing.
    pub(crate) fn send(&mut self, request: &str) -> io::Result<()> {
        self.0.write_all(request.as_bytes())?;
        self.0.flush()
    }

    /// Sends `message`, of a handshake of TLS 1.3, in records that hold so many bytes of it, and says no more.
    pub(crate) fn into_sending(self, message: &[u8], each: usize) -> TcpStream {
        let StreamOwned { conn, mut sock, .. } = self.0;
        let Some(SupportedCipherSuite::Tls13(suite)) = conn.negotiated_cipher_suite() else {
            panic!("TLS 1.3")
        };
        let (first, secrets) = conn.dangerous_extract_secrets().unwrap().tx;
        let (ConnectionTrafficSecrets::Aes128Gcm { key, iv }
        | ConnectionTrafficSecrets::Aes256Gcm { key, iv }
        | ConnectionTrafficSecrets::Chacha20Poly1305 { key, iv }) = secrets
        else {
            panic!("a cipher of TLS 1.3")
        };
        let mut encrypter = suite.aead_alg.encrypter(key, iv);
        let mut record = |part, number| {
            let record = OutboundPlainMessage {
                typ: ContentType::Handshake,
                version: ProtocolVersion::TLSv1_3,
                payload: OutboundChunks::Single(part),
            };
            encrypter.encrypt(record, number).unwrap().encode()
        };
        // The library counts from zero.
        for number in 0..first {
            record(&[], number);
        }
        for (part, number) in message.chunks(each).zip(first..) {
            let record = record(part, number);
            // It may be closed by now.
            if sock.write_all(&record).is_err() {
                break;
            }
        }
        sock
    }

    pub(crate) fn set_write_timeout(&self, timeout: Duration) {
        self.0.sock.set_write_timeout(Some(timeout)).unwrap();
    }

    pub(crate) fn protocol(&self) -> Option<String> {
        let protocol = self.0.conn.alpn_protocol()?;
        Some(String::from_utf8(protocol.to_vec()).unwrap())
    }

    /// What the service has shown.
    pub(crate) fn certificate(&self) -> CertificateDer<'static> {
        self.0.conn.peer_certificates().unwrap()[0].clone().into_owned()
    }
}

/// Whether all that the head of `answer` promises is there.
fn is_whole(answer: &str) -> bool {
    let Some((head, body)) = answer.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    length.is_none_or(|length| body.len() >= length.parse::<usize>().unwrap())
}
