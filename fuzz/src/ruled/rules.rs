//! Rules of policies, and what each of them matches, as docs/POLICY.md has it.

use arbitrary::{Arbitrary, Result, Unstructured};

use super::case::{MODULES, NAMESPACES, SYMBOLS, TYPES};
use super::glob;
use super::report::{Cause, Export, Facts, Level};

/// A file of rules.
#[derive(Clone, Debug)]
pub(super) struct File {
    pub(super) format: &'static str,
    /// Its lines in front of the first rule.
    head: &'static [&'static str],
    pub(super) rules: Vec<Rule>,
}

/// A rule: what is in its line, and what it is about.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) text: String,
    /// What of the text a report shows.
    pub(super) shown: String,
    pub(super) level: Level,
    pub(super) matches: Matches,
}

#[derive(Clone, Debug)]
pub(super) enum Matches {
    Symbol(Pattern),
    Module(Pattern),
    /// A module by its path or by its name alone.
    ModuleOrName(Pattern),
    Namespace(Pattern),
    /// A name, and the version that it is locked to.
    Locked(Pattern, Option<String>),
    Kind(Kind, &'static str, Option<Pattern>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Class,
    Verdict,
    Difference,
}

#[derive(Clone, Debug)]
pub(super) struct Pattern {
    text: String,
    /// What wildcards mean: none, those of plain text, those of paths.
    dialect: Option<bool>,
}

impl Pattern {
    pub(super) fn is_match(&self, text: &str) -> bool {
        match self.dialect {
            None => self.text == text,
            Some(is_of_paths) => glob::is_match(&self.text, is_of_paths, text),
        }
    }

