// The typed fields of a document, in the paper's order. What else the paper prints is in paper.js.

import { el, quoted } from './dom.js';
import { date, words } from './language.js';

/** Every typed field. */
export function fields(document) {
  const stated = (name) => row(name, texts(document[name], document.languages));
  const { decision, sheet } = document;
  const rows = [
    row('kind', [words(`kind.${document.kind}`)]),
    stated('holder'),
    row('birth', dated(document, 'birth', birth)),
    stated('birth_place'),
    row('identity', document.identity && identity(document.identity, document.languages)),
    stated('number'),
    ...['title', 'series', 'session'].map(stated),
    row('decision', decision && [words(`decision.${decision.outcome}`)]),
    ...['honours', 'authority', 'centre'].map(stated),
    row('awarded', dated(document, 'awarded', date)),
    row('valid_until', dated(document, 'valid_until', date)),
    row('sheet', sheet && [words('sheet.line', sheet)]),
    row('edition', edition(document.edition), 'small'),
    row('minutes', document.minutes && [words('minutes.line', document.minutes)], 'small'),
    row('archive', document.archive && archive(document.archive), 'small'),
    row('serial', [quoted(document.serial)], 'small'),
  ];
  return list(rows, 'fields paper');
}

/** What is shown of a document that no longer counts: whose it was and which. */
export function fewFields(document) {
  const stated = (name) => row(name, texts(document[name], document.languages));
  return list([stated('holder'), stated('title'), row('serial', [quoted(document.serial)])], 'fields');
}

/** A list of rows, each a label and lines. */
export function list(rows, className) {
  return el('dl', { class: className }, ...rows);
}

/** A row under any label, or null without lines. */
export function labelled(label, lines, className = null) {
  if (!lines) return null;
  return el('div', {}, el('dt', {}, label), el('dd', { class: className }, ...lines.map((line) => el('div', {}, line))));
}

/** One line for each language in which something is printed, tagged with it. */
export function texts(stated, languages) {
  if (stated === null || stated === undefined) return null;
  if (!Array.isArray(stated)) return [quoted(stated)];
  return stated.map((text, i) => text !== null && quoted(text, languages[i])).filter(Boolean);
}

function row(name, lines, className) {
  return labelled(words(`field.${name}`), lines, className);
}

/** A date, and behind it the words of the paper where they say more. */
function dated(document, name, show) {
  const [known, printed] = [document[name], document[`${name}_printed`]];
  const said = texts(printed, document.languages) || [];
  const lines = [...(known ? [show(known)] : []), ...said.map((text) => el('span', {}, `${words('printed')} `, text))];
  return lines.length > 0 ? lines : null;
}

function birth(stated) {
  const unknown = { 4: 'birth.month_unknown', 7: 'birth.day_unknown' }[stated.length];
  return unknown ? words(unknown, { date: date(stated) }) : date(stated);
}

function identity({ form, tail, name }, languages) {
  return [...(texts(name, languages) || []), form === 'masked' ? words('identity.masked', { tail }) : words('identity.digest')];
}

function edition({ form, number, replaces, decision }) {
  const lines = [words(`edition.${form}`, { number })];
  if (replaces) lines.push(words('edition.replaces', { serial: replaces }));
  if (decision) lines.push(words('edition.decision', { decision }));
  return lines;
}

function archive({ year, grade }) {
  return [words('archive.line', { year }), words(`archive.grade.${grade}`)];
}
