//! Everything that an export's version is made of, as a tree.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use anyhow::Result;
use dwarfksyms_symtypes::types::{ExportRecord, NameId, RecordId, Tree};

use super::{Sides, diff, title};

/// Describes exports.
pub(crate) struct Composition<'s, 'b> {
    pub(crate) sides: &'s Sides<'b>,
    /// How many levels of types are written out; those further in are only counted.
    pub(crate) depth: usize,
}

/// Levels further in are no longer moved to the right, but say how far in they are.
const MOST_INDENTED: usize = 32;

impl Composition<'_, '_> {
    /// The text, a level of indentation for each step from the export.
    pub(crate) fn tell(&self, export: ExportRecord) -> Result<String> {
        let (catalog, sides) = (self.sides.catalog(), self.sides);
        let records = catalog.records(export.file).iter();
        let contents: HashMap<NameId, RecordId> =
            records.map(|&record| (catalog.name_of(record), record)).collect();
        let mut out = String::new();
        let mut met: HashSet<NameId> = HashSet::from([export.name]);
        let mut hidden: HashSet<NameId> = HashSet::new();
        // The types of one level before those of the next, so that each stands where it is nearest to the export.
        let mut level = vec![export.name];
        for depth in 0.. {
            let mut next = Vec::new();
            for &name in &level {
                let Some(&record) = contents.get(&name) else { continue };
                let is_export = depth == 0;
                if depth <= self.depth {
                    if !is_export {
                        writeln!(out)?;
                    }
                    let indent = "  ".repeat(depth.min(MOST_INDENTED));
                    if depth > MOST_INDENTED {
                        writeln!(out, "{indent}(level {depth})")?;
                    }
                    let name = if is_export { catalog.name(name) } else { b"" };
                    let lines = sides.ask(|budget| {
                        budget.apart(|budget| {
                            let tree = Tree::parse_any(catalog.text(record), budget)?;
                            diff::whole(&tree, name, budget)
                        })
                    })?;
                    for line in lines {
                        writeln!(out, "{indent}{line}")?;
                    }
                } else {
                    hidden.insert(name);
                }
                for to in catalog.references(record) {
                    if contents.contains_key(to) && met.insert(*to) {
                        next.push(*to);
                    }
                }
            }
            if next.is_empty() {
                break;
            }
            level = next;
        }
        if !hidden.is_empty() {
            let mut names: Vec<String> = hidden.iter().map(|&name| title(catalog.name(name))).collect();
            names.sort();
            let count = names.len();
            names.truncate(8);
            let more = if count > names.len() { ", ..." } else { "" };
            writeln!(
                out,
                "\n{count} more types further in: {}{more} (--depth shows them)",
                names.join(", ")
            )?;
        }
        Ok(out)
    }
}
