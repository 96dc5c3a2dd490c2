//! `check --live`: whether everything that the file names answers.

use std::fmt::Write as _;

use serde_json::{Value, json};
use tokio::runtime;

use crate::backend::{Asking, Http, Reached};
use crate::cli::remark;
use crate::clock::Clock;
use crate::config::Config;
use crate::plain::plain;
use crate::store::reach_redis;
use crate::token::StateKey;
use crate::zendesk_api::clock_offset;

/// How far our clock may be from Zendesk's, in seconds: further, and it refuses what we sign.
const MOST_OFFSET: u64 = 60;

/// What was asked, for whom, and what came of it.
#[derive(Debug)]
pub(super) struct Answered {
    /// A backend, `store` or `zendesk`.
    pub(super) of: String,
    pub(super) reached: Reached,
}

/// Asks for everything, one after the other, and says how far it is.
pub(super) fn ask(config: &Config) -> anyhow::Result<Vec<Answered>> {
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(all(config))
}

async fn all(config: &Config) -> anyhow::Result<Vec<Answered>> {
    let (http, clock) = (Http::default(), Clock::default());
    let mut all = backends(config, &http, &clock).await?;
    if let Some(store) = &config.server.store {
        remark("asking the store\n")?;
        let outcome = reach_redis(store).await.map(|()| "takes what it must".to_owned());
        let reached = Reached { what: "redis", at: String::new(), outcome };
        all.push(Answered { of: "store".to_owned(), reached });
    }
    let account = config.table.brands.account();
    remark("asking Zendesk for the time\n")?;
    let outcome = match clock_offset(&http, account, &clock).await {
        Ok(offset) if offset.unsigned_abs() <= MOST_OFFSET => {
            Ok(format!("{offset} seconds from ours"))
        }
        Ok(offset) => {
            Err(format!("{offset} seconds from ours: run NTP, or Zendesk refuses what we sign"))
        }
        Err(error) => Err(error.to_string()),
    };
    let reached = Reached { what: "clock", at: account.host().origin().into(), outcome };
    all.push(Answered { of: "zendesk".to_owned(), reached });
    Ok(all)
}

async fn backends(config: &Config, http: &Http, clock: &Clock) -> anyhow::Result<Vec<Answered>> {
    let backends = config.table.backends.iter();
    let (count, key) = (backends.len(), StateKey::random()?);
    let mut all = Vec::new();
    for ((at, backend), bounds) in backends.enumerate().zip(&config.asks_within) {
        remark(&format!("asking {} ({} of {count})\n", backend.name, at + 1))?;
        // Its login page, too, which is otherwise for browsers alone.
        let http = http.within(bounds);
        let asking = Asking { http: &http, key: &key, now: clock.now() };
        let reached = backend.reach(&asking).await;
        all.extend(
            reached.into_iter().map(|it| Answered { of: backend.name.to_string(), reached: it }),
        );
    }
    Ok(all)
}

/// A table of what answers.
pub(super) fn text(all: &[Answered]) -> Result<String, std::fmt::Error> {
    let width = |of: fn(&Answered) -> &str| {
        all.iter().map(|it| of(it).chars().count()).max().unwrap_or_default()
    };
    let (of, what, at) =
        (width(|it| &it.of), width(|it| it.reached.what), width(|it| &it.reached.at));
    let mut text = String::new();
    for Answered { of: name, reached } in all {
        let (mark, said) = match &reached.outcome {
            Ok(said) => ("good", said),
            Err(said) => ("BAD ", said),
        };
        let said = plain(said);
        writeln!(
            text,
            "{mark}  {name:<of$}  {:<what$}  {:<at$}  {said}",
            reached.what, reached.at
        )?;
    }
    Ok(text)
}

/// The same for programs.
pub(super) fn as_json(all: &[Answered]) -> Value {
    let one = |Answered { of, reached }: &Answered| {
        let (is_good, message) = match &reached.outcome {
            Ok(said) => (true, said),
            Err(said) => (false, said),
        };
        json!({ "of": of, "what": reached.what, "at": reached.at, "is_good": is_good, "message": message })
    };
    all.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpListener;
    use std::path::Path;

    use super::backends;
    use crate::backend::{Bounds, Http};
    use crate::clock::Clock;
    use crate::config;

    #[tokio::test]
    async fn a_login_page_is_asked_where_its_file_may_have_us_ask() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let _ = stream.read(&mut [0; 1024]);
                let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n");
            }
        });
        let secret = "made-up-secret-0123456789abcdef012";
        let yaml = format!(
            "version: 1
server: {{ public_url: https://sso.acme.example }}
zendesk: {{ account: acme, shared_secret: {{ value: {secret}3 }} }}
backends:
  site: {{ type: redirect, login_url: 'http://www.localhost:{port}/in' }}
  game:
    type: session_token
    login_url: http://www.localhost:{port}/in
    algorithm: HS256
    issuer: game
    keys: {{ secrets: [{{ value: {secret}4 }}] }}
brands: {{ shoes: {{ hosts: [acme-shoes.zendesk.com], backend: site }} }}
"
        );
        let mut config = config::read(&yaml, "brands.yaml", Path::new(".")).config.unwrap();
        let machine = "127.0.0.0/8".parse().unwrap();
        let cases = [
            (Bounds::default(), "answers 204"),
            (Bounds::with(&[machine]), "answers 204"),
            (Bounds::with(&[]), "it has an address that is no part of the internet"),
        ];
        for (bounds, expected) in cases {
            config.asks_within = vec![bounds.clone(); 2];
            let all = backends(&config, &Http::default(), &Clock::default()).await.unwrap();
            let said: Vec<_> = all.iter().map(|it| it.reached.outcome.as_ref()).collect();
            assert_eq!(said.len(), 2);
            let told = |it: Result<&String, &String>| it.unwrap_or_else(|why| why).to_owned();
            assert!(said.iter().all(|it| told(*it).starts_with(expected)), "{bounds:?}: {said:?}");
            let is_good = expected.starts_with("answers");
            assert!(said.iter().all(|it| it.is_ok() == is_good), "{bounds:?}: {said:?}");
        }
    }
}
