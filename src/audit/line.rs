//! The shape of a line. `docs/audit-log.md` explains it, and whoever reads lines counts on it: what changes is a new
//! `v`, what is added is not.

use std::time::Duration;

use serde::Serialize;

use super::key::Pseudonym;
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
    /// A live Zendesk JWT, by the command `mint`.
    Mint,
}

/// How it ended, as the log calls it.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub enum AuditOutcome {
    /// A Zendesk JWT was minted and is on its way.
    #[serde(rename = "handed off")]
    HandedOff,
    /// A token was given out: for a widget, or by hand.
    #[serde(rename = "minted")]
    Minted,
    /// The rules do not let the backend say this person.
    #[serde(rename = "refused")]
    Refused,
}

/// What became of somebody, in the order in which a line has it.
#[derive(Clone, Debug, Serialize)]
pub struct AuditEntry<'a> {
    /// What they came for.
    pub event: Event,
    /// How it ended for them.
    pub outcome: AuditOutcome,
    /// The kind of a refusal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    /// The brand's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brand: Option<&'a str>,
    /// The backend's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backend: Option<&'a str>,
    /// Who they are.
    #[serde(flatten)]
    pub person: &'a Pseudonym,
    /// What they are in Zendesk, where it is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<&'static str>,
    /// For which widget.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub widget: Option<&'static str>,
    /// The network that they came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client: Option<&'a str>,
    /// Who of the machine's users ran the command.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uid: Option<u32>,
    /// The code of the same line in the log.
    pub trace: &'a str,
}

/// What the audit log says of itself.
#[derive(Debug, Serialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub(super) enum OfItself<'a> {
    /// It begins, with the key of this id.
    Begun { version: &'static str, key: &'a str },
    /// People are hidden by the key of this id from here on.
    Rekeyed { key: &'a str },
    /// So many lines are lost before this one.
    Lost { lines: u64 },
}

/// `line` as it is written, with its time and its line break.
pub(super) fn bytes(line: &impl Serialize, since_1970: Duration) -> Vec<u8> {
    #[derive(Serialize)]
    struct Timed<'a, T> {
        v: u8,
        time: &'a str,
        #[serde(flatten)]
        line: &'a T,
    }
    let mut time = String::new();
    log::timestamp(&mut time, since_1970);
    // Texts alone: nothing of it can fail.
    let timed = Timed { v: VERSION, time: &time, line };
    let mut bytes = serde_json::to_vec(&timed).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
