// One key: its records in both stores, and its events.
import { get, Problem } from './api.js';
import { byId, cell, element, heading, row } from './dom.js';

const EVENTS = 200;
const TOO_MANY = 'Redis has too many records to search them all here: idem-admin inspect KEY --scan does so.';

export function offerSearch() {
  byId('search').addEventListener('submit', async (submitted) => {
    submitted.preventDefault();
    const key = byId('key').value;
    const parts = await Promise.all([records(key), history(key)]);
    byId('found').replaceChildren(...parts);
  });
}

async function records(key) {
  const query = `/records?key=${encodeURIComponent(key)}`;
  const pages = await Promise.all(['redis', 'postgres'].map((store) => page(`${query}&store=${store}`)));
  const found = pages.flatMap((answer) => answer.records ?? []);
  const texts = pages.map((answer) => answer.problem).filter(Boolean);
  if (pages.some((answer) => answer.partial)) {
    texts.push(found.length === 0 ? `A quick search did not find this key. ${TOO_MANY}` : `There may be more records. ${TOO_MANY}`);
  }
  const problems = texts.map((text) => element('p', { className: 'bad' }, text));
  if (found.length === 0 && texts.length === 0) {
    return element('p', {}, 'No record of this key was found.');
  }
  return element('div', {}, ...problems, ...found.map(record));
}

const page = (path) => get(path).catch((problem) => ({ problem: problem.message }));

function state(found) {
  if (found.state === 'held') {
    return 'held: nobody knows whether the request took effect. Repeats are refused until it is resolved (idem-admin resolve)';
  }
  return found.stale ? `${found.state}, its owner has died` : found.state;
}

function record(found) {
  const answer = found.answer === null ? 'none yet'
    : found.answer.stored ? `${found.answer.status}, ${found.answer.body_bytes} bytes` : `not kept: ${found.answer.not_stored_reason}`;
  const facts = {
    Scope: found.scope, State: state(found), Route: found.route,
    'Claimed at': found.claimed_at, Owner: `${found.node}, attempt ${found.attempt}, fencing ${found.fencing}`,
    Answer: answer, Expires: found.expires_at,
  };
  return element('table', {}, element('caption', {}, `In ${found.store}`),
    element('tbody', {}, ...Object.entries(facts).map(([name, value]) => row(heading(name), cell(value)))));
}

async function history(key) {
  const title = element('h3', {}, 'History');
  try {
    const { events } = await get(`/events?key=${encodeURIComponent(key)}&limit=${EVENTS}`);
    const oldestFirst = [...events].sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
    return events.length === 0
      ? element('div', {}, title, element('p', {}, 'Nothing was written down about this key.'))
      : element('div', {}, title, element('ol', { className: 'history' }, ...oldestFirst.map(event)));
  } catch (problem) {
    const text = problem instanceof Problem && problem.status === 404 ? 'There is no audit trail.' : problem.message;
    return element('div', {}, title, element('p', {}, text));
  }
}

function event({ at, type, node, actor, reason, route }) {
  const who = actor ? ` by ${actor}` : node ? ` on ${node}` : '';
  return element('li', {}, element('time', { dateTime: at }, at), ` ${type.toLowerCase().replaceAll('_', ' ')}${who}`,
    route ? `, ${route}` : '', reason ? `: ${reason}` : '');
}
