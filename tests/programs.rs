//! Programs and models that nobody wrote have the reference's versions and symtypes.
//!
//! Runs if `REFERENCE_GENDWARFKSYMS` names a build of the kernel's own tool. `DWARFKSYMS_PROGRAMS` says how many there
//! are of each kind, from the number `DWARFKSYMS_SEED` on. A kind whose generator or compiler is missing is left out, which is said.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use arbitrary::{Arbitrary, Unstructured};
use dwarfksyms_core::{ErrorKind, Limits};
use dwarfksyms_tests::model::{
    Answer, Encoding, Item, Layout, Model, Numbers, Parent, Shape, Sharing, SymbolKind, Visibility, ask,
    encode, with_distinct_names,
};
use dwarfksyms_tests::path_from_environment;
use dwarfksyms_tests::program::{Program, csmith, kabi, rust};

/// How it went with the programs of a kind.
#[derive(Debug, Default)]
struct Count {
    same: usize,
    /// With symbols that have a version.
    symbols: usize,
    /// What the compiler refuses: two members with one name.
    refused: usize,
    /// What consists of itself without end, for which there is no number.
    endless: usize,
}

/// The number that a variable says, or another.
fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

/// Compares what `make` makes of each number, if there is a reference.
fn compare(kind: &str, stable: bool, default: u64, make: impl Fn(u64, &Path) -> Option<(PathBuf, Vec<u8>)>) {
    let Some(reference) = path_from_environment("REFERENCE_GENDWARFKSYMS") else { return };
    let first = number("DWARFKSYMS_SEED", 1);
    let mut count = Count::default();
    for seed in first..first + number("DWARFKSYMS_PROGRAMS", default) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let Some((object, list)) = make(seed, folder.path()) else {
            count.refused += 1;
            continue;
        };
        let bytes = fs::read(&object).expect("an object");
        let ours = ask(&bytes, &list, stable, &Limits::default());
        if ours.as_ref().is_err_and(|error| error.kind() == ErrorKind::NamelessCycle) {
            count.endless += 1;
            continue;
        }
        let ours = ours.unwrap_or_else(|error| panic!("{kind} {seed}: {error:?}"));
        let Some(theirs) = answer_of(&reference, &object, &list, stable) else {
            // Typedefs that lead to themselves through kABI unions alone: it crashes.
            count.endless += 1;
            continue;
        };
        assert_eq!(ours, theirs, "{kind} {seed}");
        count.same += 1;
        count.symbols += ours.versions.values().flatten().count();
    }
    eprintln!("{kind} from {first} on: {count:?}");
    assert!(count.same > count.endless + count.refused, "{kind}: {count:?}");
}

/// What the reference says; `None` if it crashes or goes on without end.
fn answer_of(reference: &Path, object: &Path, list: &[u8], stable: bool) -> Option<Answer> {
    let symtypes = object.with_extension("symtypes");
    let mut command = Command::new(reference);
    command.args(stable.then_some("--stable")).arg("--symtypes").arg(&symtypes).arg(object);
    let output = object.with_extension("symvers");
    let errors = object.with_extension("errors");
    let file = |path: &Path| fs::File::create(path).expect("a file");
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(file(&output))
        .stderr(file(&errors))
        .spawn()
        .unwrap_or_else(|error| panic!("{}: {error}", reference.display()));
    child.stdin.take().expect("a pipe").write_all(list).expect("it reads its list");
    let start = Instant::now();
    let status = loop {
        match child.try_wait().expect("a process") {
            Some(status) => break status,
            None if start.elapsed() > Duration::from_secs(20) => {
                let _ = child.kill();
                let _ = child.wait();
                return None;
            }
            None => std::thread::sleep(Duration::from_millis(2)),
        }
    };
    status.code()?;
    let text = |path: &Path| String::from_utf8_lossy(&fs::read(path).unwrap_or_default()).into_owned();
    assert!(status.success(), "{}: {}", object.display(), text(&errors));
    let version = |line: &str| {
        let (name, version) = line.strip_prefix("#SYMVER ")?.split_once(" 0x")?;
        let version = u32::from_str_radix(version, 16).ok()?;
        // Nothing else has the number 0 here.
        Some((name.to_owned(), Some(version).filter(|&version| version != 0)))
    };
    let versions: BTreeMap<_, _> = text(&output).lines().filter_map(version).collect();
    let line = |line: &str| line.split_once(' ').map(|(name, text)| (name.to_owned(), text.to_owned()));
    let quoted = |line: &str| {
        let end = line.find("' ")? + 1;
        Some((line[..end].to_owned(), line[end + 1..].to_owned()))
    };
    let symtypes = text(&symtypes);
    let types = symtypes.lines().filter_map(|text| match text.get(1..3) {
        Some("#'") => quoted(text),
        _ => line(text),
    });
    Some(Answer { versions, symtypes: types.collect() })
}

