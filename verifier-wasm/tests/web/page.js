// What the tests call in the page: the element, the reader's time, and the cases in a worker.

import { loadReader, loadVerifier } from '/package/index.js';
import '/package/element.js';
import { deadly } from '/tests/deadly.mjs';

export const bytes = async (name) => new Uint8Array(await (await fetch(name)).arrayBuffer());
const wasm = (name) => bytes(`/package/wasm/${name}.wasm`);

globalThis.cases = () => new Promise((resolve, reject) => {
  const worker = new Worker('/web/worker.js', { type: 'module' });
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = (event) => reject(new Error(event.message));
});

globalThis.prepare = async (now) => {
  const element = document.querySelector('sceau-verifier');
  element.verifier = await loadVerifier(await wasm('verifier'));
  element.reader = await loadReader(await wasm('reader'));
  element.verifier.loadPack(await bytes('/package/sample/sample.sceau'));
  element.clock = () => now;
  globalThis.results = [];
  document.addEventListener('sceau-result', ({ detail }) => results.push(detail.reason));
  return Object.keys(Sceau);
};

/** Milliseconds of the median of 41 frames, as a camera's canvas gives them, and what was read. */
globalThis.timeFrames = async (name) => {
  const reader = await loadReader(await wasm('reader'));
  const grey = await bytes(name);
  const data = new Uint8ClampedArray(grey.length * 4).map((_, at) => (at % 4 === 3 ? 255 : grey[at >> 2]));
  const frame = new ImageData(data, 1280, 720);
  const times = [];
  let texts;
  for (let i = 0; i < 41; i += 1) {
    const start = performance.now();
    ({ texts } = reader.read(frame));
    times.push(performance.now() - start);
  }
  return { median: times.sort((a, b) => a - b)[20], texts };
};

/** A PNG file of frames side by side, made as a canvas does. */
globalThis.pictureFile = async (...names) => {
  const canvas = new OffscreenCanvas(1280 * names.length, 720);
  const context = canvas.getContext('2d');
  for (const [at, name] of names.entries()) {
    const grey = await bytes(name);
    const data = new Uint8ClampedArray(grey.length * 4).map((_, at) => (at % 4 === 3 ? 255 : grey[at >> 2]));
    context.putImageData(new ImageData(data, 1280, 720), 1280 * at, 0);
  }
  return canvas.convertToBlob();
};

/** Puts a pack of the vectors in the place of all that the element's verifier holds. */
globalThis.load = (pack) => globalThis.loadFrom(`/side/${pack}.sceau`);

globalThis.loadFrom = async (address) => {
  const { verifier } = document.querySelector('sceau-verifier');
  verifier.clearPacks();
  verifier.loadPack(await bytes(address));
};

/** Gives a black picture to an element whose reader dies of it; what is said, and how many fields are shown. */
globalThis.killReader = async () => {
  const element = document.querySelector('sceau-verifier');
  const { reader } = element;
  element.reader = await loadReader(deadly());
  const canvas = new OffscreenCanvas(1, 1);
  canvas.getContext('2d').fillRect(0, 0, 1, 1);
  await element.verifyPicture(await canvas.convertToBlob());
  const shown = element.shadowRoot.querySelector('[part=result]');
  element.reader = reader;
  return [shown.textContent, shown.querySelectorAll('[part=fields]').length];
};

globalThis.ready = true;
