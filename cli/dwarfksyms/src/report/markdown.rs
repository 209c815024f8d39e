//! The report for a merge request, in what GitHub and GitLab both understand.
//!
//! What a report quotes is shown as code, where nobody is mentioned, nothing is linked and no markup counts. It is written
//! between backticks where that is safe anywhere, else as HTML with everything but letters and digits as references.
//!
//! A comment may have 65,536 characters on GitHub: what does not fit is left out, and the report says so.

use std::fmt::Write;

use dwarfksyms_host::message;

use super::words::{self, count, number};
use super::{CauseEntry, Demangled, Difference, ExportEntry, Facts, Level, LineKind, NameList, Report, Side};

/// The most bytes of a report.
const LARGEST: usize = 60_000;

/// So many exports are named for a cause; of more, the rest is counted.
const NAMED: usize = 50;

/// So many characters of a name are shown.
const LONGEST: usize = 300;

/// The report as Markdown.
pub(crate) fn render(report: &Report) -> String {
    let mut out = Page::default();
    out.push(&head(report));
    let demangled = report.demangled();
    cause_table(report, &demangled).iter().for_each(|table| out.push(table));
    for level in Level::ALL {
        if level == Level::Warn
            && let Some(title) = report.warnings()
        {
            out.push(&format!("### {title}\n\n"));
        }
        let causes = report.causes.iter().filter(|cause| cause.ruling.level == level);
        causes.for_each(|entry| out.push(&cause(entry, &demangled)));
        export_tables(report, level).iter().for_each(|table| out.push(table));
    }
    if !report.unreached.is_empty() {
        out.push(&format!(
            "### Types that no export reaches ({})\n\n",
            number(report.unreached.len() as u64)
        ));
        report.unreached.iter().for_each(|entry| out.push(&cause(entry, &demangled)));
    }
    for (title, lines) in [("Notes", &report.notes), ("Rules that nothing matched", &report.unused_rules)] {
        if !lines.is_empty() {
            let lines: Vec<_> = lines.iter().map(|line| format!("- {}\n", prose(line))).collect();
            out.push(&format!("### {title}\n\n{}\n", lines.concat()));
        }
    }
    out.end()
}

/// A page that fits a comment.
#[derive(Default)]
pub(crate) struct Page {
    text: String,
    left_out: usize,
}

impl Page {
    /// Appends what fits as a whole.
    pub(crate) fn push(&mut self, block: &str) {
        if self.text.len() + block.len() <= LARGEST {
            self.text.push_str(block);
        } else {
            self.left_out += 1;
        }
    }

    /// The page, with a line about what did not fit.
    pub(crate) fn end(mut self) -> String {
        if self.left_out > 0 {
            let parts = count(self.left_out, "part");
            self.text.push_str(&format!(
                "_{parts} left out, to fit a comment. Other formats have everything._\n\n"
            ));
        }
        let end = self.text.trim_end().len();
        self.text.truncate(end);
        self.text + "\n"
    }
}

fn head(report: &Report) -> String {
    let mut text = format!("## Symbol versions: {}\n\n", report.headline());
    for (name, side) in [("old", &report.old), ("new", &report.new)] {
        let Side { path, .. } = side;
        let _ = writeln!(text, "- {name}: {} ({})", code(path), prose(&side.what()));
    }
    let summary = &report.summary;
    let parts = [summary.causes(), Some(summary.differences().join(", ")), Some(report.rulings().join(", "))];
    let parts: Vec<_> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    let _ = writeln!(text, "\n{}\n", parts.join("; "));
    text
}

fn cause_table<'r>(report: &'r Report, demangled: &Demangled<'r>) -> Option<String> {
    /// Of more causes, the rest is counted.
    const ROWS: usize = 100;
    let causes = &report.causes;
    let rows: Vec<_> = causes.iter().take(ROWS).map(|cause| cause_row(cause, demangled)).collect();
    let rest = causes.len() - rows.len();
    let rest = if rest == 0 { String::new() } else { format!("\nand {} more\n", number(rest as u64)) };
    (!rows.is_empty()).then(|| {
        let head = "| cause | verdict | exports | changes |\n| --- | --- | ---: | --- |\n";
        format!("### Causes\n\n{head}{}{rest}\n", rows.concat())
    })
}

