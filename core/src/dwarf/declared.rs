//! The types that a unit defines, by name: where they are declared (`DW_AT_decl_file`, `DW_AT_decl_line`), for reports on a few of
//! them, and which there are, for who wants to see those that no symbol leads to.
//!
//! The walk enters namespaces, and in C++ and Rust also classes and structures, whose names prefix those within. It passes over all else,
//! so that a type in a function is not found. No description that a symbol leads to depends on any of this.

use alloc::vec::Vec;

use gimli::DwTag;

use crate::budget::Budget;
use crate::error::Result;
use crate::exports::{ExportId, Exports, TYPE_PREFIX};
use crate::limits::Limit;

use super::die::{Die, Head};
use super::line::{FilePath, Paths};
use super::place::DieOffset;
use super::scope::is_prefix;
use super::unit::Unit;

/// Where a type is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Declared<'d> {
    /// The position of its name among those that were asked for.
    pub name: usize,
    /// The folder that the unit was compiled in (`DW_AT_comp_dir`).
    pub compiled_in: &'d [u8],
    /// The folder that the file's name is in, unless that begins with a slash: as it stands in the line table, and empty for
    /// the folder that the unit was compiled in.
    pub folder: &'d [u8],
    /// The file's name.
    pub file: &'d [u8],
    /// The line.
    pub line: u64,
}

/// The longest path that anybody wants to see.
const LONGEST_PATH: usize = 2048;

/// A type's kind, and its qualified name.
pub(crate) type KindAndName<'n> = (u8, &'n [u8]);

/// Takes the definition of a type: its kind, its qualified name and its DIE.
trait Visit<'u, 'd> {
    fn visit(
        &mut self,
        unit: &Unit<'u, 'd>,
        name: KindAndName<'_>,
        head: Head<'_>,
        die: &Die,
        budget: &mut Budget,
    ) -> Result<()>;
}

/// The walk through a unit.
struct Walk<'w, 'u, 'd, V> {
    unit: &'w Unit<'u, 'd>,
    visitor: V,
    /// The names of the scopes around, each with `::` behind it.
    prefix: Vec<u8>,
    /// The lengths of the prefixes that were left for longer ones.
    open: Vec<usize>,
    /// Room for a name.
    name: Vec<u8>,
}

/// Finds places.
struct Places<'w> {
    names: &'w [(KindAndName<'w>, usize)],
    /// The types that were found: the name, file and line.
    found: Vec<(usize, u64, u64)>,
}

/// Finds the types that a list has, by their names with [`TYPE_PREFIX`] in front.
struct Roots<'e> {
    exports: &'e Exports,
    /// Room for a name.
    key: Vec<u8>,
    found: Vec<(ExportId, DieOffset)>,
}

/// Calls a function with each name.
struct Each<F>(F);

impl<'d> Unit<'_, 'd> {
    /// Finds the types with these names, which are in order, as far as they are defined here.
    pub(crate) fn declared(
        &self,
        names: &[(KindAndName<'_>, usize)],
        budget: &mut Budget,
    ) -> Result<Vec<Declared<'d>>> {
        let Places { found, .. } = self.walk(Places { names, found: Vec::new() }, budget)?;
        let mut declared = Vec::new();
        let (Some(program), false) = (self.line_program(), found.is_empty()) else { return Ok(declared) };
        let paths = Paths::parse(self.dwarf, program, budget)?;
        let (_, compiled_in) = self.source_file(budget)?;
        for &(name, file, line) in &found {
            let Some(FilePath { folder, name: file }) = paths.file(file) else { continue };
            let length =
                [compiled_in, folder, file].iter().fold(0_usize, |sum, part| sum.saturating_add(part.len()));
            // Whoever shows the path takes it apart.
            budget.charge_bytes(length.saturating_mul(8))?;
            if !file.is_empty() && length <= LONGEST_PATH {
                budget.push(&mut declared, Declared { name, compiled_in, folder, file, line })?;
            }
        }
        Ok(declared)
    }

    /// The types that a list asks for and that are defined here, in DWARF order.
    pub(crate) fn listed_types(
        &self,
        exports: &Exports,
        budget: &mut Budget,
    ) -> Result<Vec<(ExportId, DieOffset)>> {
        Ok(self.walk(Roots { exports, key: Vec::new(), found: Vec::new() }, budget)?.found)
    }

    /// Calls `each` with the kind and name of every type that is defined here.
    pub(crate) fn each_type(
        &self,
        each: impl FnMut(KindAndName<'_>, &mut Budget) -> Result<()>,
        budget: &mut Budget,
    ) -> Result<()> {
        self.walk(Each(each), budget).map(drop)
    }

    fn walk<'w, V: for<'u> Visit<'u, 'd>>(&'w self, visitor: V, budget: &mut Budget) -> Result<V> {
        let (prefix, open, name) = (Vec::new(), Vec::new(), Vec::new());
        let mut walk = Walk { unit: self, visitor, prefix, open, name };
        walk.run(budget)?;
        Ok(walk.visitor)
    }
}

impl<'u, 'd, V: Visit<'u, 'd>> Walk<'_, 'u, 'd, V> {
    fn run(&mut self, budget: &mut Budget) -> Result<()> {
        let unit = self.unit;
        let Some(root) = unit.head(unit.root())? else { return Ok(()) };
        if !root.abbreviation.has_children {
            return Ok(());
        }
        let mut at = unit.skip(root, budget)?;
        let mut die = Die::EMPTY;
        while !unit.is_end(at) {
            at = match unit.head(at)? {
                None => {
                    budget.charge_work(1)?;
                    let Some(length) = self.open.pop() else { break };
                    self.prefix.truncate(length);
                    unit.after_null(at)?
                }
                Some(head) => self.entry(head, &mut die, budget)?,
            };
        }
        Ok(())
    }

    /// Looks at an entry, and returns where the next one is.
    fn entry(&mut self, head: Head<'_>, die: &mut Die, budget: &mut Budget) -> Result<DieOffset> {
        let unit = self.unit;
        let tag = head.abbreviation.tag;
        let kind = kind_of(tag);
        if kind.is_none() && !is_prefix(tag) {
            return unit.pass(head, budget);
        }
        unit.read(head, die, budget)?;
        let text = die.name.map(|name| unit.text(name, budget)).transpose();
        let text = text.map_err(|error| unit.error_at(error, die.offset))?;
        if let (Some(kind), Some(text), false) = (kind, text, die.declaration) {
            self.show(kind, text, head, die, budget)?;
        }
        // In C, nothing within a structure has a name that the structure prefixes.
        if !die.has_children || !is_prefix(tag) || (unit.is_c() && kind.is_some()) {
            return unit.after(die, budget);
        }
        budget.check(Limit::Scopes, self.open.len())?;
        budget.push(&mut self.open, self.prefix.len())?;
        match text {
            Some(text) => self.extend(text, budget)?,
            None if self.prefix.is_empty() => {}
            None => self.extend(b"<anonymous>", budget)?,
        }
        Ok(die.end)
    }

    /// Makes a prefix longer: not beyond what any name is asked for.
    fn extend(&mut self, text: &[u8], budget: &mut Budget) -> Result<()> {
        budget.charge_bytes(text.len())?;
        budget.check(Limit::Text, self.prefix.len().saturating_add(text.len()))?;
        budget.extend(&mut self.prefix, text)?;
        budget.extend(&mut self.prefix, b"::")
    }

    /// Shows a type to the visitor.
    fn show(&mut self, kind: u8, text: &[u8], head: Head<'_>, die: &Die, budget: &mut Budget) -> Result<()> {
        let mut qualified = text;
        if !self.prefix.is_empty() {
            budget.charge_bytes(self.prefix.len().saturating_add(text.len()))?;
            self.name.clear();
            budget.extend(&mut self.name, &self.prefix)?;
            budget.extend(&mut self.name, text)?;
            qualified = &self.name;
        }
        if qualified.is_empty() {
            return Ok(());
        }
        budget.charge_bytes(qualified.len())?;
        self.visitor.visit(self.unit, (kind, qualified), head, die, budget)
    }
}

