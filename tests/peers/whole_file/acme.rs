//! `brandgate serve` with the whole file, a real Redis, and whichever providers a test has.

use std::net::SocketAddr;
use std::process::{Command, Output};

use brandgate::clock::Clock;
use serde_json::Value;
use tempfile::TempDir;

use crate::redis::process::Process;
use crate::redis::server::Server;
use crate::support::answer::Answer;
use crate::support::assertion;
use crate::support::browser::Browser;

pub(crate) const SSO: &str = "https://sso.acme.example";
/// Where the login page of the shoes is.
pub(crate) const SHOES_SITE: &str = "https://www.acme-shoes.example";

pub(crate) const ZENDESK: &str = "zendesk-secret-of-the-whole-file-0123456789abcdef";
pub(crate) const TEAM: &str = "team-secret-of-the-whole-file-0123456789abcdef01";
pub(crate) const SHOES: &str = "shoes-secret-of-the-whole-file-0123456789abcdef0";
pub(crate) const CHAT: &str = "chat-secret-of-the-whole-file-0123456789abcdef01";
pub(crate) const MESSAGING: &str = "messaging-secret-of-the-whole-file-0123456789abc";

/// What the environment says, but for addresses and what moto has drawn.
const ENVIRONMENT: [(&str, &str); 6] = [
    ("BRANDGATE_STATE_KEY", "state-key-of-the-whole-file-0123456789abcdef0123"),
    ("SHOES_SECRET", SHOES),
    ("STAFF_SECRET", "secret-of-staff-0123456789abcdef0123456789"),
    ("SHOES_CHAT_SECRET", CHAT),
    ("SHOES_MESSAGING_SECRET", MESSAGING),
    ("TEAM_SECRET", TEAM),
];

/// Where the stand-ins are. Where there is none, nobody listens.
pub(crate) struct Peers<'a> {
    pub(crate) cognito: &'a str,
    pub(crate) coffee_client: &'a str,
    pub(crate) coffee_secret: &'a str,
    pub(crate) xsolla: &'a str,
    pub(crate) staff: &'a str,
}

impl Default for Peers<'_> {
    fn default() -> Self {
        let nobody = "http://127.0.0.1:9";
        Self {
            cognito: nobody,
            coffee_client: "4b1x",
            coffee_secret: "client-secret-of-the-whole-file-0123456789abcdef",
            xsolla: nobody,
            staff: nobody,
        }
    }
}

impl Peers<'_> {
    /// The file and what it names, in a directory of their own; `changes` are made to its text.
    fn written(&self, changes: &[(&str, &str)]) -> TempDir {
        let places = [
            ("{COGNITO}", self.cognito),
            ("{COFFEE_CLIENT}", self.coffee_client),
            ("{XSOLLA}", self.xsolla),
            ("{STAFF}", self.staff),
        ];
        let mut yaml = include_str!("../whole_file.yaml").to_owned();
        for (from, to) in places.iter().chain(changes) {
            assert!(yaml.contains(from), "{from}");
            yaml = yaml.replace(from, to);
        }
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(directory.path().join("brands.yaml"), yaml).unwrap();
        std::fs::write(directory.path().join("zendesk"), format!("{ZENDESK}\n")).unwrap();
        directory
    }

    fn environment<'e>(&'e self, redis: &'e str) -> Vec<(&'e str, &'e str)> {
        let own = [("REDIS_URL", redis), ("COFFEE_CLIENT_SECRET", self.coffee_secret)];
        ENVIRONMENT.into_iter().chain(own).collect()
    }

    /// What `brandgate check` says of the file.
    pub(crate) fn check(&self, changes: &[(&str, &str)]) -> Output {
        let directory = self.written(changes);
        let mut command = Command::new(env!("CARGO_BIN_EXE_brandgate"));
        command.args(["check", "--format", "json"]).arg(directory.path().join("brands.yaml"));
        command.envs(self.environment("redis://127.0.0.1:6379")).output().unwrap()
    }
}

/// A running service.
pub(crate) struct Acme {
    pub(crate) redis: Server,
    process: Process,
    public: SocketAddr,
    pub(crate) ops: SocketAddr,
}

impl Acme {
    pub(crate) fn start(peers: &Peers<'_>) -> Self {
        Self::changed(peers, &[])
    }

    /// With `changes` to the file.
    pub(crate) fn changed(peers: &Peers<'_>, changes: &[(&str, &str)]) -> Self {
        let redis = Server::start(&[]);
        let url = redis.url();
        let mut process = Process::serve(peers.written(changes), &peers.environment(&url));
        process.says("the store is there");
        let line = process.says("listening");
        let address = |name: &str| line[name].as_str().unwrap().parse().unwrap();
        let (public, ops) = (address("public"), address("ops"));
        Self { redis, process, public, ops }
    }

    pub(crate) fn browser(&self) -> Browser {
        Browser::new(Clock::default(), Some(self.public))
    }

    /// Status and kind of a refusal; its log line says the same.
    #[track_caller]
    pub(crate) fn refused(&mut self, answer: &Answer) -> (u16, String) {
        let code = answer.body.split_once("<code>").unwrap_or_else(|| panic!("{answer:?}")).1;
        let line = self.process.line(code.split('<').next().unwrap());
        assert_eq!(line["status"], answer.status, "{line}");
        for secret in ["eyJ", "joe@", "ann@"] {
            assert!(!answer.body.contains(secret), "{}", answer.body);
        }
        (answer.status, line["kind"].as_str().unwrap().to_owned())
    }
}

/// A sign-in that Zendesk begins: someone on a brand wants to see `return_to`.
pub(crate) fn login(brand_id: u64, return_to: &str) -> String {
    let return_to = brandgate::backend::query_value(return_to);
    format!(
        "{SSO}/login?brand_id={brand_id}&locale_id=1&return_to={return_to}&timestamp=1800000000"
    )
}

/// What an honest backend of the shoes says about Joe, with `changes`.
pub(crate) fn joe(changes: &Value) -> String {
    let claims = assertion::claims(Clock::default().now(), changes);
    assertion::sign(&assertion::header(), &claims, SHOES)
}

/// What Zendesk is told by `answer`, but for time and id, and where the person goes.
#[track_caller]
pub(crate) fn zendesk(answer: &Answer) -> (Value, String) {
    told(answer, ZENDESK)
}

/// The same, where the JWT is made with `secret`.
#[track_caller]
pub(crate) fn told(answer: &Answer, secret: &str) -> (Value, String) {
    assert_eq!(answer.status, 200, "{}: {}", answer.url, answer.body);
    assert!(answer.body.contains(r#"action="https://acme.zendesk.com/access/jwt""#));
    let (header, mut claims) = assertion::read(&answer.field("jwt"), secret);
    assert_eq!(header, assertion::header());
    let claims_of = claims.as_object_mut().unwrap();
    let made = claims_of.remove("iat").unwrap().as_u64().unwrap();
    assert!(Clock::default().now() - made < 60, "{made}");
    assert_eq!(claims_of.remove("jti").unwrap().as_str().unwrap().len(), 36);
    (claims, answer.field("return_to"))
}
