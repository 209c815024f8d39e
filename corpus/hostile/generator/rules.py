"""kABI rules and conventions."""

from .asm import *
from .case import object_of, sound, topic

error, ok = topic("kabi-rules")


def rule(kind, target, value="", version="1"):
    return "\0".join([version, kind, target, value]).encode("latin-1") + b"\0"


TYPES = [
    die("base", label="int", name="int", byte_size=4),
    Die(
        "structure",
        ("name", "string", "s"),
        ("byte_size", "udata", 8),
        children=[die("member", name="m", type=To("int"))],
        label="s",
    ),
    Die(
        "enumeration",
        ("name", "string", "e"),
        children=[die("enumerator", name="a", const_value=1), die("enumerator", name="b", const_value=2)],
        label="e",
    ),
    Die("structure", children=[die("member", type=To("s")), die("member", type=To("e"))], label="both"),
    die("variable", name="f", type=To("both")),
]
STRUCTURE = "structure_type s { member base_type int byte_size(4) m } byte_size(8)"
ENUMERATION = "enumeration_type e { enumerator a = 1 , enumerator b = 2 }"


def text_of(structure=STRUCTURE, enumeration=ENUMERATION):
    return f"variable structure_type {{ member {structure} , member {enumeration} }}"


def with_rules(*rules):
    """An object with a structure `s` and an enumeration `e`, and rules about them."""
    return Elf(sections(Unit(*TYPES)) + [Section(RULES, b"".join(rules))]).bytes()


def case(kind, **run):
    """A case that is run with --stable on its own object."""

    def add(make):
        name = make.__name__.strip("_").replace("_", "-")
        return kind(make, args=["--stable", name + ".o"], **run)

    return add


@case(ok, text=text_of())
def about_nobody():
    """A rule about a type that is not there."""
    return with_rules(rule("declonly", "nobody"))


@case(error)
def empty():
    """A section without a byte."""
    return with_rules(b"")


@case(error)
def too_short():
    """Five bytes are too few for anything."""
    return with_rules(b"1\0x\0\0")


@case(ok, text=text_of())
def six_bytes():
    """Six bytes are too few for a rule, which deserves a warning."""
    return with_rules(b"1\0x\0y\0")


@case(error)
def unterminated():
    """The last string has no end."""
    return with_rules(rule("declonly", "s", "x")[:-1])


@case(error)
def truncated():
    """The section ends behind a rule's target."""
    return with_rules(rule("declonly", "nobody"), b"1\0declonly\0s\0")


@case(error)
def version_2():
    """A rule of version 2."""
    return with_rules(rule("declonly", "s", version="2"))


@case(error)
def version_01():
    """A rule of version 01."""
    return with_rules(rule("declonly", "s", version="01"))


@case(error)
def version_empty():
    """A rule without a version."""
    return with_rules(rule("declonly", "s", version=""))


@case(error)
def version_with_an_escape_sequence():
    """A version that would clear a terminal."""
    return with_rules(rule("declonly", "s", version="\x1b[2J\n\xff"))


@case(error)
def kind_unknown():
    """A rule of a kind that is not known."""
    return with_rules(rule("declonlyx", "s"))


@case(error)
def kind_empty():
    """A rule without a kind."""
    return with_rules(rule("", "s", "xxxxx"))


@case(error)
def kind_very_long():
    """The kind of a rule has thirty thousand characters: the message is cut."""
    return with_rules(rule("x" * 30000, "s"))


@case(error)
def zeros():
    """Nothing but zeros."""
    return with_rules(bytes(64))


@case(ok, text=text_of())
def padding():
    """Six trailing bytes get a warning."""
    return with_rules(rule("declonly", "nobody"), bytes(6))


@case(error)
def padding_of_seven():
    """Seven trailing bytes are a damaged rule."""
    return with_rules(rule("declonly", "nobody"), bytes(7))


@case(ok, text=text_of("structure_type s { }"))
def declaration():
    """A sound rule."""
    return with_rules(rule("declonly", "s"))


@case(ok, text=text_of("structure_type s { }"))
def declaration_with_a_value():
    """A value that the rule has no use for."""
    return with_rules(rule("declonly", "s", "value"))


@case(ok, text=text_of())
def target_empty():
    """A rule about nothing."""
    return with_rules(rule("declonly", "", "xxx"))


@case(ok, text=text_of(enumeration="enumeration_type e { enumerator b = 2 }"))
def enumerator_ignored():
    """The first enumerator leaves no trace."""
    return with_rules(rule("enumerator_ignore", "e a"))


