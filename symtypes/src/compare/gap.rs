//! What has come and gone between members that are kept, where only their order is known.

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::layout::{Difference, Layout, Place};

/// What is between two members that are kept, or in front or behind all of them: positions in the new layout. A union is one
/// place, at its first member.
pub(super) type Between = (Option<usize>, Option<usize>);

/// Members between two others: those that are gone, and those that are new there.
#[derive(Debug, Default)]
pub(super) struct Gap {
    pub(super) between: Between,
    pub(super) gone: Vec<usize>,
    pub(super) added: Vec<usize>,
}

/// Where each member of a layout stands, if unions are one place each: members within one may be in any order.
fn stands(layout: &Layout<'_>, budget: &mut Budget) -> Result<Vec<usize>> {
    let mut stands: Vec<usize> = Vec::new();
    for (at, place) in layout.places.iter().enumerate() {
        budget.charge_work(1)?;
        let is_beside = place.is_shared
            && at
                .checked_sub(1)
                .is_some_and(|before| layout.places.get(before).is_some_and(|before| before.is_shared));
        let stand = stands.last().copied().filter(|_| is_beside).unwrap_or(at);
        budget.push(&mut stands, stand)?;
    }
    Ok(stands)
}

/// The gaps in which anything has come or gone.
pub(super) fn gaps(difference: &Difference<'_>, budget: &mut Budget) -> Result<Vec<Gap>> {
    let (before, after) = (stands(&difference.old, budget)?, stands(&difference.new, budget)?);
    let stand = |stands: &[usize], at: usize| stands.get(at).copied().unwrap_or(at);
    let mut events: Vec<(Between, bool, usize)> = Vec::new();
    let mut by_new: Vec<usize> = Vec::new();
    for kept in &difference.kept {
        budget.charge_work(1)?;
        budget.push(&mut by_new, stand(&after, kept.new))?;
    }
    budget.charge_sorting(by_new.len())?;
    by_new.sort_unstable();
    for gone in &difference.gone {
        budget.charge_work(8)?;
        if difference.old_place(gone.old).is_none_or(|place| is_filler(place)) {
            continue;
        }
        let first = stand(&before, gone.old);
        let next = difference.kept.partition_point(|kept| kept.old < first);
        let at = |at: usize| difference.kept.get(at).map(|kept| stand(&after, kept.new));
        let between = (next.checked_sub(1).and_then(at), at(next));
        budget.push(&mut events, (between, false, gone.old))?;
    }
    for added in &difference.added {
        budget.charge_work(8)?;
        if difference.new_place(added.new).is_none_or(|place| is_filler(place)) {
            continue;
        }
        let first = stand(&after, added.new);
        let next = by_new.partition_point(|&kept| kept < first);
        let previous = next.checked_sub(1).and_then(|at| by_new.get(at)).copied();
        budget.push(&mut events, ((previous, by_new.get(next).copied()), true, added.new))?;
    }
    events.sort_unstable();
    let mut gaps: Vec<Gap> = Vec::new();
    for (between, is_added, at) in events {
        if gaps.last().is_none_or(|gap| gap.between != between) {
            budget.push(&mut gaps, Gap { between, ..Gap::default() })?;
        }
        if let Some(gap) = gaps.last_mut() {
            budget.push(if is_added { &mut gap.added } else { &mut gap.gone }, at)?;
        }
    }
    for list in [before, after, by_new] {
        budget.free(list);
    }
    Ok(gaps)
}

/// Whether this is a bit-field that only fills bits.
fn is_filler(place: &Place<'_>) -> bool {
    place.own.is_none() && place.is_bit_field()
}
