//! What failed last, for whoever looks: so many failures as fit a page, and nothing about people but the kind of what was
//! said of them.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;

/// Failures that are kept at most.
const MOST: usize = 200;

/// One failure.
#[derive(Clone, Debug, Serialize)]
pub struct RecentFailure {
    /// When, in Unix seconds.
    pub time: u64,
    /// The code that the person sees.
    pub trace: String,
    /// Its name in the log.
    pub kind: &'static str,
    /// The status of the answer.
    pub status: u16,
    /// Who can do something about it, as the log calls them.
    pub fault: &'static str,
    /// The brand's name, where known.
    pub brand: Option<String>,
    /// The backend's name, where known.
    pub backend: Option<String>,
    /// Why, in the log's words.
    pub reason: String,
    /// What the backend is proven to have said, and what became of it.
    pub claims: Vec<Claim>,
}

/// A claim without its value, which may be about a person.
#[derive(Clone, Debug, Serialize)]
pub struct Claim {
    /// As the backend calls it.
    pub name: String,
    /// Of what kind its value is.
    pub kind: String,
    /// Whether it was read, or refused, and by which rule.
    pub became: String,
    /// What it is to Zendesk, if it is read.
    #[serde(skip)]
    pub zendesk: Option<String>,
}

/// The last failures, the oldest first.
#[derive(Debug, Default)]
pub struct Recent(Mutex<VecDeque<RecentFailure>>);

impl Recent {
    /// Adds `failure`; the oldest goes where there is no room.
    pub fn push(&self, failure: RecentFailure) {
        let mut all = self.lock();
        if all.len() >= MOST {
            all.pop_front();
        }
        all.push_back(failure);
    }

    /// Forgets every failure.
    pub fn clear(&self) {
        self.lock().clear();
    }

    /// The newest first: those with this trace code, if one is asked for.
    pub fn find(&self, trace: Option<&str>) -> Vec<RecentFailure> {
        let is_asked =
            |it: &&RecentFailure| trace.is_none_or(|code| it.trace.eq_ignore_ascii_case(code));
        self.lock().iter().rev().filter(is_asked).cloned().collect()
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<RecentFailure>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, Recent, RecentFailure};

    #[test]
    fn the_last_ones_are_kept_and_found_by_their_code() {
        let recent = Recent::default();
        for number in 0..MOST + 7 {
            recent.push(RecentFailure {
                time: 0,
                trace: format!("CODE{number:04}"),
                kind: "internal",
                status: 500,
                fault: "us",
                brand: None,
                backend: None,
                reason: String::new(),
                claims: Vec::new(),
            });
        }
        let all = recent.find(None);
        assert_eq!((all.len(), all[0].trace.as_str()), (MOST, "CODE0206"));
        assert_eq!(recent.find(Some("code0100")).len(), 1, "however it is typed");
        assert_eq!(recent.find(Some("CODE0006")).len(), 0, "too long ago");
    }
}
