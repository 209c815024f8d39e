//! Structures, unions and enumerations that stand in the same place.

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::types::{Attribute, NodeKind};

use super::super::degree::Degree;
use super::super::matching::{Matching, matched};
use super::super::number::Number;
use super::super::part::Part;
use super::super::place::{Follow, Layout, Place};
use super::Comparer;

/// What a type has instead of members.
pub(super) enum Aggregate<'t> {
    Of(Part<'t>),
    /// It has a name, and nothing is known of it.
    Unknown,
    /// It is something else.
    None,
}

impl<'t> Comparer<'_, '_, 't> {
    /// What a type is, if it is a structure, a union or an enumeration.
    pub(super) fn aggregate(
        &self,
        part: &Part<'t>,
        is_old: bool,
        budget: &mut Budget,
    ) -> Result<Aggregate<'t>> {
        let types = if is_old { self.builds.old } else { self.builds.new };
        let defined = match part.kind() {
            kind if kind.is_aggregate() => Some(part.clone()),
            NodeKind::Reference => types.definition(part, budget)?,
            _ => return Ok(Aggregate::None),
        };
        Ok(match defined {
            Some(defined) if defined.kind().is_aggregate() && !defined.is_declared() => {
                Aggregate::Of(defined)
            }
            _ => Aggregate::Unknown,
        })
    }

    /// Structures, unions and enumerations: named differently, or spelled out.
    pub(super) fn aggregates(
        &mut self,
        before: &Part<'t>,
        after: &Part<'t>,
        is_value: bool,
        budget: &mut Budget,
    ) -> Result<()> {
        self.note(Degree::Respelled);
        let sizes = (before.attribute(Attribute::ByteSize), after.attribute(Attribute::ByteSize));
        let are_enumerations = [before, after].map(|part| part.kind() == NodeKind::Enumeration);
        let is_measured = before.tree.is_measured() && after.tree.is_measured();
        if !(is_measured || are_enumerations[0] && are_enumerations[1]) {
            self.note(Degree::Unmeasured);
            return Ok(());
        }
        if is_measured && (sizes.0.is_none() || sizes.0 != sizes.1)
            || are_enumerations[0] != are_enumerations[1]
        {
            self.note(Degree::Different);
            return Ok(());
        }
        if are_enumerations[0] {
            if !has_enumerators(before, after, budget)? {
                self.note(Degree::Reinterpreted);
            }
            return Ok(());
        }
        self.members(before, after, is_value, budget)
    }

    /// Whether all members are where they were, and of which types: those that are spelled out, or else all that named types
    /// have in them.
    fn members(
        &mut self,
        before: &Part<'t>,
        after: &Part<'t>,
        is_value: bool,
        budget: &mut Budget,
    ) -> Result<()> {
        for follow in [Follow::Nameless, Follow::All] {
            let old = Layout::of(before, self.builds.old, follow, budget)?;
            let new = Layout::of(after, self.builds.new, follow, budget)?;
            let (Some(old), Some(new)) = (old, new) else { break };
            if old.has_variants || new.has_variants {
                break;
            }
            let matching = matched(&old, &new, budget)?;
            if !has_all(&old, &new, &matching)
                || follow == Follow::Nameless && self.is_mixed(&old, &new, &matching, budget)?
            {
                continue;
            }
            if !matching.added.is_empty() || follow == Follow::All {
                self.note(Degree::Wrapped);
            }
            for &(one, other) in &matching.pairs {
                let (Some(one), Some(other)) = (old.places.get(one), new.places.get(other)) else { continue };
                if one.inside > 0 && other.inside > 0 {
                    continue;
                }
                let is_bits = one.is_bit_field() || other.is_bit_field();
                if let (Some(one), Some(other)) = (one.item.inner(), other.item.inner()) {
                    self.wait(one, other, is_value, is_bits, budget)?;
                }
            }
            return Ok(());
        }
        self.note(Degree::Different);
        Ok(())
    }

    /// Whether any member is a structure or union on one side alone: what is in that may be the other one.
    fn is_mixed(
        &self,
        old: &Layout<'t>,
        new: &Layout<'t>,
        matching: &Matching,
        budget: &mut Budget,
    ) -> Result<bool> {
        for &(one, other) in &matching.pairs {
            budget.charge_work(2)?;
            let inner =
                |layout: &Layout<'t>, at: usize| layout.places.get(at).and_then(|place| place.item.inner());
            let (Some(one), Some(other)) = (inner(old, one), inner(new, other)) else { continue };
            let one = matches!(self.aggregate(&one, true, budget)?, Aggregate::Of(_));
            if one != matches!(self.aggregate(&other, false, budget)?, Aggregate::Of(_)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// A structure or union on one side, and something else on the other.
    pub(super) fn wrapped(
        &mut self,
        aggregate: &Part<'t>,
        other: &Part<'t>,
        is_old: bool,
        is_value: bool,
        is_bits: bool,
        budget: &mut Budget,
    ) -> Result<()> {
        let types = if is_old { self.builds.old } else { self.builds.new };
        if !aggregate.tree.is_measured() || !other.tree.is_measured() {
            self.note(Degree::Unmeasured);
            return Ok(());
        }
        if aggregate.kind() == NodeKind::Enumeration {
            self.number(aggregate, other, is_bits);
            return Ok(());
        }
        let other_types = if is_old { self.builds.new } else { self.builds.old };
        let size = other_types.bits(&other.tree, other.index, budget)?;
        let own = aggregate.attribute(Attribute::ByteSize).and_then(|bytes| bytes.checked_mul(8));
        let layout = match own.is_some() && own == size {
            true => Layout::of(aggregate, types, Follow::All, budget)?,
            false => None,
        };
        let Some(layout) = layout else {
            self.note(Degree::Different);
            return Ok(());
        };
        let is_whole = |place: &&Place<'_>| {
            place.inside == 0 && place.offset == Some(0) && place.size == size && !place.is_bit_field()
        };
        // Whatever else was in it is gone.
        let mut leaves = layout.places.iter().filter(|place| place.inside == 0);
        if is_old && leaves.nth(1).is_some() {
            self.note(Degree::Different);
            return Ok(());
        }
        let inner = layout.places.iter().find(is_whole).and_then(|place| place.item.inner());
        // A type that has a value of itself.
        let is_endless = |inner: &Part<'t>| {
            matches!(inner.name(), Some([b's' | b'u' | b't', b'#', ..]))
                && inner.kind() == NodeKind::Reference
        };
        let Some(inner) = inner.filter(|inner| !is_endless(inner)) else {
            self.note(Degree::Different);
            return Ok(());
        };
        self.note(Degree::Wrapped);
        match is_old {
            true => self.wait(inner, other.clone(), is_value, false, budget),
            false => self.wait(other.clone(), inner, is_value, false, budget),
        }
    }

    /// An enumeration on one side, and a number on the other.
    fn number(&mut self, enumeration: &Part<'t>, other: &Part<'t>, is_bits: bool) {
        let size = |part: &Part<'t>| part.attribute(Attribute::ByteSize);
        let is_same_size = is_bits || size(enumeration) == size(other);
        match Number::of(other) {
            Number::Signed | Number::Unsigned if is_same_size => {
                let is_same = Number::of(enumeration) == Number::of(other);
                self.found.has_enumerated = true;
                self.note(if is_same { Degree::Respelled } else { Degree::Signed });
            }
            _ => self.note(Degree::Different),
        }
    }
}

