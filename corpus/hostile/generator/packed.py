"""Compression: of sections, and of files as a whole."""

import lzma
import struct
import zlib

from .asm import *
from .case import sound, topic, unit

error, ok = topic("compressed-sections")


def stored(data):
    """Deflate without compression, so that the bytes do not depend on who writes them."""
    return b"\1" + struct.pack("<HH", len(data), len(data) ^ 0xFFFF) + data


def deflated(data):
    """A zlib stream."""
    return b"\x78\x01" + stored(data) + struct.pack(">I", zlib.adler32(data))


def gz(data):
    """A gzip member."""
    return b"\x1f\x8b\x08" + bytes(7) + stored(data) + struct.pack("<II", zlib.crc32(data), len(data))


def header(size, method=1, align=1):
    return struct.pack("<IIQQ", method, 0, size, align)


def with_info(contents, name=".debug_info", flags=COMPRESSED):
    return Elf([Section(name, contents, flags=flags), Section(".debug_abbrev", unit().abbreviations)]).bytes()


def zlib_info():
    info = unit().info
    return header(len(info)) + deflated(info)


def zstd_raw(data, last=True):
    """A Zstandard frame with one block as it is."""
    return b"\x28\xb5\x2f\xfd\x00\x38" + struct.pack("<I", len(data) << 3 | last)[:3] + data


def zstd_bomb(blocks):
    """A Zstandard frame of blocks of 128 KiB of zeros, four bytes each."""
    block = struct.pack("<I", 131072 << 3 | 2)[:3] + b"\0"
    return b"\x28\xb5\x2f\xfd\x00\x38" + block * (blocks - 1) + struct.pack("<I", 131072 << 3 | 3)[:3] + b"\0"


@ok
def sound_zlib():
    """A sound compressed section."""
    return with_info(zlib_info())


@ok
def sound_zstd():
    """A sound section in Zstandard."""
    info = unit().info
    return with_info(header(len(info), 2) + zstd_raw(info))


@error
def header_cut():
    """The section is too short for the header of a compressed section."""
    return with_info(header(100)[:20])


@error
def header_alone():
    """Nothing follows the header."""
    return with_info(header(100))


@error
def method_unknown():
    """Method 3 is not defined."""
    return with_info(header(10, 3) + bytes(10))


@error
def size_too_small():
    """More comes out than the header says."""
    return with_info(header(10) + deflated(unit().info))


@error
def size_too_large():
    """Less comes out than the header says."""
    return with_info(header(1000) + deflated(unit().info))


@error
def size_of_all_memory():
    """The header promises 2^64-1 bytes."""
    return with_info(header((1 << 64) - 1) + deflated(unit().info))


@error
def stream_cut():
    """The stream ends too early."""
    return with_info(zlib_info()[:-10])


@error
def stream_damaged():
    """A byte of the stream is wrong."""
    data = bytearray(zlib_info())
    data[40] ^= 0xFF
    return with_info(bytes(data))


@error
def checksum_wrong():
    """The stream's checksum is wrong."""
    data = bytearray(zlib_info())
    data[-1] ^= 1
    return with_info(bytes(data))


@ok
def bytes_behind_the_stream():
    """What follows the stream is padding."""
    return with_info(zlib_info() + bytes(8))


@error
def bomb():
    """60 KB that become 2 GiB: the limit is named before all of it is there."""
    return with_info(header(2 << 30, 2) + zstd_bomb(16384))


@error(args=["--limit", "unpacked=16M", "bomb-that-lies.o"])
def bomb_that_lies():
    """A bomb whose header promises 100 bytes."""
    return with_info(header(100, 2) + zstd_bomb(400))


@ok
def bomb_that_nobody_needs():
    """A bomb in a section that is not asked for is left alone."""
    return sound(Section(".debug_loc", header(1 << 40, 2) + zstd_bomb(4000), flags=COMPRESSED)).bytes()


@error(args=["--limit", "unpacked=16M", "bombs-beside-each-other.o"])
def bombs_beside_each_other():
    """Each section alone is within the limit, all together are not."""
    contents = header(6 << 20, 2) + zstd_bomb(48)
    return Elf(
        [Section(".debug_info", contents, flags=COMPRESSED) for _ in range(4)]
        + [Section(".debug_abbrev", unit().abbreviations)]
    ).bytes()


@error
def twice():
    """A section that is compressed twice: what comes out is no unit."""
    inner = zlib_info()
    return with_info(header(len(inner)) + deflated(inner))


@ok
def old_style():
    """A section that is compressed in the old way, by its name."""
    info = unit().info
    return with_info(b"ZLIB" + struct.pack(">Q", len(info)) + deflated(info), ".zdebug_info", 0)


@error
def old_style_cut():
    """The header of the old way is cut, so the section is taken as it is."""
    return with_info(b"ZLIB\0\0", ".zdebug_info", 0)


@error
def old_style_size_wrong():
    """The size of the old way is wrong."""
    return with_info(b"ZLIB" + bytes(8) + deflated(unit().info), ".zdebug_info", 0)


@ok
def old_style_name_only():
    """A section with a name of the old way that is not compressed after all."""
    return with_info(unit().info, ".zdebug_info", 0)


@error
def rules():
    """kABI rules that are compressed, which no linker does."""
    return sound(Section(RULES, header(20) + deflated(b"1\0declonly\0s\0\0"), flags=COMPRESSED)).bytes()


@ok
def alignment_of_nonsense():
    """The alignment in the header of a compressed section is not a power of two."""
    info = unit().info
    return with_info(header(len(info), align=12345) + deflated(info))


@error
def without_bits():
    """A compressed section without contents (SHT_NOBITS)."""
    return Elf(
        [
            Section(".debug_info", zlib_info(), NOBITS, flags=COMPRESSED),
            Section(".debug_abbrev", unit().abbreviations),
        ]
    ).bytes()


