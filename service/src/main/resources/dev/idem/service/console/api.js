// The service's API, beside the page. The token lives in this page's memory and travels in a header only: whatever a browser
// keeps, other pages can get, and cookies go to all ports of a host.
const BASE = new URL('..', import.meta.url);
const ADMIN = 'api/v1/admin/idempotency';

let token = null;

/** What the service refused, in its own words. */
export class Problem extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

export const loggedIn = () => token !== null;
export const logOut = () => { token = null; };

export async function logIn(email, password) {
  const answer = await send('api/auth/login', { method: 'POST', body: { email, password } });
  token = answer.body.access_token;
}

/** The JSON that an operator's path answers with. */
export const get = async (path) => (await send(ADMIN + path, {})).body;

/** As get, with the answer's headers. */
export const ask = (path, options = {}) => send(ADMIN + path, options);

async function send(path, { method = 'GET', body, headers = {} }) {
  const answer = await fetch(new URL(path, BASE), {
    method,
    cache: 'no-store',
    credentials: 'omit',
    headers: {
      Accept: 'application/json',
      ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const content = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    throw new Problem(answer.status, content.detail ?? `The service answered ${answer.status}.`);
  }
  return { body: content, headers: answer.headers };
}
