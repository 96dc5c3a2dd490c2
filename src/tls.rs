//! TLS on the public listener: the certificate with its key, and what a handshake is answered with.

use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use rustls::client::{verify_server_cert_signed_by_trust_anchor, verify_server_name};
use rustls::crypto::CryptoProvider;
use rustls::crypto::aws_lc_rs::{Ticketer, default_provider};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::server::{NoServerSessionStorage, ParsedCertificate};
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::{CertificateError, Error, InconsistentKeys, RootCertStore, ServerConfig};

/// The only protocol that is spoken within.
const HTTP_1_1: &[u8] = b"http/1.1";

/// Why a file holds no certificate that could be shown to anybody.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum ChainError {
    /// There is nothing in it, or nothing but white space.
    #[error("it is empty")]
    Empty,
    /// There is only a key in it.
    #[error("it holds a key, and no certificate")]
    KeyInstead,
    /// There is a request to sign one.
    #[error("it holds a request for a certificate, and no certificate")]
    RequestInstead,
    /// There is something else in it.
    #[error("there is no certificate in PEM in it (`-----BEGIN CERTIFICATE-----`)")]
    NoPem,
    /// A part of it has no end, or is not base64.
    #[error("it is not whole: a part of it in PEM is cut off or damaged")]
    Damaged,
    /// The first certificate is none that browsers could read.
    #[error("its first certificate cannot be read")]
    Unreadable,
}

/// Why a file holds no key for a certificate.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum KeyError {
    /// There is nothing in it, or nothing but white space.
    #[error("it is empty")]
    Empty,
    /// There is only a certificate in it.
    #[error("it holds a certificate, and no key")]
    CertificateInstead,
    /// It is the public half.
    #[error("it holds a public key, and not the private one")]
    PublicInstead,
    /// It needs a password, which nobody is there to type.
    #[error("its key is encrypted")]
    Encrypted,
    /// There is something else in it.
    #[error("there is no key in PEM in it (`-----BEGIN PRIVATE KEY-----`)")]
    NoPem,
    /// A part of it has no end, or is not base64.
    #[error("it is not whole: a part of it in PEM is cut off or damaged")]
    Damaged,
    /// It is of a kind that TLS does not take, or too short.
    #[error(
        "its key cannot be used: RSA from 2048 bits on, ECDSA (P-256, P-384, P-521) and Ed25519 can"
    )]
    Unusable,
    /// The certificate was made for another key.
    #[error("its key is not that of the certificate")]
    Other,
    /// The certificate stands behind others in its file.
    #[error("its key is that of certificate {0} of the file; ours must be the first there")]
    OtherInFile(usize),
}

/// Why no handshake could be answered.
#[derive(Debug, thiserror::Error)]
#[error("cannot speak TLS with this certificate")]
pub struct TlsError(#[from] Error);

/// Our certificate, and those with which others check it.
#[derive(Clone, Debug)]
pub struct Chain {
    certificates: Vec<CertificateDer<'static>>,
    not_before: u64,
    not_after: u64,
}

/// A certificate with its key: what browsers are shown.
#[derive(Clone, Debug)]
pub struct Certificate {
    chain: Chain,
    key: CertifiedKey,
}

/// What the handshakes of a listener are answered with.
#[derive(Debug)]
pub struct Tls(ArcSwap<ServerConfig>);

impl Chain {
    /// The certificates in `pem`, of which ours is the first. Keys that stand beside them are left out.
    pub fn of(pem: &str) -> Result<Self, ChainError> {
        let pem = unmarked(pem);
        let certificates: Result<Vec<_>, _> =
            CertificateDer::pem_slice_iter(pem.as_bytes()).collect();
        let certificates = certificates.map_err(|_| ChainError::Damaged)?;
        let Some(first) = certificates.first() else {
            return Err(match pem {
                _ if pem.trim().is_empty() => ChainError::Empty,
                _ if pem.contains("PRIVATE KEY-----") => ChainError::KeyInstead,
                _ if pem.contains("CERTIFICATE REQUEST-----") => ChainError::RequestInstead,
                _ => ChainError::NoPem,
            });
        };
        let (not_before, not_after) = validity(first).ok_or(ChainError::Unreadable)?;
        Ok(Self { certificates, not_before, not_after })
    }

    /// From when on it is valid, in Unix seconds.
    pub fn not_before(&self) -> u64 {
        self.not_before
    }

    /// Until when it is, in Unix seconds.
    pub fn not_after(&self) -> u64 {
        self.not_after
    }

    /// Whether it is valid at `now`, in Unix seconds.
    pub fn is_valid_at(&self, now: u64) -> bool {
        (self.not_before..=self.not_after).contains(&now)
    }

    /// Whether it is a certificate for `host`: a name, or an address.
    pub fn covers(&self, host: &str) -> bool {
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let Ok(name) = ServerName::try_from(host) else { return false };
        let certificate = self.certificates.first().map(ParsedCertificate::try_from);
        certificate
            .and_then(Result::ok)
            .is_some_and(|certificate| verify_server_name(&certificate, &name).is_ok())
    }

    /// Whether each certificate was issued by the one behind it.
    pub fn is_in_order(&self) -> bool {
        let [first, others @ ..] = self.certificates.as_slice() else { return true };
        // Each of them, with those before it, leads from ours to it.
        (0..others.len()).all(|last| {
            let between = others.get(..last).unwrap_or_default();
            others.get(last).is_some_and(|issuer| self.is_issued_by(first, between, issuer))
        })
    }

    fn is_issued_by(
        &self,
        first: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        issuer: &CertificateDer<'static>,
    ) -> bool {
        let mut roots = RootCertStore::empty();
        // An issuer that is not read has issued nothing.
        if roots.add(issuer.clone()).is_err() {
            return false;
        }
        // Whether those between are still valid when ours ends is another question.
        let verified = verified(first, &roots, between, self.not_after);
        !matches!(
            verified,
            Err(Error::InvalidCertificate(
                CertificateError::UnknownIssuer | CertificateError::BadSignature
            ))
        )
    }
}

impl Certificate {
    /// `chain` with the key in `pem`, if it is that of its first certificate.
    pub fn of(chain: Chain, pem: &str) -> Result<Self, KeyError> {
        let pem = unmarked(pem);
        if pem.contains("ENCRYPTED") {
            return Err(KeyError::Encrypted);
        }
        let key = PrivateKeyDer::from_pem_slice(pem.as_bytes()).map_err(|error| match error {
            rustls::pki_types::pem::Error::NoItemsFound => match pem {
                _ if pem.trim().is_empty() => KeyError::Empty,
                _ if pem.contains("BEGIN CERTIFICATE-----") => KeyError::CertificateInstead,
                _ if pem.contains("PUBLIC KEY-----") => KeyError::PublicInstead,
                _ => KeyError::NoPem,
            },
            _ => KeyError::Damaged,
        })?;
        let keys = default_provider().key_provider;
        let key = keys.load_private_key(key).map_err(|_| KeyError::Unusable)?;
        let belongs_to = |certificate: &CertificateDer<'static>| {
            let pair = CertifiedKey::new(vec![certificate.clone()], key.clone());
            !matches!(
                pair.keys_match(),
                Err(Error::InconsistentKeys(InconsistentKeys::KeyMismatch))
            )
        };
        match chain.certificates.iter().position(belongs_to) {
            Some(0) => {
                let key = CertifiedKey::new(chain.certificates.clone(), key);
                Ok(Self { chain, key })
            }
            Some(place) => Err(KeyError::OtherInFile(place + 1)),
            None => Err(KeyError::Other),
        }
    }

    /// What browsers are shown of it.
    pub fn chain(&self) -> &Chain {
        &self.chain
    }

    /// Whether `other` shows browsers the same.
    pub fn is_same(&self, other: &Self) -> bool {
        self.chain.certificates == other.chain.certificates
    }
}

