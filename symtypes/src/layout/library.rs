//! The types of a symtypes file by their names, and what they measure.

use alloc::rc::Rc;
use alloc::vec::Vec;
use core::cell::Cell;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::types::{
    Attribute, Catalog, Contents, FileId, NameId, NodeIndex, NodeKind, RecordId, Tree, Wrapper,
};

use super::part::Part;

/// How many typedefs and arrays may be around a type whose size is asked for.
const DEEPEST: usize = 256;

/// The types of a file.
#[derive(Debug)]
pub(crate) struct Library<'c, 't> {
    pub(crate) catalog: &'c Catalog<'t>,
    records: Contents,
    /// The bytes of a pointer that does not state them, if that is known.
    pointer: Option<u64>,
    /// The sizes in bits of types that were asked for last, by the end of their numbers.
    sizes: [Cell<(NameId, Option<u64>)>; KEPT],
}

/// How many sizes are kept: a power of two.
const KEPT: usize = 256;

/// How large a type is.
#[derive(Clone, Copy, Debug)]
enum Measure {
    /// In bits, if that is known.
    Bits(Option<u64>),
    /// So many of another type.
    Of(NameId, u64),
}

/// An alignment in bytes, as far as it is known. Two that are equal are the same whatever pointers have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Alignment {
    /// At least this.
    known: u64,
    /// Whether a pointer of unknown size can need more.
    has_pointer: bool,
}

impl Alignment {
    /// In bytes, if it is known.
    pub(crate) fn bytes(self) -> Option<u64> {
        (!self.has_pointer).then_some(self.known)
    }

    /// Whether it is certainly no stricter than another.
    pub(crate) fn is_within(self, other: Alignment) -> bool {
        self == other || self.bytes().is_some_and(|bytes| bytes <= other.known)
    }

    fn raise(&mut self, bytes: u64) {
        self.known = self.known.max(bytes);
    }
}

impl<'c, 't> Library<'c, 't> {
    pub(crate) fn new(
        catalog: &'c Catalog<'t>,
        file: FileId,
        budget: &mut Budget,
    ) -> Result<Library<'c, 't>> {
        let records = Contents::of(catalog, file, budget)?;
        let pointer = catalog.pointer_size(file, budget)?;
        let sizes = [const { Cell::new((NameId(u32::MAX), None)) }; KEPT];
        Ok(Library { catalog, records, pointer, sizes })
    }

    /// Gives back what it has cost.
    pub(crate) fn free(self, budget: &mut Budget) {
        self.records.free(budget);
    }

    /// The record of a name.
    pub(crate) fn record(&self, name: NameId) -> Option<RecordId> {
        self.records.get(name)
    }

