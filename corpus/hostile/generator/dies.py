"""DIEs."""

import struct

from .asm import *
from .case import INT, object_of, topic, unit, variable, with_info
from .abbreviations import BASE, BODY, NONE, ROOT, VARIABLE, with_table

error, ok = topic("dies")


@error
def no_root():
    """A unit without any DIE could be hiding the symbol."""
    return with_info(struct.pack("<IHIB", 7, 4, 0, 8))


@error
def null_root():
    """A unit whose first DIE is a null entry."""
    return with_info(struct.pack("<IHIB", 8, 4, 0, 8) + b"\0")


@ok
def root_without_children():
    """A unit whose root has no children, and another one."""
    lonely = struct.pack("<IHIB", 8, 4, len(ROOT + BASE + VARIABLE + NONE), 8) + b"\x01"
    rest = struct.pack("<IHIB", len(BODY) + 7, 4, 0, 8) + BODY
    return with_info(lonely + rest, ROOT + BASE + VARIABLE + NONE + b"\x01\x11\0\0\0\0")


@ok
def terminator_missing():
    """The null entry that ends the root's children is missing at the end of the unit."""
    return object_of(unit(end=b""))


@ok
def terminators_missing():
    """The null entries of nested scopes are missing at the end of the unit."""
    return with_table(ROOT + BASE + VARIABLE + b"\x04\x39\x01\0\0" + NONE, BODY[:-1] + b"\x04\x04\x04")


@error
def terminator_missing_in_the_middle():
    """A structure whose children do not end takes in what follows, which is no member."""
    structure = Die(
        "structure",
        ("name", "string", "s"),
        label="s",
        children=[Die("member", ("type", "ref4", To("int"))), Die("typedef", ("name", "string", "t"))],
    )
    return object_of(Unit(INT, variable(value=To("s")), structure, end=b""))


@ok
def null_entries_in_excess():
    """Null entries behind the one that ends the root's children."""
    return object_of(unit(end=bytes(16)))


@ok
def null_entry_of_ten_bytes():
    """A null entry with bytes that add nothing."""
    return object_of(unit(end=b"\x80" * 9 + b"\0"))


@error
def code_of_eleven_bytes():
    """A DIE's code does not fit 64 bits."""
    return object_of(unit(Raw(b"\xff" * 10 + b"\x7f")))


@error
def code_cut():
    """The unit ends within a DIE's code."""
    return object_of(unit(end=b"\x80"))


@error
def attribute_cut():
    """The unit ends within an attribute."""
    return object_of(unit(Die("base", ("encoding", "data8", b"\1\2")), end=b""))


@error
def string_without_end():
    """A string in place that has no end within the unit."""
    return object_of(unit(Die("base", ("name", "string", b"endless")), end=b""))


@error
def block_beyond_the_end():
    """A block that is longer than the unit."""
    return object_of(unit(Die("variable", ("producer", "block", b"\xff\xff\x03"))))


@error
def block_of_all_memory():
    """A block of 2^64-1 bytes."""
    return object_of(unit(Die("variable", ("producer", "block", b"\xff" * 9 + b"\1"))))


@error
def block4_beyond_the_end():
    """A block with a length of four bytes, all ones."""
    return object_of(unit(Die("variable", ("producer", "block4", b"\xff\xff\xff\xff"))))


@error
def expression_beyond_the_end():
    """A location expression that is longer than the unit."""
    return object_of(unit(Die("variable", ("producer", "exprloc", b"\x7f"))))


@error
def number_of_eleven_bytes():
    """A size that does not fit 64 bits."""
    return object_of(
        Unit(
            Die(
                "base", ("name", "string", "int"), ("byte_size", "udata", b"\xff" * 10 + b"\x7f"), label="int"
            ),
            variable(),
        )
    )


@ok(text="variable base_type int byte_size(18446744073709551615)")
def number_of_64_bits():
    """The largest size there is."""
    return object_of(
        Unit(
            Die("base", ("name", "string", "int"), ("byte_size", "udata", (1 << 64) - 1), label="int"),
            variable(),
        )
    )


@ok(text="variable base_type int byte_size(18446744073709551615)")
def number_negative():
    """A negative size counts as its two's complement."""
    return object_of(
        Unit(Die("base", ("name", "string", "int"), ("byte_size", "sdata", -1), label="int"), variable())
    )


