//! A cause, ready to be shown.

use std::collections::HashMap;
use std::rc::Rc;

use anyhow::Result;
use dwarfksyms_host::message::Escaped;
use dwarfksyms_symtypes::compare::{Cause, Paths, Verdict};
use dwarfksyms_symtypes::layout::{Counterpart, Extent, Map, Maps};
use dwarfksyms_symtypes::types::{FileId, NameId, Tree};

use super::path::title;
use super::{Compared, diff, path};
use crate::name::{bytes_unless, shown_and_bytes};
use crate::report;
use crate::report::words::number;

/// The most causes that are reported with a path, those that reach most: each is a search through all types of a file.
const MOST_PATHS: usize = 500;
/// Structures with more members are not drawn.
const MOST_SLOTS: usize = 2000;

/// Tells of causes.
pub(crate) struct Causes<'c, 's, 'b> {
    compared: &'c Compared<'s, 'b>,
    /// By address: a cause's number among those with its name, if it is not the first.
    numbers: HashMap<*const Cause, usize>,
    exports: ExportNames,
    /// How many paths were searched for.
    searched: usize,
    paths: Paths<'c, 'b>,
    maps: Maps<'c, 'b>,
}

impl<'c, 's, 'b> Causes<'c, 's, 'b> {
    pub(crate) fn new(compared: &'c Compared<'s, 'b>) -> Causes<'c, 's, 'b> {
        let catalog = compared.sides.catalog();
        Causes {
            compared,
            numbers: numbers(&compared.outcome.causes),
            exports: ExportNames::of(compared),
            searched: 0,
            paths: Paths::new(catalog),
            maps: Maps::new(catalog),
        }
    }

    /// A cause for the report, with a path from any of its exports.
    pub(crate) fn tell(&mut self, cause: &Cause) -> Result<report::CauseEntry> {
        self.tell_from(cause, cause.files.1, &cause.exports)
    }

    /// A cause for the report, with a path from one of some exports of a file on the new side.
    pub(crate) fn tell_from(
        &mut self,
        cause: &Cause,
        file: FileId,
        exports: &Rc<Vec<NameId>>,
    ) -> Result<report::CauseEntry> {
        let sides = self.compared.sides;
        let catalog = sides.catalog();
        let name = catalog.name(cause.name);
        let id = match self.numbers.get(&std::ptr::from_ref(cause)) {
            None => Escaped(name).to_string(),
            Some(number) => format!("{}@{number}", Escaped(name)),
        };
        let (old, new) = (catalog.text(cause.old), catalog.text(cause.new));
        let tree = |text| sides.ask(|budget| budget.apart(|budget| Tree::parse_any(text, budget)));
        let (old, new) = (Rc::new(tree(old)?), Rc::new(tree(new)?));
        let mut title = title(name);
        if !cause.alike.is_empty() {
            let count = number(cause.alike.len() as u64 + 1);
            title = format!("{count} types and exports, {title} among them");
        }
        let export_name = if is_type(name) { &b""[..] } else { name };
        let diff = sides.ask(|budget| budget.apart(|budget| diff::diff(&old, &new, export_name, budget)))?;
        let layout = self.layouts(cause, &old, &new)?;
        let catalog = self.compared.sides.catalog();
        let to = catalog.name_of(cause.new);
        self.searched += 1;
        let found = match self.searched {
            ..=MOST_PATHS => sides.ask(|budget| self.paths.find(file, exports, to, budget))?,
            _ => None,
        };
        let path = found.map(|(export, steps)| path::sentence(catalog, export, &steps)).unwrap_or_default();
        let changes = cause.changes.iter().map(change).collect();
        let exports = self.exports.names(&cause.exports);
        Ok(report::CauseEntry {
            name_bytes: bytes_unless(&id, name),
            id,
            title,
            verdict: verdict(cause.verdict()),
            changes,
            diff,
            layout,
            exports,
            path,
            files: self.files(cause),
            file_count: cause.file_count,
            declared: self.compared.locations.of_cause(cause),
            kept_by: None,
            ruling: report::Ruling { level: report::Level::Fail, rule: None },
        })
    }

    /// A few of the files in which it differs.
    fn files(&self, cause: &Cause) -> Vec<String> {
        let name = |file| Escaped(self.compared.sides.file_name(file)).to_string();
        vec![name(cause.files.1)]
    }

    fn layouts(
        &mut self,
        cause: &Cause,
        old: &Rc<Tree<'b>>,
        new: &Rc<Tree<'b>>,
    ) -> Result<Option<report::LayoutPair>> {
        let sides = self.compared.sides;
        let Some((before, after)) = sides.ask(|budget| self.maps.of(cause.files, (old, new), budget))? else {
            return Ok(None);
        };
        if before.extents.len().max(after.extents.len()) > MOST_SLOTS {
            return Ok(None);
        }
        let (old, new) = (self.layout(old, &before)?, self.layout(new, &after)?);
        // The same layout twice says nothing.
        let is_same = old.size == new.size && old.slots == new.slots;
        Ok((!is_same).then_some(report::LayoutPair { old, new }))
    }

    fn layout(&self, tree: &Tree<'b>, map: &Map) -> Result<report::Layout> {
        let sides = self.compared.sides;
        let mut slots = Vec::new();
        for &Extent { offset, size, member, counterpart } in &map.extents {
            let name = member.and_then(|member| tree.name(member));
            let (name, name_bytes) = shown_and_bytes(name);
            let type_name = match member.and_then(|member| tree.type_of(member)) {
                Some(inner) => {
                    Escaped(&sides.ask(|budget| budget.apart(|budget| tree.type_text(inner, budget)))?)
                        .to_string()
                }
                None => String::new(),
            };
            let (is_hole, Counterpart { fate, other }) = (member.is_none(), counterpart);
            slots.push(report::LayoutEntry {
                offset,
                size,
                name,
                name_bytes,
                type_name,
                is_hole,
                fate,
                counterpart: other,
            });
        }
        Ok(report::Layout { size: map.size, alignment: map.alignment, slots })
    }
}

/// Numbers causes that have a name in common, apart from the first of each name.
fn numbers(causes: &[Cause]) -> HashMap<*const Cause, usize> {
    let mut named: HashMap<NameId, usize> = HashMap::new();
    let mut numbers = HashMap::new();
    for cause in causes {
        let seen = named.entry(cause.name).or_default();
        *seen += 1;
        if *seen > 1 {
            numbers.insert(std::ptr::from_ref(cause), *seen);
        }
    }
    numbers
}

/// The exports that differ, as reports have them: causes share lists of them.
pub(crate) struct ExportNames {
    table: Rc<Vec<String>>,
    positions: HashMap<NameId, u32>,
    /// What became of a list, by its address.
    lists: HashMap<*const Vec<NameId>, report::NameList>,
}

impl ExportNames {
    fn of(compared: &Compared<'_, '_>) -> ExportNames {
        ExportNames::among(compared, |_| true)
    }