    /// The type string of a name.
    pub(crate) fn text(&self, name: &[u8]) -> Option<&'t [u8]> {
        self.record(self.catalog.find(name)?).map(|record| self.catalog.text(record))
    }

    /// A type by its name.
    pub(crate) fn tree(&self, name: &[u8], budget: &mut Budget) -> Result<Option<Tree<'t>>> {
        self.text(name).map(|text| Tree::parse_any(text, budget)).transpose()
    }

    /// What a reference stands for: a type, or what a typedef is of.
    pub(super) fn definition(&self, part: &Part<'t>, budget: &mut Budget) -> Result<Option<Part<'t>>> {
        let Some(name) = part.name() else { return Ok(None) };
        let Some(tree) = self.tree(name, budget)? else { return Ok(None) };
        let part = Part::new(Rc::new(tree), Tree::ROOT);
        Ok(match part.kind() {
            NodeKind::Wrapper(Wrapper::Typedef) => part.inner(),
            _ => Some(part),
        })
    }

    /// The bits of a pointer that does not state them.
    pub(super) fn pointer_bits(&self) -> Option<u64> {
        self.pointer?.checked_mul(8)
    }

    /// The size of a type in bits, as far as it is known: of an array that of all its elements.
    pub(crate) fn bits(&self, tree: &Tree<'_>, index: NodeIndex, budget: &mut Budget) -> Result<Option<u64>> {
        match self.bits_or_name(tree, index, budget)? {
            Measure::Bits(bits) => Ok(bits),
            Measure::Of(name, count) => {
                let bits = self.bits_of(name, budget)?;
                Ok(bits.and_then(|bits| bits.checked_mul(count)))
            }
        }
    }

    /// The size in bits of a type by its name.
    fn bits_of(&self, name: NameId, budget: &mut Budget) -> Result<Option<u64>> {
        let slot = self.sizes.get(name.index() & KEPT.saturating_sub(1));
        if let Some((known, bits)) = slot.map(Cell::get)
            && known == name
        {
            return Ok(bits);
        }
        let (mut at, mut factor) = (name, 1_u64);
        let mut found = None;
        // Typedefs of typedefs.
        for _ in 0..DEEPEST {
            let Some(record) = self.record(at) else { break };
            let measure = budget.apart(|budget| {
                let tree = Tree::parse_any(self.catalog.text(record), budget)?;
                self.bits_or_name(&tree, Tree::ROOT, budget)
            })?;
            match measure {
                Measure::Bits(bits) => {
                    found = bits.and_then(|bits| bits.checked_mul(factor));
                    break;
                }
                Measure::Of(next, count) => {
                    let Some(larger) = factor.checked_mul(count) else { break };
                    (at, factor) = (next, larger);
                }
            }
        }
        if let Some(slot) = slot {
            slot.set((name, found));
        }
        Ok(found)
    }

    /// The size of a type in bits, as far as its own text states it, or of which type it is so many.
    fn bits_or_name(&self, tree: &Tree<'_>, index: NodeIndex, budget: &mut Budget) -> Result<Measure> {
        let mut count: u64 = 1;
        let mut at = index;
        loop {
            budget.charge_work(4)?;
            if let Some(bytes) = tree.attribute(at, Attribute::ByteSize) {
                return Ok(Measure::Bits(bytes.checked_mul(8).and_then(|bits| bits.checked_mul(count))));
            }
            let inner = tree.type_of(at);
            at = match (tree.kind(at), inner) {
                (NodeKind::Array, Some(inner)) => {
                    let dimensions =
                        tree.children(at).filter(|&child| tree.kind(child) == NodeKind::Dimension);
                    let counts = dimensions.map(|child| tree.attribute(child, Attribute::Count).unwrap_or(0));
                    let Some(larger) = { counts }.try_fold(count, u64::checked_mul) else {
                        return Ok(Measure::Bits(None));
                    };
                    count = larger;
                    inner
                }
                // Clang does not state the size of a pointer.
                (NodeKind::Wrapper(Wrapper::Pointer | Wrapper::Reference | Wrapper::RvalueReference), _) => {
                    let bits = self.pointer_bits().and_then(|bits| bits.checked_mul(count));
                    return Ok(Measure::Bits(bits));
                }
                (NodeKind::Wrapper(_), Some(inner)) => inner,
                (NodeKind::Reference, _) => {
                    let name = tree.name(at).and_then(|name| self.catalog.find(name));
                    return Ok(name.map_or(Measure::Bits(None), |name| Measure::Of(name, count)));
                }
                _ => return Ok(Measure::Bits(None)),
            };
        }
    }

    /// The alignment of a type in bytes, as compilers choose it for what the type consists of.
    ///
    /// DWARF states only what was asked for; that a type is packed shows in the sizes and places of its members.
    pub(crate) fn alignment(
        &self,
        tree: &Tree<'_>,
        index: NodeIndex,
        budget: &mut Budget,
    ) -> Result<Alignment> {
        let mut highest = Alignment { known: 1, has_pointer: false };
        let mut names: Vec<(NameId, u64)> = Vec::new();
        self.alignment_within(tree, index, u64::MAX, &mut highest, &mut names, budget)?;
        let mut next = 0;
        while let Some(&(name, most)) = names.get(next) {
            next = next.saturating_add(1);
            if let Some(record) = self.record(name) {
                let tree = Tree::parse_any(self.catalog.text(record), budget)?;
                self.alignment_within(&tree, Tree::ROOT, most, &mut highest, &mut names, budget)?;
            }
        }
        budget.free(names);
        Ok(highest)
    }

    /// Raises an alignment to what a type string itself asks for, and adds the types that it has values of. Each has the
    /// most that its place allows.
    fn alignment_within(
        &self,
        tree: &Tree<'_>,
        index: NodeIndex,
        most: u64,
        highest: &mut Alignment,
        names: &mut Vec<(NameId, u64)>,
        budget: &mut Budget,
    ) -> Result<()> {
        let mut waiting = Vec::new();
        budget.push(&mut waiting, (index, most))?;
        while let Some((index, most)) = waiting.pop() {
            budget.charge_work(1)?;
            if let Some(stated) = tree.attribute(index, Attribute::Alignment) {
                highest.raise(stated.min(most));
            }
            match tree.kind(index) {
                NodeKind::Base | NodeKind::Enumeration => {
                    let size = tree.attribute(index, Attribute::ByteSize).unwrap_or(1);
                    highest.raise(lowest_bit(size).min(most).min(16));
                }
                NodeKind::Wrapper(Wrapper::Pointer | Wrapper::Reference | Wrapper::RvalueReference) => {
                    match tree.attribute(index, Attribute::ByteSize).or(self.pointer) {
                        Some(size) => highest.raise(lowest_bit(size).min(most)),
                        None => highest.has_pointer |= most > 1,
                    }
                }
                NodeKind::Wrapper(_) | NodeKind::Array => {
                    if let Some(inner) = tree.type_of(index) {
                        budget.push(&mut waiting, (inner, most))?;
                    }
                }
                NodeKind::Structure | NodeKind::Class | NodeKind::Union => {
                    let size = tree.attribute(index, Attribute::ByteSize).unwrap_or(0);
                    for member in tree.items(index) {
                        let bits = tree.attribute(member, Attribute::BitSize);
                        let place = if bits.is_some() { 0 } else { tree.offset(member).unwrap_or(0) >> 3 };
                        let most = most.min(lowest_bit(size | place));
                        if let Some(inner) = tree.type_of(member) {
                            budget.push(&mut waiting, (inner, most))?;
                        }
                    }
                }
                NodeKind::Reference => {
                    budget.charge_bytes(names.len().saturating_mul(16))?;
                    if let Some(name) = tree.name(index).and_then(|name| self.catalog.find(name))
                        && !names.iter().any(|&(known, before)| known == name && before >= most)
                    {
                        budget.push(names, (name, most))?;
                    }
                }
                _ => {}
            }
        }
        budget.free(waiting);
        Ok(())
    }
}

