// got, told that its POSTs may be sent again: node got.mjs PORT FAULT
import got from 'got';
import { randomUUID } from 'node:crypto';

const [port, fault] = process.argv.slice(2);
const data = await got.post(`http://127.0.0.1:${port}/v1/charges`, {
  json: { amount: 1250, currency: 'eur', description: fault },
  headers: { authorization: 'Bearer sk_test_gateway', 'idempotency-key': randomUUID() },
  timeout: { request: 1000 },
  retry: { limit: 4, methods: ['POST'], statusCodes: [409, 500, 502, 503, 504] },
}).json();
console.log(JSON.stringify({ id: data.id, description: data.description }));
