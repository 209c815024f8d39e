//! `dwarfksyms exports`: what files export, and to whom.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::ValueEnum;
use dwarfksyms_host::{Outcome, output};
use serde::Serialize;

use super::{Shared, shown, text};
use crate::builds::{Build, Detail, Export};

const AFTER_HELP: &str = "\
Exports are found where kbuild leaves them: labels '__export_symbol_*' in compiled objects, entries '__ksymtab_*' in \
modules and kernels, or lines of a Module.symvers, a .cmd file or symtypes. An object with neither has those that its \
variables '__gendwarfksyms_ptr_*' name.

Examples:
  dwarfksyms exports foo.ko
  dwarfksyms exports --format names mm/slub.o | gendwarfksyms mm/slub.o

Exit status: 0 if the exports were told, 2 if anything went wrong.";

/// Tell what files export: symbols, who may use them, and their namespaces
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// Objects, modules, kernels, records of versions, or folders with any of these
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// How to tell them
    #[arg(short, long, value_enum, default_value_t = ExportsFormat::Text)]
    format: ExportsFormat,

    #[command(flatten)]
    pub(super) shared: Shared,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ExportsFormat {
    /// For people: a table for each file
    Text,
    /// Nothing but the symbols, as a symbol list for gendwarfksyms
    Names,
    /// An array with an object for each file
    Json,
}

/// A file for a report.
#[derive(Serialize)]
struct File {
    file: String,
    kind: &'static str,
    exports: Vec<Row>,
}

/// An export for a report.
#[derive(Serialize)]
struct Row {
    symbol: String,
    /// The macro that exports it; none if it is not known.
    kind: Option<&'static str>,
    /// Empty for none; none if it is not known.
    namespace: Option<String>,
    module: Option<String>,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let builds = args.shared.open(&args.files, Detail::Exports, false)?;
    let files = || builds.iter().zip(&args.files).map(|(build, path)| file(build, path));
    let text = match args.format {
        ExportsFormat::Text => files().map(|file| table(&file)).collect::<String>().into_bytes(),
        ExportsFormat::Json => {
            (serde_json::to_string_pretty(&files().collect::<Vec<_>>())? + "\n").into_bytes()
        }
        ExportsFormat::Names => {
            let exports = builds.iter().flat_map(|build| &build.exports);
            exports.flat_map(|export| [&export.symbol[..], b"\n"].concat()).collect()
        }
    };
    output::standard_output(&text)?;
    Ok(Outcome::Done)
}

fn file(build: &Build, path: &Path) -> File {
    let row = |export: &Export| Row {
        symbol: text(&export.symbol),
        kind: export.kind.map(|kind| kind.name()),
        namespace: export.namespace.as_deref().map(text),
        module: export.module.as_deref().map(text),
    };
    File { file: shown(path), kind: build.kind.name(), exports: build.exports.iter().map(row).collect() }
}

/// A head, and a line for each export.
fn table(file: &File) -> String {
    let (name, kind, count) = (&file.file, file.kind, file.exports.len());
    let mut out = format!("{name} ({kind}): {count} exported\n");
    let width = file.exports.iter().map(|row| row.kind.unwrap_or("-").len()).max().unwrap_or(0);
    for Row { symbol, kind, namespace, .. } in &file.exports {
        let kind = kind.unwrap_or("-");
        // Writing to a string does not fail.
        let _ = match namespace.as_deref() {
            Some("") | None => writeln!(out, "  {kind:<width$}  {symbol}"),
            Some(namespace) => writeln!(out, "  {kind:<width$}  {symbol} (namespace {namespace})"),
        };
    }
    out
}
