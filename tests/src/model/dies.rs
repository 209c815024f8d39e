//! From a model to DIEs, unit by unit: what a compiler decides before it thinks of bytes.

use gimli::{DwAt, DwTag};

use super::bytes::Bytes;
use super::encoding::{Encoding, Numbers};
use super::layout::{Layout, Sharing};
use super::types::*;

/// A DIE.
#[derive(Clone, Debug)]
pub(super) struct Die {
    pub(super) tag: DwTag,
    pub(super) attributes: Vec<(DwAt, Value)>,
    pub(super) children: Vec<Die>,
    pub(super) label: Option<Label>,
}

/// What an attribute says; how, is decided later.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Number(u64),
    Flag,
    Text(String),
    Reference(Label),
    Expression(Vec<u8>),
    Address(u64),
    /// A number of 16 bytes.
    Wide(u128),
    /// The unit's line program.
    LineProgram,
    /// The first of the object's string offsets.
    StringOffsets,
}

/// What references lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Label {
    /// A unit's copy of a type.
    Type(usize, TypeId),
    /// The pointer that is a symbol pointer's type.
    Pointer(usize),
    /// The DIE that describes a symbol.
    Symbol(usize),
    /// The base type that a unit's copy of an enumeration is stored as.
    Stored(usize, TypeId),
}

/// The files that a line table lists.
pub(super) const FILES: [&str; 4] = ["data.inc", "include/header.h", "source.c", "odd.c.h"];

impl Die {
    pub(super) fn new(tag: DwTag) -> Die {
        Die { tag, attributes: Vec::new(), children: Vec::new(), label: None }
    }

    pub(super) fn with(mut self, name: DwAt, value: Value) -> Die {
        self.attributes.push((name, value));
        self
    }

    fn number(self, name: DwAt, value: Option<u64>) -> Die {
        match value {
            Some(value) => self.with(name, Value::Number(value)),
            None => self,
        }
    }

    /// A number, with a higher half.
    fn wide(self, name: DwAt, value: Option<u64>, high: u64) -> Die {
        match value {
            Some(value) if high != 0 => {
                self.with(name, Value::Wide(u128::from(high) << 64 | u128::from(value)))
            }
            _ => self.number(name, value),
        }
    }

    pub(super) fn named(self, name: Option<&str>) -> Die {
        match name {
            Some(name) => self.with(gimli::DW_AT_name, Value::Text(name.to_owned())),
            None => self,
        }
    }

    fn labelled(mut self, label: Label) -> Die {
        self.label = Some(label);
        self
    }

    pub(super) fn child(mut self, child: Die) -> Die {
        self.children.push(child);
        self
    }
}

/// Makes the DIEs of one unit.
pub(super) struct Builder<'m> {
    pub(super) model: &'m Model,
    pub(super) layout: &'m Layout,
    pub(super) encoding: &'m Encoding,
    pub(super) unit: usize,
    /// The version of the unit.
    pub(super) version: u8,
    pub(super) numbers: Numbers,
}

