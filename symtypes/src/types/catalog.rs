//! All types of two builds, each line kept once: what is the same on both sides is the same number.

use alloc::vec::Vec;

use dwarfksyms_core::budget::{Budget, Spendable};
use dwarfksyms_core::numbering::hash;
use dwarfksyms_core::{ErrorKind, Limits, Result};

use super::lines::{Line, Lines, is_type_name};
use super::table::Table;

/// A name of a type or export, by its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameId(pub(crate) u32);

/// A line, by its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(pub(crate) u32);

/// A symtypes file, by its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub(crate) u32);

/// One of the two builds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// What was.
    Old,
    /// What is.
    New,
}

/// An export and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ExportRecord {
    /// The export's name.
    pub name: NameId,
    /// The file whose types its version is made from.
    pub file: FileId,
    /// Its line.
    pub record: RecordId,
}

/// The types of two builds.
#[derive(Debug)]
pub struct Catalog<'t> {
    names: Table<'t>,
    records: Table<'t>,
    /// By record: the name in it.
    name_of: Vec<NameId>,
    /// By record: its references are those from here to where those of the next begin, when they have been found.
    starts: Vec<u32>,
    references: Vec<NameId>,
    /// By file: where its records end in `contents`.
    ends: Vec<usize>,
    contents: Vec<RecordId>,
    /// By file.
    sides: Vec<Side>,
    /// By file: the bytes of a pointer that does not state them, where that was stated.
    pointer_sizes: Vec<Option<u64>>,
    old: Vec<ExportRecord>,
    new: Vec<ExportRecord>,
    budget: Budget,
}

impl NameId {
    pub(crate) fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

impl RecordId {
    pub(crate) fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

impl FileId {
    /// The position among the files that were added.
    pub fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

impl<'t> Catalog<'t> {
    /// An empty catalog.
    pub fn new(limits: &Limits) -> Catalog<'t> {
        Catalog {
            names: Table::default(),
            records: Table::default(),
            name_of: Vec::new(),
            starts: Vec::new(),
            references: Vec::new(),
            ends: Vec::new(),
            contents: Vec::new(),
            sides: Vec::new(),
            pointer_sizes: Vec::new(),
            old: Vec::new(),
            new: Vec::new(),
            budget: Budget::new(limits),
        }
    }

    /// Adds a file to one of the builds.
    ///
    /// # Errors
    /// A limit.
    pub fn add(&mut self, side: Side, lines: &Lines<'t>) -> Result<FileId> {
        self.budget.spend(lines.spent())?;
        self.budget.reserve(&mut self.contents, lines.lines.len())?;
        let file = self.next_file()?;
        for line in &lines.lines {
            let record = self.intern(line)?;
            self.put(side, file, record)?;
        }
        self.end_file(side)?;
        Ok(file)
    }

    /// Adds a file to one of the builds whose lines have been [interned](Catalog::intern).
    ///
    /// # Errors
    /// A limit.
    pub fn add_records(&mut self, side: Side, records: &[RecordId]) -> Result<FileId> {
        self.budget.charge_work(u64::try_from(records.len()).unwrap_or(u64::MAX))?;
        self.budget.reserve(&mut self.contents, records.len())?;
        let file = self.next_file()?;
        for &record in records {
            self.put(side, file, record)?;
        }
        self.end_file(side)?;
        Ok(file)
    }

    /// The record that a line is.
    ///
    /// # Errors
    /// A limit.
    pub fn intern(&mut self, line: &Line<'t>) -> Result<RecordId> {
        let Catalog { names, records, name_of, budget, .. } = self;
        let (number, is_new) = records.intern(line.text, line.hash, budget, |number, budget| {
            let name = name_of.get(RecordId(number).index()).map(|&name| names.get(name.0));
            budget.charge_bytes(line.name.len())?;
            Ok(name == Some(line.name))
        })?;
        if is_new {
            let hash = hash(line.name);
            let (name, _) = names.intern(line.name, hash, budget, |_, _| Ok(true))?;
            budget.push(name_of, NameId(name))?;
        }
        Ok(RecordId(number))
    }

    /// Pays for what is kept for the catalog.
    ///
    /// # Errors
    /// A limit.
    pub fn spend(&mut self, spent: Spendable) -> Result<()> {
        self.budget.spend(spent)
    }

    fn next_file(&self) -> Result<FileId> {
        Ok(FileId(u32::try_from(self.ends.len()).map_err(|_| ErrorKind::OutOfMemory)?))
    }

    /// Adds a record to the file that is added.
    fn put(&mut self, side: Side, file: FileId, record: RecordId) -> Result<()> {
        self.budget.push(&mut self.contents, record)?;
        let name = self.name_of(record);
        if !is_type_name(self.name(name)) {
            let exports = if side == Side::Old { &mut self.old } else { &mut self.new };
            self.budget.push(exports, ExportRecord { name, file, record })?;
        }
        Ok(())
    }

    fn end_file(&mut self, side: Side) -> Result<()> {
        let Catalog { ends, contents, sides, pointer_sizes, budget, .. } = self;
        budget.push(sides, side)?;
        budget.push(pointer_sizes, None)?;
        budget.push(ends, contents.len())
    }

