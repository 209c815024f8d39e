//! Reads consolidated symtypes of either dialect: what each file has.

use alloc::vec::Vec;

use dwarfksyms_core::budget::Budget;
use dwarfksyms_core::numbering::hash;
use dwarfksyms_core::{Error, ErrorKind, Limit, Limits, Result};

use crate::types::lines::{Line, Lines};
use crate::types::table::Table;

use super::records::{RecordId, Records};
use super::{Dialect, Name, Style, header, numbered};

/// The symtypes files in one text.
#[derive(Debug)]
pub struct Consolidated<'t> {
    sections: Vec<Section<'t>>,
    /// The records of all sections, in their order.
    contents: Vec<RecordId>,
    sources: Vec<Source<'t>>,
    /// The lines of declarations.
    declarations: Vec<u8>,
    /// Bytes of all files together.
    size: usize,
}

/// A file.
#[derive(Clone, Copy, Debug)]
struct Section<'t> {
    path: &'t [u8],
    /// Where its records end in `contents`.
    end: usize,
}

/// Where a record's line is.
#[derive(Clone, Copy, Debug)]
enum Source<'t> {
    /// In the text, as it is.
    Whole(&'t [u8], Line<'t>),
    /// In the text, but for a number behind its name.
    Parts(Line<'t>),
    /// In the lines of declarations.
    Declared(usize, usize),
}

impl<'t> Consolidated<'t> {
    /// Takes a text apart.
    ///
    /// # Errors
    /// A line that is neither a record nor the head of a section ([`ErrorKind::MalformedTypeLine`]), a record before the
    /// first section ([`ErrorKind::NoSection`]), a name that stands for a record that is not there
    /// ([`ErrorKind::UndefinedType`]), a path that comes twice ([`ErrorKind::SectionPath`]), a limit. What the files have
    /// together counts as unpacked.
    pub fn read(text: &'t [u8], limits: &Limits) -> Result<Consolidated<'t>> {
        let mut reader = Reader {
            records: Records::default(),
            paths: Table::default(),
            items: Vec::new(),
            budget: Budget::new(limits),
            made: Consolidated {
                sections: Vec::new(),
                contents: Vec::new(),
                sources: Vec::new(),
                declarations: Vec::new(),
                size: 0,
            },
        };
        reader.budget.charge_bytes(text.len().saturating_mul(2))?;
        let first = numbered(text).find(|(_, line)| !line.trim_ascii().is_empty());
        match first {
            Some((_, line)) if header(line).is_none() => reader.read_indexed(text)?,
            _ => reader.read_sections(text)?,
        }
        Ok(reader.made)
    }

    /// The number of files.
    pub fn len(&self) -> usize {
        self.sections.len()
    }

    /// Whether there is no file in it.
    pub fn is_empty(&self) -> bool {
        self.sections.is_empty()
    }

    /// The bytes of all files together.
    pub fn size(&self) -> usize {
        self.size
    }

    /// The path of a file, as the text has it: it can be anything but a line break.
    pub fn path(&self, file: usize) -> &'t [u8] {
        self.sections.get(file).map_or(b"", |section| section.path)
    }

    /// The lines of a file.
    ///
    /// # Errors
    /// A limit.
    pub fn lines(&self, file: usize, limits: &Limits) -> Result<Lines<'_>> {
        Lines::collect(self.sources(file).filter_map(|source| self.line(source)), limits)
    }

    /// The text of a file.
    ///
    /// # Errors
    /// A limit.
    pub fn text(&self, file: usize, limits: &Limits) -> Result<Vec<u8>> {
        let budget = &mut Budget::new(limits);
        let mut text = Vec::new();
        for source in self.sources(file) {
            let parts = match source {
                Source::Whole(line, _) => [line, b"", b""],
                Source::Parts(line) => [line.name, b" ", line.text],
                Source::Declared(start, end) => [self.declaration(start, end), b"", b""],
            };
            for part in parts.into_iter().chain([b"\n".as_slice()]) {
                budget.charge_bytes(part.len())?;
                budget.extend(&mut text, part)?;
            }
        }
        Ok(text)
    }

    fn sources(&self, file: usize) -> impl Iterator<Item = Source<'t>> + use<'_, 't> {
        let before = file.checked_sub(1).and_then(|before| self.sections.get(before));
        let start = before.map_or(0, |section| section.end);
        let end = self.sections.get(file).map_or(0, |section| section.end);
        let records = self.contents.get(start..end).unwrap_or_default();
        records.iter().filter_map(|&record| self.sources.get(usize::try_from(record).ok()?).copied())
    }

    fn line(&self, source: Source<'t>) -> Option<Line<'_>> {
        match source {
            Source::Whole(_, line) | Source::Parts(line) => Some(line),
            Source::Declared(start, end) => Line::parse(self.declaration(start, end)),
        }
    }

    fn declaration(&self, start: usize, end: usize) -> &[u8] {
        self.declarations.get(start..end).unwrap_or_default()
    }
}

