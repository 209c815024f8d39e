//! `dwarfksyms suggest`: kABI rules and macros that would give exports their old versions.

use std::fmt::Write;
use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::ValueEnum;
use dwarfksyms_host::{Outcome, message, output};
use dwarfksyms_symtypes::compare::Cause;
use dwarfksyms_symtypes::suggest::{Advice, MACROS};
use serde::Serialize;

use super::{Shared, shown, text};
use crate::builds::Detail;
use crate::comparison::{Compared, Files, Sides, title};
use crate::report::json;

const AFTER_HELP: &str = "\
For each type that changed, the rules and macros of a stable kABI are told that restore its old version, if modules that \
were built with the old type still fit the new one; otherwise, why none is suggested. All of them together are checked by \
computing the versions again. The new kernel must be built with KBUILD_GENDWARFKSYMS_STABLE=1 then (--stable).

Examples:
  dwarfksyms suggest old/ new/
  dwarfksyms suggest --format json before.symtypes after.symtypes

Exit status: 0 if all versions are the same or can be restored, 1 if one cannot, 2 if anything went wrong.";

/// Suggest source changes that keep the versions of exports whose ABI is still the same
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// The old build
    #[arg(value_name = "OLD")]
    old: PathBuf,

    /// The new build
    #[arg(value_name = "NEW")]
    new: PathBuf,

    /// The output format
    #[arg(short, long, value_enum, default_value_t = SuggestFormat::Text)]
    format: SuggestFormat,

    #[command(flatten)]
    pub(super) shared: Shared,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum SuggestFormat {
    /// For people
    Text,
    /// An object with all causes
    Json,
}

/// The version of the JSON format: it grows when a field is removed or means something else.
const SCHEMA: u32 = 1;

/// All suggestions for a report.
#[derive(Serialize)]
struct Answer {
    schema: u32,
    /// The exports whose types differ.
    exports: usize,
    /// Those of them that get their old version.
    restored: usize,
    /// What a source needs for the rules.
    macros: &'static str,
    causes: Vec<Row>,
}

/// A cause for a report.
#[derive(Serialize)]
struct Row {
    /// The type's name, such as `s#file`, or the export's.
    id: String,
    title: String,
    exports: usize,
    restored: Vec<String>,
    remaining: Vec<Left>,
    suggestions: Vec<Suggested>,
    obstacles: Vec<Remark>,
    caveats: Vec<Remark>,
}

/// An export that does not get its old version.
#[derive(Serialize)]
struct Left {
    symbol: String,
    /// The causes for which nothing is suggested.
    causes: Vec<String>,
}

/// A suggestion for a report.
#[derive(Serialize)]
struct Suggested {
    kind: &'static str,
    target: String,
    value: String,
    source: String,
}

/// An obstacle or caveat for a report.
#[derive(Serialize)]
struct Remark {
    kind: &'static str,
    subject: String,
    text: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    files: Vec<String>,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let paths = [args.old.clone(), args.new.clone()];
    // Rules and macros do nothing without it.
    let shared = Shared { stable: true, ..args.shared.clone() };
    let builds = shared.open(&paths, Detail::Types, false)?;
    let [old, new] = builds.as_slice() else { bail!("two builds are compared") };
    for (path, build) in paths.iter().zip(&builds) {
        if build.types.is_empty() {
            bail!(
                "{}: there are no types of exports in it: pass a folder that was built with KBUILD_SYMTYPES=1, an \
                 object, or a kernel with DWARF",
                shown(path)
            );
        }
    }
    let pool = shared.pool()?;
    let files = Files::open(old, new, &shared.common)?;
    let sides = Sides::new(old, new, &files, &pool)?;
    let compared = sides.compare(&pool)?;
    let advice = compared.outcome.advice(sides.catalog(), sides.limits())?;
    let answer = answer(&compared, &advice);
    let told = match args.format {
        SuggestFormat::Text => told(&answer),
        SuggestFormat::Json => json::text(&answer)?,
    };
    output::standard_output(told.as_bytes())?;
    Ok(if answer.restored < answer.exports { Outcome::Different } else { Outcome::Done })
}

fn answer(compared: &Compared<'_, '_>, advice: &[Advice]) -> Answer {
    let outcome = &compared.outcome;
    let mut restored: Vec<_> = advice.iter().flat_map(|advice| &advice.restored).collect();
    restored.sort_unstable();
    restored.dedup();
    Answer {
        schema: SCHEMA,
        exports: outcome.exports.len(),
        restored: restored.len(),
        macros: MACROS,
        causes: outcome
            .causes
            .iter()
            .zip(advice)
            .map(|(cause, advice)| row(compared, cause, advice))
            .collect(),
    }
}

