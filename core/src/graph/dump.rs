//! The indented form of a symbol's description (SPEC section 2, `--dump-dies`).
//!
//! Within one symbol a record is expanded where it is met first; later it is only its head and empty braces.
//! A node that this symbol was the first to describe is written as that description went, even if another
//! one counts for the type strings (SPEC section 5, the lost comma); any other node as it was kept.
//! Consecutive line breaks come out as one newline, followed by two spaces per level.

use alloc::vec::Vec;

use crate::budget::Budget;
use crate::error::{Error, ErrorKind, Result};
use crate::object::Dump;

use super::{DescriptionId, Fragment, Graph, Node, NodeId, NodeKind, Span};

const EMPTY: Span = Span { start: 0, end: 0 };

/// Writes indented text, piece by piece.
struct Writer<W> {
    write: W,
    level: usize,
    is_broken: bool,
}

impl<E: From<Error>, W: FnMut(&[u8]) -> Result<(), E>> Writer<W> {
    fn text(&mut self, bytes: &[u8], budget: &mut Budget) -> Result<(), E> {
        if bytes.is_empty() {
            return Ok(());
        }
        if core::mem::take(&mut self.is_broken) {
            (self.write)(b"\n")?;
            budget.charge_work(u64::try_from(self.level).unwrap_or(u64::MAX))?;
            for _ in 0..self.level {
                (self.write)(b"  ")?;
            }
        }
        budget.charge_bytes(bytes.len())?;
        (self.write)(bytes)
    }

    /// Writes a record that was expanded before.
    fn unexpanded(&mut self, head: &[u8], budget: &mut Budget) -> Result<(), E> {
        self.text(head, budget)?;
        self.text(b" {", budget)?;
        self.is_broken = true;
        self.text(b"}", budget)
    }

    /// Tells where a node comes from, in front of it: the offset in `.debug_info`, and whether this symbol
    /// has had it before.
    fn remark(&mut self, node: &Node, is_known: bool, budget: &mut Budget) -> Result<(), E> {
        self.text(b"<", budget)?;
        self.text(itoa::Buffer::new().format(node.die).as_bytes(), budget)?;
        self.text(if is_known { b" again> " } else { b"> " }, budget)
    }
}

/// A description whose fragments are being written.
struct Frame {
    node: NodeId,
    description: DescriptionId,
    /// Whether this is how the symbol at hand came to describe it, not how it was kept.
    is_live: bool,
    /// The fragment to be written next.
    next: usize,
}

impl Graph {
    /// Writes the description of a root, and a line break.
    pub(crate) fn dump<E: From<Error>>(
        &self,
        root: NodeId,
        kind: Dump,
        write: impl FnMut(&[u8]) -> Result<(), E>,
        budget: &mut Budget,
    ) -> Result<(), E> {
        let mut writer = Writer { write, level: 0, is_broken: false };
        let mut expanded: Vec<bool> = Vec::new();
        budget.fill(&mut expanded, self.len(), false)?;
        // By node, while its fragments are being written: the number of records expanded before, and one.
        let mut opened: Vec<u32> = Vec::new();
        budget.fill(&mut opened, self.len(), 0)?;
        let mut records: u32 = 1;
        let mut frames: Vec<Frame> = Vec::new();
        let Some(description) = self.description(root) else { return Ok(()) };
        budget.push(&mut frames, Frame { node: root, description, is_live: true, next: 0 })?;
        while let Some(frame) = frames.last_mut() {
            budget.charge_work(1)?;
            let Some(&fragment) = self.fragments(frame.description).get(frame.next) else {
                if let Some(opened) = opened.get_mut(frame.node.index()) {
                    *opened = 0;
                }
                frames.pop();
                continue;
            };
            frame.next = frame.next.saturating_add(1);
            match fragment {
                Fragment::Text(span) => writer.text(self.text(span), budget)?,
                Fragment::Break => writer.is_broken = true,
                Fragment::Open => writer.level = writer.level.saturating_add(1),
                Fragment::Close => writer.level = writer.level.saturating_sub(1),
                Fragment::Ref(id, begun) => {
                    let begun = begun.filter(|_| frame.is_live);
                    let Some(node) = self.node(id) else { continue };
                    let was_expanded = expanded
                        .get_mut(id.index())
                        .is_some_and(|expanded| core::mem::replace(expanded, true));
                    if kind == Dump::DieMap {
                        writer.remark(node, was_expanded, budget)?;
                    }
                    if node.kind == NodeKind::Record {
                        records = records.saturating_add(1);
                        if was_expanded {
                            writer.unexpanded(self.text(node.head.unwrap_or(EMPTY)), budget)?;
                            continue;
                        }
                    }
                    // Coming back to a node ends only if a record was expanded on the way.
                    let before = opened.get_mut(id.index()).map(|opened| core::mem::replace(opened, records));
                    if before == Some(records) {
                        match node.name {
                            Some(_) => continue,
                            None => return Err(Error::new(ErrorKind::NamelessCycle).into()),
                        }
                    }
                    budget.check_depth(frames.len())?;
                    if let Some(description) = begun.or(node.latest) {
                        let is_live = begun.is_some();
                        budget.push(&mut frames, Frame { node: id, description, is_live, next: 0 })?;
                    }
                }
            }
        }
        (writer.write)(b"\n")
    }
}
