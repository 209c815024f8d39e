//! What rules about classes of changes let pass.

use super::*;

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
fn a_cause_is_ruled_on_for_all_exports_that_it_reaches() {
    let of_both = cause("s#a", &[("member-removed", Verdict::Breaks)], &["f", "g"]);
    for (listed, expected) in [("f", "p0:2: f"), ("g", "p0:2: g")] {
        let policy = policy(&[&format!("[list]\n{listed}\n")]);
        let ruling = policy.rule_on_cause(&of_both, &[&changed("f"), &changed("g")]);
        assert_eq!(ruling, Ruling { level: Level::Fail, rule: Some(expected.to_owned()) });
    }
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
