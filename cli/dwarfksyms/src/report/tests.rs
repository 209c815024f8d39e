//! What holds for all formats: golden files, hostile names, pages for a browser.
//!
//! `DWARFKSYMS_BLESS=1` writes the formats of this build over the expected ones: look at the difference before you commit
//! it. `DWARFKSYMS_PAGES=FOLDER` has the pages written there that tests/page/run looks at.

use std::cmp::Reverse;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use proptest::prelude::*;

use super::text::Look;
use super::*;

type Render = fn(&Report) -> String;

const FORMATS: [(&str, Render); 8] = [
    ("txt", |report| text::render(report, Look::PLAIN)),
    ("json", |report| {
        let mut out = Vec::new();
        json::write(report, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }),
    ("md", markdown::render),
    ("html", |report| html::render(report).unwrap()),
    ("symbols", listing::symbols),
    ("mod-symbols", listing::modified),
    ("github", annotations::github),
    ("gitlab", |report| annotations::gitlab(report).unwrap()),
];

#[test]
fn an_honest_report_is_as_expected() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/report/golden");
    for (name, report) in [("report", sample::report()), ("same", sample::same())] {
        for (extension, render) in FORMATS {
            let path = golden.join(format!("{name}.{extension}"));
            expect(&path, &render(&report));
        }
    }
    expect(&golden.join("report.all.txt"), &text::render(&sample::report(), Look::PLAIN.with_all(true)));
    expect(&golden.join("report.ansi"), &text::render(&sample::report(), Look::narrow_and_coloured()));
}

