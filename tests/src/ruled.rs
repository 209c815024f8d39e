//! Models of any size for `lint`: types, and rules about them, that would be multiplied if it was done in the obvious way.

use crate::model::{
    Encoding, Enumerator, Item, Layout, Member, Model, Parent, RecordKind, Rule, RuleKind, Shape, Symbol,
    SymbolKind, Type, TypeId, Visibility, Wrapper, encode,
};

/// A model of a size.
#[derive(Clone, Copy, Debug)]
pub struct Ruled {
    /// What it is about.
    pub name: &'static str,
    /// The smallest size at which its growth can be seen.
    pub size: usize,
    model: fn(usize) -> Model,
}

/// All of them.
pub const ALL: [Ruled; 5] = [
    Ruled { name: "rules-of-one-enumeration", size: 64, model: rules_of_one_enumeration },
    Ruled { name: "sizes-of-embedded-types", size: 64, model: sizes_of_embedded_types },
    Ruled { name: "declarations-in-one-structure", size: 64, model: declarations_in_one_structure },
    Ruled { name: "strings-of-a-list", size: 64, model: strings_of_a_list },
    Ruled { name: "unions-of-one-structure", size: 64, model: unions_of_one_structure },
];

impl Ruled {
    /// The object, and its symbol list.
    pub fn object(&self, size: usize) -> (Vec<u8>, Vec<u8>) {
        let model = (self.model)(size);
        let layout = Layout::plain(&model);
        (encode(&model, &layout, &Encoding::PLAIN), layout.symbol_list())
    }
}

/// A rule for each enumerator of one type: is it taken apart for each?
fn rules_of_one_enumeration(size: usize) -> Model {
    let enumerator = |at| Enumerator { name: Some(format!("A{at}")), value: Some(at as u64), high: 0 };
    let all = Shape::Enumeration(Visibility::Header, (0..size).map(enumerator).collect());
    let rule = |at: usize| Rule {
        kind: RuleKind::EnumeratorValue,
        target: format!("e A{at}"),
        value: (at + 7).to_string(),
    };
    model(vec![named("e", 4, all)], 0, (0..size).map(rule).collect())
}

/// Types of which each has a value of the one before, and a rule about the size of each: is what has a value of it looked for
/// among all types?
fn sizes_of_embedded_types(size: usize) -> Model {
    let rule = |at| Rule { kind: RuleKind::ByteSize, target: format!("s{at}"), value: "4".to_owned() };
    let types = chain(size);
    model(types, size, (1..=size).map(rule).collect())
}

/// Types that are all in one structure, and a rule about each: is that one taken apart for each?
fn declarations_in_one_structure(size: usize) -> Model {
    let rule = |at| Rule { kind: RuleKind::DeclarationOnly, target: format!("s{at}"), value: String::new() };
    let mut types = vec![named("int", 4, Shape::Base(Some(5)))];
    types.extend((1..=size).map(|at| named(&format!("s{at}"), 4, structure(&[(0, 0)]))));
    let members: Vec<(TypeId, u64)> = (1..=size).map(|at| (at, 4 * at as u64)).collect();
    types.push(named("whole", 4 * size as u64, structure(&members)));
    model(types, size + 1, (1..=size).map(rule).collect())
}

/// Types of which each leads to the next, and the string of each stated otherwise.
fn strings_of_a_list(size: usize) -> Model {
    let rule = |at: usize| Rule {
        kind: RuleKind::TypeString,
        target: format!("s#s{at}"),
        value: format!(
            "structure_type s{at} {{ member pointer_type {{ s#s{} }} byte_size(8) a data_member_location(4) }} byte_size(8)",
            at % size + 1
        ),
    };
    let mut types = vec![named("int", 4, Shape::Base(Some(5)))];
    types.extend((1..=size).map(|at| named(&format!("s{at}"), 8, structure(&[(size + at, 0)]))));
    types.extend((1..=size).map(|at| {
        let pointer = Shape::Wrapper(Wrapper::Pointer, Some(at % size + 1));
        Type { name: None, ..named("", 8, pointer) }
    }));
    model(types, size, (1..=size).map(rule).collect())
}

/// A structure that consists of unions with placeholders that do not fit.
fn unions_of_one_structure(size: usize) -> Model {
    let union = |at: usize| {
        let names = [format!("__kabi_reserved{at}"), "new".to_owned()];
        let members = names.map(|name| Item::Member(member(&name, at % 2, 0)));
        let mut union = named("", 8, Shape::Record(RecordKind::Union, Visibility::Header, members.to_vec()));
        union.name = None;
        union
    };
    let mut types = vec![named("int", 4, Shape::Base(Some(5))), named("long", 8, Shape::Base(Some(5)))];
    types.extend((0..size).map(union));
    let members: Vec<(TypeId, u64)> = (0..size).map(|at| (at + 2, 8 * at as u64)).collect();
    types.push(named("whole", 8 * size as u64, structure(&members)));
    let rule = Rule { kind: RuleKind::DeclarationOnly, target: "nothing".to_owned(), value: String::new() };
    model(types, size + 2, vec![rule])
}

/// `int`, and so many structures of which each has a value of the one before.
fn chain(size: usize) -> Vec<Type> {
    let mut types = vec![named("int", 4, Shape::Base(Some(5)))];
    types.extend((1..=size).map(|at| named(&format!("s{at}"), 8, structure(&[(at - 1, 0)]))));
    types
}

fn model(types: Vec<Type>, of: TypeId, rules: Vec<Rule>) -> Model {
    let symbol = Symbol {
        name: "v".to_owned(),
        is_exported: true,
        aliases: 0,
        namespaces: Vec::new(),
        kind: SymbolKind::Variable(Some(of)),
    };
    Model { types, symbols: vec![symbol], rules }
}

fn named(name: &str, byte_size: u64, shape: Shape) -> Type {
    Type {
        name: Some(name.to_owned()),
        parent: Parent::Scopes(Vec::new()),
        byte_size: Some(byte_size),
        alignment: None,
        shape,
        extra: None,
    }
}

fn structure(members: &[(TypeId, u64)]) -> Shape {
    let items = members.iter().map(|&(target, place)| Item::Member(member("a", target, place))).collect();
    Shape::Record(RecordKind::Structure, Visibility::Header, items)
}

fn member(name: &str, target: TypeId, place: u64) -> Member {
    let (name, target, location) = (Some(name.to_owned()), Some(target), Some(place));
    Member { name, target, location, ..Member::default() }
}
