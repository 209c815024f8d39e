//! Where types are declared, as `compare` and `explain` state it: what gcc and clang compile in several ways, against what
//! `llvm-dwarfdump` and `pahole` say of the same objects.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use dwarfksyms_tests::compiled::{compilers, make, tool};
use serde_json::Value;
use tempfile::TempDir;

const HEADER: &str = "\
/* The lines of these count. */
struct inner { int x; };

enum kind { ONE, TWO };
struct outer {
    struct inner in;
    enum kind kind;
    union { int a; long b; } u;
};
typedef struct outer outer_t;
";

const SOURCE: &str = r#"
#include "include/types.h"
#include "../src/include/own.h"
struct of_source { int s; };
int f(outer_t *o, struct own *w, struct of_source *s) { return o->in.x + w->w + s->s; }
"#;

const OWN: &str = "\n\nstruct own {\n    int w;\n};\n";

fn dwarfksyms(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"));
    command.args(args).current_dir(folder).output().expect("it starts")
}

/// A folder with `src` and `out` in it; the types of the new one are elsewhere, and larger.
fn sources(is_new: bool) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().canonicalize().expect("a path");
    let grown = |text: &str| match is_new {
        true => format!(
            "\n\n\n{}",
            text.replace("int x;", "int x, y;").replace("int w;", "int w, v;").replace("int s;", "int s, t;")
        ),
        false => text.to_owned(),
    };
    for (name, text) in [
        ("src/include/types.h", grown(HEADER)),
        ("src/include/own.h", grown(OWN)),
        ("src/x.c", grown(SOURCE)),
        ("out/empty", String::new()),
    ] {
        let file = path.join(name);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, text).expect("a file");
    }
    (folder, path)
}

/// The ways in which the source is compiled: from which folder, and with which options.
const WAYS: [(&str, &[&str]); 8] = [
    ("src", &["x.c", "-gdwarf-5"]),
    ("src", &["x.c", "-gdwarf-4"]),
    ("src", &["x.c", "-gdwarf-2"]),
    ("src", &["x.c", "-gdwarf-5", "-fdebug-types-section"]),
    ("src", &["x.c", "-gdwarf-4", "-fdebug-types-section"]),
    ("out", &["../src/x.c", "-gdwarf-5"]),
    ("out", &["../src/x.c", "-gdwarf-4"]),
    ("src", &["x.c", "-gdwarf-5", "-gsplit-dwarf"]),
];

/// The path and line of a type, as `llvm-dwarfdump` says; of an object whose types are in another file, what `from` has.
fn of_dwarfdump(folder: &Path, from: &str, name: &str) -> Option<(String, u64)> {
    let output = tool(folder, "llvm-dwarfdump", &["--debug-info", "--debug-types", from])?;
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let quoted = |line: &str| Some(line.split('"').nth(1)?.to_owned());
    for die in text.split("\n\n").filter(|die| !die.contains("DW_AT_declaration")) {
        let value = |attribute: &str| die.lines().find(|line| line.contains(attribute));
        let is_type = ["structure_type", "enumeration_type"].iter().any(|tag| die.contains(tag));
        if is_type && value("DW_AT_name").and_then(quoted).as_deref() == Some(name) {
            let line = value("DW_AT_decl_line")?.split(['(', ')']).nth(1)?.parse().ok()?;
            return Some((quoted(value("DW_AT_decl_file")?)?, line));
        }
    }
    None
}

/// A path without detours.
fn folded(path: &str) -> PathBuf {
    let mut folded = PathBuf::new();
    for part in Path::new(path) {
        match part.to_str() {
            Some("..") => {
                folded.pop();
            }
            Some(".") => {}
            _ => folded.push(part),
        }
    }
    folded
}

