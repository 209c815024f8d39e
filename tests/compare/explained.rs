//! `explain`: the way to a change, who uses a type, several questions at once.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

use dwarfksyms_tests::repository;
use serde_json::Value;

use crate::{answer, error, pair};

#[test]
fn an_explanation_leads_from_the_export_to_the_change() {
    let folder = pair();
    let (_, text) = answer(folder.path(), &["explain", "f", "old.symtypes", "new.symtypes"]);
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].starts_with("f: 0x") && lines[0].contains(" -> 0x"), "{text}");
    let step = "f -> parameter s: struct s -> member 'int b' was added at offset 4 behind all others; the type has \
                grown [member-appended: cannot tell]";
    assert!(lines.contains(&step), "{text}");
    assert!(lines.iter().any(|line| line.starts_with("  +     int b;")), "{text}");
    let versions = lines[0].strip_prefix("f: ").expect("versions").replace(" -> ", " and ");
    let last = format!("Computed again from these types, the versions are {versions}.");
    assert_eq!(lines.last(), Some(&last.as_str()));
}

#[test]
fn versions_that_the_types_do_not_give_are_not_confirmed() {
    let folder = pair();
    let (_, text) = answer(folder.path(), &["explain", "f", "old.symtypes", "new.symtypes"]);
    let (old, new) =
        text.lines().next().and_then(|line| line.strip_prefix("f: ")?.split_once(" -> ")).expect("versions");
    for (name, version) in [("old", old), ("new", new)] {
        fs::create_dir(folder.path().join(name)).expect("a folder");
        let types = fs::read(folder.path().join(name).with_extension("symtypes")).expect("types");
        fs::write(folder.path().join(name).join("x.symtypes"), types).expect("types");
        let record = format!("{version}\tf\tvmlinux\tEXPORT_SYMBOL\t\n");
        fs::write(folder.path().join(name).join("Module.symvers"), record).expect("a record");
    }
    let says = |part: &str| answer(folder.path(), &["explain", "f", "old", "new"]).1.contains(part);
    assert!(says(&format!("the versions are {old} and {new}.\n")) && !says("not the recorded ones"));
    for wrong in ["old", "new"] {
        let record = folder.path().join(wrong).join("Module.symvers");
        let right = fs::read(&record).expect("a record");
        fs::write(&record, "0x12345678\tf\tvmlinux\tEXPORT_SYMBOL\t\n").expect("a record");
        assert!(
            says(&format!("the versions are {old} and {new}, which are not the recorded ones")),
            "{wrong}"
        );
        fs::write(&record, right).expect("a record");
    }
}

/// The exports that use each type of a symtypes file, and over how many references: from reading the lines as words.
fn users_of_types(text: &str) -> BTreeMap<String, BTreeMap<String, usize>> {
    let lines: BTreeMap<&str, Vec<&str>> = text
        .lines()
        .filter_map(|line| line.split_once(' '))
        .map(|(name, string)| (name, string.split(' ').filter(|word| word.get(1..2) == Some("#")).collect()))
        .collect();
    let mut users: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for &export in lines.keys().filter(|name| name.get(1..2) != Some("#")) {
        let (mut met, mut level) = (BTreeSet::from([export]), vec![export]);
        for steps in 1.. {
            let next: Vec<&str> = level
                .iter()
                .filter_map(|name| lines.get(name))
                .flatten()
                .copied()
                .filter(|name| lines.contains_key(name) && met.insert(name))
                .collect();
            if next.is_empty() {
                break;
            }
            next.iter().for_each(|name| {
                users.entry((*name).to_owned()).or_default().insert(export.to_owned(), steps);
            });
            level = next;
        }
    }
    users
}

#[test]
fn who_uses_a_type_is_whoever_leads_to_it() {
    let folder = repository().join("corpus/compare/after");
    let mut compared = 0;
    for entry in fs::read_dir(&folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let text = fs::read_to_string(&path).expect("symtypes");
        for (name, users) in users_of_types(&text) {
            let output = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"))
                .args(["explain", "--quiet", &name])
                .arg(&path)
                .output()
                .expect("it starts");
            let shown = String::from_utf8(output.stdout).expect("UTF-8");
            assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
            let (head, list) = match shown.split_once(" use it, the nearest first:\n") {
                Some((head, list)) => (head.rsplit('\n').next().expect("a line").to_owned(), list),
                None => ("1 export".to_owned(), shown.split_once("\n1 export uses it:\n").expect("a list").1),
            };
            assert_eq!(
                head,
                if users.len() == 1 { "1 export".to_owned() } else { format!("{} exports", users.len()) }
            );
            // Each way is as long as the number of references, and they are in order.
            let steps: Vec<(&str, usize)> = list
                .lines()
                .filter(|line| !line.starts_with("  and "))
                .map(|line| {
                    (line.trim().split(" -> ").next().expect("an export"), line.matches(" -> ").count())
                })
                .collect();
            assert!(steps.is_sorted_by_key(|(_, steps)| *steps), "{shown}");
            assert!(steps.iter().all(|(export, steps)| users.get(*export) == Some(steps)), "{name}: {shown}");
            compared += steps.len();
        }
    }
    assert!(compared > 50, "{compared}");
}

