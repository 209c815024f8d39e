//! A type before and after, line by line, as C.

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;
use dwarfksyms_host::message::Escaped;
use dwarfksyms_symtypes::types::{DeclarationLine, Tree};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::report::words::{count, number};
use crate::report::{Line, LineKind};

/// How many lines of what has not changed are shown around what has.
const CONTEXT: usize = 2;
/// Types with more lines are too much for a report, and for the search for the smallest difference.
const MOST_LINES: usize = 6000;
/// The most that is shown of a type string.
const MOST_CHARACTERS: usize = 2000;
/// Where the offsets stand, unless a line is longer.
const COLUMN: usize = 56;

/// The lines that differ between two descriptions of a type, and some around them. Where no line differs at first sight, what
/// is not written usually is looked at: places, then the sizes and signs of base types, then the type strings themselves.
pub(super) fn diff(old: &Tree<'_>, new: &Tree<'_>, name: &[u8], budget: &mut Budget) -> Result<Vec<Line>> {
    let (before, after) = (old.declaration(name, budget)?, new.declaration(name, budget)?);
    if before.len().max(after.len()) > MOST_LINES {
        let text = format!("{} lines, and {} now", number(before.len()), number(after.len()));
        return Ok(vec![Line { kind: LineKind::Fold, text }]);
    }
    for has_places in [false, true] {
        let lines = between(&before, &after, has_places, budget)?;
        if is_marked(&lines) {
            return Ok(lines);
        }
    }
    let (before, after) = (old.exact_declaration(name, budget)?, new.exact_declaration(name, budget)?);
    let lines = between(&before, &after, false, budget)?;
    if is_marked(&lines) {
        return Ok(lines);
    }
    let mut raw = |kind, tree: &Tree<'_>| -> Result<Line> {
        let text: String = Escaped(&tree.write(budget)?).to_string().chars().take(MOST_CHARACTERS).collect();
        Ok(Line { kind, text })
    };
    Ok(vec![raw(LineKind::Old, old)?, raw(LineKind::New, new)?])
}

fn is_marked(lines: &[Line]) -> bool {
    lines.iter().any(|line| matches!(line.kind, LineKind::Old | LineKind::New))
}

/// What two lines are compared by.
type LineKey<'l> = (usize, &'l [u8], &'l [u8], Option<u64>);

fn between(
    old: &[DeclarationLine],
    new: &[DeclarationLine],
    has_places: bool,
    budget: &mut Budget,
) -> Result<Vec<Line>> {
    fn key(line: &DeclarationLine, has_places: bool) -> LineKey<'_> {
        (line.depth, line.text.as_slice(), line.note.as_slice(), line.offset.filter(|_| has_places))
    }
    let before: Vec<_> = old.iter().map(|line| key(line, has_places)).collect();
    let after: Vec<_> = new.iter().map(|line| key(line, has_places)).collect();
    charge(&before, &after, budget)?;
    let ops = capture_diff_slices(Algorithm::Myers, &before, &after);
    let mut lines = Vec::new();
    for (number, op) in ops.iter().enumerate() {
        match *op {
            DiffOp::Equal { old_index, new_index, len } => {
                let (before, after) = (&old[old_index..old_index + len], &new[new_index..new_index + len]);
                let head = if number == 0 { 1 } else { CONTEXT };
                let tail = if number + 1 == ops.len() { 1 } else { CONTEXT };
                same(before, after, head, tail, &mut lines);
            }
            DiffOp::Delete { old_index, old_len, .. } => {
                changed(LineKind::Old, &old[old_index..old_index + old_len], &mut lines);
            }
            DiffOp::Insert { new_index, new_len, .. } => {
                changed(LineKind::New, &new[new_index..new_index + new_len], &mut lines);
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                changed(LineKind::Old, &old[old_index..old_index + old_len], &mut lines);
                changed(LineKind::New, &new[new_index..new_index + new_len], &mut lines);
            }
        }
    }
    Ok(lines)
}

/// Pays for the search for the smallest difference. It gives up looking for a better one after as many steps as the root of
/// the number of lines, or 256, so that it takes no more than that for each line.
fn charge(old: &[LineKey<'_>], new: &[LineKey<'_>], budget: &mut Budget) -> Result<()> {
    let most = old.len().min(new.len());
    let start = old.iter().zip(new).take_while(|(one, other)| one == other).count();
    let ends = old.iter().rev().zip(new.iter().rev()).take(most - start);
    let end = ends.take_while(|(one, other)| one == other).count();
    let lines = old.len() + new.len() - 2 * (start + end);
    let deepest = (most - start - end).min(256.max(lines.isqrt()));
    budget.charge_work((old.len() + new.len() + lines * deepest / 4) as u64)
}

/// All lines of a type, without comparison.
pub(super) fn whole(tree: &Tree<'_>, name: &[u8], budget: &mut Budget) -> Result<Vec<String>> {
    let lines = tree.declaration(name, budget)?;
    Ok(lines.iter().map(|line| shown(line, &comment(line, None))).collect())
}

fn changed(kind: LineKind, from: &[DeclarationLine], lines: &mut Vec<Line>) {
    lines.extend(from.iter().map(|line| Line { kind, text: shown(line, &comment(line, None)) }));
}

/// Lines that have not changed, apart from where members are: those in the middle are left out.
fn same(
    before: &[DeclarationLine],
    after: &[DeclarationLine],
    head: usize,
    tail: usize,
    lines: &mut Vec<Line>,
) {
    let length = after.len();
    let (head, tail) = if length <= head + tail + 1 { (length, 0) } else { (head, tail) };
    let middle = head..length - tail;
    for (at, (old, new)) in before.iter().zip(after).enumerate() {
        if !middle.contains(&at) {
            let text = shown(new, &comment(new, Some(old)));
            lines.push(Line { kind: LineKind::Same, text });
        } else if at == middle.start {
            let text = fold(&before[middle.clone()], &after[middle.clone()]);
            lines.push(Line { kind: LineKind::Fold, text });
        }
    }
}

/// What stands for lines that are left out.
fn fold(before: &[DeclarationLine], after: &[DeclarationLine]) -> String {
    let bytes = |line: &DeclarationLine| line.offset.map(|bits| (bits / 8) as i64);
    let mut shifts: Vec<i64> =
        before.iter().zip(after).filter_map(|(old, new)| Some(bytes(new)? - bytes(old)?)).collect();
    shifts.sort_unstable();
    shifts.dedup();
    let lines = count(after.len(), "line");
    match shifts.as_slice() {
        [] | [0] => lines,
        [shift] => format!("{lines}, offsets {shift:+}"),
        [.., _] => format!("{lines}, other offsets"),
    }
}

/// What is said behind a line.
fn comment(line: &DeclarationLine, before: Option<&DeclarationLine>) -> String {
    let place = |bits: u64| match bits % 8 {
        0 => (bits / 8).to_string(),
        bit => format!("{}:{bit}", bits / 8),
    };
    let mut parts = Vec::new();
    match (before.and_then(|before| before.offset), line.offset) {
        (Some(old), Some(new)) if old != new => parts.push(format!("{} -> {}", place(old), place(new))),
        (_, Some(new)) => parts.push(place(new)),
        _ => {}
    }
    if !line.note.is_empty() {
        parts.push(Escaped(&line.note).to_string());
    }
    parts.join(", ")
}

fn shown(line: &DeclarationLine, comment: &str) -> String {
    let text = format!("{}{}", "    ".repeat(line.depth), Escaped(&line.text));
    if comment.is_empty() {
        return text;
    }
    format!("{text:COLUMN$} /* {comment} */")
}
