//! The command line of `dwarfksyms`: a file for each subcommand, and what they share.

pub(crate) mod compare;
mod consolidate;
mod counting;
mod dependencies;
mod explain;
mod exports;
mod lint;
pub(crate) mod module;
mod rules;
mod split;
mod suggest;
pub(crate) mod versions;

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Result;
use clap::{Parser, Subcommand};
use dwarfksyms_core::Options;
use dwarfksyms_host::common::Common;
use dwarfksyms_host::confinement::{self, Needs};
use dwarfksyms_host::input;
use dwarfksyms_host::new_file::Written;
use dwarfksyms_host::phase::Phase;
use dwarfksyms_host::places::Inputs;
use dwarfksyms_host::watch::Watch;
use dwarfksyms_host::{Outcome, message};
use rayon::prelude::*;

use crate::builds::{self, Build, Counted, Detail, Manner, Modules, Reading, Revisions, Sought, SourceLines};
use crate::policy::Source;
use crate::threads;

use self::counting::{Counting, CountingOptions};
pub(crate) use self::suggest::suggested;

const AFTER_HELP: &str = "\
A FILE or BUILD is whatever is at hand: a Module.symvers, a .cmd file of kbuild, symtypes, an object, a module, a \
vmlinux, BTF, each of them compressed too, or a folder with any of these. Its contents decide what it is, not its name. \
git:REV:PATH is a file or folder of the git repository around the current folder, as of a revision.

Examples:
  dwarfksyms compare old/Module.symvers new/Module.symvers
  dwarfksyms compare old/vmlinux new/vmlinux --format html:report.html
  dwarfksyms compare git:v7.3.4:symtypes new/
  dwarfksyms suggest old/ new/
  dwarfksyms explain seq_read old/ new/
  dwarfksyms module foo.ko /usr/src/linux-headers-7.3.4
  dwarfksyms versions drivers/net/foo.ko
  dwarfksyms compare --all-symbols libfoo.so.1.2 libfoo.so.1.3
  dwarfksyms exports --format names mm/slub.o | gendwarfksyms mm/slub.o

Exit status: 0 if there is nothing to report, 1 if there is, 2 if anything went wrong.";

/// Ask about the versions of a Linux kernel's exported symbols
#[derive(Debug, Parser)]
#[command(
    name = "dwarfksyms",
    version,
    infer_long_args = true,
    after_help = AFTER_HELP,
    max_term_width = 100
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Compare(compare::Args),
    Explain(explain::Args),
    Suggest(suggest::Args),
    Lint(lint::Args),
    Versions(versions::Args),
    Exports(exports::Args),
    Module(module::Args),
    Rules(rules::Args),
    Consolidate(consolidate::Args),
    Split(split::Args),
}

impl Cli {
    /// Does what the command line asks for.
    pub(crate) fn run(&self) -> Result<ExitCode> {
        self.command.common().hold();
        let outcome = match &self.command {
            Command::Compare(args) => return compare::run(args),
            Command::Explain(args) => explain::run(args),
            Command::Suggest(args) => suggest::run(args),
            Command::Lint(args) => lint::run(args),
            Command::Versions(args) => versions::run(args),
            Command::Exports(args) => exports::run(args),
            Command::Module(args) => module::run(args),
            Command::Rules(args) => rules::run(args),
            Command::Consolidate(args) => consolidate::run(args),
            Command::Split(args) => split::run(args),
        };
        outcome.map(status)
    }
}

/// How a run ends, unless it failed.
fn status(outcome: Outcome) -> ExitCode {
    match outcome {
        Outcome::Done => ExitCode::SUCCESS,
        Outcome::Different => ExitCode::FAILURE,
    }
}

