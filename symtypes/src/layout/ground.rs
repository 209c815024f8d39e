//! Where there is room for new members: what the old type had where.

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use super::member::{Gone, Kept, Room};
use super::place::{Layout, Place};
use super::reserved::is_reserved;

/// Which bits of the old type had something.
pub(super) struct Ground {
    /// Where old members begin, and how far those up to each reach, in order.
    reach: Vec<(u64, u64)>,
    /// Those that keep space for others.
    reserved: Vec<(u64, u64, usize)>,
    /// The same of those that are gone.
    gone: Vec<(u64, u64)>,
    /// The same of the units of bit-fields whose place in them is not stated.
    vague: Vec<(u64, u64)>,
    /// Where members are that have moved: the last of them.
    last_moved: Option<u64>,
    /// The position of the last that is kept, where places are not stated.
    last_kept: Option<usize>,
    size: Option<u64>,
    is_told: bool,
}

impl Ground {
    pub(super) fn of(
        old: &Layout<'_>,
        new: &Layout<'_>,
        kept: &[Kept],
        lost: &[Gone],
        budget: &mut Budget,
    ) -> Result<Ground> {
        let (mut reach, mut gone, mut vague): (Vec<(u64, u64)>, Vec<_>, Vec<_>) =
            (Vec::new(), Vec::new(), Vec::new());
        let mut reserved = Vec::new();
        let mut is_told = old.size.is_some();
        for (at, place) in old.places.iter().enumerate() {
            is_told &= place.offset.is_some();
            let Some(start) = place.offset.filter(|_| place.inside == 0) else { continue };
            let end = start.saturating_add(place.size.unwrap_or(1));
            budget.push(&mut reach, (start, end))?;
            if place.is_vague {
                // As far as the largest unit reaches.
                budget.push(&mut vague, (start, start.saturating_add(64)))?;
            }
            if place.own.is_none_or(is_reserved) && end > start {
                budget.push(&mut reserved, (start, end, at))?;
            }
        }
        budget.charge_sorting(reach.len())?;
        reserved.sort_unstable();
        for lost in lost {
            if let Some(place) = old.places.get(lost.old)
                && let Some(start) = place.offset
            {
                budget.push(&mut gone, (start, start.saturating_add(place.size.unwrap_or(1))))?;
            }
        }
        for ranges in [&mut reach, &mut gone, &mut vague] {
            ranges.sort_unstable();
            let mut furthest = 0;
            for (_, end) in ranges {
                furthest = furthest.max(*end);
                *end = furthest;
            }
        }
        let moved = kept.iter().filter(|kept| kept.is_moved);
        let moved = moved.filter_map(|kept| new.places.get(kept.new)?.offset);
        let last_moved = moved.max();
        let last_kept = kept.iter().map(|kept| kept.new).max();
        let size = old.size;
        Ok(Ground { reach, reserved, gone, vague, last_moved, last_kept, size, is_told })
    }

    /// Where there was room for a new member, at a position.
    pub(super) fn room(&self, place: &Place<'_>, at: usize, is_union: bool) -> Room {
        let Some(start) = place.offset.filter(|_| self.is_told) else {
            return match self.last_kept {
                _ if is_union => Room::Beside,
                Some(last) if at < last => Room::Unknown,
                _ => Room::Behind,
            };
        };
        let end = start.saturating_add(place.size.filter(|&size| size > 0).unwrap_or(1));
        let before = self.reserved.partition_point(|&(other, _, _)| other <= start);
        let reserved = self.reserved.get(..before).unwrap_or_default().last();
        if let Some(&(_, _, at)) = reserved.filter(|&&(_, last, _)| end <= last) {
            return Room::Reserved(at);
        }
        if self.last_moved.is_some_and(|last| last >= start) {
            return Room::Front;
        }
        if overlaps(&self.vague, start, end) || place.is_vague && overlaps(&self.reach, start, end) {
            return Room::Vague;
        }
        if overlaps(&self.gone, start, end) {
            return Room::Vacated;
        }
        if overlaps(&self.reach, start, end) {
            return Room::Beside;
        }
        match self.size {
            Some(size) if end <= size => Room::Hole,
            _ => Room::Behind,
        }
    }

    pub(super) fn free(self, budget: &mut Budget) {
        budget.free(self.reach);
        budget.free(self.reserved);
        budget.free(self.gone);
        budget.free(self.vague);
    }
}

/// Whether any of the ranges has something in common with one; each ends where the furthest up to it does.
fn overlaps(ranges: &[(u64, u64)], start: u64, end: u64) -> bool {
    let below = ranges.partition_point(|&(other, _)| other < end);
    ranges.get(..below).unwrap_or_default().last().is_some_and(|&(_, last)| last > start)
}
