//! What values a base type or an enumeration has.

use alloc::vec::Vec;

use crate::types::{Attribute, NodeKind};

use super::part::Part;

/// What a base type's values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Number {
    Bool,
    Float,
    /// A pair of them, which is passed in another way.
    Complex,
    Signed,
    Unsigned,
    Character,
    Other,
}

impl Number {
    pub(super) fn of(part: &Part<'_>) -> Number {
        if part.kind() == NodeKind::Enumeration {
            let values = part.tree.items(part.index);
            let mut values = values.filter_map(|item| part.tree.attribute(item, Attribute::Value));
            let is_signed = values.any(|value| value.cast_signed() < 0);
            return if is_signed { Number::Signed } else { Number::Unsigned };
        }
        match part.attribute(Attribute::Encoding) {
            Some(2) => Number::Bool,
            Some(3) => Number::Complex,
            Some(4) => Number::Float,
            Some(5 | 6) => Number::Signed,
            Some(7 | 8) => Number::Unsigned,
            Some(16) => Number::Character,
            _ => Number::Other,
        }
    }
}

/// The decision of a compiler, or of whoever calls it, that a type of one name has another sign.
pub(super) fn sign_decision(name: &[u8], before: Number) -> Vec<u8> {
    let signs: &[u8] = match before {
        Number::Signed => b"' was signed, and is unsigned",
        _ => b"' was unsigned, and is signed",
    };
    [b"'", name, signs].concat()
}
