//! Which description of a symbol counts (SPEC section 3).
//!
//! Comes in: what the scans found, in the order of the units. Goes out: the DIEs to be described, in the order
//! in which they have to be, in batches that do not depend on one another.

use alloc::vec::Vec;

use crate::budget::Budget;
use crate::dwarf::{Evidence, Scopes, UnitIndex, UnitScan};
use crate::elf::Aliases;
use crate::error::{Error, Result};
use crate::exports::{ExportId, Exports, PerExport};
use crate::object::Object;
use crate::versions::Versions;

/// A batch of descriptions, by its position.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct BatchIndex(usize);

/// A symbol, or group of symbols, and the DIE that describes it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Task {
    pub(crate) group: ExportId,
    pub(crate) evidence: Evidence,
}

/// What is to be described.
#[derive(Debug)]
pub struct Plan {
    /// Sorted by unit.
    scopes: Vec<(UnitIndex, Scopes)>,
    tasks: Vec<Task>,
    /// Ranges of `tasks`.
    batches: Vec<(usize, usize)>,
    pub(crate) aliases: Aliases,
    budget: Budget,
}

/// How far the search for a group's description has come.
#[derive(Clone, Copy, Debug)]
enum Search {
    Open,
    /// A symbol pointer was seen; it serves if the unit has nothing better.
    Fallback(Evidence),
    Done,
}

impl Plan {
    /// Decides what is described, given the scans of all units in the order of [`Object::units`].
    /// Symbols that have a version already are left alone.
    ///
    /// # Errors
    /// A symbol pointer that a symbol without another description would need, but that cannot serve; a limit.
    pub fn new(
        object: &Object<'_>,
        exports: &Exports,
        known: &Versions,
        scans: Vec<UnitScan>,
    ) -> Result<Plan> {
        let mut budget = object.budget();
        let aliases = object.aliases(exports, &mut budget)?;
        let mut plan = Plan { scopes: Vec::new(), tasks: Vec::new(), batches: Vec::new(), aliases, budget };
        let mut search = PerExport::new(exports, Search::Open, &mut plan.budget)?;
        for (id, _) in exports.iter() {
            if plan.aliases.members(id).all(|member| known.get(member).is_some()) {
                search.set(id, Search::Done);
            }
        }
        let is_linked = scans.iter().any(|scan| scan.crosses_units);
        for (unit, scan) in object.units().zip(scans) {
            let start = plan.tasks.len();
            plan.add_unit(object, unit, &scan, &mut search)?;
            plan.budget.push(&mut plan.scopes, (unit, scan.scopes))?;
            let end = plan.tasks.len();
            match plan.batches.last_mut() {
                // A description that can lead into any unit has to be made together with all others.
                Some(batch) if is_linked => batch.1 = end,
                _ if end > start => plan.budget.push(&mut plan.batches, (start, end))?,
                _ => {}
            }
        }
        plan.scopes.sort_unstable_by_key(|&(unit, _)| unit);
        object.meter().spend(&plan.budget, plan.budget.spent().memory)?;
        Ok(plan)
    }

    fn add_unit(
        &mut self,
        object: &Object<'_>,
        unit: UnitIndex,
        scan: &UnitScan,
        search: &mut PerExport<Search>,
    ) -> Result<()> {
        let mut fallbacks: Vec<ExportId> = Vec::new();
        for candidate in &scan.candidates {
            let group = self.aliases.group(candidate.export);
            if matches!(search.get(group), Some(Search::Done)) {
                continue;
            }
            match candidate.evidence {
                Evidence::Function(_) | Evidence::Variable(_) => {
                    self.add(group, candidate.evidence, search)?;
                }
                Evidence::Pointer(_) => {
                    search.set(group, Search::Fallback(candidate.evidence));
                    self.budget.push(&mut fallbacks, group)?;
                }
                Evidence::BadPointer(offset, kind) => {
                    return Err(object.error_in(unit, offset, Error::new(kind)));
                }
            }
        }
        fallbacks.sort_unstable();
        for group in fallbacks {
            if let Some(Search::Fallback(evidence)) = search.get(group) {
                self.add(group, evidence, search)?;
            }
        }
        Ok(())
    }

    fn add(&mut self, group: ExportId, evidence: Evidence, search: &mut PerExport<Search>) -> Result<()> {
        search.set(group, Search::Done);
        self.budget.push(&mut self.tasks, Task { group, evidence })
    }

    /// The batches, in order.
    pub fn batches(&self) -> impl ExactSizeIterator<Item = BatchIndex> + use<> {
        (0..self.batches.len()).map(BatchIndex)
    }

    pub(crate) fn tasks(&self, batch: BatchIndex) -> &[Task] {
        let range = self.batches.get(batch.0).copied().unwrap_or_default();
        self.tasks.get(range.0..range.1).unwrap_or_default()
    }

    pub(crate) fn scopes(&self) -> &[(UnitIndex, Scopes)] {
        &self.scopes
    }
}
