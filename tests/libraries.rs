//! Objects that no kernel has any part in: `--all-symbols` and `--symbol-list` of `dwarfksyms`, on libraries and programs that gcc and
//! clang make. `nm` says which symbols there are, `abidiff` what differs, and the kernel's tool, if there is one, what their
//! versions are.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use dwarfksyms_tests::compiled::{compilers, make, tool};
use dwarfksyms_tests::{note, path_from_environment, samples};
use serde_json::Value;
use tempfile::TempDir;

const HEADER: &str = "\
struct inner { int x; long y; };
struct shape { int kind; struct inner in; char *name; };
";

/// Functions and variables of every visibility, and an alias of one that is local.
const SHAPES: &str = r#"
#include "types.h"
int counter = 3;
__thread int of_thread;
int area(struct shape *s) { return s->kind + counter; }
static int scale(struct shape *s, int n) { return n + s->in.x; }
extern int scaled(struct shape *s, int n) __attribute__((alias("scale")));
__attribute__((visibility("hidden"))) int secret(int x) { return x; }
__attribute__((visibility("protected"))) int guarded(int x) { return x + secret(x) + of_thread; }
__attribute__((weak)) unsigned maybe(void) { return 7; }
"#;

/// A function of two versions, whose names in the source are others.
const VERSIONED: &str = r#"
#include "types.h"
int old_api(struct shape *s) { return s->kind; }
int new_api(struct shape *s, int n) { return s->kind + n; }
__asm__(".symver old_api,api@V1");
__asm__(".symver new_api,api@@V2");
int only(struct inner *i) { return i->x; }
"#;

const VERSIONS: &str = "\
V1 { global: api; only; area; scaled; counter; guarded; maybe; of_thread; local: *; };
V2 { global: api; } V1;
";

const PROGRAM: &str = r#"
#include "types.h"
struct shape one;
int helper(struct shape *s) { return s->kind; }
int main(void) { return helper(&one); }
"#;

fn dwarfksyms(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"));
    command.args(args).current_dir(folder).output().expect("it starts")
}

/// What is printed by a run that does not fail, and its notes.
fn told(folder: &Path, args: &[&str]) -> (String, String) {
    let output = dwarfksyms(folder, args);
    let notes = note::others(&output.stderr);
    assert_ne!(output.status.code(), Some(2), "{args:?}: {notes}");
    (String::from_utf8(output.stdout).expect("UTF-8"), notes)
}

/// A folder with sources of this header.
fn sources(header: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let files = [
        ("types.h", header),
        ("shapes.c", SHAPES),
        ("versioned.c", VERSIONED),
        ("program.c", PROGRAM),
        ("versions.map", VERSIONS),
    ];
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    folder
}

const SHARED: [&str; 5] = ["-g", "-O1", "-fPIC", "-shared", "-Wl,-soname,libshapes.so.1"];

/// A library of both sources with versions, and one of the first alone.
fn libraries(folder: &Path, compiler: &str) {
    let versioned = ["shapes.c", "versioned.c", "-Wl,--version-script=versions.map", "-o", "versioned.so"];
    make(folder, compiler, &[&SHARED[..], &versioned].concat());
    make(folder, compiler, &[&SHARED[..], &["shapes.c", "-o", "plain.so"]].concat());
}

/// The functions and variables that `nm` lists, with one at sign in front of versions; the names of versions are none.
fn listed_by_nm(folder: &Path, args: &[&str]) -> BTreeSet<String> {
    let output = tool(folder, "nm", args).expect("binutils");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let symbols = text.lines().filter_map(|line| {
        let mut words = line.split_whitespace().rev();
        let (name, kind) = (words.next()?, words.next()?);
        ("TDBRWVui".contains(kind)).then(|| name.replacen("@@", "@", 1))
    });
    symbols.collect()
}

/// The symbols and versions that are printed as lines of `.cmd` files.
fn versions(folder: &Path, args: &[&str]) -> Vec<(String, String)> {
    let (text, notes) = told(folder, &[&["versions", "--format", "cmd"], args].concat());
    assert_eq!(notes, "", "{args:?}");
    let line = |line: &str| {
        let mut words = line.split(' ').skip(1).map(str::to_owned);
        (words.next().expect("a symbol"), words.next().expect("a version"))
    };
    text.lines().map(line).collect()
}

