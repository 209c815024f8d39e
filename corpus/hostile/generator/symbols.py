"""Symbol tables."""

import struct

from .asm import *
from .case import sound, topic

error, ok = topic("symbols")


@ok(list=b"f\ng\n", text=None)
def alias():
    """A sound table: `g` stands where `f` stands, and has its version."""
    return sound(*symtab(("f", 1, 16), ("g", 1, 16))).bytes()


@error
def table_cut():
    """The table's size is not a multiple of an entry's."""
    return sound(*symtab(("f", 1, 0), size=47)).bytes()


@error
def table_outside():
    """The table lies outside of the file."""
    return sound(*symtab(("f", 1, 0), offset=1 << 40)).bytes()


@ok
def table_empty():
    """A table without even the null symbol."""
    return sound(*symtab(size=0)).bytes()


@error
def names_outside():
    """The section that has the symbols' names does not exist."""
    return sound(*symtab(("f", 1, 0), link=99)).bytes()


@error
def names_beyond_the_end():
    """The section that has the symbols' names ends behind the file."""
    table, names = symtab(("f", 1, 0))
    return sound(table, Section(".strtab", names.data, STRTAB, size=1 << 33)).bytes()


@error
def names_are_the_table():
    """The symbols' names are the table itself."""
    return sound(*symtab(("f", 1, 0), link=3)).bytes()


@error
def name_outside():
    """A symbol's name begins behind the names: it may have been an alias."""
    return sound(*symtab((0xFFFFFF, 1, 0), ("f", 1, 0))).bytes()


@error
def name_without_end():
    """A name runs to the end of the section, without NUL."""
    table, names = symtab(("f", 1, 0), ("g", 1, 0))
    return sound(table, Section(".strtab", names.data[:-1], STRTAB)).bytes()


@ok(list=b"f\ng\n", text=None)
def section_outside():
    """Symbols of sections that do not exist are at one place all the same, if the numbers are."""
    return sound(*symtab(("f", 0x7777, 5), ("g", 0x7777, 5))).bytes()


@error(list=b"f\ng\n")
def extended_index_without_table():
    """SHN_XINDEX without a table of extended indexes: where the symbol is, nobody knows."""
    return sound(*symtab(("f", 0xFFFF, 5), ("g", 0xFFFF, 5))).bytes()


@error(list=b"f\ng\n")
def extended_index_cut():
    """The table of extended indexes ends before the symbol."""
    indexes = Section(".symtab_shndx", struct.pack("<II", 0, 1), SYMTAB_SHNDX, link=".symtab")
    return sound(*symtab(("f", 0xFFFF, 5), ("g", 0xFFFF, 5)), indexes).bytes()


@ok(list=b"f\ng\n", text=None)
def extended_index():
    """A sound table of extended indexes."""
    indexes = Section(".symtab_shndx", struct.pack("<III", 0, 70000, 70000), SYMTAB_SHNDX, link=".symtab")
    return sound(*symtab(("f", 0xFFFF, 5), ("g", 0xFFFF, 5)), indexes).bytes()


@error
def extended_table_outside():
    """The table of extended indexes lies outside of the file."""
    indexes = Section(".symtab_shndx", b"", SYMTAB_SHNDX, link=".symtab", offset=1 << 40, size=12)
    return sound(*symtab(("f", 0xFFFF, 5)), indexes).bytes()


@error
def extended_table_of_odd_size():
    """The table of extended indexes has seven bytes."""
    indexes = Section(".symtab_shndx", bytes(7), SYMTAB_SHNDX, link=".symtab")
    return sound(*symtab(("f", 0xFFFF, 5)), indexes).bytes()


@ok(list=b"f\ng\n", text=None)
def common_symbols():
    """The value of a common symbol is an alignment: two of them are not aliases."""
    return sound(*symtab(("f", 0xFFF2, 8), ("g", 0xFFF2, 8))).bytes()


@ok(list=b"f\ng\n", text=None)
def local_and_undefined():
    """Local and undefined symbols are no aliases."""
    return sound(*symtab(("f", 1, 8), ("g", 1, 8, 0), ("g", 0, 8))).bytes()


@ok(list=b"f\ng\n", text=None)
def one_name_at_two_places():
    """A name that stands at two places counts at the first."""
    return sound(*symtab(("f", 1, 8), ("g", 1, 16), ("g", 1, 8))).bytes()


@ok
def two_tables():
    """Of two symbol tables the first counts, even if the second lies outside of the file."""
    return sound(
        *symtab(("f", 1, 8)), Section(".symtab", b"", SYMTAB, link=4, offset=1 << 40, size=48)
    ).bytes()


@ok(list=b"f\nf\0g\n\x1b[31m\n", text=None)
def control_characters():
    """A symbol's name that would colour a terminal."""
    return sound(*symtab(("f", 1, 8), ("\x1b[31m", 1, 8))).bytes()


@error
def names_are_code():
    """The section that has the symbols' names is no table of strings."""
    table, names = symtab(("f", 1, 0))
    return sound(table, Section(".strtab", names.data)).bytes()


@error
def names_have_no_bytes():
    """The section that has the symbols' names has none in the file (SHT_NOBITS)."""
    table, names = symtab(("f", 1, 0))
    return sound(table, Section(".strtab", names.data, NOBITS)).bytes()


@error
def names_missing():
    """The symbol table names section 0 as that of its names."""
    return sound(*symtab(("f", 1, 0), link=0)).bytes()


@error
def names_moved():
    """The symbols' names begin a byte too late: all names behind the first are without their first letter."""
    table, names = symtab(("f", 1, 0), ("g", 1, 0))
    return sound(table, Section(".strtab", names.data[1:], STRTAB)).bytes()


@error
def name_at_the_end():
    """A symbol's name begins where the names end."""
    return sound(*symtab(("f", 1, 0), (3, 1, 0))).bytes()


@error
def names_empty():
    """Of the symbols' names only the first NUL is left."""
    table, names = symtab(("f", 1, 0))
    return sound(table, Section(".strtab", names.data[:1], STRTAB)).bytes()


@ok
def names_of_others():
    """The names of local, undefined and common symbols do not matter."""
    far = 0xFFFFFF
    return sound(*symtab(("f", 1, 0), (far, 1, 0, 0), (far, 0, 0), (far, 0xFFF2, 8))).bytes()


@ok
def a_name_longer_than_any():
    """A name that is longer than those of the list is not looked at to its end."""
    return sound(*symtab(("f", 1, 0), ("g" * 100000, 1, 0))).bytes()


@ok(list=b"f\ng\n", text=None)
def entry_size_wrong():
    """The size of entries is given as 12; symbols have the size that the file's class gives them."""
    return sound(*symtab(("f", 1, 16), ("g", 1, 16), entsize=12)).bytes()
