// axios with axios-retry, told that its POSTs may be sent again: node axios.mjs PORT FAULT
import axios from 'axios';
import axiosRetry from 'axios-retry';
import { randomUUID } from 'node:crypto';

const [port, fault] = process.argv.slice(2);
const client = axios.create({ baseURL: `http://127.0.0.1:${port}`, timeout: 1000 });
axiosRetry(client, {
  retries: 4,
  shouldResetTimeout: true,
  retryDelay: axiosRetry.exponentialDelay,
  retryCondition: ({ response }) => !response || response.status === 409 || response.status >= 500,
});
const { data } = await client.post('/v1/charges', { amount: 1250, currency: 'eur', description: fault }, {
  headers: { Authorization: 'Bearer sk_test_gateway', 'Idempotency-Key': randomUUID() },
});
console.log(JSON.stringify({ id: data.id, description: data.description }));
