#!/bin/sh
# Builds both modules, and the one for test suites: target/verifier-wasm/{verifier,reader,conformance}.wasm. Needs cargo alone.
set -eu
cd "$(dirname "$0")/.."

TARGET=wasm32-unknown-unknown
target_dir=${CARGO_TARGET_DIR:-target}
out=$target_dir/verifier-wasm
mkdir -p "$out"

if command -v rustup >/dev/null && ! rustup target list --installed | grep -qx "$TARGET"; then
  rustup target add "$TARGET"
fi

# panic messages name source files; where those lie must not decide about the module's bytes
unset RUSTFLAGS
CARGO_ENCODED_RUSTFLAGS=
for sources in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*; do
  CARGO_ENCODED_RUSTFLAGS="$CARGO_ENCODED_RUSTFLAGS--remap-path-prefix=$sources=/crates$(printf '\037')"
done
CARGO_ENCODED_RUSTFLAGS="$CARGO_ENCODED_RUSTFLAGS--remap-path-prefix=$(pwd)=/sceau$(printf '\037')"
# SHA-256 and SHA-512 without unrolled loops save 3 KiB of the download
CARGO_ENCODED_RUSTFLAGS="$CARGO_ENCODED_RUSTFLAGS--cfg$(printf '\037')sha2_backend_soft=\"compact\""
# what opt-level z leaves as calls is inlined up to the size that s inlines: another 3.5 KiB
CARGO_ENCODED_RUSTFLAGS="$CARGO_ENCODED_RUSTFLAGS$(printf '\037')-Cllvm-args=-inline-threshold=50"
export CARGO_ENCODED_RUSTFLAGS

build() { # NAME FEATURES
  cargo build --quiet --locked --profile wasm -p verifier-wasm --target "$TARGET" --no-default-features --features "$2"
  cp "$target_dir/$TARGET/wasm/verifier_wasm.wasm" "$out/$1.wasm"
}
build verifier text
build reader picture
[ "${1-}" = --shipped ] || build conformance conformance

for place in "${CARGO_HOME:-$HOME/.cargo}" "$HOME/" "$(pwd)"; do
  if grep -alF "$place" "$out/verifier.wasm" "$out/reader.wasm"; then
    echo "the module above names a place of this machine: $place" >&2
    exit 1
  fi
done
