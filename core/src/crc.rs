//! The CRC-32 of versions: zlib's, the IEEE polynomial (SPEC section 1).

use core::num::NonZeroU32;

use crc32fast::Hasher;

/// The size of the pieces that are hashed: many short ones cost more than a copy of each.
const BUFFER: usize = 4096;

/// A CRC-32 that is being computed.
#[derive(Clone, Debug)]
pub(crate) struct Crc {
    hasher: Hasher,
    buffer: [u8; BUFFER],
    /// How many bytes of the buffer are waiting to be hashed.
    waiting: usize,
    /// The bytes that were appended.
    length: u64,
}

/// The CRC-32 of a text that can stand within another one, and how long it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Digest {
    crc: u32,
    /// Bytes; never 0.
    length: NonZeroU32,
}

impl Default for Crc {
    fn default() -> Crc {
        Crc { hasher: Hasher::new(), buffer: [0; BUFFER], waiting: 0, length: 0 }
    }
}

impl Crc {
    /// Appends bytes.
    pub(crate) fn update(&mut self, bytes: &[u8]) {
        self.length = self.length.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        let end = self.waiting.saturating_add(bytes.len());
        match self.buffer.get_mut(self.waiting..end) {
            Some(room) => {
                room.copy_from_slice(bytes);
                self.waiting = end;
            }
            None => {
                self.flush();
                self.hasher.update(bytes);
            }
        }
    }

    /// Appends a text whose CRC is known.
    pub(crate) fn append(&mut self, digest: Digest) {
        self.flush();
        let length = u64::from(digest.length.get());
        self.length = self.length.saturating_add(length);
        self.hasher.combine(&Hasher::new_with_initial_len(digest.crc, length));
    }

    /// The CRC of all that was appended.
    pub(crate) fn finish(mut self) -> u32 {
        self.flush();
        self.hasher.finalize()
    }

    /// All that was appended, as a part of another text; `None` if it is empty, or longer than 4 GiB.
    pub(crate) fn digest(mut self) -> Option<Digest> {
        self.flush();
        let length = NonZeroU32::new(u32::try_from(self.length).ok()?)?;
        Some(Digest { crc: self.hasher.finalize(), length })
    }

    fn flush(&mut self) {
        self.hasher.update(self.buffer.get(..self.waiting).unwrap_or_default());
        self.waiting = 0;
    }
}

impl Digest {
    /// A number that holds the digest, and is not 0.
    pub(crate) fn pack(self) -> u64 {
        (u64::from(self.crc) << 32) | u64::from(self.length.get())
    }

    /// The digest that a number holds; 0 holds none.
    pub(crate) fn unpack(packed: u64) -> Option<Digest> {
        let length = NonZeroU32::new(u32::try_from(packed & 0xffff_ffff).ok()?)?;
        Some(Digest { crc: u32::try_from(packed >> 32).ok()?, length })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_zlibs() {
        let mut crc = Crc::default();
        crc.update(b"12345");
        crc.update(b"6789");
        assert_eq!(crc.finish(), 0xcbf4_3926);
    }

    #[test]
    fn it_does_not_matter_how_a_text_is_cut() {
        let text: alloc::vec::Vec<u8> = (0..3 * BUFFER).map(|at| ((at * at) >> 3) as u8).collect();
        let expected = crc32fast::hash(&text);
        for size in [1, 7, BUFFER - 1, BUFFER, BUFFER + 1, text.len()] {
            let mut whole = Crc::default();
            for (number, piece) in text.chunks(size).enumerate() {
                if number % 2 == 0 {
                    whole.update(piece);
                } else {
                    let mut part = Crc::default();
                    part.update(piece);
                    let digest = part.digest().unwrap();
                    assert_eq!(Digest::unpack(digest.pack()), Some(digest));
                    whole.append(digest);
                }
            }
            assert_eq!(whole.finish(), expected, "{size}");
        }
    }
}
