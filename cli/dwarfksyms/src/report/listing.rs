//! The names of exports that differ, a line for each.
//!
//! What the policy allows is only counted, in a line that begins with `#`: the rest is a list of symbols, as policies and
//! `--filter-symbol-list` read it. New exports are named unless a rule allows them: they are allowed without one, and the list of
//! ksymvers (its manual says) names what was added, too.

use std::fmt::Write;

use dwarfksyms_host::message::Escaped;

use super::words::count;
use super::{Difference, ExportEntry, Level, Report};

/// The names of all that differ.
pub(crate) fn symbols(report: &Report) -> String {
    list(report, |_| true)
}

/// The names of those that both builds export.
pub(crate) fn modified(report: &Report) -> String {
    list(report, |export| {
        matches!(export.difference, Difference::Changed | Difference::Moved | Difference::Unknown)
    })
}

fn list(report: &Report, is_meant: impl Fn(&ExportEntry) -> bool) -> String {
    let is_ruled_out = |export: &&ExportEntry| {
        let is_new = export.difference == Difference::Added && export.ruling.rule.is_none();
        export.ruling.is_allowed() && !is_new
    };
    let (allowed, named): (Vec<&ExportEntry>, Vec<&ExportEntry>) =
        report.exports.iter().filter(|export| is_meant(export)).partition(is_ruled_out);
    let mut text = String::new();
    for ExportEntry { symbol, .. } in named {
        // None is taken for a comment, or the name of a list.
        let start = if symbol.starts_with(['#', '[']) { "\\" } else { "" };
        // Writing to a string does not fail.
        let _ = writeln!(text, "{start}{}", Escaped(symbol.as_bytes()));
    }
    for level in [Level::Warn, Level::Pass] {
        let word = level.word();
        match allowed.iter().filter(|export| export.ruling.level == level).count() {
            0 => {}
            1 => text.push_str(&format!("# 1 more export differs, and is {word}\n")),
            many => text.push_str(&format!("# {} differ, and are {word}\n", count(many, "more export"))),
        }
    }
    text
}
