//! Which bits bit-fields have, as far as the order of members shows.

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::layout::{Part, spelled};
use crate::types::{Attribute, NodeKind, Wrapper};

/// A bit-field of which it is known how far it is from something.
#[derive(Debug)]
pub(super) struct BitPosition<'t> {
    pub(super) name: &'t [u8],
    pub(super) anchor: Anchor<'t>,
    /// How many bits are between them.
    pub(super) bit: u64,
}

/// Where bits are counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor<'t> {
    /// The beginning of the type.
    Start,
    /// The end of a member that ends where a unit of 32 bits does.
    Behind(&'t [u8]),
}

/// The bit-fields of a structure whose places are known, by name. Those that are in no structure of their own alone count, and
/// only as long as all bits before them are in one unit.
pub(super) fn bit_positions<'t>(part: &Part<'t>, budget: &mut Budget) -> Result<Vec<BitPosition<'t>>> {
    let mut found = Vec::new();
    let mut anchor = Some(Anchor::Start);
    let (mut used, mut unit) = (0_u64, None);
    for item in part.items() {
        budget.charge_work(4)?;
        let inner = item.inner();
        let base = inner.as_ref().filter(|inner| inner.kind() == NodeKind::Base).and_then(|inner| {
            let bits = spelled::bits(inner.name()?)?;
            Some(bits)
        });
        let Some(width) = item.attribute(Attribute::BitSize) else {
            let is_pointer = inner.is_some_and(|inner| inner.kind() == NodeKind::Wrapper(Wrapper::Pointer));
            let is_wide = is_pointer || base.is_some_and(|bits| bits >= 32);
            anchor = item.name().filter(|_| is_wide).map(Anchor::Behind);
            (used, unit) = (0, None);
            continue;
        };
        let is_same_unit = base.is_some() && unit.is_none_or(|unit| Some(unit) == base);
        let is_narrow = anchor == Some(Anchor::Start) || base.is_some_and(|bits| bits <= 32);
        let end = used.saturating_add(width);
        if !is_same_unit || !is_narrow || width == 0 || base.is_some_and(|bits| end > bits) {
            anchor = None;
            continue;
        }
        unit = base;
        if let (Some(anchor), Some(name)) = (anchor, item.name()) {
            budget.push(&mut found, BitPosition { name, anchor, bit: used })?;
        }
        used = end;
    }
    budget.charge_sorting(found.len())?;
    found.sort_by_key(|position| position.name);
    Ok(found)
}
