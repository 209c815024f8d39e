//! From the type graph to type strings (SPEC section 6).
//!
//! In a type string a reference to a named type is the type's name, and an unnamed type is spelled out in
//! place. A break is one space, and so are several in a row within one description.

use alloc::vec::Vec;

use crate::budget::Budget;
use crate::dwarf::Dwarf;
use crate::error::{Error, ErrorKind, Result};
use crate::graph::{Fragment, Graph, Node, NodeId};
use crate::limits::Limit;

use super::length::length;
use super::map::TypeMap;
use super::string::{TypeRef, TypeString};

/// Renders the types of one graph.
#[derive(Debug)]
pub(crate) struct Renderer<'a> {
    graph: &'a Graph,
    /// For the places of errors.
    dwarf: &'a Dwarf<'a>,
    /// By node: whether a named one was met, or an unnamed one is being written.
    met: Vec<bool>,
    /// Named nodes that were met and have not been rendered.
    due: Vec<NodeId>,
    frames: Vec<Frame>,
}

/// What is longer than any honest string is measured before the rest is written, because it may be
/// exponentially long.
const MEASURED_FROM: usize = 1 << 20;

/// A node whose fragments are being written.
#[derive(Debug)]
struct Frame {
    node: NodeId,
    /// The fragment to be written next.
    next: u32,
    after_break: bool,
}

impl<'a> Renderer<'a> {
    pub(crate) fn new(graph: &'a Graph, dwarf: &'a Dwarf<'a>, budget: &mut Budget) -> Result<Renderer<'a>> {
        let mut met = Vec::new();
        budget.fill(&mut met, graph.len(), false)?;
        Ok(Renderer { graph, dwarf, met, due: Vec::new(), frames: Vec::new() })
    }

    /// The string of a root. The named types that it reaches become due.
    pub(crate) fn root(
        &mut self,
        root: NodeId,
        map: &mut TypeMap,
        budget: &mut Budget,
    ) -> Result<TypeString> {
        let mut string = TypeString::default();
        self.render(root, &mut string, map, budget)?;
        Ok(string)
    }

    /// Renders the named types that are due, and those that they reach, into the map.
    pub(crate) fn types(&mut self, map: &mut TypeMap, budget: &mut Budget) -> Result<()> {
        let mut string = TypeString::default();
        while let Some(node) = self.due.pop() {
            let Some(name) = self.graph.node(node).and_then(Node::name) else { continue };
            let name = map.intern(self.graph.text(name), budget)?;
            // Most types were met before, in another unit: their string need not be made to be recognised.
            if let Some(known) = map.string(name)
                && self.is(node, known, budget)?
            {
                continue;
            }
            string.clear();
            self.render(node, &mut string, map, budget)?;
            map.offer(name, &string, budget)?;
        }
        Ok(())
    }

    /// Whether a node has this string. If so, the named types that it reaches become due.
    fn is(&mut self, root: NodeId, known: &TypeString, budget: &mut Budget) -> Result<bool> {
        let mut rest = known.text.as_slice();
        let mut refs = known.refs.iter();
        let take = |rest: &mut &[u8], bytes: &[u8]| match rest.strip_prefix(bytes) {
            Some(after) => {
                *rest = after;
                true
            }
            None => false,
        };
        let mut is_same = true;
        budget.push(&mut self.frames, Frame { node: root, next: 0, after_break: false })?;
        while let Some(frame) = self.frames.last_mut().filter(|_| is_same) {
            budget.charge_work(1)?;
            let Some(fragment) = fragment(self.graph, frame) else {
                self.leave();
                continue;
            };
            let was_break = core::mem::replace(&mut frame.after_break, fragment.is_break());
            is_same = match fragment {
                Fragment::Break | Fragment::Open | Fragment::Close => was_break || take(&mut rest, b" "),
                Fragment::Text(span) => {
                    let text = self.graph.text(span);
                    budget.charge_bytes(text.len())?;
                    take(&mut rest, text)
                }
                Fragment::Ref(id, _) => match self.enter(id, budget)? {
                    None => true,
                    Some(text) => {
                        budget.charge_bytes(text.len())?;
                        let start = known.text.len().saturating_sub(rest.len());
                        refs.next().is_some_and(|known| known.starts_at(start)) && take(&mut rest, text)
                    }
                },
            };
        }
        while !self.frames.is_empty() {
            self.leave();
        }
        Ok(is_same && rest.is_empty() && refs.next().is_none())
    }

    /// Leaves the innermost node.
    fn leave(&mut self) {
        if let Some(Frame { node, .. }) = self.frames.pop()
            && self.graph.node(node).is_some_and(|node| node.name().is_none())
        {
            self.set_met(node, false);
        }
    }

    /// Enters a node that was referred to, if its text comes here; otherwise its name does, and it is due if it
    /// was not met before.
    fn enter(&mut self, id: NodeId, budget: &mut Budget) -> Result<Option<&'a [u8]>> {
        let Some(node) = self.graph.node(id) else { return Ok(None) };
        let was_met = self.set_met(id, true);
        let Some(name) = node.name() else {
            if was_met {
                return Err(Error::new(ErrorKind::NamelessCycle).at(self.dwarf.place(node.die)));
            }
            budget.check(Limit::Depth, self.frames.len())?;
            budget.push(&mut self.frames, Frame { node: id, next: 0, after_break: false })?;
            return Ok(None);
        };
        if !was_met {
            budget.push(&mut self.due, id)?;
        }
        Ok(Some(self.graph.text(name)))
    }

