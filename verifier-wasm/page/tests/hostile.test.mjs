// Whatever stands in a field of a document becomes text, and nothing else.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import test from 'node:test';

import { bundle } from '../bundle.mjs';
import { HOSTED, LANGUAGES, TARGET, browse, check, open, serve, side, vector } from './browser.mjs';

const MARKUP = ['<img src=x onerror=alert(1)>', '<script>alert(1)</script>', '"><svg onload=alert(1)>', '<iframe src="https://example.org">', '</dd><h1>GENUINE</h1>',
  'javascript:alert(1)', '{{7*7}}', '${alert(1)}', '{name}', '&lt;b&gt;', '<style>*{display:none}</style>', '<a href="https://example.org">click</a>', '<!--', ']]>',
  '<base href="https://example.org">', '<form action="https://example.org"><button>x', '<meta http-equiv=refresh content=0>', '<object data=x>', '\' onclick=alert(1) \'', '__proto__'];
const TURNS = ['', '\u202eGENUINE', '\u2066', '\u2069\u2069', '\u0000', '\u200b', '\ufeff', 'سلمى', '\ud800', '🙂', '\r\n', 'e\u0301\u0301\u0301', 'a'.repeat(240), '\u0640'.repeat(100), '\t', ' ',
  'constructor', 'toString', 'hasOwnProperty', '%00', '\\u003c', '-1', '1e999', 'NaN', '2026-99-99'];
const HOSTILE = MARKUP.flatMap((markup) => TURNS.map((turn) => markup + turn));

test('500 hostile strings in every field make no node but text', async (t) => {
  assert.equal(HOSTILE.length, 500);
  const { context, close } = await browse();
  t.after(close);
  const page = await context.newPage();
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('dialog', () => assert.fail('a script ran'));
  page.on('pageerror', (error) => assert.fail(String(error)));
  await page.setContent('<!doctype html><main></main>');
  await page.evaluate(bundle(new URL('hostile.mjs', import.meta.url)));
  const faults = await page.evaluate(renderAll, HOSTILE);
  assert.deepEqual(faults, []);
  assert.deepEqual(asked.filter((address) => !address.startsWith('about:')), []);
});

// runs in the page
function renderAll(hostile) {
  const lines = (text) => [{ words: [text, text] }, { number: text, maximum: text }].map((value) => ({ name: [text, null], value }));
  const report = (text) => ({
    verdict: 'genuine', reason: 'genuine', words: text, status: 'in-force', status_as_of: '2026-07-14T00:00:00Z', register: 'listed', sealed_after_list: true,
    cause: { rule: text, field: text, byte: 7, object: text },
    issuer: { id: text, names: { en: text, fr: text }, country: text, root: text, list_owner: text, list_version: text, list_issued: '2026-07-14T00:00:00Z' },
    document: {
      serial: text, digest: text, kind: 'transcript', languages: [text, 'ar'], holder: [text, text], birth: '2008-03-14', birth_printed: text, birth_place: [text, text],
      identity: { form: 'masked', tail: text, name: text }, number: text, title: [text, text], series: [text, text], session: text, honours: text, authority: [text, text], centre: text,
      results: {
        mean: { number: text, maximum: text }, summaries: lines(text),
        columns: [{ role: 'other', heading: [text, text], maximum: text }, { role: 'result', heading: null, maximum: text }, { role: 'code', heading: null, maximum: null }],
        rows: [
          { name: text, kind: 'heading', level: 1, cells: [null, null, null] },
          { name: [text, text], kind: 'subject', cells: [{ words: text }, { number: text }, null] },
          { name: text, kind: 'total', cells: [{ words: [null, text] }, null, null] },
        ],
      },
      lines: { person: lines(text), award: lines(text) }, decision: { outcome: 'not-admitted', admitted: false, words: [text, text] }, sheet: { number: 1, of: 2 },
      valid_until_printed: text, awarded_printed: [text, null], minutes: { number: 3, line: 17 },
      edition: { form: 'correction', number: 2, replaces: text, decision: text }, archive: { year: 1997, grade: 2 },
    },
  });
  const record = (text) => ({ ...report(text), document: undefined, legalisation: { capacity: text, act_number: text, place: text, date: text, purpose: text, document_serial: text, languages: [] } });
  const render = (text) => {
    const source = { label: () => text };
    const story = { report: report(text), source, exit: 0, records: [{ report: record(text), source, exit: 0, relation: 'same-document' }], answer: 'differs' };
    return [false, true].map((several) => self.storySection(story, several, 1784044800));
  };
  const shape = (node) => `${node.nodeName}(${[...node.children].map(shape).join()})`;
  const plain = render('plain').map(shape).join();
  const faults = [];
  for (const text of hostile) {
    const sections = render(text);
    document.querySelector('main').replaceChildren(...sections);
    if (sections.map(shape).join() !== plain) faults.push(`another shape: ${text}`);
    if (!sections[0].querySelector('bdi').textContent.includes(text)) faults.push(`not shown: ${text}`);
    const handlers = [...document.querySelectorAll('main *')].flatMap((element) => [...element.attributes]).filter(({ name }) => /^on|^src$/.test(name));
    if (handlers.length > 0) faults.push(`a handler: ${text}`);
  }
  return faults;
}

