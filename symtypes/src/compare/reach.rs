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
    /// By name: one more than its component, or 0.
    component: Vec<u32>,
    /// The sets of the components, one after the other.
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
            reach,
        };
        for root in roots {
            search.visit(root, budget)?;
        }
        budget.free(search.marks);
        budget.free(search.visits);
        budget.free(search.stack);
        Ok(search.reach)
    }

    /// One more than the number of a type's component, or 0: types of one component reach the same.
    pub(super) fn component(&self, name: NameId) -> u32 {
        self.component.get(name.index()).copied().unwrap_or(0)
    }

    /// The set of changed types that the types of a component reach, themselves among them.
    pub(super) fn set(&self, component: u32) -> &[u64] {
        component
            .checked_sub(1)
            .and_then(|component| self.range(component))
            .and_then(|range| self.sets.get(range))
            .unwrap_or_default()
    }

    /// Gives back what it has cost.
    pub(super) fn free(self, budget: &mut Budget) {
        budget.free(self.component);
        budget.free(self.sets);
    }

    fn range(&self, component: u32) -> Option<core::ops::Range<usize>> {
        let start = usize::try_from(component).ok()?.checked_mul(self.words)?;
        Some(start..start.checked_add(self.words)?)
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
        let Reach { sets, words, .. } = &mut self.reach;
        let start = sets.len();
        let number = start.checked_div(*words).unwrap_or(0);
        let number = u32::try_from(number).map_err(|_| ErrorKind::OutOfMemory)?;
        budget.fill(sets, start.saturating_add(*words), 0)?;
        while let Some(name) = self.stack.pop() {
            let bit = self.changed.get(name.index()).and_then(|bit| bit.checked_sub(1));
            if let Some(bit) = bit.and_then(|bit| usize::try_from(bit).ok())
                && let Some(word) = self.reach.sets.get_mut(start.saturating_add(bit >> 6))
            {
                *word |= 1 << (bit & 63);
            }
            if let Some(slot) = self.reach.component.get_mut(name.index()) {
                *slot = number.saturating_add(1);
            }
            let Some(record) = self.contents.get(name) else { continue };
            for &reference in self.catalog.references(record) {
                budget.charge_bytes(self.reach.words.saturating_mul(8))?;
                let reference = self.unified.get(reference.index()).copied().unwrap_or(reference);
                let component = self.reach.component.get(reference.index()).copied().unwrap_or(0);
                let Some(component) = component.checked_sub(1).filter(|&component| component != number)
                else {
                    continue;
                };
                let Some(range) = self.reach.range(component) else { continue };
                let (before, own) = self.reach.sets.split_at_mut_checked(start).unwrap_or((&mut [], &mut []));
                let other = before.get(range).unwrap_or_default();
                for (word, other) in own.iter_mut().zip(other) {
                    *word |= other;
                }
            }
            if name == root {
                break;
            }
        }
        Ok(())
    }
}
