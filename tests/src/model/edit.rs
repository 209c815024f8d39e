//! Changes of a model: those of the ABI, which every symbol that reaches the type must notice.

use std::collections::BTreeSet;

use super::types::*;

/// A changed model.
#[derive(Clone, Debug)]
pub struct Edit {
    /// What was done.
    pub what: &'static str,
    /// What was changed.
    pub place: Place,
    /// Whether it is part of the ABI: what a type consists of that nobody can see into is not.
    pub is_visible: bool,
    /// The model as it is then.
    pub model: Model,
}

/// What an edit is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A type.
    Type(TypeId),
    /// A symbol, by position.
    Symbol(usize),
}

/// A number that is not the one that was there.
fn other(value: Option<u64>) -> Option<u64> {
    Some(value.unwrap_or(0) ^ 4096)
}

/// The same model with type names of which no two are equal, so that no type hides behind another.
pub fn with_distinct_names(mut model: Model) -> Model {
    for (id, declared) in model.types.iter_mut().enumerate() {
        declared.name = declared.name.as_ref().map(|name| format!("{name}_{id}"));
    }
    model
}

/// All the types that a symbol's description leads to.
pub fn reached(model: &Model, number: usize) -> BTreeSet<TypeId> {
    let mut seen = BTreeSet::new();
    let mut next: Vec<TypeId> = Vec::new();
    model.symbols[number].clone().targets(|target| next.extend(*target));
    while let Some(id) = next.pop() {
        let mut shape = model.types[id].shape.clone();
        if seen.insert(id) && shape.is_open() {
            shape.targets(|target| next.extend(*target));
        }
    }
    seen
}

/// Every change of the ABI that there is a name for, wherever it can be made.
pub fn edits(model: &Model) -> Vec<Edit> {
    let mut edits = Editor { model, edits: Vec::new() };
    for id in 0..model.types.len() {
        edits.of_type(id);
    }
    for (number, symbol) in model.symbols.iter().enumerate() {
        if let SymbolKind::Function(signature) = &symbol.kind {
            edits.of_signature(Place::Symbol(number), signature);
        }
        if let SymbolKind::Variable(Some(_)) = symbol.kind {
            edits.symbol("a variable's type", number, |kind| *kind = SymbolKind::Variable(None));
        }
    }
    edits.edits
}

/// Changes of the ABI that only canonical versions see.
pub fn overlooked(model: &Model) -> Vec<Edit> {
    let mut edits = Editor { model, edits: Vec::new() };
    for (id, declared) in model.types.iter().enumerate() {
        match &declared.shape {
            Shape::Array(bounds, target) => {
                let vector = Shape::Vector(bounds.clone(), *target);
                edits.type_("an array made a vector", id, |declared| declared.shape = vector);
                edits.type_("an array's size", id, |declared| declared.byte_size = other(declared.byte_size));
            }
            Shape::Function(signature) => edits.of_rest(Place::Type(id), signature),
            Shape::Enumeration(_, enumerators) => edits.of_width(id, enumerators),
            Shape::Record(.., items) => edits.of_alignments(id, items),
            _ => {}
        }
        if !matches!(declared.shape, Shape::Function(_) | Shape::Unspecified) {
            edits.type_("the address class", id, |declared| {
                let known = declared.extra.filter(|known| known.0 == Extra::AddressClass);
                declared.extra = Some((Extra::AddressClass, known.map_or(0, |known| known.1) ^ 4096));
            });
        }
    }
    for (number, symbol) in model.symbols.iter().enumerate() {
        if let SymbolKind::Function(signature) = &symbol.kind {
            edits.of_rest(Place::Symbol(number), signature);
        }
    }
    edits.edits
}

struct Editor<'m> {
    model: &'m Model,
    edits: Vec<Edit>,
}

