//! Units that are made attribute by attribute, so that it is known what must be read.

use alloc::format;
use alloc::vec::Vec;

use gimli::{DwAt, DwForm, DwTag};
use object::{Endianness, I64, U64, elf};

use crate::budget::Budget;
use crate::dwarf::die::Die;
use crate::dwarf::place::{DieOffset, Reference, Text, UnitIndex};
use crate::dwarf::unit::Unit;
use crate::dwarf::units::Dwarf;
use crate::elf::Image;
use crate::error::SectionId;
use crate::limits::Limits;

/// The header of a unit of DWARF 5 with 32 bits.
pub(super) const ROOT: usize = 12;

/// Numbers that look like random ones, always the same.
pub(super) struct Numbers(pub(super) u64);

impl Numbers {
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 8) as usize % end
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

const FIXED: [(DwForm, usize); 10] = [
    (gimli::DW_FORM_data1, 1),
    (gimli::DW_FORM_data2, 2),
    (gimli::DW_FORM_data4, 4),
    (gimli::DW_FORM_data8, 8),
    (gimli::DW_FORM_ref1, 1),
    (gimli::DW_FORM_ref2, 2),
    (gimli::DW_FORM_ref4, 4),
    (gimli::DW_FORM_ref8, 8),
    (gimli::DW_FORM_strp, 4),
    (gimli::DW_FORM_line_strp, 4),
];
const REFERENCES: [DwForm; 6] = [
    gimli::DW_FORM_ref1,
    gimli::DW_FORM_ref2,
    gimli::DW_FORM_ref4,
    gimli::DW_FORM_ref8,
    gimli::DW_FORM_ref_udata,
    gimli::DW_FORM_ref_addr,
];
const TEXTS: [DwForm; 4] =
    [gimli::DW_FORM_strp, gimli::DW_FORM_line_strp, gimli::DW_FORM_string, gimli::DW_FORM_strx1];
const FLAGS: [DwForm; 2] = [gimli::DW_FORM_flag, gimli::DW_FORM_flag_present];
const NUMBERS: [DwForm; 8] = [
    gimli::DW_FORM_data1,
    gimli::DW_FORM_data2,
    gimli::DW_FORM_data4,
    gimli::DW_FORM_data8,
    gimli::DW_FORM_udata,
    gimli::DW_FORM_sdata,
    gimli::DW_FORM_data16,
    gimli::DW_FORM_exprloc,
];
const OTHERS: [DwForm; 12] = [
    gimli::DW_FORM_data2,
    gimli::DW_FORM_data8,
    gimli::DW_FORM_data16,
    gimli::DW_FORM_addr,
    gimli::DW_FORM_sec_offset,
    gimli::DW_FORM_udata,
    gimli::DW_FORM_string,
    gimli::DW_FORM_exprloc,
    gimli::DW_FORM_block,
    gimli::DW_FORM_block1,
    gimli::DW_FORM_block2,
    gimli::DW_FORM_block4,
];

/// Those whose values tell how long they are.
pub(super) const VARYING: [DwForm; 9] = [
    gimli::DW_FORM_string,
    gimli::DW_FORM_udata,
    gimli::DW_FORM_sdata,
    gimli::DW_FORM_ref_udata,
    gimli::DW_FORM_exprloc,
    gimli::DW_FORM_block,
    gimli::DW_FORM_block1,
    gimli::DW_FORM_block2,
    gimli::DW_FORM_block4,
];

/// Attributes and the forms that they have here.
const ATTRIBUTES: [(DwAt, &[DwForm]); 16] = [
    (gimli::DW_AT_byte_size, &NUMBERS),
    (gimli::DW_AT_const_value, &NUMBERS),
    (gimli::DW_AT_data_member_location, &NUMBERS),
    (gimli::DW_AT_type, &REFERENCES),
    (gimli::DW_AT_abstract_origin, &REFERENCES),
    (gimli::DW_AT_name, &TEXTS),
    (gimli::DW_AT_linkage_name, &TEXTS),
    (gimli::DW_AT_declaration, &FLAGS),
    (gimli::DW_AT_prototyped, &FLAGS),
    (gimli::DW_AT_GNU_vector, &FLAGS),
    (gimli::DW_AT_decl_line, &OTHERS),
    (gimli::DW_AT_location, &OTHERS),
    (gimli::DW_AT_decl_column, &OTHERS),
    (gimli::DW_AT_high_pc, &OTHERS),
    (gimli::DW_AT_call_line, &OTHERS),
    (gimli::DW_AT_start_scope, &OTHERS),
];
const TAGS: [DwTag; 6] = [
    gimli::DW_TAG_structure_type,
    gimli::DW_TAG_member,
    gimli::DW_TAG_base_type,
    gimli::DW_TAG_subprogram,
    gimli::DW_TAG_variable,
    gimli::DW_TAG_imported_unit,
];

