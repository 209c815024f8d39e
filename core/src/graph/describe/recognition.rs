//! Descriptions that are recognised instead of kept ([`Recognizer`](crate::symtype::Recognizer)).

use gimli::DwTag;

use crate::budget::Budget;
use crate::dwarf::DieId;
use crate::error::{Error, ErrorKind, Result};
use crate::graph::{NodeId, TypeName};
use crate::symtype::Identity;

use super::{Describer, OpenDescription};

impl Describer<'_, '_> {
    /// Ends a description: the first complete one of a node decides what the node is.
    pub(super) fn recognize(
        &mut self,
        ended: OpenDescription,
        tag: DwTag,
        budget: &mut Budget,
    ) -> Result<()> {
        let Some(recognizer) = &mut self.draft.recognizer else { return Ok(()) };
        let Some(node) = self.graph.node_mut(ended.node) else { return Ok(()) };
        let is_symbol = self.frames.is_empty();
        node.open = node.open.saturating_sub(1);
        if node.is_recognized {
            recognizer.drop_description(budget)?;
        } else if recognizer.is_incomplete() {
            // An outer description of the same node says the same, unless it is an item, with or without a comma.
            if node.open == 0 || is_item(tag) {
                return Err(unrecognized());
            }
            recognizer.drop_description(budget)?;
        } else {
            node.is_recognized = true;
            node.identity = Some(match node.identity {
                Some(Identity::Type(name)) => recognizer.end_type(name, budget)?,
                _ if is_symbol => recognizer.end_symbol(budget)?,
                _ => recognizer.end_shape(budget)?,
            });
        }
        match node.identity {
            _ if is_symbol => {}
            Some(identity) => recognizer.resolve(identity, budget)?,
            None => recognizer.leave_incomplete(),
        }
        self.end_waiting(budget)
    }

    /// Goes on with a reference to a node that is not complete, which is described next if it is due.
    pub(super) fn refer_to_unrecognized(
        &mut self,
        node: NodeId,
        id: DieId,
        budget: &mut Budget,
    ) -> Result<()> {
        let is_due = self.is_due(node, id, budget)?;
        let identity = self.graph.node(node).and_then(|node| node.identity);
        let Some(recognizer) = &mut self.draft.recognizer else { return Ok(()) };
        if is_due {
            self.pending = Some((node, id));
        } else if identity.is_none() {
            return recognizer.unfinished_reference(budget);
        }
        recognizer.reference(identity, budget)
    }

    /// Gives a node a name.
    pub(super) fn set_name(&mut self, id: NodeId, name: Option<TypeName>, budget: &mut Budget) -> Result<()> {
        let Some(name) = name else { return Ok(()) };
        let identity = match &mut self.draft.recognizer {
            Some(recognizer) => Some(recognizer.name(name, &self.graph.source(self.dwarf), budget)?),
            None => None,
        };
        if let Some(node) = self.graph.node_mut(id) {
            (node.name, node.identity) = (Some(name), identity);
        }
        Ok(())
    }

    /// Refuses what is recognised only in a graph.
    pub(super) fn refuse_recognition(&self) -> Result<()> {
        if self.draft.recognizer.is_some() { Err(unrecognized()) } else { Ok(()) }
    }
}

/// Whether the description of a DIE begins with a comma, or does not.
fn is_item(tag: DwTag) -> bool {
    matches!(
        tag,
        gimli::DW_TAG_formal_parameter
            | gimli::DW_TAG_member
            | gimli::DW_TAG_enumerator
            | gimli::DW_TAG_variant
            | gimli::DW_TAG_variant_part
    )
}

/// Has the graph say what is wrong, if anything is.
fn unrecognized() -> Error {
    ErrorKind::NamelessCycle.into()
}
