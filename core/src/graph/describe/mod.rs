//! From DIEs to the type graph (SPEC section 5).
//!
//! The walk is depth first with a stack of its own: symbols in the order given, a DIE's children in order.
//! That order is part of the format, because it decides which parameter of a callback loses the comma before
//! it (SPEC section 5, the lost comma):
//!
//! * A record is described once for the whole graph, a kABI union at most twice. Any other node is described
//!   again whenever it is reached before its description has ended; of its descriptions, the one that started
//!   last counts.
//! * One flag, [`Shared::at_list_start`], is shared by the whole walk. Entering a list sets it, leaving
//!   one clears it. An item that is about to be described clears it, or has a comma if it is clear; an item
//!   that was described before touches nothing.
//!
//! The names of members can depend on it, too: [`Shared::old_name`].
//!
//! A reference to a node is written before the node is described, so that a description's own fragments lie
//! together at the end of the draft, whatever is described in between.

mod at_once;
mod items;
mod more;
mod position;
mod recognition;
mod shared;
mod types;
mod visit;

use alloc::vec::Vec;

use gimli::DwTag;

use crate::budget::Budget;
use crate::dwarf::{
    Die, DieId, DieOffset, Dwarf, Evidence, Files, LineProgram, Reference, StringAt, Text, UnitCache,
    UnitIndex,
};
use crate::error::{Error, ErrorKind, Place, Result};
use crate::kabi::Rules;
use crate::limits::Limit;
use crate::options::{Options, Scheme};
use crate::plan::{Plan, Task};
use crate::symtype::Recognizer;

use self::shared::Shared;
use super::draft::Draft;
use super::index::NodeIndex;
use super::names::Names;
use super::{DescriptionId, Graph, Name, NodeId, NodeKind, Progress, Root};
use crate::word::Word;

/// Describes symbols.
#[derive(Debug)]
pub(crate) struct Describer<'u, 'd> {
    dwarf: &'u Dwarf<'d>,
    units: UnitCache<'u, 'd>,
    /// The node, or root, that was begun last.
    current: Option<DieId>,
    rules: &'u Rules<'d>,
    /// Whether all of the ABI is written out, and nothing else (SPEC section 9).
    is_canonical: bool,
    /// Whether nothing in a type is an error.
    is_lenient: bool,
    /// Whether partial units are of C, where that is known; sorted.
    languages: &'u [(UnitIndex, bool)],
    /// Whether old names go to whatever ends next, instead of to the members that were renamed.
    shares_old_names: bool,
    /// Whether types are expanded that are private to a source file.
    expands_private: bool,
    names: Names<'u, 'd>,
    /// The file tables that several units share, and the others that were needed so far; sorted.
    shared_files: &'u [(LineProgram, Files)],
    files: Vec<(LineProgram, Files)>,
    index: NodeIndex,
    /// The descriptions of symbols, by the DIE that supplies the type.
    roots: NodeIndex,
    draft: Draft<'u, 'd>,
    frames: Vec<Frame>,
    /// The lists of those frames that are in one.
    lists: Vec<OpenList>,
    /// A node to be described before anything else goes on.
    pending: Option<(NodeId, DieId)>,
    shared: Shared,
    /// Whether the enumeration that is being described has a negative enumerator. Only canonical descriptions ask.
    has_negative: bool,
    /// The number of records entered so far.
    entered: u32,
    graph: Graph,
}

/// A description, or a list within one, that is not finished.
#[derive(Clone, Copy, Debug)]
struct Frame {
    unit: UnitIndex,
    /// The DIE, for messages.
    tag: DwTag,
    /// Whether the last of the open lists is this one's; otherwise nothing is left to do.
    is_in_list: bool,
    /// `None` for a list within a description.
    description: Option<OpenDescription>,
}

/// An unfinished description.
#[derive(Clone, Copy, Debug)]
struct OpenDescription {
    node: NodeId,
    id: DescriptionId,
    /// What the draft wants back.
    outer: u32,
}

/// A list that goes on with the child at this offset.
#[derive(Clone, Copy, Debug)]
struct OpenList {
    next: DieOffset,
    list: List,
    /// Whether no item was begun. Only canonical descriptions ask.
    is_at_start: bool,
}

