//! Reports for tests: an honest small one, one whose names are as bad as can be, a large one.

use std::collections::HashMap;

use dwarfksyms_core::Limits;
use dwarfksyms_core::budget::Budget;

use super::*;

/// What names may contain that breaks a format which does not escape it.
pub(super) const HOSTILE: &str = concat!(
    "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp;`` ``` ```` |pipe| \\| @team #1 !1 ",
    "[x](https://example.org) **b** https://example.org www.example.org user@example.org \u{1b}[31mred\u{1b}]8;;x\u{7} ",
    "\r\n\n# title\n</details></pre></style>\t\u{202e}txt.exe\u{2066}\u{200b}\u{0}\u{7f}\u{9b}2J {{ 7 * 7 }} {% if %}"
);

/// A function of two names, whose crate's disambiguator has changed.
const RENAMED: [&str; 2] = ["_RNvNtCs1234_6kernel4file4open", "_RNvNtCs5678_6kernel4file4open"];

/// One change of most kinds, as a comparison would report it.
pub(super) fn report() -> Report {
    let causes = vec![file(), flags(), rust(), warned(), allowed()];
    let exports = exports();
    Report {
        schema: SCHEMA,
        old: side("old/Module.symvers", 11_679),
        new: side("new/Module.symvers", 11_680),
        summary: Summary {
            unchanged: 11_640,
            added: 3,
            removed: 3,
            renamed: 1,
            changed: 37,
            moved: 2,
            missing: 1,
            unknown: 2,
            causes: 5,
            breaking: 3,
            harmless: 1,
            unclear: 1,
            allowed: 4,
            warned: 2,
            failing: 41,
        },
        causes,
        exports,
        unreached: Vec::new(),
        only_failing: false,
        notes: vec![
            "3 exports have no types on the old side: pass the objects or symtypes files of both builds"
                .to_owned(),
        ],
        unused_rules: vec!["kabi/severities:7: SYMBOL old_* PASS".to_owned()],
    }
}

/// Nothing differs.
pub(super) fn same() -> Report {
    let (old, new) = (side("a.symvers", 2), side("b.symvers", 2));
    let summary = Summary { unchanged: 2, ..Summary::default() };
    let nothing = (Vec::new(), Vec::new());
    Report {
        schema: SCHEMA,
        old,
        new,
        summary,
        causes: nothing.0,
        exports: nothing.1,
        unreached: Vec::new(),
        only_failing: false,
        notes: Vec::new(),
        unused_rules: Vec::new(),
    }
}

/// The honest report with other text in every field.
pub(super) fn with_text(text: &str) -> Report {
    let mut report = report();
    let all = |texts: &mut Vec<String>| texts.iter_mut().for_each(|field| *field = text.to_owned());
    let set = |field: &mut Option<String>| *field = Some(text.to_owned());
    for side in [&mut report.old, &mut report.new] {
        (side.path, side.kind) = (text.to_owned(), text.to_owned());
    }
    for export in &mut report.exports {
        export.symbol = text.to_owned();
        set(&mut export.demangled);
        set(&mut export.counterpart);
        set(&mut export.ruling.rule);
        for facts in [&mut export.old, &mut export.new].into_iter().flatten() {
            let Facts { version, module, kind, namespace, .. } = facts;
            [version, module, kind, namespace].into_iter().for_each(set);
        }
    }
    for cause in &mut report.causes {
        (cause.id, cause.title) = (text.to_owned(), text.to_owned());
        cause.exports = cause.exports.iter().map(|_| text.to_owned()).collect();
        [&mut cause.path, &mut cause.files].into_iter().for_each(all);
        let places = [&mut cause.declared.old, &mut cause.declared.new];
        places.into_iter().flatten().for_each(|place| place.file = text.to_owned());
        set(&mut cause.ruling.rule);
        for change in &mut cause.changes {
            change.text = text.to_owned();
            set(&mut change.subject);
        }
        cause.diff.iter_mut().for_each(|line| line.text = text.to_owned());
        let layouts = cause.layout.iter_mut().flat_map(|pair| [&mut pair.old, &mut pair.new]);
        for slot in layouts.flat_map(|layout| &mut layout.slots).filter(|slot| !slot.is_hole) {
            set(&mut slot.name);
            slot.type_name = text.to_owned();
        }
    }
    all(&mut report.notes);
    all(&mut report.unused_rules);
    report
}

