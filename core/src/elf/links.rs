//! What an object says about other files that belong to it.
//!
//! The names are the input's text: whoever opens files by them has to see to it that they lead nowhere else.

use object::Endianness;

/// Names and identities of an object's companions.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Links<'d> {
    /// The object's build ID (`.note.gnu.build-id`).
    pub build_id: Option<&'d [u8]>,
    /// The file that the debug sections were moved to (`.gnu_debuglink`).
    pub debug_link: Option<DebugLink<'d>>,
    /// The file that `dwz` moved common entries to (`.gnu_debugaltlink`, or `.debug_sup` of DWARF 5).
    pub alternate: Option<Alternate<'d>>,
    /// For such a file, what those that refer to it know it by (`.debug_sup`).
    pub supplementary_id: Option<&'d [u8]>,
    /// Where a package has which unit (`.debug_cu_index`).
    pub(crate) package_units: Option<&'d [u8]>,
    /// Where a package has which type unit (`.debug_tu_index`).
    pub(crate) package_types: Option<&'d [u8]>,
    /// Whether parts of units may be in `.dwo` files.
    pub(crate) may_be_split: bool,
}

/// Where the debug sections are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DebugLink<'d> {
    /// The file's name, without a folder.
    pub name: &'d [u8],
    /// The CRC-32 of its contents, the IEEE polynomial.
    pub crc: u32,
}

/// Where common entries and strings are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Alternate<'d> {
    /// The file's path, relative to the object's folder or absolute.
    pub name: &'d [u8],
    /// Its build ID, or the checksum of its `.debug_sup`.
    pub build_id: &'d [u8],
}

impl<'d> Links<'d> {
    /// A name, NUL, padding to a multiple of 4, and the CRC in the object's byte order.
    pub(super) fn set_debug_link(&mut self, data: &'d [u8], endian: Endianness) {
        let link = || {
            let (name, _) = split_name(data)?;
            let crc = data.last_chunk::<4>()?;
            let padded = name.len().checked_add(1)?.checked_next_multiple_of(4)?;
            (data.len() == padded.checked_add(4)?).then(|| DebugLink {
                name,
                crc: match endian {
                    Endianness::Little => u32::from_le_bytes(*crc),
                    Endianness::Big => u32::from_be_bytes(*crc),
                },
            })
        };
        self.debug_link = self.debug_link.or_else(link);
    }

    /// A path, NUL, and a build ID.
    pub(super) fn set_alternate(&mut self, data: &'d [u8]) {
        let alternate = || split_name(data).map(|(name, build_id)| Alternate { name, build_id });
        self.alternate = self.alternate.or_else(alternate);
    }
}

impl<'d> Alternate<'d> {
    /// Whether a file with these links is the one that is meant.
    pub fn is(&self, links: &Links<'_>) -> bool {
        [links.build_id, links.supplementary_id].contains(&Some(self.build_id))
    }
}

impl<'d> Links<'d> {
    /// A version, whether this is the supplementary file, a name, and a checksum with its length in front
    /// (DWARF 5 section 7.3.6).
    pub(super) fn set_supplementary(&mut self, data: &'d [u8], endian: Endianness) {
        let version: [u8; 2] = match endian {
            Endianness::Little => [5, 0],
            Endianness::Big => [0, 5],
        };
        let Some((&is_supplementary, rest)) = data.strip_prefix(&version).and_then(<[u8]>::split_first)
        else {
            return;
        };
        let Some(end) = name_end(rest) else { return };
        let (Some(name), Some(checksum)) = (rest.get(..end), rest.get(end..).and_then(|rest| rest.get(1..)))
        else {
            return;
        };
        // A checksum of 128 bytes or more would have a longer length.
        let Some((&length, checksum)) = checksum.split_first() else { return };
        if length >= 0x80 || usize::from(length) != checksum.len() {
            return;
        }
        match is_supplementary {
            0 if !name.is_empty() => {
                self.alternate = self.alternate.or(Some(Alternate { name, build_id: checksum }));
            }
            1 => self.supplementary_id = Some(checksum),
            _ => {}
        }
    }
}

/// Where a name ends; no file has a longer one than this looks for.
fn name_end(data: &[u8]) -> Option<usize> {
    const LONGEST: usize = 4096;
    memchr::memchr(0, data.get(..LONGEST).unwrap_or(data))
}

/// A NUL-terminated name that is not empty, and what follows it.
fn split_name(data: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = name_end(data).filter(|&end| end > 0)?;
    Some((data.get(..end)?, data.get(end.checked_add(1)?..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_debug_link_ends_in_its_crc() {
        let mut links = Links::default();
        for bad in [&b""[..], b"\0\0\0\0abcd", b"x.debug\0abc", b"x.debu", b"x\0\0\0abcdefgh"] {
            links.set_debug_link(bad, Endianness::Little);
            assert_eq!(links.debug_link, None, "{}", bad.escape_ascii());
        }
        links.set_debug_link(b"vm.debug\0\0\0\0\x01\x02\x03\x04", Endianness::Big);
        assert_eq!(links.debug_link, Some(DebugLink { name: b"vm.debug", crc: 0x0102_0304 }));
    }

    #[test]
    fn a_supplementary_file_and_its_users_have_one_checksum() {
        let (mut user, mut file) = (Links::default(), Links::default());
        user.set_supplementary(b"\x05\0\0common.dwz\0\x02\xab\xcd", Endianness::Little);
        file.set_supplementary(b"\0\x05\x01\0\x02\xab\xcd", Endianness::Big);
        assert!(user.alternate.unwrap().is(&file));
        for bad in [
            &b""[..],
            b"\x05\0",
            b"\x05\0\0\0\x01a",
            b"\x05\0\0x",
            b"\x05\0\0x\0",
            b"\x05\0\0x\0\x02a",
            b"\x04\0\0x\0\x01a",
        ] {
            let mut links = Links::default();
            links.set_supplementary(bad, Endianness::Little);
            assert_eq!(links.alternate, None, "{}", bad.escape_ascii());
        }
    }

    #[test]
    fn an_alternate_ends_in_its_build_id() {
        let mut links = Links::default();
        links.set_alternate(b"../common.dwz\0\xab\xcd");
        let expected = Alternate { name: b"../common.dwz", build_id: b"\xab\xcd" };
        assert_eq!(links.alternate, Some(expected));
    }
}
