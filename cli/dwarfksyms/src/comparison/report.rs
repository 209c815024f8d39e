//! Puts a report together.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::rc::Rc;

use anyhow::Result;
use dwarfksyms_host::message::{self, Escaped};
use dwarfksyms_symtypes::types::{FileId, Side as BuildSide};

use super::basis::{Basis, Likeness, Pair, Reason};
use super::notes::Notes;
use super::places::{both, differing_files, differing_place, has_moved};
use super::{Causes, Compared, Sides, renamed};
use crate::builds::{Build, Export, Manner};
use crate::demangle::demangle;
use crate::name::{bytes_unless, shown_and_bytes};
use crate::report::{
    CauseEntry, Difference, Duplicate, ExportEntry, Facts, Level, NameList, Report, Ruling, SCHEMA, Side,
    Sieve, Summary, Verdict,
};

/// What was asked for.
pub(crate) struct Ask<'p> {
    pub(crate) old: &'p Path,
    pub(crate) new: &'p Path,
    /// Which symbols the report is about.
    pub(crate) is_asked: &'p dyn Fn(&[u8]) -> bool,
}

/// Tells how two builds differ.
pub(crate) fn report(ask: &Ask<'_>, compared: &Compared<'_, '_>) -> Result<Report> {
    let sides = compared.sides;
    let mut basis = Basis::of(sides)?;
    let filled = Filled::of(sides, basis)?;
    let all = || {
        let filled = &filled;
        both(sides.old, sides.new).map(|(symbol, old, new)| {
            (symbol, old.map(|old| filled.of_old(old)), new.map(|new| filled.of_new(new)))
        })
    };
    basis.look_at(all().filter_map(|(_, old, new)| Some(Pair { old: old?, new: new? })));
    let mut rows = Rows::new(compared, basis)?;
    let mut asked = all().filter(|(symbol, ..)| (ask.is_asked)(symbol));
    asked.try_for_each(|(symbol, old, new)| rows.add(symbol, old, new))?;
    let notes = rows.notes.finish(&[ask.old, ask.new].map(message::path));
    rows.show_computed(sides)?;
    let Rows { causes, mut exports, unchanged, .. } = rows;
    let renamed = sides.ask(|budget| renamed::pair(&mut exports, budget))?;
    let causes = with_rows(causes, &exports);
    let with = |verdict| causes.iter().filter(|cause| cause.verdict == verdict).count();
    let summary = Summary {
        unchanged,
        renamed,
        causes: causes.len(),
        breaking: with(Verdict::Breaks),
        harmless: with(Verdict::Harmless),
        unclear: with(Verdict::Unclear),
        ..Summary::default()
    };
    let [old_files, new_files] = sides.file_counts();
    let mut report = Report {
        schema: SCHEMA,
        old: side(ask.old, sides.old, old_files),
        new: side(ask.new, sides.new, new_files),
        summary,
        causes,
        exports,
        unreached: Vec::new(),
        only_failing: false,
        notes,
        unused_rules: Vec::new(),
    };
    report.count();
    Ok(report)
}

/// What one of the builds is, which has so many files with types.
pub(crate) fn side(path: &Path, build: &Build, files: usize) -> Side {
    let duplicate = |export: &Export| {
        let symbol = Escaped(&export.symbol).to_string();
        let symbol_bytes = bytes_unless(&symbol, &export.symbol);
        Duplicate { symbol, symbol_bytes, places: build.places_of(&export.symbol).map(facts).collect() }
    };
    let by_symbol = build.duplicates.chunk_by(|a, b| a.symbol == b.symbol);
    Side {
        path: message::path(path),
        kind: build.kind.name().to_owned(),
        exports: build.exports.len(),
        files,
        has_types: !build.types.is_empty(),
        described: build.manner.map(Manner::id),
        duplicates: by_symbol.filter_map(|group| group.first()).map(duplicate).collect(),
    }
}

/// Causes with those exports that have a row, and no causes without any: types can be of what is not exported.
fn with_rows(mut causes: Vec<CauseEntry>, exports: &[ExportEntry]) -> Vec<CauseEntry> {
    let symbols: HashSet<&str> = exports
        .iter()
        .filter(|export| !export.causes.is_empty())
        .map(|export| export.symbol.as_str())
        .collect();
    let mut with_rows = Sieve::new(|name: &str| symbols.contains(name));
    causes.iter_mut().for_each(|cause| with_rows.retain(&mut cause.exports));
    causes.retain(|cause| !cause.exports.is_empty());
    causes
}

