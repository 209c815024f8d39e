//! The causes of a comparison in their order, one for each decision.

use alloc::rc::Rc;
use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::types::{Catalog, NameId};

use super::cause::Cause;
use super::collector::Collector;
use super::differing::{Differing, Reached};
use super::groups::Groups;
use super::judgement::Judgement;

/// What a comparison comes to.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The causes, those first that reach most exports.
    pub causes: Vec<Cause>,
    /// The exports that differ, by name, and the positions of their causes. Exports that have the same have one list together.
    pub exports: Vec<(NameId, Rc<Vec<u32>>)>,
}

/// Puts the causes of all types together; `reached` are the types that exports reach.
pub(super) fn outcome(
    catalog: &Catalog<'_>,
    types: &[Differing],
    judged: Vec<Judgement>,
    reached: &Reached,
    budget: &mut Budget,
) -> Result<Outcome> {
    let mut collector = Collector::default();
    for (differing, judged) in types.iter().zip(judged) {
        collector.add(differing, judged, budget)?;
    }
    let groups = Groups::of(catalog, &collector, reached, budget)?;
    let mut causes = collector.take_causes();
    groups.share(&mut causes, budget)?;
    sorted(catalog, causes, groups, budget)
}

/// Causes and exports in an order that does not depend on that of the files. A type that no export reaches on both sides is
/// no cause.
fn sorted(
    catalog: &Catalog<'_>,
    mut causes: Vec<Cause>,
    groups: Groups,
    budget: &mut Budget,
) -> Result<Outcome> {
    let mut order: Vec<usize> = Vec::new();
    for (place, cause) in causes.iter().enumerate() {
        if !cause.exports.is_empty() {
            budget.push(&mut order, place)?;
        }
    }
    let key = |cause: &Cause| {
        let texts = (catalog.text(cause.old), catalog.text(cause.new));
        (core::cmp::Reverse(cause.exports.len()), catalog.name(cause.name), texts)
    };
    order.sort_by(|&a, &b| causes.get(a).map(key).cmp(&causes.get(b).map(key)));
    let mut position: Vec<u32> = Vec::new();
    budget.fill(&mut position, causes.len(), 0)?;
    let mut sorted: Vec<(u32, Cause)> = Vec::new();
    for (to, &from) in (0..).zip(&order) {
        if let Some(slot) = position.get_mut(from) {
            *slot = to;
        }
    }
    budget.reserve(&mut sorted, order.len())?;
    let is_there = |cause: &Cause| !cause.exports.is_empty();
    sorted.extend(position.iter().copied().zip(causes.drain(..)).filter(|(_, cause)| is_there(cause)));
    sorted.sort_unstable_by_key(|&(position, _)| position);
    let mut causes = Vec::new();
    budget.reserve(&mut causes, sorted.len())?;
    causes.extend(sorted.into_iter().map(|(_, cause)| cause));
    let exports = groups.exports(&position, budget)?;
    Ok(Outcome { causes, exports })
}
