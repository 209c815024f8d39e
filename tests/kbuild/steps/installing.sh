# shellcheck shell=bash
# kbuild/install by itself: every kind of folder and way of calling make, what is refused, and that nothing stays half done.

# The files below a folder but for what git keeps, with their sizes and times, or checksums where an installation may
# have put the same again.
contents() {
    local own=(-name GNUmakefile -o -path '*/.gendwarfksyms/*' -o -path '*/gendwarfksyms/Kbuild')
    (
        cd "$1" || exit
        find . -name .git -prune -o -type f ! \( "${own[@]}" \) -printf '%p %s %T@\n' | sort
        find . -name .git -prune -o -type f \( "${own[@]}" \) -exec cksum {} + | sort -k 3
    )
}

# Runs a command that must leave a folder as it was.
unchanged() {
    local folder=$1
    shift
    contents "$folder" >"$work/contents.before"
    "$@"
    contents "$folder" | diff "$work/contents.before" - >"$work/difference" || failed "$folder has changed: $(head "$work/difference")"
}

# Has make build the tool's folder in some way, and checks what is there then.
uses() {
    local binary=$1/scripts/gendwarfksyms/gendwarfksyms
    shift
    rm -f "$binary"
    # shellcheck disable=SC2016
    quietly env "$@" run-command KBUILD_RUN_COMMAND='+$(MAKE) $(build)=scripts/gendwarfksyms'
    cmp -s "$tool" "$binary" || failed "kbuild does not use the tool: $*"
    passed "it is used: $(printf '%s ' "$@" | sed "s|$work|...|g")"
}

# Checks that make in some way would compile the kernel's own.
own() {
    # shellcheck disable=SC2016
    make -n "$@" run-command KBUILD_RUN_COMMAND='+$(MAKE) $(build)=scripts/gendwarfksyms' >"$work/last.log" 2>&1 || :
    grep -q 'scripts/gendwarfksyms/gendwarfksyms.c' "$work/last.log" || failed "make $* would not compile the kernel's own tool"
}

clean_tree() {
    [ -z "$(git -C "$1" status --porcelain --ignored)" ] || failed "left behind: $(git -C "$1" status --porcelain --ignored)"
}

row_install() {
    tree=$work/tree other=$work/other put=$repository/kbuild/install
    target x86_64
    copy_of_tree "$tree"
    rm -rf "$other"
    mkdir -p "$output" "$other"
    output_folders
    whole_tree
    read_only_tree
    refused_folders
    refused_tools
    interrupted
    rm -rf "$tree" "$output" "$other"
}

output_folders() {
    step 'two output folders of one tree'
    refused 'the folder is empty; --source TREE says' "$put" --tool "$tool" "$output"
    unchanged "$tree" refused 'nothing is installed here' "$put" --status "$output"
    quietly "$put" --tool "$tool" --source "$tree" "$output"
    [ -z "$(git -C "$tree" status --porcelain)" ] || failed "git: $(git -C "$tree" status --porcelain)"
    [ "$(ls -A "$output")" = .gendwarfksyms ] || failed "in the output folder are $(ls -A "$output")"
    says 'in force: from the next make on' "$put" --status "$output"
    uses "$output" make -C "$tree" O="$output"
    own -C "$tree" O="$other"
    quietly make -C "$tree" O="$output" tinyconfig
    "$put" --tool "$tool" "$output" >"$work/last.log"
    grep -q '^note: nothing will use it, as .* has no CONFIG_MODVERSIONS=y: scripts/config ' "$work/last.log" ||
        failed "no note on the configuration: $(cat "$work/last.log")"
    uses "$output" make -C "$output"
    uses "$output" KBUILD_OUTPUT="$output" make -C "$tree"
    uses "$output" make -C "$output" -f "$tree/Makefile"
    quietly "$put" --tool "$tool" --source "$tree" --lto --flags '--limit memory=8G' "$other"
    says 'versions: at once, before modpost; link-time optimisation is possible' "$put" --status "$other"
    uses "$output" make -C "$tree" O="$output"
    "$put" --undo "$output" >/dev/null
    own -C "$tree" O="$output"
    quietly "$put" --status "$other"
    "$put" --undo "$other" >/dev/null
    clean_tree "$tree"
    [ -z "$(ls -A "$other")" ] || failed "left behind: $(ls -A "$other")"
    passed 'each has its own tool, and --undo leaves nothing behind'
}

