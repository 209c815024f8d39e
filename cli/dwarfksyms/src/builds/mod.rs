//! A build: what one side of a comparison is, whatever kind of file describes it.
//!
//! A path comes in. Its contents, not its name, say what it is: a `Module.symvers`, a `.cmd` file, symtypes, an object, a
//! kernel, a module, an archive, each of them compressed too, or a folder with any of these; or what a git repository has of all that
//! in a revision. A [`Build`] goes out: exports, and as far as they are asked for and at hand, versions and types.
//!
//! All of it is hostile. Files within folders are opened only if they are regular, and links there are not followed; what
//! is read or unpacked has a limit, and an error names the file and the line or section.

mod btf;
mod configuration;
mod counted;
mod declared;
mod export;
mod file;
mod git;
mod image;
mod kbuild;
mod listing;
mod manner;
mod modules;
mod object;
mod package;
mod revision;
mod shelf;
mod stranger;
mod symtypes;
mod text;
mod tree;
mod types;
mod undescribed;
mod unit;

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::sync::Arc;

use dwarfksyms_core::{Btf, Options, Recording};
use dwarfksyms_host::common::Common;
use dwarfksyms_host::debug_files::DebugFiles;
use dwarfksyms_host::message;
use dwarfksyms_host::progress::Steps;
pub(crate) use dwarfksyms_host::records::symvers::ExportKind;

pub(crate) use self::counted::{Counted, is_listed};
pub(crate) use self::declared::{Sought, SourceLine, SourceLines};
pub(crate) use self::export::Export;
pub(crate) use self::git::header as answer_header;
use self::listing::Files;
pub(crate) use self::manner::Manner;
pub(crate) use self::modules::Modules;
pub(crate) use self::revision::{Revisions, TreeEntries, is_revision};
pub(crate) use self::shelf::{Known, Shelf};
pub(crate) use self::text::{Shelved, Text};
pub(crate) use self::tree::is_read;
pub(crate) use self::types::{Origin, Types, TypesFiles};
use self::unit::Unit;

/// How a build is read.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'a> {
    pub(crate) common: &'a Common,
    pub(crate) detail: Detail,
    /// What objects are described with; the scheme follows from the manner.
    pub(crate) options: Options,
    /// How they are described; none if each decides for itself.
    pub(crate) manner: Option<Manner>,
    /// Whether versions are computed even where they are recorded.
    pub(crate) is_recomputed: bool,
    /// Which symbols of objects count as exports.
    pub(crate) counted: &'a Counted,
    /// Whether all types are described, whether or not exports reach them.
    pub(crate) has_all_types: bool,
    /// Whether all threads are for one object, if it is a large one.
    pub(crate) is_alone: bool,
    /// What the BTF of modules is based on.
    pub(crate) btf_base: Option<&'a Btf<'a>>,
    /// Companions of objects that stand among the files of the build.
    pub(crate) debug_files: Option<&'a DebugFiles>,
    /// A step for each file.
    pub(crate) steps: &'a Steps,
    /// What is read as of a revision of a repository.
    pub(crate) revisions: &'a Revisions,
    /// Where the lines of types are kept.
    pub(crate) shelf: &'a Arc<Shelf>,
}

/// What the names of types begin with that stand where exports do: see [`Build::all_types`].
pub(crate) const ROOT: u8 = b':';

/// How much of a build is asked for; each includes those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Detail {
    /// Exports.
    Exports,
    /// Their versions, but of what is linked only those that are recorded: a kernel compares no others.
    Recorded,
    /// Their versions.
    Versions,
    /// Their types.
    Types,
}

/// What is known of a build.
#[derive(Debug)]
pub(crate) struct Build {
    pub(crate) kind: BuildKind,
    /// By symbol, each once.
    pub(crate) exports: Vec<Export>,
    /// By symbol: the other places where they are exported, too.
    pub(crate) duplicates: Vec<Export>,
    /// What a module or object uses of others, by symbol, each once.
    pub(crate) wanted: Vec<Requirement>,
    /// By name.
    pub(crate) types: Vec<Types>,
    /// All types that DWARF defines, whether or not exports reach them, if they are asked for: each as the type of a variable
    /// that is called [`ROOT`] and the type's name.
    pub(crate) all_types: Vec<Types>,
    /// What a module says about itself; of a folder, its first module.
    pub(crate) module: Option<Module>,
    /// The kernel's release, such as `7.3.4`, if anything states it.
    pub(crate) release: Option<Vec<u8>>,
    /// How objects were described; none if there was nothing to describe.
    pub(crate) manner: Option<Manner>,
    /// Of a kernel whose types are from BTF: that, since the BTF of its modules is based on it.
    pub(crate) btf: Option<Vec<u8>>,
    /// Whether it has BTF of no use without that of its kernel, which was not given.
    pub(crate) lacks_btf_base: bool,
    /// The exports that have something in their types for which there is no text.
    pub(crate) undescribed: BTreeSet<Vec<u8>>,
    /// Whether its configuration says that its versions are those of genksyms.
    pub(crate) is_of_genksyms: bool,
    /// What a package has, since it takes long to go through it again.
    pub(crate) listing: Option<Files>,
    /// What the reader should know of it.
    pub(crate) notes: Vec<String>,
}

