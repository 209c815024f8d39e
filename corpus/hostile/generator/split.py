"""Split DWARF, and packages of it."""

import struct

from .asm import *
from .case import INT, object_of, patched, topic, variable
from .debug_files import HERE

error, ok = topic("split")
NUMBER = 0x1122334455667788


def skeleton(name="x.dwo", number=NUMBER, table=None, **more):
    return Unit(
        version=5,
        kind=4,
        extra=struct.pack("<Q", number),
        root_tag="skeleton_unit",
        table=table,
        root=[("dwo_name", "string", name)] + list(more.items()),
    )


def split(*dies, number=NUMBER, **options):
    return Unit(*(dies or [INT, variable()]), version=5, kind=5, extra=struct.pack("<Q", number), **options)


def dwo(*units, **others):
    info, abbreviations, *rest = sections(*units, **others)
    info.name, abbreviations.name = ".debug_info.dwo", ".debug_abbrev.dwo"
    return Elf([info, abbreviations] + rest).bytes()


@ok(args=HERE + ["x.o"])
def sound_file():
    """A sound object and its other part."""
    return {"x.o": object_of(skeleton()), "x.dwo": dwo(split())}


@error(args=HERE + ["x.o"])
def missing():
    """The other part is not there."""
    return {"x.o": object_of(skeleton())}


@error(args=HERE + ["x.o"])
def another_number():
    """The other part is of another unit."""
    return {"x.o": object_of(skeleton()), "x.dwo": dwo(split(number=1))}


@error(args=HERE + ["x.o"])
def to_another_folder():
    """The other part is /etc/passwd."""
    return {"x.o": object_of(skeleton("/etc/passwd"))}


@error(args=HERE + ["x.o"])
def upwards():
    """The path climbs out of the folder."""
    return {"x.o": object_of(skeleton("../../../../../../../../etc/passwd"))}


@error(args=HERE + ["x.o"], links={"x.dwo": "/etc/passwd"})
def through_a_link():
    """The other part is a link to /etc/passwd."""
    return {"x.o": object_of(skeleton())}


@error(args=HERE + ["x.o"], fifos=["x.dwo"])
def pipe():
    """The other part is a pipe that nobody writes to."""
    return {"x.o": object_of(skeleton())}


@error(
    args=HERE + ["x.o"],
)
def itself():
    """The object is its own other part: the unit there is the same half."""
    return {"x.o": object_of(skeleton("x.o"))}


@error(args=HERE + ["x.o"])
def name_empty():
    """The name of the other part is empty."""
    return {"x.o": object_of(skeleton(""))}


@error(args=HERE + ["x.o"])
def name_with_an_escape_sequence():
    """The name of the other part would clear a terminal."""
    return {"x.o": object_of(skeleton("\x1b[2J\n\xff"))}


@error(args=HERE + ["x.o"])
def damaged_file():
    """The other part is cut."""
    return {"x.o": object_of(skeleton()), "x.dwo": dwo(split())[:-40]}


@error(args=HERE + ["x.o"])
def damaged_unit():
    """The other part has a type that leads nowhere."""
    return {
        "x.o": object_of(skeleton()),
        "x.dwo": dwo(split(Die("variable", ("name", "string", "f"), ("type", "ref4", 0x7777)))),
    }


@error(
    args=HERE + ["x.o"],
)
def split_again():
    """The other part is split once more: only one step is taken."""
    return {"x.o": object_of(skeleton()), "x.dwo": dwo(skeleton("y.dwo")), "y.dwo": dwo(split())}


@error(args=["--no-companions", "x.o"])
def forbidden():
    """Split DWARF where no file may be opened that the command line does not name."""
    return {"x.o": object_of(skeleton()), "x.dwo": dwo(split())}


@ok(args=HERE + ["x.o"])
def many_units_of_one_file():
    """A hundred units with one number and one other part."""
    table = {}
    units = [skeleton(table=table) for _ in range(100)]
    return {"x.o": object_of(*units), "x.dwo": dwo(split())}


@ok(args=HERE + ["x.o"])
def files_in_turn():
    """Units that name two files in turn."""
    table, other = {}, {}
    units = [skeleton(("a.dwo", "b.dwo")[number % 2], number + 1, table) for number in range(20)]
    parts = [split(number=number + 1, table=other) for number in range(20)]
    both = dwo(*parts)
    return {"x.o": object_of(*units), "a.dwo": both, "b.dwo": both}


@error(args=HERE + ["x.o"])
def header_cut():
    """The unit's header ends within its number."""
    first = skeleton()
    return {
        "x.o": Elf(
            [
                Section(".debug_info", struct.pack("<IHBBII", 12, 5, 4, 8, 0, 7)),
                Section(".debug_abbrev", first.abbreviations),
            ]
        ).bytes()
    }


