//! Sources are compiled before a change, after it, and with what is suggested. Without a compiler, only the objects of the corpus are tried.

use std::fs;
use std::path::{Path, PathBuf};

use dwarfksyms_symtypes::suggest::{Advice, MACROS, Suggestion};
use dwarfksyms_tests::advised::{self, has_compiler, symtypes, versions};
use dwarfksyms_tests::repository;

use crate::advice_for;

/// A change: the header before and after, the source, and the kinds that are suggested.
struct Change {
    name: &'static str,
    before: &'static str,
    after: &'static str,
    source: &'static str,
    symbols: &'static str,
    kinds: &'static [&'static str],
}

const POINTER: &str = "void f(struct s *s) { (void)s; }";

const CHANGES: &[Change] = &[
    Change {
        name: "member in a hole",
        before: "struct s {\n\tint a;\n\tlong int c;\n};\n",
        after: "struct s {\n\tint a;\n\tint b;\n\tlong int c;\n};\n",
        source: "struct s v;\n_Static_assert(__builtin_offsetof(struct s, c) == 8, \"\");\nvoid f(struct s *s) { (void)s; }",
        symbols: "f\nv\n",
        kinds: &["__kabi_ignored"],
    },
    Change {
        name: "members at the end",
        before: "struct s {\n\tint a;\n\tlong int c;\n};\n",
        after: "struct s {\n\tint a;\n\tlong int c;\n\tint *d;\n\tint (*e)(int, long int);\n};\n",
        source: POINTER,
        symbols: "f\n",
        kinds: &["__kabi_ignored", "__kabi_ignored", "byte_size"],
    },
    Change {
        name: "bit-fields in a hole",
        before: "struct s {\n\tlong int a;\n\tunsigned int b : 3;\n\tlong int c;\n};\n",
        after: "struct s {\n\tlong int a;\n\tunsigned int b : 3;\n\tunsigned int d : 2;\n\tlong int c;\n};\n",
        source: POINTER,
        symbols: "f\n",
        kinds: &["type_string"],
    },
    Change {
        name: "bit-fields in a unit of their own",
        before: "struct s {\n\tint a;\n\tlong int c;\n};\n",
        after: "struct s {\n\tint a;\n\tunsigned int b : 3;\n\tunsigned int d : 2;\n\tlong int c;\n};\n",
        source: POINTER,
        symbols: "f\n",
        kinds: &["__kabi_ignored"],
    },
    Change {
        name: "member of a union",
        before: "union s {\n\tlong int a;\n};\n",
        after: "union s {\n\tlong int a;\n\tint b;\n};\n",
        source: "union s v;",
        symbols: "v\n",
        kinds: &["__kabi_ignored"],
    },
    Change {
        name: "member in a nameless structure",
        before: "struct s {\n\tstruct {\n\t\tint x;\n\t\tlong int y;\n\t} a;\n};\n",
        after: "struct s {\n\tstruct {\n\t\tint x;\n\t\tint z;\n\t\tlong int y;\n\t} a;\n};\n",
        source: POINTER,
        symbols: "f\n",
        kinds: &["__kabi_ignored"],
    },
    Change {
        name: "another name",
        before: "struct s {\n\tint a;\n\tint b;\n};\n",
        after: "struct s {\n\tint a;\n\tint z;\n};\n",
        source: "struct s v;",
        symbols: "v\n",
        kinds: &["__kabi_renamed"],
    },
    Change {
        name: "another name at the end of what others lead to",
        before: "struct s {\n\tint a;\n\tint b;\n};\nstruct t {\n\tstruct s *first;\n\tint last;\n};\n",
        after: "struct s {\n\tint a;\n\tint z;\n};\nstruct t {\n\tstruct s *first;\n\tint last;\n};\n",
        source: "void f(struct t *t) { (void)t; }",
        symbols: "f\n",
        kinds: &["type_string"],
    },
    Change {
        name: "another name in the middle of what others lead to",
        before: "struct s {\n\tint a;\n\tint b;\n\tint c;\n};\nstruct t {\n\tstruct s *first;\n\tint last;\n};\n",
        after: "struct s {\n\tint a;\n\tint z;\n\tint c;\n};\nstruct t {\n\tstruct s *first;\n\tint last;\n};\n",
        source: "void f(struct t *t) { (void)t; }",
        symbols: "f\n",
        kinds: &["__kabi_renamed"],
    },
    Change {
        name: "another name of what leads to members",
        before: "struct o {\n\tint n;\n};\nstruct s {\n\tstruct o *a;\n\tint (*b)(int);\n\tint c;\n};\n",
        after: "struct o {\n\tint n;\n};\nstruct s {\n\tstruct o *z;\n\tint (*y)(int);\n\tint c;\n};\n",
        source: POINTER,
        symbols: "f\n",
        kinds: &["type_string"],
    },
    Change {
        name: "another qualifier",
        before: "struct s {\n\tchar *a;\n};\n",
        after: "struct s {\n\tconst char *a;\n};\n",
        source: "struct s v;",
        symbols: "v\n",
        kinds: &["__kabi_renamed"],
    },
    Change {
        name: "a union around a member",
        before: "struct s {\n\tint z;\n\tlong int a;\n};\n",
        after: "struct s {\n\tint z;\n\tunion {\n\t\tlong int a;\n\t\tint b;\n\t};\n};\n",
        source: "struct s v;",
        symbols: "v\n",
        kinds: &["__kabi_renamed"],
    },
    Change {
        name: "reserved space for one",
        before: "struct s {\n\tint a;\n\tlong int __kabi_reserved_0;\n\tlong int __kabi_reserved_1;\n};\n",
        after: "struct o;\nstruct s {\n\tint a;\n\tstruct o *b;\n\tlong int __kabi_reserved_1;\n};\n",
        source: "struct s v;",
        symbols: "v\n",
        kinds: &["__kabi_reserved"],
    },
    Change {
        name: "reserved space for several",
        before: "struct s {\n\tint a;\n\tlong int __kabi_reserved_0[2];\n};\n",
        after: "struct s {\n\tint a;\n\tint b;\n\tint c[1];\n\tint d;\n\tint e;\n};\n",
        source: "struct s *f(void) { return 0; }",
        symbols: "f\n",
        // One of them was where a hole is.
        kinds: &["__kabi_reserved", "__kabi_ignored"],
    },
    Change {
        name: "enumerators and their number",
        before: "enum e { A, B, E_MAX };\n",
        after: "enum e { A, B, C, D, E_MAX };\n",
        source: "void f(enum e e) { (void)e; }",
        symbols: "f\n",
        kinds: &["enumerator_value", "enumerator_ignore", "enumerator_ignore"],
    },
    Change {
        name: "another name for an enumerator",
        before: "enum e { A, B };\n",
        after: "enum e { A, C };\n",
        source: "void f(enum e e) { (void)e; }",
        symbols: "f\n",
        kinds: &["type_string"],
    },
    Change {
        name: "a definition",
        before: "struct s;\n",
        after: "struct s {\n\tint a;\n};\n",
        source: POINTER,
        symbols: "f\n",
        kinds: &["declonly"],
    },
    Change {
        name: "a parameter's name",
        before: "struct s { int a; };\nvoid f(struct s *a);\n#define NAME a\n",
        after: "struct s { int a; };\nvoid f(struct s *b);\n#define NAME b\n",
        source: "void f(struct s *NAME) { (void)NAME; }\nvoid g(void (*h)(struct s)) { (void)h; }",
        symbols: "f\ng\n",
        kinds: &["type_string"],
    },
    Change {
        name: "an alignment",
        before: "struct s {\n\tint a;\n\tint b;\n};\n",
        after: "struct s {\n\tint a;\n\tint b;\n} __attribute__((aligned(8)));\n",
        source: POINTER,
        symbols: "f\n",
        kinds: &["type_string"],
    },
    Change {
        name: "two causes",
        before: "struct o { int x; };\nstruct s {\n\tint a;\n\tlong int b;\n\tstruct o *o;\n};\n",
        after: "struct o { int x; int y; };\nstruct s {\n\tint a;\n\tint c;\n\tlong int b;\n\tstruct o *o;\n};\n",
        source: "struct s v;\nvoid f(struct o *o) { (void)o; }",
        symbols: "f\nv\n",
        kinds: &["__kabi_ignored", "byte_size", "__kabi_ignored"],
    },
    // What would break modules.
    Change {
        name: "a member is gone",
        before: "struct s {\n\tint a;\n\tint b;\n};\n",
        after: "struct s {\n\tint a;\n};\n",
        source: POINTER,
        symbols: "f\n",
        kinds: &[],
    },
    Change {
        name: "a structure grew in a variable",
        before: "struct s {\n\tint a;\n};\n",
        after: "struct s {\n\tint a;\n\tint b;\n};\n",
        source: "struct s v[2];",
        symbols: "v\n",
        kinds: &[],
    },
    Change {
        name: "a structure grew in another",
        before: "struct s {\n\tint a;\n};\nstruct o { struct s s; };\n",
        after: "struct s {\n\tint a;\n\tint b;\n};\nstruct o { struct s s; };\n",
        source: "void f(struct o *o) { (void)o; }",
        symbols: "f\n",
        kinds: &[],
    },
    Change {
        name: "an enumerator in between",
        before: "enum e { A, B };\n",
        after: "enum e { A, C, B };\n",
        source: "void f(enum e e) { (void)e; }",
        symbols: "f\n",
        kinds: &[],
    },
];

