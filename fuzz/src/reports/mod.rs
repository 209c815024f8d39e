//! A comparison of builds with the worst of names, in every format, read by parsers that are not ours.

mod case;
mod html;
mod markdown;

use std::collections::{BTreeMap, BTreeSet};

use arbitrary::Unstructured;
use dwarfksyms::fuzzing::{self, FORMATS, PolicyFile};
use serde_json::Value;

use self::case::Case;
use crate::allocation;
use crate::describe::LIMITS;

/// What may be asked for, for each byte of the files, and besides: a page has a style sheet and a script.
const PER_BYTE: u64 = 4 << 10;
const BESIDES: u64 = 4 << 20;

/// Bytes as two builds and policies: every report says the same, and nothing of an input is more than text in it.
pub fn reports(data: &[u8]) {
    // Drawing never fails: bytes that have run out are zeros.
    let Ok(case) = Case::draw(&mut Unstructured::new(data)) else { return };
    let _ = check(&case);
    for file in case.builds.iter().flatten() {
        let Some(lines) = fuzzing::symvers(file.clone(), &LIMITS) else { continue };
        if !lines.is_empty() {
            assert_eq!(fuzzing::symvers(lines.clone(), &LIMITS).as_ref(), Some(&lines));
        }
    }
}

/// How many causes and exports are reported; `None` if the builds cannot be compared, or a limit was hit.
fn check(case: &Case) -> Option<(usize, usize)> {
    let policies: Vec<PolicyFile<'_>> =
        case.policies.iter().map(|(format, rules)| (Some(*format), rules.as_bytes())).collect();
    let [old, new] = &case.builds;
    let files = old.iter().chain(new).map(Vec::len).chain(policies.iter().map(|(_, rules)| rules.len()));
    let size = files.sum::<usize>() as u64;
    let most = size.saturating_mul(PER_BYTE).saturating_add(BESIDES);
    let reports = allocation::asking(most, || {
        let answer = fuzzing::rule([old, new], &policies, &LIMITS)?;
        (0..FORMATS).map(|format| answer.in_format(format)).collect::<Option<Vec<String>>>()
    })?;
    let [text, json, markdown, html, symbols, mod_symbols, github, gitlab] = reports.as_slice() else {
        panic!("{FORMATS} formats")
    };
    for report in [text, json, symbols, mod_symbols, github, gitlab] {
        assert!(!report.chars().any(|char| char.is_control() && char != '\n'), "{report:?}");
    }
    markdown::check(markdown);
    let page = html::read(html);
    let report: Value = serde_json::from_str(json).expect("JSON");
    let (causes, exports) = (list(&report, "causes"), list(&report, "exports"));
    check_counts(&report, causes, exports);
    assert_eq!((page.causes, page.exports), (causes.len(), exports.len()));
    for symbol in exports.iter().map(|export| text_of(export, "symbol")) {
        assert!(page.text.contains(symbol) && text.contains(symbol), "{symbol}\n{text}");
    }
    check_annotations(github, gitlab);
    for title in causes.iter().map(|cause| text_of(cause, "title")) {
        assert!(page.text.contains(title) && text.contains(title), "{title}\n{text}");
    }
    Some((causes.len(), exports.len()))
}

/// A line of a workflow command each, and an array with what a code quality report needs.
fn check_annotations(github: &str, gitlab: &str) {
    let is_command = |line: &str| {
        ["error", "warning", "notice"].iter().any(|kind| line.starts_with(&format!("::{kind} ")))
    };
    assert!(github.lines().all(is_command), "{github}");
    let findings: Value = serde_json::from_str(gitlab).expect("JSON");
    let findings = findings.as_array().expect("an array");
    let fingerprints: BTreeSet<&str> =
        findings.iter().map(|finding| text_of(finding, "fingerprint")).collect();
    assert_eq!(fingerprints.len(), findings.len(), "{gitlab}");
    for finding in findings {
        let path = &finding["location"]["path"];
        assert!(!text_of(finding, "description").is_empty() && !text_of(finding, "fingerprint").is_empty());
        assert!(path.is_string() && finding["location"]["lines"]["begin"].is_u64(), "{finding}");
    }
}

/// The summary counts what is there, and what is named is there.
fn check_counts(report: &Value, causes: &[Value], exports: &[Value]) {
    let summary = &report["summary"];
    let count = |name: &str| summary[name].as_u64().expect("a number") as usize;
    let mut differences: BTreeMap<&str, usize> = BTreeMap::new();
    for export in exports {
        *differences.entry(text_of(export, "difference")).or_default() += 1;
    }
    for difference in ["added", "removed", "changed", "moved", "missing", "unknown"] {
        assert_eq!(count(difference), differences.get(difference).copied().unwrap_or(0), "{report}");
    }
    let allowed = exports.iter().filter(|export| export["ruling"]["is_allowed"] == true).count();
    assert_eq!((count("allowed"), count("failing")), (allowed, exports.len() - allowed), "{report}");
    let verdicts = count("breaking") + count("harmless") + count("unclear");
    assert_eq!((count("causes"), verdicts), (causes.len(), causes.len()), "{report}");
    let ids: BTreeSet<&str> = causes.iter().map(|cause| text_of(cause, "id")).collect();
    let symbols: BTreeSet<&str> = exports.iter().map(|export| text_of(export, "symbol")).collect();
    assert!(exports.iter().flat_map(|export| list(export, "causes")).all(|id| ids.contains(text_value(id))));
    let reached = causes.iter().flat_map(|cause| list(cause, "exports"));
    assert!(reached.into_iter().all(|symbol| symbols.contains(text_value(symbol))), "{report}");
}

fn list<'v>(value: &'v Value, field: &str) -> &'v [Value] {
    value[field].as_array().expect("an array")
}

fn text_of<'v>(value: &'v Value, field: &str) -> &'v str {
    text_value(&value[field])
}

fn text_value(value: &Value) -> &str {
    value.as_str().expect("a string")
}

#[cfg(test)]
#[test]
fn smoke() {
    crate::smoke::test("reports");
}

#[cfg(test)]
#[test]
fn noise_makes_reports_with_something_in_them() {
    let seeds = crate::seeds::seeds("reports");
    let cases =
        seeds.iter().map(|(_, seed)| Case::draw(&mut Unstructured::new(seed)).expect("it never fails"));
    let found: Vec<(usize, usize)> = cases.filter_map(|case| check(&case)).collect();
    let with = |is: fn(&(usize, usize)) -> bool| found.iter().filter(|found| is(found)).count();
    assert!(found.len() > 30 && with(|found| found.0 > 0) > 5 && with(|found| found.1 > 1) > 20, "{found:?}");
}
