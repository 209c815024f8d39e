//! Severities, as suse-kabi-tools and `kabi.pl` read them: patterns of modules, namespaces and symbols.
//!
//! ```text
//! drivers/staging/*    PASS   # a module, for the slash
//! CRYPTO_INTERNAL      PASS   # a namespace, for the capitals
//! SYMBOL __SCK__*      PASS
//! vfs_*                FAIL
//! ```
//!
//! The first rule that matches decides; what none matches fails, unless it cannot break a module.

use anyhow::{Context, Result, bail};
use dwarfksyms_host::records::text::Shown;

use super::pattern::{Dialect, Patterns};
use super::{Decision, Rule, before, lines, module};
use crate::report::{ExportEntry, Level};

/// The rules of a file.
#[derive(Debug, Default)]
pub(super) struct Severities {
    /// By what they match.
    pub(super) symbols: Patterns,
    pub(super) namespaces: Patterns,
    pub(super) passing_modules: Patterns,
    pub(super) failing_modules: Patterns,
    /// By rule.
    is_pass: Vec<bool>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RuleSubject {
    Module,
    Namespace,
    Symbol,
}

/// Whether a line looks like a rule.
pub(super) fn is_rule(line: &str) -> bool {
    matches!(split(line), Some((_, _, true | false)))
}

/// What a line matches, with which pattern, and whether that passes; `None` if it is no rule.
fn split(line: &str) -> Option<(Option<RuleSubject>, &str, bool)> {
    let mut words = line.split('#').next().unwrap_or_default().split_whitespace();
    let words = [words.next(), words.next(), words.next(), words.next()];
    let (kind, pattern, verdict) = match words {
        [Some(pattern), Some(verdict), None, None] => (None, pattern, verdict),
        [Some("MODULE"), Some(pattern), Some(verdict), None] => (Some(RuleSubject::Module), pattern, verdict),
        [Some("NAMESPACE"), Some(pattern), Some(verdict), None] => {
            (Some(RuleSubject::Namespace), pattern, verdict)
        }
        [Some("SYMBOL"), Some(pattern), Some(verdict), None] => (Some(RuleSubject::Symbol), pattern, verdict),
        _ => return None,
    };
    let is_pass = verdict.eq_ignore_ascii_case("PASS");
    (is_pass || verdict.eq_ignore_ascii_case("FAIL")).then_some((kind, pattern, is_pass))
}

impl RuleSubject {
    /// What a pattern is of, if nothing says so.
    fn of(pattern: &str) -> RuleSubject {
        let has = |is: fn(char) -> bool| pattern.contains(is);
        if pattern.contains('/') || pattern == "vmlinux" {
            RuleSubject::Module
        } else if has(|char| char.is_ascii_uppercase()) && !has(|char| char.is_ascii_lowercase()) {
            RuleSubject::Namespace
        } else {
            RuleSubject::Symbol
        }
    }
}

impl Severities {
    /// Reads a text.
    ///
    /// # Errors
    /// A line that is no rule.
    pub(super) fn read(text: &str, rules: &mut Vec<Rule>) -> Result<Severities> {
        let mut all = Severities::default();
        for (number, line) in lines(text) {
            let bare = line.split('#').next().unwrap_or_default().trim();
            if bare.is_empty() {
                continue;
            }
            let Some((kind, pattern, is_pass)) = split(line) else {
                bail!(
                    "line {number}: not '[MODULE|NAMESPACE|SYMBOL] PATTERN PASS|FAIL': {}",
                    Shown(line.as_bytes())
                );
            };
            let rule = Rule::add(rules, number, bare);
            let patterns = match (kind.unwrap_or(RuleSubject::of(pattern)), is_pass) {
                (RuleSubject::Symbol, _) => &mut all.symbols,
                (RuleSubject::Namespace, _) => &mut all.namespaces,
                (RuleSubject::Module, true) => &mut all.passing_modules,
                (RuleSubject::Module, false) => &mut all.failing_modules,
            };
            patterns.add(pattern, Dialect::Plain, rule).with_context(|| format!("line {number}"))?;
            all.is_pass.push(is_pass);
        }
        Ok(all)
    }

    /// The steps that matching has taken so far.
    pub(super) fn steps(&self) -> u64 {
        let patterns = [&self.symbols, &self.namespaces, &self.passing_modules, &self.failing_modules];
        patterns.iter().map(|patterns| patterns.steps()).fold(0, u64::saturating_add)
    }

    /// A rule that lets modules pass is about the one that exported the symbol before: nothing gets past a rule by moving.
    pub(super) fn decide(&self, export: &ExportEntry) -> Option<Decision> {
        let sides = || [&export.old, &export.new].into_iter().flatten();
        let failing = sides().filter_map(|facts| self.failing_modules.first(facts.module.as_deref()?)).min();
        // What is in no namespace is in none that a pattern could be of.
        let namespace = before(export).and_then(|facts| facts.namespace.as_deref());
        let namespace = namespace.filter(|name| !name.is_empty());
        let namespace = namespace.and_then(|name| self.namespaces.first(name));
        let passing = module(export).and_then(|module| self.passing_modules.first(module));
        let symbol = self.symbols.first(&export.symbol);
        let rule = [failing, namespace, passing, symbol].into_iter().flatten().min()?;
        let is_allowed = self.is_pass.get(rule).copied()?;
        // What cannot break a module passes even where changes fail.
        let level = Level::of(is_allowed);
        (is_allowed || !export.cannot_break()).then_some(Decision { level, rule: Some(rule) })
    }
}
