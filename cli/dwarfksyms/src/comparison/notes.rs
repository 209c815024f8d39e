//! What the reader should know of a comparison: what could not be compared, and what to pass to learn more.

use std::collections::{BTreeMap, BTreeSet};

use dwarfksyms_host::message::Escaped;
use dwarfksyms_symtypes::types::{FileId, Side};

use super::Sides;
use super::basis::{Basis, Pair, Reason};
use crate::builds::{Build, Export};
use crate::report::words::few;

/// So many names are printed; of more, the rest is counted.
const NAMED: usize = 5;

/// Notes while they are collected.
pub(super) struct Notes<'c, 'b> {
    sides: &'c Sides<'b>,
    basis: Basis,
    /// What is not known, by reason.
    unknown: BTreeMap<Reason, Names>,
    /// Exports that differ in another file than the one whose types are compared.
    elsewhere: Names,
    /// The files in which they differ.
    other_files: BTreeSet<String>,
    /// Exports that changed for no known reason, by the sides that have no types of them.
    unexplained: BTreeMap<[bool; 2], Names>,
}

/// Exports, and the modules that they are in.
#[derive(Default)]
struct Names {
    symbols: Vec<String>,
    modules: BTreeSet<String>,
}

impl Names {
    fn add(&mut self, export: &Export) {
        self.symbols.push(Escaped(&export.symbol).to_string());
        self.modules.extend(export.module.as_ref().map(|module| Escaped(module).to_string()));
    }

    /// `a, b and 3 more (in drivers/x and drivers/y)`.
    fn told(&self) -> String {
        let symbols = few(self.symbols.iter(), self.symbols.len(), NAMED);
        match self.modules.len() {
            0 => symbols,
            _ => format!("{symbols} (in {})", few(self.modules.iter(), self.modules.len(), NAMED)),
        }
    }
}

impl<'c, 'b> Notes<'c, 'b> {
    pub(super) fn new(sides: &'c Sides<'b>, basis: Basis) -> Notes<'c, 'b> {
        let (unknown, unexplained) = (BTreeMap::new(), BTreeMap::new());
        Notes {
            sides,
            basis,
            unknown,
            elsewhere: Names::default(),
            other_files: BTreeSet::new(),
            unexplained,
        }
    }

    /// Notes an export of which it is not known whether it is the same.
    pub(super) fn unknown(&mut self, reason: Reason, pair: Pair<'_>) {
        self.unknown.entry(reason).or_default().add(pair.old);
    }

    /// Notes an export that changed for no known reason; `types` says which sides have types of it.
    pub(super) fn unexplained(&mut self, pair: Pair<'_>, types: [bool; 2]) {
        self.unexplained.entry(types).or_default().add(pair.old);
    }

    /// Notes an export that differs in another file than the one whose types are compared.
    pub(super) fn elsewhere(&mut self, pair: Pair<'_>, file: FileId) {
        self.elsewhere.add(pair.old);
        self.other_files.insert(Escaped(self.sides.file_name(file)).to_string());
    }

    /// Whether both builds have versions or types at all.
    pub(super) fn have_both_something(&self) -> bool {
        [self.sides.old, self.sides.new].into_iter().all(has_something)
    }

    /// All notes.
    pub(super) fn finish(&self, paths: &[String; 2]) -> Vec<String> {
        let [old, new] = [&paths[0], &paths[1]];
        let mut notes = Vec::new();
        for (build, path) in [(self.sides.old, old), (self.sides.new, new)] {
            // Of a build that exports nothing, nothing is missed.
            if !has_something(build) && !build.exports.is_empty() {
                notes.push(format!(
                    "{path} has neither versions nor types: its kernel is built without CONFIG_MODVERSIONS, or they are elsewhere"
                ));
            }
        }
        notes.extend(self.btf(old, new));
        notes.extend(self.tools(old, new));
        if !self.elsewhere.symbols.is_empty() {
            let (told, files) =
                (self.elsewhere.told(), few(self.other_files.iter(), self.other_files.len(), NAMED));
            notes.push(format!(
                "several files have types of {told}: they differ in {files}, and not in the first"
            ));
        }
        notes.extend(self.unknown.iter().filter_map(|(reason, names)| self.reason(*reason, names, old, new)));
        notes.extend(
            self.unexplained.iter().map(|(types, names)| self.without_cause(*types, names, old, new)),
        );
        notes.extend(
            [(self.sides.old, old), (self.sides.new, new)]
                .into_iter()
                .filter_map(|(build, path)| build.duplicates_note().map(|note| format!("{path}: {note}"))),
        );
        notes
    }

