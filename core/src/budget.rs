//! What remains of the limits while an object is worked on.
//!
//! Whoever spends takes the budget as its last argument. Memory is charged where a container grows. A piece
//! of work that keeps nothing, such as the scan of a unit, has a budget of its own: its memory is given back
//! with it, and its work is charged to whoever asked for it.
//!
//! What fails here fails with the limit that was hit, or because the allocator refuses what the limits allow. The crates
//! that build on this one spend their budgets with it, too.

use alloc::vec::Vec;
use core::mem::size_of;

pub use crate::atomic::Sum;
use crate::error::{Error, ErrorKind, Result};
use crate::limits::{Limit, Limits};

/// What remains of the limits.
#[derive(Clone, Debug)]
pub struct Budget {
    limits: Limits,
    left: Spendable,
    /// What was left at the beginning.
    initial: Spendable,
}

/// What is used up, rather than compared with a limit.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spendable {
    /// Bytes.
    pub memory: u64,
    /// Steps.
    pub work: u64,
    /// DIEs read.
    pub dies: u64,
}

impl Spendable {
    /// The sum of both.
    pub fn and(self, other: Spendable) -> Spendable {
        Spendable {
            memory: self.memory.saturating_add(other.memory),
            work: self.work.saturating_add(other.work),
            dies: self.dies.saturating_add(other.dies),
        }
    }

    /// The same without memory, which is given back.
    pub(crate) fn without_memory(self) -> Spendable {
        Spendable { memory: 0, ..self }
    }

    /// What is left of this when the other is spent.
    pub fn without(self, other: Spendable) -> Spendable {
        Spendable {
            memory: self.memory.saturating_sub(other.memory),
            work: self.work.saturating_sub(other.work),
            dies: self.dies.saturating_sub(other.dies),
        }
    }
}

impl Budget {
    /// All that the limits allow.
    pub fn new(limits: &Limits) -> Budget {
        Budget::after(limits, Spendable::default())
    }

    /// A budget of which some was spent before.
    pub(crate) fn after(limits: &Limits, spent: Spendable) -> Budget {
        let all = Spendable { memory: limits.memory, work: limits.work, dies: limits.dies };
        let left = all.without(spent);
        Budget { limits: *limits, left, initial: left }
    }

    /// Leaves at most so many bytes of memory.
    pub(crate) fn cap_memory(&mut self, bytes: u64) {
        self.left.memory = self.left.memory.min(bytes);
        self.initial.memory = self.left.memory;
    }

    /// Refuses sums beyond the limits.
    pub fn check_spent(&self, sums: Spendable) -> Result<()> {
        for (limit, sum) in [(Limit::Memory, sums.memory), (Limit::Work, sums.work), (Limit::Dies, sums.dies)]
        {
            if sum > self.limits.get(limit) {
                return Err(self.exhausted(limit));
            }
        }
        Ok(())
    }

    /// What was spent.
    pub fn spent(&self) -> Spendable {
        self.initial.without(self.left)
    }

    /// The steps that were paid for, those before this budget among them.
    pub(crate) fn total_work(&self) -> u64 {
        self.limits.work.saturating_sub(self.left.work)
    }

    /// Takes over what was spent elsewhere.
    pub fn spend(&mut self, spent: Spendable) -> Result<()> {
        let memory = self.left.memory.checked_sub(spent.memory);
        self.left.memory = memory.ok_or_else(|| self.exhausted(Limit::Memory))?;
        self.left.dies = self.left.dies.saturating_sub(spent.dies);
        self.charge_work(spent.work)
    }

    /// The bytes of memory that are left.
    pub(crate) fn memory(&self) -> u64 {
        self.left.memory
    }

    /// Does something of which nothing is kept, or what is kept is paid for by the caller: only its work is charged.
    pub fn apart<T>(&mut self, work: impl FnOnce(&mut Budget) -> Result<T>) -> Result<T> {
        let mut own = self.clone();
        let result = work(&mut own)?;
        self.charge_work(own.total_work().saturating_sub(self.total_work()))?;
        Ok(result)
    }

    /// Pays for so many bytes of memory that are kept.
    pub fn charge_memory(&mut self, bytes: usize) -> Result<()> {
        let memory = u64::try_from(bytes).unwrap_or(u64::MAX);
        self.spend(Spendable { memory, ..Spendable::default() })
    }

