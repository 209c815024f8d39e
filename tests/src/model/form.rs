//! The forms of attributes: one of those that say the same.

use std::collections::BTreeMap;

use gimli::{DwAt, DwForm, DwTag};

use super::bytes::{Bytes, uleb_width};
use super::dies::{Die, Label, Value};
use super::encoding::{Encoding, Numbers};

/// A section that others refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Section {
    Info,
    Abbrev,
    Str,
    LineStr,
    StrOffsets,
    Line,
}

/// A DIE whose attributes have their forms.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) tag: DwTag,
    pub(super) attributes: Vec<Attribute>,
    pub(super) children: Vec<Entry>,
    pub(super) label: Option<Label>,
    /// Whether there is a list of children, even an empty one.
    pub(super) has_children: bool,
    /// The code of the abbreviation.
    pub(super) code: u64,
    /// Where the entry, with its children, ends in its unit: as of the last time that it was written.
    pub(super) end: usize,
}

/// An attribute in its form.
#[derive(Clone, Debug)]
pub(super) struct Attribute {
    pub(super) name: DwAt,
    pub(super) form: DwForm,
    pub(super) content: Content,
}

/// What an attribute consists of.
#[derive(Clone, Debug)]
pub(super) enum Content {
    Bytes(Vec<u8>),
    /// A constant that stands in the abbreviation.
    Implicit(i64),
    /// A reference, with the number of bytes that it takes if its form does not tell.
    Reference(Label, usize),
    /// A reference to what comes behind the entry.
    Sibling(usize),
    /// An offset into another section.
    Offset(Section, u64),
}

/// The sections of strings.
#[derive(Clone, Debug, Default)]
pub(super) struct Strings {
    pub(super) str: Vec<u8>,
    pub(super) line_str: Vec<u8>,
    /// Offsets in `.debug_str`.
    pub(super) offsets: Vec<u64>,
    merges: bool,
}

impl Strings {
    pub(super) fn new(merges: bool) -> Strings {
        Strings { merges, ..Strings::default() }
    }

    /// The offset of a string in `.debug_str`.
    pub(super) fn offset(&mut self, text: &str) -> u64 {
        place(&mut self.str, text, self.merges)
    }

    /// The offset of a string in `.debug_line_str`.
    pub(super) fn line_offset(&mut self, text: &str) -> u64 {
        place(&mut self.line_str, text, self.merges)
    }

    /// The index of a string.
    fn index(&mut self, text: &str) -> u64 {
        let offset = self.offset(text);
        self.offsets.push(offset);
        self.offsets.len() as u64 - 1
    }
}

fn place(section: &mut Vec<u8>, text: &str, merges: bool) -> u64 {
    let bytes: Vec<u8> = text.bytes().chain([0]).collect();
    let known = section.windows(bytes.len()).position(|window| window == bytes).filter(|_| merges);
    known.unwrap_or_else(|| {
        section.extend(&bytes);
        section.len() - bytes.len()
    }) as u64
}

/// Chooses the forms of one unit.
pub(super) struct Former<'e> {
    pub(super) encoding: &'e Encoding,
    pub(super) version: u8,
    pub(super) strings: &'e mut Strings,
    pub(super) numbers: Numbers,
    /// The unit that each label is in, and the unit at hand.
    pub(super) units: &'e BTreeMap<Label, usize>,
    pub(super) unit: usize,
    /// The offset of the unit's line program.
    pub(super) line_program: u64,
}