pub(super) struct Shape {
    pub(super) tag: DwTag,
    pub(super) has_children: bool,
    /// The sibling, which comes first, is known by its place.
    pub(super) has_sibling: bool,
    pub(super) specs: Vec<(DwAt, DwForm)>,
}

/// An attribute's value, and where it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Value {
    pub(super) name: DwAt,
    pub(super) form: DwForm,
    pub(super) number: u64,
    pub(super) start: usize,
}

#[derive(Debug)]
pub(super) struct Made {
    pub(super) offset: usize,
    pub(super) shape: usize,
    pub(super) values: Vec<Value>,
    /// Behind the attributes, and behind the children.
    pub(super) end: usize,
    pub(super) after: usize,
}

/// A unit's DIEs, and their bytes: as they are meant, and with what has to be completed.
#[derive(Default)]
pub(super) struct Maker {
    pub(super) shapes: Vec<Shape>,
    pub(super) dies: Vec<Made>,
    pub(super) meant: Vec<u8>,
    pub(super) raw: Vec<u8>,
    pub(super) relocations: Vec<elf::Rela64<Endianness>>,
}

fn uleb128(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let byte = (number & 0x7f) as u8;
        number >>= 7;
        bytes.push(if number == 0 { byte } else { byte | 0x80 });
        if number == 0 {
            return bytes;
        }
    }
}

pub(super) fn relocation(offset: usize, width: usize, value: u64) -> elf::Rela64<Endianness> {
    let kind = match width {
        1 => elf::R_X86_64_8,
        2 => elf::R_X86_64_16,
        4 => elf::R_X86_64_32,
        _ => elf::R_X86_64_64,
    };
    let endian = Endianness::Little;
    elf::Rela64 {
        r_offset: U64::new(endian, offset as u64),
        r_info: U64::new(endian, kind.0.into()),
        r_addend: I64::new(endian, value.cast_signed()),
    }
}

impl Maker {
    fn bytes(&mut self, bytes: &[u8]) {
        self.meant.extend(bytes);
        self.raw.extend(bytes);
    }

    /// A field of fixed width, which a relocation completes now and then.
    fn field(&mut self, number: u64, width: usize, numbers: &mut Numbers) {
        let offset = self.meant.len();
        self.meant.extend(&number.to_le_bytes()[..width]);
        if numbers.below(4) == 0 {
            self.relocations.push(relocation(offset, width, number));
            self.raw.extend((0..width).map(|_| numbers.below(256) as u8));
        } else {
            self.raw.extend(&number.to_le_bytes()[..width]);
        }
    }

    fn shapes(&mut self, numbers: &mut Numbers) {
        let count = if numbers.below(3) == 0 { 140 } else { 12 };
        for _ in 0..count {
            let tag = numbers.one_of(&TAGS);
            let has_children = tag != gimli::DW_TAG_imported_unit && numbers.below(4) == 0;
            let count = if numbers.below(10) == 0 { 12 } else { numbers.below(5) };
            // Most are of a fixed length, of some nothing counts.
            let is_plain = numbers.below(2) == 0;
            let specs = (0..count).map(|_| {
                let (name, forms) = numbers.one_of(if is_plain { &ATTRIBUTES[10..] } else { &ATTRIBUTES });
                (name, if is_plain { numbers.one_of(&OTHERS[..5]) } else { numbers.one_of(forms) })
            });
            let specs = specs.collect();
            self.shapes.push(Shape {
                tag,
                has_children,
                has_sibling: has_children && numbers.below(2) == 0,
                specs,
            });
        }
    }

