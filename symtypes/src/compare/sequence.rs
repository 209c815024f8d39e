//! How structures and unions differ of which only the order of members is known, as genksyms writes them.
//!
//! What is certain is reported as what it is: a member that is gone, that has changed places with another, a bit-field of another
//! width. Of everything else the texts do not say what it means.

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::layout::{Degree, Difference, Kept, Part, Place, is_reserved, is_solid, relation};
use crate::types::{Attribute, NodeKind};

use super::bits::bit_positions;
use super::change::Comparer;
use super::class::{Class, Verdict};
use super::gap::{Gap, gaps};
use super::words::named;

impl<'t> Comparer<'_, '_, 't> {
    pub(super) fn sequence(
        &mut self,
        old: &Part<'t>,
        new: &Part<'t>,
        difference: &Difference<'t>,
        prefix: &[u8],
        budget: &mut Budget,
    ) -> Result<()> {
        let noted = (self.changes.len(), self.waiting.len());
        for kept in &difference.kept {
            if !self.vague(difference, kept, prefix, budget)? {
                self.kept(difference, kept, prefix, budget)?;
            }
            self.lengths(difference, (kept.old, kept.new), prefix, budget)?;
        }
        let strays = strays(difference, budget)?;
        for gap in gaps(difference, budget)? {
            self.gap(difference, &gap, &strays, prefix, budget)?;
        }
        budget.free(strays);
        let is_union = new.kind() == NodeKind::Union;
        self.order(new, difference, prefix, budget)?;
        if !is_union {
            self.bit_fields(old, new, prefix, budget)?;
        }
        let own = self.changes.get(noted.0..).unwrap_or_default();
        if !own.iter().any(|change| change.class.verdict() == Verdict::Breaks) {
            self.company(old, new, difference, prefix, budget)?;
        }
        if noted == (self.changes.len(), self.waiting.len()) {
            let (class, text): (Class, &[u8]) = match is_union && difference.gone.is_empty() {
                true => (Class::TypeRespelled, b"the members of the union are in another order"),
                false => (Class::NotStated, b"what is between the members differs"),
            };
            self.note(class, prefix, text, budget)?;
        }
        Ok(())
    }

    /// Whether a member is something else of which nobody knows the size, or was only there to keep space; then it is reported.
    fn vague(
        &mut self,
        difference: &Difference<'t>,
        kept: &Kept,
        prefix: &[u8],
        budget: &mut Budget,
    ) -> Result<bool> {
        let (Some(old), Some(new)) = (difference.old_place(kept.old), difference.new_place(kept.new)) else {
            return Ok(false);
        };
        let name = named(prefix, &new.name, budget)?;
        let text: &[u8] = if old.is_bit_field() != new.is_bit_field() {
            b"' is a bit-field on one side alone"
        } else if old.own.is_some_and(is_reserved) && kept.relation.degree > Degree::Qualified {
            b"', which keeps space for others, has another type"
        } else {
            return Ok(false);
        };
        self.note(Class::NotStated, &name, &[b"member '", name.as_slice(), text].concat(), budget)?;
        Ok(true)
    }

