//! Writes a tree as the type string that it came from (SPEC section 5).

use alloc::vec::Vec;

use dwarfksyms_core::budget::Budget;
use dwarfksyms_core::{Limits, Result};

use super::tree::{Attribute, NodeIndex, NodeKind, Tree};

/// What is still to be written of a node when what is inside it has been.
struct Open {
    index: usize,
    /// One past what is inside.
    end: usize,
    /// Whether a closing parenthesis has come.
    has_parameters: bool,
    /// Whether an item was written.
    has_items: bool,
}

impl Tree<'_> {
    /// The type string.
    ///
    /// # Errors
    /// A limit.
    pub fn to_text(&self, limits: &Limits) -> Result<Vec<u8>> {
        self.write(&mut Budget::new(limits))
    }

    /// The same as one of many, which are paid for together.
    ///
    /// # Errors
    /// A limit.
    pub fn write(&self, budget: &mut Budget) -> Result<Vec<u8>> {
        let mut writer = Writer { text: Vec::new(), open: Vec::new() };
        let mut index = 0;
        while let Some(node) = self.nodes.get(index) {
            writer.close_before(self, index, budget)?;
            writer.begin_in_list(self, index, budget)?;
            writer.begin(self, NodeIndex(index), budget)?;
            budget.push(
                &mut writer.open,
                Open { index, end: node.end, has_parameters: false, has_items: false },
            )?;
            index = index.saturating_add(1);
        }
        writer.close_before(self, index, budget)?;
        budget.free(writer.open);
        Ok(writer.text)
    }
}

struct Writer {
    text: Vec<u8>,
    open: Vec<Open>,
}

impl Writer {
    /// Writes a word, and a space before it.
    fn word(&mut self, word: &[u8], budget: &mut Budget) -> Result<()> {
        if !self.text.is_empty() {
            budget.push(&mut self.text, b' ')?;
        }
        self.glued(word, budget)
    }

    fn glued(&mut self, word: &[u8], budget: &mut Budget) -> Result<()> {
        budget.charge_bytes(word.len())?;
        budget.extend(&mut self.text, word)
    }

    /// What comes between a node and what it is in.
    fn begin_in_list(&mut self, tree: &Tree<'_>, index: usize, budget: &mut Budget) -> Result<()> {
        let kind = tree.kind(NodeIndex(index));
        let Some(open) = self.open.last_mut() else { return Ok(()) };
        let outer = tree.kind(NodeIndex(open.index));
        let had_items = open.has_items;
        if kind.is_item() {
            open.has_items = true;
            let is_glued = tree.node(NodeIndex(index)).is_some_and(|node| node.has_lost_comma);
            if had_items && !is_glued {
                self.word(b",", budget)?;
            }
        } else if matches!(outer, NodeKind::Subroutine | NodeKind::Subprogram) && !open.has_parameters {
            open.has_parameters = true;
            self.word(b") ->", budget)?;
        }
        Ok(())
    }

    /// Writes what comes before what is inside a node.
    fn begin(&mut self, tree: &Tree<'_>, index: NodeIndex, budget: &mut Budget) -> Result<()> {
        let Some(node) = tree.node(index) else { return Ok(()) };
        match node.kind {
            NodeKind::Dimension => return self.dimension(tree, index, budget),
            NodeKind::Reference | NodeKind::Text => return self.word(node.name.unwrap_or_default(), budget),
            kind if node.has_lost_comma => self.glued(kind.word(), budget)?,
            kind => self.word(kind.word(), budget)?,
        }
        match node.kind {
            NodeKind::Member | NodeKind::Parameter => {}
            _ => self.name(node.name, budget)?,
        }
        match node.kind {
            NodeKind::Base | NodeKind::Enumerator => self.attributes(tree, index, budget),
            NodeKind::Array if tree.children(index).any(|child| tree.kind(child) == NodeKind::Dimension) => {
                Ok(())
            }
            NodeKind::Subroutine | NodeKind::Subprogram => self.word(b"(", budget),
            NodeKind::Variable | NodeKind::Unspecified | NodeKind::Member | NodeKind::Parameter => Ok(()),
            _ => self.word(b"{", budget),
        }
    }

    /// `[N]`, and the brace behind the last.
    fn dimension(&mut self, tree: &Tree<'_>, index: NodeIndex, budget: &mut Budget) -> Result<()> {
        self.glued(b"[", budget)?;
        if let Some(count) = tree.attribute(index, Attribute::Count) {
            self.number(count, budget)?;
        }
        self.glued(b"]", budget)?;
        let next = NodeIndex(index.0.saturating_add(1));
        if tree.kind(next) == NodeKind::Dimension { Ok(()) } else { self.word(b"{", budget) }
    }

    /// Ends all nodes that are complete before the one at `index`.
    fn close_before(&mut self, tree: &Tree<'_>, index: usize, budget: &mut Budget) -> Result<()> {
        while let Some(open) = self.open.pop_if(|open| open.end <= index) {
            let node = NodeIndex(open.index);
            match tree.kind(node) {
                NodeKind::Base
                | NodeKind::Enumerator
                | NodeKind::Dimension
                | NodeKind::Subroutine
                | NodeKind::Subprogram
                | NodeKind::Variable
                | NodeKind::Unspecified
                | NodeKind::Reference
                | NodeKind::Text => continue,
                NodeKind::Member | NodeKind::Parameter => {
                    self.name(tree.name(node), budget)?;
                }
                _ => self.word(b"}", budget)?,
            }
            self.attributes(tree, node, budget)?;
        }
        Ok(())
    }

    fn name(&mut self, name: Option<&[u8]>, budget: &mut Budget) -> Result<()> {
        name.map_or(Ok(()), |name| self.word(name, budget))
    }

    fn attributes(&mut self, tree: &Tree<'_>, index: NodeIndex, budget: &mut Budget) -> Result<()> {
        for &(attribute, value) in tree.attributes(index) {
            if attribute == Attribute::Value {
                self.word(b"= ", budget)?;
                self.number(value, budget)?;
                continue;
            }
            self.word(attribute.word(), budget)?;
            self.glued(b"(", budget)?;
            self.number(value, budget)?;
            self.glued(b")", budget)?;
        }
        Ok(())
    }

    fn number(&mut self, number: u64, budget: &mut Budget) -> Result<()> {
        self.glued(itoa::Buffer::new().format(number).as_bytes(), budget)
    }
}