/// The largest power of two that divides a number; of 0, any does.
fn lowest_bit(number: u64) -> u64 {
    match number.trailing_zeros() {
        64 => u64::MAX,
        zeros => 1 << zeros,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::{Lines, Side};
    use dwarfksyms_core::Limits;

    #[test]
    fn sizes_and_alignments_are_found_through_names() {
        let limits = Limits::default();
        let text = b"s#inner structure_type inner { member base_type long byte_size(8) l data_member_location(0) } byte_size(16)\n\
            s#packed structure_type packed { member base_type char byte_size(1) c data_member_location(0) , \
            member base_type long byte_size(8) l data_member_location(1) } byte_size(9)\n\
            t#alias typedef_type alias { array_type[3] { s#inner } }\n\
            s#loop structure_type loop { member s#loop a data_member_location(0) } byte_size(4)\n\
            t#endless typedef_type endless { t#endless }\n\
            v variable array_type[2] { t#alias }";
        let mut catalog = Catalog::new(&limits);
        let lines = Lines::scan(text, &limits).unwrap();
        let file = catalog.add(Side::Old, &lines).unwrap();
        catalog.finish().unwrap();
        let budget = &mut Budget::new(&limits);
        let library = Library::new(&catalog, file, budget).unwrap();
        let mut measure = |name: &[u8]| {
            let tree = library.tree(name, budget).unwrap().unwrap();
            let index = match tree.kind(Tree::ROOT) {
                NodeKind::Variable => tree.type_of(Tree::ROOT).unwrap(),
                _ => Tree::ROOT,
            };
            let bits = library.bits(&tree, index, budget).unwrap();
            (bits, library.alignment(&tree, index, budget).unwrap().known)
        };
        assert_eq!(measure(b"v"), (Some(2 * 3 * 16 * 8), 8));
        assert_eq!(measure(b"s#packed"), (Some(72), 1));
        assert_eq!(measure(b"s#loop").0, Some(32));
        assert_eq!(measure(b"t#endless"), (None, 1));
    }
}
