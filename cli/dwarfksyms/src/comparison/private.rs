//! Types that a source file has kept to itself, and that are public now.
//!
//! A description shows such a type as if it was only declared (SPEC section 5), so a symtypes file cannot tell the two
//! apart. An object can: it is described once more, with these types written out.

use anyhow::Result;
use dwarfksyms_core::Limits;
use dwarfksyms_symtypes::compare::{Cause, Class};
use dwarfksyms_symtypes::types::{Lines, Tree};

use super::Compared;
use crate::builds::{Build, Origin};

const WAS_PRIVATE: &[u8] = b"was private to a source file, and is defined in a header now";
const WAS_DECLARED: &[u8] = b"was only declared here, and is defined now";

impl Compared<'_, '_> {
    /// Tells types that have become public from those that have become defined. `reopen` reads the old build again, with
    /// private types; it is asked only if that can matter.
    pub(crate) fn tell_private(&mut self, reopen: impl FnOnce() -> Result<Build>) -> Result<()> {
        let sides = self.sides;
        let is_described = |cause: &Cause| {
            let file = sides.file_name(cause.files.0);
            sides.old.types.iter().any(|types| types.name == file && types.origin == Origin::Dwarf)
        };
        let mut waiting: Vec<&mut Cause> = self.outcome.causes.iter_mut().collect();
        waiting.retain(|cause| {
            cause.changes.iter().any(|change| change.class == Class::BecameDefinition) && is_described(cause)
        });
        if waiting.is_empty() {
            return Ok(());
        }
        let expanded = reopen()?;
        for cause in waiting {
            let file = sides.file_name(cause.files.0);
            // Of a module in a folder, each unit has types of this name.
            let mut types = expanded.types.iter().filter(|types| types.name == file);
            let name = sides.catalog().name(cause.name);
            let is_private = types.any(|types| defines(&types.text, name, sides.limits()));
            for change in &mut cause.changes {
                // Of a structure without a name, within one that has one, nothing is known.
                if change.class != Class::BecameDefinition || !change.subject.is_empty() {
                    continue;
                }
                if is_private {
                    change.class = Class::PrivateBecamePublic;
                    change.text = WAS_PRIVATE.to_vec();
                } else {
                    change.text = WAS_DECLARED.to_vec();
                }
            }
        }
        Ok(())
    }
}

/// Whether symtypes have the definition of a type.
fn defines(text: &[u8], name: &[u8], limits: &Limits) -> bool {
    let Ok(lines) = Lines::scan(text, limits) else { return false };
    let Some(line) = lines.iter().find(|line| line.name == name) else { return false };
    Tree::of_any(line.text, limits)
        .is_ok_and(|tree| tree.items(Tree::ROOT).next().is_some() || tree.own_size(Tree::ROOT).is_some())
}
