//! `dwarfksyms compare` and `explain`: what is asked for, what is answered, and the exit status.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use dwarfksyms_symtypes::compare::Class;
use dwarfksyms_tests::{note, repository};
use serde_json::Value;
use tempfile::TempDir;

const OLD: &str = "\
f subprogram ( formal_parameter pointer_type { s#s } byte_size(8) s ) -> base_type void
g variable base_type int byte_size(4) encoding(5)
s#s structure_type s { member base_type int byte_size(4) encoding(5) a data_member_location(0) } byte_size(4)
";

/// `OLD` with a larger structure.
fn grown() -> String {
    OLD.replace(
        "location(0) } byte_size(4)",
        "location(0) , member base_type int byte_size(4) encoding(5) b data_member_location(4) } byte_size(8)",
    )
}

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"));
    command.args(args).current_dir(folder).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command
}

fn run(folder: &Path, args: &[&str]) -> Output {
    command(folder, args).output().expect("it starts")
}

/// The exit status and standard output of a run that has nothing to note.
fn answer(folder: &Path, args: &[&str]) -> (i32, String) {
    let output = run(folder, args);
    assert_eq!(note::others(&output.stderr), "", "{args:?}");
    (output.status.code().expect("no crash"), String::from_utf8(output.stdout).expect("UTF-8"))
}

#[test]
fn layouts_have_pointers_as_large_as_those_of_the_object() {
    // From clang, which states the size of no pointer.
    let objects = ["narrow-before.o", "narrow-after.o"];
    let args = [&["compare", "--format", "json"][..], &objects].concat();
    let (status, json) = answer(&repository().join("corpus/suggest"), &args);
    let report: Value = serde_json::from_str(&json).expect("JSON");
    let slots = report["causes"][0]["layout"]["new"]["slots"].as_array().expect("an array");
    let places: Vec<_> = slots.iter().map(|slot| (slot["offset"].as_u64(), slot["size"].as_u64())).collect();
    let bits = [(0, 32), (32, 32), (64, 32), (96, 8), (104, 24)];
    assert_eq!((status, places), (1, bits.map(|(offset, size)| (Some(offset), Some(size))).to_vec()));
}

/// The one line of error of a run that goes wrong.
fn error(folder: &Path, args: &[&str]) -> String {
    let output = run(folder, args);
    let stderr = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(2), "{args:?}: {stderr}");
    assert!(output.stdout.is_empty() && stderr.starts_with("error: "), "{args:?}: {stderr}");
    stderr
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
    folder
}

/// Two builds of which one type differs, as symtypes.
fn pair() -> TempDir {
    folder(&[("old.symtypes", OLD.as_bytes()), ("new.symtypes", grown().as_bytes())])
}

