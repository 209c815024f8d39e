//! Generated objects: so many units with the same types, as units of a program have that include the same headers.

use dwarfksyms_tests::model::{
    Bound, Encoding, Enumerator, Item, Layout, Member, Model, Numbers, Parameter, Parent, RecordKind,
    Relocations, Shape, Signature, Symbol, SymbolKind, Target, Type, TypeId, Visibility, Wrapper, encode,
};

/// The structures of each unit. With all that goes with them, a unit has about 4800 DIEs.
const RECORDS: usize = 320;

/// The members of each structure.
const MEMBERS: usize = 12;

/// The exported functions of each unit.
const FUNCTIONS: usize = 4;

/// Structures refer to those of their own block, and sometimes to others.
const BLOCK: usize = 16;

/// Base types: names and sizes.
const BASES: [(&str, u64); 6] =
    [("char", 1), ("short int", 2), ("int", 4), ("long int", 8), ("unsigned int", 4), ("_Bool", 1)];

// Types of each kind stand together, in this order.
const FIRST_RECORD: TypeId = BASES.len();
const FIRST_POINTER: TypeId = FIRST_RECORD + RECORDS;
const FIRST_TYPEDEF: TypeId = FIRST_POINTER + RECORDS;
const FIRST_ENUMERATION: TypeId = FIRST_TYPEDEF + BASES.len();
const FIRST_ARRAY: TypeId = FIRST_ENUMERATION + BLOCK;
const FIRST_FUNCTION: TypeId = FIRST_ARRAY + BLOCK;
const FIRST_CALLBACK: TypeId = FIRST_FUNCTION + BLOCK;

/// An object with so many units, and its symbol list.
pub fn object(units: usize) -> (Vec<u8>, Vec<u8>) {
    let model = model(units);
    let mut layout = Layout::plain(&model);
    layout.units =
        (0..units).map(|unit| (unit * FUNCTIONS..(unit + 1) * FUNCTIONS).collect::<Vec<_>>()).collect();
    let encoding = Encoding { relocations: Relocations::Rela, has_siblings: true, ..Encoding::PLAIN };
    (encode(&model, &layout, &encoding), layout.symbol_list())
}

fn model(units: usize) -> Model {
    let mut numbers = Numbers(1);
    let mut types = Vec::new();
    let mut add = |name: Option<String>, byte_size: Option<u64>, shape: Shape| {
        types.push(Type {
            name,
            parent: Parent::Scopes(Vec::new()),
            byte_size,
            alignment: None,
            shape,
            extra: None,
        });
    };
    for (name, size) in BASES {
        add(Some(name.to_owned()), Some(size), Shape::Base(Some(5)));
    }
    for number in 0..RECORDS {
        let member = |at: usize| {
            let target = Some(member_type(number, &mut numbers));
            let location = Some(8 * at as u64);
            Item::Member(Member { name: Some(format!("member{at}")), target, location, ..Member::default() })
        };
        let items = (0..MEMBERS).map(member).collect();
        let shape = Shape::Record(RecordKind::Structure, Visibility::Public, items);
        add(Some(format!("structure_{number}")), Some(8 * MEMBERS as u64), shape);
    }
    for number in 0..RECORDS {
        add(None, Some(8), Shape::Wrapper(Wrapper::Pointer, Some(FIRST_RECORD + number)));
    }
    for (number, (_, size)) in BASES.iter().enumerate() {
        add(Some(format!("number{size}_{number}_t")), None, Shape::Wrapper(Wrapper::Typedef, Some(number)));
    }
    for number in 0..BLOCK {
        let name = |value: u64| Some(format!("ENUMERATION_{number}_{value}"));
        let items =
            (0..8).map(|value| Enumerator { name: name(value), value: Some(value), high: 0 }).collect();
        let shape = Shape::Enumeration(Visibility::Public, items);
        add(Some(format!("enumeration_{number}")), Some(4), shape);
    }
    for number in 0..BLOCK {
        let target = Some(FIRST_TYPEDEF + number % BASES.len());
        add(None, None, Shape::Array(vec![Bound::Upper(1 + number as u64)], target));
    }
    for _ in 0..BLOCK {
        let signature = signature(&mut numbers);
        add(None, None, Shape::Function(signature));
    }
    for number in 0..BLOCK {
        add(None, Some(8), Shape::Wrapper(Wrapper::Pointer, Some(FIRST_FUNCTION + number)));
    }
    let symbols = (0..units * FUNCTIONS).map(|number| Symbol {
        name: format!("function_{number}"),
        is_exported: true,
        aliases: 0,
        namespaces: Vec::new(),
        kind: SymbolKind::Function(signature(&mut numbers)),
    });
    let symbols = symbols.collect();
    Model { types, symbols, rules: Vec::new() }
}

/// The type of a member of a structure.
fn member_type(record: usize, numbers: &mut Numbers) -> TypeId {
    match numbers.below(16) {
        0..=3 => numbers.below(BASES.len()),
        4..=6 => FIRST_TYPEDEF + numbers.below(BASES.len()),
        7 => FIRST_ENUMERATION + numbers.below(BLOCK),
        8 => FIRST_ARRAY + numbers.below(BLOCK),
        9 => FIRST_CALLBACK + numbers.below(BLOCK),
        10 => FIRST_POINTER + numbers.below(RECORDS),
        _ => FIRST_POINTER + record / BLOCK * BLOCK + numbers.below(BLOCK),
    }
}

fn signature(numbers: &mut Numbers) -> Signature {
    let mut pointer = || -> Target { Some(FIRST_POINTER + numbers.below(RECORDS)) };
    let parameters = (0..3).map(|_| Parameter { name: None, target: pointer() }).collect();
    Signature { parameters, result: pointer(), ..Signature::default() }
}

#[cfg(test)]
mod tests {
    use dwarfksyms_core::{Error, Exports, Limits, Object, Options, Versions};

    use super::*;

    #[test]
    fn every_symbol_has_a_version() {
        let (bytes, list) = object(2);
        let limits = Limits::for_input(bytes.len() as u64);
        let exports = Exports::parse(&list, &limits).unwrap();
        let mut versions = Versions::new(&exports, &limits).unwrap();
        let object = Object::parse(&bytes, Options::default(), &limits).unwrap();
        let described = object.description_with(&exports, &versions, |_| Ok::<_, Error>(()));
        described.unwrap().compute(&exports, &mut versions).unwrap();
        assert_eq!(exports.len(), 2 * FUNCTIONS);
        assert!(exports.iter().all(|(id, _)| versions.get(id).is_some()));
    }
}
