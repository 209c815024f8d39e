//! Members that only keep a place, as the headers of distributions call them.

use crate::model::Numbers;

use super::base::{Alias, Base};
use super::types::Type;

/// What the names begin with; a number may follow.
const NAMES: [&str; 10] = [
    "rh_reserved",
    "android_kabi_reserved",
    "android_backport_reserved",
    "__kabi_reserved_",
    "kabi_reserved",
    "suse_kabi_padding",
    "reserved",
    "padding",
    "__pad",
    "unused",
];

/// Members that vendors' modules have their own data in: it is theirs, and must stay.
const TAKEN: [&str; 2] = ["android_vendor_data", "android_oem_data"];

/// What a union is called in which a macro keeps the old member: `struct { OLD; } NAME;`.
pub(super) const HIDDEN: [&str; 5] = [
    "rh_kabi_hidden_",
    "__UNIQUE_ID_rh_kabi_hide",
    "__UNIQUE_ID_android_kabi_hide",
    "__kabi_renamed",
    "hidden",
];

/// A name and a type.
pub(super) fn draw(numbers: &mut Numbers, id: u32) -> (String, Type) {
    let name = if numbers.chance(6) { numbers.choose(&TAKEN) } else { numbers.choose(&NAMES) };
    let name = format!("{name}{id}");
    let word = match numbers.below(4) {
        0 => Type::pointer(Type::Void),
        1 => Type::Base(Base::LONG),
        2 => Type::Base(Base::UNSIGNED_LONG),
        _ => Type::Alias(Alias::U64),
    };
    let ty = match numbers.below(6) {
        0 => Type::Array(Box::new(word), Some(1 + numbers.below(4) as u32)),
        1 => Type::Array(Box::new(Type::Base(Base::CHAR)), Some(1 + numbers.below(16) as u32)),
        _ => word,
    };
    (name, ty)
}

/// Whether a member only keeps a place.
pub(super) fn is_placeholder(path: &str) -> bool {
    let name = path.rsplit('.').next().unwrap_or(path);
    NAMES.iter().any(|prefix| name.strip_prefix(prefix).is_some_and(is_number))
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}
