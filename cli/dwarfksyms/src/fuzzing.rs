//! What fuzz bodies need; no promise is made about it.

use std::collections::HashSet;
use std::io;
use std::path::Path;
use std::sync::LazyLock;

use dwarfksyms_core::budget::Budget;
use dwarfksyms_core::{Limit, Limits, Options};
use dwarfksyms_host::common::Common;
use dwarfksyms_host::contents::Contents;
use dwarfksyms_host::progress::Steps;
use dwarfksyms_symtypes::compare::Class;
use dwarfksyms_symtypes::types::Side;

use crate::builds::{Build, Detail, Reading};
use crate::command;
use crate::comparison::{self, Ask, Composition, Files, Sides};
use crate::policy::{Known, Policy, Source};
use crate::report::format::ReportFormat;
use crate::report::text::Look;
use crate::report::{self, CauseEntry, Change, Difference, Report, Ruling, Verdict};
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
    let reading = Reading {
        common,
        detail: Detail::Types,
        options: Options::default(),
        manner: None,
        is_recomputed: false,
        is_alone: true,
        steps: &Steps::default(),
    };
    Build::of(Path::new("input"), Contents::Read(data), &reading).ok()
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
        written(*ReportFormat::ALL.get(format)?, &self.report)
    }
}

/// A thread that compares; to begin one takes longer than most comparisons of a fuzzer.
fn pool() -> &'static rayon::ThreadPool {
    static POOL: LazyLock<rayon::ThreadPool> = LazyLock::new(|| threads::pool(1).expect("a thread"));
    &POOL
}

/// Compares two files, if they can be.
pub fn compare(old: &[u8], new: &[u8], limits: &Limits) -> Option<ComparedFiles> {
    let common = alone(limits);
    let (old, new) = (open(old.to_vec(), &common)?, open(new.to_vec(), &common)?);
    let files = Files::open(&old, &new, &common).ok()?;
    let sides = Sides::new(&old, &new, &files, pool()).ok()?;
    let compared = sides.compare(pool()).ok()?;
    let report = comparison::report(&Ask { old: Path::new("old"), new: Path::new("new") }, &compared).ok()?;
    let catalog = sides.catalog();
    let causes = compared.outcome.exports.iter().filter(|(_, causes)| !causes.is_empty());
    let explained = causes.map(|(name, _)| catalog.name(*name).to_vec()).collect();
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
    Some(ComparedFiles { report, found: FoundSymbols { explained, differing } })
}

/// What a comparison of two files tells people, with the rules of a policy if there are any.
pub fn told(old: Vec<u8>, new: Vec<u8>, policy: Option<&[u8]>, limits: &Limits) -> Option<String> {
    written(ReportFormat::Text, &reported(old, new, policy, ReportFormat::Text, limits)?)
}

/// Writes what a comparison of two files tells programs.
pub fn write_json(old: Vec<u8>, new: Vec<u8>, limits: &Limits, out: &mut dyn io::Write) -> Option<()> {
    let report = reported(old, new, None, ReportFormat::Json, limits)?;
    ReportFormat::Json.render(&report, Look::PLAIN).ok()?.write(out).ok()
}

/// The report of a comparison, with all that it costs in a format.
fn reported(
    old: Vec<u8>,
    new: Vec<u8>,
    policy: Option<&[u8]>,
    format: ReportFormat,
    limits: &Limits,
) -> Option<Report> {
    let common = alone(limits);
    let (old, new) = (open(old, &common)?, open(new, &common)?);
    let pool = threads::pool(1).ok()?;
    let files = Files::open(&old, &new, &common).ok()?;
    let sides = Sides::new(&old, &new, &files, &pool).ok()?;
    let compared = sides.compare(&pool).ok()?;
    let mut report =
        comparison::report(&Ask { old: Path::new("old"), new: Path::new("new") }, &compared).ok()?;
    if let Some(rules) = policy {
        let mut policy = Policy::default();
        policy.add(Path::new("policy"), rules, None).ok()?;
        let mut known = Known::default();
        [&old, &new].into_iter().for_each(|build| known.add(build));
        known.add_types(sides.catalog().names());
        let budget = &mut Budget::new(limits);
        policy.meet(&known, budget).ok()?;
        policy.apply(&mut report, budget).ok()?;
    }
    sides.ask(|budget| format.charge(&report, budget)).ok()?;
    Some(report)
}

fn written(format: ReportFormat, report: &Report) -> Option<String> {
    let mut out = Vec::new();
    format.render(report, Look::PLAIN).ok()?.write(&mut out).ok()?;
    String::from_utf8(out).ok()
}

