//! One run: the symbol list, the objects, the versions.

use std::path::Path;

use anyhow::{Context, Result};
use dwarfksyms_core::{Description, Dump, Exports, Limits, Object, Options, Plan, Versions};

use crate::args::Args;
use crate::input;
use crate::message::{self, Escaped};
use crate::output::{self, Dumper, Symtypes};

/// Does what the command line asks for.
pub(crate) fn run(args: &Args) -> Result<()> {
    let list = input::symbol_list()?;
    let exports = Exports::parse(&list, &args.limits(list.len()))?;
    if exports.is_empty() {
        message::debug(args.debug, format_args!("the symbol list is empty"));
        return Ok(());
    }
    message::debug(args.debug, format_args!("{} symbols are asked for", exports.len()));

    let mut symtypes = args.symtypes.as_deref().map(Symtypes::create).transpose()?;
    let mut versions = Versions::new(&exports, &Limits::default())?;
    for path in &args.objects {
        describe(args, path, &exports, &mut versions, symtypes.as_mut())?;
    }
    let lines = version_lines(&exports, &versions);
    if let Some(symtypes) = symtypes {
        symtypes.finish()?;
    }
    output::standard_output(&lines)
}

/// Computes the versions of the symbols that an object describes.
fn describe(
    args: &Args,
    path: &Path,
    exports: &Exports,
    versions: &mut Versions,
    symtypes: Option<&mut Symtypes>,
) -> Result<()> {
    let name = || message::path(path);
    let data = input::object(path)?;
    let limits = args.limits(data.len());
    let dump = match (args.dump_die_map, args.dump_dies) {
        (true, _) => Dump::DieMap,
        (false, true) => Dump::Dies,
        (false, false) => Dump::None,
    };
    let options = Options { stable: args.stable, dump };
    let object = Object::parse(&data, options, &limits).with_context(name)?;
    if let Some(place) = object.leftover_rule_bytes() {
        message::warning(format_args!("{}: {place}: unexpected data at the end of the kABI rules", name()));
    }

    let scans = object.units().map(|unit| object.scan(unit, exports)).collect::<Result<Vec<_>, _>>();
    let scans = scans.with_context(name)?;
    message::debug(args.debug, format_args!("{}: {} units", name(), scans.len()));
    let plan = Plan::new(&object, exports, versions, scans).with_context(name)?;
    let mut batches = Vec::new();
    for index in plan.batches() {
        let mut batch = object.describe(&plan, index).with_context(name)?;
        let mut dumper = Dumper::new();
        batch.dump(|piece| dumper.write(piece)).map_err(|error| error.about(path))?;
        dumper.finish()?;
        batches.push(batch);
    }
    let mut description = Description::new(&object, &plan, exports, versions, batches).with_context(name)?;
    message::debug(args.debug, format_args!("{}: {description}", name()));

    if args.dump_types {
        let mut dumper = Dumper::new();
        for (name, string) in description.types().with_context(name)? {
            for piece in [name, b" ", string, b"\n"] {
                dumper.write(piece).map_err(|error| error.about(path))?;
            }
        }
        dumper.finish()?;
    }
    if let Some(symtypes) = symtypes {
        for (name, string) in description.symtypes(exports).with_context(name)? {
            symtypes.line(name, string)?;
        }
    }
    if args.dump_versions {
        let mut dumper = Dumper::new();
        let dumped = description.dump_versions(exports, |piece| dumper.write(piece));
        dumped.map_err(|error| error.about(path))?;
        dumper.finish()?;
    }
    description.compute(exports, versions).with_context(name)
}

/// A `#SYMVER` line for every symbol; warns of those that no object describes.
fn version_lines(exports: &Exports, versions: &Versions) -> Vec<u8> {
    let mut lines = Vec::new();
    for (id, name) in exports.iter() {
        let version = versions.get(id).unwrap_or_else(|| {
            message::warning(format_args!("no information for symbol {}", Escaped(name)));
            0
        });
        lines.extend_from_slice(b"#SYMVER ");
        lines.extend_from_slice(name);
        lines.extend_from_slice(format!(" {version:#010x}\n").as_bytes());
    }
    lines
}
