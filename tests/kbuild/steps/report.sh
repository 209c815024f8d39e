# shellcheck shell=bash
# How the test says what it does, and what came of it.

step() { printf '\n== %s\n' "$*"; }
passed() { printf 'ok: %s\n' "$*"; }
failed() {
    printf 'FAILED: %s\n' "$*" >&2
    exit 1
}

# Runs a command, and shows what it said only if it fails.
quietly() {
    "$@" >"$work/last.log" 2>&1 || {
        tail -n 40 "$work/last.log" >&2
        failed "$*"
    }
}

# Runs a command that must print a line.
says() {
    local line=$1
    shift
    quietly "$@"
    grep -qxF -e "$line" "$work/last.log" || failed "$* does not say '$line': $(cat "$work/last.log")"
}

# Runs a command that must fail with one line of error, which has a text in it.
refused() {
    local text=$1 lines
    shift
    if "$@" >"$work/refused.log" 2>&1; then failed "this should fail: $*"; fi
    lines=$(grep -c '^error: ' "$work/refused.log" || :)
    [ "$lines" = 1 ] || failed "$* does not end with one line of error: $(cat "$work/refused.log")"
    grep '^error: ' "$work/refused.log" | grep -qF -e "$text" || failed "$* ends with another error: $(cat "$work/refused.log")"
    passed "$(grep '^error: ' "$work/refused.log" | sed "s|$work|...|g")"
}
