//! Images for boot loaders, which may have a kernel as an ELF file in them.

use std::io::Read;

use dwarfksyms_host::input;
use dwarfksyms_host::unpack::{self, Stream};

use super::Reading;

/// Whether an image has an ELF file in it, as far as its beginning shows: `Image.gz` of arm64, which Debian calls `vmlinuz`, has none.
pub(super) fn has_kernel(image: &[u8], reading: &Reading<'_>) -> bool {
    let limit = reading.common.limits(image.len() as u64).unpacked;
    let mut start = [0; 4];
    let is_read = Stream::new(image, limit).read_exact(&mut start).is_ok();
    // An image of x86 is not compressed as a whole. What is damaged is an error when all of it is unpacked.
    let is_whole = !is_read || image.starts_with(&start);
    unpack::is_packed(image) && (is_whole || input::is_object(&start))
}
