#!/bin/sh
# Builds the modules and the npm package, and proves them: sizes, every vector and every Wycheproof case in Node and in
# Chromium, the package as a stranger uses it. Prints times. Needs what .ci/setup installs.
set -eu
cd "$(dirname "$0")/.."
mkdir -p "${CARGO_TARGET_DIR:-target}"
target_dir=$(cd "${CARGO_TARGET_DIR:-target}" && pwd)
export CARGO_TARGET_DIR="$target_dir"
out=$target_dir/verifier-wasm
package=$target_dir/npm/package

sh verifier-wasm/build.sh
sh verifier-wasm/package.sh --built
cargo test --quiet --locked --workspace --no-run
example=$target_dir/debug/examples
"$example/wycheproof" >"$out/wycheproof.jsonl"
"$example/frame" <"$package/sample/genuine.txt" >"$out/frame.grey"
"$example/frame" </dev/null >"$out/blank.grey"
"$example/papers" "$out/papers"
rm -rf "$out/countries"
SCEAU_PAPERS="$out/countries" cargo test --quiet --locked -p issuer-cli --test papers >/dev/null
sed '1,/^$/d' test-vectors/objects/legalisation_match.txt | "$example/frame" >"$out/record.grey"
sed '1,/^$/d' test-vectors/vectors/verdict_legalised.txt | "$example/frame" >"$out/legalised.grey"

[ -d verifier-wasm/tests/node_modules ] || npm ci --silent --no-audit --no-fund --prefix verifier-wasm/tests
node verifier-wasm/tests/sizes.mjs "$out"
node verifier-wasm/tests/conformance.mjs "$out" "$out/wycheproof.jsonl"
node verifier-wasm/tests/speed.mjs "$package" "$("$example/verdict" "$package/sample/sample.sceau" "$package/sample/genuine.txt" 1784044800)"
node --test-force-exit --test-reporter=spec verifier-wasm/tests/papers.mjs "$package" "$out/papers"
node --test-force-exit --test-reporter=spec verifier-wasm/tests/countries.mjs "$package" "$out/countries" "$target_dir/debug/verifier"
node --test-force-exit --test-reporter=spec verifier-wasm/tests/package.mjs "$target_dir"/npm/sceau-verifier-*.tgz "$out/frame.grey" "$target_dir/npm/use"
node --test-force-exit --test-reporter=spec verifier-wasm/tests/chromium.mjs "$out" "$package" "$out/wycheproof.jsonl"