    /// Pays for `steps` units of work.
    #[inline]
    pub fn charge_work(&mut self, steps: u64) -> Result<()> {
        match self.left.work.checked_sub(steps) {
            Some(rest) => {
                self.left.work = rest;
                Ok(())
            }
            None => Err(self.exhausted(Limit::Work)),
        }
    }

    /// Pays for reading a DIE with so many attributes.
    #[inline]
    pub(crate) fn charge_die(&mut self, attributes: u32) -> Result<()> {
        self.left.dies = self.left.dies.checked_sub(1).ok_or_else(|| self.exhausted(Limit::Dies))?;
        self.charge_work(u64::from(attributes).saturating_add(1))
    }

    /// Pays for passing over DIEs in so many steps.
    pub(crate) fn charge_dies(&mut self, dies: u32, steps: u64) -> Result<()> {
        let left = self.left.dies.checked_sub(dies.into());
        self.left.dies = left.ok_or_else(|| self.exhausted(Limit::Dies))?;
        self.charge_work(steps)
    }

    /// Pays for copying, comparing or hashing `bytes` bytes.
    #[inline]
    pub fn charge_bytes(&mut self, bytes: usize) -> Result<()> {
        self.charge_work(u64::try_from(bytes >> 4).unwrap_or(u64::MAX).saturating_add(1))
    }

    /// Pays for putting so many items in order, each of which is compared in one step.
    pub fn charge_sorting(&mut self, count: usize) -> Result<()> {
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        self.charge_work(count.saturating_mul(u64::from(count.max(1).ilog2())))
    }

    /// Pays for putting names in order, 16 bytes of which are compared in a step.
    pub(crate) fn charge_sorting_names<'n>(
        &mut self,
        names: impl ExactSizeIterator<Item = &'n [u8]>,
    ) -> Result<()> {
        let depth = u64::from(names.len().max(1).ilog2()).saturating_add(1);
        let steps = names.fold(0_u64, |sum, name| {
            sum.saturating_add(u64::try_from(name.len() >> 4).unwrap_or(u64::MAX)).saturating_add(2)
        });
        self.charge_work(depth.saturating_mul(steps))
    }

    /// Refuses more of something than its limit.
    #[inline]
    pub fn check(&self, limit: Limit, count: usize) -> Result<()> {
        match u64::try_from(count) {
            Ok(count) if count <= self.limits.get(limit) => Ok(()),
            _ => Err(self.exhausted(limit)),
        }
    }

    /// Makes room for `additional` more items, at least doubling what there is.
    #[inline]
    pub fn reserve<T>(&mut self, items: &mut Vec<T>, additional: usize) -> Result<()> {
        let needed = items.len().checked_add(additional).ok_or(ErrorKind::OutOfMemory)?;
        if needed <= items.capacity() { Ok(()) } else { self.grow(items, needed) }
    }

    #[cold]
    fn grow<T>(&mut self, items: &mut Vec<T>, needed: usize) -> Result<()> {
        let capacity = needed.max(items.capacity().saturating_mul(2)).max(4);
        let grown = capacity.saturating_sub(items.capacity());
        let bytes = u64::try_from(grown.saturating_mul(size_of::<T>())).unwrap_or(u64::MAX);
        let left = self.left.memory.checked_sub(bytes).ok_or_else(|| self.exhausted(Limit::Memory))?;
        self.left.memory = left;
        items
            .try_reserve_exact(capacity.saturating_sub(items.len()))
            .map_err(|_| Error::new(ErrorKind::OutOfMemory))
    }

    /// Appends one item.
    #[inline]
    pub fn push<T>(&mut self, items: &mut Vec<T>, item: T) -> Result<()> {
        if items.len() == items.capacity() {
            self.reserve(items, 1)?;
        }
        items.push(item);
        Ok(())
    }

    /// Inserts one item, and pays for moving those behind it.
    pub fn insert<T>(&mut self, items: &mut Vec<T>, at: usize, item: T) -> Result<()> {
        let moved = items.len().saturating_sub(at);
        self.charge_bytes(moved.saturating_mul(size_of::<T>()))?;
        self.reserve(items, 1)?;
        items.insert(at.min(items.len()), item);
        Ok(())
    }

    /// Appends copies of items.
    #[inline]
    pub fn extend<T: Copy>(&mut self, items: &mut Vec<T>, more: &[T]) -> Result<()> {
        self.reserve(items, more.len())?;
        items.extend_from_slice(more);
        Ok(())
    }

    /// Grows to `len` items, filling with `fill`.
    pub fn fill<T: Copy>(&mut self, items: &mut Vec<T>, len: usize, fill: T) -> Result<()> {
        let additional = len.saturating_sub(items.len());
        self.reserve(items, additional)?;
        self.charge_bytes(additional.saturating_mul(size_of::<T>()))?;
        items.resize(len.max(items.len()), fill);
        Ok(())
    }

    /// Takes back what a container has cost that is no longer needed.
    pub fn free<T>(&mut self, items: Vec<T>) {
        self.left.memory = self.left.memory.saturating_add(bytes_of(&items));
        drop(items);
    }

    #[cold]
    fn exhausted(&self, limit: Limit) -> Error {
        Error::new(ErrorKind::Limit(limit, self.limits.get(limit)))
    }
}

