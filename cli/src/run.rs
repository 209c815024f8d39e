//! One run: the symbol list, the objects, the versions.

use std::fmt;

use anyhow::{Context, Result};
use dwarfksyms_core::{Description, Dump, ErrorKind, Exports, Object, Options, Plan, Versions};

use crate::args::Args;
use crate::companion::{self, Complete, Names};
use crate::input::{self, Input, Store};
use crate::message::{self, Escaped};
use crate::output::{self, DumpError, Dumper, Symtypes};

/// Does what the command line asks for.
pub(crate) fn run(args: &Args) -> Result<()> {
    let list = input::symbol_list()?;
    let exports = Exports::parse(&list, &args.limits(list.len()))?;
    if exports.is_empty() {
        message::debug(args.debug, format_args!("the symbol list is empty"));
        return Ok(());
    }
    message::debug(args.debug, format_args!("{} symbols are asked for", exports.len()));

    let mut symtypes =
        args.symtypes.as_deref().map(|path| Symtypes::create(path, &args.objects)).transpose()?;
    let mut versions = Versions::new(&exports, &args.limits(list.len()))?;
    for path in &args.objects {
        let store = Store::new();
        let inputs = input::objects(args, path, &store)?;
        let mut run = Run { args, exports: &exports, versions: &mut versions, symtypes: symtypes.as_mut() };
        run.describe_all(&inputs, &store)?;
    }
    let lines = version_lines(&exports, &versions);
    if let Some(symtypes) = &mut symtypes {
        symtypes.flush()?;
    }
    output::standard_output(&lines)?;
    symtypes.map_or(Ok(()), Symtypes::finish)
}

/// What is shared by all objects of a run.
struct Run<'r> {
    args: &'r Args,
    exports: &'r Exports,
    versions: &'r mut Versions,
    symtypes: Option<&'r mut Symtypes>,
}

impl Run<'_> {
    /// Computes the versions of the symbols that the objects of one file describe.
    fn describe_all<'a>(&mut self, inputs: &[Input<'a>], store: &'a Store) -> Result<()> {
        let mut missing = None;
        let mut described = 0;
        for input in inputs {
            let complete = companion::complete(self.args, input, store)?;
            if complete.image.has_dwarf() || !input.is_member {
                self.describe(input, complete, store)?;
                described += 1;
            } else {
                // Archives have members of all kinds; one with DWARF is enough.
                self.debug(format_args!("{}: no debugging information", input.name));
                missing = Some(&input.name);
            }
        }
        match missing {
            Some(name) if described == 0 => {
                Err(dwarfksyms_core::Error::new(ErrorKind::NoDwarf)).with_context(|| name.clone())
            }
            _ => Ok(()),
        }
    }

    /// Computes the versions of the symbols that an object describes.
    fn describe<'a>(&mut self, input: &Input<'a>, complete: Complete<'a>, store: &'a Store) -> Result<()> {
        let args = self.args;
        let limits = companion::limits(args, input, &complete);
        let Complete { image, companions, mut names } = complete;
        let dump = match (args.dump_die_map, args.dump_dies) {
            (true, _) => Dump::DieMap,
            (false, true) => Dump::Dies,
            (false, false) => Dump::None,
        };
        let options = Options { stable: args.stable, dump };
        let mut object = names.of(Object::new(image, companions, options, &limits))?;
        companion::attach_split(args, input, &mut object, &mut names, store)?;
        if let Some(place) = object.leftover_rule_bytes() {
            let name = &input.name;
            message::warning(format_args!("{name}: {place}: unexpected data at the end of the kABI rules"));
        }

        let scans = object.units().map(|unit| object.scan(unit, self.exports)).collect::<Result<Vec<_>, _>>();
        let scans = names.of(scans)?;
        self.debug(format_args!("{}: {} units", input.name, scans.len()));
        let plan = names.of(Plan::new(&object, self.exports, self.versions, scans))?;
        let mut batches = Vec::new();
        for index in plan.batches() {
            let mut batch = names.of(object.describe(&plan, index))?;
            let mut dumper = Dumper::new();
            of_dump(&names, batch.dump(|piece| dumper.write(piece)))?;
            dumper.finish()?;
            batches.push(batch);
        }
        let mut description =
            names.of(Description::new(&object, &plan, self.exports, self.versions, batches))?;
        self.debug(format_args!("{}: {description}", input.name));
        self.write(&names, &mut description)?;
        names.of(description.compute(self.exports, self.versions))
    }

    /// Writes what the options ask for.
    fn write(&mut self, names: &Names, description: &mut Description) -> Result<()> {
        if self.args.dump_types {
            let mut dumper = Dumper::new();
            for (name, string) in names.of(description.types())? {
                for piece in [name, b" ", string, b"\n"] {
                    of_dump(names, dumper.write(piece))?;
                }
            }
            dumper.finish()?;
        }
        if let Some(symtypes) = &mut self.symtypes {
            for (name, string) in names.of(description.symtypes(self.exports))? {
                symtypes.line(name, string)?;
            }
        }
        if self.args.dump_versions {
            let mut dumper = Dumper::new();
            of_dump(names, description.dump_versions(self.exports, |piece| dumper.write(piece)))?;
            dumper.finish()?;
        }
        Ok(())
    }

    fn debug(&self, text: fmt::Arguments<'_>) {
        message::debug(self.args.debug, text);
    }
}

/// Names the file that an error in a dump is about.
fn of_dump<T>(names: &Names, result: Result<T, DumpError>) -> Result<T> {
    match result {
        Ok(value) => Ok(value),
        Err(DumpError::Core(error)) => names.of(Err(error)),
        Err(DumpError::Output(error)) => Err(error),
    }
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
