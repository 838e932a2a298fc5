#!/usr/bin/env bash
# Fuzzes the domain: builds the engine with the instrumentation that libFuzzer
# goes by, and what judges its finds without. Takes names of targets.
set -euo pipefail
cd "$(dirname "$0")/.."
. .ci/tools.sh

need_rust
on_path c++ || fail "A C++ compiler is missing: install it with 'apt-get install g++', then run this again."

host=$(rustc -vV | sed -n 's/^host: //p')
# What `cargo fuzz` passes, too. These passes of LLVM need no nightly compiler.
instrumentation="-Cpasses=sancov-module
-Cllvm-args=-sanitizer-coverage-level=4
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters
-Cllvm-args=-sanitizer-coverage-pc-table
-Cllvm-args=-sanitizer-coverage-trace-compares
-Ccodegen-units=1"

cargo build --quiet --profile fuzz -p fuzz --bin fuzz
# With a target named, build scripts and macros stay as they are.
RUSTFLAGS=$(tr '\n' ' ' <<<"$instrumentation") \
    cargo build --quiet --profile fuzz -p fuzz --bin engine --features engine --target "$host"

exec "$target_dir/fuzz/fuzz" run "$target_dir/$host/fuzz/engine" "$target_dir/fuzzing" "$@"