#[test]
fn what_counts_is_what_nm_lists() {
    for compiler in compilers() {
        let folder = sources(HEADER);
        let path = folder.path();
        libraries(path, compiler);
        make(path, compiler, &["-g", "-c", "shapes.c"]);
        make(path, compiler, &["-g", "-c", "versioned.c"]);
        for (file, args) in [
            ("versioned.so", &["-D", "--defined-only", "versioned.so"][..]),
            ("plain.so", &["-D", "--defined-only", "plain.so"]),
            ("versioned.o", &["--defined-only", "--extern-only", "versioned.o"]),
        ] {
            let found = versions(path, &["--all-symbols", file]);
            assert!(found.iter().all(|(_, version)| version != "0x00000000"), "{compiler} {file}: {found:?}");
            let names: BTreeSet<String> = found.into_iter().map(|(symbol, _)| symbol).collect();
            assert_eq!(names, listed_by_nm(path, args), "{compiler} {file}");
        }
        // What is hidden can be used by none but the library itself.
        let own = versions(path, &["--all-symbols", "shapes.o"]);
        let mut expected = listed_by_nm(path, &["--defined-only", "--extern-only", "shapes.o"]);
        assert!(expected.remove("secret"));
        assert_eq!(own.into_iter().map(|(symbol, _)| symbol).collect::<BTreeSet<_>>(), expected);
        // Other names of what DWARF describes have its versions.
        let all = versions(path, &["--all-symbols", "versioned.so"]);
        let of = |name: &str| &all.iter().find(|(symbol, _)| symbol == name).expect("a symbol").1;
        fs::write(path.join("names"), "old_api\nnew_api\n").expect("a list");
        let of_source = versions(path, &["--symbol-list", "names", "versioned.o"]).into_iter();
        let of_source: Vec<String> = of_source.map(|(_, version)| version).collect();
        assert_eq!([of("api@V2").clone(), of("api@V1").clone()], of_source[..]);
        assert_eq!(of("scaled@V1"), of("api@V2"));
        assert_ne!(of("api@V1"), of("api@V2"));
    }
}

#[test]
fn a_list_says_what_counts() {
    for compiler in compilers() {
        let folder = sources(HEADER);
        let path = folder.path();
        libraries(path, compiler);
        // Local functions and hidden ones can be listed, and names without their version stand for all versions.
        fs::write(path.join("list"), "[abi_symbol_list]\n  api\n  only@V1\n  scale\n  secret\n  nothing\n")
            .expect("a list");
        let (text, notes) = told(path, &["versions", "--symbol-list", "list", "versioned.so"]);
        let symbols: Vec<&str> =
            text.lines().skip(1).filter_map(|line| line.split_whitespace().nth(2)).collect();
        assert_eq!(symbols, ["api@V1", "api@V2", "only@V1", "scale", "secret"], "{compiler}");
        assert_eq!(notes, "note: listed in list, and found nowhere: nothing\n");
        // A record is restricted, too.
        fs::write(
            path.join("symvers"),
            "0x00000001\tapi\tvmlinux\tEXPORT_SYMBOL\t\n0x00000002\tb\tvmlinux\tEXPORT_SYMBOL\t\n",
        )
        .expect("a record");
        let (text, _) = told(path, &["exports", "--symbol-list", "list", "--format", "names", "symvers"]);
        assert_eq!(text, "api\n");
        // A comparison of what a list has.
        let (text, _) = told(path, &["compare", "--symbol-list", "list", "versioned.so", "plain.so"]);
        assert!(text.contains("removed") && !text.contains("counter"), "{text}");
    }
}

