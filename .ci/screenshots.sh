#!/usr/bin/env bash
# Takes the pictures under docs/screenshots anew.
set -euo pipefail
cd "$(dirname "$0")/.."
. .ci/tools.sh

need_rust
need_browser
cargo build --quiet --bin patchbay --bin screenshots
rm -f docs/screenshots/*.webp
exec "$target_dir/debug/screenshots"
