/** The lease under which a request executes: {@link dev.idem.dropwizard.lease.RequestLease} ends it in one of several ways. */
@NullMarked
package dev.idem.dropwizard.lease;

import org.jspecify.annotations.NullMarked;
