// Text from the service becomes text nodes, never markup.
export const byId = (id) => document.getElementById(id);

export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.map((child) => (child instanceof Node ? child : String(child))));
  return made;
}

export const cell = (text, className = '') => element('td', { className }, text);
export const row = (...cells) => element('tr', {}, ...cells);
export const heading = (text) => element('th', { scope: 'row' }, text);

export const number = (value, digits = 0) =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
