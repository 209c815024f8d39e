//! What differs between the types of two builds, and what that means.
//!
//! ```text
//! comparison   pairs of files: which lines differ, which exports reach them (reach), under which names (rename)
//!   judgement   how each type differs (change, in classes), and whether that is a cause or only follows
//!     holders   what has values of types that are larger or smaller now, and moves for it
//!   outcome   causes in order, one for each decision; which exports have them (groups)
//! ```

mod bits;
mod cause;
mod change;
mod class;
mod collector;
mod comparison;
mod differing;
mod enumerators;
mod gap;
mod groups;
mod holders;
mod judgement;
mod members;
mod outcome;
mod parameters;
mod path;
mod reach;
mod recompute;
mod rename;
mod sequence;
#[cfg(test)]
mod tests;
mod users;
mod uses;
mod vague;
mod words;

pub use self::cause::Cause;
pub use self::change::Change;
pub(crate) use self::change::compare;
pub use self::class::{Class, Verdict};
pub use self::comparison::{Comparison, Found};
pub use self::outcome::Outcome;
pub use self::path::{Paths, Step};
pub use self::recompute::Replacement;
pub use self::users::{User, Users};
