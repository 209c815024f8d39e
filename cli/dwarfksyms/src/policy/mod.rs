//! A policy: which differences are let pass.
//!
//! Files come in, in the formats that people who keep an ABI have already, and in one of our own, which is about the kind
//! of change ([docs/POLICY.md](../../../docs/POLICY.md)). Rulings on exports and causes go out, and rules that nothing in
//! the builds has matched.
//!
//! An export can differ for several changes of several types. Each is looked at by itself: the first rule that matches,
//! in the order of files and lines, decides. The export is let pass if all are. A cause is let pass if its changes are,
//! for all exports that it reaches.
//!
//! What no rule matches is refused, unless it is an addition, or one of the files says what matters: then all else passes.
//! What such a file lists, and no build exports, is refused too.

mod classes;
mod debian;
mod kabi;
mod known;
mod pattern;
mod ruling;
mod severities;
mod stablelist;
mod symbols;
mod ubuntu;

use std::cell::Cell;
use std::collections::{BTreeSet, HashMap};
use std::ffi::OsStr;
use std::fs::File as InputFile;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::builder::{OsStringValueParser, TypedValueParser};
use dwarfksyms_core::budget::Budget;
use dwarfksyms_host::contents::Contents;
use dwarfksyms_host::message::{self, Escaped};

pub(crate) use self::known::Known;
pub(crate) use self::symbols::SymbolList;
use crate::demangle::demangle;
use crate::report::{CauseEntry, Change, Difference, ExportEntry, Facts, Level, NameList, Ruling};

/// The most bytes of a file: 16 MiB. The longest list that is known has one.
const LARGEST: usize = 16 << 20;

/// The formats of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PolicyFormat {
    Severities,
    Stablelist,
    Kabi,
    Debian,
    Ubuntu,
    Classes,
}

/// A file as a command line names it: `FILE`, or `FORMAT:FILE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Source {
    pub(crate) format: Option<PolicyFormat>,
    pub(crate) path: PathBuf,
}

/// Which differences are let pass.
#[derive(Debug, Default)]
pub(crate) struct Policy {
    files: Vec<File>,
    /// The bytes of all files.
    bytes: u64,
    /// The steps that matching has taken and that were paid for.
    paid: Cell<u64>,
}

/// A file of rules.
#[derive(Debug)]
struct File {
    /// Its path, escaped.
    name: String,
    rules: Vec<Rule>,
    matcher: Matcher,
}

/// A rule, for messages.
#[derive(Debug)]
struct Rule {
    line: usize,
    text: String,
    is_used: Cell<bool>,
}

/// How the rules of a file are matched.
#[derive(Debug)]
enum Matcher {
    Severities(Box<severities::Severities>),
    Stablelist(stablelist::Stablelist),
    Kabi(kabi::Kabi),
    Debian(Box<debian::Debian>),
    Ubuntu(ubuntu::Ubuntu),
    Classes(Box<classes::Classes>),
}

/// What is decided on: an export, and one change of what it differs for, if any is known.
#[derive(Clone, Copy, Debug)]
struct Case<'r> {
    export: Option<&'r ExportEntry>,
    change: Option<(&'r CauseEntry, &'r Change)>,
}

/// What a file says of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Decision {
    level: Level,
    /// The rule's position; `None` if it goes without saying in this format.
    rule: Option<usize>,
}

impl PolicyFormat {
    const ALL: [PolicyFormat; 6] = [
        PolicyFormat::Severities,
        PolicyFormat::Stablelist,
        PolicyFormat::Kabi,
        PolicyFormat::Debian,
        PolicyFormat::Ubuntu,
        PolicyFormat::Classes,
    ];

