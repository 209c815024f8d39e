//! RPM's dependencies on versions of symbols, as the scripts of Red Hat's kernel packages write them.
//!
//! ```text
//! kernel(seq_read) = 0x2da04737     # a symbol of the kernel, or of a module of its own
//! ksym(zfs_open) = 0x83e91cd9       # a symbol of any other module
//! ```

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use dwarfksyms_host::records::text::Shown;

use super::shown;
use crate::builds::{Build, BuildKind};

/// What the files provide: a line for each export with a version, in the order of bytes.
///
/// # Errors
/// A name that RPM would take for something else.
pub(super) fn provides(builds: &[Build], paths: &[PathBuf]) -> Result<Vec<u8>> {
    let mut lines = BTreeSet::new();
    for (build, path) in builds.iter().zip(paths) {
        let prefix = if is_foreign(build, path) { "ksym" } else { "kernel" };
        for export in &build.exports {
            lines.extend(line(prefix, &export.symbol, export.version).with_context(|| shown(path))?);
        }
    }
    Ok(lines.into_iter().flatten().collect())
}

/// What the files want of others. If a kernel is among them, what it does not export is of other modules; otherwise, that is
/// what the modules among them export.
///
/// # Errors
/// A name that RPM would take for something else.
pub(super) fn requires(builds: &[Build], paths: &[PathBuf]) -> Result<Vec<u8>> {
    let symbols = |is_meant: fn(&Build, &Path) -> bool| -> HashSet<&[u8]> {
        let meant = builds.iter().zip(paths).filter(|(build, path)| is_meant(build, path));
        meant.flat_map(|(build, _)| &build.exports).map(|export| export.symbol.as_slice()).collect()
    };
    let of_kernel = symbols(|build, path| !is_foreign(build, path));
    let of_modules = symbols(is_foreign);
    let has_kernel = builds.iter().any(|build| build.kind != BuildKind::Module && !build.exports.is_empty());
    let mut lines = BTreeSet::new();
    for (build, path) in builds.iter().zip(paths) {
        for wanted in &build.wanted {
            let symbol = wanted.symbol.as_slice();
            let is_of_others = !of_kernel.contains(symbol) && (has_kernel || of_modules.contains(symbol));
            let prefix = if is_of_others { "ksym" } else { "kernel" };
            lines.extend(line(prefix, symbol, wanted.version).with_context(|| shown(path))?);
        }
    }
    Ok(lines.into_iter().flatten().collect())
}

/// Whether it is a module that does not come with the kernel: those are in the folder `kernel` of `lib/modules/<release>`.
fn is_foreign(build: &Build, path: &Path) -> bool {
    let parts: Vec<_> = path.components().map(|part| part.as_os_str()).collect();
    let is_of_kernel = |parts: &[&std::ffi::OsStr]| {
        parts.first().is_some_and(|part| *part == "modules")
            && parts.last().is_some_and(|part| *part == "kernel")
    };
    build.kind == BuildKind::Module && !parts.windows(3).any(is_of_kernel)
}

/// A dependency; none on what has no version, or one of 0, which every symbol of a kernel without versions has.
fn line(prefix: &str, symbol: &[u8], version: Option<u32>) -> Result<Option<Vec<u8>>> {
    let Some(version) = version.filter(|&version| version != 0) else { return Ok(None) };
    let is_plain = |byte: &u8| byte.is_ascii_graphic() && !b"()<=>,".contains(byte);
    if symbol.is_empty() || !symbol.iter().all(is_plain) {
        bail!("the symbol {} cannot be in a dependency of RPM", Shown(symbol));
    }
    Ok(Some([prefix.as_bytes(), b"(", symbol, format!(") = {version:#010x}\n").as_bytes()].concat()))
}
