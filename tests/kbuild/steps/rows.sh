# shellcheck shell=bash
# The rows of the table: each builds a kernel in one configuration, and shows what holds for it.

# NAME, what it builds. `run --list` prints this.
rows() {
    cat <<'END'
install    install, --status and --undo in every kind of folder, and what they refuse; no whole kernel
x86-64     gcc, versions per object; hostile module; headers package; versions at once; a tree that is its own output folder
clang      x86-64, clang
thinlto    x86-64, clang, CONFIG_LTO_CLANG_THIN, versions at once; compared with clang without LTO
fulllto    x86-64, clang, CONFIG_LTO_CLANG_FULL, versions at once; compared with clang without LTO
arm64      gcc cross compiler, versions per object
s390x      gcc cross compiler, big-endian, versions per object
rust       x86-64, gcc and rustc, the crates of the kernel; no whole kernel
dkms       x86-64, gcc, versions at once; bindeb-pkg, binrpm-pkg; modules of three Debian -dkms packages
END
}

# Sets what a row's builds have in common.
target() {
    architecture=$1
    shift
    make_options=("$@")
    objcopy=objcopy
    output=$work/$row
    rm -rf "$output"
}

# What holds in every row whose kernel gets its versions per object.
per_object() {
    configure "$output" "$@"
    install "$output"
    build_kernel "$output"
    compare "$output"
    build_again "$output"
    build_modules "$output"
    boot_with_modules "$output"
}

row_x86_64() {
    target x86_64
    per_object
    [ -n "$(version_of "$output/Module.symvers" memcpy)" ] || failed "memcpy, written in assembly, is not exported"
    stable_module "$output"
    hostile_module "$output"
    headers "$output"
    at_once "$output"
    in_tree
    clean_and_undo "$output"
}

row_clang() {
    target x86_64 "LLVM=-$llvm"
    objcopy=llvm-objcopy-$llvm
    per_object
    cp "$output/Module.symvers" "$work/without-lto.symvers"
    clean_and_undo "$output"
}

row_thinlto() { lto CONFIG_LTO_CLANG_THIN=y; }

row_fulllto() { lto CONFIG_LTO_CLANG_FULL=y; }

# A kernel with link-time optimisation, and the versions of the same one without.
lto() {
    target x86_64 "LLVM=-$llvm"
    if [ ! -f "$work/without-lto.symvers" ]; then
        configure "$output"
        install "$output"
        build_kernel "$output"
        cp "$output/Module.symvers" "$work/without-lto.symvers"
        rm -rf "$output"
    fi
    mkdir "$output"
    install --lto "$output"
    configure "$output" "$1" '# CONFIG_LTO_NONE is not set'
    build_kernel "$output"
    # The order is that in which the linker has put them.
    diff <(sort -k 2 "$work/without-lto.symvers") <(sort -k 2 "$output/Module.symvers") >&2 ||
        failed "other versions than without link-time optimisation, above"
    passed "all $(wc -l <"$output/Module.symvers") versions are those of a kernel without link-time optimisation"
    build_again "$output"
    build_modules "$output"
    objcopy=llvm-objcopy-$llvm
    boot_with_modules "$output"
    clean_and_undo "$output"
}

row_arm64() {
    target arm64 ARCH=arm64 CROSS_COMPILE=aarch64-linux-gnu-
    objcopy=aarch64-linux-gnu-objcopy
    per_object
    clean_and_undo "$output"
}

row_s390x() {
    target s390x ARCH=s390 CROSS_COMPILE=s390x-linux-gnu-
    objcopy=s390x-linux-gnu-objcopy
    per_object
    clean_and_undo "$output"
}

# The crates of the kernel, where it finds what it needs for them: a rustc with its sources, and bindgen. Debian's rustc-web
# serves where the compiler at hand has none.
row_rust() {
    local count library
    target x86_64
    library=$(find /usr/src/rustc-*/library -maxdepth 0 2>/dev/null | tail -n 1)
    if [ ! -d "$(rustc --print sysroot)/lib/rustlib/src" ] && [ -d "$library" ]; then
        make_options=(RUSTC=/usr/bin/rustc RUSTDOC=/usr/bin/rustdoc "RUST_LIB_SRC=$library")
    fi
    if ! make -C "$source" O="$output" "${make_options[@]}" rustavailable >"$work/last.log" 2>&1; then
        printf 'skipped: %s\n' "$(grep -m 1 '^\*\*\* [A-Z]' "$work/last.log" || tail -n 1 "$work/last.log")"
        return
    fi
    configure "$output" CONFIG_RUST=y
    install "$output"
    quietly kmake "$output" prepare
    count=$(sed -n '/^#SYMVER .* 0x/p' "$output/rust/.kernel.o.cmd" | wc -l)
    [ "$count" -gt 100 ] || failed "the crate kernel has only $count versions"
    ! grep -r --include='.*.cmd' '^#SYMVER .* 0x00000000' "$output/rust" || failed "symbols without versions, above"
    passed "the crate kernel has $count versions"
    compare "$output/rust"
}