    /// Some of the exports: lists have no others.
    pub(crate) fn among(compared: &Compared<'_, '_>, is_meant: impl Fn(&[u8]) -> bool) -> ExportNames {
        let catalog = compared.sides.catalog();
        let names = || {
            let names = compared.outcome.exports.iter().map(|&(name, _)| name);
            names.filter(|&name| is_meant(catalog.name(name)))
        };
        ExportNames {
            table: Rc::new(names().map(|name| Escaped(catalog.name(name)).to_string()).collect()),
            positions: names().zip(0..).collect(),
            lists: HashMap::new(),
        }
    }

    /// The names of a list that the outcome of the comparison keeps.
    pub(crate) fn names(&mut self, list: &Rc<Vec<NameId>>) -> report::NameList {
        let positions = || list.iter().filter_map(|name| self.positions.get(name).copied()).collect();
        let names = || report::NameList::new(&self.table, Rc::new(positions()));
        self.lists.entry(Rc::as_ptr(list)).or_insert_with(names).clone()
    }
}

fn is_type(name: &[u8]) -> bool {
    name.get(1) == Some(&b'#')
}

fn change(change: &dwarfksyms_symtypes::compare::Change) -> report::Change {
    let (subject, subject_bytes) =
        shown_and_bytes(Some(&change.subject[..]).filter(|subject| !subject.is_empty()));
    report::Change {
        class: change.class.id(),
        verdict: verdict(change.class.verdict()),
        subject,
        subject_bytes,
        text: Escaped(&change.text).to_string(),
        remedy: change.class.remedy(),
    }
}

pub(crate) fn verdict(verdict: Verdict) -> report::Verdict {
    match verdict {
        Verdict::Breaks => report::Verdict::Breaks,
        Verdict::Unclear => report::Verdict::Unclear,
        Verdict::Harmless => report::Verdict::Harmless,
    }
}
