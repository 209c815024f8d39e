//! Lists and their items: members, parameters, enumerators, variants (SPEC section 5).

use alloc::vec::Vec;

use gimli::DwTag;

use crate::budget::Budget;
use crate::dwarf::{Content, Die, DieOffset, Extra, UnitIndex};
use crate::error::{ErrorKind, Result};
use crate::graph::{Fragment, Name};
use crate::kabi::{MEMBER_PREFIX, Placeholder, RuleKind, placeholder};
use crate::standard::DwarfTag;
use crate::word::Word;

use super::{Describer, Frame, List, OpenList, Signature};

impl<'d> Describer<'_, 'd> {
    /// Enters the list of a DIE's children.
    pub(super) fn begin_list(&mut self, die: &Die, list: List, budget: &mut Budget) -> Result<()> {
        self.shared.at_list_start = true;
        if !die.has_children {
            return self.write_end(list, true, budget);
        }
        if let Some(frame) = self.frames.last_mut() {
            frame.is_in_list = true;
        }
        budget.push(&mut self.lists, OpenList { next: die.end, list, is_at_start: true })
    }

    /// Describes the children of the innermost frame, which is in this list, until something else comes first.
    pub(super) fn next_children(
        &mut self,
        frame: Frame,
        open: OpenList,
        child: &mut Die,
        budget: &mut Budget,
    ) -> Result<()> {
        let OpenList { mut next, list, .. } = open;
        let frames = self.frames.len();
        loop {
            next = match list {
                List::Members(_) => self.pass_known_members(frame.unit, next, budget)?,
                List::Parameters(_) => self.pass_known_parameters(frame.unit, next, budget)?,
                _ => next,
            };
            if self.is_waiting() {
                return Ok(());
            }
            let unit = self.units.load(frame.unit, budget)?;
            let Some(head) = unit.head(next)? else { return self.end_list(list, budget) };
            let (tag, offset) = (head.abbreviation.tag, head.offset);
            next = if is_read(list, tag) || (self.is_canonical && is_read_too(list, tag)) {
                unit.read(head, child, budget)?;
                unit.after(child, budget)?
            } else {
                unit.pass(head, budget)?
            };
            if let Some(open) = self.lists.last_mut() {
                open.next = next;
            }
            (child.tag, child.offset) = (tag, offset);
            self.child(frame, list, child, budget)?;
            if self.is_waiting() || self.frames.len() != frames {
                return Ok(());
            }
            budget.charge_work(1)?;
        }
    }

    /// Describes a child of the innermost frame, which is in this list; it has its attributes if they count.
    fn child(&mut self, frame: Frame, list: List, child: &Die, budget: &mut Budget) -> Result<()> {
        match (list, child.tag) {
            (List::Parameters(_), gimli::DW_TAG_formal_parameter) => {
                self.separate(budget)?;
                self.refer_to((frame.unit, child.offset), budget)
            }
            // Beside a missing prototype it says nothing: not all compilers write it there.
            (List::Parameters(signature), gimli::DW_TAG_unspecified_parameters)
                if self.is_canonical && !signature.is_unprototyped =>
            {
                self.separate(budget)?;
                self.word(Word::Ellipsis, budget)
            }
            (List::Members(_) | List::VariantPart(_) | List::Variant(..), gimli::DW_TAG_member) => {
                self.member(frame.unit, child, matches!(list, List::Members(_)), budget)
            }
            // The reference stops here; the texts are ours (SPEC section 9).
            (List::Members(_), gimli::DW_TAG_inheritance) => {
                self.cxx_item(frame.unit, child, Word::Inheritance, budget)
            }
            (List::Members(_), gimli::DW_TAG_variable) => {
                self.cxx_item(frame.unit, child, Word::StaticMember, budget)
            }
            (List::Members(_), gimli::DW_TAG_template_value_parameter) => {
                self.cxx_item(frame.unit, child, Word::TemplateValueParameter, budget)
            }
            (List::Enumerators(_, name), gimli::DW_TAG_enumerator) => {
                self.enumerator(frame.unit, child, name, budget)
            }
            (List::Members(_) | List::VariantPart(_), gimli::DW_TAG_variant_part) => {
                self.variant_part(frame.unit, child, budget)
            }
            // What the source says about a type to other tools (`btf_decl_tag`).
            (_, LLVM_ANNOTATION) => Ok(()),
            (List::VariantPart(_), gimli::DW_TAG_variant) => self.variant(frame.unit, child, budget),
            (List::VariantPart(_), _) => self.refer_to((frame.unit, child.offset), budget),
            (List::Variant(..), gimli::DW_TAG_variant_part) if self.is_canonical => {
                self.variant_part(frame.unit, child, budget)
            }
            (List::Members(_), gimli::DW_TAG_subprogram) if self.is_canonical => {
                self.virtual_function(frame.unit, child, budget)
            }
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
            // Nor are other types that a compiler of C++ puts there, and names.
            (
                List::Members(_),
                gimli::DW_TAG_typedef
                | gimli::DW_TAG_const_type
                | gimli::DW_TAG_volatile_type
                | gimli::DW_TAG_pointer_type
                | gimli::DW_TAG_reference_type
                | gimli::DW_TAG_rvalue_reference_type
                | gimli::DW_TAG_ptr_to_member_type
                | gimli::DW_TAG_array_type
                | gimli::DW_TAG_subroutine_type
                | gimli::DW_TAG_imported_declaration
                | gimli::DW_TAG_GNU_template_parameter_pack
                | gimli::DW_TAG_GNU_template_template_param,
            ) if self.is_lenient => Ok(()),
            (List::Members(_), _) if self.is_lenient => self.word(Word::UnknownType, budget),
            (List::Members(_), _) => {
                let unexpected =
                    ErrorKind::UnexpectedChild(DwarfTag::new(frame.tag), DwarfTag::new(child.tag));
                Err(self.error((frame.unit, child.offset), unexpected, budget))
            }
            (List::Parameters(_) | List::Enumerators(..) | List::Variant(..), _) => Ok(()),
        }
    }

    /// Leaves the innermost frame's list.
    fn end_list(&mut self, list: List, budget: &mut Budget) -> Result<()> {
        let is_at_start = self.lists.pop().is_some_and(|open| open.is_at_start);
        if let Some(frame) = self.frames.last_mut() {
            frame.is_in_list = false;
        }
        self.write_end(list, is_at_start, budget)
    }

    /// Writes what comes behind a list; `is_at_start` if it has no items.
    fn write_end(&mut self, list: List, is_at_start: bool, budget: &mut Budget) -> Result<()> {
        self.shared.at_list_start = false;
        let Some(&frame) = self.frames.last() else { return Ok(()) };
        if let List::Parameters(Signature { is_unprototyped: true, .. }) = list {
            if !is_at_start {
                self.comma(budget)?;
            }
            self.word(Word::Unprototyped, budget)?;
        }
        let bracket =
            if matches!(list, List::Parameters(_)) { Word::CloseParenthesis } else { Word::CloseBrace };
        self.draft.push(Fragment::Close(bracket), budget)?;
        match list {
            List::Members(tail) | List::Enumerators(tail, _) => {
                self.attribute(Word::ByteSize, tail.byte_size, budget)?;
                self.attribute(Word::Alignment, tail.alignment, budget)?;
                self.record_end(frame.unit, tail.record, budget)
            }
            List::Parameters(Signature { result, function, .. }) => {
                self.more(frame.unit, function, budget)?;
                self.draft.push(Fragment::Break, budget)?;
                self.word(Word::Arrow, budget)?;
                self.refer_from(frame.unit, function, result, budget)
            }
            List::VariantPart(part) => self.variant_part_end(frame.unit, part, budget),
            List::Variant(variant, value) => self.variant_end(frame.unit, variant, value, budget),
        }
    }

    pub(super) fn variant_part(&mut self, unit: UnitIndex, die: &Die, budget: &mut Budget) -> Result<()> {
        self.begin_item(Word::VariantPart, budget)?;
        self.nested(unit, die, List::VariantPart(die.offset), budget)
    }

    pub(super) fn variant(&mut self, unit: UnitIndex, die: &Die, budget: &mut Budget) -> Result<()> {
        self.begin_item(Word::Variant, budget)?;
        self.nested(unit, die, List::Variant(die.offset, die.discr_value()), budget)
    }

    /// Writes which values of the discriminant lead to a variant.
    fn variant_end(
        &mut self,
        unit: UnitIndex,
        variant: DieOffset,
        value: Option<u64>,
        budget: &mut Budget,
    ) -> Result<()> {
        self.attribute(Word::DiscrValue, value, budget)?;
        let Some(more) = self.more_of(unit, variant, budget)? else { return Ok(()) };
        if let Some(wide) = more.get(Extra::WideDiscriminant).filter(|_| value.is_none()) {
            self.content(Word::DiscrValue, wide, budget)?;
        }
        match more.get(Extra::DiscrList) {
            Some(list) => self.content(Word::DiscrList, list, budget),
            None => Ok(()),
        }
    }

    /// A list within a description.
    pub(super) fn nested(
        &mut self,
        unit: UnitIndex,
        die: &Die,
        list: List,
        budget: &mut Budget,
    ) -> Result<()> {
        self.draft.push(Fragment::Open(Word::OpenBrace), budget)?;
        self.push_frame(unit, die.tag, None, budget)?;
        self.begin_list(die, list, budget)
    }

    /// A member, which may be one of a structure, class or union itself.
    pub(super) fn member(
        &mut self,
        unit: UnitIndex,
        die: &Die,
        is_own: bool,
        budget: &mut Budget,
    ) -> Result<()> {
        let mut name = self.name(unit, die, budget)?;
        match self.member_placeholder(unit, die, budget)? {
            Some(Placeholder::Ignored) if is_own || self.is_canonical => return Ok(()),
            // In other descriptions it ends up where the walk carries it.
            Some(Placeholder::Renamed(_, old)) if !self.shares_old_names => {
                name = Some(Name::Written(self.graph.write(old, budget)?));
            }
            Some(_) | None => {}
        }
        self.begin_item(Word::Member, budget)?;
        self.member_like(unit, die, name, budget)
    }

    /// What members and parameters have in common: the type, the name, the attributes.
    pub(super) fn member_like(
        &mut self,
        unit: UnitIndex,
        die: &Die,
        name: Option<Name>,
        budget: &mut Budget,
    ) -> Result<()> {
        self.shared.old_name = None;
        self.refer(unit, die, die.target, budget)?;
        let at = self.draft.len();
        if let Some(name) = name {
            self.draft.name(name, &self.graph.source(self.dwarf), budget)?;
        }
        self.await_type(at, name.is_some(), budget)?;
        let (bit_offset, location) = match self.is_canonical {
            true => self.position(unit, die, budget)?,
            false => (die.data_bit_offset(), die.data_member_location()),
        };
        self.attribute(Word::Accessibility, die.accessibility(), budget)?;
        self.attribute(Word::BitSize, die.bit_size(), budget)?;
        self.attribute(Word::DataBitOffset, bit_offset, budget)?;
        self.attribute(Word::DataMemberLocation, location, budget)?;
        if !self.is_canonical {
            return Ok(());
        }
        if location.is_none()
            && let Some(more) = self.more_of(unit, die.offset, budget)?
            && let Some(expression) = more.get(Extra::Location)
            && die.bit_offset().is_none()
        {
            self.content(Word::DataMemberLocation, expression, budget)?;
        }
        self.attribute(Word::Alignment, die.alignment(), budget)?;
        self.more(unit, die.offset, budget)
    }

    /// A base class, static member or template value.
    pub(super) fn cxx_item(
        &mut self,
        unit: UnitIndex,
        die: &Die,
        kind: Word,
        budget: &mut Budget,
    ) -> Result<()> {
        let name = self.name(unit, die, budget)?;
        self.begin_item(kind, budget)?;
        self.member_like(unit, die, name, budget)?;
        self.attribute(Word::Virtuality, die.virtuality(), budget)?;
        let value = self.constant(unit, die, budget)?;
        value.map_or(Ok(()), |value| self.equals(value, budget))
    }

    pub(super) fn enumerator(
        &mut self,
        unit: UnitIndex,
        die: &Die,
        enumeration: Option<Name>,
        budget: &mut Budget,
    ) -> Result<()> {
        let mut value = self.constant(unit, die, budget)?;
        self.has_negative |= value.is_some_and(Content::is_negative);
        let name = match die.name {
            Some(name) => Some(self.string(unit, die, name, budget)?),
            None => None,
        };
        if self.rules.is_stable()
            && let (Some(enumeration), Some(name)) = (enumeration, name)
        {
            let mut target = Vec::new();
            let enumeration = self.bytes(enumeration, budget)?;
            budget.extend(&mut target, enumeration)?;
            budget.push(&mut target, b' ')?;
            let name = self.dwarf.string(name, budget)?;
            budget.extend(&mut target, name)?;
            let is_ignored = self.rules.find(RuleKind::EnumeratorIgnore, &target, budget)?.is_some();
            let rule = self.rules.find(RuleKind::EnumeratorValue, &target, budget)?;
            budget.free(target);
            if is_ignored {
                return self.draft.push(Fragment::Nothing, budget);
            }
            if let Some(rule) = rule {
                value = Some(Content::Number(rule.number()?));
            }
        }
        self.begin_item(Word::Enumerator, budget)?;
        if let Some(name) = name
            && !self.dwarf.is_empty(name)?
        {
            self.draft.push(Fragment::NameAt(name), budget)?;
        }
        value.map_or(Ok(()), |value| self.equals(value, budget))
    }

    /// The value of a constant.
    fn constant(&mut self, unit: UnitIndex, die: &Die, budget: &mut Budget) -> Result<Option<Content<'d>>> {
        match die.const_value() {
            Some(value) => Ok(Some(Content::Number(value))),
            None if !self.is_canonical => Ok(None),
            None => {
                let more = self.more_of(unit, die.offset, budget)?;
                Ok(more.and_then(|more| more.get(Extra::WideConstant)))
            }
        }
    }

    /// Begins an item, with a comma unless it is the first of its list.
    pub(super) fn begin_item(&mut self, word: Word, budget: &mut Budget) -> Result<()> {
        let is_first = match self.is_canonical {
            true => self.take_start(),
            false => core::mem::take(&mut self.shared.at_list_start),
        };
        self.draft.push(if is_first { Fragment::Word(word) } else { Fragment::Item(word) }, budget)
    }

    /// Whether the item that begins is the first of its list, in a canonical description: what stands in the place of a
    /// type has no list, and of parameters the list takes care.
    fn take_start(&mut self) -> bool {
        let is_in_list = self.frames.last().is_some_and(|frame| frame.is_in_list);
        let open = self.lists.last_mut().filter(|_| is_in_list);
        open.is_none_or(|open| core::mem::take(&mut open.is_at_start))
    }

    /// Writes the comma in front of a parameter, in a canonical description. In others, it belongs to the parameter.
    fn separate(&mut self, budget: &mut Budget) -> Result<()> {
        if !self.is_canonical || self.take_start() { Ok(()) } else { self.comma(budget) }
    }

    fn comma(&mut self, budget: &mut Budget) -> Result<()> {
        self.word(Word::Comma, budget)?;
        self.draft.push(Fragment::Break, budget)
    }

    /// What the union that is a member's type stands for, if it is a kABI union.
    pub(super) fn member_placeholder(
        &mut self,
        unit: UnitIndex,
        member: &Die,
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

    pub(super) fn placeholder(
        &mut self,
        unit: UnitIndex,
        union: &Die,
        budget: &mut Budget,
    ) -> Result<Option<(UnitIndex, Placeholder<'d>)>> {
        if !self.rules.is_stable() {
            return Ok(None);
        }
        placeholder(&mut self.units, unit, union, budget)
    }

    /// The name of a member or parameter, unless the conventions hide it.
    pub(super) fn name(&mut self, unit: UnitIndex, die: &Die, budget: &mut Budget) -> Result<Option<Name>> {
        let Some(name) = die.name else { return Ok(None) };
        let name = self.string(unit, die, name, budget)?;
        let is_hidden = self.rules.is_stable() && self.dwarf.string(name, budget)?.starts_with(MEMBER_PREFIX);
        Ok((!is_hidden).then_some(Name::At(name)))
    }
}

/// `DW_TAG_LLVM_annotation`, which `gimli` does not name; in gcc, `DW_TAG_GNU_annotation`.
const LLVM_ANNOTATION: DwTag = DwTag(0x6000);

/// Whether the attributes of a child with this tag count in this list.
fn is_read(list: List, tag: DwTag) -> bool {
    matches!(
        (list, tag),
        (List::Members(_) | List::VariantPart(_) | List::Variant(..), gimli::DW_TAG_member)
            | (
                List::Members(_),
                gimli::DW_TAG_inheritance
                    | gimli::DW_TAG_variable
                    | gimli::DW_TAG_template_value_parameter
                    | gimli::DW_TAG_variant_part
            )
            | (List::Enumerators(..), gimli::DW_TAG_enumerator)
            | (List::VariantPart(_), gimli::DW_TAG_variant_part | gimli::DW_TAG_variant)
    )
}

/// Whether the attributes of a child with this tag count in this list of a canonical description, besides.
fn is_read_too(list: List, tag: DwTag) -> bool {
    matches!(
        (list, tag),
        (List::Members(_), gimli::DW_TAG_subprogram) | (List::Variant(..), gimli::DW_TAG_variant_part)
    )
}