    /// What a command line calls it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            PolicyFormat::Severities => "severities",
            PolicyFormat::Stablelist => "stablelist",
            PolicyFormat::Kabi => "kabi",
            PolicyFormat::Debian => "debian",
            PolicyFormat::Ubuntu => "ubuntu",
            PolicyFormat::Classes => "classes",
        }
    }

    /// Recognises a text.
    ///
    /// # Errors
    /// One that could be in several formats, or in none.
    fn of(text: &str) -> Result<PolicyFormat> {
        let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let Some(first) = lines().next() else { bail!("there are no rules in it") };
        if lines().any(debian::is_key) {
            return Ok(PolicyFormat::Debian);
        }
        if first.starts_with("0x") {
            return Ok(PolicyFormat::Kabi);
        }
        if first.starts_with('[') {
            return Ok(PolicyFormat::Stablelist);
        }
        if lines().any(|line| line.starts_with(ubuntu::MODULE)) {
            return Ok(PolicyFormat::Ubuntu);
        }
        if classes::is_rule(first) {
            return Ok(PolicyFormat::Classes);
        }
        if severities::is_rule(first) {
            return Ok(PolicyFormat::Severities);
        }
        if first.split_whitespace().count() == 1 {
            bail!(
                "a list of names can be of those that matter or of those to ignore: say stablelist:FILE or ubuntu:FILE"
            );
        }
        let names: Vec<&str> = PolicyFormat::ALL.into_iter().map(PolicyFormat::name).collect();
        bail!("its format is not known; say which it is as in {}:FILE ({})", names[0], names.join(", "))
    }

    /// Reads a text.
    fn read(self, text: &str) -> Result<(Vec<Rule>, Matcher)> {
        let mut rules = Vec::new();
        let matcher = match self {
            PolicyFormat::Severities => {
                Matcher::Severities(Box::new(severities::Severities::read(text, &mut rules)?))
            }
            PolicyFormat::Stablelist => Matcher::Stablelist(stablelist::Stablelist::read(text, &mut rules)?),
            PolicyFormat::Kabi => Matcher::Kabi(kabi::Kabi::read(text, &mut rules)?),
            PolicyFormat::Debian => Matcher::Debian(Box::new(debian::Debian::read(text, &mut rules)?)),
            PolicyFormat::Ubuntu => Matcher::Ubuntu(ubuntu::Ubuntu::read(text, &mut rules)?),
            PolicyFormat::Classes => Matcher::Classes(Box::new(classes::Classes::read(text, &mut rules)?)),
        };
        Ok((rules, matcher))
    }
}

impl Source {
    /// Reads arguments of a command line.
    pub(crate) fn parser() -> impl TypedValueParser<Value = Source> {
        OsStringValueParser::new().map(|argument| Source::of(&argument))
    }

    /// Reads an argument. A path that begins like a format can be written with `./` in front.
    pub(crate) fn of(argument: &OsStr) -> Source {
        let bytes = argument.as_bytes();
        let stated = PolicyFormat::ALL.into_iter().find_map(|format| {
            let path = bytes.strip_prefix(format.name().as_bytes())?.strip_prefix(b":")?;
            Some((format, path))
        });
        match stated {
            Some((format, path)) => Source { format: Some(format), path: OsStr::from_bytes(path).into() },
            None => Source { format: None, path: argument.into() },
        }
    }

    /// Reads the file.
    fn contents(&self) -> Result<Contents> {
        let file = InputFile::open(&self.path)?;
        Contents::within(file, &message::path(&self.path), LARGEST as u64)
    }
}

/// The text of a file.
fn text_of(contents: &[u8]) -> Result<&str> {
    if contents.len() > LARGEST {
        bail!("is too large ({LARGEST} bytes are allowed)");
    }
    match str::from_utf8(contents) {
        Ok(text) => Ok(text),
        Err(error) => {
            let before = &contents[..error.valid_up_to()];
            bail!("line {}: not UTF-8", before.iter().filter(|&&byte| byte == b'\n').count() + 1);
        }
    }
}

impl Policy {
    /// Reads files, which come in the order in which their rules count.
    ///
    /// # Errors
    /// What cannot be read, or is no rule of its format.
    pub(crate) fn load(sources: &[Source]) -> Result<Policy> {
        let mut policy = Policy::default();
        for source in sources {
            let Source { format, path } = source;
            let name = || message::path(path);
            let contents = source.contents().with_context(name)?;
            policy.add(path, &contents, *format).with_context(name)?;
        }
        Ok(policy)
    }

    /// Adds the rules of a file.
    pub(crate) fn add(&mut self, path: &Path, contents: &[u8], format: Option<PolicyFormat>) -> Result<()> {
        let text = text_of(contents)?;
        let format = format.map_or_else(|| PolicyFormat::of(text), Ok)?;
        let (rules, matcher) = format.read(text)?;
        self.files.push(File { name: message::path(path), rules, matcher });
        self.bytes = self.bytes.saturating_add(contents.len() as u64);
        Ok(())
    }

