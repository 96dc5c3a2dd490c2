//! The Zendesk account, and the secrets that it takes.

use url::Url;

use super::brands::read_account;
use super::chat_api::{self, ChatApi};
use super::secret::{SecretOwner, SecretReader};
use crate::config::document::{Fields, Read, Reported, Value};
use crate::domain::Account;
use crate::token;

/// What `zendesk` says: each part is good for something even if another is not.
pub(in crate::config) struct ZendeskSection {
    pub(in crate::config) account: Read<Account>,
    pub(in crate::config) shared_secret: Read<token::Secrets>,
    pub(in crate::config) team_members: Read<Option<token::Secrets>>,
    pub(in crate::config) chat_api: Read<Option<ChatApi>>,
}

/// Reads `zendesk`.
pub(in crate::config) fn read(
    value: Value<'_>,
    public_url: Option<&Url>,
    secrets: &mut SecretReader,
) -> Read<ZendeskSection> {
    let fields = Fields::of(value)?;
    let account = fields.required_with("account", |value| read_account(value, public_url));
    let shared_secret = shared_secret(&fields, secrets);
    let team_members = fields.optional_with("team_members", |value| {
        let fields = Fields::of(value)?;
        let secret = self::shared_secret(&fields, secrets);
        fields.finish();
        secret
    });
    let chat_api = fields.optional_with("chat_api", |value| {
        chat_api::read(value, account.as_ref().map_err(|Reported| Reported), secrets)
    });
    fields.finish();
    Ok(ZendeskSection { account, shared_secret, team_members, chat_api })
}

fn shared_secret(fields: &Fields<'_>, secrets: &mut SecretReader) -> Read<token::Secrets> {
    let read = |value: Value<'_>| secrets.read(value, SecretOwner::Zendesk);
    let secret = fields.required_with("shared_secret", read)?;
    token::Secrets::new(&[secret]).map_err(|_| Reported)
}
