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

#[cfg(test)]
mod tests {
    use super::*;
    use dwarfksyms_core::Limits;
    use std::format;
    use std::string::String;

    use crate::types::Tree;

    /// The bit-fields of a structure of genksyms that are known to be somewhere: name, what they are behind, and bit.
    fn positions(members: &str) -> Vec<(String, String, u64)> {
        let limits = Limits::default();
        let text = format!("struct s {{ {members} }}");
        let tree = Tree::of_any(text.as_bytes(), &limits).unwrap();
        let part = Part::root(tree);
        let found = bit_positions(&part, &mut Budget::new(&limits)).unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let behind = |anchor: &Anchor<'_>| match anchor {
            Anchor::Start => "the start".into(),
            Anchor::Behind(name) => text(name),
        };
        found.iter().map(|each| (text(each.name), behind(&each.anchor), each.bit)).collect()
    }

    #[test]
    fn bits_are_counted_within_a_unit() {
        let known = |members| {
            let found = positions(members);
            found.iter().map(|(name, behind, bit)| format!("{name} {behind} {bit}")).collect::<Vec<_>>()
        };
        assert_eq!(known("int a : 3 ; int b : 5 ; "), ["a the start 0", "b the start 3"]);
        assert_eq!(known("int a : 3 ; int x ; int b : 5 ; "), ["a the start 0", "b x 0"]);
        assert_eq!(known("char * x ; int a : 3 ; int b : 5 ; "), ["a x 0", "b x 3"]);
        assert_eq!(known("long long x ; unsigned long long b : 5 ; "), Vec::<String>::new());
        // What ends anywhere, a type that nobody knows here, another unit, more bits than there are, an end of a unit.
        assert_eq!(known("char x ; int a : 3 ; "), Vec::<String>::new());
        assert_eq!(known("t#word x ; int a : 3 ; "), Vec::<String>::new());
        assert_eq!(known("t#word a : 3 ; int b : 3 ; "), Vec::<String>::new());
        assert_eq!(known("int a : 3 ; char b : 3 ; int c : 3 ; "), ["a the start 0"]);
        assert_eq!(known("int a : 30 ; int b : 2 ; int c : 1 ; "), ["a the start 0", "b the start 30"]);
        assert_eq!(known("int a : 3 ; int : 0 ; int c : 1 ; "), ["a the start 0"]);
        assert_eq!(known("long long a : 40 ; long long b : 24 ; "), ["a the start 0", "b the start 40"]);
    }
}
