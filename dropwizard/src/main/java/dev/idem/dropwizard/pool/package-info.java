/**
 * What a pool of connections to PostgreSQL needs, {@link dev.idem.dropwizard.pool.StaleConnectionCheck}, and who may wait how long
 * for one: the steps of requests, {@link dev.idem.dropwizard.pool.QuickConnections}, and an application's own statements, {@link
 * dev.idem.dropwizard.pool.BoundedConnections}.
 */
@NullMarked
package dev.idem.dropwizard.pool;

import org.jspecify.annotations.NullMarked;
