//! The report as a page: one file, which needs no network and works without scripts, too.
//!
//! `page.html` is the template. Whatever it shows is escaped by [`Safe`]; its style sheet and its script are the only ones
//! that the page's own policy lets a browser take, by their hashes.

mod drawing;
mod members;

use std::collections::{BTreeMap, HashMap};
use std::fmt::{self, Write};

use anyhow::Result;
use askama::Template;
use askama::filters::Escaper;
use base64::prelude::{BASE64_STANDARD, Engine};
use dwarfksyms_host::message;
use sha2::{Digest, Sha256};

use self::drawing::Drawing;
use self::members::Members;
use super::words::{count, number};
use super::{
    CauseEntry, Demangled, Difference, ExportEntry, Facts, Level, Line, LineKind, Report, Ruling, Side,
    Verdict,
};

pub(crate) const STYLE: &str = include_str!("style.css");
pub(crate) const SCRIPT: &str = include_str!("script.js");

/// How many exports all causes together may name in a page, about; the exports' own table has them all.
const NAMED_IN_ALL: usize = 50_000;

/// The report as a page.
pub(crate) fn render(report: &Report) -> Result<String> {
    let mut page = String::with_capacity(1 << 20);
    Page::of(report).render_into(&mut page)?;
    page.push('\n');
    Ok(page)
}

/// What the page's policy lets a browser take, by its content.
pub(crate) fn source(text: &str) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(text)))
}

/// Escapes what means something in HTML, and what could do harm wherever text is shown.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Safe;

impl Escaper for Safe {
    fn write_escaped_str<W: Write>(&self, mut out: W, text: &str) -> fmt::Result {
        let is_plain = |char: char| {
            let is_markup = matches!(char, '<' | '>' | '&' | '"' | '\'');
            !is_markup && (char == ' ' || char.is_ascii_graphic() || message::escape(char).is_none())
        };
        let mut rest = text;
        while let Some(at) = rest.find(|char| !is_plain(char)) {
            let (before, after) = rest.split_at(at);
            out.write_str(before)?;
            let mut chars = after.chars();
            if let Some(char) = chars.next() {
                self.write_escaped_char(&mut out, char)?;
            }
            rest = chars.as_str();
        }
        out.write_str(rest)
    }

    fn write_escaped_char<W: Write>(&self, mut out: W, char: char) -> fmt::Result {
        match char {
            '<' => out.write_str("&lt;"),
            '>' => out.write_str("&gt;"),
            '&' => out.write_str("&amp;"),
            '"' => out.write_str("&quot;"),
            '\'' => out.write_str("&#39;"),
            _ => match message::escape(char) {
                Some(escape) => write!(out, "{escape}"),
                None => out.write_char(char),
            },
        }
    }
}

#[derive(Template)]
#[template(path = "page.html")]
struct Page<'r> {
    headline: String,
    sides: [(&'static str, &'r Side); 2],
    numbers: Vec<(String, &'static str, &'static str)>,
    causes: Vec<CauseView<'r>>,
    /// Types that no export reaches.
    unreached: &'r [CauseEntry],
    exports: Vec<ExportView<'r>>,
    /// The classes of changes, and how many causes have one.
    classes: BTreeMap<&'static str, usize>,
    verdicts: Vec<(Verdict, usize)>,
    differences: Vec<(Difference, usize)>,
    /// How many causes, and how many exports, fail, are warned of and are let pass; nothing if all are alike.
    cause_rulings: Vec<(Level, usize)>,
    export_rulings: Vec<(Level, usize)>,
    lists: [(&'static str, &'r [String]); 2],
    /// The policy's names of the style sheet and of the script.
    sources: [String; 2],
}