@ok(text="variable base_type int")
def number_of_16_bytes():
    """A constant of 16 bytes counts as absent."""
    return object_of(
        Unit(Die("base", ("name", "string", "int"), ("byte_size", "data16", 4), label="int"), variable())
    )


@ok(text="variable base_type int")
def size_is_an_expression():
    """A size that is an expression counts as absent."""
    return object_of(
        Unit(
            Die("base", ("name", "string", "int"), ("byte_size", "exprloc", b"\1\x30"), label="int"),
            variable(),
        )
    )


@ok(text="variable base_type int")
def size_is_a_string():
    """A size that is a string counts as absent."""
    return object_of(
        Unit(Die("base", ("name", "string", "int"), ("byte_size", "string", "4"), label="int"), variable())
    )


@ok(text="variable base_type byte_size(4)")
def name_is_a_number():
    """A name that is a number counts as none."""
    return object_of(
        Unit(Die("base", ("name", "udata", 7), ("byte_size", "udata", 4), label="int"), variable())
    )


@error
def sibling_backwards():
    """DW_AT_sibling leads backwards: following it would not end."""
    return object_of(Unit(INT, Die("subprogram", ("sibling", "ref4", To("int")), children=[]), variable()))


@error
def sibling_itself():
    """DW_AT_sibling leads to the DIE itself."""
    return object_of(
        Unit(INT, Die("subprogram", ("sibling", "ref4", To("g")), children=[], label="g"), variable())
    )


@error
def sibling_is_a_child():
    """DW_AT_sibling leads to the DIE's own first child, which would be taken for what stands beside the DIE."""
    function = Die(
        "subprogram",
        ("sibling", "ref4", To("child")),
        children=[die("base", label="child", name="inner", byte_size=4)],
    )
    return object_of(Unit(INT, function, variable()))


@error
def sibling_at_the_end():
    """DW_AT_sibling leads to the first byte behind the unit."""
    function = lambda sibling: Die("subprogram", ("sibling", "ref4", sibling), children=[])
    length = len(Unit(INT, variable(), function(0)).info)
    return object_of(Unit(INT, variable(), function(length)))


@error
def sibling_outside():
    """DW_AT_sibling leads out of the unit."""
    return object_of(Unit(INT, Die("subprogram", ("sibling", "ref4", 0x10000), children=[]), variable()))


@ok
def sibling_beyond_32_bits():
    """The lower half of DW_AT_sibling would lead over the symbol; what cannot be right is not followed."""
    function = lambda sibling: Die("subprogram", ("sibling", "ref8", sibling), children=[])
    end = Die("typedef", ("name", "string", "t"), label="end")
    labels = Unit(INT, function(0), variable(), end).labels
    return object_of(Unit(INT, function((1 << 32) + labels["end"]), variable(), end))


@ok
def sibling_without_children():
    """DW_AT_sibling of a DIE without children is not needed, and may be wrong."""
    return object_of(Unit(INT, Die("subprogram", ("sibling", "ref4", 1)), variable()))


@ok
def sibling_of_another_form():
    """DW_AT_sibling as a number is no reference: the children are passed over one by one."""
    return object_of(Unit(INT, Die("subprogram", ("sibling", "udata", 1), children=[INT]), variable()))


@error
def sibling_into_a_die():
    """DW_AT_sibling leads into the middle of a DIE, where what is found is no DIE."""
    return object_of(
        Unit(
            INT,
            Die(
                "subprogram",
                ("sibling", "ref4", 19),
                children=[Die("base", ("name", "string", "\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f"))],
            ),
            variable(),
        )
    )


@ok
def siblings_that_skip():
    """DW_AT_sibling over something that cannot be decoded: nobody looks there."""
    return object_of(
        Unit(
            INT,
            Die("subprogram", ("sibling", "ref4", To("end")), children=[Raw(b"\x7f\x7f\x7f")]),
            Die("typedef", ("name", "string", "t"), label="end"),
            variable(),
        )
    )


@ok(text="variable base_type void")
def void():
    """A variable without a type."""
    return object_of(Unit(Die("variable", ("name", "string", "f"))))


@ok
def same_attribute_twice():
    """Of two names and two types the first counts."""
    return object_of(
        Unit(
            Die(
                "base",
                ("name", "string", "int"),
                ("name", "string", "no"),
                ("byte_size", "udata", 4),
                label="int",
            ),
            Die(
                "variable",
                ("name", "string", "f"),
                ("name", "string", "g"),
                ("type", "ref4", To("int")),
                ("type", "ref4", 1),
            ),
        )
    )
