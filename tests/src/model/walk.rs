//! The oracle's walk over a model: SPEC section 5, word for word, with recursion.
//!
//! Every node has its description: text, and other nodes. In it, `\n` is a line break and `\0` something without text.

use std::collections::{BTreeMap, BTreeSet};

use super::kabi::Placeholder;
use super::layout::Layout;
use super::rules::{self, RuleKind};
use super::text::Mode;
use super::types::*;

/// What is described.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Node {
    /// A unit's copy of a type.
    Type(usize, TypeId),
    /// A parameter of a function type.
    Parameter(usize, TypeId, usize),
    /// A symbol, in its unit.
    Symbol(usize, usize),
    /// A parameter of a symbol.
    SymbolParameter(usize, usize, usize),
}

/// A part of a description.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    Text(String),
    Node(Node),
}

/// The descriptions, as the walk makes them.
pub(super) struct Walk<'m> {
    pub(super) model: &'m Model,
    pub(super) stable: bool,
    /// Whether descriptions are canonical (SPEC section 9).
    pub(super) canonical: bool,
    pub(super) qualified: Vec<Option<String>>,
    layout: &'m Layout,
    /// With the number of the description: of several, the one that started last counts.
    pub(super) descriptions: BTreeMap<Node, (usize, Vec<Piece>)>,
    started: usize,
    pub(super) complete: BTreeSet<Node>,
    /// The kABI unions whose second description was begun, and those whose second description has ended.
    pub(super) begun_second: BTreeSet<Node>,
    pub(super) second: BTreeSet<Node>,
    /// Whether the second description of a kABI union is on the way, so that no record is entered.
    pub(super) is_closed: bool,
    /// The records that the symbol at hand has entered.
    pub(super) entered: BTreeSet<Node>,
    at_list_start: bool,
    /// The old name that goes to the next member or parameter that ends.
    pub(super) old_name: Option<&'m str>,
    /// How often anything changed that decides what happens to a node that is met.
    pub(super) changes: usize,
    /// What was gone through, and when.
    pub(super) visited: BTreeMap<(Node, bool), usize>,
    /// Whether a parameter has lost its comma, or an old name has gone to another member or got lost.
    pub(super) depends_on_order: bool,
}

