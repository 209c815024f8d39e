//! What would keep an export's old version where the ABI is the same: kABI rules and member macros (SPEC section 8).
//!
//! For each cause of a comparison, the type is compared with what it was. If modules that were built with the old one
//! still fit, rules and macros are suggested that restore the old string, the most specific ones that do: a macro or rule
//! for each difference, and `type_string`, which hides everything, only where there are none. All suggestions together
//! are checked by computing the versions again. If modules would not fit, nothing is suggested, and it is said why.

mod advice;
mod adviser;
mod astray;
mod embedding;
mod enumerators;
mod fate;
mod macros;
mod members;
mod repair;
mod source;
#[cfg(test)]
mod tests;
mod verification;
mod wording;

pub use self::advice::{
    Advice, Caveat, CaveatKind, Obstacle, ObstacleKind, Remaining, Suggestion, SuggestionKind,
};
pub(crate) use self::embedding::Embedding;
pub use self::macros::{Guess, Macros};
pub(crate) use self::repair::repair;
pub use self::source::MACROS;
