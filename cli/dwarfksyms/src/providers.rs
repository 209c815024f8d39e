//! What a module may use: the exports of a kernel and of modules, from whatever describes them.
//!
//! As when a module is built, several sources count together: the kernel's `Module.symvers`, those that
//! `KBUILD_EXTRA_SYMBOLS` has, and modules themselves.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use dwarfksyms_host::input::{self, Links};
use dwarfksyms_host::message;

use crate::builds::{Build, BuildKind, Export};
use crate::loading::{self, Kernel};

/// What the kernel itself exports, where it is found beside a folder of modules; `None` if the folder has it, or nobody does.
pub(crate) fn beside(folder: &Path) -> Option<PathBuf> {
    const RECORDS: [&str; 2] = ["Module.symvers", "vmlinux"];
    if !folder.is_dir() || RECORDS.iter().any(|name| folder.join(name).is_file()) {
        return None;
    }
    let places = ["build", "../build", ".."];
    let files = places.iter().flat_map(|place| RECORDS.map(|name| folder.join(place).join(name)));
    files.into_iter().find(|path| path.is_file())
}

/// What describes the running kernel: the record of its exports, and modules beside its own.
///
/// # Errors
/// There is no such record.
pub(crate) fn running() -> Result<Vec<PathBuf>> {
    let release = fs::read_to_string("/proc/sys/kernel/osrelease").context("/proc/sys/kernel/osrelease")?;
    let folder = Path::new("/lib/modules").join(release.trim());
    let Some(record) = beside(&folder) else {
        bail!(
            "{}: neither build/Module.symvers nor build/vmlinux states what the running kernel exports: its headers are not \
             installed; name a KERNEL",
            message::path(&folder)
        );
    };
    // Where DKMS and other packages put modules.
    let others = ["updates", "extra", "misc"].map(|name| folder.join(name));
    Ok([record].into_iter().chain(others.into_iter().filter(|folder| folder.is_dir())).collect())
}

/// Whether the kernel loads what has no versions, with a taint: the configuration beside what describes it says so.
pub(crate) fn loads_by_force(path: &Path) -> bool {
    // Those of distributions have 300,000 bytes.
    const LARGEST: u64 = 4 << 20;
    let folder = if path.is_dir() { path } else { path.parent().unwrap_or(path) };
    let mut text = Vec::new();
    input::open_regular(&folder.join(".config"), Links::Followed)
        .is_ok_and(|file| file.take(LARGEST).read_to_end(&mut text).is_ok())
        && text.split(|&byte| byte == b'\n').any(|line| line == b"CONFIG_MODULE_FORCE_LOAD=y")
}

/// All that several sources have, and then modules that may use each other. What the kernel itself exports is never replaced; of
/// others the last one counts.
pub(crate) fn together<'m>(
    builds: impl Iterator<Item = Build>,
    modules: impl Iterator<Item = &'m Build>,
) -> Kernel {
    let mut exports: BTreeMap<Vec<u8>, Export> = BTreeMap::new();
    let mut all = Build::nothing();
    let mut proprietary = BTreeSet::new();
    for build in builds {
        proprietary.extend(proprietary_names(&build));
        let Build { exports: more, types, module, release, manner, .. } = build;
        more.into_iter().for_each(|export| add(&mut exports, recorded(export)));
        all.types.extend(types);
        all.module = all.module.take().or(module);
        all.release = all.release.take().or(release);
        all.manner = all.manner.or(manner);
    }
    for build in modules {
        proprietary.extend(proprietary_names(build));
        build.exports.iter().for_each(|export| add(&mut exports, recorded(export.clone())));
    }
    all.exports = exports.into_values().collect();
    Kernel { build: all, proprietary, loads_by_force: false }
}

/// The names of a module that is not under the GPL.
fn proprietary_names(build: &Build) -> impl Iterator<Item = Vec<u8>> {
    let is_module = build.kind == BuildKind::Module;
    let module = build.module.as_ref().filter(|module| is_module && !loading::is_gpl(module));
    let exports = module.map(|_| &build.exports[..]).unwrap_or_default();
    exports.iter().filter_map(|export| export.module.clone())
}

/// What is linked has the versions that are recorded in it, and no others.
fn recorded(mut export: Export) -> Export {
    if export.is_computed && export.module.is_some() {
        (export.version, export.is_computed) = (None, false);
    }
    export
}

fn add(exports: &mut BTreeMap<Vec<u8>, Export>, export: Export) {
    match exports.entry(export.symbol.clone()) {
        Entry::Vacant(entry) => {
            entry.insert(export);
        }
        Entry::Occupied(mut entry) if entry.get().is_of_kernel() => {
            let known = entry.get_mut();
            if export.is_of_kernel() {
                known.version = known.version.or(export.version);
            }
        }
        Entry::Occupied(mut entry) => {
            entry.insert(export);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernel_counts_and_then_the_last() {
        let build = |exports: &[(&str, u32)]| {
            let export = |&(module, version): &(&str, u32)| Export {
                version: Some(version),
                module: Some(module.as_bytes().to_vec()),
                ..Export::named(module.as_bytes())
            };
            Build { exports: exports.iter().map(export).collect(), ..Build::nothing() }
        };
        let renamed = |mut build: Build, symbol: &[u8]| {
            build.exports.iter_mut().for_each(|export| export.symbol = symbol.to_vec());
            build
        };
        let sources = [("vmlinux", 1), ("a", 2), ("b", 3), ("vmlinux", 4)];
        let versions = |order: &[usize]| {
            let builds = order.iter().map(|&at| renamed(build(&[sources[at]]), b"f"));
            together(builds, std::iter::empty()).build.export(b"f").and_then(|export| export.version)
        };
        assert_eq!(versions(&[1, 2]), Some(3));
        assert_eq!(versions(&[2, 1]), Some(2));
        assert_eq!(versions(&[0, 1, 2, 3]), Some(1));
        assert_eq!(versions(&[1, 0, 2]), Some(1));
        assert_eq!(versions(&[]), None);
    }
}