    fn render(
        &mut self,
        root: NodeId,
        out: &mut TypeString,
        map: &mut TypeMap,
        budget: &mut Budget,
    ) -> Result<()> {
        let written = self.write(root, out, map, budget);
        written.map_err(|error| match self.graph.node(root) {
            Some(node) => error.at(self.dwarf.place(node.die)),
            None => error,
        })
    }

    fn write(
        &mut self,
        root: NodeId,
        out: &mut TypeString,
        map: &mut TypeMap,
        budget: &mut Budget,
    ) -> Result<()> {
        let mut is_measured = false;
        budget.push(&mut self.frames, Frame { node: root, next: 0, after_break: false })?;
        while let Some(frame) = self.frames.last_mut() {
            budget.charge_work(1)?;
            if out.text.len() > MEASURED_FROM && !is_measured {
                is_measured = true;
                let length = length(self.graph, root, budget)?;
                budget.check(Limit::Text, usize::try_from(length).unwrap_or(usize::MAX))?;
            }
            let Some(fragment) = fragment(self.graph, frame) else {
                self.leave();
                continue;
            };
            let was_break = core::mem::replace(&mut frame.after_break, fragment.is_break());
            match fragment {
                Fragment::Break | Fragment::Open | Fragment::Close if was_break => {}
                Fragment::Break | Fragment::Open | Fragment::Close => write(out, b" ", budget)?,
                Fragment::Text(span) => write(out, self.graph.text(span), budget)?,
                Fragment::Ref(node, _) => {
                    let Some(text) = self.enter(node, budget)? else { continue };
                    let start = position(out)?;
                    write(out, text, budget)?;
                    let name = map.intern(text, budget)?;
                    let end = position(out)?;
                    budget.push(&mut out.refs, TypeRef { start, end, name })?;
                }
            }
        }
        Ok(())
    }

    /// Notes that a node was met, or is no longer being written; returns what was noted before.
    fn set_met(&mut self, id: NodeId, is_met: bool) -> bool {
        self.met.get_mut(id.index()).is_some_and(|met| core::mem::replace(met, is_met))
    }
}

/// The fragment that comes next in a frame.
#[inline]
fn fragment(graph: &Graph, frame: &mut Frame) -> Option<Fragment> {
    let fragments = graph.fragments(graph.description(frame.node)?);
    let fragment = fragments.get(usize::try_from(frame.next).ok()?).copied();
    frame.next = frame.next.saturating_add(1);
    fragment
}

fn position(string: &TypeString) -> Result<u32> {
    u32::try_from(string.text.len()).map_err(|_| ErrorKind::OutOfMemory.into())
}

fn write(out: &mut TypeString, bytes: &[u8], budget: &mut Budget) -> Result<()> {
    let length = out.text.len().saturating_add(bytes.len());
    budget.check(Limit::Text, length)?;
    budget.charge_bytes(bytes.len())?;
    budget.extend(&mut out.text, bytes)
}
