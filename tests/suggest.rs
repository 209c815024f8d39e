//! What is suggested for a change, put into the source, gives the old versions: sources are compiled before the change,
//! after it, and with the suggestions. Without a compiler, only the objects of the corpus are tried.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use dwarfksyms_symtypes::suggest::{Advice, MACROS, Macros, Suggestion};
use dwarfksyms_tests::advised::{self, has_compiler, symtypes, versions};
use dwarfksyms_tests::model::Numbers;
use dwarfksyms_tests::{note, repository};
use serde_json::Value;

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

/// What is suggested for the change from one symtypes file to another.
fn advice_for(texts: &[Vec<u8>; 2]) -> Vec<Advice> {
    advised::advice(texts, Macros::Raw)
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

/// The exit status of `dwarfksyms suggest` for two objects of the corpus, and what it writes.
fn run(format: &str, old: &str, new: &str) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"))
        .args(["suggest", "--quiet", "--format", format, old, new])
        .current_dir(repository().join("corpus/suggest"))
        .output()
        .expect("it starts");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("no crash"), text(output.stdout), text(output.stderr))
}

#[test]
fn the_program_prints_suggestions_and_what_they_restore() {
    let expected = fs::read_to_string(repository().join("corpus/suggest/suggestions")).expect("a file");
    let (status, json, errors) = run("json", "before.o", "after.o");
    assert_eq!((status, errors.as_str()), (0, ""));
    let answer: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!((&answer["exports"], &answer["restored"]), (&Value::from(3), &Value::from(3)));
    assert_eq!(answer["macros"], MACROS);
    let causes = answer["causes"].as_array().expect("an array");
    let all = causes.iter().flat_map(|cause| cause["suggestions"].as_array().expect("an array"));
    let word = |value: &Value, key: &str| value[key].as_str().expect("text").to_owned();
    let told: String = all
        .map(|rule| {
            format!("/* {} {} */\n{}", word(rule, "kind"), word(rule, "target"), word(rule, "source"))
        })
        .collect();
    assert_eq!(told, expected);
    // The text has the same sources.
    let (status, text, _) = run("text", "before.o", "after.o");
    assert_eq!(status, 0);
    for line in expected.lines().filter(|line| !line.starts_with("/*")) {
        assert!(text.contains(line), "{line}");
    }
}

#[test]
fn the_class_of_an_object_states_how_large_pointers_are() {
    // For 32 bits, from clang, which states the size of no pointer: one that stands in reserved space of 4 bytes.
    let (status, json, _) = run("json", "narrow-before.o", "narrow-after.o");
    let answer: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!((status, &answer["restored"]), (0, &1.into()), "{json}");
    let suggestions = answer["causes"][0]["suggestions"].as_array().expect("an array");
    let kinds: Vec<_> = suggestions.iter().map(|rule| rule["kind"].as_str()).collect();
    assert_eq!(kinds, [Some("__kabi_reserved")]);
    // Symtypes alone do not tell.
    let object = |name: &str| symtypes(&repository().join("corpus/suggest").join(name), "visit\n");
    let texts = ["narrow-before.o", "narrow-after.o"].map(object);
    let advice = advice_for(&texts);
    let obstacles: Vec<_> = advice.iter().flat_map(|advice| &advice.obstacles).collect();
    let kinds: Vec<&str> = obstacles.iter().map(|obstacle| obstacle.kind.id()).collect();
    assert_eq!(kinds, ["not-understood"]);
    // A type that is as large as a pointer does.
    for (size, expected) in [(4, 1), (8, 0)] {
        let long = format!("limit variable base_type long byte_size({size}) encoding(5)\n");
        let texts = texts.clone().map(|text| [text, long.clone().into_bytes()].concat());
        let advice = advice_for(&texts);
        assert_eq!(advice.iter().map(|advice| advice.suggestions.len()).sum::<usize>(), expected, "{size}");
    }
}

#[test]
fn the_program_says_why_nothing_is_suggested() {
    // The other way round, members are gone.
    let (status, text, errors) = run("text", "after.o", "before.o");
    assert_eq!((status, errors.as_str()), (1, ""));
    for line in
        ["struct queue (1 export): nothing is suggested", "because 'wakeups' is gone", "[member-removed]"]
    {
        assert!(text.contains(line), "{text}");
    }
    let (status, text, _) = run("text", "before.o", "restored.o");
    assert_eq!((status, text.as_str()), (0, "No type of an export differs.\n"));
    let (status, text, errors) = run("text", "before.o", "x.c");
    assert_eq!((status, text.as_str(), errors.lines().count()), (2, "", 1), "{errors}");
}

