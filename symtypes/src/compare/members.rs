//! How the members of a structure or union differ, in sentences.

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::layout::{Added, Degree, Difference, Gone, Kept, Part, Place, Room, aggregates_in, is_reserved};
use crate::types::{Attribute, NodeKind};

use super::change::{Comparer, Role};
use super::class::Class;
use super::words::{at_offset, named, number, size};

impl<'t> Comparer<'_, '_, 't> {
    /// Structures and unions.
    pub(super) fn members(
        &mut self,
        old: &Part<'t>,
        new: &Part<'t>,
        prefix: &[u8],
        budget: &mut Budget,
    ) -> Result<()> {
        let Some(difference) = Difference::of(old, new, self.builds, budget)? else {
            return self.note(Class::Other, prefix, b"there are too many members to compare them", budget);
        };
        if difference.old.has_variants || difference.new.has_variants {
            self.variants(old, new, prefix, budget)?;
        }
        self.is_known &= difference.old.is_known() && difference.new.is_known();
        if !old.tree.is_measured() || !new.tree.is_measured() {
            self.is_known = false;
            return self.sequence(old, new, &difference, prefix, budget);
        }
        let noted = self.changes.len();
        for kept in difference.kept.iter().filter(|kept| kept.is_renamed) {
            self.renamed(&difference, kept, prefix, budget)?;
        }
        self.wrapped(&difference, prefix, budget)?;
        for kept in &difference.kept {
            self.kept(&difference, kept, prefix, budget)?;
        }
        for gone in &difference.gone {
            self.removed(&difference, gone, prefix, budget)?;
        }
        for added in &difference.added {
            self.added(&difference, added, prefix, budget)?;
        }
        self.beside_bits(&difference, prefix, budget)?;
        self.moved(&difference, prefix, noted, budget)
    }

    pub(super) fn renamed(
        &mut self,
        difference: &Difference<'t>,
        kept: &Kept,
        prefix: &[u8],
        budget: &mut Budget,
    ) -> Result<()> {
        let (Some(old), Some(new)) = (difference.old_place(kept.old), difference.new_place(kept.new)) else {
            return Ok(());
        };
        let name = named(prefix, &new.name, budget)?;
        let text = match kept.is_twin {
            true => [
                b"member '".as_slice(),
                &old.name,
                b"' was removed; '",
                &new.name,
                b"' has its type and place",
            ],
            false => [b"member '".as_slice(), &old.name, b"' is called '", &new.name, b"' now"],
        };
        let text = text.concat();
        self.note(Class::MemberRenamed, &name, &text, budget)
    }

    /// Members that are in other company, in one sentence.
    fn wrapped(&mut self, difference: &Difference<'t>, prefix: &[u8], budget: &mut Budget) -> Result<()> {
        let mut count = 0_u64;
        let mut first: Option<(Vec<u8>, Vec<u8>)> = None;
        for kept in &difference.kept {
            budget.charge_work(1)?;
            let (Some(old), Some(new)) = (difference.old_place(kept.old), difference.new_place(kept.new))
            else {
                continue;
            };
            let is_reserved = old.own.is_none_or(is_reserved);
            let is_other = old.is_shared != new.is_shared
                || old.depth != new.depth
                || old.name != new.name && !kept.is_renamed;
            if kept.is_moved || kept.is_unplaced || is_reserved || !is_other {
                continue;
            }
            count = count.saturating_add(1);
            if first.is_none() {
                let company: &[u8] = match (old.is_shared, new.is_shared) {
                    (false, true) => b"' is in a union at its place",
                    (true, false) => b"' is no longer in a union, and at its place",
                    _ if new.depth > old.depth => b"' is in a structure at its place",
                    _ => b"' is no longer in a structure, and at its place",
                };
                let name = named(prefix, &old.name, budget)?;
                let mut text = [b"member '".as_slice(), &name, company].concat();
                if old.name != new.name {
                    text.extend_from_slice(b", as '");
                    text.extend_from_slice(&new.name);
                    text.extend_from_slice(b"'");
                }
                first = Some((name, text));
            }
        }
        let Some((name, mut text)) = first else { return Ok(()) };
        if let Some(more) = count.checked_sub(1).filter(|&more| more > 0) {
            text.extend_from_slice(b"; so ");
            text.extend_from_slice(if more == 1 { b"is " } else { b"are " });
            text.extend_from_slice(&number(more));
            text.extend_from_slice(b" more");
        }
        self.note(Class::MemberWrapped, &name, &text, budget)
    }

