//! Objects made byte by byte, for tests that no compiler's output can serve.

use std::slice;

/// A minimal ELF object: 64 bits, little endian, relocatable, unless its manner says otherwise.
#[derive(Clone, Debug, Default)]
pub struct Object {
    /// How it is written.
    pub manner: Manner,
    sections: Vec<Section>,
    symbols: Vec<Symbol>,
}

/// How a machine and its linker write files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Manner {
    /// Whether addresses have 64 bits.
    pub is_64: bool,
    /// The byte order.
    pub is_big_endian: bool,
    /// `e_machine`.
    pub machine: u16,
    /// The relocation that sets 32 bits.
    pub relocation: u64,
    /// Whether relocations have what is added, or their fields.
    pub has_addends: bool,
    /// Whether it is linked: sections have addresses, and nothing is left to relocations.
    pub is_linked: bool,
}

impl Manner {
    /// An object for x86-64.
    pub const X86_64: Manner = Manner {
        is_64: true,
        is_big_endian: false,
        machine: 62,
        relocation: 10,
        has_addends: true,
        is_linked: false,
    };
    /// Objects for S/390, ARM and big-endian MIPS: all that words and byte orders can be.
    pub const ALL: [Manner; 4] = [
        Manner::X86_64,
        Manner { is_big_endian: true, machine: 22, relocation: 4, ..Manner::X86_64 },
        Manner { is_64: false, machine: 40, relocation: 2, has_addends: false, ..Manner::X86_64 },
        Manner {
            is_64: false,
            is_big_endian: true,
            machine: 8,
            relocation: 2,
            has_addends: false,
            ..Manner::X86_64
        },
    ];

    /// The bytes of a number.
    pub fn number(self, value: u64, width: usize) -> Vec<u8> {
        match self.is_big_endian {
            true => value.to_be_bytes()[8 - width..].to_vec(),
            false => value.to_le_bytes()[..width].to_vec(),
        }
    }

    /// The bytes of an address.
    pub fn word(self) -> usize {
        if self.is_64 { 8 } else { 4 }
    }

    /// Where a section is, by its index.
    pub fn address(self, section: u16) -> u64 {
        let start = match (self.is_linked, self.is_64) {
            (false, _) => return 0,
            (true, true) => 0xffff_ffff_8100_0000,
            (true, false) => 0x8100_0000,
        };
        start + u64::from(section) * 0x1_0000
    }
}

impl Default for Manner {
    fn default() -> Manner {
        Manner::X86_64
    }
}

/// A relocation: where it is in its section, the index of a symbol, and what is added to it.
pub type Relocation = (u64, usize, u64);

#[derive(Clone, Debug)]
struct Symbol {
    name: String,
    binding: u8,
    section: u16,
    value: u64,
}

/// Bindings of symbols: `STB_LOCAL`, `STB_GLOBAL` and `STB_WEAK`.
pub const LOCAL: u8 = 0;
/// See [`LOCAL`].
pub const GLOBAL: u8 = 1;
/// See [`LOCAL`].
pub const WEAK: u8 = 2;

/// Where a symbol is that is in no section: elsewhere, or nowhere.
pub const UNDEFINED: u16 = 0;
/// See [`UNDEFINED`].
pub const ABSOLUTE: u16 = 0xfff1;

#[derive(Clone, Debug)]
struct Section {
    name: &'static str,
    kind: u64,
    /// The section that this one is about, by its index; 0 if there is none.
    about: u64,
    bytes: Vec<u8>,
}

/// `SHT_PROGBITS`, `SHT_SYMTAB`, `SHT_STRTAB`, `SHT_RELA` and `SHT_REL`.
const CONTENTS: u64 = 1;
const SYMBOLS: u64 = 2;
const STRINGS: u64 = 3;
const RELOCATIONS: u64 = 4;
const RELOCATIONS_OF_FIELDS: u64 = 9;

impl Object {
    /// An object with the DWARF of one unit.
    pub fn with_unit(unit: &Unit) -> Object {
        Object::with_units(slice::from_ref(unit))
    }

    /// An object with the DWARF of several units.
    pub fn with_units(units: &[Unit]) -> Object {
        Object::with_dwarf(abbreviations(), units.iter().flat_map(Unit::bytes).collect())
    }

    /// An object with these bytes for DWARF.
    pub fn with_dwarf(abbreviations: Vec<u8>, info: Vec<u8>) -> Object {
        let mut object = Object::default();
        object.add(".debug_abbrev", abbreviations);
        object.add(".debug_info", info);
        object
    }

    /// An object with the DWARF of one unit, whose abbreviations begin at `offset`: what the unit's header says of
    /// it needs a relocation.
    pub fn with_abbreviations_at(offset: usize, unit: &Unit) -> Object {
        Object::with_dwarf([vec![0xff; offset], abbreviations()].concat(), unit.bytes())
    }

