# Finds the tools that the commands need, at exactly the versions named here,
# and installs those that are missing. Sourced by the other scripts.
#
# A tool is looked for on PATH first, then in a cache outside the checkout, so
# that the next clone on this machine finds it built.

TRUNK_VERSION=0.21.14
WASM_BINDGEN_VERSION=0.2.130
BINARYEN_VERSION=132
WASM_SPLIT_VERSION=0.2.4
CARGO_DENY_VERSION=0.20.2
# The version also stands in tests/src/axe.rs.
AXE_VERSION=4.14.1
AXE_SHA256=29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c

tool_cache="${XDG_CACHE_HOME:-$HOME/.cache}/patchbay/tools"
target_dir="${CARGO_TARGET_DIR:-target}"

say() { printf '%s\n' "$*"; }

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

on_path() { command -v "$1" >/dev/null 2>&1; }

# has COMMAND LINE: the command is on PATH and its version line starts so.
has() {
    on_path "$1" || return 1
    case "$("$1" --version 2>/dev/null | head -n 1) " in
    "$2 "*) return 0 ;;
    *) return 1 ;;
    esac
}

need_rust() {
    on_path cargo || fail "Rust is missing: install rustup from https://rustup.rs, then run this again."
    on_path cc || fail "A C compiler is missing: install it with 'apt-get install build-essential', then run this again."
}

need_wasm_target() {
    local target=wasm32-unknown-unknown
    [ -d "$(rustc --print sysroot)/lib/rustlib/$target/lib" ] && return
    on_path rustup || fail "The Rust target $target is missing, and so is rustup, which would add it."
    say "Adding the Rust target $target…"
    rustup target add "$target" || fail "The Rust target $target could not be added."
}

# cargo_tool COMMAND VERSION CRATE MINUTES [ARGUMENT…]: a command that comes
# from a crate. Its own lock file is preferred; a registry mirror that lags
# behind may lack a version named there, so the second attempt goes without.
cargo_tool() {
    local command=$1 version=$2 crate=$3 minutes=$4
    shift 4
    has "$command" "$command $version" && return
    local root="$tool_cache/$command-$version"
    PATH="$root/bin:$PATH"
    has "$command" "$command $version" && return

    say "Installing $crate $version (once, about $minutes minutes)…"
    if cargo binstall -V >/dev/null 2>&1 &&
        cargo binstall --no-confirm --disable-strategies compile \
            --install-path "$root/bin" "$crate@$version" </dev/null &&
        has "$command" "$command $version"; then
        return
    fi
    cargo install "$crate@$version" --locked --root "$root" "$@" ||
        cargo install "$crate@$version" --root "$root" "$@" ||
        return 1
    has "$command" "$command $version"
}

need_site_tools() {
    need_rust
    need_wasm_target
    cargo_tool trunk "$TRUNK_VERSION" trunk 10 ||
        fail "Trunk $TRUNK_VERSION could not be installed; the reason stands above."
    cargo_tool wasm-bindgen "$WASM_BINDGEN_VERSION" wasm-bindgen-cli 5 --bin wasm-bindgen ||
        fail "wasm-bindgen $WASM_BINDGEN_VERSION could not be installed; the reason stands above."
    need_splitter
}

# Has Trunk cut the module into pieces: it calls .ci/split/wasm-bindgen, which
# calls the splitter and then the real one. The splitter does not tell its
# version, so only the one in the cache is taken.
need_splitter() {
    local root="$tool_cache/wasm-split-cli-$WASM_SPLIT_VERSION"
    WASM_SPLIT="$root/bin/wasm-split-cli"
    if [ ! -x "$WASM_SPLIT" ]; then
        local crate="wasm_split_cli_support@$WASM_SPLIT_VERSION"
        say "Installing $crate (once, about 3 minutes)…"
        cargo install "$crate" --features build-binary --locked --root "$root" ||
            cargo install "$crate" --features build-binary --root "$root" ||
            fail "$crate could not be installed; the reason stands above."
    fi
    export WASM_SPLIT
    # One script calls another, which finds it done.
    case $(command -v wasm-bindgen) in
    */.ci/split/wasm-bindgen) return ;;
    esac
    WASM_BINDGEN=$(command -v wasm-bindgen)
    PATH="$PWD/.ci/split:$PATH"
    export WASM_BINDGEN
}

