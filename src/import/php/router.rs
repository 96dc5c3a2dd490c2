//! Which host goes where, by the arrays of the scripts.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::address::{Address, BrandHost, is_address};
use super::arrays::{self, Array, Entry, Value};
use super::encoding;
use super::recognise::{are_hosts, included, is_fallback, is_row, is_table, names_hosts, no_table};
use super::tokens::{self, Spanned, Token};
use super::{Script, ScriptProblem};
use crate::domain::Host;

/// Everything that the scripts say of brands.
#[derive(Debug, Default)]
pub(super) struct Router {
    /// In the order of the scripts.
    pub(super) rows: Vec<Row>,
    /// Where everybody else was sent.
    pub(super) fallback: Option<Address>,
    /// What a reader of the draft should know: each a sentence.
    pub(super) notes: Vec<String>,
    /// The scripts' names.
    pub(super) files: Vec<String>,
}

/// A host of the scripts.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) host: Host,
    /// The key as the script has it: what it looks for in `return_to`.
    pub(super) key: String,
    /// The line of the first array that names it.
    pub(super) line: usize,
    pub(super) login: Option<Address>,
    pub(super) logout: Option<Address>,
}

/// What a script is made of.
pub(super) struct Parsed {
    pub(super) name: String,
    pub(super) tokens: Vec<Spanned>,
    pub(super) short_tag: Option<usize>,
    pub(super) is_logout: bool,
}

/// What an address is for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Purpose {
    Login,
    Logout,
}

impl Purpose {
    /// What a name of an array or a key says, such as `$logout_urls`.
    pub(super) fn named(name: &str) -> Option<Self> {
        let name: String = name.to_ascii_lowercase().split(['_', '-', ' ']).collect();
        let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
        if has(&["logout", "signout", "logoff", "signoff"]) {
            Some(Self::Logout)
        } else if has(&["login", "signin", "logon", "signon"]) {
            Some(Self::Login)
        } else {
            None
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Login => "login",
            Self::Logout => "logout",
        }
    }
}

/// Reads the scripts; every problem at once.
pub(super) fn read(
    login: Script<'_>,
    logout: Option<Script<'_>>,
) -> Result<(Router, Vec<Parsed>), Vec<ScriptProblem>> {
    let mut reader = Reader::default();
    let mut scripts = Vec::new();
    for (script, purpose) in [(Some(login), Purpose::Login), (logout, Purpose::Logout)]
        .into_iter()
        .filter_map(|(script, purpose)| Some((script?, purpose)))
    {
        reader.router.files.push(script.name.to_owned());
        match reader.script(script, purpose) {
            Ok(parsed) => scripts.push(parsed),
            Err(problem) => reader.problems.push(problem.in_file(script.name)),
        }
    }
    reader.finish(login.name);
    if reader.problems.is_empty() { Ok((reader.router, scripts)) } else { Err(reader.problems) }
}

#[derive(Default)]
struct Reader {
    router: Router,
    problems: Vec<ScriptProblem>,
    by_host: HashMap<Host, usize>,
    /// How many addresses of the script begin with `http://`.
    plain: usize,
}

/// Where an address was found.
#[derive(Clone, Copy)]
struct At<'a> {
    file: &'a str,
    line: usize,
    purpose: Purpose,
}

impl Reader {
    fn script(&mut self, script: Script<'_>, purpose: Purpose) -> Result<Parsed, ScriptProblem> {
        let text = encoding::text(script.bytes)
            .ok_or_else(|| ScriptProblem::of_file("it is not text: save it as UTF-8"))?;
        if matches!(text, Cow::Owned(_)) {
            self.router.notes.push(format!(
                "{} is not UTF-8: it was read as Windows-1252, of which Latin-1 is a part",
                script.name
            ));
        }
        let read = tokens::read(&text)?;
        let arrays = arrays::read(&read.tokens)?;
        let before = (self.router.rows.len(), self.problems.len());
        let mut found = false;
        for array in &arrays {
            found |= self.array(array, script.name, purpose);
        }
        let plain = std::mem::take(&mut self.plain);
        if plain > 0 {
            self.router.notes.push(format!(
                "{}: {plain} of its addresses begin with `http://`; brandgate sends people to \
                 `https://` alone: see that these pages are there",
                script.name
            ));
        }
        let included = included(&read.tokens);
        for line in &included {
            self.router.notes.push(format!(
                "{}:{line}: what is included here was not read: if the table, or a part of it, is \
                 there, import that file",
                script.name
            ));
        }
        if !found && before == (self.router.rows.len(), self.problems.len()) {
            self.problems.push(no_table(&read.tokens, &included).in_file(script.name));
        }
        self.not_read(&read.tokens, script.name);
        let Script { name, .. } = script;
        Ok(Parsed {
            name: name.to_owned(),
            tokens: read.tokens,
            short_tag: read.short_tag,
            is_logout: purpose == Purpose::Logout,
        })
    }

