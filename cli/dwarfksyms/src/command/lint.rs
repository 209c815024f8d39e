//! `dwarfksyms lint`: what is wrong with the kABI rules and placeholders of objects.

use std::fmt::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::ValueEnum;
use dwarfksyms_host::common::Common;
use dwarfksyms_host::confinement::{self, Needs};
use dwarfksyms_host::{Outcome, message, output};
use dwarfksyms_symtypes::lint::{Finding, FindingKind};
use rayon::prelude::*;
use serde::Serialize;

use super::{UnitOptions, manner_notes, text};
use crate::linting::{self, Linted, Linting};
use crate::name::bytes_unless;
use crate::report::json;
use crate::threads;

const AFTER_HELP: &str = "\
lint finds rules that match nothing, have no effect, or are overruled; rules that state something modules would not fit; \
and __kabi_ unions whose members do not fit their place. Rules are compared with what the exports of the same object \
reach; a rule of a header may match nothing in an object, if it matches something in another one. A \
finding is a line: the object, where the rule is, what is wrong, and the identifier of that kind. In an object that \
was linked from several sources, each unit is checked separately.

Examples:
  dwarfksyms lint fs/*.o
  dwarfksyms lint --explain rule-shadowed

Exit status: 0 if nothing was found, 1 if anything was, 2 if anything went wrong.";

/// Find kABI rules and placeholders that have no effect, or that hide a break
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// Objects, or archives of them
    #[arg(required_unless_present = "explain", value_name = "OBJECT")]
    objects: Vec<PathBuf>,

    /// The output format
    #[arg(short, long, value_enum, default_value_t = LintFormat::Text)]
    format: LintFormat,

    /// Explain a kind of finding, and what to do about it
    #[arg(long, value_name = "KIND", conflicts_with = "objects", value_parser = kind_of)]
    explain: Option<FindingKind>,

    /// Print only the result, and errors
    #[arg(short, long)]
    quiet: bool,

    #[command(flatten)]
    units: UnitOptions,

    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum LintFormat {
    /// A line for each finding
    Text,
    /// An array with an object for each finding
    Json,
}

/// A finding for a report.
#[derive(Serialize)]
struct Row {
    object: String,
    /// The section and offset of the rule; none if it is about a type.
    place: Option<String>,
    /// A word for the kind of finding, which stays.
    kind: &'static str,
    subject: String,
    /// The bytes of the subject in hexadecimal, if `subject` is not that itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    subject_bytes: Option<String>,
    text: String,
    remedy: &'static str,
}

fn kind_of(id: &str) -> Result<FindingKind, String> {
    let ids = || FindingKind::ALL.iter().map(|kind| kind.id()).collect::<Vec<_>>().join(", ");
    let found = FindingKind::ALL.iter().copied().find(|kind| kind.id() == id);
    found.ok_or_else(|| format!("the kinds are {}", ids()))
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    if let Some(kind) = args.explain {
        let told = format!("{}\n  example: {}\n  remedy: {}\n", kind.id(), kind.example(), kind.remedy());
        output::standard_output(told.as_bytes())?;
        return Ok(Outcome::Done);
    }
    let common = &args.common;
    if !common.no_sandbox {
        confinement::confine(&Needs::of_builds(common, &args.objects, std::iter::empty()));
    }
    let linting = Linting { common, manner: args.units.manner() };
    let lint = |path: &PathBuf| linting.file(path);
    let linted: Vec<Result<Vec<Linted>>> =
        threads::of(common)?.install(|| args.objects.par_iter().map(lint).collect());
    // Of several errors, the first in order counts, whichever thread was the first to fail.
    let mut linted: Vec<Linted> =
        linted.into_iter().collect::<Result<Vec<_>>>()?.into_iter().flatten().collect();
    if !args.quiet {
        let files: Vec<_> = linted.iter().map(|linted| (linted.name.clone(), Some(linted.manner))).collect();
        manner_notes(&files).iter().for_each(|note| message::note(note));
    }
    linting::drop_unused_elsewhere(&mut linted);
    let of_object = |object: &Linted| -> Vec<Row> {
        object.findings.iter().map(|finding| row(&object.name, finding)).collect()
    };
    let rows: Vec<Row> = linted.iter().flat_map(of_object).collect();
    match args.format {
        LintFormat::Text => output::standard_output(told(&rows).as_bytes())?,
        LintFormat::Json => json::to_standard_output(&rows)?,
    }
    Ok(if rows.is_empty() { Outcome::Done } else { Outcome::Different })
}

fn row(object: &str, finding: &Finding) -> Row {
    Row {
        object: object.to_owned(),
        place: finding.place.map(|place| place.to_string()),
        kind: finding.kind.id(),
        subject_bytes: bytes_unless(&text(&finding.subject), &finding.subject),
        subject: text(&finding.subject),
        text: text(&finding.text),
        remedy: finding.kind.remedy(),
    }
}

/// A line for each finding.
fn told(rows: &[Row]) -> String {
    let mut out = String::new();
    for Row { object, place, kind, subject, text, .. } in rows {
        // Writing to a string does not fail.
        let _ = match place {
            Some(place) => writeln!(out, "{object}: {place}: {subject}: {text} [{kind}]"),
            None => writeln!(out, "{object}: {subject}: {text} [{kind}]"),
        };
    }
    out
}