struct Reader<'t> {
    records: Records<'t>,
    paths: Table<'t>,
    /// Of the section that is being read.
    items: Vec<Item>,
    budget: Budget,
    made: Consolidated<'t>,
}

/// What a line of a section stands for.
#[derive(Clone, Copy, Debug)]
enum Item {
    Record(RecordId),
    /// The declaration of a name.
    Declaration(u32),
}

impl<'t> Reader<'t> {
    /// The dialect of suse-kabi-tools.
    fn read_sections(&mut self, text: &'t [u8]) -> Result<()> {
        let mut section: Option<(&[u8], bool)> = None;
        for (at, line) in numbered(text) {
            if line.trim_ascii().is_empty() {
                continue;
            }
            if let Some(next) = header(line) {
                if let Some(section) = section.replace(next) {
                    self.end_section(section)?;
                }
                self.begin_section(next.0)?;
                continue;
            }
            if section.is_none() {
                return Err(ErrorKind::NoSection(at).into());
            }
            let item = self.item(line, at)?;
            self.budget.push(&mut self.items, item)?;
        }
        section.map_or(Ok(()), |section| self.end_section(section))
    }

    fn begin_section(&mut self, path: &'t [u8]) -> Result<()> {
        self.budget.charge_bytes(path.len())?;
        let hash = hash(path);
        let (_, is_new) = self.paths.intern(path, hash, &mut self.budget, |_, _| Ok(true))?;
        if !is_new {
            return Err(Error::new(ErrorKind::SectionPath).about(path));
        }
        self.items.clear();
        self.records.begin();
        Ok(())
    }

    fn item(&mut self, line: &'t [u8], at: u64) -> Result<Item> {
        if let Some(name) = Name::of_declaration(line) {
            if !name.is_whole() {
                return Err(ErrorKind::MalformedTypeLine(at).into());
            }
            return Ok(Item::Declaration(self.records.name(name, &mut self.budget)?));
        }
        let parsed = Line::parse(line).ok_or(ErrorKind::MalformedTypeLine(at))?;
        let name = self.records.name(Name::of(parsed.name), &mut self.budget)?;
        if parsed.is_type() && parsed.text.is_empty() {
            let last = self.records.last(name);
            let last = last.ok_or_else(|| Error::new(ErrorKind::UndefinedType(at)).about(parsed.name))?;
            self.records.set_own(name, last);
            return Ok(Item::Record(last));
        }
        let record = self.add(name, Source::Whole(line, parsed), parsed.text)?;
        self.records.set_own(name, record);
        if parsed.is_type() {
            self.records.set_last(name, record);
        }
        Ok(Item::Record(record))
    }

    fn add(&mut self, name: u32, source: Source<'t>, text: &'t [u8]) -> Result<RecordId> {
        let record = self.records.add(name, text, &mut self.budget)?;
        self.budget.push(&mut self.made.sources, source)?;
        Ok(record)
    }

