//! Policies and a comparison of two builds: what is let pass is what docs/POLICY.md says.

mod case;
mod glob;
mod report;
mod rules;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use arbitrary::Unstructured;
use dwarfksyms::fuzzing::{self, PolicyFile};

use self::case::Case;
use self::report::{Cause, Export, Level, Report, Ruling};
use self::rules::{File, Matches, Name};
use crate::describe::LIMITS;

/// Bytes as two builds and policies whose patterns are made of their names. Each export and each cause is ruled on by the first
/// rule that matches, and rules are unused if nothing that the builds have matches them.
pub fn ruled(data: &[u8]) {
    // Drawing never fails: bytes that have run out are zeros.
    let Ok(case) = Case::draw(&mut Unstructured::new(data)) else { return };
    let _ = check(&case);
}

/// What was ruled on; `None` if the builds cannot be compared, or a limit was hit.
fn check(case: &Case) -> Option<Report> {
    let texts: Vec<String> = case.files.iter().map(File::text).collect();
    let policies: Vec<PolicyFile<'_>> =
        case.files.iter().zip(&texts).map(|(file, text)| (Some(file.format), text.as_bytes())).collect();
    let [old, new] = &case.builds();
    let answer = fuzzing::rule([old, new], &policies, &LIMITS)?;
    let plain = Report::read(&answer.plain()?);
    let ruled = Report::read(&answer.in_format(1)?);
    let judge = Judge { case, plain, used: RefCell::default() };
    let (exports, causes) = judge.all();
    let said: BTreeMap<&str, &Ruling> =
        ruled.exports.iter().map(|export| (export.symbol.as_str(), &export.ruling)).collect();
    let expected = exports.iter().map(|(symbol, ruling)| (symbol.as_str(), ruling)).collect();
    assert_eq!(said, expected, "{case:#?}\n{texts:#?}");
    let said: BTreeMap<&str, &Ruling> =
        ruled.causes.iter().map(|cause| (cause.id(), &cause.ruling)).collect();
    let expected = causes.iter().map(|(id, ruling)| (id.as_str(), ruling)).collect();
    assert_eq!(said, expected, "{case:#?}\n{texts:#?}");
    judge.check_unused(&ruled.unused_rules);
    Some(ruled)
}

/// The oracle, which looks at each rule, export and change by itself.
struct Judge<'c> {
    case: &'c Case,
    plain: Report,
    /// The rules that have decided.
    used: RefCell<BTreeSet<(usize, usize)>>,
}

