//! A folder with a build in it: what kbuild leaves there, or some of it.
//!
//! The names of files say what is looked at, and each is read as it would be by itself. Exports and their versions
//! are from the first of these that there is:
//!
//! 1. `Module.symvers` or `symvers*` in the folder itself, or else below it;
//! 2. the `.cmd` files of objects;
//! 3. `vmlinux`, or else the kernel in a `vmlinuz`, and modules;
//! 4. objects.
//!
//! Types are from symtypes files, or else from DWARF: of the objects whose `.cmd` files have versions, since those are
//! what kbuild has computed the versions of; or else as in 3 and 4.
//!
//! Links are not followed, and whatever is no regular file is not opened.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use dwarfksyms_core::budget::Sum;
use dwarfksyms_host::contents::Contents;
use dwarfksyms_host::input::{self, Links};
use dwarfksyms_host::message;
use dwarfksyms_host::records::cmd;
use dwarfksyms_host::unpack;
use rayon::prelude::*;

use super::kbuild::module_name;
use super::{Build, BuildKind, Detail, Origin, Reading, Shelved, Text, Types};

/// The most entries that all folders may have: a kernel that was built has 200,000.
const MOST_ENTRIES: usize = 8 << 20;

/// The most bytes of text that is kept: 16 GiB. The types of a whole kernel have 0.3.
const MOST_BYTES: u64 = 16 << 30;

/// What a file's name promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Promise {
    Symvers,
    Cmd,
    Symtypes,
    Module,
    Kernel,
    Image,
    Object,
}

/// What is in a folder and below it, by name.
#[derive(Default)]
struct Files {
    symvers: Vec<PathBuf>,
    cmds: Vec<PathBuf>,
    symtypes: Vec<PathBuf>,
    modules: Vec<PathBuf>,
    kernels: Vec<PathBuf>,
    /// Of kernels, for boot loaders.
    images: Vec<PathBuf>,
    objects: Vec<PathBuf>,
    /// Links that could have led to more.
    links: usize,
}

impl Promise {
    fn of(name: &[u8]) -> Option<Promise> {
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
        } else {
            // Kbuild makes the second kind for modules, when all versions are known.
            (name.ends_with(b".o") && !name.ends_with(b".mod.o")).then_some(Promise::Object)
        }
    }
}

impl Files {
    /// Lists a folder and all below it.
    fn find(root: &Path) -> Result<Files> {
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
                } else if let Some(promise) = Promise::of(entry.file_name().as_encoded_bytes()) {
                    files.links += usize::from(kind.is_symlink());
                    if kind.is_file() {
                        files.of(promise).push(entry.path());
                    }
                }
            }
        }
        for paths in [
            &mut files.symvers,
            &mut files.cmds,
            &mut files.symtypes,
            &mut files.modules,
            &mut files.kernels,
            &mut files.images,
            &mut files.objects,
        ] {
            paths.sort_unstable();
        }
        Ok(files)
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
        }
    }
}

/// The modules in a folder and below it, by name.
///
/// # Errors
/// A folder that cannot be read, or has no modules.
pub(crate) fn modules_in(root: &Path) -> Result<Vec<PathBuf>> {
    let modules = Files::find(root)?.modules;
    if modules.is_empty() {
        bail!("{}: there are no modules in this folder", message::path(root));
    }
    Ok(modules)
}

/// Reads a folder.
pub(super) fn read(root: &Path, reading: &Reading<'_>) -> Result<Build> {
    let files = Files::find(root)?;
    let tree = Tree { root, reading, bytes: Sum::default() };
    let mut build = tree.exports(&files)?;
    if reading.detail == Detail::Types && build.types.is_empty() {
        build = build.with_types(tree.types(&files)?);
    }
    if build.exports.is_empty() && build.types.is_empty() && files.is_empty() {
        bail!(
            "{}: nothing in this folder tells of a build: there is no Module.symvers, and there are no .cmd files, \
             symtypes, modules or objects",
            message::path(root)
        );
    }
    if files.links > 0 {
        build.notes.push(format!("{}: links that were not followed: {}", message::path(root), files.links));
    }
    if build.module.is_none()
        && let Some(first) = files.modules.first()
    {
        // For the kernel that it was built for.
        let Build { module, release, .. } = tree.open(first, Detail::Exports)?;
        (build.module, build.release) = (module, release);
    }
    if build.release.is_none() {
        build.release = release(root);
    }
    let mut build = build.in_order();
    shorten(&mut build.notes);
    Ok(build)
}

