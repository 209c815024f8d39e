//! The units that are loaded at one time.

use alloc::vec::Vec;

use crate::budget::Budget;
use crate::error::{ErrorKind, Place, Result};

use super::place::{DieId, UnitIndex};
use super::unit::Unit;
use super::units::Dwarf;

/// Loads units when they are asked for and keeps them until the whole cache is dropped.
///
/// Most objects' units do not refer to one another, and the cache holds a single unit; in an object of
/// which link-time optimisation or `dwz` merged the units, it grows with the references that are followed.
#[derive(Debug)]
pub(crate) struct UnitCache<'u, 'd> {
    dwarf: &'u Dwarf<'d>,
    loaded: Vec<(UnitIndex, Unit<'u, 'd>)>,
    /// The position in `loaded` of the unit that was asked for last.
    last: usize,
    /// One more than each unit's position in `loaded`, or 0; empty as long as there is one unit at most.
    positions: Vec<u32>,
}

impl<'u, 'd> UnitCache<'u, 'd> {
    pub(crate) fn new(dwarf: &'u Dwarf<'d>) -> UnitCache<'u, 'd> {
        UnitCache { dwarf, loaded: Vec::new(), last: 0, positions: Vec::new() }
    }

    /// The place of a DIE.
    pub(crate) fn place(&self, die: DieId) -> Place {
        self.dwarf.place(die)
    }

    /// A unit, loaded if it is not yet.
    #[inline(always)]
    pub(crate) fn load(&mut self, index: UnitIndex, budget: &mut Budget) -> Result<&Unit<'u, 'd>> {
        if self.loaded.get(self.last).is_none_or(|&(last, _)| last != index) {
            self.last = self.position(index, budget)?;
        }
        self.loaded.get(self.last).map(|(_, unit)| unit).ok_or_else(|| ErrorKind::OutOfMemory.into())
    }

    #[cold]
    fn position(&mut self, index: UnitIndex, budget: &mut Budget) -> Result<usize> {
        let known = self.positions.get(index.index()).and_then(|position| position.checked_sub(1));
        if let Some(position) = known.and_then(|position| usize::try_from(position).ok()) {
            return Ok(position);
        }
        let position = self.loaded.len();
        let unit = self.dwarf.unit(index, budget)?;
        budget.push(&mut self.loaded, (index, unit))?;
        if position > 0 {
            budget.fill(&mut self.positions, self.dwarf.len(), 0)?;
            for (position, (index, _)) in
                (1..).zip(&self.loaded).skip(if position == 1 { 0 } else { position })
            {
                if let Some(slot) = self.positions.get_mut(index.index()) {
                    *slot = position;
                }
            }
        }
        Ok(position)
    }
}
