"""Line tables."""

import struct

from .asm import *
from .case import object_of, topic, variable

error, ok = topic("line-tables")
PUBLIC, PRIVATE = "variable structure_type s { } byte_size(4)", "variable structure_type s { }"


def declared(table, file=1, at=0, version=4, **others):
    """An object with a type that is declared in a file of the line table."""
    kind = Die(
        "structure",
        ("name", "string", "s"),
        ("byte_size", "udata", 4),
        ("decl_file", "udata", file),
        children=[],
        label="s",
    )
    made = Unit(variable(value=To("s")), kind, version=version, root=[("stmt_list", "sec_offset", at)])
    return object_of(made, debug_line=table, **others)


STRING, UDATA, LINE_STRP, DATA16 = 0x08, 0x0F, 0x1F, 0x1E
FORMAT = [(1, STRING), (2, UDATA)]
FILE, SOURCE = b"x.h\0\0", b"x.c\0\0"


@ok(text=PUBLIC)
def public():
    """The type is declared in a header."""
    return declared(lines(files=[("x.h", 0)]))


@ok(text=PRIVATE)
def private():
    """The type is declared in a source file."""
    return declared(lines(files=[("x.c", 0)]))


@ok(text=PUBLIC)
def version_2():
    """A table of version 2 beside a unit of version 4."""
    return declared(lines(2, files=[("x.h", 0)]))


@ok(text=PRIVATE)
def version_5():
    """A table of version 5 beside a unit of version 4; files are counted from 0."""
    return declared(lines5([(1, STRING)], [b"d\0"], FORMAT, [FILE, SOURCE]))


@error
def version_0():
    """A table of version 0."""
    return declared(lines(0, files=[("x.h", 0)]))


@error
def version_1():
    """A table of version 1."""
    return declared(lines(1, files=[("x.h", 0)]))


@error
def version_6():
    """A table of version 6."""
    return declared(lines5([(1, STRING)], [b"d\0"], FORMAT, [FILE, SOURCE], version=6))


@error
def missing():
    """There is no `.debug_line`."""
    kind = Die("structure", ("name", "string", "s"), ("decl_file", "udata", 1), children=[], label="s")
    return object_of(Unit(variable(value=To("s")), kind, root=[("stmt_list", "sec_offset", 0)]))


@error
def not_named():
    """The unit names no line table."""
    kind = Die("structure", ("name", "string", "s"), ("decl_file", "udata", 1), children=[], label="s")
    return object_of(Unit(variable(value=To("s")), kind), debug_line=lines(files=[("x.h", 0)]))


@error
def outside():
    """The unit's line table lies behind the section."""
    return declared(lines(files=[("x.h", 0)]), at=4711)


@error
def cut():
    """The table ends within a file's name."""
    return declared(lines(files=[("x.h", 0)])[:-5])


@error
def length_too_large():
    """The table is longer than the section."""
    return declared(lines(files=[("x.h", 0)], length=4711))


@error
def length_one_too_large():
    """The table is longer than the section by one byte."""
    table = lines(files=[("x.h", 0)])
    return declared(lines(files=[("x.h", 0)], length=len(table) - 4 + 1))


@error
def length_reserved():
    """The length of the table is one of those that are reserved."""
    return declared(lines(files=[("x.h", 0)], length=0xFFFFFFF5))


@error
def index_outside():
    """The table has no such file."""
    return declared(lines(files=[("x.h", 0)]), file=2)


@error
def index_of_64_bits():
    """The largest file index there is."""
    return declared(lines(files=[("x.h", 0)]), file=(1 << 64) - 1)


@error
def index_beyond_32_bits():
    """The lower half of the file index would be that of a file."""
    return declared(lines(files=[("x.h", 0)]), file=(1 << 32) + 1)


@ok(text=PUBLIC)
def index_0():
    """Before DWARF 5, index 0 stands for no file."""
    return declared(lines(files=[("x.c", 0)]), file=0)