    /// A member that is on both sides, wherever it is.
    pub(super) fn kept(
        &mut self,
        difference: &Difference<'t>,
        kept: &Kept,
        prefix: &[u8],
        budget: &mut Budget,
    ) -> Result<()> {
        let (Some(old), Some(new)) = (difference.old_place(kept.old), difference.new_place(kept.new)) else {
            return Ok(());
        };
        let name = named(prefix, &new.name, budget)?;
        if kept.is_resized && (old.is_bit_field() || new.is_bit_field()) {
            let width = |place: &Place<'_>| match place.is_bit_field() {
                true => size(place.size, true),
                false => b"a whole member".to_vec(),
            };
            let (before, after) = (width(old), width(new));
            let text = [b"bit-field '", name.as_slice(), b"' was ", &before, b", and is ", &after].concat();
            self.note(Class::BitFieldChanged, &name, &text, budget)?;
        } else if kept.is_resized {
            self.has_shifted = true;
            let (before, after) = (size(old.size, false), size(new.size, false));
            let text = match before == after {
                true => [b"array '".as_slice(), &name, b"' has elements of another size"].concat(),
                false => [b"array '".as_slice(), &name, b"' was ", &before, b", and is ", &after].concat(),
            };
            self.note(Class::MemberMoved, &name, &text, budget)?;
        }
        if kept.is_unplaced {
            let text = [b"whether bit-field '".as_slice(), &name, b"' is where it was is not stated"];
            self.note(Class::NotStated, &name, &text.concat(), budget)?;
        }
        if !kept.is_resized && old.is_bit_field() != new.is_bit_field() {
            let kinds: [&[u8]; 2] = match new.is_bit_field() {
                true => [b"' was a whole member, and is a bit-field of ", b" at its place"],
                false => [b"' was a bit-field of ", b", and is a whole member at its place"],
            };
            let size = size(new.size, true);
            let text = [b"member '", name.as_slice(), kinds[0], &size, kinds[1]].concat();
            self.note(Class::TypeRespelled, &name, &text, budget)?;
        }
        let (Some(before), Some(after)) = (old.item.inner(), new.item.inner()) else { return Ok(()) };
        if kept.relation.degree > Degree::Toolchain
            && let Some((before, after)) = aggregates_in(&before, &after)
        {
            // Behind a pointer, or an enumeration.
            let prefix = [name.as_slice(), b"."].concat();
            return self.wait(before, after, prefix, budget);
        }
        // It may fill a hole behind it; what has moved for it, or that the type has grown, is reported by itself.
        let room = old.end().max(difference.old.size);
        let is_spare = old.own.is_some_and(is_reserved) && !kept.is_moved && new.end() <= room;
        if kept.relation.degree == Degree::Different && is_spare && new.end().is_some() {
            let (before, after) = (before.text(budget)?, after.text(budget)?);
            let parts: [&[u8]; 6] =
                [b"reserved space '", &name, b"' was of type '", &before, b"', and is of type '", &after];
            let text = [parts.concat().as_slice(), b"'"].concat();
            return self.note(Class::ReservedSpaceUsed, &name, &text, budget);
        }
        let what = match name.is_empty() {
            true => [b"the member".as_slice(), &at_offset(new.offset)].concat(),
            false => [b"member '", name.as_slice(), b"'"].concat(),
        };
        let role = Role { class: Class::MemberTypeChanged, subject: &name, what: &what };
        self.types(&before, &after, kept.relation.clone(), role, budget)
    }

    pub(super) fn removed(
        &mut self,
        difference: &Difference<'t>,
        gone: &Gone,
        prefix: &[u8],
        budget: &mut Budget,
    ) -> Result<()> {
        let Some(old) = difference.old_place(gone.old) else { return Ok(()) };
        let name = named(prefix, &old.name, budget)?;
        let (item, at) = (old.item.text(budget)?, at_offset(old.offset));
        if old.own.is_some_and(is_reserved) {
            // Nobody uses it.
            let text = [b"reserved space '".as_slice(), &item, b"'", &at, b" is gone"].concat();
            return self.note(Class::ReservedSpaceUsed, &name, &text, budget);
        }
        let mut text = [b"member '".as_slice(), &item, b"'", &at, b" was removed"].concat();
        if let Some(new) = gone.stand_in.and_then(|at| difference.new_place(at)) {
            text.extend_from_slice(b"; '");
            text.extend_from_slice(&new.item.text(budget)?);
            text.extend_from_slice(b"' is in its place");
        }
        self.note(Class::MemberRemoved, &name, &text, budget)
    }

    fn added(
        &mut self,
        difference: &Difference<'t>,
        added: &Added,
        prefix: &[u8],
        budget: &mut Budget,
    ) -> Result<()> {
        let Some(new) = difference.new_place(added.new) else { return Ok(()) };
        // What is in the place of something else was reported with it.
        if added.is_stand_in {
            return Ok(());
        }
        let (class, why) = room(difference, new, added.room);
        let name = named(prefix, &new.name, budget)?;
        let (item, at) = (new.item.text(budget)?, at_offset(new.offset));
        let text = [b"member '".as_slice(), &item, b"' was added", &at, &why].concat();
        self.note(class, &name, &text, budget)
    }

    /// Tells of members that stand elsewhere: by themselves, or with what they have moved for.
    fn moved(
        &mut self,
        difference: &Difference<'t>,
        prefix: &[u8],
        noted: usize,
        budget: &mut Budget,
    ) -> Result<()> {
        self.is_reordered |= is_reordered(difference, budget)?;
        let Some((name, sentence)) = moved(difference, prefix, budget)? else { return Ok(()) };
        self.has_shifted = true;
        let own = self.changes.get_mut(noted..).unwrap_or_default();
        let is_reason = |change: &&mut super::Change| {
            matches!(
                change.class,
                Class::MemberInserted
                    | Class::MemberRemoved
                    | Class::MemberTypeChanged
                    | Class::BitFieldChanged
            )
        };
        if let Some(reason) = own.iter_mut().find(is_reason) {
            budget.extend(&mut reason.text, b"; ")?;
            return budget.extend(&mut reason.text, &sentence);
        }
        self.note(Class::MemberMoved, &name, &sentence, budget)
    }

    /// What an enum of Rust consists of besides members.
    fn variants(&mut self, old: &Part<'t>, new: &Part<'t>, prefix: &[u8], budget: &mut Budget) -> Result<()> {
        let list = |part: &Part<'t>, budget: &mut Budget| -> Result<Vec<_>> {
            let mut variants = Vec::new();
            for item in part.items().filter(|item| item.kind() != NodeKind::Member) {
                budget.charge_work(8)?;
                budget.push(
                    &mut variants,
                    ((item.kind().word(), item.attribute(Attribute::DiscrValue)), item),
                )?;
            }
            variants.sort_by_key(|&(key, _)| key);
            Ok(variants)
        };
        let (before, after) = (list(old, budget)?, list(new, budget)?);
        let (mut before, mut after) = (before.into_iter().peekable(), after.into_iter().peekable());
        loop {
            budget.charge_work(1)?;
            let order = match (before.peek(), after.peek()) {
                (None, None) => return Ok(()),
                (Some(_), None) => core::cmp::Ordering::Less,
                (None, Some(_)) => core::cmp::Ordering::Greater,
                (Some((one, _)), Some((other, _))) => one.cmp(other),
            };
            let old = if order.is_le() { before.next() } else { None };
            let new = if order.is_ge() { after.next() } else { None };
            match (old, new) {
                (Some((_, old)), Some((_, new))) => {
                    self.wait(old, new, prefix.to_vec(), budget)?;
                }
                (Some((_, old)), None) => {
                    let text = [variant(&old), b" was removed".to_vec()].concat();
                    self.note(Class::Other, prefix, &text, budget)?;
                }
                (None, Some((_, new))) => {
                    let text = [variant(&new), b" was added".to_vec()].concat();
                    self.note(Class::Other, prefix, &text, budget)?;
                }
                (None, None) => {}
            }
        }
    }
}

