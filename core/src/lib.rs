//! The versions of a Linux kernel's exported symbols, computed from an object's DWARF.
//!
//! draft
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

mod budget;
mod crc;
mod description;
mod dwarf;
mod elf;
mod error;
mod exports;
mod graph;
mod kabi;
mod limits;
mod object;
mod plan;
mod symtype;
mod versions;

pub use self::description::Description;
pub use self::dwarf::{UnitIndex, UnitScan};
pub use self::error::{Error, ErrorKind, Place, Result, SectionId};
pub use self::exports::{ExportId, Exports};
pub use self::limits::{Limit, Limits};
pub use self::object::{Batch, Dump, Object, Options};
pub use self::plan::{BatchIndex, Plan};
pub use self::versions::Versions;
