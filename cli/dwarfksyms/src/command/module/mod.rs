//! `dwarfksyms module`: whether a kernel would load a module, and why not.

mod answer;
mod words;

use std::collections::BTreeSet;
use std::iter;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use dwarfksyms_core::budget::Budget;
use dwarfksyms_host::{Outcome, message, output};

use self::answer::{Answer, Why, WhyChange};
pub(crate) use self::words::told;
use super::{Shared, shown, text};
use crate::builds::{Build, BuildKind, Detail, Export};
use crate::comparison::{ExportNames, Files, Sides, title};
use crate::loading::{self, Fit, Kernel, Mismatch, Problem};
use crate::providers;
use crate::report::{Lengths, json};

const AFTER_HELP: &str = "\
The checks are those of the kernel's loader: each symbol is there, with the version that the module was built against; the \
module's licence allows the symbols for modules under the GPL; namespaces are imported; and, if KERNEL is a module or a \
folder with modules, both were built for the same kernel (vermagic). A symbol without a version in the module is a \
warning, as in kernels from 4.9 on; Debian's kernels refuse the module. A module without any versions is refused, \
unless a .config beside KERNEL has CONFIG_MODULE_FORCE_LOAD, which makes that a warning, too. A module that uses \
symbols of a KERNEL that is a module and not under the GPL must not use GPL-only symbols.

The default KERNEL is the running one, as its headers in /lib/modules/VERSION/build describe it. With --kernel, all \
other arguments are modules, or folders or packages with modules: which of them must be rebuilt? They may use each \
other's symbols.

Several KERNELs count together, as Module.symvers and KBUILD_EXTRA_SYMBOLS do when a module is built. Nothing replaces \
what the kernel itself exports; of what several modules export, the last one counts. For a folder such as \
/lib/modules/7.3.4, the program looks for the kernel's exports in build/ and in the folder above it, too. Modules alone do \
not say whether a symbol that none of them has is the kernel's: that is an error.

Examples:
  dwarfksyms module foo.ko /usr/src/linux-headers-7.3.4/Module.symvers
  dwarfksyms module foo.ko.xz /lib/modules/7.3.4/build
  dwarfksyms module foo.ko /usr/src/linux-headers-7.3.4/Module.symvers ../bar/Module.symvers baz.ko
  dwarfksyms module foo.ko new/vmlinux --old old/vmlinux
  dwarfksyms module /lib/modules/7.3.4/updates --kernel linux-headers-7.3.5.deb

Exit status: 0 if all modules would be loaded, 1 if any would be refused, 2 if anything went wrong.";

/// Check whether a kernel would load modules, and if not, why not
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// The module, compressed or not; a folder or a package with modules
    #[arg(value_name = "MODULE")]
    module: PathBuf,

    /// What the kernel exports: its Module.symvers, a vmlinux, or the folder of a build or of its modules; and what other
    /// modules export [default: the running kernel]
    #[arg(value_name = "KERNEL")]
    others: Vec<PathBuf>,

    /// What the kernel exports, as KERNEL; all other arguments are then modules
    #[arg(short, long = "kernel", value_name = "KERNEL")]
    kernels: Vec<PathBuf>,

    /// The build that the module was made for: shows why versions differ. It and KERNEL must have types
    #[arg(long, value_name = "BUILD")]
    old: Option<PathBuf>,

    /// The output format
    #[arg(short, long, value_enum, default_value_t = ModuleFormat::Text)]
    format: ModuleFormat,

    #[command(flatten)]
    pub(super) shared: Shared,
}

/// What is wrong with `--old` and several modules.
const ONE_MODULE: &str = "--old is the build that one module was made for: name one";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ModuleFormat {
    /// For people
    Text,
    /// An object with all problems; of several modules, an array of such objects
    Json,
}

/// What is asked: modules, or folders and packages of them, and what they are compared with.
struct Question {
    named: Vec<PathBuf>,
    kernels: Vec<PathBuf>,
}

