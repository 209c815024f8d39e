//! The rows of tables: the cells of an export.

use super::super::{ExportEntry, Facts, Ruling};
use super::shown;

/// What let a difference pass; nothing if none did.
pub(super) fn allowed_by(ruling: &Ruling) -> String {
    let word = ruling.level.word();
    match &ruling.rule {
        _ if !ruling.is_allowed() => String::new(),
        Some(rule) => format!("{word} by {rule}"),
        None => word.to_owned(),
    }
}

/// Makes the cells for an export.
pub(super) type Row = fn(&ExportEntry) -> Vec<String>;

/// What was exported, or is.
pub(super) fn facts_row(export: &ExportEntry) -> Vec<String> {
    let facts = export.old.as_ref().or(export.new.as_ref());
    let cell =
        |get: fn(&Facts) -> &Option<String>| facts.and_then(|facts| get(facts).clone()).unwrap_or_default();
    let cells = [
        cell(|facts| &facts.version),
        cell(|facts| &facts.module),
        cell(|facts| &facts.kind),
        cell(|facts| &facts.namespace),
    ];
    row(export, cells.to_vec())
}

/// The name that both have, and where it was.
pub(super) fn renamed_row(export: &ExportEntry) -> Vec<String> {
    let [demangled, allowed] = ends(export);
    let module = export.old.as_ref().and_then(|facts| facts.module.clone());
    escaped(&[demangled, module.unwrap_or_default(), allowed])
}

/// Where it is listed.
pub(super) fn missing_row(export: &ExportEntry) -> Vec<String> {
    let rule = export.ruling.rule.as_ref().filter(|_| !export.ruling.is_allowed());
    row(export, vec![rule.cloned().unwrap_or_default()])
}

pub(super) fn moved_row(export: &ExportEntry) -> Vec<String> {
    let fields: [(&str, Get); 3] = [
        ("module", |facts| &facts.module),
        ("kind", |facts| &facts.kind),
        ("namespace", |facts| &facts.namespace),
    ];
    let moves = fields.iter().filter_map(|(what, get)| {
        let [old, new] = sides(export, *get);
        (old != new).then(|| format!("{what}: {old} -> {new}"))
    });
    let moves: Vec<_> = moves.collect();
    row(export, vec![moves.join(", ")])
}

pub(super) fn changed_row(export: &ExportEntry) -> Vec<String> {
    let [old, new] = sides(export, |facts| &facts.version);
    let [_, module] = sides(export, |facts| &facts.module);
    row(export, vec![format!("{old} -> {new}"), module])
}

type Get = fn(&Facts) -> &Option<String>;

/// A fact on both sides, `-` standing for none.
fn sides(export: &ExportEntry, get: Get) -> [String; 2] {
    [&export.old, &export.new].map(|facts| {
        let value = facts.as_ref().and_then(|facts| get(facts).clone());
        value.unwrap_or_else(|| "-".to_owned())
    })
}

/// The cells, with those that every export has.
fn row(export: &ExportEntry, cells: Vec<String>) -> Vec<String> {
    escaped(&[vec![export.symbol.clone()], cells, ends(export).to_vec()].concat())
}

/// The name without mangling, and whether a rule allows the difference.
fn ends(export: &ExportEntry) -> [String; 2] {
    [export.demangled.clone().unwrap_or_default(), allowed_by(&export.ruling)]
}

pub(super) fn escaped(cells: &[String]) -> Vec<String> {
    cells.iter().map(|cell| shown(cell).into_owned()).collect()
}
