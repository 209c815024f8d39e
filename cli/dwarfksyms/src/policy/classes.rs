//! Our own rules: on the kind of change.
//!
//! ```text
//! class member-added-in-padding pass            # whatever the type
//! class member-appended pass s#my_private_*     # this type, or what reaches it
//! verdict harmless pass
//! difference moved pass
//! difference removed warn my_debug_*
//! member kabi_reserved* pass s#net_device
//! file drivers/mine/* pass
//! declared include/linux/mine/* pass
//! ```
//!
//! The pattern is the rest of the line. It is matched with the name of the type that changed, with and without its
//! prefix, and with the symbol.

use std::cell::Cell;

use anyhow::{Context, Result, bail};
use dwarfksyms_host::records::text::Shown;
use dwarfksyms_symtypes::compare::Class;

use super::pattern::{Dialect, MOST_BYTES, Patterns};
use super::{Case, Decision, Rule, lines};
use crate::report::{CauseEntry, Change, Difference, Level, Place, Places, Verdict};

/// The rules of a file.
#[derive(Debug, Default)]
pub(super) struct Classes {
    rules: Vec<Parsed>,
    /// Those of all rules that have one.
    patterns: Patterns,
    /// The values of rules on members, of those on files, and of those on where types are declared.
    members: Patterns,
    files: Patterns,
    places: Patterns,
    /// The steps that looking for rules has taken.
    steps: Cell<u64>,
}

#[derive(Debug)]
struct Parsed {
    kind: Criterion,
    level: Level,
    /// Otherwise it is about all.
    has_pattern: bool,
}

/// What a rule is about; `None` for all of a kind. The values of members, files and places are patterns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Criterion {
    Class(Option<Class>),
    Verdict(Option<Verdict>),
    Difference(Option<Difference>),
    Member,
    File,
    Declared,
}

/// Whether a line looks like a rule.
pub(super) fn is_rule(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let is_kind =
        matches!(words.next(), Some("class" | "verdict" | "difference" | "member" | "file" | "declared"));
    is_kind && words.nth(1).is_some_and(|word| level(word).is_some())
}

/// The level that a word stands for.
fn level(word: &str) -> Option<Level> {
    match word {
        "pass" => Some(Level::Pass),
        "warn" => Some(Level::Warn),
        "fail" => Some(Level::Fail),
        _ => None,
    }
}

impl Criterion {
    fn of(kind: &str, value: &str) -> Result<Criterion> {
        let is_any = value == "*";
        Ok(match kind {
            "class" if is_any => Criterion::Class(None),
            "class" => match Class::of_id(value) {
                Some(class) => Criterion::Class(Some(class)),
                None => bail!("there is no class {}", Shown(value.as_bytes())),
            },
            "verdict" => Criterion::Verdict(match value {
                "*" => None,
                "breaks" => Some(Verdict::Breaks),
                "unclear" => Some(Verdict::Unclear),
                "harmless" => Some(Verdict::Harmless),
                _ => bail!("a verdict is breaks, unclear or harmless, not {}", Shown(value.as_bytes())),
            }),
            "difference" => Criterion::Difference(match value {
                "*" => None,
                name => match Difference::ALL.into_iter().find(|difference| difference.id() == name) {
                    Some(difference) => Some(difference),
                    None => bail!("there is no difference {}", Shown(value.as_bytes())),
                },
            }),
            "member" => Criterion::Member,
            "file" => Criterion::File,
            "declared" => Criterion::Declared,
            _ => bail!(
                "a rule begins with class, verdict, difference, member, file or declared, not {}",
                Shown(kind.as_bytes())
            ),
        })
    }

    /// Whether a case is of this kind, which matches the member, the file or the place of its change, or does not.
    fn is_match(self, case: &Case<'_>, is_of_member: bool, is_of_file: bool, is_of_place: bool) -> bool {
        let change = case.change.map(|(_, change)| change);
        match self {
            Criterion::Class(class) => {
                change.is_some_and(|change| class.is_none_or(|class| class.id() == change.class))
            }
            Criterion::Verdict(verdict) => {
                change.is_some_and(|change| verdict.is_none_or(|verdict| verdict == change.verdict))
            }
            Criterion::Difference(difference) => case
                .export
                .is_some_and(|export| difference.is_none_or(|difference| difference == export.difference)),
            Criterion::Member => is_of_member,
            Criterion::File => is_of_file,
            Criterion::Declared => is_of_place,
        }
    }
}

