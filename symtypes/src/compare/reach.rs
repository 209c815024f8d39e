//! Which of the changed types each type of a file reaches.
//!
//! Types that reach one another reach the same: strongly connected components (Tarjan's algorithm, with a stack of its
//! own), each with one set, a bit for each changed type.

use alloc::vec::Vec;

use dwarfksyms_core::budget::Budget;
use dwarfksyms_core::{ErrorKind, Result};

use crate::types::{Catalog, Contents, NameId, RecordId};

/// What the types of a file reach.
#[derive(Debug)]
pub(super) struct Reach {
    /// By name: one more than the number of its component's set, or 0.
    component: Vec<u32>,
    /// The sets, one after the other, each once.
    sets: Vec<u64>,
    words: usize,
}

/// A type that is being visited.
#[derive(Clone, Copy, Debug)]
struct Visit {
    name: NameId,
    record: RecordId,
    next: usize,
}

struct Search<'a, 't> {
    catalog: &'a Catalog<'t>,
    contents: &'a Contents,
    unified: &'a [NameId],
    /// By name: one more than its number among the changed types, or 0.
    changed: &'a [u32],
    /// By name: the order of discovery, from 1, and the earliest on the stack that is known to be reached.
    marks: Vec<(u32, u32)>,
    visits: Vec<Visit>,
    stack: Vec<NameId>,
    found: u32,
    known: Known,
    reach: Reach,
}

impl Reach {
    /// Finds what the roots and all that they lead to reach.
    pub(super) fn new(
        catalog: &Catalog<'_>,
        contents: &Contents,
        unified: &[NameId],
        changed: &[u32],
        changed_count: usize,
        roots: impl Iterator<Item = NameId>,
        budget: &mut Budget,
    ) -> Result<Reach> {
        let words = changed_count.div_ceil(64);
        let mut component = Vec::new();
        budget.fill(&mut component, unified.len(), 0)?;
        let mut marks = Vec::new();
        budget.fill(&mut marks, unified.len(), (0, 0))?;
        let reach = Reach { component, sets: Vec::new(), words };
        let mut search = Search {
            catalog,
            contents,
            unified,
            changed,
            marks,
            visits: Vec::new(),
            stack: Vec::new(),
            found: 0,
            known: Known::default(),
            reach,
        };
        for root in roots {
            search.visit(root, budget)?;
        }
        budget.free(search.marks);
        budget.free(search.visits);
        budget.free(search.stack);
        budget.free(search.known.slots);
        Ok(search.reach)
    }

    /// One more than the number of what a type reaches, or 0: those that reach the same have the same.
    pub(super) fn component(&self, name: NameId) -> u32 {
        self.component.get(name.index()).copied().unwrap_or(0)
    }

    /// The set of changed types with such a number, which types reach themselves, too.
    pub(super) fn set(&self, component: u32) -> &[u64] {
        range(component, self.words).and_then(|range| self.sets.get(range)).unwrap_or_default()
    }

    /// Gives back what it has cost.
    pub(super) fn free(self, budget: &mut Budget) {
        budget.free(self.component);
        budget.free(self.sets);
    }
}

impl Search<'_, '_> {
    fn visit(&mut self, root: NameId, budget: &mut Budget) -> Result<()> {
        self.enter(root, budget)?;
        while let Some(visit) = self.visits.last_mut() {
            let (name, next) = (visit.name, visit.next);
            visit.next = next.saturating_add(1);
            budget.charge_work(1)?;
            if let Some(&reference) = self.catalog.references(visit.record).get(next) {
                let reference = self.unified.get(reference.index()).copied().unwrap_or(reference);
                match self.mark(reference) {
                    (0, _) => self.enter(reference, budget)?,
                    (found, _) if self.is_open(reference) => self.lower(name, found),
                    _ => {}
                }
                continue;
            }
            self.visits.pop();
            let (found, lowest) = self.mark(name);
            if let Some(outer) = self.visits.last().map(|outer| outer.name) {
                self.lower(outer, lowest);
            }
            if found == lowest {
                self.close(name, budget)?;
            }
        }
        Ok(())
    }

    fn mark(&self, name: NameId) -> (u32, u32) {
        self.marks.get(name.index()).copied().unwrap_or((u32::MAX, u32::MAX))
    }

    /// Whether a type that was found is in no component yet.
    fn is_open(&self, name: NameId) -> bool {
        self.reach.component.get(name.index()) == Some(&0)
    }

    fn lower(&mut self, name: NameId, found: u32) {
        if let Some((_, lowest)) = self.marks.get_mut(name.index()) {
            *lowest = found.min(*lowest);
        }
    }

    fn enter(&mut self, name: NameId, budget: &mut Budget) -> Result<()> {
        let Some(record) = self.contents.get(name) else { return Ok(()) };
        if self.mark(name).0 != 0 {
            return Ok(());
        }
        self.found = self.found.checked_add(1).ok_or(ErrorKind::OutOfMemory)?;
        if let Some(mark) = self.marks.get_mut(name.index()) {
            *mark = (self.found, self.found);
        }
        budget.push(&mut self.stack, name)?;
        budget.push(&mut self.visits, Visit { name, record, next: 0 })
    }