/// What it means that there was room for a new member, and how it is said.
fn room(difference: &Difference<'_>, new: &Place<'_>, room: Room) -> (Class, Vec<u8>) {
    let sizes = (difference.old.size, difference.new.size);
    let has_grown = matches!(sizes, (Some(old), Some(new)) if new > old);
    let is_beyond = new.end().is_some_and(|end| sizes.0.is_some_and(|size| end > size));
    let mut why: Vec<u8> = Vec::new();
    let class = match room {
        Room::Hole => {
            why.extend_from_slice(b" where there was a hole");
            if difference.moved().next().is_none() {
                why.extend_from_slice(b"; nothing else has moved");
            }
            Class::MemberAddedInPadding
        }
        Room::Vacated => {
            why.extend_from_slice(b" where something else was");
            Class::MemberAddedInPadding
        }
        Room::Reserved(old) => {
            why.extend_from_slice(b" in the space that was reserved");
            let old = difference.old_place(old).and_then(|old| old.own);
            if let Some(old) = old {
                why.extend_from_slice(b" by '");
                why.extend_from_slice(old);
                why.extend_from_slice(b"'");
            }
            Class::ReservedSpaceUsed
        }
        Room::Beside if sizes.0.is_none() => {
            why.extend_from_slice(b" to a union, whose size is not stated");
            Class::MemberAppended
        }
        Room::Beside if has_grown && is_beyond => {
            why.extend_from_slice(b" to a union, which has grown");
            Class::MemberAppended
        }
        Room::Beside if difference.old.is_union && !has_grown => {
            why.extend_from_slice(b" to a union of the same size");
            Class::UnionMemberAdded
        }
        Room::Beside => {
            why.extend_from_slice(b" beside others, in a union");
            Class::UnionMemberAdded
        }
        Room::Vague => {
            why.extend_from_slice(b" where bit-fields are whose places are not stated");
            Class::Other
        }
        Room::Behind => {
            why.extend_from_slice(b" behind all others");
            if has_grown {
                why.extend_from_slice(b"; the type has grown");
            }
            Class::MemberAppended
        }
        Room::Front | Room::Unknown => Class::MemberInserted,
    };
    (class, why)
}

