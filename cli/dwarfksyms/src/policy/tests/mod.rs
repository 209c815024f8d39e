//! What each format lets pass, and how files add up.

mod classes;
mod limits;
mod lists;
mod severities;

use dwarfksyms_core::Limits;

use super::*;
use crate::report::{Report, Summary, Verdict};

fn facts(version: &str, module: &str, namespace: &str) -> Facts {
    Facts {
        version: (!version.is_empty()).then(|| version.to_owned()),
        is_computed: false,
        module: Some(module.to_owned()),
        module_bytes: None,
        kind: Some("EXPORT_SYMBOL".to_owned()),
        namespace: Some(namespace.to_owned()),
        namespace_bytes: None,
    }
}

fn export(symbol: &str, difference: Difference, module: &str) -> ExportEntry {
    let old = (difference != Difference::Added).then(|| facts("0x00000001", module, ""));
    let new = (difference != Difference::Removed).then(|| facts("0x00000002", module, ""));
    let ruling = Ruling { level: Level::Fail, rule: None };
    ExportEntry {
        symbol: symbol.to_owned(),
        symbol_bytes: None,
        demangled: None,
        difference,
        old,
        new,
        counterpart: None,
        causes: NameList::default(),
        ruling,
    }
}

fn changed(symbol: &str) -> ExportEntry {
    export(symbol, Difference::Changed, "vmlinux")
}

fn cause(id: &str, changes: &[(&'static str, Verdict)], exports: &[&str]) -> CauseEntry {
    let change = |&(class, verdict): &(&'static str, Verdict)| Change {
        class,
        verdict,
        subject: None,
        subject_bytes: None,
        text: String::new(),
        remedy: "",
    };
    CauseEntry {
        id: id.to_owned(),
        name_bytes: None,
        title: id.to_owned(),
        verdict: Verdict::Breaks,
        changes: changes.iter().map(change).collect(),
        diff: Vec::new(),
        layout: None,
        exports: exports.iter().map(|&name| name.to_owned()).collect(),
        path: Vec::new(),
        files: Vec::new(),
        file_count: 0,
        declared: Default::default(),
        kept_by: None,
        ruling: Ruling { level: Level::Fail, rule: None },
    }
}

fn policy(texts: &[&str]) -> Policy {
    let mut policy = Policy::default();
    for (number, text) in texts.iter().enumerate() {
        policy.add(Path::new(&format!("p{number}")), text.as_bytes(), None).unwrap();
    }
    policy
}

fn known(symbols: &[&str]) -> Known {
    let mut known = Known::default();
    symbols.iter().for_each(|symbol| known.add_symbol(symbol, "vmlinux", ""));
    known
}

/// Whether an export is let pass, and the rule that decided.
fn ruling(policy: &Policy, export: &ExportEntry) -> (bool, String) {
    let ruling = policy.rule_on_export(export, &[]);
    (ruling.is_allowed(), ruling.rule.unwrap_or_default())
}

fn says(is_allowed: bool, rule: &str) -> (bool, String) {
    (is_allowed, rule.to_owned())
}

fn budget() -> Budget {
    Budget::new(&Limits::default())
}

fn missing_of(policy: &Policy) -> Vec<ExportEntry> {
    policy.missing(&mut Budget::new(&Limits::default())).unwrap()
}

#[test]
fn without_a_policy_only_additions_pass() {
    let policy = Policy::default();
    assert!(policy.is_empty());
    assert_eq!(ruling(&policy, &changed("f")), says(false, ""));
    assert_eq!(ruling(&policy, &export("f", Difference::Added, "vmlinux")), says(true, ""));
}

#[test]
fn a_rule_that_matches_anything_is_used_though_another_decides() {
    let texts = [
        "f FAIL\nf* PASS\nf PASS\ndrivers/* PASS\nsound/* FAIL\nNS_* PASS\nOTHER FAIL\ng PASS\n",
        "ignore-changes: f module:drivers/** module:sound/** g\n",
        "f\nM: b\nM: drivers/a/b\nM: c\ng\n",
        "class * fail\nclass member-renamed pass s#t\nverdict harmless pass u\ndifference removed pass f*\n\
         difference added fail t\nclass * pass x*\n",
    ];
    let policy = policy(&texts);
    let mut met = Known::default();
    met.add_symbol("f", "drivers/a/b", "NS_A");
    met.add_types([b"s#t".as_slice(), b"u#u"].into_iter());
    policy.meet(&met, &mut budget()).unwrap();
    let unused = [
        "p0:5: sound/* FAIL",
        "p0:7: OTHER FAIL",
        "p0:8: g PASS",
        "p1:1: module:sound/**",
        "p1:1: g",
        "p2:4: M: c",
        "p2:5: g",
        "p3:5: difference added fail t",
        "p3:6: class * pass x*",
    ];
    assert_eq!(policy.unused(), unused);
    // Several builds are met together, and where there are no types any could be there.
    let mut other = Known::default();
    other.add_symbol("g", "sound/x", "OTHER");
    policy.meet(&other, &mut budget()).unwrap();
    assert_eq!(policy.unused(), ["p2:4: M: c", "p3:5: difference added fail t"]);
}

#[test]
fn a_report_is_ruled_on_as_a_whole() {
    let policy =
        policy(&["class type-renamed pass\nf FAIL\n".lines().next().unwrap(), "f FAIL\ng PASS\nh PASS\n"]);
    let side = || crate::report::Side {
        path: String::new(),
        kind: String::new(),
        exports: 0,
        files: 0,
        has_types: true,
        described: None,
        duplicates: Vec::new(),
    };
    let with = |mut export: ExportEntry, id: &str| {
        export.causes = export.causes.iter().chain([id]).map(str::to_owned).collect();
        export
    };
    let mut report = Report {
        schema: crate::report::SCHEMA,
        old: side(),
        new: side(),
        summary: Summary::default(),
        causes: vec![
            cause("s#a", &[("type-renamed", Verdict::Harmless)], &["f"]),
            cause("s#b", &[("member-removed", Verdict::Breaks)], &["g"]),
            cause("s#c", &[("member-removed", Verdict::Breaks)], &["f", "g"]),
        ],
        exports: vec![
            with(changed("f"), "s#a"),
            with(changed("g"), "s#b"),
            with(with(changed("f"), "s#a"), "s#c"),
        ],
        unreached: Vec::new(),
        only_failing: false,
        notes: Vec::new(),
        unused_rules: Vec::new(),
    };
    policy.apply(&mut report, &mut budget()).unwrap();
    let allowed: Vec<bool> = report.exports.iter().map(|export| export.ruling.is_allowed()).collect();
    assert_eq!(allowed, [true, false, true], "by name");
    let allowed: Vec<bool> = report.causes.iter().map(|cause| cause.ruling.is_allowed()).collect();
    assert_eq!(allowed, [true, true, false]);
    assert_eq!((report.summary.allowed, report.summary.failing), (2, 1));
    assert_eq!(report.unused_rules, ["p1:3: h PASS"]);
}
