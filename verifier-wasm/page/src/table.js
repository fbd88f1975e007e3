// The table of results: headings by role in the page's language, maxima, headings by level, totals, cells without anything.

import { el } from './dom.js';
import { texts } from './fields.js';
import { decimal, words } from './language.js';

/** The table, or null if there are no rows. */
export function marks({ columns, rows }, languages) {
  if (rows.length === 0) return null;
  const caption = el('caption', {}, words('paper.results'));
  const head = el('tr', {}, el('th', { scope: 'col' }, words('role.row')), ...columns.map((column) => heading(column, languages)));
  const groups = grouped(rows).map((group) => el('tbody', {}, ...group.map((row) => line(row, columns, languages))));
  const table = el('table', {}, caption, el('thead', {}, head), ...groups);
  return el('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': words('paper.results') }, table);
}

/** The usual heading is the page's word, any other the paper's; the scale stands below. */
function heading({ role, heading: stated, maximum }, languages) {
  const names = stated === null ? [words(`role.${role}`)] : texts(stated, languages);
  const scale = maximum === null ? null : el('div', { class: 'scale' }, words('role.out_of', { maximum: decimal(maximum) }));
  return el('th', { scope: 'col', class: stated === null ? null : 'printed' }, ...names.map((name) => el('div', {}, name)), scale);
}

// a heading begins a group, so that readers of the screen hear it with the rows below
function grouped(rows) {
  const groups = [];
  for (const row of rows) {
    if (groups.length === 0 || row.kind === 'heading') groups.push([]);
    groups[groups.length - 1].push(row);
  }
  return groups;
}

function line({ name, kind, level, cells }, columns, languages) {
  const names = texts(name, languages).map((text) => el('div', {}, text));
  const bare = kind === 'heading' && cells.every((cell) => cell === null);
  const scope = kind === 'heading' ? 'rowgroup' : 'row';
  const th = el('th', { scope, class: bare ? 'printed bare' : 'printed', colspan: bare && columns.length > 0 ? columns.length + 1 : null }, ...names);
  const shown = bare ? [] : cells.map((one, at) => cell(one, columns[at], languages));
  return el('tr', { class: kind === 'heading' ? `heading level-${level}` : kind }, th, ...shown);
}

function cell(stated, { role }, languages) {
  if (stated === null) return el('td', { class: 'empty' }, el('span', { class: 'spoken' }, words('cell.empty')));
  const lines = 'words' in stated ? texts(stated.words, languages) : [el('bdi', { dir: 'ltr' }, decimal(stated.number))];
  return el('td', { class: role === 'result' ? 'printed figure' : 'printed' }, ...lines.map((one) => el('div', {}, one)));
}
