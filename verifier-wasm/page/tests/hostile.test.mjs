// Whatever stands in a field of a document becomes text, and nothing else.

import assert from 'node:assert/strict';
import test from 'node:test';

import { bundle } from '../bundle.mjs';
import { HOSTED, LANGUAGES, browse, open, serve, side, vector } from './browser.mjs';

const MARKUP = ['<img src=x onerror=alert(1)>', '<script>alert(1)</script>', '"><svg onload=alert(1)>', '<iframe src="https://example.org">', '</dd><h1>GENUINE</h1>',
  'javascript:alert(1)', '{{7*7}}', '${alert(1)}', '{name}', '&lt;b&gt;', '<style>*{display:none}</style>', '<a href="https://example.org">click</a>', '<!--', ']]>',
  '<base href="https://example.org">', '<form action="https://example.org"><button>x', '<meta http-equiv=refresh content=0>', '<object data=x>', '\' onclick=alert(1) \'', '__proto__'];
const TURNS = ['', '\u202eGENUINE', '\u2066', '\u2069\u2069', '\u0000', '\u200b', '\ufeff', 'سلمى', '\ud800', '🙂', '\r\n', 'e\u0301\u0301\u0301', 'a'.repeat(120), '\u0640'.repeat(100), '\t', ' ',
  'constructor', 'toString', 'hasOwnProperty', '%00', '\\u003c', '-1', '1e999', 'NaN', '2026-99-99'];
const HOSTILE = MARKUP.flatMap((markup) => TURNS.map((turn) => markup + turn));

test('500 hostile strings in every field make no node but text', async () => {
  assert.equal(HOSTILE.length, 500);
  const { context, close } = await browse();
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
  await close();
});

// runs in the page
function renderAll(hostile) {
  const report = (text) => ({
    verdict: 'genuine', reason: 'genuine', words: text, status: 'in-force', status_as_of: '2026-07-14T00:00:00Z', register: 'listed',
    issuer: { id: text, names: { en: text, fr: text }, country: text, root: text, list_owner: text, list_version: text, list_issued: '2026-07-14T00:00:00Z' },
    document: {
      serial: text, sealed_at: '2026-07-14T00:00:00Z', digest: text, kind: 'transcript', languages: [text, 'ar'], holder: [text, text], birth: '2008-03-14', birth_place: [text, text],
      identity: { form: 'masked', tail: text }, number: text, title: [text, text], series: [text, text], session: text, honours: text, authority: [text, text], centre: text,
      results: { maximum: text, mean: text, subjects: [{ name: [text, text], code: text, coefficient: 2, credits: 1.5, mark: text }] },
      edition: { form: 'correction', number: 2, replaces: text, decision: text }, archive: { year: 1997, grade: 2 },
    },
  });
  const record = (text) => ({ ...report(text), document: undefined, legalisation: { capacity: text, act_number: text, place: text, date: text, purpose: text, document_serial: text, languages: [] } });
  const render = (text) => {
    const source = { label: () => text };
    const story = { report: report(text), source, records: [{ report: record(text), source, relation: 'same-document' }], answer: 'differs' };
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

test('a signed document that holds odd characters is shown as text in every language', async () => {
  const server = await serve(HOSTED, { 'trust.sceau': side('base.sceau') });
  const { context, close } = await browse();
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
  await close();
  await server.stop();
});
