"""The symbol list and the command line."""

from .case import sound, topic

error, ok = topic("symbol-lists")


def plain():
    return sound().bytes()


@ok(list=b"f")
def no_final_newline():
    """The last line has no end."""
    return plain()


@ok(list=b"f\r\n")
def carriage_returns():
    """Lines that end as on other systems: a carriage return is white space."""
    return plain()


@ok(list=b"f\nf\nf x\n f\n")
def duplicates():
    """A name that is listed again and again counts once."""
    return plain()


@ok(list=b"f\0g h\n")
def nul():
    """A line ends at a NUL."""
    return plain()


@error(list=b"\0f\n")
def nul_first():
    """A line that begins with NUL has no name."""
    return plain()


@error(list=b"f\n\n")
def blank_line():
    """A line without a name."""
    return plain()


@error(list=b" \t\v\f\r\n")
def only_spaces():
    """A line of nothing but white space."""
    return plain()


@error(list=b"\n" * 100)
def only_newlines():
    """A hundred lines without a name: the first one is named."""
    return plain()


@ok(list=b"", text=None)
def empty():
    """Nothing is asked for, so nothing is done."""
    return plain()


@ok(list=b"f\n\x01\x02\x07\x08\x7f\x9b\n", text=None)
def control_characters():
    """A name of control characters comes out as it is, but not in the warning."""
    return plain()


@ok(list=b"f\n\xff\xfe\xc3\x28\n", text=None)
def not_utf_8():
    """A name that is no text."""
    return plain()


@ok(list="f\n\u202egnp.exe\n".encode(), text=None)
def right_to_left():
    """A name that would turn the direction of a line on a terminal."""
    return plain()


@ok(list=b"f\n" + b"x" * 30000 + b"\n", text=None)
def name_of_thirty_thousand_characters():
    """A name that is cut in the warning, and complete in the output."""
    return plain()


@ok(list=b"f\n" + b"f " + b"x" * 30000 + b"\n")
def line_of_thirty_thousand_characters():
    """What follows the name does not matter."""
    return plain()


@ok(list=b"f\n__gendwarfksyms_ptr_f\n")
def pointer_of_a_listed_symbol():
    """The name of a symbol pointer variable is that of the symbol, if that was listed before."""
    return plain()


@ok(list=b"f\n__gendwarfksyms_ptr_\n", text=None)
def pointer_of_nothing():
    """The name of a symbol pointer variable for a symbol without a name."""
    return plain()


@ok(list=b"f\n#SYMVER\n", text=None)
def like_a_line_of_output():
    """A name that looks like the beginning of a line of output."""
    return plain()


@ok(list=b"\xef\xbb\xbff\n", text=None)
def byte_order_mark():
    """A byte order mark belongs to the name that it stands in front of."""
    return plain()


error, ok = topic("command-lines")
X = {"inputs": ["x.o"]}


@ok
def x():
    """The object that the other cases use."""
    return plain()


@error(args=[], **X)
def nothing():
    """No object is named."""


@error(args=["--symtypes"], **X)
def operand_missing():
    """An option without what belongs to it."""


@error(args=["--nonsense", "x.o"], **X)
def option_unknown():
    """An option that there is not."""


@error(args=["--\u00e9\u202e", "x.o"], **X)
def option_unknown_not_ascii():
    """An option that there is not, with a character that turns the direction of a line."""


@error(args=["--dump", "x.o"], **X)
def option_ambiguous():
    """An abbreviation that could be several options."""


@ok(args=["-s", "-s", "--stable", "--no-companions", "--no-companions", "x.o"], **X)
def options_twice():
    """Options that are given again and again."""


@ok(args=["x.o", "--stable"], **X)
def option_behind_the_object():
    """An option behind the object."""


@ok(args=["--", "x.o"], **X)
def two_dashes():
    """Two dashes end the options."""


@error(args=["--", "--stable"], **X)
def two_dashes_and_an_option():
    """Behind two dashes an option is the name of a file."""


@error(args=["--"], **X)
def two_dashes_alone():
    """Two dashes and no object."""


@error(args=[""], **X)
def empty_name():
    """The name of the object is empty."""


@error(args=["x.o", ""], **X)
def empty_second_name():
    """The name of the second object is empty."""


