#!/usr/bin/env bash
# Measures the canvas of the built site against other flow editors and writes
# the tables into docs/performance.md. The harness that drives them is not part
# of this repository: PATCHBAY_SHARED names the folder that has it.
set -euo pipefail
cd "$(dirname "$0")/.."
. .ci/tools.sh

harness=${PATCHBAY_SHARED:-../shared}/bench/canvas
[ -f "$harness/run.mjs" ] || fail "The harness is not at $harness, so nothing was measured and docs/performance.md is as it was. Set PATCHBAY_SHARED to the folder that has bench/canvas in it."
on_path node && on_path npm || fail "The harness needs Node.js and npm: install them, then run this again."
need_browser

# What others made is left alone: this works on a copy.
copy=$target_dir/bench-canvas
mkdir -p "$copy"
cp -r "$harness/." "$copy/"
copy=$(cd "$copy" && pwd)
(cd "$copy" && npm ci --no-audit --no-fund --loglevel=error </dev/null)
mkdir -p "$copy/contestants/patchbay"
cat >"$copy/contestants/patchbay/contestant.json" <<EOS
{
  "technique": "few nodes: elements, many: drawn; edges on a still canvas that moves as one and a live one",
  "serve": "$PWD/app/dist",
  "page": "bench.html"
}
EOS

result=$copy/results/patchbay.json
(cd "$copy" && node run.mjs \
    --contestants "${CONTESTANTS:-patchbay,xyflow,xyflow-visible,litegraph,x6,rete,floor-dom}" \
    --sizes "${SIZES:-100,1000,5000,10000}" --runs "${RUNS:-3}" --budget 0 \
    --gestures pan100,panFit,zoom,drag100,dragFit,multi100,selectAll,idle \
    --retries 1 --quiet 20 --preset full --out "$result")
node .ci/bench-canvas.mjs "$result" docs/performance.md
