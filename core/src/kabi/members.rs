//! kABI unions: members that stand in for others (SPEC section 8, member names).
//!
//! A union is a kABI union if one of its first two members is named, or begins with a member named, by one of
//! three prefixes. Such a union describes what the placeholder describes.

use crate::budget::Budget;
use crate::dwarf::{Die, DieOffset, Unit, UnitCache, UnitIndex};
use crate::error::Result;

/// A member or parameter whose name begins like this is printed without a name.
pub const MEMBER_PREFIX: &[u8] = b"__kabi_";
const RESERVED: &[u8] = b"__kabi_reserved";
const IGNORED: &[u8] = b"__kabi_ignored";
const RENAMED: &[u8] = b"__kabi_renamed";

/// What a kABI union stands for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Placeholder<'d> {
    /// The member that was there before.
    Reserved(Die),
    /// The member that was there before, under its old name.
    Renamed(Die, &'d [u8]),
    /// Nothing.
    Ignored,
}

/// What a union stands for, if it is a kABI union; the placeholder is a member of the returned unit.
pub(crate) fn placeholder<'d>(
    units: &mut UnitCache<'_, 'd>,
    index: UnitIndex,
    union: &Die,
    budget: &mut Budget,
) -> Result<Option<(UnitIndex, Placeholder<'d>)>> {
    let mut at = union.has_children.then_some(union.end);
    let mut looked_at = 0_u8;
    while looked_at < 2 {
        let Some(from) = at else { break };
        let unit = units.load(index, budget)?;
        let Some(member) = next_member(unit, from, budget)? else { break };
        at = Some(unit.after(&member, budget)?);
        if let Some(placeholder) = named(unit, member, budget)? {
            return Ok(Some((index, placeholder)));
        }
        let mut is_empty = false;
        if let Some(target) = member.target {
            let (inner, offset) =
                unit.resolve(target).map_err(|error| unit.error_at(error, member.offset))?;
            let unit = units.load(inner, budget)?;
            let structure = unit.die_at(offset, budget)?;
            if structure.tag == gimli::DW_TAG_structure_type {
                let first = match structure.has_children {
                    true => next_member(unit, structure.end, budget)?,
                    false => None,
                };
                is_empty = first.is_none();
                if let Some(first) = first
                    && let Some(placeholder) = named(unit, first, budget)?
                {
                    return Ok(Some((inner, placeholder)));
                }
            }
        }
        // The reference looks past structures without members, but counts the first member in any case.
        if looked_at == 0 || !is_empty {
            looked_at = looked_at.saturating_add(1);
        }
    }
    Ok(None)
}

/// What a member stands for by its name.
fn named<'d>(unit: &Unit<'_, 'd>, member: Die, budget: &mut Budget) -> Result<Option<Placeholder<'d>>> {
    let Some(name) = member.name else { return Ok(None) };
    let name = unit.text(name, budget).map_err(|error| unit.error_at(error, member.offset))?;
    Ok(if name.starts_with(RESERVED) {
        Some(Placeholder::Reserved(member))
    } else if name.starts_with(IGNORED) {
        Some(Placeholder::Ignored)
    } else {
        name.strip_prefix(RENAMED).map(|old| Placeholder::Renamed(member, old))
    })
}

/// The first member among the entries from `at` on.
fn next_member<'d>(unit: &Unit<'_, 'd>, mut at: DieOffset, budget: &mut Budget) -> Result<Option<Die>> {
    while let Some(head) = unit.head(at)? {
        let die = unit.die(head, budget)?;
        if die.tag == gimli::DW_TAG_member {
            return Ok(Some(die));
        }
        at = unit.after(&die, budget)?;
    }
    Ok(None)
}