impl Question {
    fn of(args: &Args) -> Result<Question> {
        let (named, kernels) = match (args.kernels.is_empty(), args.others.is_empty()) {
            (true, true) => (vec![args.module.clone()], providers::running()?),
            (true, false) => (vec![args.module.clone()], args.others.clone()),
            (false, _) => {
                ([&args.module].into_iter().chain(&args.others).cloned().collect(), args.kernels.clone())
            }
        };
        Ok(Question { named, kernels })
    }

    /// What KERNELs are called, together.
    fn name(&self) -> String {
        self.kernels.iter().map(|path| shown(path)).collect::<Vec<_>>().join(", ")
    }
}

/// What was read.
struct Read {
    /// Each module, and its path.
    modules: Vec<(PathBuf, Build)>,
    /// Whether several modules may be meant, however many there are.
    is_of_several: bool,
    /// The folder or package that all of them are in, if one was named.
    folder: Option<String>,
    /// The build that one was made for.
    old: Option<Build>,
    kernel: Kernel,
}

/// Reads the modules, the build that one was made for, and what a kernel has.
fn read(args: &Args, question: &Question) -> Result<Read> {
    let Question { named, kernels } = question;
    let beside: Vec<PathBuf> = kernels.iter().filter_map(|path| providers::beside(path)).collect();
    let detail = if args.old.is_some() { Detail::Types } else { Detail::Recorded };
    let loads_by_force = kernels.iter().chain(&beside).any(|path| providers::loads_by_force(path));
    let others: Vec<PathBuf> = args.old.iter().chain(kernels).chain(&beside).cloned().collect();
    let all: Vec<PathBuf> = named.iter().chain(&others).cloned().collect();
    let revisions = args.shared.confine(&all, &[], iter::empty())?;
    let of_named = args.shared.read_modules(named, &revisions, detail)?;
    let is_of_several = named.len() > 1 || of_named.iter().any(|found| found.are_several);
    let folder = match (&named[..], &of_named[..]) {
        ([folder], [found]) if found.are_several => Some(shown(folder)),
        _ => None,
    };
    let modules: Vec<(PathBuf, Build)> = of_named.into_iter().flat_map(|found| found.modules).collect();
    let mut builds = args.shared.read(&others, &revisions, detail, false)?.into_iter();
    let old = args.old.as_ref().and_then(|_| builds.next());
    if !args.shared.quiet {
        for path in &beside {
            message::note(&format!("what the kernel itself exports is in {}, too", shown(path)));
        }
    }
    // Modules that are asked about together may use each other.
    let each_other = modules.iter().filter(|_| is_of_several).map(|(_, build)| build);
    let kernel = Kernel { loads_by_force, ..providers::together(builds, each_other) };
    Ok(Read { modules, is_of_several, folder, old, kernel })
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let question = Question::of(args)?;
    if question.named.len() > 1 && args.old.is_some() {
        bail!(ONE_MODULE);
    }
    let name = question.name();
    let Read { modules, is_of_several, folder, old, kernel: loaded } = read(args, &question)?;
    if is_of_several && args.old.is_some() {
        bail!(ONE_MODULE);
    }
    let mut answers = Vec::new();
    let mut fits = Vec::new();
    let builds = modules.iter().map(|(_, build)| build).chain([&loaded.build]);
    let size = builds.map(loading::bytes).fold(0, u64::saturating_add);
    let budget = &mut Budget::new(&args.shared.common.limits(size));
    for (path, build) in &modules {
        let names = Names { module: shown(path), kernel: name.clone() };
        let file_name = path.file_name().unwrap_or_default().as_encoded_bytes();
        let stem = file_name.split(|&byte| byte == b'.').next().unwrap_or_default();
        let (answer, fit) = judge(build, stem, &loaded, &names, budget)?;
        answers.push(answer);
        fits.push(fit);
    }
    if let (Some(old), Some(path), [answer], [fit]) = (&old, &args.old, &mut answers[..], &fits[..]) {
        for (name, build) in [(&shown(path), old), (&name, &loaded.build)] {
            if build.types.is_empty() {
                bail!("{name}: there are no types in it to explain why versions differ");
            }
        }
        answer.why = why(args, old, &loaded.build, fit)?;
    }
    match (args.format, &answers[..], &fits[..]) {
        (ModuleFormat::Text, [answer], [fit]) if !is_of_several => say(&told(answer, fit))?,
        (ModuleFormat::Text, ..) => say(&words::told_of_all(&answers, folder.as_deref(), &name))?,
        (ModuleFormat::Json, [answer], _) if !is_of_several => json::to_standard_output(answer)?,
        (ModuleFormat::Json, ..) => json::to_standard_output(&answers)?,
    }
    Ok(if answers.iter().all(|answer| answer.loads) { Outcome::Done } else { Outcome::Different })
}