/// A member: what it stays, whatever happens to it; its name, and the exponent of its size.
#[derive(Clone, Debug, PartialEq)]
struct Member {
    identity: u64,
    name: String,
    exponent: u32,
}

/// The members' offsets, the size and the alignment of a structure, as C has it.
fn layout(members: &[Member]) -> (Vec<u64>, u64, u64) {
    let mut end: u64 = 0;
    let mut offsets = Vec::new();
    for member in members {
        let size = 1 << member.exponent;
        offsets.push(end.next_multiple_of(size));
        end = end.next_multiple_of(size) + size;
    }
    let alignment = members.iter().map(|member| 1 << member.exponent).max().unwrap_or(1);
    (offsets, end.next_multiple_of(alignment), alignment)
}

/// The symtypes of a structure that one export has a pointer to, and another perhaps a value of.
fn structure(members: &[Member], is_embedded: bool) -> Vec<u8> {
    let (offsets, size, _) = layout(members);
    let told: Vec<String> = members
        .iter()
        .zip(offsets)
        .map(|(Member { name, exponent, .. }, offset)| {
            let size = 1 << exponent;
            format!(
                "member base_type u{size} byte_size({size}) encoding(7) {name} data_member_location({offset})"
            )
        })
        .collect();
    let members = told.join(" , ");
    let holder = if is_embedded { "v variable s#s\n" } else { "" };
    format!(
        "f subprogram ( formal_parameter pointer_type {{ s#s }} byte_size(8) p ) -> base_type void\n{holder}\
         s#s structure_type s {{ {members} }} byte_size({size})\n"
    )
    .into_bytes()
}

/// Structures with any members, changed in any way: something is suggested exactly if an oracle that knows which member is
/// which finds all of them where they were, and it restores all versions.
#[test]
fn something_is_suggested_exactly_if_modules_still_fit() {
    let mut numbers = Numbers(7);
    let mut counts = [0; 2];
    for round in 0..4000 {
        let mut fresh = 0;
        let mut member = |numbers: &mut Numbers| {
            fresh += 1;
            Member { identity: fresh, name: format!("m{fresh}"), exponent: numbers.below(4) as u32 }
        };
        let old: Vec<Member> = (0..=numbers.below(5)).map(|_| member(&mut numbers)).collect();
        let mut new = old.clone();
        let at = numbers.below(old.len());
        match numbers.below(6) {
            0 => new.insert(at, member(&mut numbers)),
            1 => new.push(member(&mut numbers)),
            2 => new[at].name = "renamed".to_owned(),
            3 => new[at].exponent = (new[at].exponent + 1) % 4,
            4 if new.len() > 1 => drop(new.remove(at)),
            _ => new.swap(0, at),
        }
        let is_embedded = numbers.below(2) == 0;
        let texts = [&old, &new].map(|members| structure(members, is_embedded));
        let advice = advice_for(&texts);
        let [advice] = advice.as_slice() else {
            assert!(advice.is_empty() && texts[0] == texts[1], "{round}: {advice:?}");
            continue;
        };
        let (before, size, alignment) = layout(&old);
        let (after, new_size, new_alignment) = layout(&new);
        let is_there = |(member, offset): (&Member, &u64)| {
            let mut others = new.iter().zip(&after);
            others.any(|(other, place)| {
                (other.identity, other.exponent, place) == (member.identity, member.exponent, offset)
            })
        };
        let is_resized = (size, alignment) != (new_size, new_alignment);
        let fits = old.iter().zip(&before).all(is_there) && !(is_resized && is_embedded);
        assert_eq!(!advice.suggestions.is_empty(), fits, "{round}: {old:?} {new:?} {advice:?}");
        counts[usize::from(fits)] += 1;
        if fits {
            let exports = 1 + usize::from(is_embedded);
            assert_eq!((advice.restored.len(), advice.remaining.len()), (exports, 0), "{round}: {advice:?}");
            let kinds = advice.suggestions.iter().map(|suggestion| suggestion.kind.id());
            // Behind the last member nothing begins that would take its old name off the way.
            let is_last = new.last().is_some_and(|last| last.name == "renamed");
            assert!(kinds.into_iter().all(|kind| (kind == "type_string") == is_last), "{round}: {advice:?}");
        }
    }
    assert!(counts.iter().all(|&count| count > 500), "{counts:?}");
}

