//! From a DIE to its node.

use alloc::vec::Vec;

use crate::budget::Budget;
use crate::dwarf::{DieId, DieOffset, UnitIndex};
use crate::error::{ErrorKind, Result};

use super::NodeId;

/// Offsets per page.
const PAGE: u32 = 16;

/// The nodes of the DIEs that were reached, by unit and offset.
///
/// A table with a page for every 16 bytes of DIEs that are in use: no hashing, so no input can be bad for it.
#[derive(Debug, Default)]
pub(crate) struct NodeIndex {
    /// Sorted by unit.
    units: Vec<(UnitIndex, Offsets)>,
    /// Where the unit that was asked for last is in there.
    last: usize,
}

/// The nodes of one unit, for who only looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Nodes<'i>(&'i Offsets);

impl Nodes<'_> {
    /// The node of a DIE, if it has one.
    #[inline(always)]
    pub(super) fn get(self, offset: DieOffset) -> Option<NodeId> {
        let Nodes(offsets) = self;
        let page = offsets.directory.get(usize::try_from(offset.0 / PAGE).ok()?)?.checked_sub(1)?;
        let page = offsets.pages.get(usize::try_from(page).ok()?)?;
        NodeId::from_slot(*page.get(usize::try_from(offset.0 % PAGE).ok()?)?)
    }
}

#[derive(Debug, Default)]
struct Offsets {
    /// One more than the position of each range's page; 0 if it has none.
    directory: Vec<u32>,
    /// One more than the node's number; 0 if there is none.
    pages: Vec<[u32; 16]>,
}

impl NodeIndex {
    /// Makes room for the directory of a unit of so many bytes, as long as no other is there: what grows need not be moved.
    pub(super) fn make_room(&mut self, id: UnitIndex, unit: usize, budget: &mut Budget) -> Result<()> {
        let ranges = unit >> 4;
        // Where memory is scarce, it is for what is needed.
        let is_plenty = u64::try_from(ranges).is_ok_and(|ranges| ranges <= budget.memory() >> 8);
        if is_plenty && self.units.is_empty() {
            let mut offsets = Offsets::default();
            budget.reserve(&mut offsets.directory, ranges.saturating_add(1))?;
            budget.insert(&mut self.units, 0, (id, offsets))?;
        }
        Ok(())
    }

    /// The nodes of a unit's DIEs, if it is the one that was asked for last.
    #[inline]
    pub(super) fn nodes(&self, unit: UnitIndex) -> Option<Nodes<'_>> {
        let last = self.units.get(self.last).filter(|&&(last, _)| last == unit);
        last.map(|(_, offsets)| Nodes(offsets))
    }

    /// The slot of a DIE, which holds one more than the node's number, or 0.
    pub(crate) fn slot(&mut self, die: DieId, budget: &mut Budget) -> Result<&mut u32> {
        let (unit, offset) = die;
        let at = match self.units.get(self.last) {
            Some(&(last, _)) if last == unit => self.last,
            _ => match self.units.binary_search_by_key(&unit, |&(unit, _)| unit) {
                Ok(at) => at,
                Err(at) => {
                    budget.insert(&mut self.units, at, (unit, Offsets::default()))?;
                    at
                }
            },
        };
        self.last = at;
        match self.units.get_mut(at) {
            Some((_, offsets)) => offsets.slot(offset, budget),
            None => Err(ErrorKind::OutOfMemory.into()),
        }
    }
}

impl Offsets {
    #[inline]
    fn slot(&mut self, offset: DieOffset, budget: &mut Budget) -> Result<&mut u32> {
        let range = usize::try_from(offset.0 / PAGE).unwrap_or(usize::MAX);
        if range < self.directory.len() {
            // As much as filling it up costs where nothing is missing.
            budget.charge_work(1)?;
        } else {
            budget.fill(&mut self.directory, range.saturating_add(1), 0)?;
        }
        let entry = self.directory.get_mut(range).ok_or(ErrorKind::OutOfMemory)?;
        if *entry == 0 {
            budget.push(&mut self.pages, [0; 16])?;
            *entry = u32::try_from(self.pages.len()).map_err(|_| ErrorKind::OutOfMemory)?;
        }
        let page = entry.checked_sub(1).and_then(|page| usize::try_from(page).ok());
        let slot = usize::try_from(offset.0 % PAGE).ok();
        page.and_then(|page| self.pages.get_mut(page))
            .zip(slot)
            .and_then(|(page, slot)| page.get_mut(slot))
            .ok_or_else(|| ErrorKind::OutOfMemory.into())
    }
}

impl NodeId {
    /// The node that a slot holds.
    pub(super) fn from_slot(slot: u32) -> Option<NodeId> {
        slot.checked_sub(1).map(NodeId)
    }

    /// What a slot holds for this node.
    pub(super) fn to_slot(self) -> u32 {
        self.0.saturating_add(1)
    }
}
