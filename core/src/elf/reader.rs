//! Reading an object: its headers, and which sections are those that are needed.

use alloc::vec::Vec;

use gimli::RunTimeEndian;
use object::elf;
use object::read::SectionIndex;
use object::read::elf::{CompressionHeader, FileHeader, SectionHeader, SectionTable};
use object::{Endianness, ReadRef};

use crate::budget::{Budget, Spendable};
use crate::error::{Error, ErrorKind, Result, SectionId};
use crate::limits::{Limit, Limits};

use super::entries::Entries;
use super::image::{DEBUG_SECTIONS, Image};
use super::links::Links;
use super::section::{Compression, Packed, Section};
use super::symbols::{SymbolTable, Symbols};
use super::table::Table;

impl<'d> Image<'d> {
    /// Finds the sections of an ELF object.
    ///
    /// # Errors
    /// A file that is not an ELF object; damaged headers; a limit.
    pub fn parse(data: &'d [u8], limits: &Limits) -> Result<Image<'d>> {
        let budget = &mut Budget::new(limits);
        let mut image = Image::read(data, false, budget)?;
        image.spent = budget.spent();
        Ok(image)
    }

    /// Finds the sections of split DWARF, in a `.dwo` file, a package of them or an object that has its own.
    ///
    /// # Errors
    /// As in [`Image::parse`].
    pub fn parse_split(data: &'d [u8], limits: &Limits) -> Result<Image<'d>> {
        let budget = &mut Budget::new(limits);
        let mut image = Image::read_split(data, budget)?;
        image.spent = budget.spent();
        Ok(image)
    }

    /// The same at the expense of somebody else: the image itself has cost nothing.
    pub(crate) fn read_split(data: &'d [u8], budget: &mut Budget) -> Result<Image<'d>> {
        Image::read(data, true, budget)
    }

    fn read(data: &'d [u8], is_split: bool, budget: &mut Budget) -> Result<Image<'d>> {
        match class(data)? {
            elf::ELFCLASS32 => Reader::<elf::FileHeader32<Endianness>>::new(data)?.image(is_split, budget),
            _ => Reader::<elf::FileHeader64<Endianness>>::new(data)?.image(is_split, budget),
        }
    }
}

/// The class of an ELF file: 32 or 64 bits.
///
/// # Errors
/// A file that is something else.
pub(super) fn class(data: &[u8]) -> Result<elf::FileClass> {
    if data.is_empty() {
        return Err(Error::new(ErrorKind::EmptyFile));
    }
    if data.starts_with(b"!<arch>\n") || data.starts_with(b"!<thin>\n") {
        return Err(Error::new(ErrorKind::Archive));
    }
    if data.starts_with(b"BC\xc0\xde") {
        return Err(Error::new(ErrorKind::Bitcode));
    }
    if !data.starts_with(&elf::ELFMAG) {
        return Err(Error::new(ErrorKind::NotElf));
    }
    match data.get(4).map(|&class| elf::FileClass(class)) {
        Some(class @ (elf::ELFCLASS32 | elf::ELFCLASS64)) => Ok(class),
        _ => Err(damaged("unknown class")),
    }
}

/// Where the sections are that are needed.
#[derive(Debug, Default)]
struct SectionIndexes {
    debug: DebugSections,
    kabi_rules: Vec<SectionIndex>,
    symbols: Option<SectionIndex>,
}

/// The sections of DWARF.
#[derive(Debug, Default)]
struct DebugSections {
    info: Vec<SectionIndex>,
    types: Vec<SectionIndex>,
    /// The first section of each name, in the order of [`DEBUG_SECTIONS`].
    others: [Option<SectionIndex>; DEBUG_SECTIONS.len()],
    /// Whether they are those of split DWARF.
    is_split: bool,
}

impl DebugSections {
    fn add(&mut self, name: &[u8], index: SectionIndex, budget: &mut Budget) -> Result<()> {
        // Sections that are compressed in the old way have names of their own.
        let is = |id: SectionId| {
            let own = id.name().as_bytes();
            own == name || (name.starts_with(b".z") && own.get(1..) == name.get(2..))
        };
        if is(SectionId::Info) {
            return budget.push(&mut self.info, index);
        }
        if is(SectionId::Types) {
            return budget.push(&mut self.types, index);
        }
        for (&id, slot) in DEBUG_SECTIONS.iter().zip(&mut self.others) {
            if is(id) {
                slot.get_or_insert(index);
            }
        }
        Ok(())
    }
}

/// What differs between 32 and 64 bits.
pub(super) trait Class: FileHeader<Endian = Endianness> {
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
pub(super) struct Reader<'d, E: Class> {
    pub(super) data: &'d [u8],
    pub(super) header: &'d E,
    pub(super) endian: Endianness,
    pub(super) sections: SectionTable<'d, E>,
    /// The names of sections.
    names: &'d [u8],
}

impl<'d, E: Class> Reader<'d, E> {
    pub(super) fn new(data: &'d [u8]) -> Result<Reader<'d, E>> {
        let header = E::parse(data).map_err(|_| damaged("the header is cut or invalid"))?;
        let endian = header.endian().map_err(|_| damaged("unknown byte order"))?;
        let sections = header
            .sections(endian, data)
            .map_err(|_| damaged("the section header table is cut or invalid"))?;
        let names = header.section_strings_index(endian, data).ok();
        let names = names.and_then(|index| sections.section(index).ok()?.data(endian, data).ok());
        Ok(Reader { data, header, endian, sections, names: names.unwrap_or_default() })
    }

    /// A section's name; that of a section that nobody needs may be cut.
    pub(super) fn name(&self, section: &E::SectionHeader) -> &'d [u8] {
        const LONGEST: usize = 64;
        let start = usize::try_from(section.sh_name(self.endian)).ok();
        let rest = start.and_then(|start| self.names.get(start..)).unwrap_or_default();
        let rest = rest.get(..LONGEST).unwrap_or(rest);
        memchr::memchr(0, rest).and_then(|end| rest.get(..end)).unwrap_or(rest)
    }

    fn image(&self, is_split: bool, budget: &mut Budget) -> Result<Image<'d>> {
        let found = self.find_sections(is_split, budget)?;
        let mut kabi_rules = Vec::new();
        for &index in &found.kabi_rules {
            let section = self.section(SectionId::KabiRules, Some(index))?;
            section.check_unpacked()?;
            budget.push(&mut kabi_rules, section)?;
        }
        let mut units = Vec::new();
        for (id, indexes) in [(SectionId::Info, &found.debug.info), (SectionId::Types, &found.debug.types)] {
            for &index in indexes {
                budget.push(&mut units, self.section(id, Some(index))?)?;
            }
        }
        let mut debug = DEBUG_SECTIONS.map(|id| Section::new(id, &[]));
        for (section, &index) in debug.iter_mut().zip(&found.debug.others) {
            *section = self.section(section.id, index)?;
        }
        if self.header.e_type(self.endian) == elf::ET_REL {
            self.add_relocations(units.iter_mut().chain(&mut debug), budget)?;
        }
        Ok(Image {
            endian: match self.endian {
                Endianness::Little => RunTimeEndian::Little,
                Endianness::Big => RunTimeEndian::Big,
            },
            units,
            debug,
            kabi_rules,
            symbols: self.symbol_table(found.symbols, budget)?,
            links: self.links(budget)?,
            is_split: found.debug.is_split,
            spent: Spendable::default(),
        })
    }

    /// Reads the sections that name other files; what is wrong with them shows when they are needed.
    fn links(&self, budget: &mut Budget) -> Result<Links<'d>> {
        let mut links = Links::default();
        for section in self.sections.iter() {
            budget.charge_work(1)?;
            let data = || section.data(self.endian, self.data).unwrap_or_default();
            match self.name(section) {
                b".gnu_debuglink" => links.set_debug_link(data(), self.endian),
                b".gnu_debugaltlink" => links.set_alternate(data()),
                b".debug_sup" => links.set_supplementary(data(), self.endian),
                b".debug_addr" => links.may_be_split = true,
                b".debug_cu_index" => links.package_units = Some(data()),
                b".debug_tu_index" => links.package_types = Some(data()),
                b".note.gnu.build-id" if links.build_id.is_none() => {
                    links.build_id = self.build_id(section, budget)?;
                }
                _ => {}
            }
        }
        Ok(links)
    }

    fn build_id(&self, section: &'d E::SectionHeader, budget: &mut Budget) -> Result<Option<&'d [u8]>> {
        // There is one note in it, of a few bytes.
        const LONGEST: usize = 4096;
        if section.data(self.endian, self.data).is_ok_and(|data| data.len() > LONGEST) {
            return Ok(None);
        }
        let notes = section.notes(self.endian, self.data).ok().flatten();
        for note in notes.into_iter().flatten().map_while(|note| note.ok()) {
            budget.charge_work(1)?;
            if note.name() == elf::ELF_NOTE_GNU && note.n_type(self.endian) == elf::NT_GNU_BUILD_ID {
                return Ok(Some(note.desc()));
            }
        }
        Ok(None)
    }

    fn find_sections(&self, is_split: bool, budget: &mut Budget) -> Result<SectionIndexes> {
        let mut found = SectionIndexes::default();
        let mut lto = DebugSections::default();
        let mut split = DebugSections { is_split: true, ..DebugSections::default() };
        for (index, section) in self.sections.enumerate() {
            budget.charge_work(1)?;
            if section.sh_type(self.endian) == elf::SHT_SYMTAB {
                found.symbols.get_or_insert(index);
                continue;
            }
            let name = self.name(section);
            if name == SectionId::KabiRules.name().as_bytes() {
                budget.push(&mut found.kabi_rules, index)?;
            } else if let Some(name) = name.strip_prefix(b".gnu.debuglto_") {
                lto.add(name, index, budget)?;
            } else if let Some(name) = name.strip_suffix(b".dwo") {
                split.add(name, index, budget)?;
            } else {
                found.debug.add(name, index, budget)?;
            }
        }
        // An object of which link-time optimisation has yet to make code keeps its DWARF apart.
        let order = if is_split { [split, found.debug, lto] } else { [found.debug, lto, split] };
        // Where nothing has units, `dwz` may have moved strings alone.
        let has_units = |sections: &DebugSections| !sections.info.is_empty() || !sections.types.is_empty();
        let chosen = order.iter().position(has_units).unwrap_or(0);
        found.debug = order.into_iter().nth(chosen).unwrap_or_default();
        Ok(found)
    }

    fn section(&self, id: SectionId, index: Option<SectionIndex>) -> Result<Section<'d>> {
        let mut section = Section::new(id, &[]);
        let Some(index) = index else { return Ok(section) };
        section.index = index.0;
        let start = section.place(0);
        let header = self.header_of(index).map_err(|error| error.at(start))?;
        let outside = |_| damaged("the section lies outside the file").at(start);
        if let Some((compression, offset, size)) = header
            .compression(self.endian, self.data)
            .map_err(|_| damaged("the header of the compressed section is cut").at(start))?
        {
            let method = match compression.ch_type(self.endian) {
                elf::ELFCOMPRESS_ZLIB => Compression::Zlib,
                elf::ELFCOMPRESS_ZSTD => Compression::Zstd,
                method => return Err(Error::new(ErrorKind::UnknownCompression(method.0)).at(start)),
            };
            let data = self.data.read_bytes_at(offset, size).map_err(outside)?;
            let size = compression.ch_size(self.endian).into();
            section.packed = Some(Packed { section: id, compression: method, data, size });
            return Ok(section);
        }
        let data = header.data(self.endian, self.data).map_err(|_| outside(()))?;
        let name = self.name(header);
        match data.strip_prefix(b"ZLIB").and_then(|rest| rest.split_first_chunk::<8>()) {
            Some((size, data)) if name.starts_with(b".z") => {
                let size = u64::from_be_bytes(*size);
                section.packed = Some(Packed { section: id, compression: Compression::Zlib, data, size });
            }
            _ => section.data = data,
        }
        Ok(section)
    }

    fn header_of(&self, index: SectionIndex) -> Result<&'d E::SectionHeader> {
        self.sections.section(index).map_err(|_| damaged("section index out of range"))
    }

    /// Attaches the relocation sections to the sections whose fields they complete.
    fn add_relocations<'s>(
        &self,
        sections: impl Iterator<Item = &'s mut Section<'d>>,
        budget: &mut Budget,
    ) -> Result<()>
    where
        'd: 's,
    {
        let mut targets: Vec<&mut Section<'d>> = Vec::new();
        for section in sections {
            budget.push(&mut targets, section)?;
        }
        targets.sort_unstable_by_key(|section| section.index);
        let mut count: usize = 0;
        for section in self.sections.iter() {
            let kind = section.sh_type(self.endian);
            if kind != elf::SHT_REL && kind != elf::SHT_RELA && kind != elf::SHT_CREL {
                continue;
            }
            let info = section.info_link(self.endian);
            let target = targets.binary_search_by_key(&info.0, |section| section.index).ok();
            let Some(target) = target.and_then(|at| targets.get_mut(at)) else {
                if self.is_of_debug(section, info) {
                    return Err(damaged("a section of relocations is of another one than its name says"));
                }
                continue;
            };
            let place = target.place(0);
            let table = match self.relocation_table(section, budget) {
                Ok(table) => table,
                // Strings and abbreviations have no fields that refer to anything: nobody needs what is damaged there.
                Err(_) if !target.id.has_fields() => continue,
                Err(error) => return Err(error.at(place)),
            };
            count = count.saturating_add(table.len());
            let checked = budget.check(Limit::Relocations, count);
            checked.and_then(|()| target.relocations.add(table, budget)).map_err(|error| error.at(place))?;
        }
        Ok(())
    }

