// The page in Chromium, as people use it.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import test, { after, before } from 'node:test';

import { HOSTED, SINGLE, TARGET, browse, check, demo, open, reason, serve, side, vector } from './browser.mjs';
import { film } from './camera.mjs';
import { pdf } from './pdf.mjs';

const [SAMPLE, SECOND] = demo('morocco');
let server;
let browser;

before(async () => {
  server = await serve(HOSTED);
  browser = await browse({ permissions: ['camera'] });
});

after(async () => {
  await browser.close();
  await server.stop();
});

/** A page that is closed after its test, whatever became of that. */
async function fresh(t, options, address = server.address) {
  const page = await open(browser.context, address, options);
  t.after(() => page.close());
  return page;
}

/** A server that is stopped after its test. */
async function served(t, files) {
  const one = await serve(HOSTED, files);
  t.after(one.stop);
  return one;
}

async function holder(page) {
  return (await page.locator('.paper dd').nth(1).textContent()).trim();
}

/** A page without a bundled pack, into which the packs of a vector were dropped. */
async function withPacks(t, packs, now) {
  const bare = await served(t, { 'index.html': readFileSync(`${HOSTED}/index.html`, 'utf8').replace(' trust.sceau', '') });
  const page = await fresh(t, { now }, bare.address);
  for (const name of packs) await trust(page, name, side(name));
  return page;
}

async function trust(page, name, buffer) {
  await page.setInputFiles('#pack-file', { name, mimeType: 'application/octet-stream', buffer });
  await page.click('#pack-yes');
  await page.waitForSelector('#pack-said:has-text("up to date")');
}

test('a code in a picture, a text or a link gives the same verdict and the fields of the paper', async (t) => {
  const page = await fresh(t);
  await page.setInputFiles('#files', SAMPLE.picture);
  await page.waitForSelector('#verdict .verdict');
  assert.equal(await reason(page), 'specimen');
  const name = await holder(page);
  assert.ok(name.length > 3);
  assert.equal(await page.locator('.banner').count(), 2, 'a test document shouts');
  assert.equal(await page.getAttribute('#verdict', 'role'), 'status');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'results-title');
  await page.click('#again');
  await check(page, SAMPLE.text);
  assert.equal(await holder(page), name);
  assert.deepEqual(page.faults, []);
});

test('the link form is read from the page\'s own address', async (t) => {
  const { text, now, pack, expect } = vector('vectors', 'text_link');
  const page = await withPacks(t, [pack], now);
  await page.evaluate((hash) => { location.hash = hash; }, text.slice(text.indexOf('#')));
  await page.waitForSelector('#verdict .verdict');
  assert.equal(expect, 'genuine');
  assert.equal(await reason(page), expect);
  await page.evaluate(() => { location.hash = '#SC1:AAAA'; });
  await page.waitForSelector('[data-reason="text-malformed"]');
  assert.equal(await page.locator('#stories dl.paper').count(), 0, 'the verdict before does not stay');
  assert.equal(await page.evaluate(() => location.hash), '', 'nothing of the document stays in the address');
  await page.reload();
  await page.waitForSelector('html[data-ready]');
  assert.equal(await page.locator('#results').isHidden(), true);
});

test('the answers of the comparison say what to do', async (t) => {
  const { text, now, pack } = vector('vectors', 'verdict_list_fresh');
  const page = await withPacks(t, [pack], now);
  await check(page, text);
  assert.equal(await reason(page), 'genuine');
  await page.click('.answer-same');
  assert.match(await page.textContent('.compare .answer.good'), /identity document/);
  await page.click('.answer-differs');
  assert.match(await page.textContent('.compare .answer.bad'), /Do not accept this paper/);
  assert.equal(await page.locator('.compare .answer').count(), 1);
});

