//! The report for people, on a terminal or in a log.
//!
//! ```text
//! 3 exports differ
//!   old: old/Module.symvers (Module.symvers, 11,679 exports)
//!   new: new/Module.symvers (Module.symvers, 11,678 exports)
//!
//! struct file: breaks modules
//!   - member-inserted: member 'f_new' was inserted at offset 24
//! ...
//! ```
//!
//! It is made for a few screens: the causes with the worst verdict that there is have their differing lines and a path, other
//! causes fewer lines, and harmless ones a row in a table; [`Look::with_all`] leaves nothing out.
//!
//! Everything that a report quotes is escaped, even if it should be already.

mod brief;
mod rows;

use std::borrow::Cow;
use std::fmt;
use std::io::stdout;

use anstream::AutoStream;
use anstyle::{AnsiColor, Style};
use dwarfksyms_host::message::Escaped;
use textwrap::core::{Word, display_width};
use textwrap::{Options, WordSeparator, WordSplitter};

use super::words::{RENAMED, count, few, number};
use super::{
    CauseEntry, Change, Demangled, Difference, ExportEntry, Facts, Level, Line, LineKind, NameList, Report,
    Side, Verdict,
};

use self::brief::Brief;
use self::rows::{Row, allowed_by, changed_row, escaped, facts_row, missing_row, moved_row, renamed_row};

/// So many exports are named for a cause; of more, the rest is counted: causes often have thousands in common.
const NAMED: usize = 6;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const RED: Style = AnsiColor::Red.on_default();
const GREEN: Style = AnsiColor::Green.on_default();
const YELLOW: Style = AnsiColor::Yellow.on_default();
const CYAN: Style = AnsiColor::Cyan.on_default();

/// What the text is shown on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    /// In columns.
    width: usize,
    is_coloured: bool,
    /// Whether nothing is left out, however long it is.
    has_all: bool,
}

impl Look {
    /// For a file.
    pub(crate) const PLAIN: Look = Look { width: 80, is_coloured: false, has_all: false };

    /// For a small terminal.
    #[cfg(test)]
    pub(crate) const fn narrow_and_coloured() -> Look {
        Look { width: 60, is_coloured: true, has_all: false }
    }

    /// For standard output: as wide as the terminal, and coloured there unless the environment says otherwise.
    pub(crate) fn of_standard_output() -> Look {
        let is_coloured = AutoStream::choice(&stdout()) != anstream::ColorChoice::Never;
        let size = terminal_size::terminal_size_of(stdout());
        let width = size.map_or(Look::PLAIN.width, |(width, _)| usize::from(width.0).clamp(40, 160));
        Look { width, is_coloured, has_all: false }
    }

    /// The same, with everything.
    pub(crate) const fn with_all(self, has_all: bool) -> Look {
        Look { has_all, ..self }
    }
}

/// The report as text.
pub(crate) fn render(report: &Report, look: Look) -> String {
    let brief = (!look.has_all).then(|| Brief::of(report));
    let mut text = Text { out: String::new(), look, demangled: report.demangled(), brief };
    text.head(report);
    for level in Level::ALL {
        if level == Level::Warn
            && let Some(title) = report.warnings()
        {
            let title = text.paint(BOLD, &title);
            text.line(format_args!("\n{title}"));
        }
        let causes = report.causes.iter().filter(|cause| cause.ruling.level == level);
        let (rows, causes): (Vec<_>, Vec<_>) = causes.partition(|cause| text.is_row(cause));
        causes.into_iter().for_each(|cause| text.cause(cause));
        text.rows(&rows, level);
        text.exports(report, level);
    }
    if !report.unreached.is_empty() {
        text.title("Types that no export reaches", report.unreached.len());
        report.unreached.iter().for_each(|cause| text.cause(cause));
    }
    for (title, lines) in [("Notes", &report.notes), ("Rules that nothing matched", &report.unused_rules)] {
        if !lines.is_empty() {
            text.title(title, lines.len());
            lines.iter().for_each(|line| text.wrapped("  - ", "    ", &shown(line), words()));
        }
    }
    text.say_what_is_left_out();
    text.out
}

struct Text<'r> {
    out: String,
    look: Look,
    demangled: Demangled<'r>,
    /// What is left out; none if nothing is.
    brief: Option<Brief<'r>>,
}

