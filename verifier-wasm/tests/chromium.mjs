// Runs every case in a worker of a real Chromium, and tries the element and the reader there, under the content policy
// that the README states. usage: node chromium.mjs FOLDER_OF_MODULES PACKAGE WYCHEPROOF_CASES

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright-core';

import { bundle } from './bundle.mjs';

const POLICY = "default-src 'none'; connect-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm' };
const NOW = 1784044800;
const OPTIONS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

const [modules, home, wycheproof] = process.argv.slice(2);
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const PLACES = { package: home, modules, web: here('web'), tests: here('.'), npm: here('../npm'), side: here('../../test-vectors/side') };
const sample = (name) => readFileSync(join(home, `sample/${name}.txt`), 'utf8').trimEnd();
const artefact = (name) => readFileSync(here(`../../test-vectors/${name}.txt`), 'utf8').split('\n\n')[1].trimEnd();
const profile = mkdtempSync(join(tmpdir(), 'sceau-'));
const server = createServer(answer);
const troubles = [];
let context;
let page;

function answer({ url }, response) {
  const [, place, name] = /^\/(\w+)\/(.*)$/.exec(url) ?? [];
  const send = (type, body) => response.writeHead(200, { 'content-type': type, 'content-security-policy': POLICY }).end(body);
  if (url === '/bundle.json') return send('application/json', JSON.stringify(bundle(wycheproof)));
  if (!(place in PLACES) || normalize(name) !== name || !existsSync(join(PLACES[place], name))) return response.writeHead(404).end();
  return send(TYPES[extname(name)] ?? 'application/octet-stream', readFileSync(join(PLACES[place], name)));
}

before(async () => {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  context = await chromium.launchPersistentContext(profile, { executablePath, args: OPTIONS });
  page = await context.newPage();
  page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
  page.on('pageerror', (error) => troubles.push(error.message));
  await page.goto(`http://127.0.0.1:${server.address().port}/web/index.html`);
  await page.waitForFunction(() => globalThis.ready);
});

after(async () => {
  await context?.close();
  server.close();
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
});

/** What the element says: exit status, headline and words of each code. */
const shown = () => page.locator('sceau-verifier [part=result]').evaluateAll((boxes) =>
  boxes.map((box) => [box.dataset.exit, box.querySelector('[part=headline]').textContent, box.querySelector('[part=words]').textContent]));

test('every case ends in a worker as it says', async () => {
  const { passed, faults } = await page.evaluate(() => globalThis.cases());
  console.log(`Chromium: ${passed} passed, ${faults.length} failed`);
  assert.deepEqual(faults, []);
  assert.ok(passed > 1000, `only ${passed} cases`);
});

test('the element shows what it judges as text, and tells the page', async () => {
  const classic = await page.evaluate((now) => globalThis.prepare(now), NOW);
  assert.deepEqual(classic.sort(), ['SceauVerifier', 'loadReader', 'loadVerifier', 'reasons']);
  for (const name of ['genuine', 'altered', 'unknown']) {
    await page.locator('sceau-verifier textarea').fill(sample(name));
    await page.locator('sceau-verifier button').click();
  }
  assert.deepEqual(await page.evaluate(() => globalThis.results), ['genuine', 'signature-invalid', 'unknown-issuer']);
  const said = await page.locator('sceau-verifier [part=result]').innerText();
  assert.match(said, /^unknown-issuer\s+Nobody on the loaded lists sealed this/i);
  assert.equal(await page.locator('sceau-verifier [part=fields]').count(), 0, 'no field of what did not hold');
  await page.evaluate((text) => document.querySelector('sceau-verifier').verify(text), sample('genuine'));
  assert.match((await page.locator('sceau-verifier [part=fields]').allInnerTexts()).join('\n'), /Salma EL MITALI/);
});

test('hostile names in the element make no node but text', async () => {
  const nodes = await page.evaluate(async () => {
    const element = document.querySelector('sceau-verifier');
    const hostile = ['<img src=x onerror=alert(1)>', '<script>alert(1)</script>', '"><svg onload=alert(1)>', '{{7*7}}'];
    const held = element.verifier;
    const stated = Object.fromEntries(['holder', 'title', 'session', 'authority', 'serial'].map((name) => [name, hostile]));
    const values = [{ words: hostile }, { number: hostile[0], maximum: hostile[1] }];
    const lines = values.map((value) => ({ name: hostile, value }));
    const results = {
      mean: values[1], summaries: lines,
      columns: [{ role: 'other', heading: hostile, maximum: hostile[0] }, { role: hostile[1], heading: null, maximum: null }],
      rows: hostile.map((name) => ({ name, kind: 'heading', level: 1, cells: values })),
    };
    const issuer = { names: Object.fromEntries(hostile.map((name) => [name, name])) };
    const paper = { ...stated, results, lines: { person: lines, award: lines }, decision: { outcome: hostile[0], admitted: null, words: hostile } };
    const report = { reason: 'genuine', verdict: 'genuine', words: hostile[0], issuer, document: paper };
    element.verifier = { story: () => ({ exit_status: 0, exit_statuses: [0], reports: [report], legalisations: [] }) };
    element.verify('');
    element.verifier = held;
    return [...element.shadowRoot.querySelectorAll('[part=result] *')].map(({ localName }) => localName);
  });
  assert.deepEqual([...new Set(nodes)].sort(), ['bdi', 'dd', 'div', 'dl', 'dt', 'p', 'section', 'table', 'td', 'th', 'tr']);
});