test('each kind of outcome is said as such, and fields are shown only of documents', async (t) => {
  const page = await withPacks(t, ['base.sceau'], 1784044800);
  const cases = {
    verdict_list_fresh: 'genuine', verdict_list_old_in_force: 'status-old', verdict_list_old_withdrawn: 'withdrawn',
    verdict_list_old_suspended: 'suspended', verdict_list_old_replaced: 'replaced',
    signature_aad_empty: 'signature-invalid', text_prefix_version_2_link: 'newer-format', text_link_http: 'foreign-code',
  };
  for (const [name, expect] of Object.entries(cases)) {
    const { text, now } = vector('vectors', name);
    await page.clock.setFixedTime(new Date(now * 1000));
    await check(page, text);
    assert.equal(await reason(page), expect, name);
    const shown = ['genuine', 'status-old', 'status-unknown', 'withdrawn', 'suspended', 'replaced'].includes(expect);
    assert.equal(await page.locator('dl.paper, #stories dl:not(.cause dl)').count() > 0, shown, name);
    const few = ['withdrawn', 'suspended', 'replaced'].includes(expect);
    assert.equal(await page.locator('.compare').count(), shown && !few ? 1 : 0, name);
    await page.click('#again');
  }
});

test('a legalisation and its document are one story; alone or beside another document it says so', async (t) => {
  const record = vector('objects', 'legalisation_match');
  const page = await withPacks(t, [record.pack], record.now);
  await check(page, record.text);
  assert.equal(await reason(page), 'genuine');
  assert.match(await page.textContent('#verdict'), /Seen alone/);
  assert.equal(await page.textContent('#verdict .headline'), 'LEGALISATION, DOCUMENT NOT SHOWN', 'nobody takes it for the document');
  assert.equal(await page.locator('.tone-genuine').count(), 0, 'alone it is never accepted');
  await check(page, vector('vectors', 'verdict_legalised').text);
  assert.equal(await page.locator('#stories > article').count(), 1, 'one story');
  assert.match(await page.textContent('.legal .relation'), /this very document/);
  assert.equal(await page.locator('.legal .tone-genuine').count(), 1);
  await page.click('#again');
  await check(page, record.text, vector('vectors', 'verdict_legalised_other').text);
  assert.match(await page.textContent('#stories'), /ANOTHER document/);
  assert.equal(await page.textContent('.legal .tone-stopped .headline'), 'LEGALISATION OF ANOTHER DOCUMENT');
});

test('a document of a closed key is accepted with the holder\'s proof of registration and not without', async (t) => {
  const { text, now, pack, proof: held } = vector('objects', 'proof_fixed');
  const page = await withPacks(t, [pack], now);
  await check(page, text);
  assert.equal(await reason(page), 'register-unknown');
  assert.equal(await page.textContent('#verdict .headline'), 'GENUINE, REGISTER NOT CHECKED');
  assert.equal(await page.locator('.tone-genuine').count(), 0);
  const proof = (name, hex) => ({ name, mimeType: '', buffer: Buffer.from(hex, 'hex') });
  await page.setInputFiles('#files', proof('other.proof', held.replace(/..$/, '00')));
  assert.equal(await reason(page), 'register-unknown', 'a proof that does not hold says nothing');
  await page.setInputFiles('#files', proof('mine.proof', held));
  await page.waitForFunction(() => document.querySelector('.tone-genuine'));
  assert.equal(await reason(page), 'genuine');
});

test('an authority without a name in the page\'s language is named as more people read it', async (t) => {
  const { text, now } = vector('vectors', 'verdict_list_fresh');
  const board = await served(t, { 'trust.sceau': side('base.sceau') });
  for (const [language, name] of [['ht', "Académie de l'Exemple"], ['ar', 'أكاديمية المثال']]) {
    const page = await fresh(t, { now, language }, board.address);
    await check(page, text);
    assert.match(await page.locator('#stories .standing dd').first().textContent(), new RegExp(`^${name}.* MA-EXEMPLE$`));
  }
});

