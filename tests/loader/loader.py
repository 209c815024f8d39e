"""Compares what `dwarfksyms module` says of modules with what the loader of a booted kernel says; `run` has the rest.

Usage: loader.py DWARFKSYMS KERNEL BUSYBOX WORK, with a folder KERNEL in which a Debian kernel and its headers are unpacked
"""

import json
import lzma
import pathlib
import re
import subprocess
import sys

from elf import Module

HERE = pathlib.Path(__file__).resolve().parent
# What the kernel says of a case, and which of our words is about it. A symbol is in the first group, if there is one.
SAYINGS = [
    (r"disagrees about version of symbol (\S+)", "version"),
    (r"no symbol version for (\S+)", "unversioned"),
    (r"module uses symbol \(?(\w+)\)? from namespace ", "namespace"),
    (r"version magic '.*' should be '.*'", "vermagic"),
    (r"exports duplicate symbol (\S+) \(owned by kernel\)", "duplicate"),
    (r"module using GPL-only symbols uses symbols? \(?(\w+)\)? from proprietary module", "tainted"),
    # Whoever may not use a symbol is not told that it is there; -22 is said of what another line is about.
    (r"Unknown symbol (\S+) \(err -2\)", "missing"),
]
# Where the kernel looks no further.
LAST = {"vermagic", "module_layout version"}


def find(folder, name):
    paths = [path for path in folder.rglob("*.ko*") if path.name.split(".")[0] == name]
    assert paths, f"no {name} in {folder}"
    data = paths[0].read_bytes()
    return lzma.decompress(data) if paths[0].suffix == ".xz" else data


class Cases:
    """Modules under names of their own, and which of them are loaded together: the last one is asked about."""

    def __init__(self, kernel, has_versions):
        self.kernel = kernel
        self.has_versions = has_versions
        self.files = {}
        self.cases = []

    def module(self, name):
        return Module(find(self.kernel, name))

    def add(self, case, *modules):
        paths = []
        for name, module in modules:
            path = f"{case}/{name}.ko"
            self.files[path] = bytes(module.data)
            paths.append(path)
        self.cases.append((case, paths))

    def one(self, case, name, edit=lambda module: module):
        self.add(case, (name, edit(self.module(name))))

    def pair(self, case, provider=lambda module: module, user=lambda module: module, names=("failover", "net_failover")):
        pair = zip(names, (provider, user))
        self.add(case, *((name, edit(self.module(name))) for name, edit in pair))


