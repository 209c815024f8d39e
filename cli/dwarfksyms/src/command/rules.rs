//! `dwarfksyms rules`: which rules of a policy match nothing.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::ValueHint;
use dwarfksyms_core::budget::Budget;
use dwarfksyms_host::message::Escaped;
use dwarfksyms_host::{Outcome, output};

use super::{CountingOptions, Shared, shown};
use crate::builds::{Build, Detail};
use crate::policy::{Known, Policy, Source};

const AFTER_HELP: &str = "\
A rule is used if it matches anything in any of the builds, whether or not rules before it decide: pass all architectures and \
flavours that share a policy. Types are read only if there are rules with patterns of types.

Examples:
  dwarfksyms rules --policy severities symvers-default symvers-rt symvers-64kb
  dwarfksyms rules --policy stablelist:symbols build/

Exit status: 0 if every rule matches something, 1 if any does not, 2 if anything went wrong.";

/// List the rules of a policy that match nothing in any of several builds
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// Module.symvers, kernels, modules, or folders with any of these
    #[arg(required = true, value_name = "BUILD")]
    builds: Vec<PathBuf>,

    /// The rules, in the formats of 'dwarfksyms compare --policy' (docs/POLICY.md)
    #[arg(short, long, required = true, value_name = "[FORMAT:]FILE", value_parser = Source::parser(), value_hint = ValueHint::FilePath)]
    policy: Vec<Source>,

    #[command(flatten)]
    counting: CountingOptions,

    #[command(flatten)]
    pub(super) shared: Shared,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let sources: Vec<Source> = args.policy.iter().chain(args.counting.sources()).cloned().collect();
    let revisions = args.shared.confine(&args.builds, &sources, std::iter::empty())?;
    let policy = Policy::load(&args.policy)?;
    let counting = args.counting.load()?;
    let detail = if policy.has_patterns_of_types() { Detail::Types } else { Detail::Exports };
    let builds = args.shared.read_counted(&args.builds, &revisions, &counting, detail, false)?;
    let mut known = Known::default();
    let have_types = builds.iter().all(|build| !build.types.is_empty());
    for (build, path) in builds.iter().zip(&args.builds) {
        known.add(build);
        if have_types {
            add_types(&mut known, build, args).with_context(|| shown(path))?;
        }
    }
    let limits = args.shared.common.limits(policy.bytes().saturating_add(known.bytes()));
    policy.meet(&known, &mut Budget::new(&limits)).context("the rules of the policy")?;
    let unused = policy.unused();
    let text: String = unused.iter().flat_map(|rule| [rule.as_str(), "\n"]).collect();
    output::standard_output(text.as_bytes())?;
    Ok(if unused.is_empty() { Outcome::Done } else { Outcome::Different })
}

/// Adds the names of a build's types.
fn add_types(known: &mut Known, build: &Build, args: &Args) -> Result<()> {
    let size: usize = build.types.iter().map(|types| types.text.len()).sum();
    let limits = args.shared.common.limits(size as u64);
    for types in &build.types {
        let name = || Escaped(&types.name).to_string();
        let files = types.files(&limits).with_context(name)?;
        for file in 0..files.len() {
            let lines = files.lines(file, &limits).with_context(name)?;
            known.add_types(lines.iter().map(|line| line.name));
        }
    }
    Ok(())
}