@case(ok, text=text_of(enumeration="enumeration_type e {  }"))
def enumerators_all_ignored():
    """No enumerator is left."""
    return with_rules(rule("enumerator_ignore", "e a"), rule("enumerator_ignore", "e b"))


@case(error)
def enumerator_value_no_number():
    """The value of an enumerator is not a number."""
    return with_rules(rule("enumerator_value", "e a", "0x10"))


@case(error)
def enumerator_value_too_large():
    """The value of an enumerator does not fit 64 bits."""
    return with_rules(rule("enumerator_value", "e a", "18446744073709551616"))


@case(ok, text=text_of(enumeration=ENUMERATION.replace("a = 1", "a = 18446744073709551609")))
def enumerator_value_negative():
    """A negative value is read as strtoul reads it."""
    return with_rules(rule("enumerator_value", "e a", " -7"))


@case(ok, text=text_of(enumeration=ENUMERATION.replace("a = 1", "a = 0")))
def enumerator_value_empty():
    """An empty value is 0."""
    return with_rules(rule("enumerator_value", "e a", ""))


@case(ok, text=text_of())
def value_damaged_but_not_needed():
    """A value that is no number, of a type that nobody has."""
    return with_rules(rule("byte_size", "nobody", "x"), rule("enumerator_value", "e nobody", "x"))


@case(error)
def size_no_number():
    """A size with a unit."""
    return with_rules(rule("byte_size", "s", "16 bytes"))


@case(error)
def size_of_a_thousand_digits():
    """A size of a thousand digits."""
    return with_rules(rule("byte_size", "s", "9" * 1000))


@case(ok, text=text_of(STRUCTURE.replace("(8)", "(7)")))
def size_of_a_thousand_zeros():
    """A size with a thousand leading zeros."""
    return with_rules(rule("byte_size", "s", "0" * 1000 + "7"))


@case(ok, text=text_of(STRUCTURE.replace("(8)", "(32)")))
def duplicates():
    """Of duplicate rules the last one counts."""
    return with_rules(rule("byte_size", "s", "16"), rule("byte_size", "s", "x"), rule("byte_size", "s", "32"))


@case(error)
def string_empty():
    """A string of a type that is empty."""
    return with_rules(rule("type_string", "s#s", ""))


@case(error)
def reference_empty():
    """A reference without a name."""
    return with_rules(rule("type_string", "s#s", "member s# x"))


@case(error)
def reference_empty_at_the_end():
    """A reference without a name at the end of the string."""
    return with_rules(rule("type_string", "s#s", "member s#"))


@case(error)
def reference_quoted_empty():
    """A reference with an empty name in quotes."""
    return with_rules(rule("type_string", "s#s", "member s#'' x"))


@case(error)
def reference_unclosed():
    """A reference with a quote that is not closed."""
    return with_rules(rule("type_string", "s#s", "member s#'a b"))


@case(error)
def reference_unknown():
    """A reference to a type that nobody has."""
    return with_rules(rule("type_string", "s#s", "member s#nobody"))


@case(error)
def reference_with_an_escape_sequence():
    """A reference to a type that nobody has, whose name would clear a terminal."""
    return with_rules(rule("type_string", "s#s", "member s#\x1b[2J\n\xff"))


@case(ok, text=text_of("member s#s"))
def reference_to_itself():
    """A string that refers to its own type."""
    return with_rules(rule("type_string", "s#s", "member s#s"))


@case(ok, text=text_of("a b c s#s"))
def references_in_a_circle():
    """Strings that refer to one another."""
    return with_rules(
        rule("type_string", "s#s", "a s#b"),
        rule("type_string", "s#b", "b s#c"),
        rule("type_string", "s#c", "c s#s"),
    )


@case(ok, text="plain text")
def string_of_the_symbol():
    """The symbol's own string."""
    return with_rules(rule("type_string", "f", "plain text"))


@case(ok, text=text_of("xx y"))
def reference_within_a_word():
    """A reference that begins within a word."""
    return with_rules(rule("type_string", "s#s", "xxs#b"), rule("type_string", "s#b", " y"))


@case(ok, text=text_of("a [b] c"))
def reference_quoted():
    """A reference in quotes, with a space in its name."""
    return with_rules(rule("type_string", "s#s", "a s#'x y' c"), rule("type_string", "s#'x y'", "[b]"))


@case(ok, text=text_of("##"))
def hashes():
    """Hashes that are no references."""
    return with_rules(rule("type_string", "s#s", "##"))


