// The rollout. A change by someone else is shown, never overwritten.
import { ask, Problem } from './api.js';
import { byId } from './dom.js';

const CHANGED_MEANWHILE = 412;

let current = null;

export function offerRollout(say) {
  byId('rollout-show').addEventListener('click', () => say(load));
  byId('rollout').addEventListener('submit', (submitted) => {
    submitted.preventDefault();
    say(change);
  });
}

async function load() {
  const { body, headers } = await ask('/rollout');
  const { settings } = body;
  current = { settings, version: headers.get('ETag') };
  byId('rollout').hidden = false;
  byId('rollout-enabled').checked = settings.enabled;
  byId('rollout-percent').value = settings.percent;
  byId('rollout-platforms').value = settings.platforms.join(', ');
  byId('rollout-shadow').checked = settings.shadow;
  byId('rollout-reason').value = '';
  byId('rollout-state').textContent = body.changed_by
    ? `Version ${body.version}, by ${body.changed_by} at ${body.changed_at}.` : 'As in the configuration file.';
  return '';
}

async function change() {
  try {
    await ask('/rollout', { method: 'PUT', headers: { 'If-Match': current.version }, body: wanted() });
  } catch (problem) {
    if (problem instanceof Problem && problem.status === CHANGED_MEANWHILE) {
      await load();
      return 'Someone else has changed the rollout. These are the current settings; your change was not made.';
    }
    throw problem;
  }
  await load();
  return 'The rollout was changed. All nodes follow within two seconds.';
}

function wanted() {
  return {
    enabled: byId('rollout-enabled').checked,
    percent: byId('rollout-percent').valueAsNumber,
    platforms: byId('rollout-platforms').value.split(',').map((name) => name.trim()).filter((name) => name !== ''),
    shadow: byId('rollout-shadow').checked,
    routes: current.settings.routes ?? {},
    reason: byId('rollout-reason').value,
  };
}
