//! Writes the symtypes files of a tree as one text.

use alloc::vec::Vec;

use dwarfksyms_core::budget::{Budget, Spendable};
use dwarfksyms_core::numbering::hash;
use dwarfksyms_core::{Error, ErrorKind, Limits, Result};

use crate::types::lines::{numbered, parts};
use crate::types::table::Table;

use super::records::{RecordId, Records};
use super::{COMPLETE, Dialect, Name, Style, header};

/// Puts files together.
#[derive(Debug)]
pub struct Consolidator<'t> {
    records: Records<'t>,
    lines: Vec<ReadLine<'t>>,
    /// By record: its line.
    line_of: Vec<LineId>,
    paths: Table<'t>,
    /// Of the file that is being added.
    items: Vec<Item<'t>>,
    text: Vec<u8>,
    budget: Budget,
}

/// A line that a [`Consolidator`] has read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineId(u32);

/// A line, taken apart.
#[derive(Clone, Copy, Debug)]
struct ReadLine<'t> {
    text: &'t [u8],
    name: Name<'t>,
    /// The number of the name.
    number: u32,
}

/// A line of a file, and what it is there.
#[derive(Clone, Copy, Debug)]
struct Item<'t> {
    line: ReadLine<'t>,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Export(RecordId),
    /// A type that is declared.
    Declaration,
    /// A record that no file before had as its last.
    New,
    /// The last record of its name.
    Same,
}

