//! The signature of a module, where it was appended after the module was compressed.
//!
//! The kernel appends it to the module itself (`scripts/sign-file`), and modules are compressed afterwards. Whoever signs what is compressed
//! already leaves it behind the compressed data, where the kernel does not look for it, and decoders take it for damage.

/// What every signature ends in (`MODULE_SIG_STRING`).
const MARKER: &[u8] = b"~Module signature appended~\n";
/// The bytes of `struct module_signature`, which stands before the marker.
const HEADER: usize = 12;

/// The bytes before a signature; `None` if there is none, or its lengths do not fit.
pub fn signed(bytes: &[u8]) -> Option<&[u8]> {
    let (rest, header) = bytes.strip_suffix(MARKER)?.split_last_chunk::<HEADER>()?;
    let [_, _, _, signer, key, _, _, _, length @ ..] = *header;
    let length = usize::try_from(u32::from_be_bytes(length)).ok()?;
    let all = length.checked_add(signer.into())?.checked_add(key.into())?;
    rest.get(..rest.len().checked_sub(all)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module and its signature, whose header has these lengths.
    fn with(signer: u8, key: u8, length: u32, behind: &[u8]) -> Vec<u8> {
        let header = [&[0, 0, 2, signer, key, 0, 0, 0][..], &length.to_be_bytes()].concat();
        [b"module", behind, &header, MARKER].concat()
    }

    #[test]
    fn its_header_says_where_it_begins() {
        assert_eq!(signed(&with(0, 0, 4, b"PKCS")), Some(&b"module"[..]));
        assert_eq!(signed(&with(3, 2, 4, b"memkeSIGN")), Some(&b"module"[..]));
        assert_eq!(signed(&with(0, 0, 10, b"PKCS")), Some(&b""[..]));
        for wrong in
            [with(0, 0, 11, b"PKCS"), with(255, 255, u32::MAX, b""), b"module".to_vec(), MARKER.to_vec()]
        {
            assert_eq!(signed(&wrong), None);
        }
        assert_eq!(signed(&[&with(0, 0, 4, b"PKCS")[..], b"\n"].concat()), None);
    }
}
