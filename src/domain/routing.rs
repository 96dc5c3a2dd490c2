//! Decides where one sign-in or sign-out goes.

use std::borrow::Cow;
use std::net::IpAddr;

use super::brand::{Brand, Brands, Route, Unknown};
use super::identity::IdentityRules;
use super::key::{BackendKey, BrandId, BrandKey};
use super::return_to::{Candidate, Destination, InvalidReturnTo, is_too_long};

/// What Zendesk says about one sign-in or sign-out.
#[derive(Clone, Debug, Default)]
pub struct RemoteRequest<'a> {
    /// Where the person was going, decoded exactly once.
    pub return_to: Option<Cow<'a, str>>,
    /// The brand they were on.
    pub brand_id: Option<BrandId>,
    /// The person's address, where it is known and a route asks for it.
    pub client: Option<IpAddr>,
}

impl RemoteRequest<'_> {
    /// The same, borrowed: to decide copies nothing of it.
    pub fn by_ref(&self) -> RemoteRequest<'_> {
        let return_to = self.return_to.as_deref().map(Cow::Borrowed);
        RemoteRequest { return_to, ..*self }
    }
}

/// How a brand was recognised. Greater wins.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Match {
    /// By `unknown`, because nothing else named one.
    Unknown,
    /// By `brand_id`.
    BrandId,
    /// By the host of `return_to`.
    Host,
}

/// What becomes of the request's own `return_to` on its way to the backend.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Forward {
    /// It goes on as it came, byte for byte.
    Verbatim,
    /// The brand's home takes its place.
    Home,
    /// It stays here: the backend gets none.
    Nothing,
}

/// Where one sign-in goes.
#[derive(Clone, Debug)]
pub struct Dispatch<'a> {
    /// The brand's key in the table.
    pub key: BrandKey,
    /// What the table says about it.
    pub brand: &'a Brand,
    /// How it was recognised.
    pub matched: Match,
    /// Whether the host of `return_to` and `brand_id` name different brands.
    pub disagrees: bool,
    /// Which of the brand's routes; none: its own backend.
    pub route: Option<usize>,
    /// Who signs the person in.
    pub backend: BackendKey,
    /// Where it ends.
    pub destination: Destination<'a>,
    /// What the backend gets to see of `return_to`.
    pub forward: Forward,
    /// The person's address, where it is known and a route asks for it.
    pub client: Option<IpAddr>,
}

impl<'a> Dispatch<'a> {
    /// What the backend may say about people here.
    pub fn rules(&self) -> &'a IdentityRules {
        let brand = self.brand;
        brand.backend(self.route).map_or(&brand.identity, |(_, rules)| rules)
    }
}

/// What to do with one sign-in.
#[derive(Clone, Debug)]
pub enum Decision<'a> {
    /// Send the person to a backend.
    SignIn(Dispatch<'a>),
    /// Ask them for their brand; only a relative destination goes with the answer.
    Ask(Option<Cow<'a, str>>),
    /// Say why not.
    Refuse(Refusal),
}

/// Why a sign-in is refused before it begins.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// The destination is not one of the brand's.
    #[error(transparent)]
    ReturnTo(#[from] InvalidReturnTo),
    /// No brand is named, and the table says to refuse then.
    #[error("no brand is recognised")]
    UnknownBrand,
}

/// Decides where a sign-in goes: the host of `return_to`, else `brand_id`, else `unknown`.
///
/// Whatever decided, `return_to` must be one of that brand's own.
pub fn decide<'a>(brands: &'a Brands, request: &RemoteRequest<'a>) -> Decision<'a> {
    let candidate = match read(brands, request) {
        Ok(candidate) => candidate,
        Err(invalid) => return Decision::Refuse(invalid.into()),
    };
    let by_host = candidate.as_ref().and_then(Candidate::brand);
    let recognised = by_host
        .map(|key| (Match::Host, key))
        .or_else(|| by_id(brands, request).map(|key| (Match::BrandId, key)));
    let Some((matched, key)) = recognised else {
        return unknown(brands, candidate, request.client);
    };
    let Some(brand) = brands.brand(key) else { return Decision::Refuse(Refusal::UnknownBrand) };
    let disagrees = disagree(brands, by_host, request.brand_id);
    match Dispatch::new(brands, (key, brand), (matched, request.client), candidate) {
        Ok(sign_in) => Decision::SignIn(Dispatch { disagrees, ..sign_in }),
        Err(invalid) => Decision::Refuse(invalid.into()),
    }
}

/// Decides whose logout a sign-out reaches: `brand_id`, else the host of `return_to`.
///
/// Never refuses: a `return_to` that is not the brand's is left behind.
pub fn decide_logout<'a>(brands: &'a Brands, request: &RemoteRequest<'a>) -> Option<Dispatch<'a>> {
    let candidate = read(brands, request);
    let by_host = candidate.as_ref().ok().and_then(Option::as_ref).and_then(Candidate::brand);
    let (matched, key) = by_id(brands, request)
        .map(|key| (Match::BrandId, key))
        .or_else(|| by_host.map(|key| (Match::Host, key)))?;
    let brand = brands.brand(key)?;
    let disagrees = disagree(brands, by_host, request.brand_id);
    let how = (matched, request.client);
    let sign_out = candidate
        .and_then(|candidate| Dispatch::new(brands, (key, brand), how, candidate))
        .unwrap_or_else(|_| Dispatch::dropped((key, brand), how));
    Some(Dispatch { disagrees, ..sign_out })
}

/// Which of the criteria named which brand, for `route`.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The brand on whose host `return_to` is, or why none is.
    pub host: Result<BrandKey, &'static str>,
    /// The brand that `brand_id` names, or why none is.
    pub brand_id: Result<BrandKey, &'static str>,
    /// For each route of the chosen brand, whether it is for this path and this address.
    pub routes: Vec<bool>,
}