impl<'r> Text<'r> {
    fn head(&mut self, report: &Report) {
        let headline = report.headline();
        if !report.is_different() {
            let [old, new] = [&report.old.path, &report.new.path].map(|path| shown(path));
            return self.line(format_args!("{headline} in {old} and {new}"));
        }
        let headline = self.paint(BOLD, &headline);
        self.line(format_args!("{headline}"));
        for (name, side) in [("old", &report.old), ("new", &report.new)] {
            let Side { path, .. } = side;
            let side = format!("{} ({})", shown(path), shown(&side.what()));
            self.wrapped(&format!("  {name}: "), "    ", &side, words());
        }
        self.summary(report);
    }

    fn cause(&mut self, cause: &'r CauseEntry) {
        let (has_details, known) = match &mut self.brief {
            Some(brief) => (brief.has_details(cause), brief.known(cause)),
            None => (true, None),
        };
        let (title, style) = (shown(self.demangled.title(cause)), verdict_style(cause.verdict));
        let id = format!("[{}]", shown(&cause.id));
        let width =
            [&title, cause.verdict.words(), &id].map(display_width).iter().sum::<usize>() + ":  ".len();
        // A name that is too long for the line has one of its own.
        let gap = if width > self.look.width { "\n  " } else { " " };
        let verdict = self.paint(style, cause.verdict.words());
        let title = self.paint(BOLD, &title);
        let id = self.paint(DIM, &id);
        self.line(format_args!("\n{title}: {verdict}{gap}{id}"));
        if let Some(place) = cause.declared.text(|place| shown(place).into_owned()) {
            self.wrapped("  at ", "    ", &place, words());
        }
        match known {
            Some(known) => {
                let place = cause.files.first().map_or("", String::as_str);
                let text = format!("the same as [{}], in {}", shown(&known.id), shown(place));
                self.wrapped("  ", "    ", &text, words());
            }
            None => cause.changes.iter().for_each(|change| self.change(change)),
        }
        match &self.brief {
            None if !cause.diff.is_empty() => {
                self.line(format_args!(""));
                cause.diff.iter().for_each(|line| self.diff(line));
                self.line(format_args!(""));
            }
            Some(_) if has_details && known.is_none() => {
                brief::lines(&cause.diff).iter().for_each(|line| self.diff(line));
            }
            _ => {}
        }
        if cause.exports.is_empty() {
            self.line(format_args!("  no export reaches it"));
        } else {
            let reach = format!("{}: {}", count(cause.exports.len(), "export"), self.named(&cause.exports));
            self.wrapped("  ", "    ", &reach, at_commas());
        }
        if let Some(kept_by) = &cause.kept_by {
            self.wrapped("  keep: ", "    ", &shown(&kept_by.line), words());
        }
        if cause.path.len() > 1 && has_details && known.is_none() {
            let path = joined(self.demangled.path(&cause.path), ARROW);
            self.wrapped("  path: ", "    ", &path, at_arrows());
        }
        if !cause.files.is_empty() && self.brief.is_none() {
            let more = cause.other_files().map_or_else(String::new, |more| format!(" and {more}"));
            let files = cause.files.iter().map(String::as_str);
            self.wrapped("  in: ", "    ", &(joined(files, ", ") + &more), at_commas());
        }
        let ruling = allowed_by(&cause.ruling);
        if !ruling.is_empty() {
            self.wrapped("  ", "    ", &shown(&ruling), words());
        }
    }

    fn change(&mut self, change: &'r Change) {
        let class = format!("  - {}: ", change.class);
        let start = self.out.len();
        self.wrapped(&class, "    ", &shown(&change.text), words());
        self.paint_since(start, verdict_style(change.verdict), change.class);
        // Once is enough for each class.
        if self.brief.as_mut().is_none_or(|brief| brief.is_first(change.class)) {
            self.wrapped("    help: ", "    ", change.remedy, words());
        }
    }

    /// Whether a cause is a row in a table.
    fn is_row(&self, cause: &CauseEntry) -> bool {
        self.brief.as_ref().is_some_and(|brief| brief.is_row(cause))
    }

