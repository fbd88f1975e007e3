// Papers of several codes and packs that follow one another, judged through the package.
// usage: node papers.mjs PACKAGE FOLDER_OF_PAPERS (that the example `papers` makes)

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

const [home, papers] = process.argv.slice(2);
const { loadVerifier } = await import(pathToFileURL(resolve(home, 'index.js')));
const verifier = await loadVerifier(readFileSync(join(home, 'wasm/verifier.wasm')));
const pack = (name) => new Uint8Array(readFileSync(join(papers, `${name}.sceau`)));
const paper = (name) => readFileSync(join(papers, `${name}.txt`), 'utf8');

const NOW = 1784044800;
const STRANGER = 'https://example.org/ministry?id=7';
const [FIRST, SECOND] = ['sheet-1', 'sheet-2'].map(paper);

function load(...names) {
  verifier.clearPacks();
  for (const name of names) assert.equal(verifier.loadPack(pack(name), null, NOW).loaded, true, name);
}

const outcome = (texts) => {
  const { exit_status: whole, exit_statuses: each, reports } = verifier.story(texts, NOW);
  return [whole, each, reports.map(({ reason }) => reason)];
};

test('each code has its exit status, and the paper that of the worst', () => {
  load('papers');
  assert.deepEqual(outcome([paper('genuine')]), [0, [0], ['genuine']]);
  assert.deepEqual(outcome([paper('not-admitted')]), [1, [1], ['states-not-admitted']]);
  assert.deepEqual(outcome([paper('otherwise')]), [2, [2], ['states-otherwise']]);
  assert.deepEqual(outcome([paper('past')]), [1, [1], ['past-validity']]);
  assert.deepEqual(outcome([paper('valid')]), [0, [0], ['genuine']]);
  assert.deepEqual(outcome([paper('genuine'), paper('otherwise'), paper('past')]), [1, [0, 2, 1], ['genuine', 'states-otherwise', 'past-validity']]);
  assert.deepEqual(outcome([]), [2, [], []]);
});

test('a foreign code does not count beside a document that is shown, and counts without one', () => {
  load('papers');
  assert.deepEqual(outcome([STRANGER, paper('genuine')]), [0, [null, 0], ['foreign-code', 'genuine']]);
  assert.deepEqual(outcome([STRANGER, paper('not-admitted')]), [1, [null, 1], ['foreign-code', 'states-not-admitted']]);
  assert.deepEqual(outcome([STRANGER]), [2, [2], ['foreign-code']]);
  const altered = paper('genuine').replace(/.{3}$/, (end) => (end === '000' ? '100' : '000'));
  const [whole, each] = outcome([STRANGER, altered]);
  assert.deepEqual([whole === 0, each[0]], [false, 2]);
});

test('sheets count as genuine only together', () => {
  load('papers');
  assert.deepEqual(outcome([FIRST]), [2, [2], ['one-sheet']]);
  assert.deepEqual(outcome([FIRST, FIRST]), [2, [2, 2], ['one-sheet', 'one-sheet']]);
  assert.deepEqual(outcome([SECOND, STRANGER, FIRST]), [0, [0, null, 0], ['one-sheet', 'foreign-code', 'one-sheet']]);
});

test('under a refused pack each code has the fault of the pack', () => {
  load('papers');
  const refused = verifier.loadPack(pack('papers').subarray(1));
  assert.deepEqual([refused.loaded, refused.reason, refused.cause], [false, 'pack-malformed', { object: 'the pack', rule: 'CBR-8', byte: 1 }]);
  assert.deepEqual(outcome([paper('genuine'), STRANGER]), [2, [2, 2], ['pack-malformed', 'pack-malformed']]);
  const { loaded, ...fault } = refused;
  assert.deepEqual(verifier.verify(paper('genuine'), NOW), fault);
});

test('a withdrawal that a later pack has forgotten is in the bytes to keep', () => {
  load('papers');
  const held = pack('papers');
  const answer = verifier.updatePack(pack('papers-forgetful'), held, NOW);
  assert.deepEqual([answer.loaded, answer.list_version], [true, 2]);
  assert.equal(verifier.verify(paper('withdrawn'), NOW).reason, 'withdrawn');
  const reasons = [pack('papers-forgetful'), answer.bytes].map((bytes) => {
    verifier.clearPacks();
    verifier.loadPack(bytes, null, NOW);
    return verifier.verify(paper('withdrawn'), NOW).reason;
  });
  assert.deepEqual(reasons, ['past-validity', 'withdrawn']);
  assert.deepEqual(verifier.updatePack(answer.bytes, held, NOW).bytes, answer.bytes);
});

test('a pack dated ahead of the clock is taken neither first nor in the place of another', () => {
  load('papers');
  const ahead = verifier.updatePack(pack('papers-ahead'), pack('papers'), NOW);
  const cause = { object: 'status list XX-EXEMPLE/1', rule: null, byte: null };
  assert.deepEqual([ahead.loaded, ahead.reason, ahead.cause], [false, 'status-ahead', cause]);
  assert.equal(verifier.verify(paper('genuine'), NOW).reason, 'genuine', 'a refused update changes nothing');
  const first = verifier.loadPack(pack('papers-ahead'), null, NOW);
  assert.deepEqual([first.loaded, first.reason, first.cause], [false, 'status-ahead', cause]);
  assert.equal(verifier.verify(paper('genuine'), NOW).reason, 'status-ahead');
  verifier.clearPacks();
  assert.equal(verifier.loadPack(pack('papers-ahead')).loaded, true, 'where no time is given');
  assert.equal(verifier.verify(paper('genuine'), NOW).reason, 'status-unknown', 'its list counts for nothing all the same');
});