impl Builder<'_> {
    /// The types of the unit that stand in no other type, and its symbols, in some order.
    pub(super) fn declarations(&mut self) -> Vec<Die> {
        let mut dies = Vec::new();
        for (id, declared) in self.model.types.iter().enumerate() {
            if let Parent::Scopes(scopes) = &declared.parent
                && self.is_here(id)
            {
                let die = self.declared(id);
                let stored = die
                    .attributes
                    .iter()
                    .any(|(_, value)| matches!(value, Value::Reference(Label::Stored(..))));
                dies.push(within(scopes, die));
                if let Some((Extra::Stored, encoding)) = declared.extra.filter(|_| stored) {
                    let base = Die::new(gimli::DW_TAG_base_type).named(Some("stored"));
                    let base = base.number(gimli::DW_AT_encoding, Some(encoding));
                    dies.push(base.labelled(Label::Stored(self.unit, id)));
                }
            }
        }
        if self.encoding.is_varied {
            self.numbers.shuffle(&mut dies);
        }
        // Symbols keep their order, which decides about lost commas; types may stand between them.
        let mut at = 0;
        for &number in &self.layout.units[self.unit] {
            at = if self.encoding.is_varied {
                at + self.numbers.below(dies.len() + 1 - at)
            } else {
                dies.len()
            };
            let symbol = self.symbol(number);
            let count = symbol.len();
            dies.splice(at..at, symbol);
            at += count;
        }
        if self.encoding.is_varied { self.merged(dies) } else { dies }
    }

    fn is_here(&self, id: TypeId) -> bool {
        match &self.layout.sharing {
            Sharing::Copies => true,
            Sharing::Once(units) => units[id] == self.unit,
        }
    }

    /// Opens some namespaces once instead of twice.
    fn merged(&mut self, dies: Vec<Die>) -> Vec<Die> {
        let mut out: Vec<Die> = Vec::new();
        for die in dies {
            match out.last_mut() {
                Some(last) if is_same_namespace(last, &die) && self.numbers.chance(2) => {
                    last.children.extend(die.children);
                }
                _ => out.push(die),
            }
        }
        out
    }

    fn symbol(&mut self, number: usize) -> Vec<Die> {
        let symbol = &self.model.symbols[number];
        let name = match symbol.kind {
            SymbolKind::Pointer(_) => format!("__gendwarfksyms_ptr_{}", symbol.name),
            _ => symbol.name.clone(),
        };
        let die = match &symbol.kind {
            SymbolKind::Function(signature) => self.function(gimli::DW_TAG_subprogram, signature),
            SymbolKind::Variable(target) => self.target(Die::new(gimli::DW_TAG_variable), *target),
            SymbolKind::Pointer(_) => Die::new(gimli::DW_TAG_variable)
                .with(gimli::DW_AT_type, Value::Reference(Label::Pointer(number))),
        };
        let tag = die.tag;
        let die = if self.encoding.is_varied && self.numbers.chance(4) {
            die.named(Some("source name")).with(gimli::DW_AT_linkage_name, Value::Text(name))
        } else {
            die.named(Some(&name))
        };
        let mut dies = vec![die.labelled(Label::Symbol(number))];
        if self.encoding.is_varied && self.numbers.chance(4) {
            // An instance of its own, which has everything from the other.
            let origin = Value::Reference(Label::Symbol(number));
            dies.insert(0, Die::new(tag).with(gimli::DW_AT_abstract_origin, origin));
        }
        if let SymbolKind::Pointer(target) = symbol.kind {
            let pointer = Die::new(gimli::DW_TAG_pointer_type).labelled(Label::Pointer(number));
            dies.push(self.target(pointer, Some(target)));
        } else if self.encoding.has_noise && self.numbers.chance(4) {
            // The first one counts, and for canonical versions the definition.
            let declaration = Die::new(tag).named(Some(&symbol.name));
            dies.push(declaration.with(gimli::DW_AT_declaration, Value::Flag));
        }
        let scopes: Vec<Scope> =
            symbol.namespaces.iter().map(|name| Scope::Namespace(Some(name.clone()))).collect();
        dies.into_iter().map(|die| within(&scopes, die)).collect()
    }

    pub(super) fn target(&self, die: Die, target: Target) -> Die {
        let Some(id) = target else { return die };
        let label = Label::Type(self.layout.unit_of(self.unit, id), id);
        die.with(gimli::DW_AT_type, Value::Reference(label))
    }

    fn function(&mut self, tag: DwTag, signature: &Signature) -> Die {
        let mut die = self.target(Die::new(tag), signature.result);
        if !signature.is_unprototyped {
            die = die.with(gimli::DW_AT_prototyped, Value::Flag);
        }
        die = die.number(gimli::DW_AT_calling_convention, signature.convention);
        for parameter in &signature.parameters {
            let child = Die::new(gimli::DW_TAG_formal_parameter).named(parameter.name.as_deref());
            die = die.child(self.target(child, parameter.target));
        }
        if signature.is_variadic { die.child(Die::new(gimli::DW_TAG_unspecified_parameters)) } else { die }
    }

    fn declared(&mut self, id: TypeId) -> Die {
        let declared = &self.model.types[id];
        let die = match &declared.shape {
            Shape::Base(encoding) => {
                Die::new(gimli::DW_TAG_base_type).number(gimli::DW_AT_encoding, *encoding)
            }
            Shape::Wrapper(wrapper, target) => self.target(Die::new(wrapper_tag(*wrapper)), *target),
            Shape::Record(kind, visibility, items) => {
                let die = self.visible(Die::new(record_tag(*kind)), *visibility);
                let items = items.iter().map(|item| self.item(item)).collect();
                Die { children: self.with_nested(id, items), ..die }
            }
            Shape::Enumeration(visibility, enumerators) => {
                let die = self.visible(Die::new(gimli::DW_TAG_enumeration_type), *visibility);
                Die { children: enumerators.iter().map(enumerator).collect(), ..die }
            }
            Shape::Array(bounds, target) | Shape::Vector(bounds, target) => {
                let mut die = self.target(Die::new(gimli::DW_TAG_array_type), *target);
                if matches!(declared.shape, Shape::Vector(..)) {
                    die = die.with(gimli::DW_AT_GNU_vector, Value::Flag);
                }
                Die { children: bounds.iter().map(|&bound| subrange(bound)).collect(), ..die }
            }
            Shape::Function(signature) => self.function(gimli::DW_TAG_subroutine_type, signature),
            Shape::Unspecified => Die::new(gimli::DW_TAG_unspecified_type),
        };
        let die = self.extra(die, declared, id);
        die.named(declared.name.as_deref())
            .number(gimli::DW_AT_byte_size, declared.byte_size)
            .number(gimli::DW_AT_alignment, declared.alignment)
            .labelled(Label::Type(self.layout.unit_of(self.unit, id), id))
    }

    /// Adds what only canonical descriptions tell.
    fn extra(&mut self, die: Die, declared: &Type, id: TypeId) -> Die {
        let Some((extra, number)) = declared.extra else { return die };
        let name = match extra {
            Extra::AddressClass => gimli::DW_AT_address_class,
            Extra::BinaryScale => gimli::DW_AT_binary_scale,
            Extra::ByteStride => gimli::DW_AT_byte_stride,
            Extra::Endianity => gimli::DW_AT_endianity,
            Extra::DataLocation => {
                return die
                    .with(gimli::DW_AT_data_location, Value::Expression(number.to_be_bytes().to_vec()));
            }
            // Some compilers say it of the enumeration itself.
            Extra::Stored if matches!(declared.parent, Parent::Scopes(_)) && self.numbers.chance(2) => {
                return die.with(gimli::DW_AT_type, Value::Reference(Label::Stored(self.unit, id)));
            }
            Extra::Stored => gimli::DW_AT_encoding,
        };
        die.with(name, Value::Number(number))
    }

    /// A record's items, and the types that are declared in it.
    fn with_nested(&mut self, id: TypeId, mut children: Vec<Die>) -> Vec<Die> {
        for nested in id + 1..self.model.types.len() {
            if matches!(self.model.types[nested].parent, Parent::Type(parent) if parent == id) {
                let die = self.declared(nested);
                let at = if self.encoding.is_varied { self.numbers.below(children.len() + 1) } else { 0 };
                children.insert(at, die);
            }
        }
        children
    }

    fn visible(&mut self, die: Die, visibility: Visibility) -> Die {
        let file = match visibility {
            Visibility::Public => return die,
            Visibility::Declaration => return die.with(gimli::DW_AT_declaration, Value::Flag),
            Visibility::Header => self.numbers.choose(&[0, 1, 3]),
            Visibility::Source => 2,
        };
        // Before DWARF 5 files are counted from 1.
        let first = if super::line::version(self.encoding, self.unit, self.version) < 5 { 1 } else { 0 };
        die.number(gimli::DW_AT_decl_file, Some(file + first))
    }

    fn item(&mut self, item: &Item) -> Die {
        match item {
            Item::Member(member) => self.member(gimli::DW_TAG_member, member),
            Item::Other(kind, member, virtuality, value) => {
                let tag = match kind {
                    OtherItem::Inheritance => gimli::DW_TAG_inheritance,
                    OtherItem::StaticMember => gimli::DW_TAG_variable,
                    OtherItem::TemplateValue => gimli::DW_TAG_template_value_parameter,
                };
                let die = self.member(tag, member).number(gimli::DW_AT_virtuality, *virtuality);
                die.number(gimli::DW_AT_const_value, *value)
            }
            Item::Variants(variants) => {
                let mut part = Die::new(gimli::DW_TAG_variant_part);
                for variant in variants {
                    let die = Die::new(gimli::DW_TAG_variant);
                    let die = die.wide(gimli::DW_AT_discr_value, variant.value, variant.high);
                    let members = variant.members.iter();
                    let members = members.map(|member| self.member(gimli::DW_TAG_member, member)).collect();
                    part = part.child(Die { children: members, ..die });
                }
                part
            }
        }
    }

    fn member(&mut self, tag: DwTag, member: &Member) -> Die {
        let die = self
            .target(Die::new(tag).named(member.name.as_deref()), member.target)
            .number(gimli::DW_AT_accessibility, member.accessibility)
            .number(gimli::DW_AT_bit_size, member.bit_size)
            .number(gimli::DW_AT_alignment, member.alignment);
        match (member.bit_size, member.data_bit_offset, member.location) {
            // As before DWARF 5: from the other end of a storage unit, whose size need not be the type's.
            (Some(size), Some(offset), None) if self.encoding.is_old_fashioned => {
                let storage = self.numbers.choose(&[1, 4, 8]);
                let start = offset / 8;
                let within = if self.encoding.is_big_endian {
                    offset % 8
                } else {
                    (storage * 8_u64).wrapping_sub(offset % 8).wrapping_sub(size)
                };
                die.number(gimli::DW_AT_byte_size, Some(storage))
                    .number(gimli::DW_AT_bit_offset, Some(within))
                    .with(gimli::DW_AT_data_member_location, added(start))
            }
            // As before DWARF 4.
            (_, bit_offset, Some(location)) if self.encoding.is_old_fashioned => die
                .number(gimli::DW_AT_data_bit_offset, bit_offset)
                .with(gimli::DW_AT_data_member_location, added(location)),
            (_, bit_offset, location) => die
                .number(gimli::DW_AT_data_bit_offset, bit_offset)
                .number(gimli::DW_AT_data_member_location, location),
        }
    }
}

