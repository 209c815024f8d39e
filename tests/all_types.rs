//! `--all-types` of `compare` and `explain`: types that no export reaches, as `pahole` and `abidiff` see them in what gcc and clang
//! compile. What exports reach is reported as without it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use dwarfksyms_tests::compiled::{compilers, make, tool};
use dwarfksyms_tests::note;
use serde_json::Value;
use tempfile::TempDir;

const TYPES: [&str; 7] = ["reached", "hidden", "holder", "free_union", "free_enum", "same", "deep"];

const HEADER: &str = "\
struct reached { int a; };
struct hidden { int x; };
struct holder { struct hidden h; long z; };
union free_union { int i; long l; };
enum free_enum { A, B };
struct same { char c; };
struct deep { struct { struct { int d; } in; } out; };
";

const SOURCE: &str = "\
#include \"types.h\"
struct holder a_holder; union free_union a_union; enum free_enum an_enum; struct same *a_same; struct deep *a_deep;
int f(struct reached *r) { return r->a; }
";

fn dwarfksyms(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"));
    command.args(args).current_dir(folder).output().expect("it starts")
}

/// An object and a library in `old`, and others of another header in `new`.
fn builds(compiler: &str, edits: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let header = edits.iter().fold(HEADER.to_owned(), |header, (from, to)| header.replace(from, to));
    for (name, header) in [("old", HEADER), ("new", header.as_str())] {
        let here = folder.path().join(name);
        fs::create_dir(&here).expect("a folder");
        fs::write(here.join("types.h"), header).expect("a header");
        fs::write(here.join("x.c"), SOURCE).expect("a source");
        make(&here, compiler, &["-g", "-c", "x.c"]);
        make(&here, compiler, &["-g", "-fPIC", "-shared", "x.c", "-o", "x.so"]);
    }
    fs::write(folder.path().join("list"), "f\n").expect("a list");
    folder
}

const EDITS: [&[(&str, &str)]; 6] = [
    &[],
    &[("int x;", "int x, y;")],
    &[("int i;", "long j; int i;"), ("A, B", "A, B, C")],
    &[("int d;", "int d, e;")],
    &[("int a;", "int a, b;"), ("int x;", "long x;")],
    &[("char c;", "char c; struct reached *r;"), ("long z;", "")],
];

fn report(folder: &Path, args: &[&str]) -> (Value, Option<i32>, String) {
    let output = dwarfksyms(folder, &[&["compare", "--format", "json"], args].concat());
    let report = serde_json::from_slice(&output.stdout).expect("JSON");
    (report, output.status.code(), note::others(&output.stderr))
}

fn titles(report: &Value, list: &str) -> BTreeSet<String> {
    let causes = report[list].as_array().expect("a list").iter();
    causes
        .map(|cause| cause["title"].as_str().expect("a title").split(' ').nth(1).expect("a name").to_owned())
        .collect()
}

