//! What fuzz bodies need; no promise is made about it.

mod loading;
mod repository;
mod rules;

use std::collections::HashSet;
use std::io;
use std::path::Path;
use std::sync::Arc;

use dwarfksyms_core::budget::Budget;
use dwarfksyms_core::{Limit, Limits, Options};
use dwarfksyms_host::common::Common;
use dwarfksyms_host::contents::Contents;
use dwarfksyms_host::progress::Steps;
use dwarfksyms_symtypes::suggest::Macros;
use dwarfksyms_symtypes::types::Side;

pub use self::loading::{LoadingAnswer, fit, symvers};
pub use self::repository::{answer_of_git, tree};
pub use self::rules::{POLICY_FORMATS, PolicyFile, RuledReport, Rulings, policy, rule};

use crate::builds::{Build, Counted, Detail, Reading, Revisions};
use crate::command;
use crate::comparison::{self, Ask, Composition, Files, Sides};
use crate::report::Report;
use crate::report::format::ReportFormat;
use crate::threads;

/// What a file says of a build, in the order in which it is kept.
pub struct Facts {
    /// Symbols that are exported.
    pub exports: Vec<ExportFacts>,
    /// Symbols that are wanted.
    pub wanted: Vec<Vec<u8>>,
    /// Symtypes text.
    pub types: Vec<Vec<u8>>,
}

/// An exported symbol.
pub struct ExportFacts {
    /// Its name.
    pub symbol: Vec<u8>,
    /// Its version.
    pub version: Option<u32>,
    /// The module that exports it.
    pub module: Option<Vec<u8>>,
    /// Its namespace.
    pub namespace: Option<Vec<u8>>,
}

/// What a run has that looks at nothing but its input.
fn alone(limits: &Limits) -> Common {
    let limits = Limit::ALL.iter().map(|&limit| (limit, limits.get(limit))).collect();
    let (companion_roots, jobs) = (Vec::new(), None);
    Common { companion_roots, no_companions: true, no_sandbox: true, jobs, limits }
}

fn open(data: Vec<u8>, common: &Common) -> Option<Build> {
    read(data, Detail::Types, &Counted::Exported, common).ok()
}

fn read(data: Vec<u8>, detail: Detail, counted: &Counted, common: &Common) -> anyhow::Result<Build> {
    let reading = Reading {
        common,
        detail,
        options: Options::default(),
        manner: None,
        is_recomputed: false,
        counted,
        has_all_types: counted.is_all(),
        is_alone: true,
        btf_base: None,
        debug_files: None,
        steps: &Steps::default(),
        revisions: &Revisions::default(),
        shelf: &Arc::default(),
    };
    Build::of_named(Path::new("input"), Contents::Read(data), &reading)
}

/// In how many formats there are reports.
pub const FORMATS: usize = ReportFormat::ALL.len();

/// Two files as builds that were compared.
pub struct ComparedFiles {
    report: Report,
    found: FoundSymbols,
}

/// What was found of two files.
#[derive(Debug, PartialEq, Eq)]
pub struct FoundSymbols {
    /// The symbols with a cause.
    pub explained: Vec<Vec<u8>>,
    /// The symbols that both sides have and whose versions, computed from their types, differ; only of files that have
    /// all types that they refer to.
    pub differing: Vec<Vec<u8>>,
}

impl ComparedFiles {
    /// What was found.
    pub fn found(&self) -> &FoundSymbols {
        &self.found
    }

    /// The report in one of the formats.
    pub fn report(&self, format: usize) -> Option<String> {
        rules::written(*ReportFormat::ALL.get(format)?, &self.report)
    }
}

/// The thread that asks, as a pool: to begin one takes longer than most comparisons of a fuzzer, and who counts what a thread
/// asks for learns of all of it.
fn with_pool<T>(work: impl FnOnce(&rayon::ThreadPool) -> T) -> T {
    thread_local! {
        static POOL: threads::Threads = threads::current().expect("a pool");
    }
    POOL.with(|pool| work(pool))
}

/// What a comparison is called that has no paths.
fn ask() -> Ask<'static> {
    Ask { old: Path::new("old"), new: Path::new("new"), is_asked: &|_| true }
}

