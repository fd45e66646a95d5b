"use strict";

// PORT, REDIS_URL, PROTECTED (true or false): see ../README.md. Decorators are called by hand, so that nothing is compiled.
require("reflect-metadata");
const { Body, Controller, Get, Header, HttpCode, Module, Param, Post } = require("@nestjs/common");
const { NestFactory } = require("@nestjs/core");
const { Idempotent, NodeIdempotencyModule, StorageAdapterEnum } = require("@node-idempotency/nestjs");
const { accept, takeExecutions, endWithStarter } = require("../orders.js");

const MAX_BODY = "1mb";
const isProtected = process.env.PROTECTED === "true";

class Orders {
  accept(order) {
    return accept(order);
  }
}

class Executions {
  take(number) {
    return takeExecutions(number);
  }
}

class App {}

function decorateMethod(type, name, parameter, ...decorators) {
  const method = Object.getOwnPropertyDescriptor(type.prototype, name);
  decorators.forEach((decorator) => decorator(type.prototype, name, method));
  parameter(type.prototype, name, 0);
}

decorateMethod(Orders, "accept", Body(), Post(), HttpCode(200), ...(isProtected ? [Idempotent()] : []));
decorateMethod(Executions, "take", Param("number"), Get(":number"), Header("content-type", "text/plain"));
Controller("orders")(Orders);
Controller("executions")(Executions);
const storage = { adapter: StorageAdapterEnum.redis, options: { url: process.env.REDIS_URL } };
Module({
  imports: isProtected ? [NodeIdempotencyModule.forRootAsync({ storage, cacheTTLMS: 120_000 })] : [],
  controllers: [Orders, Executions],
})(App);

async function main() {
  endWithStarter();
  const app = await NestFactory.create(App, { logger: ["error"] });
  app.useBodyParser("json", { limit: MAX_BODY });
  await app.listen(Number(process.env.PORT), "127.0.0.1");
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
