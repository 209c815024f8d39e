//! What `compare` says of types that genksyms wrote: nothing is harmless of which the text does not state the size or place, and
//! only what is certain breaks modules.
//!
//! `types` is what the kernel's genksyms makes of `sources`. If `REFERENCE_GENKSYMS` names a build of it, it is asked again.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use dwarfksyms_tests::path_from_environment;
use serde_json::Value;

/// A change: what is compiled before and after it, and what is said of it.
struct Case {
    name: &'static str,
    sources: [&'static str; 2],
    types: [&'static str; 2],
    classes: &'static [&'static str],
    verdict: &'static str,
}

const CASES: &[Case] = &[
    Case {
        name: "a member at the end",
        sources: [
            "struct s { int a; }; int f(struct s *);",
            "struct s { int a; int b; }; int f(struct s *);",
        ],
        types: [
            "s#s struct s { int a ; }\nf int f ( s#s * )",
            "s#s struct s { int a ; int b ; }\nf int f ( s#s * )",
        ],
        classes: &["member-appended"],
        verdict: "unclear",
    },
    Case {
        name: "a member in front",
        sources: [
            "struct s { long b; }; int f(struct s *);",
            "struct s { int a; long b; }; int f(struct s *);",
        ],
        types: [
            "s#s struct s { long b ; }\nf int f ( s#s * )",
            "s#s struct s { int a ; long b ; }\nf int f ( s#s * )",
        ],
        classes: &["member-inserted"],
        verdict: "breaks",
    },
    Case {
        name: "a member in front of one of its type",
        sources: [
            "struct s { char x; int a; }; int f(struct s *);",
            "struct s { char x; int b; int a; }; int f(struct s *);",
        ],
        types: [
            "s#s struct s { char x ; int a ; }\nf int f ( s#s * )",
            "s#s struct s { char x ; int b ; int a ; }\nf int f ( s#s * )",
        ],
        classes: &["member-inserted"],
        verdict: "breaks",
    },
    Case {
        name: "a member that may be in a hole",
        sources: [
            "struct s { int a; long b; }; int f(struct s *);",
            "struct s { int a; int c; long b; }; int f(struct s *);",
        ],
        types: [
            "s#s struct s { int a ; long b ; }\nf int f ( s#s * )",
            "s#s struct s { int a ; int c ; long b ; }\nf int f ( s#s * )",
        ],
        classes: &["not-stated"],
        verdict: "unclear",
    },
    Case {
        name: "a member less",
        sources: [
            "struct s { int a; int b; int c; }; int f(struct s *);",
            "struct s { int a; int c; }; int f(struct s *);",
        ],
        types: [
            "s#s struct s { int a ; int b ; int c ; }\nf int f ( s#s * )",
            "s#s struct s { int a ; int c ; }\nf int f ( s#s * )",
        ],
        classes: &["member-removed"],
        verdict: "breaks",
    },
    Case {
        name: "another name",
        sources: [
            "struct s { int a; struct q *b; }; int f(struct s *);",
            "struct s { int a; struct q *c; }; int f(struct s *);",
        ],
        types: [
            "s#q struct q { UNKNOWN }\ns#s struct s { int a ; s#q * b ; }\nf int f ( s#s * )",
            "s#q struct q { UNKNOWN }\ns#s struct s { int a ; s#q * c ; }\nf int f ( s#s * )",
        ],
        classes: &["member-renamed"],
        verdict: "harmless",
    },
    Case {
        name: "names that have changed places",
        sources: [
            "struct s { int first; int second; }; int f(struct s *);",
            "struct s { int second; int first; }; int f(struct s *);",
        ],
        types: [
            "s#s struct s { int first ; int second ; }\nf int f ( s#s * )",
            "s#s struct s { int second ; int first ; }\nf int f ( s#s * )",
        ],
        classes: &["member-moved"],
        verdict: "breaks",
    },
    Case {
        name: "another order",
        sources: [
            "struct s { int a; long b; }; int f(struct s *);",
            "struct s { long b; int a; }; int f(struct s *);",
        ],
        types: [
            "s#s struct s { int a ; long b ; }\nf int f ( s#s * )",
            "s#s struct s { long b ; int a ; }\nf int f ( s#s * )",
        ],
        classes: &["member-moved"],
        verdict: "breaks",
    },
    Case {
        name: "another order in a union",
        sources: [
            "union u { int a; long b; }; int f(union u *);",
            "union u { long b; int a; }; int f(union u *);",
        ],
        types: [
            "u#u union u { int a ; long b ; }\nf int f ( u#u * )",
            "u#u union u { long b ; int a ; }\nf int f ( u#u * )",
        ],
        classes: &["type-respelled"],
        verdict: "harmless",
    },
    Case {
        name: "a member of a union",
        sources: [
            "union u { int a; long b; }; int f(union u *);",
            "union u { int a; long b; char c[100]; }; int f(union u *);",
        ],
        types: [
            "u#u union u { int a ; long b ; }\nf int f ( u#u * )",
            "u#u union u { int a ; long b ; char c [ 100 ] ; }\nf int f ( u#u * )",
        ],
        classes: &["member-appended"],
        verdict: "unclear",
    },
    Case {
        name: "a union around a member",
        sources: [
            "struct s { int a; int b; }; int f(struct s *);",
            "struct s { union { int a; long c; }; int b; }; int f(struct s *);",
        ],
        types: [
            "s#s struct s { int a ; int b ; }\nf int f ( s#s * )",
            "s#s struct s { union { int a ; long c ; } ; int b ; }\nf int f ( s#s * )",
        ],
        classes: &["member-appended", "not-stated"],
        verdict: "unclear",
    },
    Case {
        name: "reserved space",
        sources: [
            "struct s { int a; unsigned long rh_reserved1; }; int f(struct s *);",
            "struct s { int a; unsigned long b; }; int f(struct s *);",
        ],
        types: [
            "s#s struct s { int a ; unsigned long rh_reserved1 ; }\nf int f ( s#s * )",
            "s#s struct s { int a ; unsigned long b ; }\nf int f ( s#s * )",
        ],
        classes: &["reserved-space-used"],
        verdict: "harmless",
    },
    Case {
        name: "reserved space for another type",
        sources: [
            "struct s { int a; unsigned long rh_reserved1; }; int f(struct s *);",
            "struct s { int a; void *b; }; int f(struct s *);",
        ],
        types: [
            "s#s struct s { int a ; unsigned long rh_reserved1 ; }\nf int f ( s#s * )",
            "s#s struct s { int a ; void * b ; }\nf int f ( s#s * )",
        ],
        classes: &["not-stated"],
        verdict: "unclear",
    },
    Case {
        name: "a longer array",
        sources: [
            "struct s { char a[4]; }; int f(struct s *);",
            "struct s { char a[8]; }; int f(struct s *);",
        ],
        types: [
            "s#s struct s { char a [ 4 ] ; }\nf int f ( s#s * )",
            "s#s struct s { char a [ 8 ] ; }\nf int f ( s#s * )",
        ],
        classes: &["member-type-changed"],
        verdict: "breaks",
    },
    Case {
        name: "a longer array of what is spelled out",
        sources: [
            "struct s { struct { int x; } a[2]; }; int f(struct s *);",
            "struct s { struct { int x; } a[3]; }; int f(struct s *);",
        ],
        types: [
            "s#s struct s { struct { int x ; } a [ 2 ] ; }\nf int f ( s#s * )",
            "s#s struct s { struct { int x ; } a [ 3 ] ; }\nf int f ( s#s * )",
        ],
        classes: &["not-stated"],
        verdict: "unclear",
    },
    Case {
        name: "an alignment",
        sources: [
            "struct s { int a; int b; }; int f(struct s *);",
            "struct s { int a; int b __attribute__((aligned(16))); }; int f(struct s *);",
        ],
        types: [
            "s#s struct s { int a ; int b ; }\nf int f ( s#s * )",
            "s#s struct s { int a ; int b __attribute__ ( ( aligned ( 16 ) ) ) ; }\nf int f ( s#s * )",
        ],
        classes: &["not-stated"],
        verdict: "unclear",
    },
    Case {
        name: "another base type",
        sources: ["struct s { int a; }; int f(struct s *);", "struct s { short a; }; int f(struct s *);"],
        types: [
            "s#s struct s { int a ; }\nf int f ( s#s * )",
            "s#s struct s { short a ; }\nf int f ( s#s * )",
        ],
        classes: &["member-type-changed"],
        verdict: "breaks",
    },
    Case {
        name: "a base type that may be as large",
        sources: ["struct s { int a; }; int f(struct s *);", "struct s { long a; }; int f(struct s *);"],
        types: [
            "s#s struct s { int a ; }\nf int f ( s#s * )",
            "s#s struct s { long a ; }\nf int f ( s#s * )",
        ],
        classes: &["not-stated"],
        verdict: "unclear",
    },
    Case {
        name: "arrays of arrays of nothing",
        sources: [
            "struct s { int a[7][0]; }; int f(struct s *);",
            "struct s { int a[8][0]; }; int f(struct s *);",
        ],
        types: [
            "s#s struct s { int a [ 7 ] [ 0 ] ; }\nf int f ( s#s * )",
            "s#s struct s { int a [ 8 ] [ 0 ] ; }\nf int f ( s#s * )",
        ],
        classes: &["type-respelled"],
        verdict: "harmless",
    },
    Case {
        name: "arrays of arrays of something",
        sources: [
            "struct s { int a[7][2]; }; int f(struct s *);",
            "struct s { int a[8][2]; }; int f(struct s *);",
        ],
        types: [
            "s#s struct s { int a [ 7 ] [ 2 ] ; }\nf int f ( s#s * )",
            "s#s struct s { int a [ 8 ] [ 2 ] ; }\nf int f ( s#s * )",
        ],
        classes: &["member-type-changed"],
        verdict: "breaks",
    },
    Case {
        name: "a member in other company, in front of a union in another order",
        sources: [
            "struct s { struct { int a; int b; } c; union { int d; int e; }; }; int f(struct s *);",
            "struct s { struct { int a; union { struct { int b; } g; }; } c; union { int e; int d; }; }; int f(struct s *);",
        ],
        types: [
            "s#s struct s { struct { int a ; int b ; } c ; union { int d ; int e ; } ; }\nf int f ( s#s * )",
            "s#s struct s { struct { int a ; union { struct { int b ; } g ; } ; } c ; union { int e ; int d ; } ; }\nf int f ( s#s * )",
        ],
        classes: &["not-stated", "not-stated", "not-stated"],
        verdict: "unclear",
    },
    Case {
        name: "another member in front of a union in another order",
        sources: [
            "struct s { int a; union { int d; int e; }; }; int f(struct s *);",
            "struct s { long b; union { int e; int d; }; }; int f(struct s *);",
        ],
        types: [
            "s#s struct s { int a ; union { int d ; int e ; } ; }\nf int f ( s#s * )",
            "s#s struct s { long b ; union { int e ; int d ; } ; }\nf int f ( s#s * )",
        ],
        classes: &["not-stated", "not-stated"],
        verdict: "unclear",
    },
    Case {
        name: "a member in front of space that is kept for others",
        sources: [
            "struct s { char reserved1[5]; }; int f(struct s *);",
            "struct s { signed char a; char reserved1[4]; }; int f(struct s *);",
        ],
        types: [
            "s#s struct s { char reserved1 [ 5 ] ; }\nf int f ( s#s * )",
            "s#s struct s { signed char a ; char reserved1 [ 4 ] ; }\nf int f ( s#s * )",
        ],
        classes: &["not-stated", "not-stated"],
        verdict: "unclear",
    },
    Case {
        name: "a member at the end of a structure within, in front of one of its type",
        sources: [
            "struct s { struct { int a; char b; }; char c; }; int f(struct s *);",
            "struct s { struct { int a; char b; char d; }; char c; }; int f(struct s *);",
        ],
        types: [
            "s#s struct s { struct { int a ; char b ; } ; char c ; }\nf int f ( s#s * )",
            "s#s struct s { struct { int a ; char b ; char d ; } ; char c ; }\nf int f ( s#s * )",
        ],
        classes: &["not-stated"],
        verdict: "unclear",
    },
    Case {
        name: "another sign",
        sources: [
            "struct s { int a; }; int f(struct s *);",
            "struct s { unsigned int a; }; int f(struct s *);",
        ],
        types: [
            "s#s struct s { int a ; }\nf int f ( s#s * )",
            "s#s struct s { unsigned int a ; }\nf int f ( s#s * )",
        ],
        classes: &["signedness-changed"],
        verdict: "unclear",
    },
    Case {
        name: "another structure",
        sources: [
            "struct i { int x; }; struct j { int y; }; struct s { struct i a; }; int f(struct s *);",
            "struct i { int x; }; struct j { int y; }; struct s { struct j a; }; int f(struct s *);",
        ],
        types: [
            "s#i struct i { int x ; }\ns#s struct s { s#i a ; }\nf int f ( s#s * )",
            "s#j struct j { int y ; }\ns#s struct s { s#j a ; }\nf int f ( s#s * )",
        ],
        classes: &["not-stated"],
        verdict: "unclear",
    },
    Case {
        name: "a typedef for a base type",
        sources: [
            "typedef unsigned char u8; struct s { unsigned char a; }; int f(struct s *);",
            "typedef unsigned char u8; struct s { u8 a; }; int f(struct s *);",
        ],
        types: [
            "s#s struct s { unsigned char a ; }\nf int f ( s#s * )",
            "t#u8 typedef unsigned char u8\ns#s struct s { t#u8 a ; }\nf int f ( s#s * )",
        ],
        classes: &["type-respelled"],
        verdict: "harmless",
    },
    Case {
        name: "another typedef",
        sources: [
            "typedef int t; struct s { t a; }; int f(struct s *);",
            "typedef long t; struct s { t a; }; int f(struct s *);",
        ],
        types: [
            "t#t typedef int t\ns#s struct s { t#t a ; }\nf int f ( s#s * )",
            "t#t typedef long t\ns#s struct s { t#t a ; }\nf int f ( s#s * )",
        ],
        classes: &["not-stated"],
        verdict: "unclear",
    },
    Case {
        name: "a wider bit-field",
        sources: [
            "struct s { unsigned a : 3, b : 4; }; int f(struct s *);",
            "struct s { unsigned a : 3, b : 5; }; int f(struct s *);",
        ],
        types: [
            "s#s struct s { unsigned a : 3 , b : 4 ; }\nf int f ( s#s * )",
            "s#s struct s { unsigned a : 3 , b : 5 ; }\nf int f ( s#s * )",
        ],
        classes: &["bit-field-changed"],
        verdict: "breaks",
    },
    Case {
        name: "a wider bit-field without a name",
        sources: [
            "struct s { unsigned a : 3; unsigned : 5; unsigned b : 1; }; int f(struct s *);",
            "struct s { unsigned a : 3; unsigned : 6; unsigned b : 1; }; int f(struct s *);",
        ],
        types: [
            "s#s struct s { unsigned a : 3 ; unsigned : 5 ; unsigned b : 1 ; }\nf int f ( s#s * )",
            "s#s struct s { unsigned a : 3 ; unsigned : 6 ; unsigned b : 1 ; }\nf int f ( s#s * )",
        ],
        classes: &["member-moved"],
        verdict: "breaks",
    },
    Case {
        name: "a nested member",
        sources: [
            "struct s { struct { struct { int x; } in; } a; }; int f(struct s *);",
            "struct s { struct { struct { int x; int y; } in; } a; }; int f(struct s *);",
        ],
        types: [
            "s#s struct s { struct { struct { int x ; } in ; } a ; }\nf int f ( s#s * )",
            "s#s struct s { struct { struct { int x ; int y ; } in ; } a ; }\nf int f ( s#s * )",
        ],
        classes: &["member-appended"],
        verdict: "unclear",
    },
    Case {
        name: "an enumerator in front",
        sources: ["enum e { A, B }; int f(enum e *);", "enum e { Z, A, B }; int f(enum e *);"],
        types: ["e#e enum e { A , B }\nf int f ( e#e * )", "e#e enum e { Z , A , B }\nf int f ( e#e * )"],
        classes: &["enumerator-inserted"],
        verdict: "breaks",
    },
    Case {
        name: "an enumerator at the end",
        sources: ["enum e { A, B }; int f(enum e *);", "enum e { A, B, C }; int f(enum e *);"],
        types: ["e#e enum e { A , B }\nf int f ( e#e * )", "e#e enum e { A , B , C }\nf int f ( e#e * )"],
        classes: &["enumerator-appended"],
        verdict: "unclear",
    },
    Case {
        name: "an enumerator in front of a count",
        sources: ["enum e { A, E_MAX }; int f(enum e *);", "enum e { A, B, E_MAX }; int f(enum e *);"],
        types: [
            "e#e enum e { A , E_MAX }\nf int f ( e#e * )",
            "e#e enum e { A , B , E_MAX }\nf int f ( e#e * )",
        ],
        classes: &["enumerator-appended"],
        verdict: "unclear",
    },
    Case {
        name: "an enumerator less",
        sources: ["enum e { A, X, B }; int f(enum e *);", "enum e { A, B }; int f(enum e *);"],
        types: ["e#e enum e { A , X , B }\nf int f ( e#e * )", "e#e enum e { A , B }\nf int f ( e#e * )"],
        classes: &["enumerator-removed", "enumerator-value-changed"],
        verdict: "breaks",
    },
    Case {
        name: "another value",
        sources: ["enum e { A = 1, B = 9 }; int f(enum e *);", "enum e { A = 2, B = 9 }; int f(enum e *);"],
        types: [
            "e#e enum e { A = 1 , B = 9 }\nf int f ( e#e * )",
            "e#e enum e { A = 2 , B = 9 }\nf int f ( e#e * )",
        ],
        classes: &["enumerator-value-changed"],
        verdict: "breaks",
    },
    Case {
        name: "a value that is computed",
        sources: ["enum e { A = 1 << 3 }; int f(enum e *);", "enum e { A = 8 }; int f(enum e *);"],
        types: ["e#e enum e { A = 1 << 3 }\nf int f ( e#e * )", "e#e enum e { A = 8 }\nf int f ( e#e * )"],
        classes: &["type-respelled"],
        verdict: "harmless",
    },
    Case {
        name: "a value that nobody knows here",
        sources: [
            "enum e { A = sizeof(int) }; int f(enum e *);",
            "enum e { A = sizeof(long) }; int f(enum e *);",
        ],
        types: [
            "e#e enum e { A = sizeof ( int ) }\nf int f ( e#e * )",
            "e#e enum e { A = sizeof ( long ) }\nf int f ( e#e * )",
        ],
        classes: &["other"],
        verdict: "unclear",
    },
    Case {
        name: "const behind a parameter",
        sources: ["int f(char *);", "int f(const char *);"],
        types: ["f int f ( char * )", "f int f ( const char * )"],
        classes: &["qualifier-changed"],
        verdict: "harmless",
    },
    Case {
        name: "one parameter more",
        sources: ["int f(int);", "int f(int, int);"],
        types: ["f int f ( int )", "f int f ( int , int )"],
        classes: &["parameter-added"],
        verdict: "breaks",
    },
];

/// The report of a comparison of symtypes.
fn compare(folder: &Path, types: [&str; 2]) -> Value {
    for (name, text) in ["old", "new"].into_iter().zip(types) {
        fs::write(folder.join(name), format!("{text}\n")).expect("a file");
    }
    let args = ["compare", "old", "new", "--quiet", "--format", "json"];
    let mut command = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"));
    let output = command.args(args).current_dir(folder).output().expect("it starts");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn only_what_is_certain_is_said() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for case in CASES {
        let report = compare(folder.path(), case.types);
        let [cause] = report["causes"].as_array().expect("an array").as_slice() else {
            panic!("{}: {report:#}", case.name);
        };
        let changes = cause["changes"].as_array().expect("an array").iter();
        let mut classes: Vec<&str> = changes.filter_map(|change| change["class"].as_str()).collect();
        classes.sort_unstable();
        assert_eq!(classes, case.classes, "{}: {cause:#}", case.name);
        assert_eq!(cause["verdict"], case.verdict, "{}", case.name);
    }
}

#[test]
fn what_is_nested_has_lines_of_its_own() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let case = CASES.iter().find(|case| case.name == "a nested member").expect("a case");
    let report = compare(folder.path(), case.types);
    let line = |line: &Value| {
        let mark = match line["kind"].as_str() {
            Some("old") => '-',
            Some("new") => '+',
            _ => ' ',
        };
        format!("{mark}{}", line["text"].as_str().unwrap_or_default())
    };
    let lines: Vec<String> =
        report["causes"][0]["diff"].as_array().expect("an array").iter().map(line).collect();
    let expected = [
        " struct s {",
        "     struct {",
        "         struct {",
        "             int x;",
        "+            int y;",
        "         } in;",
        "     } a;",
        " };",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn genksyms_writes_these_types() {
    let Some(genksyms) = path_from_environment("REFERENCE_GENKSYMS") else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("types");
    for case in CASES {
        for (source, types) in case.sources.into_iter().zip(case.types) {
            let mut command = Command::new(&genksyms);
            command.arg("-T").arg(&path).stdin(Stdio::piped()).stdout(Stdio::null());
            let mut child = command.spawn().expect("it starts");
            let input = format!("{source}\n__GENKSYMS_EXPORT_SYMBOL(f);\n");
            child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("it reads");
            assert!(child.wait().expect("it ends").success(), "{}", case.name);
            let written = fs::read_to_string(&path).expect("a file");
            let written: Vec<&str> = written.lines().map(str::trim_end).collect();
            assert_eq!(written, types.lines().collect::<Vec<_>>(), "{}", case.name);
        }
    }
}
