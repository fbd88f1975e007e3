// Chromium, a small web server, and the things that people give the page.

import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { chromium } from 'playwright-core';

export const ROOT = new URL('../../../', import.meta.url);
export const TARGET = `${process.env.CARGO_TARGET_DIR || new URL('target', ROOT).pathname}/`;
export const DEMO = `${TARGET}page-demo/`;
export const HOSTED = `${TARGET}page/hosted`;
export const SINGLE = `file://${TARGET}page/sceau.html`;
export const LANGUAGES = ['fr', 'ar', 'ht', 'en', 'pt', 'es'];

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm', '.svg': 'image/svg+xml', '.webmanifest': 'application/manifest+json' };

/** Serves a folder; `files` stand before its own. */
export async function serve(folder, files = {}) {
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://localhost').pathname.replace(/\/$/, '/index.html').slice(1);
    const type = TYPES[extname(path)] || 'application/octet-stream';
    if (files[path]) return response.writeHead(200, { 'content-type': type }).end(files[path]);
    if (path.includes('..') || !existsSync(join(folder, path))) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': type });
    return createReadStream(join(folder, path)).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () => new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  return { address: `http://localhost:${server.address().port}/`, stop, files };
}

/** A browser with a profile of its own; `camera` is a file that its camera films, or 'denied'. */
export async function browse({ camera = null, ...options } = {}) {
  const profile = mkdtempSync(join(tmpdir(), 'sceau-page-'));
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage',
    '--use-fake-device-for-media-stream', camera === 'denied' ? '--deny-permission-prompts' : '--use-fake-ui-for-media-stream'];
  if (camera && camera !== 'denied') args.push(`--use-file-for-fake-video-capture=${camera}`);
  const executablePath = process.env.CHROMIUM || '/usr/bin/chromium';
  const context = await chromium.launchPersistentContext(profile, { executablePath, headless: true, args, locale: 'en-GB', reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(30000);
  return {
    context,
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** A new page that has started; `now` fixes its clock (seconds). */
export async function open(context, address, { now = null, language = 'en' } = {}) {
  const page = await context.newPage();
  page.faults = [];
  page.on('console', (message) => message.type() === 'error' && page.faults.push(message.text()));
  page.on('pageerror', (error) => page.faults.push(String(error)));
  await page.clock.setFixedTime(now === null ? new Date() : new Date(now * 1000)); // the clock is the context's
  const [path, hash] = address.split('#');
  await page.goto(`${path}?lang=${language}${hash === undefined ? '' : `#${hash}`}`);
  await page.waitForSelector('html[data-ready]');
  return page;
}

/** Types texts and waits for the verdict. */
export async function check(page, ...texts) {
  await page.evaluate(() => { document.getElementById('typing').open = true; });
  await page.fill('#text', texts.join('\n'));
  await page.click('#text-check');
  await page.waitForSelector('#results:not([hidden])');
}

export async function reason(page) {
  return page.getAttribute('#verdict .verdict', 'data-reason');
}

/** A vector: its header and its text. */
export function vector(folder, name) {
  const [head, text] = readFileSync(new URL(`test-vectors/${folder}/${name}.txt`, ROOT), 'utf8').split(/\n\n([^]*)/);
  const header = Object.fromEntries(head.split('\n').map((line) => line.split(/:(.*)/).slice(0, 2).map((one) => one.trim())));
  return { ...header, now: Number(header.now), text: text.replace(/\n$/, '') };
}

export function side(name) {
  return readFileSync(new URL(`test-vectors/side/${name}`, ROOT));
}

/** A text or a pack of the example `papers`. */
export function paper(name) {
  const bytes = readFileSync(`${TARGET}page-papers/${name}`);
  return name.endsWith('.txt') ? bytes.toString() : bytes;
}

/** Sealed documents of the demo: `{text, picture}`. */
export function demo(country) {
  const lines = readFileSync(`${DEMO}${country}/documents.csv`, 'utf8').trim().split('\n');
  const columns = lines[0].replace(/^\ufeff/, '').split(',');
  return lines.slice(1).map((line) => {
    const cells = [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell]) => cell.replace(/^"|"$/g, ''));
    return { text: cells[columns.indexOf('text')], picture: `${DEMO}${country}/${cells[columns.indexOf('file')]}` };
  });
}
