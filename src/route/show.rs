//! Says what came out, to people and to programs.

use std::fmt::{self, Write as _};

use serde_json::{Value, json};

use super::{Explained, LeadsTo, Outcome};
use crate::domain::{
    Attribute, BrandKey, Dispatch, IdentityRules, Match, Profile, Role, Route, Unknown,
};
use crate::table::Table;

/// Most brands of one reason that are named, and not summed up.
const MOST_NAMED: usize = 3;

/// What came out, for people.
pub(super) fn text(table: &Table, outcome: &Outcome<'_>) -> Result<String, fmt::Error> {
    let mut text = String::new();
    for fault in &outcome.faults {
        writeln!(text, "wrong      {fault}")?;
    }
    if let Some(explained) = &outcome.explained {
        explained_text(table, outcome, explained, &mut text)?;
    }
    if let LeadsTo::Refused(refused) = &outcome.leads_to {
        writeln!(text, "kind       {}", refused.kind)?;
    }
    match &outcome.leads_to {
        LeadsTo::Location(location) => writeln!(text, "location   {location}")?,
        LeadsTo::Provider(issuer) => {
            let what = if outcome.is_logout() { "sign-out" } else { "sign-in" };
            writeln!(text, "provider   the {what} goes to {issuer}, which says where")?;
        }
        LeadsTo::Page(page) => writeln!(text, "answer     {page}")?,
        LeadsTo::Refused(refused) => writeln!(text, "answer     refused: {}", refused.reason)?,
    }
    Ok(text)
}

fn explained_text(
    table: &Table,
    outcome: &Outcome<'_>,
    explained: &Explained<'_>,
    text: &mut String,
) -> fmt::Result {
    let hit_or_miss = |found: &Result<BrandKey, &'static str>| match found {
        Ok(key) => format!("hit   it is `{}`", brand_name(table, *key)),
        Err(why) => format!("miss  {why}"),
    };
    if let (true, Some(sign_in)) = (outcome.is_start(), &explained.sign_in) {
        writeln!(text, "start      hit   it is `{}`", sign_in.brand.name)?;
        return sign_in_text(table, outcome, explained, sign_in, text);
    }
    let criteria = &explained.criteria;
    let return_to = format!("return_to  {}", hit_or_miss(&criteria.host));
    let brand_id = format!("brand_id   {}", hit_or_miss(&criteria.brand_id));
    // In the order in which they are asked.
    let (first, second) =
        if outcome.is_logout() { (brand_id, return_to) } else { (return_to, brand_id) };
    writeln!(text, "{first}\n{second}")?;
    if explained.is_unknown {
        writeln!(text, "unknown    {}", unknown(table))?;
    }
    if let Some(sign_in) = &explained.sign_in {
        sign_in_text(table, outcome, explained, sign_in, text)?;
    }
    for (reason, brands) in misses(table, explained) {
        match brands.as_slice() {
            few if few.len() <= MOST_NAMED => {
                writeln!(text, "not        {}: {reason}", few.join(", "))?;
            }
            many if explained.sign_in.is_some() => {
                writeln!(text, "not        {} others: {reason}", many.len())?;
            }
            all => writeln!(text, "not        {} brands: {reason}", all.len())?,
        }
    }
    Ok(())
}

fn sign_in_text(
    table: &Table,
    outcome: &Outcome<'_>,
    explained: &Explained<'_>,
    sign_in: &Dispatch<'_>,
    text: &mut String,
) -> fmt::Result {
    let brand = sign_in.brand;
    if sign_in.disagrees {
        writeln!(text, "           return_to and brand_id name different brands")?;
    }
    writeln!(text, "brand      {} ({})", brand.name, brand.display_name)?;
    for (index, (route, hit)) in brand.routes.iter().zip(&explained.criteria.routes).enumerate() {
        let hit = if sign_in.route == Some(index) {
            "hit "
        } else if *hit {
            "late"
        } else {
            "miss"
        };
        writeln!(text, "route      {hit}  [{index}] {}", route_text(route, sign_in))?;
    }
    let backend = table.backend(sign_in.backend);
    writeln!(text, "backend    {}", backend.map_or("", |it| it.name.as_str()))?;
    if !outcome.is_logout() {
        match backend.filter(|it| it.names_people()) {
            Some(_) => writeln!(text, "rules      {}", rules_text(table, sign_in))?,
            None => writeln!(text, "rules      none: it says nothing to brandgate")?,
        }
    }
    writeln!(text, "ends at    {}", sign_in.destination.absolute())
}