    /// Adds what a section leaves out, and puts all in order.
    fn end_section(&mut self, (path, is_complete): (&'t [u8], bool)) -> Result<()> {
        let items = core::mem::take(&mut self.items);
        let style = self.style(&items);
        let start = self.made.contents.len();
        for item in &items {
            let record = match *item {
                Item::Record(record) => record,
                Item::Declaration(name) => {
                    let record = self.declare(name, style)?;
                    self.records.set_own(name, record);
                    record
                }
            };
            self.budget.push(&mut self.made.contents, record)?;
        }
        self.items = items;
        if !is_complete {
            self.complete(start, style)?;
        }
        self.finish_section(path, start)
    }

    /// The style of the first export.
    fn style(&self, items: &[Item]) -> Style {
        let export = items.iter().find_map(|item| match *item {
            Item::Record(record) if !self.records.name_of(record).is_type() => self.source(record),
            _ => None,
        });
        match export {
            Some(Source::Whole(whole, line)) => Style::of_export(whole, line.text),
            Some(Source::Parts(line)) => Style { dialect: Dialect::of_export(line.text), is_spaced: false },
            _ => Style::PLAIN,
        }
    }

    fn source(&self, record: RecordId) -> Option<Source<'t>> {
        usize::try_from(record).ok().and_then(|record| self.made.sources.get(record)).copied()
    }

    /// Makes the line of a declaration.
    fn declare(&mut self, name: u32, style: Style) -> Result<RecordId> {
        let Reader { records, made: Consolidated { declarations, .. }, budget, .. } = self;
        let name_parts = records.name_at(name);
        let (kind, behind) = style.dialect.declaration(name_parts.prefix).unwrap_or_default();
        let start = declarations.len();
        let head = [name_parts.prefix, b'#'];
        for part in [&head, name_parts.bare, kind, name_parts.unquoted(), behind, style.end()] {
            budget.charge_bytes(part.len())?;
            budget.extend(declarations, part)?;
        }
        let source = Source::Declared(start, declarations.len());
        self.add(name, source, b"")
    }

    /// Adds what the exports from `start` on reach, and puts all from there on in order.
    fn complete(&mut self, start: usize, style: Style) -> Result<()> {
        if style.is_spaced {
            return self.complete_walk(start);
        }
        let dialect = style.dialect;
        let Reader { records, made: Consolidated { contents, .. }, budget, .. } = self;
        let mut exports = Vec::new();
        for &record in contents.get(start..).unwrap_or_default() {
            if !records.name_of(record).is_type() {
                budget.push(&mut exports, record)?;
            }
        }
        records.reach(exports.iter().copied(), budget, |record, budget| budget.push(contents, record))?;
        budget.free(exports);
        let own = contents.get_mut(start..).unwrap_or_default();
        let count = u64::try_from(own.len()).unwrap_or(u64::MAX);
        // A comparison of names reads some 32 bytes.
        budget.charge_work(count.saturating_mul(u64::from(count.max(2).ilog2()).saturating_mul(2)))?;
        own.sort_by(|&a, &b| dialect.compare(records.name_of(a), records.name_of(b)));
        Ok(())
    }

    /// Puts what the exports from `start` on reach in the order of genksyms, and what else is there behind it.
    fn complete_walk(&mut self, start: usize) -> Result<()> {
        let Reader { records, made: Consolidated { contents, .. }, budget, .. } = self;
        let mut given = Vec::new();
        budget.extend(&mut given, contents.get(start..).unwrap_or_default())?;
        let mut exports = Vec::new();
        for &record in &given {
            if !records.name_of(record).is_type() {
                budget.push(&mut exports, record)?;
            }
        }
        contents.truncate(start);
        records.walk(exports.iter().copied(), budget, |record, _, budget| budget.push(contents, record))?;
        for &record in &given {
            let name = records.name_number(record);
            let is_put = records.is_reached(name) && records.own(name) == Some(record);
            if records.name_of(record).is_type() && !is_put {
                budget.push(contents, record)?;
            }
        }
        budget.free(exports);
        budget.free(given);
        Ok(())
    }

