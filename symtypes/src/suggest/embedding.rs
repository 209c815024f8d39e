//! Where values of a type are part of something else: another type, an array, a variable, a parameter or a result.
//!
//! Modules that were built against such a use have the type's size and alignment in them. What is reached through
//! pointers alone is laid out by whoever allocates it.

use alloc::vec::Vec;
use core::cell::OnceCell;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::types::{Catalog, FileId, NameId, NodeKind, RecordId, Side, Tree, Wrapper};

/// Finds such uses in all files of a build.
#[derive(Debug)]
pub(crate) struct Embedding<'c, 't> {
    catalog: &'c Catalog<'t>,
    /// The records of the build, each once.
    records: Vec<RecordId>,
    /// What they are made of, once anybody asks.
    uses: OnceCell<Uses>,
}

/// What types are used for.
#[derive(Debug, Default)]
struct Uses {
    /// Sorted by type, and in the order of the records.
    values: Vec<Value>,
    /// By name: whether a member, a parameter or a typedef leads there, and not variables alone.
    is_led_to: Vec<bool>,
}

/// A record that has a value of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Value {
    of: NameId,
    /// The record's position.
    position: usize,
    /// Whether the record is only another name for the type.
    is_alias: bool,
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
        let mut references = 0_usize;
        for (file, _) in files {
            budget.charge_bytes(catalog.records(file).len().saturating_mul(16))?;
            for &record in catalog.records(file) {
                budget.fill(&mut is_known, record.index().saturating_add(1), false)?;
                if let Some(is_known) = is_known.get_mut(record.index())
                    && !core::mem::replace(is_known, true)
                {
                    references = references.saturating_add(catalog.references(record).len());
                    budget.push(&mut records, record)?;
                }
            }
        }
        budget.free(is_known);
        // Paid for now, since whoever asks first pays for nothing that is kept: twice, because it grows.
        budget.charge_memory(references.saturating_mul(size_of::<Value>().saturating_mul(2)))?;
        budget.charge_memory(catalog.name_count())?;
        Ok(Embedding { catalog, records, uses: OnceCell::new() })
    }

    /// Whether a member, a parameter or a typedef leads to a type, and not variables alone.
    pub(crate) fn is_led_to(&self, name: NameId, budget: &mut Budget) -> Result<bool> {
        Ok(self.uses(budget)?.is_led_to.get(name.index()).copied().unwrap_or(false))
    }

    /// A type or export that has a value of the type; a typedef only if something has one of that.
    pub(crate) fn holder(&self, name: NameId, budget: &mut Budget) -> Result<Option<NameId>> {
        let uses = self.uses(budget)?;
        let mut names = Vec::new();
        budget.push(&mut names, name)?;
        let mut next = 0;
        while let Some(&name) = names.get(next) {
            next = next.saturating_add(1);
            budget.charge_work(u64::from(uses.values.len().max(1).ilog2()))?;
            let first = uses.values.partition_point(|value| value.of < name);
            let values = uses.values.get(first..).unwrap_or_default();
            for value in values.iter().take_while(|value| value.of == name) {
                let Some(&record) = self.records.get(value.position) else { continue };
                let holder = self.catalog.name_of(record);
                if !value.is_alias {
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

    fn uses(&self, budget: &mut Budget) -> Result<&Uses> {
        if let Some(uses) = self.uses.get() {
            return Ok(uses);
        }
        let mut uses = Uses::default();
        budget.fill(&mut uses.is_led_to, self.catalog.name_count(), false)?;
        for (position, &record) in self.records.iter().enumerate() {
            self.add(position, record, &mut uses, budget)?;
        }
        let count = u64::try_from(uses.values.len()).unwrap_or(u64::MAX);
        budget.charge_work(count.saturating_mul(u64::from(count.max(1).ilog2())))?;
        uses.values.sort_unstable();
        uses.values.dedup();
        Ok(self.uses.get_or_init(|| uses))
    }

    /// Adds what a record has values of, and what it leads to.
    fn add(&self, position: usize, record: RecordId, uses: &mut Uses, budget: &mut Budget) -> Result<()> {
        let references = self.catalog.references(record);
        budget.charge_bytes(references.len().saturating_mul(16))?;
        if references.is_empty() {
            return Ok(());
        }
        let text = self.catalog.text(record);
        budget.charge_bytes(text.len())?;
        if !(text.starts_with(b"variable ") && memchr::memmem::find(text, b"member ").is_none()) {
            let own = self.catalog.name_of(record);
            for name in references.iter().filter(|&&name| name != own) {
                if let Some(is_led_to) = uses.is_led_to.get_mut(name.index()) {
                    *is_led_to = true;
                }
            }
        }
        let values = &mut uses.values;
        budget.apart(|budget| {
            let tree = Tree::parse_any(text, budget)?;
            let is_alias = is_alias(&tree);
            budget.charge_bytes(tree.part(Tree::ROOT).len().saturating_mul(16))?;
            for_each_value(&tree, |name| {
                budget.charge_bytes(name.len())?;
                let Some(of) = self.catalog.find(name) else { return Ok(()) };
                budget.push(values, Value { of, position, is_alias })
            })
        })
    }
}

/// Whether this is a typedef of nothing but the type itself.
fn is_alias(tree: &Tree<'_>) -> bool {
    let mut kinds = tree.part(Tree::ROOT).iter().map(|node| node.kind);
    kinds.next() == Some(NodeKind::Wrapper(Wrapper::Typedef))
        && kinds.all(|kind| matches!(kind, NodeKind::Wrapper(_) | NodeKind::Reference))
}

/// The types that a type string has values of, and not only pointers to them.
///
/// What a function takes and gives back counts, even if only a pointer leads to the function.
fn for_each_value(tree: &Tree<'_>, mut each: impl FnMut(&[u8]) -> Result<()>) -> Result<()> {
    let mut is_behind_pointer = false;
    for node in tree.part(Tree::ROOT) {
        match node.kind {
            NodeKind::Wrapper(Wrapper::Pointer | Wrapper::Reference | Wrapper::RvalueReference) => {
                is_behind_pointer = true;
                continue;
            }
            // An array behind a pointer is still someone else's, but the steps from element to element are not.
            NodeKind::Wrapper(_) => continue,
            NodeKind::Reference if !is_behind_pointer => node.name.map_or(Ok(()), &mut each)?,
            NodeKind::Text => values_in_text(node.name.unwrap_or_default()).try_for_each(&mut each)?,
            _ => {}
        }
        is_behind_pointer = false;
    }
    Ok(())
}

/// The types that a C type has values of: in the genksyms dialect, what is not followed by an asterisk.
fn values_in_text(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    crate::types::references_in(text).filter_map(|(start, name)| {
        let behind = text.get(start.saturating_add(name.len())..).unwrap_or_default();
        (!behind.trim_ascii_start().starts_with(b"*")).then_some(name)
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
    fn values_are_distinguished_from_pointers() {
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