whole_tree() {
    step 'a tree that serves all of its output folders'
    local folder
    for folder in "$other" "$tree"; do
        quietly "$put" --tool "$tool" "$tree"
        uses "$folder" make -C "$tree" O="$folder"
        quietly "$put" --tool "$tool" --once "$tree"
        # shellcheck disable=SC2016
        make -C "$tree" O="$folder" run-command KBUILD_RUN_COMMAND='+$(MAKE) -npq $(build)=init' >"$work/last.log" 2>&1 || :
        grep -qxF "gendwarfksyms-folder := $tree/.gendwarfksyms" "$work/last.log" || failed "O=$folder has no versions at once"
    done
    refused 'nothing is installed here; what is installed for' "$put" --status --source "$tree" "$other"
    rm -rf "${other:?}"/*
    "$put" --undo "$tree" >/dev/null
    clean_tree "$tree"
    passed 'it does, with versions per object and at once'
}

read_only_tree() {
    step 'a tree that cannot be written to'
    local fixed=$work/fixed line
    mkdir -p "$fixed"
    if ! mount --bind "$tree" "$fixed" 2>/dev/null || ! mount -o remount,bind,ro "$fixed"; then
        echo 'skipped: nothing can be mounted here'
        return
    fi
    trap 'umount "$work/fixed"; [ -n "${DWARFKSYMS_KBUILD_DIR:-}" ] || rm -rf "$work"' EXIT
    unchanged "$work/other" refused 'not writable for you; with --makefiles' "$put" --tool "$tool" --source "$fixed" "$other"
    refused 'not writable for you' "$put" --tool "$tool" "$fixed"
    line=$("$put" --tool "$tool" --source "$fixed" --once --makefiles "$other" | sed -n 's/^ *export //p')
    uses "$other" "$line" make -C "$fixed" O="$other"
    own -C "$fixed" O="$other"
    # shellcheck disable=SC2016
    env "$line" make -C "$fixed" O="$other" run-command KBUILD_RUN_COMMAND='+$(MAKE) -npq $(build)=init' >"$work/last.log" 2>&1 || :
    grep -qxF "gendwarfksyms-folder := $other/.gendwarfksyms" "$work/last.log" || failed 'there are no versions at once'
    "$put" --undo "$other" >/dev/null
    umount "$fixed"
    trap '[ -n "${DWARFKSYMS_KBUILD_DIR:-}" ] || rm -rf "$work"' EXIT
    rm -rf "${other:?}"/*
    passed 'it is used with the line that is printed'
}

refused_folders() {
    step 'folders that are refused'
    local folder=$work/folder
    rm -rf "$folder" "$work/with blank"
    mkdir -p "$folder/scripts" "$folder/init" "$work/with blank"
    refused 'no such folder' "$put" --tool "$tool" "$work/missing"
    refused 'make cannot cope with this path' "$put" --tool "$tool" --source "$tree" "$work/with blank"
    printf 'VERSION = 6\nPATCHLEVEL = 13\n' >"$folder/Makefile"
    touch "$folder/init/Kconfig"
    refused 'Linux 6.13 has no scripts/gendwarfksyms, which came with Linux 6.14' "$put" --tool "$tool" "$folder"
    rm -rf "$folder/init"
    refused 'the kernel of these headers has no versions from DWARF' "$put" --tool "$tool" "$folder"
    rm "$folder/Makefile"
    refused 'neither a Linux tree nor an output folder of one' "$put" --tool "$tool" "$folder"
    mkdir "$folder/.gendwarfksyms"
    refused 'this is not from here' "$put" --tool "$tool" "$folder"
    echo '# of another' >"$tree/scripts/gendwarfksyms/Kbuild"
    unchanged "$tree" refused 'this file is not from here' "$put" --tool "$tool" "$tree"
    mv "$tree/scripts/gendwarfksyms/Kbuild" "$tree/GNUmakefile"
    unchanged "$tree" refused 'this file is not from here' "$put" --tool "$tool" --once "$tree"
    rm "$tree/GNUmakefile"
    sed -i.kept '/depends on !LTO/d' "$tree/kernel/module/Kconfig"
    unchanged "$tree" refused 'what is to be changed for link-time optimisation is not in it' "$put" --tool "$tool" --lto "$tree"
    mv "$tree/kernel/module/Kconfig.kept" "$tree/kernel/module/Kconfig"
    refused 'one folder at a time' "$put" "$tree" "$tree"
    refused 'no such option' "$put" --twice "$tree"
    clean_tree "$tree"
}

refused_tools() {
    step 'tools that are refused'
    local foreign=$work/foreign
    cp "$tool" "$foreign"
    # e_machine of an ELF file: AArch64.
    printf '\xb7' | dd of="$foreign" bs=1 seek=18 conv=notrunc status=none
    [ "$(uname -m)" != x86_64 ] || unchanged "$tree" refused 'made for another kind of machine' "$put" --tool "$foreign" "$tree"
    unchanged "$tree" refused "not dwarfksyms' gendwarfksyms" "$put" --tool /bin/true "$tree"
    unchanged "$tree" refused "not dwarfksyms' gendwarfksyms" "$put" --tool /bin/false "$tree"
    unchanged "$tree" refused "not dwarfksyms' gendwarfksyms" "$put" --tool "$(command -v make)" "$tree"
    unchanged "$tree" refused 'no such file' "$put" --tool "$work/missing" "$tree"
    [ -z "${REFERENCE_GENDWARFKSYMS:-}" ] ||
        unchanged "$tree" refused "not dwarfksyms' gendwarfksyms" "$put" --tool "$REFERENCE_GENDWARFKSYMS" "$tree"
    unchanged "$tree" refused '--no-such-flag' "$put" --tool "$tool" --flags --no-such-flag "$tree"
}

# Runs a command that is killed.
stopped() {
    if "$@" 2>/dev/null; then failed "$* goes on"; fi
}

# What is killed, or fails at the very end, takes everything back, or can be put right by the next call.
interrupted() {
    step 'installations that do not come to their end'
    local bin=$work/bin
    mkdir -p "$bin"
    printf '#!/bin/sh\necho no make today\nexit 2\n' >"$bin/make"
    chmod 755 "$bin/make"
    unchanged "$tree" refused 'no make today; everything is as before' env PATH="$bin:$PATH" "$put" --tool "$tool" "$tree"
    # The second time, what was installed before stays.
    quietly "$put" --tool "$tool" --once "$tree"
    unchanged "$tree" refused 'no make today; everything is as before' env PATH="$bin:$PATH" "$put" --tool "$tool" "$tree"
    quietly "$put" --status "$tree"
    # shellcheck disable=SC2016
    printf '#!/bin/sh\nkill -TERM $PPID\nsleep 1\n' >"$bin/make"
    unchanged "$tree" stopped env PATH="$bin:$PATH" "$put" --tool "$tool" "$tree"
    quietly "$put" --status "$tree"
    # shellcheck disable=SC2016
    printf '#!/bin/sh\nkill -KILL $PPID\n' >"$bin/make"
    stopped env PATH="$bin:$PATH" "$put" --tool "$tool" "$tree"
    refused 'an installation was interrupted' "$put" --status "$tree"
    quietly "$put" --tool "$tool" "$tree"
    quietly "$put" --status "$tree"
    stopped env PATH="$bin:$PATH" "$put" --tool "$tool" "$tree"
    "$put" --undo "$tree" >/dev/null
    clean_tree "$tree"
    rm -rf "$bin"
    passed 'everything is as before, or can be put right by the next call'
}
