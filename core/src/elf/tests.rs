//! Relocations, whichever way they are looked up: what tables and cursors say of a place is what a list says that is looked at
//! from its beginning each time.

use alloc::vec::Vec;

use object::{Endianness, I32, I64, U16, U32, U64, elf};

use super::cursor::{Cursor, offset_of};
use super::entries::Entries;
use super::image::{DEBUG_SECTIONS, Image};
use super::links::Links;
use super::relocation::Relocations;
use super::section::Section;
use super::symbols::{SymbolTable, Symbols};
use super::table::Table;
use crate::budget::{Budget, Spendable};
use crate::error::SectionId;
use crate::limits::Limits;

/// A relocation as a file has it.
#[derive(Clone, Copy, Debug)]
struct Entry {
    offset: u64,
    kind: u32,
    symbol: u32,
    addend: i64,
}

/// What the kinds of a machine do, by the document that defines them: what is done to the field, and its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Does {
    Nothing,
    Set(u64),
    Add(u64),
    Subtract(u64),
    /// Nobody has said.
    Unknown,
}

impl Does {
    fn width(self) -> u64 {
        match self {
            Does::Nothing => 0,
            Does::Set(width) | Does::Add(width) | Does::Subtract(width) => width,
            Does::Unknown => 1,
        }
    }
}

/// The form in which a file has relocations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Rel32,
    Rela32,
    Rel64,
    Rela64,
}