test('without a pack, or with one that is refused, nothing is said of the paper', async (t) => {
  const page = await withPacks(t, [], 1784044800);
  assert.match(await page.textContent('#pack-list'), /No trust file is loaded/);
  await check(page, SAMPLE.text);
  assert.equal(await reason(page), 'no-trust');
  await page.setInputFiles('#pack-file', { name: 'cut.sceau', mimeType: 'application/octet-stream', buffer: side('pack_cut.sceau') });
  await page.waitForSelector('#pack-said:has-text("pack-malformed")');
  assert.equal(await page.locator('#pack-ask *').count(), 0);
  const broken = await served(t, { 'trust.sceau': side('pack_cut.sceau') });
  const refused = await fresh(t, {}, broken.address);
  assert.match(await refused.textContent('#pack-list'), /can say nothing/);
  await check(refused, SAMPLE.text);
  assert.equal(await reason(refused), 'pack-malformed');
  assert.equal(await refused.locator('#stories dl.paper').count(), 0);
  assert.match(await refused.textContent('#stories .cause'), /the file itself/);
  await trust(refused, 'good.sceau', readFileSync(`${HOSTED}/trust.sceau`));
  assert.equal(await reason(refused), 'specimen', 'a good file, chosen and trusted, mends it');
});

test('a pack of strangers is loaded only after its fingerprint was accepted', async (t) => {
  const page = await fresh(t);
  await page.setInputFiles('#pack-file', { name: 'x.sceau', mimeType: 'application/octet-stream', buffer: side('base.sceau') });
  await page.selectOption('#language', 'fr');
  assert.equal(await page.textContent('#pack-ask h3'), 'Faire confiance à cette liste ?');
  await page.selectOption('#language', 'en');
  await page.click('#pack-no');
  assert.equal(await page.locator('#pack-list dl').count(), 1);
  await trust(page, 'x.sceau', side('base.sceau'));
  assert.equal(await page.locator('#pack-list dl').count(), 2);
  await page.reload();
  await page.waitForSelector('html[data-ready]');
  assert.equal(await page.locator('#pack-list dl').count(), 2, 'it is kept');
  await page.click('#pack-remove');
  await page.waitForFunction(() => document.querySelectorAll('#pack-list dl').length === 1);
});

test('a kept pack that was damaged is not forgotten until the user says so', async (t) => {
  const page = await fresh(t);
  await trust(page, 'x.sceau', side('base.sceau'));
  await page.evaluate(cutLastPack);
  const silent = async (why) => {
    await page.reload();
    await page.waitForSelector('html[data-ready]');
    assert.match(await page.textContent('#pack-list'), /can say nothing/, why);
    await check(page, SAMPLE.text);
    assert.equal(await reason(page), 'pack-malformed', why);
  };
  await silent('it may be the one that says that a document was withdrawn');
  await page.click('#pack-update');
  await page.waitForSelector('#pack-said:has-text("up to date")');
  assert.equal(await reason(page), 'pack-malformed', 'an update of another pack does not mend it');
  await silent('it is kept as it is');
  await page.click('#pack-remove');
  await page.waitForSelector('[data-reason=specimen]');
  await page.reload();
  await page.waitForSelector('html[data-ready]');
  assert.doesNotMatch(await page.textContent('#pack-list'), /can say nothing/);
});

// runs in the page
function cutLastPack() {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('sceau', 1);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const held = opening.result.transaction('packs', 'readwrite');
      const store = held.objectStore('packs');
      store.get('packs').onsuccess = ({ target: { result } }) => {
        const last = result.at(-1);
        last.bytes = last.bytes.slice(0, -1);
        store.put(result, 'packs');
      };
      held.oncomplete = () => {
        opening.result.close();
        resolve();
      };
    };
  });
}

/** Gives a pack that must be refused with a reason, without a question to trust it. */
async function refuses(page, name, why) {
  await page.setInputFiles('#pack-file', { name, mimeType: 'application/octet-stream', buffer: side(name) });
  await page.waitForSelector(`#pack-said:has-text("${name}"):has-text("${why}")`);
  assert.equal(await page.locator('#pack-ask *').count(), 0, name);
}