    /// Adds relocations of `.debug_info` that set a word at an offset to a number.
    pub fn relocate(&mut self, relocations: &[(u64, u64)]) {
        let about = self.sections.iter().position(|section| section.name == ".debug_info");
        let about = about.map_or(0, |position| position as u16 + 1);
        let relocations: Vec<Relocation> =
            relocations.iter().map(|&(offset, number)| (offset, 0, number)).collect();
        self.relocate_section(about, &relocations);
    }

    /// Adds relocations of a section, by its index.
    pub fn relocate_section(&mut self, about: u16, relocations: &[Relocation]) {
        let (manner, word) = (self.manner, self.manner.word());
        let mut bytes = Vec::new();
        for &(offset, symbol, addend) in relocations {
            let info = (symbol as u64) << if manner.is_64 { 32 } else { 8 } | manner.relocation;
            bytes.extend(manner.number(offset, word));
            bytes.extend(manner.number(info, word));
            if manner.has_addends {
                bytes.extend(manner.number(addend, word));
            }
        }
        let kind = if manner.has_addends { RELOCATIONS } else { RELOCATIONS_OF_FIELDS };
        let name = if manner.has_addends { ".rela" } else { ".rel" };
        self.sections.push(Section { name, kind, about: about.into(), bytes });
    }

    /// Adds a section.
    pub fn add(&mut self, name: &'static str, bytes: Vec<u8>) {
        self.sections.push(Section { name, kind: CONTENTS, about: 0, bytes });
    }

    /// Adds a section; returns its index.
    pub fn section(&mut self, name: &'static str, bytes: Vec<u8>) -> u16 {
        self.add(name, bytes);
        self.sections.len() as u16
    }

    /// The index of the section that is added next.
    pub fn next_section(&self) -> u16 {
        self.sections.len() as u16 + 1
    }

    /// Adds a symbol, at an offset of its section; returns its index.
    pub fn symbol(&mut self, name: &str, binding: u8, section: u16, value: u64) -> usize {
        self.symbols.push(Symbol { name: name.to_owned(), binding, section, value });
        self.symbols.len()
    }

    /// The symbol table and its names.
    fn symbol_table(&self) -> [Section; 2] {
        let manner = self.manner;
        let mut names = vec![0];
        let mut table = vec![0; manner.symbol_size()];
        for symbol in &self.symbols {
            let is_placed = symbol.section != UNDEFINED && symbol.section != ABSOLUTE;
            let start = if is_placed { manner.address(symbol.section) } else { 0 };
            let name = manner.number(if symbol.name.is_empty() { 0 } else { names.len() as u64 }, 4);
            let value = manner.number(symbol.value.wrapping_add(start), manner.word());
            let (kind, section) = ([symbol.binding << 4, 0], manner.number(symbol.section.into(), 2));
            let size = vec![0; manner.word()];
            table.extend(match manner.is_64 {
                true => [name, kind.to_vec(), section, value, size].concat(),
                false => [name, value, size, kind.to_vec(), section].concat(),
            });
            names.extend(symbol.name.bytes().chain([0]));
        }
        [
            Section { name: ".symtab", kind: SYMBOLS, about: 0, bytes: table },
            Section { name: ".strtab", kind: STRINGS, about: 0, bytes: names },
        ]
    }

    /// The object's bytes.
    pub fn bytes(&self) -> Vec<u8> {
        const LOADED: u64 = 2;
        let manner = self.manner;
        let mut out = vec![0; manner.header_size()];
        let mut names = vec![0];
        let mut headers = vec![0; manner.section_header_size()];
        let last = Section { name: ".shstrtab", kind: STRINGS, about: 0, bytes: Vec::new() };
        let table = if self.symbols.is_empty() { Vec::new() } else { self.symbol_table().to_vec() };
        let sections = || self.sections.iter().chain(&table).chain([&last]);
        let symbols = self.sections.len() as u64 + 1;
        for (index, section) in (1..).zip(sections()) {
            let start = names.len() as u64;
            names.extend(section.name.bytes().chain([0]));
            let bytes = if section.name == last.name { &names } else { &section.bytes };
            let (link, entry) = match section.kind {
                // The names of a symbol table are behind it.
                SYMBOLS => (symbols + 1, manner.symbol_size()),
                RELOCATIONS | RELOCATIONS_OF_FIELDS if !table.is_empty() => (symbols, 0),
                _ => (0, 0),
            };
            let (flags, address) = match (manner.is_linked, section.kind) {
                (true, CONTENTS) => (LOADED, manner.address(index)),
                _ => (0, 0),
            };
            let place = [out.len() as u64, bytes.len() as u64];
            let fields = [
                start,
                section.kind,
                flags,
                address,
                place[0],
                place[1],
                link,
                section.about,
                1,
                entry as u64,
            ];
            headers.extend(manner.section_header(fields));
            out.extend(bytes);
        }
        let header = manner.header(out.len() as u64, sections().count() as u64 + 1);
        out[..header.len()].copy_from_slice(&header);
        out.extend(headers);
        out
    }
}

impl Manner {
    fn header_size(self) -> usize {
        if self.is_64 { 64 } else { 52 }
    }

    fn section_header_size(self) -> usize {
        if self.is_64 { 64 } else { 40 }
    }

