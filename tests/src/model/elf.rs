//! From debug sections to an ELF file: headers, symbols, relocations, compression.

use std::collections::BTreeMap;
use std::io::Write;

use super::bytes::Bytes;
use super::dwarf::{Dwarf, Field};
use super::encoding::{Encoding, Numbers, Packing, Relocations};
use super::form::Section;
use super::types::Model;

const SHT_PROGBITS: u64 = 1;
const SHT_SYMTAB: u64 = 2;
const SHT_STRTAB: u64 = 3;
const SHT_RELA: u64 = 4;
const SHT_REL: u64 = 9;
const SHT_SYMTAB_SHNDX: u64 = 18;
const SHF_COMPRESSED: u64 = 1 << 11;
const SHN_COMMON: u64 = 0xfff2;
const SHN_XINDEX: u64 = 0xffff;
const GLOBAL: u8 = 1 << 4;

/// Where the label is that each debug section has.
const LABEL: u64 = 4;

/// A section in the making.
#[derive(Default)]
struct Part {
    name: String,
    kind: u64,
    flags: u64,
    data: Vec<u8>,
    link: u64,
    info: u64,
    entry_size: u64,
}

/// A symbol in the making.
struct Symbol {
    name: String,
    info: u8,
    section: u64,
    value: u64,
}

/// Writes an object.
pub(super) fn write(
    model: &Model,
    dwarf: &Dwarf,
    rules: &[u8],
    encoding: &Encoding,
    numbers: &mut Numbers,
) -> Vec<u8> {
    let mut file = File { encoding, parts: vec![Part::default()], numbers };
    file.add(".text", SHT_PROGBITS, vec![0x90; 64]);
    if !rules.is_empty() {
        file.add(".discard.gendwarfksyms.kabi_rules", SHT_PROGBITS, rules.to_vec());
    }
    let mut order: Vec<Section> = dwarf.sections.keys().copied().collect();
    if encoding.is_varied {
        file.numbers.shuffle(&mut order);
    }
    let first = file.parts.len();
    let index: BTreeMap<Section, usize> = order.iter().copied().zip(first..).collect();
    for section in order {
        let mut data = dwarf.sections[&section].clone();
        file.prepare(&mut data, dwarf.fields.iter().filter(|field| field.section == section));
        file.add_packed(name(section), data);
    }
    let symbols = file.symbols(model, &index);
    file.add_symbols(&symbols);
    if encoding.relocations != Relocations::Linked {
        let table = file.parts.iter().position(|part| part.kind == SHT_SYMTAB).expect("a symbol table");
        for (&section, &target) in &index {
            let fields = dwarf.fields.iter().filter(|field| field.section == section);
            file.add_relocations(target, table, fields.copied().collect(), &index);
        }
    }
    file.bytes()
}

fn name(section: Section) -> &'static str {
    match section {
        Section::Info => ".debug_info",
        Section::Abbrev => ".debug_abbrev",
        Section::Str => ".debug_str",
        Section::LineStr => ".debug_line_str",
        Section::StrOffsets => ".debug_str_offsets",
        Section::Line => ".debug_line",
    }
}

/// A machine whose relocations of 32 and 64 bits are these.
fn machine(encoding: &Encoding) -> (u64, u64, u64) {
    // x86-64, s390, 386, m68k.
    match (encoding.is_elf64, encoding.is_big_endian) {
        (true, false) => (62, 10, 1),
        (true, true) => (22, 4, 22),
        (false, false) => (3, 1, 0),
        (false, true) => (4, 1, 0),
    }
}

struct File<'e> {
    encoding: &'e Encoding,
    parts: Vec<Part>,
    numbers: &'e mut Numbers,
}

