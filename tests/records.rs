//! `dwarfksyms compare` of what builds have recorded: nothing mixed, invented or left out.
//!
//! What differs between two `Module.symvers` is found here a second time, from their lines alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use dwarfksyms_tests::linked::{Export, Module};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use serde_json::Value;
use tempfile::TempDir;

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
    folder
}

/// The exit status of a comparison, and what it says.
fn compare(folder: &Path, args: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"));
    let output = command.arg("compare").args(args).current_dir(folder).output().expect("it starts");
    let text = String::from_utf8([output.stdout, output.stderr].concat()).expect("UTF-8");
    (output.status.code().expect("an end"), text)
}

/// The exit status, and the report as JSON.
fn report(folder: &Path, args: &[&str]) -> (i32, Value) {
    let args = [args, &["--format", "json", "--quiet"]].concat();
    let (status, text) = compare(folder, &args);
    (status, serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}")))
}

/// The text on one line.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The symbols that a report has, by how they differ.
fn differences(report: &Value) -> BTreeMap<String, BTreeSet<String>> {
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for export in report["exports"].as_array().expect("exports") {
        let [difference, symbol] =
            ["difference", "symbol"].map(|key| export[key].as_str().expect("text").to_owned());
        all.entry(difference).or_default().insert(symbol);
    }
    all
}

#[test]
fn a_change_in_the_second_place_is_a_change() {
    let line = |version: &str, module: &str| format!("{version}\tf\t{module}\tEXPORT_SYMBOL\t\n");
    let (kernel, driver) = (line("0x00000001", "vmlinux"), line("0x00000002", "drivers/a"));
    let old = kernel.clone() + &driver;
    let new = kernel.clone() + &line("0x00000003", "drivers/a");
    let files = [("old", old.as_bytes()), ("new", new.as_bytes()), ("one", kernel.as_bytes())];
    let folder = folder(&files);
    let (status, found) = report(folder.path(), &["old", "new"]);
    assert_eq!((status, &found["summary"]["changed"]), (1, &Value::from(1)));
    let export = &found["exports"][0];
    assert_eq!(
        (&export["old"]["version"], &export["new"]["version"]),
        (&"0x00000002".into(), &"0x00000003".into())
    );
    assert_eq!((&export["old"]["module"], &export["difference"]), (&"drivers/a".into(), &"changed".into()));
    let places = &found["new"]["duplicates"][0];
    assert_eq!((&places["symbol"], &places["places"][1]["version"]), (&"f".into(), &"0x00000003".into()));
    // Both places are told, also where nothing differs, and one that is gone is a difference.
    let (status, text) = compare(folder.path(), &["old", "old"]);
    assert_eq!(status, 0, "{text}");
    assert!(flat(&text).contains("old: exported in several places: f (in vmlinux and drivers/a)"), "{text}");
    for (old, new) in [("old", "one"), ("one", "old")] {
        let (status, text) = compare(folder.path(), &[old, new]);
        assert!(status == 1 && text.contains("1 export differs"), "{text}");
    }
}

#[test]
fn names_that_are_no_text_can_be_had_back() {
    let line = |version: &str| {
        [
            version.as_bytes(),
            b"\tf\tdrivers/\xff\tEXPORT_SYMBOL\tN\x1b\n",
            version.as_bytes(),
            b"\tf\tother\tEXPORT_SYMBOL\t\n",
        ]
        .concat()
    };
    let folder = folder(&[("old", &line("0x00000001")), ("new", &line("0x00000002"))]);
    let (_, found) = report(folder.path(), &["old", "new"]);
    let facts = &found["exports"][0]["old"];
    assert_eq!(facts["module_bytes"], Value::from("647269766572732fff"));
    assert_eq!((&facts["namespace"], &facts["namespace_bytes"]), (&"N\\u{1b}".into(), &"4e1b".into()));
    assert_eq!(found["old"]["duplicates"][0]["symbol_bytes"], Value::Null);
    assert_eq!(found["old"]["duplicates"][0]["places"][1]["module_bytes"], Value::Null);
}

