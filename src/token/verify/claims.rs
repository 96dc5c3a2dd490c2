//! Reads what claims say, with patience for the known faults of scripts made by hand.

use serde_json::{Map, Value};

use super::error::TokenError;
use super::time;
use crate::domain::{Attribute, ClaimedProfile, Role};

/// What `claims` say about a person: named like the claims of a Zendesk JWT, of any provider's types.
pub fn claimed_profile(claims: &Map<String, Value>) -> Result<ClaimedProfile, TokenError> {
    Claims(claims).profile()
}

/// Claims as they came.
#[derive(Clone, Copy)]
pub(super) struct Claims<'a>(pub(super) &'a Map<String, Value>);

impl<'a> Claims<'a> {
    /// Everything said about the person.
    ///
    /// Nobody is kept out by a telephone number: what is harmless and of the wrong type is noted.
    pub(super) fn profile(self) -> Result<ClaimedProfile, TokenError> {
        let mut said = ClaimedProfile::default();
        let mut malformed = Vec::new();
        // Tokens say few of these: what is there is read, and not each of them looked for.
        for (name, value) in self.0 {
            let Some(name) = ClaimedProfile::claim(name) else { continue };
            let claim = Claim { name, value };
            let noted = &mut malformed;
            match name {
                "email" => said.email = claim.given(|value| value.as_str().map(without_tail))?,
                "email_verified" => said.email_verified = claim.truth()?,
                "name" => said.name = harmless(claim.text(), Attribute::Name, noted),
                "external_id" => said.external_id = claim.id()?,
                "role" => said.role = claim.role()?,
                "custom_role_id" => said.custom_role_id = claim.integer()?,
                "phone" => said.phone = harmless(claim.text(), Attribute::Phone, noted),
                "locale" => said.locale = harmless(claim.integer(), Attribute::Locale, noted),
                "locale_id" => said.locale_id = harmless(claim.integer(), Attribute::Locale, noted),
                "organization" => said.organization = claim.text()?,
                "organizations" => said.organizations = claim.text()?,
                "organization_id" => said.organization_id = claim.integer()?,
                "organization_ids" => said.organization_ids = claim.text()?,
                "tags" => said.tags = claim.tags()?,
                "remote_photo_url" => {
                    said.remote_photo_url =
                        harmless(claim.text(), Attribute::RemotePhotoUrl, noted);
                }
                "user_fields" => said.user_fields = claim.user_fields()?,
                _ => {}
            }
        }
        Ok(ClaimedProfile { malformed, ..said })
    }

    /// The assertion's own id, which old scripts also send as a number.
    pub(super) fn jti(self) -> Result<Option<String>, TokenError> {
        self.read("jti", |claim| {
            claim.read(|value| match value {
                Value::String(text) => Some(text.clone()),
                Value::Number(number) => Some(number.to_string()),
                _ => None,
            })
        })
        .map(|jti| jti.filter(|jti| !jti.is_empty()))
    }

    /// A time in whole seconds; `microtime(true)` and the like send fractions, others milliseconds
    /// or a text.
    pub(super) fn seconds(self, name: &'static str) -> Result<Option<u64>, TokenError> {
        self.read(name, |claim| {
            claim.given(|value| match value {
                Value::String(text) => time::from_text(trimmed(text)),
                value => value.as_u64().or_else(|| whole(value.as_f64()?)).map(time::from_number),
            })
        })
    }

    /// For whom the assertion is: one or several.
    pub(super) fn audience(self) -> Result<Option<Vec<String>>, TokenError> {
        self.read("aud", |claim| {
            claim.read(|value| match value {
                Value::String(text) => Some(vec![text.clone()]),
                list => texts(list),
            })
        })
    }

