use dwarfksyms_core::{ErrorKind, Limit, Limits};

use super::*;
use crate::builds::ExportKind;

fn module(licence: &[u8], imports: &[&[u8]]) -> Module {
    Module {
        name: Some(b"some_module".to_vec()),
        licences: vec![licence.to_vec()],
        imports: imports.iter().map(|import| import.to_vec()).collect(),
        vermagic: Some(b"7.3.4 SMP mod_unload".to_vec()),
        recording: Recording::Plain,
    }
}

fn build(wanted: &[(&[u8], Option<u32>, bool)], exports: Vec<Export>, release: &str) -> Build {
    let wanted = wanted.iter().map(|&(symbol, version, is_used)| Requirement {
        symbol: symbol.to_vec(),
        version,
        is_weak: false,
        is_used,
    });
    let release = Some(release.as_bytes().to_vec());
    Build { wanted: wanted.collect(), exports, release, ..Build::nothing() }
}

fn loaded(build: Build) -> Kernel {
    Kernel { build, proprietary: BTreeSet::new(), loads_by_force: false }
}

fn exported(symbol: &[u8], version: Option<u32>) -> Export {
    Export { version, module: Some(b"vmlinux".to_vec()), ..Export::named(symbol) }
}

fn fit(build: &Build, module: &Module, file_name: &[u8], kernel: &Kernel) -> Fit {
    super::fit(build, module, file_name, kernel, &mut Budget::new(&Limits::default())).expect("within limits")
}

fn refusals(module: &Module, export: &Export) -> Vec<Mismatch> {
    let kernel = loaded(Build { exports: vec![export.clone()], ..Build::nothing() });
    let problems =
        fit(&build(&[(&export.symbol, None, true)], Vec::new(), "7.3.4"), module, b"x", &kernel).problems;
    problems.into_iter().map(|problem| problem.cause).collect()
}

#[test]
fn versions_must_be_the_same_if_there_are_any() {
    let module = module(b"GPL", &[]);
    let look = |wanted, offered, release| {
        let kernel = loaded(build(&[], vec![exported(b"f", offered)], release));
        let fit = fit(&build(&[(b"f", wanted, true)], Vec::new(), release), &module, b"x", &kernel);
        (fit.problems, fit.warnings)
    };
    let none = || (Vec::new(), Vec::new());
    assert_eq!(look(Some(1), Some(1), "7.3.4"), none());
    assert_eq!(look(Some(1), None, "7.3.4"), none());
    let problem = |cause| vec![Problem::of(b"f", cause)];
    let differs = Mismatch::Version { wanted: 1, offered: 2 };
    assert_eq!(look(Some(1), Some(2), "7.3.4"), (problem(differs), Vec::new()));
    // What is missing is refused by old kernels only, and by Debian's.
    let missing = || problem(Mismatch::Unversioned { offered: 2 });
    for release in ["7.3.4", "6.8.0-31-generic", "5.14.0-70.el9.x86_64", "5.4", "", "x"] {
        assert_eq!(look(None, Some(2), release), (Vec::new(), missing()), "{release}");
    }
    for release in [
        "4.8.17",
        "3.10.0-1160.el7.x86_64",
        "2.6.32",
        "4.9.0-8-amd64",
        "6.1.0-50-cloud-amd64",
        "7.3.4+deb13-arm64",
        "6.1.0-50-5kc-malta",
        "6.1.0-50-mips64r2el",
    ] {
        assert_eq!(look(None, Some(2), release), (missing(), Vec::new()), "{release}");
    }
}

