//! Object bytes to ELF view: the sections that versions are computed from, borrowed from the file.
//!
//! This is the only place that names `object`. What `object` returns is taken as unvalidated: every count
//! and offset is checked against the bytes that are there.

mod aliases;
mod effect;
mod export_table;
mod image;
mod linkage;
mod links;
mod relocation;
mod section;
mod symbols;
mod table;

pub(crate) use self::aliases::Aliases;
pub use self::image::Image;
pub(crate) use self::image::Part;
pub use self::linkage::{Exported, Form, Linkage, Recording, Wanted};
pub use self::links::{Alternate, DebugLink, Links};
pub(crate) use self::relocation::{Cursor, Ordered, Relocations};
pub(crate) use self::section::Section;
pub use self::section::{Compression, Packed};
pub(crate) use self::symbols::SymbolTable;