#[test]
fn a_type_is_explained_between_two_builds() {
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"))
            .args(arguments)
            .current_dir(repository().join("corpus/compare"))
            .output()
            .expect("it starts");
        (
            output.status.code(),
            String::from_utf8(output.stdout).expect("UTF-8"),
            String::from_utf8(output.stderr).expect("UTF-8"),
        )
    };
    let (status, text, _) = run(&["explain", "struct request", "before", "after"]);
    assert_eq!(status, Some(1));
    for part in [
        "[member-removed: breaks modules]",
        "-     long unsigned int deadline;",
        "4 exports use it, the nearest first:\n  ",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let (status, text, _) = run(&["explain", "struct request", "before", "before"]);
    assert!(
        status == Some(0)
            && text.starts_with("struct request: no change of its own between the two builds\n"),
        "{text}"
    );
    let (status, text, error) = run(&["explain", "struct nothing", "before"]);
    assert_eq!(
        (status, text.as_str(), error.as_str()),
        (Some(2), "", "error: before: there is no type struct nothing in it\n")
    );
}

#[test]
fn several_are_explained_in_one_run() {
    let folder = repository().join("corpus/compare");
    let names = ["device_users", "struct request", "ring_legacy", "clock_offset"];
    for builds in [&["before", "after"][..], &["before"]] {
        let of = |name: &str| answer(&folder, &[&["explain", name][..], builds].concat());
        let args = [&["explain", names[0]][..], builds, &["--also"], &names[1..]].concat();
        let (status, text) = answer(&folder, &args);
        let one_by_one: Vec<String> =
            names.iter().map(|name| format!("== {name} ==\n\n{}", of(name).1)).collect();
        assert_eq!(
            (status, text),
            (names.map(|name| of(name).0).into_iter().max().unwrap_or(0), one_by_one.join("\n"))
        );
    }
    // One that is not there spoils the whole answer.
    let args = ["explain", names[0], "before", "after", "--also", "struct nothing"];
    assert_eq!(error(&folder, &args), "error: there is no type struct nothing in either build\n");
}

/// What a comparison and an explanation say of the same cause, apart from the way that leads to it.
fn of_both(cause: &Value) -> Vec<&Value> {
    ["id", "name_bytes", "title", "verdict", "changes", "diff", "layout"].map(|field| &cause[field]).to_vec()
}

#[test]
fn explanations_as_json_say_what_the_comparison_says() {
    let folder = repository().join("corpus/compare");
    let json = |args: &[&str]| -> Value {
        let (_, json) = answer(&folder, args);
        serde_json::from_str(&json).expect("JSON")
    };
    let report = json(&["compare", "before", "after", "--format", "json"]);
    let list = |value: &Value| value.as_array().expect("an array").clone();
    let exports = list(&report["exports"]);
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let symbols: Vec<String> = exports.iter().map(|export| text(&export["symbol"])).collect();
    let is_explained = |symbol: &&String| !symbol.starts_with("list_default");
    let (first, others) = symbols.split_first().expect("exports that differ");
    let others: Vec<&str> = others.iter().filter(is_explained).map(String::as_str).collect();
    let args = [&["explain", first, "before", "after", "--format", "json", "--also"][..], &others].concat();
    let explained = json(&args);
    let by_id: BTreeMap<String, &Value> = report["causes"]
        .as_array()
        .expect("an array")
        .iter()
        .map(|cause| (text(&cause["id"]), cause))
        .collect();
    let mut compared = 0;
    for answer in list(&explained["answers"]) {
        let export = exports.iter().find(|export| export["symbol"] == answer["name"]).expect("a row");
        let ids: BTreeSet<String> = list(&answer["causes"]).iter().map(|cause| text(&cause["id"])).collect();
        let expected = list(&export["causes"]);
        assert_eq!(ids, expected.iter().map(text).collect(), "{}", answer["name"]);
        for cause in list(&answer["causes"]) {
            assert_eq!(of_both(&cause), of_both(by_id[&text(&cause["id"])]));
            assert!(list(&cause["path"]).first().is_none_or(|first| *first == answer["name"]));
            compared += 1;
        }
        for side in ["old", "new"] {
            assert_eq!(answer[side]["version"], export[side]["version"]);
        }
        let is_changed = export["difference"] == "changed";
        assert!(!is_changed || answer["old"]["computed"] == answer["old"]["version"]);
        assert_eq!(answer["relation"] == "same", export["difference"] == "moved");
    }
    assert!(compared > 40, "{compared}");
}
