// <sceau-verifier>: a box to paste a code or choose a picture of one, and what is said about it. Text nodes only.
//
//   element.verifier = await loadVerifier(bytes);   // with its packs loaded
//   element.reader = await loadReader(bytes);       // or not: then there is no choice of a picture
//   element.addEventListener('sceau-result', ({ detail }) => ...);   // the result object

export class SceauVerifier extends HTMLElement {
  static observedAttributes = ['lang'];
  /** Judges; with its packs loaded. */
  verifier = null;
  /** Returns whole seconds since 1970. */
  clock = () => Math.floor(Date.now() / 1000);
  /**
   * What is said, by name: `paste`, `verify`, `picture`, `failed`, `no-code`, `beside`, `not-admitted`, `sheets-complete`,
   * `headline-REASON`, `words-REASON`, `field-FIELD` and `decision-OUTCOME`; around the text of the paper `paper`, `paper-PART`,
   * `role-row`, `role-ROLE`; of a legalisation `legal`, `colon`, `legal-words-same-document`, and `legal-headline-RELATION` and `legal-words-RELATION` for
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
    const { reports, legalisations, exit_statuses: exits } = this.#story;
    const relations = new Map(legalisations.map(({ record, relation }) => [record, relation]));
    this.#output.replaceChildren(...reports.map((report, at) => this.#box(report, exits[at], relations.get(at))));
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

  #box(report, exit, relation) {
    const said = relation && report.legalisation ? this.#saidOfRecord(report, relation) : this.#saidOf(report, exit);
    const box = make('div', { part: 'result', 'data-exit': exit ?? 'none' }, [
      make('p', { part: 'headline' }, [said.headline]),
      make('p', { part: 'words' }, [said.words]),
    ]);
    if (report.issuer) box.append(this.#fields({ issuer: Object.values(report.issuer.names), status: this.#status(report) }));
    if (report.legalisation) box.append(this.#fields(report.legalisation));
    if (report.document) box.append(this.#fields(this.#typed(report.document)), ...this.#paper(report.document));
    return box;
  }

  // whoever was not admitted is never shown under a headline that leaves it out
  #saidOf(report, exit) {
    const { reason, words, document } = report;
    if (exit === null) return { headline: this.#label(`headline-${reason}`, reason), words: this.#label('beside') };
    const whole = reason === 'one-sheet' && exit === 0;
    const shown = whole ? 'genuine' : reason;
    const headline = this.#label(`headline-${shown}`, shown);
    const refused = document?.decision?.outcome === 'not-admitted' && reason !== 'states-not-admitted';
    return {
      headline: refused ? `${headline} \u00b7 ${this.#label('not-admitted')}` : headline,
      words: whole ? this.#label('sheets-complete') : this.#label(`words-${reason}`, words),
    };
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

  #status({ status, status_as_of: since, sealed_after_list: later }) {
    const said = this.#label(`status-${status}`, status);
    return [since ? `${said} \u00b7 ${since.slice(0, 10)}` : said, ...(later ? [this.#label('sealed-after-list')] : [])];
  }

  #typed(document) {
    const { decision, sheet, identity } = document;
    const dated = (name) => [document[name], document[`${name}_printed`]].flat().filter(Boolean);
    return {
      ...document,
      birth: dated('birth'),
      awarded: dated('awarded'),
      valid_until: dated('valid_until'),
      identity: identity && [identity.name, identity.tail && `\u2026${identity.tail}`].flat().filter(Boolean),
      decision: decision && (this.#label(`decision-${decision.outcome}`) ?? decision.outcome),
      sheet: sheet && `${sheet.number} / ${sheet.of}`,
    };
  }

  #fields(stated) {
    const named = FIELDS.map((name) => [name, [stated[name]].flat().filter(Boolean)]);
    const rows = named.filter(([, lines]) => lines.length > 0).flatMap(([name, lines]) => [
      make('dt', {}, [this.#label(`field-${name}`, name.replaceAll('_', ' '))]),
      ...lines.map((text) => make('dd', { dir: 'auto' }, [text])),
    ]);
    return make('dl', { part: 'fields' }, rows);
  }

  // what the paper prints beside the typed fields: in a frame, and never as words of this program
  #paper({ results, lines, decision }) {
    const parts = [
      ...(results ? this.#results(results) : []),
      ...['person', 'award'].flatMap((name) => this.#lines(name, lines?.[name] ?? [])),
      ...(decision?.words ? this.#lines('decision', [{ name: '', value: decision }]) : []),
    ];
    if (parts.length === 0) return [];
    return [make('section', { part: 'paper' }, [make('p', { part: 'paper-title' }, [this.#label('paper')]), ...parts])];
  }

  #results({ mean, columns, rows, summaries }) {
    const scale = ({ maximum }) => (maximum === null ? [] : [make('div', {}, [`/ ${maximum}`])]);
    const heading = (column) => make('th', { scope: 'col' }, [
      ...(column.heading === null ? [this.#label(`role-${column.role}`) ?? column.role] : printed(column.heading)), ...scale(column),
    ]);
    const head = make('tr', {}, [make('th', { scope: 'col' }, [this.#label('role-row')]), ...columns.map(heading)]);
    const row = ({ name, kind, level = 0, cells }) => make('tr', { part: kind, 'data-level': level }, [
      make('th', { scope: 'row' }, printed(name)),
      ...cells.map((cell) => make('td', {}, cell === null ? [] : 'words' in cell ? printed(cell.words) : [cell.number])),
    ]);
    const table = rows.length > 0 ? [make('table', { part: 'marks' }, [head, ...rows.map(row)])] : [];
    return [...table, ...(mean ? [this.#fields({ mean: number(mean) })] : []), ...this.#lines('summaries', summaries)];
  }

  #lines(name, lines) {
    if (lines.length === 0) return [];
    const row = ({ name: said, value }) => [
      make('dt', {}, printed(said)),
      make('dd', {}, 'words' in value ? printed(value.words) : [number(value)]),
    ];
    return [make('p', { part: 'paper-title' }, [this.#label(`paper-${name}`)]), make('dl', { part: 'lines' }, lines.flatMap(row))];
  }

  #label(name, otherwise = ENGLISH[name]) {
    return this.labels[name] ?? this.#language.labels[name] ?? otherwise;
  }
}

/** In the paper's order. */
const FIELDS = [
  'issuer', 'status', 'holder', 'birth', 'birth_place', 'identity', 'number', 'title', 'series', 'session', 'decision', 'honours', 'mean',
  'authority', 'centre', 'awarded', 'valid_until', 'sheet', 'capacity', 'act_number', 'place', 'date', 'purpose', 'document_serial',
  'serial',
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

/** Outcomes of a legalisation that say nothing against it. */
const UNBOUND = ['genuine', 'status-old', 'status-unknown'];

const ENGLISH = {
  paste: 'Text of the code',
  verify: 'Verify',
  picture: 'Picture of the code',
  failed: 'The program failed. This says nothing about the paper.',
  'no-code': 'The picture holds no code that can be read. Scan again at 300 dpi or more.',
  beside: 'Another code beside the document. It was not opened and does not count.',
  'not-admitted': 'not admitted',
  'sheets-complete': 'Issued by the authority named; all sheets of this paper are here. Compare with the paper.',
  'sealed-after-list': 'Sealed after that date: nothing is known of it since.',
  'decision-not-admitted': 'NOT ADMITTED',
  'decision-admitted': 'admitted',
  'decision-otherwise': 'neither admitted nor refused: read the printed decision',
  paper: 'Text of the paper',
  'paper-summaries': 'Summary lines',
  'paper-person': 'Other lines about the person',
  'paper-award': 'Other lines about the document',
  'paper-decision': 'Decision, as printed',
  'role-row': 'Subject',
  'role-code': 'Code',
  'role-coefficient': 'Coeff.',
  'role-credits': 'Credits',
  'role-result': 'Mark',
  'role-maximum': 'Out of',
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

/** Words of the paper, a line for each language in which they are printed; isolated, so that they move nothing around them. */
function printed(words) {
  return [words].flat().filter((text) => text !== null).map((text) => make('bdi', { dir: 'auto' }, [text]));
}

function number({ number: shown, maximum }) {
  return maximum === undefined ? shown : `${shown} / ${maximum}`;
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
dd { grid-column: 2; margin: 0; font-weight: bold; overflow-wrap: anywhere; }
[part='paper'] { margin-top: 1rem; padding: 0 1rem 1rem; border: 2px dashed; overflow-x: auto; contain: paint; }
[part='paper-title'] { margin: 1rem 0 0.25rem; font-weight: bold; }
[part='lines'] dt { text-transform: none; }
[part='lines'] dd, [part='paper'] bdi, [part='marks'] td { font-family: Georgia, serif; font-weight: normal; }
bdi { display: block; }
th { text-align: start; vertical-align: bottom; padding: 0.2rem 0.5rem; }
td { vertical-align: top; padding: 0.2rem 0.5rem; }
[part='heading'] bdi, [part='total'] bdi, [part='total'] td { font-weight: bold; }
`;

if (!customElements.get('sceau-verifier')) customElements.define('sceau-verifier', SceauVerifier);
