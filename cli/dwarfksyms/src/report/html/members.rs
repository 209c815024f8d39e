//! The members of a type in a table, old and new beside each other.

use std::borrow::Cow;

use dwarfksyms_symtypes::layout::Fate;

use super::super::words::extent;
use super::super::{LayoutEntry, LayoutPair};

/// Of types with more members, only those are listed that differ.
const ALL: usize = 60;
/// So many are listed.
const MOST: usize = 500;

/// A table of members.
pub(super) struct Members<'r> {
    pub(super) rows: Vec<Row<'r>>,
    /// How many are left out, because they are the same or because there are too many.
    pub(super) rest: usize,
}

/// A member.
pub(super) struct Row<'r> {
    pub(super) fate: &'static str,
    pub(super) class: &'static str,
    /// Both names, if it was renamed.
    pub(super) name: Cow<'r, str>,
    /// Old and new.
    pub(super) sides: [Option<Cells<'r>>; 2],
}

/// A member on one side.
pub(super) struct Cells<'r> {
    pub(super) offset: String,
    pub(super) size: String,
    pub(super) type_name: &'r str,
}

impl<'r> Members<'r> {
    /// All members of a pair of layouts: the new ones in their order, and those that are gone where they were.
    pub(super) fn of(pair: &'r LayoutPair) -> Members<'r> {
        let mut rows = Vec::new();
        let mut is_next = 0;
        for slot in &pair.new.slots {
            if let Some(other) = slot.counterpart {
                rows.extend(gone(pair, is_next, other));
                is_next = is_next.max(other + 1);
            }
            if !slot.is_hole {
                let old = slot.counterpart.and_then(|other| pair.old.slots.get(other));
                rows.push(row(slot.fate, old, Some(slot)));
            }
        }
        rows.extend(gone(pair, is_next, pair.old.slots.len()));
        let all = rows.len();
        if all > ALL {
            rows.retain(|row| row.fate != Fate::Same.word());
            rows.truncate(MOST);
        }
        Members { rest: all - rows.len(), rows }
    }
}

/// The members from one place to another that are only on the old side.
fn gone(pair: &LayoutPair, from: usize, to: usize) -> Vec<Row<'_>> {
    let slots = pair.old.slots.iter().take(to).skip(from);
    let gone = slots.filter(|slot| slot.counterpart.is_none() && !slot.is_hole);
    gone.map(|slot| row(slot.fate, Some(slot), None)).collect()
}

fn row<'r>(fate: Fate, old: Option<&'r LayoutEntry>, new: Option<&'r LayoutEntry>) -> Row<'r> {
    let fate = match (fate, old, new) {
        (Fate::Alone, Some(_), None) => "removed",
        (Fate::Alone, None, Some(_)) => "added",
        (Fate::Wrapped, ..) => "in other company",
        _ => fate.word(),
    };
    let class = match fate {
        "removed" => "old",
        "added" => "new",
        "changed" | "in other company" => "differs",
        _ => "",
    };
    let name = |slot: Option<&'r LayoutEntry>| slot.and_then(|slot| slot.name.as_deref());
    let name = match (name(old), name(new)) {
        (Some(old), Some(new)) if old != new => Cow::Owned(format!("{old}, now {new}")),
        (one, other) => Cow::Borrowed(other.or(one).unwrap_or("")),
    };
    Row { fate, class, name, sides: [old, new].map(|slot| slot.map(cells)) }
}

fn cells(slot: &LayoutEntry) -> Cells<'_> {
    let (bytes, bits) = (slot.offset / 8, slot.offset % 8);
    let offset = if bits == 0 { bytes.to_string() } else { format!("{bytes}:{bits}") };
    let size = slot.size.map_or_else(|| "?".to_owned(), extent);
    Cells { offset, size, type_name: &slot.type_name }
}

#[cfg(test)]
mod tests {
    use super::super::super::sample::{hole, member, paired};
    use super::*;

    fn rows(old: Vec<LayoutEntry>, new: Vec<LayoutEntry>) -> (Vec<String>, usize) {
        let pair = paired((0, old), (0, new));
        let members = Members::of(&pair);
        let rows = members.rows.iter().map(|row| format!("{} {}", row.name, row.fate)).collect();
        (rows, members.rest)
    }

    #[test]
    fn what_is_gone_is_where_it_was() {
        let old =
            vec![member(0, 8, "a", "u8"), hole(8, 8), member(16, 8, "b", "u8"), member(24, 8, "c", "u8")];
        let new = vec![member(0, 8, "a", "u8"), member(8, 8, "n", "u8"), member(16, 8, "c", "u8")];
        let expected = ["a same", "n added", "b removed", "c moved"].map(ToOwned::to_owned);
        assert_eq!(rows(old.clone(), new), (expected.to_vec(), 0));
        let expected = ["a removed", "b removed", "c removed"].map(ToOwned::to_owned);
        assert_eq!(rows(old, Vec::new()), (expected.to_vec(), 0));
    }

    #[test]
    fn what_is_the_same_is_left_out_of_a_large_type() {
        let all = |odd: u64| -> Vec<_> {
            let name_of = |at| if at == odd { "odd".to_owned() } else { format!("m{at}") };
            (0..100).map(|at| member(at * 8, 8, &name_of(at), "u8")).collect()
        };
        let expected = ["odd removed", "m3 added"].map(ToOwned::to_owned);
        let (mut found, rest) = rows(all(3), all(200));
        found.sort_by_key(|row| row.contains("added"));
        assert_eq!((found, rest), (expected.to_vec(), 99));
    }
}