    /// The bytes of its files.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Pays for what was matched since the last time.
    fn pay(&self, budget: &mut Budget) -> Result<()> {
        let steps = self.files.iter().map(|file| file.matcher.steps()).fold(0, u64::saturating_add);
        let before = self.paid.replace(steps);
        Ok(budget.charge_work(steps.saturating_sub(before).saturating_add(1))?)
    }

    /// Whether there is no policy: then nothing but additions is let pass.
    pub(crate) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Rules on an export that differs for some causes.
    pub(crate) fn rule_on_export(&self, export: &ExportEntry, causes: &[&CauseEntry]) -> Ruling {
        let changes =
            causes.iter().flat_map(|cause| cause.changes.iter().map(move |change| (*cause, change)));
        self.rule(changes.map(|change| Case { export: Some(export), change: Some(change) }), Some(export))
    }

    /// Rules on a cause that some exports differ for.
    pub(crate) fn rule_on_cause(&self, cause: &CauseEntry, exports: &[&ExportEntry]) -> Ruling {
        let changes = || cause.changes.iter().map(|change| Some((cause, change)));
        if exports.is_empty() {
            return self.rule(changes().map(|change| Case { export: None, change }), None);
        }
        let on_each = exports.iter().map(|&export| {
            self.rule(changes().map(|change| Case { export: Some(export), change }), Some(export))
        });
        strictest(on_each)
    }

    /// What a list names, and no build exports.
    fn missing(&self, budget: &mut Budget) -> Result<Vec<ExportEntry>> {
        let mut entry = |symbol: &str| -> Result<ExportEntry> {
            Ok(ExportEntry {
                symbol: symbol.to_owned(),
                symbol_bytes: None,
                demangled: demangle(symbol, budget)?,
                difference: Difference::Missing,
                old: None,
                new: None,
                counterpart: None,
                causes: NameList::default(),
                ruling: Ruling { level: Level::Fail, rule: None },
            })
        };
        let lists = self.files.iter().filter(|file| file.matcher.says_what_matters());
        let rules = lists.flat_map(|file| &file.rules).filter(|rule| !rule.is_used.get());
        let symbols: BTreeSet<&str> = rules.map(|rule| rule.text.as_str()).collect();
        symbols.into_iter().map(&mut entry).collect()
    }

    /// Whether a rule matches types by their names.
    pub(crate) fn has_patterns_of_types(&self) -> bool {
        self.files
            .iter()
            .any(|file| matches!(&file.matcher, Matcher::Classes(rules) if rules.has_patterns_of_types()))
    }

    /// Rules that have matched nothing so far, as `file:line: rule`.
    pub(crate) fn unused(&self) -> Vec<String> {
        let unused = |file: &File| -> Vec<String> {
            file.rules.iter().filter(|rule| !rule.is_used.get()).map(|rule| file.shown(rule)).collect()
        };
        self.files.iter().flat_map(unused).collect()
    }

    /// Whether a rule can depend on what changed.
    fn looks_at_changes(&self) -> bool {
        self.files.iter().any(|file| matches!(file.matcher, Matcher::Classes(_)))
    }

    /// Rules on what has several cases: one that is refused counts more than those that are let pass. Without any, and
    /// where no rule depends on changes, the export counts by itself.
    fn rule<'r>(&self, cases: impl Iterator<Item = Case<'r>>, export: Option<&'r ExportEntry>) -> Ruling {
        let whole = Case { export, change: None };
        let mut cases = cases.filter(|_| self.looks_at_changes()).peekable();
        let whole = cases.peek().is_none().then_some(whole);
        // All are looked at, so that it is known which rules are used.
        strictest(whole.into_iter().chain(cases).map(|case| self.decide(case)))
    }

    fn decide(&self, case: Case<'_>) -> Ruling {
        for file in &self.files {
            let Some(Decision { level, rule }) = file.matcher.decide(case) else { continue };
            let rule = rule.and_then(|rule| file.rules.get(rule));
            if let Some(rule) = rule {
                rule.is_used.set(true);
            }
            return Ruling { level, rule: rule.map(|rule| file.shown(rule)) };
        }
        let has = |is: fn(&Matcher) -> bool| self.files.iter().any(|file| is(&file.matcher));
        let is_allowed = match case.export {
            // What passes without a policy.
            Some(export) if export.difference == Difference::Added || export.ruling.is_allowed() => true,
            Some(export) if has(Matcher::is_of_severities) && export.cannot_break() => true,
            Some(export) if has(Matcher::says_what_matters) => export.difference != Difference::Missing,
            _ => false,
        };
        Ruling { level: Level::of(is_allowed), rule: None }
    }
}

