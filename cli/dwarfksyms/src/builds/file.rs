//! A file that says something of a build, whatever it is: its contents decide, not its name.

use std::fs::{self, File};
use std::path::Path;

use anyhow::{Context, Result, bail};
use dwarfksyms_core::{Btf, Limits};
use dwarfksyms_host::contents::Contents;
use dwarfksyms_host::input::{self, Store};
use dwarfksyms_host::records::{cmd, symvers, text as records};
use dwarfksyms_host::watch::Watch;
use dwarfksyms_host::{message, signature, unpack};

use super::package::Package;
use super::revision::{Found, Revision};
use super::{
    Build, BuildKind, Detail, Export, Origin, Reading, Shelved, Text, Types, btf, kbuild, object, stranger,
    symtypes, tree, unit,
};

/// What is said of a signature that is not in the module itself.
const SIGNED: &str =
    "a signature follows the compressed module, where kernels do not look for it; it was not checked";

impl Build {
    /// Reads what a path leads to.
    ///
    /// # Errors
    /// What cannot be read, or is nothing of all this; a limit.
    pub(crate) fn open(path: &Path, reading: &Reading<'_>) -> Result<Build> {
        let name = || message::path(path);
        let mut build = match reading.revisions.of(path) {
            Some(revision) => Build::open_revision(path, revision, reading)?,
            None if fs::metadata(path).with_context(name)?.is_dir() => tree::read(path, reading)?,
            None => Build::open_file(path, reading)?,
        };
        build.prefer_dwarf();
        build.exports.retain(|export| reading.counted.has(&export.symbol));
        build.duplicates.retain(|export| reading.counted.has(&export.symbol));
        for types in [&mut build.types, &mut build.all_types] {
            unit::distinguish(types);
            types.sort_by(|a, b| a.name.cmp(&b.name));
        }
        Ok(build)
    }

    fn open_file(path: &Path, reading: &Reading<'_>) -> Result<Build> {
        let build = Build::of_named(path, contents(path)?, reading);
        reading.steps.count();
        build
    }

    fn open_revision(path: &Path, revision: &Revision, reading: &Reading<'_>) -> Result<Build> {
        match revision.find(path).with_context(|| message::path(path))? {
            Found::Folder(folder) => tree::read_revision(path, &folder, reading),
            Found::File(path, contents) => {
                let build = Build::of_named(&path, contents, reading);
                reading.steps.count();
                build
            }
        }
    }

    /// Reads the contents of a file that was named, which may be a package.
    pub(crate) fn of_named(path: &Path, contents: Contents, reading: &Reading<'_>) -> Result<Build> {
        match package(path, &contents, reading)? {
            Some(package) => tree::read_package(path, &package, reading),
            None => Build::of(path, contents, reading).map(|build| build.installed(path)),
        }
    }

    /// The same; of what is a module, the exports are of this one, as it is called where it is installed.
    pub(super) fn installed(mut self, path: &Path) -> Build {
        if self.kind == BuildKind::Module
            && let Some(module) = kbuild::installed_name(path)
        {
            self.exports.iter_mut().for_each(|export| export.module = Some(module.to_vec()));
        }
        self
    }