impl Classes {
    /// Reads a text.
    ///
    /// # Errors
    /// A line that is no rule.
    pub(super) fn read(text: &str, rules: &mut Vec<Rule>) -> Result<Classes> {
        let mut all = Classes::default();
        let mut bytes = 0;
        for (number, line) in lines(text) {
            let line = without_comment(line);
            if line.is_empty() {
                continue;
            }
            bytes += line.len();
            if all.rules.len() >= MOST || bytes > MOST_BYTES {
                bail!("line {number}: more than {MOST} rules, or {MOST_BYTES} bytes of them");
            }
            all.add(line).with_context(|| format!("line {number}"))?;
            Rule::add(rules, number, line);
        }
        Ok(all)
    }

    fn add(&mut self, line: &str) -> Result<()> {
        let (kind, rest) = word(line);
        let (value, rest) = word(rest);
        let (verdict, pattern) = word(rest);
        let Some(level) = level(verdict) else {
            bail!("not '{kind} {value} pass|warn|fail [PATTERN]': {}", Shown(line.as_bytes()));
        };
        let has_pattern = !pattern.is_empty();
        if has_pattern {
            self.patterns.add(pattern, Dialect::Plain, self.rules.len())?;
        }
        let kind = Criterion::of(kind, value)?;
        match kind {
            Criterion::Member => self.members.add(value, Dialect::Plain, self.rules.len())?,
            Criterion::File => self.files.add(value, Dialect::Plain, self.rules.len())?,
            Criterion::Declared => self.places.add(value, Dialect::Plain, self.rules.len())?,
            Criterion::Class(_) | Criterion::Verdict(_) | Criterion::Difference(_) => {}
        }
        self.rules.push(Parsed { kind, level, has_pattern });
        Ok(())
    }

    /// Whether a rule has a pattern that can be of types.
    pub(super) fn has_patterns_of_types(&self) -> bool {
        self.rules.iter().any(|rule| rule.has_pattern && rule.is_about_types())
    }

    /// The rules that could be about what was met, as far as they are asked about: those without a pattern are about all.
    pub(super) fn all(&self, met: Met<'_>, is_asked: impl Fn(usize) -> bool) -> Vec<usize> {
        let matched = match met {
            Met::Symbol(symbol) => self.matched_among(symbol, &is_asked),
            Met::Type(name) => self.matched_types_among(name, &is_asked),
            Met::UnknownTypes => Vec::new(),
        };
        self.spend(self.rules.len());
        let is_match = |number: usize, rule: &Parsed| match met {
            _ if !rule.has_pattern => true,
            Met::UnknownTypes => rule.is_about_types(),
            _ => matched.binary_search(&number).is_ok(),
        };
        let rules =
            (0..).zip(&self.rules).filter(|&(number, rule)| is_asked(number) && is_match(number, rule));
        rules.map(|(number, _)| number).collect()
    }

    /// The rules whose patterns match a symbol, in order.
    pub(super) fn matched(&self, symbol: &str) -> Vec<usize> {
        self.matched_among(symbol, &|_| true)
    }

    /// The rules about types whose patterns match the name of one, with or without its prefix, in order.
    pub(super) fn matched_types(&self, id: &str) -> Vec<usize> {
        self.matched_types_among(type_name(id), &|_| true)
    }

    /// The rules on members whose values match what a change is about, in order.
    pub(super) fn matched_members(&self, change: &Change) -> Vec<usize> {
        let subject = change.subject.as_deref().unwrap_or_default();
        sorted(self.members.all(subject, |_| !subject.is_empty()).collect())
    }

    /// The rules on files whose values match the only file in which a type changed, in order.
    pub(super) fn matched_files(&self, cause: &CauseEntry) -> Vec<usize> {
        match cause.files.as_slice() {
            [file] if cause.file_count == 1 => sorted(self.files.all(file, |_| true).collect()),
            _ => Vec::new(),
        }
    }

    /// The rules on places whose values match the file that a type is declared in, in each build that states one, in order.
    pub(super) fn matched_places(&self, cause: &CauseEntry) -> Vec<usize> {
        let Places { old, new } = &cause.declared;
        let of = |place: &Place| sorted(self.places.all(&place.file, |_| true).collect());
        match (old.as_ref().map(of), new.as_ref().map(of)) {
            (Some(mut old), Some(new)) => {
                old.retain(|rule| new.binary_search(rule).is_ok());
                old
            }
            (one, other) => one.or(other).unwrap_or_default(),
        }
    }

