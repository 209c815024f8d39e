//! What would give members their old places in a type string back: unions with names that the conventions know.

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::layout::{Library, is_reserved};
use crate::types::{Attribute, NodeIndex, NodeKind, Tree};

use super::advice::{CaveatKind, ObstacleKind, SuggestionKind};
use super::repair::{Edit, Repairer};
use super::wording::{Edited, Spot};

/// A member of the new type.
#[derive(Clone, Copy, Debug)]
struct Slot {
    index: NodeIndex,
    /// In bits.
    offset: u64,
    /// In bits.
    size: Option<u64>,
    is_used: bool,
}

impl<'t> Repairer<'_, '_, 't> {
    pub(super) fn members(&mut self, old: NodeIndex, new: NodeIndex, budget: &mut Budget) -> Result<()> {
        let is_member = |tree: &Tree<'_>, item| tree.kind(item) == NodeKind::Member;
        if !self.old.items(old).all(|item| is_member(self.old, item))
            || !self.new.items(new).all(|item| is_member(self.new, item))
        {
            // What a Rust enum consists of.
            let name = self.new.name(new).unwrap_or_default();
            return match self.is_compatible(old, new, budget)? {
                true => Ok(()),
                false => self.refuse(ObstacleKind::NotUnderstood, name, budget),
            };
        }
        let mut slots: Vec<Slot> = Vec::new();
        for index in self.new.items(new) {
            let size = self.size_of(self.around.new, self.new, index, budget)?;
            let offset = self.new.offset(index).unwrap_or(0);
            budget.push(&mut slots, Slot { index, offset, size, is_used: false })?;
        }
        let named = sorted(slots.iter().map(|slot| self.new.name(slot.index)), budget)?;
        let placed = sorted(slots.iter().map(|slot| Some(slot.offset)), budget)?;
        let mut nameless: Vec<NodeIndex> = Vec::new();
        for member in self.old.items(old) {
            budget.charge_work(8)?;
            let same = self.old.name(member).map(|name| of_key(&named, &name)).unwrap_or_default();
            let is_free = |&&(_, at): &&(_, usize)| slots.get(at).is_some_and(|slot| !slot.is_used);
            let found = same.iter().find(is_free).map(|&(_, at)| at);
            match found.and_then(|at| slots.get_mut(at)) {
                Some(slot) => {
                    slot.is_used = true;
                    self.member(member, slot.index, budget)?;
                }
                None => budget.push(&mut nameless, member)?,
            }
        }
        for member in nameless {
            self.lost(member, &mut slots, &placed, budget)?;
        }
        let end = self.old.own_size(old).map(|bytes| bytes.saturating_mul(8));
        let spot = |slot: &Slot| match self.new.kind(new) {
            NodeKind::Union => Spot::InUnion,
            _ if end.is_some_and(|end| slot.offset >= end) => Spot::AtEnd,
            _ => Spot::Within,
        };
        self.added(&slots, spot, budget)?;
        budget.free(named);
        budget.free(placed);
        budget.free(slots);
        Ok(())
    }

    /// The size of a member in bits.
    fn size_of(
        &self,
        types: &Library<'_, '_>,
        tree: &Tree<'_>,
        member: NodeIndex,
        budget: &mut Budget,
    ) -> Result<Option<u64>> {
        match (tree.attribute(member, Attribute::BitSize), tree.type_of(member)) {
            (Some(bits), _) => Ok(Some(bits)),
            (None, Some(inner)) => types.bits(tree, inner, budget),
            (None, None) => Ok(None),
        }
    }

    /// A member of which the name is the same.
    fn member(&mut self, old: NodeIndex, new: NodeIndex, budget: &mut Budget) -> Result<()> {
        let name = self.new.name(new).unwrap_or_default();
        if self.old.offset(old) != self.new.offset(new) {
            return self.refuse(ObstacleKind::MemberMoved, name, budget);
        }
        if !self.has_same_width(old, new) {
            return self.refuse(ObstacleKind::BitFieldChanged, name, budget);
        }
        let (Some(before), Some(after)) = (self.old.type_of(old), self.new.type_of(new)) else {
            return self.refuse(ObstacleKind::NotUnderstood, name, budget);
        };
        if self.is_same_but_spelling(before, after, budget)? {
            return Ok(());
        }
        if let Some((before, after)) = self.aggregates_in(before, after) {
            return budget.push(&mut self.pairs, (before, after, false));
        }
        match self.is_compatible(before, after, budget)? {
            true => self.renamed(old, new, budget),
            false => self.refuse(ObstacleKind::MemberTypeChanged, name, budget),
        }
    }

