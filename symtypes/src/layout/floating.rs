//! Whether there are floating-point numbers in a value: such a value is passed in other registers than one without them.

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::types::{NodeKind, Wrapper};

use super::library::Library;
use super::number::Number;
use super::part::Part;

/// Whether a value of a type has a floating-point number in it, or a vector of them, as far as types are known.
pub(crate) fn has_floats<'t>(ty: &Part<'t>, types: &Library<'_, 't>, budget: &mut Budget) -> Result<bool> {
    let mut open: Vec<Part<'t>> = Vec::new();
    // Names of types that were looked into, in their order.
    let mut met: Vec<&'t [u8]> = Vec::new();
    budget.push(&mut open, ty.clone())?;
    let mut found = false;
    while let Some(part) = open.pop() {
        budget.charge_work(4)?;
        match part.kind() {
            NodeKind::Wrapper(Wrapper::Pointer | Wrapper::Reference | Wrapper::RvalueReference)
            | NodeKind::Subroutine => {}
            NodeKind::Base if matches!(Number::of(&part), Number::Float | Number::Complex) => {
                found = true;
                break;
            }
            NodeKind::Reference => {
                let Some(name) = part.name() else { continue };
                let Err(at) = met.binary_search(&name) else { continue };
                budget.charge_bytes(met.len().saturating_sub(at).saturating_mul(16))?;
                budget.push(&mut met, name)?;
                met.get_mut(at..).unwrap_or_default().rotate_right(1);
                if let Some(definition) = types.definition(&part, budget)? {
                    budget.push(&mut open, definition)?;
                }
            }
            _ => {
                for child in part.tree.children(part.index) {
                    budget.charge_work(1)?;
                    budget.push(&mut open, part.at(child))?;
                }
            }
        }
    }
    budget.free(open);
    budget.free(met);
    Ok(found)
}