fn cause_row<'r>(cause: &'r CauseEntry, demangled: &Demangled<'r>) -> String {
    let mut classes: Vec<_> = cause.changes.iter().map(|change| code(change.class)).collect();
    classes.dedup();
    let (title, verdict) = (code(demangled.title(cause)), verdict(cause));
    let reach = number(cause.exports.len() as u64);
    format!("| {title} | {verdict} | {reach} | {} |\n", classes.join(", "))
}

fn verdict(cause: &CauseEntry) -> String {
    let words = cause.verdict.words();
    match cause.ruling.level {
        Level::Fail => format!("**{words}**"),
        level => format!("{words}, {}", level.word()),
    }
}

fn cause<'r>(cause: &'r CauseEntry, demangled: &Demangled<'r>) -> String {
    let (title, words) = (tag(demangled.title(cause)), cause.verdict.words());
    let reach = count(cause.exports.len(), "export");
    let mut text = format!("<details>\n<summary>{title}: {words}, {reach}</summary>\n\n");
    if let Some(place) = cause.declared.text(code) {
        let _ = writeln!(text, "At {place}\n");
    }
    for change in &cause.changes {
        let (class, sentence, remedy) = (code(change.class), prose(&change.text), prose(change.remedy));
        let _ = writeln!(text, "- {class} ({}): {sentence}\\\n  _help:_ {remedy}", change.verdict.words());
    }
    if !cause.diff.is_empty() {
        text.push_str(&diff(cause));
    }
    if let Some(kept_by) = &cause.kept_by {
        let _ = writeln!(text, "\nKeep: {}", prose(&kept_by.line));
    }
    if cause.path.len() > 1 {
        let steps: Vec<_> = demangled.path(&cause.path).map(code).collect();
        let _ = writeln!(text, "\nPath: {}", steps.join(" → "));
    }
    if !cause.exports.is_empty() {
        let _ = writeln!(text, "\nExports: {}", named(&cause.exports, demangled));
    }
    if !cause.files.is_empty() {
        let files: Vec<_> = cause.files.iter().map(|file| code(file)).collect();
        let more = cause.other_files().map_or_else(String::new, |more| format!(" and {more}"));
        let _ = writeln!(text, "\nIn: {}{more}", files.join(", "));
    }
    if let Some(rule) = cause.ruling.rule.as_ref().filter(|_| cause.ruling.is_allowed()) {
        let end = if cause.ruling.level == Level::Warn { ", with a warning" } else { "" };
        let _ = writeln!(text, "\nAllowed by {}{end}", code(rule));
    }
    text + "\n</details>\n\n"
}

/// The diff.
fn diff(cause: &CauseEntry) -> String {
    let mut lines = String::new();
    for line in &cause.diff {
        let text = line.text.chars().take(LONGEST).map(Shown).fold(String::new(), |mut text, shown| {
            shown.push_to(&mut text);
            text
        });
        let _ = match line.kind {
            LineKind::Same => writeln!(lines, " {text}"),
            LineKind::Old => writeln!(lines, "-{text}"),
            LineKind::New => writeln!(lines, "+{text}"),
            LineKind::Fold => writeln!(lines, "@@ {text} @@"),
        };
    }
    fenced("diff", &lines)
}

/// Lines of a language between fences that are longer than anything in them.
pub(crate) fn fenced(language: &str, lines: &str) -> String {
    let fence = "`".repeat(longest_run(lines).max(2) + 1);
    format!("\n{fence}{language}\n{lines}{fence}\n")
}

fn longest_run(text: &str) -> usize {
    text.split(|char| char != '`').map(str::len).max().unwrap_or(0)
}

fn named(names: &NameList, demangled: &Demangled<'_>) -> String {
    let shown_of = |name: &str| match demangled.of(name) {
        Some(demangled) => format!("{} ({})", code(name), code(demangled)),
        None => code(name),
    };
    let most = if names.len() <= NAMED + 1 { names.len() } else { NAMED };
    let text = names.iter().take(most).map(shown_of).collect::<Vec<_>>().join(", ");
    let rest = names.len() - most;
    if rest == 0 { text } else { format!("{text} and {} more", number(rest as u64)) }
}

/// A table for each way in which exports differ.
fn export_tables(report: &Report, level: Level) -> Vec<String> {
    let table = |difference| export_table(report, difference, level);
    let tables = Difference::ALL.into_iter().filter_map(table);
    tables.chain(renamed_table(report, level)).collect()
}