    fn has_same_width(&self, old: NodeIndex, new: NodeIndex) -> bool {
        self.old.attribute(old, Attribute::BitSize) == self.new.attribute(new, Attribute::BitSize)
    }

    /// A member of which there is no other with its name: it may have another one now, or have been a placeholder.
    /// `placed` are the positions of the slots by offset.
    fn lost(
        &mut self,
        old: NodeIndex,
        slots: &mut [Slot],
        placed: &[(u64, usize)],
        budget: &mut Budget,
    ) -> Result<()> {
        let name = self.old.name(old).unwrap_or_default();
        let start = self.old.offset(old).unwrap_or(0);
        let before = self.old.type_of(old);
        // Where names of reserved space are no part of the conventions, they are there.
        let is_placeholder = name.is_empty() || (self.macros.are_for_genksyms() && is_reserved(name));
        for &(_, at) in of_key(placed, &start) {
            budget.charge_work(4)?;
            let Some(slot) = slots.get_mut(at).filter(|slot| !slot.is_used) else { continue };
            let (Some(before), Some(after)) = (before, self.new.type_of(slot.index)) else { continue };
            if !self.has_same_width(old, slot.index) {
                continue;
            }
            let has_name = self.new.name(slot.index).is_some();
            let is_spelled_out = name.is_empty() && !has_name && self.aggregates_in(before, after).is_some();
            if !is_spelled_out && self.is_compatible(before, after, budget)? {
                slot.is_used = true;
                // Both can be without a name.
                if name.is_empty() && !has_name {
                    return Ok(());
                }
                if !is_placeholder {
                    return self.renamed(old, slot.index, budget);
                }
                return self.reserved(old, &[slot.index], budget);
            }
            if name.is_empty()
                && !has_name
                && let Some((before, after)) = self.aggregates_in(before, after)
            {
                slot.is_used = true;
                return budget.push(&mut self.pairs, (before, after, false));
            }
            if !name.is_empty() && !has_name && self.is_in_union(old, slot.index, budget)? {
                slot.is_used = true;
                return self.renamed(old, slot.index, budget);
            }
        }
        if let Some(size) = self.size_of(self.around.old, self.old, old, budget)?
            && is_placeholder
            && !before.is_some_and(|before| self.old.kind(before).is_aggregate())
        {
            let end = start.saturating_add(size);
            let first = placed.partition_point(|&(offset, _)| offset < start);
            let within = placed.get(first..).unwrap_or_default();
            let count = within.iter().take_while(|&&(offset, _)| offset < end).count();
            let within = within.get(..count).unwrap_or_default();
            budget.charge_bytes(count.saturating_mul(16))?;
            let mut inside: Vec<usize> = Vec::new();
            let mut is_unknown = false;
            for &(_, at) in within {
                let Some(slot) = slots.get(at).filter(|slot| !slot.is_used) else { continue };
                is_unknown |= slot.size.is_none();
                let last = slot.size.and_then(|size| slot.offset.checked_add(size));
                if last.is_some_and(|last| last <= end) {
                    budget.push(&mut inside, at)?;
                }
            }
            inside.sort_unstable();
            let mut members = Vec::new();
            for at in inside {
                if let Some(slot) = slots.get_mut(at) {
                    slot.is_used = true;
                    budget.push(&mut members, slot.index)?;
                }
            }
            if !members.is_empty() {
                return self.reserved(old, &members, budget);
            }
            // It is unknown whether what begins there ends there, too.
            if is_unknown {
                return self.refuse(ObstacleKind::NotUnderstood, name, budget);
            }
        }
        self.refuse(ObstacleKind::MemberRemoved, name, budget)
    }

