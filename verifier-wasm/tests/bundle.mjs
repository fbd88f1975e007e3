// Reads all cases from the disk, for cases.mjs. usage: bundle(FILE_OF_WYCHEPROOF_CASES)

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';

const ROOM = new URL('../../test-vectors/', import.meta.url);
const WYCHEPROOF_CASES = 151;

export function bundle(wycheproofFile) {
  const wycheproof = readFileSync(wycheproofFile, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
  assert.equal(new Set(wycheproof.map(({ id }) => id)).size, WYCHEPROOF_CASES, 'cases of Wycheproof');
  return { vectors: folder('vectors'), objects: folder('objects'), side: folder('side'), wycheproof, golden: golden() };
}

function golden() {
  const text = (name) => readFileSync(new URL(`golden/${name}`, ROOM), 'utf8').replace(/\n$/, '').split('\n');
  const texts = Object.fromEntries(['benin', 'haiti', 'morocco'].map((country) => [country, text(`${country}.txt`)]));
  return { answers: text('answers.tsv').slice(1), texts, packs: folder('golden/packs') };
}

/** The files of a folder of `test-vectors`, by name, in base64. */
export function folder(name) {
  const place = new URL(`${name}/`, ROOM);
  const names = readdirSync(place).sort();
  assert.notEqual(names.length, 0, `${name} is empty`);
  return Object.fromEntries(names.map((name) => [name, readFileSync(new URL(name, place)).toString('base64')]));
}