    /// The table, with codes from `first` on.
    pub(super) fn abbreviations(&self, first: usize) -> Vec<u8> {
        let mut table = Vec::new();
        // The root has children, and nothing else.
        table.extend([&uleb128(first as u64)[..], &[0x11, 1, 0, 0]].concat());
        for (index, shape) in self.shapes.iter().enumerate() {
            table.extend(uleb128((first + 1 + index) as u64));
            table.extend(uleb128(shape.tag.0.into()));
            table.push(shape.has_children.into());
            if shape.has_sibling {
                table.extend([1, 0x13]);
            }
            for (name, form) in &shape.specs {
                table.extend([uleb128(name.0.into()), uleb128(form.0.into())].concat());
            }
            table.extend([0, 0]);
        }
        table.push(0);
        table
    }

    fn code(&mut self, code: usize, numbers: &mut Numbers) {
        match code {
            1..0x80 if numbers.below(8) == 0 => {
                let offset = self.meant.len();
                self.relocations.push(relocation(offset, 1, code as u64));
                self.meant.push(code as u8);
                self.raw.push(numbers.below(0x80) as u8);
            }
            _ => self.bytes(&uleb128(code as u64)),
        }
    }

    fn value(&mut self, (name, form): (DwAt, DwForm), numbers: &mut Numbers) {
        let start = self.meant.len();
        let fixed = FIXED.iter().find(|(fixed, _)| *fixed == form).map(|&(_, width)| width);
        let number = match (fixed, form) {
            (Some(width), _) => {
                let number = (numbers.0 >> 3) >> (64 - 8 * width.min(7));
                self.field(number, width, numbers);
                number
            }
            (_, gimli::DW_FORM_ref_addr | gimli::DW_FORM_sec_offset) => {
                let number = numbers.below(1 << 20) as u64;
                self.field(number, 4, numbers);
                number
            }
            (_, gimli::DW_FORM_addr) => {
                self.field(numbers.0, 8, numbers);
                0
            }
            (_, gimli::DW_FORM_flag) => {
                let number = numbers.below(2) as u64;
                self.bytes(&[number as u8]);
                number
            }
            (_, gimli::DW_FORM_flag_present) => 1,
            (_, gimli::DW_FORM_strx1) => {
                self.bytes(&[7]);
                7
            }
            (_, gimli::DW_FORM_udata | gimli::DW_FORM_ref_udata) => {
                let number = numbers.below(1 << 20) as u64;
                self.bytes(&uleb128(number));
                number
            }
            (_, gimli::DW_FORM_sdata) => {
                // -2, in two bytes.
                self.bytes(&[0xfe, 0x7f]);
                u64::MAX - 1
            }
            (_, gimli::DW_FORM_string) => {
                let length = numbers.below(3) * 20;
                self.bytes(&alloc::vec![b'a'; length]);
                self.bytes(&[0]);
                0
            }
            (_, gimli::DW_FORM_data16) => {
                self.field(1 << 50, 8, numbers);
                self.bytes(&[0xee; 8]);
                0
            }
            (_, form) => {
                self.block(name, form, numbers);
                0
            }
        };
        if let Some(die) = self.dies.last_mut() {
            die.values.push(Value { name, form, number, start });
        }
    }

    /// Bytes with their number in front of them.
    fn block(&mut self, name: DwAt, form: DwForm, numbers: &mut Numbers) {
        let length = numbers.one_of(&[0, 1, 9, 128, 130]);
        let count = length as u64;
        match form {
            gimli::DW_FORM_block1 => self.bytes(&[count as u8]),
            gimli::DW_FORM_block2 => self.bytes(&count.to_le_bytes()[..2]),
            gimli::DW_FORM_block4 => self.bytes(&count.to_le_bytes()[..4]),
            _ => self.bytes(&uleb128(count)),
        }
        // What is in it can be completed, too, where nobody reads it.
        if length == 9 && name != gimli::DW_AT_data_member_location {
            self.bytes(&[3]);
            self.field(1 << 40, 8, numbers);
        } else {
            self.bytes(&alloc::vec![0xee; length]);
        }
    }