/// What is suggested for two files, for people.
pub fn suggested(old: Vec<u8>, new: Vec<u8>, limits: &Limits) -> Option<String> {
    let common = alone(limits);
    let (old, new) = (open(old, &common)?, open(new, &common)?);
    let pool = threads::pool(1).ok()?;
    let files = Files::open(&old, &new, &common).ok()?;
    let sides = Sides::new(&old, &new, &files, &pool).ok()?;
    let compared = sides.compare(&pool).ok()?;
    let advice = compared.outcome.advice(sides.catalog(), sides.limits()).ok()?;
    Some(command::suggested(&compared, &advice))
}

/// All that an export of a file is made of, as a tree.
pub fn composed(data: Vec<u8>, symbol: &[u8], limits: &Limits) -> Option<String> {
    let common = alone(limits);
    let (build, nothing) = (open(data, &common)?, Build::nothing());
    let files = Files::open(&build, &nothing, &common).ok()?;
    let sides = Sides::new(&build, &nothing, &files, &threads::pool(1).ok()?).ok()?;
    let export = sides.catalog().export(Side::Old, sides.catalog().find(symbol)?)?;
    Composition { sides: &sides, depth: usize::MAX }.tell(export).ok()
}

/// Reads a file as a build, types and all, by itself.
pub fn build(data: Vec<u8>, limits: &Limits) -> Option<Facts> {
    let build = open(data, &alone(limits))?;
    let export = |export: crate::builds::Export| ExportFacts {
        symbol: export.symbol,
        version: export.version,
        module: export.module,
        namespace: export.namespace,
    };
    Some(Facts {
        exports: build.exports.into_iter().map(export).collect(),
        wanted: build.wanted.into_iter().map(|wanted| wanted.symbol).collect(),
        types: build.types.into_iter().map(|types| types.text.to_vec()).collect(),
    })
}

/// The formats of policies, and none for one that is recognised.
pub const POLICY_FORMATS: [Option<&str>; 7] = [
    None,
    Some("severities"),
    Some("stablelist"),
    Some("kabi"),
    Some("debian"),
    Some("ubuntu"),
    Some("classes"),
];

/// What a policy says of some symbols.
pub struct Rulings {
    /// Whether an export is let pass, and the rule that decided: for each symbol in each way in which it can differ.
    pub rulings: Vec<(bool, Option<String>)>,
    /// Rules that nothing has matched.
    pub unused: Vec<String>,
}

/// Reads a file of a policy, and rules on exports, each of which differs in every way; `None` if it is refused.
pub fn policy(data: &[u8], format: Option<&str>, symbols: &[&str]) -> Option<Rulings> {
    let budget = &mut Budget::new(&Limits::for_input(data.len() as u64));
    let format = format.and_then(|name| Source::of(format!("{name}:").as_ref()).format);
    let mut policy = Policy::default();
    policy.add(Path::new("policy"), data, format).ok()?;
    let mut rulings = Vec::new();
    for (symbol, module) in symbols.iter().zip(symbols.iter().cycle().skip(1)) {
        let mut known = Known::default();
        known.add_symbol(symbol, module, symbol);
        known.add_types(std::iter::empty());
        policy.meet(&known, budget).ok()?;
        let facts = |version: &str| report::Facts {
            version: Some(version.to_owned()),
            is_computed: false,
            module: Some((*module).to_owned()),
            kind: None,
            namespace: Some((*symbol).to_owned()),
        };
        let refused = Ruling { is_allowed: false, rule: None };
        let change = |class: Class| Change {
            class: class.id(),
            verdict: Verdict::Unclear,
            subject: None,
            text: String::new(),
            remedy: class.remedy(),
        };
        let cause = CauseEntry {
            id: format!("s#{symbol}@2"),
            title: String::new(),
            verdict: Verdict::Unclear,
            changes: vec![change(Class::MemberRenamed), change(Class::MemberAppended)],
            diff: Vec::new(),
            layout: None,
            exports: report::NameList::default(),
            path: Vec::new(),
            files: Vec::new(),
            file_count: 0,
            ruling: refused.clone(),
        };
        for difference in Difference::ALL {
            let export = report::ExportEntry {
                symbol_bytes: None,
                symbol: (*symbol).to_owned(),
                demangled: None,
                difference,
                old: (difference != Difference::Added).then(|| facts("0x00000001")),
                new: (difference != Difference::Removed).then(|| facts("0x00000002")),
                causes: [cause.id.clone()].into_iter().collect(),
                ruling: refused.clone(),
            };
            let on_export = policy.rule_on_export(&export, &[&cause]);
            let on_cause = policy.rule_on_cause(&cause, &[&export]);
            rulings.extend([on_export, on_cause].map(|Ruling { is_allowed, rule }| (is_allowed, rule)));
        }
    }
    Some(Rulings { rulings, unused: policy.unused() })
}