/// What kbuild notes of the release. It is a help, and not missed.
fn release(root: &Path) -> Option<Vec<u8>> {
    const LONGEST: u64 = 256;
    let mut release = Vec::new();
    let file = open(&root.join("include/config/kernel.release")).ok()?;
    file.take(LONGEST).read_to_end(&mut release).ok()?;
    let release = release.trim_ascii();
    (!release.is_empty()).then(|| release.to_vec())
}

impl Files {
    fn is_empty(&self) -> bool {
        let finished = [&self.modules, &self.kernels, &self.images];
        let lists = [&self.symvers, &self.cmds, &self.symtypes, &self.objects].into_iter().chain(finished);
        lists.into_iter().all(Vec::is_empty)
    }
}

/// A folder while it is read.
struct Tree<'t> {
    root: &'t Path,
    reading: &'t Reading<'t>,
    /// The size of all text so far.
    bytes: Sum,
}

impl Tree<'_> {
    /// Exports and their versions.
    fn exports(&self, files: &Files) -> Result<Build> {
        let own: Vec<PathBuf> =
            files.symvers.iter().filter(|path| path.parent() == Some(self.root)).cloned().collect();
        let symvers = if own.is_empty() { &files.symvers } else { &own };
        let detail = self.reading.detail.min(Detail::Versions);
        if !symvers.is_empty() {
            return self.read(symvers, detail);
        }
        let from_cmd = self.read_cmds(&files.cmds)?;
        if !from_cmd.exports.is_empty() {
            return Ok(from_cmd);
        }
        if !files.symtypes.is_empty() {
            return self.read(&files.symtypes, self.reading.detail);
        }
        self.linked(files, self.reading.detail)
    }

    /// Types, and the exports that they are of.
    fn types(&self, files: &Files) -> Result<Build> {
        if !files.symtypes.is_empty() {
            return self.read(&files.symtypes, Detail::Types);
        }
        let objects: BTreeSet<&PathBuf> = files.objects.iter().collect();
        let versioned = self.versioned(&files.cmds)?;
        let versioned: Vec<PathBuf> = versioned.into_iter().filter(|path| objects.contains(path)).collect();
        if !versioned.is_empty() {
            return self.read(&versioned, Detail::Types);
        }
        self.linked(files, Detail::Types)
    }

    /// What is finished, or else the objects.
    fn linked(&self, files: &Files, detail: Detail) -> Result<Build> {
        let mut finished = files.kernels.clone();
        if finished.is_empty() {
            // The image that kbuild makes of a vmlinux has nothing that this has not. Those of some architectures have no ELF file.
            for path in &files.images {
                if self.is_packed(path)? {
                    finished.push(path.clone());
                }
            }
        }
        finished.extend_from_slice(&files.modules);
        self.read(if finished.is_empty() { &files.objects } else { &finished }, detail)
    }

    /// Whether there is a packed kernel in an image.
    fn is_packed(&self, path: &Path) -> Result<bool> {
        let file = open(path).with_context(|| message::path(path))?;
        let image = Contents::of(file, &message::path(path)).with_context(|| message::path(path))?;
        Ok(unpack::is_packed(&image))
    }

    /// Reads files, several at a time.
    fn read(&self, paths: &[PathBuf], detail: Detail) -> Result<Build> {
        self.reading.steps.expect(paths.len());
        let parts: Vec<Result<Build>> = paths.par_iter().map(|path| self.open(path, detail)).collect();
        let mut build = Build::empty(BuildKind::Tree);
        for part in parts {
            build.add(part?);
        }
        Ok(build)
    }

    /// Reads a file.
    fn open(&self, path: &Path, detail: Detail) -> Result<Build> {
        let file = open(path).with_context(|| message::path(path))?;
        self.charge(&file, path)?;
        // Each is one of many.
        let reading = Reading { detail, is_alone: false, ..*self.reading };
        let name = path.strip_prefix(self.root).unwrap_or(path);
        let mut build = match file.metadata().with_context(|| message::path(path))?.len() {
            // A folder of modules that export nothing has such a Module.symvers.
            0 => self.empty_file(name)?,
            _ => Build::read(path, file, &reading)?,
        };
        self.reading.steps.count();
        let own = name.as_os_str().as_encoded_bytes();
        let module = match build.kind {
            BuildKind::Module => module_name(self.root, path),
            // Its file can have the release in its name.
            BuildKind::Program => b"vmlinux",
            _ => own,
        };
        for types in &mut build.types {
            match &mut types.unit {
                Some(unit) => unit.linked = module.to_vec(),
                None => types.name = own.to_vec(),
            }
        }
        if build.kind == BuildKind::Module {
            build.exports.iter_mut().for_each(|export| export.module = Some(module.to_vec()));
        }
        // What the parts want of each other is nothing that the whole wants.
        build.wanted.clear();
        Ok(build)
    }

    /// What an empty file says: that of an object without exports is one.
    fn empty_file(&self, name: &Path) -> Result<Build> {
        let mut build = Build::empty(BuildKind::Tree);
        let promise = name.file_name().and_then(|name| Promise::of(name.as_encoded_bytes()));
        if promise == Some(Promise::Symtypes) && self.reading.detail == Detail::Types {
            let text = Text::Shelved(Shelved::of(b"", self.reading.shelf, &self.reading.common.limits(0))?);
            build.types.push(Types {
                name: Vec::new(),
                text,
                origin: Origin::File,
                pointer_size: None,
                unit: None,
            });
        }
        Ok(build)
    }

    /// Counts the bytes of a file.
    fn charge(&self, file: &File, path: &Path) -> Result<()> {
        let size = file.metadata().with_context(|| message::path(path))?.len();
        if self.bytes.add(size) > MOST_BYTES {
            bail!("{}: its files have more than {MOST_BYTES} bytes", message::path(self.root));
        }
        Ok(())
    }

    /// The versions in `.cmd` files.
    fn read_cmds(&self, paths: &[PathBuf]) -> Result<Build> {
        let read = |path: &PathBuf| -> Result<Option<Build>> {
            let text = self.cmd(path)?;
            let limits = self.reading.common.limits(text.len() as u64);
            let has_versions = cmd::has_versions(&text);
            has_versions
                .then(|| Build::of_cmd(&text, &limits).with_context(|| message::path(path)))
                .transpose()
        };
        let parts: Vec<Result<Option<Build>>> = paths.par_iter().map(read).collect();
        let mut build = Build::empty(BuildKind::Tree);
        for part in parts {
            if let Some(part) = part? {
                build.add(part);
            }
        }
        Ok(build)
    }

    /// The objects whose `.cmd` files have versions.
    fn versioned(&self, cmds: &[PathBuf]) -> Result<Vec<PathBuf>> {
        let read = |path: &PathBuf| -> Result<Option<PathBuf>> {
            let text = self.cmd(path)?;
            Ok(cmd::has_versions(&text).then(|| object_of(path)).flatten())
        };
        let objects: Vec<Result<Option<PathBuf>>> = cmds.par_iter().map(read).collect();
        objects.into_iter().filter_map(Result::transpose).collect()
    }

    /// The text of a `.cmd` file.
    fn cmd(&self, path: &Path) -> Result<Contents> {
        let file = open(path).with_context(|| message::path(path))?;
        self.charge(&file, path)?;
        Contents::of(file, &message::path(path)).with_context(|| message::path(path))
    }
}