/** Gives a pack of which the page says that it has an older list; the version that counts stays. */
async function isOlder(page, name, version) {
  await page.setInputFiles('#pack-file', { name, mimeType: 'application/octet-stream', buffer: side(name) });
  await page.waitForSelector(`#pack-said:has-text("${name}"):has-text("older list")`);
  assert.match(await page.textContent('#pack-list'), new RegExp(`version .?${version}`));
}

test('a list of roots that were replaced is added as older, and never comes back', async (t) => {
  const page = await withPacks(t, ['line_all_roots_new_0.sceau'], 1784044800);
  await page.setInputFiles('#pack-file', { name: 'rotated.sceau', mimeType: 'application/octet-stream', buffer: side('line_all_roots_new_1.sceau') });
  await page.waitForFunction(() => /version .?6/.test(document.getElementById('pack-list').textContent));
  await isOlder(page, 'line_all_roots_new_0.sceau', 6);
  await page.reload();
  await page.waitForSelector('html[data-ready]');
  await isOlder(page, 'line_all_roots_new_0.sceau', 6);
});

test('a list of other roots that names an authority held is refused', async (t) => {
  const page = await withPacks(t, ['base.sceau'], 1784044800);
  await refuses(page, 'lists_other_roots.sceau', 'Somebody may have made it to deceive');
});

test('a list that leads on from one held, but over roots of which nothing was given, asks for what is between', async (t) => {
  const page = await withPacks(t, ['legalisation.sceau'], 1784044800);
  await refuses(page, 'legalisation_other_roots.sceau', 'trust-link-missing');
  assert.match(await page.textContent('#pack-list'), /version .?3/);
});

test('lists are updated from the page\'s own address on a click, and never rolled back', async (t) => {
  const board = await served(t, { 'trust.sceau': side('legalisation.sceau') });
  const page = await fresh(t, { now: 1784044800 }, board.address);
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  board.files['trust.sceau'] = side('legalisation_version_4.sceau');
  await page.click('#pack-update');
  await page.waitForSelector('#pack-said:has-text("up to date")');
  assert.deepEqual(asked, [`${board.address}trust.sceau`]);
  assert.match(await page.textContent('#pack-list'), /version .?4/);
  board.files['trust.sceau'] = side('legalisation.sceau');
  await page.click('#pack-update');
  await page.waitForSelector('#pack-said:has-text("older list")');
  assert.match(await page.textContent('#pack-list'), /version .?4/);
  await page.reload();
  await page.waitForSelector('html[data-ready]');
  assert.match(await page.textContent('#pack-list'), /version .?4/, 'an older bundled pack does not come back');
});

test('the next paper takes the place of the one before, unless a code is added to it', async (t) => {
  const page = await fresh(t);
  await check(page, SAMPLE.text);
  await check(page, SECOND.text);
  assert.equal(await page.locator('#stories > article').count(), 1);
  await page.click('#second');
  await check(page, SAMPLE.text);
  assert.equal(await page.locator('#stories > details').count(), 2);
  await page.setInputFiles('#files', { name: 'junk.png', mimeType: 'image/png', buffer: Buffer.from('not a picture') });
  await page.waitForSelector('#verdict [data-reason=input-unreadable]');
  assert.equal(await page.locator('#stories dl').count(), 0, 'nothing of the papers before stays');
});

