//! Warnings about hosts that the file does not name, and Zendesk sends people to all the same.

use super::Facts;
use crate::config::document::Reporter;
use crate::config::report::{Code, Path};
use crate::domain::{Account, Host};

/// Warns where an address of Zendesk's own would name no brand.
pub(super) fn about_hosts(facts: &Facts<'_>, problems: &Reporter<'_>) {
    let root = Path::root();
    let brands = || facts.brands.iter().flatten();
    let account = facts.account.filter(|_| facts.are_whole);
    if let Some(host) = account.map(Account::host)
        && !brands().any(|brand| brand.hosts().any(|it| it == host))
    {
        problems
            .warning(
                Code::AccountHostMissing,
                &root.key("zendesk").key("account"),
                format!("no brand has the account's own host `{host}`, where agents work"),
            )
            .with_hint("it is one of the `hosts` of the brand that the account began with");
    }
    for brand in brands() {
        // A stand-in on loopback may have any name.
        if brand.home().is_loopback() || brand.hosts().any(Host::is_zendesk) {
            continue;
        }
        problems
            .warning(
                Code::ZendeskHostMissing,
                &root.key("brands").key(brand.name.as_str()).key("hosts"),
                "the brand's own `*.zendesk.com` host is missing",
            )
            .at_key()
            .with_hint("every brand has one, host-mapped or not, and Zendesk sends people there");
    }
}
