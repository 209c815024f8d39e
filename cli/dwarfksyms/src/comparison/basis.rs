//! What two versions of an export are worth beside each other.
//!
//! Versions are comparable if the same tool has made them. A build may have recorded ones, of `genksyms` or of
//! `gendwarfksyms`, or computed ones, which are as the latter's. Where the two sides differ in that, types decide, which
//! are described in one way on both sides; and where there are none, nobody knows.

use anyhow::Result;
use dwarfksyms_symtypes::types::{ExportRecord, NameId, Side, Tree};

use super::Sides;
use crate::builds::{Build, Export};

/// What made the versions that a build has recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tool {
    /// A tool that computes what is computed here.
    Same,
    /// Another.
    Other,
    /// There are no types to compute them from.
    Unknown,
}

/// How types are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    Gendwarfksyms,
    Genksyms,
    /// As gendwarfksyms writes them, as far as BTF allows: versions are computed of others.
    Btf,
}

/// What is compared of two builds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Basis {
    pub(crate) old: Tool,
    pub(crate) new: Tool,
    /// The dialects of the types, where there are any.
    dialects: [Option<Dialect>; 2],
    /// Whether some export has one number on both sides, recorded here and computed there: then one tool made them.
    has_equal: bool,
}

/// How an export that both builds have is on one side and on the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Likeness {
    Same,
    Changed,
    /// It is not known, for a reason.
    Unknown(Reason),
}

/// Why it is not known whether an export is the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reason {
    /// Neither build has a version or types of it.
    Nothing,
    /// Only the old build has.
    OnlyOld,
    /// Only the new build has.
    OnlyNew,
    /// One version is recorded, the other computed, and nothing says that one tool made them.
    Recorded,
    /// The tools that recorded them differ, and there are no types on both sides that could be compared.
    Tools,
    /// Version and types contradict each other.
    Hidden,
}

impl Dialect {
    /// How the types of a build are written; `None` if there are none.
    fn of(sides: &Sides<'_>, side: Side) -> Result<Option<Dialect>> {
        let catalog = sides.catalog();
        let Some(first) = catalog.exports(side).first() else { return Ok(None) };
        if sides.build(side).is_of_btf() {
            return Ok(Some(Dialect::Btf));
        }
        let is_ours = Tree::of(catalog.text(first.record), sides.limits())?.is_some();
        Ok(Some(if is_ours { Dialect::Gendwarfksyms } else { Dialect::Genksyms }))
    }
}

impl Basis {
    /// Finds out what made the versions of both builds.
    pub(crate) fn of(sides: &Sides<'_>) -> Result<Basis> {
        let dialects = [Dialect::of(sides, Side::Old)?, Dialect::of(sides, Side::New)?];
        let old = tool(sides, Side::Old, dialects[0])?;
        let new = tool(sides, Side::New, dialects[1])?;
        Ok(Basis { old, new, dialects, has_equal: false })
    }

    /// Takes pairs of exports with one version, recorded on one side and computed on the other, for a sign that one tool
    /// made both.
    pub(crate) fn look_at<'p>(&mut self, mut pairs: impl Iterator<Item = Pair<'p>>) {
        self.has_equal = pairs.any(|Pair { old, new }| {
            old.is_recorded() != new.is_recorded() && old.version.is_some() && old.version == new.version
        });
    }

    /// Whether the types of both sides are written in one way, as far as there are any.
    pub(crate) fn has_one_dialect(&self) -> bool {
        !matches!(self.dialects, [Some(old), Some(new)] if old != new)
    }

    /// Whether another tool than ours made the versions of a side: for a kernel, genksyms.
    pub(crate) fn is_of_other_tool(&self, side: Side) -> bool {
        let tool = if side == Side::Old { self.old } else { self.new };
        tool == Tool::Other
    }

    /// Whether the types of a side are from BTF.
    pub(crate) fn is_of_btf(&self, side: Side) -> bool {
        self.dialects[usize::from(side == Side::New)] == Some(Dialect::Btf)
    }

    /// Whether those of any side are, from which no versions are computed then.
    pub(crate) fn has_btf(&self) -> bool {
        [Side::Old, Side::New].iter().any(|&side| self.is_of_btf(side))
    }

    /// Whether recorded versions say nothing, since different tools made them.
    pub(crate) fn are_tools_different(&self) -> bool {
        matches!((self.old, self.new), (Tool::Same, Tool::Other) | (Tool::Other, Tool::Same))
    }

    /// Compares an export that both builds have; `differ` says whether its types do, if they are there on both sides.
    pub(crate) fn compare(
        &self,
        sides: &Sides<'_>,
        pair: Pair<'_>,
        types: [bool; 2],
        differ: bool,
    ) -> Likeness {
        let are_there = types == [true, true] && self.has_one_dialect();
        let by_types = if differ { Likeness::Changed } else { Likeness::Same };
        let (old, new) = (pair.old, pair.new);
        match (old.version, new.version) {
            (Some(_), Some(_)) if self.is_comparable(pair) => match (old.version == new.version, differ) {
                // BTF has types that are private to source files, which versions do not depend on.
                (true, true) if are_there && !self.has_btf() => Likeness::Unknown(Reason::Hidden),
                (true, _) => Likeness::Same,
                (false, _) => Likeness::Changed,
            },
            (_, _) if are_there => by_types,
            (Some(before), Some(after)) if before == after => Likeness::Same,
            (Some(_), Some(_)) if old.is_recorded() && new.is_recorded() => Likeness::Unknown(Reason::Tools),
            (Some(_), Some(_)) => Likeness::Unknown(Reason::Recorded),
            // Both are records, and one says that there is no version.
            (Some(_), None) if old.is_recorded() && sides.new.has_recorded_versions() => Likeness::Changed,
            (None, Some(_)) if new.is_recorded() && sides.old.has_recorded_versions() => Likeness::Changed,
            (before, after) => match (before.is_some() || types[0], after.is_some() || types[1]) {
                (true, true) if self.has_one_dialect() => Likeness::Unknown(Reason::Recorded),
                (true, true) => Likeness::Unknown(Reason::Tools),
                (true, false) => Likeness::Unknown(Reason::OnlyOld),
                (false, true) => Likeness::Unknown(Reason::OnlyNew),
                (false, false) => Likeness::Unknown(Reason::Nothing),
            },
        }
    }

    /// Whether one tool made both versions.
    fn is_comparable(&self, pair: Pair<'_>) -> bool {
        match (pair.old.is_recorded(), pair.new.is_recorded()) {
            (true, true) => !self.are_tools_different(),
            (false, false) => true,
            (true, false) => self.old == Tool::Same || (self.old == Tool::Unknown && self.has_equal),
            (false, true) => self.new == Tool::Same || (self.new == Tool::Unknown && self.has_equal),
        }
    }
}