    /// The causes that are rows in a table.
    fn rows(&mut self, causes: &[&'r CauseEntry], level: Level) {
        if causes.is_empty() {
            return;
        }
        let row = |cause: &&CauseEntry| {
            let mut classes: Vec<&str> = cause.changes.iter().map(|change| change.class).collect();
            classes.dedup();
            let title = self.demangled.title(cause).to_owned();
            let reach = count(cause.exports.len(), "export");
            escaped(&[title, reach, classes.join(", "), allowed_by(&cause.ruling)])
        };
        let rows: Vec<_> = causes.iter().map(row).collect();
        self.title(&format!("Harmless{}", level.addition()), causes.len());
        self.table(&rows, GREEN);
    }

    /// Says how to see the rest.
    fn say_what_is_left_out(&mut self) {
        if let Some(brief) = &self.brief
            && brief.has_left_out()
        {
            let text = "--all adds whole differences, harmless causes, paths, files and all exports.";
            self.line(format_args!(""));
            self.wrapped("", "", text, words());
        }
    }

    fn diff(&mut self, line: &Line) {
        let text = shown(&line.text);
        let (style, text) = match line.kind {
            LineKind::Same => return self.line(format_args!("      {text}")),
            LineKind::Old => (RED, format!("    - {text}")),
            LineKind::New => (GREEN, format!("    + {text}")),
            LineKind::Fold if text.is_empty() => (CYAN, "      ...".to_owned()),
            LineKind::Fold => (CYAN, format!("      ... {text} ...")),
        };
        let text = self.paint(style, &text);
        self.line(format_args!("{text}"));
    }

    /// The exports that the causes do not cover, or not completely.
    fn exports(&mut self, report: &Report, level: Level) {
        let tables: [(&str, Style, Belongs, Row); 7] = [
            (
                "Listed, and exported by neither build",
                RED,
                |export| is(export, Difference::Missing),
                missing_row,
            ),
            ("Removed", RED, |export| is_alone(export, Difference::Removed), facts_row),
            (RENAMED, YELLOW, ExportEntry::is_renamed, renamed_row),
            ("Changed, and it is not known why", YELLOW, is_unexplained, changed_row),
            ("Cannot be compared", YELLOW, |export| is(export, Difference::Unknown), changed_row),
            ("Module, licence or namespace changed", YELLOW, has_moved, moved_row),
            ("Added", GREEN, |export| is_alone(export, Difference::Added), facts_row),
        ];
        for (title, style, belongs, row) in tables {
            let belongs = |export: &&ExportEntry| export.ruling.level == level && belongs(export);
            let exports: Vec<_> = report.exports.iter().filter(belongs).collect();
            let Some(first) = exports.first() else { continue };
            // An addition needs no rule.
            let is_said = level != Level::Pass || first.difference != Difference::Added;
            self.title(&format!("{title}{}", if is_said { level.addition() } else { "" }), exports.len());
            // What is gone must be seen.
            let is_gone = is_alone(first, Difference::Removed) || is(first, Difference::Missing);
            let most = if is_gone || self.look.has_all { exports.len() } else { brief::ROWS };
            let rows: Vec<_> = exports.iter().take(most).map(|export| row(export)).collect();
            self.table(&rows, style);
            if exports.len() > rows.len() {
                self.line(format_args!("  and {} more (--all)", number((exports.len() - rows.len()) as u64)));
            }
        }
    }

    fn table(&mut self, rows: &[Vec<String>], style: Style) {
        /// What is longer makes no other cell wider.
        const WIDEST: usize = 40;
        let columns = rows.first().map_or(0, Vec::len);
        let width_of =
            |row: &Vec<String>, column: usize| row.get(column).map_or(0, |cell| display_width(cell));
        let fitting =
            |column| rows.iter().map(move |row| width_of(row, column)).filter(|width| *width <= WIDEST);
        let widths: Vec<usize> = (0..columns).map(|column| fitting(column).max().unwrap_or(WIDEST)).collect();
        for row in rows {
            let mut line = String::from(" ");
            for (at, (cell, width)) in row.iter().zip(&widths).enumerate() {
                let padding = " ".repeat(width.saturating_sub(display_width(cell)));
                let cell = if at == 0 { self.paint(style, cell).to_string() } else { cell.clone() };
                line.push_str(&format!(" {cell}{padding}"));
                if *width > 0 {
                    line.push(' ');
                }
            }
            self.line(format_args!("{}", line.trim_end()));
        }
    }

    fn summary(&mut self, report: &Report) {
        let Report { summary, .. } = report;
        let parts = [summary.causes(), Some(summary.differences().join(", "))];
        let parts: Vec<_> = parts.into_iter().flatten().chain([report.rulings().join(", ")]).collect();
        let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let style = if summary.failing > 0 { RED } else { GREEN };
        let start = self.out.len();
        self.wrapped("  summary: ", "    ", &parts.join("; "), words());
        self.paint_since(start, style, "summary:");
    }

    /// The first few names, and how many more there are.
    fn named(&self, names: &NameList) -> String {
        let shown_of = |name: &str| match self.demangled.of(name) {
            Some(demangled) => format!("{} ({})", shown(name), shown(demangled)),
            None => shown(name).into_owned(),
        };
        few(names.iter().map(shown_of), names.len(), if self.look.has_all { NAMED } else { brief::NAMED })
    }

    fn title(&mut self, title: &str, number_of: usize) {
        let title = self.paint(BOLD, title);
        self.line(format_args!("\n{title} ({})", number(number_of as u64)));
    }

    /// Appends text, which is escaped, as lines that are no wider than the terminal, as far as it can be broken.
    fn wrapped(&mut self, first: &str, others: &str, text: &str, separator: WordSeparator) {
        let options = Options::new(self.look.width)
            .initial_indent(first)
            .subsequent_indent(others)
            .break_words(false)
            .word_separator(separator)
            .word_splitter(WordSplitter::NoHyphenation);
        for line in textwrap::wrap(text, options) {
            self.line(format_args!("{line}"));
        }
    }

    /// Paints a text where it is met first behind a place.
    fn paint_since(&mut self, start: usize, style: Style, text: &str) {
        if let Some(at) = self.out[start..].find(text) {
            let painted = self.paint(style, text).into_owned();
            self.out.replace_range(start + at..start + at + text.len(), &painted);
        }
    }

    fn line(&mut self, text: fmt::Arguments<'_>) {
        // Writing to a string does not fail.
        let _ = fmt::Write::write_fmt(&mut self.out, text);
        self.out.push('\n');
    }

    fn paint<'t>(&self, style: Style, text: &'t str) -> Cow<'t, str> {
        if self.look.is_coloured { format!("{style}{text}{style:#}").into() } else { text.into() }
    }
}

