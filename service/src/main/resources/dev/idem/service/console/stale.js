// Keys whose owners have died, and a button that frees one.
import { ask, get } from './api.js';
import { askForReason } from './dialog.js';
import { byId, cell, element, row, shortCell } from './dom.js';

let shown = null;

/** Loads once, and shows the result. Unchanged rows stay in place, and so keep the focus. */
export async function showStale(say) {
  const { records, more, unavailable } = await get('/stale?scan=false');
  const away = unavailable.map(({ store }) => store);
  const names = JSON.stringify([away, more, ...records.map(({ store, scope, key, owner }) => [store, scope, key, owner])]);
  if (names === shown) {
    return;
  }
  shown = names;
  byId('stale-count').textContent = said(records.length, more, away);
  byId('stale-table').hidden = records.length === 0;
  byId('stale').replaceChildren(...records.map((record) => row(
    cell(record.store), shortCell(record.scope), cell(record.key), cell(record.route),
    cell(`${Math.round(record.heartbeat_age_ms / 1000)} s`, 'number'),
    element('td', {}, clearButton(record, say)))));
}

function said(count, more, away) {
  if (away.length === 0) {
    return count === 0 ? 'None.' : `${count}${more ? ' and more' : ''}.`;
  }
  const found = count === 0 ? 'Unknown' : `${count}, and perhaps more`;
  return `${found}: ${away.join(' and ')} unavailable. idem-admin list --stale reads all that answers.`;
}

function clearButton({ scope, key }, say) {
  const button = element('button', { type: 'button' }, 'Clear');
  button.setAttribute('aria-label', `Clear ${key}`);
  button.addEventListener('click', () => say(async () => {
    const reason = await askForReason(`Free the key ${key} of ${scope}? The next request with it executes.`);
    if (reason === null) {
      return 'Nothing was cleared.';
    }
    const { body } = await ask('/stale/clear', { method: 'POST', body: { scope, key, reason } });
    await showStale(say);
    return body.cleared > 0 ? `The key ${key} is free.` : 'It has changed since, and was kept.';
  }));
  return button;
}
