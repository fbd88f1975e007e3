// The screen that compares the paper with what was sealed: the only defence against a code moved to another sheet.

import { el, fill } from './dom.js';
import { fields } from './fields.js';
import { words } from './language.js';
import { paperText } from './paper.js';

/** All fields, two buttons, and what each answer means; `accepted` says whether nothing stands against relying on it. */
export function compare({ document, reason }, accepted, answered) {
  const answer = el('div', { role: 'status' });
  const give = (which) => {
    answered(which);
    fill(answer, ANSWERS[which]({ reason, accepted }, document));
  };
  const button = (which) => el('button', { type: 'button', class: `answer-${which}`, onclick: () => give(which) }, words(`compare.${which}`));
  const screen = el('div', { class: 'compare' },
    el('h3', {}, words('compare')),
    el('p', {}, words('compare.why')),
    fields(document),
    paperText(document),
    el('div', { class: 'actions' }, button('same'), button('differs')),
    answer);
  return { screen, give };
}

/** What even a genuine verdict leaves open. */
export function provesNot() {
  const items = ['person', 'sheet', 'since', 'when'].map((name) => el('li', {}, words(`proves_not.${name}`)));
  return el('details', {}, el('summary', {}, words('proves_not')), el('ul', {}, ...items));
}

const ANSWERS = {
  same: ({ reason, accepted }) => {
    if (reason === 'specimen') return box('bad', words('same.specimen'));
    const reservation = accepted ? null : words('same.status');
    return box(reservation ? '' : 'good', words('same.title'), reservation, words('same.next'));
  },
  differs: (_, { serial }) => box('bad', words('differs.title'), words('differs.next', { serial }), words('differs.typing')),
};

function box(kind, title, ...lines) {
  const paragraphs = lines.filter(Boolean).map((line) => el('p', {}, line));
  return el('div', { class: `answer ${kind}` }, el('strong', {}, title), ...paragraphs);
}
