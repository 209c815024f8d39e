//! Different definitions of one type name, which a version depends on.
//!
//! Which of them counts is decided (SPEC section 6), but then a module that was built with another one is not refused.

use alloc::vec::Vec;

use crate::budget::Budget;
use crate::error::Result;
use crate::exports::ExportId;

use super::closure::TypeSetMut;
use super::map::TypeMap;
use super::names::TypeId;
use super::string::TypeString;

/// The types in conflict that the strings of symbols reach, each with the first symbol that does.
pub(crate) fn conflicts<'s>(
    map: &TypeMap,
    symbols: impl Iterator<Item = (ExportId, &'s TypeString)>,
    budget: &mut Budget,
) -> Result<Vec<(TypeId, ExportId)>> {
    let mut found = Vec::new();
    if !map.has_conflicts() {
        return Ok(found);
    }
    let mut seen = TypeSetMut::new(map.len(), budget)?;
    let mut next: Vec<TypeId> = Vec::new();
    for (symbol, string) in symbols {
        let mut string = Some(string);
        loop {
            for reference in string.map(|string| string.refs.as_slice()).unwrap_or_default() {
                budget.charge_work(1)?;
                if seen.insert(reference.name) {
                    budget.push(&mut next, reference.name)?;
                }
            }
            let Some(id) = next.pop() else { break };
            if map.is_in_conflict(id) {
                budget.push(&mut found, (id, symbol))?;
            }
            string = map.string(id);
        }
    }
    Ok(found)
}
