// Stripe's own library, which makes up a key for each POST and retries with it: node stripe.mjs PORT FAULT
import Stripe from 'stripe';

const [port, fault] = process.argv.slice(2);
const stripe = new Stripe('sk_test_gateway', {
  host: '127.0.0.1', port, protocol: 'http', maxNetworkRetries: 4, timeout: 1000, telemetry: false,
});
const charge = await stripe.charges.create({ amount: 1250, currency: 'eur', description: fault });
console.log(JSON.stringify({ id: charge.id, description: charge.description }));