    /// That types are from BTF, and what follows from that.
    fn btf(&self, old: &str, new: &str) -> Option<String> {
        let is_btf = [Side::Old, Side::New].map(|side| self.basis.is_of_btf(side));
        Some(match is_btf {
            [false, false] => return None,
            [true, true] => format!(
                "types are from BTF, which does not determine versions: it lacks alignments, attributes and most                  variables, and has types that source files keep to themselves ({old} and {new})"
            ),
            [is_old, _] if !self.basis.has_one_dialect() => {
                let (btf, other) = if is_old { (old, new) } else { (new, old) };
                format!(
                    "types of {btf} are from BTF, those of {other} are not, so that they are not compared: only recorded versions are"
                )
            }
            [is_old, _] => {
                let path = if is_old { old } else { new };
                format!("types of {path} are from BTF, which does not determine versions")
            }
        })
    }

    /// That versions are shown which nobody has recorded.
    fn tools(&self, old: &str, new: &str) -> Option<String> {
        let records = [self.sides.old, self.sides.new].map(Build::has_recorded_versions);
        if !self.basis.are_by_types(records) {
            return None;
        }
        Some(match records {
            [true, true] => format!(
                "different tools made the versions that {old} and {new} have recorded: those of both are computed from their types"
            ),
            [is_old, _] => format!(
                "another tool made the versions that {} has recorded: those of both builds are computed from their types",
                if is_old { old } else { new }
            ),
        })
    }

    /// Why it is not known whether exports are the same. What is true of a whole build is said once.
    fn reason(&self, reason: Reason, names: &Names, old: &str, new: &str) -> Option<String> {
        let told = names.told();
        Some(match reason {
            Reason::Nothing if !self.have_both_something() => return None,
            Reason::Nothing => format!("neither build has a version or types of {told}"),
            Reason::OnlyOld if !has_something(self.sides.new) => return None,
            Reason::OnlyOld => format!("{new} has neither a version nor types of {told}: {old} has"),
            Reason::OnlyNew if !has_something(self.sides.old) => return None,
            Reason::OnlyNew => format!("{old} has neither a version nor types of {told}: {new} has"),
            Reason::Recorded => {
                let is_old = self.sides.old.has_recorded_versions();
                let (recorded, computed) = if is_old { (old, new) } else { (new, old) };
                format!(
                    "versions are recorded in {recorded}, computed of {computed}, and whether one tool makes both is not \
                     known, for want of types in {recorded}: pass a folder or an object that has them instead, to compare \
                     {told}"
                )
            }
            Reason::Tools => format!(
                "different tools made the versions or types of {old} and {new}, so that they cannot be compared: {told}"
            ),
            Reason::Hidden => format!(
                "the versions are the same, but not the types, of {told}: the tool that made the versions did not see the \
                 change, or versions and types are from other builds"
            ),
        })
    }

    /// Why it is not known for what exports changed.
    fn without_cause(&self, types: [bool; 2], names: &Names, old: &str, new: &str) -> String {
        let without: Vec<(&str, Side)> = [(old, types[0], Side::Old), (new, types[1], Side::New)]
            .into_iter()
            .filter(|(_, has_types, _)| !has_types)
            .map(|(path, _, side)| (path, side))
            .collect();
        let paths = without.iter().map(|(path, _)| *path).collect::<Vec<_>>().join(" and ");
        let told = names.told();
        if without.is_empty() {
            return format!(
                "the types are the same, but not the versions, of {told}: the tool that made the versions saw a change \
                 that types do not have, or versions and types are from other builds"
            );
        }
        if without.iter().all(|&(_, side)| self.sides.build(side).types.is_empty()) {
            return format!(
                "why versions changed is not known, for want of types in {paths}: pass folders that were built with \
                 KBUILD_SYMTYPES=1, or objects or a vmlinux with DWARF or BTF, instead"
            );
        }
        format!("why versions changed is not known, for want of types in {paths}, of {told}")
    }
}

fn has_something(build: &Build) -> bool {
    build.has_versions() || !build.types.is_empty()
}