impl Command {
    /// The options that every program has.
    fn common(&self) -> &Common {
        let shared = match self {
            Command::Compare(args) => &args.shared,
            Command::Explain(args) => &args.shared,
            Command::Suggest(args) => &args.shared,
            Command::Lint(args) => return &args.common,
            Command::Exports(args) => return &args.plain.common,
            Command::Split(args) => return &args.plain.common,
            Command::Versions(args) => &args.shared,
            Command::Module(args) => &args.shared,
            Command::Rules(args) => &args.shared,
            Command::Consolidate(args) => &args.shared,
        };
        &shared.common
    }
}

/// The heading of options about how objects are described.
const DESCRIBING: &str = "How objects are described";

/// How objects are described, for every subcommand that describes any.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = DESCRIBING)]
struct UnitOptions {
    /// Describe each unit as if it had an object of its own: the default for what was linked from several sources, such as
    /// a vmlinux, a vmlinux.o or a module
    #[arg(long, conflicts_with = "whole")]
    per_unit: bool,

    /// Describe each object as a whole, as gendwarfksyms does by default: the default for an object of one source
    #[arg(long)]
    whole: bool,
}

impl UnitOptions {
    /// The manner that is asked for.
    fn manner(&self) -> Option<Manner> {
        match *self {
            UnitOptions { per_unit: true, .. } => Some(Manner::PerUnit),
            UnitOptions { whole: true, .. } => Some(Manner::Whole),
            UnitOptions { .. } => None,
        }
    }
}

/// Options of every subcommand that reads builds and describes nothing.
#[derive(Clone, Debug, clap::Args)]
struct Plain {
    /// Print only the result, and errors
    #[arg(short, long)]
    quiet: bool,

    #[command(flatten)]
    common: Common,
}

impl Plain {
    /// The same with all that could be said of describing left as it is.
    fn shared(&self) -> Shared {
        let units = UnitOptions { per_unit: false, whole: false };
        let Plain { quiet, common } = self.clone();
        Shared { stable: false, canonical: false, units, quiet, common }
    }
}

/// Options of every subcommand that reads builds, and may describe objects.
#[derive(Clone, Debug, clap::Args)]
struct Shared {
    /// Honour the conventions of a stable kABI in objects: rules, and __kabi_ members
    #[arg(short, long, help_heading = DESCRIBING)]
    stable: bool,

    /// Compute canonical versions: see docs/GENDWARFKSYMS.md
    #[arg(long, help_heading = DESCRIBING, conflicts_with_all = ["per_unit", "whole"])]
    canonical: bool,

    #[command(flatten)]
    units: UnitOptions,

    /// Print only the result, and errors
    #[arg(short, long)]
    quiet: bool,

    #[command(flatten)]
    common: Common,
}

/// Builds, as a command asked for them.
struct Opened {
    builds: Vec<Build>,
    counting: Counting,
    /// Where more of them can be read.
    revisions: Revisions,
}

impl Shared {
    /// Confines the process to builds and lists of symbols, and reads them.
    fn open(
        &self,
        paths: &[PathBuf],
        options: &CountingOptions,
        detail: Detail,
        is_recomputed: bool,
    ) -> Result<Opened> {
        let revisions = self.confine(paths, options.sources(), std::iter::empty())?;
        let counting = options.load()?;
        let builds = self.read_counted(paths, &revisions, &counting, detail, is_recomputed)?;
        Ok(Opened { builds, counting, revisions })
    }

