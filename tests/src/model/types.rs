//! The model: what a program declares, as far as versions depend on it.
//!
//! INVARIANT: a type that is no [`Shape::Record`] refers to records and to types before it only, so that every cycle
//! leads through a record. [`Model::normalize`] sees to it.

use super::rules::Rule;

/// A type, by its position.
pub type TypeId = usize;

/// A type that something refers to; `None` is `void`.
pub type Target = Option<TypeId>;

/// Types, symbols and the conventions of a stable kABI.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// The types.
    pub types: Vec<Type>,
    /// The functions and variables.
    pub symbols: Vec<Symbol>,
    /// What `--stable` honours.
    pub rules: Vec<Rule>,
}

/// A type.
#[derive(Clone, Debug)]
pub struct Type {
    /// Its own name.
    pub name: Option<String>,
    /// What it is declared in.
    pub parent: Parent,
    /// `DW_AT_byte_size`
    pub byte_size: Option<u64>,
    /// `DW_AT_alignment`
    pub alignment: Option<u64>,
    /// What kind of type it is.
    pub shape: Shape,
    /// What only canonical descriptions tell; not of a function type.
    pub extra: Option<(Extra, u64)>,
}

/// Attributes that only canonical descriptions tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extra {
    /// `DW_AT_address_class`: 0 says nothing.
    AddressClass,
    /// `DW_AT_binary_scale`
    BinaryScale,
    /// `DW_AT_byte_stride`
    ByteStride,
    /// `DW_AT_data_location`: an expression with the number's bytes.
    DataLocation,
    /// `DW_AT_endianity`: 0 says nothing.
    Endianity,
    /// Of an enumeration: the encoding of the type that it is stored as.
    Stored,
}

/// What a type is declared in.
#[derive(Clone, Debug)]
pub enum Parent {
    /// Scopes, the outermost first; none for the unit itself.
    Scopes(Vec<Scope>),
    /// A structure, class or union that is an earlier type.
    Type(TypeId),
}

/// A scope that is no type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// A namespace.
    Namespace(Option<String>),
    /// A function, which has no part in names.
    Function,
}

/// What kind of type a type is.
#[derive(Clone, Debug)]
pub enum Shape {
    /// A base type with its `DW_AT_encoding`.
    Base(Option<u64>),
    /// A type that points to another one, or qualifies or names it.
    Wrapper(Wrapper, Target),
    /// A structure, class or union.
    Record(RecordKind, Visibility, Vec<Item>),
    /// An enumeration.
    Enumeration(Visibility, Vec<Enumerator>),
    /// An array.
    Array(Vec<Bound>, Target),
    /// A vector, which only canonical descriptions tell from an array.
    Vector(Vec<Bound>, Target),
    /// A function type.
    Function(Signature),
    /// `DW_TAG_unspecified_type`
    Unspecified,
}

/// The types with one target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Wrapper {
    Pointer,
    Const,
    Volatile,
    Restrict,
    Atomic,
    Immutable,
    Packed,
    Reference,
    RvalueReference,
    Shared,
    Typedef,
    TemplateTypeParameter,
}

/// The types with members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum RecordKind {
    Structure,
    Class,
    Union,
}

/// Who can see into a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// Everybody; nothing says where it is declared.
    Public,
    /// Everybody: it is declared in a header.
    Header,
    /// Nobody: it is declared in a source file.
    Source,
    /// Nobody: it is only declared.
    Declaration,
}

/// What a record consists of.
#[derive(Clone, Debug)]
pub enum Item {
    /// A member.
    Member(Member),
    /// A base class, static member or template value: with a virtuality and a value.
    Other(OtherItem, Member, Option<u64>, Option<u64>),
    /// A variant part.
    Variants(Vec<Variant>),
}

/// Items that only C++ has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum OtherItem {
    Inheritance,
    StaticMember,
    TemplateValue,
}

/// A member.
#[derive(Clone, Debug, Default)]
pub struct Member {
    /// Its name.
    pub name: Option<String>,
    /// Its type.
    pub target: Target,
    /// `DW_AT_accessibility`
    pub accessibility: Option<u64>,
    /// `DW_AT_bit_size`
    pub bit_size: Option<u64>,
    /// `DW_AT_data_bit_offset`
    pub data_bit_offset: Option<u64>,
    /// `DW_AT_data_member_location`
    pub location: Option<u64>,
    /// `DW_AT_alignment`, which only canonical descriptions tell.
    pub alignment: Option<u64>,
}

/// One variant of a variant part.
#[derive(Clone, Debug)]
pub struct Variant {
    /// `DW_AT_discr_value`
    pub value: Option<u64>,
    /// The higher half of the value: with one, only canonical descriptions tell the value.
    pub high: u64,
    /// Its members.
    pub members: Vec<Member>,
}

/// An enumerator.
#[derive(Clone, Debug)]
pub struct Enumerator {
    /// Its name.
    pub name: Option<String>,
    /// Its value.
    pub value: Option<u64>,
    /// The higher half of the value: with one, only canonical descriptions tell the value.
    pub high: u64,
}

/// One dimension of an array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// `DW_AT_count`
    Count(u64),
    /// `DW_AT_upper_bound`
    Upper(u64),
    /// The bound is computed when the program runs.
    Dynamic,
    /// Nothing is said.
    Unknown,
}

