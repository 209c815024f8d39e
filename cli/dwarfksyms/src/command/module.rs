//! `dwarfksyms module`: whether a kernel would load a module, and why not.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::ValueEnum;
use dwarfksyms_host::{Outcome, message, output};
use serde::Serialize;

use super::{Shared, shown, text};
use crate::builds::{Build, BuildKind, Detail, Export};
use crate::comparison::{Files, Sides, title};
use crate::loading::{self, Fit, Kernel, Mismatch, Problem};
use crate::name::bytes_unless;
use crate::providers;
use crate::report::json;

const AFTER_HELP: &str = "\
The checks are those of the kernel's loader: each symbol is there, with the version that the module was built against; the \
module's licence allows the symbols for modules under the GPL; namespaces are imported; and, if KERNEL is a module or a \
folder with modules, both were built for the same kernel (vermagic). A symbol of which the module has no version is a \
warning, as it is in kernels from 4.9 on, but for Debian's, which refuse it. A module without any versions is refused, unless \
a .config beside what KERNEL names has CONFIG_MODULE_FORCE_LOAD: that is a warning, too. With a KERNEL that is a module and \
not under the GPL, what uses its symbols must do without those for modules under the GPL.

Several KERNELs count together, as Module.symvers and KBUILD_EXTRA_SYMBOLS do when a module is built. Nothing replaces \
what the kernel itself exports; of what several modules export, the last one counts. For a folder such as \
/lib/modules/7.3.4, the program looks for the kernel's exports in build/ and in the folder above it, too. Modules alone do \
not say whether a symbol that none of them has is the kernel's: that is an error.

Examples:
  dwarfksyms module foo.ko /usr/src/linux-headers-7.3.4/Module.symvers
  dwarfksyms module foo.ko.xz /lib/modules/7.3.4/build
  dwarfksyms module foo.ko /usr/src/linux-headers-7.3.4/Module.symvers ../bar/Module.symvers baz.ko
  dwarfksyms module foo.ko new/vmlinux --old old/vmlinux

Exit status: 0 if the module would be loaded, 1 if it would be refused, 2 if anything went wrong.";

/// Tell whether a kernel would load a module, and if not, which symbols do not fit
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// The module, compressed or not
    #[arg(value_name = "MODULE")]
    module: PathBuf,

    /// What the kernel exports: its Module.symvers, a vmlinux, or the folder of a build or of its modules; and what other
    /// modules export
    #[arg(required = true, value_name = "KERNEL")]
    kernels: Vec<PathBuf>,

    /// The build that the module was made for, to tell why versions differ; it and KERNEL must have types
    #[arg(short, long, value_name = "BUILD")]
    old: Option<PathBuf>,

    /// How to tell it
    #[arg(short, long, value_enum, default_value_t = ModuleFormat::Text)]
    format: ModuleFormat,

    #[command(flatten)]
    pub(super) shared: Shared,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ModuleFormat {
    /// For people
    Text,
    /// An object with all problems
    Json,
}

/// The answer for a report.
#[derive(Serialize)]
pub(crate) struct Answer {
    module: String,
    kernel: String,
    loads: bool,
    /// The symbols that the module wants.
    symbols: usize,
    /// Modules that must be loaded before.
    needs: Vec<String>,
    problems: Vec<Row>,
    /// What the loader complains of, and lets pass.
    warnings: Vec<Row>,
    /// What the versions differ for, as far as `--old` tells.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    why: Vec<Why>,
}

/// A type that changed since the build that a module was made for.
#[derive(Serialize)]
struct Why {
    /// What people call it.
    title: String,
    changes: Vec<WhyChange>,
    /// The symbols of the module that depend on it.
    symbols: Vec<String>,
}

/// One way in which it has changed.
#[derive(Serialize)]
struct WhyChange {
    class: &'static str,
    text: String,
}

