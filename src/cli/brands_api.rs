//! How commands ask an account for its brands, and say how far they are.

use anyhow::Context as _;
use secrecy::ExposeSecret as _;
use tokio::runtime;

use super::remark;
use crate::backend::Http;
use crate::clock::Clock;
use crate::config;
use crate::domain::Account;
use crate::zendesk_api::{BrandsProgress, Credentials, ZendeskBrand, brands};

/// The variable, unless another is named.
const TOKEN_ENV: &str = "ZENDESK_API_TOKEN";

#[derive(Debug, clap::Args)]
pub(super) struct BrandsApi {
    /// The environment variable with an API token, or with an OAuth access token
    #[arg(long, value_name = "NAME", default_value = TOKEN_ENV)]
    token_env: String,
    /// Whose API token it is; without, it is an OAuth access token
    #[arg(long, value_name = "ADDRESS")]
    email: Option<String>,
}

impl BrandsApi {
    /// What to call the variable. Another name may be a token that was taken for one.
    fn variable(&self) -> &'static str {
        if self.token_env == TOKEN_ENV {
            "the environment variable `ZENDESK_API_TOKEN`"
        } else {
            "the environment variable that `--token-env` names"
        }
    }

    /// The brands of `account`.
    pub(super) fn ask(&self, account: &Account) -> anyhow::Result<Vec<ZendeskBrand>> {
        let named = self.variable();
        let token = config::variable(&self.token_env)
            .filter(|it| !it.expose_secret().trim().is_empty())
            .with_context(|| {
                format!(
                    "{named} is not set, or empty; it holds the API token of an administrator (with \
                     `--email`) or an OAuth access token"
                )
            })?;
        let credentials = match &self.email {
            Some(email) => Credentials::ApiToken { email: email.clone(), token },
            None => Credentials::OAuth(token),
        };
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        let http = Http::default();
        let clock = Clock::default();
        let mut is_first = true;
        let progress = |progress: BrandsProgress| {
            // If it cannot be said, the command goes on all the same.
            drop(match progress {
                BrandsProgress::Waiting(seconds) => {
                    remark(&format!("Zendesk asks us to wait: {seconds} seconds\n"))
                }
                BrandsProgress::Read(_) if is_first => {
                    is_first = false;
                    Ok(())
                }
                BrandsProgress::Read(brands) => remark(&format!("{brands} brands so far\n")),
            });
        };
        Ok(runtime.block_on(brands(&http, account, &credentials, &clock, progress))?)
    }
}