/// Compares two files, if they can be.
pub fn compare(old: &[u8], new: &[u8], limits: &Limits) -> Option<ComparedFiles> {
    let common = alone(limits);
    let (old, new) = (open(old.to_vec(), &common)?, open(new.to_vec(), &common)?);
    let files = Files::open(&old, &new, &common).ok()?;
    with_pool(|pool| {
        let sides = Sides::new(&old, &new, &files, pool).ok()?;
        let compared = sides.compare(pool).ok()?;
        let report = comparison::report(&ask(), &compared).ok()?;
        let catalog = sides.catalog();
        let causes = compared.outcome.exports.iter().filter(|(_, causes)| !causes.is_empty());
        let explained = causes.map(|(name, _)| catalog.name(*name).to_vec()).collect();
        let differing = differing(&sides, limits)?;
        Some(ComparedFiles { report, found: FoundSymbols { explained, differing } })
    })
}

/// The symbols whose versions, computed from their types, differ.
fn differing(sides: &Sides<'_>, limits: &Limits) -> Option<Vec<Vec<u8>>> {
    let catalog = sides.catalog();
    // A type that only one side lacks is no cause: nothing is known of it there.
    let is_whole = |file| {
        let names: HashSet<_> = catalog.records(file).iter().map(|&record| catalog.name_of(record)).collect();
        let mut references = catalog.records(file).iter().flat_map(|&record| catalog.references(record));
        references.all(|name| names.contains(name))
    };
    let mut differing = Vec::new();
    for export in catalog.exports(Side::Old) {
        let Some(other) = catalog.export(Side::New, export.name) else { continue };
        if !is_whole(export.file) || !is_whole(other.file) {
            continue;
        }
        let version = |file| catalog.versions(file, &[export.name], &[], &mut Budget::new(limits));
        if version(export.file).ok()? != version(other.file).ok()? {
            differing.push(catalog.name(export.name).to_vec());
        }
    }
    // Names are numbered in the order of the files.
    differing.sort_unstable();
    Some(differing)
}

/// What a comparison of two files reports to people, with the rules of a policy if there are any.
pub fn told(old: Vec<u8>, new: Vec<u8>, policy: Option<&[u8]>, limits: &Limits) -> Option<String> {
    let policy: Vec<PolicyFile<'_>> = policy.map(|rules| (None, rules)).into_iter().collect();
    rules::ruled([&[old], &[new]], &policy, ReportFormat::Text, limits)?.report(ReportFormat::Text)
}

/// Writes what a comparison of two files reports to programs.
pub fn write_json(old: Vec<u8>, new: Vec<u8>, limits: &Limits, out: &mut dyn io::Write) -> Option<()> {
    rules::ruled([&[old], &[new]], &[], ReportFormat::Json, limits)?.write(ReportFormat::Json, out)
}

/// What is suggested for two files, for people, in macros.
pub fn suggested(old: Vec<u8>, new: Vec<u8>, macros: Macros, limits: &Limits) -> Option<String> {
    let common = alone(limits);
    let (old, new) = (open(old, &common)?, open(new, &common)?);
    let pool = threads::pool(1).ok()?;
    let files = Files::open(&old, &new, &common).ok()?;
    let sides = Sides::new(&old, &new, &files, &pool).ok()?;
    let compared = sides.compare(&pool).ok()?;
    let advice = compared.outcome.advice(sides.catalog(), macros, sides.limits()).ok()?;
    Some(command::suggested(&compared, &advice, macros))
}

/// All that an export of a file is made of, as a tree.
pub fn composed(data: Vec<u8>, symbol: &[u8], limits: &Limits) -> Option<String> {
    let common = alone(limits);
    let (build, nothing) = (open(data, &common)?, Build::nothing());
    let files = Files::open(&build, &nothing, &common).ok()?;
    let sides = with_pool(|pool| Sides::new(&build, &nothing, &files, pool)).ok()?;
    let export = sides.catalog().export(Side::Old, sides.catalog().find(symbol)?)?;
    Some(Composition { sides: &sides, depth: usize::MAX }.of(export).ok()?.to_string())
}

/// Reads a file as a build, types and all, by itself.
pub fn build(data: Vec<u8>, limits: &Limits) -> Option<Facts> {
    open(data, &alone(limits)).map(facts)
}

/// The same of all symbols of an object, and of all of its types.
pub fn build_of_all(data: Vec<u8>, limits: &Limits) -> Option<Facts> {
    let build = read(data, Detail::Types, &Counted::All, &alone(limits)).ok()?;
    Some(facts(build))
}

fn facts(build: Build) -> Facts {
    let export = |export: crate::builds::Export| ExportFacts {
        symbol: export.symbol,
        version: export.version,
        module: export.module,
        namespace: export.namespace,
    };
    Facts {
        exports: build.exports.into_iter().map(export).collect(),
        wanted: build.wanted.into_iter().map(|wanted| wanted.symbol).collect(),
        types: build.types.into_iter().map(|types| types.text.to_vec()).collect(),
    }
}
