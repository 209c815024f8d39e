//! `dwarfksyms compare`: how two builds differ, and why.

use std::path::PathBuf;
use std::process::ExitCode;
use std::rc::Rc;

use anyhow::{Context, Result, bail};
use clap::ValueHint;
use dwarfksyms_core::budget::Budget;
use dwarfksyms_host::{Outcome, output};
use dwarfksyms_symtypes::compare::Class;
use dwarfksyms_symtypes::types::Side;
use textwrap::{Options, fill};

use super::{CountingOptions, Shared, inputs, status, suggest};
use crate::builds::{Build, Counted, Detail, ROOT, Revisions};
use crate::comparison::{Ask, Causes, Files, Locations, Sides, report, verdict as verdict_of};
use crate::policy::{Known, Policy, Source, SymbolList};
use crate::report::format::{OutputSpec, Outputs};
use crate::report::{CauseEntry, NameList, Report, Verdict};
use crate::threads::Threads;

const AFTER_HELP: &str = "\
With two Module.symvers, the report lists exports that were removed or added, or whose versions changed. For the \
reasons, pass builds with \
types: folders that were built with KBUILD_SYMTYPES=1, objects, or kernels with DWARF or BTF. The report has each type \
that changed once, with the exports that it reaches, the kind of change, and what it means for modules.

Examples:
  dwarfksyms compare old/Module.symvers new/Module.symvers
  dwarfksyms compare old/ new/
  dwarfksyms compare git:v7.3.4:symtypes new/
  dwarfksyms compare old/vmlinux new/vmlinux --format text --format html:report.html
  dwarfksyms compare --explain member-removed
  dwarfksyms compare old/ new/ --filter-symbol-list android/abi_gki_aarch64
  dwarfksyms compare --all-symbols libfoo.so.1.2 libfoo.so.1.3

Versions made by different tools are not compared: if both builds have types, these decide. What fails comes first.

Exit status: 0 if all exports are the same, except for new ones and differences that the policy allows; 1 if any other \
export differs, or may differ, or a symbol that the policy requires is missing; 2 if anything went wrong. With --exit-code, \
the verdicts decide instead.";

/// Compare two builds: which exports differ, which types are the cause, and whether existing modules break
#[derive(Debug, clap::Args)]
#[command(
    after_help = AFTER_HELP,
    override_usage = "dwarfksyms compare [OPTIONS] <OLD> <NEW>\n       dwarfksyms compare --explain <CLASS>"
)]
pub(super) struct Args {
    /// The old build
    #[arg(value_name = "OLD", required_unless_present = "explain")]
    old: Option<PathBuf>,

    /// The new build
    #[arg(value_name = "NEW", required_unless_present = "explain")]
    new: Option<PathBuf>,

    #[arg(short, long, value_name = "FORMAT[:FILE]", value_parser = OutputSpec::value_parser(), value_hint = ValueHint::FilePath, help = OutputSpec::HELP)]
    format: Vec<OutputSpec>,

    /// Allow what the rules in FILE allow: formats of SUSE, Red Hat, Debian, Ubuntu, or our own (docs/POLICY.md). With
    /// several files, the first one with a matching rule decides
    #[arg(short, long, value_name = "[FORMAT:]FILE", value_parser = Source::parser(), value_hint = ValueHint::FilePath)]
    policy: Vec<Source>,

    /// Compare only the symbols listed in FILE, one per line, also in the formats of libabigail and Android, Red Hat
    /// (stablelist:FILE, kabi:FILE) and kabi-dw; may be given several times
    #[arg(long, value_name = "[FORMAT:]FILE", value_parser = Source::parser(), value_hint = ValueHint::FilePath)]
    filter_symbol_list: Vec<Source>,

    /// Report only what the policy does not allow; the summary still counts everything
    #[arg(long)]
    failing: bool,

    /// Report only causes with this verdict, and the exports that they reach; may be given several times
    #[arg(long, value_name = "VERDICT", value_enum)]
    only: Vec<Verdict>,

    /// Report only the counts
    #[arg(long, conflicts_with = "only")]
    summary: bool,

    /// For each cause whose versions can be kept, name what `dwarfksyms suggest` has for that
    #[arg(long)]
    suggest: bool,

