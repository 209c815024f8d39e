//! Compressed files and sections, unpacked within limits.
//!
//! What a header says of the size is never believed: output grows as it comes, and stops at the limit.

use std::io::{self, BufReader, Read};

use anyhow::{Context, Result, anyhow, bail};
use dwarfksyms_core::{Compression, Error, ErrorKind, Limit, Packed};

/// How much may come out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Room {
    /// Bytes that are left.
    pub(crate) left: u64,
    /// The limit that they are left of.
    pub(crate) limit: u64,
}

/// How a whole file is compressed, if it is, told by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Packing {
    Gzip,
    Xz,
    Zstd,
}

impl Packing {
    fn of(bytes: &[u8]) -> Option<Packing> {
        if skip_frame(bytes).is_some() {
            return Some(Packing::Zstd);
        }
        let magics: [(&[u8], Packing); 3] = [
            (b"\x1f\x8b", Packing::Gzip),
            (b"\xfd7zXZ\0", Packing::Xz),
            (b"\x28\xb5\x2f\xfd", Packing::Zstd),
        ];
        magics.into_iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, format)| format)
    }
}

/// Whether a file is compressed as a whole, as kernel modules are.
pub fn is_packed(bytes: &[u8]) -> bool {
    Packing::of(bytes).is_some()
}

/// The contents of a file that is compressed as a whole.
// Decoders take tens of kilobytes of stack, which a file that is not compressed should not pay for.
#[inline(never)]
pub(crate) fn file(bytes: &[u8], room: Room) -> Result<Vec<u8>> {
    let Some(format) = Packing::of(bytes) else { bail!("the file is not compressed") };
    let what = match format {
        Packing::Gzip => "the gzip stream is damaged",
        Packing::Xz => "the xz stream is damaged",
        Packing::Zstd => "the zstd stream is damaged",
    };
    let unpacked = match format {
        Packing::Gzip => read(flate2::bufread::MultiGzDecoder::new(bytes), room),
        Packing::Xz => read(lzma_rust2::XzReader::new(bytes, true), room),
        Packing::Zstd => zstd(bytes, room),
    };
    // A limit that is hit is no damage.
    unpacked.map_err(|error| if error.is::<Error>() { error } else { error.context(what) })
}

/// The contents of a compressed section, which must be as many bytes as its header says.
// As above.
#[inline(never)]
pub(crate) fn section(packed: &Packed<'_>, room: Room) -> Result<Vec<u8>> {
    let place = packed.section.name();
    if packed.size > room.left {
        return Err(too_large(room)).context(place);
    }
    // More than the header says would be damage, however much more it is.
    let (size, room) = (packed.size, Room { left: packed.size, ..room });
    let unpacked = match packed.compression {
        Compression::Zlib => read(flate2::bufread::ZlibDecoder::new(packed.data), room),
        Compression::Zstd => zstd(packed.data, room),
        _ => bail!("{place}: it is not known how to unpack the section"),
    };
    let unpacked = unpacked.map_err(|error| match error.is::<Error>() {
        true => {
            anyhow!("{place}: the compressed data gives more than the {size} bytes of the section's header")
        }
        false => error.context("the compressed data is damaged").context(place),
    })?;
    if u64::try_from(unpacked.len()).ok() != Some(size) {
        let got = unpacked.len();
        bail!("{place}: the compressed data gives {got} bytes, not the {size} of the section's header");
    }
    Ok(unpacked)
}

/// All frames of a zstd stream.
fn zstd(mut bytes: &[u8], room: Room) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    while !bytes.is_empty() {
        if let Some(rest) = skip_frame(bytes) {
            bytes = rest;
            continue;
        }
        let decoder = ruzstd::decoding::StreamingDecoder::new(&mut bytes);
        let mut decoder =
            decoder.map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.to_string()))?;
        append(&mut decoder, &mut out, room)?;
        let expected = decoder.decoder.get_checksum_from_data();
        if expected.is_some() && expected != decoder.decoder.get_calculated_checksum() {
            bail!("the checksum is wrong");
        }
    }
    Ok(out)
}

