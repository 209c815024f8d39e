//! What each format lets pass, and how files add up.

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
fn severities_are_about_modules_namespaces_and_symbols() {
    let policy =
        policy(&["# SUSE\ndrivers/a/* PASS # all\nTEST_NS PASS\nf* FAIL\n* pass\nSYMBOL unused FAIL\n"]);
    assert_eq!(
        ruling(&policy, &export("f", Difference::Changed, "drivers/a/b/c")),
        says(true, "p0:2: drivers/a/* PASS")
    );
    assert_eq!(ruling(&policy, &changed("f1")), says(false, "p0:4: f* FAIL"));
    assert_eq!(ruling(&policy, &changed("g")), says(true, "p0:5: * pass"));
    let mut in_namespace = changed("f");
    in_namespace.old = Some(facts("0x1", "vmlinux", "TEST_NS"));
    assert_eq!(ruling(&policy, &in_namespace), says(true, "p0:3: TEST_NS PASS"));
    // No pattern is of what is in no namespace.
    let spaces = self::policy(&["NAMESPACE * PASS\n"]);
    assert_eq!(ruling(&spaces, &in_namespace), says(true, "p0:1: NAMESPACE * PASS"));
    assert_eq!(ruling(&spaces, &changed("f")), says(false, ""));
    // Additions pass, and match nothing.
    assert_eq!(ruling(&policy, &export("f", Difference::Added, "vmlinux")), says(true, ""));
    assert_eq!(policy.unused(), ["p0:6: SYMBOL unused FAIL"]);
}

#[test]
fn severities_fail_by_default_and_nothing_gets_past_them_by_moving() {
    let policy = policy(&["vmlinux FAIL\ndrivers/* PASS\n"]);
    let mut moved = changed("f");
    moved.new = Some(facts("0x2", "drivers/a", ""));
    assert_eq!(ruling(&policy, &moved), says(false, "p0:1: vmlinux FAIL"));
    let mut moved_in = export("f", Difference::Changed, "drivers/a");
    moved_in.new = Some(facts("0x2", "vmlinux", ""));
    assert_eq!(ruling(&policy, &moved_in), says(false, "p0:1: vmlinux FAIL"));
    assert_eq!(ruling(&policy, &export("f", Difference::Changed, "fs/a")), says(false, ""));
}

#[test]
fn what_is_in_a_list_matters_and_nothing_else() {
    let policy = policy(&["[rhel_10_stablelist]\n  f # why\n\tg\n\n# h\n"]);
    assert_eq!(ruling(&policy, &changed("f")), says(false, "p0:2: f"));
    assert_eq!(ruling(&policy, &changed("h")), says(true, ""));
    // What is there is used; what is nowhere is missing, and fails.
    policy.meet(&known(&["f"]), &mut budget()).unwrap();
    assert_eq!(policy.unused(), ["p0:3: g"]);
    let missing: Vec<_> =
        missing_of(&policy).into_iter().map(|export| (export.symbol, export.difference)).collect();
    assert_eq!(missing, [("g".to_owned(), Difference::Missing)]);
    assert_eq!(ruling(&policy, &missing_of(&policy)[0]), says(false, "p0:3: g"));
    policy.meet(&known(&["g"]), &mut budget()).unwrap();
    assert!(policy.unused().is_empty() && missing_of(&policy).is_empty());
}

