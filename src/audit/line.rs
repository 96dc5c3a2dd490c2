//! The shape of a line. `docs/audit-log.md` explains it, and whoever reads lines counts on it: what changes is a new
//! `v`, what is added is not.

use std::time::Duration;

use serde::Serialize;

use super::key::Person;
use crate::log;

/// The version of the shape.
const VERSION: u8 = 1;

/// What somebody came for.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// To be signed in to Zendesk.
    SignIn,
    /// A token for a widget.
    WidgetToken,
    /// The audit log itself begins.
    Begun,
    /// Lines of it are lost.
    Lost,
}

/// How it ended, as the log calls it.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub enum Outcome {
    /// A Zendesk JWT was minted and is on its way.
    #[serde(rename = "handed off")]
    HandedOff,
    /// A token for a widget was given out.
    #[serde(rename = "minted")]
    Minted,
    /// The rules do not let the backend say this person.
    #[serde(rename = "refused")]
    Refused,
}

/// What became of somebody.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// What they came for.
    pub event: Event,
    /// How it ended.
    pub outcome: Outcome,
    /// The kind of a refusal.
    pub kind: Option<&'static str>,
    /// Who they are.
    pub person: &'a Person,
    /// What they are in Zendesk, where it is said.
    pub role: Option<&'static str>,
    /// For which widget.
    pub widget: Option<&'static str>,
    /// The brand's name.
    pub brand: Option<&'a str>,
    /// The backend's name.
    pub backend: Option<&'a str>,
    /// The network that they came from.
    pub client: Option<&'a str>,
    /// The code of the same line in the log.
    pub trace: &'a str,
}

/// A line, but for `v` and `time`, which stand before.
#[derive(Debug, Serialize)]
pub(super) struct Line<'a> {
    event: Event,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<Outcome>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    brand: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    backend: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    who: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    widget: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    client: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trace: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lines: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<&'a str>,
}

impl<'a> Line<'a> {
    const fn new(event: Event) -> Self {
        Self {
            event,
            outcome: None,
            kind: None,
            brand: None,
            backend: None,
            who: None,
            external_id: None,
            role: None,
            widget: None,
            client: None,
            trace: None,
            lines: None,
            version: None,
            key: None,
        }
    }

    /// What became of somebody.
    pub(super) fn of(entry: &Entry<'a>) -> Self {
        Self {
            outcome: Some(entry.outcome),
            kind: entry.kind,
            brand: entry.brand,
            backend: entry.backend,
            who: entry.person.who.as_deref(),
            external_id: entry.person.external_id.as_deref(),
            role: entry.role,
            widget: entry.widget,
            client: entry.client,
            trace: Some(entry.trace),
            ..Self::new(entry.event)
        }
    }

    /// It begins, with the key of this id.
    pub(super) fn begun(key: &'a str) -> Self {
        let version = Some(env!("CARGO_PKG_VERSION"));
        Self { version, key: Some(key), ..Self::new(Event::Begun) }
    }

    /// So many lines are lost before this one.
    pub(super) fn lost(many: u64) -> Self {
        Self { lines: Some(many), ..Self::new(Event::Lost) }
    }
}

/// `line` as it is written, with its time and its line break.
pub(super) fn bytes(line: &Line<'_>, since_1970: Duration) -> Vec<u8> {
    #[derive(Serialize)]
    struct Timed<'a> {
        v: u8,
        time: &'a str,
        #[serde(flatten)]
        line: &'a Line<'a>,
    }
    let mut time = String::new();
    log::timestamp(&mut time, since_1970);
    // Texts alone: nothing of it can fail.
    let timed = Timed { v: VERSION, time: &time, line };
    let mut bytes = serde_json::to_vec(&timed).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
