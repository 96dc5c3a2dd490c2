//! The whole file, section by section, and the table that it makes.

use std::collections::{BTreeSet, HashMap};

use super::advice::{self, Facts};
use super::document::{Fields, FromNode as _, Read, Reported, Value};
use super::report::{Code, Problems};
use super::sections::Accepted;
use super::sections::backends::{self, Names};
use super::sections::secret::Secrets;
use super::sections::{brands, deny, identity, server, zendesk};
use crate::backend::Backend;
use crate::config::{Config, Outline};
use crate::domain::{Brands, Reservations, Unknown};
use crate::metrics::SignIns;
use crate::table::{Backends, Table};

/// Reads the whole file; reports every problem on the way, and what is better known.
pub(super) fn read(file: Value<'_>, secrets: &mut Secrets, problems: &Problems) -> Read<Config> {
    let fields = Fields::of(file)?;
    let version = fields.required_with("version", version);
    let server = fields.required_with("server", |value| server::read(value, secrets));
    let public_url = server.as_ref().ok().and_then(|server| server.public_url.as_ref().ok());
    let client_address = server.as_ref().ok().and_then(|it| it.client_address.as_ref().ok());
    let zendesk =
        fields.required_with("zendesk", |value| zendesk::read(value, public_url, secrets));
    let account = zendesk.as_ref().ok().and_then(|zendesk| zendesk.account.as_ref().ok());

    let backends_value = fields.peek("backends");
    let names = Names::of(backends_value, fields.stray_backends());
    let brand_names = fields.peek("brands");
    let brand_names = brand_names.as_ref().and_then(Value::names);
    let unknown = fields.optional_with("unknown", |value| brands::read_unknown(value, brand_names));
    let reserved = fields.list_with("reserved", |value| identity::read_reserved(value, &names));
    let denied = fields.optional_with("deny", |value| deny::read(value, secrets));
    let accepted = fields.list_with("shared_addresses", |value| Accepted::read(value, &names));
    let backends =
        fields.required_with("backends", |value| backends::read(value, public_url, secrets));
    let mut widgets = HashMap::new();
    let brands = fields.required_with("brands", |value| {
        brands::read(value, &names, (public_url, client_address), secrets, &mut widgets)
    });
    fields.finish();

    let (backends, brands) = (backends?, brands?);
    backends::keep_apart(&backends, &brands, account, problems);
    // Advice is about what the file says, so what follows from it comes later.
    advice::give(
        &Facts {
            backends: &backends,
            brands: &brands,
            widgets: &widgets,
            unused: &names.unused(),
            reserved: reserved.as_deref().ok(),
            accepted: accepted.as_deref().ok(),
            account,
            are_whole: !problems.has_errors(),
            client_address,
        },
        problems,
    );
    let backends = backends.into_iter().map(|it| it.map(|(backend, _)| backend));
    let backends = backends.collect::<Read<Vec<_>>>()?;
    let brands = brands.into_iter().collect::<Read<Vec<_>>>()?;
    let (server, zendesk) = (server?, zendesk?);
    version?;
    let at: BTreeSet<_> = backends.iter().filter_map(Backend::at).map(str::to_owned).collect();
    let brands = Brands::new(zendesk.account?, unknown?.unwrap_or(Unknown::Ask), brands);
    let table = Table {
        sign_ins: SignIns::of(&brands),
        state_keys: server.state_keys?,
        admin: server.admin?,
        reserved: Reservations::new(&reserved?, &brands),
        brands,
        backends: Backends::new(backends),
        denied: denied?.unwrap_or_default(),
        shared_secret: zendesk.shared_secret?,
        team_members: zendesk.team_members?,
        widgets,
        public_url: server.public_url?.origin().ascii_serialization(),
        at: at.into_iter().collect(),
        client_address: server.client_address?,
    };
    accepted?;
    Ok(Config {
        server: server.server?,
        table,
        chat_api: zendesk.chat_api?,
        outline: Outline::default(),
    })
}

fn version(value: Value<'_>) -> Read<()> {
    if u64::read(value)? != 1 {
        value.error(Code::Version, "this brandgate reads version 1").with_hint("`version: 1`");
        return Err(Reported);
    }
    Ok(())
}
