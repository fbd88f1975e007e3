// The verdict: an icon, a word, a sentence, the next step. Never a colour alone.

import { el, icon } from './dom.js';
import { outcome, words } from './language.js';
import { status } from './standing.js';

/** The look of each kind of headline. */
const TONES = { 'status-old': 'caution', 'status-unknown': 'caution', withdrawn: 'stopped', suspended: 'stopped', replaced: 'stopped' };

/** What is said of a report: tone, headline, words, next step. Nothing is called genuine that the module does not call so. */
export function said(report) {
  const known = outcome(report.reason);
  const agrees = !GENUINE.includes(known.kind) || (report.verdict === 'genuine' && (report.document || report.legalisation));
  const shown = agrees ? known : outcome('newer-format');
  const legal = report.reason === 'genuine' && report.legalisation;
  return {
    ...shown,
    tone: TONES[shown.kind] || shown.kind,
    headline: 'legalisation' in report ? `${words('legal')}: ${shown.headline}` : shown.headline,
    words: legal ? words('legal.genuine') : shown.words,
  };
}

/** The large box with the verdict, and with the age of what it rests on. */
export function verdictBox(report, now) {
  const { tone, headline, words: sentence, next } = said(report);
  const legal = report.reason === 'genuine' && report.legalisation;
  const age = report.issuer && `${words('status')}: ${status(report, now)}`;
  const lines = el('div', {},
    el('p', { class: 'headline' }, headline),
    el('p', {}, sentence),
    legal ? null : el('p', { class: 'next' }, next),
    report.register === 'not-listed' && report.document ? el('p', { class: 'next' }, `${words('register')}: ${words('register.not-listed')}`) : null,
    age ? el('p', { class: 'age' }, age) : null);
  return el('div', { class: `verdict tone-${tone}`, 'data-reason': report.reason }, icon(tone), lines);
}

/** The verdict in one line, for lists of several. */
export function verdictLine(report) {
  const { tone, headline } = said(report);
  return el('strong', { class: `ink-${tone}` }, icon(tone), ' ', headline);
}

const GENUINE = ['genuine', 'status-old', 'status-unknown', 'withdrawn', 'suspended', 'replaced'];
