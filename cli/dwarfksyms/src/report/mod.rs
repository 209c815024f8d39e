//! What a comparison found, ready to be shown: every format shows the same.
//!
//! Serialized, this is the schema of the JSON report (docs/REPORTS.md). All text is UTF-8 in which control characters
//! and what else could harm a terminal are escaped.

mod annotations;
mod declared;
pub(crate) mod format;
pub(crate) mod html;
pub(crate) mod json;
mod listing;
pub(crate) mod markdown;
mod names;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod tests;
pub(crate) mod text;
mod verdict;
pub(crate) mod words;

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use dwarfksyms_symtypes::layout::Fate;
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

pub(crate) use self::declared::{Place, Places};
pub(crate) use self::names::{Key, Lengths, NameList, Sieve};

/// The version of the schema: it grows when a field is removed or means something else.
pub(crate) const SCHEMA: u32 = 1;

/// A comparison of two builds.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Report {
    /// [`SCHEMA`].
    pub(crate) schema: u32,
    pub(crate) old: Side,
    pub(crate) new: Side,
    pub(crate) summary: Summary,
    /// What fails first, then warnings, then the worst, then by reach, the widest first.
    pub(crate) causes: Vec<CauseEntry>,
    /// Those that differ: what fails first, then warnings, then by name.
    pub(crate) exports: Vec<ExportEntry>,
    /// Whether what the policy lets pass was left out.
    pub(crate) only_failing: bool,
    /// The types that differ and that no export reaches, if they were asked for: the worst first.
    pub(crate) unreached: Vec<CauseEntry>,
    /// What the reader should know: what could not be compared, and what to pass to learn more.
    pub(crate) notes: Vec<String>,
    /// Rules of the policy that nothing matched: `file:line: rule`.
    pub(crate) unused_rules: Vec<String>,
}

/// What was compared.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Side {
    /// As on the command line.
    pub(crate) path: String,
    /// What it was recognised as: "Module.symvers", "symtypes", "object", ...
    pub(crate) kind: String,
    /// The number of exports.
    pub(crate) exports: usize,
    /// The number of symtypes files or objects with types.
    pub(crate) files: usize,
    /// Whether types are at hand.
    pub(crate) has_types: bool,
    /// How objects were described; none if none was.
    pub(crate) described: Option<&'static str>,
    /// What is exported in several places.
    pub(crate) duplicates: Vec<Duplicate>,
}

/// A symbol that is exported in several places.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Duplicate {
    pub(crate) symbol: String,
    /// The bytes of its name in hexadecimal, if `symbol` is not the name itself.
    pub(crate) symbol_bytes: Option<String>,
    pub(crate) places: Vec<Facts>,
}

/// Counts, and what they come to.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Summary {
    pub(crate) unchanged: usize,
    pub(crate) added: usize,
    pub(crate) removed: usize,
    /// Pairs of a removed and an added export that have the same demangled name; those counts include them.
    pub(crate) renamed: usize,
    /// Exports whose version differs.
    pub(crate) changed: usize,
    /// Exports of the same version whose module, licence or namespace differs.
    pub(crate) moved: usize,
    /// Symbols that a list of what matters has, and neither build exports.
    pub(crate) missing: usize,
    /// Exports of which it is unknown whether they are the same.
    pub(crate) unknown: usize,
    pub(crate) causes: usize,
    /// Causes by verdict.
    pub(crate) breaking: usize,
    pub(crate) harmless: usize,
    pub(crate) unclear: usize,
    /// Differences that the policy lets pass, those that it warns of among them.
    pub(crate) allowed: usize,
    /// Differences that the policy lets pass with a warning.
    pub(crate) warned: usize,
    /// Differences that it does not: if there are any, the exit status is 1.
    pub(crate) failing: usize,
}

/// Whether modules that were built before still work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Verdict {
    /// Modules break
    Breaks,
    /// Types do not show whether modules break
    Unclear,
    /// Modules go on working
    Harmless,
}

