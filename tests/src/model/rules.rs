//! The rules of a stable kABI (SPEC section 8).

use arbitrary::{Arbitrary, Result, Unstructured};

use super::draw::{chance, list};
use super::names;
use super::types::*;

/// One rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// What it does.
    pub kind: RuleKind,
    /// What it is about.
    pub target: String,
    /// What it says.
    pub value: String,
}

/// What a rule does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum RuleKind {
    DeclarationOnly,
    EnumeratorIgnore,
    EnumeratorValue,
    ByteSize,
    TypeString,
}

impl RuleKind {
    /// As an object has it.
    pub fn name(self) -> &'static str {
        match self {
            RuleKind::DeclarationOnly => "declonly",
            RuleKind::EnumeratorIgnore => "enumerator_ignore",
            RuleKind::EnumeratorValue => "enumerator_value",
            RuleKind::ByteSize => "byte_size",
            RuleKind::TypeString => "type_string",
        }
    }
}

/// Some rules about a model's types; mostly none.
pub(super) fn draw(u: &mut Unstructured<'_>, model: &Model) -> Result<Vec<Rule>> {
    if model.types.is_empty() || !chance(u, 3)? {
        return Ok(Vec::new());
    }
    let qualified = names::qualified_names(model);
    let drawn = list(u, 4, |u| rule(u, model, &qualified))?;
    Ok(drawn.into_iter().flatten().collect())
}

fn rule(u: &mut Unstructured<'_>, model: &Model, qualified: &[Option<String>]) -> Result<Option<Rule>> {
    let id = u.int_in_range(0..=model.types.len() - 1)?;
    let declared = &model.types[id];
    let Some(name) = qualified[id].clone() else { return Ok(None) };
    let rule = |kind, target, value| Ok(Some(Rule { kind, target, value }));
    if let Shape::Enumeration(_, enumerators) = &declared.shape
        && let Some(enumerator) = enumerators.first().and_then(|first| first.name.as_ref())
    {
        let target = format!("{name} {enumerator}");
        return match bool::arbitrary(u)? {
            true => rule(RuleKind::EnumeratorIgnore, target, String::new()),
            false => rule(RuleKind::EnumeratorValue, target, numeral(u)?),
        };
    }
    match u.int_in_range(0..=2)? {
        0 => rule(RuleKind::DeclarationOnly, name, String::new()),
        1 => rule(RuleKind::ByteSize, name, numeral(u)?),
        _ => {
            let symbol = model.symbols.first().map(|symbol| symbol.name.clone());
            let of_type = names::type_name(declared, Some(&name));
            let target = if chance(u, 4)? { symbol } else { of_type.or(symbol) };
            let value = type_string(u, model, qualified)?;
            Ok(target.map(|target| Rule { kind: RuleKind::TypeString, target, value }))
        }
    }
}

/// A number as `strtoul` takes it.
fn numeral(u: &mut Unstructured<'_>) -> Result<String> {
    Ok((*u.choose(&["8", "0", "", " +16", "-1", "18446744073709551615"])?).to_owned())
}

/// A type string that refers to types of the model.
fn type_string(u: &mut Unstructured<'_>, model: &Model, qualified: &[Option<String>]) -> Result<String> {
    let mut text = (*u.choose(&["structure_type x {", "variable", "# s # x"])?).to_owned();
    for _ in 0..u.int_in_range(0..=2)? {
        let id = u.int_in_range(0..=model.types.len() - 1)?;
        let name = names::type_name(&model.types[id], qualified[id].as_deref());
        // A quote in a quoted name ends it.
        if let Some(name) = name.filter(|name| name.matches('\'').count() % 2 == 0 && name.len() > 2) {
            text += &format!(" {name}");
        }
    }
    Ok(text + " }")
}

/// The number that `strtoul` reads.
pub(super) fn number(value: &str) -> u64 {
    match value.trim_start().trim_start_matches('+') {
        "" => 0,
        digits => match digits.strip_prefix('-') {
            Some(digits) => digits.parse::<u64>().expect("a number").wrapping_neg(),
            None => digits.parse().expect("a number"),
        },
    }
}

/// The bytes of the section.
pub(super) fn section(rules: &[Rule]) -> Vec<u8> {
    let entry = |rule: &Rule| format!("1\0{}\0{}\0{}\0", rule.kind.name(), rule.target, rule.value);
    rules.iter().flat_map(|rule| entry(rule).into_bytes()).collect()
}

/// The value of the rule for a target, if the rules are in force: the last one counts.
pub(super) fn find<'m>(model: &'m Model, stable: bool, kind: RuleKind, target: &str) -> Option<&'m str> {
    let mut rules = model.rules.iter().rev().filter(|_| stable);
    rules.find(|rule| rule.kind == kind && rule.target == target).map(|rule| rule.value.as_str())
}
