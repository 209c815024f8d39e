//! One run: the symbol list, the objects, the versions.

use std::fmt;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use dwarfksyms_core::{
    Contradiction, Description, Dump, ErrorKind, Exports, Limit, Linkage, Object, Options, Step, Versions,
};
use dwarfksyms_host::companion::{self, Complete, Names};
use dwarfksyms_host::confinement::{self, Needs};
use dwarfksyms_host::input::{self, Input, Store};
use dwarfksyms_host::message::{self, Escaped};
use dwarfksyms_host::output::{self, DumpError, Dumper, Symtypes};
use dwarfksyms_host::phase::Phase;
use dwarfksyms_host::timing::{self, Memory};
use dwarfksyms_host::watch::Watch;
use dwarfksyms_host::{Outcome, explanation, parallel};

use crate::args::Args;
use crate::record::{self, Record};
use crate::strict::{Findings, Violation};

/// Does what the command line asks for, and tells how long that has taken.
pub(crate) fn run(args: &Args) -> Result<Outcome> {
    let mut watch = Watch::new();
    let memory = args.timing.then(Memory::open);
    let outcome = work(args, &mut watch)?;
    let (times, counts) = watch.stop();
    if let Some(memory) = memory {
        message::timing(&timing::table(&times, &counts, memory));
    }
    Ok(outcome)
}

fn work(args: &Args, watch: &mut Watch) -> Result<Outcome> {
    let recorded = match &args.check {
        Some(path) => record::read(path).with_context(|| message::path(path))?,
        None => Vec::new(),
    };
    let record = match &args.check {
        Some(path) => Some(
            Record::parse(&recorded, &args.limits(recorded.len() as u64))
                .with_context(|| message::path(path))?,
        ),
        None => None,
    };
    let listed = match args.exports {
        true => None,
        false => Some(List::parse(args, &symbol_list(args, record.as_ref())?)?),
    };
    if listed.as_ref().is_some_and(List::is_empty) {
        return nothing_to_do(args);
    }

    let inputs: Vec<PathBuf> = args.objects.iter().chain(&args.check).cloned().collect();
    let mut symtypes = args.symtypes.as_deref().map(|path| Symtypes::create(path, &inputs)).transpose()?;
    if args.common.no_sandbox {
        message::debug(args.debug, format_args!("nothing is confined, as --no-sandbox asks"));
    } else {
        let report = confinement::confine(&Needs::of_objects(
            &args.common,
            &args.objects,
            symtypes.as_ref().map(Symtypes::written),
        ));
        message::debug(args.debug, format_args!("{report}"));
    }
    if !args.is_verbose() {
        watch.show();
    }
    let List { exports, size: list_size } = match listed {
        Some(list) => list,
        None => exported(args, watch)?,
    };
    if exports.is_empty() {
        return nothing_to_do(args);
    }
    message::debug(args.debug, format_args!("{} symbols are asked for", exports.len()));
    let mut versions = Versions::new(&exports, &args.limits(list_size))?;
    let mut findings = Findings::default();
    for path in &args.objects {
        let mut run = Run {
            args,
            exports: &exports,
            list_size,
            versions: &mut versions,
            symtypes: symtypes.as_mut(),
            findings: &mut findings,
            undescribed: None,
            watch,
        };
        let mut count = 0;
        input::objects(&args.common, path, watch, |input, store| {
            count += 1;
            run.describe(input, store).map_err(explanation::add_remedy)
        })?;
        run.check_described(count)?;
    }
    watch.enter(Phase::Output, 0);
    watch.hide();
    for (_, name) in exports.iter().filter(|&(id, _)| versions.get(id).is_none()) {
        let missing = explanation::no_information(name, &args.objects);
        match args.strict {
            true => findings.add(Violation::Undescribed, format_args!("{missing}")),
            // What is missing is among the differences.
            false if record.is_some() => {}
            false => message::warning(format_args!("{missing}")),
        }
    }
    findings.finish()?;
    let (lines, outcome) = match &record {
        None => (version_lines(&exports, &versions), Outcome::Done),
        Some(record) => {
            let lines = record.differences(&exports, &versions);
            let outcome = if lines.is_empty() { Outcome::Done } else { Outcome::Different };
            (lines, outcome)
        }
    };
    if let Some(symtypes) = &mut symtypes {
        symtypes.flush()?;
    }
    output::standard_output(&lines)?;
    symtypes.map_or(Ok(()), Symtypes::finish)?;
    Ok(outcome)
}

/// The symbols that are asked for.
struct List {
    exports: Exports,
    /// The bytes of all names.
    size: u64,
}