/// Text with what could do harm escaped, and cut to a sane length.
fn shown(text: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| byte == b' ' || byte.is_ascii_graphic();
    let is_short = text.len() < 4096;
    if is_short && text.bytes().all(is_plain) {
        text.into()
    } else {
        Escaped(text.as_bytes()).to_string().into()
    }
}

fn verdict_style(verdict: Verdict) -> Style {
    match verdict {
        Verdict::Breaks => RED.bold(),
        Verdict::Unclear => YELLOW.bold(),
        Verdict::Harmless => GREEN.bold(),
    }
}

fn joined<'t>(texts: impl Iterator<Item = &'t str>, separator: &str) -> String {
    texts.map(shown).collect::<Vec<_>>().join(separator)
}

fn has_moved(export: &ExportEntry) -> bool {
    let but_version = |facts: &Option<Facts>| {
        facts.clone().map(|Facts { module, kind, namespace, .. }| (module, kind, namespace))
    };
    let is_on_both_sides = export.old.is_some() && export.new.is_some();
    is_on_both_sides && but_version(&export.old) != but_version(&export.new)
}

fn is(export: &ExportEntry, difference: Difference) -> bool {
    export.difference == difference
}

fn is_alone(export: &ExportEntry, difference: Difference) -> bool {
    is(export, difference) && !export.is_renamed() && !export.is_told_by_counterpart()
}

fn is_unexplained(export: &ExportEntry) -> bool {
    export.difference == Difference::Changed && export.causes.is_empty()
}

/// Whether an export belongs into a table.
type Belongs = fn(&ExportEntry) -> bool;

const ARROW: &str = " -> ";

/// Text is broken between words.
fn words() -> WordSeparator {
    WordSeparator::AsciiSpace
}

/// A list is broken behind its commas.
fn at_commas() -> WordSeparator {
    WordSeparator::Custom(|line| Box::new(line.split_inclusive(", ").map(Word::from)))
}

/// A path is broken in front of its arrows.
fn at_arrows() -> WordSeparator {
    WordSeparator::Custom(|line| {
        let starts = line.match_indices(ARROW).map(|(at, _)| at + 1).chain([line.len()]);
        let words = starts.scan(0, |from, to| {
            let word = &line[*from..to];
            *from = to;
            Some(Word::from(word))
        });
        Box::new(words.collect::<Vec<_>>().into_iter())
    })
}
