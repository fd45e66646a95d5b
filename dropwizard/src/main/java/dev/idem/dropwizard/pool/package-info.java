/** What a pool of connections to PostgreSQL needs: {@link dev.idem.dropwizard.pool.StaleConnectionCheck}. */
@NullMarked
package dev.idem.dropwizard.pool;

import org.jspecify.annotations.NullMarked;
