//! Attempts at passwords and codes: how many there may be, and how soon after each other.

use std::pin::Pin;
use std::task::Poll;

use crate::backend::{BackendError, MOST_AT_ONCE};
use crate::keyed_limit::{KeyedLimit, Permit};
use crate::store::{Share, Tally};
use crate::web::error::WebError;
use crate::web::request::client_ip::place;
use crate::web::state::State;
use crate::web::visit::Visit;
use futures_util::poll;
use ipnet::IpNet;

/// Seconds within which attempts are counted.
const WINDOW: u64 = 900;

/// Most attempts at one account from one address, within the window.
const MOST: u64 = 10;

/// Most attempts from one network, within the window: nobody tries one password at everybody's
/// account, or fills the store with counts.
const MOST_OF_NETWORK: u64 = 1000;

/// Longest wait before an attempt, in seconds.
const LONGEST_WAIT: u64 = 30;

/// Most that wait from one network.
const MOST_WAITING_OF_NETWORK: usize = 10;

/// Most that providers are asked for at a time for one network: half of what a provider is asked.
const MOST_ASKING_OF_NETWORK: usize = MOST_AT_ONCE / 2;

/// What is factor. Each is counted by itself, so that a sign-in in several steps is not slowed down.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::web) enum Factor {
    Password,
    Code,
    Method,
}

impl Factor {
    const ALL: [Self; 3] = [Self::Password, Self::Code, Self::Method];

    fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Code => "code",
            Self::Method => "method",
        }
    }
}

/// Whoever tries, and at what account: keyed hashes, and no names.
pub(in crate::web) struct LoginThrottle {
    backend: String,
    account: String,
    place: String,
    network: Option<IpNet>,
    hidden_network: Option<String>,
}

impl LoginThrottle {
    /// Of `request` at what `backend` calls `account`.
    pub(in crate::web) fn of(visit: Visit<'_>, backend: &str, account: &str) -> Self {
        let name = account.trim().to_lowercase();
        let key = visit.keys().sealing();
        let mac = |parts: &[&[u8]]| key.mac("attempt", parts);
        let mac_of = |net: IpNet| mac(&[net.to_string().as_bytes()]);
        // Whoever has one IPv6 address has all of its /64.
        let place = visit.address.and_then(|address| place(address, 64));
        let network = visit.network();
        Self {
            backend: backend.to_owned(),
            account: mac(&[backend.as_bytes(), name.as_bytes()]),
            place: place.map_or_else(String::new, mac_of),
            network,
            hidden_network: network.map(mac_of),
        }
    }

    /// Counts one more attempt, before its outcome is known: many at once would otherwise all be
    /// the first. Refuses it, or lets it wait.
    ///
    /// Whoever guesses from many addresses is slowed down by the wait. It is not a refusal, because
    /// then anybody could keep the account's owner out.
    pub(in crate::web) async fn admit(
        &self,
        state: &State,
        factor: Factor,
    ) -> Result<(), WebError> {
        let now = state.clock.now();
        let share = Share { backend: &self.backend, network: self.network };
        // One number first: what is refused by it leaves nothing else in the store.
        if let Some(network) = &self.hidden_network {
            let network = Tally::SignInNetwork.key(&[network]);
            if state.store.count(&network, WINDOW, &share, now).await? > MOST_OF_NETWORK {
                return Err(WebError::TooManyAttempts);
            }
        }
        let here = state.store.count(&self.here(factor), WINDOW, &share, now).await?;
        if here > MOST {
            return Err(WebError::TooManyAttempts);
        }
        let anywhere = state.store.count(&self.anywhere(factor), WINDOW, &share, now).await?;
        let seconds = wait(anywhere);
        if seconds > 0 {
            let network = self.hidden_network.as_ref().unwrap_or(&self.account);
            let kinds = [(network.as_str(), MOST_WAITING_OF_NETWORK)];
            let place = acquire(&state.waiting, &self.backend, &kinds);
            let _place = place.ok_or(WebError::TooManyAttempts)?;
            state.clock.wait(seconds).await;
        }
        Ok(())
    }

    /// Forgets what was counted here, now that the person has shown who they are.
    ///
    /// The account's own count stays: whoever guesses elsewhere would notice, by a wait that is
    /// gone, that the account exists and that its owner has just been there.
    pub(in crate::web) async fn forget(&self, state: &State) {
        let now = state.clock.now();
        for factor in Factor::ALL {
            // What cannot be forgotten ends with its window.
            let _ = state.store.forget(&self.here(factor), now).await;
        }
    }

    fn here(&self, factor: Factor) -> [u8; 32] {
        Tally::SignInPair.key(&[factor.as_str(), &self.account, &self.place])
    }

    fn anywhere(&self, factor: Factor) -> [u8; 32] {
        Tally::SignInAccount.key(&[factor.as_str(), &self.account])
    }
}

/// A permit to ask the provider of `backend` on behalf of whoever sent `request`, to be held until it
/// has answered: neither one network nor one provider takes all the time, or all connections.
pub(in crate::web) fn provider_permit<'s>(
    visit: Visit<'s>,
    backend: &str,
) -> Result<Permit<'s>, BackendError> {
    let Visit { state, .. } = visit;
    let network = visit.network().map(|it| it.to_string());
    let kinds = network.as_deref().map(|it| (it, MOST_ASKING_OF_NETWORK));
    let place = acquire(&state.asking_for, backend, kinds.as_slice());
    place.ok_or_else(|| BackendError::Unavailable("there are enough questions to it".to_owned()))
}

/// What `answer` says, which waits for the provider of `backend` unless what is known is enough: only
/// whoever waits needs a permit, and is refused at once if there is none.
///
/// The question itself goes on without them (`Published`), so its answer is there for whoever comes
/// next.
pub(in crate::web) async fn with_permit<T, E: From<BackendError>>(
    visit: Visit<'_>,
    backend: &str,
    mut answer: Pin<&mut impl Future<Output = Result<T, E>>>,
) -> Result<T, E> {
    if let Poll::Ready(answer) = poll!(answer.as_mut()) {
        return answer;
    }
    let _permit = provider_permit(visit, backend)?;
    answer.await
}

/// A permit for one more at `backend`, which has at most half of all.
fn acquire<'l>(
    limit: &'l KeyedLimit,
    backend: &str,
    kinds: &[(&str, usize)],
) -> Option<Permit<'l>> {
    // Nothing else here has such a name.
    let backend = format!("backend {backend}");
    limit.try_acquire(&[&[(backend.as_str(), limit.limit().div_ceil(2))], kinds].concat())
}

/// Seconds to wait before the attempt of this number: none, then 1, 2, 4 … 30.
fn wait(number: u64) -> u64 {
    match number {
        0 | 1 => 0,
        2..=6 => 1 << (number - 2),
        _ => LONGEST_WAIT,
    }
}

#[cfg(test)]
mod tests {
    use super::wait;

    #[test]
    fn each_attempt_waits_twice_as_long_up_to_half_a_minute() {
        let waits: Vec<u64> = (0..=9).map(wait).collect();
        assert_eq!(waits, [0, 0, 1, 2, 4, 8, 16, 30, 30, 30]);
        assert_eq!(wait(u64::MAX), 30);
    }
}
