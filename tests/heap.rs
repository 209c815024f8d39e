//! The memory of whole programs: how much they ask for, and what comes of it if they are refused.
//!
//! What counts is a library in C that is loaded in front of the programs (`heap.c`), so that the word of an allocator of
//! ours is not all that there is. Where no compiler or no such C library is, nothing is tested.
#![cfg(all(target_os = "linux", target_env = "gnu"))]

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use dwarfksyms_core::{Limit, Limits};
use dwarfksyms_host::heap::{BESIDES, most};
use dwarfksyms_tests::hostile::Topic;
use dwarfksyms_tests::linked::Module;
use dwarfksyms_tests::{repository, samples};
use tempfile::TempDir;

const TOOL: &str = env!("CARGO_BIN_EXE_gendwarfksyms-under-test");
const QUESTIONS: &str = env!("CARGO_BIN_EXE_dwarfksyms-under-test");

/// What `gendwarfksyms` needs besides what its limits are about: its tables, the lines that it prints, and what a decoder
/// of xz keeps.
const BESIDES_OF_TOOL: u64 = 80 << 20;

/// The library that counts.
struct Counter {
    folder: TempDir,
}

/// A process that has ended, and what it has asked for.
struct Counted {
    output: Output,
    peak: u64,
    requests: u64,
}

impl Counter {
    fn new() -> Option<Counter> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let source = repository().join("tests/heap.c");
        let built = Command::new("cc")
            .args(["-O2", "-shared", "-fPIC", "-fno-builtin", "-o"])
            .args([&folder.path().join("heap.so"), &source])
            .status();
        match built {
            Ok(status) if status.success() => Some(Counter { folder }),
            _ => {
                println!("skipped: there is no C compiler");
                None
            }
        }
    }

    /// Runs a command, of whose requests the one with this number is refused, counted from 1.
    fn run(&self, command: &mut Command, list: Option<&Path>, refused: u64) -> Counted {
        let counts = tempfile::NamedTempFile::new_in(self.folder.path()).expect("a file");
        let words = [0, 0, 0, refused].map(u64::to_ne_bytes).concat();
        fs::write(counts.path(), words).expect("counts");
        let stdin = list.map_or(Stdio::null(), |list| File::open(list).expect("a list").into());
        let output = command
            .env("LD_PRELOAD", self.folder.path().join("heap.so"))
            .env("HEAP_COUNTS", counts.path())
            .env_remove("RUST_BACKTRACE")
            .stdin(stdin)
            .output()
            .expect("it starts");
        let words = fs::read(counts.path()).expect("counts");
        let word = |at: usize| u64::from_ne_bytes(words[8 * at..][..8].try_into().expect("a word"));
        let (peak, requests) = (word(1), word(2));
        assert!(requests > 0, "nothing was counted");
        Counted { output, peak, requests }
    }
}

/// What is asked, for each subcommand: `KIND` is what a case has.
const QUESTIONS_OF_OBJECTS: [&str; 10] = [
    "versions --format json",
    "versions --compute --canonical",
    "exports --format json",
    "lint --format json",
    "consolidate",
    "explain f --depth 50",
    "explain f OBJECT",
    "compare OBJECT --format json",
    "suggest OBJECT --format json",
    "suggest OBJECT --macros rhel --format markdown",
];

fn bytes_below(folder: &Path) -> u64 {
    let size = |entry: fs::DirEntry| match entry.file_type().expect("a kind") {
        kind if kind.is_dir() => bytes_below(&entry.path()),
        kind if kind.is_file() => entry.metadata().expect("a file").len(),
        _ => 0,
    };
    fs::read_dir(folder).expect("a folder").map(|entry| size(entry.expect("an entry"))).sum()
}