impl Tls {
    /// Shows `certificate`.
    pub fn new(certificate: &Certificate) -> Result<Self, TlsError> {
        Ok(Self(ArcSwap::from_pointee(server_config(certificate)?)))
    }

    /// Shows `certificate` from the next handshake on.
    pub fn replace(&self, certificate: &Certificate) -> Result<(), TlsError> {
        self.0.store(Arc::new(server_config(certificate)?));
        Ok(())
    }

    /// What the next handshake goes by.
    pub fn config(&self) -> Arc<ServerConfig> {
        self.0.load_full()
    }
}

/// TLS 1.2 and 1.3 as rustls has them. Who comes again does so with a ticket that only this process can
/// open, and only while it shows this certificate.
fn server_config(certificate: &Certificate) -> Result<ServerConfig, Error> {
    let shown = SingleCertAndKey::from(certificate.key.clone());
    let mut config = ServerConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(shown));
    config.alpn_protocols = vec![HTTP_1_1.to_vec()];
    config.ticketer = Ticketer::new()?;
    config.session_storage = Arc::new(NoServerSessionStorage {});
    Ok(config)
}

/// `pem` without the mark that editors of Windows put before a text, which would hide its first line.
fn unmarked(pem: &str) -> &str {
    pem.trim_start_matches('\u{feff}')
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(default_provider())
}

/// From when to when `certificate` is valid, in Unix seconds: what a verifier says to whoever asks at the
/// beginning of time, and at its end.
fn validity(certificate: &CertificateDer<'_>) -> Option<(u64, u64)> {
    let nobody = RootCertStore::empty();
    let at = |now| match verified(certificate, &nobody, &[], now) {
        Err(Error::InvalidCertificate(error)) => Some(error),
        _ => None,
    };
    let not_before = match at(0)? {
        CertificateError::NotValidYetContext { not_before, .. } => not_before.as_secs(),
        CertificateError::UnknownIssuer => 0,
        _ => return None,
    };
    let not_after = match at(u64::MAX)? {
        CertificateError::ExpiredContext { not_after, .. } => not_after.as_secs(),
        _ => return None,
    };
    Some((not_before, not_after))
}

fn verified(
    certificate: &CertificateDer<'_>,
    roots: &RootCertStore,
    between: &[CertificateDer<'_>],
    now: u64,
) -> Result<(), Error> {
    let now = UnixTime::since_unix_epoch(Duration::from_secs(now));
    let certificate = ParsedCertificate::try_from(certificate)?;
    let algorithms = provider().signature_verification_algorithms.all;
    verify_server_cert_signed_by_trust_anchor(&certificate, roots, between, now, algorithms)
}
