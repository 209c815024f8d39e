//! Texts that are numbered: each is kept once, and found by its hash.

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;
use dwarfksyms_core::numbering::Numbering;

/// Texts that are numbered.
#[derive(Debug, Default)]
pub(super) struct Table<'t> {
    texts: Vec<&'t [u8]>,
    numbering: Numbering,
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

    /// The number of a text, and whether it is new. Of texts that are the same, `is_same` says which is meant.
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
        budget.push(&mut self.texts, text)?;
        Ok((self.numbering.add(hash, budget)?, true))
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
        self.numbering.find(hash, budget, |number, budget| {
            budget.charge_bytes(text.len())?;
            Ok(self.get(number) == text && is_same(number, budget)?)
        })
    }
}
