"use strict";

// The handler, the same as in the Java application: next to no work, and counted when the order asks for it.
const { randomUUID } = require("node:crypto");
const { setTimeout: sleep } = require("node:timers/promises");

const executions = new Map();

async function accept(order) {
  if (order.work !== undefined) {
    executions.set(order.number, (executions.get(order.number) ?? 0) + 1);
    await sleep(order.work);
  }
  return {
    id: randomUUID(),
    number: order.number,
    status: "accepted",
    currency: "EUR",
    amount: 1250,
    note: "thank you for your order",
  };
}

/** How often the handler ran for an order; forgotten by this. */
function takeExecutions(number) {
  const count = executions.get(number) ?? 0;
  executions.delete(number);
  return String(count);
}

/** Nobody writes to the standard input: it ends with the process that started this one. */
function endWithStarter() {
  process.stdin.on("end", () => process.exit(0)).resume();
}

module.exports = { accept, takeExecutions, endWithStarter };
