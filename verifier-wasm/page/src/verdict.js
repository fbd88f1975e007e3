// The verdict: an icon, a word, a sentence, the next step. Never a colour alone.

import { el, icon } from './dom.js';
import { outcome, words } from './language.js';
import { status } from './standing.js';

/** The look of each kind of headline. */
const TONES = { 'status-old': 'caution', 'status-unknown': 'caution', withdrawn: 'stopped', suspended: 'stopped', replaced: 'stopped' };

/** What is said of a report: tone, headline, words, next step. Nothing is called genuine that the module does not call so. */
export function said({ report, relation }) {
  const known = outcome(report.reason);
  const agrees = !GENUINE.includes(known.kind) || (report.verdict === 'genuine' && (report.document || report.legalisation));
  const shown = agrees ? known : outcome('newer-format');
  const tone = TONES[shown.kind] || shown.kind;
  if (!('legalisation' in report)) return { ...shown, tone };
  const alone = relation !== 'same-document' && UNBOUND.includes(shown.kind);
  return {
    ...shown,
    tone: alone ? RELATIONS[relation].tone : tone,
    headline: alone ? words(`legal.headline.${relation}`) : `${words('legal')}${words('colon')}${shown.headline}`,
    words: alone ? words(RELATIONS[relation].words) : report.reason === 'genuine' ? words('legal.genuine') : shown.words,
  };
}

/** The large box with the verdict, and with the age of what it rests on. */
export function verdictBox(judged, now) {
  const { report } = judged;
  const { tone, headline, words: sentence, next } = said(judged);
  const legal = report.reason === 'genuine' && report.legalisation;
  const age = report.issuer && `${words('status')}${words('colon')}${status(report, now)}`;
  const lines = el('div', {},
    el('p', { class: 'headline' }, headline),
    el('p', {}, sentence),
    legal ? null : el('p', { class: 'next' }, next),
    report.register === 'not-listed' && report.document ? el('p', { class: 'next' }, `${words('register')}${words('colon')}${words('register.not-listed')}`) : null,
    age ? el('p', { class: 'age' }, age) : null);
  return el('div', { class: `verdict tone-${tone}`, 'data-reason': report.reason }, icon(tone), lines);
}

/** The verdict in one line, for lists of several. */
export function verdictLine(judged) {
  const { tone, headline } = said(judged);
  return el('strong', { class: `ink-${tone}` }, icon(tone), ' ', headline);
}

/** Outcomes that say nothing against a legalisation; it counts only with the document that it was made over (SPEC section 17). */
const UNBOUND = ['genuine', 'status-old', 'status-unknown'];
const RELATIONS = {
  'other-document': { tone: 'stopped', words: 'legal.other-document' },
  undetermined: { tone: 'caution', words: 'legal.alone' },
};

const GENUINE = ['genuine', 'status-old', 'status-unknown', 'withdrawn', 'suspended', 'replaced'];
