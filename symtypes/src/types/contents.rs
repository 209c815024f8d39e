//! The records of a file by their names.

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use super::catalog::{Catalog, FileId, NameId, RecordId};

/// The records of a file by their names. Of several records of one name, the last counts, as in a type map that is read
/// line by line.
#[derive(Debug)]
pub(crate) struct Contents {
    /// By name: one more than the record, or 0.
    records: Vec<u32>,
}

impl Contents {
    /// The records of a file.
    pub(crate) fn of(catalog: &Catalog<'_>, file: FileId, budget: &mut Budget) -> Result<Contents> {
        Contents::counted(catalog, file, |name| name, budget)
    }

    /// The records of a file by the names that they count as.
    pub(crate) fn counted(
        catalog: &Catalog<'_>,
        file: FileId,
        counts_as: impl Fn(NameId) -> NameId,
        budget: &mut Budget,
    ) -> Result<Contents> {
        let mut records = Vec::new();
        budget.fill(&mut records, catalog.name_count(), 0)?;
        let own = catalog.records(file);
        budget.charge_work(u64::try_from(own.len()).unwrap_or(u64::MAX))?;
        for &record in own {
            if let Some(slot) = records.get_mut(counts_as(catalog.name_of(record)).index()) {
                *slot = record.0.saturating_add(1);
            }
        }
        Ok(Contents { records })
    }

    /// The record of a name.
    #[inline]
    pub(crate) fn get(&self, name: NameId) -> Option<RecordId> {
        self.records.get(name.index())?.checked_sub(1).map(RecordId)
    }

    /// Gives back what it has cost.
    pub(crate) fn free(self, budget: &mut Budget) {
        budget.free(self.records);
    }
}
