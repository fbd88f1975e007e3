// Reads all cases from the disk, for cases.mjs. usage: bundle(FILE_OF_WYCHEPROOF_CASES)

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';

const ROOM = new URL('../../test-vectors/', import.meta.url);
const WYCHEPROOF_CASES = 151;
// auditors' objects: the module does not take minutes
const LEFT_OUT = /^(lines|minutes)(_|\.)/;

export function bundle(wycheproofFile) {
  const wycheproof = readFileSync(wycheproofFile, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
  assert.equal(new Set(wycheproof.map(({ id }) => id)).size, WYCHEPROOF_CASES, 'cases of Wycheproof');
  const vectors = folder('vectors', (name) => name.endsWith('.txt'));
  const objects = folder('objects', (name) => name.endsWith('.txt') && !LEFT_OUT.test(name) && !/^proof/.test(name));
  for (const files of [vectors, objects]) assert.notEqual(Object.keys(files).length, 0, 'there is no case');
  return { vectors, objects, side: folder('side', () => true), wycheproof };
}

function folder(name, wanted) {
  const place = new URL(`${name}/`, ROOM);
  const names = readdirSync(place).filter(wanted).sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(new URL(name, place)).toString('base64')]));
}