fn error_of(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The most bytes that `gendwarfksyms` may ask for.
fn most_of_tool(limits: &Limits, read: u64, unpacked: u64) -> u64 {
    limits.memory + read + 2 * unpacked + BESIDES_OF_TOOL
}

/// With a limit that is as small as many a case, so that there is something to see.
#[test]
fn hostile_objects_take_no_more_than_the_limit() {
    const LIMIT: u64 = 4 << 20;
    let Some(counter) = Counter::new() else { return };
    let mut largest = [0; 2];
    let mut questions = QUESTIONS_OF_OBJECTS.iter().cycle();
    for topic in Topic::all(&repository().join("corpus/hostile")) {
        // What comes out of compressed data is as much as its limit at most.
        let is_packed = topic.name.starts_with("compressed");
        for case in topic.cases.iter().filter(|case| case.args.is_none()) {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let object = topic.place(case, folder.path());
            let read = bytes_below(folder.path());
            let unpacked = if is_packed { Limits::for_input(read).unpacked } else { 0 };
            let limits = ["--limit", &format!("memory={LIMIT}")].map(str::to_owned);
            let list = folder.path().join("list");
            fs::write(&list, "f\n").expect("a list");

            let mut command = Command::new(TOOL);
            command.args(&limits).arg(&object).current_dir(folder.path());
            let tool = counter.run(&mut command, Some(&list), 0);
            let limit = Limits::for_input(read).with(Limit::Memory, LIMIT);
            let name = format!("{}/{}", topic.name, case.name);
            assert!(tool.peak <= most_of_tool(&limit, read, unpacked), "{name}: {} bytes", tool.peak);
            largest[0] = largest[0].max(tool.peak);

            let question = questions.next().expect("a cycle").replace("OBJECT", &object);
            let mut words = question.split(' ');
            let mut command = Command::new(QUESTIONS);
            command.arg(words.next().expect("a subcommand")).args(&limits).current_dir(folder.path());
            // The name of an export comes before the builds.
            let words: Vec<&str> = words.collect();
            let (export, rest) = words.split_at(usize::from(question.starts_with("explain")));
            command.args(export).arg(&object).args(rest);
            let asked = counter.run(&mut command, None, 0);
            assert!(asked.peak <= most(Some(LIMIT), 2 * read, 2 * unpacked), "{name}: {} bytes", asked.peak);
            assert!(asked.output.status.code().is_some(), "{name}: {question}: {}", error_of(&asked.output));
            largest[1] = largest[1].max(asked.peak);
        }
    }
    println!("gendwarfksyms asked for {} bytes at most, dwarfksyms for {}", largest[0], largest[1]);
}

/// A folder with something for every subcommand.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| folder.path().join(name);
    for (from, to) in [
        ("corpus/suggest/before.o", "before.o"),
        ("corpus/suggest/after.o", "after.o"),
        ("corpus/lint/x.o", "lint.o"),
        ("corpus/golden/typedefs/x.o", "x.o"),
        ("corpus/golden/typedefs/syms", "syms"),
        ("corpus/packages/headers.deb", "headers.deb"),
        ("corpus/packages/headers.rpm", "headers.rpm"),
        ("corpus/packages/headers.tar.xz", "headers.tar.xz"),
        ("corpus/btf/before.btf", "before.btf"),
        ("corpus/btf/after.o", "btf-after.o"),
    ] {
        fs::copy(repository().join(from), path(to)).expect("a copy");
    }
    fs::create_dir(path("old")).expect("a folder");
    fs::create_dir(path("new")).expect("a folder");
    for (name, end) in [("old", 8), ("new", 12)] {
        fs::write(path(name).join("x.symtypes"), symtypes(30, end)).expect("symtypes");
    }
    fs::write(path("symvers"), "0x00000001\tplain\tvmlinux\tEXPORT_SYMBOL\t\n").expect("a file");
    fs::write(path("pol"), "nothing FAIL\nf* PASS\n").expect("a policy");
    let module = Module { wanted: vec![("plain", Some(1)), ("gone", Some(2))], ..Module::default() };
    fs::write(path("x.ko"), module.bytes()).expect("a module");
    let text = "/* a.symtypes */\ns#s structure_type s { } byte_size(1)\nf variable s#s\n";
    fs::write(path("all"), text).expect("consolidated symtypes");
    folder
}

