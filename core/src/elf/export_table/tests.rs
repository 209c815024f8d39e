//! Kernels and modules without the symbols that name exports, made byte by byte in every layout that there has been.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use crate::elf::{Exported, Linkage};
use crate::limits::Limits;

/// How a machine and its compiler write tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Manner {
    is_64: bool,
    is_little: bool,
    machine: u16,
    /// What fields are written with: the relocation, and of a sum and a difference that of the difference.
    relocation: (u32, Option<u32>),
    has_addends: bool,
}

/// How versions are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Numbers {
    None,
    /// Numbers of 32 bits.
    Here,
    /// Values of symbols.
    Symbols,
    /// The same, as wide as an address.
    WideSymbols,
    /// At a distance.
    Far,
}

/// What is made.
#[derive(Clone, Copy, Debug)]
struct Shape {
    manner: Manner,
    kind: Kind,
    is_relative: bool,
    has_namespaces: bool,
    numbers: Numbers,
    has_flags: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Module,
    Kernel,
    /// A kernel whose linker left addresses to `.rela.dyn`.
    Moved,
}

const X86_64: Manner =
    Manner { is_64: true, is_little: true, machine: 62, relocation: (1, None), has_addends: true };
const MANNERS: [Manner; 7] = [
    X86_64,
    // Arm, and MIPS of both byte orders: 32 bits, addends in the fields.
    Manner { is_64: false, is_little: true, machine: 40, relocation: (2, None), has_addends: false },
    Manner { is_64: false, is_little: true, machine: 8, relocation: (2, None), has_addends: false },
    Manner { is_64: false, is_little: false, machine: 8, relocation: (2, None), has_addends: false },
    // S/390, 32-bit PowerPC, and RISC-V, where a distance is a sum and a difference.
    Manner { is_64: true, is_little: false, machine: 22, relocation: (5, None), has_addends: true },
    Manner { is_64: false, is_little: false, machine: 20, relocation: (26, None), has_addends: true },
    Manner { is_64: true, is_little: true, machine: 243, relocation: (35, Some(39)), has_addends: true },
];

const STRINGS: &[u8] = b"plain\0\0spaced\0NS\0licensed\0\0";
/// Name and namespace of each export, by their places in [`STRINGS`], and its version; the last one is for the GPL.
const EXPORTS: [(u64, u64, u32); 3] = [(0, 6, 0x1122_3344), (7, 14, 0x8000_0002), (17, 26, 7)];

/// The sections, by index.
const TEXT: u64 = 1;
const NAMES: u64 = 2;
const TABLE: u64 = 3;
const TABLE_GPL: u64 = 4;
const CRCS: u64 = 5;
const CRCS_GPL: u64 = 6;
const RODATA: u64 = 7;
/// Symbols of a module: the sections with these indexes have those; behind them are those of versions.
const FIRST_VERSION: u64 = 8;

struct Section {
    name: &'static str,
    kind: u64,
    flags: u64,
    bytes: Vec<u8>,
    link: u64,
    info: u64,
}

struct Writer {
    shape: Shape,
    /// For each section that has fields: the section, offset, symbol and addend.
    relocations: Vec<(u64, u64, u64, u64)>,
}

impl Writer {
    fn number(&self, value: u64, width: usize) -> Vec<u8> {
        match self.shape.manner.is_little {
            true => value.to_le_bytes()[..width].to_vec(),
            false => value.to_be_bytes()[8 - width..].to_vec(),
        }
    }

    fn word(&self) -> usize {
        if self.shape.manner.is_64 { 8 } else { 4 }
    }

    fn address(&self, section: u64) -> u64 {
        let start = if self.shape.manner.is_64 { 0xffff_ffff_8100_0000 } else { 0x8100_0000 };
        start + section * 0x1000
    }

    /// Appends a field that leads to a place.
    fn field(
        &mut self,
        out: &mut Vec<u8>,
        section: u64,
        target: (u64, u64),
        is_relative: bool,
        width: usize,
    ) {
        let offset = out.len() as u64;
        let bytes = match self.shape.kind {
            Kind::Module => {
                self.relocations.push((section, offset, target.0, target.1));
                if self.shape.manner.has_addends { 0 } else { target.1 }
            }
            Kind::Moved if !is_relative => {
                let address = self.address(target.0) + target.1;
                self.relocations.push((0, self.address(section) + offset, 0, address));
                0
            }
            _ => {
                let from = if is_relative { self.address(section) + offset } else { 0 };
                (self.address(target.0) + target.1).wrapping_sub(from)
            }
        };
        out.extend(self.number(bytes, width));
    }

