//! What lists of symbols, of Debian, Ubuntu and others, let pass.

use super::*;

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