#[test]
fn what_is_not_used_does_not_matter_but_for_the_layout() {
    let module = module(b"GPL", &[]);
    let kernel = loaded(build(&[], vec![exported(b"f", Some(1)), exported(LAYOUT, Some(2))], "7.3.4"));
    let look =
        |wanted: &[(&[u8], Option<u32>, bool)]| fit(&build(wanted, Vec::new(), ""), &module, b"x", &kernel);
    let unused = look(&[(b"f", Some(9), false), (b"gone", Some(9), false), (LAYOUT, Some(2), false)]);
    assert_eq!((unused.problems, unused.warnings), (Vec::new(), Vec::new()));
    let other = look(&[(LAYOUT, Some(9), false)]);
    assert_eq!(other.problems, [Problem::of(LAYOUT, Mismatch::Version { wanted: 9, offered: 2 })]);
    let missing = look(&[]);
    assert_eq!(missing.warnings, [Problem::of(LAYOUT, Mismatch::Unversioned { offered: 2 })]);
    // Nor do those that the loader makes itself.
    assert_eq!(look(&[(b"TOC.", None, true), (LAYOUT, Some(2), false)]).problems, []);
}

#[test]
fn what_the_kernel_exports_no_module_may() {
    let kernel = loaded(build(&[], vec![exported(b"f", None)], "7.3.4"));
    let look =
        |symbol| fit(&build(&[], vec![Export::named(symbol)], ""), &module(b"GPL", &[]), b"x", &kernel);
    assert_eq!(look(b"f").problems, [Problem::of(b"f", Mismatch::Duplicate)]);
    assert_eq!(look(b"g").problems, []);
}

#[test]
fn the_licence_must_fit() {
    let export = Export { kind: Some(ExportKind::Gpl), ..Export::named(b"f") };
    for (licence, fits) in [(&b"GPL"[..], true), (b"Dual MIT/GPL", true), (b"GPL v3", false), (b"", false)] {
        let causes = refusals(&module(licence, &[]), &export);
        assert_eq!(causes.is_empty(), fits, "{licence:?}");
    }
    let free = Export { kind: Some(ExportKind::All), ..export };
    assert_eq!(refusals(&module(b"Proprietary", &[]), &free), []);
}

#[test]
fn namespaces_are_imported_or_made_for_a_module() {
    let fits = |namespace: &[u8], imports: &[&[u8]]| {
        let export = Export { namespace: Some(namespace.to_vec()), ..Export::named(b"f") };
        refusals(&module(b"GPL", imports), &export).is_empty()
    };
    assert!(fits(b"", &[]) && fits(b"A", &[b"B", b"A"]) && !fits(b"A", &[b"B"]) && !fits(b"A", &[]));
    assert!(fits(b"module:some-module", &[]) && fits(b"module:other,some_*", &[]));
    assert!(!fits(b"module:some", &[]) && !fits(b"module:some_modules*", &[]) && !fits(b"module:", &[]));
}

#[test]
fn the_release_counts_without_versions() {
    let (a, b, c) = (b"7.3.4 SMP mod_unload", b"7.3.5 SMP mod_unload", b"7.3.4 mod_unload");
    assert!(is_same_magic(a, b, true) && !is_same_magic(a, b, false) && is_same_magic(a, a, false));
    assert!(!is_same_magic(a, c, true));
}

#[test]
fn what_is_compared_is_charged_for_each_module() {
    let module = module(b"GPL", &[b"ONE"]);
    let namespaced = Export { namespace: Some(vec![b'N'; 1 << 20]), ..exported(b"f", Some(1)) };
    let kernel = loaded(Build { exports: vec![namespaced], ..Build::nothing() });
    let wanting = build(&[(b"f", Some(1), true)], Vec::new(), "");
    // A namespace is gone through about three times for each module that wants the symbol.
    let least = 3 << 16;
    for (limit, most) in [(Limit::Work, 3 * least), (Limit::Memory, 3 << 20)] {
        let budget = &mut Budget::new(&Limits::default().with(limit, most));
        let mut fits = || super::fit(&wanting, &module, b"x", &kernel, budget);
        assert!(fits().is_ok() && fits().is_ok(), "{limit:?}");
        assert_eq!(fits().unwrap_err().kind(), ErrorKind::Limit(limit, most));
    }
}
