//! Compressed files and sections, unpacked within limits.
//!
//! What a header says of the size is never believed: output grows as it comes, and stops at the limit. What a decoder keeps
//! besides, its window or dictionary, is no larger than what may still come out, or a few MiB that usual streams ask for.

use std::io::{self, BufReader, Read};

use anyhow::{Context, Result, anyhow, bail};
use dwarfksyms_core::{Compression, Error, ErrorKind, Limit, Packed};
use ruzstd::decoding::errors::FrameDecoderError;
use ruzstd::decoding::{FrameDecoder, StreamingDecoder};

use crate::boot_image::packed_kernel;
use crate::signature::signed;

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

/// How a whole file is compressed, if it is, according to its first bytes.
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

    /// What is said of a stream that cannot be unpacked.
    fn damage(self) -> &'static str {
        match self {
            Packing::Gzip => "the gzip stream is damaged",
            Packing::Xz => "the xz stream is damaged",
            Packing::Zstd => "the zstd stream is damaged",
        }
    }

    /// What gives out the contents; its window is no larger than the room.
    fn decoder<'b>(self, bytes: &'b [u8], room: Room) -> Box<dyn Read + 'b> {
        match self {
            Packing::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(bytes)),
            Packing::Xz => {
                let kib = room.left.max(USUAL_DICTIONARY) >> 10;
                let most = u32::try_from(kib).unwrap_or(u32::MAX);
                Box::new(lzma_rust2::XzReader::new_mem_limit(bytes, true, most))
            }
            Packing::Zstd => Box::new(Frames::new(bytes, room.left)),
        }
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
    let bytes = kernel.or_else(|| signed(bytes)).unwrap_or(bytes);
    let Some(format) = Packing::of(bytes) else {
        bail!(
            "{}",
            match kernel {
                Some(_) => "the kernel in this image is packed, and neither with gzip, nor with xz or zstd",
                None => "the file is not compressed",
            }
        )
    };
    let unpacked = read(format.decoder(bytes, room), room, || too_large(room));
    // A limit that is hit is no damage.
    unpacked.map_err(|error| if error.is::<Error>() { error } else { error.context(format.damage()) })
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
        Compression::Zlib => read(flate2::bufread::ZlibDecoder::new(packed.data), room, || too_large(room)),
        Compression::Zstd => {
            let too_wide = || anyhow!("the window is larger than the section");
            read(Frames::new(packed.data, room.left), room, too_wide)
        }
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

/// All frames of a zstd stream, one after the other.
struct Frames<'b> {
    /// What is behind the current frame, or the current one and what is behind it.
    rest: &'b [u8],
    current: Option<StreamingDecoder<&'b [u8], FrameDecoder>>,
    /// Bytes that may still come out, and with them the window that a frame may ask for.
    left: u64,
}

impl<'b> Frames<'b> {
    fn new(bytes: &'b [u8], most: u64) -> Frames<'b> {
        Frames { rest: bytes, current: None, left: most }
    }

    /// Begins the next frame, if there is one.
    fn begin(&mut self) -> io::Result<bool> {
        while let Some(rest) = skip_frame(self.rest) {
            self.rest = rest;
        }
        if self.rest.is_empty() {
            return Ok(false);
        }
        let most = self.left.max(USUAL_WINDOW);
        let decoder = StreamingDecoder::new_with_max_window_size(self.rest, most);
        self.current = Some(decoder.map_err(|error| match error {
            // As the decoder of xz says that a dictionary is too large.
            FrameDecoderError::WindowSizeTooBig { .. } => io::ErrorKind::OutOfMemory.into(),
            error => io::Error::new(io::ErrorKind::InvalidData, error.to_string()),
        })?);
        Ok(true)
    }

    /// Ends the current frame.
    fn end(&mut self) -> io::Result<()> {
        let Some(frame) = self.current.take() else { return Ok(()) };
        let expected = frame.decoder.get_checksum_from_data();
        if expected.is_some() && expected != frame.decoder.get_calculated_checksum() {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "the checksum is wrong"));
        }
        self.rest = frame.into_inner();
        Ok(())
    }
}

impl Read for Frames<'_> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        while !bytes.is_empty() {
            if let Some(frame) = &mut self.current {
                let count = frame.read(bytes)?;
                if count > 0 {
                    self.left = self.left.saturating_sub(u64::try_from(count).unwrap_or(u64::MAX));
                    return Ok(count);
                }
                self.end()?;
            } else if !self.begin()? {
                break;
            }
        }
        Ok(0)
    }
}

