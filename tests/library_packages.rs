//! Shared libraries in folders and packages, and their debug files: `nm` says which symbols there are, each library by itself
//! which versions and types they have.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Output};

use dwarfksyms_tests::compiled::{make, tool};
use dwarfksyms_tests::{note, packaged};
use tempfile::TempDir;

/// So much is in both libraries that `dwz` moves it.
const HEADER: &str = "struct point { long x, y, z; };\nstruct box { struct point from, to; int flags; };\n\
                      struct shape { int kind; char *name; struct box box; struct shape *next; };\n";

const SOURCES: [(&str, &str); 2] = [
    (
        "area",
        "#include \"types.h\"\nint count = 3;\nint area(struct shape *s) { return s->kind + count; }\n\
         int old_api(struct shape *s) { return s->kind; }\n\
         int new_api(struct shape *s, int n) { return s->kind + n; }\n\
         __asm__(\".symver old_api,api@V1\");\n__asm__(\".symver new_api,api@@V2\");\n",
    ),
    ("edge", "#include \"types.h\"\nlong edge(struct shape s) { return s.kind; }\n"),
];

const VERSIONS: &str = "V1 { global: api; area; count; edge; local: *; };\nV2 { global: api; } V1;\n";

const FOLDER: &str = "usr/lib/x86_64-linux-gnu";

fn run(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"));
    command.args(args).current_dir(folder).output().expect("it starts")
}

/// The lines that are printed of versions, without where they are from, and notes.
fn versions(folder: &Path, args: &[&str]) -> (BTreeSet<String>, String) {
    let args = [&["versions", "--all-symbols", "--format", "cmd"], args].concat();
    let output = run(folder, &args);
    let notes = note::others(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{args:?}: {notes}");
    (String::from_utf8(output.stdout).expect("UTF-8").lines().map(str::to_owned).collect(), notes)
}

/// Two libraries with debugging information, and `tree`: what is installed of them, stripped, with their debug files where those
/// are installed. The one of the first has common entries elsewhere, if `dwz` is there.
fn installed(header: &str) -> Option<TempDir> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path();
    fs::write(path.join("types.h"), header).expect("a file");
    fs::write(path.join("versions.map"), VERSIONS).expect("a file");
    let libraries = path.join("tree").join(FOLDER);
    fs::create_dir_all(&libraries).expect("a folder");
    for (name, source) in SOURCES {
        fs::write(path.join(format!("{name}.c")), source).expect("a file");
        let soname = format!("-Wl,-soname,lib{name}.so.1");
        let (file, debug) = (format!("lib{name}.so.1.2"), format!("{name}.debug"));
        let options =
            ["-g", "-O1", "-fPIC", "-shared", "-Wl,--build-id", "-Wl,--version-script=versions.map"];
        make(path, "gcc", &[&options[..], &[&soname, &format!("{name}.c"), "-o", &file]].concat());
        make(path, "objcopy", &["--only-keep-debug", &file, &debug]);
        let installed = format!("tree/{FOLDER}/{file}");
        make(path, "objcopy", &["--strip-unneeded", &file, &installed]);
        symlink(&file, libraries.join(format!("lib{name}.so.1"))).expect("a link");
        symlink(&file, libraries.join(format!("lib{name}.so"))).expect("a link");
    }
    // What is called like a library can be a script for the linker.
    fs::write(libraries.join("libboth.so"), "INPUT(-larea -ledge)\n").expect("a file");
    let common = "tree/usr/lib/debug/.dwz/common";
    fs::create_dir_all(path.join(common).parent()?).expect("a folder");
    if tool(path, "dwz", &["--version"]).is_some() {
        make(path, "dwz", &["-m", common, "-M", "/usr/lib/debug/.dwz/common", "area.debug", "edge.debug"]);
    }
    for (name, _) in SOURCES {
        let notes = tool(path, "readelf", &["-n", &format!("lib{name}.so.1.2")])?;
        let text = String::from_utf8_lossy(&notes.stdout).into_owned();
        let id = text.split("Build ID: ").nth(1)?.split_whitespace().next()?.to_owned();
        let below = path.join("tree/usr/lib/debug/.build-id").join(&id[..2]);
        fs::create_dir_all(&below).expect("a folder");
        fs::copy(path.join(format!("{name}.debug")), below.join(format!("{}.debug", &id[2..])))
            .expect("a file");
    }
    Some(folder)
}

/// The functions and variables that `nm` lists, with one at sign in front of versions.
fn listed_by_nm(folder: &Path) -> BTreeSet<String> {
    let names = SOURCES.into_iter().flat_map(|(name, _)| {
        let file = format!("tree/{FOLDER}/lib{name}.so.1.2");
        let output = tool(folder, "nm", &["-D", "--defined-only", &file]).expect("binutils");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        let names = text.lines().filter_map(|line| {
            let mut words = line.split_whitespace().rev();
            let (name, kind) = (words.next()?, words.next()?);
            "TDBRW".contains(kind).then(|| name.replacen("@@", "@", 1))
        });
        names.collect::<Vec<_>>()
    });
    names.collect()
}

