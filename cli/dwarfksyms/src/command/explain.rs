//! `dwarfksyms explain`: why the version of one export changed, or what it is made of.

use std::fmt::Write;
use std::path::PathBuf;
use std::rc::Rc;

use anyhow::{Result, bail};
use dwarfksyms_host::{Outcome, output};
use dwarfksyms_symtypes::types::{ExportRecord, Side};

use super::{Shared, shown, text};
use crate::builds::{Build, Detail};
use crate::comparison::{Basis, Causes, Compared, Composition, Files, Pair, Sides, Usage, type_name};
use crate::demangle::demangle;
use crate::report::{CauseEntry, Change, LineKind};

const AFTER_HELP: &str = "\
With two builds, the output lists each change that the export reaches, with the shortest path to it. Both versions are \
computed again from these types: if they equal the recorded ones, the explanation is complete.

With one build, the output is a tree of everything that the version consists of.

For a type, the output has its definition and the exports that use it, the nearest first; with two builds, also how it changed.

Examples:
  dwarfksyms explain seq_read old/ new/
  dwarfksyms explain seq_read fs/read_write.o --depth 2
  dwarfksyms explain 'struct seq_file' vmlinux
  dwarfksyms explain 'struct device' linux-image-old.deb linux-image-new.deb

Exit status: 0 if the version is the same, 1 if it differs, 2 if anything went wrong.";

/// What follows from where types are from.
const OF_BTF: &str = "These types are from BTF, which does not determine versions.";

/// Explain why the version of an export changed, or what it consists of
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// The export, or a type: "struct file", "union u", "enum e", "typedef t"
    #[arg(value_name = "SYMBOL")]
    symbol: String,

    /// The old build, or the only one
    #[arg(value_name = "OLD")]
    old: PathBuf,

    /// The new build
    #[arg(value_name = "NEW")]
    new: Option<PathBuf>,

    /// With one build, the number of levels of types to print
    #[arg(short, long, value_name = "LEVELS", default_value_t = 3)]
    depth: usize,

    #[command(flatten)]
    pub(super) shared: Shared,
}

impl Args {
    /// What is asked about, as it can be shown.
    fn title(&self) -> String {
        text(self.symbol.as_bytes())
    }
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let paths: Vec<PathBuf> = [&args.old].into_iter().chain(&args.new).cloned().collect();
    let builds = args.shared.open(&paths, Detail::Types, false)?;
    let pool = args.shared.pool()?;
    match builds.as_slice() {
        [build] => {
            let nothing = Build::nothing();
            let files = Files::open(build, &nothing, &args.shared.common)?;
            let sides = Sides::new(build, &nothing, &files, &pool)?;
            pool.end();
            if let Some(name) = type_name(&args.symbol) {
                return describe_type(args, &sides, &name);
            }
            let export = find(args, &sides, Side::Old, &args.old)?;
            let mut text = Composition { sides: &sides, depth: args.depth }.tell(export)?;
            if build.is_of_btf() {
                write!(text, "\n{OF_BTF}\n")?;
            }
            output::standard_output(text.as_bytes())?;
            Ok(Outcome::Done)
        }
        [old, new] => {
            if let Some(text) = only_in_one(args, old, new) {
                pool.end();
                output::standard_output(text.as_bytes())?;
                return Ok(Outcome::Different);
            }
            if old.is_of_btf() != new.is_of_btf() {
                bail!(
                    "the types of one build are from BTF, those of the other are not, so that they cannot be compared"
                );
            }
            let files = Files::open(old, new, &args.shared.common)?;
            let sides = Sides::new(old, new, &files, &pool)?;
            if let Some(name) = type_name(&args.symbol) {
                let mut compared = sides.compare(&pool)?;
                compared.tell_private(|| args.shared.reopen_with_private(&args.old, &pool))?;
                pool.end();
                return explain_type(args, &compared, &name);
            }
            let before = find(args, &sides, Side::Old, &args.old)?;
            let after = find(args, &sides, Side::New, args.new.as_ref().unwrap_or(&args.old))?;
            let mut compared = sides.compare(&pool)?;
            compared.tell_private(|| args.shared.reopen_with_private(&args.old, &pool))?;
            pool.end();
            explain(&compared, before, after)
        }
        _ => bail!("one build is described, or two are compared"),
    }
}

