//! Our own rules: on the kind of change.
//!
//! ```text
//! class member-added-in-padding pass            # whatever the type
//! class member-appended pass s#my_private_*     # this type, or what reaches it
//! verdict harmless pass
//! difference moved pass
//! difference removed pass my_debug_*
//! ```
//!
//! The pattern is the rest of the line. It is matched with the name of the type that changed, with and without its
//! prefix, and with the symbol.

use anyhow::{Context, Result, bail};
use dwarfksyms_host::records::text::Shown;
use dwarfksyms_symtypes::compare::Class;

use super::pattern::{Dialect, MOST_BYTES, Patterns};
use super::{Case, Decision, Rule, lines};
use crate::report::{Difference, Verdict};

/// The rules of a file.
#[derive(Debug, Default)]
pub(super) struct Classes {
    rules: Vec<Parsed>,
}

#[derive(Debug)]
struct Parsed {
    kind: Criterion,
    is_pass: bool,
    /// `None` for all.
    patterns: Option<Patterns>,
}

/// What a rule is about; `None` for all of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Criterion {
    Class(Option<Class>),
    Verdict(Option<Verdict>),
    Difference(Option<Difference>),
}

/// Whether a line looks like a rule.
pub(super) fn is_rule(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let is_kind = matches!(words.next(), Some("class" | "verdict" | "difference"));
    is_kind && matches!(words.nth(1), Some("pass" | "fail"))
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
            _ => bail!("a rule begins with class, verdict or difference, not {}", Shown(kind.as_bytes())),
        })
    }

    fn is_match(self, case: &Case<'_>) -> bool {
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
            let parsed = Parsed::of(line).with_context(|| format!("line {number}"))?;
            Rule::add(rules, number, line);
            all.rules.push(parsed);
        }
        Ok(all)
    }

    /// Whether a rule has a pattern that can be of types.
    pub(super) fn has_patterns_of_types(&self) -> bool {
        self.rules.iter().any(|rule| rule.patterns.is_some() && rule.is_about_types())
    }

    /// The rules that could be about what was met, as far as they are asked about: those without a pattern are about all.
    pub(super) fn all<'p>(
        &'p self,
        met: Met<'p>,
        is_asked: impl Fn(usize) -> bool + 'p,
    ) -> impl Iterator<Item = usize> + 'p {
        let is_match = move |rule: &Parsed| {
            let Some(patterns) = &rule.patterns else { return true };
            match met {
                Met::Symbol(symbol) => patterns.first(symbol).is_some(),
                Met::Type(name) => rule.is_about_types() && is_type_match(patterns, name),
                Met::UnknownTypes => rule.is_about_types(),
            }
        };
        let rules = (0..).zip(&self.rules).filter(move |&(number, rule)| is_asked(number) && is_match(rule));
        rules.map(|(number, _)| number)
    }

    pub(super) fn decide(&self, case: Case<'_>) -> Option<Decision> {
        let rule = self.rules.iter().position(|rule| rule.is_match(&case))?;
        Some(Decision { is_allowed: self.rules.get(rule)?.is_pass, rule: Some(rule) })
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
    fn of(line: &str) -> Result<Parsed> {
        let (kind, rest) = word(line);
        let (value, rest) = word(rest);
        let (verdict, pattern) = word(rest);
        let is_pass = match verdict {
            "pass" => true,
            "fail" => false,
            _ => bail!("not '{kind} {value} pass|fail [PATTERN]': {}", Shown(line.as_bytes())),
        };
        let mut patterns = None;
        if !pattern.is_empty() {
            patterns.insert(Patterns::default()).add(pattern, Dialect::Plain, 0)?;
        }
        Ok(Parsed { kind: Criterion::of(kind, value)?, is_pass, patterns })
    }

    fn is_match(&self, case: &Case<'_>) -> bool {
        if !self.kind.is_match(case) {
            return false;
        }
        let Some(patterns) = &self.patterns else { return true };
        case.export.is_some_and(|export| patterns.first(&export.symbol).is_some())
            || (self.is_about_types()
                && case.change.is_some_and(|(cause, _)| is_type_match(patterns, type_name(&cause.id))))
    }

    /// Whether its pattern can be of types.
    fn is_about_types(&self) -> bool {
        !matches!(self.kind, Criterion::Difference(_))
    }
}

/// Whether a pattern matches the name of a type, with or without its prefix.
fn is_type_match(patterns: &Patterns, name: &str) -> bool {
    patterns.first(name).is_some() || patterns.first(without_prefix(name)).is_some()
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

/// The name of a cause without the number that tells it from others of its name.
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
