//! The text of each kind of type (SPEC section 5).

use gimli::DwTag;

use crate::budget::Budget;
use crate::dwarf::{Die, DieId, Files, LineProgram, UnitIndex};
use crate::error::{ErrorKind, Result};
use crate::graph::names::type_name;
use crate::graph::{Fragment, Name, NodeId, NodeKind};
use crate::kabi::{Placeholder, RuleKind};
use crate::standard::DwarfTag;
use crate::word::Word;

use super::{Describer, List, Signature, Tail};

impl Describer<'_, '_> {
    /// Describes a type or a parameter.
    pub(super) fn node(
        &mut self,
        node: NodeId,
        id: DieId,
        room: &mut Die,
        budget: &mut Budget,
    ) -> Result<()> {
        self.units.load(id.0, budget)?.read_at(id.1, room, budget)?;
        let die = &*room;
        let unit = id.0;
        self.begin(node, unit, die.tag, budget)?;
        if die.signature.is_some() {
            // What stands here is the definition, which is in a type unit.
            self.set_kind(node, NodeKind::Signature);
            return self.refer(unit, die, die.signature, budget);
        }
        match die.tag {
            // Not all versions of DWARF have them, and what they mean for a layout is in sizes and offsets.
            gimli::DW_TAG_restrict_type | gimli::DW_TAG_atomic_type if self.is_canonical => {
                self.refer(unit, die, die.target, budget)
            }
            gimli::DW_TAG_base_type => self.base_type(unit, die, budget),
            gimli::DW_TAG_unspecified_type => self.word(Word::UnspecifiedType, budget),
            gimli::DW_TAG_structure_type => self.record(node, unit, die, Word::StructureType, budget),
            gimli::DW_TAG_class_type => self.record(node, unit, die, Word::ClassType, budget),
            gimli::DW_TAG_union_type => self.union(node, unit, die, budget),
            gimli::DW_TAG_enumeration_type => self.record(node, unit, die, Word::EnumerationType, budget),
            gimli::DW_TAG_array_type => self.array(unit, die, budget),
            gimli::DW_TAG_subroutine_type => {
                self.word(Word::SubroutineType, budget)?;
                self.parameters(unit, die, budget)
            }
            gimli::DW_TAG_formal_parameter => {
                self.begin_item(Word::FormalParameter, budget)?;
                let name = self.name(unit, die, budget)?;
                self.member_like(unit, die, name, budget)
            }
            // Malformed, but the format has a text for it.
            gimli::DW_TAG_member => self.member(unit, die, false, budget),
            gimli::DW_TAG_enumerator => self.enumerator(unit, die, None, budget),
            gimli::DW_TAG_subrange_type => self.subrange(unit, die, budget),
            gimli::DW_TAG_variant => self.variant(unit, die, budget),
            gimli::DW_TAG_variant_part => self.variant_part(unit, die, budget),
            tag => match modifier(tag) {
                Some(kind) => self.modifier(node, unit, die, kind, budget),
                None if self.is_lenient => self.word(Word::UnknownType, budget),
                None => Err(self.error(id, ErrorKind::UnexpectedType(DwarfTag::new(tag)), budget)),
            },
        }
    }

    pub(super) fn base_type(&mut self, unit: UnitIndex, die: &Die, budget: &mut Budget) -> Result<()> {
        self.word(Word::BaseType, budget)?;
        let name = self.qualified_name(unit, die, budget)?;
        let byte_size = self.byte_size(die, name, budget)?;
        self.attribute(Word::ByteSize, byte_size, budget)?;
        self.attribute(Word::Encoding, die.encoding(), budget)?;
        self.attribute(Word::Alignment, die.alignment(), budget)?;
        if self.is_canonical {
            self.attribute(Word::BitSize, die.bit_size(), budget)?;
            self.attribute(Word::DataBitOffset, die.data_bit_offset(), budget)?;
        }
        self.more(unit, die.offset, budget)
    }