fn say(text: &str) -> Result<()> {
    output::standard_output(text.as_bytes())
}

/// What a module and a kernel are called.
pub(crate) struct Names {
    pub(crate) module: String,
    pub(crate) kernel: String,
}

/// Compares a module, in a file of this name, with a kernel.
///
/// # Errors
/// What is no module, or says too little about a kernel; a limit.
pub(crate) fn judge(
    build: &Build,
    stem: &[u8],
    loaded: &Kernel,
    names: &Names,
    budget: &mut Budget,
) -> Result<(Answer, Fit)> {
    let Some(module) = build.module.as_ref().filter(|_| build.kind == BuildKind::Module) else {
        bail!("{}: is not a module, but this: {}", names.module, build.kind.name());
    };
    if loaded.build.exports.is_empty() {
        bail!("{}: nothing is exported there", names.kernel);
    }
    let fit = loading::fit(build, module, stem, loaded, budget).with_context(|| names.module.clone())?;
    check_known(&loaded.build, &fit, &names.kernel)?;
    Ok((Answer::new(names, &fit), fit))
}

/// Refuses to answer where nobody knows what the kernel itself exports, and something is missing.
fn check_known(kernel: &Build, fit: &Fit, name: &str) -> Result<()> {
    if kernel.exports.iter().any(Export::may_be_of_kernel) {
        return Ok(());
    }
    let missing = fit.problems.iter().filter(|problem| problem.cause == Mismatch::Missing);
    let symbols: Vec<&[u8]> = missing.filter_map(|problem| problem.symbol.as_deref()).collect();
    if let Some(first) = symbols.first() {
        bail!(
            "{name}: only modules are there, not what the kernel itself exports, so it is unknown whether it has {} and \
             {} more; its Module.symvers or vmlinux can be given, too",
            text(first),
            symbols.len() - 1
        );
    }
    Ok(())
}

/// The types for which the versions of a module's symbols differ.
fn why(args: &Args, old: &Build, kernel: &Build, fit: &Fit) -> Result<Vec<Why>> {
    let is_version = |problem: &&Problem| matches!(problem.cause, Mismatch::Version { .. });
    let differing: BTreeSet<&[u8]> =
        fit.problems.iter().filter(is_version).filter_map(|problem| problem.symbol.as_deref()).collect();
    let pool = args.shared.pool()?;
    let files = Files::open(old, kernel, &args.shared.common)?;
    let sides = Sides::new(old, kernel, &files, &pool)?;
    let compared = sides.compare(&pool)?;
    let catalog = sides.catalog();
    let mut exports = ExportNames::among(&compared, |symbol| differing.contains(symbol));
    let (mut why, mut lengths, mut bytes) = (Vec::new(), Lengths::default(), 0_u64);
    for cause in &compared.outcome.causes {
        let symbols = exports.names(&cause.exports);
        if !symbols.is_empty() {
            bytes = bytes.saturating_add(lengths.of(symbols.key().addr(), symbols.iter().map(str::len)));
            let changes = cause.changes.iter();
            let changes =
                changes.map(|change| WhyChange { class: change.class.id(), text: text(&change.text) });
            why.push(Why { title: title(catalog.name(cause.name)), changes: changes.collect(), symbols });
        }
    }
    if args.format == ModuleFormat::Json {
        sides.ask(|budget| budget.charge_work(bytes / 16)).context("the symbols of all types as JSON")?;
    }
    Ok(why)
}
