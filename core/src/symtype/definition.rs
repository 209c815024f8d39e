//! Whether two strings of one type name define it differently.

use crate::budget::Budget;
use crate::error::Result;

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
