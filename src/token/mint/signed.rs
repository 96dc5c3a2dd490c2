//! What all that we mint have alike: JSON in a compact JWS.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::Header;
use secrecy::SecretString;
use serde::Serialize;

use crate::token::keys::Secrets;

/// What nearly all tokens have room in, in bytes.
const USUAL_LENGTH: usize = 768;

/// The token cannot be made.
#[derive(Debug, thiserror::Error)]
#[error("the token cannot be written")]
pub struct MintError(#[from] serde_json::Error);

/// `header`, which names HS256, and `payload`, signed with the first of `secrets` (RFC 7515 §7.1).
///
/// Not by `jsonwebtoken`'s `encode`: that prepares the key anew for each token (decision 0068).
pub(super) fn signed(
    header: &Header,
    payload: &impl Serialize,
    secrets: &Secrets,
) -> Result<SecretString, MintError> {
    let mut token = String::with_capacity(USUAL_LENGTH);
    let mut json = Vec::with_capacity(USUAL_LENGTH);
    serde_json::to_writer(&mut json, header)?;
    URL_SAFE_NO_PAD.encode_string(&json, &mut token);
    token.push('.');
    json.clear();
    serde_json::to_writer(&mut json, payload)?;
    URL_SAFE_NO_PAD.encode_string(&json, &mut token);
    let signature = secrets.sign(token.as_bytes());
    token.push('.');
    URL_SAFE_NO_PAD.encode_string(signature, &mut token);
    Ok(token.into())
}
