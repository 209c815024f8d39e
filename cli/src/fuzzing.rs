//! What fuzz bodies need; no promise is made about it.

use dwarfksyms_core::{Compression, Limits, Packed, SectionId};

use crate::record::Record;
use crate::unpack::{self, Room};

/// Unpacks a file that is compressed as a whole.
pub fn unpack_file(data: &[u8], left: u64) -> Option<Vec<u8>> {
    unpack::file(data, Room { left, limit: left }).ok()
}

/// Unpacks a section whose header says that it has `size` bytes.
pub fn unpack_section(compression: Compression, data: &[u8], size: u64, left: u64) -> Option<Vec<u8>> {
    let packed = Packed { section: SectionId::Info, compression, data, size };
    unpack::section(&packed, Room { left, limit: left }).ok()
}

/// Reads recorded versions: names and numbers, by name.
pub fn record<'b>(data: &'b [u8], limits: &Limits) -> Option<Vec<(&'b [u8], u32)>> {
    let record = Record::parse(data, limits).ok()?;
    let entries: Vec<_> = record.iter().collect();
    assert!(entries.iter().all(|&(name, version)| record.get(name) == Some(version)));
    Some(entries)
}