impl<'r> Page<'r> {
    fn of(report: &'r Report) -> Page<'r> {
        let most_names = (NAMED_IN_ALL / report.causes.len().max(1)).clamp(20, 2000);
        let causes = report.causes.iter().zip(1..);
        let demangled = report.demangled();
        let view = |(cause, number)| CauseView::of(cause, number, most_names, &demangled);
        let causes: Vec<_> = causes.map(view).collect();
        let places: HashMap<_, _> = causes.iter().map(|view| (view.cause.id.as_str(), view)).collect();
        let exports = report.exports.iter().map(|export| ExportView::of(export, &places)).collect();
        let mut classes = BTreeMap::new();
        for class in causes.iter().flat_map(|view| &view.classes) {
            *classes.entry(*class).or_default() += 1;
        }
        let causes_with = |verdict| report.causes.iter().filter(|cause| cause.verdict == verdict).count();
        let exports_with =
            |difference| report.exports.iter().filter(|export| export.difference == difference).count();
        let present = |(_, count): &(_, usize)| *count > 0;
        let verdicts = Verdict::ALL.map(|verdict| (verdict, causes_with(verdict)));
        let differences = Difference::ALL.map(|difference| (difference, exports_with(difference)));
        Page {
            headline: report.headline(),
            sides: [("old", &report.old), ("new", &report.new)],
            numbers: numbers(report),
            exports,
            classes,
            verdicts: verdicts.into_iter().filter(|(_, count)| *count > 0).collect(),
            differences: differences.into_iter().filter(present).collect(),
            cause_rulings: rulings(report.causes.iter().map(|cause| &cause.ruling)),
            export_rulings: rulings(report.exports.iter().map(|export| &export.ruling)),
            lists: [("Notes", &report.notes), ("Rules that nothing matched", &report.unused_rules)],
            causes,
            unreached: &report.unreached,
            sources: [STYLE, SCRIPT].map(source),
        }
    }
}

/// How many rulings refuse, warn and let pass, if they are not all alike.
fn rulings<'r>(rulings: impl Iterator<Item = &'r Ruling>) -> Vec<(Level, usize)> {
    let levels: Vec<Level> = rulings.map(|ruling| ruling.level).collect();
    let count = |level| levels.iter().filter(|own| **own == level).count();
    let counts = Level::ALL.map(|level| (level, count(level)));
    let counts: Vec<_> = counts.into_iter().filter(|(_, count)| *count > 0).collect();
    if counts.len() > 1 { counts } else { Vec::new() }
}

/// The figures at the top: how many, of what, and with which look.
fn numbers(report: &Report) -> Vec<(String, &'static str, &'static str)> {
    let summary = &report.summary;
    let numbers = [
        (summary.breaking, ["cause that breaks modules", "causes that break modules"], "breaks"),
        (summary.unclear, ["cause that may break modules", "causes that may break modules"], "unclear"),
        (summary.harmless, ["harmless cause", "harmless causes"], "harmless"),
        (summary.changed, ["export changed", "exports changed"], ""),
        (summary.removed, ["export removed", "exports removed"], ""),
        (summary.added, ["export added", "exports added"], ""),
        (summary.renamed, ["pair renamed by the compiler", "pairs renamed by the compiler"], ""),
        (summary.moved, ["export moved", "exports moved"], ""),
        (summary.missing, ["listed symbol missing", "listed symbols missing"], "breaks"),
        (summary.unknown, ["export that cannot be compared", "exports that cannot be compared"], "unclear"),
        (summary.unchanged, ["export unchanged", "exports unchanged"], ""),
        (summary.failing, ["difference not allowed", "differences not allowed"], ""),
        (
            summary.warned,
            ["difference allowed with a warning", "differences allowed with a warning"],
            "unclear",
        ),
        (summary.allowed.saturating_sub(summary.warned), ["difference allowed", "differences allowed"], ""),
    ];
    let present = numbers.into_iter().filter(|(count, ..)| *count > 0);
    let what = |count, [one, many]: [&'static str; 2]| if count == 1 { one } else { many };
    present.map(|(count, words, class)| (number(count as u64), what(count, words), class)).collect()
}

struct CauseView<'r> {
    cause: &'r CauseEntry,
    title: &'r str,
    path: Vec<&'r str>,
    /// Where it is declared.
    place: Option<String>,
    /// From 1; its place in the page is `c1`.
    number: usize,
    /// The classes of its changes, each once.
    classes: Vec<&'static str>,
    names: Vec<Name<'r>>,
    /// How many names are left out.
    rest: usize,
    layout: Option<LayoutView<'r>>,
}

