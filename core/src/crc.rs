//! The CRC-32 of versions: zlib's, the IEEE polynomial (SPEC section 1).

use crc32fast::Hasher;

/// The size of the pieces that are hashed: many short ones cost more than a copy of each. A long one is hashed where it
/// is, and a long buffer costs more than it saves: there is one for each symbol, and it is moved.
const BUFFER: usize = 512;

/// A CRC-32 that is being computed.
#[derive(Clone, Debug)]
pub(crate) struct Crc {
    /// That of what was hashed.
    crc: u32,
    buffer: [u8; BUFFER],
    /// How many bytes of the buffer are waiting to be hashed.
    waiting: usize,
    /// The bytes that were appended, and those of them that were not as a digest.
    length: u64,
    plain: u64,
    /// The product of the shifts of all that was appended otherwise.
    shift: Shift,
}

/// The CRC-32 of a text that can stand within another one, and what that does to the CRC of all before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Digest {
    crc: u32,
    shift: Shift,
    /// Bytes.
    length: u64,
}

impl Default for Crc {
    fn default() -> Crc {
        Crc { crc: 0, buffer: [0; BUFFER], waiting: 0, length: 0, plain: 0, shift: Shift::NONE }
    }
}

impl Crc {
    /// Appends bytes.
    #[inline]
    pub(crate) fn update(&mut self, bytes: &[u8]) {
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.length = self.length.saturating_add(length);
        self.plain = self.plain.saturating_add(length);
        let end = self.waiting.saturating_add(bytes.len());
        match self.buffer.get_mut(self.waiting..end) {
            Some(room) => {
                room.copy_from_slice(bytes);
                self.waiting = end;
            }
            None => {
                self.flush();
                self.hash(bytes);
            }
        }
    }

    /// Appends a text whose CRC is known.
    pub(crate) fn append(&mut self, digest: Digest) {
        self.flush();
        self.crc = digest.shift.of(self.crc) ^ digest.crc;
        self.shift = self.shift.and(digest.shift);
        self.length = self.length.saturating_add(digest.length);
    }

    /// The bytes that were appended.
    pub(crate) fn length(&self) -> u64 {
        self.length
    }

    /// The CRC of all that was appended.
    pub(crate) fn finish(mut self) -> u32 {
        self.flush();
        self.crc
    }

    /// All that was appended, as a part of another text.
    pub(crate) fn digest(mut self) -> Digest {
        self.flush();
        Digest { crc: self.crc, shift: self.shift.and(Shift::by(self.plain)), length: self.length }
    }

    fn flush(&mut self) {
        let waiting = core::mem::take(&mut self.waiting);
        let mut hasher = Hasher::new_with_initial(self.crc);
        hasher.update(self.buffer.get(..waiting).unwrap_or_default());
        self.crc = hasher.finalize();
    }

    fn hash(&mut self, bytes: &[u8]) {
        let mut hasher = Hasher::new_with_initial(self.crc);
        hasher.update(bytes);
        self.crc = hasher.finalize();
    }
}

impl Digest {
    /// Two numbers that hold the digest, of which the first is not 0.
    pub(crate) fn pack(self) -> (u64, u64) {
        ((u64::from(self.crc) << 32) | u64::from(self.shift.0), self.length)
    }

    /// The digest that two numbers hold; if the first is 0, they hold none.
    pub(crate) fn unpack((packed, length): (u64, u64)) -> Option<Digest> {
        let half = |number: u64| u32::try_from(number & 0xffff_ffff).unwrap_or(0);
        let shift = Shift(half(packed));
        (packed != 0).then_some(Digest { crc: half(packed >> 32), shift, length })
    }
}

/// What text of some length does to the CRC of what is before it.
///
/// CRCs are polynomials over the field of two elements, modulo the one that defines the CRC; a byte more is a
/// multiplication by x^8. The bit of x^0 is the highest, as in the CRC itself. It is never 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Shift(u32);

impl Shift {
    /// x^0
    const NONE: Shift = Shift(1 << 31);
    /// x^8
    const BYTE: Shift = Shift(1 << 23);
    /// The polynomial without x^32.
    const POLYNOMIAL: u32 = 0xedb8_8320;

    /// The shift by so many bytes: by squaring.
    fn by(bytes: u64) -> Shift {
        let (mut shift, mut power, mut rest) = (Shift::NONE, Shift::BYTE, bytes);
        while rest != 0 {
            if rest & 1 == 1 {
                shift = shift.and(power);
            }
            power = power.and(power);
            rest >>= 1;
        }
        shift
    }

    /// Both, one after the other.
    fn and(self, other: Shift) -> Shift {
        Shift(self.of(other.0))
    }

    /// A CRC, shifted.
    fn of(self, crc: u32) -> u32 {
        let (mut product, mut power, mut rest) = (0, crc, self.0);
        // From x^0 on.
        while rest != 0 {
            if rest >> 31 == 1 {
                product ^= power;
            }
            power = (power >> 1) ^ if power & 1 == 1 { Shift::POLYNOMIAL } else { 0 };
            rest <<= 1;
        }
        product
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
                    let digest = part.digest();
                    assert_eq!(Digest::unpack(digest.pack()), Some(digest));
                    whole.append(digest);
                }
            }
            assert_eq!(whole.length(), text.len() as u64);
            assert_eq!(whole.finish(), expected, "{size}");
        }
    }

    #[test]
    fn shifts_are_those_of_the_library() {
        for length in [1, 2, 255, 1 << 20, (1 << 40) + 7] {
            let digest = Digest { crc: 0x1234_5678, shift: Shift::by(length), length };
            let mut ours = Crc::default();
            ours.update(b"before");
            ours.append(digest);
            let mut theirs = Hasher::new();
            theirs.update(b"before");
            theirs.combine(&Hasher::new_with_initial_len(0x1234_5678, length));
            assert_eq!(ours.finish(), theirs.finalize(), "{length}");
        }
    }
}
