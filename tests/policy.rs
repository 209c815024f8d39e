//! `dwarfksyms compare --policy`: what rules let pass decides on the exit status, and what they are is told.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

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
        ("list", "[stable]\nnew\n"),
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
}

#[test]
fn a_listed_symbol_that_nothing_exports_is_a_finding() {
    let folder = folder(&[
        ("list", "[stable]\nf\ngone\n"),
        ("locked", "0x00000001\tf\tvmlinux\tEXPORT_SYMBOL\t\n0x00000001\tgone\tvmlinux\tEXPORT_SYMBOL\t\n"),
        ("known", "difference missing pass go*\n"),
    ]);
    for policy in ["list", "locked"] {
        // Also where nothing differs.
        let (status, text) = compare(folder.path(), &["old", "old", "-p", policy]);
        assert!(status == 1 && text.starts_with("1 listed symbol missing"), "{text}");
        assert!(
            text.contains("exported by neither build (1)\n  gone  ") && !text.contains("nothing matched"),
            "{text}"
        );
        let (status, text) = compare(folder.path(), &["old", "old", "-p", "known", "-p", policy]);
        assert!(status == 0 && text.contains("allowed by known:1: difference missing pass go*"), "{text}");
        let (status, text) = compare(folder.path(), &["old", "old", "-p", policy, "-f", "json"]);
        let report: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(
            (status, &report["summary"]["missing"], &report["summary"]["failing"]),
            (1, &1.into(), &1.into())
        );
        assert_eq!(
            (&report["exports"][0]["symbol"], &report["exports"][0]["difference"]),
            (&"gone".into(), &"missing".into())
        );
    }
}

#[test]
fn a_list_rules_on_a_cause_for_every_export_that_it_reaches() {
    let corpus = dwarfksyms_tests::repository().join("corpus/compare");
    let report = |listed: &str| -> serde_json::Value {
        let folder = folder(&[("list", &format!("[l]\n{listed}\n"))]);
        let list = folder.path().join("list");
        let args = ["before", "after", "-q", "-f", "json", "-p", list.to_str().expect("UTF-8")];
        serde_json::from_str(&compare(&corpus, &args).1).expect("JSON")
    };
    let causes = |report: &serde_json::Value| report["causes"].as_array().expect("causes").clone();
    let all = report("none");
    // Whichever of its exports is listed, a cause fails; and one that reaches no listed export passes.
    for cause in causes(&all)
        .iter()
        .filter(|cause| cause["exports"].as_array().is_some_and(|all| all.len() > 1))
        .take(3)
    {
        let exports: Vec<&str> =
            cause["exports"].as_array().expect("exports").iter().filter_map(|name| name.as_str()).collect();
        for listed in [exports[0], exports[exports.len() - 1]] {
            for other in causes(&report(listed)) {
                let reaches = other["exports"].as_array().expect("exports").iter().any(|name| name == listed);
                assert_eq!(other["ruling"]["is_allowed"], !reaches, "{listed}: {}", other["id"]);
            }
        }
    }
}

#[test]
fn what_fails_comes_first_and_alone_if_asked_for() {
    let folder = folder(&[("rules", "f PASS\nnew PASS\n")]);
    let (status, text) = compare(folder.path(), &["old", "new", "-p", "rules"]);
    let place = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part}: {text}"));
    assert!(status == 1 && place("\n  g ") < place("\n  f "), "{text}");
    for format in ["text", "markdown", "html", "json"] {
        let (status, all) = compare(folder.path(), &["old", "new", "-p", "rules", "-f", format]);
        assert!(status == 1 && all.contains("new"), "{format}");
        let (status, text) =
            compare(folder.path(), &["old", "new", "-p", "rules", "--failing", "-f", format]);
        let has = |symbol: &str| {
            ["\n  SYMBOL  ", "| `SYMBOL`", "<th scope=\"row\">SYMBOL</th>", "\"symbol\": \"SYMBOL\""]
                .iter()
                .any(|part| text.contains(&part.replace("SYMBOL", symbol)))
        };
        assert!(status == 1 && has("g") && !has("f") && !has("new"), "{format}: {text}");
    }
    let (_, text) = compare(folder.path(), &["old", "new", "-p", "rules", "--failing"]);
    assert!(text.contains("1 not allowed, 2 allowed and not shown"), "{text}");
}

