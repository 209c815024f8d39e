//! What the whole walk shares, so that a description depends on what was described before it.
//!
//! Both are weaknesses of the kernel's own tool, and both decide numbers, so a drop-in has them: the lost comma (SPEC
//! section 5), and the old name of a renamed member, which can end up at another one (SPEC section 8). Nothing else
//! survives the description it belongs to. Canonical descriptions have neither.

use alloc::vec::Vec;

use crate::graph::{DescriptionId, NodeId, Span};

/// The state that descriptions have in common.
#[derive(Debug, Default)]
pub(super) struct Shared {
    /// Set when a list is entered and cleared when one is left; an item that begins has a comma if it is clear.
    pub(super) at_list_start: bool,
    /// Set when a union that stands for a renamed member is described, and cleared when one for a reserved member is, or
    /// when a member or parameter begins. Whatever member or parameter ends in between is called this.
    pub(super) old_name: Option<Span>,
    /// What ends when nodes are done that are being described or visited, the innermost last. Kept only where there
    /// are old names.
    pub(super) waiting: Vec<Waiting>,
    /// The kABI unions that were described, by node.
    pub(super) unions: Vec<(NodeId, Described)>,
    /// Whether anything can be met twice that leads to a kABI union, so that complete nodes are visited.
    pub(super) visits_all: bool,
    /// The complete nodes that the symbol came to without visiting them.
    pub(super) skipped: Vec<NodeId>,
    /// How many second descriptions of kABI unions are not finished.
    pub(super) second: u32,
    /// The visits that are not finished.
    pub(super) visits: Vec<Visit>,
    /// The number of records that had been entered when the symbol was begun.
    pub(super) start: u32,
}

/// How a kABI union was described.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Described {
    pub(super) first: bool,
    pub(super) second: bool,
}

/// What ends when a node is done.
#[derive(Clone, Copy, Debug)]
pub(super) struct Waiting {
    /// The number of frames and of visits at the end.
    pub(super) depth: (usize, usize),
    pub(super) what: Ending,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Ending {
    /// A member or parameter: where its name stands in the draft, or would stand, and whether it has one.
    Item(usize, bool),
    /// The second description of a kABI union.
    Union,
}

/// A complete node, to whose fragments a symbol comes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Visit {
    pub(super) description: DescriptionId,
    /// The fragment that comes next.
    pub(super) next: usize,
    /// The number of frames around it.
    pub(super) depth: usize,
}

impl Shared {
    /// Whether there are kABI unions to meet.
    #[inline]
    pub(super) fn has_unions(&self) -> bool {
        !self.unions.is_empty()
    }

    /// Whether no record is entered.
    #[inline]
    pub(super) fn is_closed(&self) -> bool {
        self.second != 0
    }

    pub(super) fn position(&self, node: NodeId) -> Result<usize, usize> {
        self.unions.binary_search_by_key(&node.index(), |(node, _)| node.index())
    }

    pub(super) fn union(&self, node: NodeId) -> Option<&(NodeId, Described)> {
        self.unions.get(self.position(node).ok()?)
    }

    pub(super) fn union_mut(&mut self, node: NodeId) -> Option<&mut (NodeId, Described)> {
        let at = self.position(node).ok()?;
        self.unions.get_mut(at)
    }
}