impl Former<'_> {
    /// Chooses the forms of an entry, which others follow if `has_next`.
    pub(super) fn entry(&mut self, die: Die, has_next: bool) -> Entry {
        let mut attributes: Vec<Attribute> =
            die.attributes.into_iter().map(|(name, value)| self.attribute(name, value)).collect();
        let count = die.children.len();
        let has_children = count > 0 || (self.encoding.is_varied && self.numbers.chance(8));
        if self.encoding.has_siblings && has_children && has_next {
            let form = self.choose(&[gimli::DW_FORM_ref4, gimli::DW_FORM_ref_udata, gimli::DW_FORM_ref1]);
            attributes.push(Attribute { name: gimli::DW_AT_sibling, form, content: Content::Sibling(1) });
        }
        if self.encoding.is_varied {
            self.numbers.shuffle(&mut attributes);
        }
        let children = die.children.into_iter().enumerate();
        let children = children.map(|(at, child)| self.entry(child, at + 1 < count)).collect();
        Entry { tag: die.tag, attributes, children, label: die.label, has_children, code: 0, end: 0 }
    }

    /// The first of these, or one of them if forms vary.
    fn choose<T: Copy>(&mut self, all: &[T]) -> T {
        if self.encoding.is_varied { self.numbers.choose(all) } else { all[0] }
    }

    fn attribute(&mut self, name: DwAt, value: Value) -> Attribute {
        let (form, content) = match value {
            Value::Number(value) => self.number(name, value),
            Value::Flag => self.flag(),
            Value::Text(text) => self.text(&text),
            Value::Reference(label) => self.reference(label),
            Value::Expression(bytes) => self.block(&bytes),
            Value::Address(address) => {
                let width = if self.encoding.is_elf64 { 8 } else { 4 };
                (gimli::DW_FORM_addr, self.uint(address, width))
            }
            Value::Wide(value) => {
                let is_big = self.encoding.is_big_endian;
                let bytes = if is_big { value.to_be_bytes() } else { value.to_le_bytes() };
                let is_wide = self.choose(&[true, false]) && self.version >= 5;
                if is_wide {
                    (gimli::DW_FORM_data16, Content::Bytes(bytes.to_vec()))
                } else {
                    self.data(&bytes)
                }
            }
            Value::LineProgram => (self.offset_form(), Content::Offset(Section::Line, self.line_program)),
            Value::StringOffsets => {
                let header = if self.encoding.is_dwarf64 { 16 } else { 8 };
                (self.offset_form(), Content::Offset(Section::StrOffsets, header))
            }
        };
        Attribute { name, form, content }
    }

    fn offset_form(&self) -> DwForm {
        match (self.version, self.encoding.is_dwarf64) {
            (4.., _) => gimli::DW_FORM_sec_offset,
            (_, false) => gimli::DW_FORM_data4,
            (_, true) => gimli::DW_FORM_data8,
        }
    }

    fn uint(&self, value: u64, width: usize) -> Content {
        let mut bytes = Bytes::new(self.encoding.is_big_endian);
        bytes.uint(value, width);
        Content::Bytes(bytes.data)
    }

    fn number(&mut self, name: DwAt, value: u64) -> (DwForm, Content) {
        let mut forms = vec![gimli::DW_FORM_udata, gimli::DW_FORM_sdata];
        // In DWARF 2 and 3 a member's location of these forms is an offset of a location list.
        let may_be_wide = name != gimli::DW_AT_data_member_location || self.version >= 4;
        let wide = [(gimli::DW_FORM_data4, 32), (gimli::DW_FORM_data8, 64)];
        let narrow = [(gimli::DW_FORM_data1, 8), (gimli::DW_FORM_data2, 16)];
        let fixed = narrow.into_iter().chain(wide.into_iter().filter(|_| may_be_wide));
        forms.extend(fixed.filter(|&(_, bits)| bits == 64 || value >> bits == 0).map(|(form, _)| form));
        if self.version >= 5 {
            forms.push(gimli::DW_FORM_implicit_const);
        }
        let form = self.choose(&forms);
        let mut bytes = Bytes::new(self.encoding.is_big_endian);
        match form {
            gimli::DW_FORM_udata => bytes.uleb(value),
            gimli::DW_FORM_sdata => bytes.sleb(value as i64),
            gimli::DW_FORM_data1 => bytes.uint(value, 1),
            gimli::DW_FORM_data2 => bytes.uint(value, 2),
            gimli::DW_FORM_data4 => bytes.uint(value, 4),
            gimli::DW_FORM_data8 => bytes.uint(value, 8),
            _ => return (form, Content::Implicit(value as i64)),
        }
        (form, Content::Bytes(bytes.data))
    }

    fn flag(&mut self) -> (DwForm, Content) {
        let present = (gimli::DW_FORM_flag_present, Content::Bytes(Vec::new()));
        let byte = self.choose(&[1, 0xff]);
        if self.version < 4 || self.choose(&[false, true]) {
            return (gimli::DW_FORM_flag, Content::Bytes(vec![byte]));
        }
        present
    }

    fn text(&mut self, text: &str) -> (DwForm, Content) {
        let mut forms = vec![gimli::DW_FORM_strp, gimli::DW_FORM_string];
        if self.version >= 5 {
            forms.extend([gimli::DW_FORM_line_strp, gimli::DW_FORM_strx, gimli::DW_FORM_strx4]);
            forms.extend([gimli::DW_FORM_strx1, gimli::DW_FORM_strx2, gimli::DW_FORM_strx3]);
        }
        let form = self.choose(&forms);
        let width = match form {
            gimli::DW_FORM_strp => {
                return (form, Content::Offset(Section::Str, self.strings.offset(text)));
            }
            gimli::DW_FORM_line_strp => {
                return (form, Content::Offset(Section::LineStr, self.strings.line_offset(text)));
            }
            gimli::DW_FORM_strx1 => 1,
            gimli::DW_FORM_strx2 => 2,
            gimli::DW_FORM_strx3 => 3,
            gimli::DW_FORM_strx4 => 4,
            gimli::DW_FORM_strx => 0,
            _ => return (form, Content::Bytes(text.bytes().chain([0]).collect())),
        };
        let index = self.strings.index(text);
        if width == 0 || index >> (8 * width) != 0 {
            let mut bytes = Bytes::default();
            bytes.uleb(index);
            return (gimli::DW_FORM_strx, Content::Bytes(bytes.data));
        }
        (form, self.uint(index, width))
    }

    fn reference(&mut self, label: Label) -> (DwForm, Content) {
        let mut forms = vec![gimli::DW_FORM_ref_addr];
        if self.units.get(&label) == Some(&self.unit) {
            forms = vec![gimli::DW_FORM_ref4, gimli::DW_FORM_ref1, gimli::DW_FORM_ref2];
            forms.extend([gimli::DW_FORM_ref_udata, gimli::DW_FORM_ref8, gimli::DW_FORM_ref_addr]);
        }
        (self.choose(&forms), Content::Reference(label, 1))
    }

    /// A block that is no expression.
    fn data(&mut self, bytes: &[u8]) -> (DwForm, Content) {
        let length = [u8::try_from(bytes.len()).expect("few bytes")];
        let form = self.choose(&[gimli::DW_FORM_block1, gimli::DW_FORM_block]);
        (form, Content::Bytes([&length, bytes].concat()))
    }

    fn block(&mut self, bytes: &[u8]) -> (DwForm, Content) {
        let widths = [(gimli::DW_FORM_block1, 1), (gimli::DW_FORM_block2, 2), (gimli::DW_FORM_block4, 4)];
        let (mut form, width) = self.choose(&widths);
        let mut out = Bytes::new(self.encoding.is_big_endian);
        if self.version >= 4 || bytes.len() >> (8 * width) != 0 {
            form = if self.version >= 4 { gimli::DW_FORM_exprloc } else { gimli::DW_FORM_block };
            out.uleb(bytes.len() as u64);
        } else {
            out.uint(bytes.len() as u64, width);
        }
        out.raw(bytes);
        (form, Content::Bytes(out.data))
    }
}

impl Attribute {
    /// Gives a reference a form that has room for `value`; says whether it was changed.
    pub(super) fn fit(&mut self, value: u64) -> bool {
        let bytes = match self.form {
            gimli::DW_FORM_ref1 => 1,
            gimli::DW_FORM_ref2 => 2,
            gimli::DW_FORM_ref_udata => {
                let (Content::Reference(_, width) | Content::Sibling(width)) = &mut self.content else {
                    return false;
                };
                let needed = uleb_width(value);
                return std::mem::replace(width, needed.max(*width)) < needed;
            }
            _ => return false,
        };
        let is_too_small = value >> (8 * bytes) != 0;
        if is_too_small {
            self.form = gimli::DW_FORM_ref4;
        }
        is_too_small
    }
}
