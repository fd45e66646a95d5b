package dev.idem.dropwizard.hook;

import dev.idem.dropwizard.IdempotencyContext;

/**
 * One execution of a request.
 *
 * @param route the HTTP method and the path's template
 * @param idempotency key, scope, attempt and fencing number, as the method gets them. What is said to it counts, unless the method says
 *     something else
 */
public record ExecutingRequest(String route, IdempotencyContext idempotency) {}
