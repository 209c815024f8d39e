//! Builds as of a revision of a git repository: what is said of one is what is said of the same files on disk, and nothing in a
//! repository runs, leads out of it, or never ends.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use dwarfksyms_tests::repository;
use tempfile::TempDir;

const TOOL: &str = env!("CARGO_BIN_EXE_dwarfksyms-under-test");

/// Whether there is no git, which these tests make repositories with.
fn lacks_git() -> bool {
    let lacks = Command::new("git").arg("--version").output().is_err();
    if lacks {
        println!("skipped: there is no git");
    }
    lacks
}

/// Runs git in a folder, and returns what it prints.
fn git(folder: &Path, args: &[&str], input: &[u8]) -> String {
    let mut git = Command::new("git");
    git.current_dir(folder).args(args).env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "/dev/null");
    for (name, value) in [("NAME", "A"), ("EMAIL", "a@example.org"), ("DATE", "@1700000000 +0000")] {
        git.env(format!("GIT_AUTHOR_{name}"), value).env(format!("GIT_COMMITTER_{name}"), value);
    }
    let mut git = git.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    git.stdin.take().unwrap().write_all(input).unwrap();
    let output = git.wait_with_output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
}

fn dwarfksyms(folder: &Path, args: &[&str]) -> Output {
    Command::new(TOOL).current_dir(folder).args(args).output().unwrap()
}