/// The exports whose versions are computed from types that only their side has, to be compared with those of the other.
struct Filled {
    old: HashMap<Vec<u8>, Export>,
    new: HashMap<Vec<u8>, Export>,
}

impl Filled {
    fn of(sides: &Sides<'_>, basis: Basis) -> Result<Filled> {
        let of = |side, other| -> Result<HashMap<Vec<u8>, Export>> {
            let needs = |export: &&Export| {
                let has_one =
                    sides.has_types_of(side, &export.symbol) && !sides.has_types_of(other, &export.symbol);
                export.version.is_none() && has_one && sides.build(other).export(&export.symbol).is_some()
            };
            let exports: Vec<&Export> = sides.build(side).exports.iter().filter(needs).collect();
            let versions = basis.computed(sides, side, &exports)?;
            let fill = |(export, version): (&Export, Option<u32>)| {
                let export =
                    Export { version, computed: version, is_computed: version.is_some(), ..export.clone() };
                (export.symbol.clone(), export)
            };
            Ok(exports.into_iter().zip(versions).map(fill).collect())
        };
        Ok(Filled { old: of(BuildSide::Old, BuildSide::New)?, new: of(BuildSide::New, BuildSide::Old)? })
    }

    fn of_old<'f>(&'f self, export: &'f Export) -> &'f Export {
        self.old.get(&export.symbol).unwrap_or(export)
    }

    fn of_new<'f>(&'f self, export: &'f Export) -> &'f Export {
        self.new.get(&export.symbol).unwrap_or(export)
    }
}

/// The rows of a report while they are made.
struct Rows<'c, 's, 'b> {
    compared: &'c Compared<'s, 'b>,
    basis: Basis,
    causes: Vec<CauseEntry>,
    /// What the causes are called.
    ids: Rc<Vec<String>>,
    /// By symbol: the positions of the causes of its types, which differ.
    differing: HashMap<&'b [u8], &'c Rc<Vec<u32>>>,
    /// Exports that differ in another file than the one that is compared, and that file.
    elsewhere: HashMap<&'b [u8], FileId>,
    exports: Vec<ExportEntry>,
    /// The rows whose types have decided, though there are versions: those are shown computed.
    by_types: Vec<usize>,
    unchanged: usize,
    notes: Notes<'c, 'b>,
}

