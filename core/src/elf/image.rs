//! An object's sections, borrowed from its bytes.

use alloc::vec::Vec;

use gimli::RunTimeEndian;
use object::Endianness;
use object::elf;
use object::read::SectionIndex;
use object::read::elf::{FileHeader, SectionHeader, SectionTable};

use crate::budget::Budget;
use crate::error::{Error, ErrorKind, Result, SectionId};

use super::relocation::{Entries, Relocations, Table};
use super::symbols::{SymbolTable, Symbols};

/// A section and the relocations of its fields.
#[derive(Debug)]
pub(crate) struct Section<'d> {
    pub(crate) id: SectionId,
    pub(crate) data: &'d [u8],
    relocations: Relocations<'d>,
}

impl<'d> Section<'d> {
    pub(crate) fn new(id: SectionId, data: &'d [u8]) -> Section<'d> {
        Section { id, data, relocations: Relocations::default() }
    }

    /// The value of the field at `offset` which holds `raw`.
    #[inline]
    pub(crate) fn relocated(&self, offset: usize, raw: u64) -> Result<u64> {
        self.relocations.apply(offset, raw).map_err(|error| error.at(self.id, offset))
    }
}

/// The view of an object: what this crate needs of it, and nothing copied.
#[derive(Debug)]
pub(crate) struct Image<'d> {
    pub(crate) endian: RunTimeEndian,
    pub(crate) info: Section<'d>,
    pub(crate) abbrev: Section<'d>,
    pub(crate) str: Section<'d>,
    pub(crate) line_str: Section<'d>,
    pub(crate) str_offsets: Section<'d>,
    pub(crate) line: Section<'d>,
    /// In section order; rustc gives each rule a section of its own.
    pub(crate) kabi_rules: Vec<Section<'d>>,
    pub(crate) symbols: SymbolTable<'d>,
}

impl<'d> Image<'d> {
    /// Finds the sections of an ELF object.
    pub(crate) fn parse(data: &'d [u8], budget: &mut Budget) -> Result<Image<'d>> {
        if data.is_empty() {
            return Err(Error::new(ErrorKind::EmptyFile));
        }
        if data.starts_with(b"!<arch>\n") || data.starts_with(b"!<thin>\n") {
            return Err(Error::new(ErrorKind::Archive));
        }
        if !data.starts_with(&elf::ELFMAG) {
            return Err(Error::new(ErrorKind::NotElf));
        }
        match data.get(4).map(|&class| elf::FileClass(class)) {
            Some(elf::ELFCLASS32) => Reader::<elf::FileHeader32<Endianness>>::new(data)?.image(budget),
            Some(elf::ELFCLASS64) => Reader::<elf::FileHeader64<Endianness>>::new(data)?.image(budget),
            _ => Err(damaged("unknown class")),
        }
    }
}

/// Where the sections are that are needed.
#[derive(Debug, Default)]
struct Found {
    debug: DebugSections,
    kabi_rules: Vec<SectionIndex>,
    symbols: Option<SectionIndex>,
}

/// The first section of each name.
#[derive(Debug, Default)]
struct DebugSections([Option<SectionIndex>; DEBUG_SECTIONS.len()]);

const DEBUG_SECTIONS: [SectionId; 6] = [
    SectionId::Info,
    SectionId::Abbrev,
    SectionId::Str,
    SectionId::LineStr,
    SectionId::StrOffsets,
    SectionId::Line,
];

impl DebugSections {
    fn add(&mut self, name: &[u8], index: SectionIndex) {
        for (id, slot) in DEBUG_SECTIONS.iter().zip(&mut self.0) {
            if id.name().as_bytes() == name {
                slot.get_or_insert(index);
            }
        }
    }

    fn get(&self, wanted: SectionId) -> Option<SectionIndex> {
        DEBUG_SECTIONS.iter().zip(&self.0).find(|&(&id, _)| id == wanted).and_then(|(_, &index)| index)
    }

