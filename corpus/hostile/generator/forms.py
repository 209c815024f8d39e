"""Forms of attributes."""

import struct

from .asm import *
from .case import INT, object_of, topic, unit, variable

error, ok = topic("forms")


def name_in(form, value, **others):
    """An object in which the name of the type is in some form."""
    options = others.pop("options", {})
    return object_of(
        Unit(
            Die("base", ("name", form, value), ("byte_size", "udata", 4), label="int"), variable(), **options
        ),
        **others
    )


@ok
def strp():
    """A name in `.debug_str`."""
    return name_in("strp", 1, debug_str=b"\0int\0")


@error
def strp_outside():
    """A name behind the end of `.debug_str`."""
    return name_in("strp", 100, debug_str=b"\0int\0")


@error
def strp_at_the_end():
    """A name at the end of `.debug_str`."""
    return name_in("strp", 5, debug_str=b"\0int\0")


@error
def strp_without_end():
    """A name that runs to the end of `.debug_str`, without NUL."""
    return name_in("strp", 1, debug_str=b"\0int")


@error
def strp_without_section():
    """A name in `.debug_str`, which is missing."""
    return name_in("strp", 0)


@error
def strp_of_an_export():
    """The name of a DIE that could be the symbol is damaged."""
    return object_of(
        Unit(INT, Die("variable", ("name", "strp", 4711), ("type", "ref4", To("int")))), debug_str=b"\0"
    )


@ok
def strp_that_nobody_needs():
    """The name of a type that nobody needs is damaged."""
    return object_of(unit(Die("base", ("name", "strp", 4711))), debug_str=b"\0")


@error
def line_strp_outside():
    """A name behind the end of `.debug_line_str`."""
    return name_in("line_strp", 100, debug_line_str=b"int\0", options=dict(version=5))


def indexed(form, value, offsets, base=8, strings=b"\0int\0"):
    header = struct.pack("<IHH", len(offsets) + 4, 5, 0)
    return name_in(
        form,
        value,
        debug_str_offsets=header + offsets,
        debug_str=strings,
        options=dict(version=5, root=[("str_offsets_base", "sec_offset", base)]),
    )


@ok
def strx():
    """A name by its index."""
    return indexed("strx", 1, struct.pack("<II", 0, 1))


@error
def strx_outside():
    """An index behind the end of the table."""
    return indexed("strx", 2, struct.pack("<II", 0, 1))


@error
def strx_cut():
    """An index whose offset is cut by the end of the table."""
    return indexed("strx1", 1, struct.pack("<I", 0) + b"\1\0")


@error
def strx_of_64_bits():
    """An index whose position overflows."""
    return indexed("strx", (1 << 64) - 1, struct.pack("<II", 0, 1))


@error
def strx_beyond_32_bits():
    """The lower half of the index would be that of a string."""
    return indexed("strx", (1 << 32) + 1, struct.pack("<II", 0, 1))


@error
def strx_base_outside():
    """The table begins behind the end of the section."""
    return indexed("strx", 0, struct.pack("<II", 0, 1), base=0xFFFFFFFF)


@error
def strx_to_nowhere():
    """The table's offset lies behind the end of the strings."""
    return indexed("strx3", 1, struct.pack("<II", 0, 4711))


@ok
def strx_without_base():
    """An index without DW_AT_str_offsets_base: the table begins behind the section's header."""
    header = struct.pack("<IHH", 12, 5, 0)
    return name_in(
        "strx4",
        1,
        debug_str_offsets=header + struct.pack("<II", 0, 1),
        debug_str=b"\0int\0",
        options=dict(version=5),
    )


@error
def strx_without_table():
    """An index without any table."""
    return name_in("strx2", 0, options=dict(version=5))


@error
def supplementary_string():
    """A name in a supplementary file that the object does not name."""
    return name_in("strp_sup", 1, options=dict(version=5))


@error
def alternate_string():
    """A name in a file of `dwz` that the object does not name."""
    return name_in("gnu_strp_alt", 1)


@ok
def indirect():
    """A form that stands beside its value."""
    return name_in("indirect", b"\x08int\0")


@ok
def indirect_to_indirect():
    """A form that stands beside its value, and is again one that does."""
    return name_in("indirect", b"\x16" * 20 + b"\x08int\0")


@error
def indirect_without_end():
    """Nothing but forms that stand beside their values, up to the end of the unit."""
    return object_of(Unit(INT, Die("base", ("name", "indirect", b"\x16" * 5000)), end=b""))


@error
def indirect_implicit_constant():
    """A constant in the abbreviation cannot stand beside its value."""
    return name_in("indirect", b"\x21\x04")


@error
def indirect_unknown():
    """A form beside its value that is not known."""
    return name_in("indirect", b"\x7f\x04")


@error
def indirect_of_17_bits():
    """A form beside its value that does not fit 16 bits."""
    return name_in("indirect", b"\x88\x80\x04int\0")


@ok
def all_forms_that_nobody_needs():
    """Every form there is, in attributes that are passed over."""
    values = [
        ("addr", 1),
        ("block2", b"\1\0x"),
        ("block4", b"\1\0\0\0x"),
        ("data2", 1),
        ("data4", 1),
        ("data8", 1),
        ("string", "x"),
        ("block", b"\1x"),
        ("block1", b"\1x"),
        ("data1", 1),
        ("flag", 1),
        ("sdata", -1),
        ("strp", 99),
        ("udata", 1),
        ("ref_addr", 99),
        ("ref1", 99),
        ("ref2", 99),
        ("ref4", 99),
        ("ref8", 99),
        ("ref_udata", 99),
        ("indirect", b"\x0f\1"),
        ("sec_offset", 99),
        ("exprloc", b"\1x"),
        ("flag_present", True),
        ("strx", 99),
        ("addrx", 99),
        ("ref_sup4", 99),
        ("strp_sup", 99),
        ("data16", 1),
        ("line_strp", 99),
        ("ref_sig8", 99),
        ("implicit_const", 7),
        ("loclistx", 99),
        ("rnglistx", 99),
        ("ref_sup8", 99),
        ("strx1", 99),
        ("strx2", 99),
        ("strx3", 99),
        ("strx4", 99),
        ("gnu_str_index", 99),
        ("gnu_ref_alt", 99),
        ("gnu_strp_alt", 99),
    ]
    return object_of(unit(Die("variable", *[("producer", *value) for value in values]), version=5))
