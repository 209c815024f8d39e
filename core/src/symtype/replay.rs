//! Recognising what a graph has: for what can be described only there, but was met before all the same.

use alloc::vec::Vec;

use crate::budget::Budget;
use crate::error::{ErrorKind, Result};
use crate::graph::{Fragment, Graph, Name, NodeId, Texts};
use crate::limits::Limit;

use super::recognizer::{Identity, Recognizer};

/// Goes through the descriptions of a graph as if they were just made.
#[derive(Debug)]
pub(crate) struct Replay<'g, 't> {
    graph: &'g Graph,
    source: Texts<'g, 't>,
    /// By node.
    progress: Vec<Progress>,
    /// Named nodes that were met and have not been gone through.
    due: Vec<NodeId>,
    /// The nodes around the one that is gone through.
    frames: Vec<Frame<'g>>,
}

/// How far a node has come.
#[derive(Clone, Copy, Debug)]
enum Progress {
    Unmet,
    /// One without a name is being gone through.
    Open,
    /// What it is. Whether a named one has been gone through does not matter.
    Known(Identity),
}

/// A node whose fragments are gone through.
#[derive(Clone, Copy, Debug)]
struct Frame<'g> {
    node: NodeId,
    rest: &'g [Fragment],
}

impl<'g, 't> Replay<'g, 't> {
    /// Begins with a graph.
    pub(crate) fn new(
        graph: &'g Graph,
        source: Texts<'g, 't>,
        budget: &mut Budget,
    ) -> Result<Replay<'g, 't>> {
        let mut progress = Vec::new();
        budget.fill(&mut progress, graph.len(), Progress::Unmet)?;
        Ok(Replay { graph, source, progress, due: Vec::new(), frames: Vec::new() })
    }

    /// Goes through a symbol; the types that it reaches become due.
    pub(crate) fn symbol(
        &mut self,
        root: NodeId,
        recognizer: &mut Recognizer<'_, '_>,
        budget: &mut Budget,
    ) -> Result<Identity> {
        recognizer.begin(budget)?;
        self.walk(root, recognizer, budget)?;
        recognizer.end_symbol(budget)
    }

    /// Goes through the types that are due, and those that they reach.
    pub(crate) fn types(&mut self, recognizer: &mut Recognizer<'_, '_>, budget: &mut Budget) -> Result<()> {
        while let Some(node) = self.due.pop() {
            let Some(name) = self.graph.node(node).and_then(|node| node.name) else { continue };
            recognizer.begin(budget)?;
            recognizer.name(name, &self.source, budget)?;
            self.walk(node, recognizer, budget)?;
            if let Some(Progress::Known(Identity::Type(id))) = self.progress.get(node.index()) {
                recognizer.end_type(*id, budget)?;
            }
        }
        Ok(())
    }

    fn walk(&mut self, root: NodeId, recognizer: &mut Recognizer<'_, '_>, budget: &mut Budget) -> Result<()> {
        let mut frame = self.frame(root, budget)?;
        loop {
            let Some((&fragment, rest)) = frame.rest.split_first() else {
                let Some(outer) = self.frames.pop() else { return Ok(()) };
                let identity = recognizer.end_shape(budget)?;
                self.set(frame.node, Progress::Known(identity));
                recognizer.resolve(identity, budget)?;
                frame = outer;
                continue;
            };
            frame.rest = rest;
            match fragment {
                Fragment::Ref(node, _) => {
                    let identity = self.meet(node, recognizer, budget)?;
                    recognizer.reference(identity, budget)?;
                    if identity.is_none() {
                        budget.check(Limit::Depth, self.frames.len().saturating_add(1))?;
                        budget.push(&mut self.frames, frame)?;
                        frame = self.frame(node, budget)?;
                        recognizer.begin(budget)?;
                    }
                }
                Fragment::WrittenName(span) => {
                    recognizer.any_name(Name::Written(span), &self.source, budget)?;
                }
                fragment => recognizer.fragment(fragment, budget)?,
            }
        }
    }

    /// Meets a node that was referred to; `None` if it comes next.
    fn meet(
        &mut self,
        id: NodeId,
        recognizer: &mut Recognizer<'_, '_>,
        budget: &mut Budget,
    ) -> Result<Option<Identity>> {
        match self.progress.get(id.index()) {
            Some(Progress::Known(identity)) => return Ok(Some(*identity)),
            Some(Progress::Open) => return Err(ErrorKind::NamelessCycle.into()),
            Some(Progress::Unmet) | None => {}
        }
        let Some(name) = self.graph.node(id).and_then(|node| node.name) else {
            self.set(id, Progress::Open);
            return Ok(None);
        };
        let identity = recognizer.number(name, &self.source, budget).map(Identity::Type)?;
        self.set(id, Progress::Known(identity));
        budget.push(&mut self.due, id)?;
        Ok(Some(identity))
    }

    fn set(&mut self, id: NodeId, progress: Progress) {
        if let Some(slot) = self.progress.get_mut(id.index()) {
            *slot = progress;
        }
    }

    /// Begins a node, and pays for all of its fragments.
    fn frame(&self, node: NodeId, budget: &mut Budget) -> Result<Frame<'g>> {
        let rest = self.graph.description(node).map(|id| self.graph.fragments(id)).unwrap_or_default();
        budget.charge_work(u64::try_from(rest.len()).unwrap_or(u64::MAX).saturating_add(1))?;
        Ok(Frame { node, rest })
    }

    /// Gives back what it has cost.
    pub(crate) fn free(self, budget: &mut Budget) {
        budget.free(self.progress);
        budget.free(self.due);
        budget.free(self.frames);
    }
}
