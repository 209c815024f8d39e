//! The records of a file by their names.

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use super::catalog::{Catalog, FileId, NameId, RecordId};

/// The records of a file by their names. Of several records of one name, the last counts, as in a type map that is read
/// line by line.
///
/// A file with a large part of all names has a slot for each of them. Of many small files, none has: the slots of all of them
/// together would be many more than there are records.
#[derive(Debug)]
pub(crate) enum Contents {
    /// By name: one more than the record, or 0.
    Slots(Vec<u32>),
    /// Sorted by name, and in the order of the file.
    Sorted(Vec<(NameId, RecordId)>),
}

/// A file with one of so many names has a slot for each.
const LARGE: usize = 4;

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
        let own = catalog.records(file);
        let count = u64::try_from(own.len()).unwrap_or(u64::MAX);
        budget.charge_work(count)?;
        let named = own.iter().map(|&record| (counts_as(catalog.name_of(record)), record));
        if own.len().saturating_mul(LARGE) >= catalog.name_count() {
            let mut slots = Vec::new();
            budget.fill(&mut slots, catalog.name_count(), 0)?;
            for (name, record) in named {
                if let Some(slot) = slots.get_mut(name.index()) {
                    *slot = record.0.saturating_add(1);
                }
            }
            return Ok(Contents::Slots(slots));
        }
        let mut sorted = Vec::new();
        budget.reserve(&mut sorted, own.len())?;
        budget.charge_work(count.saturating_mul(u64::from(count.max(1).ilog2())))?;
        sorted.extend(named);
        sorted.sort_by_key(|&(name, _)| name);
        Ok(Contents::Sorted(sorted))
    }

    /// The record of a name.
    #[inline]
    pub(crate) fn get(&self, name: NameId) -> Option<RecordId> {
        match self {
            Contents::Slots(slots) => slots.get(name.index())?.checked_sub(1).map(RecordId),
            Contents::Sorted(sorted) => {
                let end = sorted.partition_point(|&(other, _)| other <= name);
                let &(other, record) = sorted.get(end.checked_sub(1)?)?;
                (other == name).then_some(record)
            }
        }
    }

    /// Gives back what it has cost.
    pub(crate) fn free(self, budget: &mut Budget) {
        match self {
            Contents::Slots(slots) => budget.free(slots),
            Contents::Sorted(sorted) => budget.free(sorted),
        }
    }
}

#[cfg(test)]
mod tests {
    use dwarfksyms_core::Limits;
    use std::fmt::Write;
    use std::string::String;

    use super::super::{Lines, Side};
    use super::*;

    #[test]
    fn a_file_has_its_own_records_and_no_others() {
        let limits = Limits::default();
        // Files of all sizes, with names of their own and one that all have, twice.
        let files: Vec<String> = (0..60)
            .map(|file| {
                let mut text = String::from("s#all first\n");
                for at in 0..file * file / 10 {
                    let _ = writeln!(text, "s#f{file}n{at} text{at}");
                }
                text + &std::format!("s#all last{file}\n")
            })
            .collect();
        let mut catalog = Catalog::new(&limits);
        let ids: Vec<FileId> = files
            .iter()
            .map(|text| catalog.add(Side::Old, &Lines::scan(text.as_bytes(), &limits).unwrap()).unwrap())
            .collect();
        catalog.finish().unwrap();
        let budget = &mut Budget::new(&limits);
        let mut large = Vec::new();
        for &file in &ids {
            let contents = Contents::of(&catalog, file, budget).unwrap();
            for name in (0..catalog.name_count()).map(|name| NameId(u32::try_from(name).unwrap())) {
                assert_eq!(contents.get(name), catalog.lookup(file, name));
            }
            large.push(matches!(contents, Contents::Slots(_)));
            contents.free(budget);
        }
        assert!(large.iter().all(|is_large| !is_large));
        assert_eq!(budget.spent().memory, 0);
    }

    #[test]
    fn a_large_part_of_all_names_has_a_slot_for_each() {
        let limits = Limits::default();
        let mut catalog = Catalog::new(&limits);
        let text: String = (0..100).map(|at| std::format!("s#n{at} text\n")).collect();
        let file = catalog.add(Side::Old, &Lines::scan(text.as_bytes(), &limits).unwrap()).unwrap();
        catalog.finish().unwrap();
        let contents = Contents::of(&catalog, file, &mut Budget::new(&limits)).unwrap();
        assert!(matches!(&contents, Contents::Slots(slots) if slots.len() == catalog.name_count()));
    }
}
