//! What remains of the limits while an object is worked on.
//!
//! Whoever spends takes the budget as its last argument. Memory is charged where a container grows. A piece
//! of work that keeps nothing, such as the scan of a unit, has a budget of its own: its memory is given back
//! with it, and its work is charged to whoever asked for it.

use alloc::vec::Vec;
use core::mem::size_of;

use crate::error::{Error, ErrorKind, Result};
use crate::limits::{Limit, Limits};

/// What remains of the limits.
#[derive(Clone, Debug)]
pub(crate) struct Budget {
    limits: Limits,
    memory: u64,
    work: u64,
    /// The work that was there at the beginning.
    initial_work: u64,
}

impl Budget {
    pub(crate) fn new(limits: &Limits) -> Budget {
        Budget::after(limits, 0, 0)
    }

    /// A budget of which some was spent before.
    pub(crate) fn after(limits: &Limits, memory: u64, work: u64) -> Budget {
        let work = limits.work.saturating_sub(work);
        let memory = limits.memory.saturating_sub(memory);
        Budget { limits: *limits, memory, work, initial_work: work }
    }

    /// The bytes of memory that remain.
    pub(crate) fn memory(&self) -> u64 {
        self.memory
    }

    /// Pays for `steps` units of work.
    #[inline]
    pub(crate) fn charge_work(&mut self, steps: u64) -> Result<()> {
        match self.work.checked_sub(steps) {
            Some(rest) => {
                self.work = rest;
                Ok(())
            }
            None => Err(self.exhausted(Limit::Work)),
        }
    }

    /// The steps that were paid for.
    pub(crate) fn spent_work(&self) -> u64 {
        self.initial_work.saturating_sub(self.work)
    }

    /// Pays for copying, comparing or hashing `bytes` bytes.
    #[inline]
    pub(crate) fn charge_bytes(&mut self, bytes: usize) -> Result<()> {
        self.charge_work(u64::try_from(bytes >> 4).unwrap_or(u64::MAX).saturating_add(1))
    }

    /// Refuses nesting beyond the limit on depth.
    #[inline]
    pub(crate) fn check_depth(&self, depth: usize) -> Result<()> {
        match u64::try_from(depth) {
            Ok(depth) if depth <= self.limits.depth => Ok(()),
            _ => Err(self.exhausted(Limit::Depth)),
        }
    }

    /// Refuses a type string beyond the limit on text.
    #[inline]
    pub(crate) fn check_text(&self, bytes: u64) -> Result<()> {
        if bytes <= self.limits.text { Ok(()) } else { Err(self.exhausted(Limit::Text)) }
    }

    /// Refuses more symbols than the limit.
    pub(crate) fn check_symbols(&self, count: usize) -> Result<()> {
        match u64::try_from(count) {
            Ok(count) if count <= self.limits.symbols => Ok(()),
            _ => Err(self.exhausted(Limit::Symbols)),
        }
    }

    /// Makes room for `additional` more items, at least doubling what there is.
    pub(crate) fn reserve<T>(&mut self, items: &mut Vec<T>, additional: usize) -> Result<()> {
        let needed = items.len().checked_add(additional).ok_or(ErrorKind::OutOfMemory)?;
        if needed <= items.capacity() {
            return Ok(());
        }
        let capacity = needed.max(items.capacity().saturating_mul(2)).max(4);
        let grown = capacity.saturating_sub(items.capacity());
        let bytes = u64::try_from(grown.saturating_mul(size_of::<T>())).unwrap_or(u64::MAX);
        self.memory = self.memory.checked_sub(bytes).ok_or_else(|| self.exhausted(Limit::Memory))?;
        items
            .try_reserve_exact(capacity.saturating_sub(items.len()))
            .map_err(|_| Error::new(ErrorKind::OutOfMemory))
    }

    /// Appends one item.
    #[inline]
    pub(crate) fn push<T>(&mut self, items: &mut Vec<T>, item: T) -> Result<()> {
        if items.len() == items.capacity() {
            self.reserve(items, 1)?;
        }
        items.push(item);
        Ok(())
    }

    /// Inserts one item, and pays for moving those behind it.
    pub(crate) fn insert<T>(&mut self, items: &mut Vec<T>, at: usize, item: T) -> Result<()> {
        let moved = items.len().saturating_sub(at);
        self.charge_bytes(moved.saturating_mul(size_of::<T>()))?;
        self.reserve(items, 1)?;
        items.insert(at.min(items.len()), item);
        Ok(())
    }

    /// Appends copies of items.
    #[inline]
    pub(crate) fn extend<T: Copy>(&mut self, items: &mut Vec<T>, more: &[T]) -> Result<()> {
        self.reserve(items, more.len())?;
        items.extend_from_slice(more);
        Ok(())
    }

    /// Grows to `len` items, filling with `fill`.
    pub(crate) fn fill<T: Copy>(&mut self, items: &mut Vec<T>, len: usize, fill: T) -> Result<()> {
        let additional = len.saturating_sub(items.len());
        self.reserve(items, additional)?;
        self.charge_bytes(additional.saturating_mul(size_of::<T>()))?;
        items.resize(len.max(items.len()), fill);
        Ok(())
    }

    #[cold]
    fn exhausted(&self, limit: Limit) -> Error {
        Error::new(ErrorKind::Limit(limit, self.limits.get(limit)))
    }
}

/// The bytes that a vector has allocated.
pub(crate) fn bytes_of<T>(items: &Vec<T>) -> u64 {
    u64::try_from(items.capacity().saturating_mul(size_of::<T>())).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_the_budget_passes_and_one_less_fails() {
        // A vector of u64 starts with room for 4 items: 32 bytes; it doubles for the fifth: 32 more.
        for (memory, fits) in [(63, 4), (64, 8)] {
            let mut budget = Budget::new(&Limits { memory, ..Limits::default() });
            let mut items: Vec<u64> = Vec::new();
            let pushed = (0..8).take_while(|&item| budget.push(&mut items, item).is_ok()).count();
            assert_eq!(pushed, fits);
        }
    }

    #[test]
    fn work_ends_at_zero() {
        let mut budget = Budget::new(&Limits { work: 3, ..Limits::default() });
        // 32 bytes are two steps of 16 and one for the call.
        budget.charge_bytes(32).unwrap();
        assert_eq!(budget.charge_work(1).unwrap_err().kind(), ErrorKind::Limit(Limit::Work, 3));
    }
}