/// The exports that have other names, and the same path in Rust.
fn renamed_table(report: &Report, level: Level) -> Option<String> {
    let is_listed = |export: &&ExportEntry| export.ruling.level == level && export.is_renamed();
    let exports: Vec<_> = report.exports.iter().filter(is_listed).collect();
    let row = |export: &&ExportEntry| {
        let name = export.demangled.as_deref().map(code).unwrap_or_default();
        let allowed = in_brackets(level);
        let new = export.counterpart.as_deref().map(code).unwrap_or_default();
        format!("| {name}{allowed} | {} | {new} |\n", code(&export.symbol))
    };
    let head = "| path | old name | new name |\n| --- | --- | --- |\n";
    table(words::RENAMED, level.addition(), head, &exports, row)
}

/// A table of exports under a title, unless there are none.
fn table(
    title: &str,
    addition: &str,
    head: &str,
    exports: &[&ExportEntry],
    row: impl Fn(&&ExportEntry) -> String,
) -> Option<String> {
    /// Of more exports, the rest is counted.
    const ROWS: usize = 200;
    let rows: Vec<_> = exports.iter().take(ROWS).map(row).collect();
    let rest = exports.len() - rows.len();
    let rest = if rest == 0 { String::new() } else { format!("\nand {} more\n", number(rest as u64)) };
    let number_of = number(exports.len() as u64);
    (!rows.is_empty())
        .then(|| format!("### {title}{addition} ({number_of})\n\n{head}{}{rest}\n", rows.concat()))
}

/// What is said behind a name.
const fn in_brackets(level: Level) -> &'static str {
    match level {
        Level::Pass => " (allowed)",
        Level::Warn => " (warning)",
        Level::Fail => "",
    }
}

fn export_table(report: &Report, difference: Difference, level: Level) -> Option<String> {
    // What changed with a known cause is reported there.
    let belongs = |export: &&ExportEntry| {
        let is_told = difference == Difference::Changed && !export.causes.is_empty();
        let is_in_part = export.difference == difference && export.ruling.level == level;
        is_in_part && !is_told && !export.is_renamed() && !export.is_told_by_counterpart()
    };
    let (title, what) = match difference {
        Difference::Missing => ("Listed, and exported by neither build", "rule"),
        Difference::Removed => ("Removed", "old"),
        Difference::Added => ("Added", "new"),
        Difference::Moved => ("Moved", "old | new"),
        Difference::Changed => ("Changed, and it is not known why", "old | new"),
        Difference::Unknown => ("Cannot be compared", "old | new"),
    };
    let exports: Vec<_> = report.exports.iter().filter(belongs).collect();
    let rule = if what.contains('|') { "| --- | --- | --- |" } else { "| --- | --- |" };
    // An addition needs no rule.
    let is_said = level != Level::Pass || difference != Difference::Added;
    let head = format!("| export | {what} |\n{rule}\n");
    table(title, if is_said { level.addition() } else { "" }, &head, &exports, |export| export_row(export))
}

fn export_row(export: &ExportEntry) -> String {
    let mut cells = vec![code(&export.symbol)];
    if let Some(demangled) = &export.demangled {
        cells[0].push_str(&format!(" {}", code(demangled)));
    }
    cells[0].push_str(in_brackets(export.ruling.level));
    if export.difference == Difference::Missing {
        cells.push(export.ruling.rule.as_deref().map_or_else(|| "-".to_owned(), code));
    }
    cells.extend([&export.old, &export.new].into_iter().flatten().map(facts));
    format!("| {} |\n", cells.join(" | "))
}

fn facts(facts: &Facts) -> String {
    let Facts { version, module, kind, namespace, .. } = facts;
    let known = [version, module, kind, namespace].into_iter().flatten().filter(|fact| !fact.is_empty());
    let known: Vec<_> = known.map(|fact| code(fact)).collect();
    if known.is_empty() { "-".to_owned() } else { known.join(" ") }
}

/// A character as it is shown.
struct Shown(char);

impl Shown {
    fn push_to(&self, text: &mut String) {
        match message::escape(self.0) {
            None => text.push(self.0),
            Some(escape) => text.extend(escape),
        }
    }
}

