//! Object bytes to ELF view: the sections that versions are computed from, borrowed from the file.
//!
//! This is the only place that names `object`. What `object` returns is taken as unvalidated: every count
//! and offset is checked against the bytes that are there.

mod aliases;
mod blocks;
mod cursor;
mod defined;
mod dynamic;
mod effect;
mod entries;
mod export_table;
mod fact;
mod field;
mod form;
mod image;
mod linkage;
mod links;
mod reader;
mod recorded;
mod relocation;
mod section;
mod symbols;
mod table;
#[cfg(test)]
mod tests;

pub(crate) use self::aliases::Aliases;
pub(crate) use self::cursor::Cursor;
pub use self::defined::{Defined, Scope, SymbolPlace};
pub use self::form::Form;
pub use self::image::Image;
pub(crate) use self::image::SectionPart;
pub use self::linkage::{Exported, Linkage};
pub use self::links::{Alternate, DebugLink, Links};
pub use self::recorded::{Recording, Wanted};
pub(crate) use self::relocation::{Ordered, Relocations};
pub(crate) use self::section::Section;
pub use self::section::{Compression, Packed};
pub(crate) use self::symbols::SymbolTable;
