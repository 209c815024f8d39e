//! An object, a module or a kernel: what it says of its exports, and their types from its DWARF.
//!
//! What is recorded counts, since that is what a kernel compares when it loads a module. What is not is computed, if
//! there is DWARF, in the object or in a companion.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use anyhow::{Context, Result};
use dwarfksyms_core::budget::Budget;
use dwarfksyms_core::{
    Description, Error, ErrorKind, Exports, Form, Image, Limits, Linkage, Scheme, Versions,
};
use dwarfksyms_host::common::Common;
use dwarfksyms_host::companion::{self, Complete};
use dwarfksyms_host::description::{Assembly, ObjectDescriber};
use dwarfksyms_host::input::{Input, Store};
use dwarfksyms_host::message::{self, Escaped};
use dwarfksyms_host::watch::Watch;
use dwarfksyms_host::{explanation, parallel};

use super::btf::BtfSections;
use super::counted::DwarfNames;
use super::text::Writer;
use super::undescribed;
use super::unit::{self, Unit};
use crate::report::words::few;

use super::{
    Build, BuildKind, Detail, Export, ExportKind, Manner, Module, Origin, ROOT, Reading, Requirement, Shelf,
    Text, Types,
};

/// Reads an object.
pub(super) fn read<'a>(input: &Input<'a>, store: &'a Store<'_>, reading: &Reading<'_>) -> Result<Build> {
    let limits = store.limits(reading.common, 0);
    let linkage = Linkage::parse(input.data, &limits).with_context(|| input.name.clone())?;
    let mut build = Build::empty(match linkage.form {
        Form::Object => BuildKind::Object,
        Form::Module => BuildKind::Module,
        Form::Kernel => BuildKind::Kernel,
        Form::Program => BuildKind::Program,
        Form::Library => BuildKind::Library,
    });
    let module = (linkage.form == Form::Module).then(|| module(&linkage));
    let exporter = match linkage.form {
        Form::Object | Form::Program => None,
        Form::Module => module.as_ref().and_then(|module| module.name.clone()),
        Form::Kernel => Some(b"vmlinux".to_vec()),
        Form::Library => linkage.soname.map(<[u8]>::to_vec),
    };
    build.exports = exports(&linkage, exporter.as_deref());
    let defined = reading.counted.defined(input.data, &limits).with_context(|| input.name.clone())?;
    let names = DwarfNames::add(reading.counted, &defined, &mut build.exports);
    build
        .exports
        .iter_mut()
        .for_each(|export| export.module = export.module.take().or_else(|| exporter.clone()));
    let wanted = |wanted: &dwarfksyms_core::Wanted<'_>| Requirement {
        symbol: wanted.name.to_vec(),
        version: wanted.version,
        is_weak: wanted.is_weak,
        is_used: wanted.is_used,
    };
    build.wanted = linkage.wanted.iter().map(wanted).collect();
    let vermagic = module.as_ref().and_then(|module| module.vermagic.as_deref());
    build.release = vermagic.and_then(|magic| magic.split(|&byte| byte == b' ').next()).map(<[u8]>::to_vec);
    build.module = module;
    let is_recorded = build.exports.iter().all(|export| export.version.is_some());
    let is_computed = match reading.detail {
        Detail::Exports => false,
        Detail::Recorded => !is_recorded && linkage.form == Form::Object,
        Detail::Versions => !is_recorded || reading.is_recomputed,
        Detail::Types => true,
    };
    let is_asked = !build.exports.is_empty() || reading.has_all_types;
    if is_computed && is_asked {
        let btf = BtfSections::of(&input.name, &linkage).filter(|_| reading.detail == Detail::Types);
        describe(&mut build, names, input, store, reading, btf).map_err(explanation::add_remedy)?;
    }
    Ok(build.in_order())
}

