/**
 * The database transaction of a request to an atomic method: {@link dev.idem.dropwizard.atomic.TransactionFilter} gives each
 * request one, the method works in it, and the completion commits it.
 */
@NullMarked
package dev.idem.dropwizard.atomic;

import org.jspecify.annotations.NullMarked;