test('the page can be installed', async (t) => {
  const page = await fresh(t);
  await page.evaluate(() => navigator.serviceWorker.ready);
  const devtools = await browser.context.newCDPSession(page);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  assert.deepEqual(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito'), []);
});

test('a document that the register of its key does not list is marked beside the verdict', async (t) => {
  const { text, now, pack, expect } = vector('vectors', 'register_kept_not_listed');
  const page = await withPacks(t, [pack], now);
  await check(page, text);
  assert.equal(await reason(page), expect);
  assert.match(await page.textContent('#verdict'), /NOT in the register/);
});

test('several files are judged each for itself; what holds no code or is no picture is said', async (t) => {
  const page = await fresh(t);
  const blank = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 300, height: 300 });
    canvas.getContext('2d').fillRect(0, 0, 150, 150);
    return canvas.toDataURL('image/png').split(',')[1];
  });
  const file = (name, buffer) => ({ name, mimeType: 'image/png', buffer });
  await page.setInputFiles('#files', [
    file('one.png', readFileSync(SAMPLE.picture)), file('two.png', readFileSync(SECOND.picture)),
    file('blank.png', Buffer.from(blank, 'base64')), file('junk.png', Buffer.from('not a picture')),
  ]);
  await page.waitForSelector('#stories > details');
  const reasons = await page.locator('#stories .verdict').evaluateAll((boxes) => boxes.map((box) => box.dataset.reason));
  assert.deepEqual(reasons, ['specimen', 'specimen', 'no-code', 'input-unreadable']);
  assert.match(await page.textContent('#verdict'), /4.* codes or files examined/);
});

test('a screenshot that is pasted and a file that is dropped are read', async (t) => {
  const page = await fresh(t);
  for (const [kind, transfer] of [['paste', 'clipboardData'], ['drop', 'dataTransfer']]) {
    await page.evaluate(({ kind, transfer, png }) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob(png), (c) => c.charCodeAt(0))], 'image.png', { type: 'image/png' }));
      const event = kind === 'paste' ? new ClipboardEvent(kind, { [transfer]: data, bubbles: true }) : new DragEvent(kind, { [transfer]: data, bubbles: true, cancelable: true });
      document.body.dispatchEvent(event);
    }, { kind, transfer, png: readFileSync(SAMPLE.picture).toString('base64') });
    await page.waitForSelector('[data-reason=specimen]');
    await page.click('#again');
    await page.waitForSelector('#results', { state: 'hidden' });
  }
});

test('a pile of more texts than one story holds is judged text by text, legalisations too', async (t) => {
  const record = vector('objects', 'legalisation_match');
  const page = await withPacks(t, [record.pack], record.now);
  const texts = Array.from({ length: 1000 }, (_, i) => `SC1:AA${i}`);
  await check(page, record.text, vector('vectors', 'verdict_legalised').text, ...texts);
  assert.equal(await page.locator('#stories > details').count(), 1001);
  assert.match(await page.textContent('.legal .relation'), /cannot be told/);
});

test('a PDF is read in the hosted page, and told about in the single file', async (t) => {
  const buffer = pdf(readFileSync(SAMPLE.picture));
  const file = { name: 'sheet.pdf', mimeType: 'application/pdf', buffer };
  const page = await fresh(t);
  await page.setInputFiles('#files', file);
  await page.waitForSelector('#verdict .verdict');
  assert.equal(await reason(page), 'specimen');
  assert.equal(await page.locator('iframe').count(), 0, 'the frame is gone');
  assert.deepEqual(page.faults, []);
  const single = await fresh(t, {}, SINGLE);
  await single.setInputFiles('#files', file);
  await single.waitForSelector('[data-reason=input-unreadable]');
  assert.match(await single.textContent('#stories'), /take a screenshot/);
});

test('100 verifications make no request', async (t) => {
  const page = await fresh(t);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.setInputFiles('#files', SAMPLE.picture); // the reader's worker is started once
  await page.waitForSelector('#verdict .verdict');
  const asked = [];
  browser.context.on('request', (request) => asked.push(request.url()));
  t.after(() => browser.context.removeAllListeners('request'));
  const samples = demo('benin');
  for (let i = 0; i < 100; i += 1) {
    await page.click('#again');
    if (i % 10 === 0) await page.setInputFiles('#files', samples[i % samples.length].picture);
    else await check(page, samples[i % samples.length].text);
    await page.waitForSelector('#verdict [data-reason=specimen]');
  }
  assert.deepEqual(asked.filter((address) => !address.startsWith('blob:')), []);
});

