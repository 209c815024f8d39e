# shellcheck shell=bash
# Running a kernel in qemu.

# The emulator's arguments, the kernel's image, its console, and Debian's name of an architecture.
machine() {
    case $1 in
        x86_64)
            emulator=(qemu-system-x86_64 -accel tcg -nodefaults -serial stdio -monitor none)
            image=arch/x86/boot/bzImage console=ttyS0 debian=amd64
            ;;
        arm64)
            emulator=(qemu-system-aarch64 -accel tcg -machine virt -cpu cortex-a57 -nodefaults -serial stdio -monitor none)
            image=arch/arm64/boot/Image console=ttyAMA0 debian=arm64
            ;;
        s390x) emulator=(qemu-system-s390x -accel tcg) image=arch/s390/boot/bzImage console=ttysclp0 debian=s390x ;;
    esac
}

# Boots the kernel in an output folder, and has it load modules, in order. The console goes to $console_log.
boot() {
    local output=$1 root=$work/root emulator image console debian module
    shift
    machine "$architecture"
    console_log=$work/console.log
    rm -rf "$root"
    mkdir -p "$root/bin" "$root/dev"
    cp "$here/init" "$root/init"
    cp "$(busybox "$debian")" "$root/bin/busybox"
    ln -s busybox "$root/bin/sh"
    for module in "$@"; do
        cp "$module" "$root/"
        module=${module##*/}
        echo "${module%.ko}"
    done >"$root/modules"
    (cd "$root" && find . | cpio -o -H newc --quiet | gzip >"$work/initramfs.gz")
    timeout 300 "${emulator[@]}" -m 512 -nographic -no-reboot \
        -kernel "$output/$image" -initrd "$work/initramfs.gz" -append "console=$console panic=-1" \
        </dev/null >"$console_log" 2>&1 || failed "qemu: $(tail -n 20 "$console_log")"
    expect 'TEST: done'
}

expect() {
    grep -qF -e "$1" "$console_log" || {
        tail -n 30 "$console_log" >&2
        failed "the console does not show: $1"
    }
    passed "$1"
}

# Boots, loads modules of the tree and our own, and sees that one with an altered version is refused.
boot_with_modules() {
    local output=$1
    alter "$work/modules/second/second.ko" first_count "$work/altered.ko"
    cat "$output/Module.symvers" "$work/modules/first/Module.symvers" >"$work/all.symvers"
    fits "$work/modules/second/second.ko" "$work/all.symvers"
    boot "$output" "$output/fs/nls/nls_base.ko" "$output/fs/nls/nls_utf8.ko" \
        "$work/modules/first/first.ko" "$work/modules/second/second.ko" "$work/altered.ko"
    expect 'TEST: nls_utf8 was loaded'
    expect 'TEST: first was loaded'
    expect 'second: the first module counts 42'
    expect 'TEST: second was loaded'
    expect 'second: disagrees about version of symbol first_count'
    expect 'TEST: altered was refused'
}
