//! The objects of a run, one after the other: each is described, what the options ask for is written, and its
//! versions are computed.

use std::fmt;
use std::path::Path;

use anyhow::{Context, Result};
use dwarfksyms_core::{Contradiction, Description, Dump, ErrorKind, Object, Options, Versions};
use dwarfksyms_host::companion::{self, Names};
use dwarfksyms_host::description::{Assembly, ObjectDescriber};
use dwarfksyms_host::input::{self, Input, Store};
use dwarfksyms_host::message::{self, Escaped};
use dwarfksyms_host::output::{DumpError, Dumper, Symtypes};
use dwarfksyms_host::phase::Phase;
use dwarfksyms_host::{explanation, parallel};

use crate::args::Args;
use crate::strict::{Findings, Violation};

/// What all objects of a run share.
pub(crate) struct Objects<'r> {
    pub(crate) args: &'r Args,
    pub(crate) describer: ObjectDescriber<'r>,
    pub(crate) versions: &'r mut Versions,
    pub(crate) symtypes: Option<&'r mut Symtypes>,
    /// What `--strict` does not let pass.
    pub(crate) findings: &'r mut Findings,
}

/// What was found in a file.
#[derive(Default)]
struct MemberCounts {
    count: usize,
    undescribed: usize,
    /// The last one without DWARF.
    last_undescribed: String,
}

impl MemberCounts {
    /// Archives have members of all kinds, and one with DWARF is enough, but one there must be.
    fn check_described(self) -> Result<()> {
        match self.undescribed {
            0 => Ok(()),
            undescribed if undescribed < self.count => Ok(()),
            _ => Err(dwarfksyms_core::Error::new(ErrorKind::NoDwarf)).with_context(|| self.last_undescribed),
        }
    }
}