fn module(linkage: &Linkage<'_>) -> Module {
    let all = |key| linkage.info(key).map(<[u8]>::to_vec).collect::<Vec<_>>();
    Module {
        name: all("name").into_iter().next(),
        licences: all("license"),
        imports: all("import_ns"),
        vermagic: all("vermagic").into_iter().next(),
        recording: linkage.recording,
    }
}

fn exports(linkage: &Linkage<'_>, exporter: Option<&[u8]>) -> Vec<Export> {
    let kind = |is_gpl| if is_gpl { ExportKind::Gpl } else { ExportKind::All };
    let export = |export: &dwarfksyms_core::Exported<'_>| Export {
        symbol: export.name.to_vec(),
        version: export.version.filter(|&version| version != 0),
        is_computed: false,
        computed: None,
        module: exporter.map(<[u8]>::to_vec),
        kind: export.is_gpl.map(kind),
        namespace: export.namespace.map(<[u8]>::to_vec),
    };
    linkage.exports.iter().map(export).collect()
}

/// Adds types and versions from DWARF, if there is any, or else types from BTF.
fn describe<'a>(
    build: &mut Build,
    mut names: DwarfNames,
    input: &Input<'a>,
    store: &'a Store<'_>,
    reading: &Reading<'_>,
    btf: Option<BtfSections<'_>>,
) -> Result<()> {
    let complete = match complete(input, store, reading.common)? {
        Ok(complete) => complete,
        Err(note) => return without_dwarf(build, input, store, reading, btf, note),
    };
    let mut run = Run::new(input, store, reading, complete, names.to_describe(&build.exports))?;
    build.manner = Some(run.manner);
    run.describe()?;
    let left = names.left(&run.versions);
    if !left.is_empty() {
        let others = run.assembly.names.of(run.assembly.object.names_at(&left.places()))?;
        let is_new = |name: &&[u8]| !run.versions.contains_key(*name) && !names.has(name);
        let helpers: BTreeSet<Vec<u8>> =
            others.iter().map(|(_, name)| *name).filter(is_new).map(<[u8]>::to_vec).collect();
        if !helpers.is_empty() {
            run.list = helpers.clone();
            run.describe()?;
        }
        names.settle(&left, &others, &run.versions, helpers);
    }
    if reading.has_all_types {
        match run.describe_all_types() {
            Ok(types) => build.all_types = types,
            // What exports depend on is known, and counts.
            Err(error) => build.notes.push(format!(
                "types that no export reaches are left out, since one cannot be described: {}",
                message::text(&error)
            )),
        }
    }
    let undescribed = std::mem::take(&mut run.undescribed);
    let Run { versions, types, .. } = run;
    let limits = store.limits(reading.common, 0);
    let budget = &mut Budget::new(&limits);
    let named = |types| names.name(types, reading.shelf, &limits, budget);
    build.types.extend(types.into_iter().map(named).collect::<Result<Vec<_>, _>>()?);
    let exports = undescribed.iter().flat_map(|name| names.exports_of(name)).map(<[u8]>::to_vec);
    build.undescribed.extend(exports);
    build.notes.extend(left_out(input, &build.undescribed));
    take_versions(build, &names, &versions, reading);
    if !reading.counted.is_all() {
        build.notes.extend(unknown(input, &build.exports));
    }
    Ok(())
}

/// An object while names are described, once or twice.
struct Run<'r, 'a, 'w> {
    input: &'r Input<'a>,
    store: &'a Store<'w>,
    reading: &'r Reading<'r>,
    assembly: Assembly<'a>,
    manner: Manner,
    /// The names.
    list: BTreeSet<Vec<u8>>,
    /// The versions of names that have been described.
    versions: BTreeMap<Vec<u8>, u32>,
    /// The types, if they are asked for.
    types: Vec<Types>,
    /// The names that cannot be described.
    undescribed: BTreeSet<Vec<u8>>,
    /// Whether there are any.
    is_lenient: bool,
}