@case(ok, text=None)
def not_utf_8():
    """A string that is no text."""
    return with_rules(rule("type_string", "s#s", "\xff\xfe\x80"))


@case(ok, text=text_of("structure_type s { }"))
def three_thousand():
    """Three thousand rules about one type."""
    return with_rules(rule("declonly", "s") * 3000)


@case(ok, text=text_of(" ".join(map(str, range(300)))))
def a_chain_of_strings():
    """Each string refers to the next one."""
    rules = [
        rule("type_string", "s#s" if number == 0 else f"s#t{number}", f"{number} s#t{number + 1}")
        for number in range(299)
    ]
    return with_rules(*rules, rule("type_string", "s#t299", "299"))


@ok
def damage_without_stable():
    """Damaged rules, and nobody asks for them."""
    return sound(Section(RULES, b"nonsense")).bytes()


# Members that stand for others -----------------------------------------------------------------------------

error, ok = topic("kabi-members")


def union(*members, label="u"):
    return Die("union", children=list(members), label=label)


def holder(kind="u"):
    return [
        die("base", label="int", name="int", byte_size=4),
        Die(
            "structure", ("name", "string", "s"), children=[die("member", name="m", type=To(kind))], label="s"
        ),
        die("variable", name="f", type=To("s")),
    ]


@case(ok, text="variable structure_type s { member base_type int byte_size(4) m }")
def reserved():
    """A union of a new member and the one that was reserved for it."""
    return object_of(
        Unit(
            *holder(),
            union(
                die("member", name="new", type=To("s")),
                die("member", name="__kabi_reserved1", type=To("int")),
            ),
        )
    )


@case(ok, text="variable structure_type s { }")
def ignored():
    """A union that leaves no trace."""
    return object_of(Unit(*holder(), union(die("member", name="__kabi_ignored0", type=To("s")))))


@case(ok, text="variable structure_type s { member base_type int byte_size(4) old }")
def renamed():
    """A member that had another name."""
    return object_of(Unit(*holder(), union(die("member", name="__kabi_renamedold", type=To("int")))))


@case(ok, text="variable structure_type s { member base_type int byte_size(4)  }")
def renamed_to_nothing():
    """A member that had an empty name."""
    return object_of(Unit(*holder(), union(die("member", name="__kabi_renamed", type=To("int")))))


@case(error)
def reserved_is_the_union():
    """What was reserved is the union itself."""
    return object_of(Unit(*holder(), union(die("member", name="__kabi_reserved", type=To("u")))))


@case(error)
def reserved_in_a_circle():
    """What was reserved is a union of which the same can be said."""
    return object_of(
        Unit(
            *holder(),
            union(die("member", name="__kabi_reserved", type=To("v"))),
            union(die("member", name="__kabi_reserved", type=To("u")), label="v"),
        )
    )


@case(ok, text="variable structure_type s { member base_type void m }")
def reserved_without_a_type():
    """What was reserved has no type."""
    return object_of(Unit(*holder(), union(die("member", name="__kabi_reserved"))))


@case(error)
def reserved_to_nowhere():
    """What was reserved has a type that leads nowhere."""
    return object_of(
        Unit(*holder(), union(Die("member", ("name", "string", "__kabi_reserved"), ("type", "ref4", 0x7777))))
    )


@case(error)
def first_member_to_nowhere():
    """Whether a union is one of these depends on a type that leads nowhere."""
    return object_of(Unit(*holder(), union(Die("member", ("type", "ref4", 0x7777)))))


@case(
    ok,
    text="variable structure_type s { member union_type { member base_type int byte_size(4) , member base_type int byte_size(4) , member base_type int byte_size(4) } m }",
)
def third_member():
    """Only the first two members are looked at."""
    return object_of(
        Unit(
            *holder(),
            union(
                die("member", type=To("int")),
                die("member", type=To("int")),
                die("member", name="__kabi_reserved", type=To("int")),
            ),
        )
    )


@case(ok, text="variable structure_type s { member union_type { } m }")
def union_without_members():
    """A union without members."""
    return object_of(Unit(*holder(), union()))


@case(error)
def union_of_itself():
    """A union without a name whose member is the union."""
    return object_of(Unit(*holder(), union(die("member", type=To("u")))))


@case(ok, text="variable ")
def ignored_variable():
    """A variable of a union that leaves no trace has an empty text."""
    return object_of(
        Unit(die("variable", name="f", type=To("u")), union(die("member", name="__kabi_ignored")))
    )