/** CLM-5, and the forbidden code points of SPEC section 6 that stand in the list above. */
const isForbidden = (text) => /[\u0000-\u001f\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\uffff]/.test(text) || /^ | $/.test(text) || [...text].length > 240;

test('signed hostile strings are shown as text where the format allows them, and refused where not', async (t) => {
  const sealed = signed(['plain', ...HOSTILE]);
  const judged = (forbidden) => sealed.filter(({ text }) => isForbidden(text) === forbidden);
  const [allowed, refused] = [judged(false), judged(true)];
  assert.deepEqual([allowed.length, refused.length].map((count) => count > 200), [true, true]);
  const server = await serve(HOSTED, { 'trust.sceau': side('base.sceau') });
  t.after(server.stop);
  const { context, close } = await browse();
  t.after(close);
  const page = await open(context, server.address, { now: 1784044800 });
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('dialog', () => assert.fail('a script ran'));

  await check(page, ...refused.flatMap(({ codes }) => codes));
  assert.deepEqual(await page.evaluate(reasons), { 'breaks-rules': 3 * refused.length });
  assert.equal(await page.locator('#stories dl:not(.cause dl)').count(), 0, 'nothing but why');

  await page.click('#again');
  await check(page, ...allowed.flatMap(({ codes }) => codes));
  assert.deepEqual(await page.evaluate(reasons), { genuine: 2 * allowed.length, 'status-unknown': allowed.length });
  assert.deepEqual(await page.evaluate(compareAll, allowed.map(({ text }) => text)), []);
  assert.deepEqual([asked, page.faults], [[], []]);
});

/** Documents and records that hold each text in every field, under keys of the vectors. */
function signed(texts) {
  const input = texts.map((text) => Buffer.from(text).toString('hex')).join('\n');
  const lines = execFileSync(`${TARGET}debug/examples/hostile`, { input, encoding: 'utf8', maxBuffer: 1 << 26 }).split('\n');
  return texts.map((text, at) => ({ text: Buffer.from(text).toString(), codes: lines[at].split('\t') }));
}

// runs in the page: how many verdicts there are of each reason
function reasons() {
  const counts = {};
  for (const { dataset } of document.querySelectorAll('#stories .verdict')) counts[dataset.reason] = (counts[dataset.reason] || 0) + 1;
  return counts;
}

// runs in the page: each text makes the nodes that the first makes, and is shown
function compareAll(texts) {
  const shape = (node) => `${node.nodeName}(${[...node.children].map(shape).join()})`;
  const found = [...document.querySelectorAll('#stories > details')];
  const faults = found.length === 2 * texts.length ? [] : [`${found.length} stories`];
  for (const [at, text] of texts.entries()) {
    const stories = found.slice(2 * at, 2 * at + 2);
    if (stories.map(shape).join() !== found.slice(0, 2).map(shape).join()) faults.push(`another shape: ${text}`);
    const shown = stories.map((story) => [...story.querySelectorAll('bdi')].filter(({ textContent }) => textContent === text).length);
    if (shown[0] < 10 || shown[1] < 6) faults.push(`shown ${shown} times: ${text}`);
  }
  for (const element of document.querySelectorAll('#stories *')) {
    for (const { name } of element.attributes) if (/^on|^src$/.test(name)) faults.push(`a handler: ${element.outerHTML}`);
  }
  return faults;
}

test('a signed document that holds odd characters is shown as text in every language', async (t) => {
  const server = await serve(HOSTED, { 'trust.sceau': side('base.sceau') });
  t.after(server.stop);
  const { context, close } = await browse();
  t.after(close);
  for (const language of LANGUAGES) {
    const { text, now } = vector('vectors', 'claims_allowed_emoji');
    const page = await open(context, server.address, { now, language });
    await page.evaluate((typed) => {
      document.getElementById('text').value = typed;
      document.getElementById('text-check').click();
    }, text);
    await page.waitForSelector('[data-reason=genuine]');
    assert.deepEqual(page.faults, []);
    await page.close();
  }
});