    fn find(&self, wanted: SectionIndex) -> Option<SectionId> {
        DEBUG_SECTIONS.iter().zip(&self.0).find(|&(_, &index)| index == Some(wanted)).map(|(&id, _)| id)
    }
}

/// What differs between 32 and 64 bits.
trait Class: FileHeader<Endian = Endianness> {
    fn rel(entries: &[Self::Rel]) -> Entries<'_>;
    fn rela(entries: &[Self::Rela]) -> Entries<'_>;
    fn symbols(symbols: &[Self::Sym]) -> Symbols<'_>;
}

impl Class for elf::FileHeader32<Endianness> {
    fn rel(entries: &[Self::Rel]) -> Entries<'_> {
        Entries::Rel32(entries)
    }
    fn rela(entries: &[Self::Rela]) -> Entries<'_> {
        Entries::Rela32(entries)
    }
    fn symbols(symbols: &[Self::Sym]) -> Symbols<'_> {
        Symbols::Elf32(symbols)
    }
}

impl Class for elf::FileHeader64<Endianness> {
    fn rel(entries: &[Self::Rel]) -> Entries<'_> {
        Entries::Rel64(entries)
    }
    fn rela(entries: &[Self::Rela]) -> Entries<'_> {
        Entries::Rela64(entries)
    }
    fn symbols(symbols: &[Self::Sym]) -> Symbols<'_> {
        Symbols::Elf64(symbols)
    }
}

/// Reads one object.
struct Reader<'d, E: Class> {
    data: &'d [u8],
    header: &'d E,
    endian: Endianness,
    sections: SectionTable<'d, E>,
}

impl<'d, E: Class> Reader<'d, E> {
    fn new(data: &'d [u8]) -> Result<Reader<'d, E>> {
        let header = E::parse(data).map_err(|_| damaged("the header is cut or invalid"))?;
        let endian = header.endian().map_err(|_| damaged("unknown byte order"))?;
        let sections = header
            .sections(endian, data)
            .map_err(|_| damaged("the section header table is cut or invalid"))?;
        Ok(Reader { data, header, endian, sections })
    }

    fn image(&self, budget: &mut Budget) -> Result<Image<'d>> {
        let found = self.find_sections(budget)?;
        let mut kabi_rules = Vec::new();
        for &index in &found.kabi_rules {
            budget.push(&mut kabi_rules, self.section(SectionId::KabiRules, Some(index))?)?;
        }
        let section = |id| self.section(id, found.debug.get(id));
        let mut image = Image {
            endian: match self.endian {
                Endianness::Little => RunTimeEndian::Little,
                Endianness::Big => RunTimeEndian::Big,
            },
            info: section(SectionId::Info)?,
            abbrev: section(SectionId::Abbrev)?,
            str: section(SectionId::Str)?,
            line_str: section(SectionId::LineStr)?,
            str_offsets: section(SectionId::StrOffsets)?,
            line: section(SectionId::Line)?,
            kabi_rules,
            symbols: self.symbol_table(found.symbols, budget)?,
        };
        if self.header.e_type(self.endian) == elf::ET_REL {
            self.add_relocations(&mut image, &found.debug, budget)?;
        }
        Ok(image)
    }

    fn find_sections(&self, budget: &mut Budget) -> Result<Found> {
        let mut found = Found::default();
        let mut lto = DebugSections::default();
        for (index, section) in self.sections.enumerate() {
            budget.charge_work(1)?;
            if section.sh_type(self.endian) == elf::SHT_SYMTAB {
                found.symbols.get_or_insert(index);
                continue;
            }
            let name = self.sections.section_name(self.endian, section).unwrap_or_default();
            if name == SectionId::KabiRules.name().as_bytes() {
                budget.push(&mut found.kabi_rules, index)?;
            } else if let Some(name) = name.strip_prefix(b".gnu.debuglto_") {
                lto.add(name, index);
            } else {
                found.debug.add(name, index);
            }
        }
        // An object of which link-time optimisation has yet to make code keeps its DWARF apart.
        if found.debug.get(SectionId::Info).is_none() {
            found.debug = lto;
        }
        Ok(found)
    }