#[test]
fn a_change_in_the_second_file_is_a_change() {
    let one = "f subprogram ( ) -> base_type void\n";
    let (two, other) = ("f variable base_type int\n", "f variable base_type long\n");
    let files = [
        ("old/a.symtypes", one.as_bytes()),
        ("old/b.symtypes", two.as_bytes()),
        ("new/a.symtypes", one.as_bytes()),
        ("new/b.symtypes", other.as_bytes()),
    ];
    let folder = folder(&files);
    let (status, found) = report(folder.path(), &["old", "new"]);
    assert_eq!((status, &found["summary"]["changed"]), (1, &Value::from(1)));
    let note = "several files have types of f: they differ in b.symtypes, and not in the first";
    assert_eq!(found["notes"][0], Value::from(note));
    assert_eq!(report(folder.path(), &["old", "old"]).0, 0);
}

#[test]
fn versions_that_are_zero_are_none() {
    let line = |version: &str, symbol: &str| format!("{version}\t{symbol}\tvmlinux\tEXPORT_SYMBOL\t\n");
    let none = line("0x00000000", "f") + &line("0x00000000", "g");
    let some = line("0x00000001", "f") + &line("0x00000000", "g");
    let folder = folder(&[("none", none.as_bytes()), ("some", some.as_bytes())]);
    // Of a kernel without versions nothing is known.
    let (status, text) = compare(folder.path(), &["none", "none"]);
    assert!(status == 1 && !text.contains("no difference") && !text.contains("unchanged"), "{text}");
    assert!(
        text.contains("2 exports cannot be compared")
            && flat(&text).contains("none has neither versions nor types")
    );
    let (status, found) = report(folder.path(), &["none", "some"]);
    assert_eq!(status, 1);
    let unknown = BTreeSet::from(["f".to_owned(), "g".to_owned()]);
    assert_eq!(differences(&found), BTreeMap::from([("unknown".to_owned(), unknown)]));
    // An export without a version among others that have some was never checked, and is let pass.
    let (status, text) = compare(folder.path(), &["some", "some"]);
    assert!(status == 0 && text.contains("1 unknown, 1 unchanged"), "{text}");
    assert!(flat(&text).contains("neither build has a version or types of g (in vmlinux)"), "{text}");
}

#[test]
fn one_that_lost_its_version_has_changed() {
    let line = |version: &str, symbol: &str| format!("{version}\t{symbol}\tvmlinux\tEXPORT_SYMBOL\t\n");
    let old = line("0x00000001", "f") + &line("0x00000002", "g");
    let new = line("0x00000001", "f") + &line("0x00000000", "g");
    let folder = folder(&[("old", old.as_bytes()), ("new", new.as_bytes())]);
    for (old, new) in [("old", "new"), ("new", "old")] {
        let (status, found) = report(folder.path(), &[old, new]);
        assert_eq!(
            (status, &found["summary"]["changed"], &found["summary"]["unchanged"]),
            (1, &1.into(), &1.into())
        );
    }
}

const TYPES: &str = "f subprogram ( formal_parameter s#s x ) -> base_type void\n\
                     g variable base_type int byte_size(4) encoding(5)\n\
                     s#s structure_type s { member base_type int byte_size(4) encoding(5) a data_member_location(0) } byte_size(4)\n";

/// The same types with a member of another name.
fn changed() -> String {
    TYPES.replace(" a data", " b data")
}

fn symvers(versions: [&str; 2]) -> String {
    format!("{}\tf\tvmlinux\tEXPORT_SYMBOL\t\n{}\tg\tdrivers/a\tEXPORT_SYMBOL\t\n", versions[0], versions[1])
}

