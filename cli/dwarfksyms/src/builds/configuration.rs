//! What kbuild notes in a folder of the kernel that it builds there. It is a help, and not missed.

use std::io::Read;
use std::path::Path;

use dwarfksyms_host::input::{self, Links};

/// The kernel's release.
pub(super) fn release(root: &Path) -> Option<Vec<u8>> {
    const LONGEST: u64 = 256;
    let release = noted(root, "include/config/kernel.release", LONGEST)?;
    let release = release.trim_ascii();
    (!release.is_empty()).then(|| release.to_vec())
}

/// Whether genksyms makes the versions. Kernels before 6.14 have no other tool, and no word for it.
pub(super) fn is_of_genksyms(root: &Path) -> bool {
    const LONGEST: u64 = 4 << 20;
    let options = noted(root, "include/config/auto.conf", LONGEST).unwrap_or_default();
    options.split(|&byte| byte == b'\n').any(|line| line == b"CONFIG_GENKSYMS=y")
}

/// The first bytes of a file, if there is one.
fn noted(root: &Path, name: &str, longest: u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = input::open_regular(&root.join(name), Links::Refused).ok()?;
    file.take(longest).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}