/// What a function takes and gives.
#[derive(Clone, Debug, Default)]
pub struct Signature {
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// Its result.
    pub result: Target,
    /// Whether more parameters may follow, which leaves no trace but in canonical descriptions.
    pub is_variadic: bool,
    /// Whether there is no prototype, which leaves no trace either.
    pub is_unprototyped: bool,
    /// `DW_AT_calling_convention`, which leaves no trace either: 1 says nothing.
    pub convention: Option<u64>,
}

/// A parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name.
    pub name: Option<String>,
    /// Its type.
    pub target: Target,
}

/// A function or variable.
#[derive(Clone, Debug)]
pub struct Symbol {
    /// Its name, which no other symbol has.
    pub name: String,
    /// Whether it is in the list of symbols.
    pub is_exported: bool,
    /// The number of other names that are listed for it, and that only the symbol table knows.
    pub aliases: u8,
    /// The names of the namespaces that it is declared in.
    pub namespaces: Vec<String>,
    /// What it is.
    pub kind: SymbolKind,
}

/// What a symbol is.
#[derive(Clone, Debug)]
pub enum SymbolKind {
    /// A function.
    Function(Signature),
    /// A variable.
    Variable(Target),
    /// A symbol of which only a symbol pointer tells the type.
    Pointer(TypeId),
}

impl Model {
    /// Makes a model of anything: references lead to types, and no endless way leads past all records.
    pub fn normalize(&mut self) {
        let count = self.types.len();
        let is_record: Vec<bool> =
            self.types.iter().map(|shape| matches!(shape.shape, Shape::Record(..))).collect();
        for (id, shape) in self.types.iter_mut().enumerate() {
            let from_record = is_record[id];
            let limit = |target: &mut Target| {
                let Some(to) = *target else { return };
                let to = to % count;
                let is_sound = from_record || to < id || is_record[to];
                *target = if is_sound { Some(to) } else { to.checked_rem(id) };
            };
            shape.shape.targets(limit);
            if let Parent::Type(parent) = shape.parent {
                let can_hold = matches!(shape.shape, Shape::Record(..) | Shape::Enumeration(..));
                if !(can_hold && parent < id && is_record[parent]) {
                    shape.parent = Parent::Scopes(Vec::new());
                }
            }
        }
        for symbol in &mut self.symbols {
            symbol.targets(|target| *target = target.and_then(|to| to.checked_rem(count)));
            if let SymbolKind::Pointer(target) = symbol.kind
                && target >= count
            {
                symbol.kind = SymbolKind::Variable(None);
            }
        }
    }

    /// All the names that are listed: those of the exported symbols and their aliases.
    pub fn listed(&self) -> impl Iterator<Item = String> {
        self.symbols.iter().filter(|symbol| symbol.is_exported).flat_map(Symbol::names)
    }
}

impl Symbol {
    /// Its name and its aliases' names.
    pub fn names(&self) -> impl Iterator<Item = String> {
        let name = self.name.clone();
        (0..=self.aliases).map(
            move |number| {
                if number == 0 { name.clone() } else { format!("{name}_alias{number}") }
            },
        )
    }

    /// Everything that the symbol refers to.
    pub fn targets(&mut self, mut each: impl FnMut(&mut Target)) {
        match &mut self.kind {
            SymbolKind::Function(signature) => signature.targets(each),
            SymbolKind::Variable(target) => each(target),
            SymbolKind::Pointer(target) => {
                let mut some = Some(*target);
                each(&mut some);
                *target = some.unwrap_or(TypeId::MAX);
            }
        }
    }
}

impl Signature {
    fn targets(&mut self, mut each: impl FnMut(&mut Target)) {
        self.parameters.iter_mut().for_each(|parameter| each(&mut parameter.target));
        each(&mut self.result);
    }
}

impl Shape {
    /// Whether what the type consists of is part of its description.
    pub fn is_open(&self) -> bool {
        match self {
            Shape::Record(_, visibility, _) | Shape::Enumeration(visibility, _) => visibility.is_open(),
            _ => true,
        }
    }

    /// Everything that the type refers to.
    pub fn targets(&mut self, mut each: impl FnMut(&mut Target)) {
        match self {
            Shape::Base(_) | Shape::Enumeration(..) | Shape::Unspecified => {}
            Shape::Wrapper(_, target) | Shape::Array(_, target) | Shape::Vector(_, target) => each(target),
            Shape::Function(signature) => signature.targets(each),
            Shape::Record(_, _, items) => {
                for member in items.iter_mut().flat_map(Item::members) {
                    each(&mut member.target);
                }
            }
        }
    }
}

impl Item {
    /// The members that the item is, or has.
    pub fn members(&mut self) -> Vec<&mut Member> {
        match self {
            Item::Member(member) | Item::Other(_, member, ..) => vec![member],
            Item::Variants(variants) => {
                variants.iter_mut().flat_map(|variant| &mut variant.members).collect()
            }
        }
    }
}

impl Visibility {
    /// Whether what the type consists of is part of its description.
    pub fn is_open(self) -> bool {
        matches!(self, Visibility::Public | Visibility::Header)
    }
}

impl Wrapper {
    /// All of them.
    pub const ALL: [Wrapper; 12] = [
        Wrapper::Pointer,
        Wrapper::Typedef,
        Wrapper::Const,
        Wrapper::Volatile,
        Wrapper::Restrict,
        Wrapper::Atomic,
        Wrapper::Immutable,
        Wrapper::Packed,
        Wrapper::Reference,
        Wrapper::RvalueReference,
        Wrapper::Shared,
        Wrapper::TemplateTypeParameter,
    ];
}
