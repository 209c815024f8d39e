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
    /// The product of the shifts of all that was appended otherwise, if this becomes a part of another text.
    shift: Option<Shift>,
}

/// The CRC-32 of a text that can stand within another one, and what that does to the CRC of all before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Digest {
    crc: u32,
    shift: Shift,
    /// Bytes.
    length: u64,
}

impl Crc {
    /// Begins a text of its own.
    pub(crate) fn of_whole() -> Crc {
        Crc { crc: 0, buffer: [0; BUFFER], waiting: 0, length: 0, plain: 0, shift: None }
    }

    /// Begins a text that becomes a part of another one.
    pub(crate) fn of_part() -> Crc {
        Crc { shift: Some(Shift::NONE), ..Crc::of_whole() }
    }

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
        let products = digest.shift.products();
        self.crc = products.with(self.crc) ^ digest.crc;
        self.shift = self.shift.map(|shift| Shift(products.with(shift.0)));
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
        let appended = self.shift.unwrap_or_else(|| Shift::by(self.length.saturating_sub(self.plain)));
        Digest { crc: self.crc, shift: appended.and(Shift::by(self.plain)), length: self.length }
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
    /// The shifts by 1, 2, 4 bytes, and so on.
    const BY_POWERS: [Shift; 64] = {
        let (mut shifts, mut power) = ([Shift::BYTE; 64], Shift::BYTE);
        let (mut rest, _) = shifts.split_at_mut(64);
        while let [shift, others @ ..] = rest {
            *shift = power;
            power = Shift(product(power.0, power.0));
            rest = others;
        }
        shifts
    };

    /// The shift by so many bytes.
    fn by(bytes: u64) -> Shift {
        let (mut shift, mut rest) = (Shift::NONE, bytes);
        for power in Shift::BY_POWERS {
            if rest & 1 == 1 {
                shift = shift.and(power);
            }
            rest >>= 1;
            if rest == 0 {
                break;
            }
        }
        shift
    }

    /// Both, one after the other.
    fn and(self, other: Shift) -> Shift {
        Shift(self.products().with(other.0))
    }

    /// What is needed to multiply by it.
    fn products(self) -> Products {
        let mut products = [0; 16];
        let mut power = self.0;
        // The number of a polynomial has x^0 in its highest bit, too.
        for bit in [8, 4, 2, 1] {
            for (number, product) in (0..).zip(&mut products) {
                *product ^= if number & bit == 0 { 0 } else { power };
            }
            power = times_x(power);
        }
        Products(products)
    }
}

/// The products of a polynomial with all of less than four bits.
struct Products([u32; 16]);

impl Products {
    /// What is added for the four bits that a multiplication by x^4 moves out.
    const MOVED_OUT: [u32; 16] = {
        let (mut sums, mut bits) = ([0; 16], 0);
        let (mut rest, _) = sums.split_at_mut(16);
        while let [sum, others @ ..] = rest {
            *sum = times_x(times_x(times_x(times_x(bits))));
            bits = bits.wrapping_add(1);
            rest = others;
        }
        sums
    };

    /// The product with another polynomial, four bits at a time, from the highest powers on.
    fn with(&self, other: u32) -> u32 {
        let of = |table: &[u32; 16], bits: u32| {
            usize::try_from(bits & 15).ok().and_then(|bits| table.get(bits).copied()).unwrap_or(0)
        };
        let mut product = 0;
        let mut rest = other;
        for _ in 0..8 {
            product = (product >> 4) ^ of(&Products::MOVED_OUT, product) ^ of(&self.0, rest);
            rest >>= 4;
        }
        product
    }
}

/// The product of two polynomials, one bit at a time.
const fn product(one: u32, other: u32) -> u32 {
    let (mut product, mut power, mut rest) = (0, one, other);
    // From x^0 on.
    while rest != 0 {
        if rest >> 31 == 1 {
            product ^= power;
        }
        power = times_x(power);
        rest <<= 1;
    }
    product
}

/// A polynomial, multiplied by x.
const fn times_x(polynomial: u32) -> u32 {
    (polynomial >> 1) ^ if polynomial & 1 == 1 { Shift::POLYNOMIAL } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_zlibs() {
        let mut crc = Crc::of_whole();
        crc.update(b"12345");
        crc.update(b"6789");
        assert_eq!(crc.finish(), 0xcbf4_3926);
    }

    #[test]
    fn it_does_not_matter_how_a_text_is_cut() {
        let text: alloc::vec::Vec<u8> = (0..3 * BUFFER).map(|at| ((at * at) >> 3) as u8).collect();
        let expected = crc32fast::hash(&text);
        for size in [1, 7, BUFFER - 1, BUFFER, BUFFER + 1, text.len()] {
            let mut whole = Crc::of_whole();
            for (number, piece) in text.chunks(size).enumerate() {
                if number % 2 == 0 {
                    whole.update(piece);
                } else {
                    let mut part = Crc::of_part();
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

    /// What a text is made for does not change its digest.
    #[test]
    fn parts_of_parts_are_parts() {
        let part = |bytes: &[u8]| {
            let mut part = Crc::of_part();
            part.update(bytes);
            part.digest()
        };
        let digests = [Crc::of_part(), Crc::of_whole()].map(|mut crc| {
            crc.update(b"one");
            crc.append(part(b"two"));
            crc.append(part(&[7; 5000]));
            crc.digest()
        });
        assert_eq!(digests, [part(&[&b"onetwo"[..], &[7; 5000]].concat()); 2]);
    }

    #[test]
    fn shifts_are_those_of_the_library() {
        for length in [1, 2, 255, 1 << 20, (1 << 40) + 7] {
            let digest = Digest { crc: 0x1234_5678, shift: Shift::by(length), length };
            let mut ours = Crc::of_part();
            ours.update(b"before");
            ours.append(digest);
            let mut theirs = Hasher::new();
            theirs.update(b"before");
            theirs.combine(&Hasher::new_with_initial_len(0x1234_5678, length));
            assert_eq!(ours.finish(), theirs.finalize(), "{length}");
        }
    }
}
