// Keys that are held, because nobody knows whether their requests took effect.
import { get, Problem } from './api.js';
import { byId, cell, row, shortCell } from './dom.js';

const UNAVAILABLE = 503;
const SHOWN = 100;

/** Loads once, and shows the result. */
export async function showHeld() {
  const { records, next } = await get(`/records?state=held&store=postgres&limit=${SHOWN}`).catch((problem) => {
    if (problem instanceof Problem && problem.status === UNAVAILABLE) {
      return { records: null };
    }
    throw problem;
  });
  byId('held-count').textContent = records === null ? 'Unknown: PostgreSQL is unavailable.'
    : records.length === 0 ? 'None.' : `${records.length}${next ? ' and more' : ''}. To resolve one: idem-admin resolve KEY --help`;
  byId('held-table').hidden = records === null || records.length === 0;
  byId('held').replaceChildren(...(records ?? []).map((record) => row(
    shortCell(record.scope), cell(record.key), cell(record.route), cell(record.completed_at))));
}