    /// Whether a member is one of those in a union without a name that is as large as the member was.
    fn is_in_union(&self, old: NodeIndex, new: NodeIndex, budget: &mut Budget) -> Result<bool> {
        let (Some(before), Some(union)) = (self.old.type_of(old), self.new.type_of(new)) else {
            return Ok(false);
        };
        if self.new.kind(union) != NodeKind::Union || self.new.name(union).is_some() {
            return Ok(false);
        }
        let sizes =
            (self.around.old.bits(self.old, before, budget)?, self.around.new.bits(self.new, union, budget)?);
        let alignments = (
            self.around.old.alignment(self.old, before, budget)?,
            self.around.new.alignment(self.new, union, budget)?,
        );
        if sizes.0.is_none() || sizes.0 != sizes.1 || alignments.0 != alignments.1 {
            return Ok(false);
        }
        for member in self.new.items(union) {
            let name = self.new.name(member).map(|name| name.strip_prefix(b"__kabi_renamed").unwrap_or(name));
            if name == self.old.name(old)
                && self.has_same_width(old, member)
                && let Some(after) = self.new.type_of(member)
            {
                return self.is_compatible(before, after, budget);
            }
        }
        Ok(false)
    }

    /// A union that gives a member its old name and type.
    fn renamed(&mut self, old: NodeIndex, new: NodeIndex, budget: &mut Budget) -> Result<()> {
        let (Some(name), Some(before), Some(after)) =
            (self.old.name(old), self.old.type_of(old), self.new.type_of(new))
        else {
            return Ok(());
        };
        // A bit-field cannot be in a union of its own, and an old type must be there still.
        if self.new.attribute(new, Attribute::BitSize).is_some() || !self.is_known(before, budget)? {
            return Ok(());
        }
        budget.push(&mut self.edits, (new, Edit::Rename(Some(name))))?;
        budget.push(&mut self.edits, (after, Edit::Replace(before)))?;
        self.suggest_member(SuggestionKind::Renamed, Some(old), &[new], Spot::Within, budget)?;
        let subject = self.new.name(new).unwrap_or(name);
        self.warn(CaveatKind::SameMeaning, subject, budget)
    }

    /// A union around the members that stand in reserved space.
    fn reserved(&mut self, old: NodeIndex, members: &[NodeIndex], budget: &mut Budget) -> Result<()> {
        let Some((&first, others)) = members.split_first() else { return Ok(()) };
        let Some(before) = self.old.type_of(old) else { return Ok(()) };
        let alignment = self.around.old.alignment(self.old, before, budget)?;
        for &member in members {
            if let Some(after) = self.new.type_of(member)
                && let own = self.around.new.alignment(self.new, after, budget)?
                && !own.is_within(alignment)
            {
                let name = self.new.name(member).unwrap_or_default();
                let is_known = own.bytes().is_some() && alignment.bytes().is_some();
                let kind = if is_known { ObstacleKind::PartResized } else { ObstacleKind::NotUnderstood };
                return self.refuse(kind, name, budget);
            }
        }
        self.warn(CaveatKind::NotInitialized, self.new.name(first).unwrap_or_default(), budget)?;
        let is_field = |&member: &NodeIndex| self.new.attribute(member, Attribute::BitSize).is_some();
        let is_nameless = |&member: &NodeIndex| !self.has_text(member);
        let is_aside = self.new.offset(first) != self.old.offset(old);
        if is_aside
            || members.iter().any(is_field)
            || members.iter().any(is_nameless)
            || !self.is_known(before, budget)?
        {
            return Ok(());
        }
        self.has_reserved = true;
        budget.push(&mut self.edits, (first, Edit::Replace(old)))?;
        for &member in others {
            budget.push(&mut self.edits, (member, Edit::Remove))?;
        }
        self.suggest_member(SuggestionKind::Reserved, Some(old), members, Spot::Within, budget)
    }

