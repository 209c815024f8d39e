//! Puts a report together.

use std::collections::HashMap;
use std::path::Path;

use anyhow::Result;
use dwarfksyms_host::message::{self, Escaped};
use dwarfksyms_symtypes::compare::Verdict;
use dwarfksyms_symtypes::types::NameId;

use super::{Causes, Compared};
use crate::builds::{self, Build, Manner};
use crate::demangle::demangle;
use crate::report::{Difference, ExportEntry, Facts, Report, Ruling, SCHEMA, Side, Summary};

/// What was asked for.
pub(crate) struct Ask<'p> {
    pub(crate) old: &'p Path,
    pub(crate) new: &'p Path,
}

/// Tells how two builds differ.
pub(crate) fn report(ask: &Ask<'_>, compared: &Compared<'_, '_>) -> Result<Report> {
    let sides = compared.sides;
    let mut causes = Vec::new();
    let mut teller = Causes::new(compared);
    for cause in &compared.outcome.causes {
        causes.push(teller.tell(cause)?);
    }
    let catalog = sides.catalog();
    let by_name: HashMap<&[u8], (NameId, &[u32])> = compared
        .outcome
        .exports
        .iter()
        .map(|(name, causes)| (catalog.name(*name), (*name, causes.as_slice())))
        .collect();
    let mut exports = Vec::new();
    let mut summary = Summary::default();
    let mut contradictions = 0;
    for (symbol, old, new) in both(sides.old, sides.new) {
        let found = by_name.get(symbol);
        let difference = match (old, new) {
            (Some(_), None) => Difference::Removed,
            (None, Some(_)) => Difference::Added,
            (Some(old), Some(new)) => {
                let is_changed = match (old.version, new.version) {
                    (Some(before), Some(after)) => {
                        contradictions += usize::from(before == after && found.is_some());
                        before != after
                    }
                    _ => found.is_some(),
                };
                if is_changed {
                    Difference::Changed
                } else if has_moved(old, new) {
                    Difference::Moved
                } else {
                    summary.unchanged += 1;
                    continue;
                }
            }
            (None, None) => continue,
        };
        let ids = found
            .filter(|_| difference == Difference::Changed)
            .map(|(_, causes)| *causes)
            .unwrap_or_default();
        let ids = ids.iter().filter_map(|&cause| causes.get(cause as usize)).map(|cause| cause.id.clone());
        let symbol = Escaped(symbol).to_string();
        exports.push(ExportEntry {
            demangled: demangle(&symbol).map(|name| Escaped(name.as_bytes()).to_string()),
            symbol,
            difference,
            old: old.map(facts),
            new: new.map(facts),
            causes: ids.collect(),
            ruling: Ruling { is_allowed: difference == Difference::Added, rule: None },
        });
    }
    for export in &exports {
        let count = match export.difference {
            Difference::Removed => &mut summary.removed,
            Difference::Changed => &mut summary.changed,
            Difference::Moved => &mut summary.moved,
            Difference::Added => &mut summary.added,
        };
        *count += 1;
    }
    summary.failing = exports.iter().filter(|export| !export.ruling.is_allowed).count();
    summary.allowed = exports.len() - summary.failing;
    summary.causes = causes.len();
    for cause in &compared.outcome.causes {
        let count = match cause.verdict() {
            Verdict::Breaks => &mut summary.breaking,
            Verdict::Unclear => &mut summary.unclear,
            Verdict::Harmless => &mut summary.harmless,
        };
        *count += 1;
    }
    let [old_files, new_files] = sides.file_counts();
    let side = |path: &Path, build: &Build, files: usize| Side {
        path: message::path(path),
        kind: build.kind.name().to_owned(),
        exports: build.exports.len(),
        files,
        has_types: !build.types.is_empty(),
        described: build.manner.map(Manner::id),
    };
    let mut report = Report {
        schema: SCHEMA,
        old: side(ask.old, sides.old, old_files),
        new: side(ask.new, sides.new, new_files),
        summary,
        causes,
        exports,
        notes: Vec::new(),
        unused_rules: Vec::new(),
    };
    report.notes = notes(&report, contradictions);
    Ok(report)
}

/// The symbols of both builds, by name.
fn both<'b>(
    old: &'b Build,
    new: &'b Build,
) -> impl Iterator<Item = (&'b [u8], Option<&'b builds::Export>, Option<&'b builds::Export>)> {
    let mut old = old.exports.iter().peekable();
    let mut new = new.exports.iter().peekable();
    std::iter::from_fn(move || {
        let order = match (old.peek(), new.peek()) {
            (None, None) => return None,
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some(before), Some(after)) => before.symbol.cmp(&after.symbol),
        };
        let before = if order.is_le() { old.next() } else { None };
        let after = if order.is_ge() { new.next() } else { None };
        let symbol = before.or(after)?.symbol.as_slice();
        Some((symbol, before, after))
    })
}

/// Whether anything but the version differs, as far as both sides tell.
fn has_moved(old: &builds::Export, new: &builds::Export) -> bool {
    fn differs<T: PartialEq>(old: Option<T>, new: Option<T>) -> bool {
        matches!((old, new), (Some(old), Some(new)) if old != new)
    }
    differs(old.module.as_ref(), new.module.as_ref())
        || differs(old.kind, new.kind)
        || differs(old.namespace.as_ref(), new.namespace.as_ref())
}

fn facts(export: &builds::Export) -> Facts {
    let text = |bytes: &Vec<u8>| Escaped(bytes).to_string();
    Facts {
        version: export.version.map(|version| format!("{version:#010x}")),
        module: export.module.as_ref().map(text),
        kind: export.kind.map(|kind| kind.name().to_owned()),
        namespace: export.namespace.as_ref().filter(|namespace| !namespace.is_empty()).map(text),
    }
}

/// What the reader should know: what could not be compared, and what to pass to learn more.
fn notes(report: &Report, contradictions: usize) -> Vec<String> {
    let mut notes = Vec::new();
    let unexplained = report
        .exports
        .iter()
        .filter(|export| export.difference == Difference::Changed && export.causes.is_empty())
        .count();
    if unexplained > 0 {
        let without: Vec<&str> = [&report.old, &report.new]
            .into_iter()
            .filter(|side| !side.has_types)
            .map(|side| side.path.as_str())
            .collect();
        notes.push(match without.as_slice() {
            [] => format!(
                "{unexplained} exports have other versions, but the types that are at hand are the same: they may be \
                 from other builds, or not all of them are there"
            ),
            _ => format!(
                "why versions changed is not known, for want of types in {}: pass folders that were built with \
                 KBUILD_SYMTYPES=1, or objects or a vmlinux with DWARF, instead",
                without.join(" and ")
            ),
        });
    }
    if contradictions > 0 {
        notes.push(format!(
            "{contradictions} exports have the same versions, but other types: versions and types may be from other builds"
        ));
    }
    notes
}
