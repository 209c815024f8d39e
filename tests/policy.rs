//! `dwarfksyms compare --policy`: what rules let pass decides on the exit status, and what they are is told.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

const OLD: &str = "0x00000001\tf\tvmlinux\tEXPORT_SYMBOL\t\n0x00000001\tg\tdrivers/a\tEXPORT_SYMBOL\tNS\n";
const NEW: &str = "0x00000002\tf\tvmlinux\tEXPORT_SYMBOL\t\n0x00000002\tg\tdrivers/a\tEXPORT_SYMBOL\tNS\n\
                   0x00000003\tnew\tvmlinux\tEXPORT_SYMBOL\t\n";
const OLD_TYPES: &str = "/* a.symtypes */\nf variable s#s\ns#s structure_type s { member base_type int byte_size(4) encoding(5) a \
                         data_member_location(0) } byte_size(4)\n";

fn folder(rules: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let new_types = OLD_TYPES.replace(" a data", " b data");
    let files = [("old", OLD), ("new", NEW), ("old-types", OLD_TYPES), ("new-types", &new_types)];
    for (name, text) in files.iter().chain(rules) {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    folder
}

/// The exit status of a comparison, and what it tells, errors too.
fn compare(folder: &Path, args: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"));
    let output = command.arg("compare").args(args).current_dir(folder).output().expect("it starts");
    let text = [output.stdout, output.stderr].concat();
    (output.status.code().expect("an end"), String::from_utf8(text).expect("UTF-8"))
}

#[test]
fn rules_decide_on_the_exit_status() {
    let folder = folder(&[
        ("f-only", "f PASS\n"),
        ("modules", "drivers/* PASS\nunused* FAIL\n"),
        ("list", "[stable]\nh\n"),
        ("locked", "0x00000002\tf\tvmlinux\tEXPORT_SYMBOL\t\n"),
        ("names", "f\ng\n"),
    ]);
    let cases: [(&[&str], i32); 9] = [
        (&[], 1),
        (&["--policy", "f-only"], 1),
        (&["--policy", "f-only", "--policy", "modules"], 0),
        (&["-p", "modules", "-p", "f-only"], 0),
        (&["-p", "list"], 0),
        (&["-p", "locked"], 0),
        (&["-p", "stablelist:names"], 1),
        (&["-p", "ubuntu:names"], 0),
        (&["-p", "severities:f-only"], 1),
    ];
    for (policy, expected) in cases {
        let args = [&["old", "new"], policy].concat();
        let (status, text) = compare(folder.path(), &args);
        assert_eq!(status, expected, "{args:?}: {text}");
    }
    let (_, text) = compare(folder.path(), &["old", "new", "-p", "modules"]);
    assert!(text.contains("modules:2: unused* FAIL") && !text.contains("modules:1: unused"), "{text}");
    let (_, text) = compare(folder.path(), &["old", "new", "-p", "list", "--format", "json"]);
    assert!(text.contains("list:2: h"), "{text}");
}

#[test]
fn rules_on_changes_need_types_which_may_be_consolidated() {
    let folder = folder(&[
        ("renamed", "class member-renamed pass s#s\n"),
        ("other", "class member-renamed pass s#t\nclass member-removed pass\n"),
        ("harmless", "verdict harmless pass\n"),
    ]);
    let status = |policy| compare(folder.path(), &["old-types", "new-types", "-p", policy]);
    assert_eq!(status("renamed").0, 0, "{}", status("renamed").1);
    assert_eq!(status("harmless").0, 0);
    assert_eq!(status("other").0, 1);
    // What is only known to differ differs for no class of changes.
    assert_eq!(compare(folder.path(), &["old", "new", "-p", "harmless"]).0, 1);
}

#[test]
fn what_is_no_policy_is_refused() {
    let folder = folder(&[("bad", "f PASS\nno rule\n"), ("names", "f\n")]);
    let cases = [
        ("bad", "error: bad: line 2: not '[MODULE|NAMESPACE|SYMBOL] PATTERN PASS|FAIL': 'no rule'\n"),
        ("absent", "error: absent: No such file or directory (os error 2)\n"),
        (
            "names",
            "error: names: a list of names can be of those that matter or of those to ignore: say stablelist:FILE or ubuntu:FILE\n",
        ),
        ("kabi:names", "error: names: line 1: not a line of Module.symvers: 'f'\n"),
    ];
    for (policy, expected) in cases {
        assert_eq!(compare(folder.path(), &["old", "new", "--policy", policy]), (2, expected.to_owned()));
    }
}
