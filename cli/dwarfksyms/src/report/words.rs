//! What all formats for people say the same.

use std::fmt::{Display, Write};

use super::{CauseEntry, Difference, ExportEntry, Level, Report, Ruling, Side, Summary, Verdict};

/// A number with its thousands apart: `11,679`.
pub(crate) fn number(number: impl TryInto<u64>) -> String {
    let digits = number.try_into().unwrap_or(u64::MAX).to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// What a list of exports is called that have other names than before, and the same path in Rust.
pub(crate) const RENAMED: &str = "Renamed by the compiler";

/// So many of something: `1 export`, `2 exports`.
pub(crate) fn count(count: usize, what: &str) -> String {
    format!("{} {what}{}", number(count as u64), if count == 1 { "" } else { "s" })
}

/// So many names, or the first few of them and how many more there are.
pub(crate) fn few<N: Display>(names: impl Iterator<Item = N>, count: usize, most: usize) -> String {
    // One that is left out takes no less room than to say so.
    let most = if count <= most.saturating_add(1) { count } else { most };
    let mut text = String::new();
    for (at, name) in names.take(most).enumerate() {
        // Writing to a string does not fail.
        let _ = write!(text, "{}{name}", if at > 0 { ", " } else { "" });
    }
    if count > most {
        let _ = write!(text, " and {} more", number((count - most) as u64));
    }
    text
}

/// How much room something takes: `4 bytes`, `3 bits`, `1 byte and 3 bits`.
pub(crate) fn extent(bits: u64) -> String {
    let part = |number_of: u64, what| {
        let ending = if number_of == 1 { "" } else { "s" };
        (number_of > 0).then(|| format!("{} {what}{ending}", number(number_of)))
    };
    match (part(bits / 8, "byte"), part(bits % 8, "bit")) {
        (Some(bytes), Some(bits)) => format!("{bytes} and {bits}"),
        (Some(text), None) | (None, Some(text)) => text,
        (None, None) => "0 bytes".to_owned(),
    }
}

impl Verdict {
    /// All of them, the worst first.
    pub(crate) const ALL: [Verdict; 3] = [Verdict::Breaks, Verdict::Unclear, Verdict::Harmless];

    /// For people.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Verdict::Breaks => "breaks modules",
            Verdict::Unclear => "cannot tell",
            Verdict::Harmless => "harmless",
        }
    }

    /// How bad it is.
    pub(crate) const fn severity(self) -> u8 {
        match self {
            Verdict::Breaks => 2,
            Verdict::Unclear => 1,
            Verdict::Harmless => 0,
        }
    }

    /// As in the JSON report.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Verdict::Breaks => "breaks",
            Verdict::Unclear => "unclear",
            Verdict::Harmless => "harmless",
        }
    }
}

impl Difference {
    /// All of them, in the order in which they are shown.
    pub(crate) const ALL: [Difference; 6] = [
        Difference::Missing,
        Difference::Removed,
        Difference::Changed,
        Difference::Unknown,
        Difference::Moved,
        Difference::Added,
    ];

    /// As in the JSON report, and for people.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Difference::Removed => "removed",
            Difference::Changed => "changed",
            Difference::Moved => "moved",
            Difference::Added => "added",
            Difference::Missing => "missing",
            Difference::Unknown => "unknown",
        }
    }
}

impl ExportEntry {
    /// Whether it stands in the list of what the compiler has renamed, for both names.
    pub(crate) fn is_renamed(&self) -> bool {
        self.difference == Difference::Removed && self.counterpart.is_some()
    }

    /// Whether its old name stands for it, too. What is not allowed stands for itself.
    pub(crate) fn is_told_by_counterpart(&self) -> bool {
        self.difference == Difference::Added && self.counterpart.is_some() && self.ruling.level == Level::Pass
    }
}

impl Level {
    /// All of them, in the order in which reports show what has them.
    pub(crate) const ALL: [Level; 3] = [Level::Fail, Level::Warn, Level::Pass];

    /// What the page calls what has it.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Level::Pass => "allowed",
            Level::Warn => "warning",
            Level::Fail => "failing",
        }
    }

    /// What is said behind the title of a table.
    pub(crate) const fn addition(self) -> &'static str {
        match self {
            Level::Pass => ", allowed",
            Level::Warn => ", warning",
            Level::Fail => "",
        }
    }

    /// For people.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Level::Pass => "allowed",
            Level::Warn => "allowed with a warning",
            Level::Fail => "not allowed",
        }
    }
}

impl Side {
    /// What it is: `Module.symvers, 11,679 exports`.
    pub(crate) fn what(&self) -> String {
        let mut what = format!("{}, {}", self.kind, count(self.exports, "export"));
        if self.has_types && self.files > 1 {
            what.push_str(&format!(", types in {}", count(self.files, "file")));
        }
        what.push_str(match self.described {
            Some("whole") => ", described as a whole",
            Some("per-unit") => ", described per unit",
            Some("mixed") => ", described per unit where it was linked from several sources",
            _ => "",
        });
        what
    }
}

impl Report {
    /// Whether there is anything that differs, or that is unknown.
    pub(crate) fn is_different(&self) -> bool {
        let Summary { missing, unknown, causes, .. } = self.summary;
        self.summary.differing() + missing + unknown + causes > 0
    }

