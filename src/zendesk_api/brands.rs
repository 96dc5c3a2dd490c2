//! The brands of an account, as Zendesk has them.

use std::collections::HashSet;

use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use url::Url;

use super::clock::seconds_until;
use crate::backend::{Answer, Http, HttpError};
use crate::clock::Clock;
use crate::domain::Account;

/// How many brands are asked for at a time: with their pictures, few enough for one answer.
const PAGE: &str = "50";

/// Most pages: several times what any plan has.
const MOST_PAGES: usize = 200;

/// How often Zendesk may ask us to wait.
const MOST_WAITS: usize = 5;

/// How long we wait where Zendesk asks us to and says nothing of how long that we can read, in seconds.
const USUAL_WAIT: u64 = 10;

/// Longest wait, in seconds.
const LONGEST_WAIT: u64 = 120;

/// What lets us read an account's brands.
#[derive(Debug)]
pub enum Credentials {
    /// An API token, with the address of who made it.
    ApiToken {
        /// The e-mail address of the agent or admin whose token it is.
        email: String,
        /// The token, as Zendesk has shown it once.
        token: SecretString,
    },
    /// An OAuth access token.
    OAuth(SecretString),
}

/// A brand as Zendesk has it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
pub struct ZendeskBrand {
    /// Its number: `brand_id`.
    pub id: u64,
    /// The name that people read.
    pub name: String,
    /// What stands before `.zendesk.com`.
    pub subdomain: String,
    /// The other host of its Help Center; blank: none.
    #[serde(default)]
    pub host_mapping: Option<String>,
    /// Whether it is in use.
    #[serde(default = "yes")]
    pub active: bool,
    /// Whether it is gone.
    #[serde(default)]
    pub is_deleted: bool,
}

fn yes() -> bool {
    true
}

impl ZendeskBrand {
    /// Whether anybody can come from it.
    pub fn is_in_use(&self) -> bool {
        self.active && !self.is_deleted
    }

    /// Its hosts in this account, the home first, as `brands.yaml` writes them.
    pub fn hosts(&self, account: &Account) -> Vec<String> {
        let mapped = self.host_mapping.as_deref().map(str::trim).filter(|it| !it.is_empty());
        let domain = account.host().as_str().split_once('.').map(|(_, domain)| domain);
        // That of a stand-in, too, where it has a name.
        let domain = domain.filter(|it| it.starts_with("zendesk.")).unwrap_or("zendesk.com");
        let own = format!("{}.{domain}", self.subdomain);
        mapped.into_iter().map(str::to_ascii_lowercase).chain([own.to_ascii_lowercase()]).collect()
    }
}

/// Why an account's brands are not known.
#[derive(Debug, thiserror::Error)]
pub enum BrandsError {
    /// Zendesk does not take the token.
    #[error(
        "Zendesk does not take this token (401): is it whole, active, and of that e-mail address?"
    )]
    Token,
    /// The token may do less.
    #[error("this token may not read brands (403): an administrator's may")]
    NotAllowed,
    /// There is no such account.
    #[error("there is no account at {0}")]
    NoAccount(String),
    /// Zendesk wants fewer questions.
    #[error("Zendesk asks us to wait again and again (429): try later")]
    Throttled,
    /// The account did not answer.
    #[error("{0} cannot be reached: {1}")]
    Unreachable(String, HttpError),
    /// It answered something else.
    #[error("{0} does not answer as the Brands API is documented (status {1})")]
    Unreadable(String, u16),
    /// A page leads back, or elsewhere.
    #[error("the pages of the Brands API have no end: {0}")]
    Pages(&'static str),
}

/// How far the reading of all brands has come.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum BrandsProgress {
    /// So many brands are known.
    Read(usize),
    /// So many seconds until we ask again.
    Waiting(u64),
}

