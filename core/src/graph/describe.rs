//! From DIEs to the type graph (SPEC section 5).
//!
//! The walk is depth first with a stack of its own: symbols in the order given, a DIE's children in order.
//! That order is part of the format, because it decides which parameter of a callback loses the comma before
//! it (SPEC section 5, the lost comma):
//!
//! * A record is described once for the whole graph. Any other node is described again whenever it is
//!   reached before its description has ended; of its descriptions, the one that started last counts.
//! * One flag, [`Describer::at_list_start`], is shared by the whole walk. Entering a list sets it, leaving
//!   one clears it. An item that is about to be described clears it, or has a comma if it is clear; an item
//!   that was described before touches nothing.
//!
//! A reference to a node is written before the node is described, so that a description's own fragments lie
//! together at the end of the draft, whatever is described in between.

use alloc::vec::Vec;

use gimli::DwTag;

use crate::budget::Budget;
use crate::dwarf::{
    Die, DieId, DieOffset, Dwarf, Evidence, Files, Reference, Scopes, Text, UnitCache, UnitIndex,
};
use crate::error::{Error, ErrorKind, Result};
use crate::exports::ExportId;
use crate::kabi::{MEMBER_PREFIX, Placeholder, RuleKind, Rules, placeholder};

use super::draft::Draft;
use super::index::NodeIndex;
use super::names::{Names, type_name};
use super::{DescriptionId, Graph, NodeId, NodeKind, Progress, Root, Span};

/// Describes symbols.
#[derive(Debug)]
pub(crate) struct Describer<'a, 'u, 'd> {
    units: UnitCache<'u, 'd>,
    rules: &'a Rules<'d>,
    names: Names<'a>,
    /// The file tables that were needed so far; sorted by unit.
    files: Vec<(UnitIndex, Files)>,
    index: NodeIndex,
    /// The descriptions of symbols, by the DIE that supplies the type.
    roots: NodeIndex,
    draft: Draft,
    frames: Vec<Frame>,
    /// A node to be described before anything else goes on.
    pending: Option<(NodeId, DieId)>,
    at_list_start: bool,
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
    step: Step,
    /// `None` for a list within a description.
    description: Option<Description>,
}

/// An unfinished description.
#[derive(Clone, Copy, Debug)]
struct Description {
    node: NodeId,
    id: DescriptionId,
    /// What the draft wants back.
    outer: usize,
}

/// What a frame does next.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// Goes on with the children at this offset.
    Children(DieOffset, List),
    /// Nothing is left to do.
    Finish,
}

/// What a list consists of, and what comes behind it.
#[derive(Clone, Copy, Debug)]
enum List {
    /// Members of a structure, class or union.
    Members(Tail),
    /// Enumerators; the enumeration's qualified name, which rules are about.
    Enumerators(Tail, Option<Span>),
    /// Parameters; the type that is returned, and whose it is.
    Parameters(Option<Reference>, DieOffset),
    /// Everything within a variant part.
    VariantPart,
    /// Members; the value of the discriminant.
    Variant(Option<u64>),
}

/// What comes behind the closing brace of a record.
#[derive(Clone, Copy, Debug)]
struct Tail {
    byte_size: Option<u64>,
    alignment: Option<u64>,
}

impl<'a, 'u, 'd> Describer<'a, 'u, 'd> {
    /// `scopes` has those of the units that were scanned, sorted by unit.
    pub(crate) fn new(dwarf: &'u Dwarf<'d>, scopes: &'a [(UnitIndex, Scopes)], rules: &'a Rules<'d>) -> Self {
        Describer {
            units: UnitCache::new(dwarf),
            rules,
            names: Names::new(scopes),
            files: Vec::new(),
            index: NodeIndex::default(),
            roots: NodeIndex::default(),
            draft: Draft::default(),
            frames: Vec::new(),
            pending: None,
            at_list_start: false,
            entered: 0,
            graph: Graph::default(),
        }
    }