/// What the tool computes for `f` and `g`.
fn computed(types: &str) -> [String; 2] {
    let folder = folder(&[("x.symtypes", types.as_bytes())]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"));
    let command = command.args(["versions", "--format", "json", "x.symtypes"]).current_dir(folder.path());
    let found: Value = serde_json::from_slice(&command.output().expect("it starts").stdout).expect("JSON");
    [0, 1].map(|at| found[0]["versions"][at]["version"].as_str().expect("a version").to_owned())
}

#[test]
fn recorded_and_computed_versions_are_not_mixed() {
    let ours = computed(TYPES);
    let ours = symvers([&ours[0], &ours[1]]);
    let (other, another) = (symvers(["0x00000011", "0x00000012"]), symvers(["0x00000013", "0x00000012"]));
    let changed = changed();
    let files = [
        ("ours/Module.symvers", ours.as_bytes()),
        ("ours/x.symtypes", TYPES.as_bytes()),
        ("other/Module.symvers", other.as_bytes()),
        ("other/x.symtypes", TYPES.as_bytes()),
        ("another/Module.symvers", another.as_bytes()),
        ("another/x.symtypes", changed.as_bytes()),
        ("plain/x.symtypes", TYPES.as_bytes()),
        ("new/x.symtypes", changed.as_bytes()),
        ("records", other.as_bytes()),
        ("records-of-ours", ours.as_bytes()),
    ];
    let folder = folder(&files);
    let path = folder.path();
    // Versions of another tool beside those of ours: types decide, and the same types are no difference.
    for (old, new) in
        [("ours", "other"), ("other", "ours"), ("other", "plain"), ("plain", "other"), ("ours", "plain")]
    {
        let (status, text) = compare(path, &[old, new]);
        assert!(status == 0 && text.starts_with("no difference: 2 exports"), "{old} {new}: {text}");
    }
    for (old, new) in [("ours", "another"), ("other", "new"), ("ours", "new"), ("records-of-ours", "new")] {
        let (status, found) = report(path, &[old, new]);
        let f = BTreeSet::from(["f".to_owned()]);
        assert_eq!(
            (status, differences(&found)),
            (1, BTreeMap::from([("changed".to_owned(), f)])),
            "{old} {new}"
        );
        // Both are shown as they are computed.
        let expected = [computed(TYPES)[0].clone(), computed(&changed)[0].clone()].map(Value::from);
        let shown = ["old", "new"].map(|side| found["exports"][0][side]["version"].clone());
        assert_eq!(shown, expected, "{old} {new}");
    }
    let (_, text) = compare(path, &["ours", "another"]);
    assert!(
        flat(&text).contains("different tools made the versions that ours and another have recorded"),
        "{text}"
    );
    // Two that the same tool has recorded are what a kernel compares.
    let (status, found) = report(path, &["other", "another"]);
    assert_eq!((status, &found["exports"][0]["new"]["version"]), (1, &"0x00000013".into()));
    assert_eq!(found["exports"][0]["new"]["is_computed"], false);
    // Without types it is not known, and the report says what to pass.
    let (status, found) = report(path, &["records", "new"]);
    assert_eq!((status, differences(&found).keys().cloned().collect()), (1, vec!["unknown".to_owned()]));
    let (_, text) = compare(path, &["records", "new"]);
    assert!(flat(&text).contains("for want of types in records"), "{text}");
}

#[test]
fn types_of_two_dialects_are_not_compared() {
    let genksyms = "s#s struct s { int a ; } \nf void f ( s#s ) \ng int g \n";
    let versions = symvers(["0x00000011", "0x00000012"]);
    let files = [
        ("old/x.symtypes", genksyms.as_bytes()),
        ("old/Module.symvers", versions.as_bytes()),
        ("new/x.symtypes", TYPES.as_bytes()),
    ];
    let folder = folder(&files);
    let (status, found) = report(folder.path(), &["old", "new"]);
    assert_eq!(
        (status, &found["summary"]["unknown"], &found["causes"]),
        (1, &2.into(), &Value::Array(Vec::new()))
    );
    let (_, text) = compare(folder.path(), &["old", "new"]);
    assert!(flat(&text).contains("different tools made the versions or types of old and new"), "{text}");
}

#[test]
fn what_only_one_side_knows_is_not_unchanged() {
    let partly = "g variable base_type int byte_size(4) encoding(5)\n";
    let names = "0x00000000\tf\tvmlinux\tEXPORT_SYMBOL\t\n0x00000000\tg\tvmlinux\tEXPORT_SYMBOL\t\n";
    let files = [
        ("old/x.symtypes", TYPES.as_bytes()),
        ("old/Module.symvers", names.as_bytes()),
        ("new/x.symtypes", partly.as_bytes()),
        ("new/Module.symvers", names.as_bytes()),
    ];
    let folder = folder(&files);
    for (old, new) in [("old", "new"), ("new", "old")] {
        let (status, found) = report(folder.path(), &[old, new]);
        let f = BTreeSet::from(["f".to_owned()]);
        assert_eq!((status, differences(&found)), (1, BTreeMap::from([("unknown".to_owned(), f)])));
        assert_eq!(found["summary"]["unchanged"], 1);
    }
    let (_, text) = compare(folder.path(), &["old", "new"]);
    assert!(flat(&text).contains("new has neither a version nor types of f (in vmlinux): old has"), "{text}");
}

#[test]
fn a_change_that_the_version_does_not_show_is_reported() {
    let versions = symvers(["0x00000011", "0x00000012"]);
    let changed = changed();
    let files = [
        ("old/x.symtypes", TYPES.as_bytes()),
        ("old/Module.symvers", versions.as_bytes()),
        ("new/x.symtypes", changed.as_bytes()),
        ("new/Module.symvers", versions.as_bytes()),
    ];
    let folder = folder(&files);
    let (status, found) = report(folder.path(), &["old", "new"]);
    assert_eq!(
        (status, &found["causes"][0]["exports"], &found["exports"][0]["symbol"]),
        (1, &vec!["f"].into(), &"f".into())
    );
    assert_eq!(
        (&found["exports"][0]["difference"], &found["exports"][0]["causes"][0]),
        (&"unknown".into(), &"s#s".into())
    );
    let (_, text) = compare(folder.path(), &["old", "new"]);
    assert!(
        flat(&text).contains("the versions are the same, but not the types, of f (in vmlinux)"),
        "{text}"
    );
}

#[test]
fn types_of_what_is_not_exported_are_no_cause() {
    let versions = "0x00000012\tg\tdrivers/a\tEXPORT_SYMBOL\t\n";
    let changed = changed();
    let files = [
        ("old/x.symtypes", TYPES.as_bytes()),
        ("old/Module.symvers", versions.as_bytes()),
        ("new/x.symtypes", changed.as_bytes()),
        ("new/Module.symvers", versions.as_bytes()),
    ];
    let folder = folder(&files);
    let (status, text) = compare(folder.path(), &["old", "new"]);
    assert!(status == 0 && text.starts_with("no difference: 1 export"), "{text}");
}

#[test]
fn notes_name_exports_and_modules() {
    // Types of the kernel alone: those of a module were not given.
    let types = "f subprogram ( ) -> base_type void\n";
    let files = [
        ("old/x.symtypes", types.as_bytes()),
        ("old/Module.symvers", &symvers(["0x00000001", "0x00000002"]).into_bytes()),
        ("new/x.symtypes", types.as_bytes()),
        ("new/Module.symvers", &symvers(["0x00000001", "0x00000003"]).into_bytes()),
    ];
    let folder = folder(&files);
    let (status, text) = compare(folder.path(), &["old", "new"]);
    let text = flat(&text);
    assert_eq!(status, 1, "{text}");
    assert!(
        text.contains("for want of types in old and new, of g (in drivers/a)")
            && !text.contains("other builds"),
        "{text}"
    );
}

#[test]
fn modules_have_their_names_wherever_they_are() {
    let module = |name: &'static str| {
        let export = Export { name, is_gpl: false, namespace: "", version: 7 };
        Module { exports: vec![export], ..Module::default() }.bytes()
    };
    let (net, trace) = (module("f"), module("g"));
    let symvers =
        "0x00000007\tf\tnet/core/a\tEXPORT_SYMBOL\t\n0x00000007\tg\tkernel/trace/b\tEXPORT_SYMBOL\t\n";
    let files = [
        ("built/net/core/a.ko", net.as_slice()),
        ("built/kernel/trace/b.ko", &trace),
        ("root/lib/modules/7.3.4/kernel/net/core/a.ko", &net),
        ("root/lib/modules/7.3.4/kernel/kernel/trace/b.ko", &trace),
        ("copied/kernel/net/core/a.ko", &net),
        ("copied/kernel/kernel/trace/b.ko", &trace),
        ("symvers", symvers.as_bytes()),
    ];
    let folder = folder(&files);
    let places = [
        "symvers",
        "built",
        "root",
        "root/lib/modules",
        "root/lib/modules/7.3.4",
        "root/lib/modules/7.3.4/kernel",
        "copied",
    ];
    for place in places {
        let (status, text) = compare(folder.path(), &["symvers", place]);
        assert!(status == 0 && text.contains("no difference: 2 exports"), "{place}: {text}");
        let (status, found) = report(folder.path(), &[place, "symvers"]);
        assert_eq!((status, &found["summary"]["moved"]), (0, &0.into()), "{place}");
    }
}

