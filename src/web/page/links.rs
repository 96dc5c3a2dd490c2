//! Addresses of ours that pages link to.

use crate::backend::{Backend, query_value};
use crate::domain::{Brand, Unknown};
use crate::table::Table;
use crate::web::page::pages::Action;

/// Where a person can go on who was on no way that we know: the brand's home, or the choice of a
/// help center, where there is one.
pub(in crate::web) fn way_on(table: &Table, brand: Option<&Brand>) -> Option<Action> {
    let only = || {
        let mut brands = table.brands.iter();
        brands.next().filter(|_| brands.next().is_none()).map(|(_, brand)| brand)
    };
    let unknown = match table.brands.unknown() {
        Unknown::Brand(key) => table.brands.brand(key),
        Unknown::Ask | Unknown::Refuse => only(),
    };
    if let Some(brand) = brand.or(unknown) {
        return Some(home(brand));
    }
    let has_choice = !table.brands.directory().is_empty();
    has_choice.then(|| Action::choose(format!("{}/login", table.public_url)))
}

/// The address that begins a sign-in to `destination` anew.
pub(in crate::web) fn start_again(brand: Option<&Brand>, destination: &str) -> String {
    let id = brand.and_then(|brand| brand.id).map(|id| format!("brand_id={id}&"));
    format!("/login?{}return_to={}", id.unwrap_or_default(), query_value(destination))
}

/// The address for whoever is not who a site says they are, on the way to `destination`.
pub(in crate::web) fn not_me(backend: &Backend, brand: &Brand, destination: &str) -> String {
    let id = brand.id.map(|id| format!("brand_id={id}&")).unwrap_or_default();
    format!("/backends/{}/not-me?{id}return_to={}", backend.name, query_value(destination))
}

/// The brand's home.
pub(in crate::web) fn home(brand: &Brand) -> Action {
    Action::home(brand.home().at("/"))
}

/// The address that begins a sign-in to `destination` anew at the backend's own login page, whatever
/// it has said so far; where it has no such page, the one that begins it.
pub(in crate::web) fn reauthenticate(
    backend: &Backend,
    brand: Option<&Brand>,
    destination: &str,
) -> String {
    let mut address = start_again(brand, destination);
    if let Some(reauthenticate) = backend.reauthenticate() {
        address.replace_range(.."/login".len(), &reauthenticate);
    }
    address
}