impl Editor<'_> {
    fn type_(&mut self, what: &'static str, id: TypeId, change: impl FnOnce(&mut Type)) {
        let mut model = self.model.clone();
        let is_visible = model.types[id].shape.is_open();
        change(&mut model.types[id]);
        self.edits.push(Edit { what, place: Place::Type(id), is_visible, model });
    }

    fn symbol(&mut self, what: &'static str, number: usize, change: impl FnOnce(&mut SymbolKind)) {
        let mut model = self.model.clone();
        change(&mut model.symbols[number].kind);
        self.edits.push(Edit { what, place: Place::Symbol(number), is_visible: true, model });
    }

    fn of_type(&mut self, id: TypeId) {
        let declared = &self.model.types[id];
        if !matches!(
            declared.shape,
            Shape::Array(..) | Shape::Vector(..) | Shape::Function(_) | Shape::Unspecified
        ) {
            self.type_("the size", id, |declared| declared.byte_size = other(declared.byte_size));
            self.type_("the alignment", id, |declared| declared.alignment = other(declared.alignment));
        }
        match &declared.shape {
            Shape::Record(.., items) => self.of_items(id, items),
            Shape::Enumeration(_, enumerators) => self.of_enumerators(id, enumerators.len()),
            Shape::Function(signature) => self.of_signature(Place::Type(id), signature),
            Shape::Array(..) | Shape::Vector(..) => self.type_("one more dimension", id, |declared| {
                if let Shape::Array(bounds, _) | Shape::Vector(bounds, _) = &mut declared.shape {
                    bounds.push(Bound::Unknown);
                }
            }),
            Shape::Base(encoding) => {
                let encoding = other(*encoding);
                self.type_("the encoding", id, |declared| declared.shape = Shape::Base(encoding));
            }
            &Shape::Wrapper(wrapper, Some(_)) => {
                self.type_("the target", id, |declared| declared.shape = Shape::Wrapper(wrapper, None));
            }
            Shape::Wrapper(_, None) | Shape::Unspecified => {}
        }
    }

    fn of_items(&mut self, id: TypeId, items: &[Item]) {
        self.item("a member added", id, |items| items.push(Item::Member(Member::default())));
        if !items.is_empty() {
            self.item("a member removed", id, |items| drop(items.remove(0)));
        }
        for at in 0..items.len() {
            for number in 0..items[at].clone().members().len() {
                let mut member = |what, change: fn(&mut Member)| {
                    self.item(what, id, |items| change(items[at].members()[number]));
                };
                member("a member moved", |member| member.location = other(member.location));
                member("a bit-field resized", |member| member.bit_size = other(member.bit_size));
                member("a bit-field moved", |member| member.data_bit_offset = other(member.data_bit_offset));
                member("a member renamed", |member| member.name = Some("renamed".to_owned()));
                member("a member's accessibility", |member| {
                    member.accessibility = other(member.accessibility);
                });
                if items[at].clone().members()[number].target.is_some() {
                    self.item("a member retyped", id, |items| items[at].members()[number].target = None);
                }
            }
        }
    }

    fn item(&mut self, what: &'static str, id: TypeId, change: impl FnOnce(&mut Vec<Item>)) {
        self.type_(what, id, |declared| {
            if let Shape::Record(.., items) = &mut declared.shape {
                change(items);
            }
        });
    }

    fn of_enumerators(&mut self, id: TypeId, count: usize) {
        let mut edit = |what, change: &dyn Fn(&mut Vec<Enumerator>)| {
            self.type_(what, id, |declared| {
                if let Shape::Enumeration(_, enumerators) = &mut declared.shape {
                    change(enumerators);
                }
            });
        };
        let added = Enumerator { name: Some("added".to_owned()), value: Some(1), high: 0 };
        edit("an enumerator added", &|all| all.insert(0, added.clone()));
        for at in 0..count {
            edit("an enumerator's value", &|all| (all[at].value, all[at].high) = (other(all[at].value), 0));
            edit("an enumerator renamed", &|all| all[at].name = Some("renamed".to_owned()));
        }
    }

    fn signature(&mut self, what: &'static str, place: Place, change: &dyn Fn(&mut Signature)) {
        match place {
            Place::Type(id) => self.type_(what, id, |declared| {
                if let Shape::Function(signature) = &mut declared.shape {
                    change(signature);
                }
            }),
            Place::Symbol(number) => self.symbol(what, number, |kind| {
                if let SymbolKind::Function(signature) = kind {
                    change(signature);
                }
            }),
        }
    }

    /// The higher halves of values, and how they are stored.
    fn of_width(&mut self, id: TypeId, enumerators: &[Enumerator]) {
        // DW_ATE_boolean, DW_ATE_UTF
        let stored = |known: Option<(Extra, u64)>| if known == Some((Extra::Stored, 2)) { 16 } else { 2 };
        self.type_("the type that is stored", id, |declared| {
            declared.extra = Some((Extra::Stored, stored(declared.extra)));
        });
        for at in (0..enumerators.len()).filter(|&at| enumerators[at].value.is_some()) {
            self.type_("the higher half of an enumerator", id, |declared| {
                if let Shape::Enumeration(_, enumerators) = &mut declared.shape {
                    enumerators[at].high ^= 4096;
                }
            });
        }
    }

    fn of_alignments(&mut self, id: TypeId, items: &[Item]) {
        for at in 0..items.len() {
            for number in 0..items[at].clone().members().len() {
                self.item("a member's alignment", id, |items| {
                    let mut members = items[at].members();
                    members[number].alignment = other(members[number].alignment);
                });
            }
        }
    }

    /// What may follow the parameters.
    fn of_rest(&mut self, place: Place, signature: &Signature) {
        self.signature("the prototype", place, &|signature| {
            signature.is_unprototyped = !signature.is_unprototyped;
        });
        self.signature("the calling convention", place, &|signature| {
            signature.convention = other(signature.convention);
        });
        if !signature.is_unprototyped {
            self.signature("the dots", place, &|signature| signature.is_variadic = !signature.is_variadic);
        }
    }

    fn of_signature(&mut self, place: Place, signature: &Signature) {
        let mut edit = |what, change: &dyn Fn(&mut Signature)| self.signature(what, place, change);
        let added = Parameter { name: None, target: None };
        edit("a parameter added", &|signature| signature.parameters.push(added.clone()));
        if signature.result.is_some() {
            edit("the result", &|signature| signature.result = None);
        }
        for at in 0..signature.parameters.len() {
            edit("a parameter renamed", &|signature| {
                signature.parameters[at].name = Some("renamed".to_owned());
            });
            if signature.parameters[at].target.is_some() {
                edit("a parameter retyped", &|signature| signature.parameters[at].target = None);
            }
        }
    }
}