/// Opens a file of a folder: not through a link, even if it has become one meanwhile.
fn open(path: &Path) -> std::io::Result<File> {
    input::open_regular(path, Links::Refused)
}

/// Whether a file of a folder is read, by its name.
pub(crate) fn is_read(name: &[u8]) -> bool {
    Promise::of(name).is_some()
}

/// The object that a `.cmd` file is about: `.x.o.cmd` stands beside `x.o`.
fn object_of(cmd: &Path) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStrExt;
    let name = cmd.file_name()?.as_encoded_bytes();
    let object = name.strip_prefix(b".")?.strip_suffix(b".cmd")?;
    Some(cmd.with_file_name(std::ffi::OsStr::from_bytes(object)))
}

/// Cuts a list of notes to a length that somebody reads.
fn shorten(notes: &mut Vec<String>) {
    const MOST: usize = 5;
    if notes.len() > MOST {
        let more = notes.len() - MOST;
        notes.truncate(MOST);
        notes.push(format!("and {more} more such notes"));
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
        ];
        for (name, expected) in cases {
            assert_eq!(Promise::of(name.as_bytes()), expected, "{name}");
        }
    }

    /// A folder with files, of which some are objects with DWARF.
    fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        folder
    }

    fn object() -> Vec<u8> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/golden/pointer-only/x.gcc.o");
        fs::read(path).unwrap()
    }

    /// The names of types and those of exports, each with whether it has a version.
    fn types(folder: &Path) -> (Vec<String>, Vec<(String, bool)>) {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let common = dwarfksyms_host::common::Common {
            companion_roots: Vec::new(),
            no_companions: true,
            no_sandbox: true,
            jobs: None,
            limits: Vec::new(),
        };
        let reading = Reading {
            common: &common,
            detail: Detail::Types,
            options: dwarfksyms_core::Options::default(),
            manner: None,
            is_recomputed: false,
            is_alone: false,
            steps: &dwarfksyms_host::progress::Steps::default(),
            shelf: &std::sync::Arc::default(),
        };
        let build = Build::open(folder, &reading).unwrap();
        assert!(build.types.iter().all(|types| types.text.len() > 0));
        let exports = build.exports.iter();
        (
            build.types.iter().map(|types| text(&types.name)).collect(),
            exports.map(|export| (text(&export.symbol), export.version.is_some())).collect(),
        )
    }

    #[test]
    fn types_are_those_that_versions_are_made_of() {
        let object = object();
        let cmd = b"savedcmd_x.o := gcc\n#SYMVER asm_fn 0xfd9f5d0a\n".as_slice();
        let linked = b"savedcmd_all.o := ld\n".as_slice();
        let symvers = b"0xfd9f5d0a\tasm_fn\tvmlinux\tEXPORT_SYMBOL\t\n".as_slice();
        let symtypes = b"asm_fn subprogram ( ) -> base_type void\n".as_slice();
        let mut files = vec![
            ("sub/x.o", object.as_slice()),
            ("sub/.x.o.cmd", cmd),
            ("all.o", &object),
            (".all.o.cmd", linked),
            ("Module.symvers", symvers),
            ("types/x.symtypes", symtypes),
        ];
        let one = vec![("asm_fn".to_owned(), true)];
        let read = |files: &[(&str, &[u8])]| types(folder(files).path());
        // Symtypes files, or else what kbuild has made versions of.
        assert_eq!(read(&files), (vec!["types/x.symtypes".to_owned()], one.clone()));
        files.pop();
        assert_eq!(read(&files), (vec!["sub/x.o".to_owned()], one.clone()));
        files.pop();
        assert_eq!(read(&files), (vec!["sub/x.o".to_owned()], one));
        // Without .cmd files, all objects; each export counts once.
        let (names, exports) = read(&[("a.o", &object), ("b.o", &object)]);
        assert_eq!(names, ["a.o", "b.o"]);
        assert!(exports.len() == 8 && exports.iter().all(|(_, has_version)| *has_version));
    }

    #[test]
    fn a_cmd_file_stands_beside_its_object() {
        assert_eq!(object_of(Path::new("a/.b.o.cmd")), Some(PathBuf::from("a/b.o")));
        assert_eq!(object_of(Path::new("a/b.o.cmd")), None);
    }
}
