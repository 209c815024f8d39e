# shellcheck shell=bash
# Building kernels, and looking at their versions. A row has set $architecture, and $make_options for its compiler.

# make for an output folder.
kmake() {
    local output=$1
    shift
    make -C "$source" O="$output" -j"$jobs" "${make_options[@]}" "$@" </dev/null
}

# Configures an output folder; the other arguments are more lines of configuration.
configure() {
    local output=$1 line
    shift
    mkdir -p "$output"
    quietly kmake "$output" tinyconfig
    { cat "$here/config.common" "$here/config.$architecture"; printf '%s\n' "$@"; } >>"$output/.config"
    quietly kmake "$output" olddefconfig
    while read -r line; do
        ! printf '%s\n' "$@" | grep -qxF "# ${line%%=*} is not set" || continue
        # Something else may need what could be a module.
        grep -qxF -e "$line" -e "${line%m}y" "$output/.config" || [ "$line" = CONFIG_64BIT=y ] || failed "$line is not possible"
    done < <(printf '%s\n' "$@" | cat "$here/config.common" - | grep '^CONFIG_.*=[ym]')
}

install() { quietly "$repository/kbuild/install" --tool "$tool" --source "$source" "$@"; }

# Prints the object that each .cmd file with versions below a folder is about; assembly has another for its versions.
objects_with_versions() {
    find "$1" -name '.*.o.cmd' -exec grep -l '^#SYMVER ' {} + | while read -r record; do
        local object=${record%/*}/${record##*/.}
        object=${object%.cmd}
        [ ! -e "${object%.o}.gendwarfksyms.o" ] || object=${object%.o}.gendwarfksyms.o
        printf '%s %s\n' "$record" "$object"
    done
}

# Runs the reference on every object with versions below a folder, and compares.
compare() {
    local record object objects=0 symbols=0 differing=0
    [ -n "${REFERENCE_GENDWARFKSYMS:-}" ] || return 0
    while read -r record object; do
        sed -n 's/^#SYMVER //p' "$record" | sort >"$work/ours"
        sed -n 's/^#SYMVER \([^ ]*\) .*/\1/p' "$record" |
            "$REFERENCE_GENDWARFKSYMS" "$object" 2>/dev/null | sed -n 's/^#SYMVER //p' | sort >"$work/theirs"
        if ! cmp -s "$work/ours" "$work/theirs"; then
            printf '%s:\n' "$object" >&2
            diff "$work/ours" "$work/theirs" | head -n 5 >&2
            differing=$((differing + 1))
        fi
        objects=$((objects + 1))
        symbols=$((symbols + $(wc -l <"$work/ours")))
    done < <(objects_with_versions "$1")
    [ "$differing" = 0 ] || failed "the versions of $differing of $objects objects differ from the reference"
    [ "$objects" -gt 0 ] || failed "no object in $1 has versions"
    passed "$symbols versions of $objects objects are those of the reference"
}

# Checks that all versions in a Module.symvers are there.
all_versions() {
    local total none
    total=$(wc -l <"$1")
    none=$(grep -c '^0x00000000' "$1" || :)
    [ "$total" -ge "$2" ] || failed "$1 has only $total symbols"
    [ "$none" = 0 ] || failed "$none of $total symbols have no version in $1"
    passed "${1##*/}: $total symbols, all with versions"
}

version_of() { awk -v name="$2" '$2 == name { print $1 }' "$1"; }

# Builds a kernel that is configured and has the tool installed.
build_kernel() {
    local output=$1
    quietly kmake "$output"
    cp "$work/last.log" "$output/build.log"
    ! grep -q 'HOST.* scripts/gendwarfksyms' "$output/build.log" || failed "kbuild compiled its own gendwarfksyms"
    cmp -s "$tool" "$output/scripts/gendwarfksyms/gendwarfksyms" || failed "kbuild did not use $tool"
    ! grep 'warning: gendwarfksyms\|WARNING: modpost' "$output/build.log" || failed "there are warnings, above"
    passed "nothing was compiled in scripts/gendwarfksyms, and there are no warnings"
    all_versions "$output/Module.symvers" 500
    [ -n "$(version_of "$output/Module.symvers" utf8_to_utf32)" ] || failed "a module of the tree exports nothing"
    says 'in force: yes' "$repository/kbuild/install" --status "$output"
}

# Nothing is built twice, and what is built again has the same versions.
build_again() {
    local output=$1 kinds='CC|AS|LD|AR|HOSTCC|MODPOST|BTF|COPY'
    quietly kmake "$output"
    ! grep -E "^ *($kinds)( \[M\])? " "$work/last.log" || failed "something was built again, above"
    cp "$output/Module.symvers" "$work/before.symvers"
    touch "$source/include/linux/nls.h"
    quietly kmake "$output"
    grep -qE '^ *CC( \[M\])? +fs/nls' "$work/last.log" || failed 'nothing was built again after a header was touched'
    diff "$work/before.symvers" "$output/Module.symvers" >&2 || failed 'other versions after a header was touched, above'
    passed 'nothing is built twice; after a header was touched, the versions are the same'
}

# Everything that was built goes, and then the tool.
clean_and_undo() {
    local output=$1
    quietly kmake "$output" clean
    [ -z "$(find "$output" -name '*.gendwarfksyms.o' -print -quit)" ] || failed 'make clean leaves companions of assembly behind'
    quietly "$repository/kbuild/install" --undo "$output"
    [ -z "$(find "$output" -maxdepth 3 \( -name '.gendwarfksyms*' -o -name GNUmakefile \) -print -quit)" ] ||
        failed '--undo leaves files behind in the output folder'
    ! grep -sqxF "# Installed for $output" "$source/scripts/gendwarfksyms/Kbuild" || failed '--undo leaves its line behind'
    make -C "$source" O="$output" -n "${make_options[@]}" scripts >"$work/last.log" 2>&1 || :
    grep -q 'scripts/gendwarfksyms/gendwarfksyms.c' "$work/last.log" || failed 'after --undo, kbuild would not compile its own'
    passed 'make clean and --undo leave nothing behind'
}
