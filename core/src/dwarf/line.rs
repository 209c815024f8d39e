//! The file names of a line program's header (`.debug_line`, DWARF 5 section 6.2.4).
//!
//! Comes in: the offset of a unit's line program. Goes out: for each file index, whether the file is a C
//! source file, which makes a type that is declared in it private (SPEC section 5), or, for who asks where types are declared,
//! its path. Only a unit of which a reachable type names a file gets here, and the line number program itself is never read.

use alloc::vec::Vec;

use gimli::{AttributeSpecification, AttributeValue, DwForm, Encoding, Reader};

use crate::budget::Budget;
use crate::elf::Image;
use crate::error::{Error, ErrorKind, Result, SectionId};

use super::decoded::{Decoded, undecodable};
use super::fields::Fields;
use super::form::{self, Value};
use super::place::LineProgram;
use super::string::string_at;
use super::units::Dwarf;

/// Which of a unit's files are C source files.
#[derive(Debug, Default)]
pub(crate) struct Files {
    is_source: Vec<bool>,
}

impl Files {
    /// Reads the header of a line program.
    pub(crate) fn parse(
        dwarf: &Dwarf<'_>,
        (file, offset): LineProgram,
        budget: &mut Budget,
    ) -> Result<Files> {
        let mut files = Files::default();
        let image = dwarf.file(file).ok_or(ErrorKind::OutOfMemory)?;
        let section = image.section(SectionId::Line);
        let fields = Fields::new(section, image.endian, offset)?;
        let mut header = LineHeader { image, none: dwarf.no_abbreviations(), fields };
        let read = header.read(&mut files, budget);
        read.map_err(|error| error.at(section.place(header.fields.position())))?;
        Ok(files)
    }

    /// Whether the file with this index is a C source file.
    ///
    /// # Errors
    /// [`ErrorKind::FileIndex`] if the line table has no such file.
    pub(crate) fn is_source(&self, index: u64) -> Result<bool> {
        let file = usize::try_from(index).ok().and_then(|index| self.is_source.get(index));
        file.copied().ok_or_else(|| Error::new(ErrorKind::FileIndex(index)))
    }

    fn add(&mut self, path: &[u8], budget: &mut Budget) -> Result<()> {
        budget.push(&mut self.is_source, path.ends_with(b".c"))
    }
}

/// A file of a line table: its name, and the folder that the name is in, unless it begins with a slash. The folder is
/// empty where that is the one that the unit was compiled in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct FilePath<'d> {
    pub(crate) folder: &'d [u8],
    pub(crate) name: &'d [u8],
}

/// The paths of a unit's files.
#[derive(Debug, Default)]
pub(crate) struct Paths<'d> {
    folders: Vec<&'d [u8]>,
    /// The names, each with the index of a folder.
    files: Vec<(&'d [u8], u64)>,
}

impl<'d> Paths<'d> {
    /// Reads the header of a line program.
    pub(crate) fn parse(
        dwarf: &Dwarf<'d>,
        (file, offset): LineProgram,
        budget: &mut Budget,
    ) -> Result<Paths<'d>> {
        let mut paths = Paths::default();
        let image = dwarf.file(file).ok_or(ErrorKind::OutOfMemory)?;
        let section = image.section(SectionId::Line);
        let fields = Fields::new(section, image.endian, offset)?;
        let mut header = LineHeader { image, none: dwarf.no_abbreviations(), fields };
        let read = header.read(&mut paths, budget);
        read.map_err(|error| error.at(section.place(header.fields.position())))?;
        Ok(paths)
    }

    /// The file with this index; none if the table has no such file.
    pub(crate) fn file(&self, index: u64) -> Option<FilePath<'d>> {
        let at = |index: u64| usize::try_from(index).ok();
        let &(name, folder) = self.files.get(at(index)?)?;
        let folder = at(folder).and_then(|folder| self.folders.get(folder)).copied().unwrap_or_default();
        Some(FilePath { folder, name })
    }
}

