#!/usr/bin/env bash
# Fails on a class or a value of the style sheets that no markup and no sheet
# names: every visitor would load it. A value that code asks for by a name that
# it puts together (`--category-{name}`) counts as used.
set -euo pipefail
cd "$(dirname "$0")/.."

sheets=(style/*.css style/pages/*.css)
sources=$(mktemp) named=$(mktemp)
trap 'rm -f "$sources" "$named"' EXIT
cat app/index.html $(find app/src app/dom/src -name '*.rs') >"$sources"
unused=0

# found NAME: whether the sources have it as a word of its own.
found() { grep -qE -- "(^|[^a-zA-Z0-9_-])$1([^a-zA-Z0-9_-]|\$)" "$sources"; }

cat "${sheets[@]}" | sed -z 's:/\*[^*]*\*\+\([^/*][^*]*\*\+\)*/::g' | grep -oE '\.[a-zA-Z][a-zA-Z0-9_-]*' | sed 's/^\.//' | sort -u >"$named"
while read -r class; do
    found "$class" && continue
    echo "No element has the class .$class: $(grep -lE -- "\.$class([^a-zA-Z0-9_-]|\$)" "${sheets[@]}" | tr '\n' ' ')"
    unused=$((unused + 1))
done <"$named"

grep -ohE -- '^ *--[a-z0-9-]+:' "${sheets[@]}" | tr -d ' :' | sort -u >"$named"
while read -r value; do
    grep -qE -- "var\($value[,)]" "${sheets[@]}" || found "$value" && continue
    case $value in --category-*) continue ;; esac
    echo "Nothing uses the value $value."
    unused=$((unused + 1))
done <"$named"

[ "$unused" = 0 ]
