//! The whole file, section by section, and the table that it makes.

use std::collections::{BTreeSet, HashMap};

use url::Url;

use super::advice::{self, Facts};
use super::document::{
    Fields, FromNode as _, Read, Reported, Reporter, Site, Source, StrayBackends, Value,
};
use super::included::Included;
use super::report::Code;
use super::sections::AcceptedOverlap;
use super::sections::backends::{self, BackendNames};
use super::sections::limits::Limits;
use super::sections::secret::SecretReader;
use super::sections::server::ServerSection;
use super::sections::zendesk::ZendeskSection;
use super::sections::{brands, deny, identity, server, zendesk};
use super::within_limits;
use crate::backend::Backend;
use crate::config::{Config, Outline};
use crate::domain::{Account, Brand, BrandKey, Brands, Reservations, Reserved, Unknown};
use crate::metrics::SignIns;
use crate::table::{Backends, ClientAddress, Table};
use crate::token::{Denied, Widgets};

/// Reads the main file, which is the first of `sources`, with those that it includes; reports every
/// problem on the way, and what is better known.
pub(super) fn read(
    sources: &[Source<'_>],
    included: &Included,
    secrets: &mut SecretReader,
) -> Read<Config> {
    let sites = Site::each(sources);
    let problems = &Reporter::of(sources).ok_or(Reported)?;
    let main = sites.first().and_then(Value::at).ok_or(Reported)?;
    let files = Files::of(main, &sites, included.are_all_read)?;
    let names = files.backend_names();
    let sections = Sections::read(&files, &names, secrets);
    let (public_url, account) = (sections.public_url(), sections.account());
    let client_address = sections.client_address();
    let limits_of = included.limits(sections.limits.as_deref().ok(), &names, sources, problems);

    let mut backends = Vec::new();
    let mut asks_within = Vec::new();
    let backends_read = files.each("backends", |value| {
        let bounds = backends::bounds(&value);
        let read = backends::read(value, &names, public_url, secrets, &mut backends);
        asks_within.resize(backends.len(), bounds);
        read
    });
    let has_limits = limits_of.iter().any(Option::is_some);
    let mut brands = brands::Reader::new(&names, public_url, client_address, has_limits);
    let brands_read = files.each("brands", |value| brands.read(value, secrets));
    files.finish();
    backends_read?;
    brands_read?;
    let ruled = brands.ruled();
    let brands::Reader { brands, widgets, .. } = brands;
    if files.are_all_read && backends.is_empty() {
        main.error(Code::BackendNone, "there is no backend");
    }
    if files.are_all_read && brands.is_empty() {
        main.error(Code::BrandNone, "there is no brand");
    }
    backends::keep_apart(&backends, &brands, account, problems);
    within_limits::hold(&backends, &ruled, &names, &limits_of, problems);
    // Advice is about what the file says, so what follows from it comes later.
    advice::give(
        &Facts {
            backends: &backends,
            brands: &brands,
            widgets: &widgets,
            unused: &names.unused(),
            reserved: sections.reserved.as_deref().ok(),
            accepted: sections.accepted.as_deref().ok(),
            account,
            are_whole: !problems.has_errors(),
            client_address,
            public_url,
            certificate: sections.server.as_ref().ok().and_then(ServerSection::certificate),
        },
        problems,
    );
    if !files.are_all_read {
        return Err(Reported);
    }
    let backends = backends.into_iter().map(|it| it.map(|(backend, _)| backend));
    let backends = backends.collect::<Read<Vec<_>>>()?;
    let brands = brands.into_iter().collect::<Read<Vec<_>>>()?;
    let config = sections.into_config(backends, brands, widgets)?;
    Ok(Config { asks_within, ..config })
}

/// What stands at the top of the main file, but for backends and brands: each is good for something
/// even if another is not.
struct Sections {
    version: Read<()>,
    server: Read<ServerSection>,
    zendesk: Read<ZendeskSection>,
    unknown: Read<Option<Unknown>>,
    reserved: Read<Vec<Reserved>>,
    denied: Read<Option<Denied>>,
    accepted: Read<Vec<AcceptedOverlap>>,
    include: Read<Option<()>>,
    limits: Read<Vec<Limits>>,
}

impl Sections {
    fn read(files: &Files<'_>, names: &BackendNames, secrets: &mut SecretReader) -> Self {
        let fields = &files.main;
        let version = fields.required_with("version", version);
        let server = fields.required_with("server", |value| server::read(value, secrets));
        let public_url = server.as_ref().ok().and_then(|server| server.public_url.as_ref().ok());
        let zendesk =
            fields.required_with("zendesk", |value| zendesk::read(value, public_url, secrets));
        Self {
            unknown: fields
                .optional_with("unknown", |it| brands::read_unknown(it, files.brand_names())),
            reserved: fields.list_with("reserved", |value| identity::read_reserved(value, names)),
            denied: fields.optional_with("deny", |value| deny::read(value, secrets)),
            accepted: fields.list_with("shared_addresses", |it| AcceptedOverlap::read(it, names)),
            // It has been read.
            include: fields.optional_with("include", |_| Ok(())),
            limits: fields.list_with("limits", |value| Limits::read(value, names)),
            version,
            server,
            zendesk,
        }
    }

    fn public_url(&self) -> Option<&Url> {
        self.server.as_ref().ok()?.public_url.as_ref().ok()
    }

    fn client_address(&self) -> Option<&ClientAddress> {
        self.server.as_ref().ok()?.client_address.as_ref().ok()
    }

    fn account(&self) -> Option<&Account> {
        self.zendesk.as_ref().ok()?.account.as_ref().ok()
    }

    /// The configuration, if everything could be read.
    fn into_config(
        self,
        backends: Vec<Backend>,
        brands: Vec<Brand>,
        widgets: HashMap<BrandKey, Widgets>,
    ) -> Read<Config> {
        let (server, zendesk) = (self.server?, self.zendesk?);
        self.version?;
        self.accepted?;
        self.include?;
        self.limits?;
        let at: BTreeSet<_> = backends.iter().filter_map(Backend::at).map(str::to_owned).collect();
        let unknown = self.unknown?.unwrap_or(Unknown::Ask);
        let brands = Brands::new(zendesk.account?, unknown, brands);
        let table = Table {
            sign_ins: SignIns::of(&brands),
            state_keys: server.state_keys?,
            admin: server.admin?,
            reserved: Reservations::new(&self.reserved?, brands.prefixes()),
            brands,
            backends: Backends::new(backends),
            denied: self.denied?.unwrap_or_default(),
            shared_secret: zendesk.shared_secret?,
            team_members: zendesk.team_members?,
            widgets,
            public_url: server.public_url?.origin().ascii_serialization(),
            at: at.into_iter().collect(),
            client_address: server.client_address?,
        };
        Ok(Config {
            server: server.server?,
            table,
            asks_within: Vec::new(),
            chat_api: zendesk.chat_api?,
            outline: Outline::default(),
        })
    }
}

/// The keys of the main file, and of each that it includes.
struct Files<'f> {
    main: Fields<'f>,
    others: Vec<Fields<'f>>,
    /// Whether every file could be read, so that nothing is missing.
    are_all_read: bool,
}