    /// DIEs with their children, and the null entry that ends them.
    fn children(&mut self, first: usize, depth: usize, numbers: &mut Numbers) {
        for _ in 0..numbers.below(if depth == 0 { 60 } else { 8 }) {
            let shape = numbers.below(self.shapes.len());
            let (index, offset) = (self.dies.len(), self.meant.len());
            self.dies.push(Made { offset, shape, values: Vec::new(), end: 0, after: 0 });
            self.code(first + 1 + shape, numbers);
            let sibling = self.meant.len();
            if self.shapes[shape].has_sibling {
                self.bytes(&[0; 4]);
            }
            for spec in self.shapes[shape].specs.clone() {
                self.value(spec, numbers);
            }
            self.dies[index].end = self.meant.len();
            if self.shapes[shape].has_children {
                if depth < 3 { self.children(first, depth + 1, numbers) } else { self.bytes(&[0]) }
            }
            let after = self.meant.len();
            self.dies[index].after = after;
            if self.shapes[shape].has_sibling {
                let number = (after as u32).to_le_bytes();
                self.meant[sibling..sibling + 4].copy_from_slice(&number);
                if numbers.below(2) == 0 {
                    self.relocations.push(relocation(sibling, 4, after as u64));
                } else {
                    self.raw[sibling..sibling + 4].copy_from_slice(&number);
                }
            }
        }
        self.bytes(&[0]);
    }

    /// A unit, the codes of whose abbreviations begin with a number.
    pub(super) fn new(first: usize, numbers: &mut Numbers) -> Maker {
        let mut maker = Maker::default();
        maker.shapes(numbers);
        maker.bytes(&[0, 0, 0, 0, 5, 0, 1, 8, 0, 0, 0, 0]);
        maker.bytes(&uleb128(first as u64));
        maker.children(first, 0, numbers);
        let length = (maker.meant.len() as u32 - 4).to_le_bytes();
        maker.meant[..4].copy_from_slice(&length);
        maker.raw[..4].copy_from_slice(&length);
        maker.relocations.sort_by_key(|entry| entry.r_offset.get(Endianness::Little));
        maker
    }

    /// Calls `then` with the unit that has these bytes and relocations.
    pub(super) fn with_unit(
        &self,
        table: &[u8],
        info: &[u8],
        relocations: &[elf::Rela64<Endianness>],
        then: impl FnOnce(&Unit<'_, '_>),
    ) {
        let budget = &mut Budget::new(&Limits::default());
        let image = Image::of_parts(info, table, relocations, budget);
        let dwarf = Dwarf::new(image, None, budget).unwrap();
        then(&dwarf.unit(UnitIndex(0), budget).unwrap());
    }

    /// What a DIE must be.
    pub(super) fn check(&self, made: &Made, die: &Die) {
        let first = |name: DwAt| made.values.iter().find(|value| value.name == name);
        let number = |name| {
            let value = first(name)?;
            let is_number = NUMBERS[..6].contains(&value.form);
            is_number.then_some(value.number)
        };
        assert_eq!(die.byte_size(), number(gimli::DW_AT_byte_size), "{made:?}");
        assert_eq!(die.const_value(), number(gimli::DW_AT_const_value), "{made:?}");
        assert_eq!(die.data_member_location(), number(gimli::DW_AT_data_member_location), "{made:?}");
        let link = |name| {
            first(name).map(|value| match value.form {
                gimli::DW_FORM_ref_addr => Reference::Info(value.number),
                _ => Reference::Unit(value.number),
            })
        };
        assert_eq!(die.target, link(gimli::DW_AT_type), "{made:?}");
        assert_eq!(die.origin, link(gimli::DW_AT_abstract_origin), "{made:?}");
        for (text, name) in [(die.name, gimli::DW_AT_name), (die.linkage_name, gimli::DW_AT_linkage_name)] {
            let expected = first(name).map(|value| match value.form {
                gimli::DW_FORM_strp => Text::At(SectionId::Str, value.number as usize),
                gimli::DW_FORM_line_strp => Text::At(SectionId::LineStr, value.number as usize),
                gimli::DW_FORM_strx1 => Text::Index(value.number),
                _ => Text::Inline(DieOffset(value.start as u32)),
            });
            assert_eq!(format!("{text:?}"), format!("{expected:?}"), "{made:?}");
        }
        let flag = |name| first(name).is_some_and(|value| value.number != 0);
        assert_eq!(die.declaration, flag(gimli::DW_AT_declaration), "{made:?}");
        assert_eq!(die.prototyped, flag(gimli::DW_AT_prototyped), "{made:?}");
        assert_eq!(die.vector, flag(gimli::DW_AT_GNU_vector), "{made:?}");
        let shape = &self.shapes[made.shape];
        assert_eq!((die.tag, die.has_children), (shape.tag, shape.has_children));
        assert_eq!((die.offset, die.end.index()), (DieOffset(made.offset as u32), made.end), "{made:?}");
    }
}