    fn matched_among(&self, text: &str, is_asked: &dyn Fn(usize) -> bool) -> Vec<usize> {
        sorted(self.patterns.all(text, is_asked).collect())
    }

    fn matched_types_among(&self, name: &str, is_asked: &dyn Fn(usize) -> bool) -> Vec<usize> {
        let is_of_types = |rule: &usize| self.rules.get(*rule).is_some_and(Parsed::is_about_types);
        let names = [name, without_prefix(name)];
        let matched = names.iter().flat_map(|name| self.patterns.all(name, is_asked));
        let mut rules: Vec<usize> = matched.filter(is_of_types).collect();
        rules.sort_unstable();
        rules.dedup();
        rules
    }

    pub(super) fn decide(&self, case: Case<'_>) -> Option<Decision> {
        let by_symbol = case.export.map(|export| self.matched(&export.symbol)).unwrap_or_default();
        let by_type = case.change.map(|(cause, _)| self.matched_types(&cause.id)).unwrap_or_default();
        let by_member = case.change.map(|(_, change)| self.matched_members(change)).unwrap_or_default();
        let by_file = case.change.map(|(cause, _)| self.matched_files(cause)).unwrap_or_default();
        let by_place = case.change.map(|(cause, _)| self.matched_places(cause)).unwrap_or_default();
        self.spend(self.rules.len());
        let is_match = |number: usize, rule: &Parsed| {
            let [is_of_member, is_of_file, is_of_place] =
                [&by_member, &by_file, &by_place].map(|rules| rules.binary_search(&number).is_ok());
            let is_met = || [&by_symbol, &by_type].iter().any(|met| met.binary_search(&number).is_ok());
            rule.kind.is_match(&case, is_of_member, is_of_file, is_of_place)
                && (!rule.has_pattern || is_met())
        };
        let (number, rule) = (0..).zip(&self.rules).find(|&(number, rule)| is_match(number, rule))?;
        Some(Decision { level: rule.level, rule: Some(number) })
    }

    /// The steps that matching has taken so far.
    pub(super) fn steps(&self) -> u64 {
        let patterns = [&self.patterns, &self.members, &self.files, &self.places];
        patterns.iter().fold(self.steps.get(), |steps, patterns| steps.saturating_add(patterns.steps()))
    }

    fn spend(&self, steps: usize) {
        self.steps.set(self.steps.get().saturating_add(steps as u64));
    }
}

/// What builds have that a rule could be about.
#[derive(Clone, Copy, Debug)]
pub(super) enum Met<'n> {
    Symbol(&'n str),
    /// The name of a type in symtypes.
    Type(&'n str),
    /// No types are at hand, so that any could be there.
    UnknownTypes,
}

/// The most rules of a file: each is tried with each change of each export.
const MOST: usize = 4096;

impl Parsed {
    /// Whether its pattern can be of types.
    fn is_about_types(&self) -> bool {
        !matches!(self.kind, Criterion::Difference(_))
    }
}

fn sorted(mut rules: Vec<usize>) -> Vec<usize> {
    rules.sort_unstable();
    rules
}

/// The first word, and what is behind it.
fn word(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    let (word, rest) = text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()));
    (word, rest.trim())
}

/// A line up to a comment, which begins the line or has a blank in front: `s#file` has none.
fn without_comment(line: &str) -> &str {
    let starts = line.match_indices('#').map(|(at, _)| at);
    let mut comments = starts.filter(|&at| line[..at].chars().next_back().is_none_or(char::is_whitespace));
    line[..comments.next().unwrap_or(line.len())].trim()
}

/// The name of a cause without the number that distinguishes it from others of its name.
fn type_name(id: &str) -> &str {
    match id.rsplit_once('@') {
        Some((name, number)) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => {
            name
        }
        _ => id,
    }
}

/// A type's name without its prefix and quotes.
fn without_prefix(name: &str) -> &str {
    let bare = match name.as_bytes() {
        [b's' | b'u' | b'e' | b't' | b'E', b'#', ..] => &name[2..],
        _ => return name,
    };
    bare.strip_prefix('\'').and_then(|bare| bare.strip_suffix('\'')).unwrap_or(bare)
}
