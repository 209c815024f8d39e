"""The headers of sections."""

import struct

from .asm import *
from .case import patched, sound, topic, unit

error, ok = topic("section-headers")


def with_info(**fields):
    first, *others = sections(unit())
    first.fields.update(fields)
    return Elf([first] + others).bytes()


@error
def info_outside():
    """The section lies behind the end of the file."""
    return with_info(offset=1 << 33)


@error
def info_beyond_the_end():
    """The section begins in the file and ends behind it."""
    return with_info(size=1 << 20)


@error
def info_of_all_memory():
    """A section of 2^64-1 bytes."""
    return with_info(size=(1 << 64) - 1)


@error
def info_without_bits():
    """SHT_NOBITS: the section was stripped, only its header is left."""
    return with_info(type=NOBITS)


@error
def info_empty():
    """The section has no bytes."""
    return with_info(size=0)


@error
def info_over_the_header():
    """The section begins at the file's header, so the magic number is the length of a unit."""
    return with_info(offset=0)


@ok
def info_type_unknown():
    """A type of section that is not defined counts as contents."""
    return with_info(type=0x7FFF1234)


@ok
def entry_size_wrong():
    """Debug sections have no entries; a size of entries is not looked at."""
    return with_info(entsize=12345, align=3, addr=1 << 63)


@error
def abbreviations_missing():
    """There is no `.debug_abbrev`."""
    return Elf(sections(unit())[:1]).bytes()


@error
def abbreviations_without_bits():
    """`.debug_abbrev` was stripped, only its header is left."""
    info, abbreviations = sections(unit())
    return Elf([info, Section(".debug_abbrev", abbreviations.data, NOBITS)]).bytes()


@ok
def damage_that_nobody_needs():
    """Sections that nobody asks for lie outside of the file."""
    return sound(
        Section(".text", size=1 << 40),
        Section(".debug_ranges", offset=1 << 50, size=7),
        Section(".debug_loc", offset=(1 << 64) - 1, size=9),
    ).bytes()


@error
def strings_outside():
    """A section of strings lies outside of the file; it is not asked whether anybody needs a string of it."""
    return sound(Section(".debug_str", offset=1 << 40, size=100)).bytes()


@ok
def duplicate_strings():
    """Of two sections of strings the first counts."""
    a_unit = Unit(
        die("base", label="int", name="int", byte_size=4),
        Die("variable", ("name", "strp", 1), ("type", "ref4", To("int"))),
    )
    return Elf(sections(a_unit) + [Section(".debug_str", b"\0f\0"), Section(".debug_str", b"\0g\0")]).bytes()


@ok
def duplicate_info():
    """Two sections of units, as type units have them: both are read, and the first description counts."""
    table = {}
    first, second = unit(table=table), Unit(die("variable", name="f"), table=table)
    return Elf(
        [
            Section(".debug_info", first.info),
            Section(".debug_info", second.info),
            Section(".debug_abbrev", second.abbreviations),
        ]
    ).bytes()


@ok
def same_bytes_twice():
    """Two section headers over the same bytes."""
    first = unit()
    return Elf(sections(first) + [Section(".debug_info", offset=64, size=len(first.info))]).bytes()


@ok
def shifted_by_nothing():
    """Sections that overlap: the strings are the abbreviations, and nobody cares."""
    first = unit()
    return Elf(sections(first) + [Section(".debug_str", offset=64, size=len(first.info))]).bytes()


@ok
def names_cut():
    """A section's name begins outside of the names; nobody needs that section."""
    return sound(Section(".text", name=1 << 31)).bytes()


@error
def names_without_end():
    """The section of names ends in the middle of the first name."""
    data = sound().bytes()
    table = len(data) - 4 * 64
    return patched(data, table + 3 * 64 + 32, struct.pack("<Q", 5))


@ok
def many_sections():
    """Five hundred sections that nobody needs."""
    return Elf([Section("x") for _ in range(500)] + sections(unit())).bytes()


@ok
def links_that_lead_in_circles():
    """Sections whose sh_link and sh_info are themselves and one another."""
    return sound(
        Section(".a", link=3, info=3),
        Section(".b", link=5, info=5, flags=0x40),
        Section(".c", link=4, info=1),
    ).bytes()


@ok
def flags_of_all_kinds():
    """Flags that are not defined, but for SHF_COMPRESSED."""
    return with_info(flags=((1 << 64) - 1) & ~COMPRESSED)


@error
def only_type_sections_empty():
    """An empty `.debug_types` and nothing else."""
    return Elf([Section(".debug_types"), Section(".debug_abbrev", unit().abbreviations)]).bytes()
