// One story for each paper: the document, and the legalisations that were made over it.

import { causeDetails } from './cause.js';
import { compare, provesNot } from './compare.js';
import { el } from './dom.js';
import { fewFields, labelled, list, texts } from './fields.js';
import { date, words } from './language.js';
import { standing } from './standing.js';
import { said, verdictBox, verdictLine } from './verdict.js';

/**
 * Groups what was found: a record belongs to the document that it was made over, or to the only one there is; a foreign code
 * in one picture with a document that is shown is told there and does not count.
 * `found` holds `{source, report, exit}`; `legalisations` are those of the module, by place in `found`.
 */
export function stories(found, legalisations) {
  const judged = found.filter(({ report }) => report.document);
  const hosts = ({ exit, source }) => (exit === null ? judged.filter((one) => one.source.picture === source.picture) : []);
  const beside = new Set(found.flatMap(hosts));
  const documents = found.filter((one) => !('legalisation' in one.report) && hosts(one).length === 0);
  const told = documents.map((one) => ({ ...one, beside: beside.has(one), records: [] }));
  for (const { record, document, relation } of legalisations) {
    const owner = document === null && judged.length === 1 ? judged[0] : found[document];
    const story = told.find(({ report }) => owner && report === owner.report);
    const entry = { ...found[record], relation };
    if (story) story.records.push(entry);
    else told.push({ ...entry, records: [] });
  }
  return told;
}

/** Everything below the verdict of one story. `several`: it is one of many and carries its own verdict. */
export function storySection(story, several, now) {
  const { report, source } = story;
  const inside = [el('p', { class: 'source' }, `${source.label()} · ${words('code', { code: report.reason })}`)];
  if (several) inside.push(verdictBox(story, now));
  if (source.note) inside.push(el('p', {}, source.note()));
  if (report.legalisation) inside.push(...record(story, now));
  if (report.document) inside.push(...documentParts(story, now));
  inside.push(causeDetails(report));
  if (!several) return el('article', { class: 'story' }, ...inside);
  const name = report.document ? texts(report.document.holder, report.document.languages)[0] : source.label();
  const summary = el('summary', {}, verdictLine(story), ' · ', name);
  return el('details', { class: 'story' }, summary, ...inside);
}

function documentParts(story, now) {
  const { report, records } = story;
  const specimen = said(story).kind === 'specimen';
  const banner = () => (specimen ? el('p', { class: 'banner' }, said(story).headline) : null);
  const parts = [banner()];
  if (['withdrawn', 'suspended', 'replaced'].includes(report.reason)) {
    parts.push(el('h3', {}, words('no_longer')), fewFields(report.document));
  } else {
    const { screen, give } = compare(report, story.exit === 0, (answer) => { story.answer = answer; });
    if (story.answer) give(story.answer);
    parts.push(screen);
  }
  parts.push(...records.map((entry) => legal(entry, now)));
  parts.push(el('h3', {}, words('standing')), standing(report, now, words('issuer')), banner(), provesNot());
  return parts;
}

// one that was not made for this document says so before anything else
function legal(entry, now) {
  const { report, relation } = entry;
  const bound = relation === 'other-document' ? null : el('p', { class: relation === 'same-document' ? 'relation' : 'relation notice' }, words(`legal.${relation}`));
  const shown = report.legalisation ? record(entry, now) : [];
  return el('section', { class: 'legal' }, el('h3', {}, words('legal')), bound, verdictBox(entry, now), ...shown);
}

function record({ report }, now) {
  const stated = report.legalisation;
  const wordsOf = (name) => labelled(words(`legal.${name}`), texts(stated[name], stated.languages));
  const rows = [
    wordsOf('act_number'),
    labelled(words('legal.date'), [date(stated.date)]),
    wordsOf('place'),
    wordsOf('capacity'),
    wordsOf('purpose'),
    wordsOf('document_serial'),
  ];
  return [list(rows, 'fields'), standing(report, now, words('legal.by'))];
}