/// What the policy says of a difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ruling {
    pub(crate) level: Level,
    /// The rule that decided, as `file:line: rule`; none if nothing matched.
    pub(crate) rule: Option<String>,
}

/// What comes of a difference: the mildest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Level {
    /// It is let pass.
    Pass,
    /// It is let pass, and people should look at it.
    Warn,
    Fail,
}

impl Level {
    /// What comes of a difference that nothing warns of.
    pub(crate) const fn of(is_allowed: bool) -> Level {
        if is_allowed { Level::Pass } else { Level::Fail }
    }
}

impl Ruling {
    /// Whether the difference is let pass, with a warning or without.
    pub(crate) const fn is_allowed(&self) -> bool {
        matches!(self.level, Level::Pass | Level::Warn)
    }
}

impl Serialize for Ruling {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Ruling", 3)?;
        fields.serialize_field("is_allowed", &self.is_allowed())?;
        fields.serialize_field("level", &self.level)?;
        fields.serialize_field("rule", &self.rule)?;
        fields.end()
    }
}

/// An export that differs.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ExportEntry {
    pub(crate) symbol: String,
    /// The bytes of the name in hexadecimal, if they are not what `symbol` shows.
    pub(crate) symbol_bytes: Option<String>,
    /// The name without mangling, if it was mangled.
    pub(crate) demangled: Option<String>,
    pub(crate) difference: Difference,
    pub(crate) old: Option<Facts>,
    pub(crate) new: Option<Facts>,
    /// Of a removed export the added one with the same demangled name, and the other way around.
    pub(crate) counterpart: Option<String>,
    /// The [`CauseEntry::id`]s of what its version changed for; empty if that is not known.
    pub(crate) causes: NameList,
    pub(crate) ruling: Ruling,
}

/// How an export differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Difference {
    Removed,
    /// The version.
    Changed,
    /// Module, licence or namespace, but not the version.
    Moved,
    Added,
    /// A list of what matters has it, and neither build exports it.
    Missing,
    /// Both builds export it, and it is unknown whether it is the same.
    Unknown,
}

/// What is known of an export on one side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Facts {
    /// `0x%08x`; none if it is not known, or there is none.
    pub(crate) version: Option<String>,
    /// Whether the version was computed here, and not recorded.
    pub(crate) is_computed: bool,
    /// The module that exports it; `vmlinux` for the kernel itself.
    pub(crate) module: Option<String>,
    /// The bytes of its name in hexadecimal, if `module` is not the name itself.
    pub(crate) module_bytes: Option<String>,
    /// `EXPORT_SYMBOL` or `EXPORT_SYMBOL_GPL`, or a historic one.
    pub(crate) kind: Option<String>,
    pub(crate) namespace: Option<String>,
    /// The same of the namespace.
    pub(crate) namespace_bytes: Option<String>,
}

/// A type, or an export's own type, that changed: a root cause.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CauseEntry {
    /// The type's name, such as `s#file`, or the export's; with `@2` and so on behind it where one name changed in
    /// several ways.
    pub(crate) id: String,
    /// The bytes of the type's or the export's name in hexadecimal, if `id` is not the name itself.
    pub(crate) name_bytes: Option<String>,
    /// For people: `struct file`.
    pub(crate) title: String,
    /// The worst of the changes'.
    pub(crate) verdict: Verdict,
    pub(crate) changes: Vec<Change>,
    /// The type as C-like text, old and new.
    pub(crate) diff: Vec<Line>,
    /// Where it has a layout on both sides.
    pub(crate) layout: Option<LayoutPair>,
    /// The exports that it reaches, by name.
    pub(crate) exports: NameList,
    /// The shortest way to it, from one of the exports: `seq_read`, `parameter file: struct file`, `f_op: ...`.
    pub(crate) path: Vec<String>,
    /// The files (objects) in which the type changed this way; a few of them.
    pub(crate) files: Vec<String>,
    /// How many files these are.
    pub(crate) file_count: usize,
    /// Where it is declared.
    pub(crate) declared: Places,
    /// What `dwarfksyms suggest` has to keep the versions with, if that was asked for.
    pub(crate) kept_by: Option<Kept>,
    pub(crate) ruling: Ruling,
}