impl<'m> Walk<'m> {
    pub(super) fn new(model: &'m Model, layout: &'m Layout, mode: Mode) -> Walk<'m> {
        let Mode { stable, canonical } = mode;
        Walk {
            model,
            stable,
            canonical,
            qualified: super::names::qualified_names(model),
            layout,
            descriptions: BTreeMap::new(),
            started: 0,
            complete: BTreeSet::new(),
            begun_second: BTreeSet::new(),
            second: BTreeSet::new(),
            is_closed: false,
            entered: BTreeSet::new(),
            at_list_start: false,
            old_name: None,
            changes: 0,
            visited: BTreeMap::new(),
            depends_on_order: false,
        }
    }

    /// Describes a symbol of a unit.
    pub(super) fn symbol(&mut self, unit: usize, number: usize) -> Node {
        let model = self.model;
        self.entered.clear();
        self.changes += 1;
        let node = Node::Symbol(unit, number);
        let parameter = |at| Node::SymbolParameter(unit, number, at);
        let pieces = match &model.symbols[number].kind {
            SymbolKind::Function(signature) => self.function("subprogram", unit, signature, parameter),
            SymbolKind::Variable(target) => self.variable(unit, *target),
            &SymbolKind::Pointer(target) => match &model.types[target].shape {
                Shape::Function(signature) => {
                    let home = self.layout.unit_of(unit, target);
                    self.function("subprogram", home, signature, |at| Node::Parameter(home, target, at))
                }
                _ => self.variable(unit, Some(target)),
            },
        };
        self.descriptions.insert(node, (0, pieces));
        node
    }

    fn variable(&mut self, unit: usize, target: Target) -> Vec<Piece> {
        vec![text("variable "), self.target(unit, target)]
    }

    fn target(&mut self, unit: usize, target: Target) -> Piece {
        let Some(id) = target else { return text("base_type void") };
        let node = Node::Type(self.layout.unit_of(unit, id), id);
        self.come_to(node);
        Piece::Node(node)
    }

    fn come_to(&mut self, node: Node) {
        if !self.canonical {
            self.meet(node);
        } else if !self.complete.contains(&node) && (!self.is_record(node) || self.entered.insert(node)) {
            self.describe(node);
        }
    }

    pub(super) fn describe(&mut self, node: Node) {
        self.started += 1;
        self.changes += 1;
        let start = self.started;
        let pieces = match node {
            Node::Type(unit, id) => self.type_(unit, id),
            Node::Parameter(unit, id, at) => {
                let Shape::Function(signature) = &self.model.types[id].shape else { unreachable!() };
                self.parameter(unit, &signature.parameters[at])
            }
            Node::SymbolParameter(unit, number, at) => {
                let SymbolKind::Function(signature) = &self.model.symbols[number].kind else {
                    unreachable!()
                };
                self.parameter(unit, &signature.parameters[at])
            }
            Node::Symbol(..) => unreachable!("nothing refers to a symbol"),
        };
        self.complete.insert(node);
        self.changes += 1;
        let latest = self.descriptions.entry(node).or_default();
        if latest.0 <= start {
            *latest = (start, pieces);
        }
    }

    pub(super) fn is_record(&self, node: Node) -> bool {
        let Node::Type(_, id) = node else { return false };
        matches!(self.model.types[id].shape, Shape::Record(..) | Shape::Enumeration(..))
    }

    /// The comma before an item that is about to be described.
    fn comma(&mut self) -> Piece {
        text(if std::mem::take(&mut self.at_list_start) { "" } else { " ,\n" })
    }

    fn function(
        &mut self,
        kind: &str,
        unit: usize,
        signature: &Signature,
        parameter: impl Fn(usize) -> Node,
    ) -> Vec<Piece> {
        let mut pieces = vec![text(format!("{kind} (\n"))];
        self.at_list_start = true;
        for at in 0..signature.parameters.len() {
            let node = parameter(at);
            if at > 0 && !self.canonical && self.at_list_start && !self.complete.contains(&node) {
                self.depends_on_order = true;
            }
            if self.canonical && at > 0 {
                pieces.push(text(" ,\n"));
            }
            self.come_to(node);
            pieces.push(Piece::Node(node));
        }
        if self.canonical && (signature.is_unprototyped || signature.is_variadic) {
            let comma = if signature.parameters.is_empty() { "" } else { " ,\n" };
            pieces.push(text(format!(
                "{comma}{}",
                if signature.is_unprototyped { "unprototyped" } else { "..." }
            )));
        }
        self.at_list_start = false;
        let convention = signature.convention.filter(|&convention| self.canonical && convention != 1);
        pieces.push(text(format!("\n){}\n-> ", attribute("calling_convention", convention))));
        pieces.push(self.target(unit, signature.result));
        pieces
    }

    fn parameter(&mut self, unit: usize, parameter: &Parameter) -> Vec<Piece> {
        let comma = self.comma();
        self.old_name = None;
        let target = self.target(unit, parameter.target);
        let own = self.shown(parameter.name.as_deref());
        let name = self.ending_name(own, own).map_or(String::new(), |name| format!(" {name}"));
        vec![if self.canonical { text("") } else { comma }, text("formal_parameter "), target, text(name)]
    }

    fn type_(&mut self, unit: usize, id: TypeId) -> Vec<Piece> {
        let model = self.model;
        let declared = &model.types[id];
        let fqn = self.qualified[id].as_ref().map_or(String::new(), |name| format!(" {name}"));
        let extra = self.extra(declared);
        let size = self.byte_size(id) + &attribute("alignment", declared.alignment) + &extra;
        match &declared.shape {
            Shape::Base(encoding) => {
                let (encoding, alignment) =
                    (attribute("encoding", *encoding), attribute("alignment", declared.alignment));
                vec![text(format!("base_type{fqn}{}{encoding}{alignment}{extra}", self.byte_size(id)))]
            }
            Shape::Unspecified => vec![text("unspecified_type")],
            Shape::Wrapper(Wrapper::Restrict | Wrapper::Atomic, target) if self.canonical => {
                vec![self.target(unit, *target)]
            }
            Shape::Wrapper(wrapper, target) => vec![
                text(format!("{}_type{fqn} {{\n", wrapper_name(*wrapper))),
                self.target(unit, *target),
                text(format!("\n}}{size}")),
            ],
            Shape::Array(bounds, target) | Shape::Vector(bounds, target) => {
                let is_vector = self.canonical && matches!(declared.shape, Shape::Vector(..));
                let kind = if is_vector { "vector" } else { "array" };
                let bounds: String = bounds.iter().map(|bound| format!("[{}]", bound_text(*bound))).collect();
                self.at_list_start = false;
                let size = attribute("byte_size", declared.byte_size)
                    + &attribute("alignment", declared.alignment)
                    + &extra;
                let size = if self.canonical { size } else { String::new() };
                vec![
                    text(format!("{kind}_type{bounds} {{\n")),
                    self.target(unit, *target),
                    text(format!("\n}}{size}")),
                ]
            }
            Shape::Function(signature) => {
                self.function("subroutine_type", unit, signature, |at| Node::Parameter(unit, id, at))
            }
            Shape::Record(kind, visibility, items) => {
                if let Some(placeholder) = self.placeholder(id) {
                    return self.stand_in(unit, &placeholder);
                }
                let mut pieces = vec![text(format!("{}_type{fqn} {{\n", record_name(*kind)))];
                if visibility.is_open() && !self.is_declared_only(id) {
                    self.at_list_start = true;
                    items.iter().for_each(|item| self.item(unit, item, &mut pieces));
                    self.at_list_start = false;
                    pieces.push(text(format!("\n}}{size}")));
                } else {
                    pieces.push(text("\n}"));
                }
                pieces
            }
            Shape::Enumeration(visibility, enumerators) => {
                let mut pieces = vec![text(format!("enumeration_type{fqn} {{\n"))];
                if visibility.is_open() && !self.is_declared_only(id) {
                    self.at_list_start = true;
                    enumerators.iter().for_each(|item| self.enumerator(id, item, &mut pieces));
                    self.at_list_start = false;
                    pieces.push(text(format!("\n}}{size}")));
                } else {
                    pieces.push(text("\n}"));
                }
                pieces
            }
        }
    }

    fn item(&mut self, unit: usize, item: &'m Item, pieces: &mut Vec<Piece>) {
        match item {
            Item::Member(member) => self.member(unit, member, true, pieces),
            Item::Other(kind, member, virtuality, value) => {
                let kind = match kind {
                    OtherItem::Inheritance => "inheritance ",
                    OtherItem::StaticMember => "static_member ",
                    OtherItem::TemplateValue => "template_value_parameter ",
                };
                let comma = self.comma();
                self.old_name = None;
                pieces.extend([comma, text(kind), self.target(unit, member.target)]);
                let own = self.shown(member.name.as_deref());
                let name = self.ending_name(own, own);
                let value = value.map_or(String::new(), |value| format!(" = {value}"));
                pieces.push(text(
                    self.member_tail(name, member) + &attribute("virtuality", *virtuality) + &value,
                ));
            }
            Item::Variants(variants) => {
                pieces.extend([self.comma(), text("variant_part {\n")]);
                self.at_list_start = true;
                for variant in variants {
                    pieces.extend([self.comma(), text("variant {\n")]);
                    self.at_list_start = true;
                    variant.members.iter().for_each(|member| self.member(unit, member, false, pieces));
                    self.at_list_start = false;
                    let value = self.value(variant.value, variant.high);
                    let value = value.map_or(String::new(), |value| format!(" discr_value({value})"));
                    pieces.push(text(format!("\n}}{value}")));
                }
                self.at_list_start = false;
                pieces.push(text("\n}"));
            }
        }
    }

    /// A member, which may be one of a structure, class or union itself.
    fn member(&mut self, unit: usize, member: &'m Member, is_own: bool, pieces: &mut Vec<Piece>) {
        let placeholder = member.target.and_then(|target| self.placeholder(target));
        let own = self.shown(member.name.as_deref());
        let clean = match placeholder {
            Some(Placeholder::Ignored) if is_own || self.canonical => return,
            Some(Placeholder::Renamed(_, old)) => Some(old),
            Some(Placeholder::Reserved(_) | Placeholder::Ignored) | None => own,
        };
        let comma = self.comma();
        self.old_name = None;
        pieces.extend([comma, text("member "), self.target(unit, member.target)]);
        let name = self.ending_name(own, clean);
        pieces.push(text(self.member_tail(name, member)));
    }

    fn enumerator(&mut self, id: TypeId, enumerator: &Enumerator, pieces: &mut Vec<Piece>) {
        let mut value = self.value(enumerator.value, enumerator.high);
        if let (Some(enumeration), Some(name)) = (&self.qualified[id], &enumerator.name) {
            let target = format!("{enumeration} {name}");
            if self.rule(RuleKind::EnumeratorIgnore, &target).is_some() {
                return pieces.push(text("\0"));
            }
            if let Some(number) = self.rule(RuleKind::EnumeratorValue, &target) {
                value = Some(rules::number(number).to_string());
            }
        }
        let name = enumerator.name.as_deref().filter(|name| !name.is_empty());
        let name = name.map_or(String::new(), |name| format!(" {name}"));
        let value = value.map_or(String::new(), |value| format!(" = {value}"));
        pieces.extend([self.comma(), text(format!("enumerator{name}{value}"))]);
    }

    /// A number whose higher half only canonical descriptions have room for.
    fn value(&self, value: Option<u64>, high: u64) -> Option<String> {
        match (value?, high) {
            (value, 0) => Some(value.to_string()),
            (value, high) => self.canonical.then(|| format!("{high}*2^64+{value}")),
        }
    }

    /// What only canonical descriptions tell of a type.
    fn extra(&self, declared: &Type) -> String {
        let Some((extra, number)) = declared.extra.filter(|_| self.canonical) else { return String::new() };
        match extra {
            Extra::AddressClass => attribute("address_class", Some(number).filter(|&number| number != 0)),
            Extra::BinaryScale => attribute("binary_scale", Some(number)),
            Extra::ByteStride => attribute("byte_stride", Some(number)),
            Extra::DataLocation => {
                let bytes: String = number.to_be_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
                format!(" data_location( {bytes})")
            }
            Extra::Endianity => attribute("endianity", Some(number)),
            Extra::Stored => {
                attribute("encoding", Some(number).filter(|&number| !is_usual(declared, number)))
            }
        }
    }

    fn member_tail(&self, name: Option<&str>, member: &Member) -> String {
        let alignment = member.alignment.filter(|_| self.canonical);
        member_tail(name, member) + &attribute("alignment", alignment)
    }

    /// The description of a kABI union.
    fn stand_in(&mut self, unit: usize, placeholder: &Placeholder<'m>) -> Vec<Piece> {
        self.bring_old_name(placeholder);
        match placeholder {
            Placeholder::Ignored => vec![text("\0")],
            Placeholder::Reserved(member) | Placeholder::Renamed(member, _) => {
                vec![self.target(unit, member.target)]
            }
        }
    }

    /// Whether a type is a kABI union, which has no type name.
    pub(super) fn is_placeholder(&self, id: TypeId) -> bool {
        self.placeholder(id).is_some()
    }

    fn shown<'n>(&self, name: Option<&'n str>) -> Option<&'n str> {
        name.filter(|name| !(self.stable && name.starts_with("__kabi_")))
    }

    fn is_declared_only(&self, id: TypeId) -> bool {
        let name = self.qualified[id].as_ref();
        name.is_some_and(|name| self.rule(RuleKind::DeclarationOnly, name).is_some())
    }

    fn byte_size(&self, id: TypeId) -> String {
        let size = self.model.types[id].byte_size;
        let rule = self.qualified[id].as_ref().and_then(|name| self.rule(RuleKind::ByteSize, name));
        attribute("byte_size", size.map(|size| rule.map_or(size, rules::number)))
    }

    pub(super) fn rule(&self, kind: RuleKind, target: &str) -> Option<&'m str> {
        rules::find(self.model, self.stable, kind, target)
    }
}

