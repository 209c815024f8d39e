//! Types from BTF, of what has no DWARF: a kernel, its modules, or BTF by itself.
//!
//! A module's BTF is based on that of its kernel, which stands beside it in a folder; newer modules have what they need of it
//! with them, by name and size.

use std::collections::HashSet;

use anyhow::{Context, Result};
use dwarfksyms_core::{Btf, Exports, Limits, Linkage, SectionId};
use dwarfksyms_host::contents::Contents;
use dwarfksyms_host::message::{self, Escaped};

use super::{Build, BuildKind, Detail, Export, Origin, Reading, Shelved, Text, Types};

/// BTF, and what errors call the file that it is in.
pub(super) struct BtfSections<'d> {
    pub(super) name: &'d str,
    own: &'d [u8],
    /// What a module's is based on, if it says so itself.
    base: Option<&'d [u8]>,
}

impl<'d> BtfSections<'d> {
    /// Those of an object, if it has any.
    pub(super) fn of(name: &'d str, linkage: &Linkage<'d>) -> Option<BtfSections<'d>> {
        Some(BtfSections { name, own: linkage.btf?, base: linkage.btf_base })
    }

    /// Adds types of exports to a build; `false` if what they are based on is missing.
    pub(super) fn describe(
        &self,
        build: &mut Build,
        own_name: &[u8],
        limits: &Limits,
        reading: &Reading<'_>,
        pointer_size: Option<u64>,
    ) -> Result<bool> {
        let named = || self.name.to_owned();
        let is_split = Btf::is_split(self.own);
        let distilled = self.base.filter(|_| is_split);
        let distilled = distilled.map(|base| Btf::parse(base, SectionId::BtfBase, None, limits));
        let distilled = distilled.transpose().with_context(named)?;
        let base = distilled.as_ref().or(reading.btf_base.filter(|_| is_split));
        if is_split && base.is_none() {
            return Ok(false);
        }
        let btf = Btf::parse(self.own, SectionId::Btf, base, limits).with_context(named)?;
        if reading.counted.is_all() {
            // As of DWARF, those that it describes.
            let described: HashSet<&[u8]> = btf.symbols(limits).with_context(named)?.into_iter().collect();
            build.exports.retain(|export| {
                export.kind.is_some()
                    || export.version.is_some()
                    || described.contains(export.symbol.as_slice())
            });
        }
        add(build, &btf, own_name, (reading, limits), pointer_size).with_context(named)?;
        // A kernel's is not split; what is cannot be what others are based on.
        if build.kind == BuildKind::Kernel && !is_split {
            build.btf = Some(self.own.to_vec());
        }
        Ok(true)
    }
}

/// Reads a file that is BTF and nothing else. It does not say what is exported, so that all functions and variables count.
///
/// # Errors
/// Damaged BTF, that of a module, or a limit.
pub(super) fn read(path: &std::path::Path, contents: &Contents, reading: &Reading<'_>) -> Result<Build> {
    let limits = reading.common.limits(contents.len() as u64);
    let btf = Btf::parse(contents, SectionId::Btf, None, &limits)?;
    let mut build = Build::empty(BuildKind::Btf);
    build.exports = btf.symbols(&limits)?.into_iter().map(Export::named).collect();
    if reading.detail == Detail::Types {
        let name = path.file_name().unwrap_or_default().as_encoded_bytes();
        add(&mut build, &btf, name, (reading, &limits), btf.pointer_size())?;
        build.btf = Some(contents.to_vec());
    }
    build.notes.push(format!(
        "{}: BTF does not say what is exported: all functions and variables that it has count, if no Module.symvers \
         stands beside it in a folder",
        message::path(path)
    ));
    Ok(build.in_order())
}

fn add(
    build: &mut Build,
    btf: &Btf<'_>,
    name: &[u8],
    (reading, limits): (&Reading<'_>, &Limits),
    pointer_size: Option<u64>,
) -> Result<()> {
    let names: Vec<&[u8]> = build.exports.iter().map(|export| export.symbol.as_slice()).collect();
    let exports = Exports::of_objects(&names, limits)?;
    let types = btf.symtypes(&exports, pointer_size, limits)?;
    if !types.ambiguous.is_empty() {
        const SHOWN: usize = 5;
        let first: Vec<String> =
            types.ambiguous.iter().take(SHOWN).map(|name| Escaped(name).to_string()).collect();
        let more = types.ambiguous.len() - first.len();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        build.notes.push(format!(
            "{}: there are several types called {}{more} in its BTF: the longest of each counts",
            Escaped(name),
            first.join(", ")
        ));
    }
    if !types.text.is_empty() {
        build.types.push(Types {
            name: name.to_vec(),
            text: Text::Shelved(Shelved::of(&types.text, reading.shelf, limits)?),
            origin: Origin::Btf,
            pointer_size,
            unit: None,
        });
    }
    Ok(())
}

impl Build {
    /// Whether its types are from BTF.
    pub(crate) fn is_of_btf(&self) -> bool {
        self.types.iter().any(|types| types.origin == Origin::Btf)
    }

    /// Leaves out what is from BTF if there is anything better: one build is described in one way.
    pub(super) fn prefer_dwarf(&mut self) {
        let is_btf = |types: &Types| types.origin == Origin::Btf;
        if self.types.iter().any(is_btf) && !self.types.iter().all(is_btf) {
            let before = self.types.len();
            self.types.retain(|types| !is_btf(types));
            let left_out = before - self.types.len();
            self.notes.push(format!(
                "types of {left_out} files are from BTF, and were left out, since those of others are not"
            ));
        }
    }
}
