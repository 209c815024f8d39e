//! `dwarfksyms explain`: why the versions of exports changed, or what they are made of.

mod answer;
mod words;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::ValueEnum;
use dwarfksyms_core::budget::Budget;
use dwarfksyms_host::{Outcome, output};
use dwarfksyms_symtypes::types::{ExportRecord, Side};

use self::answer::{Answer, Explanation, Relation, SCHEMA};
use super::{CountingOptions, Opened, Shared, shown, text};
use crate::builds::{Build, Detail, Sought};
use crate::comparison::{Compared, Files, Locations, Sides, side, type_name};
use crate::report::json;
use crate::report::words::few;

const AFTER_HELP: &str = "\
With two builds, the output lists each change that the export reaches, with the shortest path to it. Both versions are \
computed again from these types: if they equal the recorded ones, the explanation is complete.

With one build, the output is a tree of everything that the version consists of.

For a type, the output has its definition and the exports that use it, the nearest first; with two builds, also how it changed.

With --also, one run explains several exports and types: reading the builds takes most of the time.

Examples:
  dwarfksyms explain seq_read old/ new/
  dwarfksyms explain seq_read fs/read_write.o --depth 2
  dwarfksyms explain 'struct seq_file' vmlinux
  dwarfksyms explain --all-types 'struct seq_buf' vmlinux
  dwarfksyms explain 'struct device' linux-image-old.deb linux-image-new.deb
  dwarfksyms explain seq_read old/ new/ --also seq_write 'struct seq_file'

Exit status: 0 if all that was asked about is the same, 1 if any of it differs, 2 if anything went wrong.";

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

    /// More exports and types to explain in the same run, after the first one
    #[arg(short, long, value_name = "SYMBOL", num_args = 1..)]
    also: Vec<String>,

    /// With one build, the number of levels of types to print
    #[arg(short, long, value_name = "LEVELS", default_value_t = 3)]
    depth: usize,

    /// The output format
    #[arg(short, long, value_enum, default_value_t = ExplanationFormat::Text)]
    format: ExplanationFormat,

    /// Look at all types that the DWARF defines, also those that no export reaches, and say which types lead to them
    #[arg(long)]
    all_types: bool,

    #[command(flatten)]
    counting: CountingOptions,

    #[command(flatten)]
    pub(super) shared: Shared,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ExplanationFormat {
    /// For people
    Text,
    /// For programs: docs/explain.schema.json
    Json,
}

/// What is asked of two builds.
enum Question<'a> {
    /// There is nothing to compare.
    Answered(Box<Answer>),
    Type(&'a str, Vec<u8>),
    Export(&'a str, ExportRecord, ExportRecord),
}

impl Args {
    /// All that is asked about.
    fn names(&self) -> impl Iterator<Item = &str> {
        [&self.symbol].into_iter().chain(&self.also).map(String::as_str)
    }
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let explanation = explanation(args)?;
    match args.format {
        ExplanationFormat::Text => output::standard_output(words::told(&explanation)?.as_bytes())?,
        ExplanationFormat::Json => json::to_standard_output(&explanation)?,
    }
    let is_same = |answer: &Answer| matches!(answer.relation, None | Some(Relation::Same));
    let is_different = !explanation.answers.iter().all(is_same);
    Ok(if is_different { Outcome::Different } else { Outcome::Done })
}

/// All answers, in the order of the command line.
fn explanation(args: &Args) -> Result<Explanation> {
    let paths: Vec<PathBuf> = [&args.old].into_iter().chain(&args.new).cloned().collect();
    let revisions = args.shared.confine(&paths, args.counting.sources(), std::iter::empty())?;
    let counting = args.counting.load()?.with_all_types(args.all_types);
    let mut builds = args.shared.read_counted(&paths, &revisions, &counting, Detail::Types, false)?;
    for build in &mut builds {
        build.add_all_types();
    }
    let opened = Opened { builds, counting, revisions };
    for (path, build) in paths.iter().zip(&opened.builds) {
        opened.counting.check(build, path)?;
    }
    let names =
        args.names().map(|name| with_version(name, &opened.builds)).collect::<Result<Vec<String>>>()?;
    match opened.builds.as_slice() {
        [build] => of_one(args, &names, &opened, build),
        [old, new] => of_two(args, &names, &opened, old, new),
        _ => bail!("one build is described, or two are compared"),
    }
}

/// What there is to say of a single build.
fn of_one(args: &Args, names: &[String], opened: &Opened, build: &Build) -> Result<Explanation> {
    let nothing = Build::nothing();
    let files = Files::open(build, &nothing, &args.shared.common)?;
    let pool = args.shared.pool()?;
    let sides = Sides::new(build, &nothing, &files, &pool)?;
    let types: Vec<Vec<u8>> = names.iter().filter_map(|name| type_name(name)).collect();
    let look = |_: Side, sought: &Sought<'_>| {
        args.shared.source_lines(&args.old, build, sought, &opened.revisions, &opened.counting.counted, &pool)
    };
    let locations = Locations::find(&sides, &[], &types, look)?;
    let answer = |name: &str| {
        sides.begin_question();
        match type_name(name) {
            Some(id) => Answer::used(name, &sides, &locations, &id, &args.old),
            None => Answer::composed(name, &sides, find(name, &sides, Side::Old, &args.old)?, args.depth),
        }
    };
    let answers = names.iter().map(|name| answer(name)).collect::<Result<_>>()?;
    let [files, _] = sides.file_counts();
    let old = side(&args.old, build, files);
    Ok(Explanation { schema: SCHEMA, old, new: None, is_of_btf: build.is_of_btf(), answers })
}