impl<'r> CauseView<'r> {
    fn of(
        cause: &'r CauseEntry,
        number: usize,
        most_names: usize,
        demangled: &Demangled<'r>,
    ) -> CauseView<'r> {
        let name = |symbol| Name { symbol, demangled: demangled.of(symbol) };
        let names: Vec<_> = cause.exports.iter().take(most_names).map(name).collect();
        let rest = cause.exports.len() - names.len();
        let mut classes: Vec<_> = cause.changes.iter().map(|change| change.class).collect();
        classes.sort_unstable();
        classes.dedup();
        let (title, path) = (demangled.title(cause), demangled.path(&cause.path).collect());
        let place = cause.declared.text(str::to_owned);
        CauseView { cause, title, path, place, number, classes, names, rest, layout: LayoutView::of(cause) }
    }

    fn reach(&self) -> String {
        count(self.cause.exports.len(), "export")
    }

    fn number_of_exports(&self) -> String {
        number(self.cause.exports.len() as u64)
    }

    fn rest(&self) -> String {
        number(self.rest as u64)
    }
}

struct Name<'r> {
    symbol: &'r str,
    demangled: Option<&'r str>,
}

struct LayoutView<'r> {
    drawings: [(&'static str, Drawing); 2],
    members: Members<'r>,
}

impl<'r> LayoutView<'r> {
    fn of(cause: &'r CauseEntry) -> Option<LayoutView<'r>> {
        let pair = cause.layout.as_ref()?;
        let drawings = [("old", Drawing::of(&pair.old)), ("new", Drawing::of(&pair.new))];
        Some(LayoutView { drawings, members: Members::of(pair) })
    }
}

struct ExportView<'r> {
    export: &'r ExportEntry,
    /// Where the causes are that are in the page, and what they are called.
    causes: Vec<(usize, &'r str)>,
    rest: usize,
    /// Versions, module, licence and namespace: each of them old and new, or once if it is the same.
    facts: [[Option<&'r str>; 2]; 4],
}

impl<'r> ExportView<'r> {
    fn of(export: &'r ExportEntry, places: &HashMap<&str, &CauseView<'r>>) -> ExportView<'r> {
        /// Of more causes, the rest is counted.
        const MOST: usize = 5;
        let views = export.causes.iter().take(MOST).filter_map(|id| places.get(id));
        let causes = views.map(|view| (view.number, view.title)).collect();
        let facts = [
            fact(export, |facts| facts.version.as_deref()),
            fact(export, |facts| facts.module.as_deref()),
            fact(export, |facts| facts.kind.as_deref()),
            fact(export, |facts| facts.namespace.as_deref()),
        ];
        ExportView { export, causes, rest: export.causes.len().saturating_sub(MOST), facts }
    }
}

/// A fact on both sides: once if it is the same.
fn fact<'e>(export: &'e ExportEntry, get: fn(&Facts) -> Option<&str>) -> [Option<&'e str>; 2] {
    let side =
        |facts: &'e Option<Facts>| facts.as_ref().map(|facts| get(facts).filter(|fact| !fact.is_empty()));
    match (side(&export.old), side(&export.new)) {
        (Some(old), Some(new)) if old == new => [old, None],
        (Some(old), Some(new)) => [old.or(Some("-")), new.or(Some("-"))],
        (one, other) => [one.or(other).flatten(), None],
    }
}

impl Line {
    /// How it begins.
    const fn mark(&self) -> &'static str {
        match self.kind {
            LineKind::Same => "  ",
            LineKind::Old => "- ",
            LineKind::New => "+ ",
            LineKind::Fold => "… ",
        }
    }

    /// The class in the style sheet.
    const fn class(&self) -> &'static str {
        match self.kind {
            LineKind::Same => "same",
            LineKind::Old => "old",
            LineKind::New => "new",
            LineKind::Fold => "fold",
        }
    }
}