/// The contents of a file, as they come: what is compressed is unpacked, within a limit.
pub struct Stream<'b> {
    contents: Box<dyn Read + 'b>,
    room: Room,
    packing: Option<Packing>,
    /// What went wrong, if anything did.
    failure: Option<anyhow::Error>,
}

impl<'b> Stream<'b> {
    /// Of `bytes`, no more than `limit` come out.
    pub fn new(bytes: &'b [u8], limit: u64) -> Stream<'b> {
        let room = Room { left: limit, limit };
        let packing = Packing::of(bytes);
        let contents: Box<dyn Read> = match packing {
            Some(packing) => Box::new(BufReader::new(packing.decoder(bytes, room))),
            None => Box::new(bytes),
        };
        Stream { contents, room, packing, failure: None }
    }

    /// Why reading from it failed, if it was the stream that did: the limit, or damage. Whoever reads it need not know.
    pub fn failure(&mut self) -> Option<anyhow::Error> {
        self.failure.take()
    }

    fn explain(&self, error: io::Error) -> anyhow::Error {
        match (error.kind(), self.packing) {
            (io::ErrorKind::FileTooLarge | io::ErrorKind::OutOfMemory, _) => too_large(self.room),
            (_, Some(packing)) => anyhow::Error::from(error).context(packing.damage()),
            (_, None) => error.into(),
        }
    }

    fn more(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let count = self.contents.read(bytes)?;
        let more = u64::try_from(count).unwrap_or(u64::MAX);
        self.room.left = self.room.left.checked_sub(more).ok_or(io::ErrorKind::FileTooLarge)?;
        Ok(count)
    }
}

impl Read for Stream<'_> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.more(bytes).map_err(|error| {
            let kind = error.kind();
            if kind != io::ErrorKind::Interrupted {
                self.failure = Some(self.explain(error));
            }
            kind.into()
        })
    }
}

/// What is behind a skippable frame (RFC 8878 section 3.1.2), if the bytes begin with one.
fn skip_frame(bytes: &[u8]) -> Option<&[u8]> {
    let (magic, rest) = bytes.split_first_chunk::<4>()?;
    let (size, rest) = rest.split_first_chunk::<4>()?;
    let is_skippable = (0x184d_2a50..=0x184d_2a5f).contains(&u32::from_le_bytes(*magic));
    rest.get(usize::try_from(u32::from_le_bytes(*size)).ok()?..).filter(|_| is_skippable)
}

/// All of a stream, up to the limit; `too_wide` says what is wrong with a window that is larger than what may come out.
fn read(stream: impl Read, room: Room, too_wide: impl Fn() -> anyhow::Error) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let stream = BufReader::new(stream);
    stream.take(room.left.saturating_add(1)).read_to_end(&mut out).map_err(|error| match error.kind() {
        io::ErrorKind::OutOfMemory => too_wide(),
        _ => error.into(),
    })?;
    if u64::try_from(out.len()).unwrap_or(u64::MAX) > room.left {
        return Err(too_large(room));
    }
    Ok(out)
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
        let mut zeros = Zeros(0);
        assert!(read(&mut zeros, Room { left: 4096, ..room }, || too_large(room)).is_err());
        // What is read ahead is a buffer at most.
        assert!(zeros.0 <= 4097 + (8 << 10), "{}", zeros.0);
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
    fn a_stream_ends_at_its_limit_and_says_so() {
        for (limit, passes) in [(1 << 20, true), ((1 << 20) - 1, false)] {
            for contents in [repeated(13 << 3, 8), vec![7; 1 << 20]] {
                let mut stream = Stream::new(&contents, limit);
                let read = io::copy(&mut stream, &mut io::sink());
                assert_eq!(read.is_ok_and(|bytes| bytes == 1 << 20), passes);
                let failure = stream.failure();
                assert_eq!(failure.is_none(), passes);
                assert!(failure.is_none_or(|error| error.is::<Error>()));
            }
        }
        let cut = repeated(13 << 3, 8);
        let mut stream = Stream::new(&cut[..cut.len() - 2], 1 << 20);
        assert!(io::copy(&mut stream, &mut io::sink()).is_err());
        let failure = stream.failure().unwrap().to_string();
        assert_eq!(failure, "the zstd stream is damaged");
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
