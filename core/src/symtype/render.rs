//! From the type graph to type strings (SPEC section 6).
//!
//! In a type string a reference to a named type is the type's name, and an unnamed type is spelled out in
//! place. A break is one space, and so are several in a row within one description.

use alloc::vec::Vec;

use crate::budget::Budget;
use crate::dwarf::Dwarf;
use crate::error::{Error, ErrorKind, Result};
use crate::graph::{Fragment, Graph, NodeId, Texts, TypeName};
use crate::limits::Limit;

use super::length::length;
use super::map::TypeMap;
use super::names::TypeId;
use super::string::TypeString;
use super::writing::Writer;

/// Renders the types of one graph.
#[derive(Debug)]
pub(crate) struct Renderer<'a, 'd> {
    graph: &'a Graph,
    source: Texts<'a, 'd>,
    /// By node: whether a named one was met, or an unnamed one is being written.
    met: Vec<bool>,
    /// By node: one more than the number of its type name, as far as it was asked for, or 0.
    numbers: Vec<u32>,
    /// Named nodes that were met and have not been rendered.
    due: Vec<NodeId>,
    /// The nodes around the one that is being written.
    frames: Vec<Frame<'a>>,
    /// The text of one name.
    name: Vec<u8>,
    /// The string that is being written.
    writer: Writer,
}

/// What is longer than any honest string is measured before the rest is written, because it may be
/// exponentially long.
const MEASURED_FROM: usize = 1 << 20;

/// A node whose fragments are being written.
#[derive(Clone, Copy, Debug)]
struct Frame<'a> {
    node: NodeId,
    /// The fragments to be written still.
    rest: &'a [Fragment],
    after_break: bool,
}

impl<'a, 'd> Renderer<'a, 'd> {
    pub(crate) fn new(
        graph: &'a Graph,
        dwarf: &'a Dwarf<'d>,
        budget: &mut Budget,
    ) -> Result<Renderer<'a, 'd>> {
        let (mut met, mut numbers) = (Vec::new(), Vec::new());
        budget.fill(&mut met, graph.len(), false)?;
        budget.fill(&mut numbers, graph.len(), 0)?;
        let source = graph.source(dwarf);
        Ok(Renderer {
            graph,
            source,
            met,
            numbers,
            due: Vec::new(),
            frames: Vec::new(),
            name: Vec::new(),
            writer: Writer::default(),
        })
    }

    /// Gives back what it has cost.
    pub(crate) fn free(self, budget: &mut Budget) {
        budget.free(self.met);
        budget.free(self.numbers);
        budget.free(self.due);
        budget.free(self.frames);
        budget.free(self.name);
        self.writer.free(budget);
    }

    /// The string of a root. The named types that it reaches become due.
    pub(crate) fn root(
        &mut self,
        root: NodeId,
        map: &mut TypeMap,
        budget: &mut Budget,
    ) -> Result<TypeString> {
        self.walk(root, map, budget)?;
        self.writer.finish(budget)?.copied(budget)
    }

    /// Renders the named types that are due, and those that they reach, into the map.
    pub(crate) fn types(&mut self, map: &mut TypeMap, budget: &mut Budget) -> Result<()> {
        while let Some(node) = self.due.pop() {
            let Some(name) = self.graph.node(node).and_then(|node| node.name) else { continue };
            let number = self.number(node, name, map, budget)?;
            self.walk(node, map, budget)?;
            map.offer(number, self.writer.finish(budget)?, budget)?;
        }
        Ok(())
    }

    /// Writes a node's string. The named types that are referred to become due.
    fn walk(&mut self, root: NodeId, map: &mut TypeMap, budget: &mut Budget) -> Result<()> {
        self.writer.clear();
        let walked = self.walk_from(root, map, budget);
        while let Some(frame) = self.frames.pop() {
            self.leave(frame.node);
        }
        walked.map_err(|error| match self.graph.node(root) {
            Some(node) => error.at(self.source.dwarf.place(node.die)),
            None => error,
        })
    }