    fn section(&self, id: SectionId, index: Option<SectionIndex>) -> Result<Section<'d>> {
        let Some(index) = index else { return Ok(Section::new(id, &[])) };
        let header = self.header_of(index).map_err(|error| error.at(id, 0_u64))?;
        if header.sh_flags(self.endian).contains(elf::SHF_COMPRESSED) {
            return Err(Error::new(ErrorKind::CompressedSection).at(id, 0_u64));
        }
        let data = header
            .data(self.endian, self.data)
            .map_err(|_| damaged("the section lies outside the file").at(id, 0_u64))?;
        Ok(Section::new(id, data))
    }

    fn header_of(&self, index: SectionIndex) -> Result<&'d E::SectionHeader> {
        self.sections.section(index).map_err(|_| damaged("section index out of range"))
    }

    /// Attaches the relocation sections to the sections whose fields they complete.
    fn add_relocations(
        &self,
        image: &mut Image<'d>,
        debug: &DebugSections,
        budget: &mut Budget,
    ) -> Result<()> {
        for section in self.sections.iter() {
            let kind = section.sh_type(self.endian);
            if kind != elf::SHT_REL && kind != elf::SHT_RELA {
                continue;
            }
            let target = section.info_link(self.endian);
            let Some(id) = debug.find(target) else { continue };
            let section_to_complete = match id {
                SectionId::Info => &mut image.info,
                SectionId::StrOffsets => &mut image.str_offsets,
                SectionId::Line => &mut image.line,
                // The others have no fields that refer to anything.
                _ => continue,
            };
            let table = self.relocation_table(section, budget).map_err(|error| error.at(id, 0_u64))?;
            section_to_complete.relocations.add(table, budget)?;
        }
        Ok(())
    }

    fn relocation_table(&self, section: &'d E::SectionHeader, budget: &mut Budget) -> Result<Table<'d>> {
        let cut = |_| damaged("the relocation section is cut or invalid");
        let rel = section.rel(self.endian, self.data).map_err(cut)?;
        let rela = section.rela(self.endian, self.data).map_err(cut)?;
        let (entries, link) = match (rel, rela) {
            (Some((entries, link)), _) => (E::rel(entries), link),
            (None, Some((entries, link))) => (E::rela(entries), link),
            (None, None) => return Err(damaged("the relocation section is of an unknown type")),
        };
        let symbols = self.symbols_of(link)?;
        Table::new(self.header.e_machine(self.endian), self.endian, entries, symbols, budget)
    }

    fn symbols_of(&self, index: SectionIndex) -> Result<Symbols<'d>> {
        if index == SectionIndex(0) {
            return Ok(E::symbols(&[]));
        }
        let symbols = self
            .header_of(index)?
            .data_as_array::<E::Sym, _>(self.endian, self.data)
            .map_err(|_| damaged("the symbol table is cut or invalid"))?;
        Ok(E::symbols(symbols))
    }

    fn symbol_table(&self, index: Option<SectionIndex>, budget: &mut Budget) -> Result<SymbolTable<'d>> {
        let Some(index) = index else { return Ok(SymbolTable::default()) };
        let cut = |what| damaged(what).at(SectionId::Symbols, 0_u64);
        let header = self.header_of(index)?;
        let names = self
            .sections
            .section(header.link(self.endian))
            .and_then(|strings| strings.data(self.endian, self.data))
            .map_err(|_| cut("the symbol table has no names"))?;
        let mut extended_sections: &[object::U32<Endianness>] = &[];
        for section in self.sections.iter() {
            budget.charge_work(1)?;
            if section.sh_type(self.endian) == elf::SHT_SYMTAB_SHNDX && section.link(self.endian) == index {
                extended_sections = section
                    .data_as_array(self.endian, self.data)
                    .map_err(|_| cut("the table of extended section indexes is cut"))?;
            }
        }
        Ok(SymbolTable {
            symbols: self.symbols_of(index).map_err(|error| error.at(SectionId::Symbols, 0_u64))?,
            names,
            extended_sections,
            endian: self.endian,
        })
    }
}

fn damaged(what: &'static str) -> Error {
    Error::new(ErrorKind::Elf(what))
}
