// <sceau-verifier>: a box to paste a code or choose a picture of one, and what is said about it. Text nodes only.
//
//   element.verifier = await loadVerifier(bytes);   // with its packs loaded
//   element.reader = await loadReader(bytes);       // or not: then there is no choice of a picture
//   element.addEventListener('sceau-result', ({ detail }) => ...);   // the result object

import { reasons } from './codes.js';

export class SceauVerifier extends HTMLElement {
  static observedAttributes = ['lang'];
  /** Judges; with its packs loaded. */
  verifier = null;
  /** Returns whole seconds since 1970. */
  clock = () => Math.floor(Date.now() / 1000);
  /**
   * What is said, by name: `paste`, `verify`, `picture`, `failed`, `no-code`, `headline-REASON`, `words-REASON` and `field-FIELD`;
   * of a legalisation `legal`, `colon`, `legal-words-same-document`, and `legal-headline-RELATION` and `legal-words-RELATION` for
   * `other-document` and `undetermined`. What is not here is said in the language of the attribute `lang`.
   */
  labels = {};
  #language = { direction: 'ltr', labels: {} };
  #reader = null;
  #root = this.attachShadow({ mode: 'open' });
  #output = make('div', { role: 'status' });
  #story = null;

  connectedCallback() {
    this.#draw();
  }

  /** Speaks the language of the attribute `lang` if the package has it, else English. */
  async attributeChangedCallback() {
    const wanted = this.lang;
    const language = await spoken(wanted);
    if (this.lang !== wanted) return;
    this.#language = language;
    if (this.isConnected) this.#draw();
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
    return this.#judge([text])[0];
  }

  /** Reads the codes of a picture file and judges them as those of one paper. */
  async verifyPicture(file) {
    const { texts, trap } = this.#reader.read(await pixels(file), 'thorough');
    if (texts.length > 0) return this.#judge(texts);
    this.#say(this.#label(trap ? 'failed' : 'no-code'));
    return [];
  }

