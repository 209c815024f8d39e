//! Symtypes of Linux kernels: what they say, how those of two builds differ, and what that means.
//!
//! A symtypes file has a line for every type that exported symbols reach (`SPEC` in this documentation is docs/SPEC.md
//! in the repository, the description of that format).
//!
//! The lines of files ([`types::Lines`]), those of two builds together ([`types::Catalog`]), what differs, taken apart
//! ([`types::Tree`]), and why ([`compare::Comparison`]); then what would keep the old versions ([`suggest`]):
//!
//! ```
//! # fn main() -> Result<(), dwarfksyms_core::Error> {
//! use dwarfksyms_core::Limits;
//! use dwarfksyms_symtypes::compare::Comparison;
//! use dwarfksyms_symtypes::types::{Catalog, Lines, Side};
//!
//! let old = b"t#count typedef count { base_type int byte_size(4) encoding(5) }\nuse variable t#count\n";
//! let new = b"t#count typedef count { base_type long byte_size(8) encoding(5) }\nuse variable t#count\n";
//! let limits = Limits::default();
//! let (old, new) = (Lines::scan(old, &limits)?, Lines::scan(new, &limits)?);
//! let mut catalog = Catalog::new(&limits);
//! catalog.add(Side::Old, &old)?;
//! catalog.add(Side::New, &new)?;
//! catalog.finish()?;
//!
//! let comparison = Comparison::new(&catalog)?;
//! let found = (0..comparison.pairs()).map(|pair| comparison.compare(pair)).collect::<Result<_, _>>()?;
//! let outcome = comparison.finish(found)?;
//! let [cause] = &outcome.causes[..] else { panic!("only the typedef differs") };
//! assert_eq!(catalog.name(cause.name), b"t#count");
//! # Ok(())
//! # }
//! ```
//!
//! # What is promised
//!
//! As in [`dwarfksyms_core`]: any bytes may be given, and there is no `unsafe` code, no panic, no recursion that the input
//! drives, and no allocation that is not charged to the [`Limits`](dwarfksyms_core::Limits).
#![no_std]
#![cfg_attr(
    test,
    allow(
        clippy::arithmetic_side_effects,
        clippy::as_conversions,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::unwrap_used
    )
)]

extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod compare;
pub mod layout;
pub mod lint;
pub mod suggest;
pub mod types;
