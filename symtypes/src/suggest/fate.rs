//! What becomes of the exports that differ, if all suggestions are followed.
//!
//! That is one thing for each export, whichever of its causes is looked at; and causes that reach the same exports share the list
//! of those that are restored, and of those that are not.

use alloc::rc::Rc;
use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::compare::Outcome;
use crate::types::NameId;

use super::advice::Remaining;

/// What becomes of each export, by its position among those that differ.
#[derive(Debug)]
pub(super) struct Fates {
    fates: Vec<Fate>,
    /// Exports by name, and their positions.
    positions: Vec<(NameId, usize)>,
    /// How many exports are settled.
    settled: usize,
}

/// What becomes of an export.
#[derive(Clone, Debug, Default)]
struct Fate {
    /// The causes for which nothing is suggested.
    in_the_way: Rc<Vec<u32>>,
    /// Whether anything is suggested for any other.
    is_helped: bool,
    /// Once it is known: the export's place among those that are settled, and what becomes of it.
    settled: Option<(usize, End)>,
}

/// What becomes of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// It gets its old version.
    Restored,
    /// It would if the causes without suggestions were mended as well.
    RestoredWithOthers,
    /// It does not.
    Remaining,
}

/// What becomes of the exports of a cause.
#[derive(Clone, Debug, Default)]
pub(super) struct Ends {
    pub(super) restored: Rc<Vec<NameId>>,
    pub(super) remaining: Rc<Vec<Remaining>>,
    /// Whether any of those that remain has other causes in the way.
    pub(super) has_reasons: bool,
}

impl Fates {
    /// What is known before versions are computed: `is_helped` says for which causes something is suggested.
    pub(super) fn new(
        outcome: &Outcome,
        is_helped: impl Fn(u32) -> bool,
        budget: &mut Budget,
    ) -> Result<Fates> {
        let (mut fates, mut positions) = (Vec::new(), Vec::new());
        for (at, &(name, _)) in outcome.exports.iter().enumerate() {
            budget.push(&mut fates, Fate::default())?;
            budget.push(&mut positions, (name, at))?;
        }
        charge_sorting(positions.len(), budget)?;
        positions.sort_unstable();
        let lists = by_list(outcome.exports.iter().map(|(_, causes)| causes), budget)?;
        for same in lists.chunk_by(|one, other| one.0 == other.0) {
            let Some((_, causes)) = same.first().and_then(|&(_, at)| outcome.exports.get(at)) else {
                continue;
            };
            let mut in_the_way = Vec::new();
            for &cause in causes.iter() {
                budget.charge_work(1)?;
                if !is_helped(cause) {
                    budget.push(&mut in_the_way, cause)?;
                }
            }
            let is_helped = in_the_way.len() < causes.len();
            let in_the_way = Rc::new(in_the_way);
            for &(_, at) in same {
                if let Some(fate) = fates.get_mut(at) {
                    *fate = Fate { in_the_way: Rc::clone(&in_the_way), is_helped, settled: None };
                }
            }
        }
        budget.free(lists);
        Ok(Fates { fates, positions, settled: 0 })
    }

    /// Whether anything is suggested for a cause of an export.
    pub(super) fn is_helped(&self, at: usize) -> bool {
        self.fates.get(at).is_some_and(|fate| fate.is_helped)
    }

    /// Whether an export has causes for which nothing is suggested.
    pub(super) fn is_hindered(&self, at: usize) -> bool {
        self.fates.get(at).is_some_and(|fate| !fate.in_the_way.is_empty())
    }

    /// Notes what becomes of an export. Exports stay in the order in which this is said of them.
    pub(super) fn settle(&mut self, at: usize, end: End) {
        if let Some(fate) = self.fates.get_mut(at) {
            fate.settled = Some((self.settled, end));
            self.settled = self.settled.saturating_add(1);
        }
    }

    /// What becomes of the exports of each cause.
    pub(super) fn of_causes(&self, outcome: &Outcome, budget: &mut Budget) -> Result<Vec<Ends>> {
        let mut all: Vec<Ends> = Vec::new();
        for _ in &outcome.causes {
            budget.push(&mut all, Ends::default())?;
        }
        let lists = by_list(outcome.causes.iter().map(|cause| &cause.exports), budget)?;
        for same in lists.chunk_by(|one, other| one.0 == other.0) {
            let Some(cause) = same.first().and_then(|&(_, at)| outcome.causes.get(at)) else { continue };
            let ends = self.of_exports(&cause.exports, budget)?;
            for &(_, at) in same {
                if let Some(slot) = all.get_mut(at) {
                    *slot = ends.clone();
                }
            }
        }
        budget.free(lists);
        Ok(all)
    }

    fn of_exports(&self, exports: &[NameId], budget: &mut Budget) -> Result<Ends> {
        let mut settled: Vec<(usize, End, NameId, &Fate)> = Vec::new();
        for &name in exports {
            budget.charge_work(u64::from(self.positions.len().max(1).ilog2()))?;
            let found = self.positions.binary_search_by_key(&name, |&(name, _)| name).ok();
            let at = found.and_then(|found| self.positions.get(found)).map(|&(_, at)| at);
            let Some(fate) = at.and_then(|at| self.fates.get(at)) else { continue };
            if let Some((rank, end)) = fate.settled {
                budget.push(&mut settled, (rank, end, name, fate))?;
            }
        }
        charge_sorting(settled.len(), budget)?;
        settled.sort_unstable_by_key(|&(rank, ..)| rank);
        let (mut restored, mut remaining) = (Vec::new(), Vec::new());
        for &(_, end, export, fate) in &settled {
            if end == End::Restored {
                budget.push(&mut restored, export)?;
            } else {
                let (causes, comes_back) = (Rc::clone(&fate.in_the_way), end == End::RestoredWithOthers);
                budget.push(&mut remaining, Remaining { export, causes, comes_back })?;
            }
        }
        budget.free(settled);
        let has_reasons = remaining.iter().any(|remaining: &Remaining| !remaining.causes.is_empty());
        Ok(Ends { restored: Rc::new(restored), remaining: Rc::new(remaining), has_reasons })
    }
}

/// The positions of lists, those of the same list beside each other.
fn by_list<'l, T: 'l>(
    lists: impl Iterator<Item = &'l Rc<Vec<T>>>,
    budget: &mut Budget,
) -> Result<Vec<(usize, usize)>> {
    let mut places = Vec::new();
    for (at, list) in lists.enumerate() {
        budget.push(&mut places, (Rc::as_ptr(list).addr(), at))?;
    }
    charge_sorting(places.len(), budget)?;
    places.sort_unstable();
    Ok(places)
}

/// Pays for putting items in order.
fn charge_sorting(count: usize, budget: &mut Budget) -> Result<()> {
    let count = u64::try_from(count).unwrap_or(u64::MAX);
    budget.charge_work(count.saturating_mul(u64::from(count.max(1).ilog2())))
}
