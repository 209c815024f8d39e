//! Rules that are about nothing, do nothing, or hide that modules do not fit.

use alloc::rc::Rc;
use alloc::vec::Vec;
use core::cell::RefCell;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;
use dwarfksyms_core::kabi::{Rule, RuleKind, Rules};

use crate::compare::{Verdict, compare};
use crate::layout::{Builds, Library, Part};
use crate::suggest::{Embedding, Macros, ObstacleKind, SuggestionKind, repair};
use crate::types::{NameId, NodeKind, Side, Tree, Wrapper, type_title};

use super::enumeration::Enumeration;
use super::finding::{Finding, FindingKind};

/// What is known about the rules of an object.
struct Checker<'a, 'c, 't> {
    rules: &'a Rules<'t>,
    /// The types without the conventions.
    types: &'a Library<'c, 't>,
    /// Where values of types are part of others, without and with the conventions.
    plain: Embedding<'c, 't>,
    stable: Embedding<'c, 't>,
    /// The enumeration that a rule was about last: the next one may be, too.
    last: RefCell<Option<(&'t [u8], Rc<Enumeration<'t>>)>>,
}

/// Looks at all rules.
pub(super) fn check<'c, 't>(
    rules: &Rules<'t>,
    types: &Library<'c, 't>,
    findings: &mut Vec<Finding>,
    budget: &mut Budget,
) -> Result<()> {
    if rules.all().is_empty() {
        return Ok(());
    }
    let checker = Checker {
        rules,
        types,
        plain: Embedding::new(types.catalog, Side::Old, budget)?,
        stable: Embedding::new(types.catalog, Side::New, budget)?,
        last: RefCell::new(None),
    };
    for rule in rules.overruled() {
        let text = b"is not used: a later rule has the same target, and says something else";
        note(rule, FindingKind::RuleShadowed, text, findings, budget)?;
    }
    for rule in rules.all() {
        if let Some((kind, text)) = budget.apart(|budget| checker.rule(rule, budget))? {
            note(rule, kind, &text, findings, budget)?;
        }
    }
    Ok(())
}

fn note(
    rule: &Rule<'_>,
    kind: FindingKind,
    text: &[u8],
    findings: &mut Vec<Finding>,
    budget: &mut Budget,
) -> Result<()> {
    let (mut subject, mut kept) = (Vec::new(), Vec::new());
    for part in [rule.kind.name().as_bytes(), b" ", rule.target] {
        budget.extend(&mut subject, part)?;
    }
    budget.extend(&mut kept, text)?;
    budget.push(findings, Finding { kind, place: Some(rule.start), subject, text: kept })
}

/// What is wrong with a rule: a kind, and a sentence.
type Wrong = Option<(FindingKind, Vec<u8>)>;

impl<'t> Checker<'_, '_, 't> {
    fn rule(&self, rule: &Rule<'t>, budget: &mut Budget) -> Result<Wrong> {
        budget.charge_bytes(rule.target.len().saturating_add(rule.value.len()))?;
        if let Some(other) = self.shadow(rule) {
            let name = other.kind.name().as_bytes();
            return Ok(wrong(FindingKind::RuleShadowed, &[b"is not used: a rule ", name, b" decides"]));
        }
        if !self.rules.is_used(rule) {
            return self.unused(rule, budget);
        }
        match rule.kind {
            RuleKind::DeclarationOnly => self.declaration(rule, budget),
            RuleKind::ByteSize => self.byte_size(rule, budget),
            RuleKind::EnumeratorIgnore => Ok(None),
            RuleKind::EnumeratorValue => self.enumerator_value(rule, budget),
            RuleKind::TypeString => self.type_string(rule, budget),
        }
    }

    /// A rule of another kind that leaves nothing for this one to do.
    fn shadow(&self, rule: &Rule<'t>) -> Option<&Rule<'t>> {
        let is = |kind: RuleKind, target: &[u8]| self.find(kind, target);
        let of_type = |name: &[u8]| {
            let kinds = [b"s#", b"u#", b"e#"].into_iter();
            kinds.filter_map(|prefix| is(RuleKind::TypeString, &quoted(prefix, name))).next()
        };
        match rule.kind {
            RuleKind::TypeString => None,
            RuleKind::DeclarationOnly => of_type(rule.target),
            RuleKind::ByteSize => is(RuleKind::DeclarationOnly, rule.target).or_else(|| of_type(rule.target)),
            RuleKind::EnumeratorIgnore | RuleKind::EnumeratorValue => {
                let (name, _) = enumerator(rule.target);
                let ignored = (rule.kind == RuleKind::EnumeratorValue)
                    .then(|| is(RuleKind::EnumeratorIgnore, rule.target))
                    .flatten();
                ignored.or_else(|| is(RuleKind::DeclarationOnly, name)).or_else(|| of_type(name))
            }
        }
    }

    /// A rule by its kind and target, without noting that it is used.
    fn find(&self, kind: RuleKind, target: &[u8]) -> Option<&Rule<'t>> {
        let rules = self.rules.all();
        let at = rules.partition_point(|rule| (rule.kind, rule.target) < (kind, target));
        rules.get(at).filter(|rule| (rule.kind, rule.target) == (kind, target))
    }