/// What a route asks for, and what it was held against.
fn route_text(route: &Route, sign_in: &Dispatch<'_>) -> String {
    let path = route.path.as_ref().map(|pattern| {
        let path = sign_in.destination.path();
        format!("{pattern} on {path}")
    });
    let networks = (!route.client_ip.is_empty()).then(|| {
        let networks: Vec<String> = route.client_ip.iter().map(ToString::to_string).collect();
        let client = sign_in.client.map_or("nobody knows where".to_owned(), |it| it.to_string());
        format!("{} from {client}", networks.join(", "))
    });
    let parts: Vec<String> = path.into_iter().chain(networks).collect();
    parts.join("; ")
}

/// What the backend may say about people there, on one line.
fn rules_text(table: &Table, sign_in: &Dispatch<'_>) -> String {
    let rules = sign_in.rules();
    let mut parts = vec![format!("roles {}", roles(rules).join(", "))];
    parts.push(match rules.email_domains.as_slice() {
        [] => "any address".to_owned(),
        domains => format!("addresses at {}", domains.join(", ")),
    });
    match table.reserved.for_others(sign_in.backend) {
        (0, 0) => {}
        (domains, emails) => parts.push(format!(
            "but those of {domains} reserved domains and {emails} reserved addresses"
        )),
    }
    match may_say(rules).join(", ") {
        words if words.is_empty() => parts.push("may say nothing more".to_owned()),
        words => parts.push(format!("may say {words}")),
    }
    if let Some(prefix) = &rules.external_id_prefix {
        parts.push(format!("external ids begin with {prefix}"));
    }
    let fixed = fixed(&rules.fixed);
    if !fixed.is_empty() {
        parts.push(format!("fixed are {}", fixed.join(", ")));
    }
    parts.join("; ")
}

fn rules_json(table: &Table, sign_in: &Dispatch<'_>) -> Value {
    let rules = sign_in.rules();
    let (domains, emails) = table.reserved.for_others(sign_in.backend);
    json!({
        "roles": roles(rules),
        "email_domains": rules.email_domains,
        "reserved_for_others": { "email_domains": domains, "emails": emails },
        "may_say": may_say(rules),
        "external_id_prefix": rules.external_id_prefix,
        "fixed": fixed(&rules.fixed),
    })
}

fn roles(rules: &IdentityRules) -> Vec<&'static str> {
    rules.roles.iter().copied().map(Role::as_str).collect()
}

fn may_say(rules: &IdentityRules) -> Vec<&'static str> {
    rules.may_say.iter().copied().map(Attribute::as_str).collect()
}

/// The keys whose values take the place of what the backend says.
fn fixed(fixed: &Profile) -> Vec<String> {
    let written = serde_json::to_value(fixed).unwrap_or_default();
    written.as_object().map_or_else(Vec::new, |keys| keys.keys().cloned().collect())
}

