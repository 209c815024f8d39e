//! What the services that run checks show beside a merge request: workflow commands of GitHub, and the code quality report of
//! GitLab. Both have what the policy does not allow, and what it warns of.

use std::collections::HashMap;
use std::fmt::Write;

use anyhow::Result;
use dwarfksyms_host::message;
use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};

use super::words::{count, few};
use super::{
    CauseEntry, Change, Demangled, Difference, ExportEntry, Level, Place, Report, Ruling, Verdict, json,
};

/// So many exports are named for a cause; of more, the rest is counted.
const NAMED: usize = 5;

/// So many characters has a message.
const LONGEST: usize = 1000;

/// Something that is not allowed, or only with a warning.
struct Annotation<'r> {
    verdict: Verdict,
    ruling: &'r Ruling,
    /// A class of changes, or how an export differs.
    check: &'static str,
    /// The type or export.
    subject: &'r str,
    text: String,
    /// What distinguishes it from others of its kind: the name of the type or export, and the member.
    key: [&'r str; 2],
    /// How many with the same key come before it.
    earlier: usize,
    /// Where it is declared, if that is known.
    place: Option<&'r Place>,
    /// A file in which it is so, if that is known.
    file: Option<&'r str>,
}

/// An entry of a code quality report.
#[derive(Serialize)]
struct Issue<'r> {
    description: String,
    check_name: &'static str,
    /// The same for the same finding in every run.
    fingerprint: String,
    severity: &'static str,
    location: Location<'r>,
}

#[derive(Serialize)]
struct Location<'r> {
    path: &'r str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u64,
}

/// A workflow command for each annotation: `::error title=struct file,file=include/linux/fs.h,line=12::member-removed: ...`.
pub(crate) fn github(report: &Report) -> String {
    let mut out = String::new();
    for annotation in annotations(report, &report.demangled()) {
        let Annotation { verdict, ruling, check, subject, text, place, .. } = annotation;
        let level = match verdict {
            _ if ruling.is_allowed() => "warning",
            Verdict::Breaks => "error",
            Verdict::Unclear => "warning",
            Verdict::Harmless => "notice",
        };
        let property = |text: &str| escaped(text, &['%', ':', ',']);
        let title = property(subject);
        let place = place
            .map_or_else(String::new, |place| format!(",file={},line={}", property(&place.file), place.line));
        // Writing to a string does not fail.
        let _ = writeln!(out, "::{level} title={title}{place}::{check}: {}", escaped(&text, &['%']));
    }
    out
}

/// The report as an array of issues.
///
/// # Errors
/// None: memory takes all that is written.
pub(crate) fn gitlab(report: &Report) -> Result<String> {
    let mut out = Vec::new();
    json::write(&Issues(report), &mut out)?;
    Ok(String::from_utf8(out)?)
}

/// The annotations of a report as issues, each made when it is written.
struct Issues<'r>(&'r Report);

impl Serialize for Issues<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let demangled = self.0.demangled();
        let issue = |annotation| Issue::of(&annotation, &self.0.new.path);
        serializer.collect_seq(annotations(self.0, &demangled).map(issue))
    }
}

impl<'r> Issue<'r> {
    fn of(annotation: &Annotation<'r>, build: &'r str) -> Issue<'r> {
        let Annotation { verdict, ruling, check, subject, text, key: [name, member], earlier, place, file } =
            annotation;
        let earlier = if *earlier > 0 { earlier.to_string() } else { String::new() };
        let path = place.map(|place| place.file.as_str()).or(*file).unwrap_or(build);
        Issue {
            description: escaped(&format!("{subject}: {text}"), &[]),
            check_name: check,
            fingerprint: fingerprint(&[check, name, member], &earlier),
            severity: match verdict {
                _ if ruling.is_allowed() => "minor",
                Verdict::Breaks => "critical",
                Verdict::Unclear => "major",
                Verdict::Harmless => "minor",
            },
            location: Location { path, lines: Lines { begin: place.map_or(1, |place| place.line) } },
        }
    }
}

