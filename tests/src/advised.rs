//! What is suggested for sources that are compiled before a change and after it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use dwarfksyms_core::{Error, Exports, Limits, Object, Options, Versions};
use dwarfksyms_symtypes::compare::Comparison;
use dwarfksyms_symtypes::suggest::{Advice, Macros};
use dwarfksyms_symtypes::types::{Catalog, Lines, Side};

/// What kernel headers define, and the macros that rules use.
pub const PRELUDE: &str = "\
#define ___PASTE(a, b) a##b
#define __PASTE(a, b) ___PASTE(a, b)
#define __used __attribute__((used))
#define __aligned(n) __attribute__((aligned(n)))
#define __section(name) __attribute__((section(name)))
";

/// Whether a compiler is there.
pub fn has_compiler() -> bool {
    let status = Command::new("gcc").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    let is_there = status.is_ok_and(|status| status.success());
    if !is_there {
        eprintln!("skipped: there is no gcc");
    }
    is_there
}

/// Compiles a source with the header `types.h`.
///
/// # Panics
/// If it cannot be compiled.
pub fn compile(folder: &Path, name: &str, header: &str, source: &str) -> PathBuf {
    let own = folder.join(name);
    fs::create_dir_all(&own).expect("a folder");
    fs::write(own.join("types.h"), format!("{PRELUDE}{header}")).expect("a header");
    fs::write(own.join("x.c"), format!("#include \"types.h\"\n{source}\n")).expect("a source");
    let output = Command::new("gcc")
        .args(["-w", "-std=gnu11", "-O1", "-g", "-ffreestanding", "-c", "x.c", "-o", "x.o"])
        .current_dir(&own)
        .output();
    let output = output.expect("a compiler");
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name}: {messages}\n{header}\n{source}");
    own.join("x.o")
}

/// The symtypes of an object under the conventions of a stable kABI.
pub fn symtypes(object: &Path, symbols: &str) -> Vec<u8> {
    let data = fs::read(object).expect("an object");
    let limits = Limits::default();
    let exports = Exports::parse(symbols.as_bytes(), &limits).expect("a list");
    let versions = Versions::new(&exports, &limits).expect("no limit");
    let options = Options::default().stable(true);
    let object = Object::parse(&data, options, &limits).expect("an object");
    let described = object.description_with(&exports, &versions, |_| Ok::<_, Error>(()));
    let mut description = described.expect("a description");
    let lines = description.symtypes(&exports).expect("no limit");
    lines.flat_map(|(name, text)| [name, b" ", text, b"\n"].concat()).collect()
}

/// What is suggested for the change from one symtypes file to another.
pub fn advice(texts: &[Vec<u8>; 2], macros: Macros) -> Vec<Advice> {
    let limits = Limits::default();
    let mut catalog = Catalog::new(&limits);
    for (side, text) in [Side::Old, Side::New].into_iter().zip(texts) {
        catalog.add(side, &Lines::scan(text, &limits).expect("lines")).expect("no limit");
    }
    catalog.finish().expect("no limit");
    let comparison = Comparison::new(&catalog).expect("no limit");
    let found = (0..comparison.pairs()).map(|pair| comparison.compare(pair).expect("no limit")).collect();
    comparison.finish(found).expect("no limit").advice(&catalog, macros, &limits).expect("no limit")
}

/// The versions that the tool gives.
pub fn versions(tool: &Path, object: &Path, symbols: &str) -> BTreeMap<String, String> {
    let folder = object.parent().expect("a folder");
    fs::write(folder.join("syms"), symbols).expect("a list");
    let output = Command::new(tool)
        .arg("--stable")
        .arg(object)
        .stdin(fs::File::open(folder.join("syms")).expect("a list"))
        .output()
        .expect("the tool starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let line = |line: &str| {
        let [_, name, version] = *line.split(' ').collect::<Vec<_>>() else { panic!("{line}") };
        assert_ne!(version, "0x00000000", "{name}");
        (name.to_owned(), version.to_owned())
    };
    String::from_utf8(output.stdout).expect("UTF-8").lines().map(line).collect()
}