    /// Reads the contents of a file.
    pub(super) fn of(path: &Path, contents: Contents, reading: &Reading<'_>) -> Result<Build> {
        let name = || message::path(path);
        if contents.len() as u64 > records::LARGEST && !input::is_object(&contents) {
            bail!("{}: is too large ({} bytes are allowed)", name(), records::LARGEST);
        }
        if !unpack::is_packed(&contents) && !input::is_object(&contents) {
            return Build::of_text(path, contents, reading).with_context(name);
        }
        let watch = Watch::new();
        let store = Store::for_file(&watch).among(reading.debug_files);
        let packed = store.keep_read(contents);
        let data = input::unpacked(packed, reading.common, &store).with_context(name)?;
        // It is an archive, too, but of no objects.
        if data.starts_with(b"!")
            && let Some(what) = stranger::name(data)
        {
            bail!("{}: this is {what}", name());
        }
        if !input::is_object(data) {
            return Build::of_text(path, Contents::Read(data.to_vec()), reading).with_context(name);
        }
        let mut builds = Vec::new();
        input::objects_in(reading.common, path, data, &store, |input, store| {
            builds.push(object::read(input, store, reading)?);
            Ok(())
        })?;
        let is_archive = data.starts_with(b"!");
        Ok(match (builds.pop(), is_archive) {
            (Some(mut build), false) => {
                if unpack::is_packed(packed) && signature::signed(packed).is_some() {
                    build.notes.push(format!("{}: {SIGNED}", name()));
                }
                build
            }
            (last, _) => {
                builds.extend(last);
                let mut archive = Build::empty(BuildKind::Archive);
                builds.into_iter().for_each(|build| archive.add(build));
                archive.in_order()
            }
        })
    }

    /// Reads a text.
    fn of_text(path: &Path, contents: Contents, reading: &Reading<'_>) -> Result<Build> {
        let limits = reading.common.limits(contents.len() as u64);
        if contents.is_empty() {
            bail!("the file is empty");
        }
        if Btf::is_btf(&contents) {
            return btf::read(path, &contents, reading);
        }
        if symvers::is_symvers(&contents) {
            return Build::of_symvers(&contents, &limits);
        }
        if cmd::is_cmd(&contents) {
            return Build::of_cmd(&contents, &limits);
        }
        let kind = symtypes::kind(&contents);
        let Some(kind) = kind else {
            if let Some(what) = stranger::name(&contents) {
                bail!("this is {what}");
            }
            bail!(
                "this is nothing that is known here: neither a Module.symvers, a .cmd file, symtypes, nor an ELF \
                 object, archive or module"
            );
        };
        let mut build = Build::empty(kind);
        build.exports = symtypes::exports(&contents, &limits)?;
        if matches!(reading.detail, Detail::Recorded | Detail::Versions) && kind == BuildKind::Symtypes {
            symtypes::compute(&contents, &mut build.exports, &limits)?;
        }
        if reading.detail == Detail::Types {
            let name = path.file_name().unwrap_or_default().as_encoded_bytes().to_vec();
            let text = match kind {
                BuildKind::Consolidated => Text::Consolidated(contents),
                _ => Text::Shelved(Shelved::of(&contents, reading.shelf, &limits)?),
            };
            build.types.push(Types { name, text, origin: Origin::File, pointer_size: None, unit: None });
        }
        Ok(build.in_order())
    }

    pub(super) fn of_symvers(text: &[u8], limits: &Limits) -> Result<Build> {
        let lines = records::lines(text, limits, symvers::line_of_file)?;
        let exports = lines.into_iter().map(|(_, line)| Export::of_symvers(&line)).collect();
        Ok(Build { exports, ..Build::empty(BuildKind::Symvers) }.in_order())
    }

    pub(super) fn of_cmd(text: &[u8], limits: &Limits) -> Result<Build> {
        let lines = records::lines(text, limits, cmd::line)?;
        let exports =
            lines.into_iter().map(|(_, (symbol, version))| Export::of_cmd(symbol, version)).collect();
        Ok(Build { exports, ..Build::empty(BuildKind::Cmd) }.in_order())
    }
}

/// The contents of a file that was named.
pub(super) fn contents(path: &Path) -> Result<Contents> {
    let name = || message::path(path);
    let file = File::open(path).with_context(name)?;
    Contents::of(file, &name()).with_context(name)
}

/// The package that a file is, if it is one. Packages in packages, and in folders, are not looked into.
pub(super) fn package<'c>(
    path: &Path,
    contents: &'c Contents,
    reading: &Reading<'_>,
) -> Result<Option<Package<'c>>> {
    let limit = reading.common.limits(contents.len() as u64).unpacked;
    Package::of(contents, limit).with_context(|| message::path(path))
}