impl List {
    fn parse(args: &Args, list: &[u8]) -> Result<List> {
        let size = list.len().try_into().unwrap_or(u64::MAX);
        Ok(List { exports: Exports::parse(list, &args.limits(size))?, size })
    }

    fn is_empty(&self) -> bool {
        self.exports.is_empty()
    }
}

/// Ends a run that no symbol is asked for.
fn nothing_to_do(args: &Args) -> Result<Outcome> {
    if args.strict {
        bail!("the symbol list is empty");
    }
    message::debug(args.debug, format_args!("the symbol list is empty"));
    Ok(Outcome::Done)
}

/// The symbols that the objects export.
fn exported(args: &Args, watch: &Watch) -> Result<List> {
    let mut names: Vec<Vec<u8>> = Vec::new();
    let mut size: u64 = 0;
    watch.enter(Phase::Read, 0);
    // What is read now is read again, and counted then.
    let uncounted = Watch::new();
    for path in &args.objects {
        input::objects(&args.common, path, &uncounted, |input, store| {
            let limits = store.limits(&args.common, 0);
            let linkage = Linkage::parse(input.data, &limits).with_context(|| input.name.clone())?;
            let found = linkage.exports.iter().map(|export| export.name);
            let bytes: u64 = found.clone().map(|name| name.len() as u64 + 1).sum();
            if bytes > limits.memory {
                let error = ErrorKind::Limit(Limit::Memory, limits.memory);
                return Err(dwarfksyms_core::Error::from(error)).with_context(|| input.name.clone());
            }
            size = size.saturating_add(bytes);
            names.extend(found.map(<[u8]>::to_vec));
            Ok(())
        })?;
    }
    let names: Vec<&[u8]> = names.iter().map(Vec::as_slice).collect();
    Ok(List { exports: Exports::of_objects(&names, &args.limits(size))?, size })
}

/// The bytes of the symbol list: standard input, or if that has none, the names of a record.
fn symbol_list(args: &Args, record: Option<&Record<'_>>) -> Result<Vec<u8>> {
    let Some(record) = record else { return input::symbol_list(&args.common) };
    message::debug(args.debug, format_args!("{} versions are recorded", record.len()));
    let list = if input::is_terminal() { Vec::new() } else { input::symbol_list(&args.common)? };
    Ok(if list.is_empty() { record.list() } else { list })
}

/// What is shared by all objects of a run.
struct Run<'r> {
    args: &'r Args,
    exports: &'r Exports,
    /// The bytes of the symbol list.
    list_size: u64,
    versions: &'r mut Versions,
    symtypes: Option<&'r mut Symtypes>,
    /// What `--strict` does not let pass.
    findings: &'r mut Findings,
    /// The last archive member without DWARF, and how many there are.
    undescribed: Option<(String, usize)>,
    watch: &'r Watch,
}