/// A machine, how its files are written, and some of its relocations.
type Target = (elf::Machine, Endianness, Form, &'static [(u32, Does)]);

const TARGETS: [Target; 9] = [
    (elf::EM_X86_64, Endianness::Little, Form::Rela64, &X86_64),
    (elf::EM_S390, Endianness::Big, Form::Rela64, &S390),
    (elf::EM_RISCV, Endianness::Little, Form::Rela64, &RISCV),
    (elf::EM_386, Endianness::Little, Form::Rel32, &I386),
    (elf::EM_PPC, Endianness::Big, Form::Rela32, &PPC),
    (elf::EM_XTENSA, Endianness::Little, Form::Rela32, &[(0, Does::Nothing), (1, Does::Set(4))]),
    (elf::EM_X86_64, Endianness::Little, Form::Rel64, &X86_64),
    (elf::EM_MIPS, Endianness::Little, Form::Rela64, &MIPS),
    (elf::EM_MIPS, Endianness::Big, Form::Rela64, &MIPS),
];

const X86_64: [(u32, Does); 8] = [
    (10, Does::Set(4)),
    (10, Does::Set(4)),
    (1, Does::Set(8)),
    (12, Does::Set(2)),
    (14, Does::Set(1)),
    (0, Does::Nothing),
    (2, Does::Unknown),
    // All bits are others than those of the first.
    (!10, Does::Unknown),
];
const S390: [(u32, Does); 5] =
    [(4, Does::Set(4)), (22, Does::Set(8)), (1, Does::Set(1)), (0, Does::Nothing), (19, Does::Unknown)];
const RISCV: [(u32, Does); 6] = [
    (1, Does::Set(4)),
    (2, Does::Set(8)),
    (35, Does::Add(4)),
    (39, Does::Subtract(4)),
    (37, Does::Subtract(1)),
    (0, Does::Nothing),
];
const I386: [(u32, Does); 4] =
    [(1, Does::Set(4)), (20, Does::Set(2)), (0, Does::Nothing), (2, Does::Unknown)];
const PPC: [(u32, Does); 3] = [(1, Does::Set(4)), (3, Does::Set(2)), (0, Does::Nothing)];
const MIPS: [(u32, Does); 3] = [(2, Does::Set(4)), (18, Does::Set(8)), (0, Does::Nothing)];

/// The values of the symbols: none, a small one, one of another object, a large one.
const SYMBOLS: [Option<u64>; 4] = [Some(0), Some(0x40), None, Some(0xffff_ff00)];

/// The same relocations, looked at one by one.
struct List {
    target: Target,
    /// By offset, and those of one offset in the order of the file.
    entries: Vec<Entry>,
}

impl List {
    fn does(&self, entry: &Entry) -> Does {
        self.target.3.iter().find(|(kind, _)| *kind == entry.kind).unwrap().1
    }

    /// Whether one that begins before an offset changes bytes from there on.
    fn reaches(&self, offset: u64) -> bool {
        let before = self.entries.iter().filter(|entry| entry.offset < offset);
        before.into_iter().any(|entry| entry.offset + self.does(entry).width() > offset)
    }

    fn within(&self, start: u64, end: u64) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| start <= entry.offset && entry.offset < end)
    }

    fn touches(&self, start: u64, end: u64) -> bool {
        self.reaches(start) || self.within(start, end).next().is_some()
    }

    fn refuses(&self, start: u64, end: u64) -> bool {
        let is_harmless = self.within(start, end).all(|entry| entry.kind == 0);
        self.reaches(start) || !is_harmless || self.within(start, end).count() > 4
    }

    /// Where the first one begins that is not before an offset.
    fn next(&self, offset: u64) -> u64 {
        self.entries.iter().map(|entry| entry.offset).find(|&other| other >= offset).unwrap_or(u64::MAX)
    }

    fn applied(&self, offset: u64, width: u64, raw: u64) -> Option<u64> {
        let end = offset + width;
        if self.reaches(offset) || self.within(offset, end).count() > 4 {
            return None;
        }
        self.within(offset, end).try_fold(raw, |value, entry| match self.does(entry) {
            Does::Nothing => Some(value),
            Does::Unknown => (entry.offset != offset).then_some(value),
            does => {
                let is_whole = entry.offset == offset && does.width() == width;
                self.completed(*entry, does, value).filter(|_| is_whole)
            }
        })
    }

    fn completed(&self, entry: Entry, does: Does, value: u64) -> Option<u64> {
        let (machine, _, form, _) = self.target;
        let bits = does.width() * 8;
        let wrap = |value: i128, bits: u64| value & ((1_i128 << bits) - 1);
        let signed = |value: i128, bits: u64| match wrap(value, bits) {
            value if value >> (bits - 1) == 1 => value - (1_i128 << bits),
            value => value,
        };
        let symbol = i128::from(SYMBOLS.get(entry.symbol as usize).copied().flatten()?);
        let addend = match form {
            Form::Rel32 | Form::Rel64 if matches!(does, Does::Set(_)) => signed(value.into(), bits),
            Form::Rel32 | Form::Rel64 => 0,
            _ if machine == elf::EM_XTENSA => i128::from(entry.addend as i32) + i128::from(value),
            Form::Rela32 => (entry.addend as i32).into(),
            _ => entry.addend.into(),
        };
        let class = if matches!(form, Form::Rel32 | Form::Rela32) { 32 } else { 64 };
        let sum = signed(symbol + addend, class);
        if wrap(sum, 64) != wrap(sum, bits) && sum != signed(sum, bits) {
            return None;
        }
        let value = match does {
            Does::Add(_) => i128::from(value) + sum,
            Does::Subtract(_) => i128::from(value) - sum,
            _ => sum,
        };
        u64::try_from(wrap(value, bits)).ok()
    }
}

/// Numbers that look like random ones, always the same.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 8) % end
    }

    fn entries(&mut self, (_, _, _, kinds): Target) -> Vec<Entry> {
        let (few, mut offset, mut at_one_place) = (self.below(3) == 0, 0, 0);
        let usual = kinds[self.below(offset_of(kinds.len())) as usize].0;
        let is_uniform = self.below(3) == 0;
        let count = self.below(if few { 4 } else { 40 });
        (0..count)
            .map(|_| {
                let gap = match self.below(12) {
                    0 if at_one_place < 5 => 0,
                    1 => 60 + self.below(80),
                    2 => 1000,
                    _ => 1 + self.below(12),
                };
                at_one_place = if gap == 0 { at_one_place + 1 } else { 1 };
                offset += gap;
                let kind = kinds[self.below(offset_of(kinds.len())) as usize].0;
                // The last one and the small symbol together are all that does not fit into 32 bits, and nothing else.
                let addend = [0, 1, 5, -3, 0x7fff_fff0, -0x1_0000_0040][self.below(6) as usize];
                // A few have a symbol that is none, or has no place.
                let symbol = if self.below(8) == 0 { 2 + self.below(4) as u32 } else { self.below(2) as u32 };
                Entry { offset, kind: if is_uniform { usual } else { kind }, symbol, addend }
            })
            .collect()
    }
}

