// The authoritative store, and the state of both stores.
import { get } from './api.js';
import { byId, cell, heading, number, row } from './dom.js';

/** Loads once, and shows the result. */
export async function showStores() {
  const { decides, consistency, trust, stores, journal } = await get('/stores');
  const blocked = trust?.blocked ? ' Some node cannot reach Redis.' : '';
  byId('decides').textContent = `Authoritative store: ${decides} (${consistency}).${blocked}`
    + (trust === null ? ' PostgreSQL does not say whether Redis is trusted.' : '');
  byId('stores').replaceChildren(...stores.map(({ name, breaker, probe }) => row(
    heading(name),
    cell(probe.answers ? 'yes' : `no: ${probe.problem}`, probe.answers ? 'good' : 'bad'),
    cell(probe.version ?? '-'),
    cell(probe.latency_ms === null ? '-' : `${number(probe.latency_ms, 2)} ms`, 'number'),
    cell(breaker, breaker === 'closed' ? 'good' : 'bad'))));
  byId('journal').textContent = `Journal: ${number(journal.depth)} records to write, the oldest ${number(journal.lag_ms)} ms old; `
    + `${number(journal.written)} written, ${number(journal.dropped)} dropped.`;
}