@ok(text=PUBLIC)
def index_outside_that_nobody_needs():
    """A file that the table has not, of a type that nobody needs."""
    other = Die("structure", ("name", "string", "t"), ("decl_file", "udata", 99), children=[])
    kind = Die("structure", ("name", "string", "s"), ("byte_size", "udata", 4), children=[], label="s")
    return object_of(Unit(variable(value=To("s")), kind, other, root=[("stmt_list", "sec_offset", 4711)]))


@error
def no_file():
    """A table without files."""
    return declared(lines())


@ok(text=PUBLIC)
def folder_outside():
    """The folder of a file does not exist; only the file's own name counts."""
    return declared(lines(files=[("x.h", 4711)]))


@error
def file_count_huge():
    """More files than there are bytes."""
    return declared(lines5([(1, STRING)], [b"d\0"], FORMAT, [FILE], file_count=1 << 60))


@error
def directory_count_huge():
    """More directories than there are bytes."""
    return declared(lines5([(1, STRING)], [b"d\0"], FORMAT, [FILE], directory_count=(1 << 64) - 1))


@error
def files_without_format():
    """A million files, each of which takes no room."""
    return declared(lines5([(1, STRING)], [b"d\0"], [], [], file_count=1000000))


@error
def file_of_no_room():
    """A million files whose only field takes no room."""
    return declared(lines5([(1, STRING)], [b"d\0"], [(1, 0x19)], [], file_count=1000000))


@error
def format_implicit_constant():
    """A format with a form whose value stands in an abbreviation, of which there is none."""
    return declared(lines5([(1, STRING)], [b"d\0"], [(1, 0x21)], [b""], file_count=1))


@error
def format_indirect():
    """A path whose form stands beside its value, again and again."""
    return declared(lines5([(1, STRING)], [b"d\0"], [(1, 0x16)], [b"\x16" * 50]))


@error
def format_unknown():
    """A format with a form that is not known."""
    return declared(lines5([(1, STRING)], [b"d\0"], [(1, 0x7F)], [FILE]))


@error
def path_is_a_number():
    """A path that is a number."""
    return declared(lines5([(1, STRING)], [b"d\0"], [(1, UDATA)], [b"\1", b"\2"]))


@ok(text=PRIVATE)
def contents_unknown():
    """A format with contents that are not known, in every form."""
    form = [(0x2001, 0x0B), (1, STRING), (5, DATA16), (0x3FFF, 0x09), (9, 0x0D)]
    entry = lambda name: b"\7" + name + bytes(16) + b"\2xx" + b"\x7f"
    return declared(lines5([(1, STRING)], [b"d\0"], form, [entry(b"x.h\0"), entry(b"x.c\0")]))


@ok(text=PUBLIC)
def path_missing():
    """A format without a path: the files have no names, so none is a source file."""
    return declared(lines5([(1, STRING)], [b"d\0"], [(2, UDATA)], [b"\0", b"\0"]))


@error
def path_outside():
    """A path behind the end of `.debug_line_str`."""
    return declared(
        lines5([(1, STRING)], [b"d\0"], [(1, LINE_STRP)], [struct.pack("<I", 4711)] * 2),
        debug_line_str=b"x.h\0",
    )


@ok(text=PRIVATE)
def directory_outside():
    """A directory's name lies behind the end of `.debug_line_str`, and does not matter."""
    return declared(
        lines5([(1, LINE_STRP)], [struct.pack("<I", 4711)], FORMAT, [FILE, SOURCE]), debug_line_str=b""
    )


@error
def entries_cut():
    """The table ends within the files."""
    return declared(lines5([(1, STRING)], [b"d\0"], FORMAT, [FILE, b"x"], file_count=2))


@ok(text=PRIVATE)
def format_of_200_fields():
    """A format of two hundred fields, one of which counts."""
    form = [(9, 0x0B)] * 199 + [(1, STRING)]
    return declared(lines5([(1, STRING)], [b"d\0"], form, [bytes(199) + b"x.h\0", bytes(199) + b"x.c\0"]))
