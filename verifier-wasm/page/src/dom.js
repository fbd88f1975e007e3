// Elements. Texts become text nodes, never markup; this is the only module that makes nodes.

/** An element with properties of `attributes` and with children; a child that is text becomes a text node. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'onclick') element.addEventListener('click', value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Words from outside: isolated, so that their direction moves nothing around them. */
export function quoted(text, tag = null) {
  return el('bdi', { dir: 'auto', lang: tag }, text);
}

/** One of the icons of index.html. */
export function icon(tone) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `#icon-${tone}`);
  svg.append(use);
  return svg;
}

/** The element of index.html with this id. */
export function at(id) {
  return document.getElementById(id);
}

/** Puts children in the place of all that an element holds. */
export function fill(element, ...children) {
  element.replaceChildren(...children.filter((child) => child !== null && child !== undefined));
}
