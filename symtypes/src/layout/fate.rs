//! What has become of the outermost members of a type: members within nameless structures and unions count for what they are in.

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::types::NodeIndex;

use super::degree::Degree;
use super::difference::Difference;
use super::extent::{Counterpart, Extent, Fate};

use super::member::Kept;
use super::place::Layout;

/// What is known of an outermost member on one side.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    /// How many members it is, or has in it.
    places: usize,
    /// How many of them are in its counterpart, too.
    kept: usize,
    /// The first one of the other side that has any of them.
    counterpart: Option<usize>,
}

/// What is known of two outermost members that belong together.
#[derive(Clone, Copy, Debug, Default)]
struct Course {
    /// By how many bits everything in it has moved.
    shift: Option<u64>,
    /// Whether anything in it is another one than it was, or has moved by itself.
    has_changed: bool,
}

/// The outermost members of one side.
struct Slots {
    /// Of each member of the layout, the position of the outermost one.
    of: Vec<Option<usize>>,
    tallies: Vec<Tally>,
}

impl Slots {
    fn new(layout: &Layout<'_>, extents: &[Extent], budget: &mut Budget) -> Result<Slots> {
        let mut members: Vec<(NodeIndex, usize)> = Vec::new();
        for (at, extent) in extents.iter().enumerate() {
            budget.charge_work(1)?;
            if let Some(member) = extent.member {
                budget.push(&mut members, (member, at))?;
            }
        }
        budget.charge_sorting(members.len())?;
        members.sort_unstable();
        let mut slots = Slots { of: Vec::new(), tallies: Vec::new() };
        budget.fill(&mut slots.tallies, extents.len(), Tally::default())?;
        budget.charge_sorting(layout.places.len())?;
        for place in &layout.places {
            let found = members.binary_search_by_key(&place.outermost, |&(member, _)| member).ok();
            let at = found.and_then(|found| members.get(found)).map(|&(_, at)| at);
            if let Some(tally) = at.and_then(|at| slots.tallies.get_mut(at)) {
                tally.places = tally.places.saturating_add(1);
            }
            budget.push(&mut slots.of, at)?;
        }
        budget.free(members);
        Ok(slots)
    }

    fn of(&self, place: usize) -> Option<usize> {
        self.of.get(place).copied().flatten()
    }

    fn tally(&self, at: usize) -> Tally {
        self.tallies.get(at).copied().unwrap_or_default()
    }

    /// Notes that something of an outermost member is in one of the other side.
    fn meet(&mut self, at: usize, other: usize) {
        if let Some(tally) = self.tallies.get_mut(at) {
            tally.counterpart.get_or_insert(other);
        }
    }

    fn keep(&mut self, at: usize) {
        if let Some(tally) = self.tallies.get_mut(at) {
            tally.kept = tally.kept.saturating_add(1);
        }
    }

    fn free(self, budget: &mut Budget) {
        budget.free(self.of);
        budget.free(self.tallies);
    }
}

/// Finds out what has become of the outermost members of two layouts.
pub(super) fn settle(
    difference: &Difference<'_>,
    old: &mut [Extent],
    new: &mut [Extent],
    budget: &mut Budget,
) -> Result<()> {
    let mut before = Slots::new(&difference.old, old, budget)?;
    let mut after = Slots::new(&difference.new, new, budget)?;
    let mut courses: Vec<Course> = Vec::new();
    budget.fill(&mut courses, old.len(), Course::default())?;
    for kept in &difference.kept {
        budget.charge_work(4)?;
        if let (Some(one), Some(other)) = (before.of(kept.old), after.of(kept.new)) {
            before.meet(one, other);
            after.meet(other, one);
        }
    }
    for kept in &difference.kept {
        budget.charge_work(8)?;
        let (Some(one), Some(other)) = (before.of(kept.old), after.of(kept.new)) else { continue };
        let is_mutual =
            before.tally(one).counterpart == Some(other) && after.tally(other).counterpart == Some(one);
        if let Some(course) = courses.get_mut(one).filter(|_| is_mutual) {
            course.follow(difference, kept);
            before.keep(one);
            after.keep(other);
        }
    }
    for (at, extent) in old.iter_mut().enumerate() {
        budget.charge_work(4)?;
        let tally = before.tally(at);
        let Some(other) = tally.counterpart else { continue };
        let theirs = after.tally(other);
        let Some(partner) = new.get_mut(other).filter(|_| theirs.counterpart == Some(at)) else {
            extent.counterpart.fate = Fate::Wrapped;
            continue;
        };
        let course = courses.get(at).copied().unwrap_or_default();
        let is_whole = tally.kept == tally.places && theirs.kept == theirs.places;
        let fate = match course.shift {
            _ if course.has_changed || !is_whole || extent.size != partner.size => Fate::Changed,
            Some(0) | None => Fate::Same,
            Some(_) => Fate::Moved,
        };
        extent.counterpart = Counterpart { fate, other: Some(other) };
        partner.counterpart = Counterpart { fate, other: Some(at) };
    }
    for (at, extent) in new.iter_mut().enumerate() {
        budget.charge_work(1)?;
        if after.tally(at).counterpart.is_some() && extent.counterpart.other.is_none() {
            extent.counterpart.fate = Fate::Wrapped;
        }
    }
    before.free(budget);
    after.free(budget);
    budget.free(courses);
    Ok(())
}

