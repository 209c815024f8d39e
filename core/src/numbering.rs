//! Numbers for what is equal: the hash table of everything that is kept once.
//!
//! A table whose probes are charged: what was made to collide runs into the limit on work, and the hash needs no secret. It
//! knows hashes and numbers only; whoever uses it keeps what is numbered, and says what is equal.

use alloc::vec::Vec;

use crate::budget::{Budget, bytes_of};
use crate::error::{ErrorKind, Result};

/// Numbers from 0 upwards, found by hashes.
#[derive(Debug, Default)]
pub struct Numbering {
    /// By number.
    hashes: Vec<u64>,
    /// One more than a number; 0 for none. The length is a power of two.
    slots: Vec<u32>,
}

impl Numbering {
    /// The number of numbers.
    #[inline]
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// The bytes that are kept.
    pub(crate) fn bytes(&self) -> u64 {
        bytes_of(&self.hashes).saturating_add(bytes_of(&self.slots))
    }

    /// Whether nothing has a number.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// The number that has this hash and that `is_same` recognises. Whoever compares there charges for it.
    ///
    /// # Errors
    /// A limit, or an error of `is_same`.
    #[inline]
    pub fn find(
        &self,
        hash: u64,
        budget: &mut Budget,
        mut is_same: impl FnMut(u32, &mut Budget) -> Result<bool>,
    ) -> Result<Option<u32>> {
        let mut at = self.home(hash);
        while let Some(number) = self.slots.get(at).and_then(|slot| slot.checked_sub(1)) {
            if self.hash_of(number) == Some(hash) && is_same(number, budget)? {
                return Ok(Some(number));
            }
            budget.charge_work(1)?;
            at = self.next(at);
        }
        Ok(None)
    }

    /// The next number, for what has this hash and was not found.
    ///
    /// # Errors
    /// A limit.
    pub fn add(&mut self, hash: u64, budget: &mut Budget) -> Result<u32> {
        let number = u32::try_from(self.hashes.len()).map_err(|_| ErrorKind::OutOfMemory)?;
        budget.push(&mut self.hashes, hash)?;
        if self.hashes.len().saturating_mul(4) > self.slots.len().saturating_mul(3) {
            self.grow(budget)?;
        } else {
            self.place(number, hash, budget)?;
        }
        Ok(number)
    }

    fn grow(&mut self, budget: &mut Budget) -> Result<()> {
        let length = self.slots.len().saturating_mul(2).max(64);
        self.slots.clear();
        budget.fill(&mut self.slots, length, 0)?;
        for number in 0..u32::try_from(self.hashes.len()).map_err(|_| ErrorKind::OutOfMemory)? {
            let hash = self.hash_of(number).unwrap_or(0);
            self.place(number, hash, budget)?;
        }
        Ok(())
    }

    fn place(&mut self, number: u32, hash: u64, budget: &mut Budget) -> Result<()> {
        let mut at = self.home(hash);
        while self.slots.get(at).is_some_and(|&slot| slot != 0) {
            budget.charge_work(1)?;
            at = self.next(at);
        }
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = number.saturating_add(1);
        }
        Ok(())
    }

    #[inline]
    fn hash_of(&self, number: u32) -> Option<u64> {
        usize::try_from(number).ok().and_then(|number| self.hashes.get(number)).copied()
    }

    /// Where what has this hash is looked for first.
    #[inline]
    fn home(&self, hash: u64) -> usize {
        usize::try_from(hash >> 32).unwrap_or(0) & self.slots.len().saturating_sub(1)
    }

    #[inline]
    fn next(&self, at: usize) -> usize {
        at.saturating_add(1) & self.slots.len().saturating_sub(1)
    }
}

