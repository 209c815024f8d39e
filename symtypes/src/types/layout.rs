//! Where the members of a structure or union are, and where there is nothing.

use alloc::vec::Vec;

use dwarfksyms_core::budget::Budget;
use dwarfksyms_core::{Limits, Result};

use super::declaration::offset;
use super::tree::{Attribute, NodeIndex, NodeKind, Tree, Wrapper};

/// A member, or a hole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// In bits from the beginning of the type.
    pub offset: u64,
    /// In bits; none if it is not known.
    pub size: Option<u64>,
    /// The member; none for a hole.
    pub member: Option<NodeIndex>,
}

/// Where the members of a type are, by offset.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// In bytes.
    pub size: u64,
    /// In bytes, where it is stated.
    pub alignment: Option<u64>,
    /// Members and holes.
    pub slots: Vec<Slot>,
}

impl Tree<'_> {
    /// The layout of a structure, class or union, or of the one that a typedef stands for; `None` for anything else,
    /// and for a declaration. `size_of` gives the size in bytes of a type by its name, `pointer` is that of a pointer that
    /// does not state it ([`Catalog::pointer_size`](super::Catalog::pointer_size)).
    ///
    /// # Errors
    /// A limit.
    pub fn layout(
        &self,
        size_of: impl Fn(&[u8]) -> Option<u64>,
        pointer: Option<u64>,
        limits: &Limits,
    ) -> Result<Option<Layout>> {
        let budget = &mut Budget::new(limits);
        let mut index = Tree::ROOT;
        if self.kind(index) == NodeKind::Wrapper(Wrapper::Typedef) {
            let Some(inner) = self.type_of(index) else { return Ok(None) };
            index = inner;
        }
        let is_union = match self.kind(index) {
            NodeKind::Structure | NodeKind::Class => false,
            NodeKind::Union => true,
            _ => return Ok(None),
        };
        let Some(size) = self.attribute(index, Attribute::ByteSize) else { return Ok(None) };
        let mut members = Vec::new();
        for member in self.items(index).filter(|&item| self.kind(item) == NodeKind::Member) {
            let size = match self.attribute(member, Attribute::BitSize) {
                Some(bits) => Some(bits),
                None => self.type_of(member).and_then(|inner| self.size_of(inner, &size_of, pointer)),
            };
            budget.push(
                &mut members,
                Slot { offset: offset(self, member).unwrap_or(0), size, member: Some(member) },
            )?;
        }
        members.sort_by_key(|slot| slot.offset);
        let mut slots = Vec::new();
        let mut end = 0;
        let mut starts = members.iter().map(|slot| slot.offset).skip(1);
        for slot in &members {
            // Where a size is not known, the member ends where the next begins.
            let next = starts.next();
            let known = slot.size.or_else(|| next?.checked_sub(slot.offset));
            if !is_union && slot.offset > end {
                let size = slot.offset.checked_sub(end);
                budget.push(&mut slots, Slot { offset: end, size, member: None })?;
            }
            budget.push(&mut slots, *slot)?;
            end = end.max(slot.offset.saturating_add(known.unwrap_or(0)));
        }
        let bits = size.saturating_mul(8);
        let is_open = members.last().is_some_and(|slot| slot.size.is_none());
        if bits > end && !is_open && !is_union {
            let size = bits.checked_sub(end);
            budget.push(&mut slots, Slot { offset: end, size, member: None })?;
        }
        Ok(Some(Layout { size, alignment: self.attribute(index, Attribute::Alignment), slots }))
    }

    /// The size of a type in bytes, as far as its own text tells; for an array, of all of its elements.
    pub fn own_size(&self, index: NodeIndex) -> Option<u64> {
        self.attribute(index, Attribute::ByteSize)
    }

    /// The size in bytes of what the tree describes; for a typedef, of what it stands for. `size_of` gives that of a type
    /// by its name, `pointer` is that of a pointer that does not state it.
    pub fn size(&self, size_of: impl Fn(&[u8]) -> Option<u64>, pointer: Option<u64>) -> Option<u64> {
        Some(self.size_of(Tree::ROOT, &size_of, pointer)? >> 3)
    }

    /// The size of a type in bits.
    pub(crate) fn size_of(
        &self,
        index: NodeIndex,
        size_of: &impl Fn(&[u8]) -> Option<u64>,
        pointer: Option<u64>,
    ) -> Option<u64> {
        let mut count: u64 = 1;
        let mut at = index;
        loop {
            if let Some(bytes) = self.attribute(at, Attribute::ByteSize) {
                return bytes.checked_mul(8)?.checked_mul(count);
            }
            match self.kind(at) {
                NodeKind::Array => {
                    for child in self.children(at).filter(|&child| self.kind(child) == NodeKind::Dimension) {
                        count = count.checked_mul(self.attribute(child, Attribute::Count).unwrap_or(0))?;
                    }
                    at = self.type_of(at)?;
                }
                // Clang does not tell the size of a pointer.
                NodeKind::Wrapper(Wrapper::Pointer | Wrapper::Reference | Wrapper::RvalueReference) => {
                    return pointer?.checked_mul(8)?.checked_mul(count);
                }
                NodeKind::Wrapper(_) => at = self.type_of(at)?,
                NodeKind::Reference => {
                    return size_of(self.name(at)?)?.checked_mul(8)?.checked_mul(count);
                }
                _ => return None,
            }
        }
    }
}
