//! `dwarfksyms module`: what a kernel's loader would say of a module.

use std::fs;
use std::process::{Command, Output};

use dwarfksyms_tests::linked::{Export, Module};
use serde_json::Value;
use tempfile::TempDir;

const KERNEL: &str = "\
0x00000001\tplain\tvmlinux\tEXPORT_SYMBOL\t
0x00000002\tfor_gpl\tvmlinux\tEXPORT_SYMBOL_GPL\t
0x00000003\tin_ns\tvmlinux\tEXPORT_SYMBOL\tNS
0x00000004\tfor_some\tdrivers/other\tEXPORT_SYMBOL_GPL\tmodule:some,kvm-*
0x00000005\tmodule_layout\tvmlinux\tEXPORT_SYMBOL\t
0x00000000\tunversioned\tvmlinux\tEXPORT_SYMBOL\t
";

/// Everything that the kernel has, as a module of its age wants it.
fn honest() -> Module {
    let versions = ["plain", "for_gpl", "in_ns", "for_some", "module_layout"];
    let wanted = versions.into_iter().zip((1..).map(Some)).chain([("unversioned", Some(77))]);
    let mut module = Module { wanted: wanted.collect(), ..Module::default() };
    module.info.push("import_ns=NS");
    module
}

/// Whether a module fits a kernel, and all problems as `<symbol> <cause>`.
fn fit(module: &Module, kernel: &[u8]) -> (i32, Vec<String>) {
    let folder = folder(module, kernel);
    let run = |format: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"));
        command.args(["module", "--quiet", "--format", format, "x.ko", "kernel"]).current_dir(folder.path());
        let output = command.output().expect("it starts");
        assert!(output.stderr.is_empty(), "{}", output.stderr.escape_ascii());
        (output.status.code().expect("no crash"), String::from_utf8(output.stdout).expect("UTF-8"))
    };
    let (status, json) = run("json");
    let answer: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(answer["loads"], status == 0);
    let problems = answer["problems"].as_array().expect("an array");
    let line = |problem: &Value| {
        let word = |key: &str| problem.get(key).and_then(Value::as_str).unwrap_or("-").to_owned();
        [word("symbol"), word("cause")].join(" ")
    };
    let lines: Vec<String> = problems.iter().map(line).collect();
    // The text says the same.
    let (same, text) = run("text");
    assert_eq!(
        (same, text.lines().next().is_some_and(|line| line.contains(" does not fit "))),
        (status, status == 1)
    );
    for problem in problems {
        let what = problem["text"].as_str().expect("text");
        assert!(text.contains(what), "{text}");
    }
    (status, lines)
}

/// Runs `dwarfksyms module` in a folder.
fn run(folder: &TempDir, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"));
    command.args(["module", "--quiet"]).args(arguments).current_dir(folder.path());
    command.output().expect("it starts")
}

/// The answer of `dwarfksyms module` in a folder; an error is a text.
fn json(folder: &TempDir, arguments: &[&str]) -> (i32, Value) {
    let output = run(folder, &[&["--format", "json"], arguments].concat());
    let error = || Value::String(String::from_utf8_lossy(&output.stderr).into_owned());
    (
        output.status.code().expect("no crash"),
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| error()),
    )
}

fn folder(module: &Module, kernel: &[u8]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("x.ko"), module.bytes()).expect("a file");
    fs::write(folder.path().join("kernel"), kernel).expect("a file");
    folder
}

fn problems(change: impl FnOnce(&mut Module)) -> Vec<String> {
    let mut module = honest();
    change(&mut module);
    let (status, problems) = fit(&module, KERNEL.as_bytes());
    assert_eq!(status == 1, !problems.is_empty());
    problems
}

#[test]
fn an_honest_module_fits() {
    for is_extended in [false, true] {
        assert!(problems(|module| module.is_extended = is_extended).is_empty());
    }
}