/// All that is not allowed, or only with a warning: causes change by change, and exports without causes.
fn annotations<'d, 'r: 'd>(
    report: &'r Report,
    demangled: &'d Demangled<'r>,
) -> impl Iterator<Item = Annotation<'r>> + 'd {
    let causes = report.causes.iter().filter(|cause| cause.ruling.level != Level::Pass);
    let of_causes = causes.flat_map(|cause| {
        let (subject, reach) = (demangled.title(cause), reach(cause));
        let mut seen: HashMap<(&str, Option<&str>), usize> = HashMap::new();
        cause.changes.iter().map(move |change| {
            let count = seen.entry((change.class, change.subject.as_deref())).or_default();
            let earlier = *count;
            *count += 1;
            Annotation { earlier, ..of_change(cause, subject, change, &reach) }
        })
    });
    let exports = report.exports.iter().filter(|export| export.ruling.level != Level::Pass);
    of_causes.chain(exports.filter(|export| export.causes.is_empty()).map(of_export))
}

/// The exports that a cause reaches, in a few words, since they are repeated for each of its changes.
fn reach(cause: &CauseEntry) -> String {
    const LONGEST: usize = 200;
    let exports = &cause.exports;
    let text = format!("{}: {}", count(exports.len(), "export"), few(exports.iter(), exports.len(), NAMED));
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}...", &text[..at]),
        None => text,
    }
}

fn of_change<'r>(cause: &'r CauseEntry, subject: &'r str, change: &'r Change, reach: &str) -> Annotation<'r> {
    Annotation {
        verdict: change.verdict,
        check: change.class,
        subject,
        ruling: &cause.ruling,
        text: format!("{} ({}){}; {reach}", change.text, change.verdict.words(), warning(&cause.ruling)),
        key: [&cause.id, change.subject.as_deref().unwrap_or_default()],
        earlier: 0,
        place: cause.declared.newest(),
        file: cause.files.first().map(String::as_str),
    }
}

/// What is said of a warning.
fn warning(ruling: &Ruling) -> String {
    match &ruling.rule {
        Some(rule) if ruling.is_allowed() => format!(", allowed with a warning by {rule}"),
        _ => String::new(),
    }
}

fn of_export(export: &ExportEntry) -> Annotation<'_> {
    let text = match export.difference {
        Difference::Removed => "the new build does not export it",
        Difference::Missing => "it is required, and neither build exports it",
        Difference::Changed => "its version differs, and it is not known why",
        Difference::Unknown => "it cannot be compared",
        Difference::Moved => "its module, licence or namespace differs",
        Difference::Added => "it is new",
    };
    Annotation {
        verdict: export.verdict(),
        ruling: &export.ruling,
        check: export.difference.id(),
        subject: export.demangled.as_deref().unwrap_or(&export.symbol),
        text: format!("{text}{}", warning(&export.ruling)),
        key: [&export.symbol, ""],
        earlier: 0,
        place: None,
        file: None,
    }
}

/// Text in which nothing can do harm, cut to a sane length, and some characters as `%25` and so on.
fn escaped(text: &str, special: &[char]) -> String {
    let mut out = String::new();
    for char in text.chars().take(LONGEST) {
        match message::escape(char) {
            Some(escape) => out.extend(escape),
            None if special.contains(&char) => {
                let _ = write!(out, "%{:02X}", u32::from(char));
            }
            None => out.push(char),
        }
    }
    if text.chars().nth(LONGEST).is_some() {
        out.push_str("...");
    }
    out
}

/// The hash of what a finding is about, and of its number if it is not the first.
fn fingerprint(parts: &[&str], number: &str) -> String {
    let mut digest = Sha256::new();
    for part in parts.iter().chain((!number.is_empty()).then_some(&number)) {
        digest.update(part.as_bytes());
        digest.update([0]);
    }
    digest.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
