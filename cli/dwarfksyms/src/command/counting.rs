//! Which symbols count as exports: the options of every subcommand that reads objects, and what is said of builds that export
//! nothing.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::ValueHint;
use dwarfksyms_host::message::{self, Escaped};

use super::shown;
use crate::builds::{Build, BuildKind, Counted, Detail, Export};
use crate::policy::{Source, SymbolList};
use crate::report::words::few;

/// How many names a note has.
const SHOWN: usize = 5;

/// Which symbols count as exports.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "What counts as an export")]
pub(super) struct CountingOptions {
    /// Take all global functions and variables for exports: for shared libraries, programs, and objects that are no
    /// part of a kernel. What the DWARF does not describe is left out
    #[arg(long, conflicts_with = "symbol_list")]
    all_symbols: bool,

    /// Take the symbols listed in FILE for exports, and no others: one per line, or in the formats of 'compare
    /// --filter-symbol-list'; may be given several times
    #[arg(long, value_name = "[FORMAT:]FILE", value_parser = Source::parser(), value_hint = ValueHint::FilePath)]
    symbol_list: Vec<Source>,
}

/// What counts, when the lists have been read.
#[derive(Debug, Default)]
pub(super) struct Counting {
    pub(super) counted: Counted,
    /// Whether all types are described, whether or not exports reach them.
    pub(super) has_all_types: bool,
    list: Option<SymbolList>,
}

impl CountingOptions {
    /// The files to read.
    pub(super) fn sources(&self) -> &[Source] {
        &self.symbol_list
    }

    /// Reads the lists.
    ///
    /// # Errors
    /// What cannot be read, or is no list of symbols.
    pub(super) fn load(&self) -> Result<Counting> {
        let list = SymbolList::load(&self.symbol_list)?;
        let counted = match &list {
            Some(list) => Counted::Listed(list.symbols().clone()),
            None if self.all_symbols => Counted::All,
            None => Counted::Exported,
        };
        Ok(Counting { counted, has_all_types: false, list })
    }
}

impl Counting {
    /// The same, with all types described or not.
    pub(super) fn with_all_types(self, has_all_types: bool) -> Counting {
        Counting { has_all_types, ..self }
    }

    /// Leaves out what no unit describes, such as `_start`, if all symbols count; what only one of two builds has, or describes, is
    /// among their differences. Returns notes.
    pub(super) fn settle(&self, builds: &mut [Build], paths: &[PathBuf], detail: Detail) -> Vec<String> {
        let mut notes = Vec::new();
        if self.counted.is_all() {
            let unknown: Vec<BTreeSet<Vec<u8>>> = builds.iter().map(undescribed).collect();
            let is_unknown = |symbol: &[u8]| unknown.iter().all(|unknown| unknown.contains(symbol));
            let are_compared = detail == Detail::Types && builds.len() == 2;
            for ((build, own), path) in builds.iter_mut().zip(&unknown).zip(paths) {
                let is_out =
                    |symbol: &[u8]| if are_compared { is_unknown(symbol) } else { own.contains(symbol) };
                build.exports.retain(|export| !is_out(&export.symbol));
                let is_said = |symbol: &Vec<u8>| build.undescribed.contains(symbol);
                let out: Vec<&Vec<u8>> =
                    own.iter().filter(|symbol| is_out(symbol) && !is_said(symbol)).collect();
                let names = few(out.iter().map(|name| Escaped(name)), out.len(), SHOWN);
                if !out.is_empty() {
                    notes.push(format!("{}: left out, since no unit describes them: {names}", shown(path)));
                }
            }
        }
        if let Some(list) = &self.list {
            let is_found = |symbol: &str| builds.iter().any(|build| has(build, symbol));
            notes.extend(list.lost_note(is_found));
        }
        notes
    }

    /// Says of builds that export nothing what to do.
    pub(super) fn note_empty(&self, builds: &[Build], paths: &[PathBuf], is_quiet: bool) {
        for (build, path) in builds.iter().zip(paths).filter(|_| !is_quiet) {
            if let Some(what) = self.remedy(build) {
                message::note(&format!("{}: {what}", shown(path)));
            }
        }
    }

    /// Refuses a build that exports nothing, and says what to do.
    ///
    /// # Errors
    /// A build without exports.
    pub(super) fn check(&self, build: &Build, path: &Path) -> Result<()> {
        match self.remedy(build) {
            _ if self.has_all_types => Ok(()),
            Some(what) => bail!("{}: {what}", shown(path)),
            None if build.exports.is_empty() => bail!("{}: nothing is exported there", shown(path)),
            None => Ok(()),
        }
    }

    /// What there is to say of a build that exports nothing, if other symbols of it could count.
    fn remedy(&self, build: &Build) -> Option<String> {
        let kind = build.kind.name();
        let has_objects = matches!(
            build.kind,
            BuildKind::Object
                | BuildKind::Archive
                | BuildKind::Program
                | BuildKind::Library
                | BuildKind::Tree
        );
        match &self.counted {
            _ if !build.exports.is_empty() => None,
            Counted::Exported => has_objects.then(|| {
                format!(
                    "this {kind} has no kernel exports: with --all-symbols, its global functions and variables count \
                     as exports; with --symbol-list FILE, those of a list"
                )
            }),
            Counted::All => {
                Some(format!("this {kind} has no global functions or variables that its DWARF describes"))
            }
            Counted::Listed(_) => Some(format!("this {kind} has none of the listed symbols")),
        }
    }
}

/// Whether a build has a listed symbol, with whatever version.
fn has(build: &Build, symbol: &str) -> bool {
    let symbol = symbol.as_bytes();
    let at = build.exports.partition_point(|export| export.symbol.as_slice() < symbol);
    build.exports.get(at..).unwrap_or_default().iter().take(1).any(|export| {
        export.symbol.strip_prefix(symbol).is_some_and(|rest| rest.is_empty() || rest.starts_with(b"@"))
    })
}

/// The exports of a build that were looked for in DWARF, and are not there.
fn undescribed(build: &Build) -> BTreeSet<Vec<u8>> {
    let is_unknown = |export: &&Export| export.version.is_none() && export.kind.is_none();
    let exports = build.exports.iter().filter(|_| build.manner.is_some());
    exports.filter(is_unknown).map(|export| export.symbol.clone()).collect()
}
