//! `type_string` rules: strings that replace those of types and symbols (SPEC section 8).
//!
//! Only here are references recognised by looking at text: `s#`, `u#`, `e#` or `t#`, followed by a name up to
//! the next space, or by a quoted one.

use alloc::vec::Vec;

use crate::budget::Budget;
use crate::error::{ErrorKind, Result};
use crate::kabi::{Rule, RuleKind, Rules};
use crate::limits::Limit;

use super::map::TypeMap;
use super::names::TypeId;
use super::string::{TypeRef, TypeString};

/// Replaces the strings of the types in the map that rules are about.
pub(crate) fn override_types(map: &mut TypeMap, rules: &Rules<'_>, budget: &mut Budget) -> Result<()> {
    for (target, rule) in rules.of_kind(RuleKind::TypeString) {
        budget.charge_work(1)?;
        if let Some(id) = map.find(target, budget)?
            && map.string(id).is_some()
        {
            rules.mark_used(rule);
            let string = parse(rule, map, budget)?;
            map.decide(id, string, budget)?;
        }
    }
    Ok(())
}

/// The string of a symbol that a rule is about.
pub(crate) fn override_symbol(
    name: &[u8],
    map: &mut TypeMap,
    rules: &Rules<'_>,
    budget: &mut Budget,
) -> Result<Option<TypeString>> {
    let Some(rule) = rules.find(RuleKind::TypeString, name, budget)? else { return Ok(None) };
    let string = parse(rule, map, budget)?;
    Ok(Some(string))
}

/// Gives names that are referred to, but have no string, the one of their rule; those that it refers to follow.
pub(crate) fn add_missing(map: &mut TypeMap, rules: &Rules<'_>, budget: &mut Budget) -> Result<()> {
    let mut next: u32 = 0;
    while TypeId(next).index() < map.len() {
        budget.charge_work(1)?;
        let id = TypeId(next);
        next = next.saturating_add(1);
        if map.string(id).is_some() {
            continue;
        }
        if let Some(rule) = rules.find(RuleKind::TypeString, map.name(id), budget)? {
            let string = parse(rule, map, budget)?;
            map.set(id, string, budget)?;
        }
    }
    Ok(())
}

/// Finds the references in a rule's value.
fn parse(rule: &Rule<'_>, map: &mut TypeMap, budget: &mut Budget) -> Result<TypeString> {
    let value = rule.value;
    if value.is_empty() {
        return Err(rule.error(ErrorKind::EmptyTypeString).about(rule.target));
    }
    budget.charge_bytes(value.len())?;
    budget.check(Limit::Text, value.len())?;
    let mut text = Vec::new();
    budget.extend(&mut text, value)?;
    let mut refs = Vec::new();
    let mut at = 0;
    while let Some(hash) = value.get(at..).and_then(|rest| memchr::memchr(b'#', rest)) {
        let hash = at.saturating_add(hash);
        let prefix = hash.checked_sub(1).filter(|&prefix| prefix >= at);
        at = hash.saturating_add(1);
        let Some(start) = prefix else { continue };
        if !matches!(value.get(start), Some(b's' | b'u' | b'e' | b't')) {
            continue;
        }
        let rest = value.get(at..).unwrap_or_default();
        let length = match rest {
            [] | [b' ', ..] => return Err(rule.error(ErrorKind::EmptyTypeReference).about(rule.target)),
            [b'\'', quoted @ ..] => match memchr::memchr(b'\'', quoted) {
                Some(0) => return Err(rule.error(ErrorKind::EmptyTypeReference).about(rule.target)),
                Some(length) => length.saturating_add(2),
                None => return Err(rule.error(ErrorKind::UnclosedTypeReference).about(rule.target)),
            },
            _ => memchr::memchr(b' ', rest).unwrap_or(rest.len()),
        };
        at = at.saturating_add(length);
        let name = map.intern(value.get(start..at).unwrap_or_default(), budget)?;
        let position = |at: usize| u32::try_from(at).map_err(|_| ErrorKind::OutOfMemory);
        budget.push(&mut refs, TypeRef { start: position(start)?, end: position(at)?, name })?;
    }
    Ok(TypeString { text, refs })
}
