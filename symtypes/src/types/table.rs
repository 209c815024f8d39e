//! Texts that are numbered: each is kept once, and found by its hash.

use alloc::vec::Vec;

use dwarfksyms_core::budget::Budget;
use dwarfksyms_core::{ErrorKind, Result};

/// Texts that are numbered.
#[derive(Debug, Default)]
pub(super) struct Table<'t> {
    texts: Vec<&'t [u8]>,
    hashes: Vec<u64>,
    /// One more than a text's number; 0 for none. The length is a power of two.
    slots: Vec<u32>,
}

impl<'t> Table<'t> {
    /// The number of texts.
    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }

    /// The texts, by their numbers.
    pub(super) fn iter(&self) -> impl Iterator<Item = &'t [u8]> {
        self.texts.iter().copied()
    }

    /// A text by its number.
    pub(super) fn get(&self, number: u32) -> &'t [u8] {
        usize::try_from(number).ok().and_then(|number| self.texts.get(number)).copied().unwrap_or_default()
    }

    /// The number of a text, and whether it is new. Of texts that are the same, `is_same` tells which is meant.
    pub(super) fn intern(
        &mut self,
        text: &'t [u8],
        hash: u64,
        budget: &mut Budget,
        is_same: impl Fn(u32, &mut Budget) -> Result<bool>,
    ) -> Result<(u32, bool)> {
        if let Some(number) = self.find_that(text, hash, budget, is_same)? {
            return Ok((number, false));
        }
        let number = u32::try_from(self.texts.len()).map_err(|_| ErrorKind::OutOfMemory)?;
        budget.push(&mut self.texts, text)?;
        budget.push(&mut self.hashes, hash)?;
        if self.texts.len().saturating_mul(2) > self.slots.len() {
            let length = self.slots.len().saturating_mul(2).max(1 << 10);
            self.slots.clear();
            budget.fill(&mut self.slots, length, 0)?;
            for number in 0..=number {
                self.place(number, budget)?;
            }
        } else {
            self.place(number, budget)?;
        }
        Ok((number, true))
    }

    /// The number of a text, if it has one.
    pub(super) fn find(&self, text: &[u8], hash: u64, budget: &mut Budget) -> Result<Option<u32>> {
        self.find_that(text, hash, budget, |_, _| Ok(true))
    }

    fn find_that(
        &self,
        text: &[u8],
        hash: u64,
        budget: &mut Budget,
        is_same: impl Fn(u32, &mut Budget) -> Result<bool>,
    ) -> Result<Option<u32>> {
        let mut at = self.home(hash);
        while let Some(number) = self.slots.get(at).and_then(|slot| slot.checked_sub(1)) {
            budget.charge_work(1)?;
            if self.hash(number) == hash {
                budget.charge_bytes(text.len())?;
                if self.get(number) == text && is_same(number, budget)? {
                    return Ok(Some(number));
                }
            }
            at = self.next(at);
        }
        Ok(None)
    }

    fn place(&mut self, number: u32, budget: &mut Budget) -> Result<()> {
        let mut at = self.home(self.hash(number));
        while self.slots.get(at).is_some_and(|&slot| slot != 0) {
            budget.charge_work(1)?;
            at = self.next(at);
        }
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = number.saturating_add(1);
        }
        Ok(())
    }

    fn hash(&self, number: u32) -> u64 {
        usize::try_from(number).ok().and_then(|number| self.hashes.get(number)).copied().unwrap_or(0)
    }

    fn home(&self, hash: u64) -> usize {
        usize::try_from(hash & 0xffff_ffff).unwrap_or(0) & self.slots.len().saturating_sub(1)
    }

    fn next(&self, at: usize) -> usize {
        at.saturating_add(1) & self.slots.len().saturating_sub(1)
    }
}

/// The hash of a name alone.
pub(super) fn hash_of_name(name: &[u8]) -> u64 {
    super::lines::hash(name, b"")
}