/// What is warned of changes no exit status, is counted, and stands under a heading of its own behind what fails.
#[test]
fn rules_can_warn() {
    let folder = folder(&[
        ("warn", "difference * warn g*\ndifference changed pass\n"),
        ("some", "difference changed warn g\ndifference changed fail f\n"),
        ("all", "class member-removed fail\nclass * warn s#s\n"),
        ("first", "class member-renamed fail\nclass * warn\n"),
    ]);
    let old = OLD.replace("0x00000001\tg", "0x00000009\tg");
    fs::write(folder.path().join("old"), &old).expect("a file");
    let of = |args: &[&str]| compare(folder.path(), &[&["old", "new"], args].concat());
    for options in [&[][..], &["--exit-code"]] {
        assert_eq!(of(&[&["-p", "warn"], options].concat()).0, 0, "{options:?}");
        assert_ne!(of(&[&["-p", "some"], options].concat()).0, 0, "{options:?}");
    }
    let place = |text: &str, part: &str| text.find(part).unwrap_or_else(|| panic!("{part}: {text}"));
    let (_, text) = of(&["-p", "some"]);
    let heading = "\nAllowed with a warning: 1 export\n";
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words(&text).contains("1 not allowed, 1 allowed with a warning, 1 allowed"), "{text}");
    assert!(place(&text, "\n  f ") < place(&text, heading), "{text}");
    assert!(
        place(&text, heading) < place(&text, "\n  g ") && place(&text, "\n  g ") < place(&text, "\n  new ")
    );
    assert!(text.contains("allowed with a warning by some:1: difference changed warn g\n"), "{text}");
    let (_, text) = of(&["-p", "some", "-f", "markdown"]);
    let heading = "\n### Allowed with a warning: 1 export\n";
    assert!(
        place(&text, "| `f` |") < place(&text, heading)
            && place(&text, heading) < place(&text, "| `g` (warning) |")
    );
    let (_, text) = of(&["-p", "some", "-f", "html"]);
    assert!(text.contains("<b>1</b> difference allowed with a warning<"), "{text}");
    assert!(place(&text, "data-ruling=\"failing\"") < place(&text, "data-ruling=\"warning\""), "{text}");
    let (_, text) = of(&["-p", "some", "-f", "json"]);
    let report: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let counts = ["failing", "warned", "allowed"].map(|name| report["summary"][name].as_u64());
    assert_eq!(counts, [Some(1), Some(1), Some(2)]);
    let levels =
        report["exports"].as_array().expect("an array").iter().map(|export| &export["ruling"]["level"]);
    assert_eq!(levels.collect::<Vec<_>>(), ["fail", "warn", "pass"]);
    let (_, text) = of(&["-p", "some", "-f", "github"]);
    let warning = "::warning title=g::changed: its version differs, and it is not known why, allowed with a warning by some:1";
    assert!(text.contains(warning), "{text}");
    let (_, text) = of(&["-p", "some", "-f", "gitlab"]);
    let issues: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!((&issues[0]["severity"], &issues[1]["severity"]), (&"major".into(), &"minor".into()));
    for format in ["symbols", "mod-symbols"] {
        let (_, text) = of(&["-p", "some", "-f", format]);
        assert!(text.contains("# 1 more export differs, and is allowed with a warning\n"), "{text}");
        assert!(!text.contains("\ng\n"), "{text}");
    }
    // A warning is nothing that fails.
    for format in ["text", "markdown", "html", "json", "github", "gitlab"] {
        let (status, text) = of(&["-p", "some", "--failing", "-f", format]);
        assert!(status == 1 && !text.contains("some:1") && !text.contains("warning by"), "{format}: {text}");
    }
    let (_, text) = of(&["-p", "some", "--failing"]);
    assert!(
        words(&text).contains("1 allowed with a warning and not shown, 1 allowed and not shown"),
        "{text}"
    );
    // So are causes.
    for (policy, status, heading) in [("all", 0, true), ("first", 1, false)] {
        let (own, text) = compare(folder.path(), &["old-types", "new-types", "-p", policy]);
        let has = text.contains("\nAllowed with a warning: 1 cause, 1 export\n");
        assert_eq!((own, has), (status, heading), "{text}");
    }
}

#[test]
fn levels_are_those_that_there_are() {
    let folder =
        folder(&[("bad", "verdict unclear warn\nverdict harmless ignore\n"), ("suse", "f PASS\ng WARN\n")]);
    for (policy, expected) in [
        (
            "bad",
            "error: bad: line 2: not 'verdict harmless pass|warn|fail [PATTERN]': 'verdict harmless ignore'\n",
        ),
        // Theirs are two, and their tools would refuse the file, too.
        ("suse", "error: suse: line 2: not '[MODULE|NAMESPACE|SYMBOL] PATTERN PASS|FAIL': 'g WARN'\n"),
    ] {
        assert_eq!(compare(folder.path(), &["old", "new", "-p", policy]), (2, expected.to_owned()));
    }
}