/// What keeps the versions of a cause. For programs, that is a line.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    pub(crate) line: String,
    /// All of it, for the page.
    pub(crate) steps: Vec<Step>,
}

impl Serialize for Kept {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.line)
    }
}

/// A change of the source that keeps a version.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    /// What it is, and of what: `KABI_IGNORE flags`.
    pub(crate) what: String,
    /// What is said if the tree has no macro for it.
    pub(crate) lack: &'static str,
    /// Its lines, which may have tabs.
    pub(crate) source: Vec<String>,
}

/// One change of a type.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Change {
    /// The stable identifier of the class, such as `member-appended`.
    pub(crate) class: &'static str,
    pub(crate) verdict: Verdict,
    /// The member, parameter or enumerator.
    pub(crate) subject: Option<String>,
    /// The bytes of its name in hexadecimal, if `subject` is not the name itself.
    pub(crate) subject_bytes: Option<String>,
    /// A sentence: "member 'count' was added at offset 24, where there was a hole".
    pub(crate) text: String,
    /// What to do about it, in one sentence.
    pub(crate) remedy: &'static str,
}

/// A line of a diff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Line {
    pub(crate) kind: LineKind,
    /// For [`LineKind::Fold`], what was left out: "12 members, offsets +8".
    pub(crate) text: String,
}

/// What a line of a diff is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum LineKind {
    Same,
    Old,
    New,
    Fold,
}

/// A type's layout, old and new.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct LayoutPair {
    pub(crate) old: Layout,
    pub(crate) new: Layout,
}

/// Where the members of a structure or union are.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Layout {
    /// In bytes.
    pub(crate) size: u64,
    pub(crate) alignment: Option<u64>,
    /// By offset; holes among them.
    pub(crate) slots: Vec<LayoutEntry>,
}

/// A member, or a hole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct LayoutEntry {
    /// In bits from the beginning of the type.
    pub(crate) offset: u64,
    /// In bits; none if it is not known.
    pub(crate) size: Option<u64>,
    /// None for a hole, or a member without a name.
    pub(crate) name: Option<String>,
    /// The bytes of its name in hexadecimal, if `name` is not the name itself.
    pub(crate) name_bytes: Option<String>,
    /// Its C-like type; empty for a hole.
    pub(crate) type_name: String,
    pub(crate) is_hole: bool,
    /// How it is on the other side.
    #[serde(serialize_with = "word")]
    pub(crate) fate: Fate,
    /// Its position among the slots of the other side.
    pub(crate) counterpart: Option<usize>,
}

fn word<S: Serializer>(fate: &Fate, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(fate.word())
}

/// Names without mangling, by symbol.
pub(crate) struct Demangled<'r>(HashMap<&'r str, &'r str>);