/// What is suggested for the change from one object to another.
fn advice(before: &Path, after: &Path, symbols: &str) -> Vec<Advice> {
    advice_for(&[symtypes(before, symbols), symtypes(after, symbols)])
}

/// Compiles a source with a header that has the macros for rules.
fn compile(folder: &Path, name: &str, header: &str, source: &str) -> PathBuf {
    advised::compile(folder, name, &format!("{MACROS}{header}"), source)
}

/// The header with a suggestion in it: a rule at its end, a union in the place of the members that it is about.
fn applied(header: &str, suggestion: &Suggestion) -> String {
    let source = String::from_utf8(suggestion.source.clone()).expect("UTF-8");
    if suggestion.kind.is_rule() {
        return format!("{header}{source}");
    }
    let lines: Vec<&str> = source.lines().collect();
    let [_, _, members @ .., _] = lines.as_slice() else { panic!("{source}") };
    let is_group = members.first() == Some(&"\tstruct {") && members.last() == Some(&"\t};");
    let members = if is_group { &members[1..members.len() - 1] } else { members };
    let members: Vec<&str> = members.iter().map(|line| line.trim()).collect();
    let own: Vec<&str> = header.lines().collect();
    let is_there = |at: &usize| {
        let lines = own.get(*at..*at + members.len()).unwrap_or_default();
        lines.iter().map(|line| line.trim()).eq(members.iter().copied())
    };
    // Members that stand in one line with others are found as part of it.
    let Some(at) = (0..own.len()).find(is_there) else {
        let [member] = members.as_slice() else { panic!("{members:?} are not in\n{header}") };
        assert!(header.contains(member), "{member} is not in\n{header}");
        return header.replacen(member, &source, 1);
    };
    let behind = &own[at + members.len()..];
    let all: Vec<&str> = own[..at].iter().chain(&lines).chain(behind).copied().collect();
    all.join("\n") + "\n"
}

