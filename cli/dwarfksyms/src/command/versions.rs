//! `dwarfksyms versions`: the versions that files have or want.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::ValueEnum;
use dwarfksyms_host::records::symvers;
use dwarfksyms_host::{Outcome, output};
use serde::Serialize;

use super::{CountingOptions, Opened, Shared, dependencies, shown};
use crate::builds::{Build, Detail, Export, Manner, Requirement};
use crate::name::Name;
use crate::report::json;
use crate::report::words::number;

const AFTER_HELP: &str = "\
Versions of a compiled object are computed from its DWARF. A linked module or kernel has recorded versions, and so has \
a Module.symvers or a .cmd file. Recorded versions take precedence, since a kernel compares these when it loads a \
module, unless --compute is given. What was linked from several sources, such as a vmlinux, a vmlinux.o or a module, \
is described \
per unit, which gives the numbers that a kernel's build records, and an object of one source as a whole; --whole and \
--per-unit apply to all objects. A note says which it was. A symbol without a version has '-' in its place, and \
0x00000000 in the formats of kbuild.

Examples:
  dwarfksyms versions foo.ko
  dwarfksyms versions --wanted --format cmd foo.ko
  dwarfksyms versions --compute --format json fs/*.o
  dwarfksyms versions --wanted --format ksym foo.ko Module.symvers
  dwarfksyms versions --all-symbols libfoo.so.1

Exit status: 0 if the versions were printed, 2 if anything went wrong.";

/// List the versions of what files export, and of what modules want
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// Objects, modules, kernels, records of versions, or folders with any of these
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// The output format
    #[arg(short, long, value_enum, default_value_t = VersionsFormat::Text)]
    format: VersionsFormat,

    /// List what modules want from others, not what they export
    #[arg(short, long)]
    wanted: bool,

    /// Compute versions even where they are recorded
    #[arg(long)]
    compute: bool,

    #[command(flatten)]
    counting: CountingOptions,

    #[command(flatten)]
    pub(super) shared: Shared,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum VersionsFormat {
    /// For people: where versions come from, and what modules want too
    Text,
    /// Lines of Module.symvers
    Symvers,
    /// Lines '#SYMVER <symbol> 0x<version>', as in .cmd files
    Cmd,
    /// Dependencies of RPM packages: what they provide or, with --wanted, require (docs/DWARFKSYMS.md)
    Ksym,
    /// An array with an object for each file
    Json,
}

/// A version for a report.
#[derive(Serialize)]
struct Version<'b> {
    #[serde(flatten)]
    symbol: Name<'b>,
    /// `0x%08x`; none if there is none.
    version: Option<String>,
    origin: Origin,
}

/// Where a version is from.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Origin {
    /// The types of an export.
    Computed,
    /// What the file says of its own export.
    Recorded,
    /// What the file says of another's export.
    Wanted,
    /// There is none.
    None,
}

/// A file for a report.
#[derive(Serialize)]
struct File<'b> {
    #[serde(flatten)]
    file: Name<'b>,
    kind: &'static str,
    /// How computed versions were described: `whole`, `per-unit`, `canonical` or, of several objects, `mixed`; none if
    /// none was computed.
    described: Option<&'static str>,
    versions: Vec<Version<'b>>,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let Opened { builds, counting, .. } =
        args.shared.open(&args.files, &args.counting, Detail::Versions, args.compute)?;
    if !args.wanted {
        counting.note_empty(&builds, &args.files, args.shared.quiet);
    }
    let named = || builds.iter().zip(&args.files);
    let files = || named().map(|(build, path)| file(build, path, true, !args.wanted));
    match args.format {
        VersionsFormat::Text => {
            output::standard_output(files().map(|file| table(&file)).collect::<String>().as_bytes())?;
        }
        VersionsFormat::Ksym => {
            let lines = match args.wanted {
                true => dependencies::requires(&builds, &args.files)?,
                false => dependencies::provides(&builds, &args.files)?,
            };
            output::standard_output(&lines)?;
        }
        VersionsFormat::Json => json::to_standard_output(&files().collect::<Vec<_>>())?,
        VersionsFormat::Symvers | VersionsFormat::Cmd => {
            let mut out = Vec::new();
            for (build, path) in named() {
                let lines = match args.wanted {
                    true => {
                        let wanted = build.wanted.iter().filter(|wanted| wanted.version.is_some());
                        lines(&wanted.map(as_export).collect::<Vec<_>>(), args.format, &mut out)
                    }
                    false => lines(&build.exports, args.format, &mut out),
                };
                lines.with_context(|| shown(path))?;
            }
            output::standard_output(&out)?;
        }
    }
    Ok(Outcome::Done)
}

fn as_export(wanted: &Requirement) -> Export {
    Export { version: wanted.version, ..Export::named(&wanted.symbol) }
}

/// Appends the lines that kbuild would write.
fn lines(exports: &[Export], format: VersionsFormat, out: &mut Vec<u8>) -> Result<()> {
    if format != VersionsFormat::Cmd {
        return symvers(exports, out);
    }
    for export in exports {
        out.extend([b"#SYMVER ", &export.symbol[..]].concat());
        out.extend(format!(" 0x{:08x}\n", export.version.unwrap_or(0)).bytes());
    }
    Ok(())
}

/// Appends lines of a `Module.symvers`.
///
/// # Errors
/// A name that would break its line.
pub(crate) fn symvers(exports: &[Export], out: &mut Vec<u8>) -> Result<()> {
    exports.iter().try_for_each(|export| {
        let line = symvers::Line {
            symbol: &export.symbol,
            version: export.version.unwrap_or(0),
            module: export.module.as_deref().unwrap_or(b"vmlinux"),
            kind: export.kind,
            namespace: export.namespace.as_deref().unwrap_or_default(),
        };
        line.write(out)
    })
}

/// What is printed about a file.
fn file<'b>(build: &'b Build, path: &'b Path, has_wanted: bool, has_exports: bool) -> File<'b> {
    let number = |version: Option<u32>| version.map(|version| format!("{version:#010x}"));
    let exported = |export: &'b Export| Version {
        symbol: Name::new("symbol", &export.symbol),
        version: number(export.version),
        origin: match export.version {
            None => Origin::None,
            Some(_) if export.is_computed => Origin::Computed,
            Some(_) => Origin::Recorded,
        },
    };
    let wanted = |wanted: &'b Requirement| {
        let (symbol, version) = (Name::new("symbol", &wanted.symbol), number(Some(wanted.version?)));
        Some(Version { symbol, version, origin: Origin::Wanted })
    };
    let exports = build.exports.iter().filter(|_| has_exports).map(exported);
    let wanted = build.wanted.iter().filter(|_| has_wanted).filter_map(wanted);
    File {
        file: Name::new("file", path.as_os_str().as_encoded_bytes()),
        kind: build.kind.name(),
        described: build.manner.map(Manner::id),
        versions: exports.chain(wanted).collect(),
    }
}

/// A head, and a line for each version.
fn table(file: &File<'_>) -> String {
    let count =
        |is: &dyn Fn(Origin) -> bool| file.versions.iter().filter(|version| is(version.origin)).count();
    let wanted = count(&|origin| origin == Origin::Wanted);
    let [exported, wanted] = [file.versions.len() - wanted, wanted].map(number);
    let (name, kind) = (&file.file, file.kind);
    let mut out = format!("{name} ({kind}): {exported} exported, {wanted} wanted\n");
    for Version { symbol, version, origin } in &file.versions {
        let version = version.as_deref().unwrap_or("-");
        let origin = match origin {
            Origin::Computed => "computed",
            Origin::Recorded => "recorded",
            Origin::Wanted => "wanted",
            Origin::None => "none",
        };
        // Writing to a string does not fail.
        let _ = writeln!(out, "  {version:<10}  {origin:<8}  {symbol}");
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::builds::BuildKind;
    use crate::schema::SchemaChecker;

    const SCHEMA: &str = include_str!("../../../../docs/versions.schema.json");

    fn build(kind: BuildKind, manner: Option<Manner>) -> Build {
        let exports = [(Some(1), true), (Some(2), false), (None, false)]
            .map(|(version, is_computed)| Export { version, is_computed, ..Export::named(b"f\x1b") });
        let wanted = [Some(3), None].map(|version| Requirement {
            symbol: b"g".to_vec(),
            version,
            is_weak: false,
            is_used: true,
        });
        Build { kind, manner, exports: exports.to_vec(), wanted: wanted.to_vec(), ..Build::nothing() }
    }

    fn value(builds: &[Build]) -> Value {
        let files: Vec<File<'_>> =
            builds.iter().map(|build| file(build, Path::new("x"), true, true)).collect();
        serde_json::to_value(files).unwrap()
    }

    #[test]
    fn json_is_as_the_schema_says() {
        let checker = SchemaChecker::new(SCHEMA);
        let manners = [Manner::Whole, Manner::PerUnit, Manner::Canonical, Manner::Mixed].map(Some);
        let of_manner = manners.into_iter().chain([None]).map(|manner| build(BuildKind::Object, manner));
        let of_kind = BuildKind::ALL.into_iter().map(|kind| build(kind, None));
        let all = value(&of_manner.chain(of_kind).collect::<Vec<_>>());
        assert_eq!(checker.check(&all), Ok(()));
        assert_eq!(checker.check(&value(&[])), Ok(()));
        // It allows nothing else than what there is.
        let definition = |pointer: &str| {
            let schema: Value = serde_json::from_str(SCHEMA).unwrap();
            schema.pointer(pointer).and_then(Value::as_array).unwrap().len()
        };
        assert_eq!(definition("/$defs/file/properties/kind/enum"), BuildKind::ALL.len());
        assert_eq!(definition("/$defs/file/properties/described/enum"), manners.len() + 1);
        let origins = all[0]["versions"].as_array().unwrap().iter().map(|version| &version["origin"]);
        assert_eq!(definition("/$defs/version/properties/origin/enum"), origins.count());
    }

    #[test]
    fn what_is_not_in_the_schema_is_found() {
        let edits: [(&str, &str, Value); 6] = [
            ("/0", "kind", "vmlinux".into()),
            ("/0", "described", "unit".into()),
            ("/0", "versions", Value::Null),
            ("/0/versions/1", "version", 1.into()),
            ("/0/versions/1", "origin", Value::Null),
            ("/0/versions/2", "symbol", 1.into()),
        ];
        for (object, field, new) in edits {
            let mut versions = value(&[build(BuildKind::Object, None)]);
            let fields = versions.pointer_mut(object).and_then(Value::as_object_mut).unwrap();
            fields.insert(field.to_owned(), new);
            let found = SchemaChecker::new(SCHEMA).check(&versions).unwrap_err();
            assert_eq!(found.at, format!("{object}/{field}"));
        }
    }
}
