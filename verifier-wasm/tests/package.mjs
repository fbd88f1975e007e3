// Unpacks the npm package and uses it as a stranger would: the README's example, the types, pictures, wrong arguments.
// usage: node package.mjs PACKAGE.tgz FRAME FOLDER_TO_WORK_IN

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runInNewContext } from 'node:vm';

import { folder as cases } from './bundle.mjs';
import { World } from './cases.mjs';
import { deadly } from './deadly.mjs';

const [archive, frameFile, work] = process.argv.slice(2);
const home = resolve(work, 'node_modules/sceau-verifier');
rmSync(work, { recursive: true, force: true });
mkdirSync(home, { recursive: true });
execFileSync('tar', ['-xzf', archive, '-C', home, '--strip-components=1']);
const file = (name) => readFileSync(join(home, name));
const sample = (name) => file(`sample/${name}.txt`).toString().trimEnd();
const { loadReader, loadVerifier } = await import(pathToFileURL(join(home, 'index.js')));

const NOW = 1784044800;
const frame = { data: new Uint8Array(readFileSync(frameFile)), width: 1280, height: 720 };
const verifier = await loadVerifier(file('wasm/verifier.wasm'));
const reader = await loadReader(file('wasm/reader.wasm'));

function load() {
  verifier.clearPacks();
  assert.equal(verifier.loadPack(file('sample/sample.sceau')).loaded, true);
}

test('the example of the README prints what the README says', () => {
  const [example, printed] = [...file('README.md').toString().matchAll(/```\w*\n([\s\S]*?)```/g)].map(([, text]) => text);
  writeFileSync(join(work, 'check.mjs'), example);
  const found = execFileSync(process.execPath, ['check.mjs'], { cwd: work, encoding: 'utf8' }).trim().split('\n').slice(1);
  const said = printed.trim().split('\n');
  assert.equal(found.length, said.length);
  said.forEach((line, at) => assert.ok(found[at].startsWith(line), `${found[at]}\n${line}`));
});

test('the types allow every report of the vectors, and no field that they do not name', () => {
  const world = new World({ vectors: cases('vectors'), objects: cases('objects'), side: cases('side') });
  const judged = [...world.names('vectors'), ...world.names('objects', 'legalisation')].map((name) => {
    const vector = world.vector(name);
    verifier.clearPacks();
    world.load(vector, verifier);
    return verifier.verify(vector.artefact, Number(vector.header.now));
  });
  load();
  const answers = [verifier.loadPack(file('sample/sample.sceau')), verifier.loadPack(new Uint8Array(1))];
  load();
  const values = [
    ...judged.map((report) => ['Judged', report]),
    ...answers.map((answer) => ['PackAnswer', answer]),
    ['Story', verifier.story([sample('genuine')], NOW)],
  ];
  const typed = new Set(values.map(([type, value]) => `: ${type} = ${JSON.stringify(value)};`));
  const lines = [...typed].map((value, at) => `export const value${at}${value}`);
  const uses = "import type { Judged, PackAnswer, Story } from 'sceau-verifier';\nimport 'sceau-verifier/element';\n";
  writeFileSync(join(work, 'types.mts'), `${uses}${lines.join('\n')}\n`);
  const compiler = fileURLToPath(new URL('node_modules/typescript/bin/tsc', import.meta.url));
  const options = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'nodenext', '--lib', 'es2023,dom'];
  execFileSync(process.execPath, [compiler, ...options, 'types.mts'], { cwd: work, stdio: 'inherit' });
});

