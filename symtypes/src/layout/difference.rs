//! What has become of the members of a structure or union: kept, moved, gone, come, and where there was room for these.

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::types::NodeKind;

use super::array::Array;
use super::degree::Degree;
use super::ground::Ground;
use super::library::Library;
use super::matching::{Matching, matched};
use super::member::{Added, Gone, Kept, Room};
use super::part::Part;
use super::place::{Follow, Layout, Place};
use super::relation::{Builds, Relation, relation};
use super::reserved::is_reserved;

/// How two layouts differ.
#[derive(Debug)]
pub(crate) struct Difference<'t> {
    pub(crate) old: Layout<'t>,
    pub(crate) new: Layout<'t>,
    pub(crate) kept: Vec<Kept>,
    pub(crate) gone: Vec<Gone>,
    pub(crate) added: Vec<Added>,
}

impl<'t> Difference<'t> {
    /// Compares two structures or unions; `None` if one of them cannot be laid out.
    pub(crate) fn of(
        old: &Part<'t>,
        new: &Part<'t>,
        builds: Builds<'_, '_, 't>,
        budget: &mut Budget,
    ) -> Result<Option<Difference<'t>>> {
        let Some(old) = Layout::of(old, builds.old, Follow::Nameless, budget)? else { return Ok(None) };
        let Some(new) = Layout::of(new, builds.new, Follow::Nameless, budget)? else { return Ok(None) };
        let matching = matched(&old, &new, budget)?;
        let mut difference = Difference { old, new, kept: Vec::new(), gone: Vec::new(), added: Vec::new() };
        difference.fill(matching, builds, budget)?;
        Ok(Some(difference))
    }

    pub(crate) fn old_place(&self, at: usize) -> Option<&Place<'t>> {
        self.old.places.get(at)
    }

    pub(crate) fn new_place(&self, at: usize) -> Option<&Place<'t>> {
        self.new.places.get(at)
    }

    /// The members that are elsewhere.
    pub(crate) fn moved(&self) -> impl Iterator<Item = &Kept> {
        self.kept.iter().filter(|kept| kept.is_moved)
    }

    fn fill(&mut self, matching: Matching, builds: Builds<'_, '_, 't>, budget: &mut Budget) -> Result<()> {
        let Matching { pairs, mut gone, mut added } = matching;
        let starts = self.starts(&added, budget)?;
        for (old, new) in pairs {
            let Some(kept) = self.kept(old, new, builds, budget)? else { continue };
            let is_other =
                kept.relation.degree == Degree::Different || kept.is_renamed && !self.is_alike(&kept);
            let better = match is_other {
                true => self.kept_beside(&kept, &starts, &added, builds, budget)?,
                false => None,
            };
            match better {
                Some((at, better)) => {
                    if let Some(slot) = added.get_mut(at) {
                        *slot = kept.new;
                    }
                    budget.push(&mut self.kept, better)?;
                }
                // Something else has its place.
                None if kept.is_renamed && is_other => {
                    budget.push(&mut gone, old)?;
                    budget.push(&mut added, new)?;
                }
                None => budget.push(&mut self.kept, kept)?,
            }
        }
        budget.free(starts);
        gone.sort_unstable();
        added.sort_unstable();
        self.lost(&gone, builds, budget)?;
        self.come(&added, budget)
    }

    fn kept(
        &self,
        old: usize,
        new: usize,
        builds: Builds<'_, '_, 't>,
        budget: &mut Budget,
    ) -> Result<Option<Kept>> {
        let (Some(before), Some(after)) = (self.old_place(old), self.new_place(new)) else { return Ok(None) };
        let is_bits = before.is_bit_field() || after.is_bit_field();
        let is_both = before.is_bit_field() && after.is_bit_field();
        let is_vague = before.is_vague != after.is_vague;
        let are_vague = before.is_vague && after.is_vague;
        let are_apart = before.depth != after.depth || before.name != after.name;
        let is_unplaced = are_vague
            && are_apart
            && before.offset != after.offset
            && share_bits(before, after, builds, budget)?;
        let is_moved = !is_vague
            && !is_unplaced
            && matches!((before.offset, after.offset), (Some(one), Some(other)) if one != other);
        let is_container = before.inside > 0 && after.inside > 0;
        let is_resized = is_bits && before.size != after.size
            || is_both && is_vague && before.size != after.size
            || is_container && self.has_other_elements(before, after, builds, budget)?;
        let relation = match (before.item.inner(), after.item.inner()) {
            _ if is_container => Relation::default(),
            (Some(one), Some(other)) => relation(&one, &other, is_bits, builds, budget)?,
            _ => Relation::default(),
        };
        let is_renamed = before.own != after.own;
        let relation = if is_renamed { relation.under_another_name() } else { relation };
        Ok(Some(Kept { old, new, is_moved, is_unplaced, is_resized, is_renamed, is_twin: false, relation }))
    }

    /// Whether arrays have elements of other sizes, even if they have none.
    fn has_other_elements(
        &self,
        before: &Place<'t>,
        after: &Place<'t>,
        builds: Builds<'_, '_, 't>,
        budget: &mut Budget,
    ) -> Result<bool> {
        let (one, other) = match (element(before), element(after)) {
            (Some(one), Some(other)) => (one, other),
            (None, None) => return Ok(false),
            // One structure is as good as an array of one.
            _ => return Ok(before.size != after.size),
        };
        // From one to the next it is as far as ever if each consists of no elements.
        if before.size == after.size && is_of_empty(before, budget)? && is_of_empty(after, budget)? {
            return Ok(false);
        }
        let one = builds.old.bits(&one.tree, one.index, budget)?;
        Ok(before.size != after.size || one != builds.new.bits(&other.tree, other.index, budget)?)
    }

    /// Whether a member that has another name can be the same: a bit-field is no number that stands by itself.
    fn is_alike(&self, kept: &Kept) -> bool {
        let is_field = |place: Option<&Place<'_>>| place.is_some_and(Place::is_bit_field);
        is_field(self.old_place(kept.old)) == is_field(self.new_place(kept.new))
            || kept.relation.degree <= Degree::Qualified
    }

    /// Where new members begin, in order, and their positions in the list.
    fn starts(&self, added: &[usize], budget: &mut Budget) -> Result<Vec<(u64, usize)>> {
        let mut starts = Vec::new();
        for (at, &new) in added.iter().enumerate() {
            let place = self.new_place(new).filter(|place| place.inside == 0);
            if let Some(offset) = place.and_then(|place| place.offset) {
                budget.push(&mut starts, (offset, at))?;
            }
        }
        budget.charge_sorting(starts.len())?;
        starts.sort_unstable();
        Ok(starts)
    }

    /// Of a member that was replaced by another one, and is kept beside it: the one that is kept, under its own name if that is
    /// known.
    fn kept_beside(
        &self,
        kept: &Kept,
        starts: &[(u64, usize)],
        added: &[usize],
        builds: Builds<'_, '_, 't>,
        budget: &mut Budget,
    ) -> Result<Option<(usize, Kept)>> {
        let Some(before) = self.old_place(kept.old) else { return Ok(None) };
        let Some(offset) = before.offset else { return Ok(None) };
        let first = starts.partition_point(|&(start, _)| start < offset);
        let same = starts.get(first..).unwrap_or_default();
        let same = same.iter().take_while(|&&(start, _)| start == offset).take(MOST_BESIDE);
        for &(_, at) in same {
            budget.charge_work(8)?;
            let Some(&new) = added.get(at) else { continue };
            let Some(place) = self.new_place(new) else { continue };
            if place.size != before.size || !kept.is_renamed && place.own != before.own {
                continue;
            }
            if let Some(better) = self.kept(kept.old, new, builds, budget)?
                && better.relation.degree < Degree::Different
            {
                return Ok(Some((at, better)));
            }
        }
        Ok(None)
    }

    fn lost(&mut self, gone: &[usize], builds: Builds<'_, '_, 't>, budget: &mut Budget) -> Result<()> {
        let mut all = Vec::new();
        budget.reserve(&mut all, self.new.places.len())?;
        all.extend(0..self.new.places.len());
        let starts = self.starts(&all, budget)?;
        budget.free(all);
        let mut renamed: Vec<usize> = Vec::new();
        for kept in &self.kept {
            budget.charge_work(2)?;
            let names = [self.old_place(kept.old), self.new_place(kept.new)]
                .map(|place| place.map(|place| &place.name));
            if names[0] != names[1] {
                budget.push(&mut renamed, kept.new)?;
            }
        }
        budget.charge_sorting(renamed.len())?;
        renamed.sort_unstable();
        for &old in gone {
            budget.charge_work(8)?;
            let Some(before) = self.old_place(old) else { continue };
            // What is in it is reported.
            if before.inside > 0 {
                continue;
            }
            let first = before
                .offset
                .map_or(starts.len(), |offset| starts.partition_point(|&(start, _)| start < offset));
            let here = starts.get(first..).unwrap_or_default();
            let here = here.iter().take_while(|&&(start, _)| Some(start) == before.offset);
            let here = here.take(MOST_BESIDE).map(|&(_, new)| new);
            let stand_in = here.clone().next();
            let other_names = here.filter(|new| renamed.binary_search(new).is_ok());
            match self.twin(old, other_names, builds, budget)? {
                Some(twin) => budget.push(&mut self.kept, twin)?,
                None => budget.push(&mut self.gone, Gone { old, stand_in })?,
            }
        }
        budget.free(starts);
        budget.free(renamed);
        budget.charge_sorting(self.kept.len())?;
        self.kept.sort_unstable_by_key(|kept| kept.old);
        Ok(())
    }

    /// Of a member of a union that is gone: another one of its type in its place, which has a new name and so may be the new name
    /// of both. One that was there all along is no other name of what is gone.
    fn twin(
        &self,
        old: usize,
        here: impl Iterator<Item = usize>,
        builds: Builds<'_, '_, 't>,
        budget: &mut Budget,
    ) -> Result<Option<Kept>> {
        let Some(before) = self.old_place(old).filter(|place| place.is_shared && place.size.is_some()) else {
            return Ok(None);
        };
        if before.own.is_none_or(is_reserved) {
            return Ok(None);
        }
        for new in here {
            budget.charge_work(8)?;
            let is_candidate = |place: &&Place<'_>| {
                place.inside == 0
                    && place.size == before.size
                    && place.is_bit_field() == before.is_bit_field()
            };
            if self.new_place(new).filter(is_candidate).is_none() {
                continue;
            }
            if let Some(kept) = self.kept(old, new, builds, budget)?
                && kept.relation.degree <= Degree::Qualified
            {
                return Ok(Some(Kept { is_twin: true, ..kept }));
            }
        }
        Ok(None)
    }

    fn come(&mut self, added: &[usize], budget: &mut Budget) -> Result<()> {
        let ground = Ground::of(&self.old, &self.new, &self.kept, &self.gone, budget)?;
        let mut told_until = 0;
        for &new in added {
            budget.charge_work(8)?;
            let Some(place) = self.new_place(new) else { continue };
            if new < told_until {
                continue;
            }
            if place.inside > 0 {
                // A structure around what was there before says nothing itself; around what is new, it says all.
                let end = new.saturating_add(place.inside).saturating_add(1);
                budget.charge_bytes(place.inside.saturating_mul(8))?;
                let first = added.partition_point(|&other| other <= new);
                let inside = added.get(first..).unwrap_or_default();
                let count = inside.iter().take_while(|&&other| other < end).count();
                if count < place.inside {
                    continue;
                }
                told_until = end;
            }
            let room = ground.room(place, new, self.new.is_union);
            budget.push(&mut self.added, Added { new, room, is_stand_in: false })?;
        }
        ground.free(budget);
        self.settle(budget)?;
        self.mark_stand_ins(budget)
    }

    /// Notes which new members begin where one began that is missed.
    fn mark_stand_ins(&mut self, budget: &mut Budget) -> Result<()> {
        let mut stand_ins: Vec<usize> = Vec::new();
        budget.reserve(&mut stand_ins, self.gone.len())?;
        stand_ins.extend(self.gone.iter().filter_map(|gone| gone.stand_in));
        budget.charge_sorting(stand_ins.len())?;
        stand_ins.sort_unstable();
        for added in &mut self.added {
            budget.charge_work(1)?;
            added.is_stand_in = stand_ins.binary_search(&added.new).is_ok();
        }
        budget.free(stand_ins);
        Ok(())
    }

    /// Space that was kept for others and has them now is not missed.
    fn settle(&mut self, budget: &mut Budget) -> Result<()> {
        let mut used: Vec<usize> = Vec::new();
        for added in &self.added {
            if let Room::Reserved(old) = added.room {
                budget.push(&mut used, old)?;
            }
        }
        used.sort_unstable();
        self.gone.retain(|gone| used.binary_search(&gone.old).is_err());
        let (old, new) = (&self.old, &self.new);
        self.kept.retain(|kept| {
            let Some((before, after)) = old.places.get(kept.old).zip(new.places.get(kept.new)) else {
                return false;
            };
            let is_within = before.offset <= after.offset && after.end() <= before.end();
            let is_other = kept.is_moved || kept.relation.degree == Degree::Different;
            !(used.binary_search(&kept.old).is_ok() && is_within && is_other && after.end().is_some())
        });
        budget.free(used);
        Ok(())
    }
}

