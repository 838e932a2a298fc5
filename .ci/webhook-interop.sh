#!/usr/bin/env bash
# Verifies random signed messages by two libraries of Standard Webhooks that
# know nothing of ours: `standardwebhooks` of npm and of PyPI. Fetches them, so
# that it needs the network, Node.js and Python, and fails where one is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

count=${COUNT:-1000}
seed=${SEED:-$RANDOM}
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

for command in node npm python3; do
    command -v "$command" >/dev/null || {
        echo "webhook-interop: $command is missing; nothing was verified." >&2
        exit 1
    }
done

cargo run --quiet -p webhooks --example sign_random -- "$count" "$seed" >"$place/messages"
python3 -m venv "$place/python"
"$place/python/bin/pip" install --quiet --disable-pip-version-check standardwebhooks
npm install --silent --no-audit --no-fund --prefix "$place" standardwebhooks

echo "seed $seed"
NODE_PATH="$place/node_modules" node .ci/webhook-interop/verify.cjs <"$place/messages"
"$place/python/bin/python" .ci/webhook-interop/verify.py <"$place/messages"