error, ok = topic("packages")


def index(rows, version=5, columns=(1, 3), count=None, slots=None, hashes=None, places=None):
    """An index: rows are (signature, parts), parts (offset, size) for each column."""
    size = slots if slots is not None else 2 * max(len(rows), 1)
    table, order = [0] * size, [0] * size
    for row, (signature, _) in enumerate(rows):
        if size:
            at = signature % size
            table[at], order[at] = signature, row + 1
    out = struct.pack("<HHIII", version, 0, len(columns), len(rows) if count is None else count, size)
    out += struct.pack(f"<{size}Q", *(hashes or table)) + struct.pack(f"<{size}I", *(places or order))
    out += struct.pack(f"<{len(columns)}I", *columns)
    for field in (0, 1):
        for _, parts in rows:
            out += struct.pack(f"<{len(columns)}I", *[part[field] for part in parts])
    return out


def package(table, data=None):
    part = split() if data is None else data
    info, abbreviations = sections(part)
    return Elf(
        [
            Section(".debug_info.dwo", info.data),
            Section(".debug_abbrev.dwo", abbreviations.data),
            Section(".debug_cu_index", table),
        ]
    ).bytes()


def row(offset=0, size=None, number=NUMBER):
    part = split()
    return number, ((offset, len(part.info) if size is None else size), (0, len(part.abbreviations)))


def packed(table):
    return {"x.o": object_of(skeleton()), "x.o.dwp": package(table)}


@ok(args=HERE + ["x.o"])
def sound_package():
    """A sound package."""
    return packed(index([row()]))


@error(args=HERE + ["x.o"])
def no_slots():
    """An index with units and without slots."""
    return packed(index([row()], slots=0))


@error(args=HERE + ["x.o"])
def no_units():
    """An index without units, and the object's own file is not there."""
    return packed(index([]))


@error(args=HERE + ["x.o"])
def empty_index():
    """An index without a byte."""
    return packed(b"")


@error(args=HERE + ["x.o"])
def count_above_slots():
    """More units than slots."""
    return packed(index([row()], count=100))


@error(args=HERE + ["x.o"])
def slots_huge():
    """An index with 2^31 slots."""
    return packed(patched(index([row()]), 12, struct.pack("<I", 1 << 31)))


@error(args=HERE + ["x.o"])
def slots_not_a_power_of_two():
    """An index with three slots."""
    return packed(index([row(), row(number=5)], slots=3))


@error(args=HERE + ["x.o"])
def columns_huge():
    """An index with 2^32-1 columns."""
    return packed(patched(index([row()]), 4, b"\xff\xff\xff\xff"))


@error(args=HERE + ["x.o"])
def version_9():
    """An index of version 9."""
    return packed(index([row()], version=9))


@error(args=HERE + ["x.o"])
def section_unknown():
    """A column of a section that is not known."""
    return packed(index([row()], columns=(1, 99)))


@error(args=HERE + ["x.o"])
def section_twice():
    """Both columns are of the same section."""
    return packed(index([row()], columns=(3, 3)))


@error(args=HERE + ["x.o"])
def row_outside():
    """A slot leads to a row that is not there."""
    return packed(index([row()], places=[77, 77]))


@error(args=HERE + ["x.o"])
def all_slots_taken():
    """Every slot is taken by another unit: looking for a free one must end."""
    return packed(index([row()], hashes=[1, 3], places=[1, 1]))


@error(args=HERE + ["x.o"])
def part_outside():
    """A unit's part lies outside of the section."""
    return packed(index([row(offset=4711)]))


@error(args=HERE + ["x.o"])
def part_beyond_the_end():
    """A unit's part ends outside of the section."""
    return packed(index([row(size=0xFFFFFFFF)]))


@error(args=HERE + ["x.o"])
def part_of_another_unit():
    """The index leads to a unit with another number."""
    return {"x.o": object_of(skeleton()), "x.o.dwp": package(index([row()]), split(number=1))}


@error(args=HERE + ["x.o"])
def cut():
    """The index is cut."""
    return packed(index([row()])[:-6])


@error(args=HERE + ["x.o"])
def text():
    """The package is not an ELF file."""
    return {"x.o": object_of(skeleton()), "x.o.dwp": b"hello\n"}


@ok(args=HERE + ["x.o"])
def without_the_unit():
    """A package that does not have the unit, whose own file is there."""
    return {"x.o": object_of(skeleton()), "x.o.dwp": package(index([row(number=2)])), "x.dwo": dwo(split())}


@ok(args=HERE + ["x.o"], links={"x.o.dwp": "/etc"})
def package_is_a_folder():
    """The package is a link to a folder; the unit's own file is there."""
    return {"x.o": object_of(skeleton()), "x.dwo": dwo(split())}
