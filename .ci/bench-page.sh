#!/usr/bin/env bash
# Writes bench.html beside index.html: the same files by relative links, begun
# by bench.js. Trunk runs it after each build, on what it is about to hand over.
set -euo pipefail
cd "$(dirname "$0")/.."
site=${TRUNK_STAGING_DIR:?is set by Trunk}

cp public/bench.js "$site/bench.js"
# The inline script starts the product; here another starts the canvas.
sed -e '/^<script type="module">$/,/^<\/script>$/d' \
    -e 's#\(href\|src\)="/#\1="./#g' \
    -e 's|<body>|<body class="editor__stage" data-bench>|' \
    -e 's|</body>|<script type="module" src="./bench.js"></script></body>|' \
    "$site/index.html" >"$site/bench.html"
for expected in 'data-bench' 'bench.js' 'modulepreload" href="./app-'; do
    grep -q "$expected" "$site/bench.html" || {
        printf 'bench.html lacks %s: index.html is no longer what .ci/bench-page.sh expects.\n' "$expected" >&2
        exit 1
    }
done
if grep -q 'import init' "$site/bench.html"; then
    printf 'bench.html starts the product: index.html is no longer what .ci/bench-page.sh expects.\n' >&2
    exit 1
fi
