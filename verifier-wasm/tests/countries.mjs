// Papers of many countries, sealed by the issuer from lists: the package and the command line say of each what the library says.
// usage: node countries.mjs PACKAGE FOLDER_OF_PAPERS VERIFIER (the folder that the issuer's test `papers` exports)

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

const [home, folder, program] = process.argv.slice(2);
const { loadVerifier } = await import(pathToFileURL(resolve(home, 'index.js')));
const texts = readdirSync(folder).filter((name) => name.endsWith('.txt')).sort();
const kinds = new Set(texts.map((name) => name.replace(/-\d+\.txt$/, '')));
const read = (name) => readFileSync(join(folder, name));
const now = Math.floor(Date.now() / 1000);

test('there are twenty kinds of paper', () => assert.ok(kinds.size >= 20, [...kinds].join(' ')));

for (const kind of kinds) {
  test(`${kind}: every line is in its place in the package and on the command line`, async () => {
    const verifier = await loadVerifier(readFileSync(join(home, 'wasm/verifier.wasm')));
    verifier.loadPack(new Uint8Array(read(`${kind}.sceau`)), null);
    for (const name of texts.filter((text) => text.replace(/-\d+\.txt$/, '') === kind)) {
      const expected = JSON.parse(read(name.replace('.txt', '.json')));
      const { legalisation, ...report } = verifier.verify(read(name).toString(), now);
      assert.equal(legalisation ?? null, null, name);
      for (const member of Object.keys(expected)) assert.deepEqual(report[member], expected[member], `${name}: ${member}`);
      const pack = join(folder, `${kind}.sceau`);
      const { stdout } = spawnSync(program, ['verify', '--json', '--trust', pack, '-'], { input: read(name) });
      const said = JSON.parse(stdout.toString().trim().split('\n')[0]);
      for (const member of ['reason', 'status', 'register', 'document']) assert.deepEqual(said[member], expected[member], `${name}: ${member}`);
    }
  });
}
