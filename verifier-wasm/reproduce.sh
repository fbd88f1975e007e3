#!/bin/sh
# Makes the npm package a second time, from a copy of the sources in another folder, and compares it byte for byte with the
# one in target/npm.
set -eu
cd "$(dirname "$0")/.."
target_dir=$(cd "${CARGO_TARGET_DIR:-target}" && pwd)

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "$copy"
CARGO_TARGET_DIR=$copy/other-target sh "$copy/verifier-wasm/package.sh"
cmp "$target_dir"/npm/sceau-verifier-*.tgz "$copy"/other-target/npm/sceau-verifier-*.tgz
echo 'two builds in two folders gave the same bytes'