/// Whether all members of one layout are in another, each at its place.
fn has_all(old: &Layout<'_>, new: &Layout<'_>, matching: &Matching) -> bool {
    let is_leaf = |at: &usize| old.places.get(*at).is_some_and(|place| place.inside == 0);
    let is_there = |&(one, other): &(usize, usize)| {
        let places = old.places.get(one).zip(new.places.get(other));
        places.is_some_and(|(one, other)| one.offset == other.offset && one.size == other.size)
    };
    !matching.gone.iter().any(is_leaf) && matching.pairs.iter().all(is_there)
}

/// Whether an enumeration has all enumerators of another, with their values.
fn has_enumerators(before: &Part<'_>, after: &Part<'_>, budget: &mut Budget) -> Result<bool> {
    let list = |part: &Part<'_>, budget: &mut Budget| -> Result<Vec<_>> {
        let mut values = Vec::new();
        for item in part.tree.items(part.index) {
            let value = part.tree.attribute(item, Attribute::Value);
            budget.charge_work(8)?;
            budget.push(&mut values, (part.tree.name(item).unwrap_or_default().to_vec(), value))?;
        }
        values.sort_unstable();
        Ok(values)
    };
    let (before, after) = (list(before, budget)?, list(after, budget)?);
    Ok(before.iter().all(|value| after.binary_search(value).is_ok()))
}
