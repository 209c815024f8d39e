//! What fuzz bodies need; no promise is made about it.

use dwarfksyms_core::{Compression, Packed, SectionId};

use crate::unpack::{self, Room};

/// Unpacks a file that is compressed as a whole.
pub fn unpack_file(data: &[u8], left: u64) -> Option<Vec<u8>> {
    unpack::file(data, Room { left, limit: left }).ok()
}

/// Unpacks a section whose header says that it has `size` bytes.
pub fn unpack_section(compression: Compression, data: &[u8], size: u64, left: u64) -> Option<Vec<u8>> {
    let packed = Packed::new(SectionId::Info, compression, data, size);
    unpack::section(&packed, Room { left, limit: left }).ok()
}
