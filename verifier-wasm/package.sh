#!/bin/sh
# Makes the npm package, target/npm/sceau-verifier-VERSION.tgz, from both modules. Needs cargo and npm alone.
set -eu
cd "$(dirname "$0")/.."
target_dir=${CARGO_TARGET_DIR:-target}

[ "${1-}" = --built ] || sh verifier-wasm/build.sh --shipped
node verifier-wasm/npm/package.mjs "$target_dir/verifier-wasm" "$target_dir/npm/package"
rm -f "$target_dir"/npm/sceau-verifier-*.tgz
cd "$target_dir/npm/package"
npm pack --silent --offline --pack-destination ..
cd ..
sha256sum sceau-verifier-*.tgz
