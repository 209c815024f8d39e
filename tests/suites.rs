//! Results that the reference tool gave elsewhere: sets of cases and of kernel objects, kept outside of the
//! repository.
//!
//! * `DWARFKSYMS_GOLDEN` names a folder of golden cases. What differs must be in corpus/exceptions.toml.
//! * `DWARFKSYMS_KERNEL` names a `.tar.zst` of kernel objects, each `NAME.o` beside its `NAME.syms`,
//!   `NAME.symvers` (standard output) and `NAME.symtypes`. Nothing may differ. All objects linked into one by `ld -r`
//!   (`LD` names another linker) must give the same with `--per-unit`, but for 0.5 % of the versions, which are shown.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::process::{Command, ExitCode};

use dwarfksyms_tests::case::{Case, Run};
use dwarfksyms_tests::exceptions::Exceptions;
use dwarfksyms_tests::outcome::{Exit, Kind, first_difference};
use dwarfksyms_tests::path_from_environment;
use dwarfksyms_tests::tool::{Tool, exit_of};
use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut trials = Vec::new();
    if let Some(folder) = path_from_environment("DWARFKSYMS_GOLDEN") {
        trials.extend(golden(&folder));
    }
    if let Some(archive) = path_from_environment("DWARFKSYMS_KERNEL") {
        trials.extend(kernel(&archive));
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn tool() -> Tool {
    Tool::new(env!("CARGO_BIN_EXE_gendwarfksyms-under-test"))
}

fn golden(folder: &Path) -> Vec<Trial> {
    let exceptions = Exceptions::read("golden");
    let trial = |case: Case| {
        let exceptions = exceptions.of(&case.name);
        Trial::test(format!("golden::{}", case.name), move || {
            for run in &case.runs {
                exceptions.check(&run.name, &differing(&case, run))?;
            }
            Ok(())
        })
    };
    Case::all(folder).into_iter().map(trial).collect()
}

/// In what our results differ from the recorded ones.
fn differing(case: &Case, run: &Run) -> Vec<(String, String)> {
    let outcome = tool().run(case, run);
    let wanted: Vec<_> = run.exit.split('|').collect();
    // Where the reference crashes, any orderly end is right.
    let is_right =
        outcome.exit != Exit::Crash && (wanted.contains(&"crash") || wanted.contains(&outcome.exit.name()));
    if !is_right {
        let how = format!("{} instead of {}: {}", outcome.exit.name(), run.exit, outcome.messages.trim());
        return vec![("exit".into(), how)];
    }
    if outcome.exit != Exit::Ok || run.exit != "ok" {
        return Vec::new();
    }
    let mut differing = Vec::new();
    for kind in Kind::ALL {
        let expected = case.expected(run, kind);
        // A run that writes no symtypes file has no dumps either.
        let Some(got) = outcome.get(kind) else { continue };
        let is_unstable = run.unstable.iter().any(|unstable| unstable == kind.extension());
        if let Some(first) = expected.first()
            && !is_unstable
            && !expected.iter().any(|expected| expected == got)
        {
            differing.push((kind.extension().into(), first_difference(first, got)));
        }
    }
    differing
}

/// The files of an archive of kernel objects, by the object's name without its extension.
fn kernel(archive: &Path) -> Vec<Trial> {
    let file = File::open(archive).unwrap_or_else(|error| panic!("{}: {error}", archive.display()));
    let stream = ruzstd::decoding::StreamingDecoder::new(file).expect("a zstd stream");
    let mut objects: BTreeMap<String, BTreeMap<String, Vec<u8>>> = BTreeMap::new();
    for entry in tar::Archive::new(stream).entries().expect("a tar archive") {
        let mut entry = entry.expect("an entry of the archive");
        let path = entry.path().expect("a path").into_owned();
        let Some(extension) = path.extension() else { continue };
        let extension = extension.to_string_lossy().into_owned();
        let name = path.with_extension("").to_string_lossy().trim_start_matches("./").to_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("the contents of an entry");
        objects.entry(name).or_default().insert(extension, bytes);
    }
    let linked = objects.clone();
    let linked = Trial::test("kernel-linked", move || check_linked(&linked));
    let trial = |(name, files): (String, BTreeMap<String, Vec<u8>>)| {
        Trial::test(format!("kernel::{name}"), move || check_object(&files))
    };
    objects.into_iter().map(trial).chain([linked]).collect()
}

/// Links all objects, and compares the versions per unit with those of the objects.
fn check_linked(objects: &BTreeMap<String, BTreeMap<String, Vec<u8>>>) -> Result<(), Failed> {
    const MOST_DIFFERENT: usize = 5;
    let folder = tempfile::tempdir()?;
    let mut names = Vec::new();
    let (mut list, mut expected) = (Vec::new(), Vec::new());
    for (number, files) in objects.values().enumerate() {
        let [object, syms, symvers] = ["o", "syms", "symvers"].map(|name| files.get(name));
        let name = format!("{number}.o");
        fs::write(folder.path().join(&name), object.ok_or("a file is missing")?)?;
        names.push(name);
        list.extend_from_slice(syms.ok_or("a file is missing")?);
        expected.extend_from_slice(symvers.ok_or("a file is missing")?);
    }
    fs::write(folder.path().join("syms"), &list)?;
    let linker = path_from_environment("LD").unwrap_or_else(|| "ld".into());
    let status =
        Command::new(&linker).args(["-r", "-o", "linked"]).args(&names).current_dir(&folder).status()?;
    if !status.success() {
        return Err(format!("{} fails", linker.display()).into());
    }
    let outputs = ["-j1", "-j2", "-j5"]
        .map(|jobs| tool().start(folder.path(), &["--per-unit", jobs, "linked"].map(String::from), "syms"));
    let [first, others @ ..] = &outputs;
    if exit_of(first) != Exit::Ok {
        return Err(String::from_utf8_lossy(&first.stderr).into_owned().into());
    }
    if others.iter().any(|other| other.stdout != first.stdout) {
        return Err("the number of threads makes a difference".into());
    }
    let got: BTreeSet<&[u8]> = first.stdout.split(|&byte| byte == b'\n').collect();
    let expected: BTreeSet<&[u8]> = expected.split(|&byte| byte == b'\n').collect();
    let different: Vec<_> = expected.difference(&got).map(|line| String::from_utf8_lossy(line)).collect();
    println!("{} of {} versions are different: {different:?}", different.len(), expected.len());
    if different.len() * 1000 > expected.len() * MOST_DIFFERENT {
        return Err(different.join("\n").into());
    }
    Ok(())
}

fn check_object(files: &BTreeMap<String, Vec<u8>>) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    for name in ["o", "syms"] {
        fs::write(folder.path().join(name), files.get(name).ok_or("a file is missing")?)?;
    }
    let args = ["--symtypes", "symtypes", "o"].map(String::from);
    let output = tool().start(folder.path(), &args, "syms");
    if exit_of(&output) != Exit::Ok {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    let symtypes = fs::read(folder.path().join("symtypes"))?;
    for (name, got) in [("symvers", &output.stdout), ("symtypes", &symtypes)] {
        let expected = files.get(name).ok_or("a file is missing")?;
        if expected != got {
            return Err(format!("{name}: {}", first_difference(expected, got)).into());
        }
    }
    Ok(())
}
