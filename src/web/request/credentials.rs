//! What a company's form page posts, and what may be wrong with it.

use actix_web::dev::RequestHead;
use actix_web::web::Payload;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::Value;
use zeroize::Zeroizing;

use crate::backend::{Object, query_value};
use crate::domain::{BrandId, Parameter, RemoteRequest};
use crate::web::request::body::{JSON, form_body, is_of_type, whole_body};
use crate::web::request::error::{Malformed, PostError, RequestError};
use crate::web::request::form::FormFields;
use crate::web::request::query::Query;

/// What a company's own form page posts: address and password, and where to go.
pub(in crate::web) struct Posted {
    pub(in crate::web) email: String,
    pub(in crate::web) password: SecretString,
    return_to: Option<String>,
    brand_id: Option<BrandId>,
}

impl Posted {
    /// Reads a form, or what a script sends as JSON.
    pub(in crate::web) async fn read(
        request: &RequestHead,
        payload: Payload,
    ) -> Result<Self, RequestError> {
        let query = Query::of(request)?;
        if is_of_type(request, JSON) {
            return Ok(Self::from_json(&Zeroizing::new(whole_body(payload).await?))?);
        }
        Self::from_form(query, &Zeroizing::new(form_body(request, payload).await?))
    }

    /// Reads what a script sends as JSON.
    fn from_json(body: &[u8]) -> Result<Self, PostError> {
        // Two values of one name are refused by the reader.
        #[derive(Deserialize)]
        struct Body {
            email: Option<Value>,
            password: Option<Value>,
            return_to: Option<Value>,
            brand_id: Option<Value>,
        }
        let Object(body): Object<Body> =
            serde_json::from_slice(body).map_err(|_| PostError::Unreadable)?;
        let brand_id = match body.brand_id {
            Some(Value::Number(number)) => Some(number.to_string()),
            other => text(other, "brand_id")?,
        };
        Self::of(
            text(body.email, "email")?,
            text(body.password, "password")?.map(SecretString::from),
            text(body.return_to, "return_to")?,
            brand_id,
        )
    }

    /// Reads a form. Names that others read too are written in one way, and once in body and query
    /// together.
    fn from_form(query: Query<'_>, body: &str) -> Result<Self, RequestError> {
        let unreadable = |_: Malformed| PostError::Unreadable;
        let form = query.with_form(body).map_err(unreadable)?;
        let fields = match FormFields::parse(body) {
            Err(RequestError::Malformed(malformed)) => return Err(unreadable(malformed).into()),
            other => other?,
        };
        let ours = |parameter| form.value(parameter).map(|value| value.map(Into::into));
        Ok(Self::of(
            fields.value("email").map_err(unreadable)?,
            fields.secret("password").map_err(unreadable)?,
            ours(Parameter::ReturnTo).map_err(unreadable)?,
            ours(Parameter::BrandId).map_err(unreadable)?,
        )?)
    }

    fn of(
        email: Option<String>,
        password: Option<SecretString>,
        return_to: Option<String>,
        brand_id: Option<String>,
    ) -> Result<Self, PostError> {
        let number = |text: String| text.parse().map_err(|_| PostError::Invalid("brand_id"));
        Ok(Self {
            email: email.ok_or(PostError::Missing("email"))?,
            password: password.ok_or(PostError::Missing("password"))?,
            return_to: return_to.filter(|text| !text.is_empty()),
            brand_id: brand_id.filter(|text| !text.is_empty()).map(number).transpose()?,
        })
    }

    /// What is asked for.
    pub(in crate::web) fn remote_request(&self) -> RemoteRequest<'static> {
        let return_to = self.return_to.clone().map(Into::into);
        RemoteRequest { return_to, brand_id: self.brand_id, client: None }
    }

    /// What the page needs so that it can post the same once more.
    pub(in crate::web) fn query(&self) -> String {
        let brand_id = self.brand_id.map(|id| id.to_string());
        let given = [(Parameter::BrandId, &brand_id), (Parameter::ReturnTo, &self.return_to)];
        let pair = |(parameter, value): (Parameter, &Option<String>)| {
            Some(format!("{}={}&", parameter.as_str(), query_value(value.as_deref()?)))
        };
        given.into_iter().filter_map(pair).collect()
    }
}

/// A text of the JSON; `null` is as good as nothing.
fn text(value: Option<Value>, name: &'static str) -> Result<Option<String>, PostError> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(PostError::Invalid(name)),
    }
}

#[cfg(test)]
mod tests {
    use super::{PostError, Posted, Query, RequestError};

    fn error_of_form(body: &str) -> Option<PostError> {
        match Posted::from_form(Query::default(), body) {
            Ok(_) => None,
            Err(RequestError::Post(error)) => Some(error),
            Err(other) => panic!("{body}: {other}"),
        }
    }

    #[test]
    fn what_is_wrong_is_called_by_its_name() {
        use PostError::{Invalid, Missing, Unreadable};
        let json = [
            (r#"{"email":"a@b.example","password":"x","brand_id":7}"#, None),
            (r#"{"email":"","password":"","brand_id":"7","return_to":null,"more":[1]}"#, None),
            (r#"{"password":"x"}"#, Some(Missing("email"))),
            (r#"{"email":null,"password":"x"}"#, Some(Missing("email"))),
            (r#"{"email":"a@b.example"}"#, Some(Missing("password"))),
            (r#"{"email":"a@b.example","password":12345678}"#, Some(Invalid("password"))),
            (r#"{"email":["a@b.example"],"password":"x"}"#, Some(Invalid("email"))),
            (r#"{"email":"a","password":"x","return_to":{}}"#, Some(Invalid("return_to"))),
            (r#"{"email":"a","password":"x","brand_id":"shoes"}"#, Some(Invalid("brand_id"))),
            (r#"{"email":"a","password":"x","brand_id":1.5}"#, Some(Invalid("brand_id"))),
            (r#"{"email":"a","email":"b","password":"x"}"#, Some(Unreadable)),
            (r#"{"email":"a","password":"x""#, Some(Unreadable)),
            (r#"["a@b.example","x",null,"7"]"#, Some(Unreadable)),
            (r#"[{"email":"a@b.example","password":"x"}]"#, Some(Unreadable)),
            ("\"a\"", Some(Unreadable)),
            ("", Some(Unreadable)),
        ];
        for (body, expected) in json {
            assert_eq!(Posted::from_json(body.as_bytes()).err(), expected, "{body}");
        }
        let forms = [
            ("email=a%40b.example&password=x&brand_id=7", None),
            ("email=&password=&brand_id=&more=1", None),
            ("password=x", Some(Missing("email"))),
            ("email=a", Some(Missing("password"))),
            ("email=a&password=x&brand_id=shoes", Some(Invalid("brand_id"))),
            ("email=a&Email=b&password=x", Some(Unreadable)),
            ("email=a&password=%zz", Some(Unreadable)),
            ("email=a&password=x&return_to=/a&return_to=/b", Some(Unreadable)),
        ];
        for (body, expected) in forms {
            assert_eq!(error_of_form(body), expected, "{body}");
        }
        let long = "a&".repeat(65) + "email=a&password=x";
        let unlike = (0..65).map(|it| format!("f{it}")).collect::<Vec<_>>().join("&");
        for many in [long, unlike] {
            let many = Posted::from_form(Query::default(), &many).err();
            assert!(matches!(many, Some(RequestError::TooManyFields)));
        }
    }
}