#[derive(Deserialize)]
struct Page {
    brands: Vec<ZendeskBrand>,
    #[serde(default)]
    meta: Option<Meta>,
    #[serde(default)]
    links: Option<Links>,
    #[serde(default, rename = "next_page")]
    next_of_old: Option<String>,
}

#[derive(Deserialize)]
struct Meta {
    #[serde(default)]
    has_more: bool,
}

#[derive(Deserialize)]
struct Links {
    #[serde(default)]
    next: Option<String>,
}

impl Page {
    /// Where the next page is, if there is one.
    fn next(&self) -> Option<&str> {
        match (&self.meta, &self.links) {
            (Some(Meta { has_more }), Some(links)) => links.next.as_deref().filter(|_| *has_more),
            _ => self.next_of_old.as_deref(),
        }
    }
}

/// Asks `account` for all of its brands, page by page.
pub async fn brands(
    http: &Http,
    account: &Account,
    credentials: &Credentials,
    clock: &Clock,
    mut progress: impl FnMut(BrandsProgress),
) -> Result<Vec<ZendeskBrand>, BrandsError> {
    let host = account.host().as_str().to_owned();
    let unreadable = |status| BrandsError::Unreadable(host.clone(), status);
    let first = account.host().at(&format!("/api/v2/brands.json?page[size]={PAGE}"));
    let mut page = Url::parse(&first).map_err(|_| unreadable(0))?;
    let (mut brands, mut asked, mut waits) = (Vec::new(), HashSet::new(), 0);
    let mut known = HashSet::new();
    loop {
        let Answer { status, body, retry_after, date } = ask(http, &page, credentials)
            .await
            .map_err(|error| BrandsError::Unreachable(host.clone(), error))?;
        match status.as_u16() {
            200 => {}
            401 => return Err(BrandsError::Token),
            403 => return Err(BrandsError::NotAllowed),
            // Zendesk sends whoever asks for no account to a page of its own.
            301..=308 | 404 => return Err(BrandsError::NoAccount(host)),
            429 => {
                waits += 1;
                let until = |it| seconds_until(it, date.as_deref(), clock.now());
                let seconds = retry_after.as_deref().and_then(until).unwrap_or(USUAL_WAIT);
                if waits > MOST_WAITS || seconds > LONGEST_WAIT {
                    return Err(BrandsError::Throttled);
                }
                progress(BrandsProgress::Waiting(seconds));
                clock.wait(seconds).await;
                continue;
            }
            status => return Err(unreadable(status)),
        }
        let read: Page = serde_json::from_slice(&body).map_err(|_| unreadable(200))?;
        asked.insert(page.clone());
        let next = read.next().map(str::to_owned);
        let before = known.len();
        for brand in read.brands {
            if known.insert(brand.id) {
                brands.push(brand);
            }
        }
        progress(BrandsProgress::Read(brands.len()));
        let Some(next) = next else { return Ok(brands) };
        if known.len() == before || asked.len() >= MOST_PAGES {
            return Err(BrandsError::Pages("they bring nothing new"));
        }
        let next = Url::parse(&next).map_err(|_| BrandsError::Pages("one has no address"))?;
        // The token goes to the account and to nobody else.
        if next.origin() != page.origin() || next.path() != page.path() {
            return Err(BrandsError::Pages("one is somewhere else"));
        }
        if asked.contains(&next) {
            return Err(BrandsError::Pages("one leads back to another"));
        }
        page = next;
    }
}

async fn ask(http: &Http, page: &Url, credentials: &Credentials) -> Result<Answer, HttpError> {
    let request = http.client()?.get(page.as_str());
    let request = match credentials {
        Credentials::ApiToken { email, token } => {
            request.basic_auth(format!("{email}/token"), Some(token.expose_secret()))
        }
        Credentials::OAuth(token) => request.bearer_auth(token.expose_secret()),
    };
    http.send(request.header("accept", "application/json")).await
}

#[cfg(test)]
mod tests;
