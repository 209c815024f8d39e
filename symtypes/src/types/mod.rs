//! What symtypes files say (SPEC section 6), whoever wrote them: their lines, and type strings taken apart.

mod catalog;
mod consolidated;
mod contents;
mod declaration;
mod edit;
mod genksyms;
mod lines;
mod parse;
mod table;
mod tree;
mod width;
mod write;

pub use self::catalog::{Catalog, ExportRecord, FileId, NameId, RecordId, Side, references_in};
pub use self::consolidated::{Consolidated, Consolidator, LineId};
pub(crate) use self::contents::Contents;
pub use self::declaration::{DeclarationLine, type_title};
pub(crate) use self::lines::is_type_name;
pub use self::lines::{Line, Lines};
pub use self::tree::{Attribute, Node, NodeIndex, NodeKind, Tree, Wrapper};

use dwarfksyms_core::budget::Budget;
use dwarfksyms_core::{Limits, Result};

impl<'t> Tree<'t> {
    /// Takes a type string of either dialect apart; what cannot be is text.
    ///
    /// # Errors
    /// A limit.
    pub fn of_any(text: &'t [u8], limits: &Limits) -> Result<Tree<'t>> {
        Tree::parse_any(text, &mut Budget::new(limits))
    }

    /// The same as one of many, which are paid for together.
    ///
    /// # Errors
    /// A limit.
    pub fn parse_any(text: &'t [u8], budget: &mut Budget) -> Result<Tree<'t>> {
        match Tree::parse(text, budget)? {
            Some(tree) => Ok(tree),
            None => Tree::parse_genksyms(text, budget),
        }
    }
}
