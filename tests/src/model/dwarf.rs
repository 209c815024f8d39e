//! From entries to debug sections: offsets, headers and the fields that relocations complete.

use std::collections::BTreeMap;

use super::abbreviation::{self, Table};
use super::bytes::Bytes;
use super::dies::Label;
use super::encoding::Encoding;
use super::form::{Attribute, Content, Entry, Section, Strings};

/// A unit whose attributes have their forms.
pub(super) struct Unit {
    pub(super) version: u8,
    pub(super) root: Entry,
}

/// A field that holds an offset into a section.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    pub(super) section: Section,
    pub(super) offset: usize,
    pub(super) width: usize,
    pub(super) target: Section,
    pub(super) value: u64,
}

/// Debug sections, with all offsets in their fields, and where those fields are.
#[derive(Debug, Default)]
pub(super) struct Dwarf {
    pub(super) sections: BTreeMap<Section, Vec<u8>>,
    pub(super) fields: Vec<Field>,
}

/// Where the labelled entries are: the start of their unit, and the offset in it.
type Offsets = BTreeMap<Label, (usize, usize)>;

/// Writes units one after the other.
struct Writer<'e> {
    encoding: &'e Encoding,
    info: Bytes,
    fields: Vec<Field>,
    /// Those that count, and those that are found while writing.
    known: &'e Offsets,
    found: Offsets,
    /// The unit at hand.
    start: usize,
    version: u8,
    has_changed: bool,
    has_new_forms: bool,
}

/// Writes `.debug_info`, `.debug_abbrev` and the sections of strings.
pub(super) fn write(mut units: Vec<Unit>, strings: &Strings, encoding: &Encoding) -> Dwarf {
    let mut dwarf = Dwarf::default();
    let mut known = Offsets::new();
    let (mut tables, mut abbreviations) = abbreviate(&mut units, encoding);
    // Offsets settle after a few rounds, because forms only ever grow.
    for _ in 0..100 {
        let mut writer = Writer {
            encoding,
            info: Bytes::new(encoding.is_big_endian),
            fields: Vec::new(),
            known: &known,
            found: Offsets::new(),
            start: 0,
            version: 0,
            has_changed: false,
            has_new_forms: false,
        };
        for (unit, &table) in units.iter_mut().zip(&tables) {
            writer.unit(unit, table);
        }
        let is_settled = writer.found == known && !writer.has_changed;
        let Writer { info, fields, found, has_new_forms, .. } = writer;
        if is_settled {
            dwarf.sections.insert(Section::Info, info.data);
            dwarf.sections.insert(Section::Abbrev, abbreviations);
            dwarf.fields = fields;
            break;
        }
        if has_new_forms {
            (tables, abbreviations) = abbreviate(&mut units, encoding);
        }
        known = found;
    }
    assert!(!dwarf.sections.is_empty(), "the offsets do not settle");
    dwarf.add_strings(strings, encoding);
    dwarf
}

/// Numbers abbreviations: the offset of each unit's table, and all tables' bytes.
fn abbreviate(units: &mut [Unit], encoding: &Encoding) -> (Vec<usize>, Vec<u8>) {
    let mut out = Bytes::new(encoding.is_big_endian);
    let mut offsets = Vec::new();
    let group = if encoding.shares_abbreviations { units.len() } else { 1 };
    for group in units.chunks_mut(group) {
        let mut table = Table::default();
        for unit in group.iter_mut() {
            table.add(&mut unit.root, encoding.shares_abbreviations);
        }
        let codes = table.codes(encoding);
        for unit in group {
            abbreviation::number(&mut unit.root, &codes);
            offsets.push(out.len());
        }
        table.write(&codes, &mut out);
    }
    (offsets, out.data)
}