    fn symbol_size(self) -> usize {
        if self.is_64 { 24 } else { 16 }
    }

    /// Name, type, flags, address, offset, size, link, information, alignment, size of an entry.
    fn section_header(self, fields: [u64; 10]) -> Vec<u8> {
        let width = |at| if matches!(at, 0 | 1 | 6 | 7) { 4 } else { self.word() };
        fields.iter().enumerate().flat_map(|(at, &field)| self.number(field, width(at))).collect()
    }

    /// The header of a file whose section headers are at an offset; the last of so many is of names.
    fn header(self, headers: u64, count: u64) -> Vec<u8> {
        let word = self.word();
        let class = [1 + u8::from(self.is_64), 1 + u8::from(self.is_big_endian), 1];
        let kind = if self.is_linked { 2 } else { 1 };
        let fields = [
            (kind, 2),
            (self.machine.into(), 2),
            (1, 4),
            (0, word),
            (0, word),
            (headers, word),
            (0, 4),
            (self.header_size() as u64, 2),
            (0, 2),
            (0, 2),
            (self.section_header_size() as u64, 2),
            (count, 2),
            (count - 1, 2),
        ];
        let fields: Vec<u8> = fields.iter().flat_map(|&(value, width)| self.number(value, width)).collect();
        [b"\x7fELF", &class[..], &[0; 9], &fields].concat()
    }
}

/// The DIEs of a unit of DWARF 4. Offsets are from the unit's start, as references need them.
#[derive(Clone, Debug)]
pub struct Unit(Vec<u8>);

/// The size of a unit's header.
const HEADER: usize = 11;

impl Default for Unit {
    fn default() -> Unit {
        let mut unit = Unit(vec![0; HEADER]);
        unit.0.push(1);
        unit
    }
}

/// The bytes of a unit of DWARF 4 with these DIEs, and its abbreviations at the beginning of their section.
pub fn unit(dies: &[u8]) -> Vec<u8> {
    let length = (dies.len() + HEADER - 4) as u32;
    [&length.to_le_bytes()[..], &[4, 0, 0, 0, 0, 0, 8], dies].concat()
}

/// The shapes of DIEs, by code.
fn abbreviations() -> Vec<u8> {
    const NAME: [u8; 2] = [0x03, 0x08];
    const TYPE: [u8; 2] = [0x49, 0x13];
    const SIZE: [u8; 2] = [0x0b, 0x0b];
    let shapes: [(u8, u8, &[[u8; 2]]); 10] = [
        (0x11, 1, &[]),
        (0x34, 0, &[NAME, TYPE]),
        (0x0f, 0, &[TYPE]),
        (0x24, 0, &[NAME, SIZE]),
        (0x39, 1, &[NAME]),
        (0x13, 1, &[NAME]),
        (0x0d, 0, &[TYPE]),
        (0x13, 1, &[]),
        (0x16, 0, &[NAME, TYPE]),
        (0x26, 0, &[TYPE]),
    ];
    let mut out = Vec::new();
    for (code, (tag, children, specs)) in (1..).zip(shapes) {
        out.extend([code, tag, children]);
        out.extend(specs.iter().flatten());
        out.extend([0, 0]);
    }
    out.push(0);
    out
}

impl Unit {
    /// Where the next DIE will be.
    pub fn offset(&self) -> u32 {
        self.0.len() as u32
    }

    fn bytes(&self) -> Vec<u8> {
        unit(&[&self.0[HEADER..], &[0]].concat())
    }

    fn die(&mut self, code: u8, name: Option<&str>, target: Option<u32>) {
        self.0.push(code);
        if let Some(name) = name {
            self.0.extend(name.bytes().chain([0]));
        }
        if let Some(target) = target {
            self.0.extend(target.to_le_bytes());
        }
    }

    /// A variable.
    pub fn variable(&mut self, name: &str, target: u32) {
        self.die(2, Some(name), Some(target));
    }

    /// A pointer, of 5 bytes.
    pub fn pointer(&mut self, target: u32) {
        self.die(3, None, Some(target));
    }

    /// A base type of 4 bytes.
    pub fn base_type(&mut self, name: &str) {
        self.die(4, Some(name), None);
        self.0.push(4);
    }

    /// A namespace, whose children follow.
    pub fn namespace(&mut self, name: &str) {
        self.die(5, Some(name), None);
    }

    /// A structure, whose children follow.
    pub fn structure(&mut self, name: Option<&str>) {
        self.die(if name.is_some() { 6 } else { 8 }, name, None);
    }

    /// A member without a name, of 5 bytes.
    pub fn member(&mut self, target: u32) {
        self.die(7, None, Some(target));
    }

    /// A typedef.
    pub fn typedef(&mut self, name: &str, target: u32) {
        self.die(9, Some(name), Some(target));
    }

    /// A type that is constant, of 5 bytes.
    pub fn constant(&mut self, target: u32) {
        self.die(10, None, Some(target));
    }

    /// The end of a DIE's children.
    pub fn end(&mut self) {
        self.0.push(0);
    }
}
