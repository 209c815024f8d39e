#!/usr/bin/env python3
"""rebuild.py [CASE...]

Runs the `build` lines of golden/CASE/case.toml (default: of every case) in the case's folder, to make its
objects anew. A warning tells when a compiler is not the one that the committed objects come from: then the
expected results may no longer fit, and the objects should not be committed without recording them again.
"""
import functools
import pathlib
import subprocess
import sys
import tomllib

GOLDEN = pathlib.Path(__file__).parent / "golden"


@functools.cache
def version(tool):
    """The first line of `tool --version`."""
    return subprocess.run([tool, "--version"], capture_output=True, text=True).stdout.partition("\n")[0]


def rebuild(folder):
    case = tomllib.loads((folder / "case.toml").read_text())
    build = case.get("build", [])
    known = case.get("compiler", "").split("; ")
    for tool in dict.fromkeys(line.split()[0] for line in build):
        if tool != "rm" and version(tool) not in known:
            print(f"warning: {folder.name}: {tool} is {version(tool)}, recorded with {case['compiler']}")
    for line in build:
        subprocess.run(["/bin/sh", "-ec", line], cwd=folder, check=True)


def main(names):
    for folder in [GOLDEN / name for name in names] or sorted(GOLDEN.iterdir()):
        rebuild(folder)


if __name__ == "__main__":
    main(sys.argv[1:])
