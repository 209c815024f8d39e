#!/usr/bin/env python3
"""Writes the hostile inputs: `./make.py`. With --check, fails if a file is not what it would write.

Each function of the modules in generator/ is a case; its docstring says why it is there. The committed files are
what is tested; expected.toml in each folder is what tests/hostile.rs records.
"""

import importlib
import json
import pathlib
import shutil
import sys
import zlib

from generator.case import CASES

# The modules in which the cases are.
MODULES = [
    "headers",
    "section_headers",
    "symbols",
    "relocations",
    "packed",
    "archives",
    "units",
    "abbreviations",
    "dies",
    "forms",
    "references",
    "imports",
    "type_units",
    "lines",
    "types",
    "rules",
    "debug_files",
    "dwz_files",
    "split",
    "command",
    "records",
    "btf",
]
HERE = pathlib.Path(__file__).parent
# A DIE is written by a function that calls itself for each child.
sys.setrecursionlimit(10000)
sys.dont_write_bytecode = True


def files():
    """All files, by path."""
    for module in MODULES:
        importlib.import_module(f"generator.{module}")
    out, texts = {}, {}
    for case in CASES:
        folder = HERE / case.topic
        made = case.make()
        if isinstance(made, bytes):
            out[folder / (case.name + ".o")] = made
        elif isinstance(made, dict):
            for name, data in made.items():
                out[folder / case.name / name] = data
        if case.list is not None:
            out[folder / (case.name + ".syms")] = case.list
        texts.setdefault(folder, []).append(describe(case))
    for folder, parts in texts.items():
        header = "# Written by make.py. What is recorded of the results is in expected.toml.\n"
        out[folder / "cases.toml"] = (header + "".join(parts)).encode()
    return out


def describe(case):
    """A case's entry in cases.toml."""
    fields = dict(name=case.name, why=case.why, exit=case.exit) | case.run
    text = fields.pop("text", None)
    if text is not None:
        key, value = ("text", text) if len(text) < 300 else ("version", f"0x{zlib.crc32(text.encode()):08x}")
        fields[key] = value
    return "\n[[case]]\n" + "".join(f"{key} = {toml(value)}\n" for key, value in fields.items())


def toml(value):
    """A value in TOML, in which strings and lists of them look as in JSON."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{toml(key)} = {toml(item)}" for key, item in value.items()) + " }"
    return json.dumps(value)


def main():
    wanted = files()
    present = {
        path
        for path in HERE.rglob("*")
        if path.is_file()
        and path.parent != HERE
        and path.name != "expected.toml"
        and "generator" not in path.relative_to(HERE).parts
    }
    wrong = [path for path, data in wanted.items() if path not in present or path.read_bytes() != data]
    stale = sorted(present - wanted.keys())
    if sys.argv[1:] == ["--check"]:
        for path in wrong + stale:
            print(f"{path.relative_to(HERE)} is not what make.py writes")
        return 1 if wrong or stale else 0
    for path in stale:
        path.unlink()
    for path in wrong:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(wanted[path])
    for folder in sorted((path for path in HERE.rglob("*") if path.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            shutil.rmtree(folder)
    print(f"{len(CASES)} cases, {sum(map(len, wanted.values()))} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
