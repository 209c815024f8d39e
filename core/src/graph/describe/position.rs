//! Where a member is, in a canonical description (SPEC section 9): as DWARF 5 would say it.
//!
//! Before DWARF 5, a bit-field has an offset from the most significant bit of the storage unit that it is in, and before
//! DWARF 4 a member's location is an expression.

use gimli::RunTimeEndian;

use crate::budget::Budget;
use crate::dwarf::{Die, UnitIndex};
use crate::error::Result;

use super::Describer;

/// Nobody qualifies a type more often; damaged ones may qualify themselves.
pub(super) const MOST_STEPS: usize = 64;

impl Describer<'_, '_> {
    /// The offset in bits of a bit-field, and the offset in bytes of any other member.
    pub(super) fn position(
        &mut self,
        unit: UnitIndex,
        die: &Die,
        budget: &mut Budget,
    ) -> Result<(Option<u64>, Option<u64>)> {
        let location = die.data_member_location().or(die.member_expression());
        let (Some(size), Some(offset), None) = (die.bit_size(), die.bit_offset(), die.data_bit_offset())
        else {
            return Ok((die.data_bit_offset(), location));
        };
        let start = match self.units.load(unit, budget)?.endian() {
            RunTimeEndian::Big => Some(offset),
            // The most significant bit is the last one.
            RunTimeEndian::Little => {
                let storage = self.storage_size(unit, die, budget)?;
                // A bit-field that sticks out of its storage unit has a negative offset, as its two's complement.
                storage.map(|bytes| bytes.wrapping_mul(8).wrapping_sub(offset).wrapping_sub(size))
            }
        };
        Ok(match start {
            Some(start) => (Some(location.unwrap_or(0).wrapping_mul(8).wrapping_add(start)), None),
            None => (None, location),
        })
    }

    /// The bytes of the storage unit that a bit-field is in: its own size, else that of its type.
    fn storage_size(&mut self, unit: UnitIndex, member: &Die, budget: &mut Budget) -> Result<Option<u64>> {
        let (mut unit, mut die) = (unit, *member);
        for _ in 0..MOST_STEPS {
            match (die.byte_size(), die.target) {
                (Some(size), _) => return Ok(Some(size)),
                (None, None) => return Ok(None),
                (None, Some(target)) => {
                    let id = self.resolve(unit, &die, target, budget)?;
                    unit = id.0;
                    die = self.die(id, budget)?;
                }
            }
        }
        Ok(None)
    }
}
