//! The program, and folders that it works on.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const FILES: [(&str, &str); 2] = [
    (
        "a/one.symtypes",
        "f variable s#s\ns#s structure_type s { member s#t x } byte_size(8)\ns#t structure_type t { }\n",
    ),
    (
        "two.symtypes",
        "g variable s#s\ns#s structure_type s { member s#t x } byte_size(8)\ns#t structure_type t { }\n",
    ),
];
const TEXT: &str = "/* a/one.symtypes */\nf variable s#s\ns#s structure_type s { member s#t x } byte_size(8)\n\
                    s#t structure_type t { }\n\n/* two.symtypes */\ng variable s#s\n";

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

fn run(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"));
    command.args(args).current_dir(folder).output().expect("it starts")
}

#[track_caller]
fn done(folder: &Path, args: &[&str]) -> String {
    let output = run(folder, args);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && stderr.is_empty(), "{stderr}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[track_caller]
fn error(folder: &Path, args: &[&str]) -> String {
    let output = run(folder, args);
    let stderr = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(output.stdout.is_empty() && stderr.lines().count() == 1, "{stderr}");
    stderr
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<_> =
        entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8")).collect();
    names.sort();
    names
}

#[test]
fn a_tree_is_put_together_and_split_again() {
    let tree = folder(&FILES);
    let out = folder(&[]);
    let path = tree.path().to_str().expect("UTF-8");
    assert_eq!(done(out.path(), &["consolidate", path]), TEXT);
    assert_eq!(done(out.path(), &["consolidate", path, "-o", "all"]), "");
    assert_eq!(fs::read_to_string(out.path().join("all")).expect("a file"), TEXT);
    // What is consolidated already stays as it is.
    assert_eq!(done(out.path(), &["consolidate", "all"]), TEXT);
    fs::create_dir(out.path().join("empty")).expect("a folder");
    for target in ["new", "other/", "empty"] {
        assert_eq!(done(out.path(), &["split", "all", "-o", target]), "");
        for (name, text) in FILES {
            assert_eq!(fs::read_to_string(out.path().join(target).join(name)).expect("a file"), text);
        }
    }
    assert_eq!(names(out.path()), ["all", "empty", "new", "other"]);
    // Other questions are answered too.
    let exports = done(out.path(), &["exports", "--format", "names", "all"]);
    assert_eq!(exports, "f\ng\n");
}

/// Compiles sources in a folder, each by itself, and links them into one object.
fn linked(folder: &Path, name: &str, sources: &[&str]) -> bool {
    let is_done =
        |command: &mut Command| command.current_dir(folder).status().is_ok_and(|status| status.success());
    let objects: Vec<String> = sources.iter().map(|source| format!("{source}.o")).collect();
    let compiled = sources
        .iter()
        .zip(&objects)
        .all(|(source, object)| is_done(Command::new("gcc").args(["-g", "-c", source, "-o", object])));
    let linked = compiled && is_done(Command::new("ld").args(["-r", "-o", name]).args(&objects));
    objects.iter().for_each(|object| drop(fs::remove_file(folder.join(object))));
    linked
}

#[test]
fn what_was_linked_has_a_section_for_each_source() {
    let export = |name: &str| {
        let section = "__attribute__((used, section(\".discard.gendwarfksyms\")))";
        format!("__typeof__({name}) *__gendwarfksyms_ptr_{name} {section} = &{name};\n")
    };
    let one = format!("struct s {{ int a; }}; int one(struct s *s) {{ return s->a; }}\n{}", export("one"));
    let two = format!("struct s {{ int a; }}; int two(struct s *s) {{ return s->a; }}\n{}", export("two"));
    let tree =
        folder(&[("fs/one.c", &one), ("fs/two.c", &two), ("net/three.c", &one.replace("one", "three"))]);
    if !linked(tree.path(), "a.o", &["fs/one.c", "fs/two.c"]) {
        eprintln!("skipped: there is no gcc, or no ld");
        return;
    }
    // An object of the same source in another one, beside an object of a single source.
    let four = two.replace("two", "four");
    fs::write(tree.path().join("fs/two.c"), four).expect("a file");
    assert!(linked(tree.path(), "b.o", &["net/three.c", "fs/two.c"]));
    let heads = |text: &str| -> Vec<String> {
        text.lines().filter(|line| line.starts_with("/*")).map(ToOwned::to_owned).collect()
    };
    let text = done(tree.path(), &["consolidate", "-q", "a.o"]);
    assert_eq!(heads(&text), ["/* fs/one.symtypes */", "/* fs/two.symtypes */"]);
    assert_eq!(text.matches("s#s structure_type").count(), 1, "{text}");
    let text = done(tree.path(), &["consolidate", "-q", "."]);
    let all = [
        "/* a.o/fs/two.symtypes */",
        "/* b.o/fs/two.symtypes */",
        "/* fs/one.symtypes */",
        "/* net/three.symtypes */",
    ];
    assert_eq!(heads(&text), all);
    // It can be split, and a comparison names the sources.
    fs::write(tree.path().join("all"), &text).expect("a file");
    done(tree.path(), &["split", "-q", "all", "-o", "split"]);
    assert!(tree.path().join("split/b.o/fs/two.symtypes").exists());
    fs::copy(tree.path().join("a.o"), tree.path().join("old.o")).expect("a file");
    fs::write(tree.path().join("fs/two.c"), two.replace("int two", "long two")).expect("a file");
    assert!(linked(tree.path(), "a.o", &["fs/one.c", "fs/two.c"]));
    let output = run(tree.path(), &["compare", "-q", "--all", "old.o", "a.o"]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.code() == Some(1) && text.contains("in: fs/two.c\n"), "{text}");
}

#[test]
fn an_empty_file_comes_back() {
    let tree = folder(&[FILES[0], ("a/none.symtypes", "")]);
    let out = folder(&[]);
    let path = tree.path().to_str().expect("UTF-8");
    done(out.path(), &["consolidate", path, "-o", "all"]);
    done(out.path(), &["split", "all", "-o", "new"]);
    assert_eq!(names(&out.path().join("new/a")), ["none.symtypes", "one.symtypes"]);
    assert_eq!(fs::read(out.path().join("new/a/none.symtypes")).expect("a file"), b"");
    assert_eq!(
        done(out.path(), &["consolidate", "new"]),
        fs::read_to_string(out.path().join("all")).expect("a file")
    );
}

#[test]
fn what_cannot_be_split_leaves_nothing_behind() {
    let out = folder(&[
        ("up", "/* x */\nf variable int\n/* ../y */\nf variable int\n"),
        ("absolute", "/* /tmp/y */\nf variable int\n"),
        ("both", "/* a */\nf variable int\n/* a/b */\nf variable int\n"),
        ("plain", "f variable int\n"),
        ("all", TEXT),
        ("full/file", ""),
    ]);
    symlink("full", out.path().join("link")).expect("a link");
    let before = names(out.path());
    let cases = [
        ("up", "new", "error: up: ../y: the path does not lead to a file below the folder\n"),
        ("absolute", "new", "error: absolute: /tmp/y: the path does not lead to a file below the folder\n"),
        ("both", "new", "error: both: a/b: File exists (os error 17)\n"),
        ("plain", "new", "error: plain: these are not consolidated symtypes\n"),
        ("all", "full", "error: full: the folder is not empty\n"),
        ("all", "link", "error: link: it is there, and is not a folder\n"),
        ("all", "plain", "error: plain: it is there, and is not a folder\n"),
        ("all", "no/new", "error: no/new: No such file or directory (os error 2)\n"),
        ("all", "..", "error: ..: the folder is not empty\n"),
    ];
    for (file, target, expected) in cases {
        assert_eq!(error(out.path(), &["split", file, "-o", target]), expected);
        assert_eq!(names(out.path()), before);
    }
}

#[test]
fn what_cannot_be_put_together_is_an_error_with_file_and_line() {
    let out = folder(&[
        ("tree/x.symtypes", "f variable int\n\ng variable int\n"),
        ("symvers", "0x00000001\tf\tvmlinux\tEXPORT_SYMBOL\t\n"),
        ("a/x.symtypes", "f variable int\n"),
        ("b/x.symtypes", "g variable int\n"),
    ]);
    assert!(
        error(out.path(), &["consolidate", "tree"]).starts_with("error: x.symtypes: line 2: consolidated ")
    );
    assert_eq!(error(out.path(), &["consolidate", "symvers"]), "error: symvers: there are no types in it\n");
    let twice = error(out.path(), &["consolidate", "a", "b", "-o", "new"]);
    assert!(twice.contains("x.symtypes: a path that is empty, of several lines, or there twice"), "{twice}");
    assert_eq!(names(out.path()), ["a", "b", "symvers", "tree"]);
}
