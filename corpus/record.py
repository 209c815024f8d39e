#!/usr/bin/env python3
"""record.py REFERENCE [CASE...]

Records golden/CASE/expected (default: of every case) from the reference program REFERENCE.

Each run of a case is made several times, to notice results that depend on memory addresses. Results that
exceptions.toml lists as ours are not touched. Exit status 1 if a run's exit status is not the case's, or if a
result differs between the times.
"""
import pathlib
import re
import subprocess
import sys
import tempfile
import tomllib

HERE = pathlib.Path(__file__).resolve().parent
GOLDEN = HERE / "golden"
REPEAT = 10
MESSAGE = re.compile(rb"(?:warning: |error: )?gendwarfksyms: ")
KINDS = ("symvers", "symtypes", "dies", "versions", "types")


def sorted_lines(data):
    return b"".join(line + b"\n" for line in sorted(data.split(b"\n")) if line)


def without_messages(data):
    return b"\n".join(line for line in data.split(b"\n") if not MESSAGE.match(line))


def execute(reference, folder, run, extra):
    command = [reference, *run["args"], *extra, *run["objects"]]
    symbols = (folder / run["syms"]).read_bytes()
    done = subprocess.run(command, input=symbols, cwd=folder, capture_output=True, timeout=60)
    status = "ok" if done.returncode == 0 else "error" if done.returncode == 1 else f"status {done.returncode}"
    return status, done.stdout, done.stderr


def results(reference, folder, run):
    """The exit status and, if it is "ok", the bytes of each kind of result of one run."""
    with tempfile.TemporaryDirectory() as tmp:
        symtypes = pathlib.Path(tmp) / "symtypes"
        status, stdout, _ = execute(reference, folder, run, ["--symtypes", str(symtypes)])
        if status != "ok":
            return status, {}
        found = {"symvers": sorted_lines(stdout)}
        if not run.get("symtypes_written", True):
            return ("symtypes file written" if symtypes.exists() else status), found
        found["symtypes"] = symtypes.read_bytes()
    dump = {kind: without_messages(execute(reference, folder, run, [f"--dump-{kind}"])[2]) for kind in KINDS[2:]}
    return status, found | {kind: data if kind == "dies" else sorted_lines(data) for kind, data in dump.items()}


def exceptions():
    """The (case, run, kind) triples whose expected results are ours; run None stands for all runs."""
    path = HERE / "exceptions.toml"
    entries = tomllib.loads(path.read_text()).get("exception", []) if path.exists() else []
    ours = set()
    for e in entries:
        kinds = e.get("kinds", []) + e.get("sometimes", [])
        # Where the reference ends otherwise, all that is expected of the run is ours.
        if "exit" in kinds:
            kinds += ["symvers", "symtypes", "dies", "versions", "types"]
        if e["suite"] == "corpus":
            ours |= {(e["case"], e.get("run"), kind) for kind in kinds}
    return ours


def record(reference, folder, ours):
    """Writes the expected results of one case; returns what is wrong with it."""
    case = tomllib.loads((folder / "case.toml").read_text())
    complaints, keep = [], set()
    for run in case["run"]:
        label = f"{folder.name}:{run['name']}"
        excepted = lambda kind: {(folder.name, run["name"], kind), (folder.name, None, kind)} & ours
        all_results = [results(reference, folder, run) for _ in range(REPEAT)]
        statuses = sorted({status for status, _ in all_results})
        if statuses != [run["exit"]] and not excepted("exit"):
            complaints.append(f"{label}: exit {statuses}, case says {run['exit']}")
        for kind in KINDS:
            base = folder / "expected" / f"{run['name']}.{kind}"
            if excepted(kind):
                keep.add(base)
                continue
            variants = {found[kind] for _, found in all_results if kind in found}
            if len(variants) > 1:
                complaints.append(f"{label}: {kind} differs from one time to the next")
            if variants:
                base.parent.mkdir(exist_ok=True)
                base.write_bytes(min(variants))
                keep.add(base)
    for path in (folder / "expected").glob("*"):
        if path not in keep:
            path.unlink()
    return complaints


def main(reference, *names):
    ours = exceptions()
    complaints = []
    for folder in [GOLDEN / name for name in names] or sorted(GOLDEN.iterdir()):
        complaints += record(str(pathlib.Path(reference).resolve()), folder, ours)
    print("\n".join(complaints), end="\n" if complaints else "")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) if len(sys.argv) > 1 else __doc__)
