// The service's API. The token lives in this tab's sessionStorage and travels in a header only, so that no other site can use it.
const PLACE = 'idem-token';
const ADMIN = '/api/v1/admin/idempotency';

/** What the service refused, in its own words. */
export class Problem extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

export const loggedIn = () => sessionStorage.getItem(PLACE) !== null;
export const logOut = () => sessionStorage.removeItem(PLACE);

export async function logIn(email, password) {
  const answer = await send('/api/auth/login', { method: 'POST', body: { email, password } });
  sessionStorage.setItem(PLACE, answer.body.access_token);
}

/** The JSON that an operator's path answers with. */
export const get = async (path) => (await send(ADMIN + path, {})).body;

/** As get, with the answer's headers. */
export const ask = (path, options = {}) => send(ADMIN + path, options);

async function send(path, { method = 'GET', body, headers = {} }) {
  const token = sessionStorage.getItem(PLACE);
  const answer = await fetch(path, {
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