/// The symbols, as a file of each class has them.
fn symbols(endian: Endianness) -> (Vec<elf::Sym32<Endianness>>, Vec<elf::Sym64<Endianness>>) {
    let (st_name, st_info, st_other) = (U32::new(endian, 0), elf::SymbolInfo(0x10), elf::SymbolOther(0));
    let place = |value: Option<u64>| elf::SymbolSection(value.is_some().into());
    let small = SYMBOLS.map(|value| elf::Sym32 {
        st_name,
        st_value: U32::new(endian, value.unwrap_or(3) as u32),
        st_size: U32::new(endian, 0),
        st_info,
        st_other,
        st_shndx: U16::new(endian, place(value)),
    });
    let large = SYMBOLS.map(|value| elf::Sym64 {
        st_name,
        st_info,
        st_other,
        st_shndx: U16::new(endian, place(value)),
        st_value: U64::new(endian, value.unwrap_or(3)),
        st_size: U64::new(endian, 0),
    });
    (small.to_vec(), large.to_vec())
}

/// Calls `then` with the relocations of a section, which has them in these tables.
fn with_relocations(target: Target, tables: &[Vec<Entry>], then: impl FnOnce(&Relocations<'_>)) {
    let (machine, endian, form, _) = target;
    let symbols = symbols(endian);
    let word = |value: u64| U32::new(endian, value as u32);
    let (small, large): (Vec<_>, Vec<_>) = tables
        .iter()
        .map(|entries| {
            let small = |entry: &Entry| {
                let r_info = word((u64::from(entry.symbol) << 8) | u64::from(entry.kind));
                let (r_offset, r_addend) = (word(entry.offset), I32::new(endian, entry.addend as i32));
                (elf::Rel32 { r_offset, r_info }, elf::Rela32 { r_offset, r_info, r_addend })
            };
            let large = |entry: &Entry| {
                let (symbol, kind) = (u64::from(entry.symbol), u64::from(entry.kind));
                // On MIPS, the kind is in the last byte, and the symbol in the first four, in the order of each.
                let is_little_mips = machine == elf::EM_MIPS && endian == Endianness::Little;
                let info = if is_little_mips { symbol | (kind << 56) } else { (symbol << 32) | kind };
                let r_info = U64::new(endian, info);
                let (r_offset, r_addend) = (U64::new(endian, entry.offset), I64::new(endian, entry.addend));
                (elf::Rel64 { r_offset, r_info }, elf::Rela64 { r_offset, r_info, r_addend })
            };
            let small: (Vec<_>, Vec<_>) = entries.iter().map(small).unzip();
            let large: (Vec<_>, Vec<_>) = entries.iter().map(large).unzip();
            (small, large)
        })
        .unzip();
    let budget = &mut Budget::new(&Limits::default());
    let mut relocations = Relocations::default();
    for (small, large) in small.iter().zip(&large) {
        let (entries, symbols) = match form {
            Form::Rel32 => (Entries::Rel32(&small.0), Symbols::Elf32(&symbols.0)),
            Form::Rela32 => (Entries::Rela32(&small.1), Symbols::Elf32(&symbols.0)),
            Form::Rel64 => (Entries::Rel64(&large.0), Symbols::Elf64(&symbols.1)),
            Form::Rela64 => (Entries::Rela64(&large.1), Symbols::Elf64(&symbols.1)),
        };
        relocations.add(Table::new(machine, endian, entries, symbols, budget).unwrap(), budget).unwrap();
    }
    then(&relocations);
}

/// Somebody who reads a section.
struct Reading<'r, 'd> {
    relocations: &'r Relocations<'d>,
    lists: &'r [List],
    cursor: Cursor,
    end: u64,
}

impl Reading<'_, '_> {
    fn left(&self, offset: u64) -> usize {
        (self.end - offset) as usize
    }

    fn touches(&self, start: u64, end: u64) -> bool {
        self.lists.iter().any(|list| list.touches(start, end))
    }

    fn check_field(&self, offset: u64, width: u64, raw: u64) {
        let mut applied = self.lists.iter();
        let applied = applied.try_fold(raw, |value, list| list.applied(offset, width, value));
        let at = offset as usize;
        if let Some(value) = self.relocations.apply_next(at, width as u8, &self.cursor) {
            assert_eq!(Some(value), applied, "the next at {offset}, {width}");
        } else {
            let value = self.relocations.apply(at, width as u8, raw, &self.cursor);
            assert_eq!(value.ok(), applied, "at {offset}, {width}");
        }
    }

    fn check_range(&self, start: u64, end: u64) {
        let (from, to) = (start as usize, end as usize);
        assert_eq!(self.relocations.touch(from, to, &self.cursor), self.touches(start, end), "{start}-{end}");
        let refuses = self.touches(start, end) && self.lists.iter().any(|list| list.refuses(start, end));
        assert_eq!(self.relocations.refuse(from, to, &self.cursor).is_err(), refuses, "{start}-{end}");
    }

    /// What a cursor knows is true, and after a look at an offset it knows what is there.
    fn check_cursor(&self, start: u64, end: u64) {
        let (from, to) = (self.left(start), self.left(end));
        assert!(!self.cursor.is_clear(from, to) || !self.touches(start, end), "{start}-{end}");
        self.relocations.seek(start as usize, &self.cursor);
        if let [list] = self.lists {
            assert_eq!(self.cursor.is_clear(from, to), !self.touches(start, end), "{start}-{end}");
            assert_eq!(self.cursor.next() as u64, self.end.saturating_sub(list.next(start)), "{start}");
        }
    }

    /// Passes over bytes in steps.
    fn check_walk(&self, mut at: u64, steps: &[u64]) {
        let Some(mut ordered) = self.relocations.from(at as usize, &self.cursor) else {
            assert!(self.lists.len() != 1 || self.touches(at, at + 1), "{at}");
            return;
        };
        assert!(!self.touches(at, at + 1), "{at}");
        let list = &self.lists[0];
        for &step in steps {
            let to = at + step;
            assert_eq!(ordered.next() as u64, self.end.saturating_sub(list.next(at)), "{at}");
            if list.next(at) < to {
                let is_clear = ordered.pass(self.left(to), &self.cursor);
                assert_eq!(is_clear, !list.reaches(to), "{at} to {to}");
                if !is_clear {
                    return;
                }
            }
            at = to;
        }
        ordered.note(self.left(at), &self.cursor);
        assert!(!self.cursor.is_clear(self.left(at), self.left(at + 8)) || !list.touches(at, at + 8), "{at}");
    }
}

impl<'d> Image<'d> {
    /// An object for x86-64 that has only units, their abbreviations, and the relocations of the units.
    pub(crate) fn of_parts(
        info: &'d [u8],
        abbreviations: &'d [u8],
        relocations: &'d [elf::Rela64<Endianness>],
        budget: &mut Budget,
    ) -> Image<'d> {
        let mut units = Section::new(SectionId::Info, info);
        let (entries, symbols) = (Entries::Rela64(relocations), Symbols::Elf64(&[]));
        let table = Table::new(elf::EM_X86_64, Endianness::Little, entries, symbols, budget).unwrap();
        units.relocations.add(table, budget).unwrap();
        let debug = DEBUG_SECTIONS
            .map(|id| Section::new(id, if id == SectionId::Abbrev { abbreviations } else { b"" }));
        Image {
            endian: gimli::RunTimeEndian::Little,
            units: alloc::vec![units],
            debug,
            kabi_rules: Vec::new(),
            symbols: SymbolTable::default(),
            links: Links::default(),
            is_split: false,
            spent: Spendable::default(),
        }
    }

    /// The same object with strings.
    pub(crate) fn with_strings(mut self, strings: &'d [u8]) -> Image<'d> {
        let at = DEBUG_SECTIONS.iter().position(|&id| id == SectionId::Str).unwrap();
        self.debug[at] = Section::new(SectionId::Str, strings);
        self
    }

    /// The same object with line programs, and their relocations.
    pub(crate) fn with_lines(
        mut self,
        lines: &'d [u8],
        relocations: &'d [elf::Rela64<Endianness>],
        budget: &mut Budget,
    ) -> Image<'d> {
        let (entries, symbols) = (Entries::Rela64(relocations), Symbols::Elf64(&[]));
        let table = Table::new(elf::EM_X86_64, Endianness::Little, entries, symbols, budget).unwrap();
        let mut section = Section::new(SectionId::Line, lines);
        section.relocations.add(table, budget).unwrap();
        let at = DEBUG_SECTIONS.iter().position(|&id| id == SectionId::Line).unwrap();
        self.debug[at] = section;
        self
    }
}

