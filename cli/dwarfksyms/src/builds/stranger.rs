//! What a file is that is not read, as far as its first bytes show, and what to do with it.

/// How files begin: the offset and the bytes, what they are, and what helps.
const MAGICS: [(usize, &[u8], &str); 11] = [
    (
        0,
        b"version https://git-lfs",
        "a pointer of Git LFS, not the file itself: check the file out, and name it",
    ),
    (0, b"!<arch>\ndebian-binary", "a Debian package, which is read only if it is named itself"),
    (0, b"\xed\xab\xee\xdb", "an RPM package, which is read only if it is named itself"),
    (0, b"070701", "a cpio archive, such as an initramfs: unpack it, and name the folder"),
    (0, b"070707", "a cpio archive: unpack it, and name the folder"),
    (257, b"ustar", "a tar archive, which is read only if it is named itself"),
    (0, b"PK\x03\x04", "a zip archive: unpack it, and name the folder"),
    (0, b"hsqs", "a squashfs image: unpack it, and name the folder"),
    (
        0x38,
        b"ARMd",
        "a kernel image for arm64, which does not say what the kernel exports: its Module.symvers does",
    ),
    (
        0x38,
        b"RSC\x05",
        "a kernel image for RISC-V, which does not say what the kernel exports: its Module.symvers does",
    ),
    (
        4,
        b"zimg",
        "a packed kernel image for EFI, which does not say what the kernel exports: its Module.symvers does",
    ),
];

/// What a file is, if its first bytes show it.
pub(super) fn name(bytes: &[u8]) -> Option<&'static str> {
    let is_it =
        |&&(at, magic, _): &&(usize, &[u8], _)| bytes.get(at..).is_some_and(|bytes| bytes.starts_with(magic));
    MAGICS.iter().find(is_it).map(|&(_, _, what)| what)
}
