#!/usr/bin/env bash
# Puts the pieces of the module beside the page. Trunk runs it after each build,
# on what it is about to hand over.
set -euo pipefail
cd "$(dirname "$0")/../.."
site=${TRUNK_STAGING_DIR:?is set by Trunk}
profile=${TRUNK_PROFILE:?is set by Trunk}
pieces="${CARGO_TARGET_DIR:-target}/wasm-bindgen/$profile/pieces"

cp "$pieces"/* "$site/"
main=$(basename "$site"/app-*_bg.wasm _bg.wasm)
sed -i "s#\./app\.js#./$main.js#" "$site"/app-pieces-*.js
grep -q "from \"\./$main\.js\"" "$site"/app-pieces-*.js || {
    printf 'The pieces do not find %s.js: the splitter writes something else than .ci/split/place.sh expects.\n' "$main" >&2
    exit 1
}
