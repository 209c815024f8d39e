//! What the whole walk shares, so that a description depends on what was described before it.
//!
//! Both are weaknesses of the kernel's own tool, and both decide numbers, so a drop-in has them: the lost comma (SPEC
//! section 5), and the old name of a renamed member, which can end up at another one (SPEC section 8). Nothing else
//! survives the description it belongs to. Canonical descriptions have neither.

use alloc::vec::Vec;

use crate::budget::Budget;
use crate::error::Result;
use crate::graph::{NodeId, Span};

use super::Describer;

/// The state that descriptions have in common.
#[derive(Debug, Default)]
pub(super) struct Shared {
    /// Set when a list is entered and cleared when one is left; an item that begins has a comma if it is clear.
    pub(super) at_list_start: bool,
    /// Set when a union that stands for a renamed member is described, and cleared when one for a reserved member is, or
    /// when a member or parameter begins. Whatever member or parameter ends in between is called this.
    pub(super) old_name: Option<Span>,
    /// The members and parameters whose types are being described, the innermost last. Kept only where there are
    /// old names.
    items: Vec<OpenItem>,
    /// The kABI unions that were described, by node.
    unions: Vec<(NodeId, Visit)>,
    /// The number of symbols that were begun.
    symbols: u32,
}

/// A member or parameter that ends when its type is described.
#[derive(Clone, Copy, Debug)]
struct OpenItem {
    /// The number of frames at its end.
    depth: usize,
    /// Where its name stands in the draft, or would stand.
    name: usize,
    is_named: bool,
}

/// How a kABI union was met. It is described when it is met first, and again when a symbol meets it twice for the
/// first time.
#[derive(Clone, Copy, Debug)]
enum Visit {
    /// Described once; the symbol that met it last.
    Once(u32),
    /// Described twice, and never again.
    Twice,
}

impl Shared {
    /// Begins a symbol.
    pub(super) fn begin_symbol(&mut self) {
        self.symbols = self.symbols.saturating_add(1);
    }

    /// Notes that a kABI union is described, if it is for the first time.
    pub(super) fn note_union(&mut self, node: NodeId, budget: &mut Budget) -> Result<()> {
        match self.unions.binary_search_by_key(&node.index(), |(node, _)| node.index()) {
            Ok(_) => Ok(()),
            // Nodes are described in the order of their numbers the first time, so that this is the end.
            Err(at) => budget.insert(&mut self.unions, at, (node, Visit::Once(self.symbols))),
        }
    }

    /// Whether a kABI union that was described before is described again now that it is met once more.
    pub(super) fn is_union_due(&mut self, node: NodeId) -> bool {
        let at = self.unions.binary_search_by_key(&node.index(), |(node, _)| node.index());
        let Some((_, visit)) = at.ok().and_then(|at| self.unions.get_mut(at)) else { return false };
        match visit {
            Visit::Twice => false,
            Visit::Once(symbol) if *symbol == self.symbols => {
                *visit = Visit::Twice;
                true
            }
            Visit::Once(symbol) => {
                *symbol = self.symbols;
                false
            }
        }
    }
}

impl Describer<'_, '_> {
    /// Whether old names go to whatever ends next, instead of to the members that were renamed.
    pub(super) fn shares_old_names(&self) -> bool {
        self.rules.is_stable() && !self.is_canonical
    }

    /// Notes a member or parameter that ends when the node that is pending is described. Its name stands at `name` in
    /// the draft, or would stand there.
    pub(super) fn await_type(&mut self, name: usize, is_named: bool, budget: &mut Budget) -> Result<()> {
        if self.pending.is_none() || !self.shares_old_names() {
            return Ok(());
        }
        let depth = self.frames.len();
        budget.push(&mut self.shared.items, OpenItem { depth, name, is_named })
    }

    /// Ends the innermost member or parameter, if it has waited for the description that has ended.
    pub(super) fn end_item(&mut self, budget: &mut Budget) -> Result<()> {
        let Some(item) = self.shared.items.pop_if(|item| item.depth == self.frames.len()) else {
            return Ok(());
        };
        match self.shared.old_name {
            Some(old) => self.draft.rename(item.name, item.is_named, old, budget),
            None => Ok(()),
        }
    }
}
