//! Changes a tree, as kABI rules and member names change what a type string says (SPEC section 8).
//!
//! Positions behind a part that is removed or replaced change: whoever has several edits makes the last one first.

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use super::tree::{Attribute, NodeIndex, Tree};

impl<'t> Tree<'t> {
    /// The same tree once more, to be changed.
    pub(crate) fn copy(&self, budget: &mut Budget) -> Result<Tree<'t>> {
        let mut copy = Tree::default();
        budget.charge_bytes(self.nodes.len().saturating_mul(64))?;
        budget.extend(&mut copy.nodes, &self.nodes)?;
        budget.extend(&mut copy.attributes, &self.attributes)?;
        Ok(copy)
    }

    /// Takes a part out.
    pub(crate) fn remove(&mut self, index: NodeIndex, budget: &mut Budget) -> Result<()> {
        self.splice(index, self.part(index).len(), 0, budget)?;
        Ok(())
    }

    /// Puts a part of another tree in the place of one.
    pub(crate) fn replace(
        &mut self,
        index: NodeIndex,
        other: &Tree<'t>,
        other_index: NodeIndex,
        budget: &mut Budget,
    ) -> Result<()> {
        let part = other.part(other_index);
        let shift = self.attributes.len();
        budget.charge_bytes(other.attributes.len().saturating_mul(16))?;
        budget.extend(&mut self.attributes, &other.attributes)?;
        self.splice(index, self.part(index).len(), part.len(), budget)?;
        let places = self.nodes.get_mut(index.0..).unwrap_or_default();
        for (place, node) in places.iter_mut().zip(part) {
            *place = *node;
            place.end = node.end.saturating_sub(other_index.0).saturating_add(index.0);
            place.first_attribute = node.first_attribute.saturating_add(shift);
            place.last_attribute = node.last_attribute.saturating_add(shift);
        }
        Ok(())
    }

    /// Takes out what is inside a node, and what is said of it behind that: what remains is a declaration.
    pub(crate) fn declare(&mut self, index: NodeIndex, budget: &mut Budget) -> Result<()> {
        let inside = self.part(index).len().saturating_sub(1);
        self.splice(NodeIndex::after(index, 1), inside, 0, budget)?;
        if let Some(node) = self.nodes.get_mut(index.0) {
            node.last_attribute = node.first_attribute;
        }
        Ok(())
    }

    /// Gives a node another name.
    pub(crate) fn rename(&mut self, index: NodeIndex, name: Option<&'t [u8]>) {
        if let Some(node) = self.nodes.get_mut(index.0) {
            node.name = name;
        }
    }

    /// Gives an attribute another value, if the node has it.
    pub(crate) fn restate(&mut self, index: NodeIndex, attribute: Attribute, value: u64) {
        let Some(&node) = self.node(index) else { return };
        let own = self.attributes.get_mut(node.first_attribute..node.last_attribute).unwrap_or_default();
        own.iter_mut().filter(|(known, _)| *known == attribute).for_each(|(_, known)| *known = value);
    }

    /// Makes room for `new` nodes where `old` were; what is around them knows of it, what they are is left to the caller.
    fn splice(&mut self, index: NodeIndex, old: usize, new: usize, budget: &mut Budget) -> Result<()> {
        let NodeIndex(start) = index;
        budget.charge_bytes(self.nodes.len().saturating_mul(size_of::<usize>()))?;
        let Some(&first) = self.nodes.get(start).or(self.nodes.last()) else { return Ok(()) };
        for node in self.nodes.get_mut(..start).unwrap_or_default() {
            if node.end > start {
                node.end = node.end.saturating_add(new).saturating_sub(old);
            }
        }
        let behind = start.saturating_add(old).min(self.nodes.len());
        for node in self.nodes.get_mut(behind..).unwrap_or_default() {
            node.end = node.end.saturating_add(new).saturating_sub(old);
        }
        budget.reserve(&mut self.nodes, new)?;
        self.nodes.splice(start..behind, core::iter::repeat_n(first, new));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dwarfksyms_core::Limits;
    use std::string::String;

    const OLD: &str = "structure_type s { member base_type int byte_size(4) encoding(5) a data_member_location(0) , \
                       member s#t b data_member_location(8) } byte_size(16)";

    fn edited(text: &str, edit: impl FnOnce(&mut Tree<'static>, &mut Budget)) -> String {
        let limits = Limits::default();
        let text: &'static [u8] = std::boxed::Box::leak(text.as_bytes().to_vec().into_boxed_slice());
        let mut tree = Tree::of(text, &limits).unwrap().unwrap();
        edit(&mut tree, &mut Budget::new(&limits));
        let written = tree.to_text(&limits).unwrap();
        // The positions are those that the text itself gives.
        assert!(Tree::of(&written, &limits).unwrap().unwrap().is_same(Tree::ROOT, &tree, Tree::ROOT));
        String::from_utf8(written).unwrap()
    }

    fn member(tree: &Tree<'_>, at: usize) -> NodeIndex {
        tree.items(Tree::ROOT).nth(at).unwrap()
    }

    #[test]
    fn members_are_removed_renamed_and_replaced() {
        let first = edited(OLD, |tree, budget| tree.remove(member(tree, 0), budget).unwrap());
        assert_eq!(first, "structure_type s { member s#t b data_member_location(8) } byte_size(16)");
        let last = edited(OLD, |tree, budget| {
            tree.remove(member(tree, 1), budget).unwrap();
            tree.restate(Tree::ROOT, Attribute::ByteSize, 4);
        });
        let expected = "structure_type s { member base_type int byte_size(4) encoding(5) a data_member_location(0) } \
                        byte_size(4)";
        assert_eq!(last, expected);
        let renamed = edited(OLD, |tree, _| tree.rename(member(tree, 1), Some(b"c")));
        assert_eq!(renamed, OLD.replace("s#t b", "s#t c"));
        let replaced = edited(OLD, |tree, budget| {
            let text = b"variable pointer_type { e#e } byte_size(8)";
            let other = Tree::of(text, &Limits::default()).unwrap().unwrap();
            let index = tree.type_of(member(tree, 0)).unwrap();
            tree.replace(index, &other, other.type_of(Tree::ROOT).unwrap(), budget).unwrap();
        });
        let expected =
            OLD.replace("base_type int byte_size(4) encoding(5)", "pointer_type { e#e } byte_size(8)");
        assert_eq!(replaced, expected);
        assert_eq!(
            edited(OLD, |tree, budget| tree.declare(Tree::ROOT, budget).unwrap()),
            "structure_type s { }"
        );
    }
}
