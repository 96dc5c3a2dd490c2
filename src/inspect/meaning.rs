//! What header and claims mean, in words.

use super::TokenKind;

/// What each claim of a Zendesk JWT means.
pub(super) const ZENDESK: [(&str, &str); 21] = [
    ("iat", "when it was made, in seconds since 1970; Zendesk takes it for three minutes"),
    ("jti", "the token's own id: each can be used once"),
    ("email", "who signs in: Zendesk has one user for each address in the whole account"),
    ("name", "what the person is called; overwrites the name in Zendesk at every sign-in"),
    ("external_id", "your own id of the person; must be a text, and no other brand's"),
    ("role", "end_user, agent or admin; changes the role that the person has in Zendesk"),
    ("custom_role_id", "an agent's custom role"),
    ("locale", "the language of an end user, by Zendesk's number"),
    ("locale_id", "the language of a team member, by Zendesk's number"),
    ("organization", "an organization that the person is added to, by name"),
    ("organizations", "all organizations of the person, by name, with commas between"),
    ("organization_id", "an organization that the person is added to, by number"),
    ("organization_ids", "all organizations of the person, by number, with commas between"),
    ("phone", "the telephone number, with `+` and the country's code"),
    ("tags", "replaces all tags that the person has"),
    ("remote_photo_url", "the address of a picture"),
    ("user_fields", "your own fields of the person; `null` empties one"),
    (
        "email_verified",
        "whether the address is known to be the person's; brandgate refuses `false`",
    ),
    ("exp", "when it ends, in seconds since 1970"),
    ("nbf", "when it begins, in seconds since 1970"),
    ("aud", "for whom it is; for brandgate its own `public_url`"),
];

/// What claims of other kinds mean.
const OTHERS: [(&str, &str); 18] = [
    ("iss", "who has made it"),
    ("sub", "the person's id at whoever has made it"),
    ("scope", "what it is good for; messaging takes `user`"),
    ("nonce", "the sign-in that it answers"),
    ("azp", "to whom it was issued"),
    ("at_hash", "a hash of the access token beside it"),
    ("auth_time", "when the person signed in"),
    ("token_use", "which of Cognito's tokens it is"),
    ("client_id", "the client of the user pool"),
    ("username", "the person's name for signing in"),
    ("cognito:username", "the person's name for signing in"),
    ("preferred_username", "what the person wants to be called"),
    ("picture", "the address of a picture"),
    ("xsolla_login_project_id", "the project at Xsolla; name it under `require`"),
    ("type", "how the person signed in, as Xsolla says it"),
    ("sid", "the session at the provider"),
    ("given_name", "the first name"),
    ("family_name", "the last name"),
];

/// What a claim means; blank: nobody reads it.
pub(super) fn of_claim(kind: TokenKind, name: &str) -> &'static str {
    let find = |table: &[(&str, &'static str)]| {
        table.iter().find(|(claim, _)| *claim == name).map(|(_, meaning)| *meaning)
    };
    match kind {
        TokenKind::SignIn => find(&ZENDESK).unwrap_or_default(),
        _ => match name {
            "iat" => "when it was made, in seconds since 1970",
            "aud" => "for whom it is",
            "jti" => "the token's own id",
            "email_verified" => "whether the address is known to be the person's",
            "name" => "what the person is called",
            "email" => "the person's address",
            "external_id" => "your own id of the person",
            _ => find(&OTHERS).or_else(|| find(&ZENDESK)).unwrap_or_default(),
        },
    }
}

/// What a member of the header means.
pub(super) fn of_header(_: TokenKind, name: &str) -> &'static str {
    match name {
        "alg" => "how it is signed",
        "typ" => "what it is",
        "kid" => "which key has signed it",
        _ => "",
    }
}