/// A line of a `Module.symvers`: symbol, version, module, whether it is for the GPL only, and namespace.
type Line = (usize, u32, usize, bool, usize);

const MODULES: [&str; 3] = ["vmlinux", "drivers/a", "fs/b/b"];
const NAMESPACES: [&str; 3] = ["", "NS_A", "NS_B"];

fn text_of(lines: &[Line]) -> String {
    let line = |&(symbol, version, module, is_gpl, namespace): &Line| {
        let kind = if is_gpl { "EXPORT_SYMBOL_GPL" } else { "EXPORT_SYMBOL" };
        format!("{version:#010x}\tf{symbol}\t{}\t{kind}\t{}\n", MODULES[module], NAMESPACES[namespace])
    };
    lines.iter().map(line).collect()
}

/// How each symbol differs, from the lines alone; each symbol is there once.
fn expected(old: &[Line], new: &[Line]) -> BTreeMap<String, BTreeSet<String>> {
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let has_versions = |lines: &[Line]| lines.iter().any(|line| line.1 != 0);
    let have_both = has_versions(old) && has_versions(new);
    for symbol in 0..SYMBOLS {
        let find = |lines: &[Line]| lines.iter().find(|line| line.0 == symbol).copied();
        let difference = match (find(old), find(new)) {
            (None, None) => continue,
            (Some(_), None) => "removed",
            (None, Some(_)) => "added",
            (Some(old), Some(new)) if (old.1 == 0 && new.1 == 0) || (old.1 != new.1 && !have_both) => {
                "unknown"
            }
            (Some(old), Some(new)) if old.1 != new.1 => "changed",
            (Some(old), Some(new)) if old != new => "moved",
            (Some(_), Some(_)) => continue,
        };
        all.entry(difference.to_owned()).or_default().insert(format!("f{symbol}"));
    }
    all
}

