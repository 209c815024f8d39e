//! Suggestions for a merge request, in what GitHub and GitLab both understand.

use std::fmt::Write;

use super::answer::{Answer, Row};
use super::text::{Outlooks, reasons};
use crate::report::markdown::{Page, code, fenced, prose, tag};
use crate::report::words::count;

/// The suggestions as Markdown.
pub(super) fn render(answer: &Answer<'_>) -> String {
    let mut page = Page::default();
    page.push(&format!("## Keeping versions: {}\n\n", answer.headline()));
    if answer.has_suggestions() {
        let lines = answer.advice().iter().map(|line| format!("- {}\n", prose(line))).collect::<String>();
        page.push(&format!("{lines}\n"));
    }
    let mut outlooks = Outlooks::default();
    answer.causes.iter().for_each(|row| page.push(&cause(answer, row, &mut outlooks)));
    page.end()
}

fn cause(answer: &Answer<'_>, row: &Row<'_>, outlooks: &mut Outlooks) -> String {
    let exports = count(row.exports, "export");
    let found = match row.suggestions.len() {
        0 => "nothing is suggested".to_owned(),
        _ => format!("the old version comes back for {}", row.restored.exports.len()),
    };
    let mut text = format!("<details>\n<summary>{} ({exports}): {found}</summary>\n\n", tag(&row.title));
    for suggestion in &row.suggestions {
        let (what, lack) = (code(suggestion.what(answer)), suggestion.lack());
        let target = code(&suggestion.target.harmless());
        let source = fenced("c", &suggestion.source.harmless());
        let _ = writeln!(text, "{what} {target}{lack}:\n{source}");
    }
    for (reason, kind) in reasons(&row.obstacles) {
        let _ = writeln!(text, "- because {} ({})", prose(&reason), code(kind));
    }
    for (note, kind) in reasons(&row.caveats) {
        let _ = writeln!(text, "- note: {} ({})", prose(&note), code(kind));
    }
    for line in outlooks.of(&row.remaining) {
        let _ = writeln!(text, "- {}", prose(&line));
    }
    text + "\n</details>\n\n"
}
