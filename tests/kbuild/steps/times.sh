# shellcheck shell=bash
# How long builds take.

# Builds in one order and back, with the same debug information: without versions, at once, per object, with the reference.
times() {
    local kind output
    target x86_64
    printf '%-24s %8s %8s\n' '' wall cpu
    for kind in none once ours ${REFERENCE_GENDWARFKSYMS:+reference reference} ours once none; do
        output=$work/time-$kind
        rm -rf "$output"
        mkdir "$output"
        case $kind in
            ours) install "$output" ;;
            once) install --once "$output" ;;
        esac
        case $kind in
            none) configure "$output" '# CONFIG_MODVERSIONS is not set' '# CONFIG_GENDWARFKSYMS is not set' ;;
            *) configure "$output" ;;
        esac
        quietly kmake "$output" modules_prepare
        TIMEFORMAT='%R %U %S'
        { time quietly kmake "$output"; } 2>"$work/time"
        awk -v kind="$kind" '{ printf "%-24s %6.1f s %6.1f s\n", kind, $1, $2 + $3 }' "$work/time"
        [ "$kind" = none ] || [ "$kind" = reference ] || "$repository/kbuild/install" --undo "$output" >/dev/null
        rm -rf "$output"
    done
}
