"use strict";

// PORT, REDIS_URL, PROTECTED (true or false): see ../README.md.
const fastify = require("fastify");
const { Idempotency, IdempotencyErrorCodes } = require("@node-idempotency/core");
const { RedisStorageAdapter } = require("@node-idempotency/storage-adapter-redis");
const { accept, takeExecutions, endWithStarter } = require("../orders.js");

const MAX_BODY = 1024 * 1024;
const STATUS = {
  [IdempotencyErrorCodes.REQUEST_IN_PROGRESS]: 409,
  [IdempotencyErrorCodes.IDEMPOTENCY_FINGERPRINT_MISSMATCH]: 422,
};

async function protect(app) {
  const storage = new RedisStorageAdapter({ url: process.env.REDIS_URL });
  await storage.connect();
  const idempotency = new Idempotency(storage, { cacheTTLMS: 120_000 });
  const seen = (request) => ({
    method: request.method,
    headers: request.headers,
    body: request.body,
    path: request.url,
  });
  app.addHook("preHandler", async (request, reply) => {
    try {
      const stored = await idempotency.onRequest(seen(request));
      if (stored) {
        request.replayed = true;
        return reply
          .code(stored.additional.status)
          .header("content-type", "application/json")
          .header("idempotent-replayed", "true")
          .send(stored.body);
      }
    } catch (error) {
      request.replayed = true;
      return reply.code(STATUS[error.code] ?? 400).send({ title: error.message });
    }
  });
  app.addHook("onSend", async (request, reply, payload) => {
    if (!request.replayed) {
      await idempotency.onResponse(seen(request), { body: payload, additional: { status: reply.statusCode } });
    }
    return payload;
  });
}

async function main() {
  endWithStarter();
  const app = fastify({ bodyLimit: MAX_BODY });
  app.get("/executions/:number", async (request, reply) => reply.type("text/plain").send(takeExecutions(request.params.number)));
  await app.register(async (orders) => {
    if (process.env.PROTECTED === "true") {
      orders.decorateRequest("replayed", false);
      await protect(orders);
    }
    orders.post("/orders", (request) => accept(request.body));
  });
  await app.listen({ host: "127.0.0.1", port: Number(process.env.PORT) });
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
