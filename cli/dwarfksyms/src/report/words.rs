//! What all formats for people say the same.

use super::{Difference, Report, Side, Summary, Verdict};

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

/// So many of something: `1 export`, `2 exports`.
pub(crate) fn count(count: usize, what: &str) -> String {
    format!("{} {what}{}", number(count as u64), if count == 1 { "" } else { "s" })
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
    pub(crate) const ALL: [Difference; 4] =
        [Difference::Removed, Difference::Added, Difference::Moved, Difference::Changed];

    /// As in the JSON report, and for people.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Difference::Removed => "removed",
            Difference::Changed => "changed",
            Difference::Moved => "moved",
            Difference::Added => "added",
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
    /// Whether there is anything that differs.
    pub(crate) fn is_different(&self) -> bool {
        !self.exports.is_empty() || !self.causes.is_empty()
    }

    /// The report in a sentence, without the paths.
    pub(crate) fn headline(&self) -> String {
        let number_of = self.exports.len();
        match (self.is_different(), number_of) {
            (false, _) => format!("no difference: {}", count(self.new.exports, "export")),
            (true, 1) => "1 export differs".to_owned(),
            (true, _) => format!("{} differ", count(number_of, "export")),
        }
    }
}

impl Summary {
    /// The numbers of exports by how they differ, those that there are: `2 changed`.
    pub(crate) fn differences(&self) -> Vec<String> {
        let counts = [
            (self.changed, "changed"),
            (self.removed, "removed"),
            (self.added, "added"),
            (self.moved, "moved"),
            (self.unchanged, "unchanged"),
        ];
        present(&counts)
    }

    /// The number of causes, and how many there are of which verdict: `3 causes: 2 breaks modules, 1 harmless`.
    pub(crate) fn causes(&self) -> Option<String> {
        let [breaks, unclear, harmless] = Verdict::ALL.map(Verdict::words);
        let counts = [(self.breaking, breaks), (self.unclear, unclear), (self.harmless, harmless)];
        let verdicts = present(&counts).join(", ");
        let end = if verdicts.is_empty() { String::new() } else { format!(" ({verdicts})") };
        (self.causes > 0).then(|| format!("{}{end}", count(self.causes, "cause")))
    }

    /// What the policy says of the differences, if there are any.
    pub(crate) fn rulings(&self) -> Vec<String> {
        present(&[(self.failing, "not allowed"), (self.allowed, "allowed")])
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
    fn extents_have_bytes_and_bits() {
        let cases =
            [(0, "0 bytes"), (3, "3 bits"), (8, "1 byte"), (9, "1 byte and 1 bit"), (8192, "1,024 bytes")];
        for (bits, expected) in cases {
            assert_eq!(extent(bits), expected);
        }
    }
}
