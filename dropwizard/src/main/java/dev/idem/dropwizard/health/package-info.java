/** Whether what the layer needs is there: Redis, PostgreSQL, and the tables in it. */
@NullMarked
package dev.idem.dropwizard.health;

import org.jspecify.annotations.NullMarked;
