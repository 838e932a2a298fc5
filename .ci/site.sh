#!/usr/bin/env bash
# Builds the site in release into app/dist, unless nothing has changed since.
set -euo pipefail
cd "$(dirname "$0")/.."
. .ci/tools.sh

need_site_tools
optimised=yes
want_wasm_opt || optimised=no

# Everything the site is made of, by content: a fresh checkout, a changed
# branch and a touched file are then all judged rightly.
inputs() {
    rustc --version
    say "wasm-opt: $optimised"
    find app style public Cargo.toml Cargo.lock Trunk.toml .ci/site.sh .ci/bench-page.sh .ci/split .ci/style.sh \
        \( -path app/dist -o -path app/site.css \) -prune -o -type f -print0 | sort -z | xargs -0 sha256sum
}

# Trunk builds offline, so whatever Cargo needs is fetched first. This comes
# before the fingerprint because it may complete Cargo.lock.
cargo fetch --quiet

stamp="$target_dir/site.sha256"
fingerprint=$(inputs | sha256sum)
if [ -f app/dist/index.html ] && [ "$(cat "$stamp" 2>/dev/null)" = "$fingerprint" ]; then
    say "The site is up to date."
    exit
fi

say "Building the site…"
rm -f "$stamp"
# Trunk runs wasm-opt in release only; the Cargo profile is the same either way.
if [ "$optimised" = yes ]; then
    WASM_OPT=$(command -v wasm-opt)
    export WASM_OPT
    trunk build --release --cargo-profile web
else
    trunk build --cargo-profile web
fi
mkdir -p "$target_dir"
say "$fingerprint" >"$stamp"
