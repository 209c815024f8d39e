//! Any text as the value of a `type_string` rule: the references in it.

use dwarfksyms_tests::model::{Encoding, Layout, Refusal, Rule, RuleKind, ask, encode, expected};

use crate::describe::LIMITS;
use crate::fixed::fixed_model;

/// Any text as rules, one per line: a target up to the first tab, and its string. The oracle agrees.
pub fn type_string(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut model = fixed_model();
    for line in text.replace('\0', "").lines() {
        let (target, value) = line.split_once('\t').unwrap_or(("s#record", line));
        let (target, value) = (target.to_owned(), value.to_owned());
        model.rules.push(Rule { kind: RuleKind::TypeString, target, value });
    }
    let layout = Layout::plain(&model);
    let object = encode(&model, &layout, &Encoding::PLAIN);
    let answer = ask(&object, &layout.symbol_list(), true, &LIMITS);
    match (expected(&model, &layout, true).answer, answer) {
        (Ok(expected), answer) => assert_eq!(answer, Ok(expected)),
        // Which of several errors is found first is left open; so is what limits are too small for.
        (Err(refusal), answer) => assert!(answer.is_err() || refusal == Refusal::TooLong),
    }
}

#[cfg(test)]
#[test]
fn smoke() {
    crate::smoke::test("type_string");
}
