//! One run: the symbol list, the objects, the versions.

use anyhow::{Context, Result, bail};
use dwarfksyms_core::{Exports, Versions};
use dwarfksyms_host::confinement::{self, Needs};
use dwarfksyms_host::description::ObjectDescriber;
use dwarfksyms_host::output::{self, Symtypes};
use dwarfksyms_host::phase::Phase;
use dwarfksyms_host::places::Inputs;
use dwarfksyms_host::timing::{self, Memory};
use dwarfksyms_host::watch::Watch;
use dwarfksyms_host::{Outcome, explanation, message};

use crate::args::Args;
use crate::list::SymbolList;
use crate::objects::Objects;
use crate::record::{self, Record};
use crate::strict::{Findings, Violation};

/// Does what the command line asks for, and reports how long that took.
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
    let inputs = Inputs::of_files(args.objects.iter().chain(&args.check));
    let symtypes = args.symtypes.as_deref().map(|path| Symtypes::create(path, &inputs));
    confine(args, symtypes.as_ref().and_then(|begun| begun.as_ref().ok()));
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
        false => Some(SymbolList::read(args, record.as_ref())?),
    };
    // Who asks for nothing gets nothing, wherever it would have gone.
    if listed.as_ref().is_some_and(SymbolList::is_empty) {
        return nothing_to_do(args);
    }
    let mut symtypes = symtypes.transpose()?;
    if !args.is_verbose() {
        watch.show();
    }
    let list = match listed {
        Some(list) => list,
        None => SymbolList::of_objects(args, watch)?,
    };
    if list.is_empty() {
        return nothing_to_do(args);
    }
    let versions = versions(args, &list, record.is_some(), symtypes.as_mut(), watch)?;
    let (lines, outcome) = match &record {
        None => (version_lines(&list.exports, &versions), Outcome::Done),
        Some(record) => {
            let lines = record.differences(&list.exports, &versions);
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

/// Gives up what the run does not need.
fn confine(args: &Args, symtypes: Option<&Symtypes>) {
    if args.common.no_sandbox {
        message::debug(args.debug, format_args!("nothing is confined, as --no-sandbox asks"));
        return;
    }
    let needs = Needs::of_objects(&args.common, &args.objects, symtypes.map(Symtypes::written));
    let needs = needs.and(&args.check);
    message::debug(args.debug, format_args!("{}", confinement::confine(&needs)));
}

/// The versions of the symbols. Of what is compared with a record, what is missing is among the differences.
fn versions(
    args: &Args,
    list: &SymbolList,
    is_compared: bool,
    symtypes: Option<&mut Symtypes>,
    watch: &mut Watch,
) -> Result<Versions> {
    let SymbolList { exports, size } = list;
    message::debug(args.debug, format_args!("{} symbols are asked for", exports.len()));
    let mut versions = Versions::new(exports, &args.limits(*size))?;
    let mut findings = Findings::default();
    let mut objects = Objects {
        args,
        describer: ObjectDescriber { common: &args.common, exports, list_size: *size, watch },
        versions: &mut versions,
        symtypes,
        findings: &mut findings,
    };
    args.objects.iter().try_for_each(|path| objects.read(path))?;
    watch.enter(Phase::Output, 0);
    watch.hide();
    for (_, name) in exports.iter().filter(|&(id, _)| versions.get(id).is_none()) {
        let missing = explanation::no_information(name, &args.objects);
        match args.strict {
            true => findings.add(Violation::Undescribed, format_args!("{missing}")),
            false if is_compared => {}
            false => message::warning(format_args!("{missing}")),
        }
    }
    findings.finish()?;
    Ok(versions)
}

/// Ends a run that no symbol is asked for.
fn nothing_to_do(args: &Args) -> Result<Outcome> {
    if args.strict {
        bail!("the symbol list is empty");
    }
    message::debug(args.debug, format_args!("the symbol list is empty"));
    Ok(Outcome::Done)
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