impl Course {
    fn follow(&mut self, difference: &Difference<'_>, kept: &Kept) {
        let (Some(old), Some(new)) = (difference.old_place(kept.old), difference.new_place(kept.new)) else {
            return;
        };
        let is_other = kept.is_resized || kept.is_renamed || kept.relation.degree > Degree::Toolchain;
        // Whether the type itself is a union is no matter of its members.
        let is_within = old.depth > 1 && old.is_shared != new.is_shared;
        let is_regrouped = old.name != new.name || old.depth != new.depth || is_within;
        let shift = old.offset.zip(new.offset).map(|(old, new)| new.wrapping_sub(old));
        let has_parted = self.shift.is_some() && shift != self.shift;
        self.has_changed |= is_other || is_regrouped || has_parted;
        self.shift = self.shift.or(shift);
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;
    use std::string::String;
    use std::vec::Vec;
    use std::{format, vec};

    use dwarfksyms_core::Limits;
    use dwarfksyms_core::budget::Budget;

    use super::super::map::{Map, Maps};
    use crate::types::{Catalog, Lines, Side, Tree};

    fn member(kind: &str, size: u32, name: &str, at: u32) -> String {
        format!("member base_type {kind} byte_size({size}) encoding(5) {name} data_member_location({at})")
    }

    fn nameless(kind: &str, members: &[String], size: u32, at: u32) -> String {
        format!(
            "member {kind}_type {{ {} }} byte_size({size}) data_member_location({at})",
            members.join(" , ")
        )
    }

    /// What has become of the members of a structure, old and new: a word and a position each.
    fn fates(old: &[String], new: &[String]) -> [Vec<String>; 2] {
        let text =
            |members: &[String]| format!("structure_type s {{ {} }} byte_size(32)", members.join(" , "));
        let (old, new) = (text(old), text(new));
        let limits = Limits::default();
        let mut catalog = Catalog::new(&limits);
        let lines = [&old, &new].map(|text| format!("s#s {text}"));
        let mut add =
            |side, text: &'static [u8]| catalog.add(side, &Lines::scan(text, &limits).unwrap()).unwrap();
        let leak = |line: &String| &*line.clone().into_bytes().leak();
        let files = (add(Side::Old, leak(&lines[0])), add(Side::New, leak(&lines[1])));
        catalog.finish().unwrap();
        let budget = &mut Budget::new(&limits);
        let trees = [&old, &new].map(|text| Rc::new(Tree::parse_any(text.as_bytes(), budget).unwrap()));
        let maps = Maps::new(&catalog).of(files, (&trees[0], &trees[1]), budget).unwrap().unwrap();
        let told = |map: &Map| {
            let told = map.extents.iter().map(|extent| match extent.counterpart.other {
                Some(other) => format!("{} {other}", extent.counterpart.fate.word()),
                None => extent.counterpart.fate.word().into(),
            });
            told.collect()
        };
        [told(&maps.0), told(&maps.1)]
    }

    #[test]
    fn members_are_kept_by_name_and_by_place() {
        let old = [
            member("long", 8, "a", 0),
            member("int", 4, "b", 8),
            member("int", 4, "c", 12),
            member("long", 8, "d", 16),
        ];
        let new = [
            member("int", 4, "b", 0),
            member("long", 8, "e", 8),
            member("long", 8, "x", 16),
            member("long", 8, "a", 24),
        ];
        // What has another name in the same place is the same member.
        let expected = [
            vec!["moved 4", "moved 0", "alone", "changed 3", "hole"],
            vec!["moved 1", "hole", "alone", "changed 3", "moved 0"],
        ];
        assert_eq!(fates(&old, &new), expected);
    }

    #[test]
    fn what_has_no_name_is_known_by_what_is_in_it() {
        let union = |more: &[String], at| {
            nameless("union", &[&[member("int", 4, "u", 0), member("long", 8, "v", 0)], more].concat(), 8, at)
        };
        let old = [union(&[], 0), member("long", 8, "a", 8), member("long", 8, "b", 16)];
        let same = [union(&[], 0), member("long", 8, "b", 8), member("long", 8, "a", 16)];
        assert_eq!(fates(&old, &same)[0], ["same 0", "moved 2", "moved 1", "hole"]);
        let moved = [member("long", 8, "a", 0), union(&[], 8), member("long", 8, "b", 16)];
        assert_eq!(fates(&old, &moved)[0], ["moved 1", "moved 0", "same 2", "hole"]);
        let more =
            [union(&[member("int", 4, "w", 0)], 0), member("long", 8, "a", 8), member("long", 8, "b", 16)];
        assert_eq!(fates(&old, &more)[0][0], "changed 0");
        // Both of a pair that were put into a structure are there, though one alone has a counterpart.
        let pair = [member("long", 8, "a", 0), member("long", 8, "b", 8)];
        let wrapped = [old[0].clone(), nameless("structure", &pair, 16, 8)];
        let expected = [vec!["same 0", "changed 1", "wrapped", "hole"], vec!["same 0", "changed 1", "hole"]];
        assert_eq!(fates(&old, &wrapped), expected);
    }
}
