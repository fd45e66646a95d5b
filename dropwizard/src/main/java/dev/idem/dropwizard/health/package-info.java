/** Health checks of Redis, PostgreSQL, its schema and the rollout, and the Prometheus endpoint. */
@NullMarked
package dev.idem.dropwizard.health;

import org.jspecify.annotations.NullMarked;