test('the page works after the server has gone', async (t) => {
  const passing = await serve(HOSTED);
  const { context, close } = await browse();
  t.after(close);
  const first = await open(context, passing.address);
  await first.evaluate(() => navigator.serviceWorker.ready);
  await first.close();
  await passing.stop();
  await context.setOffline(true);
  const page = await open(context, passing.address);
  await page.setInputFiles('#files', SAMPLE.picture);
  await page.waitForSelector('[data-reason=specimen]');
  await page.setInputFiles('#files', { name: 'a.pdf', mimeType: 'application/pdf', buffer: pdf(readFileSync(SAMPLE.picture)) });
  await page.waitForSelector('#stories :text("needs the network")', { state: 'attached' });
  await page.click('#pack-update');
  await page.waitForSelector('#pack-said:has-text("could not be fetched")');
});

test('a camera that films a tilted sheet leads to the verdict, in the hosted page and from disk', async (t) => {
  const path = await film(browser.context, SAMPLE.picture, `${TARGET}page/sheet.y4m`);
  const { context, close } = await browse({ camera: path, permissions: ['camera'] });
  t.after(close);
  for (const address of [server.address, SINGLE]) {
    const page = await open(context, address);
    await check(page, SECOND.text);
    const before = await holder(page);
    await page.click('#camera-start');
    await page.waitForFunction((name) => document.querySelectorAll('.paper dd')[1].textContent.trim() !== name, before);
    assert.equal(await reason(page), 'specimen');
    assert.equal(await page.locator('#results').isVisible(), true);
    assert.equal(await page.locator('#camera').isHidden(), true, 'the camera is off');
    assert.deepEqual(page.faults, []);
    await page.close();
  }
});

test('a camera that is not allowed is said, with what to do instead', async (t) => {
  const { context, close } = await browse({ camera: 'denied' });
  t.after(close);
  const page = await open(context, server.address);
  await page.click('#camera-start');
  await page.waitForSelector('#notice:has-text("not allowed")');
  assert.equal(await page.locator('#camera').isHidden(), true);
});

test('the single file works from disk and asks nobody', async (t) => {
  const page = await browser.context.newPage();
  t.after(() => page.close());
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(`${SINGLE}?lang=en`);
  await page.waitForSelector('html[data-ready]');
  await check(page, SAMPLE.text);
  assert.equal(await reason(page), 'specimen');
  await page.click('#again');
  await page.setInputFiles('#files', SAMPLE.picture);
  await page.waitForSelector('[data-reason=specimen]');
  assert.deepEqual(asked.filter((address) => !/^(blob|data):/.test(address)), [`${SINGLE}?lang=en`]);
});

test('everything can be reached and done with the keyboard', async (t) => {
  const page = await fresh(t);
  await check(page, SAMPLE.text);
  const seen = new Set();
  for (let i = 0; i < 30; i += 1) {
    await page.keyboard.press('Tab');
    seen.add(await page.evaluate(() => document.activeElement.id || document.activeElement.className || document.activeElement.tagName));
  }
  for (const wanted of ['answer-same', 'answer-differs', 'again', 'second', 'camera-start', 'files', 'text', 'text-check', 'pack-file', 'pack-update']) {
    assert.ok(seen.has(wanted), `${wanted} in ${[...seen]}`);
  }
  await page.focus('.answer-same');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.compare .answer');
});

test('the policy is strict in both forms, and what is built is what it says', () => {
  for (const path of [`${HOSTED}/index.html`, `${TARGET}page/sceau.html`, `${HOSTED}/pdf.html`]) {
    const [, policy] = /Content-Security-Policy" content="([^"]+)"/.exec(readFileSync(path, 'utf8'));
    for (const part of ["default-src 'none'", "form-action 'none'", "base-uri 'none'"]) assert.ok(policy.includes(part), `${path}: ${part}`);
    assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|https?:|\*/);
  }
  const precached = readFileSync(`${HOSTED}/sw.js`, 'utf8');
  for (const name of ['page.js', 'verifier.wasm', 'reader.wasm', 'trust.sceau']) assert.ok(precached.includes(name), name);
});
