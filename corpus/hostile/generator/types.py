"""Types: cycles, depth, width, nonsense; and names of all kinds."""

from .asm import *
from .case import object_of, topic

INT = die("base", label="int", name="int", byte_size=4)
F = die("variable", name="f", type=To("t"))


def of(*dies, **options):
    """An object with the variable `f` whose type is labelled `t`."""
    return object_of(Unit(INT, *dies, F, **options))


def record(tag, *members, name=None, label="t"):
    names = [] if name is None else [("name", "string", name)]
    return Die(tag, *names, children=list(members), label=label)


def member(label, **more):
    return die("member", type=To(label), **more)


error, ok = topic("types")


@error
def pointer_to_itself():
    """A pointer that points to itself has no finite text."""
    return of(die("pointer", label="t", type=To("t")))


@error
def qualifiers_in_a_circle():
    """const of volatile of the same const."""
    return of(die("const", label="t", type=To("v")), die("volatile", label="v", type=To("t")))


@error
def structure_in_itself():
    """A structure without a name that contains itself."""
    return of(record("structure", member("t")))


@error
def structure_pointing_to_itself():
    """A structure without a name that points to itself."""
    return of(record("structure", member("p")), die("pointer", label="p", type=To("t")))


@error
def union_in_itself():
    """A union without a name that contains itself."""
    return of(record("union", member("t")))


@error
def array_of_itself():
    """An array whose elements are the array."""
    return of(Die("array", ("type", "ref4", To("t")), children=[die("subrange", count=2)], label="t"))


@error
def function_of_itself():
    """A function type whose result is the function type."""
    return of(Die("subroutine", ("type", "ref4", To("t")), label="t"))


@error
def function_with_itself():
    """A function type whose parameter is the function type."""
    return of(Die("subroutine", children=[die("parameter", type=To("t"))], label="t"))


@error
def parameter_of_itself():
    """A parameter whose type is the parameter."""
    return of(Die("subroutine", children=[die("parameter", label="p", type=To("p"))], label="t"))


@error
def member_of_itself():
    """A member whose type is the member."""
    return of(record("structure", die("member", label="m", type=To("m")), name="s"))


@error
def variant_of_itself():
    """A variant part whose only member is of the type around it."""
    part = Die("variant_part", children=[Die("variant", children=[member("t")])])
    return of(record("structure", part))


@ok(text="variable typedef_type t { t#t }")
def typedef_of_itself():
    """A typedef has a name to stop at."""
    return of(die("typedef", label="t", name="t", type=To("t")))


@ok(text="variable typedef_type t { pointer_type { typedef_type u { t#t } } }")
def typedefs_in_a_circle():
    """Two typedefs that lead to one another."""
    return of(
        die("typedef", label="t", name="t", type=To("p")),
        die("pointer", label="p", type=To("u")),
        die("typedef", label="u", name="u", type=To("t")),
    )


@ok(text="variable structure_type s { member s#s }")
def named_structure_in_itself():
    """A structure that contains itself is impossible in C, but has a text."""
    return of(record("structure", member("t"), name="s"))


@ok(text="variable enumeration_type e { enumerator a = 1 , enumerator }")
def enumerators_of_all_kinds():
    """Enumerators without a name, with an empty one, without a value, and with a block in the place of one."""
    return of(
        Die(
            "enumeration",
            ("name", "string", "e"),
            children=[
                Die("enumerator", ("name", "string", "a"), ("const_value", "udata", 1)),
                Die("enumerator", ("name", "string", ""), ("const_value", "block", b"\4\1\2\3\4")),
            ],
            label="t",
        )
    )


@ok(
    text="variable enumeration_type e { enumerator a , enumerator b = 18446744073709551615 , enumerator c = 18446744073709551615 }"
)
def enumerators_of_many_bits():
    """Enumerators of 128 bits, which count as absent, and of 64 bits, with and without a sign."""
    return of(
        Die(
            "enumeration",
            ("name", "string", "e"),
            children=[
                Die("enumerator", ("name", "string", "a"), ("const_value", "data16", 1)),
                Die("enumerator", ("name", "string", "b"), ("const_value", "data8", (1 << 64) - 1)),
                Die("enumerator", ("name", "string", "c"), ("const_value", "sdata", -1)),
            ],
            label="t",
        )
    )


@ok(text="variable array_type[18446744073709551615][0][][1] { base_type int byte_size(4) }")
def array_bounds():
    """Bounds at the ends of 64 bits, none at all, and one that is an expression."""
    return of(
        Die(
            "array",
            ("type", "ref4", To("int")),
            children=[
                die("subrange", count=(1 << 64) - 1),
                die("subrange", upper_bound=(1 << 64) - 1),
                Die("subrange", ("upper_bound", "exprloc", b"\1\x30")),
                Die("subrange", ("upper_bound", "data1", 0)),
            ],
            label="t",
        )
    )


