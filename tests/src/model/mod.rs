//! One generator of objects: a model of types, its encodings as ELF and DWARF, and what it must give.
//!
//! ```text
//! bytes ─ Model ─┬─ Layout, Encoding ─ object bytes ─ the core ─┬─ equal
//!                └─ Layout ─ text (the oracle) ─────────────────┘
//! ```
//!
//! A [`Model`] says what a program declares; a [`Layout`], in which units and in which order it stands; an
//! [`Encoding`], how that is written down. The oracle, [`expected`], knows the model, the layout and `docs/SPEC.md`, and
//! nothing of the core. All are drawn with [`arbitrary::Arbitrary`], so that a fuzzer's bytes and a property test's seed
//! lead to the same objects.

mod abbreviation;
mod answer;
mod bytes;
mod dies;
mod draw;
mod dwarf;
mod edit;
mod elf;
mod encoding;
mod form;
mod kabi;
mod layout;
mod line;
mod names;
mod noise;
mod object;
mod rules;
mod text;
mod types;
mod version;
mod walk;

pub use self::answer::{Answer, ask, ask_with, unpack};
pub use self::edit::{Edit, Place, edits, overlooked, reached, with_distinct_names};
pub use self::encoding::{Codes, Encoding, Numbers, Packing, Relocations};
pub use self::layout::{Layout, Sharing};
pub use self::object::{Replaced, encode, encode_with};
pub use self::rules::{Rule, RuleKind};
pub use self::text::{Expected, Mode, Refusal, expected};
pub use self::types::*;