/// What a list consists of, and what comes behind it.
#[derive(Clone, Copy, Debug)]
enum List {
    /// Members of a structure, class or union.
    Members(Tail),
    /// Enumerators; the enumeration's qualified name, which rules are about.
    Enumerators(Tail, Option<Name>),
    /// Parameters.
    Parameters(Signature),
    /// Everything within a variant part, which is this DIE.
    VariantPart(DieOffset),
    /// Members of a variant, which is this DIE; the value of the discriminant.
    Variant(DieOffset, Option<u64>),
}

/// What is said of a function besides its parameters.
#[derive(Clone, Copy, Debug)]
struct Signature {
    /// The type that is returned.
    result: Option<Reference>,
    /// The function or function type.
    function: DieOffset,
    /// Whether a canonical description says that there is no prototype.
    is_unprototyped: bool,
}

/// What comes behind the closing brace of a record.
#[derive(Clone, Copy, Debug)]
struct Tail {
    byte_size: Option<u64>,
    alignment: Option<u64>,
    /// The record.
    record: DieOffset,
}

impl<'u, 'd> Describer<'u, 'd> {
    /// The plan has what is known of the units that were scanned.
    pub(crate) fn new(dwarf: &'u Dwarf<'d>, plan: &'u Plan, rules: &'u Rules<'d>, options: Options) -> Self {
        Describer {
            dwarf,
            units: UnitCache::new(dwarf),
            current: None,
            rules,
            is_canonical: options.scheme == Scheme::Canonical,
            is_lenient: options.lenient,
            shares_old_names: rules.is_stable()
                && options.scheme != Scheme::Canonical
                && !options.keeps_old_names,
            expands_private: options.expands_private,
            languages: plan.languages(),
            names: Names::new(dwarf, plan.scopes()),
            shared_files: plan.files(),
            files: Vec::new(),
            index: NodeIndex::default(),
            roots: NodeIndex::default(),
            draft: Draft::default(),
            frames: Vec::new(),
            lists: Vec::new(),
            pending: None,
            shared: Shared::default(),
            has_negative: false,
            entered: 0,
            graph: Graph::default(),
        }
    }

    /// The same, but what is described is only recognised: nothing of the graph is kept but its roots.
    pub(crate) fn recognizing(mut self, recognizer: Recognizer<'u, 'd>) -> Self {
        self.draft.recognizer = Some(recognizer);
        self
    }

    /// What was recognised.
    pub(crate) fn into_recognized(self) -> (Graph, Option<Recognizer<'u, 'd>>) {
        (self.graph, self.draft.recognizer)
    }

    /// Where the work stands, for the place of an error.
    pub(crate) fn place(&self) -> Option<Place> {
        self.current.map(|die| self.dwarf.place(die))
    }

    /// What was described.
    pub(crate) fn into_graph(self) -> Graph {
        self.graph
    }

    /// Describes a symbol, or group of symbols.
    pub(crate) fn describe(&mut self, task: &Task, budget: &mut Budget) -> Result<()> {
        let &Task { group, evidence, rank } = task;
        let id = match evidence {
            Evidence::Function(id) | Evidence::Variable(id) | Evidence::Type(id) | Evidence::Pointer(id) => {
                id
            }
            Evidence::BadPointer(_, kind) => return Err(Error::new(kind)),
            Evidence::Defined => return Ok(()),
        };
        self.current = Some(id);
        if self.graph.len() == 0 {
            let size = self.units.load(id.0, budget)?.len();
            self.graph.make_room(size, self.draft.recognizer.is_none(), budget)?;
            self.index.make_room(id.0, size, budget)?;
        }
        let slot = self.roots.slot(id, budget)?;
        if let Some(node) = NodeId::from_slot(*slot) {
            return budget.push(&mut self.graph.roots, Root { group, rank, node, is_repeated: true });
        }
        let node = self.graph.add(id, budget)?;
        *slot = node.to_slot();
        self.begin_symbol();
        let die = self.die(id, budget)?;
        match evidence {
            Evidence::Function(_) => self.function(node, id.0, &die, budget)?,
            Evidence::Pointer(_) => match self.pointee(id.0, &die, budget)? {
                Some((unit, function)) => self.function(node, unit, &function, budget)?,
                None => self.variable(node, id.0, &die, budget)?,
            },
            Evidence::Type(_) => {
                self.begin(node, id.0, gimli::DW_TAG_variable, budget)?;
                self.word(Word::Variable, budget)?;
                self.refer_to(id, budget)?;
            }
            Evidence::Variable(_) | Evidence::BadPointer(..) | Evidence::Defined => {
                self.variable(node, id.0, &die, budget)?;
            }
        }
        self.run(budget)?;
        budget.push(&mut self.graph.roots, Root { group, rank, node, is_repeated: false })
    }

