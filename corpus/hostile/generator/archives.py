"""Archives."""

from .asm import *
from .case import sound, topic
from .packed import gz

error, ok = topic("archives")


def member(name, data, size=None):
    size = len(data) if size is None else size
    head = f"{name:<16}{0:<12}{0:<6}{0:<6}{644:<8}{size:<10}`\n".encode("latin-1")
    return head + data + b"\n" * (len(data) % 2)


def archive(*members):
    return b"!<arch>\n" + b"".join(members)


def thin(*names):
    """A thin archive with members of these names."""
    table = b"".join(name.encode("latin-1") + b"/\n" for name in names)
    offsets, at = [], 0
    for name in names:
        offsets.append(at)
        at += len(name) + 2
    heads = [member(f"/{offset}", b"", 100) for offset in offsets]
    return b"!<thin>\n" + member("//", table) + b"".join(heads)


@ok
def one_member():
    """A sound archive."""
    return archive(member("x.o/", sound().bytes()))


@error
def magic_alone():
    """An archive without members."""
    return archive()


@error
def header_cut():
    """The header of the first member is cut."""
    return archive(member("x.o/", b""))[:40]


@error
def member_cut():
    """The last member is longer than the file."""
    return archive(member("x.o/", sound().bytes()[:100], 5000))


@error
def size_no_number():
    """The size of a member is not a number."""
    return archive(member("x.o/", b"").replace(b"0         `", b"seventeen `"))


@error
def size_negative():
    """The size of a member is negative."""
    return archive(member("x.o/", b"", -1))


@error
def size_of_ten_digits():
    """The size of a member is as large as the field allows."""
    return archive(member("x.o/", b"", 9999999999))


@error
def terminator_wrong():
    """The end of a member's header is not what it should be."""
    return archive(member("x.o/", sound().bytes()).replace(b"`\n", b"``"))


@error
def name_outside():
    """A member's name is looked for behind the table of names."""
    return archive(member("//", b"x.o/\n"), member("/4711", sound().bytes()))


@error
def name_without_table():
    """A member's name is in a table that is missing."""
    return archive(member("/0", sound().bytes()))


@ok
def name_escaped():
    """A member's name that would clear a terminal; the object is sound."""
    return archive(member("\x1b[2J\x07/", sound().bytes()))


@error
def name_escaped_in_message():
    """A member's name that would clear a terminal, in a message."""
    return archive(member("\x1b[2J\x07/", b"text"))


@error
def within_an_archive():
    """An archive as a member of an archive."""
    return archive(member("y.a/", archive(member("x.o/", sound().bytes()))))


@ok
def compressed_member():
    """A member that is compressed as a whole."""
    return archive(member("x.ko.gz/", gz(sound().bytes())))


@error
def empty_member():
    """A member without bytes."""
    return archive(member("x.o/", b""), member("y.o/", sound().bytes()))


@ok
def symbol_index_damaged():
    """The archive's own index is nonsense; nobody needs it."""
    return archive(member("/", b"\xff" * 20), member("x.o/", sound().bytes()))


@ok
def members_of_one_name():
    """Two members of one name: the first that has the symbol describes it."""
    return archive(member("x.o/", sound().bytes()), member("x.o/", sound().bytes()))


@error
def thin_member_missing():
    """A member of a thin archive that is not there."""
    return {"x.a": thin("missing.o")}


@error
def thin_to_another_folder():
    """A thin archive that names /etc/passwd."""
    return {"x.a": thin("/etc/passwd")}


@error
def thin_upwards():
    """A thin archive that climbs out of its folder."""
    return {"x.a": thin("../../../../../../../../../../etc/passwd")}


@error
def thin_to_itself():
    """A thin archive whose member is the archive."""
    return {"x.a": thin("x.a")}


@error(fifos=["pipe"])
def thin_to_a_pipe():
    """A thin archive whose member is a pipe that nobody writes to must not wait for ever."""
    return {"x.a": thin("pipe")}


@error
def thin_to_a_folder():
    """A thin archive whose member is a folder."""
    return {"x.a": thin("folder"), "folder/note": b"a folder\n"}


@error(args=["--no-companions", "x.a"])
def thin_without_companions():
    """A thin archive where no file may be opened that the command line does not name."""
    return {"x.a": thin("y.o"), "y.o": sound().bytes()}


@ok
def thin_sound():
    """A sound thin archive."""
    return {"x.a": thin("y.o"), "y.o": sound().bytes()}


@error(links={"link.o": "/etc/passwd"})
def thin_through_a_link():
    """A member of a thin archive that is a link to /etc/passwd."""
    return {"x.a": thin("link.o")}


@ok
def members_without_dwarf():
    """Members without DWARF are passed over if another one has some."""
    return archive(member("a.o/", Elf([Section(".text", b"\x90")]).bytes()), member("x.o/", sound().bytes()))


@error
def no_member_with_dwarf():
    """No member has DWARF."""
    return archive(member("a.o/", Elf([Section(".text", b"\x90")]).bytes()))
