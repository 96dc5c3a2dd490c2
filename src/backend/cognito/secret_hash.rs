//! The proof that an app client knows its secret.

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret as _, SecretString};

/// Cognito's `SECRET_HASH`: what it wants beside a user name from a client that has a secret.
pub(super) fn secret_hash(secret: &SecretString, username: &str, client_id: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.expose_secret().as_bytes());
    let mut context = hmac::Context::with_key(&key);
    context.update(username.as_bytes());
    context.update(client_id.as_bytes());
    STANDARD.encode(context.sign())
}

#[cfg(test)]
mod tests {
    use super::secret_hash;

    #[test]
    fn the_published_vector_holds() {
        let hash = |secret: &str, username, client| {
            secret_hash(&secret.to_owned().into(), username, client)
        };
        let published = "oKHO337pkuh1r3zUNCZ1oCL3YgM0Yi2nkcAZsKQTIH8=";
        assert_eq!(hash("secret", "alice", "client123"), published);
        for (secret, username, client) in
            [("Secret", "alice", "client123"), ("secret", "Alice", "client123")]
        {
            assert_ne!(hash(secret, username, client), published, "{secret} {username}");
        }
    }
}