/// A release against the next: so many exports and causes.
pub(super) fn large(exports: usize, causes: usize) -> Report {
    let name = |at: usize| format!("some_subsystem_do_{at:05}");
    let template = file();
    let small = report();
    let cause = |at: usize| {
        let reach = exports / (at + 1);
        let mut cause =
            CauseEntry { id: format!("s#type_{at}"), title: format!("struct type_{at}"), ..template.clone() };
        cause.verdict = Verdict::ALL[at % 3];
        cause.exports = (0..reach).map(name).collect();
        cause.layout = cause.layout.filter(|_| !at.is_multiple_of(5));
        if at == 1 {
            cause.layout = Some(paired(huge(3_000, 7), huge(3_001, 9)));
        }
        cause
    };
    let export = |at: usize| {
        let ids = (0..causes.min(exports / (at + 1))).map(|cause| format!("s#type_{cause}")).collect();
        ExportEntry { symbol: name(at), causes: ids, ..small.exports[3].clone() }
    };
    Report {
        causes: (0..causes).map(cause).collect(),
        exports: (0..exports).map(export).collect(),
        summary: Summary {
            causes,
            changed: exports,
            breaking: causes,
            failing: exports,
            ..small.summary.clone()
        },
        ..small
    }
}

/// A structure with thousands of members, and an array of a megabyte among them.
fn huge(members: u64, odd: u64) -> (u64, Vec<LayoutEntry>) {
    let mut slots = Vec::new();
    let mut offset = 0;
    for at in 0..members {
        let (size, type_name) = match at {
            100 => (8 << 20, "char [1048576]"),
            _ if at == odd => (32, "int"),
            _ => (64, "unsigned long"),
        };
        slots.push(member(offset, size, &format!("member_{at}"), type_name));
        offset += size;
        if at == odd {
            slots.push(hole(offset, 32));
            offset += 32;
        }
    }
    (offset / 8, slots)
}

fn side(path: &str, exports: usize) -> Side {
    let (path, kind) = (path.to_owned(), "Module.symvers".to_owned());
    Side { path, kind, exports, files: 1_104, has_types: true, described: None, duplicates: Vec::new() }
}

fn file() -> CauseEntry {
    let old = vec![
        member(0, 32, "f_lock", "spinlock_t"),
        member(32, 32, "f_mode", "fmode_t"),
        member(64, 64, "f_op", "const struct file_operations *"),
        member(128, 1, "f_is_open", "unsigned int"),
        member(129, 3, "f_kind", "unsigned int"),
        hole(132, 60),
        member(192, 512, "f_name", "char [64]"),
        member(704, 64, "f_private", "void *"),
    ];
    let new = vec![
        member(0, 32, "f_lock", "spinlock_t"),
        member(32, 32, "f_mode", "fmode_t"),
        member(64, 64, "f_count", "atomic_long_t"),
        member(128, 64, "f_op", "const struct file_operations *"),
        member(192, 1, "f_is_open", "unsigned int"),
        member(193, 3, "f_kind", "unsigned int"),
        hole(196, 60),
        member(256, 768, "f_name", "char [96]"),
    ];
    CauseEntry {
        id: "s#file".to_owned(),
        name_bytes: None,
        title: "struct file".to_owned(),
        verdict: Verdict::Breaks,
        changes: vec![
            change(
                "member-inserted",
                Verdict::Breaks,
                "f_count",
                "member 'f_count' was added at offset 8: what is behind it has moved",
                "Put it where there is a hole, or at the end if nobody embeds the structure.",
            ),
            change(
                "member-removed",
                Verdict::Breaks,
                "f_private",
                "member 'f_private' was removed",
                "Keep the member, or what takes its place.",
            ),
        ],
        diff: lines(
            "
 struct file {
     spinlock_t                     f_lock;              /*   0  4 */
     fmode_t                        f_mode;              /*   4  4 */
+    atomic_long_t                  f_count;             /*   8  8 */
@3 members, offsets +8
-    char                           f_name[64];          /*  24 64 */
-    void *                         f_private;           /*  88  8 */
+    char                           f_name[96];          /*  32 96 */
 };                                                      /* size: 96 -> 128 */",
        ),
        layout: Some(paired((96, old), (128, new))),
        exports: (0..30).map(|at| format!("vfs_operation_{at:02}")).collect(),
        path: texts(&["vfs_operation_00", "parameter file: struct file *", "struct file"]),
        files: texts(&["fs/open.symtypes", "fs/read_write.symtypes"]),
        file_count: 1_104,
        declared: Places { old: place("include/linux/fs.h", 912), new: place("include/linux/fs.h", 940) },
        kept_by: None,
        ruling: Ruling { level: Level::Fail, rule: None },
    }
}

