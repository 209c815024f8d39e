//! What has become of the enumerators of an enumeration.

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::types::{Attribute, NodeIndex, NodeKind};

use super::part::Part;
use super::reserved::is_count;

/// How two enumerations differ, both in the order of their texts.
#[derive(Debug, Default)]
pub(crate) struct Enumerators<'t> {
    /// Those that have another name, and the value of one that is gone.
    pub(crate) renamed: Vec<(Part<'t>, Part<'t>)>,
    pub(crate) gone: Vec<Part<'t>>,
    pub(crate) added: Vec<Part<'t>>,
    /// Those that have another value.
    pub(crate) changed: Vec<(Part<'t>, Part<'t>)>,
    /// Those that have a higher one, and only state how many others there are.
    pub(crate) counts: Vec<(Part<'t>, Part<'t>)>,
    /// The highest value of those that have kept their own, before.
    pub(crate) highest: Option<u64>,
    /// The last that has kept its name, and where it was.
    last: Option<NodeIndex>,
    old_last: Option<NodeIndex>,
}

/// Enumerators by name or value, and their positions.
type Keyed<K> = Vec<(K, usize)>;

impl<'t> Part<'t> {
    /// The value of an enumerator.
    pub(crate) fn value(&self) -> Option<u64> {
        self.attribute(Attribute::Value)
    }
}

impl<'t> Enumerators<'t> {
    /// Compares two enumerations.
    pub(crate) fn of(old: &Part<'t>, new: &Part<'t>, budget: &mut Budget) -> Result<Enumerators<'t>> {
        let (before, after) = (list(old, budget)?, list(new, budget)?);
        let mut found = Enumerators::default();
        let by_name = join(&before, &after, |part| Some(part.name().unwrap_or_default()), budget)?;
        let (mut gone, mut added) =
            (rest(&before, &by_name, |pair| pair.0), rest(&after, &by_name, |pair| pair.1));
        let by_value = join(&gone, &added, Part::value, budget)?;
        for &(one, other) in &by_value {
            if let (Some(old), Some(new)) = (gone.get(one), added.get(other)) {
                budget.push(&mut found.renamed, (old.clone(), new.clone()))?;
            }
        }
        gone = rest(&gone, &by_value, |pair| pair.0);
        added = rest(&added, &by_value, |pair| pair.1);
        (found.gone, found.added) = (gone, added);
        let mut changed = Vec::new();
        for &(one, other) in &by_name {
            let (Some(old), Some(new)) = (before.get(one), after.get(other)) else { continue };
            found.last = found.last.max(Some(new.index));
            found.old_last = found.old_last.max(Some(old.index));
            match (old.value(), new.value()) {
                (before, after) if before != after => {
                    budget.push(&mut changed, (old.clone(), new.clone()))?;
                }
                (before, _) => found.highest = found.highest.max(before),
            }
        }
        for (old, new) in changed {
            budget.charge_work(4)?;
            let is_counted = found.is_counted(&old, &new);
            let list = if is_counted { &mut found.counts } else { &mut found.changed };
            budget.push(list, (old, new))?;
        }
        Ok(found)
    }

    /// Whether an enumerator stands behind all that there were.
    pub(crate) fn is_behind(&self, new: &Part<'t>) -> bool {
        self.last.is_none_or(|last| new.index > last)
    }

    /// Whether this only counts the others: behind or above all that have kept their names, or `MAX = COUNT - 1` the highest of
    /// them.
    fn is_counted(&self, old: &Part<'t>, new: &Part<'t>) -> bool {
        let (Some(before), Some(after)) = (old.value(), new.value()) else { return false };
        let is_above = self.highest.is_none_or(|highest| before >= highest);
        let is_behind = Some(old.index) == self.old_last && Some(new.index) == self.last;
        (is_above || is_behind) && after > before && is_count(old.name().unwrap_or_default())
    }
}

fn list<'t>(part: &Part<'t>, budget: &mut Budget) -> Result<Vec<Part<'t>>> {
    let mut list = Vec::new();
    for item in part.items().filter(|item| item.kind() == NodeKind::Enumerator) {
        budget.charge_work(2)?;
        budget.push(&mut list, item)?;
    }
    Ok(list)
}

/// The positions of those with the same key, in the order of the first list.
fn join<'t, K: Ord>(
    before: &[Part<'t>],
    after: &[Part<'t>],
    key: impl Fn(&Part<'t>) -> Option<K>,
    budget: &mut Budget,
) -> Result<Vec<(usize, usize)>> {
    let sorted = |parts: &[Part<'t>], budget: &mut Budget| -> Result<Keyed<K>> {
        let mut keys = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            budget.charge_work(4)?;
            if let Some(key) = key(part) {
                budget.push(&mut keys, (key, at))?;
            }
        }
        budget.charge_sorting(keys.len())?;
        keys.sort_unstable();
        Ok(keys)
    };
    let (before, after) = (sorted(before, budget)?, sorted(after, budget)?);
    let (mut left, mut right) = (before.iter().peekable(), after.iter().peekable());
    let mut pairs = Vec::new();
    while let (Some((one, old)), Some((other, new))) = (left.peek(), right.peek()) {
        match one.cmp(other) {
            core::cmp::Ordering::Less => drop(left.next()),
            core::cmp::Ordering::Greater => drop(right.next()),
            core::cmp::Ordering::Equal => {
                budget.push(&mut pairs, (*old, *new))?;
                left.next();
                right.next();
            }
        }
    }
    pairs.sort_unstable();
    Ok(pairs)
}

/// Those that are in none of the pairs.
fn rest<'t>(
    parts: &[Part<'t>],
    pairs: &[(usize, usize)],
    side: impl Fn(&(usize, usize)) -> usize,
) -> Vec<Part<'t>> {
    let mut used: Vec<usize> = pairs.iter().map(side).collect();
    used.sort_unstable();
    let parts = parts.iter().enumerate().filter(|(at, _)| used.binary_search(at).is_err());
    parts.map(|(_, part)| part.clone()).collect()
}