/// What a path turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BuildKind {
    Symvers,
    Cmd,
    Symtypes,
    Consolidated,
    Object,
    Archive,
    Module,
    Kernel,
    /// Any other program.
    Program,
    /// A shared library.
    Library,
    /// BTF by itself.
    Btf,
    /// A folder.
    Tree,
    Package,
}

/// A symbol that a module or object uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Requirement {
    pub(crate) symbol: Vec<u8>,
    /// The version that it was built against.
    pub(crate) version: Option<u32>,
    /// Whether it may be missing.
    pub(crate) is_weak: bool,
    /// Whether anything refers to it, or only its version is recorded.
    pub(crate) is_used: bool,
}

/// What a module says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Module {
    pub(crate) name: Option<Vec<u8>>,
    pub(crate) licences: Vec<Vec<u8>>,
    /// Namespaces that it imports.
    pub(crate) imports: Vec<Vec<u8>>,
    /// The kernel that it was built for.
    pub(crate) vermagic: Option<Vec<u8>>,
    /// How it has recorded versions.
    pub(crate) recording: Recording,
}

impl BuildKind {
    /// Every kind.
    #[cfg(test)]
    pub(crate) const ALL: [BuildKind; 13] = [
        BuildKind::Symvers,
        BuildKind::Cmd,
        BuildKind::Symtypes,
        BuildKind::Consolidated,
        BuildKind::Object,
        BuildKind::Archive,
        BuildKind::Module,
        BuildKind::Kernel,
        BuildKind::Program,
        BuildKind::Library,
        BuildKind::Btf,
        BuildKind::Tree,
        BuildKind::Package,
    ];

    /// What reports call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            BuildKind::Symvers => "Module.symvers",
            BuildKind::Cmd => ".cmd file",
            BuildKind::Symtypes => "symtypes",
            BuildKind::Consolidated => "consolidated symtypes",
            BuildKind::Object => "object",
            BuildKind::Archive => "archive",
            BuildKind::Module => "module",
            BuildKind::Kernel => "kernel",
            BuildKind::Program => "program",
            BuildKind::Library => "shared library",
            BuildKind::Btf => "BTF",
            BuildKind::Tree => "folder",
            BuildKind::Package => "package",
        }
    }
}

impl Build {
    /// What a build is compared with that is looked at alone.
    pub(crate) fn nothing() -> Build {
        Build::empty(BuildKind::Tree)
    }

    /// Of which nothing is known yet.
    fn empty(kind: BuildKind) -> Build {
        Build {
            kind,
            exports: Vec::new(),
            duplicates: Vec::new(),
            wanted: Vec::new(),
            types: Vec::new(),
            all_types: Vec::new(),
            module: None,
            release: None,
            manner: None,
            btf: None,
            lacks_btf_base: false,
            undescribed: BTreeSet::new(),
            is_of_genksyms: false,
            listing: None,
            notes: Vec::new(),
        }
    }

    /// Counts all types as those of exports are counted.
    pub(crate) fn add_all_types(&mut self) {
        // What was described for exports comes first, and counts where there are several.
        self.types.append(&mut self.all_types);
        self.types.sort_by(|a, b| a.name.cmp(&b.name));
    }

    /// All types, as a build of its own in which no export reaches any; `None` if they were not asked for, or there is no DWARF.
    pub(crate) fn take_all_types(&mut self) -> Option<Build> {
        let types = std::mem::take(&mut self.all_types);
        let is_any = !types.is_empty();
        is_any.then(|| Build { types, manner: self.manner, ..Build::empty(self.kind) })
    }

    /// Adds what is known of a part.
    fn add(&mut self, part: Build) {
        let Build {
            exports,
            duplicates,
            wanted,
            types,
            all_types,
            module,
            release,
            manner,
            notes,
            btf,
            undescribed,
            ..
        } = part;
        self.exports.extend(exports);
        self.duplicates.extend(duplicates);
        self.wanted.extend(wanted);
        self.types.extend(types);
        self.all_types.extend(all_types);
        self.module = self.module.take().or(module);
        self.release = self.release.take().or(release);
        self.btf = self.btf.take().or(btf);
        self.manner = match (self.manner, manner) {
            (Some(one), Some(other)) => Some(one.and(other)),
            (one, other) => one.or(other),
        };
        self.notes.extend(notes);
        self.undescribed.extend(undescribed);
    }

