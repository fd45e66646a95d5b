/** Where resources get the {@link dev.idem.dropwizard.IdempotencyContext} of their request: parameters, fields and constructors. */
@NullMarked
package dev.idem.dropwizard.context;

import org.jspecify.annotations.NullMarked;