/// The hash of some bytes: in the manner of FNV-1a, but with eight bytes at a time, and of long texts four of them at once.
#[inline]
pub fn hash(bytes: &[u8]) -> u64 {
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let seed = 0xcbf2_9ce4_8422_2325 ^ length;
    if bytes.len() < 64 {
        return hash_short(seed, bytes);
    }
    let (blocks, rest) = bytes.as_chunks::<32>();
    let mut lanes =
        [0x243f_6a88_85a3_08d3_u64, 0x1319_8a2e_0370_7344, 0xa409_3822_299f_31d0, 0x082e_fa98_ec4e_6c89];
    for block in blocks {
        let (words, _) = block.as_chunks::<8>();
        for (lane, word) in lanes.iter_mut().zip(words) {
            *lane = mix(*lane, u64::from_le_bytes(*word));
        }
    }
    hash_short(lanes.into_iter().fold(seed, mix), rest)
}

/// The hash of a pair that has this order, of the hashes of both.
#[inline]
pub fn hash_of_pair(first: u64, second: u64) -> u64 {
    mix(first, second)
}

#[inline]
fn hash_short(seed: u64, bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    let mut last = [0; 8];
    last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    words.iter().chain([&last]).fold(seed, |hash, &word| mix(hash, u64::from_le_bytes(word)))
}

#[inline]
fn mix(hash: u64, word: u64) -> u64 {
    let mixed = (hash ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ (mixed >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    #[test]
    fn collisions_are_paid_for() {
        let budget = &mut Budget::new(&Limits::default());
        let mut numbering = Numbering::default();
        // 40 names that begin their search at the same of 64 slots.
        let numbered = (0..).map(|number: u32| alloc::format!("{number:08}"));
        let colliding = numbered.filter(|name| (hash(name.as_bytes()) >> 32) % 64 == 7).take(40);
        for name in colliding {
            let hash = hash(name.as_bytes());
            assert_eq!(numbering.find(hash, budget, |_, _| Ok(false)).unwrap(), None);
            numbering.add(hash, budget).unwrap();
        }
        // Each passes over all those before it twice: when it is looked for and when it is placed.
        let searched = budget.spent().work;
        assert!(searched >= 2 * (40 * 39 / 2), "{searched}");
    }

    #[test]
    fn what_does_not_collide_costs_little() {
        let budget = &mut Budget::new(&Limits::default());
        let mut numbering = Numbering::default();
        assert!(numbering.is_empty());
        const NAMES: u32 = 10_000;
        for number in 0..NAMES {
            let hash = hash(alloc::format!("name {number}").as_bytes());
            assert_eq!(numbering.find(hash, budget, |_, _| Ok(true)).unwrap(), None);
            assert_eq!(numbering.add(hash, budget).unwrap(), number);
        }
        assert_eq!((numbering.len(), numbering.is_empty()), (10_000, false));
        // A few steps each, for passing over others twice and for the tables that became too small.
        let spent = budget.spent().work;
        assert!(spent < 10 * u64::from(NAMES), "{spent}");
        for number in 0..NAMES {
            let hash = hash(alloc::format!("name {number}").as_bytes());
            assert_eq!(numbering.find(hash, budget, |_, _| Ok(true)).unwrap(), Some(number));
        }
    }

    #[test]
    fn of_those_with_one_hash_only_the_same_is_found() {
        let budget = &mut Budget::new(&Limits::default());
        let mut numbering = Numbering::default();
        for hash in [5, 5, 6] {
            numbering.add(hash, budget).unwrap();
        }
        let mut find = |hash, wanted| numbering.find(hash, budget, |number, _| Ok(number == wanted)).unwrap();
        assert_eq!((find(5, 1), find(5, 2), find(6, 2), find(7, 2)), (Some(1), None, Some(2), None));
    }

    #[test]
    fn every_byte_and_the_length_count() {
        let texts = (0..200_usize).flat_map(|length| {
            let text = alloc::vec![b'x'; length];
            let changed = (0..length).map(move |at| {
                let mut text = alloc::vec![b'x'; length];
                if let Some(byte) = text.get_mut(at) {
                    *byte = b'y';
                }
                text
            });
            core::iter::once(text).chain(changed)
        });
        let mut hashes: Vec<u64> = texts.map(|text| hash(&text)).collect();
        let count = hashes.len();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), count);
    }
}