    /// Tells how many bytes a pointer of a file has if it does not state them, as whoever has the object knows.
    pub fn set_pointer_size(&mut self, file: FileId, bytes: u64) {
        if let Some(slot) = self.pointer_sizes.get_mut(file.index()) {
            *slot = Some(bytes);
        }
    }

    pub(super) fn told_pointer_size(&self, file: FileId) -> Option<u64> {
        self.pointer_sizes.get(file.index()).copied().flatten()
    }

    /// Finds the references in all records, and puts the exports in order, when all files have been added.
    ///
    /// # Errors
    /// A limit.
    pub fn finish(&mut self) -> Result<()> {
        let Catalog { names, records, starts, references, old, new, budget, .. } = self;
        for text in records.iter() {
            let start = u32::try_from(references.len()).map_err(|_| ErrorKind::OutOfMemory)?;
            budget.push(starts, start)?;
            budget.charge_bytes(text.len())?;
            for (_, name) in references_in(text) {
                if let Some(id) = names.find(name, hash(name), budget)? {
                    budget.push(references, NameId(id))?;
                }
            }
        }
        for exports in [old, new] {
            budget.charge_sorting(exports.len())?;
            // Of several files with an export, the first counts.
            exports.sort_unstable();
            exports.dedup_by_key(|export| export.name);
        }
        Ok(())
    }

    /// The exports of one of the builds, each once.
    pub fn exports(&self, side: Side) -> &[ExportRecord] {
        if side == Side::Old { &self.old } else { &self.new }
    }

    /// An export of one of the builds.
    pub fn export(&self, side: Side, name: NameId) -> Option<ExportRecord> {
        let exports = self.exports(side);
        let at = exports.binary_search_by_key(&name, |export| export.name).ok()?;
        exports.get(at).copied()
    }

    /// The number of a name, if anything has it.
    pub fn find(&self, name: &[u8]) -> Option<NameId> {
        // What was paid for when the names were added is enough for one of them.
        let budget = &mut Budget::new(&Limits::for_input(u64::try_from(name.len()).unwrap_or(u64::MAX)));
        self.names.find(name, hash(name), budget).ok().flatten().map(NameId)
    }

    /// The number of names.
    pub(crate) fn name_count(&self) -> usize {
        self.names.len()
    }

    /// All names, each once.
    pub fn names(&self) -> impl Iterator<Item = &'t [u8]> {
        self.names.iter()
    }

    /// A name's bytes.
    pub fn name(&self, id: NameId) -> &'t [u8] {
        self.names.get(id.0)
    }

    /// The name of a record.
    pub fn name_of(&self, id: RecordId) -> NameId {
        self.name_of.get(id.index()).copied().unwrap_or(NameId(u32::MAX))
    }

    /// The type string of a record.
    pub fn text(&self, id: RecordId) -> &'t [u8] {
        self.records.get(id.0)
    }

    /// The type strings of all records of both builds, each once.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &'t [u8]> {
        self.records.iter()
    }

    /// The types that a record refers to.
    pub fn references(&self, id: RecordId) -> &[NameId] {
        let position = |at: Option<&u32>| at.and_then(|&at| usize::try_from(at).ok());
        let start = position(self.starts.get(id.index())).unwrap_or(usize::MAX);
        let end = position(self.starts.get(id.index().saturating_add(1)));
        self.references.get(start..end.unwrap_or(self.references.len())).unwrap_or_default()
    }

    /// The sides of the files, in the order in which they were added.
    pub(crate) fn sides(&self) -> &[Side] {
        &self.sides
    }

    /// The records of a file.
    pub fn records(&self, file: FileId) -> &[RecordId] {
        let start = file.index().checked_sub(1).and_then(|before| self.ends.get(before).copied());
        let end = self.ends.get(file.index()).copied().unwrap_or(0);
        self.contents.get(start.unwrap_or(0)..end).unwrap_or_default()
    }

    /// The record of a name in a file: of several the last, as in [`Contents`](super::Contents), which is for more than
    /// one question. It goes through the whole file.
    pub(crate) fn lookup(&self, file: FileId, name: NameId) -> Option<RecordId> {
        self.records(file).iter().rev().copied().find(|&record| self.name_of(record) == name)
    }

    /// What is left of the limits.
    pub(crate) fn budget(&self) -> Budget {
        self.budget.clone()
    }
}

/// The names of types that a type string refers to, and where they stand: within a word, too, as in `{s#file`, which a
/// `type_string` rule can have (SPEC section 8), and where what is in front ends without a blank. What looks like a
/// reference and has no type is none.
pub fn references_in(text: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let mut at = 0_usize;
    core::iter::from_fn(move || {
        loop {
            let hash = at.checked_add(memchr::memchr(b'#', text.get(at..)?)?)?;
            at = hash.checked_add(1)?;
            let Some(start) = hash.checked_sub(1) else { continue };
            let rest = text.get(start..)?;
            if !is_type_name(rest) {
                continue;
            }
            let length = super::parse::word_length(rest);
            at = start.checked_add(length)?;
            return Some((start, text.get(start..at)?));
        }
    })
}
