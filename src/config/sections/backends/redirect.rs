//! Backends of type `redirect`.

use url::Url;

use super::Context;
use crate::backend::{Assertions, BackendType, RedirectBackend, Target};
use crate::config::document::{Fields, FromNode, Read, Reported, Value};
use crate::config::report::Code;
use crate::config::sections::address::{origins_or_of, read_page};

/// Reads a backend with a login page of its own.
pub(super) fn read(fields: &Fields<'_>, context: &mut Context<'_>) -> Read<BackendType> {
    let ours = [context.public_url];
    let login = fields.needed_with(
        "login_url",
        "a backend of type `redirect` needs a `login_url`",
        "the address of the brand's login page or script",
        |value| read_page(value, &ours),
    );
    let logout = logout(fields, &ours);
    let assertion = fields.optional_with("assertion", |value| assertions(value, &login, context));
    fields.finish_as("redirect");
    if fields.lacks("assertion") {
        fields
            .value()
            .warning(
                Code::AssertionMissing,
                "without `assertion` this site can still sign in anyone by itself",
            )
            .at_key()
            .with_hint("give it a secret of its own and let it post to brandgate");
    }
    if !fields.has("assertion") && !fields.lacks("assertion") {
        return Err(Reported);
    }
    let (logout, logout_personal_data) = logout?;
    Ok(BackendType::Redirect(RedirectBackend {
        login: Target::new(&login?),
        logout,
        logout_personal_data,
        assertions: assertion?.map(Box::new),
    }))
}

/// Reads where people sign out, and whether that place gets personal data.
pub(super) fn logout(fields: &Fields<'_>, ours: &[Option<&Url>]) -> Read<(Option<Target>, bool)> {
    let url = fields.optional_with("logout_url", |value| read_page(value, ours));
    let personal_data = fields.optional::<bool>("logout_personal_data");
    if fields.has("logout_personal_data") && fields.lacks("logout_url") {
        fields.error_at(
            "logout_personal_data",
            Code::LogoutMissing,
            "there is no `logout_url` to send it to",
        );
    }
    Ok((url?.as_ref().map(Target::new), personal_data?.unwrap_or_default()))
}

/// The algorithm of assertions: there is one to choose from.
#[derive(Clone, Copy)]
struct Hs256;

impl FromNode for Hs256 {
    fn read(value: Value<'_>) -> Read<Self> {
        let text = value.text()?;
        if text != "HS256" {
            let hint = match text.to_ascii_uppercase().as_str() {
                "HS256" => "in capitals: `HS256`",
                _ => {
                    "`HS256`, with `secrets` that the site and brandgate share; a site with published \
                     keys is of type `session_token` (`RS256`, `ES256`) or `oidc`"
                }
            };
            value.error(Code::UnknownWord, "expected `HS256`").with_hint(hint);
            return Err(Reported);
        }
        Ok(Self)
    }
}

/// That an assertion must name us.
#[derive(Clone, Copy)]
struct AudienceRequired;

impl FromNode for AudienceRequired {
    fn read(value: Value<'_>) -> Read<Self> {
        value.word(&[("required", Self)])
    }
}

fn assertions(value: Value<'_>, login: &Read<Url>, context: &mut Context<'_>) -> Read<Assertions> {
    let fields = Fields::of(value)?;
    let algorithm = fields.required::<Hs256>("algorithm");
    let keys = fields.required_with("secrets", |value| context.secrets.read_all(value));
    let origins = origins_or_of(&fields, login);
    let unsolicited = fields.optional::<bool>("unsolicited");
    let audience = fields.optional::<AudienceRequired>("audience");
    fields.finish();
    let Hs256 = algorithm?;
    Ok(Assertions {
        keys: keys?,
        origins: origins?,
        unsolicited: unsolicited?.unwrap_or_default(),
        audience_required: audience?.is_some(),
    })
}