    /// The types that a qualified name can mean, each with the words for its kind.
    fn named(&self, name: &[u8]) -> impl Iterator<Item = (NameId, &'static [u8])> {
        let kinds: [(&[u8; 2], &[u8]); 4] =
            [(b"s#", b"a structure"), (b"u#", b"a union"), (b"e#", b"an enumeration"), (b"t#", b"a typedef")];
        let name = name.to_vec();
        kinds.into_iter().filter_map(move |(prefix, words)| {
            let id = self.types.catalog.find(&quoted(prefix, &name))?;
            self.types.record(id).map(|_| (id, words))
        })
    }

    /// Why there is nothing that a rule is about.
    fn unused(&self, rule: &Rule<'t>, budget: &mut Budget) -> Result<Wrong> {
        budget.charge_work(16)?;
        let name = match rule.kind {
            RuleKind::EnumeratorIgnore | RuleKind::EnumeratorValue => enumerator(rule.target).0,
            RuleKind::TypeString => match rule.target {
                [b's' | b'u' | b'e' | b't', b'#', name @ ..] => {
                    name.strip_prefix(b"'").and_then(|name| name.strip_suffix(b"'")).unwrap_or(name)
                }
                name => name,
            },
            _ => rule.target,
        };
        let Some((id, words)) = self.named(name).next() else {
            let what: &[u8] = match rule.kind {
                RuleKind::TypeString if name.len() == rule.target.len() => {
                    b"is about nothing: no such symbol is described here"
                }
                _ => b"is about nothing: no export reaches such a type",
            };
            return Ok(wrong(FindingKind::RuleUnused, &[what]));
        };
        let is_enumeration = self.types.catalog.name(id).starts_with(b"e#");
        let is_typedef = self.types.catalog.name(id).starts_with(b"t#");
        Ok(match rule.kind {
            RuleKind::EnumeratorIgnore | RuleKind::EnumeratorValue if is_enumeration => {
                wrong(FindingKind::RuleUnused, &[b"is about nothing: the enumeration has no such enumerator"])
            }
            RuleKind::TypeString => {
                let right = self.types.catalog.name(id);
                wrong(FindingKind::RuleWrongKind, &[b"is about nothing: it is ", words, b", '", right, b"'"])
            }
            RuleKind::DeclarationOnly | RuleKind::ByteSize if !is_typedef => {
                wrong(FindingKind::RuleUnused, &[b"is about nothing: it is only declared here"])
            }
            _ => wrong(FindingKind::RuleWrongKind, &[b"is about nothing: it is ", words]),
        })
    }

    fn declaration(&self, rule: &Rule<'t>, budget: &mut Budget) -> Result<Wrong> {
        for (id, _) in self.named(rule.target) {
            if let Some(holder) = self.stable.holder(id, budget)? {
                let title = type_title(self.types.catalog.name(holder));
                let text: [&[u8]; 3] = [b"hides the layout of a type that '", &title, b"' has a value of"];
                return Ok(wrong(FindingKind::DeclonlyEmbedded, &text));
            }
        }
        Ok(None)
    }

    fn byte_size(&self, rule: &Rule<'t>, budget: &mut Budget) -> Result<Wrong> {
        let stated = rule.number()?;
        for (id, _) in self.named(rule.target) {
            let Some(tree) = self.types.tree(self.types.catalog.name(id), budget)? else { continue };
            let Some(real) = tree.own_size(Tree::ROOT) else { continue };
            if real == stated {
                return Ok(wrong(FindingKind::RuleWithoutEffect, &[b"states the size that the type has"]));
            }
            if let Some(holder) = self.plain.holder(id, budget)? {
                let title = type_title(self.types.catalog.name(holder));
                let (mut one, mut other) = (itoa::Buffer::new(), itoa::Buffer::new());
                let text: [&[u8]; 7] = [
                    b"states ",
                    one.format(stated).as_bytes(),
                    b" bytes for a type of ",
                    other.format(real).as_bytes(),
                    b", and '",
                    &title,
                    b"' has a value of it",
                ];
                return Ok(wrong(FindingKind::ByteSizeEmbedded, &text));
            }
        }
        Ok(None)
    }

