"""Type units."""

import struct

from .asm import *
from .case import INT, object_of, topic, unit, variable
from .abbreviations import NONE

error, ok = topic("type-units")


def type_unit(signature, at, *dies, version=5, **options):
    extra = struct.pack("<QI", signature, at)
    return Unit(*dies, version=version, kind=2, extra=extra, root_tag="type_unit", **options)


def with_types(form, value, *units):
    table = {}
    main = Unit(variable(form, value), version=5, table=table)
    made = [make(table) for make in units]
    return Elf(
        [
            Section(".debug_info", b"".join([main.info] + [one.info for one in made])),
            Section(".debug_abbrev", (made or [main])[-1].shapes() + NONE),
        ]
    ).bytes()


#: Where the first child of a type unit's root stands.
FIRST = 4 + 2 + 1 + 1 + 4 + 12 + 1


@ok
def sound_unit():
    """A type in a type unit."""
    return with_types("ref_sig8", 7, lambda table: type_unit(7, FIRST, INT, table=table))


@ok
def same_signature():
    """Two type units with one signature: the first counts."""
    return with_types(
        "ref_sig8",
        7,
        lambda table: type_unit(7, FIRST, INT, table=table),
        lambda table: type_unit(7, FIRST, die("base", name="other"), table=table),
    )


@error
def signature_wrong():
    """The only type unit has another signature."""
    return with_types("ref_sig8", 7, lambda table: type_unit(8, FIRST, INT, table=table))


@error
def signature_wrong_in_its_upper_half():
    """The only type unit has a signature that differs in a bit of the upper half."""
    return with_types("ref_sig8", 7 + (1 << 40), lambda table: type_unit(7, FIRST, INT, table=table))


@error
def offset_outside():
    """The type lies outside of its unit."""
    return with_types("ref_sig8", 7, lambda table: type_unit(7, 4711, INT, table=table))


@error
def offset_zero():
    """The type is the unit's header."""
    return with_types("ref_sig8", 7, lambda table: type_unit(7, 0, INT, table=table))


@error
def offset_of_the_root():
    """The type is the unit's root."""
    return with_types("ref_sig8", 7, lambda table: type_unit(7, FIRST - 1, INT, table=table))


@error
def offset_in_the_middle():
    """The type is the middle of a DIE, where what is found is no DIE."""
    return with_types("ref_sig8", 7, lambda table: type_unit(7, FIRST + 2, INT, table=table))


@error
def offset_of_a_null_entry():
    """The type is a null entry."""
    return with_types("ref_sig8", 7, lambda table: type_unit(7, FIRST, Raw(b"\0"), INT, table=table))


@error
def header_cut():
    """The unit ends within its signature."""
    first = unit(version=5)
    return Elf(
        [
            Section(".debug_info", first.info + struct.pack("<IHBBII", 12, 5, 2, 8, 0, 7)),
            Section(".debug_abbrev", first.abbreviations),
        ]
    ).bytes()


@ok
def damaged_but_not_needed():
    """A type unit whose type lies outside, and which nobody refers to."""
    table = {}
    units = unit(version=5, table=table), type_unit(9, 4711, table=table)
    return Elf(
        [
            Section(".debug_info", units[0].info + units[1].info),
            Section(".debug_abbrev", units[1].abbreviations),
        ]
    ).bytes()


@error
def declaration_of_itself():
    """A declaration whose definition is the declaration itself."""
    return with_types(
        "ref_sig8",
        7,
        lambda table: type_unit(7, FIRST, Die("structure", ("signature", "ref_sig8", 7)), table=table),
    )


@error
def declarations_in_a_circle():
    """Two declarations, each of which says that the other one is its definition."""
    return with_types(
        "ref_sig8",
        7,
        lambda table: type_unit(7, FIRST, Die("structure", ("signature", "ref_sig8", 8)), table=table),
        lambda table: type_unit(8, FIRST, Die("structure", ("signature", "ref_sig8", 7)), table=table),
    )


@error
def definition_missing():
    """A declaration whose definition no type unit has."""
    return object_of(Unit(variable(value=To("s")), Die("structure", ("signature", "ref_sig8", 7), label="s")))


@error
def specification_outside():
    """A type whose declaration, which has its scopes, lies outside."""
    return with_types(
        "ref_sig8",
        7,
        lambda table: type_unit(
            7,
            FIRST,
            Die("structure", ("name", "string", "s"), ("specification", "ref4", 4711), children=[]),
            table=table,
        ),
    )
