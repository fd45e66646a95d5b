// Text from the service becomes text nodes, never markup.
export const byId = (id) => document.getElementById(id);

export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.map((child) => (child instanceof Node ? child : String(child))));
  return made;
}

const LONGEST = 32;
const ENDING = 8;

export const cell = (text, className = '') => element('td', { className }, text);
export const row = (...cells) => element('tr', {}, ...cells);
export const heading = (text) => element('th', { scope: 'row' }, text);

/** A long name by its ends, which leaves room for the others; the whole is its title. */
export function shortCell(text) {
  const shown = text.length <= LONGEST ? text : `${text.slice(0, LONGEST - ENDING - 1)}…${text.slice(-ENDING)}`;
  return Object.assign(cell(shown), { title: text });
}

export const number = (value, digits = 0) =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
