//! Where types are declared: a look at an object for reports, after everything else.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use crate::budget::Budget;
use crate::dwarf::{Declared, KindAndName, UnitIndex};
use crate::error::Result;
use crate::exports::{TYPE_PREFIX, is_name};
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
        budget.charge_sorting_names(sorted.iter().map(|((_, name), _)| *name))?;
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

    /// Adds the names of the types that a unit defines, as a list can ask for them ([`Options::describes_types`](crate::Options)): those
    /// that are words.
    ///
    /// # Errors
    /// Damage, or a limit.
    pub fn add_types(&self, unit: UnitIndex, names: &mut BTreeSet<Vec<u8>>) -> Result<()> {
        /// What a name takes besides its bytes.
        const OVERHEAD: usize = 64;
        let budget = &mut self.budget();
        let before = budget.spent().memory;
        let mut key = Vec::new();
        let add = |(kind, name): KindAndName<'_>, budget: &mut Budget| {
            if !is_name(name) {
                return Ok(());
            }
            key.clear();
            budget.extend(&mut key, TYPE_PREFIX)?;
            budget.extend(&mut key, &[kind, b'#'])?;
            budget.extend(&mut key, name)?;
            budget.charge_bytes(key.len().saturating_mul(8))?;
            if !names.contains(&key) {
                budget.charge_memory(key.len().saturating_add(OVERHEAD))?;
                names.insert(key.clone());
            }
            Ok(())
        };
        self.dwarf().unit(unit, budget)?.each_type(add, budget)?;
        self.meter().spend(budget, budget.spent().memory.saturating_sub(before))
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
