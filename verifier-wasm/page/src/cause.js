// Why a code or a pack was refused, for those who can do something about it: rule, field, byte, object.

import { el, quoted } from './dom.js';
import { labelled, list } from './fields.js';
import { has, words } from './language.js';

/** Folded away below a refused code, or null if there is nothing to tell. */
export function causeDetails({ cause }) {
  return cause ? el('details', { class: 'cause' }, el('summary', {}, words('cause')), causeList(cause)) : null;
}

/** The rows of a cause. */
export function causeList({ object, rule, field, byte }) {
  const known = (value) => value !== null && value !== undefined;
  return list([
    known(object) ? labelled(words('cause.object'), [objectName(object)]) : null,
    known(rule) ? labelled(words('cause.rule'), [code(rule)]) : null,
    known(field) ? labelled(words('cause.field'), [has(`field.${field}`) ? words(`field.${field}`) : code(field)]) : null,
    known(byte) ? labelled(words('cause.byte'), [code(String(byte))]) : null,
  ], 'fields');
}

function code(text) {
  return el('span', { class: 'code', dir: 'ltr' }, text);
}

// the module names objects in English
function objectName(object) {
  const [, kind, name] = /^(?:the )?(pack|trust list|link|dictionary|status list|register(?: head| file)?)(?: (.*))?$/.exec(object) || [];
  return kind === undefined ? quoted(object) : words(`object.${kind.split(' ')[0]}`, { name });
}