    /// Notes Zendesk's hosts that stand in a script and in no table that was read, each once: nobody would
    /// miss them before their people do.
    fn not_read(&mut self, tokens: &[Spanned], file: &str) {
        let mut noted = HashSet::new();
        for Spanned { token, line } in tokens {
            let Token::Text(text) = token else { continue };
            let Some(BrandHost::Whole(host)) = BrandHost::read(text) else { continue };
            let is_known = !host.is_zendesk() || self.by_host.contains_key(&host);
            if !is_known && noted.insert(host) {
                self.router.notes.push(format!(
                    "{file}:{line}: `{text}` stands here, and in no table that was read: if people come \
                     from it, add it"
                ));
            }
        }
    }

    /// Takes what an array says of brands, and tells whether it is about them at all.
    fn array(&mut self, array: &Array, file: &str, purpose: Purpose) -> bool {
        let purpose = array.name.as_deref().and_then(Purpose::named).unwrap_or(purpose);
        if !is_table(&array.entries) {
            return false;
        }
        for entry in &array.entries {
            let at = At { file, line: entry.line, purpose };
            match (&entry.key, &entry.value) {
                (Some(Value::Text(key)), Value::Text(value)) => self.pair(key, value, at),
                (Some(Value::Text(key)), Value::Array(inner))
                    if is_address(key) && are_hosts(inner) =>
                {
                    for entry in inner {
                        let Value::Text(host) = &entry.value else { continue };
                        self.host(host, key, At { line: entry.line, ..at });
                    }
                }
                (Some(Value::Text(key)), Value::Array(inner)) if is_row(key, inner) => {
                    self.row(inner, at);
                }
                (Some(Value::Text(key)), Value::Array(inner)) => self.inner(key, inner, at),
                (None | Some(Value::Other), Value::Array(inner)) => self.row(inner, at),
                (Some(Value::Text(key)), Value::Computed(why)) => {
                    self.problem(at, format!("the address of `{key}` is {why}; {WRITE_OUT}"));
                }
                (Some(Value::Computed(why)), Value::Text(value)) => {
                    self.problem(at, format!("the host for `{value}` is {why}; {WRITE_OUT}"));
                }
                (Some(Value::Computed(why)), _) => {
                    self.problem(at, format!("a host is {why}; {WRITE_OUT}"));
                }
                (None, Value::Computed(why)) => {
                    self.problem(at, format!("a part of the table is {why}; {WRITE_OUT}"));
                }
                (Some(Value::Other), Value::Text(value)) => self.problem(
                    at,
                    format!(
                        "`{value}` has a number for a key; if that is a brand's `brand_id`, write \
                         the brand's host in its place"
                    ),
                ),
                (_, Value::Other)
                | (None, Value::Text(_))
                | (Some(Value::Array(_) | Value::Other), _) => {
                    let key = match &entry.key {
                        Some(Value::Text(key)) => format!("`{key}` has no address"),
                        _ => "an entry has no host or no address".to_owned(),
                    };
                    self.problem(at, key);
                }
            }
        }
        true
    }

    /// `'host' => 'address'`, or the other way round.
    fn pair(&mut self, key: &str, value: &str, at: At<'_>) {
        let is_flipped = is_address(key)
            && !is_address(value)
            && matches!(BrandHost::read(value), Some(BrandHost::Whole(_)));
        if is_flipped { self.host(value, key, at) } else { self.host(key, value, at) }
    }

    /// `'host' => ['login' => …, 'logout' => …]`, also without these keys.
    fn inner(&mut self, key: &str, inner: &[Entry], at: At<'_>) {
        let mut bare = [Purpose::Login, Purpose::Logout].into_iter();
        let mut found = false;
        for entry in inner {
            let name = match &entry.key {
                Some(Value::Text(name)) => Purpose::named(name),
                _ => None,
            };
            let at = At { line: entry.line, ..at };
            match &entry.value {
                Value::Text(text) if is_address(text) => {
                    let keyless = || entry.key.is_none().then(|| bare.next()).flatten();
                    let purpose = name.or_else(keyless).unwrap_or(at.purpose);
                    self.host(key, text, At { purpose, ..at });
                    found = true;
                }
                Value::Computed(why) if name.is_some() || entry.key.is_none() => {
                    self.problem(at, format!("an address of `{key}` is {why}; {WRITE_OUT}"));
                    found = true;
                }
                Value::Text(text) if name.is_some() && !text.trim().is_empty() => {
                    self.host(key, text, At { purpose: name.unwrap_or(at.purpose), ..at });
                    found = true;
                }
                _ => {}
            }
        }
        if !found {
            let computed = inner.iter().find_map(|entry| match &entry.value {
                Value::Computed(why) => Some(why),
                _ => None,
            });
            self.problem(
                at,
                match computed {
                    Some(why) => format!("`{key}` has no address but what is {why}; {WRITE_OUT}"),
                    None => format!("`{key}` has no address"),
                },
            );
        }
    }