fn row(compared: &Compared<'_, '_>, cause: &Cause, advice: &Advice) -> Row {
    let catalog = compared.sides.catalog();
    let name = |id| text(catalog.name(id));
    let cause_name = |&number: &u32| {
        let cause = compared.outcome.causes.get(number as usize);
        cause.map_or_else(String::new, |cause| name(cause.name))
    };
    let remark =
        |kind, subject: &[u8], text| Remark { kind, subject: lossy(subject), text, files: Vec::new() };
    Row {
        id: name(cause.name),
        title: title(catalog.name(cause.name)),
        exports: cause.exports.len(),
        restored: advice.restored.iter().map(|&export| name(export)).collect(),
        remaining: advice
            .remaining
            .iter()
            .map(|left| Left {
                symbol: name(left.export),
                causes: left.causes.iter().map(cause_name).collect(),
            })
            .collect(),
        suggestions: advice
            .suggestions
            .iter()
            .map(|suggestion| Suggested {
                kind: suggestion.kind.id(),
                target: lossy(&suggestion.target),
                value: lossy(&suggestion.value),
                source: lossy(&suggestion.source),
            })
            .collect(),
        obstacles: advice
            .obstacles
            .iter()
            .map(|obstacle| remark(obstacle.kind.id(), &obstacle.subject, obstacle.kind.text()))
            .collect(),
        caveats: advice
            .caveats
            .iter()
            .map(|caveat| Remark {
                files: caveat.files.iter().map(|&file| text(compared.sides.file_name(file))).collect(),
                ..remark(caveat.kind.id(), &caveat.subject, caveat.kind.text())
            })
            .collect(),
    }
}

/// Text as it is, but for what is no text. It is made harmless where it is shown.
fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The suggestions for people.
fn told(answer: &Answer) -> String {
    let mut out = String::new();
    // Writing to a string does not fail.
    let _ = tell(answer, &mut out);
    out
}

fn tell(answer: &Answer, out: &mut String) -> std::fmt::Result {
    for row in &answer.causes {
        let exports = counted(row.exports, "export");
        if row.suggestions.is_empty() {
            writeln!(out, "{} ({exports}): nothing is suggested", row.title)?;
        } else {
            let count = row.restored.len();
            writeln!(out, "{} ({exports}): the old version comes back for {count}", row.title)?;
        }
        for suggestion in &row.suggestions {
            writeln!(out, "  {} {}", suggestion.kind, harmless(&suggestion.target))?;
            suggestion.source.lines().try_for_each(|line| writeln!(out, "      {}", harmless(line)))?;
        }
        for obstacle in &row.obstacles {
            writeln!(out, "  because {} [{}]", sentence(obstacle), obstacle.kind)?;
        }
        for caveat in &row.caveats {
            writeln!(out, "  mind: {} [{}]", sentence(caveat), caveat.kind)?;
            for file in caveat.files.iter().take(MOST) {
                writeln!(out, "      {file}")?;
            }
            more(caveat.files.len(), out)?;
        }
        for left in row.remaining.iter().take(MOST) {
            match left.causes.as_slice() {
                [] => writeln!(out, "  not for {}", left.symbol)?,
                causes => writeln!(out, "  not for {}, because of {}", left.symbol, causes.join(", "))?,
            }
        }
        more(row.remaining.len(), out)?;
        writeln!(out)?;
    }
    let (exports, restored) = (counted(answer.exports, "export"), answer.restored);
    if answer.causes.is_empty() {
        return writeln!(out, "No type of an export differs.");
    }
    writeln!(out, "{exports} with other types: {restored} can have the old version.")?;
    if answer.causes.iter().flat_map(|row| &row.suggestions).next().is_some() {
        writeln!(
            out,
            "Build with KBUILD_GENDWARFKSYMS_STABLE=1 then. For rules, a source needs the macros of the kernel's \
             Documentation/kbuild/gendwarfksyms.rst, which --format json has, too."
        )?;
    }
    Ok(())
}

/// The most lines about files or exports.
const MOST: usize = 10;

fn more(count: usize, out: &mut String) -> std::fmt::Result {
    match count.saturating_sub(MOST) {
        0 => Ok(()),
        more => writeln!(out, "      and {more} more"),
    }
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// What is said of a subject.
fn sentence(remark: &Remark) -> String {
    if remark.subject.is_empty() {
        return remark.text.to_owned();
    }
    match remark.files.is_empty() && remark.text.starts_with(['i', 'h']) {
        true => format!("'{}' {}", harmless(&remark.subject), remark.text),
        false => format!("{} ({})", remark.text, harmless(&remark.subject)),
    }
}

/// A line of a source on a terminal: tabs are harmless.
fn harmless(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for char in line.chars() {
        match message::escape(char) {
            Some(escape) if char != '\t' => out.extend(escape),
            _ => out.push(char),
        }
    }
    out
}