const SYMBOLS: usize = 6;

fn lines() -> impl Strategy<Value = Vec<Line>> {
    let line =
        (prop_oneof![1 => Just(0), 4 => 1..4_u32], 0..MODULES.len(), any::<bool>(), 0..NAMESPACES.len());
    prop::collection::vec(prop::option::weighted(0.8, line), SYMBOLS).prop_map(|lines| {
        let known = lines.into_iter().enumerate();
        known
            .filter_map(|(at, line)| line.map(|(version, module, gpl, ns)| (at, version, module, gpl, ns)))
            .collect()
    })
}

proptest! {
    #![proptest_config(Config { rng_seed: RngSeed::Fixed(17), failure_persistence: None, ..Config::with_cases(64) })]

    #[test]
    fn what_differs_is_what_the_lines_say(old in lines(), new in lines()) {
        prop_assume!(!old.is_empty() && !new.is_empty());
        let folder = folder(&[("old", text_of(&old).as_bytes()), ("new", text_of(&new).as_bytes())]);
        let (status, found) = report(folder.path(), &["old", "new"]);
        let expected = expected(&old, &new);
        prop_assert_eq!(&differences(&found), &expected);
        let count = |difference: &str| expected.get(difference).map_or(0, BTreeSet::len);
        for difference in ["removed", "added", "changed", "moved", "unknown"] {
            prop_assert_eq!(&found["summary"][difference], &Value::from(count(difference)));
        }
        let shared = old.iter().filter(|line| new.iter().any(|other| other.0 == line.0)).count();
        let unchanged = shared - count("changed") - count("moved") - count("unknown");
        prop_assert_eq!(&found["summary"]["unchanged"], &Value::from(unchanged));
        let has_versions = |lines: &[Line]| lines.iter().any(|line| line.1 != 0);
        let is_unknown = count("unknown") > 0 && !(has_versions(&old) && has_versions(&new));
        let is_different = count("removed") + count("changed") + count("moved") > 0 || is_unknown;
        prop_assert_eq!(status, i32::from(is_different));
    }
}