    /// What is said of a typedef or variable besides its type.
    pub(super) fn own_attributes(
        &mut self,
        old: &Part<'t>,
        new: &Part<'t>,
        budget: &mut Budget,
    ) -> Result<()> {
        let text = |part: &Part<'t>| {
            let mut others = part.tree.children(part.index).map(|child| part.at(child));
            others.find(|child| is_attribute(child.kind(), child.name())).and_then(|child| child.name())
        };
        if text(old) != text(new) {
            self.note(Class::NotStated, b"", b"attributes differ", budget)?;
        }
        Ok(())
    }

    /// Arrays of what is spelled out.
    fn lengths(
        &mut self,
        difference: &Difference<'t>,
        kept: (usize, usize),
        prefix: &[u8],
        budget: &mut Budget,
    ) -> Result<()> {
        let (Some(old), Some(new)) = (difference.old_place(kept.0), difference.new_place(kept.1)) else {
            return Ok(());
        };
        let (Some(before), Some(after)) = (old.item.inner(), new.item.inner()) else { return Ok(()) };
        let is_container = old.inside > 0 && new.inside > 0;
        if is_container && (before.kind() != after.kind() || !before.has_dimensions_of(&after)) {
            let name = named(prefix, &new.name, budget)?;
            let text = [b"member '".as_slice(), &name, b"' is of another size or kind"].concat();
            self.note(Class::NotStated, &name, &text, budget)?;
        }
        Ok(())
    }

    /// What is between two members that are kept.
    fn gap(
        &mut self,
        difference: &Difference<'t>,
        gap: &Gap,
        strays: &[&[u8]],
        prefix: &[u8],
        budget: &mut Budget,
    ) -> Result<()> {
        if self.replaced(difference, gap, prefix, budget)? {
            return Ok(());
        }
        for &old in &gap.gone {
            let Some(place) = difference.old_place(old) else { continue };
            let name = named(prefix, &place.name, budget)?;
            let item = place.item.text(budget)?;
            budget.charge_work(8)?;
            if place.own.is_some_and(|own| strays.binary_search(&own).is_ok()) {
                let text = [
                    b"member '".as_slice(),
                    &item,
                    b"' is in other company; whether it has moved is not stated",
                ];
                self.note(Class::NotStated, &name, &text.concat(), budget)?;
                continue;
            }
            let instead = gap.added.first().and_then(|&new| difference.new_place(new));
            let mut text = [b"member '".as_slice(), &item, b"' was removed"].concat();
            let class = match instead {
                Some(new) => {
                    text.extend_from_slice(b"; '");
                    text.extend_from_slice(&new.item.text(budget)?);
                    text.extend_from_slice(b"' is in its place");
                    Class::NotStated
                }
                None if place.own.is_none_or(is_reserved) => Class::NotStated,
                None => Class::MemberRemoved,
            };
            self.note(class, &name, &text, budget)?;
        }
        if gap.gone.is_empty() {
            for &new in &gap.added {
                self.inserted(difference, gap, new, prefix, budget)?;
            }
        }
        Ok(())
    }

    /// Whether as many members of the same types have other names; then it is reported.
    fn replaced(
        &mut self,
        difference: &Difference<'t>,
        gap: &Gap,
        prefix: &[u8],
        budget: &mut Budget,
    ) -> Result<bool> {
        if gap.gone.len() != gap.added.len() || gap.gone.is_empty() {
            return Ok(false);
        }
        let pairs = || gap.gone.iter().zip(&gap.added);
        for (&old, &new) in pairs() {
            let (Some(old), Some(new)) = (difference.old_place(old), difference.new_place(new)) else {
                return Ok(false);
            };
            let (Some(before), Some(after)) = (old.item.inner(), new.item.inner()) else { return Ok(false) };
            let bits = |place: &Place<'_>| place.item.attribute(Attribute::BitSize);
            let is_same_company = old.is_shared == new.is_shared
                && old.name.len().checked_sub(old.own.map_or(0, <[u8]>::len))
                    == new.name.len().checked_sub(new.own.map_or(0, <[u8]>::len));
            let degree = relation(&before, &after, bits(old).is_some(), self.builds, budget)?.degree;
            if bits(old) != bits(new) || !is_same_company || degree > Degree::Qualified {
                return Ok(false);
            }
        }
        for (&old, &new) in pairs() {
            let (Some(old), Some(new)) = (difference.old_place(old), difference.new_place(new)) else {
                continue;
            };
            let name = named(prefix, &new.name, budget)?;
            let text = [b"member '".as_slice(), &old.name, b"' is called '", &new.name, b"' now"].concat();
            let is_used = old.own.is_some_and(is_reserved) && !new.own.is_some_and(is_reserved);
            let class = if is_used { Class::ReservedSpaceUsed } else { Class::MemberRenamed };
            self.note(class, &name, &text, budget)?;
        }
        Ok(true)
    }

    /// A member that has come where nothing has gone.
    fn inserted(
        &mut self,
        difference: &Difference<'t>,
        gap: &Gap,
        at: usize,
        prefix: &[u8],
        budget: &mut Budget,
    ) -> Result<()> {
        let Some(new) = difference.new_place(at) else { return Ok(()) };
        let (class, why): (Class, &[u8]) = if new.is_shared {
            (Class::MemberAppended, b" to a union, whose size is not stated")
        } else if gap.between.1.is_none() {
            (Class::MemberAppended, b" behind all others")
        } else if self.has_pushed(difference, gap, new, budget)? {
            (Class::MemberInserted, b" in front of others, which have moved")
        } else {
            (Class::NotStated, b" among others; whether these have moved is not stated")
        };
        let name = named(prefix, &new.name, budget)?;
        let text = [b"member '".as_slice(), &new.item.text(budget)?, b"' was added", why].concat();
        self.note(class, &name, &text, budget)
    }

    /// Whether what follows a new member must have moved for it: there was nothing in front of it, or it is of the same type.
    fn has_pushed(
        &self,
        difference: &Difference<'t>,
        gap: &Gap,
        new: &Place<'t>,
        budget: &mut Budget,
    ) -> Result<bool> {
        let Some(next) = gap.between.1.and_then(|at| difference.new_place(at)) else { return Ok(false) };
        let (Some(ty), Some(next_type)) = (new.item.inner(), next.item.inner()) else { return Ok(false) };
        let types = self.builds.new;
        // Space that is kept for others may have moved: nobody uses it, and what is behind it may be where it was.
        if next.own.is_none_or(is_reserved) {
            return Ok(false);
        }
        if next.is_shared || !is_solid(&ty, types, budget)? || !is_solid(&next_type, types, budget)? {
            return Ok(false);
        }
        let is_bits = new.is_bit_field() || next.is_bit_field();
        // What is within another one may be the first of that alone.
        let is_outermost = |place: &Place<'_>| place.own.is_some_and(|own| own.len() == place.name.len());
        let is_first = gap.between.0.is_none() && is_outermost(new) && is_outermost(next);
        // Not even what fills bits was in front of it.
        let first = difference.kept.first().filter(|kept| kept.old == 0);
        let is_first = is_first && first.is_some_and(|kept| Some(kept.new) == gap.between.1);
        if is_first && new.item.attribute(Attribute::BitSize) != Some(0) {
            return Ok(true);
        }
        // What ends a structure within may be where padding was.
        let is_beside = new.is_beside(next);
        let (old, new) = (Part::clone(&ty), next_type);
        let is_same = crate::layout::Pair {
            old: (&old.tree, old.index),
            new: (&new.tree, new.index),
            is_same_type: &|one, other| one == other,
        };
        Ok(!is_bits && is_beside && is_same.is_alike(true, budget)?)
    }

    /// Members that have changed places.
    fn order(
        &mut self,
        new: &Part<'t>,
        difference: &Difference<'t>,
        prefix: &[u8],
        budget: &mut Budget,
    ) -> Result<()> {
        let direct = match new.kind() {
            NodeKind::Union => direct(new, budget)?,
            _ => Vec::new(),
        };
        let mut before: Option<&Place<'t>> = None;
        let mut reached: Option<usize> = None;
        for kept in &difference.kept {
            budget.charge_work(2)?;
            let Some(place) = difference.new_place(kept.new) else { continue };
            let is_direct = place.own.is_some_and(|own| direct.binary_search(&own).is_ok());
            if place.inside > 0 || is_direct && place.own.map(<[u8]>::len) == Some(place.name.len()) {
                continue;
            }
            if let (Some(last), Some(other)) = (reached, before)
                && kept.new < last
            {
                return self.swapped(other, place, prefix, budget);
            }
            (reached, before) = (Some(kept.new), Some(place));
        }
        Ok(())
    }

    fn swapped(
        &mut self,
        one: &Place<'t>,
        other: &Place<'t>,
        prefix: &[u8],
        budget: &mut Budget,
    ) -> Result<()> {
        let mut is_certain = true;
        for place in [one, other] {
            is_certain &= !place.is_shared;
            is_certain &= match place.item.inner() {
                Some(ty) => is_solid(&ty, self.builds.new, budget)?,
                None => false,
            };
        }
        self.is_reordered = true;
        let name = named(prefix, &one.name, budget)?;
        let text =
            [b"member '".as_slice(), &name, b"' was in front of '", &other.name, b"', and is behind it"];
        let class = if is_certain { Class::MemberMoved } else { Class::NotStated };
        self.note(class, &name, &text.concat(), budget)
    }

    /// Bit-fields that have other bits of what they share.
    fn bit_fields(
        &mut self,
        old: &Part<'t>,
        new: &Part<'t>,
        prefix: &[u8],
        budget: &mut Budget,
    ) -> Result<()> {
        let (before, after) = (bit_positions(old, budget)?, bit_positions(new, budget)?);
        let (mut left, mut right) = (before.iter().peekable(), after.iter().peekable());
        while let (Some(one), Some(other)) = (left.peek(), right.peek()) {
            budget.charge_work(2)?;
            match one.name.cmp(other.name) {
                core::cmp::Ordering::Less => drop(left.next()),
                core::cmp::Ordering::Greater => drop(right.next()),
                core::cmp::Ordering::Equal => {
                    if one.anchor == other.anchor && one.bit != other.bit {
                        let name = named(prefix, one.name, budget)?;
                        let text = [b"bit-field '".as_slice(), &name, b"' has other bits"].concat();
                        return self.note(Class::MemberMoved, &name, &text, budget);
                    }
                    left.next();
                    right.next();
                }
            }
        }
        Ok(())
    }

    /// Structures and unions without a name around members.
    fn company(
        &mut self,
        old: &Part<'t>,
        new: &Part<'t>,
        difference: &Difference<'t>,
        prefix: &[u8],
        budget: &mut Budget,
    ) -> Result<()> {
        if attributes(old, budget)? != attributes(new, budget)? {
            let text = b"attributes differ; whether any member has moved is not stated";
            self.note(Class::NotStated, prefix, text, budget)?;
        }
        let mut is_other = frames(old, budget)? != frames(new, budget)?;
        for kept in &difference.kept {
            budget.charge_work(1)?;
            if let (Some(old), Some(new)) = (difference.old_place(kept.old), difference.new_place(kept.new)) {
                is_other |= old.is_shared != new.is_shared || old.name != new.name;
            }
        }
        if is_other {
            let text = b"members are put together in another way; whether any has moved is not stated";
            self.note(Class::NotStated, prefix, text, budget)?;
        }
        Ok(())
    }
}

