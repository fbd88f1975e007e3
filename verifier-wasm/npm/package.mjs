// Puts the package together: sources, modules, sample, and the variant for a plain <script>.
// usage: node package.mjs FOLDER_OF_MODULES FOLDER_TO_MAKE

import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

import { modules as languages } from './languages.mjs';

const ROOM = new URL('../../', import.meta.url);
const CLASSIC = ['memory.js', 'verifier.js', 'reader.js', 'codes.js', 'element.js'];
const SOURCES = [
  ...CLASSIC, 'index.js', 'index.d.ts', 'codes.d.ts', 'element.d.ts', 'package.json', 'README.md',
];
// each sample is the text of a vector; all of them are judged by the same pack
const SAMPLES = { genuine: 'verdict_list_fresh', altered: 'signature_altered_name', unknown: 'signature_unknown_key' };

const [modules, made] = process.argv.slice(2);
rmSync(made, { recursive: true, force: true });
for (const folder of ['', 'wasm', 'sample', 'languages']) mkdirSync(`${made}/${folder}`, { recursive: true });
for (const name of SOURCES) copy(new URL(name, import.meta.url), name);
for (const name of ['LICENSE', 'LICENSE-APACHE', 'LICENSE-MIT']) copy(new URL(name, ROOM), name);
for (const name of ['verifier.wasm', 'reader.wasm']) copy(`${modules}/${name}`, `wasm/${name}`);
copy(new URL('test-vectors/side/base.sceau', ROOM), 'sample/sample.sceau');
for (const [name, vector] of Object.entries(SAMPLES)) write(`sample/${name}.txt`, artefact(vector));
for (const [name, module] of languages()) write(name, module);
write('classic.js', classic());

function copy(from, name) {
  write(name, readFileSync(from));
}

// the archive keeps modes, which must not depend on the machine
function write(name, contents) {
  writeFileSync(`${made}/${name}`, contents);
  chmodSync(`${made}/${name}`, 0o644);
}

function artefact(name) {
  const file = readFileSync(new URL(`test-vectors/vectors/${name}.txt`, ROOM), 'utf8');
  return file.slice(file.indexOf('\n\n') + 2);
}

// the same files in one function: without imports and exports, which a classic script does not have
function classic() {
  const bodies = CLASSIC.map((name) => readFileSync(new URL(name, import.meta.url), 'utf8'));
  const body = bodies.join('\n').replace(/^import .*\n/gm, '').replace(/^export /gm, '');
  return `(() => {\n'use strict';\n${body}\nglobalThis.Sceau = { loadVerifier, loadReader, SceauVerifier, reasons };\n})();\n`;
}
