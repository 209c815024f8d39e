//! `dwarfksyms compare`: how two builds differ, and why.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::ValueHint;
use dwarfksyms_core::budget::Budget;
use dwarfksyms_host::Outcome;

use super::{Shared, inputs, shown};
use crate::builds::{Build, Detail};
use crate::comparison::{Ask, Files, Sides, report};
use crate::policy::{Known, Policy, Source};
use crate::report::Verdict;
use crate::report::format::{OutputSpec, Outputs};

const AFTER_HELP: &str = "\
With two Module.symvers, the report lists exports that were removed or added, or whose versions changed. For the \
reasons, pass builds with \
types: folders that were built with KBUILD_SYMTYPES=1, objects, or kernels with DWARF or BTF. The report has each type \
that changed once, with the exports that it reaches, the kind of change, and what it means for modules.

Examples:
  dwarfksyms compare old/Module.symvers new/Module.symvers
  dwarfksyms compare old/ new/
  dwarfksyms compare old/vmlinux new/vmlinux --format text --format html:report.html

Versions made by different tools are not compared: if both builds have types, these decide. What fails comes first.

Exit status: 0 if all exports are the same, except for new ones and differences that the policy allows; 1 if any other \
export differs, or may differ, or a symbol that the policy requires is missing; 2 if anything went wrong.";

/// Compare two builds: which exports differ, which types are the cause, and whether existing modules break
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// The old build
    #[arg(value_name = "OLD")]
    old: PathBuf,

    /// The new build
    #[arg(value_name = "NEW")]
    new: PathBuf,

    #[arg(short, long, value_name = "FORMAT[:FILE]", value_parser = OutputSpec::value_parser(), value_hint = ValueHint::FilePath, help = OutputSpec::HELP)]
    format: Vec<OutputSpec>,

    /// Allow what the rules in FILE allow: formats of SUSE, Red Hat, Debian, Ubuntu, or our own (docs/POLICY.md). With
    /// several files, the first one with a matching rule decides
    #[arg(short, long, value_name = "[FORMAT:]FILE", value_parser = Source::parser(), value_hint = ValueHint::FilePath)]
    policy: Vec<Source>,

    /// Report only what the policy does not allow; the summary still counts everything
    #[arg(long)]
    failing: bool,

    /// Report only causes with this verdict, and the exports that they reach; may be given several times
    #[arg(long, value_name = "VERDICT", value_enum)]
    only: Vec<Verdict>,

    /// Report only the counts
    #[arg(long, conflicts_with = "only")]
    summary: bool,

    /// In the text, list all exports, however many there are
    #[arg(long)]
    all: bool,

    #[command(flatten)]
    pub(super) shared: Shared,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let paths = [args.old.clone(), args.new.clone()];
    let outputs = Outputs::create(&args.format, &inputs(&paths, &args.policy))?;
    args.shared.confine(&paths, &args.policy, outputs.written());
    let policy = Policy::load(&args.policy)?;
    let builds = args.shared.read(&paths, Detail::Types, false)?;
    let [old, new] = builds.as_slice() else { bail!("two builds are compared") };
    for (path, build) in paths.iter().zip(&builds) {
        if build.exports.is_empty() {
            bail!("{}: nothing is exported there", shown(path));
        }
    }
    let pool = args.shared.pool()?;
    let files = Files::open(old, new, &args.shared.common)?;
    let sides = Sides::new(old, new, &files, &pool)?;
    let mut compared = sides.compare(&pool)?;
    compared.tell_private(|| args.shared.reopen_with_private(&args.old, &pool))?;
    let mut report = report(&Ask { old: &args.old, new: &args.new }, &compared)?;
    if !policy.is_empty() {
        let known = known(&[old, new], &sides);
        let limits = args.shared.common.limits(policy.bytes().saturating_add(known.bytes()));
        let budget = &mut Budget::new(&limits);
        policy.meet(&known, budget).context("the rules of the policy")?;
        policy.apply(&mut report, budget).context("the rules of the policy")?;
    }
    report.put_failing_first();
    if args.failing {
        report.keep_failing();
    }
    if !args.only.is_empty() {
        report.keep_verdicts(&args.only);
    }
    if args.summary {
        report.keep_summary();
    }
    let outcome = if report.summary.failing > 0 { Outcome::Different } else { Outcome::Done };
    sides.ask(|budget| outputs.charge(&report, budget)).context("the report as JSON")?;
    outputs.write(&report, args.all)?;
    Ok(outcome)
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