/// The structures and unions in which members stand that are spelled out, and bit-fields without a name, in order: what each
/// is, its width, and how many other members come before it.
fn frames(part: &Part<'_>, budget: &mut Budget) -> Result<Vec<(NodeKind, Option<u64>, usize)>> {
    let mut found = Vec::new();
    let nodes = part.tree.part(part.index).len();
    budget.charge_bytes(nodes.saturating_mul(8))?;
    let mut before = 0_usize;
    for at in 0..nodes {
        let node = part.at(crate::types::NodeIndex::after(part.index, at));
        let width = node.attribute(Attribute::BitSize);
        let is_frame = matches!(node.kind(), NodeKind::Structure | NodeKind::Union);
        let is_filler = node.kind() == NodeKind::Member && node.name().is_none() && width.is_some();
        if is_frame {
            budget.push(&mut found, (node.kind(), None, 0))?;
        } else if is_filler {
            budget.push(&mut found, (node.kind(), width, before))?;
        } else if node.kind() == NodeKind::Member {
            before = before.saturating_add(1);
        }
    }
    Ok(found)
}

/// The names of the members that are in a union itself, and so at its beginning.
fn direct<'t>(union: &Part<'t>, budget: &mut Budget) -> Result<Vec<&'t [u8]>> {
    let mut names = Vec::new();
    for item in union.items() {
        budget.charge_work(8)?;
        if let Some(name) = item.name() {
            budget.push(&mut names, name)?;
        }
    }
    names.sort_unstable();
    Ok(names)
}