/// An export that both builds have.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair<'b> {
    pub(crate) old: &'b Export,
    pub(crate) new: &'b Export,
}

/// What made the versions that a build has recorded: some of them are computed again.
fn tool(sides: &Sides<'_>, side: Side, dialect: Option<Dialect>) -> Result<Tool> {
    /// So many are enough.
    const MOST: usize = 64;
    let catalog = sides.catalog();
    let build = sides.build(side);
    match dialect {
        Some(Dialect::Genksyms) => return Ok(Tool::Other),
        Some(Dialect::Btf) => return Ok(Tool::Unknown),
        _ => {}
    }
    let record = |export: &&Export| -> Option<ExportRecord> {
        catalog.find(&export.symbol).and_then(|name: NameId| catalog.export(side, name))
    };
    let recorded = || build.exports.iter().filter(|export| export.is_recorded());
    if recorded().any(|export| export.computed.is_some()) {
        let is_same = recorded().any(|export| export.computed == export.version);
        return Ok(if is_same { Tool::Same } else { Tool::Other });
    }
    let mut tool = Tool::Unknown;
    let known: Vec<(&Export, ExportRecord)> =
        recorded().filter_map(|export| Some((export, record(&export)?))).collect();
    for (export, record) in known.iter().step_by(known.len().div_ceil(MOST).max(1)) {
        let computed = sides.ask(|budget| catalog.versions(record.file, &[record.name], &[], budget))?;
        match computed.first().copied().flatten() {
            None => {}
            computed if computed == export.version => return Ok(Tool::Same),
            Some(_) => tool = Tool::Other,
        }
    }
    Ok(tool)
}

impl Basis {
    /// The versions of exports, computed from their types on one side. What `genksyms` wrote has none.
    pub(crate) fn computed(
        self,
        sides: &Sides<'_>,
        side: Side,
        exports: &[&Export],
    ) -> Result<Vec<Option<u32>>> {
        let catalog = sides.catalog();
        let mut versions: Vec<Option<u32>> = exports.iter().map(|export| export.computed).collect();
        let dialect = self.dialects[usize::from(side == Side::New)];
        if dialect != Some(Dialect::Gendwarfksyms) {
            return Ok(versions);
        }
        let mut open: Vec<(ExportRecord, usize)> = Vec::new();
        for (at, export) in exports.iter().enumerate().filter(|(_, export)| export.computed.is_none()) {
            let record = catalog.find(&export.symbol).and_then(|name| catalog.export(side, name));
            open.extend(record.map(|record| (record, at)));
        }
        open.sort_by_key(|(record, _)| record.file);
        for group in open.chunk_by(|(a, _), (b, _)| a.file == b.file) {
            let names: Vec<NameId> = group.iter().map(|(record, _)| record.name).collect();
            let Some((first, _)) = group.first() else { continue };
            let computed = sides.ask(|budget| catalog.versions(first.file, &names, &[], budget))?;
            for ((_, at), version) in group.iter().zip(computed) {
                if let Some(slot) = versions.get_mut(*at) {
                    *slot = version;
                }
            }
        }
        Ok(versions)
    }

    /// Whether the types of an export decide though there is a version, which says nothing beside that of the other side.
    pub(crate) fn is_by_types(&self, pair: Pair<'_>, types: [bool; 2]) -> bool {
        let says_nothing = match (pair.old.version, pair.new.version) {
            (Some(_), Some(_)) => !self.is_comparable(pair),
            (one, other) => one.is_some() || other.is_some(),
        };
        types == [true, true] && self.has_one_dialect() && says_nothing
    }

    /// Whether that is so of all exports, of builds that have recorded versions, or have not.
    pub(crate) fn are_by_types(&self, records: [bool; 2]) -> bool {
        let has_types = self.dialects.iter().all(Option::is_some) && self.has_one_dialect();
        has_types
            && match records {
                [true, true] => self.are_tools_different(),
                [true, false] => self.old == Tool::Other,
                [false, true] => self.new == Tool::Other,
                [false, false] => false,
            }
    }
}

impl Sides<'_> {
    /// One of the builds.
    pub(crate) fn build(&self, side: Side) -> &Build {
        if side == Side::Old { self.old } else { self.new }
    }

    /// Whether a build has the types of an export.
    pub(crate) fn has_types_of(&self, side: Side, symbol: &[u8]) -> bool {
        self.catalog.find(symbol).is_some_and(|name| self.catalog.export(side, name).is_some())
    }
}
