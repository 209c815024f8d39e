//! The model whose types have names that a dictionary can know.

use dwarfksyms_tests::model::{
    Bound, Enumerator, Item, Member, Model, Parameter, Parent, RecordKind, Scope, Shape, Signature, Symbol,
    SymbolKind, Target, Type, TypeId, Visibility, Wrapper,
};

/// A model with a type of every kind that rules and line tables are about.
pub(crate) fn fixed_model() -> Model {
    let int = type_(Some("int"), Shape::Base(Some(5)));
    let record = |members: &[Member]| {
        let items = members.iter().cloned().map(Item::Member).collect();
        Shape::Record(RecordKind::Structure, Visibility::Header, items)
    };
    let union = |name| {
        let members = [member(name, 0, 0), member("now", 2, 0)];
        Shape::Record(RecordKind::Union, Visibility::Public, members.map(Item::Member).to_vec())
    };
    let mut generic = type_(Some("Result<u8, u8>"), record(&[member("a", 1, 0)]));
    generic.parent = Parent::Scopes(vec![Scope::Namespace(Some("core".to_owned()))]);
    let members = [
        member("a", 0, 0),
        member("next", 2, 8),
        member("slot", 3, 16),
        member("gone", 10, 24),
        member("new", 11, 32),
    ];
    let types = vec![
        int,
        type_(Some("record"), record(&members)),
        type_(None, Shape::Wrapper(Wrapper::Pointer, Some(1))),
        type_(None, union("__kabi_reserved1")),
        type_(
            Some("color"),
            Shape::Enumeration(Visibility::Header, ["red", "green"].map(enumerator).to_vec()),
        ),
        type_(Some("alias"), Shape::Wrapper(Wrapper::Typedef, Some(1))),
        type_(
            Some("hidden"),
            Shape::Record(RecordKind::Structure, Visibility::Source, vec![Item::Member(member("a", 0, 0))]),
        ),
        generic,
        type_(None, Shape::Function(function(&[Some(2), Some(4)], None))),
        type_(None, Shape::Wrapper(Wrapper::Pointer, Some(8))),
        type_(None, union("__kabi_ignored1")),
        type_(None, union("__kabi_renamedold")),
        type_(None, Shape::Array(vec![Bound::Count(4), Bound::Unknown], Some(7))),
    ];
    let symbols = vec![
        symbol("function", SymbolKind::Function(function(&[Some(2), Some(4), Some(5)], Some(0)))),
        symbol("variable", SymbolKind::Variable(Some(12))),
        symbol("callback", SymbolKind::Variable(Some(9))),
        symbol("pointed", SymbolKind::Pointer(8)),
        symbol("secret", SymbolKind::Variable(Some(6))),
    ];
    Model { types, symbols, rules: Vec::new() }
}

fn type_(name: Option<&str>, shape: Shape) -> Type {
    let parent = Parent::Scopes(Vec::new());
    Type { name: name.map(str::to_owned), parent, byte_size: Some(8), alignment: None, shape, extra: None }
}

fn member(name: &str, target: TypeId, location: u64) -> Member {
    Member {
        name: Some(name.to_owned()),
        target: Some(target),
        location: Some(location),
        ..Member::default()
    }
}

fn enumerator(name: &str) -> Enumerator {
    Enumerator { name: Some(name.to_owned()), value: Some(1), high: 0 }
}

fn function(parameters: &[Target], result: Target) -> Signature {
    let parameters =
        parameters.iter().map(|&target| Parameter { name: Some("it".to_owned()), target }).collect();
    Signature { parameters, result, ..Signature::default() }
}

fn symbol(name: &str, kind: SymbolKind) -> Symbol {
    Symbol { name: name.to_owned(), is_exported: true, aliases: 0, namespaces: Vec::new(), kind }
}
