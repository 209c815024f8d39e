//! Compressed files and sections, unpacked within limits.
//!
//! What a header says of the size is never believed: output grows as it comes, and stops at the limit. What a decoder keeps
//! besides, its window or dictionary, is no larger than what may still come out, or a few MiB that usual streams ask for.

use std::io::{self, BufReader, Read};

use anyhow::{Context, Result, anyhow, bail};
use dwarfksyms_core::{Compression, Error, ErrorKind, Limit, Packed};
use ruzstd::decoding::errors::FrameDecoderError;

use crate::boot_image::packed_kernel;

/// The window that any decoder of zstd should have room for (RFC 8878 section 3.1.1.1.2).
const USUAL_WINDOW: u64 = 8 << 20;
/// The dictionary of `xz -9`, and what its decoder needs beside it.
const USUAL_DICTIONARY: u64 = 65 << 20;

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

/// Whether a file is compressed as a whole, as kernel modules are, or a boot image with a packed kernel in it.
pub fn is_packed(bytes: &[u8]) -> bool {
    Packing::of(bytes).is_some() || packed_kernel(bytes).is_some()
}

/// The contents of a file that is compressed as a whole; of a boot image, the kernel.
// Decoders take tens of kilobytes of stack, which a file that is not compressed should not pay for.
#[inline(never)]
pub(crate) fn file(bytes: &[u8], room: Room) -> Result<Vec<u8>> {
    let kernel = packed_kernel(bytes);
    let bytes = kernel.unwrap_or(bytes);
    let Some(format) = Packing::of(bytes) else {
        bail!(
            "{}",
            match kernel {
                Some(_) => "the kernel in this image is packed, and neither with gzip, nor with xz or zstd",
                None => "the file is not compressed",
            }
        )
    };
    let what = match format {
        Packing::Gzip => "the gzip stream is damaged",
        Packing::Xz => "the xz stream is damaged",
        Packing::Zstd => "the zstd stream is damaged",
    };
    let unpacked = match format {
        Packing::Gzip => read(flate2::bufread::MultiGzDecoder::new(bytes), room),
        Packing::Xz => {
            let kib = room.left.max(USUAL_DICTIONARY) >> 10;
            let most = u32::try_from(kib).unwrap_or(u32::MAX);
            read(lzma_rust2::XzReader::new_mem_limit(bytes, true, most), room)
        }
        Packing::Zstd => zstd(bytes, room, || too_large(room)),
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
        Compression::Zstd => zstd(packed.data, room, || anyhow!("the window is larger than the section")),
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

/// All frames of a zstd stream; `too_wide` says what is wrong with a window that is larger than what may come out.
fn zstd(mut bytes: &[u8], room: Room, too_wide: impl Fn() -> anyhow::Error) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    while !bytes.is_empty() {
        if let Some(rest) = skip_frame(bytes) {
            bytes = rest;
            continue;
        }
        let left = room.left.saturating_sub(u64::try_from(out.len()).unwrap_or(u64::MAX));
        let most = left.max(USUAL_WINDOW);
        let decoder = ruzstd::decoding::StreamingDecoder::new_with_max_window_size(&mut bytes, most);
        let mut decoder = decoder.map_err(|error| match error {
            FrameDecoderError::WindowSizeTooBig { .. } => too_wide(),
            error => io::Error::new(io::ErrorKind::InvalidData, error.to_string()).into(),
        })?;
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
    stream.take(left.saturating_add(1)).read_to_end(out).map_err(|error| match error.kind() {
        io::ErrorKind::OutOfMemory => too_large(room),
        _ => error.into(),
    })?;
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
        Packed::new(SectionId::Info, Compression::Zlib, data, size)
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

    /// A zstd frame of many blocks of one byte each that is repeated, and its window (RFC 8878 section 3.1.1).
    fn repeated(window: u8, blocks: u32) -> Vec<u8> {
        let mut frame = b"\x28\xb5\x2f\xfd\x00".to_vec();
        frame.push(window);
        for block in 0..blocks {
            let header = (128_u32 << 10) << 3 | 1 << 1 | u32::from(block + 1 == blocks);
            frame.extend_from_slice(&header.to_le_bytes()[..3]);
            frame.push(b'a');
        }
        frame
    }

    #[test]
    fn a_window_is_no_larger_than_what_may_come_out() {
        // Windows of 8 MiB, 9 MiB and 1 GiB, behind which comes 1 MiB.
        for (window, left, passes) in [
            (13 << 3, 1 << 20, true),
            (13 << 3 | 1, 1 << 20, false),
            (13 << 3 | 1, 9 << 20, true),
            (20 << 3, 64 << 20, false),
            (20 << 3, 1 << 30, true),
        ] {
            let unpacked = file(&repeated(window, 8), Room { left, limit: left });
            assert_eq!(unpacked.as_ref().map(Vec::len).ok(), passes.then_some(1 << 20), "{window} {left}");
            assert!(unpacked.map_or_else(|error| error.is::<Error>(), |_| true));
        }
    }

    #[test]
    fn frames_follow_one_another_and_some_are_passed_over() {
        let room = Room { left: 1 << 20, limit: 1 << 20 };
        let frame = repeated(13 << 3, 1);
        // Of the sixteen kinds of frames that hold no data, the first and the last, and one with nothing in it.
        let first = b"\x50\x2a\x4d\x18\x03\x00\x00\x00abc".as_slice();
        let last = b"\x5f\x2a\x4d\x18\x00\x00\x00\x00".as_slice();
        let len = |parts: &[&[u8]]| file(&parts.concat(), room).map(|unpacked| unpacked.len()).ok();
        let block = 128 << 10;
        assert_eq!(len(&[&frame, first, &frame, last]), Some(2 * block));
        assert_eq!(len(&[&frame, last, last]), Some(block));
        // What is cut, or no frame, is damage.
        assert_eq!(len(&[&frame, &first[..10]]), None);
        assert_eq!(len(&[&frame, b"\x60\x2a\x4d\x18\x00\x00\x00\x00"]), None);
    }

    #[test]
    fn a_dictionary_is_no_larger_than_what_may_come_out() {
        // What `printf hello | xz --lzma2=dict=1536MiB` writes, which asks for all of it at once.
        let xz = b"\xfd\x37\x7a\x58\x5a\x00\x00\x04\xe6\xd6\xb4\x46\x02\x00\x21\x01\x25\x00\x00\x00\x3b\x78\x7b\x41\
              \x01\x00\x04\x68\x65\x6c\x6c\x6f\x00\x00\x00\x00\xb1\x37\xb9\xdb\xe5\xda\x1e\x9b\x00\x01\x1d\x05\
              \xb8\x2d\x80\xaf\x1f\xb6\xf3\x7d\x01\x00\x00\x00\x00\x04\x59\x5a";
        let error = file(xz, Room { left: 1 << 20, limit: 1 << 20 }).unwrap_err();
        assert!(error.is::<Error>(), "{error:#}");
        assert_eq!(file(xz, Room { left: 2 << 30, limit: 2 << 30 }).unwrap(), b"hello");
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
