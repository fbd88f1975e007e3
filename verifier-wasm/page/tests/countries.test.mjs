// Papers of many countries, sealed by the issuer from lists: the page shows every line of each, tables row by row.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import test, { after, before } from 'node:test';

import { HOSTED, TARGET, browse, check, open, reason, serve } from './browser.mjs';

const FOLDER = `${TARGET}verifier-wasm/countries/`;
const PICTURES = `${TARGET}page/countries/`;
const texts = readdirSync(FOLDER).filter((name) => name.endsWith('.txt')).sort();
const kinds = [...new Set(texts.map((name) => name.replace(/-\d+\.txt$/, '')))];
const files = {};
let server;

before(async () => {
  mkdirSync(PICTURES, { recursive: true });
  server = await serve(HOSTED, files);
});

after(() => server.stop());

/** All texts that a value of the report has, in its order. */
function said(value) {
  if (value === null || typeof value === 'boolean') return [];
  if (typeof value === 'string') return [value];
  return Object.values(value).flatMap(said);
}

/** What is not shown as it stands: codes, dates and digests, which the page writes in words. */
const WRITTEN = ['serial', 'digest', 'kind', 'languages', 'birth', 'awarded', 'valid_until', 'identity', 'edition', 'minutes', 'archive', 'results', 'decision'];

const plain = (text) => text.replace(/[\u2066-\u2069]/g, '').replace(/\s+/g, ' ');

for (const kind of kinds) {
  test(`${kind}: every line is on the page`, async (t) => {
    files['trust.sceau'] = readFileSync(`${FOLDER}${kind}.sceau`);
    const browser = await browse(); // of its own: a page keeps the pack that it had
    t.after(browser.close);
    const page = await open(browser.context, server.address);
    for (const name of texts.filter((text) => text.replace(/-\d+\.txt$/, '') === kind)) {
      const { reason: expected, document: stated } = JSON.parse(readFileSync(`${FOLDER}${name.replace('.txt', '.json')}`, 'utf8'));
      await check(page, readFileSync(`${FOLDER}${name}`, 'utf8'));
      assert.equal(await reason(page), expected, name);
      await page.evaluate(() => { for (const details of document.querySelectorAll('#stories details')) details.open = true; });
      const shown = plain(await page.innerText('#stories'));
      const lines = Object.entries(stated).filter(([member]) => !WRITTEN.includes(member)).flatMap(([, value]) => said(value));
      for (const line of [...lines, ...said(stated.decision?.words ?? null)]) assert.ok(shown.includes(plain(line)), `${name}: ${line}`);
      const rows = await page.evaluate(() => [...document.querySelectorAll('.from-paper tbody tr')].map((row) => row.textContent));
      const table = stated.results?.rows ?? [];
      assert.equal(rows.length, table.length, `${name}: rows`);
      table.forEach((row, at) => {
        let place = 0;
        for (const text of [row.name, ...row.cells].flatMap(said)) {
          const found = plain(rows[at]).indexOf(plain(text), place);
          assert.ok(found >= 0, `${name}: ${text} in its place in row ${at + 1}: ${rows[at]}`);
          place = found + plain(text).length;
        }
      });
    }
    await page.setViewportSize({ width: 320, height: 800 });
    await page.screenshot({ path: `${PICTURES}${kind}.png`, fullPage: true, timeout: 15000 }).catch(() => {}); // for people; a picture that stalls proves nothing
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320, 'nothing sticks out');
    assert.deepEqual(page.faults, []);
  });
}