fn flags() -> CauseEntry {
    CauseEntry {
        id: "e#open_flags".to_owned(),
        name_bytes: None,
        title: "enum open_flags".to_owned(),
        verdict: Verdict::Unclear,
        changes: vec![change(
            "enumerator-appended",
            Verdict::Unclear,
            "OPEN_FAST",
            "enumerator 'OPEN_FAST' (4) was added at the end",
            "Hide it from the version if old modules never see it.",
        )],
        diff: lines("\n enum open_flags {\n@3 enumerators\n+    OPEN_FAST = 4,\n };"),
        layout: None,
        exports: names(&["vfs_open", "vfs_operation_01"]),
        path: texts(&["vfs_open", "parameter flags: enum open_flags"]),
        files: texts(&["fs/open.symtypes"]),
        file_count: 1,
        declared: Places { old: place("include/linux/open.h", 7), new: place("include/linux/open.h", 7) },
        kept_by: Some(Kept {
            line: "KABI_IGNORE flags; dwarfksyms suggest has the source".to_owned(),
            steps: vec![Step {
                what: "KABI_IGNORE flags".to_owned(),
                lack: "",
                source: texts(&["KABI_IGNORE(0, struct {", "\tunsigned long flags;", "})"]),
            }],
        }),
        ruling: Ruling { level: Level::Fail, rule: None },
    }
}

fn rust() -> CauseEntry {
    CauseEntry {
        id: "_RNvNtCs1234_6kernel5print11format_info".to_owned(),
        name_bytes: None,
        title: "kernel::print::format_info".to_owned(),
        verdict: Verdict::Breaks,
        changes: vec![change(
            "parameter-type",
            Verdict::Breaks,
            "level",
            "parameter 'level' has type u32 instead of u8",
            "Export another function with the new type.",
        )],
        diff: lines(
            "\n-fn kernel::print::format_info(level: u8) -> bool;\n+fn kernel::print::format_info(level: u32) -> bool;",
        ),
        layout: None,
        exports: names(&["_RNvNtCs1234_6kernel5print11format_info"]),
        path: texts(&["_RNvNtCs1234_6kernel5print11format_info"]),
        files: Vec::new(),
        file_count: 0,
        declared: Places::default(),
        kept_by: None,
        ruling: Ruling { level: Level::Fail, rule: None },
    }
}

fn warned() -> CauseEntry {
    CauseEntry {
        id: "s#trace_state".to_owned(),
        name_bytes: None,
        title: "struct trace_state".to_owned(),
        verdict: Verdict::Breaks,
        changes: vec![change(
            "member-removed",
            Verdict::Breaks,
            "hits",
            "member 'int hits' at offset 4 was removed",
            "Keep the member, or a placeholder of its size and alignment.",
        )],
        diff: lines("\n struct trace_state {\n     int   state;   /* 0 */\n-    int   hits;    /* 4 */\n };"),
        layout: None,
        exports: names(&["trace_dump"]),
        path: texts(&["trace_dump", "parameter state: struct trace_state *"]),
        files: texts(&["kernel/trace.symtypes"]),
        file_count: 1,
        declared: Places::default(),
        kept_by: None,
        ruling: trace_rule(),
    }
}

fn trace_rule() -> Ruling {
    Ruling { level: Level::Warn, rule: Some("kabi/classes:2: difference * warn trace_*".to_owned()) }
}

fn allowed() -> CauseEntry {
    CauseEntry {
        id: "s#private_state".to_owned(),
        name_bytes: None,
        title: "struct private_state".to_owned(),
        verdict: Verdict::Harmless,
        changes: vec![change(
            "definition-visible",
            Verdict::Harmless,
            "",
            "a definition is seen where there was a declaration",
            "Nothing: or declare it only, with the kABI rule declonly.",
        )],
        diff: lines(
            "\n-struct private_state;\n+struct private_state {\n+    int                            state;               /*   0  4 */\n+};",
        ),
        layout: None,
        exports: names(&["state_get", "state_put"]),
        path: texts(&["state_get", "returns: struct private_state *"]),
        files: texts(&["drivers/state/core.symtypes"]),
        file_count: 1,
        declared: Places { old: None, new: place("drivers/state/private.h", 12) },
        kept_by: None,
        ruling: Ruling {
            level: Level::Pass,
            rule: Some("kabi/severities:3: drivers/state/* PASS".to_owned()),
        },
    }
}

