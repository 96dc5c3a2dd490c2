//! Starts moto, which stands in for Amazon Cognito, and fills a user pool.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};

use aws_lc_rs::hmac;
use brandgate::clock::Clock;
use serde_json::{Value, json};

const WHAT_TO_INSTALL: &str = "the peer tests need moto: `python3 -m venv target/peers/venv && \
    target/peers/venv/bin/pip install -r tests/peers/requirements.txt`";

/// The secret that moto gives every authenticator app, in base 32.
const TOTP_SECRET: &str = "asdfasdfasdf";

/// A password that moto's rules take.
pub(crate) const PASSWORD: &str = "Mocha-and-Milk-7";

/// A `moto_server` of our own, which ends when this is dropped.
pub(crate) struct Moto {
    process: Child,
    /// Kept open: the server would end if nobody could read what it says.
    _said: BufReader<ChildStderr>,
    client: reqwest::Client,
    pub(crate) address: String,
}

impl Drop for Moto {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

impl Moto {
    pub(crate) fn start() -> Self {
        let server =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("target/peers/venv/bin/moto_server");
        let mut command = Command::new(server);
        command.args(["-H", "127.0.0.1", "-p", "0"]);
        command.env("MOTO_COGNITO_IDP_USER_POOL_ENABLE_TOTP", "true").stderr(Stdio::piped());
        let process = command.stdout(Stdio::null()).spawn();
        let mut process =
            process.unwrap_or_else(|error| panic!("no moto: {error}; {WHAT_TO_INSTALL}"));
        let mut said = BufReader::new(process.stderr.take().unwrap());
        let mut address = None;
        let mut line = String::new();
        while address.is_none() && said.read_line(&mut line).unwrap() > 0 {
            let rest = line.split_once("Running on ").map(|(_, rest)| rest.trim().to_owned());
            address = rest;
            line.clear();
        }
        let address = address.unwrap_or_else(|| panic!("moto says no address; {WHAT_TO_INSTALL}"));
        // Nothing of the environment may send these calls elsewhere.
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        Self { process, _said: said, client, address }
    }

    async fn call(&self, operation: &str, body: Value) -> Value {
        let request = self.client.post(&self.address).body(body.to_string());
        let target = format!("AWSCognitoIdentityProviderService.{operation}");
        let request = request.header("x-amz-target", target);
        let answer = request.header("content-type", "application/x-amz-json-1.1").send().await;
        let answer = answer.unwrap();
        assert!(answer.status().is_success(), "{operation}: {}", answer.text().await.unwrap());
        serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap_or_default()
    }

    /// Makes a pool with one app client.
    pub(crate) async fn pool(&self) -> Pool<'_> {
        let schema = json!([{"Name": "plan", "AttributeDataType": "String", "Mutable": true}]);
        let pool = json!({"PoolName": "coffee", "Schema": schema});
        let pool = self.call("CreateUserPool", pool).await["UserPool"]["Id"].clone();
        let client = json!({"UserPoolId": pool, "ClientName": "brandgate", "GenerateSecret": true});
        let client = &self.call("CreateUserPoolClient", client).await["UserPoolClient"];
        let text = |name: &str| client[name].as_str().unwrap().to_owned();
        let (client_id, client_secret) = (text("ClientId"), text("ClientSecret"));
        Pool { moto: self, id: pool.as_str().unwrap().to_owned(), client_id, client_secret }
    }
}

/// A user pool at moto's.
pub(crate) struct Pool<'a> {
    moto: &'a Moto,
    id: String,
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
}

