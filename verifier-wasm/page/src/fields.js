// The fields of a document in the paper's order, and the marks by subject.

import { el, quoted } from './dom.js';
import { date, decimal, words } from './language.js';

/** Every field but the marks. */
export function fields(document) {
  const stated = (name) => row(name, texts(document[name], document.languages));
  const { results } = document;
  const rows = [
    row('kind', [words(`kind.${document.kind}`)]),
    stated('holder'),
    row('birth', document.birth && [birth(document.birth)]),
    stated('birth_place'),
    row('identity', document.identity && [identity(document.identity)]),
    stated('number'),
    ...['title', 'series', 'session', 'honours', 'authority', 'centre'].map(stated),
    row('mean', results && results.mean && [el('bdi', { dir: 'ltr' }, `${decimal(results.mean)} / ${decimal(results.maximum)}`)]),
    row('edition', edition(document.edition), 'small'),
    row('archive', document.archive && archive(document.archive), 'small'),
    row('serial', [document.serial], 'small'),
    row('sealed_at', [date(document.sealed_at)], 'small'),
  ];
  return list(rows, 'fields paper');
}

/** What is shown of a document that no longer counts: whose it was and which. */
export function fewFields(document) {
  const stated = (name) => row(name, texts(document[name], document.languages));
  return list([stated('holder'), stated('title'), row('serial', [document.serial])], 'fields');
}

/** A table of the marks, or null if there are none. */
export function marks({ results, languages }) {
  if (!results || results.subjects.length === 0) return null;
  const columns = Object.keys(CELLS).filter((name) => results.subjects.some((subject) => subject[name] !== null));
  const head = ['subject', ...columns].map((name) => el('th', { scope: 'col' }, words(`marks.${name}`)));
  const lines = results.subjects.map((subject) => {
    const names = texts(subject.name, languages).map((text) => el('div', {}, text));
    const cells = columns.map((name) => el('td', { class: name === 'mark' ? 'figure' : null }, CELLS[name](subject[name])));
    return el('tr', {}, el('th', { scope: 'row' }, ...names), ...cells);
  });
  const caption = el('caption', {}, words('marks', { maximum: decimal(results.maximum) }));
  const table = el('table', {}, caption, el('thead', {}, el('tr', {}, ...head)), el('tbody', {}, ...lines));
  return el('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': caption.textContent }, table);
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

/** One line for each language, tagged with it. */
export function texts(stated, languages) {
  if (stated === null || stated === undefined) return null;
  return Array.isArray(stated) ? stated.map((text, i) => quoted(text, languages[i])) : [quoted(stated)];
}

const CELLS = {
  mark: (mark) => mark && quoted(decimal(mark)),
  coefficient: (coefficient) => (coefficient === null ? null : decimal(String(coefficient))),
  credits: (credits) => (credits === null ? null : decimal(credits.toFixed(1))),
  code: (code) => code && quoted(code),
};

function row(name, lines, className) {
  return labelled(words(`field.${name}`), lines, className);
}

function birth(stated) {
  const unknown = { 4: 'birth.month_unknown', 7: 'birth.day_unknown' }[stated.length];
  return unknown ? words(unknown, { date: date(stated) }) : date(stated);
}

function identity({ form, tail }) {
  return form === 'masked' ? words('identity.masked', { tail }) : words('identity.digest');
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