impl<'t> Consolidator<'t> {
    /// Nothing is in it yet.
    pub fn new(limits: &Limits) -> Consolidator<'t> {
        Consolidator {
            records: Records::default(),
            lines: Vec::new(),
            line_of: Vec::new(),
            paths: Table::default(),
            items: Vec::new(),
            text: Vec::new(),
            budget: Budget::new(limits),
        }
    }

    /// Adds a file. The text depends on the order of files.
    ///
    /// # Errors
    /// Those of [`Consolidator::read`], [`Consolidator::add_lines`].
    pub fn add(&mut self, path: &'t [u8], text: &'t [u8]) -> Result<()> {
        let is_ended = text.last().is_none_or(|&byte| byte == b'\n');
        let mut lines = Vec::new();
        for (number, line) in numbered(text) {
            let line = self.read(line, number)?;
            self.budget.push(&mut lines, line)?;
        }
        self.add_lines(path, &lines, is_ended)?;
        self.budget.free(lines);
        Ok(())
    }

    /// Pays for what others keep for the files.
    ///
    /// # Errors
    /// A limit.
    pub fn spend(&mut self, spent: Spendable) -> Result<()> {
        self.budget.spend(spent)
    }

    /// Reads a line, which is the one with this number, from 1, of a file. Lines that several files have need not be read again.
    ///
    /// # Errors
    /// A line that is not one of a symtypes file ([`ErrorKind::MalformedTypeLine`]) or could not come back from the text
    /// ([`ErrorKind::UnkeptLine`]), a limit.
    pub fn read(&mut self, text: &'t [u8], number: u64) -> Result<LineId> {
        self.budget.charge_bytes(text.len())?;
        let name = keepable(text, number)?;
        let number = self.records.name(name, &mut self.budget)?;
        let last = self.records.last(number).and_then(|last| self.line_of(last));
        if let Some((id, last)) = last
            && last.text == text
        {
            return Ok(id);
        }
        let id = LineId(super::records::number(self.lines.len())?);
        self.budget.push(&mut self.lines, ReadLine { text, name, number })?;
        Ok(id)
    }

    /// Adds a file with these lines; `is_ended` states whether a line break is behind the last one.
    ///
    /// # Errors
    /// A last line that could not come back from the text ([`ErrorKind::UnkeptLine`]), a path that cannot stand in it or comes
    /// twice ([`ErrorKind::SectionPath`]), a limit.
    pub fn add_lines(&mut self, path: &'t [u8], lines: &[LineId], is_ended: bool) -> Result<()> {
        self.check_path(path)?;
        if !is_ended {
            return Err(ErrorKind::UnkeptLine(u64::try_from(lines.len()).unwrap_or(u64::MAX)).into());
        }
        self.records.begin();
        self.items.clear();
        let style = self.classify(lines)?;
        let is_complete = path.ends_with(COMPLETE) || !self.is_implied(style)?;
        if !self.text.is_empty() {
            self.put(&[b"\n"])?;
        }
        let mark = if is_complete { COMPLETE } else { b"" };
        self.put(&[b"/* ", path, mark, b" */\n"])?;
        let items = core::mem::take(&mut self.items);
        for item in &items {
            self.put_item(item, is_complete)?;
        }
        self.items = items;
        Ok(())
    }

    /// The text of all files.
    pub fn finish(self) -> Vec<u8> {
        self.text
    }

    fn check_path(&mut self, path: &'t [u8]) -> Result<()> {
        let budget = &mut self.budget;
        budget.charge_bytes(path.len().saturating_mul(2))?;
        let (_, is_new) = self.paths.intern(path, hash(path), budget, |_, _| Ok(true))?;
        // What a reader would take for something else: an end of the line, or blanks at the end of the path.
        let is_line = memchr::memchr(b'\n', path).is_none() && !path.is_empty();
        if is_new && is_line { Ok(()) } else { Err(Error::new(ErrorKind::SectionPath).about(path)) }
    }

    /// Finds out what each line is. A dialect is known by exports only, so that a reader knows it too.
    fn classify(&mut self, lines: &[LineId]) -> Result<Style> {
        let mut exports = lines.iter().filter_map(|&id| self.line(id)).filter(|line| !line.name.is_type());
        let style = exports.next().map(|ReadLine { text, .. }| {
            let string = parts(text).map_or(text, |(_, string)| string);
            Style::of_export(text, string)
        });
        for &id in lines {
            self.budget.charge_work(1)?;
            let Some(line) = self.line(id) else { continue };
            let kind = self.kind(id, &line, style)?;
            self.budget.push(&mut self.items, Item { line, kind })?;
        }
        Ok(style.unwrap_or(Style::PLAIN))
    }

    fn line(&self, LineId(id): LineId) -> Option<ReadLine<'t>> {
        self.lines.get(usize::try_from(id).ok()?).copied()
    }

    /// The line of a record.
    fn line_of(&self, record: RecordId) -> Option<(LineId, ReadLine<'t>)> {
        let id = *self.line_of.get(usize::try_from(record).ok()?)?;
        Some((id, self.line(id)?))
    }

    fn kind(&mut self, id: LineId, line: &ReadLine<'t>, style: Option<Style>) -> Result<Kind> {
        let ReadLine { text, name, number } = *line;
        // To other tools, the short form is of genksyms.
        let style = style.filter(|style| style.dialect == Dialect::Genksyms);
        if style.is_some_and(|style| is_declaration(text, name, style)) {
            let record = self.define(id, number, b"")?;
            self.records.set_own(number, record);
            return Ok(Kind::Declaration);
        }
        if let Some(last) = self.records.last(number)
            && let Some((last_id, last_line)) = self.line_of(last)
            && (last_id == id || self.is_same(last_line.text, text)?)
        {
            self.records.set_own(number, last);
            return Ok(Kind::Same);
        }
        let record = self.define(id, number, text)?;
        self.records.set_own(number, record);
        if !name.is_type() {
            return Ok(Kind::Export(record));
        }
        self.records.set_last(number, record);
        Ok(Kind::New)
    }

    fn is_same(&mut self, one: &[u8], other: &[u8]) -> Result<bool> {
        if one.len() != other.len() {
            return Ok(false);
        }
        self.budget.charge_bytes(one.len())?;
        Ok(one == other)
    }

    /// Adds a record, whose references are those of a line without its name.
    fn define(&mut self, id: LineId, number: u32, line: &'t [u8]) -> Result<RecordId> {
        let text = parts(line).map_or(line, |(_, text)| text);
        let record = self.records.add(number, text, &mut self.budget)?;
        self.budget.push(&mut self.line_of, id)?;
        Ok(record)
    }

    /// Whether the file comes back from a section that leaves out what its exports reach.
    fn is_implied(&mut self, style: Style) -> Result<bool> {
        if style.is_spaced {
            return self.is_walk();
        }
        let dialect = style.dialect;
        let pairs = self.items.iter().zip(self.items.iter().skip(1));
        self.budget.charge_work(u64::try_from(self.items.len()).unwrap_or(u64::MAX))?;
        let is_in_order = pairs.clone().all(|(a, b)| dialect.compare(a.line.name, b.line.name).is_lt());
        if !is_in_order {
            return Ok(false);
        }
        let exports = self.items.iter().filter_map(|item| match item.kind {
            Kind::Export(record) => Some(record),
            _ => None,
        });
        let mut has_all = true;
        self.records.reach(exports, &mut self.budget, |_, _| {
            has_all = false;
            Ok(())
        })?;
        Ok(has_all)
    }

    /// Whether the file is what genksyms writes of its exports.
    fn is_walk(&mut self) -> Result<bool> {
        let exports = self.items.iter().filter_map(|item| match item.kind {
            Kind::Export(record) => Some(record),
            _ => None,
        });
        let mut expected = self.items.iter();
        let mut is_walk = true;
        let mut names = Vec::new();
        self.records.walk(exports, &mut self.budget, |record, is_own, budget| {
            is_walk &= is_own;
            budget.push(&mut names, record)
        })?;
        for &record in &names {
            let number = self.records.name_number(record);
            is_walk &= expected.next().is_some_and(|item| item.line.number == number);
        }
        is_walk &= expected.next().is_none();
        self.budget.free(names);
        Ok(is_walk)
    }

    fn put_item(&mut self, item: &Item<'t>, is_complete: bool) -> Result<()> {
        let Name { prefix, bare } = item.line.name;
        match item.kind {
            Kind::Declaration => self.put(&[&[prefix], b"##", bare, b"\n"]),
            Kind::Same if !is_complete && self.records.is_reached(item.line.number) => Ok(()),
            Kind::Same | Kind::New | Kind::Export(_) => self.put(&[item.line.text, b"\n"]),
        }
    }

    fn put(&mut self, parts: &[&[u8]]) -> Result<()> {
        for part in parts {
            self.budget.charge_bytes(part.len())?;
            self.budget.extend(&mut self.text, part)?;
        }
        Ok(())
    }
}

/// The name of a line, unless a reader of the text would take it for something else.
fn keepable(line: &[u8], number: u64) -> Result<Name<'_>> {
    let unkept = || Error::new(ErrorKind::UnkeptLine(number)).about(line);
    if line.trim_ascii().is_empty() || header(line).is_some() || Name::of_declaration(line).is_some() {
        return Err(unkept());
    }
    let (name, text) = parts(line).ok_or(ErrorKind::MalformedTypeLine(number))?;
    let name = Name::of(name);
    if name.is_type() && text.is_empty() { Err(unkept()) } else { Ok(name) }
}

/// Whether a line is what `s##name` stands for.
fn is_declaration(line: &[u8], name: Name<'_>, style: Style) -> bool {
    let Some((kind, end)) = style.dialect.declaration(name.prefix) else { return false };
    let rest = line.strip_prefix(&[name.prefix, b'#']).and_then(|rest| rest.strip_prefix(name.bare));
    let rest = rest.and_then(|rest| rest.strip_prefix(kind));
    let rest = rest.and_then(|rest| rest.strip_prefix(name.unquoted()));
    rest.and_then(|rest| rest.strip_prefix(end)) == Some(style.end())
}
