//! Versions from symtypes alone: those of every golden case are the ones that its object gives.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use dwarfksyms_core::Limits;
use dwarfksyms_symtypes::types::{Catalog, Lines, Side};
use dwarfksyms_tests::repository;

/// The symtypes of golden cases that have versions, too.
fn cases() -> impl Iterator<Item = (PathBuf, Vec<u8>, String)> {
    let golden = fs::read_dir(repository().join("corpus/golden")).expect("golden cases");
    // With versions per unit, a name has another string in each unit; a rule for an alias decides for all of its group, whose
    // symtypes show what they are (SPEC section 8).
    const OTHERS: [&str; 2] = ["per-unit", "stable-type-string-alias"];
    let cases = golden.map(|entry| entry.expect("a case").path());
    let is_other = |name: &str| OTHERS.iter().any(|other| name.starts_with(other));
    let cases =
        cases.filter(move |case| !case.file_name().and_then(|name| name.to_str()).is_some_and(is_other));
    let folders = cases.map(|case| case.join("expected"));
    let files = folders.filter_map(|folder| fs::read_dir(folder).ok()).flatten();
    let paths = files.map(|entry| entry.expect("a file").path());
    paths.filter(|path| path.extension().is_some_and(|it| it == "symtypes")).filter_map(|path| {
        let versions = fs::read_to_string(path.with_extension("symvers")).ok()?;
        let symtypes = fs::read(&path).expect("symtypes");
        Some((path, symtypes, versions))
    })
}

#[test]
fn symtypes_give_the_versions_of_their_object() {
    let mut differing = BTreeMap::new();
    let mut count = 0;
    for (path, symtypes, versions) in cases() {
        let limits = Limits::default();
        let mut catalog = Catalog::new(&limits);
        let lines = Lines::scan(&symtypes, &limits).expect("lines");
        let file = catalog.add(Side::Old, &lines).expect("no limit");
        catalog.finish().expect("no limit");
        for line in versions.lines() {
            let [_, symbol, version] = line.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
            let Some(name) = catalog.find(symbol.as_bytes()) else { continue };
            let computed = catalog
                .versions(file, &[name], &[], &mut dwarfksyms_core::budget::Budget::new(&limits))
                .expect("no limit")[0];
            count += 1;
            if computed.map(|it| format!("{it:#010x}")).as_deref() != Some(version) {
                differing.insert((path.clone(), symbol.to_owned()), computed);
            }
        }
    }
    assert!(count > 1000, "{count}");
    assert_eq!(differing, BTreeMap::new());
}