    /// Confines the process to builds, policies, and what it writes. Before that, it starts what reads builds as of a revision.
    ///
    /// # Errors
    /// What cannot be started.
    fn confine<'w>(
        &self,
        paths: &[PathBuf],
        policies: &[Source],
        written: impl Iterator<Item = Written<'w>>,
    ) -> Result<Revisions> {
        let revisions = Revisions::start(paths)?;
        if !self.common.no_sandbox {
            let policies = policies.iter().map(|source| &source.path);
            let files: Vec<PathBuf> =
                paths.iter().filter(|path| !builds::is_revision(path)).cloned().collect();
            let written: Vec<Written<'_>> = written.collect();
            confinement::confine(&Needs::of_builds(&self.common, &files, written.into_iter()).and(policies));
        }
        Ok(revisions)
    }

    /// The manner that is asked for.
    fn manner(&self) -> Option<Manner> {
        if self.canonical { Some(Manner::Canonical) } else { self.units.manner() }
    }

    /// The threads that take part.
    fn pool(&self) -> Result<threads::Threads> {
        threads::of(&self.common)
    }

    /// Reads builds, several at a time, and says what there is to know of them.
    fn read(
        &self,
        paths: &[PathBuf],
        revisions: &Revisions,
        detail: Detail,
        is_recomputed: bool,
    ) -> Result<Vec<Build>> {
        self.read_counted(paths, revisions, &Counting::default(), detail, is_recomputed)
    }

    /// The same with what counts as an export.
    fn read_counted(
        &self,
        paths: &[PathBuf],
        revisions: &Revisions,
        counting: &Counting,
        detail: Detail,
        is_recomputed: bool,
    ) -> Result<Vec<Build>> {
        let mut builds = self.read_each(paths, revisions, counting, detail, is_recomputed, Build::open)?;
        let notes = counting.settle(&mut builds, paths, detail);
        self.say_notes(paths.iter().map(PathBuf::as_path).zip(&builds), detail);
        if !self.quiet {
            notes.iter().for_each(|note| message::note(note));
        }
        Ok(builds)
    }

    /// Reads the modules that each path leads to.
    fn read_modules(&self, paths: &[PathBuf], revisions: &Revisions, detail: Detail) -> Result<Vec<Modules>> {
        let counting = Counting::default();
        let read = self.read_each(paths, revisions, &counting, detail, false, Modules::open)?;
        let modules = read.iter().flat_map(|found| &found.modules);
        self.say_notes(modules.map(|(path, build)| (path.as_path(), build)), detail);
        Ok(read)
    }

    /// Reads what paths lead to, several at a time.
    fn read_each<T: Send>(
        &self,
        paths: &[PathBuf],
        revisions: &Revisions,
        counting: &Counting,
        detail: Detail,
        is_recomputed: bool,
        open: impl Fn(&Path, &Reading<'_>) -> Result<T> + Sync,
    ) -> Result<Vec<T>> {
        let mut watch = Watch::new();
        if !self.quiet {
            watch.show();
        }
        let pool = self.pool()?;
        watch.enter(Phase::Read, paths.len());
        let reading = Reading {
            common: &self.common,
            detail,
            options: self.options(),
            manner: self.manner(),
            is_recomputed,
            counted: &counting.counted,
            has_all_types: counting.has_all_types,
            is_alone: paths.len() == 1,
            btf_base: None,
            debug_files: None,
            steps: watch.steps(),
            revisions,
            shelf: &Arc::default(),
        };
        // A kernel keeps all threads busy by itself, and takes as much memory as all that is kept of several.
        let of_kernels = |path: &PathBuf| {
            let is_kernel = is_large(path);
            is_kernel.then(|| open(path, &Reading { is_alone: true, ..reading }))
        };
        let kernels: Vec<Option<Result<T>>> = paths.iter().map(of_kernels).collect();
        let one =
            |(path, kernel): (&PathBuf, Option<Result<T>>)| kernel.unwrap_or_else(|| open(path, &reading));
        let read: Vec<Result<T>> = pool.install(|| paths.par_iter().zip(kernels).map(one).collect());
        watch.hide();
        // Of several errors, the first in order counts, whichever thread was the first to fail.
        read.into_iter().collect()
    }

    /// Says what there is to know of builds, unless nobody wants to know.
    fn say_notes<'b>(&self, builds: impl Iterator<Item = (&'b Path, &'b Build)>, detail: Detail) {
        if self.quiet {
            return;
        }
        let builds: Vec<(&Path, &Build)> = builds.collect();
        builds.iter().flat_map(|(_, build)| &build.notes).for_each(|note| message::note(note));
        // A comparison reports these itself.
        if detail < Detail::Types {
            for (path, note) in
                builds.iter().filter_map(|(path, build)| Some((path, build.duplicates_note()?)))
            {
                message::note(&format!("{}: {note}; the first counts", shown(path)));
            }
        }
        let files: Vec<_> = builds.iter().map(|(path, build)| (shown(path), build.manner)).collect();
        manner_notes(&files).iter().for_each(|note| message::note(note));
    }

    fn options(&self) -> Options {
        Options::default().stable(self.stable)
    }

    /// Finds out where types of a build are declared. What cannot be read again is no reason to report nothing.
    fn source_lines(
        &self,
        path: &Path,
        build: &Build,
        sought: &Sought<'_>,
        revisions: &Revisions,
        counted: &Counted,
        pool: &rayon::ThreadPool,
    ) -> SourceLines {
        let found = self.again(self.options(), revisions, counted, |reading| {
            pool.install(|| build.declared(path, sought, reading))
        });
        found.unwrap_or_else(|error| {
            if !self.quiet {
                let why = message::text(&error);
                message::note(&format!("it is not known where types are declared: {why}"));
            }
            SourceLines::default()
        })
    }

    /// Reads the types of a build again, and those with them that are private to a source file.
    fn reopen_with_private(
        &self,
        path: &Path,
        revisions: &Revisions,
        counted: &Counted,
        pool: &rayon::ThreadPool,
    ) -> Result<Build> {
        let options = self.options().expands_private(true);
        self.again(options, revisions, counted, |reading| pool.install(|| Build::open(path, reading)))
    }

    /// Reads something of a build again.
    fn again<T>(
        &self,
        options: Options,
        revisions: &Revisions,
        counted: &Counted,
        read: impl FnOnce(&Reading<'_>) -> Result<T>,
    ) -> Result<T> {
        let watch = Watch::new();
        read(&Reading {
            common: &self.common,
            detail: Detail::Types,
            options,
            manner: self.manner(),
            is_recomputed: false,
            counted,
            has_all_types: false,
            is_alone: true,
            btf_base: None,
            debug_files: None,
            steps: watch.steps(),
            revisions,
            shelf: &Arc::default(),
        })
    }
}

