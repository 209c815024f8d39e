#!/usr/bin/env python3
"""rebuild.py GENDWARFKSYMS

Compiles the source files of before/ and after/ with gcc, clang and rustc, and writes what the program GENDWARFKSYMS
says of them, as kbuild does with KBUILD_SYMTYPES=1: NAME.symtypes beside each source file, and Module.symvers.
CC and CLANG in the environment name other compilers. Look at the difference before you commit it.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import tomllib

HERE = pathlib.Path(__file__).resolve().parent
FLAGS = ["-g", "-O1", "-ffreestanding", "-c"]
COMPILERS = {
    "gcc": [os.environ.get("CC", "gcc"), *FLAGS],
    "clang": [os.environ.get("CLANG", "clang"), *FLAGS],
    "rustc": "rustc --edition 2021 --crate-type lib --emit obj -g -C panic=abort -C opt-level=1 -C codegen-units=1".split(),
}


def exports(source):
    """The names that a source file exports, and by which macro."""
    text = source.read_text()
    if source.suffix == ".rs":
        return {name: "EXPORT_SYMBOL_GPL" for name in re.findall(r'extern "C" fn (\w+)', text)}
    return {name: macro for macro, name in re.findall(r"^(EXPORT_SYMBOL\w*)\((\w+)\);", text, re.M)}


def build(side, tool):
    lines = []
    for name, unit in tomllib.loads((side / "build.toml").read_text())["units"].items():
        names = exports(side / name)
        with tempfile.TemporaryDirectory() as folder:
            object_file = pathlib.Path(folder) / "x.o"
            subprocess.run([*COMPILERS[unit["compiler"]], name, "-o", object_file], cwd=side, check=True)
            symtypes = (side / name).with_suffix(".symtypes")
            command = [tool, "--symtypes", symtypes, object_file]
            listed = "".join(f"{name}\n" for name in names)
            done = subprocess.run(command, input=listed, capture_output=True, text=True, check=True)
        for _, symbol, version in (line.split(" ") for line in done.stdout.splitlines()):
            lines.append(f"{version}\t{symbol}\t{unit['module']}\t{names[symbol]}\t\n")
    (side / "Module.symvers").write_text("".join(sorted(lines, key=lambda line: line.split("\t")[1])))


if __name__ == "__main__":
    for folder in ("before", "after"):
        build(HERE / folder, str(pathlib.Path(sys.argv[1]).resolve()))