/// What `dwarfksyms` prints for two symtypes files.
fn told_of(args: &[&str], old: &str, new: &str) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in [("old.symtypes", old), ("new.symtypes", new)] {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    let output = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"))
        .args(args)
        .args(["old.symtypes", "new.symtypes"])
        .current_dir(folder.path())
        .output()
        .expect("it starts");
    assert_ne!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// A structure that one export has a pointer to, with members of 8 bytes.
fn described(members: &[String]) -> String {
    let places = (0..).step_by(8).map(|offset: u64| format!("data_member_location({offset})"));
    let members: Vec<String> =
        members.iter().zip(places).map(|(member, place)| format!("member {member} {place}")).collect();
    format!(
        "f subprogram ( formal_parameter pointer_type {{ s#s }} byte_size(8) p , formal_parameter t#u64 q ) -> \
         base_type void\ns#s structure_type s {{ {} }} byte_size({})\nt#u64 typedef_type u64 {{ base_type long \
         unsigned int byte_size(8) encoding(7) }}\n",
        members.join(" , "),
        members.len() * 8
    )
}

#[test]
fn macros_are_guessed_from_the_names_of_reserved_space() {
    let long = "base_type long unsigned int byte_size(8) encoding(7)";
    let cases = [
        (format!("{long} rh_reserved1"), "rhel", "RH_KABI_USE(1, struct s *b)"),
        ("t#u64 android_kabi_reserved1".to_owned(), "android", "ANDROID_KABI_USE(1, struct s *b);"),
        ("t#u64 android_backport_reserved2".to_owned(), "android", "ANDROID_BACKPORT_USE(2, struct s *b);"),
        ("t#u64".to_owned(), "android", "ANDROID_KABI_USE(_b, struct s *b);"),
        (long.to_owned(), "kernel", "KABI_USE(_b, struct s *b);"),
        ("pointer_type { base_type void } byte_size(8) suse_kabi_padding".to_owned(), "suse", "#else"),
        ("base_type long int byte_size(8) encoding(5)".to_owned(), "raw", "long int __kabi_reserved_b;"),
    ];
    for (reserved, dialect, source) in cases {
        let first = format!("{long} a");
        let old = described(&[first.clone(), reserved.clone()]);
        let new = described(&[first, "pointer_type { s#s } byte_size(8) b".to_owned()]);
        let text = told_of(&["suggest"], &old, &new);
        assert!(text.contains(&format!("Macros: {dialect}, since ")), "{reserved}: {text}");
        assert!(text.contains(source), "{reserved}: {text}");
        // What is asked for is not guessed.
        let json = told_of(&["suggest", "--format", "json", "--macros", "raw"], &old, &new);
        let answer: Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!((&answer["dialect"], &answer["guessed_from"]), (&"raw".into(), &Value::Null));
    }
}

#[test]
fn kernels_of_genksyms_get_nothing_that_it_does_not_know() {
    let old = "s#s struct s { int a ; }\nf int f ( s#s * )\n";
    let new = "s#s struct s { int a ; int b ; }\nf int f ( s#s * )\n";
    let text = told_of(&["suggest"], old, new);
    for part in ["#ifndef __GENKSYMS__\n      \tint b;\n      #endif", "Macros: genksyms, since", "for 1\n"] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    for part in ["KABI_", "__kabi", "KBUILD_GENDWARFKSYMS_STABLE"] {
        assert!(!text.contains(part), "{part} is in\n{text}");
    }
}

/// Its types can be those of gendwarfksyms all the same, as where they are from DWARF.
#[test]
fn rules_are_for_no_kernel_of_genksyms() {
    let long = "base_type long int byte_size(8) encoding(5)";
    let old = described(&[format!("{long} a"), format!("{long} b")]);
    let new = described(&[format!("{long} a"), format!("{long} c")]);
    let symvers = "0x12345678\tf\tvmlinux\tEXPORT_SYMBOL\t\n";
    let configured = "CONFIG_MODVERSIONS=y\nCONFIG_GENKSYMS=y\nCONFIG_X=\"y\"\n";
    let told = |file: Option<(&str, &str)>, args: &[&str]| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (side, text) in [("old", &old), ("new", &new)] {
            let files = [Some(("x.symtypes", text.as_str())), file].into_iter().flatten();
            for (name, text) in files {
                let path = folder.path().join(side).join(name);
                fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
                fs::write(path, text).expect("a file");
            }
        }
        let output = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"))
            .arg("suggest")
            .args(args)
            .args(["old", "new"])
            .current_dir(folder.path())
            .output()
            .expect("it starts");
        let [text, errors] =
            [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).expect("UTF-8"));
        (output.status.code(), text, note::others(errors.as_bytes()))
    };
    let all = ["raw", "kernel"].map(|dialect| told(None, &["--macros", dialect]));
    assert!(
        all.iter().all(|(code, text, errors)| *code == Some(0)
            && text.contains("KABI") | text.contains("__kabi")
            && errors.is_empty()),
        "{all:?}"
    );
    for file in [("Module.symvers", symvers), ("include/config/auto.conf", configured)] {
        let (code, text, errors) = told(Some(file), &["--macros", "kernel"]);
        assert!(code == Some(1) && errors.is_empty(), "{file:?}: {text}{errors}");
        assert!(text.contains("the versions are those of genksyms, which knows no such rules"), "{text}");
        assert!(!text.contains("KABI_") && !text.contains("__kabi"), "{text}");
        let (code, text, errors) = told(Some(file), &["--macros", "raw"]);
        assert!(code == Some(0) && text.contains("__kabi"), "{file:?}: {text}");
        assert!(
            errors.starts_with("note: the versions are those of genksyms, ") && errors.lines().count() == 1,
            "{errors}"
        );
        // What is guessed is for genksyms.
        let (_, text, errors) = told(Some(file), &[]);
        assert!(text.contains("#ifdef __GENKSYMS__") && text.contains("Macros: genksyms"), "{text}");
        assert!(!text.contains("KABI_") && !text.contains("__kabi") && errors.is_empty(), "{text}{errors}");
    }
    // Another option is none of it.
    let (code, _, errors) =
        told(Some(("include/config/auto.conf", "CONFIG_GENDWARFKSYMS=y\n")), &["--macros", "raw"]);
    assert!(code == Some(0) && errors.is_empty(), "{errors}");
}