    fn read<T>(
        self,
        name: &'static str,
        meaning: impl FnOnce(Claim<'a>) -> Result<Option<T>, TokenError>,
    ) -> Result<Option<T>, TokenError> {
        self.0.get(name).map_or(Ok(None), |value| meaning(Claim { name, value }))
    }
}

/// One of them; `null` is as good as nothing.
#[derive(Clone, Copy)]
struct Claim<'a> {
    name: &'static str,
    value: &'a Value,
}

impl Claim<'_> {
    fn text(self) -> Result<Option<String>, TokenError> {
        self.given(|value| value.as_str().map(|text| trimmed(text).to_owned()))
    }

    /// A text that may come as a whole number; a fraction would have lost digits on its way.
    fn id(self) -> Result<Option<String>, TokenError> {
        self.given(|value| match value {
            Value::String(text) => Some(without_tail(text)),
            value => value.as_u64().map(|number| number.to_string()),
        })
    }

    /// A number that may come as a text of digits.
    fn integer(self) -> Result<Option<u64>, TokenError> {
        self.given(|value| match value {
            Value::String(text) => {
                let digits = trimmed(text);
                let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
                if is_number { digits.parse().ok() } else { None }
            }
            value => value.as_u64(),
        })
    }

    /// A truth that may come as a text or as 1 and 0. A blank is neither: PHP writes `false` so.
    fn truth(self) -> Result<Option<bool>, TokenError> {
        self.read(|value| match value {
            Value::Bool(truth) => Some(*truth),
            Value::String(text) => match trimmed(text).to_ascii_lowercase().as_str() {
                "true" | "1" => Some(true),
                "false" | "0" => Some(false),
                _ => None,
            },
            value => match value.as_u64() {
                Some(1) => Some(true),
                Some(0) => Some(false),
                _ => None,
            },
        })
    }

    fn role(self) -> Result<Option<Role>, TokenError> {
        self.given(|value| Role::parse(trimmed(value.as_str()?)))
    }

    /// A list of nothing but blanks says nothing; an empty one takes every tag away.
    fn tags(self) -> Result<Option<Vec<String>>, TokenError> {
        let tags = self.given(|value| {
            let tags: Vec<&str> = match value {
                Value::String(text) => text.split(',').collect(),
                list => items(list)?.into_iter().map(text_or_blank).collect::<Option<_>>()?,
            };
            let is_given = tags.is_empty() || !tags.iter().all(|tag| trimmed(tag).is_empty());
            let tags = tags.into_iter().map(trimmed).filter(|tag| !tag.is_empty());
            Some(is_given.then(|| tags.map(str::to_owned).collect()))
        })?;
        Ok(tags.flatten())
    }

    /// PHP writes an empty object as a list. Either says nothing.
    fn user_fields(self) -> Result<Option<Map<String, Value>>, TokenError> {
        let fields = self.given(|value| match value {
            Value::Object(fields) => Some(fields.clone()),
            Value::Array(items) if items.is_empty() => Some(Map::new()),
            _ => None,
        })?;
        Ok(fields.filter(|fields| !fields.is_empty()))
    }

    /// What is read where a blank, too, is as good as nothing.
    fn given<T>(self, meaning: impl FnOnce(&Value) -> Option<T>) -> Result<Option<T>, TokenError> {
        let is_blank = self.value.as_str().is_some_and(|text| trimmed(text).is_empty());
        if is_blank { Ok(None) } else { self.read(meaning) }
    }

    fn read<T>(self, meaning: impl FnOnce(&Value) -> Option<T>) -> Result<Option<T>, TokenError> {
        match self.value {
            Value::Null => Ok(None),
            value => meaning(value).map(Some).ok_or(TokenError::Claim(self.name)),
        }
    }
}

/// What was read; what could not be is only noted.
fn harmless<T>(
    read: Result<Option<T>, TokenError>,
    what: Attribute,
    malformed: &mut Vec<Attribute>,
) -> Option<T> {
    read.unwrap_or_else(|_| {
        malformed.push(what);
        None
    })
}

