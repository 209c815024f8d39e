//! What fuzz bodies need; no promise is made about it.

use dwarfksyms_core::Limits;

use crate::record::Record;

/// Reads recorded versions: names and numbers, by name.
pub fn record<'b>(data: &'b [u8], limits: &Limits) -> Option<Vec<(&'b [u8], u32)>> {
    let record = Record::parse(data, limits).ok()?;
    let entries: Vec<_> = record.iter().collect();
    assert!(entries.iter().all(|&(name, version)| record.get(name) == Some(version)));
    Some(entries)
}