/// The first member that is elsewhere, and a sentence about all that are; nothing if none is.
pub(super) fn moved(
    difference: &Difference<'_>,
    prefix: &[u8],
    budget: &mut Budget,
) -> Result<Option<(Vec<u8>, Vec<u8>)>> {
    let (mut first, mut count) = (None, 0_u64);
    // What is inside a structure has moved with it.
    let mut with: Option<(usize, u64)> = None;
    for kept in difference.moved() {
        budget.charge_work(4)?;
        let (Some(old), Some(new)) = (difference.old_place(kept.old), difference.new_place(kept.new)) else {
            continue;
        };
        let by = new.offset.unwrap_or(0).wrapping_sub(old.offset.unwrap_or(0));
        if with.is_some_and(|(end, shift)| kept.old < end && shift == by) {
            continue;
        }
        if old.inside > 0 {
            let end = kept.old.saturating_add(old.inside).saturating_add(1);
            with = Some((end, by));
        }
        count = count.saturating_add(1);
        if first.is_none() {
            let name = named(prefix, &new.name, budget)?;
            let quoted = match name.is_empty() {
                true => b"without a name".to_vec(),
                false => [b"'", name.as_slice(), b"'"].concat(),
            };
            let (before, after) = (at_offset(old.offset), at_offset(new.offset));
            let text = [b"member ", quoted.as_slice(), b" was", &before, b", and is", &after].concat();
            first = Some((name, text));
        }
    }
    let Some((name, mut text)) = first else { return Ok(None) };
    if let Some(more) = count.checked_sub(1).filter(|&more| more > 0) {
        text.extend_from_slice(b"; ");
        text.extend_from_slice(&number(more));
        text.extend_from_slice(if more == 1 { b" more has moved" } else { b" more have moved" });
    }
    Ok(Some((name, text)))
}

/// Whether members that are kept are in another order.
fn is_reordered(difference: &Difference<'_>, budget: &mut Budget) -> Result<bool> {
    let mut places = Vec::new();
    for kept in &difference.kept {
        let old = difference.old_place(kept.old).and_then(|place| place.offset);
        let new = difference.new_place(kept.new).and_then(|place| place.offset);
        if let (Some(old), Some(new)) = (old, new) {
            budget.push(&mut places, (old, new))?;
        }
    }
    budget.charge_sorting(places.len())?;
    places.sort_unstable();
    // What takes no space can come to stand where another member begins.
    let is_in_order =
        |one: &(u64, u64), other: &(u64, u64)| one.1 < other.1 || one.1 == other.1 && one.0 == other.0;
    let is_reordered = !places.is_sorted_by(is_in_order);
    budget.free(places);
    Ok(is_reordered)
}

/// What a Rust enum can be: `variant 2 'Point'`.
fn variant(item: &Part<'_>) -> Vec<u8> {
    let mut text = item.kind().word().to_vec();
    if let Some(value) = item.attribute(Attribute::DiscrValue) {
        text.extend_from_slice(b" ");
        text.extend_from_slice(itoa::Buffer::new().format(value.cast_signed()).as_bytes());
    }
    let name = item.items().next().and_then(|member| member.name());
    if let Some(name) = name {
        text.extend_from_slice(b" '");
        text.extend_from_slice(name);
        text.extend_from_slice(b"'");
    }
    text
}
