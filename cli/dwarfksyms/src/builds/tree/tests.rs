//! Folders with a build in them.

use std::fs;

use super::*;

/// A folder with files, of which some are objects with DWARF.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn object() -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/golden/pointer-only/x.gcc.o");
    fs::read(path).unwrap()
}

/// The names of types and those of exports, each with whether it has a version.
fn types(folder: &Path) -> (Vec<String>, Vec<(String, bool)>) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let common = dwarfksyms_host::common::Common {
        companion_roots: Vec::new(),
        no_companions: true,
        no_sandbox: true,
        jobs: None,
        limits: Vec::new(),
    };
    let reading = Reading {
        common: &common,
        detail: Detail::Types,
        options: dwarfksyms_core::Options::default(),
        manner: None,
        is_recomputed: false,
        counted: &crate::builds::Counted::Exported,
        has_all_types: false,
        is_alone: false,
        btf_base: None,
        debug_files: None,
        steps: &dwarfksyms_host::progress::Steps::default(),
        revisions: &super::super::Revisions::default(),
        shelf: &std::sync::Arc::default(),
    };
    let build = Build::open(folder, &reading).unwrap();
    assert!(build.types.iter().all(|types| types.text.len() > 0));
    let exports = build.exports.iter();
    (
        build.types.iter().map(|types| text(&types.name)).collect(),
        exports.map(|export| (text(&export.symbol), export.version.is_some())).collect(),
    )
}

#[test]
fn types_are_those_that_versions_are_made_of() {
    let object = object();
    let cmd = b"savedcmd_x.o := gcc\n#SYMVER asm_fn 0xfd9f5d0a\n".as_slice();
    let linked = b"savedcmd_all.o := ld\n".as_slice();
    let symvers = b"0xfd9f5d0a\tasm_fn\tvmlinux\tEXPORT_SYMBOL\t\n".as_slice();
    let symtypes = b"asm_fn subprogram ( ) -> base_type void\n".as_slice();
    let mut files = vec![
        ("sub/x.o", object.as_slice()),
        ("sub/.x.o.cmd", cmd),
        ("all.o", &object),
        (".all.o.cmd", linked),
        ("Module.symvers", symvers),
        ("types/x.symtypes", symtypes),
    ];
    let one = vec![("asm_fn".to_owned(), true)];
    let read = |files: &[(&str, &[u8])]| types(folder(files).path());
    // Symtypes files, or else what kbuild has made versions of.
    assert_eq!(read(&files), (vec!["types/x.symtypes".to_owned()], one.clone()));
    files.pop();
    assert_eq!(read(&files), (vec!["sub/x.o".to_owned()], one.clone()));
    files.pop();
    assert_eq!(read(&files), (vec!["sub/x.o".to_owned()], one));
    // Without .cmd files, all objects; each export counts once.
    let (names, exports) = read(&[("a.o", &object), ("b.o", &object)]);
    assert_eq!(names, ["a.o", "b.o"]);
    assert!(exports.len() == 8 && exports.iter().all(|(_, has_version)| *has_version));
}

#[test]
fn a_cmd_file_stands_beside_its_object() {
    assert_eq!(object_of(Path::new("a/.b.o.cmd")), Some(PathBuf::from("a/b.o")));
    assert_eq!(object_of(Path::new("a/b.o.cmd")), None);
}
