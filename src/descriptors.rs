//! File descriptors: how many the system allows, and who gets them.

use std::io;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Most that are asked for: there is no use for more.
const MOST: u64 = 65_536;

/// What stands for “unlimited” where a number is needed.
const UNLIMITED: u64 = u64::MAX;

/// Fewest with which there is something for everybody.
pub const LEAST: u64 = 128;

/// For everything but people: standard streams, listeners, the log, the store, files that are read.
const OURS: usize = 48;

/// Of each worker thread: its event queue, and what wakes it.
const OF_A_WORKER: usize = 6;

/// Fewest connections that are worth a worker thread.
const LEAST_OF_A_WORKER: usize = 64;

/// Most connections of people, whatever the system allows: each takes some 20 KB.
const MOST_CONNECTIONS: usize = 16_384;

/// Most connections of the health listener, which has descriptors of its own.
pub const MOST_OF_HEALTH: usize = 32;

/// How many descriptors this process may have now.
pub fn limit() -> u64 {
    getrlimit(Resource::Nofile).current.unwrap_or(UNLIMITED)
}

/// Raises that to what the process may give itself, as far as there is a use for it.
pub fn raise_limit() -> io::Result<()> {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let possible = maximum.unwrap_or(UNLIMITED).min(MOST);
    if current.unwrap_or(UNLIMITED) >= possible {
        return Ok(());
    }
    setrlimit(Resource::Nofile, Rlimit { current: Some(possible), maximum })?;
    Ok(())
}

/// Who gets how many connections.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Budget {
    /// Threads that serve people.
    pub workers: usize,
    /// Most connections of each.
    pub connections_each: usize,
}

impl Budget {
    /// Of so many descriptors and cores, where up to `questions` to providers need one each.
    pub fn of(limit: u64, cores: usize, questions: usize) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let left = limit.saturating_sub(OURS + MOST_OF_HEALTH);
        let workers = (left / (LEAST_OF_A_WORKER + OF_A_WORKER)).clamp(1, cores.max(1));
        let left = left.saturating_sub(workers * OF_A_WORKER);
        // A question is asked for somebody who is connected: half is enough, however many there
        // may be.
        let connections = left.saturating_sub(questions).max(left / 2).min(MOST_CONNECTIONS);
        Self { workers, connections_each: (connections / workers).max(1) }
    }

    /// Most connections of all of them.
    pub fn connections(self) -> usize {
        self.workers * self.connections_each
    }
}

#[cfg(test)]
mod tests {
    use super::{Budget, LEAST, MOST_OF_HEALTH, OF_A_WORKER, OURS, limit, raise_limit};

    #[test]
    fn nobody_gets_descriptors_that_there_are_not() {
        for limit in [LEAST, 200, 256, 1024, 4096, 65_536, 1_048_576, 1_000_000_000, u64::MAX] {
            for cores in [1, 2, 16, 128] {
                for questions in [0, 32, 320, 3200, 100_000] {
                    let budget = Budget::of(limit, cores, questions);
                    let people = budget.connections();
                    let needed = OURS + MOST_OF_HEALTH + budget.workers * OF_A_WORKER + people;
                    let asked = questions.min(people);
                    let what = format!("{limit} {cores} {questions}: {budget:?}");
                    assert!((needed + asked) as u64 <= limit, "{what}");
                    assert!((1..=cores).contains(&budget.workers), "{what}");
                    assert!(budget.connections_each >= 1, "{what}");
                    assert!(people <= 16_384, "{what}");
                }
            }
        }
    }

    #[test]
    fn what_there_is_goes_to_people() {
        // (limit, cores, questions, workers, at least so many connections)
        let cases = [
            (256, 2, 0, 2, 160),
            (256, 16, 0, 2, 160),
            (256, 16, 320, 2, 80),
            (1024, 2, 0, 2, 920),
            (1024, 16, 0, 13, 850),
            (1024, 16, 64, 13, 790),
            (65_536, 16, 3200, 16, 16_384),
            (0, 16, 0, 1, 1),
        ];
        for (limit, cores, questions, workers, least) in cases {
            let budget = Budget::of(limit, cores, questions);
            assert_eq!(budget.workers, workers, "{limit} {cores} {questions}");
            assert!(budget.connections() >= least, "{limit} {cores} {questions}: {budget:?}");
        }
    }

    #[test]
    fn raising_the_limit_never_lowers_it() {
        let before = limit();
        raise_limit().unwrap();
        let raised = limit();
        assert!(raised >= before);
        raise_limit().unwrap();
        assert_eq!(limit(), raised, "once is enough");
    }
}
