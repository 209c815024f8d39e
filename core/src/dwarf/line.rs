//! The file names of a line program's header (`.debug_line`, DWARF 5 section 6.2.4).
//!
//! Comes in: the offset of a unit's line program. Goes out: for each file index, whether the file is a C
//! source file, which makes a type that is declared in it private (SPEC section 5). Only a unit of which a
//! reachable type names a file gets here, and the line number program itself is never read.

use alloc::vec::Vec;

use gimli::{AttributeSpecification, AttributeValue, DwForm, Encoding, EndianSlice, Reader, RunTimeEndian};

use crate::budget::Budget;
use crate::elf::{Image, Section};
use crate::error::{Error, ErrorKind, Result, SectionId};

use super::form;
use super::string::string_at;
use super::unit::Unit;

type Input<'d> = EndianSlice<'d, RunTimeEndian>;

/// Which of a unit's files are C source files.
#[derive(Debug, Default)]
pub(crate) struct Files {
    is_source: Vec<bool>,
}

impl Files {
    /// Reads the header of a unit's line program.
    pub(crate) fn parse(unit: &Unit<'_, '_>, budget: &mut Budget) -> Result<Files> {
        let mut files = Files::default();
        let Some((image, offset)) = unit.line_program() else { return Ok(files) };
        let section = image.section(SectionId::Line);
        let data = section.bytes()?.get(offset..).unwrap_or_default();
        let input = EndianSlice::new(data, image.endian);
        let mut header = Header { unit, image, section, input };
        header.read(&mut files, budget).map_err(|error| error.at(section.place(header.position())))?;
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

/// The header, and how far it was read.
struct Header<'u, 'd> {
    unit: &'u Unit<'u, 'd>,
    /// The file that the line program is in.
    image: &'u Image<'d>,
    section: &'u Section<'d>,
    input: Input<'d>,
}

impl<'d> Header<'_, 'd> {
    fn position(&self) -> usize {
        self.section.data.len().saturating_sub(self.input.len())
    }

    fn read(&mut self, files: &mut Files, budget: &mut Budget) -> Result<()> {
        let (length, format) = self.input.read_initial_length()?;
        if length > self.input.len() {
            return Err(Error::new(ErrorKind::Malformed("the line program is cut")));
        }
        let version = self.input.read_u16()?;
        if !(2..=5).contains(&version) {
            return Err(gimli::Error::UnknownVersion(version.into()).into());
        }
        let mut address_size = self.unit.encoding().address_size;
        if version >= 5 {
            address_size = self.input.read_u8()?;
            self.input.skip(1)?;
        }
        // The length of the rest of the header, and the length of an instruction.
        self.input.skip(usize::from(format.word_size()).saturating_add(1))?;
        if version >= 4 {
            self.input.skip(1)?;
        }
        // The default of is_stmt, the line base and the line range.
        self.input.skip(3)?;
        let opcode_base = self.input.read_u8()?;
        self.input.skip(usize::from(opcode_base).saturating_sub(1))?;
        if version >= 5 {
            let encoding = Encoding { format, version, address_size };
            // The directories have the same shape as the files, and do not matter.
            self.entries(encoding, None, budget)?;
            self.entries(encoding, Some(files), budget)
        } else {
            self.names(files, budget)
        }
    }

    /// The tables of DWARF 2 to 4: strings, ended by an empty one.
    fn names(&mut self, files: &mut Files, budget: &mut Budget) -> Result<()> {
        loop {
            let folder = self.string(budget)?;
            if folder.is_empty() {
                break;
            }
        }
        // Files are counted from 1; 0 stands for none.
        files.add(b"", budget)?;
        loop {
            budget.charge_work(1)?;
            let name = self.string(budget)?;
            if name.is_empty() {
                return Ok(());
            }
            files.add(name, budget)?;
            // Directory, time and size.
            for _ in 0..3 {
                self.input.read_uleb128()?;
            }
        }
    }

    /// A table of DWARF 5: a format, a count and that many entries.
    fn entries(
        &mut self,
        encoding: Encoding,
        mut files: Option<&mut Files>,
        budget: &mut Budget,
    ) -> Result<()> {
        let mut format: Vec<(u64, DwForm)> = Vec::new();
        for _ in 0..self.input.read_u8()? {
            let content = self.input.read_uleb128()?;
            let form = DwForm(form::code(&mut self.input)?);
            budget.push(&mut format, (content, form))?;
        }
        let count = self.input.read_uleb128()?;
        let left = u64::try_from(self.input.len()).unwrap_or(u64::MAX);
        if count > left || (count > 0 && format.is_empty()) {
            return Err(Error::new(ErrorKind::Malformed("more files than the line table has room for")));
        }
        for _ in 0..count {
            budget.charge_work(1)?;
            let mut path: &[u8] = &[];
            for &(content, form) in &format {
                budget.charge_work(1)?;
                let value = self.value(encoding, form, budget)?;
                if content == u64::from(gimli::DW_LNCT_path.0) && files.is_some() {
                    path = self.text(encoding, value, budget)?;
                }
            }
            if let Some(files) = &mut files {
                files.add(path, budget)?;
            }
        }
        Ok(())
    }

    /// A string that stands in the table itself.
    fn string(&mut self, budget: &mut Budget) -> Result<&'d [u8]> {
        let rest = self.input.slice();
        let end = memchr::memchr(0, rest);
        budget.charge_bytes(end.unwrap_or(rest.len()))?;
        let text =
            end.and_then(|end| rest.get(..end)).ok_or(gimli::Error::UnexpectedEof(self.input.offset_id()))?;
        self.input.skip(text.len().saturating_add(1))?;
        Ok(text)
    }

    fn value(
        &mut self,
        encoding: Encoding,
        form: DwForm,
        budget: &mut Budget,
    ) -> Result<AttributeValue<Input<'d>>> {
        if form == gimli::DW_FORM_implicit_const {
            return Err(Error::new(ErrorKind::Malformed("an implicit constant in a line table")));
        }
        let spec = AttributeSpecification::new(gimli::DW_AT_name, form, None);
        let before = self.input.len();
        let (_, value) = form::read(&mut self.input, encoding, spec, self.unit.no_abbreviations())?;
        budget.charge_bytes(before.saturating_sub(self.input.len()))?;
        Ok(value)
    }

    fn text(
        &self,
        encoding: Encoding,
        value: AttributeValue<Input<'d>>,
        budget: &mut Budget,
    ) -> Result<&'d [u8]> {
        let image = self.image;
        let (section, raw) = match value {
            AttributeValue::String(text) => return Ok(text.slice()),
            AttributeValue::DebugLineStrRef(offset) => (image.section(SectionId::LineStr), offset.0),
            AttributeValue::DebugStrRef(offset) => (image.section(SectionId::Str), offset.0),
            _ => return Err(Error::new(ErrorKind::Malformed("a file name of an unknown form"))),
        };
        let field = self.position().saturating_sub(usize::from(encoding.format.word_size()));
        let raw = u64::try_from(raw).unwrap_or(u64::MAX);
        let offset = self.section.relocated(field, raw)?;
        string_at(section, usize::try_from(offset).unwrap_or(usize::MAX), budget)
    }
}