#[test]
fn on_first_sight_it_says_what_to_pass_to_learn_more() {
    let corpus = repository().join("corpus/compare");
    let (status, text) = answer(&corpus, &["compare", "before/Module.symvers", "after/Module.symvers"]);
    assert_eq!(status, 1);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "78 exports differ old: before/Module.symvers (Module.symvers, 77 exports)",
        "Removed (1) ring_legacy",
        "Added (2) list_default",
        "any_id 0xadacab3b -> 0xd1f3e5d0 drivers/ring/ring",
        "why versions changed is not known, for want of types in before/Module.symvers and after/Module.symvers: pass \
         folders that were built with KBUILD_SYMTYPES=1, or objects",
        "summary: 72 changed, 1 removed, 2 added, 3 moved, 1 unchanged",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn exit_statuses_say_same_different_and_trouble() {
    let folder = pair();
    let path = folder.path();
    assert_eq!(answer(path, &["compare", "old.symtypes", "old.symtypes"]).0, 0);
    assert_eq!(answer(path, &["compare", "old.symtypes", "new.symtypes"]).0, 1);
    assert_eq!(answer(path, &["explain", "g", "old.symtypes", "new.symtypes"]).0, 0);
    assert_eq!(answer(path, &["explain", "f", "old.symtypes", "new.symtypes"]).0, 1);
    assert_eq!(answer(path, &["explain", "f", "old.symtypes"]).0, 0);
    error(path, &["compare", "old.symtypes", "missing"]);
    // What is new breaks nobody; what is gone does.
    let more = format!("{OLD}h variable base_type int byte_size(4) encoding(5)\n");
    fs::write(path.join("more.symtypes"), more).expect("a file");
    assert_eq!(answer(path, &["compare", "old.symtypes", "more.symtypes"]).0, 0);
    assert_eq!(answer(path, &["compare", "more.symtypes", "old.symtypes"]).0, 1);
    let (status, text) = answer(path, &["explain", "h", "more.symtypes", "old.symtypes"]);
    assert_eq!(
        (status, text.as_str()),
        (1, "h: removed: more.symtypes exports it, and old.symtypes does not\n")
    );
}

#[test]
fn errors_are_one_line_that_names_the_file() {
    let folder = pair();
    let path = folder.path();
    fs::write(path.join("prose"), "Nothing that is known.\n").expect("a file");
    fs::write(path.join("none.symtypes"), "s#s structure_type s { }\n").expect("a file");
    fs::write(path.join("torn.symtypes"), format!("{OLD}{}\n \n", "s#t x\n".repeat(99))).expect("a file");
    fs::write(path.join("symvers"), "0x00000001\tf\tvmlinux\tEXPORT_SYMBOL\t\n").expect("a file");
    for (args, expected) in [
        (&["compare", "prose", "old.symtypes"][..], "prose: "),
        (&["compare", "none.symtypes", "old.symtypes"], "none.symtypes: nothing is exported there"),
        (&["compare", "old.symtypes", "torn.symtypes"], "torn.symtypes"),
        (&["explain", "x", "old.symtypes", "new.symtypes"], "x is not exported there"),
        (&["explain", "f", "symvers", "new.symtypes"], "symvers: there are no types in it: pass "),
        (&["compare", "old.symtypes", "new.symtypes", "-f", "text", "-f", "json"], "two reports"),
        (&["compare", "old.symtypes", "new.symtypes", "-f", "html:no/such/x"], "no/such/x"),
        (&["compare", "old.symtypes", "new.symtypes", "--limit", "work=10"], "limit"),
    ] {
        let line = error(path, args);
        assert!(line.contains(expected) && line.lines().count() == 1, "{args:?}: {line}");
    }
    for args in [&["compare", "old.symtypes"][..], &["compare", "a", "b", "--format", "xml"], &["explain"]] {
        assert!(error(path, args).contains("--help"));
    }
}

#[test]
fn several_reports_are_complete_or_absent() {
    let folder = pair();
    let path = folder.path();
    let formats = ["-f", "text", "-f", "json:x.json", "-f", "html:x.html", "-f", "markdown:x.md"];
    let (status, text) = answer(path, &[&["compare", "old.symtypes", "new.symtypes"], &formats[..]].concat());
    assert!(status == 1 && text.contains("member-appended"), "{text}");
    let json: Value =
        serde_json::from_slice(&fs::read(path.join("x.json")).expect("a report")).expect("JSON");
    assert_eq!(json["causes"][0]["id"], "s#s");
    for name in ["x.html", "x.md"] {
        let report = fs::read_to_string(path.join(name)).expect("a report");
        assert!(report.contains("member-appended"), "{name}");
        fs::remove_file(path.join(name)).expect("a file");
    }
    // An error leaves none of them, and what was there stays as it was.
    fs::write(path.join("x.json"), "before").expect("a file");
    error(path, &[&["compare", "old.symtypes", "missing"], &formats[..]].concat());
    assert_eq!(fs::read(path.join("x.json")).expect("a file"), b"before");
    assert!(!path.join("x.html").exists());
}

#[test]
fn sides_can_be_of_different_kinds() {
    let golden = repository().join("corpus/golden/exports");
    let folder = pair();
    let path = folder.path();
    let object = golden.join("label.o");
    let object = object.to_str().expect("UTF-8");
    let symtypes = fs::read(golden.join("expected/label.symtypes")).expect("a file");
    fs::create_dir_all(path.join("tree/sub")).expect("a folder");
    fs::write(path.join("x.symtypes"), &symtypes).expect("a file");
    fs::write(path.join("tree/sub/x.symtypes"), &symtypes).expect("a file");
    for (old, new) in [
        (object, "x.symtypes"),
        ("x.symtypes", object),
        ("tree", object),
        ("x.symtypes", "tree"),
        (object, object),
    ] {
        let (status, text) = answer(path, &["compare", old, new]);
        assert!(status == 0 && text.starts_with("no difference: 2 exports"), "{old} {new}: {text}");
    }
    let changed =
        String::from_utf8(symtypes).expect("UTF-8").replace(" byte_size(8) b )", " byte_size(8) c )");
    fs::write(path.join("tree/sub/x.symtypes"), changed).expect("a file");
    let (status, text) = answer(path, &["compare", object, "tree"]);
    assert!(status == 1 && text.contains("parameter-renamed: parameter 'b' is called 'c' now"), "{text}");
    // A record has no types, and says so.
    fs::write(path.join("record"), "0x00000001\tdistance\tvmlinux\tEXPORT_SYMBOL\t\n").expect("a file");
    let (status, text) = answer(path, &["compare", "record", object]);
    assert!(status == 1 && text.contains("for want of types in record"), "{text}");
}

#[test]
fn escape_sequences_do_not_reach_the_terminal() {
    let old = OLD.replace(" a data", " \u{202e}a data").replace("f subprogram", "f\u{202e} subprogram");
    let new = grown().replace(" b data", " \u{202e}b data").replace("f subprogram", "f\u{202e} subprogram");
    let folder = folder(&[("o", old.as_bytes()), ("n", new.as_bytes())]);
    let path = folder.path();
    for format in ["text", "markdown", "html", "json"] {
        let (status, text) = answer(path, &["compare", "o", "n", "--format", format]);
        assert!(status == 1 && text.contains("202e"), "{format}: {text}");
        assert!(!text.contains('\u{202e}') && !text.contains('\u{1b}'), "{format}");
    }
    let (_, text) = answer(path, &["explain", "f\u{202e}", "o", "n"]);
    assert!(!text.contains('\u{202e}') && text.starts_with("f\\u{202e}: "), "{text}");
    let (_, text) = answer(path, &["explain", "f\u{202e}", "o"]);
    assert!(!text.contains('\u{202e}') && text.contains("\\u{202e}a"), "{text}");
    // Control characters are no part of symtypes at all.
    fs::write(path.join("x"), old.replace(" \u{202e}a", " \u{1b}[2Ja")).expect("a file");
    assert!(!error(path, &["compare", "x", "n"]).contains('\u{1b}'));
}

#[test]
fn colours_are_as_asked_for() {
    let folder = pair();
    let args = ["compare", "old.symtypes", "new.symtypes"];
    let coloured = |variables: &[(&str, &str)]| {
        let mut command = command(folder.path(), &args);
        command.envs(variables.iter().copied());
        String::from_utf8(command.output().expect("it starts").stdout).expect("UTF-8").contains('\u{1b}')
    };
    assert!(!coloured(&[]), "no terminal, no colours");
    assert!(coloured(&[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
}

#[test]
fn notes_can_be_left_out() {
    // A link in a folder is not followed, which is worth a note.
    let folder = pair();
    fs::create_dir(folder.path().join("tree")).expect("a folder");
    fs::copy(folder.path().join("old.symtypes"), folder.path().join("tree/x.symtypes")).expect("a file");
    std::os::unix::fs::symlink("x.symtypes", folder.path().join("tree/y.symtypes")).expect("a link");
    let loud = run(folder.path(), &["compare", "old.symtypes", "old.symtypes", "--quiet"]);
    assert!(loud.status.success() && loud.stderr.is_empty());
    let loud = run(folder.path(), &["compare", "tree", "tree"]);
    let quiet = run(folder.path(), &["compare", "-q", "tree", "tree"]);
    assert!(String::from_utf8_lossy(&loud.stderr).starts_with("note: "), "{}", loud.stderr.escape_ascii());
    assert!(quiet.stderr.is_empty());
    assert_eq!(loud.stdout, quiet.stdout);
}

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

/// A library whose functions have mangled names.
const LIBRARY: &str = "\
#![no_std]
pub mod file {
    #[inline(never)] pub fn open(level: u8) -> bool { level > 1 }
    pub struct File(pub u32);
    impl File { #[inline(never)] pub fn size(&self) -> u32 { self.0 } }
    pub trait Seek { fn seek(&self) -> u32; }
    impl Seek for File { #[inline(never)] fn seek(&self) -> u32 { self.0 + 1 } }
}
";

/// What a tool prints; none if it is not there.
fn printed(folder: &Path, words: &[&str]) -> Option<String> {
    let output = Command::new(words[0]).args(&words[1..]).current_dir(folder).output().ok()?;
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).expect("UTF-8"))
}

#[test]
fn what_the_rust_compiler_has_renamed_is_listed_once() {
    let folder = folder(&[("file.rs", LIBRARY.as_bytes())]);
    let path = folder.path();
    // Another hash of the crate, as after a change of its flags, and so another name of each function.
    for (side, salt) in [("old", "metadata=a"), ("new", "metadata=b")] {
        let fixed =
            "rustc --edition 2021 --crate-type lib --emit obj -C panic=abort -C symbol-mangling-version=v0";
        let object = format!("{side}.o");
        let words: Vec<&str> = fixed.split(' ').chain(["-C", salt, "-o", &object, "file.rs"]).collect();
        printed(path, &words).expect("a compiler");
        let Some(names) =
            printed(path, &["nm", "--defined-only", "--extern-only", "--format=posix", &object])
        else {
            return;
        };
        let names = names.lines().map(|line| line.split(' ').next().expect("a name"));
        let names = names.chain([if side == "old" { "_RNvC3old4gone" } else { "plain" }]);
        let line = |name: &str| format!("0x00000001\t{name}\tvmlinux\tEXPORT_SYMBOL_GPL\t\n");
        fs::write(path.join(side), names.map(line).collect::<String>()).expect("a record");
    }
    let (status, json) = answer(path, &["compare", "old", "new", "--format", "json"]);
    let report: Value = serde_json::from_str(&json).expect("JSON");
    let summary = ["renamed", "removed", "added"].map(|field| report["summary"][field].as_u64());
    assert_eq!((status, summary), (1, [Some(3), Some(4), Some(4)]));
    let (_, text) = answer(path, &["compare", "old", "new"]);
    let names =
        ["<file::file::File>::size", "file::file::open", "<file::file::File as file::file::Seek>::seek"];
    let (_, list) = text.split_once("\nRenamed by the compiler (3)\n").expect("a list");
    let rows = list.lines().map(|line| line.trim_start().split("  ").next().expect("a name"));
    assert_eq!(rows.take(names.len()).collect::<Vec<_>>(), names, "{text}");
    assert!(
        text.contains("\nRemoved (1)\n  _RNvC3old4gone ") && text.contains("\nAdded (1)\n  plain "),
        "{text}"
    );
    assert!(text.contains("4 removed, 4 added, 3 pairs renamed by the compiler among"), "{text}");
    // Another reader of such names, which leaves the hash of the crate in.
    let Some(reader) = printed(path, &["c++filt", "--version"]) else { return };
    let exports = report["exports"].as_array().expect("an array");
    for export in exports.iter().filter(|export| export["demangled"].is_string()) {
        let symbol = export["symbol"].as_str().expect("text");
        let read = printed(path, &["c++filt", "--format=rust", symbol]).expect("it is there");
        let mut depth = 0;
        let bare: String = read
            .trim_end()
            .chars()
            .filter(|char| {
                depth += i32::from(*char == '[');
                let is_kept = depth == 0;
                depth -= i32::from(*char == ']');
                is_kept
            })
            .collect();
        assert_eq!(export["demangled"], bare.as_str(), "{reader}");
    }
}

#[test]
fn demangled_names_are_escaped_and_cut() {
    // An identifier in Punycode that changes the direction of text; and a type that has the same one 2^30 times, since each of its
    // tuples has the one within it twice: once as it is, and once as a reference to where that is, in digits to base 62.
    let digits: Vec<char> = ('0'..='9').chain('a'..='z').chain('A'..='Z').collect();
    let references = (7..37).rev().map(|place: usize| format!("B{}_E", digits[place - 1]));
    let tuples = ["T".repeat(30), "h".to_owned(), references.collect()].concat();
    let names = ["_RNvC1au6ab_h4t".to_owned(), format!("_RNvMC1a{tuples}3foo")];
    let lines = |side: &str| -> String {
        let line = |name: &String| format!("0x0000000{}\t{name}\tvmlinux\tEXPORT_SYMBOL\t\n", side.len());
        names.iter().map(line).collect()
    };
    let folder = folder(&[("old", lines("a").as_bytes()), ("new", lines("ab").as_bytes())]);
    for format in ["text", "markdown", "html", "json"] {
        let (status, text) = answer(folder.path(), &["compare", "old", "new", "--format", format]);
        assert_eq!(status, 1);
        assert!(!text.contains('\u{202e}') && text.len() < 100_000, "{format}: {text}");
        if format == "json" {
            let report: Value = serde_json::from_str(&text).expect("JSON");
            let demangled = |at: usize| report["exports"][at]["demangled"].as_str().expect("text").to_owned();
            assert_eq!(demangled(0), "a::ab\\u{202e}");
            assert!(
                demangled(1).starts_with("<((((")
                    && demangled(1).ends_with("...")
                    && demangled(1).len() == 4099
            );
        }
    }
}

#[test]
fn the_exit_status_can_state_the_verdict() {
    let symvers =
        |lines: &[&str]| -> String { lines.iter().map(|line| line.replace(' ', "\t") + "\n").collect() };
    let record = symvers(&["0x00000001 f vmlinux EXPORT_SYMBOL", "0x00000002 g vmlinux EXPORT_SYMBOL_GPL"]);
    let renamed = OLD.replace(") s ) ->", ") other ) ->");
    let files: [(&str, &str); 8] = [
        ("old.symtypes", OLD),
        ("grown.symtypes", &grown()),
        ("renamed.symtypes", &renamed),
        ("less.symtypes", &OLD.replace("g variable base_type int byte_size(4) encoding(5)\n", "")),
        ("record", &record),
        ("changed", &record.replace("0x00000001", "0x00000003")),
        ("closed", &record.replace("EXPORT_SYMBOL\n", "EXPORT_SYMBOL_GPL\n")),
        ("open", &record.replace("EXPORT_SYMBOL_GPL", "EXPORT_SYMBOL")),
    ];
    let folder = folder(&files.map(|(name, text)| (name, text.as_bytes())));
    fs::write(folder.path().join("allowed"), "class * pass\n").expect("a policy");
    let cases = [
        ("old.symtypes", "old.symtypes", 0, 0),
        ("old.symtypes", "renamed.symtypes", 1, 0),
        ("old.symtypes", "grown.symtypes", 1, 3),
        ("grown.symtypes", "old.symtypes", 1, 1),
        ("grown.symtypes --policy allowed", "old.symtypes", 0, 0),
        ("old.symtypes", "less.symtypes", 1, 1),
        ("less.symtypes", "old.symtypes", 0, 0),
        ("record", "changed", 1, 3),
        ("record", "closed", 1, 3),
        ("record", "open", 1, 0),
        ("old.symtypes", "gone", 2, 2),
        ("grown.symtypes --summary", "old.symtypes", 1, 1),
        ("grown.symtypes --only harmless", "old.symtypes", 1, 1),
    ];
    for (old, new, usual, stating) in cases {
        let words: Vec<&str> = ["compare"].into_iter().chain(old.split(' ')).chain([new]).collect();
        let status = |args: &[&str]| run(folder.path(), args).status.code();
        let with = [&words[..], &["--exit-code"]].concat();
        assert_eq!([status(&words), status(&with)], [Some(usual), Some(stating)], "{old} {new}");
    }
}

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

#[test]
fn every_class_is_explained_as_in_its_document() {
    let page = fs::read_to_string(repository().join("docs/CLASSES.md")).expect("a page");
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for class in Class::ALL {
        let (status, text) = answer(&repository(), &["compare", "--explain", class.id()]);
        let (head, rest) = text.split_once('\n').expect("lines");
        let (meaning, _) = rest.split_once("\n  example: ").expect("an example");
        assert!(status == 0 && head.starts_with(&format!("{}: ", class.id())), "{text}");
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        assert!(words(&page).contains(&words(meaning)), "{text}");
    }
    let output = run(&repository(), &["compare", "--explain", "nothing"]);
    assert!(output.status.code() == Some(2) && output.stdout.is_empty());
    assert_eq!(run(&repository(), &["compare"]).status.code(), Some(2));
}
