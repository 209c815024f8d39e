//! `dwarfksyms suggest`: kABI rules and macros that would give exports their old versions.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;
use std::path::PathBuf;
use std::rc::Rc;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use dwarfksyms_host::{Outcome, message, output};
use dwarfksyms_symtypes::compare::Cause;
use dwarfksyms_symtypes::suggest::{Advice, MACROS, Remaining};
use dwarfksyms_symtypes::types::{Catalog, NameId};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::{Shared, shown, text};
use crate::builds::Detail;
use crate::comparison::{Compared, Files, Sides, title};
use crate::name::{Hexadecimal, Readable, Shown};
use crate::report::words::few;
use crate::report::{Lengths, json};

const AFTER_HELP: &str = "\
For each type that changed, the output lists the rules and macros of a stable kABI that restore its old version, if \
modules built with the old type still fit the new one; otherwise, it says why there are none. To check all suggestions \
together, the versions are computed again. The new kernel must then be built with KBUILD_GENDWARFKSYMS_STABLE=1 \
(--stable).

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
struct Answer<'a> {
    schema: u32,
    /// The exports whose types differ.
    exports: usize,
    /// Those of them that get their old version.
    restored: usize,
    /// What a source needs for the rules.
    macros: &'static str,
    causes: Vec<Row<'a>>,
}

/// A cause for a report.
#[derive(Serialize)]
struct Row<'a> {
    /// The type's name, such as `s#file`, or the export's.
    id: Shown<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id_bytes: Option<Hexadecimal<'a>>,
    title: String,
    exports: usize,
    restored: Restored<'a>,
    remaining: Remains<'a>,
    suggestions: Vec<Suggested<'a>>,
    obstacles: Vec<Remark<'a>>,
    caveats: Vec<Remark<'a>>,
}

/// The exports that get their old version: causes share lists of them, and of those that do not.
struct Restored<'a> {
    catalog: &'a Catalog<'a>,
    exports: &'a Rc<Vec<NameId>>,
}

/// The exports that do not.
struct Remains<'a> {
    compared: &'a Compared<'a, 'a>,
    exports: &'a Rc<Vec<Remaining>>,
}

/// An export that does not get its old version.
#[derive(Serialize)]
struct Left<'a> {
    symbol: Shown<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    symbol_bytes: Option<Hexadecimal<'a>>,
    /// The causes for which nothing is suggested.
    causes: InTheWay<'a>,
}

/// Causes for which nothing is suggested.
struct InTheWay<'a> {
    compared: &'a Compared<'a, 'a>,
    causes: &'a Rc<Vec<u32>>,
}

/// A suggestion for a report.
#[derive(Serialize)]
struct Suggested<'a> {
    kind: &'static str,
    #[serde(flatten)]
    target: Text<'a>,
    #[serde(flatten)]
    value: Text<'a>,
    #[serde(flatten)]
    source: Text<'a>,
}

/// An obstacle or caveat for a report.
#[derive(Serialize)]
struct Remark<'a> {
    kind: &'static str,
    #[serde(flatten)]
    subject: Text<'a>,
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
    if let Some((path, _)) = paths.iter().zip(&builds).find(|(_, build)| build.is_of_btf()) {
        bail!(
            "{}: its types are from BTF, which does not determine versions, so that nothing can be suggested that \
             restores them: pass builds with DWARF",
            shown(path)
        );
    }
    let pool = shared.pool()?;
    let files = Files::open(old, new, &shared.common)?;
    let sides = Sides::new(old, new, &files, &pool)?;
    let compared = sides.compare(&pool)?;
    pool.end();
    let advice = compared.outcome.advice(sides.catalog(), sides.limits())?;
    let answer = answer(&compared, &advice);
    match args.format {
        SuggestFormat::Text => output::standard_output(told(&answer).as_bytes())?,
        SuggestFormat::Json => {
            sides
                .ask(|budget| budget.charge_work(names_of(&answer) / 16))
                .context("the suggestions as JSON")?;
            json::to_standard_output(&answer)?;
        }
    }
    Ok(if answer.restored < answer.exports { Outcome::Different } else { Outcome::Done })
}

/// What is suggested, for people.
pub(crate) fn suggested(compared: &Compared<'_, '_>, advice: &[Advice]) -> String {
    told(&answer(compared, advice))
}

