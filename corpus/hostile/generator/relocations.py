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


@error
def of_a_string():
    """A relocation of a string changes its characters."""
    named = unit(Die("variable", ("name", "strp", 1), ("type", "ref4", To("int"))))
    table = Section(".rela.debug_str", rela((1, 0, 10, 0x67676767)), RELA, info=3)
    return Elf(sections(named, debug_str=b"\0abcd\0") + [table]).bytes()


@error
def of_the_abbreviations():
    """A relocation makes another tag of one of the abbreviations."""
    return sound(Section(".rela.debug_abbrev", rela((1, 0, 14, 0x24)), RELA, info=2)).bytes()


@error
def compact():
    """Relocations in the compact form that some linkers read (SHT_CREL)."""
    return related([(None, 1, 10, TARGET)], kind=0x40000014)


@error
def of_another_section():
    """Relocations that are of .debug_abbrev, if the header is right, and of .debug_info, if the name is."""
    return related([(None, 1, 10, TARGET)], info=".symtab")


def with_relocation(field, kind, addend):
    """A sound object of which a field, the bytes from a place on, has a relocation against nothing."""
    first = Unit(
        Die("base", ("name", "string", "int"), ("byte_size", "data1", 4), label="int"),
        Die("variable", ("name", "string", "f"), ("type", "ref4", To("int")), label="f"),
        Die("base", ("name", "string", "other"), ("byte_size", "data1", 8), label="other"),
    )
    labels = first.labels
    at = {
        "type": labels["f"] + 3,
        "code": labels["f"],
        "name": labels["f"] + 1,
        "size": labels["int"] + 5,
        "other": labels["other"],
    }
    offset = at[field] if isinstance(field, str) else field
    table = Section(".rela.debug_info", rela((offset, 0, kind, addend)), RELA, info=1)
    return Elf(sections(first) + [table]).bytes(), labels


@ok(text="variable base_type other byte_size(8)")
def of_a_reference_within_the_unit():
    """A relocation makes DW_FORM_ref4 lead elsewhere."""
    _, labels = with_relocation("type", 10, 0)
    return with_relocation("type", 10, labels["other"])[0]


@error
def of_half_a_reference():
    """A relocation of 16 bits is of two of the four bytes of DW_FORM_ref4."""
    return with_relocation("type", 12, 0x20)[0]


@error
def of_a_reference_and_more():
    """A relocation of 64 bits begins at the four bytes of DW_FORM_ref4."""
    return with_relocation("type", 1, 0xC)[0]


@error
def of_a_reference_from_before():
    """A relocation that begins in front of DW_FORM_ref4 ends in it."""
    _, labels = with_relocation("type", 10, 0)
    return with_relocation(labels["f"] + 2, 10, 0xC00)[0]


@error
def of_a_name():
    """A relocation of a name that stands in its DIE."""
    return with_relocation("name", 14, 0x67)[0]


@ok(list=b"f\n", text="variable base_type int byte_size(9)")
def of_a_number():
    """A relocation of 8 bits makes another number of DW_AT_byte_size."""
    return with_relocation("size", 14, 9)[0]


@error
def of_a_code():
    """A relocation makes another abbreviation of the one of a DIE: the children go on where a name was."""
    return with_relocation("code", 14, 77)[0]


@error
def that_makes_a_code_longer():
    """A relocation makes the code of a DIE the first byte of a longer one."""
    return with_relocation("code", 14, 0x83)[0]


@error
def of_a_code_that_is_passed_over():
    """A relocation makes another DIE of one that nobody describes."""
    return with_relocation("other", 14, 99)[0]


@error
def of_the_length():
    """A relocation makes a unit longer than its section."""
    return with_relocation(0, 10, 0x10000)[0]


@error
def of_the_version():
    """A relocation of 16 bits makes DWARF 9 of DWARF 4."""
    return with_relocation(4, 12, 9)[0]


@error
def of_the_address_size():
    """A relocation of 8 bits makes an address size that there is none of."""
    return with_relocation(10, 14, 3)[0]


@error
def overflow():
    """The result of a relocation of 32 bits has 33."""
    return related([(None, 1, 10, TARGET + (1 << 32))])


@error
def overflow_of_8_bits():
    """The result of a relocation of 8 bits has nine."""
    return with_relocation("size", 14, 0x104)[0]
