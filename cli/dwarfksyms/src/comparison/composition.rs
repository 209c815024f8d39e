//! Everything that an export's version is made of, as a tree.

use std::collections::{HashMap, HashSet};
use std::fmt::{self, Display, Formatter};

use anyhow::Result;
use dwarfksyms_symtypes::types::{ExportRecord, NameId, RecordId, Tree};
use serde::Serialize;

use super::{Sides, diff, title};
use crate::report::words;

/// Describes exports.
pub(crate) struct Composition<'s, 'b> {
    pub(crate) sides: &'s Sides<'b>,
    /// How many levels of types are written out; those further in are only named.
    pub(crate) depth: usize,
}

/// What an export is made of; as text, a level of indentation for each step from the export.
#[derive(Debug, Serialize)]
pub(crate) struct Composed {
    /// The export itself, and then the types, each once and where it is nearest to the export.
    types: Vec<ComposedType>,
    /// The types that are further in than was asked for, by name.
    further: Vec<String>,
}

/// The export itself, or a type.
#[derive(Debug, Serialize)]
struct ComposedType {
    /// As people call it: `struct file`.
    title: String,
    /// The number of steps from the export, which has none.
    depth: usize,
    /// Its declaration in C.
    lines: Vec<String>,
}

/// Levels further in are no longer moved to the right, but say how far in they are.
const MOST_INDENTED: usize = 32;
/// So many of the types further in are named in text; others are counted.
const MOST_NAMED: usize = 8;

impl Composition<'_, '_> {
    /// Finds out what an export is made of.
    pub(crate) fn of(&self, export: ExportRecord) -> Result<Composed> {
        let (catalog, sides) = (self.sides.catalog(), self.sides);
        let records = catalog.records(export.file).iter();
        let contents: HashMap<NameId, RecordId> =
            records.map(|&record| (catalog.name_of(record), record)).collect();
        let mut types = Vec::new();
        let mut met: HashSet<NameId> = HashSet::from([export.name]);
        let mut hidden: HashSet<NameId> = HashSet::new();
        // The types of one level before those of the next, so that each stands where it is nearest to the export.
        let mut level = vec![export.name];
        for depth in 0.. {
            let mut next = Vec::new();
            for &name in &level {
                let Some(&record) = contents.get(&name) else { continue };
                if depth <= self.depth {
                    let full_name = catalog.name(name);
                    let shown_name = if depth == 0 { full_name } else { b"" };
                    let lines = sides.ask(|budget| {
                        budget.apart(|budget| {
                            let tree = Tree::parse_any(catalog.text(record), budget)?;
                            diff::whole(&tree, shown_name, budget)
                        })
                    })?;
                    types.push(ComposedType { title: title(full_name), depth, lines });
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
        let mut further: Vec<String> = hidden.iter().map(|&name| title(catalog.name(name))).collect();
        further.sort();
        Ok(Composed { types, further })
    }
}

impl Display for Composed {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for ComposedType { depth, lines, .. } in &self.types {
            if *depth > 0 {
                writeln!(f)?;
            }
            let indent = "  ".repeat((*depth).min(MOST_INDENTED));
            if *depth > MOST_INDENTED {
                writeln!(f, "{indent}(level {depth})")?;
            }
            for line in lines {
                writeln!(f, "{indent}{line}")?;
            }
        }
        let count = self.further.len();
        let types = words::count(count, "more type");
        if count == 0 {
            return Ok(());
        }
        let names = self.further.iter().take(MOST_NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
        let more = if count > MOST_NAMED { ", ..." } else { "" };
        writeln!(f, "\n{types} further in: {names}{more} (--depth shows them)")
    }
}