/// The brands that it is not, by the reasons why.
fn misses<'t>(table: &'t Table, explained: &Explained<'_>) -> Vec<(String, Vec<&'t str>)> {
    let chosen = explained.sign_in.as_ref().map(|sign_in| sign_in.key);
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    for (key, brand) in table.brands.iter().filter(|(key, _)| Some(*key) != chosen) {
        let host = if explained.criteria.host == Ok(key) {
            "its host is in return_to, but brand_id comes first"
        } else {
            "not its host"
        };
        let id = match (brand.id, explained.brand_id) {
            (None, _) => "it has no brand_id",
            (Some(own), Some(asked)) if own == asked => {
                "its brand_id, but the host of return_to comes first"
            }
            _ => "not its brand_id",
        };
        let reason = format!("{host}; {id}");
        match groups.iter_mut().find(|(it, _)| *it == reason) {
            Some((_, brands)) => brands.push(brand.name.as_str()),
            None => groups.push((reason, vec![brand.name.as_str()])),
        }
    }
    groups
}

fn brand_name(table: &Table, key: BrandKey) -> &str {
    table.brands.brand(key).map_or("", |brand| brand.name.as_str())
}

fn unknown(table: &Table) -> String {
    match table.brands.unknown() {
        Unknown::Ask => "hit   ask which brand".to_owned(),
        Unknown::Refuse => "hit   refuse".to_owned(),
        Unknown::Brand(key) => format!("hit   take `{}`", brand_name(table, key)),
    }
}

/// What came out, for programs.
pub(super) fn json(table: &Table, outcome: &Outcome<'_>) -> Value {
    let criterion = |found: &Result<BrandKey, &'static str>| match found {
        Ok(key) => json!({ "hit": true, "brand": brand_name(table, *key) }),
        Err(why) => json!({ "hit": false, "reason": why }),
    };
    let explained = outcome.explained.as_ref();
    // A link names its brand by its address.
    let by_query = explained.filter(|_| !outcome.is_start());
    let sign_in = explained.and_then(|it| it.sign_in.as_ref());
    let backend = sign_in.and_then(|sign_in| table.backend(sign_in.backend));
    let named = backend.filter(|it| it.names_people() && !outcome.is_logout());
    let refusal = match &outcome.leads_to {
        LeadsTo::Refused(refused) => Some(json!({
            "kind": refused.kind,
            "reason": refused.reason,
        })),
        _ => None,
    };
    let (location, provider, page) = match &outcome.leads_to {
        LeadsTo::Location(location) => (Some(location), None, None),
        LeadsTo::Provider(issuer) => (None, Some(issuer), None),
        LeadsTo::Page(page) => (None, None, Some(page)),
        LeadsTo::Refused(_) => (None, None, None),
    };
    json!({
        "outcome": match &outcome.leads_to {
            LeadsTo::Location(_) | LeadsTo::Provider(_) => "leads-on",
            LeadsTo::Page(_) => "page",
            LeadsTo::Refused(_) => "refused",
        },
        "address": outcome.address,
        "wrong": outcome.faults,
        "return_to": by_query.map(|it| criterion(&it.criteria.host)),
        "brand_id": by_query.map(|it| criterion(&it.criteria.brand_id)),
        "unknown": explained.is_some_and(|it| it.is_unknown),
        "brand": sign_in.map(|sign_in| sign_in.brand.name.as_str()),
        "matched": sign_in.map(|sign_in| match sign_in.matched {
            _ if outcome.is_start() => "start",
            Match::Host => "return_to",
            Match::BrandId => "brand_id",
            Match::Unknown => "unknown",
        }),
        "client_ip": sign_in.and_then(|sign_in| sign_in.client),
        "route": sign_in.and_then(|sign_in| sign_in.route),
        "backend": backend.map(|backend| backend.name.as_str()),
        "rules": sign_in.filter(|_| named.is_some()).map(|it| rules_json(table, it)),
        "disagrees": sign_in.is_some_and(|sign_in| sign_in.disagrees),
        "destination": sign_in.map(|sign_in| sign_in.destination.absolute()),
        "not": by_query.map(|it| {
            let group = |(reason, brands): (String, Vec<&str>)| {
                json!({ "reason": reason, "count": brands.len() })
            };
            misses(table, it).into_iter().map(group).collect::<Vec<_>>()
        }),
        "location": location,
        "provider": provider,
        "page": page,
        "refusal": refusal,
    })
}
