//! What is left of a type's expansion when a few of the types that it reaches were met before.
//!
//! Most structures of a kernel reach most of its types. A symbol that meets `u32` before one of them has nearly all of
//! its expansion left, which is more than a megabyte; and many symbols begin alike. So the digests of some such remainders are
//! kept for all threads.

use alloc::vec::Vec;
use core::sync::atomic::{AtomicUsize, Ordering};

use crate::atomic::Finding;
use crate::budget::Budget;
use crate::crc::Digest;
use crate::error::Result;

use super::names::TypeId;

/// The types that were met before: few, in the order of their numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Common {
    types: [Option<TypeId>; Common::MOST],
    count: usize,
}

/// Digests of remainders. Whoever finds one out first, it is the same.
#[derive(Debug)]
pub(super) struct Remainders {
    slots: Vec<Slot>,
    /// The first slot that nobody has taken.
    free: AtomicUsize,
}

/// A remainder, which only who has taken the slot writes.
#[derive(Debug, Default)]
struct Slot {
    /// The type, and those that were met before.
    key: [Finding; 2],
    digest: Finding,
}

/// A type and what was met before, as two pairs of numbers, the first of which are not 0.
type Key = [(u64, u64); 2];

impl Common {
    const MOST: usize = 6;

    /// Adds a type; `false` if there is no room for it.
    pub(super) fn add(&mut self, id: TypeId) -> bool {
        let Some(slot) = self.types.get_mut(self.count) else { return false };
        *slot = Some(id);
        self.count = self.count.saturating_add(1);
        true
    }

    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    pub(super) fn types(&self) -> impl Iterator<Item = TypeId> {
        self.types.iter().flatten().copied()
    }

    fn key(&self, name: TypeId) -> Key {
        let number = |id: TypeId| u64::from(id.0).saturating_add(1);
        let mut types = self.types.iter().map(|id| id.map_or(0, number));
        let mut pair = |first: u64| {
            let mut next = || types.next().unwrap_or(0);
            ((first << 32) | next(), (next() << 32) | next())
        };
        [pair(number(name)), pair(1)]
    }
}

impl Remainders {
    /// The most that are kept: a kernel has some hundred.
    const MOST: usize = 1 << 10;

    /// Makes room for those of so many types.
    pub(super) fn new(types: usize, budget: &mut Budget) -> Result<Remainders> {
        let (mut slots, count) = (Vec::new(), types.min(Remainders::MOST));
        budget.reserve(&mut slots, count)?;
        slots.resize_with(count, Slot::default);
        Ok(Remainders { slots, free: AtomicUsize::new(0) })
    }

    /// The digest of a remainder, if it is known.
    pub(super) fn get(&self, name: TypeId, common: &Common, budget: &mut Budget) -> Result<Option<Digest>> {
        let taken = self.slots.get(..self.free.load(Ordering::Relaxed)).unwrap_or(&self.slots);
        budget.charge_work(u64::try_from(taken.len()).unwrap_or(u64::MAX))?;
        let [first, second] = common.key(name).map(Some);
        let is_this = |slot: &&Slot| {
            let [start, rest] = &slot.key;
            start.get() == first && rest.get() == second
        };
        Ok(taken.iter().find(is_this).and_then(|slot| slot.digest.get()).and_then(Digest::unpack))
    }

    /// Has others know the digest of a remainder, if there is room.
    pub(super) fn set(&self, name: TypeId, common: &Common, digest: Digest) {
        let Some(slot) = self.slots.get(self.free.fetch_add(1, Ordering::Relaxed)) else { return };
        slot.digest.set(digest.pack());
        for (part, numbers) in slot.key.iter().zip(common.key(name)) {
            part.set(numbers);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crc::Crc;
    use crate::limits::Limits;

    #[test]
    fn a_remainder_is_found_by_all_that_it_depends_on() {
        let budget = &mut Budget::new(&Limits::default());
        let remainders = Remainders::new(3, budget).unwrap();
        let common = |types: &[u32]| {
            let mut common = Common::default();
            assert!(types.iter().all(|&number| common.add(TypeId(number))));
            common
        };
        let digest = |text: &[u8]| {
            let mut crc = Crc::of_part();
            crc.update(text);
            crc.digest()
        };
        let kept = [(7, alloc::vec![0]), (7, alloc::vec![0, 1, 2, 3, 4, 5]), (0, alloc::vec![7])];
        for (number, (name, types)) in (0_u8..).zip(&kept) {
            assert_eq!(remainders.get(TypeId(*name), &common(types), budget), Ok(None));
            remainders.set(TypeId(*name), &common(types), digest(&[number]));
        }
        for (number, (name, types)) in (0_u8..).zip(&kept) {
            let found = remainders.get(TypeId(*name), &common(types), budget);
            assert_eq!(found, Ok(Some(digest(&[number]))));
        }
        assert_eq!(remainders.get(TypeId(7), &common(&[0, 1, 2, 3, 4]), budget), Ok(None));
        // There is no room for a fourth, nor for a seventh type.
        remainders.set(TypeId(9), &common(&[0]), digest(b"x"));
        assert_eq!(remainders.get(TypeId(9), &common(&[0]), budget), Ok(None));
        assert!(!common(&[0, 1, 2, 3, 4, 5]).add(TypeId(6)));
    }
}
