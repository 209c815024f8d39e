//! Each command that docs/MIGRATING.md proposes works on small inputs with the names that it uses.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use dwarfksyms_tests::repository;

/// The names that the page uses, and what they stand for in `corpus`.
const INPUTS: [(&str, &str); 12] = [
    ("old", "compare/before"),
    ("new", "compare/after"),
    ("old.o", "suggest/before.o"),
    ("new.o", "suggest/after.o"),
    ("old.symtypes", "compare/before/request.symtypes"),
    ("new.symtypes", "compare/after/request.symtypes"),
    ("old.btf", "btf/before.btf"),
    ("new.btf", "btf/after.btf"),
    ("old.deb", "packages/headers.deb"),
    ("new.deb", "packages/headers.deb"),
    ("foo.o", "golden/comma-list/x.o"),
    ("symbols", "golden/comma-list/syms"),
];

/// Files of rules, and what may be in them.
const RULES: [(&str, &str); 5] = [
    ("severities", "drivers/* PASS\nvmlinux FAIL\n"),
    ("filter", "SYMBOL queue_* FAIL\nSYMBOL * PASS\n"),
    ("list", "[kernel_list]\n  queue_first\n  queue_depth\n"),
    ("classes", "class member-appended pass s#request_stats\n"),
    ("ignored", "difference added pass\n"),
];

/// The commands of the page: our own, in code spans of its tables.
fn commands(page: &str) -> Vec<String> {
    let rows = page.lines().filter(|line| line.starts_with("| "));
    let spans = rows.flat_map(|row| row.split('`').skip(1).step_by(2).map(|span| span.replace("\\|", "|")));
    spans.filter(|span| span.starts_with("dwarfksyms ") || span.starts_with("gendwarfksyms ")).collect()
}

fn prepare(folder: &Path) {
    let corpus = repository().join("corpus");
    for (name, what) in INPUTS {
        symlink(corpus.join(what), folder.join(name)).unwrap();
    }
    for (name, text) in RULES {
        fs::write(folder.join(name), text).unwrap();
    }
    let symvers = fs::read_to_string(corpus.join("compare/before/Module.symvers")).unwrap();
    let locked: Vec<_> = symvers.lines().take(5).collect();
    fs::write(folder.join("Module.kabi_x86_64"), format!("{}\n", locked.join("\n"))).unwrap();
    symlink(env!("CARGO_BIN_EXE_dwarfksyms-under-test"), folder.join("dwarfksyms")).unwrap();
    symlink(env!("CARGO_BIN_EXE_gendwarfksyms-under-test"), folder.join("gendwarfksyms")).unwrap();
}

#[test]
fn the_commands_work() {
    let page = fs::read_to_string(repository().join("docs/MIGRATING.md")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    prepare(folder.path());
    let commands = commands(&page);
    assert!(commands.len() > 20, "{commands:?}");
    let mut statuses: BTreeMap<Option<i32>, usize> = BTreeMap::new();
    for command in &commands {
        let mut shell = Command::new("/bin/sh");
        shell.arg("-c").arg(command).current_dir(folder.path()).env("PATH", folder.path());
        let output = shell.output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        // 1 is what is said where builds differ; 2 is an error, and 127 is for a program that is not there.
        assert!(matches!(output.status.code(), Some(0 | 1)), "{command}: {:?}: {errors}", output.status);
        assert!(!errors.contains("error:"), "{command}: {errors}");
        let writes = command.contains(" -o ") || command.contains(" -T ") || command.contains("lint");
        assert!(writes || !output.stdout.is_empty(), "{command} prints nothing: {errors}");
        *statuses.entry(output.status.code()).or_default() += 1;
    }
    assert!(statuses.len() == 2, "{statuses:?}");
}