#[test]
fn what_is_found_is_what_a_list_says() {
    let numbers = &mut Numbers(0x9e37_79b9_7f4a_7c15);
    for round in 0..1500 {
        let target = TARGETS[round % TARGETS.len()];
        let count = if numbers.below(8) == 0 { 2 + numbers.below(2) } else { 1 };
        let mut tables: Vec<Vec<Entry>> = (0..count).map(|_| numbers.entries(target)).collect();
        let mut lists = Vec::new();
        for table in &mut tables {
            let entries = table.clone();
            // Not all files have them in order.
            if numbers.below(4) == 0 && table.len() > 1 {
                table.sort_by_key(|entry| core::cmp::Reverse(entry.offset));
            }
            if !entries.is_empty() {
                lists.push(List { target, entries });
            }
        }
        let places: Vec<u64> =
            lists.iter().flat_map(|list| &list.entries).map(|entry| entry.offset).collect();
        let end = places.iter().max().map_or(100, |last| last + 300);
        with_relocations(target, &tables, |relocations| {
            let reading = Reading { relocations, lists: &lists, cursor: Cursor::new(end as usize), end };
            let mut at = 0;
            for _ in 0..60 {
                // Nearly all go on from where they were; some begin elsewhere.
                at = match (numbers.below(5), places.as_slice()) {
                    (0, [_, ..]) => places[numbers.below(offset_of(places.len())) as usize]
                        .saturating_add(numbers.below(5))
                        .saturating_sub(numbers.below(9)),
                    (1 | 2, _) => lists.first().map_or(at, |list| list.next(at)).min(end),
                    _ => at,
                };
                at = if at + 200 < end { at } else { 0 };
                let here = lists
                    .iter()
                    .find_map(|list| list.within(at, at + 1).next().map(|entry| list.does(entry).width()));
                let width =
                    here.filter(|&width| width > 0 && numbers.below(3) > 0).unwrap_or(1 << numbers.below(4));
                match numbers.below(6) {
                    0 => reading.check_range(at, at + numbers.below(20)),
                    1 => reading.check_cursor(at, at + 1 + numbers.below(9)),
                    2 => {
                        let steps: Vec<u64> = (0..4).map(|_| 1 + numbers.below(20)).collect();
                        reading.check_walk(at, &steps);
                    }
                    _ => reading.check_field(at, width, [0, 7, 0xfd][numbers.below(3) as usize]),
                }
                at += if numbers.below(2) == 0 { width } else { 0 };
            }
        });
    }
}
