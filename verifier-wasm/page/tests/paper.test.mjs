// Papers as they are printed: results, lines, decisions, sheets; and packs that follow one another.

import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';

import { HOSTED, browse, check, open, paper, reason, serve } from './browser.mjs';

const NOW = 1784044800;
const STRANGER = 'https://example.org/ministry?id=7';
let server;
let browser;

before(async () => {
  server = await serve(HOSTED, { 'trust.sceau': paper('papers.sceau') });
  browser = await browse();
});

after(async () => {
  await browser.close();
  await server.stop();
});

async function fresh(t, language = 'en') {
  const page = await open(browser.context, server.address, { now: NOW, language });
  t.after(() => page.close());
  return page;
}

const headline = (page) => page.textContent('#verdict .headline');
const tone = (page) => page.evaluate(() => document.querySelector('#verdict .verdict').className);

test('what the paper prints is shown in a frame of its own, below the typed fields', async (t) => {
  const page = await fresh(t);
  await check(page, paper('not-admitted.txt'));
  const typed = (await page.innerText('dl.paper')).replace(/[\u2068\u2069]/g, '');
  for (const said of ['NOT ADMITTED', '2008 (day and month not known)', 'printed: vers 2008', 'CNIE', '1 July 2026', 'number 3, line 17']) assert.ok(typed.includes(said), said);
  for (const printed of ['Ajournée', 'Khadija', 'Mathématiques', 'Classement', '004 512', '9.25']) {
    assert.ok(!typed.includes(printed), printed);
    assert.ok((await page.innerText('.from-paper')).includes(printed), printed);
  }
  assert.match(await page.innerText('.from-paper'), /^Text of the paper\s+These words and numbers are the paper's, not this page's/);
  const stray = await page.evaluate(() => [...document.querySelectorAll('.from-paper .printed')].filter((one) => one.textContent.trim() !== '' && !one.querySelector('bdi, .spoken')).length);
  assert.equal(stray, 0, 'every text of the paper is isolated');
  assert.deepEqual(page.faults, []);
});

test('results are a table: usual headings, scales, headings by level, totals, empty cells', async (t) => {
  const page = await fresh(t);
  await check(page, paper('not-admitted.txt'));
  const table = await page.evaluate(() => {
    const cells = (row) => [...row.children].map((cell) => [...cell.children].map((child) => child.textContent).join(' | ') || cell.textContent);
    const find = (query) => [...document.querySelectorAll(`.from-paper ${query}`)];
    return {
      head: cells(document.querySelector('.from-paper thead tr')),
      headings: find('tr.heading').map((row) => [row.className, row.firstChild.getAttribute('scope'), row.firstChild.colSpan]),
      total: cells(document.querySelector('tr.total')),
      french: cells(find('tbody tr.subject')[1]),
      absent: cells(find('tbody tr.subject')[2]),
      groups: find('tbody').length,
    };
  });
  assert.deepEqual(table, {
    head: ['Subject', 'Coeff.', 'Mark | out of \u206820\u2069', 'Contrôle continu | المراقبة المستمرة | out of \u206840\u2069', 'Examen régional | الامتحان الجهوي | out of \u2068100\u2069'],
    headings: [['heading level-1', 'rowgroup', 5], ['heading level-2', 'rowgroup', 5], ['heading level-2', 'rowgroup', 5]],
    total: ['Total des points | مجموع النقط', '20', '185.00', '70', '183'],
    french: ['Langue française, expression écrite et orale | اللغة الفرنسية', '4', '13.75', 'nothing printed', '64'],
    absent: ['Mathématiques | الرياضيات', '7', '8.25', '17', 'absente | غائبة'],
    groups: 3,
  });
});

test('what a paper itself states is in the headline, in every language and never as accepted', async (t) => {
  const cases = {
    'not-admitted': ['states-not-admitted', 'stopped', { en: /^NOT ADMITTED/, fr: /^NON ADMIS/, ar: /^غير ناجح/ }],
    otherwise: ['states-otherwise', 'caution', { en: /READ THE DECISION/, fr: /LISEZ LA DÉCISION/, ar: /اقرأ القرار/ }],
    past: ['past-validity', 'stopped', { en: /^NO LONGER VALID/, fr: /PLUS VALABLE/, ar: /انتهت صلاحيتها/ }],
    'sheet-1': ['one-sheet', 'caution', { en: /ONE SHEET OF SEVERAL/, fr: /UNE FEUILLE SUR PLUSIEURS/, ar: /ورقة من عدة أوراق/ }],
    withdrawn: ['withdrawn', 'stopped', { en: /^WITHDRAWN · NOT ADMITTED/, fr: /^RETIRÉ · NON ADMIS/, ar: /غير ناجح/ }],
  };
  const page = await fresh(t);
  for (const [name, [code, look, headlines]] of Object.entries(cases)) {
    await check(page, paper(`${name}.txt`));
    assert.equal(await reason(page), code);
    assert.equal(await tone(page), `verdict tone-${look}`, name);
    if (name !== 'withdrawn') await page.click('.answer-same');
    assert.equal(await page.locator('.answer.good').count(), 0, name);
    for (const [language, said] of Object.entries(headlines)) {
      await page.selectOption('#language', language);
      await page.waitForSelector(`html[lang=${language}]`);
      assert.match(await headline(page), said);
    }
    await page.click('#again');
  }
});