/// What there is to say of an export that only one of the builds has.
fn only_in_one(args: &Args, old: &Build, new: &Build) -> Option<String> {
    let symbol = args.symbol.as_bytes();
    let (name, old_path) = (text(symbol), shown(&args.old));
    let new_path = args.new.as_deref().map(shown).unwrap_or_default();
    match (old.export(symbol), new.export(symbol)) {
        (Some(_), None) => Some(format!("{name}: removed: {old_path} exports it, and {new_path} does not\n")),
        (None, Some(_)) => Some(format!("{name}: added: {new_path} exports it, and {old_path} does not\n")),
        _ => None,
    }
}

/// The export in one of the builds.
fn find(args: &Args, sides: &Sides<'_>, side: Side, path: &std::path::Path) -> Result<ExportRecord> {
    let build = if side == Side::Old { sides.old } else { sides.new };
    let symbol = args.symbol.as_bytes();
    let found = sides.catalog().find(symbol).and_then(|name| sides.catalog().export(side, name));
    match found {
        Some(export) => Ok(export),
        None if build.types.is_empty() => bail!(
            "{}: there are no types in it: pass a folder that was built with KBUILD_SYMTYPES=1, an object, or a \
             kernel with DWARF or BTF",
            shown(path)
        ),
        None if build.export(symbol).is_some() => {
            bail!("{}: the types of {} are not in it", shown(path), text(symbol))
        }
        None => bail!("{}: {} is not exported there", shown(path), text(symbol)),
    }
}

/// Writes the way to a cause, and how it changed.
fn write_cause(out: &mut String, cause: &CauseEntry) -> Result<()> {
    let described = |change: &Change| {
        let Change { text, class, verdict, .. } = change;
        format!("{text} [{class}: {}]", verdict.words())
    };
    match cause.changes.as_slice() {
        [change] => writeln!(out, "{} -> {}", cause.path.join(" -> "), described(change))?,
        changes => {
            writeln!(out, "{}:", cause.path.join(" -> "))?;
            for change in changes {
                writeln!(out, "  * {}", described(change))?;
            }
        }
    }
    for line in &cause.diff {
        let mark = match line.kind {
            LineKind::Same => "    ",
            LineKind::Old => "  - ",
            LineKind::New => "  + ",
            LineKind::Fold => "    ... ",
        };
        writeln!(out, "{mark}{}", line.text)?;
    }
    Ok(())
}

/// Describes a type of one build, and who uses it.
fn describe_type(args: &Args, sides: &Sides<'_>, name: &[u8]) -> Result<Outcome> {
    let usage = Usage { sides, side: Side::Old };
    let text = sides.catalog().find(name).map(|name| usage.tell(name)).transpose()?.flatten();
    let Some(text) = text else { bail!("{}: there is no type {} in it", shown(&args.old), args.title()) };
    output::standard_output(text.as_bytes())?;
    Ok(Outcome::Done)
}

/// Says how a type changed between two builds, and who uses it.
fn explain_type(args: &Args, compared: &Compared<'_, '_>, name: &[u8]) -> Result<Outcome> {
    let sides = compared.sides;
    let id = sides.catalog().find(name);
    let of_side = |side| id.map(|name| Usage { sides, side }.tell(name)).transpose().map(Option::flatten);
    let (old, new) = (of_side(Side::Old)?, of_side(Side::New)?);
    let mut out = String::new();
    let mut is_same = false;
    match (old, new) {
        (None, None) => bail!("there is no type {} in either build", args.title()),
        (Some(text), None) => {
            writeln!(out, "{}: only in the old build:\n\n{}", args.title(), text.trim_end())?;
        }
        (None, Some(text)) => {
            writeln!(out, "{}: only in the new build:\n\n{}", args.title(), text.trim_end())?;
        }
        (Some(_), Some(text)) => {
            let causes = compared.outcome.causes.iter().filter(|cause| Some(cause.name) == id);
            let mut teller = Causes::new(compared);
            for cause in causes {
                write_cause(&mut out, &teller.tell(cause)?)?;
                writeln!(out)?;
            }
            is_same = out.is_empty();
            if is_same {
                writeln!(out, "{}: no change of its own between the two builds\n", args.title())?;
            } else {
                writeln!(out, "In the new build:\n")?;
            }
            out.push_str(&text);
        }
    }
    output::standard_output(out.as_bytes())?;
    Ok(if is_same { Outcome::Done } else { Outcome::Different })
}

