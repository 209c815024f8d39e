//! The enumerators of one type, of which many rules may ask.

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::types::{Attribute, Tree};

/// An enumeration.
#[derive(Debug, Default)]
pub(super) struct Enumeration<'t> {
    /// Names and values: of several with one name, the first counts.
    by_name: Vec<(&'t [u8], Option<u64>)>,
    /// Enumerators with a higher value than all before them, in order.
    peaks: Vec<(u64, &'t [u8])>,
}

impl<'t> Enumeration<'t> {
    pub(super) fn of(tree: &Tree<'t>, budget: &mut Budget) -> Result<Enumeration<'t>> {
        let mut found = Enumeration::default();
        for item in tree.items(Tree::ROOT) {
            budget.charge_work(8)?;
            let value = tree.attribute(item, Attribute::Value);
            if let Some(name) = tree.name(item) {
                budget.push(&mut found.by_name, (name, value))?;
            }
            let is_higher = |value: u64| found.peaks.last().is_none_or(|&(highest, _)| value > highest);
            if let Some(value) = value.filter(|&value| is_higher(value)) {
                budget.push(&mut found.peaks, (value, tree.name(item).unwrap_or_default()))?;
            }
        }
        budget.charge_sorting(found.by_name.len())?;
        found.by_name.sort_by_key(|&(name, _)| name);
        Ok(found)
    }

    /// The value of an enumerator.
    pub(super) fn value(&self, name: &[u8]) -> Option<u64> {
        let first = self.by_name.partition_point(|&(other, _)| other < name);
        self.by_name.get(first).filter(|&&(other, _)| other == name)?.1
    }

    /// The first enumerator that is above a value.
    pub(super) fn first_above(&self, value: u64) -> Option<&'t [u8]> {
        let first = self.peaks.partition_point(|&(other, _)| other <= value);
        self.peaks.get(first).map(|&(_, name)| name)
    }
}
