#!/bin/bash -eu
# The build is that of OSS-Fuzz.
exec "$SRC/dwarfksyms/fuzz/oss-fuzz/build.sh"