fn expect(path: &PathBuf, text: &str) {
    if std::env::var_os("DWARFKSYMS_BLESS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    let differing = expected.lines().zip(text.lines()).position(|(expected, line)| expected != line);
    let at = differing.unwrap_or(expected.lines().count().min(text.lines().count())) + 1;
    assert!(expected == text, "{}:{at}: not what was expected", path.display());
}

#[test]
fn a_hostile_report_harms_nobody() {
    for text in [sample::HOSTILE, &sample::HOSTILE.repeat(50), &"x".repeat(10_000), ""] {
        check(&sample::with_text(text));
    }
}

#[test]
fn mentions_and_links_are_code() {
    let report = sample::with_text("@team #1 https://example.org www.example.org user@example.org");
    let text = markdown::render(&report);
    let outside = without_code(&text);
    for bad in ["@", "#1", "example"] {
        assert!(!outside.contains(bad), "{bad}: {outside}");
    }
}

#[test]
fn a_page_has_one_script_and_asks_for_nothing() {
    for report in [sample::report(), sample::with_text(sample::HOSTILE)] {
        let page = html::render(&report).unwrap().replace(include_str!("html/script.js"), "");
        for (tag, expected) in [("<script", 1), ("<style", 1), ("<link", 1), ("<img", 0), ("<iframe", 0)] {
            assert_eq!(page.matches(tag).count(), expected, "{tag}");
        }
        assert!(page.contains("default-src 'none'") && !page.contains("unsafe-inline"));
    }
    let page = html::render(&sample::report()).unwrap();
    assert!(!page.contains(" style=") && !page.contains(" src="), "nothing is styled or loaded on the way");
}

#[test]
fn findings_of_one_kind_have_different_fingerprints() {
    let fingerprints = |report: &Report| -> Vec<String> {
        let issues: serde_json::Value = serde_json::from_str(&annotations::gitlab(report).unwrap()).unwrap();
        issues.as_array().unwrap().iter().map(|issue| issue["fingerprint"].to_string()).collect()
    };
    let before = fingerprints(&sample::report());
    let mut report = sample::report();
    let change = Change { subject: None, ..report.causes[0].changes[0].clone() };
    report.causes[0].changes.extend([change.clone(), change.clone(), change]);
    let after = fingerprints(&report);
    let different: HashSet<&String> = after.iter().collect();
    assert_eq!((after.len(), different.len()), (before.len() + 3, before.len() + 3));
    // Nothing else is another finding then.
    assert!(before.iter().all(|fingerprint| different.contains(fingerprint)));
}

#[test]
fn the_text_fits_its_width() {
    let text = text::render(&sample::report(), Look::PLAIN);
    // Lines of a diff and rows of a table are not broken.
    let is_table = |line: &str| line.contains("module: ") || line.contains("0x");
    let is_prose = |line: &&str| !line.contains("/*") && !is_table(line);
    assert!(text.lines().filter(is_prose).all(|line| line.len() <= 80), "{text}");
    assert!(text.contains("vfs_operation_01 and 28 more\n") && !text.contains('\u{1b}'));
    let all = text::render(&sample::report(), Look::PLAIN.with_all(true));
    assert!(all.lines().filter(is_prose).all(|line| line.len() <= 80), "{all}");
    // What decides is in both, and the short one says what it lacks.
    for title in sample::report().causes.iter().map(|cause| &cause.title) {
        assert!(text.contains(title.as_str()) && all.contains(title.as_str()), "{title}");
    }
    assert!(text.ends_with("and all exports.\n") && !all.contains("--all"), "{text}");
    assert!(text.lines().count() < all.lines().count(), "{text}");
}

#[test]
fn causes_can_be_left_out_by_their_verdicts() {
    let mut report = sample::report();
    report.keep_verdicts(&[Verdict::Unclear]);
    let ids: Vec<_> = report.causes.iter().map(|cause| cause.id.as_str()).collect();
    assert_eq!(ids, ["e#open_flags"]);
    let symbols: Vec<_> = report.exports.iter().map(|export| export.symbol.as_str()).collect();
    assert_eq!(symbols, ["vfs_operation_01"]);
    assert!(report.exports.iter().all(|export| export.causes.iter().eq(["e#open_flags"])));
    assert_eq!(report.summary.causes, sample::report().summary.causes);
    report.keep_summary();
    let text = text::render(&report, Look::PLAIN);
    assert!(text.contains("5 causes") && !text.contains("open_flags"), "{text}");
}

#[test]
fn tables_have_all_rows_if_that_is_asked_for() {
    let mut report = sample::report();
    let template =
        report.exports.iter().find(|export| export.difference == Difference::Added).unwrap().clone();
    let added = (0..40).map(|at| ExportEntry { symbol: format!("added_{at:02}"), ..template.clone() });
    report.exports.extend(added);
    let rows = |look| text::render(&report, look).lines().filter(|line| line.contains("added_")).count();
    assert_eq!((rows(Look::PLAIN.with_all(true)), rows(Look::PLAIN) < 25), (40, true));
    assert!(text::render(&report, Look::PLAIN).contains(" more (--all)\n"));
}

#[test]
fn the_worst_comes_first() {
    let mut report = sample::report();
    report.causes.reverse();
    report.put_failing_first();
    let order: Vec<_> =
        report.causes.iter().map(|cause| (Reverse(cause.ruling.level), cause.verdict)).collect();
    assert!(order.is_sorted(), "{order:?}");
}

#[test]
fn a_comment_is_not_too_long() {
    let text = markdown::render(&sample::large(2_000, 100));
    assert!(text.len() < 65_536 && text.contains("left out"), "{}", text.len());
}

/// What holds whatever a report says.
fn check(report: &Report) {
    let is_harmful = |char: char| char != '\n' && dwarfksyms_host::message::escape(char).is_some();
    let script = include_str!("html/script.js");
    for (name, render) in FORMATS {
        let text = render(report);
        assert!(text.is_ascii() || !text.contains(is_harmful), "{name}");
        match name {
            "json" => {
                let value: serde_json::Value = serde_json::from_str(&text).unwrap();
                assert_eq!(value, serde_json::to_value(report).unwrap());
            }
            "gitlab" => {
                let issues: serde_json::Value = serde_json::from_str(&text).unwrap();
                let is_complete = |issue: &serde_json::Value| {
                    let is_text = |pointer| issue.pointer(pointer).is_some_and(serde_json::Value::is_string);
                    ["/description", "/check_name", "/fingerprint", "/severity", "/location/path"]
                        .into_iter()
                        .all(is_text)
                };
                assert!(issues.as_array().unwrap().iter().all(is_complete), "{text}");
            }
            "github" => {
                let is_annotation = |line: &str| {
                    let levels = ["::error ", "::warning ", "::notice "];
                    let properties = levels.iter().find_map(|level| line.strip_prefix(level));
                    properties.is_some_and(|text| text.starts_with("title=") || text.starts_with("file="))
                };
                assert!(text.lines().all(is_annotation), "{text}");
            }
            "symbols" => {
                let lines = text.lines().filter(|line| !line.starts_with('#')).count();
                let is_named = |export: &&ExportEntry| {
                    let is_new = export.difference == Difference::Added && export.ruling.rule.is_none();
                    !export.ruling.is_allowed() || is_new
                };
                assert_eq!(lines, report.exports.iter().filter(is_named).count());
            }
            "html" => {
                let text = text.replace(script, "");
                assert_eq!(text.matches("<script").count(), 1);
                let allowed = ["<img", "onerror=\"", "</body><"];
                assert!(allowed.iter().all(|bad| !text.contains(bad)));
            }
            "md" => {
                let outside = without_code(&text);
                assert!(!outside.contains("<script") && !outside.contains("<img"), "{outside}");
                assert_eq!(outside.matches("<details>").count(), outside.matches("</details>").count());
                assert_eq!(outside.lines().filter(|line| line.starts_with("## ")).count(), 1);
            }
            _ => {}
        }
    }
    let coloured = text::render(report, Look::narrow_and_coloured());
    let plain = anstream::adapter::strip_str(&coloured).to_string();
    assert!(!plain.contains(is_harmful));
}

/// Markdown without what is in fences, between backticks and in `<code>`, as a renderer would take it.
fn without_code(text: &str) -> String {
    let mut out = String::new();
    let mut fence = None;
    for line in text.lines() {
        let ticks = line.bytes().take_while(|&byte| byte == b'`').count();
        match fence {
            Some(long) if ticks >= long && line.len() == ticks => fence = None,
            Some(_) => {}
            None if ticks >= 3 && line.ends_with("diff") => fence = Some(ticks),
            None => {
                out.push_str(&without_spans(line));
                out.push('\n');
            }
        }
    }
    assert_eq!(fence, None, "a fence is open");
    out
}

fn without_spans(line: &str) -> String {
    let parts: Vec<_> = line.split('`').collect();
    assert!(parts.len() % 2 == 1, "{line}");
    let mut text: String = parts.into_iter().step_by(2).collect();
    while let Some(start) = text.find("<code>") {
        let end = text[start..].find("</code>").expect("a tag is open") + start;
        text.replace_range(start..end + "</code>".len(), "");
    }
    text
}

/// Pages for tests/page/run.
#[test]
fn pages_are_written_if_asked_for() {
    let Some(folder) = std::env::var_os("DWARFKSYMS_PAGES") else { return };
    let pages = [
        ("report", sample::report()),
        ("hostile", sample::with_text(sample::HOSTILE)),
        ("large", sample::large(11_000, 500)),
        ("many", sample::large(10_000, 5_000)),
    ];
    for (name, report) in pages {
        let path = Path::new(&folder).join(format!("{name}.html"));
        fs::write(path, html::render(&report).unwrap()).unwrap();
    }
}

#[test]
#[ignore = "measures how long each format takes, in a build with optimisation"]
fn a_large_report_takes_no_time() {
    let report = sample::large(11_000, 500);
    for (name, render) in FORMATS {
        let begin = Instant::now();
        let size = render(&report).len();
        println!("{name}: {size} bytes in {:?}", begin.elapsed());
    }
}

fn any_text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "`",
        "```",
        "|",
        "\\",
        "@a",
        "\n",
        "\r",
        "\u{1b}[1m",
        "\u{202e}",
        "&lt;",
        "'",
        "\"",
        " ",
        "x",
        "</details>",
        "<details>",
        "\n\n",
        "<code>",
        "</code>",
        "(",
        ")",
        ":",
        "* ",
        "1. ",
        "~~~",
        "$",
    ]);
    let chars = any::<char>().prop_map(String::from);
    let piece = prop_oneof![3 => pieces.prop_map(ToOwned::to_owned), 1 => chars];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn any_slots() -> impl Strategy<Value = Vec<LayoutEntry>> {
    let number = prop_oneof![0_u64..200, any::<u64>(), Just(u64::MAX)];
    let fate = prop::sample::select(&[Fate::Same, Fate::Moved, Fate::Changed, Fate::Wrapped, Fate::Alone]);
    let fate = (fate, prop::option::of(0_usize..60));
    let slot = (number.clone(), prop::option::of(number), prop::option::of(any_text()), any::<bool>(), fate);
    let slot = slot.prop_map(|(offset, size, name, is_hole, (fate, counterpart))| {
        let type_name = name.clone().unwrap_or_default();
        LayoutEntry { offset, size, name, name_bytes: None, type_name, is_hole, fate, counterpart }
    });
    prop::collection::vec(slot, 0..60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_report_harms_nobody(text in any_text(), old in any_slots(), new in any_slots(), size: u64) {
        let mut report = sample::with_text(&text);
        let layout = |slots| Layout { size, alignment: Some(size), slots };
        report.causes[0].layout = Some(LayoutPair { old: layout(old), new: layout(new) });
        check(&report);
    }
}
