//! `corpus/compare`: each change is told, with its class and the exports that it reaches, and nothing else is.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use dwarfksyms_symtypes::compare::{Class, Verdict};
use dwarfksyms_tests::{note, path_from_environment, repository};
use serde::Deserialize;
use serde_json::Value;
use tempfile::TempDir;

/// `changes.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Changes {
    cause: Vec<Cause>,
    exports: Exports,
}

/// A cause that is to be told.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cause {
    id: String,
    classes: Vec<String>,
    /// The classes if types come from objects.
    objects: Option<Vec<String>>,
    /// If gcc is not enough.
    compiler: Option<String>,
    verdict: String,
    exports: Vec<String>,
    header: Option<String>,
    #[serde(default)]
    probe: Vec<String>,
    renamed: Option<(String, String)>,
}

/// Exports that differ in another way.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exports {
    removed: Vec<String>,
    added: Vec<String>,
    moved: Vec<String>,
}

/// What is told of a cause: its classes, its verdict, and the exports.
type Told = (Vec<String>, String, Vec<String>);

fn corpus() -> PathBuf {
    repository().join("corpus/compare")
}

fn changes() -> Changes {
    toml::from_str(&fs::read_to_string(corpus().join("changes.toml")).expect("a file")).expect("TOML")
}

/// Runs the program in a folder: the exit status, and what it prints.
fn run(folder: &Path, args: &[&str]) -> (i32, Vec<u8>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"));
    let output = command.args(args).current_dir(folder).output().expect("it starts");
    assert_eq!(note::others(&output.stderr), "", "{args:?}");
    (output.status.code().expect("no crash"), output.stdout)
}

fn compare(folder: &Path, old: &str, new: &str) -> Value {
    let (_, json) = run(folder, &["compare", old, new, "--format", "json"]);
    serde_json::from_slice(&json).expect("JSON")
}

fn texts(value: &Value) -> Vec<String> {
    let texts = value.as_array().expect("an array").iter();
    texts.map(|text| text.as_str().expect("text").to_owned()).collect()
}

/// The causes of a report.
fn told(report: &Value) -> BTreeMap<String, Told> {
    let cause = |cause: &Value| {
        let changes = cause["changes"].as_array().expect("an array");
        let classes = changes.iter().map(|change| change["class"].as_str().expect("text").to_owned());
        let text = |key: &str| cause[key].as_str().expect("text").to_owned();
        (text("id"), (classes.collect(), text("verdict"), texts(&cause["exports"])))
    };
    report["causes"].as_array().expect("an array").iter().map(cause).collect()
}

/// The symbols that differ in one way.
fn symbols(report: &Value, difference: &str) -> Vec<String> {
    let exports = report["exports"].as_array().expect("an array").iter();
    let exports = exports.filter(|export| export["difference"] == difference);
    exports.map(|export| export["symbol"].as_str().expect("text").to_owned()).collect()
}

/// The first line of what a compiler says of itself; none if it is not there.
fn compiler(name: &str) -> Option<String> {
    let output = Command::new(name).arg("--version").output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    output.status.success().then(|| text.lines().next().unwrap_or_default().to_owned())
}

/// Compiles the C files of both sides into folders of their own.
fn compiled(compilers: [&str; 2], sides: [&str; 2]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for ((compiler, side), to) in compilers.into_iter().zip(sides).zip(["old", "new"]) {
        let to = folder.path().join(to);
        fs::create_dir(&to).expect("a folder");
        let from = corpus().join(side);
        for entry in fs::read_dir(&from).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|extension| extension == "c") {
                let object = to.join(path.with_extension("o").file_name().expect("a name"));
                let args = ["-g", "-O1", "-ffreestanding", "-w", "-c"];
                let mut command = Command::new(compiler);
                let status = command.args(args).arg(&path).arg("-o").arg(object).status();
                assert!(status.expect("it starts").success(), "{}", path.display());
            }
        }
    }
    folder
}

#[test]
fn each_class_is_there() {
    let changes = changes();
    let causes = changes.cause.iter();
    let classes = causes.flat_map(|cause| cause.classes.iter().chain(cause.objects.iter().flatten()));
    let classes: BTreeSet<&str> = classes.map(String::as_str).collect();
    // Of objects, everything is stated; tests/genksyms.rs has the others.
    let all = Class::ALL.iter().filter(|&&class| class != Class::NotStated);
    assert_eq!(classes, all.map(|class| class.id()).collect());
}