#[test]
fn versions_are_compared() {
    assert_eq!(problems(|module| module.wanted[0].1 = Some(9)), ["plain version"]);
    assert_eq!(problems(|module| module.wanted[4].1 = Some(9)), ["module_layout version"]);
    // The loader lets this pass with a warning, and so it is with the one that no module refers to.
    for (is_extended, at) in [(false, 0), (true, 0), (false, 4), (true, 4)] {
        let mut module = honest();
        module.is_extended = is_extended;
        module.wanted[at].1 = None;
        let folder = folder(&module, KERNEL.as_bytes());
        let (status, answer) = json(&folder, &["x.ko", "kernel"]);
        let warnings = answer["warnings"].as_array().expect("an array");
        assert_eq!((status, warnings.len(), &answer["problems"]), (0, 1, &serde_json::json!([])));
        assert_eq!(warnings[0]["symbol"], module.wanted[at].0);
        assert_eq!(warnings[0]["cause"], "unversioned");
    }
    // Kernels before 4.9 refuse it.
    let old = problems(|module| {
        module.info[2] = "vermagic=4.4.0 SMP mod_unload ";
        module.wanted[0].1 = None;
    });
    assert_eq!(old, ["plain unversioned"]);
    assert_eq!(
        problems(|module| module.wanted.iter_mut().for_each(|(_, version)| *version = None)),
        ["- no-versions"]
    );
}

#[test]
fn symbols_must_be_there_unless_they_are_weak() {
    let missing = problems(|module| module.wanted.push(("gone", Some(1))));
    assert_eq!(missing, ["gone missing"]);
    assert!(problems(|module| module.weak.push("maybe")).is_empty());
}

#[test]
fn the_licence_counts() {
    let licence = |licence| problems(|module| module.info[1] = licence);
    assert!(licence("license=Dual MIT/GPL").is_empty());
    assert_eq!(licence("license=Proprietary"), ["for_gpl licence", "for_some licence"]);
    assert_eq!(licence("author=somebody"), ["for_gpl licence", "for_some licence"]);
}

#[test]
fn namespaces_are_imported_or_made_for_the_module() {
    assert_eq!(problems(|module| module.info[3] = "import_ns=OTHER"), ["in_ns namespace"]);
    assert!(problems(|module| module.info[0] = "name=kvm_intel").is_empty());
    assert_eq!(problems(|module| module.info[0] = "name=other"), ["for_some namespace"]);
}

#[test]
fn the_kernel_that_a_module_was_built_for_counts() {
    let kernel = |magic| {
        let exports = ["plain", "for_gpl", "in_ns", "for_some", "module_layout", "unversioned"];
        let export = |(name, version)| Export { name, is_gpl: false, namespace: "", version };
        let exports = exports.into_iter().zip([1, 2, 3, 4, 5, 77]).map(export).collect();
        Module { info: vec!["name=kernel", magic], exports, ..Module::default() }.bytes()
    };
    // With versions, the release does not count.
    for (magic, fits) in [
        ("vermagic=7.3.0 SMP mod_unload ", true),
        ("vermagic=7.4.0 SMP mod_unload ", true),
        ("vermagic=7.3.0 mod_unload ", false),
    ] {
        let (status, problems) = fit(&honest(), &kernel(magic));
        assert_eq!(status == 0, fits, "{magic}");
        let expected: &[&str] = if fits { &[] } else { &["- vermagic"] };
        assert_eq!(problems, expected);
    }
}

/// A module that exports `for_some`, as the kernel's own `drivers/other` does.
fn other(version: u32) -> Vec<u8> {
    let exports = vec![Export { name: "for_some", is_gpl: true, namespace: "", version }];
    let info = vec!["name=other", "license=GPL", "vermagic=7.3.0 SMP mod_unload "];
    Module { info, exports, ..Module::default() }.bytes()
}

