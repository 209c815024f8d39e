//! The text of each kind of type (SPEC section 5).

use gimli::DwTag;

use crate::budget::Budget;
use crate::dwarf::{Die, DieId, Files, UnitIndex};
use crate::error::{ErrorKind, Result};
use crate::graph::names::type_name;
use crate::graph::{NodeId, NodeKind, Span};
use crate::kabi::{Placeholder, RuleKind};

use super::{Describer, List, Tail};

impl<'d> Describer<'_, '_, 'd> {
    /// Describes a type or a parameter.
    pub(super) fn node(&mut self, node: NodeId, id: DieId, budget: &mut Budget) -> Result<()> {
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

    pub(super) fn base_type(&mut self, unit: UnitIndex, die: &Die, budget: &mut Budget) -> Result<()> {
        self.text(b"base_type", budget)?;
        let name = self.qualified_name(unit, die, budget)?;
        let byte_size = self.byte_size(die, name, budget)?;
        self.attribute("byte_size", byte_size, budget)?;
        self.attribute("encoding", die.encoding(), budget)?;
        self.attribute("alignment", die.alignment(), budget)
    }

    pub(super) fn modifier(
        &mut self,
        node: NodeId,
        unit: UnitIndex,
        die: &Die,
        kind: &[u8],
        budget: &mut Budget,
    ) -> Result<()> {
        self.text(kind, budget)?;
        let name = self.qualified_name(unit, die, budget)?;
        if let Some(name) = name {
            let type_name = type_name(die.tag, name, &mut self.graph, budget)?;
            if let Some(node) = self.graph.node_mut(node) {
                node.name = type_name.unwrap_or(Span::EMPTY);
            }
        }
        self.draft.open(b" {", &mut self.graph, budget)?;
        self.refer(unit, die, die.target, budget)?;
        self.draft.close(b"}", &mut self.graph, budget)?;
        let byte_size = self.byte_size(die, name, budget)?;
        self.attribute("byte_size", byte_size, budget)?;
        self.attribute("alignment", die.alignment(), budget)
    }

    pub(super) fn array(&mut self, unit: UnitIndex, die: &Die, budget: &mut Budget) -> Result<()> {
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

    pub(super) fn subrange(&mut self, die: &Die, budget: &mut Budget) -> Result<()> {
        self.text(b"[", budget)?;
        if let Some(count) = die.count().or(die.upper_bound().map(|bound| bound.wrapping_add(1))) {
            self.draft.number(count, &mut self.graph, budget)?;
        }
        self.text(b"]", budget)
    }

    /// Writes the beginning of a function, whose parameters and result are described next.
    pub(super) fn parameters(&mut self, die: &Die, budget: &mut Budget) -> Result<()> {
        self.draft.open(b"(", &mut self.graph, budget)?;
        self.begin_list(die, List::Parameters(die.target, die.offset), budget)
    }

    /// Notes that a node is described once and for all, whatever it leads back to.
    pub(super) fn set_kind(&mut self, node: NodeId, kind: NodeKind) {
        self.entered = self.entered.saturating_add(1);
        if let Some(node) = self.graph.node_mut(node) {
            node.kind = kind;
        }
    }

    /// A union, which may stand for something else.
    pub(super) fn union(
        &mut self,
        node: NodeId,
        unit: UnitIndex,
        die: &Die,
        budget: &mut Budget,
    ) -> Result<()> {
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

    pub(super) fn record(
        &mut self,
        node: NodeId,
        unit: UnitIndex,
        die: &Die,
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
            node.name = type_name.unwrap_or(Span::EMPTY);
            node.head = head;
        }
        self.draft.span(head, budget)?;
        self.draft.open(b" {", &mut self.graph, budget)?;
        if self.is_opaque(unit, die, name, budget)? {
            return self.draft.close(b"}", &mut self.graph, budget);
        }
        let tail = Tail { byte_size: self.byte_size(die, name, budget)?, alignment: die.alignment() };
        let list = match die.tag {
            gimli::DW_TAG_enumeration_type => List::Enumerators(tail, name),
            _ => List::Members(tail),
        };
        self.begin_list(die, list, budget)
    }

    /// Whether a record is never expanded: a declaration, or private to a source file.
    pub(super) fn is_opaque(
        &mut self,
        unit: UnitIndex,
        die: &Die,
        name: Option<Span>,
        budget: &mut Budget,
    ) -> Result<bool> {
        if die.declaration {
            return Ok(true);
        }
        if let Some(name) = name
            && self.rules.find(RuleKind::DeclarationOnly, self.graph.text(name), budget)?.is_some()
        {
            return Ok(true);
        }
        let Some(file) = die.decl_file() else { return Ok(false) };
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

    /// The size that is printed for a type.
    pub(super) fn byte_size(
        &self,
        die: &Die,
        name: Option<Span>,
        budget: &mut Budget,
    ) -> Result<Option<u64>> {
        match (die.byte_size(), name) {
            (Some(_), Some(name)) => {
                match self.rules.find(RuleKind::ByteSize, self.graph.text(name), budget)? {
                    Some(rule) => rule.number().map(Some),
                    None => Ok(die.byte_size()),
                }
            }
            _ => Ok(die.byte_size()),
        }
    }

    /// Writes a DIE's qualified name behind a space, if it has one.
    pub(super) fn qualified_name(
        &mut self,
        unit: UnitIndex,
        die: &Die,
        budget: &mut Budget,
    ) -> Result<Option<Span>> {
        let name = self.names.qualified(&mut self.units, unit, die, &mut self.graph, budget)?;
        if let Some(name) = name {
            self.text(b" ", budget)?;
            self.draft.span(name, budget)?;
        }
        Ok(name)
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