    /// The function type that a symbol pointer points to, if it is one.
    fn pointee(
        &mut self,
        unit: UnitIndex,
        pointer: &Die,
        budget: &mut Budget,
    ) -> Result<Option<(UnitIndex, Die)>> {
        let Some(target) = pointer.target else { return Ok(None) };
        let target = self.resolve(unit, pointer, target, budget)?;
        let die = self.die(target, budget)?;
        Ok((die.tag == gimli::DW_TAG_subroutine_type).then_some((target.0, die)))
    }

    fn function(&mut self, node: NodeId, unit: UnitIndex, die: &Die, budget: &mut Budget) -> Result<()> {
        self.begin(node, unit, die.tag, budget)?;
        self.word(Word::Subprogram, budget)?;
        self.parameters(unit, die, budget)
    }

    fn variable(&mut self, node: NodeId, unit: UnitIndex, die: &Die, budget: &mut Budget) -> Result<()> {
        self.begin(node, unit, die.tag, budget)?;
        self.word(Word::Variable, budget)?;
        self.refer(unit, die, die.target, budget)?;
        if self.is_canonical && die.tag == gimli::DW_TAG_variable {
            self.attribute(Word::Alignment, die.alignment(), budget)?;
            self.more(unit, die.offset, budget)?;
        }
        Ok(())
    }

    /// Goes on until nothing is left to describe.
    fn run(&mut self, budget: &mut Budget) -> Result<()> {
        // Room for one DIE at a time, since making it costs as much as reading one.
        let mut room = Die::EMPTY;
        loop {
            budget.charge_work(1)?;
            if let Some((node, die)) = self.pending.take() {
                self.current = Some(die);
                if !self.begin_at_once(node, die, budget)? {
                    self.node(node, die, &mut room, budget)?;
                }
                continue;
            }
            if self.is_visiting() {
                self.go_on_visiting(budget)?;
                continue;
            }
            let Some(&frame) = self.frames.last() else { return Ok(()) };
            match self.lists.last().filter(|_| frame.is_in_list) {
                Some(&list) => self.next_children(frame, list, &mut room, budget)?,
                None => self.finish(budget)?,
            }
        }
    }

    /// Begins the description of a node.
    fn begin(&mut self, node: NodeId, unit: UnitIndex, tag: DwTag, budget: &mut Budget) -> Result<()> {
        let id = self.graph.begin(budget)?;
        let (entered, is_closed) = (self.entered, self.shared.is_closed());
        if let Some(node) = self.graph.node_mut(node) {
            node.progress = Progress::Open;
            node.latest = Some(id);
            node.open = node.open.saturating_add(1);
            node.entered = entered;
            // Where no record is entered, the symbol has yet to come to the node.
            node.is_met = !is_closed;
            node.is_settled |= is_closed;
        }
        let description = Some(OpenDescription { node, id, outer: self.draft.begin(budget)? });
        self.push_frame(unit, tag, description, budget)
    }

    fn push_frame(
        &mut self,
        unit: UnitIndex,
        tag: DwTag,
        description: Option<OpenDescription>,
        budget: &mut Budget,
    ) -> Result<()> {
        budget.check(Limit::Depth, self.frames.len())?;
        budget.push(&mut self.frames, Frame { unit, tag, is_in_list: false, description })
    }

    /// Ends the innermost frame.
    fn finish(&mut self, budget: &mut Budget) -> Result<()> {
        let Some(Frame { description: Some(description), tag, .. }) = self.frames.pop() else {
            return Ok(());
        };
        if let Some(node) = self.graph.node_mut(description.node) {
            node.progress = Progress::Complete;
        }
        if self.draft.recognizer.is_some() {
            return self.recognize(description, tag, budget);
        }
        self.draft.finish(description.id, description.outer, &mut self.graph, budget)?;
        if self.shared.has_unions() {
            self.note_lead(description.node, description.id);
        }
        self.end_waiting(budget)
    }

    /// Writes the type that `die` refers to, and sees to it that it is described.
    fn refer(
        &mut self,
        unit: UnitIndex,
        die: &Die,
        target: Option<Reference>,
        budget: &mut Budget,
    ) -> Result<()> {
        self.refer_from(unit, die.offset, target, budget)
    }

