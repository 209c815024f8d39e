"""What a case is."""

import inspect

from .asm import Die, Elf, Section, To, Unit, die, sections

CASES = []

#: The text of `f` in a sound object.
TEXT = "variable base_type int byte_size(4)"


class Case:
    """A case: what makes its input, and how the tool is run on it."""

    def __init__(self, topic, make, exit, list=None, **run):
        self.topic, self.make, self.exit, self.list, self.run = topic, make, exit, list, run
        self.name = make.__name__.strip("_").replace("_", "-")
        self.why = " ".join(inspect.getdoc(make).split())
        assert not any((other.topic, other.name) == (topic, self.name) for other in CASES), self.name


def topic(name, *exits):
    """The decorators for the cases of a topic that must fail, for those that must succeed, and for other `exits`.

    They take how the tool is run: `args` (else the case's own object), `list` (the symbol list in bytes, else
    `f`), `inputs`, `fifos` and `links` that stand beside the object, and `text`: what `f` expands to, else what
    it does in a sound object; None if that is not the point. `program` is `dwarfksyms` if that is run. `pending` is what is wrong with the result today.
    """

    def decorator(exit, defaults):
        def outer(make=None, **run):
            if make is None:
                return lambda make: outer(make, **run)
            options = {key: value for key, value in (defaults | run).items() if value is not None}
            CASES.append(Case(name, make, exit, **options))
            return make

        return outer

    others = [decorator(exit, {}) for exit in exits]
    return [decorator("error", {}), decorator("ok", {"text": TEXT}), *others]


def unit(*more, **options):
    """A unit with the variable `f` of type `int`, and more."""
    return Unit(
        die("base", label="int", name="int", byte_size=4),
        die("variable", name="f", type=To("int")),
        *more,
        **options
    )


def sound(*more, **options):
    """An object that nothing is wrong with, and more sections."""
    return Elf(sections(unit()) + list(more), **options)


def object_of(*units, **others):
    """An object with units that share their abbreviations."""
    return Elf(sections(*units, **others)).bytes()


def patched(data, offset, replacement):
    """Bytes with some replaced."""
    return data[:offset] + replacement + data[offset + len(replacement) :]


#: The type of `f`, for units that are put together otherwise.
INT = die("base", label="int", name="int", byte_size=4)


def variable(form="ref4", value=To("int")):
    """The variable `f` with a type in some form."""
    return Die("variable", ("name", "string", "f"), ("type", form, value))


def with_info(info, abbreviations=None):
    """An object with these bytes in the place of a unit."""
    others = Section(".debug_abbrev", abbreviations or unit().abbreviations)
    return Elf([Section(".debug_info", info), others]).bytes()