    /// The enumeration with a qualified name. What is kept of it is no more than its text has bytes, a few times.
    fn enumeration(&self, name: &'t [u8], budget: &mut Budget) -> Result<Option<Rc<Enumeration<'t>>>> {
        budget.charge_bytes(name.len())?;
        if let Some((_, last)) = self.last.borrow().as_ref().filter(|(known, _)| *known == name) {
            return Ok(Some(Rc::clone(last)));
        }
        let Some(tree) = self.types.tree(&quoted(b"e#", name), budget)? else { return Ok(None) };
        let enumeration = Rc::new(Enumeration::of(&tree, budget)?);
        *self.last.borrow_mut() = Some((name, Rc::clone(&enumeration)));
        Ok(Some(enumeration))
    }

    fn enumerator_value(&self, rule: &Rule<'t>, budget: &mut Budget) -> Result<Wrong> {
        let stated = rule.number()?;
        let (name, own) = enumerator(rule.target);
        let Some(enumeration) = self.enumeration(name, budget)? else { return Ok(None) };
        budget.charge_bytes(own.len())?;
        let Some(real) = enumeration.value(own) else { return Ok(None) };
        if real == stated {
            return Ok(wrong(FindingKind::RuleWithoutEffect, &[b"states the value that the enumerator has"]));
        }
        let Some(above) = enumeration.first_above(real) else { return Ok(None) };
        let (mut one, mut other) = (itoa::Buffer::new(), itoa::Buffer::new());
        let text: [&[u8]; 7] = [
            b"states ",
            one.format(stated).as_bytes(),
            b" for ",
            other.format(real).as_bytes(),
            b", and is no count at the end: '",
            above,
            b"' is above it",
        ];
        Ok(wrong(FindingKind::EnumeratorValueHidesBreak, &text))
    }

    fn type_string(&self, rule: &Rule<'t>, budget: &mut Budget) -> Result<Wrong> {
        let Some(stated) = Tree::parse(rule.value, budget)? else {
            return Ok(wrong(FindingKind::TypeStringUnreadable, &[b"is not a type string"]));
        };
        let kinds = (stated.kind(Tree::ROOT), rule.target);
        let is_type = matches!(kinds.1, [b's' | b'u' | b'e' | b't', b'#', ..]);
        let fits = match kinds {
            (NodeKind::Structure | NodeKind::Class, [b's', ..])
            | (NodeKind::Union, [b'u', ..])
            | (NodeKind::Enumeration, [b'e', ..])
            | (NodeKind::Wrapper(Wrapper::Typedef), [b't', ..]) => is_type,
            (NodeKind::Subprogram | NodeKind::Variable, _) => !is_type,
            _ => false,
        };
        if !fits {
            return Ok(wrong(FindingKind::RuleWrongKind, &[b"states a type of another kind"]));
        }
        // What exists no more is only there for those that refer to it.
        let Some(text) = self.types.text(rule.target) else { return Ok(None) };
        if text == rule.value {
            return Ok(wrong(FindingKind::RuleWithoutEffect, &[b"states what is so without it"]));
        }
        let Some(real) = Tree::parse(text, budget)? else { return Ok(None) };
        let builds = Builds { old: self.types, new: self.types, is_same_type: &|old, new| old == new };
        let (stated, real) = (Part::root(stated), Part::root(real));
        let changes = compare(&stated, &real, builds, budget)?;
        let repaired = repair(&stated, &real, builds, Macros::Raw, budget)?;
        let is_harmless = changes.iter().all(|change| change.class.verdict() == Verdict::Harmless);
        let breaks = changes.iter().filter(|change| change.class.verdict() == Verdict::Breaks);
        let mut breaks = breaks.filter_map(|change| Some((&change.subject, ObstacleKind::of(change.class)?)));
        let obstacle = repaired.obstacles.first().filter(|_| !is_harmless);
        let obstacle = obstacle.map(|obstacle| (&obstacle.subject, obstacle.kind));
        if let Some((subject, kind)) = breaks.next().or(obstacle) {
            let (quote, space): (&[u8], &[u8]) = if subject.is_empty() { (b"", b"") } else { (b"'", b"' ") };
            let text: [&[u8]; 5] =
                [b"states another layout than the type has: ", quote, subject, space, kind.text().as_bytes()];
            return Ok(wrong(FindingKind::TypeStringHidesBreak, &text));
        }
        let is_hidden =
            repaired.suggestions.first().is_some_and(|rule| rule.kind == SuggestionKind::DeclarationOnly);
        if (repaired.is_resized || is_hidden)
            && let Some(id) = self.types.catalog.find(rule.target)
            && let Some(holder) = self.plain.holder(id, budget)?
        {
            let title = type_title(self.types.catalog.name(holder));
            let text: [&[u8]; 3] =
                [b"states another size or alignment, or none, and '", &title, b"' has a value of the type"];
            return Ok(wrong(FindingKind::TypeStringHidesBreak, &text));
        }
        Ok(None)
    }
}

fn wrong(kind: FindingKind, text: &[&[u8]]) -> Wrong {
    Some((kind, text.concat()))
}

/// The name of a type in a type map.
fn quoted(prefix: &[u8], name: &[u8]) -> Vec<u8> {
    match name.contains(&b' ') {
        true => [prefix, b"'", name, b"'"].concat(),
        false => [prefix, name].concat(),
    }
}

/// The enumeration and the enumerator of a rule's target.
fn enumerator(target: &[u8]) -> (&[u8], &[u8]) {
    let at = memchr::memrchr(b' ', target).unwrap_or(target.len());
    let (name, rest) = target.split_at_checked(at).unwrap_or((target, &[]));
    (name, rest.strip_prefix(b" ").unwrap_or(rest))
}