test('every language of the element has a word for every outcome and field', async () => {
  const { faults, reasons } = await import(pathToFileURL(join(home, 'codes.js')));
  const [, listed] = /const LANGUAGES = (\[.*\]);/.exec(file('element.js').toString());
  const names = readdirSync(join(home, 'languages')).sort();
  assert.deepEqual(names, JSON.parse(listed.replaceAll("'", '"')).map((language) => `${language}.js`));
  const [, fields] = /const FIELDS = (\[[^\]]*\])/.exec(file('element.js').toString());
  const wanted = [...fields.matchAll(/'(\w+)'/g)].map(([, name]) => `field-${name}`);
  for (const { code } of [...reasons, ...faults]) wanted.push(`headline-${code}`, `words-${code}`);
  for (const [, label] of file('element.js').toString().matchAll(/^  '?([a-z-]+)'?: ['"r]/gm)) wanted.push(label);
  assert.ok(wanted.includes('legal-headline-undetermined') && wanted.includes('role-result') && wanted.includes('paste') && wanted.includes('no-code'));
  for (const name of names) {
    const { default: language } = await import(pathToFileURL(join(home, 'languages', name)));
    assert.equal(language.direction, name === 'ar.js' ? 'rtl' : 'ltr');
    assert.deepEqual(wanted.filter((label) => !language.labels[label]), [], name);
  }
});

test('a wrong argument is an error of its own and leaves the verifier as it was', () => {
  load();
  const wrong = [
    [() => verifier.verify(sample('genuine'), NaN), 'now: whole seconds since 1970 are wanted, found NaN'],
    [() => verifier.verify(sample('genuine'), -1), 'now: whole seconds since 1970 are wanted, found -1'],
    [() => verifier.verify(sample('genuine'), 1.5), 'now: whole seconds since 1970 are wanted, found 1.5'],
    [() => verifier.verify(sample('genuine'), NOW * 1000), `now: whole seconds since 1970 are wanted, found ${NOW * 1000}`],
    [() => verifier.verify(sample('genuine')), 'now: whole seconds since 1970 are wanted, found undefined'],
    [() => verifier.verify(sample('genuine'), NOW, ['00']), 'proof: a Uint8Array is wanted, found String'],
    [() => verifier.verify(null, NOW), 'text: a string is wanted, found null'],
    [() => verifier.loadPack('pack'), 'pack: a Uint8Array is wanted, found String'],
    [() => verifier.loadPack(file('sample/sample.sceau'), 'ab'), 'root: 64 hexadecimal digits are wanted'],
    [() => verifier.updatePack(new Uint8Array(1)), 'held pack: a Uint8Array is wanted, found undefined'],
    [() => verifier.updatePack(new Uint8Array(1), new Uint8Array(1)), 'now: whole seconds since 1970 are wanted, found undefined'],
    [() => verifier.updatePack(new Uint8Array(1), new Uint8Array(1), NOW, 'ab'), 'root: 64 hexadecimal digits are wanted'],
    [() => verifier.loadPack(new Uint8Array(1), null, 0.5), 'now: whole seconds since 1970 are wanted, found 0.5'],
    [() => verifier.story(Array(1001).fill('SC1:'), NOW), 'a story of 1001 texts is too long'],
  ];
  for (const [call, message] of wrong) assert.throws(call, { message });
  assert.equal(verifier.verify(sample('genuine'), NOW).reason, 'genuine');
});

test('a text or a pack of any length is refused, not copied', () => {
  load();
  for (const letter of ['0', '\u{10ffff}']) {
    assert.equal(verifier.verify('SC1:' + letter.repeat(5_000_000), NOW).reason, 'text-malformed');
  }
  assert.equal(verifier.loadPack(new Uint8Array(200 << 20)).reason, 'pack-malformed');
});

test('after a refused pack nothing is said until the packs are cleared', () => {
  load();
  assert.equal(verifier.loadPack(file('sample/sample.sceau').subarray(1)).reason, 'pack-malformed');
  assert.equal(verifier.verify(sample('genuine'), NOW).reason, 'pack-malformed');
  load();
  assert.equal(verifier.verify(sample('genuine'), NOW).reason, 'genuine');
});

test('a frame with a code gives its text, in grey and in colour', () => {
  assert.deepEqual(reader.read(frame), { texts: [sample('genuine')], trap: false });
  const data = new Uint8ClampedArray(frame.data.length * 4).map((_, at) => (at % 4 === 3 ? 255 : frame.data[at >> 2]));
  assert.deepEqual(reader.read({ ...frame, data }, 'thorough'), { texts: [sample('genuine')], trap: false });
});

test('a picture that does not fit its size is refused before it is copied', () => {
  const data = new Uint8Array(6);
  const size = (width, height) => () => reader.read({ data, width, height });
  assert.throws(size(2, 2), { message: 'picture: one byte or four bytes a pixel are wanted, found 2 x 2 and 6 bytes' });
  assert.throws(size(0, 6), { message: 'picture: sides of one pixel or more are wanted, found 0 x 6 and 6 bytes' });
  assert.throws(size(65536, 65536), { message: 'picture: it is too large, found 65536 x 65536 and 6 bytes' });
  assert.throws(() => reader.read(frame, 'best'), { message: "effort: 'frame' or 'thorough' is wanted, found best" });
});

test('a picture that kills the reader is told, and the next one is read', async () => {
  const mortal = await loadReader(deadly());
  const picture = (pixel) => ({ data: new Uint8Array([pixel]), width: 1, height: 1 });
  assert.deepEqual([1, 0, 1].map((pixel) => mortal.read(picture(pixel)).trap), [false, true, false]);
});

test('the classic script offers the same', async () => {
  const context = { HTMLElement: class {}, customElements: { get() {}, define() {} }, WebAssembly, TextEncoder, TextDecoder, Uint8Array };
  runInNewContext(file('classic.js').toString(), context);
  const classic = await context.Sceau.loadVerifier(file('wasm/verifier.wasm'));
  classic.loadPack(file('sample/sample.sceau'));
  assert.equal(classic.verify(sample('altered'), NOW).reason, 'signature-invalid');
});
