// Trust packs: bundled, brought by the user, or updated from the page's own address on a click.

import { causeList } from './cause.js';
import { seconds } from './clock.js';
import { at, el, fill, quoted } from './dom.js';
import { labelled, list } from './fields.js';
import { date, outcome, words } from './language.js';
import { SINGLE, fetched, part } from './parts.js';
import { grouped, listLine } from './standing.js';
import { keep, kept } from './store.js';

const BUNDLED = 'trust.sceau';
/** What is said of a pack that was taken, by where its list stands; a conflict is told beside the lists as long as it lasts. */
const TAKEN = { newest: 'packs.updated', older: 'packs.older', conflict: 'packs.added' };

export class Packs {
  #judge;
  #changed;
  #bundled = null;
  #said = () => null;
  #asked = () => null;

  /** `changed` is called after what is held has changed. */
  constructor(judge, changed) {
    this.#judge = judge;
    this.#changed = changed;
    at('pack-file').addEventListener('change', async ({ target }) => {
      const files = [...target.files];
      target.value = '';
      await this.take(files);
    });
    at('pack-update').addEventListener('click', () => this.#update());
    at('pack-remove').addEventListener('click', () => this.#forget());
    at('pack-single').hidden = !SINGLE;
  }

  /** Loads what is kept and what is bundled, together where they are of one line. */
  async start() {
    const root = document.documentElement.dataset.root || null;
    this.#bundled = await part(BUNDLED);
    for (const pack of SINGLE ? [] : await kept()) await this.#judge.start(pack);
    if (this.#bundled) {
      const place = this.#judge.held.findIndex(({ own }) => !own);
      if (place >= 0) await this.#judge.update(this.#bundled, place, seconds());
      else await this.#judge.start({ bytes: this.#bundled, root, own: false }, seconds());
    }
    this.show();
  }

  /** Pack files from the user; one that leads on only with another of them is tried again after the others. */
  async take(files) {
    for (let waiting = files, before = Infinity; waiting.length > 0 && waiting.length < before;) {
      before = waiting.length;
      const missing = [];
      for (const file of waiting) if ((await this.#takeOne(file)) === 'trust-link-missing') missing.push(file);
      waiting = missing;
    }
  }

  /** Shows the lists held, their roots and ages. */
  show() {
    const now = seconds();
    const { held, broken, refused } = this.#judge;
    const parts = held.map(({ info }) => list([
      labelled(words('list'), [listLine(info, now), words('list.next', { date: date(info.next_update) })]),
      labelled(words('root'), [el('span', { class: 'code', dir: 'ltr' }, grouped(info.root))]),
    ], 'fields'));
    const conflicts = held.filter(({ info }) => info.place === 'conflict');
    parts.unshift(...conflicts.map(({ info }) => alert(words('packs.conflict', { owner: info.list_owner }), outcome('trust-conflict').next)));
    for (const { info } of held) {
      if (Date.parse(info.next_update) / 1000 < now) parts.push(notice(words('list.late', { date: date(info.next_update) })));
    }
    if (held.some(({ info }) => Date.parse(info.list_issued) / 1000 > now + 86400)) parts.push(notice(words('clock')));
    if (refused) parts.unshift(notice(words('packs.broken'), ...reasoned(refused)));
    else if (held.length === 0) parts.unshift(notice(words('packs.none')));
    fill(at('pack-list'), ...parts);
    fill(at('pack-said'), this.#said());
    fill(at('pack-ask'), this.#asked());
    at('pack-update').hidden = SINGLE || this.#bundled === null || held.length === 0;
    at('pack-remove').hidden = !held.some(({ own }) => own) && !broken.some(({ bytes }) => bytes !== this.#bundled);
  }

  // one of the line of a pack held, or a new one that the user must say to trust
  async #takeOne(file) {
    this.#ask(null);
    const bytes = new Uint8Array(await file.arrayBuffer());
    const info = await this.#judge.look(bytes, seconds());
    if (!info.loaded) return this.#refuse(file.name, info);
    let refusal = null;
    for (let place = 0; place < this.#judge.held.length; place += 1) {
      const answer = await this.#judge.update(bytes, place, seconds());
      if (answer.loaded) return this.#accepted(file.name, answer);
      if (answer.rival || answer.reason !== 'trust-foreign-root') refusal = refusal || answer;
    }
    if (refusal) return this.#refuse(file.name, refusal);
    if (this.#judge.isFormer(info)) return this.#refuse(file.name, { reason: 'trust-foreign-root' });
    if (this.#judge.rival(info)) return this.#refuse(file.name, { reason: 'trust-foreign-root', rival: true });
    this.#ask(() => this.#question(file.name, bytes, info));
    return at('pack-ask').querySelector('h3').focus();
  }

  async #accepted(name, { place }) {
    this.#said = () => el('p', {}, words(TAKEN[place], { name }));
    if (!SINGLE) await keep(this.#judge.kept());
    this.show();
    this.#changed();
  }

  #refuse(name, fault) {
    this.#said = () => notice(words('packs.refused', { name }), ...reasoned(fault));
    this.show();
    return fault.reason;
  }

  #ask(question) {
    this.#asked = question || (() => null);
    fill(at('pack-ask'), this.#asked());
  }

  #question(name, bytes, info) {
    const answer = (trusted) => async () => {
      this.#ask(null);
      if (!trusted) return at('pack-file').focus();
      const added = await this.#judge.add(bytes, info.root, seconds());
      return added.loaded ? this.#accepted(name, added) : this.#refuse(name, added);
    };
    return el('div', { class: 'notice' },
      el('h3', { tabindex: '-1' }, words('packs.ask')),
      list([
        labelled(words('list'), [quoted(name), listLine(info, seconds())]),
        labelled(words('root'), [el('span', { class: 'code', dir: 'ltr' }, grouped(info.root))]),
      ], 'fields'),
      el('p', {}, words('packs.ask_why')),
      el('div', { class: 'actions' },
        el('button', { type: 'button', id: 'pack-no', onclick: answer(false) }, words('packs.no')),
        el('button', { type: 'button', id: 'pack-yes', onclick: answer(true) }, words('packs.yes'))));
  }

  // asks the page's own address, only on a click
  async #update() {
    let bytes;
    try {
      bytes = await fetched(BUNDLED, 'no-store');
    } catch {
      this.#said = () => notice(words('packs.unreachable'));
      return this.show();
    }
    const place = Math.max(0, this.#judge.held.findIndex(({ own }) => !own));
    const answer = await this.#judge.update(bytes, place, seconds());
    return answer.loaded ? this.#accepted(BUNDLED, answer) : this.#refuse(BUNDLED, answer);
  }

  async #forget() {
    const root = document.documentElement.dataset.root || null;
    const stay = this.#judge.held.filter(({ own }) => !own);
    await this.#judge.forget(stay.length > 0 || !this.#bundled ? stay : [{ bytes: this.#bundled, root }]);
    this.#said = () => null;
    if (!SINGLE) await keep(this.#judge.kept());
    this.show();
    this.#changed();
  }
}

/** Why a pack is refused: words, code, and which object by which rule at which byte. */
function reasoned({ reason, rival, cause }) {
  const { words: why, next } = outcome(reason);
  return [...(rival ? [words('packs.rival')] : [why, next]), words('code', { code: reason }), cause ? causeList(cause) : null];
}

function notice(...lines) {
  return box(null, lines);
}

/** A notice that screen readers say at once. */
function alert(...lines) {
  return box('alert', lines);
}

function box(role, lines) {
  return el('div', { class: 'notice', role }, ...lines.map((line) => (typeof line === 'string' ? el('p', {}, line) : line)));
}
