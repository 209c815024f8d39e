//! What `dwarfksyms suggest` prints, and what `dwarfksyms compare` prints of suggestions.

use std::fs;
use std::process::Command;

use dwarfksyms_symtypes::suggest::MACROS;
use dwarfksyms_tests::advised::symtypes;
use dwarfksyms_tests::repository;
use serde_json::Value;

use crate::{advice_for, described, printed, run};

#[test]
fn the_program_prints_suggestions_and_what_they_restore() {
    let expected = fs::read_to_string(repository().join("corpus/suggest/suggestions")).expect("a file");
    let (status, json, errors) = run("json", "before.o", "after.o");
    assert_eq!((status, errors.as_str()), (0, ""));
    let answer: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!((&answer["exports"], &answer["restored"]), (&Value::from(3), &Value::from(3)));
    assert_eq!(answer["macros"], MACROS);
    let causes = answer["causes"].as_array().expect("an array");
    let all = causes.iter().flat_map(|cause| cause["suggestions"].as_array().expect("an array"));
    let word = |value: &Value, key: &str| value[key].as_str().expect("text").to_owned();
    let told: String = all
        .map(|rule| {
            format!("/* {} {} */\n{}", word(rule, "kind"), word(rule, "target"), word(rule, "source"))
        })
        .collect();
    assert_eq!(told, expected);
    // The text has the same sources.
    let (status, text, _) = run("text", "before.o", "after.o");
    assert_eq!(status, 0);
    for line in expected.lines().filter(|line| !line.starts_with("/*")) {
        assert!(text.contains(line), "{line}");
    }
}

#[test]
fn the_class_of_an_object_states_how_large_pointers_are() {
    // For 32 bits, from clang, which states the size of no pointer: one that stands in reserved space of 4 bytes.
    let (status, json, _) = run("json", "narrow-before.o", "narrow-after.o");
    let answer: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!((status, &answer["restored"]), (0, &1.into()), "{json}");
    let suggestions = answer["causes"][0]["suggestions"].as_array().expect("an array");
    let kinds: Vec<_> = suggestions.iter().map(|rule| rule["kind"].as_str()).collect();
    assert_eq!(kinds, [Some("__kabi_reserved")]);
    // Symtypes alone do not tell.
    let object = |name: &str| symtypes(&repository().join("corpus/suggest").join(name), "visit\n");
    let texts = ["narrow-before.o", "narrow-after.o"].map(object);
    let advice = advice_for(&texts);
    let obstacles: Vec<_> = advice.iter().flat_map(|advice| &advice.obstacles).collect();
    let kinds: Vec<&str> = obstacles.iter().map(|obstacle| obstacle.kind.id()).collect();
    assert_eq!(kinds, ["not-understood"]);
    // A type that is as large as a pointer does.
    for (size, expected) in [(4, 1), (8, 0)] {
        let long = format!("limit variable base_type long byte_size({size}) encoding(5)\n");
        let texts = texts.clone().map(|text| [text, long.clone().into_bytes()].concat());
        let advice = advice_for(&texts);
        assert_eq!(advice.iter().map(|advice| advice.suggestions.len()).sum::<usize>(), expected, "{size}");
    }
}

#[test]
fn the_program_says_why_nothing_is_suggested() {
    // The other way round, members are gone.
    let (status, text, errors) = run("text", "after.o", "before.o");
    assert_eq!((status, errors.as_str()), (1, ""));
    for line in
        ["struct queue (1 export): nothing is suggested", "because 'wakeups' is gone", "[member-removed]"]
    {
        assert!(text.contains(line), "{text}");
    }
    let (status, text, _) = run("text", "before.o", "restored.o");
    assert_eq!((status, text.as_str()), (0, "No type of an export differs.\n"));
    let (status, text, errors) = run("text", "before.o", "x.c");
    assert_eq!((status, text.as_str(), errors.lines().count()), (2, "", 1), "{errors}");
}

#[test]
fn obstacles_of_one_kind_are_one_line() {
    let member = |number: usize| format!("base_type long int byte_size(8) encoding(5) m{number}");
    let before: Vec<String> = (1..=75).map(member).collect();
    let after: Vec<String> = (0..=75).map(member).collect();
    let text = printed(&["suggest"], &described(&before), &described(&after));
    let lines: Vec<&str> = text.lines().filter(|line| line.starts_with("  because ")).collect();
    let [only] = lines.as_slice() else { panic!("{text}") };
    assert!(only.contains("'m1' is elsewhere") && only.contains("'m2', 'm3', 'm4' and 71 more"), "{only}");
}

#[test]
fn suggestions_for_merge_requests_are_blocks_of_code() {
    let (status, text, _) = run("markdown", "before.o", "after.o");
    assert_eq!(status, 0);
    for part in [
        "## Keeping versions: 3 of 3 exports",
        "<summary><code>struct queue</code> (1 export): the old version comes back for 1</summary>",
        "\n```c\nunion {\n\tchar __kabi_ignored_wakeups;\n\tlong unsigned int wakeups;\n};\n```\n",
        "\n- note: ",
        "(`not-allocated`)",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
}

#[test]
fn what_other_causes_block_would_come_back_with_them() {
    let file = |a: &str, b: &str| {
        let int = "base_type int byte_size(4) encoding(5)";
        format!(
            "f subprogram ( formal_parameter pointer_type {{ s#a }} byte_size(8) a , formal_parameter pointer_type {{ \
             s#b }} byte_size(8) b ) -> base_type void\ng subprogram ( formal_parameter pointer_type {{ s#a }} \
             byte_size(8) a ) -> base_type void\ns#a structure_type a {{ member {int} x data_member_location(0){a} }} \
             byte_size(16)\ns#b structure_type b {{ member {b} x data_member_location(0) }} byte_size(8)\n"
        )
    };
    let int = "base_type int byte_size(4) encoding(5)";
    let added = format!(" , member {int} y data_member_location(4)");
    let (old, new) = (file("", int), file(&added, "base_type long int byte_size(8) encoding(5)"));
    let text = printed(&["suggest"], &old, &new);
    let line = "  not for f, because of s#b; with that mended as well, it would have the old version\n";
    assert!(text.contains(line), "{text}");
    let json = printed(&["suggest", "--format", "json"], &old, &new);
    let answer: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(answer["causes"][0]["remaining"][0]["comes_back"], true);
}

#[test]
fn a_comparison_names_what_keeps_versions_if_asked() {
    let text = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"))
            .args(args)
            .args(["--stable", "before.o", "after.o"])
            .current_dir(repository().join("corpus/suggest"))
            .output()
            .expect("it starts");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let keep = "keep: __kabi_ignored wakeups and 1 more; dwarfksyms suggest has the source";
    assert!(text(&["compare", "--suggest"]).contains(keep), "{}", text(&["compare", "--suggest"]));
    assert!(!text(&["compare"]).contains("keep: "));
    let json = text(&["compare", "--suggest", "--format", "json"]);
    let report: Value = serde_json::from_str(&json).expect("JSON");
    let causes = report["causes"].as_array().expect("an array");
    assert!(!causes.is_empty() && causes.iter().all(|cause| cause["kept_by"].is_string()), "{json}");
}