/// How many new members that begin in one place are looked at for one that was kept there.
const MOST_BESIDE: usize = 16;

/// Whether the units of bit-fields that nobody places have bits in common.
fn share_bits<'t>(
    before: &Place<'t>,
    after: &Place<'t>,
    builds: Builds<'_, '_, 't>,
    budget: &mut Budget,
) -> Result<bool> {
    let unit = |place: &Place<'t>, types: &Library<'_, 't>, budget: &mut Budget| match place.item.inner() {
        Some(ty) => types.bits(&ty.tree, ty.index, budget),
        None => Ok(None),
    };
    let units = (unit(before, builds.old, budget)?, unit(after, builds.new, budget)?);
    let (Some(one), Some(other)) = (before.offset, after.offset) else { return Ok(true) };
    let (Some(one_unit), Some(other_unit)) = units else { return Ok(true) };
    Ok(one < other.saturating_add(other_unit) && other < one.saturating_add(one_unit))
}

/// Whether the elements of an array are arrays without elements.
fn is_of_empty(place: &Place<'_>, budget: &mut Budget) -> Result<bool> {
    let Some(part) = place.item.inner() else { return Ok(false) };
    let array = Array::of(&part, budget)?;
    let is_of_empty = array.counts().skip(1).any(|count| count == 0);
    budget.free(array.dimensions);
    Ok(is_of_empty)
}

/// What an array has elements of; nothing if it is none.
fn element<'t>(place: &Place<'t>) -> Option<Part<'t>> {
    let mut part = place.item.inner()?;
    let mut is_array = false;
    loop {
        match part.kind() {
            NodeKind::Array => is_array = true,
            NodeKind::Wrapper(wrapper) if wrapper.is_qualifier() => {}
            _ => return is_array.then_some(part),
        }
        part = part.inner()?;
    }
}
