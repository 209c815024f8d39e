//! Objects made byte by byte, for tests that no compiler's output can serve.

use std::slice;

/// A minimal ELF object: 64 bits, little endian, relocatable.
#[derive(Clone, Debug, Default)]
pub struct Object {
    sections: Vec<Section>,
    symbols: Vec<Symbol>,
}

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

/// `SHT_PROGBITS`, `SHT_SYMTAB`, `SHT_STRTAB` and `SHT_RELA`.
const CONTENTS: u64 = 1;
const SYMBOLS: u64 = 2;
const STRINGS: u64 = 3;
const RELOCATIONS: u64 = 4;

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
        let set_32_bits = 10_u64;
        let entry =
            |&(offset, number): &(u64, u64)| [offset, set_32_bits, number].map(u64::to_le_bytes).concat();
        let bytes = relocations.iter().flat_map(entry).collect();
        let about = self.sections.iter().position(|section| section.name == ".debug_info");
        let about = about.map_or(0, |position| position as u64 + 1);
        self.sections.push(Section { name: ".rela.debug_info", kind: RELOCATIONS, about, bytes });
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

    /// Adds a symbol.
    pub fn symbol(&mut self, name: &str, binding: u8, section: u16, value: u64) {
        self.symbols.push(Symbol { name: name.to_owned(), binding, section, value });
    }

    /// The symbol table and its names.
    fn symbol_table(&self) -> [Section; 2] {
        let mut names = vec![0];
        let mut table = vec![0; 24];
        for symbol in &self.symbols {
            table.extend((names.len() as u32).to_le_bytes());
            table.extend([symbol.binding << 4, 0]);
            table.extend(symbol.section.to_le_bytes());
            table.extend(symbol.value.to_le_bytes());
            table.extend(0_u64.to_le_bytes());
            names.extend(symbol.name.bytes().chain([0]));
        }
        [
            Section { name: ".symtab", kind: SYMBOLS, about: 0, bytes: table },
            Section { name: ".strtab", kind: STRINGS, about: 0, bytes: names },
        ]
    }

    /// The object's bytes.
    pub fn bytes(&self) -> Vec<u8> {
        let mut out = vec![0; 64];
        let mut names = vec![0];
        // Name, type, flags, address, offset, size, link, information, alignment, size of an entry.
        let mut headers = vec![[0_u64; 10]];
        let last = Section { name: ".shstrtab", kind: STRINGS, about: 0, bytes: Vec::new() };
        let table = if self.symbols.is_empty() { Vec::new() } else { self.symbol_table().to_vec() };
        for section in self.sections.iter().chain(&table).chain([&last]) {
            let start = names.len() as u64;
            names.extend(section.name.bytes().chain([0]));
            let bytes = if section.name == last.name { &names } else { &section.bytes };
            let place = [out.len() as u64, bytes.len() as u64];
            // The names of a symbol table are behind it.
            let is_table = section.kind == SYMBOLS;
            let (link, entry) = if is_table { (headers.len() as u64 + 1, 24) } else { (0, 0) };
            headers.push([start, section.kind, 0, 0, place[0], place[1], link, section.about, 1, entry]);
            out.extend(bytes);
        }
        let table = out.len() as u64;
        for header in &headers {
            for (at, &field) in header.iter().enumerate() {
                let is_word = matches!(at, 0 | 1 | 6 | 7);
                out.extend(&field.to_le_bytes()[..if is_word { 4 } else { 8 }]);
            }
        }
        out[..16].copy_from_slice(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0");
        out[16..24].copy_from_slice(&[1, 0, 62, 0, 1, 0, 0, 0]);
        out[40..48].copy_from_slice(&table.to_le_bytes());
        out[52..54].copy_from_slice(&64_u16.to_le_bytes());
        out[58..60].copy_from_slice(&64_u16.to_le_bytes());
        let count = headers.len() as u16;
        out[60..62].copy_from_slice(&count.to_le_bytes());
        out[62..64].copy_from_slice(&(count - 1).to_le_bytes());
        out
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
