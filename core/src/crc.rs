//! The CRC-32 of versions: zlib's, the IEEE polynomial (SPEC section 1).

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
}

/// The CRC-32 of a text that can stand within another one, and how long it is.
#[derive(Clone, Debug)]
pub(crate) struct Digest(Hasher);

impl Default for Crc {
    fn default() -> Crc {
        Crc { hasher: Hasher::new(), buffer: [0; BUFFER], waiting: 0 }
    }
}

impl Crc {
    /// Appends bytes.
    pub(crate) fn update(&mut self, bytes: &[u8]) {
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
    pub(crate) fn append(&mut self, digest: &Digest) {
        self.flush();
        self.hasher.combine(&digest.0);
    }

    /// The CRC of all that was appended.
    pub(crate) fn finish(mut self) -> u32 {
        self.flush();
        self.hasher.finalize()
    }

    /// All that was appended, as a part of another text; begins anew.
    pub(crate) fn take(&mut self) -> Digest {
        self.flush();
        Digest(core::mem::take(&mut self.hasher))
    }

    fn flush(&mut self) {
        self.hasher.update(self.buffer.get(..self.waiting).unwrap_or_default());
        self.waiting = 0;
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
            let (mut whole, mut part) = (Crc::default(), Crc::default());
            for (number, piece) in text.chunks(size).enumerate() {
                if number % 2 == 0 {
                    whole.update(piece);
                } else {
                    part.update(piece);
                    whole.append(&part.take());
                }
            }
            assert_eq!(whole.finish(), expected, "{size}");
        }
    }
}
