//! A module and what tells of a kernel: what `dwarfksyms module` says of them is known.

mod case;
mod oracle;

use std::collections::BTreeSet;

use arbitrary::Unstructured;
use dwarfksyms::fuzzing::{self, LoadingAnswer};
use serde_json::Value;

use self::case::Case;
use self::oracle::Expected;
use crate::allocation;
use crate::describe::LIMITS;

/// What may be asked for, for each byte of the files.
const PER_BYTE: u64 = 40;

/// Bytes as a module, a kernel and edits of their files: the answer is the oracle's, and after the edits it is an answer or a
/// line of error.
pub fn module(data: &[u8]) {
    // Drawing never fails: bytes that have run out are zeros.
    let Ok(case) = Case::draw(&mut Unstructured::new(data)) else { return };
    let (module, mut kernels) = (case.module.bytes(), case.kernels());
    compare(&Expected::of(&case), &fit(&module, &kernels), &case);
    let mut edited = module;
    case.edits.iter().for_each(|edit| edit.apply(&mut edited));
    let _ = fit(&edited, &kernels);
    if let Some(kernel) = kernels.first_mut() {
        case.edits.iter().for_each(|edit| edit.apply(kernel));
    }
    let _ = fit(&edited, &kernels);
}

/// The answer, which cannot do any harm.
fn fit(module: &[u8], kernels: &[Vec<u8>]) -> Result<LoadingAnswer, String> {
    let size = (module.len() + kernels.iter().map(Vec::len).sum::<usize>()) as u64;
    let most = size.saturating_mul(PER_BYTE).saturating_add(1 << 16);
    let answer = allocation::asking(most, || fuzzing::fit(module, kernels, &LIMITS));
    let is_harmless = |text: &str, is_end: fn(char) -> bool| {
        !text.is_empty() && !text.chars().any(|char| char.is_control() && !is_end(char))
    };
    match &answer {
        Ok(answer) => {
            for text in [&answer.text, &answer.json] {
                assert!(is_harmless(text, |char| char == '\n') && text.ends_with('\n'), "{text:?}");
            }
        }
        Err(error) => assert!(is_harmless(error, |_| false), "{error:?}"),
    }
    answer
}

fn compare(expected: &Expected, answer: &Result<LoadingAnswer, String>, case: &Case) {
    let (answer, expected) = match (answer, expected) {
        (Err(error), Expected::Refused(why)) => return assert!(error.contains(why), "{error}\n{case:?}"),
        (Err(error), Expected::Answer { .. }) => panic!("{error}\n{case:?}"),
        (Ok(answer), expected) => (answer, expected),
    };
    let json: Value = serde_json::from_str(&answer.json).expect("JSON");
    let rows = |list: &str| -> BTreeSet<(String, String)> {
        let word = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
        let rows = json[list].as_array().expect("an array");
        rows.iter().map(|row| (word(row, "symbol"), word(row, "cause"))).collect()
    };
    let needs: BTreeSet<String> = json["needs"].as_array().expect("an array").iter().map(text).collect();
    let told = Expected::Answer { problems: rows("problems"), warnings: rows("warnings"), needs };
    assert_eq!(&told, expected, "{case:?}");
    let loads = json["loads"].as_bool();
    assert_eq!(loads, Some(rows("problems").is_empty()));
    assert_eq!(loads, Some(answer.text.starts_with("module fits kernel: ")), "{}", answer.text);
}

fn text(value: &Value) -> String {
    value.as_str().expect("a string").to_owned()
}

#[cfg(test)]
#[test]
fn smoke() {
    crate::smoke::test("module");
}

#[cfg(test)]
#[test]
fn noise_makes_every_cause() {
    let mut causes = BTreeSet::new();
    for (_, seed) in crate::seeds::seeds("module") {
        let case = Case::draw(&mut Unstructured::new(&seed)).expect("it never fails");
        match Expected::of(&case) {
            Expected::Refused(why) => _ = causes.insert(why.to_owned()),
            Expected::Answer { problems, warnings, .. } => {
                causes.extend(problems.into_iter().map(|(_, cause)| cause));
                causes.extend(warnings.into_iter().map(|(_, cause)| format!("{cause}, a warning")));
            }
        }
    }
    let expected = [
        "duplicate",
        "licence",
        "missing",
        "namespace",
        "no-vermagic",
        "no-versions",
        "only modules are there",
        "tainted",
        "unversioned",
        "unversioned, a warning",
        "vermagic",
        "version",
    ];
    assert!(causes.iter().eq(&expected), "{causes:?}");
}