#[test]
fn a_file_is_called_what_it_is() {
    for compiler in compilers() {
        let folder = sources(HEADER);
        let path = folder.path();
        libraries(path, compiler);
        make(path, compiler, &["-g", "-fPIE", "-pie", "program.c", "-o", "pie"]);
        make(path, compiler, &["-g", "-no-pie", "program.c", "-o", "fixed"]);
        make(path, compiler, &["-g", "-no-pie", "-rdynamic", "program.c", "-o", "dynamic"]);
        make(path, compiler, &[&SHARED[..4], &["shapes.c", "-o", "nameless.so"]].concat());
        let files = [
            ("versioned.so", "shared library"),
            ("nameless.so", "shared library"),
            ("pie", "program"),
            ("fixed", "program"),
            ("dynamic", "program"),
        ];
        for (file, kind) in files {
            let hint = format!(
                "{file}: this {kind} has no kernel exports: with --all-symbols, its global functions and variables \
                 count as exports; with --symbol-list FILE, those of a list\n"
            );
            let (text, notes) = told(path, &["versions", file]);
            assert!(text.starts_with(&format!("{file} ({kind}): 0 exported, ")), "{text}");
            assert_eq!(notes, format!("note: {hint}"));
            for args in [
                &["compare", file, file][..],
                &["explain", "helper", file],
                &["explain", "helper", file, file],
                &["suggest", file, file],
                &["consolidate", file],
            ] {
                let output = dwarfksyms(path, args);
                assert_eq!(output.status.code(), Some(2), "{args:?}");
                assert_eq!(note::others(&output.stderr), format!("error: {hint}"), "{args:?}");
            }
            if kind == "program" {
                let (text, notes) = told(path, &["versions", "--all-symbols", file]);
                let symbols: BTreeSet<&str> =
                    text.lines().skip(1).filter_map(|line| line.split_whitespace().nth(2)).collect();
                assert!(BTreeSet::from(["helper", "main", "one"]).is_subset(&symbols), "{symbols:?}");
                assert!(!symbols.contains("_start"));
                assert!(
                    notes.starts_with(&format!("note: {file}: left out, since no unit describes them: ")),
                    "{notes}"
                );
                assert!(notes.contains("_start"), "{notes}");
            }
        }
        // A library has its own name where a kernel's exports have that of a module.
        let (lines, _) = told(path, &["versions", "--all-symbols", "--format", "symvers", "plain.so"]);
        assert!(lines.lines().all(|line| line.split('\t').nth(2) == Some("libshapes.so.1")), "{lines}");
    }
}

#[test]
fn debug_files_of_libraries_are_found() {
    for compiler in compilers() {
        let folder = sources(HEADER);
        let path = folder.path();
        libraries(path, compiler);
        let expected = versions(path, &["--all-symbols", "versioned.so"]);
        assert_eq!(expected.len(), 9);
        make(path, "objcopy", &["--only-keep-debug", "versioned.so", "versioned.debug"]);
        make(
            path,
            "objcopy",
            &["--strip-all", "--add-gnu-debuglink=versioned.debug", "versioned.so", "stripped.so"],
        );
        assert_eq!(versions(path, &["--all-symbols", "stripped.so"]), expected, "{compiler}");
        // By build ID.
        let notes = tool(path, "readelf", &["-n", "versioned.so"]).expect("binutils");
        let text = String::from_utf8_lossy(&notes.stdout).into_owned();
        let Some(id) = text.split("Build ID: ").nth(1).and_then(|rest| rest.split_whitespace().next()) else {
            continue;
        };
        make(path, "objcopy", &["--strip-all", "versioned.so", "moved.so"]);
        let below = path.join("root/.build-id").join(&id[..2]);
        fs::create_dir_all(&below).expect("a folder");
        fs::rename(path.join("versioned.debug"), below.join(format!("{}.debug", &id[2..]))).expect("a file");
        let found = versions(path, &["--all-symbols", "moved.so", "--companion-root", "root"]);
        assert_eq!(found, expected, "{compiler}");
    }
}

#[test]
fn versions_are_those_of_the_drop_in() {
    let reference = path_from_environment("REFERENCE_GENDWARFKSYMS");
    let own = Path::new(env!("CARGO_BIN_EXE_gendwarfksyms-under-test")).to_owned();
    for compiler in compilers() {
        let folder = sources(HEADER);
        let path = folder.path();
        libraries(path, compiler);
        make(path, compiler, &["-g", "-no-pie", "program.c", "-o", "program"]);
        make(path, compiler, &["-g", "-c", "shapes.c"]);
        for file in ["plain.so", "program", "shapes.o"] {
            let args = ["versions", "--all-symbols", "--whole", "--format", "cmd", file];
            let (expected, _) = told(path, &args);
            // Copies of the C library's variables have their versions.
            let mut expected: Vec<&str> = expected.lines().filter(|line| !line.contains('@')).collect();
            let list: String =
                expected.iter().filter_map(|line| Some(format!("{}\n", line.split(' ').nth(1)?))).collect();
            // This alias has no description but through a local name, which the kernel's tool does not look for.
            expected.retain(|line| !line.starts_with("#SYMVER scaled "));
            expected.sort_unstable();
            fs::write(path.join("list"), list).expect("a list");
            for tool in reference.iter().chain([&own]) {
                let list = fs::File::open(path.join("list")).expect("a list");
                let output =
                    Command::new(tool).arg(file).stdin(list).current_dir(path).output().expect("it starts");
                let text = String::from_utf8_lossy(&output.stdout).into_owned();
                let mut lines: Vec<&str> =
                    text.lines().filter(|line| *line != "#SYMVER scaled 0x00000000").collect();
                lines.sort_unstable();
                assert_eq!(lines, expected, "{compiler} {file} {tool:?}");
            }
        }
    }
}

