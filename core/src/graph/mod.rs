//! The type graph: what the exported symbols of one unit, or of units that refer to one another, consist of.
//!
//! A node is a type or a parameter. Its description is a list of fragments: text, line breaks and references
//! to other nodes. Nothing is expanded here; type strings and dumps are written from the graph afterwards.

mod describe;
mod draft;
mod dump;
mod index;
mod names;

use alloc::vec::Vec;
use core::num::NonZeroU32;

use crate::budget::Budget;
use crate::dwarf::DieId;
use crate::error::{ErrorKind, Result};
use crate::exports::ExportId;

pub(crate) use self::describe::Describer;
pub(crate) use self::dump::Dumper;

/// A node, by its position in the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NodeId(u32);

impl NodeId {
    pub(crate) fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

/// A range of the graph's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    start: u32,
    end: u32,
}

impl Span {
    const EMPTY: Span = Span { start: 0, end: 0 };

    /// Bytes.
    pub(crate) fn len(self) -> u64 {
        u64::from(self.end.saturating_sub(self.start))
    }

    fn non_empty(self) -> Option<Span> {
        (self.end > self.start).then_some(self)
    }
}

/// A piece of a description.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Fragment {
    Text(Span),
    /// A line break; one space in a type string.
    Break,
    /// A line break; what follows is nested one level deeper.
    Open,
    /// A line break; what follows is nested one level less.
    Close,
    /// The description of another node, and the number of the one that is begun here, if one is.
    Ref(NodeId, Option<DescriptionId>),
}

impl Fragment {
    /// Whether this is a line break, of whatever kind.
    pub(crate) fn is_break(self) -> bool {
        matches!(self, Fragment::Break | Fragment::Open | Fragment::Close)
    }
}

/// A description, by the order in which they are begun, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DescriptionId(NonZeroU32);

impl DescriptionId {
    fn index(self) -> usize {
        usize::try_from(self.0.get()).map_or(usize::MAX, |number| number.saturating_sub(1))
    }
}

/// What kind of thing a node is, as far as it decides how the node is described and expanded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NodeKind {
    /// A structure, class, union or enumeration: described once, expanded once per symbol.
    Record,
    /// What stands for something else: a kABI union, or a DIE whose definition is in a type unit. Described
    /// once.
    Placeholder,
    /// Any other type, or a parameter.
    Other,
}

/// How far the description of a node has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    Absent,
    Open,
    Complete,
}

/// A type or a parameter.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    pub(crate) kind: NodeKind,
    pub(crate) die: DieId,
    progress: Progress,
    /// The description that started last: the one that counts.
    latest: Option<DescriptionId>,
    /// How many records had been entered when it started.
    entered: u32,
    /// Empty if there is none.
    name: Span,
    /// For a record, what comes before the brace: all that its unexpanded form has.
    head: Span,
}

impl Node {
    /// The type name, such as `s#list_head`, if it has one.
    pub(crate) fn name(&self) -> Option<Span> {
        self.name.non_empty()
    }
}

/// A description of an exported symbol, or group of symbols.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Root {
    pub(crate) group: ExportId,
    pub(crate) node: NodeId,
    /// Whether another symbol had the same description before.
    pub(crate) is_repeated: bool,
}

/// Nodes, fragments and text.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    nodes: Vec<Node>,
    fragments: Vec<Fragment>,
    /// The descriptions' ranges of the fragments.
    descriptions: Vec<(u32, u32)>,
    text: Vec<u8>,
    pub(crate) roots: Vec<Root>,
}

impl Graph {
    pub(crate) fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.index())
    }

    fn node_mut(&mut self, id: NodeId) -> Option<&mut Node> {
        self.nodes.get_mut(id.index())
    }

    /// The nodes, in the order in which they were reached.
    pub(crate) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The number of nodes.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// A node's description.
    pub(crate) fn description(&self, id: NodeId) -> Option<DescriptionId> {
        self.node(id)?.latest
    }

    /// The fragments of a description.
    pub(crate) fn fragments(&self, id: DescriptionId) -> &[Fragment] {
        let range = self.descriptions.get(id.index()).copied().unwrap_or_default();
        let range = usize::try_from(range.0).ok().zip(usize::try_from(range.1).ok());
        range.and_then(|(start, end)| self.fragments.get(start..end)).unwrap_or_default()
    }

    /// The bytes of a span.
    pub(crate) fn text(&self, span: Span) -> &[u8] {
        let range = usize::try_from(span.start).ok().zip(usize::try_from(span.end).ok());
        range.and_then(|(start, end)| self.text.get(start..end)).unwrap_or_default()
    }

    fn add(&mut self, die: DieId, budget: &mut Budget) -> Result<NodeId> {
        let id = u32::try_from(self.nodes.len()).map_err(|_| ErrorKind::OutOfMemory)?;
        budget.charge_work(1)?;
        let node = Node {
            kind: NodeKind::Other,
            die,
            progress: Progress::Absent,
            latest: None,
            entered: 0,
            name: Span::EMPTY,
            head: Span::EMPTY,
        };
        budget.push(&mut self.nodes, node)?;
        Ok(NodeId(id))
    }

    /// Numbers a description that begins.
    fn begin(&mut self, budget: &mut Budget) -> Result<DescriptionId> {
        budget.push(&mut self.descriptions, (0, 0))?;
        let number = u32::try_from(self.descriptions.len()).ok().and_then(NonZeroU32::new);
        number.map(DescriptionId).ok_or_else(|| ErrorKind::OutOfMemory.into())
    }

    /// The number of the description that begins next.
    fn next_description(&self) -> Option<DescriptionId> {
        let number = self.descriptions.len().checked_add(1)?;
        NonZeroU32::new(u32::try_from(number).ok()?).map(DescriptionId)
    }

    /// Keeps the fragments of a description that ends.
    fn finish(&mut self, id: DescriptionId, fragments: &[Fragment], budget: &mut Budget) -> Result<()> {
        let end =
            |fragments: &Vec<Fragment>| u32::try_from(fragments.len()).map_err(|_| ErrorKind::OutOfMemory);
        let start = end(&self.fragments)?;
        budget.extend(&mut self.fragments, fragments)?;
        if let Some(range) = self.descriptions.get_mut(id.index()) {
            *range = (start, end(&self.fragments)?);
        }
        Ok(())
    }

    /// Appends text.
    fn write(&mut self, bytes: &[u8], budget: &mut Budget) -> Result<Span> {
        budget.charge_bytes(bytes.len())?;
        let start = self.text_end()?;
        budget.extend(&mut self.text, bytes)?;
        Ok(Span { start, end: self.text_end()? })
    }

    /// Appends a copy of text that stands in the graph already.
    fn copy(&mut self, span: Span, budget: &mut Budget) -> Result<Span> {
        let bytes = self.text(span).len();
        budget.charge_bytes(bytes)?;
        budget.reserve(&mut self.text, bytes)?;
        let start = self.text_end()?;
        let range = usize::try_from(span.start).ok().zip(usize::try_from(span.end).ok());
        let (from, to) = range.ok_or(ErrorKind::OutOfMemory)?;
        if to <= self.text.len() {
            self.text.extend_from_within(from..to);
        }
        Ok(Span { start, end: self.text_end()? })
    }

    fn text_end(&self) -> Result<u32> {
        u32::try_from(self.text.len()).map_err(|_| ErrorKind::OutOfMemory.into())
    }
}
