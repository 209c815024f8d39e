//! From a model to an object's bytes.

use std::collections::BTreeMap;

use super::bytes::Bytes;
use super::dies::{Builder, Die, Label, Value};
use super::dwarf::{self, Field, Unit};
use super::elf;
use super::encoding::{Encoding, Numbers};
use super::form::{Former, Section, Strings};
use super::layout::Layout;
use super::types::Model;
use super::{line, noise, rules};

/// Sections of which an object has other bytes than those that its model asks for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Replaced<'b> {
    /// `.discard.gendwarfksyms.kabi_rules`
    pub rules: Option<&'b [u8]>,
    /// `.debug_line`
    pub lines: Option<&'b [u8]>,
}

/// An object with what a model declares.
pub fn encode(model: &Model, layout: &Layout, encoding: &Encoding) -> Vec<u8> {
    encode_with(model, layout, encoding, Replaced::default())
}

/// An object with what a model declares, but for some sections.
pub fn encode_with(model: &Model, layout: &Layout, encoding: &Encoding, replaced: Replaced<'_>) -> Vec<u8> {
    let mut numbers = Numbers(encoding.seed);
    let roots: Vec<(u8, Die)> =
        (0..layout.units.len()).map(|unit| root(model, layout, encoding, unit, &mut numbers)).collect();
    let mut labels = BTreeMap::new();
    for (unit, (_, root)) in roots.iter().enumerate() {
        collect(root, unit, &mut labels);
    }
    let mut strings = Strings::new(encoding.merges_strings);
    let mut lines = Bytes::new(encoding.is_big_endian);
    let mut fields: Vec<Field> = Vec::new();
    let mut units = Vec::new();
    for (unit, (version, root)) in roots.into_iter().enumerate() {
        let line_program = lines.len() as u64;
        let line_version = line::version(encoding, unit, version);
        line::write(line_version, encoding, &mut numbers, &mut strings, &mut lines, &mut fields);
        let (strings, units_of) = (&mut strings, &labels);
        let numbers = Numbers(numbers.any());
        let mut former = Former { encoding, version, strings, numbers, units: units_of, unit, line_program };
        units.push(Unit { version, root: former.entry(root, false) });
    }
    let mut dwarf = dwarf::write(units, &strings, encoding);
    match replaced.lines {
        Some(lines) => drop(dwarf.sections.insert(Section::Line, lines.to_vec())),
        None => {
            dwarf.sections.insert(Section::Line, lines.data);
            dwarf.fields.extend(fields);
        }
    }
    let rules = replaced.rules.map_or_else(|| rules::section(&model.rules), <[u8]>::to_vec);
    elf::write(model, &dwarf, &rules, encoding, &mut numbers)
}

/// A unit's root, and the unit's version.
fn root(
    model: &Model,
    layout: &Layout,
    encoding: &Encoding,
    unit: usize,
    numbers: &mut Numbers,
) -> (u8, Die) {
    let mut version = encoding.version;
    if encoding.is_varied && unit > 0 && !encoding.is_dwarf64 {
        version = numbers.choose(&[2, 3, 4, 5]);
    }
    let mut root = Die::new(gimli::DW_TAG_compile_unit)
        .named(Some("main.c"))
        .with(gimli::DW_AT_producer, Value::Text(format!("producer {}", encoding.seed)))
        .with(gimli::DW_AT_stmt_list, Value::LineProgram);
    if version >= 5 {
        root = root.with(gimli::DW_AT_str_offsets_base, Value::StringOffsets);
    }
    let numbers = Numbers(numbers.any());
    let mut builder = Builder { model, layout, encoding, unit, version, numbers };
    root.children = builder.declarations();
    if encoding.has_noise {
        noise::add(&mut root, &mut builder.numbers);
    }
    (version, root)
}

/// Notes the unit of every labelled DIE.
fn collect(die: &Die, unit: usize, labels: &mut BTreeMap<Label, usize>) {
    if let Some(label) = die.label {
        labels.insert(label, unit);
    }
    for child in &die.children {
        collect(child, unit, labels);
    }
}
