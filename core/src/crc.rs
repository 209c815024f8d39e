//! The CRC-32 of versions: zlib's, the IEEE polynomial (SPEC section 1).

/// A CRC-32 that is being computed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Crc(crc32fast::Hasher);

impl Crc {
    pub(crate) fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    pub(crate) fn finish(self) -> u32 {
        self.0.finalize()
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
}