#[test]
fn what_is_missing_can_be_let_pass_by_a_rule_before() {
    for (rules, expected) in
        [("g* PASS\n", says(true, "p0:1: g* PASS")), ("h PASS\n", says(false, "p1:2: g"))]
    {
        let policy = policy(&[rules, "[list]\ng\n"]);
        policy.meet(&known(&["f"]), &mut budget()).unwrap();
        assert_eq!(ruling(&policy, &missing_of(&policy)[0]), expected);
    }
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
fn severities_let_pass_what_cannot_break_a_module() {
    let policy = policy(&["f FAIL\ng PASS\nvmlinux FAIL\n"]);
    let moved = |symbol: &str, old: Facts, new: Facts| {
        let mut export = export(symbol, Difference::Moved, "drivers/a");
        (export.old, export.new) = (Some(old), Some(new));
        export
    };
    let gpl = |facts| Facts { kind: Some("EXPORT_SYMBOL_GPL".to_owned()), ..facts };
    let plain = |module, namespace| facts("0x1", module, namespace);
    for (old, new, expected) in [
        (plain("a/b", ""), plain("c/d", ""), true),
        (plain("a/b", ""), plain("vmlinux", ""), true),
        (gpl(plain("a/b", "")), plain("a/b", ""), true),
        (plain("a/b", "NS"), plain("a/b", ""), true),
        (plain("a/b", ""), gpl(plain("a/b", "")), false),
        (plain("a/b", ""), plain("a/b", "NS"), false),
        (plain("a/b", "NS"), plain("c/d", "OTHER"), false),
    ] {
        let text = format!("{old:?} {new:?}");
        let export = moved("f", old, new);
        let rule = if expected { "" } else { "p0:1: f FAIL" };
        assert_eq!(ruling(&policy, &export), says(expected, rule), "{text}");
        let export = ExportEntry { symbol: "h".to_owned(), ..export };
        assert_eq!(policy.rule_on_export(&export, &[]).is_allowed(), expected, "{text}");
    }
    // A new version is more than that.
    let mut changed = moved("f", plain("a/b", "NS"), plain("a/b", ""));
    changed.difference = Difference::Changed;
    assert_eq!(ruling(&policy, &changed), says(false, "p0:1: f FAIL"));
    assert_eq!(ruling(&policy, &moved("g", plain("a/b", ""), plain("c/d", ""))), says(true, "p0:2: g PASS"));
}

#[test]
fn a_cause_is_ruled_on_for_all_exports_that_it_reaches() {
    let of_both = cause("s#a", &[("member-removed", Verdict::Breaks)], &["f", "g"]);
    for (listed, expected) in [("f", "p0:2: f"), ("g", "p0:2: g")] {
        let policy = policy(&[&format!("[list]\n{listed}\n")]);
        let ruling = policy.rule_on_cause(&of_both, &[&changed("f"), &changed("g")]);
        assert_eq!(ruling, Ruling { level: Level::Fail, rule: Some(expected.to_owned()) });
    }
}

#[test]
fn locked_versions_may_be_restored() {
    let policy =
        policy(&["0x00000002\tf\tvmlinux\tEXPORT_SYMBOL\n0x00000003\tg\tvmlinux\tEXPORT_SYMBOL\t\n"]);
    assert_eq!(ruling(&policy, &changed("f")), says(true, "p0:1: f"));
    assert_eq!(ruling(&policy, &changed("g")), says(false, "p0:2: g"));
    assert_eq!(ruling(&policy, &export("f", Difference::Removed, "vmlinux")), says(false, "p0:1: f"));
    assert_eq!(ruling(&policy, &changed("h")), says(true, ""));
}

#[test]
fn debian_ignores_patterns_of_names_and_modules() {
    let text = "[base]\narches: amd64\n f\n[abi]\nignore-changes: a*\n # no pattern\n name:b?\n module:drivers/*\n \
                module:fs/**\nother:\n g\n";
    let policy = policy(&[text]);
    assert_eq!(ruling(&policy, &changed("abc")), says(true, "p0:5: a*"));
    assert_eq!(ruling(&policy, &changed("bc")), says(true, "p0:7: name:b?"));
    assert_eq!(
        ruling(&policy, &export("x", Difference::Changed, "fs/a/b")),
        says(true, "p0:9: module:fs/**")
    );
    assert_eq!(ruling(&policy, &export("x", Difference::Changed, "drivers/a/b")), says(false, ""));
    for symbol in ["f", "g"] {
        assert_eq!(ruling(&policy, &changed(symbol)), says(false, ""));
    }
    let mut unversioned = changed("abc");
    unversioned.new = Some(facts("", "vmlinux", ""));
    assert_eq!(ruling(&policy, &unversioned), says(false, ""));
}

#[test]
fn of_a_module_and_its_name_the_first_line_counts() {
    for (rules, expected) in
        [("M: b\nM: drivers/a/b\n", "p0:1: M: b"), ("M: drivers/a/b\nM: b\n", "p0:1: M: drivers/a/b")]
    {
        let export = export("f", Difference::Changed, "drivers/a/b");
        assert_eq!(ruling(&policy(&[rules]), &export), says(true, expected));
    }
}

#[test]
fn ubuntu_lets_symbols_move() {
    let policy = policy(&["f\nM: drivers/a\n# x\nM: b\n"]);
    assert_eq!(ruling(&policy, &changed("f")), says(true, "p0:1: f"));
    assert_eq!(
        ruling(&policy, &export("x", Difference::Changed, "drivers/a")),
        says(true, "p0:2: M: drivers/a")
    );
    assert_eq!(ruling(&policy, &export("x", Difference::Removed, "fs/b")), says(true, "p0:4: M: b"));
    assert_eq!(ruling(&policy, &changed("x")), says(false, ""));
    let mut moved = export("x", Difference::Moved, "vmlinux");
    moved.new = Some(facts("0x1", "fs/a", ""));
    assert_eq!(ruling(&policy, &moved), says(true, ""));
    // That is more than a move.
    moved.new = Some(Facts { kind: Some("EXPORT_SYMBOL_GPL".to_owned()), ..facts("0x1", "fs/a", "") });
    assert_eq!(ruling(&policy, &moved), says(false, ""));
}

#[test]
fn classes_are_about_changes() {
    let text = "class member-renamed pass   # always\nclass member-appended pass s#my_*\nclass * fail bad\n\
                verdict harmless pass\ndifference removed pass gone_*\ndifference added fail\n";
    let policy = policy(&[text]);
    let renamed = cause("s#a", &[("member-renamed", Verdict::Harmless)], &["f"]);
    let mine = cause("s#my_b@2", &[("member-appended", Verdict::Unclear)], &["f"]);
    let other =
        cause("s#b", &[("member-appended", Verdict::Unclear), ("type-renamed", Verdict::Harmless)], &["f"]);
    let bad = cause("s#'bad'", &[("type-renamed", Verdict::Harmless)], &["f"]);
    let f = changed("f");
    let on = |causes: &[&CauseEntry]| policy.rule_on_export(&f, causes);
    let rule = |is_allowed, rule: &str| Ruling {
        level: Level::of(is_allowed),
        rule: (!rule.is_empty()).then(|| rule.to_owned()),
    };
    assert_eq!(on(&[&renamed, &mine]), rule(true, "p0:1: class member-renamed pass"));
    assert_eq!(on(&[&mine]), rule(true, "p0:2: class member-appended pass s#my_*"));
    // One change that is not let pass is enough.
    assert_eq!(on(&[&renamed, &other]), rule(false, ""));
    assert_eq!(on(&[&bad]), rule(false, "p0:3: class * fail bad"));
    assert_eq!(on(&[]), rule(false, ""));
    assert_eq!(policy.rule_on_cause(&mine, &[&f]), rule(true, "p0:2: class member-appended pass s#my_*"));
    assert_eq!(policy.rule_on_cause(&mine, &[]), rule(true, "p0:2: class member-appended pass s#my_*"));
    assert_eq!(policy.rule_on_cause(&other, &[&f]), rule(false, ""));
    let gone = export("gone_f", Difference::Removed, "vmlinux");
    assert_eq!(policy.rule_on_export(&gone, &[]), rule(true, "p0:5: difference removed pass gone_*"));
    let added = export("new", Difference::Added, "vmlinux");
    assert_eq!(policy.rule_on_export(&added, &[]), rule(false, "p0:6: difference added fail"));
    assert!(policy.unused().is_empty());
}

#[test]
fn a_pattern_of_a_rule_can_be_a_symbol() {
    let policy = policy(&["class member-appended pass f_*\n"]);
    let cause = cause("s#a", &[("member-appended", Verdict::Unclear)], &["f_1", "g"]);
    let (f, g) = (changed("f_1"), changed("g"));
    assert!(policy.rule_on_export(&f, &[&cause]).is_allowed());
    assert!(!policy.rule_on_export(&g, &[&cause]).is_allowed());
    // The cause is let pass if it is for all that it reaches.
    assert!(policy.rule_on_cause(&cause, &[&f]).is_allowed());
    assert!(!policy.rule_on_cause(&cause, &[&f, &g]).is_allowed());
}

#[test]
fn files_count_in_their_order_and_a_list_says_what_matters() {
    let texts = ["verdict harmless pass\n", "[list]\nf\n", "g FAIL\n"];
    let policy = policy(&texts);
    let harmless = cause("s#a", &[("member-renamed", Verdict::Harmless)], &["f"]);
    let breaks = cause("s#b", &[("member-removed", Verdict::Breaks)], &["f"]);
    let f = changed("f");
    assert!(policy.rule_on_export(&f, &[&harmless]).is_allowed());
    assert_eq!(policy.rule_on_export(&f, &[&breaks]).rule.as_deref(), Some("p1:2: f"));
    assert_eq!(ruling(&policy, &changed("g")), says(false, "p2:1: g FAIL"));
    assert_eq!(ruling(&policy, &changed("h")), says(true, ""));
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

#[test]
fn verdicts_are_matched_by_their_names() {
    let policy = policy(&["verdict breaks fail b\nverdict unclear pass u\nverdict * pass any\n"]);
    let on = |symbol: &str, verdict| {
        let cause = cause("s#a", &[("member-removed", verdict)], &[symbol]);
        policy.rule_on_export(&changed(symbol), &[&cause]).rule.unwrap_or_default()
    };
    assert_eq!(on("b", Verdict::Breaks), "p0:1: verdict breaks fail b");
    assert_eq!(on("u", Verdict::Unclear), "p0:2: verdict unclear pass u");
    for verdict in [Verdict::Breaks, Verdict::Unclear, Verdict::Harmless] {
        assert_eq!(on("any", verdict), "p0:3: verdict * pass any");
    }
    assert_eq!((on("b", Verdict::Unclear), on("u", Verdict::Breaks)), (String::new(), String::new()));
}

#[test]
fn a_cause_is_matched_without_its_number() {
    let policy = policy(&["class * pass s#a\n"]);
    for (id, expected) in
        [("s#a", true), ("s#a@12", true), ("s#a@", false), ("s#a@b", false), ("s#a@1b", false)]
    {
        let cause = cause(id, &[("member-removed", Verdict::Breaks)], &["f"]);
        assert_eq!(policy.rule_on_export(&changed("f"), &[&cause]).is_allowed(), expected, "{id}");
    }
}

#[test]
fn severities_can_say_what_a_pattern_is_of() {
    let policy = policy(&["MODULE net* PASS\nNAMESPACE ns_* PASS\nSYMBOL A PASS\nMixed_* PASS\n_1* PASS\n"]);
    let in_namespace = |namespace: &str| {
        let mut export = changed("x");
        export.old = Some(facts("0x1", "vmlinux", namespace));
        export
    };
    assert_eq!(
        ruling(&policy, &export("x", Difference::Changed, "net_a")),
        says(true, "p0:1: MODULE net* PASS")
    );
    assert_eq!(ruling(&policy, &in_namespace("ns_a")), says(true, "p0:2: NAMESPACE ns_* PASS"));
    assert_eq!(ruling(&policy, &changed("A")), says(true, "p0:3: SYMBOL A PASS"));
    // Without a word, capitals alone are a namespace.
    assert_eq!(ruling(&policy, &changed("Mixed_a")), says(true, "p0:4: Mixed_* PASS"));
    assert_eq!(ruling(&policy, &changed("_1a")), says(true, "p0:5: _1* PASS"));
    for namespace in ["A", "Mixed_a", "_1a"] {
        assert_eq!(ruling(&policy, &in_namespace(namespace)), says(false, ""), "{namespace}");
    }
}

#[test]
fn what_cannot_break_a_module_passes_with_severities_alone() {
    let mut moved = export("f", Difference::Moved, "a/b");
    moved.new = Some(facts("0x1", "c/d", ""));
    assert_eq!(ruling(&policy(&["g FAIL\n"]), &moved), says(true, ""));
    assert_eq!(ruling(&policy(&["class * pass\n"]), &moved), says(false, ""));
}

#[test]
fn it_is_known_whether_a_rule_is_about_types() {
    for (text, expected) in [
        ("class * pass s#*\n", true),
        ("verdict harmless pass f\n", true),
        ("class * pass\n", false),
        ("difference removed pass f*\n", false),
        ("f PASS\n", false),
    ] {
        assert_eq!(policy(&[text]).has_patterns_of_types(), expected, "{text}");
    }
}

#[test]
fn bytes_are_counted() {
    let both = policy(&["f PASS\n", "[list]\ng\n"]);
    assert_eq!((both.bytes(), both.is_empty()), (7 + 9, false));
    let mut known = Known::default();
    known.add_symbol("symbol", "module", "NS");
    known.add_types([b"s#type".as_slice()].into_iter());
    assert_eq!(known.bytes(), 6 + 6 + 2 + 6);
}

#[test]
fn matching_is_paid_for() {
    const RULES: usize = 500;
    // What each pattern needs is in the name, so that each is tried, and none matches.
    let patterns = |before: &str, behind: &str| format!("{before}a?{behind}\n").repeat(RULES);
    let texts = [
        patterns("SYMBOL ", " FAIL"),
        patterns("MODULE ", " PASS"),
        patterns("NAMESPACE ", " PASS"),
        format!("ignore-changes:\n{}", patterns(" ", "")),
        format!("ignore-changes:\n{}", patterns(" module:", "")),
        patterns("class * pass ", ""),
    ];
    let mut met = Known::default();
    met.add_symbol("abc", "abc", "abc");
    for text in &texts {
        let mut budget = budget();
        let rules = policy(&[text]);
        rules.meet(&met, &mut budget).unwrap();
        // Steps for a pattern, the text, and for what was looked up before.
        let spent = budget.spent().work;
        let least = RULES as u64 * (16 + 3 + 4);
        assert!((least..2 * least).contains(&spent), "{spent} {}", &text[..20]);
        // It is paid once.
        let before = spent;
        rules.meet(&Known::default(), &mut budget).unwrap();
        assert!(budget.spent().work < before + 100);
        let mut little = Budget::new(&Limits::default().with(dwarfksyms_core::Limit::Work, least - 1));
        assert!(policy(&[text]).meet(&met, &mut little).is_err());
    }
    // A rule without a pattern is looked at, too.
    let text = "difference removed pass\n".repeat(RULES);
    let mut budget = budget();
    policy(&[&text]).meet(&met, &mut budget).unwrap();
    assert!(budget.spent().work >= RULES as u64);
}

#[test]
fn what_may_be_in_a_file_is_limited() {
    let add = |contents: &[u8], format| Policy::default().add(Path::new("p"), contents, Some(format));
    let mut contents = b"f PASS\n#".to_vec();
    contents.resize(LARGEST, b'x');
    add(&contents, PolicyFormat::Severities).unwrap();
    contents.push(b'x');
    let error = add(&contents, PolicyFormat::Severities).unwrap_err();
    assert!(error.to_string().contains("too large"), "{error}");

    let rules = |count: usize| "verdict * pass\n".repeat(count);
    add(rules(4096).as_bytes(), PolicyFormat::Classes).unwrap();
    let error = add(rules(4097).as_bytes(), PolicyFormat::Classes).unwrap_err();
    assert!(error.to_string().starts_with("line 4097: more than 4096 rules"), "{error}");
    // Two lines of which the second has one byte too many, or has not.
    let long = |bytes: usize| format!("verdict * pass x\nverdict * pass {}\n", "x".repeat(bytes - 15 - 16));
    add(long(256 << 10).as_bytes(), PolicyFormat::Classes).unwrap();
    let error = add(long((256 << 10) + 1).as_bytes(), PolicyFormat::Classes).unwrap_err();
    assert!(error.to_string().starts_with("line 2: more than"), "{error}");
}

#[test]
fn formats_are_recognised_or_stated() {
    let cases = [
        ("vmlinux PASS\n", Some("severities")),
        ("# x\n\nSYMBOL a* FAIL", Some("severities")),
        ("[list]\na\n", Some("stablelist")),
        ("0x1\ta\tvmlinux\n", Some("kabi")),
        ("[abi]\nignore-changes:\n a\n", Some("debian")),
        ("a\nM: b\n", Some("ubuntu")),
        ("class * pass\n", Some("classes")),
        ("class PASS\n", Some("severities")),
        ("a\nb\n", None),
        ("a text that is none\n", None),
        ("", None),
    ];
    for (text, expected) in cases {
        assert_eq!(PolicyFormat::of(text).ok().map(PolicyFormat::name), expected, "{text}");
    }
    let source = |argument: &str| Source::of(OsStr::new(argument));
    assert_eq!(source("debian:a:b"), Source { format: Some(PolicyFormat::Debian), path: "a:b".into() });
    for path in ["./debian:a", "fedora:a", "a"] {
        assert_eq!(source(path), Source { format: None, path: path.into() });
    }
}

#[test]
fn what_is_refused_names_file_and_line() {
    let refused = |format: &str, text: &[u8]| {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        std::io::Write::write_all(&mut file, text).unwrap();
        let path = file.path().as_os_str().as_bytes();
        let argument = [format.as_bytes(), b":", path].concat();
        let error = Policy::load(&[Source::of(OsStr::from_bytes(&argument))]).unwrap_err();
        let text = format!("{error:#}");
        text.strip_prefix(&format!("{}: ", file.path().display())).expect("the file's name").to_owned()
    };
    let cases: [(&str, &[u8], &str); 11] = [
        ("severities", b"\na\n", "line 2: not '[MODULE|NAMESPACE|SYMBOL] PATTERN PASS|FAIL': 'a'"),
        (
            "severities",
            b"a PASS\nx\x1b[2J y z\n",
            "line 2: not '[MODULE|NAMESPACE|SYMBOL] PATTERN PASS|FAIL': 'x\\u{1b}[2J y z'",
        ),
        ("stablelist", b"[a]\nb c\n", "line 2: not the name of a symbol: 'b c'"),
        ("kabi", b"0x1\ta\tvmlinux\nb\n", "line 2: not a line of Module.symvers: 'b'"),
        ("debian", b"a: b\n", "there is no entry 'ignore-changes:' in it"),
        ("debian", b"ignore-changes:\n file:a\n", "line 2: not 'name:PATTERN' or 'module:PATTERN': 'file:a'"),
        ("ubuntu", b"M:\n", "line 1: not 'SYMBOL' or 'M: MODULE': 'M:'"),
        ("classes", b"class no-such pass\n", "line 1: there is no class 'no-such'"),
        (
            "classes",
            b"verdict harmless\n",
            "line 1: not 'verdict harmless pass|warn|fail [PATTERN]': 'verdict harmless'",
        ),
        (
            "classes",
            b"# x\ntype a pass\n",
            "line 2: a rule begins with class, verdict, difference, member, file or declared, not 'type'",
        ),
        ("ubuntu", b"a\n\xff\n", "line 2: not UTF-8"),
    ];
    for (format, text, expected) in cases {
        assert_eq!(refused(format, text), expected);
    }
}