/// What is behind a skippable frame (RFC 8878 section 3.1.2), if the bytes begin with one.
fn skip_frame(bytes: &[u8]) -> Option<&[u8]> {
    let (magic, rest) = bytes.split_first_chunk::<4>()?;
    let (size, rest) = rest.split_first_chunk::<4>()?;
    let is_skippable = (0x184d_2a50..=0x184d_2a5f).contains(&u32::from_le_bytes(*magic));
    rest.get(usize::try_from(u32::from_le_bytes(*size)).ok()?..).filter(|_| is_skippable)
}

fn read(stream: impl Read, room: Room) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    append(BufReader::new(stream), &mut out, room)?;
    Ok(out)
}

/// Appends a stream, up to the limit.
fn append(stream: impl Read, out: &mut Vec<u8>, room: Room) -> Result<()> {
    let len = |out: &Vec<u8>| u64::try_from(out.len()).unwrap_or(u64::MAX);
    let left = room.left.saturating_sub(len(out));
    stream.take(left.saturating_add(1)).read_to_end(out)?;
    if len(out) > room.left {
        return Err(too_large(room));
    }
    Ok(())
}

fn too_large(room: Room) -> anyhow::Error {
    Error::new(ErrorKind::Limit(Limit::Unpacked, room.limit)).into()
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use dwarfksyms_core::SectionId;

    use super::*;

    fn zlib(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn packed(data: &[u8], size: u64) -> Packed<'_> {
        Packed { section: SectionId::Info, compression: Compression::Zlib, data, size }
    }

    #[test]
    fn a_section_has_the_size_that_its_header_says() {
        let data = zlib(&[7; 1000]);
        let room = Room { left: 1 << 20, limit: 1 << 20 };
        assert_eq!(section(&packed(&data, 1000), room).unwrap(), [7; 1000]);
        for size in [0, 999, 1001, u64::MAX] {
            assert!(section(&packed(&data, size), room).is_err(), "{size}");
        }
        assert!(section(&packed(&data[..data.len() - 6], 1000), room).is_err());
    }

    /// Zeros without an end, as far as anybody has read them.
    struct Zeros(u64);

    impl Read for &mut Zeros {
        fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
            bytes.fill(0);
            self.0 += bytes.len() as u64;
            Ok(bytes.len())
        }
    }

    #[test]
    fn more_than_the_header_says_is_not_unpacked() {
        // The limit is far away, and nobody is told to raise it.
        let room = Room { left: 1 << 40, limit: 1 << 40 };
        let data = zlib(&vec![0; 1 << 20]);
        let error = section(&packed(&data, 4096), room).unwrap_err().to_string();
        assert_eq!(
            error,
            ".debug_info: the compressed data gives more than the 4096 bytes of the section's header"
        );
        let (mut zeros, mut out) = (Zeros(0), Vec::new());
        assert!(append(&mut zeros, &mut out, Room { left: 4096, ..room }).is_err());
        assert_eq!((out.len(), zeros.0), (4097, 4097));
    }

    #[test]
    fn exactly_the_limit_passes_and_one_less_fails() {
        let data = zlib(&[7; 1000]);
        for (left, passes) in [(1000, true), (999, false)] {
            let room = Room { left, limit: 2000 };
            assert_eq!(section(&packed(&data, 1000), room).is_ok(), passes);
            let gzip = {
                let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
                encoder.write_all(&[7; 1000]).unwrap();
                encoder.finish().unwrap()
            };
            assert_eq!(file(&gzip, room).is_ok(), passes);
        }
    }

    #[test]
    fn a_file_is_known_by_its_first_bytes() {
        let room = Room { left: 1 << 20, limit: 1 << 20 };
        assert!(!is_packed(b"\x7fELF"));
        for magic in [&b"\x1f\x8b"[..], b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd"] {
            let bytes = [magic, b"nonsense"].concat();
            assert!(is_packed(&bytes) && file(&bytes, room).is_err());
        }
    }
}
