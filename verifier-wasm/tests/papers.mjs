// Papers of several codes and packs of one line, judged through the package.
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

const reasonUnder = (bytes, root) => {
  verifier.clearPacks();
  assert.equal(verifier.loadPack(bytes, root, NOW).loaded, true);
  return verifier.verify(paper('genuine'), NOW).reason;
};
const told = ({ loaded, place, list_version: version }) => [loaded, place, version];

test('a withdrawal that a later pack has forgotten is in the bytes to keep', () => {
  load('papers');
  const held = pack('papers');
  const answer = verifier.updatePack(pack('papers-forgetful'), held, NOW);
  assert.deepEqual(told(answer), [true, 'newest', 2]);
  assert.equal(verifier.verify(paper('withdrawn'), NOW).reason, 'withdrawn');
  const reasons = [pack('papers-forgetful'), answer.bytes].map((bytes) => {
    verifier.clearPacks();
    verifier.loadPack(bytes, null, NOW);
    return verifier.verify(paper('withdrawn'), NOW).reason;
  });
  assert.deepEqual(reasons, ['past-validity', 'withdrawn']);
  assert.deepEqual(verifier.updatePack(answer.bytes, held, NOW).bytes, answer.bytes);
});

test('an older pack adds what it brings and takes nothing away', () => {
  load('papers-forgetful');
  assert.equal(verifier.verify(paper('withdrawn'), NOW).reason, 'past-validity');
  const answer = verifier.updatePack(pack('papers'), pack('papers-forgetful'), NOW);
  assert.deepEqual(told(answer), [true, 'older', 2]);
  assert.equal(verifier.verify(paper('withdrawn'), NOW).reason, 'withdrawn');
  const other = verifier.updatePack(pack('papers-forgetful'), pack('papers'), NOW);
  assert.deepEqual(other.bytes, answer.bytes, 'the same in every order');
});

test('lists that contradict each other are kept as such', () => {
  load('papers-forgetful');
  const answer = verifier.updatePack(pack('papers-beside'), pack('papers-forgetful'), NOW);
  assert.deepEqual(told(answer), [true, 'conflict', 3]);
  const { verdict, reason, issuer } = verifier.verify(paper('genuine'), NOW);
  assert.deepEqual([verdict, reason, issuer], ['undetermined', 'trust-conflict', null]);
  assert.equal(reasonUnder(answer.bytes, answer.root), 'trust-conflict');
  assert.equal(verifier.loadPack(answer.bytes, answer.root, NOW).place, 'conflict');
  const older = verifier.updatePack(pack('papers'), answer.bytes, NOW, answer.root);
  assert.equal(older.place, 'conflict', 'an older list settles nothing');
});

test('of a conflict between old and new roots neither side wins by being kept', () => {
  load('papers');
  const { root } = verifier.loadPack(pack('papers'));
  const beside = verifier.updatePack(pack('papers-beside'), pack('papers'), NOW);
  const conflict = verifier.updatePack(pack('papers-rotation'), beside.bytes, NOW, beside.root);
  assert.deepEqual([...told(conflict), conflict.root], [true, 'conflict', 3, root]);
  assert.equal(reasonUnder(conflict.bytes, root), 'trust-conflict');
  assert.equal(verifier.updatePack(pack('papers-rotation'), conflict.bytes, NOW, root).place, 'conflict');
});

test('whoever has reached new roots is not taken back by the old ones', () => {
  load('papers');
  const rotated = verifier.updatePack(pack('papers-rotation'), pack('papers'), NOW);
  assert.deepEqual(told(rotated), [true, 'newest', 2]);
  assert.equal(verifier.updatePack(pack('papers-beside'), rotated.bytes, NOW, rotated.root).reason, 'trust-foreign-root');
  assert.equal(verifier.loadPack(pack('papers-beside')).loaded, true);
  const { reason, issuer } = verifier.verify(paper('genuine'), NOW);
  assert.deepEqual([reason, issuer.root, issuer.list_version], ['genuine', rotated.root, 2], 'what only old roots have signed adds nothing');
});

test('a list that cannot count and one without the link to it are refused and change nothing', () => {
  load('papers');
  const cases = { 'papers-void': ['trust-void', 'LIN-3'], 'papers-after-rotation': ['trust-link-missing', 'ANC-1'] };
  for (const [name, [reason, rule]] of Object.entries(cases)) {
    const { loaded, cause, ...fault } = verifier.updatePack(pack(name), pack('papers'), NOW);
    assert.deepEqual([loaded, fault.reason, cause], [false, reason, { object: 'the trust list', rule, byte: null }]);
    assert.equal(verifier.verify(paper('genuine'), NOW).reason, 'genuine', name);
  }
  const rotated = verifier.updatePack(pack('papers-rotation'), pack('papers'), NOW);
  assert.deepEqual(told(verifier.updatePack(pack('papers-after-rotation'), rotated.bytes, NOW, rotated.root)), [true, 'newest', 3]);
});

test('a pack dated ahead of the clock is taken neither first nor beside another', () => {
  load('papers');
  const ahead = verifier.updatePack(pack('papers-ahead'), pack('papers'), NOW);
  const cause = { object: 'status list 1', rule: 'KEP-2', byte: null };
  assert.deepEqual([ahead.loaded, ahead.reason, ahead.cause], [false, 'status-ahead', cause]);
  assert.equal(verifier.verify(paper('genuine'), NOW).reason, 'genuine', 'a refused update changes nothing');
  const first = verifier.loadPack(pack('papers-ahead'), null, NOW);
  assert.deepEqual([first.loaded, first.reason, first.cause], [false, 'status-ahead', cause]);
  assert.equal(verifier.verify(paper('genuine'), NOW).reason, 'status-ahead');
  verifier.clearPacks();
  assert.equal(verifier.loadPack(pack('papers-ahead')).loaded, true, 'where no time is given');
  assert.equal(verifier.verify(paper('genuine'), NOW).reason, 'status-unknown', 'its list counts for nothing all the same');
});
