// The language of the page: its words from the catalogue, its dates and numbers from the browser.

import catalogue from './catalogue.json';
import { at, el } from './dom.js';

const KEPT_UNDER = 'sceau-language';
const DAY = 86400;
let current = catalogue.languages[0];

export const LANGUAGES = catalogue.languages;

/** The words of a text in the current language, with `{name}` replaced by a value that is isolated in its direction. */
export function words(id, values = {}) {
  return filled(chosen(catalogue.texts[id]), values);
}

/** Whether the catalogue has a text. */
export function has(id) {
  return Object.prototype.hasOwnProperty.call(catalogue.texts, id);
}

/** What is said of an outcome; of one that this page does not know, that nothing can be told. */
export function outcome(code) {
  const known = Object.prototype.hasOwnProperty.call(catalogue.reasons, code);
  let row = catalogue.reasons[known ? code : 'newer-format'];
  if (row.same_as) row = catalogue.reasons[row.same_as];
  return { kind: row.headline, headline: chosen(catalogue.headlines[row.headline]), words: chosen(row.words), next: chosen(row.next) };
}

/** The name in the current language, else in one that more people read, else the first. */
export function named(names) {
  const known = (tag) => Object.prototype.hasOwnProperty.call(names, tag);
  const tag = [current, 'fr', 'en'].find(known) || Object.keys(names)[0];
  return { tag, text: names[tag] };
}

/** A date or the parts of it that are known: `2008-03-14`, `2008-03`, `2008`; of a time the day, UTC. */
export function date(iso) {
  const parts = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(iso);
  if (!parts) return iso;
  const [, year, month, day] = parts;
  const { months, intl } = locale();
  if (months && month) return [day && Number(day), months[Number(month) - 1], year].filter(Boolean).join(' ');
  const shown = { timeZone: 'UTC', year: 'numeric', month: month && 'long', day: day && 'numeric' };
  return new Intl.DateTimeFormat(intl, shown).format(Date.UTC(Number(year), Number(month || 1) - 1, Number(day || 1)));
}

/** How long ago a time was, in days. */
export function ago(iso, now) {
  const days = Math.floor(now / DAY) - Math.floor(Date.parse(iso) / 1000 / DAY);
  const { today, ago: past, ahead, intl } = locale();
  if (past) return days === 0 ? today : filled(days > 0 ? past : ahead, { days: Math.abs(days) });
  return new Intl.RelativeTimeFormat(intl, { numeric: 'auto' }).format(-days, 'day');
}

/** A decimal number as papers in this language write it; other words stay as they are. */
export function decimal(text) {
  const digits = /^-?\d{1,13}(?:\.(\d{1,6}))?$/.exec(text);
  if (!digits) return text;
  const places = digits[1] ? digits[1].length : 0;
  const form = { minimumFractionDigits: places, maximumFractionDigits: places, useGrouping: false };
  return new Intl.NumberFormat(locale().intl, form).format(Number(text));
}

/** The name of a country, else its two letters; XA to XZ stand for several states. */
export function country(code) {
  if (/^X[A-Z]$/.test(code)) return words('country.several');
  try {
    return new Intl.DisplayNames(locale().intl, { type: 'region' }).of(code);
  } catch {
    return code;
  }
}

/** Offers the languages, takes the one kept or the browser's, and calls `changed` after each change. */
export function startLanguages(changed) {
  const choice = at('language');
  for (const tag of LANGUAGES) choice.append(el('option', { value: tag, lang: tag }, catalogue.locales[tag].name));
  choice.addEventListener('change', () => {
    keep(choice.value);
    use(choice.value);
    changed();
  });
  choice.value = first();
  use(choice.value);
}

function use(tag) {
  current = tag;
  document.documentElement.lang = tag;
  document.documentElement.dir = locale().direction;
  document.title = words('title');
  for (const element of document.querySelectorAll('[data-text]')) element.textContent = words(element.dataset.text);
  for (const element of document.querySelectorAll('[data-label]')) element.setAttribute('aria-label', words(element.dataset.label));
}

function first() {
  const wanted = [new URLSearchParams(location.search).get('lang'), kept(), ...(navigator.languages || [])];
  const tags = wanted.map((tag) => (tag || '').slice(0, 2).toLowerCase());
  return tags.find((tag) => LANGUAGES.includes(tag)) || LANGUAGES[0];
}

function kept() {
  try {
    return localStorage.getItem(KEPT_UNDER);
  } catch {
    return null;
  }
}

function keep(tag) {
  try {
    localStorage.setItem(KEPT_UNDER, tag);
  } catch {
    // nothing is lost: the browser's language is taken the next time
  }
}

function locale() {
  return catalogue.locales[current];
}

function chosen(texts) {
  return texts[LANGUAGES.indexOf(current)];
}

function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? isolated(String(values[name])) : whole));
}

// a value must not turn the words around it
function isolated(value) {
  return `\u2068${value.replace(/[\u202a-\u202e\u2066-\u2069]/g, '')}\u2069`;
}