@ok(text="variable array_type" + "[2]" * 2000 + " { base_type int byte_size(4) }")
def array_of_two_thousand_dimensions():
    """An array of two thousand dimensions."""
    return of(
        Die("array", ("type", "ref4", To("int")), children=[die("subrange", count=2)] * 2000, label="t")
    )


@ok(text="variable array_type { base_type void }")
def array_of_nothing():
    """An array without bounds and without a type."""
    return of(Die("array", label="t"))


@error
def array_children():
    """What is in an array, but not a bound, is passed over; the type is a DIE that cannot be one."""
    return of(
        Die(
            "array",
            ("type", "ref4", To("s")),
            children=[INT, die("subrange", label="s", count=1), die("enumerator", name="e")],
            label="x",
        ),
        die("lexical_block", label="t"),
    )


@ok(text="variable [7]")
def bound_as_a_type():
    """A bound in the place of a type is malformed, but has a text."""
    return of(die("subrange", label="t", count=7))


@error
def block_as_a_type():
    """A lexical block in the place of a type."""
    return of(Die("lexical_block", children=[], label="t"))


@error
def tag_unknown_as_a_type():
    """A tag that is not defined in the place of a type."""
    return of(Die(0x4567, label="t"))


@error
def function_as_a_member():
    """A lexical block among the members of a structure."""
    return of(record("structure", member("int"), Die("lexical_block", children=[]), name="s"))


@ok(text="variable structure_type s { member base_type int byte_size(4) }")
def nested_definitions():
    """What is defined within a structure is no member of it."""
    return of(
        record(
            "structure",
            member("int"),
            record("structure", member("int"), name="in", label=None),
            Die("subprogram", ("name", "string", "g"), children=[INT]),
            name="s",
        )
    )


@ok(
    text="variable structure_type s { member base_type void m bit_size(18446744073709551615) data_bit_offset(18446744073709551615) data_member_location(18446744073709551615) }"
)
def member_numbers():
    """The largest numbers that a member can have, and no type."""
    largest = (1 << 64) - 1
    return of(
        record(
            "structure",
            die("member", name="m", bit_size=largest, data_bit_offset=largest, data_member_location=largest),
            name="s",
        )
    )


def levels(count, make):
    """Types that are nested, the innermost of which is `int`."""
    return [
        make("t" if number == 0 else f"t{number}", "int" if number == count - 1 else f"t{number + 1}")
        for number in range(count)
    ]


@ok(text="variable " + "pointer_type { " * 1000 + "base_type int byte_size(4)" + " }" * 1000)
def a_thousand_pointers():
    """A pointer to a pointer, a thousand times."""
    return of(*levels(1000, lambda label, inner: die("pointer", label=label, type=To(inner))))


@ok(text="variable " + "structure_type { member " * 500 + "base_type int byte_size(4)" + " }" * 500)
def five_hundred_structures():
    """A structure without a name in another one, five hundred times."""
    return of(*levels(500, lambda label, inner: record("structure", member(inner), label=label)))


@error
def doubling():
    """A structure of two structures of two structures, forty levels of it: 2^40 times int."""
    return of(
        *levels(40, lambda label, inner: record("structure", member(inner), member(inner), label=label))
    )


@ok(text=None)
def doubling_with_names():
    """The same with names: each is written out once."""

    def named(label, inner):
        return record("structure", member(inner), member(inner), name="s" + label, label=label)

    return of(*levels(40, named))


@ok(text=None)
def doubling_functions():
    """Function types with names that double: a text is short, an indented dump would not be."""
    dies = []
    for number in range(10):
        label, inner = "t" if number == 0 else f"t{number}", "int" if number == 9 else f"t{number + 1}"
        dies.append(die("typedef", label=label, name=f"t{number}", type=To(f"x{number}")))
        dies.append(
            Die(
                "subroutine",
                ("type", "ref4", To(inner)),
                children=[die("parameter", type=To(inner))],
                label=f"x{number}",
            )
        )
    return of(*dies)


@ok(text="variable structure_type s { " + " , ".join(["member base_type int byte_size(4)"] * 5000) + " }")
def five_thousand_members():
    """A structure of five thousand members."""
    return of(record("structure", *[member("int")] * 5000, name="s"))


@ok(
    text="variable subroutine_type ( "
    + " , ".join(["formal_parameter base_type int byte_size(4)"] * 1000)
    + " ) -> base_type void"
)
def a_thousand_parameters():
    """A function of a thousand parameters."""
    return of(Die("subroutine", children=[die("parameter", type=To("int"))] * 1000, label="t"))


@ok(text=None)
def a_thousand_definitions():
    """A thousand different definitions of one name: the longest counts."""
    tops = [
        record("structure", *[member("int")] * (number % 7), name="s", label=f"d{number}")
        for number in range(1000)
    ]
    return of(*tops, record("structure", *[member(f"d{number}") for number in range(1000)]))