#[test]
fn obstacles_of_one_kind_are_one_line() {
    let member = |number: usize| format!("base_type long int byte_size(8) encoding(5) m{number}");
    let before: Vec<String> = (1..=75).map(member).collect();
    let after: Vec<String> = (0..=75).map(member).collect();
    let text = told_of(&["suggest"], &described(&before), &described(&after));
    let lines: Vec<&str> = text.lines().filter(|line| line.starts_with("  because ")).collect();
    let [only] = lines.as_slice() else { panic!("{text}") };
    assert!(only.contains("'m1' is elsewhere") && only.contains("'m2', 'm3', 'm4' and 71 more"), "{only}");
}

#[test]
fn suggestions_for_merge_requests_are_blocks_of_code() {
    let (status, text, _) = run("markdown", "before.o", "after.o");
    assert_eq!(status, 0);
    for part in [
        "## Keeping versions: 3 of 3 exports",
        "<summary><code>struct queue</code> (1 export): the old version comes back for 1</summary>",
        "\n```c\nunion {\n\tchar __kabi_ignored_wakeups;\n\tlong unsigned int wakeups;\n};\n```\n",
        "\n- note: ",
        "(`not-allocated`)",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
}

/// What a reader sees of a page, and copies from it: its text.
fn text_of(page: &str) -> String {
    let outside = page.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text);
    let text = outside.collect::<String>();
    let characters =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#9;", "\t"), ("&amp;", "&")];
    characters.iter().fold(text, |text, (markup, char)| text.replace(markup, char))
}