/// A type as pahole writes it, without what follows from other types: offsets and sizes.
fn of_pahole(folder: &Path, name: &str) -> Option<String> {
    let output = tool(folder, "pahole", &["-C", name, "x.o"])?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let lines = text.lines().map(|line| line.split("/*").next().unwrap_or_default().trim());
    Some(lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"))
}

#[test]
fn types_that_differ_are_those_of_pahole() {
    for compiler in compilers() {
        for edits in EDITS {
            let folder = builds(compiler, edits);
            let path = folder.path();
            let list = ["--symbol-list", "list", "--all-types", "old/x.o", "new/x.o"];
            let (report, _, _) = report(path, &list);
            let mut found = titles(&report, "unreached");
            assert!(found.is_disjoint(&titles(&report, "causes")));
            found.extend(titles(&report, "causes"));
            let differs = |name: &&&str| {
                let [old, new] = ["old", "new"].map(|side| of_pahole(&path.join(side), name));
                old.zip(new).map(|(old, new)| {
                    assert!(old.contains(**name), "{old}");
                    old != new
                })
            };
            if tool(path, "pahole", &["--version"]).is_none() {
                return;
            }
            let expected: BTreeSet<String> = TYPES
                .iter()
                .filter(|name| differs(name) == Some(true))
                .map(|name| (*name).to_owned())
                .collect();
            assert_eq!(found, expected, "{compiler} {edits:?}");
            // Only the parameter of the function is reached by it.
            assert!(titles(&report, "causes").iter().all(|name| name == "reached"));
        }
    }
}

#[test]
fn abidiff_sees_the_same_types() {
    for compiler in compilers() {
        for edits in EDITS {
            let folder = builds(compiler, edits);
            let path = folder.path();
            let args = ["--non-reachable-types", "--harmless", "old/x.so", "new/x.so"];
            let Some(output) = tool(path, "abidiff", &args) else { return };
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            let list = ["--symbol-list", "list", "--all-types", "old/x.so", "new/x.so"];
            let (report, _, _) = report(path, &list);
            let found: BTreeSet<String> =
                titles(&report, "unreached").union(&titles(&report, "causes")).cloned().collect();
            for name in &found {
                // It writes of a union what it had and has, without its name where that is said before.
                assert!(text.contains(name.as_str()), "{compiler} {edits:?} {name}: {text}");
            }
            assert_eq!(found.is_empty(), output.status.code() == Some(0), "{compiler} {edits:?}: {text}");
        }
    }
}

#[test]
fn what_exports_reach_is_reported_as_without_it() {
    for compiler in compilers() {
        for edits in EDITS {
            let folder = builds(compiler, edits);
            let path = folder.path();
            for file in ["x.o", "x.so"] {
                let files = [format!("old/{file}"), format!("new/{file}")];
                let args = ["--symbol-list", "list", files[0].as_str(), files[1].as_str()];
                let (plain, status, _) = report(path, &args);
                let (mut all, same_status, _) = report(path, &[&args[..], &["--all-types"]].concat());
                assert_eq!(plain["unreached"], Value::Array(Vec::new()));
                all["unreached"] = Value::Array(Vec::new());
                assert_eq!((all, same_status), (plain, status), "{compiler} {edits:?} {file}");
            }
        }
    }
}

#[test]
fn every_form_of_the_report_has_them() {
    let Some(&compiler) = compilers().first() else { return };
    let folder = builds(compiler, &[("int x;", "int x, y;")]);
    let compare = |format: &str| {
        let args = [
            "compare",
            "-q",
            "--symbol-list",
            "list",
            "--all-types",
            "old/x.o",
            "new/x.o",
            "--format",
            format,
        ];
        let output = dwarfksyms(folder.path(), &args);
        assert_eq!(output.status.code(), Some(0), "{format}");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let text = compare("text");
    assert!(
        text.starts_with(
            "no difference: 1 export in old/x.o and new/x.o\n\nTypes that no export reaches (1)\n"
        ),
        "{text}"
    );
    assert!(text.contains("\nstruct hidden: cannot tell [s#hidden]\n  at types.h:2\n"), "{text}");
    assert!(text.contains("\n  no export reaches it\n  path: struct holder -> h: struct hidden\n"), "{text}");
    let markdown = compare("markdown");
    assert!(markdown.contains("### Types that no export reaches (1)\n"), "{markdown}");
    let html = compare("html");
    assert!(
        html.contains("<h2>Types that no export reaches</h2>") && html.contains("<code>struct hidden</code>"),
        "{html}"
    );
}

#[test]
fn explain_says_which_types_lead_to_one() {
    for compiler in compilers() {
        let folder = builds(compiler, &[("int x;", "int x, y;")]);
        let explain = |args: &[&str]| {
            let output =
                dwarfksyms(folder.path(), &[&["explain", "-q", "--symbol-list", "list"], args].concat());
            (
                output.status.code(),
                String::from_utf8(output.stdout).expect("UTF-8"),
                String::from_utf8(output.stderr).expect("UTF-8"),
            )
        };
        let (status, _, error) = explain(&["struct hidden", "old/x.o"]);
        assert_eq!(status, Some(2));
        assert_eq!(
            error,
            "error: old/x.o: there is no type struct hidden in it that an export reaches; --all-types looks at the others, too\n"
        );
        let (status, text, _) = explain(&["--all-types", "struct hidden", "old/x.o"]);
        assert_eq!(status, Some(0));
        assert!(text.contains("int x;") && text.contains("It is declared at types.h:2.\n"), "{text}");
        assert!(
            text.ends_with(
                "\nNo export uses it.\n\n1 type leads to it:\n  struct holder -> h: struct hidden\n"
            ),
            "{compiler}: {text}"
        );
        // What an export reaches has both.
        let (_, text, _) = explain(&["--all-types", "struct reached", "old/x.o"]);
        assert!(text.contains("\n1 export uses it:\n  f -> parameter r: struct reached\n"), "{text}");
        let (status, text, _) = explain(&["--all-types", "struct hidden", "old/x.o", "new/x.o"]);
        assert_eq!(status, Some(1));
        assert!(text.contains("member 'int y' was added at offset 4"), "{text}");
        // Without any export, too.
        let output =
            dwarfksyms(folder.path(), &["explain", "-q", "--all-types", "union free_union", "old/x.so"]);
        assert_eq!(output.status.code(), Some(0));
    }
}