impl<'r, 'a, 'w> Run<'r, 'a, 'w> {
    fn new(
        input: &'r Input<'a>,
        store: &'a Store<'w>,
        reading: &'r Reading<'r>,
        complete: Complete<'a>,
        list: BTreeSet<Vec<u8>>,
    ) -> Result<Run<'r, 'a, 'w>> {
        let watch = Watch::new();
        let common = reading.common;
        let list_size = size_of_list(&list);
        let exports = &Exports::parse(b"", &store.limits(common, list_size))?;
        let describer = ObjectDescriber { common, exports, list_size, watch: &watch };
        let mut assembly = describer.assemble(input, store, complete, reading.options)?;
        let manner = assembly.names.of(Manner::of(&assembly.object, reading.manner))?;
        assembly.object.set_scheme(manner.scheme(reading.detail));
        let (versions, types) = (BTreeMap::new(), Vec::new());
        let (undescribed, is_lenient) = Default::default();
        Ok(Run { input, store, reading, assembly, manner, list, versions, types, undescribed, is_lenient })
    }

    /// Describes all types by themselves: what exports depend on is described without them.
    fn describe_all_types(&mut self) -> Result<Vec<Types>> {
        let object = &self.assembly.object;
        let mut names = BTreeSet::new();
        let added = object.units().try_for_each(|unit| object.add_types(unit, &mut names));
        self.assembly.names.of(added)?;
        let of_exports = (std::mem::take(&mut self.types), self.versions.clone());
        self.list = names;
        self.assembly.object.set_describes_types(true);
        let described = self.describe();
        if described.is_err() {
            (self.types, self.versions) = of_exports;
            return described.map(|()| Vec::new());
        }
        let types = std::mem::take(&mut self.types);
        (self.types, self.versions) = of_exports;
        let limits = self.store.limits(self.reading.common, 0);
        let referred = |types| refer(types, self.reading.shelf, &limits, self.input.pointer_size());
        Ok(types.into_iter().map(referred).collect::<Result<Vec<_>, _>>()?)
    }

    /// Describes the names of the list, but for those of a library that cannot be.
    fn describe(&mut self) -> Result<()> {
        if self.is_lenient {
            return self.describe_known();
        }
        match self.describe_all(self.reading.detail) {
            Err(error) if self.reading.counted.has_others() && undescribed::is_reason(&error) => {}
            described => return described,
        }
        self.is_lenient = true;
        self.assembly.object.set_lenient(true);
        self.assembly.object.set_scheme(self.manner.scheme(Detail::Types));
        self.describe_known()
    }

    /// Describes them with a word for what there is no text for, and leaves out those that have it.
    fn describe_known(&mut self) -> Result<()> {
        self.assembly.object.carry_work(self.store.work());
        let (types, versions) = (std::mem::take(&mut self.types), std::mem::take(&mut self.versions));
        self.describe_all(Detail::Types)?;
        let (described, new) =
            (std::mem::replace(&mut self.types, types), std::mem::replace(&mut self.versions, versions));
        let limits = self.store.limits(self.reading.common, 0);
        let budget = &mut Budget::new(&limits);
        let mut unknown = BTreeSet::new();
        for types in described {
            let Text::Shelved(text) = &types.text else { continue };
            let of_text = undescribed::unknown(text, budget)?;
            if self.reading.detail == Detail::Types {
                let mut known = Writer::new(self.reading.shelf, &limits);
                let is_known = |line: &&[u8]| !of_text.contains(undescribed::name_of(line));
                text.lines().filter(is_known).try_for_each(|line| known.put(line))?;
                self.types.push(Types { text: Text::Shelved(known.finish()), ..types });
            }
            unknown.extend(of_text);
        }
        let (unknown, known): (Vec<_>, Vec<_>) =
            new.into_iter().partition(|(name, _)| unknown.contains(name));
        self.versions.extend(known);
        self.undescribed.extend(unknown.into_iter().map(|(name, _)| name));
        Ok(())
    }

    /// Describes the names of the list.
    fn describe_all(&mut self, detail: Detail) -> Result<()> {
        let Run { input, store, reading, assembly, .. } = self;
        let common = reading.common;
        let list: Vec<u8> = self.list.iter().flat_map(|name| [name.as_slice(), b"\n"].concat()).collect();
        let list_size = list.len() as u64;
        let limits = store.limits(common, list_size);
        let exports = Exports::parse(&list, &limits).with_context(|| input.name.clone())?;
        let mut versions = Versions::new(&exports, &limits)?;
        let watch = Watch::new();
        let describer = ObjectDescriber { common, exports: &exports, list_size, watch: &watch };
        let is_alone = reading.is_alone && !input.is_member;
        let threads = if is_alone { parallel::threads(common, input.data.len()) } else { 1 };
        let types = TypesOf { pointer_size: input.pointer_size(), exports: &exports, limits, reading };
        let object = &assembly.object;
        let described = describer.describe_and_take(assembly, &versions, store, threads, |batch| {
            let Some(mut unit_types) = object.shown(batch) else { return Ok(None) };
            let (name, folder) = object.source_of(batch)?;
            let name = match unit::source_path(name, folder) {
                name if name.is_empty() => b"unknown".to_vec(),
                name => name,
            };
            let (source, linked) = (name.clone(), input.own_name.to_vec());
            let of_unit = Unit { source, folder: folder.to_vec(), linked };
            let types = types.described(name, &mut unit_types)?;
            Ok(types.map(|types| Types { unit: Some(of_unit), ..types }))
        });
        let (mut description, of_units) = described?;
        self.types.extend(of_units);
        let names = &assembly.names;
        let is_shown = self.manner.scheme(detail) == (Scheme::PerUnit { shows_types: true });
        if detail == Detail::Types && !is_shown {
            let own = input.own_name.to_vec();
            self.types.extend(names.of(types.described(own, &mut description))?);
        }
        describer.compute(names, &mut description, &mut versions, threads)?;
        store.set_work(description.work());
        let found = exports.iter().filter_map(|(id, name)| Some((name.to_vec(), versions.get(id)?)));
        self.versions.extend(found);
        Ok(())
    }
}

