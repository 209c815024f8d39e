//! Any bytes as something compressed.

use dwarfksyms_core::Compression;
use dwarfksyms_host::fuzzing::{unpack_file, unpack_section};

use crate::allocation;

/// What may come out.
const ROOM: u64 = 1 << 20;

/// What a decompressor may take besides what comes out.
const STATE: u64 = 16 << 20;

/// Any bytes as a compressed file, or as a compressed section whose header tells its size in 4 bytes.
pub fn unpack(data: &[u8]) {
    let file = allocation::within(ROOM + STATE, || unpack_file(data, ROOM));
    if let Some(file) = file {
        assert!(u64::try_from(file.len()).is_ok_and(|length| length <= ROOM));
    }
    let Some((size, packed)) = data.split_first_chunk::<4>() else { return };
    let size = u64::from(u32::from_le_bytes(*size));
    for compression in [Compression::Zlib, Compression::Zstd] {
        let unpack = || unpack_section(compression, packed, size, ROOM);
        if let Some(section) = allocation::within(ROOM + STATE, unpack) {
            assert_eq!(u64::try_from(section.len()).ok(), Some(size));
            assert!(size <= ROOM);
        }
    }
}

#[cfg(test)]
#[test]
fn smoke() {
    crate::smoke::test("unpack");
}