/// Symtypes of so many structures that refer to each other, and functions that take them.
fn symtypes(count: usize, end: usize) -> String {
    let structure = |at: usize| {
        let next = (at + 1) % count;
        format!(
            "s#s{at} structure_type s{at} {{ member pointer_type {{ s#s{next} }} byte_size(8) next data_member_location(0) , \
             member base_type int byte_size(4) encoding(5) a data_member_location({end}) }} byte_size({})\n\
             f{at} subprogram ( formal_parameter pointer_type {{ s#s{at} }} byte_size(8) x ) -> base_type void\n",
            end + 8
        )
    };
    (0..count).map(structure).collect()
}

/// A run of each subcommand, which says something and does not fail.
const RUNS: [(&str, &str); 24] = [
    (TOOL, "x.o"),
    (TOOL, "--stable -T types --jobs 2 x.o"),
    (TOOL, "--strict --canonical --exports lint.o"),
    (TOOL, "--check symvers --dump-versions x.o"),
    (QUESTIONS, "compare old new --policy pol --format json:r --format html:h --format markdown:m"),
    (QUESTIONS, "compare before.o after.o"),
    (QUESTIONS, "compare before.o after.o --suggest --stable"),
    (QUESTIONS, "explain f1 old new"),
    (QUESTIONS, "explain f1 old --depth 9"),
    (QUESTIONS, "suggest before.o after.o --format json"),
    (QUESTIONS, "suggest before.o after.o --macros kernel --format markdown"),
    (QUESTIONS, "lint lint.o"),
    (QUESTIONS, "versions old before.o symvers --format json"),
    (QUESTIONS, "exports lint.o symvers --format json"),
    (QUESTIONS, "module x.ko symvers --format json"),
    (QUESTIONS, "rules --policy pol old"),
    (QUESTIONS, "consolidate old -o text"),
    (QUESTIONS, "consolidate after.o"),
    (QUESTIONS, "split all -o sub"),
    (QUESTIONS, "versions headers.tar.xz headers.rpm --format json"),
    (QUESTIONS, "module x.ko --kernel headers.deb"),
    (QUESTIONS, "compare headers.tar.xz headers.deb"),
    (QUESTIONS, "compare before.btf btf-after.o --format json"),
    (QUESTIONS, "explain draw_shape before.btf btf-after.o"),
];

fn command(program: &str, args: &str, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.args(args.split(' ')).current_dir(folder);
    if program == QUESTIONS {
        command.args(["--quiet", "--jobs", "2"]);
    }
    command
}

/// All that is below a folder, with what is in it.
fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true => all.extend(contents(&path)),
            false => all.push((path.clone(), fs::read(&path).expect("a file"))),
        }
    }
    all.sort();
    all
}

/// Lines that may be there besides an error: what glibc and Rust's runtime say before they abort, if they are refused what
/// they need to start a thread, which they do not ask our allocator for.
const OTHERS: [&str; 4] = [
    "warning: gendwarfksyms: ",
    "Fatal glibc error: ",
    "memory allocation of ",
    "note: run with `RUST_BACKTRACE=1`",
];