impl<'c, 's, 'b> Rows<'c, 's, 'b> {
    fn new(compared: &'c Compared<'s, 'b>, basis: Basis) -> Result<Rows<'c, 's, 'b>> {
        let mut rows = Rows {
            compared,
            basis,
            causes: Vec::new(),
            ids: Rc::default(),
            differing: HashMap::new(),
            elsewhere: HashMap::new(),
            exports: Vec::new(),
            by_types: Vec::new(),
            unchanged: 0,
            notes: Notes::new(compared.sides, basis),
        };
        // Types that are written in two ways are not compared.
        if basis.has_one_dialect() {
            let mut teller = Causes::new(compared);
            for (at, cause) in compared.outcome.causes.iter().enumerate() {
                let kept_by = compared.kept_by.get(at).cloned().flatten();
                rows.causes.push(CauseEntry { kept_by, ..teller.tell(cause)? });
            }
            rows.ids = Rc::new(rows.causes.iter().map(|cause| cause.id.clone()).collect());
            let catalog = compared.sides.catalog();
            let elsewhere = differing_files(compared.sides)?.into_iter();
            rows.elsewhere = elsewhere.map(|(name, file)| (catalog.name(name), file)).collect();
            let differing = compared.outcome.exports.iter();
            rows.differing = differing.map(|(name, causes)| (catalog.name(*name), causes)).collect();
        }
        Ok(rows)
    }

    /// Adds what there is to say of an export.
    fn add(&mut self, symbol: &[u8], old: Option<&Export>, new: Option<&Export>) -> Result<()> {
        match (old, new) {
            (Some(_), None) => self.push(symbol, Difference::Removed, old, new),
            (None, Some(_)) => self.push(symbol, Difference::Added, old, new),
            (Some(old), Some(new)) => self.compare(symbol, Pair { old, new }),
            (None, None) => Ok(()),
        }
    }

    fn compare(&mut self, symbol: &[u8], pair: Pair<'_>) -> Result<()> {
        let sides = self.compared.sides;
        let elsewhere = differing_place(sides, symbol, pair);
        let pair = elsewhere.unwrap_or(pair);
        let types = [BuildSide::Old, BuildSide::New].map(|side| sides.has_types_of(side, symbol));
        let likeness = self.basis.compare(sides, pair, types, self.differing.contains_key(symbol));
        let is_recorded = pair.old.is_recorded() && pair.new.is_recorded();
        let likeness = match likeness {
            Likeness::Same if !is_recorded && self.elsewhere.contains_key(symbol) => Likeness::Changed,
            likeness => likeness,
        };
        let (old, new) = (Some(pair.old), Some(pair.new));
        let difference = match likeness {
            Likeness::Changed => Difference::Changed,
            Likeness::Unknown(reason) => {
                self.notes.unknown(reason, pair);
                Difference::Unknown
            }
            Likeness::Same if has_moved(pair) => Difference::Moved,
            Likeness::Same => {
                self.unchanged += 1;
                return Ok(());
            }
        };
        self.push(symbol, difference, old, new)?;
        if self.basis.is_by_types(pair, types) && difference == Difference::Changed {
            self.by_types.push(self.exports.len() - 1);
        }
        let is_as_before = likeness == Likeness::Unknown(Reason::Nothing) && self.notes.have_both_something();
        if let Some(row) = self.exports.last_mut() {
            // No module has ever recorded a version.
            row.ruling.level = Level::of(is_as_before);
            let is_compared = self.basis.has_one_dialect();
            let is_unexplained = difference == Difference::Changed && row.causes.is_empty() && is_compared;
            let file = self.elsewhere.get(symbol).filter(|_| is_unexplained && !is_recorded);
            if let Some(&file) = file {
                self.notes.elsewhere(pair, file);
            } else if is_unexplained {
                self.notes.unexplained(pair, types);
            }
        }
        Ok(())
    }

    fn push(
        &mut self,
        symbol: &[u8],
        difference: Difference,
        old: Option<&Export>,
        new: Option<&Export>,
    ) -> Result<()> {
        let causes = match (difference, self.differing.get(symbol)) {
            (Difference::Changed | Difference::Unknown, Some(causes)) => {
                NameList::new(&self.ids, Rc::clone(causes))
            }
            _ => NameList::default(),
        };
        let level = Level::of(difference == Difference::Added);
        let name = symbol;
        let symbol = Escaped(name).to_string();
        self.exports.push(ExportEntry {
            symbol_bytes: bytes_unless(&symbol, name),
            demangled: self.compared.sides.ask(|budget| demangle(&symbol, budget))?,
            symbol,
            difference,
            old: old.map(facts),
            new: new.map(facts),
            counterpart: None,
            causes,
            ruling: Ruling { level, rule: None },
        });
        Ok(())
    }

    /// Shows the computed versions of both sides, where those that are recorded say nothing.
    fn show_computed(&mut self, sides: &Sides<'_>) -> Result<()> {
        for side in [BuildSide::Old, BuildSide::New] {
            let build = sides.build(side);
            let exports: Vec<&Export> = self
                .by_types
                .iter()
                .filter_map(|&row| self.exports.get(row))
                .filter_map(|row| build.export(row.symbol.as_bytes()))
                .collect();
            let versions = self.basis.computed(sides, side, &exports)?;
            let by_symbol: HashMap<String, Option<u32>> = exports
                .iter()
                .zip(versions)
                .map(|(export, version)| (Escaped(&export.symbol).to_string(), version))
                .collect();
            for &row in &self.by_types {
                let Some(row) = self.exports.get_mut(row) else { continue };
                let facts = if side == BuildSide::Old { &mut row.old } else { &mut row.new };
                if let (Some(facts), Some(version)) = (facts, by_symbol.get(&row.symbol)) {
                    facts.version = version.map(shown);
                    facts.is_computed = version.is_some();
                }
            }
        }
        Ok(())
    }
}

fn shown(version: u32) -> String {
    format!("{version:#010x}")
}

fn facts(export: &Export) -> Facts {
    let (module, module_bytes) = shown_and_bytes(export.module.as_deref());
    let namespace = export.namespace.as_deref().filter(|namespace| !namespace.is_empty());
    let (namespace, namespace_bytes) = shown_and_bytes(namespace);
    Facts {
        version: export.version.map(shown),
        is_computed: export.is_computed,
        module,
        module_bytes,
        kind: export.kind.map(|kind| kind.name().to_owned()),
        namespace,
        namespace_bytes,
    }
}
