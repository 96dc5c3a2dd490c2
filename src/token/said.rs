//! Reads what an assertion says, with patience for the known faults of scripts made by hand.

use serde_json::{Map, Value};

use super::assertion::AssertionError;
use crate::domain::{Attribute, Role, Said};

/// What `claims` say about a person: named like the claims of a Zendesk JWT, of any provider's types.
pub fn said(claims: &Map<String, Value>) -> Result<Said, AssertionError> {
    Claims(claims).said()
}

/// Claims as they came; `null` is as good as nothing.
#[derive(Clone, Copy)]
pub(super) struct Claims<'a>(pub(super) &'a Map<String, Value>);

impl Claims<'_> {
    /// Everything said about the person.
    ///
    /// Nobody is kept out by a telephone number: what is harmless and of the wrong type is noted.
    pub(super) fn said(self) -> Result<Said, AssertionError> {
        let mut misread = Vec::new();
        Ok(Said {
            email: self.text("email")?,
            email_verified: self.truth("email_verified")?,
            name: harmless(self.text("name"), Attribute::Name, &mut misread),
            external_id: self.id("external_id")?,
            role: self.role()?,
            custom_role_id: self.integer("custom_role_id")?,
            phone: harmless(self.text("phone"), Attribute::Phone, &mut misread),
            locale: harmless(self.integer("locale"), Attribute::Locale, &mut misread),
            locale_id: harmless(self.integer("locale_id"), Attribute::Locale, &mut misread),
            organization: self.text("organization")?,
            organizations: self.text("organizations")?,
            organization_id: self.integer("organization_id")?,
            organization_ids: self.text("organization_ids")?,
            tags: self.tags()?,
            remote_photo_url: harmless(
                self.text("remote_photo_url"),
                Attribute::RemotePhotoUrl,
                &mut misread,
            ),
            user_fields: self.read("user_fields", |value| match value {
                Value::Object(fields) => Some(fields.clone()),
                _ => None,
            })?,
            misread,
        })
    }

    /// The assertion's own id, which old scripts also send as a number.
    pub(super) fn jti(self) -> Result<Option<String>, AssertionError> {
        self.read("jti", |value| match value {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        })
        .map(|jti| jti.filter(|jti| !jti.is_empty()))
    }

    /// A time in whole seconds; `microtime(true)` and the like send fractions.
    pub(super) fn seconds(self, name: &'static str) -> Result<Option<u64>, AssertionError> {
        self.read(name, |value| value.as_u64().or_else(|| whole(value.as_f64()?)))
    }

    /// For whom the assertion is: one or several.
    pub(super) fn audience(self) -> Result<Option<Vec<String>>, AssertionError> {
        self.read("aud", |value| match value {
            Value::String(text) => Some(vec![text.clone()]),
            list => texts(list),
        })
    }

    fn text(self, name: &'static str) -> Result<Option<String>, AssertionError> {
        self.read(name, |value| match value {
            Value::String(text) => Some(text.clone()),
            _ => None,
        })
    }

    /// A text that may come as a whole number; a fraction would have lost digits on its way.
    fn id(self, name: &'static str) -> Result<Option<String>, AssertionError> {
        self.read(name, |value| match value {
            Value::String(text) => Some(text.clone()),
            value => value.as_u64().map(|number| number.to_string()),
        })
    }

    /// A number that may come as a text of digits.
    fn integer(self, name: &'static str) -> Result<Option<u64>, AssertionError> {
        self.read(name, |value| match value {
            Value::String(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => {
                text.parse().ok()
            }
            value => value.as_u64(),
        })
    }

    fn truth(self, name: &'static str) -> Result<Option<bool>, AssertionError> {
        self.read(name, |value| match value {
            Value::Bool(truth) => Some(*truth),
            Value::String(text) => text.parse().ok(),
            _ => None,
        })
    }

    fn role(self) -> Result<Option<Role>, AssertionError> {
        self.read("role", |value| Role::parse(value.as_str()?))
    }

    fn tags(self) -> Result<Option<Vec<String>>, AssertionError> {
        self.read("tags", |value| match value {
            Value::String(text) => {
                let tags = text.split(',').map(str::trim).filter(|tag| !tag.is_empty());
                Some(tags.map(str::to_owned).collect())
            }
            list => texts(list),
        })
    }

    fn read<T>(
        self,
        name: &'static str,
        meaning: impl FnOnce(&Value) -> Option<T>,
    ) -> Result<Option<T>, AssertionError> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => meaning(value).map(Some).ok_or(AssertionError::Claim(name)),
        }
    }
}