    /// What was described.
    pub(crate) fn into_graph(self) -> Graph {
        self.graph
    }

    /// Describes a symbol, or group of symbols.
    pub(crate) fn describe(
        &mut self,
        group: ExportId,
        evidence: Evidence,
        budget: &mut Budget,
    ) -> Result<()> {
        let id = match evidence {
            Evidence::Function(id) | Evidence::Variable(id) | Evidence::Pointer(id) => id,
            Evidence::BadPointer(_, kind) => return Err(Error::new(kind)),
        };
        let slot = self.roots.slot(id, budget)?;
        if let Some(node) = NodeId::from_slot(*slot) {
            return budget.push(&mut self.graph.roots, Root { group, node, is_repeated: true });
        }
        let node = self.graph.add(self.units.place(id), budget)?;
        *slot = node.to_slot();
        let die = self.die(id, budget)?;
        match evidence {
            Evidence::Function(_) => self.function(node, id.0, &die, budget)?,
            Evidence::Pointer(_) => match self.pointee(id.0, &die, budget)? {
                Some((unit, function)) => self.function(node, unit, &function, budget)?,
                None => self.variable(node, id.0, &die, budget)?,
            },
            Evidence::Variable(_) | Evidence::BadPointer(..) => self.variable(node, id.0, &die, budget)?,
        }
        self.run(budget)?;
        budget.push(&mut self.graph.roots, Root { group, node, is_repeated: false })
    }

    /// The function type that a symbol pointer points to, if it is one.
    fn pointee(
        &mut self,
        unit: UnitIndex,
        pointer: &Die<'d>,
        budget: &mut Budget,
    ) -> Result<Option<(UnitIndex, Die<'d>)>> {
        let Some(target) = pointer.target else { return Ok(None) };
        let target = self.resolve(unit, pointer, target, budget)?;
        let die = self.die(target, budget)?;
        Ok((die.tag == gimli::DW_TAG_subroutine_type).then_some((target.0, die)))
    }

    fn function(&mut self, node: NodeId, unit: UnitIndex, die: &Die<'d>, budget: &mut Budget) -> Result<()> {
        self.begin(node, unit, die.tag, budget)?;
        self.text(b"subprogram ", budget)?;
        self.parameters(die, budget)
    }

    fn variable(&mut self, node: NodeId, unit: UnitIndex, die: &Die<'d>, budget: &mut Budget) -> Result<()> {
        self.begin(node, unit, die.tag, budget)?;
        self.text(b"variable ", budget)?;
        self.refer(unit, die, die.target, budget)
    }

    /// Goes on until nothing is left to describe.
    fn run(&mut self, budget: &mut Budget) -> Result<()> {
        loop {
            budget.charge_work(1)?;
            if let Some((node, die)) = self.pending.take() {
                self.node(node, die, budget)?;
                continue;
            }
            let Some(&frame) = self.frames.last() else { return Ok(()) };
            match frame.step {
                Step::Children(at, list) => self.next_child(frame, at, list, budget)?,
                Step::Finish => self.finish(budget)?,
            }
        }
    }

    /// Begins the description of a node.
    fn begin(&mut self, node: NodeId, unit: UnitIndex, tag: DwTag, budget: &mut Budget) -> Result<()> {
        let id = self.graph.begin(budget)?;
        let entered = self.entered;
        if let Some(node) = self.graph.node_mut(node) {
            node.progress = Progress::Open;
            node.latest = Some(id);
            node.entered = entered;
        }
        let description = Some(Description { node, id, outer: self.draft.begin() });
        self.push_frame(Frame { unit, tag, step: Step::Finish, description }, budget)
    }

    fn push_frame(&mut self, frame: Frame, budget: &mut Budget) -> Result<()> {
        budget.check_depth(self.frames.len())?;
        budget.push(&mut self.frames, frame)
    }

