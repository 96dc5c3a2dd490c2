//! Holds what included files say to their limits.

use std::collections::HashSet;

use super::document::{Read, Reporter};
use super::report::{Code, Path};
use super::sections::backends::{BackendAndClaims, BackendNames};
use super::sections::brands::Ruled;
use super::sections::limits::Limits;
use crate::backend::Backend;
use crate::domain::{Attribute, BackendKey, IdentityRules, Profile, Role};

/// Reports what goes beyond the limits of its file; `limits` has those of each file. What can be read of a brand is
/// held to them, whatever else is wrong with it.
pub(super) fn hold(
    backends: &[Read<BackendAndClaims>],
    ruled: &[Ruled],
    names: &BackendNames,
    limits: &[Option<&Limits>],
    problems: &Reporter<'_>,
) {
    let limits_of = |file: u16| limits.get(usize::from(file)).copied().flatten();
    for (key, backend) in (0..).map(BackendKey).zip(backends) {
        let limits = names.file_of(key).and_then(limits_of);
        if let (Ok((backend, _)), Some(limits)) = (backend, limits) {
            hold_backend(backend, limits, problems);
        }
    }
    let of_main = ruled.iter().filter(|it| it.file == 0);
    let prefixes: HashSet<_> = of_main
        .filter_map(|it| Some((it.backend, it.rules.external_id_prefix.as_deref()?)))
        .collect();
    for Ruled { file, brand, route, backend: key, rules } in ruled {
        let (Some(limits), Some(owner)) = (limits_of(*file), names.file_of(*key)) else { continue };
        let at = usize::try_from(key.0).ok().and_then(|at| backends.get(at));
        let backend = at.and_then(|it| it.as_ref().ok()).map(|(backend, _)| backend);
        if backend.is_some_and(|it| !it.names_people()) {
            continue;
        }
        let brand = Path::root().key("brands").key(brand);
        let path = match route {
            None => brand.key("identity"),
            Some(number) => brand.key("routes").index(*number).key("identity"),
        };
        let prefix = rules.external_id_prefix.as_deref();
        let held = Held {
            limits,
            problems,
            path,
            is_known: backend.is_some(),
            is_included: owner > 0,
            // The ids of a backend of the main file: as they are, or as the main file has them.
            has_mains_ids: owner == 0 && prefix.is_none_or(|it| prefixes.contains(&(*key, it))),
        };
        held.rules(rules);
    }
}

/// A backend's own address is one of ours, where browsers send us another site's cookies.
fn hold_backend(backend: &Backend, limits: &Limits, problems: &Reporter<'_>) {
    let Some(at) = backend.at() else { return };
    let host = at.split_once("://").map_or(at, |(_, host)| host);
    if !limits.reach.holds_host(host) {
        let path = Path::root().key("backends").key(backend.name.as_str()).key("at");
        problems
            .error(Code::LimitExceeded, &path, "the file may not name this host")
            .with_hint("`hosts` in its `limits` says which");
    }
}

/// The rules at `path`, and what they are held to.
struct Held<'h> {
    limits: &'h Limits,
    problems: &'h Reporter<'h>,
    path: Path,
    /// Whether the backend could be read. Of another, it is not known whether it names people at all, and needs
    /// rules.
    is_known: bool,
    /// Whether the backend is not the main file's, so that whoever writes its own file chooses what it says.
    is_included: bool,
    /// Whether its prefix is one that the main file has chosen for it.
    has_mains_ids: bool,
}

impl Held<'_> {
    fn exceeded(&self, path: &Path, message: &str, key: &str) {
        self.problems
            .error(Code::LimitExceeded, path, message)
            .with_hint(format!("`{key}` in its `limits` says which"));
    }

    /// Holds what a backend may say about people to what the file may let it say.
    fn rules(&self, rules: &IdentityRules) {
        let (limits, path) = (self.limits, &self.path);
        if self.is_included {
            self.addresses(rules);
        }
        if !self.has_mains_ids {
            self.ids(rules);
        }
        let is_beyond = |role: &Role| !limits.roles.contains(role);
        if rules.roles.iter().any(is_beyond) {
            let key = if rules.fixed.role.is_some_and(|role| is_beyond(&role)) {
                "role"
            } else {
                "roles"
            };
            self.exceeded(&path.key(key), "the file may not grant this role", "roles");
        }
        let granting = |what: &Attribute| what.may_grant_access() && !limits.may_say.contains(what);
        if let Some(what) = rules.may_say.iter().copied().find(granting) {
            let message = format!("the file may not let a backend say `{}`", what.as_str());
            self.exceeded(&path.key("may_say"), &message, "may_say");
        }
        for what in Attribute::ALL.into_iter().filter(granting) {
            if let Some((key, listed)) = beyond(&rules.fixed, what, limits) {
                self.exceeded(&path.key(key), "the file may not grant this", listed);
            }
        }
    }

    fn addresses(&self, rules: &IdentityRules) {
        let Some(allowed) = &self.limits.email_domains else { return };
        let key = self.path.key("email_domains");
        if rules.email_domains.is_empty() && self.is_known {
            let message = "the file may not let a backend say every address";
            self.exceeded(&key, message, "email_domains");
        }
        for (number, domain) in rules.email_domains.iter().enumerate() {
            if !allowed.contains(domain) {
                self.exceeded(
                    &key.index(number),
                    "the file may not name this domain",
                    "email_domains",
                );
            }
        }
    }

    fn ids(&self, rules: &IdentityRules) {
        let Some(allowed) = &self.limits.external_id_prefix else { return };
        let is_told = self.is_known || rules.external_id_prefix.is_some();
        // Zendesk compares ids without regard to case, and each keeps to the letters it was given.
        let is_within = rules.external_id_prefix.as_ref().is_some_and(|it| it.starts_with(allowed));
        if !is_within && is_told {
            self.problems
                .error(
                    Code::LimitExceeded,
                    &self.path.key("external_id_prefix"),
                    match rules.external_id_prefix {
                        Some(_) => "the file may not let a backend say external ids of this prefix",
                        None => "the file may not let a backend say every external id",
                    },
                )
                .with_hint(format!("a prefix that begins with `{allowed}`, as its `limits` say"));
        }
    }
}

/// What `fixed` says of `what` beyond what the limits list: its key, and the list.
fn beyond(
    fixed: &Profile,
    what: Attribute,
    limits: &Limits,
) -> Option<(&'static str, &'static str)> {
    let is_listed = |name: &str| limits.organizations.iter().any(|it| it == name);
    match what {
        Attribute::Name | Attribute::Phone | Attribute::Locale | Attribute::RemotePhotoUrl => None,
        Attribute::Organization => {
            let one = fixed.organization.as_ref().is_some_and(|it| !is_listed(it.as_str()));
            let some = fixed.organizations.as_ref();
            let some = some.is_some_and(|it| !it.as_str().split(',').all(is_listed));
            let key = match () {
                () if one => "organization",
                () if some => "organizations",
                () if fixed.organization_id.is_some() => "organization_id",
                () if fixed.organization_ids.is_some() => "organization_ids",
                () => return None,
            };
            Some((key, "organizations"))
        }
        Attribute::Tags => {
            let tags = fixed.tags.as_ref()?;
            let are_listed = tags.as_slice().iter().all(|tag| limits.tags.contains(tag));
            (!are_listed).then_some(("tags", "tags"))
        }
        Attribute::UserFields => fixed.user_fields.is_some().then_some(("user_fields", "may_say")),
        Attribute::CustomRoleId => {
            fixed.custom_role_id.is_some().then_some(("custom_role_id", "may_say"))
        }
    }
}