fn exports() -> Vec<ExportEntry> {
    let facts = |version: &str, module: &str, kind: &str, namespace: Option<&str>| {
        let text = |text: &str| Some(text.to_owned());
        let namespace = namespace.map(ToOwned::to_owned);
        Some(Facts {
            version: text(version),
            is_computed: false,
            module: text(module),
            module_bytes: None,
            kind: text(kind),
            namespace,
            namespace_bytes: None,
        })
    };
    let (plain, gpl) = ("EXPORT_SYMBOL", "EXPORT_SYMBOL_GPL");
    let export = |symbol: &str, difference, old, new, causes: &[&str]| ExportEntry {
        symbol: symbol.to_owned(),
        symbol_bytes: None,
        demangled: crate::demangle::demangle(symbol, &mut Budget::new(&Limits::default())).unwrap(),
        difference,
        old,
        new,
        counterpart: None,
        causes: names(causes),
        ruling: Ruling { level: Level::Fail, rule: None },
    };
    let mut exports = vec![
        export("vfs_gone", Difference::Removed, facts("0x0a4e11b7", "vmlinux", gpl, None), None, &[]),
        export("vfs_new", Difference::Added, None, facts("0x11111111", "vmlinux", plain, Some("VFS")), &[]),
        export(
            "_RNvNtCs1234_6kernel5print4call",
            Difference::Added,
            None,
            facts("0x7b0de9c2", "vmlinux", gpl, None),
            &[],
        ),
        export(RENAMED[0], Difference::Removed, facts("0x5a60b21f", "vmlinux", gpl, None), None, &[]),
        export(RENAMED[1], Difference::Added, None, facts("0x5a60b21f", "vmlinux", gpl, None), &[]),
        export(
            "_RNvNtCs1234_6kernel5print11format_info",
            Difference::Changed,
            facts("0x2c1a90e4", "vmlinux", gpl, None),
            facts("0x90b1dd73", "vmlinux", gpl, None),
            &["_RNvNtCs1234_6kernel5print11format_info"],
        ),
        export(
            "vfs_operation_01",
            Difference::Changed,
            facts("0x3d5a2fc1", "vmlinux", plain, None),
            facts("0x91c7e8d5", "vmlinux", plain, None),
            &["s#file", "e#open_flags"],
        ),
        export(
            "ext_helper",
            Difference::Changed,
            facts("0x00000001", "fs/ext4/ext4", plain, None),
            facts("0x00000002", "fs/ext4/ext4", plain, None),
            &[],
        ),
        export(
            "usb_register",
            Difference::Moved,
            facts("0x55555555", "drivers/usb/core/usbcore", plain, None),
            facts("0x55555555", "vmlinux", gpl, Some("USB")),
            &[],
        ),
        export(
            "crypto_alloc",
            Difference::Moved,
            facts("0x66666666", "crypto/crypto", gpl, Some("CRYPTO")),
            facts("0x66666666", "crypto/crypto", gpl, None),
            &[],
        ),
    ];
    for (symbol, counterpart) in [(0, 1), (1, 0)] {
        let mut renamed = exports.iter_mut().filter(|export| export.symbol == RENAMED[symbol]);
        renamed.next().unwrap().counterpart = Some(RENAMED[counterpart].to_owned());
    }
    let mut listed = export("vfs_listed", Difference::Missing, None, None, &[]);
    listed.ruling.rule = Some("kabi/list:9: vfs_listed".to_owned());
    exports.push(listed);
    for (symbol, is_allowed) in [("asm_copy", true), ("vfs_hidden", false)] {
        let known = facts("0x77777777", "vmlinux", plain, None).filter(|_| !is_allowed);
        let none = facts("0", "vmlinux", plain, None).map(|facts| Facts { version: None, ..facts });
        let mut export = export(symbol, Difference::Unknown, known.or_else(|| none.clone()), none, &[]);
        export.ruling.level = Level::of(is_allowed);
        exports.push(export);
    }
    for at in 0..30 {
        let (old, new) = (format!("0x3d5a2f{at:02x}"), format!("0x91c7e8{at:02x}"));
        let symbol = format!("vfs_operation_{at:02}");
        if at != 1 {
            let old = facts(&old, "vmlinux", plain, None);
            exports.push(export(
                &symbol,
                Difference::Changed,
                old,
                facts(&new, "vmlinux", plain, None),
                &["s#file"],
            ));
        }
    }
    let mut dump = export(
        "trace_dump",
        Difference::Changed,
        facts("0x00000030", "vmlinux", gpl, None),
        facts("0x00000040", "vmlinux", gpl, None),
        &["s#trace_state"],
    );
    let old = facts("0x00000050", "vmlinux", gpl, None);
    let mut gone = export("trace_hits", Difference::Removed, old, None, &[]);
    for export in [&mut dump, &mut gone] {
        export.ruling = trace_rule();
    }
    exports.extend([dump, gone]);
    for symbol in ["state_get", "state_put"] {
        let old = facts("0x00000010", "drivers/state/core", gpl, None);
        let new = facts("0x00000020", "drivers/state/core", gpl, None);
        let mut export = export(symbol, Difference::Changed, old, new, &["s#private_state"]);
        export.ruling = allowed().ruling;
        exports.push(export);
    }
    exports.sort_by(|a, b| (b.ruling.level, &a.symbol).cmp(&(a.ruling.level, &b.symbol)));
    exports
}

