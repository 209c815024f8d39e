//! What is found in an object with a rule of each kind that is wrong, and nothing in those that are right.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use dwarfksyms_core::Limits;
use dwarfksyms_symtypes::lint::{Finding, FindingKind};
use dwarfksyms_tests::{linted, repository};
use serde_json::Value;

fn lint(data: &[u8], symbols: &[u8]) -> Vec<Finding> {
    linted::lint(data, symbols, &Limits::default()).expect("no limit")
}

fn told(finding: &Finding) -> String {
    let place = finding.place.map_or(String::new(), |place| format!("{place}: "));
    let (subject, text) = (String::from_utf8_lossy(&finding.subject), String::from_utf8_lossy(&finding.text));
    format!("{place}{subject}: {text} [{}]\n", finding.kind.id())
}

#[test]
fn each_kind_is_found_and_what_is_right_is_not() {
    let folder = repository().join("corpus/lint");
    let read = |name: &str| fs::read(folder.join(name)).expect("a file");
    let findings = lint(&read("x.o"), &read("syms"));
    for kind in FindingKind::ALL {
        assert!(findings.iter().any(|finding| finding.kind == *kind), "{}", kind.id());
    }
    for right in ["fine", "fits", "stated"] {
        let is_about = |finding: &&Finding| {
            let subject = String::from_utf8_lossy(&finding.subject).into_owned();
            subject.ends_with(&format!(" {right}")) || subject.starts_with(&format!("s#{right} "))
        };
        assert_eq!(findings.iter().find(is_about), None);
    }
    let text: String = findings.iter().map(told).collect();
    if std::env::var_os("DWARFKSYMS_BLESS").is_some() {
        fs::write(folder.join("findings"), &text).expect("a file");
    }
    assert_eq!(text, String::from_utf8(read("findings")).expect("UTF-8"));
}

#[test]
fn without_rules_there_is_nothing_to_find() {
    for case in ["nesting", "enums", "functions"] {
        let folder = repository().join("corpus/golden").join(case);
        let read = |name: &str| fs::read(folder.join(name)).expect("a file");
        assert_eq!(lint(&read("x.o"), &read("syms")), [], "{case}");
    }
}

#[test]
fn a_rule_may_be_about_nothing_where_it_is_about_something_elsewhere() {
    // Each of these has the rules of one header; only the first has an export that reaches the types.
    let both = ["lint/headers-used.o", "lint/headers-unused.o"];
    assert_eq!(run(&both), (0, String::new(), String::new()));
    let (status, text, _) = run(&both[1..]);
    assert_eq!((status, text.lines().count()), (1, 1));
    assert!(text.contains("byte_size record: is about nothing") && text.contains("[rule-unused]"), "{text}");
}

#[test]
fn what_is_linked_is_looked_at_unit_by_unit() {
    // The rules are at other places there, and what the second unit does not have, the first at least declares.
    let said = |text: &str| -> BTreeSet<String> {
        let lines = text.lines().map(|line| line.splitn(3, ": ").nth(2).expect("a finding").to_owned());
        lines.collect()
    };
    let (_, apart, _) = run(&["lint/units-a.o", "lint/units-b.o"]);
    let mut expected = said(&apart);
    assert!(
        expected.remove("byte_size hidden: is about nothing: no export reaches such a type [rule-unused]")
    );
    let (status, linked, _) = run(&["lint/units.o"]);
    assert_eq!((status, said(&linked)), (1, expected));
    assert_eq!(linked.lines().count(), 4, "{linked}");
    assert_eq!(run(&["--per-unit", "lint/units.o"]), (1, linked.clone(), String::new()));
    let (status, whole, _) = run(&["--whole", "lint/units.o"]);
    assert!(status == 1 && !whole.contains("rule-without-effect"), "{whole}");
    // In an object of one source, the units are the object.
    assert_eq!(run(&["--per-unit", "lint/x.o"]), run(&["lint/x.o"]));
}