/// What is made of the entries of a line table.
trait Table<'d> {
    /// Whether the texts of folders matter.
    const HAS_FOLDERS: bool;

    fn folder(&mut self, path: &'d [u8], budget: &mut Budget) -> Result<()>;

    fn file(&mut self, path: &'d [u8], folder: u64, budget: &mut Budget) -> Result<()>;
}

impl<'d> Table<'d> for Files {
    const HAS_FOLDERS: bool = false;

    fn folder(&mut self, _: &'d [u8], _: &mut Budget) -> Result<()> {
        Ok(())
    }

    fn file(&mut self, path: &'d [u8], _: u64, budget: &mut Budget) -> Result<()> {
        self.add(path, budget)
    }
}

impl<'d> Table<'d> for Paths<'d> {
    const HAS_FOLDERS: bool = true;

    fn folder(&mut self, path: &'d [u8], budget: &mut Budget) -> Result<()> {
        budget.push(&mut self.folders, path)
    }

    fn file(&mut self, path: &'d [u8], folder: u64, budget: &mut Budget) -> Result<()> {
        budget.push(&mut self.files, (path, folder))
    }
}

/// A table of DWARF 5.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Entry {
    Folder,
    File,
}

/// The header, and how far it was read.
struct LineHeader<'u, 'd> {
    /// The file that the line program is in.
    image: &'u Image<'d>,
    none: &'u gimli::Abbreviations,
    fields: Fields<'u, 'd>,
}

