//! What kbuild calls modules, wherever they are.
//!
//! A `Module.symvers` names modules by their paths in the tree that they were built in. `make modules_install` puts these
//! below `lib/modules/<release>/kernel`, as packages of debug symbols do. Either may be opened at any folder on the way.

use std::path::Path;

/// What is in the topmost folder of a kernel's tree, and can have modules.
const TOPMOST: [&[u8]; 19] = [
    b"arch",
    b"block",
    b"certs",
    b"crypto",
    b"drivers",
    b"fs",
    b"init",
    b"io_uring",
    b"ipc",
    b"kernel",
    b"lib",
    b"mm",
    b"net",
    b"rust",
    b"samples",
    b"security",
    b"sound",
    b"tools",
    b"virt",
];

/// Where modules are installed.
const INSTALLED: &[u8] = b"lib/modules/";

/// What a `Module.symvers` calls a module: its path below a folder, and that below the folder in which modules were
/// installed, if the two state it.
pub(super) fn module_name<'p>(root: &Path, path: &'p Path) -> &'p [u8] {
    let below = path.strip_prefix(root).unwrap_or(path);
    let below = without_extension(below.as_os_str().as_encoded_bytes());
    installed_name(path).or_else(|| below_kernel(below)).unwrap_or(below)
}

/// The name of a module that is installed: what is below `lib/modules/<release>`, without `kernel`.
pub(super) fn installed_name(path: &Path) -> Option<&[u8]> {
    let path = without_extension(path.as_os_str().as_encoded_bytes());
    let at =
        memchr::memmem::rfind(path, INSTALLED).filter(|&at| at == 0 || path.get(at - 1) == Some(&b'/'))?;
    let below = path.get(at + INSTALLED.len()..)?;
    let release = memchr::memchr(b'/', below)?;
    let below = below.get(release + 1..)?;
    Some(below.strip_prefix(b"kernel/").unwrap_or(below))
}

fn without_extension(path: &[u8]) -> &[u8] {
    let end = memchr::memmem::rfind(path, b".ko").unwrap_or(path.len());
    path.get(..end).unwrap_or(path)
}

/// What is below a folder `kernel` in which the folders of a whole tree are. The one of the tree itself has none of these.
fn below_kernel(path: &[u8]) -> Option<&[u8]> {
    const KERNEL: &[u8] = b"kernel/";
    let mut starts =
        memchr::memmem::find_iter(path, KERNEL).filter(|&at| at == 0 || path.get(at - 1) == Some(&b'/'));
    starts.find_map(|at| {
        let below = path.get(at + KERNEL.len()..)?;
        let first = below.split(|&byte| byte == b'/').next()?;
        (TOPMOST.contains(&first) && first.len() < below.len()).then_some(below)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_have_the_names_that_they_were_built_with() {
        let cases = [
            ("drivers/a/b.ko", "drivers/a/b"),
            ("drivers/a/b.ko.zst", "drivers/a/b"),
            ("kernel/trace/b.ko", "kernel/trace/b"),
            ("kernel/net/b.ko", "net/b"),
            ("kernel/kernel/trace/b.ko", "kernel/trace/b"),
            ("usr/lib/debug/lib/modules/6.1.0-53-amd64/kernel/net/b.ko", "net/b"),
            ("lib/modules/6.1/kernel/trace/b.ko.xz", "trace/b"),
            ("/lib/modules/6.1/updates/dkms/b.ko", "updates/dkms/b"),
            ("mylib/modules/6.1/b.ko", "mylib/modules/6.1/b"),
            ("package/kernel/sound/core/snd.ko", "sound/core/snd"),
            ("mykernel/net/b.ko", "mykernel/net/b"),
            ("kernel/net", "kernel/net"),
            ("b.ko", "b"),
        ];
        for (path, expected) in cases {
            let whole = Path::new("root").join(path);
            assert_eq!(String::from_utf8_lossy(module_name(Path::new("root"), &whole)), expected, "{path}");
        }
        // Any folder on the way may be opened, but where it is says nothing of a tree that is no installation.
        let cases = [
            ("lib/modules/6.1", "kernel/trace/b.ko", "trace/b"),
            ("lib/modules/6.1/kernel/net", "core/b.ko", "net/core/b"),
            ("lib/modules", "6.1/kernel/net/b.ko", "net/b"),
            ("home/kernel/tools/linux", "drivers/b.ko", "drivers/b"),
        ];
        for (root, path, expected) in cases {
            let name = module_name(Path::new(root), &Path::new(root).join(path)).to_vec();
            assert_eq!(String::from_utf8(name).unwrap(), expected, "{root} {path}");
        }
    }
}