/// Each request is refused in turn, or of many some dozens (`DWARFKSYMS_SLOW`: some hundred): what comes of it is the right result, where a library can do
/// without, or one line of error and nothing else.
#[test]
fn whoever_is_refused_memory_says_so_in_one_line() {
    let (most, early, fewest) = samples((12, 3, 6), (120, 1, 20));
    let Some(counter) = Counter::new() else { return };
    for (program, args) in RUNS {
        let folder = folder();
        let list = folder.path().join("syms");
        let before = contents(folder.path());
        let whole = counter.run(&mut command(program, args, folder.path()), Some(&list), 0);
        let status = whole.output.status.code();
        assert!(
            status < Some(2) && !error_of(&whole.output).starts_with("error: "),
            "{args}: {}",
            error_of(&whole.output)
        );
        let after = contents(folder.path());
        let failure = if program == TOOL && !args.contains("--check") { [1, 2] } else { [2, 2] };
        // The first ones, which are of the runtime and the command line, and then some of all.
        let step = (whole.requests / most).max(1);
        let refused = (1..20.min(whole.requests))
            .step_by(early)
            .chain((20..=whole.requests).step_by(usize::try_from(step).expect("few")));
        let mut failed = 0;
        for at in refused {
            let folder_of_run = self::folder();
            let run = counter.run(&mut command(program, args, folder_of_run.path()), Some(&list), at);
            let left: Vec<_> = named(&contents(folder_of_run.path()), folder_of_run.path());
            let text = error_of(&run.output);
            if run.output.status.code() == status && run.output.stdout == whole.output.stdout {
                assert!(left == named(&after, folder.path()), "{args}: {at}: other files");
                continue;
            }
            failed += 1;
            let code = run.output.status.code();
            assert!(
                code.is_some_and(|code| failure.contains(&code)),
                "{args}: {at}: {:?}: {text}",
                run.output.status
            );
            let is_other = |line: &str| OTHERS.iter().any(|other| line.starts_with(other));
            let lines: Vec<&str> = text.lines().filter(|line| !is_other(line)).collect();
            let is_error = matches!(lines[..], [line] if line.starts_with("error: "));
            assert!(is_error || args.contains("--dump"), "{args}: {at}: {text}");
            assert!(!text.contains(dwarfksyms_host::trouble::DEFECT), "{args}: {at}: {text}");
            assert!(run.output.stdout.is_empty(), "{args}: {at}: output in spite of the error");
            assert!(left == named(&before, folder.path()), "{args}: {at}: something was left behind: {text}");
        }
        println!("{args}: {} requests, {} bytes, {failed} refusals", whole.requests, whole.peak);
        assert!(failed > fewest, "{args}: only {failed} were refused");
    }
}

/// Files by their names below a folder.
fn named(files: &[(PathBuf, Vec<u8>)], folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let name = |path: &PathBuf| path.strip_prefix(folder).expect("a file below the folder").to_owned();
    files.iter().map(|(path, bytes)| (name(path), bytes.clone())).collect()
}

/// Builds as large as they are often, and larger: what is asked for grows with them, and stays below the limit.
#[test]
fn generated_builds_take_no_more_than_the_limit() {
    let Some(counter) = Counter::new() else { return };
    for count in [500, 2000] {
        let folder = folder();
        for (name, end) in [("old", 8), ("new", 12)] {
            fs::write(folder.path().join(name).join("x.symtypes"), symtypes(count, end)).expect("symtypes");
        }
        for args in [
            "compare old new --policy pol --format json:r --format html:h",
            "explain f1 old new",
            "explain f1 old --depth 1000",
            "suggest old new",
            "suggest old new --macros genksyms",
            "versions old",
            "exports old",
            "rules --policy pol old new",
            "consolidate old",
        ] {
            let read = bytes_below(&folder.path().join("old")) + bytes_below(&folder.path().join("new"));
            let run = counter.run(&mut command(QUESTIONS, args, folder.path()), None, 0);
            let text = error_of(&run.output);
            let is_limit = text.starts_with("error: ") && text.contains("limit") && text.lines().count() == 1;
            assert!(run.output.status.code() < Some(2) || is_limit, "{args}: {text}");
            let per_byte = run.peak / read;
            println!("{count}: {args}: {} bytes, {per_byte} per byte of input", run.peak);
            assert!(run.peak <= most(None, 2 * read, 0), "{args}: {} bytes", run.peak);
        }
    }
}

/// A limit that is reached is an error of one line, in every subcommand that needs more.
#[test]
fn a_limit_on_memory_is_kept() {
    let Some(counter) = Counter::new() else { return };
    for (program, args) in RUNS {
        let folder = folder();
        let list = folder.path().join("syms");
        let mut command = command(program, args, folder.path());
        let run = counter.run(command.args(["--limit", "memory=1K"]), Some(&list), 0);
        let text = error_of(&run.output);
        let is_error = text.lines().filter(|line| line.starts_with("error: ")).count() == 1;
        assert!(run.output.status.success() || is_error || text.is_empty(), "{args}: {text}");
        assert!(run.peak <= BESIDES, "{args}: {} bytes", run.peak);
    }
}