impl<'d> LineHeader<'_, 'd> {
    fn read<T: Table<'d>>(&mut self, table: &mut T, budget: &mut Budget) -> Result<()> {
        let (length, format) = self.fields.initial_length()?;
        if length > self.fields.input.len() {
            return Err(Error::new(ErrorKind::Malformed("the line program is cut")));
        }
        let version = self.fields.u16()?;
        match version {
            2..=5 => {}
            6 => return Err(Error::new(ErrorKind::NewDwarf(version))),
            _ => return Err(undecodable(gimli::Error::UnknownVersion(version.into()))),
        }
        // Before version 5 there are no addresses in what is read.
        let mut address_size = 8;
        if version >= 5 {
            address_size = self.fields.u8()?;
            self.skip(1)?;
        }
        // The length of the rest of the header, and the length of an instruction.
        self.skip(usize::from(format.word_size()).saturating_add(1))?;
        if version >= 4 {
            self.skip(1)?;
        }
        // The default of is_stmt, the line base and the line range.
        self.skip(3)?;
        let opcode_base = self.fields.u8()?;
        self.skip(usize::from(opcode_base).saturating_sub(1))?;
        if version >= 5 {
            let encoding = Encoding { format, version, address_size };
            // The directories have the same shape as the files.
            self.entries(encoding, Entry::Folder, table, budget)?;
            self.entries(encoding, Entry::File, table, budget)
        } else {
            self.names(table, budget)
        }
    }

    fn skip(&mut self, bytes: usize) -> Result<()> {
        self.fields.input.skip(bytes).decoded()
    }

    /// A number whose length only it determines.
    fn uleb128(&mut self) -> Result<u64> {
        let start = self.fields.position();
        let value = self.fields.input.read_uleb128().decoded()?;
        self.fields.refuse_relocations(start)?;
        Ok(value)
    }

    /// The tables of DWARF 2 to 4: strings, ended by an empty one.
    fn names<T: Table<'d>>(&mut self, table: &mut T, budget: &mut Budget) -> Result<()> {
        // Folder 0 is the one that the unit was compiled in.
        table.folder(b"", budget)?;
        loop {
            let folder = self.string(budget)?;
            if folder.is_empty() {
                break;
            }
            table.folder(folder, budget)?;
        }
        // Files are counted from 1; 0 stands for none.
        table.file(b"", 0, budget)?;
        loop {
            budget.charge_work(1)?;
            let name = self.string(budget)?;
            if name.is_empty() {
                return Ok(());
            }
            let folder = self.uleb128()?;
            table.file(name, folder, budget)?;
            // Time and size.
            for _ in 0..2 {
                self.uleb128()?;
            }
        }
    }

    /// A table of DWARF 5: a format, a count and that many entries.
    fn entries<T: Table<'d>>(
        &mut self,
        encoding: Encoding,
        kind: Entry,
        table: &mut T,
        budget: &mut Budget,
    ) -> Result<()> {
        let mut format: Vec<(u64, DwForm)> = Vec::new();
        for _ in 0..self.fields.u8()? {
            let start = self.fields.position();
            let content = self.fields.input.read_uleb128().decoded()?;
            let form = DwForm(form::code(&mut self.fields.input).decoded()?);
            self.fields.refuse_relocations(start)?;
            budget.push(&mut format, (content, form))?;
        }
        let count = self.uleb128()?;
        let left = u64::try_from(self.fields.input.len()).unwrap_or(u64::MAX);
        if count > left || (count > 0 && format.is_empty()) {
            return Err(Error::new(ErrorKind::Malformed("more files than the line table has room for")));
        }
        for _ in 0..count {
            budget.charge_work(1)?;
            let mut path: &[u8] = &[];
            let mut folder = 0;
            for &(content, form) in &format {
                budget.charge_work(1)?;
                let start = self.fields.position();
                let value = self.value(encoding, form, budget)?;
                let is_path = content == u64::from(gimli::DW_LNCT_path.0);
                if is_path && (kind == Entry::File || T::HAS_FOLDERS) {
                    path = self.text(encoding, value, start, budget)?;
                } else if content == u64::from(gimli::DW_LNCT_directory_index.0)
                    && let Some(index) = value.udata_value().filter(|_| T::HAS_FOLDERS)
                {
                    folder = index;
                } else if !form::has_constant_length(form) {
                    self.fields.refuse_relocations(start)?;
                }
            }
            match kind {
                Entry::Folder => table.folder(path, budget)?,
                Entry::File => table.file(path, folder, budget)?,
            }
        }
        Ok(())
    }

    /// A string that stands in the table itself.
    fn string(&mut self, budget: &mut Budget) -> Result<&'d [u8]> {
        let start = self.fields.position();
        let input = &mut self.fields.input;
        let rest = input.slice();
        let end = memchr::memchr(0, rest);
        budget.charge_bytes(end.unwrap_or(rest.len()))?;
        let text = end
            .and_then(|end| rest.get(..end))
            .ok_or(gimli::Error::UnexpectedEof(input.offset_id()))
            .decoded()?;
        input.skip(text.len().saturating_add(1)).decoded()?;
        self.fields.refuse_relocations(start)?;
        Ok(text)
    }

    fn value(&mut self, encoding: Encoding, form: DwForm, budget: &mut Budget) -> Result<Value<'d>> {
        if form == gimli::DW_FORM_implicit_const {
            return Err(Error::new(ErrorKind::Malformed("an implicit constant in a line table")));
        }
        let spec = AttributeSpecification::new(gimli::DW_AT_name, form, None);
        let before = self.fields.input.len();
        let (_, value) = form::read(&mut self.fields.input, encoding, spec, self.none).decoded()?;
        budget.charge_bytes(before.saturating_sub(self.fields.input.len()))?;
        Ok(value)
    }

    /// The text of a value that began at `start`.
    fn text(
        &self,
        encoding: Encoding,
        value: Value<'d>,
        start: usize,
        budget: &mut Budget,
    ) -> Result<&'d [u8]> {
        let image = self.image;
        let (section, raw) = match value {
            AttributeValue::String(text) => {
                self.fields.refuse_relocations(start)?;
                return Ok(text.slice());
            }
            AttributeValue::DebugLineStrRef(offset) => (image.section(SectionId::LineStr), offset.0),
            AttributeValue::DebugStrRef(offset) => (image.section(SectionId::Str), offset.0),
            _ => return Err(Error::new(ErrorKind::Malformed("a file name of an unknown form"))),
        };
        let raw = u64::try_from(raw).unwrap_or(u64::MAX);
        let offset = self.fields.relocated(encoding.format.word_size(), raw)?;
        string_at(section, usize::try_from(offset).unwrap_or(usize::MAX), budget)
    }
}
