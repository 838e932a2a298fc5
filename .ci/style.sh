#!/usr/bin/env bash
# Puts the style sheets into one, app/site.css: values, bases and type first,
# then one file per component. A browser fetches one file instead of thirty,
# and what repeats in them is compressed once. Trunk runs this before each build.
set -euo pipefail
cd "$(dirname "$0")/.."

first=(style/tokens.css style/base.css style/type.css)
shopt -s nullglob
LC_ALL=C
for sheet in style/*.css; do
    case " ${first[*]} " in *" $sheet "*) ;; *) first+=("$sheet") ;; esac
done

joined=$(mktemp)
trap 'rm -f "$joined"' EXIT
# Comments, margins and empty lines are for those who read the sources.
cat "${first[@]}" |
    sed -z 's:/\*[^*]*\*\+\([^/*][^*]*\*\+\)*/::g' |
    sed -e 's/^[[:space:]]*//' -e '/^$/d' -e 's/ {$/{/' -e 's/^\([a-z-]*\): /\1:/' >"$joined"
# Written only when it is another, so that a watching Trunk comes to rest.
cmp -s "$joined" app/site.css || cp "$joined" app/site.css