    /// Ends the innermost frame.
    fn finish(&mut self, budget: &mut Budget) -> Result<()> {
        let Some(Frame { description: Some(description), .. }) = self.frames.pop() else { return Ok(()) };
        if let Some(node) = self.graph.node_mut(description.node) {
            node.progress = Progress::Complete;
        }
        self.draft.finish(description.id, description.outer, &mut self.graph, budget)
    }

    /// Changes what the innermost frame does next.
    fn set_step(&mut self, step: Step) {
        if let Some(frame) = self.frames.last_mut() {
            frame.step = step;
        }
    }

    /// Describes a type or a parameter.
    fn node(&mut self, node: NodeId, id: DieId, budget: &mut Budget) -> Result<()> {
        let die = self.die(id, budget)?;
        let unit = id.0;
        self.begin(node, unit, die.tag, budget)?;
        if die.signature.is_some() {
            // What stands here is the definition, which is in a type unit.
            self.set_kind(node, NodeKind::Placeholder);
            return self.refer(unit, &die, die.signature, budget);
        }
        match die.tag {
            gimli::DW_TAG_base_type => self.base_type(unit, &die, budget),
            gimli::DW_TAG_unspecified_type => self.text(b"unspecified_type", budget),
            gimli::DW_TAG_structure_type => self.record(node, unit, &die, b"structure_type", budget),
            gimli::DW_TAG_class_type => self.record(node, unit, &die, b"class_type", budget),
            gimli::DW_TAG_union_type => self.union(node, unit, &die, budget),
            gimli::DW_TAG_enumeration_type => self.record(node, unit, &die, b"enumeration_type", budget),
            gimli::DW_TAG_array_type => self.array(unit, &die, budget),
            gimli::DW_TAG_subroutine_type => {
                self.text(b"subroutine_type ", budget)?;
                self.parameters(&die, budget)
            }
            gimli::DW_TAG_formal_parameter => {
                self.begin_item(budget)?;
                self.text(b"formal_parameter ", budget)?;
                let name = self.name(unit, &die, budget)?;
                self.member_like(unit, &die, name, budget)
            }
            // Malformed, but the format has a text for it.
            gimli::DW_TAG_member => self.member(unit, &die, budget),
            gimli::DW_TAG_enumerator => self.enumerator(unit, &die, None, budget),
            gimli::DW_TAG_subrange_type => self.subrange(&die, budget),
            gimli::DW_TAG_variant => self.variant(unit, &die, budget),
            gimli::DW_TAG_variant_part => self.variant_part(unit, &die, budget),
            tag => match modifier(tag) {
                Some(kind) => self.modifier(node, unit, &die, kind, budget),
                None => Err(self.error(id, ErrorKind::UnexpectedType(tag), budget)),
            },
        }
    }

    fn base_type(&mut self, unit: UnitIndex, die: &Die<'d>, budget: &mut Budget) -> Result<()> {
        self.text(b"base_type", budget)?;
        let name = self.qualified_name(unit, die, budget)?;
        let byte_size = self.byte_size(die, name)?;
        self.attribute("byte_size", byte_size, budget)?;
        self.attribute("encoding", die.encoding, budget)?;
        self.attribute("alignment", die.alignment, budget)
    }

    fn modifier(
        &mut self,
        node: NodeId,
        unit: UnitIndex,
        die: &Die<'d>,
        kind: &[u8],
        budget: &mut Budget,
    ) -> Result<()> {
        self.text(kind, budget)?;
        let name = self.qualified_name(unit, die, budget)?;
        if let Some(name) = name {
            let type_name = type_name(die.tag, name, &mut self.graph, budget)?;
            if let Some(node) = self.graph.node_mut(node) {
                node.name = type_name;
            }
        }
        self.draft.open(b" {", &mut self.graph, budget)?;
        self.refer(unit, die, die.target, budget)?;
        self.draft.close(b"}", &mut self.graph, budget)?;
        let byte_size = self.byte_size(die, name)?;
        self.attribute("byte_size", byte_size, budget)?;
        self.attribute("alignment", die.alignment, budget)
    }

