//! Lists for programs and people: of symbols, of modules, annotations; and comparisons that are restricted to a list.

use std::collections::BTreeSet;
use std::fs;

use dwarfksyms_tests::{folder, repository};
use serde_json::Value;
use tempfile::TempDir;

use crate::{answer, error};

/// A pair of records of which `f` changed, `gone` was removed, `new` added and `moved` moved.
fn records() -> TempDir {
    let old = "0x00000001\tf\tvmlinux\tEXPORT_SYMBOL\t\n0x00000002\tgone\tvmlinux\tEXPORT_SYMBOL\t\n\
               0x00000003\tmoved\tvmlinux\tEXPORT_SYMBOL\t\n0x00000004\tsame\tvmlinux\tEXPORT_SYMBOL\t\n";
    let new = "0x00000009\tf\tvmlinux\tEXPORT_SYMBOL\t\n0x00000002\tnew\tvmlinux\tEXPORT_SYMBOL\t\n\
               0x00000003\tmoved\tm\tEXPORT_SYMBOL\t\n0x00000004\tsame\tvmlinux\tEXPORT_SYMBOL\t\n";
    folder(&[("old", old.as_bytes()), ("new", new.as_bytes())])
}

#[test]
fn lists_have_what_no_rule_allows_and_count_the_rest() {
    let folder = records();
    let list = |args: &[&str]| answer(folder.path(), &[&["compare", "old", "new"][..], args].concat());
    let one = "# 1 more export differs, and is allowed\n";
    assert_eq!(list(&["--format", "symbols"]), (1, "f\ngone\nmoved\nnew\n".to_owned()));
    assert_eq!(list(&["--format", "mod-symbols"]), (1, "f\nmoved\n".to_owned()));
    fs::write(folder.path().join("policy"), "difference moved pass\n").expect("a policy");
    let two = "# 2 more exports differ, and are allowed\n";
    let with = |format| list(&["--policy", "policy", "--format", format]);
    assert_eq!(with("symbols"), (1, format!("f\ngone\nnew\n{one}")));
    fs::write(folder.path().join("additions"), "difference added pass\n").expect("a policy");
    let all = list(&["--policy", "policy", "--policy", "additions", "--format", "symbols"]);
    assert_eq!(all, (1, format!("f\ngone\n{two}")));
    assert_eq!(with("mod-symbols"), (1, format!("f\n{one}")));
    // A list is one that a comparison can be restricted to.
    fs::write(folder.path().join("listed"), with("mod-symbols").1).expect("a list");
    let of_list = list(&["--filter-symbol-list", "listed", "--format", "symbols"]);
    assert_eq!(of_list, (1, "f\n".to_owned()));
    assert_eq!(answer(folder.path(), &["compare", "old", "old", "--format", "symbols"]), (0, String::new()));
}

#[test]
fn a_comparison_can_be_restricted_to_lists() {
    let folder = records();
    let path = folder.path();
    for (name, text) in [
        ("android", "[abi_symbol_list]\n# required by x.ko\n  same\n  moved\n"),
        ("plain", "gone\nnowhere\nnever\n"),
        ("locked", "0x00000004\tsame\tvmlinux\tEXPORT_SYMBOL\t\n"),
        ("required", "nowhere\nelsewhere\nf\n"),
        ("two", "a b\n"),
        ("none", "# nothing\n"),
    ] {
        fs::write(path.join(name), text).expect("a list");
    }
    let report = |args: &[&str]| -> (i32, Value) {
        let (status, json) =
            answer(path, &[&["compare", "old", "new", "--format", "json"][..], args].concat());
        (status, serde_json::from_str(&json).expect("JSON"))
    };
    let differing = |report: &Value| -> Vec<String> {
        let exports = report["exports"].as_array().expect("an array").iter();
        exports.map(|export| export["symbol"].as_str().expect("text").to_owned()).collect()
    };
    let (status, android) = report(&["--filter-symbol-list", "android"]);
    assert_eq!((status, differing(&android)), (1, vec!["moved".to_owned()]));
    assert_eq!((&android["summary"]["unchanged"], &android["summary"]["changed"]), (&1.into(), &0.into()));
    let (status, both) = report(&["--filter-symbol-list", "android", "--filter-symbol-list", "plain"]);
    assert_eq!((status, differing(&both)), (1, vec!["gone".to_owned(), "moved".to_owned()]));
    let notes = [
        "restricted to 5 symbols of android, plain",
        "listed, and exported by neither build: never, nowhere",
    ];
    assert_eq!(both["notes"], serde_json::json!(notes));
    let (status, locked) = report(&["--filter-symbol-list", "locked"]);
    assert_eq!((status, differing(&locked)), (0, vec![]));
    let (_, text) = answer(path, &["compare", "old", "new", "--filter-symbol-list", "locked"]);
    assert!(text.starts_with("no difference: 1 export in old and new\n"), "{text}");
    // What a policy requires is missing only if somebody asks for it.
    let (_, ruled) = report(&["--policy", "stablelist:required", "--filter-symbol-list", "plain"]);
    assert_eq!(differing(&ruled), ["nowhere", "gone"]);
    for (list, expected) in [
        ("two", "error: two: line 1: not the name of a symbol: 'a b'\n"),
        ("none", "error: none: there are no symbols in it\n"),
        (
            "severities:plain",
            "error: plain: severities is no format of lists of symbols: stablelist and kabi are\n",
        ),
    ] {
        assert_eq!(error(path, &["compare", "old", "new", "--filter-symbol-list", list]), expected);
    }
}

#[test]
fn annotations_have_what_is_not_allowed() {
    let folder = records();
    let (status, text) = answer(folder.path(), &["compare", "old", "new", "--format", "github"]);
    let expected = "\
::warning title=f::changed: its version differs, and it is not known why
::error title=gone::removed: the new build does not export it
::notice title=moved::moved: its module, licence or namespace differs
";
    assert_eq!((status, text.as_str()), (1, expected));
    let (_, json) = answer(folder.path(), &["compare", "old", "new", "--format", "gitlab"]);
    let issues: Value = serde_json::from_str(&json).expect("JSON");
    let severities: Vec<_> =
        issues.as_array().expect("an array").iter().map(|issue| &issue["severity"]).collect();
    assert_eq!(severities, ["major", "critical", "minor"]);
    let corpus = repository().join("corpus/compare");
    let (_, text) = answer(&corpus, &["compare", "before", "after", "--format", "github"]);
    assert!(
        text.contains(
            "::error title=struct request::member-removed: member 'long unsigned int deadline' at offset 8"
        ),
        "{text}"
    );
    let (_, json) = answer(&corpus, &["compare", "before", "after", "--format", "gitlab"]);
    let issues: Value = serde_json::from_str(&json).expect("JSON");
    let issues = issues.as_array().expect("an array");
    let fingerprints: BTreeSet<_> = issues.iter().map(|issue| issue["fingerprint"].as_str()).collect();
    assert_eq!((fingerprints.len(), text.lines().count()), (issues.len(), issues.len()));
}
