//! What `dwarfksyms suggest --macros` writes for each source tree, put into a source, does what it says: gendwarfksyms computes
//! the old versions again, or genksyms sees the old words. The macros are defined here as the trees document them.
//!
//! genksyms itself is asked if `REFERENCE_GENKSYMS` names a build of it; without it, what the preprocessor leaves for genksyms
//! is compared, of which its versions are made.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use dwarfksyms_symtypes::suggest::{Advice, MACROS, Macros, Suggestion};
use dwarfksyms_tests::advised::{advice, compile, has_compiler, symtypes, versions};
use dwarfksyms_tests::path_from_environment;

/// A tree: its macros for compilers, those for genksyms, and what it calls reserved space for one member of 8 bytes.
struct Tree {
    macros: Macros,
    header: &'static str,
    reserved: &'static str,
    /// The macros that are used for each change, in the order of `CHANGES`.
    means: [&'static [&'static str]; 10],
}

/// A change of a header, whose `RESERVED` is what a tree calls that; and the lines that suggestions take the place of.
struct Change {
    name: &'static str,
    before: &'static str,
    after: &'static str,
    source: &'static str,
    places: &'static [&'static str],
}

const POINTER: &str = "void f(struct s *s) { (void)s; }";

/// What has the types of reserved space besides, as a kernel has.
const OTHERS: &str = "void f(struct s *s, u64 *p, ulong *q) { (void)s; (void)p; (void)q; }";

const CHANGES: [Change; 10] = [
    Change {
        name: "a member in a hole",
        before: "struct s {\n\tint a;\n\tlong c;\n};\n",
        after: "struct s {\n\tint a;\n\tint b;\n\tlong c;\n};\n",
        source: "struct s v;\nvoid f(struct s *s) { (void)s; }",
        places: &["\tint b;\n"],
    },
    Change {
        name: "a member at the end",
        before: "struct s {\n\tlong c;\n};\n",
        after: "struct s {\n\tlong c;\n\tint (*e)(int, char);\n};\n",
        source: POINTER,
        places: &["\tint (*e)(int, char);\n", ""],
    },
    Change {
        name: "a member of a union",
        before: "union s {\n\tlong a;\n};\n",
        after: "union s {\n\tlong a;\n\tint b;\n};\n",
        source: "void f(union s *s) { (void)s; }",
        places: &["\tint b;\n"],
    },
    Change {
        name: "another name",
        before: "struct s {\n\tint a;\n\tint c;\n};\n",
        after: "struct s {\n\tint z;\n\tint c;\n};\n",
        source: POINTER,
        places: &["\tint z;\n"],
    },
    Change {
        name: "another qualifier",
        before: "struct s {\n\tchar *a;\n\tint c;\n};\n",
        after: "struct s {\n\tconst char *a;\n\tint c;\n};\n",
        source: POINTER,
        places: &["\tconst char *a;\n"],
    },
    Change {
        name: "reserved space for one",
        before: "struct o;\nstruct s {\n\tlong a;\nRESERVED\n};\n",
        after: "struct o;\nstruct s {\n\tlong a;\n\tstruct o *b;\n};\n",
        source: OTHERS,
        places: &["\tstruct o *b;\n"],
    },
    Change {
        name: "reserved space for two",
        before: "struct s {\n\tlong a;\nRESERVED\n};\n",
        after: "struct s {\n\tlong a;\n\tint b;\n\tint c;\n};\n",
        source: OTHERS,
        places: &["\tint b;\n\tint c;\n"],
    },
    Change {
        name: "an enumerator at the end",
        before: "enum e {\n\tA,\n\tB,\n};\n",
        after: "enum e {\n\tA,\n\tB,\n\tC,\n};\n",
        source: "void f(enum e *e) { (void)e; }",
        places: &["\tC,\n"],
    },
    Change {
        name: "an enumerator before their number",
        before: "enum e {\n\tA,\n\tB,\n\tE_MAX,\n};\n",
        after: "enum e {\n\tA,\n\tB,\n\tC,\n\tE_MAX,\n};\n",
        source: "void f(enum e *e) { (void)e; }",
        places: &["\tC,\n", ""],
    },
    Change {
        name: "a parameter's qualifier",
        before: "void f(char *a);\n#define TYPE char\n",
        after: "void f(const char *a);\n#define TYPE const char\n",
        // The definition has the same words around it, which is left out here.
        source: "#ifndef __GENKSYMS__\nvoid f(TYPE *a) { (void)a; }\n#endif",
        places: &["void f(const char *a);\n"],
    },
];

