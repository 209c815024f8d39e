//! Exports that differ for the same causes, together.
//!
//! Each export that differs has causes, and each cause exports: both lists can be as long as the input, for each of as many.
//! But mostly they are the same ones, and then there is one list, which all of them share.

use alloc::rc::Rc;
use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::types::{Catalog, NameId};

use super::cause::Cause;
use super::collector::Collector;
use super::differing::{Reached, at};

/// Exports by their causes.
#[derive(Debug, Default)]
pub(super) struct Groups {
    /// The exports that differ, by name, and the numbers of their groups.
    exports: Vec<(NameId, u32)>,
    /// The causes of each group, as places in the order in which they were found.
    causes: Vec<Vec<u32>>,
}

impl Groups {
    pub(super) fn of(
        catalog: &Catalog<'_>,
        collector: &Collector,
        reached: &Reached,
        budget: &mut Budget,
    ) -> Result<Groups> {
        // One cause can stand for several types, so that several sets may come to the same.
        let mut sets: Vec<(Vec<u32>, usize)> = Vec::new();
        for (number, set) in reached.sets().enumerate() {
            let mut places: Vec<u32> = Vec::new();
            for &place in set.iter().flat_map(|&number| collector.of(number)) {
                budget.charge_work(1)?;
                budget.push(&mut places, u32::try_from(place).unwrap_or(u32::MAX))?;
            }
            budget.charge_sorting(places.len())?;
            places.sort_unstable();
            places.dedup();
            budget.push(&mut sets, (places, number))?;
        }
        charge_comparing(sets.iter().map(|(places, _)| places.len()), budget)?;
        sets.sort_unstable();
        let mut groups = Groups::default();
        let mut group_of: Vec<u32> = Vec::new();
        budget.fill(&mut group_of, sets.len(), 0)?;
        for (places, set) in sets {
            match groups.causes.last() {
                Some(last) if *last == places => budget.free(places),
                _ => budget.push(&mut groups.causes, places)?,
            }
            if let Some(slot) = group_of.get_mut(set) {
                *slot = u32::try_from(groups.causes.len().saturating_sub(1)).unwrap_or(u32::MAX);
            }
        }
        for &(export, set) in &reached.exports {
            budget.push(&mut groups.exports, (export, at(&group_of, set).copied().unwrap_or(0)))?;
        }
        budget.free(group_of);
        charge_comparing(groups.exports.iter().map(|&(name, _)| catalog.name(name).len() >> 4), budget)?;
        groups.exports.sort_by_key(|&(name, _)| catalog.name(name));
        Ok(groups)
    }

    /// Gives causes their exports.
    pub(super) fn share(&self, causes: &mut [Cause], budget: &mut Budget) -> Result<()> {
        let mut groups_of: Vec<(Vec<u32>, usize)> = Vec::new();
        for place in 0..causes.len() {
            budget.push(&mut groups_of, (Vec::new(), place))?;
        }
        for (group, places) in (0..).zip(&self.causes) {
            for &place in places {
                budget.charge_work(1)?;
                let slot = usize::try_from(place).ok().and_then(|at| groups_of.get_mut(at));
                if let Some((groups, _)) = slot {
                    budget.push(groups, group)?;
                }
            }
        }
        charge_comparing(groups_of.iter().map(|(groups, _)| groups.len()), budget)?;
        groups_of.sort_unstable();
        let members = self.members(budget)?;
        for same in groups_of.chunk_by(|one, other| one.0 == other.0) {
            let Some((groups, _)) = same.first() else { continue };
            let exports = Rc::new(self.exports_of(groups, &members, budget)?);
            for &(_, place) in same {
                if let Some(cause) = causes.get_mut(place) {
                    cause.exports = Rc::clone(&exports);
                }
            }
        }
        for (groups, _) in groups_of {
            budget.free(groups);
        }
        members.into_iter().for_each(|members| budget.free(members));
        Ok(())
    }

    /// The positions of the exports of each group.
    fn members(&self, budget: &mut Budget) -> Result<Vec<Vec<u32>>> {
        let mut members = Vec::new();
        for _ in &self.causes {
            budget.push(&mut members, Vec::new())?;
        }
        for (position, &(_, group)) in (0..).zip(&self.exports) {
            budget.charge_work(1)?;
            if let Some(members) = usize::try_from(group).ok().and_then(|at| members.get_mut(at)) {
                budget.push(members, position)?;
            }
        }
        Ok(members)
    }

    /// The exports of several groups, by name.
    fn exports_of(&self, groups: &[u32], members: &[Vec<u32>], budget: &mut Budget) -> Result<Vec<NameId>> {
        let mut positions: Vec<u32> = Vec::new();
        for members in groups.iter().filter_map(|&group| at(members, group)) {
            budget.extend(&mut positions, members)?;
        }
        budget.charge_sorting(positions.len())?;
        positions.sort_unstable();
        let mut exports = Vec::new();
        budget.reserve(&mut exports, positions.len())?;
        exports.extend(positions.iter().filter_map(|&position| Some(at(&self.exports, position)?.0)));
        budget.free(positions);
        Ok(exports)
    }

    /// The exports with their causes, of which each has another position now.
    pub(super) fn exports(
        self,
        position: &[u32],
        budget: &mut Budget,
    ) -> Result<Vec<(NameId, Rc<Vec<u32>>)>> {
        let mut lists = Vec::new();
        for mut places in self.causes {
            budget.charge_sorting(places.len())?;
            for place in &mut places {
                *place = at(position, *place).copied().unwrap_or(0);
            }
            places.sort_unstable();
            budget.push(&mut lists, Rc::new(places))?;
        }
        let mut exports = Vec::new();
        for &(name, group) in &self.exports {
            budget.push(&mut exports, (name, at(&lists, group).cloned().unwrap_or_default()))?;
        }
        Ok(exports)
    }
}

/// Pays for putting lists of such lengths in order.
fn charge_comparing(lengths: impl Iterator<Item = usize>, budget: &mut Budget) -> Result<()> {
    let (mut count, mut sum) = (1_u64, 0_u64);
    for length in lengths {
        count = count.saturating_add(1);
        sum = sum.saturating_add(u64::try_from(length).unwrap_or(u64::MAX)).saturating_add(1);
    }
    budget.charge_work(sum.saturating_mul(u64::from(count.ilog2())))
}
