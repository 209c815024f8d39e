"""Recorded versions, which --check compares with."""

from .case import sound, topic

error, ok, different = topic("records", "different")
ARGS = {"args": ["--check", "record", "x.o"]}
#: The version of `f` in a sound object.
VERSION = b"0xbfaec8ea"


def with_record(record):
    return {"x.o": sound().bytes(), "record": record}


def equal(**options):
    return ok(**(ARGS | {"text": None} | options))


@equal()
def symvers():
    """A Module.symvers with the version that is there."""
    return with_record(VERSION + b"\tf\tvmlinux\tEXPORT_SYMBOL\t\n")


@equal()
def command():
    """A file of kbuild's, in which other lines mean nothing."""
    return with_record(b"savedcmd_x.o := gcc\n\n#SYMVER f " + VERSION + b"\n#SYM f\n")


@equal()
def no_final_newline():
    """The last line has no end."""
    return with_record(b"#SYMVER f " + VERSION)


@equal(list=b"")
def names_of_the_record():
    """Without a symbol list, the record's names are it."""
    return with_record(b"#SYMVER f " + VERSION + b"\n#SYMVER nowhere 0x00000000\n")


@different(**ARGS)
def another_version():
    """The version is not the recorded one."""
    return with_record(b"0x00000001\tf\tvmlinux\tEXPORT_SYMBOL\t\n")


@different(**ARGS)
def not_recorded():
    """The record has other names only."""
    return with_record(b"#SYMVER g 0x1\n")


@different(list=b"", **ARGS)
def names_with_control_characters():
    """Names that are no text are found nowhere."""
    return with_record(b"#SYMVER f 0x1\n#SYMVER \x1b[2J 0x1\n#SYMVER \xff\xc3\x28 0x1\n")


@error(**ARGS)
def empty():
    """Nothing is recorded."""
    return with_record(b"")


@error(**ARGS)
def object_as_a_record():
    """An object is no record."""
    return with_record(sound().bytes())


@error(**ARGS)
def two_versions():
    """A name with two versions."""
    return with_record(b"#SYMVER f " + VERSION + b"\n#SYMVER f 0x1\n")


@error(**ARGS)
def number_too_long():
    """A version of more than 32 bits."""
    return with_record(b"0x100000000\tf\tvmlinux\tEXPORT_SYMBOL\t\n")


@error(**ARGS)
def sign():
    """A version with a sign."""
    return with_record(b"#SYMVER f 0x-1\n")


@error(**ARGS)
def number_missing():
    """A line that ends behind the name."""
    return with_record(b"#SYMVER f\n")


@error(**ARGS)
def name_missing():
    """A line without a name."""
    return with_record(b"0x00000001\t\tvmlinux\tEXPORT_SYMBOL\t\n")


@error(**ARGS)
def name_with_nul():
    """A name with a NUL, at which a symbol list would end it."""
    return with_record(b"#SYMVER f\0g 0x1\n")


@error(**ARGS)
def line_with_an_escape_sequence():
    """A damaged line that would clear a terminal."""
    return with_record(b"0x1\x1b[2J\x07\n")


@ok(**ARGS, text=None)
def carriage_returns():
    """Lines that end as on other systems are read all the same."""
    return with_record(b"#SYMVER f " + VERSION + b"\r\n")


@error(**ARGS)
def line_of_a_hundred_thousand_characters():
    """A damaged line that is cut in the message."""
    return with_record(b"#SYMVER " + b"x" * 100000)


@error(args=["--limit", "symbols=1", "--check", "record", "x.o"])
def limit_symbols():
    """More names than may be listed."""
    return with_record(b"#SYMVER f " + VERSION + b"\n#SYMVER g 0x1\n")


@error(args=["--check", "missing", "x.o"])
def missing():
    """The record is not there."""
    return with_record(b"")


@error(args=["--check", ".", "x.o"])
def folder():
    """The record is a folder."""
    return with_record(b"")


@error(args=["--check", "/dev/zero", "x.o"])
def device_without_end():
    """The record is a device that never ends."""
    return with_record(b"")


@error(args=["-T", "record", "--check", "record", "x.o"])
def symtypes_over_the_record():
    """The symtypes file would replace the record."""
    return with_record(b"#SYMVER f " + VERSION + b"\n")


@error(args=["--check", "record", "--nonsense", "x.o"])
def option_unknown():
    """A command line that makes no sense is not a difference."""
    return with_record(b"#SYMVER f " + VERSION + b"\n")


@error(args=["--check", "record", "missing.o"])
def object_missing():
    """The object is not there."""
    return with_record(b"#SYMVER f " + VERSION + b"\n")