    /// Whether a section of relocations, by its name, completes a debug section that is not the one which it says.
    fn is_of_debug(&self, section: &E::SectionHeader, info: SectionIndex) -> bool {
        let name = self.name(section);
        let target = name.strip_prefix(b".rela").or_else(|| name.strip_prefix(b".rel"));
        let Some(target) = target.filter(|name| *name == SectionId::Info.name().as_bytes()) else {
            return false;
        };
        self.sections.section(info).map_or(b"".as_slice(), |section| self.name(section)) != target
    }

    pub(super) fn relocation_table(
        &self,
        section: &'d E::SectionHeader,
        budget: &mut Budget,
    ) -> Result<Table<'d>> {
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
        let header = self.header_of(index)?;
        let kind = header.sh_type(self.endian);
        if kind != elf::SHT_SYMTAB && kind != elf::SHT_DYNSYM {
            return Err(damaged("what should be a symbol table is none"));
        }
        let symbols = header
            .data_as_array::<E::Sym, _>(self.endian, self.data)
            .map_err(|_| damaged("the symbol table is cut or invalid"))?;
        Ok(E::symbols(symbols))
    }

    /// The names of symbols: strings with NUL before the first and behind the last.
    fn symbol_names(&self, index: SectionIndex) -> Result<&'d [u8]> {
        let missing = |_| damaged("the symbol table has no names");
        let strings = self.sections.section(index).map_err(missing)?;
        if strings.sh_type(self.endian) != elf::SHT_STRTAB {
            return Err(damaged("what should be the symbols' names is no table of strings"));
        }
        let names = strings.data(self.endian, self.data).map_err(missing)?;
        match names {
            [] | [0] | [0, .., 0] => Ok(names),
            _ => Err(damaged("the symbols' names are cut, or moved")),
        }
    }

    pub(super) fn symbol_table(
        &self,
        index: Option<SectionIndex>,
        budget: &mut Budget,
    ) -> Result<SymbolTable<'d>> {
        let Some(index) = index else { return Ok(SymbolTable::default()) };
        let place = Section::new(SectionId::Symbols, &[]).place(0);
        let cut = |what| damaged(what).at(place);
        let header = self.header_of(index)?;
        let names = self.symbol_names(header.link(self.endian)).map_err(|error| error.at(place))?;
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
            symbols: self.symbols_of(index).map_err(|error| error.at(place))?,
            names,
            extended_sections,
            endian: self.endian,
        })
    }
}

pub(super) fn damaged(what: &'static str) -> Error {
    Error::new(ErrorKind::Elf(what))
}
