//! Brands by the login page that they share.

use std::collections::HashMap;

use url::Url;

use super::router::{Router, Row};
use crate::import::draft::{Draft, DraftBackend, DraftBrand};
use crate::import::names::{Names, title};

/// The hosts that one login page serves, and whether it is Zendesk's.
struct Group<'a> {
    rows: Vec<&'a Row>,
    is_zendesks: bool,
}

impl Router {
    /// The draft of these tables.
    pub(super) fn draft(self, flaws: Vec<String>) -> Draft {
        let groups = groups(&self.rows);
        let (mut brand_names, mut backend_names) = (Names::default(), Names::default());
        let (mut backends, mut brands) = (Vec::new(), Vec::new());
        let mut unknown = None;
        for group in &groups {
            let Some(first) = group.rows.first() else { continue };
            let grouped = brands_of(&group.rows);
            let named: Vec<(String, Vec<&Row>)> =
                grouped.into_iter().map(|rows| (brand_names.give(label(&rows)), rows)).collect();
            let backend = backend_names.give(&match (named.as_slice(), &first.login) {
                _ if group.is_zendesks => "native".to_owned(),
                ([(brand, _)], _) => format!("{brand}-site"),
                (_, Some(login)) => host_of(&login.url),
                (_, None) => String::new(),
            });
            let is_fallback = self.fallback.is_some()
                && first.login.as_ref().map(|it| &it.url)
                    == self.fallback.as_ref().map(|it| &it.url);
            if let Some((brand, _)) = named.first().filter(|_| is_fallback) {
                unknown = Some(brand.clone());
            }
            backends.push(DraftBackend {
                name: backend.clone(),
                comment: comment(group, named.len()),
                login_url: first
                    .login
                    .as_ref()
                    .map(|it| it.url.clone())
                    .filter(|_| !group.is_zendesks),
                logout_url: first
                    .logout
                    .as_ref()
                    .map(|it| it.url.clone())
                    .filter(|_| !group.is_zendesks),
            });
            brands.extend(named.into_iter().map(|(name, rows)| brand(name, &rows, &backend)));
        }
        let mut notes = self.notes;
        if let Some(fallback) = self.fallback.filter(|_| unknown.is_none()) {
            notes.push(format!(
                "everybody whose brand was not known was sent to {}; now they are asked for their brand \
                 (`unknown: ask`)",
                fallback.url
            ));
        }
        let hosts = self.rows.len();
        let origin = format!(
            "{}: {hosts} {}, {} {}",
            self.files.join(" and "),
            if hosts == 1 { "host" } else { "hosts" },
            groups.len(),
            if groups.len() == 1 { "login page" } else { "login pages" },
        );
        Draft { origin, flaws, notes, public_url: None, account: None, unknown, backends, brands }
    }
}

/// The hosts by where their people sign in and out, in the order of the table.
fn groups(rows: &[Row]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut known = HashMap::new();
    for row in rows {
        let is_zendesks = row.login.as_ref().is_some_and(super::address::Address::is_zendesks);
        let url = |it: &Option<super::address::Address>| it.as_ref().map(|it| it.url.clone());
        let pages = if is_zendesks { (None, None) } else { (url(&row.login), url(&row.logout)) };
        let index = *known.entry(pages).or_insert(groups.len());
        match groups.get_mut(index) {
            Some(group) => group.rows.push(row),
            None => groups.push(Group { rows: vec![row], is_zendesks }),
        }
    }
    groups
}

/// The hosts of each brand: one of Zendesk's and one other are taken for one brand, which is all that
/// a brand can have; more than that cannot be told apart here.
fn brands_of<'a>(rows: &[&'a Row]) -> Vec<Vec<&'a Row>> {
    let (zendesks, others): (Vec<&Row>, Vec<&Row>) =
        rows.iter().partition(|row| row.host.is_zendesk());
    match (zendesks.as_slice(), others.as_slice()) {
        ([zendesks], [other]) => vec![vec![*other, *zendesks]],
        _ => rows.iter().map(|row| vec![*row]).collect(),
    }
}

fn brand(name: String, rows: &[&Row], backend: &str) -> DraftBrand {
    let mut comment = Vec::new();
    match rows {
        [_, _] => comment.push(
            "Two hosts with one login page: taken for the two addresses of one brand.".to_owned(),
        ),
        [row] if !row.host.is_zendesk() => comment.push(
            "This host's brand has one of *.zendesk.com, too: add it, or move this one to its brand."
                .to_owned(),
        ),
        _ => {}
    }
    DraftBrand {
        display_name: title(&name),
        name,
        comment,
        brand_id: None,
        hosts: rows.iter().map(|row| row.host.to_string()).collect(),
        backend: backend.to_owned(),
        listed: None,
    }
}

fn comment(group: &Group<'_>, brands: usize) -> String {
    let mut lines: Vec<String> =
        group.rows.iter().take(10).map(|row| row.line.to_string()).collect();
    if group.rows.len() > lines.len() {
        lines.push("…".into());
    }
    let line = if group.rows.len() == 1 { "line" } else { "lines" };
    let of = if brands == 1 { "one brand" } else { "several brands" };
    let what = if group.is_zendesks { "Zendesk's own sign-in page" } else { "The login page" };
    format!("{what} of {of} ({line} {}).", lines.join(", "))
}

/// What a brand may be called after its Zendesk subdomain, or its host.
fn label<'a>(rows: &[&'a Row]) -> &'a str {
    let zendesks = rows.iter().find(|row| row.host.is_zendesk()).or(rows.first());
    let host = zendesks.map_or("", |row| row.host.as_str());
    let host = host.split(':').next().unwrap_or(host);
    match host.split_once(".zendesk.") {
        Some((subdomain, _)) => subdomain,
        None => host,
    }
}

fn host_of(url: &str) -> String {
    let host = Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned));
    let host = host.unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(&host).to_owned()
}
