#!/bin/bash -eu
# Builds the targets, their dictionaries and their seeds into $OUT: for OSS-Fuzz, ClusterFuzzLite, and by hand.
#
#     SRC=$PWD/.. OUT=/tmp/out WORK=/tmp/work SANITIZER=address FUZZING_ENGINE=libfuzzer fuzz/oss-fuzz/build.sh
#
# By hand, the default toolchain must be a nightly one, or RUSTUP_TOOLCHAIN name one; $PROJECT is the folder in $SRC.

cd "$SRC/${PROJECT:-dwarfksyms}"
if [ "${FUZZING_ENGINE:-libfuzzer}" != libfuzzer ]; then
    echo "there are targets for libFuzzer only, not for $FUZZING_ENGINE" >&2
    exit 1
fi
# With "none", flags for coverage come from the image.
sanitizer=none
if [ "${SANITIZER:-address}" = address ]; then
    sanitizer=address
fi

# Each target would be optimized as a whole once more.
export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
cargo fuzz build --release --debug-assertions --sanitizer "$sanitizer" --features libfuzzer

# The seeds are written by an ordinary program, in a build of its own.
seeds=$WORK/seeds
rm -rf "$seeds"
env -u RUSTFLAGS CARGO_TARGET_DIR="$WORK/host" \
    cargo run --quiet --locked --package dwarfksyms-fuzz --bin seeds -- "$seeds"

built=${CARGO_TARGET_DIR:-target}/$(rustc --version --verbose | sed -n 's/^host: //p')/release
for shim in fuzz/fuzz_targets/*.rs; do
    target=$(basename "$shim" .rs)
    cp "$built/$target" "$OUT/"
    if [ -f "fuzz/dictionaries/$target.dict" ]; then
        cp "fuzz/dictionaries/$target.dict" "$OUT/"
    fi
    printf '[libfuzzer]\nmax_len = 65536\n' > "$OUT/$target.options"
    rm -f "$OUT/${target}_seed_corpus.zip"
    (cd "$seeds/$target" && zip --quiet "$OUT/${target}_seed_corpus.zip" ./*)
done