#[test]
fn rules_that_match_nothing_are_listed_for_several_builds_at_once() {
    let folder = folder(&[
        ("rules", "f FAIL\nf* PASS\ndrivers/* PASS\nh PASS\nsound/* PASS\nOTHER PASS\n"),
        ("third", "0x00000001\th\tsound/a\tEXPORT_SYMBOL\t\n"),
        ("types", "class member-removed pass s#s\nclass member-removed pass s#t\n"),
    ]);
    let rules = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"));
        let output = command.arg("rules").args(args).current_dir(folder.path()).output().expect("it starts");
        assert!(output.stderr.is_empty(), "{}", output.stderr.escape_ascii());
        (output.status.code(), String::from_utf8(output.stdout).expect("UTF-8"))
    };
    let unused = "rules:4: h PASS\nrules:5: sound/* PASS\nrules:6: OTHER PASS\n";
    assert_eq!(rules(&["-p", "rules", "old"]), (Some(1), unused.to_owned()));
    assert_eq!(rules(&["-p", "rules", "old", "third"]), (Some(1), "rules:6: OTHER PASS\n".to_owned()));
    assert_eq!(
        rules(&["-p", "types", "old-types"]),
        (Some(1), "types:2: class member-removed pass s#t\n".to_owned())
    );
    // A comparison says the same, whatever differs.
    for new in ["old", "new"] {
        let (_, text) = compare(folder.path(), &["old", new, "-p", "rules"]);
        assert!(unused.lines().all(|rule| text.contains(rule)), "{text}");
        assert!(text.contains("Rules that nothing matched (3)"), "{text}");
    }
}

#[test]
fn severities_end_as_those_of_suse_for_what_cannot_break() {
    let line =
        |module: &str, kind: &str, namespace: &str| format!("0x00000001\tf\t{module}\t{kind}\t{namespace}\n");
    let folder = folder(&[
        ("a", &line("drivers/a", "EXPORT_SYMBOL_GPL", "NS")),
        ("b", &line("fs/b", "EXPORT_SYMBOL", "")),
        ("rules", "other PASS\n"),
    ]);
    assert_eq!(compare(folder.path(), &["a", "b", "-p", "rules"]).0, 0);
    assert_eq!(compare(folder.path(), &["b", "a", "-p", "rules"]).0, 1);
    assert_eq!(compare(folder.path(), &["a", "b"]).0, 1);
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

/// What comes out of a pipe is read as far as a file may be long, and no further.
#[test]
fn a_policy_without_end_is_refused() {
    use std::io::Write;
    const LARGEST: usize = 16 << 20;
    /// What a pipe holds, and what a program reads at once.
    const AROUND: usize = 2 << 20;
    let folder = folder(&[]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"))
        .args(["compare", "old", "new", "--policy", "/dev/stdin"])
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut pipe = child.stdin.take().expect("a pipe");
    let written = std::iter::repeat_n(b"# nothing\n".repeat(1000), 40 << 20)
        .take_while(|part| pipe.write_all(part).is_ok());
    let bytes: usize = written.map(|part| part.len()).sum();
    drop(pipe);
    let output = child.wait_with_output().expect("it ends");
    let errors = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(errors, format!("error: /dev/stdin: is too large ({LARGEST} bytes are allowed)\n"));
    assert!(output.status.code() == Some(2) && output.stdout.is_empty());
    assert!((LARGEST..LARGEST + AROUND).contains(&bytes), "{bytes} bytes were taken");
}

#[test]
fn rules_can_be_about_members_and_files() {
    let corpus = dwarfksyms_tests::repository().join("corpus/compare");
    let folder = folder(&[]);
    let rulings = |rules: &str| -> serde_json::Value {
        let path = folder.path().join("rules");
        fs::write(&path, rules).expect("a policy");
        let path = path.to_str().expect("UTF-8");
        let (_, text) = compare(&corpus, &["before", "after", "-p", path, "-f", "json"]);
        serde_json::from_str(&text).expect("JSON")
    };
    let allowed = |report: &serde_json::Value, list: &str, name: &str| -> Vec<String> {
        let rows = report[list].as_array().expect("an array").iter();
        let rows = rows.filter(|row| row["ruling"]["is_allowed"] == true && row["difference"] != "added");
        rows.map(|row| row[name].as_str().expect("text").to_owned()).collect()
    };
    // struct request has a single change, and is in a single file.
    for rules in [
        "member *deadline* pass\n",
        "member deadline pass s#request\n",
        "file request.symtypes pass s#request\n",
        "file request* fail s#other\nfile request.sym* pass request\n",
    ] {
        let report = rulings(rules);
        assert_eq!(allowed(&report, "causes", "id"), ["s#request"], "{rules}");
        // The other exports that reach it differ for other causes, too.
        assert_eq!(allowed(&report, "exports", "symbol"), ["request_init", "request_length"], "{rules}");
    }
    for rules in ["member deadlin pass\n", "member deadline pass s#device\n", "file request pass\n"] {
        assert_eq!(allowed(&rulings(rules), "causes", "id"), [""; 0], "{rules}");
    }
    // A type that differs in several files is not a matter of one.
    let report = rulings("file * pass\n");
    for cause in report["causes"].as_array().expect("an array") {
        assert_eq!(cause["ruling"]["is_allowed"] == true, cause["file_count"] == 1, "{}", cause["id"]);
    }
}
