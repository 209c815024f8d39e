//! Base types, and the typedefs of them that all pairs share.

use super::types::Type;

/// A base type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Base(usize);

/// How the bits of a value are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    Signed,
    Unsigned,
    Bool,
    Float,
}

use Reading::{Bool, Float, Signed, Unsigned};

/// The names, sizes and readings.
const BASES: [(&str, u32, Reading); 15] = [
    ("char", 1, Signed),
    ("signed char", 1, Signed),
    ("unsigned char", 1, Unsigned),
    ("short", 2, Signed),
    ("unsigned short", 2, Unsigned),
    ("int", 4, Signed),
    ("unsigned int", 4, Unsigned),
    ("long", 8, Signed),
    ("unsigned long", 8, Unsigned),
    ("long long", 8, Signed),
    ("unsigned long long", 8, Unsigned),
    ("_Bool", 1, Bool),
    ("float", 4, Float),
    ("double", 8, Float),
    ("__int128", 16, Signed),
];

/// What kernel headers call them; some lead to others.
const ALIASES: [(&str, &str); 14] = [
    ("__u8", "unsigned char"),
    ("u8", "__u8"),
    ("__s8", "signed char"),
    ("s8", "__s8"),
    ("u16", "unsigned short"),
    ("s16", "short"),
    ("u32", "unsigned int"),
    ("s32", "int"),
    ("u64", "unsigned long long"),
    ("s64", "long long"),
    ("size_t", "unsigned long"),
    ("bool", "_Bool"),
    ("gfp_t", "u32"),
    ("ssize_t", "long"),
];

/// A typedef of a base type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alias(usize);

impl Base {
    pub(super) const ALL: std::ops::Range<usize> = 0..BASES.len();
    pub(super) const CHAR: Base = Base(0);
    pub(super) const INT: Base = Base(5);
    pub(super) const LONG: Base = Base(7);
    pub(super) const UNSIGNED_LONG: Base = Base(8);

    pub(super) fn at(index: usize) -> Base {
        Base(index % BASES.len())
    }

    pub(super) fn name(self) -> &'static str {
        BASES[self.0].0
    }

    /// In bytes, as the draw assumes them: what is true is measured.
    pub(super) fn size(self) -> u32 {
        BASES[self.0].1
    }

    pub(super) fn reading(self) -> Reading {
        BASES[self.0].2
    }

    /// Whether it is an integer that a bit-field can have.
    pub(super) fn is_integer(self) -> bool {
        matches!(self.reading(), Signed | Unsigned) && self.size() <= 8
    }

    /// The integer of the same size and the other sign.
    pub(super) fn other_sign(self) -> Option<Base> {
        let reading = match self.reading() {
            Signed => Unsigned,
            Unsigned => Signed,
            Bool | Float => return None,
        };
        Base::ALL.map(Base).find(|other| other.size() == self.size() && other.reading() == reading)
    }

    /// All ways to call a type of this size and reading.
    pub(super) fn spellings(self) -> Vec<Type> {
        let same = |other: &Base| other.size() == self.size() && other.reading() == self.reading();
        let bases = Base::ALL.map(Base).filter(same).map(Type::Base);
        let aliases = Alias::ALL.map(Alias).filter(|alias| same(&alias.base())).map(Type::Alias);
        bases.chain(aliases).collect()
    }
}

impl Alias {
    pub(super) const ALL: std::ops::Range<usize> = 0..ALIASES.len();
    /// `u64`
    pub(super) const U64: Alias = Alias(8);

    pub(super) fn at(index: usize) -> Alias {
        Alias(index % ALIASES.len())
    }

    pub(super) fn name(self) -> &'static str {
        ALIASES[self.0].0
    }

    /// The base type in the end.
    pub(super) fn base(self) -> Base {
        let mut name = ALIASES[self.0].1;
        while let Some(alias) = ALIASES.iter().find(|alias| alias.0 == name) {
            name = alias.1;
        }
        Base(BASES.iter().position(|base| base.0 == name).expect("a base type"))
    }

    /// The base type as a type.
    pub(super) fn definition(self) -> &'static Type {
        static TYPES: std::sync::OnceLock<Vec<Type>> = std::sync::OnceLock::new();
        &TYPES.get_or_init(|| Alias::ALL.map(|at| Type::Base(Alias(at).base())).collect())[self.0]
    }

    /// The typedefs in C.
    pub(super) fn declarations() -> String {
        ALIASES.iter().map(|(name, definition)| format!("typedef {definition} {name};\n")).collect()
    }

    /// Those that some words name, and those that they lead to.
    pub(super) fn needed(words: &[&str]) -> String {
        let is_named = |name: &str| words.contains(&name);
        let is_needed =
            |name: &str| is_named(name) || ALIASES.iter().any(|alias| alias.1 == name && is_named(alias.0));
        let needed = ALIASES.iter().filter(|alias| is_needed(alias.0));
        needed.map(|(name, definition)| format!("typedef {definition} {name};\n")).collect()
    }
}
