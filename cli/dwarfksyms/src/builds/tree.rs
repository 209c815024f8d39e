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
//! Where symbols count that nothing exports to modules, shared libraries come before objects, if there is nothing of a kernel. The
//! debug files among them are companions of those with their build IDs, and those of no library that is there count by themselves.
//!
//! Types are from symtypes files, or else from DWARF: of the objects whose `.cmd` files have versions, since those are
//! what kbuild has computed the versions of; or else as in 3 and 4.
//!
//! Links are not followed, and whatever is no regular file is not opened. A package, and a folder of a repository, are read as a
//! folder with their files would be.

use std::collections::{BTreeSet, HashMap};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use anyhow::{Context, Result, bail};
use dwarfksyms_core::budget::Sum;
use dwarfksyms_core::{Btf, SectionId};
use dwarfksyms_host::contents::Contents;
use dwarfksyms_host::debug_files::DebugFiles;
use dwarfksyms_host::input::{self, Links};
use dwarfksyms_host::message;
use dwarfksyms_host::records::cmd;
use rayon::prelude::*;

use self::batch::Batch;
use self::libraries::is_no_library;
use super::declared::{Search, SourceLines};
use super::image::has_kernel;
use super::kbuild::module_name;
use super::listing::{Files, Promise};
use super::package::{Entries, Kind, Package};
use super::revision::Folder;
use super::{Build, BuildKind, Detail, Origin, Reading, Shelved, Text, Types, configuration};

mod batch;
mod libraries;

/// The most bytes of text that is kept: 16 GiB. The types of a whole kernel have 0.3.
const MOST_BYTES: u64 = 16 << 30;

/// Where the files of a build are.
#[derive(Clone, Copy)]
enum Place<'p> {
    Folder,
    /// Something else, and what it is called.
    Entries(&'p dyn Entries, &'static str),
}

/// Reads a folder.
pub(super) fn read(root: &Path, reading: &Reading<'_>) -> Result<Build> {
    let files = Files::in_folder(root)?;
    let mut build = Tree::new(root, Place::Folder, reading).build(&files)?;
    if build.release.is_none() {
        build.release = configuration::release(root);
    }
    build.is_of_genksyms = configuration::is_of_genksyms(root);
    Ok(build)
}

/// Reads a package.
pub(super) fn read_package(root: &Path, package: &Package<'_>, reading: &Reading<'_>) -> Result<Build> {
    let files = Files::of_entries(root, package).with_context(|| message::path(root))?;
    let build = Tree::new(root, Place::Entries(package, "package"), reading).build(&files)?;
    Ok(Build { kind: BuildKind::Package, listing: Some(files), ..build })
}

/// Reads a folder of a repository.
pub(super) fn read_revision(root: &Path, folder: &Folder<'_>, reading: &Reading<'_>) -> Result<Build> {
    let files = Files::of_entries(root, folder).with_context(|| message::path(root))?;
    Tree::new(root, Place::Entries(folder, "folder"), reading).build(&files)
}

/// The modules in a folder and below it, by path.
///
/// # Errors
/// A folder that cannot be read, or has no modules.
pub(super) fn modules(root: &Path, reading: &Reading<'_>) -> Result<Vec<(PathBuf, Build)>> {
    let files = Files::in_folder(root)?;
    Tree::new(root, Place::Folder, reading).modules(files)
}

/// The modules in a package, or in a folder of a repository.
///
/// # Errors
/// As above.
pub(super) fn modules_of_entries(
    root: &Path,
    entries: &dyn Entries,
    reading: &Reading<'_>,
) -> Result<Vec<(PathBuf, Build)>> {
    let files = Files::of_entries(root, entries).with_context(|| message::path(root))?;
    Tree::new(root, Place::Entries(entries, "folder"), reading).modules(files)
}

/// Where types of objects in a folder are declared.
///
/// # Errors
/// What cannot be read again, damage, or a limit.
pub(super) fn declared(root: &Path, search: &Search<'_>, reading: &Reading<'_>) -> Result<SourceLines> {
    let files = Files::in_folder(root)?;
    Tree::new(root, Place::Folder, reading).declared(&files, search)
}

/// The same of objects in a package, or in a folder of a repository, with its listing if there is one.
///
/// # Errors
/// As above.
pub(super) fn declared_in_entries(
    root: &Path,
    entries: &dyn Entries,
    listing: Option<&Files>,
    search: &Search<'_>,
    reading: &Reading<'_>,
) -> Result<SourceLines> {
    let tree = Tree::new(root, Place::Entries(entries, "folder"), reading);
    match listing {
        Some(files) => tree.declared(files, search),
        None => {
            let files = Files::of_entries(root, entries).with_context(|| message::path(root))?;
            tree.declared(&files, search)
        }
    }
}