/// `DW_OP_plus_uconst`
fn added(number: u64) -> Value {
    let mut bytes = Bytes::default();
    bytes.byte(gimli::DW_OP_plus_uconst.0);
    bytes.uleb(number);
    Value::Expression(bytes.data)
}

fn within(scopes: &[Scope], die: Die) -> Die {
    scopes.iter().rev().fold(die, |die, scope| match scope {
        Scope::Namespace(name) => Die::new(gimli::DW_TAG_namespace).named(name.as_deref()).child(die),
        Scope::Function => Die::new(gimli::DW_TAG_subprogram).named(Some("around")).child(die),
    })
}

fn is_same_namespace(one: &Die, other: &Die) -> bool {
    let name = |die: &Die| match die.attributes.as_slice() {
        [(gimli::DW_AT_name, Value::Text(name))] if die.tag == gimli::DW_TAG_namespace => Some(name.clone()),
        _ => None,
    };
    name(one).is_some() && name(one) == name(other)
}

fn enumerator(enumerator: &Enumerator) -> Die {
    let die = Die::new(gimli::DW_TAG_enumerator).named(enumerator.name.as_deref());
    die.wide(gimli::DW_AT_const_value, enumerator.value, enumerator.high)
}

fn subrange(bound: Bound) -> Die {
    let die = Die::new(gimli::DW_TAG_subrange_type);
    // DW_OP_lit1
    let computed = Value::Expression(vec![0x31]);
    match bound {
        Bound::Count(count) => die.number(gimli::DW_AT_count, Some(count)),
        Bound::Upper(upper) => die.number(gimli::DW_AT_upper_bound, Some(upper)),
        Bound::Dynamic => die.with(gimli::DW_AT_upper_bound, computed),
        Bound::Unknown => die,
    }
}

