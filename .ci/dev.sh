#!/usr/bin/env bash
# The server and the site in development: both are rebuilt when their sources
# change, and the page reloads itself. Ctrl-C stops both.
set -euo pipefail
cd "$(dirname "$0")/.."
. .ci/tools.sh

need_site_tools
cargo fetch --quiet

# Trunk.toml names this address as the one to pass the API's requests on to.
server_address=127.0.0.1:3099
built="$target_dir/dev.built"
server=

start_server() {
    touch "$built"
    # A server that does not compile leaves the last one running.
    cargo build --bin patchbay || return 0
    stop_server
    "$target_dir/debug/patchbay" serve --sandbox --addr "$server_address" --data "${DATA:-data}" &
    server=$!
}

stop_server() {
    [ -n "$server" ] || return 0
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    server=
}

changed() {
    [ -n "$(find server app/api app/flow Cargo.toml -newer "$built" \
        \( -name '*.rs' -o -name '*.toml' -o -name '*.sql' \) -print -quit)" ]
}

trap 'stop_server; kill "$trunk" 2>/dev/null || true' EXIT
trap 'exit 0' INT TERM

# A folder of its own: app/dist holds the release that `make run` serves.
mkdir -p "$target_dir/dev-site"
trunk serve --dist "$target_dir/dev-site" &
trunk=$!
start_server
while kill -0 "$trunk" 2>/dev/null; do
    sleep 1
    if changed; then start_server; fi
done