/// What was read; what could not be is only noted.
fn harmless<T>(
    read: Result<Option<T>, AssertionError>,
    what: Attribute,
    misread: &mut Vec<Attribute>,
) -> Option<T> {
    read.unwrap_or_else(|_| {
        misread.push(what);
        None
    })
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

    use super::{AssertionError, Claims};
    use crate::domain::{Attribute, Role, Said};

    fn claims(value: &Value) -> Claims<'_> {
        Claims(value.as_object().unwrap())
    }

    /// What comes of one claim, as JSON; `None`: the claim is refused, or left out.
    fn heard(name: &'static str, value: &Value) -> Option<Value> {
        let Said {
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
            misread,
        } = match claims(&json!({ name: value })).said() {
            Ok(said) => said,
            Err(error) => {
                assert_eq!(error, AssertionError::Claim(name), "another claim is blamed");
                return None;
            }
        };
        if !misread.is_empty() {
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
            ("tags", json!(""), json!([])),
            ("email_verified", json!("true"), json!(true)),
            ("email_verified", json!("false"), json!(false)),
        ];
        for (name, value, meaning) in cases {
            assert_eq!(heard(name, &value), Some(meaning), "{name}: {value}");
        }
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
            ("role", json!("")),
            ("role", json!(4)),
            ("locale", json!("en-US")),
            ("locale", json!("")),
            ("locale", json!("+1")),
            ("locale", json!(-1)),
            ("locale", json!(1.0)),
            ("organization_id", json!("18446744073709551616")),
            ("organization", json!(7)),
            ("organization_ids", json!([1, 2])),
            ("tags", json!(["a", 1])),
            ("tags", json!({ "0": "a" })),
            ("email_verified", json!("True")),
            ("email_verified", json!(1)),
            ("user_fields", json!("since=2020")),
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
            let said = claims(&json!({ "email": "joe@example.com", name: value })).said().unwrap();
            assert_eq!(said.misread, [what], "{name}");
            assert_eq!(said.email.as_deref(), Some("joe@example.com"), "{name}");
        }
        for name in ["email", "external_id", "role", "tags", "organization", "user_fields"] {
            let refused = claims(&json!({ name: true })).said().err();
            assert_eq!(refused, Some(AssertionError::Claim(name)), "may grant access");
        }
    }

    #[test]
    fn times_are_whole_and_not_negative() {
        let cases = [
            (json!(1_800_000_000), Ok(Some(1_800_000_000))),
            (json!(1_800_000_000.999), Ok(Some(1_800_000_000))),
            (json!(0), Ok(Some(0))),
            (json!(1e300), Ok(Some(u64::MAX))),
            (json!(null), Ok(None)),
            (json!(-1), Err(AssertionError::Claim("iat"))),
            (json!(-0.5), Err(AssertionError::Claim("iat"))),
            (json!("1800000000"), Err(AssertionError::Claim("iat"))),
            (json!({}), Err(AssertionError::Claim("iat"))),
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
            (json!(true), Err(AssertionError::Claim("jti"))),
            (json!(["a"]), Err(AssertionError::Claim("jti"))),
        ];
        for (value, expected) in cases {
            assert_eq!(claims(&json!({ "jti": value })).jti(), expected);
        }
    }
}