#[test]
fn places_are_those_of_dwarf() {
    for compiler in compilers() {
        for (at, args) in WAYS {
            let [(_old, old), (_new, new)] = [false, true].map(sources);
            for path in [&old, &new] {
                let here = path.join(at);
                make(&here, compiler, &[args, &["-c", "-o", "x.o"]].concat());
            }
            let (old, new) = (old.join(at), new.join(at));
            let object = new.join("x.o");
            let args_of =
                ["compare", "--all-symbols", "--format", "json", "x.o", object.to_str().expect("UTF-8")];
            let output = dwarfksyms(&old, &args_of);
            let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
            let causes = report["causes"].as_array().expect("causes");
            for (name, shown) in
                [("inner", "include/types.h"), ("own", "include/own.h"), ("outer", "include/types.h")]
            {
                let id = format!("s#{name}");
                let Some(cause) = causes.iter().find(|cause| cause["id"] == *id) else {
                    assert_eq!(name, "outer", "{compiler} {at} {args:?}: {report:#}");
                    continue;
                };
                for (side, folder) in [("old", &old), ("new", &new)] {
                    let from = if args.contains(&"-gsplit-dwarf") { "x.dwo" } else { "x.o" };
                    let place = &cause["declared"][side];
                    let line = place["line"].as_u64().expect("a line");
                    let file = place["file"].as_str().expect("a file");
                    let expected = if at == "out" { format!("src/{shown}") } else { shown.to_owned() };
                    assert_eq!(file, expected, "{compiler} {at} {args:?} {name}");
                    let Some((path, expected)) = of_dwarfdump(folder, from, name) else { continue };
                    assert_eq!(line, expected, "{compiler} {at} {args:?} {name}");
                    // llvm-dwarfdump has no folders of a line table in another file.
                    assert!(from == "x.dwo" || folded(&path).ends_with(file), "{path} {file}");
                }
            }
            // What is private to the source, in an object with its types.
            let explained = dwarfksyms(&old, &["explain", "-q", "--all-symbols", "struct outer", "x.o"]);
            let text = String::from_utf8_lossy(&explained.stdout).into_owned();
            let place = if at == "out" { "src/include/types.h:5" } else { "include/types.h:5" };
            assert!(text.contains(&format!("It is declared at {place}.\n")), "{compiler} {args:?}: {text}");
        }
    }
}

#[test]
fn pahole_says_the_same() {
    let (Some(&compiler), (_folder, path)) = (compilers().first(), sources(false)) else { return };
    let here = path.join("src");
    make(&here, compiler, &["-g", "-c", "x.c"]);
    let Some(output) = tool(&here, "pahole", &["-I", "x.o"]) else { return };
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    for name in ["inner", "outer", "own"] {
        let explained =
            dwarfksyms(&here, &["explain", "-q", "--all-symbols", &format!("struct {name}"), "x.o"]);
        let explained = String::from_utf8(explained.stdout).expect("UTF-8");
        let place = explained
            .split("declared at ")
            .nth(1)
            .and_then(|rest| rest.split(".\n").next())
            .expect("a place");
        // In front of a type: /* <2d> /tmp/x/src/include/types.h:2 */
        let before = text.split(&format!("struct {name} {{")).next().expect("the type");
        let comment = before.lines().next_back().expect("a comment");
        let path = comment.split_whitespace().find(|word| word.contains(".h:")).expect("a place");
        assert!(folded(path).ends_with(place), "{comment} {place}");
    }
}

#[test]
fn each_unit_has_types_of_its_own() {
    for compiler in compilers() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path();
        let source = |number: usize, member: &str| {
            let gap = "\n".repeat(number);
            format!(
                "{gap}struct state {{ {member} v{number}; }};\nint f{number}(struct state *s) {{ return s->v{number} != 0; }}\n"
            )
        };
        for (name, member) in [("old", "int"), ("new", "long")] {
            let here = path.join(name);
            fs::create_dir_all(&here).expect("a folder");
            // In headers, since what a source keeps to itself is not described.
            for number in [3, 5] {
                fs::write(here.join(format!("h{number}.h")), source(number, member)).expect("a header");
                fs::write(here.join(format!("s{number}.c")), format!("#include \"h{number}.h\"\n"))
                    .expect("a source");
            }
            make(&here, compiler, &["-g", "-fPIC", "-shared", "s3.c", "s5.c", "-o", "x.so"]);
        }
        let output =
            dwarfksyms(path, &["compare", "-q", "--all-symbols", "--format", "json", "old/x.so", "new/x.so"]);
        let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let places = report["causes"].as_array().expect("causes").iter().map(|cause| {
            let place = &cause["declared"]["new"];
            (
                cause["exports"][0].as_str().expect("an export"),
                place["file"].as_str().expect("a file"),
                place["line"].as_u64(),
            )
        });
        let mut places: Vec<_> = places.collect();
        places.sort_unstable();
        assert_eq!(places, [("f3", "h3.h", Some(4)), ("f5", "h5.h", Some(6))], "{compiler}");
    }
}

