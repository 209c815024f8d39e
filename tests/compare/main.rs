//! `dwarfksyms compare` and `explain`: what is asked for, what is answered, and the exit status.

mod explained;
mod lists;
mod mangled;
mod registers;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use dwarfksyms_symtypes::compare::Class;
use dwarfksyms_tests::{folder, note, repository};
use serde_json::Value;
use tempfile::TempDir;

pub(crate) const OLD: &str = "\
f subprogram ( formal_parameter pointer_type { s#s } byte_size(8) s ) -> base_type void
g variable base_type int byte_size(4) encoding(5)
s#s structure_type s { member base_type int byte_size(4) encoding(5) a data_member_location(0) } byte_size(4)
";

/// `OLD` with a larger structure.
pub(crate) fn grown() -> String {
    OLD.replace(
        "location(0) } byte_size(4)",
        "location(0) , member base_type int byte_size(4) encoding(5) b data_member_location(4) } byte_size(8)",
    )
}

pub(crate) fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"));
    command.args(args).current_dir(folder).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command
}

pub(crate) fn run(folder: &Path, args: &[&str]) -> Output {
    command(folder, args).output().expect("it starts")
}

/// The exit status and standard output of a run that has nothing to note.
pub(crate) fn answer(folder: &Path, args: &[&str]) -> (i32, String) {
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
pub(crate) fn error(folder: &Path, args: &[&str]) -> String {
    let output = run(folder, args);
    let stderr = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(2), "{args:?}: {stderr}");
    assert!(output.stdout.is_empty() && stderr.starts_with("error: "), "{args:?}: {stderr}");
    stderr
}

/// Two builds of which one type differs, as symtypes.
pub(crate) fn pair() -> TempDir {
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
