"""A short assembler for ELF and DWARF that has no objection to damage.

Everything has a sound default and can be given any other value: a field that is named in a call is written as
it is named there, whether it fits the rest or not.
"""

import struct


def uleb(value, length=0):
    """LEB128, unsigned; padded to a length with bytes that add nothing."""
    out = bytearray()
    while True:
        byte, value = value & 127, value >> 7
        if not value and len(out) + 1 >= length:
            return bytes(out) + bytes([byte])
        out.append(byte | 128)


def sleb(value):
    """LEB128, signed."""
    out = bytearray()
    while True:
        byte, value = value & 127, value >> 7
        if value == (-1 if byte & 64 else 0):
            return bytes(out) + bytes([byte])
        out.append(byte | 128)


# ELF -------------------------------------------------------------------------------------------------------

PROGBITS, SYMTAB, STRTAB, RELA, NOTE, NOBITS, REL, SYMTAB_SHNDX = 1, 2, 3, 4, 7, 8, 9, 18
COMPRESSED = 0x800
RULES = ".discard.gendwarfksyms.kabi_rules"


class Section:
    """A section; fields that are not given are computed."""

    def __init__(self, name, data=b"", kind=PROGBITS, /, **fields):
        self.name, self.data, self.kind, self.fields = name, data, kind, fields


