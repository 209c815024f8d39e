//! Compressed files and sections, unpacked within limits.
//!
//! What a header says of the size is never believed: output grows as it comes, and stops at the limit.

use std::io::{self, BufReader, Read};

use anyhow::{Context, Result, bail};
use dwarfksyms_core::{Compression, Error, ErrorKind, Limit, Limits, Packed};

/// How a whole file is compressed, if it is, told by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Gzip,
    Xz,
    Zstd,
}

impl Format {
    fn of(bytes: &[u8]) -> Option<Format> {
        let magics: [(&[u8], Format); 3] =
            [(b"\x1f\x8b", Format::Gzip), (b"\xfd7zXZ\0", Format::Xz), (b"\x28\xb5\x2f\xfd", Format::Zstd)];
        magics.into_iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, format)| format)
    }
}

/// The contents of a file that is compressed as a whole, as kernel modules are; `None` if it is not.
pub(crate) fn file(bytes: &[u8], limits: &Limits) -> Result<Option<Vec<u8>>> {
    let Some(format) = Format::of(bytes) else { return Ok(None) };
    let what = match format {
        Format::Gzip => "the gzip stream is damaged",
        Format::Xz => "the xz stream is damaged",
        Format::Zstd => "the zstd stream is damaged",
    };
    let unpacked = match format {
        Format::Gzip => read(flate2::bufread::MultiGzDecoder::new(bytes), limits),
        Format::Xz => read(lzma_rust2::XzReader::new(bytes, true), limits),
        Format::Zstd => zstd(bytes, limits),
    };
    unpacked.with_context(|| what).map(Some)
}

/// The contents of a compressed section, which must be as many bytes as its header says.
pub(crate) fn section(packed: &Packed<'_>, limits: &Limits) -> Result<Vec<u8>> {
    let place = packed.section.name();
    if packed.size > limits.unpacked {
        return Err(too_large(limits)).context(place);
    }
    let unpacked = match packed.compression {
        Compression::Zlib => read(flate2::bufread::ZlibDecoder::new(packed.data), limits),
        Compression::Zstd => zstd(packed.data, limits),
    };
    let unpacked = unpacked.context("the compressed data is damaged").context(place)?;
    if u64::try_from(unpacked.len()).ok() != Some(packed.size) {
        let (got, size) = (unpacked.len(), packed.size);
        bail!("{place}: the compressed data gives {got} bytes, not the {size} of the section's header");
    }
    Ok(unpacked)
}

/// All frames of a zstd stream.
fn zstd(mut bytes: &[u8], limits: &Limits) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    while !bytes.is_empty() {
        let decoder = ruzstd::decoding::StreamingDecoder::new(&mut bytes);
        let decoder =
            decoder.map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.to_string()))?;
        append(decoder, &mut out, limits)?;
    }
    Ok(out)
}

fn read(stream: impl Read, limits: &Limits) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    append(BufReader::new(stream), &mut out, limits)?;
    Ok(out)
}

/// Appends a stream, up to the limit.
fn append(stream: impl Read, out: &mut Vec<u8>, limits: &Limits) -> Result<()> {
    let len = |out: &Vec<u8>| u64::try_from(out.len()).unwrap_or(u64::MAX);
    let room = limits.unpacked.saturating_sub(len(out));
    stream.take(room.saturating_add(1)).read_to_end(out)?;
    if len(out) > limits.unpacked {
        return Err(too_large(limits));
    }
    Ok(())
}

fn too_large(limits: &Limits) -> anyhow::Error {
    Error::new(ErrorKind::Limit(Limit::Unpacked, limits.unpacked)).into()
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
        let limits = Limits::for_input(0);
        assert_eq!(section(&packed(&data, 1000), &limits).unwrap(), [7; 1000]);
        for size in [0, 999, 1001, u64::MAX] {
            assert!(section(&packed(&data, size), &limits).is_err(), "{size}");
        }
        assert!(section(&packed(&data[..data.len() - 6], 1000), &limits).is_err());
    }

    #[test]
    fn exactly_the_limit_passes_and_one_less_fails() {
        let data = zlib(&[7; 1000]);
        for (unpacked, passes) in [(1000, true), (999, false)] {
            let limits = Limits { unpacked, ..Limits::for_input(0) };
            assert_eq!(section(&packed(&data, 1000), &limits).is_ok(), passes);
            let gzip = {
                let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
                encoder.write_all(&[7; 1000]).unwrap();
                encoder.finish().unwrap()
            };
            assert_eq!(file(&gzip, &limits).is_ok(), passes);
        }
    }

    #[test]
    fn a_file_is_known_by_its_first_bytes() {
        let limits = Limits::for_input(0);
        assert!(file(b"\x7fELF", &limits).unwrap().is_none());
        for magic in [&b"\x1f\x8b"[..], b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd"] {
            assert!(file(&[magic, b"nonsense"].concat(), &limits).is_err());
        }
    }
}
