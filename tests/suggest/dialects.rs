//! Which macros are suggested for a kernel of which distribution, and for one whose versions are those of genksyms.

use std::fs;
use std::process::Command;

use dwarfksyms_tests::note;
use serde_json::Value;

use crate::{described, printed};

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
        let text = printed(&["suggest"], &old, &new);
        assert!(text.contains(&format!("Macros: {dialect}, since ")), "{reserved}: {text}");
        assert!(text.contains(source), "{reserved}: {text}");
        // What is asked for is not guessed.
        let json = printed(&["suggest", "--format", "json", "--macros", "raw"], &old, &new);
        let answer: Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!((&answer["dialect"], &answer["guessed_from"]), (&"raw".into(), &Value::Null));
    }
}

#[test]
fn kernels_of_genksyms_get_nothing_that_it_does_not_know() {
    let old = "s#s struct s { int a ; }\nf int f ( s#s * )\n";
    let new = "s#s struct s { int a ; int b ; }\nf int f ( s#s * )\n";
    let text = printed(&["suggest"], old, new);
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
