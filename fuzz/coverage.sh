#!/usr/bin/env bash
# The lines of core, symtypes and the programs that the smoke tests and the corpora of the targets reach.
#
#     fuzz/coverage.sh [CORPORA]
#
# CORPORA has a folder for each target, on which no fuzzer may be at work; without it, the seeds alone are run. Needs
# cargo-llvm-cov. What comes out: a summary for each file, and with COVERAGE_HTML set, a report in the folder that it names.
set -euo pipefail
cd "$(dirname "$0")/.."
quiet=(--quiet --package dwarfksyms-fuzz)
# Errors would keep backtraces, which take more memory than the bodies allow.
export RUST_BACKTRACE=0

cargo llvm-cov clean --workspace
# Their own tests are about their parts, not about inputs: they do not count.
cargo llvm-cov --no-report test "${quiet[@]}" --lib
if [ $# -gt 0 ]; then
    for corpus in "$1"/*/; do
        echo "replaying $(basename "$corpus")" >&2
        cargo llvm-cov --no-report run "${quiet[@]}" --bin replay -- "$(basename "$corpus")" "$corpus"
    done
fi
report=(--ignore-filename-regex "^$PWD/(fuzz|tests)/")
if [ -n "${COVERAGE_HTML:-}" ]; then
    cargo llvm-cov report "${report[@]}" --html --output-dir "$COVERAGE_HTML"
fi
cargo llvm-cov report "${report[@]}" --summary-only
