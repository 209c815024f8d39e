//! The versions of a Linux kernel's exported symbols, computed from an object's DWARF.
//!
//! A kernel built with modversions gives every exported symbol a CRC of its complete type. This crate reads the
//! types from DWARF and gives the same numbers as the kernel's own `gendwarfksyms`; `SPEC` in its documentation
//! is docs/SPEC.md in the repository, the description of that format.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn core::error::Error>> {
//! use dwarfksyms_core::{Exports, Limits, Object, Options};
//!
//! # let bytes = include_bytes!("../examples/typedefs.o");
//! # let list = include_bytes!("../examples/typedefs.syms");
//! let limits = Limits::for_input(bytes.len() as u64);
//! let exports = Exports::parse(list, &limits)?;
//! let object = Object::parse(bytes, Options::default(), &limits)?;
//! let versions = object.description(&exports)?.versions(&exports)?;
//! for (id, name) in exports.iter() {
//!     let name = String::from_utf8_lossy(name);
//!     match versions.get(id) {
//!         Some(version) => println!("{name} {version:#010x}"),
//!         None => println!("{name} is not described"),
//!     }
//! }
//! # assert!(exports.iter().all(|(id, _)| versions.get(id).is_some()));
//! # Ok(())
//! # }
//! ```
//!
//! `examples/versions.rs` is a whole program, which finds out itself what an object exports ([`Linkage`]).
//!
//! # Step by step
//!
//! Object bytes, ELF view ([`Image::parse`]), units ([`Object::units`]), DIE stream ([`Object::scan`]), what
//! is to be described ([`Plan`]), type graph and type strings ([`Object::describe`]), type map
//! ([`Description`]), CRC ([`Description::compute`]). [`Object::description_with`] does that in order and reports every
//! step; threads can share the steps among them. Versions of several objects are added up in [`Versions`].
//!
//! What is compressed is unpacked by the caller ([`Image::unpack`]); the files that an object depends on ([`Image::links`],
//! [`Object::split_units`]) are found and read by the caller, too, and given to [`Object::new`] and [`Object::attach`].
//!
//! # What is needed
//!
//! * An allocator, and nothing else of a system: neither std nor libc. The default feature `std` only lets dependencies look
//!   for faster instructions when they run. `tests/no_std` in the repository is a whole program.
//! * A machine with atomic operations of 32 bits (`target_has_atomic = "32"`), since threads add up what they spend. Where there
//!   are none of 64 bits, as on 32-bit MIPS and PowerPC, sums are kept in halves; the feature `narrow-atomics` does the same on
//!   any machine, to try it. The smallest cores, such as those of ARMv6-M, can be what an object was compiled for, but not
//!   where this is run.
//!
//! # What is promised
//!
//! * Any bytes may be given: there is no `unsafe` code, no panic, no recursion that the input drives, and no
//!   allocation that is not charged to the [`Limits`]; an [`Error`] says what is wrong and where.
//! * The same bytes give the same result, whatever the order in which units and batches are worked on.
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

#[cfg(not(target_has_atomic = "32"))]
compile_error!("dwarfksyms-core needs atomic operations of 32 bits, which this machine does not have");

extern crate alloc;
#[cfg(test)]
extern crate std;

mod atomic;
mod btf;
pub mod budget;
mod canonical;
mod computation;
mod crc;
mod declarations;
mod describing;
mod description;
mod dwarf;
mod elf;
mod error;
mod exports;
mod graph;
mod home;
pub mod kabi;
mod limits;
mod meter;
pub mod numbering;
mod object;
mod options;
mod part;
mod plan;
mod seen;
mod sources;
mod standard;
pub mod symtype;
mod versions;
mod word;

pub use self::btf::{Btf, BtfTypes};
pub use self::computation::{Computation, Failure};
pub use self::declarations::TypeNames;
pub use self::describing::{Batch, Stage};
pub use self::description::{Contradiction, Description};
pub use self::dwarf::{Declared, Package, SplitUnit, UnitIndex, UnitScan};
pub use self::elf::{
    Alternate, Compression, DebugLink, Defined, Exported, Form, Image, Linkage, Links, Packed, Recording,
    Scope, SymbolPlace, Wanted,
};
pub use self::error::{Error, ErrorKind, Place, Result, SectionId};
pub use self::exports::{ExportId, Exports};
pub use self::limits::{Limit, Limits};
pub use self::object::{Companions, Object, Spent};
pub use self::options::{Dump, Options, Scheme, UNKNOWN};
pub use self::plan::{BatchIndex, Plan};
pub use self::standard::{DwarfError, DwarfForm, DwarfTag};
pub use self::versions::Versions;
pub use self::word::Word;
