//! `dwarfksyms exports`: what files export, and to whom.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::ValueEnum;
use dwarfksyms_host::{Outcome, output};
use serde::Serialize;

use super::{CountingOptions, Opened, Plain};
use crate::builds::{Build, Detail, Export};
use crate::name::Name;
use crate::report::json;
use crate::report::words::number;

const AFTER_HELP: &str = "\
Exports are found where kbuild leaves them: labels '__export_symbol_*' in compiled objects, entries '__ksymtab_*' in \
modules and kernels, or lines of a Module.symvers, a .cmd file or symtypes. If an object has neither, its variables \
'__gendwarfksyms_ptr_*' name them. With --all-symbols, the list has all global functions and variables, described or not.

Examples:
  dwarfksyms exports foo.ko
  dwarfksyms exports --format names mm/slub.o | gendwarfksyms mm/slub.o

Exit status: 0 if the exports were printed, 2 if anything went wrong.";

/// List what files export: symbols, who may use them, and their namespaces
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// Objects, modules, kernels, records of versions, or folders with any of these
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// The output format
    #[arg(short, long, value_enum, default_value_t = ExportsFormat::Text)]
    format: ExportsFormat,

    #[command(flatten)]
    counting: CountingOptions,

    #[command(flatten)]
    pub(super) plain: Plain,
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
struct File<'b> {
    #[serde(flatten)]
    file: Name<'b>,
    kind: &'static str,
    exports: Vec<Row<'b>>,
}

/// An export for a report.
#[derive(Serialize)]
struct Row<'b> {
    #[serde(flatten)]
    symbol: Name<'b>,
    /// The macro that exports it; none if it is not known.
    kind: Option<&'static str>,
    /// Empty for none; none if it is not known.
    #[serde(flatten)]
    namespace: Name<'b>,
    #[serde(flatten)]
    module: Name<'b>,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let Opened { builds, counting, .. } =
        args.plain.shared().open(&args.files, &args.counting, Detail::Exports, false)?;
    counting.note_empty(&builds, &args.files, args.plain.quiet);
    let files = || builds.iter().zip(&args.files).map(|(build, path)| file(build, path));
    match args.format {
        ExportsFormat::Text => {
            output::standard_output(files().map(|file| table(&file)).collect::<String>().as_bytes())?;
        }
        ExportsFormat::Json => json::to_standard_output(&files().collect::<Vec<_>>())?,
        ExportsFormat::Names => {
            let exports = builds.iter().flat_map(|build| &build.exports);
            let lines = exports.flat_map(|export| [&export.symbol[..], b"\n"].concat());
            output::standard_output(&lines.collect::<Vec<u8>>())?;
        }
    }
    Ok(Outcome::Done)
}

fn file<'b>(build: &'b Build, path: &'b Path) -> File<'b> {
    let row = |export: &'b Export| Row {
        symbol: Name::new("symbol", &export.symbol),
        kind: export.kind.map(|kind| kind.name()),
        namespace: Name::of("namespace", export.namespace.as_deref()),
        module: Name::of("module", export.module.as_deref()),
    };
    File {
        file: Name::new("file", path.as_os_str().as_encoded_bytes()),
        kind: build.kind.name(),
        exports: build.exports.iter().map(row).collect(),
    }
}

/// A head, and a line for each export.
fn table(file: &File<'_>) -> String {
    let (name, kind, count) = (&file.file, file.kind, number(file.exports.len()));
    let mut out = format!("{name} ({kind}): {count} exported\n");
    let width = file.exports.iter().map(|row| row.kind.unwrap_or("-").len()).max().unwrap_or(0);
    for Row { symbol, kind, namespace, .. } in &file.exports {
        let kind = kind.unwrap_or("-");
        // Writing to a string does not fail.
        let _ = match namespace.is_empty() {
            true => writeln!(out, "  {kind:<width$}  {symbol}"),
            false => writeln!(out, "  {kind:<width$}  {symbol} (namespace {namespace})"),
        };
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::builds::{BuildKind, ExportKind};
    use crate::schema::SchemaChecker;

    const SCHEMA: &str = include_str!("../../../../docs/exports.schema.json");

    fn value(kind: BuildKind) -> Value {
        let kinds = [None, Some(ExportKind::All), Some(ExportKind::Gpl)];
        let exports = kinds.map(|kind| Export {
            kind,
            namespace: kind.map(|_| b"\xff".to_vec()),
            ..Export::named(b"f")
        });
        let build = Build { kind, exports: exports.to_vec(), ..Build::nothing() };
        serde_json::to_value([file(&build, Path::new("x"))]).unwrap()
    }

    #[test]
    fn json_is_as_the_schema_says() {
        let checker = SchemaChecker::new(SCHEMA);
        for kind in BuildKind::ALL {
            assert_eq!(checker.check(&value(kind)), Ok(()));
        }
        let mut wrong = value(BuildKind::Module);
        wrong[0]["exports"][1]["kind"] = "EXPORT".into();
        assert_eq!(checker.check(&wrong).unwrap_err().at, "/0/exports/1/kind");
    }
}