@error
def zstd_window_of_terabytes():
    """A frame that asks for a window of 2^41 bytes."""
    info = unit().info
    frame = b"\x28\xb5\x2f\xfd\x00\xf8" + struct.pack("<I", len(info) << 3 | 5)[:3]
    return with_info(header(len(info), 2) + frame + b"\x28\0\0")


@error
def zstd_dictionary():
    """A frame that needs a dictionary that nobody has."""
    info = unit().info
    frame = b"\x28\xb5\x2f\xfd\x01\x38\x99" + struct.pack("<I", 4 << 3 | 5)[:3] + b"\0\0\0\0"
    return with_info(header(len(info), 2) + frame)


error, ok = topic("compressed-files")


@ok
def gzip_sound():
    """A module as gzip leaves it."""
    return gz(sound().bytes())


@ok
def xz_sound():
    """A module as xz leaves it."""
    return lzma.compress(sound().bytes(), preset=0)


@ok
def zstd_sound():
    """A module as zstd leaves it."""
    return zstd_raw(sound().bytes())


@error
def gzip_cut():
    """The stream ends too early."""
    return gz(sound().bytes())[:-20]


@error
def xz_cut():
    """The stream ends too early."""
    return lzma.compress(sound().bytes(), preset=0)[:-20]


@error
def zstd_cut():
    """The frame ends too early."""
    return zstd_raw(sound().bytes())[:-20]


@error
def gzip_checksum():
    """The checksum is wrong."""
    data = bytearray(gz(sound().bytes()))
    data[-8] ^= 1
    return bytes(data)


@error
def xz_checksum():
    """A byte of the check is wrong."""
    data = bytearray(lzma.compress(sound().bytes(), preset=0))
    data[-40] ^= 1
    return bytes(data)


@error
def zstd_checksum():
    """The content checksum is wrong."""
    data = sound().bytes()
    return b"\x28\xb5\x2f\xfd\x04\x38" + struct.pack("<I", len(data) << 3 | 1)[:3] + data + b"\1\2\3\4"


@error
def gzip_magic_alone():
    """Two bytes that look like gzip."""
    return b"\x1f\x8b"


@error
def xz_magic_alone():
    """Six bytes that look like xz."""
    return b"\xfd7zXZ\0"


@error
def zstd_magic_alone():
    """Four bytes that look like zstd."""
    return b"\x28\xb5\x2f\xfd"


@error
def zstd_skippable_alone():
    """A file of nothing but a frame to be skipped is empty."""
    return b"\x50\x2a\x4d\x18\x04\0\0\0abcd"


@error
def zstd_skippable_cut():
    """A frame to be skipped that is longer than the file."""
    return b"\x50\x2a\x4d\x18\xff\xff\xff\xffabcd"


@ok
def zstd_skippable_first():
    """A frame to be skipped in front of the object."""
    return b"\x5f\x2a\x4d\x18\x04\0\0\0abcd" + zstd_raw(sound().bytes())


@error
def zstd_dictionary_file():
    """The frame names a dictionary that nobody has."""
    data = sound().bytes()
    return b"\x28\xb5\x2f\xfd\x01\x38\x99" + struct.pack("<I", len(data) << 3 | 1)[:3] + b"\x28" + data[1:]


@error
def zstd_block_type_reserved():
    """A block of the reserved type."""
    return b"\x28\xb5\x2f\xfd\x00\x38" + struct.pack("<I", 4 << 3 | 7)[:3] + bytes(4)


@error
def zstd_block_too_large():
    """A block of 2 MiB, more than a block may have."""
    return b"\x28\xb5\x2f\xfd\x00\x38" + struct.pack("<I", (2 << 20 >> 1) << 3 | 3)[:3] + b"\0"


@ok
def gzip_concatenated():
    """An object in two members, as `cat a.gz b.gz` makes it."""
    data = sound().bytes()
    return gz(data[:100]) + gz(data[100:])


@ok
def xz_concatenated():
    """An object in two streams with padding between them."""
    data = sound().bytes()
    return lzma.compress(data[:100], preset=0) + bytes(8) + lzma.compress(data[100:], preset=0)


@ok
def zstd_concatenated():
    """An object in two frames."""
    data = sound().bytes()
    return zstd_raw(data[:100]) + zstd_raw(data[100:])


@error
def gzip_then_garbage():
    """Bytes behind the stream that are no stream."""
    return gz(sound().bytes()) + b"garbage"


@error
def nested():
    """A file that is compressed twice: one layer is unpacked."""
    return gz(gz(sound().bytes()))


@error
def zstd_bomb_file():
    """60 KB that become 2 GiB."""
    return zstd_bomb(16000)


@error(args=["--limit", "unpacked=1M", "xz-bomb.o"])
def xz_bomb():
    """A few bytes that become 4 MiB, where 1 MiB is the limit."""
    return lzma.compress(bytes(4 << 20), preset=0)


@error
def xz_dictionary_of_4_gib():
    """A stream that asks for a dictionary of 4 GiB and holds ten bytes."""
    data = bytearray(
        lzma.compress(
            b"\x7fELF123456", format=lzma.FORMAT_XZ, filters=[{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 20}]
        )
    )
    data[data.index(b"\x21\x01", 12) + 2] = 0x28
    end = 12 + (data[12] + 1) * 4
    data[end - 4 : end] = struct.pack("<I", zlib.crc32(bytes(data[12 : end - 4])))
    return bytes(data)


@error
def text_in_gzip():
    """What is compressed is not an object."""
    return gz(b"hello\n")


@error
def nothing_in_gzip():
    """What is compressed is empty."""
    return gz(b"")
