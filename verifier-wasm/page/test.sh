#!/bin/sh
# Builds the page in both forms and proves it in Chromium. Screenshots to look at: target/page/screens.
set -eu
cd "$(dirname "$0")/../.."
mkdir -p "${CARGO_TARGET_DIR:-target}"
target=$(cd "${CARGO_TARGET_DIR:-target}" && pwd)
export CARGO_TARGET_DIR="$target"
page=verifier-wasm/page

[ -f "$target/verifier-wasm/verifier.wasm" ] && [ -f "$target/verifier-wasm/reader.wasm" ] || sh verifier-wasm/build.sh --shipped
# not `npm ci`: the lock leaves out the optional drawing library that pdf.js has for Node.js
(cd $page && npm install --no-save --silent --ignore-scripts --omit=optional --no-audit --no-fund)
rm -rf "$target/page-demo"
cargo test --quiet --locked --workspace --no-run
"$target/debug/issuer" demo --out "$target/page-demo" >/dev/null
"$target/debug/examples/papers" "$target/page-papers"
[ -d "$target/verifier-wasm/countries" ] || SCEAU_PAPERS="$target/verifier-wasm/countries" cargo test --quiet --locked -p issuer-cli --test papers >/dev/null
node $page/build.mjs --pack "$target/page-demo/trust.sceau" --pdf $page/node_modules/pdfjs-dist/legacy/build
node --test --test-force-exit --test-reporter=spec $page/tests/*.test.mjs