impl Dwarf {
    fn add_strings(&mut self, strings: &Strings, encoding: &Encoding) {
        self.sections.insert(Section::Str, strings.str.clone());
        self.sections.insert(Section::LineStr, strings.line_str.clone());
        let width = word(encoding);
        let mut out = Bytes::new(encoding.is_big_endian);
        initial_length(&mut out, strings.offsets.len() * width + 4, encoding);
        out.uint(5, 2);
        out.uint(0, 2);
        for &value in &strings.offsets {
            let (section, target) = (Section::StrOffsets, Section::Str);
            self.fields.push(Field { section, offset: out.len(), width, target, value });
            out.uint(value, width);
        }
        self.sections.insert(Section::StrOffsets, out.data);
    }
}

/// The width of an offset.
pub(super) fn word(encoding: &Encoding) -> usize {
    if encoding.is_dwarf64 { 8 } else { 4 }
}

/// Writes the length of what follows.
pub(super) fn initial_length(out: &mut Bytes, length: usize, encoding: &Encoding) {
    if encoding.is_dwarf64 {
        out.uint(0xffff_ffff, 4);
    }
    out.uint(length as u64, word(encoding));
}

/// Completes the length at `start`.
pub(super) fn finish_length(out: &mut Bytes, start: usize, encoding: &Encoding) {
    let width = word(encoding);
    let field = if encoding.is_dwarf64 { start + 4 } else { start };
    let length = out.len() - field - width;
    out.put(field, length as u64, width);
}

impl Writer<'_> {
    fn unit(&mut self, unit: &mut Unit, table: usize) {
        let address_size = if self.encoding.is_elf64 { 8 } else { 4 };
        self.start = self.info.len();
        self.version = unit.version;
        initial_length(&mut self.info, 0, self.encoding);
        self.info.uint(unit.version.into(), 2);
        if unit.version >= 5 {
            self.info.raw(&[gimli::DW_UT_compile.0, address_size]);
        }
        self.offset(Section::Abbrev, table as u64, word(self.encoding));
        if unit.version < 5 {
            self.info.byte(address_size);
        }
        self.entry(&mut unit.root);
        finish_length(&mut self.info, self.start, self.encoding);
    }

    fn offset(&mut self, target: Section, value: u64, width: usize) {
        let offset = self.info.len();
        self.fields.push(Field { section: Section::Info, offset, width, target, value });
        self.info.uint(value, width);
    }

    fn entry(&mut self, entry: &mut Entry) {
        if let Some(label) = entry.label {
            self.found.insert(label, (self.start, self.info.len() - self.start));
        }
        self.info.uleb(entry.code);
        for attribute in &mut entry.attributes {
            self.attribute(attribute, entry.end);
        }
        for child in &mut entry.children {
            self.entry(child);
        }
        if entry.has_children {
            self.info.byte(0);
        }
        let end = self.info.len() - self.start;
        self.has_changed |= std::mem::replace(&mut entry.end, end) != end;
    }

    fn attribute(&mut self, attribute: &mut Attribute, end: usize) {
        let (unit, within) = match &attribute.content {
            Content::Bytes(bytes) => return self.info.raw(bytes),
            Content::Implicit(_) => return,
            &Content::Offset(section, value) => return self.offset(section, value, word(self.encoding)),
            Content::Reference(label, _) => self.known.get(label).copied().unwrap_or_default(),
            Content::Sibling(_) => (self.start, end),
        };
        let form = attribute.form;
        self.has_changed |= attribute.fit(within as u64);
        self.has_new_forms |= attribute.form != form;
        let width = match (&attribute.content, attribute.form) {
            (_, gimli::DW_FORM_ref1) => 1,
            (_, gimli::DW_FORM_ref2) => 2,
            (_, gimli::DW_FORM_ref4) => 4,
            (_, gimli::DW_FORM_ref8) => 8,
            (_, gimli::DW_FORM_ref_addr) => {
                // In DWARF 2 such a reference is as wide as an address.
                let width = match (self.version, self.encoding.is_elf64) {
                    (2, true) => 8,
                    (2, false) => 4,
                    _ => word(self.encoding),
                };
                return self.offset(Section::Info, (unit + within) as u64, width);
            }
            (Content::Reference(_, width) | Content::Sibling(width), _) => {
                return self.info.wide_uleb(within as u64, *width);
            }
            _ => return,
        };
        self.info.uint(within as u64, width);
    }
}
