//! `dwarfksyms versions` and `exports`: every kind of file and folder is recognised by its contents and read.

use std::fs;
use std::io::Write;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use dwarfksyms_tests::linked::{Age, Export, Module, add_labels};
use dwarfksyms_tests::object::Object;
use dwarfksyms_tests::{folder, note, repository};

const TWO: [Export; 2] = [
    Export { name: "one", is_gpl: false, namespace: "", version: 0x1234_abcd },
    Export { name: "two", is_gpl: true, namespace: "NS", version: 0x0000_0007 },
];

/// What `versions` tells of them, in the form of `Module.symvers`.
fn symvers_of_two(module: &str) -> String {
    format!("0x1234abcd\tone\t{module}\tEXPORT_SYMBOL\t\n0x00000007\ttwo\t{module}\tEXPORT_SYMBOL_GPL\tNS\n")
}

fn run(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"));
    command.args(args).current_dir(folder).output().expect("it starts")
}

/// What is printed by a run that goes well and has nothing to note.
fn told(folder: &Path, args: &[&str]) -> String {
    let output = run(folder, args);
    let stderr = note::others(&output.stderr);
    assert!(output.status.success() && stderr.is_empty(), "{args:?}: {stderr}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The one line of error of a run that goes wrong.
fn error(folder: &Path, args: &[&str]) -> String {
    let output = run(folder, args);
    let stderr = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(2), "{args:?}: {stderr}");
    assert!(
        output.stdout.is_empty() && stderr.starts_with("error: ") && stderr.lines().count() == 1,
        "{stderr}"
    );
    stderr
}

fn golden(path: &str) -> PathBuf {
    repository().join("corpus/golden").join(path)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

#[test]
fn modules_of_every_age_say_what_they_export() {
    for age in [Age::Absolute, Age::Tables, Age::Flags] {
        let module = Module { age, exports: TWO.to_vec(), ..Module::default() }.bytes();
        let folder = folder(&[("x", &module), ("y", &gzip(&module)), ("z", &zstd(&module))]);
        for name in ["x", "y", "z"] {
            let symvers = told(folder.path(), &["versions", "--format", "symvers", name]);
            assert_eq!(symvers, symvers_of_two("some"), "{age:?} {name}");
        }
        let exports = told(folder.path(), &["exports", "x"]);
        assert_eq!(
            exports,
            "x (module): 2 exported\n  EXPORT_SYMBOL      one\n  EXPORT_SYMBOL_GPL  two (namespace NS)\n"
        );
    }
}

#[test]
fn a_signature_behind_a_compressed_module_is_left_out() {
    let module = Module { exports: TWO.to_vec(), ..Module::default() }.bytes();
    // As scripts/sign-file of the kernel appends it: the signature, its lengths, and a marker.
    let signature = b"PKCS\0\0\x02\0\0\0\0\0\0\0\0\x04~Module signature appended~\n";
    let sign = |bytes: &[u8]| [bytes, signature].concat();
    let files =
        [("x.ko", sign(&module)), ("x.ko.gz", sign(&gzip(&module))), ("x.ko.zst", sign(&zstd(&module)))];
    let folder = folder(&files.each_ref().map(|(name, bytes)| (*name, bytes.as_slice())));
    for (name, _) in files {
        let output = run(folder.path(), &["versions", "--format", "symvers", name]);
        assert_eq!(String::from_utf8_lossy(&output.stdout), symvers_of_two("some"), "{name}");
        let note = format!(
            "note: {name}: a signature follows the compressed module, where kernels do not look for it; it was not \
             checked\n"
        );
        let expected = if name == "x.ko" { "" } else { &note };
        assert_eq!(String::from_utf8_lossy(&output.stderr), expected);
    }
}

#[test]
fn modules_say_what_they_want() {
    for is_extended in [false, true] {
        let wanted = vec![("f", Some(1)), ("module_layout", Some(2)), ("unversioned", None)];
        let module = Module { wanted, is_extended, weak: vec!["maybe"], ..Module::default() };
        let folder = folder(&[("x.ko", &module.bytes())]);
        let lines = told(folder.path(), &["versions", "--wanted", "--format", "cmd", "x.ko"]);
        assert_eq!(lines, "#SYMVER f 0x00000001\n#SYMVER module_layout 0x00000002\n");
        let text = told(folder.path(), &["versions", "x.ko"]);
        let expected = "x.ko (module): 0 exported, 2 wanted\n  0x00000001  wanted    f\n  0x00000002  wanted    module_layout\n";
        assert_eq!(text, expected);
    }
}

#[test]
fn records_are_read_as_they_are_written() {
    let symvers = symvers_of_two("drivers/x");
    let old =
        "0x1234abcd\tone\t\tdrivers/x\tEXPORT_SYMBOL\n0x00000007\ttwo\tNS\tdrivers/x\tEXPORT_SYMBOL_GPL\n";
    let cmd = "savedcmd_x.o := gcc\n\n#SYMVER two 0x00000007\n#SYMVER one 0x1234abcd\n";
    let folder = folder(&[
        ("new", symvers.as_bytes()),
        ("old", old.as_bytes()),
        ("packed", &gzip(symvers.as_bytes())),
        ("cmd", cmd.as_bytes()),
    ]);
    for name in ["new", "old", "packed"] {
        assert_eq!(told(folder.path(), &["versions", "--format=symvers", name]), symvers, "{name}");
    }
    let lines = told(folder.path(), &["versions", "--format=cmd", "cmd"]);
    assert_eq!(lines, "#SYMVER one 0x1234abcd\n#SYMVER two 0x00000007\n");
}

#[test]
fn versions_of_compiled_objects_are_computed() {
    let mut object = Object::default();
    add_labels(&mut object, &[Export { name: "missing", ..TWO[1] }]);
    let folder = folder(&[("no-dwarf.o", &object.bytes())]);
    let exports = told(folder.path(), &["exports", "no-dwarf.o"]);
    assert_eq!(exports, "no-dwarf.o (object): 1 exported\n  EXPORT_SYMBOL_GPL  missing (namespace NS)\n");
    let output = run(folder.path(), &["versions", "no-dwarf.o"]);
    assert_eq!(
        output.stdout,
        b"no-dwarf.o (object): 1 exported, 0 wanted\n  -           none      missing\n"
    );
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(stderr.starts_with("note: no-dwarf.o: no debugging information"), "{stderr}");

    // Its symbol pointers say what an object exports, if nothing else does.
    let case = golden("pointer-only");
    let list = fs::read(case.join("syms")).expect("a symbol list");
    let expected = fs::read_to_string(case.join("expected/gcc.symvers")).expect("versions");
    let object = case.join("x.gcc.o");
    let object = object.to_str().expect("UTF-8");
    let mut names = told(Path::new("/"), &["exports", "--format", "names", object]).into_bytes();
    let mut lines: Vec<_> =
        told(Path::new("/"), &["versions", "--format", "cmd", object]).lines().map(str::to_owned).collect();
    lines.sort();
    let computed = |line: &&String| !line.ends_with("0x00000000");
    assert!(lines.iter().filter(computed).count() > 0);
    assert_eq!(lines, expected.lines().collect::<Vec<_>>());
    let mut list: Vec<_> = list.split(|&byte| byte == b'\n').filter(|line| !line.is_empty()).collect();
    list.sort_unstable();
    names.pop();
    assert_eq!(names.split(|&byte| byte == b'\n').collect::<Vec<_>>(), list);
}

#[test]
fn what_is_recorded_counts_unless_it_is_to_be_computed() {
    // An object with DWARF and a recorded version of the same symbol.
    let json = |args: &[&str], folder: &Path| -> serde_json::Value {
        let output = run(folder, args);
        assert!(output.status.success(), "{args:?}");
        serde_json::from_slice(&output.stdout).expect("JSON")
    };
    let mut unit = dwarfksyms_tests::object::Unit::default();
    unit.base_type("int");
    let number = unit.offset() - 6;
    unit.variable("one", number);
    let mut object = Object::with_unit(&unit);
    object.symbol("__ksymtab_one", 0, 1, 0);
    object.symbol("__crc_one", 0, dwarfksyms_tests::object::ABSOLUTE, 0x1234_abcd);
    // No unit describes it.
    object.symbol("__ksymtab_other", 0, 1, 0);
    object.symbol("__crc_other", 0, dwarfksyms_tests::object::ABSOLUTE, 7);
    let folder = folder(&[("x.o", &object.bytes())]);
    let recorded = json(&["versions", "-f", "json", "x.o"], folder.path());
    assert_eq!(recorded[0]["versions"][0]["version"], "0x1234abcd");
    assert_eq!(recorded[0]["versions"][0]["origin"], "recorded");
    let computed = json(&["versions", "-f", "json", "--compute", "x.o"], folder.path());
    // variable base_type int byte_size(4)
    assert_eq!(computed[0]["versions"][0]["origin"], "computed");
    assert_ne!(computed[0]["versions"][0]["version"], "0x1234abcd");
    let other = ["recorded", "none"].map(serde_json::Value::from);
    assert_eq!([&recorded, &computed].map(|files| files[0]["versions"][1]["origin"].clone()), other);
}

#[test]
fn a_folder_is_what_is_in_it() {
    let module = Module { exports: TWO.to_vec(), ..Module::default() }.bytes();
    let other = [Export { name: "three", ..TWO[0] }];
    let other = Module { exports: other.to_vec(), ..Module::default() }.bytes();
    let symvers = "0x00000001\tin_symvers\tvmlinux\tEXPORT_SYMBOL\t\n";
    let nested = "0x00000001\tnested\tvmlinux\tEXPORT_SYMBOL\t\n";
    let cmd = "savedcmd_x.o := gcc\n#SYMVER in_cmd 0x00000002\n";
    let types = "in_types variable base_type int\n";
    let files: [(&str, &[u8]); 8] = [
        ("Module.symvers", symvers.as_bytes()),
        ("sub/Module.symvers", nested.as_bytes()),
        ("sub/.x.o.cmd", cmd.as_bytes()),
        ("sub/deep/x.symtypes", types.as_bytes()),
        ("drivers/a.ko.gz", &gzip(&module)),
        ("drivers/b/c.ko", &other),
        ("README", b"nothing that counts"),
        ("empty/Module.symvers", b""),
    ];
    let all = folder(&files);
    let names = || told(all.path(), &["exports", "--format", "names", "."]);
    assert_eq!(names(), "in_symvers\n");
    fs::remove_file(all.path().join("Module.symvers")).expect("a file");
    assert_eq!(names(), "nested\n");
    fs::remove_file(all.path().join("sub/Module.symvers")).expect("a file");
    fs::remove_file(all.path().join("empty/Module.symvers")).expect("a file");
    assert_eq!(names(), "in_cmd\n");
    fs::remove_file(all.path().join("sub/.x.o.cmd")).expect("a file");
    assert_eq!(names(), "in_types\n");
    fs::remove_file(all.path().join("sub/deep/x.symtypes")).expect("a file");
    // A module is called by its path.
    let expected = symvers_of_two("drivers/a");
    let (one, two) = expected.split_once("\n").expect("two lines");
    let three = "0x1234abcd\tthree\tdrivers/b/c\tEXPORT_SYMBOL\t";
    for jobs in ["-j1", "-j3"] {
        let symvers = told(all.path(), &["versions", "--format", "symvers", jobs, "."]);
        assert_eq!(symvers, format!("{one}\n{three}\n{two}"));
    }
}

#[test]
fn a_folder_cannot_lead_elsewhere_or_hold_up() {
    let symvers = "0x00000001\tf\tvmlinux\tEXPORT_SYMBOL\t\n";
    let outside = folder(&[("Module.symvers", b"0x00000001\toutside\tvmlinux\tEXPORT_SYMBOL\t\n")]);
    let inside = folder(&[("a/Module.symvers", symvers.as_bytes())]);
    let path = |name: &str| inside.path().join(name);
    symlink("..", path("a/loop")).expect("a link");
    symlink(outside.path(), path("b")).expect("a link");
    symlink(outside.path().join("Module.symvers"), path("Module.symvers")).expect("a link");
    let pipe = Command::new("mkfifo").arg(path("a/x.symtypes")).status().expect("mkfifo");
    assert!(pipe.success());
    for options in [&[][..], &["--no-sandbox"]] {
        let output = run(inside.path(), &[&["exports", "--format", "names", "."], options].concat());
        assert_eq!(output.stdout, b"f\n", "{}", output.stderr.escape_ascii());
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(stderr, "note: .: links that were not followed: 1\n");
    }
    // That of a kernel is named: in folders of debug files, it can be all that there is of it.
    symlink("../lib/vmlinux-7.3", path("a/vmlinux-7.3")).expect("a link");
    let output = run(inside.path(), &["exports", "--format", "names", "a"]);
    let stderr = String::from_utf8_lossy(&output.stderr);
    let expected =
        "note: a: links that were not followed: 1; a/vmlinux-7.3 is one: name the kernel that it leads to\n";
    assert_eq!(stderr, expected);
    // The folder itself may be given by a link.
    let output = run(inside.path(), &["exports", "--format", "names", "b"]);
    assert_eq!(output.stdout, b"outside\n");
}

#[test]
fn what_is_nothing_known_is_an_error() {
    let folder = folder(&[
        ("empty", b""),
        ("text", b"A text that somebody wrote.\n"),
        ("noise", &[0x80, 0, 1, 2, 3, 0xff]),
        ("cut", b"\x7fELF\x02\x01"),
        ("packed", b"\x1f\x8bnonsense"),
        ("symvers", b"0x00000001\tf\tvmlinux\tEXPORT_SYMBOL\t\n\x1b[2J\n"),
        ("none/README", b"nothing"),
    ]);
    let cases = [
        ("missing", "No such file"),
        ("empty", "the file is empty"),
        ("text", "nothing that is known"),
        ("noise", "nothing that is known"),
        ("cut", "damaged ELF file"),
        ("packed", "the gzip stream is damaged"),
        ("symvers", "line 2: not a line of Module.symvers: '\\u{1b}[2J'"),
        ("none", "nothing in this folder describes a build"),
    ];
    for (name, what) in cases {
        for command in ["versions", "exports"] {
            let error = error(folder.path(), &[command, name]);
            assert!(error.starts_with(&format!("error: {name}: ")) && error.contains(what), "{error}");
        }
    }
    // Of several, the first counts, however many threads there are.
    for jobs in ["-j1", "-j4"] {
        let error = error(folder.path(), &["exports", jobs, "text", "empty", "missing"]);
        assert!(error.starts_with("error: text: "), "{error}");
    }
}

#[test]
fn the_command_line_says_what_is_wrong_with_it() {
    let folder = folder(&[]);
    for args in [&[][..], &["versions"], &["nonsense"], &["versions", "--format", "x\x1b[2J", "y"]] {
        let output = run(folder.path(), args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(!output.stderr.contains(&0x1b) && output.stdout.is_empty(), "{args:?}");
    }
    for args in [&["--help"][..], &["versions", "--help"], &["--version"]] {
        let output = run(folder.path(), args);
        assert!(output.status.success() && !output.stdout.is_empty() && output.stderr.is_empty(), "{args:?}");
    }
}

#[test]
fn exports_of_which_nothing_is_known_are_noted() {
    // Without the companion object for assembly, no unit describes one of the symbols.
    let object = golden("per-unit/prog");
    let arguments = ["versions", object.to_str().expect("UTF-8")];
    let output = run(Path::new("."), &arguments);
    let notes = String::from_utf8(output.stderr).expect("UTF-8");
    let told = "no unit describes zero_page: there are neither versions nor changes to report";
    assert!(notes.contains(told), "{notes}");
    let companion = golden("per-unit/gcc-page.gendwarfksyms.o");
    let output = run(Path::new("."), &["versions", companion.to_str().expect("UTF-8")]);
    assert!(!String::from_utf8_lossy(&output.stderr).contains("no unit describes"));
}

/// A boot image of x86 around what is packed.
fn boot_image(packed: &[u8]) -> Vec<u8> {
    let mut image = vec![0; 1024];
    image[0x1f1] = 1;
    image[0x1fe..0x200].copy_from_slice(b"\x55\xaa");
    image[0x202..0x208].copy_from_slice(b"HdrS\x0f\x02");
    image[0x24c..0x250].copy_from_slice(&u32::try_from(packed.len()).expect("not much").to_le_bytes());
    [&image, packed].concat()
}

#[test]
fn a_boot_image_has_what_is_packed_in_it() {
    let module = Module { exports: TWO.to_vec(), ..Module::default() }.bytes();
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(&module).expect("memory");
    let packed = encoder.finish().expect("memory");
    let (whole, half) = (boot_image(&packed), boot_image(&packed[..packed.len() / 2]));
    let unknown = boot_image(b"\x04\x22\x4d\x18 and more");
    let files: [(&str, &[u8]); 5] = [
        ("whole", &whole),
        ("half", &half),
        ("unknown", &unknown),
        ("boot/vmlinuz-7.3.4", &whole),
        ("boot/vmlinuz-other", b"MZ and no packed kernel"),
    ];
    let folder = folder(&files);
    let args = |name| ["exports", "--format", "names", name];
    // In a folder, it counts if there is no vmlinux, and if there is a packed kernel in it.
    for name in ["whole", "boot"] {
        assert_eq!(told(folder.path(), &args(name)), "one\ntwo\n");
    }
    // Damage is damage, and what is not known is named.
    assert!(error(folder.path(), &args("half")).contains("the gzip stream is damaged"));
    let what = "unknown: the kernel in this image is packed, and neither with gzip, nor with xz or zstd\n";
    assert_eq!(error(folder.path(), &args("unknown")), format!("error: {what}"));
}

#[test]
fn an_image_without_an_elf_file_does_not_hide_the_modules_beside_it() {
    let module = Module { exports: TWO.to_vec(), ..Module::default() }.bytes();
    // Of arm64, as it is and compressed as a whole, which Debian has called vmlinuz, too; and one for EFI.
    let image = [&b"MZ"[..], &[0; 0x36], b"ARMd", &[0; 600]].concat();
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(&image).expect("memory");
    let packed = encoder.finish().expect("memory");
    let efi = [b"MZ\0\0zimg", &[0; 600][..]].concat();
    for image in [&image, &packed, &efi] {
        let folder = folder(&[("boot/vmlinuz-7.3.4", image), ("lib/a.ko", &module)]);
        let output = run(folder.path(), &["exports", "--format", "names", "."]);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(
            (output.status.code(), output.stdout.as_slice()),
            (Some(0), &b"one\ntwo\n"[..]),
            "{errors}"
        );
        let note = "boot/vmlinuz-7.3.4: this image does not say what the kernel exports";
        assert!(errors.contains(note), "{errors}");
    }
    // One that is damaged is an error.
    let folder = folder(&[("boot/vmlinuz-7.3.4", &packed[..12]), ("lib/a.ko", &module)]);
    assert!(error(folder.path(), &["exports", "."]).contains("damaged"));
}

#[test]
fn what_is_not_read_is_named() {
    let at = |offset: usize, magic: &[u8]| [&vec![0; offset], magic, &[0; 600]].concat();
    for (bytes, what) in [
        (at(0, b"070701"), "a cpio archive, such as an initramfs"),
        (at(0, b"PK\x03\x04"), "a zip archive"),
        (at(0x38, b"ARMd"), "a kernel image for arm64"),
    ] {
        let folder = folder(&[("it", &bytes)]);
        let error = error(folder.path(), &["exports", "it"]);
        assert!(error.starts_with(&format!("error: it: this is {what}")), "{error}");
    }
}

#[test]
fn dependencies_of_rpm_are_those_of_modprobe_and_awk() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path();
    let kernel = "0x00000001\tplain\tvmlinux\tEXPORT_SYMBOL\t\n0x00000000\tunversioned\tvmlinux\tEXPORT_SYMBOL\t\n\
                  0x0000002a\tmodule_layout\tvmlinux\tEXPORT_SYMBOL\t\n0x00000004\tother\tdrivers/other\tEXPORT_SYMBOL\t\n";
    let wanted = vec![("plain", Some(1)), ("of_others", Some(0xabcd)), ("module_layout", Some(0x2a))];
    let user = Module { wanted, ..Module::default() };
    let provided = Export { name: "of_others", is_gpl: false, namespace: "", version: 0xabcd };
    let provider = Module { exports: vec![provided], ..Module::default() };
    fs::create_dir_all(path.join("lib/modules/6.1/kernel")).expect("a folder");
    for name in ["user.ko", "provider.ko", "lib/modules/6.1/kernel/own.ko"] {
        let module = if name == "user.ko" { &user } else { &provider };
        fs::write(path.join(name), module.bytes()).expect("a module");
    }
    fs::write(path.join("Module.symvers"), kernel).expect("a record");
    let run = |program: &str, arguments: &[&str]| -> Option<String> {
        let output = Command::new(program)
            .args(arguments)
            .current_dir(path)
            .env("PATH", "/usr/sbin:/sbin:/usr/bin:/bin")
            .output()
            .ok()?;
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        Some(String::from_utf8(output.stdout).expect("UTF-8"))
    };
    let versions = |arguments: &[&str]| {
        let start = ["versions", "--quiet", "--format", "ksym"];
        run(env!("CARGO_BIN_EXE_dwarfksyms-under-test"), &[&start[..], arguments].concat())
            .expect("it starts")
    };
    assert_eq!(versions(&["provider.ko"]), "ksym(of_others) = 0x0000abcd\n");
    assert_eq!(versions(&["lib/modules/6.1/kernel/own.ko"]), "kernel(of_others) = 0x0000abcd\n");
    // What is not the kernel's is of another module; without a kernel, what another module has.
    for others in [&["Module.symvers"][..], &["provider.ko"], &["Module.symvers", "provider.ko"]] {
        let required =
            "kernel(module_layout) = 0x0000002a\nkernel(plain) = 0x00000001\nksym(of_others) = 0x0000abcd\n";
        assert_eq!(versions(&[&["--wanted", "user.ko"], others].concat()), required, "{others:?}");
    }
    let own = "lib/modules/6.1/kernel/own.ko";
    let required = versions(&["--wanted", "user.ko", own]);
    assert!(!required.contains("ksym") && required.lines().count() == 3, "{required}");
    // The scripts' way.
    let script = "awk -F'\\t' '$1 != \"0x00000000\" { print \"kernel(\" $2 \") = \" $1 }' Module.symvers | LC_ALL=C sort -u";
    if let Some(expected) = run("sh", &["-c", script]) {
        assert_eq!(versions(&["Module.symvers"]), expected);
    }
    let script = "command -v modprobe >/dev/null || exit 0; modprobe --dump-modversions ./user.ko | \
                  awk '{ printf \"kernel(%s) = %s\\n\", $2, $1 }' | LC_ALL=C sort -u";
    match run("sh", &["-c", script]) {
        Some(expected) if !expected.is_empty() => assert_eq!(versions(&["--wanted", "user.ko"]), expected),
        _ => {}
    }
    // A name that would say something else in a dependency.
    fs::write(path.join("bad"), "0x00000001\ta)(b\tvmlinux\tEXPORT_SYMBOL\t\n").expect("a record");
    let mut command = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"));
    let output =
        command.args(["versions", "--format", "ksym", "bad"]).current_dir(path).output().expect("it starts");
    let error = "error: bad: the symbol 'a)(b' cannot be in a dependency of RPM\n";
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(2), error));
}