    /// Members that are new: where nothing was, or behind all others.
    fn added(&mut self, slots: &[Slot], spot: impl Fn(&Slot) -> Spot, budget: &mut Budget) -> Result<()> {
        let mut rest = slots;
        while let Some((slot, behind)) = rest.split_first() {
            budget.charge_work(1)?;
            rest = behind;
            if slot.is_used {
                continue;
            }
            let name = self.new.name(slot.index).unwrap_or_default();
            self.warn(CaveatKind::NotInitialized, name, budget)?;
            if !self.has_text(slot.index) {
                continue;
            }
            let mut members = Vec::new();
            budget.push(&mut members, slot.index)?;
            if self.new.attribute(slot.index, Attribute::BitSize).is_some() {
                // Bit-fields that follow one another are in one union, if that leaves them where they are.
                let is_field = |slot: &&Slot| {
                    !slot.is_used && self.new.attribute(slot.index, Attribute::BitSize).is_some()
                };
                let count = behind.iter().take_while(is_field).count();
                let (fields, others) = behind.split_at_checked(count).unwrap_or((behind, &[]));
                for field in fields {
                    self.warn(
                        CaveatKind::NotInitialized,
                        self.new.name(field.index).unwrap_or_default(),
                        budget,
                    )?;
                    budget.push(&mut members, field.index)?;
                }
                rest = others;
                if !self.can_stand_alone(slot, slots, &members, budget)? {
                    continue;
                }
            }
            for &member in &members {
                budget.push(&mut self.edits, (member, Edit::Remove))?;
            }
            self.suggest_member(SuggestionKind::Ignored, None, &members, spot(slot), budget)?;
        }
        Ok(())
    }

    /// Whether bit-fields stay where they are if a union is put around them: they begin a unit of their type, and nothing
    /// else has a part of it.
    fn can_stand_alone(
        &self,
        first: &Slot,
        slots: &[Slot],
        members: &[NodeIndex],
        budget: &mut Budget,
    ) -> Result<bool> {
        let Some(inner) = self.new.type_of(first.index) else { return Ok(false) };
        let Some(unit) = self.around.new.bits(self.new, inner, budget)?.filter(|&unit| unit > 0) else {
            return Ok(false);
        };
        let end = first.offset.saturating_add(unit);
        budget.charge_bytes(slots.len().saturating_mul(members.len()))?;
        let is_in_unit = slots.iter().all(|slot| match members.contains(&slot.index) {
            true => slot.size.is_some_and(|size| slot.offset.saturating_add(size) <= end),
            false => {
                let last = slot.size.map(|size| slot.offset.saturating_add(size));
                slot.offset >= end || last.is_some_and(|last| last <= first.offset)
            }
        });
        Ok(is_in_unit && first.offset.checked_rem(unit) == Some(0))
    }

    /// Whether a member can be written down: one without a name must be a structure or union.
    fn has_text(&self, member: NodeIndex) -> bool {
        self.new.name(member).is_some()
            || self.new.type_of(member).is_some_and(|inner| self.new.kind(inner).is_aggregate())
    }

    /// Whether the new build has all types that an old one refers to.
    fn is_known(&self, old: NodeIndex, budget: &mut Budget) -> Result<bool> {
        let part = self.old.part(old);
        budget.charge_bytes(part.len().saturating_mul(32))?;
        Ok(part
            .iter()
            .filter(|node| node.kind == NodeKind::Reference)
            .all(|node| node.name.is_some_and(|name| self.around.new.text(name).is_some())))
    }

    fn suggest_member(
        &mut self,
        kind: SuggestionKind,
        old: Option<NodeIndex>,
        members: &[NodeIndex],
        spot: Spot,
        budget: &mut Budget,
    ) -> Result<()> {
        let old = old.map(|old| (self.old, old));
        let edited = Edited { kind, old, tree: self.new, members, spot };
        let suggestion = self.macros.member(&edited, budget)?;
        // Macros of a tree state a type of their own.
        if suggestion.shows_old_text() {
            self.warn(CaveatKind::WordForWord, b"", budget)?;
        }
        budget.push(&mut self.repair.suggestions, suggestion)
    }
}

/// The positions of what has a key, in the order of the keys.
fn sorted<K: Ord>(keys: impl Iterator<Item = Option<K>>, budget: &mut Budget) -> Result<Vec<(K, usize)>> {
    let mut sorted = Vec::new();
    for (at, key) in keys.enumerate() {
        budget.charge_work(4)?;
        if let Some(key) = key {
            budget.push(&mut sorted, (key, at))?;
        }
    }
    budget.charge_sorting(sorted.len())?;
    sorted.sort_unstable();
    Ok(sorted)
}

/// Those that have one key.
fn of_key<'s, K: Ord>(sorted: &'s [(K, usize)], key: &K) -> &'s [(K, usize)] {
    let first = sorted.partition_point(|(other, _)| other < key);
    let rest = sorted.get(first..).unwrap_or_default();
    let count = rest.partition_point(|(other, _)| other == key);
    rest.get(..count).unwrap_or_default()
}