    fn array(&mut self, unit: UnitIndex, die: &Die<'d>, budget: &mut Budget) -> Result<()> {
        self.text(b"array_type", budget)?;
        let mut next = die.has_children.then_some(die.end);
        while let Some(at) = next {
            let Some((child, after)) = self.child(unit, at, budget)? else { break };
            if child.tag == gimli::DW_TAG_subrange_type {
                self.subrange(&child, budget)?;
            }
            next = Some(after);
        }
        self.at_list_start = false;
        self.draft.open(b" {", &mut self.graph, budget)?;
        self.refer(unit, die, die.target, budget)?;
        self.draft.close(b"}", &mut self.graph, budget)
    }

    fn subrange(&mut self, die: &Die<'d>, budget: &mut Budget) -> Result<()> {
        self.text(b"[", budget)?;
        if let Some(count) = die.count.or(die.upper_bound.map(|bound| bound.wrapping_add(1))) {
            self.draft.number(count, &mut self.graph, budget)?;
        }
        self.text(b"]", budget)
    }

    /// Writes the beginning of a function, whose parameters and result are described next.
    fn parameters(&mut self, die: &Die<'d>, budget: &mut Budget) -> Result<()> {
        self.draft.open(b"(", &mut self.graph, budget)?;
        self.begin_list(die, List::Parameters(die.target, die.offset), budget)
    }

    /// Notes that a node is described once and for all, whatever it leads back to.
    fn set_kind(&mut self, node: NodeId, kind: NodeKind) {
        self.entered = self.entered.saturating_add(1);
        if let Some(node) = self.graph.node_mut(node) {
            node.kind = kind;
        }
    }

    /// A union, which may stand for something else.
    fn union(&mut self, node: NodeId, unit: UnitIndex, die: &Die<'d>, budget: &mut Budget) -> Result<()> {
        let Some((unit, placeholder)) = self.placeholder(unit, die, budget)? else {
            return self.record(node, unit, die, b"union_type", budget);
        };
        self.set_kind(node, NodeKind::Placeholder);
        match placeholder {
            Placeholder::Ignored => Ok(()),
            Placeholder::Reserved(member) | Placeholder::Renamed(member, _) => {
                self.refer(unit, &member, member.target, budget)
            }
        }
    }

    fn record(
        &mut self,
        node: NodeId,
        unit: UnitIndex,
        die: &Die<'d>,
        kind: &[u8],
        budget: &mut Budget,
    ) -> Result<()> {
        let start = self.graph.write(kind, budget)?.start;
        let space = self.graph.write(b" ", budget)?;
        let name = self.names.qualified(&mut self.units, unit, die, &mut self.graph, budget)?;
        let head = Span { start, end: name.map_or(space.start, |name| name.end) };
        let type_name = match name {
            Some(name) => type_name(die.tag, name, &mut self.graph, budget)?,
            None => None,
        };
        self.set_kind(node, NodeKind::Record);
        if let Some(node) = self.graph.node_mut(node) {
            node.name = type_name;
            node.head = Some(head);
        }
        self.draft.span(head, budget)?;
        self.draft.open(b" {", &mut self.graph, budget)?;
        if self.is_opaque(unit, die, name, budget)? {
            return self.draft.close(b"}", &mut self.graph, budget);
        }
        let tail = Tail { byte_size: self.byte_size(die, name)?, alignment: die.alignment };
        let list = match die.tag {
            gimli::DW_TAG_enumeration_type => List::Enumerators(tail, name),
            _ => List::Members(tail),
        };
        self.begin_list(die, list, budget)
    }