    pub(super) fn modifier(
        &mut self,
        node: NodeId,
        unit: UnitIndex,
        die: &Die,
        kind: Word,
        budget: &mut Budget,
    ) -> Result<()> {
        self.word(kind, budget)?;
        let name = self.qualified_name(unit, die, budget)?;
        self.set_name(node, name.and_then(|name| type_name(die.tag, name)), budget)?;
        self.draft.push(Fragment::Open(Word::OpenBrace), budget)?;
        self.refer(unit, die, die.target, budget)?;
        self.draft.push(Fragment::Close(Word::CloseBrace), budget)?;
        let byte_size = self.byte_size(die, name, budget)?;
        self.attribute(Word::ByteSize, byte_size, budget)?;
        self.attribute(Word::Alignment, die.alignment(), budget)?;
        self.more(unit, die.offset, budget)
    }

    pub(super) fn array(&mut self, unit: UnitIndex, die: &Die, budget: &mut Budget) -> Result<()> {
        let is_vector = self.is_canonical && die.vector;
        self.word(if is_vector { Word::VectorType } else { Word::ArrayType }, budget)?;
        let mut next = die.has_children.then_some(die.end);
        while let Some(at) = next {
            let loaded = self.units.load(unit, budget)?;
            let Some(head) = loaded.head(at)? else { break };
            let child = loaded.die(head, budget)?;
            next = Some(loaded.after(&child, budget)?);
            if child.tag == gimli::DW_TAG_subrange_type {
                self.subrange(unit, &child, budget)?;
            }
        }
        self.shared.at_list_start = false;
        self.draft.push(Fragment::Open(Word::OpenBrace), budget)?;
        self.refer(unit, die, die.target, budget)?;
        self.draft.push(Fragment::Close(Word::CloseBrace), budget)?;
        if self.is_canonical {
            self.attribute(Word::ByteSize, die.byte_size(), budget)?;
            self.attribute(Word::Alignment, die.alignment(), budget)?;
        }
        self.more(unit, die.offset, budget)
    }

    pub(super) fn subrange(&mut self, unit: UnitIndex, die: &Die, budget: &mut Budget) -> Result<()> {
        self.word(Word::OpenBracket, budget)?;
        if let Some(count) = die.count().or(die.upper_bound().map(|bound| bound.wrapping_add(1))) {
            self.draft.number(count, budget)?;
        }
        self.more(unit, die.offset, budget)?;
        self.word(Word::CloseBracket, budget)
    }

    /// Writes the beginning of a function, whose parameters and result are described next.
    pub(super) fn parameters(&mut self, unit: UnitIndex, die: &Die, budget: &mut Budget) -> Result<()> {
        self.draft.push(Fragment::Open(Word::OpenParenthesis), budget)?;
        let is_unprototyped = self.is_canonical && !die.prototyped && self.is_c(unit, budget)?;
        let signature = Signature { result: die.target, function: die.offset, is_unprototyped };
        self.begin_list(die, List::Parameters(signature), budget)
    }

