// undici over HTTP/2, two equal requests and another: node undici.mjs PORT AUTHORITY
import { Client } from 'undici';
import { readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';

process.emitWarning = () => {}; // its HTTP/2 is called experimental
const [port, authority] = process.argv.slice(2);
const client = new Client(`https://127.0.0.1:${port}`, {
  allowH2: true,
  connect: { ca: readFileSync(authority) },
});
async function order(key) {
  const { statusCode, headers, body } = await client.request({
    method: 'POST',
    path: '/orders',
    headers: { authorization: 'Bearer ann', 'idempotency-key': key, 'content-type': 'application/json' },
    body: '{}',
  });
  const { order } = await body.json();
  return [statusCode, String(order), headers['idempotent-replayed'] ?? null];
}
const key = randomUUID();
const answers = [await order(key), await order(key), await order(randomUUID())];
await client.close();
console.log(JSON.stringify(answers));