    /// Whether a record is never expanded: a declaration, or private to a source file.
    fn is_opaque(
        &mut self,
        unit: UnitIndex,
        die: &Die<'d>,
        name: Option<Span>,
        budget: &mut Budget,
    ) -> Result<bool> {
        if die.declaration {
            return Ok(true);
        }
        if let Some(name) = name
            && self.rules.find(RuleKind::DeclarationOnly, self.graph.text(name)).is_some()
        {
            return Ok(true);
        }
        let Some(file) = die.decl_file else { return Ok(false) };
        let at = match self.files.binary_search_by_key(&unit, |&(unit, _)| unit) {
            Ok(at) => at,
            Err(at) => {
                let files = Files::parse(self.units.load(unit, budget)?, budget)?;
                budget.insert(&mut self.files, at, (unit, files))?;
                at
            }
        };
        let is_source = self.files.get(at).map_or(Ok(false), |(_, files)| files.is_source(file));
        match is_source {
            Ok(is_source) => Ok(is_source),
            Err(error) => Err(self.units.load(unit, budget)?.error_at(error, die.offset)),
        }
    }

    /// Enters the list of a DIE's children.
    fn begin_list(&mut self, die: &Die<'d>, list: List, budget: &mut Budget) -> Result<()> {
        self.at_list_start = true;
        if die.has_children {
            self.set_step(Step::Children(die.end, list));
            Ok(())
        } else {
            self.end_list(list, budget)
        }
    }

    /// Describes the child at `at` of the innermost frame.
    fn next_child(&mut self, frame: Frame, at: DieOffset, list: List, budget: &mut Budget) -> Result<()> {
        let Some((child, after)) = self.child(frame.unit, at, budget)? else {
            return self.end_list(list, budget);
        };
        self.set_step(Step::Children(after, list));
        let unexpected = ErrorKind::UnexpectedChild(frame.tag, child.tag);
        match (list, child.tag) {
            (List::Parameters(..), gimli::DW_TAG_formal_parameter) => {
                self.refer_to((frame.unit, child.offset), budget)
            }
            (List::Members(_) | List::VariantPart | List::Variant(_), gimli::DW_TAG_member) => {
                self.member(frame.unit, &child, budget)
            }
            // The reference stops here; the texts are ours (SPEC section 9).
            (List::Members(_), gimli::DW_TAG_inheritance) => {
                self.cxx_item(frame.unit, &child, b"inheritance ", budget)
            }
            (List::Members(_), gimli::DW_TAG_variable) => {
                self.cxx_item(frame.unit, &child, b"static_member ", budget)
            }
            (List::Members(_), gimli::DW_TAG_template_value_parameter) => {
                self.cxx_item(frame.unit, &child, b"template_value_parameter ", budget)
            }
            (List::Enumerators(_, name), gimli::DW_TAG_enumerator) => {
                self.enumerator(frame.unit, &child, name, budget)
            }
            (List::Members(_) | List::VariantPart, gimli::DW_TAG_variant_part) => {
                self.variant_part(frame.unit, &child, budget)
            }
            (List::VariantPart, gimli::DW_TAG_variant) => self.variant(frame.unit, &child, budget),
            (List::VariantPart, _) => self.refer_to((frame.unit, child.offset), budget),
            // Nested definitions and member functions are not part of the layout.
            (
                List::Members(_),
                gimli::DW_TAG_structure_type
                | gimli::DW_TAG_class_type
                | gimli::DW_TAG_union_type
                | gimli::DW_TAG_enumeration_type
                | gimli::DW_TAG_template_type_parameter
                | gimli::DW_TAG_subprogram,
            ) => Ok(()),
            (List::Members(_), _) => Err(self.error((frame.unit, child.offset), unexpected, budget)),
            (List::Parameters(..) | List::Enumerators(..) | List::Variant(_), _) => Ok(()),
        }
    }

