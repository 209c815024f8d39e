//! What the text leaves out, unless all is asked for: it should fit a few screens, with what decides in it.

use std::collections::{HashMap, HashSet};

use super::super::{CauseEntry, Line, LineKind, Report, Verdict};

/// So many exports are named for a cause.
pub(super) const NAMED: usize = 2;

/// So many rows has a table of what is neither missing nor removed; of more, the rest is counted.
pub(super) const ROWS: usize = 5;

/// What a report has, and what of it was shown so far.
pub(super) struct Brief<'r> {
    /// The worst verdict of all causes.
    worst: Option<Verdict>,
    has_causes: bool,
    /// The classes whose remedy was shown.
    classes: HashSet<&'static str>,
    /// The first cause of each title.
    titles: HashMap<&'r str, &'r CauseEntry>,
}

impl<'r> Brief<'r> {
    pub(super) fn of(report: &Report) -> Brief<'r> {
        let worst = Verdict::ALL.into_iter().find(|&verdict| {
            let is_it = |cause: &CauseEntry| cause.verdict == verdict;
            report.causes.iter().any(is_it)
        });
        let has_causes = !report.causes.is_empty() || !report.unreached.is_empty();
        Brief { worst, has_causes, classes: HashSet::new(), titles: HashMap::new() }
    }

    /// Whether a cause has the lines that differ, and a path. A type that no export reaches was asked for.
    pub(super) fn has_details(&self, cause: &CauseEntry) -> bool {
        self.worst == Some(cause.verdict) || cause.exports.is_empty()
    }

    /// Whether a cause is a row in a table: it is harmless, and something else is not.
    pub(super) fn is_row(&self, cause: &CauseEntry) -> bool {
        cause.verdict == Verdict::Harmless && !self.has_details(cause)
    }

    /// The cause with the same title and the same changes that was shown before; without one, this is remembered.
    pub(super) fn known(&mut self, cause: &'r CauseEntry) -> Option<&'r CauseEntry> {
        let first = *self.titles.entry(&cause.title).or_insert(cause);
        let changes = |cause: &'r CauseEntry| cause.changes.iter().map(|change| (change.class, &change.text));
        let is_same = first.id != cause.id && !cause.files.is_empty() && changes(first).eq(changes(cause));
        is_same.then_some(first)
    }

    /// Whether a class was not met before.
    pub(super) fn is_first(&mut self, class: &'static str) -> bool {
        self.classes.insert(class)
    }

    /// Whether anything was left out that can be asked for.
    pub(super) fn has_left_out(&self) -> bool {
        self.has_causes
    }
}

/// The lines that differ, the first and the last one, and one beside each change; what is between them is not counted.
pub(super) fn lines(all: &[Line]) -> Vec<Line> {
    let is_change = |at: Option<usize>| {
        let line = at.and_then(|at| all.get(at));
        line.is_some_and(|line| matches!(line.kind, LineKind::Old | LineKind::New))
    };
    let is_shown = |at: usize, line: &Line| {
        let is_end = at == 0 || at + 1 == all.len();
        let is_near = is_change(at.checked_sub(1)) || is_change(Some(at)) || is_change(at.checked_add(1));
        is_near || (is_end && line.kind != LineKind::Fold)
    };
    let mut shown: Vec<Line> = Vec::new();
    let mut left_out: Vec<&Line> = Vec::new();
    for (at, line) in all.iter().enumerate() {
        if is_shown(at, line) {
            fold(&mut left_out, &mut shown);
            shown.push(line.clone());
        } else {
            left_out.push(line);
        }
    }
    fold(&mut left_out, &mut shown);
    shown
}

/// Puts a line in the place of several that are left out; a single one takes no more room.
fn fold(left_out: &mut Vec<&Line>, shown: &mut Vec<Line>) {
    match left_out.as_slice() {
        [] => {}
        [one] => shown.push((*one).clone()),
        _ => shown.push(Line { kind: LineKind::Fold, text: String::new() }),
    }
    left_out.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_shown_with_what_is_beside_it() {
        let kinds =
            [(' ', LineKind::Same), ('-', LineKind::Old), ('+', LineKind::New), ('.', LineKind::Fold)];
        let line = |text: &str| {
            let kind = kinds.iter().find(|(mark, _)| text.starts_with(*mark)).unwrap().1;
            Line { kind, text: text[1..].to_owned() }
        };
        let shown = |text: &str| -> String {
            let all: Vec<Line> = text.split('|').map(line).collect();
            let mark = |line: &Line| kinds.iter().find(|(_, kind)| *kind == line.kind).unwrap().0;
            let lines =
                lines(&all).iter().map(|line| format!("{}{}", mark(line), line.text)).collect::<Vec<_>>();
            lines.join("|")
        };
        assert_eq!(shown(" a|.2| b| c|-d| e"), " a|.| c|-d| e");
        assert_eq!(shown("-a|+b| c| d|.3| e|+f|-g| h| i| j| k"), "-a|+b| c|.| e|+f|-g| h|.| k");
        assert_eq!(shown(" a| b|-c|.5| d"), " a| b|-c|.5| d");
        assert_eq!(shown("-a"), "-a");
        assert_eq!(shown(" a| b|-c"), " a| b|-c");
        assert_eq!(shown(" a| b| c|-d"), " a| b| c|-d");
        assert_eq!(lines(&[]), []);
    }
}
