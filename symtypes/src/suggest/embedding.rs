//! Where values of a type are part of something else: another type, an array, a variable, a parameter or a result.
//!
//! Modules that were built against such a use have the type's size and alignment in them. What is reached through
//! pointers alone is laid out by whoever allocates it.

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::types::{Catalog, FileId, NameId, NodeKind, RecordId, Side, Tree, Wrapper};

/// Finds such uses in all files of a build.
#[derive(Debug)]
pub(crate) struct Embedding<'c, 't> {
    catalog: &'c Catalog<'t>,
    /// The records of the build, each once.
    records: Vec<RecordId>,
}

impl<'c, 't> Embedding<'c, 't> {
    pub(crate) fn new(
        catalog: &'c Catalog<'t>,
        side: Side,
        budget: &mut Budget,
    ) -> Result<Embedding<'c, 't>> {
        let mut records: Vec<RecordId> = Vec::new();
        let files = (0..).map(FileId).zip(catalog.sides()).filter(|&(_, &of)| of == side);
        let mut is_known: Vec<bool> = Vec::new();
        for (file, _) in files {
            budget.charge_bytes(catalog.records(file).len().saturating_mul(16))?;
            for &record in catalog.records(file) {
                budget.fill(&mut is_known, record.index().saturating_add(1), false)?;
                if let Some(is_known) = is_known.get_mut(record.index())
                    && !core::mem::replace(is_known, true)
                {
                    budget.push(&mut records, record)?;
                }
            }
        }
        budget.free(is_known);
        Ok(Embedding { catalog, records })
    }

    /// Whether a member, a parameter or a typedef leads to a type, and not variables alone.
    pub(crate) fn is_led_to(&self, name: NameId, budget: &mut Budget) -> Result<bool> {
        for &record in &self.records {
            let references = self.catalog.references(record);
            budget.charge_bytes(references.len().saturating_mul(4))?;
            let text = self.catalog.text(record);
            if references.contains(&name)
                && self.catalog.name_of(record) != name
                && !(text.starts_with(b"variable ") && memchr::memmem::find(text, b"member ").is_none())
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// A type or export that has a value of the type; a typedef only if something has one of that.
    pub(crate) fn holder(&self, name: NameId, budget: &mut Budget) -> Result<Option<NameId>> {
        let mut names = Vec::new();
        budget.push(&mut names, name)?;
        let mut next = 0;
        while let Some(&name) = names.get(next) {
            next = next.saturating_add(1);
            budget.charge_work(u64::try_from(self.records.len()).unwrap_or(u64::MAX))?;
            for &record in &self.records {
                let references = self.catalog.references(record);
                budget.charge_bytes(references.len().saturating_mul(4))?;
                if !references.contains(&name) {
                    continue;
                }
                let (has_value, is_alias) = budget.apart(|budget| {
                    let tree = Tree::parse_any(self.catalog.text(record), budget)?;
                    Ok((has_value(&tree, self.catalog.name(name), budget)?, is_alias(&tree)))
                })?;
                if !has_value {
                    continue;
                }
                let holder = self.catalog.name_of(record);
                if !is_alias {
                    return Ok(Some(holder));
                }
                budget.charge_bytes(names.len().saturating_mul(4))?;
                if !names.contains(&holder) {
                    budget.push(&mut names, holder)?;
                }
            }
        }
        Ok(None)
    }
}

/// Whether this is a typedef of nothing but the type itself.
fn is_alias(tree: &Tree<'_>) -> bool {
    let mut kinds = tree.part(Tree::ROOT).iter().map(|node| node.kind);
    kinds.next() == Some(NodeKind::Wrapper(Wrapper::Typedef))
        && kinds.all(|kind| matches!(kind, NodeKind::Wrapper(_) | NodeKind::Reference))
}

/// Whether a type string has a value of a type in it, and not only pointers to it.
///
/// What a function takes and gives back counts, even if only a pointer leads to the function.
fn has_value(tree: &Tree<'_>, name: &[u8], budget: &mut Budget) -> Result<bool> {
    let part = tree.part(Tree::ROOT);
    budget.charge_bytes(part.len().saturating_mul(16))?;
    let mut is_behind_pointer = false;
    for node in part {
        match node.kind {
            NodeKind::Wrapper(Wrapper::Pointer | Wrapper::Reference | Wrapper::RvalueReference) => {
                is_behind_pointer = true;
            }
            // An array behind a pointer is still someone else's, but the steps from element to element are not.
            NodeKind::Wrapper(_) => {}
            NodeKind::Reference => {
                if node.name == Some(name) && !is_behind_pointer {
                    return Ok(true);
                }
                is_behind_pointer = false;
            }
            NodeKind::Text => {
                if node.name.is_some_and(|text| is_in_text(text, name)) {
                    return Ok(true);
                }
                is_behind_pointer = false;
            }
            _ => is_behind_pointer = false,
        }
    }
    Ok(false)
}

/// Whether a C type has a value of a type in it: in the genksyms dialect, what is not followed by an asterisk.
fn is_in_text(text: &[u8], name: &[u8]) -> bool {
    crate::types::references_in(text).any(|(start, other)| {
        let behind = text.get(start.saturating_add(other.len())..).unwrap_or_default();
        other == name && !behind.trim_ascii_start().starts_with(b"*")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::Lines;
    use dwarfksyms_core::Limits;
    use std::string::String;

    fn holder(text: &str) -> Option<String> {
        let limits = Limits::default();
        let mut catalog = Catalog::new(&limits);
        let whole = std::format!("s#s structure_type s {{ }} byte_size(4)\n{text}");
        catalog.add(Side::Old, &Lines::scan(whole.as_bytes(), &limits).unwrap()).unwrap();
        catalog.finish().unwrap();
        let budget = &mut Budget::new(&limits);
        let embedding = Embedding::new(&catalog, Side::Old, budget).unwrap();
        let holder = embedding.holder(catalog.find(b"s#s").unwrap(), budget).unwrap();
        holder.map(|name| String::from_utf8(catalog.name(name).to_vec()).unwrap())
    }

    #[test]
    fn values_are_told_from_pointers() {
        let cases = [
            ("f subprogram ( formal_parameter pointer_type { s#s } byte_size(8) p ) -> base_type void", None),
            (
                "f subprogram ( formal_parameter pointer_type { const_type { s#s } } p ) -> base_type void",
                None,
            ),
            ("f subprogram ( formal_parameter s#s p ) -> base_type void", Some("f")),
            ("f subprogram ( ) -> s#s", Some("f")),
            ("v variable s#s", Some("v")),
            ("v variable array_type[3] { s#s }", Some("v")),
            ("v variable pointer_type { array_type[3] { s#s } } byte_size(8)", Some("v")),
            (
                "v variable pointer_type { subroutine_type ( formal_parameter s#s ) -> base_type void }",
                Some("v"),
            ),
            ("s#o structure_type o { member s#s a data_member_location(0) } byte_size(4)", Some("s#o")),
            ("t#t typedef_type t { s#s }", None),
            ("t#t typedef_type t { s#s }\nv variable t#t", Some("v")),
            ("t#t typedef_type t { s#s }\nv variable pointer_type { t#t }", None),
            ("t#t typedef_type t { array_type[2] { s#s } }", Some("t#t")),
            ("v struct t#x * v", None),
            ("s#g struct g { s#s a ; }", Some("s#g")),
            ("s#g struct g { s#s * a ; }", None),
        ];
        for (text, expected) in cases {
            assert_eq!(holder(text).as_deref(), expected, "{text}");
        }
    }
}
