//! Random numbers of the kernel, drawn in blocks: a system call costs as much for one as for many.

use std::cell::RefCell;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use zeroize::Zeroize;

const BLOCK_BYTES: usize = 512;

/// The system gives no random numbers.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("the system gives no random numbers")]
pub struct NoRandomness;

/// Fills `bytes`.
pub fn fill(bytes: &mut [u8]) -> Result<(), NoRandomness> {
    // A thread that is ending has no block any more, but may still draw.
    BLOCK
        .try_with(|block| block.try_borrow_mut().ok()?.take(bytes))
        .ok()
        .flatten()
        .unwrap_or_else(|| draw(bytes))
}

/// 128 bits as 22 characters of base64url, for ids that nobody can guess.
pub fn id128() -> Result<String, NoRandomness> {
    let mut bytes = [0; 16];
    fill(&mut bytes)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// A code that a person can read out: eight characters of Crockford's base 32, which knows no
/// `I`, `L`, `O` or `U`.
pub fn trace_code() -> Result<String, NoRandomness> {
    const ALPHABET: [char; 32] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H',
        'J', 'K', 'M', 'N', 'P', 'Q', 'R', 'S', 'T', 'V', 'W', 'X', 'Y', 'Z',
    ];
    let mut bytes = [0; 8];
    fill(&mut bytes)?;
    Ok(bytes.iter().filter_map(|byte| ALPHABET.get(usize::from(byte % 32))).collect())
}

thread_local! {
    static BLOCK: RefCell<Block> = const { RefCell::new(Block::EMPTY) };
}

/// Random bytes not yet used: those before `used` are, and have been wiped.
struct Block {
    bytes: [u8; BLOCK_BYTES],
    used: usize,
}

impl Block {
    const EMPTY: Self = Self { bytes: [0; BLOCK_BYTES], used: BLOCK_BYTES };

    /// Moves bytes out of the block, or says `None` to more than a block holds.
    fn take(&mut self, to: &mut [u8]) -> Option<Result<(), NoRandomness>> {
        if to.len() > BLOCK_BYTES {
            return None;
        }
        if to.len() > BLOCK_BYTES - self.used {
            if draw(&mut self.bytes).is_err() {
                *self = Self::EMPTY;
                return Some(Err(NoRandomness));
            }
            self.used = 0;
        }
        let from = self.bytes.get_mut(self.used..self.used + to.len())?;
        to.copy_from_slice(from);
        from.zeroize();
        self.used += to.len();
        Some(Ok(()))
    }
}

impl Drop for Block {
    fn drop(&mut self) {
        self.bytes.zeroize();
    }
}

fn draw(bytes: &mut [u8]) -> Result<(), NoRandomness> {
    getrandom::fill(bytes).map_err(|_| NoRandomness)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeSet, HashSet};

    use super::{BLOCK_BYTES, Block, fill, id128, trace_code};

    #[test]
    fn no_number_is_drawn_twice() {
        let draw = || (0..1000).map(|_| id128().unwrap()).collect::<Vec<_>>();
        let other = std::thread::spawn(draw);
        let ids: HashSet<_> = draw().into_iter().chain(other.join().unwrap()).collect();
        assert_eq!(ids.len(), 2000);
        assert!(ids.iter().all(|id| id.len() == 22));
    }

    #[test]
    fn a_trace_code_uses_every_letter_that_nobody_misreads() {
        let codes: Vec<_> = (0..1000).map(|_| trace_code().unwrap()).collect();
        assert!(codes.iter().all(|code| code.len() == 8));
        let used: BTreeSet<_> = codes.iter().flat_map(|code| code.chars()).collect();
        assert_eq!(used.into_iter().collect::<String>(), "0123456789ABCDEFGHJKMNPQRSTVWXYZ");
    }

    #[test]
    fn a_used_number_is_wiped() {
        let mut block = Block::EMPTY;
        let mut bytes = [0; 200];
        for used in [200, 400, 200] {
            block.take(&mut bytes).unwrap().unwrap();
            assert_eq!(block.used, used, "a block that is too short is replaced whole");
            assert!(block.bytes.iter().take(used).all(|byte| *byte == 0));
            assert!(block.bytes.iter().skip(used).any(|byte| *byte != 0));
            assert!(bytes.iter().any(|byte| *byte != 0));
        }
    }

    #[test]
    fn more_than_a_block_is_filled_too() {
        for length in [0, 1, BLOCK_BYTES, BLOCK_BYTES + 1, 10_000] {
            let mut bytes = vec![0; length];
            fill(&mut bytes).unwrap();
            let tail = bytes.iter().rev().take(16);
            assert!(length < 16 || tail.map(|byte| u32::from(*byte)).sum::<u32>() > 0, "{length}");
        }
    }
}