    fn entries(&mut self, section: u64, exports: &[(u64, u64, u32)]) -> Vec<u8> {
        let Shape { is_relative, has_namespaces, .. } = self.shape;
        let width = if is_relative { 4 } else { self.word() };
        let mut out = Vec::new();
        for &(name, namespace, _) in exports {
            self.field(&mut out, section, (TEXT, 8), is_relative, width);
            self.field(&mut out, section, (NAMES, name), is_relative, width);
            if has_namespaces && STRINGS[namespace as usize] == 0 {
                // Some kernels have nothing in the place of no namespace.
                out.extend(vec![0; width]);
            } else if has_namespaces {
                self.field(&mut out, section, (NAMES, namespace), is_relative, width);
            }
        }
        out
    }

    /// Versions, of exports from a position on.
    fn versions(&mut self, section: u64, first: usize, count: usize) -> Vec<u8> {
        let mut out = Vec::new();
        for (at, (.., version)) in EXPORTS.iter().enumerate().skip(first).take(count) {
            let wide = if self.shape.numbers == Numbers::WideSymbols { self.word() } else { 4 };
            match self.shape.numbers {
                Numbers::None => {}
                Numbers::Here => out.extend(self.number((*version).into(), 4)),
                Numbers::Far => self.field(&mut out, section, (RODATA, 4 * at as u64), true, 4),
                Numbers::Symbols | Numbers::WideSymbols if self.shape.kind == Kind::Module => {
                    self.relocations.push((section, out.len() as u64, FIRST_VERSION + at as u64, 0));
                    out.extend(vec![0; wide]);
                }
                Numbers::Symbols | Numbers::WideSymbols => out.extend(self.number((*version).into(), wide)),
            }
        }
        out
    }

    /// The relocations of a section.
    fn relocations(&self, of: u64) -> Vec<u8> {
        let (kind, difference) = self.shape.manner.relocation;
        let mut out = Vec::new();
        for &(section, offset, symbol, addend) in &self.relocations {
            let kinds = [Some(kind), difference.filter(|_| self.shape.is_relative)];
            // The difference comes first, as it may.
            for kind in kinds.into_iter().flatten().rev().filter(|_| section == of) {
                let (symbol, addend) = if Some(kind) == difference { (TEXT, 0) } else { (symbol, addend) };
                let info = if self.word() == 8 {
                    symbol << 32 | u64::from(kind)
                } else {
                    symbol << 8 | u64::from(kind)
                };
                out.extend(self.number(offset, self.word()));
                out.extend(self.number(info, self.word()));
                if self.shape.manner.has_addends {
                    out.extend(self.number(addend, self.word()));
                }
            }
        }
        out
    }

    /// Symbols without names: one for each section, and those of versions.
    fn symbols(&self) -> Vec<u8> {
        let sections = (1..FIRST_VERSION).map(|section| (3, section, 0));
        let versions = EXPORTS.iter().map(|(.., version)| (0x10, 0xfff1, u64::from(*version)));
        let mut out = vec![0; if self.word() == 8 { 24 } else { 16 }];
        for (info, section, value) in sections.chain(versions) {
            let section = self.number(section, 2);
            let value = self.number(value, self.word());
            let parts: [&[u8]; 5] = match self.word() {
                8 => [&[0; 4], &[info, 0], &section, &value, &[0; 8]],
                _ => [&[0; 4], &value, &[0; 4], &[info, 0], &section],
            };
            out.extend(parts.concat());
        }
        out
    }

