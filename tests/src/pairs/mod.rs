//! An oracle from compiled code: pairs of C types, an old and a new one, what a compiler makes of both, and what is true
//! of modules that were built with the old one.
//!
//! ```text
//! number -> old types -> edits -> new types        draw, edit: the model
//! both -> C -> objects, for the tools under test   source
//! both -> C -> programs that measure themselves    measure: offsetof, sizeof, _Alignof, bits, values
//! what was measured -> the verdicts that are true  truth
//! a pair that fails -> one that is smaller         shrink
//! ```
//!
//! Nothing here knows a type string or reads DWARF: what the truth knows of places and sizes are the numbers that the
//! programs print. Many pairs share a source file, since a compiler and a tool take longer to start than to handle a pair.

mod base;
mod draw;
mod edit;
mod enumeration;
mod likeness;
mod measure;
mod placeholder;
mod prototype;
mod reach;
mod record;
mod shrink;
mod source;
mod standing;
mod truth;
mod types;

pub use self::draw::pair;
pub use self::measure::{Leaf, Measured, Place, measure};
pub use self::shrink::shrink;
pub use self::source::{Tagged, declarations, listing, source};
pub use self::truth::{Truth, Verdict, truth};
pub use self::types::{
    Definition, Enumerator, Export, Member, Pair, Parameter, Record, Side, Signature, Type,
};
