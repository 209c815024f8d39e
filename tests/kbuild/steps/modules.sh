# shellcheck shell=bash
# Modules outside of the tree.

# Builds an external module against the kernel in a folder; the other arguments are for make.
module() {
    local output=$1 name=$2
    shift 2
    make -C "$output" M="$work/modules/$name" "${make_options[@]}" "$@" modules
}

# Two modules, one of which needs the other.
build_modules() {
    local output=$1
    rm -rf "$work/modules"
    mkdir "$work/modules"
    cp -r "$here/first" "$here/second" "$here/hostile" "$work/modules/"
    quietly module "$output" first KBUILD_SYMTYPES=1
    all_versions "$work/modules/first/Module.symvers" 1
    grep -q '^s#first ' "$work/modules/first/first.symtypes" || failed "first.symtypes does not have struct first"
    passed 'KBUILD_SYMTYPES=1 writes the types'
    quietly module "$output" second KBUILD_EXTRA_SYMBOLS="$work/modules/first/Module.symvers"
}

# What KBUILD_GENDWARFKSYMS_STABLE=1 does.
stable_module() {
    local output=$1 with without
    mkdir "$work/modules/stable"
    cp "$work/modules/first/"{Kbuild,first.[ch]} "$work/modules/stable/"
    quietly module "$output" stable KBUILD_GENDWARFKSYMS_STABLE=1
    sed -i /__kabi_ignored_state/d "$work/modules/stable/first.h"
    with=$(version_of "$work/modules/stable/Module.symvers" first_count)
    quietly module "$output" stable KBUILD_GENDWARFKSYMS_STABLE=1
    without=$(version_of "$work/modules/stable/Module.symvers" first_count)
    [ "$with" = "$without" ] || failed "the stable version changed: $with, $without"
    [ "$with" != "$(version_of "$work/modules/first/Module.symvers" first_count)" ] || failed "--stable changes nothing"
    passed 'KBUILD_GENDWARFKSYMS_STABLE=1 ignores what it should'
    compare "$work/modules/first"
}

# A module whose object is damaged fails with one line, and leaves nothing behind.
hostile_module() {
    local output=$1 before after lines
    before=$(find "$output" -type f -newer "$work/modules/first/Module.symvers" | wc -l)
    if module "$output" hostile >"$work/hostile.log" 2>&1; then
        failed "a damaged object was accepted"
    fi
    lines=$(grep -c 'hostile.o: ' "$work/hostile.log" || :)
    grep 'error: ' "$work/hostile.log"
    grep -q '^error: .*hostile\.o: \.debug_info+0x[0-9a-f]*: ' "$work/hostile.log" || failed "no error: $(cat "$work/hostile.log")"
    [ "$lines" = 1 ] || failed "more than one line about it: $(cat "$work/hostile.log")"
    [ ! -e "$work/modules/hostile/hostile.ko" ] || failed "there is a module"
    [ ! -e "$work/modules/hostile/hostile.o" ] || failed "the object is left behind"
    after=$(find "$output" -type f -newer "$work/modules/first/Module.symvers" | wc -l)
    [ "$before" = "$after" ] || failed "the kernel's folder has changed"
    passed 'the build fails with one line of error, and leaves nothing behind'
    quietly module "$output" hostile KCFLAGS=-DHARMLESS
    all_versions "$work/modules/hostile/Module.symvers" 1
    passed 'without the damage, the next build works'
}

# Changes the lowest byte of a symbol's version in a module.
alter() {
    local module=$1 symbol=$2 altered=$3 at byte
    "$objcopy" --dump-section "__versions=$work/versions" "$module" "$work/unused.ko"
    # A record is 64 bytes: the version in 8, the name in 56.
    at=$(grep -abo -m 1 -P "\Q$symbol\E\0" "$work/versions" | head -n 1 | cut -d: -f1)
    [ -n "$at" ] || failed "$module has no version of $symbol"
    at=$((at - 8))
    [ "$architecture" != s390x ] || at=$((at + 7))
    byte=$(od -An -tu1 -j "$at" -N 1 "$work/versions" | tr -d ' ')
    # shellcheck disable=SC2059 # the format is the byte
    printf "\\x$(printf %x $((byte ^ 1)))" | dd of="$work/versions" bs=1 seek="$at" conv=notrunc status=none
    "$objcopy" --update-section "__versions=$work/versions" "$module" "$altered"
}

# `dwarfksyms module` says of a module what the kernel says when it loads it.
fits() {
    local module=$1
    shift
    "$questions" module "$module" "$@" >"$work/fits.log" 2>&1 || failed "$module: $(cat "$work/fits.log")"
}