@error(args=["-"], **X)
def dash():
    """A dash is the name of a file: standard input is for symbols."""


@error(args=["."], **X)
def folder():
    """The object is a folder."""


@error(args=["/dev/null"], **X)
def device():
    """The object is a device."""


@error(args=["/dev/zero"], **X)
def device_without_end():
    """The object is a device that never ends."""


@error(args=["missing.o"], **X)
def missing():
    """The object is not there."""


@error(args=["\x1b[2J\n\x07.o"], **X)
def name_with_an_escape_sequence():
    """The object's name would clear a terminal."""


@error(args=["x" * 5000 + ".o"], **X)
def name_of_five_thousand_characters():
    """The object's name is longer than a name may be."""


@error(args=["x.o/"], **X)
def slash_behind_the_name():
    """The object is a file, and its name says that it is a folder."""


@error(links={"loop.o": "loop.o"}, args=["loop.o"], **X)
def link_to_itself():
    """The object is a link to itself."""


@ok(args=["x.o", "x.o", "./x.o"], **X)
def same_object_again():
    """The first object that has a symbol describes it; the others have nothing to add."""


@error(args=["x.o", "missing.o"], **X)
def second_object_missing():
    """The first object has all symbols, and the second one is not there."""


@error(args=["-T", "x.o", "x.o"], **X)
def symtypes_over_the_object():
    """The symtypes file would replace the object."""


@error(args=["-T", "link", "x.o"], links={"link": "x.o"}, **X)
def symtypes_over_a_link_to_the_object():
    """The symtypes file would replace the object through a link."""


@error(args=["-T", ".", "x.o"], **X)
def symtypes_over_a_folder():
    """The symtypes file is a folder."""


@error(args=["-T", "", "x.o"], **X)
def symtypes_without_a_name():
    """The name of the symtypes file is empty."""


@error(args=["-T", "missing/types", "x.o"], **X)
def symtypes_in_a_missing_folder():
    """The folder of the symtypes file is not there."""


@error(args=["-T", "link", "x.o"], links={"link": "link"}, **X)
def symtypes_is_a_link_to_itself():
    """The symtypes file is a link to itself."""


@ok(args=["-T", "/dev/null", "x.o"], **X)
def symtypes_to_a_device():
    """The symtypes file is a device."""


@error(args=["--limit", "memory", "x.o"], **X)
def limit_without_a_number():
    """A limit without a number."""


@error(args=["--limit", "patience=1", "x.o"], **X)
def limit_unknown():
    """A limit that there is not."""


@error(args=["--limit", "memory=-1", "x.o"], **X)
def limit_negative():
    """A negative limit."""


@error(args=["--limit", "memory=99999999999999G", "x.o"], **X)
def limit_too_large():
    """A limit that does not fit 64 bits."""


@error(args=["--limit", "memory=G", "x.o"], **X)
def limit_without_digits():
    """A unit without a number."""


@ok(
    args=[
        "--limit",
        "memory=18446744073709551615",
        "--limit",
        "work=18446744073709551615",
        "--limit",
        "depth=18446744073709551615",
        "--limit",
        "text=18446744073709551615",
        "--limit",
        "symbols=18446744073709551615",
        "--limit",
        "unpacked=18446744073709551615",
        "x.o",
    ],
    **X
)
def limits_of_64_bits():
    """The largest limits there are."""


@error(args=["--limit", "memory=0", "x.o"], **X)
def limit_memory():
    """No memory at all."""


@error(args=["--limit", "work=0", "x.o"], **X)
def limit_work():
    """No work at all."""


@error(args=["--limit", "text=10", "x.o"], **X)
def limit_text():
    """A text of ten bytes."""


@error(args=["--limit", "symbols=0", "x.o"], **X)
def limit_symbols():
    """No symbols at all."""


@error(args=["--limit", "work=0", "--limit", "work=18446744073709551615", "--limit", "work=1", "x.o"], **X)
def limit_again():
    """Of a limit that is given several times the last counts."""


@ok(args=["--companion-root", "missing", "x.o"], **X)
def root_that_is_not_there():
    """A folder for companions that is not there, and no companion is needed."""


@error(args=["--companion-root", "", "x.o"], **X)
def root_without_a_name():
    """The name of a folder for companions is empty."""