impl<'r> Demangled<'r> {
    /// The name without mangling, if it was mangled.
    pub(crate) fn of(&self, symbol: &str) -> Option<&'r str> {
        self.0.get(symbol).copied()
    }

    /// The steps of a path, which begins with an export, for people.
    pub(crate) fn path(&self, steps: &'r [String]) -> impl Iterator<Item = &'r str> {
        let (first, others) = steps.split_at(steps.len().min(1));
        let first = first.first().map(|symbol| self.of(symbol).unwrap_or(symbol));
        first.into_iter().chain(others.iter().map(String::as_str))
    }

    /// What a cause is called, which can be an export.
    pub(crate) fn title(&self, cause: &'r CauseEntry) -> &'r str {
        self.of(&cause.title).unwrap_or(&cause.title)
    }
}

impl Report {
    /// The exports whose names were mangled.
    pub(crate) fn demangled(&self) -> Demangled<'_> {
        let names = self.exports.iter();
        let names = names.filter_map(|export| Some((export.symbol.as_str(), export.demangled.as_deref()?)));
        Demangled(names.collect())
    }

    /// Counts the exports by how they differ, and what is let pass.
    pub(crate) fn count(&mut self) {
        let of = |difference| self.exports.iter().filter(|export| export.difference == difference).count();
        let at = |level| self.exports.iter().filter(|export| export.ruling.level == level).count();
        let [warned, failing] = [Level::Warn, Level::Fail].map(at);
        self.summary = Summary {
            removed: of(Difference::Removed),
            changed: of(Difference::Changed),
            moved: of(Difference::Moved),
            added: of(Difference::Added),
            missing: of(Difference::Missing),
            unknown: of(Difference::Unknown),
            allowed: self.exports.len() - failing,
            warned,
            failing,
            ..self.summary.clone()
        };
    }

    /// Puts what fails first, then warnings, and of causes the worst; otherwise keeps the order.
    pub(crate) fn put_failing_first(&mut self) {
        self.causes.sort_by_key(|cause| Reverse((cause.ruling.level, cause.verdict.severity())));
        self.exports.sort_by_key(|export| Reverse(export.ruling.level));
    }

    /// Leaves out what is let pass; the counts stay.
    pub(crate) fn keep_failing(&mut self) {
        self.only_failing = true;
        self.keep(|cause| !cause.ruling.is_allowed(), |export| !export.ruling.is_allowed());
    }

    /// Leaves out symbols that a policy requires, unless somebody asks for them.
    pub(crate) fn keep_missing(&mut self, is_asked: impl Fn(&str) -> bool) {
        self.exports.retain(|export| export.difference != Difference::Missing || is_asked(&export.symbol));
        self.count();
    }

    /// Leaves out causes with other verdicts, and exports that none of those that are left reaches; the counts stay.
    pub(crate) fn keep_verdicts(&mut self, verdicts: &[Verdict]) {
        self.causes.retain(|cause| verdicts.contains(&cause.verdict));
        self.unreached.retain(|cause| verdicts.contains(&cause.verdict));
        let causes: HashSet<&str> = self.causes.iter().map(|cause| cause.id.as_str()).collect();
        let mut of_exports = Sieve::new(|id: &str| causes.contains(id));
        self.exports.iter_mut().for_each(|export| of_exports.retain(&mut export.causes));
        self.keep(|_| true, |export| !export.causes.is_empty());
        let words: Vec<&str> = verdicts.iter().map(|verdict| verdict.words()).collect();
        self.notes.push(format!("left out: causes of which the verdict is not '{}'", words.join("' or '")));
    }

    /// Leaves out all causes and exports; the counts stay.
    pub(crate) fn keep_summary(&mut self) {
        self.unreached.clear();
        self.keep(|_| false, |_| false);
    }

    /// Keeps some of the causes and exports, and of their lists what is kept.
    fn keep(
        &mut self,
        is_cause_kept: impl Fn(&CauseEntry) -> bool,
        is_export_kept: impl Fn(&ExportEntry) -> bool,
    ) {
        self.causes.retain(is_cause_kept);
        self.exports.retain(is_export_kept);
        let causes: HashSet<&str> = self.causes.iter().map(|cause| cause.id.as_str()).collect();
        let mut of_exports = Sieve::new(|id: &str| causes.contains(id));
        self.exports.iter_mut().for_each(|export| of_exports.retain(&mut export.causes));
        let exports: HashSet<&str> = self.exports.iter().map(|export| export.symbol.as_str()).collect();
        let mut of_causes = Sieve::new(|name: &str| exports.contains(name));
        self.causes.iter_mut().for_each(|cause| of_causes.retain(&mut cause.exports));
    }
}