# The same kernel, whose versions come from vmlinux.o and each module as a whole.
at_once() {
    step 'versions at once'
    local per_object=$1 once=$work/once
    rm -rf "$once"
    mkdir "$once"
    install --once "$once"
    configure "$once"
    build_kernel "$once"
    diff "$per_object/Module.symvers" "$once/Module.symvers" >&2 || failed "other versions, above"
    passed 'all versions are the same'
    rm "$once/init/main.o"
    quietly kmake "$once"
    diff "$per_object/Module.symvers" "$once/Module.symvers" >&2 || failed "other versions after an object was built again, above"
    passed 'they stay the same when an object is built again'
    build_again "$once"
    rm -rf "$work/headers"
    headers_package "$once"
    same_version "$once"
    "$repository/kbuild/install" --undo "$once" >/dev/null
    rm -rf "$once"
}

# Kernel headers, as packages have them, in $work/headers.
headers_package() {
    quietly kmake "$1" run-command \
        KBUILD_RUN_COMMAND="\$(srctree)/scripts/package/install-extmod-build $work/headers"
}

# A module built against the headers has the version that it has with the kernel's own folder.
same_version() {
    rm -rf "$work/modules/packaged"
    mkdir "$work/modules/packaged"
    cp "$work/modules/first/"{Kbuild,first.[ch]} "$work/modules/packaged/"
    quietly make -C "$work/headers" M="$work/modules/packaged" modules
    [ "$(version_of "$work/modules/packaged/Module.symvers" first_count)" = \
        "$(version_of "$work/modules/first/Module.symvers" first_count)" ] || failed "another version"
    passed 'modules built against a package of headers get the same versions'
}

# A folder that modules are built against, as packages of kernel headers have it.
headers() {
    step 'a package of headers'
    rm -rf "$work/headers"
    headers_package "$1"
    same_version
    # Installed where another tool was.
    cp "$work/headers/scripts/gendwarfksyms/gendwarfksyms" "$work/kept"
    printf '#!/bin/sh\nexit 7\n' >"$work/headers/scripts/gendwarfksyms/gendwarfksyms"
    quietly "$repository/kbuild/install" --tool "$work/kept" --flags '--limit work=1000' "$work/headers"
    touch "$work/modules/packaged/first.h"
    if make -C "$work/headers" M="$work/modules/packaged" modules >"$work/last.log" 2>&1; then
        failed "flags are not passed"
    fi
    grep '^error: .*first.o: .*--limit work=N raises it' "$work/last.log" || failed "another error: $(cat "$work/last.log")"
    for way in '' --once; do
        # shellcheck disable=SC2086
        quietly "$repository/kbuild/install" $way --tool "$work/kept" "$work/headers"
        same_version
    done
    quietly "$repository/kbuild/install" --status "$work/headers"
    quietly "$repository/kbuild/install" --undo "$work/headers"
    grep -q 'exit 7' "$work/headers/scripts/gendwarfksyms/gendwarfksyms" || failed "the other tool is not back"
    [ ! -e "$work/headers/GNUmakefile" ] || failed "GNUmakefile is left behind"
    passed 'it can be installed there, with flags, and undone'
    rm "$work/headers/scripts/gendwarfksyms/gendwarfksyms"
    refused 'the kernel of these headers has no versions from DWARF' \
        "$repository/kbuild/install" --tool "$work/kept" "$work/headers"
}

# A build without an output folder of its own, in a copy of the tree that git knows.
in_tree() {
    step 'a tree that is its own output folder, and a git repository'
    local tree=$work/tree
    copy_of_tree "$tree"
    quietly make -C "$tree" tinyconfig
    cat "$here/config.common" "$here/config.x86_64" >>"$tree/.config"
    quietly make -C "$tree" olddefconfig
    quietly "$repository/kbuild/install" --once --tool "$tool" "$tree"
    quietly "$repository/kbuild/install" --tool "$tool" "$tree"
    quietly make -C "$tree" -j"$jobs" modules_prepare lib/string.o
    cmp -s "$tool" "$tree/scripts/gendwarfksyms/gendwarfksyms" || failed "kbuild did not use $tool"
    grep -q '^#SYMVER strlen 0x' "$tree/lib/.string.o.cmd" || failed "strlen has no version"
    [ -z "$(git -C "$tree" status --porcelain)" ] || failed "git: $(git -C "$tree" status --porcelain)"
    ! (cd "$tree" && scripts/setlocalversion . 2>/dev/null | grep dirty) || failed 'the tree counts as dirty'
    passed 'it builds, and git sees a clean tree'
    rm "$tree/.gendwarfksyms/bin/gendwarfksyms"
    if make -C "$tree" scripts >"$work/last.log" 2>&1; then failed 'there is no tool, and yet it works'; fi
    grep 'is missing: run .*kbuild/install again' "$work/last.log" || failed "$(cat "$work/last.log")"
    quietly "$repository/kbuild/install" --undo "$tree"
    # Without libdw it cannot be compiled, which is not the question.
    make -C "$tree" scripts >"$work/last.log" 2>&1 || :
    grep -q 'HOSTCC *scripts/gendwarfksyms' "$work/last.log" || failed "after --undo, kbuild does not compile its own"
    quietly make -C "$tree" mrproper
    [ -z "$(git -C "$tree" status --porcelain --ignored)" ] || failed "left behind: $(git -C "$tree" status --porcelain --ignored)"
    passed 'it is undone: kbuild compiles its own again, and nothing is left behind'
    rm -rf "$tree"
}

