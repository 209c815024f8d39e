//! Whether a value of a type takes any space, where no text states how much.

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::types::{Attribute, NodeKind, Wrapper};

use super::library::Library;
use super::part::Part;

/// How many types are looked into.
const DEEPEST: usize = 32;

/// Whether a value certainly takes space: not an empty structure, and not an array without elements.
pub(crate) fn is_solid(ty: &Part<'_>, types: &Library<'_, '_>, budget: &mut Budget) -> Result<bool> {
    let mut part = ty.clone();
    for _ in 0..DEEPEST {
        budget.charge_work(4)?;
        let next = match part.kind() {
            NodeKind::Base | NodeKind::Enumeration | NodeKind::Wrapper(Wrapper::Pointer) => return Ok(true),
            NodeKind::Wrapper(_) => part.inner(),
            NodeKind::Array if part.are_dimensions_positive() => part.inner(),
            NodeKind::Reference if part.name().is_some_and(|name| name.starts_with(b"e#")) => {
                return Ok(true);
            }
            NodeKind::Reference => types.definition(&part, budget)?,
            NodeKind::Structure | NodeKind::Union => {
                let mut items = part.items();
                let first = items.find(|item| item.attribute(Attribute::BitSize) != Some(0));
                match first {
                    Some(item) if item.attribute(Attribute::BitSize).is_some() => return Ok(true),
                    first => first.and_then(|item| item.inner()),
                }
            }
            _ => None,
        };
        let Some(next) = next else { return Ok(false) };
        part = next;
    }
    Ok(false)
}
