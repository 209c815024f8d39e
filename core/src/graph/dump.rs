//! The indented form of a symbol's description (SPEC section 2, `--dump-dies`).
//!
//! Within one symbol a record is expanded where it is met first; later it is only its head and empty braces.
//! A node that this symbol was the first to describe is written as that description went, even if another
//! one counts for the type strings (SPEC section 5, the lost comma); any other node as it was kept.
//! Consecutive line breaks come out as one newline, followed by two spaces per level.

use alloc::vec::Vec;

use crate::budget::Budget;
use crate::dwarf::Dwarf;
use crate::error::{Error, ErrorKind, Place, Result};
use crate::limits::Limit;
use crate::options::Dump;

use super::{DescriptionId, Fragment, Graph, NodeId, NodeKind, Source};
use crate::word::Word;

/// Writes indented text, piece by piece.
struct Writer<W> {
    write: W,
    /// The bytes that were written.
    written: usize,
    level: usize,
    is_broken: bool,
}

impl<E: From<Error>, W: FnMut(&[u8]) -> Result<(), E>> Writer<W> {
    fn text(&mut self, bytes: &[u8], budget: &mut Budget) -> Result<(), E> {
        if bytes.is_empty() {
            return Ok(());
        }
        self.written = self.written.saturating_add(bytes.len());
        if core::mem::take(&mut self.is_broken) {
            self.written = self.written.saturating_add(self.level.saturating_mul(2)).saturating_add(1);
            (self.write)(b"\n")?;
            budget.charge_work(u64::try_from(self.level).unwrap_or(u64::MAX))?;
            for _ in 0..self.level {
                (self.write)(b"  ")?;
            }
        }
        budget.check(Limit::Text, self.written)?;
        budget.charge_bytes(bytes.len())?;
        (self.write)(bytes)
    }

    /// Notes that what comes next begins a line of this level.
    fn line_break(&mut self, level: usize) {
        self.level = level;
        self.is_broken = true;
    }

    /// Writes a record that was expanded before: what comes before the break, and the closing brace.
    fn unexpanded(
        &mut self,
        fragments: &[Fragment],
        source: Source<'_, '_>,
        budget: &mut Budget,
    ) -> Result<(), E> {
        for &fragment in fragments {
            if let Fragment::Open(word) = fragment {
                self.text(word.text(), budget)?;
                break;
            }
            source.write(fragment, budget, |piece, budget| self.text(piece, budget))?;
        }
        self.is_broken = true;
        self.text(Word::CloseBrace.text(), budget)
    }

    /// Tells where a node comes from, in front of it: the offset in `.debug_info`, and whether this symbol
    /// has had it before.
    fn remark(&mut self, place: Place, is_known: bool, budget: &mut Budget) -> Result<(), E> {
        self.text(b"<", budget)?;
        self.text(itoa::Buffer::new().format(place.offset).as_bytes(), budget)?;
        self.text(if is_known { b" again> " } else { b"> " }, budget)
    }
}

/// A description whose fragments are being written.
#[derive(Debug)]
struct Frame {
    node: NodeId,
    description: DescriptionId,
    /// Whether this is how the symbol at hand came to describe it, not how it was kept.
    is_live: bool,
    /// Whether it belongs to a kABI union that the symbol had met before: no record in it is expanded.
    is_closed: bool,
    /// The fragment to be written next.
    next: usize,
}

/// Writes the descriptions of a graph's roots.
#[derive(Debug)]
pub(crate) struct Dumper<'g, 'd> {
    graph: &'g Graph,
    source: Source<'g, 'd>,
    /// Where the nodes' DIEs are.
    places: &'g [Place],
    kind: Dump,
    /// By node: the last root that a record was expanded for.
    expanded: Vec<u32>,
    /// By node, while it is being written: the number of records that were met before; else 0.
    opened: Vec<u32>,
    roots: u32,
    records: u32,
    frames: Vec<Frame>,
}

impl<'g, 'd> Dumper<'g, 'd> {
    pub(crate) fn new(
        graph: &'g Graph,
        dwarf: &'g Dwarf<'d>,
        places: &'g [Place],
        kind: Dump,
        budget: &mut Budget,
    ) -> Result<Dumper<'g, 'd>> {
        let (mut expanded, mut opened) = (Vec::new(), Vec::new());
        budget.fill(&mut expanded, graph.len(), 0)?;
        budget.fill(&mut opened, graph.len(), 0)?;
        let source = graph.source(dwarf);
        Ok(Dumper { graph, source, places, kind, expanded, opened, roots: 0, records: 1, frames: Vec::new() })
    }

