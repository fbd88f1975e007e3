// Runs every case in a worker of a real Chromium, and tries the element and the reader there, under the content policy
// that the README states. usage: node chromium.mjs FOLDER_OF_MODULES PACKAGE WYCHEPROOF_CASES

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
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
const PLACES = { package: home, modules, web: here('web'), tests: here('.'), npm: here('../npm') };
const sample = (name) => readFileSync(join(home, `sample/${name}.txt`), 'utf8').trimEnd();
const profile = mkdtempSync(join(tmpdir(), 'sceau-'));
const server = createServer(answer);
const troubles = [];
let context;
let page;

function answer({ url }, response) {
  const [, place, name] = /^\/(\w+)\/(.*)$/.exec(url) ?? [];
  const send = (type, body) => response.writeHead(200, { 'content-type': type, 'content-security-policy': POLICY }).end(body);
  if (url === '/bundle.json') return send('application/json', JSON.stringify(bundle(wycheproof)));
  if (!(place in PLACES) || normalize(name) !== name) return response.writeHead(404).end();
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
    const results = { subjects: hostile.map((name) => ({ name, mark: name })) };
    const issuer = { names: Object.fromEntries(hostile.map((name) => [name, name])) };
    const report = { reason: 'genuine', verdict: 'genuine', words: hostile[0], issuer, document: { ...stated, results } };
    element.verifier = { verify: () => report };
    element.verify('');
    element.verifier = held;
    return [...element.shadowRoot.querySelectorAll('[part=result] *')].map(({ localName }) => localName);
  });
  assert.deepEqual([...new Set(nodes)].sort(), ['dd', 'dl', 'dt', 'p', 'table', 'td', 'th', 'tr']);
});

test('a picture file given to the element is judged', async () => {
  const reasons = await page.evaluate(async () => {
    const reports = await document.querySelector('sceau-verifier').verifyPicture(await globalThis.pictureFile('/modules/frame.grey'));
    return reports.map(({ reason }) => reason);
  });
  assert.deepEqual(reasons, ['genuine']);
});

test('camera frames are read', async () => {
  for (const [name, texts] of [['frame', [sample('genuine')]], ['blank', []]]) {
    const found = await page.evaluate((name) => globalThis.timeFrames(name), `/modules/${name}.grey`);
    console.log(`Chromium: ${name}, 1280 x 720, median ${found.median.toFixed(1)} ms`);
    assert.deepEqual(found.texts, texts);
  }
});

test('the content policy was never in the way', () => assert.deepEqual(troubles, []));