#[test]
fn several_sources_count_together() {
    let folder = folder(&honest(), KERNEL.as_bytes());
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).expect("a file");
    write(
        "kernel",
        KERNEL
            .replace("0x00000004\tfor_some\tdrivers/other\tEXPORT_SYMBOL_GPL\tmodule:some,kvm-*\n", "")
            .as_bytes(),
    );
    write("extra.symvers", b"0x00000004\tfor_some\t/home/me/other\tEXPORT_SYMBOL_GPL\t\n");
    write("other.ko", &other(4));
    write("newer.ko", &other(9));
    let causes = |arguments: &[&str]| {
        let (status, answer) = json(&folder, arguments);
        let problems = answer["problems"].as_array().unwrap_or_else(|| panic!("{answer}"));
        let causes: Vec<_> =
            problems.iter().map(|problem| problem["cause"].as_str().expect("a word").to_owned()).collect();
        assert_eq!(status == 1, !causes.is_empty());
        causes
    };
    assert_eq!(causes(&["x.ko", "kernel"]), ["missing"]);
    for more in ["extra.symvers", "other.ko"] {
        assert!(causes(&["x.ko", "kernel", more]).is_empty() && causes(&["x.ko", more, "kernel"]).is_empty());
    }
    // Of what modules export the last counts.
    assert_eq!(causes(&["x.ko", "kernel", "other.ko", "newer.ko"]), ["version"]);
    assert!(causes(&["x.ko", "kernel", "newer.ko", "other.ko"]).is_empty());
    let (_, answer) = json(&folder, &["x.ko", "kernel", "extra.symvers"]);
    assert_eq!(answer["needs"], serde_json::json!(["/home/me/other"]));
}

#[test]
fn many_modules_are_checked_in_one_run() {
    let folder = folder(&honest(), KERNEL.as_bytes());
    let path = |name: &str| folder.path().join(name);
    fs::create_dir_all(path("mine/sub")).expect("a folder");
    let mut old = honest();
    old.wanted[0].1 = Some(9);
    fs::write(path("mine/good.ko"), honest().bytes()).expect("a file");
    fs::write(path("mine/sub/old.ko"), old.bytes()).expect("a file");
    fs::write(path("mine/sub/older.ko"), old.bytes()).expect("a file");
    fs::write(path("mine/notes.txt"), "no module").expect("a file");
    let (status, answers) = json(&folder, &["mine", "--kernel", "kernel"]);
    let answers = answers.as_array().expect("an array");
    let loads: Vec<_> = answers.iter().map(|answer| (&answer["module"], answer["loads"] == true)).collect();
    let expected = [("mine/good.ko", true), ("mine/sub/old.ko", false), ("mine/sub/older.ko", false)];
    assert_eq!(status, 1);
    assert_eq!(
        loads,
        expected
            .map(|(name, loads)| (Value::from(name), loads))
            .each_ref()
            .map(|(name, loads)| (name, *loads))
    );
    let problem = &answers[1]["problems"][0];
    assert_eq!((&problem["wanted"], &problem["offered"]), (&"0x00000009".into(), &"0x00000001".into()));
    let output = run(&folder, &["mine/", "-k", "kernel"]);
    let text = "2 of 3 modules do not fit kernel:\n  sub/old.ko: 1 of 6 symbols: plain\n  sub/older.ko: 1 of 6 symbols: plain\n\n\
                Symbols that do not fit several of them:\n  plain  2 modules\n";
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stdout).as_ref()), (Some(1), text));
    let output = run(&folder, &["mine/good.ko", "x.ko", "-k", "kernel"]);
    assert_eq!((output.status.code(), &output.stdout[..]), (Some(0), &b"2 modules fit kernel\n"[..]));
    // A folder without modules, and what is none.
    fs::create_dir(path("none")).expect("a folder");
    for wrong in ["none", "kernel"] {
        let output = run(&folder, &[wrong, "x.ko", "-k", "kernel"]);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    }
}

#[test]
fn modules_may_use_each_other() {
    let folder = folder(
        &honest(),
        KERNEL.replace("drivers/other", "drivers/another").replace("for_some", "unused").as_bytes(),
    );
    fs::write(folder.path().join("other.ko"), other(4)).expect("a file");
    let (_, answers) = json(&folder, &["x.ko", "other.ko", "-k", "kernel"]);
    assert_eq!((&answers[0]["loads"], &answers[0]["needs"]), (&true.into(), &serde_json::json!(["other"])));
    // What one exports in another version than the other was built against.
    fs::write(folder.path().join("other.ko"), other(9)).expect("a file");
    let (_, answers) = json(&folder, &["x.ko", "other.ko", "-k", "kernel"]);
    assert_eq!(&answers[0]["problems"][0]["symbol"], &Value::from("for_some"));
    assert_eq!(json(&folder, &["x.ko", "-k", "kernel"]).1["problems"][0]["cause"], "missing");
}