    fn file(&self, sections: &[Section]) -> Vec<u8> {
        let (word, is_64) = (self.word(), self.shape.manner.is_64);
        let (header, entry) = if is_64 { (64, 64) } else { (52, 40) };
        let mut body = Vec::new();
        let mut names = String::from("\0");
        let mut headers = vec![0; entry];
        for (index, section) in (1..).zip(sections) {
            let start = names.len() as u64;
            names.push_str(section.name);
            names.push('\0');
            let names = if section.kind == 3 { names.as_bytes() } else { &[] };
            let bytes = [&section.bytes, names].concat();
            let address = if self.shape.kind == Kind::Module { 0 } else { self.address(index) };
            let size = match section.kind {
                2 => {
                    if is_64 {
                        24
                    } else {
                        16
                    }
                }
                4 => {
                    if is_64 {
                        24
                    } else {
                        12
                    }
                }
                9 => 8,
                _ => 0,
            };
            let place = (header + body.len()) as u64;
            let fields = [
                (start, 4),
                (section.kind, 4),
                (section.flags, word),
                (address, word),
                (place, word),
                (bytes.len() as u64, word),
                (section.link, 4),
                (section.info, 4),
                (1, word),
                (size, word),
            ];
            fields.iter().for_each(|&(value, width)| headers.extend(self.number(value, width)));
            body.extend(bytes);
        }
        let class = [1 + u8::from(is_64), 2 - u8::from(self.shape.manner.is_little), 1];
        let mut out = [b"\x7fELF", &class[..], &[0; 9]].concat();
        let kind = match self.shape.kind {
            Kind::Module => 1,
            Kind::Kernel => 2,
            Kind::Moved => 3,
        };
        let count = sections.len() as u64 + 1;
        let fields = [
            (kind, 2),
            (self.shape.manner.machine.into(), 2),
            (1, 4),
            (0, word),
            (0, word),
            ((header + body.len()) as u64, word),
            (0, 4),
            (header as u64, 2),
            (0, 2),
            (0, 2),
            (entry as u64, 2),
            (count, 2),
            (count - 1, 2),
        ];
        fields.iter().for_each(|&(value, width)| out.extend(self.number(value, width)));
        [out, body, headers].concat()
    }
}

/// A kernel or module of some shape.
fn object(shape: Shape) -> Vec<u8> {
    let mut writer = Writer { shape, relocations: Vec::new() };
    let plain = if shape.has_flags { 3 } else { 2 };
    let entries = writer.entries(TABLE, &EXPORTS[..plain]);
    let for_gpl = writer.entries(TABLE_GPL, &EXPORTS[plain..]);
    let versions = writer.versions(CRCS, 0, plain);
    let versions_gpl = writer.versions(CRCS_GPL, plain, 3 - plain);
    let numbers = EXPORTS.iter().flat_map(|(.., version)| writer.number((*version).into(), 4)).collect();
    let section = |name, bytes| Section { name, kind: 1, flags: 2, bytes, link: 0, info: 0 };
    let mut sections = vec![
        section(".text", vec![0; 64]),
        section("__ksymtab_strings", STRINGS.to_vec()),
        section("__ksymtab", entries),
        section("__ksymtab_gpl", for_gpl),
        section("__kcrctab", versions),
        section("__kcrctab_gpl", versions_gpl),
        section(".rodata", numbers),
    ];
    if shape.has_flags {
        sections.push(section("__kflagstab", vec![0, 0, 1]));
    }
    let kind = if shape.manner.has_addends { 4 } else { 9 };
    let own = [TABLE, TABLE_GPL, CRCS, CRCS_GPL];
    let of: &[u64] = match shape.kind {
        Kind::Module => &own,
        Kind::Kernel => &[],
        Kind::Moved => &[0],
    };
    let last = sections.len() as u64 + of.len() as u64 + 1;
    for &of in of {
        let link = if shape.kind == Kind::Module { last } else { 0 };
        let bytes = writer.relocations(of);
        sections.push(Section { name: ".rela.dyn", kind, flags: 2, bytes, link, info: of });
    }
    if shape.kind == Kind::Module {
        let bytes = writer.symbols();
        sections.push(Section { name: ".symtab", kind: 2, flags: 0, bytes, link: last + 1, info: 0 });
    }
    sections.push(Section { name: ".shstrtab", kind: 3, flags: 0, bytes: Vec::new(), link: 0, info: 0 });
    writer.file(&sections)
}

fn expected(shape: Shape) -> Vec<Exported<'static>> {
    let version = |at: usize| (shape.numbers != Numbers::None).then(|| EXPORTS[at].2);
    let export = |name: &'static str, at, is_gpl, namespace: &'static str| {
        let namespace = if shape.has_namespaces { namespace } else { "" };
        let (name, namespace) = (name.as_bytes(), Some(namespace.as_bytes()));
        Exported { name, is_gpl: Some(is_gpl), namespace, version: version(at) }
    };
    vec![export("licensed", 2, true, ""), export("plain", 0, false, ""), export("spaced", 1, false, "NS")]
}

