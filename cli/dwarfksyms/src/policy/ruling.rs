//! What a policy says of a whole report.
//!
//! Thousands of exports can differ for thousands of causes each. Exports that no rule can distinguish are ruled on together,
//! and so are causes: what is left to be decided are pairs of such classes, and lists that rows share are walked once.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use anyhow::Result;
use dwarfksyms_core::budget::Budget;

use super::{Case, Decision, Matcher, Policy, strictest};
use crate::report::{CauseEntry, Difference, ExportEntry, Key, NameList, Report, Ruling, Verdict};

/// All that rules can distinguish exports by.
#[derive(Debug, PartialEq, Eq, Hash)]
struct ExportTraits {
    difference: Difference,
    is_allowed: bool,
    cannot_break: bool,
    /// What each file says that does not look at changes.
    decisions: Vec<Option<Decision>>,
    /// For each file that does, the rules whose patterns match.
    matched: Vec<Vec<usize>>,
}

/// All that rules can distinguish causes by.
#[derive(Debug, PartialEq, Eq, Hash)]
struct CauseTraits {
    changes: Vec<ChangeTraits>,
    /// For each file of rules, those whose patterns match, and those that match the file of the cause.
    matched: Vec<[Vec<usize>; 3]>,
}

/// All that rules can tell changes apart by: the class, the verdict and, for each file of rules, those that match the member.
type ChangeTraits = (&'static str, Verdict, Vec<Vec<usize>>);

/// Rows of a report, each with a number that equal ones share, and the first row with each number.
#[derive(Debug, Default)]
struct Alike {
    class_of: Vec<usize>,
    first: Vec<usize>,
}

impl Alike {
    fn of<T: Eq + std::hash::Hash>(rows: impl Iterator<Item = Result<T>>) -> Result<Alike> {
        let mut alike = Alike::default();
        let mut known: HashMap<T, usize> = HashMap::new();
        for (at, row) in rows.enumerate() {
            let class = match known.entry(row?) {
                Entry::Occupied(entry) => *entry.get(),
                Entry::Vacant(entry) => {
                    alike.first.push(at);
                    *entry.insert(alike.first.len() - 1)
                }
            };
            alike.class_of.push(class);
        }
        Ok(alike)
    }
}

/// The classes that the names of lists are of, each once: of each list it is found out once.
struct Classes<'n> {
    class_of: HashMap<&'n str, usize>,
    lists: HashMap<Key, Vec<usize>>,
}

impl Classes<'_> {
    fn of(&mut self, names: &NameList, budget: &mut Budget) -> Result<&[usize]> {
        match self.lists.entry(key(names)) {
            Entry::Occupied(entry) => Ok(entry.into_mut()),
            Entry::Vacant(entry) => {
                let mut classes = Vec::new();
                let mut is_known = vec![false; self.class_of.len()];
                budget.charge_work(8 * names.len() as u64 + 1)?;
                for &class in names.iter().filter_map(|name| self.class_of.get(name)) {
                    if is_known.get_mut(class).is_some_and(|known| !std::mem::replace(known, true)) {
                        classes.push(class);
                    }
                }
                Ok(entry.insert(classes))
            }
        }
    }
}

/// Empty lists are all the same.
fn key(names: &NameList) -> Key {
    if names.is_empty() { std::ptr::null() } else { names.key() }
}

impl Policy {
    /// Rules on all that a report has, and counts. The builds must have been met.
    ///
    /// # Errors
    /// The limit on work.
    pub(crate) fn apply(&self, report: &mut Report, budget: &mut Budget) -> Result<()> {
        report.exports.extend(self.missing(budget)?);
        report.exports.sort_by(|a, b| a.symbol.cmp(&b.symbol));
        let exports = Alike::of(report.exports.iter().map(|export| self.traits_of_export(export, budget)))?;
        let causes = Alike::of(report.causes.iter().map(|cause| self.traits_of_cause(cause, budget)))?;
        let of_exports = self.rule_on_exports(report, &exports, &causes, budget)?;
        let of_causes = match self.looks_at_changes() {
            true => self.rule_on_causes(report, &exports, &causes, budget)?,
            false => self.rule_by_exports(report, &of_exports, budget)?,
        };
        report.exports.iter_mut().zip(of_exports).for_each(|(export, ruling)| export.ruling = ruling);
        report.causes.iter_mut().zip(of_causes).for_each(|(cause, ruling)| cause.ruling = ruling);
        report.unused_rules = self.unused();
        report.count();
        Ok(())
    }

    fn traits_of_export(&self, export: &ExportEntry, budget: &mut Budget) -> Result<ExportTraits> {
        let case = Case { export: Some(export), change: None };
        let (mut decisions, mut matched) = (Vec::new(), Vec::new());
        for file in &self.files {
            match &file.matcher {
                Matcher::Classes(rules) => matched.push(rules.matched(&export.symbol)),
                matcher => decisions.push(matcher.decide(case)),
            }
        }
        self.pay(budget)?;
        budget.charge_work(matched.iter().map(|rules| rules.len() as u64).sum())?;
        Ok(ExportTraits {
            difference: export.difference,
            is_allowed: export.ruling.is_allowed(),
            cannot_break: export.cannot_break(),
            decisions,
            matched,
        })
    }

