"""BTF by itself, which `dwarfksyms explain` is asked about."""

import struct

from .case import topic

error, ok = topic("btf")
ASKED = {"program": "dwarfksyms", "args": ["explain", "f", "x.btf"], "text": None}
HEADER = 24


class Btf:
    """BTF while it is written: types by kind, and strings."""

    def __init__(self, order="<"):
        self.order, self.types, self.strings, self.places = order, b"", b"\0", {"": 0}

    def name(self, text):
        if text not in self.places:
            self.places[text] = len(self.strings)
            self.strings += text.encode() + b"\0"
        return self.places[text]

    def add(self, kind, name="", words=(0,), count=0, flag=0):
        """A type: its kind, the number of its items, and the words behind that."""
        words = (self.name(name), flag << 31 | kind << 24 | count, *words)
        self.types += struct.pack(f"{self.order}{len(words)}I", *words)
        return self

    def bytes(self, magic=0xEB9F, version=1, flags=0, length=HEADER):
        head = struct.pack(
            f"{self.order}HBB5I", magic, version, flags, length, 0, len(self.types), len(self.types), len(self.strings)
        )
        return head + self.types + self.strings


def sound(order="<"):
    """`int f(struct s *)`"""
    btf = Btf(order).add(1, "int", (4, 1 << 24 | 32))
    btf.add(4, "s", (4, btf.name("a"), 1, 0), count=1)
    return btf.add(2, words=(2,)).add(13, words=(1, 0, 3), count=1).add(12, "f", (4,))


def with_variable(btf, target):
    return {"x.btf": btf.add(14, "f", (target, 1)).bytes()}


@ok(**ASKED)
def plain():
    """Nothing is wrong."""
    return {"x.btf": sound().bytes()}


@ok(**ASKED)
def big_endian():
    """The other byte order."""
    return {"x.btf": sound(">").bytes()}


@error(**ASKED)
def cut_off():
    """The file ends behind its magic number and version."""
    return {"x.btf": sound().bytes()[:3]}


@error(**ASKED)
def flags():
    """A flag that nobody knows."""
    return {"x.btf": sound().bytes(flags=1)}


@error(**ASKED)
def header_too_long():
    """The header is longer than the file."""
    return {"x.btf": sound().bytes(length=1 << 31)}


@error(**ASKED)
def strings_without_end():
    """The last string does not end."""
    return {"x.btf": sound().bytes()[:-1] + b"f"}


@error(**ASKED)
def unknown_kind():
    """A kind of type that nobody knows: nobody knows its size either."""
    return {"x.btf": sound().add(31).bytes()}


@error(**ASKED)
def no_such_type():
    """A pointer to a type that is not there."""
    return {"x.btf": sound().add(2, words=(1000,)).bytes()}


@error(**ASKED)
def no_such_name():
    """The name of a type is behind all strings."""
    btf = sound()
    btf.places["away"] = 1 << 30
    return {"x.btf": btf.add(4, "away").bytes()}


@error(**ASKED)
def name_with_a_line_break():
    """A name that would be a line of its own."""
    return with_variable(Btf().add(4, "s { }\ng"), 1)


@error(**ASKED)
def pointer_to_itself():
    """A type without an end."""
    return with_variable(Btf().add(2, words=(1,)), 1)


@error(**ASKED)
def array_of_itself():
    """The same, of arrays, whose dimensions are put together."""
    return with_variable(Btf().add(3, words=(0, 2, 1, 2)).add(3, words=(0, 1, 1, 2)), 1)


@error(**ASKED)
def pointer_to_a_function():
    """Functions are no types, but what has one: a prototype is what can be pointed to."""
    btf = Btf().add(13, words=(0,)).add(12, "g", (1,)).add(2, words=(2,))
    return with_variable(btf, 3)


@error(**ASKED)
def exponential():
    """Each structure without a name has the one before it twice."""
    btf = Btf().add(1, "int", (4, 32))
    for level in range(1, 60):
        btf.add(4, words=(4, 0, level, 0, 0, level, 0), count=2)
    return with_variable(btf, 60)


@ok(**ASKED)
def deep():
    """Two thousand pointers to pointers."""
    btf = Btf().add(1, "int", (4, 32))
    types = b"".join(struct.pack("<3I", 0, 2 << 24, level) for level in range(1, 2001))
    btf.types += types
    return with_variable(btf, 2001)


@error(**ASKED)
def one_long_name_for_many():
    """A function takes 12 bytes, and its name can be as long as all strings: a copy for each would be 200 MB."""
    btf = Btf().add(13, words=(0,))
    place = btf.name("x" * 100000)
    btf.types += struct.pack("<3I", place, 12 << 24, 1) * 2000
    return {"x.btf": btf.bytes()}


@ok(**ASKED)
def long_name_of_many_members():
    """The name of a structure is not looked at for each of its members."""
    btf = Btf().add(1, "int", (4, 32))
    words = (4,) + (0, 1, 0) * 5000
    btf.add(4, "s" * 100000, words, count=5000)
    return with_variable(btf, 2)
