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
};
const FIELDS = {
  field: ['holder', 'birth', 'birth_place', 'number', 'title', 'series', 'session', 'honours', 'mean', 'authority', 'centre', 'serial'],
  legal: ['capacity', 'act_number', 'place', 'date', 'purpose', 'document_serial'],
};
const STATUSES = ['in-force', 'withdrawn', 'suspended', 'replaced', 'unknown'];

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
  const statuses = STATUSES.map((status) => [`status-${status}`, texts[`status.${status}`][at]]);
  const outcomes = Object.entries(reasons).flatMap(([code, row]) => {
    const { headline, words, next } = reasons[row.same_as ?? code];
    return [[`headline-${code}`, headlines[headline][at]], [`words-${code}`, `${words[at]} ${next[at]}`]];
  });
  return Object.fromEntries([...named, ...fields, ...statuses, ...outcomes, ['no-code', reasons['no-code'].words[at]]]);
}