impl File {
    fn shown(&self, rule: &Rule) -> String {
        format!("{}:{}: {}", self.name, rule.line, rule.text)
    }
}

impl Rule {
    /// Adds a rule; its position comes back.
    fn add(rules: &mut Vec<Rule>, line: usize, text: &str) -> usize {
        const LONGEST: usize = 200;
        let text: String = Escaped(text.as_bytes()).to_string().chars().take(LONGEST).collect();
        rules.push(Rule { line, text, is_used: Cell::new(false) });
        rules.len() - 1
    }
}

/// The ruling that counts of several: the strictest, and of equals the first with a rule.
fn strictest(rulings: impl Iterator<Item = Ruling>) -> Ruling {
    let mut strictest: Option<Ruling> = None;
    for ruling in rulings {
        let is_weaker = |first: &Ruling| {
            first.level < ruling.level || (first.level == ruling.level && first.rule.is_none())
        };
        if strictest.as_ref().is_none_or(is_weaker) {
            strictest = Some(ruling);
        }
    }
    strictest.unwrap_or(Ruling { level: Level::Fail, rule: None })
}

impl Matcher {
    /// Whether what it does not list passes.
    fn says_what_matters(&self) -> bool {
        matches!(self, Matcher::Stablelist(_) | Matcher::Kabi(_))
    }

    /// The steps that it has taken so far.
    fn steps(&self) -> u64 {
        match self {
            Matcher::Severities(rules) => rules.steps(),
            Matcher::Debian(rules) => rules.names.steps().saturating_add(rules.modules.steps()),
            Matcher::Classes(rules) => rules.steps(),
            // One look at a table.
            Matcher::Stablelist(_) | Matcher::Kabi(_) | Matcher::Ubuntu(_) => 0,
        }
    }

    fn is_of_severities(&self) -> bool {
        matches!(self, Matcher::Severities(_))
    }

    fn decide(&self, case: Case<'_>) -> Option<Decision> {
        if let Matcher::Classes(rules) = self {
            return rules.decide(case);
        }
        // The other formats know of no causes, of no additions, and of nothing else that passes without them.
        let is_known =
            |export: &&ExportEntry| export.difference != Difference::Added && !export.ruling.is_allowed();
        let export = case.export.filter(is_known)?;
        match self {
            Matcher::Severities(rules) => rules.decide(export),
            Matcher::Stablelist(list) => list.decide(export),
            Matcher::Kabi(list) => list.decide(export),
            Matcher::Debian(rules) => rules.decide(export),
            Matcher::Ubuntu(rules) => rules.decide(export),
            Matcher::Classes(_) => None,
        }
    }
}

/// Lines with their numbers, without those that are empty but for blanks.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty())
}

/// What is known of an export as it was; of one that was not there, as it is.
fn before(export: &ExportEntry) -> Option<&Facts> {
    export.old.as_ref().or(export.new.as_ref())
}

/// The module of an export as it was.
fn module(export: &ExportEntry) -> Option<&str> {
    before(export)?.module.as_deref()
}

/// Names that are listed, and where.
#[derive(Debug, Default)]
struct Names {
    /// The first rule with a name.
    first: HashMap<String, usize>,
    /// Rules with a name that others before them have, by the first of these.
    others: HashMap<usize, Vec<usize>>,
}

impl Names {
    /// Of names that are listed twice, the first counts.
    fn add(&mut self, name: &str, rule: usize) {
        match self.first.get(name) {
            Some(&first) => self.others.entry(first).or_default().push(rule),
            None => _ = self.first.insert(name.to_owned(), rule),
        }
    }

    fn find(&self, name: &str) -> Option<usize> {
        self.first.get(name).copied()
    }

    /// All names, in no order.
    fn into_names(self) -> impl Iterator<Item = String> {
        self.first.into_keys()
    }

    /// All rules with a name.
    fn all(&self, name: &str) -> impl Iterator<Item = usize> {
        let first = self.find(name);
        let others = first.and_then(|first| self.others.get(&first));
        first.into_iter().chain(others.into_iter().flatten().copied())
    }
}

#[cfg(test)]
mod tests;