    /// A name, in which some parts may have become wildcards.
    fn draw(u: &mut Unstructured<'_>, names: &[&str], dialect: Option<bool>) -> Result<Pattern> {
        let mut text = (*u.choose(names)?).to_owned();
        for _ in 0..u.int_in_range(0..=if dialect.is_some() { 2 } else { 0 })? {
            let chars = text.chars().count();
            // Many match much.
            let last = if u.ratio(1, 3)? { chars.min(2) } else { chars };
            let start = u.int_in_range(0..=last)?;
            let end = start + u.int_in_range(0..=chars - start)?;
            let wild: &[&str] = match dialect {
                Some(true) => &["*", "?", "**", "[a-f]", "[!a-f]", "[v*]"],
                _ => &["*", "?", "**", "[a-f]"],
            };
            let place = |at| text.char_indices().nth(at).map_or(text.len(), |(at, _)| at);
            let (start, end) = (place(start), place(end));
            // A class cannot be within another one.
            if !text.contains('[') {
                text.replace_range(start..end, u.choose(wild)?);
            }
        }
        Ok(Pattern { text, dialect })
    }
}

impl File {
    pub(super) fn draw(u: &mut Unstructured<'_>) -> Result<File> {
        let (format, head, rule): (_, _, fn(&mut Unstructured<'_>) -> Result<Rule>) =
            match u.int_in_range(0..=5)? {
                0 => ("severities", &["# SUSE"][..], severity),
                1 => ("stablelist", &["[list]"], listed),
                2 => ("kabi", &[], locked),
                3 => ("debian", &["[abi]", "ignore-changes:"], ignored),
                4 => ("ubuntu", &[], named),
                _ => ("classes", &["# ours"], of_class),
            };
        let rules = (0..u.int_in_range(1..=6)?).map(|_| rule(u)).collect::<Result<_>>()?;
        Ok(File { format, head, rules })
    }

    pub(super) fn text(&self) -> String {
        let lines = self.head.iter().copied().chain(self.rules.iter().map(|rule| rule.text.as_str()));
        lines.flat_map(|line| [line, "\n"]).collect()
    }

    /// A rule as a report shows it, in the file of this number.
    pub(super) fn shown(&self, file: usize, rule: usize) -> String {
        format!("policy{file}:{}: {}", self.head.len() + rule + 1, self.rules[rule].shown)
    }

    /// Whether what it does not list passes.
    pub(super) fn is_list(&self) -> bool {
        matches!(self.format, "stablelist" | "kabi")
    }
}

fn rule(text: String, level: Level, matches: Matches) -> Rule {
    Rule { shown: text.clone(), text, level, matches }
}

fn severity(u: &mut Unstructured<'_>) -> Result<Rule> {
    let (names, word, is_stated) = match u.int_in_range(0..=3)? {
        0 => (&MODULES[..], "MODULE ", bool::arbitrary(u)?),
        // The first one is none.
        1 => (&NAMESPACES[1..], "NAMESPACE ", bool::arbitrary(u)?),
        _ => (&SYMBOLS[..], "SYMBOL ", bool::arbitrary(u)?),
    };
    let pattern = Pattern::draw(u, names, Some(false))?;
    let (level, verdict) = *u.choose(&[(Level::Pass, "PASS"), (Level::Fail, "fail")])?;
    let word = if is_stated { word } else { "" };
    let text = format!("{word}{} {verdict}", pattern.text);
    let has = |is: fn(&char) -> bool| pattern.text.chars().any(|char| is(&char));
    let matches = match word {
        "MODULE " => Matches::Module(pattern),
        "NAMESPACE " => Matches::Namespace(pattern),
        "SYMBOL " => Matches::Symbol(pattern),
        _ if pattern.text.contains('/') || pattern.text == "vmlinux" => Matches::Module(pattern),
        _ if has(char::is_ascii_uppercase) && !has(char::is_ascii_lowercase) => Matches::Namespace(pattern),
        _ => Matches::Symbol(pattern),
    };
    Ok(rule(text, level, matches))
}

fn listed(u: &mut Unstructured<'_>) -> Result<Rule> {
    let pattern = Pattern::draw(u, &SYMBOLS, None)?;
    Ok(rule(pattern.text.clone(), Level::Fail, Matches::Symbol(pattern)))
}

fn locked(u: &mut Unstructured<'_>) -> Result<Rule> {
    let pattern = Pattern::draw(u, &SYMBOLS, None)?;
    let version = format!("{:#010x}", u.int_in_range(0..=3)?);
    let text = format!("{version}\t{}\tvmlinux\tEXPORT_SYMBOL\t", pattern.text);
    let shown = pattern.text.clone();
    let version = (version != "0x00000000").then_some(version);
    Ok(Rule { text, shown, level: Level::Fail, matches: Matches::Locked(pattern, version) })
}

fn ignored(u: &mut Unstructured<'_>) -> Result<Rule> {
    let is_module = bool::arbitrary(u)?;
    let pattern = Pattern::draw(u, if is_module { &MODULES } else { &SYMBOLS }, Some(true))?;
    let kind = if is_module { "module:" } else { u.choose(&["", "name:"])? };
    let shown = format!("{kind}{}", pattern.text);
    let matches = if is_module { Matches::Module(pattern) } else { Matches::Symbol(pattern) };
    Ok(Rule { text: format!(" {shown}"), shown, level: Level::Pass, matches })
}

fn named(u: &mut Unstructured<'_>) -> Result<Rule> {
    if bool::arbitrary(u)? {
        let pattern = Pattern::draw(u, &SYMBOLS, None)?;
        return Ok(rule(pattern.text.clone(), Level::Pass, Matches::Symbol(pattern)));
    }
    let mut pattern = Pattern::draw(u, &MODULES, None)?;
    if bool::arbitrary(u)? {
        pattern.text = name_of(&pattern.text).to_owned();
    }
    Ok(rule(format!("M: {}", pattern.text), Level::Pass, Matches::ModuleOrName(pattern)))
}

fn of_class(u: &mut Unstructured<'_>) -> Result<Rule> {
    const CLASSES: [&str; 7] = [
        "*",
        "member-appended",
        "member-removed",
        "member-renamed",
        "member-type-changed",
        "enumerator-added",
        "became-declaration",
    ];
    const DIFFERENCES: [&str; 7] = ["*", "removed", "changed", "moved", "added", "missing", "unknown"];
    let (word, kind, value, names) = match u.int_in_range(0..=2)? {
        0 => ("class", Kind::Class, *u.choose(&CLASSES)?, &TYPES[..]),
        1 => ("verdict", Kind::Verdict, *u.choose(&["*", "breaks", "unclear", "harmless"])?, &TYPES[..]),
        _ => ("difference", Kind::Difference, *u.choose(&DIFFERENCES)?, &SYMBOLS[..]),
    };
    let names = if u.ratio(1, 3)? { &SYMBOLS[..] } else { names };
    let pattern = match bool::arbitrary(u)? {
        true => Some(Pattern::draw(u, names, Some(false))?).filter(|pattern| !pattern.text.is_empty()),
        false => None,
    };
    let (level, verdict) =
        *u.choose(&[(Level::Pass, "pass"), (Level::Warn, "warn"), (Level::Fail, "fail")])?;
    let mut text = format!("{word} {value} {verdict}");
    if let Some(pattern) = &pattern {
        text = format!("{text} {}", pattern.text);
    }
    Ok(rule(text, level, Matches::Kind(kind, value, pattern)))
}

/// The name of a module without its folders.
fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// A type's name, and the same without prefix and quotes.
pub(super) fn names_of_type(name: &str) -> [&str; 2] {
    let bare = name.split_once('#').map_or(name, |(_, bare)| bare);
    [name, bare.strip_prefix('\'').and_then(|bare| bare.strip_suffix('\'')).unwrap_or(bare)]
}

/// Names that builds have.
pub(super) enum Name<'n> {
    Symbol(&'n str),
    Module(&'n str),
    Namespace(&'n str),
    Type(&'n str),
}

impl Rule {
    /// Whether it matches a name that a build has, whatever differs.
    pub(super) fn meets(&self, name: &Name<'_>) -> bool {
        match (&self.matches, name) {
            (Matches::Symbol(pattern) | Matches::Locked(pattern, _), Name::Symbol(name))
            | (Matches::Module(pattern), Name::Module(name))
            | (Matches::Namespace(pattern), Name::Namespace(name)) => pattern.is_match(name),
            (Matches::ModuleOrName(pattern), Name::Module(path)) => {
                pattern.is_match(path) || pattern.is_match(name_of(path))
            }
            (Matches::Kind(_, _, None), _) => true,
            (Matches::Kind(_, _, Some(pattern)), Name::Symbol(name)) => pattern.is_match(name),
            (Matches::Kind(Kind::Class | Kind::Verdict, _, Some(pattern)), Name::Type(name)) => {
                names_of_type(name).iter().any(|name| pattern.is_match(name))
            }
            _ => false,
        }
    }

    /// Whether it matches an export, and a change of a cause if there is one.
    pub(super) fn is_match(&self, export: &Export, change: Option<(&Cause, &(String, String))>) -> bool {
        let before = export.before().and_then(Facts::module);
        match &self.matches {
            Matches::Symbol(pattern) | Matches::Locked(pattern, _) => pattern.is_match(&export.symbol),
            // Nothing gets past a rule that fails modules by moving.
            Matches::Module(pattern) if self.level == Level::Fail => {
                let mut modules = [&export.old, &export.new].into_iter().flatten().filter_map(Facts::module);
                modules.any(|module| pattern.is_match(module))
            }
            Matches::Module(pattern) => before.is_some_and(|module| pattern.is_match(module)),
            Matches::ModuleOrName(pattern) => {
                before.is_some_and(|module| pattern.is_match(module) || pattern.is_match(name_of(module)))
            }
            Matches::Namespace(pattern) => export.before().is_some_and(|facts| {
                // What is in no namespace is in none that a pattern could be of.
                !facts.namespace.is_empty() && pattern.is_match(&facts.namespace)
            }),
            Matches::Kind(kind, value, pattern) => {
                let is_of = |own: &str| *value == "*" || *value == own;
                let is_kind = match (kind, change) {
                    (Kind::Class, Some((_, (class, _)))) => is_of(class),
                    (Kind::Verdict, Some((_, (_, verdict)))) => is_of(verdict),
                    (Kind::Difference, _) => is_of(&export.difference),
                    _ => false,
                };
                let is_of_type = |pattern: &Pattern| {
                    let cause = change.filter(|_| *kind != Kind::Difference).map(|(cause, _)| cause);
                    cause.is_some_and(|cause| {
                        names_of_type(cause.type_name()).iter().any(|name| pattern.is_match(name))
                    })
                };
                is_kind
                    && pattern
                        .as_ref()
                        .is_none_or(|pattern| pattern.is_match(&export.symbol) || is_of_type(pattern))
            }
        }
    }
}