    /// Whether functions need not have prototypes in a unit.
    fn is_c(&mut self, unit: UnitIndex, budget: &mut Budget) -> Result<bool> {
        match self.languages.binary_search_by_key(&unit, |&(unit, _)| unit) {
            Ok(at) => Ok(self.languages.get(at).is_some_and(|&(_, is_c)| is_c)),
            Err(_) => Ok(self.units.load(unit, budget)?.is_c()),
        }
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
            return self.record(node, unit, die, Word::UnionType, budget);
        };
        // Complete nodes are gone through again for it.
        self.refuse_recognition()?;
        self.set_kind(node, NodeKind::Placeholder);
        self.begin_union(node, &placeholder, budget)?;
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
        kind: Word,
        budget: &mut Budget,
    ) -> Result<()> {
        self.word(kind, budget)?;
        let name = self.qualified_name(unit, die, budget)?;
        self.set_kind(node, NodeKind::Record);
        self.set_name(node, name.and_then(|name| type_name(die.tag, name)), budget)?;
        self.draft.push(Fragment::Open(Word::OpenBrace), budget)?;
        if self.is_opaque(unit, die, name, budget)? {
            return self.draft.push(Fragment::Close(Word::CloseBrace), budget);
        }
        let tail = Tail {
            byte_size: self.byte_size(die, name, budget)?,
            alignment: die.alignment(),
            record: die.offset,
        };
        let list = match die.tag {
            gimli::DW_TAG_enumeration_type => {
                self.has_negative = false;
                List::Enumerators(tail, name)
            }
            _ => List::Members(tail),
        };
        self.begin_list(die, list, budget)
    }

    /// Whether a record is never expanded: a declaration, or private to a source file.
    pub(super) fn is_opaque(
        &mut self,
        unit: UnitIndex,
        die: &Die,
        name: Option<Name>,
        budget: &mut Budget,
    ) -> Result<bool> {
        if die.declaration {
            return Ok(true);
        }
        if self.rules.is_stable()
            && let Some(name) = name
            && self.rules.find(RuleKind::DeclarationOnly, self.bytes(name, budget)?, budget)?.is_some()
        {
            return Ok(true);
        }
        let Some(file) = die.decl_file().filter(|_| !self.expands_private) else { return Ok(false) };
        let is_source = match self.units.load(unit, budget)?.line_program() {
            Some(program) => self.files(program, budget)?.is_source(file),
            None => Files::default().is_source(file),
        };
        match is_source {
            Ok(is_source) => Ok(is_source),
            Err(error) => Err(self.units.load(unit, budget)?.error_at(error, die.offset)),
        }
    }

    /// The files of a line program.
    fn files(&mut self, program: LineProgram, budget: &mut Budget) -> Result<&Files> {
        let find =
            |files: &[(LineProgram, Files)]| files.binary_search_by_key(&program, |&(program, _)| program);
        let shared = find(self.shared_files).ok().and_then(|at| self.shared_files.get(at));
        if let Some((_, files)) = shared {
            return Ok(files);
        }
        let at = match find(&self.files) {
            Ok(at) => at,
            Err(at) => {
                let files = Files::parse(self.dwarf, program, budget)?;
                budget.insert(&mut self.files, at, (program, files))?;
                at
            }
        };
        self.files.get(at).map(|(_, files)| files).ok_or_else(|| ErrorKind::OutOfMemory.into())
    }

    /// The size that is printed for a type.
    pub(super) fn byte_size(
        &self,
        die: &Die,
        name: Option<Name>,
        budget: &mut Budget,
    ) -> Result<Option<u64>> {
        match (die.byte_size(), name) {
            (Some(_), Some(name)) if self.rules.is_stable() => {
                match self.rules.find(RuleKind::ByteSize, self.bytes(name, budget)?, budget)? {
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
    ) -> Result<Option<Name>> {
        let recognizer = self.draft.recognizer.as_ref();
        let is_known = |name| {
            recognizer.zip(type_name(die.tag, name)).is_some_and(|(recognizer, name)| recognizer.knows(name))
        };
        let name = self.names.qualified(&mut self.units, unit, die, &mut self.graph, is_known, budget)?;
        if let Some(name) = name {
            self.draft.name(name, &self.graph.source(self.dwarf), budget)?;
        }
        Ok(name)
    }
}

/// How a type that only points to another one, or qualifies it, is called.
fn modifier(tag: DwTag) -> Option<Word> {
    Some(match tag {
        gimli::DW_TAG_pointer_type => Word::PointerType,
        gimli::DW_TAG_const_type => Word::ConstType,
        gimli::DW_TAG_volatile_type => Word::VolatileType,
        gimli::DW_TAG_restrict_type => Word::RestrictType,
        gimli::DW_TAG_atomic_type => Word::AtomicType,
        gimli::DW_TAG_immutable_type => Word::ImmutableType,
        gimli::DW_TAG_packed_type => Word::PackedType,
        gimli::DW_TAG_reference_type => Word::ReferenceType,
        gimli::DW_TAG_rvalue_reference_type => Word::RvalueReferenceType,
        gimli::DW_TAG_shared_type => Word::SharedType,
        gimli::DW_TAG_typedef => Word::TypedefType,
        gimli::DW_TAG_template_type_parameter => Word::TemplateTypeParameter,
        _ => return None,
    })
}