/// Says which criteria hit and which missed.
pub fn explain(
    brands: &Brands,
    request: &RemoteRequest<'_>,
    chosen: Option<&Dispatch<'_>>,
) -> Explanation {
    let host = match read(brands, request) {
        Err(_) => Err("it is not an address that browsers and brandgate read alike"),
        Ok(None) => Err("there is no return_to"),
        Ok(Some(Candidate::Relative(_))) => Err("it is relative, so it names no brand"),
        Ok(Some(Candidate::Foreign)) => Err("its host is no brand's"),
        Ok(Some(known @ Candidate::Known(..))) => {
            known.brand().ok_or("its host is the account's, so it names no brand")
        }
    };
    let brand_id = match request.brand_id {
        None => Err("there is no brand_id"),
        Some(id) => brands.by_id(id).ok_or("no brand has this id"),
    };
    let path = chosen.map(|sign_in| sign_in.destination.path());
    let routes = chosen.map_or_else(Vec::new, |sign_in| {
        let is_for =
            |route: &Route| path.as_ref().is_some_and(|path| route.is_for(path, sign_in.client));
        sign_in.brand.routes.iter().map(is_for).collect()
    });
    Explanation { host, brand_id, routes }
}

impl<'a> Dispatch<'a> {
    /// A sign-in to a brand that is already known, such as one that a flow remembers.
    ///
    /// Refused when `return_to` is not, or is no longer, one of the brand's.
    pub fn resume(
        brands: &'a Brands,
        (key, brand): (BrandKey, &'a Brand),
        client: Option<IpAddr>,
        return_to: Option<Cow<'a, str>>,
    ) -> Result<Self, InvalidReturnTo> {
        let candidate = return_to.map(|text| Candidate::read(text, brands)).transpose()?;
        Self::new(brands, (key, brand), (Match::Host, client), candidate)
    }

    fn new(
        brands: &'a Brands,
        (key, brand): (BrandKey, &'a Brand),
        how: (Match, Option<IpAddr>),
        candidate: Option<Candidate<'a>>,
    ) -> Result<Self, InvalidReturnTo> {
        let (destination, forward) = match candidate {
            None => (Destination::Home(brand.home()), Forward::Verbatim),
            Some(candidate) => match candidate.for_brand(key, brand, brands)? {
                home @ Destination::Home(_) => (home, Forward::Home),
                kept @ Destination::ReturnTo(_) => (kept, Forward::Verbatim),
            },
        };
        Ok(Self::ending_at((key, brand), how, destination, forward))
    }

    /// The same with a `return_to` that is not the brand's: it goes no further.
    fn dropped((key, brand): (BrandKey, &'a Brand), how: (Match, Option<IpAddr>)) -> Self {
        let home = Destination::Home(brand.home());
        Self::ending_at((key, brand), how, home, Forward::Nothing)
    }

    fn ending_at(
        (key, brand): (BrandKey, &'a Brand),
        (matched, client): (Match, Option<IpAddr>),
        destination: Destination<'a>,
        forward: Forward,
    ) -> Self {
        let route = if brand.routes.is_empty() {
            None
        } else {
            let path = destination.path();
            brand.routes.iter().position(|route| route.is_for(&path, client))
        };
        let backend = brand.backend(route).map_or(brand.backend, |(backend, _)| backend);
        Self { key, brand, matched, disagrees: false, route, backend, destination, forward, client }
    }
}

fn read<'a>(
    brands: &Brands,
    request: &RemoteRequest<'a>,
) -> Result<Option<Candidate<'a>>, InvalidReturnTo> {
    let text = request.return_to.clone();
    text.map(|text| Candidate::read(text, brands)).transpose()
}

fn by_id(brands: &Brands, request: &RemoteRequest<'_>) -> Option<BrandKey> {
    request.brand_id.and_then(|id| brands.by_id(id))
}

fn unknown<'a>(
    brands: &'a Brands,
    candidate: Option<Candidate<'a>>,
    client: Option<IpAddr>,
) -> Decision<'a> {
    match brands.unknown() {
        Unknown::Refuse => Decision::Refuse(Refusal::UnknownBrand),
        Unknown::Ask => Decision::Ask(match candidate {
            Some(Candidate::Relative(text)) if !is_too_long(&text) => Some(text),
            _ => None,
        }),
        Unknown::Brand(key) => {
            let Some(brand) = brands.brand(key) else {
                return Decision::Refuse(Refusal::UnknownBrand);
            };
            let how = (Match::Unknown, client);
            let sign_in = Dispatch::new(brands, (key, brand), how, candidate)
                .unwrap_or_else(|_| Dispatch::dropped((key, brand), how));
            Decision::SignIn(sign_in)
        }
    }
}

/// Whether `brand_id` names another brand than the host of `return_to`.
fn disagree(brands: &Brands, by_host: Option<BrandKey>, id: Option<BrandId>) -> bool {
    let (Some(key), Some(id)) = (by_host, id) else { return false };
    match brands.brand(key).and_then(|brand| brand.id) {
        Some(own) => own != id,
        // The table does not know this one's, so it may be anything but another's.
        None => brands.by_id(id).is_some(),
    }
}

#[cfg(test)]
mod tests;