impl File<'_> {
    fn add(&mut self, name: &str, kind: u64, data: Vec<u8>) -> &mut Part {
        self.parts.push(Part { name: name.to_owned(), kind, data, ..Part::default() });
        self.parts.last_mut().expect("a section")
    }

    fn out(&self) -> Bytes {
        Bytes::new(self.encoding.is_big_endian)
    }

    fn word(&self) -> usize {
        if self.encoding.is_elf64 { 8 } else { 4 }
    }

    /// Takes out of fields what relocations add to them.
    fn prepare<'f>(&mut self, data: &mut Vec<u8>, fields: impl Iterator<Item = &'f Field>) {
        let mut out = Bytes { data: std::mem::take(data), is_big_endian: self.encoding.is_big_endian };
        for field in fields {
            match self.encoding.relocations {
                Relocations::Linked => {}
                Relocations::Rel => out.put(field.offset, field.value - self.base(field), field.width),
                Relocations::Rela => out.put(field.offset, 0, field.width),
            }
        }
        *data = out.data;
    }

    /// The value of the symbol that a field's relocation names: a section's, or a label in it.
    fn base(&self, field: &Field) -> u64 {
        let has_label = self.encoding.is_varied && field.value >= LABEL && field.value.is_multiple_of(2);
        if has_label { LABEL } else { 0 }
    }

    fn add_packed(&mut self, name: &str, data: Vec<u8>) {
        let size = data.len() as u64;
        let word = self.word();
        let mut out = self.out();
        let (mut name, mut flags) = (name.to_owned(), SHF_COMPRESSED);
        match self.encoding.packing {
            Packing::Plain => (out.data, flags) = (data, 0),
            Packing::Old => {
                (name, flags) = (name.replace(".debug", ".zdebug"), 0);
                out.raw(b"ZLIB");
                out.raw(&size.to_be_bytes());
                out.raw(&zlib(&data));
            }
            packing => {
                out.uint(if packing == Packing::Zlib { 1 } else { 2 }, 4);
                // In a file of 64 bits, 4 bytes are reserved.
                out.uint(0, word - 4);
                out.uint(size, word);
                out.uint(1, word);
                out.raw(&if packing == Packing::Zlib { zlib(&data) } else { zstd(&data) });
            }
        }
        self.add(&name, SHT_PROGBITS, out.data).flags = flags;
    }

    /// The symbols: those of the debug sections, which relocations name, and those of the model.
    fn symbols(&mut self, model: &Model, index: &BTreeMap<Section, usize>) -> Vec<Symbol> {
        let symbol =
            |name: &str, info, section, value| Symbol { name: name.to_owned(), info, section, value };
        let mut symbols = vec![symbol("", 0, 0, 0)];
        for &section in index.values() {
            symbols.push(symbol("", 3, section as u64, 0));
            symbols.push(symbol(".Llabel", 0, section as u64, LABEL));
        }
        for (number, declared) in model.symbols.iter().enumerate() {
            let value = 8 * number as u64;
            symbols.extend(declared.names().map(|name| symbol(&name, GLOBAL, 1, value)));
            if self.encoding.has_noise {
                // None of these says where a symbol is.
                symbols.push(symbol("symbol0", 0, 1, value));
                symbols.push(symbol("unknown", GLOBAL, 0, 0));
                symbols.push(symbol("symbol0_unknown", GLOBAL, SHN_COMMON, value));
                symbols.push(symbol(&format!("other{number}"), GLOBAL, 1, value));
            }
        }
        symbols
    }

    fn add_symbols(&mut self, symbols: &[Symbol]) {
        let (mut table, mut names, mut extended) = (self.out(), self.out(), self.out());
        names.byte(0);
        let is_extended = self.encoding.is_varied && self.numbers.chance(4);
        for symbol in symbols {
            let name = if symbol.name.is_empty() { 0 } else { names.len() as u64 };
            if name > 0 {
                names.string(&symbol.name);
            }
            let moves = is_extended && symbol.section != SHN_COMMON && symbol.section > 0;
            extended.uint(if moves { symbol.section } else { 0 }, 4);
            let section = if moves { SHN_XINDEX } else { symbol.section };
            table.uint(name, 4);
            if self.encoding.is_elf64 {
                table.raw(&[symbol.info, 0]);
                table.uint(section, 2);
                table.uint(symbol.value, 8);
                table.uint(0, 8);
            } else {
                table.uint(symbol.value, 4);
                table.uint(0, 4);
                table.raw(&[symbol.info, 0]);
                table.uint(section, 2);
            }
        }
        let at = self.parts.len() as u64;
        let entry_size = if self.encoding.is_elf64 { 24 } else { 16 };
        let part = self.add(".symtab", SHT_SYMTAB, table.data);
        (part.link, part.entry_size) = (at + 1, entry_size);
        self.add(".strtab", SHT_STRTAB, names.data);
        if is_extended {
            let part = self.add(".symtab_shndx", SHT_SYMTAB_SHNDX, extended.data);
            (part.link, part.entry_size) = (at, 4);
        }
    }

    fn add_relocations(
        &mut self,
        target: usize,
        table: usize,
        mut fields: Vec<Field>,
        index: &BTreeMap<Section, usize>,
    ) {
        if fields.is_empty() {
            return;
        }
        if self.encoding.is_varied {
            self.numbers.shuffle(&mut fields);
        }
        let is_rela = self.encoding.relocations == Relocations::Rela;
        let (_, narrow, wide) = machine(self.encoding);
        let (word, is_elf64) = (self.word(), self.encoding.is_elf64);
        let mut out = self.out();
        for field in fields {
            let kind = if field.width == 8 { wide } else { narrow };
            // Two symbols for each section stand behind the null symbol, in the order of the map.
            let section = index.keys().position(|&section| section == field.target).expect("a section");
            let base = self.base(&field);
            let symbol = 1 + 2 * section as u64 + u64::from(base > 0);
            out.uint(field.offset as u64, word);
            out.uint(if is_elf64 { symbol << 32 | kind } else { symbol << 8 | kind }, word);
            if is_rela {
                out.uint(field.value - base, word);
            }
        }
        let (prefix, kind) = if is_rela { (".rela", SHT_RELA) } else { (".rel", SHT_REL) };
        let name = format!("{prefix}{}", self.parts[target].name);
        let part = self.add(&name, kind, out.data);
        (part.link, part.info) = (table as u64, target as u64);
        part.entry_size = (if is_rela { 3 } else { 2 }) * word as u64;
    }

    /// The file.
    fn bytes(mut self) -> Vec<u8> {
        let (word, is_elf64) = (self.word(), self.encoding.is_elf64);
        let names_at = self.parts.len();
        let mut names = self.out();
        self.add(".shstrtab", SHT_STRTAB, Vec::new());
        let starts: Vec<usize> = self
            .parts
            .iter()
            .map(|part| {
                names.string(&part.name);
                names.len() - part.name.len() - 1
            })
            .collect();
        self.parts[names_at].data = names.data;

        let header_size = if is_elf64 { 64 } else { 52 };
        let mut out = self.out();
        out.data.resize(header_size, 0);
        let mut headers = self.out();
        for (part, &name) in self.parts.iter().zip(&starts) {
            // Tables are read in place: keep them where they could be.
            out.data.resize(out.len().next_multiple_of(8), 0);
            headers.uint(name as u64, 4);
            headers.uint(part.kind, 4);
            headers.uint(part.flags, word);
            headers.uint(0, word);
            headers.uint(out.len() as u64, word);
            headers.uint(part.data.len() as u64, word);
            headers.uint(part.link, 4);
            headers.uint(part.info, 4);
            headers.uint(1, word);
            headers.uint(part.entry_size, word);
            out.raw(&part.data);
        }
        out.data.resize(out.len().next_multiple_of(8), 0);
        let table = out.len() as u64;
        out.raw(&headers.data);
        let header = self.header(table, names_at as u64);
        out.data[..header.len()].copy_from_slice(&header);
        out.data
    }

    fn header(&self, table: u64, names: u64) -> Vec<u8> {
        let (word, encoding) = (self.word(), self.encoding);
        let (machine, ..) = machine(encoding);
        let mut out = self.out();
        out.raw(b"\x7fELF");
        out.raw(&[1 + u8::from(encoding.is_elf64), 1 + u8::from(encoding.is_big_endian), 1]);
        out.data.resize(16, 0);
        out.uint(if encoding.relocations == Relocations::Linked { 2 } else { 1 }, 2);
        out.uint(machine, 2);
        out.uint(1, 4);
        out.uint(0, word);
        out.uint(0, word);
        out.uint(table, word);
        out.uint(0, 4);
        let (header, entry) = if encoding.is_elf64 { (64, 64) } else { (52, 40) };
        for field in [header, 0, 0, entry, self.parts.len() as u64, names] {
            out.uint(field, 2);
        }
        out.data
    }
}

fn zlib(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(data).expect("memory");
    encoder.finish().expect("memory")
}

fn zstd(data: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(data, ruzstd::encoding::CompressionLevel::Fastest)
}
