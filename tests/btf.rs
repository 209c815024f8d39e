//! Types from BTF: they are what DWARF says of them, and commands say what does not follow from them.
//!
//! Random types are compiled, and pahole, if it is at hand, writes BTF from their DWARF: both are read from the same object. What
//! BTF does not have is taken away from the text of DWARF first. gcc 12 writes BTF, too, but offsets that it has wrong.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use dwarfksyms_core::{Btf, Exports, Limits, Linkage, SectionId};
use dwarfksyms_tests::btf::written;
use dwarfksyms_tests::pairs::{Pair, Side, Tagged, pair, source};

/// Pairs of types, each with an old and a new state.
const PAIRS: u64 = 150;

/// The lines of symtypes, by their names.
type Lines = BTreeMap<String, String>;

#[test]
fn btf_says_of_types_what_dwarf_says() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path();
    let pairs: Vec<Pair> = (0..PAIRS).map(pair).collect();
    for (name, side) in [("old", (|pair| &pair.old) as fn(&Pair) -> &Side), ("new", |pair| &pair.new)] {
        let states: Vec<Tagged<'_>> =
            pairs.iter().enumerate().map(|(number, pair)| Tagged { side: side(pair), number }).collect();
        fs::write(path.join(format!("{name}.c")), source(&states)).expect("a file");
        if !runs(path, "gcc", &["-w", "-c", "-std=gnu11", "-gdwarf-5", &format!("{name}.c")]) {
            eprintln!("skipped: there is no gcc");
            return;
        }
        let object = format!("{name}.o");
        let dwarf = of_dwarf(path, &object);
        fs::copy(path.join(&object), path.join("pahole.o")).expect("a copy");
        if !runs(path, "pahole", &["-J", "--btf_gen_floats", "pahole.o"]) {
            eprintln!("skipped: there is no pahole");
            return;
        }
        agree(&dwarf, &of_btf(&path.join("pahole.o")));
    }
}

fn runs(folder: &Path, program: &str, args: &[&str]) -> bool {
    let output = Command::new(program).args(args).current_dir(folder).output();
    output.is_ok_and(|output| output.status.success())
}

fn lines(text: &str) -> Lines {
    let split = |line: &str| line.split_once(' ').map(|(name, text)| (name.to_owned(), text.to_owned()));
    text.lines().filter_map(split).collect()
}

fn of_dwarf(folder: &Path, object: &str) -> Lines {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gendwarfksyms-under-test"));
    let output = command.args(["--exports", "--symtypes", "dwarf", object]).current_dir(folder).output();
    assert!(output.expect("our tool").status.success());
    lines(&fs::read_to_string(folder.join("dwarf")).expect("symtypes"))
}

fn of_btf(object: &Path) -> Lines {
    let data = fs::read(object).expect("an object");
    let limits = Limits::for_input(data.len() as u64);
    let linkage = Linkage::parse(&data, &limits).expect("an object");
    let btf = Btf::parse(linkage.btf.expect("BTF"), SectionId::Btf, None, &limits).expect("BTF");
    let names: Vec<&[u8]> = linkage.exports.iter().map(|export| export.name).collect();
    let exports = Exports::of_objects(&names, &limits).expect("exports");
    let types = btf.symtypes(&exports, Some(8), &limits).expect("types");
    assert!(types.ambiguous.is_empty(), "{:?}", types.ambiguous);
    lines(std::str::from_utf8(&types.text).expect("text"))
}

fn agree(dwarf: &Lines, btf: &Lines) {
    let mut wrong = Vec::new();
    for (name, text) in btf {
        match dwarf.get(name).map(|text| reduced(text)) {
            Some(expected) if expected == reduced(text) => {}
            expected => wrong.push(format!("{name}\n  BTF:   {text}\n  DWARF: {expected:?}")),
        }
    }
    let is_type = |name: &&String| name.contains('#');
    let types = btf.keys().filter(is_type).count();
    eprintln!("{types} types, {} exports", btf.len() - types);
    assert!(wrong.is_empty(), "{} differ\n{}", wrong.len(), wrong[..wrong.len().min(5)].join("\n"));
    assert!(types > 100);
}