fn compiled(program: &Program, folder: &Path, options: &[&str]) -> Option<(PathBuf, Vec<u8>)> {
    match program.compile_c(folder, options) {
        Ok(object) => Some((object, program.list())),
        Err(message) if message.contains("duplicate member") => None,
        Err(message) => panic!("{message}\n{}", program.source),
    }
}

#[test]
fn programs_with_kabi_members_have_the_numbers_of_the_reference() {
    compare("kABI programs", true, 30, |seed, folder| {
        let options =
            Numbers(seed).choose(&["-gdwarf-5", "-gdwarf-5", "-gdwarf-4", "-gdwarf-3", "-gdwarf-2"]);
        compiled(&kabi(seed), folder, &[options])
    });
}

#[test]
fn programs_of_csmith_have_the_numbers_of_the_reference() {
    if csmith(1).is_none() {
        return eprintln!("there is no csmith");
    }
    compare("csmith programs", false, 10, |seed, folder| {
        let options =
            Numbers(seed).choose(&["-gdwarf-5", "-gdwarf-5", "-gdwarf-4", "-gdwarf-3", "-gdwarf-2"]);
        compiled(&csmith(seed)?, folder, &[options])
    });
}

#[test]
fn programs_in_rust_have_the_numbers_of_the_reference() {
    compare("Rust programs", false, 10, |seed, folder| {
        let program = rust(seed);
        let options = Numbers(seed).choose(&["-Cdwarf-version=5", "-Cdwarf-version=4"]);
        let object = program.compile_rust(folder, &[options, "-Copt-level=0"]);
        Some((object.unwrap_or_else(|message| panic!("{message}\n{}", program.source)), program.list()))
    });
}

#[test]
fn models_have_the_numbers_of_the_reference() {
    compare("models", true, 100, |seed, folder| {
        let mut numbers = Numbers(seed);
        let mut bytes = |most| -> Vec<u8> { (0..numbers.below(most)).map(|_| numbers.any() as u8).collect() };
        let model = Model::arbitrary(&mut Unstructured::new(&bytes(1500))).expect("bytes never run out");
        let mut layout = Layout::draw(&mut Unstructured::new(&bytes(100)), &model).expect("never fails");
        let encoding = Encoding { version: numbers.choose(&[5, 5, 4, 3, 2]), seed, ..Encoding::PLAIN };
        let object = encode(&simple(model), plain(&mut layout), &encoding);
        let path = folder.join("x.o");
        fs::write(&path, object).expect("a file");
        Some((path, layout.symbol_list()))
    });
}

/// A model that the reference knows all of.
fn simple(model: Model) -> Model {
    // Of two types with one name and length, it takes either.
    let mut model = with_distinct_names(model);
    // Names that look like references are references to it.
    let plain = |name: &mut Option<String>| {
        *name = name.as_ref().map(|name| name.replace(['#', '\'', ' '], "_"));
    };
    for declared in &mut model.types {
        plain(&mut declared.name);
        declared.parent = Parent::Scopes(Vec::new());
        if let Shape::Enumeration(_, enumerators) = &mut declared.shape {
            enumerators.iter_mut().for_each(|enumerator| plain(&mut enumerator.name));
        }
        if let Shape::Function(signature) = &mut declared.shape {
            signature.parameters.iter_mut().for_each(|parameter| plain(&mut parameter.name));
        }
        if let Shape::Record(_, visibility, _) | Shape::Enumeration(visibility, _) = &mut declared.shape {
            // A line table is not part of this.
            *visibility = if visibility.is_open() { Visibility::Public } else { Visibility::Declaration };
        }
        if let Shape::Record(_, _, items) = &mut declared.shape {
            items.retain(|item| !matches!(item, Item::Other(..)));
            // It stops at a member without a type.
            for member in items.iter_mut().flat_map(Item::members) {
                member.target = member.target.or(Some(0));
                plain(&mut member.name);
            }
        }
    }
    for symbol in &mut model.symbols {
        symbol.namespaces.clear();
        if let SymbolKind::Function(signature) = &mut symbol.kind {
            signature.parameters.iter_mut().for_each(|parameter| plain(&mut parameter.name));
        }
    }
    // What rules are wrong in is said in other words.
    model.rules.clear();
    model
}

/// A layout without what depends on memory addresses in the reference, or goes wrong there: the order of units counts.
fn plain(layout: &mut Layout) -> &Layout {
    layout.units = vec![layout.units.concat()];
    layout.sharing = Sharing::Copies;
    layout
}