fn change(class: &'static str, verdict: Verdict, subject: &str, text: &str, remedy: &'static str) -> Change {
    let subject = Some(subject).filter(|subject| !subject.is_empty());
    Change {
        class,
        verdict,
        subject: subject.map(ToOwned::to_owned),
        subject_bytes: None,
        text: text.to_owned(),
        remedy,
    }
}

/// Lines as in a diff, `@` standing for what is left out.
fn lines(text: &str) -> Vec<Line> {
    let kind_of = |mark| match mark {
        "-" => LineKind::Old,
        "+" => LineKind::New,
        "@" => LineKind::Fold,
        _ => LineKind::Same,
    };
    let lines = text.lines().filter(|line| !line.is_empty()).map(|line| line.split_at(1));
    lines.map(|(mark, text)| Line { kind: kind_of(mark), text: text.to_owned() }).collect()
}

pub(super) fn member(offset: u64, size: u64, name: &str, type_name: &str) -> LayoutEntry {
    let (name, type_name) = (Some(name.to_owned()), type_name.to_owned());
    let (size, is_hole, fate, counterpart) = (Some(size), false, Fate::Alone, None);
    LayoutEntry { offset, size, name, name_bytes: None, type_name, is_hole, fate, counterpart }
}

pub(super) fn hole(offset: u64, size: u64) -> LayoutEntry {
    let (size, name, type_name) = (Some(size), None, String::new());
    LayoutEntry {
        offset,
        size,
        name,
        name_bytes: None,
        type_name,
        is_hole: true,
        fate: Fate::Hole,
        counterpart: None,
    }
}

/// Two layouts, each with its size, in which members belong together by their names.
pub(super) fn paired(old: (u64, Vec<LayoutEntry>), new: (u64, Vec<LayoutEntry>)) -> LayoutPair {
    let ((old_size, mut old), (new_size, mut new)) = (old, new);
    let names = new.iter().enumerate().filter_map(|(at, slot)| Some((slot.name.clone()?, at)));
    let places: HashMap<String, usize> = names.collect();
    for (at, slot) in old.iter_mut().enumerate() {
        let Some(&other) = slot.name.as_ref().and_then(|name| places.get(name)) else { continue };
        let theirs = &mut new[other];
        let fate = match () {
            () if (&slot.type_name, slot.size) != (&theirs.type_name, theirs.size) => Fate::Changed,
            () if slot.offset != theirs.offset => Fate::Moved,
            () => Fate::Same,
        };
        (slot.fate, slot.counterpart) = (fate, Some(other));
        (theirs.fate, theirs.counterpart) = (fate, Some(at));
    }
    let layout = |size, slots| Layout { size, alignment: Some(8), slots };
    LayoutPair { old: layout(old_size, old), new: layout(new_size, new) }
}

fn names(names: &[&str]) -> NameList {
    names.iter().map(|&name| name.to_owned()).collect()
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn place(file: &str, line: u64) -> Option<Place> {
    Some(Place { file: file.to_owned(), file_bytes: None, line })
}
