"""Headers of units."""

import struct

from .asm import *
from .case import object_of, patched, topic, unit, with_info

error, ok = topic("units")


def version(number):
    return patched(object_of(unit()), 64 + 4, struct.pack("<H", number))


@error
def version_0():
    """DWARF version 0."""
    return version(0)


@error
def version_1():
    """DWARF version 1, which had no such sections."""
    return version(1)


@error
def version_6():
    """DWARF version 6, which is not there yet."""
    return version(6)


@error
def version_65535():
    """The largest version number."""
    return version(65535)


@ok
def versions_2_to_5():
    """Units of all versions in one object."""
    table = {}
    units = [unit(version=number, table=table) for number in (2, 3, 4, 5)]
    return object_of(units[-1], *units[:-1])


@error
def address_size_0():
    """Addresses of no bytes."""
    return object_of(unit(address_size=0))


@ok
def address_size_1():
    """Addresses of one byte; there is none."""
    return object_of(unit(address_size=1))


@error
def address_size_3():
    """Addresses of three bytes."""
    return object_of(unit(address_size=3))


@error
def address_size_255():
    """Addresses of 255 bytes."""
    return object_of(unit(address_size=255))


@error
def type_unknown():
    """A unit type that is not defined."""
    return object_of(unit(version=5, kind=9))


@error
def type_0():
    """Unit type 0."""
    return object_of(unit(version=5, kind=0))


@error
def type_user():
    """A unit type that is left to others: what its header has is not known."""
    return object_of(unit(version=5, kind=0x80))


@error
def length_0():
    """A unit of length 0 has no version."""
    return object_of(unit(length=0))


@error
def length_1():
    """A unit of length 1."""
    return object_of(unit(length=1))


@error
def length_too_large():
    """A unit that is one byte longer than the section."""
    info = unit().info
    return object_of(unit(length=len(info) - 3))


@error
def length_too_small():
    """A unit that ends one byte too early; the rest is no unit."""
    info = unit().info
    return object_of(unit(length=len(info) - 5))


@error
def length_reserved():
    """The length 0xfffffff0, the first of those that are reserved."""
    return object_of(unit(length=0xFFFFFFF0))


@error
def length_reserved_last():
    """The length 0xfffffffe, the last of those that are reserved."""
    return object_of(unit(length=0xFFFFFFFE))


@error
def length_wide_cut():
    """A 64-bit unit whose length is cut."""
    return with_info(b"\xff\xff\xff\xff\x10\0\0")


@error
def length_wide_huge():
    """A 64-bit unit of 2^64-1 bytes."""
    return object_of(unit(wide=True, length=(1 << 64) - 1))


@error
def length_wide_overflow():
    """A 64-bit unit whose end overflows the address space."""
    return object_of(unit(wide=True, length=(1 << 64) - 12))


@ok
def wide():
    """A sound 64-bit unit."""
    return object_of(unit(wide=True))


@error
def header_cut():
    """The section ends in the middle of a unit's header."""
    return with_info(unit().info[:9])


@error
def header_cut_by_length():
    """The length ends the unit in the middle of its header."""
    return with_info(struct.pack("<IHB", 3, 4, 0))


@error
def abbreviations_outside():
    """The abbreviations begin behind their section."""
    return object_of(unit(abbreviations_at=4711))


@error
def abbreviations_at_the_end():
    """The abbreviations begin at the end of their section."""
    return object_of(unit(abbreviations_at=len(unit().abbreviations)))


@error
def abbreviations_in_the_middle():
    """The abbreviations begin in the middle of others."""
    return object_of(unit(abbreviations_at=1))


@error
def abbreviations_at_the_end_of_memory():
    """The abbreviations of a 64-bit unit begin at 2^64-1."""
    return object_of(unit(wide=True, abbreviations_at=(1 << 64) - 1))


@error
def trailing_byte():
    """One byte behind the last unit."""
    return with_info(unit().info + b"\1")


@error
def trailing_length():
    """The length of a unit, and no unit."""
    return with_info(unit().info + b"\xff\0\0\0")


@error
def damage_in_a_unit_that_nobody_needs():
    """A unit of an unknown version is damage, even if another unit has the symbol: it could have come first."""
    return with_info(unit().info + patched(unit().info, 4, b"\x63"))


@ok
def empty_between():
    """A unit that has a root and nothing else, among others."""
    table = {}
    empty, full = Unit(table=table), unit(table=table)
    return Elf(
        [
            Section(".debug_info", empty.info + full.info + empty.info),
            Section(".debug_abbrev", full.abbreviations),
        ]
    ).bytes()


@ok
def a_thousand():
    """A thousand units that share one table of abbreviations."""
    table = {}
    first = unit(table=table)
    small = Unit(table=table)
    return Elf(
        [Section(".debug_info", first.info + small.info * 999), Section(".debug_abbrev", first.abbreviations)]
    ).bytes()