# A tree that can be written to, with one commit in git.
copy_of_tree() {
    rm -rf "$1"
    cp -rl "$source" "$1" 2>/dev/null || cp -r "$source" "$1"
    rm -rf "$1/.git" "$1/.unpacked" "$1/GNUmakefile" "$1/scripts/gendwarfksyms/Kbuild"
    # Debian's tree ignores everything at the top.
    sed '/^\/\*$/d; /^!\/debian\/$/d' "$source/.gitignore" >"$1/.gitignore.new"
    mv "$1/.gitignore.new" "$1/.gitignore"
    git -C "$1" init -q
    git -C "$1" config gc.auto 0
    git -C "$1" add -Af
    git -C "$1" -c user.name=test -c user.email=test@example.org commit -q -m test
}

# Has kbuild make packages for Debian and Fedora, and unpacks the headers of the former into $work/headers.
distribution_packages() {
    local symvers=$work/before.symvers package
    cp "$output/Module.symvers" "$symvers"
    rm -rf "$work/packages" "$work/headers" "$work"/linux-*
    quietly kmake "$output" bindeb-pkg KDEB_COMPRESS=none
    mkdir "$work/packages"
    for package in "$work"/linux-headers-*.deb; do dpkg-deb -x "$package" "$work/packages"; done
    mv "$work/packages"/usr/src/linux-headers-* "$work/headers"
    cmp -s "$tool" "$work/headers/scripts/gendwarfksyms/gendwarfksyms" || failed 'the package of headers has another tool'
    diff "$symvers" "$work/headers/Module.symvers" >&2 || failed 'the package of headers has other versions, above'
    passed 'bindeb-pkg'
    quietly kmake "$output" binrpm-pkg RPMOPTS="--nodeps --define='_binary_payload w0.gzdio'"
    rm -rf "$work/packages"
    mkdir "$work/packages"
    package=$(find "$output/rpmbuild/RPMS" -name 'kernel-devel-*.rpm')
    (cd "$work/packages" && rpm2cpio "$package" | cpio -idm --quiet)
    # rpmbuild strips programs, so that it is not the same file.
    [ "$("$work/packages"/usr/src/kernels/*/scripts/gendwarfksyms/gendwarfksyms --version)" = "$("$tool" --version)" ] ||
        failed 'kernel-devel has another tool'
    diff "$symvers" "$output/Module.symvers" >&2 || failed 'other versions, above'
    passed 'binrpm-pkg'
    rm -rf "$work/packages" "$output/rpmbuild"
}

# Modules of other projects, as Debian's -dkms packages have them, built against installed headers.
row_dkms() {
    local name package built
    target x86_64
    mkdir "$output"
    install --once "$output"
    mapfile -t lines < <(grep '^CONFIG_' "$here/config.dkms")
    configure "$output" "${lines[@]}"
    build_kernel "$output"
    distribution_packages
    rm -rf "$work/projects"
    mkdir "$work/projects"
    for name in v4l2loopback acpi-call tp-smapi; do
        package=$cache/dkms-$name
        unpack_package sid "$name-dkms" "$package"
        cp -r "$package"/usr/src/* "$work/projects/$name"
        quietly make -C "$work/headers" M="$work/projects/$name" HDAPS=1 modules
        cat "$output/Module.symvers" "$work/projects/$name/Module.symvers" >"$work/all.symvers"
        for built in "$work/projects/$name"/*.ko; do
            fits "$built" "$work/all.symvers"
            passed "$(basename "$package"/usr/src/*): ${built##*/} was built, and fits"
        done
    done
    # Those that need no hardware; tp_smapi and hdaps want a ThinkPad.
    boot "$output" "$work/projects/v4l2loopback/v4l2loopback.ko" "$work/projects/acpi-call/acpi_call.ko"
    expect 'TEST: v4l2loopback was loaded'
    expect 'TEST: acpi_call was loaded'
    clean_and_undo "$output"
}
