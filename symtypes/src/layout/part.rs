//! A part of a type string, and what it says by itself.

use alloc::rc::Rc;
use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::types::{Attribute, NodeIndex, NodeKind, Tree};

/// A part of a type string, wherever that stands.
#[derive(Clone, Debug)]
pub(crate) struct Part<'t> {
    pub(crate) tree: Rc<Tree<'t>>,
    pub(crate) index: NodeIndex,
}

impl<'t> Part<'t> {
    pub(super) fn new(tree: Rc<Tree<'t>>, index: NodeIndex) -> Part<'t> {
        Part { tree, index }
    }

    /// The whole of a tree.
    pub(crate) fn root(tree: Tree<'t>) -> Part<'t> {
        Part::new(Rc::new(tree), Tree::ROOT)
    }

    pub(crate) fn kind(&self) -> NodeKind {
        self.tree.kind(self.index)
    }

    pub(crate) fn name(&self) -> Option<&'t [u8]> {
        self.tree.name(self.index)
    }

    pub(crate) fn attribute(&self, attribute: Attribute) -> Option<u64> {
        self.tree.attribute(self.index, attribute)
    }

    /// The type of an item, of an array's elements, or what a wrapper is around.
    pub(crate) fn inner(&self) -> Option<Part<'t>> {
        Some(Part { tree: Rc::clone(&self.tree), index: self.tree.type_of(self.index)? })
    }

    pub(crate) fn at(&self, index: NodeIndex) -> Part<'t> {
        Part { tree: Rc::clone(&self.tree), index }
    }

    /// How many nodes begin before this one in a part that it is in.
    pub(super) fn depth_in(&self, part: &Part<'t>) -> Option<usize> {
        let distance = NodeIndex::distance(part.index, self.index)?;
        let is_inside = Rc::ptr_eq(&self.tree, &part.tree) && distance < part.tree.part(part.index).len();
        is_inside.then_some(distance)
    }

    /// The number of elements in each dimension of an array, as far as it is stated.
    pub(super) fn dimensions(&self) -> impl Iterator<Item = Option<u64>> + use<'_, 't> {
        let children = self.tree.children(self.index);
        let children = children.filter(|&child| self.tree.kind(child) == NodeKind::Dimension);
        children.map(|child| self.tree.attribute(child, Attribute::Count))
    }

    /// Whether the lengths of an array are numbers, rather than an expression that nobody has computed.
    pub(super) fn are_dimensions_known(&self) -> bool {
        let mut children = self.tree.children(self.index);
        children.all(|child| self.tree.kind(child) != NodeKind::Dimension || self.tree.name(child).is_none())
    }

    pub(super) fn are_dimensions_positive(&self) -> bool {
        self.dimensions().all(|count| count.is_some_and(|count| count > 0))
    }

    /// Whether an array, or what is no array, is as long as another one.
    pub(crate) fn has_dimensions_of(&self, other: &Part<'_>) -> bool {
        let is_known = self.are_dimensions_known() && other.are_dimensions_known();
        is_known && self.dimensions().eq(other.dimensions())
    }

    /// The items in it.
    pub(crate) fn items(&self) -> impl Iterator<Item = Part<'t>> + use<'_, 't> {
        self.tree.items(self.index).map(|index| self.at(index))
    }

    /// The type in one line.
    pub(crate) fn text(&self, budget: &mut Budget) -> Result<Vec<u8>> {
        self.tree.short_text(self.index, budget)
    }

    /// Whether this is a type with items of which nothing is said: a declaration.
    pub(crate) fn is_declared(&self) -> bool {
        self.kind().is_aggregate()
            && self.tree.items(self.index).next().is_none()
            && self.tree.own_size(self.index).is_none()
    }
}