/// Every shape that a kernel or module may have.
fn shapes() -> Vec<Shape> {
    let mut shapes = Vec::new();
    let numbers = [Numbers::None, Numbers::Here, Numbers::Symbols, Numbers::WideSymbols, Numbers::Far];
    for manner in MANNERS {
        for kind in [Kind::Module, Kind::Kernel, Kind::Moved] {
            for (is_relative, has_namespaces) in [(true, true), (true, false), (false, true), (false, false)]
            {
                for numbers in numbers {
                    for has_flags in [false, true] {
                        shapes.push(Shape { manner, kind, is_relative, has_namespaces, numbers, has_flags });
                    }
                }
            }
        }
    }
    // Only with addends can a linker leave addresses out.
    shapes.retain(|shape| shape.kind != Kind::Moved || shape.manner.has_addends);
    shapes
}

#[test]
fn every_layout_is_read() {
    let shapes = shapes();
    assert_eq!(shapes.len(), (4 * 3 + 3 * 2) * 4 * 5 * 2);
    for shape in shapes {
        let object = object(shape);
        let linkage = Linkage::parse(&object, &Limits::default());
        assert_eq!(linkage.map(|linkage| linkage.exports), Ok(expected(shape)), "{shape:?}");
    }
}

#[test]
fn what_leads_nowhere_is_an_error() {
    let shape = Shape {
        manner: X86_64,
        kind: Kind::Kernel,
        is_relative: true,
        has_namespaces: true,
        numbers: Numbers::Here,
        has_flags: false,
    };
    for kind in [Kind::Module, Kind::Kernel, Kind::Moved] {
        let good = object(Shape { kind, ..shape });
        assert_eq!(Linkage::parse(&good, &Limits::default()).unwrap().exports.len(), 3);
        // A name that is none, in a module and a kernel alike.
        let mut bad = good.clone();
        let at = memchr::memmem::find(&bad, STRINGS).unwrap();
        bad[at] = b' ';
        let error = Linkage::parse(&bad, &Limits::default()).unwrap_err();
        assert!(
            alloc::format!("{error}").contains("a table of exports is in no layout that is known"),
            "{error}"
        );
        // Without their table, exports have no versions.
        let at = memchr::memmem::find(&good, b"__kcrctab\0").unwrap();
        for (name, count) in [(b"__kcrcta_", 1), (b"__kcrct\0\0", 1), (b"__kcrctab", 3)] {
            let mut other = good.clone();
            other[at..at + 9].copy_from_slice(name);
            let linkage = Linkage::parse(&other, &Limits::default()).unwrap();
            let versions = linkage.exports.iter().filter(|export| export.version.is_some()).count();
            assert_eq!((linkage.exports.len(), versions), (3, count));
        }
    }
}

#[test]
fn versions_are_as_many_as_exports() {
    let (manner, kind) = (X86_64, Kind::Kernel);
    let (numbers, has_flags) = (Numbers::Here, true);
    let mut bad = object(Shape { manner, kind, is_relative: true, has_namespaces: true, numbers, has_flags });
    // The size of the section, in its header: three numbers.
    let headers = bad.len() - 10 * 64;
    let size = headers + 5 * 64 + 32;
    assert_eq!(bad[size], 12);
    bad[size] = 8;
    let error = Linkage::parse(&bad, &Limits::default()).unwrap_err();
    assert!(alloc::format!("{error}").contains("a table of versions is not as long"), "{error}");
}

#[test]
fn what_many_exports_share_is_paid_for_by_each() {
    let shape = Shape {
        manner: X86_64,
        kind: Kind::Kernel,
        is_relative: false,
        has_namespaces: true,
        numbers: Numbers::None,
        has_flags: true,
    };
    let object = object(shape);
    let fits = |limits: Limits| Linkage::parse(&object, &limits).is_ok();
    // The texts are names and a namespace: 5, 6 and 2, 8 bytes.
    let memory = (1..4096).find(|&memory| fits(Limits { memory, ..Limits::default() })).unwrap();
    assert!(memory > 21 && !fits(Limits { memory: memory - 1, ..Limits::default() }));
    let work = (1..4096).find(|&work| fits(Limits { work, ..Limits::default() })).unwrap();
    // Four layouts are tried, of which three end at the first entry; each of three entries is 16 steps.
    assert!(work > 6 * 16, "{work}");
    assert!(!fits(Limits { symbols: 2, ..Limits::default() }));
}

#[test]
fn no_damage_makes_it_panic() {
    for shape in shapes().into_iter().step_by(59) {
        let object = object(shape);
        for at in 0..object.len() {
            for change in [0x01, 0x80, 0xff] {
                let mut damaged = object.clone();
                damaged[at] ^= change;
                let _ = Linkage::parse(&damaged, &Limits::default());
            }
            if at % 16 == 0 {
                let _ = Linkage::parse(&object[..at], &Limits::default());
            }
        }
    }
}
