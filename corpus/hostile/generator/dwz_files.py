"""Files with what `dwz` moved elsewhere."""

import struct

from .asm import *
from .case import INT, patched, topic
from .debug_files import HERE, build_id

error, ok = topic("dwz-files")


def alternate(name, identity=b"\1\2\3"):
    return Section(".gnu_debugaltlink", name.encode("latin-1") + b"\0" + identity)


def with_alternate(name, at=12, form="gnu_ref_alt", identity=b"\1\2\3"):
    main = Unit(Die("variable", ("name", "string", "f"), ("type", form, at)))
    return Elf(sections(main) + [alternate(name, identity)]).bytes()


def common(*dies):
    return Elf(sections(Unit(*(dies or [INT]))) + [build_id(b"\1\2\3")]).bytes()


@ok(args=HERE + ["x.o"])
def sound_file():
    """A sound file of dwz."""
    return {"x.o": with_alternate("dwz"), "dwz": common()}


@error(args=HERE + ["x.o"])
def missing():
    """The file is not there."""
    return {"x.o": with_alternate("dwz")}


@error(args=HERE + ["x.o"])
def another_identity():
    """The file has another build ID."""
    return {"x.o": with_alternate("dwz", identity=b"\7\7\7"), "dwz": common()}


@error(args=HERE + ["x.o"])
def identity_empty():
    """The link has no build ID, so no file is the right one."""
    return {"x.o": with_alternate("dwz", identity=b""), "dwz": common()}


@error(args=HERE + ["x.o"])
def to_another_folder():
    """The file is /etc/passwd."""
    return {"x.o": with_alternate("/etc/passwd")}


@error(args=HERE + ["x.o"])
def upwards():
    """The path climbs out of the folder."""
    return {"x.o": with_alternate("../../../../../../../etc/passwd")}


@error(args=HERE + ["x.o"], links={"dwz": "/etc/passwd"})
def through_a_link():
    """The file is a link to /etc/passwd."""
    return {"x.o": with_alternate("dwz")}


@error(args=HERE + ["x.o"], fifos=["dwz"])
def pipe():
    """The file is a pipe that nobody writes to."""
    return {"x.o": with_alternate("dwz")}


@error(args=HERE + ["x.o"])
def name_empty():
    """The name is empty, which is the folder itself."""
    return {"x.o": with_alternate("")}


@error(args=HERE + ["x.o"])
def name_with_an_escape_sequence():
    """The name would clear a terminal."""
    return {"x.o": with_alternate("\x1b[2J\n\xff")}


@error(args=HERE + ["x.o"])
def reference_outside():
    """A reference to behind the end of the other file."""
    return {"x.o": with_alternate("dwz", at=4711), "dwz": common()}


@error(args=HERE + ["x.o"])
def reference_into_an_empty_file():
    """The file has type units only, and at that offset of the object there is a type."""
    target = Unit(INT, Die("variable", ("name", "string", "f"), ("type", "gnu_ref_alt", 0))).labels["int"]
    main = Unit(INT, Die("variable", ("name", "string", "f"), ("type", "gnu_ref_alt", target)))
    types = Unit(INT, extra=struct.pack("<QI", 7, 24), root_tag="type_unit")
    others = [Section(".debug_types", types.info), Section(".debug_abbrev", types.abbreviations)]
    empty = Elf([Section(".debug_info"), *others, build_id(b"\1\2\3")])
    return {"x.o": Elf(sections(main) + [alternate("dwz")]).bytes(), "dwz": empty.bytes()}


@error(args=HERE + ["x.o"])
def reference_to_a_header():
    """A reference to a unit's header in the other file."""
    return {"x.o": with_alternate("dwz", at=2), "dwz": common()}


@error(args=HERE + ["x.o"])
def damaged_file():
    """The other file is damaged."""
    return {"x.o": with_alternate("dwz"), "dwz": patched(common(), 64 + 4, b"\x63")}


@error(args=HERE + ["x.o"])
def itself():
    """An object that is its own file of dwz, and a pointer whose type is that pointer there."""
    main = Unit(
        Die("variable", ("name", "string", "f"), ("type", "gnu_ref_alt", 0x12), label="f"),
        Die("pointer", ("type", "gnu_ref_alt", To("p")), label="p"),
    )
    main = Unit(
        Die("variable", ("name", "string", "f"), ("type", "gnu_ref_alt", main.labels["p"])),
        Die("pointer", ("type", "gnu_ref_alt", main.labels["p"]), label="p"),
    )
    return {"x.o": Elf(sections(main) + [alternate("x.o"), build_id(b"\1\2\3")]).bytes()}


@error(args=HERE + ["x.o"])
def reference_from_there():
    """The other file refers to yet another one."""
    return {
        "x.o": with_alternate("dwz"),
        "dwz": Elf(
            sections(Unit(Die("pointer", ("type", "gnu_ref_alt", 12))))
            + [build_id(b"\1\2\3"), alternate("x.o")]
        ).bytes(),
    }


@error(args=["--no-companions", "x.o"])
def forbidden():
    """A file of dwz where no file may be opened that the command line does not name."""
    return {"x.o": with_alternate("dwz"), "dwz": common()}


@error(args=HERE + ["x.o"])
def supplementary_cut():
    """The link of DWARF 5 is cut: the object names no file."""
    main = Unit(Die("variable", ("name", "string", "f"), ("type", "ref_sup4", 12)), version=5)
    return {"x.o": Elf(sections(main) + [Section(".debug_sup", b"\5\0\0dwz")]).bytes()}


@error(args=HERE + ["x.o"])
def supplementary_version():
    """The link of DWARF 5 is of version 6: the object names no file."""
    main = Unit(Die("variable", ("name", "string", "f"), ("type", "ref_sup4", 12)), version=5)
    return {"x.o": Elf(sections(main) + [Section(".debug_sup", b"\6\0\0dwz\0\3\1\2\3")]).bytes()}


@error(args=HERE + ["x.o"])
def supplementary_checksum_too_long():
    """The checksum is longer than the section."""
    main = Unit(Die("variable", ("name", "string", "f"), ("type", "ref_sup4", 12)), version=5)
    return {"x.o": Elf(sections(main) + [Section(".debug_sup", b"\5\0\0dwz\0\x7f\1\2\3")]).bytes()}
