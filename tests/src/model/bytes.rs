//! Bytes in an object's byte order.

/// A section's bytes, as far as they are written.
#[derive(Clone, Debug, Default)]
pub(super) struct Bytes {
    pub(super) data: Vec<u8>,
    pub(super) is_big_endian: bool,
}

impl Bytes {
    pub(super) fn new(is_big_endian: bool) -> Bytes {
        Bytes { data: Vec::new(), is_big_endian }
    }

    pub(super) fn len(&self) -> usize {
        self.data.len()
    }

    pub(super) fn byte(&mut self, byte: u8) {
        self.data.push(byte);
    }

    pub(super) fn raw(&mut self, bytes: &[u8]) {
        self.data.extend_from_slice(bytes);
    }

    /// A string with the NUL behind it.
    pub(super) fn string(&mut self, text: &str) {
        self.data.extend(text.bytes().chain([0]));
    }

    /// A number of `width` bytes.
    pub(super) fn uint(&mut self, value: u64, width: usize) {
        let at = self.len();
        self.data.resize(at + width, 0);
        self.put(at, value, width);
    }

    /// Overwrites a number of `width` bytes.
    pub(super) fn put(&mut self, at: usize, value: u64, width: usize) {
        let field = &mut self.data[at..at + width];
        if self.is_big_endian {
            field.copy_from_slice(&value.to_be_bytes()[8 - width..]);
        } else {
            field.copy_from_slice(&value.to_le_bytes()[..width]);
        }
    }

    pub(super) fn uleb(&mut self, value: u64) {
        self.wide_uleb(value, 1);
    }

    /// An unsigned LEB128 number of at least `width` bytes.
    pub(super) fn wide_uleb(&mut self, mut value: u64, width: usize) {
        let start = self.len();
        loop {
            let rest = value >> 7;
            let is_last = rest == 0 && self.len() - start + 1 >= width;
            self.byte(value as u8 & 0x7f | if is_last { 0 } else { 0x80 });
            value = rest;
            if is_last {
                return;
            }
        }
    }

    pub(super) fn sleb(&mut self, mut value: i64) {
        loop {
            let byte = value as u8 & 0x7f;
            value >>= 7;
            let is_last = value == if byte & 0x40 == 0 { 0 } else { -1 };
            self.byte(byte | if is_last { 0 } else { 0x80 });
            if is_last {
                return;
            }
        }
    }
}

/// The number of bytes that an unsigned LEB128 number takes.
pub(super) fn uleb_width(value: u64) -> usize {
    let mut bytes = Bytes::default();
    bytes.uleb(value);
    bytes.len()
}