/// What there is to say of two builds.
fn of_two(args: &Args, names: &[String], opened: &Opened, old: &Build, new: &Build) -> Result<Explanation> {
    let new_path = args.new.as_deref().unwrap_or(&args.old);
    let explanation = |[old_files, new_files]: [usize; 2], answers| Explanation {
        schema: SCHEMA,
        old: side(&args.old, old, old_files),
        new: Some(side(new_path, new, new_files)),
        is_of_btf: old.is_of_btf(),
        answers,
    };
    let budget = &mut Budget::new(&args.shared.common.limits(0));
    let alone = names.iter().map(|name| Answer::only_in_one(name, [old, new], budget));
    let alone = alone.collect::<Result<Vec<Option<Answer>>>>()?;
    // What only one of them exports can be said without types.
    if alone.iter().all(Option::is_some) {
        let answers = alone.into_iter().flatten().collect();
        return Ok(explanation([old, new].map(|build| build.types.len()), answers));
    }
    if old.is_of_btf() != new.is_of_btf() {
        bail!(
            "the types of one build are from BTF, those of the other are not, so that they cannot be compared"
        );
    }
    let files = Files::open(old, new, &args.shared.common)?;
    let pool = args.shared.pool()?;
    let sides = Sides::new(old, new, &files, &pool)?;
    let questions = names.iter().zip(alone).map(|(name, alone)| match (alone, type_name(name)) {
        (Some(answer), _) => Ok(Question::Answered(Box::new(answer))),
        (None, Some(id)) => Ok(Question::Type(name, id)),
        (None, None) => {
            let before = find(name, &sides, Side::Old, &args.old)?;
            Ok(Question::Export(name, before, find(name, &sides, Side::New, new_path)?))
        }
    });
    let questions = questions.collect::<Result<Vec<Question<'_>>>>()?;
    let mut compared = sides.compare(&pool)?;
    let (revisions, counted) = (&opened.revisions, &opened.counting.counted);
    compared.tell_private(|| args.shared.reopen_with_private(&args.old, revisions, counted, &pool))?;
    let types: Vec<Vec<u8>> = names.iter().filter_map(|name| type_name(name)).collect();
    compared.locations = Locations::find(&sides, &compared.outcome.causes, &types, |side, sought| {
        let (path, build) = if side == Side::Old { (args.old.as_path(), old) } else { (new_path, new) };
        args.shared.source_lines(path, build, sought, revisions, counted, &pool)
    })?;
    let answers = questions.into_iter().map(|question| question.answer(&compared));
    Ok(explanation(sides.file_counts(), answers.collect::<Result<_>>()?))
}

impl Question<'_> {
    fn answer(self, compared: &Compared<'_, '_>) -> Result<Answer> {
        compared.sides.begin_question();
        match self {
            Question::Answered(answer) => Ok(*answer),
            Question::Type(name, id) => Answer::of_type(name, compared, &id),
            Question::Export(name, before, after) => Answer::of_export(name, compared, before, after),
        }
    }
}

/// The name of an export with the version that libraries have behind it, if there is only one.
fn with_version(name: &str, builds: &[Build]) -> Result<String> {
    let is_known = |build: &Build| build.export(name.as_bytes()).is_some();
    if type_name(name).is_some() || builds.iter().any(is_known) {
        return Ok(name.to_owned());
    }
    let start = format!("{name}@");
    let exports = builds.iter().flat_map(|build| &build.exports);
    let versions = exports.filter_map(|export| str::from_utf8(&export.symbol).ok());
    let versions: BTreeSet<&str> = versions.filter(|symbol| symbol.starts_with(&start)).collect();
    match versions.len() {
        0 => Ok(name.to_owned()),
        1 => Ok(versions.into_iter().collect()),
        count => {
            let shown = versions.iter().map(|symbol| text(symbol.as_bytes()));
            bail!("{} has several versions: name one of {}", text(name.as_bytes()), few(shown, count, 5))
        }
    }
}

/// The export in one of the builds.
fn find(name: &str, sides: &Sides<'_>, side: Side, path: &Path) -> Result<ExportRecord> {
    let build = if side == Side::Old { sides.old } else { sides.new };
    let symbol = name.as_bytes();
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
