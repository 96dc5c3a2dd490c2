//! The certificate of the public listener, and its key.

use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::secret::SecretReader;
use crate::clock::Clock;
use crate::config::document::{Fields, Read, Reported, Value};
use crate::config::report::Code;
use crate::tls::{Certificate, Chain, ChainError, KeyError};

/// A certificate that ends so soon should have been renewed: those who renew by themselves do it a month
/// before.
const SOON: u64 = 14 * DAY;

const DAY: u64 = 24 * 60 * 60;

/// Reads `server.tls`; nothing where nothing is opened.
pub(super) fn read(
    value: Value<'_>,
    public_url: Option<&Url>,
    secrets: &mut SecretReader,
) -> Read<Option<Certificate>> {
    let fields = Fields::of_form(value, "`{ certificate: PATH, key: PATH }`")?;
    let found = fields.required_with("certificate", |value| {
        let text = file(value, "certificate", Code::CertificateInvalid, secrets)?;
        text.map(|text| chain(value, text.expose_secret())).transpose()
    });
    let certificate = fields.required_with("key", |value| {
        let text = file(value, "key", Code::CertificateKey, secrets)?;
        // What is wrong with the certificate has been said.
        let (Some(text), Some(chain)) = (text, found?) else { return Ok(None) };
        Certificate::of(chain, text.expose_secret()).map(Some).map_err(|error| {
            let mut problem = value.error(Code::CertificateKey, format!("the key's file: {error}"));
            if let Some(hint) = hint_of_key(error) {
                problem.with_hint(hint);
            }
            Reported
        })
    });
    fields.finish();
    if let Some(url) = public_url.filter(|url| url.scheme() != "https") {
        value
            .error(Code::AddressPlainHttp, "we speak TLS, and `public_url` begins with http://")
            .at_key()
            .with_hint(format!("`public_url: https://{}`", url.authority()));
    }
    certificate
}

/// The text of the file that stands under `key`.
fn file(
    value: Value<'_>,
    key: &str,
    code: Code,
    secrets: &mut SecretReader,
) -> Read<Option<SecretString>> {
    let written = value.text()?;
    if written.contains("-----BEGIN") {
        value
            .error(code, "the path of a file belongs here, and not what is in it")
            .with_hint("such as `/etc/letsencrypt/live/sso.acme.example/fullchain.pem`");
        return Err(Reported);
    }
    secrets.text_of(value, key, code)
}

/// Reads the certificate, and says what browsers would.
fn chain(value: Value<'_>, pem: &str) -> Read<Chain> {
    let chain = Chain::of(pem).map_err(|error| {
        let message = format!("the certificate's file: {error}");
        let mut problem = value.error(Code::CertificateInvalid, message);
        if let Some(hint) = hint_of_chain(error) {
            problem.with_hint(hint);
        }
        Reported
    })?;
    about_dates(value, &chain, Clock::default().now());
    if !chain.is_in_order() {
        value
            .warning(Code::CertificateChain, "its certificates do not lead from one to the next")
            .with_hint("ours first, then the one that has issued it, and so on (certbot's `fullchain.pem`)");
    }
    Ok(chain)
}

fn about_dates(value: Value<'_>, chain: &Chain, now: u64) {
    let days = |seconds: u64| match seconds / DAY {
        0 => "less than a day".to_owned(),
        1 => "a day".to_owned(),
        days => format!("{days} days"),
    };
    let (message, hint) = if now < chain.not_before() {
        let message =
            format!("the certificate is not valid yet, but in {}", days(chain.not_before() - now));
        (message, "browsers refuse it until then, unless it is our clock that is slow")
    } else if now > chain.not_after() {
        let message = format!("the certificate has expired {} ago", days(now - chain.not_after()));
        (message, "browsers refuse it, and say so in place of our pages")
    } else if chain.not_after() - now < SOON {
        let message = format!("the certificate expires in {}", days(chain.not_after() - now));
        (message, "renew it: a new one in these files is shown within a second, without a restart")
    } else {
        return;
    };
    value.warning(Code::CertificateDates, message).with_hint(hint);
}

fn hint_of_chain(error: ChainError) -> Option<&'static str> {
    match error {
        ChainError::KeyInstead => Some("are `certificate` and `key` in each other's place?"),
        ChainError::NoPem => Some("`openssl x509 -inform der -in FILE` makes PEM of DER"),
        ChainError::RequestInstead => Some("what your authority answers to it belongs here"),
        ChainError::Damaged => Some("is somebody still writing it?"),
        ChainError::Unreadable => Some("browsers read X.509 of version 3"),
        ChainError::Empty => None,
    }
}

fn hint_of_key(error: KeyError) -> Option<&'static str> {
    match error {
        KeyError::CertificateInstead => Some("are `certificate` and `key` in each other's place?"),
        KeyError::Encrypted => Some(
            "`openssl pkey -in FILE -out NEW` asks for its password, and writes it without one",
        ),
        KeyError::NoPem => Some("`openssl pkey -inform der -in FILE` makes PEM of DER"),
        KeyError::Damaged => Some("is somebody still writing it?"),
        KeyError::Other => Some("both come from one renewal: is one of them of an older one?"),
        KeyError::OtherInFile(_) => Some("ours first, then the one that has issued it, and so on"),
        KeyError::Empty | KeyError::PublicInstead | KeyError::Unusable => None,
    }
}

#[cfg(test)]
pub(in crate::config) mod tests;