#[test]
fn each_change_is_reported_and_nothing_else() {
    let report = compare(&corpus(), "before", "after");
    let changes = changes();
    let expected: BTreeMap<String, Told> = changes
        .cause
        .into_iter()
        .map(|cause| (cause.id, (cause.classes, cause.verdict, cause.exports)))
        .collect();
    assert_eq!(told(&report), expected);
    let Exports { removed, added, moved } = changes.exports;
    assert_eq!(symbols(&report, "removed"), removed);
    assert_eq!(symbols(&report, "added"), added);
    let changed: BTreeSet<String> = expected.values().flat_map(|(_, _, exports)| exports.clone()).collect();
    assert_eq!(symbols(&report, "changed"), Vec::from_iter(changed));
    assert_eq!(symbols(&report, "moved"), moved);
    assert!(report["notes"].as_array().expect("an array").is_empty());
}

#[test]
fn nothing_differs_from_itself() {
    for side in ["before", "after"] {
        let (status, text) = run(&corpus(), &["compare", side, side]);
        let text = String::from_utf8(text).expect("UTF-8");
        assert!(status == 0 && text.lines().count() == 1 && text.contains("no difference"), "{text}");
    }
}

#[test]
fn the_other_way_round_the_same_types_differ() {
    let there = compare(&corpus(), "before", "after");
    let back = compare(&corpus(), "after", "before");
    for (one, other) in
        [("removed", "added"), ("added", "removed"), ("changed", "changed"), ("moved", "moved")]
    {
        assert_eq!(symbols(&there, one), symbols(&back, other));
    }
    let reach = |report: &Value| -> BTreeSet<Vec<String>> {
        told(report).into_values().map(|(_, _, exports)| exports).collect()
    };
    assert_eq!(reach(&there), reach(&back));
}

#[test]
fn reports_are_as_recorded() {
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| temporary.path().join(name);
    let formats =
        [("text", "report.txt"), ("json", "report.json"), ("markdown", "report.md"), ("html", "report.html")];
    let formats = formats.map(|(format, name)| format!("{format}:{}", path(name).display()));
    let mut args = vec!["compare", "before", "after"];
    args.extend(formats.iter().flat_map(|format| ["--format", format]));
    assert_eq!(run(&corpus(), &args), (1, Vec::new()));
    let (_, text) = run(&corpus(), &["compare", "before", "after", "--all"]);
    fs::write(path("report.all.txt"), text).expect("a file");
    for (symbol, status) in [("device_users", 1), ("queue_first", 1), ("widget_show", 1), ("trace_begin", 0)]
    {
        let (exit, text) = run(&corpus(), &["explain", symbol, "before", "after"]);
        assert_eq!(exit, status, "{symbol}");
        fs::write(path(&format!("explain-{symbol}.txt")), text).expect("a file");
    }
    let (_, text) = run(&corpus(), &["explain", "device_users", "before", "--depth", "1"]);
    fs::write(path("describe-device_users.txt"), text).expect("a file");

    let expected = corpus().join("expected");
    let names = |folder: &Path| -> BTreeSet<_> {
        let entries = fs::read_dir(folder).expect("a folder");
        entries.map(|entry| entry.expect("an entry").file_name()).collect()
    };
    if path_from_environment("DWARFKSYMS_BLESS").is_some() {
        fs::create_dir_all(&expected).expect("a folder");
        for name in names(temporary.path()) {
            fs::copy(temporary.path().join(&name), expected.join(&name)).expect("a file");
        }
    }
    assert_eq!(names(temporary.path()), names(&expected));
    for name in names(temporary.path()) {
        let got = fs::read(temporary.path().join(&name)).expect("a file");
        let wanted = fs::read(expected.join(&name)).expect("a file");
        assert!(got == wanted, "{}: not as recorded; DWARFKSYMS_BLESS=1 records it", name.display());
    }
}

#[test]
fn objects_have_the_same_changes_and_more() {
    if compiler("gcc").is_none() {
        eprintln!("skipped: there is no gcc");
        return;
    }
    let folder = compiled(["gcc", "gcc"], ["before", "after"]);
    let report = compare(folder.path(), "old", "new");
    let causes = changes().cause.into_iter().filter(|cause| cause.compiler.is_none());
    let expected: BTreeMap<String, Told> = causes
        .map(|cause| (cause.id, (cause.objects.unwrap_or(cause.classes), cause.verdict, cause.exports)))
        .collect();
    assert_eq!(told(&report), expected);
}

