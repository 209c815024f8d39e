//! An array with all of its dimensions, whether a text writes them as one array or as arrays in one another.

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::types::NodeKind;

use super::part::Part;

/// An array, down to what is no array.
#[derive(Debug)]
pub(super) struct Array<'t> {
    /// The number of elements in each dimension, as far as it is stated.
    pub(super) dimensions: Vec<Option<u64>>,
    /// Whether all lengths are numbers, rather than expressions that nobody has computed.
    pub(super) is_known: bool,
    /// What the innermost elements are.
    pub(super) element: Option<Part<'t>>,
}

impl<'t> Array<'t> {
    pub(super) fn of(part: &Part<'t>, budget: &mut Budget) -> Result<Array<'t>> {
        let mut array = Array { dimensions: Vec::new(), is_known: true, element: Some(part.clone()) };
        // Each step goes further into the tree, so that there are no more of them than nodes.
        while let Some(part) = array.element.take_if(|part| part.kind() == NodeKind::Array) {
            budget.charge_work(4)?;
            for dimension in part.dimensions() {
                budget.charge_work(1)?;
                budget.push(&mut array.dimensions, dimension)?;
            }
            array.is_known &= part.are_dimensions_known();
            array.element = part.inner();
        }
        Ok(array)
    }

    /// The number of elements in each dimension; one that is not stated has none.
    pub(super) fn counts(&self) -> impl DoubleEndedIterator<Item = u64> + ExactSizeIterator + '_ {
        self.dimensions.iter().map(|count| count.unwrap_or(0))
    }

    /// Whether neither array has an element, and from one to the next it would be as far in each dimension: that is the product of
    /// the counts that follow, which is 0 in front of the last 0.
    pub(super) fn is_empty_as(&self, other: &Array<'_>) -> bool {
        let last_zero = |array: &Array<'_>| array.counts().rposition(|count| count == 0);
        let (Some(before), Some(after)) = (last_zero(self), last_zero(other)) else { return false };
        before == after && self.counts().skip(before).eq(other.counts().skip(after))
    }
}
