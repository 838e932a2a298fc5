#!/usr/bin/env bash
# Tries the API with Schemathesis: what its description allows and what it does
# not, as a signed-in administrator, against a server with its sandbox. Fails on
# a server error and on an answer that the description does not have.
set -euo pipefail
cd "$(dirname "$0")/.."
. .ci/tools.sh

SCHEMATHESIS_VERSION=4.32.5

need_rust
for command in python3 curl; do
    on_path "$command" || fail "$command is missing: install it with 'apt-get install $command', then run this again."
done

root="$tool_cache/schemathesis-$SCHEMATHESIS_VERSION"
# What is left of an installation that broke off does not tell its version.
if ! "$root/bin/schemathesis" --version >/dev/null 2>&1; then
    say "Installing Schemathesis $SCHEMATHESIS_VERSION (once, about a minute)…"
    rm -rf "$root"
    { python3 -m venv "$root" && "$root/bin/pip" install --quiet "schemathesis==$SCHEMATHESIS_VERSION"; } ||
        fail "THE API WAS NOT TRIED: Schemathesis $SCHEMATHESIS_VERSION could not be installed from PyPI; the reason stands above."
fi

cargo build --quiet --bin patchbay

work=$(mktemp -d)
server=
stop() {
    if [ -n "$server" ]; then
        kill "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
    fi
    rm -rf "$work"
}
trap stop EXIT

"$target_dir/debug/patchbay" serve --sandbox --addr 127.0.0.1:0 --data "$work/data" \
    >"$work/said" 2>"$work/log" &
server=$!
for _ in $(seq 100); do
    grep -q '^Demonstration sign-in: ' "$work/said" && break
    kill -0 "$server" 2>/dev/null || fail "The server did not start: $(cat "$work/log")"
    sleep 0.2
done
base=$(sed -n 's/^Patchbay is listening on //p' "$work/said")
email=$(sed -n 's|^Demonstration sign-in: \(.*\) / .*|\1|p' "$work/said")
password=$(sed -n 's|^Demonstration sign-in: .* / ||p' "$work/said")
cookie=$(
    curl -sS -o /dev/null -D - -H 'X-Console: 1' -H 'Sec-Fetch-Site: same-origin' \
        -H 'Content-Type: application/json' \
        --data "{\"email\":\"$email\",\"password\":\"$password\"}" "$base/api/session" |
        sed -n 's/^set-cookie: \(console_dev=[^;]*\).*/\1/Ip'
)
[ -n "$cookie" ] || fail "Signing in did not work."

# Tries what is there as well as what is not.
python3 .ci/api-fuzz/examples.py "$base" "$cookie" >"$work/schemathesis.toml"

# What it remembers of this run goes with it.
cd "$work"
# Signing out would end the session that the rest needs; a socket is no call.
"$root/bin/schemathesis" --config-file "$work/schemathesis.toml" run "$base/api/openapi.json" --url "$base" \
    -H "Cookie: $cookie" -H 'X-Console: 1' -H 'Sec-Fetch-Site: same-origin' \
    --exclude-operation-id sign_out --exclude-path '/api/socket/{flow}' \
    --checks not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance \
    --max-examples "${RUNS:-40}" --seed "${SEED:-1}" --workers 1 --continue-on-failure "$@" ||
    fail "The API does something that its description does not have; it stands above. The server's log: $(grep -c ERROR "$work/log" || true) errors.
$(grep ERROR "$work/log" | head -20)"