impl Judge<'_> {
    /// The rulings on all exports, what is missing among them, and on all causes.
    fn all(&self) -> (BTreeMap<String, Ruling>, BTreeMap<String, Ruling>) {
        let missing: Vec<Export> = self.missing().iter().map(|symbol| Export::missing(symbol)).collect();
        let exports = self.plain.exports.iter().chain(&missing);
        let exports: BTreeMap<String, Ruling> =
            exports.map(|export| (export.symbol.clone(), self.on_export(export))).collect();
        let on_cause = |cause: &Cause| {
            let reached = cause.exports.iter().filter_map(|symbol| self.plain.export(symbol));
            let rulings: Vec<Ruling> = match self.looks_at_changes() {
                true => reached.map(|export| self.on_changes(export, &[cause])).collect(),
                false => reached.map(|export| exports[&export.symbol].clone()).collect(),
            };
            strictest(&rulings)
        };
        let causes = self.plain.causes.iter().map(|cause| (cause.id().to_owned(), on_cause(cause))).collect();
        (exports, causes)
    }

    fn looks_at_changes(&self) -> bool {
        self.case.files.iter().any(|file| file.format == "classes")
    }

    /// What lists name, and no build exports.
    fn missing(&self) -> BTreeSet<&str> {
        let names = self.case.names();
        let lists = self.case.files.iter().filter(|file| file.is_list());
        let is_missing = |rule: &&rules::Rule| !names.iter().any(|name| rule.meets(name));
        lists.flat_map(|file| &file.rules).filter(is_missing).map(|rule| rule.shown.as_str()).collect()
    }

    fn on_export(&self, export: &Export) -> Ruling {
        let causes: Vec<&Cause> = export.causes.iter().filter_map(|id| self.plain.cause(id)).collect();
        self.on_changes(export, &causes)
    }

    fn on_changes(&self, export: &Export, causes: &[&Cause]) -> Ruling {
        let changes = causes.iter().flat_map(|cause| cause.changes.iter().map(|change| (*cause, change)));
        let rulings: Vec<Ruling> = changes
            .filter(|_| self.looks_at_changes())
            .map(|change| self.decide(export, Some(change)))
            .collect();
        if rulings.is_empty() { self.decide(export, None) } else { strictest(&rulings) }
    }

    fn decide(&self, export: &Export, change: Option<(&Cause, &(String, String))>) -> Ruling {
        let files = || self.case.files.iter();
        let passes_anyway = export.difference == "added" || export.ruling.0 != Level::Fail;
        for (number, file) in files().enumerate() {
            if file.format != "classes" && passes_anyway {
                continue;
            }
            let has_lost_its_version = export.difference == "changed"
                && export.old.as_ref().is_some_and(|facts| facts.version.is_some())
                && export.new.as_ref().is_some_and(|facts| facts.version.is_none());
            if file.format == "debian" && has_lost_its_version {
                return (Level::Fail, None);
            }
            let first = (0..).zip(&file.rules).find(|(_, rule)| rule.is_match(export, change));
            let Some((at, rule)) = first else {
                if file.format == "ubuntu" && has_only_moved(export) {
                    return (Level::Pass, None);
                }
                continue;
            };
            if file.format == "severities" && rule.level == Level::Fail && export.cannot_break() {
                continue;
            }
            self.used.borrow_mut().insert((number, at));
            let version = export.new.as_ref().and_then(|facts| facts.version.as_ref());
            let is_restored = matches!(&rule.matches, Matches::Locked(_, Some(locked)) if version == Some(locked))
                && export.difference == "changed";
            let level = if is_restored { Level::Pass } else { rule.level };
            return (level, Some(file.shown(number, at)));
        }
        let is_harmless = files().any(|file| file.format == "severities") && export.cannot_break();
        let is_unlisted = files().any(File::is_list) && export.difference != "missing";
        (if passes_anyway || is_harmless || is_unlisted { Level::Pass } else { Level::Fail }, None)
    }

    /// Compares the rules that nothing matched.
    fn check_unused(&self, said: &[String]) {
        let names = self.case.names();
        let references = self.case.references();
        let mut left: BTreeSet<&str> = said.iter().map(String::as_str).collect();
        for (number, file) in self.case.files.iter().enumerate() {
            for (at, rule) in file.rules.iter().enumerate() {
                let text = file.shown(number, at);
                let is_said = left.remove(text.as_str());
                let is_of_types =
                    matches!(rule.matches, Matches::Kind(rules::Kind::Class | rules::Kind::Verdict, ..));
                let is_used = names.iter().any(|name| rule.meets(name))
                    || self.used.borrow().contains(&(number, at))
                    || (is_of_types && !self.case.has_types());
                let may_be_used = references.iter().any(|name| rule.meets(&Name::Type(name)));
                assert!(is_said != is_used || (may_be_used && !is_said), "{text} {:#?}", self.case);
            }
        }
        assert!(left.is_empty(), "{left:?}");
    }
}

/// Whether it is the same but for its module.
fn has_only_moved(export: &Export) -> bool {
    let (Some(old), Some(new)) = (&export.old, &export.new) else { return false };
    export.difference == "moved" && old.kind == new.kind && old.namespace == new.namespace
}

/// The strictest counts, and of equals the first that has a rule.
fn strictest(rulings: &[Ruling]) -> Ruling {
    let level = rulings.iter().map(|(level, _)| *level).max().unwrap_or(Level::Fail);
    let mut alike = rulings.iter().filter(|(own, _)| *own == level);
    (level, alike.find_map(|(_, rule)| rule.clone()))
}

#[cfg(test)]
#[test]
fn smoke() {
    crate::smoke::test("ruled");
}

#[cfg(test)]
#[test]
fn noise_makes_every_kind_of_ruling() {
    let (mut differences, mut formats, mut causes) = (BTreeSet::new(), BTreeSet::new(), 0);
    for (_, seed) in crate::seeds::seeds("ruled") {
        let case = Case::draw(&mut Unstructured::new(&seed)).expect("it never fails");
        let Some(report) = check(&case) else { continue };
        causes += report.causes.iter().filter(|cause| cause.ruling.1.is_some()).count();
        for export in &report.exports {
            differences.insert((export.difference.clone(), export.ruling.0));
            let rule = export.ruling.1.as_deref().and_then(|rule| rule.strip_prefix("policy"));
            let file = rule
                .and_then(|rule| rule.split(':').next())
                .map(|number| number.parse::<usize>().expect("a number"));
            formats.extend(file.map(|file| (case.files[file].format, export.ruling.0)));
        }
    }
    // Of six differences each passes and fails, and so do all formats, but for lists, which let nothing pass that they name
    // unless it is restored, and those that only let pass. Only rules on changes warn.
    let is_warning = |level: Level| level == Level::Warn;
    assert!(formats.iter().all(|&(format, level)| !is_warning(level) || format == "classes"), "{formats:?}");
    assert!(differences.iter().filter(|(_, level)| is_warning(*level)).count() >= 2, "{differences:?}");
    differences.retain(|(_, level)| !is_warning(*level));
    assert!(
        differences.len() >= 11 && formats.len() >= 9 && causes > 5,
        "{differences:?} {formats:?} {causes}"
    );
}
