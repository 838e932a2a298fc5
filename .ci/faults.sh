#!/usr/bin/env bash
# Shows in figures what holds when things fail: every fault against every way
# out, each class of fault by the clock on the wall, and the long runs over
# kill -9. What fails does not stop the rest.
set -uo pipefail
cd "$(dirname "$0")/.."
. .ci/tools.sh

need_rust
cargo build --quiet --bin patchbay || fail "The server does not build."
failures=()

# figures NAME COMMAND…: a run of `cargo test`, of which only what it prints of
# itself is shown, unless it fails.
figures() {
    local name=$1 log="$target_dir/faults.log"
    shift
    say "== $name"
    if "$@" -- --nocapture </dev/null >"$log" 2>&1; then
        grep -v -e '^running ' -e '^test ' -e '^\.*$' -e '^\.* *[0-9]* cells: ' "$log" | sed 's/^\.*//'
    else
        cat "$log"
        failures+=("$name")
    fi
}

figures "The client against every fault" cargo test --quiet -p genesys --test faults every_fault_ends_as
figures "Every fault against every way out" cargo test --quiet -p server --test http fault_matrix
figures "Publishes over kill -9" env PATCHBAY_PUBLISH_FLOWS="${FLOWS:-100}" \
    cargo test --quiet -p tests --test server many_flows
figures "Webhooks over kill -9" env PATCHBAY_WEBHOOK_KILLS="${KILLS:-50}" \
    cargo test --quiet -p tests --test server no_delivery_is_lost
figures "An import over kill -9" env PATCHBAY_IMPORT_ROWS="${ROWS:-10000}" \
    cargo test --quiet -p tests --test server every_row_of_an_import
for name in ${failures[@]+"${failures[@]}"}; do say "Failed: $name"; done
[ "${#failures[@]}" = 0 ]
