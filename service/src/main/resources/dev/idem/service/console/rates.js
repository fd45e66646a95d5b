// This node's request rates.
import uPlot from './uPlot.esm.js';
import { get } from './api.js';
import { byId, cell, heading, number, row } from './dom.js';

const KEPT = 300;
const PREVENTED = ['replayed', 'in_progress', 'not_stored', 'outcome_unknown'];
const PASSED = ['executed', 'without_key', 'not_rolled_out'];
const STORES = ['redis', 'postgresql'];

const rates = chart('rate-chart', ['executed', 'duplicates', 'refused']);
const latency = chart('latency-chart', STORES);

/** Loads once, and shows the result. */
export async function showRates() {
  const stats = await get('/stats');
  const at = Date.parse(stats.at) / 1000;
  const split = { executed: 0, duplicates: 0, refused: 0 };
  for (const [outcome, perSecond] of Object.entries(stats.recent.per_second)) {
    split[PREVENTED.includes(outcome) ? 'duplicates' : PASSED.includes(outcome) ? 'executed' : 'refused'] += perSecond;
  }
  rates.add(at, Object.values(split));
  latency.add(at, STORES.map((store) => stats.recent.claims[store]?.p99_ms ?? null));
  byId('node').textContent = `Node ${stats.node}`;
  byId('outcomes').replaceChildren(...Object.entries(stats.outcomes).map(([outcome, count]) =>
    row(heading(outcome.replaceAll('_', ' ')),
      cell(number(stats.recent.per_second[outcome] ?? 0, 1), 'number'), cell(number(count), 'number'))));
  byId('totals').replaceChildren(
    row(heading('Duplicates prevented'), cell(number(stats.duplicates_prevented), 'number')),
    row(heading('Of all that were compared'), cell(`${number(stats.hit_ratio * 100, 1)} %`, 'number')),
    row(heading('Executing now'), cell(number(stats.in_flight), 'number')),
    row(heading('Taken over from dead owners'), cell(number(stats.stale_locks_recovered), 'number')),
    row(heading('Late answers refused'), cell(number(stats.fenced), 'number')),
    ...stats.stores.map((store) => row(heading(`Records in ${store.store}`), cell(counted(store, stats.unavailable), 'number'))));
}

// A count that could not be renewed says when it was made, and why.
function counted({ store, counted_at: at, statistics }, unavailable) {
  const records = number(statistics.processing + statistics.completed);
  const failure = unavailable.find((other) => other.store === store);
  return failure ? `${records} (of ${at}; not counted since: ${failure.reason})` : records;
}

function chart(place, names) {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  const axis = { stroke: colour('--quiet'), grid: { stroke: colour('--line') } };
  const strokes = [colour('--accent'), colour('--good'), colour('--bad')];
  const data = [[], ...names.map(() => [])];
  const plot = new uPlot({
    width: 480,
    height: 220,
    axes: [axis, axis],
    scales: { y: { range: (self, low, high) => [0, Math.max(high ?? 1, 1)] } },
    series: [{}, ...names.map((label, i) => ({ label, stroke: strokes[i], width: 2, spanGaps: true }))],
  }, data, byId(place));
  return {
    add(at, values) {
      [at, ...values].forEach((value, i) => data[i].push(value));
      if (data[0].length > KEPT) {
        data.forEach((column) => column.shift());
      }
      plot.setData(data);
    },
  };
}
