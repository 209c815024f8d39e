//! Records while sections are read or written: what they refer to, which was the last of a name, and what exports reach.

use alloc::vec::Vec;
use core::ops::Range;

use dwarfksyms_core::budget::Budget;
use dwarfksyms_core::numbering::hash;
use dwarfksyms_core::{ErrorKind, Result};

use crate::types::catalog::references_in;
use crate::types::table::Table;

use super::Name;

/// A record, by its position.
pub(super) type RecordId = u32;

/// Records, numbered in the order in which they come.
#[derive(Debug, Default)]
pub(super) struct Records<'t> {
    /// Names without their prefixes.
    bare: Table<'t>,
    /// By name.
    prefixes: Vec<u8>,
    /// By name: one more than its last record; 0 for none.
    last: Vec<u32>,
    /// By name: its record in the section that is worked on, if the number is the section's.
    own: Vec<(u32, RecordId)>,
    /// By name: the section that has reached it last.
    reached: Vec<u32>,
    /// By record: its name.
    names: Vec<u32>,
    /// By record: its references are those from here to where those of the next begin.
    starts: Vec<u32>,
    references: Vec<u32>,
    /// The number of the section that is worked on, from 1.
    section: u32,
    /// Records whose references have not been followed.
    open: Vec<RecordId>,
    /// Records on the way to one, and where the next of their references is.
    way: Vec<(RecordId, usize)>,
}

impl<'t> Records<'t> {
    /// The number of a name.
    pub(super) fn name(&mut self, name: Name<'t>, budget: &mut Budget) -> Result<u32> {
        let hash = hash(name.bare) ^ u64::from(name.prefix).rotate_right(8);
        let prefixes = &self.prefixes;
        budget.charge_bytes(name.bare.len())?;
        let (number, is_new) = self
            .bare
            .intern(name.bare, hash, budget, |number, _| Ok(at(prefixes, number) == Some(name.prefix)))?;
        if is_new {
            budget.push(&mut self.prefixes, name.prefix)?;
            budget.push(&mut self.last, 0)?;
            budget.push(&mut self.own, (0, 0))?;
            budget.push(&mut self.reached, 0)?;
        }
        Ok(number)
    }

    /// A name by its number.
    pub(super) fn name_at(&self, number: u32) -> Name<'t> {
        Name { prefix: at(&self.prefixes, number).unwrap_or(0), bare: self.bare.get(number) }
    }

    /// The name of a record.
    pub(super) fn name_of(&self, record: RecordId) -> Name<'t> {
        self.name_at(self.name_number(record))
    }

    /// Adds a record; what its text refers to is found.
    pub(super) fn add(&mut self, name: u32, text: &'t [u8], budget: &mut Budget) -> Result<RecordId> {
        let record = number(self.names.len())?;
        let start = number(self.references.len())?;
        budget.push(&mut self.names, name)?;
        budget.push(&mut self.starts, start)?;
        budget.charge_bytes(text.len())?;
        for (_, reference) in references_in(text) {
            let name = self.name(Name::of(reference), budget)?;
            budget.push(&mut self.references, name)?;
        }
        Ok(record)
    }

    /// Begins a section.
    pub(super) fn begin(&mut self) {
        self.section = self.section.saturating_add(1);
    }

    /// The last record of a name.
    pub(super) fn last(&self, name: u32) -> Option<RecordId> {
        at(&self.last, name)?.checked_sub(1)
    }

    /// Makes a record the last of its name.
    pub(super) fn set_last(&mut self, name: u32, record: RecordId) {
        if let Some(last) = at_mut(&mut self.last, name) {
            *last = record.saturating_add(1);
        }
    }

    /// The section's own record of a name.
    pub(super) fn own(&self, name: u32) -> Option<RecordId> {
        at(&self.own, name).filter(|&(section, _)| section == self.section).map(|(_, record)| record)
    }

    /// Makes a record the section's own.
    pub(super) fn set_own(&mut self, name: u32, record: RecordId) {
        let section = self.section;
        if let Some(own) = at_mut(&mut self.own, name) {
            *own = (section, record);
        }
    }

    /// Whether the section has reached a name.
    pub(super) fn is_reached(&self, name: u32) -> bool {
        at(&self.reached, name) == Some(self.section)
    }

    /// Follows the references of records to all that they reach. `implied` is called for each record that the section does
    /// not have itself.
    pub(super) fn reach(
        &mut self,
        roots: impl Iterator<Item = RecordId>,
        budget: &mut Budget,
        mut implied: impl FnMut(RecordId, &mut Budget) -> Result<()>,
    ) -> Result<()> {
        for root in roots {
            budget.push(&mut self.open, root)?;
        }
        while let Some(record) = self.open.pop() {
            let names = self.references_of(record);
            budget.charge_work(u64::try_from(names.len()).unwrap_or(u64::MAX).saturating_add(1))?;
            for place in names {
                let Some(&name) = self.references.get(place) else { break };
                let section = self.section;
                let Some(reached) = at_mut(&mut self.reached, name) else { continue };
                if core::mem::replace(reached, section) == section {
                    continue;
                }
                if let Some(own) = self.own(name) {
                    budget.push(&mut self.open, own)?;
                } else if let Some(last) = self.last(name) {
                    implied(last, budget)?;
                    budget.push(&mut self.open, last)?;
                }
            }
        }
        Ok(())
    }
}