/// Types of which there are pointers where there were variables: nothing has a value of a type for being looked at.
fn refer(
    types: Types,
    shelf: &Arc<Shelf>,
    limits: &Limits,
    pointer_size: Option<u64>,
) -> Result<Types, Error> {
    let Text::Shelved(text) = &types.text else { return Ok(types) };
    let mut referred = Writer::new(shelf, limits);
    for line in text.lines() {
        let (name, string) = line.split_at(memchr::memchr(b' ', line).unwrap_or(line.len()));
        match string.strip_prefix(b" variable ").filter(|_| name.first() == Some(&ROOT)) {
            Some(target) => {
                let end = pointer_size.map_or_else(String::new, |size| format!(" byte_size({size})"));
                let pointer = [b"variable pointer_type { ", target, b" }", end.as_bytes()].concat();
                referred.put_type(name, &pointer)?;
            }
            None => referred.put(line)?,
        }
    }
    Ok(Types { text: Text::Shelved(referred.finish()), ..types })
}

/// The bytes of a list, one name per line.
fn size_of_list(list: &BTreeSet<Vec<u8>>) -> u64 {
    list.iter().map(|name| name.len() as u64 + 1).sum()
}

/// Adds types from BTF, or a note that there are no types.
fn without_dwarf(
    build: &mut Build,
    input: &Input<'_>,
    store: &Store<'_>,
    reading: &Reading<'_>,
    btf: Option<BtfSections<'_>>,
    note: String,
) -> Result<()> {
    let Some(btf) = btf else {
        build.notes.push(note);
        return Ok(());
    };
    let names: usize = build.exports.iter().map(|export| export.symbol.len()).sum();
    let limits = store.limits(reading.common, names as u64);
    if !btf.describe(build, input.own_name, &limits, reading, input.pointer_size())? {
        build.lacks_btf_base = true;
        build.notes.push(format!(
            "{}: its BTF is based on that of its kernel, which is missing: name a folder with both",
            input.name
        ));
    }
    Ok(())
}