#[test]
fn each_version_of_a_symbol_is_what_its_source_has() {
    let drop_in = env!("CARGO_BIN_EXE_gendwarfksyms-under-test");
    for compiler in compilers() {
        let folder = sources(HEADER);
        let path = folder.path();
        libraries(path, compiler);
        fs::write(path.join("list"), "area\nnew_api\nold_api\nonly\n").expect("a list");
        let list = fs::File::open(path.join("list")).expect("a list");
        let output = Command::new(drop_in).arg("versioned.so").stdin(list).current_dir(path).output();
        let text = String::from_utf8(output.expect("it starts").stdout).expect("UTF-8");
        let of_sources: Vec<(&str, &str)> =
            text.lines().filter_map(|line| line.strip_prefix("#SYMVER ")?.split_once(' ')).collect();
        let names = [("api@V1", "old_api"), ("api@V2", "new_api"), ("area@V1", "area"), ("only@V1", "only")];
        let found = versions(path, &["--all-symbols", "--whole", "versioned.so"]);
        for (symbol, name) in names {
            let expected = of_sources.iter().find(|(own, _)| *own == name).expect("a version").1;
            let version = found.iter().find(|(own, _)| own == symbol).map(|(_, version)| version.as_str());
            assert_eq!(version, Some(expected), "{compiler} {symbol}");
            assert_ne!(expected, "0x00000000");
        }
    }
}

/// What a version of the library changes, and the symbols that it removes or adds.
struct Edit {
    name: &'static str,
    header: &'static str,
    edit: fn(&str) -> String,
    removed: &'static [&'static str],
    added: &'static [&'static str],
}

const EDITS: [Edit; 6] = [
    Edit { name: "nothing", header: HEADER, edit: str::to_owned, removed: &[], added: &[] },
    Edit {
        name: "a member",
        header: "struct inner { int x; long y; };\nstruct shape { int kind; struct inner in; char *name; int more; };\n",
        edit: str::to_owned,
        removed: &[],
        added: &[],
    },
    Edit {
        name: "a type inside",
        header: "struct inner { long y; int x; };\nstruct shape { int kind; struct inner in; char *name; };\n",
        edit: str::to_owned,
        removed: &[],
        added: &[],
    },
    Edit {
        name: "a result",
        header: HEADER,
        edit: |source| source.replace("unsigned maybe", "long maybe"),
        removed: &[],
        added: &[],
    },
    Edit {
        name: "a name",
        header: HEADER,
        edit: |source| source.replace("maybe", "certainly"),
        removed: &["maybe"],
        added: &["certainly"],
    },
    Edit {
        name: "visibility",
        header: HEADER,
        edit: |source| source.replace("\nint area", "\n__attribute__((visibility(\"hidden\"))) int area"),
        removed: &["area"],
        added: &[],
    },
];