#[test]
fn a_note_says_how_objects_were_described() {
    let note = |arguments: &[&str]| started(arguments).2;
    assert_eq!(note(&["lint/units.o"]), "note: lint/units.o: described per unit (--whole: as one object)\n");
    let whole = "described as a whole (--per-unit: each unit by itself)\n";
    assert_eq!(note(&["--whole", "lint/units.o"]), format!("note: lint/units.o: {whole}"));
    assert_eq!(
        note(&["lint/units-a.o", "lint/units-b.o"]),
        format!("note: lint/units-a.o and 1 more: {whole}")
    );
}

/// The exit status of `dwarfksyms lint`, and what it writes but for notes.
fn run(arguments: &[&str]) -> (i32, String, String) {
    started(&[&["--quiet"], arguments].concat())
}

fn started(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"))
        .arg("lint")
        .args(arguments)
        .current_dir(repository().join("corpus"))
        .output()
        .expect("it starts");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("no crash"), text(output.stdout), text(output.stderr))
}

#[test]
fn the_program_prints_what_is_found() {
    let expected = fs::read_to_string(repository().join("corpus/lint/findings")).expect("a file");
    let (status, lines, errors) = run(&["lint/x.o", "suggest/restored.o"]);
    assert_eq!((status, errors.as_str()), (1, ""));
    let prefixed: String = expected.lines().map(|line| format!("lint/x.o: {line}\n")).collect();
    assert_eq!(lines, prefixed);
    let (status, json, _) = run(&["--format", "json", "lint/x.o"]);
    let rows: Vec<Value> = serde_json::from_str(&json).expect("JSON");
    assert_eq!((status, rows.len()), (1, expected.lines().count()));
    for (row, line) in rows.iter().zip(expected.lines()) {
        let word = |key: &str| row.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        assert!(line.ends_with(&format!("{}: {} [{}]", word("subject"), word("text"), word("kind"))));
        assert!(line.starts_with(&word("place")) && !word("remedy").is_empty());
    }
}

#[test]
fn the_class_of_an_object_states_how_large_pointers_are() {
    // For 32 bits, from clang, which states the size of no pointer. Those that fit their place are not found.
    let expected = "lint/narrow.o: s#wrong member pointer: has 4 bytes, and the placeholder only 2 [union-larger]\n\
        lint/narrow.o: s#wrong member pointer: is aligned to 4 bytes, and the placeholder only to 2 \
        [union-stricter-aligned]\n";
    assert_eq!(run(&["lint/narrow.o"]), (1, expected.to_owned(), String::new()));
    // Without the object, nothing in its types tells, and nothing is claimed.
    let data = fs::read(repository().join("corpus/lint/narrow.o")).expect("a file");
    assert_eq!(lint(&data, b"all"), []);
}

#[test]
fn the_program_says_when_there_is_nothing_to_look_at() {
    assert_eq!(run(&["suggest/restored.o"]), (0, String::new(), String::new()));
    let (status, out, errors) = run(&["golden/nesting/x.o"]);
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(errors.starts_with("error: golden/nesting/x.o: nothing is exported there"), "{errors}");
    let (status, _, errors) = run(&["lint/x.o", "lint/x.c"]);
    assert_eq!((status, errors.lines().count()), (2, 1), "{errors}");
    assert!(errors.starts_with("error: lint/x.c: "), "{errors}");
}

#[test]
fn each_kind_is_in_the_documentation() {
    let page = fs::read_to_string(repository().join("docs/KABI.md")).expect("a file");
    for kind in FindingKind::ALL {
        let row = format!("| `{}` | {} | {} |", kind.id(), kind.example(), kind.remedy());
        assert!(page.contains(&row), "{row}");
    }
}

#[test]
fn the_program_explains_each_kind() {
    for kind in FindingKind::ALL {
        let (status, text, _) = run(&["--explain", kind.id()]);
        assert!(status == 0 && text.contains(kind.example()) && text.contains(kind.remedy()), "{text}");
    }
    assert_eq!(run(&["--explain", "nothing"]).0, 2);
}
