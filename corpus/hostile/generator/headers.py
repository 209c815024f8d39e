"""The header of an ELF file."""

from .asm import *
from .case import patched, sound, topic, unit

error, ok = topic("elf-header")


@error
def magic_alone():
    """Four bytes of magic and no header."""
    return b"\x7fELF"


@error
def magic_cut():
    """A file of three bytes is not an ELF file."""
    return b"\x7fEL"


@error
def header_cut():
    """The file ends in the middle of its header."""
    return sound().bytes()[:40]


@error
def class_unknown():
    """The class is neither 32 nor 64 bits."""
    return patched(sound().bytes(), 4, b"\3")


@error
def class_wrong():
    """A 64-bit object that says it has 32 bits: the table of sections is looked for at nonsense."""
    return patched(sound().bytes(), 4, b"\1")


@error
def byte_order_unknown():
    """The byte order is neither little nor big."""
    return patched(sound().bytes(), 5, b"\0")


@error
def byte_order_wrong():
    """A little-endian object that says it is big-endian."""
    return patched(sound().bytes(), 5, b"\2")


@error
def version_unknown():
    """The version of ELF in the identification is 9."""
    return patched(sound().bytes(), 6, b"\x09")


@ok
def type_unknown():
    """A file type that is not defined: nothing depends on it but whether relocations count."""
    return sound(kind=0xFE77).bytes()


@ok
def machine_unknown():
    """A machine that is not known, in an object that has no relocations."""
    return sound(machine=0xFEDC).bytes()


@error
def no_sections():
    """No table of sections, so no DWARF."""
    return sound(shoff=0, shnum=0, shstrndx=0).bytes()


@error
def table_outside():
    """The table of sections begins behind the end of the file."""
    return sound(shoff=1 << 40).bytes()


@error
def table_at_the_end_of_the_address_space():
    """The table's offset and size overflow 64 bits."""
    return sound(shoff=(1 << 64) - 64).bytes()


@error
def table_cut():
    """The table of sections has more entries than the file has room for."""
    return sound(shnum=60000).bytes()


@ok
def table_unaligned():
    """The table of sections begins at an odd offset, which is fine for bytes that are read one by one."""
    return sound(Section(".pad", b"\0")).bytes()


@error
def table_over_the_header():
    """The table of sections begins at the file's own header."""
    return sound(shoff=0).bytes()


@error
def entry_size_zero():
    """Entries of the section table have size 0."""
    return sound(shentsize=0).bytes()


@error
def entry_size_of_the_other_class():
    """Entries of the section table have the size that they have in 32-bit files."""
    return sound(shentsize=40).bytes()


@ok
def header_size_wrong():
    """The header's own size is wrong; nobody needs it."""
    return sound(ehsize=3).bytes()


@ok
def program_headers_outside():
    """The program headers lie outside of the file; nobody needs them."""
    return sound(phoff=1 << 50, phnum=7, phentsize=56).bytes()


@ok
def extended_count():
    """The number of sections stands in section 0, as in files with very many."""
    return sound(shnum=0, null=dict(size=4)).bytes()


@error
def extended_count_huge():
    """The number of sections stands in section 0 and is 2^60."""
    return sound(shnum=0, null=dict(size=1 << 60)).bytes()


@error
def extended_count_zero():
    """The number of sections stands in section 0 and is 0."""
    return sound(shnum=0).bytes()


@ok
def extended_names():
    """The index of the section of names stands in section 0."""
    return sound(shstrndx=0xFFFF, null=dict(link=3)).bytes()


@error
def extended_names_outside():
    """The index of the section of names stands in section 0 and leads nowhere: no section has a name."""
    return sound(shstrndx=0xFFFF, null=dict(link=4711)).bytes()


@error
def names_outside():
    """The section of names does not exist: no section has a name, so there is no DWARF."""
    return sound(shstrndx=40).bytes()


@error
def names_are_code():
    """Section names are taken from a section of other bytes."""
    return sound(shstrndx=1).bytes()


@ok
def elf32():
    """A sound object of 32 bits."""
    return Elf(sections(unit(address_size=4)), bits=32, machine=3).bytes()


@ok
def elf32_big_endian():
    """A sound object of 32 bits in big-endian order."""
    return Elf(sections(unit(address_size=4, endian=">")), bits=32, endian=">", machine=20).bytes()


@ok
def elf64_big_endian():
    """A sound object of 64 bits in big-endian order."""
    return Elf(sections(unit(endian=">")), endian=">", machine=21).bytes()


@error
def elf32_offsets():
    """A 32-bit table of sections whose offsets and sizes overflow 32 bits."""
    first = Section(".debug_info", unit(address_size=4).info, offset=0xFFFFFFF0, size=0xFFFFFFF0)
    return Elf([first] + sections(unit())[1:], bits=32, machine=3).bytes()


@error
def bitcode():
    """LLVM bitcode, which has no DWARF to read yet."""
    return b"BC\xc0\xde" + bytes(100)


@error
def pe():
    """A Windows executable."""
    return b"MZ" + bytes(200)


@error
def raw_bytes():
    """Bytes that could change a terminal must not come out in the message."""
    return b"\x1b[2J\x1b]0;owned\x07" * 10
