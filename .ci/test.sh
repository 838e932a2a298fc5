#!/usr/bin/env bash
# Checks and tests everything. What fails does not stop the rest, so that the
# closing line counts all of it. With the word `checks` only the checks run.
set -uo pipefail
cd "$(dirname "$0")/.."
. .ci/tools.sh

only=${1:-everything}
passed=0 failed=0 skipped=0
failures=()

need_rust
need_wasm_target
if [ "$only" = everything ]; then
    need_site_tools
    need_browser
    need_axe
fi
# check NAME COMMAND…: one thing that holds or does not.
check() {
    local name=$1
    shift
    say "== $name"
    if "$@" </dev/null; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        failures+=("$name")
    fi
}

# suite NAME COMMAND…: a run of `cargo test`, whose result lines are added up.
# A run that fails without a failed test (it did not compile, or a test binary
# was killed) counts as one failure.
suite() {
    local name=$1 log="$target_dir/test.log" status p f s
    shift
    say "== $name"
    "$@" </dev/null 2>&1 | tee "$log"
    status=${PIPESTATUS[0]}
    read -r p f s < <(sed -n 's/^test result: .* \([0-9]*\) passed; \([0-9]*\) failed; \([0-9]*\) ignored;.*/\1 \2 \3/p' "$log" |
        awk '{ p += $1; f += $2; s += $3 } END { print p + 0, f + 0, s + 0 }')
    if [ "$status" != 0 ] && [ "$f" = 0 ]; then f=1; fi
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    if [ "$f" != 0 ]; then failures+=("$name"); fi
}

check "Lock file is up to date" cargo fetch --quiet --locked
cargo fetch --quiet || fail "The crates named in Cargo.lock could not be fetched."
check "Formatting" cargo fmt --all --check
check "Styles are in use" bash .ci/style-in-use.sh
. .ci/rooms.sh
if cargo_tool cargo-deny "$CARGO_DENY_VERSION" cargo-deny 3; then
    check "Licences, sources and banned crates" cargo-deny --offline --log-level warn check --hide-inclusion-graph bans licenses sources
    if timeout 60 cargo-deny --log-level error fetch db >/dev/null 2>&1 </dev/null; then
        check "Security advisories" cargo-deny --offline --log-level warn check --hide-inclusion-graph advisories
    else
        say "Security advisories were not checked: their database could not be fetched."
    fi
else
    check "cargo-deny $CARGO_DENY_VERSION" false
fi
check "Clippy" cargo clippy --quiet --workspace --exclude app --exclude dom --all-targets -- -D warnings
check "Clippy for the browser" cargo clippy --quiet -p app -p dom --target wasm32-unknown-unknown -- -D warnings

if [ "$only" = everything ]; then
    check "Site" bash .ci/site.sh
    # The same packages, profile and kinds of target as in the test run below,
    # so that the server which the browser tests start is not built twice.
    native=(--workspace --exclude app --exclude dom)
    check "Build" cargo build --quiet "${native[@]}" --bins --tests
    suite "Tests" timeout --foreground 45m cargo test --quiet "${native[@]}" --no-fail-fast
fi

for name in ${failures[@]+"${failures[@]}"}; do say "Failed: $name"; done
total="$passed passed, $failed failed"
[ "$skipped" = 0 ] || total="$total, $skipped skipped"
say "$total"
[ "$failed" = 0 ]
