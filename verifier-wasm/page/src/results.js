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

  constructor(judge) {
    this.#judge = judge;
  }

  /** Judges what was found, `{source, text}` or `{source, reason}`, with what was there before. */
  add(found) {
    const texts = new Set(this.#found.map(({ text }) => text).filter((text) => text !== undefined));
    const fresh = found.filter(({ text }) => text === undefined || (!texts.has(text) && texts.add(text)));
    const worth = this.#found.filter(({ text }) => text !== undefined);
    this.#found = [...(fresh.length > 0 ? worth : this.#found), ...fresh];
    this.judge();
    this.show();
    at('results-title').focus();
    at('results').scrollIntoView({ block: 'start' });
  }

  /** Judges again what is there, as after a change of the lists. */
  judge() {
    const coded = this.#found.filter(({ text }) => text !== undefined);
    const { reports, legalisations } = this.#judge.judge(coded.map(({ text }) => text), seconds());
    const judged = coded.map(({ source }, i) => ({ source, report: reports[i] }));
    const failed = this.#found.filter(({ text }) => text === undefined);
    this.#told = [...stories(judged, legalisations), ...failed.map(({ source, reason }) => ({ source, report: unread(reason), records: [] }))];
  }

  show() {
    at('results').hidden = this.#told.length === 0;
    at('second').hidden = !this.#told.some(({ report }) => report.document || report.legalisation);
    if (this.#told.length === 0) return;
    const several = this.#told.length > 1;
    fill(at('verdict'), several ? summary(this.#told) : verdictBox(this.#told[0].report, seconds()));
    fill(at('stories'), ...this.#told.map((story) => storySection(story, several, seconds())));
  }

  clear() {
    this.#found = [];
    this.#told = [];
    this.show();
  }
}

function unread(reason) {
  return { verdict: 'undetermined', reason, document: null, issuer: null };
}

function summary(told) {
  const counts = new Map();
  for (const { report } of told) {
    const { headline } = said(report);
    counts.set(headline, (counts.get(headline) || 0) + 1);
  }
  const lines = [...counts].map(([headline, count]) => el('li', {}, `${headline}: ${count}`));
  const title = el('p', {}, el('strong', {}, words('results.count', { count: told.length })));
  return el('div', {}, title, el('ul', {}, ...lines), el('p', {}, words('results.several')));
}