    /// Leaves a list and writes what comes behind it.
    fn end_list(&mut self, list: List, budget: &mut Budget) -> Result<()> {
        self.at_list_start = false;
        let Some(&frame) = self.frames.last() else { return Ok(()) };
        self.set_step(Step::Finish);
        let bracket: &[u8] = if matches!(list, List::Parameters(..)) { b")" } else { b"}" };
        self.draft.close(bracket, &mut self.graph, budget)?;
        match list {
            List::Members(tail) | List::Enumerators(tail, _) => {
                self.attribute("byte_size", tail.byte_size, budget)?;
                self.attribute("alignment", tail.alignment, budget)
            }
            List::Parameters(result, function) => {
                self.draft.line_break(budget)?;
                self.text(b"-> ", budget)?;
                self.refer_from(frame.unit, function, result, budget)
            }
            List::VariantPart => Ok(()),
            List::Variant(value) => self.attribute("discr_value", value, budget),
        }
    }

    fn variant_part(&mut self, unit: UnitIndex, die: &Die<'d>, budget: &mut Budget) -> Result<()> {
        self.begin_item(budget)?;
        self.nested(unit, die, b"variant_part", List::VariantPart, budget)
    }

    fn variant(&mut self, unit: UnitIndex, die: &Die<'d>, budget: &mut Budget) -> Result<()> {
        self.begin_item(budget)?;
        self.nested(unit, die, b"variant", List::Variant(die.discr_value), budget)
    }

    /// A list within a description.
    fn nested(
        &mut self,
        unit: UnitIndex,
        die: &Die<'d>,
        kind: &[u8],
        list: List,
        budget: &mut Budget,
    ) -> Result<()> {
        self.text(kind, budget)?;
        self.draft.open(b" {", &mut self.graph, budget)?;
        self.push_frame(Frame { unit, tag: die.tag, step: Step::Finish, description: None }, budget)?;
        self.begin_list(die, list, budget)
    }

    fn member(&mut self, unit: UnitIndex, die: &Die<'d>, budget: &mut Budget) -> Result<()> {
        let mut name = self.name(unit, die, budget)?;
        match self.member_placeholder(unit, die, budget)? {
            Some(Placeholder::Ignored) => return Ok(()),
            Some(Placeholder::Renamed(_, old)) => name = Some(old),
            Some(Placeholder::Reserved(_)) | None => {}
        }
        self.begin_item(budget)?;
        self.text(b"member ", budget)?;
        self.member_like(unit, die, name, budget)
    }

    /// What members and parameters have in common: the type, the name, the attributes.
    fn member_like(
        &mut self,
        unit: UnitIndex,
        die: &Die<'d>,
        name: Option<&[u8]>,
        budget: &mut Budget,
    ) -> Result<()> {
        self.refer(unit, die, die.target, budget)?;
        if let Some(name) = name {
            self.text(b" ", budget)?;
            self.text(name, budget)?;
        }
        self.attribute("accessibility", die.accessibility, budget)?;
        self.attribute("bit_size", die.bit_size, budget)?;
        self.attribute("data_bit_offset", die.data_bit_offset, budget)?;
        self.attribute("data_member_location", die.data_member_location, budget)
    }

    /// A base class, static member or template value.
    fn cxx_item(&mut self, unit: UnitIndex, die: &Die<'d>, kind: &[u8], budget: &mut Budget) -> Result<()> {
        let name = self.name(unit, die, budget)?;
        self.begin_item(budget)?;
        self.text(kind, budget)?;
        self.member_like(unit, die, name, budget)?;
        self.attribute("virtuality", die.virtuality, budget)?;
        if let Some(value) = die.const_value {
            self.text(b" = ", budget)?;
            self.draft.number(value, &mut self.graph, budget)?;
        }
        Ok(())
    }