/// A problem for a report.
#[derive(Serialize)]
struct Row {
    #[serde(skip_serializing_if = "Option::is_none")]
    symbol: Option<String>,
    /// The bytes of its name in hexadecimal, if `symbol` is not the name itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    symbol_bytes: Option<String>,
    /// A word for the kind of problem, which stays.
    cause: &'static str,
    text: String,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let beside: Vec<PathBuf> = args.kernels.iter().filter_map(|path| providers::beside(path)).collect();
    let own = [&args.module].into_iter().chain(&args.old);
    let paths: Vec<PathBuf> = own.chain(&args.kernels).chain(&beside).cloned().collect();
    let detail = if args.old.is_some() { Detail::Types } else { Detail::Recorded };
    let loads_by_force = args.kernels.iter().chain(&beside).any(|path| providers::loads_by_force(path));
    let mut builds = args.shared.open(&paths, detail, false)?.into_iter();
    let Some(build) = builds.next() else { bail!("a module is compared") };
    let old = args.old.as_ref().and_then(|_| builds.next());
    let loaded = Kernel { loads_by_force, ..providers::together(builds) };
    let kernel = &loaded.build;
    let kernel_name = args.kernels.iter().map(|path| shown(path)).collect::<Vec<_>>().join(", ");
    let names = Names { module: shown(&args.module), kernel: kernel_name };
    let file_name = args.module.file_name().unwrap_or_default().as_encoded_bytes();
    let stem = file_name.split(|&byte| byte == b'.').next().unwrap_or_default();
    let (mut answer, fit) = judge(&build, stem, &loaded, &names)?;
    if !args.shared.quiet {
        for path in &beside {
            message::note(&format!("what the kernel itself exports is in {}, too", shown(path)));
        }
    }
    if let (Some(old), Some(path)) = (&old, &args.old) {
        for (name, build) in [(&shown(path), old), (&names.kernel, kernel)] {
            if build.types.is_empty() {
                bail!("{name}: there are no types in it, and so it cannot be told why versions differ");
            }
        }
        answer.why = why(args, old, kernel, &fit)?;
    }
    let text = answer.tell(&fit, args.format)?;
    output::standard_output(text.as_bytes())?;
    Ok(if answer.loads { Outcome::Done } else { Outcome::Different })
}

/// What a module and a kernel are called.
pub(crate) struct Names {
    pub(crate) module: String,
    pub(crate) kernel: String,
}

/// Compares a module, in a file of this name, with a kernel.
///
/// # Errors
/// What is no module, or tells too little of a kernel.
pub(crate) fn judge(build: &Build, stem: &[u8], loaded: &Kernel, names: &Names) -> Result<(Answer, Fit)> {
    let Some(module) = build.module.as_ref().filter(|_| build.kind == BuildKind::Module) else {
        bail!("{}: is not a module, but this: {}", names.module, build.kind.name());
    };
    if loaded.build.exports.is_empty() {
        bail!("{}: nothing is exported there", names.kernel);
    }
    let fit = loading::fit(build, module, stem, loaded);
    check_known(&loaded.build, &fit, &names.kernel)?;
    Ok((answer(names, &fit), fit))
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
            "{name}: only modules are there, not what the kernel itself exports, and so nobody can tell whether it has {} and \
             {} more; its Module.symvers or vmlinux can be given, too",
            text(first),
            symbols.len() - 1
        );
    }
    Ok(())
}

fn answer(names: &Names, fit: &Fit) -> Answer {
    Answer {
        module: names.module.clone(),
        kernel: names.kernel.clone(),
        loads: fit.problems.is_empty(),
        symbols: fit.symbols,
        needs: fit.needs.iter().map(|name| text(name)).collect(),
        problems: fit.problems.iter().map(row).collect(),
        warnings: fit.warnings.iter().map(row).collect(),
        why: Vec::new(),
    }
}

impl Answer {
    /// The answer in a format.
    ///
    /// # Errors
    /// None is known.
    pub(crate) fn tell(&self, fit: &Fit, format: ModuleFormat) -> Result<String> {
        match format {
            ModuleFormat::Text => Ok(told(self, fit)),
            ModuleFormat::Json => json::text(self),
        }
    }
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
    let mut why = Vec::new();
    for cause in &compared.outcome.causes {
        let symbols = cause.exports.iter().map(|&name| catalog.name(name));
        let symbols: Vec<String> = symbols.filter(|symbol| differing.contains(symbol)).map(text).collect();
        if !symbols.is_empty() {
            let changes = cause.changes.iter();
            let changes =
                changes.map(|change| WhyChange { class: change.class.id(), text: text(&change.text) });
            why.push(Why { title: title(catalog.name(cause.name)), changes: changes.collect(), symbols });
        }
    }
    Ok(why)
}