/// What both have of a text: BTF has no alignments, arrays have one length, which is the product of all, and one without a
/// length looks like one of length 0.
fn reduced(text: &str) -> String {
    let is_kept = |word: &&str| !word.starts_with("alignment(");
    let words = text.split(' ').filter(is_kept).map(|word| match word.strip_prefix("array_type[") {
        Some(dimensions) => {
            let numbers = dimensions.trim_end_matches(']').split("][");
            let length: u64 = numbers.map(|number| number.parse().unwrap_or(0)).product();
            format!("array_type[{length}]")
        }
        None => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Runs `dwarfksyms` in a folder: its exit status, and what it writes.
fn asked(folder: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"));
    let output = command.args(args).current_dir(folder).output().expect("our tool");
    let text =
        |bytes: &[u8]| String::from_utf8_lossy(bytes).split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

/// Two states of a source: objects that have BTF and no DWARF, that BTF by itself, and the old one with DWARF.
fn corpus() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus/btf")
}

#[test]
fn changes_are_found_in_btf_and_versions_are_not() {
    for [old, new] in [["before.o", "after.o"], ["before.btf", "after.btf"]] {
        let (status, report, _) = asked(&corpus(), &["compare", old, new]);
        assert_eq!(status, Some(1), "{report}");
        for expected in [
            "struct shape: breaks modules",
            "member 'long int added' was added at offset 40; member 'rest' was at offset 40, and is at offset 48",
            "1 export: draw_shape",
            "types are from BTF, which does not determine versions",
            "1 changed,",
            "1 unchanged",
        ] {
            assert!(report.contains(expected), "{expected}\n{report}");
        }
    }
    let (status, text, _) = asked(&corpus(), &["explain", "draw_shape", "before.o", "after.o"]);
    assert_eq!(status, Some(1));
    assert!(text.starts_with("draw_shape: the types differ draw_shape -> parameter shape: struct shape -> "));
    assert!(text.ends_with("These types are from BTF, which does not determine versions."), "{text}");
    let (status, text, _) = asked(&corpus(), &["explain", "same", "before.o", "after.btf"]);
    assert_eq!(status, Some(0));
    assert!(text.starts_with("same: the types are the same in both builds"), "{text}");
}

#[test]
fn what_is_from_btf_is_not_compared_with_dwarf() {
    let (status, report, _) = asked(&corpus(), &["compare", "dwarf-before.o", "before.o"]);
    assert_eq!(status, Some(1));
    let expected = "types of before.o are from BTF, those of dwarf-before.o are not, so that they are not compared: \
                    only recorded versions are";
    assert!(report.contains(expected) && report.contains("3 unknown"), "{report}");
    for (args, expected) in [
        (
            &["explain", "draw_shape", "dwarf-before.o", "after.o", "--quiet"][..],
            "error: the types of one build are from BTF, those of the other are not, so that they cannot be compared",
        ),
        (
            &["suggest", "before.o", "after.o"],
            "error: before.o: its types are from BTF, which does not determine versions, so that nothing can be \
             suggested that restores them: pass builds with DWARF",
        ),
        (
            &["consolidate", "before.o"],
            "error: before.o: its types are from BTF, which does not determine versions: symtypes are made from DWARF",
        ),
    ] {
        let (status, _, stderr) = asked(&corpus(), args);
        assert_eq!((status, stderr.as_str()), (Some(2), expected));
    }
}

#[test]
fn a_list_beside_btf_says_what_is_exported() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (state, version) in [("before", "1"), ("after", "2")] {
        let path = folder.path().join(state);
        fs::create_dir(&path).expect("a folder");
        fs::copy(corpus().join(format!("{state}.btf")), path.join("vmlinux")).expect("a copy");
        let symvers = format!("0x0000000{version}\tdraw_shape\tvmlinux\tEXPORT_SYMBOL\t\n");
        fs::write(path.join("Module.symvers"), symvers).expect("a file");
    }
    let (status, report, _) = asked(folder.path(), &["compare", "before", "after"]);
    assert_eq!(status, Some(1));
    assert!(report.contains("struct shape: breaks modules"), "{report}");
    assert!(report.contains("old: before (folder, 1 export)") && report.contains("1 changed;"), "{report}");
    // A version counts, whatever BTF has: types that no version depends on can differ.
    fs::copy(folder.path().join("before/Module.symvers"), folder.path().join("after/Module.symvers"))
        .expect("a copy");
    let (status, report, _) = asked(folder.path(), &["compare", "before", "after"]);
    assert_eq!(status, Some(0), "{report}");
}

/// A number of four bytes, and a structure of so many.
fn of_kernel(size: u32) -> Vec<u8> {
    written(&[1, 1 << 24, 4, 1 << 24 | 32, 5, 4 << 24, size], b"\0int\0shape\0")
}

/// A function that gets a pointer to that structure and returns the number.
fn of_module() -> Vec<u8> {
    let (pointer, prototype, function) = ([0, 2 << 24, 2], [0, 13 << 24 | 1, 1, 0, 3], [11, 12 << 24, 4]);
    written(&[&pointer[..], &prototype, &function].concat(), b"draw_shape\0")
}

#[test]
fn the_btf_of_a_module_is_based_on_that_of_its_kernel() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path();
    fs::write(path.join("own"), of_module()).expect("a file");
    let object = corpus().join("before.o").to_string_lossy().into_owned();
    for (state, size) in [("old", 8), ("new", 16)] {
        fs::create_dir_all(path.join(state)).expect("a folder");
        let kernel = format!("{state}/vmlinux");
        let (module, distilled) = (format!("{state}/m.ko"), format!("{state}-distilled.ko"));
        fs::write(path.join(&kernel), of_kernel(size)).expect("a file");
        if !runs(path, "objcopy", &["--update-section", ".BTF=own", &object, &module]) {
            eprintln!("skipped: there is no objcopy");
            return;
        }
        let base = format!(".BTF.base={kernel}");
        assert!(runs(path, "objcopy", &["--add-section", &base, &module, &distilled]));
    }
    let grown = "struct shape: cannot tell [s#shape] - size-changed: the size was 8, and is 16";
    for [old, new] in [["old", "new"], ["old-distilled.ko", "new-distilled.ko"]] {
        let (status, report, _) = asked(path, &["compare", old, new]);
        assert_eq!(status, Some(1), "{report}");
        assert!(report.contains(grown) && report.contains("1 export: draw_shape"), "{report}");
    }
    let missing = "m.ko: its BTF is based on that of its kernel, which is missing: name a folder with both";
    let (_, _, notes) = asked(path, &["compare", "old/m.ko", "new/m.ko"]);
    assert!(notes.contains(missing), "{notes}");
    // Of two kernels, nobody knows which it is.
    fs::write(path.join("old/vmlinux-other"), of_kernel(8)).expect("a file");
    let (_, _, notes) = asked(path, &["compare", "old", "new"]);
    assert!(notes.contains(missing), "{notes}");
    // A program whose own is split is no kernel for others.
    let mut program = fs::read(path.join("old-distilled.ko")).expect("a file");
    program[16] = 3;
    fs::write(path.join("old/vmlinux"), program).expect("a file");
    fs::remove_file(path.join("old/vmlinux-other")).expect("a file");
    let (status, _, notes) = asked(path, &["compare", "old", "new"]);
    assert!(status != Some(2) && notes.contains(missing), "{notes}");
    // What does not fit is told with its place.
    fs::write(path.join("new/vmlinux"), written(&[1, 1 << 24, 4, 1 << 24 | 32], b"\0int\0a\0b\0\0\0"))
        .expect("a file");
    let (status, _, error) = asked(path, &["compare", "new", "new"]);
    assert_eq!(status, Some(2));
    assert_eq!(error, "error: new/m.ko: .BTF+0x38: damaged BTF: the type of the function is no prototype");
}
