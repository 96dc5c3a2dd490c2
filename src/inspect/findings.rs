//! What is wrong with what a token says.

mod sign_in;

use serde_json::{Map, Value};

use super::mend::{self, Mend};
use super::{Finding, Severity, TokenKind, ago};

/// How old a Zendesk JWT may be, in seconds.
const ZENDESK_AGE: u64 = 180;

/// How far a clock may be ahead, in seconds.
const AHEAD: u64 = 60;

/// How far the clock of a chat token may be from Chat's, in seconds.
const CHAT_SKEW: u64 = 120;

/// How long a chat token may be good, in seconds.
const CHAT_LIFETIME: u64 = 420;

/// A number of seconds that no time of our days reaches: it counts milliseconds.
const MILLISECONDS: u64 = 100_000_000_000;

/// Everything that is wrong with a token, at `now`.
pub(super) fn of(
    kind: TokenKind,
    header: &Map<String, Value>,
    claims: &Map<String, Value>,
    now: u64,
) -> Vec<Finding> {
    let mut seen = Findings { claims, now, found: Vec::new() };
    seen.header(kind, header);
    match kind {
        TokenKind::SignIn => seen.sign_in(),
        TokenKind::Chat => seen.chat(),
        TokenKind::Messaging => seen.messaging(header),
        TokenKind::Session => seen.session(),
        TokenKind::IdToken => seen.id_token(),
        TokenKind::CognitoId | TokenKind::CognitoAccess => seen.ends("exp"),
        TokenKind::Unknown => seen.refuse(
            "claims",
            "there is neither `email` nor `sub` in it: nobody is named",
            Some(mend::EMAIL),
        ),
    }
    seen.found
}

struct Findings<'a> {
    claims: &'a Map<String, Value>,
    now: u64,
    found: Vec<Finding>,
}