/// Text as code, which can stand in a sentence or a table.
pub(crate) fn code(text: &str) -> String {
    let needs_tag = |char: char| matches!(char, '`' | '|' | '\\') || message::escape(char).is_some();
    let is_bare = text.is_empty() || text.starts_with(' ') || text.ends_with(' ');
    if is_bare || text.len() > LONGEST || text.contains(needs_tag) { tag(text) } else { format!("`{text}`") }
}

/// Text as code, as HTML in which no character can mean anything else.
pub(crate) fn tag(text: &str) -> String {
    let mut shown = String::new();
    text.chars().take(LONGEST).for_each(|char| Shown(char).push_to(&mut shown));
    if text.chars().nth(LONGEST).is_some() {
        shown.push_str("...");
    }
    let mut tag = String::from("<code>");
    for char in shown.chars() {
        if char.is_alphanumeric() || char == ' ' {
            tag.push(char);
        } else {
            let _ = write!(tag, "&#{};", u32::from(char));
        }
    }
    tag + "</code>"
}

/// A sentence that quotes names: its words as they are, and everything else as code.
pub(crate) fn prose(text: &str) -> String {
    const LONGEST: usize = 1000;
    let cut = text.char_indices().nth(LONGEST).map(|(at, _)| &text[..at]);
    let words: Vec<_> = cut.unwrap_or(text).split(' ').map(word).collect();
    words.join(" ") + if cut.is_some() { "..." } else { "" }
}

fn word(text: &str) -> String {
    let is_word = |word: &str| {
        let is_letter = |byte: u8| byte.is_ascii_alphabetic();
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b',');
        // Not what could be the name of a commit.
        let is_hash = word.len() >= 7 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
        let mut parts = word.split('-');
        !is_hash && (is_number(word) || parts.all(|part| !part.is_empty() && part.bytes().all(is_letter)))
    };
    let is_opening = |char: char| matches!(char, '\'' | '(');
    let is_closing = |char: char| matches!(char, '\'' | ')' | ',' | ';' | ':' | '.');
    let start = text.len() - text.trim_start_matches(is_opening).len();
    let end = text[start..].trim_end_matches(is_closing).len() + start;
    let (before, core, after) = (&text[..start], &text[start..end], &text[end..]);
    if core.is_empty() || is_word(core) {
        return text.to_owned();
    }
    // The quotes are not needed around code.
    let (before, after) = (before.replace('\'', ""), after.replace('\'', ""));
    format!("{before}{}{after}", code(core))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_code() {
        let cases = [
            ("struct file", "`struct file`"),
            ("@team", "`@team`"),
            ("<b>*_#1", "`<b>*_#1`"),
            ("", "<code></code>"),
            ("a|b", "<code>a&#124;b</code>"),
            ("`a", "<code>&#96;a</code>"),
            ("a\\", "<code>a&#92;</code>"),
            ("a\n<", "<code>a&#92;n&#60;</code>"),
            ("\u{202e}", "<code>&#92;u&#123;202e&#125;</code>"),
        ];
        for (text, expected) in cases {
            assert_eq!(code(text), expected, "{text}");
        }
        assert_eq!(code(&"x".repeat(10_000)).len(), "<code></code>".len() + LONGEST + 3 * "&#46;".len());
    }

    #[test]
    fn sentences_keep_their_words() {
        let cases = [
            (
                "member 'count' was added at offset 24, where there was a hole",
                "member 'count' was added at offset 24, where there was a hole",
            ),
            ("member 'f_op' (1,024 bytes).", "member `f_op` (1,024 bytes)."),
            ("ask @team, see #12 and www.example.org.", "ask `@team`, see `#12` and `www.example.org`."),
            ("commit deadbee is <b>bold</b>", "commit `deadbee` is `<b>bold</b>`"),
            ("by-value, GH-1: a\nb", "by-value, `GH-1`: <code>a&#92;nb</code>"),
            ("-", "`-`"),
            ("1. x  y", "1. x  y"),
        ];
        for (text, expected) in cases {
            assert_eq!(prose(text), expected, "{text}");
        }
    }

    #[test]
    fn fences_are_longer_than_what_is_in_them() {
        assert_eq!([longest_run(""), longest_run("a"), longest_run("`a````b``")], [0, 0, 4]);
    }
}