/// What is told of a problem.
fn row(problem: &Problem) -> Row {
    let symbol = problem.symbol.as_deref().map(text);
    let (cause, text) = match &problem.cause {
        Mismatch::Missing => ("missing", "nothing exports it".to_owned()),
        Mismatch::Version { wanted, offered } if problem.symbol.as_deref() == Some(loading::LAYOUT) => (
            "version",
            format!(
                "the module was built against {wanted:#010x}, the kernel has {offered:#010x}: structures that modules share \
                 with the kernel differ, such as struct module, and the kernel looks no further"
            ),
        ),
        Mismatch::Version { wanted, offered } => (
            "version",
            format!("the module was built against {wanted:#010x}, the kernel has {offered:#010x}"),
        ),
        Mismatch::Unversioned { offered } => (
            "unversioned",
            format!("the kernel has {offered:#010x}, the module has versions, but none for this symbol"),
        ),
        Mismatch::Licence => ("licence", "only modules under the GPL may use it".to_owned()),
        Mismatch::Tainted => (
            "tainted",
            "a module exports it that is not under the GPL: who uses it may use no symbols for modules under the GPL, \
             and this module does"
                .to_owned(),
        ),
        Mismatch::Namespace(namespace) => (
            "namespace",
            format!("it is in the namespace {}, which the module does not import", text(namespace)),
        ),
        Mismatch::Duplicate => {
            ("duplicate", "the module exports it, and so does the kernel itself".to_owned())
        }
        Mismatch::NoVersions => ("no-versions", "the kernel has versions, the module has none".to_owned()),
        Mismatch::NoVermagic => {
            ("no-vermagic", "the module does not say which kernel it was built for (vermagic)".to_owned())
        }
        Mismatch::Vermagic(wanted, offered) => {
            let (wanted, offered) = (text(wanted), text(offered));
            (
                "vermagic",
                format!("the module was built for '{}', this is '{}'", wanted.trim(), offered.trim()),
            )
        }
    };
    let name = symbol.as_deref().zip(problem.symbol.as_deref());
    let symbol_bytes = name.and_then(|(shown, name)| bytes_unless(shown, name));
    Row { symbol, symbol_bytes, cause, text }
}

/// The answer for people.
fn told(answer: &Answer, fit: &Fit) -> String {
    let Answer { module, kernel, symbols, needs, problems, .. } = answer;
    if answer.loads {
        let what =
            if fit.is_versioned { "symbols fit" } else { "symbols are there, without versions to compare" };
        let mut out = format!("{module} fits {kernel}: {symbols} {what}\n");
        if !needs.is_empty() {
            // Writing to a string does not fail.
            let _ = writeln!(out, "  these must be loaded before: {}", needs.join(", "));
        }
        add_warnings(&mut out, &answer.warnings);
        return out;
    }
    // A symbol can have several problems, which follow each other.
    let mut named: Vec<&str> = problems.iter().filter_map(|row| row.symbol.as_deref()).collect();
    named.dedup();
    let mut out = match named.len() {
        0 => format!("{module} does not fit {kernel}:\n"),
        1 => format!("{module} does not fit {kernel}: 1 of {symbols} symbols does not fit\n"),
        count => format!("{module} does not fit {kernel}: {count} of {symbols} symbols do not fit\n"),
    };
    let width = problems.iter().filter_map(|row| row.symbol.as_deref()).map(str::len).max().unwrap_or(0);
    // A name that is longer than most does not push the others aside.
    let width = width.min(32);
    for Row { symbol, text, .. } in problems {
        let _ = match symbol {
            Some(symbol) => writeln!(out, "  {symbol:<width$}  {text}"),
            None => writeln!(out, "  {text}"),
        };
    }
    add_warnings(&mut out, &answer.warnings);
    for Why { title, changes, symbols } in &answer.why {
        let _ = writeln!(out, "\n{title}, for {}:", symbols.join(", "));
        for WhyChange { class, text } in changes {
            let _ = writeln!(out, "  {text} [{class}]");
        }
    }
    if answer.why.is_empty() && problems.iter().any(|row| row.cause == "version") {
        let _ = writeln!(out, "\n--old BUILD, the build that it was made for, tells why versions differ");
    }
    out
}

/// What the loader complains of.
fn add_warnings(out: &mut String, warnings: &[Row]) {
    for Row { symbol, text, .. } in warnings {
        let _ = writeln!(out, "  warning: {}: {text}", symbol.as_deref().unwrap_or("the module"));
    }
}