fn record_tag(kind: RecordKind) -> DwTag {
    match kind {
        RecordKind::Structure => gimli::DW_TAG_structure_type,
        RecordKind::Class => gimli::DW_TAG_class_type,
        RecordKind::Union => gimli::DW_TAG_union_type,
    }
}

fn wrapper_tag(wrapper: Wrapper) -> DwTag {
    match wrapper {
        Wrapper::Pointer => gimli::DW_TAG_pointer_type,
        Wrapper::Const => gimli::DW_TAG_const_type,
        Wrapper::Volatile => gimli::DW_TAG_volatile_type,
        Wrapper::Restrict => gimli::DW_TAG_restrict_type,
        Wrapper::Atomic => gimli::DW_TAG_atomic_type,
        Wrapper::Immutable => gimli::DW_TAG_immutable_type,
        Wrapper::Packed => gimli::DW_TAG_packed_type,
        Wrapper::Reference => gimli::DW_TAG_reference_type,
        Wrapper::RvalueReference => gimli::DW_TAG_rvalue_reference_type,
        Wrapper::Shared => gimli::DW_TAG_shared_type,
        Wrapper::Typedef => gimli::DW_TAG_typedef,
        Wrapper::TemplateTypeParameter => gimli::DW_TAG_template_type_parameter,
    }
}
