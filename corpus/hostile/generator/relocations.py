"""Relocations."""

import struct

from .asm import *
from .case import patched, sound, topic, unit

error, ok = topic("relocations")


def related(entries, kind=RELA, data=None, symbols=(("", 1, 0, 3), ("far", 0, 0)), **fields):
    """An object in which the type of `f` is a DW_FORM_ref_addr that needs a relocation to 0xb."""
    first = Unit(
        die("base", label="int", name="int", byte_size=4),
        Die("variable", ("name", "string", "f"), ("type", "ref_addr", 0), label="f"),
    )
    field = first.labels["f"] + 3
    data = (
        rela(*[(field if offset is None else offset, *rest) for offset, *rest in entries])
        if data is None
        else data
    )
    fields = dict(link=".symtab", info=".debug_info", entsize=24) | fields
    return Elf(
        sections(first) + [Section(".rela.debug_info", data, kind, **fields)] + symtab(*symbols)
    ).bytes()


TARGET = 0xC


@ok
def sound_one():
    """The reference is completed by a relocation."""
    return related([(None, 1, 10, TARGET)])


@error
def missing():
    """Without its relocation, the reference leads to the unit's header."""
    return related([])


@error
def to_nothing():
    """The relocation makes a reference to behind the end."""
    return related([(None, 1, 10, 0x1000)])


@error
def to_a_negative_offset():
    """The addend is negative."""
    return related([(None, 1, 10, -4)])


@error
def type_unknown():
    """The one relocation that the answer depends on is of a type that is not known."""
    return related([(None, 1, 77, TARGET)])


@ok
def type_unknown_elsewhere():
    """A relocation of an unknown type, of a field that nobody needs."""
    return related([(5000, 1, 77, 0), (None, 1, 10, TARGET)])


@error
def symbol_outside():
    """The relocation is against a symbol that is not in the table."""
    return related([(None, 1000, 10, TARGET)])


@error
def symbol_undefined():
    """The relocation is against a symbol of another object."""
    return related([(None, 2, 10, TARGET)])


@ok
def symbol_none():
    """Symbol 0 is none at all: only the addend counts."""
    return related([(None, 0, 10, TARGET)])


@ok
def type_none():
    """A relocation of type 0 does nothing; the one beside it does what is needed."""
    return related([(None, 1, 0, 99), (None, 1, 10, TARGET)])


@ok
def unsorted():
    """Relocations in no order."""
    return related([(4000, 1, 77, 0), (None, 1, 10, TARGET), (3, 1, 77, 0)])


@ok
def offsets_outside():
    """Relocations of places that do not exist."""
    return related([((1 << 64) - 1, 1, 10, 0), (None, 1, 10, TARGET), (1 << 40, 1, 10, 0)])


@error
def many_at_one_place():
    """Ten relocations of one field: the last would win, but no assembler writes this."""
    return related([(None, 1, 10, TARGET)] * 10)


@error
def table_cut():
    """The table's size is not a multiple of an entry's."""
    return related([(None, 1, 10, TARGET)], size=23)


@error
def table_outside():
    """The table lies outside of the file."""
    return related([(None, 1, 10, TARGET)], offset=1 << 40)


@ok
def entry_size_wrong():
    """The size of entries is given as 7; entries have the size that their type has."""
    return related([(None, 1, 10, TARGET)], entsize=7)


@error
def symbols_outside():
    """The symbol table that the relocations name does not exist."""
    return related([(None, 1, 10, TARGET)], link=77)


@error
def symbols_are_strings():
    """The relocations name the symbols' names as their symbol table."""
    return related([(None, 1, 10, TARGET)], link=".strtab")


@error
def target_is_itself():
    """The relocations are of the section of relocations: the field that needs one has none."""
    return related([(None, 1, 10, TARGET)], info=".rela.debug_info")


@error
def target_outside():
    """The relocations are of a section that does not exist: the field that needs one has none."""
    return related([(None, 1, 10, TARGET)], info=4711)


@error
def too_many_tables():
    """Nine sections of relocations for one section of units."""
    first = unit()
    tables = [Section(".rela.debug_info", rela((5000, 0, 10, 0)), RELA, info=1, link=0) for _ in range(9)]
    return Elf(sections(first) + tables).bytes()


@ok
def empty_tables():
    """Nine sections of relocations without any."""
    return Elf(sections(unit()) + [Section(".rela.debug_info", b"", RELA, info=1) for _ in range(9)]).bytes()


@ok
def of_strings():
    """Relocations of the strings and abbreviations, which have no fields, are damaged, and nobody needs them."""
    return sound(Section(".rela.debug_abbrev", bytes(7), RELA, info=2, link=99)).bytes()


@ok
def without_addends():
    """A 64-bit object with SHT_REL: the addend is what the field holds."""
    first = Unit(
        die("base", label="int", name="int", byte_size=4),
        Die("variable", ("name", "string", "f"), ("type", "ref_addr", TARGET), label="f"),
    )
    entry = struct.pack("<QQ", first.labels["f"] + 3, 1 << 32 | 10)
    return Elf(
        sections(first)
        + [Section(".rel.debug_info", entry, REL, link=".symtab", info=".debug_info")]
        + symtab(("", 1, 0, 3))
    ).bytes()


@error
def machine_unknown():
    """A machine that is not known: its relocations cannot be applied."""
    data = related([(None, 1, 10, TARGET)])
    return patched(data, 18, b"\xdc\xfe")


@ok
def executable():
    """In an executable, relocations are for the loader: debug sections are complete."""
    first = unit()
    table = Section(".rela.debug_info", rela((first.labels["int"] + 10, 1, 10, 0x1000)), RELA, info=1)
    return Elf(sections(first) + [table], kind=2).bytes()


@error
def abbreviations_moved():
    """The relocation of a unit's header moves the abbreviations to behind their section."""
    return sound(Section(".rela.debug_info", rela((6, 0, 10, 4711)), RELA, info=1)).bytes()