impl<'u, 'd> Visit<'u, 'd> for Places<'_> {
    fn visit(
        &mut self,
        unit: &Unit<'u, 'd>,
        name: KindAndName<'_>,
        head: Head<'_>,
        die: &Die,
        budget: &mut Budget,
    ) -> Result<()> {
        // Each comparison can go on to the end of the name.
        let depth = u64::from(self.names.len().max(1).ilog2()).saturating_add(1);
        let steps = u64::try_from(name.1.len() >> 4).unwrap_or(u64::MAX).saturating_add(1);
        budget.charge_work(depth.saturating_mul(steps))?;
        let Ok(at) = self.names.binary_search_by_key(&name, |(name, _)| *name) else { return Ok(()) };
        let (Some(&(_, name)), Some(file)) = (self.names.get(at), die.decl_file()) else { return Ok(()) };
        let mut line = None;
        unit.each_attribute(head, budget, |attribute| {
            if attribute.name == gimli::DW_AT_decl_line {
                line = line.or(attribute.value.udata_value());
            }
            Ok(())
        })?;
        match line {
            Some(line) => budget.push(&mut self.found, (name, file, line)),
            None => Ok(()),
        }
    }
}

impl<'u, 'd> Visit<'u, 'd> for Roots<'_> {
    fn visit(
        &mut self,
        _: &Unit<'u, 'd>,
        (kind, name): KindAndName<'_>,
        _: Head<'_>,
        die: &Die,
        budget: &mut Budget,
    ) -> Result<()> {
        self.key.clear();
        budget.extend(&mut self.key, TYPE_PREFIX)?;
        budget.extend(&mut self.key, &[kind, b'#'])?;
        budget.extend(&mut self.key, name)?;
        // It is hashed byte by byte.
        budget.charge_work(u64::try_from(self.key.len()).unwrap_or(u64::MAX))?;
        match self.exports.find(&self.key) {
            Some(id) => budget.push(&mut self.found, (id, die.offset)),
            None => Ok(()),
        }
    }
}

impl<'u, 'd, F: FnMut(KindAndName<'_>, &mut Budget) -> Result<()>> Visit<'u, 'd> for Each<F> {
    fn visit(
        &mut self,
        _: &Unit<'u, 'd>,
        name: KindAndName<'_>,
        _: Head<'_>,
        _: &Die,
        budget: &mut Budget,
    ) -> Result<()> {
        (self.0)(name, budget)
    }
}

/// How symtypes call a kind of types.
fn kind_of(tag: DwTag) -> Option<u8> {
    match tag {
        gimli::DW_TAG_structure_type | gimli::DW_TAG_class_type => Some(b's'),
        gimli::DW_TAG_union_type => Some(b'u'),
        gimli::DW_TAG_enumeration_type => Some(b'e'),
        gimli::DW_TAG_typedef => Some(b't'),
        _ => None,
    }
}
