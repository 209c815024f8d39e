"""Edits modules of 64 bits, little endian, in place: what is not edited stays where it was, byte for byte."""

import struct

SIGNATURE = b"~Module signature appended~\n"
WEAK = 2


class Module:
    """The bytes of a module, without its signature: what is edited has none that is right, and the loader looks at that first."""

    def __init__(self, data):
        if data.endswith(SIGNATURE):
            end = len(data) - len(SIGNATURE)
            size = struct.unpack(">I", data[end - 4 : end])[0]
            data = data[: end - 12 - size]
        self.data = bytearray(data)
        assert data[:6] == b"\x7fELF\x02\x01", "a module of 64 bits, little endian"
        self.headers = struct.unpack_from("<Q", data, 40)[0]
        self.count, names = struct.unpack_from("<HH", data, 60)
        self.names = self.section_at(names)[0]

    def section_at(self, index):
        """Where a section begins, and its size."""
        return struct.unpack_from("<QQ", self.data, self.headers + 64 * index + 24)

    def name_of(self, index):
        """Where the name of a section is."""
        return self.names + struct.unpack_from("<I", self.data, self.headers + 64 * index)[0]

    def text(self, at):
        return bytes(self.data[at : self.data.index(0, at)]).decode()

    def section(self, name):
        index = next((index for index in range(self.count) if self.text(self.name_of(index)) == name), None)
        assert index is not None, f"no section {name}"
        return index

    def replace(self, at, old, new):
        assert len(old) == len(new) and self.data[at : at + len(old)] == old, f"{old} is to become {new}"
        self.data[at : at + len(old)] = new
        return self

    def rename_section(self, old, new):
        return self.replace(self.name_of(self.section(old)), old.encode(), new.encode())

    def replace_in(self, section, old, new):
        """Replaces what a section has once; a NUL is around both."""
        start, size = self.section_at(self.section(section))
        old, new = b"\0" + old.encode() + b"\0", b"\0" + new.encode() + b"\0"
        # The first text has nothing in front.
        at = self.data.find(old, start, start + size) + 1
        if at == 0 and self.data.startswith(old[1:], start):
            at = start
        assert at, f"no {old} in {section}"
        return self.replace(at, old[1:], new[1:])

    def flip(self, section, offset):
        self.data[self.section_at(self.section(section))[0] + offset] ^= 1
        return self

    def records(self):
        """Where each record of __versions is, and its symbol: the version in 8 bytes, the name in 56."""
        start, size = self.section_at(self.section("__versions"))
        return [(at, self.text(at + 8)) for at in range(start, start + size, 64)]

    def change_version(self, symbol):
        self.data[next(at for at, name in self.records() if name == symbol)] ^= 1
        return self

    def drop_version(self, symbol):
        """Writes the last record over that of a symbol, and leaves the last one out."""
        records = self.records()
        at, last = next(at for at, name in records if name == symbol), records[-1][0]
        self.data[at : at + 64] = self.data[last : last + 64]
        size = self.headers + 64 * self.section("__versions") + 32
        struct.pack_into("<Q", self.data, size, 64 * (len(records) - 1))
        return self

    def symbols(self):
        """Where each symbol is, and its name."""
        start, size = self.section_at(self.section(".symtab"))
        names = self.section_at(self.section(".strtab"))[0]
        return {self.text(names + struct.unpack_from("<I", self.data, at)[0]): at for at in range(start, start + size, 24)}

    def rename_symbol(self, old, new):
        """The new name may be shorter."""
        names = self.section_at(self.section(".strtab"))[0]
        at = names + struct.unpack_from("<I", self.data, self.symbols()[old])[0]
        return self.replace(at, old.encode(), new.encode().ljust(len(old), b"\0"))

    def weaken(self, symbol):
        info = self.symbols()[symbol] + 4
        self.data[info] = WEAK << 4 | self.data[info] & 15
        return self

    def rename_module(self, new):
        """Renames the module in struct module, where the kernel has its name from, and in .modinfo."""
        start, size = self.section_at(self.section(".modinfo"))
        info = bytes(self.data[start : start + size]).split(b"\0")
        old = next(entry[5:] for entry in info if entry.startswith(b"name=")).decode()
        at, size = self.section_at(self.section(".gnu.linkonce.this_module"))
        self.replace(self.data.index(old.encode() + b"\0", at, at + size), old.encode(), new.encode())
        return self.replace_in(".modinfo", f"name={old}", f"name={new}")
