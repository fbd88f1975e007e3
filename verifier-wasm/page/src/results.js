// What was found on one paper or in many files, judged and shown.

import { seconds } from './clock.js';
import { at, el, fill } from './dom.js';
import { words } from './language.js';
import { stories, storySection } from './story.js';
import { said, verdictBox } from './verdict.js';

export class Results {
  #judge;
  #found = [];
  #told = [];
  #more = false;

  constructor(judge) {
    this.#judge = judge;
  }

  /** What is found next is added to what is there, whatever it is. */
  expectMore() {
    this.#more = true;
  }

  /**
   * Judges what was found, `{source, text}` or `{source, reason}`. It takes the place of what was there, so that no verdict is
   * taken for that of another paper; only a document and its legalisations stay together.
   */
  add(found) {
    const read = (list) => list.filter(({ text }) => text !== undefined);
    const old = read(this.#found);
    const known = new Set(old.map(({ text }) => text));
    const fresh = found.filter(({ text }, i) => text === undefined || found.findIndex((other) => other.text === text) === i);
    const stays = this.#more || (read(fresh).length > 0 && this.#records(old) !== this.#records(read(fresh)));
    this.#more = false;
    this.#found = stays ? [...old, ...fresh.filter(({ text }) => text === undefined || !known.has(text))] : fresh;
    this.judge();
    this.show();
    at('results-title').focus();
    at('results').scrollIntoView({ block: 'start' });
  }

  // whether all codes are those of legalisations
  #records(codes) {
    return codes.length > 0 && codes.every(({ text }) => this.#judge.isRecord(text, seconds()));
  }

  /** Judges again what is there, as after a change of the lists. */
  judge() {
    const coded = this.#found.filter(({ text }) => text !== undefined);
    const { reports, legalisations, exit_statuses: exits } = this.#judge.judge(coded.map(({ text }) => text), seconds());
    const judged = coded.map(({ source }, i) => ({ source, report: reports[i], exit: exits[i] }));
    const failed = this.#found.filter(({ text }) => text === undefined);
    this.#told = [...stories(judged, legalisations), ...failed.map(({ source, reason }) => ({ source, report: unread(reason), records: [] }))];
  }

  show() {
    at('results').hidden = this.#told.length === 0;
    at('second').hidden = !this.#told.some(({ report }) => report.document || report.legalisation);
    if (this.#told.length === 0) return;
    const several = this.#told.length > 1;
    fill(at('verdict'), several ? summary(this.#told) : verdictBox(this.#told[0], seconds()));
    fill(at('stories'), ...this.#told.map((story) => storySection(story, several, seconds())));
  }

  clear() {
    this.#found = [];
    this.#told = [];
    this.#more = false;
    this.show();
  }
}

function unread(reason) {
  return { verdict: 'undetermined', reason, document: null, issuer: null };
}

function summary(told) {
  const counts = new Map();
  for (const story of told) {
    const { headline } = said(story);
    counts.set(headline, (counts.get(headline) || 0) + 1);
  }
  const lines = [...counts].map(([headline, count]) => el('li', {}, `${headline}: ${count}`));
  const title = el('p', {}, el('strong', {}, words('results.count', { count: told.length })));
  return el('div', {}, title, el('ul', {}, ...lines), el('p', {}, words('results.several')));
}