class Elf:
    """An ELF file. `header` overrides fields of the file header, by name."""

    def __init__(self, sections, bits=64, endian="<", machine=62, kind=1, **header):
        self.sections, self.bits, self.endian, self.machine, self.kind = (
            list(sections),
            bits,
            endian,
            machine,
            kind,
        )
        self.header = header

    def index(self, name):
        """The index of a section in the header table."""
        return 1 + [section.name for section in self.sections].index(name)

    def bytes(self):
        word, wide = "I", "I" if self.bits == 32 else "Q"
        layout = self.endian + word * 2 + wide * 4 + word * 2 + wide * 2
        size, entry = (52, 40) if self.bits == 32 else (64, 64)
        names, out, headers = bytearray(1), bytearray(size), [dict()]
        for section in self.sections + [Section(".shstrtab", kind=STRTAB)]:
            fields = dict(name=len(names), type=section.kind, offset=len(out), align=1)
            names += section.name.encode("latin-1") + b"\0"
            data = bytes(names) if section.name == ".shstrtab" else section.data
            fields["size"] = len(data)
            for field in ("link", "info"):
                if isinstance(section.fields.get(field), str):
                    section.fields[field] = self.index(section.fields[field])
            fields.update(section.fields)
            headers.append(fields)
            out += data
        table = len(out)
        count, names_at = len(headers), len(headers) - 1
        headers[0] = self.header.pop("null", {})
        order = ["name", "type", "flags", "addr", "offset", "size", "link", "info", "align", "entsize"]
        for fields in headers:
            out += struct.pack(layout, *[fields.get(field, 0) for field in order])
        header = dict(
            type=self.kind,
            machine=self.machine,
            version=1,
            entry=0,
            phoff=0,
            shoff=table,
            flags=0,
            ehsize=size,
            phentsize=0,
            phnum=0,
            shentsize=entry,
            shnum=count,
            shstrndx=names_at,
        )
        header.update(self.header)
        out[:16] = b"\x7fELF" + bytes([self.bits // 32, 1 if self.endian == "<" else 2, 1]) + bytes(9)
        packed = struct.pack(
            self.endian + "HHI" + wide * 3 + "IHHHHHH",
            *[
                header[field]
                for field in (
                    "type",
                    "machine",
                    "version",
                    "entry",
                    "phoff",
                    "shoff",
                    "flags",
                    "ehsize",
                    "phentsize",
                    "phnum",
                    "shentsize",
                    "shnum",
                    "shstrndx",
                )
            ],
        )
        out[16:size] = packed
        return bytes(out)


def symbols(*entries, bits=64, endian="<"):
    """A symbol table and its names; an entry is (name, section, value[, info])."""
    names, table = bytearray(1), bytearray(24 if bits == 64 else 16)
    for name, section, value, *info in entries:
        at = name
        if isinstance(name, str):
            at = len(names)
            names += name.encode() + b"\0"
        info = info[0] if info else 0x10
        if bits == 64:
            table += struct.pack(endian + "IBBHQQ", at, info, 0, section, value, 0)
        else:
            table += struct.pack(endian + "IIIBBH", at, value, 0, info, 0, section)
    return bytes(table), bytes(names)


def symtab(*entries, **fields):
    """The two sections of a symbol table."""
    table, names = symbols(*entries)
    fields = dict(link=".strtab", entsize=24) | fields
    return [
        Section(".symtab", table, SYMTAB, info=1, **fields),
        Section(".strtab", names, STRTAB),
    ]


def rela(*entries):
    """Relocations of 64-bit ELF; an entry is (offset, symbol, type, addend)."""
    return b"".join(
        struct.pack("<QQq", offset, symbol << 32 | kind, addend) for offset, symbol, kind, addend in entries
    )


# DWARF -----------------------------------------------------------------------------------------------------

TAGS = dict(
    array=0x01, class_=0x02, enumeration=0x04, parameter=0x05, lexical_block=0x0B, member=0x0D,
    pointer=0x0F, reference=0x10, compile_unit=0x11, structure=0x13, subroutine=0x15, typedef=0x16,
    union=0x17, variant=0x19, inheritance=0x1C, subrange=0x21, base=0x24, const=0x26, enumerator=0x28,
    subprogram=0x2E, variant_part=0x33, variable=0x34, volatile=0x35, namespace=0x39,
    unspecified_type=0x3B, partial_unit=0x3C, imported_unit=0x3D, type_unit=0x41, skeleton_unit=0x4A
)
ATTRIBUTES = dict(
    sibling=0x01, name=0x03, byte_size=0x0B, stmt_list=0x10, comp_dir=0x1B, const_value=0x1C,
    upper_bound=0x2F, abstract_origin=0x31, accessibility=0x32, count=0x37, data_member_location=0x38,
    decl_file=0x3A, declaration=0x3C, encoding=0x3E, specification=0x47, type=0x49, data_bit_offset=0x6B,
    bit_size=0x0D, signature=0x69, linkage_name=0x6E, str_offsets_base=0x72, dwo_name=0x76,
    alignment=0x88, producer=0x25, discr=0x15, import_=0x18, discr_list=0x3D, address_class=0x33, gnu_dwo_name=0x2130, gnu_dwo_id=0x2131
)
FORMS = dict(
    addr=0x01, block2=0x03, block4=0x04, data2=0x05, data4=0x06, data8=0x07, string=0x08, block=0x09,
    block1=0x0A, data1=0x0B, flag=0x0C, sdata=0x0D, strp=0x0E, udata=0x0F, ref_addr=0x10, ref1=0x11,
    ref2=0x12, ref4=0x13, ref8=0x14, ref_udata=0x15, indirect=0x16, sec_offset=0x17, exprloc=0x18,
    flag_present=0x19, strx=0x1A, addrx=0x1B, ref_sup4=0x1C, strp_sup=0x1D, data16=0x1E, line_strp=0x1F,
    ref_sig8=0x20, implicit_const=0x21, loclistx=0x22, rnglistx=0x23, ref_sup8=0x24, strx1=0x25,
    strx2=0x26, strx3=0x27, strx4=0x28, gnu_str_index=0x1F02, gnu_ref_alt=0x1F20, gnu_strp_alt=0x1F21
)
SIZES = dict(
    data1=1, data2=2, data4=4, data8=8, ref1=1, ref2=2, ref4=4, ref8=8, flag=1, strp=4, line_strp=4,
    sec_offset=4, ref_addr=4, ref_sig8=8, strx1=1, strx2=2, strx3=3, strx4=4, addr=8, ref_sup4=4,
    ref_sup8=8, strp_sup=4, gnu_ref_alt=4, gnu_strp_alt=4, data16=16
)


class To(str):
    """A reference to the DIE with this label."""


class Die:
    """A DIE: attributes are (name, form, value); a value in bytes is written as it is."""

    def __init__(self, tag, *attributes, children=None, label=None):
        self.tag, self.attributes, self.children, self.label = tag, attributes, children, label


class Raw:
    """Bytes in the place of a DIE."""

    def __init__(self, data, label=None):
        self.data, self.label = data, label


def die(tag, *children, label=None, **attributes):
    """A DIE of the usual kind: a string is DW_FORM_string, a reference DW_FORM_ref4, a number DW_FORM_udata."""
    forms = {str: "string", To: "ref4", int: "udata", bool: "flag_present"}
    kids = list(children) if children else None
    return Die(
        tag,
        *[(name, forms[type(value)], value) for name, value in attributes.items()],
        children=kids,
        label=label,
    )


def code_of(table, word):
    return word if isinstance(word, int) else table[word]


class Unit:
    """A unit and its abbreviation table."""

    def __init__(
        self,
        *dies,
        version=4,
        end=b"\0",
        root=(),
        kind=1,
        address_size=8,
        abbreviations_at=0,
        length=None,
        wide=False,
        endian="<",
        extra=b"",
        abbreviations=None,
        root_tag="compile_unit",
        table=None,
    ):
        self.version, self.wide, self.endian, self.table = (
            version,
            wide,
            endian,
            table if table is not None else {},
        )
        self.labels, self.start = {}, 0
        offset = "Q" if wide else "I"
        header = struct.pack(endian + "H", version)
        if version >= 5:
            header += struct.pack(endian + "BB" + offset, kind, address_size, abbreviations_at) + extra
        else:
            header += struct.pack(endian + offset + "B", abbreviations_at, address_size) + extra
        initial = 12 if wide else 4
        root = Die(root_tag, *root, children=list(dies))
        for _ in range(2):
            body = bytearray(initial) + header
            self.write(body, root, end)
        size = len(body) - initial if length is None else length
        if wide:
            body[:12] = struct.pack(endian + "IQ", 0xFFFFFFFF, size)
        else:
            body[:4] = struct.pack(endian + "I", size)
        self.info = bytes(body)
        self.abbreviations = abbreviations if abbreviations is not None else self.shapes() + b"\0"

    def shapes(self):
        out = b""
        for (tag, has_children, specs), code in self.table.items():
            out += uleb(code) + uleb(tag) + bytes([has_children])
            for name, form, constant in specs:
                out += uleb(name) + uleb(form) + (b"" if constant is None else sleb(constant))
            out += b"\0\0"
        return out

    def write(self, out, die, end):
        if die.label:
            self.labels[die.label] = len(out)
        if isinstance(die, Raw):
            out += die.data
            return
        specs = tuple(
            (code_of(ATTRIBUTES, name), code_of(FORMS, form), value if form == "implicit_const" else None)
            for name, form, value in die.attributes
        )
        shape = (code_of(TAGS, die.tag), die.children is not None, specs)
        out += uleb(self.table.setdefault(shape, len(self.table) + 1))
        for _, form, value in die.attributes:
            out += self.value(form, value)
        if die.children is not None:
            for child in die.children:
                self.write(out, child, b"\0")
            out += end

    def value(self, form, value):
        if isinstance(value, bytes):
            return value
        if isinstance(value, To):
            value = self.labels.get(value, 0) + (self.start if form == "ref_addr" else 0)
        if form == "string":
            return value.encode("latin-1") + b"\0"
        if form in ("flag_present", "implicit_const"):
            return b""
        if form == "sdata":
            return sleb(value)
        if form in SIZES:
            return value.to_bytes(SIZES[form], "little" if self.endian == "<" else "big")
        return uleb(value)


def lines(version=4, folders=(), files=(), length=None):
    """The header of a line program, versions 2 to 4; a file is (name, folder)."""
    rest = bytes([1] * (2 if version >= 4 else 1) + [1, 0xFB, 14, 13, 0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1])
    rest += b"".join(name.encode() + b"\0" for name in folders) + b"\0"
    rest += b"".join(name.encode() + b"\0" + uleb(folder) + b"\0\0" for name, folder in files) + b"\0"
    body = struct.pack("<HI", version, len(rest)) + rest
    return struct.pack("<I", len(body) if length is None else length) + body


def lines5(
    directory_format, directories, file_format, files, directory_count=None, file_count=None, version=5
):
    """The header of a line program of version 5; formats are (content, form) pairs, entries are bytes."""
    rest = bytes([1, 1, 1, 0xFB, 14, 13]) + bytes([0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1])
    for form, entries, count in (
        (directory_format, directories, directory_count),
        (file_format, files, file_count),
    ):
        rest += bytes([len(form)]) + b"".join(uleb(content) + uleb(form) for content, form in form)
        rest += uleb(len(entries) if count is None else count) + b"".join(entries)
    body = struct.pack("<HBBI", version, 8, 0, len(rest)) + rest
    return struct.pack("<I", len(body)) + body


def sections(*units, **others):
    """The sections of DWARF: units that share one abbreviation table, or have it at their own offset."""
    out = [
        Section(".debug_info", b"".join(unit.info for unit in units)),
        Section(".debug_abbrev", b"".join(unit.abbreviations for unit in units[:1])),
    ]
    return out + [Section("." + name, data) for name, data in others.items()]