/// The one line of an error.
fn error(folder: &Path, args: &[&str]) -> String {
    let output = dwarfksyms(folder, args);
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{args:?}: {text}");
    assert_eq!(text.lines().count(), 1, "{args:?}: {text}");
    text.trim_end().to_owned()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

/// A folder with two builds, `old` and `new`, and `files`, a repository that has both, as `build` of the tags `v1` and `v2`.
/// Each revision has the types as consolidated text, too.
fn builds(init: &[&str]) -> TempDir {
    let all = tempfile::tempdir().unwrap();
    let root = all.path().join("files");
    fs::create_dir(&root).unwrap();
    git(&root, &[&["init", "-q"], init].concat(), b"");
    for (name, from, tag) in [("old", "before", "v1"), ("new", "after", "v2")] {
        let from = repository().join("corpus/compare").join(from);
        copy(&from, &all.path().join(name));
        let _ = fs::remove_dir_all(root.join("build"));
        copy(&from, &root.join("build"));
        for folder in [&root, all.path()] {
            let text = format!("{name}.symtypes");
            let to = if folder == all.path() { &text } else { "all.symtypes" };
            let made = dwarfksyms(all.path(), &["consolidate", "-q", name]);
            fs::write(folder.join(to), &made.stdout).unwrap();
        }
        git(&root, &["add", "-A"], b"");
        git(&root, &["commit", "-qm", name], b"");
        git(&root, &["tag", tag], b"");
    }
    all
}

/// What a command prints, with both builds in it called by the same names.
fn said(folder: &Path, args: &[&str], names: [&str; 2]) -> String {
    let args: Vec<&str> = args
        .iter()
        .map(|&arg| {
            if arg == "OLD" {
                names[0]
            } else if arg == "NEW" {
                names[1]
            } else {
                arg
            }
        })
        .collect();
    let output = dwarfksyms(folder, &args);
    let text = [&output.stdout[..], &output.stderr].concat();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{args:?}: {}", String::from_utf8_lossy(&text));
    let text = String::from_utf8(text).unwrap().replace(names[0], "OLD").replace(names[1], "NEW");
    format!("{:?}\n{text}", output.status.code())
}

#[test]
fn a_revision_is_read_as_its_files_are_by_every_command() {
    if lacks_git() {
        return;
    }
    let all = builds(&[]);
    let root = all.path().join("files");
    fs::write(all.path().join("rules"), "difference added pass\nfile nothing/* pass\n").unwrap();
    let commands: [&[&str]; 9] = [
        &["compare", "OLD", "NEW", "--format", "json"],
        &["explain", "device_users", "OLD", "NEW"],
        &["explain", "struct request", "OLD", "--format", "json"],
        &["suggest", "OLD", "NEW", "--format", "json"],
        &["versions", "OLD", "NEW"],
        &["exports", "OLD", "--format", "names"],
        &["rules", "OLD", "NEW", "--policy", "classes:../rules"],
        &["consolidate", "OLD"],
        &["compare", "OLD", "NEW", "--suggest", "--only", "breaks", "--format", "json"],
    ];
    let folders = (["../old", "../new"], ["git:v1:build", "git:v2:build"]);
    let texts = (["../old.symtypes", "../new.symtypes"], ["git:v1:all.symtypes", "git:v2:all.symtypes"]);
    let symvers = (
        ["../old/Module.symvers", "../new/Module.symvers"],
        ["git:v1:build/Module.symvers", "git:v2:build/Module.symvers"],
    );
    for args in commands {
        for (files, revisions) in [folders, texts, symvers] {
            let has_types = !files[0].ends_with("symvers");
            if has_types
                || matches!(args[0], "versions" | "exports")
                || args.len() == 5 && args[0] == "compare"
            {
                let expected = said(&root, args, files);
                let got = said(&root, args, revisions);
                // What a side was called by itself is the only thing that may differ.
                let plain = |text: &str| text.replace("OLD/", "OLD").replace("NEW/", "NEW");
                assert_eq!(plain(&got), plain(&expected), "{args:?} {revisions:?}");
            }
        }
    }
    // What is on disk now has no part in it.
    fs::remove_dir_all(root.join("build")).unwrap();
    let output = dwarfksyms(&root, &["compare", "-q", "git:v1:build", "git:v2:build"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(said(&root, commands[0], folders.1), said(&root, commands[0], folders.0));
    // The same on both sides: one git answers for both.
    let output = dwarfksyms(&root, &["compare", "-j", "2", "git:v1:build", "git:v1:build"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn files_of_consolidated_text_come_back_from_a_revision() {
    if lacks_git() {
        return;
    }
    let all = builds(&[]);
    let root = all.path().join("files");
    let output = dwarfksyms(&root, &["split", "git:HEAD~1:all.symtypes", "-o", "../split"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let read = |folder: &str| fs::read(all.path().join(folder).join("session.symtypes")).unwrap();
    assert_eq!(read("split"), read("old"));
}

#[test]
fn repositories_of_any_kind_are_read() {
    if lacks_git() {
        return;
    }
    let all = builds(&[]);
    let root = all.path().join("files");
    git(all.path(), &["clone", "-q", "--bare", "files", "bare"], b"");
    git(&root, &["worktree", "add", "-q", "../worktree", "v1"], b"");
    git(&root, &["gc", "-q"], b"");
    let expected = said(&root, &["compare", "OLD", "NEW", "-f", "json"], ["git:v1:build", "git:v2:build"]);
    let places = [
        ("bare", ["git:v1:build", "git:v2:build/"]),
        ("worktree", ["git:HEAD:build", "git:v2:/build"]),
        ("worktree/build", ["git:HEAD:.", "git:v2:."]),
        ("worktree/build", ["git:v1^{tree}:./", "git:v2:../build"]),
        ("files/.git", ["git:v1:build", "git:v2:build"]),
    ];
    for (place, names) in places {
        let got = said(&all.path().join(place), &["compare", "OLD", "NEW", "-f", "json"], names);
        assert_eq!(got, expected, "{place}");
    }
    let other = builds(&["--object-format=sha256"]);
    let names = ["git:v1:build", "git:v2:build"];
    let got = said(&other.path().join("files"), &["compare", "OLD", "NEW", "-f", "json"], names);
    assert_eq!(got, expected);
}

#[test]
fn modules_are_read_from_a_revision() {
    if lacks_git() {
        return;
    }
    let all = tempfile::tempdir().unwrap();
    let layout = ("module_layout", Some(5));
    let module =
        dwarfksyms_tests::linked::Module { wanted: vec![layout, ("plain", Some(1))], ..Default::default() };
    git(all.path(), &["init", "-q"], b"");
    fs::create_dir(all.path().join("extra")).unwrap();
    fs::write(all.path().join("extra/a.ko"), module.bytes()).unwrap();
    let symvers =
        "0x00000005\tmodule_layout\tvmlinux\tEXPORT_SYMBOL\t\n0x00000001\tplain\tvmlinux\tEXPORT_SYMBOL\t\n";
    fs::write(all.path().join("Module.symvers"), symvers).unwrap();
    git(all.path(), &["add", "-A"], b"");
    git(all.path(), &["commit", "-qm", "x"], b"");
    let command: &[&str] = &["module", "OLD", "NEW"];
    for (files, revisions) in [
        (["extra/a.ko", "Module.symvers"], ["git:HEAD:extra/a.ko", "git:HEAD:Module.symvers"]),
        (["extra", "Module.symvers"], ["git:HEAD:extra", "git:HEAD:Module.symvers"]),
    ] {
        assert_eq!(said(all.path(), command, revisions), said(all.path(), command, files));
    }
}

#[test]
fn nothing_of_a_repository_runs() {
    if lacks_git() {
        return;
    }
    let all = builds(&[]);
    let root = all.path().join("files");
    let ran = all.path().join("ran");
    let run = all.path().join("run").display().to_string();
    fs::write(&run, format!("#!/bin/sh\ntouch {}\n", ran.display())).unwrap();
    fs::set_permissions(&run, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    // A partial clone that lacks a file, from a repository that is reached by running a program.
    let settings = [
        ("core.repositoryFormatVersion", "1"),
        ("extensions.partialClone", "origin"),
        ("remote.origin.promisor", "true"),
        ("remote.origin.url", &format!("ext::{run}")),
        ("remote.origin.uploadpack", &run),
        ("protocol.ext.allow", "always"),
        ("core.fsmonitor", &run),
        ("core.pager", &run),
        ("pager.cat-file", &run),
        ("core.sshCommand", &run),
        ("core.alternateRefsCommand", &run),
        ("core.askPass", &run),
        ("credential.helper", &format!("!{run}")),
        ("alias.cat-file", &format!("!{run}")),
        ("filter.x.smudge", &run),
        ("filter.x.clean", &run),
        ("filter.x.process", &run),
        ("diff.x.textconv", &run),
        ("core.attributesFile", "../attributes"),
        ("core.hooksPath", "../hooks"),
    ];
    fs::write(all.path().join("attributes"), "* filter=x diff=x\n").unwrap();
    fs::create_dir(all.path().join("hooks")).unwrap();
    for hook in ["post-checkout", "reference-transaction", "post-index-change"] {
        let path = all.path().join("hooks").join(hook);
        fs::write(&path, format!("#!/bin/sh\n{run}\n")).unwrap();
        fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    }
    let hash = git(&root, &["rev-parse", "v1:build/Module.symvers"], b"");
    let replacement = git(&root, &["rev-parse", "v2:build/Module.symvers"], b"");
    for (name, value) in settings {
        git(&root, &["config", name, value], b"");
    }
    let expected = said(&root, &["versions", "OLD"], ["git:v1:build", "NEW"]);
    assert!(!ran.exists());
    // One file takes the place of another for git, but not for us.
    fs::create_dir_all(root.join(".git/refs/replace")).unwrap();
    fs::write(root.join(".git/refs/replace").join(&hash), format!("{replacement}\n")).unwrap();
    assert_eq!(said(&root, &["versions", "OLD"], ["git:v1:build", "NEW"]), expected);
    fs::remove_dir_all(root.join(".git/refs/replace")).unwrap();
    fs::remove_file(root.join(".git/objects").join(&hash[..2]).join(&hash[2..])).unwrap();
    for path in ["git:v1:build/Module.symvers", "git:v1:build"] {
        let error = error(&root, &["versions", path]);
        assert!(error.contains("the repository") || error.contains("git says: "), "{error}");
        assert!(!ran.exists(), "{error}");
    }
    // By itself, git would have run it.
    let _ = Command::new("git").current_dir(&root).args(["cat-file", "blob", &hash]).output().unwrap();
    assert!(ran.exists());
}

/// The hash of an object with these bytes, which may be no good ones.
fn stored(root: &Path, kind: &str, bytes: &[u8]) -> String {
    git(root, &["hash-object", "-t", kind, "-w", "--stdin", "--literally"], bytes)
}

/// A folder's list with one entry.
fn list(mode: &str, name: &str, hash: &str) -> Vec<u8> {
    let hash = hash.as_bytes().chunks(2);
    let hash = hash.map(|pair| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap());
    format!("{mode} {name}\0").bytes().chain(hash).collect()
}

#[test]
fn an_error_is_a_line_that_says_what_is_wrong() {
    if lacks_git() {
        return;
    }
    let all = builds(&[]);
    let root = all.path().join("files");
    let symvers = git(&root, &["rev-parse", "v1:build/Module.symvers"], b"");
    let tree = |mode, name: &str, hash: &str| stored(&root, "tree", &list(mode, name, hash));
    let long = "a".repeat(255);
    let deep =
        (0..17).fold(tree("100644", "Module.symvers", &symvers), |below, _| tree("40000", &long, &below));
    let outside = tree("40000", "..", &tree("100644", "Module.symvers", &symvers));
    let cut = stored(&root, "tree", b"100644 Module.symvers\0abc");
    // Ten folders in each of ten, and so on: 10^10 places of a file that is stored once.
    let bomb = (0..10).fold(tree("100644", "Module.symvers", &symvers), |below, _| {
        let entries: Vec<_> = (0..10).map(|number| list("40000", &number.to_string(), &below)).collect();
        stored(&root, "tree", &entries.concat())
    });
    let two =
        [list("100644", "Module.symvers", &symvers), list("100644", "Module.symvers", &symvers)].concat();
    let two = stored(&root, "tree", &two);
    let lost = tree("100644", "Module.symvers", &symvers.replace(&symvers[..9], "123456789"));
    let lost_folder = tree("40000", "x", &symvers.replace(&symvers[..9], "123456789"));
    let module = tree("160000", "module", &symvers.replace(&symvers[..9], "123456789"));
    let damaged = git(&root, &["hash-object", "-w", "--stdin"], b"damaged");
    let object = root.join(".git/objects").join(&damaged[..2]).join(&damaged[2..]);
    fs::set_permissions(&object, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
    fs::write(&object, b"x").unwrap();
    let damaged = tree("100644", "Module.symvers", &damaged);
    let pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n";
    let pointer = tree("100644", "Module.symvers", &git(&root, &["hash-object", "-w", "--stdin"], pointer));
    let cases = [
        ("git:v1:build/nothing".to_owned(), "this revision has no such file or folder"),
        ("git:v3:build".to_owned(), "the repository has no such revision"),
        ("git:--batch-all-objects:x".to_owned(), "the repository has no such revision"),
        ("git:v1:*".to_owned(), "this revision has no such file or folder"),
        ("git:v1::(top)build".to_owned(), "this revision has no such file or folder"),
        ("git:v1".to_owned(), "this names no revision: write git:REV:PATH"),
        ("git::build".to_owned(), "this names no revision"),
        ("git:v1:a\nHEAD:build".to_owned(), "a line break"),
        ("git:v1:build/calls.c".to_owned(), "this is nothing that is known here"),
        (format!("git:{deep}:"), "a path in it is longer than 4096 bytes"),
        (format!("git:{outside}:"), "the list of this folder is damaged"),
        (format!("git:{bomb}:"), "the same folders stand in it too often"),
        (format!("git:{cut}:"), "the list of this folder is damaged"),
        (format!("git:{two}:"), "there are two files called Module.symvers"),
        (format!("git:{lost}:"), "the repository lacks this file"),
        (format!("git:{lost_folder}:"), "the repository lacks the folder x"),
        (format!("git:{module}:"), "nothing in this folder"),
        (format!("git:{module}:module"), ""),
        (format!("git:{pointer}:"), "a pointer of Git LFS"),
        (format!("git:{pointer}:Module.symvers"), "a pointer of Git LFS"),
        (format!("git:{damaged}:"), "git says: "),
        (format!("git:{damaged}:Module.symvers"), "git says: "),
    ];
    for (path, expected) in &cases {
        let error = error(&root, &["versions", path]);
        assert!(error.starts_with("error: git:") && error.contains(expected), "{path}: {error}");
    }
    let error = error(all.path(), &["versions", "git:HEAD:x"]);
    assert!(error.contains("git says: not a git repository"), "{error}");
    let output =
        Command::new(TOOL).args(["versions", "git:HEAD:x"]).env("PATH", all.path()).output().unwrap();
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(text.starts_with("error: git:HEAD:x: git cannot be started"), "{text}");
    // A file of such a name is a file if it does not look like a revision.
    fs::copy(root.join("build/Module.symvers"), all.path().join("git:HEAD:x")).unwrap();
    assert!(dwarfksyms(all.path(), &["versions", "./git:HEAD:x"]).status.success());
}

#[test]
fn links_in_a_repository_lead_nowhere() {
    if lacks_git() {
        return;
    }
    let all = builds(&[]);
    let root = all.path().join("files");
    let target = git(&root, &["hash-object", "-w", "--stdin"], b"../../old/Module.symvers");
    let folder = stored(&root, "tree", &list("120000", "vmlinux", &target));
    let output = dwarfksyms(&root, &["versions", &format!("git:{folder}:")]);
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(text.contains("nothing in this folder"), "{text}");
}
