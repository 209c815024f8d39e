//! What symtypes files say (SPEC section 6), whoever wrote them: their lines, and type strings taken apart.

mod catalog;
mod lines;
mod parse;
mod tree;
mod write;

pub use self::catalog::{Catalog, ExportRecord, FileId, NameId, RecordId, Side};
pub use self::lines::{Line, Lines};
pub use self::tree::{Attribute, Node, NodeIndex, NodeKind, Tree, Wrapper};
