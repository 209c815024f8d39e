//! Images that a boot loader of x86 starts, with a kernel packed in them: `vmlinuz`, `bzImage`.
//!
//! The setup header says where it is, from protocol 2.8 on (the kernel's Documentation/arch/x86/boot.rst). What is packed
//! on other architectures is no ELF file, and does not say what the kernel exports.

/// The packed kernel in an image, if it is one and has what its header says.
pub(crate) fn packed_kernel(image: &[u8]) -> Option<&[u8]> {
    const SECTOR: usize = 512;
    /// The first version of the protocol with the two fields.
    const OLDEST: u16 = 0x208;
    let is_header = image.get(0x1fe..0x200)? == b"\x55\xaa" && image.get(0x202..0x206)? == b"HdrS";
    let version = u16::from_le_bytes(*image.get(0x206..)?.first_chunk()?);
    if !is_header || version < OLDEST {
        return None;
    }
    let sectors = match *image.get(0x1f1)? {
        0 => 4,
        sectors => usize::from(sectors),
    };
    let setup = sectors.checked_add(1)?.checked_mul(SECTOR)?;
    let start = setup.checked_add(number(image, 0x248)?)?;
    let packed = image.get(start..)?.get(..number(image, 0x24c)?)?;
    without_size(packed)
}

/// What is packed without the four bytes behind it in which the kernel's build notes how much will come out. gzip does that itself.
fn without_size(packed: &[u8]) -> Option<&[u8]> {
    match packed.starts_with(b"\x1f\x8b") {
        true => Some(packed),
        false => packed.split_last_chunk::<4>().map(|(packed, _)| packed),
    }
}

/// A number of four bytes, at an offset.
fn number(image: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(*image.get(at..)?.first_chunk()?)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn x86(sectors: u8, version: u16, offset: u32, packed: &[u8]) -> Vec<u8> {
        let setup = (usize::from(if sectors == 0 { 4 } else { sectors }) + 1) * 512;
        let mut image = vec![0; setup + offset as usize];
        image[0x1f1] = sectors;
        image[0x1fe..0x200].copy_from_slice(b"\x55\xaa");
        image[0x202..0x206].copy_from_slice(b"HdrS");
        image[0x206..0x208].copy_from_slice(&version.to_le_bytes());
        image[0x248..0x24c].copy_from_slice(&offset.to_le_bytes());
        image[0x24c..0x250].copy_from_slice(&(packed.len() as u32).to_le_bytes());
        image.extend_from_slice(packed);
        image.extend_from_slice(b"what is behind it");
        image
    }

    #[test]
    fn the_header_says_where_the_kernel_is() {
        for sectors in [0, 1, 39] {
            assert_eq!(packed_kernel(&x86(sectors, 0x20f, 100, b"packedSIZE")), Some(&b"packed"[..]));
        }
        assert_eq!(packed_kernel(&x86(1, 0x208, 0, b"\x1f\x8bpacked")), Some(&b"\x1f\x8bpacked"[..]));
        assert_eq!(packed_kernel(&x86(1, 0x207, 0, b"packedSIZE")), None);
    }

    #[test]
    fn no_header_leads_outside() {
        let image = x86(1, 0x20f, 100, b"packedSIZE");
        for length in 0..image.len() {
            let found = packed_kernel(&image[..length]);
            assert!(found.is_none_or(|found| found == b"packed"), "{length}");
        }
        for (at, value) in [(0x248, u32::MAX), (0x248, 1 << 20), (0x24c, u32::MAX), (0x24c, 3)] {
            let mut wrong = image.clone();
            wrong[at..at + 4].copy_from_slice(&value.to_le_bytes());
            assert_eq!(packed_kernel(&wrong), None, "{at:#x} {value:#x}");
        }
    }
}