    fn walk_from(&mut self, root: NodeId, map: &mut TypeMap, budget: &mut Budget) -> Result<()> {
        let (graph, source) = (self.graph, self.source);
        let mut is_measured = false;
        let mut frame = Frame::new(graph, root, budget)?;
        loop {
            let Some((&fragment, rest)) = frame.rest.split_first() else {
                self.leave(frame.node);
                match self.frames.pop() {
                    Some(outer) => frame = outer,
                    None => return self.writer.finish(budget).map(drop),
                }
                continue;
            };
            frame.rest = rest;
            let was_break = core::mem::replace(&mut frame.after_break, fragment.ends_in_break());
            match fragment {
                Fragment::Ref(id, _) => match self.enter(id, budget)? {
                    None => {
                        if self.writer.len() > MEASURED_FROM && !is_measured {
                            is_measured = true;
                            let length = length(graph, &source, root, budget)?;
                            budget.check(Limit::Text, usize::try_from(length).unwrap_or(usize::MAX))?;
                        }
                        budget.push(&mut self.frames, frame)?;
                        frame = Frame::new(graph, id, budget)?;
                    }
                    Some(name) => {
                        let id = self.number(id, name, map, budget)?;
                        self.writer.reference(id, map.name(id), budget)?;
                    }
                },
                fragment => self.writer.fragment(fragment.after_break(was_break), &source, budget)?,
            }
        }
    }

    /// Leaves a node that was written.
    fn leave(&mut self, node: NodeId) {
        if self.graph.node(node).is_some_and(|node| node.name.is_none()) {
            self.set_met(node, false);
        }
    }

    /// Meets a node that was referred to: if it has a name, that comes here, and the node is due if it was not met
    /// before; otherwise its text comes here.
    #[inline]
    fn enter(&mut self, id: NodeId, budget: &mut Budget) -> Result<Option<TypeName>> {
        let Some(node) = self.graph.node(id) else { return Ok(None) };
        let was_met = self.set_met(id, true);
        if node.name.is_some() {
            if !was_met {
                budget.push(&mut self.due, id)?;
            }
            return Ok(node.name);
        }
        if was_met {
            return Err(Error::new(ErrorKind::NamelessCycle).at(self.source.dwarf.place(node.die)));
        }
        budget.check(Limit::Depth, self.frames.len().saturating_add(1))?;
        Ok(None)
    }

    /// The number of a node's type name.
    #[inline(always)]
    fn number(
        &mut self,
        node: NodeId,
        name: TypeName,
        map: &mut TypeMap,
        budget: &mut Budget,
    ) -> Result<TypeId> {
        match self.numbers.get(node.index()).and_then(|number| number.checked_sub(1)) {
            Some(number) => Ok(TypeId(number)),
            None => self.find_number(node, name, map, budget),
        }
    }

    fn find_number(
        &mut self,
        node: NodeId,
        name: TypeName,
        map: &mut TypeMap,
        budget: &mut Budget,
    ) -> Result<TypeId> {
        let number = map.intern_name(name, &self.source, &mut self.name, budget)?;
        if let Some(slot) = self.numbers.get_mut(node.index()) {
            *slot = number.0.saturating_add(1);
        }
        Ok(number)
    }

    /// Notes that a node was met, or is no longer being written; returns what was noted before.
    #[inline]
    fn set_met(&mut self, id: NodeId, is_met: bool) -> bool {
        self.met.get_mut(id.index()).is_some_and(|met| core::mem::replace(met, is_met))
    }
}

impl<'a> Frame<'a> {
    /// Begins a node, and pays for all of its fragments.
    #[inline]
    fn new(graph: &'a Graph, node: NodeId, budget: &mut Budget) -> Result<Frame<'a>> {
        let rest = graph.description(node).map(|id| graph.fragments(id)).unwrap_or_default();
        let count = u64::try_from(rest.len()).unwrap_or(u64::MAX);
        budget.charge_work(count.saturating_mul(1 + Writer::STEPS).saturating_add(1))?;
        Ok(Frame { node, rest, after_break: false })
    }
}