test('a foreign code beside a document is told and does not count', async (t) => {
  const page = await fresh(t);
  await check(page, STRANGER, paper('genuine.txt'));
  assert.equal(await headline(page), 'GENUINE');
  assert.match(await page.textContent('#verdict .beside'), /was not opened and does not count/);
  assert.equal(await page.locator('#stories > article').count(), 1);
  await page.click('#again');
  await check(page, paper('genuine.txt'));
  await page.click('#second');
  await check(page, STRANGER);
  const reasons = await page.locator('#stories .verdict').evaluateAll((boxes) => boxes.map(({ dataset }) => dataset.reason));
  assert.deepEqual(reasons, ['genuine', 'foreign-code'], 'one that was shown apart is judged for itself');
});

test('a sheet is accepted only with the others of its paper', async (t) => {
  const page = await fresh(t);
  await check(page, paper('sheet-1.txt'));
  assert.equal(await headline(page), 'GENUINE, ONE SHEET OF SEVERAL');
  await page.click('#second');
  await check(page, paper('sheet-2.txt'));
  const said = await page.locator('#stories .verdict').evaluateAll((boxes) => boxes.map((box) => [box.className, box.querySelector('.headline').textContent]));
  assert.deepEqual(said, [['verdict tone-genuine', 'GENUINE'], ['verdict tone-genuine', 'GENUINE']]);
  assert.match(await page.textContent('#stories'), /All sheets of this paper are here/);
});

test('a refused code tells its rule and its byte', async (t) => {
  const page = await fresh(t);
  await check(page, 'SC1:A');
  assert.equal(await reason(page), 'text-malformed');
  assert.equal(await page.locator('.cause dl').isVisible(), false, 'folded away');
  assert.match(await page.textContent('.cause'), /TXT-5/);
});

/** Gives a pack file to the page. */
async function give(page, name, buffer) {
  await page.setInputFiles('#pack-file', { name, mimeType: 'application/octet-stream', buffer });
}

test('a withdrawal that a later pack has forgotten is kept', async (t) => {
  const page = await fresh(t);
  await give(page, 'later.sceau', paper('papers-forgetful.sceau'));
  await page.waitForSelector('#pack-said:has-text("up to date")');
  const judged = async () => {
    await check(page, paper('withdrawn.txt'));
    return reason(page);
  };
  assert.equal(await judged(), 'withdrawn');
  await page.reload();
  await page.waitForSelector('html[data-ready]');
  assert.match(await page.textContent('#pack-list'), /version .?2/);
  assert.equal(await judged(), 'withdrawn', 'after the page was opened anew too');
});

test('a refused pack names the object, the rule and the byte', async (t) => {
  const page = await fresh(t);
  await give(page, 'ahead.sceau', paper('papers-ahead.sceau'));
  await page.waitForSelector('#pack-said:has-text("status-ahead")');
  assert.match(await page.textContent('#pack-said'), /dated ahead of this device's clock/);
  assert.match(await page.textContent('#pack-said'), /status list .?1/);
  await give(page, 'cut.sceau', paper('papers.sceau').subarray(1));
  await page.waitForSelector('#pack-said:has-text("pack-malformed")');
  assert.match(await page.innerText('#pack-said'), /Part of the file\s+the file itself\s+Rule of SPEC.md\s+CBR-8\s+Byte, counted from 0\s+1/);
});

test('what stands behind the # leaves the address at once', async (t) => {
  const page = await browser.context.newPage();
  t.after(() => page.close());
  await page.goto(`${server.address}?lang=en#SC1:12`);
  await page.waitForSelector('[data-reason="text-malformed"]');
  assert.equal(page.url(), `${server.address}?lang=en`);
  assert.match(await page.textContent('.cause'), /TXT-6/);
  await page.evaluate(() => { location.hash = '#SC1:123456'; });
  await page.waitForFunction(() => location.hash === '');
});
