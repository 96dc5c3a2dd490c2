//! The stream beneath a connection by TLS.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;

use futures_util::join;
use rcgen::{CertificateParams, KeyPair};
use rustls::crypto::aws_lc_rs::default_provider;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncReadExt as _, AsyncWrite as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Duration, timeout};
use tokio_rustls::TlsConnector;

use super::connections::state;
use crate::tls::{Certificate, Chain, Tls};
use crate::web::TlsStream;

const HOST: &str = "sso.acme.example";

/// What the service shows, and a client that trusts it.
fn both_sides() -> (Tls, TlsConnector) {
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(vec![HOST.to_owned()]).unwrap();
    let certificate = params.self_signed(&key).unwrap();
    let chain = Chain::of(&certificate.pem()).unwrap();
    let tls = Tls::new(&Certificate::of(chain, &key.serialize_pem()).unwrap()).unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(certificate.der().clone()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    (tls, TlsConnector::from(Arc::new(config)))
}

#[actix_web::test]
async fn what_counts_as_sent_has_left_us() {
    let (tls, connector) = both_sides();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (client, accepted) = join!(TcpStream::connect(address), listener.accept());
    let mut service = TlsStream::new(accepted.unwrap().0, &tls, state(10));
    let come = async {
        let name = ServerName::try_from(HOST).unwrap();
        let mut client = connector.connect(name, client.unwrap()).await.unwrap();
        client.write_all(b"x").await.unwrap();
        client
    };
    let mut first = [0];
    let (mut client, read) = join!(come, service.read(&mut first));
    assert_eq!((read.unwrap(), first), (1, *b"x"));
    let mut sent = 0;
    poll_fn(|context| {
        while let Poll::Ready(written) = Pin::new(&mut service).poll_write(context, &[7; 10_000]) {
            sent += written.unwrap();
        }
        Poll::Ready(())
    })
    .await;
    // Nobody looks at the service meanwhile.
    let mut received = vec![0; sent];
    let all = timeout(Duration::from_secs(20), client.read_exact(&mut received)).await;
    assert_eq!(all.expect("what was told to be sent is on its way").unwrap(), sent);
    assert!(received.iter().all(|byte| *byte == 7));
}