    /// `['host' => …, 'login' => …]`, also without these keys, and with a list of hosts.
    fn row(&mut self, inner: &[Entry], at: At<'_>) {
        let (hosts, others): (Vec<Entry>, Vec<Entry>) =
            inner.iter().cloned().partition(names_hosts);
        if hosts.is_empty() {
            self.problem(at, "this row names no host".to_owned());
        }
        for entry in hosts {
            match entry.value {
                Value::Text(host) => self.inner(&host, &others, at),
                Value::Array(hosts) => {
                    for entry in hosts {
                        let Value::Text(host) = entry.value else { continue };
                        self.inner(&host, &others, At { line: entry.line, ..at });
                    }
                }
                Value::Computed(_) | Value::Other => {}
            }
        }
    }

    /// A host, and an address of it.
    fn host(&mut self, key: &str, address: &str, at: At<'_>) {
        let address_of = || Address::read(address).map_err(|error| (at.line, error));
        if is_fallback(key) {
            match address_of() {
                Ok(address) if at.purpose == Purpose::Login => self.router.fallback = Some(address),
                Ok(_) => {}
                Err((_, error)) => self.problem(at, error),
            }
            return;
        }
        let host = match BrandHost::read(key) {
            Some(BrandHost::Whole(host)) => host,
            Some(BrandHost::Subdomain(host)) => {
                self.note(at, &format!("`{key}` was read as the host `{host}`"));
                host
            }
            Some(BrandHost::WithPath) => {
                return self.problem(
                    at,
                    format!(
                        "`{key}` has a path, a brand's host has none: write the host alone, and add \
                         the exception as one of the brand's `routes` afterwards"
                    ),
                );
            }
            None => return self.problem(at, format!("`{key}` is no host")),
        };
        if !is_address(address) {
            let why = "is no whole address; write it with `https://` and its host";
            return self.problem(at, format!("what stands for `{key}` {why}"));
        }
        let address = match address_of() {
            Ok(address) => address,
            Err((_, error)) => return self.problem(at, error),
        };
        if address.was_plain {
            self.plain += 1;
        }
        if !address.dropped.is_empty() {
            let names = address.dropped.join("` and `");
            self.note(at, &format!("`{names}` was taken out of the address: brandgate adds it"));
        }
        self.take(key, host, address, at);
    }

    fn take(&mut self, key: &str, host: Host, address: Address, at: At<'_>) {
        let rows = &mut self.router.rows;
        let index = *self.by_host.entry(host.clone()).or_insert(rows.len());
        if index == rows.len() {
            let (key, line) = (key.trim().to_owned(), at.line);
            rows.push(Row { host, key, line, login: None, logout: None });
        }
        let Some(row) = rows.get_mut(index) else { return };
        let slot = match at.purpose {
            Purpose::Login => &mut row.login,
            Purpose::Logout => &mut row.logout,
        };
        match slot {
            Some(known) if known.url != address.url => {
                let (host, word) = (row.host.clone(), at.purpose.word());
                let first = row.line;
                self.problem(
                    at,
                    format!(
                        "`{host}` has another {word} address here than before (its first line is \
                         {first}): leave in the script the one that is in use"
                    ),
                );
            }
            slot => *slot = Some(address),
        }
    }

    fn problem(&mut self, at: At<'_>, message: String) {
        self.problems.push(ScriptProblem::at(at.line, message).in_file(at.file));
    }

    fn note(&mut self, at: At<'_>, message: &str) {
        self.router.notes.push(format!("{}:{}: {message}", at.file, at.line));
    }

    /// Gives hosts without a logout page that of the others with their login page, if it is one.
    fn share_logouts(&mut self) {
        let url = |address: &Option<Address>| address.as_ref().map(|it| it.url.clone());
        let mut known: HashMap<Option<String>, Option<Address>> = HashMap::new();
        for row in self.router.rows.iter().filter(|row| row.logout.is_some()) {
            let one = known.entry(url(&row.login)).or_insert_with(|| row.logout.clone());
            if url(one) != url(&row.logout) {
                *one = None;
            }
        }
        for row in self.router.rows.iter_mut().filter(|row| row.logout.is_none()) {
            row.logout = known.get(&url(&row.login)).cloned().flatten();
        }
    }

    /// Takes out who cannot sign in anywhere.
    fn finish(&mut self, login: &str) {
        if !self.problems.is_empty() {
            return;
        }
        let (rows, without): (Vec<Row>, Vec<Row>) =
            std::mem::take(&mut self.router.rows).into_iter().partition(|it| it.login.is_some());
        self.router.rows = rows;
        self.share_logouts();
        for Row { host, line, .. } in without {
            self.router.notes.push(format!(
                "`{host}` (line {line}) has a logout address and no login address: it was left out"
            ));
        }
        if self.router.rows.is_empty() {
            let problem = ScriptProblem::of_file("no host in it has a login address");
            self.problems.push(problem.in_file(login));
        }
    }
}

/// What to do about a value that is computed.
pub(super) const WRITE_OUT: &str =
    "only a running script knows it: write it out here, in a copy of the script";