/// What is said of members besides their types.
fn attributes<'t>(part: &Part<'t>, budget: &mut Budget) -> Result<Vec<&'t [u8]>> {
    let mut found = Vec::new();
    let nodes = part.tree.part(part.index);
    budget.charge_bytes(nodes.len().saturating_mul(8))?;
    for node in nodes.iter().filter(|node| is_attribute(node.kind, node.name)) {
        budget.push(&mut found, node.name.unwrap_or_default())?;
    }
    Ok(found)
}

fn is_attribute(kind: NodeKind, text: Option<&[u8]>) -> bool {
    kind == NodeKind::Text && text.is_some_and(|text| text.starts_with(b"__attribute__"))
}

/// The names of the members of the new layout that are not kept, in order: what is gone may be there in other company.
fn strays<'t>(difference: &Difference<'t>, budget: &mut Budget) -> Result<Vec<&'t [u8]>> {
    let count = difference.new.places.len();
    let mut is_kept = Vec::new();
    budget.fill(&mut is_kept, count, false)?;
    for kept in &difference.kept {
        budget.charge_work(1)?;
        if let Some(slot) = is_kept.get_mut(kept.new) {
            *slot = true;
        }
    }
    let mut names = Vec::new();
    for (place, _) in difference.new.places.iter().zip(&is_kept).filter(|&(_, &is_kept)| !is_kept) {
        budget.charge_work(2)?;
        if let Some(own) = place.own {
            budget.push(&mut names, own)?;
        }
    }
    budget.free(is_kept);
    budget.charge_sorting(names.len())?;
    names.sort_unstable();
    Ok(names)
}
