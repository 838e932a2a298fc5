# The walls between the rooms that the compiler cannot see. Sourced by test.sh.

# depends_on_none_of PACKAGE CRATE…: the package builds without any of these,
# on every target.
depends_on_none_of() {
    local package=$1 tree found=""
    shift
    tree=$(cargo tree --offline --quiet -p "$package" --edges normal,build --target all --prefix none --format '{p}') || return 1
    for crate in "$@"; do
        if grep -q "^$crate v" <<<"$tree"; then found="$found $crate"; fi
    done
    [ -z "$found" ] && return
    say "$package must not depend on:$found"
    return 1
}

# absent PATTERN REASON FOLDER…: no source holds the pattern.
absent() {
    local pattern=$1 reason=$2
    shift 2
    if grep -rnE --include='*.rs' --include='*.html' --exclude-dir=dist "$pattern" "$@"; then
        say "$reason"
        return 1
    fi
}

# What may stand on neither side of the domain: a browser, a runtime, a
# network, a database, chance.
outside=(dom leptos web-sys js-sys wasm-bindgen tokio reqwest axum sqlx rand getrandom)

check "flow does no IO" depends_on_none_of flow "${outside[@]}" editor api store genesys sandbox server
check "editor does no IO" depends_on_none_of editor "${outside[@]}" api store genesys sandbox server
check "genesys knows flow alone" depends_on_none_of genesys api editor store sandbox server
# The tables of its parser are built with `rand`, with a seed that is written out.
check "python knows flow alone" depends_on_none_of python dom leptos web-sys tokio reqwest axum sqlx api editor store genesys sandbox server
check "dom knows nothing of the product" depends_on_none_of dom api editor flow server
check "store knows neither HTTP nor Genesys" depends_on_none_of store axum reqwest editor genesys sandbox server
check "webhooks knows nothing of the product" depends_on_none_of webhooks api editor flow store genesys sandbox server
check "sandbox knows nothing of the product" depends_on_none_of sandbox api editor store genesys server
check "No HTML from strings" absent 'inner_html|innerHTML|insert_adjacent_html' \
    "HTML made from strings can carry a script: build it with view! instead." app/src app/dom app/editor app/index.html
check "No style attributes" absent "[^-:a-z]style=[\"'{]" \
    "The page's policy refuses style attributes: write style:name=value instead." app/src app/index.html