    fn refer_from(
        &mut self,
        unit: UnitIndex,
        from: DieOffset,
        target: Option<Reference>,
        budget: &mut Budget,
    ) -> Result<()> {
        let Some(target) = target else { return self.word(Word::Void, budget) };
        let unit = self.units.load(unit, budget)?;
        let target = unit.resolve(target).map_err(|error| unit.error_at(error, from))?;
        self.refer_to(target, budget)
    }

    /// Writes a reference to a DIE's node, which is described next unless that is done.
    fn refer_to(&mut self, id: DieId, budget: &mut Budget) -> Result<()> {
        let node = node_of(&mut self.index, &mut self.graph, id, budget)?;
        if let Some(recognizer) = &mut self.draft.recognizer {
            // As most are.
            if let Some(node) = self.graph.node(node)
                && node.is_recognized()
            {
                return recognizer.reference(node.identity, budget);
            }
            return self.refer_to_unrecognized(node, id, budget);
        }
        let is_due = self.is_due(node, id, budget)?;
        let begun = if is_due { self.graph.next_description() } else { None };
        if is_due {
            self.pending = Some((node, id));
        }
        self.draft.reference(node, begun, budget)
    }

    /// Whether a node that was reached has to be described.
    fn is_due(&mut self, id: NodeId, die: DieId, budget: &mut Budget) -> Result<bool> {
        let Some(node) = self.graph.node(id) else { return Ok(false) };
        match (node.progress, node.kind) {
            (Progress::Absent, _) if self.shared.is_closed() => self.is_no_record(die, budget),
            (Progress::Absent, _) => Ok(true),
            (Progress::Complete, _)
            | (Progress::Open, NodeKind::Record | NodeKind::Placeholder | NodeKind::Signature) => {
                if self.shared.has_unions() { self.is_due_again(id, budget) } else { Ok(false) }
            }
            // Describing it again ends only if some record is entered for the first time on the way.
            // Without commas that can get lost, it would be the same again.
            (Progress::Open, NodeKind::Other) if node.entered < self.entered => Ok(!self.is_canonical),
            (Progress::Open, NodeKind::Other) if node.name.is_some() => Ok(false),
            (Progress::Open, NodeKind::Other) => Err(self.error(die, ErrorKind::NamelessCycle, budget)),
        }
    }

    /// Where the string of an attribute is.
    fn string(&mut self, unit: UnitIndex, die: &Die, text: Text, budget: &mut Budget) -> Result<StringAt> {
        let unit = self.units.load(unit, budget)?;
        unit.string(text, budget).map_err(|error| unit.error_at(error, die.offset))
    }

    fn die(&mut self, id: DieId, budget: &mut Budget) -> Result<Die> {
        self.units.load(id.0, budget)?.die_at(id.1, budget)
    }

    fn resolve(
        &mut self,
        unit: UnitIndex,
        die: &Die,
        target: Reference,
        budget: &mut Budget,
    ) -> Result<DieId> {
        let unit = self.units.load(unit, budget)?;
        unit.resolve(target).map_err(|error| unit.error_at(error, die.offset))
    }

    #[cold]
    fn error(&mut self, id: DieId, kind: ErrorKind, budget: &mut Budget) -> Error {
        match self.units.load(id.0, budget) {
            Ok(unit) => unit.error_at(Error::new(kind), id.1),
            Err(error) => error,
        }
    }

    /// The bytes of a name.
    fn bytes<'s>(&'s self, name: Name, budget: &mut Budget) -> Result<&'s [u8]> {
        self.graph.source(self.dwarf).name(name, budget)
    }

    fn word(&mut self, word: Word, budget: &mut Budget) -> Result<()> {
        self.draft.word(word, budget)
    }

    fn attribute(&mut self, name: Word, value: Option<u64>, budget: &mut Budget) -> Result<()> {
        self.draft.attribute(name, value, budget)
    }
}

/// The node of a DIE.
#[inline]
fn node_of(index: &mut NodeIndex, graph: &mut Graph, id: DieId, budget: &mut Budget) -> Result<NodeId> {
    let slot = index.slot(id, budget)?;
    if let Some(node) = NodeId::from_slot(*slot) {
        return Ok(node);
    }
    let node = graph.add(id, budget)?;
    *slot = node.to_slot();
    Ok(node)
}
