"""Files with debug sections that were split off."""

import struct
import zlib

from .asm import *
from .case import sound, topic


def stripped(*more):
    """An object without DWARF that names other files."""
    return Elf(list(more)).bytes()


def build_id(data, name=b"GNU\0", size=None):
    size = len(data) if size is None else size
    note = struct.pack("<III", len(name), size, 3) + name + data
    return Section(".note.gnu.build-id", note + bytes(-len(note) % 4), NOTE)


def debug_link(name, crc=0, **fields):
    text = name.encode("latin-1") + b"\0"
    return Section(".gnu_debuglink", text + bytes(-len(text) % 4) + struct.pack("<I", crc), **fields)


error, ok = topic("debug-files")
# No debug file of the machine that runs the tests may be found.
HERE = ["--companion-root", "."]


@ok(args=HERE + ["x.o"])
def link():
    """A sound debug link."""
    debug = sound().bytes()
    return {"x.o": stripped(debug_link("x.debug", zlib.crc32(debug))), "x.debug": debug}


@error(args=HERE + ["x.o"])
def link_with_another_crc():
    """The file that is named has another CRC."""
    return {"x.o": stripped(debug_link("x.debug", 1)), "x.debug": sound().bytes()}


@error(args=HERE + ["x.o"])
def link_to_itself():
    """An object whose debug link is the object."""
    return {"x.o": stripped(debug_link("x.o", 1))}


@error(args=HERE + ["x.o"])
def link_to_another_folder():
    """A debug link that is a path, to /etc/passwd."""
    return {"x.o": stripped(debug_link("/etc/passwd", 1))}


@error(args=HERE + ["x.o"])
def link_upwards():
    """A debug link that climbs out of the folder."""
    return {"x.o": stripped(debug_link("../../../../etc/passwd", 1))}


@error(args=HERE + ["x.o"])
def link_to_the_folder_above():
    """A debug link to `..`."""
    return {"x.o": stripped(debug_link("..", 1))}


@error(args=HERE + ["x.o"])
def link_empty():
    """A debug link with an empty name."""
    return {"x.o": stripped(debug_link("", 1))}


@error(args=HERE + ["x.o"])
def link_with_an_escape_sequence():
    """A debug link whose name would clear a terminal."""
    return {"x.o": stripped(debug_link("\x1b[2J\n\xff", 1))}


@error(args=HERE + ["x.o"])
def link_of_five_thousand_characters():
    """A debug link with a name that no file can have."""
    return {"x.o": stripped(debug_link("x" * 5000, 1))}


@error(args=HERE + ["x.o"], fifos=["pipe"])
def link_to_a_pipe():
    """A debug link to a pipe that nobody writes to must not wait for ever."""
    return {"x.o": stripped(debug_link("pipe", 1))}


@error(args=HERE + ["x.o"])
def link_to_a_folder():
    """A debug link to a folder."""
    return {"x.o": stripped(debug_link("folder", 1)), "folder/note": b"a folder\n"}


@error(args=HERE + ["x.o"], links={"x.debug": "/etc/passwd"})
def link_through_a_link():
    """The debug file is a link to /etc/passwd."""
    return {"x.o": stripped(debug_link("x.debug", 1))}


@error(args=HERE + ["x.o"])
def link_cut():
    """A debug link without its CRC: the object names no file."""
    return {"x.o": stripped(Section(".gnu_debuglink", b"x.debug\0"))}


@error(args=HERE + ["x.o"])
def link_without_end():
    """A debug link without NUL: the object names no file."""
    return {"x.o": stripped(Section(".gnu_debuglink", b"x.debug."))}


@error(args=HERE + ["x.o"])
def link_outside():
    """A debug link that lies outside of the file: the object names none."""
    return {"x.o": stripped(debug_link("x.debug", 1, offset=1 << 40))}


@error(args=["--no-companions", "x.o"])
def link_forbidden():
    """A debug link where no file may be opened that the command line does not name."""
    debug = sound().bytes()
    return {"x.o": stripped(debug_link("x.debug", zlib.crc32(debug))), "x.debug": debug}


@error(args=HERE + ["x.o"])
def link_to_text():
    """The debug file is not an ELF file."""
    return {"x.o": stripped(debug_link("x.debug", zlib.crc32(b"hello\n"))), "x.debug": b"hello\n"}


@error(args=HERE + ["x.o"])
def link_to_a_link():
    """The debug file has no DWARF either, but names another file: only one step is taken."""
    second = sound().bytes()
    first = stripped(debug_link("y.debug", zlib.crc32(second)))
    return {"x.o": stripped(debug_link("x.debug", zlib.crc32(first))), "x.debug": first, "y.debug": second}


@ok
def link_not_needed():
    """An object that has DWARF and names a debug file that is not there."""
    return sound(debug_link("missing.debug", 1)).bytes()


@ok(args=HERE + ["x.o"])
def identity():
    """A sound build ID."""
    mark = build_id(b"\xab\xcd\xef")
    return {"x.o": stripped(mark), ".build-id/ab/cdef.debug": sound(mark).bytes()}


@error(args=HERE + ["x.o"])
def identity_of_another():
    """The file below .build-id has another build ID."""
    return {
        "x.o": stripped(build_id(b"\xab\xcd\xef")),
        ".build-id/ab/cdef.debug": sound(build_id(b"\xab\xcd\xee")).bytes(),
    }


@error(args=HERE + ["x.o"])
def identity_empty():
    """A build ID of no bytes: nothing can be found by it."""
    return {"x.o": stripped(build_id(b""))}


@error(args=HERE + ["x.o"])
def identity_of_one_byte():
    """A build ID of one byte, too short for a folder and a name."""
    return {"x.o": stripped(build_id(b"\xab"))}


@error(args=HERE + ["x.o"])
def identity_of_a_thousand_bytes():
    """A build ID that is too long for the name of a file."""
    return {"x.o": stripped(build_id(bytes(range(250)) * 4))}


@error(args=HERE + ["x.o"])
def identity_cut():
    """The note ends within the build ID: the object has none."""
    return {"x.o": stripped(build_id(b"\xab\xcd\xef", size=500))}


@error(args=HERE + ["x.o"])
def identity_of_all_memory():
    """The note says that the build ID has 2^32-1 bytes."""
    return {"x.o": stripped(build_id(b"\xab\xcd\xef", size=0xFFFFFFFF))}


@error(args=HERE + ["x.o"])
def identity_of_another_kind():
    """A note of another owner is no build ID."""
    return {"x.o": stripped(build_id(b"\xab\xcd\xef", name=b"XYZ\0"))}


@error(args=HERE + ["x.o"], links={".build-id/ab/cdef.debug": "/etc/passwd"})
def identity_of_a_link():
    """The file below .build-id is a link to /etc/passwd."""
    return {"x.o": stripped(build_id(b"\xab\xcd\xef"))}
