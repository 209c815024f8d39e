//! What is passed by value goes into registers by what is in it: a program that was linked with the old library is run with the new one.

use std::fs;
use std::process::Command;

use dwarfksyms_tests::advised::has_compiler;
use dwarfksyms_tests::compiled::make;

use crate::run;

/// The old types, the new ones, the function, and what a program does that was compiled with the old ones.
const CHANGES: [[&str; 4]; 6] = [
    [
        "union t { double a; };",
        "union t { double a; long b; };",
        "double f(union t p) { return p.a; }",
        "union t v = { 2.5 }; printf(\"%g\", f(v));",
    ],
    [
        "struct t { double a; float b; };",
        "struct t { double a; float b; int c; };",
        "float f(struct t p) { return p.b; }",
        "struct t v = { 2.5, 7.5 }; printf(\"%g\", f(v));",
    ],
    [
        "struct t { int a; long reserved; };",
        "struct t { int a; double b; };",
        "int f(int k, struct t p, long z) { return z + p.a; }",
        "struct t v = { 2, 0 }; printf(\"%d\", f(1, v, 40));",
    ],
    [
        "struct t { double a; double b; };",
        "struct t { double a; union { double b; long c; }; };",
        "double f(struct t p) { return p.b; }",
        "struct t v = { 1, 2 }; printf(\"%g\", f(v));",
    ],
    [
        "typedef double t;",
        "typedef _Complex float t;",
        "t f(t p) { return p + 1; }",
        "printf(\"%g\", (double)f(2));",
    ],
    [
        "typedef long double t;",
        "typedef __float128 t;",
        "t f(t p) { return p + 1; }",
        "printf(\"%Lg\", (long double)f(2));",
    ],
];

#[test]
#[cfg(all(target_arch = "x86_64", target_env = "gnu"))]
fn what_may_be_in_other_registers_is_not_harmless() {
    if !has_compiler() {
        return;
    }
    for [old, new, function, program] in CHANGES {
        let temporary = tempfile::tempdir().expect("a temporary folder");
        let folder = temporary.path();
        for (name, types) in [("old", old), ("new", new)] {
            fs::create_dir(folder.join(name)).expect("a folder");
            fs::write(folder.join(name).join("t.h"), types).expect("a header");
            fs::write(folder.join(name).join("t.c"), format!("#include \"t.h\"\n{function}\n"))
                .expect("a source");
            let (source, library) = (format!("{name}/t.c"), format!("{name}/libt.so"));
            make(folder, "gcc", &["-g", "-O1", "-fPIC", "-shared", "-o", &library, &source]);
        }
        let declared = function.split('{').next().expect("a function");
        let source = format!(
            "#include <stdio.h>\n#include \"old/t.h\"\n{declared};\nint main(void) {{ {program} }}\n"
        );
        fs::write(folder.join("main.c"), source).expect("a source");
        make(folder, "gcc", &["-O1", "-o", "main", "main.c", "-Lold", "-lt"]);
        let said = |library: &str| {
            let mut program = Command::new(folder.join("main"));
            program.env("LD_LIBRARY_PATH", folder.join(library)).output().expect("it runs").stdout
        };
        assert_ne!(said("old"), said("new"), "{new}");
        let args = ["compare", "--quiet", "--all-symbols", "--exit-code", "old/libt.so", "new/libt.so"];
        let output = run(folder, &args);
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(matches!(output.status.code(), Some(1 | 3)), "{new}: {text}");
    }
}