impl Run<'_> {
    /// Archives have members of all kinds, and one with DWARF is enough, but one there must be.
    fn check_described(self, count: usize) -> Result<()> {
        match self.undescribed {
            Some((name, undescribed)) if undescribed == count => {
                Err(dwarfksyms_core::Error::new(ErrorKind::NoDwarf)).with_context(|| name)
            }
            _ => Ok(()),
        }
    }

    /// Computes the versions of the symbols that an object describes.
    fn describe<'a>(&mut self, input: &Input<'a>, store: &'a Store<'_>) -> Result<()> {
        let (args, watch) = (self.args, self.watch);
        let complete = companion::complete(&args.common, args.strict, input, store)?;
        if input.is_member && !complete.image.has_dwarf() {
            self.debug(format_args!("{}: no debugging information", input.name));
            let count = self.undescribed.as_ref().map_or(0, |&(_, count)| count);
            self.undescribed = Some((input.name.clone(), count + 1));
            return Ok(());
        }
        let Complete { image, companions, mut names } = complete;
        let dump = match (args.dump_die_map, args.dump_dies) {
            (true, _) => Dump::DieMap,
            (false, true) => Dump::Dies,
            (false, false) => Dump::None,
        };
        let options = Options { stable: args.stable, scheme: args.scheme(), dump, ..Options::default() };
        let list_size = self.list_size;
        let limits = || store.limits(&args.common, list_size);
        let mut object = names.of(Object::new(image, companions, options, &limits()))?;
        object.carry_work(store.work());
        companion::attach_split(&args.common, input, &mut object, &mut names, store)?;
        object.set_limits(&limits());
        self.look_at_rules(&object, &input.name);
        self.debug(format_args!("{}: {} units", input.name, object.units().count()));
        let threads = parallel::threads(&args.common, input.data.len());
        // What is shown of units is written one after the other.
        let is_shown = dump != Dump::None || (args.per_unit && args.shows_types());
        let described = match is_shown {
            false if threads > 1 => {
                let (exports, known) = (self.exports, &*self.versions);
                let described = parallel::description(&object, exports, known, threads, watch)?;
                names.of(described).map(|description| (description, threads))
            }
            _ => self.description(&names, &object).map(|description| (description, 1)),
        };
        let (mut description, threads) = described.map_err(|error| {
            explanation::name_symbol(error, &object, self.exports, self.versions, &limits())
        })?;
        self.debug(format_args!("{}: {description}", input.name));
        if args.strict {
            for (name, symbol) in names.of(description.conflicts(self.exports))? {
                let (object, name, symbol) = (&input.name, Escaped(name), Escaped(symbol));
                let what = "has different definitions, which the version of";
                self.findings
                    .add(Violation::Conflict, format_args!("{object}: {name} {what} {symbol} depends on"));
            }
        }
        self.tell_contradictions(input, &description);
        if !args.per_unit {
            let (exports, symtypes) = (self.exports, &mut self.symtypes);
            watch.during(Phase::Output, || write(args, exports, symtypes, &names, &mut description))?;
        }
        watch.enter(Phase::Versions, 0);
        let computed = match threads {
            1 => description.compute(self.exports, self.versions),
            _ => parallel::compute(&mut description, self.exports, self.versions, threads)?,
        };
        names.of(computed)?;
        let work = description.work();
        self.debug(format_args!("{}: {work} steps of work (limit: {})", input.name, limits().work));
        store.set_work(work);
        watch.count(|counts| counts.add(&object, &description, threads));
        Ok(())
    }

    /// Describes an object with one thread, and dumps what the options ask for.
    fn description(&mut self, names: &Names, object: &Object<'_>) -> Result<Description> {
        let Run { args, exports, versions, watch, symtypes, .. } = self;
        watch.enter(Phase::Scan, object.units().count());
        let described = object.description_with(exports, versions, |step| {
            watch.note(&step);
            let Step::Described(batch) = step else { return Ok(()) };
            watch.during(Phase::Output, || {
                if args.dump_dies || args.dump_die_map {
                    let mut dumper = Dumper::begin();
                    object.dump(batch, |piece| dumper.write(piece))?;
                    dumper.finish().map_err(DumpError::Output)?;
                }
                // Of versions per unit, the description of a unit is shown when it is complete.
                match object.shown(batch) {
                    Some(mut unit) => {
                        write(args, exports, symtypes, names, &mut unit).map_err(DumpError::Output)
                    }
                    None => Ok(()),
                }
            })
        });
        of_dump(names, described)
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

    /// Warns of something that is an error with `--strict`.
    fn note(&mut self, kind: Violation, what: fmt::Arguments<'_>) {
        match self.args.strict {
            true => self.findings.add(kind, what),
            false => self.watch.aside(|| message::warning(what)),
        }
    }

    /// Says which symbols several units export under different types.
    fn tell_contradictions(&mut self, input: &Input<'_>, description: &Description) {
        let name = &input.name;
        for &Contradiction { symbol, home, other, .. } in description.contradictions() {
            let symbol = Escaped(self.exports.name(symbol));
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
    exports: &Exports,
    symtypes: &mut Option<&mut Symtypes>,
    names: &Names,
    description: &mut Description,
) -> Result<()> {
    if args.dump_types {
        let mut dumper = Dumper::begin();
        for (name, string) in names.of(description.types())? {
            for piece in [name, b" ", string, b"\n"] {
                of_dump(names, dumper.write(piece))?;
            }
        }
        dumper.finish()?;
    }
    if let Some(symtypes) = symtypes {
        for (name, string) in names.of(description.symtypes(exports))? {
            symtypes.line(name, string)?;
        }
    }
    if args.dump_versions {
        let mut dumper = Dumper::begin();
        of_dump(names, description.dump_versions(exports, |piece| dumper.write(piece)))?;
        dumper.finish()?;
    }
    Ok(())
}

/// Names the file that an error in a dump is about.
fn of_dump<T>(names: &Names, result: Result<T, DumpError>) -> Result<T> {
    match result {
        Ok(value) => Ok(value),
        Err(DumpError::Core(error)) => names.of(Err(error)),
        Err(DumpError::Output(error)) => Err(error),
    }
}

/// A `#SYMVER` line for every symbol.
fn version_lines(exports: &Exports, versions: &Versions) -> Vec<u8> {
    let mut lines = Vec::new();
    for (id, name) in exports.iter() {
        let version = versions.get(id).unwrap_or(0);
        lines.extend_from_slice(b"#SYMVER ");
        lines.extend_from_slice(name);
        lines.extend_from_slice(format!(" {version:#010x}\n").as_bytes());
    }
    lines
}
