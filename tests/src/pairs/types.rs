//! The model: C types, as far as kernels have them.

use super::base::{Alias, Base};

/// The old and the new state of some types, and what exports them.
#[derive(Clone, Debug)]
pub struct Pair {
    /// What it was drawn from.
    pub seed: u64,
    /// The old state.
    pub old: Side,
    /// The new state.
    pub new: Side,
    /// What was done, edit by edit.
    pub edits: Vec<&'static str>,
}

/// One state.
#[derive(Clone, Debug, Default)]
pub struct Side {
    /// The named types; each refers to earlier ones only, so that no type is in itself.
    pub definitions: Vec<Definition>,
    /// What is exported: the same symbols on both sides.
    pub exports: Vec<Export>,
}

/// A named type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Definition {
    /// `struct s0_1` or `union s0_1`
    Record(Record),
    /// `enum e0_1`
    Enumeration(Vec<Enumerator>),
    /// `t0_1`
    Typedef(Type),
    /// `struct s0_1`, of which there is only the name.
    Opaque,
}

/// A structure or union.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Whether it is a union.
    pub is_union: bool,
    /// Its members, in order.
    pub members: Vec<Member>,
    /// Whether it is `__packed`.
    pub is_packed: bool,
    /// The alignment that is asked for; 0 for none.
    pub aligned: u32,
}

/// A member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// What stays the same when it is renamed or moved; for shrinking alone.
    pub id: u32,
    /// Empty for what has no name: a structure, a union, a bit-field.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// The width of a bit-field.
    pub bits: Option<u32>,
    /// The alignment that is asked for; 0 for none.
    pub aligned: u32,
}

/// An enumerator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enumerator {
    /// As for members.
    pub id: u32,
    /// Without what makes it unique among pairs.
    pub name: String,
    /// What is written behind it.
    pub value: Option<i64>,
}

/// A type where one is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// Only as a result, and behind pointers.
    Void,
    /// `unsigned int`
    Base(Base),
    /// `u32`: one that all pairs share.
    Alias(Alias),
    /// A named type by its index.
    Named(usize),
    /// A structure or union without a name.
    Inline(Record),
    /// A pointer.
    Pointer(Box<Type>),
    /// An array; without a count, `[]`.
    Array(Box<Type>, Option<u32>),
    /// A function, behind a pointer.
    Function(Box<Signature>),
    /// Read only.
    Const(Box<Type>),
    /// Not to be optimised.
    Volatile(Box<Type>),
}

/// What a function takes and gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// What it gives.
    pub result: Type,
    /// What it takes.
    pub parameters: Vec<Parameter>,
}

/// A parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: Type,
}

/// What is exported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Export {
    /// A function.
    Function(Signature),
    /// A variable.
    Variable(Type),
}

impl Pair {
    /// Whether a named structure or union is packed or aligned in another way, which genksyms does not write.
    pub fn has_other_attributes(&self) -> bool {
        let attributes = |side: &Side| -> Vec<(bool, u32)> {
            let records = side.definitions.iter().map(|definition| match definition {
                Definition::Record(record) => (record.is_packed, record.aligned),
                _ => (false, 0),
            });
            records.collect()
        };
        attributes(&self.old) != attributes(&self.new)
    }
}

impl Member {
    pub(super) fn new(id: u32, name: String, ty: Type) -> Member {
        Member { id, name, ty, bits: None, aligned: 0 }
    }
}

impl Type {
    pub(super) fn pointer(to: Type) -> Type {
        Type::Pointer(Box::new(to))
    }

    /// Without qualifiers and typedefs.
    pub(super) fn resolved<'a>(&'a self, side: &'a Side) -> &'a Type {
        let mut ty = self;
        loop {
            ty = match ty {
                Type::Const(inner) | Type::Volatile(inner) => inner,
                Type::Alias(alias) => alias.definition(),
                Type::Named(index) => match &side.definitions[*index] {
                    Definition::Typedef(inner) => inner,
                    _ => return ty,
                },
                _ => return ty,
            };
        }
    }

    /// Whether there can be a value of it.
    pub(super) fn is_complete(&self, side: &Side) -> bool {
        match self.resolved(side) {
            Type::Named(index) => side.definitions[*index] != Definition::Opaque,
            ty => *ty != Type::Void,
        }
    }

    /// The structure or union that this is, under whatever name.
    pub(super) fn record<'a>(&'a self, side: &'a Side) -> Option<&'a Record> {
        match self.resolved(side) {
            Type::Inline(record) => Some(record),
            Type::Named(index) => match &side.definitions[*index] {
                Definition::Record(record) => Some(record),
                _ => None,
            },
            _ => None,
        }
    }
}

impl Side {
    /// Whether all types and members are aligned as compilers do by themselves.
    pub(super) fn is_natural(&self) -> bool {
        fn is_natural(record: &mut Record) -> bool {
            let is_plain = !record.is_packed && record.aligned == 0;
            is_plain
                && record
                    .members
                    .iter_mut()
                    .all(|member| member.aligned == 0 && inline(&mut member.ty).is_none_or(is_natural))
        }
        self.clone().records().into_iter().all(is_natural)
    }

    /// Every structure and union, with those inside of others.
    pub(super) fn records(&mut self) -> Vec<&mut Record> {
        let mut waiting: Vec<&mut Record> = Vec::new();
        for definition in &mut self.definitions {
            match definition {
                Definition::Record(record) => waiting.push(record),
                Definition::Typedef(ty) => waiting.extend(inline(ty)),
                Definition::Enumeration(_) | Definition::Opaque => {}
            }
        }
        waiting
    }
}

/// The structure or union that is spelled out in a type, or in the elements of an array.
pub(super) fn inline(ty: &mut Type) -> Option<&mut Record> {
    match ty {
        Type::Inline(record) => Some(record),
        Type::Array(inner, _) | Type::Const(inner) | Type::Volatile(inner) => inline(inner),
        _ => None,
    }
}

/// Does something with the record at an index among `record` and all that are spelled out in it; gives how many there were.
pub(super) fn visit(record: &mut Record, index: usize, action: &mut dyn FnMut(&mut Record)) -> usize {
    let mut count = 1;
    if index == 0 {
        action(record);
        return count;
    }
    for member in &mut record.members {
        if let Some(inner) = inline(&mut member.ty) {
            let seen = visit(inner, index.wrapping_sub(count), action);
            if index < count + seen {
                return count + seen;
            }
            count += seen;
        }
    }
    count
}

/// How many structures and unions there are, with those inside of others.
pub(super) fn count(record: &mut Record) -> usize {
    1 + record.members.iter_mut().filter_map(|member| inline(&mut member.ty)).map(count).sum::<usize>()
}
