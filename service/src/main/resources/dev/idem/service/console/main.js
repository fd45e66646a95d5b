// Logs in, then refreshes the page periodically.
import { logIn, loggedIn, logOut, Problem } from './api.js';
import { byId } from './dom.js';
import { showHeld } from './held.js';
import { showRates } from './rates.js';
import { offerRollout } from './rollout.js';
import { offerSearch } from './search.js';
import { showStale } from './stale.js';
import { showStores } from './stores.js';

const UNAUTHORISED = 401;
const FORBIDDEN = 403;
const rounds = [[showRates, 1000], [showStores, 2000], [() => showStale(say), 3000], [showHeld, 10000]];
let timers = [];

/** Runs an action, and shows its outcome. */
async function say(work) {
  try {
    byId('status').textContent = (await work()) ?? '';
  } catch (problem) {
    if (problem instanceof Problem && (problem.status === UNAUTHORISED || problem.status === FORBIDDEN) && loggedIn()) {
      leave(problem.status === FORBIDDEN ? 'This account is not an administrator\'s.' : 'The login has expired.');
    } else {
      byId('status').textContent = problem.message;
    }
  }
}

function enter() {
  byId('login').hidden = true;
  byId('console').hidden = false;
  byId('logout').hidden = false;
  timers = rounds.map(([look, every]) => {
    let busy = false;
    const round = async () => {
      if (!busy && !document.hidden && loggedIn()) {
        busy = true;
        await look().catch((problem) => loggedIn() && say(() => { throw problem; }));
        busy = false;
      }
    };
    round();
    return setInterval(round, every);
  });
  byId('key').focus();
}

function leave(text) {
  timers.forEach(clearInterval);
  logOut();
  byId('login').hidden = false;
  byId('console').hidden = true;
  byId('logout').hidden = true;
  byId('status').textContent = text;
  byId('email').focus();
}

byId('login').addEventListener('submit', (submitted) => {
  submitted.preventDefault();
  say(async () => {
    await logIn(byId('email').value, byId('password').value);
    byId('password').value = '';
    enter();
  });
});
byId('logout').addEventListener('click', () => leave('Logged out.'));
offerSearch();
offerRollout(say);
leave('');