    fn enumerator(
        &mut self,
        unit: UnitIndex,
        die: &Die<'d>,
        enumeration: Option<Span>,
        budget: &mut Budget,
    ) -> Result<()> {
        let mut value = die.const_value;
        let name = match die.name {
            Some(name) => Some(self.string(unit, die, name, budget)?),
            None => None,
        };
        if self.rules.is_stable()
            && let (Some(enumeration), Some(name)) = (enumeration, name)
        {
            let mut target = Vec::new();
            budget.extend(&mut target, self.graph.text(enumeration))?;
            budget.push(&mut target, b' ')?;
            budget.extend(&mut target, name)?;
            if self.rules.find(RuleKind::EnumeratorIgnore, &target).is_some() {
                return self.draft.nothing(budget);
            }
            if let Some(rule) = self.rules.find(RuleKind::EnumeratorValue, &target) {
                value = Some(rule.number()?);
            }
        }
        self.begin_item(budget)?;
        self.text(b"enumerator", budget)?;
        if let Some(name) = name.filter(|name| !name.is_empty()) {
            self.text(b" ", budget)?;
            self.text(name, budget)?;
        }
        if let Some(value) = value {
            self.text(b" = ", budget)?;
            self.draft.number(value, &mut self.graph, budget)?;
        }
        Ok(())
    }

    /// Writes the comma before an item, unless it is the first of its list.
    fn begin_item(&mut self, budget: &mut Budget) -> Result<()> {
        if core::mem::take(&mut self.at_list_start) {
            return Ok(());
        }
        self.text(b" ,", budget)?;
        self.draft.line_break(budget)
    }

    /// Writes the type that `die` refers to, and sees to it that it is described.
    fn refer(
        &mut self,
        unit: UnitIndex,
        die: &Die<'d>,
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
        let Some(target) = target else { return self.text(b"base_type void", budget) };
        let unit = self.units.load(unit, budget)?;
        let target = unit.resolve(target).map_err(|error| unit.error_at(error, from))?;
        self.refer_to(target, budget)
    }