#[test]
fn what_is_not_under_the_gpl_hands_that_on() {
    let mut module = honest();
    let folder =
        folder(&module, KERNEL.replace("drivers/other", "vmlinux").replace("for_some", "unused").as_bytes());
    let provider = |licence| {
        let exports = vec![Export { name: "for_some", is_gpl: false, namespace: "", version: 4 }];
        let info = vec!["name=other", licence, "vermagic=7.3.0 SMP mod_unload "];
        fs::write(folder.path().join("other.ko"), Module { info, exports, ..Module::default() }.bytes())
            .expect("a file");
    };
    let causes = |module: &Module| {
        fs::write(folder.path().join("x.ko"), module.bytes()).expect("a file");
        let (_, answer) = json(&folder, &["x.ko", "kernel", "other.ko"]);
        let problems = answer["problems"].as_array().expect("an array");
        problems
            .iter()
            .map(|problem| format!("{} {}", problem["symbol"], problem["cause"]))
            .collect::<Vec<_>>()
    };
    provider("license=GPL");
    assert!(causes(&module).is_empty());
    provider("license=Proprietary");
    assert_eq!(causes(&module), ["\"for_some\" \"tainted\""]);
    // Who uses nothing that is for modules under the GPL may use it.
    module.wanted.retain(|(name, _)| *name != "for_gpl");
    assert!(causes(&module).is_empty());
}

#[test]
fn some_kernels_load_by_force() {
    let mut module = honest();
    module.wanted.iter_mut().for_each(|(_, version)| *version = None);
    module.info.retain(|entry| !entry.starts_with("vermagic="));
    let folder = folder(&module, KERNEL.as_bytes());
    let (status, answer) = json(&folder, &["x.ko", "kernel"]);
    assert_eq!((status, answer["problems"].as_array().map(Vec::len)), (1, Some(2)), "{answer}");
    for (line, forced) in
        [("# CONFIG_MODULE_FORCE_LOAD is not set", false), ("CONFIG_MODULE_FORCE_LOAD=y", true)]
    {
        fs::write(folder.path().join(".config"), format!("A=y\n{line}\nB=y\n")).expect("a file");
        let (status, answer) = json(&folder, &["x.ko", "kernel"]);
        let causes = answer[if forced { "warnings" } else { "problems" }].as_array().expect("an array");
        let causes: Vec<_> = causes.iter().filter_map(|problem| problem["cause"].as_str()).collect();
        assert_eq!((status == 0, causes), (forced, vec!["no-versions", "no-vermagic"]), "{answer}");
    }
}

#[test]
fn modules_alone_are_not_enough_unless_the_kernel_is_beside_them() {
    let folder = folder(&honest(), b"");
    let path = |name: &str| folder.path().join(name);
    fs::create_dir_all(path("release/kernel")).expect("a folder");
    fs::write(path("release/kernel/other.ko"), other(4)).expect("a file");
    let (status, error) = json(&folder, &["x.ko", "release"]);
    let error = error.as_str().expect("an error").to_owned();
    assert!(status == 2 && error.starts_with("error: release: only modules are there"), "{error}");
    assert_eq!(error.lines().count(), 1);
    // The kernel's own packages have a link there.
    fs::create_dir(path("headers")).expect("a folder");
    fs::write(path("headers/Module.symvers"), KERNEL).expect("a file");
    std::os::unix::fs::symlink("../headers", path("release/build")).expect("a link");
    for modules in ["release", "release/kernel"] {
        let (status, answer) = json(&folder, &["x.ko", modules]);
        assert_eq!((status, &answer["problems"]), (0, &serde_json::json!([])), "{modules}");
    }
}

#[test]
fn what_the_kernel_exports_no_module_may() {
    let export = Export { name: "plain", is_gpl: false, namespace: "", version: 1 };
    assert_eq!(problems(|module| module.exports.push(export)), ["plain duplicate"]);
}