    fn traits_of_cause(&self, cause: &CauseEntry, budget: &mut Budget) -> Result<CauseTraits> {
        let files = || {
            self.files.iter().filter_map(|file| match &file.matcher {
                Matcher::Classes(rules) => Some(rules),
                _ => None,
            })
        };
        let mut changes: Vec<ChangeTraits> = Vec::new();
        for change in &cause.changes {
            let members: Vec<Vec<usize>> = files().map(|rules| rules.matched_members(change)).collect();
            let matched: usize = members.iter().map(Vec::len).sum();
            budget.charge_work((changes.len().saturating_mul(matched + 1) + 1) as u64)?;
            let traits = (change.class, change.verdict, members);
            if !changes.contains(&traits) {
                changes.push(traits);
            }
        }
        let matched_by = |rules: &super::classes::Classes| {
            [rules.matched_types(&cause.id), rules.matched_files(cause), rules.matched_places(cause)]
        };
        let matched: Vec<[Vec<usize>; 3]> = files().map(|rules| matched_by(rules)).collect();
        self.pay(budget)?;
        budget.charge_work(matched.iter().flatten().map(|rules| rules.len() as u64).sum())?;
        Ok(CauseTraits { changes, matched })
    }

    fn rule_on_exports(
        &self,
        report: &Report,
        exports: &Alike,
        causes: &Alike,
        budget: &mut Budget,
    ) -> Result<Vec<Ruling>> {
        let by_id = report.causes.iter().zip(&causes.class_of);
        let class_of = by_id.map(|(cause, &class)| (cause.id.as_str(), class)).collect();
        let mut classes = Classes { class_of, lists: HashMap::new() };
        let mut known: HashMap<(usize, Key), Ruling> = HashMap::new();
        let mut rulings = Vec::new();
        for (export, &class) in report.exports.iter().zip(&exports.class_of) {
            let ruling = match known.entry((class, key(&export.causes))) {
                Entry::Occupied(entry) => entry.into_mut(),
                Entry::Vacant(entry) => {
                    let of_list = classes.of(&export.causes, budget)?.iter();
                    let first = of_list.filter_map(|&class| report.causes.get(*causes.first.get(class)?));
                    let ruling = self.rule_on_export(export, &first.collect::<Vec<_>>());
                    self.pay(budget)?;
                    entry.insert(ruling)
                }
            };
            rulings.push(ruling.clone());
        }
        Ok(rulings)
    }

    fn rule_on_causes(
        &self,
        report: &Report,
        exports: &Alike,
        causes: &Alike,
        budget: &mut Budget,
    ) -> Result<Vec<Ruling>> {
        let by_symbol = report.exports.iter().zip(&exports.class_of);
        let class_of = by_symbol.map(|(export, &class)| (export.symbol.as_str(), class)).collect();
        let mut classes = Classes { class_of, lists: HashMap::new() };
        let mut known: HashMap<(usize, Key), Ruling> = HashMap::new();
        let mut rulings = Vec::new();
        for (cause, &class) in report.causes.iter().zip(&causes.class_of) {
            let ruling = match known.entry((class, key(&cause.exports))) {
                Entry::Occupied(entry) => entry.into_mut(),
                Entry::Vacant(entry) => {
                    let of_list = classes.of(&cause.exports, budget)?.iter();
                    let first = of_list.filter_map(|&class| report.exports.get(*exports.first.get(class)?));
                    let mut ruling = None;
                    for export in first {
                        let on_each = self.rule_on_cause(cause, &[export]);
                        self.pay(budget)?;
                        ruling = Some(strictest(ruling.into_iter().chain([on_each])));
                    }
                    // One that reaches none counts by itself.
                    entry.insert(ruling.unwrap_or_else(|| self.rule_on_cause(cause, &[])))
                }
            };
            rulings.push(ruling.clone());
        }
        Ok(rulings)
    }

    /// What no rule about changes can distinguish is ruled on as its exports were.
    fn rule_by_exports(
        &self,
        report: &Report,
        of_exports: &[Ruling],
        budget: &mut Budget,
    ) -> Result<Vec<Ruling>> {
        let by_symbol = report.exports.iter().zip(of_exports);
        let by_symbol: HashMap<&str, &Ruling> =
            by_symbol.map(|(export, ruling)| (export.symbol.as_str(), ruling)).collect();
        let mut known: HashMap<Key, Ruling> = HashMap::new();
        let mut rulings = Vec::new();
        for cause in &report.causes {
            let ruling = match known.entry(key(&cause.exports)) {
                Entry::Occupied(entry) => entry.into_mut(),
                Entry::Vacant(entry) => {
                    budget.charge_work(8 * cause.exports.len() as u64 + 1)?;
                    let of_list =
                        || cause.exports.iter().filter_map(|name| by_symbol.get(name).copied().cloned());
                    let ruling = match of_list().next() {
                        None => self.rule_on_cause(cause, &[]),
                        Some(_) => strictest(of_list()),
                    };
                    entry.insert(ruling)
                }
            };
            rulings.push(ruling.clone());
        }
        Ok(rulings)
    }
}