/// Evaluates expressions on one side; none if they cannot be compiled there.
fn values(side: &str, header: &str, probe: &[String]) -> Option<String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (source, program) = (folder.path().join("probe.c"), folder.path().join("probe"));
    let prints: String =
        probe.iter().map(|expression| format!("    printf(\"%ld\\n\", (long)({expression}));\n")).collect();
    let text = format!(
        "#include <stddef.h>\n#include \"{header}\"\nextern int printf(const char *, ...);\nint main(void)\n{{\n{prints}    return 0;\n}}\n"
    );
    fs::write(&source, text).expect("a file");
    let mut command = Command::new("gcc");
    command
        .args(["-w", "-O0", "-fno-builtin", "-I"])
        .arg(corpus().join(side))
        .arg(&source)
        .arg("-o")
        .arg(&program);
    if !command.output().expect("it starts").status.success() {
        return None;
    }
    let output = Command::new(program).output().expect("it starts");
    assert!(output.status.success(), "{header}: {probe:?}");
    Some(String::from_utf8(output.stdout).expect("UTF-8"))
}

#[test]
fn verdicts_are_right_about_layouts() {
    if compiler("gcc").is_none() {
        eprintln!("skipped: there is no gcc");
        return;
    }
    for Cause { id, verdict, header, probe, renamed, .. } in changes().cause {
        let Some(header) = header else { continue };
        let (from, to) = renamed.unwrap_or_default();
        let after = |expression: &String| {
            if from.is_empty() { expression.clone() } else { expression.replace(&from, &to) }
        };
        let new_probe: Vec<String> = probe.iter().map(after).collect();
        let old = values("before", &header, &probe);
        let new = values("after", &header, &new_probe);
        assert!(old.is_some(), "{id}: the probe does not fit");
        match verdict.as_str() {
            "harmless" => assert_eq!(old, new, "{id}"),
            "breaks" => assert_ne!(old, new, "{id}"),
            // What was there is where it was; how large it is, or what else there is, decides.
            "unclear" => {
                let places = |probe: &[String]| -> Vec<String> {
                    let is_place =
                        |text: &&String| !text.starts_with("sizeof") && !text.starts_with("_Alignof");
                    probe.iter().filter(is_place).cloned().collect()
                };
                let (old, new) = (
                    values("before", &header, &places(&probe)),
                    values("after", &header, &places(&new_probe)),
                );
                assert!(new.is_none() || old == new, "{id}");
            }
            other => panic!("{id}: {other}"),
        }
    }
}

#[test]
fn compilers_differ_in_spelling_alone() {
    for clang in ["clang", "clang-19", "clang-22"] {
        if compiler("gcc").is_none() || compiler(clang).is_none() {
            eprintln!("skipped: there is no gcc, or no {clang}");
            continue;
        }
        for side in ["before", "after"] {
            let folder = compiled(["gcc", clang], [side, side]);
            let report = compare(folder.path(), "old", "new");
            let told: Vec<Told> = told(&report).into_values().collect();
            let classes: Vec<&[String]> = told.iter().map(|(classes, _, _)| classes.as_slice()).collect();
            assert_eq!(classes, [["toolchain-spelling"]], "{clang}, {side}: {report:#}");
        }
    }
}

/// What docs/CLASSES.md says of the classes.
fn page() -> String {
    let section = |class: &Class| {
        let verdict = match class.verdict() {
            Verdict::Breaks => "breaks modules",
            Verdict::Unclear => "cannot tell",
            Verdict::Harmless => "harmless",
        };
        let example = match class.example().split_once("  =>  ") {
            Some((before, after)) => format!("    before:  {before}\n    after:   {after}"),
            None => format!("    {}", class.example()),
        };
        let (id, meaning, remedy) = (class.id(), class.meaning(), class.remedy());
        format!("\n## `{id}`\n\n{meaning} Verdict: *{verdict}*.\n\n{example}\n\nRemedy: {remedy}.\n")
    };
    Class::ALL.iter().map(section).collect()
}

#[test]
fn every_class_is_documented() {
    let path = repository().join("docs/CLASSES.md");
    let text = fs::read_to_string(&path).expect("a page");
    let (head, _) = text.split_once("\n## `").unwrap_or((&text, ""));
    let expected = format!("{}\n{}", head.trim_end(), page());
    if path_from_environment("DWARFKSYMS_BLESS").is_some() {
        fs::write(&path, &expected).expect("a page");
    }
    let text = fs::read_to_string(&path).expect("a page");
    assert!(text == expected, "docs/CLASSES.md is not what class.rs says; DWARFKSYMS_BLESS=1 writes it");
}
