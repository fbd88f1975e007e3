// The verdict: an icon, a word, a sentence, the next step. Never a colour alone.

import { el, icon } from './dom.js';
import { outcome, words } from './language.js';
import { status } from './standing.js';

/** The look of each kind of headline. */
const TONES = {
  'status-old': 'caution', 'status-unknown': 'caution', 'states-otherwise': 'caution', 'one-sheet': 'caution', 'register-unknown': 'caution', 'past-validity': 'stopped',
  'states-not-admitted': 'stopped', withdrawn: 'stopped', suspended: 'stopped', replaced: 'stopped',
};

/** What is said of a report: tone, headline, words, next step. Nothing is called genuine that the module does not call so. */
export function said({ report, relation, exit }) {
  const known = outcome(isWhole({ report, exit }) ? 'genuine' : report.reason);
  const agrees = !GENUINE.includes(known.kind) || (report.verdict === 'genuine' && (report.document || report.legalisation));
  const shown = agrees ? known : outcome('newer-format');
  const tone = TONES[shown.kind] || shown.kind;
  if (!('legalisation' in report)) return { ...shown, tone, headline: admission(report, shown) };
  const alone = relation !== 'same-document' && UNBOUND.includes(shown.kind);
  return {
    ...shown,
    tone: alone ? RELATIONS[relation].tone : tone,
    headline: alone ? words(`legal.headline.${relation}`) : `${words('legal')}${words('colon')}${shown.headline}`,
    words: alone ? words(RELATIONS[relation].words) : report.reason === 'genuine' ? words('legal.genuine') : shown.words,
  };
}

/** Whether every sheet of a document's paper is there: then it counts as genuine (SPEC section 14). */
export function isWhole({ report, exit }) {
  return report.reason === 'one-sheet' && exit === 0;
}

// whoever was not admitted is never shown under a headline that leaves it out
function admission({ document }, { kind, headline }) {
  const refused = document && document.decision && document.decision.outcome === 'not-admitted';
  return refused && kind !== 'states-not-admitted' ? `${headline} · ${words('not_admitted')}` : headline;
}

/** The large box with the verdict, and with the age of what it rests on. */
export function verdictBox(judged, now) {
  const { report } = judged;
  const { tone, headline, words: sentence, next } = said(judged);
  const legal = report.reason === 'genuine' && report.legalisation;
  const age = report.issuer && `${words('status')}${words('colon')}${status(report, now)}`;
  const sheet = report.document && report.document.sheet;
  const lines = el('div', {},
    el('p', { class: 'headline' }, headline),
    el('p', {}, sentence),
    sheet ? el('p', {}, words('sheet.line', sheet)) : null,
    isWhole(judged) ? el('p', {}, words('sheets_complete')) : null,
    legal ? null : el('p', { class: 'next' }, next),
    report.register === 'not-listed' && report.document ? el('p', { class: 'next' }, `${words('register')}${words('colon')}${words('register.not-listed')}`) : null,
    age ? el('p', { class: 'age' }, age) : null,
    report.sealed_after_list ? el('p', { class: 'age' }, words('sealed_after_list')) : null,
    judged.beside ? el('p', { class: 'age beside' }, words('beside')) : null);
  return el('div', { class: `verdict tone-${tone}`, 'data-reason': report.reason }, icon(tone), lines);
}

/** The verdict in one line, for lists of several. */
export function verdictLine(judged) {
  const { tone, headline } = said(judged);
  return el('strong', { class: `ink-${tone}` }, icon(tone), ' ', headline);
}

/** Outcomes that say nothing against a legalisation; it counts only with the document that it was made over (SPEC section 14). */
const UNBOUND = ['genuine', 'status-old', 'status-unknown', 'register-unknown'];
const RELATIONS = {
  'other-document': { tone: 'stopped', words: 'legal.other-document' },
  undetermined: { tone: 'caution', words: 'legal.alone' },
};

const GENUINE = [
  'genuine', 'status-old', 'status-unknown', 'past-validity', 'states-not-admitted', 'states-otherwise', 'one-sheet', 'register-unknown', 'withdrawn', 'suspended', 'replaced',
];