impl Records<'_> {
    /// Where the references of a record are.
    fn references_of(&self, record: RecordId) -> Range<usize> {
        let place = |at: Option<u32>| at.and_then(|at| usize::try_from(at).ok());
        let start = place(at(&self.starts, record)).unwrap_or(usize::MAX);
        let end = place(at(&self.starts, record.saturating_add(1))).unwrap_or(self.references.len());
        start..end
    }

    /// Follows the references of records as genksyms does: `visit` is given each record that is reached behind all that it
    /// refers to, the roots too, and whether the section has it itself.
    pub(super) fn walk(
        &mut self,
        roots: impl Iterator<Item = RecordId>,
        budget: &mut Budget,
        mut visit: impl FnMut(RecordId, bool, &mut Budget) -> Result<()>,
    ) -> Result<()> {
        for root in roots {
            self.way.clear();
            let start = self.references_of(root).start;
            budget.push(&mut self.way, (root, start))?;
            while let Some((record, place)) = self.way.last_mut() {
                budget.charge_work(1)?;
                let (record, next) = (*record, *place);
                *place = next.saturating_add(1);
                if !self.references_of(record).contains(&next) {
                    self.way.pop();
                    let is_own = record == root || self.own(self.name_number(record)) == Some(record);
                    visit(record, is_own, budget)?;
                    continue;
                }
                let Some(&name) = self.references.get(next) else { continue };
                let section = self.section;
                let Some(reached) = at_mut(&mut self.reached, name) else { continue };
                if core::mem::replace(reached, section) == section {
                    continue;
                }
                if let Some(record) = self.own(name).or_else(|| self.last(name)) {
                    let start = self.references_of(record).start;
                    budget.push(&mut self.way, (record, start))?;
                }
            }
        }
        Ok(())
    }

    /// The number of a record's name.
    pub(super) fn name_number(&self, record: RecordId) -> u32 {
        at(&self.names, record).unwrap_or(u32::MAX)
    }
}

/// A number that is kept small.
pub(super) fn number(count: usize) -> Result<u32> {
    u32::try_from(count).map_err(|_| ErrorKind::OutOfMemory.into())
}

fn at<T: Copy>(items: &[T], number: u32) -> Option<T> {
    usize::try_from(number).ok().and_then(|number| items.get(number)).copied()
}

fn at_mut<T>(items: &mut [T], number: u32) -> Option<&mut T> {
    usize::try_from(number).ok().and_then(|number| items.get_mut(number))
}
