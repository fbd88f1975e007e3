// Builds the page: target/page/hosted (a folder for a web server) and target/page/sceau.html (one file).
// usage: node build.mjs [--pack FILE.sceau [--root FINGERPRINT]] [--pdf FOLDER_OF_PDFJS] [--modules FOLDER] [--out FOLDER]

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

import { bundle } from './bundle.mjs';

const HERE = new URL('./', import.meta.url);
const TARGET = `${process.env.CARGO_TARGET_DIR || new URL('../../target', HERE).pathname}/`;
const HOSTED_LIMIT = 250 * 1024; // with brotli, a pack included, PDF reading not
const SINGLE_LIMIT = 700_000; // on disk

const { values: options } = parseArgs({
  options: {
    pack: { type: 'string' },
    root: { type: 'string' },
    pdf: { type: 'string' },
    modules: { type: 'string', default: `${TARGET}verifier-wasm` },
    out: { type: 'string', default: `${TARGET}page` },
  },
});
if (options.root && !/^[0-9a-f]{64}$/.test(options.root)) {
  throw new Error(`--root: 64 hexadecimal digits are wanted, found ${options.root}`);
}

const own = (name) => readFileSync(new URL(name, HERE), 'utf8');
const page = own('index.html');
const style = own('style.css').replace(/\n\s*/g, '\n');
const script = bundle(new URL('src/main.js', HERE));
const parts = {
  'verifier.wasm': readFileSync(`${options.modules}/verifier.wasm`),
  'reader.wasm': readFileSync(`${options.modules}/reader.wasm`),
  'reader-worker.js': Buffer.from(bundle(new URL('src/reader-worker.js', HERE))),
  ...(options.pack ? { 'trust.sceau': readFileSync(options.pack) } : {}),
};

writeHosted(`${options.out}/hosted`);
writeSingle(`${options.out}/sceau.html`);

function writeHosted(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const files = { ...parts, 'page.js': script, 'style.css': style, 'icon.svg': own('icon.svg'), 'manifest.webmanifest': own('manifest.webmanifest') };
  const frame = options.pdf ? { 'pdf.html': pdfFrame(options.pdf) } : {};
  const policy = ["default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "style-src 'self'", "img-src 'self' blob:", 'media-src blob:',
    "connect-src 'self'", "worker-src 'self'", "manifest-src 'self'", ...(options.pdf ? ["frame-src 'self'"] : []), "form-action 'none'", "base-uri 'none'"];
  files['index.html'] = filled(page, {
    policy: policy.join('; '),
    head: '<link rel="stylesheet" href="style.css">\n<link rel="manifest" href="manifest.webmanifest">\n<link rel="icon" href="icon.svg">\n<script src="page.js" defer></script>',
    body: '',
  }, { parts: [...Object.keys(parts), ...Object.keys(frame)].join(' '), root: options.root });
  const names = ['./', ...Object.keys(files)];
  files['sw.js'] = filled(own('sw.js'), { parts: JSON.stringify(names), digest: digest(Object.values(files), 'hex').slice(0, 16) });
  for (const [name, contents] of Object.entries({ ...files, ...frame })) writeFileSync(`${folder}/${name}`, contents);
  told(folder, Object.values(files).reduce((sum, contents) => sum + brotli(contents), 0), HOSTED_LIMIT, 'bytes with brotli');
}

function writeSingle(path) {
  const holders = Object.entries(parts).map(([name, contents]) =>
    `<script type="text/plain" id="part-${name}">${gzipSync(contents, { level: 9 }).toString('base64')}</script>`);
  const policy = ["default-src 'none'", `script-src '${hash(script)}' 'wasm-unsafe-eval'`, `style-src '${hash(style)}'`, 'img-src blob: data:', 'media-src blob:',
    'worker-src blob:', "form-action 'none'", "base-uri 'none'"];
  const whole = filled(page, {
    policy: policy.join('; '),
    head: `<link rel="icon" href="data:,">\n<style>${style}</style>`,
    body: `${holders.join('\n')}\n<script>${script}</script>`,
  }, { root: options.root });
  writeFileSync(path, whole);
  told(path, Buffer.byteLength(whole), SINGLE_LIMIT, 'bytes on disk');
}

// the frame that draws PDF: everything inline, so that it needs no rights at all
function pdfFrame(folder) {
  const files = readdirSync(folder);
  const wanted = ['pdf.min.mjs', 'pdf.worker.min.mjs'];
  for (const name of wanted) if (!files.includes(name)) throw new Error(`${folder}: ${name} is wanted, found ${files.join(', ')}`);
  const scripts = [...wanted.map((name) => readFileSync(`${folder}/${name}`, 'utf8').replace(/<\/script/gi, '<\\/script').replace(/^\/\/# sourceMappingURL.*$/m, '')), own('src/pdf-frame.js')];
  const policy = ["default-src 'none'", `script-src ${scripts.map((text) => `'${hash(text)}'`).join(' ')}`, "form-action 'none'", "base-uri 'none'"];
  return filled(own('pdf.html'), {
    policy: policy.join('; '),
    body: scripts.map((text) => `<script type="module">${text}</script>`).join('\n'),
  });
}

function filled(template, values, data = {}) {
  const attributes = Object.entries(data).filter(([, value]) => value).map(([name, value]) => ` data-${name}="${value}"`).join('');
  return template.replace('<html lang="fr">', `<html lang="fr"${attributes}>`).replace(/\{\{(\w+)\}\}/g, (whole, name) => values[name]);
}

function hash(text) {
  return `sha256-${digest([text], 'base64')}`;
}

function digest(contents, form) {
  const hashing = createHash('sha256');
  for (const one of contents) hashing.update(one);
  return hashing.digest(form);
}

function brotli(contents) {
  return brotliCompressSync(contents, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}

function told(path, size, limit, unit) {
  console.log(`${path}: ${size} ${unit} (at most ${limit})`);
  if (size > limit) process.exitCode = 1;
}