test('what a paper states is in the headline, and its own text in a frame', async () => {
  const papers = (name) => readFileSync(join(modules, 'papers', `${name}.txt`), 'utf8');
  await page.evaluate(async () => globalThis.loadFrom('/modules/papers/papers.sceau'));
  const told = [];
  for (const texts of [['not-admitted'], ['withdrawn'], ['sheet-1'], ['sheet-1', 'sheet-2']]) {
    await page.locator('sceau-verifier textarea').fill(texts.map(papers).join('\n'));
    await page.locator('sceau-verifier button').click();
    told.push((await shown()).map(([exit, headline]) => [exit, headline]));
  }
  assert.deepEqual(told, [
    [['1', 'states-not-admitted']], [['1', 'withdrawn · not admitted']], [['2', 'one-sheet']], [['0', 'genuine'], ['0', 'genuine']],
  ]);
  await page.locator('sceau-verifier textarea').fill(`https://example.org/\n${papers('not-admitted')}`);
  await page.locator('sceau-verifier button').click();
  const [[beside, , words], [exit]] = await shown();
  assert.deepEqual([beside, words, exit], ['none', 'Another code beside the document. It was not opened and does not count.', '1']);
  const paper = await page.locator('sceau-verifier [part=paper]').innerText();
  for (const printed of ['Text of the paper', 'Coeff.', 'Contrôle continu', '/ 40', 'absente', 'Total des points', 'Khadija', 'Ajournée']) assert.ok(paper.includes(printed), printed);
  assert.doesNotMatch(await page.locator('sceau-verifier [part=fields]').nth(1).innerText(), /Ajournée|Khadija/);
  await page.evaluate(() => globalThis.load('base'));
});

test('a picture file given to the element is judged', async () => {
  const reasons = await page.evaluate(async () => {
    const reports = await document.querySelector('sceau-verifier').verifyPicture(await globalThis.pictureFile('/modules/frame.grey'));
    return reports.map(({ reason }) => reason);
  });
  assert.deepEqual(reasons, ['genuine']);
});

test('a legalisation counts only beside the document that it was made over', async () => {
  const record = artefact('objects/legalisation_match');
  await page.evaluate(() => globalThis.load('legalisation'));
  await page.evaluate((text) => document.querySelector('sceau-verifier').verify(text), record);
  const [[exit, headline, words]] = await shown();
  assert.deepEqual([exit, headline], ['2', 'Legalisation, document not shown']);
  assert.match(words, /Seen alone/);
  const told = [];
  for (const document of ['vectors/verdict_legalised', 'vectors/verdict_legalised_other']) {
    await page.locator('sceau-verifier textarea').fill(`${record}\n${artefact(document)}`);
    await page.locator('sceau-verifier button').click();
    told.push((await shown()).map(([exit, headline]) => [exit, headline]));
  }
  assert.deepEqual(told, [
    [['0', 'Legalisation: genuine'], ['0', 'genuine']],
    [['1', 'Legalisation of another document'], ['0', 'genuine']],
  ]);
  await page.evaluate(async () => {
    const file = await globalThis.pictureFile('/modules/record.grey', '/modules/legalised.grey');
    await document.querySelector('sceau-verifier').verifyPicture(file);
  });
  assert.deepEqual((await shown()).map(([exit, headline]) => [exit, headline]).sort(), [['0', 'Legalisation: genuine'], ['0', 'genuine']]);
  await page.evaluate(() => globalThis.load('base'));
});

test('the element speaks the language that its page names, or English', async () => {
  await page.evaluate((text) => document.querySelector('sceau-verifier').verify(text), sample('genuine'));
  const speaks = async (lang, direction, headline, button) => {
    await page.evaluate((lang) => { document.querySelector('sceau-verifier').lang = lang; }, lang);
    await page.locator(`sceau-verifier form[dir=${direction}] button`, { hasText: button }).waitFor();
    assert.equal(await page.locator(`sceau-verifier [dir=${direction}] [part=headline]`).textContent(), headline);
  };
  await speaks('ar', 'rtl', 'أصلية', 'تحقق من هذا النص');
  await speaks('pt-BR', 'ltr', 'AUTÊNTICO', 'Verificar este texto');
  await speaks('de', 'ltr', 'genuine', 'Verify');
  await speaks('fr', 'ltr', 'AUTHENTIQUE', 'Vérifier ce texte');
  await speaks('en', 'ltr', 'genuine', 'Verify');
});

test('a picture that kills the reader is a failure of the program, and holds no verdict', async () => {
  const said = await page.evaluate(() => globalThis.killReader());
  assert.deepEqual(said, ['The program failed. This says nothing about the paper.', 0]);
});

test('camera frames are read', async () => {
  for (const [name, texts] of [['frame', [sample('genuine')]], ['blank', []]]) {
    const found = await page.evaluate((name) => globalThis.timeFrames(name), `/modules/${name}.grey`);
    console.log(`Chromium: ${name}, 1280 x 720, median ${found.median.toFixed(1)} ms`);
    assert.deepEqual(found.texts, texts);
  }
});

test('the content policy was never in the way', () => assert.deepEqual(troubles, []));
