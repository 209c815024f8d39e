//! The units that are loaded at one time.

use alloc::vec::Vec;

use crate::budget::Budget;
use crate::error::{ErrorKind, Place, Result};

use super::unit::{DieId, Unit, UnitIndex};
use super::units::Dwarf;

/// Loads units when they are asked for and keeps them until the whole cache is dropped.
///
/// Most objects' units do not refer to one another, and the cache holds a single unit; in an object of
/// which link-time optimisation or `dwz` merged the units, it grows with the references that are followed.
#[derive(Debug)]
pub(crate) struct UnitCache<'u, 'd> {
    dwarf: &'u Dwarf<'d>,
    /// Sorted by index.
    loaded: Vec<(UnitIndex, Unit<'u, 'd>)>,
}

impl<'u, 'd> UnitCache<'u, 'd> {
    pub(crate) fn new(dwarf: &'u Dwarf<'d>) -> UnitCache<'u, 'd> {
        UnitCache { dwarf, loaded: Vec::new() }
    }

    /// The place of a DIE.
    pub(crate) fn place(&self, die: DieId) -> Place {
        self.dwarf.place(die)
    }

    /// A unit, loaded if it is not yet.
    pub(crate) fn load(&mut self, index: UnitIndex, budget: &mut Budget) -> Result<&Unit<'u, 'd>> {
        let at = match self.loaded.binary_search_by_key(&index, |&(index, _)| index) {
            Ok(at) => at,
            Err(at) => {
                let unit = self.dwarf.unit(index, budget)?;
                budget.reserve(&mut self.loaded, 1)?;
                self.loaded.insert(at, (index, unit));
                at
            }
        };
        self.loaded.get(at).map(|(_, unit)| unit).ok_or_else(|| ErrorKind::OutOfMemory.into())
    }
}