impl Findings<'_> {
    fn add(
        &mut self,
        severity: Severity,
        at: &str,
        message: impl Into<String>,
        mend: Option<Mend>,
    ) {
        self.found.push(Finding { severity, at: at.to_owned(), message: message.into(), mend });
    }

    fn refuse(&mut self, at: &str, message: impl Into<String>, mend: Option<Mend>) {
        self.add(Severity::Refused, at, message, mend);
    }

    fn doubt(&mut self, at: &str, message: impl Into<String>, mend: Option<Mend>) {
        self.add(Severity::Doubtful, at, message, mend);
    }

    /// What a claim says; `null` is as good as nothing.
    fn given(&self, name: &str) -> Option<&Value> {
        self.claims.get(name).filter(|value| !value.is_null())
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.given(name).and_then(Value::as_str).filter(|it| !it.trim().is_empty())
    }

    fn header(&mut self, kind: TokenKind, header: &Map<String, Value>) {
        let takes_hs256_alone =
            matches!(kind, TokenKind::SignIn | TokenKind::Chat | TokenKind::Messaging);
        let algorithm = header.get("alg").and_then(Value::as_str);
        match algorithm {
            None => self.refuse(
                "header alg",
                "the header does not say how it is signed",
                Some(mend::LIBRARY),
            ),
            Some(none) if none.eq_ignore_ascii_case("none") => self.refuse(
                "header alg",
                "nobody has signed it: anybody could have made it",
                Some(mend::LIBRARY),
            ),
            Some("HS256") => {}
            Some(other) if takes_hs256_alone => self.refuse(
                "header alg",
                format!(
                    "`{other}`: Zendesk, and brandgate for assertions, take HS256 and nothing else"
                ),
                Some(mend::LIBRARY),
            ),
            Some("RS256" | "ES256") => {}
            Some(other) => self.refuse(
                "header alg",
                format!("`{other}`: brandgate takes RS256, ES256 and HS256"),
                None,
            ),
        }
        let typ = header.get("typ").and_then(Value::as_str);
        if takes_hs256_alone && typ.is_none_or(|it| !it.eq_ignore_ascii_case("jwt")) {
            let message = if header.contains_key("type") {
                "the header has `type` in the place of `typ`: Zendesk answers \"JWT signature invalid\""
            } else {
                "the header lacks `\"typ\":\"JWT\"`: Zendesk answers \"JWT signature invalid\""
            };
            self.doubt("header typ", message, Some(mend::LIBRARY));
        }
        if header.contains_key("crit") || header.contains_key("b64") {
            self.refuse(
                "header crit",
                "it demands something of its reader that nobody here knows",
                None,
            );
        }
    }

    fn issued(&mut self, age: u64, ahead: u64) {
        let Some(value) = self.given("iat") else {
            return self.refuse(
                "iat",
                "it is missing: nobody knows how old the token is",
                Some(mend::IAT),
            );
        };
        let at = match value {
            Value::Number(number) if number.as_u64().is_some() => {
                number.as_u64().unwrap_or_default()
            }
            Value::Number(number) => {
                let whole = number.to_string();
                let whole = whole.split(['.', 'e', 'E']).next().unwrap_or_default().parse().ok();
                self.doubt(
                    "iat",
                    "it has a fraction: Zendesk wants whole seconds, brandgate cuts it",
                    Some(mend::IAT),
                );
                let Some(at) = whole else { return };
                at
            }
            Value::String(text) => {
                let at = text.trim().parse();
                self.doubt(
                    "iat",
                    "it is a text: Zendesk wants a number, brandgate reads it",
                    Some(mend::IAT),
                );
                let Ok(at) = at else { return };
                at
            }
            _ => return self.refuse("iat", "it is no number", Some(mend::IAT)),
        };
        let at = if at > MILLISECONDS {
            self.doubt(
                "iat",
                "it counts milliseconds: Zendesk wants seconds, brandgate divides",
                Some(mend::IAT),
            );
            at / 1000
        } else {
            at
        };
        let (apart, now) = (ago(at, self.now), self.now);
        if now.saturating_sub(at) > age {
            self.refuse(
                "iat",
                format!(
                    "it was made {apart}, and is taken for {} minutes; if it is new, this clock or the \
                     script's is wrong, or `iat` was copied from Zendesk's `timestamp`",
                    age / 60
                ),
                Some(mend::IAT),
            );
        } else if at.saturating_sub(now) > ahead {
            self.refuse(
                "iat",
                format!("it will be made {apart}: this clock or the script's is wrong"),
                Some(mend::IAT),
            );
        }
    }

    /// A time that must not have passed, where it is said.
    fn ends_where_said(&mut self) {
        if self.given("exp").is_some() {
            self.ends("exp");
        }
        let begins = self.given("nbf").and_then(Value::as_f64);
        if begins.is_some_and(|at| at > as_f64(self.now + AHEAD)) {
            self.refuse("nbf", "it has yet to begin: this clock or the script's is wrong", None);
        }
    }

    fn ends(&mut self, name: &str) {
        match self.given(name).map(Value::as_u64) {
            None => self.refuse(name, "it is missing: the token would never end", Some(mend::EXP)),
            Some(None) => self.refuse(name, "it is no whole number of seconds", Some(mend::EXP)),
            Some(Some(at)) if at + AHEAD <= self.now => {
                let message = format!("it ended {}", ago(at, self.now));
                self.refuse(name, message, Some(mend::EXP));
            }
            Some(Some(_)) => {}
        }
    }

    fn chat(&mut self) {
        self.issued(CHAT_LIFETIME, CHAT_SKEW);
        self.ends("exp");
        self.email();
        self.external_id();
        if self.text("name").is_none() {
            self.refuse("name", "it is missing, and Chat demands it", Some(mend::NAME));
        }
        let time = |name: &str| self.given(name).and_then(Value::as_u64);
        let (issued, ends) = (time("iat"), time("exp"));
        if issued
            .zip(ends)
            .is_some_and(|(issued, ends)| ends.saturating_sub(issued) > CHAT_LIFETIME)
        {
            self.refuse(
                "exp",
                "it is more than 7 minutes behind `iat`, which Chat does not take",
                Some(mend::EXP),
            );
        }
    }

    fn messaging(&mut self, header: &Map<String, Value>) {
        if header.get("kid").and_then(Value::as_str).is_none_or(str::is_empty) {
            self.refuse(
                "header kid",
                "the header names no key; messaging calls it `app_…`",
                Some(mend::KID),
            );
        }
        if self.text("scope") != Some("user") {
            self.refuse("scope", "it must be `user`", Some(mend::SCOPE));
        }
        match self.given("external_id") {
            None => self.refuse(
                "external_id",
                "it is missing, and messaging demands it",
                Some(mend::EXTERNAL_ID),
            ),
            Some(_) => self.external_id(),
        }
        self.ends("exp");
        let is_verified = self.given("email_verified") == Some(&Value::Bool(true));
        if self.given("email").is_some() && !is_verified {
            self.doubt(
                "email_verified",
                "without `true` messaging takes the address for a claim of anybody",
                None,
            );
        }
    }

    fn session(&mut self) {
        self.ends("exp");
        if self.text("sub").is_none() {
            self.refuse("sub", "it is missing: the person has no id; another claim needs `claims: { external_id: … }`", None);
        }
        if self.text("email").is_none() {
            self.refuse(
                "email",
                "it is missing, as after a social login: Zendesk needs an address",
                None,
            );
        }
        self.verified("email_verified: optional");
    }

    fn id_token(&mut self) {
        self.ends("exp");
        for name in ["iss", "sub", "aud", "iat"] {
            if self.given(name).is_none() {
                self.refuse(name, "it is missing, and every ID token has it", None);
            }
        }
        if self.text("nonce").is_none() {
            self.refuse("nonce", "it is missing: it belongs to no sign-in of brandgate's", None);
        }
        if self.text("email").is_none() {
            self.doubt(
                "email",
                "it is missing; brandgate asks the provider's userinfo, where there is one",
                None,
            );
        }
        self.verified("email_verified: { optional_for: [DOMAIN] }");
    }

    /// Whether the address is said to be the person's own.
    fn verified(&mut self, setting: &str) {
        match self.given("email_verified") {
            Some(value) if is_false(value) => {
                self.refuse("email_verified", "the address is said not to be the person's own", None);
            }
            None if self.given("email").is_some() => self.doubt(
                "email_verified",
                format!("it is missing, and brandgate demands it; where nobody gets in with an address that is not \
                         confirmed, write `{setting}`"),
                None,
            ),
            _ => {}
        }
    }
}

fn is_false(value: &Value) -> bool {
    match value {
        Value::Bool(truth) => !truth,
        Value::String(text) => ["false", "0"].iter().any(|it| text.trim().eq_ignore_ascii_case(it)),
        value => value.as_u64() == Some(0),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a fraction of a second does not matter")]
fn as_f64(seconds: u64) -> f64 {
    seconds as f64
}