    /// The report in a sentence, without the paths.
    pub(crate) fn headline(&self) -> String {
        let Summary { missing, unknown, .. } = self.summary;
        let differing = match self.summary.differing() {
            0 if missing + unknown > 0 => None,
            0 if !self.is_different() => {
                Some(format!("no difference: {}", count(self.summary.unchanged, "export")))
            }
            1 => Some("1 export differs".to_owned()),
            number_of => Some(format!("{} differ", count(number_of, "export"))),
        };
        let missing = (missing > 0).then(|| format!("{} missing", count(missing, "listed symbol")));
        let unknown = (unknown > 0).then(|| format!("{} cannot be compared", count(unknown, "export")));
        [differing, missing, unknown].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// What the policy says of the differences, if there are any.
    pub(crate) fn rulings(&self) -> Vec<String> {
        let Summary { allowed, warned, failing, .. } = self.summary;
        let counts =
            [(failing, Level::Fail), (warned, Level::Warn), (allowed.saturating_sub(warned), Level::Pass)];
        let words = |(count, level): (usize, Level)| {
            let end = if self.only_failing && level != Level::Fail { " and not shown" } else { "" };
            (count > 0).then(|| format!("{} {}{end}", number(count as u64), level.word()))
        };
        counts.into_iter().filter_map(words).collect()
    }

    /// What stands above the warnings, if there are any: `Allowed with a warning: 1 cause, 3 exports`.
    pub(crate) fn warnings(&self) -> Option<String> {
        let is_warning = |ruling: &Ruling| ruling.level == Level::Warn;
        let causes = self.causes.iter().filter(|cause| is_warning(&cause.ruling)).count();
        let exports = self.exports.iter().filter(|export| is_warning(&export.ruling)).count();
        let counts = [(causes, "cause"), (exports, "export")].into_iter().filter(|(number, _)| *number > 0);
        let counts: Vec<String> = counts.map(|(number, what)| count(number, what)).collect();
        (!counts.is_empty()).then(|| format!("Allowed with a warning: {}", counts.join(", ")))
    }
}

impl CauseEntry {
    /// The files in which it differs this way, those that are not named as a number.
    pub(crate) fn other_files(&self) -> Option<String> {
        let more = self.file_count.saturating_sub(self.files.len());
        (more > 0).then(|| format!("{} more", number(more as u64)))
    }
}

impl Summary {
    /// How many exports differ.
    pub(crate) fn differing(&self) -> usize {
        self.changed + self.removed + self.added + self.moved
    }

    /// The numbers of exports by how they differ, those that there are: `2 changed`.
    pub(crate) fn differences(&self) -> Vec<String> {
        let counts = [
            (self.changed, "changed"),
            (self.removed, "removed"),
            (self.added, "added"),
            (self.moved, "moved"),
            (self.missing, "missing"),
            (self.unknown, "unknown"),
            (self.unchanged, "unchanged"),
        ];
        let mut differences = present(&counts);
        if self.renamed > 0 {
            let at = counts.iter().take(3).filter(|(count, _)| *count > 0).count();
            differences
                .insert(at, format!("{} renamed by the compiler among them", count(self.renamed, "pair")));
        }
        differences
    }

    /// The number of causes, and how many there are of which verdict: `3 causes (2 break modules, 1 harmless)`.
    pub(crate) fn causes(&self) -> Option<String> {
        let [breaks, unclear, harmless] = Verdict::ALL.map(Verdict::words);
        let breaks = if self.breaking == 1 { breaks } else { "break modules" };
        let counts = [(self.breaking, breaks), (self.unclear, unclear), (self.harmless, harmless)];
        let verdicts = present(&counts).join(", ");
        let end = if verdicts.is_empty() { String::new() } else { format!(" ({verdicts})") };
        (self.causes > 0).then(|| format!("{}{end}", count(self.causes, "cause")))
    }
}

fn present(counts: &[(usize, &str)]) -> Vec<String> {
    let present = counts.iter().filter(|(count, _)| *count > 0);
    present.map(|(count, what)| format!("{} {what}", number(*count as u64))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_for_people() {
        let cases =
            [(0_u64, "0"), (999, "999"), (1000, "1,000"), (11_679, "11,679"), (1_048_576, "1,048,576")];
        for (value, expected) in cases {
            assert_eq!(number(value), expected);
        }
        assert_eq!([count(1, "export"), count(2, "export")], ["1 export", "2 exports"]);
    }

    #[test]
    fn of_many_names_the_first_are_shown() {
        let told = |count| few(1..=count, count, 5);
        assert_eq!([0, 1, 6].map(told), ["", "1", "1, 2, 3, 4, 5, 6"]);
        assert_eq!([7, 1005].map(told), ["1, 2, 3, 4, 5 and 2 more", "1, 2, 3, 4, 5 and 1,000 more"]);
    }

    #[test]
    fn extents_have_bytes_and_bits() {
        let cases =
            [(0, "0 bytes"), (3, "3 bits"), (8, "1 byte"), (9, "1 byte and 1 bit"), (8192, "1,024 bytes")];
        for (bits, expected) in cases {
            assert_eq!(extent(bits), expected);
        }
    }
}