impl Objects<'_> {
    /// Computes the versions of the symbols that the objects in a file describe.
    pub(crate) fn read(&mut self, path: &Path) -> Result<()> {
        let mut members = MemberCounts::default();
        input::objects(&self.args.common, path, self.describer.watch, |input, store| {
            members.count += 1;
            if !self.object(input, store).map_err(explanation::add_remedy)? {
                members.undescribed += 1;
                members.last_undescribed.clone_from(&input.name);
            }
            Ok(())
        })?;
        members.check_described()
    }

    /// Computes the versions of the symbols that an object describes; `false` for a member of an archive without DWARF.
    fn object<'a>(&mut self, input: &Input<'a>, store: &'a Store<'_>) -> Result<bool> {
        let (args, describer) = (self.args, self.describer);
        let watch = describer.watch;
        let complete = companion::complete(&args.common, args.strict, input, store)?;
        if input.is_member && !complete.image.has_dwarf() {
            self.debug(format_args!("{}: no debugging information", input.name));
            return Ok(false);
        }
        let assembly = describer.assemble(input, store, complete, self.options())?;
        let Assembly { object, names } = &assembly;
        self.look_at_rules(object, &input.name);
        self.debug(format_args!("{}: {} units", input.name, object.units().count()));
        // What is shown of units is written one after the other.
        let is_shown = args.dump() != Dump::None || (args.per_unit && args.shows_types());
        let threads = if is_shown { 1 } else { parallel::threads(&args.common, input.data.len()) };
        let symtypes = &mut self.symtypes;
        let mut description = describer.describe(&assembly, self.versions, store, threads, |batch| {
            watch.during(Phase::Output, || {
                if args.dump() != Dump::None {
                    let mut dumper = Dumper::begin();
                    object.dump(batch, |piece| dumper.write(piece))?;
                    dumper.finish().map_err(DumpError::Output)?;
                }
                // Of versions per unit, the description of a unit is shown when it is complete.
                match object.shown(batch) {
                    Some(mut unit) => {
                        write(args, describer, symtypes, names, &mut unit).map_err(DumpError::Output)
                    }
                    None => Ok(()),
                }
            })
        })?;
        self.debug(format_args!("{}: {description}", input.name));
        self.look_at_conflicts(input, names, &mut description)?;
        self.tell_contradictions(input, &description);
        if !args.per_unit {
            let symtypes = &mut self.symtypes;
            watch.during(Phase::Output, || write(args, describer, symtypes, names, &mut description))?;
        }
        describer.compute(names, &mut description, self.versions, threads)?;
        let (work, limit) = (description.work(), store.limits(&args.common, describer.list_size).work);
        self.debug(format_args!("{}: {work} steps of work (limit: {limit})", input.name));
        store.set_work(work);
        watch.count(|counts| counts.add(object, &description, threads));
        Ok(true)
    }

    fn options(&self) -> Options {
        let Args { stable, .. } = *self.args;
        Options { stable, scheme: self.args.scheme(), dump: self.args.dump(), ..Options::default() }
    }

    /// Says what is odd about an object's kABI rules.
    fn look_at_rules(&mut self, object: &Object<'_>, name: &str) {
        if let Some(place) = object.leftover_rule_bytes() {
            let what = "unexpected data at the end of the kABI rules";
            self.note(Violation::Leftover, format_args!("{name}: {place}: {what}"));
        }
        let sections = object.rule_sections();
        if sections > 1 && !self.args.canonical {
            let what = "sections of kABI rules, of which the kernel's own tool reads only the first";
            self.note(Violation::Sections, format_args!("{name}: {sections} {what}"));
        }
    }

    /// With `--strict`, finds types with several definitions that versions depend on.
    fn look_at_conflicts(
        &mut self,
        input: &Input<'_>,
        names: &Names,
        description: &mut Description,
    ) -> Result<()> {
        if !self.args.strict {
            return Ok(());
        }
        for (name, symbol) in names.of(description.conflicts(self.describer.exports))? {
            let (object, name, symbol) = (&input.name, Escaped(name), Escaped(symbol));
            let what = "has different definitions, which the version of";
            self.findings
                .add(Violation::Conflict, format_args!("{object}: {name} {what} {symbol} depends on"));
        }
        Ok(())
    }

    /// Warns of something that is an error with `--strict`.
    fn note(&mut self, kind: Violation, what: fmt::Arguments<'_>) {
        match self.args.strict {
            true => self.findings.add(kind, what),
            false => self.describer.watch.aside(|| message::warning(what)),
        }
    }

    /// Says which symbols several units export under different types.
    fn tell_contradictions(&mut self, input: &Input<'_>, description: &Description) {
        let name = &input.name;
        for &Contradiction { symbol, home, other, .. } in description.contradictions() {
            let symbol = Escaped(self.describer.exports.name(symbol));
            let what =
                format!("{name}: {other}: another type of symbol {symbol} than at {home}, which counts");
            self.note(Violation::Contradiction, format_args!("{what}"));
        }
    }

    fn debug(&self, text: fmt::Arguments<'_>) {
        message::debug(self.args.debug, text);
    }
}

/// Writes what the options ask for.
fn write(
    args: &Args,
    describer: ObjectDescriber<'_>,
    symtypes: &mut Option<&mut Symtypes>,
    names: &Names,
    description: &mut Description,
) -> Result<()> {
    if args.dump_types {
        let mut dumper = Dumper::begin();
        for (name, string) in names.of(description.types())? {
            for piece in [name, b" ", string, b"\n"] {
                names.of_dump(dumper.write(piece))?;
            }
        }
        dumper.finish()?;
    }
    if let Some(symtypes) = symtypes {
        for (name, string) in names.of(description.symtypes(describer.exports))? {
            symtypes.line(name, string)?;
        }
    }
    if args.dump_versions {
        let mut dumper = Dumper::begin();
        names.of_dump(description.dump_versions(describer.exports, |piece| dumper.write(piece)))?;
        dumper.finish()?;
    }
    Ok(())
}
