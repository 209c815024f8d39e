//! A type: what it looks like, and which exports use it.

use std::collections::HashMap;
use std::fmt::{self, Display, Formatter};
use std::rc::Rc;

use anyhow::Result;
use dwarfksyms_host::message::Escaped;
use dwarfksyms_symtypes::compare::{Paths, User, Users};
use dwarfksyms_symtypes::types::{FileId, NameId, RecordId, Side, Tree};
use serde::Serialize;

use super::{Locations, Sides, diff, path, title};
use crate::demangle::demangle;
use crate::name::bytes_unless;
use crate::report::Place;
use crate::report::words::{count, number};

/// Describes a type of one of the builds.
pub(crate) struct Usage<'s, 'b> {
    pub(crate) sides: &'s Sides<'b>,
    pub(crate) side: Side,
}

/// A type of a build, and who uses it.
#[derive(Debug, Serialize)]
pub(crate) struct Used {
    /// Its declaration in C.
    lines: Vec<String>,
    /// Where it is declared.
    declared: Option<Place>,
    /// How many forms it has in the files of the build.
    forms: usize,
    /// The file whose form is shown.
    file: String,
    /// The exports that use it, those that are nearest first.
    users: Vec<ExportUse>,
}

/// An export that uses a type.
#[derive(Debug, Serialize)]
struct ExportUse {
    symbol: String,
    /// The bytes of its name in hexadecimal, if `symbol` is not the name itself.
    symbol_bytes: Option<String>,
    demangled: Option<String>,
    /// How many references lead from it to the type.
    steps: usize,
    /// The shortest way to the type, step by step; empty for all but the first [`MOST_SHOWN`].
    path: Vec<String>,
}

/// Of more exports, the rest is counted.
const MOST_SHOWN: usize = 24;

/// The name in symtypes of what people call a type: `s#file` for `struct file`, which may also stand there as symtypes have it.
pub(crate) fn type_name(text: &str) -> Option<Vec<u8>> {
    let words = [("struct ", "s#"), ("union ", "u#"), ("enum ", "e#"), ("typedef ", "t#")];
    let (prefix, name) = words
        .iter()
        .find_map(|(word, prefix)| Some((*prefix, text.strip_prefix(word)?.trim())))
        .or_else(|| words.iter().find_map(|(_, prefix)| Some((*prefix, text.strip_prefix(prefix)?))))?;
    let is_quoted = name.contains(' ') && !name.starts_with('\'');
    Some(if is_quoted { format!("{prefix}'{name}'") } else { format!("{prefix}{name}") }.into_bytes())
}

impl Usage<'_, '_> {
    /// The type, and who uses it; none if the build has no such type.
    pub(crate) fn of(&self, name: NameId, locations: &Locations) -> Result<Option<Used>> {
        let forms = self.forms(name)?;
        let Some((file, record)) = forms.first().copied() else { return Ok(None) };
        let catalog = self.sides.catalog();
        let lines = self.sides.ask(|budget| {
            budget.apart(|budget| {
                let tree = Tree::parse_any(catalog.text(record), budget)?;
                diff::whole(&tree, b"", budget)
            })
        })?;
        let file = self.sides.file_name(file);
        let declared = locations.of(self.side, file, catalog.name(name));
        let file = Escaped(file).to_string();
        Ok(Some(Used { lines, declared, forms: forms.len(), file, users: self.users(name)? }))
    }

    /// The first file that has the type.
    pub(crate) fn file(&self, name: NameId) -> Result<Option<FileId>> {
        Ok(self.forms(name)?.first().map(|(file, _)| *file))
    }

    /// The different records with a name, each with the first file that has it.
    fn forms(&self, name: NameId) -> Result<Vec<(FileId, RecordId)>> {
        let catalog = self.sides.catalog();
        let mut forms: Vec<(FileId, RecordId)> = Vec::new();
        for file in self.sides.files_of(self.side) {
            let cost = catalog.records(file).len().saturating_add(forms.len());
            self.sides.ask(|budget| budget.charge_work(cost as u64))?;
            let record = catalog.records(file).iter().find(|&&record| catalog.name_of(record) == name);
            if let Some(&record) = record
                && forms.iter().all(|&(_, known)| known != record)
            {
                forms.push((file, record));
            }
        }
        Ok(forms)
    }

    /// The exports that use it, those that are nearest first.
    fn users(&self, name: NameId) -> Result<Vec<ExportUse>> {
        let (sides, catalog) = (self.sides, self.sides.catalog());
        let mut nearest: HashMap<NameId, (usize, FileId)> = HashMap::new();
        let mut users = sides.ask(|budget| Users::new(catalog, budget))?;
        for file in sides.files_of(self.side) {
            let is_export = |name| catalog.export(self.side, name).is_some_and(|export| export.file == file);
            let found = sides.ask(|budget| users.of(file, name, is_export, budget))?;
            for User { steps, export } in found {
                nearest.entry(export).or_insert((steps, file));
            }
        }
        let mut nearest: Vec<(usize, &[u8], NameId, FileId)> = nearest
            .into_iter()
            .map(|(export, (steps, file))| (steps, catalog.name(export), export, file))
            .collect();
        nearest.sort_unstable();
        let mut paths = Paths::new(catalog);
        let mut path = |export, file| -> Result<Vec<String>> {
            let from = Rc::new(vec![export]);
            let found = sides.ask(|budget| paths.find(file, &from, name, budget))?;
            let steps = found.map(|(export, steps)| path::sentence(catalog, export, &steps));
            Ok(steps.unwrap_or_else(|| vec![title(catalog.name(export))]))
        };
        let mut users = Vec::new();
        for (at, (steps, bytes, export, file)) in nearest.into_iter().enumerate() {
            let symbol = Escaped(bytes).to_string();
            users.push(ExportUse {
                symbol_bytes: bytes_unless(&symbol, bytes),
                demangled: sides.ask(|budget| demangle(&symbol, budget))?,
                symbol,
                steps,
                path: if at < MOST_SHOWN { path(export, file)? } else { Vec::new() },
            });
        }
        Ok(users)
    }
}

impl Display for Used {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.lines.iter().try_for_each(|line| writeln!(f, "{line}"))?;
        if let Some(place) = &self.declared {
            writeln!(f, "\nIt is declared at {}.", place.text())?;
        }
        if self.forms > 1 {
            let forms = number(self.forms);
            writeln!(f, "\nIt has {forms} forms in the files of this build; this is that of {}.", self.file)?;
        }
        match self.users.len() {
            0 => writeln!(f, "\nNo export uses it.")?,
            1 => writeln!(f, "\n1 export uses it:")?,
            many => writeln!(f, "\n{} use it, the nearest first:", count(many, "export"))?,
        }
        for user in self.users.iter().take(MOST_SHOWN) {
            writeln!(f, "  {}", user.path.join(" -> "))?;
        }
        if self.users.len() > MOST_SHOWN {
            writeln!(f, "  and {} more", number(self.users.len() - MOST_SHOWN))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_called_as_in_c_or_as_in_symtypes() {
        let cases = [
            ("struct file", Some("s#file")),
            ("union u", Some("u#u")),
            ("enum  e", Some("e#e")),
            ("typedef gfp_t", Some("t#gfp_t")),
            ("struct a b", Some("s#'a b'")),
            ("s#'a b'", Some("s#'a b'")),
            ("t#gfp_t", Some("t#gfp_t")),
            ("file", None),
            ("structure", None),
        ];
        for (text, expected) in cases {
            assert_eq!(type_name(text).as_deref(), expected.map(str::as_bytes), "{text}");
        }
    }
}
