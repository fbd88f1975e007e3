// Prints the least time of a verdict in WebAssembly and how many times that of native code it is. Asserts nothing: times depend
// on the machine. usage: node speed.mjs PACKAGE NATIVE_MICROSECONDS

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [home, native] = process.argv.slice(2);
const { loadVerifier } = await import(pathToFileURL(resolve(home, 'index.js')));
const file = (name) => readFileSync(join(home, name));
const verifier = await loadVerifier(file('wasm/verifier.wasm'));
verifier.loadPack(file('sample/sample.sceau'));
const text = file('sample/genuine.txt').toString().trimEnd();
const times = Array.from({ length: 2000 }, () => {
  const start = performance.now();
  verifier.verify(text, 1784044800);
  return (performance.now() - start) * 1000;
});
const least = Math.min(...times);
console.log(`a verdict: ${least.toFixed(0)} us in Node, ${native} us native, ${(least / native).toFixed(2)} times`);