fn answer<'a>(compared: &'a Compared<'a, 'a>, advice: &'a [Advice]) -> Answer<'a> {
    let outcome = &compared.outcome;
    // Lists that several causes share count once.
    let lists: HashMap<_, _> =
        advice.iter().map(|advice| (Rc::as_ptr(&advice.restored), &advice.restored)).collect();
    let restored: HashSet<NameId> = lists.values().flat_map(|list| list.iter().copied()).collect();
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

fn row<'a>(compared: &'a Compared<'a, 'a>, cause: &Cause, advice: &'a Advice) -> Row<'a> {
    let catalog = compared.sides.catalog();
    let name = catalog.name(cause.name);
    let remark = |kind, subject: &'a [u8], text| Remark {
        kind,
        subject: Text { field: "subject", bytes: subject },
        text,
        files: Vec::new(),
    };
    Row {
        id: Shown(name),
        id_bytes: Hexadecimal::unless_shown(name),
        title: title(name),
        exports: cause.exports.len(),
        restored: Restored { catalog, exports: &advice.restored },
        remaining: Remains { compared, exports: &advice.remaining },
        suggestions: advice
            .suggestions
            .iter()
            .map(|suggestion| Suggested {
                kind: suggestion.kind.id(),
                target: Text { field: "target", bytes: &suggestion.target },
                value: Text { field: "value", bytes: &suggestion.value },
                source: Text { field: "source", bytes: &suggestion.source },
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

impl<'a> InTheWay<'a> {
    fn names(&self) -> impl Iterator<Item = Shown<'a>> {
        let (catalog, all) = (self.compared.sides.catalog(), &self.compared.outcome.causes);
        let causes = self.causes.iter().map(move |&number| all.get(number as usize));
        causes.map(|cause| Shown(cause.map_or(b"", |cause| catalog.name(cause.name))))
    }
}

impl<'a> Remains<'a> {
    fn all(&self) -> impl Iterator<Item = Left<'a>> {
        let compared = self.compared;
        self.exports.iter().map(move |remaining| {
            let name = compared.sides.catalog().name(remaining.export);
            Left {
                symbol: Shown(name),
                symbol_bytes: Hexadecimal::unless_shown(name),
                causes: InTheWay { compared, causes: &remaining.causes },
            }
        })
    }
}

impl Serialize for Restored<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.exports.iter().map(|&name| Shown(self.catalog.name(name))))
    }
}

impl Serialize for InTheWay<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.names())
    }
}

impl Serialize for Remains<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.all())
    }
}

/// How many bytes the names of exports and causes take that JSON has for each cause.
fn names_of(answer: &Answer<'_>) -> u64 {
    /// What is around the name and the list of an export that remains.
    const AROUND: usize = 60;
    let (mut lists, mut reasons) = (Lengths::default(), Lengths::default());
    let mut bytes = 0_u64;
    for Row { restored, remaining, .. } in &answer.causes {
        let names = restored.exports.iter().map(|&name| restored.catalog.name(name).len());
        bytes = bytes.saturating_add(lists.of(Rc::as_ptr(restored.exports).addr(), names));
        let names = remaining.all().map(|Left { symbol, causes, .. }| {
            let names = causes.names().map(|name| name.0.len());
            let reasons = reasons.of(Rc::as_ptr(causes.causes).addr(), names);
            symbol
                .0
                .len()
                .saturating_add(AROUND)
                .saturating_add(usize::try_from(reasons).unwrap_or(usize::MAX))
        });
        bytes = bytes.saturating_add(lists.of(Rc::as_ptr(remaining.exports).addr(), names));
    }
    bytes
}

/// The suggestions for people.
fn told(answer: &Answer<'_>) -> String {
    let mut out = String::new();
    // Writing to a string does not fail.
    let _ = tell(answer, &mut out);
    out
}

fn tell(answer: &Answer<'_>, out: &mut String) -> std::fmt::Result {
    for row in &answer.causes {
        let exports = counted(row.exports, "export");
        if row.suggestions.is_empty() {
            writeln!(out, "{} ({exports}): nothing is suggested", row.title)?;
        } else {
            let count = row.restored.exports.len();
            writeln!(out, "{} ({exports}): the old version comes back for {count}", row.title)?;
        }
        for suggestion in &row.suggestions {
            writeln!(out, "  {} {}", suggestion.kind, suggestion.target.harmless())?;
            suggestion.source.harmless().lines().try_for_each(|line| writeln!(out, "      {line}"))?;
        }
        for obstacle in &row.obstacles {
            writeln!(out, "  because {} [{}]", sentence(obstacle), obstacle.kind)?;
        }
        for caveat in &row.caveats {
            writeln!(out, "  note: {} [{}]", sentence(caveat), caveat.kind)?;
            for file in caveat.files.iter().take(MOST) {
                writeln!(out, "      {file}")?;
            }
            more(caveat.files.len(), out)?;
        }
        for Left { symbol, causes, .. } in row.remaining.all().take(MOST) {
            let because = match causes.causes.len() {
                0 => String::new(),
                count => format!(", because of {}", few(causes.names(), count, MOST)),
            };
            writeln!(out, "  not for {symbol}{because}")?;
        }
        more(row.remaining.exports.len(), out)?;
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
fn sentence(remark: &Remark<'_>) -> String {
    if remark.subject.bytes.is_empty() {
        return remark.text.to_owned();
    }
    match remark.files.is_empty() && remark.text.starts_with(['i', 'h']) {
        true => format!("'{}' {}", remark.subject.harmless(), remark.text),
        false => format!("{} ({})", remark.text, remark.subject.harmless()),
    }
}

/// A text as one or two fields of an object: the second one has its bytes, if they are no text, and is not there otherwise.
struct Text<'a> {
    field: &'static str,
    bytes: &'a [u8],
}

impl Text<'_> {
    /// The text on a terminal: tabs and ends of lines are harmless.
    fn harmless(&self) -> String {
        let mut out = String::with_capacity(self.bytes.len());
        for char in String::from_utf8_lossy(self.bytes).chars() {
            match message::escape(char) {
                Some(escape) if !matches!(char, '\t' | '\n') => out.extend(escape),
                _ => out.push(char),
            }
        }
        out
    }
}

impl Serialize for Text<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry(self.field, &Readable(self.bytes))?;
        if let Some(bytes) = Hexadecimal::unless_text(self.bytes) {
            map.serialize_entry(&format_args!("{}_bytes", self.field), &bytes)?;
        }
        map.end()
    }
}