    /// Puts names in order. Of what is known about an export in several places, that with a version counts, recorded rather
    /// than computed, then the first; what it does not state, the others may.
    fn in_order(mut self) -> Build {
        let is_worse = |export: &Export| (export.version.is_none(), export.is_computed);
        self.exports.sort_by(|a, b| a.symbol.cmp(&b.symbol).then_with(|| is_worse(a).cmp(&is_worse(b))));
        let duplicates = &mut self.duplicates;
        self.exports.dedup_by(|later, first| {
            let is_same = later.symbol == first.symbol;
            if is_same {
                if later.is_elsewhere(first) {
                    duplicates.push(later.clone());
                }
                first.complete(later);
            }
            is_same
        });
        self.duplicates.sort_by(|a, b| a.symbol.cmp(&b.symbol));
        self.wanted.sort_by(|a, b| match a.symbol.cmp(&b.symbol) {
            Ordering::Equal => (a.version.is_none(), a.is_weak).cmp(&(b.version.is_none(), b.is_weak)),
            order => order,
        });
        self.wanted.dedup_by(|later, first| later.symbol == first.symbol);
        self.types.sort_by(|a, b| a.name.cmp(&b.name));
        self
    }

    /// Adds a part that has types. What was recorded before are all exports that there are.
    pub(crate) fn with_types(self, mut types: Build) -> Build {
        let known: BTreeSet<Vec<u8>> = self.exports.iter().map(|export| export.symbol.clone()).collect();
        types.exports.retain(|export| known.is_empty() || known.contains(&export.symbol));
        let mut build = self.in_order();
        if known.is_empty() {
            build.add(types);
        } else {
            build.complete(types);
        }
        build
    }

    /// Adds what a part states about exports that are known, and its types: it has the same exports in the same places.
    fn complete(&mut self, mut part: Build) {
        for mut other in std::mem::take(&mut part.exports) {
            let find = |export: &Export| export.symbol.cmp(&other.symbol);
            match self.exports.binary_search_by(find).ok().and_then(|at| self.exports.get_mut(at)) {
                Some(export) => export.complete(&mut other),
                None => part.exports.push(other),
            }
        }
        part.duplicates.clear();
        self.add(part);
    }

    /// The other places where an export is, too.
    pub(crate) fn duplicates_of(&self, symbol: &[u8]) -> &[Export] {
        let start = self.duplicates.partition_point(|export| export.symbol.as_slice() < symbol);
        let rest = self.duplicates.get(start..).unwrap_or_default();
        let count = rest.iter().take_while(|export| export.symbol == symbol).count();
        rest.get(..count).unwrap_or_default()
    }

    /// All places where an export is.
    pub(crate) fn places_of(&self, symbol: &[u8]) -> impl Iterator<Item = &Export> {
        self.export(symbol).into_iter().chain(self.duplicates_of(symbol))
    }

    /// What is exported in several places, and where.
    pub(crate) fn duplicates_note(&self) -> Option<String> {
        const SHOWN: usize = 5;
        let by_symbol: Vec<&Export> =
            self.duplicates.chunk_by(|a, b| a.symbol == b.symbol).filter_map(|group| group.first()).collect();
        let place = |export: &Export| match (&export.module, export.version) {
            (Some(module), _) => message::Escaped(module).to_string(),
            (None, Some(version)) => format!("{version:#010x}"),
            (None, None) => "?".to_owned(),
        };
        let shown = |export: &&Export| {
            let places: Vec<String> = self.places_of(&export.symbol).map(place).collect();
            format!("{} (in {})", message::Escaped(&export.symbol), places.join(" and "))
        };
        let first: Vec<String> = by_symbol.iter().take(SHOWN).map(shown).collect();
        let more = by_symbol.len() - first.len();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        (!first.is_empty()).then(|| format!("exported in several places: {}{more}", first.join(", ")))
    }

    /// Whether there are versions that were recorded.
    pub(crate) fn has_recorded_versions(&self) -> bool {
        self.exports.iter().any(Export::is_recorded)
    }

    /// An export.
    pub(crate) fn export(&self, symbol: &[u8]) -> Option<&Export> {
        let at = self.exports.binary_search_by(|export| export.symbol.as_slice().cmp(symbol)).ok()?;
        self.exports.get(at)
    }

    /// Whether there is any version.
    pub(crate) fn has_versions(&self) -> bool {
        self.exports.iter().any(|export| export.version.is_some())
    }
}
