//! Whether two parts of type strings say the same, node by node.

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::types::{Attribute, NodeIndex, NodeKind, Tree, Wrapper};

/// Two parts of type strings.
#[derive(Clone, Copy)]
pub(crate) struct Pair<'a, 'o, 'n> {
    pub(crate) old: (&'a Tree<'o>, NodeIndex),
    pub(crate) new: (&'a Tree<'n>, NodeIndex),
    /// Whether two type names mean the same type.
    pub(crate) is_same_type: &'a dyn Fn(&[u8], &[u8]) -> bool,
}

impl Pair<'_, '_, '_> {
    /// Whether both say the same; types may have other names. With `toolchain`, neither how compilers call base types counts,
    /// nor whether they state the size of a pointer.
    pub(crate) fn is_alike(&self, toolchain: bool, budget: &mut Budget) -> Result<bool> {
        Ok(self.has_as_many_nodes() && self.first_difference(toolchain, budget)?.is_none())
    }

    pub(super) fn has_as_many_nodes(&self) -> bool {
        self.old.0.part(self.old.1).len() == self.new.0.part(self.new.1).len()
    }

    /// Of two parts with as many nodes, how many are alike before the first that are not; `None` if all are.
    pub(super) fn first_difference(&self, toolchain: bool, budget: &mut Budget) -> Result<Option<usize>> {
        let part = self.old.0.part(self.old.1).len();
        let first = (0..part).find(|&at| {
            let (old, new) = (NodeIndex::after(self.old.1, at), NodeIndex::after(self.new.1, at));
            !self.is_node_alike(old, new, toolchain)
        });
        budget.charge_work(u64::try_from(first.unwrap_or(part)).unwrap_or(u64::MAX).saturating_add(1))?;
        Ok(first)
    }

    fn is_node_alike(&self, old: NodeIndex, new: NodeIndex, toolchain: bool) -> bool {
        let (before, after) = (self.old.0, self.new.0);
        let kind = before.kind(old);
        if kind != after.kind(new) {
            return false;
        }
        let names = (before.name(old), after.name(new));
        let is_named_alike = names.0 == names.1
            || match (kind, names) {
                (NodeKind::Reference, (Some(old), Some(new))) => (self.is_same_type)(old, new),
                (NodeKind::Base, (Some(old), Some(new))) => toolchain && is_spelled_alike(old, new),
                // A typedef or structure that was renamed has its own name in its text.
                _ => kind.is_aggregate() && old == Tree::ROOT,
            };
        let (ours, theirs) = (before.attributes(old), after.attributes(new));
        is_named_alike && (ours == theirs || toolchain && has_same_attributes(kind, ours, theirs))
    }
}

/// Whether attributes say the same, whatever compilers leave out.
fn has_same_attributes(kind: NodeKind, ours: &[(Attribute, u64)], theirs: &[(Attribute, u64)]) -> bool {
    let is_pointer =
        matches!(kind, NodeKind::Wrapper(Wrapper::Pointer | Wrapper::Reference | Wrapper::RvalueReference));
    let is_untold = kind == NodeKind::Member && is_place_untold(ours, theirs);
    let counts = |(attribute, value): (Attribute, u64)| match attribute {
        Attribute::ByteSize => !is_pointer,
        Attribute::DataMemberLocation => value != 0 && !is_untold,
        Attribute::DataBitOffset => !is_untold,
        _ => true,
    };
    let attributes = |all: &[(Attribute, u64)]| -> Vec<(Attribute, u64)> {
        all.iter().copied().filter(|&attribute| counts(attribute)).collect()
    };
    attributes(ours) == attributes(theirs)
}

/// Whether one side does not state where a bit-field is: before DWARF 5, compilers say it in a way that no type string has.
fn is_place_untold(old: &[(Attribute, u64)], new: &[(Attribute, u64)]) -> bool {
    let has = |all: &[(Attribute, u64)], which| all.iter().any(|&(attribute, _)| attribute == which);
    let are_bit_fields = has(old, Attribute::BitSize) && has(new, Attribute::BitSize);
    are_bit_fields && has(old, Attribute::DataBitOffset) != has(new, Attribute::DataBitOffset)
}

/// Whether the names of two base types say the same, however a compiler orders its words: `long unsigned int` is
/// `unsigned long`.
pub(super) fn is_spelled_alike(old: &[u8], new: &[u8]) -> bool {
    old == new || spelling(old) == spelling(new)
}

fn spelling(name: &[u8]) -> Vec<&[u8]> {
    let mut words: Vec<&[u8]> = name.split(|&byte| byte == b' ').collect();
    let has_more = words.len() > 1;
    words.retain(|&word| !(word == b"int" && has_more) && (word != b"signed" || name == b"signed char"));
    for word in &mut words {
        if *word == b"_Bool" {
            *word = b"bool";
        }
    }
    if words.is_empty() {
        words.push(b"int");
    }
    words.sort_unstable();
    words
}
