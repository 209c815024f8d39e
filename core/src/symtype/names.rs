//! Type names, each kept once.

use alloc::vec::Vec;

use crate::budget::Budget;
use crate::error::{ErrorKind, Result};

/// A type name, by the order in which it was met first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TypeId(pub(crate) u32);

impl TypeId {
    pub(crate) fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

/// A set of names that numbers them.
///
/// A hash table whose probes are charged: names that were made to collide run into the limit on work, and
/// the hash needs no secret.
#[derive(Debug, Default)]
pub(crate) struct TypeNames {
    text: Vec<u8>,
    /// Where each name ends in `text`; it begins where the one before it ends.
    ends: Vec<usize>,
    hashes: Vec<u64>,
    /// One more than a name's number; 0 for none. The length is a power of two.
    slots: Vec<u32>,
}

impl TypeNames {
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// A name's bytes.
    pub(crate) fn get(&self, id: TypeId) -> &[u8] {
        let start = id.index().checked_sub(1).and_then(|before| self.ends.get(before).copied()).unwrap_or(0);
        let end = self.ends.get(id.index()).copied().unwrap_or(start);
        self.text.get(start..end).unwrap_or_default()
    }

    /// The number of a name, which is added if it is new.
    pub(crate) fn intern(&mut self, name: &[u8], budget: &mut Budget) -> Result<TypeId> {
        let hash = hash(name);
        if let Some(id) = self.find_hashed(name, hash, budget)? {
            return Ok(id);
        }
        let number = u32::try_from(self.ends.len()).map_err(|_| ErrorKind::OutOfMemory)?;
        budget.extend(&mut self.text, name)?;
        budget.push(&mut self.ends, self.text.len())?;
        budget.push(&mut self.hashes, hash)?;
        if self.ends.len().saturating_mul(4) > self.slots.len().saturating_mul(3) {
            self.grow(budget)?;
        } else {
            self.place(number, hash, budget)?;
        }
        Ok(TypeId(number))
    }

    /// The number of a name, if it is known.
    pub(crate) fn find(&self, name: &[u8], budget: &mut Budget) -> Result<Option<TypeId>> {
        self.find_hashed(name, hash(name), budget)
    }

    fn find_hashed(&self, name: &[u8], hash: u64, budget: &mut Budget) -> Result<Option<TypeId>> {
        budget.charge_bytes(name.len())?;
        let mut at = self.home(hash);
        while let Some(id) = self.slots.get(at).and_then(|slot| slot.checked_sub(1)).map(TypeId) {
            if self.hashes.get(id.index()) == Some(&hash) {
                budget.charge_bytes(name.len())?;
                if self.get(id) == name {
                    return Ok(Some(id));
                }
            }
            budget.charge_work(1)?;
            at = self.next(at);
        }
        Ok(None)
    }

    fn grow(&mut self, budget: &mut Budget) -> Result<()> {
        let len = self.slots.len().saturating_mul(2).max(64);
        self.slots.clear();
        budget.fill(&mut self.slots, len, 0)?;
        for number in 0..u32::try_from(self.hashes.len()).map_err(|_| ErrorKind::OutOfMemory)? {
            let hash = self.hashes.get(TypeId(number).index()).copied().unwrap_or(0);
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

    /// Where a name with this hash is looked for first.
    fn home(&self, hash: u64) -> usize {
        usize::try_from(hash >> 32).unwrap_or(0) & self.slots.len().saturating_sub(1)
    }

    fn next(&self, at: usize) -> usize {
        at.saturating_add(1) & self.slots.len().saturating_sub(1)
    }
}

/// In the manner of FNV-1a, but with eight bytes at a time.
fn hash(name: &[u8]) -> u64 {
    let (words, rest) = name.as_chunks::<8>();
    let mut last = [0; 8];
    last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    let length = u64::try_from(name.len()).unwrap_or(u64::MAX);
    words.iter().chain([&last]).fold(0xcbf2_9ce4_8422_2325 ^ length, |hash: u64, &word| {
        let mixed = (hash ^ u64::from_le_bytes(word)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed ^ (mixed >> 32)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    #[test]
    fn every_name_is_numbered_once() {
        let budget = &mut Budget::new(&Limits::default());
        let mut names = TypeNames::default();
        for round in 0..2 {
            for number in 0..1000_u32 {
                let name = alloc::format!("s#type_{number}");
                assert_eq!(names.intern(name.as_bytes(), budget).unwrap(), TypeId(number), "{round}");
                assert_eq!(names.get(TypeId(number)), name.as_bytes());
            }
        }
        assert_eq!(names.len(), 1000);
        assert_eq!(names.find(b"s#type_1000", budget).unwrap(), None);
    }

    #[test]
    fn collisions_are_paid_for() {
        let budget = &mut Budget::new(&Limits::default());
        let mut names = TypeNames::default();
        // 40 names that begin their search at the same of 64 slots.
        let numbered = (0..).map(|number: u32| alloc::format!("{number:08}"));
        let colliding = numbered.filter(|name| (hash(name.as_bytes()) >> 32) % 64 == 7).take(40);
        let mut searched = 0;
        for name in colliding {
            let before = budget.spent().work;
            names.intern(name.as_bytes(), budget).unwrap();
            searched += budget.spent().work - before;
        }
        // Each passes over all those before it twice: when it is looked for and when it is placed.
        assert!(searched >= 2 * (40 * 39 / 2), "{searched}");
        // A long name is hashed.
        let before = budget.spent().work;
        assert_eq!(names.find(&[b'x'; 16_000], budget).unwrap(), None);
        assert!(budget.spent().work - before >= 1000);
    }
}
