#!/usr/bin/env bash
# Builds the measurements in release and prints them.
set -euo pipefail
cd "$(dirname "$0")/.."
. .ci/tools.sh

need_rust
need_browser
# One build for both, so that they share their dependencies' builds.
cargo build --release --bin patchbay --bin bench
exec "$target_dir/release/bench" "$@"