@ok(text="variable structure_type s { }")
def declaration_with_members():
    """A declaration is never expanded, even if it has members."""
    return of(
        Die(
            "structure",
            ("name", "string", "s"),
            ("declaration", "flag_present", True),
            ("byte_size", "udata", 4),
            children=[member("int")],
            label="t",
        )
    )


@error
def member_to_nowhere():
    """The type of a member leads nowhere."""
    return of(record("structure", Die("member", ("type", "ref4", 0x7777)), name="s"))


@ok(text="variable structure_type s { }")
def member_of_a_declaration_to_nowhere():
    """The type of a member leads nowhere, in a declaration that is not expanded."""
    return of(
        Die(
            "structure",
            ("name", "string", "s"),
            ("declaration", "flag", 1),
            children=[Die("member", ("type", "ref4", 0x7777))],
            label="t",
        )
    )


@error
def function_parameter_to_nowhere():
    """The type of a parameter leads nowhere."""
    return of(Die("subroutine", children=[Die("parameter", ("type", "ref4", 0x7777))], label="t"))


# Names -----------------------------------------------------------------------------------------------------

error, ok = topic("names")


def named(name):
    """An object whose `f` is a structure of this name."""
    return of(record("structure", member("int"), name=name))


def text_of(name):
    return f"variable structure_type {name} {{ member base_type int byte_size(4) }}"


@ok(text="variable structure_type { member base_type int byte_size(4) }")
def empty():
    """An empty name counts as none."""
    return named("")


@ok(text=text_of(" "))
def blank():
    """A name of one space."""
    return named(" ")


@ok(text=text_of("a b  c"))
def spaces():
    """A name with spaces, which is quoted in a reference."""
    return named("a b  c")


@ok(text=text_of("it's"))
def quote():
    """A name with a quote."""
    return named("it's")


@ok(text=text_of("' '"))
def quotes_and_a_space():
    """A name of quotes and a space."""
    return named("' '")


@ok(text=text_of("a\nb"))
def newline():
    """A name with a line break, which would break a line of symtypes."""
    return named("a\nb")


@ok(text=text_of("\x1b[31mred\x1b[0m"))
def escape_sequence():
    """A name that would colour a terminal."""
    return named("\x1b[31mred\x1b[0m")


@ok(text=None)
def not_utf_8():
    """A name that is no text."""
    return named("\xff\xfe\x80")


@ok(text=text_of("s#x"))
def like_a_reference():
    """A name that looks like a reference: only references are."""
    return named("s#x")


@ok(text="variable structure_type s { member base_type int byte_size(4) s#s }")
def member_like_a_reference():
    """A member whose name looks like a reference to the structure around it."""
    return of(record("structure", member("int", name="s#s"), name="s"))


@ok(text=text_of("#SYMVER f 0x12345678"))
def like_a_line_of_output():
    """A name that looks like a line of the output."""
    return named("#SYMVER f 0x12345678")


@ok(text=text_of("x" * 20000))
def twenty_thousand_characters():
    """A name of twenty thousand characters."""
    return named("x" * 20000)


@error
def escaped_in_a_message():
    """A name with everything that could do harm, near damage."""
    return of(
        record(
            "structure",
            Die("member", ("name", "string", "\x1b[2J\n\xff"), ("type", "ref4", 0x7777)),
            name="\x1b[2J\n\xff",
        )
    )


@ok(text="variable structure_type " + "n::" * 1000 + "s { }")
def a_thousand_namespaces():
    """A structure in a namespace in a namespace, a thousand times."""
    inner = [record("structure", name="s"), F]
    for _ in range(1000):
        inner = [Die("namespace", ("name", "string", "n"), children=inner)]
    return object_of(Unit(INT, *inner))


@ok(text="variable structure_type <anonymous>::s { }")
def namespace_like_a_placeholder():
    """A namespace whose name is what stands for one without."""
    return object_of(
        Unit(Die("namespace", ("name", "string", "<anonymous>"), children=[record("structure", name="s"), F]))
    )


@ok(text="variable structure_type ::s { }")
def namespace_with_an_empty_name():
    """A namespace whose name is empty."""
    return object_of(
        Unit(Die("namespace", ("name", "string", ""), children=[record("structure", name="s"), F]))
    )


@ok(list=b"\xff\xfe\n", text=None)
def symbol_not_utf_8():
    """A symbol whose name is no text."""
    return object_of(Unit(INT, die("variable", name="\xff\xfe", type=To("int"))))


@ok(list=b"\x1b[31m\n", text=None)
def symbol_escape_sequence():
    """A symbol whose name would colour a terminal: what is printed for kbuild is the name as it is."""
    return object_of(Unit(INT, die("variable", name="\x1b[31m", type=To("int"))))