fn symbols(lines: &BTreeSet<String>) -> BTreeSet<String> {
    lines.iter().filter_map(|line| Some(line.split(' ').nth(1)?.to_owned())).collect()
}

#[test]
fn libraries_have_their_debug_files() {
    let folder = installed(HEADER).expect("binutils");
    let path = folder.path();
    let (expected, _) = versions(path, &["libarea.so.1.2", "libedge.so.1.2"]);
    assert_eq!(symbols(&expected), listed_by_nm(path));
    assert_eq!(symbols(&expected).len(), 5);
    let mut places = vec!["tree"];
    if packaged::deb(path, "tree", "zstd") {
        places.push("tree.deb");
    }
    if packaged::rpm(path, "tree", "w3.zstdio") {
        places.push("tree.rpm");
    }
    for place in places {
        assert_eq!(versions(path, &[place]), (expected.clone(), String::new()), "{place}");
        // A list does the same.
        fs::write(path.join("list"), "api\nedge\n").expect("a list");
        let output = run(path, &["versions", "--symbol-list", "list", "--format", "cmd", place]);
        let listed: BTreeSet<String> =
            String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect();
        let is_listed = |line: &&String| line.contains(" api@") || line.contains(" edge@");
        assert_eq!(listed, expected.iter().filter(is_listed).cloned().collect(), "{place}");
        // Nothing else is opened if nothing else may be: then no version is known.
        let (lines, _) = versions(path, &["--no-companions", place]);
        let is_unknown = |line: &String| line.ends_with(" 0x00000000");
        assert!(symbols(&lines) == symbols(&expected) && lines.iter().all(is_unknown), "{place}: {lines:?}");
    }
    // Without these options, libraries are nothing that a kernel is built with.
    let output = run(path, &["versions", "tree"]);
    let error = note::others(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(error.ends_with("; shared libraries count with --all-symbols\n"), "{error}");
}

#[test]
fn debug_files_count_without_their_libraries() {
    let folder = installed(HEADER).expect("binutils");
    let path = folder.path();
    let (expected, _) = versions(path, &["libarea.so.1.2", "libedge.so.1.2"]);
    // What the linker has noted of versions is in the names of symbols, where a source asked for versions; a version script leaves
    // no trace in them.
    let bare = |line: &String| {
        let is_asked = line.contains(" api@");
        if is_asked { line.clone() } else { line.replace("@V1", "") }
    };
    let expected: BTreeSet<String> = expected.iter().map(bare).collect();
    fs::rename(path.join("tree/usr/lib/debug"), path.join("dbgsym")).expect("a folder");
    assert_eq!(versions(path, &["dbgsym"]).0, expected);
    if packaged::deb(path, "dbgsym", "xz") {
        assert_eq!(versions(path, &["dbgsym.deb"]).0, expected);
    }
}

/// Two versions of a package: what differs is what differs between the libraries, and reports say where it is declared.
#[test]
fn packages_of_libraries_are_compared() {
    let [old, new] =
        [HEADER, &HEADER.replace("int kind", "long kind")].map(|header| installed(header).expect("binutils"));
    let path = old.path();
    fs::rename(new.path().join("tree"), path.join("new")).expect("a folder");
    let report = |old: &str, new: &str| -> serde_json::Value {
        let output = run(path, &["compare", "--all-symbols", "-q", "--format", "json", old, new]);
        assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).expect("JSON")
    };
    let found = |report: &serde_json::Value| {
        let causes = report["causes"].as_array().expect("an array").iter();
        let causes: Vec<_> = causes
            .map(|cause| (cause["id"].clone(), cause["exports"].clone(), cause["changes"].clone()))
            .collect();
        (causes, report["exports"].clone())
    };
    let folders = report("tree", "new");
    let (causes, _) = found(&folders);
    assert_eq!(causes.len(), 1);
    assert_eq!((&causes[0].0, causes[0].1.as_array().map(Vec::len)), (&"s#shape".into(), Some(4)));
    let declared = &folders["causes"][0]["declared"]["new"];
    assert_eq!((&declared["file"], &declared["line"]), (&"types.h".into(), &3.into()));
    if packaged::deb(path, "tree", "none") && packaged::deb(path, "new", "none") {
        let packages = report("tree.deb", "new.deb");
        assert_eq!(found(&packages), found(&folders));
        assert_eq!(packages["causes"][0]["declared"], folders["causes"][0]["declared"]);
    }
}
