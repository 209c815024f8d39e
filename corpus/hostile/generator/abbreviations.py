"""Abbreviations."""

import struct

from .asm import *
from .case import patched, topic, with_info

error, ok = topic("abbreviations")

#: The end of a table.
NONE = b"\0"
ROOT, BASE, VARIABLE = (
    b"\x01\x11\x01\0\0",
    b"\x02\x24\0\x03\x08\x0b\x0b\0\0",
    b"\x03\x34\0\x03\x08\x49\x13\0\0",
)
#: A unit of these: int at 12, f.
BODY = b"\x01\x02int\0\x04\x03f\0\x0c\0\0\0\0"


def with_table(table, body=BODY):
    return with_info(struct.pack("<IHIB", len(body) + 7, 4, 0, 8) + body, table)


@ok
def sound_table():
    """The table that the others are damaged from."""
    return with_table(ROOT + BASE + VARIABLE + NONE)


@error
def code_missing():
    """A DIE has a code that the table has not."""
    return with_table(ROOT + BASE + NONE)


@error
def root_code_missing():
    """The root has a code that the table has not."""
    return with_table(BASE + VARIABLE + NONE)


@error
def empty():
    """A table without entries."""
    return with_table(NONE)


@ok
def duplicate_code():
    """Of two entries with one code, the first counts."""
    return with_table(ROOT + BASE + VARIABLE + patched(BASE, 1, b"\x16") + NONE)


@ok
def terminator_missing():
    """The section ends without the zero that ends the table."""
    return with_table(ROOT + BASE + VARIABLE)


@error
def cut_in_a_code():
    """The section ends within a code."""
    return with_table(ROOT + BASE + VARIABLE + b"\x84")


@error
def cut_behind_a_code():
    """The section ends behind a code."""
    return with_table(ROOT + BASE + VARIABLE + b"\x04")


@error
def cut_behind_a_tag():
    """The section ends behind a tag."""
    return with_table(ROOT + BASE + VARIABLE + b"\x04\x24")


@error
def cut_in_attributes():
    """The section ends within the attributes."""
    return with_table(ROOT + BASE + VARIABLE + b"\x04\x24\0\x03")


@error
def children_flag_2():
    """The flag for children is neither yes nor no."""
    return with_table(ROOT + patched(BASE, 2, b"\2") + VARIABLE + NONE)


@error
def attribute_without_form():
    """An attribute without a form."""
    return with_table(ROOT + BASE[:-2] + b"\x3a\0\0\0" + VARIABLE + NONE)


@error
def form_without_attribute():
    """A form without an attribute."""
    return with_table(ROOT + BASE[:-2] + b"\0\x0b\0\0" + VARIABLE + NONE)


@ok
def codes_padded():
    """Numbers with bytes that add nothing, as an assembler may leave them."""
    return with_table(ROOT + b"\x82\x80\x80\0" + BASE[1:] + VARIABLE + b"\x80\x80\0")


@error
def code_of_eleven_bytes():
    """A code that does not fit 64 bits."""
    return with_table(ROOT + BASE + VARIABLE + b"\xff" * 10 + b"\x7f\x24\0\0\0" + NONE)


@ok
def code_of_64_bits():
    """The largest code there is."""
    largest = b"\xff" * 9 + b"\x01"
    return with_table(
        ROOT + BASE + largest + VARIABLE[1:] + NONE, b"\x01\x02int\0\x04" + largest + b"f\0\x0c\0\0\0\0"
    )


@error
def tag_of_17_bits():
    """A tag that does not fit 16 bits."""
    return with_table(ROOT + BASE + VARIABLE + b"\x04\x80\x80\x04\0\0\0" + NONE)


@error
def attribute_of_17_bits():
    """An attribute that does not fit 16 bits."""
    return with_table(ROOT + BASE + VARIABLE + b"\x04\x24\0\x80\x80\x04\x0b\0\0" + NONE)


@ok
def tag_unknown():
    """A DIE with a tag that is not defined is passed over."""
    return with_table(
        ROOT + BASE + VARIABLE + b"\x04\xfe\xff\x03\x01\0\0" + NONE, BODY[:-1] + b"\x04\x02x\0\4\0\0"
    )


@error
def form_unknown():
    """A DIE that has to be passed over has a form that is not known, so nobody knows where it ends."""
    return with_table(ROOT + BASE + VARIABLE + b"\x04\x24\0\x03\x7f\0\0" + NONE, b"\x01\x04" + BODY[1:])


@ok
def form_unknown_unused():
    """A form that is not known, which no DIE has."""
    return with_table(ROOT + BASE + VARIABLE + b"\x04\x24\0\x03\x7f\0\0" + NONE)


@ok
def implicit_constant():
    """The size of the type stands in its abbreviation."""
    return with_table(
        ROOT + b"\x02\x24\0\x03\x08\x0b\x21\x04\0\0" + VARIABLE + NONE, BODY.replace(b"int\0\x04", b"int\0")
    )


@error
def implicit_constant_cut():
    """The section ends within a constant."""
    return with_table(ROOT + BASE + VARIABLE + b"\x04\x24\0\x0b\x21\x80")


@error
def implicit_constant_of_eleven_bytes():
    """A constant that does not fit 64 bits."""
    return with_table(ROOT + BASE + VARIABLE + b"\x04\x24\0\x0b\x21" + b"\xff" * 10 + b"\0\0\0" + NONE)


@ok
def ten_thousand_attributes():
    """A DIE of one byte with ten thousand attributes that take no room."""
    many = b"\x04\x24\0" + b"\x3c\x19" * 10000 + b"\0\0"
    return with_table(ROOT + BASE + VARIABLE + many + NONE, BODY[:-1] + b"\x04\0")


@ok
def ten_thousand_entries():
    """Ten thousand abbreviations, of which three are used."""
    others = b"".join(uleb(code) + b"\x24\0\0\0" for code in range(10000, 4, -1))
    return with_table(others + ROOT + BASE + VARIABLE + NONE)


@error
def all_ones():
    """A section of nothing but 0xff."""
    return with_table(b"\xff" * 200)
