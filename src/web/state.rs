//! What every request reads: the table now in force, and what outlives it.

use std::sync::Arc;

use actix_web::HttpRequest;
use arc_swap::{ArcSwap, Guard};

use super::client_ip::ClientAddress;
use super::headers;
use super::texts::{Languages, Texts, TextsError};
use super::theme::{Look, stylesheet};
use crate::backend::Backend;
use crate::clock::Clock;
use crate::domain::{BackendKey, Brand, BrandKey, Brands, Reserved};
use crate::store::Store;
use crate::token::{Secrets, StateKey};

/// Everything that a `brands.yaml` decides, in one immutable piece.
#[derive(Debug)]
pub struct Table {
    /// Every brand.
    pub brands: Brands,
    /// Every backend, at the place that its key names.
    pub backends: Vec<Backend>,
    /// Addresses that only some backends may say.
    pub reserved: Vec<Reserved>,
    /// Zendesk's shared secret, which signs.
    pub shared_secret: Secrets,
    /// Our own origin.
    pub public_url: String,
    /// Where a client's address is read.
    pub client_address: ClientAddress,
}

impl Table {
    /// The backend of `key`.
    pub fn backend(&self, key: BackendKey) -> Option<&Backend> {
        self.backends.get(usize::try_from(key.0).ok()?)
    }

    /// The backend that `brands.yaml` calls `name`.
    pub fn backend_named(&self, name: &str) -> Option<(BackendKey, &Backend)> {
        (0..).map(BackendKey).zip(&self.backends).find(|(_, it)| it.name.as_str() == name)
    }

    /// How the pages of a brand look.
    pub(super) fn look(&self, key: BrandKey) -> Option<Look> {
        self.brands.brand(key).map(look)
    }
}

/// How the pages of `brand` look.
pub(super) fn look(brand: &Brand) -> Look {
    let theme = &brand.theme;
    Look {
        name: brand.title.clone(),
        logo: theme.logo.as_ref().map(ToString::to_string),
        support: theme.support.as_ref().map(ToString::to_string),
        stylesheet: theme.color.map(|_| format!("/assets/brands/{}.css", brand.name)),
    }
}

/// The colour of `brand` as a stylesheet.
pub(super) fn brand_stylesheet(brand: &Brand) -> Option<String> {
    brand.theme.color.map(stylesheet)
}

/// What the public listener's handlers share.
pub struct State {
    table: ArcSwap<Table>,
    /// Remembers what may happen only once.
    pub(super) store: Store,
    /// Seals flows.
    pub(super) sealer: StateKey,
    /// Tells the time.
    pub(super) clock: Clock,
    languages: Languages,
}

impl State {
    /// Puts the parts together.
    pub fn new(
        table: Table,
        store: Store,
        state_key: StateKey,
        clock: Clock,
    ) -> Result<Self, TextsError> {
        let table = ArcSwap::new(Arc::new(table));
        Ok(Self { table, store, sealer: state_key, clock, languages: Languages::built_in()? })
    }

    /// The texts in the language of whoever sent `request`.
    pub(super) fn texts(&self, request: &HttpRequest) -> &Texts {
        let wishes = headers::text(request.headers(), "accept-language");
        self.languages.choose(wishes.unwrap_or_default())
    }

    /// The texts for somebody whose wishes we do not know.
    pub(super) fn default_texts(&self) -> &Texts {
        self.languages.choose("")
    }

    /// The table now in force; a request keeps the one it started with.
    pub(super) fn table(&self) -> Guard<Arc<Table>> {
        self.table.load()
    }
}