impl Pool<'_> {
    /// A backend's settings for this pool.
    pub(crate) fn settings(&self) -> String {
        let Self { moto, client_id, client_secret, .. } = self;
        format!(
            "region: us-east-1\nendpoint: {}\nclient_id: {client_id}\n\
             client_secret: {{ value: {client_secret} }}\n",
            moto.address
        )
    }

    /// Adds somebody who must choose a new password at the first sign-in; says their `sub`.
    pub(crate) async fn invite(&self, email: &str, verified: bool) -> String {
        let attributes = json!([
            {"Name": "email", "Value": email},
            {"Name": "email_verified", "Value": verified.to_string()},
            {"Name": "nickname", "Value": "Caro"},
            {"Name": "name", "Value": "Carol Crema"},
            {"Name": "custom:plan", "Value": "gold"},
        ]);
        let user = json!({
            "UserPoolId": self.id, "Username": email, "TemporaryPassword": PASSWORD,
            "UserAttributes": attributes,
        });
        let user = self.moto.call("AdminCreateUser", user).await;
        let attributes = user["User"]["Attributes"].as_array().unwrap();
        let sub = attributes.iter().find(|it| it["Name"] == "sub").unwrap();
        sub["Value"].as_str().unwrap().to_owned()
    }

    /// Adds somebody whose password holds.
    pub(crate) async fn add(&self, email: &str, verified: bool) -> String {
        let sub = self.invite(email, verified).await;
        let password = json!({
            "UserPoolId": self.id, "Username": email, "Password": PASSWORD, "Permanent": true,
        });
        self.moto.call("AdminSetUserPassword", password).await;
        sub
    }

    /// Registers somebody who never confirms it.
    pub(crate) async fn register(&self, email: &str) {
        let user = json!({
            "ClientId": self.client_id, "Username": email, "Password": PASSWORD,
            "UserAttributes": [{"Name": "email", "Value": email}],
        });
        let hash = hmac::Key::new(hmac::HMAC_SHA256, self.client_secret.as_bytes());
        let hash = hmac::sign(&hash, format!("{email}{}", self.client_id).as_bytes());
        let mut user = user;
        user["SecretHash"] = base64(hash.as_ref()).into();
        self.moto.call("SignUp", user).await;
    }

    /// Gives somebody an authenticator app as their second factor.
    pub(crate) async fn give_authenticator(&self, email: &str, password: &str) {
        let credentials = json!({"USERNAME": email, "PASSWORD": password});
        let auth = json!({
            "AuthFlow": "USER_PASSWORD_AUTH", "ClientId": self.client_id,
            "AuthParameters": credentials,
        });
        let auth = self.moto.call("InitiateAuth", auth).await;
        let token = &auth["AuthenticationResult"]["AccessToken"];
        self.moto.call("AssociateSoftwareToken", json!({"AccessToken": token})).await;
        let (step, code) = totp();
        let verify = |code: &str| json!({"AccessToken": token, "UserCode": code});
        let verified = self.moto.call("VerifySoftwareToken", verify(&code)).await;
        if verified["Status"] != "SUCCESS" {
            let (later, code) = totp();
            assert_ne!(later, step, "moto refuses the code of this very half minute");
            self.moto.call("VerifySoftwareToken", verify(&code)).await;
        }
        self.prefer(email, "SoftwareTokenMfaSettings").await;
    }

    /// Lets somebody get codes in text messages as their second factor.
    pub(crate) async fn give_phone(&self, email: &str) {
        self.prefer(email, "SMSMfaSettings").await;
    }

    async fn prefer(&self, email: &str, settings: &str) {
        let mut preference = json!({"UserPoolId": self.id, "Username": email});
        preference[settings] = json!({"Enabled": true, "PreferredMfa": true});
        self.moto.call("AdminSetUserMFAPreference", preference).await;
    }
}

/// What an authenticator app shows now, by RFC 6238, and in which half minute.
pub(crate) fn totp() -> (u64, String) {
    let step = Clock::default().now() / 30;
    let bits = TOTP_SECRET.bytes().fold(0_u64, |bits, letter| {
        let value = "abcdefghijklmnopqrstuvwxyz234567".find(letter as char).unwrap();
        bits << 5 | value as u64
    });
    // Twelve letters are seven bytes and four bits to spare.
    let secret = &(bits >> 4).to_be_bytes()[1..];
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let tag = tag.as_ref();
    let start = usize::from(tag[19] & 15);
    let number = u32::from_be_bytes(tag[start..start + 4].try_into().unwrap()) & 0x7fff_ffff;
    (step, format!("{:06}", number % 1_000_000))
}

fn base64(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}
