//! What differs between the types of two builds, and what that means.

mod change;
mod class;
mod comparison;
mod path;
mod reach;
mod recompute;
mod rename;
#[cfg(test)]
mod tests;

pub use self::change::Change;
pub(crate) use self::change::Comparer;
pub use self::class::{Class, Verdict};
pub use self::comparison::{Cause, Comparison, Found, Outcome};
pub use self::path::Step;
pub use self::recompute::Replacement;
