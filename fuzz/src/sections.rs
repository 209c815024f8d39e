//! Where things are in an object, for edits that keep the rest sound.

use std::ops::Range;

use gimli::{DebugAbbrev, DebugInfo, EndianSlice, Reader, RunTimeEndian, UnitSectionOffset};
use object::{Object, ObjectSection};

/// A section that has bytes in the file.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its name.
    pub name: String,
    /// Its bytes in the file.
    pub range: Range<usize>,
}

/// The sections of an object; none of a file that is none.
pub fn sections(data: &[u8]) -> Vec<Place> {
    let Ok(file) = object::File::parse(data) else { return Vec::new() };
    let place = |section: object::Section<'_, '_>| {
        let (start, size) = section.file_range()?;
        let start = usize::try_from(start).ok()?;
        let end = start.checked_add(usize::try_from(size).ok()?)?;
        let name = section.name().unwrap_or_default().to_owned();
        data.get(start..end).filter(|bytes| !bytes.is_empty())?;
        Some(Place { name, range: start..end })
    };
    file.sections().filter_map(place).collect()
}

/// The section headers: where each one is in the file.
pub fn headers(data: &[u8]) -> Vec<Range<usize>> {
    let is_wide = data.get(4) == Some(&2);
    let is_big = data.get(5) == Some(&2);
    let uint = |at: usize, width: usize| -> Option<usize> {
        let field = data.get(at..at + width)?.iter();
        let join = |value: usize, &byte: &u8| value << 8 | usize::from(byte);
        Some(if is_big { field.fold(0, join) } else { field.rev().fold(0, join) })
    };
    let (table, count, size) =
        if is_wide { (uint(40, 8), uint(60, 2), 64) } else { (uint(32, 4), uint(48, 2), 40) };
    let (Some(table), Some(count)) = (table, count) else { return Vec::new() };
    let range = |number: usize| {
        let start = table.checked_add(number * size)?;
        let range = start..start.checked_add(size)?;
        data.get(range.clone()).map(|_| range)
    };
    (0..count).map_while(range).collect()
}

/// The attributes that are references, as far as they can be read: where each one is in the file.
pub fn references(data: &[u8]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let all = sections(data);
    let section = |name: &str| all.iter().find(|place| place.name == name).map(|place| place.range.clone());
    let (Some(info), Some(abbreviations)) = (section(".debug_info"), section(".debug_abbrev")) else {
        return found;
    };
    let endian = if data.get(5) == Some(&2) { RunTimeEndian::Big } else { RunTimeEndian::Little };
    let table = DebugAbbrev::from(EndianSlice::new(&data[abbreviations], endian));
    let mut units = DebugInfo::new(&data[info.clone()], endian).units();
    while let Ok(Some(unit)) = units.next() {
        let start = match unit.offset() {
            UnitSectionOffset(offset) => info.start + offset,
        };
        let Ok(abbreviations) = unit.abbreviations(&table) else { return found };
        let Ok(mut entries) = unit.entries_raw(&abbreviations, None) else { return found };
        while !entries.is_empty() {
            let Ok(abbreviation) = entries.read_abbreviation() else { return found };
            for &spec in abbreviation.map(|abbreviation| abbreviation.attributes()).unwrap_or_default() {
                let before = entries.next_offset().0;
                let Ok(attribute) = entries.read_attribute(spec) else { return found };
                if is_reference(&attribute.raw_value()) {
                    found.push(start + before..start + entries.next_offset().0);
                }
            }
        }
    }
    found
}

fn is_reference<R: Reader>(value: &gimli::AttributeValue<R>) -> bool {
    matches!(value, gimli::AttributeValue::UnitRef(_) | gimli::AttributeValue::DebugInfoRef(_))
}
