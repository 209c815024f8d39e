//! What is in a build, by the names of its files: those of a folder, a package, or a folder of a repository.

use std::collections::HashSet;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use dwarfksyms_host::message;

use super::package::{Entries, Kind};

/// The most entries that all folders, or a package, may have: a kernel that was built has 200,000.
const MOST_ENTRIES: usize = 8 << 20;

/// What a file's name promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Promise {
    Symvers,
    Cmd,
    Symtypes,
    Module,
    Kernel,
    Image,
    Object,
    /// A shared library; nothing of a kernel.
    Library,
    /// What debugging information was split off to.
    DebugFile,
}

/// What is in a folder and below it, by name.
#[derive(Debug, Default)]
pub(crate) struct Files {
    pub(super) symvers: Vec<PathBuf>,
    pub(super) cmds: Vec<PathBuf>,
    pub(super) symtypes: Vec<PathBuf>,
    pub(super) modules: Vec<PathBuf>,
    pub(super) kernels: Vec<PathBuf>,
    /// Of kernels, for boot loaders.
    pub(super) images: Vec<PathBuf>,
    pub(super) objects: Vec<PathBuf>,
    pub(super) libraries: Vec<PathBuf>,
    pub(super) debug_files: Vec<PathBuf>,
    /// Links that could have led to more.
    pub(super) links: usize,
    /// The first of these, by name, that is called as a kernel is.
    pub(super) kernel_link: Option<PathBuf>,
}

impl Promise {
    /// That of a file's name.
    pub(super) fn of_file(path: &Path) -> Option<Promise> {
        // Where `dwz` moves common entries to, RPM packages have no ending.
        let is_common = path.parent().and_then(Path::file_name).is_some_and(|folder| folder == ".dwz");
        let promise = path.file_name().and_then(|name| Promise::of(name.as_encoded_bytes()));
        if is_common { Some(Promise::DebugFile) } else { promise }
    }

    /// That of a name.
    pub(super) fn of(name: &[u8]) -> Option<Promise> {
        let packed = [b".gz".as_slice(), b".xz", b".zst"];
        let plain = packed.iter().find_map(|extension| name.strip_suffix(*extension)).unwrap_or(name);
        let has = |extension: &str| plain.ends_with(extension.as_bytes());
        if [&b"Module.symvers"[..], b"symvers"].contains(&plain) || plain.starts_with(b"symvers-") {
            Some(Promise::Symvers)
        } else if name.starts_with(b".") {
            has(".o.cmd").then_some(Promise::Cmd)
        } else if has(".symtypes") || has(".symref") {
            Some(Promise::Symtypes)
        } else if has(".ko") {
            Some(Promise::Module)
        } else if plain == b"vmlinux" || plain.starts_with(b"vmlinux-") {
            Some(Promise::Kernel)
        } else if name == b"bzImage" || name == b"vmlinuz" || name.starts_with(b"vmlinuz-") {
            Some(Promise::Image)
        } else if is_library(name) {
            Some(Promise::Library)
        } else if name.ends_with(b".debug") {
            Some(Promise::DebugFile)
        } else {
            // Kbuild makes the second kind for modules, when all versions are known.
            (name.ends_with(b".o") && !name.ends_with(b".mod.o")).then_some(Promise::Object)
        }
    }
}

/// Whether a name is that of a shared library: `libx.so`, `libx.so.1.2`.
fn is_library(name: &[u8]) -> bool {
    let Some(at) = memchr::memmem::rfind(name, b".so") else { return false };
    let numbers = name.get(at + b".so".len()..).unwrap_or_default();
    let mut parts = numbers.split(|&byte| byte == b'.');
    let is_number = |part: &[u8]| part.first().is_some_and(u8::is_ascii_digit);
    at > 0 && parts.next().is_some_and(<[u8]>::is_empty) && parts.all(is_number)
}

impl Files {
    /// Lists a folder and all below it.
    pub(super) fn in_folder(root: &Path) -> Result<Files> {
        let mut files = Files::default();
        let mut folders = vec![root.to_owned()];
        let mut count = 0;
        while let Some(folder) = folders.pop() {
            let named = || message::path(&folder);
            for entry in fs::read_dir(&folder).with_context(named)? {
                let entry = entry.with_context(named)?;
                count += 1;
                if count > MOST_ENTRIES {
                    bail!("{}: there are more than {MOST_ENTRIES} files below it", message::path(root));
                }
                let kind = entry.file_type().with_context(named)?;
                if kind.is_dir() {
                    folders.push(entry.path());
                } else if let Some(promise) = Promise::of_file(&entry.path()) {
                    if kind.is_symlink() {
                        files.pass_over(entry.path(), promise);
                    } else if kind.is_file() {
                        files.of(promise).push(entry.path());
                    }
                }
            }
        }
        files.sort();
        Ok(files)
    }

