//! What lists of severities let pass.

use super::*;

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