/// Whether a file is an object so large that it is read by itself, by all threads: 64 MiB, from which on files are mapped.
fn is_large(path: &Path) -> bool {
    const LARGE: u64 = 64 << 20;
    let mut magic = [0; 4];
    path.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.len() >= LARGE)
        && File::open(path).is_ok_and(|mut file| file.read_exact(&mut magic).is_ok())
        && input::is_object(&magic)
}

/// How objects were described, a note for each manner: each file, and its manner.
fn manner_notes(files: &[(String, Option<Manner>)]) -> Vec<String> {
    let note = |(manner, how): (Manner, &str)| {
        let mut of_manner = files.iter().filter(|(_, other)| *other == Some(manner));
        let (first, _) = of_manner.next()?;
        let named = match of_manner.count() {
            0 => first.clone(),
            more => format!("{first} and {more} more"),
        };
        Some(format!("{named}: {how}"))
    };
    let all = [
        (Manner::Whole, "described as a whole (--per-unit: each unit by itself)"),
        (Manner::PerUnit, "described per unit (--whole: as one object)"),
        (
            Manner::Mixed,
            "objects of several sources were described per unit, others as a whole (--per-unit, --whole: all alike)",
        ),
    ];
    all.into_iter().filter_map(note).collect()
}

/// What is read, and must not be replaced: builds, policies.
fn inputs<'a>(builds: &'a [PathBuf], policies: &'a [Source]) -> Inputs<'a> {
    let policies = policies.iter().map(|source| &source.path);
    Inputs { is_read: builds::is_read, ..Inputs::of_files(builds.iter().chain(policies)) }
}

/// Texts that are no names of files.
fn text(bytes: &[u8]) -> String {
    message::Escaped(bytes).to_string()
}

/// A path for people.
fn shown(path: &Path) -> String {
    message::path(path)
}