#[test]
fn comparisons_agree_with_abidiff() {
    for compiler in compilers() {
        let folder = sources(HEADER);
        let path = folder.path();
        libraries(path, compiler);
        for Edit { name, header, edit, removed, added } in EDITS {
            let new = sources(header);
            fs::write(new.path().join("shapes.c"), edit(SHAPES)).expect("a source");
            make(new.path(), compiler, &[&SHARED[..], &["shapes.c", "-o", "plain.so"]].concat());
            let path_of_new = new.path().join("plain.so");
            let path_of_new = path_of_new.to_str().expect("UTF-8");
            let output =
                dwarfksyms(path, &["compare", "--all-symbols", "--format", "json", "plain.so", path_of_new]);
            let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
            let with = |difference: &str| -> Vec<&str> {
                let exports = report["exports"].as_array().expect("exports").iter();
                let exports = exports.filter(|export| export["difference"] == difference);
                exports.map(|export| export["symbol"].as_str().expect("a name")).collect()
            };
            assert_eq!(
                [with("removed"), with("added")],
                [removed.to_vec(), added.to_vec()],
                "{compiler} {name}"
            );
            assert_eq!(report["old"]["kind"], "shared library");
            let Some(other) = tool(path, "abidiff", &["plain.so", path_of_new]) else { continue };
            // abidiff counts additions as differences, and has a bit for each kind of these.
            let differs = other.status.code().expect("a status") != 0;
            let is_same = output.status.code() == Some(0) && added.is_empty();
            let text = String::from_utf8_lossy(&other.stdout).into_owned();
            assert_eq!(is_same, !differs, "{compiler} {name}: {text}\n{report:#}");
            for symbol in removed.iter().chain(added) {
                assert!(text.contains(&format!("{{{symbol}}}")), "{compiler} {name}: {text}");
            }
        }
    }
}

#[test]
fn a_symbol_is_explained_without_its_version() {
    for compiler in compilers() {
        let folder = sources(HEADER);
        let path = folder.path();
        libraries(path, compiler);
        let explain =
            |name: &str| dwarfksyms(path, &["explain", "--all-symbols", "-q", name, "versioned.so"]);
        let text = |output: &Output| {
            String::from_utf8_lossy(&[&output.stdout[..], &output.stderr].concat()).into_owned()
        };
        assert!(text(&explain("only")).starts_with("int only@V1("), "{}", text(&explain("only")));
        assert_eq!(text(&explain("api")), "error: api has several versions: name one of api@V1, api@V2\n");
        assert!(text(&explain("api@V2")).starts_with("int api@V2("));
        assert!(text(&explain("struct inner")).contains("only@V1 -> parameter i: struct inner"));
    }
}

#[test]
fn an_assembly_function_counts_if_only_one_build_has_it() {
    let assembly = "__asm__(\".globl bare\\n.type bare,@function\\nbare:\\n ret\\n.size bare,.-bare\\n\");\n";
    for compiler in compilers() {
        let folder = sources(HEADER);
        let path = folder.path();
        libraries(path, compiler);
        fs::write(path.join("more.c"), format!("{SHAPES}\n{assembly}")).expect("a source");
        make(path, compiler, &[&SHARED[..], &["more.c", "-o", "more.so"]].concat());
        let compare = |old: &str, new: &str| {
            let (text, notes) = told(path, &["compare", "--all-symbols", "--format", "symbols", old, new]);
            (text, notes)
        };
        assert_eq!(
            compare("more.so", "more.so"),
            (String::new(), "note: more.so: left out, since no unit describes them: bare\n".repeat(2)),
            "{compiler}"
        );
        assert_eq!(compare("more.so", "plain.so"), ("bare\n".to_owned(), String::new()));
    }
}

#[test]
fn no_damage_is_a_defect() {
    let Some(&compiler) = compilers().first() else { return };
    let folder = sources(HEADER);
    let path = folder.path();
    libraries(path, compiler);
    let bytes = fs::read(path.join("versioned.so")).expect("a library");
    let limits = dwarfksyms_core::Limits::for_input(bytes.len() as u64);
    let read = |bytes: &[u8]| {
        for scope in [dwarfksyms_core::Scope::Global, dwarfksyms_core::Scope::Any] {
            if let Ok(defined) = dwarfksyms_core::Defined::all(bytes, scope, &limits) {
                assert!(
                    defined
                        .windows(2)
                        .all(|pair| (pair[0].name, pair[0].version) < (pair[1].name, pair[1].version))
                );
            }
        }
        let _ = dwarfksyms_core::Linkage::parse(bytes, &limits);
    };
    read(&bytes);
    let mut damaged = bytes.clone();
    for at in (0..bytes.len()).step_by(samples(11, 1)) {
        for value in [0, 1, 0xff, bytes[at] ^ 0x80] {
            damaged[at] = value;
            read(&damaged);
        }
        damaged[at] = bytes[at];
    }
    (0..bytes.len()).step_by(samples(101, 7)).for_each(|end| read(&bytes[..end]));
}
