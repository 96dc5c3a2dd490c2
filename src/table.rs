//! What a `brands.yaml` decides about sign-ins, in one immutable piece that requests share.

use std::collections::HashMap;

use ipnet::IpNet;

use crate::backend::{Backend, Bounds, Http, HttpError};
use crate::domain::{
    BackendKey, BrandKey, Brands, ClaimedProfile, EmailAddress, Identity, IdentityRefusal,
    IdentityRules, Index, Name, Reservations,
};
use crate::metrics::SignIns;
use crate::token::{Denied, Fingerprint, Secrets, StateKeys, Widgets};

/// Everything that a `brands.yaml` decides about sign-ins.
#[derive(Debug)]
pub struct Table {
    /// What seals and opens; without any, each process has one of its own.
    pub state_keys: Option<StateKeys>,
    /// Every brand.
    pub brands: Brands,
    /// Every backend.
    pub backends: Backends,
    /// What only some backends may say.
    pub reserved: Reservations,
    /// Whom nobody may sign in.
    pub denied: Denied,
    /// Zendesk's shared secret, which signs.
    pub shared_secret: Secrets,
    /// The secret of Zendesk's second JWT configuration, for team members.
    pub team_members: Option<Secrets>,
    /// What signs the tokens of each brand's widgets.
    pub widgets: HashMap<BrandKey, Widgets>,
    /// Our own origin, without a slash at its end.
    pub public_url: String,
    /// Where backends have us stand besides, each origin once.
    pub at: Vec<String>,
    /// Where a client's address is read.
    pub client_address: ClientAddress,
    /// What opens the admin page; without any, there is none.
    pub admin: Vec<Fingerprint>,
    /// How the sign-ins of each brand went.
    pub sign_ins: SignIns,
}

impl Table {
    /// The backend of `key`.
    pub fn backend(&self, key: BackendKey) -> Option<&Backend> {
        self.backends.get(key)
    }

    /// Who somebody is by what `backend` claims and `rules` allow, unless nobody may sign them in.
    pub fn admit(
        &self,
        rules: &IdentityRules,
        backend: (BackendKey, &Backend),
        claimed: &ClaimedProfile,
    ) -> Result<Identity, IdentityRefusal> {
        let (key, backend) = backend;
        let identity = rules.admit(claimed, key, backend.email_proof(), &self.reserved)?;
        self.denied.admit(Some(&identity.email), identity.external_id.as_deref())?;
        Ok(identity)
    }

    /// The same for what knows people by their external id.
    pub fn admit_by_id(
        &self,
        rules: &IdentityRules,
        backend: (BackendKey, &Backend),
        claimed: &ClaimedProfile,
    ) -> Result<Identity<Option<EmailAddress>>, IdentityRefusal> {
        let (key, backend) = backend;
        let identity = rules.admit_by_id(claimed, key, backend.email_proof(), &self.reserved)?;
        self.denied.admit(identity.email.as_ref(), identity.external_id.as_deref())?;
        Ok(identity)
    }

    /// The secret that Zendesk takes for `identity`.
    ///
    /// Each of its configurations is for end users or for team members. Nobody is said to be a team
    /// member whom the rules do not allow to be one.
    pub fn secret_for(&self, rules: &IdentityRules, identity: &Identity) -> &Secrets {
        let team = self.team_members.as_ref().filter(|_| rules.is_team_member(identity));
        team.unwrap_or(&self.shared_secret)
    }

    /// The backend that `brands.yaml` calls `name`.
    pub fn backend_named(&self, name: &str) -> Option<(BackendKey, &Backend)> {
        self.backends.named(name)
    }

    /// The names of all backends.
    pub fn backend_names(&self) -> impl Iterator<Item = &Name> {
        self.backends.iter().map(|backend| &backend.name)
    }

    /// The names of all brands.
    pub fn brand_names(&self) -> impl Iterator<Item = &Name> {
        self.brands.iter().map(|(_, brand)| &brand.name)
    }

    /// Takes over from `old` what its backends have learnt of their providers, where they ask the same,
    /// how many have come to each brand, and whom hashes deny that are still here.
    pub fn inherit(&mut self, old: &Self) {
        self.denied.inherit(&old.denied);
        for backend in &mut self.backends.in_order {
            if let Some((_, old)) = old.backend_named(backend.name.as_str()) {
                backend.inherit(old);
            }
        }
        let brand = |key| {
            let name = self.brands.brand(key)?.name.as_str();
            old.brands.named(name).map(|(key, _)| key)
        };
        let backend = |key| {
            let name = self.backends.get(key)?.name.as_str();
            old.backend_named(name).map(|(key, _)| key)
        };
        self.sign_ins.inherit(&old.sign_ins, brand, backend);
    }

    /// The one of our own origins where `backend`'s sign-ins are looked at.
    pub fn origin_of<'a>(&'a self, backend: &'a Backend) -> &'a str {
        backend.at().unwrap_or(&self.public_url)
    }

    /// Our own origins: `public_url`, and where backends have us stand.
    pub fn own_origins(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.public_url).chain(&self.at).map(String::as_str)
    }
}

/// Every backend, found by its key or its name.
#[derive(Debug, Default)]
pub struct Backends {
    in_order: Vec<Backend>,
    by_name: Index,
}

impl Backends {
    /// Takes each at the place that its key names.
    pub fn new(backends: Vec<Backend>) -> Self {
        let by_name = Index::of(&backends, |backend| Some(backend.name.as_str()));
        Self { in_order: backends, by_name }
    }

    /// Every backend, in the order of the file.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Backend> {
        self.in_order.iter()
    }

    /// Has what it takes to ask their providers at hand.
    pub fn prepare(&self, http: &Http) -> Result<(), HttpError> {
        self.asked_within().try_for_each(|bounds| http.within(bounds).client().map(drop))
    }

    /// Where they may have us ask, some of it more than once.
    pub fn asked_within(&self) -> impl Iterator<Item = &Bounds> {
        self.iter().filter_map(Backend::asks_within)
    }

    fn get(&self, key: BackendKey) -> Option<&Backend> {
        self.in_order.get(usize::try_from(key.0).ok()?)
    }

    fn named(&self, name: &str) -> Option<(BackendKey, &Backend)> {
        let (key, backend) =
            self.by_name.find(&self.in_order, name, |it| Some(it.name.as_str()))?;
        Some((BackendKey(key), backend))
    }
}

/// Where a client's address is read, and from whom a header is believed.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum ClientAddress {
    /// From the connection.
    #[default]
    Peer,
    /// From the connection too, though a proxy makes it, which nobody has named: everybody has its
    /// address.
    UnnamedProxy,
    /// From `X-Forwarded-For`, as far as these proxies wrote it.
    XForwardedFor(Vec<IpNet>),
    /// From `Forwarded` (RFC 7239), as far as these proxies wrote it.
    Forwarded(Vec<IpNet>),
    /// From the PROXY protocol of these proxies; nobody else is served. By the time of a request,
    /// the connection's address is the client's.
    ProxyProtocol(Vec<IpNet>),
}