def cases(kernel, has_versions):
    all = Cases(kernel, has_versions)
    used = "crypto_cipher_encrypt_one"
    vermagic = next(entry for entry in all.module("cmac").data.split(b"\0") if entry.startswith(b"vermagic=")).decode()

    def info(old, new):
        return lambda module: module.replace_in(".modinfo", old, new)

    def licence(module):
        old = re.search(rb"license=[^\0]*", module.data).group().decode()
        return module.replace_in(".modinfo", old, "license=Proprietary"[: len(old)].ljust(len(old), "x"))

    all.one("untouched", "cmac")
    all.pair("untouched-pair")
    all.one("needs-another", "net_failover")
    all.one("unresolved", "cmac", lambda module: module.rename_symbol(used, used[:-3] + "two"))
    all.one("weak-unresolved", "cmac", lambda module: module.weaken(used).rename_symbol(used, used[:-3] + "two"))
    all.one("licence", "cmac", licence)
    all.one("licence-missing", "cmac", lambda module: module.replace_in(".modinfo", "license=GPL", "licence=GPL"))
    all.pair("licence-of-user", user=licence)
    # These need nothing that is for modules under the GPL only, but for what the first exports.
    ciphers = "blowfish_common", "blowfish_generic"
    all.pair("ciphers", names=ciphers)
    all.pair("licence-of-provider", provider=licence, names=ciphers)
    all.pair("licence-of-both", provider=licence, user=licence, names=ciphers)
    all.one("namespace", "cmac", info("import_ns=CRYPTO_INTERNAL", "import_ns=CRYPTO_INTERNAX"))
    all.one("vermagic", "cmac", info(vermagic, vermagic.replace(" mod_unload", " mod_unloax")))
    release = vermagic.split(" ")[0]
    all.one("release", "cmac", info(vermagic, vermagic.replace(release, release[:-1] + "5")))
    all.one("vermagic-missing", "cmac", info(vermagic, vermagic.replace("vermagic", "vermagix")))
    # An export under the name of one of the kernel, in the table alone and in the symbols, too.
    old, new = "failover_register", "_raw_spin_lock_bh"
    table = info_in_strings(old, new)
    all.one("duplicate", "failover", lambda module: rename_export(table(module), old, new))
    all.one("duplicate-in-table", "failover", table)
    all.one("duplicate-in-symbols", "failover", lambda module: rename_export(module, old, new))
    all.one("global-offset-table", "cmac", lambda module: module.rename_symbol(used, "_GLOBAL_OFFSET_TABLE_"))
    if has_versions:
        all.one("version", "cmac", lambda module: module.change_version(used))
        all.one("version-of-unused", "cmac", lambda module: module.change_version(used).rename_symbol(used, "memcpy"))
        all.one("weak-version", "cmac", lambda module: module.change_version(used).weaken(used))
        all.one("version-missing", "cmac", lambda module: module.drop_version(used))
        all.one("layout", "cmac", lambda module: module.change_version("module_layout"))
        all.one("layout-missing", "cmac", lambda module: module.drop_version("module_layout"))
        all.one("no-versions", "cmac", lambda module: module.rename_section("__versions", "__xersions"))
        all.one("no-versions-release", "cmac", lambda module: info(vermagic, vermagic.replace(release, release[:-1] + "5"))(
            module.rename_section("__versions", "__xersions")))
        all.pair("version-of-provider", provider=lambda module: module.flip("__kcrctab_gpl", 0).flip("__kcrctab_gpl", 4))
        all.pair("version-of-user", user=lambda module: module.change_version("failover_register"))
        all.one("magic-and-layout", "cmac", lambda module: info(vermagic, vermagic.replace("SMP", "SMQ"))(
            module.change_version("module_layout")))
        all.one("namespace-and-version", "cmac", lambda module: info("import_ns=CRYPTO_INTERNAL", "import_ns=CRYPTO_INTERNAX")(
            module.change_version(used)))
        all.one("licence-and-version", "cmac", lambda module: licence(module.change_version("crypto_register_template")))
    else:
        all.one("namespace-for-modules", "binfmt_misc")
        all.add("namespace-for-others", ("binfmt_misx", all.module("binfmt_misc").rename_module("binfmt_misx")))
    return all


def info_in_strings(old, new):
    return lambda module: module.replace_in("__ksymtab_strings", old, new)


def rename_export(module, old, new):
    return module.rename_symbol(f"__ksymtab_{old}", f"__ksymtab_{new}")


def archive(files):
    """An archive for the kernel to unpack, in the form newc."""
    out = bytearray()
    for number, (name, mode, data) in enumerate([*files, ("TRAILER!!!", 0, b"")], 1):
        name = name.encode() + b"\0"
        fields = (number, mode, 0, 0, 1, 0, len(data), 0, 0, 5, 1, len(name), 0)
        for part in (b"070701" + b"".join(b"%08X" % field for field in fields) + name, data):
            out += part
            out += bytes(-len(out) % 4)
    return bytes(out)


def boot(kernel, busybox, work, cases):
    """The console of a kernel that loads the modules of all cases."""
    program, folder, link = 0o100755, 0o40755, 0o120777
    files = [(name, folder, b"") for name in ("bin", "dev", "proc", *(case for case, _ in cases.cases))]
    files += [("init", program, (HERE / "init").read_bytes()), ("bin/busybox", program, busybox.read_bytes()),
              ("bin/sh", link, b"busybox")]
    files += [(path, 0o100644, data) for path, data in cases.files.items()]
    files.append(("dev/console", 0o20600, b""))
    files.append(("cases", 0o100644, "".join(f"{case} {' '.join(paths)}\n" for case, paths in cases.cases).encode()))
    (work / "initramfs").write_bytes(archive(files))
    image = next(path for path in kernel.rglob("vmlinuz*") if path.is_file())
    command = ["qemu-system-x86_64", "-accel", "tcg", "-nodefaults", "-nographic", "-serial", "stdio", "-monitor",
               "none", "-m", "1024", "-no-reboot", "-kernel", image, "-initrd", work / "initramfs",
               "-append", "console=ttyS0 panic=-1 quiet"]
    console = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=300).stdout
    console = console.decode(errors="replace").replace("\r", "")
    (work / "console.log").write_text(console)
    assert "CASE: done" in console, f"the kernel did not get through: {console[-3000:]}"
    return console


