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

/// Whether two strings that differ define a type differently.
///
/// A declaration defines nothing, and where a comma was lost (SPEC section 5) says nothing about the type.
pub(super) fn is_conflict(one: &[u8], other: &[u8], budget: &mut Budget) -> Result<bool> {
    if is_declaration(one) || is_declaration(other) {
        return Ok(false);
    }
    // They are compared byte by byte.
    budget.charge_work(u64::try_from(one.len().min(other.len()) >> 2).unwrap_or(u64::MAX))?;
    Ok(!Unpunctuated(one).eq(Unpunctuated(other)))
}

/// Whether nothing is said of what a type consists of: neither members nor a size.
fn is_declaration(text: &[u8]) -> bool {
    text.ends_with(b"{ }")
}

/// A type string without the commas in front of parameters.
struct Unpunctuated<'t>(&'t [u8]);

impl Iterator for Unpunctuated<'_> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        if let Some(rest) = self.0.strip_prefix(b" , ")
            && rest.starts_with(b"formal_parameter ")
        {
            self.0 = rest;
        }
        let (&first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(first)
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    #[test]
    fn declarations_and_lost_commas_are_no_conflict() {
        let budget = &mut Budget::new(&Limits::default());
        let mut is_conflict =
            |one: &str, other: &str| is_conflict(one.as_bytes(), other.as_bytes(), budget).unwrap();
        let whole = "structure_type s { member base_type int } byte_size(4)";
        assert!(!is_conflict(whole, "structure_type s { }"));
        assert!(!is_conflict("structure_type s { }", whole));
        assert!(is_conflict(whole, "structure_type s { } byte_size(0)"));
        assert!(is_conflict(whole, "structure_type s { member base_type int } byte_size(8)"));
        let lost = "typedef_type t { pointer_type { subroutine_type ( formal_parameter base_type int\
                    formal_parameter base_type int ) -> base_type void } }";
        let kept = lost.replace("intformal", "int , formal");
        assert!(!is_conflict(lost, &kept) && !is_conflict(&kept, lost));
        assert!(is_conflict(lost, &kept.replace("void", "int")));
    }
}