/// Two objects of a folder, each with a type of its own and one that both have: of that, the first file counts.
#[test]
fn places_are_found_in_every_object_of_a_folder() {
    let Some(&compiler) = compilers().first() else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path();
    for (name, member) in [("old", "int"), ("new", "long")] {
        let here = path.join(name);
        fs::create_dir_all(here.join("part")).expect("a folder");
        for (number, object, shared) in [(1, "b.o", "z.h"), (2, "part/a.o", "y.h")] {
            let header = format!("\n\nstruct of{number} {{ {member} v; }};\n");
            fs::write(here.join(format!("h{number}.h")), header).expect("a header");
            fs::write(here.join(shared), format!("\nstruct shared {{ {member} v; }};\n")).expect("a header");
            let source = format!(
                "#include \"h{number}.h\"\n#include \"{shared}\"\n\
                 int f{number}(struct of{number} *s, struct shared *t) {{ return s->v + t->v; }}\n"
            );
            fs::write(here.join("x.c"), source).expect("a source");
            make(&here, compiler, &["-g", "-c", "x.c", "-o", object]);
        }
    }
    let output = dwarfksyms(path, &["compare", "-q", "--all-symbols", "--format", "json", "old", "new"]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let causes = report["causes"].as_array().expect("causes");
    let mut places: Vec<(&str, &str, u64)> = causes
        .iter()
        .map(|cause| {
            let place = &cause["declared"]["new"];
            let file = place["file"].as_str().expect("a file");
            (cause["id"].as_str().expect("a type"), file, place["line"].as_u64().expect("a line"))
        })
        .collect();
    places.sort_unstable();
    places.dedup();
    let own = [("s#of1", "h1.h", 3), ("s#of2", "h2.h", 3)];
    assert_eq!(places[..2], own, "{report:#}");
    assert!(places[2..].iter().all(|place| ["y.h", "z.h"].contains(&place.1) && place.2 == 2), "{places:?}");
    assert!(places.len() > 2, "{places:?}");
}

#[test]
fn rules_and_annotations_are_about_places() {
    let Some(&compiler) = compilers().first() else { return };
    let [(_old, old), (_new, new)] = [false, true].map(sources);
    for path in [&old, &new] {
        make(&path.join("src"), compiler, &["-g", "-c", "x.c"]);
    }
    let here = new.join("src");
    let object = old.join("src/x.o");
    let object = object.to_str().expect("UTF-8");
    let compare = |more: &[&str]| {
        let output = dwarfksyms(&here, &[&["compare", "-q", "--all-symbols", object, "x.o"], more].concat());
        (output.status.code(), String::from_utf8(output.stdout).expect("UTF-8"))
    };
    let (_, github) = compare(&["--format", "github"]);
    assert!(github.contains("title=struct inner,file=include/types.h,line=5::"), "{github}");
    let (_, gitlab) = compare(&["--format", "gitlab"]);
    let issues: Value = serde_json::from_str(&gitlab).expect("JSON");
    let location =
        |issue: &Value| (issue["location"]["path"].clone(), issue["location"]["lines"]["begin"].clone());
    let locations: Vec<_> = issues.as_array().expect("issues").iter().map(location).collect();
    assert!(locations.contains(&("include/own.h".into(), 6.into())), "{locations:?}");
    let (_, text) = compare(&[]);
    assert!(text.contains("\n  at include/types.h:5 (old build: include/types.h:2)\n"), "{text}");
    let (_, markdown) = compare(&["--format", "markdown"]);
    assert!(markdown.contains("At `include/types.h:5` (old build: `include/types.h:2`)\n"), "{markdown}");
    for (rules, expected) in [
        ("declared include/* pass\n", Some(0)),
        ("declared include/own.h pass\n", Some(1)),
        ("declared include/own.h pass\ndeclared *types.h pass\n", Some(0)),
        ("declared src/* pass\n", Some(1)),
    ] {
        fs::write(here.join("rules"), rules).expect("rules");
        assert_eq!(compare(&["--policy", "classes:rules"]).0, expected, "{rules}");
    }
}

#[test]
fn a_line_table_that_is_damaged_hides_no_change() {
    let Some(&compiler) = compilers().first() else { return };
    let [(_old, old), (_new, new)] = [false, true].map(sources);
    for path in [&old, &new] {
        make(&path.join("src"), compiler, &["-g", "-gdwarf-5", "-c", "x.c"]);
    }
    let here = new.join("src");
    let compare = |object: &str| {
        let old = old.join("src/x.o");
        dwarfksyms(
            &here,
            &["compare", "--all-symbols", "--format", "json", old.to_str().expect("UTF-8"), object],
        )
    };
    let whole: Value = serde_json::from_slice(&compare("x.o").stdout).expect("JSON");
    // To say which types are private to the source, the table is read in any case: an error there was one before.
    make(&here, "objcopy", &["--dump-section", ".debug_line=line", "x.o"]);
    let mut line = fs::read(here.join("line")).expect("a section");
    line[4] = 99;
    fs::write(here.join("line"), line).expect("a section");
    make(&here, "objcopy", &["--update-section", ".debug_line=line", "x.o", "y.o"]);
    let cut = compare("y.o");
    match cut.status.code() {
        Some(2) => assert_eq!(
            String::from_utf8_lossy(&cut.stderr).lines().filter(|line| line.starts_with("error: ")).count(),
            1
        ),
        _ => {
            let report: Value = serde_json::from_slice(&cut.stdout).expect("JSON");
            let ids = |report: &Value| -> Vec<Value> {
                report["causes"].as_array().expect("causes").iter().map(|cause| cause["id"].clone()).collect()
            };
            assert_eq!(ids(&report), ids(&whole));
        }
    }
}