#[test]
fn suggestions_restore_the_versions() {
    if !has_compiler() {
        return;
    }
    let ours = Path::new(env!("CARGO_BIN_EXE_gendwarfksyms-under-test"));
    let reference = std::env::var_os("REFERENCE_GENDWARFKSYMS").map(PathBuf::from);
    for Change { name, before, after, source, symbols, kinds } in CHANGES {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let old = compile(folder.path(), "old", before, source);
        let new = compile(folder.path(), "new", after, source);
        let advice = advice(&old, &new, symbols);
        let suggestions: Vec<&Suggestion> = advice.iter().flat_map(|advice| &advice.suggestions).collect();
        let found: Vec<&str> = suggestions.iter().map(|suggestion| suggestion.kind.id()).collect();
        assert_eq!(found, *kinds, "{name}: {advice:#?}");
        if kinds.is_empty() {
            assert!(advice.iter().any(|advice| !advice.obstacles.is_empty()), "{name}: {advice:#?}");
            continue;
        }
        assert!(advice.iter().all(|advice| !advice.restored.is_empty() && advice.remaining.is_empty()));
        let header = suggestions.iter().fold((*after).to_owned(), |header, rule| applied(&header, rule));
        let restored = compile(folder.path(), "restored", &header, source);
        for tool in [Some(ours), reference.as_deref()].into_iter().flatten() {
            let [old, new, restored] = [&old, &new, &restored].map(|object| versions(tool, object, symbols));
            assert_ne!(old, new, "{name}");
            assert_eq!(old, restored, "{name}:\n{header}");
        }
    }
}

#[test]
fn objects_of_the_corpus_are_restored() {
    let folder = repository().join("corpus/suggest");
    let [old, new, restored] = ["before.o", "after.o", "restored.o"].map(|name| folder.join(name));
    let symbols = fs::read_to_string(folder.join("syms")).expect("a list");
    let advice = advice(&old, &new, &symbols);
    let text: String = advice.iter().flat_map(|advice| &advice.suggestions).map(told).collect();
    let expected = folder.join("suggestions");
    if std::env::var_os("DWARFKSYMS_BLESS").is_some() {
        fs::write(&expected, &text).expect("a file");
    }
    assert_eq!(text, fs::read_to_string(&expected).expect("a file"));
    assert_ne!(symtypes(&old, &symbols), symtypes(&new, &symbols));
    assert_eq!(symtypes(&old, &symbols), symtypes(&restored, &symbols));
}

fn told(suggestion: &Suggestion) -> String {
    let source = String::from_utf8_lossy(&suggestion.source);
    format!("/* {} {} */\n{source}", suggestion.kind.id(), String::from_utf8_lossy(&suggestion.target))
}
