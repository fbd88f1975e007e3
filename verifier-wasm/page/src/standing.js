// Who sealed it, and as of when that is known.

import { el, quoted } from './dom.js';
import { labelled, list } from './fields.js';
import { ago, country, date, named, words } from './language.js';

/** The rows on issuer, status, lists and register of a report that shows something; `label` names who acted. */
export function standing(report, now, label) {
  const { issuer } = report;
  const name = named(issuer.names);
  const rows = [
    labelled(label, [quoted(name.text, name.tag), el('span', {}, `${country(issuer.country)} · `, quoted(issuer.id))]),
    labelled(words('status'), [status(report, now), ...(report.sealed_after_list ? [words('sealed_after_list')] : [])]),
    labelled(words('list'), [listLine(issuer, now)]),
    labelled(words('root'), [el('span', { class: 'code', dir: 'ltr' }, grouped(issuer.root))]),
    ['listed', 'not-listed'].includes(report.register)
      ? labelled(words('register'), [words(`register.${report.register}`)])
      : null,
  ];
  return list(rows, 'fields standing');
}

/** One line on a list: owner, version, day, age. */
export function listLine({ list_owner: owner, list_version: version, list_issued: issued }, now) {
  return words('list.line', { owner, version, date: date(issued), ago: ago(issued, now) });
}

/** A fingerprint in groups of four, to be read aloud. */
export function grouped(hexadecimal) {
  return hexadecimal.replace(/(.{4})(?=.)/g, '$1 ');
}

/** The status and as of when it is known. */
export function status(report, now) {
  const known = words(`status.${report.status}`);
  const since = report.status_as_of;
  return since ? words('as_of', { status: known, date: date(since), ago: ago(since, now) }) : known;
}
