//! Markdown, as far as GitHub and GitLab agree on it: what comes from inputs is code.

use super::case::MARK;

/// Looks at a report.
///
/// # Panics
/// If a fence is left open, a table has rows of several widths, or a name is not code.
pub(super) fn check(text: &str) {
    assert!(!text.chars().any(|char| char.is_control() && char != '\n'), "{text:?}");
    let mut fence: Option<usize> = None;
    let mut columns: Option<usize> = None;
    for line in text.lines() {
        let ticks = line.len() - line.trim_start_matches('`').len();
        match fence {
            Some(length) if ticks >= length && line.len() == ticks => fence = None,
            Some(_) => {}
            // With a backtick behind it, it is code in a line.
            None if ticks >= 3 && !line[ticks..].contains('`') => fence = Some(ticks),
            None => {
                let bars = line.starts_with("| ").then(|| line.matches('|').count());
                if let (Some(before), Some(now)) = (columns, bars) {
                    assert_eq!(before, now, "{line}\nin {text}");
                }
                columns = bars;
                let rest = without_code(line);
                assert!(!rest.contains(MARK), "{line}\nin {text}");
            }
        }
    }
    assert_eq!(fence, None, "{text}");
}

/// A line without what is code in it, in either way of writing it.
fn without_code(line: &str) -> String {
    let mut rest = line;
    let mut out = String::new();
    while let Some(at) = rest.find(['`', '<']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let ticks = rest.len() - rest.trim_start_matches('`').len();
        let (start, end) = match ticks {
            0 => (rest.strip_prefix("<code>"), "</code>".to_owned()),
            ticks => (Some(&rest[ticks..]), "`".repeat(ticks)),
        };
        match start.and_then(|inside| Some((inside, end_of(inside, &end)?))) {
            Some((inside, at)) => rest = &inside[at + end.len()..],
            None => {
                out.push_str(&rest[..ticks.max(1)]);
                rest = &rest[ticks.max(1)..];
            }
        }
    }
    out + rest
}

/// Where code ends: behind as many backticks as it began with, and no more.
fn end_of(inside: &str, end: &str) -> Option<usize> {
    let is_end = |&(at, _): &(usize, &str)| {
        let is_tick = |char: Option<char>| char == Some('`') && end.starts_with('`');
        let (before, after) = (&inside[..at], &inside[at + end.len()..]);
        !is_tick(before.chars().next_back()) && !is_tick(after.chars().next())
    };
    inside.match_indices(end).find(is_end).map(|(at, _)| at)
}

#[cfg(test)]
#[test]
fn what_is_not_code_is_found() {
    for good in ["`zq9` a <code>zq9&#96;</code>", "``a`zq9``", "```diff\nzq9 `\n```\n"] {
        check(good);
    }
    for bad in ["zq9", "`a` zq9 `b`", "<code>a</code>zq9", "```\na", "| a | b |\n| c |\n", "\u{1b}"] {
        assert!(std::panic::catch_unwind(|| check(bad)).is_err(), "{bad}");
    }
}