    fn finish_section(&mut self, path: &'t [u8], start: usize) -> Result<()> {
        for &record in self.made.contents.get(start..).unwrap_or_default() {
            let bytes = match self.source(record) {
                Some(Source::Whole(line, _)) => line.len(),
                Some(Source::Parts(line)) => line.name.len().saturating_add(line.text.len()),
                Some(Source::Declared(start, end)) => end.saturating_sub(start),
                None => 0,
            };
            self.made.size = self.made.size.saturating_add(bytes).saturating_add(1);
        }
        self.budget.check(Limit::Unpacked, self.made.size)?;
        let end = self.made.contents.len();
        self.budget.push(&mut self.made.sections, Section { path, end })
    }

    /// The dialect of Oracle's kernels.
    fn read_indexed(&mut self, text: &'t [u8]) -> Result<()> {
        for (at, line) in numbered(text) {
            if line.trim_ascii().is_empty() || line.starts_with(INDEX) {
                continue;
            }
            let line = line.strip_prefix(b"override ").unwrap_or(line);
            let word = words(line).next().filter(|word| line.starts_with(word));
            let word = word.ok_or(ErrorKind::MalformedTypeLine(at))?;
            let (bare, _) = without_number(word);
            let line = Line::of_parts(bare, line.get(word.len()..).unwrap_or_default().trim_ascii());
            // The record is of the name without a number; the one with it leads there.
            let name = self.records.name(Name::of(word), &mut self.budget)?;
            let base = self.records.name(Name::of(bare), &mut self.budget)?;
            let record = self.add(base, Source::Parts(line), line.text)?;
            self.records.set_last(name, record);
        }
        let mut sections: u32 = 0;
        for (at, line) in numbered(text) {
            let Some(line) = line.strip_prefix(INDEX) else { continue };
            sections = sections.saturating_add(1);
            self.index(line, at)?;
        }
        if sections == 0 && !self.made.sources.is_empty() {
            return Err(ErrorKind::NoSection(1).into());
        }
        Ok(())
    }

    /// A line that says what a file has.
    fn index(&mut self, line: &'t [u8], at: u64) -> Result<()> {
        let mut words = words(line);
        let path = words.next().filter(|path| line.starts_with(path));
        let path = path.ok_or(ErrorKind::MalformedTypeLine(at))?;
        self.begin_section(path)?;
        let start = self.made.contents.len();
        for word in words {
            let name = self.records.name(Name::of(word), &mut self.budget)?;
            let record = self.records.last(name);
            let record = record.ok_or_else(|| Error::new(ErrorKind::UndefinedType(at)).about(word))?;
            let base = self.records.name(Name::of(without_number(word).0), &mut self.budget)?;
            self.records.set_own(base, record);
            self.budget.push(&mut self.made.contents, record)?;
        }
        let mut items = core::mem::take(&mut self.items);
        for &record in self.made.contents.get(start..).unwrap_or_default() {
            self.budget.push(&mut items, Item::Record(record))?;
        }
        let style = self.style(&items);
        self.items = items;
        self.complete(start, style)?;
        self.finish_section(path, start)
    }
}

/// What a line of the index begins with.
const INDEX: &[u8] = b"F#";

/// A name without the number that distinguishes it from others of its kind: `s#file@01234567`.
fn without_number(name: &[u8]) -> (&[u8], bool) {
    const DIGITS: usize = 8;
    let at = name.len().checked_sub(DIGITS.saturating_add(1));
    if let Some((bare, [b'@', digits @ ..])) = at.and_then(|at| name.split_at_checked(at))
        && digits.iter().all(u8::is_ascii_hexdigit)
        && !bare.is_empty()
    {
        return (bare, true);
    }
    (name, false)
}

/// The words of a line; a quoted name of a type is one, with a number behind it too.
fn words(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = line;
    core::iter::from_fn(move || {
        rest = rest.trim_ascii_start();
        let quoted = match rest {
            [_, b'#', b'\'', quoted @ ..] => {
                memchr::memchr(b'\'', quoted).map_or(0, |at| at.saturating_add(4))
            }
            _ => 0,
        };
        let behind = rest.get(quoted..).unwrap_or_default();
        let end = behind.iter().position(u8::is_ascii_whitespace).unwrap_or(behind.len());
        let (word, left) = rest.split_at_checked(quoted.saturating_add(end)).unwrap_or((rest, &[]));
        rest = left;
        (!word.is_empty()).then_some(word)
    })
}
