"""References between DIEs."""

from .asm import *
from .case import INT, object_of, topic, unit, variable

error, ok = topic("references")


def type_in(form, value, *more, **options):
    return object_of(Unit(INT, variable(form, value), *more, **options))


@error
def to_the_header():
    """The type is in the unit's header."""
    return type_in("ref4", 4)


@error
def to_zero():
    """The type is the unit itself, at offset 0."""
    return type_in("ref4", 0)


@error
def to_the_root():
    """The type is the root of the unit."""
    return type_in("ref4", 11)


@error
def to_the_middle():
    """The type is in the middle of a DIE, where what is found is no DIE."""
    return type_in("ref4", 14)


@error
def to_a_null_entry():
    """The type is a null entry."""
    return object_of(Unit(INT, variable(value=To("null")), Raw(b"\0", label="null")))


@error
def to_the_end():
    """The type begins where the unit ends."""
    return type_in("ref4", len(Unit(INT, variable()).info))


@error
def to_behind_the_end():
    """The type lies behind the unit."""
    return type_in("ref4", 0x7FFFFFFF)


@error
def to_the_end_of_memory():
    """The type lies at 2^64-1."""
    return type_in("ref8", (1 << 64) - 1)


@error
def to_the_next_unit():
    """A reference within the unit leads into the next one."""
    table = {}
    first = Unit(INT, variable("ref4", 0x40), table=table)
    return Elf(
        [
            Section(".debug_info", first.info + unit(table=table).info),
            Section(".debug_abbrev", first.abbreviations),
        ]
    ).bytes()


@error
def to_itself():
    """The type of a variable is the variable."""
    return object_of(Unit(Die("variable", ("name", "string", "f"), ("type", "ref4", To("f")), label="f")))


@error
def to_a_function():
    """The type of a variable is a function."""
    return object_of(Unit(variable(value=To("g")), Die("subprogram", ("name", "string", "g"), label="g")))


@error
def to_a_namespace():
    """The type of a variable is a namespace."""
    return object_of(
        Unit(variable(value=To("n")), Die("namespace", ("name", "string", "n"), children=[], label="n"))
    )


@ok
def by_section():
    """A reference from the start of the section."""
    return type_in("ref_addr", To("int"))


@error
def by_section_outside():
    """A reference from the start of the section leads behind it."""
    return type_in("ref_addr", 4711)


@error
def by_section_beyond_32_bits():
    """The lower half of the reference would lead to a type."""
    target = (1 << 32) + Unit(INT, variable(), wide=True).labels["int"]
    return type_in("ref_addr", target.to_bytes(8, "little"), wide=True)


@error
def beyond_32_bits():
    """The lower half of the reference would lead to a type."""
    return type_in("ref8", (1 << 32) + Unit(INT, variable()).labels["int"])


@error
def by_section_to_a_header():
    """A reference from the start of the section leads into a unit's header."""
    return type_in("ref_addr", 2)


@error
def by_section_to_the_end():
    """A reference from the start of the section leads to the end of the last unit."""
    return type_in("ref_addr", len(Unit(INT, variable()).info))


@ok
def forward_to_another_unit():
    """A reference to a unit that comes later."""
    table = {}
    first = Unit(variable("ref_addr", 0), table=table)
    first = Unit(variable("ref_addr", len(first.info) + 11 + 1), table=table)
    second = Unit(INT, table=table)
    return Elf(
        [Section(".debug_info", first.info + second.info), Section(".debug_abbrev", second.abbreviations)]
    ).bytes()


@error
def signature_unknown():
    """No type unit has this signature."""
    return type_in("ref_sig8", 0x1234567890ABCDEF)


@error
def alternate():
    """A reference into a file of `dwz` that the object does not name."""
    return type_in("gnu_ref_alt", 12)


@error
def supplementary():
    """A reference into a supplementary file that the object does not name."""
    return type_in("ref_sup4", 12, version=5)


@error
def supplementary_wide():
    """A reference of eight bytes into a supplementary file that the object does not name."""
    return type_in("ref_sup8", (1 << 64) - 1, version=5)


@error
def in_the_form_of_a_number():
    """The type is a number."""
    return type_in("data4", 12)


@error
def in_the_form_of_a_string():
    """The type is a string."""
    return type_in("string", "int")


@error
def in_the_form_of_an_address():
    """The type is an address."""
    return type_in("addr", 12)


@ok
def damage_that_nobody_needs():
    """References that lead nowhere, in types that nobody needs."""
    return object_of(
        unit(
            Die("typedef", ("name", "string", "t"), ("type", "ref4", 0xFFFF)),
            Die("pointer", ("type", "ref_sig8", 1)),
            Die("pointer", ("type", "ref_addr", 0xFFFFFF)),
        )
    )


@error
def origin_outside():
    """The abstract origin of a function that may be the symbol leads nowhere."""
    return object_of(Unit(INT, Die("subprogram", ("abstract_origin", "ref4", 0x1000))))


@error
def origin_null_entry():
    """The abstract origin of the symbol is a null entry."""
    return object_of(
        Unit(
            INT,
            Die("subprogram", ("name", "string", "f"), ("abstract_origin", "ref4", To("null"))),
            Raw(b"\0", label="null"),
        )
    )


@ok(text="subprogram ( ) -> base_type void")
def origin_itself():
    """A function that is its own abstract origin."""
    return object_of(
        Unit(INT, Die("subprogram", ("name", "string", "f"), ("abstract_origin", "ref4", To("f")), label="f"))
    )


@ok
def origin_outside_of_another_symbol():
    """The abstract origin of a function that nobody asks for leads nowhere."""
    return object_of(unit(Die("subprogram", ("name", "string", "g"), ("abstract_origin", "ref4", 0x1000))))


@error
def pointer_variable_without_type():
    """A symbol pointer variable without a type."""
    return object_of(Unit(Die("variable", ("name", "string", "__gendwarfksyms_ptr_f"))))


@error
def pointer_variable_of_an_integer():
    """A symbol pointer variable that is not a pointer."""
    return object_of(
        Unit(INT, Die("variable", ("name", "string", "__gendwarfksyms_ptr_f"), ("type", "ref4", To("int"))))
    )


@error
def pointer_variable_to_nowhere():
    """A symbol pointer variable whose type leads nowhere."""
    return object_of(
        Unit(INT, Die("variable", ("name", "string", "__gendwarfksyms_ptr_f"), ("type", "ref4", 0x1000)))
    )
