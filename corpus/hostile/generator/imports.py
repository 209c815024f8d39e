"""Units that import others, and what only canonical descriptions read."""

from .asm import *
from .case import INT, object_of, topic, unit, variable

error, ok = topic("imports")

PER_UNIT = dict(args=["--per-unit", "x.o"])
CANONICAL = dict(args=["--canonical", "x.o"])

#: The bytes of a header, behind which the root is.
HEADER = 11


def imported(at):
    return Die("imported_unit", ("import_", "ref_addr", at))


def units(first, *partial):
    """A unit and partial units; each is made by a function of the places of all roots."""

    def build(roots):
        table = {}
        parts = [Unit(*make(roots), root_tag="partial_unit", table=table) for make in partial]
        return [Unit(*first(roots), table=table), *parts]

    roots, start = [0] * (len(partial) + 1), 0
    for number, made in enumerate(build(roots)):
        roots[number], start = start + HEADER, start + len(made.info)
    return {"x.o": object_of(*build(roots))}


def alone(*dies):
    return {"x.o": object_of(Unit(*dies))}


@ok(**PER_UNIT)
def in_a_circle():
    """Two partial units import each other, and a unit one of them; the symbol is in the other."""
    return units(
        lambda roots: [imported(roots[1])],
        lambda roots: [imported(roots[2])],
        lambda roots: [imported(roots[1]), INT, variable()],
    )


@ok(**PER_UNIT)
def a_circle_that_nobody_imports():
    """Two partial units import each other, and nobody imports them."""
    return units(
        lambda roots: [],
        lambda roots: [imported(roots[2])],
        lambda roots: [imported(roots[1]), INT, variable()],
    )


@ok(**PER_UNIT)
def of_itself():
    """A unit imports itself."""
    return units(lambda roots: [imported(roots[0]), INT, variable()])


@ok(**PER_UNIT)
def twice():
    """A unit imports another one again and again."""
    return units(
        lambda roots: [imported(roots[1])] * 1000,
        lambda roots: [INT, variable()],
    )


@error(**PER_UNIT)
def of_nothing():
    """The unit that is imported does not exist."""
    return alone(imported(0x7FFFFFFF), INT, variable())


@error(**CANONICAL)
def of_nothing_in_a_canonical_description():
    """The unit that is imported, whose language matters, does not exist."""
    return alone(imported(0x7FFFFFFF), INT, variable())


@ok
def of_nothing_that_matters():
    """The unit that is imported does not exist, and nobody asks."""
    return object_of(unit(imported(0x7FFFFFFF)))


@ok(**CANONICAL, text="variable enumeration_type e { enumerator a = 1 }")
def stored_as_itself():
    """An enumeration is stored as itself."""
    e = die("enumeration", die("enumerator", name="a", const_value=1), label="e", name="e", type=To("e"))
    return alone(e, die("variable", name="f", type=To("e")))


@error(**CANONICAL)
def a_discriminant_that_is_nowhere():
    """The discriminant of a variant part does not exist."""
    part = Die("variant_part", ("discr", "ref4", 0x7FFFFFFF), children=[])
    return alone(die("structure", part, label="s", name="s"), die("variable", name="f", type=To("s")))


@ok(**CANONICAL, text="variable enumeration_type { enumerator a = 1*2^64+2 }")
def a_number_of_16_bytes():
    """An enumerator has a value of 16 bytes."""
    value = bytes([16, 2]) + bytes(7) + bytes([1]) + bytes(7)
    a = Die("enumerator", ("name", "string", "a"), ("const_value", "block1", value))
    return alone(die("enumeration", a, label="e"), die("variable", name="f", type=To("e")))


@ok(**CANONICAL, text="variable enumeration_type { enumerator a = " + " " + "07" * 17 + " }")
def a_number_of_17_bytes():
    """An enumerator has a value that is too large for a number."""
    a = Die("enumerator", ("name", "string", "a"), ("const_value", "block1", bytes([17] + [7] * 17)))
    return alone(die("enumeration", a, label="e"), die("variable", name="f", type=To("e")))