def said(console):
    """By case: whether the module was loaded, and what the kernel said of it."""
    answers = {}
    for part in re.split(r"^(?=CASE: )", console, flags=re.M)[1:-1]:
        case = part.split()[1]
        answer = re.search(rf"^ANSWER: {re.escape(case)} (\w+)$", part, re.M)
        assert answer, f"no answer: {part}"
        assert "PROVIDER REFUSED" not in part, part
        words = set()
        for saying, word in SAYINGS:
            for match in re.finditer(saying, part):
                words.add(f"{match[1]} {word}" if match.groups() else word)
        # A symbol is unknown at last, whatever is in the way.
        words -= {f"{word.split()[0]} missing" for word in words if not word.endswith("missing")}
        answers[case] = answer[1] == "loaded", words
    return answers


def ours(program, work, kernel, cases):
    """By case: whether it would be loaded, and what is in the way; and the warnings."""
    symvers = next(kernel.rglob("Module.symvers"))
    answers = {}
    for case, paths in cases.cases:
        for path in paths:
            file = work / "modules" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(cases.files[path])
        *others, own = (work / "modules" / path for path in paths)
        # What is loaded before counts, and no other module that came with the kernel.
        alone = work / "vmlinux.symvers"
        lines = symvers.read_text().splitlines(keepends=True)
        alone.write_text("".join(line for line in lines if line.split("\t")[2] == "vmlinux"))
        (work / ".config").write_bytes((symvers.parent / ".config").read_bytes())
        # A module that came with it says which kernel it is.
        plain = work / "modules" / "untouched" / "cmac.ko"
        command = [program, "module", "--quiet", "--format", "json", own, alone, plain, *others]
        result = subprocess.run(command, capture_output=True, text=True)
        assert result.returncode in (0, 1), f"{case}: {result.stderr}"
        answer = json.loads(result.stdout)
        word = lambda row: f"{row['symbol']} {row['cause']}" if "symbol" in row else row["cause"]
        rows = {word(row) for row in answer["problems"]}, {word(row) for row in answer["warnings"]}
        answers[case] = answer["loads"], *rows
    return answers


def as_kernel(word):
    """What the kernel says of one of our problems."""
    return re.sub(" licence$", " missing", word)


def compare(console, answers):
    """Where the two differ."""
    for case, (is_loaded, kernel) in said(console).items():
        loads, problems, warnings = answers[case]
        problems = {as_kernel(word) for word in problems}
        print(f"{case}: {'loaded' if is_loaded else 'refused'}: {', '.join(sorted(kernel)) or '-'}")
        if loads != is_loaded:
            yield f"{case}: we say that it is {'loaded' if loads else 'refused'}: {problems or '-'}"
        if unknown := kernel - problems - warnings:
            yield f"{case}: the kernel says {unknown}, we say {problems} and warn of {warnings}"
        # Of several problems that a symbol has the kernel names the first.
        about = lambda words: {word.split()[0] for word in words}
        if not kernel & LAST and (invented := about(problems) - about(kernel)):
            yield f"{case}: we say {problems}, the kernel says nothing of {invented}"


def main():
    program, kernel, busybox, work = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
    work.mkdir(parents=True, exist_ok=True)
    config = next(kernel.rglob(".config")).read_text()
    all = cases(kernel, "CONFIG_MODVERSIONS=y" in config)
    answers = ours(program, work, kernel, all)
    differences = list(compare(boot(kernel, busybox, work, all), answers))
    for difference in differences:
        print(f"FAILED: {difference}", file=sys.stderr)
    print(f"{len(all.cases) - len(differences)} passed, {len(differences)} failed")
    sys.exit(bool(differences))


main()
