//! `import zendesk`: an account's brands, by the Brands API.

use std::process::ExitCode;

use anyhow::Context as _;

use super::output::Output;
use crate::cli::brands_api::BrandsApi;
use crate::cli::remark;
use crate::domain::Account;
use crate::import::zendesk::{self, AccountBrand};

#[derive(Debug, clap::Args)]
pub(super) struct Zendesk {
    /// The account subdomain, such as acme
    #[arg(long)]
    account: String,
    #[command(flatten)]
    api: BrandsApi,
    #[command(flatten)]
    output: Output,
}

impl Zendesk {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let Ok(account) = Account::parse(&self.account) else {
            anyhow::bail!("`--account` is the subdomain alone, such as `acme` of acme.zendesk.com");
        };
        let brands = self.api.ask(&account)?;
        let brands = brands.into_iter().map(|it| AccountBrand {
            hosts: it.hosts(&account),
            is_in_use: it.is_in_use(),
            id: it.id,
            name: it.name,
            subdomain: it.subdomain,
        });
        let draft = zendesk::draft(&self.account, brands.collect());
        if draft.brands.is_empty() {
            remark("the account has no brand that is in use: nothing was written\n")?;
            return Ok(crate::cli::no());
        }
        self.output.put(draft).context("the brands were read")
    }
}
