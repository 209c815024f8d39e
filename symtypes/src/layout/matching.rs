//! Which members of two layouts belong together: those of one name, then those in one place.

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::types::NodeKind;

use super::place::{Layout, Place};
use super::reserved::is_reserved;

/// The members of two layouts, by their positions in them.
#[derive(Debug, Default)]
pub(super) struct Matching {
    /// Those that belong together.
    pub(super) pairs: Vec<(usize, usize)>,
    /// Those of the old layout that no other belongs to.
    pub(super) gone: Vec<usize>,
    /// Those of the new layout that no other belongs to.
    pub(super) added: Vec<usize>,
}

/// What is known of the members so far.
struct Matcher<'a, 't> {
    old: &'a Layout<'t>,
    new: &'a Layout<'t>,
    old_used: Vec<bool>,
    new_used: Vec<bool>,
    pairs: Vec<(usize, usize)>,
}

/// What a member's own type is, as far as one word states it.
type Word<'t> = (&'static [u8], Option<&'t [u8]>);

/// Matches the members of two layouts.
pub(super) fn matched(old: &Layout<'_>, new: &Layout<'_>, budget: &mut Budget) -> Result<Matching> {
    let (mut old_used, mut new_used) = (Vec::new(), Vec::new());
    budget.fill(&mut old_used, old.places.len(), false)?;
    budget.fill(&mut new_used, new.places.len(), false)?;
    let mut matcher = Matcher { old, new, old_used, new_used, pairs: Vec::new() };
    matcher.by_name(budget)?;
    // In other company: put into a structure or union that has a name, or taken out of one.
    matcher.by(budget, |place| {
        let own = place.own?;
        (place.inside == 0).then_some((place.offset?, own))
    })?;
    // The same of structures and unions, whose members have been matched by themselves.
    matcher.by(budget, |place| {
        let own = place.own?;
        (place.inside > 0).then_some((place.offset?, own))
    })?;
    // Of bit-fields whose places nobody states, there is only the name.
    matcher.by(budget, |place| {
        let own = place.own?;
        place.is_vague.then_some((own, place.size))
    })?;
    // Without names there is only the place.
    matcher.by(budget, |place| {
        (place.inside == 0 && place.own.is_none()).then_some((place.offset?, place.size))
    })?;
    // Under another name.
    matcher.by(budget, |place| Some((nameable(place)?, word(place))))?;
    matcher.by(budget, nameable)?;
    let Matcher { old_used, new_used, mut pairs, .. } = matcher;
    pairs.sort_unstable();
    let rest = |used: &[bool], budget: &mut Budget| -> Result<Vec<usize>> {
        let mut rest = Vec::new();
        for (at, _) in used.iter().enumerate().filter(|&(_, &is_used)| !is_used) {
            budget.push(&mut rest, at)?;
        }
        Ok(rest)
    };
    let (gone, added) = (rest(&old_used, budget)?, rest(&new_used, budget)?);
    budget.free(old_used);
    budget.free(new_used);
    Ok(Matching { pairs, gone, added })
}

/// The place of a member that may have another name on the other side.
fn nameable(place: &Place<'_>) -> Option<(u64, u64)> {
    let own = place.own?;
    (place.inside == 0 && !is_reserved(own)).then_some((place.offset?, place.size?))
}

fn word<'t>(place: &Place<'t>) -> Word<'t> {
    place.item.inner().map_or((b"", None), |inner| {
        let name = match inner.kind() {
            NodeKind::Base | NodeKind::Reference | NodeKind::Text => inner.name(),
            _ => None,
        };
        (inner.kind().word(), name)
    })
}

impl<'t> Matcher<'_, 't> {
    fn by_name(&mut self, budget: &mut Budget) -> Result<()> {
        fn named<'a>(layout: &'a Layout<'_>, budget: &mut Budget) -> Result<Vec<(&'a [u8], usize)>> {
            let mut names = Vec::new();
            for (at, place) in layout.places.iter().enumerate().filter(|(_, place)| place.own.is_some()) {
                budget.charge_bytes(place.name.len())?;
                budget.push(&mut names, (place.name.as_slice(), at))?;
            }
            budget.charge_sorting(names.len())?;
            names.sort_unstable();
            Ok(names)
        }
        let (old, new) = (self.old, self.new);
        let (before, after) = (named(old, budget)?, named(new, budget)?);
        self.join(&before, &after, budget)?;
        budget.free(before);
        budget.free(after);
        Ok(())
    }

    /// Matches those that are left by what is said of each.
    fn by<K: Ord + Copy>(
        &mut self,
        budget: &mut Budget,
        key: impl Fn(&Place<'t>) -> Option<K>,
    ) -> Result<()> {
        let keys = |layout: &Layout<'t>, used: &[bool], budget: &mut Budget| -> Result<Vec<(K, usize)>> {
            let mut keys = Vec::new();
            for ((at, place), _) in
                layout.places.iter().enumerate().zip(used).filter(|&(_, &is_used)| !is_used)
            {
                budget.charge_work(1)?;
                if let Some(key) = key(place) {
                    budget.push(&mut keys, (key, at))?;
                }
            }
            budget.charge_sorting(keys.len())?;
            keys.sort_unstable();
            Ok(keys)
        };
        let before: Vec<(K, usize)> = keys(self.old, &self.old_used, budget)?;
        let after: Vec<(K, usize)> = keys(self.new, &self.new_used, budget)?;
        self.join(&before, &after, budget)?;
        budget.free(before);
        budget.free(after);
        Ok(())
    }

    /// Matches what has the same key, in order.
    fn join<K: Ord>(
        &mut self,
        before: &[(K, usize)],
        after: &[(K, usize)],
        budget: &mut Budget,
    ) -> Result<()> {
        let (mut left, mut right) = (before.iter().peekable(), after.iter().peekable());
        while let (Some((one, old)), Some((other, new))) = (left.peek(), right.peek()) {
            budget.charge_work(2)?;
            match one.cmp(other) {
                core::cmp::Ordering::Less => drop(left.next()),
                core::cmp::Ordering::Greater => drop(right.next()),
                core::cmp::Ordering::Equal => {
                    let (old, new) = (*old, *new);
                    left.next();
                    right.next();
                    self.pair(old, new, budget)?;
                }
            }
        }
        Ok(())
    }

    fn pair(&mut self, old: usize, new: usize, budget: &mut Budget) -> Result<()> {
        let is_used = self.old_used.get(old).copied().unwrap_or(true)
            || self.new_used.get(new).copied().unwrap_or(true);
        if is_used {
            return Ok(());
        }
        let inside = |layout: &Layout<'_>, at: usize| layout.places.get(at).map_or(0, |place| place.inside);
        let (before, after) = (inside(self.old, old), inside(self.new, new));
        // What is spelled out on one side alone is compared as a whole.
        let (before, after) = if before > 0 && after > 0 { (0, 0) } else { (before, after) };
        budget.charge_bytes(before.saturating_add(after))?;
        mark(&mut self.old_used, old, before);
        mark(&mut self.new_used, new, after);
        budget.push(&mut self.pairs, (old, new))
    }
}

fn mark(used: &mut [bool], at: usize, inside: usize) {
    let end = at.saturating_add(inside).saturating_add(1);
    used.get_mut(at..end).unwrap_or_default().fill(true);
}