/// An object with what it depends on, or a note if there is no DWARF.
fn complete<'a>(
    input: &Input<'a>,
    store: &'a Store<'_>,
    common: &Common,
) -> Result<Result<Complete<'a>, String>> {
    let image = Image::parse(input.data, &store.limits(common, 0)).with_context(|| input.name.clone())?;
    let has_dwarf = image.has_dwarf();
    match companion::complete(common, false, input, store) {
        Ok(complete) if complete.image.has_dwarf() => Ok(Ok(complete)),
        // Without DWARF of its own, it is as good as any other without: versions may be recorded.
        Ok(_) => Ok(Err(format!("{}: {}", input.name, Error::new(ErrorKind::NoDwarf)))),
        Err(error) if !has_dwarf => Ok(Err(message::text(&error))),
        Err(error) => Err(error),
    }
}

/// Takes computed versions over: where none is recorded, or instead of what is.
fn take_versions(
    build: &mut Build,
    names: &DwarfNames,
    versions: &BTreeMap<Vec<u8>, u32>,
    reading: &Reading<'_>,
) {
    let exports = versions
        .iter()
        .flat_map(|(name, version)| names.exports_of(name).map(move |export| (export, *version)));
    let mut by_export: BTreeMap<&[u8], u32> = BTreeMap::new();
    for (export, version) in exports {
        by_export.entry(export).or_insert(version);
    }
    for export in &mut build.exports {
        let version = by_export.get(export.symbol.as_slice()).copied();
        export.computed = version;
        if reading.is_recomputed || (export.version.is_none() && version.is_some()) {
            export.version = version;
            export.is_computed = version.is_some();
        }
    }
}

/// What the types of an object are made with.
struct TypesOf<'r> {
    pointer_size: Option<u64>,
    exports: &'r Exports,
    limits: Limits,
    reading: &'r Reading<'r>,
}

impl TypesOf<'_> {
    /// The types that were described, as symtypes text; none if DWARF is about anything but exports.
    fn described(&self, name: Vec<u8>, description: &mut Description) -> Result<Option<Types>, Error> {
        let mut text = Writer::new(self.reading.shelf, &self.limits);
        for (name, string) in description.symtypes(self.exports)? {
            text.put_type(name, string)?;
        }
        let text = text.finish();
        Ok((text.len() > 0).then(|| Types {
            name,
            text: Text::Shelved(text),
            origin: Origin::Dwarf,
            pointer_size: self.pointer_size,
            unit: None,
        }))
    }
}

/// That some exports are left out, since nothing could be told of their changes.
fn left_out(input: &Input<'_>, undescribed: &BTreeSet<Vec<u8>>) -> Option<String> {
    const SHOWN: usize = 50;
    let names = few(undescribed.iter().map(|name| Escaped(name)), undescribed.len(), SHOWN);
    (!undescribed.is_empty()).then(|| {
        format!(
            "{}: left out, since there is no text for something in their types, such as a pointer to a member: {names}",
            input.name
        )
    })
}

/// That nothing is known of some exports, whose changes would go unnoticed.
fn unknown(input: &Input<'_>, exports: &[Export]) -> Option<String> {
    const SHOWN: usize = 5;
    let mut unknown = exports.iter().filter(|export| export.version.is_none());
    let count = unknown.clone().count();
    let first: Vec<_> =
        unknown.by_ref().take(SHOWN).map(|export| Escaped(&export.symbol).to_string()).collect();
    let more = if count > SHOWN { format!(" and {} more", count - SHOWN) } else { String::new() };
    (count > 0).then(|| {
        format!(
            "{}: no unit describes {}{more}: there are neither versions nor changes to report",
            input.name,
            first.join(", ")
        )
    })
}