    /// Lists the entries of a package or of a folder of a repository, whose files are below `root`, which is what it is called. Two of one name are an error: which of them counts
    /// depends on who unpacks it.
    pub(super) fn of_entries(root: &Path, entries: &dyn Entries) -> Result<Files> {
        let mut files = Files::default();
        let mut seen = HashSet::new();
        let mut count = 0;
        entries.each(&mut |entry| {
            count += 1;
            if count > MOST_ENTRIES {
                bail!("there are more than {MOST_ENTRIES} files in it");
            }
            let Some(promise) = Promise::of_file(&entry.path).filter(|_| entry.kind != Kind::Other) else {
                return Ok(ControlFlow::Continue(()));
            };
            let path = root.join(&entry.path);
            match entry.kind {
                Kind::File if !seen.insert(path.clone()) => {
                    bail!("there are two files called {} in it", message::path(&entry.path))
                }
                Kind::File => files.of(promise).push(path),
                Kind::Link => files.pass_over(path, promise),
                Kind::Other => {}
            }
            Ok(ControlFlow::Continue(()))
        })?;
        files.sort();
        Ok(files)
    }

    /// Notes a link that is not followed.
    fn pass_over(&mut self, path: PathBuf, promise: Promise) {
        // The names of a library are links to its file, and so are the build IDs of debug files.
        if matches!(promise, Promise::Library | Promise::DebugFile) {
            return;
        }
        self.links += 1;
        if promise == Promise::Kernel {
            let first = self.kernel_link.take().map_or(path.clone(), |first| first.min(path));
            self.kernel_link = Some(first);
        }
    }

    /// What is to be said of links: that of a kernel, if there is no other.
    pub(super) fn note_of_links(&self) -> Option<String> {
        let kernel = self.kernel_link.as_ref().filter(|_| self.kernels.is_empty());
        let kernel =
            kernel.map(|path| format!("; {} is one: name the kernel that it leads to", message::path(path)));
        (self.links > 0)
            .then(|| format!("links that were not followed: {}{}", self.links, kernel.unwrap_or_default()))
    }

    fn sort(&mut self) {
        let Files {
            symvers, cmds, symtypes, modules, kernels, images, objects, libraries, debug_files, ..
        } = self;
        let finished = [modules, kernels, images, libraries, debug_files];
        [symvers, cmds, symtypes, objects]
            .into_iter()
            .chain(finished)
            .for_each(|paths| paths.sort_unstable());
    }

    fn of(&mut self, promise: Promise) -> &mut Vec<PathBuf> {
        match promise {
            Promise::Symvers => &mut self.symvers,
            Promise::Cmd => &mut self.cmds,
            Promise::Symtypes => &mut self.symtypes,
            Promise::Module => &mut self.modules,
            Promise::Kernel => &mut self.kernels,
            Promise::Image => &mut self.images,
            Promise::Object => &mut self.objects,
            Promise::Library => &mut self.libraries,
            Promise::DebugFile => &mut self.debug_files,
        }
    }
}

impl Files {
    /// Whether nothing in it describes a build, apart from libraries.
    pub(super) fn is_empty(&self) -> bool {
        let finished = [&self.modules, &self.kernels, &self.images];
        let lists = [&self.symvers, &self.cmds, &self.symtypes, &self.objects].into_iter().chain(finished);
        lists.into_iter().all(Vec::is_empty)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_promise_what_is_in_files() {
        let cases = [
            ("Module.symvers", Some(Promise::Symvers)),
            ("symvers-7.3.4-1.x86_64.gz", Some(Promise::Symvers)),
            ("symvers.xz", Some(Promise::Symvers)),
            (".x.o.cmd", Some(Promise::Cmd)),
            (".x.cmd", None),
            (".tmp_x.o", None),
            ("x.symtypes", Some(Promise::Symtypes)),
            ("x.symref", Some(Promise::Symtypes)),
            ("x.symtypes.zst", Some(Promise::Symtypes)),
            ("x.ko", Some(Promise::Module)),
            ("x.ko.xz", Some(Promise::Module)),
            ("x.kot", None),
            ("vmlinux", Some(Promise::Kernel)),
            ("vmlinux-7.3.4", Some(Promise::Kernel)),
            ("vmlinux.lds", None),
            ("x.o", Some(Promise::Object)),
            ("x.mod.o", None),
            ("x.c", None),
            ("libx.so", Some(Promise::Library)),
            ("libx-1.2.so", Some(Promise::Library)),
            ("libx.so.1.2.3", Some(Promise::Library)),
            ("x.cpython-311-x86_64-linux-gnu.so", Some(Promise::Library)),
            ("ld.so.conf", None),
            ("libx.so.1.gz", None),
            ("libx.sound", None),
            (".so", None),
            ("libx.so.1.debug", Some(Promise::DebugFile)),
            ("83ab19.debug", Some(Promise::DebugFile)),
        ];
        for (name, expected) in cases {
            assert_eq!(Promise::of(name.as_bytes()), expected, "{name}");
        }
    }
}