fn explain(compared: &Compared<'_, '_>, before: ExportRecord, after: ExportRecord) -> Result<Outcome> {
    let sides = compared.sides;
    let catalog = sides.catalog();
    let symbol = catalog.name(before.name);
    let mut out = text(symbol);
    if let Some(name) = demangle(&out) {
        write!(out, " ({name})")?;
    }
    let basis = Basis::of(sides)?;
    let versions = [(before, sides.old), (after, sides.new)].map(|(export, build)| {
        let recorded = build.export(symbol).and_then(|export| export.version);
        if basis.has_btf() {
            return Ok((recorded, None));
        }
        let computed = sides.ask(|budget| catalog.versions(export.file, &[export.name], &[], budget));
        computed.map(|computed| (recorded, computed.first().copied().flatten()))
    });
    let [old, new] = versions;
    let (old, new) = (old?, new?);
    let shown = |(recorded, computed): (Option<u32>, Option<u32>)| {
        recorded.or(computed).map_or("unknown".to_owned(), |version| format!("{version:#010x}"))
    };
    // As in a comparison: numbers that different tools have recorded say nothing beside each other.
    let is_by_types = match (sides.old.export(symbol), sides.new.export(symbol)) {
        (Some(old), Some(new)) => basis.is_by_types(Pair { old, new }, [true, true]),
        _ => false,
    };
    let [before_version, after_version] =
        [old, new].map(|(recorded, computed)| (recorded.filter(|_| !is_by_types), computed));
    let own: &[u32] = compared
        .outcome
        .exports
        .iter()
        .find(|(name, _)| *name == before.name)
        .map(|(_, causes)| causes.as_slice())
        .unwrap_or_default();
    let counting = [before_version, after_version].map(|(recorded, computed)| recorded.or(computed));
    let is_unversioned = basis.has_btf() && counting == [None, None];
    let is_same = if is_unversioned { own.is_empty() } else { counting[0] == counting[1] };
    match (is_unversioned, is_same) {
        (true, true) => writeln!(out, ": the types are the same in both builds")?,
        (true, false) => writeln!(out, ": the types differ")?,
        (false, true) => writeln!(out, ": {} in both builds", shown(before_version))?,
        (false, false) => writeln!(out, ": {} -> {}", shown(before_version), shown(after_version))?,
    }
    let mut teller = Causes::new(compared);
    let from = Rc::new(vec![after.name]);
    for &number in own {
        let Some(cause) = compared.outcome.causes.get(number as usize) else { continue };
        let told = teller.tell_from(cause, after.file, &from)?;
        writeln!(out)?;
        write_cause(&mut out, &told)?;
    }
    writeln!(out)?;
    let is_right =
        |(recorded, computed): (Option<u32>, Option<u32>)| recorded.is_none() || recorded == computed;
    match (is_right(old), is_right(new)) {
        _ if basis.has_btf() => writeln!(out, "{OF_BTF}")?,
        (true, true) => writeln!(
            out,
            "Computed again from these types, the versions are {} and {}.",
            shown((None, old.1)),
            shown((None, new.1))
        )?,
        _ => writeln!(
            out,
            "Computed again from these types, the versions are {} and {}, which are not the recorded ones: types and \
             versions are from other builds, or from a tool that describes types in another way.",
            shown((None, old.1)),
            shown((None, new.1))
        )?,
    }
    output::standard_output(out.as_bytes())?;
    Ok(if is_same { Outcome::Done } else { Outcome::Different })
}