/// The bytes that a vector has allocated.
pub fn bytes_of<T>(items: &Vec<T>) -> u64 {
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
    fn what_is_moved_or_filled_is_paid_for() {
        let mut budget = Budget::new(&Limits::default());
        let mut items: Vec<u64> = Vec::new();
        budget.fill(&mut items, 100, 0).unwrap();
        // 800 bytes are 50 steps of 16, and one for the call.
        assert_eq!(budget.spent().work, 51);
        budget.insert(&mut items, 20, 7).unwrap();
        assert_eq!(budget.spent().work, 51 + 41);
        assert_eq!((items.len(), items[20]), (101, 7));
    }

    #[test]
    fn what_was_spent_elsewhere_counts() {
        let limits = Limits { memory: 100, work: 100, dies: 100, ..Limits::default() };
        let one = Spendable { memory: 10, work: 20, dies: 30 };
        let mut budget = Budget::after(&limits, one.and(one));
        assert_eq!((budget.memory(), budget.total_work()), (80, 40));
        budget.spend(one).unwrap();
        assert_eq!((budget.memory(), budget.total_work()), (70, 60));
        let spent = budget.spent();
        assert_eq!((spent.memory, spent.work, spent.dies), (10, 20, 30));
        let too_much = Spendable { memory: 71, ..Spendable::default() };
        let error = budget.spend(too_much).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Limit(Limit::Memory, 100));
    }

    #[test]
    fn what_is_done_apart_costs_work_alone() {
        let limits = Limits { memory: 64, work: 10, ..Limits::default() };
        let mut budget = Budget::new(&limits);
        for _ in 0..3 {
            let kept = budget.apart(|own| {
                own.charge_work(3)?;
                own.push(&mut Vec::new(), [0_u8; 16]).map(|()| 7)
            });
            assert_eq!(kept, Ok(7));
        }
        assert_eq!((budget.memory(), budget.total_work()), (64, 9));
        let too_much = budget.apart(|own| own.charge_work(3)).unwrap_err();
        assert_eq!(too_much.kind(), ErrorKind::Limit(Limit::Work, 10));
        budget.charge_memory(64).unwrap();
        assert!(budget.charge_memory(1).is_err());
    }

    #[test]
    fn a_die_costs_itself_and_its_attributes() {
        let mut budget = Budget::new(&Limits { dies: 6, work: 100, ..Limits::default() });
        budget.charge_die(3).unwrap();
        budget.charge_dies(5, 7).unwrap();
        let spent = budget.spent();
        assert_eq!((spent.memory, spent.work, spent.dies), (0, 4 + 7, 6));
        let too_much = ErrorKind::Limit(Limit::Dies, 6);
        assert_eq!(budget.charge_die(0).unwrap_err().kind(), too_much);
        assert_eq!(budget.charge_dies(1, 0).unwrap_err().kind(), too_much);
    }

    #[test]
    fn what_is_freed_can_be_spent_again() {
        let mut budget = Budget::new(&Limits { memory: 32, ..Limits::default() });
        for _ in 0..3 {
            let mut items: Vec<u64> = Vec::new();
            budget.extend(&mut items, &[1, 2, 3]).unwrap();
            assert_eq!((bytes_of(&items), budget.memory()), (32, 0));
            budget.free(items);
        }
        let spent = Spendable { memory: 1, work: 2, dies: 3 }.without_memory();
        assert_eq!((spent.memory, spent.work, spent.dies), (0, 2, 3));
    }

    #[test]
    fn work_ends_at_zero() {
        let mut budget = Budget::new(&Limits { work: 3, ..Limits::default() });
        // 32 bytes are two steps of 16 and one for the call.
        budget.charge_bytes(32).unwrap();
        assert_eq!(budget.charge_work(1).unwrap_err().kind(), ErrorKind::Limit(Limit::Work, 3));
    }
}