    /// Explain a class of changes, such as member-removed: what it means for modules, and what to do about it
    #[arg(long, value_name = "CLASS", conflicts_with = "old", value_parser = class_of)]
    explain: Option<Class>,

    /// Exit with a status that states the verdict on what the policy does not allow: 0 if all of it is harmless, 1 if any of it
    /// breaks modules, 3 if that cannot be told, 2 if anything went wrong. Harmless changes can change versions, too
    #[arg(long)]
    exit_code: bool,

    /// In the text, leave nothing out: whole differences, harmless causes, paths, files, all exports
    #[arg(long)]
    all: bool,

    /// Report the types, too, that no export reaches, as far as DWARF defines them in both builds. They make no difference to
    /// verdicts and exit status
    #[arg(long)]
    all_types: bool,

    #[command(flatten)]
    counting: CountingOptions,

    #[command(flatten)]
    pub(super) shared: Shared,
}

/// The exit status that stands for a verdict; 2 is for failures.
fn status_of(verdict: Verdict) -> ExitCode {
    match verdict {
        Verdict::Harmless => ExitCode::SUCCESS,
        Verdict::Breaks => ExitCode::FAILURE,
        Verdict::Unclear => ExitCode::from(3),
    }
}

fn class_of(id: &str) -> Result<Class, String> {
    let ids = || Class::ALL.iter().map(|class| class.id()).collect::<Vec<_>>().join(", ");
    Class::of_id(id).ok_or_else(|| format!("the classes are {}", ids()))
}

/// What there is to say of a class.
fn explained(class: Class) -> String {
    let (id, verdict) = (class.id(), verdict_of(class.verdict()).words());
    let meaning = class.meaning().split_whitespace().collect::<Vec<_>>().join(" ");
    let options = Options::new(80).initial_indent("  ").subsequent_indent("  ");
    let lines = [meaning, format!("example: {}", class.example()), format!("remedy: {}", class.remedy())];
    let lines = lines.map(|line| fill(&line, &options)).join("\n");
    format!("{id}: {verdict}\n{lines}\n")
}

