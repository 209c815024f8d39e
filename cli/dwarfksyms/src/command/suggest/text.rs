//! Suggestions for people, on a terminal.

use std::collections::HashMap;
use std::fmt::Write;
use std::rc::Rc;

use super::answer::{Answer, InTheWay, Left, Remains, Remark};
use crate::report::words::few;

/// The most lines about files or exports.
const MOST: usize = 10;

/// So many names stand in a sentence; of more, the rest is counted.
const NAMED: usize = 3;

/// The suggestions for people.
pub(super) fn told(answer: &Answer<'_>) -> String {
    let mut out = String::new();
    // Writing to a string does not fail.
    let _ = tell(answer, &mut out);
    out
}

fn tell(answer: &Answer<'_>, out: &mut String) -> std::fmt::Result {
    let mut outlooks = Outlooks::default();
    for row in &answer.causes {
        let exports = counted(row.exports, "export");
        if row.suggestions.is_empty() {
            writeln!(out, "{} ({exports}): nothing is suggested", row.title)?;
        } else {
            let count = row.restored.exports.len();
            writeln!(out, "{} ({exports}): the old version comes back for {count}", row.title)?;
        }
        for suggestion in &row.suggestions {
            let (what, lack) = (suggestion.what(answer), suggestion.lack());
            writeln!(out, "  {what} {}{lack}", suggestion.target.harmless())?;
            suggestion.source.harmless().lines().try_for_each(|line| writeln!(out, "      {line}"))?;
        }
        for (reason, kind) in reasons(&row.obstacles) {
            writeln!(out, "  because {reason} [{kind}]")?;
        }
        for caveat in &row.caveats {
            writeln!(out, "  note: {} [{}]", sentence(caveat), caveat.kind)?;
            for file in caveat.files.iter().take(MOST) {
                writeln!(out, "      {file}")?;
            }
            more(caveat.files.len(), out)?;
        }
        for line in outlooks.of(&row.remaining) {
            writeln!(out, "  {line}")?;
        }
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

/// What is said of exports that do not get their old version: causes share lists of them.
#[derive(Default)]
pub(super) struct Outlooks {
    known: HashMap<usize, Rc<Vec<String>>>,
}

impl Outlooks {
    /// A line for each set of causes in the way.
    pub(super) fn of(&mut self, remaining: &Remains<'_>) -> impl Iterator<Item = String> + use<> {
        let key = Rc::as_ptr(remaining.exports).addr();
        let lines = Rc::clone(self.known.entry(key).or_insert_with(|| Rc::new(outlook(remaining))));
        (0..lines.len()).filter_map(move |at| lines.get(at).cloned())
    }
}

fn outlook(remaining: &Remains<'_>) -> Vec<String> {
    let mut places: HashMap<(usize, bool), usize> = HashMap::new();
    let mut groups: Vec<(InTheWay<'_>, bool, Vec<String>, usize)> = Vec::new();
    for Left { symbol, causes, comes_back, .. } in remaining.all() {
        let key = (Rc::as_ptr(causes.causes).addr(), comes_back);
        let place = *places.entry(key).or_insert(groups.len());
        if place == groups.len() {
            groups.push((causes, comes_back, Vec::new(), 0));
        }
        if let Some((.., names, count)) = groups.get_mut(place) {
            *count += 1;
            // One more than are named, since one that is left out takes no less room.
            if names.len() <= NAMED {
                names.push(symbol.to_string());
            }
        }
    }
    let count = groups.len();
    let line = |(causes, comes_back, names, count): (InTheWay<'_>, bool, Vec<String>, usize)| {
        let names = few(names.iter(), count, NAMED);
        let because = match causes.causes.len() {
            0 => String::new(),
            count => format!(", because of {}", few(causes.names(), count, NAMED)),
        };
        let with = if causes.causes.len() == 1 { "that" } else { "those" };
        let it = if count == 1 { "it" } else { "they" };
        let hope = format!("; with {with} mended as well, {it} would have the old version");
        format!("not for {names}{because}{}", if comes_back { hope.as_str() } else { "" })
    };
    let mut lines: Vec<String> = groups.into_iter().take(MOST).map(line).collect();
    if count > MOST {
        lines.push(format!("and for {} more sets of causes", count - MOST));
    }
    lines
}

/// Obstacles or caveats in sentences, with their kinds: those of one kind are one.
pub(super) fn reasons(remarks: &[Remark<'_>]) -> Vec<(String, &'static str)> {
    let mut kinds: Vec<&'static str> = Vec::new();
    for remark in remarks {
        if !kinds.contains(&remark.kind) {
            kinds.push(remark.kind);
        }
    }
    let of_kind = |kind| {
        let mut same = remarks.iter().filter(move |remark| remark.kind == kind);
        let mut text = same.next().map(sentence).unwrap_or_default();
        let count = same.clone().count();
        if count > 0 {
            let names = same.map(|remark| format!("'{}'", remark.subject.harmless()));
            text.push_str(&format!("; the same of {}", few(names, count, NAMED)));
        }
        (text, kind)
    };
    kinds.into_iter().map(of_kind).collect()
}

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