    /// Makes a component of the types that were found since this one.
    fn close(&mut self, root: NameId, budget: &mut Budget) -> Result<()> {
        let from_root = self.stack.iter().rev().position(|&name| name == root).unwrap_or(0);
        let first = self.stack.len().saturating_sub(1).saturating_sub(from_root);
        let members = self.stack.get(first..).unwrap_or_default();
        let Reach { component, sets, words } = &mut self.reach;
        let start = sets.len();
        budget.fill(sets, start.saturating_add(*words), 0)?;
        let (before, own) = sets.split_at_mut_checked(start).unwrap_or((&mut [], &mut []));
        for &name in members {
            budget.charge_work(2)?;
            let bit = self.changed.get(name.index()).and_then(|bit| bit.checked_sub(1));
            if let Some(bit) = bit.and_then(|bit| usize::try_from(bit).ok())
                && let Some(word) = own.get_mut(bit >> 6)
            {
                *word |= 1 << (bit & 63);
            }
            let Some(record) = self.contents.get(name) else { continue };
            for &reference in self.catalog.references(record) {
                budget.charge_bytes(words.saturating_mul(8))?;
                let reference = self.unified.get(reference.index()).copied().unwrap_or(reference);
                let other = component.get(reference.index()).copied().unwrap_or(0);
                // Those of this component have none yet.
                let Some(range) = range(other, *words) else { continue };
                for (word, other) in own.iter_mut().zip(before.get(range).unwrap_or_default()) {
                    *word |= other;
                }
            }
        }
        let number = self.known.number(sets, *words, budget)?;
        for &name in members {
            if let Some(slot) = component.get_mut(name.index()) {
                *slot = number;
            }
        }
        self.stack.truncate(first);
        Ok(())
    }
}

/// Where a set is, by one more than its number.
fn range(number: u32, words: usize) -> Option<core::ops::Range<usize>> {
    let start = usize::try_from(number.checked_sub(1)?).ok()?.checked_mul(words)?;
    Some(start..start.checked_add(words)?)
}

/// Finds sets by what is in them.
#[derive(Debug, Default)]
struct Known {
    /// One more than the numbers of sets, where their contents have them stand, or 0; a power of two.
    slots: Vec<u32>,
    count: usize,
}

impl Known {
    /// One more than the number of a set that is like the last one, which is taken back if it is not the only one.
    fn number(&mut self, sets: &mut Vec<u64>, words: usize, budget: &mut Budget) -> Result<u32> {
        if self.slots.len() <= self.count.saturating_mul(2) {
            self.grow(sets, words, budget)?;
        }
        let last = sets.len().checked_div(words).unwrap_or(0);
        let last = u32::try_from(last).map_err(|_| ErrorKind::OutOfMemory)?;
        budget.charge_bytes(words.saturating_mul(8))?;
        let own = range(last, words).and_then(|range| sets.get(range)).unwrap_or_default();
        let mut at = self.place(own);
        while let Some(&slot) = self.slots.get(at).filter(|&&slot| slot != 0) {
            budget.charge_bytes(words.saturating_mul(8))?;
            if range(slot, words).and_then(|range| sets.get(range)) == Some(own) {
                sets.truncate(sets.len().saturating_sub(words));
                return Ok(slot);
            }
            at = self.next(at);
        }
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = last;
        }
        self.count = self.count.saturating_add(1);
        Ok(last)
    }

    fn grow(&mut self, sets: &[u64], words: usize, budget: &mut Budget) -> Result<()> {
        let size = self.slots.len().saturating_mul(2).max(64);
        let mut slots = Vec::new();
        budget.fill(&mut slots, size, 0)?;
        let old = core::mem::replace(&mut self.slots, slots);
        for &number in old.iter().filter(|&&number| number != 0) {
            budget.charge_bytes(words.saturating_mul(8))?;
            let mut at =
                self.place(range(number, words).and_then(|range| sets.get(range)).unwrap_or_default());
            while self.slots.get(at).is_some_and(|&slot| slot != 0) {
                budget.charge_work(1)?;
                at = self.next(at);
            }
            if let Some(slot) = self.slots.get_mut(at) {
                *slot = number;
            }
        }
        budget.free(old);
        Ok(())
    }

    /// Where a set stands, unless another one does.
    fn place(&self, set: &[u64]) -> usize {
        let mix = |hash: u64, word: &u64| (hash ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23);
        let hash = set.iter().fold(0, mix);
        usize::try_from(hash & u64::from(u32::MAX)).unwrap_or(0) & self.slots.len().saturating_sub(1)
    }

    fn next(&self, at: usize) -> usize {
        at.wrapping_add(1) & self.slots.len().saturating_sub(1)
    }
}
