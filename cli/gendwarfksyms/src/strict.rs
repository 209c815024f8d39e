//! `--strict`: what only deserves a warning otherwise is an error, and all of it is reported.

use std::fmt;

use anyhow::Result;
use dwarfksyms_host::message::Failed;

/// What is wrong without being damage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Violation {
    /// Bytes at the end of the kABI rules that are too few for a rule.
    Leftover,
    /// Several sections of kABI rules, which the kernel's own tool does not read.
    Sections,
    /// Different definitions of one type name, which a version depends on.
    Conflict,
    /// Symbol pointers that say different things of one symbol.
    Contradiction,
    /// A symbol without a version.
    Undescribed,
}

/// What was found to be wrong so far.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    /// By kind, in its order: as many as are reported one by one, and how many there are.
    kinds: [(Vec<String>, usize); Violation::ALL.len()],
}

impl Violation {
    const ALL: [Violation; 5] = [
        Violation::Leftover,
        Violation::Sections,
        Violation::Conflict,
        Violation::Contradiction,
        Violation::Undescribed,
    ];

    /// What there are more of.
    fn plural(self) -> &'static str {
        match self {
            Violation::Leftover => "objects with unexpected data at the end of their kABI rules",
            Violation::Sections => "objects with several sections of kABI rules",
            Violation::Conflict => "types with different definitions",
            Violation::Contradiction => "symbols whose pointers have different types",
            Violation::Undescribed => "symbols without information",
        }
    }
}

impl Findings {
    /// More are counted, and not reported one by one.
    const MOST: usize = 100;

    /// Notes something.
    pub(crate) fn add(&mut self, kind: Violation, line: fmt::Arguments<'_>) {
        let (lines, count) = &mut self.kinds[kind as usize];
        if lines.len() < Findings::MOST {
            lines.push(line.to_string());
        }
        *count += 1;
    }

    /// Whether nothing was found.
    ///
    /// # Errors
    /// [`Failed`] with all that was found.
    pub(crate) fn finish(self) -> Result<()> {
        let mut all = Vec::new();
        for (kind, (lines, count)) in Violation::ALL.into_iter().zip(self.kinds) {
            let more = count - lines.len();
            all.extend(lines);
            if more > 0 {
                all.push(format!("and {more} more {}", kind.plural()));
            }
        }
        if all.is_empty() { Ok(()) } else { Err(Failed { lines: all }.into()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(findings: Findings) -> Vec<String> {
        findings.finish().unwrap_err().downcast::<Failed>().unwrap().lines
    }

    #[test]
    fn kinds_are_printed_one_after_the_other() {
        assert!(Findings::default().finish().is_ok());
        let mut findings = Findings::default();
        findings.add(Violation::Undescribed, format_args!("c"));
        findings.add(Violation::Leftover, format_args!("a"));
        findings.add(Violation::Conflict, format_args!("b"));
        assert_eq!(lines(findings), ["a", "b", "c"]);
    }

    #[test]
    fn very_many_are_counted() {
        for (count, last) in [(100, "99"), (101, "and 1 more symbols without information")] {
            let mut findings = Findings::default();
            (0..count).for_each(|number| findings.add(Violation::Undescribed, format_args!("{number}")));
            assert_eq!(lines(findings).last().map(String::as_str), Some(last));
        }
    }
}
