#!/usr/bin/env python3
"""break.py INPUT CHANGE OUTPUT: spoils the compressed .debug_info of a 64-bit little-endian ELF object."""
import struct
import sys


def section(elf, name):
    """The place of a section's header, its offset and its size."""
    (table,) = struct.unpack_from("<Q", elf, 40)
    count, names = struct.unpack_from("<HH", elf, 60)
    strings = struct.unpack_from("<Q", elf, table + 64 * names + 24)[0]
    for header in range(table, table + 64 * count, 64):
        at = strings + struct.unpack_from("<I", elf, header)[0]
        if elf[at : elf.index(0, at)] == name.encode():
            return header, *struct.unpack_from("<QQ", elf, header + 24)
    raise SystemExit(f"no {name}")


def main(source, change, target):
    elf = bytearray(open(source, "rb").read())
    if change.startswith("z-"):
        header, offset, size = section(elf, ".zdebug_info")
    else:
        header, offset, size = section(elf, ".debug_info")
    # The header in front of the data: type, reserved, size, alignment; in .zdebug_*: "ZLIB", size (big endian).
    if change == "cut":
        struct.pack_into("<Q", elf, header + 32, size - 40)
    elif change == "cut-header":
        struct.pack_into("<Q", elf, header + 32, 23)
    elif change == "larger":
        struct.pack_into("<Q", elf, offset + 8, struct.unpack_from("<Q", elf, offset + 8)[0] + 1)
    elif change == "smaller":
        struct.pack_into("<Q", elf, offset + 8, struct.unpack_from("<Q", elf, offset + 8)[0] - 1)
    elif change == "huge":
        struct.pack_into("<Q", elf, offset + 8, 1 << 62)
    elif change == "method":
        struct.pack_into("<I", elf, offset, 77)
    elif change == "data":
        elf[offset + 24 + 60] ^= 0xFF
    elif change == "check":
        elf[offset + size - 1] ^= 0xFF
    elif change == "z-larger":
        struct.pack_into(">Q", elf, offset + 4, struct.unpack_from(">Q", elf, offset + 4)[0] + 1)
    elif change == "z-magic":
        elf[offset] = 0
    else:
        raise SystemExit(f"no {change}")
    open(target, "wb").write(elf)


main(*sys.argv[1:])
