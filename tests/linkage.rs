//! What an object offers and wants, as the library reads it, from objects that are made symbol by symbol.

use dwarfksyms_core::{
    ErrorKind, Exports, Form, Image, Limits, Linkage, Object as Described, Options, Recording,
};
use dwarfksyms_tests::object::{ABSOLUTE, GLOBAL, Manner, Object, UNDEFINED, WEAK};
use dwarfksyms_tests::repository;

/// The name of an export, whether it is for the GPL only, its namespace and version.
type Export<'a> = (&'a str, Option<bool>, Option<&'a str>, Option<u32>);

fn check(object: &Object, form: Form, expected: &[Export<'_>]) {
    let bytes = object.bytes();
    let linkage = Linkage::parse(&bytes, &Limits::default()).expect("an object");
    assert_eq!(linkage.form, form);
    let text = |bytes| std::str::from_utf8(bytes).expect("a name");
    let exports = linkage.exports.iter();
    let exports: Vec<Export<'_>> = exports
        .map(|export| (text(export.name), export.is_gpl, export.namespace.map(text), export.version))
        .collect();
    assert_eq!(exports, expected, "{:?}", object.manner);
}

#[test]
fn labels_have_a_licence_and_a_namespace() {
    for manner in Manner::ALL {
        let mut object = Object::default();
        object.manner = manner;
        let section = object.section(".export_symbol", b"GPL\0NS\0\0\0GPLX\0\0cut".to_vec());
        for (name, value) in [("licensed", 0), ("free", 7), ("other", 9), ("cut", 15)] {
            object.symbol(&format!("__export_symbol_{name}"), GLOBAL, section, value);
        }
        object.symbol("__export_symbol_", GLOBAL, section, 0);
        check(
            &object,
            Form::Object,
            &[
                ("free", Some(false), Some(""), None),
                ("licensed", Some(true), Some("NS"), None),
                ("other", Some(false), Some(""), None),
            ],
        );
    }
}

#[test]
fn entries_have_a_table_and_versions() {
    for manner in Manner::ALL {
        for is_linked in [false, true] {
            let manner = Manner { is_linked, ..manner };
            let mut object = Object::default();
            object.manner = manner;
            // Tables as a compiler leaves them, which a linker would give other names.
            let tables = ["___ksymtab+all", "___ksymtab_gpl+gpl", "___ksymtab_gpl_future+later"];
            for (table, name) in tables.into_iter().zip(["all", "gpl", "later"]) {
                let section = object.section(table, vec![0; 8]);
                object.symbol(&format!("__ksymtab_{name}"), GLOBAL, section, 0);
            }
            let strings = object.section("__ksymtab_strings", b"\0NS\0".to_vec());
            object.symbol("__kstrtabns_gpl", GLOBAL, strings, 1);
            let crcs =
                object.section(".rodata", [manner.number(7, 4), manner.number(0x8765_4321, 4)].concat());
            object.symbol("__crc_all", GLOBAL, crcs, 4);
            object.symbol("__crc_gpl", GLOBAL, ABSOLUTE, 0xffff_ffff_1234_5678);
            let form = if is_linked { Form::Kernel } else { Form::Object };
            check(
                &object,
                form,
                &[
                    ("all", Some(false), None, Some(0x8765_4321)),
                    ("gpl", Some(true), Some("NS"), Some(0x1234_5678)),
                    ("later", Some(true), None, None),
                ],
            );
        }
    }
}

#[test]
fn a_module_wants_what_is_elsewhere() {
    let mut object = Object::default();
    object.add(".gnu.linkonce.this_module", vec![0; 8]);
    object.add(".modinfo", b"license=GPL\0licenses=none\0license=MIT\0".to_vec());
    object.add("__version_ext_crcs", [9_u32, 5].map(u32::to_le_bytes).concat());
    object.add("__version_ext_names", b"module_layout\0needed\0".to_vec());
    object.symbol("needed", GLOBAL, UNDEFINED, 0);
    object.symbol("moot", GLOBAL, UNDEFINED, 0);
    object.symbol("optional", WEAK, UNDEFINED, 0);
    let bytes = object.bytes();
    let linkage = Linkage::parse(&bytes, &Limits::default()).expect("a module");
    assert_eq!((linkage.form, linkage.recording), (Form::Module, Recording::Extended));
    let wanted = linkage.wanted.iter();
    let wanted: Vec<_> =
        wanted.map(|wanted| (wanted.name, wanted.version, wanted.is_weak, wanted.is_used)).collect();
    let expected = [
        (&b"module_layout"[..], Some(9), false, false),
        (b"moot", None, false, true),
        (b"needed", Some(5), false, true),
        (b"optional", None, true, true),
    ];
    assert_eq!(wanted, expected);
    assert_eq!(linkage.info("license").collect::<Vec<_>>(), [b"GPL", b"MIT"]);
}

#[test]
fn an_archive_is_named_as_such() {
    for magic in [&b"!<arch>\n"[..], b"!<thin>\n"] {
        let kind = Linkage::parse(magic, &Limits::default()).map(drop).map_err(|error| error.kind());
        assert_eq!(kind, Err(ErrorKind::Archive));
    }
}

#[test]
fn only_sections_of_compressed_dwarf_are_compressed() {
    let unit = dwarfksyms_tests::object::Unit::default();
    let mut object = Object::with_unit(&unit);
    // Strings that begin like a section that is compressed in the old way, and names that are nearly those of one.
    object.add(".debug_str", b"ZLIB\0\0\0\0\0\0\0\x01string\0".to_vec());
    object.add(".zebra", b"ZLIB\0\0\0\0\0\0\0\x01".to_vec());
    object.add("zzdebug_info", b"no DWARF".to_vec());
    let bytes = object.bytes();
    let limits = Limits::default();
    let mut image = Image::parse(&bytes, &limits).expect("an object");
    image.unpack(|packed| Err(*packed)).expect("nothing is compressed");
    Described::parse(&bytes, Options::default(), &limits).expect("DWARF");
}

#[test]
fn what_is_still_compressed_is_an_error() {
    let bytes = std::fs::read(repository().join("corpus/golden/compressed-gcc/zlib.o")).expect("an object");
    let limits = Limits::default();
    let exports = Exports::parse(b"symbol\n", &limits).expect("a list");
    let object = Described::parse(&bytes, Options::default(), &limits);
    let kind = object.and_then(|object| object.description(&exports).map(drop)).map_err(|error| error.kind());
    assert_eq!(kind, Err(ErrorKind::CompressedSection));
}