impl<'f> Files<'f> {
    /// Of the files at `sites`, the first of which is `main`.
    fn of(main: Value<'f>, sites: &'f [Site<'f>], are_all_read: bool) -> Read<Self> {
        let main = Fields::of(main)?;
        let others = sites.iter().skip(1);
        let others: Vec<_> = others.map(|it| Fields::of(Value::at(it).ok_or(Reported)?)).collect();
        let are_all_read = are_all_read && others.iter().all(Result::is_ok);
        Ok(Self { main, others: others.into_iter().flatten().collect(), are_all_read })
    }

    fn every(&self) -> impl Iterator<Item = &Fields<'f>> {
        std::iter::once(&self.main).chain(&self.others)
    }

    /// What stands under `key` in each file that has it.
    fn values(&self, key: &'static str) -> Vec<Value<'_>> {
        self.every().filter_map(|fields| fields.peek(key)).collect()
    }

    /// Whether it is not known what stands under `key` in all of them.
    fn is_unread(&self, key: &'static str) -> bool {
        !self.are_all_read || self.every().any(|it| it.has(key) && it.peek(key).is_none())
    }

    /// The names of all brands, unless they are not known.
    fn brand_names(&self) -> Option<impl Iterator<Item = &str> + Clone> {
        let names: Option<Vec<_>> = self.values("brands").iter().map(Value::names).collect();
        let names = names.filter(|names| !names.is_empty() && !self.is_unread("brands"))?;
        Some(names.into_iter().flatten())
    }

    fn backend_names(&self) -> BackendNames {
        let unread = self.is_unread("backends").then(StrayBackends::unknown);
        let strays = self.every().map(Fields::stray_backends).chain(unread).collect();
        BackendNames::of(&self.values("backends"), strays)
    }

    /// Reads what stands under `key` in each file; without others, the main one must have it.
    fn each(&self, key: &'static str, mut read: impl FnMut(Value<'_>) -> Read<()>) -> Read<()> {
        let main = if self.main.has("include") {
            self.main.optional_with(key, &mut read).map(Option::unwrap_or_default)
        } else {
            self.main.required_with(key, &mut read)
        };
        let others = self.others.iter().map(|fields| fields.optional_with(key, &mut read));
        // Every one is read, so that every problem is reported.
        let others: Vec<_> = others.collect();
        main.and(others.into_iter().try_for_each(|it| it.map(Option::unwrap_or_default)))
    }

    fn finish(&self) {
        self.main.finish();
        for fields in &self.others {
            fields.refuse_sections(&["backends", "brands"]);
            fields.finish();
        }
    }
}

fn version(value: Value<'_>) -> Read<()> {
    if u64::read(value)? != 1 {
        value.error(Code::Version, "this brandgate reads version 1").with_hint("`version: 1`");
        return Err(Reported);
    }
    Ok(())
}