# Puts wasm-opt on PATH, or says that the site is built without it, which makes
# it larger and nothing else. Only this version is taken: Debian's writes
# modules that do not start.
want_wasm_opt() {
    local version_line="wasm-opt version $BINARYEN_VERSION"
    has wasm-opt "$version_line" && return
    local root="$tool_cache/binaryen-$BINARYEN_VERSION"
    if [ ! -x "$root/node_modules/.bin/wasm-opt" ] && on_path node && on_path npm; then
        say "Installing wasm-opt $BINARYEN_VERSION (once, some seconds)…"
        mkdir -p "$root"
        npm install --prefix "$root" --no-save --no-audit --no-fund --loglevel=error \
            "binaryen@$BINARYEN_VERSION.0.0" </dev/null || true
    fi
    PATH="$root/node_modules/.bin:$PATH"
    has wasm-opt "$version_line" && return
    say "Building without wasm-opt $BINARYEN_VERSION (it comes with Node.js and npm): the site works, and is larger."
    return 1
}

# The rules of accessibility that the browser tests hold every page to. Only the
# tests use them (MPL-2.0): their source is in no checkout and in no build. npm
# goes through the registry that it is set up for; without Node.js the archive is
# fetched as it is. Whatever brings it, the digest decides.
need_axe() {
    AXE="$tool_cache/axe-core-$AXE_VERSION/axe.min.js"
    export AXE
    is_axe "$AXE" && return
    say "Fetching axe-core $AXE_VERSION (once, some seconds)…"
    local work archive="axe-core-$AXE_VERSION.tgz"
    work=$(mktemp -d)
    if on_path npm; then
        (cd "$work" && npm pack --silent "axe-core@$AXE_VERSION" </dev/null >/dev/null) || rm -f "$work/$archive"
    fi
    [ -f "$work/$archive" ] ||
        fetch "https://registry.npmjs.org/axe-core/-/$archive" "$work/$archive" || true
    if [ -f "$work/$archive" ] && tar -xzf "$work/$archive" -C "$work" package/axe.min.js &&
        is_axe "$work/package/axe.min.js"; then
        mkdir -p "${AXE%/*}"
        mv "$work/package/axe.min.js" "$AXE.$$" && mv "$AXE.$$" "$AXE"
    fi
    rm -rf "$work"
    is_axe "$AXE" || fail "axe-core $AXE_VERSION could not be fetched as it should be. Put its axe.min.js at $AXE, then run this again."
}

is_axe() {
    [ -f "$1" ] && [ "$(sha256sum "$1" | cut -d' ' -f1)" = "$AXE_SHA256" ]
}

# fetch URL FILE: with what there is; a fresh Debian has neither.
fetch() {
    if on_path curl; then
        curl -fsSL --retry 3 --max-time 120 -o "$2" "$1"
    elif on_path wget; then
        wget -q --tries=3 --timeout=120 -O "$2" "$1"
    else
        install_packages "curl ca-certificates" "Fetching needs curl" && curl -fsSL --retry 3 --max-time 120 -o "$2" "$1"
    fi
}

# install_packages PACKAGES WHY: from Debian, as root.
install_packages() {
    local packages=$1 as_root=""
    on_path apt-get || fail "$2: install $packages."
    if [ "$(id -u)" != 0 ]; then
        sudo -n true 2>/dev/null || fail "$2. Install it with 'sudo apt-get install $packages', then run this again."
        as_root="sudo -n"
    fi
    say "Installing $packages from Debian (once)…"
    # The words are meant to be split.
    # shellcheck disable=SC2086
    $as_root apt-get update -qq &&
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages </dev/null
}

# Chromium and its driver come from the system: browsers need its libraries.
need_browser() {
    : "${CHROMIUM:=$(command -v chromium || command -v chromium-browser || true)}"
    : "${CHROMEDRIVER:=$(command -v chromedriver || true)}"
    if [ -z "$CHROMIUM" ] || [ -z "$CHROMEDRIVER" ]; then
        local packages="chromium chromium-driver fonts-liberation"
        on_path apt-get || fail "The browser tests need Chromium and ChromeDriver: install them, or name them in CHROMIUM and CHROMEDRIVER."
        install_packages "$packages" "The browser tests need Chromium" ||
            fail "Chromium could not be installed. Install $packages by hand, then run this again."
        CHROMIUM=$(command -v chromium)
        CHROMEDRIVER=$(command -v chromedriver)
    fi
    export CHROMIUM CHROMEDRIVER
}