pub(super) fn run(args: &Args) -> Result<ExitCode> {
    if let Some(class) = args.explain {
        output::standard_output(explained(class).as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    }
    match (&args.old, &args.new) {
        (Some(old), Some(new)) => compare(args, &[old, new].map(PathBuf::clone)),
        _ => bail!("two builds are compared"),
    }
}

/// Compares two builds, and writes the reports.
fn compare(args: &Args, paths: &[PathBuf; 2]) -> Result<ExitCode> {
    let rules: Vec<Source> =
        args.policy.iter().chain(&args.filter_symbol_list).chain(args.counting.sources()).cloned().collect();
    let outputs = Outputs::create(&args.format, &inputs(paths, &rules))?;
    let revisions = args.shared.confine(paths, &rules, outputs.written())?;
    let policy = Policy::load(&args.policy)?;
    let list = SymbolList::load(&args.filter_symbol_list)?;
    let counting = args.counting.load()?.with_all_types(args.all_types);
    let is_listed = |symbol: &str| list.as_ref().is_none_or(|list| list.has(symbol));
    let [old_path, new_path] = paths;
    let mut builds = args.shared.read_counted(paths, &revisions, &counting, Detail::Types, false)?;
    let all_types: Vec<Option<Build>> = builds.iter_mut().map(Build::take_all_types).collect();
    let [old, new] = builds.as_slice() else { bail!("two builds are compared") };
    for (path, build) in paths.iter().zip(&builds) {
        counting.check(build, path)?;
    }
    let pool = args.shared.pool()?;
    let files = Files::open(old, new, &args.shared.common)?;
    let sides = Sides::new(old, new, &files, &pool)?;
    let mut compared = sides.compare(&pool)?;
    compared
        .tell_private(|| args.shared.reopen_with_private(old_path, &revisions, &counting.counted, &pool))?;
    compared.locations = Locations::find(&sides, &compared.outcome.causes, &[], |side, sought| {
        let (path, build) = if side == Side::Old { (old_path, old) } else { (new_path, new) };
        args.shared.source_lines(path, build, sought, &revisions, &counting.counted, &pool)
    })?;
    let unreached = match all_types.as_slice() {
        [Some(old), Some(new)] => unreached(args, paths, &revisions, [old, new], &sides, &pool)?,
        _ => Vec::new(),
    };
    pool.end();
    if args.suggest {
        compared.kept_by = suggest::kept_by(&compared)?;
    }
    let is_asked = |symbol: &[u8]| str::from_utf8(symbol).map_or(list.is_none(), is_listed);
    let mut report = report(&Ask { old: old_path, new: new_path, is_asked: &is_asked }, &compared)?;
    report.unreached = unreached;
    if let Some(list) = &list {
        let is_exported =
            |symbol: &str| [old, new].iter().any(|build| build.export(symbol.as_bytes()).is_some());
        report.notes.extend(list.notes(is_exported));
    }
    if !policy.is_empty() {
        let known = known(&[old, new], &sides);
        apply(args, &policy, &known, &mut report).context("the rules of the policy")?;
        report.keep_missing(is_listed);
    }
    report.put_failing_first();
    let verdict = report.verdict();
    keep_asked(args, &mut report);
    let outcome = if report.summary.failing > 0 { Outcome::Different } else { Outcome::Done };
    sides.ask(|budget| outputs.charge(&report, budget)).context("the report as JSON")?;
    outputs.write(&report, args.all)?;
    Ok(if args.exit_code { status_of(verdict) } else { status(outcome) })
}

/// The types that differ and that no export reaches in either build.
fn unreached(
    args: &Args,
    [old_path, new_path]: &[PathBuf; 2],
    revisions: &Revisions,
    [old, new]: [&Build; 2],
    reached: &Sides<'_>,
    pool: &Threads,
) -> Result<Vec<CauseEntry>> {
    let files = Files::open(old, new, &args.shared.common)?;
    let sides = Sides::new(old, new, &files, pool)?;
    let mut compared = sides.compare(pool)?;
    let catalog = sides.catalog();
    compared.outcome.causes.retain(|cause| reached.catalog().find(catalog.name(cause.name)).is_none());
    let counted = Counted::Exported;
    compared.locations = Locations::find(&sides, &compared.outcome.causes, &[], |side, sought| {
        let (path, build) = if side == Side::Old { (old_path, old) } else { (new_path, new) };
        args.shared.source_lines(path, build, sought, revisions, &counted, pool)
    })?;
    let mut teller = Causes::new(&compared);
    let mut causes = Vec::new();
    for cause in &compared.outcome.causes {
        // The way to it from another type, if there is one: all stand where exports do.
        let own = [&[ROOT], catalog.name(cause.name)].concat();
        sides.ask(|budget| budget.charge_work(cause.exports.len() as u64))?;
        let others = cause.exports.iter().copied().filter(|&name| catalog.name(name) != own);
        let told = teller.tell_from(cause, cause.files.1, &Rc::new(others.collect()))?;
        causes.push(CauseEntry { exports: NameList::default(), ..told });
    }
    causes.sort_by(|a, b| b.verdict.cmp(&a.verdict).then_with(|| a.title.cmp(&b.title)));
    Ok(causes)
}

/// Rules on all that differs.
fn apply(args: &Args, policy: &Policy, known: &Known, report: &mut Report) -> Result<()> {
    let limits = args.shared.common.limits(policy.bytes().saturating_add(known.bytes()));
    let budget = &mut Budget::new(&limits);
    policy.meet(known, budget)?;
    policy.apply(report, budget)
}

/// Leaves out what the options do not ask for.
fn keep_asked(args: &Args, report: &mut Report) {
    if args.failing {
        report.keep_failing();
    }
    if !args.only.is_empty() {
        report.keep_verdicts(&args.only);
    }
    if args.summary {
        report.keep_summary();
    }
}

/// What the builds have that rules could be about.
pub(crate) fn known(builds: &[&Build], sides: &Sides<'_>) -> Known {
    let mut known = Known::default();
    builds.iter().for_each(|build| known.add(build));
    if builds.iter().all(|build| !build.types.is_empty()) {
        known.add_types(sides.catalog().names());
    }
    known
}
