# shellcheck shell=bash
# What is needed from outside: packages of the machine, the kernel's source, programs and modules out of Debian packages.

# Installs the packages of the commands and files that are missing; lines of "THING PACKAGE" on standard input.
packages() {
    local missing=() package thing
    while read -r thing package; do
        { [ -e "$thing" ] || command -v "$thing" >/dev/null; } || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    [ "$(id -u)" = 0 ] || failed "these packages are missing: ${missing[*]}"
    DEBIAN_FRONTEND=noninteractive quietly apt-get install -y --no-install-recommends "${missing[@]}"
}

# Sets apt's options so that it reads a suite that the machine itself need not use, for another architecture if there is one.
suite_options() {
    local suite=$1 architecture=${2:-$(dpkg --print-architecture)} apt archive
    apt=$cache/apt-$suite-$architecture
    mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
    # From wherever this machine has its own packages.
    # shellcheck disable=SC2016
    archive=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -v security | sort -u | head -n 1)
    [ -n "$archive" ] || failed 'apt has no archive of Debian: apt-get update'
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $archive $suite main" >"$apt/sources.list"
    options=(-o "Dir::Etc::SourceList=$apt/sources.list" -o Dir::Etc::SourceParts=/dev/null -o "APT::Architecture=$architecture"
        -o "APT::Architectures::=$architecture" -o "Dir::State::Lists=$apt/lists" -o "Dir::Cache=$apt/cache"
        -o Dir::State::status=/dev/null -o APT::Sandbox::User=root)
    [ -n "$(find "$apt/lists" -name '*Packages*' -mmin -720 2>/dev/null)" ] || quietly apt-get "${options[@]}" update
}

# Unpacks a Debian package of a suite, and perhaps of another architecture, into a folder; once.
unpack_package() {
    local suite=$1 package=$2 folder=$3 architecture=${4:-} options
    [ ! -f "$folder/.unpacked" ] || return 0
    suite_options "$suite" "$architecture"
    rm -rf "$folder" "$cache/package"
    mkdir -p "$folder" "$cache/package"
    (cd "$cache/package" && quietly apt-get "${options[@]}" download "$package")
    dpkg-deb -x "$cache/package/"*.deb "$folder"
    rm -rf "$cache/package"
    touch "$folder/.unpacked"
}

# Unpacks a kernel's source into $source, and takes Debian's own line out of its Makefile: what is left reads no files in
# the output folder that mainline does not read.
fetch() {
    local suite=${DWARFKSYMS_SUITE:-trixie-backports} package archive options
    source=$cache/linux-$suite
    [ ! -f "$source/.unpacked" ] || return 0
    suite_options "$suite"
    package=$(apt-cache "${options[@]}" search -n '^linux-source-[0-9.]+$' | awk '{ print $1 }' | sort -V | tail -n 1)
    [ -n "$package" ] || failed "$suite has no package linux-source"
    unpack_package "$suite" "$package" "$cache/archive"
    rm -rf "$source"
    mkdir -p "$source"
    for archive in "$cache/archive/usr/src/$package".tar.*; do
        tar -x -f "$archive" -C "$source" --strip-components 1
    done
    rm -rf "$cache/archive"
    sed -i '/^-include .*kernelvariables$/d' "$source/Makefile"
    ! grep -q kernelvariables "$source/Makefile" || failed "$source/Makefile still has Debian's line"
    touch "$source/.unpacked"
}

# Prints where a static busybox for a Debian architecture is.
busybox() {
    local folder=$cache/busybox-$1 file
    unpack_package bookworm busybox-static "$folder" "$1"
    for file in "$folder/bin/busybox" "$folder/usr/bin/busybox"; do
        [ ! -f "$file" ] || { echo "$file" && return; }
    done
    failed "busybox-static of $1 has no busybox"
}
