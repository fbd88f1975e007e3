// The page: what people give it goes to the reader and the judge, what is found is shown.

import { Camera } from './camera.js';
import { seconds } from './clock.js';
import { at } from './dom.js';
import { startLanguages, words } from './language.js';
import { Judge } from './judge.js';
import { Packs } from './packs.js';
import { SINGLE, part } from './parts.js';
import { readFiles } from './pictures.js';
import { PictureReader } from './reader.js';
import { Results } from './results.js';
import { codesIn, linkText } from './typed.js';

let redraw = () => {};
const linked = takeLink();
startLanguages(() => redraw());
start().catch(() => say('broken'));

async function start() {
  const judge = await Judge.load(await part('verifier.wasm'));
  const reader = new PictureReader();
  const results = new Results(judge);
  const guarded = (work) => async (...args) => {
    try {
      await work(...args);
    } catch {
      results.clear();
      progress('');
      say('failed');
    }
  };
  const show = guarded(async (found) => results.add(found));
  const packs = new Packs(judge, guarded(async () => { results.judge(); results.show(); }));
  await packs.start();
  redraw = guarded(async () => { packs.show(); results.show(); at('notice').hidden = true; });

  const texts = (list, label) => {
    const picture = {}; // they are shown together
    return list.map((text) => ({ source: { label, picture }, text }));
  };
  const camera = new Camera(reader, (text) => judge.isOurs(text, seconds()), (list) => show(texts(list, () => words('source.camera'))), () => say('failed'));
  const film = async () => {
    at('notice').hidden = true;
    const fault = await camera.start();
    if (fault) say(fault);
  };
  const read = guarded(async (files) => {
    camera.stop();
    const isPack = (file) => /\.sceau$/i.test(file.name);
    const isProof = (file) => /\.proof$/i.test(file.name);
    await packs.take(files.filter(isPack));
    const proofs = files.filter(isProof);
    if (proofs.length > 0) {
      judge.prove(await Promise.all(proofs.map(async (file) => new Uint8Array(await file.slice(0, 1025).arrayBuffer()))));
      results.judge();
      results.show();
      progress(words('files.proofs', { count: proofs.length }));
    }
    const rest = files.filter((file) => !isPack(file) && !isProof(file));
    if (rest.length === 0) return;
    const found = await readFiles(rest, reader, (name) => progress(words('files.reading', { name })));
    progress('');
    results.add(found);
  });
  const type = (typed) => show(texts(codesIn(typed), () => words('source.text')));
  const follow = (text) => {
    if (text !== null) show(texts([text], () => words('source.link')));
  };

  at('camera-start').addEventListener('click', film);
  at('second').addEventListener('click', () => { results.expectMore(); at('ways').scrollIntoView(); at('camera-start').focus(); });
  at('again').addEventListener('click', () => { results.clear(); at('text').value = ''; at('camera-start').focus(); });
  at('files').addEventListener('change', ({ target }) => { read([...target.files]); target.value = ''; });
  at('text-check').addEventListener('click', () => { if (codesIn(at('text').value).length > 0) type(at('text').value); });
  onDrop(read);
  onPaste(read, type);
  showFocus();
  addEventListener('hashchange', () => follow(takeLink()));
  follow(linked);
  document.documentElement.dataset.ready = 'yes';
  if (!SINGLE && 'serviceWorker' in navigator) await navigator.serviceWorker.register('sw.js').catch(() => {});
}

// what stands behind the # is somebody's diploma: it stays in no address bar, history or bookmark
function takeLink() {
  const text = linkText(location);
  if (text !== null) history.replaceState(null, '', `${location.pathname}${location.search}`);
  return text;
}

function onDrop(read) {
  const drags = (over) => (event) => {
    event.preventDefault();
    document.body.classList.toggle('dropping', over);
  };
  addEventListener('dragover', drags(true));
  addEventListener('dragleave', drags(false));
  addEventListener('drop', (event) => {
    drags(false)(event);
    if (event.dataTransfer.files.length > 0) read([...event.dataTransfer.files]);
  });
}

function onPaste(read, type) {
  addEventListener('paste', ({ clipboardData, target }) => {
    const files = [...clipboardData.files];
    for (const file of files) Object.defineProperty(file, 'label', { get: () => words('source.clipboard') });
    if (files.length > 0) read(files);
    else if (target.tagName !== 'TEXTAREA') {
      const typed = clipboardData.getData('text');
      if (codesIn(typed).length > 0) type(typed);
    }
  });
}

// a hidden file input shows its focus on the label before it
function showFocus() {
  for (const input of document.querySelectorAll('input[type=file]')) {
    const label = document.querySelector(`label[for=${input.id}]`);
    input.addEventListener('focus', () => label.classList.add('focused'));
    input.addEventListener('blur', () => label.classList.remove('focused'));
  }
}

function say(id) {
  at('notice').textContent = words(id);
  at('notice').hidden = false;
}

function progress(text) {
  at('progress').textContent = text;
}
