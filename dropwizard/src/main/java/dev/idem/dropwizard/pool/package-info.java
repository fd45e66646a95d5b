/**
 * What a pool of connections to PostgreSQL needs, {@link dev.idem.dropwizard.pool.StaleConnectionCheck}, and who may wait how long for one,
 * {@link dev.idem.dropwizard.pool.BoundedConnections}.
 */
@NullMarked
package dev.idem.dropwizard.pool;

import org.jspecify.annotations.NullMarked;
