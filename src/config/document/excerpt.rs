//! Cuts out of the file what may be shown of one problem.
//!
//! An excerpt consists of the line's indentation, the key in front, and what the problem is about.
//! Whatever else stands on the line is `…`: a neighbour may be a secret.

use super::tree::{Document, Key, NodeKind};
use crate::config::report::lines::{Lines, Span};
use crate::config::report::print::Excerpt;
use crate::config::report::problem::{At, Problem, Show};
use crate::config::report::sensitive;

/// Longer texts are cut, in characters.
const LONGEST: usize = 100;

/// Where a problem is, and what of the file may be seen there.
pub(in crate::config) struct ExcerptTarget<'d> {
    pub(in crate::config) span: Span,
    pub(in crate::config) view: View<'d>,
}

/// What of the file may be seen.
pub(in crate::config) enum View<'d> {
    Nothing,
    Line,
    /// This text, whatever really stands there.
    Stretch {
        key: Option<&'d Key<'d>>,
        text: &'d str,
    },
}

/// Finds the place of `problem` and decides what may be seen there.
pub(in crate::config) fn target<'d>(
    problem: &Problem,
    source: &'d str,
    document: Option<&'d Document<'_>>,
) -> ExcerptTarget<'d> {
    if let At::Source(span, show) = problem.at {
        let view = match show {
            Show::Nothing => View::Nothing,
            Show::Line => View::Line,
            Show::Text => View::Stretch { key: None, text: span.text(source) },
        };
        return ExcerptTarget { span, view };
    }
    let Some(document) = document else {
        return ExcerptTarget { span: Span::default(), view: View::Nothing };
    };
    let found = document.find(&problem.path);
    let is_sensitive = problem.path.is_sensitive();
    let points_at_key = problem.at == At::Key || !found.is_exact || !found.node.has_text();
    match found.key {
        Some(key) if points_at_key => {
            let is_shown = is_shown_key(key) && !problem.path.ends_hidden();
            let text = if is_shown { key.text.as_ref() } else { "…" };
            ExcerptTarget { span: key.span, view: View::Stretch { key: None, text } }
        }
        key if found.node.has_text() => {
            let span = found.node.span;
            let own = span.text(source);
            let text = match found.node.kind {
                NodeKind::Mapping(_) => "{…}",
                NodeKind::Sequence(_) => "[…]",
                _ if problem.at == At::UnseenValue => "…",
                _ if problem.path.is_public(own) => own,
                _ if is_sensitive => "…",
                _ if sensitive::mentions_secret(own) => "…",
                _ => own,
            };
            let key = key.filter(|_| !problem.path.ends_hidden());
            ExcerptTarget { span, view: View::Stretch { key, text } }
        }
        _ => ExcerptTarget { span: found.node.span, view: View::Nothing },
    }
}

/// Makes the line to print, if anything of it may be seen.
pub(in crate::config) fn excerpt(
    target: &ExcerptTarget<'_>,
    source: &str,
    lines: &Lines<'_>,
) -> Option<Excerpt> {
    let line = lines.line(lines.place(target.span.start).line);
    let written = line.text(source);
    let indent = written.len() - written.trim_start_matches([' ', '\t']).len();
    let (key, shown) = match target.view {
        View::Nothing => return None,
        View::Line => {
            return Some(whole_line(written, target.span.start.saturating_sub(line.start)));
        }
        View::Stretch { key, text } => (key, text),
    };
    let key = key.filter(|key| key.span.start >= line.start && key.span.end <= target.span.start);
    let begin = key.map_or(target.span.start, |key| key.span.start);
    let mut text = written.get(..indent).unwrap_or_default().to_owned();
    let lead = Span { start: line.start, end: begin }.text(source).get(indent..);
    match lead.unwrap_or_default() {
        dashes if dashes.bytes().all(|byte| matches!(byte, b'-' | b' ')) => text.push_str(dashes),
        _ => text.push_str("… "),
    }
    if let Some(key) = key {
        text.push_str(if is_shown_key(key) { &key.text } else { "…" });
        text.push_str(": ");
    }
    let start = text.len();
    let mut shown_lines = shown.split(['\n', '\r']);
    text.push_str(&cut(shown_lines.next().unwrap_or_default()));
    let underlined = start..text.len();
    let is_whole = shown == target.span.text(source);
    let rest = Span { start: target.span.end.min(line.end), end: line.end }.text(source).trim();
    match rest.strip_prefix(':').map(str::trim) {
        _ if shown_lines.next().is_some() => text.push_str(" …"),
        _ if !is_whole => {}
        Some("") => text.push(':'),
        Some(_) => text.push_str(": …"),
        None if rest.is_empty() => {}
        None => text.push_str(" …"),
    }
    Some(Excerpt { text, underlined })
}

fn is_shown_key(key: &Key<'_>) -> bool {
    sensitive::is_nameable(&key.text)
}

fn whole_line(written: &str, offset: u32) -> Excerpt {
    let text = cut(written.trim_end());
    let mut start = (offset as usize).min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let width = text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    Excerpt { underlined: start..start + width, text }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