/// The macros for gendwarfksyms, with a prefix and a type of reserved space.
const FOR_GENDWARFKSYMS: &str = "\
#define CHECKED(orig, new) \\
	_Static_assert(sizeof(struct { new; }) <= sizeof(struct { orig; }), \"larger\"); \\
	_Static_assert(__alignof__(struct { new; }) <= __alignof__(struct { orig; }), \"aligned otherwise\");
#define INSTEAD(orig, new) union { new; struct { orig; }; CHECKED(orig, new) }
#define P_KABI_RESERVE(n) SPACE __kabi_reserved##n
#define P_KABI_USE(n, new) INSTEAD(P_KABI_RESERVE(n), new)
#define P_KABI_USE2(n, one, other) INSTEAD(P_KABI_RESERVE(n), struct { one; other; })
#define P_KABI_IGNORE(n, new) union { new; unsigned char __kabi_ignored##n; }
#define P_KABI_REPLACE(type, name, new) INSTEAD(type __kabi_renamed##name, struct { new; })
#define P_KABI_DECLONLY(fqn) __KABI_RULE(declonly, fqn, )
#define P_KABI_ENUMERATOR_IGNORE(fqn, field) __KABI_RULE(enumerator_ignore, fqn field, )
#define P_KABI_ENUMERATOR_VALUE(fqn, field, value) __KABI_RULE(enumerator_value, fqn field, value)
#define P_KABI_BYTE_SIZE(fqn, value) __KABI_RULE(byte_size, fqn, value)
#define P_KABI_TYPE_STRING(type, text) ___KABI_RULE(type_string, type, text)
";

/// Those of `include/linux/rh_kabi.h`.
const RHEL: &str = "\
#define _RH_KABI_RESERVE(n) unsigned long rh_reserved##n
#define RH_KABI_RESERVE(n) _RH_KABI_RESERVE(n);
#ifdef __GENKSYMS__
#define RH_KABI_EXTEND(new)
#define RH_KABI_FILL_HOLE(new)
#define RH_KABI_EXTEND_ENUM(new)
#define RH_KABI_RENAME(orig, new) orig
#define RH_KABI_REPLACE(orig, new) orig;
#define RH_KABI_HIDE_INCLUDE(file) \"empty.h\"
#else
#define RH_KABI_EXTEND(new) new;
#define RH_KABI_FILL_HOLE(new) new;
#define RH_KABI_EXTEND_ENUM(new) new,
#define RH_KABI_RENAME(orig, new) new
#define RH_KABI_REPLACE(orig, new) union { new; struct { orig; } rh_kabi_hidden; };
#define RH_KABI_HIDE_INCLUDE(file) file
#endif
#define RH_KABI_USE(n, new) RH_KABI_REPLACE(_RH_KABI_RESERVE(n), new)
";

/// Those of `include/linux/android_kabi.h` before android16-6.12.
const ANDROID_GENKSYMS: &str = "\
#define _ANDROID_KABI_RESERVE(n) u64 android_kabi_reserved##n
#define ANDROID_KABI_RESERVE(n) _ANDROID_KABI_RESERVE(n)
#ifdef __GENKSYMS__
#define _ANDROID_KABI_REPLACE(orig, new) orig
#else
#define _ANDROID_KABI_REPLACE(orig, new) union { new; struct { orig; }; }
#endif
#define ANDROID_KABI_USE(n, new) _ANDROID_KABI_REPLACE(_ANDROID_KABI_RESERVE(n), new)
";

const HIDE: &[&str] = &["#ifndef __GENKSYMS__"];
const REPLACE: &[&str] = &["#ifdef __GENKSYMS__"];

const TREES: [Tree; 6] = [
    Tree {
        macros: Macros::Kernel,
        header: FOR_GENDWARFKSYMS,
        reserved: "\tKABI_RESERVE(1);",
        means: [
            &["KABI_IGNORE"],
            &["KABI_IGNORE", "KABI_BYTE_SIZE"],
            &["KABI_IGNORE"],
            &["KABI_REPLACE"],
            &["KABI_REPLACE"],
            &["KABI_USE"],
            &["KABI_USE2"],
            &["KABI_ENUMERATOR_IGNORE"],
            &["KABI_ENUMERATOR_VALUE", "KABI_ENUMERATOR_IGNORE"],
            &["KABI_TYPE_STRING"],
        ],
    },
    Tree {
        macros: Macros::Android,
        header: FOR_GENDWARFKSYMS,
        reserved: "\tANDROID_KABI_RESERVE(1);",
        means: [
            &["ANDROID_KABI_IGNORE"],
            &["ANDROID_KABI_IGNORE", "ANDROID_KABI_BYTE_SIZE"],
            &["ANDROID_KABI_IGNORE"],
            &["ANDROID_KABI_REPLACE"],
            &["ANDROID_KABI_REPLACE"],
            &["ANDROID_KABI_USE"],
            &["ANDROID_KABI_USE2"],
            &["ANDROID_KABI_ENUMERATOR_IGNORE"],
            &["ANDROID_KABI_ENUMERATOR_VALUE", "ANDROID_KABI_ENUMERATOR_IGNORE"],
            &["ANDROID_KABI_TYPE_STRING"],
        ],
    },
    Tree {
        macros: Macros::AndroidGenksyms,
        header: ANDROID_GENKSYMS,
        reserved: "\tANDROID_KABI_RESERVE(1);",
        means: [
            HIDE,
            HIDE,
            HIDE,
            REPLACE,
            REPLACE,
            &["ANDROID_KABI_USE"],
            &["ANDROID_KABI_USE"],
            HIDE,
            HIDE,
            REPLACE,
        ],
    },
    Tree {
        macros: Macros::Rhel,
        header: RHEL,
        reserved: "\tRH_KABI_RESERVE(1)",
        means: [
            &["RH_KABI_FILL_HOLE"],
            &["RH_KABI_EXTEND"],
            HIDE,
            &["RH_KABI_RENAME"],
            &["RH_KABI_REPLACE"],
            &["RH_KABI_USE"],
            &["RH_KABI_USE"],
            &["RH_KABI_EXTEND_ENUM"],
            HIDE,
            REPLACE,
        ],
    },
    Tree {
        macros: Macros::Suse,
        header: "",
        reserved: "\tvoid *suse_kabi_padding;",
        means: [HIDE, HIDE, HIDE, REPLACE, REPLACE, REPLACE, REPLACE, HIDE, HIDE, REPLACE],
    },
    Tree {
        macros: Macros::Genksyms,
        header: "",
        reserved: "\tulong reserved;",
        means: [HIDE, HIDE, HIDE, REPLACE, REPLACE, REPLACE, REPLACE, HIDE, HIDE, REPLACE],
    },
];

impl Tree {
    /// What is in front of the types.
    fn header(&self) -> String {
        let prefix = if self.macros == Macros::Android { "ANDROID_KABI" } else { "KABI" };
        let space = if self.macros == Macros::Android { "u64" } else { "unsigned long" };
        let rules = if self.macros.are_for_genksyms() { "" } else { MACROS };
        let types = "typedef unsigned long long u64;\ntypedef unsigned long ulong;\n";
        types.to_owned() + rules + &self.header.replace("P_KABI", prefix).replace("SPACE", space)
    }

    fn types(&self, text: &str) -> String {
        self.header() + &text.replace("RESERVED", self.reserved)
    }
}

/// A header with suggestions in the places of what they are about; rules at the end.
fn applied(types: &str, places: &[&str], suggestions: &[&Suggestion]) -> String {
    let mut text = types.to_owned();
    let is_of_place =
        |suggestion: &&&Suggestion| !suggestion.source.ends_with(b"\");\n") && !is_rule(suggestion);
    let mut sources = suggestions.iter().filter(is_of_place);
    for place in places.iter().filter(|place| !place.is_empty()) {
        let Some(suggestion) = sources.next() else { continue };
        assert!(text.contains(place), "{place} is not in\n{text}");
        text = text.replacen(place, &source(suggestion), 1);
    }
    assert!(sources.next().is_none(), "{suggestions:#?}");
    let rules = suggestions.iter().filter(|suggestion| is_rule(suggestion));
    text + &rules.map(|rule| source(rule)).collect::<String>()
}

fn is_rule(suggestion: &Suggestion) -> bool {
    suggestion.kind.is_rule() && suggestion.means.contains("KABI_") && !suggestion.means.starts_with("RH_")
}

fn source(suggestion: &Suggestion) -> String {
    String::from_utf8(suggestion.source.clone()).expect("UTF-8")
}

/// What the preprocessor makes of a folder's source for genksyms, in words.
fn words(object: &Path) -> Vec<String> {
    let folder = object.parent().expect("a folder");
    let output = Command::new("gcc")
        .args(["-E", "-P", "-D__GENKSYMS__", "x.c"])
        .current_dir(folder)
        .output()
        .expect("a compiler");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let is_mark = |char: char| !(char.is_alphanumeric() || char == '_' || char.is_whitespace());
    let spaced: String =
        text.chars().flat_map(|char| if is_mark(char) { vec![' ', char, ' '] } else { vec![char] }).collect();
    spaced.split_whitespace().map(str::to_owned).collect()
}

/// The versions that genksyms computes of words.
fn genksyms(tool: &Path, words: &[String], symbols: &str) -> String {
    let mut child =
        Command::new(tool).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it starts");
    let exports: String =
        symbols.lines().map(|symbol| format!("__GENKSYMS_EXPORT_SYMBOL({symbol});\n")).collect();
    let input = words.join(" ") + "\n" + &exports;
    child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success());
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Whether a tool shows the same for two objects.
fn assert_restored(tree: &Tree, objects: [&PathBuf; 3], symbols: &str, what: &str) {
    if tree.macros.are_for_genksyms() {
        let [old, new, restored] = objects.map(|object| words(object));
        assert_ne!(old, new, "{what}");
        assert_eq!(old, restored, "{what}");
        if let Some(tool) = path_from_environment("REFERENCE_GENKSYMS") {
            let [old, new, restored] = [old, new, restored].map(|words| genksyms(&tool, &words, symbols));
            assert!(old.contains("0x"), "{what}: {old}");
            assert_ne!(old, new, "{what}");
            assert_eq!(old, restored, "{what}");
        }
        return;
    }
    let ours = Path::new(env!("CARGO_BIN_EXE_gendwarfksyms-under-test")).to_owned();
    for tool in [Some(ours), path_from_environment("REFERENCE_GENDWARFKSYMS")].into_iter().flatten() {
        let [old, new, restored] = objects.map(|object| versions(&tool, object, symbols));
        assert_ne!(old, new, "{what}");
        assert_eq!(old, restored, "{what}");
    }
}

fn suggestions(advice: &[Advice]) -> Vec<&Suggestion> {
    advice.iter().flat_map(|advice| &advice.suggestions).collect()
}

#[test]
fn macros_of_trees_restore_what_their_tools_see() {
    if !has_compiler() {
        return;
    }
    for tree in &TREES {
        for (change, means) in CHANGES.iter().zip(tree.means) {
            let what = format!("{:?}: {}", tree.macros, change.name);
            let Change { before, after, source, places, .. } = change;
            let symbols = if source.contains("struct s v") { "f\nv\n" } else { "f\n" };
            let folder = tempfile::tempdir().expect("a temporary folder");
            let old = compile(folder.path(), "old", &tree.types(before), source);
            let new = compile(folder.path(), "new", &tree.types(after), source);
            let texts = [symtypes(&old, symbols), symtypes(&new, symbols)];
            let advice = advice(&texts, tree.macros);
            let suggestions = suggestions(&advice);
            let found: Vec<_> = suggestions.iter().map(|suggestion| suggestion.means).collect();
            assert_eq!(found, means, "{what}: {advice:#?}");
            assert!(advice.iter().all(|advice| !advice.restored.is_empty() && advice.remaining.is_empty()));
            let header = applied(&tree.types(after), places, &suggestions);
            let restored = compile(folder.path(), "restored", &header, source);
            assert_restored(tree, [&old, &new, &restored], symbols, &format!("{what}\n{header}"));
        }
    }
}

/// What has become visible is hidden by hiding the header that has it.
#[test]
fn definitions_are_hidden_with_their_headers() {
    if !has_compiler() {
        return;
    }
    for tree in TREES.iter().filter(|tree| tree.macros.are_for_genksyms()) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (declared, defined) = ("struct s;\n", "struct s {\n\tint a;\n};\n");
        let old = compile(folder.path(), "old", &tree.types(declared), POINTER);
        let new = compile(folder.path(), "new", &tree.types(&format!("{declared}{defined}")), POINTER);
        let texts = [symtypes(&old, "f\n"), symtypes(&new, "f\n")];
        let advice = advice(&texts, tree.macros);
        let all = suggestions(&advice);
        let [hidden] = all.as_slice() else { panic!("{advice:#?}") };
        let own = folder.path().join("restored");
        fs::create_dir_all(&own).expect("a folder");
        fs::write(own.join("hidden.h"), defined).expect("a header");
        fs::write(own.join("empty.h"), "").expect("a header");
        let include = source(hidden).replace("<...>", "\"hidden.h\"");
        let header = tree.types(&format!("{declared}{include}"));
        let restored = compile(folder.path(), "restored", &header, POINTER);
        assert_restored(tree, [&old, &new, &restored], "f\n", &header);
        assert_eq!(symtypes(&new, "f\n"), symtypes(&restored, "f\n"));
    }
}

/// What genksyms itself wrote has neither sizes nor offsets: what is suggested shows it the old words.
#[test]
fn types_of_genksyms_are_shown_to_it_as_they_were() {
    let texts = [
        "s#s struct s { int a ; s#o * b ; }\ns#o struct o { UNKNOWN }\nf int f ( s#s * )\n",
        "s#s struct s { int a ; s#o * b ; int c ; }\ns#o struct o { UNKNOWN }\nf int f ( s#s * )\n",
    ];
    let texts = texts.map(|text| text.as_bytes().to_vec());
    for macros in [Macros::Genksyms, Macros::Suse, Macros::Rhel, Macros::AndroidGenksyms] {
        let advice = advice(&texts, macros);
        let all = suggestions(&advice);
        let [only] = all.as_slice() else { panic!("{advice:#?}") };
        let expected = "struct s {\n\tint a;\n\tstruct o *b;\n#ifndef __GENKSYMS__\n\tint c;\n#endif\n};\n";
        assert_eq!(source(only), expected);
        assert_eq!((advice[0].restored.len(), advice[0].remaining.len()), (1, 0));
        let caveats: Vec<_> = advice[0].caveats.iter().map(|caveat| caveat.kind.id()).collect();
        assert_eq!(caveats, ["layout-not-stated", "not-allocated"]);
    }
    // What only gendwarfksyms understands is not for it.
    for macros in [Macros::Raw, Macros::Kernel, Macros::Android] {
        let advice = advice(&texts, macros);
        assert!(suggestions(&advice).is_empty());
        assert_eq!(advice[0].obstacles[0].kind.id(), "genksyms");
    }
    // What breaks modules is not hidden.
    let broken = texts[1].iter().map(|&byte| if byte == b'a' { b'z' } else { byte });
    let broken: Vec<u8> =
        String::from_utf8(broken.collect()).expect("UTF-8").replace("int z ; ", "").into_bytes();
    let advice = advice(&[texts[1].clone(), broken], Macros::Genksyms);
    assert!(suggestions(&advice).is_empty(), "{advice:#?}");
}

#[test]
fn what_a_macro_cannot_take_is_written_without_it() {
    if !has_compiler() {
        return;
    }
    // The number of enumerators is in a list, whose commas part arguments.
    let after = "struct s {\n\tint a;\n\tenum { X, Y } b;\n\tlong c;\n};\n";
    let folder = tempfile::tempdir().expect("a temporary folder");
    let old = compile(folder.path(), "old", CHANGES[0].before, POINTER);
    let new = compile(folder.path(), "new", after, POINTER);
    let texts = [symtypes(&old, "f\n"), symtypes(&new, "f\n")];
    for (macros, means) in [(Macros::Kernel, "union"), (Macros::Rhel, "#ifndef __GENKSYMS__")] {
        let advice = advice(&texts, macros);
        let all = suggestions(&advice);
        let found: Vec<_> =
            all.iter().map(|suggestion| (suggestion.means, macros.lack(suggestion))).collect();
        assert_eq!(found, [(means, true)]);
    }
}
