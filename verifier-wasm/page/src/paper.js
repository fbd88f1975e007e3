// The text of the paper: what it prints beside the typed fields, in a frame that says that these are not the page's words.

import { el } from './dom.js';
import { labelled, list, texts } from './fields.js';
import { decimal, words } from './language.js';
import { marks } from './table.js';

/** The frame, or null if the paper prints nothing else. */
export function paperText({ results, lines, decision, languages }) {
  const { mean = null, summaries = [] } = results || {};
  const { person = [], award = [] } = lines || {};
  const decided = decision && texts(decision.words, languages);
  const parts = [
    results && marks(results, languages),
    mean && list([labelled(words('field.mean'), [number(mean)])], 'fields'),
    part('summaries', summaries, languages),
    part('person', person, languages),
    part('award', award, languages),
    decided && el('div', {}, el('h4', {}, words('paper.decision')), ...decided.map((text) => el('p', { class: 'printed' }, text))),
  ].filter(Boolean);
  if (parts.length === 0) return null;
  return el('section', { class: 'from-paper' }, el('h3', {}, words('paper')), el('p', { class: 'hint' }, words('paper.why')), ...parts);
}

function part(name, lines, languages) {
  if (lines.length === 0) return null;
  const rows = lines.map((line) => {
    const names = texts(line.name, languages).map((text) => el('div', {}, text));
    const values = 'words' in line.value ? texts(line.value.words, languages) : [number(line.value)];
    return el('div', {}, el('dt', { class: 'printed' }, ...names), el('dd', { class: 'printed' }, ...values.map((value) => el('div', {}, value))));
  });
  return el('div', {}, el('h4', {}, words(`paper.${name}`)), list(rows, 'fields'));
}

function number({ number: shown, maximum }) {
  const digits = decimal(shown);
  return el('bdi', { dir: 'auto' }, maximum === undefined ? digits : words('number.out_of', { number: digits, maximum: decimal(maximum) }));
}
