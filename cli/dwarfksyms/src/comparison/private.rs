//! Types that a source file has kept to itself, and that are public now.
//!
//! A description shows such a type as if it was only declared (SPEC section 5), so a symtypes file cannot distinguish the two
//! apart. An object can: it is described once more, with these types written out.

use std::collections::{HashMap, HashSet};

use anyhow::Result;
use dwarfksyms_core::Limits;
use dwarfksyms_symtypes::compare::{Cause, Class};
use dwarfksyms_symtypes::types::Tree;

use super::{Compared, Sides};
use crate::builds::{Build, Origin, Types};

const WAS_PRIVATE: &[u8] = b"was private to a source file, and is defined in a header now";
const WAS_DECLARED: &[u8] = b"was only declared here, and is defined now";

impl Compared<'_, '_> {
    /// Tells types that have become public from those that have become defined. `reopen` reads the old build again, with
    /// private types; it is asked only if that can matter.
    pub(crate) fn tell_private(&mut self, reopen: impl FnOnce() -> Result<Build>) -> Result<()> {
        let sides = self.sides;
        let described = sides.old.types.iter().filter(|types| types.origin == Origin::Dwarf);
        let described: HashSet<&[u8]> = described.map(|types| types.name.as_slice()).collect();
        let is_described = |cause: &Cause| described.contains(sides.file_name(cause.files.0));
        let mut waiting: Vec<&mut Cause> = self.outcome.causes.iter_mut().collect();
        waiting.retain(|cause| {
            cause.changes.iter().any(|change| change.class == Class::BecameDefinition) && is_described(cause)
        });
        if waiting.is_empty() {
            return Ok(());
        }
        let expanded = reopen()?;
        // Of a module in a folder, each unit has types of this name.
        let mut by_name: HashMap<&[u8], Vec<&Types>> = HashMap::new();
        for types in &expanded.types {
            by_name.entry(&types.name).or_default().push(types);
        }
        let mut scanned: HashMap<&[u8], Vec<Definitions<'_>>> = HashMap::new();
        for cause in waiting {
            let file = sides.file_name(cause.files.0);
            let of_file = scanned.entry(file).or_insert_with(|| {
                let types = by_name.get(file).into_iter().flatten();
                types.map(|types| Definitions::of(types, sides.limits())).collect()
            });
            let name = sides.catalog().name(cause.name);
            let mut is_private = false;
            for definitions in of_file {
                is_private = is_private || definitions.has(name, sides)?;
            }
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

/// The lines of symtypes by their names: of several, the first counts.
struct Definitions<'t> {
    lines: HashMap<&'t [u8], &'t [u8]>,
}

impl<'t> Definitions<'t> {
    fn of(types: &'t Types, limits: &Limits) -> Definitions<'t> {
        let mut all = HashMap::new();
        if let Ok(lines) = types.text.lines(limits) {
            for line in lines.iter() {
                all.entry(line.name).or_insert(line.text);
            }
        }
        Definitions { lines: all }
    }

    /// Whether they have the definition of a type.
    fn has(&self, name: &[u8], sides: &Sides<'_>) -> Result<bool> {
        let Some(text) = self.lines.get(name) else { return Ok(false) };
        sides.ask(|budget| {
            budget.apart(|budget| {
                let tree = Tree::parse_any(text, budget)?;
                Ok(tree.items(Tree::ROOT).next().is_some() || tree.own_size(Tree::ROOT).is_some())
            })
        })
    }
}
