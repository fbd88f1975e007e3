// Runs every case through the package under Node.
// usage: node conformance.mjs FOLDER_OF_MODULES WYCHEPROOF_CASES

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { bundle } from './bundle.mjs';
import { run } from './cases.mjs';

const EXPORTS = {
  verifier: [
    'alloc', 'clear_packs', 'dealloc', 'kept_pack', 'load_pack', 'longest_pack', 'longest_text', 'memory', 'story',
    'update_pack', 'verify',
  ],
  reader: ['alloc', 'check_picture', 'dealloc', 'memory', 'read_codes'],
};

const [folder, wycheproof] = process.argv.slice(2);
const compile = (name) => new WebAssembly.Module(readFileSync(join(folder, `${name}.wasm`)));

for (const name of Object.keys(EXPORTS)) {
  // the module can reach nothing, and offers what the documentation says
  assert.deepEqual(WebAssembly.Module.imports(compile(name)), [], `imports of ${name}`);
  const offered = WebAssembly.Module.exports(compile(name)).filter(({ kind }) => kind !== 'global');
  assert.deepEqual(offered.map(({ name }) => name).sort(), EXPORTS[name], `exports of ${name}`);
}
const { passed, faults } = await run(bundle(wycheproof), compile('verifier'), compile('conformance'));
faults.forEach((fault) => console.log(fault));
console.log(`Node: ${passed} passed, ${faults.length} failed`);
process.exitCode = faults.length === 0 ? 0 : 1;
