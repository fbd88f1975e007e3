#!/bin/sh
# Builds the modules, and proves them: sizes, every vector and every Wycheproof case.
set -eu
cd "$(dirname "$0")/.."
out=${CARGO_TARGET_DIR:-target}/verifier-wasm

sh verifier-wasm/build.sh
cargo run --quiet --locked -p verifier-wasm --example wycheproof >"$out/wycheproof.jsonl"
node verifier-wasm/tests/sizes.mjs "$out"
node verifier-wasm/tests/conformance.mjs "$out" "$out/wycheproof.jsonl"