/// Without the white space that forms and fixed columns leave around a text.
fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_ascii_whitespace())
}

/// Without the blanks that columns of a fixed width leave behind an address or an id. In front of
/// one they are no such thing.
fn without_tail(text: &str) -> String {
    text.trim_end_matches(|c: char| c.is_ascii_whitespace()).to_owned()
}

/// What a list holds. PHP writes one that was filtered as an object, by the places that are left.
fn items(value: &Value) -> Option<Vec<&Value>> {
    let object = match value {
        Value::Array(items) => return Some(items.iter().collect()),
        value => value.as_object()?,
    };
    let place = |key: &str| key.parse().ok().filter(|place: &u64| place.to_string() == key);
    let placed: Option<Vec<_>> =
        object.iter().map(|(key, item)| Some((place(key)?, item))).collect();
    let mut placed = placed?;
    placed.sort_by_key(|(place, _)| *place);
    Some(placed.into_iter().map(|(_, item)| item).collect())
}

fn text_or_blank(item: &Value) -> Option<&str> {
    if item.is_null() { Some("") } else { item.as_str() }
}

fn texts(value: &Value) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|item| item.as_str().map(str::to_owned)).collect()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the fraction is to go, and nothing is below zero"
)]
fn whole(seconds: f64) -> Option<u64> {
    (seconds.is_finite() && seconds >= 0.0).then_some(seconds as u64)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Claims, TokenError};
    use crate::domain::{Attribute, ClaimedProfile, Role};

    fn claims(value: &Value) -> Claims<'_> {
        Claims(value.as_object().unwrap())
    }

    /// What comes of one claim, as JSON; `None`: the claim is refused, or left out.
    fn heard(name: &'static str, value: &Value) -> Option<Value> {
        let ClaimedProfile {
            email,
            email_verified,
            name: called,
            external_id,
            role,
            custom_role_id,
            phone,
            locale,
            locale_id,
            organization,
            organizations,
            organization_id,
            organization_ids,
            tags,
            remote_photo_url,
            user_fields,
            malformed,
        } = match claims(&json!({ name: value })).profile() {
            Ok(said) => said,
            Err(error) => {
                assert_eq!(error, TokenError::Claim(name), "another claim is blamed");
                return None;
            }
        };
        if !malformed.is_empty() {
            return None;
        }
        let all = json!({
            "email": email, "email_verified": email_verified, "name": called,
            "external_id": external_id, "role": role.map(Role::as_str),
            "custom_role_id": custom_role_id, "phone": phone, "locale": locale,
            "locale_id": locale_id, "organization": organization, "organizations": organizations,
            "organization_id": organization_id, "organization_ids": organization_ids,
            "tags": tags, "remote_photo_url": remote_photo_url, "user_fields": user_fields,
        });
        all.get(name).cloned()
    }

    #[test]
    fn every_claim_is_read_in_its_own_type() {
        let cases = [
            ("email", json!("joe@example.com")),
            ("email_verified", json!(false)),
            ("name", json!("Joe")),
            ("external_id", json!("7")),
            ("role", json!("admin")),
            ("custom_role_id", json!(7)),
            ("phone", json!("+15551234567")),
            ("locale", json!(1)),
            ("locale_id", json!(1)),
            ("organization", json!("Acme")),
            ("organizations", json!("Acme,Shoes")),
            ("organization_id", json!(u64::MAX)),
            ("organization_ids", json!("1,2")),
            ("tags", json!(["a", "b,c"])),
            ("remote_photo_url", json!("https://acme.example/joe.png")),
            ("user_fields", json!({ "since": "2020-01-31", "gone": null })),
        ];
        let names: Vec<_> = cases.iter().map(|it| it.0).collect();
        let all: Vec<_> = ClaimedProfile::CLAIMS.into_iter().chain(["user_fields"]).collect();
        assert_eq!(names, all, "each of them");
        for (name, value) in cases {
            assert_eq!(heard(name, &value), Some(value), "{name}");
            assert_eq!(heard(name, &Value::Null), Some(Value::Null), "null for {name}");
            assert_eq!(heard(name, &json!([[1]])), None, "lists in a list for {name}");
        }
    }

    #[test]
    fn known_faults_are_read_as_they_are_meant() {
        let cases = [
            ("external_id", json!(7), json!("7")),
            ("external_id", json!(u64::MAX), json!("18446744073709551615")),
            ("role", json!("end-user"), json!("end_user")),
            ("locale", json!("16"), json!(16)),
            ("locale_id", json!("16"), json!(16)),
            ("organization_id", json!("18446744073709551615"), json!(u64::MAX)),
            ("custom_role_id", json!("16"), json!(16)),
            ("tags", json!("a, b,,c d,"), json!(["a", "b", "c d"])),
            ("tags", json!({ "10": "c", "0": "a", "2": "b" }), json!(["a", "b", "c"])),
            ("tags", json!(["vip ", null, "", " "]), json!(["vip"])),
            ("tags", json!({}), json!([])),
            ("email_verified", json!("true"), json!(true)),
            ("email_verified", json!("false"), json!(false)),
            ("email_verified", json!("True"), json!(true)),
            ("email_verified", json!(1), json!(true)),
            ("email_verified", json!("1"), json!(true)),
            ("email_verified", json!(" FALSE "), json!(false)),
            ("email_verified", json!(0), json!(false)),
            ("email_verified", json!("0"), json!(false)),
            ("email", json!("joe@example.com \t\r\n"), json!("joe@example.com")),
            ("external_id", json!("7   "), json!("7")),
            ("role", json!(" agent "), json!("agent")),
            ("locale", json!(" 16 "), json!(16)),
        ];
        for (name, value, meaning) in cases {
            assert_eq!(heard(name, &value), Some(meaning), "{name}: {value}");
        }
    }

    #[test]
    fn a_blank_says_nothing() {
        let names = [
            "email",
            "name",
            "external_id",
            "role",
            "custom_role_id",
            "phone",
            "locale",
            "locale_id",
            "organization",
            "organizations",
            "organization_id",
            "organization_ids",
            "tags",
            "remote_photo_url",
            "user_fields",
        ];
        for name in names {
            for blank in ["", " ", "\t\r\n "] {
                assert_eq!(heard(name, &json!(blank)), Some(Value::Null), "{name}: {blank:?}");
            }
        }
        let lists =
            [json!([null]), json!([""]), json!([null, " "]), json!({ "0": "" }), json!(",")];
        for list in lists {
            assert_eq!(heard("tags", &list), Some(Value::Null), "{list} takes no tag away");
        }
        assert_eq!(heard("tags", &json!([])), Some(json!([])), "and this takes all away");
        for nothing in [json!([]), json!({})] {
            assert_eq!(heard("user_fields", &nothing), Some(Value::Null), "{nothing}");
        }
        assert_eq!(heard("email_verified", &json!("")), None, "PHP's word for `false`");
    }

    #[test]
    fn a_claim_of_another_type_is_refused_by_name() {
        let cases = [
            ("email", json!(7)),
            ("email", json!(["joe@example.com"])),
            ("name", json!(true)),
            ("external_id", json!(7.0)),
            ("external_id", json!(1e20)),
            ("external_id", json!(-7)),
            ("external_id", json!(true)),
            ("role", json!("owner")),
            ("role", json!("Admin")),
            ("role", json!("agent\u{a0}")),
            ("role", json!("agent,admin")),
            ("role", json!(["agent"])),
            ("role", json!(4)),
            ("locale", json!("en-US")),
            ("locale", json!("+1")),
            ("locale", json!(-1)),
            ("locale", json!(1.0)),
            ("organization_id", json!("18446744073709551616")),
            ("organization", json!(7)),
            ("organization_ids", json!([1, 2])),
            ("tags", json!(["a", 1])),
            ("tags", json!([["vip"]])),
            ("tags", json!({ "vip": "admin" })),
            ("tags", json!({ "0": "a", "01": "b" })),
            ("tags", json!({ "0": "a", "-1": "b" })),
            ("email_verified", json!("yes")),
            ("email_verified", json!("truee")),
            ("email_verified", json!(2)),
            ("email_verified", json!(-1)),
            ("email_verified", json!(1.0)),
            ("email_verified", json!([true])),
            ("user_fields", json!("since=2020")),
            ("user_fields", json!(["since"])),
            ("user_fields", json!([{}])),
        ];
        for (name, value) in cases {
            assert_eq!(heard(name, &value), None, "{name}: {value}");
        }
    }

    #[test]
    fn what_is_harmless_and_of_another_type_is_noted() {
        let cases = [
            ("name", json!(true), Attribute::Name),
            ("phone", json!(false), Attribute::Phone),
            ("locale", json!("en-US"), Attribute::Locale),
            ("locale_id", json!(-1), Attribute::Locale),
            ("remote_photo_url", json!({}), Attribute::RemotePhotoUrl),
        ];
        for (name, value, what) in cases {
            let said =
                claims(&json!({ "email": "joe@example.com", name: value })).profile().unwrap();
            assert_eq!(said.malformed, [what], "{name}");
            assert_eq!(said.email.as_deref(), Some("joe@example.com"), "{name}");
        }
        for name in ["email", "external_id", "role", "tags", "organization", "user_fields"] {
            let refused = claims(&json!({ name: true })).profile().err();
            assert_eq!(refused, Some(TokenError::Claim(name)), "may grant access");
        }
    }

    #[test]
    fn times_are_whole_and_not_negative() {
        let cases = [
            (json!(1_800_000_000), Ok(Some(1_800_000_000))),
            (json!(1_800_000_000.999), Ok(Some(1_800_000_000))),
            (json!(0), Ok(Some(0))),
            (json!(1e300), Ok(Some(u64::MAX / 1000))),
            (json!(null), Ok(None)),
            (json!(""), Ok(None)),
            (json!("1800000000"), Ok(Some(1_800_000_000))),
            (json!(" 1800000000.5\n"), Ok(Some(1_800_000_000))),
            (json!(1_800_000_000_123_u64), Ok(Some(1_800_000_000))),
            (json!(1_800_000_000_123.5), Ok(Some(1_800_000_000))),
            (json!("1800000000123"), Ok(Some(1_800_000_000))),
            (json!("2027-01-15T17:00:00+09:00"), Ok(Some(1_800_000_000))),
            (json!("2027-01-15T17:00:00"), Err(TokenError::Claim("iat"))),
            (json!("now"), Err(TokenError::Claim("iat"))),
            (json!("-1"), Err(TokenError::Claim("iat"))),
            (json!(true), Err(TokenError::Claim("iat"))),
            (json!(-1), Err(TokenError::Claim("iat"))),
            (json!(-0.5), Err(TokenError::Claim("iat"))),
            (json!({}), Err(TokenError::Claim("iat"))),
        ];
        for (value, expected) in cases {
            assert_eq!(claims(&json!({ "iat": value })).seconds("iat"), expected);
        }
    }

    #[test]
    fn an_id_of_its_own_is_a_text_or_a_number() {
        let cases = [
            (json!("a"), Ok(Some("a".to_owned()))),
            (json!(5), Ok(Some("5".to_owned()))),
            (json!(1.5), Ok(Some("1.5".to_owned()))),
            (json!(""), Ok(None)),
            (json!(null), Ok(None)),
            (json!(true), Err(TokenError::Claim("jti"))),
            (json!(["a"]), Err(TokenError::Claim("jti"))),
        ];
        for (value, expected) in cases {
            assert_eq!(claims(&json!({ "jti": value })).jti(), expected);
        }
    }
}
