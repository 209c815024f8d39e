//! Where types are declared: a look at an object for reports, after everything else.

use alloc::vec::Vec;

use crate::budget::Budget;
use crate::dwarf::{Declared, KindAndName, UnitIndex};
use crate::error::Result;
use crate::limits::Limits;
use crate::object::Object;

/// Names of types, as symtypes have them: `s#file`, `t#'a b'`.
#[derive(Debug)]
pub struct TypeNames<'n> {
    /// In order, each with its position among those that were given.
    names: Vec<(KindAndName<'n>, usize)>,
}

impl<'n> TypeNames<'n> {
    /// Takes names; what is none is never found.
    ///
    /// # Errors
    /// A limit.
    pub fn new(names: &[&'n [u8]], limits: &Limits) -> Result<TypeNames<'n>> {
        let budget = &mut Budget::new(limits);
        let mut sorted = Vec::new();
        for (at, name) in names.iter().enumerate() {
            budget.charge_bytes(name.len())?;
            if let [kind, b'#', name @ ..] = name {
                let quoted = name.strip_prefix(b"'").and_then(|name| name.strip_suffix(b"'"));
                budget.push(&mut sorted, ((*kind, quoted.unwrap_or(name)), at))?;
            }
        }
        budget.charge_sorting(sorted.len())?;
        sorted.sort_unstable();
        sorted.dedup_by_key(|(name, _)| *name);
        Ok(TypeNames { names: sorted })
    }
}

impl<'d> Object<'d> {
    /// All units, those of companions among them.
    pub fn all_units(&self) -> impl Iterator<Item = UnitIndex> {
        self.dwarf().all_units()
    }

    /// The source file of a unit, as `DW_AT_name` states it, and the folder that it is relative to, `DW_AT_comp_dir`; empty if
    /// the unit does not state it.
    ///
    /// # Errors
    /// Damage in the unit's root, or a limit.
    pub fn source_of_unit(&self, unit: UnitIndex) -> Result<(&'d [u8], &'d [u8])> {
        let budget = &mut self.budget();
        let source = self.dwarf().unit(unit, budget)?.source_file(budget);
        self.meter().spend(budget, 0)?;
        source
    }

    /// Where a unit defines types with these names. A type within a function is not found.
    ///
    /// # Errors
    /// Damage, or a limit.
    pub fn declared(&self, unit: UnitIndex, names: &TypeNames<'_>) -> Result<Vec<Declared<'d>>> {
        let budget = &mut self.budget();
        let declared = self.dwarf().unit(unit, budget)?.declared(&names.names, budget)?;
        self.meter().spend(budget, 0)?;
        Ok(declared)
    }
}