    /// Writes a reference to a DIE's node, which is described next unless that is done.
    fn refer_to(&mut self, id: DieId, budget: &mut Budget) -> Result<()> {
        let slot = self.index.slot(id, budget)?;
        let node = match NodeId::from_slot(*slot) {
            Some(node) => node,
            None => {
                let node = self.graph.add(self.units.place(id), budget)?;
                *slot = node.to_slot();
                node
            }
        };
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
            (Progress::Absent, _) => Ok(true),
            (Progress::Complete, _) | (Progress::Open, NodeKind::Record | NodeKind::Placeholder) => Ok(false),
            // Describing it again ends only if some record is entered for the first time on the way.
            (Progress::Open, NodeKind::Other) if node.entered < self.entered => Ok(true),
            (Progress::Open, NodeKind::Other) if node.name.is_some() => Ok(false),
            (Progress::Open, NodeKind::Other) => Err(self.error(die, ErrorKind::NamelessCycle, budget)),
        }
    }

    /// What the union that is a member's type stands for, if it is a kABI union.
    fn member_placeholder(
        &mut self,
        unit: UnitIndex,
        member: &Die<'d>,
        budget: &mut Budget,
    ) -> Result<Option<Placeholder<'d>>> {
        if !self.rules.is_stable() {
            return Ok(None);
        }
        let Some(target) = member.target else { return Ok(None) };
        let target = self.resolve(unit, member, target, budget)?;
        let union = self.die(target, budget)?;
        if union.tag != gimli::DW_TAG_union_type {
            return Ok(None);
        }
        Ok(self.placeholder(target.0, &union, budget)?.map(|(_, placeholder)| placeholder))
    }

    fn placeholder(
        &mut self,
        unit: UnitIndex,
        union: &Die<'d>,
        budget: &mut Budget,
    ) -> Result<Option<(UnitIndex, Placeholder<'d>)>> {
        if !self.rules.is_stable() {
            return Ok(None);
        }
        placeholder(&mut self.units, unit, union, budget)
    }

    /// The size that is printed for a type.
    fn byte_size(&self, die: &Die<'d>, name: Option<Span>) -> Result<Option<u64>> {
        match (die.byte_size, name) {
            (Some(_), Some(name)) => match self.rules.find(RuleKind::ByteSize, self.graph.text(name)) {
                Some(rule) => rule.number().map(Some),
                None => Ok(die.byte_size),
            },
            _ => Ok(die.byte_size),
        }
    }

    /// Writes a DIE's qualified name behind a space, if it has one.
    fn qualified_name(
        &mut self,
        unit: UnitIndex,
        die: &Die<'d>,
        budget: &mut Budget,
    ) -> Result<Option<Span>> {
        let name = self.names.qualified(&mut self.units, unit, die, &mut self.graph, budget)?;
        if let Some(name) = name {
            self.text(b" ", budget)?;
            self.draft.span(name, budget)?;
        }
        Ok(name)
    }

    /// The name of a member or parameter, unless the conventions hide it.
    fn name(&mut self, unit: UnitIndex, die: &Die<'d>, budget: &mut Budget) -> Result<Option<&'d [u8]>> {
        let Some(name) = die.name else { return Ok(None) };
        let name = self.string(unit, die, name, budget)?;
        let is_hidden = self.rules.is_stable() && name.starts_with(MEMBER_PREFIX);
        Ok((!is_hidden).then_some(name))
    }

    fn string(
        &mut self,
        unit: UnitIndex,
        die: &Die<'d>,
        text: Text<'d>,
        budget: &mut Budget,
    ) -> Result<&'d [u8]> {
        let unit = self.units.load(unit, budget)?;
        unit.text(text, budget).map_err(|error| unit.error_at(error, die.offset))
    }

    /// The child at `at`, and where the next one begins; `None` at the end of the list.
    fn child(
        &mut self,
        unit: UnitIndex,
        at: DieOffset,
        budget: &mut Budget,
    ) -> Result<Option<(Die<'d>, DieOffset)>> {
        let unit = self.units.load(unit, budget)?;
        let Some(head) = unit.head(at)? else { return Ok(None) };
        let die = unit.die(head, budget)?;
        let after = unit.after(&die, budget)?;
        Ok(Some((die, after)))
    }

    fn die(&mut self, id: DieId, budget: &mut Budget) -> Result<Die<'d>> {
        self.units.load(id.0, budget)?.die_at(id.1, budget)
    }

    fn resolve(
        &mut self,
        unit: UnitIndex,
        die: &Die<'d>,
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

    fn text(&mut self, bytes: &[u8], budget: &mut Budget) -> Result<()> {
        self.draft.text(bytes, &mut self.graph, budget)
    }

    fn attribute(&mut self, name: &str, value: Option<u64>, budget: &mut Budget) -> Result<()> {
        self.draft.attribute(name, value, &mut self.graph, budget)
    }
}

/// How a type that only points to another one, or qualifies it, is called.
fn modifier(tag: DwTag) -> Option<&'static [u8]> {
    Some(match tag {
        gimli::DW_TAG_pointer_type => b"pointer_type",
        gimli::DW_TAG_const_type => b"const_type",
        gimli::DW_TAG_volatile_type => b"volatile_type",
        gimli::DW_TAG_restrict_type => b"restrict_type",
        gimli::DW_TAG_atomic_type => b"atomic_type",
        gimli::DW_TAG_immutable_type => b"immutable_type",
        gimli::DW_TAG_packed_type => b"packed_type",
        gimli::DW_TAG_reference_type => b"reference_type",
        gimli::DW_TAG_rvalue_reference_type => b"rvalue_reference_type",
        gimli::DW_TAG_shared_type => b"shared_type",
        gimli::DW_TAG_typedef => b"typedef_type",
        gimli::DW_TAG_template_type_parameter => b"template_type_parameter_type",
        _ => return None,
    })
}
