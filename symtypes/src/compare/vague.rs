//! New members where bit-fields may be whose places are not stated: before DWARF 5, compilers state them in a way that no type
//! string has.

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::layout::{Difference, Place};

use super::change::Comparer;
use super::class::Class;
use super::words::named;

impl<'t> Comparer<'_, '_, 't> {
    /// Tells of a new member that shares the unit of such a bit-field, which may have moved for it.
    pub(super) fn beside_bits(
        &mut self,
        difference: &Difference<'t>,
        prefix: &[u8],
        budget: &mut Budget,
    ) -> Result<()> {
        let mut units: Vec<(u64, u64)> = Vec::new();
        for kept in &difference.kept {
            budget.charge_work(2)?;
            let Some(place) = difference.new_place(kept.new).filter(|place| place.is_vague) else { continue };
            if let (Some(start), Some(bits)) = (place.offset, self.unit(place, budget)?) {
                budget.push(&mut units, (start, start.saturating_add(bits)))?;
            }
        }
        budget.charge_sorting(units.len())?;
        units.sort_unstable();
        let mut furthest = 0;
        for (_, end) in &mut units {
            furthest = furthest.max(*end);
            *end = furthest;
        }
        for added in &difference.added {
            budget.charge_work(4)?;
            let Some(new) = difference.new_place(added.new) else { continue };
            let Some(start) = new.offset else { continue };
            let bits = if new.is_vague { self.unit(new, budget)? } else { new.size };
            let end = start.saturating_add(bits.unwrap_or(1));
            let below = units.partition_point(|&(other, _)| other < end);
            let is_beside =
                units.get(..below).unwrap_or_default().last().is_some_and(|&(_, last)| last > start);
            if is_beside {
                let name = named(prefix, &new.name, budget)?;
                let text = [b"whether bit-fields have moved for '".as_slice(), &name, b"' is not stated"];
                self.note(Class::NotStated, &name, &text.concat(), budget)?;
                break;
            }
        }
        budget.free(units);
        Ok(())
    }

    /// The bits of what a bit-field is declared as, of which it has some.
    fn unit(&self, place: &Place<'t>, budget: &mut Budget) -> Result<Option<u64>> {
        match place.item.inner() {
            Some(ty) => self.builds.new.bits(&ty.tree, ty.index, budget),
            None => Ok(None),
        }
    }
}