fn text(text: impl Into<String>) -> Piece {
    Piece::Text(text.into())
}

fn attribute(name: &str, value: Option<u64>) -> String {
    value.map_or(String::new(), |value| format!(" {name}({value})"))
}

/// Whether an enumeration needs not say that it is stored with this encoding: its enumerators tell.
fn is_usual(declared: &Type, encoding: u64) -> bool {
    let Shape::Enumeration(_, enumerators) = &declared.shape else { return false };
    let is_negative = |item: &Enumerator| {
        let top = if item.high == 0 { item.value.unwrap_or(0) } else { item.high };
        item.value.is_some() && top >> 63 == 1
    };
    // DW_ATE_signed and its char, DW_ATE_unsigned and its char.
    if enumerators.iter().any(is_negative) { matches!(encoding, 5 | 6) } else { matches!(encoding, 7 | 8) }
}

fn member_tail(name: Option<&str>, member: &Member) -> String {
    name.map_or(String::new(), |name| format!(" {name}"))
        + &attribute("accessibility", member.accessibility)
        + &attribute("bit_size", member.bit_size)
        + &attribute("data_bit_offset", member.data_bit_offset)
        + &attribute("data_member_location", member.location)
}

fn bound_text(bound: Bound) -> String {
    match bound {
        Bound::Count(count) => count.to_string(),
        Bound::Upper(upper) => upper.wrapping_add(1).to_string(),
        Bound::Dynamic | Bound::Unknown => String::new(),
    }
}

fn record_name(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Structure => "structure",
        RecordKind::Class => "class",
        RecordKind::Union => "union",
    }
}

fn wrapper_name(wrapper: Wrapper) -> &'static str {
    match wrapper {
        Wrapper::Pointer => "pointer",
        Wrapper::Const => "const",
        Wrapper::Volatile => "volatile",
        Wrapper::Restrict => "restrict",
        Wrapper::Atomic => "atomic",
        Wrapper::Immutable => "immutable",
        Wrapper::Packed => "packed",
        Wrapper::Reference => "reference",
        Wrapper::RvalueReference => "rvalue_reference",
        Wrapper::Shared => "shared",
        Wrapper::Typedef => "typedef",
        Wrapper::TemplateTypeParameter => "template_type_parameter",
    }
}
