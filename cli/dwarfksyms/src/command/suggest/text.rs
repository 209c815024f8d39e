//! Suggestions for people, on a terminal.

use std::fmt::Write;

use super::answer::{Answer, Left, Remark};
use crate::report::words::few;

/// The suggestions for people.
pub(super) fn told(answer: &Answer<'_>) -> String {
    let mut out = String::new();
    // Writing to a string does not fail.
    let _ = tell(answer, &mut out);
    out
}

fn tell(answer: &Answer<'_>, out: &mut String) -> std::fmt::Result {
    for row in &answer.causes {
        let exports = counted(row.exports, "export");
        if row.suggestions.is_empty() {
            writeln!(out, "{} ({exports}): nothing is suggested", row.title)?;
        } else {
            let count = row.restored.exports.len();
            writeln!(out, "{} ({exports}): the old version comes back for {count}", row.title)?;
        }
        for suggestion in &row.suggestions {
            // Without macros, the placeholder says what is done.
            let what = if answer.dialect == "raw" { suggestion.kind } else { suggestion.means };
            let lack = if suggestion.is_raw { " (no macro of the tree fits)" } else { "" };
            writeln!(out, "  {what} {}{lack}", suggestion.target.harmless())?;
            suggestion.source.harmless().lines().try_for_each(|line| writeln!(out, "      {line}"))?;
        }
        for obstacle in &row.obstacles {
            writeln!(out, "  because {} [{}]", sentence(obstacle), obstacle.kind)?;
        }
        for caveat in &row.caveats {
            writeln!(out, "  note: {} [{}]", sentence(caveat), caveat.kind)?;
            for file in caveat.files.iter().take(MOST) {
                writeln!(out, "      {file}")?;
            }
            more(caveat.files.len(), out)?;
        }
        for Left { symbol, causes, .. } in row.remaining.all().take(MOST) {
            let because = match causes.causes.len() {
                0 => String::new(),
                count => format!(", because of {}", few(causes.names(), count, MOST)),
            };
            writeln!(out, "  not for {symbol}{because}")?;
        }
        more(row.remaining.exports.len(), out)?;
        writeln!(out)?;
    }
    let (exports, restored) = (counted(answer.exports, "export"), answer.restored);
    if answer.causes.is_empty() {
        return writeln!(out, "No type of an export differs.");
    }
    writeln!(out, "{exports} with other types: {restored} can have the old version.")?;
    if answer.has_suggestions() {
        answer.advice().iter().try_for_each(|line| writeln!(out, "{line}"))?;
    }
    Ok(())
}

/// The most lines about files or exports.
const MOST: usize = 10;

fn more(count: usize, out: &mut String) -> std::fmt::Result {
    match count.saturating_sub(MOST) {
        0 => Ok(()),
        more => writeln!(out, "      and {more} more"),
    }
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// What is said of a subject.
fn sentence(remark: &Remark<'_>) -> String {
    if remark.subject.bytes.is_empty() {
        return remark.text.to_owned();
    }
    match remark.files.is_empty() && remark.text.starts_with(['i', 'h']) {
        true => format!("'{}' {}", remark.subject.harmless(), remark.text),
        false => format!("{} ({})", remark.text, remark.subject.harmless()),
    }
}
