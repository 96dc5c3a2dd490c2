//! Why no connection to a provider comes about, in words that hold nothing of its address.

use std::error::Error;
use std::{io, iter};

use rustls::CertificateError;

/// Why `error`, which is one of connecting, came about.
pub(super) fn why(error: &reqwest::Error) -> &'static str {
    let mut causes = iter::successors(error.source(), |&cause| cause.source());
    causes.find_map(of_cause).unwrap_or("no connection")
}

fn of_cause(cause: &(dyn Error + 'static)) -> Option<&'static str> {
    if let Some(error) = cause.downcast_ref::<rustls::Error>() {
        return Some(of_tls(error));
    }
    if let Some(error) = cause.downcast_ref::<io::Error>() {
        // What is within is no source of it.
        return error.get_ref().and_then(|inner| of_cause(inner));
    }
    // The library has no type for it.
    (cause.to_string() == "dns error").then_some("no connection: its name leads nowhere")
}

fn of_tls(error: &rustls::Error) -> &'static str {
    let rustls::Error::InvalidCertificate(why) = error else {
        return "no connection: it speaks no TLS that we do";
    };
    match why {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            "no connection: its certificate has expired"
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "no connection: its certificate is not valid yet"
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            "no connection: its certificate is for another name"
        }
        CertificateError::UnknownIssuer => {
            "no connection: its certificate is of no authority that this machine trusts, or it sends \
             none between the two"
        }
        _ => "no connection: its certificate is not good",
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpListener;
    use std::sync::Arc;
    use std::thread;

    use rustls::pki_types::PrivateKeyDer;
    use rustls::{CertificateError, Error, ServerConfig, ServerConnection};

    use super::of_tls;
    use crate::backend::Http;

    /// What is said of the one at `address`.
    async fn said(address: &str) -> String {
        let http = Http::default();
        let answer = http.send(http.client().unwrap().get(address)).await;
        answer.map(|_| ()).unwrap_err().to_string()
    }

    /// Answers one connection by what `answer` does.
    fn once(answer: impl FnOnce(std::net::TcpStream) + Send + 'static) -> u16 {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        thread::spawn(move || answer(listener.accept().unwrap().0));
        port
    }

    #[tokio::test]
    async fn what_is_wrong_with_tls_is_told_from_a_name_and_from_nobody() {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .unwrap();
        let port = once(move |mut stream| {
            let mut tls = ServerConnection::new(Arc::new(config)).unwrap();
            while tls.complete_io(&mut stream).is_ok() && tls.is_handshaking() {}
        });
        assert_eq!(
            said(&format!("https://localhost:{port}/")).await,
            "no answer: no connection: its certificate is of no authority that this machine trusts, \
             or it sends none between the two"
        );
        let port = once(|mut stream| {
            let _ = stream.read(&mut [0; 64]);
            stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").unwrap();
        });
        assert_eq!(
            said(&format!("https://localhost:{port}/")).await,
            "no answer: no connection: it speaks no TLS that we do"
        );
        assert_eq!(
            said("https://no-such-name.invalid/").await,
            "no answer: no connection: its name leads nowhere"
        );
        let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        assert_eq!(said(&format!("http://{nobody}/")).await, "no answer: no connection");
    }

    #[test]
    fn each_fault_of_a_certificate_is_told_by_itself() {
        let cases = [
            (CertificateError::Expired, "has expired"),
            (CertificateError::NotValidYet, "is not valid yet"),
            (CertificateError::NotValidForName, "is for another name"),
            (CertificateError::Revoked, "is not good"),
        ];
        for (error, expected) in cases {
            let said = of_tls(&Error::InvalidCertificate(error));
            assert!(said.ends_with(expected), "{said}");
        }
    }
}