    /// Writes the description of a root, and a line break.
    pub(crate) fn dump<E: From<Error>>(
        &mut self,
        root: NodeId,
        write: impl FnMut(&[u8]) -> Result<(), E>,
        budget: &mut Budget,
    ) -> Result<(), E> {
        let mut writer = Writer { write, written: 0, level: 0, is_broken: false };
        self.roots = self.roots.checked_add(1).ok_or_else(|| Error::new(ErrorKind::OutOfMemory))?;
        self.open(root, None, (true, false), budget)?;
        while let Some(frame) = self.frames.last_mut() {
            budget.charge_work(1)?;
            let Some(&fragment) = self.graph.fragments(frame.description).get(frame.next) else {
                let node = frame.node;
                self.frames.pop();
                self.set_opened(node, 0);
                continue;
            };
            frame.next = frame.next.saturating_add(1);
            match fragment {
                Fragment::Break => writer.line_break(writer.level),
                Fragment::Item(word) => {
                    writer.text(Word::Comma.text(), budget)?;
                    writer.line_break(writer.level);
                    writer.text(word.text(), budget)?;
                }
                Fragment::Open(word) => {
                    writer.text(word.text(), budget)?;
                    writer.line_break(writer.level.saturating_add(1));
                }
                Fragment::Close(word) => {
                    writer.line_break(writer.level.saturating_sub(1));
                    writer.text(word.text(), budget)?;
                }
                Fragment::Ref(id, begun) => {
                    let (begun, is_closed) = (begun.filter(|_| frame.is_live), frame.is_closed);
                    self.reference(id, begun, is_closed, &mut writer, budget)?;
                }
                fragment => {
                    self.source.write(fragment, budget, |piece, budget| writer.text(piece, budget))?;
                }
            }
        }
        (writer.write)(b"\n")
    }

    fn reference<E: From<Error>, W: FnMut(&[u8]) -> Result<(), E>>(
        &mut self,
        id: NodeId,
        begun: Option<DescriptionId>,
        is_closed: bool,
        writer: &mut Writer<W>,
        budget: &mut Budget,
    ) -> Result<(), E> {
        let (Some(node), Some(&place)) = (self.graph.node(id), self.places.get(id.index())) else {
            return Ok(());
        };
        let root = self.roots;
        let expanded = if is_closed { None } else { self.expanded.get_mut(id.index()) };
        let was_expanded = expanded.is_none_or(|slot| core::mem::replace(slot, root) == root);
        let is_closed = is_closed || (was_expanded && node.kind == NodeKind::Placeholder);
        if self.kind == Dump::DieMap {
            writer.remark(place, was_expanded, budget)?;
        }
        if node.kind == NodeKind::Record {
            self.records = self.records.checked_add(1).ok_or_else(|| Error::new(ErrorKind::OutOfMemory))?;
            if was_expanded {
                let description = self.graph.description(id);
                let fragments = description.map(|id| self.graph.fragments(id)).unwrap_or_default();
                return writer.unexpanded(fragments, self.source, budget);
            }
        }
        // Coming back to a node ends only if a record was met on the way.
        match (self.set_opened(id, self.records), node.name) {
            (before, Some(_)) if before == self.records => Ok(()),
            (before, None) if before == self.records => {
                Err(Error::new(ErrorKind::NamelessCycle).at(place).into())
            }
            _ => Ok(self.open(id, begun, (false, is_closed), budget)?),
        }
    }

    /// Goes on with a node's fragments: those of the description that was begun here, or those that count.
    fn open(
        &mut self,
        node: NodeId,
        begun: Option<DescriptionId>,
        (is_root, is_closed): (bool, bool),
        budget: &mut Budget,
    ) -> Result<()> {
        budget.check(Limit::Depth, self.frames.len())?;
        let Some(description) = begun.or(self.graph.description(node)) else { return Ok(()) };
        let is_live = is_root || begun.is_some();
        budget.push(&mut self.frames, Frame { node, description, is_live, is_closed, next: 0 })
    }

    /// Notes how many records were met when a node was opened; returns what was noted before.
    fn set_opened(&mut self, node: NodeId, records: u32) -> u32 {
        self.opened.get_mut(node.index()).map_or(0, |slot| core::mem::replace(slot, records))
    }
}