#[test]
fn a_page_has_every_suggestion_as_it_is_to_be_written() {
    let (status, page, errors) = run("html", "before.o", "after.o");
    assert_eq!((status, errors.as_str()), (0, ""));
    let text = text_of(&page);
    let expected = fs::read_to_string(repository().join("corpus/suggest/suggestions")).expect("a file");
    // Between two headings there is one source, with its tabs and line breaks.
    for source in expected.split("/* ").filter_map(|part| part.split_once(" */\n")).map(|(_, source)| source)
    {
        assert!(text.contains(source.trim_end()), "{source} is not in\n{text}");
    }
    for part in ["3 of 3 exports with other types can have the old version", "not-allocated", "before.o"] {
        assert!(text.contains(part), "{part}");
    }
    // The page of a comparison has them beside each cause, if that is asked for.
    let page = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"))
            .args(["compare", "--stable", "--format", "html", "before.o", "after.o"])
            .args(args)
            .current_dir(repository().join("corpus/suggest"))
            .output()
            .expect("it starts");
        text_of(&String::from_utf8(output.stdout).expect("UTF-8"))
    };
    let source = "union {\n\tchar __kabi_ignored_wakeups;\n\tlong unsigned int wakeups;\n};";
    assert!(page(&["--suggest"]).contains(source) && !page(&[]).contains("__kabi_ignored_wakeups"));
    assert!(page(&["--suggest"]).contains("__KABI_RULE(byte_size, queue, 16);"));
}

#[test]
fn a_page_of_suggestions_is_safe_whatever_types_are_called() {
    let evil = "<img/src=x/onerror=alert(1)>'\"&lt;\u{202e}";
    let file = |more: &str| {
        format!(
            "f subprogram ( formal_parameter pointer_type {{ s#{evil} }} byte_size(8) p ) -> base_type void\n\
             s#{evil} structure_type {evil} {{ member base_type int byte_size(4) encoding(5) {evil} \
             data_member_location(0){more} }} byte_size(8)\n"
        )
    };
    let added = format!(" , member base_type int byte_size(4) encoding(5) {evil}2 data_member_location(4)");
    let page = told_of(&["suggest", "--format", "html"], &file(""), &file(&added));
    let script = include_str!("../cli/dwarfksyms/src/report/html/script.js");
    let page = page.replace(script, "");
    for (tag, expected) in
        [("<script", 1), ("<style", 1), ("<link", 1), ("<img", 0), ("<iframe", 0), ("<pre", 1)]
    {
        assert_eq!(page.matches(tag).count(), expected, "{tag}: {page}");
    }
    assert!(
        page.contains("default-src 'none'") && !page.contains("unsafe-inline") && !page.contains('\u{202e}')
    );
    assert!(!page.contains(" style=") && !page.contains(" src=") && page.contains("&lt;img/src=x/onerror"));
}

#[test]
fn what_other_causes_block_would_come_back_with_them() {
    let file = |a: &str, b: &str| {
        let int = "base_type int byte_size(4) encoding(5)";
        format!(
            "f subprogram ( formal_parameter pointer_type {{ s#a }} byte_size(8) a , formal_parameter pointer_type {{ \
             s#b }} byte_size(8) b ) -> base_type void\ng subprogram ( formal_parameter pointer_type {{ s#a }} \
             byte_size(8) a ) -> base_type void\ns#a structure_type a {{ member {int} x data_member_location(0){a} }} \
             byte_size(16)\ns#b structure_type b {{ member {b} x data_member_location(0) }} byte_size(8)\n"
        )
    };
    let int = "base_type int byte_size(4) encoding(5)";
    let added = format!(" , member {int} y data_member_location(4)");
    let (old, new) = (file("", int), file(&added, "base_type long int byte_size(8) encoding(5)"));
    let text = told_of(&["suggest"], &old, &new);
    let line = "  not for f, because of s#b; with that mended as well, it would have the old version\n";
    assert!(text.contains(line), "{text}");
    let json = told_of(&["suggest", "--format", "json"], &old, &new);
    let answer: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(answer["causes"][0]["remaining"][0]["comes_back"], true);
}

#[test]
fn a_comparison_names_what_keeps_versions_if_asked() {
    let text = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"))
            .args(args)
            .args(["--stable", "before.o", "after.o"])
            .current_dir(repository().join("corpus/suggest"))
            .output()
            .expect("it starts");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let keep = "keep: __kabi_ignored wakeups and 1 more; dwarfksyms suggest has the source";
    assert!(text(&["compare", "--suggest"]).contains(keep), "{}", text(&["compare", "--suggest"]));
    assert!(!text(&["compare"]).contains("keep: "));
    let json = text(&["compare", "--suggest", "--format", "json"]);
    let report: Value = serde_json::from_str(&json).expect("JSON");
    let causes = report["causes"].as_array().expect("an array");
    assert!(!causes.is_empty() && causes.iter().all(|cause| cause["kept_by"].is_string()), "{json}");
}