#[test]
fn no_name_forges_a_line() {
    const LINE: &str = "0x00000bad\tforged\tvmlinux\tEXPORT_SYMBOL\t";
    let module = |info, namespace| {
        let exports = vec![Export { name: "f", is_gpl: false, namespace, version: 1 }];
        Module { info: vec![info], exports, ..Module::default() }
    };
    let forged = [
        (module("name=some", ""), true),
        (module("name=some", "X\n0x00000bad\tforged\tvmlinux\tEXPORT_SYMBOL\t"), false),
        (module("name=x\n0x00000bad\tforged\tvmlinux\tEXPORT_SYMBOL\t", ""), false),
        (module("name=some", "X\tY"), false),
    ];
    for (module, is_written) in forged {
        let folder = folder(&module, b"");
        let output = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"))
            .args(["versions", "--quiet", "--format", "symvers", "x.ko"])
            .current_dir(folder.path())
            .output()
            .expect("it starts");
        let (stdout, stderr) =
            (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(!stdout.contains(LINE) && stdout.lines().count() == usize::from(is_written), "{stdout}");
        assert_eq!(output.status.code(), Some(if is_written { 0 } else { 2 }));
        assert!(
            is_written || (stderr.starts_with("error: x.ko: the ") && stderr.lines().count() == 1),
            "{stderr}"
        );
    }
}

#[test]
fn only_a_module_is_loaded() {
    let folder = folder(&honest(), KERNEL.as_bytes());
    let output = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"))
        .args(["module", "kernel", "x.ko"])
        .current_dir(folder.path())
        .output()
        .expect("it starts");
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(stderr, "error: kernel: is not a module, but this: Module.symvers\n");
}

#[test]
fn why_versions_differ_is_reported_with_the_build_that_the_module_was_made_for() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).expect("a file");
    let mut module = honest();
    module.wanted[0].1 = Some(9);
    write("x.ko", &module.bytes());
    for (build, version, size) in [("old", 9, 4), ("new", 1, 8)] {
        fs::create_dir(folder.path().join(build)).expect("a folder");
        let symvers = KERNEL.replacen("0x00000001", &format!("{version:#010x}"), 1);
        write(&format!("{build}/Module.symvers"), symvers.as_bytes());
        let types = format!(
            "s#s structure_type s {{ member base_type int byte_size({size}) encoding(5) a data_member_location(0) }} \
             byte_size({size})\nplain variable s#s\nfor_gpl variable base_type int byte_size({size})\n"
        );
        write(&format!("{build}/x.symtypes"), types.as_bytes());
    }
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"));
        command.args(["module", "--quiet", "x.ko"]).args(arguments).current_dir(folder.path());
        let output = command.output().expect("it starts");
        let text = String::from_utf8([output.stdout, output.stderr].concat()).expect("UTF-8");
        (output.status.code().expect("no crash"), text)
    };
    let (status, text) = run(&["new", "--old", "old", "--format", "json"]);
    let answer: Value = serde_json::from_str(&text).expect("JSON");
    // What else has changed does not matter to this module: the version of for_gpl is the one that it knows.
    let why = answer["why"].as_array().expect("an array");
    assert_eq!((status, why.len()), (1, 1));
    assert_eq!(why[0]["title"], "struct s");
    assert_eq!(why[0]["changes"][0]["class"], "member-type-changed");
    assert_eq!(why[0]["symbols"], serde_json::json!(["plain"]));

    let (status, text) = run(&["new", "--old", "old"]);
    assert!(status == 1 && text.contains("\nstruct s, for plain:\n") && !text.contains("--old"), "{text}");
    // Without it, it is said how to learn more; and with one that has no types, that there are none.
    let (status, text) = run(&["new"]);
    assert!(status == 1 && text.contains("--old BUILD"), "{text}");
    let (status, text) = run(&["new", "--old", "old/Module.symvers"]);
    assert!(status == 2 && text.starts_with("error: old/Module.symvers: there are no types in it"), "{text}");
}
