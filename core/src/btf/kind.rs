//! The kinds of types, and how many bytes each has.

/// The kind of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Int,
    Pointer,
    Array,
    Structure,
    Union,
    Enumeration,
    Forward,
    Typedef,
    Volatile,
    Const,
    Restrict,
    Function,
    Prototype,
    Variable,
    DataSection,
    Float,
    DeclarationTag,
    TypeTag,
    Enumeration64,
}

impl Kind {
    /// The kind of this number, if it is known.
    pub(super) fn of(number: u32) -> Option<Kind> {
        Some(match number {
            1 => Kind::Int,
            2 => Kind::Pointer,
            3 => Kind::Array,
            4 => Kind::Structure,
            5 => Kind::Union,
            6 => Kind::Enumeration,
            7 => Kind::Forward,
            8 => Kind::Typedef,
            9 => Kind::Volatile,
            10 => Kind::Const,
            11 => Kind::Restrict,
            12 => Kind::Function,
            13 => Kind::Prototype,
            14 => Kind::Variable,
            15 => Kind::DataSection,
            16 => Kind::Float,
            17 => Kind::DeclarationTag,
            18 => Kind::TypeTag,
            19 => Kind::Enumeration64,
            _ => return None,
        })
    }

    /// The bytes behind those that every type has: one piece, or one for each item.
    pub(super) fn extra(self, items: usize) -> usize {
        match self {
            Kind::Int | Kind::Variable | Kind::DeclarationTag => 4,
            Kind::Array => 12,
            Kind::Structure | Kind::Union | Kind::DataSection | Kind::Enumeration64 => {
                items.saturating_mul(12)
            }
            Kind::Enumeration | Kind::Prototype => items.saturating_mul(8),
            _ => 0,
        }
    }

    /// Whether the word that every type has is the number of another type, and not a size.
    pub(super) fn is_reference(self) -> bool {
        matches!(
            self,
            Kind::Pointer
                | Kind::Typedef
                | Kind::Volatile
                | Kind::Const
                | Kind::Restrict
                | Kind::Function
                | Kind::Prototype
                | Kind::Variable
                | Kind::TypeTag
        )
    }

    /// Whether there is none of it without a name. gcc 12 has functions without one.
    pub(super) fn needs_name(self) -> bool {
        matches!(self, Kind::Forward | Kind::Typedef)
    }
}
