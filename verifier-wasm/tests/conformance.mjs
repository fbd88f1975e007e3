// Runs every vector and all Wycheproof Ed25519 cases through the module.
// usage: node conformance.mjs MODULE MODULE_WITH_CONFORMANCE CASES

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';

import { Module } from './module.mjs';

const VECTORS = new URL('../../test-vectors/vectors/', import.meta.url);
const SIDE = new URL('../../test-vectors/side/', import.meta.url);
const HEADERS = ['expect', 'spec', 'now', 'pack', 'root', 'encoding', 'comment', 'effect', 'status', 'register'];
const EXPORTS = ['memory', 'alloc', 'dealloc', 'load_pack', 'clear_packs', 'verify'];
// SPEC section 10; every other reason is undetermined and shows nothing
const GENUINE = ['genuine', 'status-old', 'status-unknown', 'withdrawn', 'suspended', 'replaced'];
const NOT_GENUINE = ['signature-invalid', 'outside-scope'];
const WYCHEPROOF_CASES = 151;

const [shipped, conformance, cases] = process.argv.slice(2);
const counts = { passed: 0, failed: 0 };

checkVectors(compile(shipped, EXPORTS));
checkSignatures(compile(conformance, [...EXPORTS, 'signature_holds']));
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed === 0 ? 0 : 1;

// the module can reach nothing, and offers what the documentation says
function compile(path, exports) {
  const module = new WebAssembly.Module(readFileSync(path));
  check(`${path}: imports`, () => assert.deepEqual(WebAssembly.Module.imports(module), []));
  check(`${path}: exports`, () => {
    const functions = WebAssembly.Module.exports(module).filter(({ kind }) => kind !== 'global');
    assert.deepEqual(functions.map(({ name }) => name).sort(), [...exports].sort());
  });
  return module;
}

function checkVectors(module) {
  const names = readdirSync(VECTORS).filter((name) => name.endsWith('.txt')).sort();
  check('vectors', () => assert.notEqual(names.length, 0, 'there is no vector'));
  let instance = new Module(module);
  for (const name of names) {
    const agrees = check(name, () => judge(instance, readVector(readFileSync(new URL(name, VECTORS)))));
    if (!agrees) instance = new Module(module); // it may have trapped
  }
}

function judge(instance, { header, artefact }) {
  instance.clearPacks();
  const packs = header.pack === 'none' ? [] : header.pack.split(',').map((name) => name.trim());
  const root = header.root && fromHex(header.root);
  for (const pack of packs) instance.loadPack(readFileSync(new URL(pack, SIDE)), root);
  const report = instance.verify(artefact, BigInt(header.now));
  const expected = header.expect;
  const verdict = GENUINE.includes(expected) ? 'genuine' : NOT_GENUINE.includes(expected) ? 'not-genuine' : 'undetermined';
  const shown = GENUINE.includes(expected) || expected === 'specimen';
  assert.equal(report.reason, expected);
  assert.equal(report.verdict, verdict);
  assert.equal(report.document !== null, shown, 'document shown');
  if (header.status) assert.equal(report.status, header.status);
  if (header.register) assert.equal(report.register, header.register);
}

// the text stays bytes: it may hold any line ending
function readVector(file) {
  const end = file.indexOf('\n\n');
  assert.notEqual(end, -1, 'no empty line after the header');
  const header = {};
  for (const line of file.toString('utf8', 0, end).split('\n')) {
    const [, name, value] = /^([a-z]+):(.*)$/.exec(line) ?? [];
    assert(HEADERS.includes(name) && !(name in header), `header line ${line}`);
    header[name] = value.trim();
  }
  const text = file.subarray(end + 2, file.at(-1) === 0x0a ? -1 : undefined);
  assert([undefined, 'hex'].includes(header.encoding), `encoding ${header.encoding}`);
  return { header, artefact: header.encoding ? fromHex(text.toString('latin1')) : text };
}

function checkSignatures(module) {
  const lines = readFileSync(cases, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
  check('wycheproof', () => assert.equal(new Set(lines.map(({ id }) => id)).size, WYCHEPROOF_CASES, 'number of cases'));
  let instance = new Module(module);
  for (const { id, key, message, signature, holds } of lines) {
    const agrees = check(`wycheproof ${id}`, () => {
      assert.equal(instance.signatureHolds(...[key, message, signature].map(fromHex)), holds ? 1 : 0);
    });
    if (!agrees) instance = new Module(module);
  }
}

function fromHex(text) {
  assert.match(text, /^([0-9a-f]{2})*$/, 'hexadecimal');
  return Buffer.from(text, 'hex');
}

function check(name, test) {
  try {
    test();
    counts.passed += 1;
    return true;
  } catch (error) {
    counts.failed += 1;
    console.log(`${name}: ${error.message.replaceAll('\n', ' ')}`);
    return false;
  }
}
