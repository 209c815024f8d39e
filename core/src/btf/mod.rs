//! BTF to symtypes: the types that a kernel keeps of itself, where it has no DWARF.
//!
//! | comes in | goes out | where |
//! | --- | --- | --- |
//! | bytes of `.BTF`, and of what it is based on | types by number, all of whose references and names lead somewhere | `reader.rs`, `kind.rs` |
//! | a type | its members, parameters, enumerators | `view.rs` |
//! | a type | the words of the format (SPEC section 5), as far as BTF has them | `writer.rs` |
//! | the functions and variables that are asked for | a record for each, and for each type that they reach | `records.rs` |
//!
//! BTF has no alignments, no attributes and no source files, and no variables but those that a CPU has each; it shows the
//! types that a source file keeps to itself, and one name can have several types. So what comes of it looks like symtypes
//! and says where everything is, but versions do not follow from it.
//!
//! All of a section is checked before anything is made of it. A type, its items and its name are steps of work; what is
//! kept of a type is four bytes, and its record.

mod kind;
mod reader;
mod records;
#[cfg(test)]
mod tests;
mod view;
mod writer;

pub use self::reader::Btf;
pub use self::records::BtfTypes;