  // a legalisation counts only with the document that it was made over, so all texts are judged as one story
  #judge(texts) {
    this.#story = this.verifier.story(texts, this.clock());
    this.#show();
    const { reports } = this.#story;
    for (const detail of reports) this.dispatchEvent(new CustomEvent('sceau-result', { detail, bubbles: true, composed: true }));
    return reports;
  }

  #show() {
    const { reports, legalisations } = this.#story;
    const relations = new Map(legalisations.map(({ record, relation }) => [record, relation]));
    this.#output.replaceChildren(...reports.map((report, at) => this.#box(report, relations.get(at))));
  }

  #draw() {
    const typed = this.#root.querySelector('textarea')?.value ?? '';
    const box = make('textarea', { part: 'text', rows: 3, spellcheck: 'false', autocapitalize: 'off' });
    const form = make('form', { part: 'form' }, [
      make('label', {}, [this.#label('paste'), box]),
      make('button', { part: 'button', type: 'submit' }, [this.#label('verify')]),
    ]);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#try(() => this.#judge(lines(box.value)));
    });
    if (this.#reader) form.append(this.#chooser());
    box.value = typed;
    form.dir = this.#output.dir = this.#language.direction;
    this.#root.adoptedStyleSheets = [style()];
    this.#root.replaceChildren(form, this.#output);
    if (this.#story) this.#show();
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
    this.#story = null;
    this.#output.replaceChildren(...(text ? [make('div', { part: 'result' }, [text])] : []));
  }

  #box(report, relation) {
    const { exit } = reasons.find(({ code }) => code === report.reason);
    const said = relation && report.legalisation ? this.#saidOfRecord(report, relation) : this.#saidOf(report);
    const box = make('div', { part: 'result', 'data-exit': exit === 0 && relation ? EXITS[relation] : exit }, [
      make('p', { part: 'headline' }, [said.headline]),
      make('p', { part: 'words' }, [said.words]),
    ]);
    if (report.issuer) box.append(this.#fields({ issuer: Object.values(report.issuer.names), status: this.#status(report) }));
    const stated = report.document ?? report.legalisation;
    if (stated) box.append(this.#fields({ ...stated, mean: stated.results?.mean }), this.#marks(stated.results));
    return box;
  }

  #saidOf({ reason, words }) {
    return { headline: this.#label(`headline-${reason}`, reason), words: this.#label(`words-${reason}`, words) };
  }

  // one that would be accepted is never called genuine without its document
  #saidOfRecord(report, relation) {
    const plain = this.#saidOf(report);
    if (relation !== 'same-document' && UNBOUND.includes(report.reason)) {
      return { headline: this.#label(`legal-headline-${relation}`), words: this.#label(`legal-words-${relation}`) };
    }
    const words = report.reason === 'genuine' ? this.#label('legal-words-same-document') : plain.words;
    return { headline: `${this.#label('legal')}${this.#label('colon')}${plain.headline}`, words };
  }

  #status({ status, status_as_of: since }) {
    const said = this.#label(`status-${status}`, status);
    return since ? `${said} · ${since.slice(0, 10)}` : said;
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
    return this.labels[name] ?? this.#language.labels[name] ?? otherwise;
  }
}

/** In the paper's order. */
const FIELDS = [
  'issuer', 'status', 'holder', 'birth', 'birth_place', 'number', 'title', 'series', 'session', 'honours', 'mean', 'authority',
  'centre', 'capacity', 'act_number', 'place', 'date', 'purpose', 'document_serial', 'serial',
];

/** Languages of the package beside English, each a module beside this one. */
const LANGUAGES = ['ar', 'es', 'fr', 'ht', 'pt'];

/** One that cannot be loaded is English, as one that the package does not have. */
async function spoken(wanted) {
  const language = wanted.slice(0, 2).toLowerCase();
  const english = { direction: 'ltr', labels: {} };
  if (!LANGUAGES.includes(language)) return english;
  return import(`./languages/${language}.js`).then((module) => module.default, () => english);
}

/** The exit status of a legalisation that is genuine, by whose it is (SPEC section 17). */
const EXITS = { 'same-document': 0, 'other-document': 1, undetermined: 2 };

/** Outcomes of a legalisation that say nothing against it. */
const UNBOUND = ['genuine', 'status-old', 'status-unknown'];

const ENGLISH = {
  paste: 'Text of the code',
  verify: 'Verify',
  picture: 'Picture of the code',
  failed: 'The program failed. This says nothing about the paper.',
  'no-code': reasons.find(({ code }) => code === 'no-code').words,
  legal: 'Legalisation',
  colon: ': ',
  'legal-words-same-document': 'The ministry named has legalised this same document.',
  'legal-headline-other-document': 'Legalisation of another document',
  'legal-words-other-document': 'The record is about another document than the one shown here.',
  'legal-headline-undetermined': 'Legalisation, document not shown',
  'legal-words-undetermined': "Seen alone, this code says only that a document with this serial was legalised. Show the document's code too.",
};

/** The texts of a box, one a line; a blank at an end may belong to a text. */
function lines(typed) {
  const texts = typed.split(/\r?\n/).filter((line) => line.trim() !== '');
  return texts.length > 0 ? texts : [''];
}

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
[part='result'] { margin-top: 1rem; padding: 1rem; border: 3px solid var(--sceau-undetermined, #7a5200); }
[part='result'][data-exit='0'] { border-color: var(--sceau-accepted, #14612b); }
[part='result'][data-exit='1'] { border-color: var(--sceau-refused, #a3121a); border-style: double; border-width: 9px; }
[part='headline'] { margin: 0; font-size: 1.5em; font-weight: bold; text-transform: uppercase; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 0.25rem 1rem; }
dt { grid-column: 1; text-transform: capitalize; }
dd { grid-column: 2; margin: 0; font-weight: bold; }
`;

if (!customElements.get('sceau-verifier')) customElements.define('sceau-verifier', SceauVerifier);
