// The words of the element in other languages, from the catalogue of the verifier page.

import { readFileSync } from 'node:fs';

const { languages, locales, headlines, reasons, texts } = JSON.parse(readFileSync(new URL('../page/src/catalogue.json', import.meta.url), 'utf8'));

/** Label of the element, text of the catalogue. */
const LABELS = {
  paste: 'text.label', verify: 'text.check', picture: 'files.choose', failed: 'failed',
  legal: 'legal', colon: 'colon', 'legal-words-same-document': 'legal.genuine',
  'legal-headline-other-document': 'legal.headline.other-document', 'legal-words-other-document': 'legal.other-document',
  'legal-headline-undetermined': 'legal.headline.undetermined', 'legal-words-undetermined': 'legal.alone',
  'field-issuer': 'issuer', 'field-status': 'status',
  beside: 'beside', 'not-admitted': 'not_admitted', 'sealed-after-list': 'sealed_after_list', paper: 'paper',
};
const FIELDS = {
  field: [
    'holder', 'birth', 'birth_place', 'identity', 'number', 'title', 'series', 'session', 'decision', 'honours', 'mean', 'authority', 'centre',
    'awarded', 'valid_until', 'sheet', 'serial',
  ],
  legal: ['capacity', 'act_number', 'place', 'date', 'purpose', 'document_serial'],
};
/** Labels that are named as the texts of the catalogue, by family. */
const FAMILIES = {
  status: ['in-force', 'withdrawn', 'suspended', 'replaced', 'unknown'],
  decision: ['not-admitted', 'admitted', 'otherwise'],
  paper: ['summaries', 'person', 'award', 'decision'],
  role: ['row', 'code', 'coefficient', 'credits', 'result', 'maximum'],
};

/** The modules `languages/XX.js`, by name; English is in the element itself. */
export function modules() {
  return languages.filter((language) => language !== 'en').map((language) => {
    const words = { direction: locales[language].direction, labels: labels(languages.indexOf(language)) };
    return [`languages/${language}.js`, `export default ${JSON.stringify(words, null, 1)};\n`];
  });
}

function labels(at) {
  const named = Object.entries(LABELS).map(([label, id]) => [label, texts[id][at]]);
  const fields = Object.entries(FIELDS).flatMap(([family, names]) => names.map((name) => [`field-${name}`, texts[`${family}.${name}`][at]]));
  const families = Object.entries(FAMILIES).flatMap(([family, names]) => names.map((name) => [`${family}-${name}`, texts[`${family}.${name}`][at]]));
  const { words: genuine, next: compare } = reasons.genuine;
  const whole = `${genuine[at]} ${texts.sheets_complete[at]} ${compare[at]}`;
  const outcomes = Object.entries(reasons).flatMap(([code, row]) => {
    const { headline, words, next } = reasons[row.same_as ?? code];
    return [[`headline-${code}`, headlines[headline][at]], [`words-${code}`, `${words[at]} ${next[at]}`]];
  });
  return Object.fromEntries([...named, ...fields, ...families, ...outcomes, ['sheets-complete', whole], ['no-code', reasons['no-code'].words[at]]]);
}
