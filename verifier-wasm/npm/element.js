// <sceau-verifier>: a box to paste a code or choose a picture of one, and what is said about it. Text nodes only.
//
//   element.verifier = await loadVerifier(bytes);   // with its packs loaded
//   element.reader = await loadReader(bytes);       // or not: then there is no choice of a picture
//   element.addEventListener('sceau-result', ({ detail }) => ...);   // the result object

import { reasons } from './codes.js';

export class SceauVerifier extends HTMLElement {
  /** Judges; with its packs loaded. */
  verifier = null;
  /** Returns whole seconds since 1970. */
  clock = () => Math.floor(Date.now() / 1000);
  /** What is said, by name: `paste`, `verify`, `picture`, `failed`, `no-code`, `headline-REASON`, `words-REASON` and `field-FIELD`. */
  labels = {};
  #reader = null;
  #root = this.attachShadow({ mode: 'open' });
  #output = make('div', { part: 'result', role: 'status' });

  connectedCallback() {
    this.#draw();
  }

  /** Reads pictures. */
  get reader() {
    return this.#reader;
  }

  set reader(reader) {
    this.#reader = reader;
    if (this.isConnected) this.#draw();
  }

  /** Judges a text, shows what is said about it, and tells the page by `sceau-result`. */
  verify(text) {
    const report = this.verifier.verify(text, this.clock());
    this.#show(report);
    this.dispatchEvent(new CustomEvent('sceau-result', { detail: report, bubbles: true, composed: true }));
    return report;
  }

  /** Reads the codes of a picture file and judges each. */
  async verifyPicture(file) {
    const { texts } = this.#reader.read(await pixels(file), 'thorough');
    if (texts.length === 0) this.#say(this.#label('no-code'));
    return texts.map((text) => this.verify(text));
  }

  #draw() {
    const box = make('textarea', { part: 'text', rows: 3, spellcheck: 'false', autocapitalize: 'off' });
    const form = make('form', { part: 'form' }, [
      make('label', {}, [this.#label('paste'), box]),
      make('button', { part: 'button', type: 'submit' }, [this.#label('verify')]),
    ]);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#try(() => this.verify(box.value));
    });
    if (this.#reader) form.append(this.#chooser());
    this.#root.adoptedStyleSheets = [style()];
    this.#root.replaceChildren(form, this.#output);
  }

  #chooser() {
    const input = make('input', { part: 'picture', type: 'file', accept: 'image/*' });
    input.addEventListener('change', () => this.#try(() => this.verifyPicture(input.files[0])));
    return make('label', {}, [this.#label('picture'), input]);
  }

  // a failure of the program says nothing about the paper
  async #try(judge) {
    try {
      this.#say('');
      await judge();
    } catch {
      this.#say(this.#label('failed'));
    }
  }

  #say(text) {
    this.#output.removeAttribute('data-exit');
    this.#output.replaceChildren(text);
  }

  #show(report) {
    const { exit } = reasons.find(({ code }) => code === report.reason);
    this.#output.dataset.exit = exit;
    this.#output.replaceChildren(
      make('p', { part: 'headline' }, [this.#label(`headline-${report.reason}`, report.reason)]),
      make('p', { part: 'words' }, [this.#label(`words-${report.reason}`, report.words)]),
    );
    if (report.issuer) this.#output.append(this.#fields({ issuer: Object.values(report.issuer.names), as_of: report.status_as_of }));
    const stated = report.document ?? report.legalisation;
    if (stated) this.#output.append(this.#fields({ ...stated, mean: stated.results?.mean }), this.#marks(stated.results));
  }

  #fields(stated) {
    const rows = FIELDS.filter((name) => stated[name]).flatMap((name) => [
      make('dt', {}, [this.#label(`field-${name}`, name.replaceAll('_', ' '))]),
      ...[stated[name]].flat().map((text) => make('dd', { dir: 'auto' }, [text])),
    ]);
    return make('dl', { part: 'fields' }, rows);
  }

  #marks(results) {
    const row = ({ name, mark }) => make('tr', {}, [
      make('th', { scope: 'row', dir: 'auto' }, [[name].flat().join(' · ')]),
      make('td', {}, [mark ?? '']),
    ]);
    return make('table', { part: 'marks' }, (results?.subjects ?? []).map(row));
  }

  #label(name, otherwise = ENGLISH[name]) {
    return this.labels[name] ?? otherwise;
  }
}

/** In the paper's order. */
const FIELDS = [
  'issuer', 'as_of', 'holder', 'birth', 'birth_place', 'number', 'title', 'series', 'session', 'honours', 'mean', 'authority',
  'centre', 'capacity', 'act_number', 'place', 'date', 'purpose', 'document_serial', 'serial',
];

const ENGLISH = {
  paste: 'Text of the code',
  verify: 'Verify',
  picture: 'Picture of the code',
  failed: 'The program failed. This says nothing about the paper.',
  'no-code': reasons.find(({ code }) => code === 'no-code').words,
};

/** Strings become text nodes, whatever they hold. */
function make(tag, attributes, children = []) {
  const element = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  element.append(...children);
  return element;
}

async function pixels(file) {
  const bitmap = await createImageBitmap(file);
  const { width, height } = bitmap;
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d');
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return { data: context.getImageData(0, 0, width, height).data, width, height };
}

// a sheet made by script needs no `style-src` in the page's content policy
function style() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);
  return sheet;
}

const CSS = `
:host { display: block; font: var(--sceau-font, inherit); color: var(--sceau-text, inherit); }
form, label { display: grid; gap: 0.5rem; }
textarea, button, input { font: inherit; }
button { padding: 0.5rem 1rem; }
[part='result']:not(:empty) { margin-top: 1rem; padding: 1rem; border: 3px solid var(--sceau-undetermined, #7a5200); }
[part='result'][data-exit='0'] { border-color: var(--sceau-accepted, #14612b); }
[part='result'][data-exit='1'] { border-color: var(--sceau-refused, #a3121a); border-style: double; border-width: 9px; }
[part='headline'] { margin: 0; font-size: 1.5em; font-weight: bold; text-transform: uppercase; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 0.25rem 1rem; }
dt { grid-column: 1; text-transform: capitalize; }
dd { grid-column: 2; margin: 0; font-weight: bold; }
`;

if (!customElements.get('sceau-verifier')) customElements.define('sceau-verifier', SceauVerifier);