/// A folder or a package while it is read.
struct Tree<'t> {
    root: &'t Path,
    place: Place<'t>,
    reading: &'t Reading<'t>,
    /// The size of all files so far.
    bytes: Sum,
    /// The companions of libraries, once they were looked for.
    debug_files: OnceLock<DebugFiles>,
}

impl<'t> Tree<'t> {
    fn new(root: &'t Path, place: Place<'t>, reading: &'t Reading<'t>) -> Tree<'t> {
        Tree { root, place, reading, bytes: Sum::default(), debug_files: OnceLock::new() }
    }

    /// All that is known of the build.
    fn build(&self, files: &Files) -> Result<Build> {
        let (mut build, has_all) = self.exports(files)?;
        if self.reading.detail == Detail::Types && !has_all {
            build = build.with_types(self.types(files)?);
        }
        let has_libraries = !files.libraries.is_empty() || !files.debug_files.is_empty();
        let is_known = !files.is_empty() || (has_libraries && self.reading.counted.has_others());
        if build.exports.is_empty() && build.types.is_empty() && !is_known {
            let place = match self.place {
                Place::Folder => "folder",
                Place::Entries(_, what) => what,
            };
            let hint = if has_libraries { "; shared libraries count with --all-symbols" } else { "" };
            bail!(
                "{}: nothing in this {place} describes a build: there is no Module.symvers, and there are no .cmd files, \
                 symtypes, modules or objects{hint}",
                message::path(self.root)
            );
        }
        if let Some(note) = files.note_of_links() {
            build.notes.push(format!("{}: {note}", message::path(self.root)));
        }
        if build.module.is_none()
            && let Some(first) = files.modules.get(..1)
        {
            // For the kernel that it was built for.
            let Build { module, release, .. } = self.read(first, Detail::Exports)?;
            (build.module, build.release) = (module, release);
        }
        let mut build = build.in_order();
        shorten(&mut build.notes);
        Ok(build)
    }

    /// The modules, each by itself.
    fn modules(&self, files: Files) -> Result<Vec<(PathBuf, Build)>> {
        if files.modules.is_empty() {
            bail!("{}: there are no modules in it", message::path(self.root));
        }
        self.reading.steps.expect(files.modules.len());
        let reading = Reading { is_alone: false, ..*self.reading };
        let builds = self.each(&files.modules, |path, contents| {
            let build = Build::of(path, contents, &reading);
            self.reading.steps.count();
            Ok(build?.installed(path))
        })?;
        Ok(files.modules.into_iter().zip(builds).collect())
    }

    /// Where types are declared, of the objects in which they are sought.
    fn declared(&self, files: &Files, search: &Search<'_>) -> Result<SourceLines> {
        if self.has_libraries(files) {
            self.find_debug_files(files)?;
        }
        let finished = [&files.kernels, &files.images, &files.modules, &files.libraries, &files.debug_files];
        let all = finished.into_iter().chain([&files.objects]).flatten();
        let paths: Vec<PathBuf> =
            all.filter(|path| self.object_in(path, search).is_some()).cloned().collect();
        let found = self.each(&paths, |path, contents| {
            let object = self.object_in(path, search);
            let reading = Reading { debug_files: self.debug_files.get(), ..*self.reading };
            search.file(path, contents, object.as_deref(), &reading).with_context(|| message::path(path))
        })?;
        let mut lines = SourceLines::default();
        found.iter().for_each(|found| lines.extend(found));
        Ok(lines)
    }

    /// What the types of an object are called by, if any are sought: its path, or what its units were linked into.
    fn object_in(&self, path: &Path, search: &Search<'_>) -> Option<Vec<u8>> {
        let own = path.strip_prefix(self.root).unwrap_or(path).as_os_str().as_encoded_bytes();
        let linked = match Promise::of(path.file_name()?.as_encoded_bytes())? {
            Promise::Module => module_name(self.root, path),
            Promise::Kernel | Promise::Image => b"vmlinux",
            _ => own,
        };
        [own, linked].into_iter().find(|object| search.has(object)).map(<[u8]>::to_vec)
    }

    /// Exports and their versions, and whether types were looked for in the same place.
    fn exports(&self, files: &Files) -> Result<(Build, bool)> {
        let own: Vec<PathBuf> =
            files.symvers.iter().filter(|path| path.parent() == Some(self.root)).cloned().collect();
        let symvers = if own.is_empty() { &files.symvers } else { &own };
        if !symvers.is_empty() {
            return Ok((self.read(symvers, self.reading.detail.min(Detail::Versions))?, false));
        }
        let from_cmd = self.read_cmds(&files.cmds)?;
        if !from_cmd.exports.is_empty() {
            return Ok((from_cmd, false));
        }
        let all = match files.symtypes.is_empty() {
            true => self.linked(files, self.reading.detail)?,
            false => self.read(&files.symtypes, self.reading.detail)?,
        };
        Ok((all, true))
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
            // The image that kbuild makes of a vmlinux has nothing that this has not.
            finished.extend_from_slice(&files.images);
        }
        finished.extend_from_slice(&files.modules);
        if self.has_libraries(files) {
            finished = files.libraries.clone();
            finished.extend(self.find_debug_files(files)?);
        }
        let build = self.read(&finished, detail)?;
        // Images of some architectures have no ELF file in them.
        let is_nothing = build.exports.is_empty() && build.types.is_empty() && files.modules.is_empty();
        if is_nothing && files.kernels.is_empty() { self.read(&files.objects, detail) } else { Ok(build) }
    }

    /// Reads files, several at a time.
    fn read(&self, paths: &[PathBuf], detail: Detail) -> Result<Build> {
        self.reading.steps.expect(paths.len());
        let mut parts = self.parts(paths, detail, None)?;
        self.read_upon_kernel(paths, detail, &mut parts)?;
        // Of several images, one with a kernel in it is enough.
        let images = || paths.iter().map(|path| Promise::of_file(path) == Some(Promise::Image));
        if images().zip(&parts).any(|(is_image, part)| is_image && !part.exports.is_empty()) {
            let empty =
                images().zip(&mut parts).filter(|(is_image, part)| *is_image && part.exports.is_empty());
            empty.for_each(|(_, part)| part.notes.clear());
        }
        let mut build = Build::empty(BuildKind::Tree);
        parts.into_iter().for_each(|part| build.add(part));
        Ok(build)
    }

    /// What each of these files says of the build.
    fn parts(&self, paths: &[PathBuf], detail: Detail, btf_base: Option<&Btf<'_>>) -> Result<Vec<Build>> {
        // Each is one of many.
        let debug_files = self.debug_files.get();
        let reading = Reading { detail, is_alone: false, btf_base, debug_files, ..*self.reading };
        self.each(paths, |path, contents| {
            let part = self.part(path, contents, &reading);
            self.reading.steps.count();
            part
        })
    }

    /// Reads those modules again whose BTF is based on that of the kernel, if that is among the files.
    fn read_upon_kernel(&self, paths: &[PathBuf], detail: Detail, parts: &mut [Build]) -> Result<()> {
        let mut kernels: Vec<Vec<u8>> = parts.iter_mut().filter_map(|part| part.btf.take()).collect();
        // Of several kernels, nobody knows whose the modules are.
        let (Some(bytes), true) = (kernels.pop(), kernels.is_empty()) else { return Ok(()) };
        let limits = self.reading.common.limits(bytes.len() as u64);
        let base = Btf::parse(&bytes, SectionId::Btf, None, &limits)?;
        let modules = paths.iter().zip(&*parts).filter(|(_, part)| part.lacks_btf_base);
        let modules: Vec<PathBuf> = modules.map(|(path, _)| path.clone()).collect();
        self.reading.steps.expect(modules.len());
        let again = self.parts(&modules, detail, Some(&base))?;
        let lacking = parts.iter_mut().filter(|part| part.lacks_btf_base);
        lacking.zip(again).for_each(|(part, again)| *part = again);
        Ok(())
    }

    /// What a file says of the build.
    fn part(&self, path: &Path, contents: Contents, reading: &Reading<'_>) -> Result<Build> {
        let name = path.strip_prefix(self.root).unwrap_or(path);
        if Promise::of_file(path) == Some(Promise::Image) && !has_kernel(&contents, reading) {
            let note = format!("{}: this image does not say what the kernel exports", message::path(path));
            return Ok(Build { notes: vec![note], ..Build::empty(BuildKind::Program) });
        }
        let mut build = match contents.is_empty() {
            // A folder of modules that export nothing has such a Module.symvers.
            true => self.empty_file(name)?,
            // What is called like a library can be a script for the linker.
            _ if is_no_library(path, &contents) => Build::empty(BuildKind::Library),
            false => Build::of(path, contents, reading)?,
        };
        let own = name.as_os_str().as_encoded_bytes();
        let module = match build.kind {
            BuildKind::Module => module_name(self.root, path),
            // Its file can have the release in its name.
            BuildKind::Kernel => b"vmlinux",
            _ => own,
        };
        for types in build.types.iter_mut().chain(&mut build.all_types) {
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

    /// Makes something of the contents of files, of several at a time, and gives it out in their order. Of several errors, the
    /// first in order counts.
    fn each<T: Send>(
        &self,
        paths: &[PathBuf],
        make: impl Fn(&Path, Contents) -> Result<T> + Sync,
    ) -> Result<Vec<T>> {
        let made: Vec<Result<T>> = match self.place {
            Place::Folder => {
                let one = |path: &PathBuf| make(path, self.contents(path)?);
                paths.par_iter().map(one).collect()
            }
            Place::Entries(entries, _) => self.unpack(entries, paths, make)?,
        };
        made.into_iter().collect()
    }

    /// The contents of a file of a folder.
    fn contents(&self, path: &Path) -> Result<Contents> {
        let name = || message::path(path);
        let file = input::open_regular(path, Links::Refused).with_context(name)?;
        self.charge(file.metadata().with_context(name)?.len())?;
        Contents::of(file, &name()).with_context(name)
    }

    /// The same as [`Tree::each`] of a package or a folder of a repository: as many files as are in memory at a time are a batch.
    fn unpack<T: Send>(
        &self,
        entries: &dyn Entries,
        paths: &[PathBuf],
        make: impl Fn(&Path, Contents) -> Result<T> + Sync,
    ) -> Result<Vec<Result<T>>> {
        if paths.is_empty() {
            return Ok(Vec::new());
        }
        let mut wanted: HashMap<&Path, usize> = paths.iter().map(PathBuf::as_path).zip(0..).collect();
        let mut made: Vec<Option<Result<T>>> = paths.iter().map(|_| None).collect();
        let mut batch = Batch::default();
        let mut work = |batch: Batch| {
            let one = |(at, contents)| Some((at, make(paths.get::<usize>(at)?, contents)));
            let results: Vec<_> = batch.files.into_par_iter().filter_map(one).collect();
            for (at, result) in results {
                made.get_mut(at).map(|place| place.replace(result));
            }
        };
        let name = || message::path(self.root);
        let end = entries.each(&mut |entry| {
            let path = self.root.join(&entry.path);
            if entry.kind == Kind::File
                && let Some(at) = wanted.remove(path.as_path())
            {
                let contents = Contents::of_stream(entry.contents)?;
                self.charge(contents.len() as u64)?;
                batch.add(at, contents);
                if batch.is_full() {
                    work(std::mem::take(&mut batch));
                }
            }
            // Whether the rest is damaged is known since its names were listed.
            Ok(if wanted.is_empty() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        });
        end.with_context(name)?;
        work(batch);
        made.into_iter().map(|result| result.with_context(|| format!("{}: it has changed", name()))).collect()
    }

    /// What an empty file says: that of an object without exports is one.
    fn empty_file(&self, name: &Path) -> Result<Build> {
        let mut build = Build::empty(BuildKind::Tree);
        if Promise::of_file(name) == Some(Promise::Symtypes) && self.reading.detail == Detail::Types {
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
    fn charge(&self, size: u64) -> Result<()> {
        if self.bytes.add(size) > MOST_BYTES {
            bail!("{}: its files have more than {MOST_BYTES} bytes", message::path(self.root));
        }
        Ok(())
    }

    /// The versions in `.cmd` files.
    fn read_cmds(&self, paths: &[PathBuf]) -> Result<Build> {
        let parts = self.each(paths, |path, text| {
            let limits = self.reading.common.limits(text.len() as u64);
            let has_versions = cmd::has_versions(&text);
            has_versions
                .then(|| Build::of_cmd(&text, &limits).with_context(|| message::path(path)))
                .transpose()
        })?;
        let mut build = Build::empty(BuildKind::Tree);
        parts.into_iter().flatten().for_each(|part| build.add(part));
        Ok(build)
    }

    /// The objects whose `.cmd` files have versions.
    fn versioned(&self, cmds: &[PathBuf]) -> Result<Vec<PathBuf>> {
        let objects =
            self.each(cmds, |path, text| Ok(cmd::has_versions(&text).then(|| object_of(path)).flatten()))?;
        Ok(objects.into_iter().flatten().collect())
    }
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
mod tests;
