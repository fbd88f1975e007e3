// The catalogue has every outcome of SPEC section 10 and every text of the page, in every language.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';

import { LANGUAGES, ROOT } from './browser.mjs';

const PAGE = new URL('verifier-wasm/page/', ROOT);
const read = (name) => readFileSync(new URL(name, PAGE), 'utf8');
const catalogue = JSON.parse(read('src/catalogue.json'));
const sources = readdirSync(new URL('src/', PAGE)).filter((name) => name.endsWith('.js')).map((name) => read(`src/${name}`));
const html = read('index.html');

/** Rows of both tables, judgements and faults of packs: codes, verdict, exit status, whether the document is shown. */
const tabled = readFileSync(new URL('SPEC.md', ROOT), 'utf8').split('## 10. Outcomes')[1].split('## 11.')[0]
  .split('\n').filter((line) => line.startsWith('| `'))
  .flatMap((line) => {
    const cells = line.split('|').slice(1, -1).map((cell) => cell.trim());
    const [codes, verdict, exit, shown] = cells.length > 2 ? cells : [cells[0], 'undetermined', '2', 'no'];
    return [...codes.matchAll(/`([a-z-]+)`/g)].map(([, code]) => ({ code, verdict, exit, shown }));
  });
/** Trouble of the page itself, which SPEC names below the tables. */
const troubles = ['no-code', 'input-unreadable'].map((code) => ({ code, verdict: 'undetermined', exit: '2', shown: 'no' }));
const outcomes = [...tabled, ...troubles];
const row = (code) => catalogue.reasons[catalogue.reasons[code].same_as || code];

test('every outcome of SPEC has words, and nothing else has', () => {
  assert.ok(outcomes.length > 30);
  assert.deepEqual(Object.keys(catalogue.reasons).sort(), outcomes.map(({ code }) => code).sort());
});

test('every string is there in every language', () => {
  assert.deepEqual(catalogue.languages, LANGUAGES);
  assert.deepEqual(Object.keys(catalogue.locales), LANGUAGES);
  const all = [...Object.entries(catalogue.texts), ...Object.entries(catalogue.headlines)];
  for (const { code } of outcomes) all.push([`${code} words`, row(code).words], [`${code} next`, row(code).next]);
  for (const [name, strings] of all) {
    assert.equal(strings.length, LANGUAGES.length, name);
    for (const string of strings) assert.ok(string.trim().length > 0, name);
    const places = strings.map((string) => (string.match(/\{\w+\}/g) || []).sort().join());
    assert.equal(new Set(places).size, 1, `${name}: the same places for values in every language`);
  }
});

test('a headline says genuine only of a verdict that is, and not genuine only of one that is not', () => {
  for (const { code, verdict, shown } of outcomes) {
    const { headline } = row(code);
    if (verdict === 'genuine') {
      assert.deepEqual([headline, shown], [code, 'yes']);
    } else {
      assert.equal(headline, verdict === 'not-genuine' ? 'not-genuine' : code === 'specimen' ? 'specimen' : 'undetermined', code);
    }
  }
});

test('a headline is never the same for two kinds of outcome', () => {
  for (const [at, language] of LANGUAGES.entries()) {
    const said = Object.values(catalogue.headlines).map((strings) => strings[at]);
    assert.equal(new Set(said).size, said.length, language);
  }
});

test('whoever was not admitted reads so in the headline, in every language', () => {
  for (const at of LANGUAGES.keys()) {
    const [headline, added, field] = [catalogue.headlines['states-not-admitted'], catalogue.texts.not_admitted, catalogue.texts['decision.not-admitted']];
    assert.ok(headline[at].startsWith(added[at]), LANGUAGES[at]);
    assert.equal(field[at], added[at]);
  }
});

test('every text that the page names is in the catalogue, and every text of the catalogue is named', () => {
  const all = sources.join('\n') + html;
  const named = new Set([...all.matchAll(/(?:words\(|data-(?:text|label)=)["']([a-z_.]+)["']/g)].map(([, id]) => id));
  for (const id of named) assert.ok(id in catalogue.texts, id);
  const families = [...all.matchAll(/words\(`([a-z_]+\.)(?:[a-z]+\.)?\$\{/g)].map(([, start]) => start);
  for (const id of Object.keys(catalogue.texts)) {
    const known = named.has(id) || families.some((start) => id.startsWith(start)) || all.includes(`'${id}'`);
    assert.ok(known, `${id} is never used`);
  }
});

test('no source makes markup from text or asks anybody but its own address', () => {
  for (const source of [...sources, read('sw.js'), html]) {
    assert.doesNotMatch(source, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser|createContextualFragment|srcdoc/);
    assert.doesNotMatch(source, /XMLHttpRequest|sendBeacon|WebSocket|EventSource|RTCPeerConnection|\son[a-z]+=/);
    const addresses = [...source.matchAll(/https?:\/\/[a-z.]+/g)].map(([address]) => address);
    for (const address of addresses) assert.ok(['https://sceau.invalid', 'http://www.w'].some((known) => address.startsWith(known)), address);
  }
});
