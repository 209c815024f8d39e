//! The strings of a unit's attributes.

use gimli::{Encoding, EndianSlice, Format, Reader};

use crate::budget::Budget;
use crate::elf::{Cursor, Section};
use crate::error::{Error, ErrorKind, Result, SectionId};

use super::decoded::undecodable;
use super::form;
use super::place::Text;
use super::string::{StringAt, check_string, string_at};
use super::unit::Unit;

impl<'u, 'd> Unit<'u, 'd> {
    /// The bytes of a string attribute.
    pub(crate) fn text(&self, text: Text, budget: &mut Budget) -> Result<&'d [u8]> {
        if let Text::Inline(start) = text {
            let mut input = self.input(start)?;
            let text = form::string(&mut input).map_err(|error| self.error_at(undecodable(error), start))?;
            budget.charge_bytes(text.len())?;
            return Ok(text.slice());
        }
        let (section, offset) = self.text_place(text)?;
        string_at(section, offset, budget)
    }

    /// Where the string of an attribute is.
    #[inline]
    pub(crate) fn string(&self, text: Text, budget: &mut Budget) -> Result<StringAt> {
        // As most are.
        if let Text::At(SectionId::Str, offset) = text {
            let section = self.image.section(SectionId::Str);
            check_string(section, offset, budget)?;
            return StringAt::in_section(section, offset);
        }
        self.any_string(text, budget)
    }

    #[inline(never)]
    fn any_string(&self, text: Text, budget: &mut Budget) -> Result<StringAt> {
        if let Text::Inline(start) = text {
            return StringAt::in_unit(self.index, start);
        }
        let (section, offset) = self.text_place(text)?;
        check_string(section, offset, budget)?;
        StringAt::in_section(section, offset)
    }

    #[inline]
    fn text_place(&self, text: Text) -> Result<(&'u Section<'d>, usize)> {
        Ok(match text {
            Text::At(section, offset) => (self.image.section(section), offset),
            Text::Index(index) => (self.image.section(SectionId::Str), self.string_offset(index)?),
            Text::Supplementary(offset) => {
                let file = self.dwarf.supplementary().ok_or(ErrorKind::NoSupplementary)?;
                (file.section(SectionId::Str), offset)
            }
            Text::Inline(_) => (self.image.section(SectionId::Str), usize::MAX),
        })
    }

    /// The offset in `.debug_str` of the string with this index (DWARF 5 section 7.26).
    fn string_offset(&self, index: u64) -> Result<usize> {
        let section = self.image.section(SectionId::StrOffsets);
        let data = section.bytes()?;
        let word = self.header.encoding.format.word_size();
        // A .dwo file has no base: its offsets begin behind the header, which came with DWARF 5.
        let base = self.root.str_offsets_base.unwrap_or(match self.header.encoding {
            Encoding { version: ..5, .. } => 0,
            Encoding { format: Format::Dwarf32, .. } => 8,
            Encoding { format: Format::Dwarf64, .. } => 16,
        });
        let missing = || Error::new(ErrorKind::StringIndex(index));
        let field = usize::try_from(index)
            .ok()
            .and_then(|index| index.checked_mul(word.into())?.checked_add(base))
            .ok_or_else(missing)?;
        let rest = data.get(field..).ok_or_else(missing)?;
        let raw = EndianSlice::new(rest, self.endian())
            .read_offset(self.header.encoding.format)
            .map_err(|_| missing())?;
        let raw = u64::try_from(raw).unwrap_or(u64::MAX);
        let offset = section.relocated(field, word, raw, &Cursor::default())?;
        usize::try_from(offset).map_err(|_| missing())
    }

    /// The source file, and the folder that its name is relative to.
    pub(crate) fn source_file(&self, budget: &mut Budget) -> Result<(&'d [u8], &'d [u8])> {
        let mut text = |text: Option<Text>| text.map_or(Ok(&b""[..]), |text| self.text(text, budget));
        let read = text(self.root.name).and_then(|name| Ok((name, text(self.root.folder)?)));
        read.map_err(|error| self.error_at(error, self.root()))
    }
}
