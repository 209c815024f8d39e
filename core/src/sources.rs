//! Whether an object is what became of one source, or was linked from several.

use crate::budget::Budget;
use crate::describing::Batch;
use crate::dwarf::{UnitIndex, UnitKind};
use crate::error::Result;
use crate::home::crate_name;
use crate::object::Object;

/// What distinguishes a source from others, as far as anything does: of a Rust crate, what its units have in common.
type Source<'d> = Option<(&'d [u8], &'d [u8])>;

impl<'d> Object<'d> {
    /// Whether there are units of several sources: the object was linked, or is what link-time optimisation leaves.
    ///
    /// Type units and partial units are no sources, and the units of one Rust crate are one. Units in files of their own
    /// count only if they are attached.
    ///
    /// # Errors
    /// Damage in the units' roots, or a limit.
    pub fn has_several_sources(&self) -> Result<bool> {
        let mut first: Option<Source<'d>> = None;
        for unit in self.units() {
            let budget = &mut self.budget();
            let source = self.source(unit, budget)?;
            // Only the work counts: nothing is kept.
            self.meter().spend(budget, 0)?;
            match (first, source) {
                (_, None) => {}
                (None, Some(_)) => first = source,
                (Some(Some(first)), Some(Some(other))) if first == other => {}
                (Some(_), Some(_)) => return Ok(true),
            }
        }
        Ok(false)
    }

    /// The source file of a batch's first symbol, as `DW_AT_name` states it, and the folder that it is relative to,
    /// `DW_AT_comp_dir`; empty if the unit does not state it.
    ///
    /// # Errors
    /// Damage in the unit's root, or a limit.
    pub fn source_of(&self, batch: &Batch) -> Result<(&'d [u8], &'d [u8])> {
        let Some(unit) = batch.unit else { return Ok((b"", b"")) };
        let budget = &mut self.budget();
        let source = self.dwarf().unit(unit, budget)?.source_file(budget);
        self.meter().spend(budget, 0)?;
        source
    }

    /// The source of a unit; `None` if a unit of this kind has none of its own.
    fn source(&self, unit: UnitIndex, budget: &mut Budget) -> Result<Option<Source<'d>>> {
        let unit = self.dwarf().unit(unit, budget)?;
        if unit.is_type_unit() {
            return Ok(None);
        }
        Ok(match unit.kind() {
            UnitKind::Partial => None,
            UnitKind::Rust => {
                let (name, folder) = unit.source_file(budget)?;
                Some(crate_name(name).map(|name| (name, folder)))
            }
            UnitKind::Source | UnitKind::Assembly => Some(None),
        })
    }
}
