// Every language in every state: nothing that axe-core finds at level AA, nothing cut off, and pictures for a person to look at.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';

import { errors } from 'playwright-core';

import { HOSTED, LANGUAGES, TARGET, browse, check, demo, open, paper, serve, side, vector } from './browser.mjs';

const AXE = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const LEVELS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const WIDTHS = [320, 1280];
const WIDE_PICTURES = ['fr', 'ar']; // the others differ from these in words only
const SCREENS = `${TARGET}page/screens/`;
const NOW = 1784044800;

/** States: the pack of the page, the texts to check, and what to click then. */
const sealed = (name) => vector('vectors', name).text;
const STATES = {
  start: {},
  'no-pack': { pack: null },
  refused: { pack: 'pack_cut.sceau', texts: () => [sealed('verdict_list_fresh')] },
  genuine: { texts: () => [sealed('verdict_list_fresh')], click: '.answer-same' },
  withdrawn: { texts: () => [sealed('verdict_list_old_withdrawn')] },
  altered: { texts: () => [sealed('signature_aad_empty')] },
  damaged: { texts: () => ['SC1:AAAA'] },
  'status-old': { texts: () => [sealed('verdict_list_old_in_force')], click: '.answer-differs' },
  several: { texts: () => [sealed('verdict_list_fresh'), sealed('signature_aad_empty'), 'SC1:AAAA'], unfold: true },
  legalised: { pack: 'legalisation.sceau', texts: () => [vector('objects', 'legalisation_match').text, sealed('verdict_legalised')] },
  legalisation: { pack: 'legalisation.sceau', texts: () => [vector('objects', 'legalisation_match').text] },
  transcript: { pack: 'demo', texts: () => [demo('morocco')[0].text] },
  'not-admitted': { pack: 'papers.sceau', texts: () => [paper('not-admitted.txt')] },
  otherwise: { pack: 'papers.sceau', texts: () => [paper('otherwise.txt')], click: '.answer-same' },
  past: { pack: 'papers.sceau', texts: () => [paper('past.txt')] },
  sheets: { pack: 'papers.sceau', texts: () => [paper('sheet-1.txt'), paper('sheet-2.txt'), 'https://example.org/'], unfold: true },
  stranger: { stranger: true },
};

const servers = new Map();

before(() => {
  rmSync(SCREENS, { recursive: true, force: true });
  mkdirSync(SCREENS, { recursive: true });
});

after(async () => {
  for (const server of servers.values()) await (await server).stop();
});

// each in a browser of its own, for the clock is a browser's
describe('looks', { concurrency: 2 }, () => {
  for (const [state, wanted] of Object.entries(STATES)) {
    test(`${state}: reads well in every language, for people and for screen readers`, async (t) => {
      const { context, close } = await browse();
      t.after(close);
      const page = await shown(context, wanted);
      for (const language of LANGUAGES) await look(page, language, state, wanted);
    });
  }
});

async function shown(context, { pack = 'base.sceau', texts, click, stranger }) {
  const page = await open(context, await address(pack), { now: pack === 'demo' ? null : NOW });
  await page.evaluate(AXE);
  if (texts) await check(page, ...texts());
  if (texts) await page.evaluate(() => { document.getElementById('typing').open = false; });
  if (click) await page.click(click);
  if (stranger) {
    await page.setInputFiles('#pack-file', { name: 'other.sceau', mimeType: 'application/octet-stream', buffer: paper('papers.sceau') });
    await page.waitForSelector('#pack-yes');
  }
  return page;
}

async function look(page, language, state, { unfold }) {
  const where = `${language} ${state}`;
  await page.selectOption('#language', language);
  await page.waitForSelector(`html[lang=${language}]`);
  if (unfold) await page.evaluate(() => { for (const details of document.querySelectorAll('#stories details')) details.open = true; });
  const { direction, text } = await page.evaluate(() => ({
    direction: getComputedStyle(document.body).direction,
    text: document.body.innerText,
  }));
  assert.equal(direction, language === 'ar' ? 'rtl' : 'ltr', where);
  assert.doesNotMatch(text, /undefined|null|NaN|Invalid|\{\w+\}|\[object/, where);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(wide, 0, `${where} at ${width}: nothing sticks out`);
    const { violations, passed } = await page.evaluate(examined, LEVELS);
    assert.ok(passed > 10, `${where}: axe-core has looked`);
    assert.deepEqual(violations, [], `${where} at ${width}`);
    if (width === WIDTHS[0] || WIDE_PICTURES.includes(language)) {
      await picture(page, `${SCREENS}${language}-${state}-${width}.png`);
    }
  }
}

// headless Chromium on a busy machine now and then waits for a frame that never comes: a new layout makes one
async function picture(page, path) {
  const { width, height } = page.viewportSize();
  for (let tries = 3; ; tries -= 1) {
    try {
      return await page.screenshot({ path, fullPage: true, timeout: 15000 });
    } catch (fault) {
      if (tries === 1 || !(fault instanceof errors.TimeoutError)) throw fault;
      await page.setViewportSize({ width, height: height + tries });
    }
  }
}

// runs in the page: what axe-core finds, and how many of its rules have passed
async function examined(values) {
  const { violations, passes } = await self.axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] });
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
  return { violations: found, passed: passes.length };
}

async function address(pack) {
  if (!servers.has(pack)) {
    const bare = readFileSync(`${HOSTED}/index.html`, 'utf8').replace(' trust.sceau', '');
    const files = pack === null ? { 'index.html': bare } : pack === 'demo' ? {} : { 'trust.sceau': pack.startsWith('papers') ? paper(pack) : side(pack) };
    servers.set(pack, serve(HOSTED, files));
  }
  return (await servers.get(pack)).address;
}
