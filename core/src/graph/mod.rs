//! The type graph: what the exported symbols of one unit, or of units that refer to one another, consist of.
//!
//! A node is a type or a parameter. Its description is a list of fragments: text, line breaks and references
//! to other nodes. Nothing is expanded here; type strings and dumps are written from the graph afterwards.

mod describe;
mod draft;
mod dump;
mod fragment;
mod index;
mod names;

use alloc::vec::Vec;
use core::mem::size_of;
use core::num::NonZeroU32;

use crate::budget::Budget;
use crate::dwarf::{DieId, Dwarf};
use crate::error::{ErrorKind, Result};
use crate::exports::ExportId;
use crate::symtype::Identity;
use crate::versions::Rank;

pub(crate) use self::describe::Describer;
pub(crate) use self::dump::Dumper;
pub(crate) use self::fragment::{DescriptionId, Fragment, Name, Span, Texts, Value};

/// A node, by its position in the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct NodeId(u32);

impl NodeId {
    pub(crate) fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

impl DescriptionId {
    fn index(self) -> usize {
        usize::try_from(self.0.get()).map_or(usize::MAX, |number| number.saturating_sub(1))
    }
}

/// The type name (SPEC section 6), such as `s#list_head`, in two parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TypeName {
    pub(crate) kind: TypeKind,
    pub(crate) name: Name,
}

/// What a type's name begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TypeKind {
    /// `s#`
    Structure,
    /// `u#`
    Union,
    /// `e#`
    Enumeration,
    /// `t#`
    Typedef,
}

/// What kind of thing a node is, as far as it decides how the node is described and expanded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NodeKind {
    /// A structure, class, union or enumeration: described once, expanded once per symbol.
    Record,
    /// A kABI union, which stands for something else: described twice at most.
    Placeholder,
    /// A DIE whose definition is in a type unit. Described once.
    Signature,
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
    /// Whether the last symbol that has come to it could enter records from here.
    is_met: bool,
    /// Whether there is nothing left to find for symbols that enter no records from here.
    is_settled: bool,
    /// Whether it is a kABI union, or leads to one without a record in between. Nobody asks where there is none.
    leads_to_union: bool,
    /// The description that started last: the one that counts.
    latest: Option<DescriptionId>,
    /// How many records had been entered when it started, or when a symbol met it first.
    entered: u32,
    /// The type name, if it has one.
    pub(crate) name: Option<TypeName>,
    /// What it is recognised as, where that is asked for. A named type is its name from the beginning.
    pub(crate) identity: Option<Identity>,
    /// Whether its description was recognised.
    is_recognized: bool,
    /// How many of its descriptions are not finished, where that is asked for.
    open: u32,
}

impl Node {
    /// Whether its description was recognised.
    #[inline]
    fn is_recognized(&self) -> bool {
        self.is_recognized
    }
}

/// A description of an exported symbol, or group of symbols.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Root {
    pub(crate) group: ExportId,
    pub(crate) rank: Rank,
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
    /// Names that were put together.
    text: Vec<u8>,
    pub(crate) roots: Vec<Root>,
}

impl Graph {
    /// Makes room for what a unit of so many bytes may turn into: as long as it is not used, it costs nothing, and what
    /// grows need not be moved.
    fn make_room(&mut self, unit: usize, keeps_fragments: bool, budget: &mut Budget) -> Result<()> {
        /// What a larger unit needs beyond this can grow.
        const MOST: usize = 1 << 16;
        let nodes = (unit >> 5).min(MOST);
        let fragments = if keeps_fragments { (unit >> 2).min(MOST) } else { 0 };
        let bytes = nodes
            .saturating_mul(size_of::<Node>().saturating_add(size_of::<(u32, u32)>()))
            .saturating_add(fragments.saturating_mul(size_of::<Fragment>()));
        // Where memory is scarce, it is for what is needed.
        if u64::try_from(bytes).is_ok_and(|bytes| bytes <= budget.memory() >> 4) {
            budget.reserve(&mut self.nodes, nodes)?;
            budget.reserve(&mut self.descriptions, nodes)?;
            budget.reserve(&mut self.fragments, fragments)?;
        }
        Ok(())
    }

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

    /// Where the text of the fragments is.
    pub(crate) fn source<'a, 'd>(&'a self, dwarf: &'a Dwarf<'d>) -> Texts<'a, 'd> {
        Texts { dwarf, written: &self.text }
    }

    fn add(&mut self, die: DieId, budget: &mut Budget) -> Result<NodeId> {
        let id = u32::try_from(self.nodes.len()).map_err(|_| ErrorKind::OutOfMemory)?;
        budget.charge_work(1)?;
        let node = Node {
            kind: NodeKind::Other,
            die,
            progress: Progress::Absent,
            is_met: false,
            is_settled: false,
            leads_to_union: false,
            latest: None,
            entered: 0,
            name: None,
            identity: None,
            is_recognized: false,
            open: 0,
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

    /// Writes text.
    fn write(&mut self, bytes: &[u8], budget: &mut Budget) -> Result<Span> {
        budget.charge_bytes(bytes.len())?;
        let start = self.text_end()?;
        budget.extend(&mut self.text, bytes)?;
        Ok(Span { start, end: self.text_end()? })
    }

    /// Writes a copy of text that was written before.
    fn copy(&mut self, span: Span, budget: &mut Budget) -> Result<Span> {
        let bytes = usize::try_from(span.end.saturating_sub(span.start)).unwrap_or(usize::MAX);
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
